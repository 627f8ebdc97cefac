"""JSON wherever it stands: in a file, in the quotes of a script, in a here-document.

Quotes are spelled as the place needs it: ``"`` in a file, ``\\"`` in a quoted
word, ``""`` in batch files. What is written between them is so plain that it
needs no escapes in any of these places; anything else is refused.
"""

from __future__ import annotations

import json
import re

from ..findings import AddItem, Copy, Each, Items, Map, New, RemoveItem, Rename, SetValue, WrapItems
from ..source import Span
from ._document import Edit, element, indent_of, stands_first, text_end, text_start

#: texts that mean the same between any quotes, and without them
_PLAIN = re.compile(r"[A-Za-z0-9_./:@+~=-]+")
#: texts that mean the same between any quotes
_PROSE = re.compile(r"[A-Za-z0-9_./:@+~=,;?&() -]*")
#: what can be replaced where no quotes are
_BARE = re.compile(r"[^\s'\"`$%\\(){}<>|&;,]*")
_QUOTE = re.compile(r"\\+[\"']|`\"|\"\"(?=[^\"\s,:}\])])|\"|'")
_KEY = re.compile(r"(?P<quote>\\+[\"']|`\"|\"\"|\"|').+?(?P=quote)\s*:")
_LEAF = re.compile(r"[^\s,:{}\[\]\"'\\]+")

Change = AddItem | RemoveItem | Rename | SetValue | WrapItems


def quote_of(text: str, span: Span) -> str:
    """The quotes around a literal as they are spelled; "" for a bare word."""
    match = _QUOTE.match(text, span.start, span.end)
    if match is None:
        return ""
    token = match.group()
    if span.end - span.start < 2 * len(token) or not text.endswith(token, span.start, span.end):
        return ""
    return token


def set_text(text: str, span: Span, new: str) -> list[Edit] | None:
    """Replace the text of a literal; its quotes stay, spelled as they are.

    None for a text that would need escapes, unless it only goes on where the
    old one ends.
    """
    quote = quote_of(text, span)
    start, end = span.start + len(quote), span.end - len(quote)
    inner = text[start:end]
    if "\n" in inner or "\r" in inner:
        return None
    if _PLAIN.fullmatch(new):
        return [Edit(Span(start, end), new)] if quote or _BARE.fullmatch(inner) else None
    if not quote:
        return None
    if _PROSE.fullmatch(new):
        return [Edit(Span(start, end), new)]
    body = inner.rstrip()
    for known in dict.fromkeys((body, _unescaped(body))):
        if known is not None and new.startswith(known) and _PROSE.fullmatch(new[len(known) :]):
            return [Edit(Span(start + len(body), end), new[len(known) :])]
    return None


def _unescaped(raw: str) -> str | None:
    try:
        found = json.loads(f'"{raw}"')
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def is_entry(text: str, span: Span) -> bool:
    """Whether an element of a mapping in braces, or of a list, stands at a span."""
    last, following = text_end(text, span.start), text_start(text, span.end)
    before, after = text[last - 1 : last], text[following : following + 1]
    if before in ("{", "[", ",") and after in (",", "}", "]") and after:
        return True
    return bool(_KEY.match(text, span.start, span.end)) and after in (",", "}")


def remove(text: str, span: Span, comment: str = "") -> list[Edit] | None:
    """Remove an entry with its comma; ``comment``: see :func:`element`."""
    whole = element(text, span, comment, False)
    return [Edit(whole, "")] if whole else None


def edits(text: str, newline: str, change: Change) -> list[Edit] | None:
    """What a change of a value is as edits; None for what is no JSON."""
    if isinstance(change, Rename):
        return set_text(text, change.span, change.name)
    if isinstance(change, RemoveItem):
        return remove(text, change.span) if is_entry(text, change.span) else None
    quote = _near_quote(text, change.span)
    if isinstance(change, SetValue):
        return replaced(text, change.span, written(text, change.value, quote, change.span))
    if text[change.span.start : change.span.start + 1] != "[":
        return None
    found = elements(text, change.span)
    if found is None:
        return None
    if isinstance(change, WrapItems):
        wrapped = [replaced(text, one, written(text, change.item, quote, change.span)) for one in found]
        return None if None in wrapped else [edit for pair in wrapped for edit in pair or ()]
    item = written(text, change.value, quote, change.span)
    if item is None or MARK in item:
        return None
    return added_first(text, change.span, found, item, newline)


#: stands for what is there already in a text that is written around it
MARK = "\0"


def replaced(text: str, span: Span, new: str | None) -> list[Edit] | None:
    """The edits that put ``new`` in place of a span, or around it where it holds :data:`MARK`."""
    if new is None or new.count(MARK) > 1:
        return None
    if MARK not in new:
        return [Edit(span, new)]
    before, after = new.split(MARK)
    return [Edit(Span(span.start, span.start), before), Edit(Span(span.end, span.end), after)]


def added_first(text: str, span: Span, found: list[Span], item: str, newline: str) -> list[Edit]:
    """The edits that put an item in front of the others of a list, whose bracket may be of several characters."""
    if not found:
        end = span.end - 1
        return [Edit(Span(end, end), item)]
    first = found[0].start
    if stands_first(text, first):
        return [Edit(Span(first, first), f"{item},{newline}{indent_of(text, first)}")]
    return [Edit(Span(first, first), f"{item}, ")]


def written(text: str, value: New, quote: str, copied: Span) -> str | None:
    """A new value; :data:`MARK` for each item and for what stands at ``copied``."""
    if isinstance(value, str):
        return f"{quote}{value}{quote}" if _PROSE.fullmatch(value) else None
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if isinstance(value, Each):
        return MARK
    if isinstance(value, Copy):
        return MARK if value.span == copied else text[value.span.start : value.span.end]
    if isinstance(value, Map):
        entries = [(written(text, key, quote, copied), written(text, one, quote, copied)) for key, one in value.entries]
        if any(key is None or one is None for key, one in entries):
            return None
        return "{" + ", ".join(f"{key}: {one}" for key, one in entries) + "}"
    if isinstance(value, Items):
        items = [written(text, one, quote, copied) for one in value.items]
        return None if None in items else "[" + ", ".join(one or "" for one in items) + "]"
    return None


def _near_quote(text: str, span: Span) -> str:
    """How quotes are spelled in a text of JSON: as inside, or as last before it."""
    inside = _QUOTE.search(text, span.start, span.end)
    near = [inside] if inside is not None else list(_QUOTE.finditer(text, max(0, span.start - 200), span.start))
    token = near[-1].group() if near else '"'
    return token if token != "'" else '"'


def elements(text: str, span: Span) -> list[Span] | None:
    """The elements of a list or mapping; None where its end cannot be told."""
    at, stop = span.start + 1, span.end - 1
    depth, start, last = 0, -1, -1
    found: list[Span] = []
    while at < stop:
        char = text[at]
        if char.isspace():
            at += 1
            continue
        if char == "," and not depth:
            if start < 0:
                return None
            found.append(Span(start, last))
            start = -1
            at += 1
            continue
        if start < 0:
            start = at
        quote = _QUOTE.match(text, at, stop)
        if quote is not None:
            end = text.find(quote.group(), quote.end(), stop)
            while end > 0 and text[end - 1] == "\\" and quote.group() in ('"', "'"):
                end = text.find(quote.group(), end + 1, stop)
            if end < 0:
                return None
            at = end + len(quote.group())
        elif char in "{[":
            depth += 1
            at += 1
        elif char in "}]":
            depth -= 1
            at += 1
        else:
            leaf = _LEAF.match(text, at, stop)
            at = leaf.end() if leaf is not None else at + 1
        if depth < 0:
            return None
        last = at
    if depth:
        return None
    if start >= 0:
        found.append(Span(start, last))
    return found
