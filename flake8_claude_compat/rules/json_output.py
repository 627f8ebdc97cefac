"""CLC6: JSON that a model wrote is parsed, validated and asked for again."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Handler, JsonParse
from ..findings import INFO, UNSAFE, WARNING, Finding, HandleError
from . import Context, Rule


def _concerns(parse: JsonParse) -> bool:
    return parse.request is None or parse.request.chat


def unhandled_json_parse(parse: JsonParse, ctx: Context) -> Iterator[Finding]:
    """CLC601: message content parsed as JSON with no handler."""
    if parse.of == "content" and _concerns(parse) and not _handled(parse, ctx):
        text = (
            f"the answer is parsed as JSON, which {ctx.target.id} does not guarantee, and"
            " nothing handles the error: catch it and retry with it"
        )
        yield Finding("CLC601", parse.span, text, WARNING, (HandleError(parse.span),), UNSAFE)


#: errors of look-ups, types and the system, which a text that is no JSON does not raise
_OTHER_ERRORS = frozenset({
    "KeyError", "IndexError", "LookupError", "AttributeError", "TypeError", "NameError", "AssertionError", "OSError",
    "IOError", "FileNotFoundError", "PermissionError", "ConnectionError", "TimeoutError", "asyncio.TimeoutError",
    "KeyboardInterrupt", "EOFError", "RuntimeError", "StopIteration", "ImportError",
})  # fmt: skip


def _handled(parse: JsonParse, ctx: Context) -> bool:
    coverage = parse.coverage
    return coverage.retry or coverage.caller or any(_catches(handler, ctx) for handler in coverage.handlers)


def _catches(handler: Handler, ctx: Context) -> bool:
    """Whether a handler may catch what a parser raises: one for failures of requests does not."""
    failures = ctx.catalogue.exceptions()
    return not handler.types or any(
        name not in _OTHER_ERRORS and not ("." in name and name in failures) for name in handler.types
    )


def unvalidated_json(parse: JsonParse, ctx: Context) -> Iterator[Finding]:
    """CLC602: JSON that the model wrote, used without a schema check."""
    if _concerns(parse) and not parse.validated:
        what = "the arguments of a tool call are" if parse.of == "arguments" else "the answer is"
        text = (
            f"{what} used as JSON without validation, {ctx.target.id} does not enforce a"
            " schema: check it (pydantic, jsonschema, zod)"
        )
        yield Finding("CLC602", parse.span, text, INFO)


def json_without_retry(parse: JsonParse, ctx: Context) -> Iterator[Finding]:
    """CLC603: message content parsed as JSON, and asked for only once."""
    if parse.of == "content" and _concerns(parse) and not parse.coverage.retry:
        text = (
            f"nothing asks {ctx.target.id} again when the answer is no valid JSON: retry with the error in the messages"
        )
        yield Finding("CLC603", parse.span, text, INFO)


RULES = (
    Rule("CLC601", "unhandled-json-parse", "answer parsed as JSON without a handler", "parse",
         unhandled_json_parse),
    Rule("CLC602", "unvalidated-json", "the model's JSON used without a schema check", "parse",
         unvalidated_json, default=False),
    Rule("CLC603", "json-without-retry", "the model's JSON asked for only once", "parse",
         json_without_retry, default=False),
)  # fmt: skip
