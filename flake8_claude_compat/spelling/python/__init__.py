"""Changes spelled in Python.

Each module is about some kinds of change. Its functions take the syntax of a
document and a change, and give the edits, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...findings import (
    AddArgument,
    AddItem,
    BuildClient,
    Change,
    HandleError,
    MoveImport,
    OrText,
    ReadAttribute,
    ReadInstead,
    Remove,
    RemoveItem,
    Rename,
    ReplaceClass,
    SetModuleOption,
    SetText,
    SetValue,
    WrapItems,
)
from ...source import Source
from .._document import Document, Edit, together
from .adding import add_argument, add_item, wrap_items
from .client import build_client, set_module_option
from .handlers import handle_error
from .imports import move_import
from .reads import or_text, read_attribute, read_instead
from .removing import joined, remove, remove_item
from .syntax import Syntax, parsed, syntax_of
from .texts import rename, replace_class, set_text
from .values import set_value


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    syntax = syntax_of(document)
    if syntax is None:
        return None
    spell = _SPELLED.get(type(change))
    return spell(syntax, change) if spell is not None else None


def all_edits(document: Document, changes: Iterable[Change]) -> list[Edit] | None:
    """The edits of several changes that belong together; arguments side by side go with what is between them."""
    found = together(document, changes, edits)
    return None if found is None else joined(document.text, found)


def errors(source: Source, language: str = "python") -> int:
    """1 for a text that does not parse."""
    return int(parsed(source.text) is None)


#: kind of change → what spells it
_SPELLED: dict[type, Callable[[Syntax, Any], list[Edit] | None]] = {
    SetText: lambda syntax, change: set_text(syntax, change.span, change.text),
    SetValue: lambda syntax, change: set_value(syntax, change.span, change.value),
    Remove: lambda syntax, change: remove(syntax, change.span),
    RemoveItem: remove_item,
    Rename: rename,
    AddArgument: add_argument,
    AddItem: add_item,
    WrapItems: wrap_items,
    ReadInstead: read_instead,
    ReadAttribute: read_attribute,
    OrText: or_text,
    MoveImport: move_import,
    ReplaceClass: replace_class,
    SetModuleOption: set_module_option,
    HandleError: handle_error,
    BuildClient: build_client,
}
