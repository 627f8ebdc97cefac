"""How a Python expression is used, and under which conditions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from ..program import Handle, Site, Use
from ._python_lower import COMPREHENSIONS, FORMATTED, OPERATORS, TEMPLATES

#: how far outwards the use of a node is told
_MAX_STEPS = 24
#: not climbed through: other statements, and nodes that all share
_APART = (ast.stmt, ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)


class Uses:
    """Uses and conditions of the nodes of one file."""

    def __init__(self) -> None:
        self._parents: dict[int, dict[int, ast.AST]] = {}
        #: of mappings: the value's use by the value, the key's by the key
        self._entries: dict[int, dict[int, Use]] = {}
        self._uses: dict[int, list[Use]] = {}

    def uses(self, site: Site) -> list[Use]:
        """How the node is used, from the inside out."""
        known = self._uses.get(id(site.handle))
        if known is None:
            known = self._uses[id(site.handle)] = [use for _, _, use in islice(self._climb(site), _MAX_STEPS)]
        return known

    def guards(self, site: Site) -> list[Handle]:
        """Conditions inside the statement under which the node is evaluated."""
        found: list[Handle] = []
        for child, parent, _ in islice(self._climb(site), _MAX_STEPS):
            if isinstance(parent, ast.BoolOp):
                for value in parent.values:
                    if value is child:
                        break
                    found.append(value)
            elif isinstance(parent, ast.IfExp) and child is not parent.test:
                found.append(parent.test)
            elif isinstance(parent, COMPREHENSIONS):
                for generator in parent.generators:
                    found.extend(test for test in generator.ifs if test is not child)
        return found

    def _climb(self, site: Site) -> Iterator[tuple[ast.AST, ast.AST, Use]]:
        parents = self._parent_map(site.statement)
        child = site.handle
        while child is not site.statement:
            parent = parents.get(id(child))
            if parent is None:
                return
            if isinstance(parent, ast.keyword):
                call = parents.get(id(parent))
                yield child, parent, Use("argument", parent.arg or "**", call)
                child = call
                if child is None:
                    return
                continue
            if not isinstance(parent, (ast.Await, ast.withitem)):
                yield child, parent, self._entry_use(child, parent) if type(parent) is ast.Dict else _use(child, parent)
            child = parent

    def _parent_map(self, statement: ast.AST) -> dict[int, ast.AST]:
        known = self._parents.get(id(statement))
        if known is None:
            known = self._parents[id(statement)] = {}
            stack: list[ast.AST] = [statement]
            push, pop = stack.append, stack.pop
            while stack:
                parent = pop()
                for name in parent._fields:
                    inside = getattr(parent, name, None)
                    for child in inside if type(inside) is list else (inside,):
                        if not isinstance(child, ast.AST) or isinstance(child, _APART):
                            continue
                        known[id(child)] = parent
                        if type(child) is not ast.Name and type(child) is not ast.Constant:
                            push(child)
        return known

    def _entry_use(self, child: ast.AST, parent: ast.Dict) -> Use:
        known = self._entries.get(id(parent))
        if known is None:
            known = self._entries[id(parent)] = {}
            for key, value in zip(parent.keys, parent.values):
                name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
                known[id(value)] = Use("element", name, parent)
                known[id(key)] = Use("key", handle=parent)
        return known.get(id(child)) or Use("element", handle=parent)


def _use(child: ast.AST, parent: ast.AST) -> Use:
    make = _USES.get(type(parent))
    return make(child, parent) if make else Use("other")


def _use_call(child: ast.AST, parent: Any) -> Use:
    return Use("call", handle=parent) if parent.func is child else Use("argument", "", parent)


def _use_bool_op(child: ast.AST, parent: Any) -> Use:
    name = "or" if isinstance(parent.op, ast.Or) else "and"
    return Use(name, first=parent.values[-1] is not child)


def _use_compare(child: ast.AST, parent: Any) -> Use:
    sides = [parent.left, *parent.comparators]
    at = next((i for i, side in enumerate(sides) if side is child), 0)
    other = sides[at + 1] if at + 1 < len(sides) else sides[at - 1]
    op = parent.ops[min(at, len(parent.ops) - 1)]
    return Use("compare", OPERATORS.get(type(op), "?"), other, at == 0)


def _use_default(child: ast.AST, parent: Any) -> Use:
    plain = [*parent.posonlyargs, *parent.args][-len(parent.defaults) :]
    pairs = (*zip(parent.defaults, plain), *zip(parent.kw_defaults, parent.kwonlyargs))
    return Use("default", next((arg.arg for default, arg in pairs if default is child), ""))


def _use_assign(child: ast.AST, parent: Any) -> Use:
    targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
    name = targets[0].id if isinstance(targets[0], ast.Name) else ""
    return Use("assign", name, targets[0]) if parent.value is child else Use("annotation")


_USES: dict[type, Callable[[ast.AST, Any], Use]] = {
    ast.Attribute: lambda child, parent: Use("attr", parent.attr, parent),
    ast.Subscript: lambda child, parent: Use("item" if parent.value is child else "index", "", parent),
    ast.Call: _use_call,
    ast.BoolOp: _use_bool_op,
    ast.UnaryOp: lambda child, parent: Use("not" if isinstance(parent.op, ast.Not) else "operator"),
    ast.Compare: _use_compare,
    ast.IfExp: lambda child, parent: Use("ternary-test" if parent.test is child else "ternary"),
    ast.NamedExpr: lambda child, parent: Use("assign", parent.target.id, parent.target),
    ast.Assign: _use_assign,
    ast.AnnAssign: _use_assign,
    ast.AugAssign: lambda child, parent: Use("augment"),
    ast.Return: lambda child, parent: Use("return"),
    ast.Lambda: lambda child, parent: Use("return"),
    ast.Yield: lambda child, parent: Use("yield"),
    ast.YieldFrom: lambda child, parent: Use("yield"),
    ast.BinOp: lambda child, parent: Use("operator"),
    ast.comprehension: lambda child, parent: Use("iterate" if parent.iter is child else "test"),
    ast.For: lambda child, parent: Use("iterate"),
    ast.AsyncFor: lambda child, parent: Use("iterate"),
    ast.If: lambda child, parent: Use("test"),
    ast.While: lambda child, parent: Use("test"),
    ast.Assert: lambda child, parent: Use("test"),
    ast.Match: lambda child, parent: (
        Use("test") if child is parent.subject else Use("compare", "==", parent.subject)
    ),
    **dict.fromkeys((ast.MatchValue, ast.MatchOr, ast.match_case), lambda child, parent: Use("element")),
    ast.With: lambda child, parent: Use("with"),
    ast.AsyncWith: lambda child, parent: Use("with"),
    ast.Expr: lambda child, parent: Use("discard"),
    ast.arguments: _use_default,
    ast.arg: lambda child, parent: Use("annotation"),
    **dict.fromkeys((ast.List, ast.Tuple, ast.Set, ast.Starred, *COMPREHENSIONS),
                    lambda child, parent: Use("element", handle=parent)),
    **dict.fromkeys(FORMATTED, lambda child, parent: Use("format")),
    **dict.fromkeys(TEMPLATES, lambda child, parent: Use("format")),
}  # fmt: skip
