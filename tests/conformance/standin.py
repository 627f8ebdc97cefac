"""A stand-in of a target: it behaves as the catalogue's files say.

:class:`Behaviour` reads ``targets/NAME.toml`` and ``claude_models.toml`` by
itself, with nothing of the package, and judges a request. :class:`Server` puts
it behind HTTP on the loopback: a request is answered as the target would (200,
a stream, 400, 401, 404, 429, 5xx with the envelope of OpenAI's errors) and what
became of each of its parts is noted under the number of its case.

What the files say in words, and how it is read here:

* ``ignored`` and ``unknown`` parameters are taken and dropped. For ``unknown``
  ones that is nobody's word, so they are noted as *unspecified*.
* A field whose note says "legacy" works, and the target asks to replace it.
* A parameter that is dropped at the value that OpenAI's API takes for it anyway
  (``store=False``) changes nothing: *neutral*.
* ``null`` is as good as not sent.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CATALOGUE = Path(__file__).resolve().parent.parent.parent / "flake8_claude_compat" / "catalogue"

#: what a request comes to, the gravest first
REJECTED, CHANGED, EXPIRING, LEGACY, UNSPECIFIED, NEUTRAL, SUPPORTED = KINDS = (
    "rejected", "changed", "expiring", "legacy", "unspecified", "neutral", "supported",
)  # fmt: skip

#: the one key that the target takes, and what else programs may send
KEY = "standin-target-key"
OPENAI_KEY = "standin-openai-key"

#: a model that is withdrawn within this time is to be replaced now
NOTICE = timedelta(days=90)

#: values that OpenAI's reference gives as what it takes without the parameter
DEFAULTS: dict[str, tuple[Any, ...]] = {
    "frequency_penalty": (0,),
    "logit_bias": ({},),
    "logprobs": (False,),
    "metadata": ({},),
    "modalities": (["text"],),
    "n": (1,),
    "parallel_tool_calls": (True,),
    "presence_penalty": (0,),
    "prompt_cache_options": ({},),
    "reasoning_effort": ("medium",),
    "response_format": ({"type": "text"},),
    "service_tier": ("auto",),
    "store": (False,),
    "stream": (False,),
    "top_logprobs": (0,),
    "verbosity": ("medium",),
}

#: names that are nobody's model: a gateway's users may have defined them
OWN_NAMES = ("text",)

#: answers with a status other than 200: type in the envelope
ERRORS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    500: "api_error",
    503: "overloaded_error",
}


class Note(NamedTuple):
    """What became of a part of a request. ``kind``: one of :data:`KINDS`."""

    kind: str
    part: str
    detail: str = ""


class Rows(NamedTuple):
    """A target's file with what it takes from the one that it extends."""

    table: dict[str, Any]
    parameters: dict[str, dict[str, Any]]
    fields: dict[str, dict[str, Any]]
    responses: dict[str, str]
    default: str


def toml(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return table


def rows(name: str) -> Rows:
    table = toml(CATALOGUE / "targets" / f"{name}.toml")
    base = rows(table["extends"]) if "extends" in table else Rows({}, {}, {}, {}, "unknown")

    def over(below: dict[str, dict[str, Any]], own: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {**below, **{key: {**below.get(key, {}), **row} for key, row in own.items()}}

    responses = dict(base.responses)
    for state, names in table.get("responses", {}).items():
        if state != "source":
            responses.update(dict.fromkeys(names, state))
    return Rows(
        {**base.table, **table},
        over(base.parameters, table.get("parameters", {})),
        over(base.fields, table.get("fields", {})),
        responses,
        table.get("default_status", base.default),
    )


class Behaviour:
    """What a target does, on a day."""

    def __init__(self, target: str, today: date) -> None:
        self.rows = rows(target)
        self.today = today
        models = toml(CATALOGUE / "claude_models.toml")
        self.grammar = models["grammar"]
        self.models = {name: row for row in models["models"]["rows"] for name in (row["id"], *row.get("aliases", ()))}
        table = self.rows.table
        host = urlsplit(table["base_url"].replace("<workspace>", "workspace.cloud.databricks.com"))
        self.base_url = host.geturl()
        self.path = host.path.rstrip("/")
        self.hosts = {host.netloc, *table["hosts"]}

    # ------------------------------------------------------------- a request

    def notes(self, sent_to: str, method: str, path: str, headers: Mapping[str, str], body: Any) -> list[Note]:
        """What becomes of each part of a request; nothing: all of it is taken as it is."""
        where = urlsplit(sent_to)
        if where.netloc not in self.hosts:
            return [Note(REJECTED, "host", sent_to)]
        below = path[len(self.path) :] if path.startswith(self.path + "/") else None
        if below is None or below.startswith("/chat/completions/chat/"):
            return [Note(REJECTED, "base_path", path)]
        if below == "/models" or below.startswith("/models/"):
            return [Note(UNSPECIFIED, "path:/models")]
        if below != "/chat/completions" or method != "POST":
            return [Note(REJECTED, f"path:{below}", method)]
        if headers.get("authorization") != f"Bearer {KEY}":
            return [Note(REJECTED, "key")]
        found = [Note(UNSPECIFIED, f"header:{name}") for name in headers if name.startswith("openai-")]
        if not isinstance(body, dict):
            return [*found, Note(REJECTED, "body")]
        return [*found, *self._body(body)]

    def _body(self, body: dict[str, Any]) -> list[Note]:
        found: list[Note] = []
        model = self._model(body.get("model"), found)
        for name, value in body.items():
            if value is not None and name not in ("model", "messages", "tools", "functions"):
                found += self._parameter(name, value)
        for name in ("tools", "functions"):
            if body.get(name) is not None:
                found += self._tools(name, body[name])
        messages = body.get("messages")
        if not isinstance(messages, list) or not messages:
            found.append(Note(REJECTED, "messages"))
        else:
            for message in messages:
                found += self._message(message)
        if model is not None:
            found += self._by_model(model, body)
        return found

    # --------------------------------------------------------------- models

    def first_party(self, name: str) -> str | None:
        """The ID on Anthropic's own API of an ID in the target's spelling."""
        grammar = self.rows.table["grammar"]
        matched = re.fullmatch(self.grammar[grammar], name)
        if matched is None:
            return None
        if grammar == "first-party":
            return name
        plain = matched[1].replace(".", "-")
        return plain.removeprefix("databricks-")

    def _model(self, name: Any, found: list[Note]) -> dict[str, Any] | None:
        own = self.first_party(name) if isinstance(name, str) else None
        row: dict[str, Any] | None = self.models.get(own) if own is not None else None
        if row is None:
            # a newer model than the catalogue's, or a name that somebody gave one there
            dated = own is not None and re.sub(r"-\d{8}\Z", "", own) in self.models  # of a day on which none came out
            maybe = name in OWN_NAMES or own is not None and not dated
            found.append(Note(UNSPECIFIED if maybe else REJECTED, "model:unknown", str(name)))
            return None
        if row.get("retires"):
            last = date.fromisoformat(row["retires"])
            if last <= self.today:
                found.append(Note(REJECTED, "model:retired", row["retires"]))
            elif last <= self.today + NOTICE:
                found.append(Note(EXPIRING, "model:retired", row["retires"]))
        elif row["status"] == "retired":
            found.append(Note(REJECTED, "model:retired"))
        return row

    @staticmethod
    def _by_model(model: dict[str, Any], body: dict[str, Any]) -> list[Note]:
        found = []
        temperature, top_p = body.get("temperature"), body.get("top_p")
        if model["sampling"] == "rejected":
            if temperature is not None and temperature not in model.get("temperature", (1,)):
                found.append(Note(REJECTED, "temperature", str(temperature)))
            if top_p is not None and top_p not in model.get("top_p", (1,)):
                found.append(Note(REJECTED, "top_p", str(top_p)))
        together = model["sampling"] == "one-of" or model.get("together") == "rejected"
        if together and temperature is not None and top_p is not None:
            found.append(Note(REJECTED, "temperature+top_p"))
        last = body["messages"][-1] if body.get("messages") else {}
        if model["prefill"] == "rejected" and isinstance(last, dict) and last.get("role") == "assistant":
            found.append(Note(REJECTED, "prefill"))
        return found

    # ----------------------------------------------------------- parameters

    def _row(self, name: str) -> dict[str, Any]:
        return self.rows.parameters.get(name, {"status": self.rows.default})

    @staticmethod
    def _standing(row: dict[str, Any], part: str, value: Any, neutral: bool = False) -> list[Note]:
        status, limit = row["status"], row.get("value")
        if status == "supported":
            return [Note(LEGACY, part)] if "legacy" in row.get("note", "").lower() else []
        if status == "must-equal":
            return [] if value == limit else [Note(REJECTED, part, repr(value))]
        if status == "capped":
            too_high = isinstance(value, (int, float)) and limit is not None and value > limit
            return [Note(CHANGED, part, f"{value} → {limit}")] if too_high else []
        if status == "rejected":
            return [Note(REJECTED, part, repr(value))]
        if neutral:
            return [Note(NEUTRAL, part, repr(value))]
        return [Note(CHANGED if status == "ignored" else UNSPECIFIED, part, repr(value))]

    def _parameter(self, name: str, value: Any) -> list[Note]:
        row, part = self._row(name), name
        if name == "response_format" and isinstance(value, dict):
            part = f"response_format.{value.get('type')}"
            row = self.rows.parameters.get(part, row)
            if value.get("type") == "text" and row["status"] == "rejected":
                row = {"status": "unknown"}  # what is said of formats is said of JSON
        neutral = any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in DEFAULTS.get(name, ()))
        found = self._standing(row, part, value, neutral)
        if name == "stop":
            texts = value if isinstance(value, list) else [value]
            if any(isinstance(text, str) and text.isspace() for text in texts):
                # the Messages API behind every target wants a character that is no white space
                found.append(Note(CHANGED, "stop:space"))
        if name == "tool_choice" and isinstance(value, dict) and value.get("type") not in ("function", None):
            found.append(Note(UNSPECIFIED, f"tool_choice:{value.get('type')}"))
        return found

    def _tools(self, name: str, tools: Any) -> list[Note]:
        found = self._standing(self._row(name), name, tools)
        for tool in tools if isinstance(tools, list) else ():
            function = tool.get("function") if name == "tools" else tool
            if name == "tools" and tool.get("type") not in ("function", None):
                found.append(Note(UNSPECIFIED, f"tools:{tool.get('type')}"))
            elif not isinstance(function, dict) or "name" not in function:
                found.append(Note(REJECTED, "tools:shape"))
            elif function.get("strict") is not None:
                row = self.rows.fields.get("tools.function.strict")
                if row is not None:
                    found += self._standing(row, "tools.function.strict", True, not function["strict"])
        return found

    # -------------------------------------------------------------- messages

    def _message(self, message: Any) -> list[Note]:
        fields, role = self.rows.fields, message.get("role") if isinstance(message, dict) else None
        if role not in ("system", "developer", "user", "assistant", "tool", "function"):
            return [Note(REJECTED, "messages:role", str(role))]
        if not fields:  # a file that says nothing of messages
            plain = ("role", "content", "tool_calls", "tool_call_id")
            more = [field for field, value in message.items() if field not in plain and value is not None]
            more += ["function"] if role == "function" else []
            return [Note(UNSPECIFIED, "messages:function" if field == "function" else f"messages.{field}") for field in more]
        if role == "tool" and not message.get("tool_call_id"):
            return [Note(REJECTED, "messages:tool_call_id")]
        found = []
        if role == "function":
            found.append(Note(LEGACY, "messages:function"))
        for field, value in message.items():
            if field == "role" or value is None:
                continue
            row = fields.get(f"{role}.{field}", fields.get(f"*.{field}", {"status": "unknown"}))
            if role == "function":
                continue  # the role is what goes
            found += self._standing(row, f"messages.{field}", value)
            if field == "content" and isinstance(value, list):
                for part in value:
                    found += self._part(role, part)
        return found

    def _part(self, role: str, part: dict[str, Any]) -> list[Note]:
        fields, kind = self.rows.fields, part.get("type")
        # where a role's content is said to be supported and no more, that is its text
        known = {"status": "supported"} if kind == "text" else {"status": "unknown"}
        found = self._standing(fields.get(f"{role}.content.{kind}", known), f"messages.content.{kind}", part)
        inner = part.get(str(kind))
        for key, value in inner.items() if isinstance(inner, dict) else ():
            row = fields.get(f"{role}.content.{kind}.{key}")
            if row is not None:
                found += self._standing(row, f"messages.content.{kind}.{key}", value, value == "auto")
        for key in part:
            if key not in ("type", kind):
                found.append(Note(UNSPECIFIED, f"messages.content.{key}"))
        return found

    # --------------------------------------------------------------- answers

    def answer(self, full: dict[str, Any], chunk: bool = False) -> dict[str, Any]:
        """A whole answer of OpenAI's, as this target would give it."""

        def thin(value: Any, path: tuple[str, ...]) -> Any:
            if path and self.state(path) == "always empty":
                return None
            if isinstance(value, dict):
                return {key: thin(below, (*path, "message" if key == "delta" else key)) for key, below in value.items()}
            if isinstance(value, list):
                return [thin(below, path) for below in value[:1]]
            return value

        return {**thin(full, ()), "object": "chat.completion.chunk" if chunk else "chat.completion"}

    def state(self, path: tuple[str, ...]) -> str:
        """What the file says of a field of the answer, or of one above it; "" if nothing."""
        for end in range(len(path), 0, -1):
            for start in range(end):
                found = self.rows.responses.get(".".join(path[start:end]))
                if found == "always empty" or (found and end == len(path)):
                    return found
        return ""


def verdict(notes: list[Note]) -> str:
    """The gravest of what became of a request's parts."""
    return min((note.kind for note in notes), key=KINDS.index, default=SUPPORTED)


# ------------------------------------------------------------------- server


class Order(NamedTuple):
    """How the stand-in is to answer a case.

    ``openai``: as OpenAI, with every field filled. ``status``: this error, ``code``
    with it (OpenAI only). ``completion``, ``chunk``: a whole answer to fill from.
    """

    openai: bool = False
    status: int = 200
    code: str = ""
    completion: dict[str, Any] = {}
    chunk: dict[str, Any] = {}


class Server:
    """The stand-in at work: ``with Server(behaviour) as server: server.port``."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.orders: dict[str, Order] = {}
        self.log: dict[str, list[Note]] = {}
        self.requests: dict[str, int] = {}
        methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        app = Starlette(routes=[Route("/{path:path}", self._handle, methods=methods)])
        config = uvicorn.Config(app, "127.0.0.1", 0, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
        self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._uvicorn.run, daemon=True)
        self.port = 0

    def __enter__(self) -> Server:
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._uvicorn.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the stand-in did not start")
            time.sleep(0.01)
        self.port = self._uvicorn.servers[0].sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._uvicorn.should_exit = True
        self._thread.join(20)

    async def _handle(self, request: Request) -> Response:
        case = request.headers.get("x-case", "")
        order = self.orders.get(case, Order())
        text = await request.body()
        try:
            body = json.loads(text) if text else None
        except ValueError:
            body = None
        self.requests[case] = self.requests.get(case, 0) + 1
        if order.status != 200:
            return _error(order.status, order.code if order.openai else "")
        if order.openai:
            return _success(body, order.completion, order.chunk)
        sent_to = request.headers.get("x-sent-to", self.behaviour.base_url)
        notes = self.behaviour.notes(sent_to, request.method, request.url.path, request.headers, body)
        self.log.setdefault(case, []).extend(notes)
        if verdict(notes) == REJECTED:
            part = next(note.part for note in notes if note.kind == REJECTED)
            status = {"host": 401, "key": 401, "base_path": 404}.get(part, 404 if part.startswith(("path:", "model:")) else 400)
            return _error(status, "")
        if notes and notes[0].part == "path:/models":
            return JSONResponse({"object": "list", "data": []})
        return _success(body, self.behaviour.answer(order.completion or PLAIN), self.behaviour.answer(order.chunk or CHUNK, True))


#: the answers where a case needs no others
PLAIN: dict[str, Any] = {
    "id": "chatcmpl-1",
    "created": 1,
    "model": "claude",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello"}}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}
CHUNK: dict[str, Any] = {
    "id": "chatcmpl-1",
    "created": 1,
    "model": "claude",
    "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Hello"}, "finish_reason": None}],
    "usage": None,
}


def _error(status: int, code: str) -> Response:
    error = {"message": f"stand-in: {status}", "type": ERRORS[status], "param": None, "code": code or None}
    return JSONResponse({"error": error}, status, {"retry-after-ms": "1", "request-id": "req_1"})


def _success(body: Any, completion: dict[str, Any], chunk: dict[str, Any]) -> Response:
    asked = body if isinstance(body, dict) else {}
    headers = {"request-id": "req_1"}
    if not asked.get("stream"):
        return JSONResponse(completion, headers=headers)
    usage = bool((asked.get("stream_options") or {}).get("include_usage"))
    return StreamingResponse(_events(chunk, usage), media_type="text/event-stream", headers=headers)


async def _events(chunk: dict[str, Any], usage: bool) -> AsyncIterator[str]:
    """A role without text, two texts, an end without text, and the usage if asked for."""
    first = chunk["choices"][0]
    counted = chunk.get("usage") or {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}

    def event(choices: list[dict[str, Any]], **more: Any) -> str:
        return f"data: {json.dumps({**chunk, 'usage': None, **more, 'choices': choices})}\n\n"

    def piece(text: str | None, end: str | None) -> list[dict[str, Any]]:
        return [{**first, "delta": {**first["delta"], "content": text}, "finish_reason": end}]

    yield event(piece(None, None))
    yield event(piece("Hel", None))
    yield event(piece("lo", None))
    yield event(piece(None, "stop"))
    if usage:
        yield event([], usage=counted)
    yield "data: [DONE]\n\n"
