"""The arguments of a call: those with names, and what splatted mappings bring."""

from __future__ import annotations

from collections.abc import Iterable

from ..catalogue import Catalogue
from ..facts import Arg, Arguments, Request, options
from ..program import Argument, Bool, Dict, Env, Null, OneOf, Program, Str, Symbol, Value
from ..source import Span
from .resolve import Resolver
from .values import Resolved

#: arguments whose entries are sent like arguments
_MERGED = ("extra_body", "model_kwargs", "extra_json")
#: names that stand for an argument that is not given
_ABSENT = frozenset({"NOT_GIVEN", "NotGiven", "omit", "Omit", "not_given"})

#: entries of mappings that were added to the arguments of a call, by the identity of their span (which is kept,
#: so that no other takes its place): whether they may hold more
_Done = dict[int, tuple[Span, bool]]


class ArgumentReader:
    """Reads the arguments of the calls of one program."""

    def __init__(self, program: Program, catalogue: Catalogue, resolver: Resolver) -> None:
        self.program = program
        self.catalogue = catalogue
        self.resolver = resolver

    def read(self, args: Iterable[Argument]) -> Arguments:
        """The arguments of a call, splatted mappings included."""
        items: list[Arg] = []
        done: _Done = {}
        is_open = False
        for index, arg in enumerate(args):
            if arg.spread:
                is_open = arg.name == "*" or self._spread(self.resolver.resolve(arg.value), items, done) or is_open
            elif arg.name is None:
                if index == 0:
                    value = self.resolver.resolve(arg.value)
                    if isinstance(value, (Dict, OneOf)):
                        is_open = self._spread(value, items, done) or is_open
                    elif not isinstance(value, (Str, Null, Env)) and self.program.name == "javascript":
                        is_open = True
            else:
                self._add(arg.name, arg.value, arg.span, arg.name_span, items, done)
        return Arguments(tuple(items), is_open)

    def of(self, value: Resolved) -> Arguments:
        """The arguments that a mapping holds, or one of several."""
        items: list[Arg] = []
        is_open = self._spread(value, items, {})
        return Arguments(tuple(items), is_open)

    def _add(self, name: str, raw: Value, span: Span, name_span: Span, items: list[Arg], done: _Done) -> bool:
        if name in _MERGED:
            return self._spread(self.resolver.resolve(raw), items, done)
        value = self.value(raw)
        items.append(Arg(self.catalogue.parameter_name(name), value, span, name_span, raw.span, name))
        return False

    def value(self, raw: Value) -> Value:
        """What an argument stands for; Null for the SDK's ``NOT_GIVEN`` and its like."""
        value = self.resolver.deep(raw)
        if isinstance(value, Symbol) and value.dotted.rpartition(".")[2].rstrip("()") in _ABSENT:
            return Null(value.span)
        return value

    def _spread(self, value: Resolved, items: list[Arg], done: _Done, depth: int = 0) -> bool:
        """Add a mapping's entries; True if it may hold others. ``done``: those that were added before."""
        if isinstance(value, Null):
            return False
        if isinstance(value, OneOf) and depth < 4:
            open_options = [self._spread(option, items, done, depth + 1) for option in value.options]
            return any(open_options)
        if not isinstance(value, Dict) or depth >= 6:
            return True
        is_open = value.open
        for entry in value.entries:
            known = done.get(id(entry.span))
            if known is not None:  # the same entry, by way of another alternative
                is_open = known[1] or is_open
                continue
            if entry.spread:
                opened = self._spread(self.resolver.resolve(entry.value), items, done, depth + 1)
            elif entry.key is None:
                opened = True
            else:
                opened = self._add(entry.key, entry.value, entry.span, entry.key_span, items, done)
            done[id(entry.span)] = (entry.span, opened)
            is_open = opened or is_open
        return is_open


def given(args: Arguments, name: str) -> Arg | None:
    """The argument unless it is literally None: then the SDK's default holds."""
    arg = args.find(name)
    return None if arg is None or isinstance(arg.value, Null) else arg


def streams(request: Request) -> bool | None:
    """Whether a request asks for a stream; None where that is not known."""
    if request.method == "stream":
        return True
    arg = request.args.find("stream")
    if arg is None:
        return None if request.args.open else False
    known = {value.value if isinstance(value, Bool) else None for value in options(arg.value)}
    return known.pop() if len(known) == 1 else None
