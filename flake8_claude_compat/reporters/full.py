"""For reading: the source line with the place underlined, the reason and the fix."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from ..checking import Item
from ..findings import ERROR, INFO, WARNING
from . import Outcome, changes_text, place, printable, why

_BOLD, _DIM, _RESET = "\033[1m", "\033[2m", "\033[0m"
_SEVERITY = {ERROR: "\033[31m", WARNING: "\033[33m", INFO: "\033[36m"}
_TAB = 4


def render(outcome: Outcome) -> Iterator[str]:
    """A block per finding and a line of counts."""

    def styled(text: str, *codes: str) -> str:
        return f"{''.join(codes)}{text}{_RESET}" if outcome.colour else text

    explained: set[str] = set()
    counts = dict.fromkeys((ERROR, WARNING, INFO), 0)
    for path, item in outcome.items:
        finding, at = item.finding, item.location
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
        colour = _SEVERITY.get(finding.severity, "")
        head = styled(f"{finding.code} {item.name}", _BOLD, colour)
        yield f"{styled(place(path, at.cell, at.line, at.column), _BOLD)}: {head}\n  {printable(finding.message)}\n"
        number = str(at.line)
        edge = styled(" " * len(number) + " |", _DIM)
        text, mark = _underlined(item)
        yield f"{edge}\n{styled(f'{number} |', _DIM)} {text}\n{edge} {styled(mark, _BOLD, colour)}\n"
        reason = "" if finding.code in explained else why(finding.code, item.name)
        explained.add(finding.code)
        if reason:
            yield f"  why: {reason}\n"
        fix = changes_text(finding)
        if fix:
            yield f"  fix ({finding.safety}): {printable(fix)}\n"
        yield "\n"
    found = [f"{count} {name}{'s' if count > 1 and name != INFO else ''}" for name, count in counts.items() if count]
    if found:
        files = sum(bool(result.items) for result in outcome.results)
        yield f"{', '.join(found)} in {files} of {outcome.files} files\n"


def _underlined(item: Item) -> tuple[str, str]:
    """The line as it is shown, and the marks below it."""
    at, text, offset = item.location, item.text, item.offset
    start = at.column - 1 - offset
    end = at.end_column - 1 - offset if at.end_line == at.line else len(text)
    if text.isascii() and text.isprintable():
        more = "…" if offset else ""
        return more + text.rstrip(), " " * (len(more) + start) + "^" * max(1, min(end, len(text)) - start)
    shown, before, marks = ["…" if offset else ""], 1 if offset else 0, 0
    for index, character in enumerate(text):
        if character == "\t":
            character = " " * _TAB
        elif not character.isprintable():
            character = "\N{REPLACEMENT CHARACTER}"
        shown.append(character)
        width = sum(2 if east_asian_width(one) in "WF" else 1 for one in character)
        if index < start:
            before += width
        elif index < end:
            marks += width
    return "".join(shown).rstrip(), " " * before + "^" * max(1, marks)
