"""A source that is edited, and edits of its text that every language has in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ..findings import Change
from ..record import NamedTuple
from ..source import Source, Span


class Edit(NamedTuple):
    """Replace a range of a text; a range without length inserts."""

    span: Span
    text: str


class Document:
    """A source and what a module of this package has worked out about it.

    ``kind``: what it is written in, see ``program.Program.name``. ``language``:
    the language of the file, "" for code inside another file. ``alone``: the
    edits of one finding are not made together with those of others.
    """

    __slots__ = ("source", "text", "kind", "language", "alone", "errors", "syntax", "last", "_found")

    def __init__(self, source: Source, kind: str, language: str = "", alone: bool = False) -> None:
        self.source = source
        self.text = source.text
        self.kind = kind
        self.language = language if source.host is None else ""
        self.alone = alone
        #: how many syntax errors parts of it have, as far as they were counted
        self.errors: dict[Span, int] = {}
        #: the module's own: a tree, a table of nodes
        self.syntax: Any = None
        #: the edits that were told last, and as they stand in the file
        self.last: tuple[list[Edit], tuple[Edit, ...] | None] | None = None
        self._found: dict[str, bool] = {}

    def says(self, pattern: str) -> bool:
        """Whether a regular expression, its flags inside, is found anywhere in the text; many changes ask the same."""
        found = self._found.get(pattern)
        if found is None:
            found = self._found[pattern] = re.search(pattern, self.text) is not None
        return found

    @property
    def newline(self) -> str:
        """How the file's lines end."""
        first = self.text.find("\n")
        if first < 0:
            return "\r" if "\r" in self.text else "\n"
        return "\r\n" if self.text[first - 1 : first] == "\r" else "\n"


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits that do not touch each other; the same edit counts once."""
    parts: list[str] = []
    at = 0
    for (start, end), new in sorted(set(edits)):
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def together(
    document: Document, changes: Iterable[Change], edits: Callable[[Document, Change], list[Edit] | None]
) -> list[Edit] | None:
    """The edits of several changes; None where one of them has none. Those of a single one are given as they are."""
    every = tuple(changes)
    if len(every) == 1:
        return edits(document, every[0])
    found: list[Edit] = []
    for change in every:
        made = edits(document, change)
        if made is None:
            return None
        found += made
    return found


_BLANK = re.compile(r"[ \t\f]*")
_SPACE = re.compile(r"\s*")
_END = re.compile(r"\r\n|\r|\n|\Z")


def blank_to(text: str, at: int) -> int:
    """The first offset from ``at`` on that is no blank; line ends are none."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def line_start(text: str, at: int) -> int:
    """Where the line that holds an offset begins, behind a byte order mark."""
    start = text.rfind("\n", 0, at) + 1
    start = max(start, text.rfind("\r", start, at) + 1)  # not farther back than that: there may be none
    return start + 1 if text.startswith("\ufeff", start, at) else start


def line_end(text: str, at: int) -> int:
    """Where the line that holds an offset ends, before its line end."""
    match = _END.search(text, at)
    return match.start() if match else len(text)


def next_line(text: str, at: int) -> int:
    """Where the line after the one that holds an offset begins, or the text's end."""
    match = _END.search(text, at)
    return match.end() if match else len(text)


def text_end(text: str, at: int) -> int:
    """Where what stands in front of an offset ends, white space aside."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def text_start(text: str, at: int) -> int:
    """Where what stands behind an offset begins, white space aside."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def indent_of(text: str, at: int) -> str:
    """The white space that the line of an offset begins with."""
    start = line_start(text, at)
    return text[start : blank_to(text, start)]


def stands_first(text: str, at: int) -> bool:
    """Nothing but blanks stands before an offset on its line."""
    while at and text[at - 1].isspace() and text[at - 1] not in "\r\n":
        at -= 1
    return not at or text[at - 1] in "\r\n"


def stands_last(text: str, at: int) -> bool:
    """The line ends at an offset, or the text."""
    return at >= len(text) or text[at] in "\r\n"


def inserted_line(document: Document, at: int, line: str) -> list[Edit]:
    """The edit that puts a line below the one that holds an offset."""
    text = document.text
    place = next_line(text, at)
    if place == line_end(text, at):  # the last one, without an end
        return [Edit(Span(place, place), document.newline + line)]
    return [Edit(Span(place, place), line + document.newline)]


def element(text: str, span: Span, comment: str, last_comma: bool) -> Span | None:
    """What goes with an element of a list, a call or a mapping that is removed: its comma, or its lines.

    ``comment``: a pattern of comments that end with their line; one behind
    the element is about it, and goes too. ``last_comma``: a comma may stand
    behind the last element. None where its surroundings cannot be told.
    """
    start, end = span
    remark = re.compile(rf"(?:{comment})[^\r\n]*") if comment else None
    after = re.compile(r"\s*,").match(text, end)
    alone = stands_first(text, start)
    if after is not None:
        stop = blank_to(text, after.end())
        note = remark.match(text, stop) if remark else None
        if alone and stands_last(text, note.end() if note else stop):
            return Span(line_start(text, start), next_line(text, stop))
        if stands_last(text, stop) and not alone and not note:
            before = start
            while text[before - 1 : before] in (" ", "\t", "\f"):
                before -= 1
            if text[before - 1 : before] in ("(", "[", "{"):
                following = re.compile(r"\s*").match(text, stop)
                if following and not (remark and remark.match(text, following.end())):
                    return Span(before, following.end())
            return Span(before, after.end())
        return Span(start, stop)
    stop = blank_to(text, end)
    note = remark.match(text, stop) if remark else None
    if alone and not last_comma:
        return Span(_comma_before(text, start), end)
    if alone:
        over = note.end() if note else stop
        if stands_last(text, over):
            return Span(line_start(text, start), next_line(text, over))
        return Span(start, stop) if text[stop : stop + 1] in (")", "]", "}") else None
    return Span(_comma_before(text, start), end)


def _comma_before(text: str, at: int) -> int:
    """Where the comma in front of an offset stands; the offset itself where there is none."""
    last = text_end(text, at)
    return last - 1 if text[last - 1 : last] == "," else at
