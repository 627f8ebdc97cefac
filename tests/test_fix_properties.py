"""What holds of fixing whatever the text is: every example of every page and case, all that are shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

import pytest
from mdtest import CASES, LANGUAGES, PAGES, PARITY, Example, announced, configuration, examples, pages

from flake8_claude_compat.checking import findings_of, in_file
from flake8_claude_compat.config import Config
from flake8_claude_compat.findings import BuildClient
from flake8_claude_compat.fixing import Fixed, fix_text
from flake8_claude_compat.languages import language_by_name
from flake8_claude_compat.source import Source, Span
from flake8_claude_compat.spelling import Document, errors, spelled

ALL = [one for page in pages(PAGES) + pages(CASES) + pages(PARITY) for one in examples(page)]


class Case:
    """An example's text, its settings, and what becomes of it."""

    def __init__(self, example: Example, unsafe: bool) -> None:
        self.text = announced(example.block.text)[0]
        self.name = example.block.file or LANGUAGES[example.block.language] or ""
        self.language = language_by_name(self.name)
        self.settings = configuration(example)
        self.unsafe = unsafe
        self.fixed: Fixed = self.fix(self.text)

    def fix(self, text: str, settings: Config | None = None) -> Fixed:
        """What fixing makes of a text."""
        return fix_text(self.name, text, self.language, settings or self.settings, self.unsafe)

    def codes(self, text: str) -> set[str]:
        """The codes found in a text."""
        return {one.finding.code for one in findings_of(self.name, text, self.language, self.settings).findings}


@lru_cache(maxsize=None)
def case(number: int, unsafe: bool) -> Case:
    return Case(ALL[number], unsafe)


both = pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
every = pytest.mark.parametrize("number", range(len(ALL)), ids=[example.name for example in ALL])


@both
@every
def test_the_result_parses(number: int, unsafe: bool) -> None:
    one = case(number, unsafe)
    assert errors(Source(one.name, one.fixed.text), one.language) <= errors(Source(one.name, one.text), one.language)
    report = findings_of(one.name, one.fixed.text, one.language, one.settings)
    assert len(report.problems) <= len(findings_of(one.name, one.text, one.language, one.settings).problems), report.problems


@both
@every
def test_a_second_run_changes_nothing(number: int, unsafe: bool) -> None:
    one = case(number, unsafe)
    again = one.fix(one.fixed.text)
    assert again.text == one.fixed.text and not again.changed


@both
@every
def test_no_new_code_appears(number: int, unsafe: bool) -> None:
    one = case(number, unsafe)
    assert one.codes(one.fixed.text) <= one.codes(one.text)


@both
@every
def test_what_is_left_is_what_is_found(number: int, unsafe: bool) -> None:
    one = case(number, unsafe)
    found = findings_of(one.name, one.fixed.text, one.language, one.settings).findings
    assert [left.located.finding for left in one.fixed.left] == [located.finding for located in found]
    assert (one.fixed.text != one.text) == bool(one.fixed.changed)


_IMPORT = re.compile(r"\s*(?:import\b|from\b.*\bimport\b|const\b.*\brequire\()")


#: the type of a variable of the environment
_DECLARED = re.compile(r"\s*[A-Z0-9_]+\??: string")
#: options of the module that a client takes over once the call is one of a client
_TAKEN_OVER = re.compile(r"\s*openai\.api_\w+ = ")


def touched(one: Case) -> set[int]:
    """The lines of the statements that a finding is in, or says that it changes; where there are none, of the paragraphs."""
    source = Source(one.name, one.text)
    lines: set[int] = set()
    for located in findings_of(one.name, one.text, one.language, one.settings).findings:
        spans = [located.finding.span]
        for change in located.finding.changes:
            spans += [field for field in change if isinstance(field, Span)]
        for span in spans:
            start, end = in_file(located._replace(finding=located.finding._replace(span=span)))
            lines |= set(range(source.line_of(start), source.line_of(end) + 1))
    whole = set(lines)
    for first, last in statements(one) if one.language == "python" else paragraphs(one.text):
        if not lines.isdisjoint(range(first, last + 1)):
            whole |= set(range(first, last + 1))
    return whole


def statements(one: Case) -> Iterator[tuple[int, int]]:
    """First and last line of each statement; of one that holds others, of its head."""
    try:
        tree = ast.parse(one.text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            yield node.lineno, max(node.lineno, last)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """First and last line of what stands between empty lines."""
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if not line.strip():
            yield first, number - 1
            first = number + 1


@both
@every
def test_lines_without_a_finding_stay(number: int, unsafe: bool) -> None:
    """Lines that go, or change, are of a statement with a finding, or imports; all others stay byte for byte, in order."""
    one = case(number, unsafe)
    if one.fixed.text == one.text:
        return
    old, new = one.text.splitlines(True), one.fixed.text.splitlines(True)
    may = touched(one)
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind in ("delete", "replace"):
            for line in range(start, end):
                shown = "".join([*old[start:end], "=>\n", *new[begin:stop]])
                free = _IMPORT.match(old[line]) or _DECLARED.match(old[line]) or _TAKEN_OVER.match(old[line]) or not old[line].strip()
                assert line + 1 in may or free, shown


#: line end → languages whose parsers know it
LINE_ENDS = {"\r\n": ("python", "javascript", "typescript", "tsx", "vue", "svelte", "html"), "\r": ("python",)}


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
@both
@every
def test_line_ends_stay(number: int, unsafe: bool, ending: str) -> None:
    one = case(number, unsafe)
    if one.language not in LINE_ENDS[ending] or "\r" in one.text or one.fixed.text == one.text:
        return
    fixed = one.fix(one.text.replace("\n", ending)).text
    assert fixed.replace(ending, "\n") == one.fixed.text
    assert "\n" not in fixed.replace(ending, "")


def test_edits_of_a_whole_file_are_told_once_for_all_that_have_them() -> None:
    text = 'const { Configuration, OpenAIApi } = require("openai");\n'
    text += "".join(f"const c{n} = new OpenAIApi(new Configuration({{ apiKey: k }}));\n" for n in range(3))
    document = Document(Source("a.js", text), "javascript", "javascript")
    places = [match.start() for match in re.finditer("OpenAIApi\\(", text)]
    told = [spelled(document, (BuildClient(Span(at, at + len("OpenAIApi")), "", ()),)) for at in places]
    assert told[0] and all(edits is told[0] for edits in told)
