"""GitLab's code quality report: the part of Code Climate's format that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import Any

from . import Outcome, json_list, slashes

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(outcome: Outcome) -> Iterator[str]:
    """A list of issues; fingerprints are unique in it and outlive moved lines."""
    issues = (
        _issue(
            f"{item.finding.code}: {item.finding.message}",
            item.finding.code,
            f"{slashes(path)}\0{item.fingerprint}",
            _SEVERITIES[item.finding.severity],
            path,
            item.file_line,
        )
        for path, item in outcome.items
    )
    unchecked = (
        _issue(
            f"not checked: {problem.message}",
            "unchecked-file",
            f"{slashes(problem.path)}\0{number}\0unchecked-file",
            "major",
            problem.path,
            problem.line,
        )
        for number, problem in enumerate(outcome.problems)
    )
    yield from json_list(chain(issues, unchecked), "")
    yield "\n"


def _issue(description: str, name: str, identity: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": name,
        "fingerprint": sha256(identity.encode("utf-8", "surrogateescape")).hexdigest(),
        "severity": severity,
        "location": {"path": slashes(path).removeprefix("./"), "lines": {"begin": line}},
    }
