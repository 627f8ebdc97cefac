"""CLC2: the key is the target's, and it is not written down."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ..catalogue import Framework
from ..facts import (
    CLAUDE,
    OPENAI,
    Client,
    EnvUse,
    Facts,
    KeyLiteral,
    Request,
    is_nothing,
    options,
)
from ..findings import (
    ERROR,
    INFO,
    SAFE,
    SHOW_ONLY,
    UNSAFE,
    WARNING,
    AddArgument,
    AddBeside,
    Change,
    EnvRead,
    Finding,
    SetModuleOption,
    SetText,
    SetValue,
    last,
)
from ..program import Dict, Env, Str
from ..source import Holders, Span
from . import Context, Rule
from .clients import address, is_router, speaks_native_api, target_of

# ---------------------------------------------------------- CLC201 and CLC202


def hardcoded_openai_key(facts: Facts, ctx: Context) -> Iterator[Finding]:
    yield from _secrets("CLC201", "OpenAI", facts, ctx)


def hardcoded_claude_key(facts: Facts, ctx: Context) -> Iterator[Finding]:
    yield from _secrets("CLC202", "Claude", facts, ctx)
    for key in facts.key_literals:
        if _for_claude(key, ctx):
            variable = _variable(key.client, ctx)
            message = (
                f"API key{_shown(key)} of a Claude client is written down: "
                f"read it from {variable}, revoke it if it was real"
            )
            yield Finding("CLC202", key.span, message, ERROR, *_from_env(key, ctx))


def _secrets(code: str, owner: str, facts: Facts, ctx: Context) -> Iterator[Finding]:
    # only as a client's own argument, and all of it, is it certain to be an expression
    given = [
        (one.api_key.value_span, one)
        for one in facts.clients
        if one.api_key and isinstance(one.api_key.value, Str) and not one.api_key.value.partial
    ]
    for secret in facts.secrets:
        if secret.issuer != owner.lower():
            continue
        whose, variable = (f"{owner} key", ctx.key_variable) if not secret.elsewhere else ("API key", "it")
        message = f"{whose} '{secret.preview}' is written down: revoke it and read {variable} from the environment"
        whole = next((one for one in given if _within(secret.span, one[0])), None)
        changes: tuple[Change, ...] = (SetValue(whole[0], EnvRead(ctx.key_variable)),) if whole else ()
        # the target's key goes nowhere else
        safety = ctx.moves.of_client(whole[1], ctx) if whole else SHOW_ONLY
        yield Finding(code, secret.span, message, ERROR, changes, safety)


def _for_claude(key: KeyLiteral, ctx: Context) -> bool:
    if key.client is not None:
        return key.client.target == CLAUDE
    url = key.request.url if key.request else None
    return url is not None and ctx.catalogue.host_owner(address(url.text).host) == "target"


def _shown(key: KeyLiteral) -> str:
    return f" '{key.preview}'" if key.preview.strip("…") else ""


def _variable(client: Client | None, ctx: Context) -> str:
    """The environment variable that should hold a client's key."""
    target = target_of(client, ctx)
    return ctx.key_variable if target.id == ctx.target.id else target.key_variable


def _from_env(key: KeyLiteral, ctx: Context) -> tuple[tuple[Change, ...], str]:
    if key.client is None or key.client.api_key is None:
        return (), SHOW_ONLY
    changes = (SetValue(key.span, EnvRead(_variable(key.client, ctx))),)
    whole = SAFE if key.client.api_key.value_span == key.span else UNSAFE
    return changes, last((whole, ctx.moves.of_client(key.client, ctx)))  # the target's key goes nowhere else


# --------------------------------------------------------------------- CLC203


def literal_api_key(key: KeyLiteral, ctx: Context) -> Iterator[Finding]:
    if _for_claude(key, ctx):
        return
    # EMPTY, ollama …: nothing to leak, unless it is all that a client of OpenAI's gets
    if key.local and (key.client is None or key.client.target != OPENAI or _has_others(key.client)):
        return
    # a .env is the environment: the key of the target has a line of its own there
    use = f"set {ctx.key_variable}" if ctx.kind == "dotenv" else f"read {ctx.key_variable} from the environment"
    message = f"API key{_shown(key)} is a literal: {use} for {ctx.target.id}"
    yield Finding("CLC203", key.span, message, ERROR, *_from_env(key, ctx))


def _has_others(client: Client) -> bool:
    """Whether a client's key may be another one: ``key or "EMPTY"``."""
    value = client.api_key.value if client.api_key else None
    return len(list(options(value))) > 1 or (isinstance(value, Env) and value.default is not None)


# --------------------------------------------------------------------- CLC204

#: where a setting stays for who else uses it, and gets a second one beside it
_KEPT = ("settings", "dotenv", "shell", "batch", "powershell")
_OPENAI_PART = re.compile(r"OPEN_?AI_(?:API_?|SECRET_|ACCESS_)*(?:KEY|TOKEN|SECRET|SK)(?=S?(?:_\d+)?\Z)")


def openai_key_variable(facts: Facts, ctx: Context) -> Iterator[Finding]:
    settings = _Settings(facts, ctx) if ctx.kind in _KEPT else None
    moving = _Moving(facts, ctx)
    added: set[str] = set()
    for env in facts.envs:
        if env.name == ctx.key_variable or ctx.catalogue.env_role(env.name) != "key":
            continue
        if env.client is not None and any(_within(env.span, one) for one in _wrong_keys(env.client, ctx)):
            continue
        severity = ERROR if env.client is not None else WARNING
        name = _in_place_of(env.name, ctx)
        message = f"{env.name} is OpenAI's key: use {name} for {ctx.target.id}"
        setting = settings.of(env) if settings else None
        if env.action == "field":  # whoever reads the field uses its name
            yield Finding("CLC204", env.span, message, severity)
        elif setting is None or settings is None:
            change, beside = (SetText(env.span, name),), moving.place_of(env, ctx)
            yield Finding("CLC204", env.span, message, severity, change, moving.of(env, ctx), beside)
        elif settings.accompanied(setting, name):
            message = f"{env.name} is OpenAI's key, {name} is set beside it: remove it once nothing uses it"
            yield Finding("CLC204", env.span, message, INFO)
        elif ctx.kind == "dotenv" and name in added:  # one line serves whatever OpenAI's keys are called
            yield Finding("CLC204", env.span, message, severity)
        else:
            added.add(name)
            # one more line of a .env is read by nobody who does not ask for it
            safety = SAFE if ctx.kind == "dotenv" else UNSAFE
            yield Finding("CLC204", env.span, message, severity, (AddBeside(setting.span, env.name, name),), safety)


class _Moving:
    """How safely the name of a key's variable is changed: with what is sent with that key."""

    def __init__(self, facts: Facts, ctx: Context) -> None:
        self.set = {env.name for env in facts.envs if env.action == "set"}
        self.given = Holders((one.api_key.value_span, one) for one in facts.clients if one.api_key and one.built)
        self.sent = Holders((one.call_span, one) for one in facts.requests if one.client is None)
        #: by name: how safely what nothing ties to a client or request is renamed, such as a test whether it is set
        self.loose: dict[str, str] = {}
        for env in facts.envs:
            if env.action == "read" and self._holder(env) is None:
                self.loose[env.name] = last((self._of(env, ctx), self.loose.get(env.name, SAFE)))

    def of(self, env: EnvUse, ctx: Context) -> str:
        safety = self._of(env, ctx)
        client = isinstance(self._holder(env), Client)
        return last((safety, self.loose.get(env.name, SAFE))) if client else safety

    def place_of(self, env: EnvUse, ctx: Context) -> tuple[Span, ...]:
        """Where the finding stands that moves the client or request that a variable is read for."""
        holder = self._holder(env)
        if isinstance(holder, Request):
            return ctx.moves.place_of_request(holder, ctx)
        return ctx.moves.place_of_sender(holder, ctx) if holder is not None else ()

    def _holder(self, env: EnvUse) -> Client | Request | None:
        """The client or the raw request that a variable is read for."""
        request = self.sent.of(env.span)
        client = env.client or self.given.of(env.span)
        if isinstance(request, Request):
            return request
        return client if isinstance(client, Client) else None

    def _of(self, env: EnvUse, ctx: Context) -> str:
        holder = self._holder(env)
        if isinstance(holder, Request):
            safety = ctx.moves.of_request(holder, ctx)
        elif holder is not None and holder.built:
            safety = ctx.moves.of_client(holder, ctx)
        elif env.client is not None and env.action == "read":
            safety = SAFE
        elif env.action == "read" and ctx.moves.everything(ctx) == SAFE:
            safety = SAFE
        else:
            # the same variable may serve clients that stay with OpenAI
            return SHOW_ONLY if ctx.moves.stays(ctx) else UNSAFE
        # what the file itself sets is read under the name that it is set under
        return last((safety, UNSAFE)) if env.name in self.set and env.action == "read" else safety


class _Settings:
    """What sets or lists a variable in a file, by name and in order."""

    def __init__(self, facts: Facts, ctx: Context) -> None:
        self.kind = ctx.kind
        self.by_name: dict[str, list[EnvUse]] = {}
        for env in sorted(facts.envs, key=_place):
            if env.action != "read":
                self.by_name.setdefault(env.name, []).append(env)

    def of(self, env: EnvUse) -> EnvUse | None:
        """What sets the variable at its use: itself, or the setting whose value refers to it."""
        if env.action != "read":
            return env
        same = self.by_name.get(env.name, [])
        at = bisect_right(same, env.span, key=_place) - 1
        value = same[at].value if at >= 0 else None
        return same[at] if value is not None and _within(env.span, value.span) else None

    def accompanied(self, setting: EnvUse, name: str) -> bool:
        """Whether the target's key is set as well, next to a setting of OpenAI's key."""
        others, own = self.by_name.get(name, []), self.by_name[setting.name]
        if len(others) >= len(own) or (others and self.kind == "dotenv"):
            return bool(others)
        # a second one is written right behind the first
        at = bisect_right(own, setting.span, key=_place)
        first = bisect_right(others, setting.span, key=_place)
        return first < len(others) and (at == len(own) or others[first].span < own[at].span)


def _place(env: EnvUse) -> Span:
    return env.span


def _in_place_of(name: str, ctx: Context) -> str:
    """The variable for the target's key, with what is around OpenAI's name in it (``VITE_``, ``_2``)."""
    found = _OPENAI_PART.search(name)
    if found is not None and (not found.start() or name[found.start() - 1] == "_"):
        return name[: found.start()] + ctx.key_variable + name[found.end() :]
    prefix = name[: max(0, name.find("OPENAI"))]
    return prefix + ctx.key_variable if prefix.endswith("_") else ctx.key_variable


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


# --------------------------------------------------------------------- CLC205


def key_endpoint_mismatch(client: Client, ctx: Context) -> Iterator[Finding]:
    target = target_of(client, ctx).id
    variable = _variable(client, ctx)
    if client.target == CLAUDE:
        for span, name in _wrong_keys(client, ctx).items():
            message = f"{name} is OpenAI's key, this client goes to {target} (401): use {variable}"
            yield Finding("CLC205", span, message, ERROR, (SetText(span, variable),), SAFE)
        if _no_key(client) and not speaks_native_api(client, ctx):
            changes: tuple[Change, ...] = ()
            if client.kind == "sdk":
                changes = (AddArgument(client.call_span, "api_key", EnvRead(variable)),)
            elif client.kind == "module":
                changes = (SetModuleOption(client.span, "api_key", EnvRead(variable)),)
            message = f"client of {target} without an API key sends OPENAI_API_KEY (401): pass {variable} as its key"
            safety = SAFE if changes else SHOW_ONLY
            yield Finding("CLC205", client.span, message, ERROR, changes, safety)
    elif client.target == OPENAI and client.kind != "azure" and not is_router(client):
        for env in _keys(client):
            if ctx.catalogue.env_role(env.name) == "claude-key":
                message = (
                    f"{env.name} is a Claude key, this client sends it to OpenAI: set its base URL to '{ctx.base_url}'"
                )
                yield Finding("CLC205", env.name_span, message, ERROR)


def _keys(client: Client) -> list[Env]:
    """The environment variables that a client's key is read from, if that is
    all it can be."""
    values = list(options(client.api_key.value if client.api_key else None))
    envs = [value for value in values if isinstance(value, Env)]
    return envs if len(envs) == len(values) else []


def _wrong_keys(client: Client, ctx: Context) -> dict[Span, str]:
    """OpenAI's key variables, where the key of a client that goes to Claude
    can be nothing else."""
    envs = _keys(client)
    wrong = [env for env in envs if ctx.catalogue.env_role(env.name) == "key"]
    if client.target != CLAUDE or len(wrong) != len(envs):
        return {}
    return {env.name_span: env.name for env in wrong if env.name != ctx.key_variable}


def _no_key(client: Client) -> bool:
    if client.api_key is not None or client.kind not in ("sdk", "module", "legacy", "framework"):
        return False
    if not client.built:
        return False
    # a class that takes no key is given a client, which has one
    if isinstance(client.framework, Framework) and not client.framework.key:
        return False
    others = ("api_key", "admin_api_key", "workload_identity", "credential")
    if client.args.open or not all(is_nothing(client.args.get(name)) for name in others):
        return False
    headers = client.args.find("default_headers")
    # headers that are not known may hold the key
    return headers is None or (
        isinstance(headers.value, Dict)
        and not headers.value.open
        and not any((entry.key or "authorization").lower() == "authorization" for entry in headers.value.entries)
    )


# --------------------------------------------------------------------- CLC206


def unignored_env_file(_facts: Facts, _ctx: Context) -> Iterator[Finding]:
    """The command finds these: one file does not know what git tracks."""
    return iter(())


RULES = (
    Rule(
        "CLC201",
        "hardcoded-openai-key",
        "an OpenAI key in code, configuration or a comment",
        "file",
        hardcoded_openai_key,
    ),
    Rule(
        "CLC202",
        "hardcoded-claude-key",
        "a Claude key in code, configuration or a comment, or a literal key of a Claude client",
        "file",
        hardcoded_claude_key,
    ),
    Rule(
        "CLC203",
        "literal-api-key",
        "any other string literal given as an API key",
        "key_literal",
        literal_api_key,
    ),
    Rule(
        "CLC204",
        "openai-key-variable",
        "OpenAI's key variable, read, set or named",
        "file",
        openai_key_variable,
    ),
    Rule(
        "CLC205",
        "key-endpoint-mismatch",
        "OpenAI's key, or none, for a Claude endpoint, and the other way round",
        "client",
        key_endpoint_mismatch,
    ),
    Rule(
        "CLC206",
        "unignored-env-file",
        "a .env file with a key that git tracks or does not ignore",
        "file",
        unignored_env_file,
    ),
)
