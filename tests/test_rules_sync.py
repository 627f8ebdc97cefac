"""Codes, pages, docs and the checklist name the same rules.

``python tests/test_rules_sync.py`` writes docs/rules.md anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from mdtest import CASES, PAGES, ROOT, Page, announced, examples, pages, read_toml

from flake8_claude_compat.rules import FAMILIES, Rule, all_rules

DOCS = ROOT / "docs" / "rules.md"
CATALOGUE = PAGES.parent.parent / "catalogue"

#: rules that nothing in one file's code triggers: CLC000 is reported when the
#: linter fails, CLC206 by the command, which knows what git tracks
WITHOUT_TRIGGER = frozenset({"CLC000", "CLC206"})

#: lines of the migration checklist, with the beginnings of the codes of each
CHECKLIST: dict[int, list[str]] = {
    number: prefixes
    for number, *_, prefixes, _ in read_toml((CATALOGUE / "checklist.toml").read_text("utf-8"))["checklist"]["rows"]
}

HEADINGS = ("What it flags", "Why", "What to do", "Examples")

RULES = all_rules()


def lines_of(code: str) -> list[int]:
    """The lines of the checklist that a code keeps open."""
    return [line for line, prefixes in CHECKLIST.items() if code.startswith(tuple(prefixes))]


BY_CODE: dict[str, Page] = {page.code: page for page in pages(PAGES)}


def render_rules_table() -> str:
    """The text of docs/rules.md."""
    titles = {
        0: "Surface without a counterpart",
        1: "Base URL",
        2: "Credentials",
        3: "Model",
        4: "Parameters",
        5: "Legacy function calling",
        6: "JSON output",
        7: "Streaming and response reads",
        8: "Tool calling",
        9: "Error handling",
    }
    lines = [
        "# Rules",
        "",
        "The first digit of a code is the step of the migration that the rule belongs to.",
        "*on*: reported by default. *opt*: advice, reported only when it is asked for with",
        "`enable`. This file is generated from the rules; each code leads to its page.",
    ]
    for digit, title in titles.items():
        numbers = {line for code in RULES if int(code[3]) == digit for line in lines_of(code) if line}
        ticks = " and ".join(str(line) for line in sorted(numbers))
        lines += ["", f"## CLC{digit}: {title}", ""]
        if ticks:
            word = "Lines" if " and " in ticks else "Line"
            lines += [f"{word} {ticks} of the migration checklist.", ""]
        lines += ["| code | name | flags | default |", "|---|---|---|---|"]
        for rule in RULES.values():
            if int(rule.code[3]) == digit:
                page = f"../flake8_claude_compat/rules/pages/{rule.code}-{rule.name}.md"
                default = "on" if rule.default else "opt"
                lines.append(f"| [{rule.code}]({page}) | {rule.name} | {rule.summary} | {default} |")
    return "\n".join(lines) + "\n"


EACH_RULE = pytest.mark.parametrize("rule", [pytest.param(rule, id=code) for code, rule in RULES.items()])


def test_codes_are_unique_and_well_formed() -> None:
    from importlib import import_module

    codes = [rule.code for family in FAMILIES for rule in import_module(f"flake8_claude_compat.rules.{family}").RULES]
    assert len(codes) == len(set(codes))
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    for code, rule in RULES.items():
        assert re.fullmatch(r"CLC\d{3}", code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name), rule.name
        assert "\n" not in rule.summary and not rule.summary.endswith("."), rule.summary


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert sorted(BY_CODE) == sorted(RULES)
    files = sorted(path.name for path in PAGES.glob("*.md"))
    assert files == sorted(f"{rule.code}-{rule.name}.md" for rule in RULES.values())


@EACH_RULE
def test_page_says_what_the_rule_says(rule: Rule) -> None:
    page = BY_CODE[rule.code]
    assert page.title == f"{rule.code} {rule.name}"
    data = page.metadata
    assert data["Default"] == ("on" if rule.default else "opt")
    assert data["Since"] == rule.since
    (line,) = lines_of(rule.code)
    assert data["Checklist line"] == (str(line) if line else "none")


@EACH_RULE
def test_page_has_its_sections_in_order(rule: Rule) -> None:
    titles = [section.title for section in BY_CODE[rule.code].sections if section.level == 2]
    assert [title for title in titles if title in HEADINGS] == list(HEADINGS)


@EACH_RULE
def test_page_shows_when_it_fires_and_when_not(rule: Rule) -> None:
    if rule.code in WITHOUT_TRIGGER:
        return
    shown = [example for example in examples(BY_CODE[rule.code]) if not example.block.fixed]
    fires = [rule.code in {one.code for one in announced(example.block.text)[1]} for example in shown]
    assert any(fires), "no example that must fire"
    assert not all(fires), "no example that must not fire"


def test_every_code_is_on_one_line_of_the_checklist() -> None:
    assert sorted(CHECKLIST) == list(range(11))
    assert {code: len(lines_of(code)) for code in RULES} == dict.fromkeys(RULES, 1)


def test_every_line_of_the_checklist_has_rules() -> None:
    for prefixes in CHECKLIST.values():
        for prefix in prefixes:
            assert any(code.startswith(prefix) for code in RULES), prefix


def test_pages_show_no_unknown_code() -> None:
    """A code that a page or a case mentions exists."""
    for folder in (PAGES, CASES):
        for path in folder.glob("*.md"):
            codes = set(re.findall(r"CLC\d{3}", path.read_text("utf-8")))
            assert codes <= set(RULES), (path.name, codes - set(RULES))


def test_no_key_is_written_down() -> None:
    """Pages hold ``{{openai_key}}``, never something of a key's shape."""
    shape = re.compile(r"T3Blbk" r"FJ|sk-(?:proj|svcacct|admin|ant-api\d\d)-[\w-]{20}")
    for folder in (PAGES, CASES):
        for path in folder.glob("*.md"):
            assert not shape.search(path.read_text("utf-8")), path.name


def test_docs_table_is_up_to_date() -> None:
    assert DOCS.read_text("utf-8") == render_rules_table(), "run python tests/test_rules_sync.py"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    DOCS.parent.mkdir(exist_ok=True)
    Path(DOCS).write_text(render_rules_table(), "utf-8")
