"""TOML files → a document."""

from __future__ import annotations

import re
import sys

from ..program import Bool, Dict, Entry, List, Str, Unknown, Value
from ..source import Span
from . import _json
from ._scalars import number, scalar
from ._settings_reader import Reader
from ._values import Text

_TOML_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_TOML_BLANK = re.compile(r"[ \t]*")
_TOML_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_TOML_STRINGS = (
    ('"""', re.compile(r'"""(?:\r?\n)?((?:[^\\]|\\.)*?"{0,2})"""(?!")', re.DOTALL)),
    ("'''", re.compile(r"'''(?:\r?\n)?(.*?'{0,2})'''(?!')", re.DOTALL)),
    ('"', re.compile(r'"((?:[^"\\\n]|\\.)*)"')),
    ("'", re.compile(r"'([^'\n]*)'")),
)
_TOML_BARE = re.compile(r"[^\s,\]}#]+")
#: names of a key, joined by dots, for which tomllib takes time by the square of their number
_TOML_DEEP = re.compile(
    r"""(?:^|[\[{,])[ \t]*(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){50}""", re.MULTILINE
)


class Format(Reader):
    """TOML: checked by tomllib, then read again for the places."""

    def read(self) -> Value:
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib

        if _TOML_DEEP.search(self.text):
            raise ValueError("no valid TOML, nested too deep")
        try:
            tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            message = str(error)
            line = re.search(r"at line (\d+)", message)
            place = f"line {line[1]}: " if line is not None else ""
            raise ValueError(f"{place}no valid TOML, {message.partition(' (at')[0]}") from None
        except RecursionError:
            raise ValueError("no valid TOML, nested too deep") from None
        self._at = 0
        root: list[Entry] = []
        tables: list[tuple[list[tuple[str, Span]], list[Entry]]] = [([], root)]
        text, size = self.text, len(self.text)
        while True:
            match = _TOML_SPACE.match(text, self._at)
            if match is not None:
                self._at = match.end()
            if self._at >= size:
                break
            if text[self._at] == "[":
                self._at += 2 if text.startswith("[[", self._at) else 1
                path = self._path()
                self._at = text.find("]", self._at) + 1 or size
                while self._at < size and text[self._at] == "]":
                    self._at += 1
                tables.append((path, []))
                continue
            entry = self._entry()
            if entry is None:
                self._at += 1
                continue
            tables[-1][1].append(entry)
        for path, entries in tables[1:]:
            if path:
                root.append(_nested(path, tuple(entries)))
        return Dict(tuple(root), Span(0, size))

    def _path(self) -> list[tuple[str, Span]]:
        found: list[tuple[str, Span]] = []
        while True:
            blank = _TOML_BLANK.match(self.text, self._at)
            self._at = blank.end() if blank is not None else self._at
            match = _TOML_KEY.match(self.text, self._at)
            if match is None:
                return found
            name = match[0][1:-1] if match[0][0] in "'\"" else match[0]
            found.append((name, Span(match.start(), match.end())))
            blank = _TOML_BLANK.match(self.text, match.end())
            self._at = blank.end() if blank is not None else match.end()
            if not self.text.startswith(".", self._at):
                return found
            self._at += 1

    def _entry(self) -> Entry | None:
        path = self._path()
        if not path or not self.text.startswith("=", self._at):
            return None
        self._at += 1
        value = self._value(0)
        for name, span in reversed(path[1:]):
            whole = Span(span.start, value.span.end)
            value = Dict((Entry(name, value, whole, span),), whole)
        name, span = path[0]
        return Entry(name, value, Span(span.start, max(value.span.end, span.end)), span)

    def _value(self, depth: int) -> Value:
        text = self.text
        blank = _TOML_BLANK.match(text, self._at)
        self._at = blank.end() if blank is not None else self._at
        start = self._at
        for quote, pattern in _TOML_STRINGS:
            if text.startswith(quote, start):
                match = pattern.match(text, start)
                if match is None:
                    break
                self._at = match.end()
                inner = match[1]
                if quote[0] == '"' and "\\" in inner:
                    inner = _json.unescaped(re.sub(r"\\\r?\n\s*", "", inner))
                span = Span(start, self._at)
                return scalar(inner, span, match[0], self.maker, len(quote))
        if text.startswith(("[", "{"), start):
            return self._many(depth)
        match = _TOML_BARE.match(text, start)
        self._at = match.end() if match is not None else start + 1
        word = match[0] if match is not None else ""
        span = Span(start, self._at)
        if word in ("true", "false"):
            return Bool(word == "true", span)
        return number(word, span) or Unknown(span)

    def _many(self, depth: int) -> Value:
        """An array or an inline table."""
        text, size, start = self.text, len(self.text), self._at
        mapping = text[start] == "{"
        self._at += 1
        entries: list[Entry] = []
        items: list[Value] = []
        while self._at < size:
            match = _TOML_SPACE.match(text, self._at)
            self._at = match.end() if match is not None else self._at
            if text.startswith(("]", "}"), self._at):
                self._at += 1
                break
            before = self._at
            if text.startswith(",", self._at):
                self._at += 1
            elif mapping:
                entry = self._entry()
                if entry is not None:
                    entries.append(entry)
            else:
                items.append(self._value(depth + 1))
            self._at = max(self._at, before + 1)
        span = Span(start, self._at)
        return Dict(tuple(entries), span) if mapping else List(tuple(items), span)

    def script_text(self, value: Value) -> Text | None:
        if not isinstance(value, Str):
            return None
        raw = self.text[value.span.start : value.span.end]
        if raw.startswith(('"""', "'''")):
            at = raw.find(value.text)
            return Text.of(value.text, value.span.start + at) if at >= 0 else None
        return self.text_at(value)


def _nested(path: list[tuple[str, Span]], entries: tuple[Entry, ...]) -> Entry:
    end = entries[-1].span.end if entries else path[-1][1].end
    value: Value = Dict(entries, Span(entries[0].span.start if entries else end, end))
    for name, span in reversed(path[1:]):
        value = Dict((Entry(name, value, Span(span.start, end), span),), Span(span.start, end))
    name, span = path[0]
    return Entry(name, value, Span(span.start, end), span)
