"""Clients and requests: what calls of the SDK and of wrappers mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from ..catalogue import Catalogue, ClientMethod, Endpoint, import_root
from ..facts import Arg, Arguments, Client, Request, is_nothing
from ..lazy import pattern
from ..program import (
    Attr,
    Block,
    Call,
    Env,
    Item,
    Program,
    Ref,
    Scope,
    Site,
    Store,
    Str,
    Symbol,
    Unknown,
    Value,
)
from ..source import Holders, Span
from .arguments import ArgumentReader, streams
from .raw_requests import RawRequests, senders
from .resolve import Resolver
from .targets import settle_client, settle_request
from .urls import ENDS, HOSTS, owner_of
from .values import Resolved, Thing, alternatives, snake_case

#: wrappers in a method path that change the result's form only
_WRAPPERS = frozenset({"with_raw_response", "with_streaming_response", "withRawResponse"})
_DERIVE = frozenset({"with_options", "copy", "withOptions"})
#: last names of the SDK's methods, pre-1.0 ones too
_SNAKE_METHODS = (
    "accept activate add_lines add_upload_part approve archive attach build cancel clone compact complete connect"
    " content count create create_and_poll create_and_run create_and_run_poll create_and_run_stream"
    " create_and_stream create_edit create_for_all create_variation deactivate del delete download_content edit event"
    " events extend fork generate get_character hangup list list_events list_files list_items list_runs parse pause"
    " poll query refer reject remix resume retrieve retrieve_content retry revoke rotate rotate_secret run"
    " run_functions run_tools search send stream submit_tool_outputs submit_tool_outputs_and_poll"
    " submit_tool_outputs_stream test unarchive unwrap update upload upload_and_poll upload_file_chunked validate"
    " verify_signature wait_for_processing with_options copy"
    " acreate alist aretrieve adelete acancel adownload transcribe atranscribe translate atranslate transcribe_raw"
    " translate_raw create_image aedit acreate_edit acreate_variation find_matching_files stream_events"
    " get_embedding aget_embedding get_embeddings"
    " completion acompletion embedding aembedding"
).split()
#: those, and npm's, which are camelCase of the same
_METHODS = frozenset(
    spelled for name in _SNAKE_METHODS for spelled in (name, re.sub(r"_([a-z])", lambda m: m[1].upper(), name))
)
_FIRST = ("create", "list", "retrieve", "delete", "cancel", "download")  # of npm 3's method names
#: calls that call their function argument with the arguments that follow
_THROUGH = frozenset({
    "to_thread", "submit", "partial", "run_in_executor", "run_sync", "run_in_threadpool", "apply_async",
    "call_soon", "wrap",
})  # fmt: skip
#: method paths that no other library shares, whoever their client is
_DISTINCTIVE = (
    "chat.completions", "beta.chat", "beta.threads", "beta.assistants", "beta.vector_stores", "fine_tuning",
    "audio.transcriptions", "audio.translations", "audio.speech", "vector_stores",
)  # fmt: skip
_CLIENT_NAMES = frozenset({
    "client", "aclient", "async_client", "client_async", "_client", "sync_client", "client_sync", "api", "api_client",
    "ai_client", "llm_client", "chat_client", "gpt_client",
})  # fmt: skip
#: makes a provider of a base URL, which is a function, too
_PROVIDER = "@ai-sdk/openai.createOpenAI"
#: the ways to the models that it makes of it by itself
_PROVIDED = ((), ("responses",), ("language_model",))
_WORD = re.compile(r"\w+")
#: a method that is not called, but an argument
_METHOD_ARGUMENT = pattern(r"\.a?create(?=[,)])")
#: what methods before 1.0 do, where it is not to create
_LEGACY_VERB = pattern(r"a?(list|retrieve|delete|download|cancel|transcribe|translate)(?![a-z])")
#: a name of a module's own: createEmbedding of ./lib/embeddings.js, not createEmbedding of a client that ./ai exports
_FUNCTION = pattern(r"(?:.*/)?[^./]+(?:\.[cm]?[jt]sx?)?\.\w+")
_SETTINGS = frozenset({"base_url", "api_key", "organization", "project", "api_type", "api_version", "azure_endpoint"})


class Calls:
    """Makes the clients and requests of one program (``resolve.Hooks``)."""

    def __init__(self, program: Program, catalogue: Catalogue, resolver: Resolver) -> None:
        self.program = program
        self.catalogue = catalogue
        self.resolver = resolver
        resolver.hooks = self
        self.clients: dict[int, Client] = {}
        self.requests: dict[int, Request] = {}
        self.sites: dict[int, Site] = {}
        self.reader = ArgumentReader(program, catalogue, resolver)
        self.raw = RawRequests(program, catalogue, resolver, self.reader, self.requests, self.sites)
        #: other clients that a request may go through, by the request's id
        self._alternatives: dict[int, list[Client]] = {}
        self._promised: dict[tuple[str, str], Thing] = {}
        #: requests of methods that are handed on to a function which calls them
        self._handed: dict[tuple[object, ...], Thing] = {}
        self._module: Client | None = None
        self._module_args: list[Arg] = []
        #: those of them that no condition stands before
        self._module_certain: list[Arg] = []
        #: whose URL the file sets OPENAI_BASE_URL to
        self._url_of_variable = ""
        #: the frontend puts expressions off, so words that are not watched do not matter
        self._lazy = program.complete is not None
        imported = [item.dotted for item in program.imports]
        #: a file of another vendor's may well import things that are named after OpenAI, but not its SDK
        self._imports_openai = any(import_root(dotted) == "openai" for dotted in imported) or (
            any("openai" in dotted or "openai" in dotted.rpartition(".")[0].lower() for dotted in imported)
            and not any(map(catalogue.other_vendor, imported))
        )
        #: client.models: a word of every other project, but for those that have such a client
        self._everyday = catalogue.everyday_resources if self._imports_openai else frozenset()
        self._chain_words = catalogue.chain_words | self._everyday

    # ------------------------------------------------------------------- all

    def collect(self) -> None:
        """Resolve every call that may build a client or send a request."""
        if self.program.complete is not None:
            for word in sorted(self._everyday):
                self.program.complete(word)
        self._handed_on()
        tails = self.catalogue.callee_names
        aliases = self._aliases()
        for name in tuple(self.program.calls):
            if name in _METHODS or name in tails or name in aliases or name.startswith(_FIRST) or not name:
                for site in self.program.calls[name]:
                    self._visit(site, True)
        for name in _THROUGH:
            for site in self.program.calls_of(name):
                self._through(site)
        if self._mentions_endpoint():
            for name in senders(self.program):
                for site in self.program.calls_of(name):
                    self._visit(site, False)
            self.raw.later_bodies()
        self._apply_stores()
        for client in self.all_clients():
            args = client.args
            if client is self._module:
                args = Arguments(tuple(self._module_certain), args.open)
            settle_client(client, args, self.catalogue, self._url_of_variable, self.program.source.text)
        for request in self.requests.values():
            settle_request(request, self._alternatives.get(id(request), ()), self.catalogue)

    def _mentions_endpoint(self) -> bool:
        """Whether a URL of OpenAI, Azure or a target may be requested here, or one that ends like OpenAI's."""
        text, mentions = self.program.source.text, self.program.mentions
        for part in (*HOSTS, *ENDS, *self.catalogue.target.hosts):
            if all(map(mentions, _words(part))) and part in text:
                return True
        return False

    def name_clients(self) -> None:
        """Give clients that nothing uses the name they are bound to."""
        unnamed = {key: client for key, client in self.clients.items() if not client.name}
        for scope in self.program.scopes if unnamed else ():
            for table in (scope.bindings, scope.members):
                for name, bindings in table.items():
                    for binding in bindings:
                        client = unnamed.get(id(binding.handle))
                        if client is not None:
                            client.name = name

    def all_clients(self) -> list[Client]:
        """Every client, built ones first come first."""
        found = list(self.clients.values())
        found.extend(cast(Client, thing.root) for thing in self._promised.values())
        if self._module is not None:
            found.append(self._module)
        return found

    def _aliases(self) -> set[str]:
        """Names of bare calls that may stand for an imported or stored function."""
        known = set(self.program.calls)
        roots = self.catalogue.import_roots
        found = {
            item.name
            for item in self.program.imports
            if item.name in known and (item.dotted[0] == "." or import_root(item.dotted) in roots)
        }
        for scope in self.program.scopes:
            for name in known & scope.bindings.keys():
                if any(binding.kind == "value" for binding in scope.bindings[name]):
                    found.add(name)
            if scope.members:
                found |= known & scope.members.keys()
        return found

    def _visit(self, site: Site, likely: bool) -> None:
        call = self.resolver.language.lower(site.handle, site.block)
        if not isinstance(call, Call):
            return
        if likely:
            # objects.create() and the like: without a resource's name in the chain it is nobody's endpoint
            if self._lazy and isinstance(call.func, Attr) and not self._names_endpoint(call.func):
                return
        elif not self._has_url(call):
            return
        self.resolver.resolve(call)

    def _names_endpoint(self, func: Attr, seen: set[int] | None = None) -> bool:
        words = self._chain_words
        value: Value = func
        while True:
            if isinstance(value, Attr):
                if value.name in words:
                    return True
                value = value.base
            elif isinstance(value, Call):
                value = value.func
            elif isinstance(value, Ref):
                return value.name in words or self._bound_to_endpoint(value, set() if seen is None else seen)
            else:
                return True

    def _bound_to_endpoint(self, ref: Ref, seen: set[int]) -> bool:
        """``completions = client.chat.completions`` somewhere before; ``seen``: bindings that were looked at."""
        for binding in self.resolver.lookup(ref.name, ref.block):
            if binding.kind == "value" and id(binding.handle) not in seen:
                seen.add(id(binding.handle))  # node = node.parent
                value = self.resolver.language.lower(binding.handle, binding.block)
                if isinstance(value, Attr) and self._names_endpoint(value, seen):
                    return True
            elif binding.kind == "import" and import_root(binding.handle) in ("openai", "langfuse"):
                return True
        return False

    def _has_url(self, call: Call) -> bool:
        """Whether a call's first arguments may be a URL at all."""
        for arg in call.args[:2]:
            kind = type(arg.value)
            if kind is Str:
                if "/" in cast(Str, arg.value).text:
                    return True
            elif kind is not Unknown and arg.name in (None, "url", "uri", "method"):
                return True
        return any(arg.name == "url" for arg in call.args)

    def _handed_on(self) -> None:
        """``with_retries(client.chat.completions.create, model=…)``: functions of whatever name."""
        text = self.program.source.text
        if "create," not in text and "create)" not in text:
            return
        methods = list(_METHOD_ARGUMENT.finditer(text))
        span = self.program.language.span
        groups = (sites for name, sites in self.program.calls.items() if name not in _THROUGH)
        calls = Holders((span(site.handle), site) for sites in groups for site in sites)
        for method in methods:
            site = calls.of(Span(*method.span()))
            call = self.resolver.language.lower(site.handle, site.block) if isinstance(site, Site) else None
            # what takes nothing else gives a function, as sync_to_async() does
            if isinstance(call, Call) and len(call.args) > 1 and not self._gives_function(call):
                self._through(call.site)

    def _gives_function(self, call: Call) -> bool:
        if not isinstance(self.resolver.resolve(call.func), Symbol):
            return False
        given = self.resolver.resolve(call)
        return isinstance(given, Thing) and isinstance(given.root, Client)

    def _through(self, site: Site) -> None:
        """``to_thread(client.chat.completions.create, model=…)`` and its like."""
        call = self.resolver.language.lower(site.handle, site.block)
        if not isinstance(call, Call) or call.span in self.resolver.called_partials:
            return  # of a partial, a call of it sends the request
        for index, arg in enumerate(call.args):
            if arg.name is None and isinstance(arg.value, (Attr, Ref)):
                bound = self.resolver.resolve(arg.value)
                rest = call.with_args(call.args[index + 1 :], arg.value)
                found = False
                for method in alternatives(bound):
                    if isinstance(method, Thing) and isinstance(method.root, Client) and method.path:
                        made: Resolved | None = self.client_call(method, rest)
                    elif isinstance(method, Symbol) and method.dotted.rpartition(".")[2] in _METHODS:
                        made = self.symbol_call(method, rest)
                    else:
                        continue
                    found = True
                    if isinstance(made, Thing) and isinstance(made.root, Request):
                        made.root.args = made.root.args._replace(open=True)
                        self._handed.setdefault(_callee_key(method), made)
                if found:
                    return

    def _sent_by(self, callee: Thing | Symbol, call: Call) -> Thing | None:
        """The request of who handed the method on that a function calls here by its parameter's name."""
        made = self._handed.get(_callee_key(callee)) if self._handed and isinstance(call.func, Ref) else None
        if made is not None:
            func = cast(Ref, call.func)
            if any(binding.kind == "param" for binding in self.resolver.lookup(func.name, func.block)):
                return made
        return None

    # ----------------------------------------------------------------- hooks

    def symbol_call(self, symbol: Symbol, call: Call) -> Resolved | None:
        """Calls of imported names."""
        sent = self._sent_by(symbol, call)
        if sent is not None:
            return sent
        catalogue, dotted = self.catalogue, symbol.dotted
        found = catalogue.client_class(dotted)
        if found is not None:
            return self._build(found.kind, dotted, call)
        framework = catalogue.framework(dotted)
        if framework is not None:
            wrapper = self._build("framework", dotted, call)
            root = cast(Client, wrapper.root)
            if root.framework is None:
                root.framework = framework
                root.args = root.args._replace(items=(*root.args.items, *self._positional(call, framework.model)))
            path = _FUNCTIONS.get(dotted)
            if path is None:
                return wrapper
            return self._request(catalogue.endpoint(path), path, root, call, "framework")
        if catalogue.wrapper(dotted):
            for arg in call.args:
                inner = self.resolver.resolve(arg.value)
                for option in alternatives(inner):
                    if isinstance(option, Thing) and isinstance(option.root, Client):
                        return option
            return Unknown(call.span)
        endpoint = catalogue.legacy(dotted)
        of_sdk = import_root(catalogue.canonical(dotted)) == "openai"
        if endpoint is not None and (of_sdk or not self._is_function(dotted, call.func)):
            if of_sdk:
                client = self._own_client(call, dotted) or self._module_client(call, "legacy")
            else:  # another module exports it, and knows where it goes
                client = Client("legacy", dotted, call.func.span, call.span)
                client.built = False
            return self._legacy_request(endpoint, dotted.rpartition(".")[2], client, call)
        module = catalogue.canonical(dotted) if "penai" in dotted else ""
        if module.startswith("openai."):
            path = _method_path(module.split(".")[1:])
            method = len(path) > 1 and module.rpartition(".")[2] in _METHODS  # and no class
            endpoint = catalogue.endpoint(path) if method else None
            if endpoint is not None:
                return self._request(endpoint, path, self._module_client(call, "module"), call, "sdk")
        if catalogue.canonical(dotted) == "openai.Configuration" and call.args:
            return self.resolver.resolve(call.args[0].value)  # npm 3: what the client is built from
        request = self.raw.request(call)
        if request is not None:
            return request
        if not catalogue.other_vendor(dotted):
            return self._by_suffix(dotted.split("."), call, 1)
        return None

    def _is_function(self, dotted: str, func: Value) -> bool:
        """Whether a callee is a function that a module has itself, and no method of a client that it gives.

        So ``createEmbedding`` of ``@/lib/openai`` is, but not that of ``openai = require("./openai")``.
        """
        if not _FUNCTION.fullmatch(dotted):
            return False
        if not isinstance(func, Attr) or not isinstance(func.base, Ref):
            return True
        span, text = self.program.language.span, self.program.source.text
        whole = [item for item in self.program.imports if item.name == func.base.name]
        return any(text.startswith("import", span(item.statement).start) for item in whole)

    def _positional(self, call: Call, names: tuple[str, ...]) -> list[Arg]:
        """The model of a wrapper that takes it as a positional argument."""
        found = []
        for index, arg in enumerate(call.args):
            if arg.name is None and not arg.spread and str(index) in names:
                found.append(Arg("model", self.reader.value(arg.value), arg.span, arg.span, arg.span, str(index)))
        return found

    def client_call(self, thing: Thing, call: Call) -> Resolved:
        """Calls of methods of a client."""
        sent = self._sent_by(thing, call)
        if sent is not None:
            return sent
        client = cast(Client, thing.root)
        path = _method_path(thing.path)
        if client.symbol == _PROVIDER and path in _PROVIDED:
            return self._provided(client, call)
        if not path:
            return Unknown(call.span)
        if path[-1] in _DERIVE:
            return self._derive(client, call)
        if path[-1] in ("__aenter__", "__enter__"):
            return Thing(client, (), call.span)
        own = self.catalogue.client_method(client.symbol, thing.path[0])
        if own is not None:
            return self._own_method(client, own, call)
        endpoint = self.catalogue.endpoint(path)
        if client.kind == "legacy" and len(path) == 1:
            endpoint = self.catalogue.legacy(thing.path[-1])  # npm 3: openai.createChatCompletion
            if endpoint is not None:
                return self._legacy_request(endpoint, thing.path[-1], client, call)
        if endpoint is None and not client.built and len(path) > 2:  # one of several that an annotation promises
            path = path[1:]
            endpoint = self.catalogue.endpoint(path)
        if endpoint is None or client.kind == "framework" or len(path) < 2:
            return Unknown(call.span)
        return self._request(endpoint, path, client, call, "sdk")

    def _legacy_request(self, endpoint: Endpoint, name: str, client: Client, call: Call) -> Thing:
        """``openai.Image.create(…)`` of Python, ``openai.createImage(…)`` of npm; ``name``: its last name."""
        verb = _LEGACY_VERB.match(name)
        path = (*endpoint.path.split("."), verb[1] if verb else "create")
        made = self._request(endpoint, path, client, call, "legacy")
        cast(Request, made.root).method = name
        return made

    def _own_method(self, client: Client, method: ClientMethod, call: Call) -> Thing:
        """``client.getChatCompletions(deployment, messages, options)``."""
        args = []
        for name, arg in zip(method.arguments, call.args):
            more = name == "..." or arg.spread
            args.append(arg._replace(spread=True) if more else arg._replace(name=name))
        made = self._request(method.endpoint, method.path, client, call.with_args(tuple(args)), "sdk", 1)
        request = cast(Request, made.root)
        request.camel = True
        if method.streams:
            request.stream = True
        return made

    def _provided(self, client: Client, call: Call) -> Thing:
        """``provider("…")`` of the Vercel AI SDK: a model that is asked through the Responses API."""
        path = ("responses", "create")
        made = self._request(self.catalogue.endpoint(path), path, client, call, "framework")
        request = cast(Request, made.root)
        request.args = Arguments(tuple(self._positional(call, ("0",))), True)
        return made

    def unknown_call(self, call: Call) -> Resolved | None:
        """Calls whose callee is not known: by their method path or URL."""
        request = self.raw.request(call)
        if request is not None:
            return request
        names: list[str] = []
        value: Value = call.func
        while isinstance(value, (Attr, Call)):
            if isinstance(value, Attr):
                names.append(value.name)
                value = value.base
            else:
                names.append("()")
                value = value.func
        root = value if isinstance(value, Ref) else None
        if root is not None:
            names.append(root.name)
        names.reverse()
        return self._by_suffix(names, call, 0, root)

    def _by_suffix(self, names: list[str], call: Call, first: int, root: Ref | None = None) -> Resolved | None:
        if not names or names[-1] not in _METHODS:
            return None  # a function or class that happens to live in a module named like a resource
        for start in range(max(first, len(names) - 6), len(names) - 1):
            path = _method_path(names[start:])
            endpoint = self.catalogue.endpoint(path) if len(path) > 1 else None
            if endpoint is None:
                continue
            owner = names[start - 1] if start else ""
            if not ".".join(path).startswith(_DISTINCTIVE) and not self._client_like(owner, names[:start], root):
                return None
            client = Client("sdk", "", call.span, call.span)
            client.built = False
            client.name = owner
            if path[0] == "completions" and self._is_chat(owner, call):
                path = ("chat", *path)
                endpoint = self.catalogue.endpoint(path)
            return self._request(endpoint, path, client, call, "sdk")
        return None

    def _is_chat(self, owner: str, call: Call) -> bool:
        """Whether what has ``completions`` is a client's ``chat``: by its name, or what is asked of it."""
        return snake_case(owner).endswith("chat") or self.reader.read(call.args).get("messages") is not None

    def _client_like(self, name: str, chain: list[str], root: Ref | None) -> bool:
        lowered = name.lower()
        if "oai" in lowered or any("openai" in step.lower() for step in chain):
            return True
        if lowered not in _CLIENT_NAMES:
            return False
        return self._imports_openai or (root is not None and self._comes_from_openai(root))

    def _comes_from_openai(self, ref: Ref) -> bool:
        """``client = core.api.openai.get_client()``: a chain that says whose it is."""
        for binding in self.resolver.lookup(ref.name, ref.block):
            value = self.resolver.language.lower(binding.handle, binding.block) if binding.kind == "value" else None
            while isinstance(value, (Attr, Call)):
                if isinstance(value, Attr) and "openai" in value.name.lower():
                    return True
                value = value.base if isinstance(value, Attr) else value.func
            if isinstance(value, Ref) and "openai" in value.name.lower():
                return True
        return False

    def parameter_client(self, symbol: Symbol, name: str, span: Span) -> Thing | None:
        """The client that an annotation or base class promises."""
        found = self.catalogue.client_class(symbol.dotted)
        if found is None:
            return None
        key = (symbol.dotted, name)
        thing = self._promised.get(key)
        if thing is None:
            client = Client(found.kind, symbol.dotted, span, span)
            client.built = False
            client.name = name
            thing = self._promised[key] = Thing(client, (), span)
        return thing

    def subclass_client(self, symbol: Symbol, call: Call) -> Thing | None:
        """An instance of a subclass of a client: its URL may be set inside."""
        found = self.catalogue.client_class(symbol.dotted)
        if found is None:
            return None
        thing = self._build(found.kind, symbol.dotted, call)
        client = cast(Client, thing.root)
        client.args = client.args._replace(open=True)
        return thing

    # --------------------------------------------------------------- clients

    def _build(self, kind: str, symbol: str, call: Call) -> Thing:
        key = id(call.site.handle)
        client = self.clients.get(key)
        if client is None:
            client = self.clients[key] = Client(kind, symbol, call.func.span, call.span)
            client.args = self.reader.read(call.args)
            if self.program.name == "javascript" and call.args and isinstance(
                self.resolver.resolve(call.args[0].value), Env
            ):  # new OpenAI(process.env.KEY), in place of options
                alone = tuple(self._positional(call, ("0",)))
                client.args = client.args._replace(items=tuple(arg._replace(name="0") for arg in alone))
            self.sites[id(client)] = call.site
        return Thing(client, (), call.span)

    def _derive(self, client: Client, call: Call) -> Thing:
        key = id(call.site.handle)
        derived = self.clients.get(key)
        if derived is None:
            derived = self.clients[key] = Client(client.kind, client.symbol, call.func.span, call.span)
            given = self.reader.read(call.args)
            names = {arg.name for arg in given.items}
            kept = tuple(arg for arg in client.args.items if arg.name not in names)
            derived.args = Arguments((*kept, *given.items), client.args.open or given.open)
            derived.built = False
            derived.derived_from = client
            derived.name = client.name
            self.sites[id(derived)] = call.site
        return Thing(derived, (), call.span)

    def _own_client(self, call: Call, symbol: str) -> Client | None:
        """Where a request before 1.0 goes that says so by itself: ``create(api_base=…, api_type=…)``."""
        key = id(call.site.handle)
        client = self.clients.get(key)
        if client is None:
            args = self.reader.read(call.args)
            own = tuple(arg for arg in args.items if arg.name in _SETTINGS)
            if not any(arg.name in ("base_url", "api_type") and not is_nothing(arg.value) for arg in own):
                return None
            client = self.clients[key] = Client("legacy", symbol, call.func.span, call.span)
            client.built = False
            client.name = "openai"
            client.args = Arguments(own, args.open)
            self.sites[id(client)] = call.site
        return client

    def _module_client(self, call: Call, kind: str) -> Client:
        if self._module is None:
            self._module = Client(kind, "openai", call.func.span, call.span)
            # who imports it for this file may set it up as well
            roots = (import_root(self.catalogue.canonical(item.dotted)) for item in self.program.imports)
            imported = "openai" in roots
            self._module.args = Arguments((), not imported)
        elif call.func.span.start < self._module.span.start:
            self._module.span, self._module.call_span = call.func.span, call.span
            self._module.order = call.func.span.start
        return self._module

    def _apply_stores(self) -> None:
        """``client.base_url = …``, ``openai.api_key = …`` after the fact."""
        for store in self.program.stores:
            if store.value is None or store.op != "=":
                continue
            if store.name == "environ":
                self._apply_variable(store)
            if store.name is not None and self.catalogue.parameter_name(store.name) not in _SETTINGS:
                continue
            block = store.site.block
            target = self.resolver.language.lower(store.target, block)
            if not isinstance(target, Attr):
                continue
            name = self.catalogue.parameter_name(target.name)
            if name not in _SETTINGS:
                continue
            base = self.resolver.resolve(target.base)
            value = self.resolver.language.lower(store.value, block)
            span = self.resolver.language.span(store.site.statement)
            arg = Arg(name, self.reader.value(value), span, target.name_span, value.span, target.name)
            if isinstance(base, Thing) and isinstance(base.root, Client) and not base.path:
                base.root.args = base.root.args._replace(items=(*base.root.args.items, arg))
            elif isinstance(base, Symbol) and base.dotted in ("openai", "langfuse.openai.openai", "langfuse.openai"):
                arg = arg._replace(name_span=target.span)
                self._module_args.append(arg)
                if not _conditional(block) and self._runs(block.scope):
                    self._module_certain.append(arg)
        if self._module_args:
            if self._module is None:
                first = self._module_args[0]
                self._module = Client("module", "openai", first.name_span, first.span)
                self._module.built = False  # nothing is called on it here
            self._module.args = Arguments(tuple(self._module_args), self._module.args.open)

    def _apply_variable(self, store: Store) -> None:
        """``os.environ["OPENAI_BASE_URL"] = …``: where clients without a base URL go."""
        target = self.resolver.language.lower(store.target, store.site.block)
        if isinstance(target, Item) and isinstance(target.key, Str) and target.key.text == "OPENAI_BASE_URL":
            self._url_of_variable = owner_of(self.resolver.of(store.value, store.site.block), self.catalogue)

    def _runs(self, scope: Scope) -> bool:
        """Whether a setting's function is run before the calls, as far as this file tells.

        A setter that nobody calls here may never be called.
        """
        if scope.kind != "function" or scope.name in ("__init__", "constructor"):
            return True
        senders = {self.sites[id(request)].scope for request in self.requests.values()}
        if scope in senders or self.program.calls_of(scope.name):
            return True
        return any(call.scope is scope for sender in senders for call in self.program.calls_of(sender.name))

    # -------------------------------------------------------------- requests

    def _request(
        self, endpoint: Endpoint | None, path: tuple[str, ...], client: Client | None, call: Call, transport: str,
        steps: int = 0,
    ) -> Thing:  # fmt: skip
        """``steps``: how many names of the callee are the method path, where it is not as long as ``path``."""
        key = id(call.site.handle)
        request = self.requests.get(key)
        if request is None:
            span, tail = _callee_spans(call, (steps or len(path)) if transport == "sdk" and client else 0)
            family = endpoint.family if endpoint else ""
            request = self.requests[key] = Request(".".join(path), family, span, call.span)
            request.tail_span = tail
            request.transport = transport
            request.client = client
            request.method = path[-1] if path else ""
            request.args = self.reader.read(call.args)
            request.stream = streams(request)
            self.sites[id(request)] = call.site
        elif client is not None and client is not request.client:
            self._alternatives.setdefault(id(request), []).append(client)
        return Thing(request, (), call.span)


_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "litellm.completion": ("chat", "completions", "create"),
    "litellm.acompletion": ("chat", "completions", "create"),
    "litellm.batch_completion": ("chat", "completions", "create"),
    "litellm.embedding": ("embeddings", "create"),
    "litellm.aembedding": ("embeddings", "create"),
}


@lru_cache(maxsize=128)
def _words(part: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(part))


def _callee_key(callee: Thing | Symbol) -> tuple[object, ...]:
    return (callee.dotted,) if isinstance(callee, Symbol) else (id(callee.root), callee.path)


def _conditional(block: Block | None) -> bool:
    while block is not None and block.kind != "scope":
        if block.kind in ("if", "else", "case", "handler"):
            return True
        block = block.parent
    return False


def _method_path(names: Iterable[str]) -> tuple[str, ...]:
    path = tuple(snake_case(name) for name in names if name not in _WRAPPERS and name != "()")
    return path


def _callee_spans(call: Call, steps: int) -> tuple[Span, Span]:
    """The span of the last ``steps`` names of a callee, and of its last one."""
    func = call.func
    if not isinstance(func, Attr):
        return func.span, func.span
    start = func.span.start
    value: Value = func
    left = steps
    while left > 0 and isinstance(value, Attr):
        start = value.name_span.start
        if value.name not in _WRAPPERS:
            left -= 1
        value = value.base
    return Span(start if steps else func.span.start, func.span.end), func.name_span
