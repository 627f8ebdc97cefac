"""Changes spelled in YAML, TOML, JSON and INI files, and in the scripts inside them."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..findings import AddBeside, AddItem, Change, Map, Remove, RemoveItem, Rename, SetText, SetValue, WrapItems
from ..frontends.config_files import document as read
from ..program import Dict, Entry, List, Null, Str, Value
from ..record import NamedTuple
from ..source import Source, Span
from . import _json_text, shell
from ._beside import value_beside
from ._document import (
    Document,
    Edit,
    element,
    indent_of,
    inserted_line,
    line_end,
    line_start,
    next_line,
    stands_first,
    text_end,
)

_LANGUAGES = ("json", "toml", "yaml", "ini")
_COMMENTS = {"json": "//", "toml": "#", "yaml": "#", "ini": "[#;]"}
#: fields of an entry about a variable that say nothing about its value
_HARMLESS = frozenset({
    "required", "description", "type", "sync", "secret", "external", "name", "key", "generator", "scope", "target",
    "title", "label", "help", "sensitive", "is_secret", "optional", "stage", "prompt",
})  # fmt: skip
#: fields of an entry about a variable that name it
_NAMES = ("name", "key", "variable", "envVar", "env")
_SIGN = re.compile(r"[ \t]*[:=][ \t]*")


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    text = document.text
    if isinstance(change, SetText):
        return _json_text.set_text(text, change.span, change.text)
    syntax = _syntax(document)
    if syntax is None:
        return None
    if isinstance(change, Remove):
        place = syntax.entries.get(change.span)
        return _remove(document, syntax, place) if place else shell.remove(text, change.span)
    if isinstance(change, Rename):
        return _json_text.set_text(text, change.span, change.name)
    if isinstance(change, AddItem):
        return _add_item(document, syntax, change)
    if isinstance(change, (SetValue, WrapItems)):
        return _json_text.edits(text, document.newline, change) if syntax.braces(change.span) else None
    if isinstance(change, RemoveItem):
        return _json_text.edits(text, document.newline, change)
    if isinstance(change, AddBeside):
        return _add_beside(document, syntax, change)
    return None


def errors(source: Source, language: str) -> int:
    """In how many languages a text does not load: the file's own, or of code inside another file any."""
    found = 0
    for one in (language,) if language in _LANGUAGES else _LANGUAGES:
        try:
            read(source, one)
        except (ValueError, RecursionError, MemoryError):
            found += 1
    return found


# --------------------------------------------------------------------- syntax


class _Place(NamedTuple):
    """An entry of a mapping, or an item of a list, and what it is in."""

    span: Span
    value: Value
    entry: Entry | None
    parent: Dict | List
    around: _Place | None


class _Syntax:
    """The places of a document's parts."""

    def __init__(self, text: str, language: str, root: Value) -> None:
        self.text = text
        self.language = language
        self.entries: dict[Span, _Place] = {}
        self.keys: dict[Span, _Place] = {}
        self.values: dict[Span, _Place] = {}
        self.texts: list[_Place] = []
        self._has: dict[tuple[int, str], bool] = {}
        todo: list[tuple[Value, _Place | None]] = [(root, None)]
        while todo:
            value, around = todo.pop()
            if isinstance(value, Dict):
                for entry in value.entries:
                    self._add(_Place(entry.span, entry.value, entry, value, around), todo)
            elif isinstance(value, List):
                for item in value.items:
                    self._add(_Place(item.span, item, None, value, around), todo)
        self.texts.sort(key=lambda place: place.value.span)

    def _add(self, place: _Place, todo: list[tuple[Value, _Place | None]]) -> None:
        if place.entry is not None:
            self.entries.setdefault(place.span, place)
            if place.entry.key_span in self.keys:  # an alias of YAML
                return
            self.keys[place.entry.key_span] = place
        self.values.setdefault(place.value.span, place)
        if isinstance(place.value, (Dict, List)):
            todo.append((place.value, place))
        else:
            self.texts.append(place)

    def holding(self, span: Span) -> _Place | None:
        """The text that a span is a part of."""
        at = bisect_right(self.texts, (span.start, len(self.text) + 1), key=lambda one: one.value.span)
        one = self.texts[at - 1] if at else None
        return one if one is not None and span.start < span.end <= one.value.span.end else None

    def has(self, parent: Dict | List, name: str) -> bool:
        """Whether a mapping or list has a setting of that name already; every setting in it may ask."""
        known = self._has.get((id(parent), name))
        if known is None:
            known = self._has[id(parent), name] = _has(parent, name)
        return known

    def braces(self, span: Span) -> bool:
        """Whether a value is written as JSON is."""
        return self.language != "toml" and self.text[span.start : span.start + 1] in ("[", "{", '"')

    def end(self, span: Span) -> int:
        """Where a value ends; what YAML says may be behind blanks and remarks."""
        end = span.end
        while end > span.start:
            trimmed = text_end(self.text, end)
            begin = line_start(self.text, trimmed)
            if self.language == "yaml" and begin > span.start and self.text[begin:trimmed].lstrip().startswith("#"):
                end = begin
                continue
            return max(trimmed, span.start)
        return end


def _syntax(document: Document) -> _Syntax | None:
    if document.syntax is None:
        document.syntax = False
        for language in (document.language,) if document.language in _LANGUAGES else _LANGUAGES:
            try:
                root = read(Source(document.source.path, document.text), language)
            except (ValueError, RecursionError, MemoryError):
                continue
            if isinstance(root, (Dict, List)):
                document.syntax = _Syntax(document.text, language, root)
                break
    return document.syntax or None


def _in_flow(document: Document, syntax: _Syntax, place: _Place) -> bool:
    """Whether an entry or item stands between brackets."""
    if syntax.language == "json":
        return True
    parent = place.parent.span
    first = document.text[parent.start : parent.start + 1]
    if syntax.language == "yaml":
        return first in ("{", "[")
    return first in ("{", "[") and parent.start < place.span.start and not stands_first(document.text, parent.start)


# ------------------------------------------------------------------- removing


def _remove(document: Document, syntax: _Syntax, place: _Place) -> list[Edit] | None:
    text = document.text
    if _in_flow(document, syntax, place):
        whole = element(text, Span(place.span.start, syntax.end(place.span)), _COMMENTS[syntax.language], False)
        return [Edit(whole, "")] if whole else None
    start, end = place.span.start, syntax.end(place.span)
    begin = line_start(text, start)
    rest = text[end : line_end(text, end)].strip()
    if rest and not re.match(_COMMENTS[syntax.language], rest):
        return None
    if syntax.language != "yaml":
        return [Edit(Span(begin, next_line(text, end)), "")]
    assert isinstance(place.parent, Dict)
    if all(entry.span == place.span for entry in place.parent.entries):
        return None  # what is left would be no mapping
    if stands_first(text, start):
        return [Edit(Span(begin, next_line(text, end)), "")]
    following = min((entry.span.start for entry in place.parent.entries if entry.span.start > start), default=None)
    if following is None or text[begin:start].strip(" -\t"):
        return None
    return [Edit(Span(start, following), "")]


# --------------------------------------------------------------------- adding


def _add_item(document: Document, syntax: _Syntax, change: AddItem) -> list[Edit] | None:
    text = document.text
    place = syntax.values.get(change.span)
    if place is None or syntax.language == "json" or text[change.span.start : change.span.start + 1] == "[":
        return _json_text.edits(text, document.newline, change) if syntax.braces(change.span) else None
    if syntax.language != "yaml" or not isinstance(place.value, List) or not isinstance(change.value, Map):
        return None
    start = change.span.start  # of the first item's mark
    if text[start : start + 1] != "-" or not stands_first(text, start):
        return None
    lines = []
    for key, value in change.value.entries:
        if not isinstance(value, str):
            return None
        written = _json_text.written(text, value, "" if re.fullmatch(r"[a-z]+", value) else '"', Span(0, 0))
        if written is None:
            return None
        lines.append(f"{key}: {written}")
    indent = text[line_start(text, start) : start]
    gap = re.match(r"-([ \t]+)", text[start : start + 20])
    blank = gap[1] if gap else " "
    item = f"{document.newline}{indent} {blank}".join(lines)
    return [Edit(Span(start, start), f"-{blank}{item}{document.newline}{indent}")]


# --------------------------------------------------------------------- beside


def _add_beside(document: Document, syntax: _Syntax, change: AddBeside) -> list[Edit] | None:
    place = syntax.keys.get(change.span)
    if place is not None:
        return _entry_beside(document, syntax, place, change)
    place = syntax.values.get(change.span)
    if place is not None and isinstance(place.value, Str):
        return _name_beside(document, syntax, place, change)
    place = syntax.holding(change.span)
    if place is None:
        return None
    if place.entry is None and (pair := _pair_beside(document, syntax, place, change)) is not None:
        return pair
    holder = _item_about(place, change.old)
    if holder is not None:
        return _item_beside(document, syntax, holder, change)
    return shell.add_beside(document, change, _inside(document.text, place.value.span))


def _inside(text: str, span: Span) -> Span:
    """A scalar without its quotes, or its first line where it has several."""
    quote = _json_text.quote_of(text, span)
    return Span(span.start + len(quote), span.end - len(quote))


def _has(parent: Dict | List, name: str) -> bool:
    """Whether a mapping or list has a setting of that name already."""
    if isinstance(parent, Dict):
        return any(entry.key == name for entry in parent.entries)
    for item in parent.items:
        if isinstance(item, Str) and (item.text == name or item.text.startswith(f"{name}=")):
            return True
        if isinstance(item, Dict) and _named(item, name):
            return True
    return False


def _named(item: Dict, name: str) -> bool:
    return any(
        entry.key in _NAMES and isinstance(entry.value, Str) and entry.value.text == name for entry in item.entries
    )


def _beside(document: Document, syntax: _Syntax, place: _Place, new: str) -> list[Edit] | None:
    """Put an entry or item behind another one."""
    text = document.text
    start, end = place.span.start, syntax.end(place.span)
    if _in_flow(document, syntax, place):
        comma = re.compile(r"\s*,").match(text, end)
        if stands_first(text, start):
            indent = f"{document.newline}{indent_of(text, start)}"
            if comma is None:
                return [Edit(Span(end, end), f",{indent}{new}")]
            return [Edit(Span(comma.end(), comma.end()), f"{indent}{new},")]
        return [Edit(Span(end, end), f", {new}")]
    head = text[line_start(text, start) : start]
    if place.entry is not None:
        head = re.sub(r"-(?=[ \t])", " ", head)
    if head.strip(" \t-"):
        return None
    return inserted_line(document, end, head + new)


def _entry_beside(document: Document, syntax: _Syntax, place: _Place, change: AddBeside) -> list[Edit] | None:
    entry, text = place.entry, document.text
    assert entry is not None
    if syntax.has(place.parent, change.name):
        return []
    quote = _json_text.quote_of(text, entry.key_span)
    key = f"{quote}{change.name}{quote}"
    value = entry.value
    end = syntax.end(place.span)
    if isinstance(value, Dict):
        if not _is_harmless(value):
            return None
        return _beside(document, syntax, place, key + _renamed(text[entry.key_span.end : end], change))
    sign = _SIGN.match(text, entry.key_span.end)
    if isinstance(value, Null) and not text[value.span.start : value.span.end]:
        colon = text[entry.key_span.end : end]
        return _beside(document, syntax, place, key + (colon if colon.strip() == ":" else ":"))
    if sign is None or isinstance(value, List):
        return None
    raw = text[sign.end() : end]
    if "\n" in raw or raw[:1] in ("|", ">", "&", "*", "!"):
        return None
    made = _value(raw, change, syntax.language)
    return None if made is None else _beside(document, syntax, place, f"{key}{sign.group()}{made}".rstrip(" \t"))


def _value(raw: str, change: AddBeside, language: str) -> str | None:
    """The value beside one, with its quotes."""
    quote = _json_text.quote_of(raw, Span(0, len(raw)))
    inner = raw[len(quote) : len(raw) - len(quote)]
    made = value_beside(inner, change.old, change.name, False)
    if made is None:
        return None
    if not made and language != "ini":
        quote = quote or '"'
    return f"{quote}{made}{quote}"


def _renamed(text: str, change: AddBeside) -> str:
    return re.sub(rf"(?<![A-Za-z0-9_]){re.escape(change.old)}(?![A-Za-z0-9_])", change.name, text)


def _is_harmless(value: Dict) -> bool:
    """A mapping that describes a variable and does not hold its value."""
    return all(entry.key in _HARMLESS and not isinstance(entry.value, (Dict, List)) for entry in value.entries)


def _pair_beside(document: Document, syntax: _Syntax, place: _Place, change: AddBeside) -> list[Edit] | None:
    """``- NAME=value``."""
    text = document.text
    quote = _json_text.quote_of(text, place.value.span)
    start, end = place.span.start + len(quote), syntax.end(place.span) - len(quote)
    if change.span.start != start:
        # a reference in a value is part of the setting
        if not text.startswith(f"{change.old}=", start) or change.span.start < start:
            return None
    name, equals, value = text[start:end].partition("=")
    if name.strip() != change.old or not equals:
        return None
    if syntax.has(place.parent, change.name):
        return []
    made = value_beside(value, change.old, change.name, False)
    if made is None:
        return None
    return _beside(document, syntax, place, f"{quote}{change.name}={made}{quote}")


def _name_beside(document: Document, syntax: _Syntax, place: _Place, change: AddBeside) -> list[Edit] | None:
    """The name of a variable as a text: of a list one more, of an entry about it the entry; else it is replaced."""
    text = document.text
    if place.entry is None:
        if syntax.has(place.parent, change.name):
            return []
        quote = _json_text.quote_of(text, change.span)
        return _beside(document, syntax, place, f"{quote}{change.name}{quote}")
    holder = _item_about(place, change.old)
    if holder is not None:
        return _item_beside(document, syntax, holder, change)
    return _json_text.set_text(text, change.span, change.name)


def _item_about(place: _Place, old: str) -> _Place | None:
    """The item of a list around a place that is about the variable: ``- name: X``."""
    around: _Place | None = place
    while around is not None:
        if around.entry is None and isinstance(around.value, Dict) and _named(around.value, old):
            return around
        around = around.around
    return None


def _item_beside(document: Document, syntax: _Syntax, item: _Place, change: AddBeside) -> list[Edit] | None:
    """``- name: X`` with what refers to it once more, by the new name."""
    text = document.text
    if syntax.has(item.parent, change.name):
        return []
    assert isinstance(item.value, Dict)
    start, end = item.span.start, syntax.end(item.span)
    parts: list[str] = []
    at = start
    for entry in item.value.entries:
        if entry.key in _HARMLESS or entry.key in _NAMES:
            continue
        if entry.key in ("value", "default", "defaultValue") and not isinstance(entry.value, (Dict, List)):
            value = Span(entry.value.span.start, syntax.end(entry.value.span))
            made = _value(text[value.start : value.end], change, syntax.language)
            if made is None:
                return None
            parts += (_renamed(text[at : value.start], change), made)
            at = value.end
        elif change.old not in text[entry.value.span.start : syntax.end(entry.value.span)]:
            return None  # where it comes from is not known by the name
    parts.append(_renamed(text[at:end], change))
    return _beside(document, syntax, item, "".join(parts))
