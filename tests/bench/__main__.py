"""Measure the plugin and the command beside flake8 and other tools: ``python tests/bench TREE ...``.

What they are measured against is installed into a folder of its own (``--tools``, default .bench), each in an
environment of its own; what cannot be installed is named. Nothing is known of the trees: folders with code, as many as
you like. ``--write`` puts the tables into their part of docs/evidence.md and the plot beside the page's pictures.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import curves  # noqa: E402
import environments  # noqa: E402
import evidence  # noqa: E402
import plot  # noqa: E402
import plugins  # noqa: E402
import report  # noqa: E402
import tools  # noqa: E402

from flake8_claude_compat.reporters import FORMATS  # noqa: E402

PICTURE = ROOT / "docs" / "images" / "speed.svg"
#: what can be measured by itself
PARTS = ("plugins", "start", "tools", "memory", "curves", "shapes")


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python tests/bench", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("trees", nargs="*", metavar="TREE", help="for plugins, tools and memory")
    parser.add_argument("--only", action="append", choices=PARTS, default=[], help="can be given several times")
    parser.add_argument("--against", action="append", choices=list(environments.TOOLS.values()), default=[],
                        help="of the tools, only this one; can be given several times")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="runs of each thing, by turns")
    parser.add_argument("--starts", type=int, default=40, metavar="N", help="rounds of start-up")
    parser.add_argument("--size", type=int, default=2_000_000, metavar="BYTES", help="of the largest file of a curve")
    parser.add_argument("--files", type=int, default=1_600, metavar="N", help="the largest number of files of a curve")
    parser.add_argument("--tools", type=Path, default=ROOT / ".bench", metavar="DIR", help="where others are installed")
    parser.add_argument("--write", action="store_true", help="write docs/evidence.md; all parts have to be measured")
    options = parser.parse_args()
    if options.write and (options.only or options.against or not options.trees):
        parser.error("--write wants everything measured, on one tree at least")
    parts = options.only or PARTS
    trees = [str(Path(tree).resolve(strict=True)) for tree in options.trees]
    measured = _measured(options, parts, trees)
    for name in report.missing(measured):
        print(f"not installed: {name}", file=sys.stderr)
    given = {name: getattr(options, name) for name in ("rounds", "starts", "size", "files")}
    sizes = [f"--{name} {value}" for name, value in given.items() if value != parser.get_default(name)]
    command = " ".join(["python tests/bench --write", *sizes, *(Path(tree).name for tree in trees)])
    text = report.part(measured, f"images/{PICTURE.name}", command, date.today())
    print(text)
    if options.write:
        PICTURE.write_text(plot.draw(measured.panels, "How CPU time grows"), "utf-8")
        evidence.write("speed", text)
    return 0


def _measured(options: argparse.Namespace, parts: list[str], trees: list[str]) -> report.Measured:
    every: list[environments.Environment] = []
    found = report.Measured()

    def say(what: str) -> None:
        print(f"{what} …", file=sys.stderr, flush=True)

    if {"plugins", "start", "memory"} & set(parts):
        say("environments of flake8")
        every = environments.plugins(options.tools)
        there = {one.label: one for one in every if one.folder is not None}
        if "plugins" in parts:
            say("plugins")
            found = found._replace(shares=plugins.shares(trees, there, options.rounds))
        if "start" in parts:
            say("start-up")
            found = found._replace(starts=plugins.starts(there, options.starts))
        if "memory" in parts:
            say("memory")
            peaks, formats = plugins.peaks(trees, there), list(curves.formats(FORMATS, options.size))
            found = found._replace(peaks=peaks, formats=formats)
    if "tools" in parts:
        say("other tools")
        others = environments.tools(options.tools, options.against)
        every = [*every, *others]
        found = found._replace(comparisons=tools.comparisons(others, trees, options.rounds))
    if "curves" in parts:
        say("curves")
        found = found._replace(panels=curves.panels(options.size, options.files, options.rounds))
    if "shapes" in parts:
        say("shapes")
        found = found._replace(shapes=list(curves.shapes(options.size, options.rounds)))
    return found._replace(environments=every)


if __name__ == "__main__":
    sys.exit(main())
