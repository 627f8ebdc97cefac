"""JSON with the place of every key and value, for settings and request bodies.

Reads JSON, JSON with comments and trailing commas, and, where it is ``loose``,
what stands for JSON in scripts: variables in place of values, keys without
quotes (jq), single quotes. Never recursive, one pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite
from typing import Any

from ..program import Bool, Dict, Entry, List, Null, Num, Str, Unknown, Value
from ._values import HOLE, Maker, Text

#: what is nested deeper is an unknown value
MAX_DEPTH = 100

_SPACE = re.compile(r"(?:[\s\ufeff]+|//[^\n]*|/\*.*?(?:\*/|\Z)|\#[^\n]*)+", re.DOTALL)
_STRICT_SPACE = re.compile(r"(?:[\s\ufeff]+|//[^\n]*|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_MEMBER = re.compile(r'"(?:[^"\\\n]|\\.)*"\s*:')
_SINGLE = re.compile(r"'[^'\\]*(?:\\.[^'\\]*)*'", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
_WORD = re.compile(r"[A-Za-z_$][\w$-]*")
#: anything else up to the end of a value: an expression of jq or of a template
_OTHER = re.compile(r"[^,\]}{\[\n\"]+")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}


class _Open:
    """A mapping or list that is being read."""

    __slots__ = ("mapping", "start", "entries", "items", "key", "key_at", "key_end", "open")

    def __init__(self, mapping: bool, start: int) -> None:
        self.mapping = mapping
        self.start = start
        self.entries: list[Entry] = []
        self.items: list[Value] = []
        self.key: str | None = None
        self.key_at = -1
        self.key_end = -1
        self.open = False


def looks_like(text: Text) -> bool:
    """Whether a text of a script may be a JSON object or list."""
    chars = text.chars.lstrip()
    return chars[:1] == "{" and ":" in chars or chars[:1] == "[" and ("{" in chars or '"' in chars)


def read(text: Text, maker: Maker, loose: bool = False, part: bool = False) -> Value:
    """The value of a JSON text. ``part``: it may be some members of an object, without its braces.

    Raises ValueError ("line N: …") for what is not JSON; where ``loose`` the
    mapping or list that could be read so far is given back, ``open``.
    """
    return _Reader(text, maker, loose).run(part)


class _Reader:
    def __init__(self, text: Text, maker: Maker, loose: bool) -> None:
        self.text = text
        self.chars = text.chars
        self.maker = maker
        self.loose = loose
        self.space: Callable[[str, int], re.Match[str] | None] = (_SPACE if loose else _STRICT_SPACE).match
        self.stack: list[_Open] = []
        self.documents: list[Value] = []

    def run(self, part: bool) -> Value:
        chars, size = self.chars, len(self.chars)
        before = self.space(chars, 0) if part else None
        at = before.end() if before is not None else 0
        members = part and _MEMBER.match(chars, at) is not None
        if members:
            self.stack.append(_Open(True, at))
        while True:
            match = self.space(chars, at)
            if match is not None:
                at = match.end()
            if at >= size:
                break
            char = chars[at]
            top = self.stack[-1] if self.stack else None
            if top is None and self.documents and (self.loose or not self._at_line_start(at)):
                if self.loose:
                    break
                raise self._error(at, "text after the value")
            if char in "}]":
                if top is not None and top.mapping and top.key_at >= 0 and not self.loose:
                    raise self._error(at, "a value is expected")
                if top is None or top.mapping != (char == "}"):
                    if not self.loose or top is None:
                        raise self._error(at, f"'{char}' closes nothing")
                self._close(at + 1)
                at += 1
            elif char == "," and top is not None:
                top.key_at = -1
                at += 1
            elif top is not None and top.mapping and top.key_at < 0:
                at = self._key(at, top)
            elif char in "{[":
                self.stack.append(_Open(char == "{", at))
                at += 1
            else:
                at = self._scalar(at)
        if members and len(self.stack) == 1:
            self._close(size)
        if self.stack:
            if not self.loose:
                raise self._error(self.stack[-1].start, f"'{chars[self.stack[-1].start]}' is never closed")
            while self.stack:
                top = self.stack[-1]
                top.open = True
                top.items.append(Unknown(self.text.span(size, size)))
                self._close(size)
        if not self.documents:
            if self.loose or not chars.strip():
                return Unknown(self.text.span(0, size))
            raise self._error(0, "no value")
        if len(self.documents) == 1:
            return self.documents[0]
        return List(tuple(self.documents), self.text.span(0, size))

    def _at_line_start(self, at: int) -> bool:
        """A further document may begin here: one on each line (.jsonl)."""
        start = self.chars.rfind("\n", 0, at) + 1
        return start > 0 and not self.chars[start:at].strip()

    def _error(self, at: int, what: str) -> ValueError:
        line = self.chars.count("\n", 0, at) + 1
        return ValueError(f"line {line}: no valid JSON, {what}")

    # ----------------------------------------------------------------- parts

    def _key(self, at: int, top: _Open) -> int:
        chars = self.chars
        match = _STRING.match(chars, at) or _SINGLE.match(chars, at)
        if match is not None:
            key = unescaped(match[0][1:-1])
            end = match.end()
            known = not any(index in self.text.holes for index in _holes(match[0], at))
        else:
            match = _WORD.match(chars, at)
            if match is None:
                if not self.loose:
                    raise self._error(at, "a key is expected")
                top.open = True
                if at in self.text.holes:
                    return at + 1
                other = _OTHER.match(chars, at)
                return max(at + 1, other.end() if other else at + 1)
            key, end, known = match[0], match.end(), True
        space = self.space(chars, end)
        colon = space.end() if space is not None else end
        if chars[colon : colon + 1] not in ((":", "=") if self.loose else (":",)):
            if not self.loose:
                raise self._error(end, "':' is expected")
            top.open = True
            return end
        top.key = key if known else None
        top.key_at, top.key_end = at, end
        return colon + 1

    def _scalar(self, at: int) -> int:
        chars = self.chars
        char = chars[at]
        if char == '"' or char == "'":
            match = (_STRING if char == '"' else _SINGLE).match(chars, at)
            if match is None:
                if not self.loose:
                    raise self._error(at, "a string is never closed")
                self._put(Unknown(self.text.span(at, len(chars))), at, len(chars))
                return len(chars)
            self._put(self._string(match[0], at, match.end()), at, match.end())
            return match.end()
        if char == HOLE and at in self.text.holes:
            end = at + 1
            after = chars[end : end + 1]
            value = self.maker.filled(self.text.holes[at])
            if after and (after.isalnum() or after in "_-.$" or after == HOLE):  # $HOST/v1 without quotes
                other = _OTHER.match(chars, end)
                end = other.end() if other else end + 1
                value = Unknown(self.text.span(at, end))
            self._put(value, at, end)
            return end
        match = _NUMBER.match(chars, at)
        if match is not None:
            number = float(match[0])
            span = self.text.span(at, match.end())
            self._put(Num(number, span) if isfinite(number) else Unknown(span), at, match.end())
            return match.end()
        match = _WORD.match(chars, at)
        if match is not None and match[0] in _WORDS:
            word = _WORDS[match[0]]
            span = self.text.span(at, match.end())
            self._put(Null(span) if word is None else Bool(word, span), at, match.end())
            return match.end()
        if not self.loose and not (match is not None and match[0] in ("NaN", "Infinity")):
            raise self._error(at, "a value is expected")
        other = _OTHER.match(chars, at)
        end = max(at + 1, other.end() if other is not None else at + 1)
        self._put(Unknown(self.text.span(at, end)), at, end)
        return end

    def _string(self, raw: str, start: int, end: int) -> Value:
        span = self.text.span(start, end)
        if HOLE in raw and any(index in self.text.holes for index in _holes(raw, start)):
            return self.maker.joined(self.text, start + 1, end - 1, span)
        return Str(unescaped(raw[1:-1]), span)

    def _put(self, value: Value, start: int, end: int) -> None:
        if not self.stack:
            self.documents.append(value)
            return
        top = self.stack[-1]
        if not top.mapping:
            if self.loose and isinstance(value, Unknown):
                top.open = True
            top.items.append(value)
        elif top.key_at >= 0:
            whole = self.text.span(top.key_at, end)
            top.entries.append(Entry(top.key, value, whole, self.text.span(top.key_at, top.key_end)))
            if self.loose:
                self._rest_of_expression(end, top)
            top.key_at = -1

    def _rest_of_expression(self, end: int, top: _Open) -> None:
        """``"a" + $b`` of jq: the value is not what was read of it."""
        match = self.space(self.chars, end)
        after = match.end() if match is not None else end
        if self.chars[after : after + 1] in ("+", "|", "/"):
            last = top.entries[-1]
            top.entries[-1] = last._replace(value=Unknown(last.value.span))

    def _close(self, end: int) -> None:
        top = self.stack.pop()
        span = self.text.span(top.start, end)
        value: Value
        if len(self.stack) >= MAX_DEPTH:
            value = Unknown(span)
        elif top.mapping:
            value = Dict(tuple(top.entries), span, top.open)
        else:
            value = List(tuple(top.items), span, top.open)
        self._put(value, top.start, end)


def _holes(raw: str, start: int) -> list[int]:
    if HOLE not in raw:
        return []
    return [start + index for index, char in enumerate(raw) if char == HOLE]


def unescaped(raw: str) -> str:
    """A string's text without its escapes."""
    if "\\" not in raw:
        return raw
    return _ESCAPE.sub(_escape, raw)


def _escape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) == 5:
        return chr(int(code[1:], 16))
    return _ESCAPES.get(code, code)


__all__ = ["MAX_DEPTH", "looks_like", "read", "unescaped"]
