"""What the runs say, as text and as a part of docs/evidence.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date

from evidence import made_by, table
from repair import Repair, counted
from running import Run
from standin import KINDS
from verdicts import FLAG, FREE, NOT_SENT, SILENT, Judged, matrix


def outcomes(run: Run) -> list[str]:
    """How many programs came to what, and how many of these were reported wrongly."""
    count = Counter(one.kind for one in run.results)
    missed = sum(bool(one.missed) for one in run.results)
    false = sum(bool(one.false) for one in run.results)
    kinds = [str(count[kind]) for kind in (*KINDS, NOT_SENT)]
    return [run.sdk, run.target, str(len(run.results)), *kinds, str(missed), str(false)]


REPAIRS = ["SDK", "target", "to be reported", "changed by the fixer", "without an error then", "of these accepted",
           "silent then", "of these taken as they are"]  # fmt: skip


def repaired_rows(runs: list[Run], repairs: list[list[Repair]]) -> str:
    """What became of the programs that had to be reported, for each run."""
    rows = [[run.sdk, run.target, *map(str, counted(some))] for run, some in zip(runs, repairs)]
    return table(REPAIRS, rows)


OUTCOMES = ["SDK", "target", "programs", *KINDS, NOT_SENT, "missed", "false"]


def rules(results: list[Judged]) -> str:
    rows = [[code, *map(str, row)] for code, row in matrix(results).items()]
    return table(["rule", "right", "missed", "false", "free"], rows)


def confusion(results: list[Judged]) -> str:
    """The stand-in's verdict by the linter's."""
    rows = []
    for kind in (*KINDS, NOT_SENT):
        those = [one for one in results if one.kind == kind]
        worst = Counter(max(one.flags.values(), key=("warning", "error").index) if one.flags else "silent" for one in those)
        must = "reported" if kind in FLAG else "silent" if kind in SILENT else "either"
        assert kind in (*FLAG, *SILENT, *FREE)
        rows.append([kind, must, *(str(worst[word]) for word in ("error", "warning", "silent"))])
    return table(["stand-in", "has to be", "error", "warning", "silent"], rows)


def _disagreements(results: list[Judged], pick: Callable[[Judged], tuple[str, ...]], word: str, limit: int) -> str:
    by_code: dict[str, list[Judged]] = defaultdict(list)
    for one in results:
        for code in pick(one):
            by_code[code].append(one)
    lines = []
    for code, those in sorted(by_code.items()):
        lines.append(f"{word} {code}: {len(those)}")
        for one in those[:limit]:
            why = ", ".join(f"{note.kind} {note.part} {note.detail}".strip() for note in one.notes)[:150]
            lines.append(f"    [{one.sdk}] {one.case.group} {one.case.subject} #{one.case.id}: {one.kind} ({why}); linter: {one.flags}")
    return "\n".join(lines)


def wrong_repairs(repairs: list[list[Repair]], limit: int) -> str:
    """Programs that are not what the linter says of them once they are fixed."""
    wrong = [(one, one.after) for some in repairs for one in some if one.wrong]
    lines = [f"not right once fixed: {len(wrong)}"] if wrong else []
    for one, after in wrong[:limit]:
        if after is not None:
            why = after.outcome.message or ", ".join(f"{note.kind} {note.part}" for note in after.notes)
            lines.append(f"    [{one.before.sdk}] {one.before.case.group} {one.before.case.subject}: {after.kind} ({why}); linter: {after.flags}")
            lines.append(after.case.text)
    return "\n".join(lines)


def printed(runs: list[Run], repairs: list[list[Repair]], limit: int) -> str:
    every = [one for run in runs for one in run.results]
    parts = [
        table(OUTCOMES, map(outcomes, runs)),
        confusion(every),
        rules(every),
        _disagreements(every, lambda one: one.missed, "missed", limit),
        _disagreements(every, lambda one: one.false, "false", limit),
        _disagreements(every, lambda one: one.graver, "severity", limit),
        repaired_rows(runs, repairs),
        wrong_repairs(repairs, limit),
    ]
    return "\n\n".join(part for part in parts if part)


def part(runs: list[Run], repairs: list[list[Repair]], day: date) -> str:
    every = [one for run in runs for one in run.results]
    return f"""\
## Conformance with the real SDKs

{made_by("python tests/conformance --write", day)}

A stand-in of the target answers on the loopback as the target's file in the catalogue says: it rejects, caps and ignores
(and notes what), knows the models with their rules on sampling and prefill, streams, and sends 400, 401, 404, 429 and 5xx
in OpenAI's envelope. Its code reads the catalogue's files by itself and shares nothing with the rules. Programs are made
from what each SDK offers: every parameter of `chat.completions.create` with values drawn from its type, every method path
of the client, every argument of the client, every field of an answer and a chunk, every model the catalogue knows, and
every way of writing a parameter down that the linter follows. They run with the real SDK; the linter sees their text.

- *rejected*: the request fails, or goes to the wrong place; *changed*: something is ignored or capped; *expiring*: the
  model is withdrawn within 90 days; *legacy*: it works, and the target asks to replace it. These have to be reported.
- *supported*: everything is taken as it is. Nothing may be reported.
- *unspecified*: the target's documents do not say; *neutral*: a value is dropped that is the default anyway; *not sent*:
  the SDK itself refuses, or needs no request. Here both are right, and nothing is counted.

{table(OUTCOMES, map(outcomes, runs))}

All programs together, by the gravest thing that the linter reports (advice does not count):

{confusion(every)}

By rule: *right* reports have a reason in what the stand-in did, *false* ones have none, *missed* ones were due, *free* ones
lie where both are right.

{rules(every)}

### Before and after `claude-compat fix --unsafe`

Every program that has to be reported is given to the fixer, and runs again with the same SDK where that changed it. Where
the linter then reports no error, the request has to get in and the program to come as far as it did; where it reports
nothing but advice, the target has to take everything as it is. What the fixer leaves alone is mostly what the target does
not serve at all.

{repaired_rows(runs, repairs)}
"""
