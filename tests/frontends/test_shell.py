"""Shell scripts, Makefiles, Dockerfiles and .bat files: what is found, and where."""

from __future__ import annotations

import random

import pytest

from flake8_claude_compat.catalogue import load
from flake8_claude_compat.config import Config
from flake8_claude_compat.engine import check
from flake8_claude_compat.frontends import programs
from flake8_claude_compat.program import Call, Dict, Env, Join, Program, Str
from flake8_claude_compat.source import Source

CURL = "curl https://api.openai.com/v1/chat/completions "


def findings(text: str, language: str = "shell", path: str = "script.sh") -> list[tuple[int, int, str]]:
    """(line, column, code) of each finding."""
    report = check(Source(path, text), None, Config("/"), language)
    assert not report.problems, report.problems
    return [(one.location.line, one.location.column, one.finding.code) for one in report.findings]


def program(text: str, language: str = "shell") -> Program:
    return programs(Source("script.sh", text), None, language, load("claudeapi").watch())[0]


def request(text: str, name: str = "curl") -> dict[str, object]:
    """The arguments of the one call of a command."""
    found = program(text)
    (site,) = found.calls[name]
    call = found.language.lower(site.handle, site.block)
    assert isinstance(call, Call)
    return {arg.name or "": arg.value for arg in call.args}


def keys(value: object) -> list[str | None]:
    assert isinstance(value, Dict), value
    return [entry.key for entry in value.entries]


@pytest.mark.parametrize(
    "option",
    [
        """-d '{"model": "m", "n": 2}'""",
        """--data '{"model": "m", "n": 2}'""",
        """--data-raw '{"model": "m", "n": 2}'""",
        """--json '{"model": "m", "n": 2}'""",
        """-sSd '{"model": "m", "n": 2}'""",
        """-d'{"model": "m", "n": 2}'""",
        '''-d "{\\"model\\": \\"m\\", \\"n\\": 2}"''',
        """-d $'{"model": "m", "n": 2}'""",
        """-X POST -H 'A: b' \\\n  -d '{\n"model": "m",\n"n": 2\n}'""",
        """-d '{"model": "'"$MODEL"'", "n": '$N'}'""",
        """-d @- <<EOF\n{"model": "m", "n": 2}\nEOF\n""",
        """-d @- <<-'EOF'\n\t{"model": "m", "n": 2}\n\tEOF\n""",
        """-d @- <<< '{"model": "m", "n": 2}'""",
        """-d "$(cat <<EOF\n{"model": "m", "n": 2}\nEOF\n)" """,
        """-d "$(jq -n --arg m "$M" '{model: $m, n: 2}')" """,
        """-F model=m -F n=2""",
    ],
)
def test_body_of_curl(option: str) -> None:
    assert keys(request(CURL + option)["json"]) == ["model", "n"]


def test_body_from_a_file_that_the_script_writes() -> None:
    text = "cat > body.json <<EOF\n{\"model\": \"m\", \"n\": 2}\nEOF\n" + CURL + "-d @body.json\n"
    assert keys(request(text)["json"]) == ["model", "n"]


def test_body_from_a_pipe() -> None:
    assert keys(request("""echo '{"model": "m"}' | """ + CURL + "-d @-")["json"]) == ["model"]


@pytest.mark.parametrize("option", ["-d @other.json", '-d "$1"', "-d 'a=b' -d 'c=d'"])
def test_body_that_is_not_known_is_not_empty(option: str) -> None:
    assert not isinstance(request(CURL + option)["json"], Dict)


def test_headers() -> None:
    headers = request(CURL + """-H "Authorization: Bearer $KEY" --header 'X-A: b'""")["headers"]
    assert isinstance(headers, Dict)
    assert keys(headers) == ["Authorization", "X-A"]
    first, second = (entry.value for entry in headers.entries)
    assert isinstance(first, Join) and isinstance(first.parts[1], Env)
    assert isinstance(second, Str) and second.text == "b"


def test_wget_and_httpie() -> None:
    wget = request("wget --header='A: b' --post-data='{\"n\": 2}' https://api.openai.com/v1/x", "wget")
    assert keys(wget["json"]) == ["n"]
    http = request("http POST https://api.openai.com/v1/x Authorization:y model=m n:=2", "http")
    assert keys(http["json"]) == ["model", "n"]
    assert keys(http["headers"]) == ["Authorization"]


def test_every_span_is_the_text_it_names() -> None:
    text = CURL + "-H \"Authorization: Bearer x\" -d \"{\\\"model\\\": \\\"gpt-4o\\\"}\" 'it''s' \\\n  --json '{\"é\": [\"😀\", 1]}'\n"
    body = request(text)["json"]
    found = program(text)
    site = found.calls["curl"][0]
    call = found.language.lower(site.handle, site.block)
    assert isinstance(call, Call) and not isinstance(body, Dict)  # two bodies are none
    for arg in call.args:
        if isinstance(arg.value, Dict):
            for entry in arg.value.entries:
                inner = entry.value
                assert isinstance(inner, Str)
                assert text[inner.span.start : inner.span.end] == inner.text


def test_variables_defaults_and_blocks() -> None:
    text = 'if x; then URL=https://api.openai.com/v1; else URL=http://localhost/v1; fi\ncurl "$URL/embeddings"\n'
    assert (1, 16, "CLC102") in findings(text)
    assert (2, 7, "CLC003") in findings(text)
    assert findings("M=${OPENAI_MODEL:-gpt-4o}\n") == [(1, 19, "CLC301")]


def test_nested_scripts() -> None:
    assert findings("""bash -c 'python x.py --model gpt-4o'\n""") == [(1, 30, "CLC301")]
    assert findings("x=$(echo `curl https://api.openai.com/v1/models`)\n") == [(1, 16, "CLC104")]


def test_makefile() -> None:
    text = (
        "MODEL ?= gpt-4o\n"
        "ask:\n"
        '\t@curl https://gw.claudeapi.com/v1/chat/completions -H "Authorization: Bearer $$OPENAI_API_KEY" \\\n'
        "\t  -d '{\"model\": \"$(MODEL)\", \"messages\": [], \"n\": 2}'\n"
    )
    assert findings(text, "makefile", "Makefile") == [(1, 10, "CLC301"), (3, 81, "CLC204"), (4, 46, "CLC401")]


def test_dockerfile() -> None:
    text = (
        "FROM x\nENV OPENAI_API_KEY=a \\\n    # a comment\n    OPENAI_MODEL=gpt-4\nENV OPENAI_MODEL gpt-4\n"
        "RUN <<EOF\ncurl https://api.openai.com/v1/models\nEOF\nLABEL a=gpt-4o\n"
    )
    assert findings(text, "dockerfile", "Dockerfile") == [
        (2, 5, "CLC204"),
        (4, 18, "CLC301"),
        (5, 18, "CLC301"),
        (7, 6, "CLC104"),
    ]


def test_batch() -> None:
    text = (
        "@echo off\r\nrem set OPENAI_API_KEY=x\r\nset OPENAI_API_KEY=your-key-here\r\n"
        'setx OPENAI_BASE_URL "https://api.openai.com/v1"\r\n'
        "curl https://api.openai.com/v1/chat/completions ^\r\n"
        '  -d "{\\"model\\": \\"gpt-4o\\", \\"seed\\": 3}"\r\n'
    )
    assert findings(text, "batch", "run.bat") == [
        (3, 5, "CLC204"),
        (4, 22, "CLC102"),
        (5, 6, "CLC104"),
        (6, 19, "CLC301"),
        (6, 31, "CLC406"),
    ]
    assert findings("set CLAUDE_API_KEY=your-key-here\r\n", "batch", "run.bat") == []


UNITS = (
    "$(", "${a:-", '"$(', "`", '"', "'", "<<EOF\n", "{ ", "(", "((", "if ", "case x in ", "a=(", "f() {", "<(", "\\",
    "$", "openai ", "X=${X:-gpt-4o}\n", '{"a":', "cat <<E\n$(cat <<F\n", "\x00", "\ufffc", "gpt-4o ", "é", "\r\n", "%X%",
    "RUN ", "\t", "ENV ", "set X=", "^",
)  # fmt: skip


@pytest.mark.parametrize("language", ["shell", "makefile", "dockerfile", "batch"])
def test_nothing_breaks_it(language: str) -> None:
    rng = random.Random(7)
    for unit in UNITS:
        check_clean(unit * 10000, language)
    for _ in range(150):
        check_clean("".join(rng.choices((*UNITS, "\n", " "), k=rng.randint(1, 80))), language)


def check_clean(text: str, language: str) -> None:
    report = check(Source("x", "openai " + text), None, Config("/"), language)
    assert not [one for one in report.findings if one.finding.code == "CLC000"], text[:60]
