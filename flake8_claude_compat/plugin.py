"""The flake8 plugin: a thin shell over the engine, lazy to the last.

flake8 imports this module at every start, so what is not needed for a file
without a trace of OpenAI is imported when it is needed.
"""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from typing import Any

from . import __version__, config
from .gate import passes
from .options import ConfigError


class Plugin:
    """What flake8 makes once per file.

    The options are a class attribute: flake8 parses them in the parent, and
    once more in every child process that is not forked.
    """

    name = "flake8-claude-compat"
    version = __version__
    options: config.Config | None = None

    def __init__(self, tree: ast.AST, lines: list[str], filename: str) -> None:
        self.tree = tree
        self.lines = lines
        self.filename = filename

    @staticmethod
    def add_options(manager: Any) -> None:
        """Register the options with flake8."""
        config.add_flake8_options(manager)

    @classmethod
    def parse_options(cls, manager: Any, options: Any, args: Any) -> None:
        """Take the options over; a wrong value ends flake8 with one line."""
        try:
            cls.options = config.from_flake8(manager, options)
        except ConfigError as error:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(f"flake8-claude-compat: {error}") from None

    # A generator, because flake8 swallows an AttributeError of a plain run().
    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Yield (line, 0-based column, text, type) per finding, in order."""
        text = "".join(self.lines)
        try:
            options = self.options or config.Config()
            if not passes(text, advice=bool(options.enable)):
                return
            collecting = gc.isenabled()
            gc.disable()  # see engine.check; of the first file the imports too
            try:
                from .engine import check
                from .source import Source

                report = check(Source(self.filename, text, self.lines), self.tree, options)
                found = [
                    (place.line, place.column - 1, f"{finding.code} {finding.message}", Plugin)
                    for finding, _, place, _, _ in report.findings
                ]
            finally:
                if collecting:
                    gc.enable()
        except Exception as error:  # the engine reports its own errors; this is a broken installation
            # what an error of another kind says may hold text of the file
            said = str(error) if isinstance(error, ImportError) else ""
            reason = " ".join(f"{type(error).__name__}: {said}".split()).rstrip(":")
            yield 1, 0, f"CLC000 not checked, flake8-claude-compat itself failed ({reason}): please report it", Plugin
            return
        yield from found
