"""CLC1: requests go to the target's endpoint."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ..catalogue import Target
from ..facts import (
    OPENAI,
    OTHER,
    Arg,
    Client,
    EnvUse,
    Facts,
    ModelName,
    Request,
    Url,
    is_nothing,
    options,
    text_of,
)
from ..findings import (
    ERROR,
    SAFE,
    SHOW_ONLY,
    UNSAFE,
    WARNING,
    AddArgument,
    Change,
    EnvRead,
    Finding,
    Remove,
    Rename,
    ReplaceClass,
    SetModuleOption,
    SetText,
    SetValue,
    last,
)
from ..program import Dict, Env, Null, Str, Symbol, Value
from ..record import NamedTuple
from ..source import Cover, Span
from . import Context, Rule
from .clients import (
    Address,
    address,
    as_base,
    base_url_of,
    raw_alone,
    speaks_native_api,
    target_at,
    unserved,
)
from .models import own_safety

# --------------------------------------------------------------------- CLC101


def missing_base_url(facts: Facts, ctx: Context) -> Iterator[Finding]:
    found = [client for client in facts.clients if _lacks_base_url(client, ctx)]
    # a client that also serves, say, embeddings must be split first
    mixed: set[int] = set()
    served: set[int] = set()
    if not found:
        return
    for request in facts.requests:
        (mixed if unserved(request, ctx) else served).add(id(request.client))
    keys, models = _Keys(facts, ctx), _Models(facts, ctx)
    for client in found:
        uncertain = id(client) in mixed or keys.unknown(client) or models.of(client) != SAFE
        finding = _missing(client, uncertain, keys.of_client(client), ctx)
        # one that serves nothing else stays where it is
        yield finding._replace(safety=SHOW_ONLY) if id(client) in mixed - served else finding


def _lacks_base_url(client: Client, ctx: Context) -> bool:
    if client.kind not in ("sdk", "module", "legacy") or client.target != OPENAI:
        return False
    # a base_url of None means the default, too
    if client.base_url is not None or client.args.open or ctx.base_url_set:
        return False
    if not client.built and client.kind == "sdk":
        return False
    # these say by themselves where the client goes, and have rules of their own
    return not any(client.args.find(name) for name in ("data_residency", "provider"))


def _missing(client: Client, uncertain: bool, beside: tuple[Span, ...], ctx: Context) -> Finding:
    what = {
        "sdk": "client without a base URL goes to OpenAI",
        "module": "calls on the openai module go to OpenAI, its base_url is never set",
        "legacy": "pre-1.0 calls go to OpenAI, openai.api_base is never set",
    }[client.kind]
    if client.kind == "legacy" and ctx.kind == "javascript":
        what = "calls of openai < 4 go to OpenAI, basePath is never set"
    added: Change | None = None
    # npm's constructor takes options; one that is given the key itself has no place for them
    if client.kind == "sdk" and client.args.find("0") is None:
        added = AddArgument(client.call_span, "base_url", ctx.base_url)
    elif client.symbol == "openai-edge.OpenAIApi":  # takes no place of a newer one
        added = AddArgument(client.call_span, "basePath", ctx.base_url)
    elif client.kind == "module":
        added = SetModuleOption(client.span, "base_url", as_base(ctx.base_url, client))
    changes = () if added is None else (added, *own_key(client, ctx))
    safety = SHOW_ONLY if not changes else UNSAFE if uncertain else SAFE
    message = f"{what}: set it to '{as_base(ctx.base_url, client)}' for {ctx.target.id}"
    return Finding("CLC101", client.span, message, ERROR, changes, safety, beside)


def own_key(client: Client, ctx: Context) -> tuple[Change, ...]:
    """The target's key for a client whose key is written down, or in a variable that no rule about keys would change.

    OpenAI's must not go to another host.
    """
    key = client.api_key
    if key is None or not any(_is_openais(value, ctx) for value in options(key.value)):
        return ()
    return (SetValue(key.value_span, EnvRead(ctx.key_variable)),)


def _is_openais(key: Value, ctx: Context) -> bool:
    if isinstance(key, Env):
        return not ctx.catalogue.env_role(key.name) and "OPENAI" in key.name.upper()
    return isinstance(key, Str)


class _Keys:
    """The variables of keys in a file, to be asked what is sent with one: OpenAI's must not go to another host."""

    def __init__(self, facts: Facts, ctx: Context) -> None:
        self._ctx = ctx
        envs = [env for env in facts.envs if ctx.catalogue.env_role(env.name) in ("key", "claude-key")]
        self.set = {env.name for env in envs if env.action == "set"}
        #: what holds the target's key, once its name is changed; one without a vendor's name may go on holding OpenAI's
        self.changed = {
            env.name for env in envs if env.name not in self.set or ctx.catalogue.env_role(env.name) == "claude-key"
        }
        #: by place; what the file itself sets is of another kind
        self.named = sorted(env.span for env in envs if env.name not in self.set)
        #: where OpenAI's are named, and read for no client
        self.openais = {env.span for env in envs if ctx.catalogue.env_role(env.name) == "key"}
        self.read = tuple(
            env.span
            for env in envs
            if env.action == "read" and env.client is None and env.name not in self.set and env.span in self.openais
        )
        self.raw_alone = raw_alone(facts, ctx)

    def unknown(self, client: Client) -> bool:
        """A client's key comes from where nothing is seen of it."""
        key = client.api_key
        if key is None or all(isinstance(value, Null) for value in options(key.value)):
            return bool(self.set)
        if all(isinstance(value, (Str, Env, Null)) for value in options(key.value)):
            envs = (value for value in options(key.value) if isinstance(value, Env))
            return any(env.name not in self.changed and not _is_openais(env, self._ctx) for env in envs)
        return not self.inside(key.value_span)

    def inside(self, span: Span) -> bool:
        """One is named in a span."""
        at = bisect_left(self.named, Span(span.start, 0))
        return at < len(self.named) and self.named[at].end <= span.end

    def brought(self, url: Url) -> bool:
        """What goes to a URL has its key with it, in sight."""
        if url.client is not None:
            return not self.unknown(url.client)
        if url.request is not None and self.inside(url.request.call_span):
            return True
        return self.raw_alone and bool(self.read)

    def of_client(self, client: Client) -> tuple[Span, ...]:
        """Where the variable is named that a client's key is read from, if it is to be renamed."""
        key = client.api_key.value if client.api_key else None
        names = (value.name_span for value in options(key) if isinstance(value, Env))
        return tuple(span for span in names if span in self.openais)

    def of_url(self, url: Url) -> tuple[Span, ...]:
        """The same, of what goes to a URL."""
        if url.client is not None:
            return self.of_client(url.client)
        return () if url.request is None or self.inside(url.request.call_span) else self.read[:1]


class _Models:
    """How safely the models are replaced that something sends: where it goes, they go."""

    def __init__(self, facts: Facts, ctx: Context) -> None:
        self._safeties: dict[int, str] = {}
        for model in facts.models:
            request = model.request
            if request is not None and not unserved(request, ctx):
                sender = id(request.client or request)
                self._safeties[sender] = last((own_safety(model, ctx), self._safeties.get(sender, SAFE)))

    def of(self, sender: Client | Request | None) -> str:
        # what none replaces is a person's choice, and no reason to stay
        return UNSAFE if self._safeties.get(id(sender), SAFE) != SAFE else SAFE


# --------------------------------------------------------------------- CLC102


def _is_socket(url: Url) -> bool:
    """Nothing but the realtime API is spoken over a socket; CLC012 reports it."""
    return address(url.text).scheme in ("ws", "wss")


def is_realtime(url: Url) -> bool:
    """A URL of the realtime API; CLC012 reports it."""
    parts = address(url.text)
    return parts.scheme in ("ws", "wss") or "/realtime" in parts.path


def is_fetched(url: Url) -> bool:
    """A raw HTTP request goes to it; the constant it stands in counts too."""
    return url.role == "request" or (url.request is not None and url.request.transport == "http")


def openai_base_url(facts: Facts, ctx: Context) -> Iterator[Finding]:
    found = [url for url in facts.urls if url.owner == "openai" and not is_fetched(url) and not _is_socket(url)]
    if found:
        keys, models = _Keys(facts, ctx), _Models(facts, ctx)
        for url in found:
            yield _openai_url("CLC102", url, "OpenAI's base URL", keys, models, ctx)
    yield from _old_names(facts, ctx)
    for client in facts.clients:
        arg = client.args.find("data_residency")
        if arg is not None and client.base_url is None and client.target != OTHER:
            changes: tuple[Change, ...] = (Remove(arg.span),)
            changes += (AddArgument(client.call_span, "base_url", ctx.base_url),)
            yield Finding(
                "CLC102",
                arg.name_span,
                f"'{arg.spelled}' sends requests to an OpenAI region: "
                f"use base URL '{ctx.base_url}' for {ctx.target.id}",
                ERROR,
                changes,
                UNSAFE,
            )


def _old_names(facts: Facts, ctx: Context) -> Iterator[Finding]:
    """``openai.api_base`` and OPENAI_API_BASE: names of OpenAI's URL that openai >= 1.0 does not know."""
    use = f"set base_url to '{ctx.base_url}' for {ctx.target.id}"
    for client in facts.clients:
        for arg in client.args.all("base_url"):
            known = any(isinstance(value, Str) and value.text and not value.partial for value in options(arg.value))
            if client.symbol == "openai" and arg.spelled == "api_base" and not known:
                message = f"'openai.api_base' is of openai < 1.0, later versions ignore it: {use}"
                yield Finding("CLC102", arg.name_span, message, ERROR)
    for env in facts.envs:
        if env.name == "OPENAI_API_BASE" and env.action == "read" and not ctx.base_url_set:
            if env.client is None or env.client.kind != "framework":
                message = f"OPENAI_API_BASE is unknown to openai >= 1.0, and OpenAI's by its name: {use}"
                yield Finding("CLC102", env.span, message, WARNING)


def _openai_url(code: str, url: Url, what: str, keys: _Keys, models: _Models, ctx: Context) -> Finding:
    parts = address(url.text)
    shown = url.text + ("…" if url.partial else "")
    rest = parts.path.rstrip("/").removeprefix("/v1") + parts.rest
    endpoint = ctx.catalogue.http_endpoint(parts.path)
    served = not (url.request is not None and unserved(url.request, ctx)) and not (endpoint and endpoint.code)
    use = ctx.base_url.rstrip("/") + rest if served and not url.partial else ctx.base_url
    use = as_base(use, url.client) if url.role == "base" else use
    if url.role == "value" and url.client is None and parts.path in ("", "/") and _path(ctx.target, ctx) == "/v1":
        # the path is added where it is read
        use = use.removesuffix("/v1") + parts.path
    changes: tuple[Change, ...] = ()
    safety = SHOW_ONLY
    key = own_key(url.client, ctx) if url.client else ()
    # a key that is written down, and that nothing ties to this URL's client, would be sent to the target
    exposed = not key and any(secret.issuer == "openai" for secret in ctx.facts.secrets)
    if parts.scheme and not url.partial and served and not exposed:
        changes = (SetText(url.span, use), *key)
        # another library's class changes together with its model
        alone = url.client is None or url.client.kind != "framework"
        whole = alone and keys.brought(url) and models.of(url.client or url.request) == SAFE
        safety = SAFE if url.role in ("base", "request") and whole else UNSAFE
    message = f"{what} '{shown}': use '{use}' for {ctx.target.id}"
    return Finding(code, url.span, message, ERROR, changes, safety, keys.of_url(url))


# --------------------------------------------------------------------- CLC103


def malformed_target_base_url(url: Url, ctx: Context) -> Iterator[Finding]:
    parts = address(url.text)
    if url.owner == "misspelt":
        target = ctx.target
        reason = f"'{parts.host}' is not a host of {target.id}"
        # a web page of the same company is no base URL
        if url.role == "value" and not _api_path(parts.path, _path(target, ctx)):
            return
    elif url.owner == "target":
        found = target_at(parts.host, ctx)
        if found is None:
            return
        target = found
        encrypted = base_url_of(target, ctx).startswith("https:")
        if parts.scheme == "http" and encrypted:
            reason = f"'http://{parts.host}' is not encrypted"
        elif speaks_native_api(url.client, ctx) or _is_of_own_api(url, parts, target):
            return
        else:
            reason = _defect(url, parts, _path(target, ctx))
    else:
        return
    if not reason:
        return
    use = as_base(base_url_of(target, ctx), url.client)
    if url.role == "request":
        use = use.rstrip("/") + "/" + parts.path.strip("/").removeprefix("v1/") + parts.rest
    changes: tuple[Change, ...] = ()
    if not url.partial and not url.composed:
        changes = (SetText(url.span, use),)
    safety = SAFE if changes and url.role == "base" else UNSAFE if changes else SHOW_ONLY
    message = f"{reason}: use '{use}'"
    yield Finding("CLC103", url.span, message, ERROR, changes, safety)


def _is_of_own_api(url: Url, parts: Address, target: Target) -> bool:
    """Anthropic's URL for its own SDK, among those of several vendors that a client may be given."""
    path = parts.path.rstrip("/")
    if target.id != "anthropic" or (path and not path.endswith("/messages")):
        return False
    base = url.client.base_url if url.client is not None else None
    hosts = {address(one.text).host for one in options(base.value if base else None) if isinstance(one, Str)}
    return len(hosts) > 1


def _path(target: Target, ctx: Context) -> str:
    """The path that a target's base URL must have, without a final slash."""
    return address(base_url_of(target, ctx)).path.rstrip("/")


def _api_path(path: str, required: str) -> bool:
    return path.startswith(required + "/") or path == required or "/chat/completions" in path


def _defect(url: Url, parts: Address, required: str) -> str:
    """What is wrong with a URL at a target's host; "" if nothing is known to be."""
    path = parts.path.rstrip("/") if not url.partial else parts.path
    if not required or not parts.scheme:
        return ""
    inside = path == required or path.startswith(required + "/")
    if url.partial:
        # only the beginning is known: "/v" may become "/v1"
        missing = not inside and bool(path.strip("/")) and not required.startswith(path)
        return f"'{required}' is missing after {parts.host}" if missing else ""
    if url.role == "base":
        if path == required and not parts.rest:
            if as_base(url.text, url.client) == url.text:
                return ""
            return f"the openai module sends requests to '{path}chat/completions' (404) without a final slash"
        if path.endswith("/chat/completions"):
            return "the SDK adds '/chat/completions' to the base URL itself"
        if not inside:
            return f"'{required}' is missing after {parts.host} (404)"
        return f"'{path[len(required) :]}{parts.rest}' after '{required}' gives 404"
    if url.role == "request":
        # `${base ?? "https://…/v1"}/chat/completions`, url_of("https://…", path): the rest stands beside it
        return "" if inside or not path else f"'{required}' is missing (404)"
    return "" if inside or "/chat/completions" not in path else f"'{required}' is missing (404)"


# --------------------------------------------------------------------- CLC104


def openai_http_request(facts: Facts, ctx: Context) -> Iterator[Finding]:
    written, keys, models = _written(facts), _Keys(facts, ctx), _Models(facts, ctx)
    for url in facts.urls:
        if url.owner == "openai" and is_fetched(url) and not _is_socket(url) and not _composed(url, written):
            yield _openai_url("CLC104", url, "HTTP request to OpenAI at", keys, models, ctx)
    for request in facts.requests:
        yield from _distant_request(request, ctx, written)


def _distant_request(request: Request, ctx: Context, written: _Written) -> Iterator[Finding]:
    """CLC104 at the call, where the URL is written down somewhere else."""
    url = request.url
    if request.transport != "http" or request.target != OPENAI or url is None:
        return
    parts = address(url.text)
    begun = _composed(url, written) or url
    inside = request.call_span.start <= begun.span.start < request.call_span.end
    if inside or parts.scheme in ("ws", "wss") or ctx.catalogue.host_owner(parts.host) != "openai":
        return
    shown = url.text + ("…" if url.partial else "")
    message = f"HTTP request to OpenAI, its URL is '{shown}': send it to '{ctx.base_url}' for {ctx.target.id}"
    yield Finding("CLC104", request.tail_span, message, ERROR)


class _Written(NamedTuple):
    """The URLs of a file.

    ``bare``: where those without a scheme stand. ``openai``: OpenAI's by their text, in order. ``lengths``: of these
    texts.
    """

    bare: frozenset[Span]
    openai: dict[str, list[Url]]
    lengths: list[int]


def _written(facts: Facts) -> _Written:
    openai: dict[str, list[Url]] = {}
    for url in sorted(facts.urls, key=lambda url: url.span):
        if url.owner == "openai":
            openai.setdefault(url.text, []).append(url)
    bare = frozenset(url.span for url in facts.urls if "://" not in url.text)
    return _Written(bare, openai, sorted({len(text) for text in openai}))


def _composed(url: Url | Str, written: _Written) -> Url | None:
    """The base URL of OpenAI's that it is put together from, which is written, and reported, by itself."""
    text, span = url.text, url.span
    if span in written.bare:  # { hostname: "api.openai.com", path }: the rest stands beside it
        return None
    # a literal is at least as long as its text: by its quotes longer, as a bare word of a shell just as long
    shorter = span.end - span.start < len(text)
    found: list[Url] = []
    for length in written.lengths:
        same = written.openai.get(text[:length], []) if length <= len(text) else []
        # ${base ?? "https://…"}/chat/completions: inside of it
        first = 0 if shorter else bisect_left(same, span.start, key=lambda url: url.span.start)
        near = (one for one in same[first : first + 2] if one.span != span)
        found += [one for one in near if shorter or one.span.start < span.end][:1]
    return min(found, key=lambda url: url.span, default=None)


# --------------------------------------------------------------------- CLC105


def azure_openai_client(facts: Facts, ctx: Context) -> Iterator[Finding]:
    use = f"use a plain client with base URL '{ctx.base_url}' for {ctx.target.id}"
    users: list[Client] = []
    told: list[Span] = []
    for client in facts.clients:
        switches = [arg for arg in client.args.all("api_type") if _is_azure(arg)]
        for arg in switches:
            message = f"{arg.spelled} 'azure' sends requests to Azure: {use}"
            told.append(arg.value_span)
            yield Finding("CLC105", arg.name_span, message, ERROR)
        if client.kind == "azure" and client.built and not switches:
            name = client.symbol.rpartition(".")[2].replace("default", "OpenAI") or "AzureOpenAI"
            changes = _plain_client(client, ctx)
            safety = UNSAFE if changes else SHOW_ONLY
            yield Finding("CLC105", client.span, f"{name} talks to Azure: {use}", ERROR, changes, safety)
        # Azure classes of frameworks are CLC016
        if client.kind == "azure" or switches or "azure" in client.symbol.lower():
            users.append(client)
    for symbol in facts.symbols:
        if symbol.kind == "azure" and symbol.span in told:
            continue
        if symbol.kind == "azure":
            yield Finding("CLC105", symbol.span, f"an api_type of 'azure' sends requests to Azure: {use}", ERROR)
        elif symbol.how == "base":
            framework = ctx.catalogue.framework(symbol.dotted)
            found = ctx.catalogue.client_class(symbol.dotted)
            if (framework and framework.kind == "azure") or (found and found.kind == "azure"):
                name = symbol.dotted.rpartition(".")[2]
                yield Finding("CLC105", symbol.span, f"class derived from {name}, which talks to Azure: {use}", ERROR)
    urls = [url for url in facts.urls if url.owner == "azure"]
    hosts = any(".openai.azure." in url.text and not url.composed for url in urls)
    for url in urls:
        # what such a client is given, or a constant for it, is the same cause
        if (users and not is_fetched(url)) or url.client is not None:
            continue
        if hosts and (url.text.startswith("/") or (url.composed and ".openai.azure." in url.text)):
            continue  # a path below a host that is written elsewhere
        shown = url.text.partition("?")[0] + ("…" if url.partial and "…" not in url.text else "")
        message = f"Azure OpenAI endpoint '{shown}': {use}"
        yield Finding("CLC105", url.span, message, ERROR)


#: arguments that only Azure's classes have, by their normal names
_AZURE_ONLY = ("api_version", "azure_ad_token", "azure_ad_token_provider", "azure_endpoint", "azure_deployment")
_DEPLOYMENT = ("azure_deployment", "azureDeployment", "deployment")
_PLAIN = {"openai.AzureOpenAI": "OpenAI", "openai.AsyncAzureOpenAI": "AsyncOpenAI"}


def _plain_client(client: Client, ctx: Context) -> tuple[Change, ...]:
    """The plain class with the target's URL and key, in place of Azure's; what it still lacks is found then."""
    plain = _PLAIN.get(client.symbol)
    if plain is None or client.args.open:
        return ()
    changes: list[Change] = [ReplaceClass(client.span, plain)]
    for arg in client.args.items:
        if arg.name == "api_key" and arg is client.args.find("api_key"):
            changes.append(SetValue(arg.value_span, EnvRead(ctx.key_variable)))
        elif arg.name in ("azure_endpoint", "base_url") or arg.spelled == "endpoint":
            changes += (Rename(arg.name_span, "base_url"), SetValue(arg.value_span, ctx.base_url))
        elif arg.name in _AZURE_ONLY or arg.spelled in _DEPLOYMENT:
            changes.append(Remove(arg.span))
    return tuple(changes)


def _is_azure(api_type: Arg) -> bool:
    return any((text_of(value) or "").startswith("azure") for value in options(api_type.value))


# --------------------------------------------------------------------- CLC106

_ACCOUNT_HEADERS = ("openai-organization", "openai-project", "openai-beta")


def openai_account_option(facts: Facts, ctx: Context) -> Iterator[Finding]:
    known: list[Span] = []
    for client in facts.clients:
        moved = ctx.moves.of_client(client, ctx) if client.built else UNSAFE
        for name in ("organization", "project"):
            for arg in client.args.all(name):
                if is_nothing(arg.value):
                    continue
                known.append(arg.span)
                yield _account(arg.name_span, arg.span, arg.spelled, ctx, moved)
        yield from _account_headers(client.args.find("default_headers"), ctx, moved)
    for request in facts.requests:
        for header in request.headers.items:
            if header.spelled.lower() in _ACCOUNT_HEADERS:
                known.append(header.span)
                moved = ctx.moves.surely(request, ctx)
                yield _account(header.name_span, header.span, header.spelled, ctx, moved)
        extra = request.args.find("extra_headers")
        if extra is not None:
            yield from _account_headers(extra, ctx, ctx.moves.surely(request, ctx))
    inside = Cover(known)
    for env in facts.envs:
        if ctx.catalogue.env_role(env.name) != "org":
            continue
        if not inside.holds(env.span.start) and not _given(env, facts):
            yield _account(env.span, None, env.name, ctx)


def _given(env: EnvUse, facts: Facts) -> bool:
    """The variable is what a reported ``organization=`` passes on by a name."""
    return any(
        getattr(value, "span", None) == env.span or getattr(value, "name_span", None) == env.span
        for client in facts.clients
        for name in ("organization", "project")
        for arg in client.args.all(name)
        for value in options(arg.value)
    )


def _account_headers(arg: Arg | None, ctx: Context, safety: str) -> Iterator[Finding]:
    value = arg.value if arg else None
    for option in options(value):
        if isinstance(option, Dict):
            for entry in option.entries:
                if entry.key and entry.key.lower() in _ACCOUNT_HEADERS:
                    yield _account(entry.key_span, entry.span, entry.key, ctx, safety)


def _account(span: Span, whole: Span | None, name: str, ctx: Context, safety: str = SAFE) -> Finding:
    """``safety``: of what moves the client or request that it is an option of."""
    message = f"'{name}' selects an OpenAI account, {ctx.target.id} has no such thing: remove it"
    changes: tuple[Change, ...] = (Remove(whole),) if whole else ()
    return Finding("CLC106", span, message, WARNING, changes, last((safety, SAFE if whole else SHOW_ONLY)))


# --------------------------------------------------------------------- CLC107

_PROVIDERS = {"bedrock": "Bedrock", "vertex": "Vertex AI"}


def no_claude_on_this_endpoint(facts: Facts, ctx: Context) -> Iterator[Finding]:
    urls = {id(url.client): url for url in reversed(facts.urls) if url.client and url.owner in _PROVIDERS}
    for client in facts.clients:
        provider = client.args.find("provider")
        name = _provider(provider.value) if provider else ""
        url = urls.get(id(client))
        if client.kind == "bedrock":
            span, where = client.span, "Bedrock's"
        elif provider is not None and name:
            span, where = provider.value_span, f"{_PROVIDERS[name]}'s"
        elif url is not None and client.kind == "sdk":
            span, where = url.span, f"{_PROVIDERS[url.owner]}'s"
        else:
            continue
        model = next((m.text for m in facts.models if _sends_claude(m, client, ctx)), "")
        if model:
            message = (
                f"{where} OpenAI-style endpoint serves no Claude model, so not '{model}': "
                f"use '{ctx.base_url}' ({ctx.target.id}) or Anthropic's own SDK"
            )
            yield Finding("CLC107", span, message, ERROR)


def _provider(value: Value) -> str:
    last = value.dotted.rpartition(".")[2].removesuffix("()") if isinstance(value, Symbol) else ""
    return last if last in _PROVIDERS else ""


def _sends_claude(model: ModelName, client: Client, ctx: Context) -> bool:
    sent = model.client is client or (model.request is not None and model.request.client is client)
    return sent and ctx.catalogue.names_claude(model.text)


RULES = (
    Rule(
        "CLC101",
        "missing-base-url",
        "an OpenAI client that is built without a base URL",
        "file",
        missing_base_url,
    ),
    Rule(
        "CLC102",
        "openai-base-url",
        "a base URL that points at OpenAI",
        "file",
        openai_base_url,
    ),
    Rule(
        "CLC103",
        "malformed-target-base-url",
        "a URL at a Claude endpoint's host that gives 404",
        "url",
        malformed_target_base_url,
    ),
    Rule(
        "CLC104",
        "openai-http-request",
        "an HTTP request to OpenAI that uses no SDK",
        "file",
        openai_http_request,
    ),
    Rule(
        "CLC105",
        "azure-openai-client",
        "a client or URL of Azure OpenAI",
        "file",
        azure_openai_client,
    ),
    Rule(
        "CLC106",
        "openai-account-option",
        "an option or header that selects an OpenAI organization, project or beta",
        "file",
        openai_account_option,
    ),
    Rule(
        "CLC107",
        "no-claude-on-this-endpoint",
        "a Claude model sent to the OpenAI-style endpoint of Bedrock or Vertex AI",
        "file",
        no_claude_on_this_endpoint,
    ),
)
