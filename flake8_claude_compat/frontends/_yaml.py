"""YAML files → a document, also where templates stand in them."""

from __future__ import annotations

import re
from typing import Any

from ..program import Bool, Dict, Entry, List, Null, Num, Str, Unknown, Value
from ..source import Span
from ._scalars import MASK, number, scalar, text_of_scalar
from ._settings_reader import Reader
from ._values import Maker, Text

_BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
#: the settings of a prompt, between two lines of dashes above it
_FRONT = re.compile(
    r"---[ \t]*\r?\n(?:(?!---)[^\n]*\n)+"
    r"(?=---[ \t]*\r?\n\s*(?:#[ \t]*)?(?:system|user|assistant|developer):[ \t]*\r?\n)"
)
#: values that the aliases of a YAML file may stand for, all together
_MAX_ALIASED = 100_000
_MAX_DEPTH = 100


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


class Format(Reader):
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
        front = _FRONT.match(text)
        if front is not None:
            return self._compose(front[0])
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
            if found[0] in "0123456789.-+" and (numeric := number(found, span)) is not None:
                return numeric
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
