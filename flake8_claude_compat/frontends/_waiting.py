"""Parts of a file that wait until somebody asks for a word in them.

Most expressions of most files mention nothing that a fact begins with. A walk
puts them here without a look inside, and takes them out again when the linker
asks for a name that they hold.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Generic, TypeVar

from ..source import Span
from ._words import plain

Part = TypeVar("Part")

#: parts of names of variables of the environment
_PARTS = ("OPENAI", "OPEN_AI", "ANTHROPIC", "CLAUDE", "AZURE")


#: words that are looked for one by one; the places of all are found in the time of some hundred
_MANY = 500


def _places(plain_text: str) -> dict[str, list[int]]:
    """Where each word of a plain text stands, as an offset of the text itself, in order."""
    found: dict[str, list[int]] = {}
    at = 0
    for word in plain_text.split(" "):
        if word:
            found.setdefault(word, []).append(at - 1)
        at += len(word) + 1
    return found


def _any_within(places: list[int], span: Span) -> bool:
    at = bisect_left(places, span[0])
    return at < len(places) and places[at] < span[1]


class Waiting(Generic[Part]):
    """The words of a text, where those stand that are asked for, and what does not hold any of them.

    Attributes:
        words: every word of the text.
        watched: where the words stand with which facts begin, in order.
        asked: where the words stand that are asked for now, in order.
    """

    def __init__(self, text: str, words: frozenset[str]) -> None:
        self._text = text
        self._plain = plain(text)
        #: how many words were looked for, and where each of them stands once they are many
        self._looked_for = 0
        self._index: dict[str, list[int]] | None = None
        self.words = frozenset(self._plain.split())
        asked = words & self.words
        every = " ".join(self.words)
        variables: set[str] = set()
        if any(part in every for part in _PARTS):
            variables = {word for word in self.words if any(part in word for part in _PARTS)}
        self._variables = sorted(place for word in variables for place in self.places(word))
        others = (place for word in asked - variables for place in self.places(word))
        self.watched = self.asked = sorted((*self._variables, *others))
        #: what waits, by the place where it begins
        self._starts: list[int] = []
        self._parts: list[tuple[int, Part]] = []

    def places(self, word: str) -> list[int]:
        """The offsets of a word, in order; of one that is no plain word of every place where it may be."""
        if not word:
            return []
        text, size = self._plain, len(word)
        found: list[int] = []
        if not word.isascii() or not word.replace("_", "a").isalnum():
            at = self._text.find(word)
            while at >= 0:
                found.append(at)
                at = self._text.find(word, at + size)
        elif word in self.words:
            self._looked_for += 1
            if self._looked_for > _MANY:
                if self._index is None:
                    self._index = _places(text)
                return self._index[word]
            # the blank before a word at the offset n of the text is at n of the plain text
            at = text.find(word)
            while at >= 0:
                if text[at - 1] == " " == text[at + size]:
                    found.append(at - 1)
                at = text.find(word, at + size)
        return found

    def holds(self, span: Span) -> bool:
        """Whether a word that is asked for stands in a part."""
        return _any_within(self.asked, span)

    def holds_watched(self, span: Span) -> bool:
        """Whether a watched word stands in a part."""
        return _any_within(self.watched, span)

    def holds_variable(self, span: Span) -> bool:
        """Whether the name of a variable of the environment, or a part of one, stands in a part."""
        return _any_within(self._variables, span)

    def put(self, span: Span, part: Part) -> None:
        """Let a part wait; parts do not overlap."""
        start, end = span
        starts = self._starts
        if not starts or starts[-1] < start:
            starts.append(start)
            self._parts.append((end, part))
        else:
            at = bisect_left(starts, start)
            starts.insert(at, start)
            self._parts.insert(at, (end, part))

    def take(self, place: int) -> Part | None:
        """The part around a place, which waits no more; None where none does."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or self._parts[at][0] <= place:
            return None
        del self._starts[at]
        return self._parts.pop(at)[1]
