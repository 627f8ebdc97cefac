"""Sessions at a prompt: what was typed, without what was printed."""

from __future__ import annotations

import re

from ._ipython import Chunk

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_PYTHON = re.compile(r"[ \t]*(?:>>>|In \[\d{0,6}\]:)(?:[ ]|(?=[\r\n]|\Z))")
_PYTHON_MORE = re.compile(r"[ \t]*\.\.\.:?(?:[ ]|(?=[\r\n]|\Z))")
_SHELL = re.compile(
    r"(?<![ \t])[ \t]*(?:\([\w. -]{1,60}\)[ \t]*)?(?:\[?[\w.-]{1,60}@[\w.-]{1,60}[^$#%\r\n]{0,100})?"
    r"(?:[$%\u276f\u279c]|(?<=[\w~/\]])#)[ \t]+"
)
_POWERSHELL = re.compile(r"[ \t]*PS(?:[ ][^>\r\n]{0,200})?>[ ]?")
_BATCH = re.compile(r"(?<![ \t])[ \t]*[A-Za-z]:\\[^>\r\n]{0,200}>[ ]?")
_MORE = re.compile(r"[ \t]*>[ ]")
_HEREDOC = re.compile(r"<<-?\s*[\"']?(\w+)")

#: a block that is labelled as a script but shows a session
SHELL_SESSION = re.compile(r"\s*\$[ ]")
PYTHON_SESSION = re.compile(r"\s*(?:>>>[ ]|In \[\d{0,6}\]:[ ])")


def python_session(text: str) -> list[Chunk]:
    """What was typed in an interactive Python or IPython."""
    chunks: list[Chunk] = []
    typing = False
    for match in _LINE.finditer(text):
        if match.end() == match.start():
            break
        prompt = _PYTHON.match(text, match.start(), match.end())
        if prompt is None and typing:
            prompt = _PYTHON_MORE.match(text, match.start(), match.end())
        typing = prompt is not None
        if prompt is not None:
            chunks.append(Chunk(text[prompt.end() : match.end(1)] + "\n", prompt.end()))
    return chunks


def shell_session(text: str) -> list[tuple[str, list[Chunk]]]:
    """What was typed at the prompts of shells, by language; all of it where there are no prompts."""
    found: dict[str, list[Chunk]] = {}
    current: list[Chunk] | None = None
    state = _Typing()
    for match in _LINE.finditer(text):
        if match.end() == match.start():
            break
        start = match.start()
        if current is not None and state.open:
            more = _MORE.match(text, start, match.end()) if state.prompted else None
            start = more.end() if more else start
        else:
            current = None
            for language, prompt in (("powershell", _POWERSHELL), ("batch", _BATCH), ("shell", _SHELL)):
                typed = prompt.match(text, start, match.end())
                if typed is not None:
                    current = found.setdefault(language, [])
                    start, state = typed.end(), _Typing(language)
                    break
            else:
                continue
        current.append(Chunk(text[start : match.end(1)] + "\n", start))
        state.line(text[start : match.end(1)])
    return list(found.items()) if found else [("shell", [Chunk(text, 0)])]


class _Typing:
    """Whether a command goes on in the next line: open quotes, a here-document, a backslash."""

    def __init__(self, language: str = "shell") -> None:
        self.escape = {"shell": "\\", "powershell": "`", "batch": "^"}[language]
        self.quote = ""
        self.heredoc = ""
        self.continued = False

    @property
    def open(self) -> bool:
        return bool(self.quote or self.heredoc or self.continued)

    @property
    def prompted(self) -> bool:
        """The shell shows its second prompt where a backslash or quote is open."""
        return not self.heredoc

    def line(self, line: str) -> None:
        if self.heredoc:
            if line.strip() == self.heredoc:
                self.heredoc = ""
            return
        self.continued = False
        at, size = 0, len(line)
        while at < size:
            char = line[at]
            if char == self.escape and self.quote != "'":
                at += 1
                self.continued = at >= size
            elif self.quote:
                if char == self.quote:
                    self.quote = ""
            elif char in "\"'":
                self.quote = char
            elif char == "#" and (at == 0 or line[at - 1] in " \t"):
                break
            at += 1
        if not self.quote and "<<" in line and (heredoc := _HEREDOC.search(line)) is not None:
            self.heredoc = heredoc[1]
