"""What a command of PowerShell does: a request, a setting, a value that it passes on.

``Invoke-RestMethod`` and ``Invoke-WebRequest`` become calls with a URL,
headers and a body; what is stored into a hashtable before belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..program import Argument, Attr, Block, Bool, Dict, Entry, Item, Ref, Scope, Site, Store, Str, Unknown, Value
from ..record import NamedTuple
from ..source import Span
from ._shell_words import Command, Word
from ._values import Maker, Node, Ready, Text
from .shell import Shell

_CMDLETS = {
    "invoke-restmethod": "Invoke-RestMethod", "irm": "Invoke-RestMethod",
    "invoke-webrequest": "Invoke-WebRequest", "iwr": "Invoke-WebRequest",
}  # fmt: skip
_PARAMETERS = {"uri": "url", "url": "url", "headers": "headers", "body": "json", "form": "json", "method": "method"}

_DRIVE = re.compile(r"env:[\\/]*", re.IGNORECASE)


class Given(NamedTuple):
    """One argument as a command is given it. ``text``: of a literal; ``splat``: the variable of ``@name``."""

    name: str | None
    value: Value
    span: Span
    name_span: Span
    text: Text | None = None
    splat: str = ""


def is_cmdlet(given: Sequence[Given]) -> bool:
    """Whether ``curl`` or ``wget`` is the old alias of a cmdlet, by what it is given."""
    return any(arg.name in ("uri", "method", "headers", "body", "usebasicparsing", "outfile") for arg in given)


class Commands:
    """Commands → program; one for all of a file."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.shell = Shell(maker)
        self.text = maker.source.text
        #: what is stored into a mapping later: variable → entries
        self._stored: dict[str, list[Entry]] = {}
        #: mappings that look like requests: variable or "", where
        self._requests: list[tuple[str, Dict, Block]] = []

    def store(self, target: Item, entry: Entry, block: Block) -> None:
        """Record an item that is stored into a variable's mapping."""
        if isinstance(target.base, Ref):
            self._stored.setdefault(target.base.name, []).append(entry)
            site = Site(Node(target, target.span), Node(Unknown(entry.span), entry.span), block)
            self.maker.program.stores.append(Store(site.handle, Node(entry.value, entry.value.span), "=", site))

    def maybe_request(self, variable: str, value: Value, block: Block) -> None:
        """Remember a mapping that looks like a request; ``variable``: it is bound to, or ""."""
        if isinstance(value, Dict):
            keys = {(entry.key or "").lower() for entry in value.entries}
            if "model" in keys and len(keys) > 1:
                self._requests.append((variable, value, block))

    def finish(self) -> None:
        """Record mappings that look like requests, with what is stored into them."""
        for name, value, block in self._requests:
            span = value.span
            if name:
                at = Span(span.end, span.end)
                self.maker.setting((f"${name}",), Ref(name, at, block), span, span)
            else:
                self.maker.setting((), value, span, span)
        self.shell.finish()

    def run(
        self, name: str, given: list[Given], piped: Value | None, span: Span, name_span: Span, block: Block
    ) -> Value:
        """Record what a command does; the value that it gives. ``name``: lower case, without folder and ``.exe``."""
        if name in ("convertto-json", "convertfrom-json", "out-string", "select-object"):
            value = next((arg.value for arg in given if arg.name in (None, "inputobject")), None) or piped
            if name == "convertfrom-json" and isinstance(value, (Attr, Item)):
                parsed = Argument(None, value, value.span, value.span)
                return self.maker.call("ConvertFrom-Json", lambda: (parsed,), span, name_span, block).value
            return value or Unknown(span)
        if name in ("write-output", "echo") and given:
            return given[0].value
        if name in ("setx", "set-item", "si", "new-item", "set-content"):
            self._set_variable(name, given)
            return Unknown(span)
        for arg in given:
            named = self._on_drive(arg.value) if isinstance(arg.value, Str) else None
            if named is not None:  # Test-Path Env:X
                self.maker.variable_read(named[0], named[1], named[1])
        cmdlet = _CMDLETS.get(name)
        if cmdlet is None and name in ("curl", "wget"):
            if not is_cmdlet(given):
                self._curl(name, given, name_span, block)
                return Unknown(span)
            cmdlet = "Invoke-WebRequest"
        if cmdlet is not None:
            if piped is not None and not any(arg.name == "body" for arg in given):
                given = [*given, Given("body", piped, piped.span, piped.span)]
            return self.maker.call(cmdlet, self._request(given, span, block), span, name_span, block).value
        passed = tuple(Argument(arg.name, arg.value, arg.span, arg.name_span, bool(arg.splat)) for arg in given)
        return self.maker.call(name, lambda: passed, span, name_span, block).value

    def _request(self, given: list[Given], span: Span, block: Block) -> Callable[[], tuple[Argument, ...]]:
        def make() -> tuple[Argument, ...]:
            made: dict[str, Argument] = {}
            positional = 0
            for arg in given:
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
                empty: Value = Dict((), span) if not any(arg.splat for arg in given) else Unknown(span)
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

    def _curl(self, name: str, given: list[Given], name_span: Span, block: Block) -> None:
        words = [Word(Text.of(name, name_span.start), name_span, False)]
        for arg in given:
            if arg.name is not None:
                flag = Span(arg.name_span.start, arg.name_span.end)
                words.append(Word(Text.of(self.text[flag.start : flag.end], flag.start), flag, False))
            if arg.text is not None:
                words.append(Word(arg.text, arg.span, True))
            elif not isinstance(arg.value, Bool):
                hole = Text()
                hole.add_hole(Ready(arg.value, arg.span))
                words.append(Word(hole, arg.span, False))
        self.shell.request(name, words, Command(block, name_span.start))

    def _set_variable(self, name: str, given: list[Given]) -> None:
        """``setx X y``, ``Set-Item Env:X y``."""
        plain = [arg for arg in given if arg.name in (None, "path", "value", "literalpath")]
        if len(plain) < 2 or not isinstance(plain[0].value, Str):
            return
        key = plain[0].value
        found = (key.text, self._span_of(key, key.text)) if name == "setx" else self._on_drive(key)
        if found is not None:
            whole = Span(key.span.start, plain[1].span.end)
            self.maker.setting((found[0],), plain[1].value, whole, found[1])

    def _on_drive(self, path: Str) -> tuple[str, Span] | None:
        """The variable that a path on the drive of the environment names: ``Env:X``."""
        prefix = _DRIVE.match(path.text)
        if prefix is None:
            return None
        variable = path.text[prefix.end() :]
        return variable, self._span_of(path, variable)

    def _span_of(self, value: Str, ending: str) -> Span:
        """Where a text's ending stands, the text in quotes or not."""
        end = value.span.end - (self.text[value.span.end - 1 : value.span.end] in ("'", '"'))
        return Span(end - len(ending), end)


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
