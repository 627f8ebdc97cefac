"""Notebooks: cells are one program, and findings stand at cell, line and column."""

from __future__ import annotations

import json
from typing import Any

import pytest
from mdtest import KEYS

from flake8_claude_compat import catalogue, engine, frontends
from flake8_claude_compat.config import Config
from flake8_claude_compat.findings import Report
from flake8_claude_compat.frontends import notebook
from flake8_claude_compat.frontends._ipython import parse_python, split
from flake8_claude_compat.source import Source, Span


def cell(source: str | list[str], kind: str = "code", **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source, **fields}
    return found


def file(*cells: dict[str, Any] | str, **metadata: Any) -> str:
    made = [cell(one) if isinstance(one, str) else one for one in cells]
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def check(text: str) -> Report:
    return engine.check(Source("a.ipynb", text), None, Config(), language="notebook")


def found(text: str) -> list[tuple[str, int | None, int, int]]:
    """Code, cell, line and column of each finding."""
    report = check(text)
    assert not report.problems, report.problems
    places = [(one.finding.code, one.location) for one in report.findings]
    return [(code, place.cell, place.line, place.column) for code, place in places]


def programs(text: str) -> list[Any]:
    return list(frontends.programs(Source("a.ipynb", text), None, "notebook", catalogue.load().watch()))


CLIENT = "from openai import OpenAI\n\nclient = OpenAI(api_key=key)\n"
ASK = 'answer = client.chat.completions.create(\n    model="gpt-4o", messages=[], n=2\n)'
EXPECTED = [("CLC101", 0, 3, 10), ("CLC301", 1, 2, 11), ("CLC401", 1, 2, 34)]


def test_a_client_is_known_in_later_cells() -> None:
    assert found(file(CLIENT, ASK)) == EXPECTED


def test_cells_are_counted_with_those_that_hold_no_code() -> None:
    text = file(cell("# Title", "markdown"), CLIENT, cell("x", "raw"), cell("", "code"), ASK)
    assert [place[1:] for place in found(text)] == [(1, 3, 10), (4, 2, 11), (4, 2, 34)]


def test_source_as_a_list_of_lines_and_any_line_ends() -> None:
    assert found(file(cell(CLIENT.splitlines(True)), cell(ASK.splitlines(True)))) == EXPECTED
    assert found(file(CLIENT.replace("\n", "\r\n"), ASK.replace("\n", "\r"))) == EXPECTED
    assert found("\ufeff" + file(CLIENT, ASK)) == EXPECTED


def test_columns_are_code_points() -> None:
    assert found(file(CLIENT, f'"é𝄞"; {ASK}'))[1:] == [("CLC301", 1, 2, 11), ("CLC401", 1, 2, 34)]
    assert found(file(CLIENT, '"é𝄞"; client.embeddings.create(input="", **more)'))[1:] == [("CLC003", 1, 1, 14)]


def test_format_3() -> None:
    cells = [{"cell_type": "code", "input": one, "language": "python", "outputs": []} for one in (CLIENT, ASK)]
    sheets = [{"cells": [cells[0], {"cell_type": "heading", "source": "A"}]}, None, {"metadata": {}, "cells": cells[1:]}]
    text = json.dumps({"metadata": {"name": "x"}, "nbformat": 3, "worksheets": sheets})
    assert [place[:2] for place in found(text)] == [("CLC101", 0), ("CLC301", 2), ("CLC401", 2)]


@pytest.mark.parametrize(
    "first",
    [
        "%pip install openai",
        "!pip install \\\n  openai",
        "%%time",
        "%%capture output --no-stderr",
        "?client",
        "client?",
        "client.chat??",
        "files = !ls *.txt",
        "a, b = %sql SELECT 1",
        "if True:\n    !ls\n",
        "text = '''\n%not a magic\n!not a command'''",
        "%matplotlib inline",
        "x = (1\n  % 3)",
        "await asyncio.sleep(1)",
        "    x = 1\n    y = 2",
        "cd ..",
        "pip install openai==1.0",
        "!echo 'unclosed",
        "%load_ext dotenv\n%dotenv",
    ],
)
def test_magics_are_passed_over(first: str) -> None:
    lines = first.count("\n") + 1
    # indented as a whole or not: what follows stands in the next line
    indent = "    " if first.startswith("    ") else ""
    later = [(code, 1, line + lines, column + len(indent)) for code, _, line, column in EXPECTED[1:]]
    ask = "\n".join(indent + line for line in ASK.split("\n"))
    assert found(file(CLIENT, f"{first}\n{ask}")) == [EXPECTED[0], *later]


def test_white_space_before_the_first_line_only() -> None:
    assert found(file(CLIENT, " try:\n    client.responses.create(**more)\nexcept OSError:\n    pass"))[1:] == [
        ("CLC001", 1, 2, 12)
    ]


def test_statements_behind_magics() -> None:
    text = file(
        CLIENT,
        '%time answer = client.responses.create(model="gpt-4o", input="")',
        '%timeit -n 3 -r2 client.embeddings.create(input="", **more)',
        'answer = %time client.images.generate(prompt="", **more)',
        "%%timeit -n 1\nclient.moderations.create(input='', **more)",
    )
    assert found(text)[1:] == [
        ("CLC001", 1, 1, 23), ("CLC301", 1, 1, 46), ("CLC003", 2, 1, 25), ("CLC004", 3, 1, 23), ("CLC006", 4, 2, 8),
    ]  # fmt: skip


def test_service_magics_have_one_sign() -> None:
    text = file("%md\n# Use OpenAI() with gpt-4o", "%sql\nselect 'gpt-4o'", "%python\n" + CLIENT, ASK)
    assert [place[:2] for place in found(text)] == [("CLC101", 2), ("CLC301", 3), ("CLC401", 3)]


def test_other_languages_in_cells() -> None:
    parts = split("!curl a \\\n  b\nx = 1\n%env OPENAI_API_KEY=abc\n%set_env NAME some value\n!ls")
    texts = {part.language: part.text for part in parts}
    assert texts["shell"] == "curl a \\\n  b\nls\n"
    assert texts["dotenv"] == "OPENAI_API_KEY=abc\nNAME=some value\n"
    assert texts["python"].split("\n")[2] == "x = 1"
    languages = {
        "%%bash\nx": "shell", "%%sh\nx": "shell", "%%script bash\nx": "shell", "%%!\nx": "shell",
        "%%javascript\nx": "javascript", "%%js\nx": "javascript", "%%html\nx": "html", "%%powershell\nx": "powershell",
        "%%writefile app.py\nx": "python", "%%writefile -a '.env.local'\nX=1": "dotenv", "%%python3\nx": "python",
        "\n%%bash -s a\nx": "shell", "%%file run.sh\nx": "shell",
    }  # fmt: skip
    for text, language in languages.items():
        assert [(part.language, part.alone) for part in split(text)] == [(language, True)], text
    for text in ("%%sql\nselect 1", "%%latex\nx", "%%writefile a.bin\nx", "%%nobody_knows\nselect 1 from a", "%%bash\n"):
        assert split(text) == [], text
    assert [part.language for part in split("%%nobody_knows\nx = 1")] == ["python"]


def test_a_file_written_by_a_cell_shares_no_names() -> None:
    text = file(CLIENT, '%%writefile app.py\nclient.chat.completions.create(model="gpt-4o", messages=[])')
    assert len([one for one in programs(text) if one.name == "python"]) == 2
    assert ("CLC301", 1, 2, 38) in found(text)


def test_split_keeps_every_character_at_its_place() -> None:
    text = "a = 1\n%time b = 2\n  !ls -l \\\n -a\nx = !cat é\n?b\nb??\n%%odd\n'''\n%x'''\n%prun\n%"
    for part in split(text):
        if part.language == "python":
            for chunk in part.chunks:
                assert len(chunk.text) <= len(text) - chunk.start
                for offset, char in enumerate(chunk.text):
                    if char in "\r\n":
                        assert text[chunk.start + offset] == char
            assert part.text.count("\n") == text.count("\n")


def test_a_cell_that_cannot_be_parsed_takes_no_other_with_it() -> None:
    text = file(CLIENT, "print 'Python 2'\nOpenAI(", "def f(:\n", ASK)
    report = check(text)
    assert [(one.finding.code, one.location.cell) for one in report.findings] == [
        ("CLC101", 0), ("CLC301", 3), ("CLC401", 3),
    ]  # fmt: skip
    assert [problem.line for problem in report.problems] == [1, 1]
    assert "cell 2, line 1" in report.problems[0].message


def test_languages_of_kernels() -> None:
    watch = catalogue.load().watch()
    for metadata in ({}, {"kernelspec": {"name": "python3"}}, {"language_info": {"name": "python"}}, {"kernelspec": 3}):
        assert [one.name for one in frontends.programs(Source("a", file(ASK, **metadata)), None, "notebook", watch)]
    for name in ("julia", "ir", "sql"):
        assert programs(file(ASK, language_info={"name": name})) == []
    assert found(file(CLIENT, cell(ASK, metadata={"polyglot_notebook": {"kernelName": "sql"}}))) == EXPECTED[:1]


def test_how_an_editor_shows_a_cell_is_not_what_the_kernel_runs() -> None:
    as_shell = {"vscode": {"languageId": "shellscript"}}
    assert found(file(CLIENT, cell(ASK, metadata=as_shell))) == EXPECTED
    request = cell("curl https://api.openai.com/v1/models", metadata=as_shell)
    assert found(file(CLIENT, request)) == [EXPECTED[0], ("CLC104", 1, 1, 6)]


def test_code_in_markdown_cells() -> None:
    text = file(cell(f"Like this:\n\n- do\n\n  ```py\n  {CLIENT.splitlines()[0]}\n  OpenAI(api_key=key)\n  ```\n", "markdown"))
    assert found(text) == [("CLC101", 0, 7, 3)]


def test_keys_in_outputs_and_prose() -> None:
    key = KEYS["openai_project_key"]
    text = file(cell("x = 1", outputs=[{"output_type": "stream", "text": ["a\n", f"key:\n{key}\n"]}]))
    line = next(number for number, one in enumerate(text.split("\n"), 1) if key in one)
    column = text.split("\n")[line - 1].index(key) + 1
    assert found(text) == [("CLC201", None, line, column)]
    assert found(file(cell(f"Use {key}", "markdown"))) == [("CLC201", 0, 1, 5)]
    # once, at its cell
    assert found(file(f'key = "{key}"')) == [("CLC201", 0, 1, 8)]


def test_spans_lead_back_to_the_cell() -> None:
    cells = ["# é", CLIENT, f"%%time\n{ASK}", cell("```py\nOpenAI()\n```", "markdown"), "%%bash\ncurl openai"]
    texts = [one if isinstance(one, str) else one["source"] for one in cells]
    for program in programs(file(*cells)):
        for name in ("client", "gpt-4o", "OpenAI", "curl"):
            at = program.source.text.find(name)
            if at >= 0:
                place = program.source.location(Span(at, at + len(name)))
                assert place.cell is not None
                assert texts[place.cell].split("\n")[place.line - 1][place.column - 1 :].startswith(name)


def test_where_the_cells_stand_in_the_file() -> None:
    text = file(CLIENT, cell(["a\n", "b"]))
    read = notebook.read_cells(text)
    assert [json.loads(text[slice(*one.span)]) for one in read.cells] == [CLIENT, ["a\n", "b"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: not a notebook"),
        ("[]", "line 1: not a notebook"),
        ("{}", "line 1: not a notebook: it has no cells"),
        ('{\n"cells": [\n<<<<<<< HEAD\n', "line 3: "),
        ('{"cells": [],\n}', "line 2: a name in double quotes expected"),
        ('{"cells": [{"source": ["a"\n "b"]}]}', "line 2: "),
        ('{"cells": []} x', "line 1: the end of the file expected"),
        ('{"cells": [{"source": "a"}\n\n', "line 3: ',' or ']' expected"),
        ('{"cells" [', "line 1: ':' expected"),
        ('{"a":' + "[" * 200_000, "line 1: it is nested too deeply"),
    ],
)
def test_what_is_no_notebook(text: str, message: str) -> None:
    with pytest.raises(ValueError) as error:
        notebook.read_cells(text)
    assert str(error.value).startswith(message)
    assert check(text).problems


@pytest.mark.parametrize(
    "cells",
    ['[1, null, "a", [], {}]', '[{"source": 3}, {"source": [1, null, "a"]}, {"cell_type": 5, "source": {}}]', "[]"],
)
def test_odd_cells(cells: str) -> None:
    assert found(f'{{"cells": {cells}, "metadata": []}}') == []


def test_characters_that_cannot_be_encoded() -> None:
    text = json.dumps({"cells": [cell(CLIENT), cell("x = '\ud83d'"), cell("a\0b"), cell(ASK)], "metadata": {}})
    assert [one.finding.code for one in check(text).findings] == ["CLC101", "CLC301", "CLC401"]


def test_deep_nesting_in_a_cell() -> None:
    text = file(CLIENT, "x = " + "(" * 5000 + ")" * 5000, "x = " + "-" * 100_000 + "1", ASK)
    assert [one.finding.code for one in check(text).findings] == ["CLC101", "CLC301", "CLC401"]


def test_parse_python_says_why_not() -> None:
    assert isinstance(parse_python("await f()\nreturn 1\nasync for x in y: pass"), object)
    assert not isinstance(parse_python("await f()"), SyntaxError)
    assert isinstance(parse_python("\ud800"), SyntaxError)
