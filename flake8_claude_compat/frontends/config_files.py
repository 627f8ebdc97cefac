"""YAML, TOML, JSON and INI files → program: one setting that is the document.

Scripts inside (``run:`` of a workflow, ``script:`` of GitLab, ``command:`` of
compose, ``scripts`` of package.json) are read as shell. Raises ValueError
("line N: …") for what is not valid.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

from ..program import Bool, Dict, Entry, Join, List, Null, Num, Program, Str, Unknown, Value, Watch
from ..source import Source, Span
from . import _json
from ._scalars import MASK, references, scalar, text_of_scalar
from ._values import Maker, Text
from .shell import Shell

#: keys whose text is a script
_SCRIPTS = frozenset({
    "run", "script", "before_script", "after_script", "command", "entrypoint", "cmd", "inline", "bash", "pwsh",
    "powershell", "shell", "postCreateCommand", "postStartCommand", "args", "test", "exec", "buildCommand",
    "startCommand", "build_command", "start_command", "release_command", "predeploy", "commands", "install", "scripts",
})  # fmt: skip
#: files that a tool wrote: only keys are looked for in them
_GENERATED = re.compile(
    r"(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-lock\.yml|poetry\.lock"
    r"|Pipfile\.lock|uv\.lock"
    r"|composer\.lock|Cargo\.lock|deno\.lock|flake\.lock|conda-lock\.ya?ml|[^/]*\.lock(?:\.json)?|tsconfig[^/]*\.json"
    r"|[^/]*\.schema\.json|[^/]*\.tfstate(?:\.backup)?|[^/]*\.map|manifest\.json|[^/]*\.min\.json)$"
    r"|(?:^|/)(?:locales?|i18n|l10n|lang|langs|languages|translations?|messages|cassettes|__snapshots__|node_modules"
    r"|[\w-]*results|outputs?|logs|recordings|[\w.-]*fixtures|[\w.-]*snapshots?[\w.-]*)/(?:[^/]+/)*[^/]*$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"([A-Za-z_][\w.-]*)=(.*)\Z", re.DOTALL)
#: keys of what a run of an evaluation left behind
_RESULTS = frozenset({
    "results", "accuracy", "metrics", "score", "scores", "summary", "timestamp", "elapsed", "duration", "total_cost",
    "grader_model", "judge_model", "generated_at", "finished_at",
})  # fmt: skip
_NOTHING = re.compile(r"(?!)")
#: so many documents or items are data, not settings
_MAX_RECORDS = 100
_MAX_DEPTH = 100
#: values that the aliases of a YAML file may stand for, all together
_MAX_ALIASED = 100_000


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``yaml``, ``toml``, ``json`` and ``ini``."""
    maker = Maker(source, "settings", watch)
    reader = _READERS[language](maker)
    root = reader.read()
    path = source.path.replace("\\", "/")
    if not _GENERATED.search(path) and not _is_data(root):
        span = Span(0, len(source.text))
        maker.setting((), root, span, Span(0, 0))
        _pairs(maker, root)
        reader.scripts(root)
    else:
        maker.program.settings.clear()
    reader.shell.finish()
    return [maker.program, *maker.inner]


def document(source: Source, language: str) -> Value:
    """The document of a settings file, with the places of its parts. Raises ValueError."""
    return _READERS[language](Maker(source, "settings", Watch(frozenset(), _NOTHING))).read()


def _is_data(root: Value) -> bool:
    """A specification, a schema or a list of records."""
    if isinstance(root, Dict):
        keys = {entry.key for entry in root.entries}
        if len(keys & _RESULTS) > 1:
            return True
        return bool(keys & {"openapi", "swagger", "asyncapi"}) or ("$schema" in keys and "properties" in keys)
    if isinstance(root, List) and len(root.items) > _MAX_RECORDS:
        first = root.items[0]
        return not (isinstance(first, Dict) and any(entry.key == "custom_id" for entry in first.entries))
    return False


def _pairs(maker: Maker, root: Value) -> None:
    """``- NAME=value`` of compose: each sets a variable."""
    stack = [root]
    while stack:
        found = stack.pop()
        if isinstance(found, Dict):
            stack.extend(entry.value for entry in found.entries)
        elif isinstance(found, List):
            for item in found.items:
                if isinstance(item, (Dict, List)):
                    stack.append(item)
                elif isinstance(item, (Str, Unknown)):
                    _pair(maker, item)


def _pair(maker: Maker, item: Str | Unknown) -> None:
    raw = maker.source.text[item.span.start : item.span.end]
    quotes = 1 if raw[:1] in "'\"" and raw[:1] else 0
    inside = raw[quotes : len(raw) - quotes]
    match = _PAIR.match(inside) if len(inside) < 500 else None
    if match is None or not (maker.matches(match[1]) or "MODEL" in match[1].upper()):
        return
    start = item.span.start + quotes
    name_span = Span(start, start + match.end(1))
    span = Span(start + match.start(2), start + match.end(2))
    value = scalar(match[2], span, match[2], maker, 0)
    maker.setting(("environment", match[1]), value, item.span, name_span)


class _Reader:
    """What the formats share."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.text = maker.source.text
        self.shell = Shell(maker)

    def read(self) -> Value:
        """The document. Raises ValueError."""
        raise NotImplementedError

    def text_at(self, value: Str) -> Text:
        """A scalar's text with the place of each character."""
        raw = self.text[value.span.start : value.span.end]
        made = Text()
        if raw == value.text:
            made.add(raw, value.span.start)
        elif raw[1:-1] == value.text:
            made.add(value.text, value.span.start + 1)
        elif raw[:1] == '"' and raw[-1:] == '"':
            at = value.span.start + 1
            for match in re.finditer(r"\\(?:u[0-9a-fA-F]{4}|.)|[^\\]+", raw[1:-1], re.DOTALL):
                if match[0][0] == "\\":
                    try:
                        escaped = str(_json.unescaped(match[0]))
                    except ValueError:
                        escaped = match[0][1:]
                    made.add_escape(escaped, at + match.start(), at + match.end())
                else:
                    made.add(match[0], at + match.start())
        else:
            made.add_escape(value.text, value.span.start, value.span.end)
        return made

    def scripts(self, root: Value) -> None:
        """Read the scripts inside a document."""
        matches = self.maker.matches
        stack: list[tuple[Value, str]] = [(root, "")]
        while stack:
            value, key = stack.pop()
            if isinstance(value, Dict):
                for entry in reversed(value.entries):
                    inner = key if key == "scripts" and isinstance(entry.value, (Str, Join)) else entry.key or ""
                    stack.append((entry.value, inner))
            elif isinstance(value, List):
                if key in _SCRIPTS and self._is_words(value):
                    self._words(value)
                else:
                    stack.extend((item, key) for item in reversed(value.items))
            elif key in _SCRIPTS and not isinstance(value, (Null, Num, Bool)):
                raw = self.text[value.span.start : value.span.end]
                if matches(raw) or "curl" in raw:
                    made = self.script_text(value)
                    if made is not None:
                        self.shell.isolated(made)

    @staticmethod
    def _is_words(value: List) -> bool:
        """``["python", "app.py"]``: one command in words."""
        items = [item for item in value.items if isinstance(item, Str)]
        return len(items) == len(value.items) and len(items) > 1 and not any(" " in item.text for item in items[:2])

    def _words(self, value: List) -> None:
        self.shell.exec_words([item for item in value.items if isinstance(item, Str)])

    def script_text(self, value: Value) -> Text | None:
        """The text of a scalar that is a script."""
        return self.text_at(value) if isinstance(value, Str) else None


# ---------------------------------------------------------------------- JSON


class _Json(_Reader):
    def read(self) -> Value:
        text = self.text
        value = _json.read(Text.of(text), self.maker)
        if isinstance(value, List) and len(value.items) > 20 * _MAX_RECORDS:
            return value
        if "$" in text or "env" in text:
            value = self._references(value)
        return value

    def _references(self, value: Value) -> Value:
        """Record the variables that strings refer to; give these their values."""
        stack = [value]
        known: dict[Span, Value] = {}
        while stack:
            found = stack.pop()
            if isinstance(found, Dict):
                stack.extend(entry.value for entry in found.entries)
            elif isinstance(found, List):
                stack.extend(found.items)
            elif isinstance(found, Str) and ("$" in found.text or "env" in found.text):
                raw = self.text[found.span.start : found.span.end]
                made = scalar(found.text, found.span, raw, self.maker, 1)
                if made is not found and not isinstance(made, Str):
                    known[found.span] = made
        return _replaced(value, known) if known else value


def _replaced(value: Value, known: dict[Span, Value], depth: int = 0) -> Value:
    if depth > _MAX_DEPTH:
        return value
    if isinstance(value, Dict):
        entries = tuple(entry._replace(value=_replaced(entry.value, known, depth + 1)) for entry in value.entries)
        return value._replace(entries=entries)
    if isinstance(value, List):
        return value._replace(items=tuple(_replaced(item, known, depth + 1) for item in value.items))
    return known.get(value.span, value) if isinstance(value, Str) else value


# ---------------------------------------------------------------------- YAML

_INT = re.compile(r"[-+]?(?:0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")
_BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class _Node:
    """A mapping or list that is being composed."""

    __slots__ = ("mapping", "start", "column", "anchor", "entries", "items", "key", "key_span", "weight")

    def __init__(self, mapping: bool, start: int, column: int, anchor: str | None) -> None:
        self.mapping = mapping
        self.start = start
        self.column = column
        self.anchor = anchor
        self.entries: list[Entry] = []
        self.items: list[Value] = []
        self.key: str | None = None
        self.key_span: Span | None = None
        #: values in it, those that aliases stand for counted each time
        self.weight = 1


class _Yaml(_Reader):
    """YAML through PyYAML's events: no recursion, no objects made."""

    def __init__(self, maker: Maker) -> None:
        super().__init__(maker)
        #: style and indentation of the scalars that stand at an offset
        self._styles: dict[int, tuple[str | None, int]] = {}
        #: of anchors: how many values they stand for
        self._weights: dict[str, int] = {}
        self._aliased = 0

    def read(self) -> Value:
        text = self.text
        try:
            return self._compose(text)
        except ValueError:
            if "{{" not in text and "{%" not in text:
                raise
        return self._compose(_masked(text))

    def _compose(self, text: str) -> Value:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._styles.clear()
        self._weights.clear()
        self._aliased = 0
        self.maker.program.settings.clear()
        documents: list[Value] = []
        stack: list[_Node] = []
        anchors: dict[str, Value] = {}
        try:
            for event in yaml.parse(text, Loader=loader):
                self._event(event, text, stack, anchors, documents)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = f"line {mark.line + 1}: " if mark is not None else ""
            raise ValueError(f"{line}no valid YAML, {error.problem or error.context or 'syntax error'}") from None
        except (yaml.YAMLError, UnicodeError, RecursionError, OverflowError) as error:
            raise ValueError(f"no valid YAML, {type(error).__name__}") from None
        if len(documents) == 1:
            return documents[0]
        return List(tuple(documents), Span(0, len(text)))

    def _event(
        self, event: Any, text: str, stack: list[_Node], anchors: dict[str, Value], documents: list[Value]
    ) -> None:
        kind = type(event).__name__
        weight = 1
        if kind == "ScalarEvent":
            value = self._scalar(event, text, stack)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            mark = event.start_mark
            if len(stack) > 10 * _MAX_DEPTH:  # its parser takes time quadratic in the depth
                raise ValueError(f"line {mark.line + 1}: no valid YAML, nested too deep")
            stack.append(_Node(kind[0] == "M", mark.index, mark.column, event.anchor))
            return
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            node = stack.pop()
            weight = node.weight
            span = Span(node.start, max(node.start, event.end_mark.index))
            if len(stack) >= _MAX_DEPTH:
                value = Unknown(span)
            elif node.mapping:
                value = Dict(tuple(node.entries), span)
            else:
                value = List(tuple(node.items), span)
            if node.anchor:
                anchors[node.anchor] = value
                self._weights[node.anchor] = weight
        elif kind == "AliasEvent":
            # findings stay where the value is written
            value = Unknown(Span(event.start_mark.index, event.end_mark.index))
            weight = self._weights.get(event.anchor, 1)
            self._aliased += weight
            if self._aliased <= _MAX_ALIASED:
                value = anchors.get(event.anchor, value)
            else:
                weight = 1  # aliases of aliases: a few lines can stand for any number of values
        else:
            if kind == "DocumentStartEvent":
                anchors.clear()
            return
        if kind == "ScalarEvent" and event.anchor:
            anchors[event.anchor] = value
            self._weights[event.anchor] = 1
        if stack:
            stack[-1].weight += weight
        self._put(value, stack, documents)

    def _put(self, value: Value, stack: list[_Node], documents: list[Value]) -> None:
        if not stack:
            documents.append(value)
            return
        top = stack[-1]
        if not top.mapping:
            top.items.append(value)
        elif top.key_span is None:
            top.key = self._key_text(value)
            top.key_span = value.span
        else:
            whole = Span(top.key_span.start, max(value.span.end, top.key_span.end))
            merge = top.key == "<<"
            if merge and isinstance(value, List):
                for item in value.items:
                    top.entries.append(Entry(None, item, whole, top.key_span, True))
            else:
                top.entries.append(Entry(None if merge else top.key, value, whole, top.key_span, merge))
            top.key, top.key_span = None, None

    def _key_text(self, value: Value) -> str | None:
        if isinstance(value, Str):
            return None if value.partial else value.text
        return self.text[value.span.start : value.span.end] if isinstance(value, (Num, Bool, Null)) else None

    def _scalar(self, event: Any, text: str, stack: list[_Node]) -> Value:
        start, end = event.start_mark.index, event.end_mark.index
        found: str = event.value
        style: str | None = event.style
        tag: str | None = event.tag
        is_key = bool(stack) and stack[-1].mapping and stack[-1].key_span is None
        if style in ("|", ">"):
            column = stack[-1].column if stack else 0
            self._styles[start] = (style, column)
        elif "\n" in text[start:end] or style == '"':
            self._styles[start] = (style, 0)
        if tag is not None and tag.startswith("!") and style not in ("'", '"', "|", ">"):
            # the mark may be the tag's
            at = text.find(found, start, end) if found else -1
            start = at if at >= 0 else start
        span = Span(start, end)
        if tag is not None and tag.endswith(("secret", "vault", "include", "file")):
            return Unknown(span)
        plain = style in (None, "") and tag is None
        if plain:
            lowered = found.lower()
            if found in ("", "~", "null", "Null", "NULL"):
                return Null(span)
            if lowered in _BOOLS and not is_key:
                return Bool(_BOOLS[lowered], span)
            if found[0] in "0123456789.-+" and (_INT.match(found) or _FLOAT.match(found)):
                return _number(found, span)
        if is_key:
            return Str(found, span)
        quotes = 1 if style in ("'", '"') else 0
        return scalar(found, span, text[start:end], self.maker, quotes)

    def script_text(self, value: Value) -> Text | None:
        style, indent = self._styles.get(value.span.start, (None, 0))
        start, end = value.span
        if style is None and self.text[start : start + 1] in ("'", '"'):
            style = self.text[start]
        made = text_of_scalar(self.text, start, end, style, indent)
        return made if len(made) else None


def _number(found: str, span: Span) -> Value:
    digits = found.replace("_", "").lower()
    try:
        if digits.lstrip("+-").startswith(("0x", "0o")):
            return Num(float(int(digits, 0)), span)
        return Num(float(digits), span) if len(digits) < 60 else Unknown(span)
    except (ValueError, OverflowError):
        return Unknown(span)


def _masked(text: str) -> str:
    """A template as YAML of the same length: expressions become a mark, lines of their own nothing."""
    parts: list[str] = []
    at = 0
    for match in _TEMPLATE.finditer(text):
        start, end = match.span()
        line = text.rfind("\n", 0, start) + 1
        after = text.find("\n", end)
        after = len(text) if after < 0 else after
        parts.append(text[at:start])
        alone = not text[line:start].strip(" -{}") and not text[end:after].strip()
        if match[0].startswith("{{") and not alone and "\n" not in match[0]:
            parts.append(MASK * len(match[0]))
        else:
            parts.append(re.sub(r"[^\n]", " ", match[0]))
        at = end
    parts.append(text[at:])
    return "".join(parts)


# ---------------------------------------------------------------------- TOML

_TOML_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_TOML_BLANK = re.compile(r"[ \t]*")
_TOML_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_TOML_STRINGS = (
    ('"""', re.compile(r'"""(?:\r?\n)?((?:[^\\]|\\.)*?"{0,2})"""(?!")', re.DOTALL)),
    ("'''", re.compile(r"'''(?:\r?\n)?(.*?'{0,2})'''(?!')", re.DOTALL)),
    ('"', re.compile(r'"((?:[^"\\\n]|\\.)*)"')),
    ("'", re.compile(r"'([^'\n]*)'")),
)
_TOML_BARE = re.compile(r"[^\s,\]}#]+")
#: names of a key, joined by dots, for which tomllib takes time by the square of their number
_TOML_DEEP = re.compile(
    r"""(?:^|[\[{,])[ \t]*(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){50}""", re.MULTILINE
)


class _Toml(_Reader):
    """TOML: checked by tomllib, then read again for the places."""

    def read(self) -> Value:
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib

        if _TOML_DEEP.search(self.text):
            raise ValueError("no valid TOML, nested too deep")
        try:
            tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            message = str(error)
            line = re.search(r"at line (\d+)", message)
            place = f"line {line[1]}: " if line is not None else ""
            raise ValueError(f"{place}no valid TOML, {message.partition(' (at')[0]}") from None
        except RecursionError:
            raise ValueError("no valid TOML, nested too deep") from None
        self._at = 0
        root: list[Entry] = []
        tables: list[tuple[list[tuple[str, Span]], list[Entry]]] = [([], root)]
        text, size = self.text, len(self.text)
        while True:
            match = _TOML_SPACE.match(text, self._at)
            if match is not None:
                self._at = match.end()
            if self._at >= size:
                break
            if text[self._at] == "[":
                self._at += 2 if text.startswith("[[", self._at) else 1
                path = self._path()
                self._at = text.find("]", self._at) + 1 or size
                while self._at < size and text[self._at] == "]":
                    self._at += 1
                tables.append((path, []))
                continue
            entry = self._entry()
            if entry is None:
                self._at += 1
                continue
            tables[-1][1].append(entry)
        for path, entries in tables[1:]:
            if path:
                root.append(_nested(path, tuple(entries)))
        return Dict(tuple(root), Span(0, size))

    def _path(self) -> list[tuple[str, Span]]:
        found: list[tuple[str, Span]] = []
        while True:
            blank = _TOML_BLANK.match(self.text, self._at)
            self._at = blank.end() if blank is not None else self._at
            match = _TOML_KEY.match(self.text, self._at)
            if match is None:
                return found
            name = match[0][1:-1] if match[0][0] in "'\"" else match[0]
            found.append((name, Span(match.start(), match.end())))
            blank = _TOML_BLANK.match(self.text, match.end())
            self._at = blank.end() if blank is not None else match.end()
            if not self.text.startswith(".", self._at):
                return found
            self._at += 1

    def _entry(self) -> Entry | None:
        path = self._path()
        if not path or not self.text.startswith("=", self._at):
            return None
        self._at += 1
        value = self._value(0)
        for name, span in reversed(path[1:]):
            whole = Span(span.start, value.span.end)
            value = Dict((Entry(name, value, whole, span),), whole)
        name, span = path[0]
        return Entry(name, value, Span(span.start, max(value.span.end, span.end)), span)

    def _value(self, depth: int) -> Value:
        text = self.text
        blank = _TOML_BLANK.match(text, self._at)
        self._at = blank.end() if blank is not None else self._at
        start = self._at
        for quote, pattern in _TOML_STRINGS:
            if text.startswith(quote, start):
                match = pattern.match(text, start)
                if match is None:
                    break
                self._at = match.end()
                inner = match[1]
                if quote[0] == '"' and "\\" in inner:
                    inner = _json.unescaped(re.sub(r"\\\r?\n\s*", "", inner))
                span = Span(start, self._at)
                return scalar(inner, span, match[0], self.maker, len(quote))
        if text.startswith(("[", "{"), start):
            return self._many(depth)
        match = _TOML_BARE.match(text, start)
        self._at = match.end() if match is not None else start + 1
        word = match[0] if match is not None else ""
        span = Span(start, self._at)
        if word in ("true", "false"):
            return Bool(word == "true", span)
        return _number(word, span) if _INT.match(word) or _FLOAT.match(word) else Unknown(span)

    def _many(self, depth: int) -> Value:
        """An array or an inline table."""
        text, size, start = self.text, len(self.text), self._at
        mapping = text[start] == "{"
        self._at += 1
        entries: list[Entry] = []
        items: list[Value] = []
        while self._at < size:
            match = _TOML_SPACE.match(text, self._at)
            self._at = match.end() if match is not None else self._at
            if text.startswith(("]", "}"), self._at):
                self._at += 1
                break
            before = self._at
            if text.startswith(",", self._at):
                self._at += 1
            elif mapping:
                entry = self._entry()
                if entry is not None:
                    entries.append(entry)
            else:
                items.append(self._value(depth + 1))
            self._at = max(self._at, before + 1)
        span = Span(start, self._at)
        return Dict(tuple(entries), span) if mapping else List(tuple(items), span)

    def script_text(self, value: Value) -> Text | None:
        if not isinstance(value, Str):
            return None
        raw = self.text[value.span.start : value.span.end]
        if raw.startswith(('"""', "'''")):
            at = raw.find(value.text)
            return Text.of(value.text, value.span.start + at) if at >= 0 else None
        return self.text_at(value)


def _nested(path: list[tuple[str, Span]], entries: tuple[Entry, ...]) -> Entry:
    end = entries[-1].span.end if entries else path[-1][1].end
    value: Value = Dict(entries, Span(entries[0].span.start if entries else end, end))
    for name, span in reversed(path[1:]):
        value = Dict((Entry(name, value, Span(span.start, end), span),), Span(span.start, end))
    name, span = path[0]
    return Entry(name, value, Span(span.start, end), span)


# ----------------------------------------------------------------------- INI

_SECTION = re.compile(r"\s*\[([^\]\r\n]+)\]")
_INI = re.compile(r"(?P<key>[^\s=:#;\[](?:[^=:\r\n]*[^=:\s])?)[ \t]*(?P<sign>[=:])[ \t]*(?P<value>[^\r\n]*)")
_INI_COMMENT = re.compile(r"\s[#;].*\Z")


class _Ini(_Reader):
    """INI and .properties: sections of ``key = value``."""

    def read(self) -> Value:
        text, at, size = self.text, 0, len(self.text)
        root: list[Entry] = []
        section: list[Entry] = root
        sections: list[tuple[str, Span, list[Entry]]] = []
        while at < size:
            end = text.find("\n", at)
            end = size if end < 0 else end
            header = _SECTION.match(text, at, end)
            if header is not None:
                section = []
                sections.append((header[1].strip(), Span(header.start(1), header.end(1)), section))
            elif (match := _INI.match(text, at, end)) is not None:
                raw = match["value"]
                value = _INI_COMMENT.sub("", raw).rstrip()
                start = match.start("value")
                quotes = 1 if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else 0
                span = Span(start, start + len(value))
                key_span = Span(match.start("key"), match.end("key"))
                inner = value[quotes : len(value) - quotes]
                made = scalar(inner, span, value, self.maker, quotes)
                section.append(Entry(match["key"].strip(), made, Span(key_span.start, span.end), key_span))
            at = end + 1
        for name, span, entries in sections:
            last = entries[-1].span.end if entries else span.end
            first = entries[0].span.start if entries else span.end
            root.append(Entry(name, Dict(tuple(entries), Span(first, last)), Span(span.start, last), span))
        return Dict(tuple(root), Span(0, size))


_READERS: dict[str, type[_Reader]] = {"json": _Json, "yaml": _Yaml, "toml": _Toml, "ini": _Ini}

__all__ = ["document", "programs", "references"]
