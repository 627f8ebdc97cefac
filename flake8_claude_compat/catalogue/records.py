"""The rows that the catalogue answers with, and the words that their columns may hold."""

from __future__ import annotations

from ..record import NamedTuple

STATUSES = frozenset({"supported", "ignored", "rejected", "capped", "must-equal", "unknown"})
GRAMMARS = frozenset({"first-party", "openrouter", "litellm", "databricks"})
FIELD_STATES = frozenset({"supported", "always empty", "always length 1"})
CLIENT_KINDS = frozenset({"sdk", "azure", "bedrock", "legacy"})
MODEL_KINDS = frozenset(
    "chat reasoning codex search-chat deep-research computer-use legacy-completion embedding image"
    " audio-chat audio-in tts realtime moderation video".split()
)
FRAMEWORK_KINDS = frozenset("chat responses completion embedding image audio moderation azure factory provider".split())
ENV_ROLES = frozenset({"key", "base_url", "org", "azure-key", "azure-url", "model", "claude-key"})
#: what handlers are asked to cover; ``connection``: no answer at all
FAILURES = frozenset({"400", "401", "403", "404", "429", "5xx", "connection"})


class CatalogueError(Exception):
    """Data that cannot be used; the text is ``FILE: key.path: what is wrong``, without the keys in it."""

    def __init__(self, message: str) -> None:
        from ..redaction import redact  # most runs have no use for it

        super().__init__(redact(message))


class Source(NamedTuple):
    """Where a fact comes from. ``read``: ISO date on which it was read."""

    title: str
    at: str
    read: str


class Model(NamedTuple):
    """A model of OpenAI's API (openai_models.toml).

    ``kind``: one of :data:`MODEL_KINDS`. ``tier``: flagship, mid, small or "".
    ``claude_tier``: opus, sonnet, haiku, or none where Claude has no
    counterpart. ``shutdown``: ISO date on which OpenAI ends or ended it, or ""
    (none known). ``source``: key into :attr:`Catalogue.sources`. kind and tiers
    are this project's judgement.
    """

    id: str
    kind: str
    tier: str
    claude_tier: str
    shutdown: str
    source: str


class ClaudeModel(NamedTuple):
    """A Claude model by its ID on Anthropic's own API (claude_models.toml).

    Attributes:
        status: current, legacy (superseded but served), deprecated, retired.
        retires: firm ISO date or "". Anthropic's "not sooner than" dates are
            never kept here.
        replacement: first-party ID or "".
        sampling: ``accepted``; ``one-of`` (temperature or top_p, not both);
            ``rejected`` (non-default values are answered with HTTP 400).
        prefill: ``accepted`` or ``rejected``: a last message of the assistant.
        temperature, top_p: the values that a ``rejected`` model still takes.
        together: ``rejected`` where these two are refused side by side
            whatever they are, else "" (``one-of`` says it, too).
    """

    id: str
    aliases: tuple[str, ...]
    tier: str
    status: str
    retires: str
    replacement: str
    sampling: str
    prefill: str
    temperature: tuple[float, ...]
    top_p: tuple[float, ...]
    together: str
    source: str


class Parameter(NamedTuple):
    """What a target does with a request parameter or a field of a message.

    ``status``: one of :data:`STATUSES`; ``value``: the cap, or the one value
    that is taken. ``owner``: id of the target whose row it is;
    ``status_owner``: id of the target that the status comes from (a row may
    only add a note to the row of the target that its own one extends).
    """

    name: str
    status: str
    value: float | None
    note: str
    source: str
    owner: str
    status_owner: str = ""


class Endpoint(NamedTuple):
    """A part of OpenAI's API (sdk.toml).

    ``path``: snake_case method path without the client, ``beta.threads``.
    ``code``: the rule that reports it, "" for what targets serve. ``http``:
    URL path after ``/v1``. ``alternative``: what to use instead, or "".
    ``sunset``: ISO date on which OpenAI ends it, or "".
    """

    path: str
    family: str
    code: str
    alternative: str
    sunset: str
    http: str


class Framework(NamedTuple):
    """A class or function of another library that talks to OpenAI.

    ``model``, ``key``, ``base_url``: argument names as spelled, ``"0"`` for the
    first positional one, ``configuration.baseURL`` for a nested object.
    ``default_model``: used when none is given, "" if none or unknown.
    ``kind``: one of :data:`FRAMEWORK_KINDS`; ``factory`` takes a model string
    with a provider's prefix, ``responses`` means the Responses API,
    ``provider`` only holds key and URL.
    """

    symbol: str
    library: str
    counterpart: str
    model: tuple[str, ...]
    key: tuple[str, ...]
    base_url: tuple[str, ...]
    default_model: str
    kind: str

    @property
    def routes(self) -> bool:
        """It picks the vendor by the model's name."""
        return self.kind != "azure" and "openai" not in self.symbol.lower().replace("_", "")


class ClientClass(NamedTuple):
    """A class whose instances are OpenAI clients: kind sdk, azure, bedrock, legacy."""

    symbol: str
    kind: str


class ClientMethod(NamedTuple):
    """A method that a class of clients has in place of the SDK's.

    ``path``: the method path that it stands for. ``arguments``: names of its
    positional ones, ``...`` for a mapping of others. ``streams``: the answer
    is a stream.
    """

    endpoint: Endpoint
    path: tuple[str, ...]
    arguments: tuple[str, ...]
    streams: bool


class Target(NamedTuple):
    """An OpenAI-compatible endpoint that serves Claude (targets/NAME.toml).

    Attributes:
        base_url: https://…; holds ``<…>`` where only the user knows it.
        hosts: lower-case host names (also ``host:port``) that are this target.
        path: what the URL's path must be, "" where there is no rule.
        key_variable: environment variable of its key.
        grammar: how it spells model IDs, one of :data:`GRAMMARS`.
        parameters, fields: own rows over those of the target that it extends.
        responses: field of the response → one of :data:`FIELD_STATES`;
            :meth:`response` finds it by a path.
        default_status: of a parameter that no row knows.
        prices: model → USD per million tokens in and out, as it states them.
        models: OpenAI ID → Claude ID; ``tiers``: by tier, for all others.
    """

    id: str
    name: str
    base_url: str
    hosts: tuple[str, ...]
    path: str
    key_variable: str
    grammar: str
    parameters: dict[str, Parameter]
    fields: dict[str, Parameter]
    responses: dict[str, str]
    default_status: str
    prices: dict[str, tuple[float, float]]
    extends: str
    source: str
    models: dict[str, str]
    tiers: dict[str, str]
    host_suffixes: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()

    def response(self, path: tuple[str, ...]) -> str:
        """The state of a response field, "" if unknown.

        Args:
            path: steps from the response; indices, ``*`` and ``chunk`` are
                skipped: ``("choices", "0", "message", "refusal")``.
        """
        names = [step for step in path if step not in ("*", "chunk") and not step.isdigit()]
        for start in range(len(names)):
            state = self.responses.get(".".join(names[start:]))
            if state is not None:
                return state
        return ""

    def parameter(self, name: str) -> Parameter:
        """The row of a request parameter, or one with the default status."""
        row = self.parameters.get(name)
        if row is None:
            row = Parameter(name, self.default_status, None, "", self.source, self.id, self.id)
        return row
