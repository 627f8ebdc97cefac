"""Strings that say something by themselves: models, URLs, keys; those that name variables go to ``variables``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ..catalogue import Catalogue
from ..facts import (
    OTHER,
    Arg,
    Arguments,
    Client,
    Comparison,
    Facts,
    KeyLiteral,
    ModelName,
    Request,
    Secret,
    SymbolUse,
    Url,
    models_given,
    options,
)
from ..lazy import pattern
from ..program import (
    Attr,
    Call,
    Dict,
    Env,
    Handle,
    Item,
    Join,
    List,
    Program,
    Ref,
    Site,
    Str,
    Symbol,
    Use,
    Value,
)
from ..record import NamedTuple
from ..source import Cover, Span
from .beside import (
    PROVIDER,
    arguments_around,
    described_client,
    goes_to_target,
    is_of_a_list,
    says_where,
    snake,
)
from .calls import Calls
from .keys import BARE, CERTAIN, FOREIGN, is_local, is_placeholder, preview
from .resolve import Resolver
from .strings import TEXT_METHODS
from .urls import host_of
from .values import Thing, alternatives, is_azure
from .variables import KEY_HEADERS, Variables

#: short names, which tell little by themselves
_SHORT = frozenset({"o1", "o3", "o4"})
#: names that are words or variables elsewhere; models only beside "model"
AMBIGUOUS = _SHORT | {"ada", "babbage", "curie", "davinci"}
_MODEL_WORDS = ("model", "engine", "llm", "deployment", "backend")
#: what a page or a package is about, and what people are shown
_SHOWN = frozenset({
    "keywords", "tags", "topics", "placeholder", "label", "title", "help", "description", "desc", "hint", "tooltip",
    "caption", "display_name", "displayname", "text", "message",
})  # fmt: skip
_CAPTIONS = ("placeholder", "tooltip", "hint", "label", "description")
#: calls whose text argument is what holds when nothing else is said
_DEFAULTS = frozenset({"getenv", "get", "Field", "field", "Option", "Argument", "env", "getEnv"})
_TESTERS = frozenset({
    "startswith", "endswith", "find", "index", "count", "replace", "removeprefix", "split",
    "includes", "startsWith", "endsWith", "indexOf", "replaceAll", "match", "search",
})  # fmt: skip
#: those that tell whether a text holds another
_FINDERS = frozenset({"startswith", "endswith", "find", "includes", "startsWith", "endsWith", "indexOf", "search"})
#: functions of tokenizers that take a model's name, or an encoding's
TOKENIZERS = frozenset({"encoding_for_model", "get_encoding", "encodingForModel", "getEncoding"})
#: what a test calls with what it expects, and how far around a name that is looked for
_EXPECTING = pattern(
    r"assert_\w+\Z|assert[A-Z]\w*\Z|to(?:Have|Be|Equal|Match|StrictEqual|Contain)\w*\Z|(?:object|array)Containing\Z"
    r"|(?:called|returned)(?:Once)?With\w*\Z|(?:strict|deep)?[eE]quals?\Z"
)
_MAX_AROUND = 6
#: what follows Azure's host, or what is put in its place later
_DEPLOYMENT = pattern(r"(?:\{\w*\})?/?openai/deployments/.")
#: what is filled in later
_BLANK = pattern(r"%s|\{\w*\}")


def is_shown(name: str) -> bool:
    """Whether what has this name is for people: a label, ``modelPlaceholder``."""
    lower = name.lower()
    return lower in _SHOWN or lower.endswith(_CAPTIONS)


class _Around(NamedTuple):
    """The mapping or call that a model stands in, and what is in it.

    ``table``: what lists say of a model. ``says_where``: a key, a URL or a provider, and no URL of a target's;
    ``provided``: a provider.
    """

    value: Value | None
    args: Arguments
    table: bool
    says_where: bool
    provided: bool


class Texts:
    """Facts about string literals, and keys anywhere in the text."""

    def __init__(
        self, program: Program, catalogue: Catalogue, resolver: Resolver, calls: Calls, facts: Facts
    ) -> None:
        self.program = program
        self.catalogue = catalogue
        self.resolver = resolver
        self.facts = facts
        self.language = program.language
        self.variables = Variables(program, catalogue, resolver, facts)
        self._sent: dict[Span, tuple[Request | None, Client | None]] = {}
        self._key_of: dict[Span, tuple[Client | None, Request | None]] = {}
        self._url_of: dict[Span, tuple[str, Client | None, Request | None]] = {}
        #: whole base URLs that no literal was found of yet
        self._bases: dict[Span, tuple[Str, Client]] = {}
        self._http = Cover(request.call_span for request in facts.requests if request.transport == "http")
        #: by list, and by mapping whose keys are meant: whether a name that is certainly a model's stands in it
        self._with_models: dict[tuple[int, bool], bool] = {}
        #: see :meth:`_counted`
        self._tokenized: set[str] | None = None
        self.reader = calls.reader
        #: by mapping or call: what :meth:`_around` says of it
        self._arounds: dict[int, _Around] = {}

    def collect(self) -> None:
        """Fill in models, URLs, environment variables, keys."""
        self._from_facts()
        secrets = sorted(span.start for span in self._secrets())
        for span in self._key_of:
            self._key_literal(span, secrets)
        for site in self.program.strings:
            self._string(site)
        if self.program.mentions("BaseSettings"):
            self.variables.of_settings_classes()
        for text, client in self._bases.values():
            self._made_url(text, client)

    # ------------------------------------------------- what facts already know

    def _from_facts(self) -> None:
        self._keys: dict[Span, Str] = {}
        for client in self.facts.clients:
            for arg in models_given(client):
                for text in _texts(arg.value):
                    self._sent.setdefault(text.span, (None, client))
            if client.api_key is not None:
                self._given_key(client.api_key, client, None)
            if client.base_url is not None:
                for text in _texts(client.base_url.value):
                    self._url_of.setdefault(text.span, ("base", client, None))
                    if not text.partial and text.span.start < text.span.end:
                        self._bases.setdefault(text.span, (text, client))
            for arg in client.args.items:
                if arg.name in ("azure_endpoint", "endpoint", "websocket_base_url"):
                    for text in _texts(arg.value):
                        self._url_of.setdefault(text.span, ("base", client, None))
                for env in _envs(arg.value):
                    self.variables.given(env, client)
        for request in self.facts.requests:
            for arg in request.args.items:
                if arg.name == "model":
                    for text in _texts(arg.value):
                        self._sent[text.span] = (request, request.client)
                elif arg.name == "api_key":
                    self._given_key(arg, request.client, request)
            for arg in request.headers.items:
                if arg.spelled.lower() in KEY_HEADERS:
                    self._given_key(arg, request.client, request)
            if request.url is not None:
                self._url_of.setdefault(request.url.span, ("value", None, request))

    def _given_key(self, arg: Arg, client: Client | None, request: Request | None) -> None:
        for text in _texts(arg.value):
            if not text.partial:
                self._key_of.setdefault(text.span, (client, request))
                self._keys[text.span] = text
            elif len(text.text.removeprefix("Bearer ")) > 8:
                self._key_of.setdefault(text.span, (client, request))
                self._keys[text.span] = text

    # ------------------------------------------------------------------- keys

    def _secrets(self) -> list[Span]:
        text = self.program.source.text
        found: list[Span] = []
        if "sk-" not in text:
            return found
        for issuer, parts, shape in CERTAIN:
            if not any(part in text for part in parts):
                continue
            before = Cover(found)
            for match in shape.finditer(text):
                key = match.group()
                if is_placeholder(key) or before.holds(match.start()):
                    continue
                span = Span(match.start(), match.end())
                found.append(span)
                self.facts.secrets.append(Secret(issuer, preview(key), span))
        return found

    def _key_literal(self, span: Span, secrets: list[int]) -> None:
        if bisect_left(secrets, span.start) < bisect_left(secrets, span.end):
            return  # it holds one of them
        client, request = self._key_of[span]
        text = self._keys[span].text
        key = text.removeprefix("Bearer ").strip()
        if not key or key == "Bearer":  # before a variable that is empty or not known; `variable or ""`
            return
        if BARE.fullmatch(key) and not is_placeholder(key) and not key.startswith(FOREIGN):
            issuer = "claude" if key.startswith("sk-ant-") else "openai"
            elsewhere = client is not None and client.target == OTHER
            self.facts.secrets.append(Secret(issuer, preview(key), span, False, elsewhere))
            return
        self.facts.key_literals.append(KeyLiteral(preview(key), span, is_local(key), client, request))

    # ---------------------------------------------------------------- strings

    def _string(self, site: Site) -> None:
        value = self.language.lower(site.handle, site.block)
        composed = False
        if isinstance(value, Attr):
            self.variables.field(value)
            return
        if isinstance(value, Join):
            texts = [part.text for part in value.parts if isinstance(part, Str)]
            composed = not any("://" in text or ".openai.azure." in text for text in texts)
            joined = self.resolver.resolve(value)
            for option in alternatives(joined):
                if isinstance(option, Str) and option.span == value.span:
                    value = option
                    break
            else:
                return
        if not isinstance(value, Str):
            return
        text = value.text
        if host_of(text) or (value.partial and is_azure(text)) or _DEPLOYMENT.match(text):
            self._url(value, site, composed)
            return
        if value.partial or len(text) > 200:
            return
        if text == "function_call" or text in self.catalogue.error_codes:
            self._comparison(value, site)
            return
        role = self.catalogue.env_role(text)
        if role:
            self.variables.named(text, value.span, site)
            return
        if "." in text and self.catalogue.host_owner(text.lower()) in ("openai", "azure", "target"):
            self._url(value, site)
            return
        if text in ("azure", "azure_ad", "azuread"):
            if any("api_type" in use.name or "apiType" in use.name for use in self.language.uses(site)[:2]):
                self.facts.symbols.append(SymbolUse("api_type", "azure", "value", value.span))
        elif " " not in text and text:
            self._model(value, site)

    def _model(self, value: Str, site: Site) -> None:
        text = value.text
        if not self.catalogue.names_model(text):
            return
        uses = self.language.uses(site)
        if self._is_shown(uses, site):
            return
        request, client = self._sent.get(value.span, (None, None))
        role = "request" if value.span in self._sent else self._role(uses, site)
        if text in AMBIGUOUS and role != "request" and not self._beside_model(text, uses, site):
            return
        tokenizer = self._for_tokenizer(uses, site)
        prefix = self.catalogue.router_prefix(text)
        accompanied = False
        if role in ("default", "value") and uses and uses[0].handle is not None and _model_word(uses[0].name):
            around = self._around(uses[0], site)
            client = self._described(around, uses, text)
            accompanied = client is None and self._says_where(around, uses, site)
            role = "request" if client is not None else "value" if around.table else role
        if role == "default" and self._is_expected(uses, site):
            role = "value"
        elif role == "default" and uses[0].role in ("default", "assign") and uses[0].name in self._counted():
            role = "counted"
        self.facts.models.append(ModelName(text, value.span, role, request, client, prefix, tokenizer, accompanied))

    def _around(self, use: Use, site: Site) -> _Around:
        """What a name stands in; nothing for what is no mapping and no call."""
        known = self._arounds.get(id(use.handle))
        if known is None:
            value = self.language.lower(use.handle, site.block) if use.role in ("element", "argument") else None
            args = arguments_around(value, self.reader)
            names = [snake(arg.spelled) for arg in args.items]
            known = self._arounds[id(use.handle)] = _Around(
                value,
                args,
                isinstance(value, Dict) and is_of_a_list(names),
                says_where(names) and not goes_to_target(args, self.catalogue),
                any(map(PROVIDER.search, names)),
            )
        return known

    def _says_where(self, around: _Around, uses: list[Use], site: Site) -> bool:
        """Whether what stands beside a model says with what or to whom it is sent, and not to the target.

        A provider may be said around that: ``{provider: openai, config: {model: …}}``.
        """
        if around.says_where or len(uses) < 2 or not uses[1].name or uses[1].handle is None:
            return around.says_where
        return self._around(uses[1], site).provided and not goes_to_target(around.args, self.catalogue)

    def _described(self, around: _Around, uses: list[Use], model: str) -> Client | None:
        """The client that AutoGen builds from the mapping around an OpenAI model."""
        if not isinstance(around.value, Dict) or self.catalogue.openai_model(model) is None:
            return None
        names = (use.name for use in uses[1:])
        client = described_client(around.value, around.args, names, self.program, self.catalogue)
        if client is not None:
            self.facts.clients.append(client)
        return client

    def _role(self, uses: list[Use], site: Site) -> str:
        for use in uses[:4]:
            if use.role == "compare":
                return "part" if use.first and use.name in ("in", "not in") else "compare"
            if use.role == "default":
                return "default"
            if use.role == "operator":
                return "part"  # "claude-opus-" + version
            if use.role in ("key", "index") or (use.role == "element" and self.catalogue.openai_model(use.name)):
                return "key"
            if use.role == "assign":
                return "default" if _model_word(use.name) else "value"
            if use.role == "element":
                return "default" if _model_word(use.name) else "value"
            if use.role == "argument":
                if use.name in ("default", "default_model") or _model_word(use.name):
                    return "default"
                callee = self._callee(use, site)
                if callee in _DEFAULTS:
                    return "default"
                return "part" if callee in _TESTERS else "value"
        return "value"

    def _is_shown(self, uses: list[Use], site: Site) -> bool:
        """Whether a text is for people: a label, a hint, what a page is about."""
        if not uses:
            return False
        listed = len(uses) > 1 and uses[0].role == "element" and not uses[0].name
        if is_shown(uses[listed].name):
            return True
        return uses[0].role == "argument" and "placeholder" in self._callee(uses[0], site).lower()

    def _beside_model(self, text: str, uses: list[Use], site: Site) -> bool:
        """Whether an ambiguous name stands where a model is meant."""
        for use in uses[:4]:
            name = use.name
            if use.role == "assign" and not name and use.handle is not None:
                target = self.language.lower(use.handle, site.block)  # options.model, options["model"]
                name = target.name if isinstance(target, Attr) else ""
                if isinstance(target, Item) and isinstance(target.key, Str):
                    name = target.key.text
            if use.role in ("assign", "argument", "element", "default") and _model_word(name):
                return True
            if use.role == "argument" and name in ("default", "choices") and self._is_model_option(use, site):
                return True
            if use.role == "compare" and use.handle is not None:
                other = self.language.lower(use.handle, site.block)
                name = other.name if isinstance(other, (Ref, Attr)) else ""
                if _model_word(name):
                    return True
            if use.role == "element" or (use.role == "key" and text in _SHORT):  # people are keys, too
                if use.handle is not None and self._among_models(use.handle, site, use.role == "key"):
                    return True
        return False

    def _is_model_option(self, use: Use, site: Site) -> bool:
        """``add_argument("--model", default=…)`` and click's ``option``."""
        call = self.language.lower(use.handle, site.block)
        return isinstance(call, Call) and any(
            arg.name is None and isinstance(arg.value, Str) and _model_word(arg.value.text) for arg in call.args
        )

    def _among_models(self, handle: Handle, site: Site, keys: bool) -> bool:
        """Whether a name that is certainly a model's is in the same list, or another key of the same mapping."""
        known = self._with_models.get((id(handle), keys))
        if known is None:
            inside = self.language.lower(handle, site.block)
            names: list[str | None] = []
            if keys and isinstance(inside, Dict):
                names = [entry.key for entry in inside.entries]
            elif not keys and isinstance(inside, List):
                names = [item.text for item in inside.items if isinstance(item, Str)]
            known = self._with_models[id(handle), keys] = any(
                name and name not in AMBIGUOUS and self.catalogue.openai_model(name) is not None for name in names
            )
        return known

    def _callee(self, use: Use, site: Site) -> str:
        call = self.language.lower(use.handle, site.block)
        return call.func.name if isinstance(call, Call) and isinstance(call.func, (Attr, Ref)) else ""

    def _is_expected(self, uses: list[Use], site: Site) -> bool:
        """Whether a test expects a name: ``assert_called_with(model=…)``, ``toEqual({ model: … })``."""
        return any(use.role == "argument" and _EXPECTING.match(self._callee(use, site)) for use in uses[:_MAX_AROUND])

    def _counted(self) -> set[str]:
        """The names of what tokenizers are asked for."""
        if self._tokenized is None:
            self._tokenized = set()
            for callee in TOKENIZERS:
                for site in self.program.calls.get(callee, ()):
                    call = self.language.lower(site.handle, site.block)
                    if isinstance(call, Call):
                        self._tokenized.update(arg.value.name for arg in call.args if isinstance(arg.value, Ref))
        return self._tokenized

    def _comparison(self, value: Str, site: Site) -> None:
        """A known word of an answer or error that something is compared with, or that is looked for in it."""
        uses = self.language.uses(site)[:4]
        depth = next((at for at, use in enumerate(uses) if use.role != "element"), len(uses))
        other = self._compared(uses[depth:], depth > 0, site)
        if other is not None:
            subject, request = self._subject(other)
            self.facts.comparisons.append(Comparison(subject, value.text, value.span, request))

    def _compared(self, uses: list[Use], listed: bool, site: Site) -> Value | None:
        """``code`` of ``code == "…"``, of ``code.includes("…")`` and of ``["…"].includes(code)``."""
        use = uses[0] if uses else Use("other")
        if use.role == "compare" and use.handle is not None:
            return self.language.lower(use.handle, site.block)
        if use.role == "argument" and not listed:
            call = self.language.lower(use.handle, site.block)
            if isinstance(call, Call) and isinstance(call.func, Attr) and call.func.name in _FINDERS:
                return call.func.base
        if use.role == "attr" and listed and use.name == "includes" and len(uses) > 1 and uses[1].role == "call":
            call = self.language.lower(uses[1].handle, site.block)
            if isinstance(call, Call) and call.args:
                return call.args[0].value
        return None

    def _subject(self, other: Value) -> tuple[str, Request | None]:
        if isinstance(other, Call):
            if isinstance(other.func, Attr) and other.func.name == "get" and other.args:
                key = other.args[0].value
                return (key.text if isinstance(key, Str) else ""), None
            if isinstance(other.func, Ref) and other.args:
                return self._subject(other.args[0].value)
            return (self._subject(other.func.base) if isinstance(other.func, Attr) else ("", None))
        found = self.resolver.resolve(other)
        if isinstance(found, Thing) and isinstance(found.root, Request) and found.path:
            return found.path[-1], found.root
        if isinstance(other, Attr):
            return other.name, None
        if isinstance(other, Item) and isinstance(other.key, Str):
            return other.key.text, None
        if isinstance(other, Ref):
            bindings = self.resolver.lookup(other.name, other.block)
            if bindings and all(binding.kind == "error" for binding in bindings):
                return "error", None
            values = [binding for binding in bindings if binding.kind == "value"]
            if len(values) == 1 and len(bindings) == 1:
                inner = self.language.lower(values[0].handle, values[0].block)
                if not isinstance(inner, Ref):
                    return self._subject(inner)
            return other.name, None
        return "", None

    def _for_tokenizer(self, uses: list[Use], site: Site) -> bool:
        if not uses or uses[0].role != "argument" or uses[0].handle is None:
            return False
        call = self.language.lower(uses[0].handle, site.block)
        if not isinstance(call, Call):
            return False
        callee = self.resolver.resolve(call.func)
        return isinstance(callee, Symbol) and self.catalogue.symbol_kind(callee.dotted) == "tokenizer"

    def _made_url(self, url: Str, client: Client) -> None:
        """A client's base URL at a target that is written nowhere, but made of texts that are."""
        text = url.text.strip()
        owner = self.catalogue.host_owner(host_of(text)) if host_of(text) else ""
        if owner in ("target", "misspelt"):
            self.facts.urls.append(Url(text, owner, url.span, "base", False, client, composed=True))

    def _url(self, value: Str, site: Site, composed: bool = False) -> None:
        """``composed``: the host is not written in it."""
        text = value.text.strip()
        host = host_of(text) or text.lower()
        if any(char.isspace() for char in text) or text in self.catalogue.claims:
            return
        owner = self.catalogue.host_owner(host)
        if is_azure(text) and not (owner == "local" and host_of(text)):
            owner = "azure"
        if owner in ("other", "local"):
            return
        role, client, request = self._url_of.get(value.span, ("value", None, None))
        self._bases.pop(value.span, None)
        if role == "value":
            uses = self.language.uses(site)
            if owner in ("target", "misspelt") and uses and uses[0].role == "attr" and uses[0].name in TEXT_METHODS:
                return  # what is made of it counts
            call = uses[0].handle if uses else None
            if self._is_shown(uses, site) or (call and self.resolver.functions.decorates(call)):
                return
        if role == "value" and self._http.holds(value.span.start):
            role = "request"
        partial = value.partial
        blank = _BLANK.search(text, text.lower().find(host) + len(host))
        if blank is not None and not partial:  # "https://…/%s" % path
            text, partial = text[: blank.start()], True
        self.facts.urls.append(Url(text, owner, value.span, role, partial, client, request, composed))


def _texts(value: Value | None) -> Iterator[Str]:
    for option in options(value):
        if isinstance(option, Str):
            yield option
        elif isinstance(option, Env) and option.default is not None:
            yield from _texts(option.default)


def _envs(value: Value | None) -> Iterator[Env]:
    for option in options(value):
        if isinstance(option, Env):
            yield option


def _model_word(name: str) -> bool:
    lowered = name.lower()
    return any(word in lowered for word in _MODEL_WORDS)
