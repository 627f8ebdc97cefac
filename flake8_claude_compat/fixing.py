"""Findings → edits → text, again and again until nothing changes.

A text is never left in a worse state than it was: what no longer parses, or
holds more findings of a code than were there before, is not accepted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from .checking import findings_of, in_file
from .config import Config
from .findings import SAFE, SHOW_ONLY, UNSAFE, Finding, Located, Problem, RemoveItem, Report, SetText
from .record import NamedTuple
from .source import Source, Span
from .spelling import Document, Edit, applied, errors, in_columns, spelled

#: how often a text is checked and edited at most
PASSES = 10

#: why a finding is left
UNSAFE_ONLY = "a fix may change behaviour: --unsafe"
BY_HAND = "by hand"
NOT_HERE = "by hand, this place is not one that can be edited safely"
HARMFUL = "by hand, its fix alone would leave something else wrong"
TOGETHER = "by hand, together with what sends it"


class Left(NamedTuple):
    """A finding that is still there, and why."""

    located: Located
    reason: str


class Fixed(NamedTuple):
    """What became of a text.

    ``changed``: the findings whose changes were made, as they were reported
    when they were made. ``left``: what is still to be done. ``problems``: why
    it, or a part of it (a cell), could not be checked; that is left as it is.
    """

    text: str
    changed: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()
    problems: tuple[Problem, ...] = ()


def fix_text(
    name: str,
    text: str,
    language: str,
    settings: Config,
    unsafe: bool = False,
    wanted: Callable[[str], bool] | None = None,
) -> Fixed:
    """Carry out the changes of a text's findings.

    ``unsafe``: also those that may change what the program does. ``wanted``:
    which codes to change, of those that are reported; default: all.
    """
    report = findings_of(name, text, language, settings)
    if not report.findings:
        return Fixed(text, problems=report.problems)
    state = _State(name, language, settings, unsafe, wanted)
    return state.run(text, report, frozenset(finding.code for finding, *_ in report.findings))


class _State:
    def __init__(
        self, name: str, language: str, settings: Config, unsafe: bool, wanted: Callable[[str], bool] | None
    ) -> None:
        self.name = name
        self.language = language
        self.settings = settings
        self.unsafe = unsafe
        self.wanted = wanted
        #: code and message → why it is left, though it has a change
        self.refused: dict[tuple[str, str], str] = {}
        #: the last two texts → their syntax errors
        self.wrong: dict[str, int] = {}

    def run(self, text: str, report: Report, codes: frozenset[str]) -> Fixed:
        """All changes; where together they do harm, those of as many codes as do none."""
        every = self._passes(text, report, codes)
        if not every[1] or not self._harmed(report, every[2]):
            return self._fixed(*every)
        for code in sorted(codes):  # most often it is one
            tried = self._passes(text, report, codes - {code})
            if tried[1] and not self._harmed(report, tried[2]):
                self._refuse_all(report, {code})
                return self._fixed(*tried)
        accepted: frozenset[str] = frozenset()
        best: tuple[str, list[Finding], Report] = (text, [], report)
        refused = sorted(codes)
        grown = True
        while grown:  # what does harm alone may do none beside another
            grown = False
            for code in tuple(refused):
                tried = self._passes(text, report, accepted | {code})
                if not self._harmed(report, tried[2]):
                    accepted |= {code}
                    refused.remove(code)
                    best, grown = tried, True
        self._refuse_all(report, refused)
        return self._fixed(*best)

    def _fixed(self, text: str, changed: list[Finding], last: Report) -> Fixed:
        return Fixed(text, tuple(changed), _left(last, self.unsafe, self.wanted, self.refused), last.problems)

    def _refuse_all(self, report: Report, codes: Iterable[str]) -> None:
        """Note that the changes for some codes do harm."""
        self._refuse((finding for finding, *_ in report.findings if finding.code in codes), HARMFUL)

    def _passes(self, text: str, report: Report, codes: frozenset[str]) -> tuple[str, list[Finding], Report]:
        """Text, changes made and report once nothing changes any more; ``codes`` that were not there are free."""
        changed: list[Finding] = []
        known = frozenset(finding.code for finding, *_ in report.findings)
        held = [(one.finding.code, in_file(one).start) for one in report.known]
        seen = {text}
        for _ in range(PASSES):
            made = self._chosen(text, self._groups(report, lambda code: code in codes or code not in known))
            edits = in_columns(text, _together(made), self.language)
            after = applied(text, edits)
            if not made or after in seen:
                break
            seen.add(after)
            text = after
            changed += [finding for finding, _ in made]
            held = _moved(held, edits)
            report = self._report(text, held)
        return text, changed, report

    def _report(self, text: str, held: list[tuple[str, int]]) -> Report:
        """What is left of a text; ``held``: (code, offset) of what the baseline had, whatever its line is now."""
        report = findings_of(self.name, text, self.language, self.settings)
        if not held:
            return report
        known = frozenset(held)
        left = [one for one in report.findings if (one.finding.code, in_file(one).start) not in known]
        return report._replace(findings=tuple(left))

    @staticmethod
    def _harmed(before: Report, after: Report) -> bool:
        """Whether there are more findings of a code than were there, or something cannot be checked that could be."""
        found = Counter(one.finding.code for one in after.findings)
        found.subtract(one.finding.code for one in (*before.findings, *before.known))
        return any(count > 0 for count in found.values()) or len(after.problems) > len(before.problems)

    def _groups(self, report: Report, may: Callable[[str], bool]) -> list[tuple[Finding, tuple[Edit, ...]]]:
        """The edits of each finding that is to be changed, and is not left for one beside it that is not."""
        documents: dict[int, Document] = {}
        groups: list[tuple[Finding, tuple[Edit, ...]]] = []
        places: list[int] = []
        #: what is left as it is → why what depends on it is left, too
        staying: dict[tuple[int, Span | None], str] = {}
        for finding, _, _, origin, kind in report.findings:
            if self.wanted is not None and not self.wanted(finding.code):
                continue
            if not is_allowed(finding, self.unsafe):
                if finding.changes:
                    staying[id(origin), finding.span] = UNSAFE_ONLY if finding.safety == UNSAFE else TOGETHER
                continue
            document = documents.get(id(origin))
            if document is None:
                document = documents[id(origin)] = Document(origin, kind, self.language)
            edits = None
            if may(finding.code):
                edits = self._repeated(document, finding, groups) or spelled(document, finding.changes)
                if edits is None:
                    self._refuse((finding,), NOT_HERE)
            if edits is None:
                staying[id(origin), finding.span] = TOGETHER
            elif edits:
                groups.append((finding, edits))
                places.append(id(origin))
        placed = list(zip(places, groups))
        while True:
            going = []
            for place, group in placed:
                finding = group[0]
                reason = next(filter(None, (staying.get((place, span)) for span in finding.beside)), None)
                if reason is None:
                    going.append((place, group))
                else:
                    staying[place, finding.span] = reason
                    self._refuse((finding,), reason)
            if len(going) == len(placed):
                return [group for _, group in going]
            placed = going

    def _repeated(
        self, document: Document, finding: Finding, groups: Sequence[tuple[Finding, tuple[Edit, ...]]]
    ) -> tuple[Edit, ...] | None:
        """The edits that remove an item of a list which becomes the same text as one of those in front of it."""
        change = finding.changes[0]
        if len(finding.changes) != 1 or not isinstance(change, SetText):
            return None
        becoming = {other.span.start: other.text for other in self._texts(groups)}
        for start, text in _items_before(document.text, change.span):
            if becoming.get(start, text) == change.text:
                return spelled(document, (RemoveItem(change.span),))
        return None

    @staticmethod
    def _texts(groups: Sequence[tuple[Finding, tuple[Edit, ...]]]) -> Iterator[SetText]:
        """What the last groups set to a text."""
        for finding, _ in reversed(groups[-_ITEMS:]):
            change = finding.changes[0]
            if len(finding.changes) == 1 and isinstance(change, SetText):
                yield change

    def _refuse(self, findings: Iterable[Finding], reason: str) -> None:
        for finding in findings:
            self.refused[finding.code, finding.message] = reason

    def _chosen(
        self, text: str, groups: Sequence[tuple[Finding, tuple[Edit, ...]]]
    ) -> list[tuple[Finding, tuple[Edit, ...]]]:
        """The edits that do not touch each other; of those that together break the text, as many as do not."""
        before = self._errors(text)
        chosen = _apart(groups)
        if self._errors(applied(text, _together(chosen))) <= before:
            return chosen
        kept: list[tuple[Finding, tuple[Edit, ...]]] = []
        # by halves: few are to blame, and each try parses the text
        waiting = [chosen[len(chosen) // 2 :], chosen[: len(chosen) // 2]]
        while waiting:
            some = waiting.pop()
            if self._errors(applied(text, _together((*kept, *some)))) <= before:
                kept += some
            elif len(some) == 1:
                self._refuse((some[0][0],), NOT_HERE)
            else:
                waiting += (some[len(some) // 2 :], some[: len(some) // 2])
        return kept

    def _errors(self, text: str) -> int:
        found = self.wrong.get(text)
        if found is None:
            # what one pass makes is where the next begins
            self.wrong = {text: errors(Source(self.name, text), self.language), **dict(list(self.wrong.items())[:1])}
            found = self.wrong[text]
        return found


def is_allowed(finding: Finding, unsafe: bool) -> bool:
    """Whether a finding's changes may be made."""
    return bool(finding.changes) and (finding.safety == SAFE or (unsafe and finding.safety != SHOW_ONLY))


def _left(
    report: Report, unsafe: bool, wanted: Callable[[str], bool] | None, refused: dict[tuple[str, str], str]
) -> tuple[Left, ...]:
    found = []
    for located in report.findings:
        finding = located.finding
        if wanted is not None and not wanted(finding.code):
            continue
        if not finding.changes or finding.safety == SHOW_ONLY:
            reason = BY_HAND
        elif not is_allowed(finding, unsafe):
            reason = UNSAFE_ONLY
        else:
            reason = refused.get((finding.code, finding.message), NOT_HERE)
        found.append(Left(located, reason))
    return tuple(found)


# ---------------------------------------------------------------------- edits

#: how many items of a list are looked at, and how long one may be
_ITEMS, _LONG = 100, 80
#: an item in front of another, read from right to left
_ITEM = re.compile(r"\s*,\s*([\"'])([^\"'\r\n]*)\1")


def _items_before(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """The strings of a list in front of the one at a span, with or without its quotes: where each starts, its text."""
    start = span.start + 1 if text[span.start : span.start + 1] in ("'", '"') else span.start
    behind = start - 1
    before = text[max(0, behind - _ITEMS * _LONG) : behind][::-1]
    at = 0
    while match := _ITEM.match(before, at):
        at = match.end()
        first = behind - at
        yield first if span.start < start else first + 1, match[2][::-1]


def _together(groups: Iterable[tuple[Finding, tuple[Edit, ...]]]) -> list[Edit]:
    """All edits of some findings; those of the whole file, which each of many findings has, once."""
    return [edit for edits in {id(edits): edits for _, edits in groups}.values() for edit in edits]


def _apart(groups: Sequence[tuple[Finding, tuple[Edit, ...]]]) -> list[tuple[Finding, tuple[Edit, ...]]]:
    """The groups that can be applied together: none touches what an earlier one changes."""
    taken: set[Edit] = set()
    spans: list[Span] = []
    chosen = []
    #: whether edits that were looked at are taken, by their identity: many findings have those of the whole file
    known: dict[int, bool] = {}
    for finding, edits in groups:
        if id(edits) in known:
            if known[id(edits)]:
                chosen.append((finding, edits))
            continue
        new = [edit for edit in edits if edit not in taken]
        known[id(edits)] = not (new and (any(_touched(spans, edit.span) for edit in new) or not _consistent(edits)))
        if not known[id(edits)]:
            continue
        taken.update(new)
        for edit in new:
            insort(spans, edit.span)
        chosen.append((finding, edits))
    return chosen


def _consistent(edits: Sequence[Edit]) -> bool:
    spans: list[Span] = []
    for edit in edits:
        if _touched(spans, edit.span):
            return False
        insort(spans, edit.span)
    return True


def _touched(spans: Sequence[Span], span: Span) -> bool:
    """Whether a span clashes with one of some that are in order and do not clash with each other."""
    at = after = bisect_left(spans, span)
    while at and spans[at - 1].end > span.start:
        at -= 1
        if _clash(span, spans[at]):
            return True
    while after < len(spans) and spans[after].start <= span.end:
        if _clash(span, spans[after]):
            return True
        after += 1
    return False


def _clash(one: Span, other: Span) -> bool:
    (start, end), (first, last) = one, other
    if start == end and first == last:
        return start == first
    if start == end:
        return first < start < last
    if first == last:
        return start < first < end
    return start < last and first < end


def _moved(held: Iterable[tuple[str, int]], edits: Iterable[Edit]) -> list[tuple[str, int]]:
    """Where what stood at some offsets stands after some edits."""
    ends, shifts = [], [0]
    for (start, end), new in sorted(set(edits), key=lambda edit: edit.span.end):
        ends.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))
    return [(code, offset + shifts[bisect_right(ends, offset)]) for code, offset in held]
