"""Hostile input, the quick part; ``python tests/robustness`` has more of it.

No crash, no hang, nothing of a key in any output, no socket opened, nothing
written, nothing run.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import patterns
import pytest
from conftest import Project
from hostile import (
    EVERYTHING,
    FILES,
    WORD,
    Text,
    all_findings,
    bombs,
    checked,
    fixed,
    fixtures,
    long_lines,
    mutations,
    nested,
    soups,
)

from flake8_claude_compat.fixing import fix_text

#: one for each frontend; the others differ in what they are cut out of
LANGUAGES = ("python", "javascript", "shell", "powershell", "batch", "http", "dotenv", "yaml", "toml", "json", "ini", "notebook", "markdown", "rst")


@pytest.mark.parametrize("seed", range(2))
def test_changed_fixtures(seed: int) -> None:
    for one in itertools.islice(mutations(seed), 250):
        checked(one)


@pytest.mark.parametrize("seed", range(2))
def test_soups(seed: int) -> None:
    for one in itertools.islice(soups(seed), 150):
        checked(one)


def test_truncations() -> None:
    """A file that somebody is just typing: every fixture ends somewhere in the middle."""
    rng = random.Random(1)
    for one in fixtures()[::3]:
        checked(one._replace(text=one.text[: rng.randrange(1, len(one.text))]))


def test_flipped_bytes(project: Project) -> None:
    """Files with a few wrong bytes in them, read as files are."""
    rng = random.Random(2)
    for number, one in enumerate(rng.sample(fixtures(), 120)):
        data = bytearray(one.text.encode())
        for _ in range(rng.choice((1, 3, 20))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        project.write(f"{number}/{FILES[one.language]}", bytes(data))
    done = project.main("check", "--enable=CLC", "--verbose", ".")
    assert done.code in (0, 1, 3)
    assert "itself failed" not in done.out + done.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_nesting(language: str) -> None:
    for one in nested(language, 60):
        checked(one)


@pytest.mark.parametrize("depth", [10_000])
def test_deep_nesting_of_python(depth: int) -> None:
    for one in itertools.islice(nested("python", depth), 12):
        checked(one)


def test_bombs() -> None:
    """Short or long, none takes more than it says: what grows by the square of the text does not come to an end."""
    for one in bombs(100_000):
        checked(one)


def test_a_place_with_a_finding_inside_the_next() -> None:
    """Edits look for nodes in trees as deep as the text is long, and in mappings as wide."""
    checked(Text("javascript", f"// {WORD}\nx = " + " + ".join(["'gpt-4o'"] * 4_000) + "\n"))
    fixed(Text("json", "{" + '"model": "gpt-4o", ' * 1_000 + '"x": "openai"}'))


def _calls_to_fix(one: Text) -> int:
    """Functions called while a text is fixed, Python's own too: the same on every machine, unlike the time."""
    calls = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        assert fix_text(FILES[one.language], one.text, one.language, EVERYTHING, True).changed
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("number", range(len(list(all_findings(0)))))
def test_fixing_takes_calls_in_proportion(number: int) -> None:
    """What grows by the square of the text takes 64 times as many for 8 times as much."""
    small, large = (list(all_findings(size))[number] for size in (2_000, 16_000))
    _calls_to_fix(small)  # what is only done once
    assert _calls_to_fix(large) < 12 * _calls_to_fix(small)


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_lines(language: str) -> None:
    for one in long_lines(language, 4_000):
        checked(one)


@pytest.mark.parametrize("unit", "#/;-:*< ")
@pytest.mark.parametrize("language", ["python", "javascript", "ini", "markdown"])
def test_rows_of_what_opens_a_comment(language: str, unit: str) -> None:
    checked(Text(language, f"# openai\n{unit * 20_000} x noqa\n{unit * 20_000}x claude-compat: ignore[CLC301]\n"))


def test_a_large_file(project: Project) -> None:
    """Ten megabytes that are named are a problem, in a folder they are left out."""
    project.write("a/large.py", f"# {WORD}\n" + f"{'y' * 999}\n" * 10_000)
    assert project.main("check", "a").out.strip() == ""
    assert project.main("check", "a/large.py").code == 3


# ------------------------------------------------------------------- files


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_links_pipes_and_files_that_cannot_be_read(project: Project) -> None:
    project.write("a.py")
    (project.path / "loop").symlink_to(".")
    (project.path / "b.py").symlink_to("b.py")
    (project.path / "nowhere.py").symlink_to("gone/x.py")
    os.mkfifo(project.path / "pipe.py")
    (project.path / "folder.py").mkdir()
    closed = project.write("closed.py")
    closed.chmod(0)
    done = project.main("check", ".", "loop", "b.py", "nowhere.py", "folder.py")
    assert done.code in (1, 2, 3) and "Traceback" not in done.err


def test_files_that_change_while_they_are_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter, longer, binary or gone between the search for files and the look into them."""
    from flake8_claude_compat import checking

    original = checking.check_file
    changes: Iterator[bytes | None] = itertools.cycle((b"", b"x = '", b"\0\0\0", b"import openai\n" * 9, None))

    def changed(file: object, **rest: object) -> object:
        path = Path(file.path)  # type: ignore[attr-defined]
        content = next(changes)
        path.unlink() if content is None else path.write_bytes(content)
        return original(file, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "check_file", changed)
    for number in range(10):
        project.write(f"f{number}.py")
        project.write(f"f{number}.md", "```py\nimport openai\n```\n")
    done = project.main("check", ".", "--jobs=1")
    assert "itself failed" not in done.out + done.err
    assert "cannot be read" in done.out + done.err


# ------------------------------------------------------ regular expressions


def test_the_worst_texts_find_a_bad_pattern() -> None:
    """That the search for bad patterns finds them."""
    bad = (r"(a+)+$", r"x(?:\s*,?\s*)*y", r"(\w+\s?)*!", r"\s+$|a\s*\s*b")
    for pattern in bad[:1]:
        compiled = re.compile(pattern)
        assert patterns.spent(compiled, "a" * 22 + "\0") > patterns.spent(compiled, "a" * 14 + "\0") * 20
    texts = list(patterns.attacks(re.compile(r"key\s*=\s*(\w+)+;"), 100))
    assert any(text.startswith("key=") and text.count("a") > 50 for text in texts)
