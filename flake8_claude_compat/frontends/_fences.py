"""Where the code of a Markdown or reStructuredText document is.

Two scanners over lines, linear in the text whatever it holds. A full Markdown
parser is not needed: what is not code is of no interest, and code is told by
its lines alone. (markdown-it-py takes 1 s per MB of prose and 12 s per MB of
lists, and more time to import than a whole run takes; tests compare with it.)
They are more lenient than CommonMark where writers rely on another processor:
a fence may be indented by any width, as the tabs and notes of mkdocs and MDX
have it.
"""

from __future__ import annotations

import os.path
import re

from ..record import NamedTuple
from ..source import Source


class Line(NamedTuple):
    """A line of a block without its container's prefix: ``[start, end)`` with
    the line's end. ``pad``: blanks that a tab, cut in two, leaves before it."""

    start: int
    end: int
    pad: int = 0


class Fence(NamedTuple):
    """One block of code. ``info``: its label; "" for a block without one."""

    info: str
    lines: tuple[Line, ...]


_ENDS = "\r\n"
_BLANKS = " \t"
# quote signs, list markers and blanks before what a line says
_PREFIX = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_OPEN = re.compile(r"(`{3,}(?=[^`\r\n]*(?:[\r\n]|\Z))|~{3,})([^\r\n]*)")
_RAW_HTML = re.compile(r"<(script|style|pre|textarea)(?:[\s>]|\Z)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|(?=[\r\n]|\Z))")


def _spans(source: Source) -> list[tuple[int, int]]:
    starts = source.starts
    return list(zip(starts, [*starts[1:], len(source.text)]))


def _width(text: str, start: int, end: int, column: int = 0) -> int:
    """The column behind a run of characters; tabs stop at every fourth."""
    if "\t" not in text[start:end]:
        return column + end - start
    for char in text[start:end]:
        column += 4 - column % 4 if char == "\t" else 1
    return column


def _unindented(text: str, start: int, end: int, width: int) -> Line:
    """A line without at most so many columns of white space."""
    column, at = 0, start
    while at < end and column < width and text[at] in _BLANKS:
        column += 4 - column % 4 if text[at] == "\t" else 1
        at += 1
    return Line(at, end, max(0, column - width))


def _unquoted(text: str, start: int, end: int, depth: int) -> int | None:
    """The offset behind so many quote signs and one blank; None with fewer signs."""
    at = start
    for _ in range(depth):
        while at < end and text[at] in _BLANKS:
            at += 1
        if at >= end or text[at] != ">":
            return None
        at += 1
        if at < end and text[at] == " ":
            at += 1
    return at


def markdown_fences(source: Source, mdx: bool = False) -> list[Fence]:
    """The fenced and indented blocks of code of a Markdown text.

    ``mdx``: MDX has no indented code, and comments of its own.
    """
    return _Markdown(source, mdx).run()


class _Markdown:
    def __init__(self, source: Source, mdx: bool) -> None:
        self.text = source.text
        self.lines = _spans(source)
        self.mdx = mdx
        self.found: list[Fence] = []
        #: columns at which the text of the open list items begins
        self.items: list[int] = []

    def run(self) -> list[Fence]:
        text, lines, number = self.text, self.lines, 0
        comment_open, comment_end = ("{/*", "*/}") if self.mdx else ("<!--", "-->")
        blank = True  # whether indented code may begin here
        while number < len(lines):
            start, end = lines[number]
            if text[start : start + 1].isalpha():  # as most lines: nothing begins with it, and lists end
                self.items.clear()
                blank = False
                number += 1
                continue
            body = len(text[start:end].rstrip(_ENDS)) + start
            prefix = _PREFIX.match(text, start, body)
            assert prefix is not None
            inner = prefix.end()
            if inner == body:
                blank = True
                if not prefix.group().strip("> \t"):
                    number += 1
                    continue
            char = text[inner : inner + 1]
            if char in ("`", "~") and (opened := _OPEN.match(text, inner, end)) is not None:
                number = self.fence(number, prefix, opened)
                blank = True
                continue
            close = ""
            if char in ("<", "{"):  # a comment is not shown, and a script is not Markdown
                if text.startswith(comment_open, inner):
                    close = comment_end
                elif not self.mdx and (raw := _RAW_HTML.match(text, inner, body)) is not None:
                    close = f"</{raw[1]}"
            if close:
                found = text.find(close, inner)
                stop = len(text) if found < 0 else found
                while number < len(lines) and lines[number][1] <= stop:
                    number += 1
                number += 1
                blank = True
                continue
            if not self.mdx:
                if blank and text[start] in " \t>" and (after := self.indented(number)) > number:
                    number = after
                    continue
                self.list_items(start, body)
            blank = inner == body or char == "#"
            number += 1
        return self.found

    def fence(self, number: int, prefix: re.Match[str], opened: re.Match[str]) -> int:
        """Record the fence that opens in a line; the line behind it."""
        text, lines = self.text, self.lines
        depth = prefix.group().count(">")
        start = prefix.start()
        if depth:
            start += prefix.group().rindex(">") + 1
            start += text[start] == " "
        indent = _width(text, start, prefix.end())
        sign, size, inside = opened[1][0], len(opened[1]), []
        number += 1
        while number < len(lines):
            begin, end = lines[number]
            at = _unquoted(text, begin, end, depth)
            if at is None:
                break  # the quote ends, and with it the fence
            line = _unindented(text, at, end, indent)
            number += 1
            said = text[line.start : line.end].strip() if end - at < 300 + size else ""
            if said and said[0] == sign and len(said) >= size and said.strip(sign) == "":
                if _width(text, line.start, line.end - len(text[line.start : line.end].lstrip())) < 4:
                    break
            inside.append(line)
        self.found.append(Fence(opened[2].strip() or "", tuple(inside)))
        return number

    def list_items(self, start: int, body: int) -> None:
        """Keep track of the list items that a line opens or ends."""
        text, items, at = self.text, self.items, start
        indent = len(text[start:body]) - len(text[start:body].lstrip(_BLANKS))
        column = _width(text, start, start + indent)
        while items and column < items[-1]:
            items.pop()
        column = 0
        while len(items) < 50 and (marker := _ITEM.match(text, at, body)) is not None:
            column = _width(text, at, marker.end(), column)
            items.append(column)
            at = marker.end()

    def indented(self, number: int) -> int:
        """Record the indented code that begins in a line; the line behind it, or the same without any."""
        text, lines, first = self.text, self.lines, number
        start, end = lines[number]
        depth = 0
        if text[start] == ">":
            prefix = re.match(r"(?:>[ ]?)+", text[start:end])
            assert prefix is not None
            depth = prefix.group().count(">")
        items = self.items if not depth else []
        column = self.column(number, depth)
        while items and column is not None and column < items[-1]:
            items.pop()
        width = (items[-1] if items else 0) + 4
        inside: list[Line] = []
        last = number
        while number < len(lines):
            begin, end = lines[number]
            at = _unquoted(text, begin, end, depth)
            if at is None:
                break
            line = _unindented(text, at, end, width)
            said = text[line.start : line.end]
            if said.strip():
                indent = len(text[at:end]) - len(text[at:end].lstrip(_BLANKS))
                if _width(text, at, at + indent) < width or said.lstrip().startswith(("```", "~~~", "<!--")):
                    break
                last = number + 1
            inside.append(line)
            number += 1
        if last > first:
            self.found.append(Fence("", tuple(inside[: last - first])))
        return last

    def column(self, number: int, depth: int) -> int | None:
        start, end = self.lines[number]
        at = _unquoted(self.text, start, end, depth)
        if at is None:
            return None
        indent = len(self.text[at:end]) - len(self.text[at:end].lstrip(_BLANKS))
        return _width(self.text, at, at + indent)


# ---------------------------------------------------------------------- reST

_BULLETS = r"(?:(?:[-*+\u2022]|\d{1,9}[.)]|#\.)[ \t]+)*"
_DIRECTIVE = re.compile(
    rf"[ \t]*{_BULLETS}(\.\.[ \t]+(?:[\w-]+:)?(code-block|code|sourcecode|code-cell|code-tab|prompt|testcode|testsetup"
    r"|doctest|ipython|jupyter-execute|parsed-literal|highlight)::)[ \t]*([^\r\n]*)"
)
_ANY_DIRECTIVE = re.compile(r"\.\.(?:[ \t]+(?:[\w:.+-]+::|\[|_|\|)|__|[ \t]*\Z)")
_OPTION = re.compile(r"[ \t]*:[\w-]+:(?:[ \t]|[\r\n]|\Z)")
_TEXT = re.compile(rf"[ \t]*{_BULLETS}")
_LANGUAGES = {
    "testcode": "python", "testsetup": "python", "doctest": "pycon", "ipython": "python", "jupyter-execute": "python",
}  # fmt: skip


def rst_fences(source: Source) -> list[Fence]:
    """The code directives, literal blocks and doctests of a reStructuredText."""
    text, lines = source.text, _spans(source)
    found: list[Fence] = []
    highlight, number = "", 0
    while number < len(lines):
        start, end = lines[number]
        line = text[start:end].rstrip()
        number += 1
        said = line.lstrip(_BLANKS)
        if not said:
            continue
        directive = _DIRECTIVE.match(line) if ".. " in line or "..\t" in line else None
        if directive is not None:
            name, argument = directive[2], directive[3].strip()
            if name == "highlight":
                highlight = "text" if argument in ("none", "default") else argument
                continue
            column = _width(line, 0, directive.start(1))
            body, number = _block(text, lines, number, column)
            body = _without_options(text, body)
            if name == "parsed-literal":
                continue
            label = _LANGUAGES.get(name) or argument or highlight
            found.append(Fence("console" if name == "prompt" and argument.startswith("bash") else label, body))
        elif said.startswith(">>> "):
            inside = [Line(start, end)]
            while number < len(lines) and text[slice(*lines[number])].strip():
                inside.append(Line(*lines[number]))
                number += 1
            found.append(Fence("pycon", tuple(inside)))
        elif said.startswith("..") and said[2:3] in ("", " ", "\t"):
            if _ANY_DIRECTIVE.match(said) is None:  # a comment, with all that is indented below it
                _, number = _block(text, lines, number, _width(line, 0, len(line) - len(said)))
        elif line.endswith("::"):
            match = _TEXT.match(line)
            column = _width(line, 0, match.end()) if match else 0
            body, number = _block(text, lines, number, min(column, len(line)))
            if body:
                found.append(Fence(highlight, body))
    return found


def _block(text: str, lines: list[tuple[int, int]], number: int, column: int) -> tuple[tuple[Line, ...], int]:
    """The lines that are indented by more than a column, and the line behind them."""
    first = last = number
    heads: list[str] = []
    while number < len(lines):
        start, end = lines[number]
        line = text[start:end].rstrip()
        said = line.lstrip(_BLANKS)
        if said:
            head = line[: len(line) - len(said)]
            if _width(head, 0, len(head)) <= column:
                break
            heads.append(head)
            last = number + 1
        number += 1
    size = len(os.path.commonprefix(heads))
    inside = []
    for start, end in lines[first:last]:  # blank lines may be shorter than the indent
        inside.append(Line(start + min(size, len(text[start:end].rstrip(_ENDS))), end))
    return tuple(inside), last


def _without_options(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    at = 0
    while at < len(lines) and _OPTION.match(text, lines[at].start, lines[at].end):
        at += 1
    return lines[at:]
