"""INI and .properties files → a document: sections of ``key = value``."""

from __future__ import annotations

import re

from ..program import Dict, Entry, Value
from ..source import Span
from ._scalars import scalar
from ._settings_reader import Reader

_SECTION = re.compile(r"\s*\[([^\]\r\n]+)\]")
_INI = re.compile(r"(?P<key>[^\s=:#;\[](?:[^=:\r\n]*[^=:\s])?)[ \t]*(?P<sign>[=:])[ \t]*(?P<value>[^\r\n]*)")
_INI_COMMENT = re.compile(r"\s[#;].*\Z")


class Format(Reader):
    """INI and .properties: sections of ``key = value``."""

    def read(self) -> Value:
        text, at, size = self.text, 0, len(self.text)
        root: list[Entry] = []
        section: list[Entry] = root
        sections: list[tuple[str, Span, list[Entry]]] = []
        while at < size:
            end = text.find("\n", at)
            end = size if end < 0 else end
            header = _SECTION.match(text, at, end)
            if header is not None:
                section = []
                sections.append((header[1].strip(), Span(header.start(1), header.end(1)), section))
            elif (match := _INI.match(text, at, end)) is not None:
                raw = match["value"]
                value = _INI_COMMENT.sub("", raw).rstrip()
                start = match.start("value")
                quotes = 1 if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else 0
                span = Span(start, start + len(value))
                key_span = Span(match.start("key"), match.end("key"))
                inner = value[quotes : len(value) - quotes]
                made = scalar(inner, span, value, self.maker, quotes)
                section.append(Entry(match["key"].strip(), made, Span(key_span.start, span.end), key_span))
            at = end + 1
        for name, span, entries in sections:
            last = entries[-1].span.end if entries else span.end
            first = entries[0].span.start if entries else span.end
            root.append(Entry(name, Dict(tuple(entries), Span(first, last)), Span(span.start, last), span))
        return Dict(tuple(root), Span(0, size))
