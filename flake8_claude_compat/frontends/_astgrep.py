"""The only door to ast-grep-py: a text in a language → a tree of :class:`Node`.

ast-grep-py makes a new object for a node each time it is asked for one, tells
the position of a node in time linear in its column, and raises a BaseException
for a language that it does not know. So: nodes here are made once and keep
their identity, are expanded when somebody looks inside, and know their
positions: from ast-grep on demand, or, where a line is long, from one pass that
adds up the lengths of all tokens.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from ..source import Span

#: languages of ours → their names in ast-grep-py
LANGUAGES = {"javascript": "javascript", "typescript": "typescript", "tsx": "tsx"}

#: lines longer than this (code points) make positions too dear one by one
_LONG_LINE = 3000
#: how far a token may be from where it is expected (skipped input in errors)
_NEAR = 4096
#: how many tokens may be looked up one by one where that fails too
_MAX_LOST = 200

#: tokens that say nothing which the kind of their parent does not say
_COMMENTS = frozenset({"comment", "html_comment", "hash_bang_line"})
_SKIPPED = _COMMENTS | {
    "(", ")", "[", "]", "{", "}", ",", ";", ".", ":", '"', "'", "`", "${", "=", "=>", "?", "</", "/>", "{|", "|}", "|",
    "export", "from", "const", "let", "var", "type", "return", "throw", "if", "else", "while", "do", "try", "catch",
    "finally", "switch", "case", "function", "class", "new", "extends", "implements", "interface", "enum", "for",
    "async", "as", "satisfies", "static", "abstract", "declare", "keyof",
}
#: kinds of tokens that a node may be of as well: an expression that is a class
_BOTH = frozenset({"class"})
#: kinds that are never looked into; strings and regular expressions are read as text
_LEAVES = frozenset({
    "identifier", "property_identifier", "private_property_identifier", "shorthand_property_identifier",
    "shorthand_property_identifier_pattern", "type_identifier", "statement_identifier", "predefined_type", "number",
    "string", "string_fragment", "escape_sequence", "regex", "this", "super", "true", "false", "null", "undefined",
    "jsx_text", "html_character_reference", "optional_chain", "import", "meta_property", "accessibility_modifier",
    "override_modifier", "empty_statement", "debugger_statement",
    "await", "of", "in", "default", "get", "set", "typeof", "void", "delete", "instanceof", "readonly", "yield", "with",
    "+", "-", "*", "/", "%", "!", "<", ">", "<=", ">=", "==", "===", "!=", "!==", "&&", "||", "??", "&", "...", "+=",
    "-=", "??=", "||=", "&&=", "++", "--", "~", "^", "**",
})  # fmt: skip
#: kinds whose tokens without a name are all skipped, so that they need not be made
_NAMED = frozenset({
    "program", "statement_block", "lexical_declaration", "variable_declaration", "variable_declarator",
    "expression_statement", "return_statement", "throw_statement", "if_statement", "else_clause", "arguments", "object",
    "array", "pair", "call_expression", "member_expression", "subscript_expression", "arrow_function",
    "formal_parameters", "function_declaration", "class_declaration", "class_body", "interface_body", "object_type",
    "parenthesized_expression", "as_expression", "satisfies_expression", "template_string", "template_substitution",
    "ternary_expression", "assignment_expression", "object_pattern", "type_annotation", "union_type", "generic_type",
    "type_arguments", "named_imports", "import_clause", "jsx_element", "jsx_opening_element", "jsx_expression",
})  # fmt: skip
#: kinds whose nodes may hold no text, though nothing is missing
_MAY_BE_EMPTY = frozenset({"program", "jsx_text", "string_fragment"})
_SPACE = re.compile(r"[\s\ufeff]*")
_NO_KIDS: list[Node] = []


class Node:
    """One node of a syntax tree. Its identity is stable.

    ``kind`` is the grammar's; kinds that begin with ``@`` are made by a
    frontend, with ``words`` and kids of its own and the place of another node. ``known``:
    the kids, once somebody has asked for them.
    Tokens that say nothing (punctuation, comments) are left out of the tree.
    """

    __slots__ = ("kind", "parent", "raw", "place", "words", "known")

    def __init__(self, kind: str, parent: Node | None, raw: Any) -> None:
        self.kind = kind
        self.parent = parent
        self.raw = raw
        self.place: Span | None = None
        self.words = ""
        self.known: list[Node] | None = None

    def kids(self) -> list[Node]:
        """The nodes inside, in source order."""
        known = self.known
        if known is None:
            if self.kind in _LEAVES:
                known = _NO_KIDS
            else:
                make, raw = type(self), self.raw
                inner = raw.named_children() if self.kind in _NAMED else raw.children()
                known = [
                    make(kind, self, raw)
                    for raw in inner
                    if (kind := raw.kind()) not in _SKIPPED or (kind in _BOTH and raw.is_named())
                ]
            self.known = known
        return known

    def text(self) -> str:
        """The source text of the node; its words if a frontend made it."""
        if self.raw is None:
            return self.words
        text: str = self.raw.text()
        return text

    def span(self) -> Span:
        """Where the node is, in code points."""
        place = self.place
        if place is None:
            found = self.raw.range()
            place = self.place = Span(found.start.index, found.end.index)
        return place


class _Far(Node):
    """A node of a text with long lines."""

    __slots__ = ()

    def span(self) -> Span:
        place = self.place
        if place is None:
            found = self.raw.range()
            place = self.place = Span(found.start.index, found.end.index)
            top: Node = self
            while top.parent is not None:
                top = top.parent
            if isinstance(top, _FarRoot):
                top.budget -= found.start.column + found.end.column
                if top.budget < 0:
                    top.budget = sys.maxsize
                    _place(top, top.source)
        return place


class _FarRoot(_Far):
    """The root of a text with long lines: a few positions are asked for one by one, then all are worked out."""

    __slots__ = ("source", "budget")

    source: str
    budget: int


def made(kind: str, like: Node, parent: Node | None, words: str = "", kids: list[Node] | None = None) -> Node:
    """A node that no grammar knows, at the place of another one."""
    node = Node(kind, parent, None)
    node.place = like.span()
    node.words = words
    node.known = kids if kids is not None else []
    return node


def token(kind: str, words: str, start: int, parent: Node) -> Node:
    """A node without kids for a word that was found by other means than a walk."""
    node = Node(kind, parent, None)
    node.words, node.place = words, Span(start, start + len(words))
    node.known = _NO_KIDS
    return node


def parse(text: str, language: str) -> Node:
    """The root of the text's tree; one of :data:`LANGUAGES`.

    Raises KeyError for another language. A text with syntax errors gives a
    tree with ``ERROR`` nodes.
    """
    name = LANGUAGES[language]
    from ast_grep_py import SgRoot

    try:
        raw = SgRoot(text, name).root()
    except UnicodeEncodeError:  # half of a pair that stands alone; the place of everything else stays
        raw = SgRoot(text.encode("utf-8", "replace").decode(), name).root()
    if not _has_long_line(text):
        return Node(raw.kind(), None, raw)
    root = _FarRoot(raw.kind(), None, raw)
    root.source, root.budget = text, 200_000 + 2 * len(text)
    return root


def flaws(root: Node) -> int:
    """How many parts of a text the parser could not read, or had to suppose."""
    found, todo = 0, [root.raw]
    while todo:
        raw = todo.pop()
        kind = raw.kind()
        if kind == "ERROR":
            found += 1
        if kind not in _LEAVES and (inner := raw.children()):
            todo += inner
        elif kind not in _MAY_BE_EMPTY and not raw.text():
            found += 1
    return found


def _has_long_line(text: str) -> bool:
    start, size = 0, len(text)
    while size - start > _LONG_LINE:
        end = text.rfind("\n", start, start + _LONG_LINE)
        if end < 0:
            return True
        start = end + 1
    return False


def _place(root: Node, text: str) -> None:
    """Give every node its position, but those that have it, in time linear in the text."""
    at, lost = 0, 0
    skip = _SPACE.match
    # a node to enter, or one to leave (None, node) with where it begins
    stack: list[tuple[Any, Node | None, int]] = [(root.raw, root, 0)]
    while stack:
        raw, node, start = stack.pop()
        if raw is None:
            assert node is not None
            if node.place is None:
                node.place = Span(start, max(at, start))
            continue
        kind = node.kind if node is not None else raw.kind()
        inner: list[Any] = [] if kind in _LEAVES or node is None else raw.children()
        if inner:
            assert node is not None
            match = skip(text, at)
            stack.append((None, node, match.end() if match else at))
            pending: list[tuple[Any, Node | None, int]] = []
            known = iter(node.kids())
            named = kind in _NAMED
            for part in inner:
                of, bare = part.kind(), not part.is_named()
                skipped = (of in _SKIPPED and (bare or of not in _BOTH)) or (named and bare)
                pending.append((part, None if skipped else next(known), 0))
            pending.reverse()
            stack += pending
            continue
        word = kind if node is None and kind not in _COMMENTS else raw.text()
        if not text.startswith(word, at):
            match = skip(text, at)
            start = match.end() if match else at
            if not text.startswith(word, start):
                if not raw.text():  # the parser supposes a token that is missing
                    start, word = at, ""
                else:
                    start = text.find(word, at, at + _NEAR + len(word))
                    if start < 0:
                        lost += 1
                        start = raw.range().start.index if lost < _MAX_LOST else at
            at = start
        if node is not None and node.place is None:
            node.place = Span(at, at + len(word))
        at += len(word)
