"""``claude-compat`` explain, rules, models, targets, and the maintainers' comparison with the SDKs."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any, Literal

import catalogue_news
import pytest
from conftest import ROOT, Project

from flake8_claude_compat.catalogue import guide, load
from flake8_claude_compat.options import shipped_targets
from flake8_claude_compat.rules import all_rules

RULES = all_rules()
DAY = "--today=2026-11-22"


# --------------------------------------------------------------------- explain


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained(project: Project, code: str) -> None:
    rule = RULES[code]
    done = project.main("explain", code, DAY)
    assert done.code == 0 and done.err == ""
    assert done.out.startswith(f"{code} {rule.name}: {rule.summary}\n  checklist  line ")
    for heading in ("## What it flags", "## Why", "## What to do"):
        assert heading in done.out
    assert "## Examples" not in done.out
    if code[3] in "1234":
        assert "\nOn claudeapi\n" in done.out


def test_a_rule_by_name_and_any_case(project: Project) -> None:
    assert project.main("explain", "multiple-candidates").out == project.main("explain", "clc401").out
    assert project.main("explain", "CLC9").out.count("\n") == 3


def test_the_row_of_the_target_with_its_source(project: Project) -> None:
    out = " ".join(project.main("explain", "CLC401").out.split())
    assert "n must be 1: one candidate per request" in out
    assert "source: The ClaudeAPI migration guide, https://claudeapi.com, read 2026-11-22" in out
    assert "refused (HTTP 400)" in project.main("explain", "CLC404", "--target=litellm").out
    # what another target says is said to be its word
    out = " ".join(project.main("explain", "CLC406").out.split())
    assert "seed ignored: the guide says to remove it: output is not reproducible (as on anthropic)" in out
    assert "source: OpenAI SDK compatibility" in project.main("explain", "CLC705").out
    assert "message.refusal" in project.main("explain", "CLC705").out
    assert "use claude-sonnet-4-6, $2.4 / $12" in project.main("explain", "CLC301").out
    assert "OpenAI ends it on 2026-08-26" in project.main("explain", "CLC010").out


def test_colours(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = project.main("explain", "CLC401").out
    assert "\x1b[" in out and "## Why" not in out


SYMPTOMS = [
    ("ModuleNotFoundError: No module named 'openai'", 0),
    ("Error: Cannot find module 'openai'", 0),
    ("KeyError: 'CLAUDE_API_KEY'", 1),
    ("openai.OpenAIError: The api_key client option must be set", 1),
    ("401", 2),
    ("401 Unauthorized", 2),
    ("openai.AuthenticationError: Error code: 401 - invalid x-api-key", 2),
    ("404", 3),
    ("404 Not Found", 3),
    ("openai.NotFoundError: Error code: 404", 3),
    ("400 Bad Request: model not found", 4),
    ("model: gpt-4o does not exist", 4),
    ("Connection refused / Timeout", 5),
    ("openai.APITimeoutError: Request timed out.", 5),
    ("getaddrinfo ENOTFOUND gw.claudapi.com", 5),
    ("Unexpected output after the migration", 6),
    ("presence_penalty: Extra inputs are not permitted", 6),
    ("AttributeError around tool_calls", 7),
    ("TypeError: 'NoneType' object is not subscriptable", 7),
]


@pytest.mark.parametrize(("text", "row"), SYMPTOMS)
def test_symptoms(project: Project, text: str, row: int) -> None:
    done = project.main("explain", "--symptom", text, DAY)
    wanted = guide.troubleshooting(load("claudeapi"))[row]
    assert done.code == 0 and done.out.splitlines()[0] == wanted.error
    assert wanted.fix in " ".join(done.out.split())
    if wanted.codes:
        assert f"claude-compat check --select {','.join(wanted.codes)}" in done.out


def test_every_row_of_the_guides_table_is_found_by_its_own_text() -> None:
    assert {row for _, row in SYMPTOMS} == set(range(8))


def test_a_message_without_the_option(project: Project) -> None:
    assert project.main("explain", "404 Not Found").out == project.main("explain", "--symptom=404 Not Found").out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "name a code or a rule"),
        (("CLC401", "--symptom=401"), "name a code or a rule"),
        (("CLC999",), "no rule is called 'CLC999'"),
        (("multiple-candidate",), "did you mean multiple-candidates?"),
        (("--symptom=everything is fine",), "known are: ModuleNotFoundError"),
        (("--symptom=",), "nothing is known of ''"),
    ],
)
def test_what_cannot_be_explained(project: Project, args: tuple[str, ...], says: str) -> None:
    done = project.main("explain", *args)
    assert done.code == 2 and done.out == "" and len(done.err.splitlines()) == 1 and says in done.err


# --------------------------------------------------------------- rules, models


def test_rules(project: Project) -> None:
    rows = {row["code"]: row for row in json.loads(project.main("rules", "--format=json").out)["rules"]}
    assert list(rows) == list(RULES)
    assert rows["CLC201"] == {
        "code": "CLC201", "name": "hardcoded-openai-key", "summary": RULES["CLC201"].summary, "line": 3,
        "default": "on", "on": True, "since": "0.1.0",
    }  # fmt: skip
    assert rows["CLC901"]["default"] == "opt" and not rows["CLC901"]["on"]
    changed = project.main("rules", "--format=json", "--enable=CLC9", "--ignore=CLC3").out
    rows = {row["code"]: row for row in json.loads(changed)["rules"]}
    assert rows["CLC901"]["on"] and not rows["CLC301"]["on"]
    text = project.main("rules").out
    assert all(f"\n{code}  {rule.name}" in text for code, rule in RULES.items())


def test_models(project: Project) -> None:
    document = json.loads(project.main("models", "--format=json").out)
    rows = {row["name"]: row for row in document["models"]}
    assert len(rows) > 200 and document["target"] == "claudeapi"
    assert rows["gpt-4o"]["use"] == "claude-sonnet-4-6" and rows["gpt-4o"]["price"] == [2.4, 12]
    assert rows["claude-3-opus-20240229"]["status"] == "retired"
    assert rows["claude-3-opus-20240229"]["use"] == "claude-opus-4-8"
    out = project.main("models", DAY).out
    assert "gpt-3.5-turbo " in out and "shut down 2026-10-23" in out and "claude-opus-4-8" in out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gpt-4o", "use                     claude-sonnet-4-6"),
        ("openai/gpt-4-turbo", "claude-opus-4-8"),
        ("gpt-4o-2031-01-01", "claude-sonnet-4-6"),
        ("ft:gpt-4o-2024-08-06:us::x", "fine-tuned gpt-4o-2024-08-06"),
        ("text-embedding-3-small", "no counterpart"),
        ("claude-sonnet-4-6", "$2.4 / $12 in / out"),
        ("anthropic/claude-sonnet-4.6", "spelling of             openrouter"),
        ("claude-3-opus-20240229", "retired 2026-01-05"),
    ],
)
def test_one_model(project: Project, name: str, says: str) -> None:
    done = project.main("models", name, DAY)
    assert done.code == 0 and done.out.startswith(f"{name}\n") and says in done.out and "read 20" in " ".join(done.out.split())


def test_models_of_another_target(project: Project) -> None:
    assert "anthropic/claude-sonnet-4.6" in project.main("models", "gpt-4o", "--target=openrouter").out
    assert "claude-haiku-5-5" in project.main("models", "gpt-4o", "--model-map=gpt-4o=claude-haiku-5-5").out
    assert project.main("models", "anthropic/claude-sonnet-4.6", "--target=openrouter").code == 0


def test_no_such_model(project: Project) -> None:
    done = project.main("models", "claude-sonet-4-6")
    assert done.code == 2 and done.err.endswith("did you mean 'claude-sonnet-4-6'?\n")


# --------------------------------------------------------------------- targets


def test_targets(project: Project) -> None:
    out = project.main("targets", "--target=anthropic").out
    for name in shipped_targets():
        assert f"{name} " in out
    assert [row.split()[1] for row in out.splitlines() if row.startswith("*")] == ["anthropic"]
    documents = json.loads(project.main("targets", "--format=json").out)["targets"]
    assert {one["id"] for one in documents} == set(shipped_targets())
    assert all(row["source"] for one in documents for row in one["parameters"])


@pytest.mark.parametrize("name", shipped_targets())
def test_one_target(project: Project, name: str) -> None:
    target = load(name).target
    out = project.main("targets", name, DAY).out
    assert out.startswith(f"{name}: {target.name}\n") and target.base_url in out
    assert all(f"\n  {parameter} " in out for parameter in target.parameters)


def test_a_target_of_ones_own(project: Project) -> None:
    project.write(
        "gateway.toml",
        'extends = "claudeapi"\nname = "Ours"\nbase_url = "https://gw.example.com/v1"\nkey_variable = "GW"\nsource = "wiki"\n'
        '[sources]\nwiki = { title = "Our wiki", at = "https://wiki.example.com", read = "2026-01-01" }\n',
    )
    assert "Our wiki" in project.main("targets", "gateway.toml").out
    done = project.main("targets", "--target=gateway.toml", DAY)
    assert [row for row in done.out.splitlines() if row.startswith("*")][0].split()[1] == "gateway"
    assert "the data on the target gateway is 325 days old" in done.err


def test_wrong_targets(project: Project) -> None:
    done = project.main("targets", "anthropc")
    assert done.code == 2 and "did you mean 'anthropic'?" in done.err
    assert project.main("targets", "anthropic", "--target=litellm").code == 2


@pytest.mark.parametrize("args", [("rules",), ("models",), ("targets",), ("explain", "CLC401")])
def test_no_lookup_reads_the_project(project: Project, args: tuple[str, ...]) -> None:
    project.write("a.py", "from openai import (\n")
    assert project.main(*args, DAY).code == 0


# -------------------------------------------------------- what SDKs have of late


def test_the_catalogue_knows_the_installed_sdks() -> None:
    """A newer SDK is no failure of ours: its news are printed. They must be lines about names that we do not know."""
    pytest.importorskip("openai")
    catalogue = load("claudeapi")
    for line in catalogue_news.news(catalogue):
        print(line)
        assert " is new " in line or " deprecated" in line or "retires on" in line or "not installed" in line


def test_it_sees_what_an_sdk_has() -> None:
    openai = pytest.importorskip("openai")
    models = set(catalogue_news._literal_models(openai))
    assert {"gpt-4o", "text-embedding-3-small"} <= models and len(models) > 50
    assert {"chat.completions", "embeddings", "fine_tuning.jobs"} <= set(catalogue_news._endpoints(openai))


class _Nothing:
    """A catalogue that knows nothing."""

    openai_models: dict[str, Any] = {}
    options: frozenset[str] = frozenset()

    def __getattr__(self, name: str) -> Any:
        return lambda *args: frozenset() if name == "known_parameters" else None


def test_it_lists_what_is_new() -> None:
    pytest.importorskip("openai")
    lines = "\n".join(catalogue_news.news(_Nothing()))  # type: ignore[arg-type]
    for text in ("model 'gpt-4o' is new", "endpoint 'embeddings' is new", "parameter 'seed' of", "exception 'RateLimitError'", "client class 'AzureOpenAI'"):
        assert text in lines


def test_deprecations(monkeypatch: pytest.MonkeyPatch) -> None:
    package = types.ModuleType("anthropic")
    parts = {name: types.ModuleType(name) for name in (
        "anthropic", "anthropic.types", "anthropic.types.model", "anthropic.resources", "anthropic.resources.messages",
        "anthropic.resources.messages.messages",
    )}  # fmt: skip
    for name, module in parts.items():
        monkeypatch.setitem(sys.modules, name, module)
    parts["anthropic.types.model"].Model = Literal["claude-opus-4-8", "claude-opus-9"]  # type: ignore[attr-defined]
    parts["anthropic.resources.messages.messages"].DEPRECATED_MODELS = {  # type: ignore[attr-defined]
        "claude-opus-4-8": "January 3rd, 2027", "claude-3-opus-20240229": "January 5th, 2026", "claude-8": "soon",
    }  # fmt: skip
    lines = list(catalogue_news._anthropic(package, load("claudeapi")))
    assert lines == [
        "model 'claude-opus-9' is new (claude_models.toml)",
        "model 'claude-opus-4-8' is deprecated, until January 3rd, 2027 (claude_models.toml)",
        "deprecated model 'claude-8' (soon) is not known (claude_models.toml)",
    ]


def test_docs_name_the_script() -> None:
    assert "python tests/catalogue_news.py" in (ROOT / "docs" / "checklist.md").read_text("utf-8")
    assert Path(catalogue_news.__file__).name == "catalogue_news.py"
