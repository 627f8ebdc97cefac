"""Templates of HTML, Vue and Svelte: what attributes and braces hold, written as JavaScript at its place.

``<option value="gpt-4o">`` says what JSX says with the same words, and so do
``:model="'gpt-4o'"`` and ``{#if model === "gpt-4o"}`` with words of their
own. Each becomes an assignment to the attribute's name, or an expression, with
all characters where they are in the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lazy import pattern
from ..source import Span

#: attributes that name or describe an element, or refer to another
_NAMING = frozenset({"for", "htmlFor", "class", "className", "alt", "href", "src", "key"})
#: where a tag begins, or a comment
_OPENING = pattern(r"<!--|<([A-Za-z][^\s/>]*)")
#: an attribute and its value in quotes or braces, or what else may stand in a tag
_ATTRIBUTE = pattern(
    r"(?P<name>[^\s\"'<>/={}]+)(?P<equals>\s*=\s*)(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<braces>\{(?:[^{}]|\{[^{}]*\})*\}))|(?P<end>>)|\"[^\"]*\"|'[^']*'|[^\s\"'<>/={}]+|[^<]"
)
#: what a framework evaluates in a text
_BRACES = {
    "vue": pattern(r"\{\{([^{}\n]{1,999})\}\}"),
    "html": pattern(r"\{\{([^{}\n]{1,999})\}\}"),
    "svelte": pattern(
        r"\{(?:[#:@]?(?:else )?(?:if|each|await|then|key|html|const)\b)?(?![#:@/])((?:[^{}]|\{[^{}]*\})*)\}"
    ),
}
#: an attribute whose value is an expression: the part of its name that says so, and what it binds
_BINDS = pattern(r"(?:v-bind:|v-model:|:|\[\(?)([A-Za-z][\w.-]*)\)?\]?\Z")
#: one whose value is statements, and one whose value is an expression that binds nothing
_RUNS = pattern(r"@|v-on:|on:?[a-z]|x-on:|\(")
_EVALUATES = pattern(r"v-|x-|\*|#")
#: the short names of models, which are watched where they are all of a string
_SHORT = pattern(r"[\"'`]o[134][-\"'`]")
_QUOTES = re.compile(r"[\"'`]")
_PLAIN = re.compile(r"[^\s\"'\\]+")
_NOT_LINES = re.compile(r"[^\r\n]")
_NOT_NAMES = re.compile(r"[^\w$]")
#: names that no assignment can be made to
_RESERVED = frozenset({"for", "class", "default", "in", "new", "case", "if", "else", "this", "with", "enum", "var"})


def names_element(name: str, tag: str) -> bool:
    """Whether an attribute names or describes its element, and is no value that code reads.

    ``tag``: the name of the element, or its first letter; a component of the project has a capital one.
    """
    return name in _NAMING or (name == "id" and tag.islower())


def as_code(text: str, language: str, scripts: list[Span], watched: re.Pattern[str]) -> str:
    """What a template evaluates, as JavaScript with everything else left blank; "" where nothing of it is watched.

    ``scripts``: where the code of script elements is, which is left out.
    """
    pieces: list[tuple[int, str]] = []
    at = 0
    for start, end in [*scripts, Span(len(text), len(text))]:
        if watched.search(text, at, start) or _SHORT.search(text, at, start):
            pieces += _pieces(text, Span(at, start), language, watched)
        at = end
    parts: list[str] = []
    at = 0
    for start, code in pieces:
        between = _NOT_LINES.sub(" ", text[at:start])
        parts += (between[:-1] + ";" if between.endswith(" ") else between, code)
        at = start + len(code)
    return "".join(parts) + _NOT_LINES.sub(" ", text[at:]) if pieces else ""


def _pieces(text: str, part: Span, language: str, watched: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The code of each attribute and each brace that holds something watched, by its place."""
    at = part.start
    while at < part.end:
        opening = _OPENING.search(text, at, part.end)
        for braces in _BRACES[language].finditer(text, at, opening.start() if opening is not None else part.end):
            if _holds(braces[1], watched):
                yield braces.start(1) - 1, f"({braces[1]})"
        if opening is None:
            return
        at, tag = opening.end(), opening[1]
        if tag is None or tag.lower() in ("style", "script"):
            end = text.find(f"</{tag}" if tag else "-->", at, part.end)
            at = part.end if end < 0 else end
            continue
        while (found := _ATTRIBUTE.match(text, at, part.end)) is not None and not found["end"]:
            at = found.end()
            if found["name"] and _holds(found.group(), watched):
                yield found.start(), _attribute(found, tag, language)


def _holds(code: str, watched: re.Pattern[str]) -> bool:
    """Whether a string in a code, or what is around it, is watched."""
    return any(watched.search(part) for part in _QUOTES.split(code))


def _attribute(found: re.Match[str], tag: str, language: str) -> str:
    """An attribute as an assignment, an expression or statements; "" where it says nothing."""
    name, value = found["name"], found["braces"] or found["double"] or found["single"] or ""
    if found["braces"]:
        if language != "svelte":
            return ""
        name, value = name.removeprefix("bind:"), f"({value[1:-1]})"
    elif _RUNS.match(name):
        name, value = "", f";{value};"
    elif (bound := _BINDS.match(name)) is not None:
        # Vue's names end with modifiers, Angular's begin with what kind of name it is
        name = bound[1] if name.startswith("[") else bound[1].partition(".")[0]
        value = f"({value})"
    elif _EVALUATES.match(name):
        name, value = "", f"({value})"
    elif names_element(name, tag) or not _PLAIN.fullmatch(value):
        return ""
    else:
        value = found.group()[-1] + value + found.group()[-1]
    name = _NOT_NAMES.sub("_", name)
    if not name or name in _RESERVED or name[0].isdigit():
        return " " * (len(found["name"]) + len(found["equals"])) + value
    return name.rjust(len(found["name"])) + found["equals"] + value
