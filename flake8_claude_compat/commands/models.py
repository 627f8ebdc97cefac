"""``claude-compat models``: counterparts, prices and dates."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from .. import config
from ..catalogue import Catalogue, ClaudeModel, Model
from ..engine import catalogue_of
from ..options import ConfigError
from ..redaction import redact
from . import CLEAN, Argument, add_all
from .age import warn_of_age
from .tables import cited, columns, emit, usd

ARGUMENTS = (
    Argument(("--format",), "how to print them; default: text", {"choices": ("text", "json"), "default": "text"}),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a model's name in any spelling; default: all models")
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Print one model, or all. Raises :class:`ConfigError` for a name that means none."""
    settings = config.from_cli(options)
    catalogue = catalogue_of(settings)
    today = settings.today.isoformat()
    if options.name is None:
        found = [*_all_openai(catalogue), *_all_claude(catalogue)]
    else:
        found = [_one(options.name, catalogue)]
    if options.format == "json":
        sys.stdout.write(json.dumps({"version": 1, "target": catalogue.target.id, "models": found}, indent=1) + "\n")
    elif options.name is not None:
        emit(_details(found[0], today))
    else:
        emit(_tables(found, catalogue, today))
    warn_of_age(settings)
    return CLEAN


def _openai(name: str, model: Model, catalogue: Catalogue) -> dict[str, Any]:
    use = catalogue.replacement(name)
    price = catalogue.price(use)
    return {
        "name": name, "vendor": "openai", "kind": model.kind, "tier": model.tier, "use": use,
        "price": list(price) if price else None, "status": "", "ends": model.shutdown,
        "source": cited(model.source, catalogue),
    }  # fmt: skip


def _claude(name: str, model: ClaudeModel, catalogue: Catalogue) -> dict[str, Any]:
    spelled = catalogue.spell(model.id)
    price = catalogue.price(spelled)
    return {
        "name": name, "vendor": "claude", "kind": "chat", "tier": model.tier,
        "use": catalogue.spell(model.replacement) if model.status == "retired" and model.replacement else spelled,
        "price": list(price) if price else None, "status": model.status, "ends": model.retires,
        "replacement": catalogue.spell(model.replacement) if model.replacement else "",
        "sampling": model.sampling, "prefill": model.prefill, "aliases": list(model.aliases),
        "source": cited(model.source, catalogue),
    }  # fmt: skip


def _all_openai(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    return (_openai(name, model, catalogue) for name, model in catalogue.openai_models.items())


def _all_claude(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    return (_claude(model.id, model, catalogue) for model in catalogue.claude_models.values())


def _one(name: str, catalogue: Catalogue) -> dict[str, Any]:
    tuned = catalogue.fine_tuned(name)
    openai = catalogue.openai_model(name) or (catalogue.openai_model(tuned) if tuned else None)
    if openai is not None:
        found = _openai(name, openai, catalogue)
        if tuned:
            found["kind"] = f"fine-tuned {tuned}"
            found["ends"] = ""
        return found
    foreign = catalogue.foreign_claude(name)
    first = (foreign[1] if foreign else "") or next(
        (model.id for model in catalogue.claude_models.values() if catalogue.spell(model.id) == name), name
    )
    claude = catalogue.claude_model(first)
    if claude is not None:
        found = _claude(name, claude, catalogue)
        if foreign:
            found["spelling"] = foreign[0]
        return found
    known = [*catalogue.openai_models, *catalogue.claude_models]
    near = catalogue.closest_claude(name) if "claude" in name.lower() else ""
    near = near or next(iter(get_close_matches(name, known, 1)), "")
    hint = f"; did you mean {near!r}?" if near else ""
    raise ConfigError(f"models: no model is known as {redact(name)!r}{hint}")


def _ends(model: dict[str, Any], today: str) -> str:
    if not model["ends"]:
        return ""
    verb = ("shut down", "shuts down") if model["vendor"] == "openai" else ("retired", "retires")
    return f"{verb[model['ends'] > today]} {model['ends']}"


def _details(model: dict[str, Any], today: str) -> Iterator[str]:
    yield model["name"]
    rows = [
        ("vendor", "OpenAI" if model["vendor"] == "openai" else "Anthropic"),
        ("kind", model["kind"]),
        ("tier", model["tier"]),
        ("spelling of", model.get("spelling", "")),
        ("status", model["status"]),
        ("date", _ends(model, today)),
        ("use", model["use"] or "no counterpart: keep another service for it"),
        ("USD per million tokens", f"{usd(model['price'])} in / out" if model["price"] else ""),
        ("replacement", model.get("replacement", "")),
        ("temperature, top_p", model.get("sampling", "")),
        ("prefill", model.get("prefill", "")),
        ("source", model["source"]),
    ]
    yield from columns([row for row in rows if row[1]], "  ")


def _tables(found: list[dict[str, Any]], catalogue: Catalogue, today: str) -> Iterator[str]:
    target = catalogue.target
    yield f"OpenAI's models and what to use on {target.id}"
    rows = [
        (model["name"], model["kind"], _ends(model, today), model["use"] or "no counterpart")
        for model in found
        if model["vendor"] == "openai"
    ]
    yield from columns(rows, "  ")
    yield ""
    stated = f", USD per million tokens in / out as {target.name} states them" if target.prices else ""
    yield f"Claude's models{stated}"
    claude = [
        (catalogue.spell(model["name"]), model["tier"], model["status"], usd(model["price"]),
         _ends(model, today) + (f", then {model['replacement']}" if model["replacement"] and model["ends"] else ""))
        for model in found
        if model["vendor"] == "claude"
    ]  # fmt: skip
    yield from columns(claude, "  ")
