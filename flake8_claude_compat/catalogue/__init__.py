"""What is known about OpenAI's SDKs, the models and the targets: data with sources.

The facts live in the TOML files of this folder; each row names a source, and
each source has a title, an address and the date on which it was read. This
module loads them, checks them strictly and answers look-ups. Nothing is read
before the first :func:`load`, and only the files that a target needs.

Names that look-ups take are dotted: import path and name, ``openai.AsyncOpenAI``
or ``@ai-sdk/openai.createOpenAI``. A slash of an npm package reads as a dot and
``.default`` is skipped, so that ``axios.default.post`` and ``axios.post`` are one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from ..lazy import pattern
from ..program import Watch
from .models import Models, distance
from .reading import HERE, SHIPPED, File, hosts_of, read_target, target_path
from .records import (
    CLIENT_KINDS,
    ENV_ROLES,
    FAILURES,
    FRAMEWORK_KINDS,
    CatalogueError,
    ClaudeModel,
    ClientClass,
    ClientMethod,
    Endpoint,
    Framework,
    Model,
    Parameter,
    Source,
    Target,
)

__all__ = [
    "SHIPPED",
    "Catalogue",
    "CatalogueError",
    "ClaudeModel",
    "ClientClass",
    "ClientMethod",
    "Endpoint",
    "Framework",
    "Model",
    "Parameter",
    "Source",
    "Target",
    "load",
]

_SITES = frozenset("docs doc console www app blog status platform dashboard help support cdn static".split())
_LOCAL = pattern(
    r"(?:localhost|.+\.localhost|.+\.local|.+\.internal|127\.[\d.]+|0\.0\.0\.0|\[?::1?\]?"
    r"|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+)\Z"
)
_BEDROCK = pattern(r"bedrock(?:-[a-z]+)*\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|api\.aws)\Z")
_VERTEX = pattern(r"(?:[a-z0-9-]+-)?aiplatform\.(?:[a-z0-9-]+\.rep\.)?googleapis\.com\Z")
# not what a local server or a proxy with OpenAI's interface calls its own key
# and no name of a message about it
_KEY_LIKE = pattern(
    r"\A(?!(?:ERR|ERROR|MISSING|INVALID|NO|NON|HAS|IS|MSG|MESSAGE)_)(?:.*_)?(?<!VLLM_)(?<!LOCAL_)(?<!LITELLM_)"
    r"OPEN_?AI_(?:API_?|SECRET_|ACCESS_|ADMIN_)*(?:KEY|TOKEN|SECRET|SK)S?(?:_\d+)?\Z"
)
_AZURE_KEY_LIKE = pattern(r"(?:^|_)AZURE_OPEN_?AI_(?:[A-Z0-9]+_)*(?:KEY|TOKEN)(?:_\d+)?\Z")
#: a function of the project: createEmbedding of ./lib/embeddings.js, not createEmbedding of a client that ./ai exports
_OWN_FUNCTION = pattern(r"(?:.*/)?[^./]+(?:\.[cm]?[jt]sx?)?\.\w+")
#: methods of npm 3 that no other library has; of others the owner must tell (p5.createImage, storage.deleteFile)
_NPM_3_ALONE = pattern(r"create(?:Chat)?Completion\Z|create(?:Moderation|Transcription)\Z|\w*FineTune")
_OF_OPENAI = pattern(r"open_?ai|gpt|dall_?-?e|(?<![a-z-])ai(?![a-z-])", re.IGNORECASE)
_HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def import_root(dotted: str) -> str:
    """The first name of a module's: ``ai-sdk`` of ``@ai-sdk/openai.createOpenAI``."""
    return dotted.lstrip("@").partition("/")[0].partition(".")[0]


def _name(dotted: str) -> str:
    return dotted.replace("/", ".").replace(".default", "")


#: fields of answers that rules ask for by name, and words of names and hosts of all kinds
_STARTING_WORDS = frozenset(
    "choices delta function_call logprobs system_fingerprint service_tier refusal completion_tokens_details"
    " prompt_tokens_details tool_calls openai OpenAI Openai azure Azure anthropic claude Claude CLAUDE bedrock"
    " aiplatform realtime api_type openai_api_type claudeapi encoding_for_model get_encoding sk ft with_options"
    " chat".split()
)


#: words of the SDK and its wrappers that stand everywhere: what they mean beside a client is found by other words
_EVERYDAY_WORDS = frozenset(
    "search answers classifications models patch apatch default agents error image".split()
)
#: names of the SDK, its wrappers and frameworks that mean something only where they are imported from one of them
_EVERYDAY_NAMES = frozenset(
    "Agent Audio Client Completion Configuration Customer Deployment Edit Embedder Embedding Engine ErrorObject File"
    " FineTune Image LLM LM Model Moderation error".split()
)
#: of model names like text-search-ada-001, which begin with everyday words
_MODEL_WORDS = frozenset("ada babbage curie davinci cushman".split())


class Catalogue(Models):
    """Everything that is known, for one configured target. Made by :func:`load`.

    Look-ups take names as they are written, never raise and are cached: they
    are called for every name of every file that passes the gate.
    """

    def __init__(self, target: Target, sources: dict[str, Source], model_map: Mapping[str, str]) -> None:
        super().__init__(target, sources, model_map)
        file = self.take("sdk.toml")
        file.known(
            file.doc,
            "",
            frozenset(
                "claude-hosts clients aliases wrappers endpoints legacy methods symbols parameters options spelled"
                " environment exceptions toolbox watch alternatives sources frameworks".split()
            ),
        )
        self._read_sdk(file)
        self._read_endpoints(file)
        self._read_toolbox(file)
        self._read_frameworks(file)

    # ---- reading

    def _read_sdk(self, file: File) -> None:
        self._claude_hosts = frozenset(file.texts(file.doc, "claude-hosts"))
        self._clients = {
            name: ClientClass(name, file.choice(kind, f"clients.{name}", CLIENT_KINDS))
            for name, (_, kind, _) in file.rows("clients", 3)
        }
        self._aliases = {_name(alias) if alias != "openai.default" else alias: module
                         for alias, (_, module, _) in file.rows("aliases", 3)}  # fmt: skip
        self._wrappers = frozenset(_name(name) for name, _ in file.rows("wrappers", 2))
        self._symbols = {_name(name): kind for name, (_, kind, _) in file.rows("symbols", 3)}
        #: chat.completions.create's parameters → (oldest version, successor)
        self.parameters = {name: (since, instead) for name, (_, since, instead, _) in file.rows("parameters", 4)}
        #: arguments of a request in Python that are no part of its body
        self.options = frozenset(file.text(file.doc, "options").split())
        self._known_parameters = frozenset(self.parameters)
        self._spelled = {spelled: name for spelled, (_, name, _) in file.rows("spelled", 3)}
        self._environment = {
            name: file.choice(role, f"environment.{name}", ENV_ROLES)
            for name, (_, role, _) in file.rows("environment", 3)
        }
        self._environment[self.target.key_variable] = "claude-key"
        self._exceptions = self._read_exceptions(file)

    def _read_endpoints(self, file: File) -> None:
        alternatives = file.table("alternatives")
        self.endpoints: dict[tuple[str, ...], Endpoint] = {}
        self._http_paths: dict[tuple[str, ...], Endpoint] = {}
        for path, (_, family, code, http, alternative, sunset, _) in file.rows("endpoints", 7):
            where = f"endpoints.{path}"
            text = file.text(alternatives, alternative, "alternatives") if alternative else ""
            endpoint = Endpoint(path, family, code, text, file.date(sunset, where), http)
            self.endpoints[tuple(path.split("."))] = endpoint
            if http:
                self._http_paths.setdefault(tuple(http.strip("/").split("/")), endpoint)
        self._stored = self.endpoints["chat", "completions", "retrieve"]
        self._legacy: dict[str, Endpoint | None] = {}
        for name, (_, path, _) in file.rows("legacy", 3):
            endpoint_or_none = self.endpoints.get(tuple(path.split(".")))
            if path and endpoint_or_none is None:
                raise file.fail(f"legacy.{name}", f"unknown endpoint {path!r}")
            self._legacy[name] = endpoint_or_none

        self._methods: dict[str, ClientMethod] = {}
        for name, (_, path, given, streams, _) in file.rows("methods", 5):
            steps = tuple(path.split("."))
            found = self.endpoint(steps)
            if found is None:
                raise file.fail(f"methods.{name}", f"unknown endpoint {path!r}")
            self._methods[name] = ClientMethod(found, steps, tuple(given.split(",")), streams == "yes")

    def _read_toolbox(self, file: File) -> None:
        toolbox = file.table("toolbox")
        file.known(toolbox, "toolbox", frozenset(
            {"source", "env-calls", "env-mappings", "json-parsers", "validators", "retries", "vendors"}
        ))  # fmt: skip
        file.source(file.text(toolbox, "source", "toolbox"), "toolbox.source")

        def words(key: str) -> frozenset[str]:
            return frozenset(map(_name, file.text(toolbox, key, "toolbox").split()))

        self._env_readers = dict.fromkeys(words("env-calls"), "call")
        self._env_readers.update(dict.fromkeys(words("env-mappings"), "mapping"))
        self._json_parsers = words("json-parsers")
        self._validators = words("validators")
        self._retries = words("retries")
        self._vendors = words("vendors")
        watch = file.table("watch")
        file.known(watch, "watch", frozenset({"source", "reads", "error-codes"}))
        self._reads = frozenset(file.text(watch, "reads", "watch").split())
        #: values of ``error.code`` that only OpenAI sends
        self.error_codes = frozenset(file.text(watch, "error-codes", "watch").split())

    @staticmethod
    def _read_exceptions(file: File) -> dict[str, frozenset[str]]:
        groups = {"all": FAILURES, "statuses": FAILURES - {"connection"}}
        found: dict[str, frozenset[str]] = {}
        allowed = FAILURES | {"409", "422"}
        for name, (_, covers, _) in file.rows("exceptions", 3):
            codes: set[str] = set()
            for part in covers.split(",") if covers else ():
                codes.update(groups.get(part) or {file.choice(part, f"exceptions.{name}", allowed)})
            found[name] = frozenset(codes)
        # npm: the classes are also properties of the client class
        for name in [name for name in found if name.startswith("openai.") and name.count(".") == 1]:
            for prefix in ("openai.OpenAI.", "openai.default.", "openai._exceptions."):
                found[prefix + name[7:]] = found[name]
        return found

    def _read_frameworks(self, file: File) -> None:
        self._frameworks: dict[str, Framework] = {}
        self._groups: dict[tuple[str, str], Framework] = {}
        tables = file.doc.get("frameworks", [])
        if not isinstance(tables, list):
            raise file.fail("frameworks", "must be a list of tables")
        keys = frozenset("library package groups model key base_url source symbols".split())
        for number, table in enumerate(tables):
            where = f"frameworks[{number}]"
            if not isinstance(table, dict):
                raise file.fail(where, "must be a table")
            file.known(table, where, keys)
            library = file.text(table, "library", where)
            package = file.text(table, "package", where)
            file.source(file.text(table, "source", where), f"{where}.source")
            groups = file.texts(table, "groups", where)
            model = file.texts(table, "model", where)
            key = file.texts(table, "key", where)
            base_url = file.texts(table, "base_url", where)
            symbols = table.get("symbols")
            if not isinstance(symbols, list):
                raise file.fail(f"{where}.symbols", "must be a list of [name, kind, default model, counterpart]")
            for row in symbols:
                if not isinstance(row, list) or len(row) != 4 or not all(isinstance(cell, str) for cell in row):
                    raise file.fail(f"{where}.symbols", f"{row!r} is not [name, kind, default model, counterpart]")
                name, kind, default, counterpart = row
                file.choice(kind, f"{where}.symbols.{name}", FRAMEWORK_KINDS)
                symbol = f"{package}.{name}"
                made = Framework(symbol, library, counterpart, model, key, base_url, default, kind)
                if _name(symbol) in self._frameworks:
                    raise file.fail(f"{where}.symbols.{name}", "is there twice")
                self._frameworks[_name(symbol)] = made
                for group in groups:
                    self._groups.setdefault((group, name), made)

    @cached_property
    def targets(self) -> dict[str, Target]:
        """All targets that come with the package, and the configured one, by id."""
        found = {name: read_target(name, HERE, dict(self.sources)) for name in SHIPPED}
        found[self.target.id] = self.target
        return found

    # ---- symbols

    @lru_cache(maxsize=8192)  # noqa: B019
    def canonical(self, dotted: str) -> str:
        """The name under ``openai`` of what another module re-exports (``langfuse.openai``)."""
        name = dotted.replace("/", ".")
        head = name
        while head:
            module = self._aliases.get(head)
            # a client class as such stays what it is; names below it are the module's
            if module is not None and (head != name or not name.startswith("openai")):
                return self.canonical(module + name[len(head) :])
            head = head.rpartition(".")[0]
        return name

    @lru_cache(maxsize=8192)  # noqa: B019
    def client_class(self, dotted: str) -> ClientClass | None:
        """The OpenAI client class of a dotted name; ``openai.default`` is npm's default export."""
        found = self._clients.get(dotted)
        if found is None and "penai" in dotted:
            found = self._clients.get(self.canonical(dotted))
        return found

    @lru_cache(maxsize=8192)  # noqa: B019
    def framework(self, dotted: str) -> Framework | None:
        """A wrapper of another library, also under its older import paths."""
        name = _name(dotted)
        found = self._frameworks.get(name)
        if found is None and "." in name:
            last = name.rpartition(".")[2]
            # npm's langchain/llms/openai has names of its own, not those of Python's langchain.llms.openai
            found = self._groups.get((dotted.partition("/")[0] + "/", last))
            found = found or self._groups.get((name.partition(".")[0], last))
        return found

    @cached_property
    def callee_names(self) -> frozenset[str]:
        """Last names of what builds or wraps a client, and of methods that only one class of them has."""
        names = {*self._clients, *self._frameworks, *self._wrappers, *self._methods}
        return frozenset(name.rpartition(".")[2] for name in names)

    @cached_property
    def import_roots(self) -> frozenset[str]:
        """First names of the modules whose functions and classes are known."""
        names = {*self._clients, *self._aliases, *self._frameworks, *self._wrappers, *self._symbols}
        names.update(first for first, _ in self._groups)
        return frozenset(map(import_root, names))

    def wrapper(self, dotted: str) -> str:
        """``client`` for a call that gives back the client it is given first, else ""."""
        return "client" if _name(dotted) in self._wrappers else ""

    def endpoint(self, path: tuple[str, ...]) -> Endpoint | None:
        """The endpoint of a method path.

        Args:
            path: snake_case names without client and wrappers,
                ``("beta", "threads", "create")``; the longest known prefix counts.
        """
        for length in range(min(len(path), 4), 0, -1):
            found = self.endpoints.get(path[:length])
            if found is not None:
                return found
        return None

    @lru_cache(maxsize=1024)  # noqa: B019
    def http_endpoint(self, url_path: str) -> Endpoint | None:
        """The endpoint of a URL or its path: ``/v1/embeddings``, ``/engines/x/completions``,
        ``/openai/deployments/x/chat/completions?api-version=…``.
        """
        path = re.sub(r"\A[a-z]+://[^/]*", "", url_path, flags=re.IGNORECASE)
        steps = [step for step in re.split(r"[?#]", path, maxsplit=1)[0].split("/") if step]
        while steps and (steps[0] in ("openai", "api") or re.fullmatch(r"v\d+(?:beta\d*)?", steps[0])):
            del steps[0]
        if steps and steps[0] in ("deployments", "engines"):
            if len(steps) < 3:
                return self.endpoints.get(("models",)) if steps[0] == "engines" else None
            del steps[:2]
        for length in range(min(len(steps), 3), 0, -1):
            found = self._http_paths.get(tuple(steps[:length]))
            if found is not None:
                if found.path == "chat.completions" and len(steps) > length:
                    return self._stored
                return found
        # /v1/davinci-codex/completions: an engine of the first years
        if len(steps) == 2 and steps[1] == "completions":
            return self.endpoints["completions",]
        return None

    def client_method(self, symbol: str, name: str) -> ClientMethod | None:
        """A method that only one class of clients has: ``getChatCompletions`` of ``@azure/openai.OpenAIClient``."""
        return self._methods.get(f"{symbol}.{name}")

    @lru_cache(maxsize=8192)  # noqa: B019
    def legacy(self, dotted: str) -> Endpoint | None:
        """The endpoint of a call of Python < 1.0 (``openai.Embedding.acreate``) or of a
        method name of npm 3 (``createEmbedding``, with or without anything before it).
        """
        name = self._module_name(dotted)
        first, _, rest = name.partition(".")
        if first == "openai" and rest:
            return self._legacy.get(rest.partition(".")[0]) or self._legacy.get(rest)
        if dotted.startswith(".") and _OWN_FUNCTION.fullmatch(dotted):
            return None
        owner, _, last = name.rpartition(".")
        if owner and not _NPM_3_ALONE.match(last) and not _OF_OPENAI.search(owner):
            return None
        return self._legacy.get(last) if last[:1].islower() and "_" not in last else None

    def _module_name(self, dotted: str) -> str:
        # not through openai.OpenAI: TypeScript has types below it, OpenAI.ChatCompletion,
        # that share their names with the classes of Python < 1.0
        if dotted == "openai" or dotted.startswith(("openai.", "openai/")):
            return dotted.replace("/", ".")
        return self.canonical(dotted)

    @lru_cache(maxsize=8192)  # noqa: B019
    def symbol_kind(self, dotted: str) -> str:
        """``legacy`` (Python < 1.0, npm 3), ``tokenizer``, ``realtime`` or ""."""
        name = _name(self._module_name(dotted))
        first, _, rest = name.partition(".")
        if first == "openai":
            if not rest:
                return ""
            if rest.partition(".")[0] in self._legacy and rest[:1].isupper():
                return "legacy"
            if name.rpartition(".")[2].startswith("OpenAIRealtime"):
                return "realtime"
        while name:
            kind = self._symbols.get(name)
            if kind is not None:
                # openai/error is a module of npm's package to this day, openai.error is gone
                return kind if kind != "legacy" or "/" not in dotted else ""
            name = name.rpartition(".")[0]
        return ""

    # ---- hosts, environment, names

    @lru_cache(maxsize=1024)  # noqa: B019
    def host_owner(self, host: str) -> str:
        """Whose host a host name (also ``host:port``) is.

        Returns:
            ``target`` (the configured target's, or of a target that serves
            nothing but Claude), ``openai``, ``azure``, ``bedrock``, ``vertex``,
            ``local``, ``misspelt`` (within two edits of the target's host, or
            elsewhere in its domain; a link to the target's home page looks the
            same, so this only means something where a URL is requested), or
            ``other``.
        """
        host = host.lower().rstrip(".")
        target = self.target
        if host in target.hosts or host in self._claude_hosts:
            return "target"
        name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        if name in target.hosts or name in self._claude_hosts:
            return "target"
        if target.host_suffixes and name.endswith(target.host_suffixes):
            return "target"
        if name == "api.openai.com" or name.endswith(".api.openai.com"):
            return "openai"
        if name.endswith((".openai.azure.com", ".openai.azure.us", ".openai.azure.cn")):
            return "azure"
        if _LOCAL.match(host) or _LOCAL.match(name) or ("." not in name and ":" not in name):
            return "local"
        if _BEDROCK.match(name):
            return "bedrock"
        if _VERTEX.match(name):
            return "vertex"
        first = name.partition(".")[0]
        if name in target.domains or (
            name.endswith(tuple("." + domain for domain in target.domains)) and first not in _SITES
        ):
            return "misspelt"
        if first not in _SITES and any(
            distance(name, known, 2) <= 2 for known in target.hosts if "." in known and ":" not in known
        ):
            return "misspelt"
        return "other"

    @lru_cache(maxsize=1024)  # noqa: B019
    def env_role(self, name: str) -> str:
        """What an environment variable holds: one of :data:`ENV_ROLES`, or "".

        The target's key variable is ``claude-key``. Names with something in
        front (``VITE_OPENAI_API_KEY``) or a number behind count as keys.
        """
        role = self._environment.get(name)
        if role is not None:
            return role
        if _AZURE_KEY_LIKE.search(name):
            return "azure-key"
        if re.search(rf"_{self.target.key_variable}(?:_\d+)?\Z", name):
            return "claude-key"
        return "key" if _KEY_LIKE.search(name) else ""

    @lru_cache(maxsize=4096)  # noqa: B019
    def parameter_name(self, spelled: str) -> str:
        """An argument's name, normalised: ``baseURL`` → ``base_url``, ``engine`` → ``model``."""
        name = self._spelled.get(spelled)
        if name is not None:
            return name
        if "_" in spelled or not spelled[:1].islower() or spelled.islower():
            return spelled
        name = _HUMP.sub("_", spelled).lower()
        return self._spelled.get(name, name)

    def known_parameters(self) -> frozenset[str]:
        """Parameters of chat.completions.create in any version of the SDK."""
        return self._known_parameters

    # ---- the toolbox

    def env_reader(self, dotted: str) -> str:
        """``call`` (os.getenv), ``mapping`` (os.environ, process.env) or ""."""
        return self._env_readers.get(_name(dotted), "")

    def json_parser(self, dotted: str) -> bool:
        """It parses JSON and raises on text that is none."""
        return _name(dotted) in self._json_parsers

    def validator(self, dotted_last: str) -> bool:
        """It checks data against a schema; a dotted name or its last part."""
        return dotted_last in self._validators or dotted_last.rpartition(".")[2] in self._validators

    def retry(self, dotted: str) -> bool:
        """It retries what it wraps: known helpers, and any name with retry or backoff in it."""
        last = dotted.rpartition(".")[2].lower()
        return "retry" in last or "backoff" in last or _name(dotted) in self._retries

    @lru_cache(maxsize=8192)  # noqa: B019
    def other_vendor(self, dotted: str) -> bool:
        """A name of another vendor's package, or of what its calls give: a client of it is never OpenAI's."""
        name = _name(dotted.partition("(")[0])
        while name:
            if name in self._vendors:
                return True
            name = name.rpartition(".")[0]
        return False

    def exceptions(self) -> dict[str, frozenset[str]]:
        """Exception class → what a handler of it covers, out of :data:`FAILURES`."""
        return self._exceptions

    def covers(self, dotted: str) -> frozenset[str] | None:
        """What a handler of a class covers; None for a class that is not known."""
        found = self._exceptions.get(dotted)
        return self._exceptions.get(self.canonical(dotted)) if found is None else found

    def watch(self) -> Watch:
        """What frontends have to record: names of fields, and strings of interest."""
        return self._watch

    @cached_property
    def _watch(self) -> Watch:
        names = {self.target.key_variable, *self.error_codes}
        names.update(host for host in self.target.hosts if ":" not in host)
        names.update(self.target.domains)
        names.update(suffix.lstrip(".") for suffix in self.target.host_suffixes)
        if self.model_map:
            names.update(self.model_map)
        plain = "|".join(re.escape(name) for name in sorted(names) if name)
        variable = self.target.key_variable or "CLAUDE_API_KEY"
        first, rest = variable[0], re.escape(variable[1:])
        return Watch(
            self._reads,
            re.compile(
                r"[oO][pP][eE][nN]_?[aA][iI]|gpt-|[cC]laude|CLAUDE|[aA]nthropic|ANTHROPIC|\bsk-|T3BlbkFJ"
                r"|[bB]earer |[aA]zure|AZURE|function_call|completions|embeddings|/v1\b|/realtime"
                r"|(?:text|code)-(?:davinci|curie|babbage|ada|cushman|embedding|moderation|search|simil)"
                r"|\b(?:davinci|curie|babbage)[-:]|omni-moderation|whisper-1|tts-1|dall-e|sora-2"
                r"|codex-mini|computer-use-preview|daybreak-|bedrock|aiplatform|\bft:"
                r"|(?:\A|[/:])(?:o[134](?:-|\Z)|(?:ada|babbage|curie|davinci)(?:\Z|:))" + (f"|{plain}" if plain else "")
            ),
            self._watched_words(names) - _EVERYDAY_NAMES,
            self._everyday_names(),
            # each begins with one character: re looks for it quickly
            (re.compile(r"O(?=PEN_?AI_)\w*(?:KEY|TOKEN|SECRET|SK)"), re.compile(rf"{first}(?<=_{first}){rest}\b")),
        )

    def _everyday_names(self) -> dict[str, frozenset[str]]:
        """``Watch.imported``."""
        found: dict[str, set[str]] = {}
        legacy = (f"openai.{name}" for name in self._legacy)
        for name in (*self._clients, *self._frameworks, *self._wrappers, *self._symbols, *legacy):
            last = name.rpartition(".")[2]
            if last in _EVERYDAY_NAMES:
                found.setdefault(import_root(name), set()).add(last)
        return {"": _EVERYDAY_NAMES, **{root: frozenset(names) for root, names in found.items()}}

    @cached_property
    def chain_words(self) -> frozenset[str]:
        """Identifiers that may stand in a chain of names that ends in a call of the SDK or of a framework."""
        return self._watch.words | _EVERYDAY_NAMES

    @cached_property
    def everyday_resources(self) -> frozenset[str]:
        """Resources of a client whose names are everyday words: they are looked for where there may be one."""
        return frozenset(path[0] for path in self.endpoints if len(path) == 1) & _EVERYDAY_WORDS

    def _watched_words(self, names: set[str]) -> frozenset[str]:
        """Identifiers one of which stands wherever a fact begins."""
        found = set(self.callee_names | _STARTING_WORDS)
        for path, endpoint in self.endpoints.items():
            if endpoint.family == "stored-completions":
                continue
            word = path[0] if path[0] == "admin" else path[-1]
            found.update((word, re.sub(r"_([a-z])", lambda letter: letter[1].upper(), word)))  # npm's vectorStores
            if path[-1] in _EVERYDAY_WORDS and len(path) > 1:  # beta.agents
                found.add(path[-2])
        found.difference_update(_EVERYDAY_WORDS)
        found.update(name.partition(".")[0] for name in self._legacy)
        found.update(name.rpartition(".")[2] for name in self._symbols)
        found.update(self._environment)
        for text in (*self.openai_models, *names):
            words = [word for word in re.split(r"\W+", text) if word[:1].isalpha() or word[:1] == "_"]
            if words[:1] in (["text"], ["code"]):
                words = [word for word in words if word in _MODEL_WORDS] or words[1:]
            found.update(words[:1])
        return frozenset(found)

# ---- age


def load(
    target: str = "claudeapi",
    *,
    model_map: Mapping[str, str] | None = None,
    base_url: str = "",
    key_variable: str = "",
    root: str = ".",
) -> Catalogue:
    """The catalogue for a target; the same arguments give the same object.

    Args:
        target: one of :data:`SHIPPED`, or the path of a target file of one's
            own (``./gateway.toml``), relative to ``root``.
        model_map: OpenAI model ID → model ID as the target spells it.
        base_url, key_variable: instead of the target's own.
        root: folder that the path of a target file is relative to.

    Raises:
        CatalogueError: unknown target, or a file that cannot be used.
    """
    stamp = 0
    if target not in SHIPPED:
        path, _ = target_path(target, root, "target")
        try:
            stamp = os.stat(path).st_mtime_ns  # an editor's session sees the file change
        except OSError:
            stamp = 0
    else:
        root = ""
    pairs = tuple(sorted((model_map or {}).items()))
    return _load(target, pairs, base_url, key_variable, root, stamp)


@lru_cache(maxsize=16)
def _load(
    target: str, pairs: tuple[tuple[str, str], ...], base_url: str, key_variable: str, root: str, stamp: int
) -> Catalogue:
    sources: dict[str, Source] = {}
    found = read_target(target, root, sources)
    if base_url:
        if not re.match(r"https?://[^/]", base_url):
            raise CatalogueError(f"configuration: base_url: {base_url!r} is no http(s) URL")
        found = found._replace(base_url=base_url, hosts=tuple(dict.fromkeys((*hosts_of(base_url), *found.hosts))))
    if key_variable:
        found = found._replace(key_variable=key_variable)
    for model, wanted in pairs:
        if not isinstance(wanted, str) or not wanted:
            raise CatalogueError(f"configuration: model_map.{model}: must be a model ID")
    return Catalogue(found, sources, dict(pairs))
