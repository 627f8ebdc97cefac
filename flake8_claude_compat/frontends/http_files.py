"""``.http`` and ``.rest`` files → program: requests that an editor sends.

The syntax is that of VS Code's REST Client and of JetBrains' HTTP Client:
``###`` between requests, ``@name = value`` variables of the file, ``{{name}}``
in place of them and of an environment's, headers, an empty line, a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..program import Block, Catch, Program, Use, Watch
from ..source import Source, Span
from ._http_command import Found
from ._values import Maker, Node, Opaque, Text, Variable
from .shell import Shell

_SEPARATOR = re.compile(r"^###[^\n]*$", re.MULTILINE)
_LINE = re.compile(r"(?P<text>[^\r\n]*)(?:\r\n|\n|\r|\Z)")
_COMMENT = re.compile(r"[ \t]*(?:#|//)")
_VARIABLE = re.compile(r"[ \t]*@(?P<name>[\w-]+)[ \t]*=[ \t]*(?P<value>.*?)[ \t]*\Z")
_REQUEST = re.compile(
    r"[ \t]*(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|WEBSOCKET)[ \t]+)?"
    r"(?P<url>(?=https?://|wss?://|\{\{|[\w.-]+\.\w+[/:])(?:\{\{[^{}\n]*\}\}|[^\s{]|\{(?!\{))+)"
    r"(?:[ \t]+HTTP/[\d.]+)?[ \t]*\Z"
)
_HEADER = re.compile(r"[\w-]+:")
#: scripts around a request, and files that its body or its answer is in
_SCRIPT = re.compile(r"[ \t]*(?:[<>][ \t]*\{%|<?>{1,2}!?[ \t]|<@?[ \t])")
#: {{name}}, {{$processEnv NAME}}, {{$dotenv NAME}}, {{$env.NAME}}
_BLANK = re.compile(
    r"\{\{[ \t]*(?:\$(?:processEnv|dotenv|env)[ \t.]+%?)?(?P<name>[A-Za-z_]\w*)[ \t]*\}\}|\{\{[^{}\n]*\}\}"
)


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``http``."""
    maker = Maker(source, "http", watch)
    reader = _Reader(maker)
    at = 0
    for match in [*_SEPARATOR.finditer(source.text), None]:
        reader.request(at, len(source.text) if match is None else match.start())
        at = match.end() if match is not None else at
    reader.shell.finish()
    return [maker.program, *maker.inner]


class _Reader:
    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.shell = Shell(maker)
        self.text = maker.source.text

    def request(self, start: int, end: int) -> None:
        """Read what stands between two separators."""
        found = Found()
        at = self._line_of_request(start, end, found)
        if not found.urls:
            return
        first = found.urls[0].offset
        last = first
        for begin, stop in self._lines(at, end):
            at = stop + 1
            line = self.text[begin:stop].strip()
            if not line:
                break
            if _COMMENT.match(line) or line[0] in "?&":
                continue
            if not _HEADER.match(line):
                return  # no request after all
            found.headers.append(self._filled(begin, stop))
            last = stop
        body = self._body(at, end)
        if body is not None:
            found.body, last = body, body.span(0, len(body)).end
        else:
            found.unread = bool(self.text[at:end].strip())
        span = Span(first, last)
        # who sends it by hand sees what comes back
        block = self.maker.module.block
        seen = Block(block, "try", block.scope, None, (Catch((), False, span),))
        url = found.urls[0]
        self.shell.sent("http", found, span, url.span(0, len(url)), seen)

    def _lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        while start < end:
            match = _LINE.match(self.text, start, end)
            if match is None:
                return
            yield match.start("text"), match.end("text")
            start = max(match.end(), start + 1)

    def _line_of_request(self, start: int, end: int, found: Found) -> int:
        """Read up to the line with the URL, that one included: the index behind it."""
        for begin, stop in self._lines(start, end):
            line = self.text[begin:stop]
            variable = _VARIABLE.match(line)
            if variable is not None:
                name = Span(begin + variable.start("name"), begin + variable.end("name"))
                self._variable(variable["name"], name, begin + variable.start("value"), begin + variable.end("value"))
            elif line.lstrip().startswith("curl "):
                self.shell.script(self._filled(begin, end), self.maker.module.block)
                return end
            elif (match := _REQUEST.match(line)) is not None:
                found.urls.append(self._filled(begin + match.start("url"), begin + match.end("url")))
                return stop + 1
        return end

    def _variable(self, name: str, name_span: Span, start: int, end: int) -> None:
        maker, value, span = self.maker, self._filled(start, end), Span(start, end)
        node = Node(lambda: maker.value(value, span), span)
        maker.watched(value, span, maker.module.block, Use("assign", name))
        maker.bind(name, node, maker.module.block, name_span)
        maker.later((name,), node, Span(name_span.start, end), name_span)

    def _body(self, start: int, end: int) -> Text | None:
        """The body of a request; None where there is none, or it is in another file."""
        stop = start
        for begin, line_end in self._lines(start, end):
            if _SCRIPT.match(self.text, begin, line_end):
                break
            if self.text[begin:line_end].strip():
                stop = line_end
        while start < stop and self.text[start].isspace():
            start += 1
        return self._filled(start, stop) if start < stop else None

    def _filled(self, start: int, end: int) -> Text:
        """A text with what its blanks stand for."""
        made, at = Text(), start
        for match in _BLANK.finditer(self.text, start, end):
            made.add(self.text[at : match.start()], at)
            span, name = Span(*match.span()), match["name"]
            if name is None:
                made.add_hole(Opaque(span))
            else:
                name_span = Span(match.start("name"), match.end("name"))
                self.maker.variable_read(name, span, name_span)
                made.add_hole(Variable(name, span, name_span))
            at = match.end()
        made.add(self.text[at:end], at)
        return made
