"""``claude-compat checklist``: which lines of the migration checklist are done, and what is left."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from typing import Any

from .. import config
from ..checking import Checked, check_files, check_text
from ..checklist import build
from ..checklist.comparison import compare
from ..checklist.records import Checklist, Effort, Entry
from ..config import Config
from ..discovery import BINARY, Found, discover, unwanted, was_checked
from ..encoding import decoded
from ..engine import catalogue_of
from ..languages import language_by_line, language_by_name
from ..options import ConfigError
from ..reporters import checklist as reporters
from . import CLEAN, FOUND, UNCHECKED, Argument, add_all
from .age import age_of
from .check import write
from .files import (
    ARGUMENTS_OF_FILES,
    add_paths,
    colour,
    notice_base_url,
    print_problems,
    print_skipped,
    verify,
    with_progress,
)

ARGUMENTS = (
    Argument(
        ("--format",), "how to print the checklist; default: text", {"choices": reporters.FORMATS, "default": "text"}
    ),
    Argument(("--output",), "write the report to a file instead of printing it", {"metavar": "FILE"}),
    Argument(("--since",), "say what was fixed and what is new since a revision of git", {"metavar": "REVISION"}),
    Argument(
        ("--save",), "add today's figures to a history, and show the burn-down over time", {"metavar": "FILE.json"}
    ),
    *ARGUMENTS_OF_FILES,
    Argument(("--quiet", "-q"), "print the checklist only", {"action": "store_true"}),
)
_VERSION = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    add_paths(parser)
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Print the checklist; 1 if something is to be done. Raises :class:`ConfigError`."""
    started = time.monotonic()
    settings = config.from_cli(options)
    verify(options, settings)
    settings.enable = ("CLC",)  # advice counts here, even where it is off
    settings.baseline = ""  # what is known and left is left all the same
    history = _read_history(options.save) if options.save else ()
    found = discover(options.paths, settings, force_exclude=options.force_exclude)
    notice_base_url(found, options, settings)
    checked = check_files(found.files, settings, options.jobs, survey=True)
    results = list(with_progress(checked, len(found.files), not options.quiet))
    problems = [*found.problems, *(problem for result in results for problem in result.problems)]
    made = build(results, problems, catalogue_of(settings), settings, age_of(settings))
    if options.since is not None:
        made = _since(made, options, settings, found, results)
    if options.save:
        made = made._replace(history=_with_today(history, made))
        _write_history(options.save, made.history)
    if options.output and options.output != "-":
        write(options.output, reporters.render(options.format, made))
    else:
        sys.stdout.writelines(reporters.render(options.format, made, colour()))
        sys.stdout.flush()
    if made.age and not options.quiet:
        print(f"claude-compat: {made.age}", file=sys.stderr)
    if options.format != "text" or options.output:
        print_problems(problems)
    if options.verbose:
        skipped = found.skipped + [(one.skipped, one.path) for one in results if one.skipped]
        print_skipped(skipped, made.files, time.monotonic() - started, options.verbose)
    if made.left:
        return FOUND
    return UNCHECKED if problems else CLEAN


# ---------------------------------------------------------------------- since


def _since(
    made: Checklist, options: argparse.Namespace, settings: Config, found: Found, results: list[Checked]
) -> Checklist:
    """The checklist with what changed: files that differ are checked as they were, too."""
    from .. import git

    try:
        old = git.old_files(".", options.since)
    except git.GitError as error:
        raise ConfigError(f"--since: {error}") from None
    before: dict[str, Checked] = {}
    here = {os.path.realpath(file.path): (file, result.path) for file, result in zip(found.files, results)}
    tops = [os.path.realpath(path) for path in options.paths]
    folder = os.path.join(os.path.realpath("."), "")
    for path, data in old.items():
        if path in here:
            file, name = here[path]
            language, exposed = file.language, file.exposed
        elif data is not None and any(path == top or path.startswith(os.path.join(top, "")) for top in tops):
            name, exposed = path.removeprefix(folder), ""
            language = language_by_name(path) or language_by_line(data[:200])
            if os.path.exists(path) or not was_checked(path, language, len(data), settings):
                continue
        else:
            continue
        before[name] = _as_it_was(name, data, language, exposed, settings)
    return compare(results, before, options.since, made)


def _as_it_was(name: str, data: bytes | None, language: str, exposed: str, settings: Config) -> Checked:
    if data is None:
        return Checked(name)
    try:
        text = decoded(data, language)
    except (SyntaxError, ValueError, LookupError):
        return Checked(name, skipped=BINARY)
    if reason := unwanted(text, language):
        return Checked(name, skipped=reason)
    return check_text(name, text, language, settings, exposed)


# -------------------------------------------------------------------- history


def _read_history(path: str) -> tuple[Entry, ...]:
    """The entries of a history; none if there is no such file. Raises :class:`ConfigError`."""
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(f"--save: {path} cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise ConfigError(f"--save: {path} is not a history of claude-compat checklist") from None
    try:
        if document["version"] != _VERSION:
            raise ConfigError(f"--save: {path} is of version {document['version']}, not {_VERSION}")
        return tuple(_entry(one) for one in document["entries"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ConfigError(f"--save: {path} is not a history of claude-compat checklist") from None


def _entry(one: dict[str, Any]) -> Entry:
    left = {int(number): int(count) for number, count in one["left"].items()}
    effort = Effort(*(int(one["effort"][name]) for name in Effort._fields))
    return Entry(str(one["date"]), str(one["revision"]), left, int(one["right"]), effort)


def _with_today(history: tuple[Entry, ...], made: Checklist) -> tuple[Entry, ...]:
    """The history with this run in place of an earlier one of the same day."""
    from .. import git

    today = made.entry._replace(revision=git.head("."))
    return tuple(sorted((*(entry for entry in history if entry.date != today.date), today)))


def _write_history(path: str, history: tuple[Entry, ...]) -> None:
    entries = [{**entry._asdict(), "effort": entry.effort._asdict()} for entry in history]
    write(path, [json.dumps({"version": _VERSION, "entries": entries}, indent=1), "\n"], "--save")
