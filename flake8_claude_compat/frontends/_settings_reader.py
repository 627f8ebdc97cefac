"""What the readers of settings files share: the text of a scalar, the scripts in a document."""

from __future__ import annotations

import re

from ..program import Bool, Dict, Join, List, Null, Num, Str, Value
from . import _json
from ._languages import is_answer
from ._values import Maker, Text
from .shell import Shell

#: keys whose text is a script
_SCRIPTS = frozenset({
    "run", "script", "before_script", "after_script", "command", "entrypoint", "cmd", "inline", "bash", "pwsh",
    "powershell", "shell", "postCreateCommand", "postStartCommand", "args", "test", "exec", "buildCommand",
    "startCommand", "build_command", "start_command", "release_command", "predeploy", "commands", "install", "scripts",
})  # fmt: skip
#: keys whose text is the body of a request, in collections of requests and workflows
_BODIES = frozenset({"raw", "body", "jsonBody", "json", "data", "payload", "rawBody", "requestBody"})


class Reader:
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
            elif key in _BODIES and isinstance(value, Str) and "openai.com" in self.text:
                made = self.script_text(value)
                if made is not None and made.chars.startswith("="):  # an expression of n8n
                    made = made.part(1, len(made))
                if made is not None and _json.looks_like(made) and not is_answer(made.chars):
                    self.shell.body_text(made, value.span, self.maker.module.block)

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
