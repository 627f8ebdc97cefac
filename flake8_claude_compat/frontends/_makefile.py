"""Makefiles: variables, and the commands of recipes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..program import Block, Use
from ..source import Span
from ._shell_scan import Scanner
from ._shell_words import Assignment, Command
from ._values import Text

if TYPE_CHECKING:
    from .shell import Shell

_MAKE_ASSIGN = re.compile(
    r"[ ]*(?:(?:export|override|private)[ \t]+)*(?P<name>[A-Za-z_][\w.-]*)[ \t]*(?P<op>[:?+!]{0,3}=)[ \t]*"
)
#: lines that name variables, and those that compare what they hold
_MAKE_NAMES = re.compile(r"[ ]*(?:(?:un)?export|ifn?def|undefine)[ \t]+(?P<names>\w[\w \t]*)\Z")
_MAKE_COMPARES = re.compile(r"[ ]*ifn?eq\b")
_MAKE_SCOPED = re.compile(r"[^\s:=#]+[ \t]*:[ \t]*(?=(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*[:?+]?=)")


class Makefile:
    """The variables and recipes of a Makefile."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.maker = shell.maker
        self.text = shell.maker.source.text

    def run(self) -> None:
        block = self.maker.module.block
        for start, end in _logical_lines(self.text):
            if self.text.startswith("\t", start):
                begin = start + 1
                while begin < end and self.text[begin] in "@-+ \t":
                    begin += 1
                line = self.text[begin:end]
                if self.maker.matches(line) or "curl" in line or "http" in line or '"model"' in line or "<<" in line:
                    self.shell.script(Text.of(line, begin), block, make=True)
                continue
            self._line(start, end, block)

    def _line(self, start: int, end: int, block: Block) -> None:
        text = self.text
        scoped = _MAKE_SCOPED.match(text, start, end)
        match = _MAKE_ASSIGN.match(text, scoped.end() if scoped else start, end)
        if match is None:
            line = text[start:end]
            named = _MAKE_NAMES.match(line)
            if named is not None:
                for word in re.finditer(r"\w+", named["names"]):
                    at = start + named.start("names") + word.start()
                    name = Text.of(word[0], at)
                    self.maker.watched(name, name.span(0, len(word[0])), block, Use("argument", "export"))
            elif _MAKE_COMPARES.match(line):
                self._expanded(start, end, block)
            return
        at = match.end()
        stop = text.find(" #", at, end)
        stop = end if stop < 0 else stop
        while stop > at and text[stop - 1].isspace():
            stop -= 1
        value = self._expanded(at, stop, block)
        span = Span(at, stop)
        name_span = Span(match.start("name"), match.end("name"))
        item = Assignment(match["name"], name_span, value, span, Span(name_span.start, stop))
        self.shell.assign(item, Command(block, at), False)

    def _expanded(self, start: int, end: int, block: Block) -> Text:
        """A part of a line with the variables that make puts into it."""
        inner = Text.of(self.text[start:end], start)
        scanner = Scanner(inner, self.maker, block, make=True)
        value = Text()
        position = 0
        while position < scanner.size:
            dollar = scanner.chars.find("$", position)
            if dollar < 0:
                break
            value.take(inner, position, dollar)
            if scanner.chars.startswith("$$", dollar):
                value.add_escape("$", *inner.span(dollar, dollar + 2))
                position = dollar + 2
            else:
                position = scanner.make_variable(dollar, value, 0)
        value.take(inner, position, scanner.size)
        self.shell.read(scanner)
        return value


def _logical_lines(text: str, escape: str = "\\") -> Iterator[tuple[int, int]]:
    """Start and end of each line, continued lines joined."""
    start = at = 0
    size = len(text)
    while at < size:
        end = text.find("\n", at)
        end = size if end < 0 else end
        last = end - 1 if end > at and text[end - 1] == "\r" else end
        if last > at and text[last - 1] == escape and end < size:
            at = end + 1
            continue
        yield start, last
        start = at = end + 1
    if start < size and at >= size and start != at:
        yield start, size
