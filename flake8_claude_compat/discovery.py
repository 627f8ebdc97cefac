"""Paths → files to check, with their language.

A file that is named is always checked. In folders, what git ignores, what
``exclude`` covers and what nobody wrote by hand is left out and counted with
the reason. Links are not followed, so that no loop of them is one here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from stat import S_ISREG

from . import frontends
from .config import Config
from .findings import Problem
from .ignoring import Excludes, Ignores, slashes
from .languages import is_example, is_settings, kind_of, language_by_line, language_by_name
from .lazy import pattern
from .record import NamedTuple

#: bytes; larger files are data
MAX_SIZE = 2 * 1024 * 1024
#: bytes that a file may have which somebody names: a syntax tree takes hundreds of times as much memory
MAX_NAMED = 3 * MAX_SIZE
TOO_LARGE_TO_NAME = f"has over {MAX_NAMED // 1024**2} MB: split it, or leave it out"
#: folders of what others wrote or a tool made
VENDORED = frozenset({
    "node_modules", "bower_components", "jspm_packages", "vendor", "third_party", "third-party", "thirdparty",
    "dist", "build", "site-packages", "dist-packages", "venv", ".venv", "virtualenv", "__pypackages__", "Pods",
    ".next", ".nuxt", ".output", ".svelte-kit", ".angular", ".turbo", ".parcel-cache", ".docusaurus", ".yarn",
    ".pnpm-store", ".tox", ".nox", ".eggs", ".terraform", ".gradle", ".serverless", ".aws-sam", ".vercel",
    ".netlify", "htmlcov", ".ipynb_checkpoints", "__generated__",
})  # fmt: skip
#: folders of tools, of which nobody wants to hear
_HIDDEN = frozenset({
    ".git", ".hg", ".svn", ".jj", ".bzr", "CVS", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache",
    ".hypothesis", ".cache", ".idea", ".DS_Store",
})  # fmt: skip
_LOCKS = frozenset({
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "packages.lock.json", "conda-lock.yml",
    "composer.lock.json", "pubspec.lock.yaml", ".terraform.lock.hcl",
})  # fmt: skip
_MINIFIED = re.compile(r"[.-]min\.[cm]?js$|\.(?:bundle|chunk)\.[cm]?js$")
_GENERATED_NAME = re.compile(r"[._-]generated\.\w+$", re.IGNORECASE)
_GENERATED = pattern(
    r"^[ \t]*(?:#|//|/?\*|<!--|;|--|\"\"\"|REM\b)[^\n`]{0,80}(?<![\w`'\"])@generated\b"
    r"|^[^\w\n`'\"]{1,12}(?:Code generated|(?:AUTO(?:MATICALLY)?[- ]?)?GENERATED"
    r"|(?i:this (?:file|code) (?:is|was|has been) (?:auto(?:matically)?[- ]?)?generated))\b"
    r".{0,200}(?:\n[^\w\n]{0,12})?\b(?i:do not (?:edit|modify|change))\b",
    re.MULTILINE,
)
#: why a file is left out
NOT_OURS = "vendored"
TOO_LARGE = "over 2 MB"
IGNORED = "ignored by git"
EXCLUDED = "excluded"
LOCK = "lock file"
MINIFIED = "minified"
GENERATED = "generated"
BINARY = "binary"
LINK = "symbolic link"
OTHER_KIND = "of another kind"


class File(NamedTuple):
    """A file to check. ``named``: it was asked for, and is checked whatever it holds.

    ``size`` in bytes. ``exposed``: why a .env may reach others ("" if not).
    """

    path: str
    language: str
    size: int = 0
    named: bool = False
    exposed: str = ""


class Found:
    """What discovery gives.

    Attributes:
        files: in the order in which they are checked.
        skipped: (reason, path) of files and folders left out.
        problems: what could not be read.
        settings: .env files with their variants, ignored ones too.
    """

    def __init__(self) -> None:
        self.files: list[File] = []
        self.skipped: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.settings: list[str] = []


def shown(path: str) -> str:
    """A path relative to the current folder if it is below it, else as given."""
    folder = os.path.join(os.path.abspath("."), "")
    whole = os.path.abspath(path)
    return whole[len(folder) :] if whole.startswith(folder) else path


def unwanted(text: str, language: str) -> str:
    """Why a file that was found is not to be checked after all, by its text; "" if it is."""
    if _says_generated(text[:2000]):
        return GENERATED
    if language == "javascript" and len(text) > 5000 and len(text) > 500 * (text.count("\n") + 1):
        return MINIFIED
    return ""


def _says_generated(head: str) -> bool:
    low = head.lower()
    at = low.find("generated")
    while at >= 0:  # looking for all that may stand before it takes twenty times as long
        if _GENERATED.match(head, head.rfind("\n", 0, at) + 1):
            return True
        at = low.find("generated", at + 1)
    return False


def discover(paths: Sequence[str], settings: Config, *, force_exclude: bool = False) -> Found:
    """The files to check: those named, and those found in the folders named.

    ``force_exclude``: named files are treated as those found in a folder, for
    tools that name all there are. What does not exist is a problem.
    """
    return _Discovery(settings, force_exclude).run(paths)


def was_checked(path: str, language: str, size: int, settings: Config) -> bool:
    """Whether a file that is gone would have been found in a folder, by today's options and ignore files."""
    discovery = _Discovery(settings, force_exclude=True)
    known = language in discovery.languages or language == "dotenv"
    return known and not discovery._left_out(os.path.abspath(path), language, size)


def settings_of_project(found: Found, settings: Config) -> Iterator[str]:
    """The .env files of a project: those found, and those in its root and the current folder."""
    seen = {os.path.abspath(path) for path in found.settings}
    yield from found.settings
    for folder in dict.fromkeys((os.path.abspath("."), settings.root)):
        try:
            hidden = sorted(name for name in os.listdir(folder) if name.startswith((".env", ".dev.vars")))
        except OSError:
            continue
        for path in (os.path.join(folder, name) for name in hidden if is_settings(name)):
            if path not in seen:
                seen.add(path)
                yield path


class _Discovery:
    def __init__(self, settings: Config, force_exclude: bool) -> None:
        self.settings = settings
        self.force_exclude = force_exclude
        self.kinds = frozenset(settings.kinds)
        self.languages = frontends.MODULES
        self.found = Found()
        self.seen: set[str] = set()
        self.excludes = Excludes(settings.exclude, settings.root)
        self.ignores = Ignores()
        self._tracked: dict[str, set[str]] = {}

    def run(self, paths: Sequence[str]) -> Found:
        for path in paths:
            if os.path.isdir(path):
                self._folder(path)
            else:
                self._named(path)
        return self.found

    def _named(self, path: str) -> None:
        whole = os.path.abspath(path)
        if whole in self.seen:
            return
        self.seen.add(whole)
        language = language_by_name(path)
        try:
            if not language:
                with open(path, "rb") as file:
                    language = language_by_line(file.read(200))
            size = os.stat(path).st_size
        except (OSError, ValueError) as error:
            self._problem(path, error)
            return
        known = language in self.languages or language == "dotenv"
        if not known and not self.force_exclude:
            self.found.problems.append(Problem(shown(path), "not a kind of file that can be checked"))
        elif not known or self.kinds and kind_of(language) not in self.kinds:
            self._skip(OTHER_KIND, path)
        elif self.force_exclude and (reason := self._left_out(whole, language, size)):
            self._skip(reason, path)
        else:
            self._take(path, whole, language, size, not self.force_exclude)

    def _left_out(self, whole: str, language: str, size: int) -> str:
        """Why a named file would be left out in a folder."""
        if self.excludes.cover(whole, False):
            return EXCLUDED
        if self.settings.gitignore and self.ignores.cover(whole, False):
            return IGNORED
        if not VENDORED.isdisjoint(slashes(shown(whole)).split("/")[:-1]):
            return NOT_OURS
        return self._reason(os.path.basename(whole), language, size)

    def _folder(self, top: str) -> None:
        named = os.path.abspath(top)
        # what covers the folder itself is not asked any more: it was named
        excludes = Excludes((), named) if self.excludes.cover(named, True) else self.excludes
        ignores = Ignores(named) if self.ignores.cover(named, True) else self.ignores
        stack = [(top, named)]
        while stack:
            path, whole = stack.pop()
            try:
                with os.scandir(path) as entries:
                    inside = sorted(entries, key=_name)
            except OSError as error:
                self._problem(path, error)
                continue
            folders: list[tuple[str, str]] = []
            if any(entry.name == "pyvenv.cfg" for entry in inside):
                self._skip(NOT_OURS, path)
                continue
            covered = self._covered(whole, excludes, ignores)
            for entry in inside:
                full = os.path.join(whole, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    if self._enters(entry, full, covered):
                        folders.append((entry.path, full))
                else:
                    self._file(entry, full, covered)
            stack += reversed(folders)

    def _covered(self, folder: str, excludes: Excludes, ignores: Ignores) -> Callable[[str, bool], str]:
        """Tells of a name in a folder why it is left out, by ``exclude`` and git's ignore files."""
        excluded = excludes.below(folder)
        ignored = ignores.below(folder) if self.settings.gitignore else None

        def reason(name: str, is_folder: bool) -> str:
            if excluded is not None and excluded(name, is_folder):
                return EXCLUDED
            return IGNORED if ignored is not None and ignored(name, is_folder) else ""

        return reason

    def _enters(self, entry: os.DirEntry[str], whole: str, covered: Callable[[str, bool], str]) -> bool:
        if entry.name in _HIDDEN:
            return False
        reason = NOT_OURS if entry.name in VENDORED else covered(entry.name, True)
        if reason:
            self._skip(reason, entry.path)
        return not reason

    def _file(self, entry: os.DirEntry[str], whole: str, covered: Callable[[str, bool], str]) -> None:
        name = entry.name
        language = language_by_name(name)
        if not language:
            if "." in name.strip("."):
                return
            language = self._first_line(entry)
        is_dotenv = language == "dotenv"
        if not (language in self.languages or is_dotenv) or whole in self.seen:
            return
        if entry.is_symlink():
            self._skip(LINK, entry.path)
            return
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            self._problem(entry.path, error)
            return
        if not S_ISREG(status.st_mode):
            return
        exposed = ""
        if is_dotenv:
            self.found.settings.append(entry.path)
            exposed = self._exposed(whole, status.st_size)
        reason = covered(name, False)
        if reason == IGNORED and exposed:
            reason = ""  # git tracks it all the same
        if not reason:
            reason = self._reason(name, language, status.st_size)
        if reason:
            self._skip(reason, entry.path)
            return
        self._take(entry.path, whole, language, status.st_size, False, exposed)

    def _first_line(self, entry: os.DirEntry[str]) -> str:
        try:
            if not entry.is_file(follow_symlinks=False):
                return ""
            with open(entry.path, "rb") as file:
                return language_by_line(file.read(200))
        except OSError:
            return ""  # not known to be any of our kinds

    def _reason(self, name: str, language: str, size: int) -> str:
        if self.kinds and kind_of(language) not in self.kinds:
            return OTHER_KIND
        if _GENERATED_NAME.search(name):
            return GENERATED
        if name in _LOCKS:
            return LOCK
        if language == "javascript" and _MINIFIED.search(name):
            return MINIFIED
        return TOO_LARGE if size > MAX_SIZE else ""

    def _take(self, path: str, whole: str, language: str, size: int, named: bool, exposed: str = "") -> None:
        self.seen.add(whole)
        if language == "dotenv" and (named or self.force_exclude) and path not in self.found.settings:
            self.found.settings.append(path)
            exposed = self._exposed(whole, size)
        self.found.files.append(File(path, language, size, named, exposed))

    def _exposed(self, whole: str, size: int) -> str:
        """Why a .env may reach others: "" for an example and for one that git ignores."""
        if is_example(whole) or not 0 < size <= MAX_SIZE:
            return ""
        root = self.ignores.root_of(os.path.dirname(whole))
        if root:
            if root not in self._tracked:
                from . import git

                self._tracked[root] = git.tracked(root, ".env", ".env.*", "*.env", ".dev.vars*")
            if whole in self._tracked[root]:
                return "is tracked by git"
        return "" if self.ignores.cover(whole, False) else "is covered by no .gitignore"

    def _skip(self, reason: str, path: str) -> None:
        self.found.skipped.append((reason, shown(path)))

    def _problem(self, path: str, error: OSError | ValueError) -> None:
        reason = error.strerror or error if isinstance(error, OSError) else error
        self.found.problems.append(Problem(shown(path), f"cannot be read: {reason}"))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
