"""What would be changed in a file, as a unified diff without the keys in it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from ..migration import Lines
from ..reporters import printable, slashes

_CONTEXT = 3
_BOLD, _RED, _GREEN, _CYAN, _RESET = "\033[1m", "\033[31m", "\033[32m", "\033[36m", "\033[0m"


def unified(path: str, before: Lines, after: Lines, coloured: bool) -> Iterator[str]:
    """The lines of a diff that ``git apply`` and ``patch -p1`` take, unless a line with a key is in it.

    ``coloured``: for a terminal, and without what would move its cursor.
    """

    def styled(text: str, style: str) -> str:
        return f"{style}{text}{_RESET}" if coloured else text

    def line(sign: str, text: str, style: str) -> str:
        ending = "" if text.endswith("\n") else "\n\\ No newline at end of file"
        body = text.removesuffix("\n")
        if coloured:
            body = printable(body.removesuffix("\r").replace("\t", "    "))
        return f"{styled(sign + body, style) if style else sign + body}{ending}\n"

    name = printable(slashes(path))
    old, new = (name, name) if name.startswith("/") else (f"a/{name}", f"b/{name}")
    yield styled(f"--- {old}", _BOLD) + "\n"
    yield styled(f"+++ {new}", _BOLD) + "\n"
    matcher = SequenceMatcher(None, before.exact, after.exact, False)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        first, last = group[0], group[-1]
        yield styled(f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@", _CYAN) + "\n"
        for kind, start, end, begin, stop in group:
            if kind == "equal":
                yield from (line(" ", text, "") for text in before.shown[start:end])
                continue
            yield from (line("-", text, _RED) for text in before.shown[start:end])
            yield from (line("+", text, _GREEN) for text in after.shown[begin:stop])


def _range(start: int, end: int) -> str:
    """A range of lines as diffs have it: its first line from 1, and how many there are unless one."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + (count > 0)},{count}"
