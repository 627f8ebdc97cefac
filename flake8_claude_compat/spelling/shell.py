"""Changes spelled in shell scripts, Makefiles, Dockerfiles and batch files.

No grammar: what a change is about stands in an element of JSON, in a word of
a command with its option, or in an assignment.
"""

from __future__ import annotations

import re

from ..findings import AddBeside, AddItem, Change, Remove, RemoveItem, Rename, SetText, SetValue, WrapItems
from ..record import NamedTuple
from ..source import Span
from . import _json_text
from ._beside import value_beside
from ._document import Document, Edit, blank_to, indent_of, inserted_line, line_end, line_start, next_line

_QUOTES = ('\\"', '`"', '"', "'")
#: options whose value a header or a field of a form is
_OPTION = re.compile(r"(?<!\S)(?:-H|--header|--proxy-header|-F|--form|--form-string)[ \t]*(?:[=\\^`][ \t\r\n]*)?\Z")
_FLAG = re.compile(r"(?<!\S)(?:-e|--env|--build-arg|--set|-E|--var|--env-var|--secret|-v)(?:[ \t]+|=)\Z")
#: a line goes on with the next one
_GOES_ON = re.compile(r"[ \t]*[\\^`](?=\r?\n)")
_LAST_GOES_ON = re.compile(r"[ \t]*[\\^`]\r?\n\Z")
#: what an assignment of its own line begins with
_STATEMENT = re.compile(
    r"[ \t]*(?:[-@+]*(?:export|declare|typeset|readonly|local|setenv|override|set|setx|ENV|ARG)"
    r"(?:[ \t]+-[A-Za-z]+)*[ \t]+)?[\"']?\Z",
    re.IGNORECASE,
)
#: between a variable's name and its own value
_OWN_NAME = re.compile(r"=[\"']?\$\{?\Z")
_SIGN = re.compile(r"(?:[ \t]*(?:\?=|::?=|=)[ \t]*|[ \t]+)")
_WORD = re.compile(r"(?:[^\s\"'`;|&()<>$]|\$\{\{[^}\r\n]*\}\}|\$\{[^}\r\n]*\}|\$\([\w:]+\)|\$)*")
#: what documents show in place of a value: {your key}, <your key>
_SHOWN = re.compile(r"\{[^{}\r\n]*\}|<[^<>\r\n]*>|\[[^\[\]\r\n]*\]")
_WRITTEN = re.compile(r"[ \t]*-?[ \t]*echo[ \t]+[\"']?\Z")
_FILE = re.compile(r"(?P<sign>[ \t]*>>?)(?P<file>[ \t]*\"?[$\w./{}~-]+\"?[ \t]*)\Z")


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    text = document.text
    if isinstance(change, SetText):
        # NAME=$NAME: what hands a variable on under its name is not to hand on another one
        if _hands_on(text, change.span):
            return None
        return _json_text.set_text(text, change.span, change.text)
    if isinstance(change, Remove):
        return remove(text, change.span)
    if isinstance(change, (AddItem, RemoveItem, Rename, SetValue, WrapItems)):
        return _json_text.edits(text, document.newline, change)
    if isinstance(change, AddBeside):
        return add_beside(document, change)
    return None


def _hands_on(text: str, span: Span) -> bool:
    """Whether a variable stands behind its own name: ``NAME=$NAME``, ``NAME="${NAME}"``."""
    sign = _OWN_NAME.search(text, max(0, span.start - 4), span.start)
    if sign is None:
        return False
    begin = sign.start() - (span.end - span.start)
    name = text[span.start : span.end]
    return begin >= 0 and text.startswith(name, begin) and not text[begin - 1 : begin].isidentifier()


# ------------------------------------------------------------------- removing


def remove(text: str, span: Span) -> list[Edit] | None:
    """Remove an element of JSON, or a word of a command with its option."""
    if _json_text.is_entry(text, span):
        return _json_text.remove(text, span)
    whole = _word(text, span)
    if whole is None:
        return None
    option = _OPTION.search(text, max(0, whole.start - 200), whole.start)
    if option is None and not text[whole.start - 1 : whole.start].isspace():
        return None
    return _remove_words(text, Span(option.start() if option else whole.start, whole.end))


def _word(text: str, span: Span) -> Span | None:
    """A word with its quotes; None where it is only a part of one."""
    start, end = span
    for quote in _QUOTES:
        if text.endswith(quote, 0, start) and text.startswith(quote, end):
            start, end = start - len(quote), end + len(quote)
            break
    return Span(start, end) if text[end : end + 1] in ("", " ", "\t", "\r", "\n", ";", "|", "&", ")") else None


def _remove_words(text: str, span: Span) -> list[Edit] | None:
    start, end = span
    begin = line_start(text, start)
    goes_on = _GOES_ON.match(text, end)
    if text[begin:start].strip():
        before = start
        while text[before - 1] in " \t":
            before -= 1
        return [Edit(Span(before, end), "")]
    if goes_on is not None:
        return [Edit(Span(begin, next_line(text, goes_on.end())), "")]
    if text[end : line_end(text, end)].strip():
        return [Edit(Span(start, blank_to(text, end)), "")]
    last = _LAST_GOES_ON.search(text, max(0, begin - 200), begin)
    return [Edit(Span(last.start(), end), "")] if last else None


# --------------------------------------------------------------------- beside


class _Value(NamedTuple):
    """What is assigned, with its quotes; ``end``: of the word that it belongs to."""

    sign: str
    quote: str
    text: str
    end: int


def add_beside(document: Document, change: AddBeside, within: Span | None = None) -> list[Edit] | None:
    """Put an assignment, or a name, beside the one at a span; ``within``: the part of the text that is the script."""
    text, (start, end), name = document.text, change.span, change.name
    begin = line_start(text, start) if within is None else max(within.start, line_start(text, start))
    stop = line_end(text, end) if within is None else min(within.end, line_end(text, end))
    head = text[begin:start]
    opening = next((quote for quote in _QUOTES if head.endswith(quote)), "")
    if text[end : end + 1] not in ("=", "?", ":", " ", "\t", "\r", "\n", "", ";", opening[:1] or "="):
        return [Edit(change.span, name)] if _json_text.quote_of(text, change.span) == "" else None
    if opening and text.startswith(opening, end) and not _STATEMENT.fullmatch(head):
        return [Edit(change.span, name)]
    if head.strip() and re.search(rf"(?<!\w){name}(?=[=\s\"'])", text[begin:stop]):
        return []
    value = _value(text, end, stop, opening, head)
    if value is None:
        return _name_beside(document, change, begin, stop, head)
    made = value_beside(value.text, change.old, name, True)
    if made is None:
        return None
    written = f"{opening}{name}{value.sign}{value.quote}{made}{value.quote}{opening}"
    rest = text[value.end : stop]
    if _STATEMENT.fullmatch(head) and (not rest.strip() or rest.strip().startswith("#")):
        if _is_set(document, name):
            return []
        return inserted_line(document, end, f"{head.removesuffix(opening)}{written}")
    if within is None and _WRITTEN.fullmatch(head) and (file := _FILE.fullmatch(rest)) is not None:
        return inserted_line(document, end, f"{head.removesuffix(opening)}{written} >>{file['file']}".rstrip())
    if value.sign != "=" or rest.startswith((";", ")")) and not head.strip():
        return None
    before = begin + len(head) - len(opening)
    flag = _FLAG.search(text, begin, before)
    if flag is not None:
        return [
            Edit(Span(value.end, value.end), f"{_apart(text, begin, flag.start(), value.end)}{flag.group()}{written}")
        ]
    if before > begin and text[before - 1] not in " \t":
        return None
    return [Edit(Span(value.end, value.end), f" {written}")]


def _apart(text: str, begin: int, start: int, end: int) -> str:
    """What keeps two options apart as the others are: a blank, or a line that goes on."""
    goes_on = _GOES_ON.match(text, end)
    if text[begin:start].strip() or goes_on is None:
        return " "
    newline = "\r\n" if text.startswith("\r\n", goes_on.end()) else "\n"
    return f"{goes_on.group()}{newline}{indent_of(text, start)}"


def _is_set(document: Document, name: str) -> bool:
    setting = r"(?:(?:export|declare|setenv|ENV|ARG|set|setx)[ \t]+(?:-\w+[ \t]+)*)?"
    return document.says(rf"(?mi)^[ \t]*{setting}[\"']?{name}[\"']?[ \t]*[:?]?=")


def _value(text: str, at: int, stop: int, opening: str, head: str) -> _Value | None:
    """What is assigned behind a name; None where nothing is."""
    sign = _SIGN.match(text, at, stop)
    if sign is None:
        return None
    if not sign.group().strip() and not re.search(r"(?:setenv|setx|ENV|set[ \t]+-\w+)[ \t]+\Z", head):
        return None
    start = sign.end()
    if opening:  # "NAME=value"
        end = text.find(opening, start, stop)
        return None if end < 0 else _Value(sign.group(), "", text[start:end], end + len(opening))
    for quote in _QUOTES:
        if text.startswith(quote, start):
            end = text.find(quote, start + len(quote), stop)
            if end < 0:
                return None
            return _Value(sign.group(), quote, text[start + len(quote) : end], end + len(quote))
    if sign.group().strip() in ("?=", ":=", "::=") or sign.group() != "=" and "=" in sign.group():  # of make
        value = text[start:stop].partition(" #")[0].rstrip()
        return _Value(sign.group(), "", value, start + len(value))
    if re.match(r"[ \t]*set[ \t]+\Z", head, re.IGNORECASE):  # of cmd: up to the end of the line
        value = re.split(r"[ \t]*[&|)]", text[start:stop], maxsplit=1)[0].rstrip()
        return _Value(sign.group(), "", value, start + len(value))
    shown = _SHOWN.match(text, start, stop)
    if shown is not None:
        return _Value(sign.group(), "", "<>", shown.end())
    match = _WORD.match(text, start, stop)
    end = match.end() if match else start
    # a quote inside, the output of a command: not the whole value
    return None if text[end : end + 1] in ("`", "(", '"', "'", "\\") else _Value(sign.group(), "", text[start:end], end)


def _name_beside(document: Document, change: AddBeside, begin: int, stop: int, head: str) -> list[Edit] | None:
    """A name without a value: of a list of names one more, else the new name in place of the old one."""
    text, (_, end), name = document.text, change.span, change.name
    rest = text[end:stop].strip()
    if re.fullmatch(r"[ \t]*ARG[ \t]+", head, re.IGNORECASE) and not rest:
        if document.says(rf"(?mi)^[ \t]*ARG[ \t]+{name}\b"):
            return []
        return inserted_line(document, end, head + name)
    flag = _FLAG.search(text, begin, begin + len(head))
    if flag is not None and text[end : end + 1] in ("", " ", "\t", "\r", "\n"):
        return [Edit(Span(end, end), f"{_apart(text, begin, flag.start(), end)}{flag.group()}{name}")]
    if re.fullmatch(r"[ \t]*(?:[-@]?export|unset)[ \t]+(?:\w+[ \t]+)*", head) and text[end : end + 1] != "=":
        return [Edit(Span(end, end), f" {name}")]
    if text[end : end + 1] in ("=", "?", ":"):
        return None
    return [Edit(change.span, name)]
