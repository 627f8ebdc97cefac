"""Texts of any size, each of one shape: what a function's docstring names, again and again."""

from __future__ import annotations

import json
from collections.abc import Callable


def _filled(head: str, unit: str, tail: str, size: int) -> str:
    return head + unit * max(1, (size - len(head) - len(tail)) // len(unit)) + tail


JS_HEAD = 'import OpenAI from "openai";\nconst client = new OpenAI();\n'
PY_HEAD = "from openai import OpenAI\nclient = OpenAI()\n"


def size_js(size: int) -> str:
    """Much code, one request."""
    unit = (
        "export async function f(a: number, b = [1, 2]) {\n"
        "  const x = await g(a, { b, c: `t${a}` });\n  return x?.y;\n}\n"
    )
    return _filled(JS_HEAD + 'await client.chat.completions.create({ model: "gpt-4o" });\n', unit, "", size)


def requests_js(size: int) -> str:
    """Many requests, each with findings."""
    return _filled(JS_HEAD, 'await client.chat.completions.create({ model: "gpt-4o", n: 2, messages: [] });\n', "", size)


def names_js(size: int) -> str:
    """Many names of models in functions of their own."""
    return _filled(JS_HEAD, 'function f() {\n  const model = "gpt-4o";\n  return h(model);\n}\n', "", size)


def line_js(size: int) -> str:
    """All on one line."""
    return _filled(JS_HEAD, 'h("gpt-4o", 1, { a: [b] });', "\n", size)


def objects_js(size: int) -> str:
    """Objects inside objects."""
    depth = size // 12
    return JS_HEAD + "const x = " + '{ "a": ' * depth + '"gpt-4o"' + " }" * depth + ";\n"


def calls_js(size: int) -> str:
    """Functions inside functions."""
    depth = size // 16
    return JS_HEAD + "f(() => { " * depth + 'g("gpt-4o");' + " });" * depth + "\n"


def chain_js(size: int) -> str:
    """A chain of calls."""
    return JS_HEAD + "x" + ".then(a => b)" * (size // 13) + ';\nf("gpt-4o");\n'


def sum_js(size: int) -> str:
    """A sum of strings."""
    return JS_HEAD + "const x = 'gpt-4o'" + " + 'abcdefg'" * (size // 12) + ";\n"


def requests_py(size: int) -> str:
    """Many requests in Python."""
    return _filled(PY_HEAD, 'client.chat.completions.create(model="gpt-4o", n=2, messages=[])\n', "", size)


def curl_sh(size: int) -> str:
    """Many requests with curl."""
    unit = "curl https://api.openai.com/v1/chat/completions \\\n  -d '{\"model\": \"gpt-4o\", \"n\": 2}'\n"
    return _filled("#!/bin/sh\n", unit, "", size)


def nested_sh(size: int) -> str:
    """Commands inside commands."""
    depth = size // 9
    return "x=" + "$(echo " * depth + "gpt-4o" + ")" * depth + "\n"


def requests_ps1(size: int) -> str:
    """Many requests in PowerShell."""
    unit = (
        "$b = @{ model = 'gpt-4o'; n = 2 } | ConvertTo-Json\n"
        "Invoke-RestMethod -Uri https://api.openai.com/v1/chat/completions -Method Post -Body $b\n"
    )
    return _filled("", unit, "", size)


def nested_ps1(size: int) -> str:
    """Hashtables inside hashtables."""
    depth = size // 8
    return "$x = " + "@{ a = " * depth + "'gpt-4o'" + "}" * depth + "\n"


def list_yaml(size: int) -> str:
    """A list of mappings."""
    return _filled("models:\n", "  - model: gpt-4o\n    api_base: https://api.openai.com/v1\n", "", size)


def list_json(size: int) -> str:
    """A list of objects on one line."""
    return _filled("[", '{"model": "gpt-4o", "n": 2}, ', "{}]", size)


def nested_json(size: int) -> str:
    """Objects inside objects."""
    depth = size // 7
    return '{"a": ' * depth + '"gpt-4o"' + "}" * depth


def list_env(size: int) -> str:
    """Many variables."""
    return _filled("", "OPENAI_MODEL=gpt-4o\n", "", size)


def fences_md(size: int) -> str:
    """Many blocks."""
    unit = 'Some text.\n\n```js\nawait new OpenAI().chat.completions.create({ model: "gpt-4o" });\n```\n\n'
    return _filled("# OpenAI\n\n", unit, "", size)


def lists_md(size: int) -> str:
    """Quotes inside quotes, and text on one line."""
    return _filled("", "> ", "```\n", size // 2) + _filled("", "use `gpt-4o` [a](b) ", "\n", size // 2)


def cells_ipynb(size: int) -> str:
    """Many cells."""
    lines = ["from openai import OpenAI\n", 'OpenAI().chat.completions.create(model="gpt-4o")']
    cell = {"cell_type": "code", "source": lines}
    count = size // (len(json.dumps(cell)) + 2)
    return json.dumps({"cells": [cell] * count, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def size_py(size: int) -> str:
    """Much code in Python, one request."""
    unit = "async def f(a: int, b=[1, 2]):\n    x = await g(a, b=b, c=f't{a}')\n    return x.y\n"
    return _filled(PY_HEAD + 'client.chat.completions.create(model="gpt-4o")\n', unit, "", size)


def size_yaml(size: int) -> str:
    """Many settings, one model."""
    return _filled("model: gpt-4o\n", "  - name: a b c\n    count: 12\n    path: /usr/share\n", "", size).replace(
        "\n", "\nlist:\n", 1
    )


def size_md(size: int) -> str:
    """Much text, one block."""
    head = '# Title\n\n```py\nfrom openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o")\n```\n\n'
    return _filled(head, "Some words *and* a [link](b.md), `code` and no more.\n\n- one\n- two\n\n", "", size)


def plain_py(size: int) -> str:
    """Code in Python without a trace of OpenAI."""
    return _filled("", "def f(a, b):\n    return [g(x, a) for x in b]\n\n\n", "", size)


#: a file's name, and what it holds
SHAPES: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("a.ts", size_js), ("a.ts", requests_js), ("a.js", names_js), ("a.js", line_js), ("a.js", objects_js),
    ("a.js", calls_js), ("a.js", chain_js), ("a.js", sum_js), ("a.py", requests_py), ("a.sh", curl_sh),
    ("a.sh", nested_sh), ("a.ps1", requests_ps1), ("a.ps1", nested_ps1), ("a.yaml", list_yaml), ("a.json", list_json),
    ("a.json", nested_json), (".env", list_env), ("a.md", fences_md), ("a.md", lists_md), ("a.ipynb", cells_ipynb),
)  # fmt: skip
