"""Markdown pages as tests: what a page shows is what the linter does.

A page under ``flake8_claude_compat/rules/pages/`` is documentation, the text
of ``claude-compat explain`` and a test. Files in ``tests/cases/`` have the
same format without the documentation.

* Every fenced block with code is checked by itself.
* ``# error: [CLC401] "part of the message" col=9`` announces a finding on its
  line, or, on a line of its own, on the next line of code. Text and ``col=``
  (1-based, in code points) are optional; several may stand on one line.
  ``//``, ``--``, ``;`` and ``<!-- … -->`` open a comment as ``#`` does. The
  announcements are taken out before the text is checked.
* A finding that is not announced fails, and so does an announced one that
  does not come.
* A ```` ```toml ```` block holds ``[tool.claude-compat]`` for the blocks after
  it in its section. ``toml file=NAME`` is a file to check instead.
* ```` ```py fixed ```` is what ``claude-compat fix --unsafe`` must make of the
  block before it, ```` ```py fixed safe ```` what it makes without ``--unsafe``.
* ``file=NAME`` in the fence gives the path that the block is checked under.
* ``{{openai_key}}`` and its like become synthetic keys, so that no text of a
  key's shape is in the repository. ``KEYS`` lists them.
"""

from __future__ import annotations

import random
import re
import string
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import flake8_claude_compat
from flake8_claude_compat.config import Config
from flake8_claude_compat.options import OPTIONS, read

if TYPE_CHECKING:
    from flake8_claude_compat.fixing import Fixed

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
PAGES = Path(flake8_claude_compat.__file__).resolve().parent / "rules" / "pages"
CASES = Path(__file__).resolve().parent / "cases"
PARITY = Path(__file__).resolve().parent / "parity"

#: the day on which every example is checked, unless its section says otherwise
TODAY = "2026-11-22"

#: fence → path that its blocks are checked under; None: no frontend reads it yet
LANGUAGES: dict[str, str | None] = {
    "py": "example.py",
    "pyi": "example.pyi",
    "toml": None,
    "js": "example.js",
    "ts": "example.ts",
    "jsx": "example.jsx",
    "tsx": "example.tsx",
    "html": "example.html",
    "vue": "example.vue",
    "svelte": "example.svelte",
    "sh": "example.sh",
    "makefile": "Makefile",
    "dockerfile": "Dockerfile",
    "powershell": "example.ps1",
    "batch": "example.cmd",
    "http": "example.http",
    "dotenv": ".env",
    "yaml": "example.yaml",
    "json": "example.json",
    "ini": "example.ini",
    "markdown": "example.md",
    "rst": "example.rst",
}

#: fences that are only shown
SHOWN = frozenset({"text", "console", "diff", "python"})


def read_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text."""
    return tomllib.loads(text)


# ----------------------------------------------------------------------- keys


def _letters(count: int, seed: str, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=count))


def _keys() -> dict[str, str]:
    marker = "T3Blbk" + "FJ"
    dashed = string.ascii_letters + string.digits + "_"
    digits, low = string.digits + "abcdef", string.ascii_lowercase + string.digits

    def modern(kind: str) -> str:
        return f"sk-{kind}-{_letters(74, kind, dashed)}{marker}{_letters(74, kind + '2', dashed)}"

    return {
        "openai_key": f"sk-{_letters(20, 'a')}{marker}{_letters(20, 'b')}",
        "openai_project_key": modern("proj"),
        "openai_service_key": modern("svcacct"),
        "openai_admin_key": modern("admin"),
        # of DeepSeek's and many relays' shape: only its place can tell
        "bare_key": f"sk-{_letters(32, 'c', low)}",
        "claude_key": f"sk-ant-api03-{_letters(93, 'd', dashed)}AA",
        "claude_admin_key": f"sk-ant-admin01-{_letters(93, 'e', dashed)}AA",
        "openrouter_key": f"sk-or-v1-{_letters(64, 'f', digits)}",
        "langfuse_key": "sk-lf-" + "-".join(_letters(n, f"l{n}", digits) for n in (8, 4, 4, 4, 12)),
        "stripe_key": f"sk_live_{_letters(24, 'g')}",
        # what only looks like a key: of few letters, or one that says so, in a long one at its beginning
        "five_letters_key": "sk-" + "abcde" * 6,
        "six_letters_key": "sk-" + "abcdef" * 5,
        "short_sample_key": f"sk-{_letters(41, 'h', low)}sample",
        "long_sample_key": f"sk-{_letters(42, 'h', low)}sample",
        "sample_first_key": f"sk-{_letters(6, 'i', low)}sample{_letters(40, 'j', low)}",
        "sample_later_key": f"sk-{_letters(7, 'i', low)}sample{_letters(40, 'j', low)}",
    }


KEYS = _keys()
_KEY = re.compile(r"\{\{(\w+_key)\}\}")

# ---------------------------------------------------------------------- pages


class Block(NamedTuple):
    """One fenced block. ``line`` is the fence's, 1-based, in the page."""

    language: str
    flags: tuple[str, ...]
    text: str
    line: int
    file: str | None

    @property
    def fixed(self) -> bool:
        return "fixed" in self.flags

    @property
    def runs(self) -> bool:
        """It is code in a language that a frontend reads."""
        return self.language in LANGUAGES and LANGUAGES[self.language] is not None


class Section(NamedTuple):
    """A heading with what stands under it, up to the next heading."""

    level: int
    title: str
    line: int
    text: str
    blocks: tuple[Block, ...]


class Page(NamedTuple):
    path: Path
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        return self.sections[0].title if self.sections else ""

    @property
    def code(self) -> str:
        """The code of the rule that the page is about; "" for a case file."""
        match = re.match(r"CLC\d{3}\b", self.title)
        return match.group() if match else ""

    @property
    def metadata(self) -> dict[str, str]:
        """The table under the heading: ``| Default | on |``."""
        rows = re.findall(r"^\|\s*([A-Z][\w ]*?)\s*\|\s*(.*?)\s*\|$", self.sections[0].text, re.M)
        return dict(rows)

    def section(self, title: str) -> Section | None:
        return next((section for section in self.sections if section.title == title), None)


_FENCE = re.compile(r"^(`{3,}|~{3,})\s*(.*?)\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")


def parse(path: Path) -> Page:
    """Read a page. Raises ValueError for a fence that is not closed or that
    names a language nobody knows."""
    sections: list[Section] = []
    level, title, start = 0, "", 0
    prose: list[str] = []
    blocks: list[Block] = []
    fence, info, opened = "", "", 0
    inside: list[str] = []

    def close() -> None:
        if level or any(line.strip() for line in prose):
            sections.append(Section(level, title, start, "\n".join(prose), tuple(blocks)))
        prose.clear()
        blocks.clear()

    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2]:
                blocks.append(_block(path, info, inside, opened))
                fence = ""
                inside = []
            else:
                inside.append(line)
        elif mark:
            fence, info, opened = mark[1], mark[2], number
        elif heading := _HEADING.match(line):
            close()
            level, title, start = len(heading[1]), heading[2], number
        else:
            prose.append(line)
    if fence:
        raise ValueError(f"{path.name}:{opened}: fence without an end")
    close()
    return Page(path, tuple(sections))


def _block(path: Path, info: str, lines: list[str], number: int) -> Block:
    language, *flags = info.split() or ["text"]
    if language not in LANGUAGES and language not in SHOWN:
        raise ValueError(f"{path.name}:{number}: unknown language {language!r}")
    file = next((flag[5:] for flag in flags if flag.startswith("file=")), None)
    text = "\n".join(lines) + "\n"
    try:
        text = _KEY.sub(lambda match: KEYS[match[1]], text)
    except KeyError as error:
        raise ValueError(f"{path.name}:{number}: unknown key {error}") from None
    return Block(language, tuple(flags), text, number, file)


# --------------------------------------------------------------- expectations


class Expectation(NamedTuple):
    """An announced finding. ``line`` counts in the text without announcements."""

    line: int
    code: str
    message: str
    column: int | None

    def __str__(self) -> str:
        column = f" col={self.column}" if self.column else ""
        return f'line {self.line}: [{self.code}] "{self.message}"{column}'


_ERROR = re.compile(
    r"\s*(?:\#|//|--|;|<!--)\s*error:\s*\[(?P<code>CLC\d{3})\]"
    r'(?:\s*"(?P<message>(?:[^"\\]|\\.)*)")?(?:\s*col=(?P<column>\d+))?(?:\s*-->)?'
)


def announced(text: str) -> tuple[str, list[Expectation]]:
    """The text without its announcements, and these."""
    kept: list[str] = []
    expected: list[Expectation] = []
    for line in text.split("\n"):
        found = list(_ERROR.finditer(line))
        code = _ERROR.sub("", line) if found else line
        for match in found:
            message = re.sub(r"\\(.)", r"\1", match["message"] or "")
            column = int(match["column"]) if match["column"] else None
            # a line of its own is dropped, so the next line gets its number
            expected.append(Expectation(len(kept) + 1, match["code"], message, column))
        if not found or code.strip():
            kept.append(code)
    return "\n".join(kept), expected


# ---------------------------------------------------------------------- tests


class Example(NamedTuple):
    """One block to check."""

    page: Page
    section: Section
    block: Block
    config: str
    before: Block | None

    @property
    def name(self) -> str:
        return f"{self.page.path.stem}:{self.block.line}"


def examples(page: Page) -> list[Example]:
    """Every block that runs, with its section's configuration."""
    found: list[Example] = []
    for section in page.sections:
        config, before = "", None
        for block in section.blocks:
            if block.language == "toml" and block.file is None:
                config = block.text
            elif block.runs:
                found.append(Example(page, section, block, config, before))
                before = block
    return found


def pages(folder: Path) -> list[Page]:
    return [parse(path) for path in sorted(folder.glob("*.md"))]


@lru_cache(maxsize=1)
def opt_codes() -> frozenset[str]:
    from flake8_claude_compat.rules import all_rules

    return frozenset(code for code, rule in all_rules().items() if not rule.default)


def configuration(example: Example) -> Config:
    """The options that an example is checked with."""
    table: dict[str, Any] = {"today": TODAY}
    table.update(read_toml(example.config).get("tool", {}).get("claude-compat", {}))
    if example.page.code in opt_codes():
        table["enable"] = [*table.get("enable", []), example.page.code]
    known = {option.name: option for option in OPTIONS}
    values = {known[key].attribute: read(known[key], raw, key) for key, raw in table.items()}
    return Config(str(ROOT), **values)


def check(example: Example, text: str) -> list[tuple[int, int, str, str]]:
    """(line, column, code, message) of each finding in a block's text."""
    from flake8_claude_compat.engine import check as run
    from flake8_claude_compat.languages import language_by_name
    from flake8_claude_compat.source import Source

    path = example.block.file or LANGUAGES[example.block.language] or ""
    report = run(Source(path, text), None, configuration(example), language_by_name(path))
    assert not report.problems, report.problems
    return sorted(
        (one.location.line, one.location.column, one.finding.code, one.finding.message) for one in report.findings
    )


def fix(example: Example) -> Fixed:
    """What the fixer makes of the block before a ``fixed`` one."""
    from flake8_claude_compat.fixing import fix_text
    from flake8_claude_compat.languages import language_by_name

    assert example.before is not None, "a fixed block follows the block that it fixes"
    path = example.before.file or LANGUAGES[example.before.language] or ""
    text, _ = announced(example.before.text)
    unsafe = "safe" not in example.block.flags
    return fix_text(path, text, language_by_name(path), configuration(example), unsafe)


def failures(example: Example) -> list[str]:
    """What is wrong with one example; empty if all is as announced."""
    text, expected = announced(example.block.text)
    left = check(example, text)
    wrong: list[str] = []
    for one in expected:
        match = next((finding for finding in left if _fits(one, finding)), None)
        if match:
            left.remove(match)
        else:
            wrong.append(f"missing    {one}")
    wrong += [f'unexpected line {line}: [{code}] "{message}" col={column}' for line, column, code, message in left]
    if wrong:
        lines = text.split("\n")
        wrong += [f"{number:4} | {line}" for number, line in enumerate(lines, 1)]
    return wrong


def _fits(expected: Expectation, finding: tuple[int, int, str, str]) -> bool:
    line, column, code, message = finding
    return (
        (line, code) == (expected.line, expected.code)
        and expected.message in message
        and expected.column in (None, column)
    )
