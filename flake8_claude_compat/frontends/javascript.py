"""JavaScript and TypeScript: a text → program. One walk over the nodes of ``_astgrep``.

The walk keeps a stack of its own, so that no nesting exhausts the
interpreter's. Nothing is lowered here: the linker asks for the few values it
needs, and ``_javascript_lower`` answers.

What JavaScript has and the program has not is put into its terms:

* a destructured name gets a made node as its value (``@attr``, ``@item``);
* ``this`` is a first parameter of methods, as it is in Python;
* the receiver of ``.then(…)`` or ``.map(…)`` is what the callback's parameter
  gets, and ``.catch(…)`` is a handler around its receiver;
* a function given to a call runs where the call stands: its block is of kind
  ``callback``, which conditions and handlers outside reach into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .. import gate
from ..lazy import pattern
from ..program import Program, Watch
from ..source import Source, Span
from ._astgrep import Node
from ._astgrep import parse as parse_tree
from ._javascript_walk import Walk, free, is_statement
from ._templates import as_code

#: what an error node must cover for a file to count as not readable
_TOO_BROKEN = 0.5
_SCRIPT = pattern(r"<!--|<script\b((?:[^>\"']|\"[^\"]{0,999}\"|'[^']{0,999}'){0,999})>", re.IGNORECASE)
_COMMENT = re.compile(r"\n[ \t]*/(?:/[^\n]*|\*[^*]*\*+(?:[^/*][^*]*\*+)*/)")
_ATTRIBUTE = pattern(r"\b(lang|type)\s*=\s*[\"']?([\w./+-]+)", re.IGNORECASE)
#: code points of calls that are looked at in one go
_PART = 100_000
#: a call that is a statement of its own, to the end of its last line
_CALL = re.compile(
    r"^(?:await )?[\w$]+(?:\??\.[\w$]+)*\((?:[^\n]*\)|[^\n]*\n(?:[ \t][^\n]*\n|\n)*[\]})][^\n]*);?[ \t]*\n",
    re.MULTILINE,
)
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_SCRIPT_TYPES = frozenset({"", "module", "text/javascript", "application/javascript", "text/babel", "text/jsx"})
_HOSTS = frozenset({"html", "vue", "svelte"})


class Unreadable(ValueError):
    """The text is no program of its language: hardly anything of it parses."""


def parse(source: Source, tree: object, watch: Watch, language: str) -> Program:
    """The program of a JavaScript or TypeScript file.

    ``language``: ``javascript`` (JSX too), ``typescript`` or ``tsx``. ``tree``
    is not used (other frontends are given one). Raises :class:`Unreadable`
    where most of the text has no syntax that the language knows and nothing is
    imported or defined in it; smaller errors are passed over, the rest is read.
    """
    return _parsed(source, without_comments(source.text), watch, language)


def _in_parts(source: Source, code: str, parts: list[list[Span]], watch: Watch, language: str) -> Iterator[Program]:
    """A program for each part of a large file, made when the one before is done with: all at once take too much memory.

    Nodes, and what the linker remembers of them, take a hundred times as much as the text.
    """
    blank = "\n".join([" " * len(line) for line in source.text.split("\n")])
    for spans in parts:
        text, alone = _kept(source.text, blank, spans), _kept(code, blank, spans)
        try:
            program = _parsed(Source(source.path, text), alone, watch, language)
        except Unreadable:
            continue
        program.source = source
        yield program


def _kept(text: str, blank: str, spans: list[Span]) -> str:
    """A text up to the end of the last span, with everything outside the spans taken from the blank one."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (blank[at:start], text[start:end])
        at = end
    return "".join(pieces)


def _parts(code: str) -> list[list[Span]]:
    """Parts of a large file of hardly anything but calls that stand alone: some of them, with all else that there is.

    One part where calls may depend on each other, or brackets tell that a line may not be what it looks like.
    """
    if len(code) < 2 * _PART:
        return []
    calls: list[Span] = []
    for found in _CALL.finditer(code):
        if calls and calls[-1].end == found.start() and found.end() - calls[-1].start <= _PART:
            calls[-1] = Span(calls[-1].start, found.end())
        else:
            calls.append(Span(*found.span()))
    ends = [0, *(end for _, end in calls), len(code)]
    starts = [*(start for start, _ in calls), len(code)]
    rest = [Span(start, end) for start, end in zip(ends, starts) if start < end]
    if sum(end - start for start, end in rest) * 8 > len(code):
        return []
    groups: list[list[Span]] = []
    size = _PART
    for span in calls:
        if any(code.count(opening, *span) != code.count(closing, *span) for opening, closing in _BRACKETS):
            return []
        if size >= _PART:
            groups.append([])
            size = 0
        groups[-1].append(span)
        size += span.end - span.start
    return [sorted((*rest, *group)) for group in groups]


def _parsed(source: Source, code: str, watch: Watch, language: str) -> Program:
    root = parse_tree(source.text, language)
    program = Walk(source, code, watch).run(root)
    if _says_nothing(program) and _mostly_broken(root, source.text):
        program.release()
        raise Unreadable("most of the file is no JavaScript or TypeScript that can be read")
    return program


def readable(source: Source, watch: Watch, language: str) -> bool:
    """Whether :func:`parse` gives a program for a source; a part of its work where nothing is wrong."""
    root = parse_tree(source.text, language)
    if not _mostly_broken(root, source.text):
        free(root)
        return True
    program = Walk(source, source.text, watch).run(root)
    found = not _says_nothing(program)
    program.release()
    return found


def _says_nothing(program: Program) -> bool:
    """Whether nothing is imported or defined in a program."""
    return not (program.imports or program.module.bindings)


def programs(source: Source, tree: object, language: str, watch: Watch) -> Iterable[Program]:
    """The programs of a file: its own, one for each part of a large one, or those of a host."""
    if language in _HOSTS:
        return parse_host(source, language, watch)
    code = without_comments(source.text)
    # Many files of a library speak of OpenAI in comments alone; keys count there, too. A host passed for all its code.
    if code != source.text and source.host is None and "sk-" not in source.text and not gate.passes(code):
        return []
    parts = _parts(code)
    return _in_parts(source, code, parts, watch, language) if parts else [_parsed(source, code, watch, language)]


def without_comments(text: str) -> str:
    """The text with comments that begin a line left blank, all places kept.

    Unchanged where a line of a text could look like one: in a template or a
    string that goes on over lines.
    """
    if "\\\n" in text or ("`" in text and any(line.count("`") % 2 for line in text.split("\n") if "`" in line)):
        return text
    return _COMMENT.sub(_blank, "\n" + text)[1:]


def _blank(found: re.Match[str]) -> str:
    return "\n".join([" " * len(line) for line in found.group().split("\n")])


def parse_host(source: Source, host: str, watch: Watch) -> list[Program]:
    """The programs of a Vue, Svelte or HTML file: of its ``<script>`` blocks, and of its template.

    Blocks of one language share their names, as they do in such files, and
    give one program. All positions are those of the host file. A language
    whose blocks cannot be read is left out.
    """
    programs = []
    for language, code in host_code(source.text, host, watch.text):
        try:
            program = parse(Source(source.path, code), None, watch, language)
        except Unreadable:
            continue
        program.source = source
        programs.append(program)
    return programs


def host_code(text: str, host: str, watched: re.Pattern[str]) -> list[tuple[str, str]]:
    """The code of a Vue, Svelte or HTML file by language, with everything else left blank.

    Of its template, what holds something watched.
    """
    blocks = script_blocks(text)
    found = [(language, only(text, spans)) for language, spans in blocks.items()]
    template = as_code(text, host, sorted(span for spans in blocks.values() for span in spans), watched)
    return [*found, ("typescript", template)] if template else found


def script_blocks(text: str) -> dict[str, list[Span]]:
    """Where the code of a host's ``<script>`` blocks is, by language."""
    blocks: dict[str, list[Span]] = {}
    at = 0
    while (match := _SCRIPT.search(text, at)) is not None:
        if match.group() == "<!--":
            end = text.find("-->", match.end())
            at = len(text) if end < 0 else end
            continue
        found = {name.lower(): value.lower() for name, value in _ATTRIBUTE.findall(match.group(1) or "")}
        end = text.find("</script", match.end())
        at = end = len(text) if end < 0 else end
        kind, lang = found.get("type", ""), found.get("lang", "")
        if kind in _SCRIPT_TYPES:
            language = {"ts": "typescript", "typescript": "typescript", "tsx": "tsx"}.get(lang, "javascript")
            blocks.setdefault(language, []).append(Span(match.end(), end))
    return blocks


def only(text: str, spans: list[Span]) -> str:
    """The text with everything outside the spans made blank, positions kept."""
    parts, at = [], 0
    for start, end in spans:
        parts.append(re.sub(r"[^\r\n]", " ", text[at:start]))
        parts.append(text[start:end])
        at = end
        if end < len(text):  # one block's last statement ends with the block
            parts.append(";")
            at += 1
    return "".join(parts)


def _mostly_broken(root: Node, text: str) -> bool:
    """Whether error nodes cover most of the text."""
    kids = root.kids()
    if root.kind == "ERROR":
        good = sum(kid.span().end - kid.span().start for kid in kids if is_statement(kid.kind))
        bad = len(text.strip()) - good
    else:
        bad = sum(kid.span().end - kid.span().start for kid in kids if kid.kind == "ERROR")
    return bad > len(text.strip()) * _TOO_BROKEN
