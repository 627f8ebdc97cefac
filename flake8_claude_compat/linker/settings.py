"""Settings: values by the path of their keys → facts.

Environment variables that are set, base URLs, models under keys that name
one, keys written down, and mappings that are requests (``model`` with
``messages``, ``litellm_params``, a model with sampling parameters).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from ..catalogue import Catalogue
from ..facts import (
    CLAUDE,
    OPENAI,
    OTHER,
    UNKNOWN,
    Arguments,
    EnvUse,
    Facts,
    KeyLiteral,
    ModelName,
    Request,
    Secret,
    Url,
    entry_of,
    options,
    text_of,
)
from ..program import Argument, Call, Dict, Entry, Env, Join, List, Null, Num, Program, Ref, Site, Str, Value
from ..record import NamedTuple
from ..source import Cover, Span
from .beside import OWN_URL, PROVIDER, is_of_a_list, says_where, snake
from .calls import Calls
from .keys import ASKING, BARE, FOREIGN, is_local, is_placeholder, preview
from .resolve import Resolver
from .surfaces import NOWHERE
from .targets import foreign_model
from .texts import AMBIGUOUS, is_shown
from .urls import host_of

#: programs that are settings and nothing else
_FILES = ("settings", "dotenv")
#: commands and cmdlets that send HTTP requests
_COMMANDS = ("curl", "wget", "http", "Invoke-RestMethod", "Invoke-WebRequest")
#: keys whose value is a model, in snake_case
_MODEL_KEY = re.compile(
    r"(?:\A|_)(?:models?|engines?|deployments?|llms?|gpt)"
    r"(?:_(?:names?|ids?|list|default|version|code|string|slug|map|mapping|alias|aliases))?\Z"
)
_URL_KEY = re.compile(
    r"base_?ur[li]|api_?(?:base|host)|base_?path|end_?point|api_?ur[li]|openai.*(?:url|host|base)|\Aurl\Z"
)
#: parameters that mean the same wherever they stand beside a model
_SAMPLING = frozenset({
    "temperature", "top_p", "n", "presence_penalty", "frequency_penalty", "seed", "logit_bias", "logprobs",
    "top_logprobs", "response_format", "reasoning_effort", "service_tier", "function_call", "functions",
    "max_completion_tokens", "max_tokens", "parallel_tool_calls", "stream_options", "verbosity",
})  # fmt: skip
#: keys of mappings that hold parameters, beside the model that they are for
_PARAMETERS = frozenset({
    "config", "configuration", "parameters", "params", "options", "settings", "model_kwargs", "kwargs",
    "completion_options", "completion_params", "model_parameters", "model_params", "model_settings", "default_params",
    "generation_config", "generation_params", "invocation_parameters", "inference_params", "request_params",
})  # fmt: skip
#: of these one is enough to tell that a mapping is sent
_TELLING = _SAMPLING - {"n", "seed", "functions", "service_tier", "verbosity"}
#: mappings that these stand in are answers, records or price lists, not requests
_RECORDED = frozenset({"choices", "usage", "completion", "finish_reason", "object", "created"})
#: what the API calls an answer, a job or a file
_GIVEN_ID = re.compile(r"(?:chatcmpl|cmpl|modr|resp|msg|run|asst|thread|batch|file|ftjob|ft)[-_]\w{8,}\Z")
_REFERENCE = re.compile(r"[${%<\ufffc]|\Aos\.environ/|\Aenv[.:]")
_BLANK_TO_FILL = re.compile(r"<[^<>]{1,60}>")
#: several names in one text: between commas, or words of which each looks like a name
_LISTED = re.compile(
    r"\s*[\w.:/@-]+(?:\s*[,;|]\s*[\w.:/@-]+)+\s*[,;]?\s*"
    r"|\s*\w[\w.]*[-/:][\w.:/@-]+(?:\s+\w[\w.]*[-/:][\w.:/@-]+)+\s*"
)
_LISTED_NAME = re.compile(r"[\w.:/@-]+")
#: a file with more models than this lists them; it does not choose one
_MAX_LISTED = 60


class _Leaf(NamedTuple):
    """A value in a mapping or list. ``around``: the mappings around it, inmost last."""

    path: tuple[str, ...]
    value: Value
    span: Span
    key_span: Span
    around: tuple[Dict, ...]
    listed: bool


class _About(NamedTuple):
    """A mapping as a whole. ``called``: the variable that ``{name: X, value: …}`` sets, or ""; ``record``: an answer or
    a list of prices; ``recording``: a request beside its response, what a test plays back; ``vendor``: see
    :meth:`Settings._vendor`. ``tells``: with what or to whom its model is sent; ``provides``: it names a provider."""

    keys: frozenset[str | None]
    called: str
    record: bool
    recording: bool
    vendor: str
    tells: bool
    provides: bool


class Settings:
    """Facts about the settings of one program."""

    def __init__(
        self, program: Program, catalogue: Catalogue, resolver: Resolver, calls: Calls, facts: Facts
    ) -> None:
        self.program = program
        self.catalogue = catalogue
        self.resolver = resolver
        self.calls = calls
        self.facts = facts
        self._leaves: list[_Leaf] = []
        self._outermost: set[int] = set()
        #: items of long lists
        self._catalogued: set[int] = set()
        self._reads: list[Env] = []
        self._made: list[Request] = []
        #: a made request's identity → the mapping that it is
        self._mappings: dict[int, Dict] = {}
        #: request that a mapping is, by where the mapping begins
        self._request_at: dict[int, Request] = {}
        self._other: set[int] = set()
        self._other_spans: list[Span] = []
        #: where variables are read whose values somebody else gets
        self._read_elsewhere: list[Span] = []
        self._secrets: list[int] | None = None
        self._literals: set[Span] = set()
        #: a mapping's identity → the mapping that it stands in
        self._parents: dict[int, Dict] = {}
        #: a mapping's identity → the mapping, and what all of its keys say together: it is asked of each of its values
        self._abouts: dict[int, tuple[Dict, _About]] = {}
        #: a mapping's identity → whether keys in it are for a local server
        self._keys_of_local: dict[int, bool] = {}

    # -------------------------------------------------------------- requests

    def requests(self) -> None:
        """Add the requests that mappings describe. Before responses are read."""
        # one function may send several bodies to several URLs, of which only the first is seen
        covered = {arg.span.start for request in self.facts.requests if request.chat for arg in request.args.items}
        found: list[tuple[tuple[str, ...], Dict]] = []
        sent: dict[int, str] = {}
        for name, body in self._bodies():
            sent[id(body)] = name
            found.append(((), body))
        for setting in self.program.settings:
            raw = setting.value
            if not setting.path and isinstance(raw, Env):
                self._reads.append(raw)
                continue
            value = self.resolver.deep(raw) if isinstance(raw, (Ref, Join, Call)) else raw
            self._outermost.add(id(value))
            found.extend(self._walk(setting.path, value, setting.span, setting.key_span))
        for path, mapping in found:
            if any(entry.span.start in covered for entry in mapping.entries):
                continue
            request = self._request(path, mapping)
            if request is not None and mapping.span.start not in self._request_at:
                self._request_at[mapping.span.start] = request
                request.method = sent.get(id(mapping), "")
                self._made.append(request)
                self._mappings[id(request)] = mapping
                self.facts.requests.append(request)
        if self._made:
            self.facts.requests.sort(key=lambda request: request.span)

    def _bodies(self) -> Iterator[tuple[str, Dict]]:
        """Commands and bodies of raw requests whose URL is not known; those of others are left out."""
        for name in _COMMANDS:
            for site in self.program.calls.get(name, ()):
                if id(site.handle) in self.calls.requests:
                    continue
                call = self.program.language.lower(site.handle, site.block)
                if not isinstance(call, Call):
                    continue
                body: Value | None = None
                other = False
                for arg in call.args:
                    if arg.name == "json":
                        body = self.resolver.deep(arg.value)
                    elif arg.name == "url":
                        urls = [option for option in options(self.resolver.deep(arg.value)) if isinstance(option, Str)]
                        other = other or any(host_of(url.text) for url in urls)
                if other:
                    self._read_elsewhere.append(call.span)
                for option in options(body):
                    if isinstance(option, Dict):
                        if other:
                            self._other.update(entry.span.start for entry in option.entries)
                            self._other_spans.append(option.span)
                        else:
                            yield name, option

    def _walk(
        self, path: tuple[str, ...], value: Value, span: Span, key_span: Span
    ) -> Iterator[tuple[tuple[str, ...], Dict]]:
        """All mappings inside a value; its leaves are remembered."""
        nothing: tuple[Dict, ...] = ()
        stack = [(path, value, span, key_span, nothing, False)]
        while stack:
            path, value, span, key_span, around, listed = stack.pop()
            if isinstance(value, Dict):
                if around:
                    self._parents[id(value)] = around[-1]
                yield path, value
                inner = (*around[-3:], value)
                for entry in reversed(value.entries):
                    key = entry.key if entry.key is not None else "*"
                    stack.append(((*path[-6:], key), entry.value, entry.span, entry.key_span, inner, False))
                    if isinstance(entry.value, (Dict, List)):
                        self._leaves.append(_Leaf((*path, key), entry.value, entry.span, entry.key_span, inner, False))
            elif isinstance(value, List):
                if len(value.items) > _MAX_LISTED:
                    self._catalogued.update(map(id, value.items))
                for item in reversed(value.items):
                    stack.append((path, item, item.span, item.span, around, True))
            else:
                self._leaves.append(_Leaf(path, value, span, key_span, around, listed))

    def _request(self, path: tuple[str, ...], mapping: Dict) -> Request | None:
        names: dict[str, Entry] = {}
        entries = [entry for entry in _with_parameters(mapping) if entry.key is not None]
        for entry in entries:
            names[self.catalogue.parameter_name(entry.key or "")] = entry
        if not names or len(names) > 60 or self._about(mapping).record or _is_native(mapping):
            return None
        if mapping.entries and mapping.entries[0].span.start in self._other:
            return None
        model = next((entry for name, entry in names.items() if _MODEL_KEY.search(snake(name))), None)
        if model is None:
            model = self._named_otherwise(mapping)
        elif isinstance(model.value, Dict):  # {mode: list, value: gpt-4o}
            model = next((entry for entry in model.value.entries if entry.key == "value"), model)
        text = text_of(model.value) if model is not None else None
        known = self.catalogue.openai_model(text) if text else None
        if known is not None and known.kind in ("embedding", "image", "tts", "audio-in", "moderation", "video"):
            return None
        if text and self._about(mapping).vendor == UNKNOWN and foreign_model(text, self.catalogue):
            return None
        parent = snake(path[-1]) if path else ""
        messages = names.get("messages")
        transport, whole = "http", True
        if messages is not None and _has_roles(messages.value):
            if model is None and not _TELLING & names.keys():
                return None
        elif messages is not None and model is not None and not isinstance(messages.value, (Str, Null, Num)):
            pass  # filled in by the program
        elif parent == "litellm_params" and model is not None:
            transport = "framework"
        # a mapping of parameters needs no further sign of what it is
        elif model is not None and (_SAMPLING if len(entries) > len(mapping.entries) else _TELLING) & names.keys():
            openai = known is not None or any("openai" in step.lower() for step in (*path, *(names)))
            if not openai and not (text is not None and self.catalogue.names_claude(text)):
                return None
            whole = False
            if text is not None and model.key != "id" and (
                self.catalogue.router_prefix(text)
                or self.catalogue.foreign_claude(text)
                or self.catalogue.direct_claude(text)
            ):
                transport = "framework"
        else:
            return None
        endpoint = self.catalogue.endpoint(("chat", "completions"))
        if endpoint is None:
            return None
        place = model.span if model is not None else mapping.span
        request = Request("chat.completions.create", endpoint.family, place, mapping.span)
        request.transport = transport
        request.target = self._about(mapping).vendor
        if transport == "framework" and text is not None and not self.catalogue.router_prefix(text):
            if self.catalogue.foreign_claude(text) is not None and not known:
                request.target = UNKNOWN
        kept = tuple(
            entry._replace(key="model") if entry is model else entry
            for entry in entries
            if (name := self.catalogue.parameter_name(entry.key or "")) not in ("api_key", "base_url")
            and not (isinstance(entry.value, Str) and not entry.value.text and not entry.value.partial)  # left empty
            and (whole or name in _SAMPLING or name == "model" or entry is model)
        )
        spread = Argument(None, mapping._replace(entries=kept), mapping.span, mapping.span, True)
        request.args = self.calls.reader.read((spread,))._replace(open=True)
        request.stream = None
        request.headers = Arguments((), True)
        block = self.program.module.block
        self.calls.sites[id(request)] = Site(None, None, block)
        request.later(NOWHERE)
        return request

    def _named_otherwise(self, mapping: Dict) -> Entry | None:
        """The model of ``{id: openai:gpt-4o}``, and of ``{provider: openai, name: gpt-4o}``."""
        for entry in mapping.entries:
            text = text_of(entry.value) or ""
            if entry.key == "id" and (self.catalogue.router_prefix(text) or self.catalogue.direct_claude(text)):
                return entry
            if entry.key == "name" and _is_of_openai(mapping) and self.catalogue.openai_model(text) is not None:
                return entry
        return None

    def _about(self, mapping: Dict) -> _About:
        known = self._abouts.get(id(mapping))
        if known is None:
            keys = frozenset(entry.key for entry in mapping.entries)
            record = len(keys & _RECORDED) > 1 or "choices" in keys
            record = record or ("id" in keys and bool(_GIVEN_ID.match(text_of(entry_of(mapping, "id")) or "")))
            vendor = self._vendor(mapping)
            names = [snake(key or "") for key in keys]
            # what says where it goes is used, whatever it costs
            if vendor == UNKNOWN and not record:
                record = is_of_a_list(names, id(mapping) in self._outermost)
            named = (
                entry.value.text if not entry.value.partial else ""
                for entry in mapping.entries
                if (entry.key or "").lower() in ("name", "key", "variable") and isinstance(entry.value, Str)
            )
            record = record or id(mapping) in self._catalogued and not _SAMPLING & keys
            recording = keys >= {"request", "response"} or keys >= {"prompt", "response"}
            provides = any(map(PROVIDER.search, names))
            about = _About(keys, next(named, ""), record, recording, vendor, says_where(names), provides)
            known = self._abouts[id(mapping)] = mapping, about
        return known[1]

    def _vendor(self, mapping: Dict) -> str:
        """Where a mapping's own URL or provider sends requests."""
        found = UNKNOWN
        for entry in mapping.entries:
            key, text = snake(entry.key or ""), text_of(entry.value)
            if not text:
                continue
            host = host_of(_BLANK_TO_FILL.sub("your-resource", text))
            if host and OWN_URL.match(key):
                owner = self.catalogue.host_owner(host)
                if owner in ("openai", "azure"):
                    return OPENAI
                return CLAUDE if owner in ("target", "misspelt") else OTHER
            if PROVIDER.search(key):
                name = text.lower()
                if "openai" in name or "azure" in name or "litellm" in name or "compatible" in name:
                    found = UNKNOWN
                elif "anthropic" in name or "claude" in name:
                    found = UNKNOWN
                elif name.isascii() and re.fullmatch(r"[a-z][\w. -]{1,30}", name):
                    found = OTHER
        return found

    # ----------------------------------------------------------------- facts

    def collect(self) -> None:
        """Add everything else. After strings have been read."""
        for request in self._made:
            request.later(NOWHERE)
        if self._other_spans:  # bodies that go to somebody else
            self._other_spans.sort()
            models = self.facts.models
            self.facts.models = [m for m in models if m.role == "request" or not self._goes_elsewhere(m.span)]
        self._known_models = {model.span for model in self.facts.models}
        self._known_urls = {url.span for url in self.facts.urls}
        self._known_envs = {env.span for env in self.facts.envs}
        self._request_models()
        models = []
        for leaf in self._leaves:
            self._leaf(leaf, models)
        elsewhere = Cover(self._read_elsewhere)
        for env in self._reads:  # PowerShell's $env:X is one also where it is set
            if not elsewhere.holds(env.span.start):
                self._env(env.name, "read", env.name_span, None)
        chosen = [model for model in models if model.role not in ("value", "key")]
        self.facts.models.extend(models if len(models) - len(chosen) <= _MAX_LISTED else chosen)
        self.facts.models.sort(key=lambda model: model.span)

    def _env(self, name: str, action: str, span: Span, value: Value | None) -> None:
        if span not in self._known_envs and self.catalogue.env_role(name):
            self._known_envs.add(span)
            self.facts.envs.append(EnvUse(name, action, span, value))

    def _goes_elsewhere(self, span: Span) -> bool:
        index = bisect_right(self._other_spans, span.start, key=_start) - 1
        return index >= 0 and span.start < self._other_spans[index].end

    def _request_models(self) -> None:
        """The models of the requests that were found, in place of what was known of them."""
        sent: dict[Span, ModelName] = {}
        for request in self._made:
            mapping = self._mappings.get(id(request))
            accompanied = mapping is not None and self._says_where(mapping)
            for arg in request.args.all("model"):
                for option in options(arg.value):
                    if isinstance(option, Env) and option.default is not None:
                        option = option.default
                    if isinstance(option, Str) and not option.partial and self.catalogue.names_model(option.text):
                        prefix = self.catalogue.router_prefix(option.text)
                        sent[option.span] = ModelName(
                            option.text, option.span, "request", request, None, prefix, False, accompanied
                        )
        if sent:
            self._known_models.update(sent)
            self.facts.models = [model for model in self.facts.models if model.span not in sent]
            self.facts.models.extend(sent.values())

    def _leaf(self, leaf: _Leaf, models: list[ModelName]) -> None:
        key = self._key_of(leaf)
        role = "" if leaf.listed else self.catalogue.env_role(key)
        value = leaf.value
        if role == "key" and self._is_for_local_server(leaf):
            role = ""
            self._read_elsewhere.append(value.span)
        if role and leaf.path and key == leaf.path[-1] and self._is_setting(value):
            self._env(key, "set", leaf.key_span, value)
        if not leaf.listed and len(leaf.path) > 1 and _MODEL_KEY.search(snake(leaf.path[-2])):
            self._model_as_key(leaf, models)
        if isinstance(value, (Dict, List)):
            return
        if any(entry.span.start in self._other for entry in (leaf.around[-1].entries[:1] if leaf.around else ())):
            return
        for option in options(value):
            if isinstance(option, Env) and option.default is not None:
                option = option.default
            if isinstance(option, Str):
                self._text(leaf, key, role, option, models)

    def _is_for_local_server(self, leaf: _Leaf) -> bool:
        """Whether a key is set for a server of the project's own: the URL that is set beside it says so."""
        if not leaf.around:
            return self._flat_is_local
        known = self._keys_of_local.get(id(leaf.around[-1]))
        if known is None:
            pairs = [(entry.key or "", entry.value) for entry in leaf.around[-1].entries]
            known = self._keys_of_local[id(leaf.around[-1])] = self._all_local(pairs)
        return known

    @cached_property
    def _flat_is_local(self) -> bool:
        return self._all_local([(one.path[0], one.value) for one in self.program.settings if len(one.path) == 1])

    def _all_local(self, pairs: Iterable[tuple[str, Value]]) -> bool:
        """Whether variables for base URLs are set to local servers, and to nothing else."""
        hosts = [host_of(text_of(value) or "") for key, value in pairs if self.catalogue.env_role(key) == "base_url"]
        return bool(hosts) and all(host and self.catalogue.host_owner(host) == "local" for host in hosts)

    def _key_of(self, leaf: _Leaf) -> str:
        """The key of a value; of ``{name: X, value: …}`` the name."""
        key = leaf.path[-1] if leaf.path else ""
        if key.lower() in ("value", "defaultvalue", "default_value") and leaf.around and not leaf.listed:
            return self._about(leaf.around[-1]).called or key
        return key

    def _is_setting(self, value: Value) -> bool:
        """Not the caption of a form in a file of translations."""
        if self.program.name != "settings" or not isinstance(value, Str):
            return not isinstance(value, List)
        text = value.text.strip()
        return " " not in text or bool(_REFERENCE.search(text))

    def _text(self, leaf: _Leaf, key: str, role: str, value: Str, models: list[ModelName]) -> None:
        text = value.text
        if role == "key":
            self._key(leaf, value)
        if not text or len(text) > 300:
            return
        name = snake(key)
        if "<" in text:  # https://<your resource>.openai.azure.com
            value = value._replace(text=_BLANK_TO_FILL.sub("your-resource", text))
            text = value.text
        if host_of(text):
            self._url(name, role, value)
            return
        if value.partial or self._is_caption(leaf):
            return
        if any(_MODEL_KEY.search(snake(step)) for step in (key, *leaf.path[-2:])) and (parts := self._names_in(value)):
            for part in parts:
                self._model(leaf, name, role, part, models)
            return
        if any(char.isspace() for char in text):
            return
        if self.catalogue.env_role(text) and self.program.name in _FILES:
            if not text.startswith(ASKING):
                self._env(text, "name", value.span, None)
            return
        if "." in text and _URL_KEY.search(name) and self.catalogue.host_owner(text.lower()) in ("openai", "azure"):
            self._url(name, role, value)
            return
        self._model(leaf, name, role, value, models)

    def _names_in(self, value: Str) -> list[Str]:
        """The names in a text that lists several, ``gpt-4o,gpt-4o-mini``; none where it is another text."""
        if _LISTED.fullmatch(value.text) is None:
            return []
        at = self.program.source.text.find(value.text, value.span.start, value.span.end)
        if at < 0:
            return []
        return [
            Str(match[0], Span(at + match.start(), at + match.end()))
            for match in _LISTED_NAME.finditer(value.text)
        ]

    @staticmethod
    def _is_caption(leaf: _Leaf) -> bool:
        """A text that is only shown."""
        return bool(leaf.path) and is_shown(snake(leaf.path[-1]))

    def _key(self, leaf: _Leaf, value: Str) -> None:
        text = value.text.strip()
        if not text or value.partial or _REFERENCE.search(text):
            return
        if self._secrets is None:
            self._secrets = sorted(secret.span.start for secret in self.facts.secrets)
            self._literals = {known.span for known in self.facts.key_literals}
        index = bisect_right(self._secrets, value.span.start - 1)
        if index < len(self._secrets) and self._secrets[index] < value.span.end or value.span in self._literals:
            return
        if BARE.fullmatch(text) and not text.startswith(FOREIGN) and not is_placeholder(text):
            if len(set(text)) > 8:
                issuer = "claude" if text.startswith("sk-ant-") else "openai"
                self.facts.secrets.append(Secret(issuer, preview(text), value.span, False))
                return
        # in a script a placeholder is what the reader fills in; a .env that is shared holds none
        if self.program.name == "dotenv" and self.program.source.host is None:
            self.facts.key_literals.append(KeyLiteral(preview(text), value.span, is_local(text)))

    def _url(self, key: str, role: str, value: Str) -> None:
        text = value.text.strip()
        if any(char.isspace() for char in text) or value.span in self._known_urls or text in self.catalogue.claims:
            return
        owner = self.catalogue.host_owner(host_of(text) or text.lower())
        if owner in ("other", "local"):
            return
        base = role == "base_url" or "openai" in key
        if owner in ("openai", "azure", "misspelt"):
            base = base or _URL_KEY.search(key) is not None
        self._known_urls.add(value.span)
        self.facts.urls.append(Url(text, owner, value.span, "base" if base else "value", value.partial))

    # ---------------------------------------------------------------- models

    def _model_as_key(self, leaf: _Leaf, models: list[ModelName]) -> None:
        """``models: {gpt-4o: …}``, where what it stands for is not said inside."""
        text, value = leaf.path[-1], leaf.value
        if text in AMBIGUOUS or self.catalogue.openai_model(text) is None or leaf.key_span in self._known_models:
            return
        around = [self._about(mapping) for mapping in leaf.around[-2:]]
        if any(about.record for about in around[-1:]) or any(about.vendor == OTHER for about in around):
            return
        if isinstance(value, Dict):
            about = self._about(value)
            if about.record or about.vendor == OTHER or any(_MODEL_KEY.search(snake(key or "")) for key in about.keys):
                return
        self._known_models.add(leaf.key_span)
        models.append(ModelName(text, leaf.key_span, "key", None, None, self.catalogue.router_prefix(text)))

    def _model(self, leaf: _Leaf, key: str, role: str, value: Str, models: list[ModelName]) -> None:
        text = value.text
        if value.span in self._known_models or not 2 <= len(text) <= 120 or not self.catalogue.names_model(text):
            return
        steps = [snake(step) for step in leaf.path[-3:]]
        around = [self._about(mapping) for mapping in leaf.around]
        if key == "model_name" and around and "litellm_params" in around[-1].keys:
            return  # what the proxy's own clients call it
        own = _MODEL_KEY.search(key) is not None or role == "model" or (
            key == "name" and any(map(_is_of_openai, leaf.around[-1:]))
        )
        prefix = self.catalogue.router_prefix(text) or (self.catalogue.direct_claude(text) or ("",))[0]
        above = any(_MODEL_KEY.search(step) for step in steps[:-1])
        if own:
            several = leaf.listed or value.span not in (leaf.value.span, leaf.span)
            kind = "value" if several and leaf.path and key.endswith("s") else "default"
        elif above and (key in ("default", "name", "id", "value", "primary", "fallback") or leaf.around):
            kind = "value" if key in ("name", "id", "value") else "default"
        elif prefix and any(step in ("providers", "fallbacks", "provider", "id") for step in steps):
            kind = "value" if key == "id" else "default"
        elif self.program.name == "dotenv":
            kind = "value"
        else:
            return
        if text in AMBIGUOUS and not own:
            return
        if any(about.record for about in around[-1:]) or any(about.recording for about in around):
            return
        if any(about.vendor == OTHER for about in around[-2:]):
            return
        self._known_models.add(value.span)
        accompanied = any(map(self._says_where, leaf.around[-1:]))
        models.append(ModelName(text, value.span, kind, None, None, prefix, False, accompanied))

    def _says_where(self, mapping: Dict) -> bool:
        """Whether a mapping, or what it stands in, says with what or to whom its model is sent: not to the target."""
        about, parent = self._about(mapping), self._parents.get(id(mapping))
        if about.vendor == CLAUDE:
            return False
        return about.tells or (parent is not None and self._about(parent).provides)


def _start(span: Span) -> int:
    return span.start


def _is_of_openai(mapping: Dict) -> bool:
    """It says ``provider: openai``: a ``name`` in it is a model's."""
    return any(
        PROVIDER.search(snake(entry.key or "")) and "openai" in (text_of(entry.value) or "").lower()
        for entry in mapping.entries
    )


def _with_parameters(mapping: Dict) -> Iterator[Entry]:
    """The entries of a mapping, and of those in it that hold the parameters of the model that it names."""
    for entry in mapping.entries:
        if isinstance(entry.value, Dict) and snake(entry.key or "") in _PARAMETERS:
            yield from entry.value.entries
        yield entry


def _is_native(mapping: Dict) -> bool:
    """A request in the form of Anthropic's own API."""
    for entry in mapping.entries:
        if entry.key in ("system", "anthropic_version", "stop_sequences", "thinking", "anthropic_beta"):
            return True
        if entry.key == "tools" and isinstance(entry.value, List):
            for tool in entry.value.items[:4]:
                if isinstance(tool, Dict) and any(inner.key == "input_schema" for inner in tool.entries):
                    return True
    return False


def _has_roles(value: Value) -> bool:
    """A list of chat messages, or what may be one."""
    if not isinstance(value, List):
        return False
    for item in value.items:
        if isinstance(item, Dict):
            return any(entry.key == "role" for entry in item.entries)
    return False
