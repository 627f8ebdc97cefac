"""Shell scripts, Makefile recipes and Dockerfiles → program.

``curl``, ``wget`` and HTTPie become calls with a URL, headers and a JSON body;
assignments become bindings (for the file's own variables) and settings (for
the environment); here-documents and ``python -c`` are read as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..program import Argument, Block, Dict, Entry, List, Program, Scope, Str, Unknown, Use, Value, Watch
from ..source import Source, Span
from . import _json
from ._dockerfile import Dockerfile
from ._http_command import Field, Found, curl, httpie, wget
from ._makefile import Makefile
from ._shell_scan import Scanner
from ._shell_words import PAIR, Assignment, Command, Word
from ._values import HOLE, Maker, Node, Text

#: scripts inside scripts (``bash -c``) are followed this deep
_MAX_INNER = 3
_WORDS_SAID = frozenset({"echo", "printf", "print", "log", "grep", "egrep", "rg", "sed", "awk", "info", "warn", "die"})
_PREFIXES = frozenset({
    "sudo", "env", "command", "exec", "time", "nohup", "nice", "builtin", "xargs", "then", "do", "coproc", "run",
    "doas", "stdbuf", "@",
})  # fmt: skip
_DECLARING = frozenset({"export", "declare", "typeset", "local", "readonly"})
_TESTS = frozenset({"[", "[[", "test"})
_HTTP = frozenset({"curl", "wget", "http", "https", "xh", "xhs", "curlie"})
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ksh", "ssh", "su", "eval", "fish"})
_LANGUAGES = {
    "python": "python", "python3": "python", "python2": "python", "node": "javascript", "bun": "javascript",
    "deno": "typescript", "tsx": "typescript", "ts-node": "typescript",
}  # fmt: skip
_SUFFIXES = {
    ".py": "python", ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript", ".ts": "typescript",
    ".tsx": "tsx", ".json": "json", ".jsonc": "json", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml",
    ".env": "dotenv", ".ini": "ini", ".cfg": "ini", ".ps1": "powershell",
}  # fmt: skip


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``shell``, ``makefile`` and ``dockerfile``."""
    maker = Maker(source, "shell", watch)
    shell = Shell(maker)
    if language == "makefile":
        Makefile(shell).run()
    elif language == "dockerfile":
        Dockerfile(shell).run()
    else:
        shell.script(Text.of(source.text), maker.module.block)
    shell.finish()
    return [maker.program, *maker.inner]


class Shell:
    """Commands → program; one for all scripts of a file."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.program = maker.program
        #: what is written to files that may be sent later
        self._files: dict[str, Text] = {}
        #: JSON texts, read when all variables of the file are known
        self._bodies: list[tuple[Node, Block]] = []
        self._level = 0

    # ------------------------------------------------------------- scripts

    def script(self, text: Text, block: Block, make: bool = False, docker: bool = False) -> None:
        """Read a script."""
        scanner = Scanner(text, self.maker, block, make, docker)
        for command in scanner.run():
            self._command(command)
        self.read(scanner)

    def read(self, scanner: Scanner) -> None:
        """Record the variables that a text reads, and their defaults."""
        maker = self.maker
        for variable in scanner.reads:
            maker.variable_read(variable.name, variable.span, variable.name_span)
            default = variable.default
            if default is not None and len(default):
                block = variable.block or maker.module.block
                maker.watched(default, default.span(0, len(default)), block, Use("assign", variable.name))

    def isolated(self, text: Text) -> None:
        """Read a script that shares no variables with others of the file."""
        scope = Scope("function", "", self.maker.module)
        scope.block.parent = self.maker.module.block
        self.program.scopes.append(scope)
        self.script(text, scope.block)

    def finish(self) -> None:
        """Record the strings in JSON texts, once all variables are known."""
        for node, block in self._bodies:
            self.maker.strings_of(node.value, block)
        self._bodies.clear()
        self.maker.finish()

    # ------------------------------------------------------------ commands

    def _command(self, command: Command) -> None:
        words = command.words
        maker = self.maker
        if command.kind == "case":
            for word in words:
                maker.watched(word.text, word.span, command.block, Use("compare"))
            return
        at = 0
        while at < len(words) and words[at].text.chars.lstrip("@-+") in _PREFIXES:
            at += 1
            while at < len(words) and words[at].text.chars.startswith("-") and len(words[at].text) <= 3:
                at += 1
        # env X=y command
        while at and at < len(words) and (pair := PAIR.match(words[at].text.chars)) and pair.start(1) == 0:
            self._pair(words[at], pair, command.block)
            at += 1
        words = words[at:]
        name = words[0].text.chars.rpartition("/")[2].lstrip("@-") if words else ""
        name = name.removesuffix(".exe")
        prefixed = any(word.text.chars in _DECLARING for word in command.words[:1])
        for assignment in command.assignments:
            self.assign(assignment, command, bool(words) and not prefixed)
        if not words:
            if command.stdin is not None:  # RUN <<EOF
                self.script(command.stdin, command.block)
            return
        self._heredoc(command, name)
        if name in _HTTP and len(words) > 1:
            self.request(name, words, command)
        elif name in _TESTS:
            for word in words[1:]:
                maker.watched(word.text, word.span, command.block, Use("compare"))
        elif name in ("setenv", "set") and self._csh(words, command):
            return
        elif command.kind == "for":
            self._loop(words, command)
        elif name == "read" and command.stdin is not None:
            last = words[-1]
            if last.text.chars.isidentifier():
                node = self._node(command.stdin, last.span)
                maker.bind(last.text.chars, node, command.block, last.span, self._home(command.block, False))
        else:
            self._plain(name, words, command)

    def _plain(self, name: str, words: Sequence[Word], command: Command) -> None:
        maker = self.maker
        scripts = self._scripts(name, words)
        before = ""
        for word in words[1:]:
            text = word.text
            chars = text.chars
            if not maker.matches(chars) and not (scripts and word in scripts):
                before = chars
                continue
            pair = PAIR.match(chars)
            if pair is not None and (" " not in chars[: pair.end()]):
                self._pair(word, pair, command.block)
            elif word in scripts:
                self._inner(name, word, command.block)
            elif name not in _WORDS_SAID and " " not in chars.strip():
                flag, equals, _ = chars.partition("=")
                if equals and flag.startswith("-"):
                    value = text.part(len(flag) + 1, len(chars))
                    span = text.span(len(flag) + 1, len(chars))
                    maker.watched(value, span, command.block, Use("argument", flag.lstrip("-")))
                else:
                    use = Use("argument", before.lstrip("-") if before.startswith("-") else "")
                    maker.watched(text, word.span, command.block, use)
            elif _json.looks_like(text):
                self.body_text(text, word.span, command.block)
            before = chars

    def _scripts(self, name: str, words: Sequence[Word]) -> list[Word]:
        """Words that are scripts themselves: ``bash -c "…"``."""
        if name in ("eval", "ssh"):
            return [word for word in words[1:] if " " in word.text.chars]
        for index, word in enumerate(words[1:-1], 1):
            if word.text.chars in ("-c", "-lc", "-ec", "-e", "--eval", "-exc"):
                inner = words[index - 1].text.chars.rpartition("/")[2] if index == 1 else name
                if inner in _SHELLS or inner in _LANGUAGES or any(w.text.chars in _SHELLS for w in words[:index]):
                    return [words[index + 1]]
        return []

    def _inner(self, name: str, word: Word, block: Block) -> None:
        language = _language(name)
        if language is not None:
            self.maker.embed(word.text, language)
        elif self._level < _MAX_INNER:
            self._level += 1
            self.script(word.text, block)
            self._level -= 1

    def _loop(self, words: Sequence[Word], command: Command) -> None:
        """``for x in a b``."""
        items = list(words[3:]) if len(words) > 3 else []
        name = words[1].text.chars if len(words) > 1 else ""
        for word in items:
            self.maker.watched(word.text, word.span, command.block, Use("element", name))
        if name.isidentifier() and items:
            span = Span(words[0].span.start, words[-1].span.end)
            node = Node(lambda: self._list(items, span), span)
            self.maker.bind(name, node, command.block, words[1].span, None, "each")

    def _list(self, words: Sequence[Word], span: Span) -> Value:
        return List(tuple(self.maker.value(word.text, word.span) for word in words), span)

    def _csh(self, words: Sequence[Word], command: Command) -> bool:
        """``setenv X y`` and fish's ``set -gx X y``."""
        rest = [word for word in words[1:] if not word.text.chars.startswith("-")]
        if words[0].text.chars == "set" and len(rest) == len(words) - 1:
            return False
        if len(rest) < 2 or not rest[0].text.chars.isidentifier():
            return False
        whole = Span(rest[0].span.start, rest[1].span.end)
        self.assign(Assignment(rest[0].text.chars, rest[0].span, rest[1].text, rest[1].span, whole), command, False)
        return True

    # --------------------------------------------------------- assignments

    def _home(self, block: Block, local: bool) -> Scope:
        """The scope that an assignment binds in: the module's, unless local."""
        scope = block.scope
        if not local:
            while scope.kind == "function" and scope.name and scope.parent is not None:
                scope = scope.parent
        return scope

    def assign(self, item: Assignment, command: Command, prefix: bool) -> None:
        """Record ``NAME=value``; ``prefix``: only for the command behind it."""
        maker, block = self.maker, command.block
        local = bool(command.words) and command.words[0].text.chars in ("local", "declare", "typeset")
        if item.items is not None:
            items = item.items
            node = Node(lambda: self._list(items, item.value_span), item.value_span)
            for word in items:
                maker.watched(word.text, word.span, block, Use("element", item.name), Use("assign", item.name))
        else:
            node = self._node(item.value, item.value_span)
            if _json.looks_like(item.value):
                self._bodies.append((node, block))
            else:
                maker.watched(item.value, item.value_span, block, Use("assign", item.name))
        if not prefix:
            maker.bind(item.name, node, block, item.name_span, self._home(block, local))
        self._set(item.name, node, item.span, item.name_span)

    def _set(self, name: str, node: Node, span: Span, name_span: Span) -> None:
        matches = self.maker.matches
        if matches(name) or "MODEL" in name.upper() or matches(self._raw(node.span)):
            self.maker.later((name,), node, span, name_span)

    def _raw(self, span: Span) -> str:
        return self.maker.source.text[span.start : min(span.end, span.start + 400)]

    def _node(self, text: Text, span: Span) -> Node:
        """A value that is a mapping where the text is JSON."""
        return Node(lambda: self.body(text, span), span)

    def body(self, text: Text, span: Span) -> Value:
        """A text as JSON, if it is, else as text."""
        if _json.looks_like(text):
            return _json.read(text, self.maker, True)
        return self.maker.value(text, span)

    def _pair(self, word: Word, pair: re.Match[str], block: Block) -> None:
        """``NAME=value`` among the words of a command sets a variable."""
        text = word.text
        name_span = text.span(pair.start(1), pair.end(1))
        value = text.part(pair.end(), len(text))
        value_span = text.span(pair.end(), len(text))
        self.maker.watched(value, value_span, block, Use("assign", pair[1]))
        if self.maker.matches(pair[1]) or self.maker.matches(value.chars):
            node = Node(lambda: self.maker.value(value, value_span), value_span)
            self.maker.later((pair[1],), node, word.span, name_span)

    def exec_words(self, items: Sequence[Str]) -> None:
        """``["python", "app.py", "--model", "…"]``."""
        before = ""
        block = self.maker.module.block
        for item in items:
            raw = self.maker.source.text[item.span.start : item.span.end]
            quotes = 1 if raw[:1] in ("'", '"') else 0
            plain = raw[quotes : len(raw) - quotes] == item.text
            if before in ("-c", "-lc") and " " in item.text and plain:
                self.script(Text.of(item.text, item.span.start + quotes), block)
            elif self.maker.matches(item.text):
                pair = PAIR.match(item.text)
                if pair is not None and plain:
                    text = Text.of(item.text, item.span.start + quotes)
                    self._pair(Word(text, item.span, True), pair, block)
                else:
                    use = Use("argument", before.lstrip("-") if before.startswith("-") else "")
                    self.maker.string(Node(item, item.span, (use,)), block)
            before = item.text

    # ------------------------------------------------------- here-documents

    def _heredoc(self, command: Command, name: str) -> None:
        stdin = command.stdin
        written = next((word.text.chars for word in command.outputs), "")
        if stdin is None and name in ("echo", "printf") and written:
            text = next((word.text for word in reversed(command.words) if word.quoted), None)
            if text is not None:
                self._files[written] = text
                if "=" in text.chars and (written.rpartition("/")[2].startswith(".env") or written.endswith(".env")):
                    self.maker.embed(text, "dotenv")
            return
        if stdin is None:
            return
        if name in ("cat", "tee"):
            files = [word.text.chars for word in command.words[1:] if not word.text.chars.startswith("-")]
            target = written or (files[0] if files else "")
            if not target:
                return
            self._files[target] = stdin
            last = target.rpartition("/")[2]
            language = "dotenv" if last.startswith(".env") else _SUFFIXES.get("." + last.rpartition(".")[2])
            if language == "json" and _json.looks_like(stdin):
                self.body_text(stdin, stdin.span(0, len(stdin)), command.block)
            elif last.endswith((".sh", ".bash")) or last in (".envrc", ".bashrc", ".zshrc", ".profile"):
                self.script(stdin, command.block)
            elif language is not None:
                self.maker.embed(stdin, language)
        elif name in _SHELLS and self._level < _MAX_INNER:
            self._level += 1
            self.script(stdin, command.block)
            self._level -= 1
        elif (language := _language(name)) is not None:
            self.maker.embed(stdin, language)

    def body_text(self, text: Text, span: Span, block: Block) -> None:
        """A JSON text of which nobody knows where it is sent."""
        node = Node(lambda: _json.read(text, self.maker, True), span)
        self._bodies.append((node, block))
        if self.maker.matches(text.chars) or '"model"' in text.chars:
            self.maker.later((), node, span, span)

    # ------------------------------------------------------------ requests

    def request(self, name: str, words: Sequence[Word], command: Command) -> None:
        """Record a request of curl, wget or HTTPie; ``words`` begin with its name."""
        read = wget if name == "wget" else curl if name in ("curl", "curlie") else httpie
        found = read(words[1:])
        if found.body is not None and found.body.chars.startswith("@"):
            found.body = self._file(found.body.chars[1:], command)
            found.unread = found.body is None
        made = "curl" if name == "curlie" else "http" if name in ("https", "xh", "xhs") else name
        span = Span(words[0].span.start, words[-1].span.end)
        self.sent(made, found, span, words[0].span, command.block)

    def sent(self, name: str, found: Found, span: Span, name_span: Span, block: Block) -> None:
        """Record a request that is known by its parts."""
        for url in found.urls:
            self.maker.watched(url, url.span(0, len(url)), block, Use("argument", "url"))
        for key, value, _ in found.fields:
            self.maker.watched(value, value.span(0, len(value)), block, Use("element", key.chars))
        body = found.body
        node: Node | None = None
        if body is not None:
            node = self._node(body, body.span(0, len(body)))
            if _json.looks_like(body):
                self._bodies.append((node, block))
        elif found.fields:
            node = Node(lambda: self._fields(found.fields, span), span)
        self.maker.call(name, self._arguments(found, node, span), span, name_span, block)

    def _arguments(self, found: Found, body: Node | None, span: Span) -> Callable[[], tuple[Argument, ...]]:
        def make() -> tuple[Argument, ...]:
            args: list[Argument] = []
            for url in found.urls:
                whole = url.span(0, len(url))
                args.append(Argument("url", self.maker.value(url, whole), whole, whole))
            entries = [entry for header in found.headers if (entry := self._header(header)) is not None]
            args.append(Argument("headers", Dict(tuple(entries), span, found.open), span, span))
            if body is not None:
                args.append(Argument("json", body.value, body.span, body.span))
            elif found.unread:
                args.append(Argument("json", Unknown(span), span, span))
            else:
                args.append(Argument("json", Dict((), span), span, span))
            return tuple(args)

        return make

    def _file(self, name: str, command: Command) -> Text | None:
        """What ``-d @name`` sends, if the script itself wrote it."""
        if name == "-" or name == "/dev/stdin":
            if command.stdin is not None:
                return command.stdin
            source = command.source
            if source is not None and source.words:
                first = source.words[0].text.chars
                if first == "cat" and source.stdin is not None:
                    return source.stdin
                if first in ("echo", "printf", "jq") and len(source.words) > 1:
                    texts = [word.text for word in reversed(source.words)]
                    return next((text for text in texts if _json.looks_like(text) or text.holes), None)
            return None
        return self._files.get(name)

    def _fields(self, fields: Sequence[Field], span: Span) -> Value:
        entries = []
        for key, value, raw in fields:
            key_span = key.span(0, len(key))
            value_span = value.span(0, len(value))
            whole = Span(key_span.start, max(key_span.end, value_span.end))
            made = self.body(value, value_span) if value.chars[:1] != "@" else Unknown(value_span)
            if raw and isinstance(made, Str):
                made = _json.read(value, self.maker, True)
            entries.append(Entry(key.chars, made, whole, key_span))
        return Dict(tuple(entries), span)

    def _header(self, header: Text) -> Entry | None:
        chars = header.chars
        name, colon, value = chars.partition(":")
        if not colon or HOLE in name:
            return None
        start = len(name) + 1 + len(value) - len(value.lstrip())
        value_span = header.span(start, len(chars))
        made = self.maker.joined(header, start, len(chars), value_span)
        return Entry(name.strip(), made, header.span(0, len(chars)), header.span(0, len(name)))


def _language(program: str) -> str | None:
    """The language of what a program is given: ``python3.12`` → ``python``."""
    return _LANGUAGES.get(program.rstrip(".0123456789") if program.startswith("python") else program)


__all__ = ["Shell", "programs"]
