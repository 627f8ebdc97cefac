"""Dockerfiles: variables, and the commands that are run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..program import Block, List, Str, Unknown, Use, Value
from ..source import Span
from . import _json
from ._shell_scan import Scanner
from ._shell_words import PAIR, Assignment, Command
from ._values import Text

if TYPE_CHECKING:
    from .shell import Shell

_INSTRUCTION = re.compile(r"[ \t]*(?P<name>[A-Za-z]+)[ \t]+(?P<flags>(?:--\w[\w-]*(?:=\S*)?[ \t]+)*)")
_ONBUILD = re.compile(r"[ \t]*ONBUILD[ \t]+", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?([\"']?)([A-Za-z_]\w*)\1")
_OLD_ENV = re.compile(r"(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>\S.*)\Z", re.DOTALL)


class Dockerfile:
    """The instructions of a Dockerfile that hold commands or variables."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.maker = shell.maker
        self.text = shell.maker.source.text

    def run(self) -> None:
        text, size = self.text, len(self.text)
        at = 0
        escape = "`" if re.match(r"\s*#\s*escape\s*=\s*`", text) else "\\"
        while at < size:
            end = self._instruction_end(at, escape)
            match = _ONBUILD.match(text, at, end)
            match = _INSTRUCTION.match(text, match.end() if match else at, end)
            if match is not None:
                name = match["name"].upper()
                if name in ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "COPY", "ADD"):
                    end = self._with_heredocs(match.end(), end)
                if match["name"].upper() != "COPY":
                    self._instruction(name, match.end(), end)
            at = end + 1

    def _instruction_end(self, at: int, escape: str) -> int:
        """The end of the instruction that begins at ``at``."""
        text, size = self.text, len(self.text)
        continued = False
        while at < size:
            end = text.find("\n", at)
            end = size if end < 0 else end
            line = text[at:end].strip()
            if line.startswith("#"):
                if not continued:
                    return end
            elif line:
                continued = line.endswith(escape)
                if not continued:
                    return end
            elif not continued:
                return end
            at = end + 1
        return size

    def _with_heredocs(self, start: int, end: int) -> int:
        text = self.text
        for match in list(_HEREDOC.finditer(text, start, end))[:8]:
            at = end + 1
            while at < len(text):
                stop = text.find("\n", at)
                stop = len(text) if stop < 0 else stop
                end = stop
                if text[at:stop].strip() == match[2]:
                    break
                at = stop + 1
        return min(end, len(text))

    def _instruction(self, name: str, start: int, end: int) -> None:
        maker, block = self.maker, self.maker.module.block
        part = self.text[start:end]
        if not maker.matches(part) and not ("curl" in part or "$" in part or "MODEL" in part.upper()):
            return
        inner = Text.of(part, start)
        if name in ("ENV", "ARG", "LABEL"):
            if name == "LABEL":
                return
            old = _OLD_ENV.match(part)
            if old is not None and name == "ENV" and "=" not in part[: old.start("value")]:
                self._old(old, start, block)
                return
            scanner = Scanner(inner, maker, block, docker=True)
            scanner.run()
            for command in scanner.found:
                for item in command.assignments:
                    self.shell.assign(item, Command(block, start), False)
                for word in command.words:
                    pair = PAIR.match(word.text.chars)
                    if pair is not None:
                        value_span = word.text.span(pair.end(), len(word.text))
                        name_span = word.text.span(pair.start(1), pair.end(1))
                        value = word.text.part(pair.end(), len(word.text))
                        item = Assignment(pair[1], name_span, value, value_span, word.span)
                        self.shell.assign(item, Command(block, start), False)
                    else:
                        maker.watched(word.text, word.span, block, Use("argument", name))
            self.shell.read(scanner)
            return
        if name == "HEALTHCHECK":
            command_at = re.match(r"CMD\s+", part, re.IGNORECASE)
            if command_at is not None:
                inner = inner.part(command_at.end(), len(part))
                part = part[command_at.end() :]
        if part.lstrip().startswith("["):
            try:
                words: Value = _json.read(inner, maker)
            except ValueError:
                words = Unknown(Span(start, end))
            if isinstance(words, List):
                self.shell.exec_words([item for item in words.items if isinstance(item, Str)])
                return
        if name in ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"):
            self.shell.script(inner, block, docker=True)

    def _old(self, old: re.Match[str], start: int, block: Block) -> None:
        """``ENV NAME value``."""
        begin = start + old.start("value")
        raw = old["value"].rstrip()
        text = Text()
        text.add(raw, begin)
        span = Span(begin, begin + len(raw))
        name_span = Span(start, start + old.end("name"))
        item = Assignment(old["name"], name_span, text, span, Span(start, span.end))
        self.shell.assign(item, Command(block, start), False)
