"""JUnit's XML: a suite per file with findings, a case that fails per finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import Outcome, place

#: what XML 1.0 cannot hold
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def render(outcome: Outcome) -> Iterator[str]:
    """One document; without findings and problems it has one case, which passes."""
    problems: dict[str, list[str]] = {}
    for problem in outcome.problems:
        text = f"line {problem.line}: {problem.message}"
        problems.setdefault(problem.path, []).append(
            f'<testcase name="not checked" classname={_quoted(problem.path)}>'
            f'<error type="not checked" message={_quoted(problem.message)}>{_escaped(text)}</error></testcase>'
        )
    suites: list[tuple[str, list[str], int, int]] = []
    for result in outcome.results:
        cases = []
        for item in result.items:
            finding, at = item.finding, item.location
            where = place(result.path, at.cell, at.line, at.column)
            cases.append(
                f"<testcase name={_quoted(f'{finding.code} {item.name}')} classname={_quoted(result.path)}"
                f' file={_quoted(result.path)} line="{item.file_line}">'
                f'<failure type="{finding.severity}" message={_quoted(finding.message)}>'
                f"{_escaped(f'{where}: {finding.code} {finding.message}')}</failure></testcase>"
            )
        broken = problems.pop(result.path, [])
        if cases or broken:
            suites.append((result.path, cases + broken, len(cases), len(broken)))
    suites += [(path, broken, 0, len(broken)) for path, broken in problems.items()]
    if not suites:
        suites.append(("claude-compat", ['<testcase name="no findings" classname="claude-compat"/>'], 0, 0))
    tests, failures, errors = (
        sum(len(one[1]) for one in suites), sum(one[2] for one in suites), sum(one[3] for one in suites)
    )  # fmt: skip
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<testsuites name="claude-compat" tests="{tests}" failures="{failures}" errors="{errors}">\n'
    for path, cases, failed, unchecked in suites:
        yield f' <testsuite name={_quoted(path)} tests="{len(cases)}" failures="{failed}" errors="{unchecked}">\n'
        yield from (f"  {case}\n" for case in cases)
        yield " </testsuite>\n"
    yield "</testsuites>\n"


def _escaped(text: str) -> str:
    return re.sub('[&<>"\n\r\t]', lambda found: _ENTITIES[found.group()], _ILLEGAL.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'
