"""Where clients and requests go: to OpenAI, to Claude, to somebody else, or nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..catalogue import Catalogue, Framework
from ..facts import (
    CLAUDE,
    OPENAI,
    OTHER,
    UNKNOWN,
    Arguments,
    Client,
    Request,
    constant,
    entry_of,
    models_given,
    options,
)
from ..lazy import pattern
from ..program import Env, Str
from .arguments import given
from .urls import is_local, owner_of

#: which of several clients of a request counts, the smallest first
_CONCERN = {OPENAI: 0, UNKNOWN: 1, CLAUDE: 2, OTHER: 3}
#: where a URL's owner makes the requests go
_OF_OWNER = {"target": CLAUDE, "other": OTHER, "local": OTHER}
_WORD = pattern(r"\w+")
_HUB_NAME = pattern(r"[A-Za-z][\w.-]*/[\w.:-]+")
#: families of models that OpenAI does not serve
_FAMILY = pattern(
    r"(?:code)?(?:llama|qwen|mistral|mixtral|deepseek|gemma|gemini|phi-?\d|yi-|glm|moonshot|kimi|grok|command-r|falcon"
    r"|vicuna|hunyuan|doubao|ernie|baichuan|internlm|minimax|abab)",
    re.IGNORECASE,
)


def settle_client(client: Client, args: Arguments, catalogue: Catalogue, usual: str, text: str) -> None:
    """Where a client's requests go.

    ``args``: its final arguments. ``usual``: the owner of the URL that the file sets OPENAI_BASE_URL to, or "".
    ``text``: of the file.
    """
    client.base_url = given(args, "base_url")
    client.api_key = given(args, "api_key")
    if client.kind == "framework":
        _settle_framework(client)
    if client.kind == "azure" or any(
        constant(arg.value) in ("azure", "azure_ad", "azuread") for arg in args.all("api_type")
    ):
        if client.kind in ("module", "legacy"):
            client.kind, client.built = "azure", False  # the setting is what is to be changed
        client.target = OPENAI
        return
    routed = _routed(client, catalogue)
    if client.base_url is None:
        if routed:
            client.target = routed
        elif args.open or not client.built or client.kind == "bedrock":
            client.target = UNKNOWN
        else:
            client.target = _OF_OWNER.get(usual, OPENAI)
        return
    owners = set()
    for value in options(client.base_url.value):
        owner = owner_of(value, catalogue)
        if isinstance(value, Env) and isinstance(value.default, Str):
            # somebody else's server stays one where a variable may name another
            default = owner_of(value.default, catalogue)
            owner, value = (default, value.default) if default in ("other", "local") else (owner, value)
        owners.add(owner)
        if isinstance(value, Str) and is_local(value.text, catalogue):
            client.local_server = True
    if "target" in owners or "misspelt" in owners:
        client.target = CLAUDE if not owners & {"openai", "azure"} else UNKNOWN
    elif owners == {"azure"} and client.kind == "sdk":
        client.kind, client.target = "azure", OPENAI
    elif owners == {"openai"} or owners == {"azure"}:
        client.target = OPENAI
    elif owners and owners <= {"other", "local"}:
        # what is given OpenAI's key is a relay to OpenAI
        client.target = UNKNOWN if _has_openai_key(client, catalogue, text) and not client.local_server else OTHER
    else:
        client.target = OTHER if routed == OTHER else UNKNOWN


def _routed(client: Client, catalogue: Catalogue) -> str:
    """Where a router, as LiteLLM, sends its model: ``gemini/gemini-pro`` to somebody else; "" for what is no router."""
    framework = client.framework
    if not isinstance(framework, Framework) or not framework.routes:
        return ""
    found = set()
    for arg in models_given(client):
        for value in options(arg.value):
            name = value.text if isinstance(value, Str) and not value.partial else ""
            if catalogue.openai_model(name) or catalogue.routes_to_openai(name):
                found.add(OPENAI)
            elif catalogue.names_claude(name):
                found.add(CLAUDE)
            else:
                found.add(OTHER if foreign_model(name, catalogue) else UNKNOWN)
    return min(found, key=_CONCERN.__getitem__) if found else ""


def _has_openai_key(client: Client, catalogue: Catalogue, text: str) -> bool:
    if client.api_key is None:
        return False
    names = [value.name for value in options(client.api_key.value) if isinstance(value, Env)]
    names += _WORD.findall(text[slice(*client.api_key.value_span)])  # context.env.OPENAI_API_KEY
    return any(name.startswith("OPENAI") and catalogue.env_role(name) == "key" for name in names)


def _settle_framework(client: Client) -> None:
    framework = client.framework
    if isinstance(framework, Framework):
        for arg in client.args.items:
            if arg.spelled in framework.base_url:
                client.base_url = arg
            elif arg.spelled in framework.key:
                client.api_key = arg
            else:
                for path in framework.base_url:  # configuration.baseURL
                    first, _, rest = path.partition(".")
                    inner = entry_of(arg.value, rest) if rest and first == arg.spelled else None
                    if inner is not None:
                        client.base_url = arg._replace(value=inner, value_span=inner.span)


def settle_request(request: Request, others: Sequence[Client], catalogue: Catalogue) -> None:
    """Where a request goes. ``others``: clients that it may go through as well."""
    if request.client is not None:
        # one of several clients: what has to be migrated counts
        several = [request.client, *others]
        if any(client.built for client in several):
            # one that is handed in is of the kind that is built where none is
            several = [client for client in several if client.built or client.target != UNKNOWN]
        request.client = min(several, key=lambda client: _CONCERN[client.target])
        request.target = request.client.target
        model = request.args.get("model")
        if request.target == UNKNOWN and isinstance(model, Str) and foreign_model(model.text, catalogue):
            request.target = OTHER
    elif request.url is not None:
        owner = owner_of(request.url, catalogue)
        if owner in ("openai", "azure"):
            request.target = OPENAI
        elif owner in ("target", "misspelt"):
            request.target = CLAUDE


def foreign_model(name: str, catalogue: Catalogue) -> bool:
    """The name of somebody else's model: ``qwen3``, ``meta-llama/llama-3.1-405b-instruct``."""
    foreign = _HUB_NAME.fullmatch(name) or _FAMILY.match(name)
    return bool(foreign) and "claude" not in name and not (
        catalogue.openai_model(name) or catalogue.router_prefix(name)
    )
