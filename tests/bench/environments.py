"""What is measured against, each in an environment of its own below one folder.

flake8 loads every plugin that is installed: only an environment without a plugin shows what flake8 costs without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent

#: environments
PLAIN, NOTHING, OURS, ALL = "flake8", "do-nothing", "flake8-claude-compat", "all"
#: plugins that many people have
PLUGINS = ("flake8-bugbear", "flake8-async", "flake8-comprehensions")
#: other tools: what is installed → the program in it
TOOLS = {
    "ast-grep-cli": "ast-grep", "semgrep": "semgrep", "llm-sunset": "llm-sunset", "depdesk": "depdesk",
    "detect-secrets": "detect-secrets",
}  # fmt: skip

#: a plugin that does nothing
DO_NOTHING = """\
class Plugin:
    name = "do-nothing"
    version = "0"

    def __init__(self, tree):
        pass

    def run(self):
        return iter(())
"""


class Environment(NamedTuple):
    """``label``: what it is for; ``folder`` None: it could not be installed. ``version``: of what it is for."""

    label: str
    folder: Path | None
    version: str = ""

    def program(self, name: str) -> str:
        """The path of a program in it."""
        assert self.folder is not None
        return str(self.folder / ("Scripts" if os.name == "nt" else "bin") / name)


def plugins(folder: Path) -> list[Environment]:
    """flake8 alone, with a plugin that does nothing, with ours, with each of the others, and with all of them."""
    flake8, wheel = f"flake8=={version('flake8')}", str(_wheel(folder))
    alone = _made(folder / PLAIN, PLAIN, "flake8", flake8)
    nothing = _made(folder / NOTHING, NOTHING, "flake8", flake8)
    own = _made(folder / OURS, OURS, OURS, flake8, wheel)
    if nothing.folder is not None:
        _write_nothing(nothing)
    others = [_made(folder / name, name, name, flake8, name) for name in PLUGINS]
    there = [one.label for one in others if one.folder is not None]
    return [alone, nothing, own, *others, _made(folder / ALL, ALL, "flake8", flake8, wheel, *there)]


def tools(folder: Path, only: Sequence[str] = ()) -> list[Environment]:
    """The other tools; ``only``: programs of these, () for all."""
    chosen = {name: program for name, program in TOOLS.items() if not only or program in only}
    return [_made(folder / program, program, name, name) for name, program in chosen.items()]


def _wheel(folder: Path) -> Path:
    """This checkout, as it is now, as people install it."""
    place = folder / "wheel"
    shutil.rmtree(place, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", place, ROOT]
    subprocess.run(command, check=True)
    return next(place.glob("*.whl"))


def _made(place: Path, label: str, name: str, *requirements: str) -> Environment:
    own = [one for one in requirements if one.endswith(".whl")]
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", "--disable-pip-version-check"]
    if not (place / "made").is_file():
        venv.create(place, clear=True)
        if subprocess.run([*pip, *requirements], check=False).returncode:
            return Environment(label, None)
        (place / "made").touch()
    elif own:
        subprocess.run([*pip, "--no-deps", "--force-reinstall", *own], check=True)
    asked = f"import importlib.metadata; print(importlib.metadata.version({name!r}))"
    done = subprocess.run([str(python), "-c", asked], check=True, capture_output=True, text=True)
    return Environment(label, place, done.stdout.strip())


def _write_nothing(environment: Environment) -> None:
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([environment.program("python"), "-c", asked], check=True, capture_output=True, text=True)
    site = Path(done.stdout.strip())
    (site / "do_nothing.py").write_text(DO_NOTHING, "utf-8")
    info = site / "do_nothing-0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: do-nothing\nVersion: 0\n", "utf-8")
    (info / "entry_points.txt").write_text("[flake8.extension]\nNOT = do_nothing:Plugin\n", "utf-8")
