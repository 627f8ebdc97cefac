"""Helpers that run the real tools in a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: gives CLC101, CLC203 and CLC301 with default options
SAMPLE = """\
from openai import OpenAI

client = OpenAI(api_key="sk-openai-xxx")
response = client.chat.completions.create(
    model="gpt-4o",
    messages=[{"role": "user", "content": "Hello"}],
)
print(response.choices[0].message.content)
"""


class Result:
    """What a command printed and its exit code; never a traceback."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
        self.err = done.stderr.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
        assert "Traceback" not in self.out + self.err, self.out + self.err

    @classmethod
    def of(cls, code: int, out: str, err: str) -> Result:
        """The result of a command that ran in this process."""
        return cls(subprocess.CompletedProcess([], code, out.encode("utf-8", "surrogateescape"), err.encode()))

    @property
    def codes(self) -> list[str]:
        """Our codes in the lines printed, in order."""
        return [word for line in self.out.splitlines() for word in line.split()[1:2] if word.startswith("CLC")]


class Project:
    """A scratch folder with its own repository root, so that no
    configuration above it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / ".git").mkdir()

    def write(self, name: str, content: str | bytes = SAMPLE) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def run(
        self,
        *args: str,
        stdin: bytes = b"",
        cwd: str = ".",
        env: Mapping[str, str] | None = None,
        timeout: float = 120,
    ) -> Result:
        done = subprocess.run(
            [sys.executable, *args],
            cwd=self.path / cwd,
            input=stdin,
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
            timeout=timeout,
        )
        return Result(done)

    def flake8(self, *args: str, stdin: bytes = b"", cwd: str = ".") -> Result:
        """flake8 with our codes only."""
        return self.run("-m", "flake8", "--select=CLC", *args, stdin=stdin, cwd=cwd)

    def check(self, *args: str, cwd: str = ".") -> Result:
        """``claude-compat check``."""
        return self.run("-m", "flake8_claude_compat", "check", *args, cwd=cwd)

    def main(self, *args: str, cwd: str = ".", stdin: bytes = b"") -> Result:
        """``claude-compat`` in this process, which is quicker."""
        import contextlib
        import io

        from flake8_claude_compat.cli import main

        out, err, before, given = io.StringIO(), io.StringIO(), os.getcwd(), sys.stdin
        os.chdir(self.path / cwd)
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(args)
        finally:
            sys.stdin = given
            os.chdir(before)
        return Result.of(code, out.getvalue(), err.getvalue())


def git(folder: Path, *args: str) -> str:
    """What git prints in a folder, as somebody who may commit there."""
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"]
    command = ["git", *identity, "-c", "init.defaultBranch=main", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def commit_all(folder: Path) -> str:
    """Commit all that is in a repository; the revision."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "test")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A scratch folder that is the current one."""
    path = tmp_path / "project"
    path.mkdir()
    monkeypatch.chdir(path)
    return Project(path)


@pytest.fixture
def flake8_options(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """flake8's real option handling in this process: arguments → our Config."""
    from flake8.options.parse_args import parse_args

    from flake8_claude_compat.plugin import Plugin

    def parse(*args: str) -> object:
        monkeypatch.setattr(sys, "argv", ["flake8", *args])
        monkeypatch.setattr(Plugin, "options", None)
        parse_args(list(args))
        return Plugin.options

    return parse


@pytest.fixture
def processes_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes are used at once, where they are asked for."""
    from flake8_claude_compat import processes

    monkeypatch.setattr(processes, "_ALONE", -1.0)
    monkeypatch.setattr(processes, "_worth_it", lambda seconds: True)


@pytest.fixture
def repository(project: Project) -> Project:
    """A scratch folder that is a real repository of git, with no commit yet."""
    (project.path / ".git").rmdir()
    git(project.path, "init", "-q")
    return project
