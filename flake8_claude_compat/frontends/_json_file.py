"""JSON files → a document, with the variables that its strings refer to."""

from __future__ import annotations

from ..program import Dict, List, Str, Value
from ..source import Span
from . import _json
from ._scalars import scalar
from ._settings_reader import Reader
from ._values import Text

#: one of these stands in each reference to a variable
_SIGNS = ("$", "env", "{{")
#: where no variables are looked for: in lists so long, and so deep inside
_MAX_ITEMS = 2000
_MAX_INSIDE = 100


class Format(Reader):
    """JSON through the reader that shell and notebooks have, too."""

    def read(self) -> Value:
        text = self.text
        # documents show lines of a file
        value = _json.read(Text.of(text), self.maker, part=self.maker.source.host is not None)
        if isinstance(value, List) and len(value.items) > _MAX_ITEMS:
            return value
        if any(sign in text for sign in _SIGNS):
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
            elif isinstance(found, Str) and any(sign in found.text for sign in _SIGNS):
                raw = self.text[found.span.start : found.span.end]
                made = scalar(found.text, found.span, raw, self.maker, 1)
                if made is not found and not isinstance(made, Str):
                    known[found.span] = made
        return _replaced(value, known) if known else value


def _replaced(value: Value, known: dict[Span, Value], depth: int = 0) -> Value:
    if depth > _MAX_INSIDE:
        return value
    if isinstance(value, Dict):
        entries = tuple(entry._replace(value=_replaced(entry.value, known, depth + 1)) for entry in value.entries)
        return value._replace(entries=entries)
    if isinstance(value, List):
        return value._replace(items=tuple(_replaced(item, known, depth + 1) for item in value.items))
    return known.get(value.span, value) if isinstance(value, Str) else value
