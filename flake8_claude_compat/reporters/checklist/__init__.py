"""The migration checklist as text, Markdown, JSON and HTML: one module each, with ``render(checklist, colour)``.

Here is what they share: words for counts, places and statuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

from ... import rules
from ...checklist.records import (
    DONE,
    OFF,
    TEST,
    TODO,
    UNUSED,
    Checklist,
    ClientRow,
    Effort,
    Line,
    ModelRow,
    Note,
    Place,
)

FORMATS = ("text", "markdown", "json", "html")

#: places that are named before they are counted
_PLACES = 3
_CODES = 5
#: kinds of what cannot be seen that are named
_NOTES = 2


def render(name: str, checklist: Checklist, colour: bool = False) -> Iterable[str]:
    """The report in a format of :data:`FORMATS`, in parts."""
    module = import_module(f".{'json_' if name == 'json' else name}", __name__)
    parts: Iterable[str] = module.render(checklist, colour)
    return parts


def counted(count: int, noun: str, plural: str = "") -> str:
    """``3 requests with tools``: the noun in the plural, up to its ``of`` or ``with``."""
    if not plural:
        parts = (noun.partition(word) for word in (" of ", " with ") if word in noun)
        first, between, rest = next(parts, (noun, "", ""))
        plural = f"{first}s{between}{rest}"
    return f"{count} {noun if count == 1 else plural}"


def where(place: Place) -> str:
    """``path:line``, in notebooks ``path:cell N:line`` (N from 1)."""
    cell = "" if place.cell is None else f"cell {place.cell + 1}:"
    return f"{place.path}:{cell}{place.line}"


def places(found: Sequence[Place]) -> str:
    """The first places, and how many more there are."""
    shown = ", ".join(where(place) for place in found[:_PLACES])
    more = len(found) - _PLACES
    return f"{shown} and {more} more" if more > 0 else shown


def codes_of(line: Line) -> list[tuple[str, str, int]]:
    """(code, name, findings) of a line, most first."""
    known = rules.all_rules()
    return [(code, known[code].name, count) for code, count in sorted(line.codes.items(), key=lambda one: -one[1])]


def told(line: Line) -> Iterator[tuple[str, str]]:
    """(label, text) for each thing that is known of a line."""
    if line.codes:
        codes = [f"{code} {name} {count}" for code, name, count in codes_of(line)]
        more = len(codes) - _CODES
        shown = ", ".join(codes[:_CODES]) + (f" and {counted(more, 'more code')}" if more > 0 else "")
        advice = f", {line.advice} of them advice" if line.advice else ""
        yield "to do", f"{counted(sum(line.codes.values()), 'finding')}{advice}: {shown}"
    for note in line.implied:
        yield "to do", noted(note)
    if line.evidence:
        yield "right", ", ".join(counted(count, what) for what, count in line.evidence.items())
    if line.unseen:
        yield "cannot be seen", unseen(line)
    if line.status == UNUSED:
        yield "not used", f"no {line.subject} is seen here"
    if line.status == OFF:
        yield "left out", "select or ignore leave all of its codes out"
    if line.quiet:
        yield "quiet", f"{counted(line.quiet, 'finding')} that comments keep quiet"


def status_words(line: Line) -> str:
    """The status, of what is to do with its extent, and what changed since a revision."""
    words: str = line.status
    if line.status == TODO:
        words = f"{line.left} to do in {counted(len(line.files), 'file')}"
        words += f", {percent(line.progress)} right" if line.right else ""
    changed = ", ".join(f"{word} {count}" for word, count in (("fixed", line.fixed), ("new", line.new)) if count)
    return f"{words} ({changed})" if changed else words


def unseen(line: Line) -> str:
    """What the code does not tell, in short: the first kinds of it with a place each."""
    shown = []
    for note in line.unseen[:_NOTES]:
        more = len(note.places) - 1
        first = f" ({where(note.places[0])}{f' and {more} more' if more else ''})" if note.places else ""
        shown.append(f"{note.text}{first}")
    left = sum(len(note.places) for note in line.unseen[_NOTES:])
    return "; ".join(shown) + (f"; {counted(left, 'more place')}" if left else "")


def noted(note: Note) -> str:
    """A note with its places."""
    return f"{note.text} ({places(note.places)})"


def summary(checklist: Checklist) -> str:
    """All statuses in one sentence."""
    if set(checklist.counts) == {UNUSED}:
        return "No use of OpenAI or of the target is seen here: there is nothing to migrate"
    return ", ".join(
        f"{count} of {len(checklist.lines)} lines {word}" if index == 0 else f"{count} {word}"
        for index, (word, count) in enumerate(
            (_PLURAL.get(status, status), checklist.counts[status])
            for status in (DONE, TODO, TEST, UNUSED, OFF)
            if status in checklist.counts
        )
    )


_PLURAL = {TEST: "to be tested by hand"}


def effort_words(effort: Effort) -> str:
    """``12 safe fixes, 3 unsafe fixes, 2 by hand``."""
    words = [f"{count} {kind} {'fix' if count == 1 else 'fixes'}" for kind, count in effort._asdict().items() if count]
    if effort.by_hand:
        words[-1] = f"{effort.by_hand} by hand"
    return ", ".join(words)


def price(row: ModelRow) -> str:
    """``$2.4 / $12``, or "" where the target states none."""
    return f"${row.price[0]:g} / ${row.price[1]:g}" if row.price is not None else ""


def ends(row: ModelRow, today: str) -> str:
    """When a model's vendor ends it."""
    return f"{'ended' if row.ends <= today else 'ends'} {row.ends}" if row.ends else ""


def client_words(row: ClientRow, target: str) -> str:
    """Where a client goes."""
    if row.state == "claude":
        return row.to or target
    if row.state == "openai":
        return "OpenAI"
    if row.state == "kept":
        return "kept on OpenAI"
    if row.state == "other":
        return f"{row.to or 'another service'} (left alone)"
    return f"unknown: {row.to or 'set elsewhere'}"


def client_name(row: ClientRow) -> str:
    """What a client is called: its variable and class."""
    module, _, symbol = row.symbol.rpartition(".")
    symbol = module.rpartition(".")[2] if symbol == "default" else symbol  # npm's default export
    return f"{row.name} = {symbol}" if row.name else symbol


def percent(share: float | None) -> str:
    """A share as per cent; 100 % only where nothing is left."""
    if share is None:
        return "–"
    return f"{100 if share == 1 else min(99, round(share * 100))} %"
