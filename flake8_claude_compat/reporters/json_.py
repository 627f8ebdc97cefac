"""JSON for other programs. Its schema is report.schema.json, version 1.

Keys may be added within a version; none is taken away or changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from . import Outcome

VERSION = 1


def render(outcome: Outcome) -> Iterator[str]:
    """One document."""
    document: dict[str, Any] = {
        "version": VERSION,
        "target": outcome.target,
        "files": outcome.files,
        "findings": [
            {
                "path": path,
                "line": item.location.line,
                "column": item.location.column,
                "end_line": item.location.end_line,
                "end_column": item.location.end_column,
                "cell": item.location.cell,
                "code": item.finding.code,
                "name": item.name,
                "severity": item.finding.severity,
                "message": item.finding.message,
                "fix": {"safety": item.finding.safety} if item.finding.changes else None,
            }
            for path, item in outcome.items
        ],
        "problems": [{"path": problem.path, "message": problem.message} for problem in outcome.problems],
        "suppressions": [
            {
                "path": remark.path,
                "line": remark.line,
                "cell": remark.cell,
                "state": remark.state,
                "codes": list(remark.codes),
                "message": remark.message,
            }
            for remark in outcome.remarks
        ],
    }
    yield json.dumps(document, indent=1)
    yield "\n"
