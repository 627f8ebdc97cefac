"""The page of a rule for the site: what its examples announce is shown as what is printed for them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import mdtest  # noqa: E402

from flake8_claude_compat.engine import check  # noqa: E402
from flake8_claude_compat.languages import language_by_name  # noqa: E402
from flake8_claude_compat.rules import all_rules  # noqa: E402
from flake8_claude_compat.rules.parameters import CLASSIFIED  # noqa: E402
from flake8_claude_compat.source import Source  # noqa: E402
from making.tables import _loaded, standing, table  # noqa: E402

#: fence of a page → the highlighter's name, where that is another one
LEXERS = {
    "py": "python", "pyi": "python", "js": "javascript", "ts": "typescript", "jsx": "javascript", "tsx": "typescript",
    "vue": "html", "svelte": "html", "sh": "bash", "dotenv": "bash", "dockerfile": "docker", "batch": "bat",
    "makefile": "make",
}  # fmt: skip

_KEY = re.compile(r"\{\{(\w+?)_key\}\}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~])")
_FENCE = re.compile(r"^(`{3,}|~{3,})\s*(.*?)\s*$")


def render(path: Path) -> str:
    """The Markdown of a rule's page for Sphinx. Raises ValueError for a page that mdtest cannot read."""
    page = mdtest.parse(path)
    examples = {example.block.line: example for example in mdtest.examples(page)}
    raw = path.read_text("utf-8").split("\n")
    lines: list[str] = []
    number = 0
    while number < len(raw):
        fence = _FENCE.match(raw[number])
        if fence is None:
            lines.append(raw[number])
            number += 1
            continue
        last = number + 1
        while not (raw[last].startswith(fence[1]) and not raw[last].strip("`~ ")):
            last += 1
        text = "\n".join(raw[number + 1 : last])
        lines += _block(fence[2].split() or ["text"], text, examples.get(number + 1))
        number = last + 1
    made = "\n".join(lines)
    targets = _on_each_target(page.code)
    if targets:
        made = made.replace("\n## Examples\n", f"\n## On each target\n\n{targets}\n\n## Examples\n", 1)
    return made


def _block(info: list[str], text: str, example: mdtest.Example | None) -> list[str]:
    language, *flags = info
    shown = _KEY.sub(lambda match: f"<{'an' if match[1][0] in 'aeo' else 'a'} {match[1].replace('_', ' ')} key>", text)
    caption = next((flag[5:] for flag in flags if flag.startswith("file=")), "")
    if example is None:
        caption = caption or ("pyproject.toml" if language == "toml" else "")
        return _fenced(language, shown, caption, [])
    if example.block.fixed:
        title = "After claude-compat fix" + ("" if "safe" in flags else " --unsafe")
        return _fenced(language, mdtest.announced(shown)[0], title, [])
    findings = _findings(example)
    found = [
        f"- Line {line}, column {column}, {severity}: [{code}]({code}-{all_rules()[code].name}.md) {_escaped(message)}"
        for line, column, code, severity, message in findings
    ]
    code = mdtest.announced(shown)[0].rstrip("\n")
    heading = "{.findings}" if found else "{.clean}"
    return [
        *_fenced(language, code, caption, sorted({line for line, *_ in findings})),
        "", heading, *(found or ["Nothing is reported."]), "",
    ]  # fmt: skip


def _fenced(language: str, text: str, caption: str, marked: list[int]) -> list[str]:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`{3,}", text)), default=0))
    options = [f":caption: {caption}"] if caption else []
    if marked:
        options.append(f":emphasize-lines: {','.join(map(str, marked))}")
    return [f"{fence}{{code-block}} {LEXERS.get(language, language)}", *options, "", *text.split("\n"), fence]


def _findings(example: mdtest.Example) -> list[tuple[int, int, str, str, str]]:
    """(line, column, code, severity, message) of each finding in a block."""
    path = example.block.file or mdtest.LANGUAGES[example.block.language] or ""
    text, _ = mdtest.announced(example.block.text)
    report = check(Source(path, text), None, mdtest.configuration(example), language_by_name(path))
    return sorted(
        (one.location.line, one.location.column, one.finding.code, one.finding.severity, one.finding.message)
        for one in report.findings
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _on_each_target(code: str) -> str:
    """What each target makes of the parameters that a rule is about; "" for other rules."""
    names = [name for name, owner in CLASSIFIED.items() if owner == code]
    loaded = _loaded()
    rows = []
    for name in names:
        for one in loaded:
            row = one.target.parameter(name)
            rows.append((f"`{name}`", f"[{one.target.id}](../targets.md#{one.target.id})",
                         standing(row, one.target.id), _escaped(row.note or "")))  # fmt: skip
    return table(("parameter", "target", "there it is", "note"), rows) if rows else ""


def write_all(folder: Path) -> list[str]:
    """Write every rule's page to a folder, those that differ; their names in order."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for path in sorted(mdtest.PAGES.glob("*.md")):
        text, to = render(path), folder / path.name
        names.append(path.stem)
        if not to.is_file() or to.read_text("utf-8") != text:
            to.write_text(text, "utf-8")
    for old in folder.glob("*.md"):
        if old.stem not in names:
            old.unlink()
    return names
