"""The picture of the README: what the command really prints, as SVG.

``python docs/making/picture.py`` draws it anew; a test compares its text with
what the command prints now.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = ROOT / "docs" / "images" / "check.svg"
#: the day that the examples are checked on
TODAY = "2026-11-22"
COMMAND = "claude-compat check examples --format full --select CLC101,CLC301,CLC404"
WIDTH = 112

THEME = TerminalTheme(
    (30, 33, 40), (220, 223, 228),
    [(30, 33, 40), (224, 108, 117), (152, 195, 121), (229, 192, 123),
     (97, 175, 239), (198, 120, 221), (86, 182, 194), (220, 223, 228)],
    [(120, 126, 140), (240, 130, 138), (170, 210, 140), (240, 205, 140),
     (120, 190, 250), (210, 140, 235), (110, 200, 210), (255, 255, 255)],
)  # fmt: skip


def printed() -> str:
    """What the command prints on a terminal, with its colours."""
    command = [sys.executable, "-m", "flake8_claude_compat", *COMMAND.split()[1:], "--isolated", f"--today={TODAY}"]
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(
        command, cwd=ROOT, env={**kept, "FORCE_COLOR": "1", "PYTHONUTF8": "1"}, capture_output=True, check=False
    )
    if done.returncode != 1 or done.stderr:
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def draw() -> str:
    """The picture. Its fonts are the reader's own: nothing is loaded from a network."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard",
                      legacy_windows=False)  # fmt: skip
    console.print(Text(f"$ {COMMAND}", style="bold"))
    console.print(Text.from_ansi(printed().rstrip("\n")))
    svg = console.export_svg(title="claude-compat check", theme=THEME, unique_id="check")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", "font-family: ui-monospace, Menlo, Consolas, monospace")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def words(svg: str) -> list[str]:
    """The words of a picture, in order: what must not go stale, whatever draws it."""
    # a piece of text has a place of its own; pieces of one line are one text
    pieces = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)
    return html.unescape("\n".join(pieces)).replace("\xa0", " ").split()


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(), "utf-8")
    print(f"written: {PICTURE.name}")
