"""Every example of every page and case does what it announces."""

from __future__ import annotations

import ast

import pytest
from mdtest import CASES, PAGES, PARITY, Example, announced, examples, failures, fix, pages

from flake8_claude_compat.gate import passes

PAGES_AND_CASES = pages(PAGES) + pages(CASES) + pages(PARITY)
ALL = [example for page in PAGES_AND_CASES for example in examples(page)]
SHOWN = [example for example in ALL if not example.block.fixed]
FIXED = [example for example in ALL if example.block.fixed]


def _name(example: Example) -> str:
    return example.name


@pytest.mark.parametrize("example", SHOWN, ids=_name)
def test_example(example: Example) -> None:
    wrong = failures(example)
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("example", FIXED, ids=_name)
def test_fixed_block_is_what_the_fixer_makes(example: Example) -> None:
    text, _ = announced(example.block.text)
    assert fix(example).text == text
    if example.block.language == "py":
        ast.parse(text)
    wrong = failures(example)
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("example", [one for one in SHOWN if announced(one.block.text)[1]], ids=_name)
def test_no_rule_fires_on_a_text_that_the_gate_turns_away(example: Example) -> None:
    assert passes(announced(example.block.text)[0]), "nothing of it would ever be checked"


def test_each_family_has_programs_that_are_hard_on_purpose() -> None:
    """At least ten for each hundred of codes, in cases/hard-*.md, that announce a code of it."""
    count = dict.fromkeys("0123456789", 0)
    for example in SHOWN:
        if example.page.path.stem.startswith("hard-"):
            for family in {one.code[3] for one in announced(example.block.text)[1]}:
                count[family] += 1
    assert min(count.values()) >= 10, count


def test_languages_of_a_section_announce_the_same() -> None:
    """A section that shows one example in several languages announces the
    same codes for each of them."""
    different = []
    for page in PAGES_AND_CASES:
        for section in page.sections:
            codes: dict[str, set[str]] = {}
            for block in section.blocks:
                if block.language in ("py", "js", "ts") and not block.fixed:
                    language = "py" if block.language == "py" else "js"
                    found = {one.code for one in announced(block.text)[1]}
                    codes.setdefault(language, set()).update(found)
            if len(codes) > 1 and codes["py"] != codes["js"]:
                different.append((page.path.name, section.title, codes))
    assert not different, different
