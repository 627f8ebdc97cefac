"""The programs that run us: a real editor server, a real pre-commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import pytest
from conftest import ROOT, SAMPLE, Project, commit_all, git

BIN = Path(sys.executable).parent


# ------------------------------------------------------------- language server


class Server:
    """python-lsp-server over its standard streams, as an editor starts it."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pylsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
            env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        )
        assert self.process.stdin and self.process.stdout
        self.to: IO[bytes] = self.process.stdin
        self.back: IO[bytes] = self.process.stdout

    def send(self, method: str, params: Any, number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        self.to.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.to.flush()

    def receive(self) -> dict[str, Any]:
        length = 0
        while line := self.back.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.back.read(length))
        return message

    def until(self, wanted: Any, seconds: float = 60) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            message = self.receive()
            if "id" in message and "method" in message:  # the server asks: it has no need of an answer of substance
                body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode()
                self.to.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                self.to.flush()
            elif wanted(message):
                return message
        raise AssertionError("the server did not answer")

    def close(self) -> None:
        self.send("shutdown", None, 99)
        self.until(lambda message: message.get("id") == 99)
        self.send("exit", None)
        self.process.wait(20)
        self.to.close()
        self.back.close()


def test_language_server_shows_our_diagnostics(project: Project) -> None:
    path = project.write("a.py")
    project.write("pyproject.toml", '[tool.claude-compat]\nmodel-map = {"gpt-4o" = "claude-fable-5-2"}\n')
    server = Server(project.path)
    try:
        root = project.path.as_uri()
        server.send("initialize", {"processId": None, "rootUri": root, "rootPath": str(project.path), "capabilities": {}}, 1)
        server.until(lambda message: message.get("id") == 1)
        server.send("initialized", {})
        others = dict.fromkeys(("pycodestyle", "pyflakes", "mccabe", "jedi_completion"), {"enabled": False})
        plugins = {**others, "flake8": {"enabled": True, "executable": str(BIN / "flake8")}}
        server.send("workspace/didChangeConfiguration", {"settings": {"pylsp": {"plugins": plugins}}})
        document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": SAMPLE}
        server.send("textDocument/didOpen", {"textDocument": document})
        published = server.until(
            lambda message: message.get("method") == "textDocument/publishDiagnostics"
            and any(item.get("source") == "flake8" for item in message["params"]["diagnostics"])
        )
        shown = {item["code"]: item for item in published["params"]["diagnostics"]}
        assert {"CLC101", "CLC203", "CLC301"} <= set(shown)
        assert shown["CLC101"]["range"]["start"] == {"line": 2, "character": 9}
        assert shown["CLC301"]["range"]["start"] == {"line": 4, "character": 10}
        assert "claude-fable-5-2" in shown["CLC301"]["message"]
        server.close()
    finally:
        server.process.kill()
        server.process.wait()


# ------------------------------------------------------------------ pre-commit

#: what the repository of flake8 itself offers to pre-commit
FLAKE8_HOOK = """\
- id: flake8
  name: flake8
  entry: flake8
  language: python
  types_or: [python, pyi]
  require_serial: true
"""
FLAKE8_SETUP = """\
from setuptools import setup

setup(name="flake8-hook", version="1", install_requires=["flake8"], py_modules=[])
"""


def repository(folder: Path) -> str:
    """Make a folder a repository with one commit; its revision."""
    git(folder, "init", "-q")
    return commit_all(folder)


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """This project, as it is in the working tree."""
    copy = tmp_path / "flake8-claude-compat"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "flake8_claude_compat", copy / "flake8_claude_compat", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def pre_commit(scratch: Path, home: Path, *what: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTEST_", "PRE_COMMIT"))}
    environment.update(PRE_COMMIT_HOME=str(home), PRE_COMMIT_COLOR="never", PIP_DISABLE_PIP_VERSION_CHECK="1")
    command = [sys.executable, "-m", "pre_commit", *(what or ("run",)), "--all-files", "--verbose"]
    return subprocess.run(command, cwd=scratch, env=environment, capture_output=True, text=True, timeout=560)


def scratch_repository(tmp_path: Path, config: str) -> Path:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (scratch / "a.py").write_text(SAMPLE, encoding="utf-8")
    (scratch / "notes.md").write_text("gpt-4o\n", encoding="utf-8")
    (scratch / "chat.ts").write_text('import OpenAI from "openai";\nask(new OpenAI(), "gpt-4o");\n', encoding="utf-8")
    (scratch / ".env").write_text("OPENAI_API_KEY=\nMODEL=gpt-4o\n", encoding="utf-8")
    (scratch / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    repository(scratch)
    return scratch


def test_pre_commit_flake8_hook_with_us_as_dependency(tmp_path: Path, project_copy: Path) -> None:
    hook = tmp_path / "flake8-hook"
    hook.mkdir()
    (hook / ".pre-commit-hooks.yaml").write_text(FLAKE8_HOOK, encoding="utf-8")
    (hook / "setup.py").write_text(FLAKE8_SETUP, encoding="utf-8")
    config = f"""\
repos:
- repo: {hook}
  rev: {repository(hook)}
  hooks:
  - id: flake8
    args: [--select=CLC, --claude-compat-model-map=gpt-4o=claude-fable-5-2]
    additional_dependencies: ['{project_copy}']
"""
    done = pre_commit(scratch_repository(tmp_path, config), tmp_path / "home")
    assert done.returncode == 1, done.stdout + done.stderr
    for code in ("a.py:3:10: CLC101 ", "a.py:3:25: CLC203 ", "a.py:5:11: CLC301 "):
        assert code in done.stdout, done.stdout
    assert "claude-fable-5-2" in done.stdout and "notes.md" not in done.stdout


def test_pre_commit_hook_of_our_own(tmp_path: Path, project_copy: Path) -> None:
    config = f"""\
repos:
- repo: {project_copy}
  rev: {repository(project_copy)}
  hooks:
  - id: claude-compat
    args: [--select=CLC3]
"""
    done = pre_commit(scratch_repository(tmp_path, config), tmp_path / "home")
    assert done.returncode == 1, done.stdout + done.stderr
    for place in ("a.py:5:11:", "chat.ts:2:19:", ".env:2:7:"):
        assert f"{place} CLC301 " in done.stdout, done.stdout
    assert "CLC101" not in done.stdout and "CLC204" not in done.stdout, done.stdout


def test_pre_commit_try_repo(tmp_path: Path, project_copy: Path) -> None:
    """What somebody does who wants to see the hook before taking it."""
    repository(project_copy)
    scratch = scratch_repository(tmp_path, "repos: []\n")
    done = pre_commit(scratch, tmp_path / "home", "try-repo", str(project_copy), "claude-compat")
    assert done.returncode == 1, done.stdout + done.stderr
    for found in ("a.py:3:10: CLC101 ", "chat.ts:2:9: CLC101 ", "chat.ts:2:19: CLC301 ", ".env:1:1: CLC204 "):
        assert found in done.stdout, done.stdout


def test_pre_commit_hook_that_fixes(tmp_path: Path, project_copy: Path) -> None:
    config = f"""\
repos:
- repo: {project_copy}
  rev: {repository(project_copy)}
  hooks:
  - id: claude-compat-fix
"""
    scratch = scratch_repository(tmp_path, config)
    done = pre_commit(scratch, tmp_path / "home")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout and "7 findings changed in 3 files" in done.stdout
    assert "uncommitted" not in done.stdout
    text = (scratch / "a.py").read_text(encoding="utf-8")
    assert 'base_url="https://gw.claudeapi.com/v1"' in text and "gpt-4o" not in text
    git(scratch, "commit", "-q", "-a", "-m", "fixed", "--no-verify")
    again = pre_commit(scratch, tmp_path / "home")
    assert again.returncode == 0, again.stdout + again.stderr
    assert (scratch / "notes.md").read_text(encoding="utf-8") == "gpt-4o\n"


# ------------------------------------------------------------------- the wheel


def test_wheel_holds_the_data(tmp_path: Path, project_copy: Path) -> None:
    """Tables, pages and the type marker are in what is installed."""
    import zipfile

    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(command, cwd=project_copy, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "flake8_claude_compat"
    data = {path.relative_to(ROOT).as_posix() for path in package.rglob("*") if path.suffix in (".py", ".toml", ".typed")}
    data |= {path.relative_to(ROOT).as_posix() for path in (package / "rules" / "pages").glob("*.md")}
    assert data <= names and "flake8_claude_compat/py.typed" in names
    assert any(name.endswith("targets/claudeapi.toml") for name in names)
    (points,) = (zipfile.ZipFile(wheel).read(name).decode() for name in names if name.endswith("entry_points.txt"))
    assert "CLC = flake8_claude_compat.plugin:Plugin" in points and "claude-compat = flake8_claude_compat.cli:entry" in points
