"""The tables of a report: folders, models, endpoints without a counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from .. import rules
from ..catalogue import Catalogue, Endpoint, Model
from .records import EndpointRow, ModelRow, Part
from .tally import Tally

#: folders that a report lists at most before it goes no deeper
_MANY = 12


def folders(files: Mapping[str, tuple[Counter[int], Counter[int]]]) -> tuple[Part, ...]:
    """Folders with what is right and left, those with most left first.

    The folder that holds most is divided until there are some to compare.
    """
    if not files:
        return ()
    groups: dict[str, list[str]] = {"": sorted(files)}
    while True:
        best = max(groups, key=lambda name: sum(_weight(files[path]) for path in groups[name]), default="")
        share = sum(_weight(files[path]) for path in groups[best])
        if len(groups) > 3 and share * 2 < sum(map(_weight, files.values())):
            break
        inner: dict[str, list[str]] = {}
        for path in groups.get(best, ()):
            rest = path[len(best) :]
            folder, slash, _ = rest.partition("/")
            inner.setdefault(f"{best}{folder}/" if slash else best, []).append(path)
        if set(inner) <= {best} or len(groups) + len(inner) - 1 > _MANY:
            break
        del groups[best]
        groups.update(inner)
        if best in inner and len(inner) == 1:
            break
    parts = []
    for name, paths in groups.items():
        right = sum(files[path][0].total() for path in paths)
        lines: Counter[int] = Counter()
        for path in paths:
            lines.update(files[path][1])
        parts.append(Part(name or "./", right, lines.total(), len(paths), dict(sorted(lines.items()))))
    return tuple(sorted(parts, key=lambda part: (-part.left, part.name)))


def _weight(counts: tuple[Counter[int], Counter[int]]) -> int:
    return counts[0].total() + counts[1].total()


def models(tally: Tally, catalogue: Catalogue) -> tuple[ModelRow, ...]:
    rows = []
    merged: dict[tuple[str, bool], list[str]] = {}
    for (name, right), paths in tally.models.items():
        merged.setdefault((name.removeprefix(catalogue.router_prefix(name)), right), []).extend(paths)
    for (name, right), paths in merged.items():
        openai = catalogue.openai_model(name) or catalogue.openai_model(catalogue.fine_tuned(name) or "")
        if openai is not None:
            rows.append(_openai_row(name, openai, paths, catalogue))
        else:
            rows.append(_claude_row(name, right, paths, catalogue))
    return tuple(sorted(rows, key=lambda row: (row.vendor != "openai", -row.places, row.name)))


def _openai_row(name: str, model: Model, paths: Sequence[str], catalogue: Catalogue) -> ModelRow:
    mapped = catalogue.replacement(name)
    source = catalogue.sources[model.source].title if model.shutdown else ""
    return ModelRow(
        name, "openai", len(paths), len(set(paths)), mapped, catalogue.price(mapped), model.shutdown, source
    )


def _claude_row(name: str, right: bool, paths: Sequence[str], catalogue: Catalogue) -> ModelRow:
    foreign = catalogue.foreign_claude(name)
    model = catalogue.claude_model(name) or catalogue.claude_model(foreign[1] if foreign else "")
    mapped = ""
    if not right:
        mapped = catalogue.spell(model.replacement) if model is not None and model.replacement else ""
        mapped = mapped or catalogue.spell(catalogue.closest_claude(name))
    ends = model.retires if model is not None else ""
    source = catalogue.sources[model.source].title if model is not None and ends else ""
    return ModelRow(
        name, "claude", len(paths), len(set(paths)), mapped, catalogue.price(mapped or name), ends, source
    )


def endpoints(tally: Tally, catalogue: Catalogue) -> tuple[EndpointRow, ...]:
    grouped: dict[tuple[str, str], list[str]] = {}
    known: dict[tuple[str, str], Endpoint | None] = {}
    for (path, code), paths in tally.endpoints.items():
        endpoint = catalogue.endpoint(tuple(path.split("."))) if path else None
        if endpoint is None:
            same = [one for one in catalogue.endpoints.values() if one.code == code]
            endpoint = same[0] if len({one.family for one in same}) == 1 else None
        key = (endpoint.family if endpoint is not None else rules.all_rules()[code].name, code)
        grouped.setdefault(key, []).extend(paths)
        known[key] = endpoint
    rows = []
    for (family, code), paths in grouped.items():
        endpoint = known[family, code]
        alternative, sunset = (endpoint.alternative, endpoint.sunset) if endpoint is not None else ("", "")
        rows.append(EndpointRow(family, code, len(paths), len(set(paths)), alternative, sunset))
    return tuple(sorted(rows, key=lambda row: (-row.places, row.family)))
