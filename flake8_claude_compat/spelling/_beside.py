"""A key's setting beside the one of OpenAI's key: its value is never that key."""

from __future__ import annotations

import re

from ..redaction import FILL_IN

#: a value that is the value of something named
_REFERENCES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\$\{\{\s*(?:secrets|vars|env|inputs|github\.event\.inputs)\.(?P<name>\w+)\s*\}\}",
        r"\$\{\{\s*(?:secrets|vars|env|inputs)\[(?P<q>['\"])(?P<name>\w+)(?P=q)\]\s*\}\}",
        r"\$?\$\{(?:localEnv:|containerEnv:|env[.:]|secrets?[.:])?(?P<name>[A-Za-z_]\w*)"
        r"(?P<sign>:?[-?+])?(?P<rest>(?<=[-?+])[^${}]*)?\}",
        r"\$?\$\((?:env:)?(?P<name>[A-Za-z_]\w*)\)",
        r"\$env:(?P<name>[A-Za-z_]\w*)",
        r"\$?\$(?P<name>[A-Za-z_]\w*)",
        r"[%!](?P<name>[A-Za-z_]\w*)[%!]",
        r"os\.environ/(?P<name>\w+)",
        r"\{?env[.:](?P<name>[A-Za-z_]\w*)\}?",
        r"%env\((?P<name>\w+)\)%?",
        r"\{\{\s*(?:env|secrets|vars)\.(?P<name>\w+)\s*\}\}",
    )
)
_UNCERTAIN = re.compile(r"[$`%]|\{\{|<<|\A[@!*&|>]")
#: characters of a key of any vendor, so many that nobody made them up
_REAL = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[\w-]{20,}")
_SAID = re.compile(r"your|here|example|placeholder|change|replace|insert|xxx|\.\.\.|…|todo|<", re.IGNORECASE)


def value_beside(value: str, old: str, name: str, fill_in: bool) -> str | None:
    """The value, without quotes, of a setting ``name`` beside one of ``old``.

    A reference refers to the new name. A text is empty; where the reader
    ``fill_in`` s what the text shows, it says so. None for what may be either.
    """
    for pattern in _REFERENCES:
        match = pattern.fullmatch(value)
        if match is None:
            continue
        start, end = match.span("name")
        parts = match.groupdict()
        if fill_in and match["name"] != old and not value.startswith("${{"):
            # a script's own variable: of that value nobody knows what it would be
            return FILL_IN if _SAID.search(match["name"]) else None
        text, tail = value[:start] + name, value[end:]
        if parts.get("rest"):
            said = parts["rest"].replace(old, name) if "?" in (parts["sign"] or "") else ""
            tail = f"{parts['sign']}{said}}}"
        return text + tail
    if _UNCERTAIN.search(value) and not _SAID.search(value):
        return None
    if not value or not fill_in or (_REAL.fullmatch(value) and not _SAID.search(value)):
        return ""
    return FILL_IN
