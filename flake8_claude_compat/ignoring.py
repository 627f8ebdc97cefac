"""What the option ``exclude`` and git's ignore files cover."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from .lazy import pattern

_LETTERS = r"\[(?:0-9|a-z|A-Z|\w)+\]"
_STEP = rf"(?:\*\*(?=/|\Z)|(?:[\w.@+~,$-]|\*(?!\*)|\?|{_LETTERS})+)"
#: a pattern without escapes, blanks and the like: what nearly all are; stars alone are none
_PLAIN = pattern(rf"(?!!?[*/]+\Z)!?/?{_STEP}(?:/{_STEP})*/?", re.ASCII)
#: what a name is made of
_PART = pattern(rf"\*|\?|{_LETTERS}|[^*?\[]+", re.ASCII)
_MADE = {"*": "[^/]*", "?": "[^/]"}


class _Patterns:
    """Patterns of a .gitignore; the last one that matches decides.

    pathspec knows what they mean. Its import takes as long as a hundred files to
    read and check, so plain patterns are compiled here, all in one expression,
    to what it makes of them. Each path is asked for after the folders above it
    were: its own matcher, which looks at those as well, is not needed.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.matchers: list[tuple[Callable[[str], object], bool]] = []
        for included, group in groupby(lines, _included):
            if included is None:
                self.matchers += _by_library(group)
            else:
                self.matchers.append((_together(group), included))
        self.matchers.reverse()

    def decide(self, path: str, is_folder: bool) -> bool | None:
        """True: covered, False: a pattern with ``!`` takes it out, None: not mentioned."""
        if is_folder:
            path += "/"
        for match, include in self.matchers:
            if match(path) is not None:
                return include
        return None


def _included(line: str) -> bool | None:
    """Whether what a plain pattern matches is covered, or taken out; None for other patterns."""
    return not line.startswith("!") if _PLAIN.fullmatch(line) else None


def _together(lines: Iterable[str]) -> Callable[[str], object]:
    """Matches what any of these plain patterns does, in a folder or in one below it where it names no folder."""
    anywhere: list[str] = []
    here: list[str] = []
    for line in lines:
        name = line.removeprefix("!")
        steps = name.strip("/").split("/")
        (here if "/" in name[:-1] else anywhere).append(_expression(steps, name.endswith("/")))
    if anywhere:
        here.append(f"(?:.+/)?(?:{'|'.join(anywhere)})")
    return re.compile("|".join(here)).match


def _expression(steps: Sequence[str], is_folder: bool) -> str:
    made = ""
    for step in steps[:-1]:
        made += "(?:.+/)?" if step == "**" else _name(step) + "/"
    if steps[-1] == "**":
        return made
    return made + _name(steps[-1]) + ("/" if is_folder else "(?:/|$)")


def _name(step: str) -> str:
    if step == "*":
        return "[^/]+"
    return "".join(
        part if part.startswith("[") else _MADE.get(part) or re.escape(part) for part in _PART.findall(step)
    )


def _by_library(lines: Iterable[str]) -> Iterator[tuple[Callable[[str], object], bool]]:
    from pathspec import GitIgnoreSpec

    for line in lines:
        try:
            found = list(GitIgnoreSpec.from_lines([line]).patterns)
        except ValueError:  # no pattern: git passes over it, too
            continue
        for one in found:
            regex, include = getattr(one, "regex", None), one.include
            if regex is not None and include is not None:
                yield regex.match, include


def _spec(lines: Sequence[str]) -> _Patterns | None:
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    return _Patterns(lines) if lines else None


class Excludes:
    """The option ``exclude``: patterns relative to a root."""

    def __init__(self, patterns: Sequence[str], root: str) -> None:
        self.spec = _spec(patterns)
        self.root = os.path.join(root, "")

    def cover(self, whole: str, is_folder: bool) -> bool:
        """Whether a pattern covers an absolute path or a folder above it."""
        if self.spec is None or not whole.startswith(self.root):
            return False
        return bool(self.spec.decide(slashes(whole[len(self.root) :]), is_folder))

    def below(self, folder: str) -> Callable[[str, bool], bool] | None:
        """:meth:`cover` for the names in a folder; None where nothing is covered."""
        if self.spec is None:
            return None
        return lambda name, is_folder: self.cover(os.path.join(folder, name), is_folder)


class Ignores:
    """git's ignore files: every .gitignore from a repository's root down, and its info/exclude.

    ``root``: the folder to begin with instead of the repository's root.
    """

    def __init__(self, root: str = "") -> None:
        self._roots: dict[str, str] = {root: root} if root else {}
        self._specs: dict[str, list[tuple[str, _Patterns]]] = {}

    def root_of(self, folder: str) -> str:
        """The repository's root above an absolute folder, "" outside of any."""
        if folder not in self._roots:
            parent = os.path.dirname(folder)
            if os.path.exists(os.path.join(folder, ".git")):
                self._roots[folder] = folder
            else:
                self._roots[folder] = "" if parent == folder else self.root_of(parent)
        return self._roots[folder]

    def _of(self, folder: str) -> list[tuple[str, _Patterns]]:
        """(folder with a slash, its patterns) that count in a folder, the weakest first."""
        if folder not in self._specs:
            root = self.root_of(folder)
            parent = os.path.dirname(folder)
            if folder == root:
                above = self._read(root, os.path.join(_git_folder(root), "info", "exclude"))
            else:
                above = self._of(parent) if parent != folder else []
            self._specs[folder] = above + self._read(folder, os.path.join(folder, ".gitignore"))
        return self._specs[folder]

    @staticmethod
    def _read(folder: str, path: str) -> list[tuple[str, _Patterns]]:
        try:
            with open(path, encoding="utf-8", errors="surrogateescape") as file:
                spec = _spec(file.read().removeprefix("\ufeff").split("\n"))
        except OSError:
            return []
        return [(os.path.join(folder, ""), spec)] if spec else []

    def below(self, folder: str) -> Callable[[str, bool], bool] | None:
        """Tells of the names in an absolute folder whether git ignores them; None if it ignores none.

        The folder itself and those above it are taken as not ignored.
        """
        specs = self._of(folder)
        if not specs:
            return None
        prefixed = [(slashes(os.path.join(folder, "")[len(start) :]), spec) for start, spec in reversed(specs)]

        def ignored(name: str, is_folder: bool) -> bool:
            for prefix, spec in prefixed:
                decided = spec.decide(prefix + name, is_folder)
                if decided is not None:
                    return decided
            return False

        return ignored

    def cover(self, whole: str, is_folder: bool) -> bool:
        """Whether git ignores an absolute path, or a folder above it."""
        root = self.root_of(os.path.dirname(whole))
        parts = [whole]
        while len(parts[-1]) > len(root) and (parent := os.path.dirname(parts[-1])) not in (parts[-1], root):
            parts.append(parent)
        for index, part in enumerate(reversed(parts)):
            ignored = self.below(os.path.dirname(part))
            if ignored is not None and ignored(os.path.basename(part), is_folder or index < len(parts) - 1):
                return True
        return False


def slashes(path: str) -> str:
    return path.replace(os.sep, "/")


def _git_folder(root: str) -> str:
    """Where a repository keeps info/exclude: .git, or what a work tree's .git file leads to."""
    path = os.path.join(root, ".git")
    try:
        if not os.path.isfile(path):
            return path
        with open(path, encoding="utf-8") as file:
            path = os.path.join(root, file.read().partition("gitdir:")[2].strip())
        with open(os.path.join(path, "commondir"), encoding="utf-8") as file:
            return os.path.join(path, file.read().strip())
    except (OSError, ValueError):
        return path
