"""flake8 and the command are two doors to one room: the same findings in Python files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from mdtest import CASES, PAGES, announced, examples, pages


def _tree(folder: Path) -> None:
    """Every Python example of the pages and cases as a file."""
    number = 0
    for page in pages(PAGES) + pages(CASES):
        for example in examples(page):
            if example.block.language == "py" and not example.block.fixed:
                number += 1
                text = announced(example.block.text)[0]
                (folder / f"example_{number}.py").write_text(text, encoding="utf-8")


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_both_report_the_same(tmp_path: Path) -> None:
    _tree(tmp_path)
    form = "%(path)s:%(row)d:%(col)d: %(code)s %(text)s"
    plugin = _run(
        tmp_path, "flake8", "--isolated", "--select=CLC", f"--format={form}", "--claude-compat-enable=CLC",
        "--claude-compat-today=2026-11-22", ".",
    )  # fmt: skip
    command = _run(
        tmp_path, "flake8_claude_compat", "check", "--isolated", "--no-gitignore", "--enable=CLC",
        "--today=2026-11-22", "--format=json", ".",
    )  # fmt: skip
    found = json.loads(command)
    mine = sorted(
        f"{one['path'].removeprefix('./')}:{one['line']}:{one['column']}: {one['code']} {one['message']}"
        for one in found["findings"]
    )
    theirs = sorted(line.removeprefix("./") for line in plugin.splitlines())
    assert len(mine) > 300
    assert mine == theirs
