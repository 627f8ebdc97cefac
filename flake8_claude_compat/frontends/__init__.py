"""Frontends: one module per language turns a file into ``program.Program`` s.

Each module has ``programs(source, tree, language, watch)``: the programs of
one file, several where a host file holds code of other languages.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from ..program import Program, Watch
from ..source import Source

#: language → module of this package
MODULES = {
    "python": "python",
    "javascript": "javascript",
    "typescript": "javascript",
    "tsx": "javascript",
    "html": "javascript",
    "vue": "javascript",
    "svelte": "javascript",
    "shell": "shell",
    "makefile": "shell",
    "dockerfile": "shell",
    "powershell": "powershell",
    "batch": "batch",
    "http": "http_files",
    "dotenv": "dotenv",
    "yaml": "config_files",
    "toml": "config_files",
    "json": "config_files",
    "ini": "config_files",
    "notebook": "notebook",
    "markdown": "markdown",
    "mdx": "markdown",
    "rst": "markdown",
}


def programs(source: Source, tree: object, language: str, watch: Watch) -> Iterable[Program]:
    """The programs of a file in a language of :data:`MODULES`.

    ``tree``: its syntax tree where the caller has one (flake8's), else None.
    Raises SyntaxError or ValueError for a file that cannot be checked.
    """
    module = import_module(f".{MODULES[language]}", __name__)
    found: Iterable[Program] = module.programs(source, tree, language, watch)
    return found
