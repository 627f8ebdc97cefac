"""Arguments and items added, and items wrapped, in Python."""

from __future__ import annotations

import ast
import re

from ...findings import AddArgument, AddItem, WrapItems
from ...source import Span
from .._document import Edit, indent_of, line_end, line_start, stands_first
from .imports import import_os
from .syntax import Syntax, free_name, is_simple, string
from .values import expression, put_around, reads_environment

#: a parenthesis, with the blanks and comments before it
_CLOSING = re.compile(r"(?:\s|#[^\r\n]*(?=[\r\n]|\Z))*\)")


def add_argument(syntax: Syntax, change: AddArgument) -> list[Edit] | None:
    node = syntax.find(change.call, (ast.Call, ast.Dict))
    quote = syntax.quote(change.call)
    values = [(name, expression(syntax, value, quote)) for name, value in change.arguments]
    if node is None or any(value is None for _, value in values):
        return None
    reads = any(reads_environment(value) for _, value in change.arguments)
    more = import_os(syntax, change.call.start) if reads else []
    if more is None:
        return None
    parts: list[ast.AST]
    if isinstance(node, ast.Call):
        if any(isinstance(one, ast.GeneratorExp) and len(node.args) == 1 for one in node.args) and not node.keywords:
            return None
        if not {keyword.arg for keyword in node.keywords}.isdisjoint(name for name, _ in values):
            return None  # a call that gives one twice does not compile
        parts, new = [*node.args, *node.keywords], [f"{name}={value}" for name, value in values]
    else:
        assert isinstance(node, ast.Dict)
        parts, new = list(node.values), [f"{string(name, quote)}: {value}" for name, value in values]
    return [*_appended(syntax, change.call, parts, new), *more]


def _appended(syntax: Syntax, whole: Span, parts: list[ast.AST], added: list[str]) -> list[Edit]:
    """The edits that put elements behind the last one of a call or display."""
    text, close = syntax.text, whole.end - 1
    new = ", ".join(added)
    if not parts:
        return [Edit(Span(close, close), new)]
    last = max(parts, key=lambda part: syntax.span(part).end)
    end = syntax.span(last).end
    while inner := _CLOSING.match(text, end, close):  # of parentheses around the last one
        end = inner.end()
    comma = re.compile(r"(?:\s|#[^\r\n]*(?=[\r\n]|\Z))*,").match(text, end, close)
    if "\n" not in text[end:close] and "\r" not in text[end:close]:
        return [Edit(Span(end, close), f", {new}")]
    first = syntax.span(last).start
    indent = indent_of(text, first)
    if not stands_first(text, first) and not stands_first(text, close):
        return [Edit(Span(end, end), f", {new}")]
    if not stands_first(text, first):
        # a value of many lines: the line that it begins on tells
        begin = line_start(text, first)
        indent = text[begin : begin + len(text[begin:first]) - len(text[begin:first].lstrip())]
        if line_start(text, whole.start) == begin:
            return [Edit(Span(comma.end(), comma.end()), f" {new}")] if comma else [Edit(Span(end, end), f", {new}")]
    new = f",{syntax.newline}{indent}".join(added)
    if comma is not None:
        at = line_end(text, comma.end())
        return [Edit(Span(at, at), f"{syntax.newline}{indent}{new},")]
    at = line_end(text, end)
    if at >= close:
        return [Edit(Span(end, end), f",{syntax.newline}{indent}{new}")]
    if at == end:
        return [Edit(Span(end, end), f",{syntax.newline}{indent}{new}")]
    return [Edit(Span(end, end), ","), Edit(Span(at, at), f"{syntax.newline}{indent}{new}")]


def add_item(syntax: Syntax, change: AddItem) -> list[Edit] | None:
    node = syntax.find(change.span, ast.List)
    if not isinstance(node, ast.List):
        return None
    written = expression(syntax, change.value, syntax.quote(change.span))
    if written is None or reads_environment(change.value):
        return None
    start = change.span.start + 1
    if not node.elts:
        return [Edit(Span(start, start), written)]
    first = syntax.span(node.elts[0]).start
    if stands_first(syntax.text, first):
        return [Edit(Span(first, first), f"{written},{syntax.newline}{indent_of(syntax.text, first)}")]
    return [Edit(Span(first, first), f"{written}, ")]


def wrap_items(syntax: Syntax, change: WrapItems) -> list[Edit] | None:
    node = syntax.find(change.span, ast.expr)
    if node is None:
        return None
    if isinstance(node, (ast.List, ast.Tuple)):
        found: list[Edit] = []
        for item in node.elts:
            wrapped = None if isinstance(item, ast.Starred) else put_around(syntax, syntax.span(item), change.item)
            if wrapped is None:
                return None
            found += wrapped
        return found
    name = free_name(syntax, ("function", "definition", "each_function"))
    template = expression(syntax, change.item, syntax.quote(change.span), name) if name else None
    if template is None or not (change.certain or is_simple(node)):
        return None
    code = syntax.code(node)
    around = "" if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)) else "("
    condition = "" if change.certain else f" if {code} else None"
    closing = ")" if around else ""
    text = f"[{template} for {name} in {around}{code}{closing}]{condition}"
    return [Edit(change.span, text)]
