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
    "from agents ",  # OpenAI Agents SDK: its default model is OpenAI's
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
# Methods of a client that was built elsewhere. Not Django's objects.create().
_CREATE = re.compile(
    r"\.create(?:(?<=embeddings.create)|(?<=responses.create)|(?<=moderations.create)|(?<=completions.create)"
    r"|(?<=transcriptions.create)|(?<=translations.create)|(?<=files.create)|(?<=uploads.create)|(?<=batches.create)"
    r"|(?<=assistants.create)|(?<=threads.create)|(?<=runs.create)|(?<=jobs.create)|(?<=[sS]tores.create)"
    r"|(?<=videos.create)|(?<=evals.create)|(?<=containers.create)|(?<=conversations.create)|(?<=skills.create)"
    r"|(?<=images.create)|(?<=speech.create)|(?<=sessions.create))"
)
# the two model names without a dash, as a whole value
_O1 = re.compile(r"""o1(?<=["'=:/\s]o1)(?=["',\s]|$)""")
_O3 = re.compile(r"""o3(?<=["'=:/\s]o3)(?=["',\s]|$)""")


def passes(text: str) -> bool:
    """Whether a file with this text has to be looked at."""
    for literal in LITERALS:
        if literal in text:
            return True
    if "ompletion" in text and any(literal in text for literal in COMPLETIONS):
        return True
    if _CAPITAL.search(text) is not None or _DASH.search(text) is not None:
        return True
    if _CREATE.search(text) is not None:
        return True
    return _O1.search(text) is not None or _O3.search(text) is not None
