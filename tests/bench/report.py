"""What was measured, as a part of docs/evidence.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from curves import FACTOR, Format, Panel, Shape
from environments import NOTHING, OURS, PLAIN, PLUGINS, Environment
from evidence import made_by, table
from plugins import Peak, Share, Start
from tools import Comparison

#: start-up of flake8 with ours, as a multiple of flake8 alone
START_LIMIT = 1.05


class Measured(NamedTuple):
    """Everything; empty where it was not asked for."""

    environments: Sequence[Environment] = ()
    shares: Sequence[Share] = ()
    starts: Sequence[Start] = ()
    comparisons: Sequence[Comparison] = ()
    peaks: Sequence[Peak] = ()
    formats: Sequence[Format] = ()
    panels: Sequence[Panel] = ()
    shapes: Sequence[Shape] = ()


def missing(measured: Measured) -> list[str]:
    """What could not be installed, and is in no table."""
    return [one.label for one in measured.environments if one.folder is None]


def _plugins(measured: Measured) -> str:
    names = [OURS, *(name for name in PLUGINS if any(name in one.plugins for one in measured.shares))]
    rows = [
        (one.tree, one.files, f"{one.rest:.1f} s", *(_percent(one.plugins[name] / one.rest) for name in names))
        for one in measured.shares
    ]
    return f"""\
### Plugins: CPU time beside flake8's own

flake8 checks a tree in one process with all these plugins installed; what is spent in each plugin is measured from the
call that makes it to its last finding, and is given as a part of the rest: flake8 with pycodestyle, pyflakes and mccabe.

{table(("tree", "files", "flake8", *names), rows)}"""


def _starts(measured: Measured) -> str:
    rows = [
        (one.environment.label, f"{1000 * one.cpu:.0f} ms", f"{one.ratio:.3f}", f"{one.peak:.1f} MB")
        for one in measured.starts
    ]
    own = next((one.ratio for one in measured.starts if one.environment.label == OURS), None)
    verdict = "" if own is None else f" The limit of ours is {START_LIMIT}: {'kept' if own <= START_LIMIT else '**not kept**'}."
    return f"""\
### Start-up: one tiny file

flake8 on a file of one line, by turns in environments with one plugin each. `{NOTHING}` is a plugin of ten lines that does
nothing. CPU time is the median; the ratio is the median of the ratios to `{PLAIN}` in the same round.{verdict}

{table(("plugin", "CPU", "ratio", "peak of memory"), rows)}"""


def _comparisons(measured: Measured) -> str:
    rows = [
        (f"{one.tool.label} {one.tool.version}", one.tree, f"{one.other.cpu:.2f} s", f"{one.ours.cpu:.2f} s",
         f"{one.ratio:.2f}", f"{one.other.peak:.0f} MB", f"{one.ours.peak:.0f} MB")
        for one in measured.comparisons
    ]  # fmt: skip
    return f"""\
### The command beside other tools

`claude-compat check` and another tool on the same tree by turns; CPU time of the process and its children, the least of
the runs. The ratio is our time by theirs. ast-grep (one thread) and semgrep (one job) get 40 rules of what ours look for in
JavaScript and TypeScript, and read those files alone; ours reads the whole tree. llm-sunset and depdesk look for names of
models; detect-secrets looks for keys, and is set beside our rules of keys.

{table(("tool", "tree", "its CPU", "our CPU", "ratio", "its peak", "our peak"), rows)}"""


def _memory(measured: Measured) -> str:
    parts = ["### Memory"]
    if measured.peaks:
        rows = [(one.tree, f"{one.plain:.0f} MB", f"{one.ours:.0f} MB", f"{one.ours - one.plain:+.0f} MB") for one in measured.peaks]
        parts.append("The peak of flake8 on a tree, one process, without and with the plugin:")
        parts.append(table(("tree", "flake8", "with ours", "more"), rows))
    if measured.formats:
        lines = measured.formats[0].run.lines
        formats = [(one.name, f"{one.run.peak:.0f} MB", f"{one.run.cpu:.1f} s") for one in measured.formats]
        parts.append(f"The peak of the command on one file of nothing but requests ({lines:,} findings), by output format:")
        parts.append(table(("format", "peak", "CPU"), formats))
    return "\n\n".join(parts)


def _curves(measured: Measured, picture: str) -> str:
    alt = "CPU time over the size of a file, the number of findings and the number of files"
    rows = [
        (panel.title, curve.name, f"{curve.points[-1][0]:,.0f} {panel.unit}", f"{curve.points[-1][1]:.2f} s", f"{curve.growth:.1f}")
        for panel in measured.panels
        for curve in panel.curves
    ]
    return f"""\
### How it grows

CPU time of `claude-compat check` with one process, without start-up. A line that rises like the dashed one is time in
proportion; *growth* is how many times as long {FACTOR} times as much takes at the upper end.

![{alt}]({picture})

{table(("amount", "what", "largest", "CPU", "growth"), rows)}"""


def _shapes(measured: Measured) -> str:
    rows = [
        (f"`{one.file}`", one.what, f"{one.size / 1e6:.1f} MB", f"{one.run.cpu:.1f} s", f"{one.run.lines:,}", f"{one.run.peak:.0f} MB",
         f"{one.growth:.1f}")
        for one in measured.shapes
    ]  # fmt: skip
    return f"""\
### Files of one shape

One thing again and again, or inside itself, to find what grows faster than the file. *Growth* as above: {FACTOR} times a
quarter of the file.

{table(("file", "what", "size", "CPU", "lines printed", "peak", "growth"), rows)}"""


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %" if share < 0.1 else f"{100 * share:.0f} %"


def part(measured: Measured, picture: str, command: str, day: date) -> str:
    """The sections of what was measured. ``picture``: its path from the page."""
    sections = [
        _plugins(measured) if measured.shares else "",
        _starts(measured) if measured.starts else "",
        _comparisons(measured) if measured.comparisons else "",
        _memory(measured) if measured.peaks or measured.formats else "",
        _curves(measured, picture) if measured.panels else "",
        _shapes(measured) if measured.shapes else "",
    ]
    versions = [f"{one.label} {one.version}" for one in measured.environments if one.label in (PLAIN, *PLUGINS) and one.folder]
    absent = missing(measured)
    note = f"\n\nNot installed here, and in no table: {', '.join(absent)}." if absent else ""
    return f"""\
## Speed

{made_by(command, day, *versions)} Ratios hold from machine to machine, seconds do not.{note}

""" + "\n\n".join(section for section in sections if section)
