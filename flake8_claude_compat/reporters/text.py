"""flake8's line format: ``path:line:column: CODE message``."""

from __future__ import annotations

from collections.abc import Iterator

from . import Outcome, place, printable


def render(outcome: Outcome) -> Iterator[str]:
    """One line per finding; columns count code points from 1."""
    for path, item in outcome.items:
        at = item.location
        where = place(path, at.cell, at.line, at.column)
        yield f"{where}: {item.finding.code} {printable(item.finding.message)}\n"
