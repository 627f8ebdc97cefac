"""What the tool says about a file: plain data, no syntax nodes."""

from __future__ import annotations

from typing import NamedTuple, Union

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


#: what a change writes; spelled in the file's own language and style
New = Union[str, int, float, bool, None, EnvRead, Copy, Map, Items, Each]

# ------------------------------------------------------------------- changes


class SetText(NamedTuple):
    """Replace the text of a string literal; its quotes stay."""

    span: Span
    text: str


class SetEnv(NamedTuple):
    """Replace an expression by the read of an environment variable."""

    span: Span
    variable: str


class SetValue(NamedTuple):
    """Replace an expression."""

    span: Span
    value: New


class Remove(NamedTuple):
    """Remove an argument, property, dict entry or statement with its comma."""

    span: Span


class Rename(NamedTuple):
    """Replace a name, or the text of a quoted key, by another one."""

    span: Span
    name: str


class AddArgument(NamedTuple):
    """Add ``name=value`` to the call, or to the mapping, that spans ``call``."""

    call: Span
    name: str
    value: New


class AddItem(NamedTuple):
    """Put an item in front of the others of the list literal at ``span``."""

    span: Span
    value: New


class WrapItems(NamedTuple):
    """Replace each item of a list by ``item``, which holds :class:`Each`."""

    span: Span
    item: New


class ReadInstead(NamedTuple):
    """Read ``path`` in place of the field whose name is at ``span``.

    Numbers in the path are indices. ``guarded``: nothing is read, and the
    value is None, where the first field of the path is empty.
    """

    span: Span
    path: tuple[str | int, ...]
    guarded: bool = False


class ReadAttribute(NamedTuple):
    """Read the field whose name is at ``span`` as an attribute, not by subscript."""

    span: Span


class HandleError(NamedTuple):
    """Put the statement around the call at ``span`` into a handler for text that is no JSON."""

    span: Span


class BuildClient(NamedTuple):
    """Call a client of the present SDK in place of the old module at ``span``.

    ``method``: its method path. A client with ``args`` is built once per file.
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
    SetText, SetEnv, SetValue, Remove, Rename, AddArgument, AddItem, WrapItems, ReadInstead, ReadAttribute,
    HandleError, BuildClient, AddBeside,
]  # fmt: skip

SAFE = "safe"
UNSAFE = "unsafe"
SHOW_ONLY = "show-only"

# ------------------------------------------------------------------ findings

ERROR = "error"
WARNING = "warning"
INFO = "info"


class Finding(NamedTuple):
    """One thing to change.

    ``severity``: ``error`` (the request fails, goes to the wrong place or a
    secret leaks), ``warning`` (accepted, but does less or something else),
    ``info`` (advice). ``safety`` says whether ``changes`` may be applied
    without a look: ``safe``, ``unsafe`` or ``show-only``.
    """

    code: str
    span: Span
    message: str
    severity: str
    changes: tuple[Change, ...] = ()
    safety: str = SHOW_ONLY


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
    """The outcome for one file."""

    path: str
    findings: tuple[Located, ...]
    problems: tuple[Problem, ...] = ()
