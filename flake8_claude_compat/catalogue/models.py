"""Names of models: which OpenAI and Claude models there are, and what a name means on a target."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from ..lazy import pattern
from .reading import HERE, File
from .records import MODEL_KINDS, ClaudeModel, Model, Source, Target

_DATE_SUFFIX = pattern(r"-(?:\d{4}-\d{2}-\d{2}|\d{4})\Z")
_NOT_MODELS = ("gpt-oss", "gpt-j")
_DIRECT = pattern(r"anthropic(?:/|:(?:messages:)?)(?=claude-)")
_FILE_END = pattern(
    r"\.(?:md|txt|json|jsonl|py|js|ts|tsx|ya?ml|toml|log|png|svg|jpg|html|csv|tsv|pkl|pdf|xlsx|sh|ipynb|com|ai|dev)\Z"
)


def distance(one: str, two: str, limit: int) -> int:
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


class Models:
    """What is known about models, for one configured target."""

    def __init__(self, target: Target, sources: dict[str, Source], model_map: Mapping[str, str]) -> None:
        self.target = target
        #: all sources by key
        self.sources = sources
        #: the user's own OpenAI ID → model ID as the target spells it
        self.model_map = dict(model_map)
        self._read_openai()
        self._read_claude()

    # ---- reading

    def take(self, name: str) -> File:
        """A file of the catalogue, whose sources are known from now on."""
        file = File(os.path.join(HERE, name), name)
        for key, source in file.sources.items():
            if self.sources.setdefault(key, source) != source:
                raise file.fail(f"sources.{key}", "another file has a different source of this name")
        return file

    def _read_openai(self) -> None:
        file = self.take("openai_models.toml")
        file.known(file.doc, "", frozenset({"sources", "grammar", "models", "words"}))
        self.openai_models: dict[str, Model] = {}
        tiers = frozenset({"opus", "sonnet", "haiku", "none"})
        for name, (_, kind, tier, claude_tier, shutdown, source) in file.rows("models", 6):
            where = f"models.{name}"
            file.choice(kind, where, MODEL_KINDS)
            file.choice(claude_tier, where, tiers)
            file.date(shutdown, where)
            self.openai_models[name] = Model(name, kind, tier, claude_tier, shutdown, source)
        self._openai_words: frozenset[str] = frozenset()
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
        file = self.take("claude_models.toml")
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

    # ---- OpenAI's

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

    def is_coined(self, text: str) -> bool:
        """A word in the name of an OpenAI model that no name of OpenAI's has: ``gpt-4o-prod``, ``gpt-4-with-ocr``."""
        if not self._openai_words:
            names = (*self.openai_models, *(word for word, _ in self._words), "preview", "latest")
            self._openai_words = frozenset(word for name in names for word in name.split("-"))
        words = text[len(self.router_prefix(text)) :].split("-")
        return any(word.isalpha() and word not in self._openai_words for word in words)

    def router_prefix(self, text: str) -> str:
        """``openai/``, ``openai:``, ``azure/`` … in front of an OpenAI model's name, else ""."""
        prefix = self._router.match(text)
        if prefix is None:
            return ""
        rest = text[prefix.end() :]
        if self.openai_model(rest) is None and self.fine_tuned(rest) is None:
            return ""
        return prefix[0]

    def routes_to_openai(self, text: str) -> bool:
        """Whether what stands in front of a model's name, ``openai/`` or ``azure/``, sends it to OpenAI."""
        return self._router.match(text) is not None

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

    # ---- Claude

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

    def direct_claude(self, text: str) -> tuple[str, str] | None:
        """What a router or a tool calls a model at Anthropic's own API: the prefix (``anthropic/``), the model's ID."""
        match = _DIRECT.match(text)
        return (match[0], text[match.end() :]) if match is not None and text[match.end() :] in self._claude else None

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
        if any(distance(word, known, 1) <= 1 for word in words if len(word) > 3 for known in self._claude_words):
            return True
        plain = re.compile(r"v?\d{1,2}|\d{8}|latest|preview|next|\d+k|v\d+")
        return words[0].lstrip("v").isdigit() and all(plain.fullmatch(word) for word in words)

    def names_claude(self, text: str) -> bool:
        """A whole literal that is meant as a Claude model, right or wrong, in anybody's spelling."""
        if self.looks_like_claude(text):
            return True
        return self.foreign_claude(text) is not None or self.direct_claude(text) is not None

    def names_model(self, text: str) -> bool:
        """A whole literal that names a model of either side."""
        return self.openai_model(text) is not None or self.fine_tuned(text) is not None or self.names_claude(text)

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
                far = distance(form, candidate, limit)
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

    def price(self, model: str) -> tuple[float, float] | None:
        """USD per million tokens in and out, where the target states it; the model in any spelling."""
        prices = self.target.prices
        if model in prices:
            return prices[model]
        return next((price for name, price in prices.items() if self.spell(name) == model), None)
