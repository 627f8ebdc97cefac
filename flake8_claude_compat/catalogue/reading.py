"""TOML files → checked values. Every complaint names the file and the key."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from .records import FIELD_STATES, GRAMMARS, STATUSES, CatalogueError, Parameter, Source, Target

HERE = os.path.dirname(os.path.abspath(__file__))
#: the targets that come with the package
SHIPPED = ("claudeapi", "anthropic", "litellm", "openrouter", "databricks")


_Doc = dict[str, Any]


def _parse(path: str, shown: str) -> _Doc:
    if path.startswith(HERE + os.sep):
        from .shipped import DOCS

        shipped = DOCS.get(path[len(HERE) + 1 :].replace(os.sep, "/"))
        if shipped is not None:
            return shipped
    # imported here: only a target file that is not shipped, or is new, is still to be parsed
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        with open(path, "rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise CatalogueError(f"{shown}: cannot be read: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{shown}: not TOML: {error}") from None


class File:
    """One parsed file with checks that name the file and the key."""

    __slots__ = ("shown", "doc", "sources")

    def __init__(self, path: str, shown: str) -> None:
        self.shown = shown
        self.doc = _parse(path, shown)
        self.sources = self._read_sources()

    def fail(self, where: str, what: str) -> CatalogueError:
        return CatalogueError(f"{self.shown}: {where}: {what}")

    def known(self, table: Mapping[str, Any], where: str, names: frozenset[str]) -> None:
        """Every key of a table is one of these."""
        for key in table:
            if key not in names:
                place = f"{where}.{key}" if where else key
                raise self.fail(place, f"unknown key; known: {', '.join(sorted(names))}")

    def text(self, table: Mapping[str, Any], key: str, where: str = "", default: str | None = None) -> str:
        value = table.get(key, default)
        place = f"{where}.{key}" if where else key
        if value is None:
            raise self.fail(place, "is missing")
        if not isinstance(value, str):
            raise self.fail(place, f"must be a string, not {_kind(value)}")
        return value

    def texts(self, table: Mapping[str, Any], key: str, where: str = "") -> tuple[str, ...]:
        value = table.get(key, [])
        place = f"{where}.{key}" if where else key
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(place, "must be a list of strings")
        return tuple(value)

    def table(self, key: str) -> dict[str, Any]:
        value = self.doc.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(key, f"must be a table, not {_kind(value)}")
        return value

    def choice(self, value: str, where: str, allowed: frozenset[str]) -> str:
        if value not in allowed:
            raise self.fail(where, f"{value!r} is none of {', '.join(sorted(allowed))}")
        return value

    def date(self, value: str, where: str) -> str:
        """An ISO date or ""."""
        if value:
            import datetime  # tomllib has it loaded already

            try:
                if len(value) != 10:
                    raise ValueError
                datetime.date.fromisoformat(value)
            except ValueError:
                raise self.fail(where, f"{value!r} is no date (YYYY-MM-DD)") from None
        return value

    def source(self, value: str, where: str) -> str:
        if value not in self.sources:
            raise self.fail(where, f"unknown source {value!r}; known: {', '.join(sorted(self.sources))}")
        return value

    def _read_sources(self) -> dict[str, Source]:
        found = {}
        keys = frozenset(Source._fields)
        for key, row in self.table("sources").items():
            where = f"sources.{key}"
            if not isinstance(row, dict):
                raise self.fail(where, "must be a table with title, at and read")
            self.known(row, where, keys)
            read = self.text(row, "read", where)
            if not self.date(read, f"{where}.read"):
                raise self.fail(f"{where}.read", "is empty")
            found[key] = Source(self.text(row, "title", where), self.text(row, "at", where), read)
        return found

    def rows(self, key: str, width: int) -> Iterator[tuple[str, list[str]]]:
        """The rows of a text table: first columns are unique, the last is a source.

        Yields where the row stands (for messages) and its columns; ``-`` is "".
        """
        seen = set()
        sources = self.sources
        for number, line in enumerate(self.text(self.doc, key).splitlines(), 1):
            cells = line.split()
            if not cells or cells[0].startswith("#"):
                continue
            first = cells[0]
            if len(cells) != width:
                raise self.fail(f"{key}.{first}", f"line {number} of the table has {len(cells)} columns, not {width}")
            if first in seen:
                raise self.fail(f"{key}.{first}", f"line {number} of the table: is there twice")
            seen.add(first)
            if cells[-1] not in sources:
                self.source(cells[-1], f"{key}.{first}")
            yield first, ["" if cell == "-" else cell for cell in cells]


def _kind(value: object) -> str:
    names = {dict: "a table", list: "a list", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), f"a {type(value).__name__}")


# ----------------------------------------------------------------- targets

_TARGET_KEYS = frozenset(
    "id name extends base_url path hosts host_suffixes domains key_variable grammar default_status"
    " source sources models tiers prices parameters fields responses".split()
)
_ROW_KEYS = frozenset({"status", "value", "note", "source"})
_TIERS = frozenset({"opus", "sonnet", "haiku"})


def hosts_of(url: str) -> tuple[str, ...]:
    """Host and host:port of a URL; nothing where it is a placeholder."""
    match = re.match(r"(?<![a-z])[a-z]+://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)(:\d+)?", url, re.I)
    if match is None or not match[1] or "<" in match[1]:
        return ()
    host = match[1].lower()
    return (host, host + match[2]) if match[2] else (host,)


def target_path(name: str, root: str, shown: str) -> tuple[str, str]:
    """Path and shown name of a target's file."""
    if name.endswith(".toml") or "/" in name or os.sep in name:
        return os.path.join(root, name), name
    if name not in SHIPPED:
        raise CatalogueError(
            f"{shown}: unknown target {name!r}; shipped: {', '.join(SHIPPED)}, or the path of a .toml file"
        )
    return os.path.join(HERE, "targets", name + ".toml"), f"targets/{name}.toml"


def read_target(
    name: str, root: str, sources: dict[str, Source], shown: str = "target", chain: tuple[str, ...] = ()
) -> Target:
    """A target by name or path, with what it takes from the one that it extends; its sources are added to ``sources``.

    Raises :class:`CatalogueError`.
    """
    path, title = target_path(name, root, shown)
    real = os.path.realpath(path)
    if real in chain:
        raise CatalogueError(f"{shown}: extends: goes round in a circle through {title}")
    file = File(path, title)
    doc = file.doc
    file.known(doc, "", _TARGET_KEYS)
    extends = file.text(doc, "extends", default="")
    base: Target | None = None
    if extends:
        inner = read_target(extends, os.path.dirname(path), sources, f"{title}: extends", (*chain, real))
        base = inner
    for key, source in file.sources.items():
        # the guide is cited by two files: the same words are the same source
        if sources.setdefault(key, source) != source:
            raise file.fail(f"sources.{key}", "another file has a different source of this name")
    stem = os.path.splitext(os.path.basename(path))[0]
    target_id = file.text(doc, "id", default=stem)
    top_source = file.source(file.text(doc, "source"), "source")
    base_url = file.text(doc, "base_url")
    if not re.match(r"https?://", base_url):
        raise file.fail("base_url", f"{base_url!r} is no http(s) URL")
    hosts = tuple(host.lower() for host in file.texts(doc, "hosts"))
    parameters = _read_rows(file, "parameters", target_id, top_source, base.parameters if base else {})
    fields = _read_rows(file, "fields", target_id, top_source, base.fields if base else {})
    file.known(file.table("tiers"), "tiers", _TIERS)
    tiers = _texts(file, "tiers", base.tiers if base else {})
    missing = _TIERS - set(tiers)
    if missing:
        raise file.fail("tiers", f"no model for {', '.join(sorted(missing))}")
    return Target(
        id=target_id,
        name=file.text(doc, "name", default=target_id),
        base_url=base_url,
        hosts=tuple(dict.fromkeys((*hosts, *hosts_of(base_url)))),
        path=file.text(doc, "path", default=base.path if base else ""),
        key_variable=file.text(doc, "key_variable", default=base.key_variable if base else None),
        grammar=file.choice(
            file.text(doc, "grammar", default=base.grammar if base else "first-party"), "grammar", GRAMMARS
        ),
        parameters=parameters,
        fields=fields,
        responses=_responses(file, base.responses if base else {}),
        default_status=file.choice(
            file.text(doc, "default_status", default=base.default_status if base else "unknown"),
            "default_status",
            STATUSES,
        ),
        prices=_prices(file),
        extends=base.id if base else "",
        source=top_source,
        models=_texts(file, "models", base.models if base else {}),
        tiers=tiers,
        host_suffixes=file.texts(doc, "host_suffixes"),
        domains=file.texts(doc, "domains"),
    )


def _texts(file: File, name: str, inherited: Mapping[str, str]) -> dict[str, str]:
    """A table of texts, over the rows of the target that this one extends."""
    own = file.table(name)
    return {**inherited, **{key: file.text(own, key, name) for key in own}}


def _responses(file: File, inherited: Mapping[str, str]) -> dict[str, str]:
    table, found = file.table("responses"), dict(inherited)
    for state in table:
        if state == "source":
            file.source(file.text(table, "source", "responses"), "responses.source")
            continue
        file.choice(state, f"responses.{state}", FIELD_STATES)
        found.update(dict.fromkeys(file.texts(table, state, "responses"), state))
    return found


def _prices(file: File) -> dict[str, tuple[float, float]]:
    found = {}
    for model, price in file.table("prices").items():
        if (
            not isinstance(price, list)
            or len(price) != 2
            or not all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in price)
        ):
            raise file.fail(f"prices.{model}", "must be [USD per MTok in, USD per MTok out]")
        found[model] = (float(price[0]), float(price[1]))
    return found


def _read_rows(
    file: File, key: str, owner: str, top_source: str, inherited: Mapping[str, Parameter]
) -> dict[str, Parameter]:
    rows = dict(inherited)
    for name, row in file.table(key).items():
        where = f"{key}.{name}"
        if not isinstance(row, dict):
            raise file.fail(where, 'must be a table: { status = "…", source = "…" }')
        file.known(row, where, _ROW_KEYS)
        source = file.source(file.text(row, "source", where, top_source), f"{where}.source")
        note = file.text(row, "note", where, "")
        value = row.get("value")
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise file.fail(f"{where}.value", f"must be a number, not {_kind(value)}")
        base = inherited.get(name)
        if "status" in row:
            status = file.choice(file.text(row, "status", where), f"{where}.status", STATUSES)
            status_owner = owner
        elif base is not None:
            status, status_owner = base.status, base.status_owner
            value = base.value if value is None else value
        else:
            raise file.fail(f"{where}.status", "is missing, and no target that this one extends has the row")
        if (status in ("capped", "must-equal")) != (value is not None):
            needs = "needs" if value is None else "takes no"
            raise file.fail(f"{where}.value", f"status {status} {needs} value")
        rows[name] = Parameter(name, status, None if value is None else float(value), note, source, owner, status_owner)
    return rows
