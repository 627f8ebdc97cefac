"""Edits of code inside another file, told in that file's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from ..frontends.notebook import Deck
from ..source import Piece, Source, Span
from . import notebook
from ._document import Edit, line_start

#: what lines of a block begin with: indentation, marks of quotations, prompts
_MARGIN = re.compile(r"[ \t>$#%!]*")
#: what has a meaning of its own between the quotes of a script that holds another one
_MEANINGFUL = {'"': '"$`\\!', "'": "'\\"}


def in_host(source: Source, found: Iterable[Edit]) -> list[Edit] | None:
    """Edits of an embedded source in the text of its file; None where one cannot be told there."""
    placed = list(found)
    while source.host is not None:
        host = source.host
        told = [_in_host(source, host, edit) for edit in placed]
        placed = [edit for edit in told if edit is not None]
        if len(placed) < len(told):
            return None
        source = host
    return notebook.in_file(source, placed) if isinstance(source, Deck) else placed


def parts_of(source: Source, edits: Iterable[Edit]) -> dict[Span, list[Edit]]:
    """The parts of a source, cells or blocks, that edits lie in; empty where one lies in none."""
    return _cells_of(source, edits) or _blocks_of(source, edits)


def _blocks_of(source: Source, edits: Iterable[Edit]) -> dict[Span, list[Edit]]:
    found: dict[Span, list[Edit]] = {}
    for edit in edits:
        after = bisect_right(source.parts, edit.span.start)
        if not after:
            return {}
        stop = source.parts[after] if after < len(source.parts) else len(source.text)
        part = Span(source.parts[after - 1], stop)
        if edit.span.end > part.end:
            return {}
        found.setdefault(part, []).append(edit)
    return found


def _cells_of(source: Source, edits: Iterable[Edit]) -> dict[Span, list[Edit]]:
    deck = source.host
    if deck is None or not source.pieces or not deck.pieces or deck.pieces[0].cell is None:
        return {}
    found: dict[Span, list[Edit]] = {}
    for edit in edits:
        piece, stop = _piece_at(source, edit.span.start)
        cell, end = _piece_at(deck, edit.span.start - piece.start + piece.host_start)
        moved = piece.start - piece.host_start
        part = Span(max(piece.start, cell.start + moved), min(stop, end + moved))
        if edit.span.end > part.end:
            return {}
        found.setdefault(part, []).append(edit)
    return found


def _piece_at(source: Source, offset: int) -> tuple[Piece, int]:
    """The piece that holds an offset of a source, and where it ends."""
    after = max(1, bisect_right(source.pieces, offset, key=lambda piece: piece.start))
    stop = source.pieces[after].start if after < len(source.pieces) else len(source.text)
    return source.pieces[after - 1], stop


def _in_host(source: Source, outer: Source, edit: Edit) -> Edit | None:
    inserts = edit.span.start == edit.span.end
    start, end = source.host_span(edit.span)
    host = outer.text
    inside = line_start(source.text, edit.span.start)
    if inserts and start != end:
        # between two parts: behind the first one, but for cells, where what begins a line goes into the second one
        cells = bool(outer.pieces) and outer.pieces[0].cell is not None
        start = end = start if cells and edit.span.start == inside else end
    if end < start or host[start:end].count("\n") < source.text[edit.span.start : edit.span.end].count("\n"):
        return None
    if not _is_verbatim(source, outer, edit):
        return None
    text = edit.text
    begin = line_start(host, start)
    prefix = host[begin:start]
    own = source.text[inside : edit.span.start]
    # what each line of a quoted or indented block begins with
    margin = prefix[: len(prefix) - len(own)] if prefix.endswith(own) else prefix
    if inserts and edit.span.start == inside and not prefix and edit.span.start:
        # what each line begins with stands in front of the line above, the next one's is not reached
        above = source.host_span(Span(line_start(source.text, edit.span.start - 1), edit.span.start))[0]
        margin = host[line_start(host, above) : above]
    if not _MARGIN.fullmatch(margin):
        # a command in the middle of a line has no lines of its own
        return None if "\n" in text else Edit(Span(start, end), text)
    if margin and edit.span.start == inside and (not text or text.endswith("\n")):
        start = begin
        end = begin if inserts else end
        text = "".join((margin if line.strip() else margin.rstrip()) + line for line in text.splitlines(True))
    elif margin:
        text = text.replace("\n", "\n" + margin)
    return Edit(Span(start, end), text)


def _is_verbatim(source: Source, outer: Source, edit: Edit) -> bool:
    """Whether a text means in the host what it means in the source: no quotes that would end where it stands."""
    if not source.pieces:
        return True
    first = source.pieces[0].host_start
    quote = outer.text[first - 1 : first]
    meaningful = _MEANINGFUL.get(quote, "")
    if quote and meaningful:
        if any(char in meaningful for char in edit.text):
            return False
        pieces = [piece.start for piece in source.pieces]
        # an escape is a piece by itself
        return bisect_right(pieces, edit.span.start) == bisect_right(pieces, max(edit.span.start, edit.span.end - 1))
    return True
