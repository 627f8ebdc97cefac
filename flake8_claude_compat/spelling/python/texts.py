"""What a literal or a name says, set to something else in Python."""

from __future__ import annotations

import ast
import re

from ...findings import Rename, ReplaceClass
from ...source import Span
from .._document import Edit, element
from .syntax import COMMENT, Syntax, once, string

_LITERAL = re.compile(r"(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"\"\"|'''|\"|')")


def set_text(syntax: Syntax, span: Span, text: str) -> list[Edit] | None:
    node = syntax.find(span, (ast.Constant, ast.JoinedStr))
    if node is None or (isinstance(node, ast.Constant) and not isinstance(node.value, str)):
        return None
    opening = _LITERAL.match(syntax.text, span.start)
    if opening is None or isinstance(syntax.parents.get(node), (ast.JoinedStr, ast.FormattedValue)):
        return None
    if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
        return None
    quote, prefix = opening["quote"], opening["prefix"]
    if "b" in prefix.lower() or _names_attribute(syntax, node):
        return None
    if len(quote) == 3 and '"' not in text and "'" not in text and "\\" not in text:
        return [Edit(span, f"{quote}{text}{quote}")]
    return [Edit(span, string(text, quote[0]))]


def _names_attribute(syntax: Syntax, node: ast.AST) -> bool:
    """A text that something is asked for which is an attribute there: ``"X" in state``, where ``state.X`` is used."""
    parent = syntax.parents.get(node)
    owner: ast.expr | None = None
    if isinstance(parent, ast.Compare) and isinstance(parent.ops[0], (ast.In, ast.NotIn)) and parent.left is node:
        owner = parent.comparators[0]
    elif isinstance(parent, ast.Call) and syntax.code(parent.func) in ("hasattr", "getattr") and parent.args:
        owner = parent.args[0]
    name = node.value if isinstance(node, ast.Constant) else None
    if owner is None or not isinstance(name, str) or not name.isidentifier():
        return False
    return re.search(rf"{re.escape(syntax.code(owner))}\.{name}\b", syntax.text) is not None


def rename(syntax: Syntax, change: Rename) -> list[Edit] | None:
    span, name = change
    text = syntax.text[span.start : span.end]
    if _LITERAL.match(text):
        return set_text(syntax, span, name)
    if not all(part.isidentifier() for part in text.split(".")):
        return None
    if "." in name and "." in text:  # the module keeps the name that it has here
        name = f"{text.partition('.')[0]}.{name.partition('.')[2]}"
    return [Edit(span, name)]


#: places that are changed together at most: each finding changes them all
_MANY = 200


def replace_class(syntax: Syntax, change: ReplaceClass) -> list[Edit] | None:
    start, end = change.span
    old = syntax.text[start:end].rpartition(".")[2]
    if len(old) < end - start:
        return [Edit(Span(end - len(old), end), change.name)]
    aliases = _aliases(syntax).get(old, [])
    if len(aliases) != 1 or aliases[0].asname or not isinstance(syntax.parents[aliases[0]], ast.ImportFrom):
        return None
    names = _uses(syntax, old)
    if len(names) > _MANY:
        return None
    for name in names:
        call = syntax.parents.get(name)
        if isinstance(call, ast.Call) and call.func is name and any(one.arg is None for one in call.keywords):
            return None  # what it is given is not known, and may be what only the old class takes
    found = [Edit(syntax.span(name), change.name) for name in names]
    if change.name not in _aliases(syntax):
        return [*found, Edit(syntax.span(aliases[0]), change.name)]
    whole = element(syntax.text, syntax.span(aliases[0]), COMMENT, False)
    return [*found, Edit(whole, "")] if whole else None


@once
def _aliases(syntax: Syntax) -> dict[str, list[ast.alias]]:
    """What is imported, by the names it has here."""
    found: dict[str, list[ast.alias]] = {}
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.alias):
            found.setdefault(node.asname or node.name, []).append(node)
    return found


@once
def _uses(syntax: Syntax, name: str) -> list[ast.Name]:
    return [node for node in ast.walk(syntax.tree) if isinstance(node, ast.Name) and node.id == name]
