"""``claude-compat fix``: make the changes that the findings ask for, say what is left."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .. import config, writing
from ..config import Config
from ..discovery import Found, discover
from ..findings import Problem
from ..migration import Migrated, Todo, migrate_files, migrate_text
from ..options import ConfigError, read_codes
from ..reporters import printable
from ..rules.moving import CODES as MOVERS
from . import CLEAN, FOUND, UNCHECKED, Argument, add_all
from .diff import unified
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
    Argument(("--write",), "write the changes without asking", {"action": "store_true"}),
    Argument(
        ("--diff",),
        "show the changes; on a terminal, ask for each file. This is what happens without --write, too",
        {"action": "store_true"},
    ),
    Argument(("--unsafe",), "also make changes that may change what the program does", {"action": "store_true"}),
    Argument(
        ("--code",),
        "make only the changes for this code, or for all that begin so; can be given several times",
        {"metavar": "CODE", "action": "append", "default": []},
    ),
    Argument(("--stdin",), "fix the standard input and print all of it", {"action": "store_true"}),
    Argument(("--stdin-filename",), "the same, as a file of this name", {"metavar": "NAME"}),
    Argument(
        ("--allow-dirty",),
        "do not warn of changes in the files to write that are not committed",
        {"action": "store_true"},
    ),
    *ARGUMENTS_OF_FILES,
    Argument(("--quiet", "-q"), "print diffs and problems only", {"action": "store_true"}),
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    add_paths(parser)
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Fix, write and report; the exit code. Raises :class:`ConfigError`."""
    started = time.monotonic()
    settings = config.from_cli(options)
    verify(options, settings)
    codes = read_codes(options.code, "--code")
    if options.stdin or options.stdin_filename:
        return _stdin(options, settings, codes)
    found = discover(options.paths, settings, force_exclude=options.force_exclude)
    notice_base_url(found, options, settings)
    work = migrate_files(found.files, settings, options.unsafe, codes, options.jobs)
    results = list(with_progress(work, len(found.files), not options.quiet, "fixing"))
    problems = [*found.problems, *(problem for result in results for problem in result.problems)]
    changes = [result for result in results if result.after is not None]
    if changes and not options.allow_dirty:
        _warn_of_dirty(changes, options.write)
    written, refused = _carry_out(changes, options)
    _print_left(results, problems + refused, options.quiet)
    if not options.quiet:
        _print_summary(results, changes, written, options)
        if not results and not problems:
            print("claude-compat: there is no file to fix here", file=sys.stderr)
    if options.verbose:
        skipped = found.skipped + [(one.skipped, one.path) for one in results if one.skipped]
        files = sum(not one.skipped for one in results)
        print_skipped(skipped, files, time.monotonic() - started, options.verbose)
    if problems or refused:
        return UNCHECKED
    return FOUND if changes else CLEAN


# --------------------------------------------------------------- standard input


def _stdin(options: argparse.Namespace, settings: Config, codes: tuple[str, ...]) -> int:
    """The fixed text to the standard output; as it was where it cannot be fixed."""
    if options.write:
        raise ConfigError("--write: the standard input is no file, its text goes to the standard output")
    name, found = options.stdin_filename or "stdin", Found()
    data, read = read_stdin(name, found)
    notice_base_url(found, options, settings)
    result = Migrated(name, data)
    if read is not None:
        result = migrate_text(name, data, *read, settings, options.unsafe, codes)
    if options.diff:
        _show([result])
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data if result.after is None else result.after)
        sys.stdout.buffer.flush()
    problems = [*found.problems, *result.problems]
    _print_left([result], problems, options.quiet)
    if problems:
        return UNCHECKED
    return CLEAN if result.after is None else FOUND


# ------------------------------------------------------------- showing, writing


def _carry_out(changes: Sequence[Migrated], options: argparse.Namespace) -> tuple[list[Migrated], list[Problem]]:
    """Show, ask and write as the options say: what was written, and what could not be."""
    asks = not options.write and sys.stdin.isatty() and sys.stdout.isatty()
    written: list[Migrated] = []
    refused: list[Problem] = []
    folders: set[str] = set()
    everything = options.write
    for index, result in enumerate(changes):
        if options.diff or not options.write:
            _show([result])
        if asks and not everything:
            answer = _ask(result.path, index + 1, len(changes))
            if answer == "q":
                break
            everything = answer == "a"
            if answer == "n":
                continue
        elif not everything:
            continue
        folder = os.path.dirname(result.path)
        if folder not in folders:
            folders.add(folder)
            _clear(folder, options.quiet)
        problem = _write(result, options)
        if problem:
            refused.append(Problem(result.path, problem))
        else:
            written.append(result)
    return written, refused


def _show(results: Iterable[Migrated]) -> None:
    coloured = colour()
    for result in results:
        if result.texts is not None:
            sys.stdout.writelines(unified(result.path, *result.texts, coloured))
    sys.stdout.flush()


def _ask(path: str, number: int, count: int) -> str:
    """``y``, ``n``, ``a`` (this and all that follow) or ``q``; the end of the input is a ``q``."""
    while True:
        print(f"\n{printable(path)} ({number} of {count}): write? [y]es, [n]o, [a]ll, [q]uit: ", end="", flush=True)
        line = sys.stdin.readline()
        answer = line.strip().lower()[:1] if line else "q"
        if not line:
            print()
        if answer and answer in "ynaq":
            return answer


def _clear(folder: str, quiet: bool) -> None:
    """Remove what a run left in a folder that was killed while it wrote."""
    for path in writing.remove_leftovers(folder):
        if not quiet:
            print(f"{printable(path)}: removed, a run that was killed had left it", file=sys.stderr)


def _write(result: Migrated, options: argparse.Namespace) -> str:
    """Write a file; why that was not done, "" if it was."""
    outside = writing.strays(result.path, options.paths)
    if outside:
        return f"it is a link to {outside}, which is not in what was named: name that file"
    assert result.after is not None
    try:
        linked = writing.has_other_names(result.path)
        writing.write(result.path, [result.after], result.before)
    except writing.WriteError as error:
        return f"the file {error}"
    if linked and not options.quiet:
        note = "written as a file of its own: its other names (hard links) keep the old text"
        print(f"{printable(result.path)}: {note}", file=sys.stderr)
    return ""


def _warn_of_dirty(changes: Sequence[Migrated], write: bool) -> None:
    from .. import git

    dirty = git.uncommitted([result.path for result in changes])
    if not dirty:
        return
    names = ", ".join(printable(path) for path in dirty[:3])
    if len(dirty) > 3:
        names += f" and {len(dirty) - 3} more"
    advice = "commit or stash first to be able to take back the fixes alone; --allow-dirty keeps this quiet"
    message = f"git has uncommitted changes in {names}"
    print(f"claude-compat: warning: {message}{f': {advice}' if write else ''}", file=sys.stderr)


# ----------------------------------------------------------------- what is left


def _print_left(results: Sequence[Migrated], problems: Sequence[Problem], quiet: bool) -> None:
    if not quiet:
        for result in results:
            sys.stderr.writelines(f"{line}\n" for line in _left_lines(result))
    print_problems(problems, "fixed")


def _left_lines(result: Migrated) -> Iterator[str]:
    """A file's findings that are left; those that say the same stand on one line."""
    groups: dict[tuple[str, str, str], list[Todo]] = {}
    for todo in result.left:
        groups.setdefault((todo.code, todo.message, todo.reason), []).append(todo)
    if groups:
        yield printable(result.path)
    for (code, message, reason), todos in groups.items():
        yield f"  {_lines_of(todos)}: {code} {printable(message)} ({reason})"


def _lines_of(todos: Sequence[Todo]) -> str:
    """``12``, or ``12, 40``; in notebooks ``cell 3:12``."""
    places = [f"{'' if one.cell is None else f'cell {one.cell + 1}:'}{one.line}" for one in todos]
    return ", ".join(dict.fromkeys(places))


def _print_summary(
    results: Sequence[Migrated], changes: Sequence[Migrated], written: Sequence[Migrated], options: argparse.Namespace
) -> None:
    """Counts; where much is left, by rule; models that may go to another place than their client."""
    left = [todo for result in results for todo in result.left]
    if len(left) > 20:
        counts = Counter(todo.code for todo in left)
        files = Counter(code for result in results for code in {todo.code for todo in result.left})
        print("left, by rule:", file=sys.stderr)
        for code, count in counts.most_common():
            print(f"  {count:<5} {code} in {_number(files[code], 'file')}", file=sys.stderr)
    parts = []
    rest = [result for result in changes if result not in written]
    for word, some in (("changed", written), ("to change", rest)):
        if some:
            count = sum(len(result.changed) for result in some)
            parts.append(f"{_number(count, 'finding')} {word} in {_number(len(some), 'file')}")
    unsafe = sum(todo.unsafe for todo in left)
    if unsafe:
        parts.append(f"{unsafe} need{'s' if unsafe == 1 else ''} --unsafe")
    if len(left) > unsafe:
        parts.append(f"{len(left) - unsafe} by hand")
    if rest and not sys.stdin.isatty() and not options.write:
        parts[0] += " (--write does it)"
    print(f"claude-compat: {'; '.join(parts) or 'nothing to change'}", file=sys.stderr)
    _warn_of_models(results, changes)


def _warn_of_models(results: Sequence[Migrated], changes: Sequence[Migrated]) -> None:
    """A file does not show where the client of another one goes: its models change, whatever becomes of that client."""
    named = [one for one in changes if "CLC301" in one.changed and not any(code in MOVERS for code in one.changed)]
    places = [
        f"{printable(one.path)}:{_lines_of([todo])}"
        for one in results
        for todo in one.left
        if todo.unsafe and todo.code in MOVERS
    ]
    if named and places:
        shown = ", ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")
        what = f"models change in {_number(len(named), 'file')} without a client to move"
        print(f"claude-compat: warning: {what}, and clients stay with OpenAI until --unsafe: {shown}", file=sys.stderr)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
