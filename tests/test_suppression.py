"""Comments that keep findings quiet, and what is said about them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from conftest import SAMPLE, Project

from flake8_claude_compat.extents import Line, lines_of
from flake8_claude_compat.findings import Finding, Located, Problem, Report
from flake8_claude_compat.source import Location, Source, Span
from flake8_claude_compat.suppression import Remark, Suppressions

TODAY = date(2026, 11, 22)


def found(line: int, code: str = "CLC301", end: int = 0, cell: int | None = None) -> Located:
    return Located(Finding(code, Span(0, 0), "message", "error"), "name", Location(line, 1, end or line, 2, cell), Source("", ""), "python")


def applied(text: str, language: str, *items: Located, lines: list[Line] | None = None) -> tuple[list[str], list[Remark]]:
    """What is left as ``line CODE``, and the remarks."""
    suppressions = Suppressions("a", language, text, lambda: lines or lines_of(text), TODAY, lambda code: code != "CLC9")
    report, remarks = suppressions.apply(Report("a", items))
    return [f"{one.location.line} {one.finding.code}" for one in report.findings], remarks


# ------------------------------------------------------------------------ noqa


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("python", "x  # noqa: CLC301"), ("python", "x  # NOQA:CLC3"), ("python", "x  # noqa"), ("python", "x  # noqa: E501,CLC301 why"),
        ("javascript", "x; // noqa: CLC301"), ("typescript", "x; /* noqa */"), ("tsx", "<p>don't</p> {/* noqa: CLC301 */}"),
        ("shell", "curl x # noqa: CLC301"), ("makefile", "\tcurl # noqa"), ("powershell", "x <# noqa: CLC301 #>"),
        ("batch", "curl x & REM noqa: CLC301"), ("batch", "set X=1 & rem noqa"), ("ini", "x = 1 ; noqa: CLC301"),
        ("yaml", "model: x  # noqa: CLC301, E302"), ("dotenv", "X=1 # noqa"), ("json", '"a": 1, // noqa: CLC301'),
        ("html", "<b>x</b> <!-- noqa: CLC301 -->"), ("markdown", "use x <!-- noqa: CLC301 -->"), ("mdx", "x {/* noqa */}"),
        ("vue", "x // noqa: CLC301"), ("javascript", 'f("it\'s", \'"\', `//`); // noqa: CLC301'),
    ],
)  # fmt: skip
def test_noqa_in_every_language(language: str, line: str) -> None:
    assert applied(f"\n{line}\n", language, found(2), found(3)) == (["3 CLC301"], [])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("javascript", "x; # noqa"), ("javascript", 'fetch("https://x // noqa: CLC301")'), ("shell", 'curl -d "# noqa"'),
        ("javascript", "x; // noqa: CLC302"), ("python", "x  # nqa"), ("yaml", "model: x // noqa"), ("markdown", "write `# noqa`"),
        ("json", '"a": "/* noqa */"'), ("javascript", "x; // noqa:E501"),
    ],
)  # fmt: skip
def test_what_is_no_suppression(language: str, line: str) -> None:
    assert applied(f"\n{line}\n", language, found(2))[0] == ["2 CLC301"]


def test_any_line_of_the_finding() -> None:
    assert applied("f({\n  a, // noqa\n});\n", "javascript", found(1, end=3)) == ([], [])
    assert applied("f({\n  a, // noqa\n});\n", "javascript", found(1), found(3)) == (["1 CLC301", "3 CLC301"], [])


def test_noqa_above_where_a_comment_cannot_stand_behind() -> None:
    shell = "# noqa: CLC301\ncurl x \\\n  -d '{\n  \"model\": 1}' \\\n  -s\ncurl\n"
    assert applied(shell, "shell", found(2), found(4), found(5), found(6)) == (["6 CLC301"], [])
    heredoc = "# noqa\ncurl -d @- <<EOF\nmodel\nEOF\ncurl\n"
    assert applied(heredoc, "shell", found(3), found(5)) == (["5 CLC301"], [])
    markdown = "<!-- noqa: CLC301 -->\n\n````py\nx\n```\ny\n````\nz\n"
    assert applied(markdown, "markdown", found(4), found(6), found(8)) == (["8 CLC301"], [])
    # flake8 knows no such thing
    assert applied("# noqa\nx\n", "python", found(2))[0] == ["2 CLC301"]


@pytest.mark.parametrize(
    "text",
    [
        "# flake8: noqa\nx = 1\n", 'x = """\n# noqa\n"""\n', "x = (\n  1,  # noqa\n  2,\n)\n", "x = 1 \\\n  + 2  # noqa: CLC301\n",
        "x = 1  # noqa:CLC301 # noqa: CLC302\n", "x = '# noqa'\n", "x = 1  # noqa : CLC302\n", "x = 1  # noqa: clc301\n", "x = 1  # noqa:CLC302 CLC301\n",
        "x = 1\r\n# noqa\r\ny = 2  # NoQA: E501\r\n", "\ufeffx = 1  # noqa\n",
        # where all are for others, nothing is read
        "x = 1  # noqa: E501 F401, clc301\n", "x = 1  # noqa: E501 because\n", "x = 1  # noqa: why\n", "x = 1  # noqa: C\n",
        "x = 1  # noqa:  E501\n", "x = 1  # noqa:\tE501\n", "x = 1  # noqa: E501x\n", "x = 1  # noqa: E\n", "x = 1  # noqa E501\n",
    ],
)  # fmt: skip
def test_python_as_in_flake8(project: Project, text: str) -> None:
    text = text.replace("1", '"gpt-4o"').replace("2", "'gpt-4o'").replace("CLC30'gpt-4o'", "CLC302").replace('CLC30"gpt-4o"', "CLC301")
    project.write("a.py", text.replace('E50"gpt-4o"', "E501"))
    assert project.main("check", "a.py").out == project.flake8("a.py").out


# ---------------------------------------------------------------- our comments


def test_ignore_on_the_line_and_above() -> None:
    text = "x # claude-compat: ignore[CLC301]\n\n# claude-compat: ignore[CLC3, CLC101] until 2027-03-01 -- vendor\n# why\ny(\n  1,\n)\nz\n"
    items = (found(1), found(1, "CLC101"), found(5, "CLC101"), found(6), found(8))
    assert applied(text, "python", *items) == (["1 CLC101", "8 CLC301"], [])


@pytest.mark.parametrize(
    ("language", "comment"),
    [
        ("javascript", "// claude-compat: ignore[CLC301] until 2026-11-22 -- today counts"), ("tsx", "{/* claude-compat: ignore */}"),
        ("html", "<!-- claude-compat: ignore[CLC301] -->"), ("batch", "REM claude-compat: ignore -- why"),
        ("powershell", "<# claude-compat:ignore[CLC301] #>"), ("rst", ".. claude-compat: ignore[CLC301]"),
    ],
)  # fmt: skip
def test_ignore_in_every_language(language: str, comment: str) -> None:
    assert applied(f"{comment}\nx\ny\n", language, found(2), found(3)) == (["3 CLC301"], [])


def test_ignore_above_a_statement_of_javascript() -> None:
    text = "// claude-compat: ignore[CLC301]\nconst r = await c.create({\n  model: 1,\n});\nnext\n"
    assert applied(text, "typescript", found(3), found(5)) == (["5 CLC301"], [])
    text = "// claude-compat: ignore\nasync function f() {\n  model(1);\n}\n"
    assert applied(text, "javascript", found(2), found(3))[0] == ["3 CLC301"]


def test_ignore_file() -> None:
    text = "#!/bin/sh\n# claude-compat: ignore-file[CLC3] -- example\nx\n"
    assert applied(text, "shell", found(3), found(3, "CLC101")) == (["3 CLC101"], [])
    assert applied("# claude-compat: ignore-file\nx = 1\n", "python", found(2), found(2, "CLC101")) == ([], [])
    left, (remark,) = applied("\n" * 20 + "# claude-compat: ignore-file\n", "yaml", found(1))
    assert left == ["1 CLC301"] and remark.state == "malformed"


def test_cells_are_apart() -> None:
    lines = [Line(0, 1, "x # noqa"), Line(1, 1, "y"), Line(2, 1, "# claude-compat: ignore"), Line(2, 2, "z")]
    text = "noqa claude-compat: ignore"
    items = (found(1, cell=0), found(1, cell=1), found(2, cell=2), found(2, cell=3))
    left, remarks = applied(text, "notebook", *items, lines=lines)
    assert left == ["1 CLC301", "2 CLC301"] and remarks == []


# --------------------------------------------------------------------- remarks


@pytest.mark.parametrize(
    ("text", "language", "state", "says"),
    [
        ("x = 1  # noqa: CLC301\n", "python", "unused", "nothing finds CLC301 here"),
        ("x = 1  # noqa: E501, CLC301, CLC4\n", "python", "unused", "nothing finds CLC301, CLC4 here"),
        ("x // noqa: CLC301\n", "javascript", "unused", "nothing finds CLC301 here"),
        ("# claude-compat: ignore -- why\nx = 1\n", "python", "unused", "nothing finds anything here"),
        ("# claude-compat: ignore-file[CLC4]\n", "yaml", "unused", "nothing finds CLC4 in this file"),
        ("# claude-compat: ignore[CLC301] until 2026-11-21\nx = 1\n", "python", "expired", "ended on 2026-11-21"),
        ("# claude-compat: ignore until tomorrow\n", "shell", "malformed", "'tomorrow' is not a date"),
        ("# claude-compat: ignore until 2026-02-30\n", "shell", "malformed", "'2026-02-30' is not a date"),
        ("# claude-compat: ignore[E501]\n", "shell", "malformed", "E501 is no code"),
        ("# claude-compat: ignore[]\n", "shell", "malformed", "[] is no code"),
        ("# claude-compat: ignore[CLC301] because of the vendor\n", "shell", "malformed", "cannot be read"),
    ],
)
def test_remarks(text: str, language: str, state: str, says: str) -> None:
    _, (remark,) = applied(text, language, found(9))
    assert (remark.state, remark.line) == (state, 1) and says in remark.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("x = 1  # noqa\n", "python"), ("x = 1  # noqa: E501\n", "python"), ("x = 1  # noqa: CLC9\n", "python"),
        ('"""Write ``# claude-compat: ignore[CLC301]`` or # noqa: CLC301."""\n', "python"),
        ('x = "# noqa: CLC301"\n', "python"), ("```py\nx # noqa: CLC301\n# claude-compat: ignore until 2020-01-01\n```\n", "markdown"),
        ("# claude-compat: keep-openai\n", "python"),
    ],
)  # fmt: skip
def test_no_remarks(text: str, language: str) -> None:
    assert applied(text, language, found(9))[1] == []


def test_expired_means_no_effect_and_problems_mean_no_remark() -> None:
    text = "x = 1  # claude-compat: ignore[CLC301] until 2026-01-01\n"
    assert applied(text, "python", found(1))[0] == ["1 CLC301"]
    suppressions = Suppressions("a", "python", "x  # noqa: CLC301\n", lambda: lines_of("x  # noqa: CLC301"), TODAY, bool)
    assert suppressions.apply(Report("a", (), (Problem("a", "broken"),)))[1] == []


def test_used_codes_of_one_comment() -> None:
    _, (remark,) = applied("x  # noqa: CLC301, CLC101, CLC4\n", "python", found(1), found(1, "CLC401"))
    assert remark.codes == ("CLC101",)


# ----------------------------------------------------------------- the command


def test_command_says_what_is_unused(project: Project) -> None:
    project.write("a.py", SAMPLE.replace('"gpt-4o",', '"gpt-4o",  # noqa: CLC301') + "\nx = 1  # noqa: CLC302\n")
    project.write("b.py", "y = 1  # noqa: CLC301\n# claude-compat: ignore[CLC101] until 2026-01-01 -- later\n")
    done = project.main("check")
    assert done.codes == ["CLC101", "CLC203"]
    assert done.err.splitlines() == [
        "a.py:10:1: unused suppression: nothing finds CLC302 here",
        "b.py:1:1: unused suppression: nothing finds CLC301 here",
        "b.py:2:1: this suppression ended on 2026-01-01: it has no effect any more",
    ]
    assert project.main("check", "-q").err == ""
    # what is not selected is not unused
    assert project.main("check", "--select=CLC1").err.splitlines() == [done.err.splitlines()[2]]
    document = json.loads(project.main("check", "--format=json", "b.py").out)
    first = document["suppressions"][0]
    assert (first["path"], first["line"], first["state"], first["codes"]) == ("b.py", 1, "unused", ["CLC301"])
    assert project.main("check", "b.py").code == 0


def test_command_and_flake8_agree_over_a_tree(project: Project) -> None:
    project.write("a.py", SAMPLE)
    project.write("b.py", SAMPLE.replace('"gpt-4o",', '"gpt-4o",  # noqa: CLC301'))
    project.write("c.py", f"# flake8: noqa\n{SAMPLE}")
    project.write("pkg/d.py", f"# ä\n{SAMPLE}models = ['gpt-4o', 'gpt-4']  # noqa: E501, CLC1\n")
    project.write("pkg/e.pyi", "x: int\n")
    listed = ("a.py", "b.py", "c.py", "pkg")
    assert project.main("check", *listed).out == project.flake8(*listed).out
