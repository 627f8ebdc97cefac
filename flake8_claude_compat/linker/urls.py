"""URLs: their hosts, and whose they are."""

from __future__ import annotations

import re

from ..catalogue import Catalogue
from ..lazy import pattern
from ..program import Env, Str
from .values import Resolved, is_azure

_HOST = pattern(r"\s*(?:https?|wss?)://(?:[^/?#@\s'\"]*@)?([^/:?#\s'\"]+)(:\d+)?", re.IGNORECASE)
#: a text without any of these and of the target's hosts holds no URL of interest
HOSTS = (
    "api.openai.com", "openai.azure.com", "openai/deployments", "api.anthropic.com", "claudeapi", "bedrock-",
    "aiplatform",
)  # fmt: skip
#: how URLs of OpenAI's endpoints end, whatever their host
ENDS = ("chat/completions", "/embeddings", "images/generations", "audio/transcriptions", "audio/speech")


def host_of(text: str) -> str:
    """The host of a URL in lower case, "" where there is none."""
    match = _HOST.match(text)
    return match.group(1).lower() if match else ""


def path_of(url: str) -> str:
    """What follows the host of a URL; of a text without one, all from its first slash on."""
    match = _HOST.match(url)
    return url[match.end() :] if match else "/" + url.partition("/")[2]


def owner_of(value: Resolved, catalogue: Catalogue) -> str:
    """Whose a URL is: an owner of the catalogue (``Catalogue.host_owner``), or "unknown"."""
    if isinstance(value, Str):
        host = host_of(value.text)
        if host:
            return catalogue.host_owner(host)
        if is_azure(value.text):
            return "azure"
        return "unknown" if value.partial or not value.text else "other"
    if isinstance(value, Env) and "AZURE_OPENAI" in value.name:
        return "azure"  # its endpoint has a name of its own: AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_BASE
    return "unknown"


def is_local(text: str, catalogue: Catalogue) -> bool:
    """Whether a URL is of this machine."""
    host = host_of(text)
    return bool(host) and catalogue.host_owner(host) == "local"
