"""The surface of OpenAI's SDKs and of what wraps them: clients, endpoints, parameters, exceptions, older names.

Names that look-ups take are dotted: import path and name, ``openai.AsyncOpenAI``
or ``@ai-sdk/openai.createOpenAI``. A slash of an npm package reads as a dot and
``.default`` is skipped, so that ``axios.default.post`` and ``axios.post`` are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from ..lazy import pattern
from .models import Models
from .reading import File
from .records import (
    CLIENT_KINDS,
    ENV_ROLES,
    FAILURES,
    FRAMEWORK_KINDS,
    ClientClass,
    ClientMethod,
    Endpoint,
    Framework,
    Source,
    Target,
)

#: methods of npm 3 that no other library has; of others the owner must tell (p5.createImage, storage.deleteFile)
_NPM_3_ALONE = pattern(r"create(?:Chat)?Completion\Z|create(?:Moderation|Transcription)\Z|\w*FineTune")
_OF_OPENAI = pattern(r"open_?ai|gpt|dall_?-?e|(?<![a-z-])ai(?![a-z-])", re.IGNORECASE)
_HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def import_root(dotted: str) -> str:
    """The first name of a module's: ``ai-sdk`` of ``@ai-sdk/openai.createOpenAI``."""
    return dotted.lstrip("@").partition("/")[0].partition(".")[0]


def _name(dotted: str) -> str:
    return dotted.replace("/", ".").replace(".default", "")


class Surface(Models):
    """What is known about the SDKs, for one configured target.

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
                "claude-hosts claims clients aliases wrappers endpoints legacy methods symbols parameters options"
                " spelled environment exceptions toolbox watch alternatives sources frameworks".split()
            ),
        )
        self._read_sdk(file)
        self._read_endpoints(file)
        self._read_toolbox(file)
        self._read_frameworks(file)

    # ---- reading

    def _read_sdk(self, file: File) -> None:
        self._claude_hosts = frozenset(file.texts(file.doc, "claude-hosts"))
        #: names that look like URLs of OpenAI and are none
        self.claims = frozenset(file.texts(file.doc, "claims"))
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
        file.known(toolbox, "toolbox", frozenset({
            "source", "env-calls", "env-mappings", "settings-classes", "json-parsers", "validators", "retries",
            "vendors",
        }))  # fmt: skip
        file.source(file.text(toolbox, "source", "toolbox"), "toolbox.source")

        def words(key: str) -> frozenset[str]:
            return frozenset(map(_name, file.text(toolbox, key, "toolbox").split()))

        self._env_readers = dict.fromkeys(words("env-calls"), "call")
        self._env_readers.update(dict.fromkeys(words("env-mappings"), "mapping"))
        self._settings_classes = words("settings-classes")
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
        if found is None and ("penai" in dotted or "penAI" in dotted):
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

    # ---- arguments

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

    # ---- the toolbox: libraries beside the SDK

    def env_reader(self, dotted: str) -> str:
        """``call`` (os.getenv), ``mapping`` (os.environ, process.env) or ""."""
        return self._env_readers.get(_name(dotted), "")

    def settings_class(self, dotted: str) -> bool:
        """Its fields are read from the environment under their own names."""
        return _name(dotted) in self._settings_classes

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
        name = _name(dotted).partition("(")[0]
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
