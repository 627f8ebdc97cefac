"""Text of checked files without the keys in it, for everything that is printed.

What has the shape of a key, or stands where a key stands, is masked. A mask
that covers too much costs a few characters of a printed line; one that covers
too little leaks a key into the log of a build.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .lazy import pattern

#: what fixes write for a key that the reader has to fill in
FILL_IN = "your-claude-api-key"

#: prefixes that tell only whose key it is
_PREFIX = pattern(r"sk-(?:ant-(?:[a-z]+\d{2}-)?|(?:proj|svcacct|service|admin|None|or|lf)-)?|[a-z]{2,6}_|[Bb]earer ")
_SHAPES = pattern(
    # OpenAI, Anthropic, OpenRouter and who else took their shape; after \n as well, written as an escape
    r"(?:(?<![A-Za-z0-9])|(?<=\\[nrtbf]))sk-[A-Za-z0-9_-]{16,}"
    r"|sk-(?:proj|svcacct|service|admin|ant|or|lf)-[A-Za-z0-9_-]{8,}"
    r"|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]*T3Blbk[A-Za-z0-9_-]*"
    # Stripe, GitHub, GitLab, Google, AWS, Slack, Hugging Face, Groq, Replicate, xAI
    r"|(?<![A-Za-z0-9])(?:[spr]k_(?:live|test)_|gh[pousr]_|github_pat_|glpat-|AIza|AKIA|xox[abprs]-|hf_|gsk_|r8_|xai-)"
    r"[A-Za-z0-9_-]{12,}"
    r"|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"  # JSON web tokens
)
#: the value beside a name of a key: in quotes, or bare with a digit in it
_NAMED = pattern(
    r"(?i:api[-_]?key|[-_]key|authorization|secret|token|password)[\"'`]?\s*(?:[:=]|=>|,)+\s*"
    r"(?:(?P<quote>[\"'`])(?P<quoted>(?:(?!(?P=quote))[^\\\n]|\\.){6,})"
    r"|(?P<bare>(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{12,})(?![\w.(\[]))"
)
_BEARER = pattern(r"[Bb]earer\s+(?P<key>[A-Za-z0-9_.~+/=-]{6,})")
#: long runs of capitals, small letters and digits: parts of a key that was split
_BLOB = pattern(
    r"(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*\d)(?=[^a-z]{0,40}[a-z])(?=[^A-Z]{0,40}[A-Z])[A-Za-z0-9_-]{40,}"
    r"|(?<![A-Za-z0-9])[0-9a-f]{32}(?![0-9a-z])"
)
#: values beside a name of a key that are no keys: variables, templates, paths of settings
_INDIRECT = pattern(
    rf"(?:[Bb]earer\s+)?(?:\$|\{{|<|process\.env|os\.environ|import\.meta|[A-Z][A-Z0-9_]+\Z|{FILL_IN}\Z)"
)
#: after a string: it is the key of an entry, and not what the name before it has as its value
_ENTRY = pattern(r"[\"'`]\s*:")


@lru_cache(maxsize=1024)  # messages repeat
def redact(text: str) -> str:
    """A text with every key in it masked by asterisks.

    The length and the line ends stay, so that columns keep their meaning;
    what tells the issuer (``sk-proj-``) stays, too.
    """
    if len(text) < 8:
        return text
    text = _SHAPES.sub(_masked, text)
    text = _NAMED.sub(_masked_value, text)
    if "earer" in text:
        text = _BEARER.sub(lambda found: found.group()[: found.start("key") - found.start()] + mask(found["key"]), text)
    return _BLOB.sub(_masked, text)


def mask(key: str) -> str:
    """A key as its prefix and asterisks, of the same length."""
    prefix = _PREFIX.match(key)
    kept = prefix.end() if prefix else 0
    return key[:kept] + re.sub(r"[^\n]", "*", key[kept:])


def preview(key: str) -> str:
    """A key as its prefix, ``…`` and its last two characters; of a short one less."""
    prefix = _PREFIX.match(key)
    kept = prefix.group() if prefix else ""
    return f"{kept}…{key[-2:]}" if len(key) >= len(kept) + 12 else f"{kept}…"


def _masked(found: re.Match[str]) -> str:
    return mask(found.group())


def _masked_value(found: re.Match[str]) -> str:
    which = "quoted" if found["quoted"] else "bare"
    value = found[which]
    if _INDIRECT.match(value) or ("," in found.group() and _ENTRY.match(found.string, found.end(which))):
        return found.group()
    start = found.start(which) - found.start()
    return found.group()[:start] + mask(value) + found.group()[start + len(value) :]
