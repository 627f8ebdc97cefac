"""Files → results: reading, the gate, the engine, suppression.

What reporters need of a file's text is taken here, while the text is at hand,
and without the keys in it.
"""

from __future__ import annotations

import gc
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from . import frontends, gate
from .config import Config
from .discovery import BINARY, MAX_NAMED, TOO_LARGE_TO_NAME, File, shown, unwanted
from .encoding import bom_of, decoded
from .findings import Finding, Located, Problem, Report
from .lazy import pattern
from .processes import over_files
from .record import NamedTuple
from .redaction import mask, redact
from .source import Location, Source, Span

if TYPE_CHECKING:
    from .engine import Look
    from .extents import Line
    from .spelling import Document
    from .suppression import Remark
    from .survey import Survey, Surveyor

#: characters of a source line that are kept for reporters
WIDTH = 240
#: characters around them that are looked at, so that no key is cut before it is known as one
_MARGIN = 500
#: codes whose span is a key or holds one
_KEY_CODES = ("CLC201", "CLC202", "CLC203")
_QUOTED = pattern(r"[\"'`]([^\"'`]+)[\"'`]")


class Edit(NamedTuple):
    """Replace a range of a file (1-based, columns in code points) by a text."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Item(NamedTuple):
    """A finding with what reporters show of its place.

    ``text``: the source line without keys, or the part of it around the
    finding; it begins ``offset`` characters into the line. ``file_line``: the
    line in the file, also where ``location`` counts in a notebook's cell.
    ``fingerprint``: stays the same while lines move. ``edits``: the change as
    edits of the file, if they were asked for; () where it cannot be made.
    """

    finding: Finding
    name: str
    location: Location
    text: str
    offset: int
    file_line: int
    fingerprint: str
    edits: tuple[Edit, ...]


class Checked(NamedTuple):
    """The outcome for one file.

    ``skipped``: why it was left out after a look at its text. ``quiet``: the
    codes of the findings that comments keep quiet. ``survey``: what is known
    of it besides its findings, if that was asked for.
    """

    path: str
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()
    skipped: str = ""
    quiet: tuple[str, ...] = ()
    survey: Survey | None = None


# ------------------------------------------------------------------- one file


def check_file(file: File, settings: Config, edits: bool = False, survey: bool = False) -> Checked:
    """Read and check a file.

    ``edits``: say how the findings' changes are made, which takes time;
    ``survey``: see :class:`Checked`.
    """
    read = read_file(file)
    if isinstance(read, Checked):
        return read
    return check_text(shown(file.path), read[1], file.language, settings, file.exposed, edits, survey)


def check_files(
    files: Sequence[File], settings: Config, jobs: int = 0, edits: bool = False, survey: bool = False
) -> Iterator[Checked]:
    """Check files, in their order; ``jobs`` 0: as many processes as pay. The others: see :func:`check_file`."""
    work = partial(check_file, settings=settings, edits=edits, survey=survey)
    return over_files(work, files, jobs, _problem)


def read_file(file: File) -> tuple[bytes, str] | Checked:
    """The bytes and the text of a file; what is to be said of one that is not to be checked, or cannot be."""
    if file.size > MAX_NAMED:
        return _problem(shown(file.path), TOO_LARGE_TO_NAME)
    try:
        with open(file.path, "rb") as opened:
            data = opened.read()
        if b"\0" in data[:8000] and bom_of(data) is None and not file.named:
            return Checked(shown(file.path), skipped=BINARY)
        text = decoded(data, file.language)
    except OSError as error:
        return _problem(shown(file.path), f"cannot be read: {error.strerror or error}")
    except (SyntaxError, ValueError, LookupError) as error:  # bytes that do not decode, codecs that are none
        return _problem(shown(file.path), f"cannot be decoded: {error}")
    if not file.named and (reason := unwanted(text, file.language)):
        return Checked(shown(file.path), skipped=reason)
    return data, text


def check_text(
    name: str,
    text: str,
    language: str,
    settings: Config,
    exposed: str = "",
    edits: bool = False,
    survey: bool = False,
) -> Checked:
    """Check a text under a path; ``exposed``: see :class:`discovery.File`, the others: see :func:`check_file`."""
    # Before parsing: where no word of OpenAI stands there is nothing to find,
    # whether the file parses or not, but a suppression that nobody needs.
    passes = gate.passes(text, advice=survey or bool(settings.enable))
    if not passes and not ("CLC" in text and "noqa:" in text.lower()):
        return Checked(name)
    source = Source(name, text)
    surveyor = _surveyor(settings) if survey and passes else None
    look = surveyor.look if surveyor is not None else None
    report = _engine(source, language, settings, look) if passes else Report(name, ())
    if exposed:
        report = _with_exposed(report, source, settings, exposed)
    collecting = gc.isenabled()
    gc.disable()  # what is made of findings stays: the collector would walk through it for nothing
    try:
        checked = _Details(source, language, settings, edits).checked(report)
    finally:
        if collecting:
            gc.enable()
    return checked._replace(survey=surveyor.survey()) if surveyor is not None else checked


def _surveyor(settings: Config) -> Surveyor:
    from .survey import Surveyor

    return Surveyor(settings)


def findings_of(name: str, text: str, language: str, settings: Config) -> Report:
    """What is to be reported of a text: without what is suppressed, not selected or in the baseline."""
    if not gate.passes(text, advice=bool(settings.enable)):
        return Report(name, ())
    source = Source(name, text)
    return _Details(source, language, settings).to_fix(_engine(source, language, settings))


def keys_in(name: str, text: str, language: str, settings: Config) -> set[str]:
    """The keys that stand in a text, whether they are reported or not; of one in several parts its parts."""
    if not gate.passes(text):
        return set()
    found: set[str] = set()
    for one in _engine(Source(name, text), language, settings).findings:
        if one.finding.code in _KEY_CODES:
            start, end = in_file(one)  # as the file spells it: in a notebook with JSON's escapes
            written = text[start:end]
            found.update(part.rstrip("\\") for part in _QUOTED.findall(written) or [written])
    return found


def in_file(one: Located) -> Span:
    """Where a finding is in the text of the file, also of one in a block or a cell."""
    span, source = one.finding.span, one.origin
    while source.host is not None:
        span, source = source.host_span(span), source.host
    if not hasattr(source, "file"):
        return span
    from .frontends.notebook import Deck
    from .spelling import notebook

    return notebook.place(source, span) if isinstance(source, Deck) else span


def _engine(source: Source, language: str, settings: Config, look: Look | None = None) -> Report:
    from .engine import check

    if language not in frontends.MODULES:
        return Report(source.path, ())
    if language != "python":
        return check(source, None, settings, language, look)
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the checked file's own, such as invalid escapes
            tree = ast.parse(source.text)
    except SyntaxError as error:
        return _report(source.path, f"syntax error: {error.msg}", error.lineno or 1)
    except ValueError as error:  # NUL characters
        return _report(source.path, f"cannot be decoded: {error}")
    except (RecursionError, MemoryError):
        return _report(source.path, "nested too deeply for Python's parser")
    return check(source, tree, settings, look=look)


def _with_exposed(report: Report, source: Source, settings: Config, exposed: str) -> Report:
    from .engine import catalogue_of
    from .envfiles import exposed_key

    finding = exposed_key(source, catalogue_of(settings), exposed)
    if finding is None:
        return report
    found = Located(finding, "unignored-env-file", source.location(finding.span), source, "text")
    findings = sorted((*report.findings, found), key=lambda item: (item.location.line, item.location.column))
    return report._replace(findings=tuple(findings))


def _report(path: str, message: str, line: int = 1) -> Report:
    return Report(path, (), (Problem(path, message, line),))


def _problem(path: str, message: str) -> Checked:
    return Checked(path, problems=(Problem(path, redact(message)),))


class _Details:
    """Suppression, selection and what reporters show, for one file."""

    def __init__(self, source: Source, language: str, settings: Config, edits: bool = False) -> None:
        self.source = source
        self.language = language
        self.settings = settings
        self.edits = edits
        self._documents: dict[int, Document] = {}
        self._cells: dict[int, tuple[list[str], int]] | None = None
        self._seen: dict[str, int] = {}
        #: (cell, line) → where keys stand on it
        self._keys: dict[tuple[int | None, int], list[tuple[int, int]]] = {}
        self._blocks: dict[tuple[int | None, int, int], tuple[str, int, int]] = {}

    def checked(self, report: Report) -> Checked:
        path = self.source.path
        before = Counter(one.finding.code for one in report.findings if self.settings.reports(one.finding.code))
        report, remarks = self._reported(report)
        before.subtract(one.finding.code for one in report.findings)
        quiet = tuple(sorted(code for code in before.elements() if code != "CLC000"))
        known = self._known()
        items = tuple(item for one in report.findings if (item := self._item(one)).fingerprint not in known)
        problems = tuple(
            # reporters say themselves that it was not checked
            problem._replace(message=redact(problem.message))
            for problem in report.problems
        )
        remarks = [remark._replace(message=redact(remark.message)) for remark in remarks]
        return Checked(path, items, problems, tuple(remarks), quiet=quiet)

    def to_fix(self, report: Report) -> Report:
        """The report without what is suppressed or not selected, what is in the baseline apart."""
        report, _ = self._reported(report)
        known = self._known()
        if not known:
            return report
        left: tuple[list[Located], list[Located]] = ([], [])
        for one in report.findings:
            left[self._item(one).fingerprint in known].append(one)
        return report._replace(findings=tuple(left[False]), known=tuple(left[True]))

    def _known(self) -> frozenset[str]:
        """The fingerprints of the file's findings in the baseline."""
        if not self.settings.baseline:
            return frozenset()
        from . import baseline

        return baseline.known(self.settings.baseline, self.source.path)

    def _reported(self, report: Report) -> tuple[Report, list[Remark]]:
        """The report without what is suppressed or not selected, and remarks on the suppressions."""
        from .suppression import Suppressions

        self._note_keys(report.findings)
        settings, path = self.settings, self.source.path
        # CLC000 is in the report's problems, too, and must not count as a finding
        report = report._replace(findings=tuple(one for one in report.findings if one.finding.code != "CLC000"))
        is_active = cache(self._is_active)  # of few codes, for each of what may be thousands of suppressions
        suppressions = Suppressions(path, self.language, self.source.text, self._lines, settings.today, is_active)
        report, remarks = suppressions.apply(report)
        chosen = tuple(one for one in report.findings if settings.reports(one.finding.code))
        return report._replace(findings=chosen), remarks

    def _is_active(self, code: str) -> bool:
        from .rules import all_rules

        return any(
            (rule.default or rule.code.startswith(self.settings.enable)) and self.settings.reports(rule.code)
            for rule in all_rules().values()
            if rule.code.startswith(code)
        )

    def _lines(self) -> list[Line]:
        from .extents import Line, lines_of

        if self.language != "notebook":
            return lines_of(self.source.text)
        return [
            Line(cell, number, line)
            for cell, (lines, _) in sorted(self._by_cell().items())
            for number, line in enumerate(lines, 1)
        ]

    def _by_cell(self) -> dict[int, tuple[list[str], int]]:
        """Cell → its lines and the line of the file that it begins on."""
        if self._cells is None:
            from .frontends.notebook import read_cells

            try:
                cells = read_cells(self.source.text).cells
            except (ValueError, RecursionError):
                cells = ()
            self._cells = {
                number: (re.split(r"\r\n|\r|\n", cell.text), self._first_line(cell.span))
                for number, cell in enumerate(cells)
            }
        return self._cells

    def _first_line(self, span: Span) -> int:
        """The line of a cell's first string: a list of them begins on the line below its bracket."""
        text = self.source.text
        start = span.start
        if text.startswith("[", start):
            start = max(start, min(span.end, text.find('"', start)))
        return self.source.line_of(start)

    def _note_keys(self, findings: Sequence[Located]) -> None:
        """Remember where keys stand: a line is shown for other findings, too."""
        for finding, _, place, _, _ in findings:
            if finding.code in _KEY_CODES:
                for number in range(place.line, place.end_line + 1):
                    start = place.column - 1 if number == place.line else 0
                    end = place.end_column - 1 if number == place.end_line else sys.maxsize
                    self._keys.setdefault((place.cell, number), []).append((start, end))

    def _shown(self, place: Location) -> tuple[str, int, int]:
        """A finding's source line without keys, where that begins in the line, and the line of the file.

        Of a long line it is a part of a few hundred characters, cut at fixed
        places, since many findings may be on it.
        """
        block = max(0, place.column - 1) // WIDTH
        found = self._blocks.get((place.cell, place.line, block))
        if found is None:
            found = self._blocks[place.cell, place.line, block] = self._block(place, block)
        return found

    def _block(self, place: Location, block: int) -> tuple[str, int, int]:
        left, right = max(0, (block - 1) * WIDTH - _MARGIN), (block + 2) * WIDTH + _MARGIN
        if place.cell is None:
            starts, whole, number = self.source.starts, self.source.text, place.line
            if not 0 < number <= len(starts):
                return "", 0, number
            start = starts[number - 1]
            end = starts[number] if number < len(starts) else len(whole)
            text = whole[start + left : min(end, start + right)].rstrip("\r\n")
        else:
            lines, first = self._by_cell().get(place.cell, ([], 1))
            number = first + place.line - 1
            text = lines[place.line - 1][left:right] if 0 < place.line <= len(lines) else ""
        text = redact(text)
        for start, end in self._keys.get((place.cell, place.line), ()):
            start, end = max(0, start - left), min(len(text), end - left)
            if start < end:
                text = text[:start] + _masked(text[start:end]) + text[end:]
        # the margins were there so that no key is cut before it is known as one
        cut = _MARGIN if left else 0
        return text[cut : cut + 3 * WIDTH], left + cut, number

    def _item(self, located: Located) -> Item:
        from hashlib import sha256  # takes longer to import than a clean file to check

        finding, name, place, _, _ = located
        line, offset, number = self._shown(place)
        shape = sha256(f"{finding.code}\0{' '.join(line.split())}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        count = self._seen[shape] = self._seen.get(shape, 0) + 1
        if len(line) > WIDTH:
            start = place.column - 1 - offset
            cut = max(0, min(start - WIDTH // 4, len(line) - WIDTH))
            line = line[cut : cut + WIDTH]
            offset += cut
        message = redact(finding.message)
        if message != finding.message:
            finding = finding._replace(message=message)
        edits = self._edits(located) if self.edits and finding.changes else ()
        return Item(finding, name, place, line, offset, number, f"{shape}:{count}", edits)

    # ------------------------------------------------------------------ edits

    def _edits(self, located: Located) -> tuple[Edit, ...]:
        """The changes as edits of the file; () where they cannot be made, or hold a key."""
        from .spelling import Document, spelled

        origin = located.origin
        document = self._documents.get(id(origin))
        if document is None:
            document = self._documents[id(origin)] = Document(origin, located.kind, self.language, alone=True)
        edits = sorted(spelled(document, located.finding.changes) or ())
        if any(redact(edit.text) != edit.text for edit in edits):  # a URL with a key in it
            return ()
        if any(one.span.end > other.span.start for one, other in zip(edits, edits[1:])):
            return ()
        return tuple(self._placed(edit.span, edit.text) for edit in edits)

    def _placed(self, span: Span, text: str) -> Edit:
        place = self.source.location(span)
        return Edit(place.line, place.column, place.end_line, place.end_column, text)


def _masked(text: str) -> str:
    """The literal of a key with nothing of the key left but its prefix."""
    quoted = re.match(r"([A-Za-z]{0,2}[\"'`]+)(.*?)([\"'`]*)\Z", text, re.DOTALL)
    return f"{quoted[1]}{mask(quoted[2])}{quoted[3]}" if quoted else mask(text)
