"""What a checklist says: plain records for reporters."""

from __future__ import annotations

from collections import Counter

from ..catalogue.guide import HandTest
from ..findings import Problem
from ..record import NamedTuple

#: status of a line: something is to be changed
TODO = "to do"
#: the code cannot tell
TEST = "test by hand"
#: evidence and no finding
DONE = "done"
#: nothing of the kind was seen
UNUSED = "not used"
#: the configuration leaves all its codes out
OFF = "left out"
STATUSES = (TODO, TEST, DONE, UNUSED, OFF)


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
