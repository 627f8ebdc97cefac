"""The words of a text, and which strings may be of interest: what frontends ask before they look closer."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

#: longest string of which it is remembered whether it is of interest
_SHORT = 40
#: everything but letters, digits and _ becomes a blank; ? stands for all that is not ASCII
_BLANKS = bytes(byte if byte in b"_?" or chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
_ASCII_BLANKS = _BLANKS.replace(b"?", b" ")


def plain(text: str) -> str:
    """The words of a text with blanks around them: a blank, then one character for each, then a blank."""
    if text.isascii():
        data = text.encode().translate(_ASCII_BLANKS)
    else:
        data = text.replace("?", " ").encode("ascii", "replace").translate(_BLANKS)
    return f" {data.decode('ascii')} "


@lru_cache(maxsize=4)
def matcher(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a string may be of interest by itself. Short ones are remembered: files repeat them all the time."""
    search = pattern.search

    @lru_cache(maxsize=2048)
    def short(text: str) -> bool:
        return search(text) is not None

    return lambda text: short(text) if len(text) <= _SHORT else search(text) is not None
