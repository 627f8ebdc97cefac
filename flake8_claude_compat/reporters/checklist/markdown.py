"""Markdown, ready to paste into a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...checklist.records import DONE, OFF, UNUSED, Checklist, Line
from .. import printable
from ..markdown import LIMIT
from . import (
    client_name,
    client_words,
    counted,
    effort_words,
    ends,
    percent,
    price,
    status_words,
    summary,
    told,
    where,
)

_ROWS = 15


def render(checklist: Checklist, colour: bool) -> Iterator[str]:
    """Task list, tables and commands; what would not fit into a comment is counted."""
    left = LIMIT
    for part in _parts(checklist):
        left -= len(part)
        if left < 0:
            yield "\n… cut: the rest would not fit into a comment.\n"
            return
        yield part


def _parts(found: Checklist) -> Iterator[str]:
    yield f"### Migration to {_text(found.target_name)}: {_text(summary(found))}\n\n"
    if found.left:
        yield f"{counted(found.effort.all, 'finding')} left: {effort_words(found.effort)}. "
    if found.since is not None:
        since = found.since
        yield f"Since {_code(since.revision)}: {since.fixed} fixed, {since.new} new. "
    yield f"{counted(found.files, 'file')} checked on {found.date}.\n\n"
    for line in found.lines:
        yield _line(line)
    yield from _tables(found)
    if found.tests:
        yield "\n<details><summary>Test by hand: what no reading of code can tell</summary>\n"
        for test in found.tests:
            lines = ", ".join(map(str, test.lines))
            yield f"\n**{_text(test.title)}** (line {lines}); expect {test.expect}:\n\n```sh\n{test.shell}\n```\n"
        yield "\n</details>\n"
    if found.problems:
        problems = [(_code(f"{one.path}:{one.line}"), _text(one.message)) for one in found.problems]
        yield from _table("Not checked", ("file", "why"), problems)


def _tables(found: Checklist) -> Iterator[str]:
    if any(part.left for part in found.folders):
        folders = [
            (
                _code(part.name),
                str(part.left),
                percent(part.right / (part.left + part.right)),
                ", ".join(map(str, part.lines)),
            )
            for part in found.folders
        ]
        yield from _table("Folders", ("folder", "left", "right", "lines"), folders)
    if found.clients:
        clients = [
            (
                _code(client_name(row)),
                _code(where(row.place)),
                _text(client_words(row, found.target)),
                str(row.left),
                str(row.right),
            )
            for row in sorted(found.clients, key=lambda row: -row.left)
        ]
        yield from _table("Clients", ("client", "place", "goes to", "left", "right"), clients)
    if found.models:
        models = [
            (
                _code(row.name),
                str(row.places),
                ends(row, found.date),
                _code(row.mapped) if row.mapped else "no counterpart" if row.vendor == "openai" else "stays",
                _text(price(row)),
            )
            for row in found.models
        ]
        yield from _table("Models", ("model", "places", "its vendor", "use", "USD per MTok in / out"), models)
    if found.endpoints:
        endpoints = [
            (_text(row.family), row.code, str(row.places), _text(row.alternative), row.sunset)
            for row in found.endpoints
        ]
        yield from _table("No counterpart", ("API", "code", "places", "instead", "OpenAI ends it"), endpoints)
    if len(found.history) > 1:
        days = [(entry.date, str(entry.total), effort_words(entry.effort)) for entry in found.history[-_ROWS:]]
        yield from _table("Burn-down", ("date", "left", "of that"), days)


def _line(line: Line) -> str:
    mark = "x" if line.status == DONE else " "
    text = f"{line.number}. {line.text}" if line.status not in (UNUSED, OFF) else f"~{line.number}. {line.text}~"
    head = f"- [{mark}] {_line_text(text)}: **{status_words(line)}**"
    rest = [f"{label}: {words}" if label != "to do" else words for label, words in told(line)]
    return head + "".join(f"  \n  {_text(words)}" for words in rest) + "\n"


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"\n<details><summary>{title} ({len(rows)})</summary>\n\n"
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row in rows[:_ROWS]:
        yield f"| {' | '.join(row)} |\n"
    if len(rows) > _ROWS:
        yield f"\n… and {len(rows) - _ROWS} more.\n"
    yield "\n</details>\n"


def _text(text: str) -> str:
    """A text without anything that Markdown or HTML would take as markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~@$])", r"\\\1", printable(text))


def _line_text(text: str) -> str:
    """A line of the checklist: our own text, with code in it, but the target's name and URL are the user's."""
    parts = re.split(r"(`[^`]*`)", printable(text))
    return "".join(part if part.startswith("`") else re.sub(r"([\\*_{}\[\]<>#|@$])", r"\\\1", part) for part in parts)


def _code(text: str) -> str:
    """A text as code; a bar in it would end the cell even there."""
    return "`" + printable(text).replace("`", "'").replace("|", "\\|") + "`"
