"""CLC4: request parameters that the target does not take.

Most rules are one row of :data:`PARAMETERS`. Whether a row fires, and how
severely, is the target's data: a supported parameter is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..catalogue import ClaudeModel, Parameter
from ..facts import Arg, Message, Request, entry_of, is_nothing, items_of, options, text_of
from ..findings import (
    ERROR,
    SAFE,
    SHOW_ONLY,
    UNSAFE,
    WARNING,
    AddItem,
    Change,
    Finding,
    Map,
    Remove,
    SetText,
    SetValue,
    last,
)
from ..program import Bool, Dict, Entry, Env, Klass, List, Num, Str, Symbol, Value
from ..record import NamedTuple
from ..source import Span
from . import Context, Rule

# ------------------------------------------------------------ the target's data


def severity_of(row: Parameter) -> str:
    """``error`` where the request fails, ``warning`` where it does less."""
    return ERROR if row.status in ("rejected", "must-equal") else WARNING


def standing(row: Parameter, ctx: Context) -> str:
    """What the target makes of it: "is ignored on claudeapi (as on anthropic)"."""
    target = ctx.target.id
    text = {
        "ignored": f"is ignored on {target}",
        "rejected": f"is answered with HTTP 400 on {target}",
        "must-equal": f"must be {row.value or 0:g} on {target}",
        "capped": f"is capped at {row.value or 0:g} on {target}",
        "supported": f"is accepted on {target}",
    }.get(row.status, f"has no documented effect on {target}")
    owner = row.status_owner or row.owner
    return text if owner in ("", target) else f"{text} (as on {owner})"


def claude_models(request: Request | None, ctx: Context) -> Iterator[ClaudeModel]:
    """The Claude models that a request may reach: as named, or as mapped."""
    if request is None:
        return
    catalogue = ctx.catalogue
    for option in options(request.args.get("model")):
        if isinstance(option, Env) and option.default is not None:
            option = option.default
        text = text_of(option)
        for name in (text, catalogue.replacement(text)) if text else ():
            model = catalogue.claude_model(name) or catalogue.claude_model(_first_party(name, ctx))
            if model is not None:
                yield model
                break


def _first_party(name: str, ctx: Context) -> str:
    """The ID on Anthropic's own API behind another spelling: anthropic/claude-opus-4.8."""
    foreign = ctx.catalogue.foreign_claude(name)
    if foreign is not None:
        return foreign[1]
    return name.rpartition("/")[2].removeprefix("databricks-").replace(".", "-")


# ------------------------------------------------------------ values


def given(arg: Arg) -> list[Value]:
    """The values that an argument may send: not None, NOT_GIVEN or omit."""
    return [value for value in options(arg.value) if not is_nothing(value)]


def is_false(value: Value) -> bool:
    """A literal False."""
    return isinstance(value, Bool) and not value.value


def is_zero(value: Value) -> bool:
    """A literal 0 or 0.0."""
    return isinstance(value, Num) and value.value == 0


def entry(value: Value | None, key: str) -> Entry | None:
    """The last entry of a mapping with that key."""
    if isinstance(value, Dict):
        for item in reversed(value.entries):
            if item.key == key:
                return item
    return None


def dicts(value: Value | None) -> Iterator[Dict]:
    """The known mappings in a list, through alternatives."""
    for option in options(value):
        for item in items_of(option):
            for inner in options(item):
                if isinstance(inner, Dict):
                    yield inner


def concerns(message: Message, ctx: Context) -> bool:
    """A message literal that is, or may be, sent as a chat completion."""
    if message.request is not None:
        return message.request.chat
    return any(request.chat for request in ctx.facts.requests) or not ctx.facts.requests


# ------------------------------------------------------------ one row per rule


class Row(NamedTuple):
    """One rule about parameters that are simply there.

    ``advice``: what to do instead. ``off``: says that a value is like not
    sending the parameter at all, on any target that does not refuse it.
    """

    code: str
    name: str
    summary: str
    parameters: tuple[str, ...]
    advice: str
    off: Callable[[Value], bool] | None = None


PARAMETERS = (
    Row("CLC402", "logprobs-parameter", "log probabilities asked for with logprobs",
        ("logprobs",), "remove it, Claude gives no log probabilities", is_false),
    Row("CLC403", "top-logprobs-parameter", "log probabilities asked for with top_logprobs",
        ("top_logprobs",), "remove it, Claude gives no log probabilities"),
    Row("CLC404", "presence-penalty", "presence_penalty",
        ("presence_penalty",), "remove it, ask for variety in the prompt"),
    Row("CLC405", "frequency-penalty", "frequency_penalty",
        ("frequency_penalty",), "remove it, ask for less repetition in the prompt"),
    Row("CLC406", "seed-parameter", "seed: no repeatable sampling",
        ("seed",), "remove it and do not count on repeatable answers"),
    Row("CLC409", "logit-bias", "logit_bias: its token IDs are those of OpenAI's tokenizer",
        ("logit_bias",), "remove it, say in the prompt which words to use or avoid"),
    Row("CLC413", "user-parameter", "end-user tags: user, safety_identifier",
        ("user", "safety_identifier"), "remove it, keep end-user IDs in your own logs"),
    Row("CLC414", "store-parameter", "store: nothing is kept for later retrieval",
        ("store",), "remove it, keep transcripts yourself", is_false),
    Row("CLC415", "metadata-parameter", "metadata on a request",
        ("metadata",), "remove it, keep tags in your own logs"),
    Row("CLC416", "service-tier", "service_tier names OpenAI's tiers",
        ("service_tier",), "remove it"),
    Row("CLC417", "predicted-output", "prediction: no predicted outputs",
        ("prediction",), "remove it"),
    Row("CLC419", "reasoning-effort", "reasoning_effort names OpenAI's effort levels",
        ("reasoning_effort",), "remove it, thinking is set with Claude's own 'thinking' field"),
    Row("CLC420", "verbosity-parameter", "verbosity",
        ("verbosity",), "remove it, ask for the length you want in the prompt"),
    Row("CLC421", "web-search-options", "web_search_options: no built-in web search",
        ("web_search_options",), "remove it, offer a search tool of your own"),
    Row("CLC422", "prompt-cache-parameter", "OpenAI's prompt cache settings",
        ("prompt_cache_key", "prompt_cache_retention", "prompt_cache_options"), "remove it"),
)  # fmt: skip

#: parameters that the rules below look at; a table of the same kind
SPECIAL = {
    "n": "CLC401",
    "response_format": "CLC407",
    "temperature": "CLC410",
    "top_p": "CLC411",
    "stop": "CLC412",
    "modalities": "CLC418",
    "audio": "CLC418",
    "functions": "CLC501",
    "function_call": "CLC502",
    "moderation": "CLC426",
}

#: parameters that mean the same on every target
PORTABLE = frozenset((
    "messages", "model", "stream", "stream_options", "max_tokens", "max_completion_tokens",
    "tools", "tool_choice", "parallel_tool_calls",
))  # fmt: skip

#: those, and what other rules look at for a model's or a value's sake: reported where a target's own row says so
_MEANT_THE_SAME = PORTABLE | {"top_p", "stop"}

#: what the SDK's methods take besides the request body
REQUEST_OPTIONS = frozenset(("extra_headers", "extra_query", "extra_body", "timeout"))

#: every parameter that has been looked at, with the rule that reports it
CLASSIFIED = {name: row.code for row in PARAMETERS for name in row.parameters} | SPECIAL


#: those that a text completion takes as well: the chat completion in its place would take them over
_OF_TEXT_TOO = frozenset(("n", "presence_penalty", "frequency_penalty", "logit_bias", "logprobs", "seed", "user"))


def _concerned(request: Request, name: str) -> bool:
    """Whether a rule about a parameter is one about this request."""
    return request.chat or (request.family == "completions" and name in _OF_TEXT_TOO)


def _finding(code: str, arg: Arg, request: Request, ctx: Context, row: Parameter, advice: str) -> Finding:
    safety = SAFE if row.status in ("ignored", "unknown") else UNSAFE
    message = f"{_named(arg)} {standing(row, ctx)}: {advice}"
    # OpenAI does something with it: it stays as long as the request does
    safety = last((safety, ctx.moves.surely(request, ctx)))
    return Finding(
        code, arg.name_span, message, severity_of(row), *_removed(arg, request, safety),
        ctx.moves.place_of_request(request, ctx),
    )  # fmt: skip


def _removed(arg: Arg, request: Request, safety: str) -> tuple[tuple[Change, ...], str]:
    """How a parameter is taken out: not as long as the request is none that the target serves."""
    return ((Remove(arg.span),), safety) if request.chat else ((), SHOW_ONLY)


_ROW_OF = {name: row for row in PARAMETERS for name in row.parameters}


def plain_parameters(request: Request, ctx: Context) -> Iterator[Finding]:
    """All rules of :data:`PARAMETERS`, in one look at the arguments."""
    for arg in request.args.items:
        row = _ROW_OF.get(arg.name)
        if row is None or not _concerned(request, arg.name):
            continue
        status = ctx.target.parameter(arg.name)
        values = given(arg)
        if status.status == "supported" or not values:
            continue
        if status.status != "rejected" and row.off is not None and all(map(row.off, values)):
            continue
        if status.status != "rejected" and all(map(is_zero, values)):
            yield _no_effect(row.code, arg, request, ctx)
        else:
            yield _finding(row.code, arg, request, ctx, status, row.advice)


def _no_effect(code: str, arg: Arg, request: Request, ctx: Context) -> Finding:
    message = f"{_named(arg)} 0 has no effect on {ctx.target.id}: remove it"
    return Finding(code, arg.name_span, message, WARNING, *_removed(arg, request, SAFE))


def _named(arg: Arg) -> str:
    return f"'{arg.spelled or arg.name}'"


# ------------------------------------------------------------ rules of their own


def multiple_candidates(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC401: n > 1."""
    row = ctx.target.parameter("n")
    if not _concerned(request, "n") or row.status == "supported":
        return
    for arg in request.args.all("n"):
        values = given(arg)
        numbers = [value.value for value in values if isinstance(value, Num)]
        if any(number != 1 for number in numbers):
            yield _finding("CLC401", arg, request, ctx, row, "send one request per candidate")
        elif len(numbers) < len(values):
            message = (
                f"{_named(arg)} may be more than 1, {ctx.target.id} gives one choice"
                " per request: send one request per candidate"
            )
            yield Finding("CLC401", arg.name_span, message, WARNING, *_removed(arg, request, UNSAFE))


def json_object_format(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC407: response_format={"type": "json_object"}."""
    row = _format_row(ctx, "json_object")
    if not request.chat or row.status == "supported":
        return
    for arg in request.args.all("response_format"):
        if any("json_object" in _kinds(value) for value in options(arg.value)):
            message = (
                f"{_named(arg)} 'json_object' {standing(row, ctx)}:"
                " ask for JSON in the system prompt, validate it and retry"
            )
            sometimes = any(len(_kinds(value)) > 1 for value in options(arg.value))
            asked = None if sometimes else _ask_for_json(request)
            changes: tuple[Change, ...] = () if asked is None else (Remove(arg.span), *asked)
            yield Finding("CLC407", arg.name_span, message, severity_of(row), changes, UNSAFE if changes else SHOW_ONLY)


_INSTRUCTION = "Answer with valid JSON only, without any text around it."


def _ask_for_json(request: Request) -> tuple[Change, ...] | None:
    """What makes the request's messages ask for JSON, () if they do; None where they are not in sight."""
    messages = request.args.get("messages")
    if not isinstance(messages, List):
        return None
    first = messages.items[0] if messages.items else None
    if text_of(entry_of(first, "role")) in ("system", "developer"):
        content = entry_of(first, "content")
        text = text_of(content)
        if isinstance(content, Str) and "json" in content.text.lower():
            return ()
        if isinstance(content, Str) and text is not None:
            separator = " " if text.rstrip().endswith((".", "!", "?")) else ". "
            new = f"{text.rstrip()}{separator}{_INSTRUCTION}" if text.strip() else _INSTRUCTION
            return (SetText(content.span, new),)
    return (AddItem(messages.span, Map((("role", "system"), ("content", _INSTRUCTION)))),)


def json_schema_format(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC408: response_format with a schema or a class, .parse()."""
    row = _format_row(ctx, "json_schema")
    if not request.chat or row.status == "supported":
        return
    method = request.endpoint.rpartition(".")[2]
    helper = method in ("parse", "stream")
    advice = "describe the schema in the system prompt, validate the answer and retry"
    found = False
    for arg in request.args.all("response_format"):
        if any(_is_schema(value, helper) for value in given(arg)):
            found = True
            message = f"{_named(arg)} with a schema {standing(row, ctx)}: {advice}"
            change: tuple[Change, ...] = () if helper else (Remove(arg.span),)
            yield Finding("CLC408", arg.name_span, message, severity_of(row), change, UNSAFE)
    if method == "parse" and not found and not request.args.lacks("response_format"):
        message = f"'.parse()' relies on a schema, which {standing(row, ctx)}: {advice}"
        yield Finding("CLC408", request.tail_span, message, severity_of(row))


def _format_row(ctx: Context, kind: str) -> Parameter:
    own = ctx.target.parameters.get(f"response_format.{kind}")
    return own if own is not None else ctx.target.parameter("response_format")


def _kinds(value: Value) -> list[str | None]:
    """What a response format's type may be: ``"json_object" if strict else "text"``; None for what is not known."""
    return [text_of(kind) for kind in options(entry_of(value, "type"))]


#: helpers of the SDKs and of others that make a json_schema response format
_SCHEMA_HELPERS = frozenset((
    "zodResponseFormat", "makeParseableResponseFormat", "type_to_response_format_param",
    "type_to_response_format",
))  # fmt: skip


def _is_schema(value: Value, helper: bool) -> bool:
    if isinstance(value, Dict):
        kinds = _kinds(value)
        return "json_schema" in kinds or (not any(kinds) and entry(value, "json_schema") is not None)
    if isinstance(value, Klass) or helper:
        return True
    if isinstance(value, Symbol):
        name = value.dotted.rpartition(".")[2]
        if name.endswith("()"):  # what an imported function gives
            return name.removesuffix("()") in _SCHEMA_HELPERS
        return name[:1].isupper() and not name.isupper()  # an imported class; a constant would be in capitals
    return False


def temperature_out_of_range(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC410: a temperature that is capped, or that the model rejects."""
    if not request.chat:
        return
    row = ctx.target.parameter("temperature")
    models = [model for model in claude_models(request, ctx) if model.sampling == "rejected"]
    for arg in request.args.all("temperature"):
        numbers = [value.value for value in given(arg) if isinstance(value, Num)]
        for model in models:
            takes = model.temperature or (1.0,)
            wrong = [number for number in numbers if number not in takes]
            if wrong:
                message = (
                    f"{_named(arg)} {wrong[0]:g} is answered with HTTP 400 by {model.id} on {ctx.target.id}: remove it"
                )
                change = (Remove(arg.span),)
                yield Finding("CLC410", arg.name_span, message, ERROR, change, UNSAFE)
                break
        else:
            high = [number for number in numbers if number > (row.value or 1)]
            if not high or row.status == "supported":
                continue
            if row.status == "capped":
                message = f"{_named(arg)} {high[0]:g} {standing(row, ctx)}: use 0 to {row.value:g}"
                # the target makes the same of it
                literal = isinstance(arg.value, Num) and row.value is not None
                changes: tuple[Change, ...] = (SetValue(arg.value_span, round(row.value or 1)),) if literal else ()
                safety = ctx.moves.surely(request, ctx) if literal else SHOW_ONLY
                yield Finding("CLC410", arg.name_span, message, WARNING, changes, safety)
            else:
                yield _finding("CLC410", arg, request, ctx, row, "remove it")


def sampling_conflict(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC411: top_p with temperature, or top_p alone where it is rejected."""
    if not request.chat:
        return
    models = list(claude_models(request, ctx))
    both = any(given(arg) for arg in request.args.all("temperature"))
    for arg in request.args.all("top_p"):
        values = given(arg)
        for model in models if values else ():
            if both and (model.sampling == "one-of" or model.together == "rejected"):
                text = f"and 'temperature' together are answered with HTTP 400 by {model.id}"
                advice = "send only one of them"
            elif model.sampling == "rejected" and (
                wrong := [
                    value.value
                    for value in values
                    if isinstance(value, Num) and value.value not in (model.top_p or (1.0,))
                ]
            ):
                text = f"{wrong[0]:g} is answered with HTTP 400 by {model.id}"
                advice = "remove it"
            else:
                continue
            message = f"{_named(arg)} {text} on {ctx.target.id}: {advice}"
            yield Finding("CLC411", arg.name_span, message, ERROR, (Remove(arg.span),), UNSAFE)
            break


def whitespace_stop(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC412: a stop sequence that is only white space."""
    if not request.chat:
        return
    for arg in request.args.all("stop"):
        for value in options(arg.value):
            alone = isinstance(value, Str)
            for item in (value,) if alone else items_of(value):
                text = text_of(item)
                if text and text.isspace():
                    message = (
                        f"'{arg.name}' sequence {text!r} is only white space and does not work on"
                        f" {ctx.target.id}: stop at visible text or cut the answer in code"
                    )
                    change = (Remove(arg.span),) if alone else ()
                    yield Finding("CLC412", item.span, message, WARNING, change, UNSAFE)


def audio_output(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC418: modalities with audio, audio."""
    if not request.chat:
        return
    for name in ("modalities", "audio"):
        row = ctx.target.parameter(name)
        if row.status == "supported":
            continue
        for arg in request.args.all(name):
            values = given(arg)
            audio = name == "audio" or any(text_of(item) == "audio" for value in values for item in items_of(value))
            if values and audio:
                yield _finding("CLC418", arg, request, ctx, row, "use a speech service for audio output")
            elif values and row.status == "rejected":
                yield _finding("CLC418", arg, request, ctx, row, "remove it")


def strict_tool_schema(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC423: strict: true in a tool's function."""
    row = ctx.target.fields.get("tools.function.strict")
    if not request.chat or row is None or row.status == "supported":
        return
    for arg in request.args.all("tools"):
        for tool in dicts(arg.value):
            for function in options(entry_of(tool, "function")):
                strict = entry(function, "strict")
                if strict is None or not isinstance(strict.value, Bool) or not strict.value.value:
                    continue
                message = f"'strict' {standing(row, ctx)}: validate the arguments of the tool call yourself"
                change = (Remove(strict.span),)
                safety = ctx.moves.surely(request, ctx) if row.status == "ignored" else UNSAFE
                yield Finding("CLC423", strict.key_span, message, severity_of(row), change, safety)


#: what to send in place of a content part or message field
_PART_ADVICE = {
    "input_audio": "send a transcript as text",
    "file": "send its text, or its pages as images",
    "refusal": "send it as text",
    "audio": "send a transcript as text",
    "detail": "scale the image yourself and remove it",
    "name": "write the speaker into the text",
}


def unsupported_content_part(message: Message, ctx: Context) -> Iterator[Finding]:
    """CLC424: audio, file and refusal parts, image detail, names on messages."""
    if not concerns(message, ctx):
        return
    content = entry_of(message.fields, "content")
    for part in dicts(content):
        kind = entry(part, "type")
        name = text_of(kind.value) if kind else None
        if kind is None or name is None:
            continue
        yield from _part(message, f"content.{name}", kind.value.span, None, ctx)
        for inner in options(entry_of(part, name)):
            if isinstance(inner, Dict):
                for field in inner.entries:
                    if text_of(field.value) != "auto":  # the default, nothing is lost
                        key = f"content.{name}.{field.key}"
                        yield from _part(message, key, field.key_span, field, ctx)
    if content is None and message.request is None or message.role in ("tool", "function"):
        return  # some other mapping, or a name that OpenAI makes nothing of either
    for field in message.fields.entries:
        if field.key not in (None, "role", "content") and not is_nothing(field.value):
            yield from _part(message, str(field.key), field.key_span, field, ctx)


def _part(message: Message, key: str, span: Span, field: Entry | None, ctx: Context) -> Iterator[Finding]:
    fields = ctx.target.fields
    row = fields.get(f"{message.role}.{key}") or fields.get(f"*.{key}")
    if row is None or row.status == "supported":
        return
    name = key.rpartition(".")[2]
    what = f"{name!r} of a message" if "." not in key else f"{name!r} in a message's content"
    text = f"{what} {standing(row, ctx)}: {_PART_ADVICE.get(name, 'remove it')}"
    change = (Remove(field.span),) if field is not None else ()
    safety = UNSAFE
    if row.status == "ignored" and name == "detail":
        request = message.request
        safety = ctx.moves.surely(request, ctx) if request is not None else ctx.moves.of_file(ctx)
    yield Finding("CLC424", span, text, severity_of(row), change, safety)


def assistant_prefill(message: Message, ctx: Context) -> Iterator[Finding]:
    """CLC425: the last message is the start of the assistant's answer."""
    request = message.request
    if not message.last or message.role != "assistant" or request is None or not request.chat:
        return
    for model in claude_models(request, ctx):
        if model.prefill == "rejected":
            text = (
                f"a last message of role 'assistant' is answered with HTTP 400 by {model.id}"
                f" on {ctx.target.id}: say in the system prompt how the answer starts"
            )
            yield Finding("CLC425", message.role_span, text, ERROR)
            return


def unknown_parameter(request: Request, ctx: Context) -> Iterator[Finding]:
    """CLC426: a parameter of the SDK that no other rule knows."""
    if not request.chat:
        return
    known = ctx.catalogue.known_parameters()
    for arg in request.args.items:
        name = arg.name
        if name in REQUEST_OPTIONS or name not in known:
            continue
        if name in _MEANT_THE_SAME:
            own = ctx.target.parameters.get(name)
            if own is not None and own.status in ("ignored", "rejected") and given(arg):
                yield _finding("CLC426", arg, request, ctx, own, "remove it")
            continue
        if CLASSIFIED.get(name, "CLC426") != "CLC426":
            continue
        row = ctx.target.parameter(name)
        if row.status != "supported" and given(arg):
            yield _finding("CLC426", arg, request, ctx, row, "remove it")


_SPECIAL_RULES = (
    Rule("CLC401", "multiple-candidates", "n above 1", "request", multiple_candidates),
    Rule("CLC407", "json-object-format", "response_format json_object", "request",
         json_object_format),
    Rule("CLC408", "json-schema-format", "response_format with a schema, .parse()", "request",
         json_schema_format),
    Rule("CLC410", "temperature-out-of-range", "temperature that is capped or rejected",
         "request", temperature_out_of_range),
    Rule("CLC411", "sampling-conflict", "temperature with top_p, or top_p where it is rejected",
         "request", sampling_conflict),
    Rule("CLC412", "whitespace-stop", "stop sequence that is only white space", "request",
         whitespace_stop),
    Rule("CLC418", "audio-output", "modalities with audio, audio", "request", audio_output),
    Rule("CLC423", "strict-tool-schema", "strict: true in a tool's function", "request",
         strict_tool_schema),
    Rule("CLC424", "unsupported-content-part", "content parts and message fields that are dropped",
         "message", unsupported_content_part),
    Rule("CLC425", "assistant-prefill", "last message has role assistant", "message",
         assistant_prefill),
    Rule("CLC426", "unknown-parameter", "any other parameter of the OpenAI SDK", "request",
         unknown_parameter),
)  # fmt: skip

RULES = tuple(sorted((
    *(Rule(row.code, row.name, row.summary, "request", plain_parameters) for row in PARAMETERS),
    *_SPECIAL_RULES,
), key=lambda rule: rule.code))  # fmt: skip
