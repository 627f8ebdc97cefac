"""A file of npm's openai 3 in terms of openai 4 and later.

The whole file at once: half of it would not run with either version. What is
not known to have the same meaning there makes the change impossible.
Source of the names: openai-node's guide "v3 to v4".
"""

from __future__ import annotations

from collections.abc import Iterator

from ...frontends._astgrep import Node
from ...frontends._javascript_nodes import arguments_of, callee_of, property_name, text_of_string, unwrapped
from ...source import Span
from .._document import Edit
from .tree import Tree, ancestor, function_around, names_in

#: methods whose arguments are the same as before
_METHODS = {
    "createChatCompletion": "chat.completions.create",
    "createCompletion": "completions.create",
    "createEmbedding": "embeddings.create",
    "createModeration": "moderations.create",
    "createImage": "images.generate",
    "listModels": "models.list",
    "retrieveModel": "models.retrieve",
}
_OTHER_METHODS = frozenset({
    "createAnswer", "createClassification", "createEdit", "createFile", "createFineTune", "createImageEdit",
    "createImageVariation", "createSearch", "createTranscription", "createTranslation", "cancelFineTune", "deleteFile",
    "deleteModel", "downloadFile", "listEngines", "listFiles", "listFineTuneEvents", "listFineTunes", "retrieveEngine",
    "retrieveFile", "retrieveFineTune",
})  # fmt: skip
#: types → what they are called now
_TYPES = {
    "OpenAIApi": "OpenAI",
    "ChatCompletionRequestMessage": "OpenAI.Chat.ChatCompletionMessageParam",
    "ChatCompletionResponseMessage": "OpenAI.Chat.ChatCompletionMessage",
    "ChatCompletionFunctions": "OpenAI.Chat.ChatCompletionCreateParams.Function",
    "CreateChatCompletionRequest": "OpenAI.Chat.ChatCompletionCreateParamsNonStreaming",
    "CreateChatCompletionResponse": "OpenAI.Chat.ChatCompletion",
    "CreateCompletionRequest": "OpenAI.CompletionCreateParamsNonStreaming",
    "CreateCompletionResponse": "OpenAI.Completion",
    "CreateEmbeddingRequest": "OpenAI.EmbeddingCreateParams",
    "CreateEmbeddingResponse": "OpenAI.CreateEmbeddingResponse",
}
_OPTIONS = {"basePath": "baseURL", "apiKey": "apiKey", "organization": "organization"}
_NAMES = frozenset({"identifier", "type_identifier"})
#: of an axios error → of openai's own
_ERROR_FIELDS = {"status": "status", "data": "error", "headers": "headers"}


class _Impossible(Exception):
    """Something of the file cannot be told in today's terms."""


def build_client(tree: Tree) -> list[Edit] | None:
    """The edits that bring a file of openai 3 to openai 4; None where a part of it has no counterpart."""
    known = _CHANGED.get(id(tree))
    if known is not None and known[0] is tree:
        return known[1]
    try:
        found: list[Edit] | None = list(dict.fromkeys(_changes(tree)))
    except _Impossible:
        found = None
    _CHANGED.clear()
    _CHANGED[id(tree)] = tree, found
    return found


#: the last tree that was asked about, as each of its findings asks for the same
_CHANGED: dict[int, tuple[Tree, list[Edit] | None]] = {}


def _changes(tree: Tree) -> Iterator[Edit]:
    imported, edits = _imports(tree)
    if not imported & {"Configuration", "OpenAIApi"}:
        raise _Impossible
    yield from edits
    if "responseType" in tree.text:  # answers as a stream of bytes
        raise _Impossible
    for node in tree.every("new_expression"):
        yield from _built(tree, node, imported)
    for node in tree.every("identifier", "type_identifier"):
        yield from _named(tree, node, imported)
    for node in tree.every("call_expression"):
        yield from _called(tree, node)


# ---------------------------------------------------------------------- names


def _imports(tree: Tree) -> tuple[frozenset[str], list[Edit]]:
    """What the file imports of openai 3, and the edits that import today's class instead."""
    imported: set[str] = set()
    edits: list[Edit] = []
    for statement in tree.every("import_statement", "variable_declarator"):
        kids = statement.kids()
        if statement.kind == "import_statement":
            module = next((text_of_string(kid.text()) for kid in kids if kid.kind == "string"), "")
            clause = next((kid for kid in kids if kid.kind == "import_clause"), None)
        else:
            call = unwrapped(kids[-1])
            func = callee_of(call) if call.kind == "call_expression" else None
            given = arguments_of(call)
            is_require = func is not None and (func.kind == "import" or tree.code(func) == "require")
            module = text_of_string(given[0].text()) if is_require and given and given[0].kind == "string" else ""
            clause = kids[0]
        if module != "openai" or clause is None:
            continue
        names = _local_names(clause)
        if imported or not names <= {"Configuration", *_TYPES}:
            raise _Impossible
        imported |= names
        written = "OpenAI" if statement.kind == "import_statement" else _required(tree, statement)
        edits.append(Edit(clause.span(), written))
    bound = [node for node in names_in(tree, "OpenAI", tree.roots[0]) if node.kind == "identifier"]
    if bound:
        raise _Impossible
    return frozenset(imported), edits


def _required(tree: Tree, declarator: Node) -> str:
    """``const { OpenAI } = await import(…)`` keeps its braces; what ``require`` gives is the class."""
    return f"{{{tree.space}OpenAI{tree.space}}}" if "import(" in tree.code(declarator.kids()[-1]) else "OpenAI"


def _local_names(clause: Node) -> set[str]:
    """The names that a clause or pattern binds, each under its own name."""
    names: set[str] = set()
    if clause.kind == "object_pattern":
        parts = clause.kids()
        if any(part.kind != "shorthand_property_identifier_pattern" for part in parts):
            raise _Impossible
        return {part.text() for part in parts}
    for part in clause.kids():
        if part.kind != "named_imports":
            raise _Impossible
        for item in part.kids():
            own = [kid for kid in item.kids() if kid.kind in ("identifier", "string")]
            if len(own) != 1:
                raise _Impossible
            names.add(own[0].text())
    if clause.kind == "identifier":
        raise _Impossible
    return names


def _built(tree: Tree, node: Node, imported: frozenset[str]) -> Iterator[Edit]:
    """``new OpenAIApi(new Configuration({…}))`` → ``new OpenAI({…})``."""
    func = callee_of(node)
    name = tree.code(func) if func is not None else ""
    if func is None or name not in imported:
        return
    given = arguments_of(node)
    if name == "OpenAIApi":
        if len(given) > 1:
            raise _Impossible
        yield Edit(func.span(), "OpenAI")
    elif name == "Configuration":
        start, end = node.span()
        if not given:
            yield Edit(Span(start, end), "{}")
            return
        if len(given) != 1:
            raise _Impossible
        inside = given[0].span()
        if given[0].kind == "object":
            for kid in given[0].kids():
                yield from _option(tree, kid)
        yield Edit(Span(start, inside.start), "")
        yield Edit(Span(inside.end, end), "")


def _option(tree: Tree, kid: Node) -> Iterator[Edit]:
    if kid.kind == "pair":
        key = kid.kids()[0]
        name = property_name(key)
        if name not in _OPTIONS:
            raise _Impossible
        if _OPTIONS[name] != name:
            yield Edit(key.span(), _OPTIONS[name])
    elif kid.kind == "shorthand_property_identifier":
        name = tree.code(kid)
        if name not in _OPTIONS:
            raise _Impossible
        if _OPTIONS[name] != name:
            start = kid.span().start
            yield Edit(Span(start, start), f"{_OPTIONS[name]}: ")
    else:
        raise _Impossible


def _named(tree: Tree, node: Node, imported: frozenset[str]) -> Iterator[Edit]:
    """The types, wherever they stand."""
    name = tree.code(node)
    if name not in imported or ancestor(node, "import_statement", "object_pattern") is not None:
        return
    parent = node.parent
    if parent is None or (parent.kind == "new_expression" and callee_of(parent) is node):
        return
    if node.kind != "type_identifier" or name not in _TYPES:
        raise _Impossible
    yield Edit(node.span(), _TYPES[name])


# ---------------------------------------------------------------------- calls


def _called(tree: Tree, node: Node) -> Iterator[Edit]:
    func = callee_of(node)
    if func is None or func.kind != "member_expression":
        return
    name = func.kids()[-1]
    text = tree.code(name)
    if text in _OTHER_METHODS and ancestor(node, "program") is not None:
        raise _Impossible
    if text not in _METHODS:
        return
    yield Edit(name.span(), _METHODS[text])
    yield from _answer(tree, node)
    yield from _errors(tree, node)


def _answer(tree: Tree, node: Node) -> Iterator[Edit]:
    """What is done with an answer: it is no longer in the ``data`` of a response."""
    inner = node
    parent = node.parent
    while parent is not None and parent.kind in ("await_expression", "parenthesized_expression", "non_null_expression"):
        inner, parent = parent, parent.parent
    if parent is None or parent.kind == "expression_statement":
        return
    if parent.kind == "member_expression" and parent.kids()[0] is inner:
        field = tree.code(parent.kids()[-1])
        call = parent.parent
        if field == "data":
            yield Edit(Span(inner.span().end, parent.span().end), "")
        elif field in ("then", "catch", "finally") and call is not None and call.kind == "call_expression":
            given = arguments_of(call)
            if field == "then" and given:
                yield from _callback(tree, given[0])
            if field == "then":
                return
            yield from _answer(tree, call)
        else:
            raise _Impossible
        return
    if parent.kind == "variable_declarator" and parent.kids()[-1] is inner:
        yield from _bound(tree, parent.kids()[0], function_around(parent))
        return
    if parent.kind == "assignment_expression" and parent.kids()[-1] is inner:
        target = parent.kids()[0]
        if target.kind == "identifier":
            yield from _bound(tree, target, _scope_of(tree, target))
            return
    raise _Impossible


def _scope_of(tree: Tree, name: Node) -> Node:
    """The function in which a variable is declared that is assigned to here."""
    text = tree.code(name)
    scope = function_around(name)
    while scope.kind != "program":
        if any(
            one.parent is not None and one.parent.kind == "variable_declarator" and one.parent.kids()[0] is one
            for one in names_in(tree, text, scope)
        ):
            return scope
        scope = function_around(scope)
    return scope


def _callback(tree: Tree, function: Node) -> Iterator[Edit]:
    """``.then((response) => …)``"""
    if function.kind not in ("arrow_function", "function_expression"):
        raise _Impossible
    kids = function.kids()
    if kids[0].kind == "identifier" and function.kind == "arrow_function":
        yield from _bound(tree, kids[0], function)
        return
    parameters = next((kid for kid in kids if kid.kind == "formal_parameters"), None)
    given = parameters.kids() if parameters is not None else []
    if not given:
        return
    if len(given) != 1:
        raise _Impossible
    pattern = given[0]
    if pattern.kind == "required_parameter":
        if len(pattern.kids()) != 1:
            raise _Impossible
        pattern = pattern.kids()[0]
    yield from _bound(tree, pattern, function)


def _bound(tree: Tree, target: Node, scope: Node) -> Iterator[Edit]:
    """A name or pattern that gets the response: every ``.data`` of it goes."""
    if target.kind == "object_pattern":
        parts = target.kids()
        if len(parts) != 1:
            raise _Impossible
        if parts[0].kind == "shorthand_property_identifier_pattern" and tree.code(parts[0]) == "data":
            yield Edit(target.span(), "data")
        elif parts[0].kind == "pair_pattern" and property_name(parts[0].kids()[0]) == "data":
            yield Edit(target.span(), tree.code(parts[0].kids()[-1]))
        else:
            raise _Impossible
        return
    if target.kind != "identifier":
        raise _Impossible
    if any(kid.kind == "type_annotation" for kid in (target.parent.kids() if target.parent is not None else ())):
        raise _Impossible
    for use in names_in(tree, tree.code(target), scope):
        yield from _used(tree, use, target)


#: what asks only whether there is an answer, or shows it
_TESTS = frozenset({"parenthesized_expression", "unary_expression", "binary_expression"})


def _used(tree: Tree, use: Node, target: Node) -> Iterator[Edit]:
    parent = use.parent
    if use is target or parent is None:
        return
    if parent.kind == "variable_declarator" and parent.kids()[0] is use:
        return
    if parent.kind == "assignment_expression" and parent.kids()[0] is use:
        value = unwrapped(parent.kids()[-1])
        func = callee_of(value) if value.kind == "call_expression" else None
        if func is not None and func.kind == "member_expression" and tree.code(func.kids()[-1]) in _METHODS:
            return
        raise _Impossible
    if parent.kind == "non_null_expression":
        use, parent = parent, parent.parent or parent
    if parent.kind == "member_expression" and parent.kids()[0] is use:
        if tree.code(parent.kids()[-1]) != "data":
            raise _Impossible
        yield Edit(Span(use.span().end, parent.span().end), "")
    elif parent.kind in _TESTS:
        return
    elif parent.kind == "arguments" and parent.parent is not None:
        func = callee_of(parent.parent)
        if func is None or not tree.code(func).startswith("console."):
            raise _Impossible
    else:
        raise _Impossible


# --------------------------------------------------------------------- errors


def _errors(tree: Tree, node: Node) -> Iterator[Edit]:
    """``error.response.status`` → ``error.status`` in the handler around a call."""
    clause: Node | None = None
    inner, around = node, node.parent
    while around is not None:
        if around.kind == "try_statement" and inner.kind == "statement_block":
            clause = next((kid for kid in around.kids() if kid.kind == "catch_clause"), None)
            break
        inner, around = around, around.parent
    name = next((kid for kid in clause.kids() if kid.kind == "identifier"), None) if clause is not None else None
    if clause is None or name is None:
        return
    for use in names_in(tree, tree.code(name), clause):
        read = use.parent
        if read is None or read.kind != "member_expression" or read.kids()[0] is not use:
            continue
        if tree.code(read.kids()[-1]) != "response":
            continue
        outer = read.parent
        if outer is not None and outer.kind == "member_expression" and outer.kids()[0] is read:
            field = tree.code(outer.kids()[-1])
            if field not in _ERROR_FIELDS:
                raise _Impossible
            link = "?." if tree.text[use.span().end] == "?" else "."
            yield Edit(Span(use.span().end, outer.span().end), f"{link}{_ERROR_FIELDS[field]}")
        elif outer is not None and outer.kind == "parenthesized_expression":
            yield Edit(read.span(), f"{tree.code(use)} instanceof OpenAI.APIError")
        else:
            raise _Impossible
