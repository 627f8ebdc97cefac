"""``claude-compat rules``: all rules, and which of them are on."""

from __future__ import annotations

import argparse
import json
import sys

from .. import config
from ..catalogue import guide
from ..engine import catalogue_of
from ..rules import Rule, all_rules
from . import CLEAN, Argument, add_all
from .tables import columns, emit

ARGUMENTS = (
    Argument(("--format",), "how to print them; default: text", {"choices": ("text", "json"), "default": "text"}),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Print the rules; select, ignore and enable say which are on."""
    settings = config.from_cli(options)

    def is_on(rule: Rule) -> bool:
        return (rule.default or rule.code.startswith(settings.enable)) and settings.reports(rule.code)

    lines = guide.checklist(catalogue_of(settings))
    of_line = {code: next(line.number for line in lines if line.covers(code)) for code in all_rules()}
    rules = all_rules().values()
    if options.format == "json":
        documents = [
            {
                "code": rule.code, "name": rule.name, "summary": rule.summary, "line": of_line[rule.code],
                "default": "on" if rule.default else "opt", "on": is_on(rule), "since": rule.since,
            }
            for rule in rules
        ]  # fmt: skip
        sys.stdout.write(json.dumps({"version": 1, "rules": documents}, indent=1) + "\n")
        return CLEAN
    rows = [
        (
            rule.code,
            rule.name,
            f"{of_line[rule.code]:>4}",
            "on" if is_on(rule) else "off" if rule.default else "opt",
            rule.summary,
        )
        for rule in rules
    ]
    emit(columns(rows, head=("code", "name", "line", "", "what it flags")))
    return CLEAN
