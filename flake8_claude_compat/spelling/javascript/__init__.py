"""Changes spelled in JavaScript and TypeScript.

Each module is about some kinds of change. Its functions take the tree of a
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
    OrText,
    ReadInstead,
    Remove,
    RemoveItem,
    Rename,
    ReplaceClass,
    SetText,
    SetValue,
    WrapItems,
)
from ...frontends._astgrep import Node
from ...source import Source
from .._document import Document, Edit, together
from .adding import add_argument, add_item, wrap_items
from .handlers import handle_error
from .old_client import build_client
from .provider import build_provider
from .reads import or_text, read_instead
from .removing import element, remove, remove_item, without
from .texts import rename, replace_class, set_text
from .tree import Tree, errors_of, tree_of
from .values import set_value


def all_edits(document: Document, changes: Iterable[Change]) -> list[Edit] | None:
    """See the package: elements of one list are removed together."""
    tree = tree_of(document)
    if document.alone:
        tree.planned.clear()
    tree.renamed.clear()
    removed: dict[int, tuple[Node, list[Node]]] = {}
    others: list[Change] = []
    for change in changes:
        node = element(tree, change.span) if isinstance(change, Remove) else None
        if node is not None and node.parent is not None:
            # several elements of one list go together
            removed.setdefault(id(node.parent), (node.parent, []))[1].append(node)
        else:
            others.append(change)
    found = together(document, others, edits)
    for whole, nodes in removed.values():
        made = without(tree, nodes, whole)
        if made is None or found is None:
            return None
        found = [*found, *made]
    return found


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    tree = tree_of(document)
    spell = _SPELLED.get(type(change))
    return spell(tree, change) if spell is not None else None


def errors(source: Source, language: str) -> int:
    """How many nodes of a text's tree are errors or missing."""
    return errors_of(source.text, language)


#: kind of change → what spells it
_SPELLED: dict[type, Callable[[Tree, Any], list[Edit] | None]] = {
    SetText: lambda tree, change: set_text(tree, change.span, change.text),
    SetValue: lambda tree, change: set_value(tree, change.span, change.value),
    Remove: remove,
    RemoveItem: remove_item,
    ReplaceClass: replace_class,
    Rename: rename,
    AddArgument: add_argument,
    AddItem: add_item,
    WrapItems: wrap_items,
    ReadInstead: read_instead,
    OrText: or_text,
    HandleError: handle_error,
    BuildClient: lambda tree, change: build_provider(tree, change) if change.args else build_client(tree),
}
