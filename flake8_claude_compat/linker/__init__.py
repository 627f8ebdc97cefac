"""The linker: one file's program → facts about its OpenAI use.

``resolve`` follows names to values (``values``: what they are, ``functions``
and ``types``: what those of the file give and are, ``mutations``: what is
stored into them later, ``library``: methods of plain values and the standard
library, ``strings``: texts made of texts), ``calls`` knows what calls of the
SDK mean, ``raw_requests`` those of HTTP libraries, ``targets`` where both go,
``surfaces`` requests that are only described, ``messages`` what is sent,
``results`` follows answers and errors, ``texts`` reads strings that speak for
themselves (``beside``: what stands beside a model's name), ``variables`` the
environment's. Nothing here knows a language's syntax.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from ..catalogue import Catalogue
from ..facts import Facts, SymbolUse
from ..lazy import pattern
from ..program import Attr, Call, Program, Symbol
from ..source import Span
from .calls import Calls
from .messages import Messages
from .resolve import Resolver
from .results import Results
from .surfaces import surfaces
from .texts import TOKENIZERS, Texts

#: programs that are code all through
_LANGUAGES = frozenset({"python", "javascript"})
#: attributes of the module that openai 1.0 took away, where they are not called on the spot
_OLD_NAMES = ("error", "ChatCompletion", "Completion", "Embedding")
#: classes of npm's openai 3, which may be taken from the module: const { OpenAIApi } = OpenAI
_NPM_3 = frozenset({"Configuration", "OpenAIApi"})
_KEEP = pattern(r"claude-compat:\s*keep-openai\b")


def link(program: Program, catalogue: Catalogue, keep: tuple[str, ...] = (), keep_all: bool = False) -> Facts:
    """All facts of a program.

    ``keep``: names (or globs of names) of clients that stay with OpenAI; they
    and what goes through them are marked exempt. ``keep_all``: all of them.
    """
    facts = Facts()
    resolver = Resolver(program, catalogue)
    calls = Calls(program, catalogue, resolver)
    calls.collect()
    facts.clients = sorted(calls.all_clients(), key=lambda client: client.order)
    facts.requests = sorted(calls.requests.values(), key=lambda request: request.span)
    _symbols(program, catalogue, resolver, facts)
    settings = None
    if program.settings or program.name not in _LANGUAGES:
        from .settings import Settings  # not on the way of flake8

        settings = Settings(program, catalogue, resolver, calls, facts)
        settings.requests()
    results = Results(program, catalogue, resolver, calls, facts)
    results.collect()
    messages = Messages(program, resolver, calls, facts)
    messages.collect()
    texts = Texts(program, catalogue, resolver, calls, facts)
    texts.collect()
    program.parts += (resolver, calls, results, messages, texts)
    if settings is not None:
        settings.collect()
    surfaces(facts, catalogue)
    if keep:
        calls.name_clients()
    _exempt(program, facts, keep, keep_all)
    return facts


def _symbols(program: Program, catalogue: Catalogue, resolver: Resolver, facts: Facts) -> None:
    """Watched imported names: imports, calls, reads and base classes."""
    statements: set[int] = set()
    called = {*TOKENIZERS, *_NPM_3}
    for item in program.imports:
        kind = catalogue.symbol_kind(item.dotted)
        if kind:
            called.add(item.name)
            if id(item.statement) not in statements:
                statements.add(id(item.statement))
                facts.symbols.append(SymbolUse(item.dotted, kind, "import", program.language.span(item.handle)))
    for name in tuple(program.calls):
        if name not in called:
            continue
        for site in program.calls[name]:
            call = program.language.lower(site.handle, site.block)
            if isinstance(call, Call):
                callee = resolver.resolve(call.func)
                if isinstance(callee, Symbol):
                    kind = catalogue.symbol_kind(callee.dotted)
                    if kind:
                        span = call.func.name_span if isinstance(call.func, Attr) else call.func.span
                        facts.symbols.append(SymbolUse(callee.dotted, kind, "call", span))
    modules = {item.dotted for item in program.imports if item.name != item.dotted}
    for name in _OLD_NAMES:
        old = f"openai.{name}"
        if not program.mentions(name) or (
            modules.isdisjoint(("openai", old)) and old not in program.source.text
        ):
            continue
        for site in program.reads_of(name):
            found = resolver.at(site)
            kind = catalogue.symbol_kind(found.dotted) if isinstance(found, Symbol) else ""
            if isinstance(found, Symbol) and kind:
                dotted, handle = found.dotted, site.handle
                uses = program.language.uses(site)
                if uses and uses[0].role == "attr":
                    dotted, handle, uses = f"{dotted}.{uses[0].name}", uses[0].handle, uses[1:]
                role = uses[0].role if uses else ""
                if role == "call" and name != "error":
                    continue  # a request, which may go to somebody else
                how = "alias" if role == "assign" else "read"
                facts.symbols.append(SymbolUse(dotted, kind, how, program.language.span(handle)))
    for scope in program.scopes:
        if scope.kind != "class" or not scope.bases:
            continue
        for handle, base in zip(scope.bases, resolver.types.bases(scope)):
            if isinstance(base, Symbol):
                kind = "framework" if catalogue.framework(base.dotted) else ""
                if not kind and catalogue.client_class(base.dotted):
                    kind = "client"
                if kind:
                    facts.symbols.append(SymbolUse(base.dotted, kind, "base", program.language.span(handle)))


def _exempt(program: Program, facts: Facts, keep: tuple[str, ...], keep_all: bool) -> None:
    source = program.source
    lines: set[int] = set()
    if "keep-openai" in source.text:
        for match in _KEEP.finditer(source.text):
            lines.add(source.line_of(match.start()))
    if not (lines or keep or keep_all):
        return

    def kept(name: str, span: Span) -> bool:
        if keep_all or any(fnmatchcase(name, glob) for glob in keep):
            return True
        return any(line in lines for line in _lines(program, span))

    for client in facts.clients:
        source_client = client.derived_from
        client.exempt = kept(client.name, client.call_span) or (
            source_client is not None and kept(source_client.name, source_client.call_span)
        )
    for request in facts.requests:
        client_name = request.client.name if request.client else ""
        through = request.client is not None and request.client.exempt
        request.exempt = through or kept(client_name, request.call_span)


def _lines(program: Program, span: Span) -> range:
    source = program.source
    return range(source.line_of(span.start), source.line_of(span.end) + 1)
