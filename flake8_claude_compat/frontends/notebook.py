"""Notebooks: the cells of an .ipynb file → programs.

The code cells of the kernel's language are one program, since they share their
names, and findings are at the cell and the line in it. Three sources stand for
a notebook: the file, only searched for keys that its outputs hold; the *deck*,
which is the text of all cells after each other and knows where each begins;
and what the programs are made of, embedded in the deck.

Outputs are decoded one value at a time and dropped, so that only the cells'
own text is kept, however large they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from .. import gate
from ..program import Program, Watch
from ..record import NamedTuple
from ..source import Piece, Source, Span
from . import markdown
from ._embedded import Builder, joined, read, rest
from ._ipython import Chunk, Part, dedented, parse_python, split


class Cell(NamedTuple):
    """One cell. ``kind``: ``code``, ``markdown`` or another cell type.

    ``span``: the JSON value in the file that holds its text. ``language``: its
    own, where it says so; "" for the kernel's. ``shown``: that is only how an
    editor shows it, which may be a guess.
    """

    kind: str
    text: str
    span: Span
    language: str
    shown: bool = False


class Notebook(NamedTuple):
    """All cells in order, and the language of the kernel."""

    cells: tuple[Cell, ...]
    language: str


#: what kernels and editors call a language → language of ``frontends.MODULES``
_LANGUAGES = {
    "python": "python", "python3": "python", "python2": "python", "ipython": "python", "ipython3": "python",
    "pyspark": "python", "sagemath": "python", "xpython": "python", "python-conda": "python",
    "javascript": "javascript", "nodejs": "javascript", "js": "javascript", "jslab": "javascript",
    "typescript": "typescript", "ts": "typescript", "tslab": "typescript", "deno": "typescript",
    "bash": "shell", "shell": "shell", "shellscript": "shell", "sh": "shell", "zsh": "shell",
    "powershell": "powershell", "pwsh": "powershell", ".net-powershell": "powershell",
}  # fmt: skip
_SEPARATORS = {"python": "\n", "shell": "\n", "powershell": "\n"}
_ESCAPES = re.compile(r"\\[nrtbf\"/\\]")


def programs(source: Source, tree: object, language: str, watch: Watch) -> list[Program]:
    """The programs of a notebook.

    A cell that cannot be parsed is left out and told in the first program's
    ``problems``. Raises ValueError ("line 3: …") for a file that is no
    notebook.
    """
    notebook = read_cells(source.text)
    deck = _deck(source, notebook.cells)
    found: list[Program] = []
    shared: dict[str, list[Source]] = {}
    alone: list[tuple[str, Source]] = []
    problems: list[tuple[int, str]] = []
    for number, piece in enumerate(deck.pieces):
        cell = notebook.cells[number]
        if cell.kind == "markdown":
            alone.append(("markdown", _taken(deck, [Chunk(cell.text, 0)], piece)))
        if cell.kind != "code":
            continue
        kind = _language_of(cell, notebook)
        for part in split(cell.text) if kind == "python" else [Part(kind, (Chunk(cell.text, 0),), False)]:
            code = _taken(deck, part.chunks, piece)
            if part.alone:
                alone.append((part.language, code))
            else:
                shared.setdefault(kind, []).append(code)
    for kind, cells in shared.items():
        if kind == "python":
            found += _python(deck, cells, watch, problems)
        else:
            found += read(joined(deck, cells, _SEPARATORS.get(kind, ";\n")), kind, watch)
    for kind, code in alone:
        if kind == "markdown":
            found += markdown.programs(code, None, kind, watch)
        elif gate.passes(code.text):
            found += read(code, kind, watch)
    spans = [cell.span for cell in notebook.cells if cell.kind in ("code", "markdown")]
    # an escape before a key must not look like a letter of it
    found += rest(source, spans, _ESCAPES.sub("  ", source.text) if "sk-" in source.text else None)
    if found:
        found[0].problems += problems
    return found


def _language_of(cell: Cell, notebook: Notebook) -> str:
    """The language that a code cell is read in.

    A Python kernel runs every cell as Python, whatever an editor takes it for.
    """
    own = cell.language or notebook.language
    if cell.shown and notebook.language == "python" != own and not isinstance(parse_python(cell.text), SyntaxError):
        return "python"
    return own


class Deck(Source):
    """The text of all cells, each from a new line on; ``file``: the notebook that they are in."""

    __slots__ = ("file", "cells", "ends", "places")

    def __init__(self, file: Source, cells: tuple[Cell, ...], text: str) -> None:
        super().__init__(file.path, text)
        self.file = file
        self.cells = cells
        #: where the text of each cell ends in that of all
        self.ends = [end - 1 for end in accumulate(len(cell.text) + 1 for cell in cells)]
        #: cell → where its characters are in the file, for who wants to know
        self.places: dict[int, Any] = {}


def _deck(file: Source, cells: tuple[Cell, ...]) -> Source:
    """The cells' text as a source with one piece for each of them."""
    pieces: list[Piece] = []
    at = 0
    for number, cell in enumerate(cells):
        pieces.append(Piece(at, at, number))
        at += len(cell.text) + 1
    text = "".join(f"{cell.text}\n" for cell in cells)
    return Source(file.path, text, host=Deck(file, cells, text), pieces=tuple(pieces))


def _taken(deck: Source, chunks: list[Chunk] | tuple[Chunk, ...], piece: Piece) -> Source:
    builder = Builder(deck)
    for chunk in chunks:
        builder.add(chunk.text, piece.start + chunk.start)
    return builder.source()


def _python(deck: Source, cells: list[Source], watch: Watch, problems: list[tuple[int, str]]) -> list[Program]:
    """The one program of all cells; cells that cannot be parsed are left out."""
    whole = joined(deck, cells, "\n")
    tree = parse_python(whole.text)
    if isinstance(tree, SyntaxError):
        good: list[Source] = []
        for cell in cells:
            error = parse_python(cell.text)
            if not isinstance(error, SyntaxError):
                good.append(cell)
                continue
            # IPython takes the white space away that all lines begin with
            builder = Builder(deck)
            for chunk in dedented(cell.text):
                builder.add(chunk.text, chunk.start, cell)
            moved = builder.source()
            if not isinstance(parse_python(moved.text), SyntaxError):
                good.append(moved)
                continue
            at = cell.starts[min(max(1, error.lineno or 1), len(cell.starts)) - 1]
            place = cell.location(Span(at, at))
            where = f"cell {(place.cell or 0) + 1}, line {place.line}"
            problems.append((place.line, f"{where}: {error.msg}: the cell is not checked"))
        whole = joined(deck, good, "\n")
        tree = parse_python(whole.text)
        if isinstance(tree, SyntaxError):  # only together they are too much for the parser
            return [program for cell in good for program in read(cell, "python", watch)]
    return read(whole, "python", watch, tree)


# ----------------------------------------------------------------------- JSON


def read_cells(text: str) -> Notebook:
    """The cells of a notebook file of any format version.

    Raises ValueError ("line 3: …") where the text is no JSON or no notebook.
    """
    reader = _Reader(text)
    try:
        return _notebook(reader)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise ValueError(f"line {reader.line()}: it is nested too deeply") from None


class _Reader:
    """Steps through the outer levels of a JSON text, to know where values stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self._decode = json.JSONDecoder(strict=False).raw_decode
        self._space = re.compile(r"[ \t\r\n]*").match

    def line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1

    def next(self) -> str:
        """The next character that is not white space, "" at the end; it is not consumed."""
        match = self._space(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> object:
        """Consume any value."""
        self.next()
        value, self.at = self._decode(self.text, self.at)
        return value

    def skip(self) -> Span:
        """Consume any value and drop it; where it stands."""
        self.next()
        start = self.at
        self.value()
        return Span(start, self.at)

    def items(self) -> Iterator[int]:
        """Step into an array; whoever iterates consumes each item."""
        for number, _ in enumerate(self._members("[", "]")):
            yield number

    def fields(self) -> Iterator[str]:
        """Step into an object; whoever iterates consumes each value."""
        for _ in self._members("{", "}"):
            if self.next() != '"':
                raise self.wrong("a name in double quotes")
            key = self.value()
            if self.next() != ":":
                raise self.wrong("':'")
            self.at += 1
            self.next()
            yield str(key)

    def _members(self, opening: str, closing: str) -> Iterator[None]:
        if self.next() != opening:
            raise self.wrong(f"'{opening}'")
        self.at += 1
        if self.next() == closing:
            self.at += 1
            return
        while True:
            yield
            char = self.next()
            if char not in (",", closing) or not char:
                raise self.wrong(f"',' or '{closing}'")
            self.at += 1
            if char == closing:
                return

    def wrong(self, expected: str) -> ValueError:
        return ValueError(f"line {self.line()}: {expected} expected")


def _notebook(reader: _Reader) -> Notebook:
    cells: list[Cell] = []
    language, seen = "python", False
    if reader.next() != "{":
        raise ValueError(f"line {reader.line()}: not a notebook")
    for key in reader.fields():
        if key == "cells" and reader.next() == "[":
            seen = True
            _cells(reader, cells)
        elif key == "worksheets" and reader.next() == "[":  # nbformat 3
            seen = True
            for _ in reader.items():
                if reader.next() != "{":
                    reader.skip()
                    continue
                for inner in reader.fields():
                    if inner == "cells" and reader.next() == "[":
                        _cells(reader, cells)
                    else:
                        reader.skip()
        elif key == "metadata":
            language = _kernel(reader.value())
        else:
            reader.skip()
    if reader.next():
        raise reader.wrong("the end of the file")
    if not seen:
        raise ValueError("line 1: not a notebook: it has no cells")
    return Notebook(tuple(cells), language)


def _cells(reader: _Reader, cells: list[Cell]) -> None:
    for _ in reader.items():
        kind, text, span, own, shown = "", "", Span(reader.at, reader.at), "", False
        if reader.next() != "{":
            reader.skip()
            cells.append(Cell(kind, text, span, own))
            continue
        for key in reader.fields():
            if key in ("source", "input"):
                start = reader.at
                text = _text(reader.value())
                span = Span(start, reader.at)
            elif key == "cell_type":
                kind = str(reader.value())
            elif key == "metadata":
                metadata = reader.value()
                given = _field(metadata, "polyglot_notebook", "kernelName")
                editors = _field(metadata, "vscode", "languageId")
                shown = bool(editors) and not given
                own = _own_language(given or editors) or own
            elif key == "language":  # nbformat 3
                name = reader.value()
                own = _LANGUAGES.get(name.lower(), "unknown") if isinstance(name, str) else own
            else:
                reader.skip()
        cells.append(Cell(kind, text, span, own, shown))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "".join(line for line in value if isinstance(line, str)) if isinstance(value, list) else ""


def _field(value: object, *names: str) -> str:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value.lower() if isinstance(value, str) else ""


def _kernel(metadata: object) -> str:
    """The language of the kernel; Python where nothing says anything else."""
    names = (("kernelspec", "language"), ("language_info", "name"), ("kernelspec", "name"))
    said = [name for name in (_field(metadata, *path) for path in names) if name]
    return next((_LANGUAGES[name] for name in said if name in _LANGUAGES), "unknown" if said else "python")


def _own_language(name: str) -> str:
    """The language of a single cell by its name there; "" where it has none."""
    return _LANGUAGES.get(name, "unknown") if name else ""
