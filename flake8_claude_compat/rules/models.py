"""CLC3: the model is one that the target serves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..catalogue import ClaudeModel, Framework, Target
from ..catalogue import Model as OpenAIModel
from ..facts import CLAUDE, OTHER, Arguments, Client, Facts, ModelName, constant, is_nothing
from ..findings import (
    ERROR,
    INFO,
    SAFE,
    SHOW_ONLY,
    UNSAFE,
    WARNING,
    AddArgument,
    Change,
    Finding,
    SetText,
    last,
)
from ..lazy import pattern
from . import Context, Rule
from .clients import framework_of, is_router, target_of

#: kinds of OpenAI models that write text, which a Claude model can take over
TEXT_KINDS = frozenset({
    "chat", "reasoning", "codex", "search-chat", "deep-research", "computer-use",
    "legacy-completion",
})  # fmt: skip

#: those of them that do something besides, or are asked in another way
_MORE_KINDS = frozenset({"search-chat", "deep-research", "computer-use", "legacy-completion"})

#: a Claude model is reported this long before it retires
NOTICE = timedelta(days=90)

# -------------------------------------------------------------- replacements


def routed(model: ModelName) -> bool:
    """The name's prefix sends it to OpenAI; CLC016 reports it, not CLC301."""
    if not model.prefix:
        return False
    client = model.sender
    if client is None:
        return model.request is not None and model.request.transport == "framework"
    # "openai/" in front of a name that LiteLLM sends to the target is right
    return client.kind == "framework" and client.target != CLAUDE


def suggestion(model: ModelName, ctx: Context) -> str:
    """The Claude model to use in place of an OpenAI name, as it is to be
    written there; "" where there is none."""
    client = model.sender
    spelled = ctx.catalogue.replacement(model.text)
    first = _first_party(spelled, ctx)
    if not spelled:
        return ""
    if is_router(client) and client is not None and client.target == CLAUDE:
        return model.prefix + first
    if routed(model) or is_router(client) or (model.prefix and client is None):
        separator = model.prefix[-1:] or _separator(framework_of(client))
        # a hub in front of it stays: openrouter/openai/ → openrouter/anthropic/
        hub = model.prefix.partition("openai")[0] if "openai" in model.prefix else ""
        if hub[-1:].isalnum() or hub.endswith("_"):  # azure_openai: is a name of its own
            hub = ""
        return f"{hub}anthropic{separator}{first}"
    target = target_of(client, ctx)
    return spelled if target.id == ctx.target.id else spell(first, target, ctx)


def _separator(framework: Framework | None) -> str:
    library = framework.library.lower() if framework else ""
    return ":" if "langchain" in library or "pydantic" in library else "/"


def _first_party(text: str, ctx: Context) -> str:
    foreign = ctx.catalogue.foreign_claude(text)
    return (foreign[1] if foreign else "") or text


def spell(model: str, target: Target, ctx: Context) -> str:
    """A first-party ID in the grammar of a target."""
    return ctx.catalogue.spell(model) if target.id == ctx.target.id else model


def rejects_sampling(model: ClaudeModel, args: Arguments) -> bool:
    """A Claude model answers 400 to these arguments' temperature or top_p."""
    sent = {
        name: constant(arg.value)
        for name in ("temperature", "top_p")
        if (arg := args.find(name)) is not None and not is_nothing(arg.value)
    }
    if model.sampling == "one-of":
        return len(sent) == 2
    if model.sampling != "rejected":
        return False
    allowed = {"temperature": model.temperature or (1.0,), "top_p": model.top_p or (1.0,)}
    return any(value not in allowed[name] for name, value in sent.items())


def _replace(model: ModelName, text: str, ctx: Context) -> tuple[tuple[Change, ...], str]:
    """The change to another model's name, and how safe it is."""
    if not text:
        return (), SHOW_ONLY
    changes = (SetText(model.span, text),)
    # what a table says of one model is not so of another, a part of names is none of those, and a tokenizer knows
    # OpenAI's models alone
    if model.role in ("key", "part", "counted"):
        return changes, SHOW_ONLY
    # a list may hold two names that become one; a comparison needs a look
    if model.role not in ("request", "default"):
        return changes, UNSAFE
    # with another prefix a router takes another way, and needs another key
    if not text.startswith(model.prefix):
        return changes, UNSAFE
    # of another library's class, Azure's or an old package's it changes together with the class
    client = model.sender
    if client is not None and client.kind in ("framework", "azure", "legacy"):
        return changes, UNSAFE
    if model.accompanied:  # it changes together with the key, URL or provider
        return changes, UNSAFE
    claude = ctx.catalogue.claude_model(_first_party(text.removeprefix(model.prefix), ctx))
    if model.request is not None and claude and rejects_sampling(claude, model.request.args):
        return changes, UNSAFE
    return changes, SAFE


def _severity(model: ModelName) -> str:
    return ERROR if model.role in ("request", "default") else WARNING


def _target_id(client: Client | None, ctx: Context) -> str:
    return target_of(client, ctx).id


# ---------------------------------------------------------- CLC301 to CLC303


def openai_model_names(facts: Facts, ctx: Context) -> Iterator[Finding]:
    found = []
    for model in facts.models:
        known = ctx.catalogue.openai_model(model.text)
        if known is not None and known.kind in TEXT_KINDS and not routed(model) and not model.tokenizer:
            found.append((model, known, suggestion(model, ctx)))
    compared: dict[str, set[str]] = {}
    for model, _, use in found:
        if model.role == "compare":
            compared.setdefault(use, set()).add(model.text)
    # what nothing in the file sends is one thing wherever it is named: a default and the table that it is looked up in
    named = {model.text for model, _, use in found if _is_loose(model) and _replace(model, use, ctx)[1] != SAFE}
    for model, known, use in found:
        target = _target_id(model.client, ctx)
        advice = f"use '{use}' on {target}" if use else f"{target} has no counterpart"
        message = f"OpenAI model '{model.text}'{shutdown(known, ctx.today)}: {advice}"
        changes, safety = _replace(model, use, ctx)
        if model.role == "compare" and len(compared[use]) > 1:
            safety = SHOW_ONLY  # what two names tell apart, one does not
        elif model.role != "request" and ctx.catalogue.is_coined(model.text):
            safety = SHOW_ONLY  # a name of the project's own
        elif known.kind in _MORE_KINDS or (_is_loose(model) and model.text in named):
            safety = last((safety, UNSAFE))
        # OpenAI serves no Claude model: the name goes to the target with what it is sent by, or stays with it
        safety = last((safety, ctx.moves.of_model(model, ctx)))
        yield Finding(
            "CLC301", model.span, message, _severity(model), changes, safety, ctx.moves.place_of(model, ctx)
        )


def own_safety(model: ModelName, ctx: Context) -> str:
    """How safely an OpenAI model that is sent is replaced, whatever becomes of what sends it; safe for other names."""
    known = ctx.catalogue.openai_model(model.text)
    if known is None or known.kind not in TEXT_KINDS or routed(model):
        return SAFE
    return UNSAFE if known.kind in _MORE_KINDS else _replace(model, suggestion(model, ctx), ctx)[1]


def _is_loose(model: ModelName) -> bool:
    """Nothing in the file is seen to send it."""
    return model.request is None and model.client is None


def shutdown(model: OpenAIModel, today: date) -> str:
    """When OpenAI shuts a model down, with a space before it; "" if unknown."""
    if not model.shutdown:
        return ""
    if date.fromisoformat(model.shutdown) <= today:
        return f" (shut down {model.shutdown})"
    return f" (OpenAI shuts it down on {model.shutdown})"


_ONLY = {
    "embedding": "embedding", "image": "image", "audio-chat": "audio", "audio-in": "speech-to-text",
    "tts": "text-to-speech", "realtime": "realtime", "moderation": "moderation", "video": "video",
}  # fmt: skip


def openai_only_model(model: ModelName, ctx: Context) -> Iterator[Finding]:
    known = ctx.catalogue.openai_model(model.text)
    if known is None or known.kind in TEXT_KINDS or model.tokenizer:
        return
    kind = _ONLY.get(known.kind, known.kind)
    message = (
        f"OpenAI {kind} model '{model.text}'{shutdown(known, ctx.today)}: "
        f"{_target_id(model.client, ctx)} serves no {kind} models, keep another service for it"
    )
    yield Finding("CLC302", model.span, message, _severity(model))


def fine_tuned_model(model: ModelName, ctx: Context) -> Iterator[Finding]:
    base = ctx.catalogue.fine_tuned(model.text)
    if base is None or model.tokenizer:
        return
    use = suggestion(model._replace(text=base), ctx)
    advice = f"start from '{use}' with the examples in its prompt" if use else "no counterpart"
    message = f"fine-tuned model '{model.text}' exists at OpenAI only: {advice}"
    yield Finding("CLC303", model.span, message, _severity(model))


# ---------------------------------------------------------- CLC304 to CLC306


def unknown_claude_model(model: ModelName, ctx: Context) -> Iterator[Finding]:
    catalogue = ctx.catalogue
    # names of families ("claude-3-opus") stand in tables and tests of all kinds
    if model.role not in ("request", "default") or not catalogue.looks_like_claude(model.text):
        return
    if catalogue.claude_model(model.text) or catalogue.foreign_claude(model.text):
        return
    if _newer(model.text, ctx):
        return
    closest = catalogue.closest_claude(model.text)
    use = spell(closest, target_of(model.client, ctx), ctx) if closest else ""
    advice = f"did you mean '{use}'?" if use else "copy the exact ID from the console"
    message = f"'{model.text}' is no Claude model: {advice}"
    changes: tuple[Change, ...] = (SetText(model.span, use),) if use else ()
    safety = UNSAFE if changes else SHOW_ONLY
    yield Finding("CLC304", model.span, message, _severity(model), changes, safety)


_ID = pattern(r"claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2}))?(?:-\d{8})?")


def _newer(text: str, ctx: Context) -> bool:
    """A well-formed ID of a later version than any that is known: it may have
    come out after this version of the linter."""
    match = _ID.fullmatch(text)
    if match is None:
        return False
    tier, version = match[1], _version(match)
    known = [_ID.fullmatch(name) for name in ctx.catalogue.claude_models]
    versions = [_version(one) for one in known if one is not None and one[1] == tier]
    return bool(versions) and version > max(versions)


def _version(match: re.Match[str]) -> tuple[int, int]:
    return int(match[2]), int(match[3] or 0)


def retired_claude_model(model: ModelName, ctx: Context) -> Iterator[Finding]:
    prefix, name = ctx.catalogue.direct_claude(model.text) or ("", model.text)
    known = ctx.catalogue.claude_model(name)
    if known is None or model.role in ("compare", "part", "key"):
        return
    gone, when = _end(known, ctx)
    if not when or (prefix and _foreign_grammar(model, ctx)):
        return
    successor = _successor(known, ctx)
    use = spell(successor, target_of(model.client, ctx), ctx) if successor and not prefix else prefix + successor
    advice = f"use '{use}'" if successor else "choose a current model"
    severity = _severity(model) if gone else WARNING
    message = f"Claude model '{model.text}' {when}: {advice}"
    yield Finding("CLC305", model.span, message, severity, *_replace(model, use if successor else "", ctx))


def _end(known: ClaudeModel, ctx: Context) -> tuple[bool, str]:
    """Whether a Claude model is gone, and when it went or goes; "" where that is far off or not known."""
    if not known.retires:
        return (True, "is retired") if known.status == "retired" else (False, "")
    day = date.fromisoformat(known.retires)
    if day > ctx.today + NOTICE:
        return False, ""
    gone = day <= ctx.today
    return gone, f"was retired on {known.retires}" if gone else f"retires on {known.retires}"


def _successor(known: ClaudeModel, ctx: Context) -> str:
    return known.replacement or ctx.target.tiers.get(known.tier, "")


_GRAMMARS = {
    "bedrock": "Amazon Bedrock", "vertex": "Vertex AI", "openrouter": "OpenRouter",
    "litellm": "LiteLLM", "databricks": "Databricks",
}  # fmt: skip


def foreign_claude_model_id(model: ModelName, ctx: Context) -> Iterator[Finding]:
    found = _foreign_grammar(model, ctx)
    if found is None:
        return
    grammar, first = found
    target = target_of(model.sender, ctx)
    use = spell(first, target, ctx) if first else ""
    advice = f"{target.id} calls it '{use}'" if use else f"{target.id} takes other IDs"
    known = ctx.catalogue.claude_model(first) if first else None
    gone, when = _end(known, ctx) if known else (False, "")
    if known and gone and _successor(known, ctx):
        use = spell(_successor(known, ctx), target, ctx)
        advice = f"the model {when}, use '{use}' on {target.id}"
    message = f"'{model.text}' is how {_GRAMMARS.get(grammar, grammar)} spells it: {advice}"
    yield Finding("CLC306", model.span, message, _severity(model), *_replace(model, use, ctx))


def _foreign_grammar(model: ModelName, ctx: Context) -> tuple[str, str] | None:
    """The platform that spells a Claude model so, and its own ID, where it goes to one that spells it otherwise."""
    found = ctx.catalogue.foreign_claude(model.text)
    if found is None or model.role in ("compare", "part"):
        return None
    client = model.sender
    if client is not None:
        # what routes by name understands these spellings
        if client.target == OTHER or client.kind == "bedrock" or is_router(client):
            return None
        # a URL that cannot be told may be the one where the name is right
        if client.target != CLAUDE and (model.role != "request" or client.base_url is not None or not client.built):
            return None
    elif model.role != "request" or model.request is None or model.request.transport != "http":
        return None
    grammar, first = found
    target = target_of(client, ctx)
    # OpenRouter's and LiteLLM's spellings overlap
    same = grammar == target.grammar or (first and spell(first, target, ctx) == model.text)
    return None if same else found


# --------------------------------------------------------------------- CLC307


def implicit_openai_model(client: Client, ctx: Context) -> Iterator[Finding]:
    framework = framework_of(client)
    if framework is None or not framework.default_model or not client.built:
        return
    if client.target == OTHER or not client.args.lacks("model"):
        return
    if any(arg.spelled in framework.model for arg in client.args.items):  # Agno's id
        return
    known = ctx.catalogue.openai_model(framework.default_model)
    if known is None:
        return
    use = ctx.catalogue.replacement(framework.default_model)
    changes: tuple[Change, ...] = ()
    if use and framework.model and not framework.model[0].isdigit():
        changes = (AddArgument(client.call_span, framework.model[0], use),)
    name = framework.symbol.rpartition(".")[2]
    advice = f"name the model, for example '{use}'" if use else "name the model"
    message = f"{name} without a model uses OpenAI's '{framework.default_model}'{shutdown(known, ctx.today)}: {advice}"
    safety = UNSAFE if changes else SHOW_ONLY
    yield Finding("CLC307", client.span, message, INFO, changes, safety)


RULES = (
    Rule(
        "CLC301",
        "openai-model-name",
        "the name of an OpenAI chat, reasoning or completion model",
        "file",
        openai_model_names,
    ),
    Rule(
        "CLC302",
        "openai-only-model",
        "the name of an OpenAI model for embeddings, images, audio, video or moderation",
        "model",
        openai_only_model,
    ),
    Rule(
        "CLC303",
        "fine-tuned-model",
        "the name of a model that was fine-tuned at OpenAI",
        "model",
        fine_tuned_model,
    ),
    Rule(
        "CLC304",
        "unknown-claude-model",
        "a model name that looks like Claude's but is none",
        "model",
        unknown_claude_model,
    ),
    Rule(
        "CLC305",
        "retired-claude-model",
        "a Claude model that is retired or retires within 90 days",
        "model",
        retired_claude_model,
    ),
    Rule(
        "CLC306",
        "foreign-claude-model-id",
        "a Claude model in another platform's spelling",
        "model",
        foreign_claude_model_id,
    ),
    Rule(
        "CLC307",
        "implicit-openai-model",
        "a wrapper called without a model, whose default is OpenAI's",
        "client",
        implicit_openai_model,
        default=False,
    ),
)
