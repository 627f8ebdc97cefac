"""What went and came since a revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..checking import Checked
from .records import Checklist, Since


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
