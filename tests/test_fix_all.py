"""Fixing every block of the pages and cases that is neither Python nor JavaScript."""

from __future__ import annotations

import json
from difflib import SequenceMatcher

import pytest
from mdtest import CASES, LANGUAGES, PAGES, Example, announced, configuration, examples, pages

from flake8_claude_compat.checking import findings_of, in_file
from flake8_claude_compat.discovery import language_by_name
from flake8_claude_compat.fixing import fix_text
from flake8_claude_compat.source import Source
from flake8_claude_compat.spelling import errors

CODE = ("py", "pyi", "js", "ts", "jsx", "tsx", "html", "vue", "svelte")
BLOCKS = [
    example
    for page in pages(PAGES) + pages(CASES)
    for example in examples(page)
    if example.block.language not in CODE and not example.block.fixed
]


def _name(example: Example) -> str:
    return example.name


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("example", BLOCKS, ids=_name)
def test_block(example: Example, unsafe: bool) -> None:
    path = example.block.file or LANGUAGES[example.block.language] or ""
    language = language_by_name(path)
    text, _ = announced(example.block.text)
    settings = configuration(example)
    before = findings_of(path, text, language, settings)
    fixed = fix_text(path, text, language, settings, unsafe)
    assert errors(Source(path, fixed.text), language) <= errors(Source(path, text), language), "it loads as before"
    again = fix_text(path, fixed.text, language, settings, unsafe)
    assert again.text == fixed.text, "a second run changes nothing"
    assert not again.changed
    after = findings_of(path, fixed.text, language, settings)
    assert {one.finding.code for one in after.findings} <= {one.finding.code for one in before.findings}
    if language == "notebook":
        json.loads(fixed.text)
        return
    # the lines of findings, of what they remove, and of the mappings and lists around them
    named: set[int] = set()
    for one in before.findings:
        spans = [getattr(change, "span", None) for change in one.finding.changes]
        for span in [one.finding.span, *(span for span in spans if span is not None)]:
            start, end = one.origin.host_span(span) if one.origin.host is not None else span
            named.update(range(text.count("\n", 0, start), text.count("\n", 0, end) + 1))
        named.add(text.count("\n", 0, in_file(one).start))
    old, new = text.split("\n"), fixed.text.split("\n")
    for kind, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind in ("replace", "delete"):
            for number in range(start, end):
                # what is now the last one has no comma, and may get what closes them all
                kept = old[number].rstrip(", \\;")
                assert number in named or any(line.startswith(kept) for line in new[first:last]), old[number]
