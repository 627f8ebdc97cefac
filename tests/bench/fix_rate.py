"""How much of a migration `claude-compat fix` does: on real code that people have labelled.

usage: python tests/bench/fix_rate.py --labels FILE.labels.jsonl [...] --snapshots FOLDER [--left N] [--properties]

A line of a labels file is an object with `repo`, `commit`, `path`, `line` (from 1; `cell`, from 0, in notebooks),
`category` and `certainty`; `must` is what a careful reviewer of a move would certainly change. FOLDER holds the git
directories `OWNER+NAME/repo` that the labels name. Files are read at their commits, checked with the default
configuration, fixed in memory, and the findings left are matched to labels by the lines that they come from.

Printed is a Markdown table, a row per rule: labels that a finding matches, how many of these findings are gone after
the safe fixes, and after the unsafe ones as well. Endpoints without counterpart, the models of such endpoints, and what
stands on the same line or serves nothing else, are counted apart: nothing can be put in their place. `--left N` lists
the reasons of what is left; `--properties` says for each file whether the result parses, a second run changes nothing
and no new code has come.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

from flake8_claude_compat.checking import findings_of
from flake8_claude_compat.config import Config
from flake8_claude_compat.encoding import decoded
from flake8_claude_compat.findings import SHOW_ONLY, Located
from flake8_claude_compat.fixing import Fixed, fix_text
from flake8_claude_compat.languages import language_by_line, language_by_name
from flake8_claude_compat.redaction import redact
from flake8_claude_compat.source import Source
from flake8_claude_compat.spelling import errors

#: category of a label → beginnings of the codes that report it
CATEGORIES = {
    "client-default-endpoint": ("CLC101", "CLC105"),
    "openai-base-url": ("CLC102", "CLC104"),
    "raw-http": ("CLC102", "CLC104"),
    "azure-client": ("CLC105",),
    "legacy-sdk": ("CLC015",),
    "hardcoded-key": ("CLC201", "CLC202"),
    "placeholder-key": ("CLC201", "CLC203"),
    "openai-key-env": ("CLC204", "CLC205"),
    "openai-model": ("CLC301", "CLC302", "CLC303"),
    "finetuned-model": ("CLC303",),
    "claude-model-invalid": ("CLC304", "CLC305", "CLC306"),
    "param": ("CLC4", "CLC106", "CLC501", "CLC502", "CLC506"),
    "legacy-functions": ("CLC5",),
    "json-unvalidated": ("CLC601", "CLC602", "CLC603"),
    "tool-calls-unguarded": ("CLC801",),
    "stream-delta-unguarded": ("CLC702", "CLC703"),
    "error-handling-missing": ("CLC901", "CLC902", "CLC903"),
    "response-field": ("CLC701", "CLC704", "CLC705", "CLC706"),
    "framework": ("CLC016",),
    # without counterpart
    "openai-only-endpoint": ("CLC00", "CLC010", "CLC011", "CLC012", "CLC013", "CLC014"),
    "non-chat-model": ("CLC301", "CLC302"),
}
APART = ("openai-only-endpoint", "non-chat-model")
#: endpoints and models without counterpart
NO_COUNTERPART = (*CATEGORIES["openai-only-endpoint"], "CLC302")


class Outcome(NamedTuple):
    """One label: its file's language, the code that matches it ("" if none) and whether that is gone, safe and unsafe."""

    language: str
    category: str
    code: str
    safe: bool
    unsafe: bool


class Result(NamedTuple):
    """What one file gave."""

    name: str
    outcomes: list[Outcome]
    reasons: Counter[tuple[str, str, str]]
    wrong: list[str]


def main() -> int:
    """Print the table; 1 where a file has no snapshot or a property does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", nargs="+", required=True, type=Path)
    parser.add_argument("--snapshots", required=True, type=Path)
    parser.add_argument("--left", type=int, default=0, metavar="N")
    parser.add_argument("--properties", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    labels: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for path in options.labels:
        for line in path.read_text("utf-8").splitlines():
            label = json.loads(line)
            labels[label["repo"], label["commit"], label["path"]].append(label)
    tasks = [(options.snapshots, key, found, options.properties) for key, found in labels.items()]
    with Pool(options.jobs) as pool:
        results = pool.map(_file, tasks, chunksize=4)
    missing = sum(result is None for result in results)
    done = [result for result in results if result is not None]
    if missing:
        print(f"{missing} of {len(results)} files have no snapshot", file=sys.stderr)
    print("\n".join(_table([one for result in done for one in result.outcomes])))
    if options.left:
        print("\n".join(_reasons(done, options.left)))
    wrong = [f"{result.name}: {text}" for result in done for text in result.wrong]
    if options.properties:
        print("\n".join(wrong) or f"all properties hold for {len(done)} files")
    return 1 if wrong or missing else 0


def snapshot(snapshots: Path, key: tuple[str, str, str]) -> bytes | None:
    """A labelled file, by repository, commit and path; None where there is no snapshot of it."""
    repo, commit, path = key
    folder = snapshots / repo.replace("/", "+") / "repo"
    done = subprocess.run(["git", f"--git-dir={folder}", "show", f"{commit}:{path}"], capture_output=True, check=False)
    return None if done.returncode else done.stdout


def _file(task: tuple[Path, tuple[str, str, str], list[dict[str, Any]], bool]) -> Result | None:
    snapshots, key, labels, properties = task
    repo, _, path = key
    data = snapshot(snapshots, key)
    if data is None:
        return None
    name = f"{repo}/{path}"
    language = language_by_name(path) or language_by_line(data[:200])
    text = decoded(data, language)
    settings = Config()
    before = findings_of(path, text, language, settings).findings
    fixed = {unsafe: fix_text(path, text, language, settings, unsafe) for unsafe in (False, True)}
    left = {unsafe: _left_places(text, before, one) for unsafe, one in fixed.items()}
    outcomes = []
    for label in labels:
        if label["certainty"] != "must":
            continue
        near = [index for index, one in enumerate(before) if _reports(one, label)]
        gone = {unsafe: all(index not in left[unsafe] for index in near) for unsafe in fixed}
        code = before[near[0]].finding.code if near else ""
        category = APART[0] if any(_has_no_counterpart(before[index], before) for index in near) else label["category"]
        outcomes.append(Outcome(language, category, code, gone[False], gone[True]))
    reasons = Counter(
        (one.located.finding.code, one.reason, _shape(one.located)) for one in fixed[True].left
    )
    wrong = list(_wrong(path, text, language, settings, before, fixed)) if properties else []
    return Result(name, outcomes, reasons, wrong)


def _reports(one: Located, label: dict[str, Any]) -> bool:
    place = one.location
    return (
        one.finding.code.startswith(CATEGORIES[label["category"]])
        and abs(place.line - label["line"]) <= 1
        and label.get("cell") in (None, place.cell)
    )


def _has_no_counterpart(one: Located, every: tuple[Located, ...]) -> bool:
    """Whether a finding is of a call to an endpoint without counterpart, or of a client or key for such calls alone."""
    # a client, or a key, that serves nothing else
    if one.finding.code in ("CLC101", "CLC204") and one.finding.changes and one.finding.safety == SHOW_ONLY:
        return True
    place = (one.location.cell, one.location.line)
    return any(
        other.finding.code.startswith(NO_COUNTERPART) and (other.location.cell, other.location.line) == place
        for other in every
    )


def _left_places(text: str, before: tuple[Located, ...], fixed: Fixed) -> set[int]:
    """Which findings are still there: those whose lines, as a comparison of the texts has them, hold one of the code."""
    old, new = text.splitlines(), fixed.text.splitlines()
    if old == new:
        return set(range(len(before))) & {
            index for index, one in enumerate(before) if any(_same(one, left.located) for left in fixed.left)
        }
    after = [left.located for left in fixed.left]
    found: set[int] = set()
    base_old, base_new = Source("old", text), Source("new", fixed.text)
    for _, first, last, start, end in SequenceMatcher(None, old, new, False).get_opcodes():
        there = [one for one in after if start < _line(one, base_new) <= end]
        # of several of one code in a changed block, as many are left as there are now
        counts = Counter(one.finding.code for one in there)
        for index in reversed(range(len(before))):
            one = before[index]
            if first < _line(one, base_old) <= last and counts[one.finding.code] > 0:
                counts[one.finding.code] -= 1
                found.add(index)
    return found


def _line(one: Located, source: Source) -> int:
    """The line in the file, also of what is in a notebook's cell or a block."""
    span, origin = one.finding.span, one.origin
    while origin.host is not None:
        span, origin = origin.host_span(span), origin.host
    return source.line_of(span.start)


def _same(one: Located, other: Located) -> bool:
    return (one.finding.code, one.location) == (other.finding.code, other.location)


def _shape(one: Located) -> str:
    return redact(one.finding.message)[:100] + ("" if one.finding.changes else " [no change]")


# ----------------------------------------------------------------- properties


def _wrong(
    path: str, text: str, language: str, settings: Config, before: tuple[Located, ...], fixed: dict[bool, Fixed]
) -> Iterator[str]:
    known = {one.finding.code for one in before}
    problems = len(findings_of(path, text, language, settings).problems)
    for unsafe, one in fixed.items():
        mode = "with --unsafe" if unsafe else "safe"
        if errors(Source(path, one.text), language) > errors(Source(path, text), language):
            yield f"{mode}: does not parse any more"
        report = findings_of(path, one.text, language, settings)
        if len(report.problems) > problems:
            yield f"{mode}: {report.problems[0].message}"
        new = {located.finding.code for located in report.findings} - known
        if new:
            yield f"{mode}: new codes {', '.join(sorted(new))}"
        if fix_text(path, one.text, language, settings, unsafe).text != one.text:
            yield f"{mode}: a second run changes it again"


# --------------------------------------------------------------------- output


def _table(outcomes: list[Outcome]) -> Iterator[str]:
    yield "| rule | found | gone, safe | gone, with `--unsafe` | |"
    yield "|---|---:|---:|---:|---:|"
    for title, chosen in (
        ("", [one for one in outcomes if one.category not in APART]),
        ("without counterpart", [one for one in outcomes if one.category in APART]),
    ):
        rows: dict[str, list[Outcome]] = defaultdict(list)
        for one in chosen:
            rows[one.code].append(one)
        for code in sorted(rows):
            if code and not title:
                yield _row(code, rows[code])
        by_language: dict[str, list[Outcome]] = defaultdict(list)
        for one in chosen:
            if one.code:
                by_language[one.language].append(one)
        yield _row(f"**{title or 'all of chat completions'}**", [one for one in chosen if one.code])
        if not title:
            for language in sorted(by_language):
                yield _row(f"in {language}", by_language[language])


def _row(name: str, outcomes: list[Outcome]) -> str:
    total, safe, unsafe = len(outcomes), sum(one.safe for one in outcomes), sum(one.unsafe for one in outcomes)
    return f"| {name} | {total} | {safe} | {unsafe} | {100 * unsafe / max(1, total):.0f} % |"


def _reasons(results: list[Result], count: int) -> Iterator[str]:
    total: Counter[tuple[str, str, str]] = Counter()
    files: dict[tuple[str, str, str], str] = {}
    for result in results:
        total.update(result.reasons)
        for key in result.reasons:
            files.setdefault(key, result.name)
    yield "\n| left | rule | why | finding | for instance |\n|---:|---|---|---|---|"
    for (code, reason, message), number in total.most_common(count):
        yield f"| {number} | {code} | {reason} | {message.replace('|', '/')} | {files[code, reason, message]} |"


if __name__ == "__main__":
    sys.exit(main())
