"""Changes spelled in JavaScript and TypeScript."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from ..findings import (
    AddArgument,
    AddItem,
    BuildClient,
    Change,
    Copy,
    Each,
    EnvRead,
    HandleError,
    Items,
    Map,
    New,
    OrText,
    ReadBeside,
    ReadInstead,
    Remove,
    RemoveItem,
    Rename,
    ReplaceClass,
    SetText,
    SetValue,
    WrapItems,
)
from ..frontends._astgrep import Node
from ..frontends._javascript_lower import arguments_of, property_name, text_of_string, unwrapped
from ..source import Source, Span
from ._document import Document, Edit, blank_to, indent_of, line_end, line_start, next_line, stands_first, together
from ._javascript_old import build_client
from ._javascript_tree import (
    BODIES,
    FUNCTIONS,
    REMARK,
    Tree,
    ancestor,
    errors_of,
    function_around,
    is_identifier,
    names_in,
    tree_of,
)

#: options of the client, as npm's package has them; parameters of requests have the API's names
_OPTIONS = {
    "api_key": "apiKey", "base_url": "baseURL", "max_retries": "maxRetries", "default_headers": "defaultHeaders",
    "default_query": "defaultQuery",
}  # fmt: skip
_PLAIN_NAMES = frozenset({
    "property_identifier", "identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern",
    "private_property_identifier", "type_identifier",
})  # fmt: skip
_NO_EXPRESSIONS = _PLAIN_NAMES - {"identifier"} | {"pair", "arguments", "template_substitution"}
_LISTS = frozenset({"object", "array", "arguments"})
#: expressions that a method can be called on as they stand
_CALLABLE = frozenset({"identifier", "member_expression", "subscript_expression", "call_expression", "this",
                       "parenthesized_expression", "array"})  # fmt: skip
#: expressions that give the same again, however often they are written
_PURE = frozenset({"identifier", "member_expression", "subscript_expression", "this", "property_identifier", "number",
                   "string", "string_fragment", "non_null_expression", "optional_chain"})  # fmt: skip


def all_edits(document: Document, changes: Iterable[Change]) -> list[Edit] | None:
    """See the package: elements of one list are removed together."""
    tree = tree_of(document)
    if document.alone:
        tree.planned.clear()
    tree.renamed.clear()
    removed: dict[int, tuple[Node, list[Node]]] = {}
    others: list[Change] = []
    for change in changes:
        node = _element(tree, change.span) if isinstance(change, Remove) else None
        if node is not None and node.parent is not None:
            # several elements of one list go together
            removed.setdefault(id(node.parent), (node.parent, []))[1].append(node)
        else:
            others.append(change)
    found = together(document, others, edits)
    for whole, nodes in removed.values():
        made = _without(tree, nodes, whole)
        if made is None or found is None:
            return None
        found += made
    return found


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    tree = tree_of(document)
    spell = _SPELLED.get(type(change))
    return spell(tree, change) if spell is not None else None


def errors(source: Source, language: str) -> int:
    """How many nodes of a text's tree are errors or missing."""
    return errors_of(source.text, language)


# --------------------------------------------------------------------- values


def _written(tree: Tree, value: New, quote: str, item: str = "", quoted: bool = False) -> str | None:
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
        return _read_beside(tree, value)
    if isinstance(value, Map):
        parts = [
            (tree.key(key, quote, quoted), _written(tree, inner, quote, item, quoted)) for key, inner in value.entries
        ]
        if any(text is None for _, text in parts):
            return None
        inside = ", ".join(name if name == text else f"{name}: {text}" for name, text in parts)
        return f"{{{tree.space}{inside}{tree.space}}}" if parts else "{}"
    if isinstance(value, Items):
        texts = [_written(tree, inner, quote, item, quoted) for inner in value.items]
        return None if None in texts else "[" + ", ".join(text or "" for text in texts) + "]"
    return item or None


def _set_text(tree: Tree, span: Span, text: str) -> list[Edit] | None:
    node = tree.find(span, "string", "template_string", "template_literal_type", *_PLAIN_NAMES)
    if node is None:
        return None
    if node.kind in _PLAIN_NAMES:
        return _rename_variable(tree, node, text)
    mark = tree.text[span.start]
    parent = node.parent
    if parent is not None and parent.kind == "jsx_attribute":
        # no escapes there
        return None if mark in text else [Edit(span, f"{mark}{text}{mark}")]
    if any(kid.kind == "template_substitution" for kid in node.kids()):
        return None
    written = [Edit(span, tree.string(text, mark))]
    return _but_once(tree, node, text, written)


def _but_once(tree: Tree, node: Node, text: str, written: list[Edit]) -> list[Edit] | None:
    """A text where others stand beside it: as a key or a case it must not come twice, in a list it need not."""
    parent, label = node.parent, False
    if parent is not None and parent.kind in ("pair", "switch_case") and parent.kids()[0] is node:
        whole, label = parent.parent, True
        others = [one.kids()[0] for one in whole.kids() if one.kind == parent.kind] if whole is not None else []
    elif parent is not None and parent.kind == "array":
        whole, others = parent, parent.kids()
        if any(one.kind != "string" for one in others):
            return written
    elif parent is not None and parent.kind == "literal_type":
        whole = parent
        while whole.parent is not None and whole.parent.kind == "union_type":
            whole = whole.parent
        others = list(tree.every("string", inside=whole))
    else:
        return written
    old = text_of_string(tree.code(node))
    there = old != text and any(
        one is not node and one.kind == "string" and text_of_string(tree.code(one)) == text for one in others
    )
    first = tree.planned.setdefault((id(whole), text), node)
    if first is node and not there:
        return written
    if label or whole is None:
        return None
    removed = _without(tree, [node], whole) if whole.kind == "array" else _without_member(tree, node)
    return written if removed is None else removed


def _without_member(tree: Tree, node: Node) -> list[Edit] | None:
    """A type without one of those that it is a union of."""
    text, (start, end) = tree.text, node.span()
    begin = line_start(text, start)
    note = REMARK.match(text, blank_to(text, end))
    stop = note.end() if note else end
    if text[begin:start].strip() == "|" and blank_to(text, stop) == line_end(text, stop):
        return [Edit(Span(begin, next_line(text, stop)), "")]
    before = re.compile(r"\s*\|\s*\Z").search(text, max(0, start - 200), start)
    if before is None or not re.match(r"[\w\"')}\]>]", text[before.start() - 1 : before.start()]):
        return None
    return [Edit(Span(before.start(), end), "")]


#: what holds the variables of the environment, by the end of its name
_ENVIRONMENT = re.compile(r"(?:env(?:s|ironment|vars|schema)?|secrets|vars|bindings)\)?$", re.IGNORECASE)
_NEAR_ENVIRONMENT = re.compile(r"env|secret|vars|bindings", re.IGNORECASE)


def _rename_variable(tree: Tree, node: Node, name: str) -> list[Edit] | None:
    """Another variable of the environment: ``env.OLD`` → ``env.NEW``; not what merely has its name."""
    parent = node.parent
    if parent is None:
        return None
    kind = parent.kind
    if kind == "member_expression":
        known = _ENVIRONMENT.search(tree.code(parent.kids()[0])) is not None
    elif kind == "import_specifier":
        statement = ancestor(node, "import_statement")
        known = statement is not None and "$env/" in tree.code(statement)
    elif kind == "pair":
        known = _is_of_environment(tree, parent)
    else:
        declarator = ancestor(node, "variable_declarator")
        known = declarator is not None and _ENVIRONMENT.search(tree.code(declarator.kids()[-1])) is not None
    found = _rename_plain(tree, node, name) if known else None
    if found is None or not is_identifier(name):
        return found
    for one in tree.every("property_signature"):  # of the type of such an object
        key = one.kids()[0]
        if key.kind == "property_identifier" and tree.code(key) == tree.code(node):
            found.append(Edit(key.span(), name))
    return found


def _is_of_environment(tree: Tree, pair: Node) -> bool:
    """Whether an object's property is one of the environment, by the names around it."""
    inner, around = pair, pair.parent
    while around is not None and around.kind not in BODIES:
        kids = around.kids()
        name: Node | None = None
        if around.kind in ("pair", "variable_declarator", "assignment_expression", "call_expression", "jsx_attribute"):
            name = kids[0] if kids[0] is not inner else None
        elif around.kind in FUNCTIONS:
            name = next((kid for kid in kids if kid.kind in ("identifier", "property_identifier")), None)
        if name is not None and _NEAR_ENVIRONMENT.search(tree.code(name)[-40:]):
            return True
        inner, around = around, around.parent
    function = function_around(pair)
    if around is not None and inner.kind == "return_statement" and function.kind != "program":
        return _NEAR_ENVIRONMENT.search(tree.text[function.span().start :][:60].split("{")[0]) is not None
    return False


def _set_value(tree: Tree, span: Span, value: New) -> list[Edit] | None:
    node = tree.find(span)
    if node is None or node.kind.endswith(("_statement", "_declaration")):
        return None
    parent = node.parent
    if node.kind in _NO_EXPRESSIONS and not _is_shorthand(node):
        return None
    if parent is None or (parent.kind == "pair" and parent.kids()[0] is node) or "type" in parent.kind:
        return None
    around = "\0" if value != Copy(span) else ""
    written = _written(tree, _with_each(value, span), tree.quote(span), around)
    if written is None:
        return None
    if parent.kind == "jsx_attribute":
        written = f"{{{written}}}"
    before, _, after = written.partition(around) if around and written.count(around) == 1 else (written, "", None)
    if _is_shorthand(node):
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


# ------------------------------------------------------------------- removing


def _element(tree: Tree, span: Span) -> Node | None:
    """The property, item or last argument at a span."""
    node = None if tree.find(span, "expression_statement") is not None else tree.find(span)
    while node is not None and node.parent is not None and node.parent.kind not in _LISTS:
        if node.parent.span() != span:
            return None
        node = node.parent
    if node is None or node.parent is None:
        return None
    return None if node.parent.kind == "arguments" and node.parent.kids()[-1] is not node else node


def _without(tree: Tree, nodes: list[Node], whole: Node) -> list[Edit] | None:
    """The edits that take elements with their commas, or with their lines, from a list."""
    siblings = whole.kids()
    gone = {id(node) for node in nodes}
    found: list[Edit] = []
    run: list[int] = []
    for at, node in enumerate([*siblings, None]):
        if node is not None and id(node) in gone:
            run.append(at)
        elif run:
            made = _without_run(tree, siblings, run[0], run[-1], whole)
            if made is None:
                return None
            found += made
            run = []
    return found


def _without_run(tree: Tree, siblings: list[Node], first: int, last: int, whole: Node) -> list[Edit] | None:
    text, start, end = tree.text, siblings[first].span().start, siblings[last].span().end
    opened, closed = whole.span().start + 1, whole.span().end - 1
    comma = tree.comma_after(end, closed)
    after = comma if comma >= 0 else end
    alone = not tree.has_comment(opened, start) and not tree.has_comment(after, closed)
    if last - first + 1 == len(siblings) and alone:
        return [Edit(Span(opened, closed), "")]
    previous = siblings[first - 1].span().end if first else -1
    note = REMARK.match(text, blank_to(text, after))
    stop = note.end() if note else after
    if stands_first(text, start) and blank_to(text, stop) == line_end(text, stop):
        found = [Edit(Span(line_start(text, start), next_line(text, stop)), "")]
        if comma < 0 and first:
            before = tree.comma_after(previous, start)
            found.append(Edit(Span(before - 1, before), ""))
        return found
    following = siblings[last + 1].span().start if last + 1 < len(siblings) else -1
    if following >= 0 and not re.search(r"[\r\n]", text[after:following]) and not tree.has_comment(after, following):
        return [Edit(Span(start, following), "")]
    if first and not tree.has_comment(previous, start):
        return [Edit(Span(previous, end), "")]
    if following >= 0 and not tree.has_comment(after, following):
        return [Edit(Span(start, following), "")]
    return [Edit(Span(start, after), "")] if last == len(siblings) - 1 and not first else None


def _remove_statement(tree: Tree, statement: Node) -> list[Edit] | None:
    inside = unwrapped(statement.kids()[0]) if statement.kids() else None
    if inside is None or inside.kind != "assignment_expression":
        return None
    target, value = inside.kids()[0], inside.kids()[-1]
    if target.kind not in ("member_expression", "subscript_expression") or value.kind == "assignment_expression":
        return None
    text, (start, end) = tree.text, statement.span()
    parent = statement.parent
    if parent is None or parent.kind not in BODIES:
        return [Edit(Span(start, end), "{}")] if parent is not None and parent.kind != "arrow_function" else None
    note = REMARK.match(text, blank_to(text, end))
    stop = note.end() if note else end
    if stands_first(text, start) and blank_to(text, stop) == line_end(text, stop):
        return [Edit(Span(line_start(text, start), next_line(text, stop)), "")]
    if text[end - 1] != ";":
        return None
    return [Edit(Span(start, blank_to(text, end)), "")]


# ------------------------------------------------------------ names and calls


def _rename(tree: Tree, change: Rename) -> list[Edit] | None:
    span, name = change
    node = tree.find(span, "string", *_PLAIN_NAMES)
    if node is None:
        return None
    name = _OPTIONS.get(name, name)
    return _set_text(tree, span, name) if node.kind == "string" else _rename_plain(tree, node, name)


def _replace_class(tree: Tree, change: ReplaceClass) -> list[Edit] | None:
    """Another class of npm's package, which has one for what are two in Python."""
    node = tree.find(change.span, "identifier")
    if node is None:
        return None
    new, old = change.name.removeprefix("Async"), tree.code(node)
    found: list[Edit] = []
    known = False
    for one in tree.every("identifier", "type_identifier", "shorthand_property_identifier_pattern"):
        name, parent = tree.code(one), one.parent
        known = known or (name == new and parent is not None and parent.kind in ("import_specifier", "import_clause"))
        if name == old:
            if one.kind == "shorthand_property_identifier_pattern" or (parent and len(parent.kids()) > 1 and (
                parent.kind == "import_specifier"
            )):
                return None
            found.append(Edit(one.span(), new))
    for item in tree.every("import_specifier"):
        if known and tree.code(item) == old and item.parent is not None:
            removed = _without(tree, [item], item.parent)
            if removed is None:
                return None
            found = [*(edit for edit in found if edit.span != item.span()), *removed]
    return found


def _is_shorthand(node: Node) -> bool:
    """A property that is the variable of its name: an expression too, once it is renamed."""
    return node.kind == "shorthand_property_identifier"


def _rename_plain(tree: Tree, node: Node, name: str) -> list[Edit] | None:
    """Another name in place of a bare one; what a variable is called stays."""
    span, old = node.span(), tree.code(node)
    parent = node.parent
    kind = parent.kind if parent is not None else ""
    if old == name:
        return []
    if node.kind in ("shorthand_property_identifier", "shorthand_property_identifier_pattern"):
        if kind == "object_assignment_pattern" or kind in ("object", "object_pattern"):
            # as an insertion, so that the value can be changed as well
            tree.renamed.add(id(node))
            return [Edit(Span(span.start, span.start), f"{tree.key(name, tree.quote())}: ")]
        return None
    if kind == "import_specifier" and parent is not None:
        return [Edit(span, name if len(parent.kids()) > 1 else f"{name} as {old}")] if is_identifier(name) else None
    if kind == "member_expression":
        return [Edit(span, name)] if is_identifier(name) else None
    return [Edit(span, tree.key(name, tree.quote()))] if kind in ("pair", "pair_pattern") else (
        [Edit(span, name)] if is_identifier(name) else None
    )


def _add_argument(tree: Tree, change: AddArgument) -> list[Edit] | None:
    node = tree.find(change.call, "call_expression", "new_expression", "object")
    if node is None:
        return None
    quote = tree.quote(change.call)
    entries: list[tuple[str, New]] = []
    for full, value in change.arguments:
        first, _, rest = full.partition(".")
        for part in reversed(rest.split(".") if rest else ()):
            value = Map(((part, value),))
        entries.append((first if node.kind == "object" else _OPTIONS.get(first, first), value))
    if node.kind == "object":
        return _add_properties(tree, node, entries, quote)
    given = arguments_of(node)
    whole = next((kid for kid in node.kids() if kid.kind == "arguments"), None)
    written = _written(tree, Map(tuple(entries)), quote)
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
            parts = [f"{outer}{tree.step}{name}: {_written(tree, value, quote)}" for name, value in entries]
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
        written = _written(tree, value, quote, "", quoted)
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
        indent = f"{indent_of(text, closed)}{tree.step}"
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
    indent = f"{tree.newline}{outer}{tree.step}"
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


def _add_item(tree: Tree, change: AddItem) -> list[Edit] | None:
    node = tree.find(change.span, "array")
    written = _written(tree, change.value, tree.quote(change.span))
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


def _wrap_items(tree: Tree, change: WrapItems) -> list[Edit] | None:
    node = tree.find(change.span)
    if node is None or (node.kind in _NO_EXPRESSIONS and not _is_shorthand(node)):
        return None
    quote, mark = tree.quote(change.span), "\0"
    template = _written(tree, change.item, quote, mark)
    if template is None or template.count(mark) != 1:
        return None
    before, after = template.split(mark)
    name = next(name for name in ("fn", "each", "oneFunction") if not re.search(rf"\b{name}\b", tree.text))
    each = f".map(({name}) => ({before}{name}{after}))"
    if node.kind != "array":
        each = each if change.certain else f"?{each}"
        if node.kind in _CALLABLE or _is_shorthand(node):
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
        indent, step, newline = indent_of(text, start), tree.step, tree.newline
        moved = re.sub(r"(\r\n|\r|\n)(?=[^\r\n])", rf"\1{step}", code)
        last = "," if text[: end - 1].rstrip().endswith(",") else ""
        parts = [
            f"{indent}{step}{tree.key(key, quote)}: {_written(tree, value, quote, moved)}" for key, value in new.entries
        ]
        return [Edit(Span(start, end), f"{{{newline}" + f",{newline}".join(parts) + f"{last}{newline}{indent}}}")]
    return [Edit(Span(start, start), before), Edit(Span(end, end), after)]


# ------------------------------------------------------------------ providers

_PROVIDER, _BUILDS = "@ai-sdk/openai", "createOpenAI"
#: of a provider: what gives a model, in place of which another method can
_MODELS = frozenset({"chat", "languageModel", "responses"})


def _build_provider(tree: Tree, change: BuildClient) -> list[Edit] | None:
    """``openai("…")`` → ``openai.chat("…")`` of a provider that is built with options, here or once per file."""
    callee = tree.find(change.span, "identifier", "member_expression")
    if callee is None or callee.parent is None or callee.parent.kind != "call_expression":
        return None
    name = callee if callee.kind == "identifier" else callee.kids()[0]
    if tree.code(name) == _BUILDS:
        (first, value), *more = change.args
        found = _add_argument(tree, AddArgument(callee.parent.span(), first, value, tuple(more)))
        declarator = callee.parent.parent
        if found is None or declarator is None or declarator.kind != "variable_declarator":
            return None
        target = declarator.kids()[0]
        calls = _models_of(tree, target, change.method)
        return None if target.kind != "identifier" or calls is None else [*found, *calls]
    for statement in tree.every("import_statement"):
        kids = statement.kids()
        if statement.parent is None or not any(kid.kind == "string" and kid.text()[1:-1] == _PROVIDER for kid in kids):
            continue
        items = list(tree.every("import_specifier", inside=statement))
        item = next((one for one in items if tree.code(one) == tree.code(name)), None)
        calls = _models_of(tree, item.kids()[0], change.method) if item is not None else None
        written = _written(tree, Map(change.args), tree.quote(statement.span()))
        if item is None or calls is None or written is None or item.parent is None:
            return None
        if any(tree.code(one) == _BUILDS for one in items):
            renamed = _without(tree, [item], item.parent)
        else:
            renamed = [Edit(item.span(), _BUILDS)]
        last = [one for one in statement.parent.kids() if one.kind == "import_statement"][-1]
        end = line_end(tree.text, last.span().end)
        line = f"const {tree.code(name)} = {_BUILDS}({written}){_semicolon(tree.text, statement.span().end)}"
        built = Edit(Span(end, end), f"{tree.newline}{tree.newline}{line}")
        return None if renamed is None else [*renamed, built, *calls]
    return None


def _models_of(tree: Tree, name: Node, method: str) -> list[Edit] | None:
    """The edits that call a method at each place where a provider gives a model; None where it gives something else."""
    found: list[Edit] = []
    for use in names_in(tree, tree.code(name), function_around(name)):
        parent = use.parent
        if use is name or parent is None:
            continue
        if parent.kind == "call_expression" and parent.kids()[0] is use:
            found.append(Edit(Span(use.span().end, use.span().end), f".{method}"))
        elif parent.kind == "member_expression" and parent.kids()[0] is use:
            field = parent.kids()[-1]
            if tree.code(field) not in _MODELS:
                return None
            if tree.code(field) != method:
                found.append(Edit(field.span(), method))
        else:
            return None
    return found


# ---------------------------------------------------------------------- reads


def _read_instead(tree: Tree, change: ReadInstead) -> list[Edit] | None:
    key = tree.find(change.span, "property_identifier", "string", "shorthand_property_identifier_pattern", "identifier")
    if key is None or key.parent is None:
        return None
    parent = key.parent
    if parent.kind in ("object_pattern", "pair_pattern", "object_assignment_pattern"):
        return _unpack_instead(tree, key, change)
    if parent.kind not in ("member_expression", "subscript_expression") or parent.kids()[-1] is not key:
        return None
    outer = parent.parent
    if outer is not None and (
        (outer.kind == "assignment_expression" and outer.kids()[0] is parent)
        or outer.kind in ("augmented_assignment_expression", "update_expression")
        or (outer.kind == "unary_expression" and tree.code(outer).startswith("delete"))
    ):
        return None
    base, end = parent.kids()[0].span().end, parent.span().end
    optional = tree.text[base : change.span.start].lstrip().startswith("?.")
    goes_on = tree.text.startswith("?.", blank_to(tree.text, end))
    path = change.path[:1] if change.tested and not goes_on else change.path
    steps = _steps(path, "?." if optional else ".", change.guarded or goes_on)
    if parent.kind == "subscript_expression":
        return [Edit(Span(base, parent.span().end), steps)]
    # what is between the object and the name stays: a dot, a line, a comment
    return [Edit(change.span, steps[2:] if optional else steps[1:])]


def _steps(path: tuple[str | int, ...], first: str, guarded: bool) -> str:
    """``.tool_calls?.[0]?.function``"""
    found = ""
    for number, step in enumerate(path):
        link = first if not number else "?." if guarded else "."
        if isinstance(step, int):
            found += f"?.[{step}]" if link == "?." else f"[{step}]"
        else:
            found += f"{link}{step}"
    return found


def _unpack_instead(tree: Tree, key: Node, change: ReadInstead) -> list[Edit] | None:
    """``const { function_call } = message`` → ``const function_call = message.tool_calls…``."""
    pattern = ancestor(key, "object_pattern")
    declarator = pattern.parent if pattern is not None else None
    if pattern is None or declarator is None or declarator.kind != "variable_declarator":
        return None
    statement = declarator.parent
    if statement is None or not statement.kind.endswith("_declaration") or len(statement.kids()) != 1:
        return None
    if declarator.kids()[0] is not pattern or len(declarator.kids()) != 2:
        return None
    part: Node = key
    while part.parent is not None and part.parent is not pattern:
        part = part.parent
    if part.kind == "shorthand_property_identifier_pattern":
        name = tree.code(part)
    elif part.kind == "pair_pattern" and part.kids()[-1].kind == "identifier":
        name = tree.code(part.kids()[-1])
    else:
        return None
    value = declarator.kids()[-1]
    # whether there is one is asked of the variable
    steps = _steps(change.path, ".", True)
    await_it = value.kind in ("await_expression", "binary_expression", "ternary_expression", "as_expression")
    if len(pattern.kids()) == 1:
        end = value.span().end
        if await_it:
            start = value.span().start
            return [Edit(pattern.span(), name), Edit(Span(start, start), "("), Edit(Span(end, end), f"){steps}")]
        return [Edit(pattern.span(), name), Edit(Span(end, end), steps)]
    if any(node.kind not in _PURE for node in _every(value)):
        return None
    removed = _without(tree, [part], pattern)
    if removed is None or statement.parent is None or statement.parent.kind not in BODIES:
        return None
    text, (start, end) = tree.text, statement.span()
    if not stands_first(text, start) or line_end(text, end) != blank_to(text, end):
        return None
    word = text[start : start + 5].split()[0]
    line = f"{tree.newline}{indent_of(text, start)}{word} {name} = {tree.code(value)}{steps}{_semicolon(text, end)}"
    return [*removed, Edit(Span(end, end), line)]


def _read_beside(tree: Tree, value: ReadBeside) -> str | None:
    """The same chain up to the field's name, and another path from there."""
    key = tree.find(
        value.span, "property_identifier", "string", "shorthand_property_identifier_pattern", "identifier"
    )
    if key is None or key.parent is None:
        return None
    parent: Node = key.parent
    if parent.kind in ("member_expression", "subscript_expression"):
        base = parent.kids()[0]
    else:
        pattern = ancestor(key, "object_pattern")
        declarator = pattern.parent if pattern is not None else None
        if declarator is None or declarator.kind != "variable_declarator" or declarator.kids()[0] is not pattern:
            return None
        base = declarator.kids()[-1]
    if any(node.kind not in _PURE for node in _every(base)):
        return None
    return tree.code(base) + _steps(value.path, ".", False)


#: what an operator of low precedence can stand in as it is
_ROOMY = frozenset({"arguments", "variable_declarator", "assignment_expression", "augmented_assignment_expression",
                    "return_statement", "template_substitution", "pair", "arrow_function", "parenthesized_expression",
                    "yield_expression", "jsx_expression", "array"})  # fmt: skip


def _or_text(tree: Tree, change: OrText) -> list[Edit] | None:
    key = tree.find(change.span, "property_identifier", "string")
    node = key.parent if key is not None else None
    if node is None or node.kind not in ("member_expression", "subscript_expression") or node.kids()[-1] is not key:
        return None
    while node.parent is not None and node.parent.kind in ("non_null_expression", "as_expression"):
        node = node.parent
    if node.parent is None or (node.parent.kind == "assignment_expression" and node.parent.kids()[0] is node):
        return None
    start, end = node.span()
    other = f" ?? {tree.string(change.text, tree.quote(change.span))}"
    if node.parent.kind in _ROOMY:
        return [Edit(Span(end, end), other)]
    return [Edit(Span(start, start), "("), Edit(Span(end, end), f"{other})")]


def _every(node: Node) -> list[Node]:
    found, todo = [], [node]
    while todo:
        node = todo.pop()
        found.append(node)
        todo += node.kids()
    return found


def _semicolon(text: str, end: int) -> str:
    return ";" if text[end - 1 : end] == ";" else ""


# ----------------------------------------------------------------- statements


def _handle_error(tree: Tree, change: HandleError) -> list[Edit] | None:
    span = change.span
    node = tree.find(span)
    statement = node
    while statement is not None and not (statement.parent is not None and statement.parent.kind in BODIES):
        if statement.kind in FUNCTIONS:
            return None
        statement = statement.parent
    if node is None or statement is None or statement.parent is None:
        return None
    text, (start, end) = tree.text, statement.span()
    note = REMARK.match(text, blank_to(text, end))
    stop = note.end() if note else end
    if not stands_first(text, start) or blank_to(text, stop) != line_end(text, stop):
        return None
    if any("\n" in tree.code(one) for one in tree.every("template_string", inside=statement)):
        return None  # the lines of a text cannot be moved
    semicolon, newline, step = _semicolon(text, end), tree.newline, tree.step
    indent = indent_of(text, start)
    before, body, behind = "", text[start:stop], ""
    if statement.kind in ("lexical_declaration", "variable_declaration"):
        split = _split_declaration(tree, statement)
        if split is None:
            return None
        before, body, behind = split
        before = f"{before}{semicolon}{newline}{indent}"
        body = f"{body}{semicolon}{text[end:stop]}"
        behind = f"{newline}{indent}{behind}{semicolon}" if behind else ""
    elif statement.kind not in ("expression_statement", "return_statement"):
        return None
    body = re.sub(r"(\r\n|\r|\n)(?=[^\r\n])", rf"\1{step}", body)
    message = tree.string("the answer is not valid JSON", tree.quote())
    space = tree.space
    name = "error"
    handler = f"throw new Error({message}, {{{space}cause: {name}{space}}}){semicolon}"
    lines = (
        f"{before}try {{{newline}{indent}{step}{body}{newline}"
        f"{indent}}} catch ({name}) {{{newline}{indent}{step}{handler}{newline}{indent}}}{behind}"
    )
    return [Edit(Span(start, stop), lines)]


def _split_declaration(tree: Tree, statement: Node) -> tuple[str, str, str] | None:
    """A declaration in three: of the name, the assignment, and of what a pattern takes from it."""
    if len(statement.kids()) != 1 or statement.kids()[0].kind != "variable_declarator":
        return None
    kids = statement.kids()[0].kids()
    target, value = kids[0], kids[-1]
    typed = next((kid for kid in kids[1:-1] if kid.kind == "type_annotation"), None)
    word = re.match(r"\w+", tree.code(statement))
    if len(kids) < 2 or word is None or value.kind == "type_annotation":
        return None
    written = tree.code(value)
    if target.kind == "identifier":
        name, kind = tree.code(target), tree.code(typed) if typed else ""
        if not kind and value.kind == "as_expression" and not written.endswith(" const"):
            kind = f": {tree.code(value.kids()[-1])}"
        declare = "var" if word[0] == "var" else "let"
        return f"{declare} {name}{kind}", f"{name} = {written}", ""
    if target.kind not in ("object_pattern", "array_pattern"):
        return None
    whole = statement.parent
    assert whole is not None
    name = next(
        (name for name in ("parsed", "parsedAnswer", "answerAsJson") if not re.search(rf"\b{name}\b", tree.text)), ""
    )
    if not name:
        return None
    kind = tree.code(typed) if typed else ""
    return f"let {name}{kind}", f"{name} = {written}", f"{word[0]} {tree.code(target)} = {name}"


def _remove(tree: Tree, change: Remove) -> list[Edit] | None:
    statement = tree.find(change.span, "expression_statement")
    return None if statement is None else _remove_statement(tree, statement)


def _remove_item(tree: Tree, change: RemoveItem) -> list[Edit] | None:
    item = _element(tree, change.span)
    whole = item.parent if item is not None else None
    return _without(tree, [item], whole) if item is not None and whole is not None and whole.kind == "array" else None


#: kind of change → what spells it
_SPELLED: dict[type, Callable[[Tree, Any], list[Edit] | None]] = {
    SetText: lambda tree, change: _set_text(tree, change.span, change.text),
    SetValue: lambda tree, change: _set_value(tree, change.span, change.value),
    Remove: _remove,
    RemoveItem: _remove_item,
    ReplaceClass: _replace_class,
    Rename: _rename,
    AddArgument: _add_argument,
    AddItem: _add_item,
    WrapItems: _wrap_items,
    ReadInstead: _read_instead,
    OrText: _or_text,
    HandleError: _handle_error,
    BuildClient: lambda tree, change: _build_provider(tree, change) if change.args else build_client(tree),
}
