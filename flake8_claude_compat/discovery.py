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
from .record import NamedTuple

#: bytes; larger files are data
MAX_SIZE = 2 * 1024 * 1024

#: suffix → language of ``frontends.MODULES``
SUFFIXES = {
    "py": "python", "pyi": "python", "pyw": "python",
    "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "javascript",
    "ts": "typescript", "mts": "typescript", "cts": "typescript", "tsx": "tsx",
    "html": "html", "htm": "html", "vue": "vue", "svelte": "svelte",
    "sh": "shell", "bash": "shell", "zsh": "shell", "ksh": "shell", "mk": "makefile", "dockerfile": "dockerfile",
    "ps1": "powershell", "psm1": "powershell", "psd1": "powershell", "cmd": "batch", "bat": "batch",
    "env": "dotenv", "yml": "yaml", "yaml": "yaml", "toml": "toml",
    "json": "json", "jsonc": "json", "json5": "json", "ini": "ini", "cfg": "ini", "properties": "ini",
    "ipynb": "notebook", "md": "markdown", "markdown": "markdown", "mdx": "mdx", "rst": "rst",
}  # fmt: skip
#: name in small letters → language, of files whose suffix does not tell
NAMES = {
    "makefile": "makefile", "gnumakefile": "makefile", "dockerfile": "dockerfile", "containerfile": "dockerfile",
    ".envrc": "shell", ".bashrc": "shell", ".bash_profile": "shell", ".profile": "shell", ".zshrc": "shell",
    ".zshenv": "shell", "pipfile": "toml",
}  # fmt: skip
#: program after ``#!`` → language
PROGRAMS = {
    "sh": "shell", "bash": "shell", "zsh": "shell", "ksh": "shell", "dash": "shell", "python": "python",
    "pypy": "python", "uv": "python", "node": "javascript", "nodejs": "javascript", "bun": "typescript",
    "deno": "typescript", "tsx": "typescript", "ts-node": "typescript", "pwsh": "powershell", "make": "makefile",
}  # fmt: skip
#: languages of one kind (``config.KINDS``), where its name is another one
_KINDS = {"tsx": "typescript", "vue": "html", "svelte": "html", "mdx": "markdown"}

#: folders of what others wrote or a tool made
VENDORED = frozenset({
    "node_modules", "bower_components", "jspm_packages", "vendor", "third_party", "third-party", "thirdparty",
    "dist", "build", "site-packages", "dist-packages", "venv", ".venv", "virtualenv", "__pypackages__", "Pods",
    ".next", ".nuxt", ".output", ".svelte-kit", ".angular", ".turbo", ".parcel-cache", ".docusaurus", ".yarn",
    ".pnpm-store", ".tox", ".nox", ".eggs", ".terraform", ".gradle", ".serverless", ".aws-sam", ".vercel",
    ".netlify", "htmlcov", ".ipynb_checkpoints",
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
_GENERATED = re.compile(
    r"^[ \t]*(?:#|//|/?\*|<!--|;|--|\"\"\"|REM\b)[^\n`]{0,80}(?<![\w`'\"])@generated\b"
    r"|^[^\w\n]{0,8}Code generated .{0,200}\bDO NOT EDIT",
    re.MULTILINE,
)
#: last suffixes of files that are to be copied and filled in (others are of template languages)
_TEMPLATES = frozenset({"example", "sample", "dist"})
_DOTENV = re.compile(r"\.env(?:\.|\Z)|\.?env[._-](?:example|sample|template|dist|tmpl|tpl|defaults?)(?:\.txt)?\Z")
#: a .env that is meant to be committed: names without values
_EXAMPLE = re.compile(r"(?:^|[._-])(?:example|sample|template|dist|tmpl|tpl|defaults?|schema)(?:[._-]|$)")

NOT_OURS, TOO_LARGE, IGNORED = "vendored", "over 2 MB", "ignored by git"
EXCLUDED, LOCK, MINIFIED, GENERATED = "excluded", "lock file", "minified", "generated"
BINARY, LINK, OTHER_KIND = "binary", "symbolic link", "of another kind"


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


def kind_of(language: str) -> str:
    """The kind of file that a language belongs to: a value of the option ``kinds``."""
    return _KINDS.get(language, language)


def language_by_name(name: str) -> str:
    """The language of a file by its name; "" where only its first line can tell."""
    base = os.path.basename(name).lower()
    if base in NAMES:
        return NAMES[base]
    if _DOTENV.match(base):
        return "dotenv"
    stem, _, suffix = base.rpartition(".")
    if stem and suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in _TEMPLATES:  # config.yaml.example
        return language_by_name(stem)
    if base.startswith(("dockerfile.", "containerfile.", "makefile.")):
        return NAMES[base.partition(".")[0]]
    return ""


def language_by_line(head: bytes) -> str:
    """The language that a file's first line asks for (``#!``), or ""."""
    if not head.startswith(b"#!"):
        return ""
    words = head.split(b"\n", 1)[0][2:].decode("ascii", "replace").replace("\\", "/").split()
    names = [word.rpartition("/")[2] for word in words if not word.startswith("-") and "=" not in word]
    if names and names[0] == "env":
        names = names[1:]
    return PROGRAMS.get(re.sub(r"[\d.]+(?:\.exe)?$", "", names[0]), "") if names else ""


def shown(path: str) -> str:
    """A path relative to the current folder if it is below it, else as given."""
    folder = os.path.join(os.path.abspath("."), "")
    whole = os.path.abspath(path)
    return whole[len(folder) :] if whole.startswith(folder) else path


def is_settings(name: str) -> bool:
    """Whether a name is that of a .env file or a variant of it."""
    return language_by_name(name) == "dotenv"


def is_example(name: str) -> bool:
    """Whether a .env file by its name only shows which variables there are."""
    return _EXAMPLE.search(os.path.basename(name).lower()) is not None


def unwanted(text: str, language: str) -> str:
    """Why a file that was found is not to be checked after all, by its text; "" if it is."""
    head = text[:2000]
    if ("@generated" in head or "Code generated" in head) and _GENERATED.search(head):
        return GENERATED
    if language == "javascript" and len(text) > 5000 and len(text) > 500 * (text.count("\n") + 1):
        return MINIFIED
    return ""


# ------------------------------------------------------------------- discover


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
        if not VENDORED.isdisjoint(_slashes(shown(whole)).split("/")[:-1]):
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

                self._tracked[root] = git.tracked(root, ".env", ".env.*", "*.env")
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


# -------------------------------------------------------------- ignored files


class _Patterns:
    """Patterns of a .gitignore, compiled by pathspec; the last one that matches decides.

    Each path is asked for after the folders above it were, so pathspec's own
    matcher, which looks at those as well and takes twenty times as long, is
    not needed.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        from pathspec import GitIgnoreSpec

        self.matchers: list[tuple[Callable[[str], object], bool]] = []
        for line in lines:
            try:
                patterns = list(GitIgnoreSpec.from_lines([line]).patterns)
            except ValueError:  # no pattern: git passes over it, too
                continue
            for pattern in patterns:
                regex, include = getattr(pattern, "regex", None), pattern.include
                if regex is not None and include is not None:
                    self.matchers.append((regex.match, include))
        self.matchers.reverse()

    def decide(self, path: str, is_folder: bool) -> bool | None:
        """True: covered, False: a pattern with ``!`` takes it out, None: not mentioned."""
        if is_folder:
            path += "/"
        for match, include in self.matchers:
            if match(path) is not None:
                return include
        return None


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
        return bool(self.spec.decide(_slashes(whole[len(self.root) :]), is_folder))

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
        prefixed = [(_slashes(os.path.join(folder, "")[len(start) :]), spec) for start, spec in reversed(specs)]

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


def _slashes(path: str) -> str:
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


def settings_of_project(found: Found, settings: Config) -> Iterator[str]:
    """The .env files of a project: those found, and those in its root and the current folder."""
    seen = {os.path.abspath(path) for path in found.settings}
    yield from found.settings
    for folder in dict.fromkeys((os.path.abspath("."), settings.root)):
        try:
            names = sorted(name for name in os.listdir(folder) if name.startswith(".env") and is_settings(name))
        except OSError:
            continue
        for path in (os.path.join(folder, name) for name in names):
            if path not in seen:
                seen.add(path)
                yield path
