"""Changes spelled in PowerShell: hashtables, arrays, here-strings of JSON, ``$env:X``."""

from __future__ import annotations

import re

from ..findings import (
    AddBeside,
    AddItem,
    Change,
    Copy,
    Each,
    Items,
    Map,
    New,
    Remove,
    RemoveItem,
    Rename,
    SetText,
    SetValue,
    WrapItems,
)
from ..source import Span
from . import _json_text, shell
from ._beside import value_beside
from ._document import Document, Edit, blank_to, inserted_line, line_end, line_start, next_line, stands_first, text_end

_SEPARATOR = re.compile(r"[ \t]*;[ \t]*")
_SET = re.compile(
    r"[ \t]*(?:\$\{?env:|\[(?:System\.)?Environment\]::SetEnvironmentVariable\([ \t]*[\"']|setx[ \t]+[\"']?)\Z",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    r"(?P<sign>\}?[ \t]*=[ \t]*|[\"'][ \t]*,[ \t]*|[\"']?[ \t]+)(?P<quote>[\"']?)(?P<value>[^\"'\r\n#;,()]*)(?P=quote)"
    r"(?P<tail>[ \t]*(?:,[^\r\n#;]*)?\)?[ \t]*;?)[ \t]*(?:\#[^\r\n]*)?\Z"
)
#: items that lines keep apart, not commas
_LINES = re.compile(r"[})\"']\s*\n\s*@")
_NAME = re.compile(r"[A-Za-z_]\w*")


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    text = document.text
    if isinstance(change, SetText):
        return _json_text.set_text(text, change.span, change.text)
    if isinstance(change, Rename):
        return _json_text.set_text(text, change.span, change.name)
    if isinstance(change, Remove):
        return _remove(text, change.span)
    if isinstance(change, (AddItem, SetValue, WrapItems)):
        return _value(document, change)
    if isinstance(change, RemoveItem):
        return _json_text.edits(text, document.newline, change)
    if isinstance(change, AddBeside):
        return _add_beside(document, change)
    return None


def _remove(text: str, span: Span) -> list[Edit] | None:
    if _json_text.is_entry(text, span):
        return _json_text.remove(text, span)
    start, end = span
    after = _SEPARATOR.match(text, end)
    stop = after.end() if after else blank_to(text, end)
    rest = text[stop : line_end(text, stop)]
    if not rest.strip() or rest.startswith("#"):
        if stands_first(text, start):
            return [Edit(Span(line_start(text, start), next_line(text, stop)), "")]
    elif after is not None:
        return [Edit(Span(start, after.end()), "")]
    elif not rest.startswith("}"):
        return shell.remove(text, span)
    begin = line_start(text, start)
    before = _blank_back(text, start, begin)
    if text[before - 1 : before] == ";" and before > begin:
        return [Edit(Span(_blank_back(text, before - 1, begin), end), "")]
    last = text_end(text, start)
    return [Edit(span, "")] if last > begin + 1 and text[last - 2 : last] == "@{" else None


def _blank_back(text: str, at: int, begin: int) -> int:
    """Where the blanks in front of an offset begin, on its line."""
    while at > begin and text[at - 1] in " \t":
        at -= 1
    return at


def _value(document: Document, change: AddItem | SetValue | WrapItems) -> list[Edit] | None:
    text, (start, end) = document.text, change.span
    if text[start : start + 1] in ("[", "{") or '`"' in text[start:end] or '\\"' in text[start:end]:
        return _json_text.edits(text, document.newline, change)
    quote = "'" if text.count("'", start, end) > text.count('"', start, end) else '"'
    if not isinstance(change, AddItem):
        return None  # one level more may be more than ConvertTo-Json -Depth writes
    if text[start - 1 : start + 1] != "@(":
        return None
    found = _json_text.elements(text, change.span)
    if found is None or any(_LINES.search(text, one.start, one.end) for one in found):
        return None
    item = _written(text, change.value, quote, change.span)
    if item is None:
        return None
    return _json_text.added_first(text, change.span, found, item, document.newline)


def _written(text: str, value: New, quote: str, copied: Span) -> str | None:
    if isinstance(value, bool) or value is None:
        return {True: "$true", False: "$false", None: "$null"}[value]
    if isinstance(value, Map):
        entries = [(key, _written(text, one, quote, copied)) for key, one in value.entries]
        if any(one is None or not _NAME.fullmatch(key) for key, one in entries):
            return None
        return "@{ " + "; ".join(f"{key} = {one}" for key, one in entries) + " }"
    if isinstance(value, Items):
        items = [_written(text, one, quote, copied) for one in value.items]
        return None if None in items else "@(" + ", ".join(one or "" for one in items) + ")"
    if isinstance(value, (str, int, float, Each, Copy)):
        return _json_text.written(text, value, quote, copied)
    return None


def _add_beside(document: Document, change: AddBeside) -> list[Edit] | None:
    text, (start, end), name = document.text, change.span, change.name
    begin, stop = line_start(text, start), line_end(text, end)
    head = text[begin:start]
    match = _SET.fullmatch(head)
    if match is None:
        return _json_text.set_text(text, change.span, name)
    if document.says(rf"(?i)(?:\$\{{?env:|SetEnvironmentVariable\(\s*[\"']){name}\b\}}?[\"']?\s*[=,]"):
        return []
    assigned = _ASSIGNED.match(text, end, stop)
    if assigned is None:
        return None
    value, quote = assigned["value"].strip(), assigned["quote"]
    if quote:
        made = value_beside(value, change.old, name, True)
    elif value.startswith("$"):
        made = value_beside(value, change.old, name, True)
    else:  # the words of setx, or a command
        made = value_beside(value, change.old, name, True) if head.lstrip().lower().startswith("setx") else None
    if made is None:
        return None
    tail = assigned["tail"].rstrip()
    return inserted_line(document, end, f"{head}{name}{assigned['sign']}{quote}{made}{quote}{tail}")
