"""One HTML file that needs nothing else: offline, in light and dark, on paper and by keyboard.

All that comes from checked files is escaped by the template engine, and the
page's own policy lets no script run but the one that it brings.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ...checklist.records import DONE, OFF, TEST, TODO, UNUSED, Checklist
from .. import printable
from . import (
    client_name,
    client_words,
    codes_of,
    counted,
    effort_words,
    ends,
    noted,
    percent,
    price,
    summary,
    where,
)

_HERE = os.path.dirname(os.path.abspath(__file__))
_CLASSES = {DONE: "done", TODO: "todo", TEST: "test", UNUSED: "unused", OFF: "off"}
#: size of the burn-down's drawing area
_WIDTH, _HEIGHT = 640, 160


def render(checklist: Checklist, colour: bool) -> Iterator[str]:
    """The page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )  # fmt: skip
    environment.globals.update(
        client_name=client_name, client_words=client_words, codes_of=codes_of, counted=counted, ends=ends,
        effort_words=effort_words, folder_of=lambda path: _folder_of(path, checklist), noted=noted, percent=percent,
        price=price, where=where,
    )  # fmt: skip
    style, script = _read("page.css"), _read("page.js")
    yield environment.get_template("page.html.jinja").render(
        found=checklist,
        summary=summary(checklist),
        classes=_CLASSES,
        statuses=[status for status in _CLASSES if status in checklist.counts],
        weight=max((part.right + part.left for part in checklist.folders), default=1),
        burndown=_burndown(checklist),
        size=(_WIDTH, _HEIGHT),
        style=_Inline(style),
        script=_Inline(script),
        policy=_Inline(
            f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)};"
            " base-uri 'none'; form-action 'none'"
        ),
    )


class _Inline(str):
    """Text of our own that goes into the page as it is."""

    def __html__(self) -> str:
        return str(self)


def _read(name: str) -> str:
    with open(os.path.join(_HERE, name), encoding="utf-8") as file:
        return file.read()


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _folder_of(path: str, checklist: Checklist) -> str:
    """The folder of the report that a file is counted in: the longest that it begins with."""
    return max((part.name for part in checklist.folders if path.startswith(part.name)), key=len, default="./")


def _burndown(checklist: Checklist) -> dict[str, Any]:
    """Points of the burn-down; days keep their distance."""
    from datetime import date

    found = checklist.history
    if len(found) < 2:
        return {}
    days = [date.fromisoformat(entry.date).toordinal() for entry in found]
    span, most = max(1, days[-1] - days[0]), max(entry.total for entry in found) or 1
    points = [
        (round((day - days[0]) / span * _WIDTH, 1), round(_HEIGHT - entry.total / most * _HEIGHT, 1), entry)
        for day, entry in zip(days, found)
    ]
    return {"points": points, "line": " ".join(f"{x},{y}" for x, y, _ in points), "most": most}
