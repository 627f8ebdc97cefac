"""The syntax of Python for editing: nodes by their place, and the style of a file."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from ...source import Span
from .._document import Document, line_end, line_start

COMMENT = "#"
#: statements that hold no others
SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Expr)


P = ParamSpec("P")
R = TypeVar("R")


def once(function: Callable[Concatenate[Syntax, P], R]) -> Callable[Concatenate[Syntax, P], R]:
    """Keeps what a function says of a whole file with its syntax: many changes ask the same."""

    @wraps(function)
    def kept(syntax: Syntax, /, *args: P.args, **rest: P.kwargs) -> R:
        key = (function, args)
        if key not in syntax.kept:
            syntax.kept[key] = function(syntax, *args, **rest)
        found: R = syntax.kept[key]
        return found

    return kept


class Syntax:
    """The tree of a document and where its nodes are."""

    def __init__(self, document: Document, tree: ast.Module) -> None:
        self.source = document.source
        self.text = document.text
        self.newline = document.newline
        self.tree = tree
        self.parents: dict[ast.AST, ast.AST] = {}
        self.at: dict[Span, list[ast.AST]] = {}
        #: where nodes begin, and the attributes that end somewhere
        self.starts: set[int] = set()
        self.attributes: dict[int, list[ast.Attribute]] = {}
        self._spans: dict[ast.AST, Span] = {}
        #: what :func:`once` keeps
        self.kept: dict[object, Any] = {}
        todo: list[ast.AST] = [tree]
        while todo:
            node = todo.pop()
            if hasattr(node, "lineno"):
                span = self.span(node)
                self.at.setdefault(span, []).append(node)
                self.starts.add(span.start)
                if isinstance(node, ast.Attribute):
                    self.attributes.setdefault(span.end, []).append(node)
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
                todo.append(child)

    def span(self, node: ast.AST) -> Span:
        """Where a node is."""
        known = self._spans.get(node)
        if known is None:
            offset = self.source.offset_of_utf8
            known = self._spans[node] = Span(
                offset(node.lineno, node.col_offset),  # type: ignore[attr-defined]
                offset(node.end_lineno, node.end_col_offset),  # type: ignore[attr-defined]
            )
        return known

    def code(self, node: ast.AST) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def find(self, span: Span, kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> ast.AST | None:
        """The outermost node of a kind at exactly a span."""
        return next((node for node in self.at.get(span, ()) if isinstance(node, kind)), None)

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement that holds a node."""
        found: ast.AST | None = node
        while found is not None and not isinstance(found, ast.stmt):
            found = self.parents.get(found)
        return found

    def inside(self, node: ast.AST, kind: type[ast.expr]) -> bool:
        """Whether an expression of a kind holds a node."""
        found: ast.AST | None = node
        while found is not None and not isinstance(found, (ast.stmt, kind)):
            found = self.parents.get(found)
        return isinstance(found, kind)

    def statement_at(self, line: int) -> ast.stmt | None:
        """The module's statement on the line that begins at an offset, unless an import is right above it."""
        end = line_end(self.text, line)
        above = self.text[line_start(self.text, max(0, line - 1)) : line] if line else ""
        if above.startswith(("import ", "from ")):
            return None
        return next((one for one in self.tree.body if line <= self.span(one).start < end), None)

    def quote(self, near: Span | None = None) -> str:
        """The quotes to write a text in: those of the code around, or the file's."""
        if near is not None:
            around = self.text[near.start : near.end]
            if ('"' in around) != ("'" in around):
                return '"' if '"' in around else "'"
        return _most_quotes(self)


@once
def _most_quotes(syntax: Syntax) -> str:
    return "'" if syntax.text.count("'") > 2 * syntax.text.count('"') else '"'


def syntax_of(document: Document) -> Syntax | None:
    if document.syntax is None:
        tree = parsed(document.text)
        document.syntax = Syntax(document, tree) if tree is not None else False
    return document.syntax or None


def parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def string(text: str, quote: str) -> str:
    body = json.dumps(text, ensure_ascii=False)[1:-1]
    if quote == '"':
        return f'"{body}"'
    return "'" + body.replace('\\"', '"').replace("'", "\\'") + "'"


def is_simple(node: ast.AST) -> bool:
    """Working it out twice does no harm."""
    kinds = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.expr_context, ast.UnaryOp, ast.USub)
    return all(isinstance(part, kinds) for part in ast.walk(node))


def free_name(syntax: Syntax, names: Sequence[str]) -> str:
    """The first of some names that the file does not use; "" where it uses them all."""
    used = _used_names(syntax)
    return next((name for name in names if name not in used), "")


@once
def _used_names(syntax: Syntax) -> set[str]:
    used = {node.id for node in ast.walk(syntax.tree) if isinstance(node, ast.Name)}
    return used | {node.arg for node in ast.walk(syntax.tree) if isinstance(node, ast.arg)}
