"""What the migration guide asks for: its checklist, its troubleshooting table, and what is to be tried by hand.

Only commands ask for it, so that it is read apart from the rest.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..record import NamedTuple
from .reading import File

if TYPE_CHECKING:
    from . import Catalogue


class ChecklistLine(NamedTuple):
    """A line of the migration checklist.

    ``subject``: what it is about, in the singular. ``codes``: prefixes of its
    rules' codes. ``runtime``: it is about what the endpoint does, which code
    alone does not tell.
    """

    number: int
    text: str
    subject: str
    codes: tuple[str, ...]
    source: str
    runtime: bool = False

    def covers(self, code: str) -> bool:
        """A finding with this code keeps the line open."""
        return code.startswith(self.codes)


class Trouble(NamedTuple):
    """A row of the guide's troubleshooting table with the codes that find its cause.

    ``pattern``: what an error message holds that means this row (a regular
    expression, case does not matter).
    """

    error: str
    cause: str
    fix: str
    pattern: str
    codes: tuple[str, ...]
    source: str


class HandTest(NamedTuple):
    """A request to send by hand, since no reading of code can tell what comes back.

    ``lines``: of the checklist that it tests. ``expect``: what must come back,
    in Markdown. ``shell``: a command for sh; ``powershell``: the same, or "".
    """

    lines: tuple[int, ...]
    title: str
    expect: str
    source: str
    shell: str
    powershell: str


def checklist(catalogue: Catalogue) -> tuple[ChecklistLine, ...]:
    """The migration checklist, with the target's own URL and name."""
    file = _file(catalogue)
    runtime = file.doc.get("runtime")
    if not isinstance(runtime, list) or any(type(number) is not int for number in runtime):
        raise file.fail("runtime", "must be a list of the numbers of lines")
    return tuple(
        ChecklistLine(int(row[0]), _filled(catalogue, row[1]), row[2], tuple(row[3]), row[4], row[0] in runtime)
        for row in _rows(file, "checklist", 5)
    )


def troubleshooting(catalogue: Catalogue) -> tuple[Trouble, ...]:
    """The guide's troubleshooting table, with the target's own URL and names."""
    found = []
    for *texts, pattern, codes, source in _rows(_file(catalogue), "troubleshooting", 6):
        error, cause, fix = (_filled(catalogue, text) for text in texts)
        found.append(Trouble(error, cause, fix, pattern, tuple(codes), source))
    return tuple(found)


def hand_tests(catalogue: Catalogue) -> tuple[HandTest, ...]:
    """What is to be tried by hand, as commands for the configured target."""
    file, found = _file(catalogue), []
    rows = file.doc.get("tests")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise file.fail("tests", "must be a list of tables")
    for number, row in enumerate(rows):
        where = f"tests[{number}]"
        file.known(row, where, frozenset(HandTest._fields))
        lines = row.get("lines")
        if not isinstance(lines, list) or any(type(line) is not int for line in lines):
            raise file.fail(f"{where}.lines", "must be a list of the numbers of lines")
        texts = {key: file.text(row, key, where, "" if key == "powershell" else None).strip("\n")
                 for key in HandTest._fields if key != "lines"}  # fmt: skip
        file.source(texts["source"], f"{where}.source")
        found.append(HandTest(lines=tuple(lines), **{key: _filled(catalogue, text) for key, text in texts.items()}))
    return tuple(found)


def _filled(catalogue: Catalogue, text: str) -> str:
    target = catalogue.target
    # not str.format: the texts hold JSON
    for name, value in (
        ("base_url", target.base_url.rstrip("/")), ("name", target.name), ("key", target.key_variable),
        ("model", catalogue.spell(target.tiers["sonnet"])),
    ):  # fmt: skip
        text = text.replace(f"{{{name}}}", value)
    return text


@lru_cache(maxsize=16)
def _file(catalogue: Catalogue) -> File:
    file = catalogue.take("checklist.toml")
    file.known(file.doc, "", frozenset({"sources", "runtime", "checklist", "troubleshooting", "tests"}))
    return file


def _rows(file: File, key: str, width: int) -> list[list[Any]]:
    rows = file.table(key).get("rows")
    if not isinstance(rows, list):
        raise file.fail(f"{key}.rows", "must be a list")
    for number, row in enumerate(rows):
        where = f"{key}.rows[{number}]"
        if not isinstance(row, list) or len(row) != width:
            raise file.fail(where, f"must be a list of {width}")
        first = int if key == "checklist" else str
        kinds = (first, *[str] * (width - 3), list, str)
        if any(type(cell) is not kind for cell, kind in zip(row, kinds)):
            raise file.fail(where, "a cell has the wrong type")
        if any(re.fullmatch(r"CLC\d{1,3}", code) is None for code in row[-2]):
            raise file.fail(where, "codes are CLC and one to three digits")
        file.source(row[-1], where)
    return rows
