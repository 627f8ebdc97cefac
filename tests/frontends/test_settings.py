"""Settings files: .env, YAML, TOML, JSON, INI."""

from __future__ import annotations

import random

import pytest

from flake8_claude_compat.catalogue import load
from flake8_claude_compat.config import Config
from flake8_claude_compat.engine import check
from flake8_claude_compat.frontends import programs
from flake8_claude_compat.program import Dict, List, Program, Str, Value
from flake8_claude_compat.source import Source

PATHS = {"dotenv": ".env", "yaml": "a.yaml", "toml": "a.toml", "json": "a.json", "ini": "a.ini"}


def findings(text: str, language: str, path: str = "") -> list[tuple[int, int, str]]:
    """(line, column, code) of each finding."""
    report = check(Source(path or PATHS[language], text), None, Config("/"), language)
    assert not report.problems, report.problems
    return [(one.location.line, one.location.column, one.finding.code) for one in report.findings]


def problem(text: str, language: str) -> str:
    """What the parser says about a text that is not valid."""
    with pytest.raises(ValueError) as caught:
        program(text, language)
    return str(caught.value)


def program(text: str, language: str) -> Program:
    return programs(Source(PATHS[language], text), None, language, load("claudeapi").watch())[0]


def plain(value: Value) -> object:
    """A value as Python's own."""
    if isinstance(value, Dict):
        return {entry.key: plain(entry.value) for entry in value.entries}
    if isinstance(value, List):
        return [plain(item) for item in value.items]
    if isinstance(value, Str):
        return value.text
    return getattr(value, "value", None)


def document(text: str, language: str) -> object:
    (setting,) = (one for one in program(text, language).settings if not one.path and isinstance(one.value, (Dict, List)))
    return plain(setting.value)


# ----------------------------------------------------------------------- .env


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("OPENAI_X=a", "a"),
        ("export OPENAI_X = a # b", "a"),
        ("OPENAI_X=a#b", "a#b"),
        ("OPENAI_X='a # b'", "a # b"),
        ('OPENAI_X="a\\nb"  # c', "a\nb"),
        ('OPENAI_X="a\nb"', "a\nb"),
        ("OPENAI_X=", ""),
        ("OPENAI_X", ""),
        ("OPENAI_X=\r", ""),
        ("  OPENAI_X=é", "é"),
    ],
)
def test_dotenv_syntax(line: str, value: str) -> None:
    text = f"# c\n\n{line}\nB=2\n"
    found = program(text, "dotenv").settings
    assert found[0].path == ("OPENAI_X",)
    assert isinstance(found[0].value, Str) and found[0].value.text == value
    key = found[0].key_span
    assert text[key.start : key.end] == "OPENAI_X"


def test_dotenv_lines_that_are_none_are_left_out() -> None:
    assert [one.path for one in program("=x\n'a\nOPENAI_API_KEY=1\n", "dotenv").settings] == [("OPENAI_API_KEY",)]


def test_dotenv_expansion() -> None:
    text = "A=https://api.openai.com\nOPENAI_BASE_URL=${A}/v1\nOPENAI_MODEL=${M:-gpt-4o}\n"
    assert (3, 19, "CLC301") in findings(text, "dotenv")
    assert any(line == 1 or line == 2 for line, _, code in findings(text, "dotenv") if code == "CLC102")


# ----------------------------------------------------------------------- YAML


def test_yaml_values() -> None:
    text = "a: &x {b: 1, 'c': \"d\"}\nd: *x\ne: [true, ~, 1.5, '2']\nf: |\n  g\n  h\n---\ni: j\n"
    assert document(text, "yaml") == [
        {"a": {"b": 1.0, "c": "d"}, "d": {"b": 1.0, "c": "d"}, "e": [True, None, 1.5, "2"], "f": "g\nh\n"},
        {"i": "j"},
    ]


def test_yaml_places_behind_wide_characters() -> None:
    text = "é: 😀 # 😀\nx: {model: 'gpt-4o'}\r\ny:\u2028 z\nmodel: gpt-4\n"
    assert findings(text, "yaml") == [(2, 12, "CLC301"), (4, 8, "CLC301")]


@pytest.mark.parametrize(
    ("scalar", "place"),
    [
        ("|\n    echo\n    run --model gpt-4o", (4, 17)),
        (">-\n    run\n    --model gpt-4o", (4, 13)),
        ("run --model gpt-4o", (2, 23)),
        ("'run --model gpt-4o'", (2, 24)),
        ('"run \\"x\\" --model gpt-4o"', (2, 30)),
        ("run\n    --model gpt-4o", (3, 13)),
    ],
)
def test_script_in_yaml(scalar: str, place: tuple[int, int]) -> None:
    assert findings(f"job:\n  script: {scalar}\n", "yaml")[0] == (*place, "CLC301")


def test_scripts_of_gitlab_in_a_list() -> None:
    text = "test:\n  script:\n    - pip install openai\n    - curl https://api.openai.com/v1/models\n"
    assert findings(text, "yaml") == [(4, 12, "CLC104")]


def test_yaml_merge_keys_and_templates() -> None:
    assert findings("a: &a\n  model: gpt-4o\nb:\n  <<: *a\n  n: 2\n", "yaml")[0] == (2, 10, "CLC301")
    text = "{{- with .Values }}\nmodel: gpt-4o\nkey: {{ .k | quote }}\n{{- end }}\n"
    assert findings(text, "yaml") == [(2, 8, "CLC301")]


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\tx: y", "a: *b\n  c", "'x"])
def test_yaml_that_is_none(text: str) -> None:
    assert problem("openai: 1\n" + text, "yaml").startswith("line ")


# ----------------------------------------------------------------- TOML, INI


def test_toml_values_have_tomllibs() -> None:
    text = (
        'a = "x\\ty"\n[b.c]\nd = [1, \'2\', { e = true }, ]\n"f g" = """\nh\\\n  i"""\n[[j]]\nk.l = 0x10\n[[j]]\nm = 1979-05-27\n'
    )
    assert document(text, "toml") == {
        "a": "x\ty",
        "b": {"c": {"d": [1.0, "2", {"e": True}], "f g": "hi"}},
        "j": {"m": None},
    }


def test_toml_that_is_none() -> None:
    assert problem("a = 1\nb = \n", "toml").startswith("line 2: ")


def test_ini() -> None:
    text = "; c\n[llm]\nmodel = gpt-4o ; c\nbase_url: https://api.openai.com/v1\n"
    assert findings(text, "ini") == [(3, 9, "CLC301"), (4, 11, "CLC102")]


# ----------------------------------------------------------------------- JSON


def test_json_values() -> None:
    text = '\ufeff// c\n{"a": [1, -2.5e3, true, null, "x\\u00e9\\"\\n"], /* d */ "b": {},}\n'
    assert document(text, "json") == {"a": [1.0, -2500.0, True, None, 'xé"\n'], "b": {}}


@pytest.mark.parametrize(
    "text", ["{", '{"a" 1}', "[1}", '{"a": x}', '"abc', "{} {}", "]", "{'a': }", '{"a": 1 "b"']
)
def test_json_that_is_none(text: str) -> None:
    assert problem("\n" + text, "json").startswith("line 2: ")


def test_json_lines() -> None:
    text = '{"custom_id": "1", "body": {"model": "gpt-4o", "messages": [], "seed": 1}}\n' * 2
    assert [code for _, _, code in findings(text, "json")] == ["CLC301", "CLC406"] * 2


def test_scripts_of_package_json() -> None:
    text = '{"scripts": {"dev": "OPENAI_API_KEY=x next dev --model \\"gpt-4o\\""}, "dependencies": {"openai": "^4"}}\n'
    assert findings(text, "json", "package.json") == [(1, 22, "CLC204"), (1, 56, "CLC301")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package-lock.json", '{"model": "gpt-4o"}'),
        ("src/locales/en.json", '{"model": "gpt-4o"}'),
        ("a.json", '{"openapi": "3.1.0", "servers": [{"url": "https://api.openai.com/v1"}]}'),
        ("a.json", '{"gpt-4o": {"price": 1}}'),
        ("a.json", '{"request": {"model": "gpt-4o"}, "response": {}}'),
        ("a.json", '{"NOTE_OPENAI_API_KEY": "Get a key first!"}'),
        ("a.json", '{"description": "uses gpt-4o with $OPENAI_API_KEY of course, as you can see in the text"}'),
        ("a.json", '{"model": "claude-sonnet-4-6", "provider": "anthropic"}'),
    ],
)
def test_nothing_to_say(path: str, text: str) -> None:
    assert findings(text, "json", path) == []


# ----------------------------------------------------------------- robustness

UNITS = {
    "dotenv": ('A="', "A='", "A=${", "export ", "=", "OPENAI_API_KEY=${OPENAI_API_KEY:-x}\n", '\\"'),
    "yaml": ("[", "{", "- ", "a: ", "&a ", "*a ", "|\n ", "? ", '"', "'", "{{ ", "a:\n ", "<<: *a\n", "!x ", "a: gpt-4o\n"),
    "toml": ("[", "a=[", "{a=", 'a="""', "a='", "[a.b]\n", "a.b.c=1\n", "a=1\n", "#"),
    "json": ("[", '{"a":', '"', "{", "1,", '"a":', "/*", "//", "null ", "]"),
    "ini": ("[a]\n", "a=", "b:", "=", "[", "a=b ; c\n"),
}


@pytest.mark.parametrize("language", sorted(UNITS))
def test_nothing_breaks_it(language: str) -> None:
    rng = random.Random(7)
    units = UNITS[language]
    texts = [unit * 10000 for unit in units]
    more = (*units, "\n", " ", "gpt-4o", "é", "\x00", "\r\n")
    texts += ["".join(rng.choices(more, k=rng.randint(1, 60))) for _ in range(200)]
    for text in texts:
        report = check(Source("x", text), None, Config("/"), language)
        assert not [one for one in report.findings if one.finding.code == "CLC000"], text[:60]


def test_deep_nesting_is_read_or_a_problem() -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        text = opening * 10000 + "1" + closing * 10000
        for language in ("json", "yaml"):
            report = check(Source("a", text), None, Config("/"), language)
            assert not report.findings


def test_aliases_of_aliases() -> None:
    """A few lines of YAML that stand for any number of values take no longer than others."""
    lines = ["a0: &a0 [gpt-4o]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert findings("\n".join(lines) + "\nmodel: gpt-4o\n", "yaml")[-1][0] == 31
