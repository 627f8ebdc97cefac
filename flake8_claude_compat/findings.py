"""What the tool says about a file: plain data, no syntax nodes."""

from __future__ import annotations

from typing import NamedTuple, Union

from .source import Location, Span

# ------------------------------------------------------------------- changes


class SetText(NamedTuple):
    """Replace the text of a string literal; the frontend keeps its quotes."""

    span: Span
    text: str


class SetEnv(NamedTuple):
    """Replace an expression by the read of an environment variable."""

    span: Span
    variable: str


class Remove(NamedTuple):
    """Remove an argument, property, dict entry or statement with its comma."""

    span: Span


class Rename(NamedTuple):
    """Replace a name by another one."""

    span: Span
    name: str


class AddArgument(NamedTuple):
    """Add ``name=value`` to the call that spans ``call``.

    ``value`` is text for a string literal, or an environment variable's name
    when ``env``.
    """

    call: Span
    name: str
    value: str
    env: bool = False


Change = Union[SetText, SetEnv, Remove, Rename, AddArgument]

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
    """A finding with the place that is printed."""

    finding: Finding
    name: str
    location: Location


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
