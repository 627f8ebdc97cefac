"""Results of all files → the migration checklist of a repository.

Pure: what is known of each file comes in, plain data for reporters goes out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from . import rules
from .catalogue import Catalogue, Endpoint, Model, guide
from .catalogue.guide import ChecklistLine, HandTest
from .checking import Checked, Item
from .config import Config
from .findings import SAFE, UNSAFE, Problem
from .record import NamedTuple
from .source import Location
from .survey import IMPLIED, OK, OPEN, UNSEEN, ClientSeen, Site, Survey

#: status of a line. TODO: something is to be changed. TEST: the code cannot tell. DONE: evidence and no finding.
#: UNUSED: nothing of the kind was seen. OFF: the configuration leaves all its codes out.
TODO, TEST, DONE, UNUSED, OFF = "to do", "test by hand", "done", "not used", "left out"
STATUSES = (TODO, TEST, DONE, UNUSED, OFF)

#: codes of line 0 that name a library or an old SDK, not an endpoint
_LIBRARIES = ("CLC015", "CLC016", "CLC017")
#: folders that a report lists at most before it goes no deeper
_MANY = 12


class Effort(NamedTuple):
    """Findings by who can do the change."""

    safe: int = 0
    unsafe: int = 0
    by_hand: int = 0

    @property
    def all(self) -> int:
        return self.safe + self.unsafe + self.by_hand


class Place(NamedTuple):
    """Where something is; ``line`` counts in the notebook's ``cell`` (from 0) if it has one."""

    path: str
    line: int
    cell: int | None = None


class Note(NamedTuple):
    """Something to be said of several places, or of the whole (no places)."""

    text: str
    places: tuple[Place, ...]


class Line(NamedTuple):
    """A line of the checklist with what is known about it.

    Attributes:
        codes: code → findings, in order of codes. ``advice``: how many of the
            findings come from rules that are off by default.
        files: path → findings and implied changes, most first. ``quiet``: findings that comments keep quiet.
        implied: what is to be changed with no finding of its own.
        unseen: what the code does not tell.
        evidence: what was seen and is right → how often.
        right: places that are right; ``left``: findings and implied changes.
        fixed, new: findings that went and came since a revision.
    """

    number: int
    text: str
    subject: str
    status: str
    codes: dict[str, int]
    advice: int
    effort: Effort
    files: dict[str, int]
    quiet: int
    implied: tuple[Note, ...]
    unseen: tuple[Note, ...]
    evidence: dict[str, int]
    right: int
    left: int
    fixed: int = 0
    new: int = 0

    @property
    def progress(self) -> float | None:
        """Share of what is right in all that can be told, 0 to 1; None where nothing can."""
        return self.right / (self.right + self.left) if self.right or self.left else None


class Part(NamedTuple):
    """Progress of a folder: places that are right and left; ``findings`` by line."""

    name: str
    right: int
    left: int
    files: int
    lines: dict[int, int]


class ClientRow(NamedTuple):
    """Progress of a client: ``state`` is ``claude``, ``openai``, ``other``, ``unknown`` or ``kept``.

    ``right``, ``left``: places of it and of what goes through it.
    """

    name: str
    symbol: str
    place: Place
    state: str
    to: str
    requests: int
    right: int
    left: int

    @property
    def progress(self) -> float | None:
        """Share of what is right, 0 to 1; None where nobody knows where the client goes."""
        if self.state == "unknown" or not self.right + self.left:
            return None
        return self.right / (self.right + self.left)


class ModelRow(NamedTuple):
    """A model in use. ``mapped``: the ID to use instead, "" if it stays or has none.

    ``price``: USD per million tokens in and out of the model to be used, where
    the target states it. ``ends``: ISO date on which its vendor ends it.
    """

    name: str
    vendor: str
    places: int
    files: int
    mapped: str
    price: tuple[float, float] | None
    ends: str
    source: str


class EndpointRow(NamedTuple):
    """An API without a counterpart: its family, or the rule's name."""

    family: str
    code: str
    places: int
    files: int
    alternative: str
    sunset: str


class Since(NamedTuple):
    """The comparison with a revision: findings then, gone and new."""

    revision: str
    before: int
    fixed: int
    new: int


class Entry(NamedTuple):
    """A day of the burn-down: findings and implied changes that were left, by line."""

    date: str
    revision: str
    left: dict[int, int]
    right: int
    effort: Effort

    @property
    def total(self) -> int:
        return sum(self.left.values())


class Checklist(NamedTuple):
    """All that a report says."""

    target: str
    target_name: str
    base_url: str
    date: str
    scope: str
    files: int
    problems: tuple[Problem, ...]
    lines: tuple[Line, ...]
    folders: tuple[Part, ...]
    clients: tuple[ClientRow, ...]
    models: tuple[ModelRow, ...]
    endpoints: tuple[EndpointRow, ...]
    effort: Effort
    tests: tuple[HandTest, ...]
    age: str = ""
    since: Since | None = None
    history: tuple[Entry, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Status → how many lines have it."""
        found = Counter(line.status for line in self.lines)
        return {status: found[status] for status in STATUSES if found[status]}

    @property
    def left(self) -> int:
        return sum(line.left for line in self.lines)

    @property
    def right(self) -> int:
        return sum(line.right for line in self.lines)

    @property
    def entry(self) -> Entry:
        """This run as an entry of a history."""
        left = {line.number: line.left for line in self.lines}
        return Entry(self.date, "", left, self.right, self.effort)


def build(
    results: Sequence[Checked], problems: Sequence[Problem], catalogue: Catalogue, settings: Config, age: str = ""
) -> Checklist:
    """The checklist of results that come with a survey."""
    rows = guide.checklist(catalogue)
    tally = _Tally(rows, settings)
    for result in results:
        tally.add(result)
    target = catalogue.target
    models = _models(tally, catalogue)
    lines = _with_hidden(tuple(tally.line(row) for row in rows), models)
    needed = {line.number for line in lines if line.status in (TEST, TODO, DONE)}
    return Checklist(
        settings.target_name(),
        target.name,
        target.base_url,
        settings.today.isoformat(),
        settings.scope,
        sum(not result.skipped for result in results),
        tuple(problems),
        lines,
        _folders(tally.files),
        tuple(tally.clients),
        models,
        _endpoints(tally, catalogue),
        _sum(line.effort for line in lines),
        tuple(test for test in guide.hand_tests(catalogue) if needed.intersection(test.lines)),
        age,
    )


def _with_hidden(lines: tuple[Line, ...], models: Sequence[ModelRow]) -> tuple[Line, ...]:
    """Models that write text, and no request that sends them: something else does, and nothing is known of it."""
    requests = any(line.status != UNUSED for line in lines if line.number == 5)
    named = sum(row.places for row in models if row.mapped or row.vendor == "claude")
    if requests or not named:
        return lines
    note = Note("models are named here, but not what sends them", ())
    return tuple(line._replace(status=TEST, unseen=(note,)) if line.status == UNUSED else line for line in lines)


def effort_of(items: Iterable[Item]) -> Effort:
    """Findings by safety: without a change to make, it is work by hand."""
    counts = Counter(item.finding.safety if item.finding.changes else "" for item in items)
    safe, unsafe = counts[SAFE], counts[UNSAFE]
    return Effort(safe, unsafe, sum(counts.values()) - safe - unsafe)


def _sum(efforts: Iterable[Effort]) -> Effort:
    return Effort(*(sum(column) for column in zip(*efforts))) if efforts else Effort()


def compare(now: Sequence[Checked], before: Mapping[str, Checked], revision: str, checklist: Checklist) -> Checklist:
    """The checklist with what went and came since a revision.

    ``before``: path → result at the revision, of those files that differ; a
    file of ``now`` that is not in it is the same as then.
    """
    old: Counter[tuple[str, str, str]] = Counter()
    new: Counter[tuple[str, str, str]] = Counter()
    same = 0
    for result in now:
        if result.path in before:
            new.update(_keys(result))
        else:
            same += len(result.items)
    for result in before.values():
        old.update(_keys(result))
    gone, come = old - new, new - old
    # a file that was moved: the same findings elsewhere are neither
    moved = Counter(_unplaced(gone)) & Counter(_unplaced(come))
    gone_by, come_by = _by_code(gone, moved), _by_code(come, moved)
    codes = _line_of_code(checklist)
    lines = tuple(
        line._replace(
            fixed=sum(count for code, count in gone_by.items() if codes.get(code) == line.number),
            new=sum(count for code, count in come_by.items() if codes.get(code) == line.number),
        )
        for line in checklist.lines
    )
    since = Since(revision, same + old.total(), sum(gone_by.values()), sum(come_by.values()))
    return checklist._replace(lines=lines, since=since)


def _keys(result: Checked) -> Iterator[tuple[str, str, str]]:
    return ((result.path, item.finding.code, item.fingerprint) for item in result.items)


def _unplaced(keys: Counter[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    return ((code, fingerprint) for (_, code, fingerprint), count in keys.items() for _ in range(count))


def _by_code(keys: Counter[tuple[str, str, str]], moved: Counter[tuple[str, str]]) -> Counter[str]:
    left = Counter(_unplaced(keys)) - moved
    found: Counter[str] = Counter()
    for (code, _), count in left.items():
        found[code] += count
    return found


def _line_of_code(checklist: Checklist) -> dict[str, int]:
    found = {}
    for line in checklist.lines:
        for code in line.codes:
            found[code] = line.number
    return found


# --------------------------------------------------------------------- tally


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


class _Tally:
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


# ------------------------------------------------------------------- folders


def _folders(files: Mapping[str, tuple[Counter[int], Counter[int]]]) -> tuple[Part, ...]:
    """Folders with what is right and left, those with most left first.

    The folder that holds most is divided until there are some to compare.
    """
    if not files:
        return ()
    groups: dict[str, list[str]] = {"": sorted(files)}
    while True:
        best = max(groups, key=lambda name: sum(_weight(files[path]) for path in groups[name]), default="")
        share = sum(_weight(files[path]) for path in groups[best])
        if len(groups) > 3 and share * 2 < sum(map(_weight, files.values())):
            break
        inner: dict[str, list[str]] = {}
        for path in groups.get(best, ()):
            rest = path[len(best) :]
            folder, slash, _ = rest.partition("/")
            inner.setdefault(f"{best}{folder}/" if slash else best, []).append(path)
        if set(inner) <= {best} or len(groups) + len(inner) - 1 > _MANY:
            break
        del groups[best]
        groups.update(inner)
        if best in inner and len(inner) == 1:
            break
    parts = []
    for name, paths in groups.items():
        right = sum(files[path][0].total() for path in paths)
        lines: Counter[int] = Counter()
        for path in paths:
            lines.update(files[path][1])
        parts.append(Part(name or "./", right, lines.total(), len(paths), dict(sorted(lines.items()))))
    return tuple(sorted(parts, key=lambda part: (-part.left, part.name)))


def _weight(counts: tuple[Counter[int], Counter[int]]) -> int:
    return counts[0].total() + counts[1].total()


# --------------------------------------------------------- models, endpoints


def _models(tally: _Tally, catalogue: Catalogue) -> tuple[ModelRow, ...]:
    rows = []
    merged: dict[tuple[str, bool], list[str]] = {}
    for (name, right), paths in tally.models.items():
        merged.setdefault((name.removeprefix(catalogue.router_prefix(name)), right), []).extend(paths)
    for (name, right), paths in merged.items():
        openai = catalogue.openai_model(name) or catalogue.openai_model(catalogue.fine_tuned(name) or "")
        if openai is not None:
            rows.append(_openai_row(name, openai, paths, catalogue))
        else:
            rows.append(_claude_row(name, right, paths, catalogue))
    return tuple(sorted(rows, key=lambda row: (row.vendor != "openai", -row.places, row.name)))


def _openai_row(name: str, model: Model, paths: Sequence[str], catalogue: Catalogue) -> ModelRow:
    mapped = catalogue.replacement(name)
    source = catalogue.sources[model.source].title if model.shutdown else ""
    return ModelRow(
        name, "openai", len(paths), len(set(paths)), mapped, price_of(mapped, catalogue), model.shutdown, source
    )


def _claude_row(name: str, right: bool, paths: Sequence[str], catalogue: Catalogue) -> ModelRow:
    foreign = catalogue.foreign_claude(name)
    model = catalogue.claude_model(name) or catalogue.claude_model(foreign[1] if foreign else "")
    mapped = ""
    if not right:
        mapped = catalogue.spell(model.replacement) if model is not None and model.replacement else ""
        mapped = mapped or catalogue.spell(catalogue.closest_claude(name))
    ends = model.retires if model is not None else ""
    source = catalogue.sources[model.source].title if model is not None and ends else ""
    return ModelRow(
        name, "claude", len(paths), len(set(paths)), mapped, price_of(mapped or name, catalogue), ends, source
    )


def price_of(model: str, catalogue: Catalogue) -> tuple[float, float] | None:
    """USD per million tokens in and out, where the target states it; the model in any spelling."""
    prices = catalogue.target.prices
    if model in prices:
        return prices[model]
    return next((price for name, price in prices.items() if catalogue.spell(name) == model), None)


def _endpoints(tally: _Tally, catalogue: Catalogue) -> tuple[EndpointRow, ...]:
    grouped: dict[tuple[str, str], list[str]] = {}
    known: dict[tuple[str, str], Endpoint | None] = {}
    for (path, code), paths in tally.endpoints.items():
        endpoint = catalogue.endpoint(tuple(path.split("."))) if path else None
        if endpoint is None:
            same = [one for one in catalogue.endpoints.values() if one.code == code]
            endpoint = same[0] if len({one.family for one in same}) == 1 else None
        key = (endpoint.family if endpoint is not None else rules.all_rules()[code].name, code)
        grouped.setdefault(key, []).extend(paths)
        known[key] = endpoint
    rows = []
    for (family, code), paths in grouped.items():
        endpoint = known[family, code]
        alternative, sunset = (endpoint.alternative, endpoint.sunset) if endpoint is not None else ("", "")
        rows.append(EndpointRow(family, code, len(paths), len(set(paths)), alternative, sunset))
    return tuple(sorted(rows, key=lambda row: (-row.places, row.family)))
