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
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from ..lazy import pattern
from ..program import Watch
from .reading import HERE, SHIPPED, File, hosts_of, read_target, target_path
from .records import (
    CLIENT_KINDS,
    ENV_ROLES,
    FAILURES,
    FRAMEWORK_KINDS,
    MODEL_KINDS,
    CatalogueError,
    ChecklistLine,
    ClaudeModel,
    ClientClass,
    Endpoint,
    Framework,
    HandTest,
    HttpCall,
    Model,
    Parameter,
    Source,
    Target,
    Trouble,
)

__all__ = [
    "SHIPPED",
    "Catalogue",
    "CatalogueError",
    "ChecklistLine",
    "ClaudeModel",
    "ClientClass",
    "Endpoint",
    "Framework",
    "HandTest",
    "HttpCall",
    "Model",
    "Parameter",
    "Source",
    "Target",
    "Trouble",
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
    r"\A(?!(?:ERR|ERROR|MISSING|INVALID|NO|HAS|IS|MSG|MESSAGE)_)(?:.*_)?(?<!VLLM_)(?<!LOCAL_)(?<!LITELLM_)"
    r"OPEN_?AI_(?:API_?|SECRET_|ACCESS_|ADMIN_)*(?:KEY|TOKEN)S?(?:_\d+)?\Z"
)
_AZURE_KEY_LIKE = pattern(r"(?:^|_)AZURE_OPEN_?AI_(?:[A-Z0-9]+_)*(?:KEY|TOKEN)(?:_\d+)?\Z")
#: a function of the project: createEmbedding of ./lib/embeddings.js, not createEmbedding of a client that ./ai exports
_OWN_FUNCTION = pattern(r"(?:.*/)?[^./]+(?:\.[cm]?[jt]sx?)?\.\w+")
_DATE_SUFFIX = pattern(r"-(?:\d{4}-\d{2}-\d{2}|\d{4})\Z")
_NOT_MODELS = ("gpt-oss", "gpt-j")
_HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FILE_END = pattern(
    r"\.(?:md|txt|json|jsonl|py|js|ts|tsx|ya?ml|toml|log|png|svg|jpg|html|csv|tsv|pkl|pdf|xlsx|sh|ipynb|com|ai|dev)\Z"
)


def import_root(dotted: str) -> str:
    """The first name of a module's: ``ai-sdk`` of ``@ai-sdk/openai.createOpenAI``."""
    return dotted.lstrip("@").partition("/")[0].partition(".")[0]


def _name(dotted: str) -> str:
    return dotted.replace("/", ".").replace(".default", "")


def _distance(one: str, two: str, limit: int) -> int:
    """Edit distance (Levenshtein), or limit + 1 when it is larger."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    above = list(range(len(two) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, other in enumerate(two, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other)))
        if min(line) > limit:
            return limit + 1
        above = line
    return above[-1]


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


class Catalogue:
    """Everything that is known, for one configured target. Made by :func:`load`.

    Look-ups take names as they are written, never raise and are cached: they
    are called for every name of every file that passes the gate.
    """

    def __init__(self, target: Target, sources: dict[str, Source], model_map: Mapping[str, str]) -> None:
        self.target = target
        #: all sources by key
        self.sources = sources
        #: the user's own OpenAI ID → model ID as the target spells it
        self.model_map = dict(model_map)
        self._read_openai()
        self._read_claude()
        self._read_sdk()

    # ---- reading

    def _take(self, name: str) -> File:
        file = File(os.path.join(HERE, name), name)
        for key, source in file.sources.items():
            if self.sources.setdefault(key, source) != source:
                raise file.fail(f"sources.{key}", "another file has a different source of this name")
        return file

    def _read_openai(self) -> None:
        file = self._take("openai_models.toml")
        file.known(file.doc, "", frozenset({"sources", "grammar", "models", "words"}))
        self.openai_models: dict[str, Model] = {}
        tiers = frozenset({"opus", "sonnet", "haiku", "none"})
        for name, (_, kind, tier, claude_tier, shutdown, source) in file.rows("models", 6):
            where = f"models.{name}"
            file.choice(kind, where, MODEL_KINDS)
            file.choice(claude_tier, where, tiers)
            file.date(shutdown, where)
            self.openai_models[name] = Model(name, kind, tier, claude_tier, shutdown, source)
        self._words = [
            (
                "" if word == "*" else word,
                Model(
                    "", file.choice(kind, f"words.{word}", MODEL_KINDS), tier,
                    file.choice(claude, f"words.{word}", tiers), "", source,
                ),
            )
            for word, (_, kind, tier, claude, source) in file.rows("words", 5)
        ]  # fmt: skip
        grammar = file.table("grammar")
        file.known(grammar, "grammar", frozenset({"model", "router", "fine-tuned", "fine-tuned-old"}))
        self._openai_id = self._pattern(file, grammar, "model")
        self._router = self._pattern(file, grammar, "router")
        self._tuned = self._pattern(file, grammar, "fine-tuned")
        self._tuned_old = self._pattern(file, grammar, "fine-tuned-old")

    def _pattern(self, file: File, table: Mapping[str, Any], key: str) -> re.Pattern[str]:
        return pattern(file.text(table, key, "grammar"))

    def _read_claude(self) -> None:
        file = self._take("claude_models.toml")
        file.known(file.doc, "", frozenset({"sources", "grammar", "models"}))
        self.claude_models: dict[str, ClaudeModel] = {}
        self._claude: dict[str, ClaudeModel] = {}
        rows = file.table("models").get("rows")
        if not isinstance(rows, list):
            raise file.fail("models.rows", "must be a list of tables")
        statuses = frozenset({"current", "legacy", "deprecated", "retired"})
        sampling = frozenset({"accepted", "one-of", "rejected"})
        prefill = frozenset({"accepted", "rejected"})
        together = frozenset({"", "rejected"})
        keys = frozenset(ClaudeModel._fields)
        for number, row in enumerate(rows):
            where = f"models.rows[{number}]"
            if not isinstance(row, dict):
                raise file.fail(where, "must be a table")
            file.known(row, where, keys)
            model = ClaudeModel(
                id=file.text(row, "id", where),
                aliases=file.texts(row, "aliases", where),
                tier=file.text(row, "tier", where),
                status=file.choice(file.text(row, "status", where), f"{where}.status", statuses),
                retires=file.date(file.text(row, "retires", where, ""), f"{where}.retires"),
                replacement=file.text(row, "replacement", where, ""),
                sampling=file.choice(file.text(row, "sampling", where), f"{where}.sampling", sampling),
                prefill=file.choice(file.text(row, "prefill", where), f"{where}.prefill", prefill),
                temperature=self._numbers(file, row, "temperature", where),
                top_p=self._numbers(file, row, "top_p", where),
                together=file.choice(file.text(row, "together", where, ""), f"{where}.together", together),
                source=file.source(file.text(row, "source", where), f"{where}.source"),
            )
            self.claude_models[model.id] = model
            for name in (model.id, *model.aliases):
                if name in self._claude:
                    raise file.fail(f"{where}.id", f"{name!r} is there twice")
                self._claude[name] = model
        for model in self.claude_models.values():
            if model.replacement and model.replacement not in self._claude:
                raise file.fail(f"models.{model.id}.replacement", f"unknown model {model.replacement!r}")
        grammar = file.table("grammar")
        names = ("bedrock", "bedrock-arn", "vertex", "databricks", "openrouter", "litellm")
        file.known(grammar, "grammar", frozenset({*names, "source", "first-party", "words", "products"}))
        self._first_party_id = self._pattern(file, grammar, "first-party")
        self._foreign = [(name.split("-")[0], self._pattern(file, grammar, name)) for name in names]
        self._claude_words = file.texts(grammar, "words", "grammar")
        self._products = frozenset(file.texts(grammar, "products", "grammar"))

    @staticmethod
    def _numbers(file: File, row: Mapping[str, Any], key: str, where: str) -> tuple[float, ...]:
        values = row.get(key, [1])
        if not isinstance(values, list) or not all(type(value) in (int, float) for value in values):
            raise file.fail(f"{where}.{key}", "must be a list of numbers")
        return tuple(float(value) for value in values)

    def _read_sdk(self) -> None:
        file = self._take("sdk.toml")
        doc = file.doc
        file.known(
            doc,
            "",
            frozenset(
                "claude-hosts clients aliases wrappers endpoints legacy symbols parameters options spelled"
                " environment exceptions http toolbox watch alternatives sources frameworks".split()
            ),
        )
        self._claude_hosts = frozenset(file.texts(doc, "claude-hosts"))
        self._clients = {
            name: ClientClass(name, file.choice(kind, f"clients.{name}", CLIENT_KINDS))
            for name, (_, kind, _) in file.rows("clients", 3)
        }
        self._aliases = {_name(alias) if alias != "openai.default" else alias: module
                         for alias, (_, module, _) in file.rows("aliases", 3)}  # fmt: skip
        self._wrappers = frozenset(_name(name) for name, _ in file.rows("wrappers", 2))
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
        self._symbols = {_name(name): kind for name, (_, kind, _) in file.rows("symbols", 3)}
        #: chat.completions.create's parameters → (oldest version, successor)
        self.parameters = {name: (since, instead) for name, (_, since, instead, _) in file.rows("parameters", 4)}
        #: arguments of a request in Python that are no part of its body
        self.options = frozenset(file.text(doc, "options").split())
        self._known_parameters = frozenset(self.parameters)
        self._spelled = {spelled: name for spelled, (_, name, _) in file.rows("spelled", 3)}
        self._environment = {
            name: file.choice(role, f"environment.{name}", ENV_ROLES)
            for name, (_, role, _) in file.rows("environment", 3)
        }
        self._environment[self.target.key_variable] = "claude-key"
        self._http_calls = {
            _name(name): HttpCall(verb, url, tuple(body.split(",")) if body else (), options)
            for name, (_, verb, url, body, options, _) in file.rows("http", 6)
        }
        self._exceptions = self._read_exceptions(file)
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
        self._read_frameworks(file)

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

    # ---- models

    @cached_property
    def targets(self) -> dict[str, Target]:
        """All targets that come with the package, and the configured one, by id."""
        found = {name: read_target(name, HERE, dict(self.sources)) for name in SHIPPED}
        found[self.target.id] = self.target
        return found

    @lru_cache(maxsize=8192)  # noqa: B019 - catalogues are cached for the process anyway
    def openai_model(self, text: str) -> Model | None:
        """The OpenAI model that a whole literal names, or None.

        Knows router prefixes (``openai/gpt-4o``), Azure's ``gpt-35-turbo`` and
        variants that no row lists (``gpt-4o-2031-01-01`` is like ``gpt-4o``,
        with no shutdown date). Bare words (``ada``, ``o1``) are models too: the
        caller looks at what stands around them. Fine-tunes are not models here.
        """
        exact = self.openai_models.get(text)
        if exact is not None:
            return exact
        if len(text) > 100 or text.startswith(_NOT_MODELS):
            return None
        prefix = self._router.match(text)
        if prefix is not None:
            return self.openai_model(text[prefix.end() :])
        if self._openai_id.fullmatch(text) is None or _FILE_END.search(text):
            return None
        name = text.replace("gpt-35-", "gpt-3.5-") if text.startswith("gpt-35") else text
        while "-" in name:
            known = self.openai_models.get(name)
            if known is not None:
                words = name.split("-")
                # "gpt-4-mini" is no gpt-4: what a new word says comes first
                added = text[len(name) :].split("-") if text.startswith(name) else []
                other = next((row for word, row in self._words if word and word in added), None)
                if other is not None and not any(word in words for word, _ in self._words if word):
                    return other._replace(id=text)
                return known._replace(id=text, shutdown="")
            name = name.rpartition("-")[0]
        parts = text.split("-")
        for word, row in self._words:
            if not word or word in parts:
                return row._replace(id=text)
        return None

    def router_prefix(self, text: str) -> str:
        """``openai/``, ``openai:``, ``azure/`` … in front of an OpenAI model's name, else ""."""
        prefix = self._router.match(text)
        if prefix is None:
            return ""
        rest = text[prefix.end() :]
        if self.openai_model(rest) is None and self.fine_tuned(rest) is None:
            return ""
        return prefix[0]

    @lru_cache(maxsize=1024)  # noqa: B019
    def fine_tuned(self, text: str) -> str | None:
        """The base model of a fine-tuned OpenAI model's name, else None."""
        prefix = self._router.match(text)
        if prefix is not None:
            text = text[prefix.end() :]
        match = self._tuned.fullmatch(text)
        if match is not None:
            return match[1] if self.openai_model(match[1]) is not None else None
        match = self._tuned_old.fullmatch(text)
        return match[1] if match is not None else None

    def claude_model(self, text: str) -> ClaudeModel | None:
        """The model of a first-party ID or alias, exactly as written, else None."""
        return self._claude.get(text)

    def well_formed_claude(self, text: str) -> bool:
        """It has the form of a first-party ID, known or not (a model newer than the table)."""
        return self._first_party_id.fullmatch(text) is not None

    @lru_cache(maxsize=1024)  # noqa: B019
    def foreign_claude(self, text: str) -> tuple[str, str] | None:
        """A Claude ID in another platform's spelling.

        Returns:
            The platform (``bedrock``, ``vertex``, ``openrouter``, ``litellm``,
            ``databricks``) and the first-party ID, "" if that is not known; None
            for first-party IDs, for the target's own spelling and for anything
            else.
        """
        if "claude" not in text or len(text) > 300 or text in self._claude:
            return None
        for platform, known in self._foreign:
            match = known.fullmatch(text)
            if match is None:
                continue
            if platform == "openrouter" and not re.search(r"\d\.\d|^~|:", text):
                platform = "litellm"  # without dots both write the same
                if self.target.grammar == "openrouter":
                    return None
            if platform == self.target.grammar:
                return None
            return platform, self._first_party(match[1])
        return None

    def _first_party(self, name: str) -> str:
        """The known ID behind a platform's spelling of a name, or ""."""
        name = name.rpartition(".")[2] if name.startswith(("anthropic.", "us.", "eu.")) else name
        name = name.removeprefix("databricks-").partition(":")[0]
        name = re.sub(r"@(?:default|latest)\Z", "", name).replace("@", "-")
        if name.count("-") > 1:
            name = re.sub(r"-v\d+(?=-\d{8}\Z|\Z)", "", name)
        for form in self._forms(name):
            if form in self._claude:
                return form
        for form in self._forms(name):
            for known in (f"{form}-latest", *self._claude):
                if known in self._claude and re.fullmatch(re.escape(form) + r"-(?:latest|\d{8})", known):
                    return known
        return ""

    def _forms(self, name: str) -> tuple[str, ...]:
        """A name, with dashes for dots, and with version and tier in today's order."""
        dashed = name.replace(".", "-").replace("_", "-")
        undated = re.sub(r"-(?:\d{8}|latest)\Z", "", dashed)
        match = re.fullmatch(r"claude-(\d{1,2}(?:-\d)?)-([a-z]+)((?:-\d{8}|-latest)?)", dashed)
        turned: tuple[str, ...] = ()
        if match is not None:
            version = match[1] if "-" in match[1] else match[1] + "-0"
            turned = (f"claude-{match[2]}-{match[1]}{match[3]}", f"claude-{match[2]}-{version}")
        back = re.fullmatch(r"claude-([a-z]+)-(\d(?:-\d)?)((?:-\d{8}|-latest)?)", dashed)
        if back is not None:
            turned = (*turned, f"claude-{back[2]}-{back[1]}{back[3]}")
        return (name, dashed, undated, *turned)

    @lru_cache(maxsize=1024)  # noqa: B019
    def looks_like_claude(self, text: str) -> bool:
        """A whole literal that is meant as a first-party Claude ID, right or wrong.

        It wants a tier's word (also misspelt by a letter) or nothing but version
        numbers: ``claude-code``, ``claude-desktop`` and file names are none.
        """
        if not text.startswith("claude-") or not 7 < len(text) <= 80 or _FILE_END.search(text):
            return False
        if re.fullmatch(r"[a-z0-9.@:_-]+", text) is None:
            return False
        if text in self._claude:
            return True
        words = re.split(r"[-.@:_]", text)[1:]
        if words[0] in self._products:
            return False
        if any(_distance(word, known, 1) <= 1 for word in words if len(word) > 3 for known in self._claude_words):
            return True
        plain = re.compile(r"v?\d{1,2}|\d{8}|latest|preview|next|\d+k|v\d+")
        return words[0].lstrip("v").isdigit() and all(plain.fullmatch(word) for word in words)

    @lru_cache(maxsize=256)  # noqa: B019
    def closest_claude(self, text: str) -> str:
        """The served model that a wrong Claude ID means, or "" if nothing is near.

        A name close to a retired model gives the model that replaces it, so
        that the suggestion can be used as it is.
        """
        name = text.lower()
        found = self.foreign_claude(name)
        known = (found[1] if found else "") or self._first_party(name)
        if not known and re.search(r"\d", name):
            known = self._nearest(self._forms(name))
        if not known:
            # no version, or none that is near: "claude-sonnet"
            tier = next((word for word in re.split(r"[-._]", name) if word in self._claude_words), "")
            known = self.target.tiers.get(tier, "")
            if known not in self._claude:
                known = next((model.id for model in self.claude_models.values() if model.tier == tier), "")
        for _ in range(5):
            model = self._claude.get(known)
            if model is None or model.status != "retired" or not model.replacement:
                break
            known = model.replacement
        return known

    def _nearest(self, forms: tuple[str, ...]) -> str:
        ranks = {"current": 0, "legacy": 0, "deprecated": 1, "retired": 2}
        best = ""
        rank = (100, 0, 0)
        for number, (candidate, known) in enumerate(self._near_names):
            for form in forms:
                limit = 3 if len(form) > 12 else 1
                far = _distance(form, candidate, limit)
                this = (far, ranks[self._claude[known].status], number)
                if far <= limit and this < rank:
                    best, rank = known, this
        return best

    @cached_property
    def _near_names(self) -> list[tuple[str, str]]:
        """What a misspelt ID is compared with: IDs, aliases, also without date, newest first."""
        names: dict[str, str] = {}
        for name in self._claude:
            for form in (name, re.sub(r"-(?:\d{8}|latest)\Z", "", name)):
                names.setdefault(form.replace(".", "-"), name)
        return list(names.items())

    @lru_cache(maxsize=1024)  # noqa: B019
    def replacement(self, text: str) -> str:
        """The model to use for an OpenAI model, as the target spells it; "" if there is none.

        The user's map comes first, then the target's pairs, then its model for
        the tier. Dated snapshots follow the model that they are of. A router's
        prefix in ``text`` is ignored: the caller decides what becomes of it.
        """
        prefix = self.router_prefix(text)
        name = text[len(prefix) :]
        name = self.fine_tuned(name) or name
        plain = _DATE_SUFFIX.sub("", name)
        for key in (text, name, plain):
            if key in self.model_map:
                return self.model_map[key]
        for key in (name, plain):
            if key in self.target.models:
                return self.spell(self.target.models[key])
        model = self.openai_model(name)
        if model is None or model.claude_tier == "none":
            return ""
        return self.spell(self.target.tiers[model.claude_tier])

    def spell(self, first_party_id: str) -> str:
        """A first-party ID in the target's spelling; other text as it is.

        OpenRouter writes versions with a dot and no date, LiteLLM puts the
        provider in front, Databricks its own name.
        """
        grammar = self.target.grammar
        if grammar == "first-party" or self._first_party_id.fullmatch(first_party_id) is None:
            return first_party_id
        if grammar == "litellm":
            return "anthropic/" + first_party_id
        undated = re.sub(r"-(?:\d{8}|latest)\Z", "", first_party_id)
        if grammar == "openrouter":
            return "anthropic/" + re.sub(r"(\d)-(\d)", r"\1.\2", undated)
        return "databricks-" + undated.replace(".", "-")

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
            first, _, rest = name.partition(".")
            found = self._groups.get((first, rest.rpartition(".")[2]))
        return found

    @cached_property
    def callee_names(self) -> frozenset[str]:
        """Last names of the classes and functions that build or wrap a client."""
        names = {*self._clients, *self._frameworks, *self._wrappers}
        return frozenset(name.rpartition(".")[2] for name in names)

    @cached_property
    def import_roots(self) -> frozenset[str]:
        """First names of the modules whose functions and classes are known."""
        names = {*self._clients, *self._aliases, *self._frameworks, *self._wrappers, *self._symbols}
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
        path = re.sub(r"\A[a-z]+://[^/]*", "", url_path)
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
        last = name.rpartition(".")[2]
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
            _distance(name, known, 2) <= 2 for known in target.hosts if "." in known and ":" not in known
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

    def http_call(self, dotted: str) -> HttpCall | None:
        """How a function of an HTTP library takes URL and body, or None."""
        return self._http_calls.get(_name(dotted))

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
        """A name of another vendor's package: a client of it is never OpenAI's."""
        name = _name(dotted)
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
            (re.compile(r"O(?=PEN_?AI_)\w*(?:KEY|TOKEN)"), re.compile(rf"{first}(?<=_{first}){rest}\b")),
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

    # ---- the checklist

    def checklist(self) -> tuple[ChecklistLine, ...]:
        """The migration checklist, with the target's own URL and name."""
        file = self._check_file
        runtime = file.doc.get("runtime")
        if not isinstance(runtime, list) or any(type(number) is not int for number in runtime):
            raise file.fail("runtime", "must be a list of the numbers of lines")
        return tuple(
            ChecklistLine(int(row[0]), self._fill(row[1]), row[2], tuple(row[3]), row[4], row[0] in runtime)
            for row in self._check_rows("checklist", 5)
        )

    def troubleshooting(self) -> tuple[Trouble, ...]:
        """The guide's troubleshooting table, with the target's own URL and names."""
        return tuple(
            Trouble(self._fill(row[0]), self._fill(row[1]), self._fill(row[2]), row[3], tuple(row[4]), row[5])
            for row in self._check_rows("troubleshooting", 6)
        )

    def hand_tests(self) -> tuple[HandTest, ...]:
        """What is to be tried by hand, as commands for the configured target."""
        file, found = self._check_file, []
        rows = file.doc.get("tests")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise file.fail("tests", "must be a list of tables")
        for number, row in enumerate(rows):
            where = f"tests[{number}]"
            file.known(row, where, frozenset(HandTest._fields))
            lines = row.get("lines")
            if not isinstance(lines, list) or any(type(line) is not int for line in lines):
                raise file.fail(f"{where}.lines", "must be a list of the numbers of lines")
            texts = {key: file.text(row, key, where, "" if key == "powershell" else None).strip("\n")
                     for key in HandTest._fields if key != "lines"}  # fmt: skip
            file.source(texts["source"], f"{where}.source")
            found.append(HandTest(lines=tuple(lines), **{key: self._fill(text) for key, text in texts.items()}))
        return tuple(found)

    def _fill(self, text: str) -> str:
        target = self.target
        # not str.format: the texts hold JSON
        for name, value in (
            ("base_url", target.base_url.rstrip("/")), ("name", target.name), ("key", target.key_variable),
            ("model", self.spell(target.tiers["sonnet"])),
        ):  # fmt: skip
            text = text.replace(f"{{{name}}}", value)
        return text

    @cached_property
    def _check_file(self) -> File:
        file = self._take("checklist.toml")
        file.known(file.doc, "", frozenset({"sources", "runtime", "checklist", "troubleshooting", "tests"}))
        return file

    def _check_rows(self, key: str, width: int) -> list[list[Any]]:
        file = self._check_file
        rows = file.table(key).get("rows")
        if not isinstance(rows, list):
            raise file.fail(f"{key}.rows", "must be a list")
        for number, row in enumerate(rows):
            where = f"{key}.rows[{number}]"
            if not isinstance(row, list) or len(row) != width:
                raise file.fail(where, f"must be a list of {width}")
            first = int if key == "checklist" else str
            kinds = (first, *[str] * (width - 3), list, str)
            if any(type(cell) is not kind for cell, kind in zip(row, kinds)):
                raise file.fail(where, "a cell has the wrong type")
            if any(re.fullmatch(r"CLC\d{1,3}", code) is None for code in row[-2]):
                raise file.fail(where, "codes are CLC and one to three digits")
            file.source(row[-1], where)
        return rows

    # ---- age

    def read_dates(self) -> dict[str, str]:
        """Part of the catalogue → ISO date on which the newest of its sources was read."""

        def newest(keys: Iterable[str]) -> str:
            return max(self.sources[key].read for key in keys)

        target = self.target
        rows = (row.source for row in target.parameters.values() if row.owner == target.id)
        return {
            "OpenAI's models": newest(model.source for model in self.openai_models.values()),
            "Claude's models": newest(model.source for model in self.claude_models.values()),
            f"the target {target.id}": newest((target.source, *rows)),
        }


# --------------------------------------------------------------------- load


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
