"""Values: what a name, attribute, item or call stands for, as far as known.

Everything is lazy and remembered; what cannot be told is ``Unknown``. Clients
and requests are made by :class:`~.calls.Calls` through ``Resolver.hooks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, cast

from ..catalogue import Catalogue
from ..facts import Client, Request
from ..lazy import pattern
from ..program import (
    Attr,
    Binding,
    Block,
    Bool,
    Call,
    Dict,
    Each,
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
    Program,
    Ref,
    Scope,
    Site,
    Str,
    Symbol,
    Unknown,
    Value,
)
from ..source import Span
from . import strings
from .functions import Functions
from .library import method, symbol_call
from .mutations import Mutations
from .types import Types
from .values import (
    MAX_BINDINGS,
    NOWHERE,
    Partial,
    Resolved,
    Thing,
    block_of,
    is_answer,
    is_vague,
    joined_lists,
    joined_text,
    merged,
    one_of,
    snake_case,
    textual_path,
)

#: nested values are followed this deep; one step may take a dozen of Python's frames
_MAX_DEPTH = 18
#: what is asked for at this depth is remembered even if something far below was cut off
_SHALLOW = 4
#: what was cut off is looked at again from that much further up
_ROOM = 6
#: bindings whose handle is an expression
_FROM_VALUES = frozenset({"value", "with", "each", "unpack", "unpack-each"})
#: values that one question may follow in all: bounds files whose functions call each other in circles
_FUEL = 160
_MAX_ITEMS = 4
_CLASS = pattern(r"[A-Z]+[a-z]")

#: methods of a response (or a part of it) that give the same data again
_SAME_RESPONSE = frozenset({
    "json", "parse", "model_dump", "to_dict", "withResponse", "dict", "to_dict_recursive", "copy", "strip", "lstrip",
    "rstrip", "replace", "removeprefix", "removesuffix", "lower", "trim", "raise_for_status", "read",
    "decode", "text", "__aenter__", "__enter__", "result", "asResponse", "finalChatCompletion",
    "get_final_completion", "model_dump_json", "until_done", "iter_lines", "aiter_lines", "getvalue", "to_json",
    "group",
})  # fmt: skip
#: lists in an answer, methods of lists that give one of the items, and those that give some of them
_LISTS = frozenset({"choices", "tool_calls"})
_ONE_OF_THEM = frozenset({"at", "shift", "pop", "find", "findLast"})
_SOME_OF_THEM = frozenset({"filter", "slice", "reverse", "toReversed", "copy", "concat"})


class Hooks(Protocol):
    """What calls of imported names and of clients mean."""

    def symbol_call(self, symbol: Symbol, call: Call) -> Resolved | None: ...

    def client_call(self, thing: Thing, call: Call) -> Resolved: ...

    def unknown_call(self, call: Call) -> Resolved | None: ...

    def parameter_client(self, symbol: Symbol, name: str, span: Span) -> Resolved | None: ...

    def subclass_client(self, symbol: Symbol, call: Call) -> Resolved | None: ...


class Resolver:
    """Resolves the values of one program."""

    def __init__(self, program: Program, catalogue: Catalogue) -> None:
        self.program = program
        self.catalogue = catalogue
        self.language = program.language
        self.hooks: Hooks = cast(Hooks, None)
        self._depth = 0
        self._fuel = 0
        #: how often a value was cut off; what was found meanwhile is not remembered as a whole
        self.cut = 0
        #: how often for want of fuel
        self._starved = 0
        #: what was found of a name, binding or call that was cut off for its depth, and the depth at which it was asked
        #: for: who asks from there or from below finds no more
        self._shortened: dict[object, tuple[int, Resolved]] = {}
        self._refs: dict[tuple[int, str], Resolved] = {}
        #: what is being resolved; what leads back to it is left out, and that is counted
        self.busy: set[int] = set()
        self.left_out = 0
        self._bindings: dict[int, Resolved] = {}
        self._calls: dict[int, Resolved] = {}
        #: where partials are made that are called in this program
        self.called_partials: set[Span] = set()
        self._mutations = Mutations(program, self)
        self.functions = Functions(program, self)
        self.types = Types(program, catalogue, self)

    # --------------------------------------------------------------- entry

    def at(self, site: Site) -> Resolved:
        """The value of the node at a site."""
        return self.resolve(self.language.lower(site.handle, site.block))

    def of(self, handle: Any, block: Block) -> Resolved:
        """The value of an expression that stands in a block."""
        return self.resolve(self.language.lower(handle, block))

    def resolve(self, value: Resolved) -> Resolved:
        """Follow a value as far as it can be followed."""
        make = _RESOLVE.get(type(value))
        if make is None:
            return value
        if self._depth == 0:
            self._fuel = _FUEL
        elif self._depth > _MAX_DEPTH or self._fuel <= 0:
            self.cut += 1
            self._starved += self._fuel <= 0
            return Unknown(value.span)
        self._fuel -= 1
        self._depth += 1
        try:
            return make(self, value)
        finally:
            self._depth -= 1

    def deep(self, value: Resolved, depth: int = 8) -> Value:
        """Resolve inside mappings and lists too; things become ``Unknown``."""
        if self._depth:
            return self._deep(value, depth)
        self._fuel = _FUEL
        self._depth = 1
        try:
            return self._deep(value, depth)
        finally:
            self._depth = 0

    def _deep(self, value: Resolved, depth: int) -> Value:
        if type(value) in _PLAIN:
            return cast(Value, value)
        value = self.resolve(value)
        if depth <= 0 or isinstance(value, (Thing, Partial)):
            return Unknown(value.span)
        if isinstance(value, Dict):
            entries: list[Entry] = []
            is_open = value.open
            for entry in value.entries:
                key, given, span, key_span, spread = entry
                inner = given if type(given) in _PLAIN else self._deep(given, depth - 1)
                if spread:
                    if isinstance(inner, Dict):
                        entries.extend(inner.entries)
                        is_open = is_open or inner.open
                    elif not isinstance(inner, Null):
                        is_open = True
                    continue
                if key is None:
                    is_open = True
                entries.append(entry if inner is given else _new(Entry, (key, inner, span, key_span, False)))
            return Dict(tuple(entries), value.span, is_open)
        if isinstance(value, List):
            return List(tuple(self._deep(item, depth - 1) for item in value.items), value.span, value.open)
        if isinstance(value, OneOf):
            return cast(Value, one_of([self._deep(option, depth - 1) for option in value.options], value.span))
        if isinstance(value, Env) and value.default is not None:
            return value._replace(default=self._deep(value.default, depth - 1))
        return value

    def _cut_off(self, key: object) -> Resolved | None:
        """What is left of a value that was cut off before, where no more can be found now."""
        depth, value = self._shortened[key]
        if self._depth < min(depth, max(depth - _ROOM, _SHALLOW)):
            return None
        self.cut += 1
        return value

    # --------------------------------------------------------------- names

    def _ref(self, ref: Ref) -> Resolved:
        key = (ref.span.start, ref.name)
        known = self._refs.get(key)
        if known is None and key in self._shortened:
            known = self._cut_off(key)
        if known is None:
            cut, left_out, starved = self.cut, self.left_out, self._starved
            known = self._looked_up(ref)
            if left_out == self.left_out or not self.busy:
                if cut == self.cut:
                    self._refs[key] = known
                elif starved == self._starved:
                    self._shortened[key] = (self._depth, known)
        return known

    def _looked_up(self, ref: Ref) -> Resolved:
        found = self.lookup(ref.name, ref.block)
        if not found:
            # openai: of a snippet without its imports, or by way of `from ours import *`
            known = ref.name in _BUILTINS or (ref.name == "openai" and self.program.name == "python")
            return Symbol(ref.name, ref.span) if known else Unknown(ref.span)
        if len(found) == 1 and found[0].kind == "import":
            return Symbol(found[0].handle, NOWHERE)
        reaching = self._reaching(found, ref)
        values = []
        for binding in reaching[:MAX_BINDINGS]:
            if id(binding) in self.busy:
                self.left_out += 1
            elif binding.kind != "annotation":
                values.append(self.binding(binding))
        if len(reaching) > MAX_BINDINGS:
            values.append(Unknown(ref.span))
        result = one_of(values, ref.span)
        if is_vague(result):
            result = self.types.declared(found) or result
        if isinstance(result, (Dict, List)) or type(result) is OneOf:
            result = self._mutations.applied(result, (ref.name,), ref.block)
        return result

    def lookup(self, name: str, block: Block | None) -> list[Binding]:
        """The bindings of a name that are in sight from a block."""
        scope: Scope | None = block.scope if block else None
        first = True
        while scope is not None:
            if first or scope.kind != "class":
                known = scope.bindings.get(name)
                if known:
                    return known
            first = False
            scope = scope.parent
        return []

    def _reaching(self, found: list[Binding], ref: Ref) -> list[Binding]:
        """Bindings that may still hold at the use: later ones hide earlier ones."""
        if len(found) == 1:
            return found
        if found[0].scope is not ref.block.scope:
            return found
        line = self.program.source.line_of(ref.span.start)
        enclosing = set()
        block: Block | None = ref.block
        while block is not None:
            enclosing.add(id(block))
            block = block.parent
        reaching: list[Binding] = []
        for binding in reversed(found):
            if binding.order > line:
                continue
            if id(binding) in self.busy:
                self.left_out += 1
                continue
            if binding.kind in _FROM_VALUES and self._holds(binding, ref):
                continue  # data = {**data, …}: the one before is meant
            reaching.append(binding)
            if id(binding.block) in enclosing and binding.kind != "augment":
                break
        return reaching or found

    def _holds(self, binding: Binding, ref: Ref) -> bool:
        """Whether a name stands in what it is bound to."""
        start, end = self.language.span(binding.handle)
        return start <= ref.span.start < end

    def binding(self, binding: Binding) -> Resolved:
        """The value that one binding gives."""
        key = id(binding)
        known = self._bindings.get(key)
        if known is None and key in self._shortened:
            known = self._cut_off(key)
        if known is not None:
            return known
        if key in self.busy:
            self.left_out += 1
            return Unknown(NOWHERE)
        self.busy.add(key)
        cut, left_out, starved = self.cut, self.left_out, self._starved
        try:
            value = self._bound(binding)
        finally:
            self.busy.discard(key)
        # what a caller that is on its way here gives is found when it has arrived
        whole = left_out == self.left_out or binding.kind != "param"
        if whole and (cut == self.cut or self._depth < _SHALLOW):
            self._bindings[key] = value
        elif whole and starved == self._starved:
            self._shortened[key] = (self._depth, value)
        return value

    def _bound(self, binding: Binding) -> Resolved:
        kind, handle = binding.kind, binding.handle
        if kind in ("value", "with"):
            return self._named(self.of(handle, binding.block), binding)
        if kind == "import":
            return Symbol(handle, NOWHERE)
        if kind == "param":
            return self.functions.parameter(binding)
        if kind == "each":
            return self.each(self.of(handle, binding.block))
        if kind == "unpack":
            return self.item(self.of(handle, binding.block), Num(binding.item, NOWHERE), None, NOWHERE)
        if kind == "unpack-each":
            inner = self.language.lower(handle, binding.block)
            return self._unpacked_each(inner, binding.item)
        if kind == "def":
            return Func(handle, NOWHERE)
        if kind == "class":
            return Klass(handle, NOWHERE)
        if kind == "augment":
            return self._augmented(binding)
        return Unknown(NOWHERE)

    @staticmethod
    def _named(value: Resolved, binding: Binding) -> Resolved:
        if isinstance(value, Thing) and isinstance(value.root, Client) and not value.path and not value.root.name:
            value.root.name = binding.name
        return value

    def _augmented(self, binding: Binding) -> Resolved:
        span = self.language.span(binding.handle)
        before = self._ref(Ref(binding.name, span, binding.block))
        added = self.of(binding.handle, binding.block)
        if binding.item:
            return merged(before, added, span)
        return self._join(Join((cast(Value, before), cast(Value, added)), span))

    def _unpacked_each(self, inner: Value, index: int) -> Resolved:
        """One name of ``for a, b in …``: enumerate(x), zip(x, y), d.items()."""
        span = inner.span
        if isinstance(inner, Call) and inner.args and isinstance(inner.func, Ref):
            if inner.func.name == "enumerate":
                return self.each(self.resolve(inner.args[0].value)) if index == 1 else Unknown(span)
            if inner.func.name == "zip" and index < len(inner.args):
                return self.each(self.resolve(inner.args[index].value))
        if isinstance(inner, Call) and isinstance(inner.func, Attr) and inner.func.name == "items":
            base = self.resolve(inner.func.base)
            if isinstance(base, Dict) and index == 1 and base.entries:
                return one_of([self.resolve(entry.value) for entry in base.entries[:_MAX_ITEMS]], span)
        return self.item(self.each(self.resolve(inner)), Num(index, span), None, span)

    def written(self, value: Value) -> Iterator[Value]:
        """What a name or an attribute of an instance is bound to, unresolved; a call itself."""
        found: list[Binding] = []
        if isinstance(value, Call):
            yield value
        elif isinstance(value, Ref):
            found = self.lookup(value.name, value.block)
            found = self._reaching(found, value) if found else found
        elif isinstance(value, Attr):
            owner = self.resolve(value.base)
            if isinstance(owner, Thing) and isinstance(owner.root, Scope):
                found = [*owner.root.members.get(value.name, ()), *owner.root.bindings.get(value.name, ())]
        for binding in found[:MAX_BINDINGS]:
            if binding.kind in ("value", "with"):
                yield self.language.lower(binding.handle, binding.block)

    # ----------------------------------------------------- attributes, items

    def _attr(self, value: Attr) -> Resolved:
        base = self.resolve(value.base)
        result = self.attribute(base, value.name, value.span)
        if isinstance(result, (Dict, List)):
            path = textual_path(value)
            if path is not None:
                result = self._mutations.applied(result, path, block_of(value))
        return result

    def attribute(self, base: Resolved, name: str, span: Span) -> Resolved:
        """``base.name``."""
        if isinstance(base, Symbol):
            if name.isupper() and self.catalogue.env_reader(base.dotted) == "mapping":
                return Env(name, None, span, Span(span.end - len(name), span.end))
            return Symbol(f"{base.dotted}.{name}", span)
        if isinstance(base, Thing):
            if isinstance(base.root, Scope):
                return self.types.member(base.root, name, span)
            if isinstance(base.root, Request) and not base.path:
                if name == "data" or (name in ("text", "content") and base.root.transport == "http"):
                    return base  # npm v3 and axios wrap the body; a raw answer's text is all of it
            if isinstance(base.root, Request) and base.root.camel:
                name = snake_case(name)
            return Thing(base.root, (*base.path, name), span)
        if isinstance(base, Klass):
            return self.types.member(base.scope, name, span)
        if isinstance(base, Dict):
            return self.item(base, Str(name, span), None, span)
        if isinstance(base, Str):
            return strings.attribute(base, name, span)
        if isinstance(base, OneOf):
            return one_of([self.attribute(option, name, span) for option in base.options], span)
        return Unknown(span)

    def _item(self, value: Item) -> Resolved:
        base = self.resolve(value.base)
        return self.item(base, self.resolve(value.key), value.default, value.span, value.key.span)

    def item(
        self, base: Resolved, key: Resolved, default: Value | None, span: Span, key_span: Span | None = None
    ) -> Resolved:
        """``base[key]`` or ``base.get(key, default)``."""
        name = key.text if isinstance(key, Str) and not key.partial else None
        if name is None and isinstance(key, Num):
            name = str(int(key.value))
        if isinstance(base, Klass) and not isinstance(key, Str):
            return base  # Box[int] is Box
        if isinstance(base, Symbol):
            if self.catalogue.env_reader(base.dotted) == "mapping" and name is not None:
                return Env(name, default, span, key_span or span)
            if _CLASS.match(base.dotted.rpartition(".")[2]) and not isinstance(key, Str):
                return base
            return Symbol(f"{base.dotted}[]", span) if self.catalogue.other_vendor(base.dotted) else Unknown(span)
        if isinstance(base, Thing) and not isinstance(base.root, Scope):
            return Thing(base.root, (*base.path, name or "*"), span)
        if isinstance(base, Dict):
            return self._entry(base, name, default, span)
        if isinstance(base, List):
            if isinstance(key, Num) and -len(base.items) <= key.value < len(base.items) and not base.open:
                return self.resolve(base.items[int(key.value)])
            return one_of([*(self.resolve(item) for item in base.items[:_MAX_ITEMS]), Unknown(span)], span)
        if isinstance(base, OneOf):
            return one_of([self.item(option, key, default, span, key_span) for option in base.options], span)
        return self.resolve(default) if default is not None and isinstance(base, Str) else _with(default, span, self)

    def _entry(self, base: Dict, name: str | None, default: Value | None, span: Span) -> Resolved:
        values: list[Resolved] = []
        for entry in reversed(base.entries):
            if entry.spread:
                inner = self.resolve(entry.value)
                if isinstance(inner, Dict):
                    found = self._entry(inner, name, None, span)
                    if not isinstance(found, Unknown):
                        values.append(found)
                        continue
                values.append(Unknown(span))
            elif name is None or entry.key is None:
                if len(values) < _MAX_ITEMS:
                    values.append(self.resolve(entry.value))
            elif entry.key == name:
                values.append(self.resolve(entry.value))
                break
        else:
            if default is not None:
                values.append(self.resolve(default))
            elif base.open or not values:
                values.append(Unknown(span))
        return one_of(values[:MAX_BINDINGS], span)

    def each(self, base: Resolved) -> Resolved:
        """Any item of iterating a value."""
        if isinstance(base, Thing) and not isinstance(base.root, Scope):
            step = "*"
            if isinstance(base.root, Request) and not base.path:
                step = "chunk"
            return Thing(base.root, (*base.path, step), base.span)
        if isinstance(base, List):
            return one_of([*(self.resolve(item) for item in base.items[:_MAX_ITEMS]), Unknown(base.span)], base.span)
        if isinstance(base, OneOf):
            values = base.options
            if any(isinstance(option, List) for option in values):
                # "a list of answers or one answer": the answer itself is not what is iterated
                values = tuple(option for option in values if not is_answer(option))
            return one_of([self.each(option) for option in values], base.span)
        if isinstance(base, Symbol) and self.catalogue.other_vendor(base.dotted):
            return Symbol(f"{base.dotted}[]", base.span)  # a stream of somebody else's
        return Unknown(base.span)

    # ---------------------------------------------------------------- calls

    def _call(self, call: Call) -> Resolved:
        key = id(call.site.handle)
        known = self._calls.get(key)
        if known is None and key in self._shortened:
            known = self._cut_off(key)
        if known is not None:
            return known
        if key in self.busy:
            self.left_out += 1
            return Unknown(call.span)
        self.busy.add(key)
        cut, left_out, starved = self.cut, self.left_out, self._starved
        try:
            value = self.called(call)
        finally:
            self.busy.discard(key)
        if cut == self.cut or self._depth < _SHALLOW:
            self._calls[key] = value
        elif starved == self._starved and left_out == self.left_out:
            self._shortened[key] = (self._depth, value)
        return value

    def called(self, call: Call) -> Resolved:
        """The result of a call."""
        func = call.func
        if isinstance(func, Attr):
            base = self.resolve(func.base)
            result = method(self, base, func, call)
            if result is not None:
                return result
            callee = self.attribute(base, func.name, func.span)
        else:
            callee = self.resolve(func)
            if isinstance(func, Call) and isinstance(callee, (Unknown, Symbol)) and len(func.args) == 1:
                # with_retries(client.chat.completions.create)(…): what it is made of
                inner = self.resolve(func.args[0].value)
                callee = inner if isinstance(inner, Thing) and isinstance(inner.root, Client) else callee
        return self.call_value(callee, call)

    def call_value(self, callee: Resolved, call: Call) -> Resolved:
        """The result of calling a resolved value."""
        if isinstance(callee, Symbol):
            return symbol_call(self, callee, call)
        if isinstance(callee, Thing):
            if isinstance(callee.root, Client):
                return self.hooks.client_call(callee, call)
            if isinstance(callee.root, Request) and callee.path:
                *base, name = callee.path
                if base and base[-1] in _LISTS and name in _ONE_OF_THEM:
                    return Thing(callee.root, (*base, "*"), call.span)
                if name in _SAME_RESPONSE or (base and base[-1] in _LISTS and name in _SOME_OF_THEM):
                    return Thing(callee.root, tuple(base), call.span)
            if isinstance(callee.root, Scope):
                method = self.types.member(callee.root, "__call__", call.span)
                if isinstance(method, Func):
                    return self.functions.returned(method.scope, call.span)
            return Unknown(call.span)
        if isinstance(callee, Partial):
            self.called_partials.add(callee.span)
            merged = call.with_args((*callee.args, *call.args))
            return self.call_value(callee.func, merged)
        if isinstance(callee, Func):
            return self.functions.returned(callee.scope, call.span)
        if isinstance(callee, Klass):
            return self.types.instance(callee.scope, call)
        if isinstance(callee, OneOf):
            return one_of([self.call_value(option, call) for option in callee.options], call.span)
        return self.hooks.unknown_call(call) or Unknown(call.span)

    # ------------------------------------------------------------ operators

    def _one_of(self, value: OneOf) -> Resolved:
        return one_of([self.resolve(option) for option in value.options], value.span)

    def _op(self, value: Op) -> Resolved:
        if value.name == "|":
            return merged(self.resolve(value.operands[0]), self.resolve(value.operands[1]), value.span)
        if value.name == "and":
            return one_of([self.resolve(value.operands[-1]), Unknown(value.span)], value.span)
        if value.name == "%":
            left = self.resolve(value.operands[0])
            if isinstance(left, Str):
                return strings.percent(self, left, self.resolve(value.operands[1]), value.span)
        return Unknown(value.span)

    def _join(self, value: Join) -> Resolved:
        parts = [self.resolve(part) for part in value.parts]
        return joined_lists(parts, value.span) or joined_text(parts, value.span)

    def _each(self, value: Each) -> Resolved:
        return self.each(self.resolve(value.base))


# ------------------------------------------------------------------- helpers


def _with(default: Value | None, span: Span, resolver: Resolver) -> Resolved:
    if default is None or isinstance(default, Null):
        return Unknown(span)
    return one_of([resolver.resolve(default), Unknown(span)], span)


_BUILTINS = frozenset({
    "dict", "str", "list", "tuple", "getattr", "hasattr", "vars", "iter", "next", "anext", "aiter", "reversed",
    "sorted", "super", "type", "object", "int", "float", "bool", "print", "len", "isinstance", "enumerate", "zip",
    "process", "JSON", "Deno", "Bun", "fetch", "axios", "Object", "Promise", "globalThis", "URL",
    "ConvertFrom-Json",
})  # fmt: skip

#: as in the frontend: what a record's own constructor calls
_new = tuple.__new__

_PLAIN = frozenset({Str, Num, Bool, Null, Unknown})

_RESOLVE: dict[type, Callable[[Resolver, Any], Resolved]] = {
    Ref: Resolver._ref,
    Attr: Resolver._attr,
    Item: Resolver._item,
    Each: Resolver._each,
    Call: Resolver._call,
    OneOf: Resolver._one_of,
    Op: Resolver._op,
    Join: Resolver._join,
}
