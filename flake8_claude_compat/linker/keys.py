"""Keys: their shapes, what is none, and how much of one may be shown."""

from __future__ import annotations

import re

from ..lazy import pattern

#: key shapes that are sure wherever they stand: issuer, what every such key holds, pattern
CERTAIN = (
    (
        "openai",
        ("T3BlbkFJ",),
        pattern(r"sk-(?:(?:proj|svcacct|service|admin|None)-)?[A-Za-z0-9_-]{16,200}T3BlbkFJ[A-Za-z0-9_-]{16,200}"),
    ),
    (
        "openai",
        ("sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-"),
        pattern(r"\bsk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,220}"),
    ),
    ("claude", ("sk-ant-",), pattern(r"\bsk-ant-(?:api|admin|oat|ort|sid)\d{2}-[A-Za-z0-9_-]{60,130}")),
)
#: a key by its place only: many vendors' look like it
BARE = pattern(r"sk-[A-Za-z0-9_-]{20,220}")
_PREFIX = pattern(r"sk-(?:ant-(?:[a-z]+\d{2}-)?|(?:proj|svcacct|service|admin|None|or|lf)-)?|Bearer ")
#: keys of others that begin like OpenAI's
FOREIGN = ("sk-or-", "sk-lf-", "sk_live", "sk_test")
_PLACEHOLDER = pattern(
    r"\.\.\.|…|\*\*\*|[<>{}$]|your|x{3,}|example|placeholder|dummy|fake|test|change.?me|redacted|insert|replace|sample"
    r"|1234567890|abcdefghij",
    re.IGNORECASE,
)
#: how a text begins that asks for a key under a variable's name: "YOUR_OPENAI_API_KEY"
ASKING = ("YOUR_", "ENTER_", "INSERT_", "PASTE_", "REPLACE_", "ADD_", "PUT_")
#: what local servers are given for a key
_LOCAL = frozenset({
    "empty", "none", "null", "ollama", "lm-studio", "lmstudio", "not-needed", "not_needed", "notneeded", "unused",
    "na", "n/a", "no-key", "no-key-required", "not-required", "no_key", "sk-no-key-required", "anything", "local",
    "vllm", "llama.cpp", "key", "no", "nokey", "no-api-key", "not-used", "fake", "dummy", "test", "nokeyneeded",
    "no-key-needed", "no_key_needed", "dummy-key", "dummy_key", "fake-key", "fake_key", "token-abc123", "x",
})  # fmt: skip


def is_local(key: str) -> bool:
    """Whether a text says that no key is needed, or holds nothing that a key is made of: ``EMPTY``, ``***``."""
    return key.lower() in _LOCAL or not any(map(str.isalnum, key))


def preview(key: str) -> str:
    """A key's prefix and last two characters; short or odd texts show less."""
    match = _PREFIX.match(key)
    prefix = match.group() if match else ""
    if len(key) < len(prefix) + 6:
        return prefix + "…"
    return f"{prefix}…{key[-2:]}" if prefix or len(key) > 12 else "…"


def is_placeholder(key: str) -> bool:
    """Whether a text of a key's shape only stands for one."""
    body = _PREFIX.sub("", key, count=1)
    return len(set(body)) < 6 or bool(_PLACEHOLDER.search(body if len(body) < 48 else body[:12]))
