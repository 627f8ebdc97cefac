"""What the linker knows of a file's OpenAI use; what the rules are written on.

Every value in a fact is resolved: no Ref, Attr, Item or Call is left where
the linker could follow it, ``Unknown`` stands where it could not. All spans
point into the checked file and are where a finding is to be reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from .program import Bool, Dict, List, Null, Num, OneOf, Str, Value
from .record import NamedTuple
from .source import Span

# ----------------------------------------------------------------- arguments


class Arg(NamedTuple):
    """One argument of a client or a request, wherever it is written.

    ``name`` is normalised (``baseURL`` → ``base_url``), ``spelled`` is not.
    ``span`` is the whole keyword, property or entry (what would be removed),
    ``name_span`` the place to report, ``value_span`` the value.
    """

    name: str
    value: Value
    span: Span
    name_span: Span
    value_span: Span
    spelled: str


class Arguments(NamedTuple):
    """The arguments that are known; ``open``: there may be others."""

    items: tuple[Arg, ...] = ()
    open: bool = False

    def find(self, name: str) -> Arg | None:
        """The last argument of that normalised name (later ones win)."""
        for arg in reversed(self.items):
            if arg.name == name:
                return arg
        return None

    def all(self, name: str) -> Iterator[Arg]:
        """Every place that gives an argument of that name."""
        return (arg for arg in self.items if arg.name == name)

    def get(self, path: str) -> Value | None:
        """The value at a dotted path (``response_format.type``), or None."""
        first, _, rest = path.partition(".")
        arg = self.find(first)
        value = arg.value if arg else None
        for key in rest.split(".") if rest else ():
            value = entry_of(value, key)
        return value

    def lacks(self, name: str) -> bool:
        """True only where the argument is certainly not given."""
        return not self.open and self.find(name) is None


def entry_of(value: Value | None, key: str) -> Value | None:
    """The value of a mapping's key, or None where there is none for certain."""
    if isinstance(value, Dict):
        for entry in reversed(value.entries):
            if entry.key == key:
                return entry.value
    return None


def options(value: Value | None) -> Iterator[Value]:
    """The alternatives of a value; the value itself if it has none."""
    if isinstance(value, OneOf):
        for option in value.options:
            yield from options(option)
    elif value is not None:
        yield value


def text_of(value: Value | None) -> str | None:
    """The text of a wholly known string, else None."""
    return value.text if isinstance(value, Str) and not value.partial else None


def is_nothing(value: Value | None) -> bool:
    """True for a value that means "not sent": None, null, NOT_GIVEN."""
    return value is None or isinstance(value, Null)


def models_given(client: Client) -> Iterator[Arg]:
    """The arguments that name a client's model, by whatever name its library has for them."""
    names = getattr(client.framework, "model", ())
    return (arg for arg in client.args.items if arg.name == "model" or arg.spelled in names)


def constant(value: Value | None) -> object | None:
    """The Python value of a literal str, number or bool; None for anything else."""
    if isinstance(value, Str):
        return None if value.partial else value.text
    if isinstance(value, (Num, Bool)):
        return value.value
    return None


def items_of(value: Value | None) -> tuple[Value, ...]:
    """The known items of a list value; empty for anything else."""
    return value.items if isinstance(value, List) else ()


# ------------------------------------------------------------------- clients

#: where a client's requests go
CLAUDE, OPENAI, OTHER, UNKNOWN = "claude", "openai", "other", "unknown"


class Client:
    """An OpenAI client: built here, received as a parameter, or the module.

    Attributes:
        kind: ``sdk`` (OpenAI, AsyncOpenAI), ``azure``, ``bedrock``,
            ``module`` (calls on ``openai`` itself), ``legacy`` (pre-1.0 and
            npm v3), ``framework`` (a wrapper of another library),
            ``settings`` (a mapping that another library builds one from).
        symbol: the dotted name of the class, e.g. ``openai.AsyncOpenAI``.
        span: the callee (``OpenAI``), where a finding on it is reported;
            for ``module`` and ``legacy`` the first API call of the file.
        call_span: the whole constructor call.
        args: the constructor's arguments; later ``client.base_url = …`` too.
        built: it is constructed here; False for parameters and annotations.
        target: ``claude``, ``openai``, ``other`` (somebody else's URL, a
            local server) or ``unknown``.
        base_url: the base URL argument or None; ``api_key`` the same.
        exempt: a ``keep-openai`` comment or option covers it.
        local_server: its URL is a literal one of this machine.
        name: the variable or attribute it is bound to, or "".
        derived_from: the client that ``with_options()`` was called on.
    """

    __slots__ = (
        "kind", "symbol", "span", "call_span", "args", "built", "target",
        "base_url", "api_key", "exempt", "local_server", "name", "framework",
        "order", "derived_from",
    )  # fmt: skip

    def __init__(self, kind: str, symbol: str, span: Span, call_span: Span) -> None:
        self.kind = kind
        self.symbol = symbol
        self.span = span
        self.call_span = call_span
        self.args = Arguments()
        self.built = True
        self.target = UNKNOWN
        self.base_url: Arg | None = None
        self.api_key: Arg | None = None
        self.exempt = False
        self.local_server = False
        self.name = ""
        self.framework: object = None  # catalogue.Framework
        self.derived_from: Client | None = None
        self.order = span.start

    @property
    def base(self) -> Client:
        """The client that every ``with_options()`` goes back to; itself where there is none."""
        client = self
        while client.derived_from is not None:
            client = client.derived_from
        return client


class Handler(NamedTuple):
    """One handler that covers a call.

    ``types``: dotted names of what it catches ("openai.RateLimitError");
    empty: everything. ``swallows``: the error is dropped.
    """

    types: tuple[str, ...]
    swallows: bool
    span: Span


class Coverage(NamedTuple):
    """What happens when a call fails.

    ``handlers``: of the try blocks around it in its function. ``retry``: a
    retry decorator or helper. ``caller``: a caller in this file has a handler
    or a retry. ``unknown``: cannot be told (a callback, no caller in sight).
    """

    handlers: tuple[Handler, ...] = ()
    retry: bool = False
    caller: bool = False

    @property
    def handled(self) -> bool:
        return bool(self.handlers) or self.retry or self.caller


class Later(Protocol):
    """Answers about a request that few rules ask for and that take time."""

    def coverage_of(self, request: Request) -> Coverage: ...

    def escapes_of(self, request: Request) -> bool: ...


class Request:
    """One request, however it is written.

    Attributes:
        endpoint: method path without wrappers, snake_case:
            ``chat.completions.create``, ``responses.create``; for raw HTTP
            the path it posts to mapped onto it (``/v1/embeddings`` →
            ``embeddings.create``); "" where it is not known.
        family: the catalogue's family of the endpoint (``chat.completions``,
            ``embeddings`` …) or "".
        span: the callee's method path, where a finding on the call is
            reported (``chat.completions.create`` without the client; for raw
            HTTP the callee, ``requests.post``).
        call_span: the whole call.
        args: request parameters; of raw HTTP the JSON body's; ``extra_body``,
            splatted dicts, later stores and callers' keywords included.
        client: None where there is none (raw HTTP).
        transport: ``sdk``, ``http``, ``legacy`` (openai.ChatCompletion,
            npm v3) or ``framework``.
        url: of raw HTTP the URL as far as known.
        stream: True, False or None (not known).
        coverage: what happens when it fails (worked out when first asked for).
        exempt: keep-openai covers it.
        reads: the paths that the file reads from its result.
        escapes: the result leaves the file's sight (returned, passed on).
        method: name of the SDK method or the HTTP verb (``parse``, ``post``).
        headers: of raw HTTP and ``extra_headers``.
        tail_span: the method's own name (``parse``).
        target: where it goes (the client's target, or the URL's).
        camel: the fields of its answer are read in camelCase; paths of reads
            are in snake_case all the same.
    """

    __slots__ = (
        "endpoint", "family", "span", "call_span", "args", "client",
        "transport", "url", "stream", "exempt", "reads", "_later",
        "method", "headers", "tail_span", "target", "camel",
    )  # fmt: skip

    def __init__(self, endpoint: str, family: str, span: Span, call_span: Span) -> None:
        self.endpoint = endpoint
        self.family = family
        self.span = span
        self.call_span = call_span
        self.args = Arguments()
        self.client: Client | None = None
        self.transport = "sdk"
        self.url: Str | None = None
        self.stream: bool | None = False
        self.exempt = False
        self.reads: list[ResponseRead] = []
        self._later: Later | None = None
        self.method = ""
        self.headers = Arguments()
        self.tail_span = span
        self.target = UNKNOWN
        self.camel = False

    def later(self, answers: Later) -> None:
        """Say who answers ``coverage`` and ``escapes`` when a rule asks."""
        self._later = answers

    def release(self) -> None:
        """Forget who answers and what is read, as ``Program.release`` does."""
        self._later = None
        self.reads = []

    @property
    def coverage(self) -> Coverage:
        return self._later.coverage_of(self) if self._later else Coverage()

    @property
    def escapes(self) -> bool:
        return self._later.escapes_of(self) if self._later else False

    @property
    def chat(self) -> bool:
        """It is a chat completion (the one endpoint that targets serve)."""
        return self.family in ("chat.completions", "beta.chat")


# ------------------------------------------------------------ smaller facts


class ModelName(NamedTuple):
    """A string that names a model, where it is code.

    ``role``: ``request`` (it is sent as a model), ``default`` (of a model
    parameter, constant, field or environment variable), ``compare``
    (equality), ``part`` (of a name: looked for in one, or put together to one), ``key`` (of a
    table, or what that says of it), ``counted`` (the default of what a tokenizer is asked
    for), ``value`` (anything else).
    ``request`` / ``client``: what it is sent with, if known. ``prefix``: a
    router's prefix as written (``openai/``, ``openai:``), "" without.
    ``tokenizer``: it is only the argument of a tokenizer. ``accompanied``: a key, a URL or a provider stands beside
    it, in a mapping or call that nothing is known of.
    """

    text: str
    span: Span
    role: str
    request: Request | None = None
    client: Client | None = None
    prefix: str = ""
    tokenizer: bool = False
    accompanied: bool = False

    @property
    def sender(self) -> Client | None:
        """The client it is sent with, its own or its request's."""
        return self.client or (self.request.client if self.request else None)


class Secret(NamedTuple):
    """A key written down. No field holds the key itself.

    ``issuer``: ``openai`` or ``claude``. ``certain``: its shape is sure
    anywhere; else only its place (a key argument) tells. ``preview``: prefix,
    ``…`` and the last two characters. ``elsewhere``: it is given to somebody
    else's service, whose keys have this shape, too.
    """

    issuer: str
    preview: str
    span: Span
    certain: bool = True
    elsewhere: bool = False


class KeyLiteral(NamedTuple):
    """A string literal given as a key that is no real-shaped key.

    ``local``: a placeholder of local servers (``EMPTY``, ``ollama``).
    ``preview``: at most the prefix and the last two characters of it.
    """

    preview: str
    span: Span
    local: bool
    client: Client | None = None
    request: Request | None = None


class EnvUse(NamedTuple):
    """An environment variable read, set or named.

    ``action``: ``read``, ``field`` (a field of that name, which a settings class
    declares or which is read of settings), ``set`` or ``name`` (its bare name as a string).
    ``value``: what it is set to, or the default of a read.
    ``client``: the client whose key or URL it is, if known.
    """

    name: str
    action: str
    span: Span
    value: Value | None = None
    client: Client | None = None


class Url(NamedTuple):
    """A URL of interest written down.

    ``owner``: ``openai``, ``azure``, ``target`` (a Claude target), ``bedrock``,
    ``vertex`` or ``misspelt``. ``partial``: only this prefix is known.
    ``client`` / ``request``: what it is given to, if known.
    ``role``: ``base`` (a base URL), ``request`` (fetched), ``value``.
    ``composed``: no literal says so, its parts stand in several places.
    """

    text: str
    owner: str
    span: Span
    role: str = "value"
    partial: bool = False
    client: Client | None = None
    request: Request | None = None
    composed: bool = False


class ResponseRead(NamedTuple):
    """A field read from a request's result.

    ``path``: steps from the response: ``("choices", "0", "message",
    "content")``; ``*`` for any item of an iteration, and for a chunk of a
    stream first ``chunk``. ``span``: the last step's name, where a finding is
    reported. ``guarded``: a check covers it. ``use``: how the value is used,
    see ``program.Use.role``. ``last``: the longest chain ends here.
    """

    path: tuple[str, ...]
    span: Span
    request: Request | None
    guarded: bool
    use: str
    last: bool = True
    subscript: bool = False

    @property
    def camel(self) -> bool:
        """Whether it is read in camelCase."""
        return self.request is not None and self.request.camel

    @property
    def name(self) -> str:
        """The field's name as it is read."""
        first, *words = self.path[-1].split("_")
        return first + "".join(map(str.title, words)) if self.camel else self.path[-1]


class JsonParse(NamedTuple):
    """``json.loads`` / ``JSON.parse`` of a response's text.

    ``of``: ``content`` or ``arguments`` (of a tool call).
    """

    of: str
    span: Span
    request: Request | None
    coverage: Coverage
    validated: bool


class Comparison(NamedTuple):
    """A comparison of something with a known text (``==``, ``in``, match).

    ``subject``: the last name of the other side (``finish_reason``, ``code``),
    ``""`` if it has none. ``span``: the text.
    """

    subject: str
    text: str
    span: Span
    request: Request | None = None


class Message(NamedTuple):
    """A chat message literal: a mapping with a known ``role``, or with a
    ``function_call`` beside a role that is not known ("").

    ``last``: it is the last one of a request's messages, for certain.
    ``request``: the request it is sent with, if known.
    """

    role: str
    fields: Dict
    span: Span
    role_span: Span
    request: Request | None = None
    last: bool = False


class SymbolUse(NamedTuple):
    """A watched imported name that is used or imported.

    ``kind``: the catalogue's kind: ``legacy`` (pre-1.0 API, openai.error),
    ``tokenizer``, ``realtime``, ``framework``, ``client`` (as a base class),
    ``azure`` (a setting of ``api_type``). ``how``: ``import`` (the first name
    of a statement), ``call``, ``read``, ``alias`` (it gets another name), ``base`` (of a class), ``value``.
    """

    dotted: str
    kind: str
    how: str
    span: Span
    args: Arguments = Arguments()


class Facts:
    """All facts of one file, each list in source order."""

    __slots__ = (
        "clients", "requests", "models", "secrets", "key_literals", "envs",
        "urls", "reads", "parses", "comparisons", "messages", "symbols",
    )  # fmt: skip

    def __init__(self) -> None:
        self.clients: list[Client] = []
        self.requests: list[Request] = []
        self.models: list[ModelName] = []
        self.secrets: list[Secret] = []
        self.key_literals: list[KeyLiteral] = []
        self.envs: list[EnvUse] = []
        self.urls: list[Url] = []
        self.reads: list[ResponseRead] = []
        self.parses: list[JsonParse] = []
        self.comparisons: list[Comparison] = []
        self.messages: list[Message] = []
        self.symbols: list[SymbolUse] = []
