"""Resolved values, and what can be made of them without looking anything up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Union, cast

from ..facts import Client, Request
from ..lazy import pattern
from ..program import (
    Argument,
    Attr,
    Block,
    Call,
    Dict,
    Entry,
    Env,
    Func,
    Item,
    Join,
    Klass,
    List,
    Null,
    Num,
    OneOf,
    Op,
    Ref,
    Scope,
    Str,
    Symbol,
    Unknown,
    Value,
)
from ..record import NamedTuple
from ..source import Span

#: where a word of a name in camelCase begins: admin|API|Keys
_HUMP = pattern(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Thing(NamedTuple):
    """A path from a client, a request's response, or an instance of a class."""

    root: Client | Request | Scope
    path: tuple[str, ...]
    span: Span


class Partial(NamedTuple):
    """``functools.partial(func, ...)``."""

    func: Resolved
    args: tuple[Argument, ...]
    span: Span


Resolved = Union[Value, Thing, Partial]

#: the place of what is not written anywhere in the file
NOWHERE = Span(0, 0)
#: alternatives that are followed at most
MAX_BINDINGS = 8


def alternatives(value: Resolved) -> tuple[Resolved, ...]:
    """What a value may be: the options of one that is one of several, else itself."""
    return value.options if isinstance(value, OneOf) else (value,)


def one_of(values: Sequence[Resolved], span: Span) -> Resolved:
    """The alternatives as one value: flattened, without repetitions."""
    if len(values) == 1:
        return values[0]
    flat_values: list[Resolved] = []
    seen: set[object] = set()
    for value in values:
        for option in alternatives(value):
            key = _identity(option)
            if key not in seen:
                seen.add(key)
                flat_values.append(option)
    if not flat_values:
        return Unknown(span)
    if len(flat_values) == 1:
        return flat_values[0]
    return OneOf(cast("tuple[Value, ...]", tuple(flat_values)), span)


def _identity(value: Resolved) -> object:
    """What makes two values the same alternative: one name imported twice is one."""
    kind = type(value)
    if kind is Unknown:
        return Unknown
    if kind is Symbol:
        return cast(Symbol, value).dotted
    if kind is Thing:
        thing = cast(Thing, value)
        return (id(thing.root), thing.path)
    if kind is Func or kind is Klass:
        return id(cast(Func, value).scope)
    return id(value)


def is_vague(value: Resolved) -> bool:
    """Whether it is not known, or only by its name, what a value is."""
    kind = type(value)
    return kind in _VAGUE or (kind is OneOf and _VAGUE.issuperset(map(type, cast(OneOf, value).options)))


_VAGUE = frozenset({Unknown, Null, Symbol})


def flat(value: Value, depth: int = 6) -> Iterator[Value]:
    """A value and the values inside it."""
    yield value
    if depth <= 0:
        return
    inner: tuple[Value, ...] = ()
    if isinstance(value, (Op, Join)):
        inner = value.operands if isinstance(value, Op) else value.parts
    elif isinstance(value, OneOf):
        inner = value.options
    elif isinstance(value, List):
        inner = value.items
    elif isinstance(value, Attr):
        inner = (value.base,)
    elif isinstance(value, Item):
        inner = (value.base, value.key)
    elif isinstance(value, Call):
        inner = (value.func, *(arg.value for arg in value.args))
    for item in inner:
        yield from flat(item, depth - 1)


def is_answer(value: Resolved) -> bool:
    """A request's whole result, and not a stream of chunks."""
    return (
        isinstance(value, Thing)
        and isinstance(value.root, Request)
        and not value.path
        and value.root.stream is not True
    )


def textual_path(value: Value) -> tuple[str, ...] | None:
    """``a.b.c`` as names, None for anything that is no plain chain."""
    names: list[str] = []
    while isinstance(value, Attr):
        names.append(value.name)
        value = value.base
    if not isinstance(value, Ref):
        return None
    names.append(value.name)
    return tuple(reversed(names))


def block_of(value: Value) -> Block | None:
    """The block of the name that a chain begins with."""
    while isinstance(value, Attr):
        value = value.base
    return value.block if isinstance(value, Ref) else None


def extended(value: Resolved, entries: list[Entry], grows: bool) -> Resolved:
    """A mapping with more entries, a list with unknown items behind its own."""
    if isinstance(value, Dict) and entries:
        return value._replace(entries=(*value.entries, *entries))
    if isinstance(value, List) and grows:
        return value._replace(items=(*value.items, Unknown(value.span)), open=True)
    return value


def merged(left: Resolved, right: Resolved, span: Span) -> Resolved:
    """``left | right`` of mappings."""
    if isinstance(left, Dict) or isinstance(right, Dict):
        entries = [
            Entry(None, cast(Value, side), side.span, side.span, True) for side in (left, right)
        ]
        return Dict(tuple(entries), span)
    return Unknown(span)


def dict_of(call: Call) -> Resolved:
    """What ``dict(...)`` gives."""
    entries = []
    for arg in call.args:
        if arg.name is not None and not arg.spread:
            entries.append(Entry(arg.name, arg.value, arg.span, arg.name_span))
        else:
            entries.append(Entry(None, arg.value, arg.span, arg.name_span, True))
    return Dict(tuple(entries), call.span)


def joined_lists(parts: list[Resolved], span: Span) -> List | None:
    """One list after the other, None where none of them is known to be one."""
    if not any(isinstance(part, List) for part in parts):
        return None
    items: list[Value] = []
    is_open = False
    for part in parts:
        if isinstance(part, List):
            items += part.items
        else:
            items.append(Unknown(part.span))
        is_open = is_open or not isinstance(part, List) or part.open
    return List(tuple(items), span, is_open)


def joined_text(parts: list[Resolved], span: Span) -> Resolved:
    """The text of parts that are known from the start on."""
    text = ""
    for index, part in enumerate(parts):
        if isinstance(part, OneOf):
            known = [option for option in part.options if isinstance(option, (Str, Env))]
            if index == 0 and known and len(parts) <= 6:
                rest = parts[1:]
                options = [joined_text([option, *rest], span) for option in part.options]
                return one_of(options, span)
            return _open_text(text, parts[index:], span)
        if isinstance(part, Env) and isinstance(part.default, Str) and index == 0:
            inner = joined_text([part.default, *parts[1:]], span)
            return part._replace(default=cast(Value, inner), span=span)
        if isinstance(part, Num):
            number = int(part.value) if part.value == part.value // 1 else part.value
            text += str(number)
            continue
        if not isinstance(part, Str):
            begun = _open_text(text, parts[index:], span)
            if isinstance(begun, Unknown) and isinstance(part, Env):
                return part._replace(default=None, span=span)
            return begun
        text += part.text
        if part.partial:
            return _open_text(text, parts[index + 1 :], span) if is_azure(text) else Str(text, span, True)
    return Str(text, span)


def _open_text(text: str, rest: list[Resolved], span: Span) -> Resolved:
    """A text of which a part is not known: what stands before it; of a URL of Azure's all, with ``…`` in the gaps."""
    if is_azure(text) or any(isinstance(part, Str) and is_azure(part.text) for part in rest):
        for part in rest:
            text += part.text if isinstance(part, Str) else "…" if text[-1:] != "…" else ""
        return Str(text, span, True)
    return Str(text, span, True) if text else Unknown(span)


def is_azure(text: str) -> bool:
    """Whether a URL, or a part of one, is of Azure OpenAI: by its host, or by the path of a deployment."""
    return ".openai.azure." in text or "openai/deployments/" in text


def last_name(value: Value) -> str:
    """The last name of a chain of attributes, "" of something else."""
    return value.name if isinstance(value, (Attr, Ref)) else ""


def snake_case(name: str) -> str:
    """A name in camelCase as Python writes it: ``adminAPIKeys`` → ``admin_api_keys``."""
    if name.islower():
        return name
    return _HUMP.sub("_", name).lower()
