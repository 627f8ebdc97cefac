"""The plugin's share of flake8's CPU time, its memory and how it scales.

usage: python tests/bench/share.py [TREE ...]   (needs nothing but flake8 and this package)

For each tree: flake8 runs in this process with one job, the CPU time inside our plugin is taken out of the
whole. Ratios of one run on one machine; absolute times say nothing. Without trees: the standard library, the
scaling curves and the peak of memory only.
"""

from __future__ import annotations

import ast
import os
import sys
import sysconfig
import time
import tracemalloc
from collections.abc import Callable

from flake8.main import application

from flake8_claude_compat import plugin
from flake8_claude_compat.config import Config

LINES = 400


def share(tree: str) -> str:
    """One line: files, CPU seconds of flake8 without us, our share of them."""
    spent = [0.0, 0.0]
    run = plugin.Plugin.run

    def timed(self: plugin.Plugin) -> object:
        start = time.process_time()
        found = list(run(self))
        spent[0] += time.process_time() - start
        spent[1] += 1
        return iter(found)

    plugin.Plugin.run = timed  # type: ignore[method-assign,assignment]
    stdout, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    start = time.process_time()
    try:
        application.Application().run(["--jobs", "1", "--isolated", "--extend-select", "CLC", tree])
    finally:
        sys.stdout.close()
        sys.stdout = stdout
        plugin.Plugin.run = run  # type: ignore[method-assign]
    others = time.process_time() - start - spent[0]
    return f"{tree:<50} {int(spent[1]):5} files, flake8 {others:6.1f} s, ours {100 * spent[0] / others:5.2f} %"


def check(text: str) -> float:
    """CPU seconds of one check, the best of three."""
    tree, lines = ast.parse(text), text.splitlines(True)
    best = float("inf")
    for _ in range(3):
        plugin.Plugin.options = Config()
        start = time.process_time()
        list(plugin.Plugin(tree, lines, "bench.py").run())
        best = min(best, time.process_time() - start)
    return best


def requests(count: int) -> str:
    """A file of many requests."""
    body = 'client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "x"}], n=2, seed=1)\n'
    return "from openai import OpenAI\nclient = OpenAI()\n" + body * count


def nesting(count: int) -> str:
    """Lists inside lists around model names; the parser takes no more than 100 levels, or 200."""
    depth = count // 20
    return "import openai\n" + "".join(f"x{i} = {'[' * depth}'gpt-4o'{']' * depth}\n" for i in range(40))


def long_line(count: int) -> str:
    """One long line of model names."""
    return "import openai\nx = [" + "'gpt-4o', " * (count * 4) + "]\n"


def main(trees: list[str]) -> None:
    """Print everything."""
    for tree in trees or [sysconfig.get_paths()["stdlib"] + "/asyncio", sysconfig.get_paths()["stdlib"] + "/email"]:
        print(share(tree))
    curves: tuple[Callable[[int], str], ...] = (requests, nesting, long_line)
    check(requests(1))
    for make in curves:
        small, large = check(make(LINES)), check(make(4 * LINES))
        print(f"4 times the input of {make.__name__:<10} takes {large / max(small, 1e-9):4.1f} times as long")
    text = requests(200)
    tree_of, lines = ast.parse(text), text.splitlines(True)
    tracemalloc.start()
    list(plugin.Plugin(tree_of, lines, "bench.py").run())
    print(f"peak of memory for a file of {len(lines)} lines: {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
