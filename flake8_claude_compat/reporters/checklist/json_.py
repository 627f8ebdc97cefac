"""JSON for other programs: all that the other formats show, nothing left out.

Keys may be added within a version; none is taken away or changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...checklist.records import Checklist, Line, Note
from ...rules import all_rules
from . import where

VERSION = 1


def render(checklist: Checklist, colour: bool) -> Iterator[str]:
    """One document."""
    yield json.dumps(document(checklist), indent=1)
    yield "\n"


def document(found: Checklist) -> dict[str, Any]:
    """The checklist as plain data."""
    return {
        "version": VERSION,
        "target": found.target,
        "target_name": found.target_name,
        "base_url": found.base_url,
        "date": found.date,
        "scope": found.scope,
        "files": found.files,
        "counts": found.counts,
        "right": found.right,
        "left": found.left,
        "effort": found.effort._asdict(),
        "lines": [_line(line) for line in found.lines],
        "folders": [part._asdict() for part in found.folders],
        "clients": [{**row._asdict(), "place": where(row.place)} for row in found.clients],
        "models": [row._asdict() for row in found.models],
        "endpoints": [row._asdict() for row in found.endpoints],
        "tests": [test._asdict() for test in found.tests],
        "problems": [{"path": one.path, "line": one.line, "message": one.message} for one in found.problems],
        "age": found.age,
        "since": found.since._asdict() if found.since is not None else None,
        "history": [{**entry._asdict(), "effort": entry.effort._asdict()} for entry in found.history],
    }


def _line(line: Line) -> dict[str, Any]:
    known = all_rules()
    return {
        **line._asdict(),
        "codes": [{"code": code, "name": known[code].name, "count": count} for code, count in line.codes.items()],
        "effort": line.effort._asdict(),
        "implied": [_note(note) for note in line.implied],
        "unseen": [_note(note) for note in line.unseen],
        "progress": line.progress,
    }


def _note(note: Note) -> dict[str, Any]:
    return {"text": note.text, "places": [where(place) for place in note.places]}
