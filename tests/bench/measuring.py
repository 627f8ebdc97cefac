"""Commands run by turns: CPU time with children, peak of memory, lines printed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

#: start-up counts from compiled modules, as it does for everybody
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Run(NamedTuple):
    """One run of a command: seconds of CPU time with children, the peak of memory in megabytes, lines printed."""

    cpu: float
    peak: float
    lines: int


def run(command: Sequence[str], more: Mapping[str, str] | None = None) -> Run:
    """Run a command; its children count where it waits for them. ``more``: variables of the environment."""
    with tempfile.TemporaryFile() as output:
        actions = [(os.POSIX_SPAWN_DUP2, output.fileno(), number) for number in (1, 2)]
        child = os.posix_spawnp(command[0], command, {**ENVIRONMENT, **(more or {})}, file_actions=actions)
        _, status, used = os.wait4(child, 0)
        output.seek(0)
        printed = output.read()
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2, 3):  # 3: of ours, where it had to leave a file out
        end = printed.decode("utf-8", "replace")[-500:]
        raise SystemExit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}\n{end}")
    peak = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)
    return Run(used.ru_utime + used.ru_stime, peak, printed.count(b"\n"))


def by_turns(rounds: int, *commands: Sequence[str]) -> list[list[Run]]:
    """The runs of each command, taken by turns: what the machine does meanwhile meets all of them alike."""
    taken = [[run(command) for command in commands] for _ in range(rounds)]
    return [list(runs) for runs in zip(*taken)]


def cheapest(rounds: int, *commands: Sequence[str]) -> list[Run]:
    """Of each command the run with the least CPU time."""
    return [min(runs) for runs in by_turns(rounds, *commands)]


def ours(*arguments: str) -> list[str]:
    """Our command in this interpreter."""
    return [sys.executable, "-m", "flake8_claude_compat", "check", "--isolated", "--quiet", *arguments]
