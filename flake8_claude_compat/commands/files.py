"""What the commands that take files and folders have in common."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from .. import frontends, reporters
from ..config import Config
from ..discovery import MAX_NAMED, TOO_LARGE_TO_NAME, Found, settings_of_project
from ..encoding import decoded
from ..findings import Problem
from ..languages import language_by_line, language_by_name
from ..options import ConfigError
from ..redaction import redact
from . import Argument

#: options of all of them
ARGUMENTS_OF_FILES = (
    Argument(
        ("--force-exclude",),
        "treat files that are named as those found in a folder: for tools that name all there are",
        {"action": "store_true"},
    ),
    Argument(
        ("--jobs", "-j"), "processes at most; default: as many as pay", {"metavar": "N", "type": int, "default": 0}
    ),
    Argument(
        ("--verbose", "-v"), "say what was left out and why; -vv names each file", {"action": "count", "default": 0}
    ),
)  # fmt: skip


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Offer files and folders to name."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders; default: .")


def verify(options: argparse.Namespace, settings: Config) -> None:
    """What is wrong with the options is said before any work is done: :class:`ConfigError`."""
    if options.jobs < 0:
        raise ConfigError(f"--jobs: {options.jobs} is not a number of processes")
    if settings.baseline:
        from .. import baseline

        baseline.load(settings.baseline)


def read_stdin(name: str, found: Found) -> tuple[bytes, tuple[str, str] | None]:
    """The standard input, and its text and language; None with a problem where these cannot be told."""
    data = sys.stdin.buffer.read()
    language = language_by_name(name) or language_by_line(data[:200])
    if language not in frontends.MODULES:
        found.problems.append(Problem(name, "not a kind of file that can be checked"))
        return data, None
    if len(data) > MAX_NAMED:
        found.problems.append(Problem(name, TOO_LARGE_TO_NAME))
        return data, None
    try:
        return data, (decoded(data, language), language)
    except (SyntaxError, ValueError, LookupError) as error:
        found.problems.append(Problem(name, redact(f"cannot be decoded: {error}")))
        return data, None


def notice_base_url(found: Found, options: argparse.Namespace, settings: Config) -> None:
    """Take OPENAI_BASE_URL as set to the target where a .env of the project says so."""
    if settings.openai_base_url_set or options.openai_base_url_set is not None:
        return
    for path in found.settings if options.isolated else settings_of_project(found, settings):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read(1_000_000)
        except OSError:
            continue
        if "OPENAI_BASE_URL" in text:
            from ..engine import catalogue_of
            from ..envfiles import sets_base_url

            if sets_base_url(text, catalogue_of(settings)):
                settings.openai_base_url_set = True
                return


R = TypeVar("R")


def with_progress(results: Iterator[R], total: int, wanted: bool, word: str = "checking") -> Iterator[R]:
    """Results as they come, with a bar on a terminal where it takes long."""
    from .progress import Progress

    with Progress(total, wanted, word) as progress:
        for result in results:
            yield result
            progress.advance()


def colour() -> bool:
    """Whether the standard output shows colours (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def print_problems(problems: Iterable[Problem], what: str = "checked") -> None:
    """A line for each file, or part of one, that could not be dealt with."""
    for problem in problems:
        place = f"{reporters.printable(problem.path)}:{problem.line}"
        print(f"{place}: not {what}: {reporters.printable(problem.message)}", file=sys.stderr)


_PLURALS = {"lock file": "lock files", "symbolic link": "symbolic links", "binary": "binaries"}


def print_skipped(skipped: Sequence[tuple[str, str]], files: int, seconds: float, level: int) -> None:
    """What was left out: counts, with -vv every file."""
    if level > 1:
        for reason, path in sorted(skipped, key=lambda item: item[1]):
            print(f"{reporters.printable(path)}: left out: {reason}", file=sys.stderr)
    counts = Counter(reason for reason, _ in skipped)
    reasons = ", ".join(
        f"{count} {_PLURALS.get(reason, reason) if count > 1 else reason}" for reason, count in sorted(counts.items())
    )
    noun = "file" if files == 1 else "files"
    left_out = reasons or "nothing"
    print(f"claude-compat: checked {files} {noun} in {seconds:.1f} s; left out: {left_out}", file=sys.stderr)
