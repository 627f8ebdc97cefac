"""CLC7: what is read from answers, chunks and errors."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Comparison, Request, ResponseRead, constant, is_nothing, options
from ..findings import ERROR, INFO, UNSAFE, WARNING, Finding, OrText
from ..program import Bool
from . import Context, Rule

#: fields that a chunk, or a chunk's choice, does not have
_NOT_IN_CHUNK = frozenset(("content", "text", "delta", "message", "output", "output_text"))
_NOT_IN_CHOICE = frozenset(("text", "message", "content"))

#: uses of a value (program.Use.role) that a None or an empty list breaks or
#: that print it; a test, comparison or ``or`` is itself the check
_USES = frozenset((
    "argument", "format", "operator", "augment", "return", "yield", "join", "attr", "item", "call", "iterate",
    "element",
))  # fmt: skip

#: uses that are a check themselves
_CHECKS = frozenset(("test", "not", "compare", "ternary-test", "or", "and"))

#: error codes of OpenAI's that others may use too: reported next to an error only
_COMMON_CODES = frozenset((
    "invalid_api_key", "model_not_found", "rate_limit_exceeded", "account_deactivated",
    "content_filter", "invalid_model", "tokens_exceeded", "server_overloaded",
))  # fmt: skip

_ERROR_SUBJECTS = frozenset((
    "code", "type", "error", "err", "e", "ex", "exc", "exception", "message", "body", "error_code",
    "errorCode", "error_type", "errorType",
))  # fmt: skip


def _chat(request: Request | None) -> bool:
    return request is None or request.chat


def wrong_stream_read(read: ResponseRead, ctx: Context) -> Iterator[Finding]:
    """CLC701: a chunk read like a whole answer."""
    path, request = read.path, read.request
    if path[0] != "chunk" or request is None or not request.chat:
        return  # of an unknown stream nobody can tell what its items are
    if request.endpoint.endswith(".stream"):
        return  # the helper's events have fields of their own
    if not request.stream and (request.stream is False or read.guarded):
        return
    wrong = (len(path) == 2 and path[1] in _NOT_IN_CHUNK) or (
        len(path) == 4 and path[1] == "choices" and path[3] in _NOT_IN_CHOICE
    )
    if wrong:
        text = f"a chunk of a chat stream has no '{path[-1]}' on {ctx.target.id}: read 'choices[0].delta.content'"
        yield Finding("CLC701", read.span, text, ERROR)


def unguarded_delta(read: ResponseRead, ctx: Context) -> Iterator[Finding]:
    """CLC702: delta.content used where it may be None."""
    if read.path[-2:] != ("delta", "content") or not _chat(read.request):
        return
    if read.request is None and ("choices" not in read.path or "data" in read.path):
        return  # other vendors' events have a delta too
    if not read.guarded and read.use in _USES:
        text = f"'delta.content' is None or empty in some chunks from {ctx.target.id}: check it before use"
        yield Finding("CLC702", read.span, text, WARNING, (OrText(read.span, ""),), UNSAFE)


def unguarded_chunk_choice(read: ResponseRead, ctx: Context) -> Iterator[Finding]:
    """CLC703: chunk.choices[0] while the last chunk has usage and no choice."""
    request = read.request
    if request is None or not request.chat or read.guarded:
        return
    if read.path != ("chunk", "choices") or read.use != "item":
        return
    asked = request.args.get("stream_options.include_usage")
    if any(isinstance(value, Bool) and value.value for value in options(asked)):
        text = (
            f"'choices' is empty in the chunk that brings the usage from {ctx.target.id}:"
            " check it before taking an item"
        )
        yield Finding("CLC703", read.span, text, INFO)


def extra_choice(read: ResponseRead, ctx: Context) -> Iterator[Finding]:
    """CLC704: a second choice is read."""
    path, request = read.path, read.request
    row = ctx.target.parameters.get("n")
    if not _chat(request) or (row is not None and row.status == "supported"):
        return
    if path[-2:-1] == ("choices",) and path[-1].isdigit() and int(path[-1]) > 0:
        text = f"{ctx.target.id} gives one choice, 'choices[{path[-1]}]' does not exist: send one request per candidate"
        yield Finding("CLC704", read.span, text, ERROR)
    elif path[-1] == "choices" and read.use == "iterate" and request and _asks_for_more(request):
        text = (
            f"{ctx.target.id} gives one choice, this loop over 'choices' sees no others: send one request per candidate"
        )
        yield Finding("CLC704", read.span, text, WARNING)


def _asks_for_more(request: Request) -> bool:
    return any(
        not is_nothing(value) and constant(value) != 1 for arg in request.args.all("n") for value in options(arg.value)
    )


def empty_response_field(read: ResponseRead, ctx: Context) -> Iterator[Finding]:
    """CLC705: a field that is always empty on the target, or that its answers do not have."""
    if read.request is None or read.guarded or read.use in _CHECKS:
        return
    if not read.request.chat:
        # what goes through an older SDK, or none, changes as a whole, and what is a mapping has been made into one
        old = read.request.family == "completions" and read.request.transport == "sdk" and not read.subscript
        if old and read.path[-1] == "text" and "choices" in read.path:
            text = f"a choice has no 'text' on {ctx.target.id}, which answers chat completions: read 'message.content'"
            yield Finding("CLC705", read.span, text, WARNING)
        return
    path = tuple("message" if step == "delta" else step for step in read.path)
    if ctx.target.response(path) == "always empty":
        text = f"'{read.name}' of the answer is always empty on {ctx.target.id}: drop the read"
        yield Finding("CLC705", read.span, text, WARNING)


def openai_error_code(comparison: Comparison, ctx: Context) -> Iterator[Finding]:
    """CLC706: an error compared with OpenAI's own codes."""
    code = comparison.text
    if code not in ctx.catalogue.error_codes:
        return
    if code in _COMMON_CODES and comparison.subject not in _ERROR_SUBJECTS:
        return
    if code in _COMMON_CODES and not (ctx.facts.requests or ctx.facts.clients):
        return
    text = (
        f"{code!r} is an error code of OpenAI that {ctx.target.id} does not send:"
        " decide by the HTTP status or the exception class"
    )
    yield Finding("CLC706", comparison.span, text, WARNING)


RULES = (
    Rule("CLC701", "wrong-stream-read", "chunk of a stream read like a whole answer", "read",
         wrong_stream_read),
    Rule("CLC702", "unguarded-delta", "delta.content used without a check", "read",
         unguarded_delta),
    Rule("CLC703", "unguarded-chunk-choice", "choices[0] of a chunk without a check", "read",
         unguarded_chunk_choice, default=False),
    Rule("CLC704", "extra-choice", "a choice other than the first is read", "read", extra_choice),
    Rule("CLC705", "empty-response-field", "response field that is always empty", "read",
         empty_response_field),
    Rule("CLC706", "openai-error-code", "error compared with OpenAI's own codes", "comparison",
         openai_error_code),
)  # fmt: skip
