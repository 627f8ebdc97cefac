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
from ._shell_words import BLANK, MAX_DEPTH, Assignment, Command, Word, Words
from ._values import Maker, Opaque, Text

_BODY = re.compile(r"[^\\$`]+")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)(?:\[[^\]\s=]*\])?(\+?=)")
_DIGITS = re.compile(r"\d+(?=[<>])")
_EMPTY_PARENS = re.compile(r"\s*\(\s*\)")
_BETWEEN = re.compile(r"(?:\s|\\\r?\n|#[^\n]*)+")
#: words after which a command begins
_LEADING = frozenset({"if", "then", "elif", "else", "while", "until", "do", "!", "time", "{", "coproc"})
_DECLARING = frozenset({"export", "declare", "typeset", "local", "readonly", "env", "sudo", "command", "exec", "time"})


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


class Scanner(Words):
    """Scans one text; ``found``: its commands in the order of their ends."""

    def __init__(self, text: Text, maker: Maker, block: Block, make: bool = False, docker: bool = False) -> None:
        super().__init__(text, maker, block, make, docker)
        self.found: list[Command] = []
        self._pending: list[_Pending] = []

    def run(self) -> list[Command]:
        """All commands of the text."""
        self._commands(0, "", 0)
        return self.found

    def _commands(self, at: int, stop: str, depth: int) -> int:
        """Scan commands up to ``stop`` or the end; the index behind it."""
        chars = self.chars
        level = _Level(self.block, at)
        while at < self.size:
            match = BLANK.match(chars, at, self.size)
            if match is not None:
                at = self.docker_comments(match.end()) if self.docker and "\n" in match[0] else match.end()
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
                at = self._plain(level, at, depth)
        self._finish(level, self.size)
        self.block = level.outer
        return self.size

    def nested(self, at: int, stop: str, depth: int) -> tuple[int, list[Command]]:
        first = len(self.found)
        waiting, self._pending = self._pending, []
        end = self._commands(at, stop, depth + 1)
        self._pending = waiting + self._pending
        return end, self.found[first:]

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
        return self.line_end(at)

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
        if chars.startswith("((", at) or depth >= MAX_DEPTH:
            return self.parentheses(at)
        at = self._commands(at + 1, ")", depth + 1)
        level.command = Command(self.block, at)
        return at

    def _plain(self, level: _Level, at: int, depth: int) -> int:
        """An assignment, a keyword, or a word of a command."""
        command, start = level.command, at
        in_pattern = level.in_pattern
        if not in_pattern and (not command.words or self._assigns(command)):
            assigned = _ASSIGNED.match(self.chars, at, self.size)
            if assigned is not None:
                return self._assignment(assigned, command, depth)
        word, at = self.word(at, depth)
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
            word, at = self.word(self.blank(at), depth)
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
                word, after = self.word(at, depth)
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
        word, at = self.word(at, depth, name)
        whole = self.text.span(start, at)
        command.assignments.append(Assignment(name, name_span, word.text, word.span, whole))
        return at

    def _redirect(self, at: int, command: Command, depth: int) -> int:
        chars = self.chars
        if chars.startswith("<<<", at):
            at = self.blank(at + 3)
            word, at = self.word(at, depth)
            command.stdin = word.text
            return at
        if chars.startswith("<<", at):
            tabs = chars.startswith("-", at + 2)
            at = self.blank(at + (3 if tabs else 2))
            start = at
            word, at = self.word(at, depth)
            if word.text.chars:
                quoted = word.quoted or "\\" in chars[start:at]
                self._pending.append(_Pending(word.text.chars, tabs, quoted, command))
                if command.stdin is None:
                    command.stdin = Text()
            return max(at, start)
        if chars.startswith(("<(", ">("), at) and depth < MAX_DEPTH:
            end, _ = self.nested(at + 2, ")", depth)
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
        _, at = self.word(self.blank(at), depth)
        return at

    def _output(self, at: int, command: Command, depth: int) -> int:
        word, at = self.word(self.blank(at), depth)
        command.outputs.append(word)
        return at

    def _heredocs(self, at: int, depth: int) -> int:
        """Read the here-documents that the line before announced."""
        if not self._pending:
            return at
        waiting, self._pending = self._pending, []
        for item in waiting:
            body = Text()
            while at < self.size:
                end = self.line_end(at)
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
        if depth >= MAX_DEPTH or not any(char in chars for char in "$`\\"):
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
                at = inner.escaped(at, made, "$`\\")
            elif chars[at] == "$":
                at = inner.dollar(at, made, depth + 1, "", True)
            else:
                at = inner.backticks(at, made, depth + 1)
        self.found.extend(inner.found)
        self.reads.extend(inner.reads)
        return made


#: sign → what reads it
_SIGNS: dict[str, Callable[[Scanner, _Level, int, int], int]] = {
    "#": Scanner._hash, "\n": Scanner._newline, ";": Scanner._semicolon, "&": Scanner._ampersand,
    "|": Scanner._bar, ")": Scanner._closing, "(": Scanner._opening,
}  # fmt: skip
