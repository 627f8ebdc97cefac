"""Precision and recall per rule, on real code that people have labelled.

usage: python tests/bench/accuracy.py --labels FILE.labels.jsonl [...] [--negatives FILE.negatives.jsonl ...] --snapshots FOLDER

For the files of labels and the snapshots see fix_rate.py; a line of a file of negatives names a file in which nothing may
be reported, but of the categories that its `allowed` lists. Nothing is fetched. Printed is a Markdown table, a row per rule:
*recall* counts the `must` labels of its categories that any rule reports on the line or beside it; a finding is *right* where
a label of its categories is, whatever its certainty, else *wrong*, as all findings in negative files are. Advice that is
off by default counts for recall alone. 1 where a file has no snapshot.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from fix_rate import CATEGORIES, _reports, snapshot

from flake8_claude_compat.checking import findings_of
from flake8_claude_compat.config import Config
from flake8_claude_compat.encoding import decoded
from flake8_claude_compat.findings import Located
from flake8_claude_compat.languages import language_by_line, language_by_name

Key = tuple[str, str, str]
#: advice is asked for, too
SETTINGS = Config(enable=("CLC",))
#: of what no label speaks, or which is advice: these findings are neither right nor wrong
NEUTRAL = (
    "CLC017", "CLC106", "CLC107", "CLC206", "CLC307", "CLC423", "CLC424", "CLC425", "CLC426", "CLC602", "CLC603",
    "CLC703", "CLC801", "CLC802", "CLC803", "CLC804", "CLC901", "CLC902", "CLC903",
)  # fmt: skip


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", nargs="+", required=True, type=Path)
    parser.add_argument("--negatives", nargs="*", default=[], type=Path)
    parser.add_argument("--snapshots", required=True, type=Path)
    options = parser.parse_args()
    labels, negatives = _read(options.labels), _read(options.negatives)
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missing = 0
    for key in [*labels, *(key for key in negatives if key not in labels)]:
        findings = _findings(options.snapshots, key)
        if findings is None:
            missing += 1
            continue
        own = labels.get(key, [])
        for label in own:
            if label["certainty"] == "must":
                code = next((one.finding.code for one in findings if _reports(one, label)), "")
                if code:
                    found[code] += 1
                else:
                    missed[label["category"]] += 1
        allowed = tuple(
            code for row in negatives.get(key, []) for name in row.get("allowed", []) for code in CATEGORIES[name]
        )
        for one in findings:
            code = one.finding.code
            if code in NEUTRAL or (allowed and code.startswith(allowed)):
                continue
            (right if any(_reports(one, label) for label in own) else wrong)[code] += 1
    print("| rule | *must* found | right | wrong |\n|---|---:|---:|---:|")
    for code in sorted({*found, *right, *wrong}):
        print(f"| {code} | {found[code]} | {right[code]} | {wrong[code]} |")
    for category, count in sorted(missed.items()):
        print(f"| missed: {category} | -{count} | | |")
    musts, reported = sum(found.values()) + sum(missed.values()), sum(right.values()) + sum(wrong.values())
    print(f"\nrecall {sum(found.values()) / max(1, musts):.3f} ({sum(found.values())} of {musts}), "
          f"precision {sum(right.values()) / max(1, reported):.3f} ({sum(right.values())} of {reported})")  # fmt: skip
    if missing:
        print(f"{missing} files have no snapshot", file=sys.stderr)
    return int(bool(missing))


def _read(paths: list[Path]) -> dict[Key, list[dict[str, Any]]]:
    rows: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            rows[row["repo"], row["commit"], row["path"]].append(row)
    return rows


def _findings(snapshots: Path, key: Key) -> tuple[Located, ...] | None:
    data = snapshot(snapshots, key)
    if data is None:
        return None
    path = key[2]
    language = language_by_name(path) or language_by_line(data[:200])
    return findings_of(path, decoded(data, language), language, SETTINGS).findings


if __name__ == "__main__":
    sys.exit(main())
