"""Reads of fields, turned to other fields in Python."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ...findings import OrText, ReadAttribute, ReadBeside, ReadInstead
from ...source import Span
from .._document import Edit
from .syntax import Syntax, is_simple, string


def _read_at(syntax: Syntax, span: Span) -> tuple[ast.expr, ast.expr, str] | None:
    """The expression that reads the field named at a span, what it is read from, and how."""
    key = syntax.find(span, ast.Constant)
    if key is not None:
        parent = syntax.parents.get(key)
        if isinstance(parent, ast.Subscript):
            return parent, parent.value, "item"
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute) and parent.func.attr == "get":
            if parent.keywords or parent.args[0] is not key or len(parent.args) > 2:
                return None
            return parent, parent.func.value, "get" if len(parent.args) == 1 else "get or"
        return None
    for node in syntax.attributes.get(span.end, ()):
        if isinstance(node.ctx, ast.Load) and node.attr == syntax.text[span.start : span.end]:
            return node, node.value, "attribute"
    return None


def read_instead(syntax: Syntax, change: ReadInstead) -> list[Edit] | None:
    found = _read_at(syntax, change.span)
    if found is None or found[2] == "get or":
        return None
    node, base, how = found
    if _refuses(syntax, node):
        return None
    quote = syntax.quote(syntax.span(node))
    owner, first = syntax.code(base), _path(change.path[:1], how, quote)
    whole = first if change.tested else _path(change.path, how, quote)
    if not change.guarded or change.tested or len(change.path) == 1:
        return [Edit(Span(syntax.span(base).end, syntax.span(node).end), whole)]
    if not is_simple(base):
        return None  # it would be worked out twice
    text = f"{owner}{whole} if {owner}{first} else None"
    parent = syntax.parents.get(node)
    alone = isinstance(parent, (ast.Assign, ast.AnnAssign, ast.Return)) and getattr(parent, "value", None) is node
    return [Edit(syntax.span(node), text if alone else f"({text})")]


def _refuses(syntax: Syntax, node: ast.AST) -> bool:
    """Where there is a value, the code raises an error: what has one more often now is not to raise it more often."""
    there = True
    parent = syntax.parents.get(node)
    while parent is not None:
        if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not):
            there = not there
        elif isinstance(parent, ast.Compare) and len(parent.ops) == 1:
            there = there != isinstance(parent.ops[0], (ast.Is, ast.Eq))
        elif isinstance(parent, ast.If) and parent.test is node:
            branch = parent.body if there else parent.orelse
            return bool(branch) and isinstance(branch[-1], ast.Raise)
        elif isinstance(parent, ast.Assert):
            return not there
        elif not isinstance(parent, (ast.BoolOp, ast.NamedExpr)):
            return False
        node, parent = parent, syntax.parents.get(parent)
    return False


def read_beside(syntax: Syntax, value: ReadBeside, quote: str) -> str | None:
    """The same chain up to the field's name, and another path from there."""
    found = _read_at(syntax, value.span)
    if found is None or found[2] == "get or" or not is_simple(found[1]):
        return None
    return syntax.code(found[1]) + _path(value.path, found[2], quote)


def _path(path: Sequence[str | int], how: str, quote: str) -> str:
    """The steps of a path, in the way that its first one is read: attribute, item or get."""
    steps = [
        f"[{step}]" if isinstance(step, int) else f".{step}" if how == "attribute" else f"[{string(step, quote)}]"
        for step in path
    ]
    if how == "get":
        steps[0] = f".get({string(str(path[0]), quote)})"
    return "".join(steps)


def or_text(syntax: Syntax, change: OrText) -> list[Edit] | None:
    found = _read_at(syntax, change.span)
    if found is None or found[2] == "get or":
        return None
    start, end = syntax.span(found[0])
    fallback = f" or {string(change.text, syntax.quote(Span(start, end)))}"
    parent = syntax.parents.get(found[0])
    if isinstance(parent, (ast.FormattedValue, ast.JoinedStr)) or type(parent).__name__ == "Interpolation":
        return None
    if isinstance(parent, (ast.Call, ast.keyword, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)):
        return [Edit(Span(end, end), fallback)]
    return [Edit(Span(start, start), "("), Edit(Span(end, end), f"{fallback})")]


def read_attribute(syntax: Syntax, change: ReadAttribute) -> list[Edit] | None:
    span = change.span
    found = _read_at(syntax, span)
    if found is None or found[2] == "attribute":
        return None
    node, base, how = found
    key = syntax.find(span, ast.Constant)
    name = key.value if isinstance(key, ast.Constant) else None
    if not isinstance(name, str) or not name.isidentifier():
        return None
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return None
    inside = Span(syntax.span(base).end, syntax.span(node).end)
    within = _attributes_within(syntax, base)
    if how != "get or":
        return [*within, Edit(inside, f".{name}")]
    assert isinstance(node, ast.Call)
    start = syntax.span(node).start
    default = syntax.code(node.args[1])
    return [*within, Edit(Span(start, start), "("), Edit(inside, f".{name} or {default})")]


def _attributes_within(syntax: Syntax, base: ast.expr) -> list[Edit]:
    """What an attribute is read from has attributes itself: ``answer["choices"][0]``."""
    found = []
    while isinstance(base, ast.Subscript):
        key = base.slice.value if isinstance(base.slice, ast.Constant) else None
        if isinstance(key, str) and key.isidentifier():
            found.append(Edit(Span(syntax.span(base.value).end, syntax.span(base).end), f".{key}"))
        base = base.value
    return found
