"""Windows .cmd and .bat files → program: ``set``, ``setx`` and ``curl``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..program import Program, Use, Watch
from ..source import Source, Span
from ._shell_words import Command, Word
from ._values import Maker, Node, Text, Variable
from .shell import Shell

_LINE = re.compile(r"(?:[^\r\n^]|\^\r?\n|\^.|\^\Z|\r(?!\n))*", re.DOTALL)
_REMARK = re.compile(r"\s*@?(?:rem(?:\s|\Z)|::)", re.IGNORECASE)
_EXPANSION = re.compile(r"%(?P<percent>[A-Za-z_]\w*)%|!(?P<bang>[A-Za-z_]\w*)!")
#: set /p asks for a value, and shows what stands behind the sign
_SET = re.compile(r"set\s+(?P<asks>/p\s+)?(?!/)(?P<quote>\"?)(?P<name>[A-Za-z_][\w.-]*)=", re.IGNORECASE)
_LEADING = frozenset({"if", "for", "else", "call", "start", "do", "not", "exist", "defined", "in", "cmd", "/c", "/k"})
_COMMANDS = frozenset({"curl", "wget", "setx", "set"})


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``batch``."""
    maker = Maker(source, "batch", watch)
    reader = _Reader(maker)
    reader.run()
    reader.shell.finish()
    return [maker.program, *maker.inner]


class _Reader:
    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.shell = Shell(maker)
        self.text = maker.source.text

    def run(self) -> None:
        at, size = 0, len(self.text)
        while at < size:
            match = _LINE.match(self.text, at)
            end = match.end() if match is not None else at
            if end > at and not _REMARK.match(self.text, at, end):
                for start, stop in self._commands(at, end):
                    self._command(start, stop)
            at = end + 1

    def _commands(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The commands of a line, apart at ``&`` and ``|`` outside quotes."""
        text, at, begin, quoted = self.text, start, start, False
        while at < end:
            char = text[at]
            if char == "\\" and quoted and text.startswith('\\"', at):
                at += 2
                continue
            if char == '"':
                quoted = not quoted
            elif char == "^" and not quoted:
                at += 2
                continue
            elif char in "&|" and not quoted:
                yield begin, at
                begin = at + 1
            at += 1
        yield begin, end

    def _command(self, start: int, end: int) -> None:
        text = self.text
        while start < end and text[start] in " \t@(":
            start += 1
        words = self._words(start, end)
        index = 0
        while index < len(words) and words[index].text.chars.lower().removesuffix(".exe") not in _COMMANDS:
            if index == 0 and words[0].text.chars.lower().strip("(") not in _LEADING:
                index = len(words)
                break
            index += 1
        if index >= len(words):
            self._others(words)
            return
        first = words[index]
        name = first.text.chars.lower().removesuffix(".exe")
        rest = words[index:]
        if name == "set":
            self._set(first.span.start, end)
        elif name == "setx" and len(rest) > 2:
            self._assign(rest[1].text.chars, rest[1].text.span(0, len(rest[1].text)), rest[2].text, rest[2].span)
        elif name in ("curl", "wget"):
            self.shell.request(name, rest, Command(self.maker.module.block, first.span.start))

    def _others(self, words: Sequence[Word]) -> None:
        if not words or words[0].text.chars.lower() in ("echo", "echo.", "title"):
            return
        for word in words[1:]:
            if " " not in word.text.chars:
                self.maker.watched(word.text, word.span, self.maker.module.block, Use("argument", ""))

    def _set(self, start: int, end: int) -> None:
        match = _SET.match(self.text, start, end)
        if match is None:
            return
        begin, stop = match.end(), end
        if match["asks"]:
            name = Text.of(match["name"], match.start("name"))
            self.maker.watched(name, Span(*match.span("name")), self.maker.module.block, Use("argument", "set"))
            return
        if match["quote"]:
            last = self.text.rfind('"', begin, end)
            stop = last if last >= 0 else end
        while stop > begin and not match["quote"] and self.text[stop - 1] in " \t)":
            stop -= 1
        value = Text()
        self._fill(value, begin, stop)
        self._assign(match["name"], Span(match.start("name"), match.end("name")), value, Span(begin, stop))

    def _assign(self, name: str, name_span: Span, value: Text, span: Span) -> None:
        maker = self.maker
        block = maker.module.block
        node = Node(lambda: self.shell.body(value, span), span)
        maker.watched(value, span, block, Use("assign", name))
        maker.bind(name.lower(), node, block, name_span)
        if maker.matches(name) or maker.matches(value.chars) or "MODEL" in name.upper():
            maker.later((name,), node, Span(name_span.start, span.end), name_span)

    def _words(self, start: int, end: int) -> list[Word]:
        """The words of a command, as a program is given them."""
        text, at = self.text, start
        found: list[Word] = []
        while at < end:
            if text[at] in " \t\r\n" or text.startswith(("^\n", "^\r\n"), at):
                at += 1
                continue
            begin, made, quoted, any_quote = at, Text(), False, False
            while at < end:
                char = text[at]
                if char == "\\" and text.startswith('\\"', at):
                    made.add_escape('"', at, at + 2)
                    at += 2
                elif char == '"':
                    if quoted and text.startswith('"', at + 1) and at + 1 < end:
                        made.add_escape('"', at, at + 2)
                        at += 2
                        continue
                    quoted, any_quote = not quoted, True
                    at += 1
                elif char == "^" and text.startswith(("^\n", "^\r\n"), at):
                    if not quoted:
                        break
                    at += 3 if text[at + 1] == "\r" else 2
                elif char == "^" and not quoted:
                    made.add_escape(text[at + 1 : at + 2], at, at + 2)
                    at += 2
                elif char in " \t\r\n" and not quoted:
                    break
                elif char in "%!":
                    at = self._expand(made, at, end)
                else:
                    stop = at + 1
                    while stop < end and text[stop] not in " \t\r\n\"\\^%!":
                        stop += 1
                    made.add(text[at:stop], at)
                    at = stop
            found.append(Word(made, Span(begin, at), any_quote))
            at = max(at, begin + 1)
        return found

    def _fill(self, made: Text, at: int, end: int) -> None:
        text = self.text
        while at < end:
            if text[at] in "%!":
                at = self._expand(made, at, end)
            elif text[at] == "^" and at + 1 < end:
                made.add(text[at + 1], at + 1)
                at += 2
            else:
                stop = at + 1
                while stop < end and text[stop] not in "%!^":
                    stop += 1
                made.add(text[at:stop], at)
                at = stop

    def _expand(self, made: Text, at: int, end: int) -> int:
        match = _EXPANSION.match(self.text, at, end)
        if match is None:
            made.add(self.text[at], at)
            return at + 1
        group = "percent" if match["percent"] else "bang"
        span, name_span = Span(at, match.end()), Span(match.start(group), match.end(group))
        name = match[group]
        self.maker.variable_read(name, span, name_span)
        known = name.lower() if name.lower() in self.maker.module.bindings else name
        made.add_hole(Variable(known, span, name_span, None, None))
        return match.end()
