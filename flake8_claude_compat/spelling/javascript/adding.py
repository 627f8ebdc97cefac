"""Arguments, properties and items added, and items wrapped, in JavaScript."""

from __future__ import annotations

import re

from ...findings import AddArgument, AddItem, Map, New, WrapItems
from ...frontends._astgrep import Node
from ...frontends._javascript_nodes import arguments_of, property_name, unwrapped
from ...source import Span
from .._document import Edit, blank_to, indent_of, line_start, stands_first
from .texts import OPTIONS
from .tree import FUNCTIONS, REMARK, Tree, function_around, names_in
from .values import NO_EXPRESSIONS, expression, is_shorthand

#: expressions that a method can be called on as they stand
_CALLABLE = frozenset({"identifier", "member_expression", "subscript_expression", "call_expression", "this",
                       "parenthesized_expression", "array"})  # fmt: skip


def add_argument(tree: Tree, change: AddArgument) -> list[Edit] | None:
    node = tree.find(change.call, "call_expression", "new_expression", "object")
    if node is None:
        return None
    quote = tree.quote(change.call)
    entries: list[tuple[str, New]] = []
    for full, value in change.arguments:
        first, _, rest = full.partition(".")
        for part in reversed(rest.split(".") if rest else ()):
            value = Map(((part, value),))
        entries.append((first if node.kind == "object" else OPTIONS.get(first, first), value))
    if node.kind == "object":
        return _add_properties(tree, node, entries, quote)
    given = arguments_of(node)
    whole = next((kid for kid in node.kids() if kid.kind == "arguments"), None)
    written = expression(tree, Map(tuple(entries)), quote)
    if written is None:
        return None
    if whole is None:  # new OpenAI
        end = change.call.end
        return [Edit(Span(end, end), f"({written})")] if node.kind == "new_expression" else None
    if not given:
        start, end = whole.span()
        if tree.has_comment(start, end):
            return None
        if len(entries) > 1 and tree.is_long(start, len(written)):
            outer = indent_of(tree.text, start)
            parts = [f"{outer}{tree.step(outer)}{name}: {expression(tree, value, quote)}" for name, value in entries]
            lines = f",{tree.newline}".join(parts)
            written = f"{{{tree.newline}{lines}{tree.last_comma}{tree.newline}{outer}}}"
        return [Edit(Span(start + 1, end - 1), written)]
    config = unwrapped(given[0])
    if config.kind == "object":
        return _add_properties(tree, config, entries, quote)
    if config.kind in ("spread_element", "string", "template_string", "number", "array", *FUNCTIONS):
        return None
    built_from = _configuration(tree, config)
    if built_from is not None:
        return _add_properties(tree, built_from, entries, quote)
    declared = _only_use_of(tree, config)
    if declared is not None:
        return _add_properties(tree, declared, entries, quote)
    start, end = given[0].span()
    space = tree.space
    return [
        Edit(Span(start, start), f"{{{space}..."),
        Edit(Span(end, end), f", {written[1 + len(space) :]}"),
    ]


def _configuration(tree: Tree, config: Node) -> Node | None:
    """The object in ``new Configuration({…})``, there or behind a name: an instance is no object of options."""
    if config.kind == "identifier":
        uses = names_in(tree, tree.code(config), function_around(config))
        declarator = uses[0].parent if uses else None
        if declarator is None or declarator.kind != "variable_declarator" or declarator.kids()[0] is not uses[0]:
            return None
        config = unwrapped(declarator.kids()[-1])
    if config.kind != "new_expression":
        return None
    given = arguments_of(config)
    return given[0] if len(given) == 1 and given[0].kind == "object" else None


def _only_use_of(tree: Tree, name: Node) -> Node | None:
    """The object that a constant holds which is used at one place only, but for reads of its properties."""
    if name.kind != "identifier":
        return None
    uses = names_in(tree, tree.code(name), function_around(name))
    uses = [use for use in uses if not _is_read(use)]
    if len(uses) != 2 or uses[1] is not name:
        return None
    declarator = uses[0].parent
    if declarator is None or declarator.kind != "variable_declarator" or declarator.kids()[0] is not uses[0]:
        return None
    if declarator.parent is None or (declarator.parent.parent or declarator).kind == "export_statement":
        return None
    value = declarator.kids()[-1]
    return value if value.kind == "object" else None


def _is_read(use: Node) -> bool:
    """A property of the variable is read."""
    base, read = use, use.parent
    while read is not None and read.kind == "member_expression" and read.kids()[0] is base:
        base = read
        read = base.parent
    return base is not use and (read is None or read.kind != "assignment_expression" or read.kids()[0] is not base)


def _add_properties(tree: Tree, whole: Node, entries: list[tuple[str, New]], quote: str) -> list[Edit] | None:
    pairs = {property_name(kid.kids()[0]): kid for kid in whole.kids() if kid.kind == "pair"}
    shorthand = {tree.code(kid) for kid in whole.kids() if kid.kind == "shorthand_property_identifier"}
    quoted = bool(pairs) and all(pair.kids()[0].kind == "string" for pair in pairs.values())
    found: list[Edit] = []
    new: list[str] = []
    for name, value in entries:
        if name in pairs:  # only an object in it can take more
            inner = unwrapped(pairs[name].kids()[-1])
            more = None
            if inner.kind == "object" and isinstance(value, Map):
                more = _add_properties(tree, inner, list(value.entries), quote)
            if more is None:
                return None
            found += more
            continue
        written = expression(tree, value, quote, "", quoted)
        if written is None or name in shorthand:
            return None
        new.append(f"{tree.key(name, quote, quoted)}: {written}")
    appended = _appended(tree, whole, new) if new else []
    return None if appended is None else [*found, *appended]


def _appended(tree: Tree, whole: Node, new: list[str]) -> list[Edit] | None:
    """The edits that put properties behind the last one of an object."""
    text, (opened, closed) = tree.text, whole.span()
    opened, closed = opened + 1, closed - 1
    parts, newline, space = whole.kids(), tree.newline, tree.space
    line = ", ".join(new)
    if "\n" not in text[opened:closed] and not tree.has_comments(whole):
        long = tree.is_long(opened, len(line) + 2)
        if long and (parts or len(new) > 1):
            return _on_lines(tree, whole, new)
    if not parts:
        if not tree.has_comment(opened, closed):
            return [Edit(Span(opened, closed), f"{space}{line}{space}")]
        if not stands_first(text, closed):
            return None
        at = line_start(text, closed)
        outer = indent_of(text, closed)
        indent = f"{outer}{tree.step(outer)}"
        return [Edit(Span(at, at), "".join(f"{indent}{one},{newline}" for one in new))]
    start, end = parts[-1].span()
    comma = tree.comma_after(end, closed)
    if not stands_first(text, start):
        # on one line, or its last part begins on a line of others
        if comma >= 0:
            return [Edit(Span(comma, comma), f" {line},")]
        return [Edit(Span(end, end), f", {line}")]
    between = f",{newline}{indent_of(text, start)}"
    lines = f"{between[1:]}{between.join(new)}"
    stop = comma if comma >= 0 else end
    note = REMARK.match(text, blank_to(text, stop))
    stop = note.end() if note else stop
    if comma >= 0:
        return [Edit(Span(stop, stop), f"{lines},")]
    return [Edit(Span(end, end), ","), Edit(Span(stop, stop), lines)] if note else [Edit(Span(end, end), f",{lines}")]


def _on_lines(tree: Tree, whole: Node, new: list[str], front: bool = False) -> list[Edit]:
    """A list of one line with more elements, at its end or ``front``, each on a line of its own."""
    text, (opened, closed) = tree.text, whole.span()
    opened, closed = opened + 1, closed - 1
    outer = indent_of(text, opened)
    indent = f"{tree.newline}{outer}{tree.step(outer)}"
    lines = ",".join(f"{indent}{one}" for one in new)
    at, found = opened, []
    for part in whole.kids():
        start, end = part.span()
        found.append(Edit(Span(at, start), f"{lines},{indent}" if front and at == opened else indent))
        at = max(end, tree.comma_after(end, closed))
    last = whole.kids()[-1].span().end if whole.kids() else opened
    more = "" if front else f",{lines}" if whole.kids() else lines
    found.append(Edit(Span(last, closed), f"{more}{tree.last_comma}{tree.newline}{outer}"))
    return found


def add_item(tree: Tree, change: AddItem) -> list[Edit] | None:
    node = tree.find(change.span, "array")
    written = expression(tree, change.value, tree.quote(change.span))
    if node is None or written is None:
        return None
    start = change.span.start + 1
    if not node.kids():
        return [Edit(Span(start, start), written)]
    first = node.kids()[0].span().start
    if stands_first(tree.text, first):
        return [Edit(Span(first, first), f"{written},{tree.newline}{indent_of(tree.text, first)}")]
    if "\n" not in tree.code(node) and tree.is_long(start, len(written)):
        return _on_lines(tree, node, [written], front=True)
    return [Edit(Span(first, first), f"{written}, ")]


def wrap_items(tree: Tree, change: WrapItems) -> list[Edit] | None:
    node = tree.find(change.span)
    if node is None or (node.kind in NO_EXPRESSIONS and not is_shorthand(node)):
        return None
    quote, mark = tree.quote(change.span), "\0"
    template = expression(tree, change.item, quote, mark)
    if template is None or template.count(mark) != 1:
        return None
    before, after = template.split(mark)
    name = tree.free_name("fn", "each", "oneFunction")
    if not name:
        return None
    each = f".map(({name}) => ({before}{name}{after}))"
    if node.kind != "array":
        each = each if change.certain else f"?{each}"
        if node.kind in _CALLABLE or is_shorthand(node):
            return [Edit(Span(change.span.end, change.span.end), each)]
        start, end = change.span
        return [Edit(Span(start, start), "("), Edit(Span(end, end), f"){each}")]
    found: list[Edit] = []
    for item in node.kids():
        if item.kind == "spread_element":
            inner = item.kids()[-1]
            if inner.kind not in _CALLABLE:
                return None
            end = item.span().end
            found.append(Edit(Span(end, end), each))
        else:
            found += _wrapped(tree, item, change.item, before, after, quote)
    return found


def _wrapped(tree: Tree, item: Node, new: New, before: str, after: str, quote: str) -> list[Edit]:
    """An item in its wrapper, on lines of their own where it has lines of its own."""
    text, (start, end) = tree.text, item.span()
    code = text[start:end]
    fixed = any("\n" in tree.code(one) for one in tree.every("template_string", inside=item))
    if "\n" in code and stands_first(text, start) and isinstance(new, Map) and not fixed:
        indent, newline = indent_of(text, start), tree.newline
        step = tree.step(indent)
        moved = re.sub(r"(\r\n|\r|\n)(?=[^\r\n])", rf"\1{step}", code)
        last = "," if text[: end - 1].rstrip().endswith(",") else ""
        parts = [
            f"{indent}{step}{tree.key(key, quote)}: {expression(tree, value, quote, moved)}"
            for key, value in new.entries
        ]
        return [Edit(Span(start, end), f"{{{newline}" + f",{newline}".join(parts) + f"{last}{newline}{indent}}}")]
    return [Edit(Span(start, start), before), Edit(Span(end, end), after)]
