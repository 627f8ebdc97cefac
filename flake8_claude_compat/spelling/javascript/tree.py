"""The syntax of JavaScript and TypeScript for editing: nodes by their place, and the style of a file."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from ...frontends._astgrep import LANGUAGES, Node, flaws, parse
from ...frontends.javascript import host_code, script_blocks
from ...source import Span
from .._document import Document, line_end, line_start

#: what may stand between two tokens
TRIVIA = r"(?:\s|//[^\r\n]*(?=[\r\n]|\Z)|/\*(?:[^*]|\*(?!/))*\*/)*"
_COMMA = re.compile(TRIVIA + ",")
#: a comment behind code, to the end of its line
REMARK = re.compile(r"//[^\r\n]*|/\*(?:[^*\r\n]|\*(?!/))*\*/(?=[ \t]*(?:[\r\n]|\Z))")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
#: files whose code is in script elements
_HOSTS = ("html", "vue", "svelte")
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
#: of a template, all that is evaluated
_ANY = re.compile("")

FUNCTIONS = frozenset({
    "arrow_function", "function_expression", "function_declaration", "generator_function",
    "generator_function_declaration", "method_definition",
})  # fmt: skip
#: what holds statements
BODIES = frozenset({"program", "statement_block", "switch_case", "switch_default"})

#: ways to read an environment variable: how often they stand in a text → how to write one
_ENVIRONMENTS = (
    (re.compile(r"\bprocess\.env\b"), "process.env.{0}", "process.env[{1}]"),
    (re.compile(r"\bimport\.meta\.env\b"), "import.meta.env.{0}", "import.meta.env[{1}]"),
    (re.compile(r"\bDeno\.env\.get\b"), "Deno.env.get({1})", "Deno.env.get({1})"),
    (re.compile(r"\bBun\.env\b"), "Bun.env.{0}", "Bun.env[{1}]"),
)


class Tree:
    """The tree of a document, or the trees of its scripts in several languages."""

    def __init__(self, document: Document, roots: list[Node]) -> None:
        self.source = document.source
        self.text = document.text
        self.newline = document.newline
        self.roots = roots
        #: (a list or a table, text) → the node that is to hold it, of all that were asked to
        self.planned: dict[tuple[int, str], Node] = {}
        #: shorthand properties that were asked to be given another name
        self.renamed: set[int] = set()
        #: the identity of a root → where the last search in it ended
        self._last: dict[int, Node] = {}

    # ------------------------------------------------------------------- nodes

    def find(self, span: Span, *kinds: str) -> Node | None:
        """The outermost node at exactly a span, of one of some kinds if any are given."""
        for root in self.roots:
            node: Node | None = self._last.get(id(root), root)
            # what is asked for next is near: up from there costs less than down from the top
            while node is not None and node is not root and not _is_inside(span, node.span()):
                node = node.parent
            while node is not None:
                self._last[id(root)] = node
                at = node.span()
                if at == span and node.kind != "program" and (not kinds or node.kind in kinds):
                    return node
                node = _child_around(node, span)
        return None

    def code(self, node: Node) -> str:
        """The text of a node."""
        start, end = node.span()
        return self.text[start:end]

    def every(self, *kinds: str, inside: Node | None = None) -> Iterator[Node]:
        """All nodes of some kinds, in source order."""
        if inside is None:
            found = [one for kind in kinds for one in self._by_kind.get(kind, ())]
            return (node for _, node in (sorted(found, key=_first) if len(kinds) > 1 else found))
        return (node for node in _walk([inside]) if node.kind in kinds)

    @cached_property
    def _by_kind(self) -> dict[str, list[tuple[int, Node]]]:
        """Kind → its nodes with their numbers in source order."""
        found: dict[str, list[tuple[int, Node]]] = {}
        for number, node in enumerate(_walk(self.roots)):
            found.setdefault(node.kind, []).append((number, node))
        return found

    @cached_property
    def named(self) -> dict[str, list[Node]]:
        """Every identifier by its name, those in shorthand properties and patterns too."""
        found: dict[str, list[Node]] = {}
        kinds = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
        for node in self.every(*kinds):
            found.setdefault(self.code(node), []).append(node)
        return found

    def free_name(self, *names: str) -> str:
        """The first of some names that the text does not have; "" where it has them all."""
        return next((name for name in names if name not in self._words), "")

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(re.findall(r"\w+", self.text))

    def comma_after(self, end: int, limit: int) -> int:
        """The offset behind the comma that follows an offset; -1 where none does."""
        match = _COMMA.match(self.text, end, limit)
        return match.end() if match else -1

    def has_comment(self, start: int, end: int) -> bool:
        """Whether there is a comment in a range between nodes."""
        part = self.text[start:end]
        return "//" in part or "/*" in part

    def has_comments(self, whole: Node) -> bool:
        """Whether there is a comment between the elements of a list."""
        at = whole.span().start
        for kid in whole.kids():
            start, end = kid.span()
            if self.has_comment(at, start):
                return True
            at = end
        return self.has_comment(at, whole.span().end)

    # ------------------------------------------------------------------- style

    def quote(self, near: Span | None = None) -> str:
        """The quotes to write a text in: those of the code around, or the file's."""
        if near is not None:
            around = self.text[near.start : near.end]
            if ('"' in around) != ("'" in around):
                return '"' if '"' in around else "'"
        return self._quote

    @cached_property
    def _quote(self) -> str:
        single = double = 0
        for node in self.every("string"):
            mark = self.text[node.span().start]
            single += mark == "'"
            double += mark == '"' and node.parent is not None and node.parent.kind != "jsx_attribute"
        return "'" if single > double else '"'

    @cached_property
    def space(self) -> str:
        """What stands between a brace and what is in it, on one line: a blank or nothing."""
        tight = len(re.findall(r"(?<![$=>])\{(?:[\w'\"]+:|\w+,|\w+\} from)", self.text))
        spaced = len(re.findall(r"\{ [^{}\n]+ \}", self.text))
        return "" if tight > spaced else " "

    def step(self, indent: str) -> str:
        """One step of indentation below a line that is indented so."""
        spaces, tabs = self._indents
        if "\t" in indent or (not indent and tabs > len(spaces)):
            return "\t"
        return " " * min(spaces, default=2)

    @cached_property
    def _indents(self) -> tuple[list[int], int]:
        """How far the lines that begin with blanks are indented, and how many begin with a tab."""
        found = re.findall(r"^([ \t]+)[^\s*]", self.text, re.MULTILINE)
        return [len(one) for one in found if one[0] == " " and len(one) > 1], sum(one[0] == "\t" for one in found)

    @cached_property
    def last_comma(self) -> str:
        """What stands behind the last property of an object on several lines: a comma or nothing."""
        with_it = without = 0
        for node in self.every("object", "array"):
            kids, end = node.kids(), node.span().end - 1
            if kids and re.search(r"[\r\n]", self.text[kids[-1].span().end : end]):
                comma = self.comma_after(kids[-1].span().end, end) >= 0
                with_it, without = with_it + comma, without + (not comma)
        return "," if with_it >= without else ""

    @cached_property
    def width(self) -> int:
        """How long the file's lines are, but for the longest tenth; 80 at least."""
        lengths = sorted(map(len, self.text.splitlines()))
        return max(80, lengths[(len(lengths) - 1) * 9 // 10] if lengths else 0)

    def is_long(self, at: int, more: int) -> bool:
        """Whether the line of an offset is longer than others with so many more characters."""
        return line_end(self.text, at) - line_start(self.text, at) + more > self.width

    def semicolon(self, end: int) -> str:
        """A semicolon if a statement that ends at an offset has one."""
        return ";" if self.text[end - 1 : end] == ";" else ""

    # ------------------------------------------------------------------ values

    def string(self, text: str, quote: str) -> str:
        """A text as a literal."""
        body = json.dumps(text, ensure_ascii=False)[1:-1]
        if quote == '"':
            return f'"{body}"'
        body = body.replace('\\"', '"').replace(quote, "\\" + quote)
        return f"{quote}{body.replace('${', chr(92) + '${') if quote == '`' else body}{quote}"

    def key(self, name: str, quote: str, quoted: bool = False) -> str:
        """The name of a property."""
        return name if _IDENTIFIER.fullmatch(name) and not quoted else self.string(name, quote)

    @cached_property
    def _environment(self) -> tuple[re.Pattern[str], str, str]:
        return max(_ENVIRONMENTS, key=lambda way: len(way[0].findall(self.text)))

    def environment(self, name: str, quote: str) -> str:
        """The read of an environment variable, as the file reads its own."""
        _, plain, other = self._environment
        return (plain if _IDENTIFIER.fullmatch(name) else other).format(name, self.string(name, quote))


def tree_of(document: Document) -> Tree:
    """The tree of a document; it is made once."""
    if document.syntax is None:
        # of a block of a document, the language that reads it best
        document.language = document.language or _best(document.text)
        document.syntax = Tree(document, _roots(document.text, document.language))
    tree: Tree = document.syntax
    return tree


def errors_of(text: str, language: str) -> int:
    """How many syntax errors a text has."""
    return sum(flaws(root) for root in _roots(text, language))


def _roots(text: str, language: str) -> list[Node]:
    if language in LANGUAGES:
        return [parse(text, language)]
    if language in _HOSTS:
        return [parse(code, each) for each, code in host_code(text, language, _ANY)]
    return _roots(text, _best(text))


def _best(text: str) -> str:
    """The language that reads a text with the fewest errors."""
    known = [*LANGUAGES, "html"] if _SCRIPT.search(text) and script_blocks(text) else list(LANGUAGES)
    return min(known, key=lambda language: sum(map(flaws, _roots(text, language))))


def _child_around(node: Node, span: Span) -> Node | None:
    kids = node.kids()
    at = bisect_right(kids, span.start, key=_start) - 1
    return kids[at] if at >= 0 and span.end <= kids[at].span().end else None


def _start(node: Node) -> int:
    return node.span().start


def _is_inside(span: Span, other: Span) -> bool:
    """Whether a span is a part of another one, and not all of it."""
    return other.start <= span.start and span.end <= other.end and span != other


def is_identifier(text: str) -> bool:
    """Whether a text can be written as a name."""
    return _IDENTIFIER.fullmatch(text) is not None


def ancestor(node: Node | None, *kinds: str) -> Node | None:
    """The node itself, or the closest one around it, of some kinds."""
    while node is not None and node.kind not in kinds:
        node = node.parent
    return node


def function_around(node: Node) -> Node:
    """The closest function around a node, or the program."""
    inner = node
    found = node.parent
    while found is not None and found.kind not in FUNCTIONS:
        inner, found = found, found.parent
    return found or inner


def names_in(tree: Tree, name: str, inside: Node) -> list[Node]:
    """Every identifier of a name in a node, those in shorthand properties and patterns too."""
    found = tree.named.get(name, [])
    if inside.kind == "program":
        return found
    start, end = inside.span()
    return [node for node in found if start <= node.span().start and node.span().end <= end]


def _walk(nodes: list[Node]) -> Iterator[Node]:
    todo = list(reversed(nodes))
    while todo:
        node = todo.pop()
        yield node
        todo += reversed(node.kids())


def _first(numbered: tuple[int, Node]) -> int:
    return numbered[0]
