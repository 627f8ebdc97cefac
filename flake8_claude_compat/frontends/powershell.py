"""PowerShell → program.

Statements become bindings, blocks and settings (``$env:X = …``); values are
read by ``_powershell_values``, commands by ``_powershell_commands``.

One pass, no grammar: what cannot be understood is skipped, never an error.
Names are case-insensitive; program names are lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..program import (
    Attr,
    Binding,
    Block,
    Catch,
    Entry,
    Item,
    OneOf,
    Param,
    Program,
    Scope,
    Str,
    Unknown,
    Use,
    Value,
    Watch,
)
from ..source import Source, Span
from . import _powershell_scan as scan
from ._powershell_values import Values
from ._values import Maker, Node


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``powershell``."""
    maker = Maker(source, "powershell", watch)
    reader = _Reader(maker)
    reader.statements(0, "", 0)
    reader.commands.finish()
    return [maker.program, *maker.inner]


class _Reader(Values):
    """Reads statements, and what is in them."""

    def statements(self, at: int, stop: str, depth: int) -> int:
        """Read statements up to ``stop``; the index behind it."""
        text, size = self.text, self.size
        while at < size:
            match = scan.LINES.match(text, at)
            if match is not None:
                at = match.end()
                if at >= size:
                    break
            char = text[at]
            if stop and char == stop:
                return at + 1
            if char in ")]},|" or text.startswith("&&", at):
                at += 1
                continue
            before = at
            at = self.statement(at, depth)
            if at <= before:
                at = before + 1
        return size

    def is_statement(self, at: int) -> bool:
        match = scan.KEYWORD.match(self.text, at)
        return match is not None and match[0].lower() in _STATEMENTS

    def statement(self, at: int, depth: int) -> int:
        text = self.text
        match = scan.KEYWORD.match(text, at)
        word = match[0].lower() if match is not None else ""
        if match is not None and word in _STATEMENTS:
            return _STATEMENTS[word](self, match.end(), depth)
        if text.startswith("{", at):
            return self.body(at, Block(self.block, "with", self.block.scope), depth)
        return self._assignment_or_pipeline(at, depth)

    def body(self, at: int, block: Block, depth: int) -> int:
        """A block in braces at ``at`` (or no block at all)."""
        at = self.skip(at, True)
        if not self.text.startswith("{", at):
            return at
        if depth >= scan.MAX_DEPTH:
            return self.balanced(at)
        outer, self.block = self.block, block
        at = self.statements(at + 1, "}", depth + 1)
        self.block = outer
        return at

    def _condition(self, at: int, depth: int) -> tuple[Node | None, int]:
        """What is in the parentheses of a statement; the index behind them."""
        at = self.skip(at, True)
        if not self.text.startswith("(", at):
            return None, at
        outer, self.use = self.use, (Use("test"),)
        value, at = self.parenthesised(at, depth)
        self.use = outer
        return Node(value, value.span), at

    def _if(self, at: int, depth: int) -> int:
        test, at = self._condition(at, depth)
        return self.body(at, Block(self.block, "if", self.block.scope, test), depth)

    def _else(self, at: int, depth: int) -> int:
        return self.body(at, Block(self.block, "else", self.block.scope), depth)

    def _elseif(self, at: int, depth: int) -> int:
        _, at = self._condition(at, depth)
        return self.body(at, Block(self.block, "else", self.block.scope), depth)

    def _loop(self, at: int, depth: int) -> int:
        test, at = self._condition(at, depth)
        return self.body(at, Block(self.block, "loop", self.block.scope, test), depth)

    def _until(self, at: int, depth: int) -> int:
        return self._condition(at, depth)[1]

    def _foreach(self, at: int, depth: int) -> int:
        at = self.skip(at, True)
        match = re.compile(r"(?:-parallel\s+)?\(\s*\$(\w+)\s+in\s+", re.IGNORECASE).match(self.text, at)
        if match is None:
            return self._loop(at, depth)
        value, at = self.pipeline(match.end(), depth + 1)
        span = Span(match.start(1), match.end(1))
        self.maker.bind(match[1].lower(), Node(value, value.span), self.block, span, self.block.scope, "each")
        at = self.skip(at, True)
        at = at + 1 if self.text.startswith(")", at) else at
        return self.body(at, Block(self.block, "loop", self.block.scope), depth)

    def _switch(self, at: int, depth: int) -> int:
        at = self.skip(at)
        while (match := scan.PARAMETER.match(self.text, at)) is not None:
            at = self.skip(match.end())
        at = self.skip(self._condition(at, depth)[1], True)
        if not self.text.startswith("{", at) or depth >= scan.MAX_DEPTH:
            return self.balanced(at) if self.text.startswith("{", at) else at
        at += 1
        while at < self.size:
            at = self.skip(at, True)
            if self.text.startswith("}", at):
                return at + 1
            before, self.use = self.use, (Use("compare"),)
            start = at
            if self.text.startswith("{", at):
                at = self.body(at, Block(self.block, "with", self.block.scope), depth + 1)
            else:
                _, at = self.primary(at, depth + 1, True)
            self.use = before
            at = self.skip(at, True)
            if self.text.startswith("{", at):
                at = self.body(at, Block(self.block, "case", self.block.scope), depth + 1)
            if at <= start:
                at = start + 1
        return self.size

    def _try(self, at: int, depth: int) -> int:
        catch = Catch((), False, Span(at, at))
        return self.body(at, Block(self.block, "try", self.block.scope, None, (catch,)), depth)

    def _catch(self, at: int, depth: int) -> int:
        at = self.skip(at, True)
        while (match := scan.TYPE.match(self.text, at)) is not None:
            at = self.skip(match.end(), True)
            at = self.skip(at + 1, True) if self.text.startswith(",", at) else at
        return self.body(at, Block(self.block, "handler", self.block.scope), depth)

    def _function(self, at: int, depth: int) -> int:
        at = self.skip(at)
        match = re.compile(r"[\w:.-]+").match(self.text, at)
        if match is None:
            return at
        name = match[0].rpartition(":")[2].lower()
        scope = Scope("function", name, self.block.scope, Node(Unknown(Span(at, at)), Span(at, match.end())))
        scope.block.parent = self.block
        self.maker.program.scopes.append(scope)
        order = self.maker.source.line_of(at)
        home = self.maker.module
        home.bindings.setdefault(name, []).append(Binding(name, "def", scope, home, home.block, order))
        at = self.skip(match.end(), True)
        outer = self.block
        self.block = scope.block
        if self.text.startswith("(", at):
            at = self._parameters(at + 1, scope, depth)
        self.block = outer
        return self.body(at, scope.block, depth)

    def _class(self, at: int, depth: int) -> int:
        brace = self.text.find("{", at)
        return self.body(brace if brace >= 0 else at, Block(self.block, "with", self.block.scope), depth)

    def _param(self, at: int, depth: int) -> int:
        at = self.skip(at, True)
        if not self.text.startswith("(", at):
            return at
        return self._parameters(at + 1, self.block.scope, depth)

    def _parameters(self, at: int, scope: Scope, depth: int) -> int:
        """Parameters after their parenthesis: ``[type]$name = default, …)``."""
        found = list(scope.params)
        text = self.text
        while at < self.size:
            at = self.skip(at, True)
            if text.startswith(")", at):
                at += 1
                break
            if text.startswith("[", at):
                at = self._attribute(at, depth)
                continue
            match = scan.VARIABLE.match(text, at)
            if match is None:
                at += 1
                continue
            name = (match["plain"] or match["braced"] or "").lower()
            span = Span(match.start(), match.end())
            at = self.skip(match.end(), True)
            default: Node | None = None
            if text.startswith("=", at):
                outer, self.use = self.use, (Use("default", name), Use("assign", name))
                value, at = self.expression(self.skip(at + 1, True), depth + 1, False, False)
                self.use = outer
                default = Node(value, value.span)
            param = Param(name, "plain", None, default, len(found))
            found.append(param)
            order = self.maker.source.line_of(span.start)
            scope.bindings.setdefault(name, []).append(Binding(name, "param", param, scope, scope.block, order))
        scope.params = tuple(found)
        return at

    def _attribute(self, at: int, depth: int) -> int:
        """``[ValidateSet('a', 'b')]``, ``[string]``."""
        match = re.compile(r"\[\s*[\w.]+\s*(\()?").match(self.text, at)
        if match is None or match[1] is None:
            end = scan.TYPE.match(self.text, at)
            return end.end() if end is not None else self.balanced(at)
        at = match.end()
        outer, self.use = self.use, ()
        while at < self.size:
            at = self.skip(at, True)
            if self.text.startswith(")", at):
                at = self.skip(at + 1, True)
                break
            start = at
            _, at = self.primary(at, depth + 1, True)
            at = max(at, start + 1)
        self.use = outer
        return at + 1 if self.text.startswith("]", at) else at

    def _return(self, at: int, depth: int) -> int:
        at = self.skip(at)
        if at >= self.size or self.text[at] in "\r\n;}":
            return at
        value, at = self.pipeline(at, depth)
        self.block.scope.returns.append((Node(value, value.span), self.block))
        return at

    def _throw(self, at: int, depth: int) -> int:
        return self.pipeline(self.skip(at), depth)[1] if not self.text.startswith(("\n", "\r"), at) else at

    def _assignment_or_pipeline(self, at: int, depth: int) -> int:
        start = at
        first: Value | None = None
        while (cast := scan.TYPE.match(self.text, at)) is not None and not self.text.startswith("::", cast.end()):
            at = self.skip(cast.end(), False)
        while self.text.startswith("[", at) and self.text.startswith(("[Validate", "[Parameter"), at):
            at = self.skip(self._attribute(at, depth), True)
            while (cast := scan.TYPE.match(self.text, at)) is not None:
                at = self.skip(cast.end())
        match = scan.VARIABLE.match(self.text, at)
        if match is not None:
            first, start = self.postfix(self.variable(match), match.end(), depth)
            assign = scan.ASSIGN.match(self.text, self.skip(start))
            if assign is not None:
                return self._assign(match, first, assign, depth)
        value, at = self.pipeline(start, depth, first)
        self.commands.maybe_request("", value, self.block)
        return at

    def _assign(self, match: re.Match[str], target: Value, assign: re.Match[str], depth: int) -> int:
        name = match["plain"] or match["braced"] or ""
        span = Span(match.start(), match.end())
        scope_name, colon, rest = name.partition(":")
        outer = self.use
        member = target.name if isinstance(target, Attr) else ""
        if isinstance(target, Item) and isinstance(target.key, Str):
            member = target.key.text
        self.use = (Use("assign", member or (rest if colon else name)),)
        begin = self.skip(assign.end(), True)
        keyword = scan.KEYWORD.match(self.text, begin)
        if keyword is not None and keyword[0].lower() in ("if", "switch", "foreach", "try", "while", "do"):
            self.use = outer
            node = Node(Unknown(span), span)
            self.maker.bind(name.lower(), node, self.block, span, self.block.scope)
            return begin
        value, at = self.pipeline(begin, depth)
        self.use = outer
        if isinstance(target, Attr):
            return at
        if isinstance(target, Item):
            entry = Entry(member, value, Span(span.start, value.span.end), target.key.span)
            self.commands.store(target, entry, self.block)
            return at
        if colon and scope_name.lower() == "env":
            end = match.end() - (1 if match["braced"] else 0)
            name_span = Span(end - len(rest), end)
            self.maker.setting((rest,), value, Span(span.start, value.span.end), name_span)
            return at
        scope = self.block.scope
        if colon:
            name = rest
            if scope_name.lower() in ("script", "global"):
                scope = self.maker.module
        name = name.lower()
        if assign["op"] == "=":
            self.maker.bind(name, Node(value, value.span), self.block, span, scope)
            self.commands.maybe_request(name, value, self.block)
        elif assign["op"] == "+=":
            self.maker.bind(name, Node(value, value.span), self.block, span, scope, "augment")
        else:
            both = OneOf((value, Unknown(span)), span)
            self.maker.bind(name, Node(both, span), self.block, span, scope)
        return at


_STATEMENTS: dict[str, Callable[[_Reader, int, int], int]] = {
    "if": _Reader._if, "elseif": _Reader._elseif, "else": _Reader._else, "while": _Reader._loop, "do": _Reader._else,
    "until": _Reader._until, "for": _Reader._loop, "foreach": _Reader._foreach, "switch": _Reader._switch,
    "try": _Reader._try, "catch": _Reader._catch, "finally": _Reader._else, "function": _Reader._function,
    "filter": _Reader._function, "class": _Reader._class, "param": _Reader._param, "begin": _Reader._else,
    "process": _Reader._else, "end": _Reader._else, "return": _Reader._return, "throw": _Reader._throw,
}  # fmt: skip
