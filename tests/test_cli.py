"""``claude-compat check``: what it prints and how it exits."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLE, Project, commit_all, git

from flake8_claude_compat import __version__
from flake8_claude_compat.checking import check_files
from flake8_claude_compat.cli import main
from flake8_claude_compat.commands import (
    COMMANDS,
    check,
    checklist,
    explain,
    facts,
    markdown_table,
    models,
    rules,
    targets,
)
from flake8_claude_compat.config import Config
from flake8_claude_compat.discovery import MAX_NAMED, MAX_SIZE, discover
from flake8_claude_compat.encoding import decoded
from flake8_claude_compat.options import OPTIONS
from flake8_claude_compat.options import markdown_table as options_table

EXAMPLES = ROOT / "examples"
DOCS = ROOT / "docs" / "command.md"


def checked(project: Project, *args: str) -> tuple[int, dict[str, Any]]:
    done = project.main("check", "--format=json", *args)
    return done.code, json.loads(done.out)


# ----------------------------------------------------------------- what is found


def test_text(project: Project) -> None:
    project.write("a.py")
    done = project.check("--today=2026-11-22")
    assert done.code == 1 and done.codes == ["CLC101", "CLC203", "CLC301"] and done.err == ""
    assert [line.split(" ")[0] for line in done.out.splitlines()] == ["a.py:3:10:", "a.py:3:25:", "a.py:5:11:"]


def test_same_as_flake8(project: Project) -> None:
    project.write("a.py")
    project.write("pkg/b.py", f"# ä\n{SAMPLE}")
    lines = project.check("a.py", "pkg").out.splitlines()
    assert lines == project.flake8("a.py", "pkg").out.splitlines()


def test_clean(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    done = project.main("check")
    assert (done.code, done.out, done.err) == (0, "", "")
    code, document = checked(project, ".")
    assert code == 0 and document["files"] == 1 and document["findings"] == []


def test_nothing_to_check_is_said(project: Project) -> None:
    assert project.main("check").err == "claude-compat: there is no file to check here\n"
    assert project.main("check", "-q").err == ""


def test_examples(project: Project) -> None:
    done = project.main("check", str(EXAMPLES), "--today=2026-11-22")
    assert done.code == 1 and {"CLC101", "CLC203", "CLC301", "CLC401"} <= set(done.codes)
    assert project.main("check", str(EXAMPLES / "after.py"), "--today=2026-11-22").code == 0


def test_select_ignore_enable(project: Project) -> None:
    project.write("a.py")
    assert project.main("check", "--select=CLC1,CLC2").codes == ["CLC101", "CLC203"]
    assert project.main("check", "--ignore=CLC1,CLC2").codes == ["CLC301"]
    assert project.main("check", "--select=CLC1", "--extend-select=CLC203").codes == ["CLC101", "CLC203"]
    assert project.main("check", "--ignore=CLC").code == 0
    assert "CLC901" in project.main("check", "--enable=CLC901").codes
    assert project.main("check", "--scope=claude").code == 0


def test_pyproject_counts_unless_isolated(project: Project) -> None:
    project.write("a.py")
    project.write("pyproject.toml", '[tool.claude-compat]\nselect = ["CLC3"]\nexclude = ["old"]\n')
    project.write("old/x.py")
    assert project.main("check").codes == ["CLC301"]
    assert project.main("check", "--select=CLC1").codes == ["CLC101"]
    assert len(project.main("check", "--isolated", "--no-gitignore").codes) == 6


def test_statistics(project: Project) -> None:
    project.write("a.py", SAMPLE + 'other = "gpt-4"\n')
    lines = project.main("check", "--statistics").out.splitlines()
    assert lines[-3:] == ["1     CLC101 missing-base-url", "1     CLC203 literal-api-key", "2     CLC301 openai-model-name"]
    done = project.main("check", "--statistics", "--format=json")
    assert json.loads(done.out)["files"] == 1 and "2     CLC301" in done.err


def test_verbose(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    project.write("b.py", "# @generated\n")
    for name in ("node_modules/x.py", "vendor/x.py"):
        project.write(name)
    done = project.main("check", "-v")
    assert done.err.startswith("claude-compat: checked 1 file in ")
    assert done.err.endswith(" s; left out: 1 generated, 2 vendored\n")
    assert "b.py: left out: generated\nnode_modules: left out: vendored\n" in project.main("check", "-vv").err


# ------------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"from openai import OpenAI\ndef (:\n", "syntax error"),
        (b"from openai import OpenAI\nx = '\xff'\n", "decode"),
        (b"# coding: no-such-codec\nfrom openai import OpenAI\n", "no-such-codec"),
        (b"# coding: rot13\nfrom openai import OpenAI\n", "rot13"),
        (b"# coding: latin-1\n# coding: x\nfrom openai import OpenAI\nx = 1\n" + b"#" * 9000 + b"\x00\n", ""),
        (b"from openai import OpenAI\nx = " + b"(" * 100_000 + b"\n", ""),
        (b"from openai import OpenAI\nx = " + b"-" * 1_000_000 + b"1\n", ""),
        (b"\xef\xbb\xbf# coding: latin-1\nfrom openai import OpenAI\n", ""),
        (b"from openai import OpenAI\nprint 'Python 2'\n", "syntax error"),
    ],
)
def test_what_cannot_be_checked_is_a_problem(project: Project, content: bytes, says: str) -> None:
    project.write("a.py", content)
    code, document = checked(project)
    assert code == 3 and document["findings"] == []
    (problem,) = document["problems"]
    assert set(problem) == {"path", "message"} and problem["path"] == "a.py" and says in problem["message"]
    done = project.main("check")
    assert done.code == 3 and done.out == "" and done.err.startswith("a.py:") and "not checked: " in done.err
    project.write("b.py")
    done = project.main("check")
    assert done.code == 1 and done.codes and done.err.startswith("a.py:")


def test_paths_that_do_not_exist(project: Project) -> None:
    done = project.main("check", "nowhere.py")
    assert done.code == 3 and "nowhere.py:1: not checked: cannot be read: No such file" in done.err


def test_own_error_is_a_problem(monkeypatch: pytest.MonkeyPatch, project: Project) -> None:
    """The engine's CLC000 is listed as the problem that comes with it."""
    from flake8_claude_compat import engine
    from flake8_claude_compat.findings import Finding, Located, Problem, Report
    from flake8_claude_compat.source import Location, Source, Span

    def failing(source: Source, tree: object, config: Config, **more: object) -> Report:
        finding = Finding("CLC000", Span(0, 0), "failed", "error")
        located = Located(finding, "unchecked-file", Location(1, 1, 1, 1), Source("", ""), "text")
        return Report(source.path, (located,), (Problem(source.path, "failed"),))

    monkeypatch.setattr(engine, "check", failing)
    project.write("a.py")
    done = project.main("check")
    assert (done.code, done.out, done.err) == (3, "", "a.py:1: not checked: failed\n")


@pytest.mark.parametrize(
    ("data", "language", "text"),
    [
        (b"\xef\xbb\xbfa", "yaml", "a"), ("ä".encode("utf-16"), "powershell", "ä"), ("ä".encode("utf-32"), "batch", "ä"),
        (b"\xe4", "batch", "ä"), ("ä€".encode(), "markdown", "ä€"), (b"# coding: latin-1\n\xe4", "python", "# coding: latin-1\nä"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, language: str, text: str) -> None:
    assert decoded(data, language) == text


# ---------------------------------------------------------------------- usage


@pytest.mark.parametrize(
    "args", [[], ["nonsense"], ["check", "--nonsense"], ["check", "--format=xml"], ["check", "--jobs=x"], ["facts", "--format=sarif"]]
)
def test_wrong_usage(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(args)
    assert caught.value.code == 2
    assert "usage: claude-compat" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--select=E501",), "--select: 'E501' is not a code"),
        (("--extend-select=CLC999",), "--extend-select: no rule has the code 'CLC999'"),
        (("--target=litelm",), "did you mean 'litellm'?"),
        (("--jobs=-1",), "--jobs: -1 is not a number of processes"),
        (("--output=nowhere/report.txt",), "--output: nowhere/report.txt cannot be written: No such file"),
        (("--diff=HEAD",), "--diff: "),
    ],
)
def test_wrong_values_are_one_line(project: Project, args: tuple[str, ...], says: str) -> None:
    project.write("a.py")
    done = project.main("check", *args)
    assert done.code == 2 and done.out == "" and len(done.err.splitlines()) == 1
    assert done.err.startswith("claude-compat: ") and says in done.err


@pytest.mark.parametrize("command", COMMANDS)
def test_options_mean_the_same_in_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    shown = capsys.readouterr().out
    for option in OPTIONS:
        assert f"--{option.name}" in shown
    assert "--isolated" in shown and "--no-gitignore" in shown


def test_docs_hold_the_tables() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert options_table() in text
    assert markdown_table(check.ARGUMENTS) in text and markdown_table(facts.ARGUMENTS) in text
    text = (ROOT / "docs" / "checklist.md").read_text(encoding="utf-8")
    for command in (checklist, explain, rules, models, targets):
        assert markdown_table(command.ARGUMENTS) in text


def test_installed_command(project: Project) -> None:
    command = Path(sys.executable).with_name("claude-compat")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"claude-compat {__version__}\n"
    assert project.run("-m", "flake8_claude_compat", "--version").out == done.stdout


def test_one_file_without_openai_loads_next_to_nothing(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    code = "import sys\nfrom flake8_claude_compat.cli import main\nmain(['check', 'a.py'])\nprint(*sys.modules)\n"
    loaded = set(project.run("-c", code).out.split())
    ours = {f"flake8_claude_compat.{name}" for name in ("engine", "catalogue", "linker", "rules", "suppression", "git")}
    heavy = {"rich", "pathspec", "ast_grep_py", "flake8", "subprocess", "multiprocessing", "tomllib"}
    if sys.version_info < (3, 14):  # from there on argparse loads it, by way of the colours of its help
        heavy.add("ast")
    assert not loaded & (ours | heavy)


# ------------------------------------------------------------------ input, output


def test_stdin(project: Project) -> None:
    project.write("pyproject.toml", '[tool.claude-compat]\nselect = ["CLC3"]\n')
    done = project.main("check", "--stdin-filename=pkg/a.py", stdin=SAMPLE.encode())
    assert done.code == 1 and done.out.startswith("pkg/a.py:5:11: CLC301 ") and len(done.codes) == 1
    assert project.main("check", "--stdin-filename=a.py", stdin=b"x = 1\n").code == 0
    done = project.main("check", "--stdin-filename=a.txt", stdin=SAMPLE.encode())
    assert done.code == 3 and done.err == "a.txt:1: not checked: not a kind of file that can be checked\n"
    assert project.main("check", "--stdin-filename=script", stdin=b"#!/usr/bin/python3\n" + SAMPLE.encode()).code == 1
    assert project.main("check", "--stdin-filename=a.py", stdin=b"# openai \xff").code == 3


def test_files_as_large_as_nobody_writes_are_not_checked(project: Project) -> None:
    text = SAMPLE + "#" * MAX_SIZE
    assert project.main("check", "--stdin-filename=a.py", stdin=text.encode()).code == 1
    text = SAMPLE + "#" * MAX_NAMED
    project.write("a.py", text)
    said = "a.py:1: not checked: has over 6 MB: split it, or leave it out\n"
    for done in (project.main("check", "a.py"), project.main("check", "--stdin-filename=a.py", stdin=text.encode())):
        assert (done.code, done.out, done.err) == (3, "", said)
    assert project.main("check").code == 0


def test_output(project: Project) -> None:
    project.write("a.py")
    report = project.path / "report.txt"
    done = project.main("check", "--output=report.txt")
    assert (done.code, done.out) == (1, "") and report.read_text().count("\n") == 3
    report.write_text("old")
    link = project.path / "link.txt"
    link.symlink_to(report)
    project.main("check", "--format=json", "--output", str(link))
    assert json.loads(report.read_text())["version"] == 1 and link.is_symlink()
    assert project.main("check", "--output=-").out.count("\n") == 3
    assert sorted(path.name for path in project.path.iterdir()) == [".git", "a.py", "link.txt", "report.txt"]
    if sys.platform != "win32":
        assert stat.S_IMODE(report.stat().st_mode) & stat.S_IRUSR
        assert project.check("--output=/dev/stdout").out.count("\n") == 3


def test_output_is_written_as_a_whole_or_not_at_all(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.py")
    report = project.path / "report.txt"
    report.write_text("old")

    def failing(name: str, outcome: object) -> Any:
        yield "half"
        raise KeyboardInterrupt

    monkeypatch.setattr(check.reporters, "render", failing)
    assert project.main("check", "--output=report.txt").code == 130
    assert report.read_text() == "old" and len(list(project.path.iterdir())) == 3


def test_reader_that_stops_reading(project: Project) -> None:
    project.write("a.py", "models = [\n" + '    "gpt-4o",\n' * 20000 + "]\n")
    command = f"{sys.executable} -m flake8_claude_compat check --today=2026-11-22 | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=project.path)
    assert len(done.stdout.splitlines()) == 1 and done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt(project: Project, jobs: str) -> None:
    for number in range(400):  # more than any machine checks in the time it is given
        project.write(f"m{number}.py", SAMPLE * 60)
    command = [sys.executable, "-m", "flake8_claude_compat", "check", "--jobs", jobs]
    process = subprocess.Popen(
        command,
        cwd=project.path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # where these tests run in the background, what they start would be deaf to it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode in (130, 1), err
    assert b"Traceback" not in err and (process.returncode == 1 or out == b"")


# -------------------------------------------------------------------- processes


@pytest.mark.usefixtures("processes_pay")
def test_several_processes_give_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from flake8_claude_compat import processes

    for number in range(12):
        project.write(f"m{number:02}.py", SAMPLE if number % 3 else "x = 1\n")
    settings = Config(str(project.path))
    files = discover(["."], settings).files
    alone = list(check_files(files, settings, 1))
    monkeypatch.setattr(processes, "_chunks", lambda files, jobs: [[file] for file in files])
    together = list(check_files(files, settings, 2))
    assert together == alone and sum(len(result.items) for result in alone) == 24


@pytest.mark.skipif(sys.platform != "linux", reason="the other process must be a copy of this one")
@pytest.mark.usefixtures("processes_pay")
def test_a_parser_that_ends_the_process(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from flake8_claude_compat import checking

    for name in ("a.py", "bad.py", "c.py"):
        project.write(name)
    settings = Config(str(project.path))
    files = discover(["."], settings).files
    check_file = checking.check_file
    monkeypatch.setattr(checking, "check_file", lambda file, **rest: os._exit(1) if "bad" in file.path else check_file(file, **rest))
    results = list(check_files(files, settings, 2))
    assert [len(result.items) for result in results] == [3, 0, 3]
    assert "the process ended" in results[1].problems[0].message


# ----------------------------------------------------------------- changed lines


@pytest.fixture
def repository(repository: Project) -> Project:
    repository.write("a.py")
    repository.write("same.py")
    repository.write("odd näme \".py", SAMPLE)
    commit_all(repository.path)
    return repository


def test_diff(repository: Project) -> None:
    assert repository.main("check", "--diff=HEAD").code == 0
    # lines that look like a diff themselves
    changed = SAMPLE.replace('    model="gpt-4o",', '    model="gpt-4",\n    stop="""\n++ b/x\n@@ -1 +1 @@\n-- a/y\n""",')
    repository.write("a.py", changed)
    done = repository.main("check", "--diff=HEAD")
    assert done.codes == ["CLC301"] and done.out.startswith("a.py:5:11:")
    repository.write("odd näme \".py", SAMPLE + "x = 'gpt-4o'\n")
    repository.write("new.py")
    out = repository.main("check", "--diff=HEAD").out.splitlines()
    assert len(out) == 5 and sum(line.startswith("new.py:") for line in out) == 3
    assert any(line.startswith('odd näme ".py:9:5:') for line in out)
    git(repository.path, "add", "-A")
    git(repository.path, "commit", "-q", "-m", "second")
    assert repository.main("check", "--diff=HEAD").code == 0
    assert repository.main("check", "--diff", "HEAD~1").out.splitlines() == out
    (repository.path / "sub").mkdir()
    assert repository.main("check", "--diff=HEAD~1", "..", cwd="sub").code == 1


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "", "HEAD:a.py"])
def test_diff_with_a_wrong_revision(repository: Project, revision: str) -> None:
    done = repository.main("check", f"--diff={revision}")
    assert done.code == 2 and "revision" in done.err and len(done.err.splitlines()) == 1


def test_diff_runs_nothing_of_the_repository(repository: Project) -> None:
    for key in ("diff.external", "core.pager", "core.fsmonitor", "diff.text.textconv"):
        git(repository.path, "config", key, "touch ran; false")
    repository.write(".gitattributes", "*.py diff=text\n")
    repository.write("a.py", SAMPLE + "x = 'gpt-4o'\n")
    assert repository.main("check", "--diff=HEAD").codes == ["CLC301"]
    assert not (repository.path / "ran").exists()


def test_diff_filters_remarks(repository: Project) -> None:
    repository.write("same.py", SAMPLE + "x = 1  # noqa: CLC301\n")
    assert "unused" in repository.main("check", "--diff=HEAD").err
    git(repository.path, "commit", "-q", "-a", "-m", "second")
    repository.write("same.py", "y = 2\n" + SAMPLE + "x = 1  # noqa: CLC301\n")
    assert repository.main("check", "--diff=HEAD").err == ""


# ------------------------------------------------------------------------ paths


def test_paths_are_printed_as_given(project: Project, tmp_path: Path) -> None:
    inside = project.write("src/a.py")
    assert checked(project, str(inside))[1]["findings"][0]["path"] == os.path.join("src", "a.py")
    outside = tmp_path / "outside.py"
    outside.write_text(SAMPLE, encoding="utf-8")
    for given in (str(outside), os.path.join("..", "outside.py")):
        assert checked(project, given)[1]["findings"][0]["path"] == given


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes only there")
def test_file_names_that_are_not_text(project: Project) -> None:
    name = os.fsencode(str(project.path)) + b"/\xff\n\x1b[31m.py"
    with open(name, "wb") as file:
        file.write(SAMPLE.encode())
    done = project.check()
    assert done.code == 1 and len(done.out.splitlines()) == 3 and "\x1b" not in done.out
    for form in check.reporters.FORMATS:
        assert project.check(f"--format={form}").code == 1


# ---------------------------------------------------------------- positions


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_positions(project: Project, ending: str, mark: bytes) -> None:
    text = "# \f \u2028 😀\nx = '\u2028'; y = 'äö'; model = 'gpt-4o'\n" + SAMPLE
    project.write("a.py", mark + text.replace("\n", ending).encode())
    found = [(item["line"], item["column"], item["code"]) for item in checked(project)[1]["findings"]]
    assert found == [(2, 28, "CLC301"), (5, 10, "CLC101"), (5, 25, "CLC203"), (7, 11, "CLC301")]
