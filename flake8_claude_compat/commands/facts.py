"""``claude-compat facts``: what frontend and linker see in a file.

The first question of any "why (no) finding?". No key is printed: what is given
as a key, and what has the shape of one, is shown as a preview.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .. import config, frontends
from ..config import Config
from ..discovery import shown
from ..encoding import decoded
from ..engine import catalogue_of, failure
from ..facts import Arg, Arguments, Client, Facts, Request
from ..languages import language_by_line, language_by_name
from ..options import ConfigError
from ..program import (
    Attr,
    Bool,
    Call,
    Dict,
    Each,
    Env,
    Func,
    Item,
    Join,
    Klass,
    List,
    Null,
    Num,
    OneOf,
    Op,
    Program,
    Ref,
    Str,
    Symbol,
    Unknown,
)
from ..redaction import preview, redact
from ..source import Source, Span
from . import CLEAN, UNCHECKED, Argument, add_all

ARGUMENTS = (
    Argument(("--format",), "how to print them; default: text", {"choices": ("text", "json"), "default": "text"}),
    Argument(("--stdin-filename",), "read the standard input as a file of this name", {"metavar": "NAME"}),
)

#: names of arguments and headers, in small letters and without marks, whose values are keys
_KEYS = ("apikey", "authorization", "token", "secret", "password", "credential", "bearer")
_DEPTH = 6
_SHORT = 80


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what only this command has."""
    parser.add_argument("paths", nargs="*", default=[], metavar="FILE", help="files to look into")
    add_all(parser, ARGUMENTS)


def run(options: argparse.Namespace) -> int:
    """Print the facts of each file; 3 if one of them cannot be read or parsed."""
    settings = config.from_cli(options)
    if not options.paths and not options.stdin_filename:
        raise ConfigError("facts: name a file")
    documents, code = [], CLEAN
    for path in [options.stdin_filename] if options.stdin_filename else options.paths:
        try:
            documents.append(_document(path, settings, bool(options.stdin_filename)))
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
        except SyntaxError as error:
            reason = f"line {error.lineno or 1}: {error.msg}"
        except (ValueError, LookupError, RecursionError, MemoryError) as error:
            reason = str(error) or type(error).__name__
        except Exception as error:
            reason = failure("facts", error)
        else:
            continue
        code = UNCHECKED
        print(f"{shown(path)}:1: not checked: {redact(reason)}", file=sys.stderr)
    if options.format == "json":
        sys.stdout.write(json.dumps({"version": 1, "target": settings.target_name(), "files": documents}, indent=1))
        sys.stdout.write("\n")
    else:
        for document in documents:
            sys.stdout.writelines(f"{line}\n" for line in _text(document))
    return code


def _document(path: str, settings: Config, stdin: bool) -> dict[str, Any]:
    from .. import gate
    from ..linker import link

    if stdin:
        data = sys.stdin.buffer.read()
    else:
        with open(path, "rb") as file:
            data = file.read()
    language = language_by_name(path) or language_by_line(data[:200])
    if language not in frontends.MODULES:
        raise ValueError("not a kind of file that can be checked")
    source = Source(shown(path), decoded(data, language))
    catalogue = catalogue_of(settings)
    programs = []
    for program in frontends.programs(source, None, language, catalogue.watch()):
        facts = link(program, catalogue, settings.keep_clients, settings.keeps_file(source.path))
        programs.append(_program(program, facts))
    return {"path": source.path, "language": language, "gate": gate.passes(source.text), "programs": programs}


# ---------------------------------------------------------------------- facts


def _program(program: Program, facts: Facts) -> dict[str, Any]:
    shower = _Shower(program.source, facts)
    if program.complete is not None:
        program.complete("")
    imports = dict.fromkeys(item.dotted for item in program.imports)
    return {"language": program.name, "imports": [redact(name) for name in imports], **shower.all()}


class _Shower:
    """Facts as plain data; a client or a request is named by its number."""

    def __init__(self, source: Source, facts: Facts) -> None:
        self.source = source
        self.facts = facts
        self._clients = {id(client): f"client {number}" for number, client in enumerate(facts.clients, 1)}
        self._requests = {id(request): f"request {number}" for number, request in enumerate(facts.requests, 1)}
        self._secret = [secret.span for secret in facts.secrets] + [key.span for key in facts.key_literals]

    def all(self) -> dict[str, Any]:
        """Every list of facts by name."""
        found: dict[str, Any] = {
            "clients": [self._client(client) for client in self.facts.clients],
            "requests": [self._request(request) for request in self.facts.requests],
        }
        for name in Facts.__slots__:
            if name not in found:
                found[name] = [self._fact(fact) for fact in getattr(self.facts, name)]
        return found

    def _at(self, span: Span) -> str:
        place = self.source.location(span)
        cell = "" if place.cell is None else f"cell {place.cell + 1}:"
        return f"{cell}{place.line}:{place.column}"

    def _client(self, client: Client) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "at": self._at(client.span), "id": self._clients[id(client)], "kind": client.kind, "symbol": client.symbol,
            "name": client.name, "target": client.target, "built": client.built, "exempt": client.exempt,
            "arguments": self._arguments(client.args),
        }  # fmt: skip
        if client.derived_from is not None:
            shown["derived_from"] = self._clients.get(id(client.derived_from), "another client")
        return shown

    def _request(self, request: Request) -> dict[str, Any]:
        coverage = request.coverage
        shown: dict[str, Any] = {
            "at": self._at(request.span), "id": self._requests[id(request)], "endpoint": request.endpoint,
            "family": request.family, "transport": request.transport, "method": request.method,
            "target": request.target, "stream": request.stream, "exempt": request.exempt,
            "client": self._clients.get(id(request.client)) if request.client else None,
            "arguments": self._arguments(request.args),
        }  # fmt: skip
        if request.headers.items:
            shown["headers"] = self._arguments(request.headers)
        if request.url is not None:
            shown["url"] = self._value(request.url, "")
        shown["errors"] = "handled" if coverage.handled else "not handled"
        shown["result"] = "escapes" if request.escapes else "stays here"
        return shown

    def _arguments(self, arguments: Arguments) -> dict[str, Any]:
        return {
            "known": {redact(arg.name): self._argument(arg) for arg in arguments.items},
            "open": arguments.open,
        }

    def _argument(self, arg: Arg) -> str:
        return self._value(arg.value, arg.name if _is_key(arg.name) else arg.spelled)

    def _fact(self, fact: Any) -> dict[str, Any]:
        """A fact that is a named tuple: its fields, with the place first."""
        shown: dict[str, Any] = {}
        for name in fact._fields:
            value = getattr(fact, name)
            if name == "span":
                shown = {"at": self._at(value), **shown}
            elif isinstance(value, Span):
                continue
            elif isinstance(value, Request):
                shown[name] = self._requests.get(id(value))
            elif isinstance(value, Client):
                shown[name] = self._clients.get(id(value))
            elif isinstance(value, Arguments):
                if value.items or value.open:
                    shown[name] = self._arguments(value)
            elif name == "coverage":
                shown[name] = "handled" if value.handled else "not handled"
            elif isinstance(value, tuple) and not hasattr(value, "_fields"):
                shown[name] = [redact(str(one)) for one in value]
            elif isinstance(value, str):
                shown[name] = redact(value)
            elif value is None or isinstance(value, (bool, int, float)):
                shown[name] = value
            else:
                shown[name] = self._value(value, getattr(fact, "name", "") if name == "value" else "")
        return shown

    # ----------------------------------------------------------------- values

    def _value(self, value: Any, name: str, depth: int = 0) -> str:
        """A value in a short notation; ``name``: what it is given as."""
        if depth > _DEPTH:
            return "…"
        show = _SHOWN.get(type(value))
        return show(self, value, name, depth) if show else type(value).__name__

    def _several(self, values: Sequence[Any], name: str, depth: int, between: str = ", ") -> str:
        texts = [self._value(value, name, depth + 1) for value in values[:8]]
        return between.join(texts + ["…"] * (len(values) > 8))

    def _str(self, value: Str, name: str, depth: int) -> str:
        text = value.text
        hidden = any(span.start <= value.span.start and value.span.end <= span.end for span in self._secret)
        if (hidden or _is_key(name)) and text.strip():
            head, _, rest = text.partition(" ")
            text = f"{head} {preview(rest)}" if rest and head.lower() in ("bearer", "basic") else preview(text)
        text = redact(text)
        if len(text) > _SHORT:
            text = text[: _SHORT - 1] + "…"
        return json.dumps(text, ensure_ascii=False) + ("…" if value.partial else "")

    def _env(self, value: Env, name: str, depth: int) -> str:
        default = "" if value.default is None else f" or {self._value(value.default, value.name, depth + 1)}"
        return f"${redact(value.name)}{default}"

    def _dict(self, value: Dict, name: str, depth: int) -> str:
        entries = [self._entry(entry, name, depth) for entry in value.entries[:12]]
        if len(value.entries) > 12 or value.open:
            entries.append("…")
        return f"{{{', '.join(entries)}}}"

    def _entry(self, entry: Any, name: str, depth: int) -> str:
        inner = name if entry.key is None or _is_key(name) else entry.key
        text = self._value(entry.value, inner, depth + 1)
        return f"**{text}" if entry.spread else f"{redact(entry.key or '?')}: {text}"

    def _list(self, value: List, name: str, depth: int) -> str:
        return f"[{self._several(value.items, name, depth)}{', …' if value.open else ''}]"

    def _call(self, value: Call, name: str, depth: int) -> str:
        return f"{self._value(value.func, '', depth + 1)}(…)"


def _is_key(name: str) -> bool:
    plain = name.lower().replace("-", "").replace("_", "")
    return plain == "key" or any(word in plain for word in _KEYS) and "tokens" not in plain


_SHOWN: dict[type, Callable[[_Shower, Any, str, int], str]] = {
    Str: _Shower._str,
    Env: _Shower._env,
    Dict: _Shower._dict,
    List: _Shower._list,
    Call: _Shower._call,
    Num: lambda shower, value, name, depth: f"{value.value:g}" if isinstance(value.value, float) else str(value.value),
    Bool: lambda shower, value, name, depth: "true" if value.value else "false",
    Null: lambda shower, value, name, depth: "null",
    Unknown: lambda shower, value, name, depth: "unknown",
    Ref: lambda shower, value, name, depth: redact(value.name),
    Symbol: lambda shower, value, name, depth: redact(value.dotted),
    Attr: lambda shower, value, name, depth: f"{shower._value(value.base, '', depth + 1)}.{redact(value.name)}",
    Item: lambda shower, value, name, depth: (
        f"{shower._value(value.base, name, depth + 1)}[{shower._value(value.key, name, depth + 1)}]"
    ),
    Each: lambda shower, value, name, depth: f"each of {shower._value(value.base, name, depth + 1)}",
    OneOf: lambda shower, value, name, depth: shower._several(value.options, name, depth, " | "),
    Join: lambda shower, value, name, depth: shower._several(value.parts, name, depth, " + "),
    Op: lambda shower, value, name, depth: shower._several(value.operands, name, depth, f" {value.name} "),
    Func: lambda shower, value, name, depth: f"function {redact(value.scope.name) or '(anonymous)'}",
    Klass: lambda shower, value, name, depth: f"class {redact(value.scope.name)}",
}

# ----------------------------------------------------------------------- text


def _text(document: dict[str, Any]) -> Iterator[str]:
    """A document for people: a block per program, a line or two per fact."""
    yield f"{document['path']}: {document['language']}"
    if not document["gate"]:
        yield "  nothing in it looks like OpenAI: check passes it over"
    for program in document["programs"]:
        if program["language"] != document["language"] or len(document["programs"]) > 1:
            yield f"  program: {program['language']}"
        if program["imports"]:
            yield f"  imports: {', '.join(program['imports'][:40])}{' …' if len(program['imports']) > 40 else ''}"
        for kind in Facts.__slots__:
            for fact in program[kind]:
                yield from _fact_lines(kind, fact)
    if not any(program[kind] for program in document["programs"] for kind in Facts.__slots__):
        yield "  no facts"


_SINGULAR = {
    "parses": "parse", "key_literals": "key literal", "comparisons": "comparison", "urls": "URL", "envs": "variable",
}  # fmt: skip


def _fact_lines(kind: str, fact: dict[str, Any]) -> Iterator[str]:
    rest = dict(fact)
    at = rest.pop("at", "")
    label = rest.pop("id", None) or _SINGULAR.get(kind, kind.removesuffix("s"))
    long = {key: rest.pop(key) for key in ("arguments", "headers") if key in rest}
    words = [
        f"{key}={'.'.join(value) if isinstance(value, list) else _plain(value)}"
        for key, value in rest.items()
        if value not in (None, "", False, [])
    ]
    yield f"  {at:>8}  {label}: {' '.join(words)}"
    for name, arguments in long.items():
        for key, value in arguments["known"].items():
            yield f"            {'' if name == 'arguments' else 'header '}{_safe(key)} = {_safe(value)}"
        if arguments["open"]:
            yield f"            … and perhaps other {name}"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else _safe(str(value))


def _safe(text: str) -> str:
    return "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)
