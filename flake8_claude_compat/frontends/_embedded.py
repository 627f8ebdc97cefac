"""Code inside another file: sources with pieces, and the programs made of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from ..program import Block, Handle, Program, Scope, Site, Unknown, Use, Value, Watch
from ..source import Piece, Source, Span
from . import MODULES
from . import programs as dispatch

#: what a frontend may raise for a text that is not of its language
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)

_KEY = re.compile(r"sk-[A-Za-z0-9_-]{16}")


class Builder:
    """Puts an embedded source together from runs of its host's text."""

    def __init__(self, host: Source) -> None:
        self.host = host
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._size = 0

    def add(self, text: str, start: int, via: Source | None = None) -> None:
        """Append a text that stands at an offset of the host.

        It may differ from what stands there as long as it has the same length,
        or be one that nothing will be reported in. ``via``: the offset is one
        of this source, which is itself embedded in the same host.
        """
        if via is None or via is self.host:
            self._run(text, start)
            return
        pieces, at, end = via.pieces, start, start + len(text)
        index = max(0, bisect_right(pieces, start, key=_start) - 1)
        while at < end:
            piece = pieces[index]
            index += 1
            stop = min(end, pieces[index].start) if index < len(pieces) else end
            self._run(text[at - start : stop - start], piece.host_start + at - piece.start)
            at = stop

    def _run(self, text: str, start: int) -> None:
        if not text:
            return
        last = self._pieces[-1] if self._pieces else None
        if last is None or start - self._size != last.host_start - last.start:
            self._pieces.append(Piece(self._size, start))
        self._parts.append(text)
        self._size += len(text)

    def source(self) -> Source:
        """The source of all that was added."""
        return Source(
            self.host.path, "".join(self._parts), host=self.host, pieces=tuple(self._pieces) or (Piece(0, 0),)
        )


def joined(host: Source, sources: Iterable[Source], separator: str) -> Source:
    """Several sources of one host after each other, as one."""
    builder, parts, size = Builder(host), [], 0
    for source in sources:
        parts.append(size)
        builder.add(source.text, 0, source)
        builder.add(separator, source.host_span(Span(0, len(source.text))).end)
        size += len(source.text) + len(separator)
    whole = builder.source()
    whole.parts = tuple(parts)
    return whole


def read(source: Source, language: str, watch: Watch, tree: object = None) -> list[Program]:
    """The programs of an embedded source; none where it cannot be read, or no frontend knows its language."""
    if language not in MODULES:
        return []
    try:
        return list(dispatch(source, tree, language, watch))
    except UNREADABLE:
        return []


def readable(source: Source, language: str, watch: Watch) -> bool:
    """Whether an embedded source of JavaScript or TypeScript gives a program; see :func:`read`."""
    from . import javascript  # most hosts hold none of it

    try:
        return javascript.readable(source, watch, language)
    except UNREADABLE:
        return False


def rest(source: Source, used: Iterable[Span], text: str | None = None) -> list[Program]:
    """What is no code, as a program without any: it is only searched for keys.

    ``used``: the parts that other programs are made of. ``text``: what to
    search in place of the source's text, of the same length.
    """
    text = source.text if text is None else text
    if _KEY.search(text) is None:
        return []
    builder, at = Builder(source), 0
    for start, end in sorted(used):
        if start > at:
            builder.add(text[at:start], at)
            builder.add("\n", start)  # what stands apart is not one word
        at = max(at, end)
    builder.add(text[at:], at)
    left = builder.source()
    return [Program(left, "text", _NoCode(), Scope("module", "", None))] if _KEY.search(left.text) else []


def host_spans(source: Source) -> list[Span]:
    """The parts of the host's text that an embedded source is made of."""
    ends = [piece.start for piece in source.pieces[1:]] + [len(source.text)]
    return [Span(piece.host_start, piece.host_start + end - piece.start) for piece, end in zip(source.pieces, ends)]


def _start(piece: Piece) -> int:
    return piece.start


class _NoCode:
    """The answers about a program in which there are no nodes to ask about."""

    def lower(self, handle: Handle, block: Block) -> Value:
        return Unknown(Span(0, 0))

    def uses(self, site: Site) -> list[Use]:
        return []

    def guards(self, site: Site) -> list[Handle]:
        return []

    def span(self, handle: Handle) -> Span:
        return Span(0, 0)
