"""The gate lets through whatever the catalogue knows, as source files hold it."""

from __future__ import annotations

import ast
import inspect

import pytest

from flake8_claude_compat import catalogue, gate

CATALOGUE = catalogue.load()


def imported(symbol: str) -> str:
    """An import of a symbol, in the language that its package is of."""
    package, _, name = symbol.rpartition(".")
    if package.startswith("@") or "/" in package:
        return f'import {{ {name} }} from "{package}";\n'
    return f"from {package} import {name}\n"


@pytest.mark.parametrize("name", sorted(CATALOGUE.openai_models))
def test_model_names_pass(name: str) -> None:
    if name in ("ada", "babbage", "curie", "davinci"):
        pytest.skip("ordinary words, which are models only in a file that uses OpenAI")
    for text in (f'MODEL = "{name}"', f"model: '{name}'\n", f"MODEL={name}", f'x = ["a", "{name}", "b"]'):
        assert gate.passes(text), text


@pytest.mark.parametrize(
    "name",
    ["gpt-35-turbo", "openai/gpt-5", "openai:o3", "ft:gpt-4o:org::id", "ft:davinci-002:a:b:c", "davinci:ft-acme-2023"]
    + ["azure/o1", "gpt-6.2-astra"],
)
def test_other_spellings_pass(name: str) -> None:
    assert gate.passes(f'"{name}"')


@pytest.mark.parametrize("name", sorted(CATALOGUE.claude_models))
def test_claude_names_pass(name: str) -> None:
    for text in (name, f"us.anthropic.{name}-v1:0", f"databricks-{name}", f"{name}@20250929"):
        assert gate.passes(f'"{text}"')


def test_variables_pass() -> None:
    for name in (*CATALOGUE._environment, "VITE_OPENAI_API_KEY", "OPEN_AI_KEY"):
        assert gate.passes(f'os.environ["{name}"]'), name
        assert gate.passes(f"{name}=1\n"), name


def test_hosts_pass() -> None:
    for host in (
        *CATALOGUE._claude_hosts,
        "api.claudeapi.com",
        "api.openai.com",
        "eu.api.openai.com",
        "x.openai.azure.com",
        "bedrock-runtime.us-east-1.amazonaws.com",
        "bedrock-mantle.us-east-1.api.aws",
    ):
        assert gate.passes(f'"https://{host}/v1"'), host
    assert gate.passes('url = f"{BASE}/v1/chat/completions"')


def test_clients_and_symbols_pass() -> None:
    names = [*CATALOGUE._clients, *CATALOGUE._wrappers, *CATALOGUE._symbols]
    names += [f"{module}.OpenAI" for module in CATALOGUE._aliases]
    for name in names:
        if name.startswith(("instructor", "langsmith.wrappers.wrapSDK", "braintrust")):
            continue  # they are given an OpenAI client
        assert gate.passes(imported(name)), name


def test_frameworks_pass() -> None:
    for framework in CATALOGUE._frameworks.values():
        text = imported(framework.symbol)
        if framework.kind in ("factory", "embedding", "image", "audio", "moderation") and not gate.passes(text):
            # these say nothing without a model of OpenAI's
            assert not framework.default_model, framework
            text += '("openai/gpt-4o")'
        if framework.symbol.startswith(("@ai-sdk/azure", "dspy.Azure")):
            text += ' "gpt-4o"'  # names a deployment
        assert gate.passes(text), framework


def test_what_only_advice_looks_for_passes_with_advice() -> None:
    for text in ("import tiktoken\n", "from agents import Agent, Runner\n"):
        assert gate.passes(text) and not gate.passes(text, advice=False)


def test_keys_pass() -> None:
    marker = "T3Blbk" + "FJ"
    for prefix in ("sk-", "sk-proj-", "sk-svcacct-", "sk-admin-", "sk-ant-api03-", "sk-ant-admin01-"):
        assert gate.passes(f'KEY = "{prefix}{"a1" * 10}{marker}{"b2" * 10}"')
        assert gate.passes(f"KEY={prefix}{'a1' * 20}\n")
    assert gate.passes("Authorization: Bearer sk-openai-xxx")


def test_requests_on_an_imported_client_pass() -> None:
    for path in (
        "chat.completions.create",
        "chat.completions.parse",
        "beta.chat.completions.parse",
        "completions.create",
        "responses.create",
        "embeddings.create",
        "images.generate",
        "audio.transcriptions.create",
        "moderations.create",
        "files.create",
        "uploads.create",
        "fine_tuning.jobs.create",
        "fineTuning.jobs.create",
        "batches.create",
        "beta.assistants.create",
        "beta.threads.runs.create_and_poll",
        "vector_stores.create",
        "vectorStores.create",
        "videos.create",
        "evals.create",
        "containers.create",
        "conversations.create",
        "skills.create",
    ):
        assert gate.passes(f"from .clients import shared\nshared.{path}(model=MODEL)\n"), path
    for method in ("createChatCompletion", "createCompletion", "createEmbedding"):
        assert gate.passes(f'const {{ OpenAIApi }} = require("openai"); api.{method}({{}})')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "class Book(models.Model):\n    title = models.CharField()\nBook.objects.create(title='x')\n",
        "import argparse\n# ------------------------------\ntask-1 disk-2 risk-free mask-x well-known\n",
        "foo1 = 1\npo3 = 'foo1'\nlogo1-mini = 2",
        "def text_of(x): return x\n'text-align: center; font-size: 12px'",
        "subprocess.create_task",
        "from autogen_core.models import ChatCompletionClient",
        "contexts-1 outputs-2 charts-3",
        "'gpt' + 'o'",
        "from azure.storage.blob import BlobServiceClient\nclass AzureStorage: pass",
        "a/anthropic/b",
    ],
)
def test_ordinary_text_does_not_pass(text: str) -> None:
    assert not gate.passes(text)


def test_the_standard_library_does_not_pass() -> None:
    modules = [ast, inspect, __import__("argparse"), __import__("subprocess"), __import__("typing"), __import__("os")]
    for module in modules:
        assert not gate.passes(inspect.getsource(module)), module.__name__


def test_it_imports_nothing_of_the_package() -> None:
    tree = ast.parse(inspect.getsource(gate))
    names = {
        name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert names == {"__future__", "re"}


def test_rare_characters_begin_their_patterns() -> None:
    assert gate._CAPITAL.pattern.startswith("A")
    for character, (before, pattern) in gate._RARE.items():
        assert pattern.pattern.startswith(character)
        for text in ("", character, f"{before[0]}{character}", f"{before[0]}{character}x" * 200):
            assert not gate.passes(text), text


@pytest.mark.parametrize("count", [0, 49, 50, 51, 500])
def test_what_stands_behind_many_common_characters_passes(count: int) -> None:
    for text in ("a-", "t-", "o1x", "//x", "o3x"):
        for found in ('"gpt-6-luna"', '"o1"', '"o3"', "http://gw.claudeapi.com"):
            assert gate.passes(text * count + "\n" + found), (text, found)
        assert not gate.passes(text * count)
