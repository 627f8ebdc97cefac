"""``claude-compat targets``: the endpoints that are known, and what each does with parameters."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from .. import config
from ..catalogue import Catalogue, Target, load
from ..engine import catalogue_of
from ..options import ConfigError, near, shipped_targets
from . import CLEAN, Argument, add_all
from .age import warn_of_age
from .tables import cited, columns, emit, standing, usd

ARGUMENTS = (
    Argument(("--format",), "how to print them; default: text", {"choices": ("text", "json"), "default": "text"}),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="all that is known of one target; default: a list")
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Print one target, or all with the configured one marked. Raises :class:`ConfigError`."""
    if options.name is not None:
        if options.target is not None:
            raise ConfigError("targets: name the target either way, not both ways")
        if (
            options.name not in shipped_targets()
            and not options.name.endswith(".toml")
            and os.sep not in options.name
        ):
            hint = near(options.name, shipped_targets()) or f"; known: {', '.join(shipped_targets())}"
            raise ConfigError(f"targets: no target is known as {options.name!r}{hint}")
        options.target = options.name
    settings = config.from_cli(options)
    catalogue = catalogue_of(settings)
    found = {catalogue.target.id: catalogue}
    if options.name is None:
        found = {name: load(name) for name in shipped_targets()} | found
    if options.format == "json":
        documents = [_document(one.target, one) for one in found.values()]
        sys.stdout.write(
            json.dumps({"version": 1, "target": catalogue.target.id, "targets": documents}, indent=1) + "\n"
        )
    elif options.name is not None:
        emit(_details(catalogue.target, catalogue))
    else:
        rows = [
            ("*" if one is catalogue else "", one.target.id, one.target.name, one.target.base_url,
             one.target.key_variable, one.sources[one.target.source].read)
            for one in found.values()
        ]  # fmt: skip
        emit(columns(rows, head=("", "target", "name", "base URL", "key variable", "read")))
    warn_of_age(settings)
    return CLEAN


def _document(target: Target, catalogue: Catalogue) -> dict[str, Any]:
    def rows(table: dict[str, Any]) -> list[dict[str, Any]]:
        return [{**row._asdict(), "source": cited(row.source, catalogue)} for row in table.values()]

    return {
        "id": target.id,
        "name": target.name,
        "base_url": target.base_url,
        "hosts": list(target.hosts),
        "key_variable": target.key_variable,
        "extends": target.extends,
        "default_status": target.default_status,
        "source": cited(target.source, catalogue),
        "models": target.models,
        "tiers": target.tiers,
        "prices": {model: list(price) for model, price in target.prices.items()},
        "parameters": rows(target.parameters),
        "fields": rows(target.fields),
        "responses": target.responses,
    }


def _details(target: Target, catalogue: Catalogue) -> Iterator[str]:
    yield f"{target.id}: {target.name}"
    rows = [
        ("base URL", target.base_url),
        ("key variable", target.key_variable),
        ("model IDs", f"{', '.join(catalogue.spell(model) for model in target.tiers.values())}"),
        ("of another target", f"what has no row here is as on {target.extends}" if target.extends else ""),
        ("other parameters", target.default_status),
        ("source", cited(target.source, catalogue)),
    ]
    yield from columns([row for row in rows if row[1]], "  ")
    if target.models:
        yield "\nModels"
        yield from columns([(name, catalogue.spell(model)) for name, model in target.models.items()], "  ")
    if target.prices:
        yield "\nUSD per million tokens in / out"
        yield from columns([(model, usd(price)) for model, price in target.prices.items()], "  ")
    for title, table in (("Parameters", target.parameters), ("Fields of messages and tools", target.fields)):
        if table:
            yield f"\n{title}"
            yield from columns([(row.name, standing(row), row.source) for row in sorted(table.values())], "  ")
    states: dict[str, list[str]] = {}
    for field, state in target.responses.items():
        states.setdefault(state, []).append(field)
    if states:
        yield "\nFields of the answer"
        yield from columns([(state, ", ".join(fields)) for state, fields in states.items()], "  ")
    used = {row.source for row in (*target.parameters.values(), *target.fields.values())} | {target.source}
    yield "\nSources"
    yield from columns([(key, cited(key, catalogue)) for key in sorted(used)], "  ")
