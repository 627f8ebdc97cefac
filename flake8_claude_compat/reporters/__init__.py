"""Reporters: one module per format, each with ``render(outcome)``.

A reporter gives its text in parts. It prints nothing of a checked file but
what :mod:`checking` has taken the keys out of.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from ..checking import Checked, Item
from ..findings import AddArgument, EnvRead, Finding, Problem, Remove, Rename, SetText, SetValue
from ..record import NamedTuple
from ..redaction import redact

if TYPE_CHECKING:
    from ..suppression import Remark

FORMATS = ("text", "full", "json", "sarif", "github", "gitlab", "junit", "markdown")
#: formats that show the edits of each finding
WITH_EDITS = frozenset({"sarif"})

_PAGES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "rules", "pages")
_EXPLAINING = ("What it flags", "Why", "What to do")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Outcome(NamedTuple):
    """All that a run has found.

    ``files``: how many were checked. ``colour``: the reader is a terminal.
    """

    target: str
    files: int
    results: Sequence[Checked]
    problems: Sequence[Problem]
    colour: bool

    @property
    def remarks(self) -> list[Remark]:
        """What is to be said about suppressions."""
        return [remark for result in self.results for remark in result.remarks]

    @property
    def items(self) -> Iterator[tuple[str, Item]]:
        """(path, finding) in order."""
        return ((result.path, item) for result in self.results for item in result.items)


def render(name: str, outcome: Outcome) -> Iterable[str]:
    """The report in a format of :data:`FORMATS`, in parts."""
    module = import_module(f".{'json_' if name == 'json' else name}", __name__)
    parts: Iterable[str] = module.render(outcome)
    return parts


# ---------------------------------------------------------------------- texts


def printable(text: str) -> str:
    """A text without what moves a terminal's cursor or ends a line."""
    return _CONTROLS.sub(lambda found: f"\\x{ord(found.group()):02x}", text)


def place(path: str, cell: int | None, line: int, column: int = 1) -> str:
    """``path:line:column``, in notebooks ``path:cell N:line:column`` (N from 1)."""
    where = "" if cell is None else f"cell {cell + 1}:"
    return f"{printable(path)}:{where}{line}:{column}"


def slashes(path: str) -> str:
    """A path as reports for other machines have it."""
    return path.replace(os.sep, "/")


def changes_text(finding: Finding) -> str:
    """What is to be changed, in a few words; "" where nothing can be said."""
    words = []
    for change in finding.changes:
        if isinstance(change, SetText):
            words.append(f'write "{change.text}"')
        elif isinstance(change, SetValue) and isinstance(change.value, EnvRead):
            words.append(f"read {change.value.name} from the environment")
        elif isinstance(change, Remove):
            words.append("remove it")
        elif isinstance(change, Rename):
            words.append(f"rename it to {change.name}")
        elif isinstance(change, AddArgument):
            value = f" from {change.value.name}" if isinstance(change.value, EnvRead) else f'="{change.value}"'
            words.append(f"add {change.name}{value}")
    return redact(", ".join(dict.fromkeys(words)))


def json_list(values: Iterable[object], indent: str) -> Iterator[str]:
    """A JSON list with a line per value, in parts: reports can be long."""
    from json import JSONEncoder

    encode = JSONEncoder().encode
    between = f"[\n{indent} "
    for value in values:
        yield f"{between}{encode(value)}"
        between = f",\n{indent} "
    yield "[]" if between.startswith("[") else f"\n{indent}]"


# ---------------------------------------------------------------------- pages


class Page(NamedTuple):
    """A rule's page: its sections by heading, and the text of those that explain."""

    text: str
    sections: dict[str, str]


@lru_cache(maxsize=None)
def page(code: str, name: str) -> Page:
    """The page of a rule; an empty one where it has none."""
    try:
        with open(os.path.join(_PAGES, f"{code}-{name}.md"), encoding="utf-8") as file:
            text = file.read()
    except OSError:
        return Page("", {})
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    sections = {}
    for part in parts:
        title, _, body = part.partition("\n")
        sections[title.strip()] = body.strip()
    shown = [f"## {title}\n\n{body}" for title, body in sections.items() if title in _EXPLAINING]
    return Page("\n\n".join(shown), sections)


def why(code: str, name: str) -> str:
    """Why a rule matters: the first paragraph of that section of its page, on one line."""
    return " ".join(page(code, name).sections.get("Why", "").partition("\n\n")[0].split())
