"""Can a file hold anything at all that a rule looks for? Most files cannot.

This runs on the text of every file before anything else of the package is
imported, so it is written for speed alone: substring tests, and regular
expressions that begin with one rare character, which ``re`` looks for about as
fast as for a substring (an alternation of words takes forty times as long).
What passes is only worth a look; what does not pass is never looked at again, so
whatever the catalogue knows is let through in the form in which source files
hold it (tests/test_gate.py).
"""

from __future__ import annotations

import re

#: substrings that let a file pass, the commonest first
LITERALS = (
    "penai",  # openai, Openai
    "laude",  # claude-…, claudeapi.com, Claude
    "nthropic",
    "davinci",
    "tiktoken",
    "litellm",
    "open_ai",  # semantic_kernel.connectors.ai.open_ai
    "from agents import",  # OpenAI Agents SDK: its default model is OpenAI's
    "images.generate",
)

#: the same behind "ompletion", one search for three
COMPLETIONS = (
    "chat.completions",
    "/completions",  # of a URL
    "createChatCompletion",  # npm 3
)

# OpenAI, OPENAI_…, OPEN_AI_…, ANTHROPIC_…, CLAUDE_… (not CLAUDE.md): capitals are rare
_CAPITAL = re.compile(r"A(?:I(?:(?<=penAI)|(?<=PENAI)|(?<=PEN_AI)|(?<=pen_AI))|NTHROPIC|UDE(?<=CLAUDE)(?!\.md))")
# Model names and keys (not the locale sk-SK) by their dashes. Texts are full of dashes: the character before each is
# looked at first.
_DASH = re.compile(
    r"-(?=[A-Za-z0-9])(?<=[tlskr134aiexd]-)(?:(?<=gpt-)|(?<=gpt3-)|(?<=\bsk-)(?!SK\b)|(?<=\btts-)|(?<=dall-)(?=e)"
    r"|(?<=whisper-)(?=1)|(?<=\bo[134]-)(?=[mpd\d])|(?<=\bsora-)|(?<=\btext-)(?=embed|moder|cur|bab|ada|sea|sim)"
    r"|(?<=\bcode-)(?=cush|sea)|(?<=codex-)(?=mini)|(?<=omni-)(?=mod)|(?<=computer-)(?=use-)|(?<=daybreak-)"
    r"|(?<=curie-)(?=ins)|(?<=babbage-)(?=\d)|(?<=bedrock-)(?=run|man))"
)
#: what ``.create`` is a method of, where the client was built elsewhere. Not Django's objects.create().
_RESOURCES = (
    "embeddings", "responses", "moderations", "completions", "transcriptions", "translations", "files", "uploads",
    "batches", "assistants", "threads", "runs", "jobs", "stores", "Stores", "videos", "evals", "containers",
    "conversations", "skills", "images", "speech", "sessions",
)  # fmt: skip
# the two model names without a dash, as a whole value
_O1_O3 = re.compile(r"""o[13](?<=["'=:/\s]o[13])(?=["',\s]|$)""")


def passes(text: str) -> bool:
    """Whether a file with this text has to be looked at."""
    for literal in LITERALS:
        if literal in text:
            return True
    if "ompletion" in text and any(literal in text for literal in COMPLETIONS):
        return True
    if _CAPITAL.search(text) is not None or _DASH.search(text) is not None:
        return True
    at = text.find(".create")
    while at >= 0:
        if text.endswith(_RESOURCES, 0, at):
            return True
        at = text.find(".create", at + 7)
    return _O1_O3.search(text) is not None
