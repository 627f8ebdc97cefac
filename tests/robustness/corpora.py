"""Programs that others made to be hard to parse, and programs that nobody made."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path

from hostile import Text, spiced

from flake8_claude_compat.encoding import decoded
from flake8_claude_compat.languages import SUFFIXES

#: packages of npm that hold programs for testing parsers, or very large ones
NPM = ("test262-parser-tests", "typescript")


def cpython() -> list[Path]:
    """The files of CPython's own test suite, of the Python that runs; [] where it was installed without."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    places = [folder / "test", *folder.glob("lib2to3/tests"), *folder.glob("idlelib/idle_test")]
    return sorted(path for place in places for path in place.rglob("*.py"))


def installed_from_npm(folder: Path) -> list[Path]:
    """The JavaScript and TypeScript of :data:`NPM`, installed there if it is not; [] where that cannot be done."""
    npm = shutil.which("npm")
    if not all((folder / "node_modules" / name).is_dir() for name in NPM):
        if npm is None:
            return []
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *NPM]
        if subprocess.run(command, check=False).returncode:
            return []
    ends = (".js", ".mjs", ".cjs", ".ts", ".mts")
    return sorted(path for name in NPM for path in (folder / "node_modules" / name).rglob("*") if path.suffix in ends)


def texts(paths: list[Path]) -> Iterator[Text]:
    """What files hold, as it is and with words of ours in it; those that do not decode are left to the command."""
    for path in paths:
        language = SUFFIXES[path.suffix.lstrip(".")]
        try:
            text = decoded(path.read_bytes(), language)
        except (SyntaxError, ValueError, LookupError):
            continue
        comment = spiced("", language)
        yield Text(language, comment + text)
        yield Text(language, spiced(text, language))


def generated(count: int, seed: int) -> Iterator[Text]:
    """Programs that hypothesmith makes of Python's grammar: correct, and like nothing that anyone writes."""
    import hypothesmith
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings
    from hypothesis import seed as seeded

    found: list[str] = []

    def collect(strategy: object) -> None:
        @seeded(seed)
        @settings(
            max_examples=count // 2, database=None, deadline=None, phases=[Phase.generate], verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(strategy)  # type: ignore[arg-type]
        def take(text: str) -> None:
            found.append(text)

        take()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of programs like "1 is 1"
        collect(hypothesmith.from_grammar())
        collect(hypothesmith.from_node())
    for text in dict.fromkeys(found):
        yield Text("python", spiced("", "python") + text)
        yield Text("python", spiced(text, "python"))


def examples(root: Path) -> Iterator[Text]:
    """The programs of the folder ``examples``."""
    for path in sorted((root / "examples").rglob("*")):
        if language := SUFFIXES.get(path.suffix.lstrip(".")):
            yield Text(language, path.read_text("utf-8"))


def versions(folder: Path) -> list[str]:
    """Name and version of what was installed from npm."""
    found = []
    for name in NPM:
        try:
            manifest = json.loads((folder / "node_modules" / name / "package.json").read_text("utf-8"))
        except OSError:
            continue
        found.append(f"{name} {manifest['version']}")
    return found
