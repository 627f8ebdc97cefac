"""``claude-compat explain``: a rule's page in the terminal, or the rules behind an error."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from difflib import get_close_matches

from .. import config
from ..catalogue import SHIPPED, Catalogue, Endpoint, guide, load
from ..engine import catalogue_of
from ..options import ConfigError
from ..reporters import page, printable
from ..rules import Rule, all_rules
from ..rules.parameters import CLASSIFIED
from . import CLEAN, Argument, add_all
from .age import warn_of_age
from .files import colour
from .tables import cited, columns, emit, standing, usd, width

ARGUMENTS = (
    Argument(
        ("--symptom",),
        "explain what is seen when a request fails: a status code or an error message",
        {"metavar": "TEXT"},
    ),
)

#: rules that are listed one by one
_MANY = 10
#: rows of the target that a rule goes by, where they are not those of its parameters in ``CLASSIFIED``
_PARAMETERS = {
    "CLC407": ("response_format", "response_format.json_object"),
    "CLC408": ("response_format", "response_format.json_schema"),
    "CLC411": ("temperature", "top_p"),
}
_FIELDS = {
    "CLC423": ("tools.function.strict",),
    "CLC424": ("user.content.", "assistant.content.", "*.name", "assistant.audio", "assistant.refusal"),
    "CLC425": ("assistant.prefill",),
    "CLC503": ("function.content",),
    "CLC802": ("tool.",),
}
#: state of the fields of answers that a rule is about
_RESPONSES = {"CLC704": "always length 1", "CLC705": "always empty"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    parser.add_argument(
        "what", nargs="?", metavar="CODE|NAME", help="a code, its beginning (CLC4), a rule's name, or an error message"
    )
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Print an explanation. Raises :class:`ConfigError` for what nothing is known of."""
    settings = config.from_cli(options)
    catalogue = catalogue_of(settings)
    known, what = all_rules(), (options.what or "").strip()
    if bool(what) == (options.symptom is not None):
        raise ConfigError("explain: name a code or a rule, or what is seen with --symptom")
    if options.symptom is not None:
        emit(_symptom(options.symptom, catalogue))
    elif rule := known.get(what.upper()) or next((rule for rule in known.values() if rule.name == what.lower()), None):
        _print_rule(rule, catalogue)
    elif re.fullmatch(r"CLC[0-9]{0,2}", what.upper()) and any(code.startswith(what.upper()) for code in known):
        rows = [(rule.code, rule.name, rule.summary) for code, rule in known.items() if code.startswith(what.upper())]
        emit(columns(rows))
    elif not re.fullmatch(r"CLC\d*", what.upper()) and list(_matching(what, catalogue)):
        emit(_symptom(what, catalogue))
    else:
        near = get_close_matches(what.lower(), [rule.name for rule in known.values()], 1)
        near = near or get_close_matches(what.upper(), list(known), 1)
        hint = f"; did you mean {near[0]}?" if near else ": claude-compat rules lists all"
        raise ConfigError(f"explain: no rule is called {printable(what)!r}{hint}")
    warn_of_age(settings)
    return CLEAN


# --------------------------------------------------------------------- a rule


def _print_rule(rule: Rule, catalogue: Catalogue) -> None:
    line = next(line for line in guide.checklist(catalogue) if line.covers(rule.code))
    text = page(rule.code, rule.name).text
    head = f"{rule.code} {rule.name}: {rule.summary}"
    default = "on by default" if rule.default else "advice: off unless it is enabled, counted by checklist"
    facts = [
        ("checklist", f"line {line.number}: {line.text}"),
        ("default", f"{default}; since {rule.since}"),
        *(("seen as", row.error) for row in guide.troubleshooting(catalogue) if rule.code.startswith(row.codes)),
    ]
    if colour():
        from rich.console import Console
        from rich.markdown import Markdown

        console = Console(width=width(), file=sys.stdout, force_terminal=True)
        console.print(head, style="bold", highlight=False, markup=False)
        emit(columns(facts, "  "))
        console.print()
        console.print(Markdown(text))
    else:
        emit([head, *columns(facts, "  "), "", text])
    rows = list(_target_rows(rule, catalogue))
    if rows:
        emit(["", f"On {catalogue.target.id}"])
        for name, says, source in rows:
            emit(columns([(name, says), ("", f"source: {source}")] if source else [(name, says)], "  "))


def _target_rows(rule: Rule, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(name, what the target does, source) for each fact that a rule goes by."""
    target, code = catalogue.target, rule.code
    own = cited(target.source, catalogue)
    names = _PARAMETERS.get(code) or tuple(name for name, owner in CLASSIFIED.items() if owner == code)
    for name in names:
        if name in target.parameters or "." not in name:
            row = target.parameter(name)
            owner = f" (as on {row.status_owner})" if row.status_owner not in ("", target.id) else ""
            yield name, f"{standing(row)}{owner}", cited(row.source, catalogue)
    for name, row in target.fields.items():
        if name.startswith(_FIELDS.get(code, ())) and (row.status != "supported" or code not in ("CLC424",)):
            yield name, standing(row), cited(row.source, catalogue)
    fields = [field for field, state in target.responses.items() if state == _RESPONSES.get(code)]
    if fields:
        base = load(target.extends) if target.extends in SHIPPED else catalogue
        stated = base if all(base.target.responses.get(field) == _RESPONSES[code] for field in fields) else catalogue
        owner = f" (as on {stated.target.id})" if stated is not catalogue else ""
        yield _RESPONSES[code], f"{', '.join(fields)}{owner}", cited(stated.target.source, stated)
    endpoints: dict[str, Endpoint] = {}
    for endpoint in catalogue.endpoints.values():
        if endpoint.code == code:
            endpoints.setdefault(endpoint.family, endpoint)
    for family, endpoint in endpoints.items():
        sunset = f"; OpenAI ends it on {endpoint.sunset}" if endpoint.sunset else ""
        yield family, f"no counterpart{f': {endpoint.alternative}' if endpoint.alternative else ''}{sunset}", ""
    if code.startswith("CLC1"):
        yield "base URL", target.base_url, own
    elif code.startswith("CLC2"):
        yield "key variable", target.key_variable, own
    elif code.startswith("CLC3"):
        pairs = {**{name: catalogue.spell(model) for name, model in target.models.items()}, **catalogue.model_map}
        for name, model in pairs.items():
            price = target.prices.get(model)
            yield name, f"use {model}{f', {usd(price)} per million tokens in / out' if price else ''}", ""
        yield (
            "other models",
            ", ".join(f"{tier}: {catalogue.spell(model)}" for tier, model in target.tiers.items()),
            own,
        )


# ------------------------------------------------------------------- symptoms


def _matching(text: str, catalogue: Catalogue) -> Iterator[guide.Trouble]:
    """The rows of the troubleshooting table that a message means, the closest first."""
    scored = []
    for number, row in enumerate(guide.troubleshooting(catalogue)):
        hits = {found.group().lower() for found in re.finditer(row.pattern, text[:2000], re.IGNORECASE)}
        if row.error.lower() == text.strip().lower():
            hits |= set("all of it")
        if hits:
            scored.append((-len(hits), number, row))
    return (row for _, _, row in sorted(scored))


def _symptom(text: str, catalogue: Catalogue) -> Iterator[str]:
    rows = list(_matching(text, catalogue))
    if not rows:
        known = "; ".join(row.error for row in guide.troubleshooting(catalogue))
        raise ConfigError(f"explain: nothing is known of {printable(text)[:80]!r}; known are: {known}")
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield printable(row.error)
        yield from columns([("usual cause", row.cause), ("fix", row.fix)], "  ")
        every = all_rules().values()
        rules = [(one.code, one.name, one.summary) for one in every if row.codes and one.code.startswith(row.codes)]
        if len(rules) > _MANY:
            lines = guide.checklist(catalogue)
            rules = [
                (code, f"{sum(one.code.startswith(code) for one in every)} rules",
                 f"{next(line.text for line in lines if line.covers(code))} (claude-compat explain {code})")
                for code in row.codes
            ]  # fmt: skip
        if rules:
            yield f"  find it with: claude-compat check --select {','.join(row.codes)} --enable {','.join(row.codes)}"
            yield from columns(rules, "    ")
        else:
            yield "  no rule finds it: it is not in the code"
        yield from columns([("source", cited(row.source, catalogue))], "  ")
