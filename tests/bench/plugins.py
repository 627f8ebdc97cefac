"""flake8 with plugins: CPU time inside each, start-up, memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from environments import ALL, OURS, PLAIN, Environment
from measuring import ENVIRONMENT, Run, by_turns

HERE = Path(__file__).resolve().parent

TINY = 'print("Hello")\n'


class Share(NamedTuple):
    """A tree: its files, seconds of flake8 without the plugins named, and of each of these."""

    tree: str
    files: int
    rest: float
    plugins: dict[str, float]


def flake8(environment: Environment, *arguments: str) -> list[str]:
    """flake8 of an environment, one process."""
    return [environment.program("python"), "-m", "flake8", "--isolated", "--jobs", "1", "--exit-zero", *arguments]


def shares(trees: list[str], environments: dict[str, Environment], rounds: int) -> list[Share]:
    """Each tree checked in one process with all plugins installed; of several runs, the least of each figure."""
    found = []
    for tree in trees:
        command = [environments[ALL].program("python"), str(HERE / "inside.py"), tree]
        runs = []
        for _ in range(rounds):
            done = subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True)
            runs.append(json.loads(done.stdout))
        named = [name for name in environments if name in runs[0]["plugins"]]
        rest = min(one["whole"] - sum(one["plugins"][name] for name in named) for one in runs)
        least = {name: min(one["plugins"][name] for one in runs) for name in named}
        if runs[0]["files"]:
            found.append(Share(Path(tree).name, runs[0]["files"], rest, least))
    return found


class Start(NamedTuple):
    """One tiny file: the median of the CPU seconds, and of the ratios to plain flake8 in the same round."""

    environment: Environment
    cpu: float
    ratio: float
    peak: float


def starts(environments: dict[str, Environment], rounds: int) -> list[Start]:
    """flake8 on one tiny file, by turns in every environment."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tiny.py")
        path.write_text(TINY, "utf-8")
        every = [one for one in environments.values() if one.label != ALL]
        commands = [flake8(one, str(path)) for one in every]
        by_turns(1, *commands)  # compiled modules
        runs = by_turns(rounds, *commands)
    plain = runs[[one.label for one in every].index(PLAIN)]
    return [Start(one, *_medians(mine, plain)) for one, mine in zip(every, runs)]


def _medians(mine: list[Run], plain: list[Run]) -> tuple[float, float, float]:
    ratio = statistics.median(one.cpu / other.cpu for one, other in zip(mine, plain))
    return statistics.median(one.cpu for one in mine), ratio, min(one.peak for one in mine)


class Peak(NamedTuple):
    """What flake8 takes at most on a tree, in megabytes, without and with our plugin."""

    tree: str
    plain: float
    ours: float


def peaks(trees: list[str], environments: dict[str, Environment]) -> list[Peak]:
    """One run on each tree without and with our plugin."""
    found = []
    for tree in trees:
        (plain,), (own,) = by_turns(1, *(flake8(environments[name], tree) for name in (PLAIN, OURS)))
        found.append(Peak(Path(tree).name, plain.peak, own.peak))
    return found
