"""Texts made of texts: what methods, operators and functions for URLs give where their parts are known.

What is made so is a value of its own, at the place of the whole expression. Where nothing of a URL changes but blanks
or slashes at its end, it stays the literal that it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from ..lazy import pattern
from ..program import Call, Dict, Env, List, Null, Num, Str, Unknown
from ..source import Span
from .values import Resolved, joined_text

if TYPE_CHECKING:
    from .resolve import Resolver

#: methods whose result is still the same known thing for our purposes
SAME_TEXT = frozenset({
    "encode", "decode", "expandtabs", "toString", "toJSON", "valueOf", "get_secret_value", "unicode_string",
})  # fmt: skip
#: methods that give another text of the same kind
_TRIMS = frozenset({
    "strip", "trim", "rstrip", "trimEnd", "lstrip", "trimStart", "replace", "replaceAll", "removesuffix",
    "removeprefix", "lower", "toLowerCase",
})  # fmt: skip
#: items of a list that are put together at most
_MANY = 8
#: code points of a text that another is made of, and of what is put into it, at most: no URL and no name is longer
_LONG = 1000
#: a regular expression of JavaScript for one text: /\/chat\/completions\/?$/; the slashes at the end of a text; flags
_REGEX = pattern(r"/(?P<text>(?:\\[^\w\s]|[\w-])*)(?P<slashes>(?:\[?\\?/\]?[+*?])?)(?P<end>\$?)/(?P<flags>[a-z]*)")
#: what is filled in by ``%``
_PERCENT = pattern(r"%(?:\((\w+)\))?([sd%])")
#: what is filled in by ``format``
_BRACES = pattern(r"\{(\w*)\}|(\{\{|\}\})|[{}]")
_SCHEME = pattern(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)


def made(base: Str, text: str, span: Span) -> Str:
    """A text made of a literal; it is the literal where nothing of importance changed."""
    same = text.rstrip("/ \n") == base.text.strip().rstrip("/")
    return Str(text, base.span if same else span, base.partial)


def text_method(resolver: Resolver, base: Str, name: str, call: Call) -> Resolved:
    """The result of a method of a text."""
    make = _METHODS.get(name)
    if name in SAME_TEXT:
        return base
    if len(base.text) > _LONG and name in _TRIMS:
        return base
    if make is None or len(base.text) > _LONG or any(arg.spread for arg in call.args):
        return Unknown(call.span)
    return make(resolver, base, call) or Unknown(call.span)


def _given(resolver: Resolver, call: Call) -> list[Resolved]:
    return [resolver.resolve(arg.value) for arg in call.args]


def _texts(resolver: Resolver, call: Call) -> list[str] | None:
    """The arguments as texts, None where one is not known as such."""
    given = _given(resolver, call)
    if not all(isinstance(value, Str) and not value.partial for value in given):
        return None
    return [cast(Str, value).text for value in given]


def _numbers(resolver: Resolver, call: Call) -> list[int] | None:
    given = _given(resolver, call)
    if not all(isinstance(value, Num) and value.value == value.value // 1 for value in given):
        return None
    return [int(cast(Num, value).value) for value in given]


def _strip(how: Callable[[str, str | None], str]) -> Callable[[Resolver, Str, Call], Resolved | None]:
    def method(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
        chars = _texts(resolver, call)
        if chars is None:
            return base
        if base.partial and how is not str.lstrip:
            return base  # its end is not known
        return made(base, how(base.text, chars[0] if chars else None), call.span)

    return method


def _replace(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
    if len(call.args) < 2:
        return None
    old, new = _given(resolver, call)[:2]
    if not isinstance(new, Str) or new.partial or len(new.text) > _LONG:
        return _replaced_beginning(base, old)
    javascript = resolver.program.name == "javascript"
    if isinstance(old, Str) and not old.partial:
        if base.partial:
            return None
        count = 1 if javascript else -1
        if len(call.args) > 2:
            third = resolver.resolve(call.args[2].value)
            if not isinstance(third, Num):
                return None
            count = int(third.value)
        return made(base, base.text.replace(old.text, new.text, count), call.span)
    regex = _REGEX.fullmatch(resolver.program.source.text[old.span.start : old.span.end]) if javascript else None
    if regex is None or "i" in regex["flags"] or "$" in new.text:
        return None
    part = re.sub(r"\\(.)", r"\1", regex["text"])
    text = base.text
    if base.partial:
        return None if part or not regex["end"] else base
    if not regex["end"]:
        if regex["slashes"] or not part:
            return None
        return made(base, text.replace(part, new.text, -1 if "g" in regex["flags"] else 1), call.span)
    if regex["slashes"]:
        text = text.rstrip("/")
    if not text.endswith(part):
        return base
    return made(base, text[: len(text) - len(part)] + new.text, call.span)


def _replaced_beginning(base: Str, old: Resolved) -> Resolved | None:
    """What stands before the first place that may be replaced by something that is not known."""
    if not isinstance(old, Str) or old.partial or base.partial:
        return None
    before, found, _ = base.text.partition(old.text)
    if not found:
        return base
    return base._replace(text=before, partial=True) if before else None


def _replace_all(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
    given = _texts(resolver, call)
    if given is None or len(given) != 2 or base.partial or len(given[1]) > _LONG:
        return _replace(resolver, base, call)
    return made(base, base.text.replace(given[0], given[1]), call.span)


def _without(at_end: bool) -> Callable[[Resolver, Str, Call], Resolved | None]:
    def method(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
        given = _texts(resolver, call)
        if given is None or len(given) != 1 or (base.partial and at_end):
            return None
        text = base.text.removesuffix(given[0]) if at_end else base.text.removeprefix(given[0])
        return made(base, text, call.span)

    return method


def _split(how: Callable[[str, str, int], list[str]]) -> Callable[[Resolver, Str, Call], Resolved | None]:
    def method(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
        if not call.args or base.partial:
            return None
        mark = resolver.resolve(call.args[0].value)
        if not isinstance(mark, Str) or not mark.text or mark.partial:
            return None
        most = resolver.resolve(call.args[1].value) if len(call.args) > 1 else Num(-1, call.span)
        if not isinstance(most, Num) or (most.value >= 0 and resolver.program.name == "javascript"):
            return None  # there the rest is left out
        parts = how(base.text, mark.text, int(most.value))
        return List(tuple(made(base, part, call.span) for part in parts), call.span)

    return method


def _lower(resolver: Resolver, base: Str, call: Call) -> Resolved:
    return made(base, base.text.lower(), call.span) if "://" in base.text else base  # models are one in any case


def _concat(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
    return joined_text([base, *_given(resolver, call)], call.span)


def _slice(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
    places = _numbers(resolver, call)
    if places is None or base.partial or not 0 < len(places) < 3:
        return None
    return made(base, base.text[places[0] : places[1]] if len(places) > 1 else base.text[places[0] :], call.span)


def _substring(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
    places = _numbers(resolver, call)
    if places is None or base.partial or not 0 < len(places) < 3 or places != sorted(places) or places[0] < 0:
        return None
    return _slice(resolver, base, call)


def _join(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
    given = _given(resolver, call)
    if len(given) != 1 or not isinstance(given[0], List):
        return None
    return joined_items(resolver, given[0], base, call.span)


def joined_items(resolver: Resolver, items: List, mark: Resolved, span: Span) -> Resolved:
    """The items of a list as one text with a mark between them."""
    if len(items.items) > _MANY:
        return Unknown(span)
    parts: list[Resolved] = []
    for item in items.items:
        parts += (mark, resolver.resolve(item)) if parts else (resolver.resolve(item),)
    return joined_text(parts, span) if parts else Str("", span)


def _format(resolver: Resolver, base: Str, call: Call) -> Resolved | None:
    if not _is_address(base.text):
        text = base.text.partition("{")[0]
        return base._replace(text=text, partial=True) if text else None
    positional = [arg.value for arg in call.args if arg.name is None]
    named = {arg.name: arg.value for arg in call.args if arg.name is not None}
    parts: list[Resolved] = []
    at = count = 0
    for match in _BRACES.finditer(base.text):
        parts.append(Str(base.text[at : match.start()], base.span))
        at = match.end()
        if match[2]:
            parts.append(Str(match[2][0], base.span))
            continue
        if match[1] is None:  # a format of its own
            parts.append(Unknown(call.span))
            break
        index = int(match[1]) if match[1].isdigit() else count
        count += not match[1]
        value = named.get(match[1]) if match[1] and not match[1].isdigit() else None
        if value is None and (not match[1] or match[1].isdigit()) and index < len(positional):
            value = positional[index]
        parts.append(resolver.resolve(value) if value is not None else Unknown(call.span))
    else:
        parts.append(base._replace(text=base.text[at:]))
    return _filled(base, parts, call.span)


def percent(resolver: Resolver, base: Str, given: Resolved, span: Span) -> Resolved:
    """``"…%s…" % given``."""
    if not _is_address(base.text):
        return base._replace(text=base.text.partition("%")[0], partial=True)
    items = given.items if isinstance(given, List) and not given.open else () if isinstance(given, List) else (given,)
    parts: list[Resolved] = []
    at = count = 0
    for match in _PERCENT.finditer(base.text):
        parts.append(Str(base.text[at : match.start()], base.span))
        at = match.end()
        if match[2] == "%":
            parts.append(Str("%", base.span))
        elif match[1]:
            key = Str(match[1], base.span)
            parts.append(resolver.item(given, key, None, span) if isinstance(given, Dict) else Unknown(span))
        else:
            parts.append(resolver.resolve(items[count]) if count < len(items) else Unknown(span))
            count += 1
    parts.append(base._replace(text=base.text[at:]))
    return _filled(base, parts, span)


def _is_address(text: str) -> bool:
    """Whether a text with blanks may be a URL or the name of something, and is no prose."""
    return len(text) < 300 and not any(char.isspace() for char in text.strip())


def _filled(base: Str, parts: list[Resolved], span: Span) -> Resolved:
    """A text with blanks that were filled in; where some are left, it is the text that was written."""
    text = joined_text([part for part in parts if not isinstance(part, Str) or part.text or part.partial], span)
    return text._replace(span=base.span) if isinstance(text, Str) and text.partial else text


_METHODS: dict[str, Callable[[Resolver, Str, Call], Resolved | None]] = {
    "strip": _strip(str.strip), "trim": _strip(str.strip),
    "rstrip": _strip(str.rstrip), "trimEnd": _strip(str.rstrip),
    "lstrip": _strip(str.lstrip), "trimStart": _strip(str.lstrip),
    "replace": _replace, "replaceAll": _replace_all,
    "removesuffix": _without(True), "removeprefix": _without(False),
    "split": _split(str.split), "rsplit": _split(str.rsplit),
    "partition": _split(lambda text, mark, most: list(text.partition(mark))),
    "rpartition": _split(lambda text, mark, most: list(text.rpartition(mark))),
    "lower": _lower, "toLowerCase": _lower,
    "concat": _concat, "slice": _slice, "substring": _substring, "join": _join, "format": _format,
}  # fmt: skip


#: methods that are known here
TEXT_METHODS = SAME_TEXT | _METHODS.keys()


def text_of_variable(resolver: Resolver, base: Env, name: str, call: Call) -> Resolved:
    """A method of what a variable of the environment says: its default becomes the same."""
    if name not in SAME_TEXT and name not in _TRIMS:
        return Unknown(call.span)
    default = text_method(resolver, base.default, name, call) if isinstance(base.default, Str) else base.default
    return base._replace(default=default if isinstance(default, (Str, Null)) else None)


def attribute(base: Str, name: str, span: Span) -> Resolved:
    """``new URL(…).href``: an attribute of a text that is a URL."""
    host = _SCHEME.match(base.text)
    if name == "href" and host is not None:
        return base
    return made(base, host.group(), span)._replace(partial=False) if name == "origin" and host else Unknown(span)


def url_of(base: Resolved, path: Resolved, span: Span) -> Resolved:
    """The URL that a path stands for below a base: ``urljoin(base, path)``, ``new URL(path, base)``."""
    if isinstance(path, Str) and _SCHEME.match(path.text):
        return path
    host = _SCHEME.match(base.text) if isinstance(base, Str) else None
    if host is None or not isinstance(base, Str) or (base.partial and host.end() == len(base.text)):
        return Unknown(span)
    if not isinstance(path, Str):
        return Str(host.group() + "/", span, True)
    if path.text.startswith("/"):
        return Str(host.group() + path.text, span, path.partial)
    if base.partial:
        return Str(host.group() + "/", span, True)
    below = base.text[: max(base.text.rfind("/") + 1, host.end())]
    return Str(f"{below.rstrip('/')}/{path.text}" if path.text else base.text, span, path.partial)
