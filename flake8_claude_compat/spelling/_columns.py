"""Remarks that stand in a column behind code stay in one when the code in front of them changes its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ..record import NamedTuple
from ..source import Span
from ._document import Edit, applied, line_end, line_start, next_line

#: language of a file → what opens a remark to the end of the line; of others none is known
_MARKS = {
    **dict.fromkeys(
        ("python", "yaml", "toml", "dotenv", "ini", "shell", "powershell", "makefile", "dockerfile", "http"), "#"
    ),
    **dict.fromkeys(("javascript", "typescript", "tsx", "vue", "svelte", "html", "json"), "//"),
    **dict.fromkeys(("markdown", "mdx", "rst"), "#|//"),
}
#: code whose quotes are closed, the blanks behind it, and what a remark begins with
_CODE = r'''(?P<code>(?:[^"'`\r\n]|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|`(?:[^`\\\r\n]|\\.)*`)+?(?<=\S))'''
_REMARKED = _CODE + "(?P<blanks> +)(?:{})"
#: columns; no remark in a column begins farther to the right
_WIDE = 300


class _Line(NamedTuple):
    """Where a line begins, its code ends and its remark begins."""

    start: int
    code: int
    remark: int

    @property
    def column(self) -> int:
        return self.remark - self.start


def in_columns(text: str, edits: Sequence[Edit], language: str) -> list[Edit]:
    """Edits with those that put the remarks of changed lines, and of the lines around them, into their column again."""
    mark = _MARKS.get(language)
    found = list(edits)
    if mark is None or not any(mark_of in text for mark_of in mark.split("|")):
        return found
    remarked = re.compile(_REMARKED.format(mark))
    ordered = sorted(set(edits))
    seen: set[int] = set()
    for edit in ordered:
        start = line_start(text, edit.span.start)
        if start in seen:
            continue
        run = _run(text, start, remarked)
        seen.update(line.start for line in run)
        found += _aligned(text, run, ordered)
    return found


def _run(text: str, start: int, remarked: re.Pattern[str]) -> list[_Line]:
    """The lines around the one that begins at an offset whose remarks stand in its column; [] where it has none."""
    line = _line(text, start, remarked)
    if line is None:
        return []
    run = [line]
    while run[0].start:
        above = _line(text, line_start(text, _end_above(text, run[0].start)), remarked)
        if above is None or above.column != line.column:
            break
        run.insert(0, above)
    while (below := next_line(text, run[-1].start)) < len(text):
        next_one = _line(text, below, remarked)
        if next_one is None or next_one.column != line.column:
            break
        run.append(next_one)
    return run


def _end_above(text: str, start: int) -> int:
    """Where the line above the one that begins at an offset ends."""
    return start - 2 if text[start - 2 : start] == "\r\n" else start - 1


def _line(text: str, start: int, remarked: re.Pattern[str]) -> _Line | None:
    match = remarked.match(text, start, min(line_end(text, start), start + _WIDE))
    return _Line(start, match.end("code"), match.end("blanks")) if match else None


def _aligned(text: str, run: Sequence[_Line], edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits of the blanks in front of remarks, where these are in a column that somebody made."""
    if len({line.remark - line.code for line in run}) < 2:
        return
    gaps, widths, staying = [], [], []
    for line in run:
        near = list(_near(edits, line))
        if any(span.start <= line.start and span.end > line.remark and not new for span, new in near):
            continue  # it goes as a whole
        if any(span.end > line.code or "\n" in text[span.start : span.end] + new for span, new in near):
            return  # more than the code of one line changes
        moved = (Edit(Span(span.start - line.start, span.end - line.start), new) for span, new in near)
        code = applied(text[line.start : line.code], moved)
        if not code.strip() or code != code.rstrip():
            return
        staying.append(line)
        gaps.append(line.remark - line.code)
        widths.append(len(code))
    if not staying:
        return
    # as far from the longest as the nearest was, at most by the two blanks that style guides ask for
    column = max(run[0].column, max(widths) + min(2, *gaps))
    for line, width, gap in zip(staying, widths, gaps):
        if column - width != gap:
            yield Edit(Span(line.code, line.remark), " " * (column - width))


def _near(edits: Sequence[Edit], line: _Line) -> Iterator[Edit]:
    """The edits that touch a line up to its remark; a remark's own do not move it."""
    at = bisect_right(edits, line.start, key=lambda edit: edit.span.end)
    while at < len(edits) and edits[at].span.start <= line.remark:
        if edits[at].span.start < line.remark:
            yield edits[at]
        at += 1
