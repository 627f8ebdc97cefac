"""CLC8: tool calls from the definition to the answer."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import JsonParse, Message, Request, ResponseRead, options, text_of
from ..findings import ERROR, INFO, Finding
from ..program import Dict, List
from . import Context, Rule
from .parameters import concerns, entry, given

#: uses that hand a message or a whole answer on, out of this file's sight
_HANDED_ON = frozenset(("argument", "return", "yield", "element", "call", "assign"))


def unguarded_tool_calls(read: ResponseRead, ctx: Context) -> Iterator[Finding]:
    """CLC801: tool_calls indexed or iterated without a check."""
    if read.request is not None and (not read.request.chat or _forces_call(read.request, ctx)):
        return
    if read.path[-1] == "tool_calls" and not read.guarded and read.use in ("item", "iterate"):
        text = f"'{read.name}' is None when the model on {ctx.target.id} answers in words: check it first"
        yield Finding("CLC801", read.span, text, INFO)


def _forces_call(request: Request, ctx: Context) -> bool:
    """Whether a request leaves the model no choice but to call a tool."""
    if ctx.target.parameter("tool_choice").status != "supported":
        return False
    choices = list(options(request.args.get("tool_choice")))
    return bool(choices) and all(
        text_of(choice) == "required" or (isinstance(choice, Dict) and entry(choice, "function")) for choice in choices
    )


def tool_message_without_id(message: Message, ctx: Context) -> Iterator[Finding]:
    """CLC802: a tool's result that does not say which call it answers."""
    fields = message.fields
    if message.role != "tool" or fields.open or not concerns(message, ctx):
        return
    content = entry(fields, "content")
    if entry(fields, "tool_call_id") or not (content or message.request):
        return
    if content and not message.request and isinstance(content.value, List):
        return  # Vercel AI SDK: a list of results, each with its toolCallId
    text = f"a message of role 'tool' needs 'tool_call_id' on {ctx.target.id}: add the call's id"
    yield Finding("CLC802", message.role_span, text, ERROR)


def unhandled_tool_arguments(parse: JsonParse, ctx: Context) -> Iterator[Finding]:
    """CLC803: a tool call's arguments parsed with no handler."""
    if parse.of != "arguments" or parse.coverage.handled:
        return
    if parse.request is not None and not parse.request.chat:
        return
    text = (
        f"the arguments of a tool call from {ctx.target.id} may be no valid JSON and nothing"
        " handles that: answer the call with the error"
    )
    yield Finding("CLC803", parse.span, text, INFO)


def unanswered_tool_call(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC804: tools are offered, but tool_calls is never read."""
    if not request.chat or request.escapes or request.endpoint.endswith(("run_tools", ".stream")):
        return
    if any(text_of(value) == "none" for value in options(request.args.get("tool_choice"))):
        return
    loose = (read for read in ctx.facts.reads if read.request is None)
    for read in (*request.reads, *loose):
        if "tool_calls" in read.path or "function_call" in read.path:
            return
    for read in request.reads:
        if read.last and read.use in _HANDED_ON and read.path[-1] in ("message", "choices", "0"):
            return
    for arg in request.args.all("tools"):
        if all(isinstance(value, List) and not value.items for value in given(arg)):
            continue
        text = (
            f"tools are offered to {ctx.target.id}, but 'tool_calls' of the answer is never"
            " read: run the tool and send its result"
        )
        yield Finding("CLC804", arg.name_span, text, INFO)
        return


RULES = (
    Rule("CLC801", "unguarded-tool-calls", "tool_calls used without a check", "read",
         unguarded_tool_calls, default=False),
    Rule("CLC802", "tool-message-without-id", "tool message without tool_call_id", "message",
         tool_message_without_id),
    Rule("CLC803", "unhandled-tool-arguments", "tool arguments parsed without a handler", "parse",
         unhandled_tool_arguments, default=False),
    Rule("CLC804", "unanswered-tool-call", "tools offered, tool_calls never read", "request",
         unanswered_tool_call, default=False),
)  # fmt: skip
