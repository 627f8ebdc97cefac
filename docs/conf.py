"""The site, built by Sphinx: ``sphinx-build -W docs build/site``.

The pages are those of this folder. What they share with the repository's own
view of them (links to files, rules' pages) is turned into the site's here.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexers.shell import BashLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS), str(DOCS.parent)]

from making import rule_pages  # noqa: E402

import flake8_claude_compat  # noqa: E402

project = "flake8-claude-compat"
author = "flake8-claude-compat contributors"
version = release = flake8_claude_compat.__version__

extensions = ["myst_parser"]
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_block"]
# a page on its own says more than its number of levels
suppress_warnings = ["myst.header", "misc.highlighting_failure"]
exclude_patterns = ["making", "images"]
nitpicky = True

html_theme = "furo"
html_title = "flake8-claude-compat"
html_static_path = ["making/static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False

#: what the side shows: headings with their pages. A page that is named nowhere goes to the end of the last.
NAVIGATION = {
    "Begin": ["start", "recipes", "mixed"],
    "Reference": ["rules", "checklist", "steps", "targets", "command", "fix", "configuration"],
    "In your tools": ["editors", "ci"],
    "The project": ["contributing", "architecture", "accuracy", "speed", "evidence", "changelog"],
}


def _navigation() -> str:
    there = {path.stem for path in DOCS.glob("*.md")} - {"index"}
    named = [page for pages in NAVIGATION.values() for page in pages]
    parts = []
    for caption, pages in NAVIGATION.items():
        shown = [page for page in pages if page in there]
        if caption == list(NAVIGATION)[-1]:
            shown += sorted(there.difference(named))
        parts.append("\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *shown, "```"]))
    return "\n\n".join(parts)


def _read(app: Sphinx, page: str, content: list[str]) -> None:
    text = content[0]
    if page == "index":
        text += f"\n\n{_navigation()}\n"
    if page == "rules":
        names = [path.stem for path in sorted((DOCS / "rules").glob("*.md"))]
        text += "\n```{toctree}\n:hidden:\n\n" + "\n".join(f"rules/{name}" for name in names) + "\n```\n"
    if "/" not in page:
        text = re.sub(r"\]\(\.\./flake8_claude_compat/rules/pages/(CLC\d{3}-[\w-]+\.md)", r"](rules/\1", text)
        text = re.sub(r"^(```\w+) file=\S+$", r"\1", text, flags=re.MULTILINE)
    content[0] = text


def _write(app: Sphinx, config: object) -> None:
    rule_pages.write_all(DOCS / "rules")


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("config-inited", _write)
    app.connect("source-read", _read)
    app.add_lexer("dotenv", BashLexer)  # a language of pages that Pygments has no name for
