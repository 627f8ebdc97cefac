"""The subcommands of ``claude-compat``: one module each.

A module has ``add_arguments(parser)`` and ``run(options) -> int``, the exit
code. It is imported when its command is asked for.
"""

from __future__ import annotations

from typing import Any

from ..record import NamedTuple

#: command → one line for ``claude-compat --help``
COMMANDS = {
    "check": "report findings",
    "fix": "make the changes that the findings ask for",
    "checklist": "show which lines of the migration checklist are done, and what is left",
    "explain": "explain a code, a rule's name or what is seen when a request fails",
    "rules": "list the rules",
    "models": "list models with their counterparts, prices and dates, or tell all about one",
    "targets": "list the targets, or tell all about one",
    "facts": "show what is seen in files: clients, requests, models, keys …",
}

#: exit codes
CLEAN, FOUND, USAGE, UNCHECKED, INTERRUPTED = 0, 1, 2, 3, 130


class Argument(NamedTuple):
    """An option of a single command; ``details`` are argparse's."""

    flags: tuple[str, ...]
    help: str
    details: dict[str, Any]


def add_all(parser: Any, arguments: tuple[Argument, ...]) -> None:
    """Offer arguments to a command."""
    for argument in arguments:
        parser.add_argument(*argument.flags, help=argument.help, **argument.details)


def markdown_table(arguments: tuple[Argument, ...]) -> str:
    """Arguments as a Markdown table, for the docs."""
    rows = ["| option | |", "|---|---|"]
    for argument in arguments:
        value = argument.details.get("metavar", "")
        if not value and "choices" in argument.details:
            value = argument.flags[0].strip("-").upper()
        flags = ", ".join(f"`{flag}{' ' + value if value else ''}`" for flag in argument.flags)
        rows.append(f"| {flags} | {argument.help} |")
    return "\n".join(rows)
