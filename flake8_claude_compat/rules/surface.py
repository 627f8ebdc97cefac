"""CLC0: what a Claude endpoint has no counterpart for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..catalogue import Endpoint
from ..facts import (
    CLAUDE,
    OPENAI,
    OTHER,
    UNKNOWN,
    Arg,
    Client,
    Facts,
    ModelName,
    Request,
    ResponseRead,
    SymbolUse,
    text_of,
)
from ..findings import (
    ERROR,
    INFO,
    SHOW_ONLY,
    UNSAFE,
    AddArgument,
    BuildClient,
    Change,
    EnvRead,
    Finding,
    MoveImport,
    ReadAttribute,
    Rename,
    SetText,
)
from . import Context, Rule
from .base_url import is_realtime, own_key
from .clients import address, framework_of, is_router
from .models import TEXT_KINDS, routed, suggestion

# --------------------------------------------------------------------- CLC000


def unchecked_file(_facts: Facts, _ctx: Context) -> Iterator[Finding]:
    """The engine reports this itself, when anything else fails."""
    return iter(())


# ----------------------------------------------------------- CLC001 to CLC014


def unserved_endpoint(request: Request, ctx: Context) -> Iterator[Finding]:
    """All of them but CLC012: the catalogue knows which surface a request is for."""
    found = _surface(request, ctx)
    if found is not None and found.code != "CLC012":
        yield found


def _surface(request: Request, ctx: Context) -> Finding | None:
    endpoint = _endpoint(request, ctx)
    if endpoint is None or not endpoint.code or _elsewhere(request, ctx):
        return None
    # of raw HTTP the URL is what is to be changed
    span = request.span if request.url is None else request.url.span
    if request.transport == "framework":
        return _provider_call(request, ctx)
    return Finding(endpoint.code, span, _message(_name(request), endpoint, ctx), ERROR)


def _provider_call(request: Request, ctx: Context) -> Finding:
    """CLC001 for a provider of the Vercel AI SDK that is called by itself."""
    name = request.client.name if request.client and request.client.name else "provider"
    message = f"'{name}(…)' means the Responses API, which {ctx.target.id} does not have: use '{name}.chat(…)'"
    return Finding("CLC001", request.span, message, ERROR)


def _endpoint(request: Request, ctx: Context) -> Endpoint | None:
    if not request.endpoint:
        return None
    return ctx.catalogue.endpoint(tuple(request.endpoint.split(".")))


def _elsewhere(request: Request, ctx: Context) -> bool:
    """It is reported otherwise, or is not meant for OpenAI's API."""
    if request.transport == "framework":
        return request.family != "responses" or request.target != CLAUDE
    if request.transport != "http" or request.url is None or request.target == OPENAI:
        return False
    host = address(request.url.text).host
    owner = ctx.catalogue.host_owner(host)
    # /v1/files and the like exist there in a shape of their own
    native = host == "api.anthropic.com" or any(
        header.spelled.lower() in ("x-api-key", "anthropic-version") for header in request.headers.items
    )
    return owner in ("local", "other") or (owner == "target" and native)


def _message(name: str, endpoint: Endpoint, ctx: Context) -> str:
    advice = f"; instead: {endpoint.alternative}" if endpoint.alternative else ""
    sunset = _sunset(endpoint.sunset, ctx.today)
    # the one surface whose path does answer there, which hides the mistake
    native = " (/v1/files of api.anthropic.com has another shape)" if endpoint.code == "CLC007" else ""
    return f"'{name}' has no counterpart on {ctx.target.id}{sunset}{native}{advice}"


def _name(request: Request) -> str:
    """What is called, as the user knows it."""
    if request.transport == "http" and request.url is not None:
        return address(request.url.text).path or request.url.text
    if request.transport == "legacy" and not request.method.islower():
        return request.method  # createImage
    return request.endpoint


def _sunset(day: str, today: date) -> str:
    if not day:
        return ""
    if date.fromisoformat(day) <= today:
        return f" (and OpenAI shut it down on {day})"
    return f" (and OpenAI shuts it down on {day})"


def realtime_endpoint(facts: Facts, ctx: Context) -> Iterator[Finding]:
    urls = [url for url in facts.urls if url.owner in ("openai", "azure") and is_realtime(url)]
    for request in facts.requests:
        # of a raw connection the URL is what is to be changed, where it begins if it is put together
        if request.url is None or not any(request.url.text.startswith(url.text) for url in urls):
            found = _surface(request, ctx)
            if found is not None and found.code == "CLC012":
                yield found
    endpoint = ctx.catalogue.endpoint(("realtime", "connect"))
    if endpoint is None:
        return
    for use in _first_uses(facts, "realtime"):
        name = use.dotted.rpartition(".")[2]
        yield Finding("CLC012", use.span, _message(name, endpoint, ctx), ERROR)
    for url in urls:
        parts = address(url.text)
        name = f"{parts.scheme}://{parts.host}{parts.path}"
        yield Finding("CLC012", url.span, _message(name, endpoint, ctx), ERROR)


def _first_uses(facts: Facts, kind: str) -> list[SymbolUse]:
    """The uses of a kind of symbol; an import only where nothing else shows
    that the name is used."""
    found = [use for use in facts.symbols if use.kind == kind]
    used = {use.dotted for use in found if use.how != "import"}
    return [use for use in found if use.how != "import" or not _is_used(use.dotted, used)]


def _is_used(dotted: str, used: set[str]) -> bool:
    return dotted in used or any(one.startswith(dotted + ".") for one in used)


# --------------------------------------------------------------------- CLC015

#: openai.error of SDK < 1.0 → the class of today, where the name changed
_ERRORS = {
    "InvalidRequestError": "BadRequestError",
    "PermissionError": "PermissionDeniedError",
    "ServiceUnavailableError": "InternalServerError",
    "Timeout": "APITimeoutError",
    "TryAgain": "APIError",
    "InvalidAPIType": "OpenAIError",
    "SignatureVerificationError": "InvalidWebhookSignatureError",
}


def legacy_openai_sdk(facts: Facts, ctx: Context) -> Iterator[Finding]:
    seen: set[int] = set()  # offsets; the spans are names, none of them is long
    calls = False
    # what cannot be told from each other is read alike where all calls are of the old kind
    alone = all(request.transport == "legacy" and request.chat for request in facts.requests)
    loose = [read for read in facts.reads if read.request is None and "choices" in read.path] if alone else []
    for request in facts.requests:
        if request.transport == "legacy":
            calls = True
            seen.update(range(*request.span))
            changes = _modernised(request, loose, ctx)
            safety = UNSAFE if changes else SHOW_ONLY
            yield Finding("CLC015", request.span, _legacy_call(request, ctx), ERROR, changes, safety)
        elif request.transport == "sdk":
            for arg in request.args.all("model"):
                if arg.spelled in ("engine", "deployment_id"):
                    message = f"'{arg.spelled}' is of openai < 1.0: name the model with 'model'"
                    changes = _renamed(arg, request)
                    yield Finding("CLC015", arg.name_span, message, ERROR, changes, UNSAFE if changes else SHOW_ONLY)
    for client in facts.clients:
        for arg in client.args.all("base_url"):
            # beside a call it goes with the call; a URL that is not known is CLC102's
            old = client.symbol == "openai" and arg.spelled == "api_base"
            if old and not calls and text_of(arg.value) is not None:
                seen.update(range(*arg.name_span))
                message = "'openai.api_base' is of openai < 1.0: use the base_url of a client"
                yield Finding("CLC015", arg.name_span, message, ERROR)
    imported = {use.dotted for use in facts.symbols if use.how == "import"}
    for use in facts.symbols:
        if use.kind != "legacy" or not seen.isdisjoint(range(*use.span)):
            continue
        error = use.dotted.startswith("openai.error")
        # where the name itself is imported, the import is what changes; what
        # is called is reported where it is called, also by another name
        if use.how in ("import", "alias") and calls and not error:
            continue
        if use.how not in ("import", "call") and use.dotted in imported and not error:
            continue
        seen.update(range(*use.span))
        # npm's package is brought up to date file by file: every finding of one asks for the same
        changes = (BuildClient(use.span, "", ()),) if use.dotted in _NPM else _renamed_error(use)
        safety = UNSAFE if changes else SHOW_ONLY
        yield Finding("CLC015", use.span, _legacy_symbol(use.dotted, ctx), ERROR, changes, safety)


#: the client of npm's openai 3, and what it is built from
_NPM = ("openai.OpenAIApi", "openai.Configuration")
#: arguments of openai < 1.0 → their names of today
_RENAMED = {"engine": "model", "deployment_id": "model", "request_timeout": "timeout"}


def _modernised(request: Request, loose: list[ResponseRead], ctx: Context) -> tuple[Change, ...]:
    """A call of openai < 1.0 through a client, its answer read by attributes.

    ``loose``: reads that may be of its answer.
    """
    client = request.client
    if client is not None and client.symbol in _NPM:
        return (BuildClient(request.span, request.endpoint, ()),)
    if not request.chat or client is None or client.symbol != "openai" or client.kind != "legacy":
        return ()
    # a key that is written down goes first: it must not be sent to the target
    if own_key(client, ctx):
        return ()
    args = (("api_key", EnvRead(ctx.key_variable)), ("base_url", ctx.base_url))
    build = BuildClient(request.span, "chat.completions.create", args)
    renamed = [_renamed(arg, request) for arg in request.args.items if arg.spelled in _RENAMED]
    if () in renamed:
        return ()
    reads = [
        ReadAttribute(read.span)
        for read in (*request.reads, *loose)
        if read.subscript and not read.path[-1].isdigit() and read.path[-1] != "*"
    ]
    return build, *(change for some in renamed for change in some), *reads


def _renamed(arg: Arg, request: Request) -> tuple[Change, ...]:
    """An argument of openai < 1.0 by its name of today; nothing where another one has that name too."""
    name = _RENAMED[arg.spelled]
    alone = not any(_RENAMED.get(one.spelled, one.spelled) == name for one in request.args.items if one is not arg)
    return (Rename(arg.name_span, name),) if alone else ()


def _renamed_error(use: SymbolUse) -> tuple[Change, ...]:
    """``openai.error.X`` by the name of today."""
    if not use.dotted.startswith("openai.error"):
        return ()
    last = use.dotted.rpartition(".")[2]
    if last == "error":
        return (Rename(use.span, "openai"),) if use.how == "import" else ()
    name = _ERRORS.get(last, last)
    if use.how == "import":
        return (MoveImport(use.span, "openai", name),)
    return (Rename(use.span, f"openai.{name}"),)


def _legacy_call(request: Request, ctx: Context) -> str:
    version = _current(ctx)
    if not request.chat:
        return f"call in the form of openai < {version}: build a client of openai >= {version}"
    return (
        f"call in the form of openai < {version}: build a client with "
        f"base URL '{ctx.base_url}' and call client.chat.completions.create"
    )


def _legacy_symbol(dotted: str, ctx: Context) -> str:
    version = _current(ctx)
    last = dotted.rpartition(".")[2]
    if dotted.startswith("openai.error"):
        use = "openai" if last == "error" else f"openai.{_ERRORS.get(last, last)}"
        return f"'{dotted}' is gone since openai {version}: use '{use}'"
    return f"'{dotted}' is of openai < {version}: build a client of openai >= {version}"


def _current(ctx: Context) -> str:
    """The version that the SDK has had its interface of today since."""
    return "4" if ctx.kind == "javascript" else "1.0"


# --------------------------------------------------------------------- CLC016


def framework_openai_client(facts: Facts, ctx: Context) -> Iterator[Finding]:
    for client in facts.clients:
        if _wraps_openai(client):
            changes = _pointed_to_target(client, ctx)
            safety = UNSAFE if changes else SHOW_ONLY
            yield Finding("CLC016", client.span, _wrapper(client, ctx), ERROR, changes, safety)
        elif client.kind == "settings" and client.target == OPENAI and client.base_url is None:
            message = f"settings of a model (AutoGen) without a URL go to OpenAI: set base_url to '{ctx.base_url}'"
            key = (("api_key", EnvRead(ctx.key_variable)),) if client.args.lacks("api_key") else ()
            added = (AddArgument(client.call_span, "base_url", ctx.base_url, key), *own_key(client, ctx))
            yield Finding("CLC016", client.span, message, ERROR, added, UNSAFE)
    for model in facts.models:
        if routed(model) and _text_model(model, ctx):
            use = suggestion(model, ctx)
            advice = f": use '{use}'" if use else ""
            message = f"'{model.text}' routes the request to OpenAI{advice}"
            changes = (SetText(model.span, use),) if use else ()
            safety = UNSAFE if changes else SHOW_ONLY
            yield Finding("CLC016", model.span, message, ERROR, changes, safety)
    for use_ in facts.symbols:
        framework = ctx.catalogue.framework(use_.dotted)
        if use_.how == "base" and framework is not None and framework.kind != "factory":
            name = use_.dotted.rpartition(".")[2]
            owner = "Azure" if framework.kind == "azure" else "OpenAI"
            message = f"class derived from {name}, which talks to {owner}: use {framework.counterpart}"
            yield Finding("CLC016", use_.span, message, ERROR)


_CARRIERS = ("openai_client", "async_client", "client", "root_client", "provider", "azure_client")


def _wraps_openai(client: Client) -> bool:
    if client.kind != "framework" or is_router(client):
        return False
    framework = framework_of(client)
    if framework is None or not client.built or client.target in (CLAUDE, OTHER):
        return False
    # a URL that cannot be told may be the target's, but for a class that speaks Azure's dialect
    if client.target == UNKNOWN and client.base_url is not None and framework.kind != "azure":
        return False
    if framework.kind == "responses":
        return True
    # what carries the URL is built, and reported, by itself
    carried = framework.kind == "chat" and not framework.base_url and not framework.key
    return not carried and not any(client.args.find(name) for name in _CARRIERS)


def _wrapper(client: Client, ctx: Context) -> str:
    framework = framework_of(client)
    assert framework is not None
    name = client.symbol.rpartition(".")[2]
    where = "Azure" if framework.kind == "azure" else "OpenAI"
    own = ""
    if framework.kind == "chat" and framework.base_url:
        own = f", or set {framework.base_url[0]} to '{ctx.base_url}'"
    return f"{name} ({framework.library}) talks to {where}: use {framework.counterpart}{own}"


def _pointed_to_target(client: Client, ctx: Context) -> tuple[Change, ...]:
    """The target's URL and key for another library's chat class that can take them."""
    framework = framework_of(client)
    if framework is None or not framework.base_url or client.args.open:
        return ()
    url = framework.base_url[0]
    if url.isdigit() or client.base_url is not None:
        return ()
    key = framework.key[0] if framework.key and client.api_key is None else ""
    more = ((key, EnvRead(ctx.key_variable)),) if key and "." not in key and not key.isdigit() else ()
    if client.symbol.startswith(_PROVIDER) and framework.kind in ("chat", "responses", "provider"):
        # by default its models speak the Responses API
        return (BuildClient(client.span, "chat", ((url, ctx.base_url), *more)),)
    if framework.kind != "chat":
        return ()
    return (AddArgument(client.call_span, url, ctx.base_url, more), *own_key(client, ctx))


#: a module whose functions give models of one provider, which can be built with options
_PROVIDER = "@ai-sdk/openai."


def _text_model(model: ModelName, ctx: Context) -> bool:
    known = ctx.catalogue.openai_model(model.text)
    return known is not None and known.kind in TEXT_KINDS and not model.tokenizer


# --------------------------------------------------------------------- CLC017


def openai_tokenizer(facts: Facts, ctx: Context) -> Iterator[Finding]:
    for use in _first_uses(facts, "tokenizer"):
        message = (
            f"'{use.dotted}' counts tokens as OpenAI's models do, Claude's counts differ: "
            f"use the usage that {ctx.target.id} returns, or Anthropic's token counting"
        )
        yield Finding("CLC017", use.span, message, INFO)


_SURFACES = (
    ("CLC001", "responses-api", "a call of the Responses API"),
    ("CLC002", "legacy-completions", "a call of the old completions endpoint"),
    ("CLC003", "embeddings-endpoint", "a call of the embeddings endpoint"),
    ("CLC004", "image-endpoint", "a call that generates or edits images"),
    ("CLC005", "audio-endpoint", "a call that transcribes, translates or speaks"),
    ("CLC006", "moderation-endpoint", "a call of the moderation endpoint"),
    ("CLC007", "file-endpoint", "a call of the files or uploads endpoint"),
    ("CLC008", "fine-tuning-endpoint", "a call of the fine-tuning endpoint"),
    ("CLC009", "batch-endpoint", "a call of the batch endpoint"),
    ("CLC010", "assistants-api", "a call of the Assistants API"),
    ("CLC011", "vector-store-endpoint", "a call of the vector store endpoint"),
    ("CLC013", "stored-completions", "a call that reads or changes stored completions"),
    ("CLC014", "other-openai-endpoint", "a call of any other endpoint that only OpenAI has"),
)

RULES = (
    Rule(
        "CLC000",
        "unchecked-file",
        "the linter failed on a file, so nothing in it was checked",
        "file",
        unchecked_file,
    ),
    *(Rule(code, name, summary, "request", unserved_endpoint) for code, name, summary in _SURFACES),
    Rule(
        "CLC012",
        "realtime-endpoint",
        "a use of the Realtime API",
        "file",
        realtime_endpoint,
    ),
    Rule(
        "CLC015",
        "legacy-openai-sdk",
        "a call of the OpenAI SDK before 1.0 (Python) or 4 (npm)",
        "file",
        legacy_openai_sdk,
    ),
    Rule(
        "CLC016",
        "framework-openai-client",
        "another library's class or model string that talks to OpenAI",
        "file",
        framework_openai_client,
    ),
    Rule(
        "CLC017",
        "openai-tokenizer",
        "a tokenizer of OpenAI's models",
        "file",
        openai_tokenizer,
        default=False,
    ),
)
