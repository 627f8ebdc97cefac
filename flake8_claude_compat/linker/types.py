"""Classes of the file and annotations: what an instance is, and what a name is declared to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from ..catalogue import Catalogue
from ..lazy import pattern
from ..program import (
    Attr,
    Binding,
    Block,
    Call,
    Dict,
    Entry,
    Func,
    Handle,
    Item,
    Klass,
    List,
    Null,
    Op,
    Program,
    Ref,
    Scope,
    Str,
    Symbol,
    Unknown,
    Value,
)
from ..source import Span
from .values import MAX_BINDINGS, Resolved, Thing, is_vague, last_name, one_of

if TYPE_CHECKING:
    from .resolve import Resolver

#: decorators of functions that are read like attributes
_PROPERTIES = ("property", "cached_property")
#: a name in a text that is an annotation
_DOTTED = pattern(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


class Types:
    """Answers about the classes and annotations of one program."""

    def __init__(self, program: Program, catalogue: Catalogue, resolver: Resolver) -> None:
        self.program = program
        self.catalogue = catalogue
        self.language = program.language
        self.resolver = resolver
        self._bases: dict[int, list[Resolved]] = {}
        #: what annotations promise, by the identity of their nodes
        self._promises: dict[int, Resolved | None] = {}
        #: what types of properties promise, by the identity of their mappings
        self._objects: dict[int, tuple[Dict, Resolved | None]] = {}

    def member(self, scope: Scope, name: str, span: Span, depth: int = 0) -> Resolved:
        """What an attribute of an instance of a class, or of the class, stands for."""
        found = [*scope.members.get(name, ()), *scope.bindings.get(name, ())]
        if found:
            given = [item for item in found[:MAX_BINDINGS] if item.kind != "annotation"]
            free = [item for item in given if id(item) not in self.resolver.busy]
            self.resolver.left_out += len(free) < len(given)
            values = [self.resolver.binding(item) for item in free]
            if name not in scope.members and len(values) == 1 and isinstance(values[0], Null):
                values.append(Unknown(span))  # a field's default: who makes an instance may give another
            result = one_of(values, span)
            if is_vague(result):
                result = self.declared(found) or result
            if isinstance(result, Func) and self.resolver.functions.has_decorator(result.scope, *_PROPERTIES):
                return self.resolver.functions.returned(result.scope, span)
            return result
        if depth < 4:
            for base in self.bases(scope):
                if isinstance(base, Klass) and base.scope is not scope:
                    inherited = self.member(base.scope, name, span, depth + 1)
                    if not isinstance(inherited, Unknown):
                        return inherited
        return Unknown(span)

    def bases(self, scope: Scope) -> list[Resolved]:
        """The base classes of a class."""
        known = self._bases.get(id(scope))
        if known is None:
            known = self._bases[id(scope)] = []
            outer = scope.block.parent or scope.block
            known.extend(self.resolver.of(handle, outer) for handle in scope.bases)
        return known

    def client_of(self, scope: Scope) -> Resolved | None:
        """An instance of a subclass of a client class is a client."""
        for base in self.bases(scope):
            if isinstance(base, Symbol):
                client = self.resolver.hooks.parameter_client(base, "", base.span)
                if client is not None:
                    return client
        return None

    def instance(self, scope: Scope, call: Call) -> Resolved:
        """What calling a class of the file gives."""
        for base in self.bases(scope):
            if isinstance(base, Symbol):
                client = self.resolver.hooks.subclass_client(base, call)
                if client is not None:
                    return client
        return Thing(scope, (), call.span)

    def declared(self, found: list[Binding]) -> Resolved | None:
        """What a name's annotations promise, where nothing else is known of it."""
        for binding in found[:MAX_BINDINGS]:
            annotation = binding.handle if binding.kind == "annotation" else binding.annotation
            promised = self.annotated(annotation, binding.block, binding.name) if annotation is not None else None
            if promised is not None:
                return promised
        return None

    def annotated(self, annotation: Handle, block: Block, name: str) -> Resolved | None:
        """What the annotation of a name, or of what a function gives, promises."""
        key = id(annotation)
        if key in self._promises:
            return self._promises[key]
        cut = self.resolver.cut
        promised = self.promised(self.language.lower(annotation, block), block, name)
        if cut == self.resolver.cut:
            self._promises[key] = promised
        return promised

    def promised(self, annotation: Value, block: Block, name: str, depth: int = 0) -> Resolved | None:
        """What an annotation promises: clients, also somebody else's, an instance of a class of the file, or an object.

        Of an object, those of its properties that promise something.
        """
        clients: list[Resolved] = []
        instance: Resolved | None = None
        for part in _type_names(annotation, block, self.program.name == "python"):
            found = self.resolver.resolve(part)
            client: Resolved | None = None
            if isinstance(part, Dict):
                client = self._object(part, block)
            elif isinstance(found, Symbol):
                client = self.resolver.hooks.parameter_client(found, name, found.span)
                if client is None and self.catalogue.other_vendor(found.dotted):
                    client = Symbol(f"{found.dotted}()", found.span)
            elif isinstance(found, Klass):
                client = self.client_of(found.scope)
                instance = instance or client or Thing(found.scope, (), part.span)
            if client is None and isinstance(part, Ref) and not isinstance(found, Klass) and depth < 2:
                for binding in self.resolver.lookup(part.name, block)[:MAX_BINDINGS]:
                    if binding.kind == "value":  # Client = Union[OpenAI, AsyncOpenAI]
                        inner = self.language.lower(binding.handle, binding.block)
                        client = client or self.promised(inner, binding.block, name, depth + 1)
            if client is not None:
                clients.append(client)
        if instance is not None and instance not in clients:
            clients.insert(0, instance)
        return one_of(clients, annotation.span) if clients else None

    def _object(self, shape: Dict, block: Block) -> Resolved | None:
        """An object of a type of properties, with those that promise something; it may have any others."""
        key = id(shape)
        if key not in self._objects:
            self._objects[key] = (shape, None)
            entries: list[Entry] = []
            for entry in shape.entries:
                promised = self.promised(entry.value, block, entry.key or "")
                if promised is not None:
                    entries.append(entry._replace(value=cast(Value, promised)))
            if entries:
                self._objects[key] = (shape, Dict(tuple(entries), shape.span, True))
        return self._objects[key][1]


def _type_names(annotation: Value, block: Block, quoted: bool) -> Iterator[Ref | Attr | Dict]:
    """The names in an annotation, and its objects. ``quoted``: a text in it is code, too."""
    stack = [annotation]
    while stack:
        value = stack.pop()
        if isinstance(value, (Ref, Attr, Dict)):
            yield value
        elif isinstance(value, Str) and quoted and len(value.text) < 200:
            stack += [_named(words.group(), value.span, block) for words in _DOTTED.finditer(value.text)]
        elif isinstance(value, (Op, List)):
            stack += reversed(value.operands if isinstance(value, Op) else value.items)
        elif isinstance(value, Item) and last_name(value.base) != "Literal":
            stack += (value.key, value.base)
        elif isinstance(value, Call):  # TypeVar("T", bound=OpenAI)
            stack += [arg.value for arg in value.args if arg.name == "bound"]


def _named(words: str, span: Span, block: Block) -> Value:
    first, *rest = words.split(".")
    value: Value = Ref(first, span, block)
    for name in rest:
        value = Attr(value, name, span, span)
    return value
