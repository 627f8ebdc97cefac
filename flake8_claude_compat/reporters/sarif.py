"""SARIF 2.1.0 (OASIS standard, errata 01), as code scanning services read it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from .. import __version__
from ..checking import Item
from . import Outcome, changes_text, json_list, page, slashes

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def render(outcome: Outcome) -> Iterator[str]:
    """One log with one run."""
    codes: dict[str, Item] = {}
    for _, item in outcome.items:
        codes.setdefault(item.finding.code, item)
    order = {code: index for index, code in enumerate(sorted(codes))}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "claude-compat",
                "semanticVersion": __version__,
                "rules": [_rule(codes[code]) for code in order],
            }
        },
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"claude-compat/{outcome.target}/"},
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that was checked."}}},
        "invocations": [
            {
                "executionSuccessful": not outcome.problems,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": f"not checked: {problem.message}"},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": _artifact(problem.path),
                                    "region": {"startLine": max(1, problem.line)},
                                }
                            }
                        ],
                    }
                    for problem in outcome.problems
                ],
            }
        ],
    }
    yield f'{{\n "$schema": "{SCHEMA}",\n "version": "2.1.0",\n "runs": [\n  {{\n'
    for key, value in run.items():
        yield f'   "{key}": {json.dumps(value)},\n'
    yield '   "results": '
    yield from json_list((_result(path, item, order) for path, item in outcome.items), "   ")
    yield "\n  }\n ]\n}\n"


def _rule(item: Item) -> dict[str, Any]:
    from ..rules import all_rules

    code = item.finding.code
    rule, text = all_rules().get(code), page(code, item.name)
    summary = rule.summary if rule is not None else item.name
    described: dict[str, Any] = {
        "id": code,
        "name": "".join(word.capitalize() for word in item.name.split("-")),
        "shortDescription": {"text": f"{code} {item.name}: {summary}"},
        "fullDescription": {"text": text.sections.get("What it flags", summary)},
        "help": {"text": text.sections.get("What to do", summary), "markdown": text.text or summary},
        "defaultConfiguration": {"level": _LEVELS[item.finding.severity], "enabled": rule is None or rule.default},
        "properties": {"tags": ["claude", "openai", "migration"]},
    }
    if code in ("CLC201", "CLC202", "CLC206"):
        described["properties"]["tags"].append("security")
        described["properties"]["security-severity"] = "9.0"
    return described


def _result(path: str, item: Item, order: dict[str, int]) -> dict[str, Any]:
    finding, at = item.finding, item.location
    artifact = _artifact(path)
    region: dict[str, Any] = {"startLine": item.file_line}
    if at.cell is None:
        region = _region(at.line, at.column, at.end_line, at.end_column)
    region["snippet"] = {"text": item.text}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if at.cell is not None:
        # columns of a cell are not those of the file that holds it
        location["logicalLocations"] = [{"name": f"cell {at.cell + 1}, line {at.line}", "kind": "member"}]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": order[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"claudeCompat/v1": item.fingerprint},
    }
    if item.edits:
        replacements = [
            {
                "deletedRegion": _region(edit.line, edit.column, edit.end_line, edit.end_column),
                "insertedContent": {"text": edit.text},
            }
            for edit in item.edits
        ]
        result["fixes"] = [
            {
                "description": {"text": f"{changes_text(finding)} ({finding.safety})"},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
            }
        ]
    return result


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _artifact(path: str) -> dict[str, Any]:
    """Where a file is: relative to the current folder, or a file URI."""
    data = slashes(path).encode("utf-8", "surrogateescape")
    uri = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data)
    if os.path.isabs(path):
        return {"uri": f"file://{'' if uri.startswith('/') else '/'}{uri}"}
    return {"uri": uri, "uriBaseId": "SRCROOT"}
