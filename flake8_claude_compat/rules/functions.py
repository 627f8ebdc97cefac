"""CLC5: the function-calling format that OpenAI replaced with tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..facts import Arg, Comparison, Facts, Message, Request, ResponseRead, entry_of, is_nothing, options, text_of
from ..findings import (
    ERROR,
    SHOW_ONLY,
    UNSAFE,
    WARNING,
    AddArgument,
    Change,
    Copy,
    Each,
    Finding,
    Map,
    New,
    ReadBeside,
    ReadInstead,
    Remove,
    Rename,
    SetText,
    SetValue,
    WrapItems,
)
from ..program import Dict, List, Value
from ..source import Span
from . import Context, Rule
from .parameters import concerns, dicts, entry, given, severity_of

#: where the present form of an answer has what ``function_call`` was
_CALL = ("tool_calls", 0, "function")


def _tool(function: New) -> Map:
    """A function's definition, or its choice, in the present form."""
    return Map((("type", "function"), ("function", function)))


def legacy_functions(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC501: functions= on a request."""
    yield from _legacy("CLC501", "functions", "tools", request, ctx, _as_tools)


def legacy_function_call(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC502: function_call= on a request."""
    yield from _legacy("CLC502", "function_call", "tool_choice", request, ctx, _as_choice)


def _legacy(
    code: str,
    name: str,
    use: str,
    request: Request,
    ctx: Context,
    changed: Callable[[Arg], tuple[Change, ...] | None],
) -> Iterator[Finding]:
    if not request.chat:
        return
    for arg in request.args.all(name):
        if given(arg):
            message = f"'{arg.spelled or name}' is the legacy function-calling format: use '{use}' on {ctx.target.id}"
            # where both are given, it takes a look which of them is meant; a client in camelCase is moved by hand
            more = None if request.args.find(use) or request.camel else changed(arg)
            changes = () if more is None else (Rename(arg.name_span, use), *more)
            safety = UNSAFE if changes else SHOW_ONLY
            yield Finding(code, arg.name_span, message, severity_of(ctx.target.parameter(name)), changes, safety)


def _as_tools(arg: Arg) -> tuple[Change, ...]:
    certain = all(isinstance(value, List) for value in options(arg.value))
    return (WrapItems(arg.value_span, _tool(Each()), certain),)


def _as_choice(arg: Arg) -> tuple[Change, ...] | None:
    values = list(options(arg.value))
    if all(text_of(value) in ("auto", "none") for value in values):
        return ()
    if all(isinstance(value, Dict) and not value.open and entry(value, "name") for value in values):
        return (SetValue(arg.value_span, _tool(Copy(arg.value_span))),)
    return None


def function_role_message(message: Message, ctx: Context) -> Iterator[Finding]:
    """CLC503: a message with role "function"."""
    if message.role == "function" and concerns(message, ctx):
        text = (
            "role 'function' belongs to legacy function calling: send role 'tool' with"
            f" 'tool_call_id' to {ctx.target.id}"
        )
        changes = _as_tool_message(message, ctx)
        yield Finding("CLC503", message.role_span, text, WARNING, changes, UNSAFE if changes else SHOW_ONLY)
        return
    for field in message.fields.entries:
        if field.key == "function_call" and not is_nothing(field.value) and concerns(message, ctx):
            text = f"'function_call' in a message is of legacy function calling: send 'tool_calls' to {ctx.target.id}"
            yield Finding("CLC503", field.key_span, text, WARNING)


def _as_tool_message(message: Message, ctx: Context) -> tuple[Change, ...]:
    """Role and ID of the call that it answers: the last one that was read in front of it."""
    calls = [
        read.span
        for read in ctx.facts.reads
        if "function_call" in read.path and read.span.start < message.span.start and read.path[-1] == "function_call"
    ]
    if not calls or "chunk" in (path := _path_of(max(calls), ctx)) or not path:
        return ()
    identifier = AddArgument(message.span, "tool_call_id", ReadBeside(max(calls), (*_CALL[:2], "id")))
    return SetText(message.role_span, "tool"), identifier


def _path_of(span: Span, ctx: Context) -> tuple[str, ...]:
    return next((read.path for read in ctx.facts.reads if read.span == span), ())


def function_call_reads(facts: Facts, ctx: Context) -> Iterator[Finding]:
    """CLC504: .function_call read from a message or delta, or looked for in one."""
    for read in facts.reads:
        yield from _read(read, ctx)
    for comparison in facts.comparisons:
        request = comparison.request
        if comparison.text == "function_call" and comparison.subject in ("message", "delta") and request is not None:
            if request.chat:
                change = None if _only_asked_for(request, ctx) else SetText(comparison.span, "tool_calls")
                yield _call_read(comparison.span, "function_call", change, ctx)


def _read(read: ResponseRead, ctx: Context) -> Iterator[Finding]:
    if read.path[-1] != "function_call":
        return
    owner = read.path[-2] if len(read.path) > 1 else ""
    if read.request is None:
        # a part of Gemini's answers has a function_call too
        known = owner in ("delta", "msg") or "message" in owner.lower()
    else:
        known = read.request.chat
    if known:
        by_hand = read.camel or (read.use in _ASKED and _only_asked_for(read.request, ctx))
        yield _call_read(read.span, read.name, None if by_hand else _tool_call_read(read), ctx)


def _call_read(span: Span, name: str, change: Change | None, ctx: Context) -> Finding:
    text = f"{name!r} of the answer is empty on {ctx.target.id} once the request uses 'tools': read 'tool_calls'"
    changes = () if change is None else (change,)
    return Finding("CLC504", span, text, WARNING, changes, UNSAFE if changes else SHOW_ONLY)


def _only_asked_for(request: Request | None, ctx: Context) -> bool:
    """Nothing is done with a call here: such code may refuse one, and would then refuse every tool call."""
    return not any(
        read.path[-1] == "function_call" and read.request is request and read.use not in _ASKED
        for read in ctx.facts.reads
    )


def _tool_call_read(read: ResponseRead) -> ReadInstead:
    return ReadInstead(read.span, _CALL, read.use not in ("attr", "item"), read.use in _TESTS)


#: uses of a value that only ask whether it is there
_TESTS = ("test", "not", "ternary-test", "and", "discard")
_ASKED = (*_TESTS, "compare")


def function_call_finish_reason(comparison: Comparison, ctx: Context) -> Iterator[Finding]:
    """CLC505: finish_reason compared with "function_call"."""
    if comparison.text == "function_call" and comparison.subject in (
        "finish_reason",
        "finishReason",
    ):
        if comparison.request is not None and not comparison.request.chat:
            return
        text = (
            f"finish_reason is never 'function_call' on {ctx.target.id} once the request"
            " uses 'tools': compare with 'tool_calls'"
        )
        by_hand = comparison.request is not None and comparison.request.camel
        changes = () if by_hand else (SetText(comparison.span, "tool_calls"),)
        yield Finding("CLC505", comparison.span, text, WARNING, changes, SHOW_ONLY if by_hand else UNSAFE)


def flat_tool_definition(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC506: an entry of tools without its {"type": …, "function": …} wrapper."""
    if not request.chat:
        return
    for arg in request.args.all("tools"):
        forms = list(options(arg.value))
        if len(forms) > 1 and any(_wrapped(form) for form in forms):
            continue  # the other form is for the Responses API
        for tool in dicts(arg.value):
            if tool.open or entry(tool, "function") or entry(tool, "name") is None:
                continue
            if entry(tool, "type") and text_of(entry_of(tool, "type")) != "function":
                continue
            text = (
                "a tool without its wrapper is answered with HTTP 400 on"
                f' {ctx.target.id}: write {{"type": "function", "function": {{…}}}}'
            )
            changes: tuple[Change, ...] = (SetValue(tool.span, _tool(Copy(tool.span))),)
            kind = entry(tool, "type")
            changes += (Remove(kind.span),) if kind is not None else ()
            yield Finding("CLC506", tool.span, text, ERROR, changes, UNSAFE)


def _wrapped(tools: Value) -> bool:
    """Whether every entry of a list of tools has its wrapper."""
    found = list(dicts(tools))
    return bool(found) and all(entry(tool, "function") for tool in found)


RULES = (
    Rule("CLC501", "legacy-functions", "functions= on a request", "request", legacy_functions),
    Rule("CLC502", "legacy-function-call", "function_call= on a request", "request",
         legacy_function_call),
    Rule("CLC503", "function-role-message", 'message with role "function"', "message",
         function_role_message),
    Rule("CLC504", "function-call-read", ".function_call read from an answer", "file",
         function_call_reads),
    Rule("CLC505", "function-call-finish-reason", 'finish_reason compared with "function_call"',
         "comparison", function_call_finish_reason),
    Rule("CLC506", "flat-tool-definition", "tool without its function wrapper", "request",
         flat_tool_definition),
)  # fmt: skip
