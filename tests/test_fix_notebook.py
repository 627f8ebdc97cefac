"""Edits of notebooks: the cells change, every other byte stays."""

from __future__ import annotations

import json

import pytest

from flake8_claude_compat.config import Config
from flake8_claude_compat.fixing import fix_text

CODE = [
    "from openai import OpenAI\n",
    "client = OpenAI()\n",
    'client.chat.completions.create(model="gpt-4o", messages=[],\n',
    "    seed=1,\n",
    "    stop='é')",
]
FIXED = """\
import os

from openai import OpenAI
client = OpenAI(base_url="https://gw.claudeapi.com/v1", api_key=os.environ["CLAUDE_API_KEY"])
client.chat.completions.create(model="claude-sonnet-4-6", messages=[],
    stop='é')"""


def _fixed(text: str) -> str:
    first = fix_text("a.ipynb", text, "notebook", Config(), True)
    again = fix_text("a.ipynb", first.text, "notebook", Config(), True)
    assert again.text == first.text
    assert not again.changed
    return first.text


def _cells(*sources: str | list[str], kinds: tuple[str, ...] = (), **style: object) -> str:
    cells: list[dict[str, object]] = [
        {"cell_type": kinds[at] if kinds else "code", "metadata": {}, "source": source, "outputs": ["é"]}
        for at, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, **style)  # type: ignore[arg-type]


def _source(text: str, number: int = 0) -> str:
    source = json.loads(text)["cells"][number]["source"]
    return source if isinstance(source, str) else "".join(source)


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("source", [CODE, "".join(CODE)], ids=["lines", "text"])
def test_a_cell(source: str | list[str], ascii_only: bool, indent: int | None) -> None:
    text = _cells(source, indent=indent, ensure_ascii=ascii_only)
    fixed = _fixed(text)
    assert _source(fixed) == FIXED
    # written as the file is: the same as if it had been so from the start
    lines: str | list[str] = FIXED.splitlines(True) if isinstance(source, list) else FIXED
    assert fixed == _cells(lines, indent=indent, ensure_ascii=ascii_only)


def test_items_of_different_indentation() -> None:
    text = '{"cells": [{"cell_type": "code", "source": [\n  "import openai\\n",\n       "c = openai.OpenAI()\\n",\n'
    text += (
        '   "c.chat.completions.create(model=\\"x\\", messages=[],\\n",\n "    seed=1,\\n",\n        "    n=1)"\n ]}]}'
    )
    fixed = _fixed(text)
    assert '\n        "    n=1)"\n ]}]}' in fixed
    assert "seed" not in fixed


def test_the_last_line_of_a_cell_is_removed() -> None:
    code = [
        "params = {'model': m, 'messages': []}\n",
        "client.chat.completions.create(**params)\n",
        "params['seed'] = 1",
    ]
    text = _cells("from openai import OpenAI\nclient = OpenAI(base_url=u)", code, "x = 1", indent=1)
    fixed = json.loads(_fixed(text))
    assert fixed["cells"][2]["source"] == "x = 1"


def test_commands_and_magics() -> None:
    shell = [
        "%%bash\n",
        "curl https://api.openai.com/v1/chat/completions \\\n",
        '  -d \'{"model": "gpt-4o", "seed": 1}\'',
    ]
    line = '!curl https://api.openai.com/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"\nx = 1\n'
    fixed = _fixed(_cells(shell, line, indent=1))
    assert "claude-sonnet-4-6" in _source(fixed) and "seed" not in _source(fixed)
    assert _source(fixed).startswith("%%bash\ncurl https://gw.claudeapi.com/v1/chat/completions \\\n  -d '{")
    assert _source(fixed, 1) == line.replace("api.openai.com", "gw.claudeapi.com").replace("OPENAI", "CLAUDE")


def test_a_cell_that_cannot_be_parsed_is_left() -> None:
    broken = "client = OpenAI(\n"
    fixed = fix_text("a.ipynb", _cells("".join(CODE), broken, indent=1), "notebook", Config(), True)
    assert fixed.problems
    assert _source(fixed.text) == FIXED
    assert _source(fixed.text, 1) == broken


def test_markdown_cells() -> None:
    shown = "Run\n\n```bash\nexport OPENAI_API_KEY=your-key\n```\n"
    fixed = _fixed(_cells(shown, kinds=("markdown",), indent=1))
    assert _source(fixed) == shown.replace("your-key\n", "your-key\nexport CLAUDE_API_KEY=your-claude-api-key\n")


def test_outputs_stay() -> None:
    text = _cells("".join(CODE), indent=1).replace('"\\u00e9"', '{"text": ["OPENAI_API_KEY gpt-4o"]}')
    assert '"text": ["OPENAI_API_KEY gpt-4o"]' in _fixed(text)
