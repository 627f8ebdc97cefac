"""For the terminal: readable in a minute."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from textwrap import wrap

from ...checklist.records import DONE, OFF, TEST, TODO, UNUSED, Checklist, Line
from .. import printable
from . import (
    client_name,
    client_words,
    counted,
    effort_words,
    ends,
    percent,
    price,
    status_words,
    summary,
    told,
    where,
)

_BOLD, _DIM, _RESET = "\033[1m", "\033[2m", "\033[0m"
_MARKS = {DONE: "[x]", TODO: "[ ]", TEST: "[?]", UNUSED: "[-]", OFF: "[-]"}
_COLOURS = {DONE: "\033[32m", TODO: "\033[31m", TEST: "\033[33m", UNUSED: _DIM, OFF: _DIM}
_ROWS = 10
_BAR = 20
_SPARKS = "▁▂▃▄▅▆▇█"


def render(checklist: Checklist, colour: bool) -> Iterator[str]:
    """Head, the lines, then a block each for what is left and where."""
    return (f"{line.rstrip()}\n" for line in _Writer(checklist, colour).lines())


class _Writer:
    def __init__(self, checklist: Checklist, colour: bool) -> None:
        self.checklist = checklist
        self.colour = colour
        self.width = max(60, min(120, shutil.get_terminal_size((100, 24)).columns))

    def styled(self, text: str, *codes: str) -> str:
        return f"{''.join(codes)}{text}{_RESET}" if self.colour and text else text

    def lines(self) -> Iterator[str]:
        """All lines of the report."""
        found = self.checklist
        head = f"Migration to {found.target_name}, {found.base_url}: {counted(found.files, 'file')} on {found.date}"
        yield self.styled(printable(head), _BOLD)
        yield f"{summary(found)}."
        if found.left:
            implied = found.left - found.effort.all
            more = f", and {counted(implied, 'change')} that no finding names" if implied else ""
            yield f"{counted(found.effort.all, 'finding')} left: {effort_words(found.effort)}{more}."
        if found.since is not None:
            yield self._since()
        if found.problems:
            yield self.styled(
                f"{counted(len(found.problems), 'file')} could not be checked, in whole or in part: see the end.", _BOLD
            )
        if set(found.counts) == {UNUSED} and not found.problems:
            return
        yield ""
        for line in found.lines:
            yield from self._line(line)
        yield from self._folders()
        yield from self._clients()
        yield from self._models()
        yield from self._endpoints()
        yield from self._history()
        yield from self._tests()
        if found.problems:
            yield from self._title("Not checked")
            yield from self._rows([(f"{one.path}:{one.line}", one.message) for one in found.problems])

    def _since(self) -> str:
        since = self.checklist.since
        assert since is not None
        now = self.checklist.effort.all
        return printable(
            f"Since {since.revision}: {since.fixed} fixed, {since.new} new; {since.before} findings then, {now} now."
        )

    def _line(self, line: Line) -> Iterator[str]:
        mark = self.styled(_MARKS[line.status], _COLOURS[line.status], _BOLD)
        text = printable(line.text)
        status = status_words(line)
        room = self.width - 7 - len(text) - len(status)
        yield f"{mark} {line.number:>2} {self.styled(text, _BOLD)} {' ' * max(1, room - 1)}" + self.styled(
            status, _COLOURS[line.status]
        )
        for label, words in told(line):
            yield from self._wrapped(f"{label}: {words}" if label != "to do" else words, " " * 7)

    def _wrapped(self, text: str, indent: str) -> list[str]:
        return wrap(
            printable(text), self.width, initial_indent=indent, subsequent_indent=indent + "  ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def _title(self, text: str) -> Iterator[str]:
        yield ""
        yield self.styled(text, _BOLD)

    def _rows(self, rows: Sequence[Sequence[str]], limit: int = _ROWS) -> Iterator[str]:
        """Rows in columns; the last column is not padded."""
        shown = [[printable(cell) for cell in row] for row in rows[:limit]]
        widths = [max(len(row[column]) for row in shown) for column in range(len(shown[0]))] if shown else []
        for row in shown:
            yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths))
        if len(rows) > limit:
            yield f"  … and {len(rows) - limit} more (all of them: --format json or html)"

    # ----------------------------------------------------------------- blocks

    def _folders(self) -> Iterator[str]:
        found = self.checklist.folders
        if not any(part.left for part in found):
            return
        yield from self._title("Folders")
        most = max(part.left + part.right for part in found)
        rows = []
        for part in found:
            length = max(1, round(_BAR * (part.left + part.right) / most))
            done = round(length * part.right / (part.left + part.right))
            bar = "█" * done + "░" * (length - done)
            right = percent(part.right / (part.left + part.right))
            rows.append((part.name, f"{bar:<{_BAR}}", f"{part.left} left", f"{right} right"))
        yield from self._rows(rows)

    def _clients(self) -> Iterator[str]:
        found = sorted(self.checklist.clients, key=lambda row: -row.left)
        if found:
            yield from self._title("Clients")
            yield from self._rows(
                [
                    (
                        client_name(row),
                        where(row.place),
                        f"{row.left} left",
                        "" if row.progress is None else f"{percent(row.progress)} right",
                        counted(row.requests, "request") if row.requests else "",
                        f"→ {client_words(row, self.checklist.target)}",
                    )
                    for row in found
                ]
            )

    def _models(self) -> Iterator[str]:
        found = self.checklist.models
        if found:
            states = " (USD per million tokens in / out)" if any(row.price for row in found) else ""
            yield from self._title(f"Models{states}")
            yield from self._rows(
                [
                    (
                        row.name,
                        f"×{row.places}",
                        ends(row, self.checklist.date),
                        f"→ {row.mapped}" if row.mapped else "no counterpart" if row.vendor == "openai" else "stays",
                        price(row),
                    )
                    for row in found
                ],
                15,
            )

    def _endpoints(self) -> Iterator[str]:
        found = self.checklist.endpoints
        if found:
            yield from self._title("No counterpart")
            yield from self._rows(
                [
                    (
                        row.family,
                        row.code,
                        f"×{row.places} in {counted(row.files, 'file')}",
                        (f"OpenAI ends it {row.sunset}; " if row.sunset else "") + row.alternative,
                    )
                    for row in found
                ],
                15,
            )

    def _history(self) -> Iterator[str]:
        found = self.checklist.history
        if len(found) > 1:
            yield from self._title("Burn-down")
            most = max(entry.total for entry in found) or 1
            sparks = "".join(_SPARKS[round((len(_SPARKS) - 1) * entry.total / most)] for entry in found[-60:])
            first, last = found[0], found[-1]
            yield f"  {sparks}  {first.total} left on {first.date}, {last.total} on {last.date}"

    def _tests(self) -> Iterator[str]:
        found = self.checklist.tests
        if found:
            yield from self._title("Test by hand (no reading of code can tell)")
            for test in found:
                lines = ", ".join(str(number) for number in test.lines)
                noun = "line" if len(test.lines) == 1 else "lines"
                yield from self._wrapped(f"{test.title}, for {noun} {lines}; expect {test.expect}:", "  ")
                yield from (f"    {printable(line)}" for line in test.shell.split("\n"))
