"""Hostile input at length: ``python tests/robustness --write`` puts what came of it into docs/evidence.md.

Every group of texts is tried in processes apart; whatever fails is printed. CPython's tests are those of the Python
that runs, those of parsers of JavaScript are installed from npm into ``--npm`` (default .robustness), atheris is asked
where it is installed; what is missing is named.
"""

from __future__ import annotations

import argparse
import functools
import importlib.util
import itertools
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import patterns  # noqa: E402

PATTERNS = patterns.collected() if __name__ == "__main__" else {}  # before anything else of the package is used

import corpora  # noqa: E402
import evidence  # noqa: E402
import hostile  # noqa: E402
from hostile import FILES, Text  # noqa: E402
from trials import tried  # noqa: E402


class Group(NamedTuple):
    """A row of the table. ``seconds``: the slowest text's, of the processor; ``peak``: megabytes of the process."""

    name: str
    count: int
    seconds: float
    peak: float
    failures: int


def _group(name: str, texts: Iterable[Text], check: Callable[[Text], object]) -> Group:
    count = failures = 0
    slowest = peak = 0.0
    for trial in tried(texts, check):
        count += 1
        slowest, peak = max(slowest, trial.seconds), max(peak, trial.peak)
        if trial.problem:
            failures += 1
            print(f"FAILED {name}: {trial.text.language}: {trial.problem[:600]} on {trial.text.text[:100]!r}", flush=True)
    return Group(name, count, slowest, peak, failures)


def _for(seconds: float, texts: Iterator[Text]) -> Iterator[Text]:
    end = time.monotonic() + seconds
    return itertools.takewhile(lambda _: time.monotonic() < end, texts)


def truncated(seed: int) -> Iterator[Text]:
    """Every fixture and example, cut off at three places."""
    rng = random.Random(seed)
    for one in (*hostile.fixtures(), *corpora.examples(ROOT)):
        for _ in range(3):
            yield one._replace(text=one.text[: rng.randrange(len(one.text))])


def flipped(seed: int) -> Iterator[Text]:
    """Every fixture and example with a few wrong bytes, read as such a file is read."""
    rng = random.Random(seed)
    for one in (*hostile.fixtures(), *corpora.examples(ROOT)):
        for count in (1, 3, 20):
            data = bytearray(one.text.encode("utf-8", "replace"))
            for _ in range(count):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            yield one._replace(text=data.decode("utf-8", "replace" if count % 2 else "surrogateescape"))


def _patterns() -> Group:
    slowest, failures = 0.0, 0
    for pattern, text, seconds in patterns.slow(PATTERNS.values()):
        failures, slowest = failures + 1, max(slowest, seconds)
        print(f"SLOW {seconds:.1f} s: {pattern[:200]!r} on {text[:60]!r}", flush=True)
    return Group("regular expressions, each with the worst texts for it", len(PATTERNS), slowest, 0, failures)


def _guided(thing: str, seconds: int, seed: int) -> Group:
    command = [sys.executable, str(HERE / "guided.py"), thing, "--seconds", str(seconds), "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    said = done.stdout + done.stderr
    stats = {name: int(value) for name, value in re.findall(r"stat::(\w+):\s+(\d+)", said)}
    if done.returncode:
        print(f"FAILED {thing} under atheris:\n{said[-3000:]}", flush=True)
    slowest = float(stats.get("slowest_unit_time_sec", 0))
    return Group(f"atheris: {thing}, {seconds} s", stats.get("number_of_executed_units", 0), slowest,
                 stats.get("peak_rss_mb", 0), int(done.returncode != 0))  # fmt: skip


#: parts that can be asked for alone
PARTS = ("patterns", "nested", "bombs", "large", "fixed", "fixtures", "random", "generated", "cpython", "npm", "guided")


def _groups(options: argparse.Namespace, parts: Iterable[str]) -> Iterator[Group]:
    check, both, fixed = (
        functools.partial(one, patience=hostile.PATIENCE) for one in (hostile.checked, hostile.checked_and_fixed, hostile.fixed)
    )
    seed = options.seed
    if "patterns" in parts:
        yield _patterns()
    if "nested" in parts:
        texts = (one for language in FILES for one in hostile.nested(language, options.depth))
        yield _group(f"nesting, {options.depth:,} deep, in every language", texts, check)
    if "bombs" in parts:
        yield _group("bombs: aliases, numbers, keys, notebooks, 2 MB each", hostile.bombs(2_000_000), check)
    if "large" in parts:
        texts = (one for language in FILES for one in hostile.long_lines(language, options.size))
        yield _group(f"files of {options.size / 1e6:.0f} MB in Python, of 2 MB in every other language", texts, check)
    if "fixed" in parts:
        texts = hostile.all_findings(options.findings)
        yield _group(f"files of {options.findings / 1e6:.1f} MB of which everything is fixed", texts, fixed)
    if "fixtures" in parts:
        yield _group("fixtures and examples, cut off anywhere", truncated(seed), both)
        yield _group("fixtures and examples with flipped bits", flipped(seed), both)
    if "random" in parts:
        yield _group(f"fixtures with random changes, {options.seconds} s", _for(options.seconds, hostile.mutations(seed)), both)
        yield _group(f"words in no order, {options.seconds} s", _for(options.seconds, hostile.soups(seed)), both)
    if "generated" in parts:
        if importlib.util.find_spec("hypothesmith"):
            yield _group("programs made by hypothesmith", corpora.generated(options.programs, seed), both)
        else:
            print("not installed: hypothesmith", file=sys.stderr)
    if "cpython" in parts:
        files = corpora.cpython()
        yield _group(f"CPython's own tests, {len(files)} files, bad syntax too", corpora.texts(files), both)
    if "npm" in parts:
        files = corpora.installed_from_npm(options.npm)
        yield _group(" and ".join(corpora.versions(options.npm)) or "npm: missing", corpora.texts(files), check)
    if "guided" in parts:
        if importlib.util.find_spec("atheris"):
            for thing in (*FILES, "fix", "suppression", "options", "target", "baseline"):
                yield _guided(thing, options.guided, seed)
        else:
            print("not installed: atheris", file=sys.stderr)


def part(groups: list[Group], command: str, day: date) -> str:
    """The part of docs/evidence.md."""
    rows = [
        (one.name, f"{one.count:,}", f"{one.seconds:.1f} s" if one.seconds else "", f"{one.peak:.0f} MB" if one.peak else "", one.failures)
        for one in groups
    ]
    return f"""\
## Hostile input

{evidence.made_by(command, day)}

A text fails when the linter itself fails, ends its process, or takes more than {hostile.PATIENCE:.0f} s of the processor
beside what the parsers of Python and JavaScript take and {hostile.PER_FINDING * 1000} ms for each finding. Most are checked
with edits and survey, and fixed with unsafe changes too: the result has to parse as well as the text did, has no code that
was not there, and a second run changes nothing. *Peak* is that of a process that takes the group's texts one after the
other. The tests of the repository add: a process killed at every line while it writes, a full disk, files that change, loop, or cannot be read,
keys in every place of every kind of file and in every output, and an audit hook that sees no socket opened, nothing written
and nothing started but git.

{evidence.table(("what", "texts", "slowest", "peak", "failures"), rows)}
"""


def main() -> int:
    """Try everything; 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python tests/robustness", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--only", action="append", choices=PARTS, default=[])
    parser.add_argument("--seconds", type=int, default=120, help="for each kind of random texts")
    parser.add_argument("--guided", type=int, default=20, metavar="SECONDS", help="for each thing under atheris")
    parser.add_argument("--programs", type=int, default=1000, help="made by hypothesmith")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=10_000_000, help="of large files, in characters")
    parser.add_argument("--findings", type=int, default=100_000, help="of files of findings alone that are fixed, in characters")
    parser.add_argument("--depth", type=int, default=10_000)
    parser.add_argument("--npm", type=Path, default=ROOT / ".robustness", metavar="DIR")
    parser.add_argument("--write", action="store_true", help="write the part of docs/evidence.md; all parts have to be run")
    options = parser.parse_args()
    if options.write and options.only:
        parser.error("--write wants all parts")
    groups = []
    for group in _groups(options, options.only or PARTS):
        print(f"{group.name}: {group.count}, slowest {group.seconds:.1f} s, peak {group.peak:.0f} MB, {group.failures} failures", flush=True)
        groups.append(group)
    if options.write:
        given = {name: getattr(options, name) for name in ("seconds", "guided", "programs", "size", "depth")}
        changed = (f" --{name} {value}" for name, value in given.items() if value != parser.get_default(name))
        evidence.write("hostile", part(groups, f"python tests/robustness --write{''.join(changed)}", date.today()))
    return int(any(group.failures for group in groups))


if __name__ == "__main__":
    sys.exit(main())
