"""What the nodes of a JavaScript tree say: names and strings, callees and arguments."""

from __future__ import annotations

import re

from ._astgrep import Node, made

#: expressions that are functions
FUNCTIONS = frozenset({"arrow_function", "function_expression", "function", "generator_function"})
#: nodes whose value is that of their first part
WRAPPERS = frozenset({"await_expression", "parenthesized_expression", "as_expression", "satisfies_expression",
                      "non_null_expression", "type_assertion", "instantiation_expression"})  # fmt: skip
#: comparisons, as Python writes them
EQUAL = {
    "===": "==", "!==": "!=", "==": "==", "!=": "!=", "in": "in", "instanceof": "is", "<": "<", ">": ">", "<=": "<=",
    ">=": ">=",
}  # fmt: skip
#: npm:openai@4, https://esm.sh/openai@4.20.1?target=deno, https://deno.land/x/openai@v4.24.0/mod.ts
_REMOTE = re.compile(
    r"(?:npm:|jsr:|https?://(?:esm\.sh|esm\.run|unpkg\.com|cdn\.skypack\.dev|deno\.land/x|cdn\.jsdelivr\.net/npm))/?"
    r"(?:v\d+/)?((?:@[\w.-]+/)?[\w.-]+)(?:@[^/?]*)?(/[^?]*)?(?:\?.*)?"
)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0",
            "\n": "", "\r\n": "", "\r": "", "\u2028": "", "\u2029": ""}  # fmt: skip
_ENVIRONMENTS = frozenset({"process.env", "import.meta.env", "Bun.env", "globalThis.process.env"})


def unwrapped(node: Node) -> Node:
    """Without ``await``, parentheses, ``as T``, ``!``."""
    while node.kind in WRAPPERS:
        kids = node.kids()
        first = next((kid for kid in kids if kid.kind not in ("await", "type_arguments")), None)
        if first is None:
            return node
        node = first
    return node


def asserted_type(node: Node) -> Node | None:
    """The type of ``value as Type``."""
    kids = node.kids() if node.kind == "as_expression" else []
    return kids[-1] if len(kids) > 1 else None


def text_of_string(raw: str) -> str:
    """What a string literal with its quotes says."""
    return unescaped(raw[1:-1])


def unescaped(text: str) -> str:
    """The inside of a string or a template, with what its escapes stand for."""
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def module_of_string(raw: str) -> str:
    """The module that an import's string names: of Deno's and a browser's URLs npm's name."""
    text = text_of_string(raw)
    remote = _REMOTE.fullmatch(text) if ":" in text else None
    if remote is None:
        return text
    name, path = remote[1].removeprefix("@openai/openai") or "openai", remote[2] or ""
    return name if "." in path or path == "/+esm" else name + path


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if len(code) > 1 and code[0] in "ux":
        number = int(code[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else ""
    return _ESCAPES.get(code, code)


def is_environment(node: Node) -> bool:
    """``process.env`` and its like, by their words."""
    return node.kind == "member_expression" and len(text := node.text()) < 30 and (
        text.replace("?.", ".") in _ENVIRONMENTS
    )


def property_name(node: Node) -> str:
    """The name of a property as written; "" where it is computed."""
    if node.kind == "string":
        return text_of_string(node.text())
    if node.kind == "computed_property_name":
        inner = node.kids()
        return text_of_string(inner[0].text()) if inner and inner[0].kind == "string" else ""
    return node.text()


def callee_of(node: Node) -> Node | None:
    """The function of a call, the class of a ``new``."""
    for kid in node.kids():
        if kid.kind != "await":
            return kid
    return None


def arguments_of(node: Node) -> list[Node]:
    """The arguments of a call or a ``new``."""
    for kid in reversed(node.kids()):
        if kid.kind == "arguments":
            return kid.kids()
    return []


def last_name(node: Node) -> str:
    """The last name of a callee, or ""."""
    node = unwrapped(node)
    if node.kind == "identifier":
        return node.text()
    if node.kind == "member_expression":
        return node.kids()[-1].text()
    return ""


def field_name(node: Node) -> Node | None:
    """The name in a field or method of a class."""
    for kid in node.kids():
        if kid.kind in ("property_identifier", "private_property_identifier", "string", "computed_property_name"):
            return kid
    return None


def operands_of(node: Node) -> tuple[Node | None, str, Node | None]:
    """The left side, the operator and the right side of a binary expression."""
    kids = node.kids()
    if len(kids) != 3:
        return None, "", None
    return kids[0], kids[1].kind, kids[2]


def made_list(nodes: list[Node], like: Node) -> Node:
    """A list of nodes that stand elsewhere."""
    return made("@list", like, None, "", nodes)
