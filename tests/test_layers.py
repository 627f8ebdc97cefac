"""Who may import whom: the picture of the design, executable."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Project

import flake8_claude_compat

PACKAGE = Path(flake8_claude_compat.__file__).resolve().parent

#: from the bottom to the top; a unit imports only from the layers below its own
LAYERS = (
    ("",),  # the package itself: its version
    ("lazy", "record"),
    ("source", "encoding", "writing"),
    ("program",),
    ("facts",),
    ("findings", "redaction"),
    ("catalogue",),
    ("options", "gate"),
    ("config",),
    ("rules", "frontends", "linker"),
    ("engine", "spelling"),
    ("extents",),
    ("suppression", "baseline", "envfiles", "git", "plugin", "survey"),
    ("languages", "ignoring"),
    ("discovery",),
    ("processes",),
    ("checking",),
    ("checklist",),
    ("reporters", "fixing"),
    ("migration",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
LEVEL = {unit: level for level, units in enumerate(LAYERS) for unit in units}

#: what the tool never does: talk to a network, run the code it reads
NETWORK = {
    "openai", "anthropic", "socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "urllib3",
    "ftplib", "smtplib", "socketserver", "xmlrpc", "asyncio",
}  # fmt: skip
RUNNING = {"runpy", "code", "codeop"}

#: the flake8 path, and what it never imports
FLAKE8_PATH = {"", "plugin", "options", "config", "gate", "engine", "linker", "rules", "catalogue", "findings", "facts", "program", "source", "redaction", "record", "lazy"}
NOT_IN_FLAKE8 = {"ast_grep_py", "rich", "subprocess", "multiprocessing"}
NOT_IN_FLAKE8_OURS = {
    "cli", "commands", "checking", "reporters", "fixing", "migration", "spelling", "discovery", "extents", "suppression", "baseline", "writing", "envfiles",
    "git", "survey", "checklist", "encoding", "processes", "languages", "ignoring",
}  # fmt: skip

MODULES = sorted(PACKAGE.rglob("*.py"))


def _unit(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def _imports(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, unit of ours or "", top-level module of others or ""."""
    package = list(path.relative_to(PACKAGE.parent).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            dotted = ".".join([*base, *([node.module] if node.module else [])])
            # "from . import x" may import the module x or a name of the package
            names = [f"{dotted}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] != PACKAGE.name:
                yield node.lineno, "", parts[0]
            else:
                unit = parts[1] if len(parts) > 1 else ""
                is_module = (PACKAGE / unit).is_dir() or (PACKAGE / f"{unit}.py").is_file()
                yield node.lineno, unit if unit and is_module else "(package)", ""


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports(path: Path) -> None:
    unit = _unit(path)
    assert unit in LEVEL, f"{unit} is not in the picture: say in LAYERS where it belongs"
    for line, ours, other in _imports(path):
        place = f"{_name(path)}:{line}"
        if ours and ours != unit:
            level = 0 if ours == "(package)" else LEVEL.get(ours, 99)
            assert level < LEVEL[unit], f"{place} imports {ours}, which is not below {unit}"
        assert other not in NETWORK, f"{place} imports {other}: the tool never talks to a network"
        assert other not in RUNNING, f"{place} imports {other}: the tool never runs the code it reads"
        if other == "ast_grep_py":
            assert _name(path) == "frontends/_astgrep.py", f"{place} imports ast_grep_py"
        if unit == "rules":
            assert other not in {"ast", "os", "io", "pathlib", "tokenize"}, f"{place} imports {other}: rules see facts only"
        if unit in ("source", "program", "facts", "findings"):
            assert other in sys.stdlib_module_names | {""}, f"{place} imports {other}: the vocabulary is stdlib only"
        if unit in FLAKE8_PATH or _name(path) in ("frontends/python.py", "frontends/__init__.py"):
            assert other not in NOT_IN_FLAKE8, f"{place} imports {other} on the path of flake8"
            assert ours not in NOT_IN_FLAKE8_OURS, f"{place} imports {ours} on the path of flake8"


def test_rules_and_frontends_call_nothing_that_runs_code_or_opens_files() -> None:
    for path in MODULES:
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        names = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
        assert not names & {"eval", "exec", "compile", "__import__"}, path
        if _unit(path) in ("rules", "linker", "source", "program", "facts", "findings"):
            assert "open" not in names, path


def test_pictured_modules_exist() -> None:
    there = {_unit(path) for path in MODULES}
    assert set(LEVEL) <= there


MODULES_AFTER = """\
import sys
from flake8.main.cli import main
main(sys.argv[1:])
print("loaded", *sorted(sys.modules))
"""


def test_a_file_with_findings_loads_nothing_else(project: Project) -> None:
    project.write("a.py")
    done = project.run("-c", MODULES_AFTER, "--select=CLC", "--jobs=1")
    assert done.codes
    loaded = set(done.out.splitlines()[-1].split())
    ours = {f"{PACKAGE.name}.{name}" for name in NOT_IN_FLAKE8_OURS}
    assert not loaded & (ours | {"ast_grep_py", "rich", "openai", "httpx", f"{PACKAGE.name}.frontends._astgrep"})
