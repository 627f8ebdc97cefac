"""``claude-compat check``: what it prints and how it exits."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLE, Project

from flake8_claude_compat import __version__
from flake8_claude_compat.cli import discover, main
from flake8_claude_compat.config import Config

EXAMPLES = ROOT / "examples"


def checked(project: Project, *args: str) -> tuple[int, dict[str, Any]]:
    done = project.check("--format=json", *args)
    return done.code, json.loads(done.out)


# ----------------------------------------------------------------- what is found


def test_text(project: Project) -> None:
    project.write("a.py")
    done = project.check()
    assert done.code == 1 and done.codes == ["CLC101", "CLC203", "CLC301"] and done.err == ""
    assert [line.split(" ")[0] for line in done.out.splitlines()] == ["a.py:3:10:", "a.py:3:25:", "a.py:5:11:"]


def test_same_as_flake8(project: Project) -> None:
    project.write("a.py")
    project.write("pkg/b.py", f"# ä\n{SAMPLE}")
    lines = project.check("a.py", "pkg").out.splitlines()
    assert lines == project.flake8("a.py", "pkg").out.splitlines()


def test_json(project: Project) -> None:
    project.write("a.py")
    project.write("b.py", "x = 1\n")
    code, document = checked(project)
    assert code == 1
    assert list(document) == ["version", "target", "files", "findings", "problems"]
    assert (document["version"], document["target"], document["files"], document["problems"]) == (1, "claudeapi", 2, [])
    first = document["findings"][2]
    assert list(first) == [
        "path", "line", "column", "end_line", "end_column", "cell", "code", "name", "severity", "message", "fix",
    ]  # fmt: skip
    place = [first[key] for key in ("path", "line", "column", "end_line", "end_column", "cell", "code", "name")]
    assert place == ["a.py", 5, 11, 5, 19, None, "CLC301", "openai-model-name"]
    assert first["severity"] in ("error", "warning", "info") and first["message"] and "\n" not in first["message"]
    assert first["fix"] is None or set(first["fix"]) == {"safety"}


def test_clean(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    done = project.check()
    assert (done.code, done.out, done.err) == (0, "", "")
    code, document = checked(project, ".")
    assert code == 0 and document["files"] == 1 and document["findings"] == []


def test_examples(project: Project) -> None:
    done = project.check(str(EXAMPLES), "--today=2026-11-22")
    assert done.code == 1 and {"CLC101", "CLC203", "CLC301", "CLC401"} <= set(done.codes)
    assert project.check(str(EXAMPLES / "after.py"), "--today=2026-11-22").code == 0


def test_select_ignore_enable(project: Project) -> None:
    project.write("a.py")
    assert project.check("--select=CLC1,CLC2").codes == ["CLC101", "CLC203"]
    assert project.check("--ignore=CLC1,CLC2").codes == ["CLC301"]
    assert project.check("--ignore=CLC").code == 0
    assert "CLC901" in project.check("--enable=CLC901").codes
    assert project.check("--scope=claude").code == 0


def test_pyproject_counts_unless_isolated(project: Project) -> None:
    project.write("a.py")
    project.write("pyproject.toml", '[tool.claude-compat]\nselect = ["CLC3"]\nexclude = ["vendor"]\n')
    project.write("vendor/x.py")
    assert project.check().codes == ["CLC301"]
    assert project.check("--select=CLC1").codes == ["CLC101"]
    assert len(project.check("--isolated", "--no-gitignore").codes) == 6


# ------------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"from openai import OpenAI\ndef (:\n", "syntax error"),
        (b"from openai import OpenAI\nx = '\xff'\n", "decode"),
        (b"# coding: no-such-codec\nfrom openai import OpenAI\n", "no-such-codec"),
        (b"# coding: rot13\nfrom openai import OpenAI\n", "rot13"),
        (b"# coding: latin-1\n# coding: x\nfrom openai import OpenAI\nx = \x00\n", ""),
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
    done = project.check()
    assert done.code == 3 and done.out == "" and done.err.startswith("a.py:") and "not checked: " in done.err
    project.write("b.py")
    done = project.check()
    assert done.code == 1 and done.codes and done.err.startswith("a.py:")


def test_paths_that_do_not_exist(project: Project) -> None:
    done = project.check("nowhere.py")
    assert done.code == 3 and "nowhere.py:1: not checked: cannot be read: No such file" in done.err


def test_own_error_is_a_problem(monkeypatch: pytest.MonkeyPatch, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The engine's CLC000 is listed as the problem that comes with it."""
    from flake8_claude_compat import cli
    from flake8_claude_compat.findings import Finding, Located, Problem, Report
    from flake8_claude_compat.source import Location, Source, Span

    def failing(source: Source, tree: object, config: Config) -> Report:
        finding = Finding("CLC000", Span(0, 0), "failed", "error")
        located = Located(finding, "unchecked-file", Location(1, 1, 1, 1))
        return Report(source.path, (located,), (Problem(source.path, "failed"),))

    monkeypatch.setattr(cli, "check", failing)
    project.write("a.py")
    assert main(["check"]) == 3
    assert capsys.readouterr() == ("", "a.py:1: not checked: failed\n")


# ---------------------------------------------------------------------- usage


@pytest.mark.parametrize("args", [[], ["nonsense"], ["check", "--nonsense"], ["check", "--format=xml"]])
def test_wrong_usage(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(args)
    assert caught.value.code == 2
    assert "usage: claude-compat" in capsys.readouterr().err


def test_installed_command(project: Project) -> None:
    import subprocess

    command = Path(sys.executable).with_name("claude-compat")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"claude-compat {__version__}\n"
    assert project.run("-m", "flake8_claude_compat", "--version").out == done.stdout


def test_reader_that_stops_reading(project: Project) -> None:
    import subprocess

    project.write("a.py", "models = [\n" + '    "gpt-4o",\n' * 20000 + "]\n")
    command = f"{sys.executable} -m flake8_claude_compat check | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=project.path)
    assert len(done.stdout.splitlines()) == 1 and done.stderr == ""


# ------------------------------------------------------------------ discovery


def test_discovery(project: Project) -> None:
    for name in (
        "a.py", "src/b.py", "src/deep/c.py", "src/data.txt", ".hidden/x.py", "node_modules/x.py",
        "env/pyvenv.cfg", "env/lib/x.py", "src/__pycache__/x.py", "skip/x.py", "src/generated_pb2.py",
    ):  # fmt: skip
        project.write(name, "x = 1\n")
    config = Config(str(project.path), exclude=("skip", "*_pb2.py"))
    found = [os.path.normpath(path).replace(os.sep, "/") for path in discover([".", "a.py", "src"], config)]
    assert found == ["a.py", "src/b.py", "src/deep/c.py"]
    assert list(discover([".hidden", "src/data.txt"], config)) == [os.path.join(".hidden", "x.py"), "src/data.txt"]


def test_link_loop(project: Project) -> None:
    project.write("src/a.py")
    (project.path / "src" / "again").symlink_to(project.path / "src", target_is_directory=True)
    code, document = checked(project)
    assert code == 1 and document["files"] == 1


def test_paths_are_printed_as_given(project: Project, tmp_path: Path) -> None:
    inside = project.write("src/a.py")
    assert checked(project, str(inside))[1]["findings"][0]["path"] == os.path.join("src", "a.py")
    outside = tmp_path / "outside.py"
    outside.write_text(SAMPLE, encoding="utf-8")
    for given in (str(outside), os.path.join("..", "outside.py")):
        assert checked(project, given)[1]["findings"][0]["path"] == given


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes only there")
def test_file_names_that_are_not_text(project: Project) -> None:
    name = os.fsencode(str(project.path)) + b"/\xff\n.py"
    with open(name, "wb") as file:
        file.write(SAMPLE.encode())
    assert project.check().code == 1
    assert len(checked(project)[1]["findings"]) == 3


# ---------------------------------------------------------------- positions


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_positions(project: Project, ending: str, mark: bytes) -> None:
    text = "# \f \u2028 😀\nx = '\u2028'; y = 'äö'; model = 'gpt-4o'\n" + SAMPLE
    project.write("a.py", mark + text.replace("\n", ending).encode())
    found = [(item["line"], item["column"], item["code"]) for item in checked(project)[1]["findings"]]
    assert found == [(2, 28, "CLC301"), (5, 10, "CLC101"), (5, 25, "CLC203"), (7, 11, "CLC301")]
