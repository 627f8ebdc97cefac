"""The commands of the pages: run in a folder of their own, their output compared.

A ```` ```console ```` block holds commands after ``$ `` and what they print. A
line ``…`` stands for any number of lines. A block with ``file=NAME`` is written
to that file first; blocks of a page see the files of those before them. The
folder is a git repository with the examples, and "today" is a fixed day.

``python docs/making/consoles.py`` writes the output that the commands give.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = "2026-11-22"
#: what the folder is called in the output
SHOWN = "/home/you/project"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE)
_END = "\x1e"
_SECONDS = re.compile(r"\bin \d+\.\d\ds\b")


class Block(NamedTuple):
    """A fenced block. ``start`` and ``end``: where its text is in the page. ``before``: the line above the fence."""

    language: str
    flags: dict[str, str]
    text: str
    line: int
    start: int
    end: int
    before: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page's text."""
    for match in _FENCE.finditer(page):
        language, *flags = match["info"].split() or [""]
        above = page[: match.start()].rstrip("\n").rpartition("\n")[2]
        pairs = dict(flag.partition("=")[::2] for flag in flags)
        line = page.count("\n", 0, match.start()) + 1
        yield Block(language, pairs, match["text"], line, match.start("text"), match.end("text"), above)


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a console block with their output. Raises ValueError for output without a command."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].rstrip("\n"), ""))
        elif not found:
            raise ValueError(f"no command before {line!r}")
        elif line.startswith("> ") and not found[-1][1]:
            found[-1] = (f"{found[-1][0]}\n{line[2:].rstrip()}", "")
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def prepare(folder: Path, name: str) -> None:
    """Make a folder what the commands of a page run in: for the walks of contributing.md, a copy of the repository."""
    folder.mkdir()
    if name == "contributing.md":
        for part, left_out in (("flake8_claude_compat", ""), ("tests", "bench"), ("docs", "rules")):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", left_out))
        shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
        return
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    write(folder, "pyproject.toml", "[tool.claude-compat]\n")
    for words in ("init -q -b main", "add examples pyproject.toml", "commit -q -m first"):
        subprocess.run(["git", *words.split()], cwd=folder, env=_environment(folder), check=True)


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of a page. Our table in pyproject.toml is told what day it is."""
    if name == "pyproject.toml" and "today" not in text:
        text = text.replace("[tool.claude-compat]\n", f'[tool.claude-compat]\ntoday = "{TODAY}"\n', 1)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def run(folder: Path, lines: list[str]) -> list[tuple[str, int]]:
    """What commands print, one after the other in one shell, and their exit codes."""
    script = "exec 2>&1\n" + "".join(
        f"{line}\n__status=$?; printf '\\036%d\\036' $__status; (exit $__status)\n" for line in lines
    )
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=_environment(folder), capture_output=True,
        stdin=subprocess.DEVNULL, timeout=300, check=False,
    )  # fmt: skip
    # nobody's own folder is to stand in a page
    text = done.stdout.decode("utf-8", "backslashreplace")
    text = text.replace(str(folder.resolve()), SHOWN).replace(str(folder), SHOWN)
    parts = _SECONDS.sub("in 1.00s", text).split(_END)
    return [(output, int(code)) for output, code in zip(parts[::2], parts[1::2])]


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR", "LANG") if name in os.environ}
    if (folder / "flake8_claude_compat").is_dir():  # a copy of the repository is tried, not what is installed
        kept["PYTHONPATH"] = str(folder)
    name, mail = "An Author", "author@example.com"
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "HOME": str(folder.parent), "PYTHONUTF8": "1", "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100",
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail,
    }  # fmt: skip


def fits(expected: str, given: str) -> bool:
    """Whether an output is as shown; a line ``…`` is any number of lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", expected, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), given) is not None


def change(folder: Path, name: str, diff: str) -> None:
    """Do what a diff without line numbers says. Raises ValueError where its old lines are not there exactly once."""
    old = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[:1] in "- ")
    new = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[:1] in "+ ")
    path = folder / name
    text = path.read_text("utf-8")
    if text.count(old) != 1 or not old:
        raise ValueError(f"{name}: {text.count(old)} times there: {old!r}")
    path.write_text(text.replace(old, new), "utf-8")


class Played(NamedTuple):
    """A command of a page with what the page shows, what it printed, and its exit code."""

    command: str
    shown: str
    given: str
    code: int


def play(name: str, page: str, folder: Path) -> Iterator[tuple[Block, list[Played]]]:
    """Each console block of a page with its commands."""
    prepare(folder, name)
    for block in blocks(page):
        if "file" in block.flags:
            do = change if block.language == "diff" else write
            do(folder, block.flags["file"], block.text)
        elif block.language == "console":
            shown = commands(block.text)
            given = run(folder, [command for command, _ in shown])
            results = [Played(*old, *new) for old, new in zip(shown, given)]
            for one in results:
                # 127: such as this file run by another Python than that of the environment
                if one.code == 127 or "Traceback (most recent call last)" in one.given:
                    raise RuntimeError(f"{name}: {one.command}: {one.given.strip()}")
            yield block, results


def rewritten(name: str, page: str, folder: Path) -> str:
    """A page with the output that its commands give; what fits stays as it is."""
    parts, at = [], 0
    for block, results in play(name, page, folder):
        text = "".join(
            "$ " + one.command.replace("\n", "\n> ") + "\n" + (one.shown if fits(one.shown, one.given) else one.given)
            for one in results
        )
        parts += [page[at : block.start], text]
        at = block.end
    return "".join(parts) + page[at:]


if __name__ == "__main__":
    for file in PAGES:
        before = file.read_text("utf-8")
        if "```console" in before:
            with tempfile.TemporaryDirectory() as scratch:
                after = rewritten(file.name, before, Path(scratch, "work"))
            if after != before:
                file.write_text(after, "utf-8")
                print(f"written: {file.name}")
