"""Comments that keep findings quiet, in every language that has comments.

``# noqa: CLC301``
    on a line of the finding. In Python it is flake8's own, read by flake8.
``# claude-compat: ignore[CLC301] until 2027-03-01 -- waiting for vendor``
    on a line of the finding, or on a line of its own above it.
``# claude-compat: ignore-file[CLC3]``
    in the first lines of a file.

Codes, ``until`` and the reason may be left out. Where a comment cannot stand
behind the code, ``noqa`` works from the line above, too. A suppression of
codes of ours that keeps nothing quiet, or whose day has passed, is told.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from token import COMMENT, DEDENT, INDENT, NEWLINE, NL
from typing import TYPE_CHECKING

from .extents import DOCUMENTS, Line, end_of
from .findings import Located, Report
from .lazy import pattern
from .record import NamedTuple

if TYPE_CHECKING:
    import tokenize

#: how far down ``ignore-file`` may stand
FIRST_LINES = 10

UNUSED, EXPIRED, MALFORMED = "unused", "expired", "malformed"

#: what a comment holds that may be told as unused or wrong
_OURS = ("clc", "claude-compat:")
_NOQA = pattern(r"noqa", re.IGNORECASE)
#: behind a noqa that is for codes of others alone
_OTHERS = pattern(r":(?![^\r\n]*\bc)[ \t]?[a-z]+[0-9]+\b", re.IGNORECASE)
#: what starts a comment, and how far in front of a directive's words it is looked for
#: a row of one character is tried once, not from each of its characters on
_OPEN = r"(?P<open>(?<!\#)\#+|(?<!/)//+|/\*+|<!--+|<\#|(?<!;);+|::|(?<!-)--+|\.\.(?=\s)|(?:^|[\s@&])rem(?=\s))[ \t]*"
_MAX_OPENER = 200
_OPENER = pattern(_OPEN + r"\Z", re.IGNORECASE)
_WORD = pattern(r"noqa|claude-compat:", re.IGNORECASE)
_DIRECTIVE = pattern(
    _OPEN +
    r"(?P<what>noqa\b(?::[ \t]?(?P<noqa>(?:[A-Z]+[0-9]+(?:[,\s]+)?)+))?"
    r"|claude-compat:[ \t]*(?P<ignore>ignore(?:-file)?)\b(?P<rest>[^\r\n]{0,1000}))",  # a line may hold thousands
    re.IGNORECASE,
)
_REST = pattern(
    r"[ \t]*(?:\[(?P<codes>[^\]]*)\])?[ \t]*(?:until[ \t]+(?P<until>[^\s*>]+))?[ \t]*"
    r"(?:--.*|\*+/.*|-->.*|#>.*|\{.*)?[ \t]*$",
    re.IGNORECASE | re.DOTALL,
)
_CODE = pattern(r"CLC[0-9]{0,3}")
#: tokens with which no statement begins
_SILENT = frozenset({NL, INDENT, DEDENT})
#: which openers start a comment in a language; every opener counts where code of others is embedded
_HASH, _SLASH = ("#", "<#"), ("//", "/*")
_OPENERS: dict[str, tuple[str, ...]] = {
    "python": ("#",), "shell": _HASH, "makefile": _HASH, "dockerfile": _HASH, "powershell": _HASH,
    "dotenv": _HASH, "yaml": _HASH, "toml": _HASH, "ini": ("#", ";", "//"), "batch": ("rem", "::"),
    "http": ("#", "//"),
    "javascript": _SLASH, "typescript": _SLASH, "tsx": _SLASH, "json": _SLASH,
}  # fmt: skip


class Remark(NamedTuple):
    """What is to be said about a suppression.

    ``state``: ``unused``, ``expired`` or ``malformed``. ``codes``: those meant,
    () for all.
    """

    path: str
    line: int
    cell: int | None
    state: str
    codes: tuple[str, ...]
    message: str


class _Directive:
    def __init__(self, line: Line, noqa: bool, codes: tuple[str, ...], first: int, last: int, whole: bool) -> None:
        self.line = line
        self.noqa = noqa
        self.codes = codes
        self.first, self.last = first, last
        self.whole = whole
        #: it is code that a document shows: what it is good for is not for us to say
        self.quoted = False
        self.used: set[str] = set()


class _Sorted:
    """The directives of a file by what they cover: a file may hold as many of them as findings."""

    def __init__(self, directives: Sequence[_Directive], noqa: _Flake8 | None) -> None:
        self.whole = [one for one in directives if one.whole]
        #: of a cell: the first lines of what is covered, the largest last line so far, the directives
        self.placed: dict[int | None, tuple[list[int], list[int], list[_Directive]]] = {}
        for one in sorted((one for one in directives if not one.whole), key=lambda one: one.first):
            firsts, lasts, found = self.placed.setdefault(one.line.cell, ([], [], []))
            firsts.append(one.first)
            lasts.append(max(one.last, lasts[-1] if lasts else 0))
            found.append(one)
        #: those of flake8, by the logical line that they count for
        self.lines: dict[int, list[_Directive]] = {}
        for one in directives:
            if one.noqa and noqa is not None:
                self.lines.setdefault(id(noqa.line(one.line.number)), []).append(one)

    def on_line(self, item: Located, noqa: _Flake8) -> list[_Directive]:
        """flake8's directives on the logical line of a finding."""
        return self.lines.get(id(noqa.line(item.location.line)), [])

    def around(self, item: Located) -> Iterator[_Directive]:
        """Those whose lines a finding touches, whatever their codes."""
        yield from self.whole
        place = item.location
        firsts, lasts, found = self.placed.get(place.cell, ([], [], []))
        at = bisect_right(firsts, place.end_line) - 1
        while at >= 0 and lasts[at] >= place.line:
            if found[at].last >= place.line:
                yield found[at]
            at -= 1


class Suppressions:
    """The suppressions of one file.

    ``lines``: its lines, of a notebook those of its cells. ``is_active`` tells
    whether anything of a code, or of a beginning of one, is looked for at all.
    """

    def __init__(
        self,
        path: str,
        language: str,
        text: str,
        lines: Callable[[], Sequence[Line]],
        today: date,
        is_active: Callable[[str], bool],
    ) -> None:
        self.path = path
        self.language = language
        self.text = text
        self.today = today
        self.is_active = is_active
        self.remarks: list[Remark] = []
        self.directives: list[_Directive] = []
        self._noqa: _Flake8 | None = None
        #: of the comments looked at last: their first line, the line of code that follows, the last one of it
        self._next = (0, 0, 0)
        #: of Python: first line of a statement → its last line
        self._statements: dict[int, int] = {}
        self._lines = lines

    def apply(self, report: Report) -> tuple[Report, list[Remark]]:
        """The report without what is suppressed, and remarks on the suppressions."""
        if not self._says_something(bool(report.findings)):
            return report, []
        if self.language == "python":
            self._noqa = _Flake8(self.path, self.text)
            self._read(_python_comments(self._noqa.tokens, self._lines(), self._statements))
        else:
            self._read(self._lines())
        directives = _Sorted(self.directives, self._noqa)
        kept = [item for item in report.findings if not self._suppressed(item, directives)]
        if not report.problems:
            for directive in self.directives:
                if not directive.quoted:
                    self._tell_unused(directive)
        return report._replace(findings=tuple(kept)), sorted(self.remarks, key=_place)

    def _says_something(self, found: bool) -> bool:
        """Whether a comment may keep something quiet, or be told as unused or wrong: to read them all takes long."""
        low = self.text.lower()
        if any(word in low for word in _OURS):
            return True
        noqas = _NOQA.finditer(self.text) if found and "noqa" in low else ()
        return any(_OTHERS.match(self.text, one.end()) is None for one in noqas)

    def _suppressed(self, item: Located, directives: _Sorted) -> bool:
        quiet = False
        code = item.finding.code
        if self._noqa is not None and self._noqa.suppresses(item):
            quiet = True
            for directive in directives.on_line(item, self._noqa):
                directive.used.update(one for one in directive.codes if code.startswith(one))
        for directive in directives.around(item):
            if directive.noqa and self._noqa is not None:
                continue
            if not directive.codes or code.startswith(directive.codes):
                quiet = True
                directive.used.update(one for one in directive.codes or ("",) if code.startswith(one))
        return quiet

    def _tell_unused(self, directive: _Directive) -> None:
        if directive.noqa:
            left = [code for code in directive.codes if _CODE.fullmatch(code)]
        else:
            left = list(directive.codes) or [""]
        left = [code for code in left if code not in directive.used and self.is_active(code)]
        if left:
            which = ", ".join(left) or "anything"
            where = "in this file" if directive.whole else "here"
            self._remark(directive.line, UNUSED, tuple(left), f"unused suppression: nothing finds {which} {where}")

    def _remark(self, line: Line, state: str, codes: tuple[str, ...], message: str) -> None:
        codes = tuple(code for code in codes if code)
        self.remarks.append(Remark(self.path, line.number, line.cell, state, codes, message))

    # ---------------------------------------------------------------- reading

    def _read(self, lines: Sequence[Line]) -> None:
        openers = _OPENERS.get(self.language)
        for index, line in enumerate(lines):
            strings, string = _strings(line.text), (-1, -1)
            for match in _directives(line.text):
                opener = match["open"].strip(" \t@&").lower()
                if openers is not None and not opener.startswith(openers):
                    continue
                at = match.start("open")
                while self.language != "python" and string[1] < at:
                    string = next(strings, (len(line.text), len(line.text)))
                if string[0] < at < string[1]:
                    continue
                before = len(self.directives), len(self.remarks)
                self._directive(match, lines, index)
                if self.language in ("markdown", "mdx", "rst") and not opener.startswith(("<!--", "/*", "..")):
                    del self.remarks[before[1] :]
                    for directive in self.directives[before[0] :]:
                        directive.quoted = True
                break

    def _directive(self, match: re.Match[str], lines: Sequence[Line], index: int) -> None:
        line = lines[index]
        alone = not line.text[: match.start()].strip(" \t{@>*-")
        first, last = (line.number, line.number)
        if match["ignore"] is None:
            codes = tuple(re.findall(r"(?<![A-Z])[A-Z]+[0-9]+", (match["noqa"] or "").upper()))
            if alone and self.language != "python":
                first, last = self._below(lines, index)
            self.directives.append(_Directive(line, True, codes, first, last, False))
            return
        whole = match["ignore"].lower() == "ignore-file"
        rest = _REST.match(match["rest"])
        if rest is None:
            known = "write ignore[CODE, …] until YYYY-MM-DD -- reason"
            self._remark(line, MALFORMED, (), f"this suppression cannot be read: {known}")
            return
        codes = tuple(code.strip().upper() for code in (rest["codes"] or "").split(",") if code.strip())
        wrong = [code for code in codes if not _CODE.fullmatch(code)]
        if wrong or (rest["codes"] is not None and not codes):
            shown = wrong[0][:12] if wrong else "[]"
            self._remark(line, MALFORMED, (), f"{shown} is no code of a rule: this suppression has no effect")
            return
        until = _day(rest["until"])
        if rest["until"] and until is None:
            self._remark(line, MALFORMED, codes, f"{rest['until'][:12]!r} is not a date as YYYY-MM-DD: no effect")
            return
        if until is not None and until < self.today:
            self._remark(line, EXPIRED, codes, f"this suppression ended on {until}: it has no effect any more")
            return
        if whole and (line.number > FIRST_LINES or (line.cell or 0) > 0):
            self._remark(line, MALFORMED, codes, f"ignore-file counts in the first {FIRST_LINES} lines only")
            return
        if alone:
            first, last = self._below(lines, index)
        self.directives.append(_Directive(line, False, codes, first, last, whole))

    def _below(self, lines: Sequence[Line], index: int) -> tuple[int, int]:
        """The lines that a comment on a line of its own covers, itself included."""
        begin, end, last = self._next
        if not begin <= index < end:  # else comments alone stand between this line and that one
            begin, end = index, self._next_code(lines, index)
            ends = end == len(lines) or lines[end].cell != lines[index].cell
            last = -1 if ends else end_of(self.language, lines, end)
            self._next = begin, end, last
        first = lines[index].number
        if last < 0:
            return first, first
        number = lines[last].number
        return first, self._statements.get(number, number)

    def _next_code(self, lines: Sequence[Line], index: int) -> int:
        """The next line that is no comment, or that is of another cell, or the end."""
        for start in range(index + 1, len(lines)):
            text = lines[start].text.strip()
            if lines[start].cell != lines[index].cell:
                return start
            if text and not (_is_comment(text) and (self.language not in DOCUMENTS or _DIRECTIVE.search(text))):
                return start
        return len(lines)


def _directives(text: str) -> Iterator[re.Match[str]]:
    """The directives of a line. They are looked for from their words: a long line may be full of slashes."""
    low = text.lower()  # a regular expression that ignores case takes fifty times as long
    if "noqa" not in low and "claude-compat:" not in low:
        return
    for word in _WORD.finditer(text):
        start = max(0, word.start() - _MAX_OPENER)
        opener = _OPENER.search(text, start, word.start())
        match = _DIRECTIVE.match(text, opener.start("open")) if opener else None
        if match is not None:
            yield match


def _place(remark: Remark) -> tuple[int, int]:
    return (-1 if remark.cell is None else remark.cell, remark.line)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def _is_comment(text: str) -> bool:
    return text.lower().startswith(("#", "//", "/*", "<!--", ";", "::", "--", "..", "{/*", "rem ", "@rem ", "<#"))


def _strings(line: str) -> Iterator[tuple[int, int]]:
    """The offsets of quotes that open and close on a line, in order."""
    index, size = 0, len(line)
    while index < size:
        quote = line[index]
        if quote == "\\":
            index += 1
        elif quote in "\"'`":
            end = index + 1
            while end < size and line[end] != quote:
                end += 2 if line[end] == "\\" else 1
            if end < size:  # else it is an apostrophe
                yield index, end
                index = end
        index += 1


# --------------------------------------------------------------------- Python


def _python_comments(
    tokens: Iterable[tokenize.TokenInfo], lines: Sequence[Line], statements: dict[int, int]
) -> Sequence[Line]:
    """The lines of a Python text without its strings: a comment in a string is none.

    Fills ``statements``: first line → last line.
    """
    comments: dict[int, int] = {}
    first = 0
    for kind, _, (row, column), (end, _), _ in tokens:
        if kind == COMMENT:
            comments[row] = column
        elif kind == NEWLINE:
            statements[first] = end
            first = 0
        elif not first and kind not in _SILENT:
            first = row
    found = []
    for line in lines:
        column = comments.get(line.number, len(line.text))
        code = line.text[:column]
        # what stands before the comment only matters for whether it stands alone
        before = re.sub(r"\S", "x", code) if column < len(line.text) else ("x" if code.strip() else "")
        found.append(line._replace(text=before + line.text[column:]))
    return found


class _Flake8:
    """What flake8 makes of noqa: its own code decides, so that both doors agree.

    ``tokens``: those of the file, as far as it can be read.
    """

    def __init__(self, path: str, text: str) -> None:
        import tokenize
        from types import SimpleNamespace

        from flake8.processor import FileProcessor
        from flake8.violation import Violation

        options = SimpleNamespace(
            hang_closing=False, indent_size=4, max_doc_length=None, max_line_length=79, verbose=0,
            disable_noqa=False, stdin_display_name="stdin",
        )  # fmt: skip
        lines = io.StringIO(text, newline=None).readlines()
        self.path = path
        self.violation = Violation
        self.processor = FileProcessor(path, options, lines)
        self.lines = lines
        self.whole = self.processor.should_ignore_file()
        self.tokens: list[tokenize.TokenInfo] = []
        try:
            self.tokens = self.processor.file_tokens  # which it keeps
        except (tokenize.TokenError, SyntaxError):
            with suppress(tokenize.TokenError, SyntaxError):
                self.tokens.extend(tokenize.generate_tokens(iter(self.processor.lines).__next__))

    def line(self, number: int) -> str:
        found: str | None = self.processor.noqa_line_for(number)
        if found is None:
            return self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        return found

    def suppresses(self, item: Located) -> bool:
        place, finding = item.location, item.finding
        if self.whole:
            return True
        line = self.line(place.line)
        violation = self.violation(finding.code, self.path, place.line, place.column, finding.message, line)
        return bool(violation.is_inline_ignored(False))
