"""Changes → edits: what a finding wants to change, written in the file's own language and style.

Each module has ``edits(document, change)``: the edits that carry a change
out, or None where that cannot be done there without harm. Edits count in the
document's source; :func:`spelled` tells them in the file's. One may have
``all_edits(document, changes)`` for changes that are carried out together,
and ``errors(source, language)`` where a grammar can tell syntax errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from ..findings import Change, SetText
from ..source import Source, Span
from ._columns import in_columns
from ._document import Document, Edit, applied, together
from ._hosts import in_host, parts_of

__all__ = ["Document", "Edit", "applied", "errors", "in_columns", "spelled"]

#: what a program is written in (``program.Program.name``), or a file → module of this package
MODULES = {
    "python": "python",
    **dict.fromkeys(("javascript", "typescript", "tsx", "html", "vue", "svelte"), "javascript"),
    "shell": "shell",
    "batch": "shell",
    "http": "shell",
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
    if document.last is None or document.last[0] is not found:  # many findings may have those of the whole file
        document.last = found, _placed(module, document, found, changes)
    return document.last[1]


def _placed(
    module: Any, document: Document, found: list[Edit], changes: Sequence[Change]
) -> tuple[Edit, ...] | None:
    """Edits in the file's places; None where they would leave code inside another file broken."""
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

    def stays(part: Span, inside: Iterable[Edit]) -> bool:
        start, end = part
        if part not in document.errors:
            document.errors[part] = errors_of(document.text[start:end])
        moved = (Edit(Span(span.start - start, span.end - start), text) for span, text in inside)
        return errors_of(applied(document.text[start:end], moved)) <= document.errors[part]

    parts = parts_of(document.source, edits)
    if parts and all(stays(part, inside) for part, inside in parts.items()):
        if not any(document.errors[part] for part in parts):  # beside a command it may be half a statement
            return True
    return stays(Span(0, len(document.text)), edits)
