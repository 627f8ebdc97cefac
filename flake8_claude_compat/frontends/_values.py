"""What the frontends of shells and settings share.

:class:`Text` is text with the place of every character in the file, after
quotes and escapes are taken away, and with holes where a variable stands.
:class:`Plain` answers the linker's questions about handles that hold their
value (:class:`Node`). :class:`Maker` fills a program.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Union

from ..program import (
    Argument,
    Binding,
    Block,
    Bool,
    Call,
    Dict,
    Entry,
    Env,
    Handle,
    Join,
    List,
    Null,
    Num,
    OneOf,
    Program,
    Ref,
    Scope,
    Setting,
    Site,
    Str,
    Unknown,
    Use,
    Value,
    Watch,
)
from ..record import NamedTuple
from ..source import Piece, Source, Span

#: stands in a text where a :class:`Hole` is; means nothing where there is none
HOLE = "\ufffc"
#: variables that hold a key: never followed to a placeholder that the file gives them
_KEY_NAME = re.compile(r"key|token|secret|passw", re.IGNORECASE)
#: keys whose text is prose, whatever it says
PROSE = frozenset({"content", "text", "prompt", "input", "description", "instructions", "title", "label", "message"})


class Variable(NamedTuple):
    """A variable's place. ``default``: the text that stands for it if unset.

    ``free``: it is never the file's own variable of that name (``$env:X``,
    ``X=${X:-…}``).
    """

    name: str
    span: Span
    name_span: Span
    default: Text | None = None
    block: Block | None = None
    free: bool = False


class Opaque(NamedTuple):
    """What cannot be told: the output of a command, an expression."""

    span: Span


class Ready(NamedTuple):
    """A value that is known already."""

    value: Value
    span: Span


Hole = Union[Variable, Opaque, Ready]


class _Run(NamedTuple):
    """Characters from index ``at`` on; ``plain``: one of the file for each."""

    at: int
    start: int
    end: int
    plain: bool


class Text:
    """Text put together from parts of the file."""

    __slots__ = ("_parts", "_size", "_runs", "_at", "holes", "_chars")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._runs: list[_Run] = []
        self._at: list[int] = []
        self.holes: dict[int, Hole] = {}
        self._chars: str | None = ""

    @classmethod
    def of(cls, text: str, start: int = 0) -> Text:
        """A text that stands in the file as it is, from offset ``start`` on."""
        made = cls()
        made.add(text, start)
        return made

    @property
    def chars(self) -> str:
        """The text, :data:`HOLE` for each hole."""
        if self._chars is None:
            self._chars = "".join(self._parts)
            self._parts = [self._chars]
        return self._chars

    @property
    def simple(self) -> bool:
        """It stands in the file as it is."""
        return len(self._runs) <= 1 and not self.holes

    @property
    def offset(self) -> int:
        """Where it begins in the file."""
        return self._runs[0].start if self._runs else 0

    def __len__(self) -> int:
        return self._size

    def add(self, text: str, start: int) -> None:
        """Append text that stands at ``start`` as it is."""
        if not text:
            return
        end = start + len(text)
        last = self._runs[-1] if self._runs else None
        if last is not None and last.plain and last.end == start:
            self._runs[-1] = _Run(last.at, last.start, end, True)
        else:
            self._run(_Run(self._size, start, end, True))
        self._append(text)

    def add_escape(self, text: str, start: int, end: int) -> None:
        """Append characters that ``[start, end)`` stands for."""
        if text:
            self._run(_Run(self._size, start, end, False))
            self._append(text)

    def add_hole(self, hole: Hole) -> None:
        """Append what is not known as text."""
        self.holes[self._size] = hole
        self.add_escape(HOLE, hole.span.start, hole.span.end)

    def take(self, other: Text, start: int, end: int) -> None:
        """Append a part of another text."""
        if start >= end:
            return
        chars = other.chars
        if len(other._runs) == 1 and other._runs[0].plain:
            self.add(chars[start:end], other._runs[0].start + start)
            return
        index = max(0, bisect_right(other._at, start) - 1)
        at = start
        while at < end and index < len(other._runs):
            run = other._runs[index]
            index += 1
            stop = min(end, other._runs[index].at if index < len(other._runs) else other._size)
            if stop <= at:
                continue
            if run.plain:
                self.add(chars[at:stop], run.start + at - run.at)
            elif at in other.holes:
                self.add_hole(other.holes[at])
            else:
                self.add_escape(chars[at:stop], run.start, run.end)
            at = stop

    def extend(self, other: Text) -> None:
        """Append another text."""
        self.take(other, 0, other._size)

    def part(self, start: int, end: int) -> Text:
        """A part of this text."""
        made = Text()
        made.take(self, start, end)
        return made

    def span(self, start: int, end: int) -> Span:
        """Where characters ``[start, end)`` stand in the file."""
        runs = self._runs
        if not runs:
            return Span(0, 0)
        run = runs[max(0, bisect_right(self._at, start) - 1)]
        first = run.start + (start - run.at if run.plain else 0)
        if start >= self._size:
            first = run.end
        if end <= start:
            return Span(first, first)
        run = runs[max(0, bisect_right(self._at, end - 1) - 1)]
        last = run.start + end - run.at if run.plain else run.end
        return Span(first, max(first, last))

    def pieces(self) -> tuple[Piece, ...]:
        """The runs as pieces of a source of its own."""
        return tuple(Piece(run.at, run.start) for run in self._runs) or (Piece(0, 0),)

    def _run(self, run: _Run) -> None:
        self._runs.append(run)
        self._at.append(run.at)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
        self._chars = None


class Node:
    """A handle that holds its value, or the function that makes it."""

    __slots__ = ("made", "span", "uses")

    def __init__(self, value: Value | Callable[[], Value], span: Span, uses: tuple[Use, ...] = ()) -> None:
        self.made = value
        self.span = span
        self.uses = uses

    @property
    def value(self) -> Value:
        """The value; worked out when first asked for."""
        made = self.made
        if callable(made):
            self.made = Unknown(self.span)  # should it ask for itself
            made = self.made = made()
        return made


class Plain:
    """``program.Language`` for handles that are nodes."""

    def lower(self, handle: Handle, block: Block) -> Value:
        if handle is None:  # of a use that has no other side
            return Unknown(Span(0, 0))
        value: Value = handle.value
        return value

    def uses(self, site: Site) -> list[Use]:
        return list(site.handle.uses)

    def guards(self, site: Site) -> list[Handle]:
        return []

    def span(self, handle: Handle) -> Span:
        span: Span = handle.span
        return span


class Maker:
    """Fills the program of one file."""

    def __init__(self, source: Source, name: str, watch: Watch) -> None:
        self.source = source
        self.watch = watch
        self.matches = watch.text.search
        self.module = Scope("module", "", None)
        self.program = Program(source, name, Plain(), self.module)
        #: programs of other languages inside the file
        self.inner: list[Program] = []
        self._later: list[tuple[tuple[str, ...], Node, Span, Span]] = []

    # ------------------------------------------------------------- recording

    def call(
        self, name: str, args: Callable[[], tuple[Argument, ...]], span: Span, name_span: Span, block: Block
    ) -> Node:
        """Record a call of a command or function."""
        node = Node(Unknown(span), span)
        site = Site(node, node, block)
        node.made = Call(Ref(name, name_span, block), args, span, site)
        self.program.calls.setdefault(name, []).append(site)
        return node

    def bind(
        self, name: str, node: Node, block: Block, span: Span, scope: Scope | None = None, kind: str = "value"
    ) -> None:
        """Record one way in which a variable gets its value."""
        home = scope or self.module
        order = self.source.line_of(span.start)
        found = Binding(name, kind, node, home, block, order)
        home.bindings.setdefault(name, []).append(found)

    def string(self, node: Node, block: Block) -> None:
        """Record a string that the catalogue watches."""
        self.program.strings.append(Site(node, node, block))

    def watched(self, text: Text, span: Span, block: Block, *uses: Use) -> None:
        """Record a whole text where the catalogue watches it."""
        if self.matches(text.chars):
            self.string(Node(lambda: self.value(text, span), span, uses), block)

    def read(self, name: str, value: Value, block: Block) -> Node | None:
        """Record the read of a field that is watched; its node, whose uses are for the caller to tell."""
        if name not in self.watch.reads:
            return None
        node = Node(value, value.span)
        self.program.reads.setdefault(name, []).append(Site(node, node, block))
        return node

    def setting(self, path: tuple[str, ...], value: Value, span: Span, key_span: Span) -> None:
        self.program.settings.append(Setting(path, value, span, key_span))

    def later(self, path: tuple[str, ...], node: Node, span: Span, key_span: Span) -> None:
        """Record a setting whose value may name variables that are bound further down."""
        self._later.append((path, node, span, key_span))

    def finish(self) -> None:
        """Record what had to wait for the end of the file."""
        for path, node, span, key_span in self._later:
            self.setting(path, node.value, span, key_span)
        self._later.clear()

    def variable_read(self, name: str, span: Span, name_span: Span) -> None:
        """Record the read of an environment variable that is watched."""
        if self.matches(name):
            self.setting((), Env(name, None, span, name_span), span, name_span)

    def strings_of(self, value: Value, block: Block) -> None:
        """Record the watched strings inside a mapping or list."""
        stack: list[tuple[Value, str]] = [(value, "")]
        while stack:
            found, key = stack.pop()
            if isinstance(found, Dict):
                stack.extend((entry.value, entry.key or "") for entry in reversed(found.entries))
            elif isinstance(found, List):
                stack.extend((item, key) for item in reversed(found.items))
            elif isinstance(found, (Str, Join)) and key not in PROSE:
                inner = found.text if isinstance(found, Str) else self.source.text[found.span.start : found.span.end]
                if self.matches(inner):
                    self.string(Node(found, found.span, (Use("element", key),)), block)

    def embed(self, text: Text, language: str) -> None:
        """Read a part of the file as another language, if it can be read so."""
        from . import programs

        if not self.matches(text.chars) and "openai" not in text.chars:
            return
        inner = Source(self.source.path, text.chars, host=self.source, pieces=text.pieces())
        try:
            self.inner.extend(programs(inner, None, language, self.watch))
        except (SyntaxError, ValueError, KeyError, RecursionError, ImportError):
            return  # a shell may still fill it in

    # ---------------------------------------------------------------- values

    def value(self, text: Text, span: Span) -> Value:
        """What a text stands for: a string, a variable, both joined."""
        holes = text.holes
        chars = text.chars
        if not holes:
            return Str(chars, span)
        if len(chars) == 1:
            return self.filled(holes[0])
        return self.joined(text, 0, len(chars), span)

    def joined(self, text: Text, start: int, end: int, span: Span) -> Value:
        """The characters ``[start, end)`` with what fills the holes in them."""
        parts: list[Value] = []
        at = start
        for index in sorted(index for index in text.holes if start <= index < end) if text.holes else ():
            if at < index:
                parts.append(Str(text.chars[at:index], text.span(at, index)))
            parts.append(self.filled(text.holes[index]))
            at = index + 1
        if not parts:
            return Str(text.chars[start:end], span)
        if at < end:
            parts.append(Str(text.chars[at:end], text.span(at, end)))
        return parts[0] if len(parts) == 1 else Join(tuple(parts), span)

    def filled(self, hole: Hole) -> Value:
        """The value of a hole."""
        if isinstance(hole, Variable):
            if not hole.free and not _KEY_NAME.search(hole.name) and self._bound(hole):
                return Ref(hole.name, hole.span, hole.block or self.module.block)
            default = self.value(hole.default, hole.span) if hole.default is not None else None
            if isinstance(default, Str) and hole.default is not None and len(hole.default):
                default = default._replace(span=hole.default.span(0, len(hole.default)))
            return Env(hole.name, default, hole.span, hole.name_span)
        return hole.value if isinstance(hole, Ready) else Unknown(hole.span)

    def _bound(self, hole: Variable) -> bool:
        scope: Scope | None = hole.block.scope if hole.block is not None else self.module
        while scope is not None:
            if hole.name in scope.bindings:
                return True
            scope = scope.parent
        return False


def inside(value: Value) -> Iterator[Value]:
    """A value and the values inside it; never recursive."""
    stack = [value]
    while stack:
        found = stack.pop()
        yield found
        if isinstance(found, Dict):
            stack.extend(entry.value for entry in reversed(found.entries))
        elif isinstance(found, List):
            stack.extend(reversed(found.items))
        elif isinstance(found, Join):
            stack.extend(reversed(found.parts))
        elif isinstance(found, OneOf):
            stack.extend(reversed(found.options))


__all__ = [
    "HOLE", "PROSE", "Bool", "Entry", "Hole", "Maker", "Node", "Null", "Num", "Opaque", "Plain", "Ready", "Text",
    "Variable", "inside",
]  # fmt: skip
