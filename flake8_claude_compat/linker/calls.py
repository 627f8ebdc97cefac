"""Clients and requests: what calls of the SDK, of HTTP libraries and wrappers mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from ..catalogue import Catalogue, Endpoint, import_root
from ..facts import CLAUDE, OPENAI, OTHER, UNKNOWN, Arg, Arguments, Client, Request, constant, entry_of, options
from ..lazy import pattern
from ..program import (
    Argument,
    Attr,
    Block,
    Bool,
    Call,
    Dict,
    Env,
    Item,
    Null,
    OneOf,
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
from ..source import Span
from .resolve import Resolver
from .values import Resolved, Thing, is_azure

#: wrappers in a method path that change the result's form only
_WRAPPERS = frozenset({"with_raw_response", "with_streaming_response", "withRawResponse"})
_DERIVE = frozenset({"with_options", "copy", "withOptions"})
_HTTP_NAMES = frozenset({
    "post", "get", "put", "patch", "delete", "request", "stream", "urlopen", "fetch", "Request", "ws_connect",
    "create_connection", "connect", "send", "got", "axios", "ky", "$fetch", "WebSocket", "build_request",
    "curl", "wget", "http", "Invoke-RestMethod", "Invoke-WebRequest", "useFetch", "fetchEventSource", "ajax",
    "EventSource", "SSE", "open",
})  # fmt: skip
_BODIES = ("json", "data", "content", "body", "payload")
#: methods that give a request its body after it was made
_SENDERS = ("send", "write", "end")
#: what makes a client of an HTTP library whose requests begin with a base URL, and what that is called
_HTTP_CLIENTS = frozenset({
    "axios.create", "axios.default.create", "got.extend", "got.default.extend", "ky.create", "ky.default.create",
    "ofetch.ofetch.create", "$fetch.create", "httpx.Client", "httpx.AsyncClient", "aiohttp.ClientSession",
})  # fmt: skip
_HTTP_BASES = ("base_url", "baseURL", "prefixUrl")
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
_CLIENT_NAMES = frozenset({"client", "aclient", "async_client", "_client", "sync_client", "api", "api_client"})
_MERGED = ("extra_body", "model_kwargs", "extra_json")
#: makes a provider of a base URL, which is a function, too
_PROVIDER = "@ai-sdk/openai.createOpenAI"
#: the ways to the models that it makes of it by itself
_PROVIDED = ((), ("responses",), ("language_model",))
_HOST = pattern(r"\s*(?:https?|wss?)://(?:[^/?#@\s'\"]*@)?([^/:?#\s'\"]+)(:\d+)?", re.IGNORECASE)
#: a text without any of these and of the target's hosts holds no URL of interest
_HOSTS = (
    "api.openai.com", "openai.azure.com", "openai/deployments", "api.anthropic.com", "claudeapi", "bedrock-",
    "aiplatform",
)  # fmt: skip
#: which of several clients of a request counts, the smallest first
_CONCERN = {OPENAI: 0, UNKNOWN: 1, CLAUDE: 2, OTHER: 3}
#: where a URL's owner makes the requests go
_OF_OWNER = {"target": CLAUDE, "other": OTHER, "local": OTHER}
_WORD = re.compile(r"\w+")
#: where a word of a name in camelCase begins: admin|API|Keys
_HUMP = pattern(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOCK = pattern(r"mock|\A(?:respx|responses|httpretty|nock|msw)\b", re.IGNORECASE)
#: what methods before 1.0 do, where it is not to create
_LEGACY_VERB = pattern(r"a?(list|retrieve|delete|download|cancel|transcribe|translate)(?![a-z])")
_HUB_NAME = pattern(r"[A-Za-z][\w.-]*/[\w.:-]+")
#: families of models that OpenAI does not serve
_FAMILY = pattern(
    r"(?:code)?(?:llama|qwen|mistral|mixtral|deepseek|gemma|gemini|phi-?\d|yi-|glm|moonshot|kimi|grok|command-r|falcon"
    r"|vicuna|hunyuan|doubao|ernie|baichuan|internlm|minimax|abab)",
    re.IGNORECASE,
)
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
        #: XMLHttpRequests by the variable they are kept in
        self._opened: dict[str, Request] = {}
        #: other clients that a request may go through, by the request's id
        self._alternatives: dict[int, list[Client]] = {}
        self._promised: dict[tuple[str, str], Thing] = {}
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
            any("openai" in dotted for dotted in imported) and not any(map(catalogue.other_vendor, imported))
        )

    # ------------------------------------------------------------------- all

    def collect(self) -> None:
        """Resolve every call that may build a client or send a request."""
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
            for name in _HTTP_NAMES:
                for site in self.program.calls_of(name):
                    self._visit(site, False)
            self._later_bodies()
        self._apply_stores()
        for client in self.all_clients():
            self._settle(client)
        for request in self.requests.values():
            self._settle_request(request)

    def _mentions_endpoint(self) -> bool:
        """Whether a URL of OpenAI, Azure or a target may be requested here."""
        text, mentions = self.program.source.text, self.program.mentions
        hosts = (*_HOSTS, *self.catalogue.target.hosts)
        return any(all(map(mentions, _WORD.findall(host))) and host in text for host in hosts)

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
        words = self.catalogue.chain_words
        if func.name == "list" and isinstance(func.base, Attr) and func.base.name == "models":
            return True  # a word of every other project, but for this
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

    def _through(self, site: Site) -> None:
        """``to_thread(client.chat.completions.create, model=…)`` and its like."""
        call = self.resolver.language.lower(site.handle, site.block)
        if not isinstance(call, Call) or call.span in self.resolver.called_partials:
            return  # of a partial, a call of it sends the request
        for index, arg in enumerate(call.args):
            if arg.name is None and isinstance(arg.value, (Attr, Ref)):
                bound = self.resolver.resolve(arg.value)
                rest = call.with_args(call.args[index + 1 :], arg.value)
                if isinstance(bound, Thing) and isinstance(bound.root, Client) and bound.path:
                    made: Resolved | None = self.client_call(bound, rest)
                elif isinstance(bound, Symbol) and bound.dotted.rpartition(".")[2] in _METHODS:
                    made = self.symbol_call(bound, rest)
                else:
                    continue
                if isinstance(made, Thing) and isinstance(made.root, Request):
                    made.root.args = made.root.args._replace(open=True)
                return

    # ----------------------------------------------------------------- hooks

    def symbol_call(self, symbol: Symbol, call: Call) -> Resolved | None:
        """Calls of imported names."""
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
                for option in inner.options if isinstance(inner, OneOf) else (inner,):
                    if isinstance(option, Thing) and isinstance(option.root, Client):
                        return option
            return Unknown(call.span)
        endpoint = catalogue.legacy(dotted)
        if endpoint is not None:
            names = tuple(endpoint.path.split("."))
            if dotted.startswith("."):  # another file of the project exports it, and knows where it goes
                client = Client("legacy", dotted, call.func.span, call.span)
                client.built = False
            else:
                client = self._module_client(call, "legacy")
            verb = _LEGACY_VERB.match(dotted.rpartition(".")[2])
            return self._request(endpoint, (*names, verb[1] if verb else "create"), client, call, "legacy")
        module = catalogue.canonical(dotted) if "penai" in dotted else ""
        if module.startswith("openai."):
            path = _method_path(module.split(".")[1:])
            method = len(path) > 1 and module.rpartition(".")[2] in _METHODS  # and no class
            endpoint = catalogue.endpoint(path) if method else None
            if endpoint is not None:
                return self._request(endpoint, path, self._module_client(call, "module"), call, "sdk")
        if catalogue.canonical(dotted) == "openai.Configuration" and call.args:
            return self.resolver.resolve(call.args[0].value)  # npm 3: what the client is built from
        request = self._http(call)
        if request is not None:
            return request
        if not catalogue.other_vendor(dotted):
            return self._by_suffix(dotted.split("."), call, 1)
        return None

    def _positional(self, call: Call, names: tuple[str, ...]) -> list[Arg]:
        """The model of a wrapper that takes it as a positional argument."""
        found = []
        for index, arg in enumerate(call.args):
            if arg.name is None and not arg.spread and str(index) in names:
                found.append(Arg("model", self._value(arg.value), arg.span, arg.span, arg.span, str(index)))
        return found

    def client_call(self, thing: Thing, call: Call) -> Resolved:
        """Calls of methods of a client."""
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
        endpoint = self.catalogue.endpoint(path)
        if client.kind == "legacy" and len(path) == 1:
            endpoint = self.catalogue.legacy(thing.path[-1])  # npm 3: openai.createChatCompletion
            if endpoint is not None:
                path = (*endpoint.path.split("."), "create")
                return self._request(endpoint, path, client, call, "legacy")
        if endpoint is None or client.kind == "framework" or len(path) < 2:
            return Unknown(call.span)
        return self._request(endpoint, path, client, call, "sdk")

    def _provided(self, client: Client, call: Call) -> Thing:
        """``provider("…")`` of the Vercel AI SDK: a model that is asked through the Responses API."""
        path = ("responses", "create")
        made = self._request(self.catalogue.endpoint(path), path, client, call, "framework")
        request = cast(Request, made.root)
        request.args = Arguments(tuple(self._positional(call, ("0",))), True)
        return made

    def unknown_call(self, call: Call) -> Resolved | None:
        """Calls whose callee is not known: by their method path or URL."""
        request = self._http(call)
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
        if isinstance(value, Ref):
            names.append(value.name)
        names.reverse()
        return self._by_suffix(names, call)

    def _by_suffix(self, names: list[str], call: Call, first: int = 0) -> Resolved | None:
        if not names or names[-1] not in _METHODS:
            return None  # a function or class that happens to live in a module named like a resource
        for start in range(max(first, len(names) - 6), len(names) - 1):
            path = _method_path(names[start:])
            endpoint = self.catalogue.endpoint(path) if len(path) > 1 else None
            if endpoint is None:
                continue
            owner = names[start - 1] if start else ""
            if not ".".join(path).startswith(_DISTINCTIVE) and not self._client_like(owner, names[:start]):
                return None
            client = Client("sdk", "", call.span, call.span)
            client.built = False
            client.name = owner
            return self._request(endpoint, path, client, call, "sdk")
        return None

    def _client_like(self, name: str, chain: list[str]) -> bool:
        lowered = name.lower()
        if "oai" in lowered or any("openai" in step.lower() for step in chain):
            return True
        return self._imports_openai and lowered in _CLIENT_NAMES

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
            client.args = self.arguments(call.args)
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
            given = self.arguments(call.args)
            names = {arg.name for arg in given.items}
            kept = tuple(arg for arg in client.args.items if arg.name not in names)
            derived.args = Arguments((*kept, *given.items), client.args.open or given.open)
            derived.built = False
            derived.derived_from = client
            derived.name = client.name
            self.sites[id(derived)] = call.site
        return Thing(derived, (), call.span)

    def _module_client(self, call: Call, kind: str) -> Client:
        if self._module is None:
            self._module = Client(kind, "openai", call.func.span, call.span)
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
            arg = Arg(name, self._value(value), span, target.name_span, value.span, target.name)
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
            self._module.args = Arguments(tuple(self._module_args))

    def _apply_variable(self, store: Store) -> None:
        """``os.environ["OPENAI_BASE_URL"] = …``: where clients without a base URL go."""
        target = self.resolver.language.lower(store.target, store.site.block)
        if isinstance(target, Item) and isinstance(target.key, Str) and target.key.text == "OPENAI_BASE_URL":
            self._url_of_variable = self._url_owner(self.resolver.of(store.value, store.site.block))

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

    def _settle(self, client: Client) -> None:
        """Where a client's requests go, from its final arguments."""
        args = client.args
        if client is self._module:
            args = Arguments(tuple(self._module_certain), args.open)
        client.base_url = _given(args, "base_url")
        client.api_key = _given(args, "api_key")
        if client.kind == "framework":
            self._settle_framework(client)
        if client.kind == "azure" or any(
            constant(arg.value) in ("azure", "azure_ad", "azuread") for arg in args.all("api_type")
        ):
            if client.kind in ("module", "legacy"):
                client.kind, client.built = "azure", False  # the setting is what is to be changed
            client.target = OPENAI
            return
        if client.base_url is None:
            if args.open or not client.built or client.kind == "bedrock":
                client.target = UNKNOWN
            else:
                client.target = _OF_OWNER.get(self._url_of_variable, OPENAI)
            return
        owners = set()
        for value in options(client.base_url.value):
            owner = self._url_owner(value)
            if isinstance(value, Env) and isinstance(value.default, Str):
                # somebody else's server stays one where a variable may name another
                usual = self._url_owner(value.default)
                owner, value = (usual, value.default) if usual in ("other", "local") else (owner, value)
            owners.add(owner)
            if isinstance(value, Str) and self._local(value.text):
                client.local_server = True
        if "target" in owners or "misspelt" in owners:
            client.target = CLAUDE if not owners & {"openai", "azure"} else UNKNOWN
        elif owners == {"azure"} and client.kind == "sdk":
            client.kind, client.target = "azure", OPENAI
        elif owners == {"openai"} or owners == {"azure"}:
            client.target = OPENAI
        elif owners and owners <= {"other", "local"}:
            # what is given OpenAI's key is a relay to OpenAI
            client.target = UNKNOWN if self._has_openai_key(client) and not client.local_server else OTHER
        elif owners <= {"bedrock", "vertex"}:
            client.target = UNKNOWN
        else:
            client.target = UNKNOWN

    def _has_openai_key(self, client: Client) -> bool:
        values = options(client.api_key.value) if client.api_key is not None else ()
        names = [value.name for value in values if isinstance(value, Env)]
        return any(name.startswith("OPENAI") and self.catalogue.env_role(name) == "key" for name in names)

    def _settle_framework(self, client: Client) -> None:
        from ..catalogue import Framework

        framework = client.framework
        if isinstance(framework, Framework):
            for arg in client.args.items:
                if arg.spelled in framework.base_url:
                    client.base_url = arg
                elif arg.spelled in framework.key:
                    client.api_key = arg
                else:
                    for path in framework.base_url:  # configuration.baseURL
                        first, _, rest = path.partition(".")
                        inner = entry_of(arg.value, rest) if rest and first == arg.spelled else None
                        if inner is not None:
                            client.base_url = arg._replace(value=inner, value_span=inner.span)

    def _url_owner(self, value: Resolved) -> str:
        if isinstance(value, Str):
            host = host_of(value.text)
            if host:
                return self.catalogue.host_owner(host)
            if is_azure(value.text):
                return "azure"
            return "unknown" if value.partial or not value.text else "other"
        if isinstance(value, Env) and "AZURE_OPENAI" in value.name:
            return "azure"  # its endpoint has a name of its own: AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_BASE
        return "unknown"

    def _local(self, text: str) -> bool:
        host = host_of(text)
        return bool(host) and self.catalogue.host_owner(host) == "local"

    # -------------------------------------------------------------- requests

    def _request(
        self, endpoint: Endpoint | None, path: tuple[str, ...], client: Client | None, call: Call, transport: str
    ) -> Thing:
        key = id(call.site.handle)
        request = self.requests.get(key)
        if request is None:
            span, tail = _callee_spans(call, len(path) if transport == "sdk" and client else 0)
            family = endpoint.family if endpoint else ""
            request = self.requests[key] = Request(".".join(path), family, span, call.span)
            request.tail_span = tail
            request.transport = transport
            request.client = client
            request.method = path[-1] if path else ""
            request.args = self.arguments(call.args)
            request.stream = self._streams(request)
            self.sites[id(request)] = call.site
        elif client is not None and client is not request.client:
            self._alternatives.setdefault(id(request), []).append(client)
        return Thing(request, (), call.span)

    @staticmethod
    def _streams(request: Request) -> bool | None:
        if request.method == "stream":
            return True
        arg = request.args.find("stream")
        if arg is None:
            return None if request.args.open else False
        known = {value.value if isinstance(value, Bool) else None for value in options(arg.value)}
        return known.pop() if len(known) == 1 else None

    def _settle_request(self, request: Request) -> None:
        if request.client is not None:
            # one of several clients: what has to be migrated counts
            several = (request.client, *self._alternatives.get(id(request), ()))
            request.client = min(several, key=lambda client: _CONCERN[client.target])
            request.target = request.client.target
            model = request.args.get("model")
            if request.target == UNKNOWN and isinstance(model, Str) and self.foreign_model(model.text):
                request.target = OTHER
        elif request.url is not None:
            owner = self._url_owner(request.url)
            if owner in ("openai", "azure"):
                request.target = OPENAI
            elif owner in ("target", "misspelt"):
                request.target = CLAUDE

    def foreign_model(self, name: str) -> bool:
        """The name of somebody else's model: ``qwen3``, ``meta-llama/llama-3.1-405b-instruct``."""
        known = self.catalogue
        foreign = _HUB_NAME.fullmatch(name) or _FAMILY.match(name)
        return bool(foreign) and "claude" not in name and not (known.openai_model(name) or known.router_prefix(name))

    def _http(self, call: Call) -> Thing | None:
        """A raw HTTP request, told by its URL."""
        key = id(call.site.handle)
        known = self.requests.get(key)
        if known is not None:
            return Thing(known, (), call.span)
        func = call.func
        name = _last_name(func)
        if name not in _HTTP_NAMES or self.resolver.decorates(call.site.handle):
            return None
        url, rest = self._url_argument(call)
        if url is None and isinstance(func, Attr):
            url, rest = self._url_below(func.base, call)
        if url is None or self._is_mock(func):
            return None
        if name == "urlopen" and isinstance(url, Thing):
            return url
        if not isinstance(url, Str):
            return None
        endpoint = self.catalogue.http_endpoint(_path_of(url.text))
        names = endpoint.path + ".create" if endpoint else ""
        request = Request(names, endpoint.family if endpoint else "", func.span, call.span)
        request.transport = "http"
        request.url = url
        request.method = name
        if isinstance(func, Attr):
            request.tail_span = func.name_span
        self._http_body(request, rest)
        request.stream = self._streams(request)
        if name == "open" and isinstance(func, Attr) and isinstance(func.base, Ref):
            self._opened[func.base.name] = request
        self.requests[key] = request
        self.sites[id(request)] = call.site
        return Thing(request, (), call.span)

    def _is_mock(self, func: Value) -> bool:
        """``requests_mock.post(url, json=…)``: what answers instead of the server in a test."""
        while isinstance(func, (Attr, Call)):
            func = func.func if isinstance(func, Call) else func.base
        if not isinstance(func, Ref):
            return False
        found = self.resolver.resolve(func)
        names = (func.name, found.dotted if isinstance(found, Symbol) else "")
        return any(_MOCK.search(name) for name in names)

    def _url_argument(self, call: Call) -> tuple[Resolved | None, list[Argument]]:
        for index, arg in enumerate(call.args[:3]):
            if arg.spread or arg.name not in (None, "url", "uri"):
                continue
            if index and arg.name is None and _last_name(call.func) == "get":
                break  # settings.get("url", "https://…")
            value = self.resolver.resolve(arg.value)
            for option in value.options if isinstance(value, OneOf) else (value,):
                inside = isinstance(option, Dict) and index == 0  # axios({ url, data })
                if inside:
                    option = self.resolver.deep(self._address_in(cast(Dict, option)) or Unknown(arg.span))
                if isinstance(option, Env) and isinstance(option.default, Str):
                    option = option.default
                if isinstance(option, Str):
                    if self._url_owner(option) not in ("other", "local", "unknown"):
                        return option, [item for at, item in enumerate(call.args) if inside or at != index]
                elif isinstance(option, Thing) and isinstance(option.root, Request):
                    return option, []
        return None, []

    def _address_in(self, given: Dict) -> Value | None:
        """The URL that a mapping of options has, in one piece or in several: ``{ hostname, path }``."""
        host = entry_of(given, "hostname") or entry_of(given, "host")
        if host is None:
            return entry_of(given, "url")
        name, path = self.resolver.deep(host), self.resolver.deep(entry_of(given, "path") or Unknown(given.span))
        if not isinstance(name, Str):
            return None
        rest = path.text if isinstance(path, Str) else ""
        return Str(f"https://{name.text}{rest}", name.span, not isinstance(path, Str) or path.partial)

    def _later_bodies(self) -> None:
        """``request.write(body)``, ``post(url).send(body)``: bodies of requests that were made without one."""
        bare = {id(request) for request in self.requests.values() if request.transport == "http" and request.args.open}
        for name in _SENDERS if bare else ():
            for site in self.program.calls_of(name):
                call = self.resolver.language.lower(site.handle, site.block)
                if not isinstance(call, Call) or not call.args or not isinstance(call.func, Attr):
                    continue
                request = self._begun(call.func.base)
                if request is not None and id(request) in bare:
                    self._http_body(request, list(call.args))
                    request.stream = self._streams(request)

    def _begun(self, value: Value) -> Request | None:
        """The raw request that a chain of calls, or a variable, began with."""
        while isinstance(value, (Attr, Call)):
            made = self.requests.get(id(value.site.handle)) if isinstance(value, Call) else None
            if made is not None:
                return made
            value = value.func if isinstance(value, Call) else value.base
        if isinstance(value, Ref) and value.name in self._opened:
            return self._opened[value.name]
        found = self.resolver.resolve(value)
        return found.root if isinstance(found, Thing) and isinstance(found.root, Request) else None

    def _url_below(self, client: Value, call: Call) -> tuple[Resolved | None, list[Argument]]:
        """The URL of a request whose client knows the base: ``axios.create({ baseURL }).post(path)``."""
        first = call.args[0] if call.args and call.args[0].name in (None, "url") else None
        path = self.resolver.resolve(first.value) if first else None
        if not isinstance(path, Str) or host_of(path.text) or "/" not in path.text:
            return None, []
        for made in self.resolver.made_by(client):
            symbol = self.resolver.resolve(made.func)
            if not isinstance(symbol, Symbol) or symbol.dotted not in _HTTP_CLIENTS:
                continue
            given = self.arguments(made.args)
            for base in options(next((arg.value for arg in given.items if arg.spelled in _HTTP_BASES), None)):
                if isinstance(base, Env) and base.default is not None:
                    base = base.default
                if isinstance(base, Str) and self._url_owner(base) not in ("other", "local", "unknown"):
                    text = f"{base.text.rstrip('/')}/{path.text.lstrip('/')}"
                    return Str(text, path.span, path.partial), list(call.args[1:])
        return None, []

    def _http_body(self, request: Request, rest: list[Argument]) -> None:
        given: dict[str, Resolved] = {}
        for arg in rest:
            value = self.resolver.resolve(arg.value)
            if arg.name is None and isinstance(value, Dict):
                keys = {entry.key for entry in value.entries}
                if keys & {"body", "headers", "method", "json", "data", "payload", "hostname", "host"}:
                    for entry in value.entries:
                        if entry.key:
                            given[entry.key] = self.resolver.resolve(entry.value)
                else:
                    given.setdefault("json", value)
            elif arg.name is not None and not arg.spread:
                given[arg.name] = value
            elif arg.name is None and not arg.spread and isinstance(value, OneOf):
                given.setdefault("json", value)
        for name in _BODIES:
            body = given.get(name)
            if isinstance(body, (Dict, OneOf)):
                items: list[Arg] = []
                is_open = self._spread(body, items, {})
                request.args = Arguments(tuple(items), is_open)
                break
        else:
            request.args = Arguments((), True)
        headers = given.get("headers")
        if isinstance(headers, (Dict, OneOf)):
            found: list[Arg] = []
            is_open = self._spread(headers, found, {})
            request.headers = Arguments(tuple(found), is_open)

    # ------------------------------------------------------------- arguments

    def arguments(self, args: Iterable[Argument]) -> Arguments:
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

    def _add(self, name: str, raw: Value, span: Span, name_span: Span, items: list[Arg], done: _Done) -> bool:
        if name in _MERGED:
            return self._spread(self.resolver.resolve(raw), items, done)
        value = self._value(raw)
        items.append(Arg(self.catalogue.parameter_name(name), value, span, name_span, raw.span, name))
        return False

    def _value(self, raw: Value) -> Value:
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


#: entries of mappings that were added to the arguments of a call, by the identity of their span (which is kept,
#: so that no other takes its place): whether they may hold more
_Done = dict[int, tuple[Span, bool]]

_ABSENT = frozenset({"NOT_GIVEN", "NotGiven", "omit", "Omit", "not_given"})
_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "litellm.completion": ("chat", "completions", "create"),
    "litellm.acompletion": ("chat", "completions", "create"),
    "litellm.embedding": ("embeddings", "create"),
    "litellm.aembedding": ("embeddings", "create"),
}


def _conditional(block: Block | None) -> bool:
    while block is not None and block.kind != "scope":
        if block.kind in ("if", "else", "case", "handler"):
            return True
        block = block.parent
    return False


def host_of(text: str) -> str:
    """The host of a URL in lower case, "" where there is none."""
    match = _HOST.match(text)
    return match.group(1).lower() if match else ""


def _path_of(url: str) -> str:
    match = _HOST.match(url)
    return url[match.end() :] if match else "/" + url.partition("/")[2]


def _method_path(names: Iterable[str]) -> tuple[str, ...]:
    path = tuple(_snake(name) for name in names if name not in _WRAPPERS and name != "()")
    return path


def _snake(name: str) -> str:
    if name.islower():
        return name
    return _HUMP.sub("_", name).lower()


def _last_name(func: Value) -> str:
    return func.name if isinstance(func, (Attr, Ref)) else ""


def _given(args: Arguments, name: str) -> Arg | None:
    """The argument unless it is literally None: then the SDK's default holds."""
    arg = args.find(name)
    return None if arg is None or isinstance(arg.value, Null) else arg


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
