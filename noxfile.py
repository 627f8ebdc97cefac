"""Every version that is promised: Pythons, flake8s, the oldest and the newest dependencies, none of the extras.

usage: pip install 'nox[uv]' && nox            all sessions; a Python that is not there is left out
       nox -s tests-3.12 flake8 -- -k plugin   some of them; what stands behind ``--`` goes to pytest
"""

from __future__ import annotations

import json
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
# uv, because only it knows how to choose the oldest versions that pyproject.toml allows
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.sessions = ["tests", "flake8", "lowest", "plain", "lint", "coverage"]

PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
#: what is run with versions of flake8: all that goes through flake8 or its options, and every example
FLAKE8_TESTS = (
    "test_plugin.py", "test_config.py", "test_suppression.py", "test_gate.py", "test_doors.py", "test_pages.py",
)  # fmt: skip
#: what the coverage of rules and linker is measured with: the pages and cases alone
COVERING = ("test_pages.py", "test_messages.py")
MEASURED = "flake8_claude_compat/rules,flake8_claude_compat/linker"
LEAST_COVERAGE = 95


def _pytest(session: nox.Session, *args: str) -> None:
    session.run("python", "-m", "pytest", "-q", *args, *session.posargs)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole test suite with the newest dependencies."""
    session.install("-e", ".[dev]")
    _pytest(session, "-n", "auto")


@nox.session(python="3.11")
@nox.parametrize("version", ["~=6.0.0", "~=7.0.0", ">=7.3"])
def flake8(session: nox.Session, version: str) -> None:
    """The plugin in the first flake8 that is allowed, in 7.0 and in the newest."""
    session.install("-e", ".[dev]", f"flake8{version}")
    session.run("python", "-m", "flake8", "--version")
    _pytest(session, "-n", "auto", *(f"tests/{name}" for name in FLAKE8_TESTS))


@nox.session(python="3.10")
def lowest(session: nox.Session) -> None:
    """The whole test suite with the oldest of each dependency that pyproject.toml allows."""
    session.install("--resolution=lowest-direct", "-e", ".[dev]")
    session.run("uv", "pip", "list", external=True)
    _pytest(session, "-n", "auto")


@nox.session(python=PYTHONS)
def plain(session: nox.Session) -> None:
    """What a user gets: the wheel and what it asks for, no extra, no test tool."""
    session.install(".")
    session.run("python", str(Path("tests/smoke.py").resolve()))


@nox.session(python="3.11")
def lint(session: nox.Session) -> None:
    """mypy --strict, ruff, and flake8 with this plugin."""
    session.install("-e", ".[dev]")
    session.run("python", "-m", "mypy", "--strict", "flake8_claude_compat")
    session.run("python", "-m", "ruff", "check")
    session.run("python", "-m", "flake8")


@nox.session(python="3.11")
def coverage(session: nox.Session) -> None:
    """Coverage of rules and linker by lines and branches; fails where either is under 95 %."""
    session.install("-e", ".[dev]", "coverage>=7.11")
    data, report = f"--data-file={session.create_tmp()}/coverage", Path(session.create_tmp(), "coverage.json")
    paths = (f"tests/{name}" for name in COVERING)
    run = ("run", data, "--branch", f"--source={MEASURED}", "-m", "pytest", "-q")
    session.run("python", "-m", "coverage", *run, *paths)
    session.run("python", "-m", "coverage", "report", data, "--show-missing", "--skip-covered")
    session.run("python", "-m", "coverage", "json", data, "-q", "-o", str(report))
    totals = json.loads(report.read_text("utf-8"))["totals"]
    lines, branches = totals["percent_statements_covered"], totals["percent_branches_covered"]
    session.log(f"lines {lines:.1f} %, branches {branches:.1f} %")
    if min(lines, branches) < LEAST_COVERAGE:
        session.error(f"less than {LEAST_COVERAGE} %")


@nox.session(python="3.11")
def mutants(session: nox.Session) -> None:
    """How many small changes of rules and linker the tests notice; writes its part of docs/evidence.md."""
    session.install("-e", ".[dev]", "mutmut>=3.8")
    session.run("python", "tests/mutants.py", *(session.posargs or ("--write",)))
