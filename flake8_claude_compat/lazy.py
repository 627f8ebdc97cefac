"""Regular expressions that are compiled when they are first asked.

Compiling all that the package has takes 20 ms, a third of what a run pays before
the first file; most files, and most projects, need only a few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._given), name)
        setattr(self, name, found)  # from now on this is not asked any more
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, later. A wrong expression raises ``re.error`` when it is used."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
