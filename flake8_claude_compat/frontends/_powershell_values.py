"""PowerShell's expressions and pipelines → values.

Hashtables, arrays, strings with variables, here-strings and ``ConvertTo-Json``
become values; what a command does is told by ``_powershell_commands``.
"""

from __future__ import annotations

import re

from ..program import (
    Attr,
    Block,
    Bool,
    Dict,
    Entry,
    Env,
    Item,
    Join,
    List,
    Null,
    Num,
    OneOf,
    Op,
    Ref,
    Str,
    Unknown,
    Use,
    Value,
)
from ..source import Span
from . import _json
from . import _powershell_scan as scan
from ._powershell_commands import Commands, Given, is_cmdlet
from ._values import Maker, Node, Ready, Text

_SAID = frozenset({
    "write-host", "write-output", "write-verbose", "write-warning", "write-error", "write-debug", "write-information",
    "echo", "write-log", "select-string", "read-host", "throw",
})  # fmt: skip


class Values(scan.Cursor):
    """Reads values. Statements inside them, as in ``$(…)``, are read by the class that is made of this one."""

    def __init__(self, maker: Maker) -> None:
        super().__init__(maker.source.text)
        self.maker = maker
        self.commands = Commands(maker)
        self.block = maker.module.block
        #: how the string that is read next is used
        self.use: tuple[Use, ...] = ()
        #: the words of curl are recorded where its options are known
        self._silent = False

    def is_statement(self, at: int) -> bool:
        """Whether a statement's keyword stands at ``at``."""
        raise NotImplementedError

    def statement(self, at: int, depth: int) -> int:
        """Read the statement at ``at``; the index behind it."""
        raise NotImplementedError

    def body(self, at: int, block: Block, depth: int) -> int:
        """Read a block in braces at ``at`` (or no block at all); the index behind it."""
        raise NotImplementedError

    # ------------------------------------------------------------- pipelines

    def pipeline(self, at: int, depth: int, first: Value | None = None) -> tuple[Value, int]:
        """``a | b``: the value of it, where it is known. ``first``: what begins it, and is read up to ``at``."""
        if first is None:
            start = at
            value, at = self._element(at, depth, None)
        else:
            start = first.span.start
            value, at = self._operators(first, start, at, depth, True)
        while True:
            at = self.skip(at)
            if self.text.startswith("||", at) or not self.text.startswith("|", at):
                break
            value, at = self._element(self.skip(at + 1, True), depth, value)
        if at <= start:
            at = start + 1
        return value, at

    def _element(self, at: int, depth: int, piped: Value | None) -> tuple[Value, int]:
        text = self.text
        if depth >= scan.MAX_DEPTH:
            end = self.balanced(at) if text[at : at + 1] in ("(", "[", "{") else at + 1
            return Unknown(Span(at, end)), end
        if text.startswith(". ", at) or text.startswith("&", at) and not text.startswith("&&", at):
            at = self.skip(at + 1)
            if text.startswith(("$", '"', "'"), at):  # & $program one two; . "$PSScriptRoot/other.ps1"
                start = at
                value, at, _ = self._argument(at, depth, False)
                program = value.text if isinstance(value, Str) and not value.partial else ""
                return self._command(program, start + 1, at, depth, piped)
        match = scan.WORD.match(text, at)
        if match is not None and not scan.NUMBER.match(text, at):
            return self._command(match[0], match.start(), match.end(), depth, piped)
        return self.expression(at, depth, False)

    def _command(self, word: str, start: int, at: int, depth: int, piped: Value | None) -> tuple[Value, int]:
        name = word.lower().rpartition("\\")[2].rpartition("/")[2].removesuffix(".exe")
        is_curl = name in ("curl", "wget")
        outer, self._silent = self._silent, self._silent or is_curl
        given, at = self._arguments(at, depth, name)
        self._silent = outer
        if is_curl and is_cmdlet(given):
            for arg in given:
                self._watch(arg.value, arg.text)
        end = max(given[-1].span.end if given else 0, start + len(word))
        span, name_span = Span(start, end), Span(start, start + len(word))
        return self.commands.run(name, given, piped, span, name_span, self.block), at

    def _arguments(self, at: int, depth: int, name: str) -> tuple[list[Given], int]:
        found: list[Given] = []
        text = self.text
        outer = self.use
        said = name in _SAID
        while at < self.size:
            at = self.skip(at)
            if at >= self.size or text[at] in "\r\n;|)}&":
                break
            start = at
            parameter = scan.PARAMETER.match(text, at)
            if parameter is not None:
                label = parameter[1].lower()
                name_span = Span(at, parameter.end(1))
                at = self.skip(parameter.end())
                if at >= self.size or text[at] in "\r\n;|)}&" or (
                    scan.PARAMETER.match(text, at) and not scan.NUMBER.match(text, at)
                ):
                    found.append(Given(label, Bool(True, name_span), name_span, name_span))
                    continue
                self.use = (Use("argument", label),)
                value, at, inner = self._argument(at, depth, said)
                found.append(Given(label, value, Span(value.span.start, max(value.span.end, at)), name_span, inner))
            elif text.startswith("@", at) and (splat := re.compile(r"@([A-Za-z_]\w*)").match(text, at)):
                at = splat.end()
                span = Span(start, at)
                variable = splat[1].lower()
                found.append(Given(None, Ref(variable, span, self.block), span, span, splat=variable))
            else:
                self.use = (Use("argument", ""),)
                value, at, inner = self._argument(at, depth, said)
                found.append(Given(None, value, Span(start, max(at, start + 1)), Span(start, at), inner))
            if at <= start:
                at = start + 1
        self.use = outer
        return found, at

    def _argument(self, at: int, depth: int, said: bool) -> tuple[Value, int, Text | None]:
        """One argument, with commas a list of them."""
        values: list[Value] = []
        start = at
        first: Text | None = None
        while at < self.size:
            before = at
            text: Text | None = None
            if self.text[at] in "'\"" and not said:
                text, at, _ = self._quoted(at, depth)
                value = self._literal(text, Span(before, at))
                value, at = self.postfix(value, at, depth)
            elif self.text[at] in "'\"":
                text, at, _ = self._quoted(at, depth)
                value = Unknown(Span(before, at))
            elif self.text[at] in "$@([{":
                value, at = self.expression(at, depth + 1, True)
            else:
                bare = scan.BARE.match(self.text, at)
                if bare is None:
                    return Unknown(Span(at, at + 1)), at + 1, None
                at = bare.end()
                number = scan.NUMBER.fullmatch(bare[0])
                text = Text.of(bare[0], before)
                value = _number(number, before) if number else Str(bare[0], Span(before, at))
                if not said:
                    self._watch(value)
            if not values:
                first = text
            values.append(value)
            comma = self.skip(at)
            if not self.text.startswith(",", comma):
                break
            at = self.skip(comma + 1, True)
            if at <= before:
                break
        if len(values) == 1:
            return values[0], at, first
        return List(tuple(values), Span(start, at)), at, None

    # ----------------------------------------------------------- expressions

    def expression(self, at: int, depth: int, argument: bool, commas: bool = True) -> tuple[Value, int]:
        """An expression; ``argument``: no operators, ``commas``: they make an array."""
        start = at
        if depth >= scan.MAX_DEPTH:
            end = self.balanced(at) if self.text[at : at + 1] in ("(", "[", "{", "@", "$") else at + 1
            return Unknown(Span(at, end)), end
        value, at = self.primary(at, depth, argument)
        if not argument:
            value, at = self._operators(value, start, at, depth, commas)
        return value, max(at, start + 1)

    def _operators(self, value: Value, start: int, at: int, depth: int, commas: bool) -> tuple[Value, int]:
        """The rest of an expression that begins with a value, from ``start`` to ``at``."""
        items: list[Value] = []
        count = 0
        while at < self.size and count < 20000:
            count += 1
            after = self.skip(at)
            char = self.text[after : after + 1]
            if char == "+" and not self.text.startswith("+=", after):
                right, at = self.primary(self.skip(after + 1, True), depth, False)
                span = Span(start, max(at, right.span.end))
                parts = value.parts if isinstance(value, Join) and count > 1 and len(value.parts) < 64 else (value,)
                value = Join((*parts, right), span)
                continue
            if char == "," and commas:
                items.append(value)
                value, at = self.primary(self.skip(after + 1, True), depth, False)
                continue
            if self.text.startswith("??", after):
                right, at = self.primary(self.skip(after + 2, True), depth, False)
                if isinstance(value, Env) and value.default is None:
                    value = value._replace(default=right, span=Span(start, at))
                else:
                    value = OneOf((value, right), Span(start, at))
                continue
            operator = scan.OPERATOR.match(self.text, after)
            if operator is not None:
                outer = self.use
                if scan.COMPARE.match(operator[0]):
                    self.use = (Use("compare"),)
                right, at = self.primary(self.skip(operator.end(), True), depth, False)
                self.use = outer
                span = Span(start, at)
                if isinstance(value, Str) and operator[0].lower() == "-f":
                    value = Str(value.text.partition("{")[0], span, True)
                else:
                    operands = value.operands if isinstance(value, Op) and len(value.operands) < 64 else (value,)
                    value = Op("?", (*operands, right), span)
                continue
            if char in ("-", "*", "/", "%", "!") and char:
                _, at = self.primary(self.skip(after + 1, True), depth, False)
                value = Unknown(Span(start, at))
                continue
            break
        if items:
            value = List((*items, value), Span(start, at))
        return value, at

    def primary(self, at: int, depth: int, argument: bool) -> tuple[Value, int]:
        text = self.text
        start = at
        if at >= self.size:
            return Unknown(Span(at, at)), at
        while text.startswith(("!", "-not ", "-Not ", "+"), at):
            at = self.skip(at + (5 if text[at] == "-" else 1))
        char = text[at] if at < self.size else ""
        if char in ("'", '"'):
            inner, end, _ = self._quoted(at, depth)
            return self.postfix(self._literal(inner, Span(at, end)), end, depth)
        if char == "@" and (match := scan.HERE.match(text, at)) is not None:
            inner, end = self._here(match, depth)
            return self.postfix(self._literal(inner, Span(at, end)), end, depth)
        if text.startswith("@{", at):
            value, end = self._hashtable(at, depth)
            return self.postfix(value, end, depth)
        if text.startswith("@(", at):
            value, end = self._list(at + 1, depth)
            return self.postfix(value, end, depth)
        if char == "(" or text.startswith("$(", at):
            value, end = self.parenthesised(at + (char == "$"), depth)
            return self.postfix(value, end, depth)
        if char == "{":
            return Unknown(Span(at, at + 1)), self.body(at, Block(self.block, "with", self.block.scope), depth)
        if char == "[":
            return self._typed(at, depth, argument)
        match = scan.VARIABLE.match(text, at) if char == "$" else None
        if match is not None:
            return self.postfix(self.variable(match), match.end(), depth)
        match = scan.NUMBER.match(text, at)
        if match is not None:
            return _number(match, at), match.end()
        bare = scan.BARE.match(text, at)
        if bare is not None and char not in ")]}":
            end = bare.end()
            word = Str(bare[0], Span(at, end))
            if argument:
                self._watch(word)
            return word, end
        return Unknown(Span(start, start + 1)), start + 1

    def variable(self, match: re.Match[str]) -> Value:
        name = match["plain"] or match["braced"] or ""
        span = Span(match.start(), match.end())
        head, colon, rest = name.partition(":")
        if colon and head.lower() == "env":
            end = match.end() - (1 if match["braced"] else 0)
            name_span = Span(end - len(rest), end)
            self.maker.variable_read(rest, span, name_span)
            return Env(rest, None, span, name_span)
        lowered = (rest if colon else name).lower()
        if lowered in ("true", "false"):
            return Bool(lowered == "true", span)
        if lowered == "null":
            return Null(span)
        return Ref(lowered, span, self.block)

    def _typed(self, at: int, depth: int, argument: bool) -> tuple[Value, int]:
        """A cast or a static member."""
        static = scan.STATIC.match(self.text, at)
        if static is not None:
            end = static.end()
            kind, name = static["type"].lower().rpartition(".")[2], static["name"].lower()
            if not self.text.startswith("(", end):
                return Unknown(Span(at, end)), end
            args, end = self._list(end, depth)
            return self.postfix(self._static(kind, name, args.items, Span(at, end)), end, depth)
        match = scan.TYPE.match(self.text, at)
        if match is None:
            return Unknown(Span(at, at + 1)), at + 1
        return self.primary(self.skip(match.end()), depth, argument)

    def _static(self, kind: str, name: str, args: tuple[Value, ...], span: Span) -> Value:
        first = args[0] if args else None
        if kind == "environment" and isinstance(first, Str) and not first.partial:
            if name == "getenvironmentvariable":
                self.maker.variable_read(first.text, span, first.span)
                return Env(first.text, None, span, first.span)
            if name == "setenvironmentvariable" and len(args) > 1:
                self.maker.setting((first.text,), args[1], span, first.span)
        if name in ("getbytes", "escapedatastring", "tostring", "parse", "new") and first is not None:
            return first
        return Unknown(span)

    def postfix(self, value: Value, at: int, depth: int) -> tuple[Value, int]:
        """Members, indexes and method calls behind a value."""
        text = self.text
        count = 0
        read: Node | None = None  # the field that was read last, if it is watched
        while at < self.size and count < 64:
            count += 1
            char = text[at]
            if char == "[":
                if depth >= scan.MAX_DEPTH:
                    return Unknown(value.span), self.balanced(at)
                outer, self.use = self.use, (Use("index"),)
                key, at = self.expression(self.skip(at + 1), depth + 1, False)
                self.use = outer
                at = self.skip(at)
                at = at + 1 if text.startswith("]", at) else at
                value = Item(value, key, Span(value.span.start, at))
                _goes_on(read, "item", value)
                read = None
                continue
            match = scan.MEMBER.match(text, at)
            if match is None:
                quoted = re.compile(r"\.(?=['\"])").match(text, at)
                if quoted is None:
                    break
                inner, end, _ = self._quoted(at + 1, depth)
                value = Item(value, Str(inner.chars, Span(at + 1, end)), Span(value.span.start, end))
                _goes_on(read, "item", value)
                read = None
                at = end
                continue
            group = "name" if match["name"] else "static"
            name, name_span = match[group], Span(match.start(group), match.end(group))
            at = match.end()
            whole = Span(value.span.start, at)
            if text.startswith("(", at):
                if depth >= scan.MAX_DEPTH:
                    return Unknown(value.span), self.balanced(at)
                args, at = self._list(at, depth)
                value = self._method(value, name.lower(), args.items, Span(value.span.start, at))
                _goes_on(read, "call", value)
                read = None
            else:
                if isinstance(value, (Ref, Item)):
                    value = Item(value, Str(name, name_span), whole)
                else:
                    value = Attr(value, name, whole, name_span)
                _goes_on(read, "attr", value)
                read = self.maker.read(name.lower(), value, self.block)
        if read is not None:
            read.uses = self.use
        return value, at

    def _method(self, value: Value, name: str, args: tuple[Value, ...], span: Span) -> Value:
        if name in ("trim", "tostring", "trimend", "toarray", "tolower", "clone", "getnewclosure"):
            return value
        if name == "add" and len(args) == 2 and isinstance(args[0], Str) and isinstance(value, Ref):
            entry = Entry(args[0].text, args[1], span, args[0].span)
            self.commands.store(Item(value, args[0], span), entry, self.block)
        return Unknown(span)

    def parenthesised(self, at: int, depth: int) -> tuple[Value, int]:
        """``(pipeline)``; several statements are no known value."""
        start = at
        if depth >= scan.MAX_DEPTH:
            end = self.balanced(at)
            return Unknown(Span(at, end)), end
        at = self.skip(at + 1, True)
        value: Value = Unknown(Span(start, at))
        count = 0
        while at < self.size and not self.text.startswith(")", at):
            before = at
            if count == 0 and not (scan.KEYWORD.match(self.text, at) and self.is_statement(at)):
                variable = scan.VARIABLE.match(self.text, at)
                if variable is not None and scan.ASSIGN.match(self.text, self.skip(variable.end())):
                    at = self.statement(at, depth + 1)
                else:
                    value, at = self.pipeline(at, depth + 1)
            else:
                at = self.statement(at, depth + 1)
                value = Unknown(Span(start, at))
            count += 1
            at = self.skip(at, True)
            while self.text.startswith(("}", "]", ",", "|", "&"), at):
                at = self.skip(at + 1, True)
            if at <= before:
                at = before + 1
        return value, min(at + 1, self.size)

    def _list(self, at: int, depth: int) -> tuple[List, int]:
        """Values in parentheses: an array, or arguments of a method."""
        start = at
        if depth >= scan.MAX_DEPTH:
            end = self.balanced(at)
            return List((), Span(at, end), True), end
        at += 1
        items: list[Value] = []
        is_open = False
        while at < self.size:
            at = self.skip(at, True)
            if self.text.startswith(")", at):
                at += 1
                break
            if self.text.startswith((",", "}", "]", "|", "&"), at):
                at += 1
                continue
            before = at
            if self.is_statement(at):
                at = self.statement(at, depth + 1)
                items.append(Unknown(Span(before, at)))
                is_open = True
            else:
                value, at = self.pipeline(at, depth + 1)
                if isinstance(value, List):
                    items.extend(value.items)
                    is_open = is_open or value.open
                else:
                    items.append(value)
            if at <= before:
                at = before + 1
        return List(tuple(items), Span(start, at), is_open), at

    def _hashtable(self, at: int, depth: int) -> tuple[Value, int]:
        """``@{ key = value; … }``."""
        start = at
        if depth >= scan.MAX_DEPTH:
            end = self.balanced(at + 1)
            return Unknown(Span(at, end)), end
        at += 2
        entries: list[Entry] = []
        is_open = False
        outer = self.use
        while at < self.size:
            at = self.skip(at, True)
            if self.text.startswith("}", at):
                at += 1
                break
            before = at
            key, at = self._key(at, depth)
            key_span = Span(before, at)
            equals = self.skip(at, True)
            if not self.text.startswith("=", equals):
                at = max(at, before + 1)
                is_open = True
                continue
            self.use = (Use("element", key or ""),)
            begin = self.skip(equals + 1, True)
            if self.is_statement(begin):
                at = self.statement(begin, depth + 1)
                value: Value = Unknown(Span(begin, at))
            else:
                value, at = self.pipeline(begin, depth + 1)
            entries.append(Entry(key, value, Span(before, max(value.span.end, key_span.end)), key_span))
        self.use = outer
        made = Dict(tuple(entries), Span(start, at), is_open)
        if outer and outer[0].role not in ("assign", "element"):
            self.commands.maybe_request("", made, self.block)
        return made, at

    def _key(self, at: int, depth: int) -> tuple[str | None, int]:
        if self.text.startswith(("'", '"'), at):
            inner, end, _ = self._quoted(at, depth)
            return (None if inner.holes else inner.chars), end
        match = scan.KEY.match(self.text, at)
        if match is not None:
            return match[0], match.end()
        outer, self.use = self.use, ()
        _, at = self.primary(at, depth + 1, False)
        self.use = outer
        return None, at

    # --------------------------------------------------------------- strings

    def _literal(self, text: Text, span: Span) -> Value:
        """The value of a string: JSON is what it says."""
        if _json.looks_like(text) and text.chars.lstrip()[1:].lstrip()[:1] in ('"', "{"):
            value = _json.read(text, self.maker, True)
            if isinstance(value, (Dict, List)):
                if not self._silent:
                    self.maker.strings_of(value, self.block)
                return value
        value = self.maker.value(text, span)
        if isinstance(value, (Str, Join)):
            self._watch(value, text)
        return value

    def _watch(self, value: Value, text: Text | None = None) -> None:
        chars = text.chars if text is not None else value.text if isinstance(value, Str) else ""
        if self._silent:
            return
        if isinstance(value, (Str, Join)) and self.maker.matches(chars) and "\n" not in chars:
            self.maker.string(Node(value, value.span, self.use), self.block)

    def _quoted(self, at: int, depth: int) -> tuple[Text, int, bool]:
        """A string in quotes at ``at``: its text, the index behind it."""
        text, size = self.text, self.size
        made = Text()
        quote = text[at]
        at += 1
        plain = scan.IN_SINGLE if quote == "'" else scan.IN_DOUBLE
        while at < size:
            match = plain.match(text, at)
            if match is not None:
                made.add(match[0], at)
                at = match.end()
                continue
            char = text[at]
            if char == quote:
                if text.startswith(quote, at + 1):
                    made.add_escape(quote, at, at + 2)
                    at += 2
                    continue
                return made, at + 1, True
            at = self._in_string(at, made, depth)
        return made, size, False

    def _in_string(self, at: int, made: Text, depth: int) -> int:
        """An escape or an expansion in double quotes."""
        text = self.text
        if text[at] == "`":
            after = text[at + 1 : at + 2]
            made.add_escape(scan.ESCAPES.get(after, after), at, at + 2)
            return min(at + 2, self.size)
        match = scan.VARIABLE.match(text, at)
        if match is not None:
            value = self.variable(match)
            made.add_hole(Ready(value, value.span))
            return match.end()
        if text.startswith("$(", at):
            if depth >= scan.MAX_DEPTH:
                end = self.balanced(at + 1)
                made.add_hole(Ready(Unknown(Span(at, end)), Span(at, end)))
                return end
            outer, self.use = self.use, ()
            value, end = self.parenthesised(at + 1, depth + 1)
            self.use = outer
            made.add_hole(Ready(value, Span(at, end)))
            return end
        made.add(text[at], at)
        return at + 1

    def _here(self, match: re.Match[str], depth: int) -> tuple[Text, int]:
        """A here-string: up to its quote at the beginning of a line."""
        quote = match[1]
        end = self.text.find(f"\n{quote}@", match.end() - 1)
        stop = self.size if end < 0 else end
        made = Text()
        if quote == "'":
            made.add(self.text[match.end() : max(stop, match.end())], match.end())
        else:
            at, size = match.end(), self.size
            self.size = stop
            while at < stop:
                plain = scan.IN_HERE.match(self.text, at, stop)
                if plain is not None:
                    made.add(plain[0], at)
                    at = plain.end()
                else:
                    at = self._in_string(at, made, depth + 1)
            self.size = size
        return made, self.size if end < 0 else end + 3


def _goes_on(read: Node | None, role: str, value: Value) -> None:
    """Something is taken of a field that was read."""
    if read is not None:
        read.uses = (Use(role, "", Node(value, value.span)),)


def _number(match: re.Match[str], start: int) -> Value:
    span = Span(start, start + len(match[0]))
    raw = match[0].lower()
    try:
        return Num(float(int(raw, 16)) if raw.lstrip("-").startswith("0x") else float(raw), span)
    except (ValueError, OverflowError):
        return Unknown(span)
