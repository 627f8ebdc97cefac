"""Programs made from what an SDK offers (:mod:`surface`).

Every program changes one thing of a request that the target fully supports, so
that what is reported is reported for that. Most come straight from the types of
the signature; the ways of writing an argument down, of building a client and of
reading a stream are listed here, and crossed with the parameters.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from standin import CATALOGUE, CHUNK, PLAIN, Behaviour, Order, toml

PYTHON, JAVASCRIPT = "python", "javascript"

#: programs with several parameters for each way of writing one down
MIXES = 12


class Case(NamedTuple):
    """One program.

    ``group``: what it is about (``parameter``, ``endpoint``, ``read`` …);
    ``subject``: the parameter, path or form. ``order``: how the stand-in answers.
    ``compare``: it runs against OpenAI's answers too, and what it prints tells
    whether the answer lacks something. ``reads``: the field that it reads.
    """

    id: str
    group: str
    subject: str
    language: str
    text: str
    order: Order = Order()
    compare: bool = False
    reads: str = ""


class Names(NamedTuple):
    """How the programs for a target name things."""

    base_url: str
    key: str
    #: takes temperature or top_p, and no prefill
    model: str
    #: takes prefill
    old: str
    #: takes no sampling parameter
    new: str


def names_of(behaviour: Behaviour) -> Names:
    spellings: dict[str, Callable[[str], str]] = {
        "first-party": lambda name: name,
        "openrouter": lambda name: "anthropic/" + name.removesuffix("-20251001"),
        "litellm": lambda name: f"anthropic/{name}",
        "databricks": lambda name: "databricks-" + name.removesuffix("-20251001"),
    }
    spelled = spellings[behaviour.rows.table["grammar"]]
    return Names(
        behaviour.base_url,
        behaviour.rows.table["key_variable"],
        spelled("claude-sonnet-4-6"),
        spelled("claude-haiku-4-5-20251001"),
        spelled("claude-opus-4-8"),
    )


# --------------------------------------------------------------- source text


def literal(value: Any, language: str, indent: int = 4) -> str:
    """A JSON value as a literal, spread over lines where it is long."""
    python = language == PYTHON
    if isinstance(value, dict) and "$bytes" in value:
        return f'b"{value["$bytes"]}"' if python else f'new File(["{value["$bytes"]}"], "a.txt")'
    if isinstance(value, bool) or value is None:
        words = {True: "True", False: "False", None: "None"} if python else {True: "true", False: "false", None: "null"}
        return words[value]
    if isinstance(value, (str, int, float)):
        return json.dumps(value)
    inner = " " * (indent + 4)
    if isinstance(value, list):
        parts = [literal(item, language, indent + 4) for item in value]
        brackets = "[]"
    else:
        spell = json.dumps if python else (lambda key: key if key.isidentifier() else json.dumps(key))
        parts = [f"{spell(key)}: {literal(item, language, indent + 4)}" for key, item in value.items()]
        brackets = "{}"
    line = brackets[0] + ", ".join(parts) + brackets[1]
    if len(line) + indent < 100 and "\n" not in line:
        return line
    return f"{brackets[0]}\n" + "".join(f"{inner}{part},\n" for part in parts) + " " * indent + brackets[1]


class Writer:
    """Writes programs of one language for one target."""

    def __init__(self, language: str, names: Names) -> None:
        self.language = language
        self.names = names
        self.python = language == PYTHON

    @property
    def basis(self) -> dict[str, Any]:
        """A request that every target takes whole."""
        return {"model": self.names.model, "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 64}

    def client(self, **arguments: str) -> str:
        """A client; ``arguments`` as source text, None as text leaves one out."""
        if self.python:
            given = {"api_key": f'os.environ["{self.names.key}"]', "base_url": json.dumps(self.names.base_url), **arguments}
            lines = "".join(f"    {name}={text},\n" for name, text in given.items() if text != "-")
            return f"import os\n\nfrom openai import OpenAI\n\nclient = OpenAI(\n{lines})\n"
        given = {"apiKey": f"process.env.{self.names.key}", "baseURL": json.dumps(self.names.base_url), **arguments}
        lines = "".join(f"  {name}: {text},\n" for name, text in given.items() if text != "-")
        return f'import OpenAI from "openai";\n\nconst client = new OpenAI({{\n{lines}}});\n'

    def call(self, arguments: dict[str, Any], method: str = "client.chat.completions.create", extra: str = "") -> str:
        """A call with keywords, or with an object, as an expression."""
        if self.python:
            lines = [f"    {name}={literal(value, PYTHON)},\n" for name, value in arguments.items()]
            return f"{method}(\n{''.join(lines)}{extra})"
        lines = [f"  {name}: {literal(value, JAVASCRIPT, 2)},\n" for name, value in arguments.items()]
        return f"await {method}({{\n{''.join(lines)}{extra}}})"

    def let(self, name: str, expression: str) -> str:
        return f"{name} = {expression}\n" if self.python else f"const {name} = {expression};\n"

    def show(self, expression: str) -> str:
        return f"print({expression})\n" if self.python else f"console.log({expression});\n"

    def request(self, arguments: dict[str, Any]) -> str:
        """The call, and a careful look at what it gives."""
        if arguments.get("stream"):
            return self.let("stream", self.call(arguments)) + self.careful_loop()
        return self.let("response", self.call(arguments)) + self.show("response.choices[0].message.content")

    def careful_loop(self) -> str:
        if self.python:
            return (
                "for chunk in stream:\n    if chunk.choices:\n"
                '        print(chunk.choices[0].delta.content or "", end="")\n'
            )
        return (
            "for await (const chunk of stream) {\n"
            '  process.stdout.write(chunk.choices[0]?.delta?.content ?? "");\n}\n'
        )

    def program(self, arguments: dict[str, Any]) -> str:
        return self.client() + "\n" + self.request(arguments)


# --------------------------------------------------------------- parameters


def with_parameter(writer: Writer, name: str, value: Any) -> dict[str, Any]:
    """The basis with a parameter in surroundings in which it makes sense."""
    basis = writer.basis
    if name == "messages":
        closing = [] if value[-1]["role"] in ("user", "tool") else [{"role": "user", "content": "Hello"}]
        value = [*value, *closing]
    basis[name] = value
    if name == "stream_options":
        basis["stream"] = True
    if name in ("tool_choice", "parallel_tool_calls"):
        basis["tools"] = [{"type": "function", "function": {"name": "text"}}]
    return basis


def parameters(writer: Writer, create: dict[str, list[Any]]) -> Iterator[Case]:
    """Every parameter with every value drawn from its type."""
    for name, values in create.items():
        for value in values:
            text = writer.program(with_parameter(writer, name, value))
            yield Case("", "model" if name == "model" else "parameter", name, writer.language, text)


def forms(writer: Writer, create: dict[str, list[Any]]) -> Iterator[Case]:
    """Every parameter, written down in every way."""
    ways = PYTHON_WAYS if writer.python else JAVASCRIPT_WAYS
    for name, values in create.items():
        if name in ("model", "messages", "stream"):
            continue
        for label, way in ways.items():
            value = next(value for value in values if value is not None)
            whole = with_parameter(writer, name, value)
            del whole[name]
            yield Case("", "form", f"{label}: {name}", writer.language, way(writer, whole, name, value))


def together(writer: Writer, create: dict[str, list[Any]]) -> Iterator[Case]:
    """Several parameters at once, with a model of OpenAI's in every second program, written down in every way."""
    ways = PYTHON_WAYS if writer.python else JAVASCRIPT_WAYS
    names = [name for name in create if name not in ("model", "messages", "stream")]
    for label, way in ways.items():
        rng = random.Random(label)
        for number in range(MIXES):
            whole: dict[str, Any] = {**writer.basis, "model": "gpt-4o"} if number % 2 else writer.basis
            chosen = rng.sample(names, rng.randint(2, 6))
            for name in reversed(chosen):
                values = [value for value in create[name] if value is not None]
                around = with_parameter(writer, name, values[0] if name == chosen[0] else rng.choice(values))
                # what another one needs beside it does not stand against what was chosen
                whole = {**around, **whole, name: around[name]}
            value = whole.pop(chosen[0])
            text = way(writer, whole, chosen[0], value)
            yield Case("", "together", f"{label}: {' '.join(chosen)}", writer.language, text)


def _items(arguments: dict[str, Any], language: str, indent: int = 4) -> str:
    return "".join(f"{' ' * indent}{name}={literal(value, language, indent)},\n" for name, value in arguments.items())


def _python_ways() -> dict[str, Callable[[Writer, dict[str, Any], str, Any], str]]:
    def ending(arguments: dict[str, Any]) -> str:
        if arguments.get("stream"):
            return 'for chunk in response:\n    if chunk.choices:\n        print(chunk.choices[0].delta.content or "", end="")\n'
        return "print(response.choices[0].message.content)\n"

    def splat(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        whole = literal({**rest, name: value}, PYTHON, 0)
        return f"{w.client()}\nparams = {whole}\nresponse = client.chat.completions.create(**params)\n{ending(rest)}"

    def dict_call(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        whole = _items({**rest, name: value}, PYTHON)
        return f"{w.client()}\nparams = dict(\n{whole})\nresponse = client.chat.completions.create(**params)\n{ending(rest)}"

    def stored(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nparams = {literal(rest, PYTHON, 0)}\n"
            f'params["{name}"] = {literal(value, PYTHON, 0)}\n'
            f"response = client.chat.completions.create(**params)\n{ending(rest)}"
        )

    def updated(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nparams = {literal(rest, PYTHON, 0)}\n"
            f"params.update({name}={literal(value, PYTHON, 0)})\n"
            f"response = client.chat.completions.create(**params)\n{ending(rest)}"
        )

    def constant(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nVALUE = {literal(value, PYTHON, 0)}\nresponse = client.chat.completions.create(\n"
            f"{_items(rest, PYTHON)}    {name}=VALUE,\n)\n{ending(rest)}"
        )

    def extra_body(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        extra = f"    extra_body={{{json.dumps(name)}: {literal(value, PYTHON)}}},\n"
        return f"{w.client()}\nresponse = {w.call(rest, extra=extra)}\n{ending(rest)}"

    def wrapped(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\n\ndef ask(**options):\n    return client.chat.completions.create(\n"
            f"{_items(rest, PYTHON, 8)}        **options,\n    )\n\n\n"
            f"response = ask({name}={literal(value, PYTHON, 0)})\n{ending(rest)}"
        )

    def default(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\n\ndef ask({name}={literal(value, PYTHON, 0)}):\n    return client.chat.completions.create(\n"
            f"{_items(rest, PYTHON, 8)}        {name}={name},\n    )\n\n\nresponse = ask()\n{ending(rest)}"
        )

    def attribute(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        build = f'OpenAI(api_key=os.environ["{w.names.key}"], base_url={json.dumps(w.names.base_url)})'
        return (
            f"import os\n\nfrom openai import OpenAI\n\n\nclass Chat:\n    def __init__(self):\n        self._client = {build}\n\n"
            f"    def ask(self):\n        return self._client.chat.completions.create(\n"
            f"{_items({**rest, name: value}, PYTHON, 12)}        )\n\n\nresponse = Chat().ask()\n{ending(rest)}"
        )

    def partial(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"from functools import partial\n{w.client()}\n"
            f"ask = partial(client.chat.completions.create, {name}={literal(value, PYTHON, 0)})\n"
            f"response = ask(\n{_items(rest, PYTHON)})\n{ending(rest)}"
        )

    def bound(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\ncreate = client.chat.completions.create\n"
            f"response = create(\n{_items({**rest, name: value}, PYTHON)})\n{ending(rest)}"
        )

    def raw(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        call = w.call({**rest, name: value}, "client.chat.completions.with_raw_response.create")
        return f"{w.client()}\nraw = {call}\nresponse = raw.parse()\n{ending(rest)}"

    def derived(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        call = w.call({**rest, name: value}, "client.with_options(timeout=20).chat.completions.create")
        return f"{w.client()}\nresponse = {call}\n{ending(rest)}"

    def module(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        call = w.call({**rest, name: value}, "openai.chat.completions.create")
        return (
            f'import os\n\nimport openai\n\nopenai.api_key = os.environ["{w.names.key}"]\n'
            f"openai.base_url = {json.dumps(w.names.base_url.rstrip('/') + '/')}\nresponse = {call}\n{ending(rest)}"
        )

    def waiting(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        loop = "    print(response.choices[0].message.content)\n"
        if rest.get("stream"):
            loop = (
                "    async for chunk in response:\n        if chunk.choices:\n"
                '            print(chunk.choices[0].delta.content or "", end="")\n'
            )
        return (
            "import asyncio\nimport os\n\nfrom openai import AsyncOpenAI\n\n"
            f'client = AsyncOpenAI(api_key=os.environ["{w.names.key}"], base_url={json.dumps(w.names.base_url)})\n\n\n'
            f"async def main():\n    response = await client.chat.completions.create(\n"
            f"{_items({**rest, name: value}, PYTHON, 8)}    )\n{loop}\n\nasyncio.run(main())\n"
        )

    return {
        "**params": splat, "dict()": dict_call, "stored": stored, "update()": updated, "constant": constant,
        "extra_body": extra_body, "wrapper": wrapped, "default": default, "attribute": attribute, "partial": partial,
        "bound method": bound, "with_raw_response": raw, "with_options": derived, "module": module, "async": waiting,
    }  # fmt: skip


def _javascript_ways() -> dict[str, Callable[[Writer, dict[str, Any], str, Any], str]]:
    def inside(arguments: dict[str, Any], indent: int = 2) -> str:
        pad = " " * indent
        return "".join(f"{pad}{name}: {literal(value, JAVASCRIPT, indent)},\n" for name, value in arguments.items())

    def ending(w: Writer, arguments: dict[str, Any]) -> str:
        if arguments.get("stream"):
            return w.careful_loop().replace("of stream", "of response")
        return w.show("response.choices[0].message.content")

    def spread(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nconst params = {{\n{inside({**rest, name: value})}}};\n"
            f"const response = await client.chat.completions.create({{ ...params }});\n{ending(w, rest)}"
        )

    def passed(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nconst params = {{\n{inside({**rest, name: value})}}};\n"
            f"const response = await client.chat.completions.create(params);\n{ending(w, rest)}"
        )

    def stored(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nconst params = {{\n{inside(rest)}}};\nparams.{name} = {literal(value, JAVASCRIPT, 0)};\n"
            f"const response = await client.chat.completions.create(params);\n{ending(w, rest)}"
        )

    def constant(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nconst value = {literal(value, JAVASCRIPT, 0)};\n"
            f"const response = await client.chat.completions.create({{\n{inside(rest)}  {name}: value,\n}});\n{ending(w, rest)}"
        )

    def shorthand(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nconst {name} = {literal(value, JAVASCRIPT, 0)};\n"
            f"const response = await client.chat.completions.create({{\n{inside(rest)}  {name},\n}});\n{ending(w, rest)}"
        )

    def wrapped(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nasync function ask(options) {{\n"
            f"  return client.chat.completions.create({{\n{inside(rest, 4)}    ...options,\n  }});\n}}\n"
            f"const response = await ask({{ {name}: {literal(value, JAVASCRIPT, 0)} }});\n{ending(w, rest)}"
        )

    def field(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        options = f"apiKey: process.env.{w.names.key}, baseURL: {json.dumps(w.names.base_url)}"
        return (
            f'import OpenAI from "openai";\n\nclass Chat {{\n  constructor() {{\n    this.client = new OpenAI({{ {options} }});\n  }}\n'
            f"  async ask() {{\n    return this.client.chat.completions.create({{\n{inside({**rest, name: value}, 6)}    }});\n  }}\n}}\n"
            f"const response = await new Chat().ask();\n{ending(w, rest)}"
        )

    def promised(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        loop = "console.log(response.choices[0].message.content);"
        if rest.get("stream"):
            loop = 'for await (const chunk of response) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");'
        return (
            f"{w.client()}\nawait client.chat.completions.create({{\n{inside({**rest, name: value})}}})"
            f".then(async (response) => {{\n  {loop}\n}});\n"
        )

    def with_response(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        return (
            f"{w.client()}\nconst {{ data: response }} = await client.chat.completions.create({{\n"
            f"{inside({**rest, name: value})}}}).withResponse();\n{ending(w, rest)}"
        )

    def required(w: Writer, rest: dict[str, Any], name: str, value: Any) -> str:
        head = w.client().replace('import OpenAI from "openai";', 'import { OpenAI } from "openai";')
        return f"{head}\nconst response = {w.call({**rest, name: value})};\n{ending(w, rest)}"

    return {
        "...params": spread, "params": passed, "stored": stored, "constant": constant, "shorthand": shorthand,
        "wrapper": wrapped, "field": field, "then": promised, "withResponse": with_response, "named import": required,
    }  # fmt: skip


PYTHON_WAYS = _python_ways()
JAVASCRIPT_WAYS = _javascript_ways()


# ------------------------------------------------------------------- models


def models(writer: Writer) -> Iterator[Case]:
    """Every model ID that the catalogue knows, Claude's with each sampling rule and prefill."""
    claude = toml(CATALOGUE / "claude_models.toml")["models"]["rows"]
    first_party = writer.names.model == "claude-sonnet-4-6"
    for row in claude:
        for name in (row["id"], *row.get("aliases", ())):
            extras: list[tuple[str, dict[str, Any]]] = [("", {})]
            # the rules of a model are what matters, once it is in use
            if first_party and row["status"] in ("current", "legacy"):
                pairs = ((0.5, None), (1, None), (None, 0.5), (None, 1), (None, 0.99), (1, 0.99), (0.5, 0.5), (1, 1), (1.5, None))
                for temperature, top_p in pairs:
                    given = {"temperature": temperature, "top_p": top_p}
                    extras.append(("sampling", {key: value for key, value in given.items() if value is not None}))
                extras.append(("prefill", {"messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Well,"}]}))
            for label, extra in extras if first_party else ():
                text = writer.program({**writer.basis, "model": name, **extra})
                yield Case("", "model", f"{name} {label}".strip(), writer.language, text)
    for line in _ids(CATALOGUE / "openai_models.toml"):
        yield Case("", "model", line, writer.language, writer.program({**writer.basis, "model": line}))
    for name in MISSPELT if first_party else ():
        yield Case("", "model", name, writer.language, writer.program({**writer.basis, "model": name}))
    for name in (writer.names.model, writer.names.old, writer.names.new):
        yield Case("", "model", name, writer.language, writer.program({**writer.basis, "model": name}))


#: as people write them, and as other platforms do
MISSPELT = (
    "claude-sonnet-4.6", "claude-opus-4.8", "claude-haiku-4.5", "claude-4-sonnet", "claude-4-6-sonnet", "claude-sonet-4-6",
    "claude-sonnet-46", "claude-3-5-sonet-20241022", "claude-3.5-sonnet", "anthropic/claude-sonnet-4.6", "claude-opus-4-8-latest",
    "anthropic.claude-sonnet-4-6-v1:0", "us.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5@20251001",
    "databricks-claude-sonnet-4-6", "bedrock/anthropic.claude-sonnet-4-6", "claude-sonnet-9", "claude-haiku-4-5-20250101",
)  # fmt: skip


def _ids(path: Any) -> list[str]:
    """The IDs of the table of OpenAI's models: the first column of its rows."""
    return [line.split()[0] for line in toml(path)["models"].splitlines() if line.strip()]


# ---------------------------------------------------------------- endpoints


def endpoints(writer: Writer, methods: list[dict[str, Any]]) -> Iterator[Case]:
    """Every method path, with what it requires."""
    for method in methods:
        path, args = method["path"], method["args"]
        if path.startswith(("chat.completions.create", "beta.chat.completions.create")):
            continue
        if "chat.completions." in path and path.rpartition(".")[2] in ("parse", "stream", "runTools", "runFunctions", "run_tools"):
            continue  # helpers of chat completions, below
        if writer.python:
            given = ", ".join(f"{name}={literal(value, PYTHON)}" for name, value in args.items())
            call = f"client.{path}({given})"
            text = f"{writer.client()}\nwith {call} as connection:\n    print(connection)\n" if method.get("socket") else (
                f"{writer.client()}\nresult = {call}\nprint(result)\n"
            )
            if path.endswith(("_stream", ".stream")):
                text = f"{writer.client()}\nwith {call} as events:\n    for event in events:\n        print(event)\n"
        else:
            given = ", ".join(literal(value, JAVASCRIPT, 0) for value in args)
            text = f"{writer.client()}\nconst result = await client.{path}({given});\nconsole.log(result);\n"
            if path.lower().endswith("stream"):
                text = f"{writer.client()}\nfor await (const event of client.{path}({given})) {{\n  console.log(event);\n}}\n"
        yield Case("", "endpoint", path, writer.language, text)


def helpers(writer: Writer, methods: list[dict[str, Any]]) -> Iterator[Case]:
    """The helpers around chat completions, with a schema and without."""
    paths = [m["path"] for m in methods if "chat.completions." in m["path"]]
    schema = {"type": "json_schema", "json_schema": {"name": "text", "schema": {"type": "object", "properties": {}}}}
    for path in paths:
        name = path.rpartition(".")[2]
        if name == "parse":
            yield Case("", "helper", path, writer.language, f"{writer.client()}\n{writer.let('response', writer.call(writer.basis, f'client.{path}'))}{writer.show('response.choices[0].message.content')}")
            if writer.python:
                call = writer.call(writer.basis, f"client.{path}", "    response_format=Answer,\n")
                body = f"\n\nclass Answer(BaseModel):\n    text: str\n\n\nresponse = {call}\nprint(response.choices[0].message.parsed)\n"
                yield Case("", "helper", f"{path} class", writer.language, f"from pydantic import BaseModel\n\n{writer.client()}{body}")
            else:
                call = writer.call({**writer.basis, "response_format": schema}, f"client.{path}")
                yield Case("", "helper", f"{path} schema", writer.language, f"{writer.client()}\nconst response = {call};\nconsole.log(response.choices[0].message.parsed);\n")
        elif name == "stream" and writer.python:
            for extra in ("", "    n=2,\n", "    response_format=Answer,\n"):
                call = writer.call(writer.basis, f"client.{path}", extra)
                body = f"\n\nclass Answer(BaseModel):\n    text: str\n\n\nwith {call} as events:\n    for event in events:\n        print(event.type)\n"
                yield Case("", "helper", f"{path} {extra.strip(' ,')}".strip(), writer.language, f"from pydantic import BaseModel\n\n{writer.client()}{body}")
        elif name == "stream":
            for extra in ("", "  n: 2,\n", "  seed: 1,\n"):
                call = writer.call(writer.basis, f"client.{path}", extra).removeprefix("await ")
                text = f"{writer.client()}\nconst runner = {call};\nconsole.log(await runner.finalContent());\n"
                yield Case("", "helper", f"{path} {extra.strip(' ,')}".strip(), writer.language, text)


# ------------------------------------------------------------------ clients


def clients(writer: Writer, arguments: dict[str, list[Any]]) -> Iterator[Case]:
    """Every argument of the client, and the ways to a wrong address or key."""
    asked = "\n" + writer.request(writer.basis)
    names = writer.names
    url = names.base_url.rstrip("/")
    key, base = ("api_key", "base_url") if writer.python else ("apiKey", "baseURL")
    spelled = dict if writer.python else _camel
    for name, values in arguments.items():
        for value in values:
            if name in ("api_key", "base_url", "provider", "workload_identity", "data_residency"):
                continue
            given: dict[str, str] = spelled({name: literal(value, writer.language)})
            if "timeout" in given:  # milliseconds, in one of them
                given["timeout"] = "20" if writer.python else "20000"
            yield Case("", "client", name, writer.language, writer.client(**given) + asked)
    for value in arguments.get("data_residency", ()):
        given = spelled({"data_residency": literal(value, writer.language)})
        yield Case("", "client", f"data_residency {value}", writer.language, writer.client(**{base: "-"}, **given) + asked)
    environ = 'os.environ["{}"]' if writer.python else "process.env.{}"
    for label, changed in {
        "no URL": {base: "-"},
        "no key": {key: "-"},
        "neither": {base: "-", key: "-"},
        "OpenAI's URL": {base: '"https://api.openai.com/v1"'},
        "a regional URL": {base: '"https://eu.api.openai.com/v1"'},
        "OpenAI's key": {key: environ.format("OPENAI_API_KEY")},
        "a written key": {key: '"text"'},
        "slash": {base: json.dumps(url + "/")},
        "no slash": {base: json.dumps(url)},
    }.items():
        yield Case("", "client", label, writer.language, writer.client(**changed) + asked)
    if url == "https://gw.claudeapi.com/v1":
        for wrong in ("https://gw.claudeapi.com", "https://gw.claudeapi.com/v1/chat/completions", "https://gw.claudeapi.com/v2",
                      "https://gw.claude-api.com/v1", "https://gw.claudapi.com/v1", "https://gw.claudeapi.com/api/v1"):  # fmt: skip
            yield Case("", "client", wrong, writer.language, writer.client(**{base: json.dumps(wrong)}) + asked)


def _camel(values: dict[str, str]) -> dict[str, str]:
    special = {"base_url": "baseURL", "admin_api_key": "adminAPIKey", "websocket_base_url": "websocketBaseURL"}

    def one(name: str) -> str:
        head, *rest = name.split("_")
        return special.get(name, head + "".join(part.capitalize() for part in rest))

    return {one(name): value for name, value in values.items()}


# ------------------------------------------------------------------ answers


def reads(writer: Writer, surface: dict[str, Any]) -> Iterator[Case]:
    """Every field of an answer and of a chunk; a second choice."""
    completion, chunk = _filled(surface["completion"]["full"]), surface["chunk"]["full"]
    order = Order(completion=completion, chunk=chunk)
    for path in (*surface["completion"]["paths"], ".choices[1]", ".choices[1].message.content"):
        text = writer.client() + "\n" + writer.let("response", writer.call(writer.basis)) + writer.show(f"response{path}")
        yield Case("", "read", path, writer.language, text, order, True, path)
    for path in surface["chunk"]["paths"]:
        if path.endswith("delta.content"):
            continue
        asked = {**writer.basis, "stream": True}
        there = "choices" if writer.python else "choices.length"
        if path.startswith(".usage"):
            asked["stream_options"], there = {"include_usage": True}, "usage"
        stream = writer.client() + "\n" + writer.let("stream", writer.call(asked))
        if writer.python:
            loop = f"for chunk in stream:\n    if chunk.{there}:\n        print(chunk{path})\n"
        else:
            loop = f"for await (const chunk of stream) {{\n  if (chunk.{there}) {{\n    console.log(chunk{path});\n  }}\n}}\n"
        yield Case("", "chunk", path, writer.language, stream + loop, order, True, path)


def _filled(full: dict[str, Any]) -> dict[str, Any]:
    first = full["choices"][0]
    return {**full, "choices": [first, {**first, "index": 1}]}


def streams(writer: Writer) -> Iterator[Case]:
    """Ways to put a streamed text together: what is printed has to be the text."""
    asked = writer.client() + "\n" + writer.let("stream", writer.call({**writer.basis, "stream": True}))
    usage = writer.client() + "\n" + writer.let(
        "stream", writer.call({**writer.basis, "stream": True, "stream_options": {"include_usage": True}})
    )
    if writer.python:
        loops = {
            "careful": 'for chunk in stream:\n    if chunk.choices:\n        print(chunk.choices[0].delta.content or "", end="")\n',
            "truth": "for chunk in stream:\n    if chunk.choices and chunk.choices[0].delta.content:\n        print(chunk.choices[0].delta.content, end=\"\")\n",
            "variable": "for chunk in stream:\n    text = chunk.choices[0].delta.content if chunk.choices else None\n    if text:\n        print(text, end=\"\")\n",
            "not None": "for chunk in stream:\n    if chunk.choices and chunk.choices[0].delta.content is not None:\n        print(chunk.choices[0].delta.content, end=\"\")\n",
            "continue": "for chunk in stream:\n    if not chunk.choices or not chunk.choices[0].delta.content:\n        continue\n    print(chunk.choices[0].delta.content, end=\"\")\n",
            "print": 'for chunk in stream:\n    if chunk.choices:\n        print(chunk.choices[0].delta.content, end="")\n',
            "add": 'text = ""\nfor chunk in stream:\n    if chunk.choices:\n        text += chunk.choices[0].delta.content\nprint(text)\n',
            "join": 'print("".join(chunk.choices[0].delta.content for chunk in stream if chunk.choices))\n',
            "format": 'for chunk in stream:\n    if chunk.choices:\n        print(f"{chunk.choices[0].delta.content}", end="")\n',
            "message": 'for chunk in stream:\n    if chunk.choices:\n        print(chunk.choices[0].message.content or "", end="")\n',
            "text": 'for chunk in stream:\n    if chunk.choices:\n        print(chunk.choices[0].text or "", end="")\n',
            "content": 'for chunk in stream:\n    print(chunk.content or "", end="")\n',
        }  # fmt: skip
    else:
        loops = {
            "careful": writer.careful_loop(),
            "or": 'for await (const chunk of stream) {\n  process.stdout.write(chunk.choices[0]?.delta?.content || "");\n}\n',
            "truth": "for await (const chunk of stream) {\n  const text = chunk.choices[0]?.delta?.content;\n  if (text) process.stdout.write(text);\n}\n",
            "continue": "for await (const chunk of stream) {\n  const text = chunk.choices[0]?.delta?.content;\n  if (!text) continue;\n  process.stdout.write(text);\n}\n",
            "write": "for await (const chunk of stream) {\n  process.stdout.write(chunk.choices[0].delta.content);\n}\n",
            "add": 'let text = "";\nfor await (const chunk of stream) {\n  text += chunk.choices[0]?.delta.content;\n}\nconsole.log(text);\n',
            "template": "for await (const chunk of stream) {\n  process.stdout.write(`${chunk.choices[0]?.delta.content}`);\n}\n",
            "message": 'for await (const chunk of stream) {\n  process.stdout.write(chunk.choices[0].message.content ?? "");\n}\n',
            "text": 'for await (const chunk of stream) {\n  process.stdout.write(chunk.choices[0].text ?? "");\n}\n',
        }  # fmt: skip
    for label, loop in loops.items():
        yield Case("", "stream", label, writer.language, asked + loop)
    for label in ("careful", "truth", "continue"):
        yield Case("", "stream", f"{label}, with usage", writer.language, usage + loops[label])


def errors(writer: Writer) -> Iterator[Case]:
    """Each status, caught as the SDK's own class, and each of OpenAI's error codes compared with."""
    classes = {400: "BadRequestError", 401: "AuthenticationError", 403: "PermissionDeniedError", 404: "NotFoundError",
               429: "RateLimitError", 500: "InternalServerError", 503: "InternalServerError"}  # fmt: skip
    for status, name in classes.items():
        yield Case("", "error", f"{status} {name}", writer.language, _caught(writer, name, "", f"{status}"), Order(status=status, completion=PLAIN, chunk=CHUNK))
    for code in toml(CATALOGUE / "sdk.toml")["watch"]["error-codes"].split():
        text = _caught(writer, "APIStatusError" if writer.python else "APIError", code, "as OpenAI says it")
        yield Case("", "error", code, writer.language, text, Order(status=400, code=code), True)


def _caught(writer: Writer, name: str, code: str, say: str) -> str:
    call = writer.let("response", writer.call(writer.basis))
    if writer.python:
        inner = "".join(f"    {line}\n" for line in (call + "print(response.choices[0].message.content)").splitlines())
        then = f"    if error.code == {json.dumps(code)}:\n        print({json.dumps(say)})\n" if code else f"    print({json.dumps(say)})\n"
        head = writer.client().replace("from openai import OpenAI", f"from openai import {name}, OpenAI")
        bound = f" as error:\n{then}" if code else f":\n{then}"
        return f"{head}\ntry:\n{inner}except {name}{bound}"
    inner = "".join(f"  {line}\n" for line in (call + "console.log(response.choices[0].message.content);").splitlines())
    test = f"error instanceof OpenAI.{name}" + (f" && error.code === {json.dumps(code)}" if code else "")
    otherwise = "" if code else " else {\n    throw error;\n  }"
    return f"{writer.client()}\ntry {{\n{inner}}} catch (error) {{\n  if ({test}) {{\n    console.log({json.dumps(say)});\n  }}{otherwise}\n}}\n"


# ---------------------------------------------------------------------- all


def cases(behaviour: Behaviour, language: str, surface: dict[str, Any], everything: bool = True) -> list[Case]:
    """All programs for a target and an SDK; each text once.

    ``surface``: of the Python SDK, with the ``methods`` of the SDK that they run with.
    """
    writer = Writer(language, names_of(behaviour))
    made: list[Case] = [*parameters(writer, surface["create"]), *streams(writer), *errors(writer)]
    made += helpers(writer, surface["methods"])
    if everything:
        made += [*models(writer), *endpoints(writer, surface["methods"]), *reads(writer, surface)]
        made += [*clients(writer, surface["client"]), *forms(writer, surface["create"]), *together(writer, surface["create"])]
    once = {case.text: case for case in reversed(made)}
    return [case._replace(id=f"{number:04}") for number, case in enumerate(reversed(once.values()), 1)]


def today() -> date:
    return date.today()
