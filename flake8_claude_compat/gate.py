"""Can a file hold anything at all that a rule looks for? Most files cannot.

This runs on the text of every file before anything else of the package is
imported, so it is written for speed alone: substring tests, and regular
expressions that begin with one rare character (an alternation of words takes
forty times as long). What passes is only worth a look; what does not pass is
never looked at again, so whatever the catalogue knows is let through in the form
in which source files hold it (tests/test_gate.py).
"""

from __future__ import annotations

import re

#: what "ompletion" has to be a part of: one search for several
COMPLETIONS = (
    "chat.completions",
    "/completions",  # of a URL
    "createChatCompletion",  # npm 3
    "litellm",
)

# OpenAI, OPENAI_…, OPEN_AI_…, ANTHROPIC_…, Anthropic, CLAUDE_… (not CLAUDE.md), Semantic Kernel's AzureChatCompletion,
# ChatGPTAPI
_CAPITAL = re.compile(
    r"A(?:I(?:(?<=penAI)|(?<=PENAI)|(?<=PEN_AI)|(?<=pen_AI))|NTHROPIC|nthropic|UDE(?<=CLAUDE)(?!\.md)"
    r"|zure(?:Chat|Text|Audio)|PI(?<=GPTAPI))"
)
#: by a character that is rare: the characters before it that are worth a look, and what is looked for
_RARE = {
    # model names, keys (not the locale sk-SK), hosts of Bedrock
    "-": (
        "tlskr134aiexd",
        re.compile(
            r"-(?=[A-Za-z0-9])(?:(?<=gpt-)|(?<=gpt3-)|(?<=laude-)|(?<=\bsk-)(?!SK\b)|(?<=\btts-)|(?<=dall-)e"
            r"|(?<=whisper-)1|(?<=\bo[134]-)[mpd\d]|(?<=\bsora-)|(?<=\btext-)(?:embed|moder|dav|cur|bab|ada|sea|sim)"
            r"|(?<=\bcode-)(?:cush|sea|dav)|(?<=codex-)mini|(?<=omni-)mod|(?<=computer-)use-|(?<=daybreak-)"
            r"|(?<=davinci-)|(?<=curie-)ins|(?<=babbage-)\d|(?<=:ft-)|(?<=bedrock-)(?:run|man))"
        ),
    ),
    # hosts of Claude: https://gw.claudeapi.com, https://api.anthropic.com
    "/": ("/", re.compile(r"/(?:[a-z]{1,9}\.)?(?:claudeapi|anthropic)\.")),
    # the two model names without a dash, as a whole value
    "1": ("o", re.compile(r"""1(?<=["'=:/\s]o1)(?=["',\s]|$)""")),
    "3": ("o", re.compile(r"""3(?<=["'=:/\s]o3)(?=["',\s]|$)""")),
}
#: how often one is looked for: ``str.find`` is ten times as fast as ``re`` on what lies between, but slower where the
#: character turns out to be common
_LOOKS = range(50)

#: what ``.create`` is a method of, where the client was built elsewhere. Not Django's objects.create().
_RESOURCES = (
    "embeddings", "responses", "moderations", "completions", "transcriptions", "translations", "files", "uploads",
    "batches", "assistants", "threads", "runs", "jobs", "stores", "Stores", "videos", "evals", "containers",
    "conversations", "skills", "images", "speech", "sessions",
)  # fmt: skip


def passes(text: str, advice: bool = True) -> bool:
    """Whether a file with this text has to be looked at.

    Without ``advice``, what only rules look for that are off by default does not count.
    """
    if "openai" in text:
        return True
    if "ompletion" in text and any(literal in text for literal in COMPLETIONS):
        return True
    if _CAPITAL.search(text) is not None:
        return True
    for character, (before, pattern) in _RARE.items():
        at = text.find(character)
        for _ in _LOOKS:
            if at < 0:
                break
            if text[at - 1] in before and pattern.match(text, at):
                return True
            at = text.find(character, at + 1)
        else:
            if at >= 0 and pattern.search(text, at) is not None:
                return True
    if "images.generate" in text:
        return True
    at = text.find(".create")
    while at >= 0:
        if text.endswith(_RESOURCES, 0, at):
            return True
        at = text.find(".create", at + 7)
    return advice and ("tiktoken" in text or "from agents import" in text)
