"""Files written as a whole or not at all.

The new text goes to a temporary file in the same folder, is flushed to the
disk and renamed over the old one: whatever ends the process in between, the
file is there with its old or its new text. What a process that was killed
leaves behind, a later one removes (:func:`remove_leftovers`).
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterable, Sequence

#: names of the temporary files, and the seconds after which nobody can be writing to one any more
_TEMPORARY = re.compile(r"\.claude-compat-\d+-[0-9a-f]{8}\.tmp")
_STALE = 600


class WriteError(Exception):
    """A file that was not written, and is as it was: one line without its name."""


def write(path: str, parts: Iterable[bytes], before: bytes | None = None) -> None:
    """Write a file, through a symbolic link if the path is one.

    The mode, the owner and the attributes of a file that is there are kept;
    its other names (hard links) keep the old text. ``before``: what must
    still stand in it, or it is left alone. Raises :class:`WriteError`.
    """
    whole = os.path.realpath(path)
    folder = os.path.dirname(whole)
    temporary = os.path.join(folder, f".claude-compat-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        try:
            old = os.stat(whole)
        except FileNotFoundError:
            old = None
        if old is not None and (not old.st_mode & 0o222 or not os.access(whole, os.W_OK)):
            raise WriteError("is read-only")
        try:
            _fill(temporary, parts, old, whole)
            if before is not None:
                _expect(whole, before)
            os.replace(temporary, whole)
        except BaseException:
            if os.path.lexists(temporary):
                os.unlink(temporary)
            raise
        _flush_folder(folder)
    except OSError as error:
        raise WriteError(f"cannot be written: {error.strerror or error}") from None


def remove_leftovers(folder: str) -> list[str]:
    """Remove the temporary files in a folder that a killed process left there; their paths.

    A younger file may be another process's that is writing now; a link, or what belongs to somebody else, is none.
    """
    removed = []
    try:
        for name in filter(_TEMPORARY.fullmatch, os.listdir(folder or ".")):
            path = os.path.join(folder, name)
            status = os.lstat(path)
            ours = stat.S_ISREG(status.st_mode) and (not hasattr(os, "geteuid") or status.st_uid == os.geteuid())
            if ours and time.time() - status.st_mtime > _STALE:
                os.unlink(path)
                removed.append(path)
    except OSError:
        pass  # whoever may not list or write there will hear of it from write
    return removed


def _fill(temporary: str, parts: Iterable[bytes], old: os.stat_result | None, whole: str) -> None:
    # of a file that only its owner may read, nobody else reads a temporary copy
    mode = 0o666 if old is None else 0o600
    with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.writelines(parts)
        file.flush()
        if old is not None:
            _keep(temporary, old, whole)
        os.fsync(file.fileno())


def _keep(temporary: str, old: os.stat_result, whole: str) -> None:
    """Owner, mode and attributes of the file that is replaced; its time is not that of the new text."""
    import shutil

    if hasattr(os, "chown"):
        new = os.stat(temporary)
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            try:
                os.chown(temporary, old.st_uid, old.st_gid)
            except OSError:
                raise WriteError("belongs to another user or group, and would not any more") from None
    shutil.copystat(whole, temporary)
    os.utime(temporary)


def _expect(whole: str, before: bytes) -> None:
    try:
        with open(whole, "rb") as file:
            same = file.read() == before
    except FileNotFoundError:
        same = False
    if not same:
        raise WriteError("has changed since it was read")


def _flush_folder(folder: str) -> None:
    """Make a rename last; not every system lets a folder be opened for it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def strays(path: str, inside: Sequence[str]) -> str:
    """Where a path leads to that is not in one of some files and folders; "" if it stays in them.

    A folder stands for all below it. A file stands for itself, not for what a
    link of its name leads to.
    """
    real = os.path.realpath(path)
    for place in inside:
        if os.path.isdir(place):
            if real.startswith(os.path.join(os.path.realpath(place), "")):
                return ""
        else:
            folder, name = os.path.split(os.path.abspath(place))
            if real == os.path.join(os.path.realpath(folder), name):
                return ""
    return real


def has_other_names(path: str) -> bool:
    """Whether a file has hard links, which would keep its old text."""
    try:
        status = os.stat(path)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink > 1
