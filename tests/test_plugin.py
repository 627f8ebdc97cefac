"""The plugin in flake8 itself: places, child processes, hostile input."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SAMPLE, Project, Result

from flake8_claude_compat import plugin
from flake8_claude_compat.plugin import Plugin

#: what SAMPLE gives, as code → (line, 1-based column)
PLACES = {"CLC101": (3, 10), "CLC203": (3, 25), "CLC301": (5, 11)}


def places(done: Result, shift: int = 0, name: str = "a.py") -> dict[str, tuple[int, int]]:
    """Code → place of the findings printed for a file, moved up by lines."""
    found = re.findall(rf"^(?:\./)?{re.escape(name)}:(\d+):(\d+): (CLC\d+)", done.out, re.M)
    return {code: (int(line) - shift, int(column)) for line, column, code in found}


def run(text: str) -> list[tuple[int, int, str]]:
    """Findings of the checker itself, called as flake8 calls it."""
    lines = text.splitlines(keepends=True)
    return [(line, column, message) for line, column, message, _ in Plugin(ast.parse(text), lines, "a.py").run()]


# ------------------------------------------------------------------ the basics


def test_thin() -> None:
    assert len(inspect.getsource(plugin).splitlines()) < 80
    assert inspect.isgeneratorfunction(Plugin.run)


def test_findings_at_their_places(project: Project) -> None:
    project.write("a.py")
    done = project.flake8()
    assert done.code == 1 and places(done) == PLACES
    assert project.flake8("--disable-noqa", "--show-source").codes == done.codes


def test_on_by_default_and_selectable(project: Project) -> None:
    project.write("a.py")
    assert places(project.run("-m", "flake8")) == PLACES
    assert places(project.run("-m", "flake8", "--select=E,F", "--extend-select=CLC")) == PLACES
    assert not places(project.run("-m", "flake8", "--select=E,F"))
    assert set(places(project.flake8("--extend-ignore=CLC1,CLC203"))) == {"CLC301"}
    assert set(places(project.flake8("--per-file-ignores=a.py:CLC301,CLC2"))) == {"CLC101"}


def test_clean_file(project: Project) -> None:
    project.write("a.py", "import os\n\nprint(os.sep)\n")
    project.write("empty.py", "")
    done = project.flake8()
    assert done.code == 0 and done.out == ""


def test_noqa(project: Project) -> None:
    text = SAMPLE.replace('xxx")', 'xxx")  # noqa: CLC203').replace('"gpt-4o",', '"gpt-4o",  # noqa: CLC101')
    project.write("a.py", text)
    # flake8 applies the comments of all lines of a statement to all of its lines
    assert set(places(project.flake8())) == {"CLC101", "CLC301"}
    project.write("a.py", f"# flake8: noqa\n{SAMPLE}")
    assert not project.flake8().out


def test_options_reach_the_checker(project: Project) -> None:
    project.write("a.py")
    assert not project.flake8("--claude-compat-scope=claude").out
    assert "claude-fable-5-2" in project.flake8("--claude-compat-model-map=gpt-4o=claude-fable-5-2").out
    assert "https://proxy.example/v1" in project.flake8("--claude-compat-base-url=https://proxy.example/v1").out
    assert "MY_KEY" in project.flake8("--claude-compat-key-variable=MY_KEY").out
    assert set(places(project.flake8("--claude-compat-keep-openai=client"))) == set()
    assert set(places(project.flake8("--claude-compat-keep-openai=./a.py"))) == set()
    assert "CLC101" not in project.flake8("--claude-compat-openai-base-url-set").codes
    assert "CLC901" in project.flake8("--claude-compat-enable=CLC9").codes
    first = project.flake8("--claude-compat-target=anthropic").out
    assert "anthropic" in first.lower() and first != project.flake8().out


# -------------------------------------------------------------- child processes

STARTED = """\
import multiprocessing, sys
if __name__ == "__main__":
    multiprocessing.set_start_method({method!r})
    from flake8.main.cli import main
    raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_child_processes_see_the_options(project: Project, tmp_path: Path, method: str) -> None:
    if sys.platform == "win32" and method != "spawn":
        pytest.skip("Windows only spawns")
    script = tmp_path / "start.py"
    script.write_text(STARTED.format(method=method), encoding="utf-8")
    for name in ("a.py", "b.py", "c.py"):
        project.write(name)
    project.write("pyproject.toml", '[tool.claude-compat]\nkey-variable = "KEY_OF_PYPROJECT"\n')
    project.write("setup.cfg", "[flake8]\nclaude-compat-base-url = https://setup.example/v1\n")
    args = ["--select=CLC", "--jobs=2", "--claude-compat-model-map=gpt-4o=claude-fable-5-2", "a.py", "b.py", "c.py"]
    done = project.run(str(script), *args)
    for name in ("a.py", "b.py", "c.py"):
        assert places(done, name=name) == PLACES
        lines = "\n".join(line for line in done.out.splitlines() if line.startswith(name))
        assert "claude-fable-5-2" in lines and "https://setup.example/v1" in lines and "KEY_OF_PYPROJECT" in lines


# --------------------------------------------------------- errors of our own


def test_broken_installation_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "flake8_claude_compat.engine", None)
    ((line, column, message),) = run(SAMPLE)
    assert (line, column) == (1, 0)
    assert message.startswith("CLC000 ") and "flake8_claude_compat.engine" in message and "report" in message


@pytest.mark.parametrize("error", [AttributeError("a\nb"), RecursionError("deep"), MemoryError(), KeyError("k")])
def test_own_error_is_a_finding(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    from flake8_claude_compat import engine

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(engine, "check", fail)
    ((line, _, message),) = run(SAMPLE)
    assert line == 1 and message.startswith("CLC000 ") and type(error).__name__ in message and "\n" not in message


def test_own_error_does_not_end_the_run(project: Project) -> None:
    script = (
        "import flake8_claude_compat.engine as e, flake8_claude_compat.linker as l, sys\n"
        "def fail(*a, **k): raise AttributeError('lost')\n"
        "for name in dir(l):\n"
        "    if callable(getattr(l, name)) and name.islower():\n"
        "        setattr(l, name, fail)\n"
        "        if hasattr(e, name): setattr(e, name, fail)\n"
        "from flake8.main.cli import main\n"
        "raise SystemExit(main(sys.argv[1:]))\n"
    )
    project.write("a.py")
    project.write("b.py", "x = 1 \n")
    done = project.run("-c", script, "--jobs=1", "--extend-ignore=E5")
    assert "a.py:1:1: CLC000 " in done.out and "b.py:1:6: W291" in done.out


# ------------------------------------------------------------ encodings, lines


def test_byte_order_mark(project: Project) -> None:
    project.write("a.py", b"\xef\xbb\xbf" + SAMPLE.encode())
    assert places(project.flake8()) == PLACES
    project.write("a.py", b"\xef\xbb\xbfmodel = 'gpt-4o'\n")
    assert places(project.flake8()) == {"CLC301": (1, 9)}


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings(project: Project, ending: str) -> None:
    project.write("a.py", SAMPLE.replace("\n", ending).encode())
    assert places(project.flake8()) == PLACES


def test_line_endings_of_standard_input(project: Project) -> None:
    done = project.flake8("-", stdin=SAMPLE.replace("\n", "\r\n").encode())
    assert places(done, name="stdin") == PLACES


@pytest.mark.parametrize("character", ["\f", "\x0b", "\x1c", "\x85", "\u2028", "\u2029"])
def test_characters_that_end_no_line(project: Project, character: str) -> None:
    head = "\f\n" if character == "\f" else f"text = '{character}'\n"
    project.write("a.py", f"# {character}\n{head}{SAMPLE}")
    assert places(project.flake8(), shift=2) == PLACES


def test_columns_are_code_points(project: Project) -> None:
    project.write("a.py", 'pair = "äöü€😀", "gpt-4o"\n')
    assert places(project.flake8()) == {"CLC301": (1, 17)}


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "shift_jis", "koi8-r", "utf-8"])
def test_declared_encodings(project: Project, encoding: str) -> None:
    text = {"shift_jis": "日本", "koi8-r": "жук"}.get(encoding, "äöü")
    project.write("a.py", f"# coding: {encoding}\n# {text}\n{SAMPLE}".encode(encoding))
    assert places(project.flake8(), shift=2) == PLACES


def test_undeclared_encoding(project: Project) -> None:
    # flake8 falls back to latin-1 for what does not decode
    project.write("a.py", f"# äöü\n{SAMPLE}".encode("latin-1"))
    assert places(project.flake8(), shift=1) == PLACES


def test_lone_surrogates(project: Project) -> None:
    project.write("a.py", SAMPLE + 'print("\\ud800gpt-4o", "gpt-4\\udfff", "\\ud83d\\ude00", b"\\xff")\n')
    assert places(project.flake8()) == PLACES
    project.write("b.py", 'model = "gpt-4o\\ud800"\nclient = OpenAI(api_key="\\ud800")\nfrom openai import OpenAI\n')
    project.flake8("b.py")


def test_standard_input(project: Project) -> None:
    assert places(project.flake8("-", stdin=SAMPLE.encode()), name="stdin") == PLACES
    done = project.flake8("--stdin-display-name=dir/x.py", "-", stdin=SAMPLE.encode())
    assert places(done, name="dir/x.py") == PLACES
    assert project.flake8("-", stdin=b"").code == 0


def test_file_that_does_not_parse(project: Project) -> None:
    project.write("a.py", SAMPLE + "def (:\n")
    done = project.run("-m", "flake8", "--select=CLC,E9")
    assert "E999" in done.out and "CLC000" not in done.out


# ------------------------------------------------------------ depth and length

#: depth → source whose one deep expression stands between client and request
DEEP: dict[str, Callable[[int], str]] = {
    "attributes": lambda n: "client" + ".a" * n,
    "calls": lambda n: "client" + ".a()" * n,
    "calls of calls": lambda n: "client" + "()" * n,
    "subscripts": lambda n: "client" + "[0]" * n,
    "additions": lambda n: "+".join(['"gpt-4o"'] * (n + 1)),
    "additions of names": lambda n: "+".join(["client"] * (n + 1)),
    "or": lambda n: " or ".join(f"client[{i}]" for i in range(n)),
    "ternaries": lambda n: "".join(f"{i} if client else " for i in range(n)) + "0",
    "nots": lambda n: "not " * n + "client",
    "minus": lambda n: "-" * n + "1",
    "comparisons": lambda n: " < ".join(["client"] * (n + 1)),
    "lambdas": lambda n: "lambda: " * n + "client",
    "awaits": lambda n: "client" + ".create(model='gpt-4o').x" * n,
}
BRACKETS: dict[str, Callable[[int], str]] = {
    "lists": lambda n: "[" * n + "client" + "]" * n,
    "parentheses": lambda n: "(" * n + "client" + ")" * n,
    "dicts": lambda n: "{'model': " * n + "'gpt-4o'" + "}" * n,
    "nested calls": lambda n: "dict(a=" * n + "client" + ")" * n,
    "create": lambda n: "client.chat.completions.create(model=" * n + "'gpt-4o'" + ")" * n,
    "f-strings of tuples": lambda n: "f'{" + "(" * n + "client" + ",)" * n + "}'",
}


def deep(expression: str) -> str:
    return SAMPLE.replace("response =", f"deep = {expression}\nresponse =")


def deep_blocks(depth: int) -> str:
    """Nested statements; CPython allows 100 levels of indentation."""
    heads = ["if client:", "for x in client:", "while client:", "with client:", "try:"]
    lines, ends = [], []
    for level in range(depth):
        head = heads[level % 5] if level % 20 else "def f():"
        lines.append(" " * level + head)
        if head == "try:":
            ends.append(" " * level + "except Exception: pass")
    return SAMPLE + "\n".join([*lines, " " * depth + "x = client", *reversed(ends)]) + "\n"


@pytest.mark.parametrize("depth", [100, 300, 900])
@pytest.mark.parametrize("kind", DEEP)
def test_deep_chains_on_the_checker(kind: str, depth: int) -> None:
    text = deep(DEEP[kind](depth))
    try:
        ast.parse(text)
    except (RecursionError, MemoryError, SyntaxError):
        pytest.skip("deeper than this Python parses")
    found = {message[:6]: (line, column + 1) for line, column, message in run(text)}
    assert "CLC000" not in found
    assert found["CLC101"] == PLACES["CLC101"] and found["CLC203"] == PLACES["CLC203"]
    assert "CLC301" in found


@pytest.mark.parametrize("depth", [20, 60, 90])
@pytest.mark.parametrize("kind", BRACKETS)
def test_deep_brackets_on_the_checker(kind: str, depth: int) -> None:
    found = {message[:6] for _, _, message in run(deep(BRACKETS[kind](depth)))}
    assert "CLC000" not in found and found >= {"CLC101", "CLC203"}


def test_deep_blocks_on_the_checker() -> None:
    found = {message[:6] for _, _, message in run(deep_blocks(18))}
    assert "CLC000" not in found and found >= set(PLACES)


def test_what_flake8_survives_we_survive(project: Project) -> None:
    """At every depth at which flake8 alone gives a result, so it does with us."""
    names = []
    for kind, make in [*DEEP.items(), *BRACKETS.items()]:
        for depth in (30, 80, 150, 190, 240, 300, 400):
            name = f"{kind.replace(' ', '_')}_{depth}.py"
            project.write(name, deep(make(depth)))
            names.append(name)
    survived = project.run("-c", SURVIVES, *names, env={"WITHOUT_US": "1"}).out.split()
    assert len(survived) > len(names) / 4
    ours = project.run("-c", SURVIVES, *survived).out.split()
    assert sorted(ours) == sorted(survived)


#: the names of the files that flake8's checker gets through, one file at a time
SURVIVES = """\
import os, sys
import flake8.plugins.finder as finder
found = finder._find_importlib_plugins
if "WITHOUT_US" in os.environ:
    finder._find_importlib_plugins = lambda: (p for p in found() if p.package != "flake8-claude-compat")
from flake8.options.parse_args import parse_args
from flake8.checker import FileChecker
names, sys.argv[1:] = sys.argv[1:], []
plugins, options = parse_args([])
for name in names:
    try:
        _, results, _ = FileChecker(filename=name, plugins=plugins.checkers, options=options).run_checks()
    except Exception:  # the RecursionError of one of flake8's own plugins
        continue
    assert "WITHOUT_US" in os.environ or any(code == "CLC101" for code, *_ in results) or any(
        code.startswith("E9") for code, *_ in results), (name, [r[:4] for r in results if r[0].startswith("CLC")])
    print(name)
"""


@pytest.mark.parametrize("kind", ["string", "list", "one statement per semicolon", "comment"])
def test_lines_of_a_megabyte(project: Project, kind: str) -> None:
    size = 1_000_000
    line = {
        "string": f'x = "{"gpt-4o " * (size // 7)}"',
        "list": f"x = [{'1,' * (size // 2)}]",
        "one statement per semicolon": ";".join(["x=1"] * (size // 4)),
        "comment": f"# {'gpt-4o ' * (size // 7)}",
    }[kind]
    project.write("a.py", f"{line}\n{SAMPLE}")
    if kind in ("string", "comment"):
        assert places(project.flake8(), shift=1) == PLACES
    else:  # flake8 itself takes half a minute for these tokens
        found = {message[:6]: (line - 1, column + 1) for line, column, message in run(f"{line}\n{SAMPLE}")}
        assert found == PLACES


def test_many_findings_on_a_long_line(project: Project) -> None:
    text = "models = [" + ", ".join(['"gpt-4o"'] * 5000) + "]\n"
    found = run(text)
    assert len(found) == 5000 and found[1][1] - found[0][1] == len('"gpt-4o", ')


# --------------------------------------------------------------------- syntax

NEW_SYNTAX = {
    (3, 10): "match client:\n    case {'model': 'gpt-4o' as m, **rest}:\n        print(m, rest)\n    case [a, *b] | a as b:\n        pass\n",
    (3, 11): "try:\n    client.chat.completions.create(model='gpt-4o', messages=[])\nexcept* OSError as group:\n    raise\nx = client[*a, 1]\n",
    (3, 12): "type Model[T: str] = list[T]\ndef f[**P, *Ts](x: Model['gpt-4o']) -> f'{'gpt-4o'!r:>{1}}': ...\nclass C[T](client.x): ...\n",
    (3, 13): "class C[T = 'gpt-4o']: ...\n",
    (3, 14): "x = t'{client!r:>{1}} gpt-4o'\ntry:\n    pass\nexcept A, B:\n    pass\n",
}


@pytest.mark.parametrize("since", NEW_SYNTAX, ids=str)
def test_new_syntax(since: tuple[int, int]) -> None:
    if sys.version_info < since:
        pytest.skip("this Python does not parse it")
    found = {message[:6] for _, _, message in run(SAMPLE.replace("response =", NEW_SYNTAX[since] + "response ="))}
    assert "CLC000" not in found and found >= set(PLACES)


# ------------------------------------------------------------------ notebooks


def test_notebooks_through_nbqa(project: Project) -> None:
    import json

    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# gpt-4o\n"]},
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": ["%matplotlib inline\n", "import os"]},
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": SAMPLE.splitlines(keepends=True)},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    project.write("n.ipynb", json.dumps(notebook))
    done = project.run("-m", "nbqa", "flake8", "n.ipynb", "--select=CLC")
    found = re.findall(r"n\.ipynb:cell_2:(\d+):(\d+): (CLC\d+)", done.out)
    assert {code: (int(line), int(column)) for line, column, code in found} == PLACES, done.out + done.err
