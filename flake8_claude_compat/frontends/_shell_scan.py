"""Shell text → commands with their words, in one pass and with exact places.

No grammar of a shell: quotes, expansions, substitutions, here-documents,
assignments and the keywords that make blocks are enough to know which command
is given which words, and where each of their characters stands. What cannot
be understood is skipped, never an error. Nesting is followed to a fixed depth.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..program import Block, Catch, Scope
from ..record import NamedTuple
from ..source import Span
from ._values import Maker, Opaque, Text, Variable

#: substitutions and expansions inside each other are followed this deep
_MAX_DEPTH = 24

#: ``NAME=value`` as a word of a command: ``-e X=y``, ``--from-literal=X=y``
PAIR = re.compile(r"(?:--?[\w-]+=)?([A-Za-z_]\w*)=")
_PLAIN = re.compile(r"[^\s;&|()<>\\'\"$`\ufffc]+")
_QUOTED = re.compile(r'[^"\\$`]+')
_BODY = re.compile(r"[^\\$`]+")
_INSIDE = re.compile(r"[^}\\'\"$`]+")
_BLANK = re.compile(r"(?:[ \t\r\f\v]|\\\r?\n)+")
_NAME = re.compile(r"[A-Za-z_]\w*")
_SPECIAL = re.compile(r"[0-9@*#?$!-]")
_DEFAULT = re.compile(r":?[-=]")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)(?:\[[^\]\s=]*\])?(\+?=)")
#: what a reader fills in: https://<your resource>.openai.azure.com
_TO_FILL = re.compile(r"<[A-Za-z][^<>|;&$`'\"\n]{0,60}>")
_DIGITS = re.compile(r"\d+(?=[<>])")
_MAKE_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_EMPTY_PARENS = re.compile(r"\s*\(\s*\)")
_BETWEEN = re.compile(r"(?:\s|\\\r?\n|#[^\n]*)+")
_PARENS = re.compile(r"[()]")
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "e": "\x1b"}

#: words after which a command begins
_LEADING = frozenset({"if", "then", "elif", "else", "while", "until", "do", "!", "time", "{", "coproc"})


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


class _Pending(NamedTuple):
    delimiter: str
    tabs: bool
    quoted: bool
    command: Command


class _Level:
    """The commands between two brackets: what is open in them, and the command that is being read."""

    __slots__ = ("outer", "stack", "command", "function", "condition")

    def __init__(self, block: Block, at: int) -> None:
        self.outer = block
        #: what closes each construct, the block outside it
        self.stack: list[tuple[str, Block]] = []
        self.command = Command(block, at)
        #: the name of a function whose body is to come
        self.function = ""
        #: what is read decides whether something is done
        self.condition = False

    @property
    def fresh(self) -> bool:
        """Whether the command has no word yet."""
        return not self.command.words and not self.command.assignments

    @property
    def in_pattern(self) -> bool:
        """Whether a pattern of ``case`` is to come."""
        return bool(self.stack) and self.stack[-1][0] == "esac"


class Scanner:
    """Scans one text; ``commands`` are found in the order of their ends.

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
        self.found: list[Command] = []
        self.block = block
        self._pending: list[_Pending] = []
        #: the variables that are read
        self.reads: list[Variable] = []

    def run(self) -> list[Command]:
        """All commands of the text."""
        self._commands(0, "", 0)
        return self.found

    # -------------------------------------------------------------- commands

    def _commands(self, at: int, stop: str, depth: int) -> int:
        """Scan commands up to ``stop`` or the end; the index behind it."""
        chars = self.chars
        level = _Level(self.block, at)
        while at < self.size:
            match = _BLANK.match(chars, at, self.size)
            if match is not None:
                at = self._docker_comments(match.end()) if self.docker and "\n" in match[0] else match.end()
                continue
            char = chars[at]
            if level.fresh and level.command.stdin is None:
                level.command.start = at
            if char == ")" and stop == ")" and not level.in_pattern:
                self._finish(level, at)
                self.block = level.outer
                return at + 1
            sign = _SIGNS.get(char)
            if sign is not None:
                at = sign(self, level, at, depth)
            elif char in "<>":
                at = self._redirect(at, level.command, depth)
            elif (digits := _DIGITS.match(chars, at, self.size)) is not None:
                at = self._redirect(digits.end(), level.command, depth)
            else:
                at = self._words(level, at, depth)
        self._finish(level, self.size)
        self.block = level.outer
        return self.size

    def _finish(self, level: _Level, end: int, piped: bool = False, fallback: bool = False) -> None:
        """End the command that is being read."""
        done = level.command
        done.end = end
        done.handled = done.handled or fallback or level.condition
        done.block = self.block
        if done.handled:
            whole = self.text.span(done.start, end)
            done.block = Block(self.block, "try", self.block.scope, None, (Catch((), False, whole),))
        if done.words or done.assignments or done.stdin is not None:
            self.found.append(done)
        level.command = Command(self.block, end)
        if piped:
            level.command.source = done

    def _close(self, level: _Level, word: str) -> None:
        """Leave the construct that a word closes, and what is open inside it."""
        for index in range(len(level.stack) - 1, max(-1, len(level.stack) - 8), -1):
            if level.stack[index][0] == word:
                self.block = level.stack[index][1]
                del level.stack[index:]
                return

    def _hash(self, level: _Level, at: int, depth: int) -> int:
        return self._line_end(at)

    def _newline(self, level: _Level, at: int, depth: int) -> int:
        self._finish(level, at)
        level.condition = False
        return self._heredocs(at + 1, depth)

    def _semicolon(self, level: _Level, at: int, depth: int) -> int:
        self._finish(level, at)
        if not self.chars.startswith((";;", ";&"), at):
            return at + 1
        if level.stack and level.stack[-1][0] == ";;":
            self.block = level.stack.pop()[1]
        return at + (3 if self.chars.startswith(";;&", at) else 2)

    def _ampersand(self, level: _Level, at: int, depth: int) -> int:
        chars = self.chars
        if chars.startswith("&>", at):
            return self._output(at + (3 if chars.startswith("&>>", at) else 2), level.command, depth)
        self._finish(level, at)
        return at + (2 if chars.startswith("&&", at) else 1)

    def _bar(self, level: _Level, at: int, depth: int) -> int:
        double = self.chars.startswith("||", at)
        if level.in_pattern and level.command.kind == "case" and not double:
            return at + 1
        self._finish(level, at, not double, double)
        return at + (2 if double or self.chars.startswith("|&", at) else 1)

    def _closing(self, level: _Level, at: int, depth: int) -> int:
        if level.in_pattern:
            level.command.kind = "case"
            self._finish(level, at)
            level.stack.append((";;", self.block))
            self.block = Block(self.block, "case", self.block.scope)
        else:
            self._finish(level, at)
        return at + 1

    def _opening(self, level: _Level, at: int, depth: int) -> int:
        chars, words = self.chars, level.command.words
        if level.in_pattern and level.fresh:
            return at + 1
        if len(words) == 1 and chars[at + 1 : at + 2] == ")":
            level.function = words[0].text.chars
            level.command = Command(self.block, at)
            return at + 2
        self._finish(level, at)
        if chars.startswith("((", at) or depth >= _MAX_DEPTH:
            return self._parentheses(at)
        at = self._commands(at + 1, ")", depth + 1)
        level.command = Command(self.block, at)
        return at

    def _words(self, level: _Level, at: int, depth: int) -> int:
        """An assignment, a keyword, or a word of a command."""
        command, start = level.command, at
        in_pattern = level.in_pattern
        if not in_pattern and (not command.words or self._assigns(command)):
            assigned = _ASSIGNED.match(self.chars, at, self.size)
            if assigned is not None:
                return self._assignment(assigned, command, depth)
        word, at = self._word(at, depth)
        if at == start:  # a character that means nothing here
            return at + 1
        name = "" if word.quoted or len(word.text) > 8 else word.text.chars
        if in_pattern:
            if name == "esac" and not command.words:
                self._close(level, "esac")
                level.command = Command(self.block, at)
            else:
                command.kind = "case"
                command.words.append(word)
            return at
        if name and level.fresh:
            after = self._keyword(level, name, at, depth)
            if after >= 0:
                return after
        elif name == "in" and len(command.words) == 2 and not command.words[0].quoted:
            if command.words[0].text.chars == "case":
                level.command = Command(self.block, at)
                level.stack.append(("esac", self.block))
                return at
        command.words.append(word)
        return at

    def _keyword(self, level: _Level, name: str, at: int, depth: int) -> int:
        """What the first word of a command opens or closes; where to go on, -1 where it is the command's own."""
        stack = level.stack
        if name == "if":
            stack.append(("fi", self.block))
            level.condition = True
        elif name == "then":
            level.condition = False
            self.block = Block(self.block, "if", self.block.scope)
        elif name in ("elif", "else"):
            level.condition = name == "elif"
            if stack and stack[-1][0] == "fi":
                self.block = Block(stack[-1][1], "else", stack[-1][1].scope)
        elif name in ("while", "until"):
            level.condition = True
        elif name == "do":
            level.condition = False
            stack.append(("done", self.block))
            self.block = Block(self.block, "loop", self.block.scope)
        elif name in ("fi", "done", "esac", "}"):
            self._close(level, name)
            level.command = Command(self.block, at)
            return at
        elif name == "{":
            stack.append(("}", self.block))
            if level.function:
                self._enter(level.function)
                level.function = ""
        elif name == "function":
            word, at = self._word(self._blank(at), depth)
            level.function = word.text.chars or "function"
            match = _EMPTY_PARENS.match(self.chars, at, self.size)
            return match.end() if match is not None else at
        elif name in ("for", "select"):
            level.command.kind = "for"
        return at if name in _LEADING else -1

    @staticmethod
    def _assigns(command: Command) -> bool:
        """Whether ``NAME=value`` is still an assignment after these words."""
        first = command.words[0].text.chars
        return first in _DECLARING

    def _enter(self, name: str) -> None:
        scope = Scope("function", name, self.block.scope)
        scope.block.parent = self.block
        self.maker.program.scopes.append(scope)
        self.block = scope.block

    def _line_end(self, at: int) -> int:
        end = self.chars.find("\n", at, self.size)
        return self.size if end < 0 else end

    def _docker_comments(self, at: int) -> int:
        chars = self.chars
        while at < self.size:
            end = self._line_end(at)
            line = chars[at : min(end, at + 200)].strip()
            if not line.startswith("#") and (line or end >= self.size):
                return at
            at = end + 1
        return self.size

    def _parentheses(self, at: int) -> int:
        """Behind the parenthesis that closes the one at ``at``."""
        open_count = 0
        for match in _PARENS.finditer(self.chars, at, self.size):
            open_count += 1 if match[0] == "(" else -1
            if open_count == 0:
                return match.end()
        return self.size

    # ----------------------------------------------------------- assignments

    def _assignment(self, match: re.Match[str], command: Command, depth: int) -> int:
        name, start, at = match[1], match.start(), match.end()
        name_span = self.text.span(start, match.end(1))
        if self.chars.startswith("(", at) and at < self.size:
            items: list[Word] = []
            begin = at
            at += 1
            while at < self.size and self.chars[at] != ")":
                blank = _BETWEEN.match(self.chars, at, self.size)
                if blank is not None:
                    at = blank.end()
                    continue
                word, after = self._word(at, depth)
                if after == at:
                    at += 1
                    continue
                items.append(word)
                at = after
            at = min(at + 1, self.size)
            span = self.text.span(begin, at)
            command.assignments.append(
                Assignment(name, name_span, Text(), span, self.text.span(start, at), tuple(items))
            )
            return at
        word, at = self._word(at, depth, name)
        whole = self.text.span(start, at)
        command.assignments.append(Assignment(name, name_span, word.text, word.span, whole))
        return at

    # ----------------------------------------------------------------- words

    def _word(self, at: int, depth: int, own: str = "") -> tuple[Word, int]:
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
                        at = self._docker_comments(at)
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
                    at = self._dollar(at, text, depth, own)
            elif char == "`":
                at = self._backticks(at, text, depth)
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
                at = self._escaped(at, text, '$`"\\')
            elif char == "$":
                at = self._dollar(at, text, depth, own, True)
            else:
                at = self._backticks(at, text, depth)
        return size

    def _escaped(self, at: int, text: Text, special: str) -> int:
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

    def _backticks(self, at: int, text: Text, depth: int) -> int:
        chars, end = self.chars, at + 1
        while end < self.size and chars[end] != "`":
            end += 2 if chars[end] == "\\" else 1
        end = min(end, self.size)
        if depth < _MAX_DEPTH:
            before, self.size = self.size, end
            self._nested(at + 1, "", depth)
            self.size = before
        after = min(end + 1, self.size)
        text.add_hole(Opaque(self.text.span(at, after)))
        return after

    def _nested(self, at: int, stop: str, depth: int) -> tuple[int, list[Command]]:
        first = len(self.found)
        waiting, self._pending = self._pending, []
        end = self._commands(at, stop, depth + 1)
        self._pending = waiting + self._pending
        return end, self.found[first:]

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
                at = self._dollar(dollar, text, depth, "")
                self.size = before
        text.take(self.text, at, end)
        return end

    # ------------------------------------------------------------ expansions

    def _dollar(self, at: int, text: Text, depth: int, own: str, quoted: bool = False) -> int:
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
                end = self._parentheses(at + 1)
                text.add_hole(Opaque(self.text.span(start, end)))
                return end
            if depth >= _MAX_DEPTH:
                end = self._parentheses(at + 1)
                text.add_hole(Opaque(self.text.span(start, end)))
                return end
            end, commands = self._nested(at + 2, ")", depth)
            self._substitute(commands, self.text.span(start, end), text)
            return end
        if after == "{":
            if chars.startswith("${{", at) or depth >= _MAX_DEPTH:
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
                at = self._escaped(at, inner, "$`\"\\}'")
            elif char == "'":
                end = -1 if quoted else chars.find("'", at + 1, size)
                inner.take(self.text, at if end < 0 else at + 1, at + 1 if end < 0 else end)
                at = (at if end < 0 else end) + 1
            elif char == '"':
                at = self._double(at + 1, inner, depth + 1, "")
            elif char == "$":
                at = self._dollar(at, inner, depth + 1, "", quoted)
            elif char == "`":
                at = self._backticks(at, inner, depth)
            else:
                inner.take(self.text, at, at + 1)
                at += 1
        return size

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
            end = self._parentheses(at + 1) if after == "(" else chars.find("}", at, size) + 1 or size
            text.add_hole(Opaque(self.text.span(at, end)))
            return end
        end = min(at + 2, size)
        text.add_hole(Opaque(self.text.span(at, end)))
        return end

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

    # ---------------------------------------------------------- redirections

    def _redirect(self, at: int, command: Command, depth: int) -> int:
        chars = self.chars
        if chars.startswith("<<<", at):
            at = self._blank(at + 3)
            word, at = self._word(at, depth)
            command.stdin = word.text
            return at
        if chars.startswith("<<", at):
            tabs = chars.startswith("-", at + 2)
            at = self._blank(at + (3 if tabs else 2))
            start = at
            word, at = self._word(at, depth)
            if word.text.chars:
                quoted = word.quoted or "\\" in chars[start:at]
                self._pending.append(_Pending(word.text.chars, tabs, quoted, command))
                if command.stdin is None:
                    command.stdin = Text()
            return max(at, start)
        if chars.startswith(("<(", ">("), at) and depth < _MAX_DEPTH:
            end, _ = self._nested(at + 2, ")", depth)
            hole = Text()
            hole.add_hole(Opaque(self.text.span(at, end)))
            command.words.append(Word(hole, self.text.span(at, end), False))
            return end
        output = chars[at] == ">"
        at += 1
        while at < self.size and chars[at] in "<>&|":
            at += 1
        if output:
            return self._output(at, command, depth)
        _, at = self._word(self._blank(at), depth)
        return at

    def _output(self, at: int, command: Command, depth: int) -> int:
        word, at = self._word(self._blank(at), depth)
        command.outputs.append(word)
        return at

    def _blank(self, at: int) -> int:
        match = _BLANK.match(self.chars, at, self.size)
        return match.end() if match is not None else at

    def _heredocs(self, at: int, depth: int) -> int:
        """Read the here-documents that the line before announced."""
        if not self._pending:
            return at
        waiting, self._pending = self._pending, []
        for item in waiting:
            body = Text()
            while at < self.size:
                end = self._line_end(at)
                line = self.chars[at : min(end, at + len(item.delimiter) + 80)].strip(" \t\r")
                if line == item.delimiter and end - at < len(item.delimiter) + 80:
                    at = min(end + 1, self.size)
                    break
                begin = at
                while item.tabs and begin < end and self.chars[begin] == "\t":
                    begin += 1
                after = min(end + 1, self.size)
                body.take(self.text, begin, after)
                at = after
            item.command.stdin = body if item.quoted else self._expanded(body, depth)
        return at

    def _expanded(self, body: Text, depth: int) -> Text:
        """A here-document with its variables as holes."""
        chars = body.chars
        if depth >= _MAX_DEPTH or not any(char in chars for char in "$`\\"):
            return body
        inner = Scanner(body, self.maker, self.block, self.make, self.docker)
        made = Text()
        at = 0
        while at < inner.size:
            match = _BODY.match(chars, at)
            if match is not None:
                made.take(body, at, match.end())
                at = match.end()
            elif chars[at] == "\\":
                at = inner._escaped(at, made, "$`\\")
            elif chars[at] == "$":
                at = inner._dollar(at, made, depth + 1, "", True)
            else:
                at = inner._backticks(at, made, depth + 1)
        self.found.extend(inner.found)
        self.reads.extend(inner.reads)
        return made


#: sign → what reads it
_SIGNS: dict[str, Callable[[Scanner, _Level, int, int], int]] = {
    "#": Scanner._hash, "\n": Scanner._newline, ";": Scanner._semicolon, "&": Scanner._ampersand,
    "|": Scanner._bar, ")": Scanner._closing, "(": Scanner._opening,
}  # fmt: skip
_DECLARING = frozenset({"export", "declare", "typeset", "local", "readonly", "env", "sudo", "command", "exec", "time"})


def _jq_filter(command: Command) -> Text | None:
    """The object that a jq filter builds."""
    for word in command.words[1:]:
        chars = word.text.chars.lstrip()
        if word.quoted and chars.startswith("{") and ":" in chars:
            return word.text
    return None
