"""New values as expressions of Python."""

from __future__ import annotations

import ast

from ...findings import Copy, Each, EnvRead, Items, Map, New, ReadBeside
from ...source import Span
from .._document import Edit
from .imports import import_os
from .reads import read_beside
from .removing import remove
from .syntax import Syntax, string

#: stands for the expression that a template is put around
_MARK = "\0"


def expression(syntax: Syntax, value: New, quote: str, item: str = "") -> str | None:
    """A new value as an expression; ``item``: what stands for :class:`Each`."""
    if isinstance(value, str):
        return string(value, quote)
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, EnvRead):
        return f"os.environ[{string(value.name, quote)}]"
    if isinstance(value, Copy):
        return syntax.text[value.span.start : value.span.end]
    if isinstance(value, Map):
        parts = [(string(key, quote), expression(syntax, inner, quote, item)) for key, inner in value.entries]
        return None if any(text is None for _, text in parts) else "{" + ", ".join(f"{k}: {v}" for k, v in parts) + "}"
    if isinstance(value, Items):
        texts = [expression(syntax, inner, quote, item) for inner in value.items]
        return None if None in texts else "[" + ", ".join(text or "" for text in texts) + "]"
    if isinstance(value, ReadBeside):
        return read_beside(syntax, value, quote)
    return item or None


def set_value(syntax: Syntax, span: Span, value: New) -> list[Edit] | None:
    node = syntax.find(span, ast.expr)
    if node is None or isinstance(syntax.parents.get(node), (ast.JoinedStr, ast.FormattedValue)):
        return None
    if isinstance(value, Map) and value.entries and value.entries[-1][1] == Copy(span):
        # what is wrapped stays as it is, comments and all
        return put_around(syntax, span, Map((*value.entries[:-1], (value.entries[-1][0], Each()))))
    call = syntax.parents.get(node)
    if isinstance(value, EnvRead) and isinstance(call, ast.Call) and call.args[1:2] == [node] and _reads_variable(call):
        # a key that stands in for a missing one: there is none to write in its place
        return remove(syntax, span)
    written = expression(syntax, value, syntax.quote(span))
    if written is None:
        return None
    more = import_os(syntax, span.start) if reads_environment(value) else []
    return None if more is None else [Edit(span, written), *more]


def put_around(syntax: Syntax, span: Span, template: New) -> list[Edit] | None:
    """The edits that put a template around an expression, which stands where it has :class:`Each`."""
    written = expression(syntax, template, syntax.quote(span), _MARK)
    if written is None or written.count(_MARK) != 1:
        return None
    before, after = written.split(_MARK)
    return [Edit(Span(span.start, span.start), before), Edit(Span(span.end, span.end), after)]


def reads_environment(value: New) -> bool:
    if isinstance(value, Map):
        return any(reads_environment(inner) for _, inner in value.entries)
    if isinstance(value, Items):
        return any(reads_environment(inner) for inner in value.items)
    return isinstance(value, EnvRead)


def _reads_variable(call: ast.Call) -> bool:
    """Whether a call reads an environment variable, with a default: os.getenv, os.environ.get."""
    func = call.func
    if isinstance(func, ast.Name):
        return func.id == "getenv"
    if not isinstance(func, ast.Attribute):
        return False
    environment = isinstance(func.value, ast.Attribute) and func.value.attr == "environ"
    return func.attr == "getenv" or (func.attr == "get" and environment)
