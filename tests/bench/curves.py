"""How CPU time grows with the size of a file, the number of files and the number of findings."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from measuring import Run, cheapest, ours
from texts import (
    SHAPES,
    cells_ipynb,
    curl_sh,
    list_yaml,
    plain_py,
    requests_js,
    requests_py,
    size_js,
    size_md,
    size_py,
    size_yaml,
)

FACTOR = 4


class Curve(NamedTuple):
    """One line of a plot: what it stands for, and (amount, CPU seconds without start-up) from small to large."""

    name: str
    points: tuple[tuple[float, float], ...]

    @property
    def growth(self) -> float:
        """How many times as long four times the amount takes, at the upper end."""
        (_, small), (_, large) = self.points[-2:]
        return large / max(small, 1e-9)


class Panel(NamedTuple):
    """Curves over the same amount."""

    title: str
    unit: str
    curves: tuple[Curve, ...]


#: name, file, text of a size: one place with findings, more and more around it
BY_SIZE: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("Python", "a.py", size_py), ("TypeScript", "a.ts", size_js), ("YAML", "a.yaml", size_yaml),
    ("Markdown", "a.md", size_md),
)  # fmt: skip
#: nothing but places with findings, several each
BY_FINDINGS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("Python", "a.py", requests_py), ("JavaScript", "a.js", requests_js), ("shell", "a.sh", curl_sh),
    ("YAML", "a.yaml", list_yaml), ("notebook", "a.ipynb", cells_ipynb),
)  # fmt: skip
#: what is in each of many files
BY_FILES: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("Python, one request each", "a.py", size_py), ("TypeScript, one request each", "a.ts", size_js),
    ("Python without OpenAI", "a.py", plain_py),
)  # fmt: skip


def panels(largest: int, files: int, rounds: int) -> list[Panel]:
    """The three of them. ``largest``: bytes of the largest file; ``files``: the largest number of them."""
    with tempfile.TemporaryDirectory() as folder:

        def sized(name: str, file: str, make: Callable[[int], str], of: Callable[[Run, int], float]) -> Curve:
            points, start = [], _start(folder, file, make, rounds)
            for size in _amounts(largest):
                found = _check(folder, file, make(size), rounds)
                points.append((of(found, size), _above(found, start)))
            return Curve(name, tuple(points))

        return [
            Panel("One file, one request", "kB", tuple(sized(*row, lambda run, size: size / 1000) for row in BY_SIZE)),
            Panel(
                "One file, nothing but requests", "findings",
                tuple(sized(*row, lambda run, size: run.lines) for row in BY_FINDINGS),
            ),
            Panel("Many files of 4 kB", "files", tuple(_by_files(files, rounds))),
        ]  # fmt: skip


def _by_files(largest: int, rounds: int) -> Iterator[Curve]:
    for name, file, make in BY_FILES:
        points, text = [], make(4000)
        with tempfile.TemporaryDirectory() as folder:
            start = _start(folder, file, make, rounds)
        for count in _amounts(largest):
            with tempfile.TemporaryDirectory() as folder:
                for number in range(count):
                    place = Path(folder, f"part{number % 20}", str(number))
                    place.mkdir(parents=True)
                    (place / file).write_text(text, "utf-8")
                points.append((count, _above(cheapest(rounds, ours("-j1", folder))[0], start)))
        yield Curve(name, tuple(points))


def _amounts(largest: int) -> list[int]:
    return [largest // FACTOR**power for power in (3, 2, 1, 0)]


class Shape(NamedTuple):
    """What a file of one shape takes, and how many times that of a quarter of it."""

    file: str
    what: str
    size: int
    run: Run
    growth: float


def shapes(size: int, rounds: int) -> Iterator[Shape]:
    """Files of every shape that might cost more than it should."""
    with tempfile.TemporaryDirectory() as folder:
        for file, make in SHAPES:
            start = _start(folder, file, make, rounds)
            small, large = (_check(folder, file, make(amount), rounds) for amount in (size // FACTOR, size))
            what = (make.__doc__ or "").strip().rstrip(".").lower()
            yield Shape(file, what, size, large, _above(large, start) / _above(small, start))


class Format(NamedTuple):
    """An output format and what it takes for a file of very many findings."""

    name: str
    run: Run


def formats(names: Sequence[str], size: int) -> Iterator[Format]:
    """One file of nothing but requests, in every output format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.js")
        path.write_text(requests_js(size), "utf-8")
        for name in names:
            yield Format(name, cheapest(1, ours("--format", name, str(path)))[0])


def _start(folder: str, file: str, make: Callable[[int], str], rounds: int) -> float:
    """What a run costs before the text matters: one on the smallest text of its shape."""
    return _check(folder, file, make(1), 2 * rounds).cpu


def _check(folder: str, file: str, text: str, rounds: int) -> Run:
    path = os.path.join(folder, file)
    Path(path).write_text(text, "utf-8")
    # one that is so large that start-up means nothing is timed once
    return cheapest(rounds if len(text) < 1_000_000 else 1, ours("-j1", path))[0]


def _above(run: Run, start: float) -> float:
    return max(run.cpu - start, 0.001)
