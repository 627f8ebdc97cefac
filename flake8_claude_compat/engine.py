"""The engine: one source and a configuration → a report.

Frontend, linker, rules, selection, order. An error of our own becomes CLC000
and a problem; nothing here ever raises for what a file holds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from . import frontends, rules
from .catalogue import Catalogue, load
from .config import Config
from .facts import CLAUDE, OTHER, Client, Facts, Request
from .findings import ERROR, SHOW_ONLY, Finding, Located, Problem, Report
from .linker import link
from .program import Program
from .redaction import redact
from .source import Source, Span

ISSUES = "please report it with the file, or with the part of it that fails"
_NO_SPAN = Span(0, 0)

#: kind of fact → the list of it in :class:`Facts`
_LISTS = {
    "client": "clients", "request": "requests", "model": "models", "secret": "secrets",
    "key_literal": "key_literals", "env": "envs", "url": "urls", "read": "reads", "parse": "parses",
    "comparison": "comparisons", "message": "messages", "symbol": "symbols",
}  # fmt: skip


#: told of each program of a file with its facts, before those that are not to be checked are left out
Look = Callable[[Program, Facts], None]


def check(
    source: Source, tree: object, config: Config, language: str = "python", look: Look | None = None
) -> Report:
    """Check one file.

    ``tree`` is its ``ast.Module`` where the caller has it, else None. A file
    that cannot be parsed gives a :class:`Problem`; so does an error of ours,
    with a CLC000 finding.
    """
    # Nothing made here can go before the end, but the collector would walk through it, and through the caller's
    # tree, again and again: 5 to 15 % of a check, more where many trees are alive.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _checked(source, tree, config, language, look)
    finally:
        if collecting:
            gc.enable()


def _checked(source: Source, tree: object, config: Config, language: str, look: Look | None) -> Report:
    try:
        catalogue = catalogue_of(config)
        programs = frontends.programs(source, tree, language, catalogue.watch())
    except SyntaxError as error:
        return Report(source.path, (), (Problem(source.path, _syntax(error), error.lineno or 1),))
    except (ValueError, RecursionError, MemoryError) as error:
        if tree is None:
            # what frontends and ast.parse say in a ValueError quotes nothing of the file
            reason = str(error) if isinstance(error, ValueError) else _reason(error)
            return Report(source.path, (), (Problem(source.path, f"cannot be parsed: {reason}"),))
        return _failed(source, "frontend", error)
    except Exception as error:
        return _failed(source, "frontend", error)
    located: list[Located] = []
    problems: list[Problem] = []
    part = "linker"
    try:
        for program in programs:
            part = "linker"
            try:
                problems += (Problem(source.path, message, line) for line, message in program.problems)
                facts = link(program, catalogue, config.keep_clients, config.keeps_file(source.path))
                if look is not None:
                    part = "survey"
                    look(program, facts)
                requests = facts.requests
                part = "rules"
                located.extend(_located(program.source, program.name, facts, catalogue, config))
                for request in requests:
                    request.release()
            finally:
                program.release()
    except Exception as error:
        return _failed(source, part, error)
    # code inside code (a here-document, a fence) belongs to two programs
    located = list({(item.finding.code, item.location): item for item in located}.values())
    located.sort(key=_order)
    return Report(source.path, tuple(located), tuple(problems))


def _order(item: Located) -> tuple[int, int, int, str]:
    place = item.location
    return (-1 if place.cell is None else place.cell, place.line, place.column, item.finding.code)


def catalogue_of(config: Config) -> Catalogue:
    """The catalogue for a configuration; CatalogueError for a bad target file."""
    return load(
        config.target,
        model_map=dict(config.model_map),
        base_url=config.base_url,
        key_variable=config.key_variable,
        root=config.root,
    )


def _located(source: Source, kind: str, facts: Facts, catalogue: Catalogue, config: Config) -> list[Located]:
    known, codes = rules.all_rules(), _active(config.enable)[0]
    seen: set[tuple[str, Span]] = set()
    located: list[Located] = []
    for finding in _findings(kind, facts, catalogue, config):
        key = (finding.code, finding.span)
        if key in seen or finding.code not in codes:
            continue
        seen.add(key)
        if "sk-" in finding.message:
            finding = finding._replace(message=redact(finding.message))
        located.append(Located(finding, known[finding.code].name, source.location(finding.span), source, kind))
    return located


def _findings(program: str, facts: Facts, catalogue: Catalogue, config: Config) -> Iterator[Finding]:
    nothing = True
    for name in Facts.__slots__:
        every: list[Any] = getattr(facts, name)
        if every:
            every = [fact for fact in every if concerns(fact, config.scope)]
            setattr(facts, name, every)
            nothing = nothing and not every
    if nothing:
        return
    from .rules.moving import Moves  # rules are loaded when there is something to check

    target = catalogue.target
    context = rules.Context(
        catalogue,
        target,
        config.today,
        config.base_url or target.base_url,
        config.key_variable or target.key_variable,
        facts,
        Moves(facts),
        {},
        config.openai_base_url_set,
        program,
    )
    head, blank, _ = context.base_url.partition(">")
    for kind, checks in _active(config.enable)[1]:
        chosen: list[Any] = [facts] if kind == "file" else getattr(facts, _LISTS[kind])
        for check_one in checks:
            for fact in chosen:
                found = rules.of_file(check_one, context) if kind == "file" else check_one(fact, context)
                yield from (_by_hand(found, head) if blank else found)


def _by_hand(findings: Iterable[Finding], blank: str) -> Iterator[Finding]:
    """Findings; those that would write a URL with a blank that only a person can fill in are only shown."""
    for finding in findings:
        yield finding._replace(safety=SHOW_ONLY) if _writes(finding.changes, blank) else finding


def _writes(value: object, text: str) -> bool:
    """Whether a text is part of any text in a change, or in a tuple of them."""
    if isinstance(value, str):
        return text in value
    return isinstance(value, tuple) and any(_writes(one, text) for one in value)


@lru_cache(maxsize=8)
def _active(enable: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[str, tuple[rules.Check, ...]], ...]]:
    """The codes of the rules that are on, and their functions by the kind of fact they take."""
    on = [rule for rule in rules.all_rules().values() if rule.default or rule.code.startswith(enable)]
    found: dict[str, dict[rules.Check, None]] = {}
    for rule in on:
        found.setdefault(rule.on, {})[rule.check] = None
    return frozenset(rule.code for rule in on), tuple((kind, tuple(checks)) for kind, checks in found.items())


def concerns(fact: Any, scope: str) -> bool:
    """Whether a fact is to be checked at all.

    ``migrate``: all that goes to OpenAI or cannot be told. ``claude``: only
    what is known to go to Claude, and keys written down anywhere.
    """
    kind = type(fact)
    if kind is Client or kind is Request:
        return not fact.exempt and fact.target != OTHER and (scope == "migrate" or fact.target == CLAUDE)
    request: Request | None = getattr(fact, "request", None)
    client: Client | None = getattr(fact, "client", None)
    if request is not None:
        return concerns(request, scope)
    if client is not None:
        return concerns(client, scope)
    if scope == "migrate":
        return True
    return kind.__name__ == "Secret" or (kind.__name__ == "Url" and fact.owner in ("target", "misspelt"))


def failure(part: str, error: BaseException) -> str:
    """What is said of an error of ours, in a part of the work."""
    return f"flake8-claude-compat itself failed ({part}: {_reason(error)}): {ISSUES}"


def _failed(source: Source, part: str, error: BaseException) -> Report:
    why = failure(part, error)
    finding = Finding("CLC000", _NO_SPAN, f"not checked, {why}", ERROR)
    place = Located(finding, "unchecked-file", source.location(_NO_SPAN), source, "text")
    return Report(source.path, (place,), (Problem(source.path, why),))


def _reason(error: BaseException) -> str:
    """The kind of an error and where it came from; never text of the file."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {frames[-1]}" if frames else type(error).__name__


def _syntax(error: SyntaxError) -> str:
    return f"line {error.lineno or 1}: {error.msg}"
