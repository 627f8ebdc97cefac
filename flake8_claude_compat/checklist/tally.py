"""Adds up what is known of each file: lines of the checklist, clients, models, endpoints."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .. import rules
from ..catalogue.guide import ChecklistLine
from ..checking import Checked, Item
from ..config import Config
from ..findings import SAFE, UNSAFE
from ..source import Location
from ..survey import IMPLIED, OK, OPEN, UNSEEN, ClientSeen, Site, Survey
from .records import DONE, OFF, TEST, TODO, UNUSED, ClientRow, Effort, Line, Note, Place

#: codes of line 0 that name a library or an old SDK, not an endpoint
_LIBRARIES = ("CLC015", "CLC016", "CLC017")


class _Count:
    """What is known of one line so far."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.files: Counter[str] = Counter()
        self.quiet = 0
        self.implied: dict[str, list[Place]] = {}
        self.unseen: dict[str, list[Place]] = {}
        self.evidence: Counter[str] = Counter()
        self.right = 0


class Tally:
    """Adds up the files."""

    def __init__(self, rows: Sequence[ChecklistLine], settings: Config) -> None:
        self.settings = settings
        self.rows = rows
        self.counts = {row.number: _Count() for row in rows}
        self.clients: list[ClientRow] = []
        #: path → (right by line, left by line)
        self.files: dict[str, tuple[Counter[int], Counter[int]]] = {}
        #: (name, right) → paths, one a place
        self.models: dict[tuple[str, bool], list[str]] = {}
        #: (endpoint or "", code) → paths
        self.endpoints: dict[tuple[str, str], list[str]] = {}
        self._lines: dict[str, int] = {}
        #: lines of which the configuration lets any code through
        self.reported = {self._line(code) for code in rules.all_rules() if settings.reports(code)}

    def _line(self, code: str) -> int:
        if code not in self._lines:
            self._lines[code] = next((row.number for row in self.rows if row.covers(code)), 0)
        return self._lines[code]

    def add(self, result: Checked) -> None:
        """Take in a file."""
        survey = result.survey or Survey()
        path = result.path.replace(os.sep, "/")
        by_line: dict[int, list[Item]] = {}
        right, left = Counter[int](), Counter[int]()
        for item in result.items:
            number = self._line(item.finding.code)
            by_line.setdefault(number, []).append(item)
            left[number] += 1
            count = self.counts[number]
            count.items.append(item)
            count.files[path] += 1
        quiet = {self._line(code) for code in result.quiet}
        for code in result.quiet:
            self.counts[self._line(code)].quiet += 1
        owned = _owners(result.items, survey)
        right_of, left_of = Counter[int](), Counter(index for _, index in owned)
        for site in survey.sites:
            items = by_line.get(site.line, ())
            inside = [item for item in items if _within(item.location, site.place)]
            place = Place(path, site.place.line, site.place.cell)
            count = self.counts[site.line]
            if site.what == "model":
                self._model(site, bool(inside), path)
            if inside or site.line not in self.reported:
                continue
            if site.state == OK:
                right[site.line] += 1
                right_of[site.client] += 1
                count.right += 1
                count.evidence[site.what] += 1
            elif site.state == IMPLIED:
                own = any(index == site.client and self._line(item.finding.code) == site.line for item, index in owned)
                if not own and site.line not in quiet:
                    left[site.line] += 1
                    left_of[site.client] += 1
                    count.implied.setdefault(site.note, []).append(place)
                    count.files[path] += 1
            elif site.state == UNSEEN:
                count.unseen.setdefault(site.note, []).append(place)
        for item in by_line.get(0, ()):
            if (endpoint := _endpoint(item, survey)) is not None:
                self.endpoints.setdefault((endpoint, item.finding.code), []).append(path)
        if right or left:
            self.files[path] = (right, left)
        for index, client in enumerate(survey.clients):
            self.clients.append(_client_row(client, path, right_of[index], left_of[index]))

    def _model(self, site: Site, found: bool, path: str) -> None:
        if site.state == OK or found:
            self.models.setdefault((site.note, not found), []).append(path)

    def line(self, row: ChecklistLine) -> Line:
        """A line of the report."""
        count = self.counts[row.number]
        codes = Counter(item.finding.code for item in count.items)
        known = rules.all_rules()
        implied = tuple(_notes(count.implied))
        unseen = tuple(_notes(count.unseen))
        left = len(count.items) + sum(len(note.places) for note in implied)
        if row.number not in self.reported:
            status = OFF
        elif left:
            status = TODO
        elif unseen or (row.runtime and count.right):
            status = TEST
        else:
            status = DONE if count.right else UNUSED
        return Line(
            row.number,
            row.text,
            row.subject,
            status,
            dict(sorted(codes.items())),
            sum(number for code, number in codes.items() if not known[code].default),
            effort_of(count.items),
            dict(count.files.most_common()),
            count.quiet,
            implied,
            unseen,
            dict(count.evidence.most_common()),
            count.right,
            left,
        )


def effort_of(items: Iterable[Item]) -> Effort:
    """Findings by safety: without a change to make, it is work by hand."""
    counts = Counter(item.finding.safety if item.finding.changes else "" for item in items)
    safe, unsafe = counts[SAFE], counts[UNSAFE]
    return Effort(safe, unsafe, sum(counts.values()) - safe - unsafe)


def _notes(found: Mapping[str, list[Place]]) -> Iterator[Note]:
    for text, places in sorted(found.items(), key=lambda item: -len(item[1])):
        yield Note(text, tuple(dict.fromkeys(places)))


def _start(place: Location) -> tuple[int, int, int]:
    return (-1 if place.cell is None else place.cell, place.line, place.column)


def _end(place: Location) -> tuple[int, int, int]:
    return (-1 if place.cell is None else place.cell, place.end_line, place.end_column)


def _within(inner: Location, outer: Location) -> bool:
    return _start(outer) <= _start(inner) and _end(inner) <= _end(outer)


def _owners(items: Sequence[Item], survey: Survey) -> list[tuple[Item, int]]:
    """Each finding with the client that it is about, by the smallest place around it."""
    found = []
    owners = [(_start(place), _end(place), index) for place, index in survey.owners]
    for item in items:
        start, end = _start(item.location), _end(item.location)
        # of places around one, the last to begin is the smallest
        around = [(first, (-last[0], -last[1], -last[2]), index) for first, last, index in owners
                  if first <= start and end <= last]  # fmt: skip
        if around:
            found.append((item, max(around)[2]))
    return found


def _client_row(client: ClientSeen, path: str, right: int, left: int) -> ClientRow:
    state = "kept" if client.exempt else client.target
    place = Place(path, client.place.line, client.place.cell)
    return ClientRow(client.name, client.symbol, place, state, client.to, client.requests, right, left)


def _endpoint(item: Item, survey: Survey) -> str | None:
    """The endpoint of a finding of line 0, "" if it is not known; None for a finding on a library."""
    around = [
        site for site in survey.sites if site.line == 0 and site.state == OPEN and _within(item.location, site.place)
    ]
    if item.finding.code in _LIBRARIES:
        return next((site.note for site in around if site.what == "client"), None)
    return around[-1].note if around else ""
