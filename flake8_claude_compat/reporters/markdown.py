"""A Markdown table, for a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import Outcome, place, printable

#: characters; GitHub takes comments of up to 65,536
LIMIT = 60_000


def render(outcome: Outcome) -> Iterator[str]:
    """A heading and a table; rows that would not fit into a comment are counted."""
    items = list(outcome.items)
    count = "1 finding" if len(items) == 1 else f"{len(items)} findings"
    text = f"### claude-compat: {count} for {_cell(outcome.target)}\n\n"
    if items:
        text += "| place | code | finding |\n|---|---|---|\n"
    yield text
    left = LIMIT - len(text)
    for number, (path, item) in enumerate(items):
        at = item.location
        where = place(path, at.cell, at.line, at.column)
        code = f"{item.finding.code} {item.name}"
        row = f"| {_code(where)} | {code} | {_cell(item.finding.message)} |\n"
        if len(row) > left:
            yield f"\n… and {len(items) - number} more.\n"
            break
        left -= len(row)
        yield row
    if outcome.problems:
        yield "\nNot checked:\n\n"
        for problem in outcome.problems[:100]:
            yield f"- {_code(f'{problem.path}:{problem.line}')}: {_cell(problem.message)}\n"
        if len(outcome.problems) > 100:
            yield f"- … and {len(outcome.problems) - 100} more\n"


def _cell(text: str) -> str:
    """A text as a cell of a table, without anything that Markdown or HTML would take as markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~@$])", r"\\\1", printable(text))


def _code(text: str) -> str:
    """A text as code; a bar in it would end the cell even there."""
    return "`" + printable(text).replace("`", "'").replace("|", "\\|") + "`"
