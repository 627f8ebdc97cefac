"""The SDKs that programs run with, each in a folder of its own, and how to run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from programs import JAVASCRIPT, PYTHON, Case
from standin import KEY, OPENAI_KEY, Server

HERE = Path(__file__).resolve().parent

#: what is installed: folder, language, requirement
WANTED = (
    ("python-1", PYTHON, "openai>=1,<2"),
    ("python-2", PYTHON, "openai>=2,<3"),
    ("python-3", PYTHON, "openai>=3,<4"),
    ("npm-6", JAVASCRIPT, "openai@6"),
    ("npm-7", JAVASCRIPT, "openai@7"),
)

#: for all programs of an SDK together; a few minutes at the very worst
PATIENCE = 1800


class Sdk(NamedTuple):
    """An installed SDK. ``folder`` None: the one of the running Python."""

    language: str
    version: str
    folder: Path | None

    @property
    def name(self) -> str:
        return f"{'npm' if self.language == JAVASCRIPT else 'Python'} openai {self.version}"


class Outcome(NamedTuple):
    """What a program did. ``error``: class of what it ended with, ``status`` of an API error."""

    out: str
    error: str = ""
    message: str = ""
    status: int | None = None
    sockets: tuple[str, ...] = ()


def install(folder: Path) -> None:
    """Install what is wanted and is not there, in its newest version."""
    for name, language, requirement in WANTED:
        place = folder / name
        if any(place.glob("openai-*.dist-info")) or (place / "node_modules" / "openai").is_dir():
            continue
        place.mkdir(parents=True, exist_ok=True)
        if language == PYTHON:
            command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(place), requirement]
        elif npm := shutil.which("npm"):
            command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place), requirement]
        else:
            continue
        subprocess.run(command, check=True)


def installed(folder: Path | None) -> list[Sdk]:
    """The SDKs below a folder; None: the one of the running Python."""
    if folder is None:
        from importlib.metadata import version

        return [Sdk(PYTHON, version("openai"), None)]
    found = []
    for name, language, _ in WANTED:
        place = folder / name
        if language == PYTHON:
            for info in place.glob("openai-*.dist-info"):
                found.append(Sdk(language, info.name.removeprefix("openai-").removesuffix(".dist-info"), place))
        elif shutil.which("node") and (manifest := place / "node_modules" / "openai" / "package.json").is_file():
            found.append(Sdk(language, json.loads(manifest.read_text(encoding="utf-8"))["version"], place))
    return found


def surface_of(sdk: Sdk) -> dict[str, Any]:
    """What the SDK offers; of npm's the methods alone."""
    if sdk.language == PYTHON:
        text = _run([sys.executable, str(HERE / "surface.py")], sdk, "")
    else:
        text = _run(["node", str(HERE / "runner.mjs"), str(sdk.folder), "--surface"], sdk, "")
    found: dict[str, Any] = json.loads(text)
    return found


def create_parameters(sdk: Sdk) -> set[str]:
    """The parameters of chat.completions.create in the types of an npm package."""
    assert sdk.folder is not None
    types = sdk.folder / "node_modules/openai/resources/chat/completions/completions.d.ts"
    text = types.read_text(encoding="utf-8")
    body = text[text.index("export interface ChatCompletionCreateParamsBase {") :]
    return set(re.findall(r"^    (\w+)\??:", body[: body.index("\n}\n")], re.MULTILINE))


def run(sdk: Sdk, cases: list[Case], server: Server) -> dict[str, Outcome]:
    """Run programs one after the other; by the ID of their case."""
    server.orders = {case.id: case.order for case in cases}
    server.log, server.requests = {}, {}
    given = json.dumps([{"id": case.id, "text": case.text} for case in cases])
    if sdk.language == PYTHON:
        command = [sys.executable, str(HERE / "runner.py"), str(server.port)]
    else:
        command = ["node", str(HERE / "runner.mjs"), str(sdk.folder), str(server.port)]
    found = {}
    for line in _run(command, sdk, given, server).splitlines():
        row = json.loads(line)
        name = row.pop("id")
        found[name] = Outcome(**{**row, "sockets": tuple(row["sockets"])})
    return found


def _run(command: list[str], sdk: Sdk, given: str, server: Server | None = None) -> str:
    env = {name: value for name, value in os.environ.items() if "OPENAI" not in name and "proxy" not in name.lower()}
    env |= {"OPENAI_API_KEY": OPENAI_KEY, "AZURE_OPENAI_API_KEY": OPENAI_KEY, "PYTHONUTF8": "1"}
    if server is not None:
        env[server.behaviour.rows.table["key_variable"]] = KEY
    if sdk.language == PYTHON and sdk.folder is not None:
        env["PYTHONPATH"] = str(sdk.folder)
    done = subprocess.run(command, input=given, capture_output=True, text=True, env=env, timeout=PATIENCE)
    if done.returncode:
        raise RuntimeError(f"{sdk.name}: {done.stderr[-2000:]}")
    return done.stdout
