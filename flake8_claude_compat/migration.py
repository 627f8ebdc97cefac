"""Files → what fixing makes of them: plain data that goes from process to process and to the user."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from .checking import Checked, keys_in, read_file
from .config import Config
from .discovery import File, shown
from .encoding import encoded
from .findings import Problem
from .fixing import UNSAFE_ONLY, Left, fix_text
from .processes import over_files
from .record import NamedTuple
from .redaction import mask, redact

#: characters; a shorter key is masked only where it stands in quotes
_SHORT = 6


class Todo(NamedTuple):
    """A finding that is left: where, what is to be done (without keys) and why it was not."""

    line: int
    column: int
    cell: int | None
    code: str
    message: str
    reason: str

    @property
    def unsafe(self) -> bool:
        """It would be changed with ``--unsafe``."""
        return self.reason == UNSAFE_ONLY


class Migrated(NamedTuple):
    """The outcome for one file.

    ``before``: its bytes as they were read; ``after``: those to write, None
    where nothing changes. ``texts``: both texts with the keys in them masked,
    in lines, for showing. ``changed``: the codes of the findings changed.
    """

    path: str
    before: bytes = b""
    after: bytes | None = None
    texts: tuple[Lines, Lines] | None = None
    changed: tuple[str, ...] = ()
    left: tuple[Todo, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: str = ""


class Lines(NamedTuple):
    """The lines of a text, and what may be shown of each: it has the same length."""

    exact: tuple[str, ...]
    shown: tuple[str, ...]


def migrate_files(
    files: Sequence[File], settings: Config, unsafe: bool, codes: Sequence[str], jobs: int
) -> Iterator[Migrated]:
    """What becomes of files, in their order; nothing is written.

    ``codes``: beginnings of the codes to change, () for all. ``jobs``: see
    :func:`processes.over_files`.
    """
    work = partial(migrate_file, settings=settings, unsafe=unsafe, codes=tuple(codes))
    return over_files(work, files, jobs, _lost)


def migrate_file(file: File, settings: Config, unsafe: bool, codes: tuple[str, ...]) -> Migrated:
    """Read a file and fix its text."""
    read = read_file(file)
    if isinstance(read, Checked):
        return Migrated(read.path, problems=read.problems, skipped=read.skipped)
    return migrate_text(shown(file.path), *read, file.language, settings, unsafe, codes)


def migrate_text(
    name: str, data: bytes, text: str, language: str, settings: Config, unsafe: bool, codes: tuple[str, ...]
) -> Migrated:
    """Fix the text of a file with these bytes, unless it could not be written back as it was."""
    fixed = fix_text(name, text, language, settings, unsafe, (lambda code: code.startswith(codes)) if codes else None)
    left = tuple(_todo(one) for one in fixed.left)
    problems = tuple(
        problem._replace(message=redact(problem.message)) for problem in fixed.problems
    )
    if fixed.text == text:
        return Migrated(name, data, left=left, problems=problems)
    try:
        same = encoded(text, data, language) == data
        after = encoded(fixed.text, data, language) if same else None
    except (SyntaxError, ValueError, LookupError):
        after = None
    if after is None:
        reason = "its encoding does not give back what was read"
        return Migrated(name, data, left=left, problems=(Problem(name, reason),))
    keys = sorted(keys_in(name, text, language, settings) | keys_in(name, fixed.text, language, settings))
    texts = (_lines(text, keys), _lines(fixed.text, keys))
    return Migrated(name, data, after, texts, tuple(finding.code for finding in fixed.changed), left, problems)


def _lost(path: str, why: str) -> Migrated:
    return Migrated(path, problems=(Problem(path, why),))


def _todo(left: Left) -> Todo:
    finding, _, place, _, _ = left.located
    return Todo(place.line, place.column, place.cell, finding.code, redact(finding.message), left.reason)


def _lines(text: str, keys: Sequence[str]) -> Lines:
    exact = tuple(re.findall(r"[^\n]*\n|[^\n]+", text))
    safe = text
    for key in keys:
        if len(key) >= _SHORT:
            safe = safe.replace(key, mask(key))
        else:
            safe = re.sub(rf"(?<=[\"'`]){re.escape(key)}(?=\\?[\"'`])", mask(key), safe)
    safe = redact(safe)
    shown_lines, at = [], 0
    for line in exact:
        shown_lines.append(safe[at : at + len(line)])
        at += len(line)
    return Lines(exact, tuple(shown_lines))
