"""What is known about OpenAI's SDKs, the models and the targets: data with sources.

The facts live in the TOML files of this folder; each row names a source, and
each source has a title, an address and the date on which it was read. This
module loads them, checks them strictly and answers look-ups. Nothing is read
before the first :func:`load`, and only the files that a target needs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from ..lazy import pattern
from .models import distance
from .reading import HERE, SHIPPED, hosts_of, read_target, target_path
from .records import (
    CatalogueError,
    ClaudeModel,
    ClientClass,
    ClientMethod,
    Endpoint,
    Framework,
    Model,
    Parameter,
    Source,
    Target,
)
from .surface import import_root
from .watching import Watching

__all__ = [
    "SHIPPED",
    "Catalogue",
    "CatalogueError",
    "ClaudeModel",
    "ClientClass",
    "ClientMethod",
    "Endpoint",
    "Framework",
    "Model",
    "Parameter",
    "Source",
    "Target",
    "import_root",
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
    r"\A(?!(?:ERR|ERROR|MISSING|INVALID|INCORRECT|WRONG|BAD|EXPIRED|NO|NON|HAS|IS|MSG|MESSAGE|REQUIRES?|VALIDATE|CHECK"
    r"|SET|GET|SAVE|UPDATE|REMOVE|DELETE|CLEAR)_)(?:\w*_)?(?<!VLLM_)(?<!LOCAL_)(?<!LITELLM_)"
    r"OPEN_?AI_(?:API_?|SECRET_|ACCESS_|ADMIN_)*(?:KEY|TOKEN|SECRET|SK)S?(?:_\d+)?\Z"
)
#: the same as Windows and PowerShell like it: OpenAIKey, OpenAI_Api_Key
_MIXED_KEY_LIKE = pattern(r"Open(?:AI|Ai|ai)_?(?:A(?:PI|pi)_?)?(?:K(?:EY|ey)|T(?:OKEN|oken)|S(?:ECRET|ecret))\Z")
_AZURE_KEY_LIKE = pattern(r"\A(?:[\w.]*[_.])?AZURE_OPEN_?AI_(?:[A-Z0-9]+_)*(?:KEY|TOKEN)(?:_\d+)?\Z")


class Catalogue(Watching):
    """Everything that is known, for one configured target. Made by :func:`load`."""

    @cached_property
    def targets(self) -> dict[str, Target]:
        """All targets that come with the package, and the configured one, by id."""
        found = {name: read_target(name, HERE, dict(self.sources)) for name in SHIPPED}
        found[self.target.id] = self.target
        return found

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
            distance(name, known, 2) <= 2 for known in target.hosts if "." in known and ":" not in known
        ):
            return "misspelt"
        return "other"

    @lru_cache(maxsize=1024)  # noqa: B019
    def env_role(self, name: str) -> str:
        """What an environment variable holds: one of :data:`records.ENV_ROLES`, or "".

        The target's key variable is ``claude-key``. Names with something in
        front (``VITE_OPENAI_API_KEY``) or a number behind count as keys, and so
        does ``OpenAIKey``.
        """
        role = self._environment.get(name)
        if role is not None:
            return role
        if _AZURE_KEY_LIKE.match(name):
            return "azure-key"
        if re.search(rf"_{self.target.key_variable}(?:_\d+)?\Z", name):
            return "claude-key"
        return "key" if _KEY_LIKE.match(name) or _MIXED_KEY_LIKE.match(name) else ""


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
