"""Markdown, MDX and reStructuredText: the blocks of code of a document → programs.

Blocks of Python, and of JavaScript and TypeScript, continue each other in most
documents (a client is built in the first one and used in the others), so they
become one program in which every block stands at its place. A block that
cannot be parsed is left out without a word: documents are full of fragments.
Prose is only searched for keys.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from .. import gate
from ..program import Program, Watch
from ..source import Source, Span
from ._embedded import Builder, host_spans, joined, read, readable, rest
from ._fences import Fence, markdown_fences, rst_fences
from ._ipython import Chunk, dedented, parse_python, split
from ._languages import guess, is_answer, is_plain, language_of_label
from ._prompts import PYTHON_SESSION, SHELL_SESSION, python_session, shell_session

#: blocks of these languages share their names; what keeps one block apart from the next
_JOINED = {"python": "\n", "javascript": ";\n", "typescript": ";\n", "tsx": ";\n"}
#: documents shown in documents, so deep
_MAX_DEPTH = 3
#: what documents put in place of settings that do not matter, and strings that may hold the same
_LEFT_OUT = re.compile(
    r"\"(?:[^\"\\\r\n]|\\.)*\"?|'[^'\r\n]*'|^(?P<margin>[ \t]*)(?P<line>//[^\r\n]*|\.\.\.|…|\.(?: \.)+)(?=[ \t]*$)"
    r"|(?P<dots>(?<![\w.])(?:\.\.\.|…)(?![\w.]))",
    re.MULTILINE,
)
#: a key of the outermost mapping of YAML
_SECTION = re.compile(r"^[\w\"'][^\n]*:[ \t]*(?:\S[^\n]*)?$", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
#: a line that a program printed below the command that started it
_LOG = re.compile(
    r"^(?:[A-Z]+:?[ ]{1,9})?\[?\d{4}-\d\d-\d\d[T ,]\d\d:\d\d|^(?:INFO|DEBUG|WARNING|ERROR)[: ]", re.MULTILINE
)


def programs(source: Source, tree: object, language: str, watch: Watch) -> list[Program]:
    """The programs of a document: ``markdown``, ``mdx`` or ``rst``.

    Never fails: what is no code of a known language is prose.
    """
    blocks: list[tuple[str, Source]] = []
    _collect(source, source, language, blocks, 0)
    groups: dict[str, list[Source]] = {}
    for kind, block in blocks:
        groups.setdefault(kind, []).append(block)
    found: list[Program] = []
    used: list[Span] = []
    trees: dict[Source, ast.Module] = {}
    if "python" in groups and any(gate.passes(block.text) for block in groups["python"]):
        trees = _readable(source, groups.pop("python"), groups)
        found += _linked(source, list(trees), "python", watch, used, trees)
    for kind, sources in groups.items():
        if kind not in _JOINED:
            for block in sources:
                if gate.passes(block.text):
                    found += _read(block, kind, watch, used) or _repaired(source, block, kind, watch, used)
        elif any(gate.passes(block.text) for block in sources):
            found += _linked(source, sources, kind, watch, used, {})
    return found + rest(source, used)


def _read(block: Source, language: str, watch: Watch, used: list[Span], tree: object = None) -> list[Program]:
    found = read(block, language, watch, tree)
    if found:
        used += host_spans(block)
    return found


def _repaired(host: Source, block: Source, language: str, watch: Watch, used: list[Span]) -> list[Program]:
    """Settings that only show what matters: without what stands for the rest, and then part by part."""
    if language != "yaml" and not (language == "json" and '"messages"' in block.text):
        return []
    text = _LEFT_OUT.sub(_as_comment, block.text)
    if text != block.text and (found := _read(_taken(host, block, [Chunk(text, 0)]), language, watch, used)):
        return found
    if language == "json":
        return []
    starts = [match.start() for match in _SECTION.finditer(text)]
    parts = [Chunk(text[start:end], start) for start, end in zip(starts, [*starts[1:], len(text)])]
    return [found for part in parts for found in _read(_taken(host, block, [part]), language, watch, used)]


def _as_comment(match: re.Match[str]) -> str:
    """What a document shows in place of settings, as a comment or as nothing of the same length."""
    if match["line"]:
        return f"{match['margin']}#{match['line'][1:]}"
    return " " * len(match[0]) if match["dots"] else match[0]


def _linked(
    host: Source, sources: list[Source], language: str, watch: Watch, used: list[Span], trees: dict[Source, ast.Module]
) -> list[Program]:
    """Blocks of one language as one program; each one by itself where that cannot be read."""
    if language != "python" and len(sources) > 1:
        # one block that is no code must not make the whole unreadable
        sources = [block for block in sources if readable(block, language, watch)]
    if len(sources) > 1:
        whole = joined(host, sources, _JOINED[language])
        tree = parse_python(whole.text) if language == "python" else None
        if not isinstance(tree, SyntaxError) and (found := _read(whole, language, watch, used, tree)):
            return found
    return [program for block in sources for program in _read(block, language, watch, used, trees.get(block))]


# --------------------------------------------------------------------- blocks


def _collect(root: Source, source: Source, language: str, blocks: list[tuple[str, Source]], depth: int) -> None:
    """All blocks of a document and of the documents that it shows, with their languages."""
    fences = rst_fences(source) if language == "rst" else markdown_fences(source, language == "mdx")
    for fence in fences:
        kind = language_of_label(fence.info)
        plain = kind is None and is_plain(fence.info)
        if kind is None and not plain:
            continue
        block = _block(root, source, fence)
        if kind == "":
            kind = guess(block.text)
        elif plain and guess(block.text) == "dotenv":
            kind = "dotenv"
        if kind in ("markdown", "rst"):
            if depth < _MAX_DEPTH:
                _collect(root, block, kind, blocks, depth + 1)
        elif kind is not None:
            blocks += _typed(root, block, kind)


def _block(root: Source, source: Source, fence: Fence) -> Source:
    builder, text = Builder(root), source.text
    via = None if source is root else source
    for start, end, pad in fence.lines:
        if pad:
            builder.add(" " * pad, max(0, start - pad), via)
        builder.add(text[start:end], start, via)
    return builder.source()


def _typed(root: Source, block: Source, kind: str) -> Iterable[tuple[str, Source]]:
    """What a block holds, without prompts and what was printed."""
    text = block.text
    if kind == "pycon" or (kind == "python" and PYTHON_SESSION.match(text)):
        return [("python", _taken(root, block, python_session(text)))]
    if kind == "console" or (kind == "shell" and SHELL_SESSION.match(text)):
        return [(language, _taken(root, block, chunks)) for language, chunks in shell_session(text)]
    if kind == "json" and is_answer(text):
        return []
    if kind in ("shell", "console") and _LOG.search(text) is not None:
        lines = (Chunk(line.group(), line.start()) for line in _LINE.finditer(text) if _LOG.match(line.group()) is None)
        return [(kind, _taken(root, block, lines))]
    return [(kind, block)]


def _taken(root: Source, block: Source, chunks: Iterable[Chunk]) -> Source:
    builder = Builder(root)
    for chunk in chunks:
        builder.add(chunk.text, chunk.start, block)
    return builder.source()


# --------------------------------------------------------------------- Python


def _readable(root: Source, blocks: list[Source], groups: dict[str, list[Source]]) -> dict[Source, ast.Module]:
    """The blocks of Python that can be parsed, some after a small repair, with their trees.

    Commands among the statements (``!curl …``) go to the blocks of their own
    languages.
    """
    trees: dict[Source, ast.Module] = {}
    for block in blocks:
        found = _parsed(root, block)
        if found is None:
            parts = split(block.text)
            if len(parts) == 1 and parts[0].text == block.text:
                parts = []
            for part in parts:
                taken = _taken(root, block, part.chunks)
                if part.language != "python":
                    groups.setdefault(part.language, []).append(taken)
                elif found is None:
                    found = _parsed(root, taken)
            found = found or _salvaged(root, block)
        if found is not None:
            trees[found[0]] = found[1]
    return trees


def _parsed(root: Source, block: Source) -> tuple[Source, ast.Module] | None:
    for text in dict.fromkeys((elided(block.text), block.text, _filled(elided(block.text)))):
        tree = parse_python(text)
        if not isinstance(tree, SyntaxError):
            return _taken(root, block, [Chunk(text, 0)]), tree
    if block.text[:1] in " \t\r\n":
        inner = _taken(root, block, dedented(block.text))
        if inner.text != block.text:
            return _parsed(root, inner)
    return None


def _salvaged(root: Source, block: Source) -> tuple[Source, ast.Module] | None:
    """A block without the statements that cannot be parsed."""
    text = _filled(elided(block.text))
    starts = [0, *(match.start() for match in _STATEMENT.finditer(text) if match.start())]
    parts = [Chunk(text[start:end], start) for start, end in zip(starts, [*starts[1:], len(text)])]
    kept = [part for part in parts if not isinstance(parse_python(part.text), SyntaxError)]
    tree = parse_python("".join(part.text for part in kept))
    if isinstance(tree, SyntaxError) or not tree.body:
        return None
    return _taken(root, block, kept), tree


#: where a statement may begin
_STATEMENT = re.compile(r"^(?!(?:else|elif|except|finally)\b)[A-Za-z_@\"']", re.MULTILINE)
#: what the reader is to fill in, where a value is expected
_TO_FILL = re.compile(r"(?<=[=:,(\[ ])<[A-Za-z_][\w .-]{0,60}>(?=[ \t]*[,)\]}\r\n#]|\Z)")


def _filled(text: str) -> str:
    """A text of Python with a name where it shows a blank: ``key=<your key>``."""
    return _TO_FILL.sub(lambda match: "_" * len(match[0]), text)


_TOKEN = re.compile(
    r'"""(?:[^"\\]+|\\[\s\S]|"(?!""))*(?:""")?|\'\'\'(?:[^\'\\]+|\\[\s\S]|\'(?!\'\'))*(?:\'\'\')?'
    r'|"(?:[^"\\\r\n]+|\\[\s\S])*"?|\'(?:[^\'\\\r\n]+|\\[\s\S])*\'?'
    r"|(?P<skip>#[^\r\n]*|\s+)|(?P<dots>\.\.\.)|[()\[\]{},]|\.|[^\"'#()\[\]{},.\s]+"
)


def elided(text: str) -> str:
    """A text of Python whose ``f(a, ...)`` says that there may be more arguments.

    A document leaves out what does not matter to it: ``OpenAI(...)`` is not a
    client without a base URL. The three dots become ``**_``, which parses
    after keyword arguments too and makes a call and a mapping open.
    """
    if "..." not in text:
        return text
    parts: list[str] = []
    stack: list[str] = []
    at, previous, dots = 0, "", -1
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "skip":
            continue
        token = match.group()
        if dots >= 0 and token in (",", stack[-1]):
            parts += (text[at:dots], "**_")
            at = dots + 3
        dots = -1
        if match.lastgroup == "dots":
            if stack and stack[-1] in ")}" and previous in ("(", "{", ","):
                dots = match.start()
        elif token in ("(", "[", "{"):
            stack.append({"(": ")", "[": "]", "{": "}"}[token])
        elif token in (")", "]", "}") and stack:
            stack.pop()
        previous = token
    return "".join(parts) + text[at:]
