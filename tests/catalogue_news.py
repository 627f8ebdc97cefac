"""What installed SDKs have that the catalogue does not know.

``python tests/catalogue_news.py`` compares the catalogue with the packages
``openai`` and ``anthropic`` of its environment, prints a line for each thing
that is new or gone, and exits with 1 if there is any. Run it after
``pip install -U openai anthropic``; then add rows with their source and date.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType
from typing import Any, get_args, get_origin

from flake8_claude_compat.catalogue import Catalogue, load

#: names of types of the SDKs whose literals are models
_MODEL_TYPE = re.compile(r"(?:\A|_)models?(?:\Z|_)|Model", re.IGNORECASE)
#: parts of a resource that are no endpoints of their own
_NOT_RESOURCES = ("with_raw_response", "with_streaming_response")


def news(catalogue: Catalogue) -> Iterator[str]:
    """A line for each difference with the packages that are installed."""
    for name, compare in (("openai", _openai), ("anthropic", _anthropic)):
        try:
            package = importlib.import_module(name)
        except ImportError:
            yield f"{name}: not installed"
            continue
        yield from (f"{name} {_version(name)}: {line}" for line in compare(package, catalogue))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of no version"


# --------------------------------------------------------------------- openai


def _openai(package: ModuleType, catalogue: Catalogue) -> Iterator[str]:
    for model in sorted(set(_literal_models(package))):
        if model not in catalogue.openai_models and catalogue.fine_tuned(model) is None:
            like = catalogue.openai_model(model)
            yield f"model {model!r} is new (openai_models.toml)" + (
                f", now read as a {like.kind} model" if like else ""
            )
    for path in _endpoints(package):
        if catalogue.endpoint(tuple(path.split("."))) is None:
            yield f"endpoint {path!r} is new (sdk.toml, endpoints)"
    create = package.resources.chat.completions.Completions.create
    parameters = set(inspect.signature(create).parameters) - {"self"}
    known = catalogue.known_parameters()
    for name in sorted(parameters - known - catalogue.options):
        yield f"parameter {name!r} of chat.completions.create is new (sdk.toml, parameters)"
    for name in sorted(set(vars(package)) & _exceptions(package)):
        if catalogue.covers(f"openai.{name}") is None:
            yield f"exception {name!r} is new (sdk.toml, exceptions)"
    for name, value in vars(package).items():
        is_client = inspect.isclass(value) and hasattr(value, "chat") and not name.startswith("_")
        if is_client and catalogue.client_class(f"openai.{name}") is None:
            yield f"client class {name!r} is new (sdk.toml, clients)"


def _exceptions(package: ModuleType) -> set[str]:
    base = package.APIError
    return {name for name, value in vars(package).items() if inspect.isclass(value) and issubclass(value, base)}


def _literal_models(package: ModuleType) -> Iterator[str]:
    """Every text of a Literal in a type, field or module of the SDK that is called a model."""
    types = importlib.import_module(f"{package.__name__}.types")
    for info in pkgutil.walk_packages(types.__path__, f"{types.__name__}."):
        try:
            module = importlib.import_module(info.name)
        except ImportError:  # needs an extra of the package
            continue
        for name, value in vars(module).items():
            if _MODEL_TYPE.search(name):
                yield from _literals(value)
            for field, hint in getattr(value, "__annotations__", {}).items() if inspect.isclass(value) else ():
                if field == "model" and not isinstance(hint, str):
                    yield from _literals(hint)


def _literals(hint: Any) -> Iterator[str]:
    if str(get_origin(hint)).endswith("Literal"):
        yield from (one for one in get_args(hint) if isinstance(one, str))
        return
    for one in get_args(hint):
        yield from _literals(one)


def _endpoints(package: ModuleType) -> Iterator[str]:
    """The paths of the client's resources: ``chat.completions``, ``beta.threads.runs`` …"""
    client = package.OpenAI(api_key="none", base_url="http://localhost")
    yield from sorted(set(_resources(client, "")))


def _resources(thing: Any, path: str) -> Iterator[str]:
    base = importlib.import_module("openai._resource").SyncAPIResource
    for name in dir(type(thing)):
        if name.startswith("_") or name in _NOT_RESOURCES or path.count(".") > 3:
            continue
        try:
            inner = inspect.getattr_static(type(thing), name)
            value = getattr(thing, name) if not inspect.isfunction(inner) else None
        except Exception:
            continue
        if isinstance(value, base):
            whole = f"{path}.{name}" if path else name
            methods = [one for one in vars(type(value)) if not one.startswith("_") and one not in _NOT_RESOURCES]
            if any(inspect.isfunction(inspect.getattr_static(type(value), one)) for one in methods):
                yield whole
            yield from _resources(value, whole)


# ------------------------------------------------------------------ anthropic


def _anthropic(package: ModuleType, catalogue: Catalogue) -> Iterator[str]:
    found = sorted(set(_literals(importlib.import_module(f"{package.__name__}.types.model").Model)))
    for model in found:
        if catalogue.claude_model(model) is None:
            yield f"model {model!r} is new (claude_models.toml)"
    for model, date in _deprecated(package):
        known = catalogue.claude_model(model)
        day = _iso(date)
        if known is None:
            yield f"deprecated model {model!r} ({date}) is not known (claude_models.toml)"
        elif day and known.retires and known.retires != day:
            yield f"model {model!r} retires on {day}, not on {known.retires} (claude_models.toml)"
        elif known.status in ("current", "legacy"):
            yield f"model {model!r} is deprecated, until {date} (claude_models.toml)"


def _deprecated(package: ModuleType) -> Iterable[tuple[str, str]]:
    module = importlib.import_module(f"{package.__name__}.resources.messages.messages")
    table: dict[str, str] = getattr(module, "DEPRECATED_MODELS", {})
    return table.items()


def _iso(date: str) -> str:
    """``November 6th, 2024`` as an ISO date; "" for anything else."""
    from datetime import datetime

    plain = re.sub(r"(\d)(?:st|nd|rd|th)", r"\1", date)
    try:
        return datetime.strptime(plain, "%B %d, %Y").date().isoformat()
    except ValueError:
        return ""


if __name__ == "__main__":
    lines = list(news(load("claudeapi")))
    print("\n".join(lines) or "the catalogue knows all that the installed packages have")
    sys.exit(1 if lines else 0)
