"""Python's expressions → values, and where they are: what the linker asks for, one by one."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from ..program import (
    Argument,
    Attr,
    Block,
    Bool,
    Call,
    Dict,
    Entry,
    Func,
    Handle,
    Item,
    Join,
    List,
    Null,
    Num,
    OneOf,
    Op,
    Ref,
    Scope,
    Site,
    Str,
    Unknown,
    Value,
)
from ..source import Source, Span

#: expressions nested deeper than this are unknown values
_MAX_DEPTH = 60

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
TEMPLATES: tuple[type, ...] = tuple(
    kind for kind in (ast.JoinedStr, getattr(ast, "TemplateStr", None)) if kind is not None
)
FORMATTED: tuple[type, ...] = tuple(
    kind for kind in (ast.FormattedValue, getattr(ast, "Interpolation", None)) if kind is not None
)
OPERATORS: dict[type, str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip

#: what a NamedTuple's own ``__new__`` calls; that one is a Python function, and takes as long as all the rest here
new = tuple.__new__


class Lowering:
    """Values and places of the nodes of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._starts = source.starts
        self._wide = source.wide_lines()
        self._lowered: dict[int, Value] = {}
        self._depth = 0
        self._truncated = 0
        #: where calls stand that were scanned, and the scopes of functions, by the identity of their nodes
        self._call_sites: dict[int, Site] = {}
        self._functions: dict[int, Scope] = {}

    def span(self, handle: Handle) -> Span:
        """Where a node is, in code points."""
        line, last, wide = handle.lineno, handle.end_lineno, self._wide
        if last is not None and (not wide or (line not in wide and last not in wide)):
            starts = self._starts
            return new(Span, (starts[line - 1] + handle.col_offset, starts[last - 1] + handle.end_col_offset))
        offset = self.source.offset_of_utf8
        start = offset(line, handle.col_offset)
        if last is None:
            return Span(start, start)
        return Span(start, offset(last, handle.end_col_offset))

    def lower(self, handle: Handle, block: Block) -> Value:
        """The unresolved value of an expression."""
        known = self._lowered.get(id(handle))
        if known is not None:
            return known
        kind = type(handle)
        if kind is ast.Name:
            value: Value = new(Ref, (handle.id, self.span(handle), block))
            self._lowered[id(handle)] = value
            return value
        if kind is ast.Constant:
            value = self._lowered[id(handle)] = self._constant(handle)
            return value
        make = _LOWER.get(kind)
        if make is None:
            return Unknown(self.span(handle))
        if self._depth > _MAX_DEPTH:
            self._truncated += 1
            return Unknown(self.span(handle))
        truncated = self._truncated
        self._depth += 1
        try:
            value = make(self, handle, block)
        finally:
            self._depth -= 1
        if truncated == self._truncated or self._depth < _MAX_DEPTH // 2:
            self._lowered[id(handle)] = value
        return value

    def _constant(self, node: ast.Constant) -> Value:
        value, span = node.value, self.span(node)
        if type(value) is str:
            return new(Str, (value, span, False))
        if isinstance(value, bool):
            return Bool(value, span)
        if isinstance(value, (int, float)):
            return Num(value, span)
        if value is None:
            return Null(span)
        if isinstance(value, bytes):
            return Str(value.decode("latin-1"), span)
        return Unknown(span)

    def _lower_attribute(self, node: ast.Attribute, block: Block) -> Value:
        span, name = self.span(node), node.attr
        name_span = new(Span, (span.end - len(name), span.end))
        return new(Attr, (self.lower(node.value, block), name, span, name_span))

    def _lower_subscript(self, node: ast.Subscript, block: Block) -> Value:
        return Item(self.lower(node.value, block), self.lower(node.slice, block), self.span(node))

    def _lower_call(self, node: ast.Call, block: Block) -> Value:
        site = self._call_sites.get(id(node)) or Site(node, node, block)
        return Call(self.lower(node.func, block), lambda: self._arguments(node, block), self.span(node), site)

    def _arguments(self, node: ast.Call, block: Block) -> tuple[Argument, ...]:
        args = []
        for value in node.args:
            if isinstance(value, ast.Starred):
                inner = self.lower(value.value, block)
                args.append(Argument("*", inner, self.span(value), inner.span, True))
            else:
                item = self.lower(value, block)
                args.append(new(Argument, (None, item, item.span, item.span, False)))
        for keyword in node.keywords:
            item = self.lower(keyword.value, block)
            span = self.span(keyword)
            if keyword.arg is None:
                args.append(Argument(None, item, span, item.span, True))
            else:
                name_span = new(Span, (span.start, span.start + len(keyword.arg)))
                args.append(new(Argument, (keyword.arg, item, span, name_span, False)))
        return tuple(args)

    def _lower_dict(self, node: ast.Dict, block: Block) -> Value:
        entries = []
        for key, value in zip(node.keys, node.values):
            item = self.lower(value, block)
            if key is None:
                entries.append(Entry(None, item, item.span, item.span, True))
                continue
            name = self.lower(key, block)
            text = name.text if type(name) is Str else None
            span = new(Span, (name.span[0], item.span[1]))
            entries.append(new(Entry, (text, item, span, name.span, False)))
        return Dict(tuple(entries), self.span(node))

    def _lower_list(self, node: ast.List | ast.Tuple | ast.Set, block: Block) -> Value:
        span = self.span(node)
        if not any(type(value) is ast.Starred for value in node.elts):
            return List(tuple([self.lower(value, block) for value in node.elts]), span)
        parts: list[Value] = [List((), span)]
        for value in node.elts:  # [*a, b] is [] + a + [b]
            item = self.lower(value, block)
            parts.append(item if type(value) is ast.Starred else List((item,), item.span))
        return Join(tuple(parts), span)

    def _lower_comprehension(self, node: Any, block: Block) -> Value:
        span = self.span(node)
        if isinstance(node, ast.DictComp):
            kept = _kept_mapping(node)
            if kept is None:
                return Dict((), span, True)
            whole = self.lower(kept, block)
            return Dict((Entry(None, whole, whole.span, whole.span, True),), span)
        return List((self.lower(node.elt, block), Unknown(span)), span, True)

    def _lower_template(self, node: Any, block: Block) -> Value:
        span = self.span(node)
        parts: list[Value] = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(Str(str(part.value), span))
            elif part.format_spec is not None or part.conversion > 0:
                parts.append(Unknown(span))
            else:
                parts.append(self.lower(part.value, block))
        return Join(tuple(parts), span)

    def _lower_bool_op(self, node: ast.BoolOp, block: Block) -> Value:
        values = tuple(self.lower(value, block) for value in node.values)
        if isinstance(node.op, ast.Or):
            return OneOf(values, self.span(node))
        return Op("and", values, self.span(node))

    def _lower_if_exp(self, node: ast.IfExp, block: Block) -> Value:
        return OneOf((self.lower(node.body, block), self.lower(node.orelse, block)), self.span(node))

    def _lower_bin_op(self, node: ast.BinOp, block: Block) -> Value:
        span = self.span(node)
        if isinstance(node.op, ast.Add):
            parts: list[Value] = []
            left: ast.expr = node
            while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
                parts.append(self.lower(left.right, block))
                left = left.left
            parts.append(self.lower(left, block))
            return Join(tuple(reversed(parts)), span)
        name = {ast.BitOr: "|", ast.Mod: "%", ast.Div: "/"}.get(type(node.op), "?")
        return Op(name, (self.lower(node.left, block), self.lower(node.right, block)), span)

    def _lower_unary(self, node: ast.UnaryOp, block: Block) -> Value:
        inner = self.lower(node.operand, block)
        if isinstance(node.op, ast.USub) and isinstance(inner, Num):
            return Num(-inner.value, self.span(node))
        return Op("not" if isinstance(node.op, ast.Not) else "?", (inner,), self.span(node))

    def _lower_compare(self, node: ast.Compare, block: Block) -> Value:
        values = (self.lower(node.left, block), *(self.lower(item, block) for item in node.comparators))
        return Op(OPERATORS.get(type(node.ops[0]), "?"), values, self.span(node))

    def _lower_inner(self, node: Any, block: Block) -> Value:
        return self.lower(node.value, block)

    def _lower_lambda(self, node: ast.Lambda, block: Block) -> Value:
        scope = self._functions.get(id(node))
        return Func(scope, self.span(node)) if scope else Unknown(self.span(node))


def _kept_mapping(node: ast.DictComp) -> ast.expr | None:
    """The mapping whose entries are kept by their values: ``{k: v for k, v in mapping.items() if v is not None}``."""
    match node:
        case ast.DictComp(
            key=ast.Name(id=key),
            value=ast.Name(id=value),
            generators=[
                ast.comprehension(
                    target=ast.Tuple(elts=[ast.Name(id=first), ast.Name(id=second)]),
                    iter=ast.Call(func=ast.Attribute(value=mapping, attr="items"), args=[], keywords=[]),
                    ifs=tests,
                )
            ],
        ) if (key, value) == (first, second) and not any(
            isinstance(part, ast.Name) and part.id == key for test in tests for part in ast.walk(test)
        ):
            return mapping
    return None


_LOWER: dict[type, Callable[[Any, Any, Block], Value]] = {
    ast.Attribute: Lowering._lower_attribute,
    ast.Subscript: Lowering._lower_subscript,
    ast.Call: Lowering._lower_call,
    ast.Dict: Lowering._lower_dict,
    ast.BoolOp: Lowering._lower_bool_op,
    ast.IfExp: Lowering._lower_if_exp,
    ast.BinOp: Lowering._lower_bin_op,
    ast.UnaryOp: Lowering._lower_unary,
    ast.Compare: Lowering._lower_compare,
    ast.Lambda: Lowering._lower_lambda,
    **dict.fromkeys((ast.Await, ast.NamedExpr, ast.Starred), Lowering._lower_inner),
    **dict.fromkeys((ast.List, ast.Tuple, ast.Set), Lowering._lower_list),
    **dict.fromkeys(COMPREHENSIONS, Lowering._lower_comprehension),
    **dict.fromkeys(TEMPLATES, Lowering._lower_template),
}  # fmt: skip
