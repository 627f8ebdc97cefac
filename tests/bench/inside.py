"""flake8 over a tree, in this process with one job: CPU time inside each plugin, as a line of JSON.

Runs in an environment that has all plugins: ``python inside.py TREE``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

from flake8.checker import FileChecker
from flake8.main.application import Application

spent: Counter[str] = Counter()
files = 0
_run_check = FileChecker.run_check


class _Timed:
    """A plugin's object: what its results take counts for it."""

    def __init__(self, name: str, checker: Any) -> None:
        self.name = name
        self.checker = checker

    def run(self) -> Iterator[Any]:
        start = time.process_time()
        found = list(self.checker.run() if hasattr(self.checker, "run") else self.checker)
        spent[self.name] += time.process_time() - start  # type: ignore[assignment]
        return iter(found)


def _timed(self: FileChecker, plugin: Any, **arguments: Any) -> Any:
    global files
    if "tree" not in arguments:
        return _run_check(self, plugin, **arguments)
    start = time.process_time()
    checker = _run_check(self, plugin, **arguments)
    spent[plugin.plugin.package] += time.process_time() - start  # type: ignore[assignment]
    files += plugin.plugin.package == "flake8-claude-compat"
    return _Timed(plugin.plugin.package, checker)


def main(tree: str) -> None:
    """Print the files, the seconds of everything, and those of each plugin that looks at trees."""
    FileChecker.run_check = _timed
    start = time.process_time()
    with open(os.devnull, "w") as nothing, redirect_stdout(nothing):
        Application().run(["--jobs", "1", "--isolated", "--exit-zero", tree])
    whole = time.process_time() - start
    print(json.dumps({"files": files, "whole": whole, "plugins": spent}))


if __name__ == "__main__":
    main(sys.argv[1])
