"""Annotations that GitHub Actions shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import Outcome, printable, slashes

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(outcome: Outcome) -> Iterator[str]:
    """A workflow command per finding, file that was not checked and remark on a suppression."""
    for path, item in outcome.items:
        at, finding = item.location, item.finding
        places: dict[str, object] = {"file": slashes(path), "line": item.file_line}
        if at.cell is None:
            places["endLine"] = at.end_line
            if at.end_line == at.line:  # columns count on one line only
                places["col"] = at.column
                places["endColumn"] = at.end_column
        places["title"] = f"{finding.code} {item.name}"
        where = "" if at.cell is None else f"cell {at.cell + 1}, line {at.line}: "
        yield _command(_COMMANDS[finding.severity], places, f"{where}{finding.code} {finding.message}")
    for problem in outcome.problems:
        places = {"file": slashes(problem.path), "line": problem.line, "title": "not checked"}
        yield _command("error", places, f"not checked: {problem.message}")
    for remark in outcome.remarks:
        title = f"{remark.state} suppression"
        places = {"file": slashes(remark.path), "title": title}
        if remark.cell is None:
            places["line"] = remark.line
        yield _command("warning", places, remark.message)


def _command(name: str, places: Mapping[str, object], message: str) -> str:
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in places.items())
    return f"::{name} {properties}::{_data(message)}\n"


def _data(text: str) -> str:
    lines = [printable(line) for line in text.replace("%", "%25").replace("\r", "%0D").split("\n")]
    return "%0A".join(lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
