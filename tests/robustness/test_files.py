"""Files that cannot be read, a full disk, a process killed while it writes: nothing is lost, and nothing of a key seen."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from conftest import SAMPLE, Project

from flake8_claude_compat import writing

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")

OLD, NEW = b"old\n" * 1000, b"new\n" * 2000


def _killed_at(step: int, path: Path) -> bool:
    """Write a file in a process that is killed at a line of the module that writes; whether it came so far."""
    child = os.fork()
    if not child:
        left = step

        def trace(frame: object, event: str, argument: object) -> object:
            nonlocal left
            if frame.f_code.co_filename != writing.__file__:  # type: ignore[attr-defined]
                return None
            if event == "line":
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)  # type: ignore[arg-type]
        writing.write(str(path), [NEW[:4000], NEW[4000:]], OLD)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@posix
def test_killed_at_every_line_of_writing(tmp_path: Path) -> None:
    """Whatever line is the last one, the file holds all of its old or all of its new text."""
    path, step, seen = tmp_path / "a.py", 0, set()
    while True:
        path.write_bytes(OLD)
        killed = _killed_at(step, path)
        seen.add(path.read_bytes())
        assert seen <= {OLD, NEW}, f"killed at line {step}: {path.read_bytes()[:20]!r}"
        if not killed:
            break
        step += 1
    assert step > 25 and path.read_bytes() == NEW and seen == {OLD, NEW}


@posix
def test_a_full_disk(project: Project) -> None:
    """A limit on the size of files stands for it: the file stays, one line says why, no temporary file is left."""
    text = SAMPLE + "# rest\n" * 20_000
    path = project.write("a.py", text)
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
        "from flake8_claude_compat.cli import main; sys.exit(main(['fix', '--unsafe', '--write', '--allow-dirty', 'a.py']))"
    )
    done = project.run("-c", program, env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.code == 3 and "cannot be written" in done.err
    assert path.read_text("utf-8") == text
    assert sorted(entry.name for entry in project.path.iterdir()) == [".git", "a.py"]


#: gives up what lets the superuser read everything, then runs the command
_UNPRIVILEGED = """
import ctypes, os, sys
if os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
            sys.exit(77)
os.execv(sys.executable, [sys.executable, "-m", "flake8_claude_compat", *sys.argv[1:]])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="how rights are given up is Linux's")
def test_files_and_folders_that_cannot_be_read(project: Project) -> None:
    project.write("a.py")
    closed = project.write("closed.py")
    closed.chmod(0)
    folder = project.write("folder/b.py").parent
    folder.chmod(0)
    try:
        done = project.run("-c", _UNPRIVILEGED, "check", ".")
    finally:
        folder.chmod(0o755)
    if done.code == 77:
        pytest.skip("not allowed to give up rights here")
    assert done.code == 1 and "CLC101" in done.out
    assert "closed.py" in done.err + done.out and "cannot be read" in done.err + done.out
    assert "folder:1: not checked" in done.err + done.out
