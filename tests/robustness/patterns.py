"""Every regular expression of the package, and the texts that are worst for it.

They are collected while the package works: whatever it compiles, when it is
imported or when it is first asked, goes through :mod:`re`. From the parse of a
pattern come texts that nearly match: runs of what its loops take, after what
leads there, and with an end that does not fit.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import flake8_claude_compat

PACKAGE = str(Path(flake8_claude_compat.__file__).resolve().parent)

#: characters of a text, and of the longer one that follows where it took longer than LOOK
SHORT, LONG, LOOK = 1_000, 10_000, 0.002

#: seconds for the longer text, below which growth does not matter
SOON = 0.4


def collected() -> dict[tuple[str, int], re.Pattern[str]]:
    """Patterns that the package compiles; run before anything of it was used, or some are missed."""
    found: dict[tuple[str, int], re.Pattern[str]] = {}
    original: Any = re._compile  # type: ignore[attr-defined]

    def compiled(pattern: Any, flags: Any) -> Any:
        made = original(pattern, flags)
        if isinstance(made.pattern, str):
            frame = sys._getframe(1)
            while frame.f_code.co_filename == re.__file__ and frame.f_back is not None:
                frame = frame.f_back
            if frame.f_code.co_filename.startswith(PACKAGE):  # and not of a library that it calls
                found[made.pattern, made.flags] = made
        return made

    re.purge()
    re._compile = compiled  # type: ignore[attr-defined]
    try:
        for name in [name for name in sys.modules if name.partition(".")[0] == "flake8_claude_compat"]:
            del sys.modules[name]
        from hostile import EVERYTHING, FILES, fixtures

        import flake8_claude_compat.cli  # noqa: F401
        from flake8_claude_compat import frontends
        from flake8_claude_compat.checking import check_text
        from flake8_claude_compat.reporters import FORMATS  # noqa: F401

        for path in Path(PACKAGE).rglob("*.py"):
            dotted = ".".join(path.relative_to(Path(PACKAGE).parent).with_suffix("").parts)
            if not dotted.endswith("__main__"):
                __import__(dotted.removesuffix(".__init__"))
        assert frontends.MODULES
        for one in fixtures():
            check_text(FILES[one.language], one.text, one.language, EVERYTHING)
    finally:
        re._compile = original  # type: ignore[attr-defined]
    return found


def matched_only() -> set[tuple[str, int]]:
    """Patterns that the package asks at the start of a text alone (``match``, ``fullmatch``)."""
    #: (file, name) → methods; under "" those asked where the name is not defined
    asked: dict[tuple[str, str], set[str]] = {}
    for path in Path(PACKAGE).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        own = set(re.findall(r"^(_?[A-Z][A-Z0-9_]+)(?:: [^=\n]+)? = ", text, re.MULTILINE))
        for name, method in re.findall(r"\b(_?[A-Z][A-Z0-9_]+)\.(\w+)\b", text):
            asked.setdefault((str(path) if name in own else "", name), set()).add(method)
    found = set()
    for dotted, module in list(sys.modules.items()):
        if dotted.partition(".")[0] == "flake8_claude_compat":
            for name, value in vars(module).items():
                methods = asked.get((str(module.__file__), name), set()) | asked.get(("", name), set())
                if hasattr(value, "pattern") and methods and methods <= {"match", "fullmatch"}:
                    made = value if isinstance(value, re.Pattern) else re.compile(value.pattern, value._given)  # lazy.py
                    found.add((made.pattern, made.flags))
    return found


# ------------------------------------------------------------- texts for one


def attacks(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Texts of about ``size`` characters that make a pattern work hard, if any does."""
    parser: Any = getattr(re, "_parser", None) or __import__("sre_parse")
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen = set()
    for lead, loop in _loops(tree, ""):
        for unit in dict.fromkeys((loop, loop * 2, f"{loop} ", f"{loop}\n")):
            if unit.strip("\0") and (lead, unit) not in seen:
                seen.add((lead, unit))
                body = unit * (size // len(unit))
                yield lead + body + "\0"
                yield (lead + unit) * (size // len(lead + unit)) + "!"
    for unit in (" ", "a", "A", "0", "-", "_", ".", "/", "\n", "\t", "'", '"', "\\", "a.", "a-", "a ", " \n", "# ", "sk-", "=", ":", "$", "{", "(", "<", "a1"):
        yield unit * (size // len(unit)) + "\0"


def _loops(tree: Any, lead: str) -> Iterator[tuple[str, str]]:
    """What comes before each repeated part, and an example of that part."""
    for kind, value in tree:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = value
            if int(high) > 8:
                for example in _examples(inner):
                    if example:
                        yield lead, example
            yield from _loops(inner, lead)
            lead += _example(inner) * min(int(low), 3)
        elif name == "SUBPATTERN":
            yield from _loops(value[-1], lead)
            lead += _example(value[-1])
        elif name == "ATOMIC_GROUP":
            yield from _loops(value, lead)
            lead += _example(value)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _loops(branch, lead)
            lead += _example(value[1][0])
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _loops(value[1], lead)
        else:
            lead += _example([(kind, value)])


def _example(tree: Any) -> str:
    return next(iter(_examples(tree)), "")


def _examples(tree: Any) -> list[str]:
    """A few texts that a part matches."""
    texts = [""]
    for kind, value in tree:
        name = str(kind)
        if name == "LITERAL":
            more = [chr(value)]
        elif name == "NOT_LITERAL":
            more = ["a" if value != 97 else "b"]
        elif name == "ANY":
            more = ["a", " "]
        elif name == "IN":
            more = _members(value)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            inner = _examples(value[2])
            more = [text * max(1, min(int(value[0]), 40)) for text in inner[:3]]
        elif name == "SUBPATTERN":
            more = _examples(value[-1])
        elif name == "ATOMIC_GROUP":
            more = _examples(value)
        elif name == "BRANCH":
            more = [text for branch in value[1][:6] for text in _examples(branch)[:2]]
        else:
            more = [""]
        texts = [one + two for one in texts[:4] for two in more[:4]] or texts
    return texts[:8]


def _members(items: Any) -> list[str]:
    negated = str(items[0][0]) == "NEGATE"
    candidates = "a0 A_-.\n\"'/:=\\#$({<,xZ9\t"

    def inside(char: str) -> bool:
        for kind, value in items:
            name = str(kind)
            if name == "LITERAL" and ord(char) == value:
                return True
            if name == "RANGE" and value[0] <= ord(char) <= value[1]:
                return True
            if name == "CATEGORY":
                category = str(value)
                found = (
                    char.isdigit() if "DIGIT" in category else char.isspace() if "SPACE" in category else char.isalnum() or char == "_"
                )
                if found != ("NOT_" in category):
                    return True
        return False

    found = [char for char in candidates if inside(char) != negated]
    return found or [chr(value) for kind, value in items if str(kind) == "LITERAL"][:3]


# -------------------------------------------------------------------- timing


def spent(pattern: re.Pattern[str], text: str, start: bool = False, limit: float = 30.0) -> float:
    """Seconds to look through a text; at most about ``limit`` (the search cannot be stopped, only left)."""
    taken = [limit]

    def search() -> None:
        begun = time.thread_time()
        if start:
            pattern.match(text)
        else:
            for _ in pattern.finditer(text):
                pass
        taken[0] = time.thread_time() - begun

    # re holds the interpreter lock: nothing can interrupt it, so a text that is really bad is seen at SHORT already
    thread = threading.Thread(target=search, daemon=True)
    thread.start()
    thread.join(limit)
    return taken[0]


def slow(patterns: Iterable[re.Pattern[str]]) -> Iterator[tuple[str, str, float]]:
    """Patterns whose time grows much faster than the text: pattern, text, seconds for :data:`LONG`."""
    starting = matched_only()
    for pattern in patterns:
        start = (pattern.pattern, pattern.flags) in starting
        for short, long in zip(attacks(pattern, SHORT), attacks(pattern, LONG)):
            first = spent(pattern, short, start)
            second = spent(pattern, long, start) if SOON > first > LOOK else first
            if second > SOON:
                yield pattern.pattern, short, second
                break
