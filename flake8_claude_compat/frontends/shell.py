"""Shell scripts, Makefile recipes and Dockerfiles → program.

``curl``, ``wget`` and HTTPie become calls with a URL, headers and a JSON body;
assignments become bindings (for the file's own variables) and settings (for
the environment); here-documents and ``python -c`` are read as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ..program import Argument, Block, Dict, Entry, List, Program, Scope, Str, Unknown, Use, Value, Watch
from ..source import Source, Span
from . import _json
from ._shell_scan import Assignment, Command, Scanner, Word
from ._values import HOLE, Maker, Node, Opaque, Text

#: scripts inside scripts (``bash -c``) are followed this deep
_MAX_INNER = 3
#: ``NAME=value`` as a word of a command: ``-e X=y``, ``--from-literal=X=y``
_PAIR = re.compile(r"(?:--?[\w-]+=)?([A-Za-z_]\w*)=")
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

#: curl's one-letter options that take a value
_CURL_SHORT = frozenset("AbcCdDeEFHKmoPQrtTuUwxXyYz")
#: curl's long options that take a value
_CURL_LONG = frozenset("""
url request data data-raw data-binary data-ascii data-urlencode json header user user-agent output write-out form
form-string proxy max-time connect-timeout retry retry-delay retry-max-time cookie cookie-jar cert cacert capath key
oauth2-bearer referer range config dump-header upload-file resolve interface limit-rate max-redirs proxy-user
ciphers tls-max noproxy aws-sigv4 unix-socket trace trace-ascii stderr netrc-file variable expand-url expand-data
expand-header connect-to keepalive-time speed-limit speed-time output-dir url-query
""".split())
_WGET_LONG = frozenset("""
header post-data body-data method output-document user password timeout tries post-file body-file user-agent
directory-prefix http-user http-password output-file
""".split())
_BODIES = frozenset({"d", "data", "data-raw", "data-binary", "data-ascii", "json", "post-data", "body-data", "expand-data"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_HTTPIE = re.compile(r"([\w.\[\]-]+)(:=@|=@|:=|==|=|:|@)")


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``shell``, ``makefile`` and ``dockerfile``."""
    maker = Maker(source, "shell", watch)
    shell = Shell(maker)
    if language == "makefile":
        _Makefile(shell).run()
    elif language == "dockerfile":
        _Dockerfile(shell).run()
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
        for name, span, name_span in scanner.reads:
            self.maker.variable_read(name, span, name_span)

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
        while at and at < len(words) and (pair := _PAIR.match(words[at].text.chars)) and pair.start(1) == 0:
            self._pair(words[at], pair, command.block)
            at += 1
        words = words[at:]
        name = words[0].text.chars.rpartition("/")[2].lstrip("@-") if words else ""
        name = name.removesuffix(".exe")
        prefixed = any(word.text.chars in _DECLARING for word in command.words[:1])
        for assignment in command.assignments:
            self._assign(assignment, command, bool(words) and not prefixed)
        if not words:
            return
        self._heredoc(command, name)
        if name in _HTTP and len(words) > 1:
            self._request(name, words, command)
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
            pair = _PAIR.match(chars)
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
                self._json_node(text, word.span, command.block)
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
        language = _LANGUAGES.get(name.rstrip(".0123456789") if name.startswith("python") else name)
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
        self._assign(Assignment(rest[0].text.chars, rest[0].span, rest[1].text, rest[1].span, whole), command, False)
        return True

    # --------------------------------------------------------- assignments

    def _home(self, block: Block, local: bool) -> Scope:
        """The scope that an assignment binds in: the module's, unless local."""
        scope = block.scope
        if not local:
            while scope.kind == "function" and scope.name and scope.parent is not None:
                scope = scope.parent
        return scope

    def _assign(self, item: Assignment, command: Command, prefix: bool) -> None:
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
            target = written or next((word.text.chars for word in command.words[1:] if not word.text.chars.startswith("-")), "")
            if not target:
                return
            self._files[target] = stdin
            last = target.rpartition("/")[2]
            language = "dotenv" if last.startswith(".env") else _SUFFIXES.get("." + last.rpartition(".")[2])
            if language == "json" and _json.looks_like(stdin):
                self._json_node(stdin, stdin.span(0, len(stdin)), command.block)
            elif last.endswith((".sh", ".bash")) or last in (".envrc", ".bashrc", ".zshrc", ".profile"):
                self.script(stdin, command.block)
            elif language is not None:
                self.maker.embed(stdin, language)
        elif name in _SHELLS and self._level < _MAX_INNER:
            self._level += 1
            self.script(stdin, command.block)
            self._level -= 1
        elif (language := _LANGUAGES.get(name.rstrip(".0123456789") if name.startswith("python") else name)) is not None:
            self.maker.embed(stdin, language)

    def _json_node(self, text: Text, span: Span, block: Block) -> None:
        """A JSON text of which nobody knows where it is sent."""
        node = Node(lambda: _json.read(text, self.maker, True), span)
        self._bodies.append((node, block))
        if self.maker.matches(text.chars) or '"model"' in text.chars:
            self.maker.later((), node, span, span)

    # ------------------------------------------------------------ requests

    def _request(self, name: str, words: Sequence[Word], command: Command) -> None:
        read = _wget if name == "wget" else _curl if name in ("curl", "curlie") else _httpie
        found = read(words[1:])
        block = command.block
        span = Span(words[0].span.start, words[-1].span.end)
        for url in found.urls:
            self.maker.watched(url, url.span(0, len(url)), block, Use("argument", "url"))
        for key, value in found.fields:
            self.maker.watched(value, value.span(0, len(value)), block, Use("element", key.chars))
        body = found.body
        if body is not None and body.chars.startswith("@"):
            body = self._file(body.chars[1:], command)
        node: Node | None = None
        if body is not None:
            node = self._node(body, body.span(0, len(body)))
            if _json.looks_like(body):
                self._bodies.append((node, block))
        elif found.fields:
            node = Node(lambda: self._fields(found.fields, span), span)
        made = "curl" if name == "curlie" else "http" if name in ("https", "xh", "xhs") else name
        self.maker.call(made, self._arguments(found, node, span), span, words[0].span, block)

    def _arguments(self, found: _Found, body: Node | None, span: Span) -> Callable[[], tuple[Argument, ...]]:
        def make() -> tuple[Argument, ...]:
            args: list[Argument] = []
            for url in found.urls:
                whole = url.span(0, len(url))
                args.append(Argument("url", self.maker.value(url, whole), whole, whole))
            entries = [entry for header in found.headers if (entry := self._header(header)) is not None]
            args.append(Argument("headers", Dict(tuple(entries), span, found.open), span, span))
            if body is not None:
                args.append(Argument("json", body.value, body.span, body.span))
            elif found.body is not None:
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
                    return next((w.text for w in reversed(source.words) if _json.looks_like(w.text) or w.text.holes), None)
            return None
        return self._files.get(name)

    def _fields(self, fields: Sequence[tuple[Text, Text]], span: Span) -> Value:
        entries = []
        for key, value in fields:
            key_span = key.span(0, len(key))
            value_span = value.span(0, len(value))
            whole = Span(key_span.start, max(key_span.end, value_span.end))
            made = self.body(value, value_span) if value.chars[:1] != "@" else Unknown(value_span)
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


class _Found:
    """What a command line says about a request."""

    def __init__(self) -> None:
        self.urls: list[Text] = []
        self.headers: list[Text] = []
        self.body: Text | None = None
        self.fields: list[tuple[Text, Text]] = []
        self.open = False


def _options(
    words: Sequence[Word], short: frozenset[str], long: frozenset[str]
) -> Iterator[tuple[str, Text | None]]:
    """Options with their values, and words that are none (name "")."""
    at = 0
    while at < len(words):
        text = words[at].text
        chars = text.chars
        at += 1
        if chars.startswith("--") and len(chars) > 2:
            name, equals, _ = chars[2:].partition("=")
            if equals:
                yield name, text.part(len(name) + 3, len(chars))
            elif name in long and at < len(words):
                yield name, words[at].text
                at += 1
            else:
                yield name, None
        elif chars.startswith("-") and len(chars) > 1 and chars[1] != HOLE:
            for index in range(1, len(chars)):
                letter = chars[index]
                if letter in short:
                    rest = text.part(index + 1, len(chars))
                    if not len(rest) and at < len(words):
                        rest = words[at].text
                        at += 1
                    yield letter, rest
                    break
                yield letter, None
        else:
            yield "", text


def _add_body(found: _Found, value: Text) -> None:
    if found.body is None:
        found.body = value
    else:  # several -d are joined with "&": a form, no JSON
        found.body = Text()
        found.body.add_hole(Opaque(value.span(0, len(value))))


def _curl(words: Sequence[Word]) -> _Found:
    found = _Found()
    positional: list[Text] = []
    for name, value in _options(words, _CURL_SHORT, _CURL_LONG):
        if value is None:
            continue
        if name == "":
            positional.append(value)
        elif name in ("url", "expand-url"):
            found.urls.append(value)
        elif name in ("H", "header", "expand-header"):
            if value.holes and ":" not in value.chars or value.chars.startswith("@"):
                found.open = True
            else:
                found.headers.append(value)
        elif name in _BODIES:
            _add_body(found, value)
        elif name in ("F", "form", "form-string"):
            key, equals, _ = value.chars.partition("=")
            if equals:
                found.fields.append((value.part(0, len(key)), value.part(len(key) + 1, len(value))))
        elif name == "oauth2-bearer":
            header = Text()
            header.add_escape("Authorization: Bearer ", value.offset, value.offset)
            header.extend(value)
            found.headers.append(header)
        elif name in ("K", "config"):
            found.open = True
    found.urls.extend(sorted(positional, key=lambda text: not _like_url(text))[:2])
    return found


def _like_url(text: Text) -> bool:
    return "://" in text.chars or text.chars.startswith(HOLE) or "." in text.chars


def _wget(words: Sequence[Word]) -> _Found:
    found = _Found()
    for name, value in _options(words, frozenset("OoUPtTQe"), _WGET_LONG):
        if value is None:
            continue
        if name == "":
            found.urls.append(value)
        elif name == "header":
            found.headers.append(value)
        elif name in _BODIES:
            _add_body(found, value)
        elif name in ("post-file", "body-file"):
            body = Text()
            body.add_escape("@", value.offset, value.offset)
            body.extend(value)
            found.body = body
    found.urls.sort(key=lambda text: not _like_url(text))
    return found


def _httpie(words: Sequence[Word]) -> _Found:
    found = _Found()
    for name, value in _options(words, frozenset("aAo"), frozenset({"auth", "auth-type", "output", "timeout", "raw"})):
        if value is None:
            continue
        if name == "raw":
            _add_body(found, value)
        elif name == "":
            chars = value.chars
            if not found.urls:
                if chars.upper() not in _METHODS:
                    found.urls.append(value)
                continue
            item = _HTTPIE.match(chars)
            if item is None:
                continue
            if item[2] in ("=", ":=", "=@", ":=@"):
                found.fields.append((value.part(0, item.end(1)), value.part(item.end(), len(chars))))
            elif item[2] == ":":
                found.headers.append(value)
    return found


# ------------------------------------------------------------------ Makefile

_MAKE_ASSIGN = re.compile(
    r"[ ]*(?:(?:export|override|private)[ \t]+)*(?P<name>[A-Za-z_][\w.-]*)[ \t]*(?P<op>[:?+!]{0,3}=)[ \t]*"
)
_MAKE_EXPORT = re.compile(r"[ ]*(?:un)?export[ \t]+(?P<names>[\w \t]+)\Z")
_MAKE_SCOPED = re.compile(r"[^\s:=#]+[ \t]*:[ \t]*(?=(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*[:?+]?=)")


class _Makefile:
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
            exported = _MAKE_EXPORT.match(line)
            if exported is not None:
                for word in re.finditer(r"\w+", exported["names"]):
                    at = start + exported.start("names") + word.start()
                    name = Text.of(word[0], at)
                    self.maker.watched(name, name.span(0, len(word[0])), block, Use("argument", "export"))
            return
        at = match.end()
        stop = text.find(" #", at, end)
        stop = end if stop < 0 else stop
        while stop > at and text[stop - 1].isspace():
            stop -= 1
        inner = Text.of(text[at:stop], at)
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
                position = scanner._make_variable(dollar, value, 0)
        value.take(inner, position, scanner.size)
        for name, span, name_span in scanner.reads:
            self.maker.variable_read(name, span, name_span)
        span = Span(at, stop)
        name_span = Span(match.start("name"), match.end("name"))
        item = Assignment(match["name"], name_span, value, span, Span(name_span.start, stop))
        self.shell._assign(item, Command(block, at), False)


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


# ---------------------------------------------------------------- Dockerfile

_INSTRUCTION = re.compile(r"[ \t]*(?P<name>[A-Za-z]+)[ \t]+(?P<flags>(?:--\w[\w-]*(?:=\S*)?[ \t]+)*)")
_ONBUILD = re.compile(r"[ \t]*ONBUILD[ \t]+", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?([\"']?)([A-Za-z_]\w*)\1")
_OLD_ENV = re.compile(r"(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>\S.*)\Z", re.DOTALL)


class _Dockerfile:
    """The instructions of a Dockerfile that hold commands or variables."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.maker = shell.maker
        self.text = shell.maker.source.text

    def run(self) -> None:
        text, size = self.text, len(self.text)
        at = 0
        escape = "`" if re.match(r"\s*#\s*escape\s*=\s*`", text) else "\\"
        while at < size:
            end = self._instruction_end(at, escape)
            match = _ONBUILD.match(text, at, end)
            match = _INSTRUCTION.match(text, match.end() if match else at, end)
            if match is not None:
                name = match["name"].upper()
                if name in ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "COPY", "ADD"):
                    end = self._with_heredocs(match.end(), end)
                if match["name"].upper() != "COPY":
                    self._instruction(name, match.end(), end)
            at = end + 1

    def _instruction_end(self, at: int, escape: str) -> int:
        """The end of the instruction that begins at ``at``."""
        text, size = self.text, len(self.text)
        continued = False
        while at < size:
            end = text.find("\n", at)
            end = size if end < 0 else end
            line = text[at:end].strip()
            if line.startswith("#"):
                if not continued:
                    return end
            elif line:
                continued = line.endswith(escape)
                if not continued:
                    return end
            elif not continued:
                return end
            at = end + 1
        return size

    def _with_heredocs(self, start: int, end: int) -> int:
        text = self.text
        for match in list(_HEREDOC.finditer(text, start, end))[:8]:
            at = end + 1
            while at < len(text):
                stop = text.find("\n", at)
                stop = len(text) if stop < 0 else stop
                end = stop
                if text[at:stop].strip() == match[2]:
                    break
                at = stop + 1
        return min(end, len(text))

    def _instruction(self, name: str, start: int, end: int) -> None:
        maker, block = self.maker, self.maker.module.block
        part = self.text[start:end]
        if not maker.matches(part) and not ("curl" in part or "$" in part or "MODEL" in part.upper()):
            return
        inner = Text.of(part, start)
        if name in ("ENV", "ARG", "LABEL"):
            if name == "LABEL":
                return
            old = _OLD_ENV.match(part)
            if old is not None and name == "ENV" and "=" not in part[: old.start("value")]:
                self._old(old, start, block)
                return
            scanner = Scanner(inner, maker, block, docker=True)
            scanner.run()
            for command in scanner.found:
                for item in command.assignments:
                    self.shell._assign(item, Command(block, start), False)
                for word in command.words:
                    pair = _PAIR.match(word.text.chars)
                    if pair is not None:
                        value_span = word.text.span(pair.end(), len(word.text))
                        name_span = word.text.span(pair.start(1), pair.end(1))
                        value = word.text.part(pair.end(), len(word.text))
                        item = Assignment(pair[1], name_span, value, value_span, word.span)
                        self.shell._assign(item, Command(block, start), False)
                    else:
                        maker.watched(word.text, word.span, block, Use("argument", name))
            for read, span, name_span in scanner.reads:
                maker.variable_read(read, span, name_span)
            return
        if name == "HEALTHCHECK":
            command_at = re.match(r"CMD\s+", part, re.IGNORECASE)
            if command_at is not None:
                inner = inner.part(command_at.end(), len(part))
                part = part[command_at.end() :]
        if part.lstrip().startswith("["):
            try:
                value = _json.read(inner, maker)
            except ValueError:
                value = Unknown(Span(start, end))
            if isinstance(value, List):
                self._exec(value, block)
                return
        if name in ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"):
            self.shell.script(inner, block, docker=True)

    def _old(self, old: re.Match[str], start: int, block: Block) -> None:
        """``ENV NAME value``."""
        begin = start + old.start("value")
        raw = old["value"].rstrip()
        text = Text()
        text.add(raw, begin)
        span = Span(begin, begin + len(raw))
        name_span = Span(start, start + old.end("name"))
        self.shell._assign(Assignment(old["name"], name_span, text, span, Span(start, span.end)), Command(block, start), False)

    def _exec(self, value: List, block: Block) -> None:
        """``CMD ["python", "app.py", "--model", "…"]``."""
        before = ""
        items = [item for item in value.items if isinstance(item, Str)]
        for index, item in enumerate(items):
            after_c = index and items[index - 1].text in ("-c", "-lc")
            if after_c and " " in item.text:
                text = Text.of(self.text[item.span.start + 1 : item.span.end - 1], item.span.start + 1)
                self.shell.script(text, block)
            elif self.maker.matches(item.text):
                use = Use("argument", before.lstrip("-") if before.startswith("-") else "")
                self.maker.string(Node(item, item.span, (use,)), block)
            before = item.text


__all__ = ["Shell", "programs"]
