"""JSON for other programs. Its schema is report.schema.json, version 1.

Keys may be added within a version; none is taken away or changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..checking import Item
from . import Outcome, json_list

VERSION = 1


def render(outcome: Outcome) -> Iterator[str]:
    """One document, with a line per finding."""
    yield f'{{\n "version": {VERSION},\n "target": {json.dumps(outcome.target)},\n "files": {outcome.files},\n'
    yield ' "findings": '
    yield from json_list((_finding(path, item) for path, item in outcome.items), " ")
    yield ',\n "problems": '
    yield from json_list(({"path": one.path, "message": one.message} for one in outcome.problems), " ")
    yield ',\n "suppressions": '
    remarks = (
        {
            "path": remark.path,
            "line": remark.line,
            "cell": remark.cell,
            "state": remark.state,
            "codes": list(remark.codes),
            "message": remark.message,
        }
        for remark in outcome.remarks
    )
    yield from json_list(remarks, " ")
    yield "\n}\n"


def _finding(path: str, item: Item) -> dict[str, Any]:
    finding, at = item.finding, item.location
    return {
        "path": path,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "cell": at.cell,
        "code": finding.code,
        "name": item.name,
        "severity": finding.severity,
        "message": finding.message,
        "fix": {"safety": finding.safety} if finding.changes else None,
    }
