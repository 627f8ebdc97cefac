"""Writes catalogue/shipped.py: the TOML files of the catalogue as Python finds them fastest.

usage: python tests/ship_catalogue.py   (after every change of a TOML file; a test says when it was forgotten)
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: what only the documentation is made of, and no run reads
NOT_READ = ("disagreements.toml",)
FOLDER = Path(__file__).resolve().parents[1] / "flake8_claude_compat" / "catalogue"
HEAD = '''"""Written by tests/ship_catalogue.py from the TOML files beside it: edit those, and run it again.

Reading TOML takes 12 ms, and every run would pay for it.
"""
# ruff: noqa: E501
# flake8: noqa: E501

from __future__ import annotations

from typing import Any

#: parsed files by their path in this folder
DOCS: dict[str, dict[str, Any]] = {
'''


def shipped() -> str:
    """The text of the module."""
    parts = [HEAD]
    for path in sorted(path for path in FOLDER.rglob("*.toml") if path.name not in NOT_READ):
        parts.append(f"    {_literal(path.relative_to(FOLDER).as_posix())}: {{\n")
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                rows = "".join(f"            {_literal(row)},\n" for row in value)
                parts.append(f"        {_literal(key)}: [\n{rows}        ],\n")
            elif isinstance(value, dict):
                rows = "".join(f"            {_literal(name)}: {_literal(row)},\n" for name, row in value.items())
                parts.append(f"        {_literal(key)}: {{\n{rows}        }},\n")
            else:
                parts.append(f"        {_literal(key)}: {_literal(value)},\n")
        parts.append("    },\n")
    return "".join((*parts, "}\n"))


def _literal(value: Any) -> str:
    """A value as Python writes it, in double quotes; a table of text stays one."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if not isinstance(value, str):
        return repr(value)
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\\\n{plain}"""' if "\n" in plain else f'"{plain}"'


if __name__ == "__main__":
    (FOLDER / "shipped.py").write_text(shipped(), encoding="utf-8")
