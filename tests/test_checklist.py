"""``claude-compat checklist``: the status of each line, what is left, and what cannot be told."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLE, Project, commit_all

from flake8_claude_compat.catalogue import guide, load
from flake8_claude_compat.checking import check_files
from flake8_claude_compat.config import Config
from flake8_claude_compat.discovery import discover
from flake8_claude_compat.reporters.checklist import FORMATS, counted, percent

DAY = "--today=2026-11-22"
TODO, TEST, DONE, UNUSED, OFF = "to do", "test by hand", "done", "not used", "left out"

AFTER = """\
import os

import openai
from openai import OpenAI

client = OpenAI(api_key=os.environ["CLAUDE_API_KEY"], base_url="https://gw.claudeapi.com/v1")


def ask(text):
    try:
        return client.chat.completions.create(
            model="claude-sonnet-4-6",
            messages=[{"role": "user", "content": text}],
            max_tokens=100,
        )
    except openai.OpenAIError:
        raise
"""


def made(project: Project, *args: str) -> dict[str, Any]:
    done = project.main("checklist", "--format=json", DAY, *args)
    document: dict[str, Any] = json.loads(done.out)
    assert done.code == (1 if document["left"] else 3 if document["problems"] else 0)
    return document


def statuses(document: dict[str, Any]) -> dict[int, str]:
    return {line["number"]: line["status"] for line in document["lines"]}


def line(document: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = document["lines"][number]
    assert found["number"] == number
    return found


def notes(document: dict[str, Any], number: int, kind: str = "unseen") -> dict[str, list[str]]:
    return {note["text"]: note["places"] for note in line(document, number)[kind]}


# -------------------------------------------------------------------- statuses


def test_before_the_migration(project: Project) -> None:
    project.write("a.py")
    document = made(project)
    assert statuses(document) == {
        0: DONE, 1: TODO, 2: TODO, 3: TODO, 4: TODO, 5: DONE, 6: DONE, 7: UNUSED, 8: UNUSED, 9: UNUSED, 10: TODO,
    }  # fmt: skip
    assert line(document, 0)["evidence"] == {"request": 1}
    assert [one["code"] for one in line(document, 1)["codes"]] == ["CLC101"]
    # the key is a placeholder that no rule calls OpenAI's, but where it is sent there is no doubt
    assert notes(document, 2, "implied") == {"its key is for OpenAI": ["a.py:3"]}
    # advice counts, though it is off
    assert line(document, 10)["advice"] == 1 and line(document, 10)["codes"][0]["code"] == "CLC901"


def test_after_the_migration(project: Project) -> None:
    project.write("a.py", AFTER)
    document = made(project)
    assert statuses(document) == {
        0: DONE, 1: DONE, 2: DONE, 3: DONE, 4: DONE, 5: DONE, 6: DONE, 7: TEST, 8: UNUSED, 9: UNUSED, 10: TEST,
    }  # fmt: skip
    # the answer is handed on: nobody knows whether it is parsed as JSON
    assert notes(document, 7) == {"whether what takes the answer parses it as JSON": ["a.py:11"]}
    assert line(document, 1)["evidence"] == {"client": 1} and line(document, 4)["evidence"] == {"model": 1}
    assert document["left"] == 0 and document["clients"][0]["state"] == "claude"
    assert {test["title"] for test in document["tests"]} == {"endpoint, key and model", "JSON output", "tool calling", "errors"}


def test_nothing_of_openai(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    assert set(statuses(made(project)).values()) == {UNUSED}
    done = project.main("checklist")
    assert done.code == 0 and "there is nothing to migrate" in done.out and len(done.out.splitlines()) == 2


def test_what_the_code_does_not_tell_is_neither_done_nor_to_do(project: Project) -> None:
    project.write(
        "a.py",
        "import os\nfrom openai import OpenAI\n\n\ndef ask(key, **more):\n"
        '    client = OpenAI(api_key=key, base_url=os.environ["GATEWAY"])\n'
        "    try:\n        return client.chat.completions.create(messages=[], **more)\n"
        "    except Exception:\n        raise\n",
    )
    document = made(project)
    assert statuses(document) == {
        0: DONE, 1: TEST, 2: TEST, 3: TEST, 4: TEST, 5: TEST, 6: TEST, 7: TEST, 8: TEST, 9: TEST, 10: TEST,
    }  # fmt: skip
    assert notes(document, 1) == {"base URL from $GATEWAY": ["a.py:6"]}
    assert notes(document, 3) == {"where the key comes from": ["a.py:6"]}
    assert notes(document, 5) == {"all of its arguments": ["a.py:8"]}


def test_a_library_hides_its_requests(project: Project) -> None:
    project.write("a.py", 'from langchain_openai import ChatOpenAI\n\nmodel = ChatOpenAI(model="gpt-4o")\n')
    document = made(project)
    found = statuses(document)
    assert [found[number] for number in (0, 1, 2, 4)] == [TODO] * 4
    assert all(found[number] == TEST for number in range(5, 11))
    # no rule of line 1 fires, since CLC016 says it all; the line is not done for that
    assert line(document, 1)["codes"] == []
    assert notes(document, 1, "implied") == {"client ChatOpenAI goes to OpenAI": ["a.py:3"]}


def test_a_derived_class_hides_its_requests(project: Project) -> None:
    project.write("a.py", "from langchain_openai import ChatOpenAI\n\n\nclass Ours(ChatOpenAI):\n    pass\n")
    found = statuses(made(project))
    assert found[0] == TODO and all(found[number] == TEST for number in (1, 5, 6, 7, 8, 9, 10))


def test_models_without_a_request(project: Project) -> None:
    """Something sends them, in a way that is not seen: that is not "not used"."""
    project.write("config.py", 'MODEL = "gpt-4o"\n')
    document = made(project)
    assert statuses(document) == {number: TODO if number == 4 else TEST for number in range(11)}
    assert notes(document, 5) == {"models are named here, but not what sends them": []}
    for form in FORMATS:
        assert "models are named here" in project.main("checklist", f"--format={form}").out
    project.write("config.py", 'MODEL = "text-embedding-3-small"\n')
    assert statuses(made(project))[5] == UNUSED


def test_clients_that_stay_and_those_of_others(project: Project) -> None:
    project.write(
        "a.py",
        'from openai import OpenAI\n\nclient = OpenAI()  # claude-compat: keep-openai\nlocal = OpenAI(base_url="http://localhost:1/v1")\n'
        'for one in (client, local):\n    one.models.list()\nlocal.chat.completions.create(model="qwen", messages=[])\n',
    )
    document = made(project)
    assert document["left"] == 0 and set(statuses(document).values()) == {UNUSED}
    assert [(row["place"], row["state"]) for row in document["clients"]] == [("a.py:3", "kept"), ("a.py:4", "other")]


def test_scope_claude(project: Project) -> None:
    project.write("a.py", f"{SAMPLE}\nclaude = OpenAI(api_key='x', base_url='https://gw.claudeapi.com/v1')\n")
    document = made(project, "--scope=claude")
    assert line(document, 1)["status"] == DONE and line(document, 1)["evidence"] == {"client": 1}


def test_base_url_of_the_project(project: Project) -> None:
    project.write(".gitignore", ".env\n")
    project.write(".env", "OPENAI_BASE_URL=https://gw.claudeapi.com/v1\n")
    project.write("a.py", "from openai import OpenAI\n\nclient = OpenAI()\n")
    document = made(project)
    assert line(document, 1)["status"] == DONE and line(document, 2)["status"] == TEST


def test_streams_and_tools_need_a_test(project: Project) -> None:
    project.write(
        "a.py",
        AFTER + "\n\ndef stream(tools):\n    answer = client.chat.completions.create(\n"
        '        model="claude-sonnet-4-6", messages=[], stream=True, tools=tools\n    )\n'
        "    for chunk in answer:\n        if chunk.choices[0].delta.content:\n            print(chunk.choices[0].delta.content)\n"
        "        for call in chunk.choices[0].delta.tool_calls or ():\n            print(call)\n",
    )
    document = made(project)
    assert line(document, 8)["status"] == TEST
    assert line(document, 8)["evidence"]["streaming request"] == 1
    assert line(document, 9)["status"] == TEST and line(document, 9)["evidence"] == {"request with tools": 1}
    assert "streaming" in {test["title"] for test in document["tests"]}


def test_other_languages_count(project: Project) -> None:
    project.write(
        "a.ts",
        'import OpenAI from "openai";\nconst openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n'
        'const answer = await openai.embeddings.create({ model: "text-embedding-3-small", input: "x" });\n',
    )
    project.write("run.sh", 'curl https://api.openai.com/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"\n')
    document = made(project)
    assert [(row["family"], row["code"], row["places"]) for row in document["endpoints"]] == [("embeddings", "CLC003", 1)]
    assert "Voyage" in document["endpoints"][0]["alternative"]
    assert line(document, 1)["status"] == TODO and set(line(document, 1)["files"]) == {"a.ts", "run.sh"}


# ---------------------------------------------------------------- configuration


def test_ignored_and_suppressed(project: Project) -> None:
    project.write("a.py", SAMPLE.replace('model="gpt-4o",', 'model="gpt-4o",  # noqa: CLC301'))
    document = made(project, "--ignore=CLC1,CLC9")
    assert line(document, 1)["status"] == OFF and line(document, 1)["left"] == 0 and line(document, 10)["status"] == OFF
    assert line(document, 4)["quiet"] == 1 and line(document, 4)["left"] == 0
    assert "1 finding that comments keep quiet" in project.main("checklist").out


def test_a_baseline_hides_nothing(project: Project) -> None:
    project.write("a.py")
    before = made(project)["left"]
    project.main("check", "--baseline=known.json", "--write-baseline")
    assert project.main("check", "--baseline=known.json").code == 0
    assert made(project, "--baseline=known.json")["left"] == before


def test_problems_are_said(project: Project) -> None:
    project.write("a.py", "from openai import (\n")
    document = made(project)
    assert document["problems"][0]["path"] == "a.py"
    for form in FORMATS:
        assert "never closed" in project.main("checklist", f"--format={form}").out


def test_effort_is_that_of_the_findings(project: Project) -> None:
    project.write("a.py", (ROOT / "examples" / "before.py").read_text())
    document = made(project)
    checked = json.loads(project.main("check", "--format=json", "--enable=CLC", DAY).out)["findings"]
    fixes = [one["fix"]["safety"] if one["fix"] else "" for one in checked]
    assert document["effort"] == {
        "safe": fixes.count("safe"), "unsafe": fixes.count("unsafe"),
        "by_hand": len(fixes) - fixes.count("safe") - fixes.count("unsafe"),
    }  # fmt: skip
    assert sum(one["count"] for each in document["lines"] for one in each["codes"]) == len(checked)


def test_models(project: Project) -> None:
    project.write("a.py", SAMPLE + 'other = "gpt-3.5-turbo"\nthird = "openai/gpt-4o"\nold = "claude-3-opus-20240229"\n')
    rows = {row["name"]: row for row in made(project)["models"]}
    assert rows["gpt-4o"]["mapped"] == "claude-sonnet-4-6" and rows["gpt-4o"]["price"] == [2.4, 12]
    assert rows["gpt-4o"]["places"] == 2 and "openai/gpt-4o" not in rows
    assert rows["gpt-3.5-turbo"]["ends"] == "2026-10-23" and rows["gpt-3.5-turbo"]["source"]
    assert rows["claude-3-opus-20240229"]["mapped"] == "claude-opus-4-8"
    # a target that states no prices gets none
    rows = {row["name"]: row for row in made(project, "--target=anthropic")["models"]}
    assert rows["gpt-4o"]["price"] is None


@pytest.mark.usefixtures("processes_pay")
def test_several_processes_see_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from flake8_claude_compat import processes

    for number in range(6):
        project.write(f"m{number}.py", SAMPLE if number % 2 else AFTER)
    settings = Config(str(project.path), enable=("CLC",))
    files = discover(["."], settings).files
    alone = list(check_files(files, settings, 1, survey=True))
    monkeypatch.setattr(processes, "_chunks", lambda files, jobs: [[file] for file in files])
    assert list(check_files(files, settings, 2, survey=True)) == alone
    assert all(result.survey is not None for result in alone)


def test_folders(project: Project) -> None:
    project.write("a.py", AFTER)
    for name in ("src/app/one.py", "src/app/two.py", "src/lib/x.py", "tests/y.py"):
        project.write(name)
    folders = {row["name"]: row for row in made(project)["folders"]}
    assert set(folders) == {"./", "src/app/", "src/lib/", "tests/"}
    assert folders["./"]["left"] == 0 and folders["src/app/"]["files"] == 2
    assert sum(row["left"] for row in folders.values()) == made(project)["left"]


# --------------------------------------------------------------- since and save


def test_since(repository: Project) -> None:
    for name in ("fixed.py", "same.py", "gone.py", "moved.py", "vendor/x.py"):
        repository.write(name)
    commit_all(repository.path)
    repository.write("fixed.py", AFTER)
    repository.write("new.py", "x = 'gpt-4o'\n")
    (repository.path / "gone.py").unlink()
    (repository.path / "moved.py").rename(repository.path / "elsewhere.py")
    shutil.rmtree(repository.path / "vendor")
    document = made(repository, "--since=HEAD")
    # four findings went with each of two files, one came, and those of a moved file are neither
    assert document["since"] == {"revision": "HEAD", "before": 16, "fixed": 8, "new": 1}
    assert (line(document, 4)["fixed"], line(document, 4)["new"]) == (2, 1)
    assert "Since HEAD: 8 fixed, 1 new; 16 findings then, 9 now." in repository.main("checklist", "--since=HEAD").out
    assert "fixed 2" in repository.main("checklist", "--since=HEAD", "--format=markdown").out


def test_since_an_unknown_revision(repository: Project) -> None:
    repository.write("a.py")
    commit_all(repository.path)
    for revision in ("nothing", "--output=x", ""):
        done = repository.main("checklist", f"--since={revision}")
        assert done.code == 2 and done.err.startswith("claude-compat: --since: ")


def test_since_in_a_folder(repository: Project) -> None:
    repository.write("src/a.py")
    repository.write("b.py")
    commit_all(repository.path)
    (repository.path / "b.py").unlink()
    repository.write("src/a.py", AFTER)
    assert made(repository, "--since=HEAD", "src")["since"]["fixed"] == 4


def test_save_draws_the_burn_down(project: Project) -> None:
    project.write("a.py")
    project.write("b.py")
    assert "Burn-down" not in project.main("checklist", "--save=h.json", "--today=2026-11-01").out
    project.write("b.py", AFTER)
    project.main("checklist", "--save=h.json", "--today=2026-11-10")
    project.write("a.py", AFTER)
    done = project.main("checklist", "--save=h.json", "--today=2026-11-10")
    assert re.search(r"Burn-down\n  █▁  \d+ left on 2026-11-01, 0 on 2026-11-10\n", done.out)
    saved = json.loads((project.path / "h.json").read_text())
    assert [entry["date"] for entry in saved["entries"]] == ["2026-11-01", "2026-11-10"]
    for form in ("markdown", "html"):
        assert "Burn-down" in project.main("checklist", "--save=h.json", "--today=2026-11-11", f"--format={form}").out


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "entries": []}', '{"version": 1, "entries": [{"date": 1}]}', '{"version": 1, "entries": 5}']
)
def test_a_file_that_is_no_history_is_kept(project: Project, text: str) -> None:
    project.write("a.py")
    project.write("h.json", text)
    done = project.main("checklist", "--save=h.json")
    assert done.code == 2 and done.err.startswith("claude-compat: --save: h.json is ")
    assert (project.path / "h.json").read_text() == text


# --------------------------------------------------------------------- formats


def test_text_is_short_and_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    project.write("a.py", (ROOT / "examples" / "before.py").read_text())
    out = project.main("checklist", DAY).out
    for number in range(11):
        assert re.search(rf"^\[[ x?-]\] +{number} ", out, re.MULTILINE)
    assert out.startswith("Migration to ClaudeAPI, https://gw.claudeapi.com/v1: 1 file on 2026-11-22\n")
    assert 'curl -s "https://gw.claudeapi.com/v1/chat/completions"' in out and "$CLAUDE_API_KEY" in out
    report, _, _ = out.partition("\nTest by hand")
    assert all(len(row) <= 100 for row in report.splitlines())


def test_markdown(project: Project) -> None:
    project.write("a.py", AFTER.replace("claude-sonnet-4-6", "gpt-4o"))
    project.write("we|ird`_*<b>.py")
    out = project.main("checklist", "--format=markdown", DAY).out
    assert len(re.findall(r"^- \[[ x]\] ", out, re.MULTILINE)) == 11
    assert "- [x] 5. unsupported parameters are removed: **done**" in out
    assert "| `gpt-4o` | 2 | ends 2027-01-14 | `claude-sonnet-4-6` | \\$2.4 / \\$12 |" in out
    assert "<b>" not in out.replace("`we\\|ird'_*<b>.py:3`", "")


def test_markdown_fits_into_a_comment(project: Project) -> None:
    project.write("a.py", "\n".join(f"x{number} = 'gpt-4o-2024-{number % 12 + 1:02}-{number % 28 + 1:02}'" for number in range(2000)))
    for number in range(200):
        project.write(f"{'long' * 40}{number}.py", "from openai import (\n")
    assert len(project.main("checklist", "--format=markdown").out) < 65_536


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_a_key(project: Project, form: str) -> None:
    key = "sk-proj-" + "Ab1" * 16 + "T3Blbk" + "FJ" + "Cd2" * 16
    project.write("a.py", SAMPLE.replace("sk-openai-xxx", key).replace("gpt-4o", f"ft:gpt-4o:{key}"))
    project.write(f"{key}.sh", f"curl https://{key}@api.openai.com/v1/models?key={key}\n")
    project.write(".env", f"OPENAI_BASE_URL=https://u:{key}@api.openai.com/v1\n")
    out = project.main("checklist", f"--format={form}", "a.py", ".env").out
    assert key not in out and key[8:40] not in out


@pytest.mark.parametrize("form", FORMATS)
def test_output(project: Project, form: str) -> None:
    project.write("a.py")
    done = project.main("checklist", f"--format={form}", "--output=report", DAY)
    assert done.out == "" and (project.path / "report").read_text("utf-8") == project.main("checklist", f"--format={form}", DAY, "a.py").out


def test_words() -> None:
    assert counted(1, "read of delta.content") == "1 read of delta.content"
    assert counted(2, "read of delta.content") == "2 reads of delta.content"
    assert counted(2, "request with tools") == "2 requests with tools"
    assert counted(0, "JSON parse") == "0 JSON parses"
    assert [percent(share) for share in (None, 0.0, 0.999, 1.0)] == ["–", "0 %", "99 %", "100 %"]


# ------------------------------------------------------------------------- age


def test_age_is_a_warning(project: Project) -> None:
    project.write("a.py", AFTER)
    assert project.main("checklist", DAY).err == ""
    done = project.main("checklist", "--today=2027-06-01")
    assert done.err.startswith("claude-compat: the data on models and targets is ") and "model-map" in done.err
    assert len(done.err.splitlines()) == 1 and done.code == project.main("checklist", DAY).code
    assert project.main("checklist", "--today=2027-06-01", "-q").err == ""
    project.write("a.py")
    assert "the data on" in project.main("check", "--today=2027-06-01").err
    assert project.main("check", "--today=2027-06-01", "-q").err == ""


# ----------------------------------------------------------------- tests by hand


class Endpoint(http.server.BaseHTTPRequestHandler):
    """As much of the endpoint as the commands ask for."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != "Bearer right-key":
            self.send_error(401)
        elif self.path != "/v1/chat/completions":
            self.send_error(404)
        elif body["model"] != "claude-sonnet-4-6":
            self.send_error(400)
        else:
            self.send_response(200)
            self.end_headers()
            message: dict[str, Any] = {"content": "OK"}
            if "JSON" in str(body["messages"]):
                message = {"content": '{"name": "Alice", "age": 25}'}
            if "tools" in body:
                message = {"tool_calls": [{"function": {"name": body["tools"][0]["function"]["name"]}}]}
            answer = json.dumps({"choices": [{"message": message}]})
            if body.get("stream"):
                answer = 'data: {"choices": [{"delta": {"content": "1"}}]}\n\ndata: [DONE]\n'
            self.wfile.write(answer.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("sh"), reason="needs curl and sh")
def test_the_commands_work(endpoint: str) -> None:
    said = {}
    for test in guide.hand_tests(load("claudeapi", base_url=endpoint)):
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "CLAUDE_API_KEY": "right-key", "no_proxy": "*"}
        done = subprocess.run(["sh", "-c", test.shell], capture_output=True, text=True, env=environment, timeout=60, check=False)
        assert done.stderr == ""
        said[test.title] = done.stdout
    assert json.loads(said["endpoint, key and model"])["choices"][0]["message"]["content"] == "OK"
    assert said["JSON output"] == "{'name': 'Alice', 'age': 25}\n"
    assert '"delta": {"content"' in said["streaming"] and "[DONE]" in said["streaming"]
    assert "get_weather" in said["tool calling"]
    assert [row.split()[0] for row in said["errors"].splitlines()] == ["401", "404", "400"]


@pytest.mark.parametrize("target", ["claudeapi", "anthropic", "litellm", "openrouter", "databricks"])
def test_the_commands_are_for_the_target(target: str) -> None:
    catalogue = load(target)
    for test in guide.hand_tests(catalogue):
        for command in (test.shell, test.powershell):
            if command:
                assert catalogue.target.base_url.rstrip("/") in command and catalogue.target.key_variable in command
                assert catalogue.spell(catalogue.target.tiers["sonnet"]) in command and "{key}" not in command
    first = guide.hand_tests(catalogue)[0]
    assert first.source == "guide" and first.powershell and first.lines == (1, 2, 4)


def test_docs_show_the_documents_keys(project: Project) -> None:
    text = (ROOT / "docs" / "checklist.md").read_text("utf-8")
    project.write("a.py")
    document = made(project)
    for key in (*document, *document["lines"][0]):
        assert f"`{key}`" in text, key


def test_layout_is_data_free() -> None:
    """Nothing in the page's files loads anything from elsewhere."""
    folder = ROOT / "flake8_claude_compat" / "reporters" / "checklist"
    for path in folder.glob("page.*"):
        assert not re.search(r"https?://|@import|url\(", Path(path).read_text("utf-8")), path.name
