"""Results of all files → the migration checklist of a repository.

Pure: what is known of each file comes in, plain data for reporters goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..catalogue import Catalogue, guide
from ..checking import Checked
from ..config import Config
from ..findings import Problem
from . import tables
from .records import DONE, TEST, TODO, UNUSED, Checklist, Effort, Line, ModelRow, Note
from .tally import Tally


def build(
    results: Sequence[Checked], problems: Sequence[Problem], catalogue: Catalogue, settings: Config, age: str = ""
) -> Checklist:
    """The checklist of results that come with a survey."""
    rows = guide.checklist(catalogue)
    tally = Tally(rows, settings)
    for result in results:
        tally.add(result)
    target = catalogue.target
    models = tables.models(tally, catalogue)
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
        tables.folders(tally.files),
        tuple(tally.clients),
        models,
        tables.endpoints(tally, catalogue),
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


def _sum(efforts: Iterable[Effort]) -> Effort:
    return Effort(*(sum(column) for column in zip(*efforts))) if efforts else Effort()
