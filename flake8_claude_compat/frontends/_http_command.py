"""The command lines of curl, wget and HTTPie: URL, headers, body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..record import NamedTuple
from ._shell_words import Word
from ._values import HOLE, Opaque, Text

#: curl's one-letter options that take a value
_CURL_SHORT = frozenset("AbcCdDeEFHKmoPQrtTuUwxXyYz")
#: curl's long options that take a value
_CURL_LONG = frozenset("""
url request data data-raw data-binary data-ascii data-urlencode json header user user-agent output write-out form
form-string proxy max-time connect-timeout retry retry-delay retry-max-time cookie cookie-jar cert cacert capath key
oauth2-bearer referer range config dump-header upload-file resolve interface limit-rate max-redirs proxy-user
ciphers tls-max noproxy aws-sigv4 unix-socket trace trace-ascii stderr netrc-file variable expand-url expand-data
expand-header connect-to keepalive-time speed-limit speed-time output-dir url-query
""".split())
_WGET_LONG = frozenset("""
header post-data body-data method output-document user password timeout tries post-file body-file user-agent
directory-prefix http-user http-password output-file
""".split())
_BODIES = frozenset("d data data-raw data-binary data-ascii json post-data body-data expand-data".split())
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_HTTPIE = re.compile(r"([\w.\[\]-]+)(:=@|=@|:=|==|=|:|@)")


class Field(NamedTuple):
    """An entry of a request's body; ``raw``: its value is JSON."""

    key: Text
    value: Text
    raw: bool = False


class Found:
    """What a command line says about a request."""

    def __init__(self) -> None:
        self.urls: list[Text] = []
        self.headers: list[Text] = []
        self.body: Text | None = None
        #: there is a body, in a file that is not known
        self.unread = False
        self.fields: list[Field] = []
        self.open = False


def _options(
    words: Sequence[Word], short: frozenset[str], long: frozenset[str]
) -> Iterator[tuple[str, Text | None]]:
    """Options with their values, and words that are none (name "")."""
    at = 0
    while at < len(words):
        text = words[at].text
        chars = text.chars
        at += 1
        if chars.startswith("--") and len(chars) > 2:
            name, equals, _ = chars[2:].partition("=")
            if equals:
                yield name, text.part(len(name) + 3, len(chars))
            elif name in long and at < len(words):
                yield name, words[at].text
                at += 1
            else:
                yield name, None
        elif chars.startswith("-") and len(chars) > 1 and chars[1] != HOLE:
            for index in range(1, len(chars)):
                letter = chars[index]
                if letter in short:
                    rest = text.part(index + 1, len(chars))
                    if not len(rest) and at < len(words):
                        rest = words[at].text
                        at += 1
                    yield letter, rest
                    break
                yield letter, None
        else:
            yield "", text


def _add_body(found: Found, value: Text) -> None:
    if found.body is None:
        found.body = value
    else:  # several -d are joined with "&": a form, no JSON
        found.body = Text()
        found.body.add_hole(Opaque(value.span(0, len(value))))


def curl(words: Sequence[Word]) -> Found:
    """The words behind ``curl``."""
    found = Found()
    positional: list[Text] = []
    for name, value in _options(words, _CURL_SHORT, _CURL_LONG):
        if value is None:
            continue
        if name == "":
            positional.append(value)
        elif name in ("url", "expand-url"):
            found.urls.append(value)
        elif name in ("H", "header", "expand-header"):
            if value.holes and ":" not in value.chars or value.chars.startswith("@"):
                found.open = True
            else:
                found.headers.append(value)
        elif name in _BODIES:
            _add_body(found, value)
        elif name in ("F", "form", "form-string"):
            key, equals, _ = value.chars.partition("=")
            if equals:
                found.fields.append(Field(value.part(0, len(key)), value.part(len(key) + 1, len(value))))
        elif name == "oauth2-bearer":
            header = Text()
            header.add_escape("Authorization: Bearer ", value.offset, value.offset)
            header.extend(value)
            found.headers.append(header)
        elif name in ("K", "config"):
            found.open = True
    found.urls.extend(sorted(positional, key=lambda text: not _like_url(text))[:2])
    return found


def _like_url(text: Text) -> bool:
    return "://" in text.chars or text.chars.startswith(HOLE) or "." in text.chars


def wget(words: Sequence[Word]) -> Found:
    """The words behind ``wget``."""
    found = Found()
    for name, value in _options(words, frozenset("OoUPtTQe"), _WGET_LONG):
        if value is None:
            continue
        if name == "":
            found.urls.append(value)
        elif name == "header":
            found.headers.append(value)
        elif name in _BODIES:
            _add_body(found, value)
        elif name in ("post-file", "body-file"):
            body = Text()
            body.add_escape("@", value.offset, value.offset)
            body.extend(value)
            found.body = body
    found.urls.sort(key=lambda text: not _like_url(text))
    return found


def httpie(words: Sequence[Word]) -> Found:
    """The words behind ``http``."""
    found = Found()
    for name, value in _options(words, frozenset("aAo"), frozenset({"auth", "auth-type", "output", "timeout", "raw"})):
        if value is None:
            continue
        if name == "raw":
            _add_body(found, value)
        elif name == "":
            chars = value.chars
            if not found.urls:
                if chars.upper() not in _METHODS:
                    found.urls.append(value)
                continue
            item = _HTTPIE.match(chars)
            if item is None:
                continue
            if item[2] in ("=", ":=", "=@", ":=@"):
                rest = value.part(item.end(), len(chars))
                found.fields.append(Field(value.part(0, item.end(1)), rest, item[2] == ":="))
            elif item[2] == ":":
                found.headers.append(value)
    return found
