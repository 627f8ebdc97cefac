"""What a literal, a property or a name says, set to something else in JavaScript."""

from __future__ import annotations

import re

from ...findings import Rename, ReplaceClass
from ...frontends._astgrep import Node
from ...frontends._javascript_nodes import text_of_string
from ...source import Span
from .._document import Edit, blank_to, line_end, line_start, next_line, stands_first
from .removing import without
from .tree import BODIES, FUNCTIONS, REMARK, Tree, ancestor, function_around, is_identifier

#: options of the client, as npm's package has them; parameters of requests have the API's names
OPTIONS = {
    "api_key": "apiKey", "base_url": "baseURL", "max_retries": "maxRetries", "default_headers": "defaultHeaders",
    "default_query": "defaultQuery",
}  # fmt: skip
PLAIN_NAMES = frozenset({
    "property_identifier", "identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern",
    "private_property_identifier", "type_identifier",
})  # fmt: skip
#: what holds the variables of the environment, by the end of its name
_ENVIRONMENT = re.compile(r"(?:env(?:s|ironment|vars|schema)?|secrets|vars|bindings)\)?$", re.IGNORECASE)
_NEAR_ENVIRONMENT = re.compile(r"env|secret|vars|bindings", re.IGNORECASE)


def set_text(tree: Tree, span: Span, text: str) -> list[Edit] | None:
    node = tree.find(span, "string", "template_string", "template_literal_type", *PLAIN_NAMES)
    if node is None:
        return None
    if node.kind in PLAIN_NAMES:
        return _rename_variable(tree, node, text)
    mark = tree.text[span.start]
    parent = node.parent
    if parent is not None and parent.kind == "jsx_attribute":
        # no escapes there
        return None if mark in text else [Edit(span, f"{mark}{text}{mark}")]
    if any(kid.kind == "template_substitution" for kid in node.kids()) or _names_member(tree, node):
        return None
    written = [Edit(span, tree.string(text, mark))]
    return _but_once(tree, node, text, written)


def _names_member(tree: Tree, node: Node) -> bool:
    """The name of a variable that is a member of something else than the environment here: ``config.X``, ``X() {}``."""
    name = text_of_string(tree.code(node))
    if not is_identifier(name) or not name.isupper() or (node.parent and node.parent.kind == "enum_assignment"):
        return False
    members = re.finditer(rf"(?:(?P<owner>[\w$)\]]+)\??\.|^[ \t]*){name}\b(?(owner)|[ \t]*\()", tree.text, re.MULTILINE)
    return any(not _ENVIRONMENT.search(match["owner"] or "") for match in members)


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
    removed = without(tree, [node], whole) if whole.kind == "array" else _without_member(tree, node)
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


def rename(tree: Tree, change: Rename) -> list[Edit] | None:
    span, name = change
    node = tree.find(span, "string", *PLAIN_NAMES)
    if node is None:
        return None
    name = OPTIONS.get(name, name)
    return set_text(tree, span, name) if node.kind == "string" else _rename_plain(tree, node, name)


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
        known = declarator is not None and _holds_environment(tree, declarator.kids()[-1])
    found = _rename_plain(tree, node, name) if known else None
    if found is None or not is_identifier(name):
        return found
    for one in tree.every("property_signature"):  # of the type of such an object
        key = one.kids()[0]
        if key.kind == "property_identifier" and tree.code(key) == tree.code(node):
            found.append(Edit(key.span(), name))
    return found


def _holds_environment(tree: Tree, value: Node) -> bool:
    """Whether what is unpacked is the environment, or what a function makes of it: ``parseEnv(process.env, …)``."""
    if value.kind == "call_expression" and _NEAR_ENVIRONMENT.search(tree.code(value.kids()[0])[-40:]):
        return True
    return _ENVIRONMENT.search(tree.code(value)) is not None


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


def replace_class(tree: Tree, change: ReplaceClass) -> list[Edit] | None:
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
            removed = _not_imported(tree, item, item.parent)
            if removed is None:
                return None
            found = [*(edit for edit in found if edit.span != item.span()), *removed]
    return found


def _not_imported(tree: Tree, item: Node, names: Node) -> list[Edit] | None:
    """The edits that take a name from an import; the braces go with the last one, and the import with them."""
    clause = names.parent
    statement = clause.parent if clause is not None else None
    if len(names.kids()) > 1 or clause is None or statement is None:
        return without(tree, [item], names)
    before = [kid for kid in clause.kids() if kid.span().end <= names.span().start]
    if before:  # import OpenAI, { AzureOpenAI } from "openai"
        return [Edit(Span(before[0].span().end, names.span().end), "")]
    span = statement.span()
    if not stands_first(tree.text, span.start) or blank_to(tree.text, span.end) != line_end(tree.text, span.end):
        return without(tree, [item], names)
    return [Edit(Span(line_start(tree.text, span.start), next_line(tree.text, span.end)), "")]
