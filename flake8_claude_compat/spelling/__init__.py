"""Changes → edits: what a finding wants to change, written in the file's own language and style.

Each module has ``edits(document, change)``: the edits that carry a change
out, or None where that cannot be done there without harm. Edits count in the
document's source; :func:`spelled` tells them in the file's. One may have
``all_edits(document, changes)`` for changes that are carried out together,
and ``errors(source, language)`` where a grammar can tell syntax errors.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from ..findings import Change, SetText
from ..frontends.notebook import in_cell
from ..source import Source, Span
from ._document import Document, Edit, applied, together
from ._hosts import in_host

__all__ = ["Document", "Edit", "applied", "errors", "spelled"]

#: what a program is written in (``program.Program.name``), or a file → module of this package
MODULES = {
    "python": "python",
    **dict.fromkeys(("javascript", "typescript", "tsx", "html", "vue", "svelte"), "javascript"),
    "shell": "shell",
    "batch": "shell",
    "powershell": "powershell",
    "dotenv": "dotenv",
    "settings": "settings",
    "yaml": "settings",
    "json": "settings",
    "toml": "settings",
    "notebook": "notebook",
}


def spelled(document: Document, changes: Sequence[Change]) -> tuple[Edit, ...] | None:
    """The edits of the file that carry out all of some changes, in no order; None where one of them has none."""
    name = MODULES.get(document.kind)
    if name is None:
        return None
    module = import_module(f".{name}", __name__)
    found = _all_edits(module, document, changes)
    if found is None:
        return None
    embedded = document.source.host is not None and not all(isinstance(change, SetText) for change in changes)
    if embedded and not _stays_sound(document, found, module):
        return None
    placed = in_host(document.source, found)
    return None if placed is None else tuple(dict.fromkeys(placed))


def _all_edits(module: Any, document: Document, changes: Iterable[Change]) -> list[Edit] | None:
    if hasattr(module, "all_edits"):
        found: list[Edit] | None = module.all_edits(document, changes)
        return found
    return together(document, changes, module.edits)


def errors(source: Source, language: str) -> int:
    """How many syntax errors a file's text has, where that can be told; else 0."""
    name = MODULES.get(language)
    return 0 if name is None else _errors(import_module(f".{name}", __name__), source, language)


def _errors(module: Any, source: Source, language: str) -> int:
    found: int = module.errors(source, language) if hasattr(module, "errors") else 0
    return found


def _stays_sound(document: Document, edits: list[Edit], module: Any) -> bool:
    """Whether code inside another file, whose errors nobody counts, is left without new ones."""
    def errors_of(text: str) -> int:
        return _errors(module, Source(document.source.path, text), document.language)

    for part, inside in _touched(document.source, edits).items():
        start, end = part
        before = document.text[start:end]
        if part not in document.errors:
            document.errors[part] = errors_of(before)
        moved = (Edit(Span(span.start - start, span.end - start), text) for span, text in inside)
        if errors_of(applied(before, moved)) > document.errors[part]:
            return False
    return True


def _touched(source: Source, edits: list[Edit]) -> dict[Span, list[Edit]]:
    """The cells of a notebook that edits touch, or all of the text, with the edits in each."""
    starts = [piece.start for piece in source.pieces]
    size = len(source.text)

    def cell(number: int) -> int:
        return in_cell(source, Span(starts[number], starts[number]))[0]

    found: dict[Span, list[Edit]] = {}
    try:
        for edit in edits:
            first = last = max(0, bisect_right(starts, edit.span.start) - 1)
            own = cell(first)
            while first and cell(first - 1) == own:
                first -= 1
            while last + 1 < len(starts) and cell(last + 1) == own:
                last += 1
            end = starts[last + 1] if last + 1 < len(starts) else size
            found.setdefault(Span(starts[first], max(end, edit.span.end)), []).append(edit)
    except LookupError:  # no notebook
        return {Span(0, size): edits}
    return found
