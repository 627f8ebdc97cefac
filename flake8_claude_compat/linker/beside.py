"""What stands beside a model's name in a mapping or a call, and tells what the name is for.

A key, a URL or a provider: something is built with them that nothing is known of. A price or a size: it is one of a
list of models. ``model`` with ``api_key`` in AutoGen's ``config_list``: a client, though no class is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..catalogue import Catalogue
from ..catalogue.surface import import_root
from ..facts import Arguments, Client, text_of
from ..lazy import pattern
from ..program import Call, Dict, Program, Value
from .arguments import ArgumentReader
from .targets import settle_client
from .urls import host_of

_HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])")
#: keys of a provider
PROVIDER = pattern(r"(?:\A|_)(?:provider|vendor)(?:_name|_id)?\Z|\Acustom_llm_provider\Z|\Aapi_type\Z")
#: a URL that requests described beside it go to
OWN_URL = pattern(
    r"(?:openai_)?(?:base_?ur[li]|api_?base(?:_?url)?|base_?path|(?:api_|azure_)?end_?point|api_?ur[li]|url|host)\Z"
)
_KEY = pattern(r"(?:\A|_)(?:api_?key|openai_?key|secret_?key)(?:_(?:name|env|var))?\Z")
_PRICES = pattern(r"price|cost|per_?token|per_?1k|rate_?per|litellm_provider")
#: what a model can do and how much it takes stands in lists of models, and in settings beside what they say otherwise
_ABILITIES = pattern(
    r"context_?(?:window|length)|max_?input|token_?limit|\Acapabilities\Z|\Asupports_|deprecat|cutoff"
)
_IN_USE = pattern(
    r"(?:\A|(?:api|auth|access)_)(?:key|token|secret)\Z|(?:\A|_)(?:provider|temperature)\Z|prompt|\Asystem|_message\Z"
)
#: AutoGen's packages, and its names of its clients' settings, which openai's client takes as they are
_PACKAGES = frozenset({"autogen", "ag2", "flaml"})
_AUTOGEN = pattern(r"(?:\A|_)(?:config_list|llm_config)(?:_|\Z)", re.IGNORECASE)


def snake(key: str) -> str:
    """A key as it is compared: ``apiKey``, ``api-key`` and ``api.key`` are ``api_key``."""
    return _HUMP.sub("_", key).lower().replace("-", "_").replace(".", "_")


def is_of_a_list(keys: Iterable[str], outermost: bool = False) -> bool:
    """Whether keys, as :func:`snake` writes them, are what is said of a model where all that there are are listed."""
    names = list(keys)
    if any(map(_PRICES.search, names)):
        return True
    return not outermost and any(map(_ABILITIES.search, names)) and not any(map(_IN_USE.search, names))


def says_where(keys: Iterable[str]) -> bool:
    """Whether one of some keys, as :func:`snake` writes them, says with what or to whom a model is sent."""
    return any(_KEY.search(key) or OWN_URL.match(key) or PROVIDER.search(key) for key in keys)


def goes_to_target(args: Arguments, catalogue: Catalogue) -> bool:
    """Whether the URL among some arguments is a target's."""
    texts = (text_of(arg.value) for arg in args.items if OWN_URL.match(snake(arg.spelled)))
    return any(catalogue.host_owner(host_of(text)) == "target" for text in texts if text)


def described_client(
    mapping: Dict, args: Arguments, names: Iterable[str], program: Program, catalogue: Catalogue
) -> Client | None:
    """The client that AutoGen builds from a mapping with a model; None where it builds none.

    ``names``: those that the mapping has, from the inmost outwards.
    """
    name = next(filter(None, names), "")
    if not _AUTOGEN.search(name) or not any(import_root(one.dotted) in _PACKAGES for one in program.imports):
        return None
    model = args.find("model")
    if model is None or any(PROVIDER.search(snake(arg.spelled)) for arg in args.items):
        return None
    client = Client("settings", "autogen.OpenAIWrapper", model.name_span, mapping.span)
    client.args = args
    settle_client(client, args, catalogue, "", program.source.text)
    return client


def arguments_around(value: Value | None, reader: ArgumentReader) -> Arguments:
    """What stands in a mapping or a call; nothing for anything else."""
    if isinstance(value, Dict):
        return reader.of(value)
    return reader.read(value.args) if isinstance(value, Call) else Arguments()
