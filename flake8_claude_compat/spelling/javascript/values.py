"""New values as expressions of JavaScript."""

from __future__ import annotations

import json

from ...findings import Copy, Each, EnvRead, Items, Map, New, ReadBeside
from ...frontends._astgrep import Node
from ...source import Span
from .._document import Edit
from .reads import read_beside
from .texts import PLAIN_NAMES
from .tree import Tree

NO_EXPRESSIONS = PLAIN_NAMES - {"identifier"} | {"pair", "arguments", "template_substitution"}


def expression(tree: Tree, value: New, quote: str, item: str = "", quoted: bool = False) -> str | None:
    """A new value as an expression; ``item``: what stands for ``Each``. ``quoted``: keys are."""
    if isinstance(value, str):
        return tree.string(value, quote)
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if isinstance(value, EnvRead):
        return tree.environment(value.name, quote)
    if isinstance(value, Copy):
        return tree.text[value.span.start : value.span.end]
    if isinstance(value, ReadBeside):
        return read_beside(tree, value)
    if isinstance(value, Map):
        parts = [
            (tree.key(key, quote, quoted), expression(tree, inner, quote, item, quoted)) for key, inner in value.entries
        ]
        if any(text is None for _, text in parts):
            return None
        inside = ", ".join(name if name == text else f"{name}: {text}" for name, text in parts)
        return f"{{{tree.space}{inside}{tree.space}}}" if parts else "{}"
    if isinstance(value, Items):
        texts = [expression(tree, inner, quote, item, quoted) for inner in value.items]
        return None if None in texts else "[" + ", ".join(text or "" for text in texts) + "]"
    return item or None


def set_value(tree: Tree, span: Span, value: New) -> list[Edit] | None:
    node = tree.find(span)
    if node is None or node.kind.endswith(("_statement", "_declaration")):
        return None
    parent = node.parent
    if node.kind in NO_EXPRESSIONS and not is_shorthand(node):
        return None
    if parent is None or (parent.kind == "pair" and parent.kids()[0] is node) or "type" in parent.kind:
        return None
    around = "\0" if value != Copy(span) else ""
    written = expression(tree, _with_each(value, span), tree.quote(span), around)
    if written is None:
        return None
    if parent.kind == "jsx_attribute":
        written = f"{{{written}}}"
    before, _, after = written.partition(around) if around and written.count(around) == 1 else (written, "", None)
    if is_shorthand(node):
        # where the property has another name by now, only its value is to be written
        name = "" if id(node) in tree.renamed else f"{tree.code(node)}: "
        return [Edit(span, name + (written if after is None else f"{before}{tree.code(node)}{after}"))]
    if after is not None:  # what is there stays, and may itself be changed
        return [Edit(Span(span.start, span.start), before), Edit(Span(span.end, span.end), after)]
    return [Edit(span, written)]


def _with_each(value: New, span: Span) -> New:
    """A value with :class:`Each` for the copy of the expression that it replaces."""
    if isinstance(value, Map):
        return Map(tuple((key, _with_each(inner, span)) for key, inner in value.entries))
    return Each() if value == Copy(span) else value


def is_shorthand(node: Node) -> bool:
    """A property that is the variable of its name: an expression too, once it is renamed."""
    return node.kind == "shorthand_property_identifier"
