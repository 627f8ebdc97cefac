"""CLC9: failing requests are noticed and handled."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Handler, Request
from ..findings import INFO, Finding
from . import Context, Rule
from .clients import unserved

#: what the migration checklist wants handled, in the order of messages
_NEEDED = ("400", "401", "404", "429", "5xx", "connection")

#: exceptions that no API call raises for a failing request
_UNRELATED = frozenset((
    "ValueError", "KeyError", "IndexError", "TypeError", "AttributeError", "LookupError",
    "StopIteration", "StopAsyncIteration", "UnicodeDecodeError", "AssertionError", "ImportError",
    "ModuleNotFoundError", "FileNotFoundError", "NameError", "NotImplementedError",
    "KeyboardInterrupt", "GeneratorExit", "SystemExit", "JSONDecodeError", "ValidationError",
))  # fmt: skip


def _covered(handler: Handler, ctx: Context) -> frozenset[str] | None:
    """What of :data:`_NEEDED` a handler catches; None where it cannot be told."""
    if not handler.types:
        return frozenset(_NEEDED)
    covered: set[str] = set()
    for dotted in handler.types:
        last = dotted.rpartition(".")[2]
        some = ctx.catalogue.covers(dotted)
        if some is not None:
            covered |= some
        elif last not in _UNRELATED:
            return None
    return frozenset(covered)


def unhandled_api_error(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC901: a request that nothing in the file covers."""
    model_only = request.transport == "framework" and request.family == "responses"  # which generateText asks
    # what the target does not have goes somewhere else
    if not model_only and not unserved(request, ctx) and not request.coverage.handled:
        text = f"nothing handles a failure of this request to {ctx.target.id}: catch API errors, retry 429 and 5xx"
        yield Finding("CLC901", request.span, text, INFO)


def partial_error_handling(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC902: handlers that leave out some kinds of failure."""
    coverage = request.coverage
    if not coverage.handlers or coverage.caller or coverage.retry:
        return
    covered: set[str] = set()
    for handler in coverage.handlers:
        some = _covered(handler, ctx)
        if some is None:
            return
        covered |= some
    missing = [kind for kind in _NEEDED if kind not in covered]
    if missing:
        text = f"failures of the request to {ctx.target.id} that no handler here catches: {', '.join(missing)}"
        yield Finding("CLC902", coverage.handlers[0].span, text, INFO)


def swallowed_api_error(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC903: an API error caught and dropped."""
    for handler in request.coverage.handlers:
        if handler.swallows and _covered(handler, ctx):
            text = f"an API error of {ctx.target.id} is dropped here: log it, retry, or let it pass on"
            yield Finding("CLC903", handler.span, text, INFO)


RULES = (
    Rule("CLC901", "unhandled-api-error", "request that no handler covers", "request",
         unhandled_api_error, default=False),
    Rule("CLC902", "partial-error-handling", "handlers that leave out some failures", "request",
         partial_error_handling, default=False),
    Rule("CLC903", "swallowed-api-error", "API error caught and dropped", "request",
         swallowed_api_error, default=False),
)  # fmt: skip
