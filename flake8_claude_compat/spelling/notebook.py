"""Edits of the cells of a notebook as edits of its JSON text: every other byte stays."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable

from ..findings import Change
from ..frontends.notebook import Cell, Deck, read_cells
from ..source import Source, Span
from ._document import Document, Edit

_PART = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]*")


def edits(document: Document, change: Change) -> list[Edit] | None:
    """What is not in a cell cannot be edited."""
    return None


def errors(source: Source, language: str) -> int:
    """1 for a text that is no notebook."""
    try:
        json.loads(source.text.removeprefix("\ufeff"))
        read_cells(source.text)
    except (ValueError, RecursionError, MemoryError):
        return 1
    return 0


def in_file(deck: Deck, found: Iterable[Edit]) -> list[Edit] | None:
    """Edits of the text of all cells as edits of the file; None where they cannot be made."""
    placed: list[Edit] = []
    for edit in found:
        text, begin = _cell(deck, edit.span.start)
        made = text.edit(edit.span.start - begin, edit.span.end - begin, edit.text)
        if made is None:
            return None
        placed.append(made)
    return placed


def place(deck: Deck, span: Span) -> Span:
    """Where a part of the text of all cells is in the file."""
    text, begin = _cell(deck, span.start)
    return text.place(Span(span.start - begin, span.end - begin))


def _cell(deck: Deck, offset: int) -> tuple[_Text, int]:
    """The cell that holds an offset, and where it begins."""
    number = min(bisect_left(deck.ends, offset), len(deck.ends) - 1)
    begin = deck.ends[number - 1] + 1 if number else 0
    text = deck.places.get(number)
    if not isinstance(text, _Text):
        text = deck.places[number] = _Text(deck.file.text, deck.cells[number])
    return text, begin


class _Text:
    """The text of a cell and where each character of it is in the file."""

    def __init__(self, file: str, cell: Cell) -> None:
        self.file = file
        self.text = cell.text
        self.whole = cell.span
        #: of each character, where it begins and ends
        self.places: list[tuple[int, int]] = []
        #: of each string, where it begins in the text, and in the file with its quotes
        self.lines: list[tuple[int, int, int]] = []
        self.listed = file[cell.span.start : cell.span.start + 1] == "["
        at, stop = cell.span
        decode = json.JSONDecoder(strict=False).raw_decode
        if self.listed:
            at += 1
        while at < stop:
            space = _SPACE.match(file, at)
            at = space.end() if space else at
            if file[at : at + 1] == '"':
                _, end = decode(file, at)
                self.lines.append((len(self.places), at, end))
                inside = at + 1
                for part in _PART.finditer(file, at + 1, end - 1):
                    self.places.append((inside, part.end()))
                    inside = part.end()
                at = end
            else:
                at += 1
        #: of each string, where it begins in the text → where it is in the file
        self.firsts = {first: (opening, closing) for first, opening, closing in self.lines}
        self.closings = frozenset(closing - 1 for _, _, closing in self.lines)
        self.sound = len(self.places) == len(self.text)
        first = self.lines[0][1] if self.lines else 0
        self.between = file[cell.span.start + 1 : first]
        if len(self.lines) > 1:
            self.between = file[self.lines[0][2] + 1 : self.lines[1][1]]

    def edit(self, start: int, end: int, new: str) -> Edit | None:
        """An edit of the file."""
        size = len(self.text)
        if not self.sound or not self.lines or start > size:
            return None
        if end > size:  # the line end that keeps cells apart
            new = new.removesuffix("\n")
            if not new and start and self.text[start - 1] == "\n":
                start -= 1
            end = size
        new = new.replace("\r\n", "\n")
        firsts = self.firsts
        if start < end and not new and self.listed and start in firsts and end in firsts:
            if not start:
                return Edit(Span(firsts[start][0], firsts[end][0]), "")
            return Edit(Span(self._comma(start), self._comma(end)), "")
        begin = self._at(start)
        if start == end:
            return Edit(Span(begin, begin), self._written(new, not self._is_closing(begin)))
        stop = self.places[end - 1][1]
        joined = self.text[end - 1] == "\n" and not new.endswith("\n")
        if self.listed and joined and end in firsts:
            stop = firsts[end][0] + 1  # the next line goes on where this one was
        return Edit(Span(begin, stop), self._written(new, not self._is_closing(stop)))

    def place(self, span: Span) -> Span:
        """Where a part of the text is in the file; all of the cell where that cannot be told."""
        if not self.sound or not self.lines or span.end > len(self.text):
            return self.whole
        start = self._at(span.start)
        return Span(start, self.places[span.end - 1][1] if span.end > span.start else start)

    def _at(self, offset: int) -> int:
        if offset < len(self.places):
            return self.places[offset][0]
        return self.lines[-1][2] - 1

    def _comma(self, first: int) -> int:
        """Where the comma in front of a string ends."""
        closing = self.lines[bisect_left(self.lines, (first,)) - 1][2]
        return self.file.index(",", closing) + 1

    def _is_closing(self, place: int) -> bool:
        return place in self.closings

    def _written(self, new: str, goes_on: bool) -> str:
        """A text between quotes; its lines are strings of their own in a list."""
        lines = new.splitlines(True)
        if not self.listed:
            return _escaped(new, self.file)
        written = [_escaped(line, self.file) for line in lines]
        between = f'",{self.between}"'
        return between.join(written) + (between if goes_on and new.endswith("\n") else "")


def _escaped(text: str, file: str) -> str:
    return json.dumps(text, ensure_ascii=file.isascii())[1:-1]
