"""Scalars of settings files: places of their characters, references in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..program import Env, Num, OneOf, Str, Unknown, Value
from ..source import Span
from ._values import Maker, Text

#: stands for a template expression that is no YAML (Helm, Jinja)
MASK = "\ue000"

_WHOLE = re.compile(r"\$\{(?:env[:.])?(?P<name>[A-Za-z_]\w*)(?P<default>:?[-=](?P<text>[^${}]*))?\}\Z")
_EXPRESSION = re.compile(r"\$\{\{(?P<inside>[^}]{0,400})\}\}")
#: what an expression of a workflow gives where what stands before it does not hold
_ALTERNATIVE = re.compile(r"(?:\|\||&&)\s*'(?P<text>[^'{}]{1,200})'")
#: a template's expression that says what stands where nothing is set (Helm, Jinja)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,400}\}\}")
_DEFAULT = re.compile(r"\bdefault(?:\s+|\s*\(\s*)(?P<quote>\\?[\"'])(?P<text>[^\"'\\{}]{1,200})(?P=quote)")
_FIELD = re.compile(r"\b(?:(?P<any_case>secrets|vars)|env)(?:\.|\[['\"])(?P<name>[A-Za-z_]\w*)")
_REFERENCE = re.compile(
    r"(?:\$\{?(?:env[:.]|secrets?[:.])?|os\.environ/|(?<![\w.])env[:.]|(?<![\w.])%?env\(|%\((?:ENV_)?|\{\{(?=\w+\}\}))"
    r"(?P<name>[A-Za-z_]\w*)"
)
_INT = re.compile(r"[-+]?(?:0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")


def references(text: str, start: int, end: int) -> Iterator[tuple[str, Span, Span]]:
    """Environment variables that ``[start, end)`` of a file refers to: name, span, span of the name."""
    found = text[start:end]
    if "$" not in found and "env" not in found and "{{" not in found:
        return
    for match in _EXPRESSION.finditer(text, start, end):
        for field in _FIELD.finditer(text, match.start("inside"), match.end("inside")):
            name = Span(field.start("name"), field.end("name"))
            yield field["name"].upper() if field["any_case"] else field["name"], name, name
    if end - start > 300 or text.count(" ", start, end) > 6:
        return  # prose
    for match in _REFERENCE.finditer(text, start, end):
        yield match["name"], Span(match.start(), match.end()), Span(match.start("name"), match.end("name"))


def scalar(value: str, span: Span, raw: str, maker: Maker, quotes: int) -> Value:
    """The value of a string scalar. ``quotes``: how many characters of ``raw`` its quotes are on each side."""
    for name, whole, name_span in references(maker.source.text, span.start, span.end):
        maker.variable_read(name, whole, name_span)
    if MASK in value or "{{" in value:
        if given := _alternatives(maker.source.text[span.start : span.end], span.start, quotes):
            return OneOf((*given, Unknown(span)), span)
    if MASK in value or "${{" in value:
        prefix = re.split(rf"{MASK}|\$\{{\{{", value, maxsplit=1)[0]
        return Str(prefix, span, True) if prefix.strip() else Unknown(span)
    if "${" not in value:
        return Str(value, span)
    match = _WHOLE.match(value)
    inside = raw[quotes : len(raw) - quotes] if quotes else raw
    if match is not None and inside == value:
        start = span.start + quotes
        name_span = Span(start + match.start("name"), start + match.end("name"))
        default: Value | None = None
        if match["default"] is not None and match["text"]:
            default = Str(match["text"], Span(start + match.start("text"), start + match.end("text")))
        return Env(match["name"], default, span, name_span)
    prefix = value.partition("${")[0]
    return Str(prefix, span, True) if prefix.strip() else Unknown(span)


def _alternatives(raw: str, start: int, quotes: int) -> list[Str]:
    """The texts that a scalar may be which is one expression: ``${{ inputs.model || 'gpt-4o' }}``."""
    inside = raw[quotes : len(raw) - quotes].strip()
    shape = _ALTERNATIVE if _EXPRESSION.fullmatch(inside) else _DEFAULT if _TEMPLATE.fullmatch(inside) else None
    return [
        Str(match["text"], Span(start + match.start("text"), start + match.end("text")))
        for match in (shape.finditer(raw) if shape is not None else ())
    ]


_DOUBLE_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|.)", re.DOTALL)
_FOLD = re.compile(r"(?<![ \t])[ \t]*(?:\r?\n[ \t]*)+")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", "/": "/",
    '"': '"', "\\": "\\", " ": " ", "N": "\x85", "_": "\xa0",
}  # fmt: skip


def text_of_scalar(source: str, start: int, end: int, style: str | None, indent: int) -> Text:
    """A YAML scalar as text with the place of each character.

    ``indent``: columns of the mapping or list around a block scalar.
    """
    raw = source[start:end]
    if style in ("|", ">"):
        return _block(source, start, end, style, indent)
    made = Text()
    if style in ("'", '"'):
        start, end, raw = start + 1, end - 1, raw[1:-1]
    at = 0
    pattern = _DOUBLE_ESCAPE if style == '"' else re.compile("''") if style == "'" else None
    breaks = sorted(
        [(match.start(), match.end(), "fold", match[0]) for match in _FOLD.finditer(raw)]
        + ([(match.start(), match.end(), "escape", match[0]) for match in pattern.finditer(raw)] if pattern else [])
    )
    for first, last, kind, found in breaks:
        if first < at:
            continue
        made.add(raw[at:first], start + at)
        if kind == "fold":
            count = found.count("\n")
            made.add_escape(" " if count == 1 else "\n" * (count - 1), start + first, start + last)
        elif found == "''":
            made.add_escape("'", start + first, start + last)
        else:
            made.add_escape(_unescape(found[1:]), start + first, start + last)
        at = last
    made.add(raw[at:], start + at)
    return made


def _unescape(code: str) -> str:
    if code[0] in "xuU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else ""
    if code[0] in "\r\n":
        return ""
    return _ESCAPES.get(code, code)


def _block(source: str, start: int, end: int, style: str, indent: int) -> Text:
    """A block scalar: its lines without their indentation."""
    made = Text()
    header = source.find("\n", start, end)
    if header < 0:
        return made
    digit = re.search(r"\d", source[start:header].partition("#")[0])
    width = indent + int(digit[0]) if digit is not None else 0
    at = header + 1
    waiting: tuple[int, int] | None = None
    while at < end:
        stop = source.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = source[at:stop].rstrip("\r")
        if not width and line.strip():
            width = len(line) - len(line.lstrip(" "))
            if width <= indent and indent:
                break
        if line.strip() and len(line) - len(line.lstrip(" ")) < width:
            break
        body = at + min(width, len(line))
        if waiting is not None:
            folded = style == ">" and line.strip() and source[body : body + 1] not in (" ", "\t")
            made.add_escape(" " if folded else "\n", *waiting)
        made.add(source[body : at + len(line)], body)
        waiting = (stop, min(stop + 1, len(source)))
        at = stop + 1
    if waiting is not None:
        made.add_escape("\n", *waiting)
    return made


def number(found: str, span: Span) -> Value | None:
    """What a scalar of YAML or TOML is that looks like a number; None for others."""
    if not (_INT.match(found) or _FLOAT.match(found)):
        return None
    digits = found.replace("_", "").lower()
    try:
        if digits.lstrip("+-").startswith(("0x", "0o")):
            return Num(float(int(digits, 0)), span)
        return Num(float(digits), span) if len(digits) < 60 else Unknown(span)
    except (ValueError, OverflowError):
        return Unknown(span)
