"""Imports of Python, added and moved."""

from __future__ import annotations

import ast
import re
import sys

from ...findings import MoveImport
from ...source import Span
from .._document import Edit, line_start, next_line
from .syntax import Syntax, once


def import_os(syntax: Syntax, at: int) -> list[Edit] | None:
    """What makes ``os`` known at an offset; None where the name means something else."""
    first, added = _import_of_os(syntax)
    return [] if first < at else added


@once
def _import_of_os(syntax: Syntax) -> tuple[float, list[Edit] | None]:
    """Where the module imports ``os`` first, infinitely far where it does not, and what imports it."""
    nowhere = float("inf")
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Name) and node.id == "os" and isinstance(node.ctx, ast.Store):
            return nowhere, None
        if isinstance(node, ast.arg) and node.arg == "os":
            return nowhere, None
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                same = isinstance(node, ast.Import) and alias.name.split(".")[0] == "os" and alias.asname is None
                if (alias.asname or alias.name) == "os" and not same:
                    return nowhere, None
    imports = (
        syntax.span(statement).start
        for statement in syntax.tree.body
        if isinstance(statement, ast.Import)
        and any(alias.name.split(".")[0] == "os" and alias.asname is None for alias in statement.names)
    )
    first = next(imports, nowhere)
    place = _place_for_import(syntax, "os")
    if place is None:
        return first, None
    follows = syntax.statement_at(place)
    # a group of its own in front of other packages, as isort has it
    gap = syntax.newline if follows is not None and _is_foreign(follows) else ""
    return first, [Edit(Span(place, place), f"import os{syntax.newline}{gap}")]


def _is_foreign(statement: ast.stmt) -> bool:
    """An import of something that does not come with Python."""
    if isinstance(statement, ast.ImportFrom):
        return bool(statement.level) or (statement.module or "").split(".")[0] not in sys.stdlib_module_names
    return isinstance(statement, ast.Import) and statement.names[0].name.split(".")[0] not in sys.stdlib_module_names


def _head(syntax: Syntax) -> list[ast.stmt]:
    """The statements of the module after its docstring and ``__future__`` imports."""
    body = list(syntax.tree.body)
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        if isinstance(body[0].value.value, str):
            body.pop(0)
    while body and isinstance(body[0], ast.ImportFrom) and body[0].module == "__future__":
        body.pop(0)
    return body


def _place_for_import(syntax: Syntax, name: str) -> int | None:
    """Where a line ``import name`` belongs: in the alphabet of the first imports, above ``from`` imports."""
    body = _head(syntax)
    if not body:
        return None
    place = syntax.span(body[0]).start
    line = body[0].lineno
    for statement in body:
        adjoining = statement.lineno <= line + 1
        line = statement.end_lineno or statement.lineno
        foreign = _is_foreign(statement)
        if not adjoining or not isinstance(statement, ast.Import) or foreign or statement.names[0].name > name:
            if adjoining:
                place = syntax.span(statement).start
            break
        place = next_line(syntax.text, syntax.span(statement).end)
    start = line_start(syntax.text, place)
    if syntax.text[start:place].strip() or (start and place >= len(syntax.text) and syntax.text[-1:] not in "\r\n"):
        return None
    return start


def move_import(syntax: Syntax, change: MoveImport) -> list[Edit] | None:
    alias = syntax.find(change.span, ast.alias) or next(
        (node for span, nodes in syntax.at.items() if span.start == change.span.start
         for node in nodes if isinstance(node, ast.alias)), None
    )  # fmt: skip
    statement = syntax.parents.get(alias) if alias is not None else None
    if not isinstance(alias, ast.alias) or not isinstance(statement, ast.ImportFrom) or statement.level:
        return None
    text, start = syntax.text, syntax.span(statement).start
    module = re.compile(r"from\s+([\w.]+)").match(text, start)
    if module is None:
        return None
    found = [Edit(Span(module.start(1), module.end(1)), change.module)]
    if alias.name != change.name:
        new = change.name if alias.asname else f"{change.name} as {alias.name}"
        start = syntax.span(alias).start
        found.append(Edit(Span(start, start + len(alias.name)), new))
    return found
