"""Mutation testing of rules and linker: how many small changes of their code the pages and cases notice.

usage: python tests/mutants.py [--each N] [--all] [--folder DIR] [--write]

mutmut makes the changes and runs tests/test_pages.py and tests/test_messages.py on each, in a copy of the repository. Of each module N mutants are
drawn, always the same ones (40 unless said otherwise). With --folder the copy stays there, and ``mutmut show NAME``
in it shows a mutant that nothing noticed. --write puts the table into its part of docs/evidence.md.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

import evidence

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("flake8_claude_compat", "tests", "examples", "pyproject.toml", "setup.cfg", "README.md", "LICENSE")
#: exit codes of mutmut's runs that say that a test failed, or never ended
NOTICED = (1, 3, 24, 36, -24, 152)

TEXT = """\
## Changes that the tests notice

{made_by}

A mutant is a copy of the code with one small change: `<` for `<=`, `and` for `or`, another constant, an argument left out.
It counts as noticed when an example of a rule's page or of `tests/cases` then says something else; no other test takes part. Of each
module {each} were drawn, always the same. Many of those that nothing notices change nothing that could be seen: a limit of
depth or of work, a place that stands for none, the letters of a message behind the part that examples quote.

{table}

Branch coverage of the same modules is held at 95 % or more by `nox -s coverage`.
"""


def main() -> int:
    """The command; 0 when mutmut could do its work."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--each", type=int, default=40, help="mutants of each module")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--folder", type=Path, help="where the copy stays")
    parser.add_argument("--write", action="store_true", help="write the part of docs/evidence.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        _copy(folder)
        _mutmut(folder, "none of them")  # only makes them
        names = set(_drawn(folder, sys.maxsize if options.all else options.each))
        if names:
            _mutmut(folder, *sorted(names))
        tried = [code for _, results in _results(folder) for name, code in results.items() if name in names]
        if not tried or None in tried:
            print("not all was tried: do the tests pass without any change?", file=sys.stderr)
            return 2
        table = evidence.table(("module", "mutants", "tried", "noticed", "not noticed", "score"), _rows(folder, names))
    print(table)
    if options.write:
        command = "python tests/mutants.py --write" if not options.all else "python tests/mutants.py --all --write"
        made_by = evidence.made_by(command, date.today(), f"mutmut {version('mutmut')}")
        each = "all" if options.all else options.each
        evidence.write("mutants", TEXT.format(made_by=made_by, each=each, table=table))
    return 0


def _copy(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            shutil.copy(source, target)


def _mutmut(folder: Path, *names: str) -> None:
    """Run mutmut on mutants by their names. One at a time: other work goes on beside it."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _results(folder: Path) -> Iterator[tuple[str, dict[str, int | None]]]:
    """Each module with its mutants and the exit codes of their runs."""
    package = folder / "mutants" / "flake8_claude_compat"
    for path in sorted(package.glob("*/*.meta")):
        yield path.relative_to(package).with_suffix("").as_posix(), json.loads(path.read_text())["exit_code_by_key"]


def _drawn(folder: Path, each: int) -> Iterator[str]:
    for module, results in _results(folder):
        names = sorted(results)
        yield from random.Random(module).sample(names, min(each, len(names)))


def _rows(folder: Path, names: set[str]) -> Iterator[tuple[object, ...]]:
    """A row for each module and one for all: the mutants of each module weigh as many as it has."""
    mutants = tried = noticed = 0
    weighed = 0.0
    for module, results in _results(folder):
        codes = [code for name, code in results.items() if name in names and code is not None]
        if not codes:
            continue
        good = sum(code in NOTICED for code in codes)
        yield module, len(results), len(codes), good, len(codes) - good, f"{good / len(codes):.0%}"
        mutants, tried, noticed = mutants + len(results), tried + len(codes), noticed + good
        weighed += len(results) * good / len(codes)
    yield "all", mutants, tried, noticed, tried - noticed, f"{weighed / max(1, mutants):.0%}"


if __name__ == "__main__":
    sys.exit(main())
