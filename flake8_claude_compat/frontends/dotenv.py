"""``.env`` files → program: one setting for each variable.

The syntax is python-dotenv's: ``export``, single and double quotes that may
span lines, comments, ``${NAME}`` and ``${NAME:-default}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..program import Program, Watch
from ..source import Source, Span
from ._values import Maker, Node, Text, Variable

_BETWEEN = re.compile(r"(?:\s|\ufeff|#[^\r\n]*)+")
_KEY = re.compile(
    r"(?:export[^\S\r\n]+)?(?:'(?P<quoted>[^'\r\n]+)'|(?P<plain>[^\s=#'\"]+))"
    r"[^\S\r\n]*(?P<equals>=)?[^\S\r\n]*"
)
_SINGLE = re.compile(r"'((?:\\'|[^'])*)'")
_DOUBLE = re.compile(r'"((?:\\"|[^"])*)"')
_PLAIN = re.compile(r"[^\r\n]*")
_COMMENT = re.compile(r"\s+#.*\Z")
_LINE = re.compile(r"[^\r\n]*")
_EXPANSION = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*)(?::?-(?P<default>[^}]*))?\}|\$(?P<plain>[A-Za-z_]\w*)")
_ESCAPE = re.compile(r"\\([\\'\"abfnrtv$])")
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``dotenv``."""
    maker = Maker(source, "dotenv", watch)
    text = source.text
    at, size = 0, len(text)
    while at < size:
        between = _BETWEEN.match(text, at)
        if between is not None:
            at = between.end()
            continue
        key = _KEY.match(text, at)
        if key is None:  # python-dotenv leaves the line out, too
            at = _end_of_line(text, at)
            continue
        group = "quoted" if key["quoted"] else "plain"
        name, name_span = key[group], Span(key.start(group), key.end(group))
        at = key.end()
        if not key["equals"]:
            at = max(_end_of_line(text, at), key.end())
            _variable(maker, name, Text(), Span(at, at), name_span)
            continue
        value, span, at = _value(text, at, maker)
        _variable(maker, name, value, span, name_span)
    maker.finish()
    return [maker.program]


def _end_of_line(text: str, at: int) -> int:
    match = _LINE.match(text, at)
    return max(match.end() if match is not None else at, at + 1)


def _value(text: str, at: int, maker: Maker) -> tuple[Text, Span, int]:
    """The value at ``at``: its text, its place with quotes, the index behind its line."""
    match = _SINGLE.match(text, at) if text.startswith("'", at) else None
    single = match is not None
    if match is None and text.startswith('"', at):
        match = _DOUBLE.match(text, at)
    if match is not None:
        made = Text()
        _fill(made, text, match.start(1), match.end(1), maker, not single)
        return made, Span(match.start(), match.end()), _rest(text, match.end())
    found = _PLAIN.match(text, at)
    raw = found[0] if found is not None else ""
    value = _COMMENT.sub("", raw).rstrip()
    if value.startswith("#"):
        value = ""
    made = Text()
    _fill(made, text, at, at + len(value), maker, False)
    return made, Span(at, at + len(value)), at + len(raw)


def _rest(text: str, at: int) -> int:
    match = _LINE.match(text, at)
    return match.end() if match is not None else at


def _fill(made: Text, text: str, start: int, end: int, maker: Maker, escapes: bool) -> None:
    at = start
    for match in _EXPANSION.finditer(text, start, end):
        _plain(made, text, at, match.start(), escapes)
        group = "name" if match["name"] else "plain"
        name, name_span = match[group], Span(match.start(group), match.end(group))
        default = None
        if match["default"] is not None:
            default = Text.of(match["default"], match.start("default"))
        span = Span(match.start(), match.end())
        maker.variable_read(name, span, name_span)
        made.add_hole(Variable(name, span, name_span, default, None, default is not None))
        at = match.end()
    _plain(made, text, at, end, escapes)


def _plain(made: Text, text: str, start: int, end: int, escapes: bool) -> None:
    at = start
    for match in _ESCAPE.finditer(text, start, end) if escapes else ():
        made.add(text[at : match.start()], at)
        made.add_escape(_ESCAPES.get(match[1], match[1]), match.start(), match.end())
        at = match.end()
    made.add(text[at:end], at)


def _variable(maker: Maker, name: str, value: Text, span: Span, name_span: Span) -> None:
    node = Node(lambda: maker.value(value, span), span)
    maker.bind(name, node, maker.module.block, name_span)
    maker.later((name,), node, Span(name_span.start, max(span.end, name_span.end)), name_span)
