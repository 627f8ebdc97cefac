"""A file's text and every conversion between its positions.

Inside the program a position is a code point offset into :attr:`Source.text`
(:class:`Span`, half open). Lines and columns exist only here: ``ast`` counts
UTF-8 bytes, ast-grep-py code points, editors UTF-16 units.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from .lazy import pattern
from .record import NamedTuple

#: from a character that is not ASCII to the end of its line
_WIDE = pattern(r"[^\x00-\x7f][^\r\n]*")
_NEWLINE = pattern(r"\r\n?|\n")


class Span(NamedTuple):
    """Half-open range ``[start, end)`` of code points in a source's text."""

    start: int
    end: int


class Cover:
    """Spans, to be asked what they hold; nested and overlapping ones too."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def holds(self, offset: int) -> bool:
        """Whether an offset is inside one of them."""
        before = bisect_right(self._starts, offset)
        return before > 0 and self._ends[before - 1] > offset


class Holders:
    """What stands at some spans, to be asked by what a span is held."""

    def __init__(self, placed: Iterable[tuple[Span, object]]) -> None:
        self._placed = sorted(placed, key=_place)
        self._starts = [span.start for span, _ in self._placed]
        self._ends = list(accumulate((span.end for span, _ in self._placed), max))

    def of(self, span: Span) -> object | None:
        """What stands at the last of the spans that hold one; None where none does."""
        at = bisect_right(self._starts, span.start)
        while at and self._ends[at - 1] >= span.end:
            at -= 1
            if self._placed[at][0].end >= span.end:
                return self._placed[at][1]
        return None


def _place(placed: tuple[Span, object]) -> Span:
    return placed[0]


class Location(NamedTuple):
    """A span for output: 1-based lines, 1-based columns in code points.

    ``cell`` is the 0-based notebook cell that the line is counted in, or None.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None


class Piece(NamedTuple):
    """A run of an embedded source: where it starts here and in its host.

    ``cell``: the 0-based notebook cell that it belongs to; lines are counted
    from where the cell's first piece begins then. Cells are in order.
    """

    start: int
    host_start: int
    cell: int | None = None


class Source:
    """The text of one file and its line table.

    Lines end at ``\\n``, ``\\r\\n`` or ``\\r`` only: form feeds and U+2028 are
    ordinary characters to Python and to every editor's line count.

    Code inside another file (a fenced block, a script element, the cells of a
    notebook) is a source of its own with a ``host``: its ``pieces`` say which
    part of the host's text each part of it is, and locations are the host's.
    """

    __slots__ = ("path", "text", "starts", "ascii", "host", "pieces", "parts", "_wide")

    def __init__(
        self,
        path: str,
        text: str,
        lines: list[str] | None = None,
        host: Source | None = None,
        pieces: tuple[Piece, ...] = (),
    ) -> None:
        self.path = path
        self.text = text
        self.starts = _starts_of_lines(lines) if lines is not None else _starts_of_text(text)
        self.ascii = text.isascii()
        self.host = host
        self.pieces = pieces
        #: where each part begins of one that several sources were joined into
        self.parts: tuple[int, ...] = ()
        self._wide: frozenset[int] | None = None

    def line_text(self, line: int) -> str:
        """The text of a 1-based line with its ending; empty past the end."""
        if not 1 <= line <= len(self.starts):
            return ""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return self.text[start:end]

    def wide_lines(self) -> frozenset[int]:
        """The 1-based lines that are not all ASCII."""
        if self._wide is None:
            runs = () if self.ascii else _WIDE.finditer(self.text)
            self._wide = frozenset(self.line_of(run.start()) for run in runs)
        return self._wide

    def offset_of_utf8(self, line: int, column: int) -> int:
        """Offset of a 1-based line and 0-based UTF-8 byte column (``ast``)."""
        if line > len(self.starts):
            return len(self.text)
        start = self.starts[line - 1]
        if line not in self.wide_lines():
            return start + column
        head = self.line_text(line).encode("utf-8", "surrogatepass")[:column]
        return start + len(head.decode("utf-8", "ignore" if b"\xed" not in head else "surrogatepass"))

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds an offset."""
        return bisect_right(self.starts, offset)

    def location(self, span: Span) -> Location:
        """Lines and columns of a span, 1-based, in code points, in the outermost host."""
        if self.host is not None:
            piece = self.pieces[max(0, bisect_right(self.pieces, span.start, key=_piece_start) - 1)]
            place = self.host.location(self.host_span(span))
            if piece.cell is None:
                return place
            begins = self.pieces[bisect_left(self.pieces, piece.cell, key=_piece_cell)].host_start
            first = self.host.line_of(begins) - 1
            return place._replace(line=place.line - first, end_line=place.end_line - first, cell=piece.cell)
        line, end_line = self.line_of(span.start), self.line_of(span.end)
        return Location(
            line,
            span.start - self.starts[line - 1] + 1,
            end_line,
            span.end - self.starts[end_line - 1] + 1,
        )

    def host_span(self, span: Span) -> Span:
        """The span in the host's text; the same span where there is no host."""
        return Span(self._host_offset(span.start), self._host_offset(span.end, True))

    def _host_offset(self, offset: int, end: bool = False) -> int:
        if self.host is None or not self.pieces:
            return offset
        # an end belongs to the piece of the character before it
        at = max(0, bisect_right(self.pieces, offset - 1 if end and offset else offset, key=_piece_start) - 1)
        piece = self.pieces[at]
        return piece.host_start + offset - piece.start


def _piece_start(piece: Piece) -> int:
    return piece.start


def _piece_cell(piece: Piece) -> int:
    return -1 if piece.cell is None else piece.cell


def _starts_of_lines(lines: list[str]) -> list[int]:
    starts = list(accumulate(map(len, lines), initial=0))
    if lines:
        starts.pop()  # where a line after the last one would start
    return starts


def _starts_of_text(text: str) -> list[int]:
    if "\r" in text:
        starts = [0, *(newline.end() for newline in _NEWLINE.finditer(text))]
    else:
        starts = list(accumulate([len(line) + 1 for line in text.split("\n")], initial=0))
        starts.pop()
    if len(starts) > 1 and starts[-1] == len(text):
        starts.pop()
    return starts
