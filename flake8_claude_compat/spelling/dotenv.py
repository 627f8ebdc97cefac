"""Changes spelled in ``.env`` files."""

from __future__ import annotations

import re

from ..findings import AddBeside, Change, Rename, SetText
from ._beside import value_beside
from ._document import Document, Edit, inserted_line, line_end, line_start
from ._json_text import set_text

_VALUE = re.compile(
    r"(?P<sign>[ \t]*=[ \t]*)(?P<quote>[\"']?)(?P<value>[^\r\n]*?)(?P=quote)(?:[ \t]+#[^\r\n]*|[ \t]*)\Z"
)


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    if isinstance(change, SetText):
        return set_text(document.text, change.span, change.text)
    if isinstance(change, Rename):
        return set_text(document.text, change.span, change.name)
    if isinstance(change, AddBeside):
        return _add_beside(document, change)
    return None


def _add_beside(document: Document, change: AddBeside) -> list[Edit] | None:
    text, span = document.text, change.span
    if document.says(rf"(?m)^[ \t]*(?:export[ \t]+)?{re.escape(change.name)}\b"):
        return []
    end = line_end(text, span.end)
    match = _VALUE.match(text, span.end, end)
    if match is None:
        # only its name, or a value of several lines
        return None if text[span.end : end].strip() else inserted_line(document, end, _head(text, change))
    if "\ufffc" in match["value"]:
        return None  # a script writes the file, and fills in what it knows under OpenAI's name
    value = value_beside(match["value"], change.old, change.name, False)
    quote = match["quote"]
    return inserted_line(
        document, end, f"{_head(text, change)}{match['sign']}{quote}{value or ''}{quote}".rstrip(" \t")
    )


def _head(text: str, change: AddBeside) -> str:
    return text[line_start(text, change.span.start) : change.span.start] + change.name
