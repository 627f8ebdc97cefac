"""``claude-compat fix`` as a user sees it."""

from __future__ import annotations

import ast
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLE, Project, Result, commit_all, git
from mdtest import KEYS

from flake8_claude_compat import writing
from flake8_claude_compat.discovery import MAX_NAMED
from flake8_claude_compat.writing import WriteError, strays, write

#: one change and no more
SMALL = 'from openai import OpenAI\n\nclient = OpenAI(base_url="https://gw.claudeapi.com/v1", api_key=KEY)\nclient.chat.completions.create(model="gpt-4o", messages=[])\n'


def fix(project: Project, *args: str, stdin: bytes = b"", cwd: str = ".") -> Result:
    return project.main("fix", *args, stdin=stdin, cwd=cwd)


def listing(project: Project) -> list[str]:
    return sorted(path.name for path in project.path.iterdir() if path.name != ".git")


# ------------------------------------------------------- what is changed, and how


def test_without_a_terminal_it_shows_the_diff_and_changes_nothing(project: Project) -> None:
    path = project.write("src/a.py")
    before = path.stat().st_mtime_ns
    done = fix(project)
    assert done.code == 1 and path.read_text() == SAMPLE and path.stat().st_mtime_ns == before
    assert done.out.startswith("--- a/src/a.py\n+++ b/src/a.py\n@@ -1,8 +1,")
    assert '+    model="claude-sonnet-4-6",\n' in done.out and '-    model="gpt-4o",\n' in done.out
    assert "3 findings to change in 1 file (--write does it)" in done.err


def test_write(project: Project) -> None:
    path = project.write("a.py")
    done = fix(project, "--write")
    assert (done.code, done.out) == (1, "")
    assert "3 findings changed in 1 file" in done.err
    text = path.read_text()
    assert 'base_url="https://gw.claudeapi.com/v1"' in text and 'os.environ["CLAUDE_API_KEY"]' in text and "import os" in text
    ast.parse(text)
    again = fix(project, "--write")
    assert (again.code, path.read_text()) == (0, text) and "nothing to change" in again.err
    assert project.main("check").code == 0


def test_write_with_diff_shows_what_it_writes(project: Project) -> None:
    path = project.write("a.py")
    done = fix(project, "--write", "--diff")
    assert done.code == 1 and "+++ b/a.py" in done.out and path.read_text() != SAMPLE


def test_the_diff_can_be_applied(project: Project) -> None:
    path = project.write("a.py", SMALL.removesuffix("\n"))
    done = fix(project)
    assert "\\ No newline at end of file" in done.out
    (project.path / ".git").rmdir()
    git(project.path, "init", "-q")
    (project.path / "change.patch").write_bytes(done.out.encode())
    git(project.path, "apply", "change.patch")
    assert path.read_text() == SMALL.replace("gpt-4o", "claude-sonnet-4-6").removesuffix("\n")


def test_safe_and_unsafe(project: Project) -> None:
    path = project.write("a.py", SMALL.replace("messages=[]", "messages=[], n=3, seed=1"))
    done = fix(project, "--write")
    assert done.code == 1 and "n=3" in path.read_text() and "seed" not in path.read_text()
    assert "1 needs --unsafe" in done.err and "  4: CLC401 'n' must be 1" in done.err
    done = fix(project, "--write", "--unsafe")
    assert done.code == 1 and "n=3" not in path.read_text()
    assert fix(project, "--write", "--unsafe").code == 0


def test_what_is_left_is_listed(project: Project) -> None:
    call = 'client.embeddings.create(model="text-embedding-3-small", input="x")\n'
    project.write("a.py", SMALL + call + call)
    done = fix(project, "--write")
    assert "a.py\n  5, 6: CLC003 " in done.err and "(by hand)" in done.err
    assert "1 finding changed in 1 file; 4 by hand" in done.err
    done = fix(project, "--write")
    assert done.code == 0 and "claude-compat: 4 by hand" in done.err
    assert fix(project, "--write", "--quiet").err == ""


def test_much_that_is_left_is_counted_by_rule(project: Project) -> None:
    for number in range(12):
        project.write(f"m{number}.py", SMALL + 'client.embeddings.create(model="text-embedding-3-small", input="x")\n')
    done = fix(project, "--write")
    assert "left, by rule:\n  12    CLC003 in 12 files\n  12    CLC302 in 12 files\n" in done.err


def test_models_without_their_client_are_warned_of(project: Project) -> None:
    project.write("ask.py", 'def ask(client):\n    return client.chat.completions.create(model="gpt-4o", messages=[])\n')
    project.write("client.py", "from openai import OpenAI\n\nfrom settings import KEY\n\nclient = OpenAI(api_key=KEY)\n")
    done = fix(project)
    assert "models change in 1 file without a client to move" in done.err
    assert "clients stay with OpenAI until --unsafe: client.py:5\n" in done.err
    assert "warning" not in fix(project, "--unsafe").err


def test_a_model_stays_with_a_client_that_cannot_be_changed(project: Project) -> None:
    text = 'const { OpenAIApi } = require("openai");\nconst api = new OpenAIApi(configuration);\n'
    path = project.write("a.js", text + 'api.createChatCompletion({ model: "gpt-4", messages }, { responseType: "stream" });\n')
    done = fix(project, "--unsafe", "--write")
    assert (done.code, "gpt-4" in path.read_text()) == (0, True)
    assert "use 'claude-opus-4-8' on claudeapi (by hand, together with what sends it)" in done.err


def test_code_and_selection(project: Project) -> None:
    path = project.write("a.py")
    fix(project, "--write", "--code=CLC301")
    assert path.read_text() == SAMPLE.replace("gpt-4o", "claude-sonnet-4-6")
    path = project.write("a.py")
    fix(project, "--write", "--code=CLC1", "--code", "CLC2")
    assert "gpt-4o" in path.read_text() and "base_url" in path.read_text() and "CLAUDE_API_KEY" in path.read_text()
    # a key that is written down never goes to another host: it changes with the base URL, whatever was asked for
    path = project.write("a.py")
    fix(project, "--write", "--code=CLC1")
    assert "base_url" in path.read_text() and 'os.environ["CLAUDE_API_KEY"]' in path.read_text()
    path = project.write("a.py")
    fix(project, "--write", "--select=CLC3")
    assert path.read_text() == SAMPLE.replace("gpt-4o", "claude-sonnet-4-6")
    path = project.write("a.py")
    fix(project, "--write", "--ignore=CLC301")
    assert "gpt-4o" in path.read_text() and "base_url" in path.read_text()
    done = fix(project, "--code=CLC999")
    assert done.code == 2 and "no rule has the code" in done.err


def test_options_count_as_for_check(project: Project) -> None:
    path = project.write("a.py", SMALL)
    fix(project, "--write", "--model-map=gpt-4o=claude-opus-4-8")
    assert "claude-opus-4-8" in path.read_text()
    path = project.write("a.py", SAMPLE)
    for options in (("--exclude=*.py",), ("--keep-openai=client",), ("--keep-openai=a.py",), ("--scope=claude", "--ignore=CLC2")):
        assert fix(project, "--write", *options).code == 0 and path.read_text() == SAMPLE, options
    project.write(".env", "OPENAI_BASE_URL=https://gw.claudeapi.com/v1\n")
    fix(project, "--write", "a.py")
    assert "base_url" not in path.read_text() and "claude-sonnet-4-6" in path.read_text()


def test_suppressed_findings_stay(project: Project) -> None:
    text = SMALL.replace("messages=[])", "messages=[])  # noqa: CLC301")
    path = project.write("a.py", text)
    assert fix(project, "--write").code == 0 and path.read_text() == text
    keep = SMALL.replace("KEY)", "KEY)  # claude-compat: keep-openai")
    path = project.write("a.py", keep)
    assert fix(project, "--write").code == 0 and path.read_text() == keep


def test_files_without_changes_are_not_touched(project: Project) -> None:
    clean = project.write("clean.py", "import openai\n\nx = 1\n")
    project.write("a.py")
    os.utime(clean, ns=(1, 1))
    before = clean.stat()
    assert fix(project, "--write").code == 1
    after = clean.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.usefixtures("processes_pay")
def test_several_processes_give_the_same(project: Project) -> None:
    for number in range(6):
        project.write(f"m{number}.py")
    alone = fix(project, "--jobs=1")
    together = fix(project, "--jobs=2")
    assert (together.code, together.out, together.err) == (alone.code, alone.out, alone.err)


# ------------------------------------------------------------------------ keys


def test_no_key_is_shown_and_all_are_kept(project: Project) -> None:
    key, other = KEYS["openai_project_key"], KEYS["stripe_key"]
    text = f'from openai import OpenAI\n\nSTRIPE = "{other}"\nclient = OpenAI(api_key="{key}")\n'
    path = project.write("a.py", text)
    done = fix(project, "--unsafe")
    assert "+client = OpenAI(" in done.out and key not in done.out + done.err and other not in done.out + done.err
    assert key[12:30] not in done.out and other[10:20] not in done.out
    given = project.run("-m", "flake8_claude_compat", "fix", "--stdin-filename=a.py", stdin=text.encode())
    assert given.code == 1 and other in given.out
    assert fix(project, "--write").code == 1
    assert other in path.read_text() and key not in path.read_text()


def test_a_key_of_no_known_shape_is_not_shown(project: Project) -> None:
    project.write("a.py", 'from openai import OpenAI\nclient = OpenAI(\n    api_key="hush hush"\n    "quite a secret",\n)\n')
    done = fix(project)
    assert "os.environ" in done.out and "hush" not in done.out and "secret" not in done.out


def test_no_key_of_a_notebook_or_a_short_one_is_shown(project: Project) -> None:
    cell = ["from openai import OpenAI\n", 'client = OpenAI(api_key="not a known shape")\n', 'other = OpenAI(api_key="tiny")\n']
    cells = [{"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    project.write("a.ipynb", json.dumps(notebook, indent=1))
    project.write("a.py", "".join(cell))
    done = fix(project, "--unsafe")
    assert "a.py" in done.out and "known shape" not in done.out and "tiny" not in done.out


# ------------------------------------------------------------- standard input


def run_stdin(project: Project, text: bytes, *args: str) -> tuple[int, bytes]:
    command = [sys.executable, "-m", "flake8_claude_compat", "fix", *args]
    done = subprocess.run(command, cwd=project.path, input=text, capture_output=True, timeout=60)
    return done.returncode, done.stdout


def test_standard_input(project: Project) -> None:
    code, out = run_stdin(project, SMALL.encode(), "--stdin", "--stdin-filename=a.py")
    assert (code, out.decode()) == (1, SMALL.replace("gpt-4o", "claude-sonnet-4-6"))
    assert run_stdin(project, out, "--stdin-filename=a.py") == (0, out)
    code, out = run_stdin(project, SMALL.encode(), "--stdin-filename=a.py", "--diff")
    assert code == 1 and out.startswith(b"--- a/a.py\n")
    code, out = run_stdin(project, b"#!/usr/bin/env python\n" + SMALL.encode(), "--stdin")
    assert code == 1 and b"claude-sonnet" in out
    assert listing(project) == []


def test_a_byte_order_mark_stays_the_only_one(project: Project) -> None:
    text = "\ufeffOPENAI_API_KEY=${SECRET}\n"
    code, out = run_stdin(project, text.encode(), "--stdin-filename=.env", "--unsafe")
    assert out.decode() == "\ufeffOPENAI_API_KEY=${SECRET}\nCLAUDE_API_KEY=${CLAUDE_API_KEY}\n"
    assert run_stdin(project, out, "--stdin-filename=.env", "--unsafe")[1] == out


def test_standard_input_that_cannot_be_fixed_comes_back(project: Project) -> None:
    broken = b"import openai\nx = (\n"
    assert run_stdin(project, broken, "--stdin-filename=a.py") == (3, broken)
    assert run_stdin(project, b"gpt-4o", "--stdin-filename=a.bin") == (3, b"gpt-4o")
    large = SMALL.encode() + b"#" * MAX_NAMED
    assert run_stdin(project, large, "--stdin-filename=a.py") == (3, large)
    assert run_stdin(project, b"gpt-4o", "--stdin") == (3, b"gpt-4o")
    assert run_stdin(project, b"x", "--stdin-filename=a.py", "--write")[0] == 2


def test_standard_input_keeps_its_bytes(project: Project) -> None:
    data = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert run_stdin(project, data, "--stdin-filename=a.py") == (1, data.replace(b"gpt-4o", b"claude-sonnet-4-6"))


# ----------------------------------------------------------- bytes of the files

BYTES = {
    "crlf": SMALL.replace("\n", "\r\n").encode(),
    "mixed": SMALL.replace("\n", "\r\n", 2).encode(),
    "cr": SMALL.replace("\n", "\r").encode(),
    "no end": SMALL.removesuffix("\n").encode(),
    "bom": b"\xef\xbb\xbf" + SMALL.encode(),
    "bom and crlf": b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode(),
    "latin-1": f"# coding: latin-1\n# Gr\u00fc\u00dfe\n{SMALL}".encode("latin-1"),
    "cp1252": f"#!/usr/bin/python\n# -*- coding: cp1252 -*-\n# 5 \u20ac\n{SMALL}".encode("cp1252"),
    "shift-jis": f"# coding: shift_jis\n# \u65e5\u672c\n{SMALL}".encode("shift_jis"),
    "form feed": SMALL.replace("\nclient.", "\n\x0cclient.").encode(),
    "line separator": f"# a\u2028b\n{SMALL}".encode(),
    "trailing blanks": SMALL.replace("\n", "  \n\n\n").encode(),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_stay(project: Project, name: str) -> None:
    data = BYTES[name]
    path = project.write("a.py", data)
    assert fix(project, "--write").code == 1
    assert path.read_bytes() == data.replace(b"gpt-4o", b"claude-sonnet-4-6")
    assert fix(project, "--write").code == 0


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-8-sig"])
def test_encoded_again_as_it_was(encoding: str) -> None:
    """Of languages whose files may be in UTF-16; Python's may not."""
    from flake8_claude_compat.encoding import decoded, encoded

    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0", "utf-8-sig": b""}[encoding]
    data = mark + "# h\u00e9\r\n$x = 'gpt-4o'\r\n".encode(encoding)
    text = decoded(data, "powershell")
    assert text.startswith("# h") and encoded(text, data, "powershell") == data
    assert encoded(text.replace("gpt-4o", "new"), data, "powershell") == mark + text.replace("gpt-4o", "new").encode(encoding)


def test_an_encoding_that_does_not_come_back(project: Project) -> None:
    # two ways of UTF-7 to write the same: what is read is not what would be written
    data = b"# coding: utf-7\n# +AGE-\n" + SMALL.encode()
    path = project.write("a.py", data)
    done = fix(project, "--write")
    assert done.code == 3 and "a.py:1: not fixed: its encoding does not give back what was read" in done.err
    assert path.read_bytes() == data


def test_a_file_that_does_not_parse_or_decode(project: Project) -> None:
    broken, bytes_ = SMALL + "x = (\n", b"# \xff\xfe\n" + SMALL.encode()
    project.write("a.py", broken)
    project.write("b.py", bytes_)
    good = project.write("c.py", SMALL)
    done = fix(project, "--write")
    assert done.code == 3 and "a.py:5: not fixed: syntax error" in done.err and "b.py:1: not fixed: cannot be decoded" in done.err
    assert "claude-sonnet" in good.read_text()
    assert (project.path / "a.py").read_text() == broken and (project.path / "b.py").read_bytes() == bytes_


# ------------------------------------------------------------ writing: the file


def test_mode_and_attributes_stay(project: Project) -> None:
    path = project.write("run", f"#!/usr/bin/env python3\n{SMALL}")
    path.chmod(0o750)
    os.utime(path, ns=(10**18, 10**18))
    before = path.stat()
    assert fix(project, "--write").code == 1
    after = path.stat()
    assert stat.S_IMODE(after.st_mode) == 0o750 and (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert after.st_mtime_ns > before.st_mtime_ns and listing(project) == ["run"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(project: Project) -> None:
    path = project.write("a.py")
    os.chown(path, 1234, 2345)
    assert fix(project, "--write").code == 1
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_a_file_whose_owner_would_not_stay(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.write("a.py")

    def no(*args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    real = os.stat(path)
    other = os.stat_result((*real[:4], 1234, 2345, *real[6:]))
    monkeypatch.setattr(os, "chown", no)
    monkeypatch.setattr(writing.os, "stat", lambda name: other if str(name) == str(path) else os.lstat(name))
    with pytest.raises(WriteError, match="belongs to another user or group"):
        write(str(path), [b"x"])
    monkeypatch.undo()
    assert path.read_text() == SAMPLE and listing(project) == ["a.py"]


def test_a_read_only_file(project: Project) -> None:
    path = project.write("a.py")
    path.chmod(0o444)
    done = fix(project, "--write")
    assert done.code == 3 and "a.py:1: not fixed: the file is read-only" in done.err
    assert path.read_text() == SAMPLE and listing(project) == ["a.py"]


def test_links_inside_and_outside(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text(SAMPLE)
    inside = project.write("real/inside.py")
    (project.path / "out.py").symlink_to(outside)
    (project.path / "in.py").symlink_to(inside)
    done = fix(project, "--write", "out.py")
    assert done.code == 3 and "it is a link to" in done.err and "name that file" in done.err
    assert outside.read_text() == SAMPLE
    assert fix(project, "--write", "in.py").code == 3 and inside.read_text() == SAMPLE
    # what links lead to in a folder that is named is found there itself
    done = fix(project, "--write", ".", "in.py", "out.py")
    assert done.code == 3 and "claude-sonnet" in inside.read_text() and outside.read_text() == SAMPLE
    assert (project.path / "in.py").is_symlink() and (project.path / "out.py").is_symlink()


def test_a_link_is_written_through(project: Project) -> None:
    inside = project.write("real/inside.py")
    (project.path / "in.py").symlink_to(inside)
    assert fix(project, "--write", "in.py", "real").code in (1, 3)
    assert "claude-sonnet" in inside.read_text() and (project.path / "in.py").is_symlink()


def test_a_folder_that_is_a_link_is_what_was_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "elsewhere" / "a.py"
    path.write_text(SAMPLE)
    (project.path / "link").symlink_to(tmp_path / "elsewhere")
    assert fix(project, "--write", ".").code == 0 and path.read_text() == SAMPLE
    assert fix(project, "--write", "link").code == 1 and "claude-sonnet" in path.read_text()


def test_strays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.py").write_text("")
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "y.py").write_text("")
    (tmp_path / "a" / "up").symlink_to(tmp_path / "ab")
    assert strays(str(tmp_path / "a" / "x.py"), [str(tmp_path / "a")]) == ""
    assert strays(str(tmp_path / "a" / "x.py"), [str(tmp_path / "ab" / ".." / "a" / "x.py")]) == ""
    assert strays(str(tmp_path / "a" / "up" / "y.py"), [str(tmp_path / "a")]) == str(tmp_path / "ab" / "y.py")
    assert strays(str(tmp_path / "ab" / "y.py"), [str(tmp_path / "a")])


def test_a_file_with_hard_links_becomes_one_of_its_own(project: Project, tmp_path: Path) -> None:
    path = project.write("a.py")
    other = tmp_path / "other.py"
    os.link(path, other)
    done = fix(project, "--write")
    assert done.code == 1 and "its other names (hard links) keep the old text" in done.err
    assert other.read_text() == SAMPLE and "claude-sonnet" in path.read_text()


def test_a_file_that_has_changed_since_it_was_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.write("a.py")
    gone = project.write("b.py")
    rename = os.replace

    def fill(temporary: str, *args: object) -> None:
        real_fill(temporary, *args)  # type: ignore[arg-type]
        path.write_text(SAMPLE + "# edited\n")
        gone.unlink(missing_ok=True)

    real_fill = writing._fill
    monkeypatch.setattr(writing, "_fill", fill)
    done = fix(project, "--write")
    assert done.code == 3 and done.err.count("not fixed: the file has changed since it was read") == 2
    assert path.read_text() == SAMPLE + "# edited\n" and listing(project) == ["a.py"]
    assert os.replace is rename


# -------------------------------------------------- writing: what can go wrong


def test_a_full_disk(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.write("a.py")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = fix(project, "--write")
    assert done.code == 3 and "a.py:1: not fixed: the file cannot be written: No space left on device" in done.err
    assert path.read_text() == SAMPLE and listing(project) == ["a.py"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a device that is full")
def test_a_device_that_is_full(project: Project) -> None:
    project.write("a.py")
    done = project.main("check", "--output=/dev/full")
    assert done.code == 2 and "No space left" in done.err


def test_a_folder_that_may_not_be_written_to(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.write("a.py")

    def no(*args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(writing.os, "open", no)
    done = fix(project, "--write")
    assert done.code == 3 and "cannot be written: Permission denied" in done.err and path.read_text() == SAMPLE


KILLED = """\
import os, signal, sys
from flake8_claude_compat import cli, writing

def end(*args):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(*{place}, end)
sys.exit(cli.main(["fix", "--write"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("place", ["(os, 'replace')", "(os, 'fsync')", "(writing, '_keep')", "(writing, '_expect')", "(writing, '_flush_folder')"])
def test_killed_in_the_middle(project: Project, place: str) -> None:
    path = project.write("a.py")
    done = subprocess.run([sys.executable, "-c", KILLED.format(place=place)], cwd=project.path, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    text = path.read_text()
    assert (text == SAMPLE) == ("_flush_folder" not in place)
    # what is left over stands in nobody's way, and a later run removes it
    left = [name for name in listing(project) if name.endswith(".tmp")]
    assert len(left) == (text == SAMPLE)
    for name in left:
        os.utime(project.path / name, (1, 1))
    done_again = project.main("fix", "--write")
    assert done_again.code in (0, 1) and listing(project) == ["a.py"]
    assert all(f"{name}: removed" in done_again.err for name in left)
    assert "claude-sonnet" in path.read_text() and fix(project, "--write").code == 0


def test_only_what_was_surely_left_is_removed(project: Project) -> None:
    project.write("a.py")
    kept = [".claude-compat-1-0123abcd.tmp", ".claude-compat-x.tmp", ".claude-compat-1-0123abcd.tmp.py", "sub/.claude-compat-1-0123abcd.tmp"]
    for name in kept:
        project.write(name, "")
        if name != kept[0]:  # which is young: somebody may be writing to it
            os.utime(project.path / name, (1, 1))
    (project.path / ".claude-compat-2-0123abcd.tmp").mkdir()
    (project.path / ".claude-compat-3-0123abcd.tmp").symlink_to("a.py")
    before = listing(project)
    done = fix(project, "--write")
    assert done.code == 1 and "removed" not in done.err and listing(project) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_interrupted(project: Project) -> None:
    """Ctrl-C leaves no temporary file and no half of one."""
    path = project.write("a.py")
    # whoever runs the tests in the background has it ignored
    heard = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    script = heard + KILLED.replace("SIGKILL", "SIGINT").format(place="(os, 'replace')")
    done = subprocess.run([sys.executable, "-c", script], cwd=project.path, capture_output=True)
    assert done.returncode == 130 and path.read_text() == SAMPLE and listing(project) == ["a.py"]


# -------------------------------------------------------------------- a git tree


@pytest.fixture
def repository(repository: Project) -> Project:
    repository.write("a.py")
    repository.write("sub/b.py")
    commit_all(repository.path)
    return repository


def test_a_clean_tree_gives_no_warning(repository: Project) -> None:
    assert "uncommitted" not in fix(repository).err


def test_a_dirty_tree(repository: Project) -> None:
    repository.write("sub/b.py", SAMPLE + "# edited\n")
    repository.write("other.txt", "not written, so nobody cares")
    done = fix(repository)
    assert "warning: git has uncommitted changes in sub/b.py\n" in done.err
    done = fix(repository, "--write", cwd="sub")
    assert "uncommitted changes in b.py: commit or stash first" in done.err and "--allow-dirty" in done.err
    assert done.code == 1 and "claude-sonnet" in (repository.path / "sub" / "b.py").read_text()


def test_allow_dirty(repository: Project) -> None:
    repository.write("a.py", SAMPLE + "# edited\n")
    repository.write("new.py")
    assert "new.py" in fix(repository).err
    assert "uncommitted" not in fix(repository, "--allow-dirty").err


# ------------------------------------------------------------------- a terminal


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, project: Project, *args: str) -> None:
        import pty

        self.master, slave = pty.openpty()
        command = [sys.executable, "-m", "flake8_claude_compat", "fix", *args]
        environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        environment["TERM"] = "xterm"
        self.process = subprocess.Popen(command, cwd=project.path, stdin=slave, stdout=slave, stderr=slave, env=environment)
        os.close(slave)
        self.text = ""

    def until(self, wanted: str, seconds: float = 60) -> str:
        import select

        end = time.monotonic() + seconds
        while wanted not in self.text:
            assert time.monotonic() < end, self.text
            if select.select([self.master], [], [], 1)[0]:
                try:
                    got = os.read(self.master, 65536)
                except OSError:  # the other side is closed
                    got = b""
                if not got:
                    break
                self.text += got.decode()
        assert wanted in self.text, self.text
        before, _, self.text = self.text.partition(wanted)
        return before

    def send(self, text: str) -> None:
        os.write(self.master, text.encode())

    def end(self) -> int:
        code = self.process.wait(60)
        os.close(self.master)
        return code


@pytest.fixture
def three(project: Project) -> Iterator[Project]:
    for name in ("a.py", "b.py", "c.py"):
        project.write(name, SMALL)
    yield project


def changed(project: Project) -> list[str]:
    return [path.name for path in sorted(project.path.glob("*.py")) if "gpt-4o" not in path.read_text()]


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_asks_on_a_terminal(three: Project) -> None:
    terminal = Terminal(three)
    shown = terminal.until("a.py (1 of 3): write? [y]es, [n]o, [a]ll, [q]uit: ")
    assert "\033[31m-client.chat" in shown and "\033[32m+client.chat" in shown
    terminal.send("n\n")
    terminal.until("b.py (2 of 3): write?")
    terminal.send("what\n")
    terminal.until("b.py (2 of 3): write?")
    terminal.send("y\n")
    terminal.until("c.py (3 of 3): write?")
    assert changed(three) == ["b.py"]
    terminal.send("q\n")
    terminal.until("1 finding changed in 1 file; 2 findings to change in 2 files")
    assert terminal.end() == 1 and changed(three) == ["b.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
@pytest.mark.parametrize(("keys", "result"), [("a\n", ["a.py", "b.py", "c.py"]), ("q\n", []), ("\x04", [])])
def test_all_or_nothing_on_a_terminal(three: Project, keys: str, result: list[str]) -> None:
    terminal = Terminal(three)
    terminal.until("[q]uit: ")
    terminal.send(keys)
    terminal.until("claude-compat: 3 findings")
    assert terminal.end() == 1 and changed(three) == result


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_a_file_cannot_move_the_terminal(project: Project) -> None:
    project.write("a.py", SMALL.replace("[])", "[])  # \x1b[2J\x07"))
    terminal = Terminal(project)
    shown = terminal.until("[q]uit: ")
    assert "\\x1b[2J\\x07" in shown and "\033[2J" not in shown
    terminal.send("q\n")
    terminal.until("claude-compat: ")
    terminal.end()


# -------------------------------------------------------------------- baseline


def test_baseline(project: Project) -> None:
    path = project.write("src/a.py")
    assert project.main("check", "--baseline=known.json", "--write-baseline").code == 0
    assert project.main("check", "--baseline=known.json").code == 0
    assert fix(project, "--baseline=known.json", "--write").code == 0 and path.read_text() == SAMPLE
    project.write("pyproject.toml", '[tool.claude-compat]\nbaseline = "known.json"\n')
    assert project.main("check", cwd="src").code == 0
    # lines move, others come
    path = project.write("src/a.py", SAMPLE.replace("\n\n", '\n\n\nMODEL = "gpt-4"\n', 1))
    done = project.main("check")
    assert done.code == 1 and done.codes == ["CLC301"] and "gpt-4'" in done.out
    assert fix(project, "--write").code == 1
    assert path.read_text() == SAMPLE.replace("\n\n", '\n\n\nMODEL = "claude-opus-4-8"\n', 1)
    # whoever changes a line hears of it again
    project.write("src/a.py", SAMPLE.replace('"gpt-4o"', '"gpt-4o-mini"'))
    assert project.main("check").codes == ["CLC301"]


def test_baseline_keeps_what_stands_on_a_line_that_changes(project: Project) -> None:
    text = SMALL.replace("messages=[]", 'messages=[], seed=1, user="x"')
    path = project.write("a.py", text)
    project.main("check", "--baseline=known.json", "--write-baseline", "--select=CLC301,CLC413")
    assert fix(project, "--baseline=known.json", "--write").code == 1
    assert path.read_text() == text.replace(" seed=1,", "")


def test_baseline_of_some_files_keeps_the_others(project: Project) -> None:
    project.write("a.py")
    project.write("b.py", SMALL)
    project.main("check", "--baseline=known.json", "--write-baseline")
    project.write("b.py", "x = 1\n")
    done = project.main("check", "b.py", "--baseline=known.json", "--write-baseline")
    assert done.code == 0 and "3 findings are in" in done.err
    assert project.main("check", "--baseline=known.json").code == 0


def test_baseline_that_is_none(project: Project) -> None:
    project.write("a.py")
    for command in ("check", "fix"):
        done = project.main(command, "--baseline=none.json")
        assert done.code == 2 and "no such file" in done.err and "--write-baseline" in done.err
        for wrong in ("[]", "{", '{"version": 2}', '{"version": 1, "findings": {"a.py": []}}'):
            project.write("known.json", wrong)
            done = project.main(command, "--baseline=known.json")
            assert done.code == 2 and "known.json" in done.err, wrong
    assert project.main("check", "--write-baseline").code == 2
    assert project.main("check", "--write-baseline", "--baseline=x.json", "--diff=main").code == 2
    assert "sk-" not in (ROOT / "docs" / "command.md").read_text().partition("## Baseline")[2]


# ---------------------------------------------------------------- writing as such


def test_write_makes_a_new_file_with_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    write(str(path), [b"a", b"b"])
    plain = tmp_path / "plain.txt"
    plain.write_text("")
    assert path.read_bytes() == b"ab" and path.stat().st_mode == plain.stat().st_mode


def test_write_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="No such file"):
        write(str(tmp_path / "none" / "a.txt"), [b""])
    with pytest.raises(WriteError, match="has changed since it was read"):
        write(str(tmp_path / "gone.txt"), [b""], b"there")
    assert list(tmp_path.iterdir()) == []


def test_output_of_check_keeps_the_mode_of_its_file(project: Project) -> None:
    project.write("a.py")
    report = project.write("report.json", "old")
    report.chmod(0o600)
    assert project.main("check", "--format=json", "--output=report.json", "a.py").code == 1
    assert stat.S_IMODE(report.stat().st_mode) == 0o600 and report.read_text().startswith("{")
    assert listing(project) == ["a.py", "report.json"]
