"""Mutations: what a file stores into a mapping or list after it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..program import Attr, Block, Call, Entry, Item, OneOf, Program, Scope, Str, Value
from .values import Resolved, extended, one_of, textual_path

if TYPE_CHECKING:
    from .resolve import Resolver

#: by the names of the mapping: where, and an entry, another mapping, or (both None) items of a list
_Changes = dict[tuple[str, ...], list[tuple[Block, Entry | None, Value | None]]]


class Mutations:
    """Stores and calls of one program that change a mapping or list by its name."""

    def __init__(self, program: Program, resolver: Resolver) -> None:
        self.program = program
        self.language = program.language
        self.resolver = resolver
        self._found: _Changes | None = None

    def applied(self, value: Resolved, path: tuple[str, ...], block: Block | None) -> Resolved:
        """A mapping or list with what is stored into it later by its name."""
        if self._found is None:
            self._found = self._collect()
        changes = self._found.get(path)
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

    def _collect(self) -> _Changes:
        found: _Changes = {}
        lower = self.language.lower
        for store in self.program.stores:
            block = store.site.block
            target = lower(store.target, block)
            if store.value is None:
                continue
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
                    key = self.resolver.resolve(call.args[0].value)
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
