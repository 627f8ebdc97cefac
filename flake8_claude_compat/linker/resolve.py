"""Values: what a name, attribute, item or call stands for, as far as known.

Everything is lazy and remembered; what cannot be told is ``Unknown``. Clients
and requests are made by :class:`~.calls.Calls` through ``Resolver.hooks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, Union, cast

from ..catalogue import Catalogue
from ..facts import Client, Request
from ..program import (
    Argument,
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
    Param,
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

#: nested values are followed this deep; one step may take a dozen of Python's frames
_MAX_DEPTH = 18
#: what is asked for at this depth is remembered even if something far below was cut off
_SHALLOW = 4
#: values that one question may follow in all: bounds files whose functions call each other in circles
_FUEL = 160
_MAX_BINDINGS = 8
_MAX_CALLERS = 8
_MAX_ITEMS = 4

#: text methods whose result is still the same known thing for our purposes
_SAME_TEXT = frozenset({
    "strip", "rstrip", "lstrip", "lower", "encode", "decode", "expandtabs", "trim", "trimEnd",
    "toString", "get_secret_value", "removesuffix", "removeprefix", "unicode_string", "toLowerCase",
})  # fmt: skip
#: methods of a response (or a part of it) that give the same data again
_SAME_RESPONSE = frozenset({
    "json", "parse", "model_dump", "to_dict", "withResponse", "dict", "to_dict_recursive", "copy", "strip", "lstrip",
    "rstrip", "replace", "removeprefix", "removesuffix", "lower", "trim", "raise_for_status", "read",
    "decode", "text", "__aenter__", "__enter__", "result", "asResponse", "finalChatCompletion",
    "get_final_completion", "model_dump_json", "until_done", "iter_lines", "aiter_lines", "getvalue", "to_json",
})  # fmt: skip
#: parts of an answer that are text of the model's
_TEXTS = frozenset({"content", "text", "arguments"})
#: calls that give back their first argument
_TRANSPARENT = frozenset({
    "asyncio.run", "asyncio.wait_for", "asyncio.create_task", "asyncio.ensure_future", "asyncio.shield",
    "copy.copy", "copy.deepcopy", "typing.cast", "anyio.run", "json.dumps", "orjson.dumps", "ujson.dumps",
    "simplejson.dumps", "JSON.stringify", "pydantic.SecretStr", "pydantic.HttpUrl", "str", "list", "iter",
    "reversed", "sorted", "tuple", "aiter", "types.MappingProxyType", "urllib.parse.quote",
    "contextlib.closing", "contextlib.aclosing", "int", "float", "bool", "next", "anext",
})  # fmt: skip
_NAMES_DEFAULT = ("default", "default_factory", "value")


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
        #: how often a value was cut off; what was found meanwhile is not remembered
        self._cut = 0
        self._refs: dict[tuple[int, str], Resolved] = {}
        #: what is being resolved; what leads back to it is left out, and that is counted
        self._busy: set[int] = set()
        self._left_out = 0
        self._bindings: dict[int, Resolved] = {}
        self._calls: dict[int, Resolved] = {}
        self._bases: dict[int, list[Resolved]] = {}
        self._mutations: dict[tuple[str, ...], list[tuple[Block, Entry | None, Value | None]]] | None = None

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
            self._cut += 1
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
                inner = self._deep(entry.value, depth - 1)
                if entry.spread:
                    if isinstance(inner, Dict):
                        entries.extend(inner.entries)
                        is_open = is_open or inner.open
                    elif not isinstance(inner, Null):
                        is_open = True
                    continue
                if entry.key is None:
                    is_open = True
                entries.append(entry._replace(value=inner))
            return Dict(tuple(entries), value.span, is_open)
        if isinstance(value, List):
            return List(tuple(self._deep(item, depth - 1) for item in value.items), value.span, value.open)
        if isinstance(value, OneOf):
            return cast(Value, one_of([self._deep(option, depth - 1) for option in value.options], value.span))
        if isinstance(value, Env) and value.default is not None:
            return value._replace(default=self._deep(value.default, depth - 1))
        return value

    # --------------------------------------------------------------- names

    def _ref(self, ref: Ref) -> Resolved:
        key = (ref.span.start, ref.name)
        known = self._refs.get(key)
        if known is None:
            cut, left_out = self._cut, self._left_out
            known = self._looked_up(ref)
            if cut == self._cut and (left_out == self._left_out or not self._busy):
                self._refs[key] = known
        return known

    def _looked_up(self, ref: Ref) -> Resolved:
        found = self.lookup(ref.name, ref.block)
        if not found:
            return Symbol(ref.name, ref.span) if ref.name in _BUILTINS else Unknown(ref.span)
        found = self._reaching(found, ref)
        values = []
        for binding in found[:_MAX_BINDINGS]:
            if id(binding) in self._busy:
                self._left_out += 1
                continue
            values.append(self.binding(binding))
        if len(found) > _MAX_BINDINGS:
            values.append(Unknown(ref.span))
        result = one_of(values, ref.span)
        if isinstance(result, (Dict, List)) or type(result) is OneOf:
            result = self._mutated(result, (ref.name,), ref.block)
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
            if id(binding) in self._busy:
                self._left_out += 1
                continue
            reaching.append(binding)
            if id(binding.block) in enclosing and binding.kind != "augment":
                break
        return reaching or found

    def binding(self, binding: Binding) -> Resolved:
        """The value that one binding gives."""
        key = id(binding)
        known = self._bindings.get(key)
        if known is not None:
            return known
        if key in self._busy:
            self._left_out += 1
            return Unknown(Span(0, 0))
        self._busy.add(key)
        cut = self._cut
        try:
            value = self._bound(binding)
        finally:
            self._busy.discard(key)
        if cut == self._cut or self._depth < _SHALLOW:
            self._bindings[key] = value
        return value

    def _bound(self, binding: Binding) -> Resolved:
        kind, handle = binding.kind, binding.handle
        if kind == "value":
            return self._named(self.of(handle, binding.block), binding)
        if kind == "import":
            return Symbol(handle, Span(0, 0))
        if kind == "param":
            return self._parameter(binding)
        if kind == "each":
            return self.each(self.of(handle, binding.block))
        if kind == "with":
            return self._named(self._entered(self.of(handle, binding.block)), binding)
        if kind == "unpack":
            return self.item(self.of(handle, binding.block), Num(binding.item, Span(0, 0)), None, Span(0, 0))
        if kind == "unpack-each":
            inner = self.language.lower(handle, binding.block)
            return self._unpacked_each(inner, binding.item)
        if kind == "def":
            return Func(handle, Span(0, 0))
        if kind == "class":
            return Klass(handle, Span(0, 0))
        if kind == "annotation":
            return self._annotated(handle, binding.block, binding.name) or Unknown(Span(0, 0))
        if kind == "augment":
            return self._augmented(binding)
        return Unknown(Span(0, 0))

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
            return self._merged(before, added, span)
        return self._join(Join((cast(Value, before), cast(Value, added)), span))

    @staticmethod
    def _entered(value: Resolved) -> Resolved:
        if isinstance(value, Symbol) and value.dotted.endswith("()"):
            return value
        return value

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

    # ---------------------------------------------------------- parameters

    def _parameter(self, binding: Binding) -> Resolved:
        param: Param = binding.handle
        scope = binding.scope
        owner = scope.parent
        span = self.language.span(scope.handle) if scope.handle is not None else Span(0, 0)
        method = owner is not None and owner.kind == "class"
        if method and param.position == 0 and not self._has_decorator(scope, "staticmethod"):
            assert owner is not None
            client = self._class_client(owner)
            return client or Thing(owner, (), span)
        if param.kind == "**":
            return self._rest_of_callers(scope, span)
        if param.kind == "*":
            return List((), span, True)
        values: list[Resolved] = []
        if param.annotation is not None:
            client = self._annotated(param.annotation, binding.block, param.name)
            if client is not None:
                return client
        if param.default is not None:
            values.append(self.of(param.default, binding.block))
        for call in self.callers(scope):
            values.append(self._given(call, param, scope))
        values.append(Unknown(span))
        return one_of(values, span)

    def _given(self, call: Call, param: Param, scope: Scope) -> Resolved:
        shift = 1 if scope.parent is not None and scope.parent.kind == "class" else 0
        position = param.position - shift
        index = 0
        for arg in call.args:
            if arg.spread:
                return Unknown(call.span)
            if arg.name == param.name:
                return self.resolve(arg.value)
            if arg.name is None:
                if index == position:
                    return self.resolve(arg.value)
                index += 1
        return Null(call.span) if param.default is None else Unknown(call.span)

    def _rest_of_callers(self, scope: Scope, span: Span) -> Resolved:
        """``**kwargs``: what callers in this file pass beyond the other parameters."""
        taken = {param.name for param in scope.params if param.kind == "plain"}
        entries: list[Entry] = []
        for call in self.callers(scope):
            for arg in call.args:
                if arg.spread and arg.name is None:
                    entries.append(Entry(None, arg.value, arg.span, arg.name_span, True))
                elif arg.name is not None and arg.name not in taken and not arg.spread:
                    entries.append(Entry(arg.name, arg.value, arg.span, arg.name_span))
        return Dict(tuple(entries), span, True)

    def callers(self, scope: Scope) -> Iterator[Call]:
        """Calls in this file of a function, method or constructor."""
        name = scope.name
        owner = scope.parent
        if name in ("__init__", "constructor") and owner is not None and owner.kind == "class":
            name = owner.name
        for site in self.program.calls_of(name)[:_MAX_CALLERS]:
            if id(site.handle) in self._busy:
                self._left_out += 1
                continue
            value = self.language.lower(site.handle, site.block)
            if isinstance(value, Call):
                yield value

    def _has_decorator(self, scope: Scope, name: str) -> bool:
        for handle in scope.decorators:
            value = self.language.lower(handle, scope.block.parent or scope.block)
            if isinstance(value, Call):
                value = value.func
            if (isinstance(value, Ref) and value.name == name) or (isinstance(value, Attr) and value.name == name):
                return True
        return False

    def _annotated(self, handle: Any, block: Block, name: str) -> Resolved | None:
        """The client that an annotation promises, if it is a client class."""
        for value in flat(self.language.lower(handle, block)):
            if isinstance(value, Str) and value.text.isidentifier():
                value = Ref(value.text, value.span, block)
            if isinstance(value, (Ref, Attr)):
                found = self.resolve(value)
                if isinstance(found, Symbol):
                    client = self.hooks.parameter_client(found, name, found.span)
                    if client is not None:
                        return client
                elif isinstance(found, Klass):
                    client = self._class_client(found.scope)
                    return client or Thing(found.scope, (), value.span)
        return None

    # ----------------------------------------------------- attributes, items

    def _attr(self, value: Attr) -> Resolved:
        base = self.resolve(value.base)
        result = self.attribute(base, value.name, value.span)
        if isinstance(result, (Dict, List)):
            path = textual_path(value)
            if path is not None:
                result = self._mutated(result, path, _block_of(value))
        return result

    def attribute(self, base: Resolved, name: str, span: Span) -> Resolved:
        """``base.name``."""
        if isinstance(base, Symbol):
            if name.isupper() and self.catalogue.env_reader(base.dotted) == "mapping":
                return Env(name, None, span, Span(span.end - len(name), span.end))
            return Symbol(f"{base.dotted}.{name}", span)
        if isinstance(base, Thing):
            if isinstance(base.root, Scope):
                return self._member(base.root, name, span)
            if isinstance(base.root, Request) and name == "data" and not base.path:
                return base  # npm v3 and axios wrap the body
            return Thing(base.root, (*base.path, name), span)
        if isinstance(base, Klass):
            return self._member(base.scope, name, span)
        if isinstance(base, Dict):
            return self.item(base, Str(name, span), None, span)
        if isinstance(base, OneOf):
            return one_of([self.attribute(option, name, span) for option in base.options], span)
        return Unknown(span)

    def _member(self, scope: Scope, name: str, span: Span, depth: int = 0) -> Resolved:
        found = [*scope.members.get(name, ()), *scope.bindings.get(name, ())]
        if found:
            free = [item for item in found[:_MAX_BINDINGS] if id(item) not in self._busy]
            self._left_out += len(free) < min(len(found), _MAX_BINDINGS)
            values = [self.binding(item) for item in free]
            result = one_of(values, span)
            if isinstance(result, Func) and (
                self._has_decorator(result.scope, "property") or self._has_decorator(result.scope, "cached_property")
            ):
                return self.returned(result.scope, span)
            return result
        if depth < 4:
            for base in self.bases(scope):
                if isinstance(base, Klass) and base.scope is not scope:
                    inherited = self._member(base.scope, name, span, depth + 1)
                    if not isinstance(inherited, Unknown):
                        return inherited
        return Unknown(span)

    def bases(self, scope: Scope) -> list[Resolved]:
        """The base classes of a class."""
        known = self._bases.get(id(scope))
        if known is None:
            known = self._bases[id(scope)] = []
            outer = scope.block.parent or scope.block
            known.extend(self.of(handle, outer) for handle in scope.bases)
        return known

    def _class_client(self, scope: Scope) -> Resolved | None:
        """An instance of a subclass of a client class is a client."""
        for base in self.bases(scope):
            if isinstance(base, Symbol):
                client = self.hooks.parameter_client(base, "", base.span)
                if client is not None:
                    return client
        return None

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
        if isinstance(base, Symbol):
            if self.catalogue.env_reader(base.dotted) == "mapping" and name is not None:
                return Env(name, default, span, key_span or span)
            return Unknown(span)
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
        return one_of(values[:_MAX_BINDINGS], span)

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
                values = tuple(option for option in values if not _is_answer(option))
            return one_of([self.each(option) for option in values], base.span)
        return Unknown(base.span)

    # ------------------------------------------------------------ mutations

    def _mutated(self, value: Resolved, path: tuple[str, ...], block: Block | None) -> Resolved:
        """A mapping or list with what is stored into it later by its name."""
        if self._mutations is None:
            self._mutations = self._collect_mutations()
        changes = self._mutations.get(path)
        if not changes:
            return value
        home = self._home(path[0], block)
        entries: list[Entry] = []
        grows = False
        for where, entry, whole in changes:
            if self._home(path[0], where) is not home:
                continue
            if entry is not None:
                entries.append(entry)
            elif whole is not None:
                entries.append(Entry(None, whole, whole.span, whole.span, True))
            else:
                grows = True
        if not entries and not grows:
            return value
        if isinstance(value, OneOf):
            return one_of([_extended(option, entries, grows) for option in value.options], value.span)
        return _extended(value, entries, grows)

    def _home(self, name: str, block: Block | None) -> Scope | None:
        scope: Scope | None = block.scope if block else None
        if name in ("self", "cls", "this"):
            while scope is not None and scope.kind != "class":
                scope = scope.parent
            return scope
        while scope is not None:
            if name in scope.bindings:
                return scope
            scope = scope.parent
        return None

    def _collect_mutations(self) -> dict[tuple[str, ...], list[tuple[Block, Entry | None, Value | None]]]:
        found: dict[tuple[str, ...], list[tuple[Block, Entry | None, Value | None]]] = {}
        lower = self.language.lower
        for store in self.program.stores:
            block = store.site.block
            target = lower(store.target, block)
            if store.value is None:
                continue
            if isinstance(target, Item) and store.op == "=":
                path = textual_path(target.base)
                key = self.resolve(target.key)
                if path is not None and isinstance(key, Str) and not key.partial:
                    value = lower(store.value, block)
                    span = self.language.span(store.site.statement)
                    found.setdefault(path, []).append((block, Entry(key.text, value, span, target.key.span), None))
            elif store.op == "|=":
                path = textual_path(target)
                if path is not None:
                    found.setdefault(path, []).append((block, None, lower(store.value, block)))
        for name in ("append", "extend", "insert", "push", "unshift"):
            for site in self.program.calls_of(name):
                call = lower(site.handle, site.block)
                path = textual_path(call.func.base) if isinstance(call, Call) and isinstance(call.func, Attr) else None
                if path is not None:
                    found.setdefault(path, []).append((site.block, None, None))
        for name in ("update", "setdefault", "assign"):
            for site in self.program.calls_of(name):
                call = lower(site.handle, site.block)
                if not isinstance(call, Call) or not isinstance(call.func, Attr):
                    continue
                path = textual_path(call.func.base)
                if path is None:
                    continue
                if name == "setdefault" and len(call.args) == 2:
                    key = self.resolve(call.args[0].value)
                    if isinstance(key, Str):
                        entry = Entry(key.text, call.args[1].value, call.span, call.args[0].span)
                        found.setdefault(path, []).append((site.block, entry, None))
                elif name == "update":
                    for arg in call.args:
                        if arg.name is not None and not arg.spread:
                            entry = Entry(arg.name, arg.value, arg.span, arg.name_span)
                            found.setdefault(path, []).append((site.block, entry, None))
                        else:
                            found.setdefault(path, []).append((site.block, None, arg.value))
        return found

    # ---------------------------------------------------------------- calls

    def _call(self, call: Call) -> Resolved:
        key = id(call.site.handle)
        known = self._calls.get(key)
        if known is not None:
            return known
        if key in self._busy:
            self._left_out += 1
            return Unknown(call.span)
        self._busy.add(key)
        cut = self._cut
        try:
            value = self.called(call)
        finally:
            self._busy.discard(key)
        if cut == self._cut or self._depth < _SHALLOW:
            self._calls[key] = value
        return value

    def called(self, call: Call) -> Resolved:
        """The result of a call."""
        func = call.func
        if isinstance(func, Attr):
            base = self.resolve(func.base)
            result = self._method(base, func, call)
            if result is not None:
                return result
            callee = self.attribute(base, func.name, func.span)
        else:
            callee = self.resolve(func)
        return self.call_value(callee, call)

    def call_value(self, callee: Resolved, call: Call) -> Resolved:
        """The result of calling a resolved value."""
        if isinstance(callee, Symbol):
            return self._symbol_call(callee, call)
        if isinstance(callee, Thing):
            if isinstance(callee.root, Client):
                return self.hooks.client_call(callee, call)
            if isinstance(callee.root, Request) and callee.path and callee.path[-1] in _SAME_RESPONSE:
                return Thing(callee.root, callee.path[:-1], call.span)
            if isinstance(callee.root, Scope):
                method = self._member(callee.root, "__call__", call.span)
                return self.returned(method.scope, call.span) if isinstance(method, Func) else Unknown(call.span)
            return Unknown(call.span)
        if isinstance(callee, Partial):
            merged = call.with_args((*callee.args, *call.args))
            return self.call_value(callee.func, merged)
        if isinstance(callee, Func):
            return self.returned(callee.scope, call.span)
        if isinstance(callee, Klass):
            return self._instance(callee.scope, call)
        if isinstance(callee, OneOf):
            return one_of([self.call_value(option, call) for option in callee.options], call.span)
        return self.hooks.unknown_call(call) or Unknown(call.span)

    def _instance(self, scope: Scope, call: Call) -> Resolved:
        for base in self.bases(scope):
            if isinstance(base, Symbol):
                client = self.hooks.subclass_client(base, call)
                if client is not None:
                    return client
        return Thing(scope, (), call.span)

    def returned(self, scope: Scope, span: Span) -> Resolved:
        """What a function of this file returns."""
        if id(scope) in self._busy:
            self._left_out += 1
            return Unknown(span)
        self._busy.add(id(scope))
        try:
            if scope.yields:
                items = [cast(Value, self.of(handle, block)) for handle, block in scope.yields[:4]]
                if len(items) == 1 and self._has_decorator(scope, "contextmanager"):
                    return items[0]
                return List(tuple(items), span, True)
            values = [self.of(handle, block) for handle, block in scope.returns[:_MAX_BINDINGS]]
        finally:
            self._busy.discard(id(scope))
        return one_of(values, span) if values else Unknown(span)

    def _method(self, base: Resolved, func: Attr, call: Call) -> Resolved | None:
        """Methods of values; None where the callee is to be looked up."""
        name = func.name
        if isinstance(base, Dict):
            if name == "get" and call.args:
                default = call.args[1].value if len(call.args) > 1 else Null(call.span)
                return self.item(base, self.resolve(call.args[0].value), default, call.span)
            return base if name == "copy" else None if base.open else Unknown(call.span)
        if isinstance(base, Str):
            return self._text_method(base, name, call)
        if isinstance(base, Env):
            return base if name in _SAME_TEXT else Unknown(call.span)
        if isinstance(base, Thing) and isinstance(base.root, Request):
            if name == "get" and call.args:
                return self.item(base, self.resolve(call.args[0].value), None, call.span)
            return None
        if isinstance(base, Symbol) and name in ("get", "setdefault") and call.args:
            if self.catalogue.env_reader(base.dotted) == "mapping":
                key = self.resolve(call.args[0].value)
                default = call.args[1].value if len(call.args) > 1 else Null(call.span)
                return self.item(base, key, self.deep(default), call.span, call.args[0].span)
            return None
        if isinstance(base, OneOf) and name in (*_SAME_TEXT, "get", "copy", "replace", "format"):
            values = [self._method(option, func, call) for option in base.options]
            return one_of([value for value in values if value is not None], call.span)
        return None

    def _text_method(self, base: Str, name: str, call: Call) -> Resolved:
        if name in _SAME_TEXT:
            text = base.text
            if name == "rstrip" and call.args:
                chars = self.resolve(call.args[0].value)
                text = text.rstrip(chars.text) if isinstance(chars, Str) else text
            elif name in ("strip", "trim", "rstrip"):
                text = text.strip()
            return base._replace(text=text)
        if name == "replace" and len(call.args) == 2:
            old, new = (self.resolve(arg.value) for arg in call.args)
            if isinstance(old, Str) and isinstance(new, Str) and not base.partial:
                return base._replace(text=base.text.replace(old.text, new.text))
        if name == "format":
            text = base.text.partition("{")[0]
            return base._replace(text=text, partial=True) if text else Unknown(call.span)
        return Unknown(call.span)

    def _symbol_call(self, symbol: Symbol, call: Call) -> Resolved:
        dotted = symbol.dotted
        result = self.hooks.symbol_call(symbol, call)
        if result is not None:
            return result
        args = call.args
        reader = self.catalogue.env_reader(dotted)
        if reader == "call" and args:
            key = self.resolve(args[0].value)
            default = self.deep(args[1].value) if len(args) > 1 else Null(call.span)
            if isinstance(key, Str) and not key.partial:
                return Env(key.text, default, call.span, args[0].span)
            return Unknown(call.span)
        if args and self.catalogue.json_parser(dotted):
            inner = self.resolve(args[0].value)
            if isinstance(inner, Thing) and isinstance(inner.root, Request) and not _TEXTS & set(inner.path[-1:]):
                return inner  # the answer itself, by way of its JSON
            return Symbol(f"{dotted}()", call.span)
        if dotted in _TRANSPARENT and args:
            which = 1 if dotted == "typing.cast" and len(args) > 1 else 0
            inner = self.resolve(args[which].value)
            if dotted in ("next", "anext"):
                return self.each(inner)
            return inner
        if dotted == "dict":
            return self._dict_call(call)
        if dotted in ("getattr", "hasattr") and len(args) >= 2:
            base, key = self.resolve(args[0].value), self.resolve(args[1].value)
            if isinstance(key, Str) and not key.partial:
                return self.attribute(base, key.text, call.span)
            return Unknown(call.span)
        if dotted in ("dataclasses.asdict", "vars", "dataclasses.astuple") and args:
            return self._as_dict(self.resolve(args[0].value), call.span)
        if dotted == "functools.partial" and args:
            return Partial(self.resolve(args[0].value), args[1:], call.span)
        if dotted in ("super", "type", "object"):
            return Unknown(call.span)
        last = dotted.rpartition(".")[2]
        if last in ("Field", "field", "Option", "Argument", "Form", "Query"):
            for arg in args:
                if arg.name in _NAMES_DEFAULT or (arg.name is None and last not in ("field", "Field")):
                    return self.resolve(arg.value)
            first = args[0] if args and args[0].name is None else None
            return self.resolve(first.value) if first else Unknown(call.span)
        return Symbol(f"{dotted}()", call.span)

    def _dict_call(self, call: Call) -> Resolved:
        entries = []
        for arg in call.args:
            if arg.name is not None and not arg.spread:
                entries.append(Entry(arg.name, arg.value, arg.span, arg.name_span))
            else:
                entries.append(Entry(None, arg.value, arg.span, arg.name_span, True))
        return Dict(tuple(entries), call.span)

    def _as_dict(self, value: Resolved, span: Span) -> Resolved:
        """The fields of a dataclass or model instance with their defaults."""
        if not isinstance(value, Thing) or not isinstance(value.root, Scope):
            return Dict((), span, True)
        entries = []
        for name, bindings in value.root.bindings.items():
            binding = bindings[-1]
            if binding.kind == "value":
                inner = self.language.lower(binding.handle, binding.block)
                start = self.language.span(binding.handle)
                entries.append(Entry(name, inner, start, start))
        return Dict(tuple(entries), span, True)

    # ------------------------------------------------------------ operators

    def _one_of(self, value: OneOf) -> Resolved:
        return one_of([self.resolve(option) for option in value.options], value.span)

    def _op(self, value: Op) -> Resolved:
        if value.name == "|":
            return self._merged(self.resolve(value.operands[0]), self.resolve(value.operands[1]), value.span)
        if value.name == "and":
            return one_of([self.resolve(value.operands[-1]), Unknown(value.span)], value.span)
        if value.name == "%":
            left = self.resolve(value.operands[0])
            if isinstance(left, Str):
                text = left.text.partition("%")[0]
                return left._replace(text=text, partial=True)
        return Unknown(value.span)

    @staticmethod
    def _merged(left: Resolved, right: Resolved, span: Span) -> Resolved:
        if isinstance(left, Dict) or isinstance(right, Dict):
            entries = [
                Entry(None, cast(Value, side), side.span, side.span, True) for side in (left, right)
            ]
            return Dict(tuple(entries), span)
        return Unknown(span)

    def _join(self, value: Join) -> Resolved:
        parts = [self.resolve(part) for part in value.parts]
        if parts and all(isinstance(part, List) for part in parts):
            lists = cast("list[List]", parts)
            items = tuple(item for part in lists for item in part.items)
            return List(items, value.span, any(part.open for part in lists))
        first = parts[0] if parts else None
        if isinstance(first, List):
            return first._replace(open=True)
        return self._joined_text(parts, value.span)

    def _joined_text(self, parts: list[Resolved], span: Span) -> Resolved:
        text = ""
        for index, part in enumerate(parts):
            if isinstance(part, OneOf):
                known = [option for option in part.options if isinstance(option, (Str, Env))]
                if index == 0 and known and len(parts) <= 6:
                    rest = parts[1:]
                    options = [self._joined_text([option, *rest], span) for option in part.options]
                    return one_of(options, span)
                return Str(text, span, True) if text else Unknown(span)
            if isinstance(part, Env) and isinstance(part.default, Str) and index == 0:
                inner = self._joined_text([part.default, *parts[1:]], span)
                return part._replace(default=cast(Value, inner), span=span)
            if isinstance(part, Num):
                number = int(part.value) if part.value == part.value // 1 else part.value
                text += str(number)
                continue
            if not isinstance(part, Str):
                if isinstance(part, Env) and index == 0:
                    return part._replace(default=None, span=span)
                return Str(text, span, True) if text else Unknown(span)
            text += part.text
            if part.partial:
                return Str(text, span, True)
        return Str(text, span)

    def _each(self, value: Each) -> Resolved:
        return self.each(self.resolve(value.base))


# ------------------------------------------------------------------- helpers


def one_of(values: Sequence[Resolved], span: Span) -> Resolved:
    """The alternatives as one value: flattened, without repetitions."""
    if len(values) == 1:
        return values[0]
    flat_values: list[Resolved] = []
    seen: set[object] = set()
    for value in values:
        inner: Sequence[Resolved] = value.options if isinstance(value, OneOf) else (value,)
        for option in inner:
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


def _is_answer(value: Resolved) -> bool:
    return isinstance(value, Thing) and isinstance(value.root, Request) and value.root.stream is not True


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


def _block_of(value: Value) -> Block | None:
    while isinstance(value, Attr):
        value = value.base
    return value.block if isinstance(value, Ref) else None


def _extended(value: Resolved, entries: list[Entry], grows: bool) -> Resolved:
    if isinstance(value, Dict) and entries:
        return value._replace(entries=(*value.entries, *entries))
    if isinstance(value, List) and grows:
        return value._replace(open=True)
    return value


def _with(default: Value | None, span: Span, resolver: Resolver) -> Resolved:
    if default is None or isinstance(default, Null):
        return Unknown(span)
    return one_of([resolver.resolve(default), Unknown(span)], span)


_BUILTINS = frozenset({
    "dict", "str", "list", "tuple", "getattr", "hasattr", "vars", "iter", "next", "anext", "aiter", "reversed",
    "sorted", "super", "type", "object", "int", "float", "bool", "print", "len", "isinstance", "enumerate", "zip",
    "process", "JSON", "Deno", "Bun", "fetch", "axios", "Object", "Promise", "globalThis",
})  # fmt: skip

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
