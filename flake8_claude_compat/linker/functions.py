"""Functions of the file: what their parameters get from its calls, and what they give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from ..program import (
    Binding,
    Call,
    Dict,
    Entry,
    List,
    Null,
    Param,
    Program,
    Ref,
    Scope,
    Unknown,
    Value,
)
from ..source import Span
from .values import MAX_BINDINGS, NOWHERE, Resolved, Thing, is_vague, last_name, one_of

if TYPE_CHECKING:
    from .resolve import Resolver

_MAX_CALLERS = 8


class Functions:
    """Answers about the functions of one program."""

    def __init__(self, program: Program, resolver: Resolver) -> None:
        self.program = program
        self.language = program.language
        self.resolver = resolver
        #: the decorators of all functions and classes, by the identity of their nodes
        self._decorators: set[int] | None = None

    def parameter(self, binding: Binding) -> Resolved:
        """What a parameter stands for: what its annotation promises, its default, and what calls in this file give."""
        param: Param = binding.handle
        scope = binding.scope
        owner = scope.parent
        span = self.language.span(scope.handle) if scope.handle is not None else NOWHERE
        method = owner is not None and owner.kind == "class"
        if method and param.position == 0 and not self.has_decorator(scope, "staticmethod"):
            assert owner is not None
            client = self.resolver.types.client_of(owner)
            return client or Thing(owner, (), span)
        if param.kind == "**":
            return self._rest_of_callers(scope, span)
        if param.kind == "*":
            return List((), span, True)
        values: list[Resolved] = []
        if param.annotation is not None:
            client = self.resolver.types.annotated(param.annotation, binding.block, param.name)
            if isinstance(client, Dict):
                values.append(client)  # callers tell more of it
            elif client is not None:
                return client
        if param.default is not None:
            values.append(self.resolver.of(param.default, binding.block))
        for call in self.callers(scope):
            values.append(self._given(call, param, scope))
        values.append(Unknown(span))
        return one_of(values, span)

    def _given(self, call: Call, param: Param, scope: Scope) -> Resolved:
        method = scope.parent is not None and scope.parent.kind == "class"
        bound = method and not self.has_decorator(scope, "staticmethod")
        position = param.position - bound
        index = 0
        for arg in call.args:
            if arg.spread:
                return Unknown(call.span)
            if arg.name == param.name:
                return self.resolver.resolve(arg.value)
            if arg.name is None:
                if index == position:
                    return self.resolver.resolve(arg.value)
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
            if id(site.handle) in self.resolver.busy:
                self.resolver.left_out += 1
                continue
            value = self.language.lower(site.handle, site.block)
            if isinstance(value, Call) and not self._is_global(value.func):
                yield value

    def _is_global(self, func: Value) -> bool:
        """``fetch(url)``, where the file has no function of that name, but a method or a property."""
        return isinstance(func, Ref) and not self.resolver.lookup(func.name, func.block)

    def has_decorator(self, scope: Scope, *names: str) -> bool:
        """Whether a decorator with one of these last names stands on a function."""
        for handle in scope.decorators:
            value = self.language.lower(handle, scope.block.parent or scope.block)
            if last_name(value.func if isinstance(value, Call) else value) in names:
                return True
        return False

    def decorates(self, handle: Any) -> bool:
        """Whether a call decorates something of this file: it makes a route or a mock, and sends nothing."""
        if self._decorators is None:
            scopes = (scope for scope in self.program.scopes if scope.block.kind != "callback")  # it is called, no more
            self._decorators = {id(handle) for scope in scopes for handle in scope.decorators}
        return id(handle) in self._decorators

    def returned(self, scope: Scope, span: Span) -> Resolved:
        """What a function of this file returns."""
        if id(scope) in self.resolver.busy:
            self.resolver.left_out += 1
            return Unknown(span)
        self.resolver.busy.add(id(scope))
        if self.program.enter is not None:
            self.program.enter(scope)
        try:
            if scope.yields:
                items = [cast(Value, self.resolver.of(handle, block)) for handle, block in scope.yields[:4]]
                if len(items) == 1 and self.has_decorator(scope, "contextmanager"):
                    return items[0]
                return List((*items, Unknown(span)), span, True)
            values = [self.resolver.of(handle, block) for handle, block in scope.returns[:MAX_BINDINGS]]
            result = one_of(values, span)
            if scope.result is not None and is_vague(result):
                outer = scope.block.parent or scope.block
                result = self.resolver.types.annotated(scope.result, outer, scope.name) or result
        finally:
            self.resolver.busy.discard(id(scope))
        return result
