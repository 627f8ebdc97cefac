"""What git knows of a work tree: changed lines and tracked files.

git runs without pagers, hooks, prompts, external diff programs, text
conversions, filters and fetches: nothing that the repository brings along is
executed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence

_SAFE = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


class GitError(Exception):
    """git is not there, or does not know what it is asked for: one line."""


def _git(folder: str, *args: str, stdin: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
    import subprocess

    environment = {name: value for name, value in os.environ.items() if name != "GIT_EXTERNAL_DIFF"}
    environment.update(GIT_OPTIONAL_LOCKS="0", GIT_TERMINAL_PROMPT="0", GIT_NO_LAZY_FETCH="1", LC_ALL="C")
    environment.update(more or {})
    try:
        done = subprocess.run(
            ["git", *_SAFE, *args],
            cwd=folder,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror or error}") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(lines[0].removeprefix("fatal: ") if lines else f"git {args[0]} failed")
    return done.stdout


def _git_on_files(folder: str, *args: str) -> bytes:
    """git, where it reads files of the work tree: through no program that a filter of its configuration names."""
    try:
        listed = _git(folder, "config", "--null", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process)$")
    except GitError:  # there is none
        listed = b""
    given = int(os.environ.get("GIT_CONFIG_COUNT") or "0")
    settings: list[tuple[str, str]] = []
    for key in os.fsdecode(listed).split("\0")[:-1]:
        settings += (key, ""), (f"{key.rpartition('.')[0]}.required", "false")
    more = {"GIT_CONFIG_COUNT": str(given + len(settings))}
    for number, (key, value) in enumerate(settings, given):
        more |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return _git(folder, *args, more=more)


def top_of(folder: str) -> str:
    """The root of the work tree that holds a folder; raises :class:`GitError`."""
    return os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n"))


def old_files(folder: str, revision: str) -> dict[str, bytes | None]:
    """Real path → content at a revision, of the files that differ from it; None: it did not exist.

    Files that git does not track and does not ignore are among them. Raises
    :class:`GitError`, for an unknown revision as well.
    """
    top = top_of(folder)
    commit = _commit(top, revision)
    found: dict[str, bytes | None] = {}
    listed = _git_on_files(
        top, "diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules", "--raw", "--no-abbrev",
        "-z", commit, "--",
    ).split(b"\0")  # fmt: skip
    blobs: dict[str, bytes] = {}
    for header, name in zip(listed[::2], listed[1::2]):
        old_mode, _, old_blob, _, _ = header.lstrip(b":").split(b" ")
        path = os.path.realpath(os.path.join(top, os.fsdecode(name)))
        found[path] = None
        if old_mode in (b"100644", b"100755"):
            blobs[path] = old_blob
    found.update(zip(blobs, _contents(top, list(blobs.values()))))
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if name:
            found[os.path.realpath(os.path.join(top, os.fsdecode(name)))] = None
    return found


def _contents(top: str, blobs: list[bytes]) -> Iterator[bytes]:
    """What blobs hold, in their order."""
    if not blobs:
        return
    data, at = _git(top, "cat-file", "--batch", stdin=b"".join(blob + b"\n" for blob in blobs)), 0
    for _ in blobs:
        end = data.index(b"\n", at)
        words = data[at:end].split(b" ")
        size = int(words[2]) if len(words) == 3 else -1  # "… missing": a clone without it
        yield data[end + 1 : end + 1 + max(0, size)]
        at = end + 1 + size + 1


def _commit(top: str, revision: str) -> str:
    if not revision or revision.startswith("-"):
        raise GitError(f"{revision!r} is not a revision")
    try:
        commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError:
        raise GitError(f"git knows no revision {revision!r}") from None
    return commit.decode().strip()


def head(folder: str) -> str:
    """The commit that is checked out, in short; "" without git or commits."""
    try:
        return _git(folder, "rev-parse", "--short", "--verify", "--quiet", "HEAD").decode().strip()
    except GitError:
        return ""


def changed_lines(folder: str, revision: str) -> dict[str, list[range] | None]:
    """The lines that differ from a revision, by real path of the file.

    Files that git does not track and does not ignore have changed as a whole
    (None). Raises :class:`GitError`, for an unknown revision as well.
    """
    top = top_of(folder)
    commit = _commit(top, revision)
    diff = _git_on_files(
        top, "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--unified=0",
        "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", commit, "--",
    )  # fmt: skip
    found: dict[str, list[range] | None] = {}
    for path, lines in _read_diff(diff):
        found.setdefault(os.path.realpath(os.path.join(top, path)), lines)
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if name:
            found[os.path.realpath(os.path.join(top, os.fsdecode(name)))] = None
    return found


def _read_diff(diff: bytes) -> Iterator[tuple[str, list[range]]]:
    lines = iter(diff.split(b"\n"))
    path, ranges = "", list[range]()
    for line in lines:
        if line.startswith(b"diff --git "):
            if path:
                yield path, ranges
            path, ranges = "", []
        elif line.startswith(b"+++ "):
            name = _name(line[4:])
            path = os.fsdecode(name[2:]) if name.startswith(b"b/") else ""
        elif hunk := _HUNK.match(line):
            removed, start, added = int(hunk[1] or b"1"), int(hunk[2]), int(hunk[3] or b"1")
            ranges.append(range(start, start + added))
            # the lines themselves may look like anything
            left = removed + added
            while left and (text := next(lines, None)) is not None:
                left -= not text.startswith(b"\\")
    if path:
        yield path, ranges


def _name(raw: bytes) -> bytes:
    """A file's name in a diff: quoted when it has odd characters in it."""
    raw = raw.removesuffix(b"\t")
    if not raw.startswith(b'"'):
        return raw

    def character(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8)]) if len(code) == 3 else _ESCAPES.get(code, code)

    return _ESCAPE.sub(character, raw.strip(b'"'))


def tracked(folder: str, *patterns: str) -> set[str]:
    """The absolute paths below a folder that git tracks and a pattern covers; empty without git."""
    try:
        listed = _git(folder, "ls-files", "-z", "--cached", "--", *(f":(glob)**/{pattern}" for pattern in patterns))
    except GitError:
        return set()
    return {os.path.join(folder, os.fsdecode(name)) for name in listed.split(b"\0") if name}


def uncommitted(paths: Sequence[str]) -> list[str]:
    """Those of some files that differ from the last commit, or that git does not track but could; empty without git."""
    found = []
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(os.path.dirname(os.path.realpath(path)), []).append(path)
    changed: dict[str, set[str]] = {}
    for folder, inside in folders.items():
        try:
            top = top_of(folder)
            if top not in changed:
                options = ("--porcelain", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules")
                lines = _git_on_files(top, "status", *options).split(b"\0")
                changed[top] = {os.path.join(top, os.fsdecode(line[3:])) for line in lines if line}
        except GitError:
            continue
        found += [path for path in inside if os.path.realpath(path) in changed[top]]
    return found
