"""Variables of the environment that a file reads, sets or names."""

from __future__ import annotations

from ..catalogue import Catalogue
from ..facts import Client, EnvUse, Facts
from ..program import (
    Attr,
    Call,
    Dict,
    Env,
    Handle,
    Item,
    Klass,
    Program,
    Ref,
    Scope,
    Site,
    Store,
    Str,
    Symbol,
    Unknown,
    Use,
    Value,
)
from ..source import Holders, Span
from .keys import ASKING
from .resolve import Resolver
from .values import Thing, alternatives

#: functions that set a variable or take it away
_SETTERS = frozenset({"setenv", "putenv", "setdefault", "set_key", "delenv", "unsetenv", "pop"})
#: arguments of a field that name its variable
_OTHER_NAMES = frozenset({"alias", "validation_alias", "env"})
#: headers of a request that hold a key
KEY_HEADERS = ("authorization", "api-key", "x-api-key")


class Variables:
    """Facts about variables of the environment."""

    def __init__(self, program: Program, catalogue: Catalogue, resolver: Resolver, facts: Facts) -> None:
        self.program = program
        self.catalogue = catalogue
        self.resolver = resolver
        self.facts = facts
        self.language = program.language
        self._stores: dict[int, Store] | None = None
        self._done: set[Span] = set()
        #: clients and requests by the places of their keys
        self._users: Holders | None = None

    def given(self, env: Env, client: Client) -> None:
        """A variable that a client gets its key or its URL from."""
        if env.name_span in self._done or not self.catalogue.env_role(env.name):
            return
        self._done.add(env.name_span)
        self.facts.envs.append(EnvUse(env.name, "read", env.name_span, env.default, client))

    def of_settings_classes(self) -> None:
        """Variables that pydantic's settings classes read: a field in capitals is one."""
        text, starts = self.program.source.text, self.program.source.starts
        for scope in self.program.scopes:
            if scope.kind != "class" or not self._reads_environment(scope) or self._has_prefix(scope):
                continue
            for name, (binding, *_) in scope.bindings.items():
                if self.catalogue.env_role(name) not in ("key", "claude-key"):
                    continue
                value = self.language.lower(binding.handle, binding.block)
                if isinstance(value, Call) and any(arg.name in _OTHER_NAMES for arg in value.args):
                    continue
                start = text.find(name, starts[binding.order - 1])
                self.facts.envs.append(EnvUse(name, "field", Span(start, start + len(name))))

    def field(self, value: Attr) -> None:
        """``api_key=settings.OPENAI_API_KEY``, where nothing in the file says where the field comes from."""
        if self.catalogue.env_role(value.name) not in ("key", "claude-key"):
            return
        user = self._user_of(value.span)
        if user is None or not isinstance(self.resolver.resolve(value), (Unknown, Symbol)):
            return
        base = self.resolver.resolve(value.base)
        scope = base.root if isinstance(base, Thing) else base.scope if isinstance(base, Klass) else None
        if not isinstance(scope, Scope) or not self._reads_environment(scope):
            client = user if isinstance(user, Client) else None
            self.facts.envs.append(EnvUse(value.name, "field", value.name_span, None, client))

    def _user_of(self, span: Span) -> object | None:
        """The client or request that is given a key that stands there."""
        if self._users is None:
            facts = self.facts
            given = [(one.api_key.value_span, one) for one in facts.clients if one.api_key is not None]
            sent = [
                (arg.value_span, request)
                for request in facts.requests
                for arg in request.headers.items
                if arg.spelled.lower() in KEY_HEADERS
            ]
            self._users = Holders((*given, *sent))
        return self._users.of(span)

    def _reads_environment(self, scope: Scope, depth: int = 3) -> bool:
        for base in self.resolver.types.bases(scope):
            if isinstance(base, Symbol) and self.catalogue.settings_class(base.dotted):
                return True
            if isinstance(base, Klass) and depth and self._reads_environment(base.scope, depth - 1):
                return True
        return False

    def _has_prefix(self, scope: Scope) -> bool:
        """Whether something stands in front of the fields' names, as ``env_prefix`` says in one way or the other."""
        if not self.program.mentions("env_prefix"):
            return False
        inner = (one for one in self.program.scopes if one.parent is scope and one.name == "Config")
        found = [binding for one in inner for binding in one.bindings.get("env_prefix", ())]
        values = [self.resolver.of(binding.handle, binding.block) for binding in found]
        for binding in scope.bindings.get("model_config", ()):
            config = self.language.lower(binding.handle, binding.block)
            if isinstance(config, Call):
                values += [self.resolver.resolve(arg.value) for arg in config.args if arg.name == "env_prefix"]
            elif isinstance(config, Dict):
                values += [self.resolver.resolve(one.value) for one in config.entries if one.key == "env_prefix"]
        return any(not isinstance(value, Str) or bool(value.text) for value in values)

    def named(self, name: str, span: Span, site: Site) -> None:
        """A string that is the name of a variable: what is done with it."""
        if span in self._done:
            return
        self._done.add(span)
        uses = self.language.uses(site)
        action, value = "name", None
        use = uses[0] if uses else Use("other")
        if use.role == "index" and use.handle is not None:
            target = self.language.lower(use.handle, site.block)
            if isinstance(target, Item) and self._is_environ(target.base):
                action = "read"
                store = self._store_of(use.handle)
                if store is not None:
                    action = "set"
                    if store.value is not None:
                        value = self.resolver.deep(self.resolver.language.lower(store.value, site.block))
        elif use.role == "argument" and use.handle is not None:
            call = self.language.lower(use.handle, site.block)
            if isinstance(call, Call):
                found = self.resolver.resolve(call)
                if any(isinstance(option, Env) for option in alternatives(found)):
                    action = "read"
                elif isinstance(call.func, Attr) and call.func.name in _SETTERS:
                    action = "set"
                    if len(call.args) > 1:
                        value = self.resolver.deep(call.args[1].value)
        elif use.role == "compare" and use.handle is not None:
            if self._is_environ(self.language.lower(use.handle, site.block)):
                action = "read"
        if action != "name" or not name.startswith(ASKING):
            user = self._user_of(span)
            self.facts.envs.append(EnvUse(name, action, span, value, user if isinstance(user, Client) else None))

    def _store_of(self, target: Handle) -> Store | None:
        """What is stored there."""
        if self._stores is None:
            self._stores = {id(store.target): store for store in self.program.stores}
        return self._stores.get(id(target))

    def _is_environ(self, value: Value) -> bool:
        base = self.resolver.resolve(value)
        if isinstance(base, Symbol):
            return self.catalogue.env_reader(base.dotted) == "mapping"
        # pages leave out the import
        name = value.base.name if isinstance(value, Attr) and isinstance(value.base, Ref) else ""
        return name == "os" and isinstance(value, Attr) and value.name == "environ"
