"""All that is said about the examples of pages and cases: messages, severities, and what a fix would do.

Examples announce codes and parts of messages; ``tests/messages.txt`` has the whole of each different finding.
``python tests/test_messages.py`` writes it anew: look at what has changed there.
"""

from __future__ import annotations

from pathlib import Path

from mdtest import CASES, LANGUAGES, PAGES, PARITY, announced, configuration, examples, pages

from flake8_claude_compat.engine import check
from flake8_claude_compat.findings import Finding
from flake8_claude_compat.languages import language_by_name
from flake8_claude_compat.source import Source

FILE = Path(__file__).resolve().parent / "messages.txt"


def _line(finding: Finding) -> str:
    """Code, severity, kinds of changes with their safety, message."""
    kinds = "+".join(type(change).__name__ for change in finding.changes)
    fix = f"{finding.safety}:{kinds}" if finding.changes else finding.safety
    return f"{finding.code} {finding.severity} [{fix}] {finding.message}"


def said() -> list[str]:
    """A line for each different finding, in order."""
    found: set[str] = set()
    for page in pages(PAGES) + pages(CASES) + pages(PARITY):
        for example in examples(page):
            if not example.block.fixed:
                path = example.block.file or LANGUAGES[example.block.language] or ""
                source = Source(path, announced(example.block.text)[0])
                report = check(source, None, configuration(example), language_by_name(path))
                found.update(_line(one.finding) for one in report.findings)
    return sorted(found)


def test_messages_are_as_they_were() -> None:
    before, now = FILE.read_text("utf-8").splitlines(), said()
    assert now == before, "python tests/test_messages.py writes them anew"


if __name__ == "__main__":
    FILE.write_text("\n".join(said()) + "\n", "utf-8")
