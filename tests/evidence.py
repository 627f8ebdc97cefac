"""docs/evidence.md: figures of long runs, each part written by the command that measures it.

A part stands between ``<!-- part: NAME -->`` and ``<!-- end of NAME -->``. Writing one leaves the others as they are.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "evidence.md"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> str:
    """The processor and how many of it there are, the memory and the system."""
    name, memory = platform.machine(), ""
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
        name = found[1] if found else name
        memory = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB of memory"
    except (OSError, ValueError):
        pass
    return f"{name}, {os.cpu_count()} cores{memory}, {platform.system()} {platform.release().partition('-')[0]}"


def made_by(command: str, day: date, *others: str) -> str:
    """The line that says where figures come from. ``others``: names with versions of what else took part."""
    parts = [f"flake8-claude-compat {version('flake8-claude-compat')}", f"Python {platform.python_version()}", *others]
    return f"Made by `{command}` on {day.isoformat()} with {', '.join(parts)}; {machine()}."


def replaced(page: str, name: str, text: str) -> str:
    """A page with another text in one of its parts. Raises :class:`ValueError` where it has no such part."""
    start, end = f"<!-- part: {name} -->\n", f"<!-- end of {name} -->"
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"docs/evidence.md has no part {name}")
    return f"{before}{start}\n{text.strip()}\n\n{end}{after}"


def write(name: str, text: str) -> None:
    """Put a text into its part of docs/evidence.md."""
    PAGE.write_text(replaced(PAGE.read_text("utf-8"), name, text), "utf-8")
