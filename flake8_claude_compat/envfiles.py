"""What the .env files of a project say: a key that reaches others, the base URL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .catalogue import Catalogue
from .findings import ERROR, WARNING, Finding
from .linker.urls import host_of
from .source import Source, Span

_LINE = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*"
    r"(?:'(?P<single>[^'\n]*)'|\"(?P<double>[^\"\n]*)\"|(?P<bare>[^\n#]*))",
    re.MULTILINE,
)
#: roles of ``Catalogue.env_role`` that are keys
_KEYS = frozenset({"key", "claude-key", "azure-key"})
_PLACEHOLDER = re.compile(
    r"[$<>{}…*\s]|\.\.\.|your|x{3,}|example|placeholder|dummy|change.?me|replace|insert|redacted|\bhere\b|todo"
    r"|none\Z|null\Z",
    re.IGNORECASE,
)
_SHORTEST = 8


def values(text: str) -> Iterator[tuple[str, str, Span]]:
    """(name, value, span of the name) of each assignment in a .env file."""
    for match in _LINE.finditer(text):
        value = next((match[group] for group in ("single", "double", "bare") if match[group] is not None), "")
        yield match["name"], value.strip(), Span(*match.span("name"))


def exposed_key(source: Source, catalogue: Catalogue, how: str) -> Finding | None:
    """CLC206 for the first key of a .env file that reaches others; ``how`` says in what way."""
    for name, value, span in values(source.text):
        if catalogue.env_role(name) not in _KEYS or len(value) < _SHORTEST or _PLACEHOLDER.search(value):
            continue
        tracked = "tracked" in how
        what = "take it out of the index (git rm --cached), add it to .gitignore and revoke the key" if tracked else (
            "add it to .gitignore before it is committed"
        )
        start = source.starts[source.line_of(span.start) - 1]
        message = f"this file holds the key {name} and {how}: {what}"
        return Finding("CLC206", Span(start, span.end), message, ERROR if tracked else WARNING)
    return None


def sets_base_url(text: str, catalogue: Catalogue) -> bool:
    """Whether a .env file sets the OpenAI SDK's base URL to the target's."""
    if "OPENAI_BASE_URL" not in text:
        return False
    found = [value for name, value, _ in values(text) if name == "OPENAI_BASE_URL"]
    return bool(found) and catalogue.host_owner(host_of(found[-1])) == "target"
