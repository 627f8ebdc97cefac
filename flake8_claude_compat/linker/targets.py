"""Where clients and requests go: to OpenAI, to Claude, to somebody else, or nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..catalogue import Catalogue, Framework
from ..facts import CLAUDE, OPENAI, OTHER, UNKNOWN, Arguments, Client, Request, constant, entry_of, options
from ..lazy import pattern
from ..program import Env, Str
from .arguments import given
from .urls import is_local, owner_of

#: which of several clients of a request counts, the smallest first
_CONCERN = {OPENAI: 0, UNKNOWN: 1, CLAUDE: 2, OTHER: 3}
#: where a URL's owner makes the requests go
_OF_OWNER = {"target": CLAUDE, "other": OTHER, "local": OTHER}
_HUB_NAME = pattern(r"[A-Za-z][\w.-]*/[\w.:-]+")
#: families of models that OpenAI does not serve
_FAMILY = pattern(
    r"(?:code)?(?:llama|qwen|mistral|mixtral|deepseek|gemma|gemini|phi-?\d|yi-|glm|moonshot|kimi|grok|command-r|falcon"
    r"|vicuna|hunyuan|doubao|ernie|baichuan|internlm|minimax|abab)",
    re.IGNORECASE,
)


def settle_client(client: Client, args: Arguments, catalogue: Catalogue, usual: str) -> None:
    """Where a client's requests go.

    ``args``: its final arguments. ``usual``: the owner of the URL that the file sets OPENAI_BASE_URL to, or "".
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
    if client.base_url is None:
        if _routes_by_model(client) and any(foreign_model(name, catalogue) for name in _models(client)):
            client.target = OTHER
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
        client.target = UNKNOWN if _has_openai_key(client, catalogue) and not client.local_server else OTHER
    elif owners <= {"bedrock", "vertex"}:
        client.target = UNKNOWN
    else:
        client.target = UNKNOWN


def _has_openai_key(client: Client, catalogue: Catalogue) -> bool:
    values = options(client.api_key.value) if client.api_key is not None else ()
    names = [value.name for value in values if isinstance(value, Env)]
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
        several = (request.client, *others)
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


def _routes_by_model(client: Client) -> bool:
    """A router that nothing but the model's name tells where to send its requests."""
    framework = client.framework
    return isinstance(framework, Framework) and framework.routes and client.base_url is None


def _models(client: Client) -> list[str]:
    """The models that a framework's class is given."""
    framework = client.framework
    names = framework.model if isinstance(framework, Framework) else ()
    values = [arg.value for arg in client.args.items if arg.name == "model" or arg.spelled in names]
    return [value.text for value in values if isinstance(value, Str)]


def foreign_model(name: str, catalogue: Catalogue) -> bool:
    """The name of somebody else's model: ``qwen3``, ``meta-llama/llama-3.1-405b-instruct``."""
    foreign = _HUB_NAME.fullmatch(name) or _FAMILY.match(name)
    return bool(foreign) and "claude" not in name and not (
        catalogue.openai_model(name) or catalogue.router_prefix(name)
    )
