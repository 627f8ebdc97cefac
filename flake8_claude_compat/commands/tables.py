"""What the commands that look things up share: columns, sources, prices."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from ..catalogue import Catalogue, Parameter
from ..reporters import printable

#: status of a parameter's row → words
_STANDING = {
    "supported": "supported", "ignored": "ignored", "rejected": "refused (HTTP 400)", "unknown": "not documented",
    "capped": "capped at", "must-equal": "must be",
}  # fmt: skip


def width() -> int:
    """Columns of the terminal, within reason."""
    return max(60, min(120, shutil.get_terminal_size((100, 24)).columns))


def columns(rows: Sequence[Sequence[str]], indent: str = "", head: Sequence[str] = ()) -> Iterator[str]:
    """Rows as aligned lines; the last column is wrapped below itself."""
    shown = [[printable(cell) for cell in row] for row in ([head] if head else []) + list(rows)]
    if not shown:
        return
    sizes = [max(len(row[column]) for row in shown) for column in range(len(shown[0]) - 1)]
    left = len(indent) + sum(sizes) + 2 * len(sizes)
    for row in shown:
        start = indent + "".join(f"{cell:<{size}}  " for cell, size in zip(row, sizes))
        text = wrap(row[-1], max(30, width() - left), break_long_words=False, break_on_hyphens=False) or [""]
        yield f"{start}{text[0]}".rstrip()
        yield from (f"{' ' * left}{line}" for line in text[1:])


def standing(row: Parameter) -> str:
    """What a target does with a parameter, in words."""
    value = f" {row.value:g}" if row.value is not None else ""
    note = f": {row.note}" if row.note else ""
    return f"{_STANDING[row.status]}{value}{note}"


def cited(key: str, catalogue: Catalogue) -> str:
    """A source with its address and the date on which it was read."""
    source = catalogue.sources[key]
    return f"{source.title}, {source.at}, read {source.read}"


def usd(price: tuple[float, float] | None) -> str:
    """USD per million tokens in and out; "" where the target states none."""
    return f"${price[0]:g} / ${price[1]:g}" if price is not None else ""


def emit(lines: Iterable[str]) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
