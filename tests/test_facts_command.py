"""``claude-compat facts``: what is seen, without a key."""

from __future__ import annotations

import json
import re

import pytest
from conftest import SAMPLE, Project
from mdtest import KEYS


def test_text(project: Project) -> None:
    project.write("a.py")
    done = project.main("facts", "a.py")
    assert done.code == 0 and done.err == ""
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[:2] == ["a.py: python", "imports: openai.OpenAI"]
    assert lines[2].startswith("3:10  client 1: kind=sdk symbol=openai.OpenAI name=client target=openai")
    assert 'api_key = "sk-…"' in lines and 'model = "gpt-4o"' in lines
    assert any(re.match(r"4:\d+  request 1: endpoint=chat\.completions\.create .*client=client 1", line) for line in lines)
    assert any(line.startswith("5:11  model: text=gpt-4o role=request request=request 1") for line in lines)


def test_json(project: Project) -> None:
    project.write("a.py", SAMPLE + "print(response.choices[1])\n")
    document = json.loads(project.main("facts", "--format=json", "a.py").out)
    assert (document["version"], document["target"]) == (1, "claudeapi")
    (file,) = document["files"]
    (program,) = file["programs"]
    assert (file["path"], file["language"], file["gate"], program["language"]) == ("a.py", "python", True, "python")
    (client,), (request,) = program["clients"], program["requests"]
    assert client["arguments"] == {"known": {"api_key": '"sk-…"'}, "open": False}
    assert request["arguments"]["known"]["messages"] == '[{role: "user", content: "Hello"}]'
    assert {"at": "5:11", "text": "gpt-4o", "role": "request"}.items() <= program["models"][0].items()
    assert any(read["path"] == ["choices", "1"] for read in program["reads"])
    assert {"envs", "urls", "parses", "messages", "symbols", "secrets", "key_literals"} <= set(program)


def test_values(project: Project) -> None:
    project.write(
        "a.py",
        """\
import os
from openai import OpenAI

OPTIONS = {"seed": 1, **extra}
client = OpenAI(base_url=os.getenv("BASE", "https://x/v1"), **settings)
client.chat.completions.create(
    model="gpt-4o" if fast else NAME, n=2, stream=True, stop=None, user=f"u-{name}", tools=[{"a": [1.5, get()]}], **OPTIONS,
)
""",
    )
    out = project.main("facts", "a.py").out
    for line in (
        'base_url = $BASE or "https://x/v1"', "… and perhaps other arguments", "n = 2", "stream = true", "stop = null", "seed = 1",
        'user = "u-"…', "tools = [{a: [1.5, unknown]}]",
    ):  # fmt: skip
        assert line in out, (line, out)


@pytest.mark.parametrize("kind", sorted(set(KEYS) - {"langfuse_key"}))
@pytest.mark.parametrize(
    "text",
    [
        'OpenAI(api_key="{key}")\n', 'KEY = "{key}"\nOpenAI(api_key=KEY)\n', 'OpenAI(api_key=os.getenv("K", "{key}"))\n',
        'OpenAI(api_key="a" + "{key}")\n', 'OpenAI(api_key=f"{key}{{x}}")\n', 'OpenAI(default_headers={{"Authorization": "Bearer {key}"}})\n',
        'OpenAI(api_key=x or "{key}", base_url="https://gw.claudeapi.com/v1?key={key}")\n',
        'requests.post("https://api.openai.com/v1/chat/completions", headers={{"api-key": "{key}"}}, json={{"model": "{key}"}})\n',
        'OpenAI().chat.completions.create(model="gpt-4o", messages=[{{"role": "user", "content": "{key}"}}], extra_headers={{"x-api-key": "{key}"}})\n',
        'os.environ["OPENAI_API_KEY"] = "{key}"\n', 'model = "gpt-4o" if x == "{key}" else "{key}"\n',
    ],
)  # fmt: skip
def test_no_key(project: Project, text: str, kind: str) -> None:
    key = KEYS[kind]
    project.write("a.py", "import os, requests\nfrom openai import OpenAI\n" + text.format(key=key))
    core = re.sub(r"^[a-z]{2,3}[-_](?:[a-z]+\d*[-_])*", "", key)
    for form in ("text", "json"):
        out = project.main("facts", f"--format={form}", "a.py").out
        assert out and not any(core[start : start + 10] in out for start in range(0, len(core) - 10, 5)), out


def test_literal_keys_that_do_not_look_like_one(project: Project) -> None:
    text = 'from openai import OpenAI\nOpenAI(api_key="correct horse battery staple", default_headers={"Authorization": "Bearer hunter2hunter2"})\n'
    project.write("a.py", text)
    for form in ("text", "json"):
        out = project.main("facts", f"--format={form}", "a.py").out
        assert "horse" not in out and "hunter2hunter" not in out


def test_file_without_facts(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    assert project.main("facts", "a.py").out == "a.py: python\n  nothing in it looks like OpenAI: check passes it over\n  no facts\n"


def test_stdin(project: Project) -> None:
    assert project.main("facts", "--stdin-filename=b.py", stdin=SAMPLE.encode()).out.startswith("b.py: python\n")


def test_what_cannot_be_read(project: Project) -> None:
    project.write("a.py", "import openai\ndef (:\n")
    project.write("b.txt", "")
    project.write("c.py")
    done = project.main("facts", "a.py", "b.txt", "none.py", "c.py")
    assert done.code == 3 and done.out.startswith("c.py: python\n")
    assert [line.partition(": ")[0] for line in done.err.splitlines()] == ["a.py:1", "b.txt:1", "none.py:1"]
    assert project.main("facts").code == 2
    assert project.main("facts", "c.py", "--target=litelm").code == 2


def test_options_count(project: Project) -> None:
    project.write("a.py")
    project.write("pyproject.toml", '[tool.claude-compat]\nkeep-openai = ["client"]\n')
    assert "exempt=true" in project.main("facts", "a.py").out
    assert "exempt=true" not in project.main("facts", "a.py", "--isolated").out
