"""What to look for in files: the words that facts begin with, for one configured target."""

from __future__ import annotations

import re
from functools import cached_property

from ..program import Watch
from .surface import Surface, import_root

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


class Watching(Surface):
    """What frontends have to look for, out of all that is known about SDKs and models."""

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
