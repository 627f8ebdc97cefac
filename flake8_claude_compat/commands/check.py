"""``claude-compat check``: find, report, exit."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from .. import config, frontends, reporters
from ..checking import Checked, check_files, check_text, decoded
from ..config import Config, ConfigError
from ..discovery import Found, discover, language_by_line, language_by_name, settings_of_project
from ..findings import Problem
from ..reporters import Outcome
from . import CLEAN, FOUND, UNCHECKED, Argument, add_all

ARGUMENTS = (
    Argument(("--format",), "how to print findings; default: text", {"choices": reporters.FORMATS, "default": "text"}),
    Argument(("--output",), "write the report to a file instead of printing it", {"metavar": "FILE"}),
    Argument(("--statistics",), "count the findings of each code, too", {"action": "store_true"}),
    Argument(
        ("--diff",), "report only what is on lines that changed since a revision of git", {"metavar": "REVISION"}
    ),
    Argument(
        ("--stdin-filename",), "check the standard input as a file of this name", {"metavar": "NAME"}
    ),
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
    Argument(("--quiet", "-q"), "print findings and problems only", {"action": "store_true"}),
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders; default: .")
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Check and report; the exit code. Raises :class:`ConfigError`."""
    started = time.monotonic()
    settings = config.from_cli(options)
    if options.jobs < 0:
        raise ConfigError(f"--jobs: {options.jobs} is not a number of processes")
    found, results = _stdin(options, settings) if options.stdin_filename else _files(options, settings)
    problems = [*found.problems, *(problem for result in results for problem in result.problems)]
    outcome = Outcome(settings.target_name(), sum(not one.skipped for one in results), results, problems, False)
    _report(outcome, options)
    if options.statistics:
        readable = options.format in ("text", "full") and not options.output
        _print_statistics(outcome, sys.stdout if readable else sys.stderr)
    _print_remarks(outcome, options.quiet)
    if not results and not problems and not options.quiet and not options.diff and not options.stdin_filename:
        print("claude-compat: there is no file to check here", file=sys.stderr)
    if options.verbose:
        skipped = found.skipped + [(one.skipped, one.path) for one in results if one.skipped]
        _print_skipped(skipped, outcome.files, time.monotonic() - started, options.verbose)
    if any(result.items for result in results):
        return FOUND
    return UNCHECKED if problems else CLEAN


# ------------------------------------------------------------- what is checked


def _stdin(options: argparse.Namespace, settings: Config) -> tuple[Found, list[Checked]]:
    name, found = options.stdin_filename, Found()
    data = sys.stdin.buffer.read()
    language = language_by_name(name) or language_by_line(data[:200])
    if language not in frontends.MODULES:
        found.problems.append(Problem(name, "not a kind of file that can be checked"))
        return found, []
    _notice_base_url(found, options, settings)
    try:
        return found, [check_text(name, decoded(data, language), language, settings)]
    except (SyntaxError, ValueError, LookupError) as error:
        found.problems.append(Problem(name, f"cannot be decoded: {error}"))
        return found, []


def _files(options: argparse.Namespace, settings: Config) -> tuple[Found, list[Checked]]:
    from .progress import Progress

    changed = _changed(options.diff) if options.diff is not None else None
    found = discover(options.paths, settings, force_exclude=options.force_exclude)
    _notice_base_url(found, options, settings)
    files = found.files
    places = [os.path.realpath(file.path) for file in files] if changed is not None else []
    if changed is not None:
        files = [file for file, place in zip(files, places) if place in changed]
        places = [place for place in places if place in changed]
    with Progress(len(files), not options.quiet) as progress:
        results = []
        for result in check_files(files, settings, options.jobs):
            results.append(result)
            progress.advance()
    if changed is not None:
        results = [_on_lines(result, changed[place]) for result, place in zip(results, places)]
    return found, results


def _changed(revision: str) -> dict[str, list[range] | None]:
    from .. import git

    try:
        return git.changed_lines(".", revision)
    except git.GitError as error:
        raise ConfigError(f"--diff: {error}") from None


def _on_lines(result: Checked, lines: Sequence[range] | None) -> Checked:
    """What of a result is on changed lines; None: all lines are new."""
    if lines is None:
        return result

    def touched(first: int, last: int) -> bool:
        return any(one.start <= last and first < one.stop for one in lines)

    items = tuple(
        item
        for item in result.items
        if touched(item.file_line, item.file_line + item.location.end_line - item.location.line)
    )
    remarks = tuple(one for one in result.remarks if one.cell is not None or touched(one.line, one.line))
    return result._replace(items=items, remarks=remarks)


def _notice_base_url(found: Found, options: argparse.Namespace, settings: Config) -> None:
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


# ------------------------------------------------------------------ the report


def _report(outcome: Outcome, options: argparse.Namespace) -> None:
    if options.output and options.output != "-":
        _write(options.output, reporters.render(options.format, outcome))
        return
    for part in reporters.render(options.format, outcome._replace(colour=_colour())):
        sys.stdout.write(part)
    sys.stdout.flush()


def _colour() -> bool:
    """Whether the standard output shows colours (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _write(path: str, parts: Iterable[str]) -> None:
    """Write a file as a whole or not at all. Raises :class:`ConfigError`."""
    whole = os.path.realpath(path)
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # /dev/stdout, a pipe
            with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(parts)
            return
        temporary = f"{whole}.{os.getpid()}.tmp"
        try:
            with open(temporary, "x", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.writelines(parts)
            os.replace(temporary, whole)
        except BaseException:
            if os.path.exists(temporary):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise ConfigError(f"--output: {path} cannot be written: {error.strerror or error}") from None


def _print_statistics(outcome: Outcome, stream: object) -> None:
    counts = Counter((item.finding.code, item.name) for result in outcome.results for item in result.items)
    for (code, name), count in sorted(counts.items()):
        print(f"{count:<5} {code} {name}", file=stream)  # type: ignore[call-overload]


def _print_remarks(outcome: Outcome, quiet: bool) -> None:
    for problem in outcome.problems:
        place = f"{reporters.printable(problem.path)}:{problem.line}"
        print(f"{place}: not checked: {reporters.printable(problem.message)}", file=sys.stderr)
    if not quiet:
        for remark in outcome.remarks:
            place = reporters.place(remark.path, remark.cell, remark.line)
            print(f"{place}: {reporters.printable(remark.message)}", file=sys.stderr)


_PLURALS = {"lock file": "lock files", "symbolic link": "symbolic links", "binary": "binaries"}


def _print_skipped(skipped: list[tuple[str, str]], files: int, seconds: float, level: int) -> None:
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
