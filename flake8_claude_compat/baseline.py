"""Findings that are known and left: a file of their fingerprints.

A fingerprint stays the same while lines move, and ends with the line's text:
whoever changes the line hears of it again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache

from .options import ConfigError
from .writing import WriteError, write

VERSION = 1

#: path from the baseline's folder → fingerprint → code
Entries = dict[str, dict[str, str]]


@lru_cache(maxsize=4)
def load(path: str) -> Entries:
    """The entries of a baseline. Raises :class:`ConfigError`."""
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except FileNotFoundError:
        raise ConfigError(f"baseline: no such file: {path}; check --write-baseline writes it") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"baseline: {path} cannot be read: {error}") from None
    version = data.get("version") if isinstance(data, dict) else None
    if version != VERSION:
        raise ConfigError(f"baseline: {path} is not one of version {VERSION}: check --write-baseline writes it")
    entries = data.get("findings")
    if not isinstance(entries, dict) or not all(isinstance(found, dict) for found in entries.values()):
        raise ConfigError(f"baseline: {path}: 'findings' is not a table of files and their findings")
    return entries


def known(path: str, name: str) -> frozenset[str]:
    """The fingerprints that a baseline has of a file."""
    return frozenset(load(path).get(_key(path, name), ()))


def store(path: str, found: Mapping[str, Iterable[tuple[str, str]]]) -> int:
    """Write the findings, (fingerprint, code) by file; how many there are then.

    Those of files that are not in ``found`` stay. Raises :class:`ConfigError`.
    """
    entries = dict(load(path)) if os.path.exists(path) else {}
    for name, findings in found.items():
        entries[_key(path, name)] = dict(sorted(findings))
    entries = {name: entries[name] for name in sorted(entries) if entries[name]}
    text = json.dumps({"version": VERSION, "findings": entries}, indent=1, ensure_ascii=False)
    try:
        write(path, [f"{text}\n".encode("utf-8", "backslashreplace")])
    except WriteError as error:
        raise ConfigError(f"baseline: {path} {error}") from None
    return sum(map(len, entries.values()))


def _key(path: str, name: str) -> str:
    whole = os.path.abspath(name)
    try:
        whole = os.path.relpath(whole, os.path.dirname(path))
    except ValueError:  # on another drive
        pass
    return whole.replace(os.sep, "/")
