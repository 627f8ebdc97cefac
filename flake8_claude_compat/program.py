"""The language-neutral program that a frontend makes of one file.

A frontend records *where* something of interest may be (calls by the last
name of their callee, attribute reads and strings that the catalogue watches,
stores, scopes with their bindings) and lowers syntax to a :data:`Value` only
when the linker asks: most code of most files is never lowered.

``Handle`` is the frontend's own syntax node; nobody else looks into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, Union

from .record import NamedTuple
from .source import Source, Span

Handle = Any

# --------------------------------------------------------------------- values


class Str(NamedTuple):
    """Text. ``partial``: only this prefix of it is known (f-string, template)."""

    text: str
    span: Span
    partial: bool = False


class Num(NamedTuple):
    value: float
    span: Span


class Bool(NamedTuple):
    value: bool
    span: Span


class Null(NamedTuple):
    span: Span


class Env(NamedTuple):
    """An environment variable read: os.environ["X"], process.env.X, $X."""

    name: str
    default: Value | None
    span: Span
    name_span: Span


class Entry(NamedTuple):
    """One entry of a mapping. ``spread``: ``**value`` / ``...value``; ``key``
    is None where the key is not a known string."""

    key: str | None
    value: Value
    span: Span
    key_span: Span
    spread: bool = False


class Dict(NamedTuple):
    """A mapping. ``open``: it may hold entries that are not listed."""

    entries: tuple[Entry, ...]
    span: Span
    open: bool = False


class List(NamedTuple):
    """A list, tuple or set. ``open``: it may hold items that are not listed; ``Unknown`` stands in their place."""

    items: tuple[Value, ...]
    span: Span
    open: bool = False


class Ref(NamedTuple):
    """A name, to be looked up from ``block``."""

    name: str
    span: Span
    block: Block


class Symbol(NamedTuple):
    """Something imported, by its dotted name: ``openai.OpenAI``, ``os.environ``."""

    dotted: str
    span: Span


class Attr(NamedTuple):
    """``base.name``."""

    base: Value
    name: str
    span: Span
    name_span: Span


class Item(NamedTuple):
    """``base[key]``; ``default`` when read with ``.get(key, default)``."""

    base: Value
    key: Value
    span: Span
    default: Value | None = None


class Each(NamedTuple):
    """Any item of iterating ``base``."""

    base: Value
    span: Span


class Argument(NamedTuple):
    """One argument of a call. ``name`` None and not ``spread``: positional.

    ``spread``: ``**value`` (``name`` None) or ``*value`` (``name`` "*").
    """

    name: str | None
    value: Value
    span: Span
    name_span: Span
    spread: bool = False


class Call:
    """A call or ``new``; awaiting is transparent.

    Its arguments are lowered when they are first asked for: most calls are
    known to be of no interest by their callee alone.
    """

    __slots__ = ("func", "span", "site", "_args")

    def __init__(
        self,
        func: Value,
        args: tuple[Argument, ...] | Callable[[], tuple[Argument, ...]],
        span: Span,
        site: Site,
    ) -> None:
        self.func = func
        self._args = args
        self.span = span
        self.site = site

    @property
    def args(self) -> tuple[Argument, ...]:
        """The arguments in source order."""
        if not isinstance(self._args, tuple):
            self._args = self._args()
        return self._args

    def with_args(self, args: tuple[Argument, ...], func: Value | None = None) -> Call:
        """The same call with other arguments (and callee)."""
        return Call(func or self.func, args, self.span, self.site)


class OneOf(NamedTuple):
    """One of these: ternary, ``or`` / ``??``, match arms, several assignments."""

    options: tuple[Value, ...]
    span: Span


class Join(NamedTuple):
    """Concatenated text: ``a + b``, f-string, template, ``"".join``; or lists: ``a + b``, ``[*a, b]``."""

    parts: tuple[Value, ...]
    span: Span


class Op(NamedTuple):
    """Any other operator: comparison, ``not``, ``|``, arithmetic."""

    name: str
    operands: tuple[Value, ...]
    span: Span


class Func(NamedTuple):
    """A function or lambda of this file."""

    scope: Scope
    span: Span


class Klass(NamedTuple):
    """A class of this file."""

    scope: Scope
    span: Span


class Unknown(NamedTuple):
    """What cannot be told. Never fires a rule that needs certainty."""

    span: Span


Value = Union[
    Str, Num, Bool, Null, Env, Dict, List, Ref, Symbol, Attr, Item, Each, Call,
    OneOf, Join, Op, Func, Klass, Unknown,
]  # fmt: skip

# ------------------------------------------------------------------ structure


class Catch(NamedTuple):
    """One ``except`` / ``catch``. ``types`` empty: catches everything.

    ``swallows``: the body only passes, continues or ignores the error.
    """

    types: tuple[Handle, ...]
    swallows: bool
    span: Span


class Block:
    """Where code stands: a linked list of enclosing statements.

    ``kind`` is ``scope``, ``if``, ``else``, ``try``, ``handler``, ``loop``
    (while), ``for``, ``with`` or ``case``. ``test`` is the condition (if, else,
    loop), what is iterated (for) or the context expressions (with). ``exits`` are conditions that left the block before
    (``if not x: continue``), with the offset of their statement's end.
    """

    __slots__ = ("parent", "kind", "scope", "test", "catches", "exits")

    def __init__(
        self,
        parent: Block | None,
        kind: str,
        scope: Scope,
        test: Handle = None,
        catches: tuple[Catch, ...] = (),
    ) -> None:
        self.parent = parent
        self.kind = kind
        self.scope = scope
        self.test = test
        self.catches = catches
        self.exits: list[tuple[Handle, int]] | None = None


class Binding(NamedTuple):
    """One way in which a name gets a value.

    ``kind``: ``value`` (handle is the expression), ``import`` (handle is the
    dotted name), ``param``, ``each`` (loop over handle), ``with`` (handle is
    the context expression), ``unpack`` / ``unpack-each`` (item ``item`` of
    handle / of each item of handle), ``def``, ``class`` (handle is the Scope),
    ``augment`` (``x += handle``; ``item`` 1: ``x |= handle``), ``annotation``
    (declared only; handle is the annotation), ``error`` (a caught error;
    handle is its type), ``other``. ``annotation``: of a value whose type is
    declared, too.
    """

    name: str
    kind: str
    handle: Handle
    scope: Scope
    block: Block
    order: int
    item: int = 0
    annotation: Handle = None


class Param(NamedTuple):
    """A parameter of a function. ``kind``: ``plain``, ``*`` or ``**``."""

    name: str
    kind: str
    annotation: Handle
    default: Handle
    position: int


class Scope:
    """A module, class, function or lambda with the names bound in it."""

    __slots__ = (
        "kind", "name", "parent", "block", "bindings", "members", "params",
        "returns", "result", "decorators", "bases", "handle", "yields", "order",
    )  # fmt: skip

    def __init__(self, kind: str, name: str, parent: Scope | None, handle: Handle = None) -> None:
        self.kind = kind
        self.name = name
        self.parent = parent
        self.handle = handle
        self.block = Block(None, "scope", self)
        self.bindings: dict[str, list[Binding]] = {}
        #: of a class: what its methods assign to ``self.name``
        self.members: dict[str, list[Binding]] = {}
        self.params: tuple[Param, ...] = ()
        self.returns: list[tuple[Handle, Block]] = []
        #: of a function: the annotation of what it returns
        self.result: Handle = None
        self.decorators: tuple[Handle, ...] = ()
        self.bases: tuple[Handle, ...] = ()
        #: of a generator function: what it yields
        self.yields: list[tuple[Handle, Block]] = []
        self.order = 0


class Site(NamedTuple):
    """A place in the program: a node, the statement that holds it, its block."""

    handle: Handle
    statement: Handle
    block: Block

    @property
    def scope(self) -> Scope:
        return self.block.scope


class Store(NamedTuple):
    """``target.name = value`` or ``target["name"] = value``.

    ``op``: ``=``, ``+=``, ``|=``, ``del``. ``value`` None for ``del``. ``name``:
    of the attribute that is set or of the mapping that an item is set in, ""
    for neither; None where only lowering the target tells.
    """

    target: Handle
    value: Handle
    op: str
    site: Site
    name: str | None = None


class Import(NamedTuple):
    """One imported name; ``dotted`` is what it stands for.

    ``handle`` is the name's node, ``statement`` the import's.
    """

    dotted: str
    name: str
    handle: Handle
    statement: Handle
    block: Block


class Setting(NamedTuple):
    """One value of a settings file, by the path of its keys."""

    path: tuple[str, ...]
    value: Value
    span: Span
    key_span: Span


class Use(NamedTuple):
    """One step outwards from a node to its statement.

    ``role``: ``attr`` / ``item`` (a longer chain goes on), ``call`` (it is
    called), ``argument`` (``handle`` is the call), ``test``, ``or``, ``and``,
    ``not``, ``compare`` (``handle`` the other side, ``name`` the operator),
    ``ternary-test``, ``ternary``, ``assign`` (``name`` the target if it is
    one), ``augment``, ``return``, ``yield``, ``format``, ``iterate``,
    ``element`` (of a list, set or, with its key as ``name``, a mapping), ``discard`` (expression statement),
    ``key`` (dict key), ``index`` (``handle`` the subscript), ``annotation``, ``default``, ``other``.
    ``first``: the node is the left operand of ``or`` / ``and``, or an ``item``
    is taken only where the node is there (``a?.[0]``).
    """

    role: str
    name: str = ""
    handle: Handle = None
    first: bool = False


class Watch(NamedTuple):
    """What the catalogue wants recorded; see ``catalogue.watch()``.

    ``reads``: attribute and key names. ``text``: a search pattern that every
    string of interest matches. ``words``: identifiers one of which stands in
    every expression that facts begin with; a frontend may put off all others.
    ``imported``: everyday identifiers that do so where they are imported, by
    the first name of the module; "" for the project's own modules. ``forms``:
    what is in those that are told by their form (``MY_OPENAI_API_KEY_2``).
    """

    reads: frozenset[str]
    text: re.Pattern[str]
    words: frozenset[str] = frozenset()
    imported: Mapping[str, frozenset[str]] = MappingProxyType({})
    forms: tuple[re.Pattern[str], ...] = ()


class Language(Protocol):
    """What the linker asks of a frontend about its own handles."""

    def lower(self, handle: Handle, block: Block) -> Value:
        """The value that an expression stands for, unresolved."""

    def uses(self, site: Site) -> list[Use]:
        """How a node is used, from the inside out, ends at the statement."""

    def guards(self, site: Site) -> list[Handle]:
        """Conditions inside the statement that hold where the node stands."""

    def span(self, handle: Handle) -> Span:
        """Where a node is."""


class Program:
    """All that a frontend tells about one file."""

    __slots__ = (
        "source", "name", "language", "module", "scopes", "calls", "reads",
        "names", "strings", "stores", "imports", "settings", "complete", "enter", "words", "problems", "free", "parts",
    )  # fmt: skip

    def __init__(self, source: Source, name: str, language: Language, module: Scope) -> None:
        self.source = source
        #: ``python``, ``javascript``, ``shell``, ``settings`` …
        self.name = name
        self.language = language
        self.module = module
        self.scopes: list[Scope] = [module]
        #: calls by the last name of the callee
        self.calls: dict[str, list[Site]] = {}
        #: attribute and subscript reads by name, of the watched names
        self.reads: dict[str, list[Site]] = {}
        #: reads of the names that are bound to something watched
        self.names: dict[str, list[Site]] = {}
        #: whole string literals that the watch pattern matches
        self.strings: list[Site] = []
        self.stores: list[Store] = []
        self.imports: list[Import] = []
        self.settings: list[Setting] = []
        #: of a frontend that puts expressions off: record all that mention a word
        self.complete: Callable[[str], None] | None = None
        #: of a frontend that puts functions off: record what is in one
        self.enter: Callable[[Scope], None] | None = None
        #: of a frontend that knows them: every identifier of the file, of its strings and comments too
        self.words: frozenset[str] | None = None
        #: parts of the file that could not be read: line of the file or cell, one line of text
        self.problems: list[tuple[int, str]] = []
        #: what answers questions about it: frontend and linker; see :meth:`release`
        self.parts: list[object] = []
        #: of a frontend whose nodes hold each other: let go of them
        self.free: Callable[[], None] | None = None

    def release(self) -> None:
        """Let go of everything: its parts hold each other, and the search for such garbage takes long."""
        if self.free is not None:
            self.free()
        self.complete = self.enter = self.free = self.words = None
        for table in (self.calls, self.reads, self.names):
            table.clear()
        for sites in (self.strings, self.stores, self.imports, self.settings):
            sites.clear()
        for scope in self.scopes:
            scope.bindings.clear()
            if scope.members:
                scope.members.clear()
            if scope.returns:
                scope.returns.clear()
            if scope.yields:
                scope.yields.clear()
            del scope.block
        self.scopes.clear()
        for part in self.parts:
            vars(part).clear()
        self.parts.clear()

    def mentions(self, word: str) -> bool:
        """Whether an identifier may stand anywhere in the file."""
        return word in self.source.text if self.words is None else word in self.words

    def calls_of(self, name: str) -> list[Site]:
        """All calls by the last name of the callee."""
        if self.complete is not None:
            self.complete(name)
        return self.calls.get(name, _NONE)

    def reads_of(self, name: str) -> list[Site]:
        """All reads of a watched attribute or key."""
        if self.complete is not None:
            self.complete(name)
        return self.reads.get(name, _NONE)

    def names_of(self, name: str) -> list[Site]:
        """All reads of a variable."""
        if self.complete is not None:
            self.complete(name)
        return self.names.get(name, _NONE)


_NONE: list[Site] = []
