"""PowerShell → program.

``Invoke-RestMethod`` and ``Invoke-WebRequest`` become calls with a URL,
headers and a body; hashtables, arrays, strings with variables, here-strings
and ``ConvertTo-Json`` become values; ``$env:X = …`` becomes a setting.

One pass, no grammar: what cannot be understood is skipped, never an error.
Names are case-insensitive; program names are lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..program import (
    Argument,
    Attr,
    Binding,
    Block,
    Bool,
    Catch,
    Dict,
    Entry,
    Env,
    Item,
    Join,
    List,
    Null,
    Num,
    OneOf,
    Param,
    Program,
    Ref,
    Scope,
    Site,
    Store,
    Str,
    Unknown,
    Use,
    Value,
    Watch,
)
from ..source import Source, Span
from . import _json
from ._shell_scan import Command, Word
from ._values import Maker, Node, Ready, Text
from .shell import Shell

#: what is nested deeper is skipped
_MAX_DEPTH = 40

_SPACE = re.compile(r"(?:[ \t\f\v\u00a0]|`\r?\n|<\#.*?(?:\#>|\Z)|\#[^\n]*)+", re.DOTALL)
_LINES = re.compile(r"(?:[\s;]|`\r?\n|<\#.*?(?:\#>|\Z)|\#[^\n]*)+", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>[^}\n]*)\}|(?P<plain>(?:[A-Za-z]\w*:(?=\w))?[A-Za-z_]\w*|[$?^_]))")
_WORD = re.compile(r"[A-Za-z_.\\/~*%?!+][^\s;|&(){}\[\],'\"`$]*")
_BARE = re.compile(r"[^\s;|&(){},'\"`$]+")
_NUMBER = re.compile(r"-?(?:0x[0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)(?:[kKmMgGtTpP][bB])?(?![\w.])")
_PARAMETER = re.compile(r"-([A-Za-z_][\w-]*)(:?)")
_OPERATOR = re.compile(
    r"-(?:[ci]?(?:eq|ne|like|notlike|match|notmatch|contains|notcontains|in|notin|gt|lt|ge|le|replace|split)"
    r"|and|or|xor|is|isnot|as|f|join|band|bor)(?![\w-])",
    re.IGNORECASE,
)
_COMPARE = re.compile(r"-[ci]?(?:eq|ne|contains|in|notin|notcontains)\Z", re.IGNORECASE)
_TYPE = re.compile(r"\[[A-Za-z_][\w.+`]*(?:\[[\w., \[\]]*\])?\]")
_STATIC = re.compile(r"\[(?P<type>[\w.]+)\]::(?P<name>\w+)")
_MEMBER = re.compile(r"\??\.(?P<name>[A-Za-z_]\w*)|::(?P<static>[A-Za-z_]\w*)")
_KEY = re.compile(r"[A-Za-z_][\w-]*|\d+")
_ASSIGN = re.compile(r"(?P<op>(?:\?\?|[-+*/%])?=)(?!=)")
_KEYWORD = re.compile(r"[A-Za-z]+(?![\w-])")
_BALANCE = re.compile(r"[()\[\]{}]")
_HERE = re.compile(r"@([\"'])[ \t]*\r?\n")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}

_CMDLETS = {
    "invoke-restmethod": "Invoke-RestMethod", "irm": "Invoke-RestMethod",
    "invoke-webrequest": "Invoke-WebRequest", "iwr": "Invoke-WebRequest",
}  # fmt: skip
_PARAMETERS = {"uri": "url", "url": "url", "headers": "headers", "body": "json", "form": "json", "method": "method"}
_SAID = frozenset({
    "write-host", "write-output", "write-verbose", "write-warning", "write-error", "write-debug", "write-information",
    "echo", "write-log", "select-string", "read-host", "throw",
})  # fmt: skip


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``powershell``."""
    maker = Maker(source, "powershell", watch)
    reader = _Reader(maker)
    reader.statements(0, "", 0)
    reader.finish()
    return [maker.program, *maker.inner]


class _Argument:
    """One argument of a command. ``text``: of a literal, for ``curl.exe``."""

    __slots__ = ("name", "value", "span", "name_span", "text", "splat")

    def __init__(self, name: str | None, value: Value, span: Span, name_span: Span, text: Text | None = None) -> None:
        self.name = name
        self.value = value
        self.span = span
        self.name_span = name_span
        self.text = text
        self.splat = ""


class _Reader:
    """Reads statements; fills the program."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.program = maker.program
        self.shell = Shell(maker)
        self.text = maker.source.text
        self.size = len(self.text)
        self.block = maker.module.block
        #: how the string that is read next is used
        self.use: tuple[Use, ...] = ()
        #: the words of curl are recorded where its options are known
        self._silent = False
        #: what is stored into a mapping later: variable → entries
        self._stored: dict[str, list[Entry]] = {}
        #: mappings that look like requests: variable or "", where
        self._requests: list[tuple[str, Dict, Span, Block]] = []

    # ------------------------------------------------------------ statements

    def statements(self, at: int, stop: str, depth: int) -> int:
        """Read statements up to ``stop``; the index behind it."""
        text, size = self.text, self.size
        while at < size:
            match = _LINES.match(text, at)
            if match is not None:
                at = match.end()
                if at >= size:
                    break
            char = text[at]
            if stop and char == stop:
                return at + 1
            if char in ")]},|&":
                at += 1
                continue
            before = at
            at = self._statement(at, depth)
            if at <= before:
                at = before + 1
        return size

    def _statement(self, at: int, depth: int) -> int:
        text = self.text
        match = _KEYWORD.match(text, at)
        word = match[0].lower() if match is not None else ""
        if match is not None and word in _STATEMENTS:
            return _STATEMENTS[word](self, match.end(), depth)
        if text.startswith("{", at):
            return self._body(at, Block(self.block, "with", self.block.scope), depth)
        return self._assignment_or_pipeline(at, depth)

    def _body(self, at: int, block: Block, depth: int) -> int:
        """A block in braces at ``at`` (or no block at all)."""
        at = self._skip(at, True)
        if not self.text.startswith("{", at):
            return at
        if depth >= _MAX_DEPTH:
            return self._balanced(at)
        outer, self.block = self.block, block
        at = self.statements(at + 1, "}", depth + 1)
        self.block = outer
        return at

    def _skip(self, at: int, lines: bool = False) -> int:
        match = (_LINES if lines else _SPACE).match(self.text, at)
        return match.end() if match is not None else at

    def _balanced(self, at: int) -> int:
        count = 0
        for match in _BALANCE.finditer(self.text, at):
            count += 1 if match[0] in "([{" else -1
            if count <= 0:
                return match.end()
        return self.size

    def _condition(self, at: int, depth: int) -> int:
        at = self._skip(at, True)
        if self.text.startswith("(", at):
            at = self._parenthesised(at, depth)[1]
        return at

    def _if(self, at: int, depth: int) -> int:
        at = self._condition(at, depth)
        return self._body(at, Block(self.block, "if", self.block.scope), depth)

    def _else(self, at: int, depth: int) -> int:
        return self._body(at, Block(self.block, "else", self.block.scope), depth)

    def _elseif(self, at: int, depth: int) -> int:
        at = self._condition(at, depth)
        return self._body(at, Block(self.block, "else", self.block.scope), depth)

    def _loop(self, at: int, depth: int) -> int:
        at = self._condition(at, depth)
        return self._body(at, Block(self.block, "loop", self.block.scope), depth)

    def _foreach(self, at: int, depth: int) -> int:
        at = self._skip(at, True)
        match = re.compile(r"(?:-parallel\s+)?\(\s*\$(\w+)\s+in\s+", re.IGNORECASE).match(self.text, at)
        if match is None:
            return self._loop(at, depth)
        value, at = self._pipeline(match.end(), depth + 1)
        span = Span(match.start(1), match.end(1))
        self.maker.bind(match[1].lower(), Node(value, value.span), self.block, span, self.block.scope, "each")
        at = self._skip(at, True)
        at = at + 1 if self.text.startswith(")", at) else at
        return self._body(at, Block(self.block, "loop", self.block.scope), depth)

    def _switch(self, at: int, depth: int) -> int:
        at = self._skip(at)
        while (match := _PARAMETER.match(self.text, at)) is not None:
            at = self._skip(match.end())
        at = self._skip(self._condition(at, depth), True)
        if not self.text.startswith("{", at) or depth >= _MAX_DEPTH:
            return self._balanced(at) if self.text.startswith("{", at) else at
        at += 1
        while at < self.size:
            at = self._skip(at, True)
            if self.text.startswith("}", at):
                return at + 1
            before, self.use = self.use, (Use("compare"),)
            start = at
            if self.text.startswith("{", at):
                at = self._body(at, Block(self.block, "with", self.block.scope), depth + 1)
            else:
                _, at = self._primary(at, depth + 1, True)
            self.use = before
            at = self._skip(at, True)
            if self.text.startswith("{", at):
                at = self._body(at, Block(self.block, "case", self.block.scope), depth + 1)
            if at <= start:
                at = start + 1
        return self.size

    def _try(self, at: int, depth: int) -> int:
        catch = Catch((), False, Span(at, at))
        return self._body(at, Block(self.block, "try", self.block.scope, None, (catch,)), depth)

    def _catch(self, at: int, depth: int) -> int:
        at = self._skip(at, True)
        while (match := _TYPE.match(self.text, at)) is not None:
            at = self._skip(match.end(), True)
            at = self._skip(at + 1, True) if self.text.startswith(",", at) else at
        return self._body(at, Block(self.block, "handler", self.block.scope), depth)

    def _function(self, at: int, depth: int) -> int:
        at = self._skip(at)
        match = re.compile(r"[\w:.-]+").match(self.text, at)
        if match is None:
            return at
        name = match[0].rpartition(":")[2].lower()
        scope = Scope("function", name, self.block.scope, Node(Unknown(Span(at, at)), Span(at, match.end())))
        scope.block.parent = self.block
        self.program.scopes.append(scope)
        order = self.maker.source.line_of(at)
        home = self.maker.module
        home.bindings.setdefault(name, []).append(Binding(name, "def", scope, home, home.block, order))
        at = self._skip(match.end(), True)
        outer = self.block
        self.block = scope.block
        if self.text.startswith("(", at):
            at = self._parameters(at + 1, scope, depth)
        self.block = outer
        return self._body(at, scope.block, depth)

    def _class(self, at: int, depth: int) -> int:
        brace = self.text.find("{", at)
        return self._body(brace if brace >= 0 else at, Block(self.block, "with", self.block.scope), depth)

    def _param(self, at: int, depth: int) -> int:
        at = self._skip(at, True)
        if not self.text.startswith("(", at):
            return at
        return self._parameters(at + 1, self.block.scope, depth)

    def _parameters(self, at: int, scope: Scope, depth: int) -> int:
        """Parameters after their parenthesis: ``[type]$name = default, …)``."""
        found = list(scope.params)
        text = self.text
        while at < self.size:
            at = self._skip(at, True)
            if text.startswith(")", at):
                at += 1
                break
            if text.startswith("[", at):
                at = self._attribute(at, depth)
                continue
            match = _VARIABLE.match(text, at)
            if match is None:
                at += 1
                continue
            name = (match["plain"] or match["braced"] or "").lower()
            span = Span(match.start(), match.end())
            at = self._skip(match.end(), True)
            default: Node | None = None
            if text.startswith("=", at):
                outer, self.use = self.use, (Use("default", name), Use("assign", name))
                value, at = self._expression(self._skip(at + 1, True), depth + 1, False, False)
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
            end = _TYPE.match(self.text, at)
            return end.end() if end is not None else self._balanced(at)
        at = match.end()
        outer, self.use = self.use, ()
        while at < self.size:
            at = self._skip(at, True)
            if self.text.startswith(")", at):
                at = self._skip(at + 1, True)
                break
            start = at
            _, at = self._primary(at, depth + 1, True)
            at = max(at, start + 1)
        self.use = outer
        return at + 1 if self.text.startswith("]", at) else at

    def _return(self, at: int, depth: int) -> int:
        at = self._skip(at)
        if at >= self.size or self.text[at] in "\r\n;}":
            return at
        value, at = self._pipeline(at, depth)
        self.block.scope.returns.append((Node(value, value.span), self.block))
        return at

    def _throw(self, at: int, depth: int) -> int:
        return self._pipeline(self._skip(at), depth)[1] if not self.text.startswith(("\n", "\r"), at) else at

    def _assignment_or_pipeline(self, at: int, depth: int) -> int:
        start = at
        while (cast := _TYPE.match(self.text, at)) is not None and not self.text.startswith("::", cast.end()):
            at = self._skip(cast.end(), False)
        while self.text.startswith("[", at) and self.text.startswith(("[Validate", "[Parameter"), at):
            at = self._skip(self._attribute(at, depth), True)
            while (cast := _TYPE.match(self.text, at)) is not None:
                at = self._skip(cast.end())
        match = _VARIABLE.match(self.text, at)
        if match is not None:
            target, end = self._postfix(self._variable(match), match.end(), depth, True)
            after = self._skip(end)
            assign = _ASSIGN.match(self.text, after)
            if assign is not None:
                return self._assign(match, target, assign, depth)
        value, at = self._pipeline(start, depth)
        if isinstance(value, Dict):
            self._maybe_request("", value)
        return at

    def _assign(self, match: re.Match[str], target: Value, assign: re.Match[str], depth: int) -> int:
        name = match["plain"] or match["braced"] or ""
        span = Span(match.start(), match.end())
        scope_name, colon, rest = name.partition(":")
        outer = self.use
        member = target.key.text if isinstance(target, Item) and isinstance(target.key, Str) else ""
        self.use = (Use("assign", member or (rest if colon else name)),)
        begin = self._skip(assign.end(), True)
        keyword = _KEYWORD.match(self.text, begin)
        if keyword is not None and keyword[0].lower() in ("if", "switch", "foreach", "try", "while", "do"):
            self.use = outer
            node = Node(Unknown(span), span)
            self.maker.bind(name.lower(), node, self.block, span, self.block.scope)
            return begin
        value, at = self._pipeline(begin, depth)
        self.use = outer
        if isinstance(target, Item):
            base = target.base
            if isinstance(base, Ref):
                entry = Entry(member, value, Span(span.start, value.span.end), target.key.span)
                self._stored.setdefault(base.name, []).append(entry)
                statement = Node(Unknown(entry.span), entry.span)
                site = Site(Node(target, target.span), statement, self.block)
                self.program.stores.append(Store(site.handle, Node(value, value.span), "=", site))
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
            if isinstance(value, Dict):
                self._maybe_request(name, value)
        elif assign["op"] == "+=":
            self.maker.bind(name, Node(value, value.span), self.block, span, scope, "augment")
        else:
            both = OneOf((value, Unknown(span)), span)
            self.maker.bind(name, Node(both, span), self.block, span, scope)
        return at

    def _maybe_request(self, name: str, value: Dict) -> None:
        keys = {(entry.key or "").lower() for entry in value.entries}
        if "model" in keys and len(keys) > 1:
            self._requests.append((name, value, value.span, self.block))

    def finish(self) -> None:
        """Record mappings that look like requests, with what is stored into them."""
        for name, value, span, block in self._requests:
            if name:
                at = Span(span.end, span.end)
                self.maker.setting((f"${name}",), Ref(name, at, block), span, span)
            else:
                self.maker.setting((), value, span, span)
        self.shell.finish()

    # ------------------------------------------------------------- pipelines

    def _pipeline(self, at: int, depth: int) -> tuple[Value, int]:
        """``a | b``: the value of it, where it is known."""
        start = at
        value, at = self._element(at, depth, None)
        while True:
            at = self._skip(at)
            if self.text.startswith("||", at) or not self.text.startswith("|", at):
                break
            value, at = self._element(self._skip(at + 1, True), depth, value)
        if at <= start:
            at = start + 1
        return value, at

    def _element(self, at: int, depth: int, piped: Value | None) -> tuple[Value, int]:
        text = self.text
        if depth >= _MAX_DEPTH:
            end = self._balanced(at) if text[at : at + 1] in ("(", "[", "{") else at + 1
            return Unknown(Span(at, end)), end
        if text.startswith(("& ", ". ")) or text.startswith("&", at) and not text.startswith("&&", at):
            at = self._skip(at + 1)
        match = _WORD.match(text, at)
        if match is not None and not _NUMBER.match(text, at):
            return self._command(match[0], match.start(), match.end(), depth, piped)
        return self._expression(at, depth, False)

    def _command(self, word: str, start: int, at: int, depth: int, piped: Value | None) -> tuple[Value, int]:
        name = word.lower().rpartition("\\")[2].rpartition("/")[2].removesuffix(".exe")
        outer, self._silent = self._silent, self._silent or name in ("curl", "wget")
        args, at = self._arguments(at, depth, name)
        self._silent = outer
        end = max(args[-1].span.end if args else 0, start + len(word))
        span, name_span = Span(start, end), Span(start, start + len(word))
        if name in ("convertto-json", "convertfrom-json", "out-string", "select-object"):
            given = next((arg.value for arg in args if arg.name in (None, "inputobject")), None)
            return (given if given is not None else piped) or Unknown(span), at
        if name in ("write-output", "echo") and args:
            return args[0].value, at
        if name in ("setx", "set-item", "si", "new-item", "set-content"):
            self._set_variable(name, args)
            return Unknown(span), at
        cmdlet = _CMDLETS.get(name)
        if cmdlet is None and name in ("curl", "wget"):
            if any(arg.name in ("uri", "method", "headers", "body", "usebasicparsing", "outfile") for arg in args):
                cmdlet = "Invoke-WebRequest"
                for arg in args:
                    self._watch(arg.value, arg.text)
            else:
                self._curl(name, args, name_span)
                return Unknown(span), at
        if cmdlet is not None:
            if piped is not None and not any(arg.name == "body" for arg in args):
                args.append(_Argument("body", piped, piped.span, piped.span))
            node = self.maker.call(cmdlet, self._request(args, span), span, name_span, self.block)
            return node.value, at
        passed = tuple(
            Argument(arg.name, arg.value, arg.span, arg.name_span, bool(arg.splat)) for arg in args
        )
        node = self.maker.call(name, lambda: passed, span, name_span, self.block)
        return node.value, at

    def _request(self, args: list[_Argument], span: Span) -> Callable[[], tuple[Argument, ...]]:
        block = self.block

        def make() -> tuple[Argument, ...]:
            made: dict[str, Argument] = {}
            positional = 0
            for arg in args:
                if arg.splat:
                    for entry in self._splatted(arg.splat, block):
                        name = _PARAMETERS.get((entry.key or "").lower())
                        if name is not None:
                            made[name] = Argument(name, entry.value, entry.span, entry.key_span)
                elif arg.name is None:
                    if positional == 0:
                        made["url"] = Argument("url", arg.value, arg.span, arg.span)
                    positional += 1
                elif (name := _parameter(arg.name)) is not None:
                    made[name] = Argument(name, arg.value, arg.span, arg.name_span)
            if "json" not in made:
                empty: Value = Dict((), span) if not any(arg.splat for arg in args) else Unknown(span)
                made["json"] = Argument("json", empty, span, span)
            return tuple(made[name] for name in ("url", "headers", "json", "method") if name in made)

        return make

    def _splatted(self, name: str, block: Block) -> list[Entry]:
        """The entries of the hashtable that ``@name`` passes on."""
        scope: Scope | None = block.scope
        while scope is not None:
            for binding in reversed(scope.bindings.get(name, ())):
                value = binding.handle.value if isinstance(binding.handle, Node) else None
                if isinstance(value, Dict):
                    return [*value.entries, *self._stored.get(name, ())]
            scope = scope.parent
        return []

    def _curl(self, name: str, args: list[_Argument], name_span: Span) -> None:
        words = [Word(Text.of(name, name_span.start), name_span, False)]
        for arg in args:
            if arg.name is not None:
                flag = Span(arg.name_span.start, arg.name_span.end)
                words.append(Word(Text.of(self.text[flag.start : flag.end], flag.start), flag, False))
            if arg.text is not None:
                words.append(Word(arg.text, arg.span, True))
            elif not isinstance(arg.value, Bool):
                hole = Text()
                hole.add_hole(Ready(arg.value, arg.span))
                words.append(Word(hole, arg.span, False))
        self.shell.request(name, words, Command(self.block, name_span.start))

    def _set_variable(self, name: str, args: list[_Argument]) -> None:
        """``setx X y``, ``Set-Item Env:X y``."""
        plain = [arg for arg in args if arg.name in (None, "path", "value", "literalpath")]
        if len(plain) < 2 or not isinstance(plain[0].value, Str):
            return
        key = plain[0].value
        variable = key.text
        start = key.span.end - len(variable) - (1 if self.text[key.span.end - 1 : key.span.end] in "'\"" else 0)
        if name != "setx":
            prefix = re.match(r"env:[\\/]*", variable, re.IGNORECASE)
            if prefix is None:
                return
            variable = variable[prefix.end() :]
            start += prefix.end()
        whole = Span(key.span.start, plain[1].span.end)
        self.maker.setting((variable,), plain[1].value, whole, Span(start, start + len(variable)))

    def _arguments(self, at: int, depth: int, name: str) -> tuple[list[_Argument], int]:
        found: list[_Argument] = []
        text = self.text
        outer = self.use
        said = name in _SAID
        while at < self.size:
            at = self._skip(at)
            if at >= self.size or text[at] in "\r\n;|)}&":
                break
            start = at
            parameter = _PARAMETER.match(text, at)
            if parameter is not None:
                label = parameter[1].lower()
                name_span = Span(at, parameter.end(1))
                at = self._skip(parameter.end())
                if at >= self.size or text[at] in "\r\n;|)}&" or (
                    _PARAMETER.match(text, at) and not _NUMBER.match(text, at)
                ):
                    found.append(_Argument(label, Bool(True, name_span), name_span, name_span))
                    continue
                self.use = (Use("argument", label),)
                value, at, inner = self._argument(at, depth, said)
                found.append(_Argument(label, value, Span(value.span.start, max(value.span.end, at)), name_span, inner))
            elif text.startswith("@", at) and (splat := re.compile(r"@([A-Za-z_]\w*)").match(text, at)):
                at = splat.end()
                span = Span(start, at)
                made = _Argument(None, Ref(splat[1].lower(), span, self.block), span, span)
                made.splat = splat[1].lower()
                found.append(made)
            else:
                self.use = (Use("argument", ""),)
                value, at, inner = self._argument(at, depth, said)
                found.append(_Argument(None, value, Span(start, max(at, start + 1)), Span(start, at), inner))
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
                value, at = self._postfix(value, at, depth, False)
            elif self.text[at] in "'\"":
                outer_use, watch = self.use, self.maker.matches
                text, at, _ = self._quoted(at, depth)
                value = Unknown(Span(before, at))
                self.use, self.maker.matches = outer_use, watch
            elif self.text[at] in "$@([{":
                value, at = self._expression(at, depth + 1, True)
            else:
                bare = _BARE.match(self.text, at)
                if bare is None:
                    return Unknown(Span(at, at + 1)), at + 1, None
                at = bare.end()
                number = _NUMBER.fullmatch(bare[0])
                text = Text.of(bare[0], before)
                value = _number(number, before) if number else Str(bare[0], Span(before, at))
                if not said:
                    self._watch(value)
            if not values:
                first = text
            values.append(value)
            comma = self._skip(at)
            if not self.text.startswith(",", comma):
                break
            at = self._skip(comma + 1, True)
            if at <= before:
                break
        if len(values) == 1:
            return values[0], at, first
        return List(tuple(values), Span(start, at)), at, None

    # ----------------------------------------------------------- expressions

    def _expression(self, at: int, depth: int, argument: bool, commas: bool = True) -> tuple[Value, int]:
        """An expression; ``argument``: no operators, ``commas``: they make an array."""
        start = at
        if depth >= _MAX_DEPTH:
            end = self._balanced(at) if self.text[at : at + 1] in ("(", "[", "{", "@", "$") else at + 1
            return Unknown(Span(at, end)), end
        value, at = self._primary(at, depth, argument)
        if argument:
            return value, max(at, start + 1)
        items: list[Value] = []
        count = 0
        while at < self.size and count < 20000:
            count += 1
            after = self._skip(at)
            char = self.text[after : after + 1]
            if char == "+" and not self.text.startswith("+=", after):
                right, at = self._primary(self._skip(after + 1, True), depth, False)
                span = Span(start, max(at, right.span.end))
                parts = value.parts if isinstance(value, Join) and count > 1 and len(value.parts) < 64 else (value,)
                value = Join((*parts, right), span)
                continue
            if char == "," and commas:
                items.append(value)
                value, at = self._primary(self._skip(after + 1, True), depth, False)
                continue
            if self.text.startswith("??", after):
                right, at = self._primary(self._skip(after + 2, True), depth, False)
                if isinstance(value, Env) and value.default is None:
                    value = value._replace(default=right, span=Span(start, at))
                else:
                    value = OneOf((value, right), Span(start, at))
                continue
            operator = _OPERATOR.match(self.text, after)
            if operator is not None:
                outer = self.use
                if _COMPARE.match(operator[0]):
                    self.use = (Use("compare"),)
                _, at = self._primary(self._skip(operator.end(), True), depth, False)
                self.use = outer
                prefix = value if isinstance(value, Str) and operator[0].lower() == "-f" else None
                span = Span(start, at)
                value = Str(prefix.text.partition("{")[0], span, True) if prefix is not None else Unknown(span)
                continue
            if char in ("-", "*", "/", "%", "!") and char:
                _, at = self._primary(self._skip(after + 1, True), depth, False)
                value = Unknown(Span(start, at))
                continue
            break
        if items:
            value = List((*items, value), Span(start, at))
        return value, max(at, start + 1)

    def _primary(self, at: int, depth: int, argument: bool) -> tuple[Value, int]:
        text = self.text
        start = at
        if at >= self.size:
            return Unknown(Span(at, at)), at
        while text.startswith(("!", "-not ", "-Not ", "+"), at):
            at = self._skip(at + (5 if text[at] == "-" else 1))
        char = text[at] if at < self.size else ""
        if char in ("'", '"'):
            inner, end, _ = self._quoted(at, depth)
            return self._postfix(self._literal(inner, Span(at, end)), end, depth, False)
        if char == "@" and (match := _HERE.match(text, at)) is not None:
            inner, end = self._here(match, depth)
            return self._postfix(self._literal(inner, Span(at, end)), end, depth, False)
        if text.startswith("@{", at):
            value, end = self._hashtable(at, depth)
            return self._postfix(value, end, depth, False)
        if text.startswith("@(", at):
            value, end = self._list(at + 1, depth)
            return self._postfix(value, end, depth, False)
        if char == "(" or text.startswith("$(", at):
            value, end = self._parenthesised(at + (char == "$"), depth)
            return self._postfix(value, end, depth, False)
        if char == "{":
            return Unknown(Span(at, at + 1)), self._body(at, Block(self.block, "with", self.block.scope), depth)
        if char == "[":
            return self._typed(at, depth, argument)
        match = _VARIABLE.match(text, at) if char == "$" else None
        if match is not None:
            return self._postfix(self._variable(match), match.end(), depth, False)
        match = _NUMBER.match(text, at)
        if match is not None:
            return _number(match, at), match.end()
        bare = _BARE.match(text, at)
        if bare is not None and char not in ")]}":
            end = bare.end()
            word = Str(bare[0], Span(at, end))
            if argument:
                self._watch(word)
            return word, end
        return Unknown(Span(start, start + 1)), start + 1

    def _variable(self, match: re.Match[str]) -> Value:
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
        static = _STATIC.match(self.text, at)
        if static is not None:
            end = static.end()
            kind, name = static["type"].lower().rpartition(".")[2], static["name"].lower()
            if not self.text.startswith("(", end):
                return Unknown(Span(at, end)), end
            args, end = self._list(end, depth)
            return self._postfix(self._static(kind, name, args.items, Span(at, end)), end, depth, False)
        match = _TYPE.match(self.text, at)
        if match is None:
            return Unknown(Span(at, at + 1)), at + 1
        return self._primary(self._skip(match.end()), depth, argument)

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

    def _postfix(self, value: Value, at: int, depth: int, target: bool) -> tuple[Value, int]:
        """Members, indexes and method calls behind a value."""
        text = self.text
        count = 0
        while at < self.size and count < 64:
            count += 1
            char = text[at]
            if char == "[" :
                if depth >= _MAX_DEPTH:
                    return Unknown(value.span), self._balanced(at)
                outer, self.use = self.use, (Use("index"),)
                key, at = self._expression(self._skip(at + 1), depth + 1, False)
                self.use = outer
                at = self._skip(at)
                at = at + 1 if text.startswith("]", at) else at
                value = Item(value, key, Span(value.span.start, at))
                continue
            match = _MEMBER.match(text, at)
            if match is None:
                quoted = re.compile(r"\.(?=['\"])").match(text, at)
                if quoted is None:
                    break
                inner, end, _ = self._quoted(at + 1, depth)
                value = Item(value, Str(inner.chars, Span(at + 1, end)), Span(value.span.start, end))
                at = end
                continue
            group = "name" if match["name"] else "static"
            name, name_span = match[group], Span(match.start(group), match.end(group))
            at = match.end()
            whole = Span(value.span.start, at)
            if text.startswith("(", at):
                if depth >= _MAX_DEPTH:
                    return Unknown(value.span), self._balanced(at)
                args, at = self._list(at, depth)
                value = self._method(value, name.lower(), args.items, Span(value.span.start, at))
            elif target or isinstance(value, (Ref, Item)):
                value = Item(value, Str(name, name_span), whole)
            else:
                value = Attr(value, name, whole, name_span)
        return value, at

    def _method(self, value: Value, name: str, args: tuple[Value, ...], span: Span) -> Value:
        if name in ("trim", "tostring", "trimend", "toarray", "tolower", "clone", "getnewclosure"):
            return value
        if name == "add" and len(args) == 2 and isinstance(args[0], Str) and isinstance(value, Ref):
            entry = Entry(args[0].text, args[1], span, args[0].span)
            self._stored.setdefault(value.name, []).append(entry)
            target = Node(Item(value, args[0], span), span)
            site = Site(target, Node(Unknown(span), span), self.block)
            self.program.stores.append(Store(target, Node(args[1], args[1].span), "=", site))
        return Unknown(span)

    def _parenthesised(self, at: int, depth: int) -> tuple[Value, int]:
        """``(pipeline)``; several statements are no known value."""
        start = at
        if depth >= _MAX_DEPTH:
            end = self._balanced(at)
            return Unknown(Span(at, end)), end
        at = self._skip(at + 1, True)
        value: Value = Unknown(Span(start, at))
        count = 0
        while at < self.size and not self.text.startswith(")", at):
            before = at
            if count == 0 and not (_KEYWORD.match(self.text, at) and self._is_statement(at)):
                variable = _VARIABLE.match(self.text, at)
                if variable is not None and _ASSIGN.match(self.text, self._skip(variable.end())):
                    at = self._assignment_or_pipeline(at, depth + 1)
                else:
                    value, at = self._pipeline(at, depth + 1)
            else:
                at = self._statement(at, depth + 1)
                value = Unknown(Span(start, at))
            count += 1
            at = self._skip(at, True)
            while self.text.startswith(("}", "]", ",", "|", "&"), at):
                at = self._skip(at + 1, True)
            if at <= before:
                at = before + 1
        return value, min(at + 1, self.size)

    def _is_statement(self, at: int) -> bool:
        match = _KEYWORD.match(self.text, at)
        return match is not None and match[0].lower() in _STATEMENTS

    def _list(self, at: int, depth: int) -> tuple[List, int]:
        """Values in parentheses: an array, or arguments of a method."""
        start = at
        if depth >= _MAX_DEPTH:
            end = self._balanced(at)
            return List((), Span(at, end), True), end
        at += 1
        items: list[Value] = []
        is_open = False
        while at < self.size:
            at = self._skip(at, True)
            if self.text.startswith(")", at):
                at += 1
                break
            if self.text.startswith((",", "}", "]", "|", "&"), at):
                at += 1
                continue
            before = at
            if self._is_statement(at):
                at = self._statement(at, depth + 1)
                is_open = True
            else:
                value, at = self._pipeline(at, depth + 1)
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
        if depth >= _MAX_DEPTH:
            end = self._balanced(at + 1)
            return Unknown(Span(at, end)), end
        at += 2
        entries: list[Entry] = []
        is_open = False
        outer = self.use
        while at < self.size:
            at = self._skip(at, True)
            if self.text.startswith("}", at):
                at += 1
                break
            before = at
            key, at = self._key(at, depth)
            key_span = Span(before, at)
            equals = self._skip(at, True)
            if not self.text.startswith("=", equals):
                at = max(at, before + 1)
                is_open = True
                continue
            self.use = (Use("element", key or ""),)
            begin = self._skip(equals + 1, True)
            if self._is_statement(begin):
                at = self._statement(begin, depth + 1)
                value: Value = Unknown(Span(begin, at))
            else:
                value, at = self._pipeline(begin, depth + 1)
            entries.append(Entry(key, value, Span(before, max(value.span.end, key_span.end)), key_span))
        self.use = outer
        made = Dict(tuple(entries), Span(start, at), is_open)
        if outer and outer[0].role not in ("assign", "element"):
            self._maybe_request("", made)
        return made, at

    def _key(self, at: int, depth: int) -> tuple[str | None, int]:
        if self.text.startswith(("'", '"'), at):
            inner, end, _ = self._quoted(at, depth)
            return (None if inner.holes else inner.chars), end
        match = _KEY.match(self.text, at)
        if match is not None:
            return match[0], match.end()
        outer, self.use = self.use, ()
        _, at = self._primary(at, depth + 1, False)
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
        plain = _IN_SINGLE if quote == "'" else _IN_DOUBLE
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
            made.add_escape(_ESCAPES.get(after, after), at, at + 2)
            return min(at + 2, self.size)
        match = _VARIABLE.match(text, at)
        if match is not None:
            value = self._variable(match)
            made.add_hole(Ready(value, value.span))
            return match.end()
        if text.startswith("$(", at):
            if depth >= _MAX_DEPTH:
                end = self._balanced(at + 1)
                made.add_hole(Ready(Unknown(Span(at, end)), Span(at, end)))
                return end
            outer, self.use = self.use, ()
            value, end = self._parenthesised(at + 1, depth + 1)
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
                plain = _IN_HERE.match(self.text, at, stop)
                if plain is not None:
                    made.add(plain[0], at)
                    at = plain.end()
                else:
                    at = self._in_string(at, made, depth + 1)
            self.size = size
        return made, self.size if end < 0 else end + 3


_IN_SINGLE = re.compile(r"[^']+")
_IN_DOUBLE = re.compile(r'[^"`$]+')
_IN_HERE = re.compile(r"[^`$]+")

_STATEMENTS: dict[str, Callable[[_Reader, int, int], int]] = {
    "if": _Reader._if, "elseif": _Reader._elseif, "else": _Reader._else, "while": _Reader._loop, "do": _Reader._else,
    "until": _Reader._condition, "for": _Reader._loop, "foreach": _Reader._foreach, "switch": _Reader._switch,
    "try": _Reader._try, "catch": _Reader._catch, "finally": _Reader._else, "function": _Reader._function,
    "filter": _Reader._function, "class": _Reader._class, "param": _Reader._param, "begin": _Reader._else,
    "process": _Reader._else, "end": _Reader._else, "return": _Reader._return, "throw": _Reader._throw,
}  # fmt: skip


def _parameter(name: str) -> str | None:
    """Our name of a cmdlet's parameter; a unique beginning of it is enough."""
    found = _PARAMETERS.get(name)
    if found is not None:
        return found
    if len(name) > 1 and name not in ("me",):
        for full, ours in _PARAMETERS.items():
            if full.startswith(name):
                return ours
    return None


def _number(match: re.Match[str], start: int) -> Value:
    span = Span(start, start + len(match[0]))
    raw = match[0].lower()
    try:
        return Num(float(int(raw, 16)) if raw.lstrip("-").startswith("0x") else float(raw), span)
    except (ValueError, OverflowError):
        return Unknown(span)
