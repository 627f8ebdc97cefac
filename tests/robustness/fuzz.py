"""Hostile input for as long as you like: ``python tests/robustness/fuzz.py --seconds 600``.

Changed fixtures, soups of words, deep nesting, large files, in every language;
regular expressions with the worst texts for them. Whatever fails is printed
with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import hostile  # noqa: E402
import patterns  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(prog="python tests/robustness/fuzz.py", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--seconds", type=float, default=300, help="for random texts")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--size", type=int, default=10_000_000, help="of large files, in characters")
    parser.add_argument("--depth", type=int, default=10_000)
    parser.add_argument("--only", choices=("random", "nested", "large", "patterns"), action="append")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    failures = 0

    def run(text: hostile.Text) -> None:
        nonlocal failures
        try:
            hostile.checked(text)
        except hostile.Failed as error:
            failures += 1
            print(f"FAILED {str(error)[:600]}", flush=True)
        except Exception as error:
            failures += 1
            print(f"RAISED {type(error).__name__}: {str(error)[:200]} on {text.language}: {text.text[:300]!r}", flush=True)

    parts = args.only or ["patterns", "nested", "random", "large"]
    if "patterns" in parts:
        found = patterns.collected()
        print(f"{len(found)} patterns", flush=True)
        for pattern, text, seconds in patterns.slow(found.values()):
            failures += 1
            print(f"SLOW {seconds:.1f} s: {pattern[:200]!r} on {text[:60]!r}", flush=True)
    if "nested" in parts:
        for language in hostile.FILES:
            for one in hostile.nested(language, args.depth):
                run(one)
        run(hostile.yaml_bomb())
    if "random" in parts:
        end, count = time.monotonic() + args.seconds, 0
        for changed, soup in zip(hostile.mutations(args.seed), hostile.soups(args.seed)):
            run(changed)
            run(soup)
            count += 2
            if time.monotonic() > end:
                break
        print(f"{count} random texts", flush=True)
    if "large" in parts:
        for language in hostile.FILES:
            for one in hostile.long_lines(language, args.size):
                run(one)
    print(f"{failures} failures")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
