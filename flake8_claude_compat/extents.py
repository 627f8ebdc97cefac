"""Lines of a file, and where what begins on one of them ends: a statement, a command, a fence of a document."""

from __future__ import annotations

from collections.abc import Sequence

from .lazy import pattern
from .record import NamedTuple

_SHELLS = frozenset({"shell", "makefile", "dockerfile", "powershell", "batch"})
_SCRIPTS = frozenset({"javascript", "typescript", "tsx", "html", "vue", "svelte"})
#: files of text that hold code
DOCUMENTS = frozenset({"markdown", "mdx", "rst", "notebook"})
_FENCE = pattern(r"[ \t]*(?:>[ \t]*)*(?P<fence>`{3,}|~{3,})")
_HEREDOC = pattern(r"<<-?\s*[\"']?(\w+)")


class Line(NamedTuple):
    """A line of a file, or of a notebook's cell. ``number`` is 1-based."""

    cell: int | None
    number: int
    text: str


def lines_of(text: str, cell: int | None = None) -> list[Line]:
    """The lines of a text, without their ends; ``\\n``, ``\\r\\n`` and ``\\r`` end one."""
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [Line(cell, number, part) for number, part in enumerate(parts, 1)]


def end_of(language: str, lines: Sequence[Line], start: int) -> int:
    """The index of the last line of what begins on a line; of Python and of settings that line itself."""
    if language in DOCUMENTS and (fence := _FENCE.match(lines[start].text)) is not None:
        return _end_of_fence(lines, start, fence["fence"])
    if language in _SHELLS:
        return _end_of_command(lines, start)
    return _end_of_statement(lines, start) if language in _SCRIPTS else start


def _end_of_fence(lines: Sequence[Line], start: int, fence: str) -> int:
    for index in range(start + 1, len(lines)):
        if lines[index].cell != lines[start].cell:
            return index - 1
        mark = _FENCE.match(lines[index].text)
        if mark is not None and mark["fence"].startswith(fence):
            if not lines[index].text[mark.end() :].strip("`~ \t\r"):
                return index
    return len(lines) - 1


def _end_of_command(lines: Sequence[Line], start: int) -> int:
    """The last line of a command: continuation marks, open quotes and here-documents go on."""
    quote, delimiter, index = "", "", start
    while index < len(lines):
        text = lines[index].text
        if delimiter:
            if text.strip() == delimiter:
                return index
        else:
            quote = _open_quote(text, quote)
            found = None if quote else _HEREDOC.search(text)
            if found is not None:
                delimiter = found[1]
            elif not quote and not text.rstrip().endswith(("\\", "`", "^", "@{", "|")):
                return index
        index += 1
    return len(lines) - 1


_STRINGS = pattern(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\\n]|\\.)*`|//.*|/\*.*?\*/")
_BODY = pattern(
    r"(?:=>|\)|\belse|\btry|\bdo|\bfinally)\s*\{\s*$|^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?(?:class|enum)\b"
)


def _end_of_statement(lines: Sequence[Line], start: int) -> int:
    """The last line of a statement of JavaScript: to its closing bracket, or to where a body begins."""
    depth = 0
    for index in range(start, len(lines)):
        code = _STRINGS.sub("", lines[index].text).rstrip()
        if _BODY.search(code):
            return index
        depth += sum(code.count(bracket) for bracket in "([{") - sum(code.count(bracket) for bracket in ")]}")
        if depth <= 0:
            return index
    return start


def _open_quote(text: str, quote: str) -> str:
    """The quote that is open at a line's end; ``quote`` is the one at its beginning."""
    index = 0
    while index < len(text):
        character = text[index]
        if character == "\\" and quote != "'":
            index += 1
        elif quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "#" and (index == 0 or text[index - 1].isspace()):
            break
        index += 1
    return quote
