"""Elements of objects, lists and calls, and statements, taken away in JavaScript."""

from __future__ import annotations

import re

from ...findings import Remove, RemoveItem
from ...frontends._astgrep import Node
from ...frontends._javascript_nodes import unwrapped
from ...source import Span
from .._document import Edit, blank_to, line_end, line_start, next_line, stands_first
from .tree import BODIES, REMARK, Tree

_LISTS = frozenset({"object", "array", "arguments"})


def element(tree: Tree, span: Span) -> Node | None:
    """The property, item or last argument at a span."""
    node = None if tree.find(span, "expression_statement") is not None else tree.find(span)
    while node is not None and node.parent is not None and node.parent.kind not in _LISTS:
        if node.parent.span() != span:
            return None
        node = node.parent
    if node is None or node.parent is None:
        return None
    return None if node.parent.kind == "arguments" and node.parent.kids()[-1] is not node else node


def without(tree: Tree, nodes: list[Node], whole: Node) -> list[Edit] | None:
    """The edits that take elements with their commas, or with their lines, from a list."""
    siblings = whole.kids()
    gone = {id(node) for node in nodes}
    found: list[Edit] = []
    run: list[int] = []
    for at, node in enumerate([*siblings, None]):
        if node is not None and id(node) in gone:
            run.append(at)
        elif run:
            made = _without_run(tree, siblings, run[0], run[-1], whole)
            if made is None:
                return None
            found += made
            run = []
    return found


def _without_run(tree: Tree, siblings: list[Node], first: int, last: int, whole: Node) -> list[Edit] | None:
    text, start, end = tree.text, siblings[first].span().start, siblings[last].span().end
    opened, closed = whole.span().start + 1, whole.span().end - 1
    comma = tree.comma_after(end, closed)
    after = comma if comma >= 0 else end
    alone = not tree.has_comment(opened, start) and not tree.has_comment(after, closed)
    if last - first + 1 == len(siblings) and alone:
        return [Edit(Span(opened, closed), "")]
    previous = siblings[first - 1].span().end if first else -1
    note = REMARK.match(text, blank_to(text, after))
    stop = note.end() if note else after
    if stands_first(text, start) and blank_to(text, stop) == line_end(text, stop):
        found = [Edit(Span(line_start(text, start), next_line(text, stop)), "")]
        if comma < 0 and first:
            before = tree.comma_after(previous, start)
            found.append(Edit(Span(before - 1, before), ""))
        return found
    following = siblings[last + 1].span().start if last + 1 < len(siblings) else -1
    if following >= 0 and not re.search(r"[\r\n]", text[after:following]) and not tree.has_comment(after, following):
        return [Edit(Span(start, following), "")]
    if first and not tree.has_comment(previous, start):
        return [Edit(Span(previous, end), "")]
    if following >= 0 and not tree.has_comment(after, following):
        return [Edit(Span(start, following), "")]
    return [Edit(Span(start, after), "")] if last == len(siblings) - 1 and not first else None


def remove(tree: Tree, change: Remove) -> list[Edit] | None:
    statement = tree.find(change.span, "expression_statement")
    return None if statement is None else _remove_statement(tree, statement)


def remove_item(tree: Tree, change: RemoveItem) -> list[Edit] | None:
    item = element(tree, change.span)
    whole = item.parent if item is not None else None
    return without(tree, [item], whole) if item is not None and whole is not None and whole.kind == "array" else None


def _remove_statement(tree: Tree, statement: Node) -> list[Edit] | None:
    inside = unwrapped(statement.kids()[0]) if statement.kids() else None
    if inside is None or inside.kind != "assignment_expression":
        return None
    target, value = inside.kids()[0], inside.kids()[-1]
    if target.kind not in ("member_expression", "subscript_expression") or value.kind == "assignment_expression":
        return None
    text, (start, end) = tree.text, statement.span()
    parent = statement.parent
    if parent is None or parent.kind not in BODIES:
        return [Edit(Span(start, end), "{}")] if parent is not None and parent.kind != "arrow_function" else None
    note = REMARK.match(text, blank_to(text, end))
    stop = note.end() if note else end
    if stands_first(text, start) and blank_to(text, stop) == line_end(text, stop):
        return [Edit(Span(line_start(text, start), next_line(text, stop)), "")]
    if text[end - 1] != ";":
        return None
    return [Edit(Span(start, blank_to(text, end)), "")]
