"""Markdown, MDX and reStructuredText: blocks of code at their lines in the document."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mdtest import KEYS

from flake8_claude_compat import catalogue, engine, frontends
from flake8_claude_compat.config import Config
from flake8_claude_compat.frontends._fences import markdown_fences, rst_fences
from flake8_claude_compat.frontends._languages import guess, language_of_label
from flake8_claude_compat.frontends._prompts import python_session, shell_session
from flake8_claude_compat.frontends.markdown import elided
from flake8_claude_compat.program import Program
from flake8_claude_compat.source import Source, Span

WATCH = catalogue.load().watch()


def found(text: str, language: str = "markdown") -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    report = engine.check(Source("a.md", text), None, Config(), language=language)
    assert not report.problems, report.problems
    return [(one.finding.code, one.location.line, one.location.column) for one in report.findings]


def programs(text: str, language: str = "markdown") -> list[Program]:
    return list(frontends.programs(Source("a.md", text), None, language, WATCH))


def blocks(text: str, mdx: bool = False) -> list[tuple[str, str]]:
    source = Source("a.md", text)
    return [
        (one.info, "".join(" " * line.pad + text[line.start : line.end] for line in one.lines))
        for one in markdown_fences(source, mdx)
    ]


def rst_blocks(text: str) -> list[tuple[str, str]]:
    text = textwrap.dedent(text)
    fences = rst_fences(Source("a", text))
    return [(one.info, "".join(text[line.start : line.end] for line in one.lines).lstrip("\n")) for one in fences]


IMPORT = "from openai import OpenAI\n"
CLIENT = "client = OpenAI(api_key=key)\n"
ASK = 'client.chat.completions.create(model="gpt-4o", messages=[])\n'

# ------------------------------------------------------------------ positions


def test_blocks_continue_each_other() -> None:
    text = f"# Title\n\n```python\n{IMPORT}{CLIENT}```\n\nThen `OpenAI()`:\n\n~~~py\n{ASK}~~~\n"
    assert found(text) == [("CLC101", 5, 10), ("CLC301", 11, 38)]
    assert len(programs(text)) == 1


def test_positions_in_containers() -> None:
    text = (
        f"1. First\n\n   ```python\n   {IMPORT}   {CLIENT}\n   ```\n\n> - Quoted\n>\n>   ```python\n>   {ASK}>   ```\n"
        f"- ```python\n  {ASK}  ```\n\n!!! note\n\n    ```python\n    {ASK}    ```\n"
    )
    assert found(text) == [("CLC101", 5, 13), ("CLC301", 12, 42), ("CLC301", 15, 40), ("CLC301", 21, 42)]


def test_line_ends_and_wide_characters() -> None:
    text = f"é𝄞\n\n> ```python\n> {IMPORT}> 'é𝄞'; {CLIENT}> ```\n"
    for changed in (text, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        assert found(changed) == [("CLC101", 5, 18)]
    assert found("a\f\x0b\u2028b\n" + text) == [("CLC101", 6, 18)]


def test_tabs_in_lists() -> None:
    assert found(f"-\t```python\n\t{IMPORT}\tif x:\n\t\t{CLIENT}\t```\n") == [("CLC101", 4, 12)]


def test_an_indented_block_is_dedented() -> None:
    assert found(f"```python\n    {IMPORT}\n    {CLIENT}```\n") == [("CLC101", 4, 14)]


def test_documents_in_documents() -> None:
    assert found(f"````markdown\n```python\n{IMPORT}{CLIENT}```\n````\n") == [("CLC101", 4, 10)]
    assert found(f"```{{eval-rst}}\n.. code-block:: python\n\n   {IMPORT}   {CLIENT}```\n") == [("CLC101", 5, 13)]


# ---------------------------------------------------------------- which blocks


def test_fences() -> None:
    assert blocks("```py\na\n```\n\n~~~~\nb\n~~~\n~~~~\n") == [("py", "a\n"), ("", "b\n~~~\n")]
    assert blocks("```a`b\nx\n```\nc\n") == [("", "c\n")]  # inline code opens nothing
    assert blocks("````\n```\na\n```\n````") == [("", "```\na\n```\n")]
    assert blocks("```js\nunclosed") == [("js", "unclosed")]
    assert blocks("> ```\n> a\nb\n") == [("", "a\n")]  # the quote ends, and the block with it
    assert blocks("   ```\n   a\n  b\n    c\n   ```\n") == [("", "a\nb\n c\n")]
    assert blocks("") == []
    assert blocks("```") == [("", "")]


def test_indented_code() -> None:
    assert blocks("a\n\n    b\n\n      c\n\nd\n") == [("", "b\n\n  c\n")]
    assert blocks("a\n    b\n") == []  # goes on with the paragraph
    assert blocks("# a\n    b\n") == [("", "b\n")]
    assert blocks("- a\n\n    b\n\n      c\n") == [("", "c\n")]  # relative to the list item
    assert blocks("> a\n>\n>     b\n") == [("", "b\n")]
    assert blocks("\tb\n") == [("", "b\n")]
    assert blocks("a\n\n    b\n", mdx=True) == []


def test_what_is_not_shown() -> None:
    assert blocks("<!--\n```py\na\n```\n-->\n```\nb\n```\n") == [("", "b\n")]
    assert blocks("<!-- a -->\n```\nb\n```\n") == [("", "b\n")]
    assert blocks("{/*\n```py\na\n```\n*/}\n```\nb\n```\n", mdx=True) == [("", "b\n")]
    assert blocks("<script>\n\n    a\n\n</script>\n\n    b\n") == [("", "b\n")]
    assert found(f"```diff\n- {CLIENT}+ {CLIENT}```\n\nProse: OpenAI(), gpt-4o, `model=\"gpt-4o\"`\n") == []


def test_mdx_keeps_code_in_components() -> None:
    text = f'import X from "./x"\n\n<Tabs>\n      ```python title="a.py"\n      {IMPORT}      {CLIENT}      ```\n</Tabs>\n'
    assert found(text, "mdx") == [("CLC101", 6, 16)]


def test_agrees_with_markdown_it() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    parser = markdown_it.MarkdownIt("commonmark")
    for text in (
        "```py\na\n\n b\n```\n", "~~~ x y\na\n~~~~~\n", "> ```\n> a\n> ```\n\n> b\n", "1. a\n\n   ```sh\n   b\n   ```\n\n   c\n",
        "- a\n  - b\n\n    ```\n    c\n      d\n    ```\n- e\n", "a\n\n    b\n\n\n    c\n\nd", "- a\n\n      b\n", "    a\n\nb\n\n    c\n",
        "> > ```\n> > a\n> b\n", "```\n", "para\n```\na\n```\npara\n", "<!-- ```\na\n``` -->\n\n```\nb\n```\n", "+ ```py\n  a\n  ```\n",
        "10) ```py\n    a\n    ```\n", "# h\n\n\tcode\n\ttwo\n", ">     code\n>     two\n", "```a\n``\n```\n", "a\n===\n\n    b\n",
    ):  # fmt: skip
        expected = [(one.info.strip(), one.content) for one in parser.parse(text) if one.type in ("fence", "code_block")]
        assert [(info, code) for info, code in blocks(text) if code] == [one for one in expected if one[1]], text


@given(st.text(st.sampled_from("`~> -*1.\t\n\rab#<!{/}")))
@example("> ```\n>\n\t```")
def test_any_text_gives_blocks_in_order(text: str) -> None:
    for mdx in (False, True):
        at = 0
        for one in markdown_fences(Source("a", text), mdx):
            for line in one.lines:
                assert at <= line.start <= line.end <= len(text)
                at = line.end
    for one in rst_fences(Source("a", text.replace("*", ":"))):
        for line in one.lines:
            assert line.start <= line.end <= len(text)


@given(st.text(st.sampled_from("`> -\t\nab()=.'\"\\#!%$:{}")))
def test_no_document_fails(text: str) -> None:
    for language in ("markdown", "mdx", "rst"):
        for document in (text, f"```py\n{text}", f".. code::\n\n  {text}\n\n  openai", f"```console\n$ {text}\nopenai"):
            for program in programs(document, language):
                program.source.location(Span(0, len(program.source.text)))


# -------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("python", "python"), ("Python3", "python"), ("py {1,3-5}", "python"), ("{python}", "python"),
        ("{.python .numberLines}", "python"), ("{code-cell} ipython3", "python"), ("python:app.py", "python"),
        ("python,ignore", "python"), ("ts title=\"a.ts\"", "typescript"), ("ts{1,3}", "typescript"), ("tsx live", "tsx"),
        ("jsx", "javascript"), ("node", "javascript"), ("js filename=x", "javascript"), ("bash", "shell"), ("zsh", "shell"),
        ("bash{promptUser: a}", "shell"), ("shell-session", "console"), ("pwsh", "powershell"), (".env", "dotenv"),
        ("env", "dotenv"), ("yml", "yaml"), ("jsonc", "json"), ("src/app.py", "python"), ("docker-compose.yml", "yaml"),
        (".env.local", "dotenv"), ("title=\"main.ts\"", "typescript"), ("Dockerfile", "dockerfile"), ("", ""), ("   ", ""),
        ("text", None), ("diff", None), ("rust", None), ("c++", None), ("python-error", None), ("{}", ""),
    ],
)  # fmt: skip
def test_labels(label: str, language: str | None) -> None:
    assert language_of_label(label) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("from openai import OpenAI\nx", "python"), ("# first\nimport os, sys", "python"), (">>> 1", "pycon"),
        ("import OpenAI from 'openai';", "javascript"), ("import {\n  a,\n} from 'openai'", "javascript"),
        ("const a = require('openai')", "javascript"), ("import a from 'b'\nlet c: string", "typescript"),
        ("curl https://api.openai.com/v1/models", "shell"), ("curl -X POST x", "shell"), ("export A_KEY=x\nls", "shell"),
        ("OPENAI_API_KEY=x python app.py", "shell"), ("OPENAI_API_KEY=x\n# more\nMODEL=\"gpt-4o\"", "dotenv"),
        ("$ curl x", "console"), ("PS C:\\> $env:A = 1", "console"), ("$env:OPENAI_API_KEY = 'x'", "powershell"),
        ("set OPENAI_API_KEY=x", "batch"), ("#!/usr/bin/env python3\nx", "python"), ("#!/bin/sh\nx", "shell"),
        ('{"model": "gpt-4o"}', "json"), ("{not json}", None), ("", None), ("import the module first", None),
        ("curl is a tool", None), ("from here on", None), ("x = 1", None), ("export default x", None),
    ],
)  # fmt: skip
def test_guesses(text: str, language: str | None) -> None:
    assert guess(text) == language


def test_an_answer_is_nothing_to_change() -> None:
    assert not programs('```json\n{"object": "chat.completion", "model": "gpt-4o"}\n```\n')


def test_python_sessions() -> None:
    text = ">>> for x in y:\n...     f(x)\n... \nprinted OpenAI\n>>>\n>>> g()\n"
    assert "".join(one.text for one in python_session(text)) == "for x in y:\n    f(x)\n\n\ng()\n"
    assert found(f"```pycon\n>>> {IMPORT}>>> {CLIENT}<openai.OpenAI>\n>>> {ASK}```\n") == [("CLC101", 3, 14), ("CLC301", 5, 42)]
    assert found(f"```python\nIn [1]: {IMPORT}\nIn [2]: {CLIENT}```\n") == [("CLC101", 4, 18)]


def test_shell_sessions() -> None:
    def taken(text: str) -> dict[str, str]:
        return {language: "".join(one.text for one in chunks) for language, chunks in shell_session(text)}

    assert taken("$ a\nout\n(venv) me@host:~/x$ b\n% c\nout $ d\n") == {"shell": "a\nb\nc\n"}
    assert taken("$ curl x \\\n>   -d '{\n  \"a\": 1\n}'\nout\n$ b") == {"shell": "curl x \\\n  -d '{\n  \"a\": 1\n}'\nb\n"}
    assert taken("$ cat <<EOF\n$ a\nEOF\nout\n") == {"shell": "cat <<EOF\n$ a\nEOF\n"}
    assert taken("$ a # don't\nout\n") == {"shell": "a # don't\n"}
    assert taken("PS C:\\a> $env:X = 1\nC:\\a>set X=1\nout") == {"powershell": "$env:X = 1\n", "batch": "set X=1\n"}
    assert taken("a\nb") == {"shell": "a\nb"}


# ------------------------------------------------------------ fragments of code


def test_fragments_are_left_out() -> None:
    text = f"```python\nclient.chat.completions.create(\n    model='gpt-4o'\n    <your arguments>\n```\n\n```python\n{IMPORT}{CLIENT}```\n"
    assert found(text) == [("CLC101", 9, 10)]
    assert found("```python\npip install openai\n```\n") == []


def test_dots_stand_for_more() -> None:
    assert found(f"```python\n{IMPORT}OpenAI(...)\nOpenAI(api_key=key, ...)\nOpenAI(\n    api_key=key,\n    ...\n)\n```\n") == []
    assert elided("f(a=1, ...)") == "f(a=1, **_)"
    assert elided("f(...)\n{'a': 1, ...}\nf(a, ..., b=2)") == "f(**_)\n{'a': 1, **_}\nf(a, **_, b=2)"
    for text in ("[...]", "x: Tuple[int, ...]", "def f(): ...", "'(...)'", "# (...)", "f(a...)", "(...", "x = ...", '"""(...)"""'):
        assert elided(text) == text
    assert elided("f(  # all\n  ...  # more\n)") == "f(  # all\n  **_  # more\n)"


def test_commands_among_statements() -> None:
    assert found(f"```python\n!pip install openai\n{IMPORT}%env OPENAI_API_KEY=\n{CLIENT}```\n")[:1] == [("CLC101", 5, 10)]


def test_blocks_that_do_not_fit_together_are_read_one_by_one() -> None:
    # "from __future__" may stand anywhere for the parser, so this is about depth
    deep = "x = " + "(" * 60 + "1" + ")" * 60
    assert found(f"```python\n{IMPORT}{CLIENT}```\n\n```python\n{deep}\n```\n") == [("CLC101", 3, 10)]


def test_keys_in_prose() -> None:
    key = KEYS["openai_project_key"]
    assert found(f"Set it to {key}.\n") == [("CLC201", 1, 11)]
    assert found(f'```python\nkey = "{key}"\n```\n') == [("CLC201", 2, 8)]
    # also where the block cannot be read
    assert found(f"```python\nkey = {key} is the key\n```\n\n```text\n{key}\n```\n") == [("CLC201", 2, 7), ("CLC201", 6, 1)]
    assert not programs("Set it to sk-...\n")


# ------------------------------------------------------------------------- reST


def test_rst_directives() -> None:
    text = """\
    .. code-block:: python
       :caption: a

       a

       b

    .. note::

       .. sourcecode:: bash

          c
       not there

    * .. code:: js

         d

    .. highlight:: sh

    .. code-block::

       e

    .. code-tab:: ts Title

       f
    """
    assert rst_blocks(text) == [
        ("python", "a\n\nb\n"), ("bash", "c\n"), ("js", "d\n"), ("sh", "e\n"), ("ts Title", "f\n"),
    ]  # fmt: skip


def test_rst_literal_blocks_and_doctests() -> None:
    text = """\
    Like this::

        a

          b

    And ::

     c

    - item::

        d

    >>> e
    printed

    .. comment

       text::

          f

    .. note::

       text::

          g

    .. _target:

    ::

      h
    """
    assert rst_blocks(text) == [
        ("", "a\n\n  b\n"), ("", "c\n"), ("", "d\n"), ("pycon", ">>> e\nprinted\n"), ("", "g\n"), ("", "h\n"),
    ]  # fmt: skip


def test_rst_findings() -> None:
    text = f"Title\n=====\n\n.. code-block:: python\n   :linenos:\n\n   {IMPORT}   {CLIENT}\nThen::\n\n    import openai\n    {ASK}\nEnd\n"
    assert found(text, "rst") == [("CLC101", 8, 13), ("CLC301", 13, 42)]
    assert found(">>> from openai import OpenAI\n>>> OpenAI(api_key=key)\nx\n\nOpenAI()\n", "rst") == [("CLC101", 2, 5)]


# --------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    "text",
    [
        "```python\n" + "x\n" * 100_000,
        "- " * 100_000,
        ">" * 200_000 + "\n```\nopenai",
        "".join(" " * (2 * depth) + "- a\n" for depth in range(500)),
        "```\n" * 30_001,
        "```python\nx = " + "(" * 50_000 + "openai",
        "<!--\n" * 50_000,
        "````markdown\n" * 2000 + "```python\nimport openai\n",
        "openai::\n\n" * 30_000,
        "```python\n" + "\"\"\" ' ... (" * 30_000,
    ],
)
def test_large_and_odd_documents(text: str) -> None:
    for language in ("markdown", "mdx", "rst"):
        programs(text, language)
