"""Words of shell text: quotes, escapes, expansions and substitutions, with the place of each character."""

from __future__ import annotations

import re

from ..program import Block
from ..record import NamedTuple
from ..source import Span
from ._values import Maker, Opaque, Text, Variable

#: substitutions and expansions inside each other are followed this deep
MAX_DEPTH = 24
#: ``NAME=value`` as a word of a command: ``-e X=y``, ``--from-literal=X=y``
PAIR = re.compile(r"(?:--?[\w-]+=)?([A-Za-z_]\w*)=")
_PLAIN = re.compile(r"[^\s;&|()<>\\'\"$`\ufffc]+")
_QUOTED = re.compile(r'[^"\\$`]+')
_INSIDE = re.compile(r"[^}\\'\"$`]+")
BLANK = re.compile(r"(?:[ \t\r\f\v]|\\\r?\n)+")
_NAME = re.compile(r"[A-Za-z_]\w*")
_SPECIAL = re.compile(r"[0-9@*#?$!-]")
_DEFAULT = re.compile(r":?[-=]")
#: what a reader fills in: https://<your resource>.openai.azure.com
_TO_FILL = re.compile(r"<[A-Za-z][^<>|;&$`'\"\n]{0,60}>")
_MAKE_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_PARENS = re.compile(r"[()]")
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "e": "\x1b"}


class Word(NamedTuple):
    """One word of a command. ``quoted``: some of it is in quotes."""

    text: Text
    span: Span
    quoted: bool


class Assignment(NamedTuple):
    """``NAME=value``; ``items``: of ``NAME=(a b)``."""

    name: str
    name_span: Span
    value: Text
    value_span: Span
    span: Span
    items: tuple[Word, ...] | None = None


class Command:
    """A simple command."""

    __slots__ = (
        "words", "assignments", "stdin", "outputs", "block", "start", "end", "source", "kind", "handled",
    )  # fmt: skip

    def __init__(self, block: Block, start: int) -> None:
        self.words: list[Word] = []
        self.assignments: list[Assignment] = []
        #: here-document or here-string
        self.stdin: Text | None = None
        #: files that the output is written to
        self.outputs: list[Word] = []
        self.block = block
        self.start = start
        self.end = start
        #: the command whose output is read through a pipe
        self.source: Command | None = None
        #: "" or ``case`` (the words are patterns), ``for``
        self.kind = ""
        #: something is done where it fails (``||``, ``if``)
        self.handled = False


class Words:
    """Reads the words of one text. Commands inside them are read by the class that is made of this one.

    ``make``: a recipe, in which ``$$`` is the shell's ``$`` and ``$(X)`` a
    variable of make. ``docker``: comment lines between continued lines.
    """

    def __init__(self, text: Text, maker: Maker, block: Block, make: bool = False, docker: bool = False) -> None:
        self.text = text
        self.chars = text.chars
        self.size = len(self.chars)
        self.maker = maker
        self.make = make
        self.docker = docker
        self.block = block
        #: the variables that are read
        self.reads: list[Variable] = []

    def nested(self, at: int, stop: str, depth: int) -> tuple[int, list[Command]]:
        """Read the commands inside a word, up to ``stop`` or the end; the index behind it, and these commands."""
        raise NotImplementedError

    def line_end(self, at: int) -> int:
        """Where the line of an index ends."""
        end = self.chars.find("\n", at, self.size)
        return self.size if end < 0 else end

    def docker_comments(self, at: int) -> int:
        """Behind the comments and empty lines that may stand where a line of a Dockerfile goes on."""
        chars = self.chars
        while at < self.size:
            end = self.line_end(at)
            line = chars[at : min(end, at + 200)].strip()
            if not line.startswith("#") and (line or end >= self.size):
                return at
            at = end + 1
        return self.size

    def blank(self, at: int) -> int:
        """Behind the blanks at ``at``."""
        match = BLANK.match(self.chars, at, self.size)
        return match.end() if match is not None else at

    def parentheses(self, at: int) -> int:
        """Behind the parenthesis that closes the one at ``at``."""
        open_count = 0
        for match in _PARENS.finditer(self.chars, at, self.size):
            open_count += 1 if match[0] == "(" else -1
            if open_count == 0:
                return match.end()
        return self.size

    # ----------------------------------------------------------------- words

    def word(self, at: int, depth: int, own: str = "") -> tuple[Word, int]:
        """A word. ``own``: the variable that it is assigned to."""
        chars, size, start = self.chars, self.size, at
        text = Text()
        quoted = False
        while at < size:
            match = _PLAIN.match(chars, at, size)
            if match is not None:
                text.take(self.text, at, match.end())
                at = match.end()
                continue
            char = chars[at]
            if char == "\\":
                if chars.startswith(("\n", "\r\n"), at + 1):
                    at += 3 if chars[at + 1] == "\r" else 2
                    if self.docker:
                        at = self.docker_comments(at)
                    continue
                end = min(at + 2, size)
                text.add_escape(chars[at + 1 : end], *self.text.span(at, end))
                at = end
            elif char == "'":
                end = chars.find("'", at + 1, size)
                end = size if end < 0 else end
                if self.make and "$" in chars[at:end]:
                    at = self._make_text(at + 1, end, text, depth)
                else:
                    text.take(self.text, at + 1, end)
                at = min(end + 1, size)
                quoted = True
            elif char == '"':
                at = self._double(at + 1, text, depth, own)
                quoted = True
            elif char == "$":
                if chars.startswith("$'", at):
                    at = self._ansi(at + 2, text)
                    quoted = True
                elif chars.startswith('$"', at):
                    at += 1
                else:
                    at = self.dollar(at, text, depth, own)
            elif char == "`":
                at = self.backticks(at, text, depth)
            elif char == "\ufffc":
                text.take(self.text, at, at + 1)
                at += 1
            elif char == "<" and (own or at > start) and (named := _TO_FILL.match(chars, at, size)) is not None:
                text.take(self.text, at, named.end())
                at = named.end()
            else:
                break
        return Word(text, self.text.span(start, at), quoted), at

    def _double(self, at: int, text: Text, depth: int, own: str) -> int:
        """Behind the quote that closes a string in double quotes."""
        chars, size = self.chars, self.size
        while at < size:
            match = _QUOTED.match(chars, at, size)
            if match is not None:
                text.take(self.text, at, match.end())
                at = match.end()
                continue
            char = chars[at]
            if char == '"':
                return at + 1
            if char == "\\":
                at = self.escaped(at, text, '$`"\\')
            elif char == "$":
                at = self.dollar(at, text, depth, own, True)
            else:
                at = self.backticks(at, text, depth)
        return size

    def escaped(self, at: int, text: Text, special: str) -> int:
        """Behind the backslash at ``at``, with what it escapes if that is one of some characters."""
        after = self.chars[at + 1 : at + 2] if at + 1 < self.size else ""
        if after == "\n":
            return at + 2
        if after and after in special:
            text.add_escape(after, *self.text.span(at, at + 2))
            return at + 2
        text.take(self.text, at, at + 1)
        return at + 1

    def _ansi(self, at: int, text: Text) -> int:
        chars, size = self.chars, self.size
        while at < size and chars[at] != "'":
            if chars[at] == "\\" and at + 1 < size:
                text.add_escape(_ANSI.get(chars[at + 1], chars[at + 1]), *self.text.span(at, at + 2))
                at += 2
                continue
            end = at + 1
            while end < size and chars[end] not in "\\'":
                end += 1
            text.take(self.text, at, end)
            at = end
        return min(at + 1, size)

    # ------------------------------------------------------------ expansions

    def dollar(self, at: int, text: Text, depth: int, own: str, quoted: bool = False) -> int:
        """An expansion at ``at``; behind it."""
        chars, size = self.chars, self.size
        if self.make:
            if not chars.startswith("$$", at):
                return self.make_variable(at, text, depth)
            start, at = at, at + 1
        else:
            start = at
        after = chars[at + 1] if at + 1 < size else ""
        if after == "(":
            if chars.startswith("$((", at):
                end = self.parentheses(at + 1)
                text.add_hole(Opaque(self.text.span(start, end)))
                return end
            if depth >= MAX_DEPTH:
                end = self.parentheses(at + 1)
                text.add_hole(Opaque(self.text.span(start, end)))
                return end
            end, commands = self.nested(at + 2, ")", depth)
            self._substitute(commands, self.text.span(start, end), text)
            return end
        if after == "{":
            if chars.startswith("${{", at) or depth >= MAX_DEPTH:
                closer = "}}" if chars.startswith("${{", at) else "}"
                end = chars.find(closer, at, size)
                end = size if end < 0 else end + len(closer)
                text.add_hole(Opaque(self.text.span(start, end)))
                return end
            return self._braces(start, at + 2, text, depth, own, quoted)
        match = _NAME.match(chars, at + 1, size)
        if match is not None:
            span, name_span = self.text.span(start, match.end()), self.text.span(*match.span())
            self._variable(span, name_span, match[0], None, text, own)
            return match.end()
        match = _SPECIAL.match(chars, at + 1, size)
        if match is not None:
            text.add_hole(Opaque(self.text.span(start, match.end())))
            return match.end()
        text.take(self.text, at, at + 1)
        return at + 1

    def _variable(self, span: Span, name_span: Span, name: str, default: Text | None, text: Text, own: str) -> None:
        free = default is not None or name == own
        self.reads.append(Variable(name, span, name_span, default, self.block, free))
        text.add_hole(self.reads[-1])

    def _braces(self, start: int, at: int, text: Text, depth: int, own: str, quoted: bool) -> int:
        """``${NAME…}`` whose inside begins at ``at``."""
        chars, size = self.chars, self.size
        if chars.startswith(("#", "!"), at) and _NAME.match(chars, at + 1, size):
            at += 1
            plain = False
        else:
            plain = True
        match = _NAME.match(chars, at, size)
        if match is None:
            end = self._until_brace(at, Text(), depth, quoted)
            text.add_hole(Opaque(self.text.span(start, end)))
            return end
        name, name_start, at = match[0], match.start(), match.end()
        if chars.startswith("[", at):
            close = chars.find("]", at, min(size, at + 200))
            at = close + 1 if close >= 0 else at
        inner = Text()
        default = None
        operator = _DEFAULT.match(chars, at, size)
        name_end = match.end()
        if operator is not None:
            at = operator.end()
            default = inner
        changed = default is None and not chars.startswith("}", at) and not chars.startswith((":?", "?"), at)
        end = self._until_brace(at, inner, depth, quoted)
        if changed or not plain:
            span = self.text.span(start, end)
            self.reads.append(Variable(name, span, self.text.span(name_start, name_end)))
            text.add_hole(Opaque(span))
            return end
        span, name_span = self.text.span(start, end), self.text.span(name_start, name_end)
        self._variable(span, name_span, name, default, text, own)
        return end

    def _until_brace(self, at: int, inner: Text, depth: int, quoted: bool) -> int:
        chars, size = self.chars, self.size
        while at < size:
            match = _INSIDE.match(chars, at, size)
            if match is not None:
                inner.take(self.text, at, match.end())
                at = match.end()
                continue
            char = chars[at]
            if char == "}":
                return at + 1
            if char == "\\":
                at = self.escaped(at, inner, "$`\"\\}'")
            elif char == "'":
                end = -1 if quoted else chars.find("'", at + 1, size)
                inner.take(self.text, at if end < 0 else at + 1, at + 1 if end < 0 else end)
                at = (at if end < 0 else end) + 1
            elif char == '"':
                at = self._double(at + 1, inner, depth + 1, "")
            elif char == "$":
                at = self.dollar(at, inner, depth + 1, "", quoted)
            elif char == "`":
                at = self.backticks(at, inner, depth)
            else:
                inner.take(self.text, at, at + 1)
                at += 1
        return size

    def _make_text(self, at: int, end: int, text: Text, depth: int) -> int:
        """Text in single quotes of a recipe: make still expands it."""
        while at < end:
            dollar = self.chars.find("$", at, end)
            if dollar < 0:
                break
            text.take(self.text, at, dollar)
            if self.chars.startswith("$$", dollar):
                text.add_escape("$", *self.text.span(dollar, dollar + 2))
                at = dollar + 2
            else:
                before, self.size = self.size, end
                at = self.dollar(dollar, text, depth, "")
                self.size = before
        text.take(self.text, at, end)
        return end

    def make_variable(self, at: int, text: Text, depth: int) -> int:
        """A variable of make at ``at``; behind it."""
        chars, size = self.chars, self.size
        after = chars[at + 1] if at + 1 < size else ""
        if after in ("(", "{") and after:
            match = _MAKE_NAME.match(chars, at + 2, size)
            closer = ")" if after == "(" else "}"
            if match is not None and chars.startswith(closer, match.end()) and match.end() < size:
                span, name_span = self.text.span(at, match.end() + 1), self.text.span(*match.span())
                self._variable(span, name_span, match[0], None, text, "")
                return match.end() + 1
            end = self.parentheses(at + 1) if after == "(" else chars.find("}", at, size) + 1 or size
            text.add_hole(Opaque(self.text.span(at, end)))
            return end
        end = min(at + 2, size)
        text.add_hole(Opaque(self.text.span(at, end)))
        return end

    # --------------------------------------------------------- substitutions

    def backticks(self, at: int, text: Text, depth: int) -> int:
        """Behind the command in backticks at ``at``."""
        chars, end = self.chars, at + 1
        while end < self.size and chars[end] != "`":
            end += 2 if chars[end] == "\\" else 1
        end = min(end, self.size)
        if depth < MAX_DEPTH:
            before, self.size = self.size, end
            self.nested(at + 1, "", depth)
            self.size = before
        after = min(end + 1, self.size)
        text.add_hole(Opaque(self.text.span(at, after)))
        return after

    def _substitute(self, commands: list[Command], span: Span, text: Text) -> None:
        """What ``$(…)`` stands for: ``cat`` of a here-document is its text."""
        last = commands[-1] if commands else None
        if last is not None and last.words and last.source is None:
            name = last.words[0].text.chars
            if name == "cat" and last.stdin is not None and len(last.words) == 1:
                text.extend(last.stdin)
                return
            if name in ("jq", "jo") and (made := _jq_filter(last)) is not None:
                text.extend(made)
                return
        text.add_hole(Opaque(span))


def _jq_filter(command: Command) -> Text | None:
    """The object that a jq filter builds."""
    for word in command.words[1:]:
        chars = word.text.chars.lstrip()
        if word.quoted and chars.startswith("{") and ":" in chars:
            return word.text
    return None
