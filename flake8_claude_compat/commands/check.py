"""``claude-compat check``: find, report, exit."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from .. import config, reporters, writing
from ..checking import Checked, check_files, check_text
from ..config import Config
from ..discovery import Found, discover
from ..findings import Problem
from ..options import ConfigError
from ..reporters import Outcome
from . import CLEAN, FOUND, UNCHECKED, Argument, add_all
from .age import warn_of_age
from .files import (
    ARGUMENTS_OF_FILES,
    add_paths,
    colour,
    notice_base_url,
    print_problems,
    print_skipped,
    read_stdin,
    verify,
    with_progress,
)

ARGUMENTS = (
    Argument(("--format",), "how to print findings; default: text", {"choices": reporters.FORMATS, "default": "text"}),
    Argument(("--output",), "write the report to a file instead of printing it", {"metavar": "FILE"}),
    Argument(("--statistics",), "count the findings of each code, too", {"action": "store_true"}),
    Argument(
        ("--diff",), "report only what is on lines that changed since a revision of git", {"metavar": "REVISION"}
    ),
    Argument(
        ("--write-baseline",),
        "write what is found to the file of --baseline, and report nothing",
        {"action": "store_true"},
    ),
    Argument(("--stdin-filename",), "check the standard input as a file of this name", {"metavar": "NAME"}),
    *ARGUMENTS_OF_FILES,
    Argument(("--quiet", "-q"), "print findings and problems only", {"action": "store_true"}),
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    add_paths(parser)
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Check and report; the exit code. Raises :class:`ConfigError`."""
    started = time.monotonic()
    settings = config.from_cli(options)
    baseline = _new_baseline(options, settings)
    verify(options, settings)
    found, results = _stdin(options, settings) if options.stdin_filename else _files(options, settings)
    problems = [*found.problems, *(problem for result in results for problem in result.problems)]
    if baseline:
        return _write_baseline(baseline, results, problems, options.quiet)
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
        print_skipped(skipped, outcome.files, time.monotonic() - started, options.verbose)
    if any(result.items for result in results):
        if not options.quiet:
            warn_of_age(settings)
        return FOUND
    return UNCHECKED if problems else CLEAN


# ------------------------------------------------------------- what is checked


def _stdin(options: argparse.Namespace, settings: Config) -> tuple[Found, list[Checked]]:
    found = Found()
    _, read = read_stdin(options.stdin_filename, found)
    if read is None:
        return found, []
    notice_base_url(found, options, settings)
    edits = options.format in reporters.WITH_EDITS
    return found, [check_text(options.stdin_filename, *read, settings, edits=edits)]


def _files(options: argparse.Namespace, settings: Config) -> tuple[Found, list[Checked]]:
    changed = _changed(options.diff) if options.diff is not None else None
    found = discover(options.paths, settings, force_exclude=options.force_exclude)
    notice_base_url(found, options, settings)
    files = found.files
    places = [os.path.realpath(file.path) for file in files] if changed is not None else []
    if changed is not None:
        files = [file for file, place in zip(files, places) if place in changed]
        places = [place for place in places if place in changed]
    checked = check_files(files, settings, options.jobs, options.format in reporters.WITH_EDITS)
    results = list(with_progress(checked, len(files), not options.quiet))
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


# ---------------------------------------------------------------- the baseline


def _new_baseline(options: argparse.Namespace, settings: Config) -> str:
    """The baseline to write, "" for none; what is in the present one is found again for it."""
    if not options.write_baseline:
        return ""
    if not settings.baseline:
        raise ConfigError("--write-baseline: say with --baseline to which file")
    if options.diff is not None or options.stdin_filename:
        raise ConfigError("--write-baseline: it is of whole files, without --diff and --stdin-filename")
    path, settings.baseline = settings.baseline, ""
    return path


def _write_baseline(path: str, results: Sequence[Checked], problems: Sequence[Problem], quiet: bool) -> int:
    from .. import baseline

    found = {
        result.path: [(item.fingerprint, item.finding.code) for item in result.items]
        for result in results
        if not result.problems
    }
    count = baseline.store(path, found)
    print_problems(problems)
    if not quiet:
        print(f"claude-compat: {count} findings are in {reporters.printable(path)} now", file=sys.stderr)
    return UNCHECKED if problems else CLEAN


# ------------------------------------------------------------------ the report


def _report(outcome: Outcome, options: argparse.Namespace) -> None:
    if options.output and options.output != "-":
        write(options.output, reporters.render(options.format, outcome))
        return
    for part in reporters.render(options.format, outcome._replace(colour=colour())):
        sys.stdout.write(part)
    sys.stdout.flush()


def write(path: str, parts: Iterable[str], option: str = "--output") -> None:
    """Write a file that an option names, as a whole or not at all. Raises :class:`ConfigError`."""
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # /dev/stdout, a pipe
            with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(parts)
            return
        writing.write(path, (part.encode("utf-8", "backslashreplace") for part in parts))
    except OSError as error:
        raise ConfigError(f"{option}: {path} cannot be written: {error.strerror or error}") from None
    except writing.WriteError as error:
        raise ConfigError(f"{option}: {path} {error}") from None


def _print_statistics(outcome: Outcome, stream: object) -> None:
    counts = Counter((item.finding.code, item.name) for result in outcome.results for item in result.items)
    for (code, name), count in sorted(counts.items()):
        print(f"{count:<5} {code} {name}", file=stream)  # type: ignore[call-overload]


def _print_remarks(outcome: Outcome, quiet: bool) -> None:
    print_problems(outcome.problems)
    if not quiet:
        for remark in outcome.remarks:
            place = reporters.place(remark.path, remark.cell, remark.line)
            print(f"{place}: {reporters.printable(remark.message)}", file=sys.stderr)
