"""What the tool says about a file: plain data, no syntax nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Union

from .record import NamedTuple
from .source import Location, Source, Span

# ------------------------------------------------------------------ new values


class EnvRead(NamedTuple):
    """The read of an environment variable: os.environ["X"], process.env.X, $X."""

    name: str


class Copy(NamedTuple):
    """The source text of an expression that is there already."""

    span: Span


class Map(NamedTuple):
    """A mapping, by (key, new value)."""

    entries: tuple[tuple[str, New], ...]


class Items(NamedTuple):
    """A list of new values."""

    items: tuple[New, ...]


class Each(NamedTuple):
    """Inside :class:`WrapItems`: the item itself."""


class ReadBeside(NamedTuple):
    """The read of ``path`` from what the field whose name is at ``span`` is read from."""

    span: Span
    path: tuple[str | int, ...]


#: what a change writes; spelled in the file's own language and style
New = Union[str, int, float, bool, None, EnvRead, Copy, Map, Items, Each, ReadBeside]

# ------------------------------------------------------------------- changes


class SetText(NamedTuple):
    """Replace the text of a string literal; its quotes stay."""

    span: Span
    text: str


class SetValue(NamedTuple):
    """Replace an expression."""

    span: Span
    value: New


class Remove(NamedTuple):
    """Remove an argument, property, dict entry or statement with its comma."""

    span: Span


class RemoveItem(NamedTuple):
    """Remove an item of a list literal with its comma."""

    span: Span


class Rename(NamedTuple):
    """Replace a name, or the text of a quoted key, by another one."""

    span: Span
    name: str


class AddArgument(NamedTuple):
    """Add ``name=value``, and ``more`` of them, to the call or the mapping that spans ``call``."""

    call: Span
    name: str
    value: New
    more: tuple[tuple[str, New], ...] = ()

    @property
    def arguments(self) -> tuple[tuple[str, New], ...]:
        """All that is to be added: (name, value)."""
        return (self.name, self.value), *self.more


class AddItem(NamedTuple):
    """Put an item in front of the others of the list literal at ``span``."""

    span: Span
    value: New


class WrapItems(NamedTuple):
    """Replace each item of a list by ``item``, which holds :class:`Each`.

    ``certain``: it is a list for sure, and not None.
    """

    span: Span
    item: New
    certain: bool = True


class ReadInstead(NamedTuple):
    """Read ``path`` in place of the field whose name is at ``span``.

    Numbers in the path are indices. ``guarded``: nothing is read, and the
    value is None, where the first field of the path is empty. ``tested``: it
    is only asked whether there is a value, which the first field tells.
    """

    span: Span
    path: tuple[str | int, ...]
    guarded: bool = False
    tested: bool = False


class ReadAttribute(NamedTuple):
    """Read the field whose name is at ``span`` as an attribute, not by subscript."""

    span: Span


class OrText(NamedTuple):
    """Use a text where the field whose name is at ``span`` is None or empty."""

    span: Span
    text: str


class SetModuleOption(NamedTuple):
    """Set an option of the module whose function is called at ``span``, before it is used."""

    span: Span
    name: str
    value: New


class HandleError(NamedTuple):
    """Put the statement around the call at ``span`` into a handler for text that is no JSON."""

    span: Span


class MoveImport(NamedTuple):
    """Import ``name`` from ``module`` in place of the imported name at ``span``; it keeps the name it has here."""

    span: Span
    module: str
    name: str


class ReplaceClass(NamedTuple):
    """Use another class of the same package in place of the one that is named at ``span``, everywhere in the file."""

    span: Span
    name: str


class BuildClient(NamedTuple):
    """Call a client of the present SDK in place of the old function whose name is at ``span``.

    ``method``: its method path. A client is built once per file, with the
    options that the module has, and ``args`` for those that it has not.
    """

    span: Span
    method: str
    args: tuple[tuple[str, New], ...]


class AddBeside(NamedTuple):
    """Add a setting beside the one at ``span``, with ``name`` in place of its ``old`` name."""

    span: Span
    old: str
    name: str


Change = Union[
    SetText, SetValue, Remove, RemoveItem, Rename, AddArgument, AddItem, WrapItems, ReadInstead, ReadAttribute,
    OrText, SetModuleOption, HandleError, MoveImport, ReplaceClass, BuildClient, AddBeside,
]  # fmt: skip

SAFE = "safe"
UNSAFE = "unsafe"
SHOW_ONLY = "show-only"
#: from what is changed first to what never is
_SAFETIES = (SAFE, UNSAFE, SHOW_ONLY)


def last(safeties: Iterable[str]) -> str:
    """The safety of what is changed last, of several."""
    return max(safeties, key=_SAFETIES.index)


# ------------------------------------------------------------------ findings

ERROR = "error"
WARNING = "warning"
INFO = "info"


class Finding(NamedTuple):
    """One thing to change.

    ``severity``: ``error`` (the request fails, goes to the wrong place or a
    secret leaks), ``warning`` (accepted, but does less or something else),
    ``info`` (advice). ``safety`` says whether ``changes`` may be applied
    without a look: ``safe``, ``unsafe`` or ``show-only``. ``beside``: where
    the findings stand without whose changes these are not to be made.
    """

    code: str
    span: Span
    message: str
    severity: str
    changes: tuple[Change, ...] = ()
    safety: str = SHOW_ONLY
    beside: tuple[Span, ...] = ()


class Located(NamedTuple):
    """A finding with the place that is printed.

    ``origin``: the source that its spans count in, the file's own or one
    inside it. ``kind``: what its program is written in, see ``program.Program``.
    """

    finding: Finding
    name: str
    location: Location
    origin: Source
    kind: str


class Problem(NamedTuple):
    """A file that could not be checked: a result, never counted as clean."""

    path: str
    message: str
    line: int = 1


class Report(NamedTuple):
    """The outcome for one file; ``known``: findings of the baseline, which are not reported."""

    path: str
    findings: tuple[Located, ...]
    problems: tuple[Problem, ...] = ()
    known: tuple[Located, ...] = ()
