"""Arguments, items, entries and statements, taken away in Python."""

from __future__ import annotations

import ast
import re

from ...findings import RemoveItem
from ...source import Span
from .._document import Edit, element, line_end, line_start, next_line, stands_first
from .syntax import COMMENT, SIMPLE, Syntax

#: fields of a statement that hold statements
_BODIES = ("body", "orelse", "finalbody")


def remove(syntax: Syntax, span: Span) -> list[Edit] | None:
    statement = syntax.find(span, ast.stmt)
    if isinstance(statement, ast.stmt):
        return remove_statement(syntax, statement)
    node = syntax.find(span, (ast.keyword, ast.expr))
    if node is None:  # a dict's entry: no node, its value ends where it does
        if span.start not in syntax.starts:
            return None
    elif not isinstance(node, ast.keyword) and not isinstance(
        syntax.parents.get(node), (ast.Call, ast.List, ast.Tuple, ast.Set)
    ):
        return None
    whole = element(syntax.text, span, COMMENT, True)
    return [Edit(whole, "")] if whole else None


def remove_statement(syntax: Syntax, statement: ast.stmt) -> list[Edit] | None:
    if not isinstance(statement, (*SIMPLE, ast.Delete)):
        return None
    if isinstance(statement, ast.Assign) and (len(statement.targets) > 1 or isinstance(statement.targets[0], ast.Name)):
        return None
    text, (start, end) = syntax.text, syntax.span(statement)
    parent = syntax.parents[statement]
    bodies = [getattr(parent, name, None) for name in _BODIES]
    body = next((one for one in bodies if isinstance(one, list) and statement in one), None)
    if body is None:
        return None
    if len(body) == 1:
        return [Edit(Span(start, end), "pass")]
    follow = re.compile(r"[ \t]*;[ \t]*").match(text, end)
    if follow is not None and text[follow.end() : follow.end() + 1] not in ("", "\n", "\r", "#"):
        return [Edit(Span(start, follow.end()), "")]
    if not stands_first(text, start):
        before = re.compile(r"[ \t]*;[ \t]*\Z").search(text, max(0, start - 200), start)
        return [Edit(Span(before.start(), end), "")] if before else None
    stop = follow.end() if follow else end
    rest = text[stop : line_end(text, stop)].strip()
    if rest and not rest.startswith("#"):
        return None
    return [Edit(Span(line_start(text, start), next_line(text, stop)), "")]


def remove_item(syntax: Syntax, change: RemoveItem) -> list[Edit] | None:
    item = syntax.find(change.span, ast.expr)
    return remove(syntax, change.span) if isinstance(syntax.parents.get(item or syntax.tree), ast.List) else None


def joined(text: str, found: list[Edit]) -> list[Edit]:
    """Edits of which those that only remove, and touch the same text, are one."""
    removed = sorted(dict.fromkeys(edit.span for edit in found if not edit.text and edit.span.end > edit.span.start))
    joined: list[Span] = []
    for span in removed:
        if joined and span.start < joined[-1].end:
            start, end = Span(joined[-1].start, max(span.end, joined[-1].end))
            before = len(text[:start].rstrip(" \t"))
            if text[end : end + 1] in (")", "]", "}") and text[before - 1 : before] == ",":
                start = before - 1  # nothing follows that the comma would divide it from
            elif line_end(text, end) == end:
                start = before
            joined[-1] = Span(start, end)
        else:
            joined.append(span)
    return [edit for edit in found if edit.text or edit.span not in removed] + [Edit(span, "") for span in joined]
