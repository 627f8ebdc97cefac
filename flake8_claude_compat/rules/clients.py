"""What the rules of several families ask about clients, requests and URLs: where they go, and who serves that."""

from __future__ import annotations

import re

from ..catalogue import Framework, Target
from ..facts import Client, Facts, Request, models_given, options, text_of
from ..program import Str
from ..record import NamedTuple
from . import Context


class Address(NamedTuple):
    """The parts of a URL; ``scheme`` is "" where only a host is written."""

    scheme: str
    host: str
    path: str
    rest: str


_ADDRESS = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?:[^/?#@]*@)?(?P<host>[^/:?#]*)(?::\d*)?"
    r"(?P<path>[^?#]*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def address(text: str) -> Address:
    """Split a URL; never fails."""
    match = _ADDRESS.match(text)
    assert match is not None  # each part of it may be empty
    scheme, host, path, rest = match.group("scheme", "host", "path", "rest")
    return Address((scheme or "").lower(), host.lower(), path, rest)


def target_at(host: str, ctx: Context) -> Target | None:
    """The target that a host belongs to; the chosen one first."""
    if ctx.catalogue.host_owner(host) != "target":
        return None
    if host == address(ctx.base_url).host or host in ctx.target.hosts:
        return ctx.target
    others = (one for one in ctx.catalogue.targets.values() if host in one.hosts)
    return next(others, ctx.target)


def framework_of(client: Client | None) -> Framework | None:
    found = client.framework if client is not None else None
    return found if isinstance(found, Framework) else None


def is_router(client: Client | None) -> bool:
    """A function or class that picks the vendor by the model's name."""
    framework = framework_of(client)
    if framework is None or framework.kind == "azure":
        return False
    name = framework.symbol.lower().replace("_", "")
    return "openai" not in name and "chatgpt" not in name


def speaks_native_api(client: Client | None, ctx: Context) -> bool:
    """A router that is given a Claude model: it uses Anthropic's own API, its paths and its key variable."""
    if client is None or not is_router(client):
        return False
    given = (option for arg in models_given(client) for option in options(arg.value))
    return any(isinstance(option, Str) and ctx.catalogue.names_claude(option.text) for option in given)


def target_of(client: Client | None, ctx: Context) -> Target:
    """The target that a client's URL belongs to; the chosen one if unknown."""
    if client is not None and client.base_url is not None:
        for value in options(client.base_url.value):
            text = text_of(value)
            found = target_at(address(text).host, ctx) if text else None
            if found is not None:
                return found
    elif speaks_native_api(client, ctx):
        return ctx.catalogue.targets["anthropic"]
    return ctx.target


def base_url_of(target: Target, ctx: Context) -> str:
    """What is recommended as base URL of a target."""
    return ctx.base_url if target.id == ctx.target.id else target.base_url


def as_base(url: str, client: Client | None) -> str:
    """A base URL as it is to be given to a client."""
    if client is None or client.kind != "module" or (client.base_url and client.base_url.spelled == "api_base"):
        return url
    # the module puts the path right behind it, classes see to the slash themselves
    return url.rstrip("/") + "/"


def unserved(request: Request, ctx: Context) -> bool:
    """The request goes to a surface that no target has (CLC001–014)."""
    if not request.endpoint:
        return False
    endpoint = ctx.catalogue.endpoint(tuple(request.endpoint.split(".")))
    return endpoint is not None and bool(endpoint.code)


def raw_alone(facts: Facts, ctx: Context) -> bool:
    """Raw requests that have a counterpart are all that a file sends."""
    built = any(client.built for client in facts.clients)
    return bool(facts.requests) and not built and not any(unserved(request, ctx) for request in facts.requests)
