"""IPython's additions to Python: magics, shell commands and help requests.

A cell is taken apart into its Python, in which the additions have become
statements that mean nothing, and the parts in other languages. Nothing is
moved: every part says where in the cell it stands.
"""

from __future__ import annotations

import ast
import re
import warnings

from ..record import NamedTuple
from ._languages import language_of_file


class Chunk(NamedTuple):
    """A run of text and the offset at which it stands in its cell or block."""

    text: str
    start: int


class Part(NamedTuple):
    """Some of a cell in one language.

    ``alone``: it runs in a process or file of its own, so that it shares no
    names with the notebook.
    """

    language: str
    chunks: tuple[Chunk, ...]
    alone: bool = True

    @property
    def text(self) -> str:
        return "".join(chunk.text for chunk in self.chunks)


#: cell magics that run their body as Python in the notebook
_RUN_HERE = frozenset({
    "time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug", "cache", "snakeviz", "heat", "skip",
    "wandb", "ipytest", "pyspark", "spark", "local", "px", "async_run", "scalene", "py", "run_pytest",
})  # fmt: skip
#: cell magics whose body is of another language or runs elsewhere
_RUN_ELSEWHERE = {
    "python": "python", "python3": "python", "pypy": "python",
    "bash": "shell", "sh": "shell", "shell": "shell", "zsh": "shell", "!": "shell", "sx": "shell", "system": "shell",
    "cmd": "batch", "powershell": "powershell", "pwsh": "powershell",
    "javascript": "javascript", "js": "javascript", "html": "html", "typescript": "typescript",
    "markdown": "markdown", "md": "markdown", "yaml": "yaml", "json": "json",
}  # fmt: skip
#: cell magics that hold no code of ours
_IGNORED = frozenset({
    "sql", "bigquery", "latex", "svg", "R", "r", "perl", "ruby", "cython", "cpp", "ai", "scala", "fs", "run",
    "mermaid", "css", "julia", "octave", "graphql", "cypher",
})  # fmt: skip
#: line magics that run the rest of the line as Python
_RUN_LINE = frozenset({"time", "timeit", "prun", "memit", "mprun", "lprun", "snakeviz", "debug", "scalene"})
_SHELL_LINE = frozenset({"sx", "system"})
_ENV_LINE = frozenset({"env", "set_env"})

_COMMANDS = r"(?:cd|ls|ll|pip3?|conda|mamba|uv|mkdir|rmdir|cat|cp|mv|rm|man|more)[ \t]+(?![=(\[,:<>+*/%&|)])[^\r\n]*"
_CANDIDATE = re.compile(rf"(?m)^[ \t]*(?:[!%?,;/]|{_COMMANDS})|=[ \t]*[!%]|\?[ \t]*$")
_CELL_MAGIC = re.compile(r"\s*%%(!|\w+)[ \t]*([^\r\n]*)(?:\r\n|\n|\r|\Z)")
# a notebook service writes the language of a cell with one sign, alone on its line
_SERVICE_MAGIC = re.compile(r"\s*%(md|sql|sh|scala|r|python|fs)(?:[ \t]*(?:\r\n|\n|\r|\Z)|(?<=%md)[ \t])")
_LINE_MAGIC = re.compile(
    r"([ \t]*(?:[A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*[ \t]*=[ \t]*)?)(?:(!!?)|%{1,2}(\w[\w.]*)([ \t]*))"
)
# help requests, calls without parentheses, and commands that need no sign before them
_HELP = re.compile(
    r"([ \t]*)(?:\?[^\r\n]*|[,;/]\w[^\r\n]*|[\w.%*]+(?:\[[\w'\"]{1,80}\])?\?{1,2}[ \t]*(?=[\r\n]|\Z)"
    rf"|{_COMMANDS})"
)
_OPTIONS = re.compile(r"(?:-[nrp][ \t]*\d+[ \t]+|-[fmT][ \t]+[^\s]+[ \t]+|-\w+[ \t]+)*")
_ENV = re.compile(r"(\w+)([ \t]*=[ \t]*|[ \t]+)(?=\S)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_INDENT = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*([ \t]*)")
_TOKEN = re.compile(
    r'"""(?:[^"\\]+|\\[\s\S]|"(?!""))*(?:""")?|\'\'\'(?:[^\'\\]+|\\[\s\S]|\'(?!\'\'))*(?:\'\'\')?'
    r'|"(?:[^"\\\r\n]+|\\(?:\r\n|[\s\S]))*"?|\'(?:[^\'\\\r\n]+|\\(?:\r\n|[\s\S]))*\'?'
    r"|#[^\r\n]*|\\(?:\r\n|[\s\S])?|[()\[\]{}]|\r\n|\r|\n|[^\"'#\\()\[\]{}\r\n]+"
)


def parse_python(text: str) -> ast.Module | SyntaxError:
    """The tree of a text, or why there is none.

    ``await`` outside of functions is fine: notebooks and documents have it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes are not our business
            return ast.parse(text)
    except SyntaxError as error:
        return error
    except UnicodeError:
        return SyntaxError("it holds characters that cannot be encoded")
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(f"it cannot be parsed ({type(error).__name__})")


def split(text: str) -> list[Part]:
    """The parts of a cell; the notebook's own Python, if any, comes first."""
    if _CANDIDATE.search(text) is None:
        return [Part("python", (Chunk(text, 0),), False)]
    header = _CELL_MAGIC.match(text) or _SERVICE_MAGIC.match(text)
    if header is not None:
        return _cell(text, header)
    if not isinstance(parse_python(text), SyntaxError):
        return [Part("python", (Chunk(text, 0),), False)]
    return _lines(text, 0)


def dedented(text: str) -> list[Chunk]:
    """The lines without the white space that the first one begins with.

    Lines that begin otherwise stay as they are; that is IPython's rule.
    """
    indent = _INDENT.match(text)
    if indent is None or not indent[1]:
        return [Chunk(text, 0)]
    size, chunks = len(indent[1]), []
    for match in _LINE.finditer(text):
        line = match.group()
        if line:
            cut = size if line.startswith(indent[1]) else 0
            chunks.append(Chunk(line[cut:], match.start() + cut))
    return chunks


def _cell(text: str, header: re.Match[str]) -> list[Part]:
    name, body = header[1], header.end()
    line = header[2].strip() if header.lastindex == 2 else ""
    if header.lastindex == 1:  # "%python" of a service is the notebook's own Python
        name = {"python": "time"}.get(name, name)
    if name == "script" and line:
        name = line.split()[0].rpartition("/")[2]
    if name in _RUN_HERE:
        return _lines(text, body)
    if name in ("writefile", "file"):
        return _part(language_of_file(line.split()[-1].strip("\"'") if line else ""), text, body)
    if name in _RUN_ELSEWHERE:
        return _part(_RUN_ELSEWHERE[name], text, body)
    if name in _IGNORED:
        return []
    # anybody can define a magic, and most of them run their body
    parts = _lines(text, body)
    return [] if isinstance(parse_python(parts[0].text), SyntaxError) else parts


def _part(language: str | None, text: str, start: int) -> list[Part]:
    return [Part(language, (Chunk(text[start:], start),))] if language and text[start:].strip() else []


class _Lines:
    """The walk over the logical lines of a cell."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.python: list[Chunk] = []
        self.shell: list[Chunk] = []
        self.env: list[Chunk] = []

    def keep(self, start: int, end: int) -> None:
        if end > start:
            self.python.append(Chunk(self.text[start:end], start))

    def blank(self, start: int, end: int, comment: bool) -> None:
        """Make a statement that means nothing of this, line ends kept."""
        if end <= start:
            return
        text = self.text[start:end]
        first = re.split(r"[\r\n]", text, maxsplit=1)[0]
        head = "0#" + first[2:] if comment and len(first) > 1 else "0" + " " * (len(first) - 1)
        self.python.append(Chunk((head if first else "") + re.sub(r"[^\r\n]", " ", text[len(first) :]), start))

    def run(self, start: int) -> None:
        text, size, at = self.text, len(self.text), start
        while at < size:
            help_ = None
            magic = _LINE_MAGIC.match(text, at)
            if magic is None:
                help_ = _HELP.match(text, at)
            if magic is not None:
                at = self.magic(at, magic)
            elif help_ is not None:
                self.keep(at, help_.end(1))
                self.blank(help_.end(1), help_.end(), True)
                at = self.rest(help_.end())
            else:
                at = self.rest(at)

    def rest(self, start: int) -> int:
        """Keep the rest of a logical line; the offset behind it."""
        depth, at = 0, start
        for token in _TOKEN.finditer(self.text, start):
            at = token.end()
            first = token.group()[0]
            if first in "([{":
                depth += 1
            elif first in ")]}":
                depth = max(0, depth - 1)
            elif first in "\r\n" and not depth:
                break
        else:
            at = len(self.text)
        self.keep(start, at)
        return at

    def magic(self, start: int, magic: re.Match[str]) -> int:
        text = self.text
        self.keep(start, magic.end(1))
        name, code = magic[3], magic.end()
        if name in _RUN_LINE:
            options = _OPTIONS.match(text, code)
            code = options.end() if options else code
            if text[code : code + 1] not in ("", "\r", "\n"):
                # the statement moves to where the magic began; its chunk says where it stands
                return self.rest(code)
        end = magic.end()
        while True:  # a backslash continues a command, as in a shell
            line = _LINE.match(text, end)
            assert line is not None
            end = line.end()
            body = line.group().rstrip("\r\n")
            if not body.endswith("\\") or end == len(text):
                break
        stop = end - (len(line.group()) - len(body))
        shell = magic[2] is not None or name in _SHELL_LINE
        env = _ENV.match(text, code, stop) if name in _ENV_LINE and not text[start : magic.end(1)].strip() else None
        if shell:
            self.shell.append(Chunk(text[code:stop] + "\n", code))
        elif env is not None:
            self.env.append(Chunk(env[1] + "=", env.start()))
            self.env.append(Chunk(text[env.end() : stop] + "\n", env.end()))
        self.blank(magic.end(1), stop, not shell and env is None)
        self.keep(stop, end)
        return end


def _lines(text: str, start: int) -> list[Part]:
    lines = _Lines(text)
    if start:
        # the header stays as a comment, so that the first chunk is the cell's first line
        lines.python.append(Chunk(re.sub(r"%", "#", text[:start], count=1), 0))
    lines.run(start)
    parts = [Part("python", tuple(lines.python), False)]
    if lines.shell:
        parts.append(Part("shell", tuple(lines.shell)))
    if lines.env:
        parts.append(Part("dotenv", tuple(lines.env)))
    return parts
