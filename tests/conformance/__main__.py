"""Compare the linter's verdicts with what real SDKs meet at a stand-in of the target.

``python tests/conformance`` installs the SDKs into a folder of their own
(``--sdks``, default .conformance) if they are not there, runs every program
with every one of them, before and after ``claude-compat fix``, prints the
tables and says where the two disagree.
``--write`` puts the tables into their part of docs/evidence.md.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import evidence  # noqa: E402
from programs import JAVASCRIPT, PYTHON  # noqa: E402
from repair import Repair, repaired  # noqa: E402
from report import part, printed  # noqa: E402
from running import Run, everything  # noqa: E402
from sdks import Sdk, install, installed  # noqa: E402
from standin import Behaviour  # noqa: E402

#: the date that findings about retirements depend on, of the catalogue's facts
TODAY = date(2026, 11, 22)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python tests/conformance", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--sdks", type=Path, default=ROOT / ".conformance", metavar="DIR")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="an SDK, as python-3 or npm-7")
    parser.add_argument("--target", action="append", default=[], metavar="NAME")
    parser.add_argument("--show", type=int, default=10, metavar="N", help="disagreements to print of each kind and rule")
    parser.add_argument("--write", action="store_true", help="write docs/evidence.md")
    args = parser.parse_args()
    install(args.sdks)
    sdks = [sdk for sdk in installed(args.sdks) if not args.only or (sdk.folder and sdk.folder.name in args.only)]
    targets = args.target or ["claudeapi", "anthropic", "litellm", "openrouter", "databricks"]
    runs: list[Run] = []
    repairs: list[list[Repair]] = []
    newest = [max(some, key=lambda sdk: sdk.version) for some in by_language(sdks)]
    for target in targets:
        # what the SDKs send does not depend on the target
        for sdk in sdks if target == targets[0] else newest:
            print(f"{sdk.name}, {target} …", file=sys.stderr, flush=True)
            run = everything(sdk, target, TODAY, sdks)
            runs.append(run)
            repairs.append(repaired(run, sdk, Behaviour(target, TODAY)))
    print(printed(runs, repairs, args.show))
    if args.write:
        evidence.write("conformance", part(runs, repairs, date.today()))
    wrong = any(one.missed or one.false for run in runs for one in run.results)
    return int(wrong or any(one.wrong for some in repairs for one in some))


def by_language(sdks: list[Sdk]) -> list[list[Sdk]]:
    found = ([sdk for sdk in sdks if sdk.language == language] for language in (PYTHON, JAVASCRIPT))
    return [some for some in found if some]


if __name__ == "__main__":
    sys.exit(main())
