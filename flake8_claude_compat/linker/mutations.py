"""Mutations: what a file stores into a mapping or list after it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..program import Attr, Block, Call, Entry, Item, OneOf, Program, Scope, Str, Value
from .values import Resolved, extended, one_of, textual_path

if TYPE_CHECKING:
    from .resolve import Resolver

#: by the names of the mapping: where, and an entry, another mapping, or (both None) items of a list
_Changes = dict[tuple[str, ...], list[tuple[Block, Entry | None, Value | None]]]


#: methods that add items to a list
_GROWING = ("append", "extend", "insert", "push", "unshift")
#: methods that add entries to a mapping
_MERGING = ("update", "setdefault")


class Mutations:
    """Stores and calls of one program that change a mapping or list by its name."""

    def __init__(self, program: Program, resolver: Resolver) -> None:
        self.program = program
        self.language = program.language
        self.resolver = resolver
        #: by the last of the names
        self._found: dict[str, _Changes] = {}
        self._calls: dict[str, list[tuple[tuple[str, ...], str, Call, Block]]] | None = None

    def applied(self, value: Resolved, path: tuple[str, ...], block: Block | None) -> Resolved:
        """A mapping or list with what is stored into it later by its name."""
        found = self._found.get(path[-1])
        if found is None:
            found = self._found[path[-1]] = {}
            self._collect(path[-1], found)
        changes = found.get(path)
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
            return one_of([extended(option, entries, grows) for option in value.options], value.span)
        return extended(value, entries, grows)

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

    def _collect(self, name: str, found: _Changes) -> None:
        """Find the changes of all mappings and lists whose last name this is."""
        lower = self.language.lower
        for store in self.program.stores:
            if store.value is None or store.name not in (name, None):
                continue
            block = store.site.block
            target = lower(store.target, block)
            if isinstance(target, Item) and store.op == "=":
                path = textual_path(target.base)
                key = self.resolver.resolve(target.key)
                if path is not None and isinstance(key, Str) and not key.partial:
                    value = lower(store.value, block)
                    span = self.language.span(store.site.statement)
                    found.setdefault(path, []).append((block, Entry(key.text, value, span, target.key.span), None))
            elif store.op == "|=":
                path = textual_path(target)
                if path is not None:
                    found.setdefault(path, []).append((block, None, lower(store.value, block)))
        if self._calls is None:
            self._calls = self._changing_calls()
        for path, method, call, block in self._calls.get(name, ()):
            changes = found.setdefault(path, [])
            if method not in _MERGING:
                changes.append((block, None, None))
            elif method == "setdefault" and len(call.args) == 2:
                key = self.resolver.resolve(call.args[0].value)
                if isinstance(key, Str):
                    changes.append((block, Entry(key.text, call.args[1].value, call.span, call.args[0].span), None))
            elif method == "update":
                for arg in call.args:
                    if arg.name is not None and not arg.spread:
                        changes.append((block, Entry(arg.name, arg.value, arg.span, arg.name_span), None))
                    else:
                        changes.append((block, None, arg.value))

    def _changing_calls(self) -> dict[str, list[tuple[tuple[str, ...], str, Call, Block]]]:
        """Calls of methods that change what they are called on, by its last name."""
        found: dict[str, list[tuple[tuple[str, ...], str, Call, Block]]] = {}
        for method in (*_GROWING, *_MERGING):
            for site in self.program.calls_of(method):
                call = self.language.lower(site.handle, site.block)
                path = textual_path(call.func.base) if isinstance(call, Call) and isinstance(call.func, Attr) else None
                if path is not None and isinstance(call, Call):
                    found.setdefault(path[-1], []).append((path, method, call, site.block))
        return found
