"""The catalogue: its data is whole, its look-ups answer, its complaints name file and key."""

from __future__ import annotations

import datetime
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import ship_catalogue

from flake8_claude_compat import catalogue
from flake8_claude_compat.catalogue import guide, models, records, shipped

FOLDER = Path(catalogue.__file__).parent
C = catalogue.load()
RULES = Path(catalogue.__file__).parents[1] / "rules" / "pages"


def toml(path: Path) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(path.read_text(encoding="utf-8"))


# ------------------------------------------------------------------- data


def test_what_is_shipped_is_what_the_toml_files_say() -> None:
    message = "run: python tests/ship_catalogue.py"
    files = {path.relative_to(FOLDER).as_posix(): toml(path) for path in FOLDER.rglob("*.toml")}
    assert {name: files[name] for name in files if name not in ship_catalogue.NOT_READ} == shipped.DOCS, message
    assert (FOLDER / "shipped.py").read_text(encoding="utf-8") == ship_catalogue.shipped(), message


def test_grammars_are_regular_expressions() -> None:
    for doc in shipped.DOCS.values():
        grammar = doc.get("grammar")
        for text in grammar.values() if isinstance(grammar, dict) else ():
            if isinstance(text, str):
                re.compile(text)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: path.name)
def test_every_source_is_dated_and_used(path: Path) -> None:
    doc = toml(path)
    text = path.read_text(encoding="utf-8")
    for key, source in doc["sources"].items():
        assert source["title"] and source["at"]
        assert datetime.date.fromisoformat(source["read"]) <= datetime.date(2100, 1, 1)
        assert len(re.findall(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text)) > 1, f"{key} is never cited"
    assert not re.search(r"(?:^|[\s\"'(])/(?:home|root|tmp|usr|var|opt)/", text), "a path of somebody's machine"


def test_every_row_has_a_known_source() -> None:
    assert all(model.source in C.sources for model in C.openai_models.values())
    assert all(model.source in C.sources for model in C.claude_models.values())
    for name in catalogue.SHIPPED:
        loaded = catalogue.load(name)
        target = loaded.target
        assert target.source in loaded.sources
        for row in (*target.parameters.values(), *target.fields.values()):
            assert row.source in loaded.sources, row
            assert row.status in records.STATUSES and row.owner in catalogue.SHIPPED


def test_models_are_complete() -> None:
    assert len(C.openai_models) == 238
    assert len(C.claude_models) == 40
    tiers = {model.claude_tier for model in C.openai_models.values()}
    assert tiers == {"opus", "sonnet", "haiku", "none"}


def test_the_grammars_cover_the_tables() -> None:
    for name in C.openai_models:
        assert C._openai_id.fullmatch(name), name
    for name, model in C._claude.items():
        assert C.looks_like_claude(name)
        if "@" not in name:
            assert C.well_formed_claude(name), (name, model)
    for name in ("claude-sonnet-4.6", "claude-3-5-sonnet", "claude-code", "claude-"):
        assert not C.well_formed_claude(name)


def test_text_models_have_a_counterpart_and_others_none() -> None:
    none = {"embedding", "image", "audio-chat", "audio-in", "tts", "realtime", "moderation", "video"}
    for name, model in C.openai_models.items():
        assert (model.claude_tier == "none") == (model.kind in none), name
        wanted = C.replacement(name)
        assert bool(wanted) == (model.kind not in none), name
        assert not wanted or C.claude_model(wanted)


def test_defaults_of_frameworks_are_models() -> None:
    for framework in C._frameworks.values():
        if framework.default_model:
            assert C.openai_model(framework.default_model), framework


def test_targets_map_to_served_models() -> None:
    for name in catalogue.SHIPPED:
        target = catalogue.load(name).target
        for model in (*target.tiers.values(), *target.models.values()):
            found = C.claude_model(model)
            assert found and found.status != "retired", (name, model)


def test_hosts_that_serve_claude_alone_are_the_targets() -> None:
    hosts = {host for name in ("claudeapi", "anthropic") for host in catalogue.load(name).target.hosts}
    assert hosts == C._claude_hosts


def test_parameters_are_those_of_the_installed_sdk() -> None:
    completions = pytest.importorskip("openai.resources.chat.completions.completions")
    signature = inspect.signature(completions.Completions.create)
    assert set(signature.parameters) - {"self"} <= C.known_parameters() | C.options
    assert not C.known_parameters() & C.options


def test_every_known_parameter_has_a_row_at_anthropic() -> None:
    assert C.known_parameters() <= set(catalogue.load("anthropic").target.parameters)


def test_method_paths_of_the_installed_sdk_are_known() -> None:
    openai = pytest.importorskip("openai")
    client = openai.OpenAI(api_key="x")
    for name in dir(type(client)):
        if name.startswith(("_", "with_")) or not hasattr(getattr(type(client), name), "func"):
            continue
        found = C.endpoint((name, "create"))
        assert found or name in ("chat", "beta", "auth_headers", "qs"), name


# -------------------------------------------------------------- OpenAI models


@pytest.mark.parametrize(
    ("text", "kind", "tier"),
    [
        ("gpt-4o", "chat", "sonnet"),
        ("gpt-4o-2031-01-01", "chat", "sonnet"),
        ("gpt-35-turbo", "chat", "haiku"),
        ("gpt-35-turbo-16k", "chat", "haiku"),
        ("gpt-6.2-astra", "reasoning", "opus"),
        ("gpt-7-nano", "chat", "haiku"),
        ("gpt-4-mini", "chat", "haiku"),
        ("gpt-4-all", "chat", "opus"),
        ("gpt-4o-realtime-preview-2029-01-01", "realtime", "none"),
        ("gpt-8-audio", "audio-chat", "none"),
        ("openai/gpt-4o", "chat", "sonnet"),
        ("openrouter/openai/gpt-4o", "chat", "sonnet"),
        ("openai/responses/gpt-5", "reasoning", "sonnet"),
        ("openai:chat:gpt-4o", "chat", "sonnet"),
        ("azure/o1", "reasoning", "opus"),
        ("ada", "legacy-completion", "haiku"),
        ("o1", "reasoning", "opus"),
    ],
)
def test_openai_model(text: str, kind: str, tier: str) -> None:
    model = C.openai_model(text)
    assert model is not None and (model.kind, model.claude_tier) == (kind, tier)


@pytest.mark.parametrize(
    "text",
    "gpt-oss-20b openai/gpt-oss-120b gpt2 gpt2-xl gpt-j-6b gpt-neo-2.7B gpt-neox-20b gpt4all gpt-engineer o1js o2 o1x"
    " gpt GPT-4 llama-3 openai/ azure/my-deployment ft:gpt-4o adamantium whisper text-davinci gpt-4o. gpt-4o-".split(),
)
def test_no_openai_model(text: str) -> None:
    assert C.openai_model(text) is None


def test_a_variant_has_no_shutdown_date() -> None:
    known, variant = C.openai_model("gpt-4o-2024-05-13"), C.openai_model("gpt-4o-2031-05-13")
    assert known and known.shutdown == "2026-10-23"
    assert variant and variant.shutdown == "" and variant.id == "gpt-4o-2031-05-13"


def test_router_prefix() -> None:
    assert C.router_prefix("openai/gpt-4o") == "openai/"
    assert C.router_prefix("openai:ft:gpt-4o:a::b") == "openai:"
    assert C.router_prefix("azure/my-deployment") == ""
    assert C.router_prefix("gpt-4o") == ""


def test_fine_tuned() -> None:
    assert C.fine_tuned("ft:gpt-4o-mini-2024-07-18:org:suffix:id") == "gpt-4o-mini-2024-07-18"
    assert C.fine_tuned("ft:gpt-4o:org:s:id:ckpt-step-100") == "gpt-4o"
    assert C.fine_tuned("davinci:ft-acme-2023-01-01-10-00-00") == "davinci"
    assert C.fine_tuned("ft:llama:a:b:c") is None
    assert C.fine_tuned("gpt-4o") is None


def test_replacement() -> None:
    assert C.replacement("gpt-4o") == "claude-sonnet-4-6"
    assert C.replacement("gpt-4-turbo") == "claude-opus-4-8"
    assert C.replacement("gpt-3.5-turbo") == "claude-haiku-4-5-20251001"
    assert C.replacement("openai/o3-mini") == "claude-haiku-4-5-20251001"
    assert C.replacement("ft:gpt-4o:org::id") == "claude-sonnet-4-6"
    assert C.replacement("text-embedding-3-small") == ""
    assert C.replacement("no-model") == ""
    mapped = catalogue.load(model_map={"gpt-4o": "my-claude", "text-embedding-3-small": "voyage-4"})
    assert mapped.replacement("gpt-4o") == mapped.replacement("gpt-4o-2024-08-06") == "my-claude"
    assert mapped.replacement("text-embedding-3-small") == "voyage-4"
    assert mapped.replacement("gpt-4o-mini") == "claude-haiku-4-5-20251001"


@pytest.mark.parametrize(
    ("target", "spelled"),
    [
        ("claudeapi", "claude-haiku-4-5-20251001"),
        ("litellm", "anthropic/claude-haiku-4-5-20251001"),
        ("openrouter", "anthropic/claude-haiku-4.5"),
        ("databricks", "databricks-claude-haiku-4-5"),
    ],
)
def test_spelling_and_back(target: str, spelled: str) -> None:
    loaded = catalogue.load(target)
    assert loaded.replacement("gpt-3.5-turbo") == spelled
    assert loaded.foreign_claude(spelled) is None, "a target's own spelling is not foreign"
    if target != "claudeapi":
        platform, known = C.foreign_claude(spelled) or ("", "")
        model = C.claude_model(known)
        assert platform == target and model and model.id == "claude-haiku-4-5-20251001"


# -------------------------------------------------------------- Claude models


@pytest.mark.parametrize(
    ("text", "platform", "known"),
    [
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "claude-sonnet-4-5-20250929"),
        ("global.anthropic.claude-opus-4-6-v1", "bedrock", "claude-opus-4-6"),
        ("anthropic.claude-opus-5", "bedrock", "claude-opus-5"),
        ("anthropic.claude-v2:1", "bedrock", ""),
        (
            "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-4-6-v1",
            "bedrock",
            "claude-opus-4-6",
        ),
        ("claude-sonnet-4-5@20250929", "vertex", "claude-sonnet-4-5-20250929"),
        ("claude-3-5-sonnet-v2@20241022", "vertex", "claude-3-5-sonnet-20241022"),
        ("anthropic/claude-opus-4.6", "openrouter", "claude-opus-4-6"),
        ("anthropic/claude-3.7-sonnet:beta", "openrouter", "claude-3-7-sonnet-latest"),
        ("anthropic/claude-opus-4-6", "litellm", "claude-opus-4-6"),
        ("vertex_ai/claude-sonnet-4-5@20250929", "litellm", "claude-sonnet-4-5-20250929"),
        ("databricks-claude-sonnet-4-5", "databricks", "claude-sonnet-4-5"),
        ("system.ai.claude-sonnet-4-6", "databricks", "claude-sonnet-4-6"),
    ],
)
def test_foreign_claude(text: str, platform: str, known: str) -> None:
    assert C.foreign_claude(text) == (platform, known)


@pytest.mark.parametrize("text", ["claude-sonnet-4-6", "claude-haiku-4-5", "claude-code", "gpt-4o", "anthropic/", ""])
def test_not_foreign(text: str) -> None:
    assert C.foreign_claude(text) is None


def test_claude_model() -> None:
    haiku = C.claude_model("claude-haiku-4-5")
    assert haiku and haiku.id == "claude-haiku-4-5-20251001" and haiku.retires == ""
    assert C.claude_model("claude-sonnet-4.6") is None
    newest = C.claude_model("claude-haiku-5-5")
    assert newest and newest.sampling == "rejected" and (newest.temperature, newest.top_p) == ((1.0,), (0.99,))
    assert C.claude_model("claude-opus-4-8") and C.claude_model("claude-opus-4-8").sampling == "rejected"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("claude-sonnet-4.6", "claude-sonnet-4-6"),
        ("claude-4.6-sonnet", "claude-sonnet-4-6"),
        ("claude-sonet-4-6", "claude-sonnet-4-6"),
        ("claude-sonnet-4-7", "claude-sonnet-4-6"),
        ("claude-3-5-sonet", "claude-sonnet-4-6"),
        ("claude-3.5-sonnet", "claude-sonnet-4-6"),
        ("claude-opus", "claude-opus-4-8"),
        ("claude-opus-4-8-20260528", "claude-opus-4-8"),
        ("claude-haiku-4.5", "claude-haiku-4-5"),
        ("claude-fable", "claude-fable-5-2"),
    ],
)
def test_near_misses(text: str, wanted: str) -> None:
    assert C.looks_like_claude(text)
    assert C.claude_model(text) is None
    assert C.closest_claude(text) == wanted


@pytest.mark.parametrize(
    "text",
    "claude-code claude-desktop claude-api claude-compat claude-next claude-bot-2 claude-foo claude-2024-notes claude"
    " claude- claude-code-opus claude-opus-review.md claude-proxy my-claude-sonnet CLAUDE-SONNET claude-2.json".split(),
)
def test_not_meant_as_a_claude_model(text: str) -> None:
    assert not C.looks_like_claude(text)


def test_nothing_near() -> None:
    assert C.closest_claude("claude-foo") == ""
    assert C.closest_claude("") == ""


# ------------------------------------------------------------------ symbols


@pytest.mark.parametrize(
    ("dotted", "kind"),
    [
        ("openai.OpenAI", "sdk"),
        ("openai.AsyncOpenAI", "sdk"),
        ("openai.default", "sdk"),
        ("openai.default.AzureOpenAI", "azure"),
        ("openai.OpenAI.AzureOpenAI", "azure"),
        ("openai.lib.azure.AsyncAzureOpenAI", "azure"),
        ("openai.BedrockOpenAI", "bedrock"),
        ("openai.OpenAIApi", "legacy"),
        ("langfuse.openai.OpenAI", "sdk"),
        ("langfuse.openai.openai.AsyncOpenAI", "sdk"),
        ("openai", ""),
        ("langchain_openai.OpenAI", ""),
        ("llama_index.llms.openai.OpenAI", ""),
    ],
)
def test_client_class(dotted: str, kind: str) -> None:
    found = C.client_class(dotted)
    assert (found.kind if found else "") == kind


@pytest.mark.parametrize(
    ("dotted", "library", "kind"),
    [
        ("langchain_openai.ChatOpenAI", "LangChain", "chat"),
        ("langchain.chat_models.ChatOpenAI", "LangChain", "chat"),
        ("langchain_community.embeddings.openai.OpenAIEmbeddings", "LangChain", "embedding"),
        ("langchain.chat_models.init_chat_model", "LangChain", "factory"),
        ("@langchain/openai.ChatOpenAI", "LangChain.js", "chat"),
        ("llama_index.llms.OpenAI", "LlamaIndex", "chat"),
        ("haystack.components.embedders.OpenAITextEmbedder", "Haystack", "embedding"),
        ("@ai-sdk/openai.openai", "Vercel AI SDK", "responses"),
        ("@ai-sdk/openai.openai.chat", "Vercel AI SDK", "chat"),
        ("@ai-sdk/openai.createOpenAI", "Vercel AI SDK", "provider"),
        ("litellm.acompletion", "LiteLLM", "factory"),
        ("smolagents.OpenAIServerModel", "smolagents", "chat"),
        ("phi.model.openai.OpenAIChat", "Agno", "chat"),
        ("livekit.plugins.openai.STT", "LiveKit Agents", "audio"),
        ("browser_use.llm.ChatOpenAI", "Browser Use", "chat"),
    ],
)
def test_framework(dotted: str, library: str, kind: str) -> None:
    found = C.framework(dotted)
    assert found and (found.library, found.kind) == (library, kind)


def test_no_framework() -> None:
    assert C.framework("openai.OpenAI") is None
    assert C.framework("langchain.llms.openai") is None
    assert C.framework("ChatOpenAI") is None


def test_endpoint() -> None:
    def code(path: str) -> str | None:
        found = C.endpoint(tuple(path.split(".")))
        return found.code if found else None

    for method in ("create", "parse", "stream", "run_tools", "run_functions"):
        assert code(f"chat.completions.{method}") == ""
    for method in ("list", "retrieve", "update", "delete", "messages.list"):
        assert code(f"chat.completions.{method}") == "CLC013"
    assert code("models.list") == ""
    assert code("beta.chat.completions.parse") == ""
    expected = {
        "responses.create": "CLC001",
        "beta.responses.create": "CLC001",
        "completions.create": "CLC002",
        "embeddings.create": "CLC003",
        "images.generate": "CLC004",
        "audio.speech.create": "CLC005",
        "moderations.create": "CLC006",
        "files.create": "CLC007",
        "uploads.parts.create": "CLC007",
        "fine_tuning.jobs.create": "CLC008",
        "fine_tunes.create": "CLC008",
        "batches.create": "CLC009",
        "beta.threads.runs.create": "CLC010",
        "beta.assistants.create": "CLC010",
        "vector_stores.create": "CLC011",
        "beta.vector_stores.files.create": "CLC011",
        "realtime.connect": "CLC012",
        "beta.realtime.connect": "CLC012",
    }
    assert {path: code(path) for path in expected} == expected
    for path in ("videos", "evals.runs", "containers", "conversations", "skills", "webhooks", "admin", "edits"):
        assert code(f"{path}.create") == "CLC014"
    assert code("beta.chatkit.sessions.create") == "CLC014"
    assert code("foo.create") is code("chat") is code("") is None
    threads = C.endpoint(("beta", "threads"))
    assert threads and threads.sunset == "2026-08-26"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/v1/embeddings", "embeddings"),
        ("/v1/engines/davinci/completions", "completions"),
        ("/openai/deployments/x/chat/completions?api-version=2024-06-01", "chat.completions"),
        ("https://api.openai.com/v1/chat/completions", "chat.completions"),
        ("/v1/chat/completions/abc", "chat.completions.retrieve"),
        ("wss://api.openai.com/v1/realtime?model=x", "realtime"),
        ("/v1/fine_tuning/jobs", "fine_tuning"),
        ("/v1/fine-tunes", "fine_tunes"),
        ("/v1/images/generations", "images"),
        ("/v1/models", "models"),
        ("/v1/foo", None),
        ("/v1", None),
        ("", None),
    ],
)
def test_http_endpoint(url: str, path: str | None) -> None:
    found = C.http_endpoint(url)
    assert (found.path if found else None) == path


def test_legacy() -> None:
    def path(dotted: str) -> str:
        found = C.legacy(dotted)
        return found.path if found else ""

    assert path("openai.ChatCompletion.create") == "chat.completions"
    assert path("openai.Embedding.acreate") == "embeddings"
    assert path("openai.FineTuningJob.list") == "fine_tuning"
    assert path("langfuse.openai.openai.ChatCompletion.create") == "chat.completions"
    assert path("createChatCompletion") == path("api.createChatCompletion") == "chat.completions"
    assert path("openai.chat.completions.create") == path("openai") == path("foo.create") == ""


@pytest.mark.parametrize(
    ("dotted", "kind"),
    [
        ("openai.error", "legacy"),
        ("openai.error.RateLimitError", "legacy"),
        ("openai.ChatCompletion", "legacy"),
        ("openai.api_base", "legacy"),
        ("openai.Configuration", "legacy"),
        ("openai.api_key", ""),
        ("openai.OpenAI.ChatCompletion", ""),
        ("openai.types.chat.ChatCompletion", ""),
        ("openai.RateLimitError", ""),
        ("tiktoken.get_encoding", "tokenizer"),
        ("js-tiktoken.encodingForModel", "tokenizer"),
        ("openai/realtime/ws.OpenAIRealtimeWS", "realtime"),
        ("openai.resources.beta.realtime", "realtime"),
        ("os.path", ""),
    ],
)
def test_symbol_kind(dotted: str, kind: str) -> None:
    assert C.symbol_kind(dotted) == kind


def test_wrappers() -> None:
    assert C.wrapper("instructor.from_openai") == C.wrapper("langsmith/wrappers.wrapOpenAI") == "client"
    assert C.wrapper("instructor.from_anthropic") == ""


# ------------------------------------------------------- hosts, names, tools


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("gw.claudeapi.com", "target"),
        ("GW.claudeapi.com", "target"),
        ("api.anthropic.com", "target"),
        ("api.openai.com", "openai"),
        ("eu.api.openai.com", "openai"),
        ("x.openai.azure.com", "azure"),
        ("gw.cluadeapi.com", "misspelt"),
        ("gw.claudeapi.co", "misspelt"),
        ("api.claudeapi.com", "misspelt"),
        ("console.claudeapi.com", "other"),
        ("docs.anthropic.com", "other"),
        ("platform.claude.com", "other"),
        ("api.deepseek.com", "other"),
        ("openrouter.ai", "other"),
        ("platform.openai.com", "other"),
        ("localhost:8000", "local"),
        ("127.0.0.1", "local"),
        ("[::1]:80", "local"),
        ("192.168.1.5:11434", "local"),
        ("host.docker.internal", "local"),
        ("vllm", "local"),
        ("bedrock-runtime.us-east-1.amazonaws.com", "bedrock"),
        ("bedrock-mantle.us-east-1.api.aws", "bedrock"),
        ("us-central1-aiplatform.googleapis.com", "vertex"),
    ],
)
def test_host_owner(host: str, owner: str) -> None:
    assert C.host_owner(host) == owner


def test_host_of_a_configured_url() -> None:
    assert catalogue.load(base_url="http://localhost:9000/v1").host_owner("localhost:9000") == "target"
    assert catalogue.load("openrouter").host_owner("openrouter.ai") == "target"
    assert catalogue.load("databricks").host_owner("adb-1.2.azuredatabricks.net") == "target"
    assert catalogue.load("litellm").host_owner("localhost:4000") == "target"


def test_env_role() -> None:
    roles = {
        "OPENAI_API_KEY": "key",
        "VITE_OPENAI_API_KEY": "key",
        "OPENAI_API_KEY_2": "key",
        "OPENAI_BASE_URL": "base_url",
        "OPENAI_API_BASE": "base_url",
        "OPENAI_ORG_ID": "org",
        "AZURE_OPENAI_API_KEY": "azure-key",
        "MY_AZURE_OPENAI_KEY": "azure-key",
        "AZURE_OPENAI_ENDPOINT": "azure-url",
        "OPENAI_MODEL": "model",
        "CLAUDE_API_KEY": "claude-key",
        "OPENAI_MAX_TOKENS": "",
        "HOME": "",
    }
    assert {name: C.env_role(name) for name in roles} == roles
    assert catalogue.load(key_variable="GATEWAY_KEY").env_role("GATEWAY_KEY") == "claude-key"
    assert C.env_role("GATEWAY_KEY") == ""


def test_parameter_name() -> None:
    names = {
        "baseURL": "base_url",
        "api_base": "base_url",
        "openai_api_base": "base_url",
        "apiKey": "api_key",
        "openAIApiKey": "api_key",
        "modelName": "model",
        "engine": "model",
        "maxTokens": "max_tokens",
        "topP": "top_p",
        "adminAPIKey": "admin_api_key",
        "dangerouslyAllowBrowser": "dangerously_allow_browser",
        "azure_endpoint": "azure_endpoint",
        "n": "n",
        "N": "N",
        "OPENAI_API_KEY": "OPENAI_API_KEY",
    }
    assert {name: C.parameter_name(name) for name in names} == names


def test_tools() -> None:
    assert C.env_reader("os.getenv") == "call" and C.env_reader("os.environ") == "mapping"
    assert C.env_reader("process.env") == "mapping" and C.env_reader("os.path") == ""
    assert C.json_parser("json.loads") and C.json_parser("JSON.parse") and not C.json_parser("json.dumps")
    assert C.validator("model_validate_json") and C.validator("jsonschema.validate") and not C.validator("loads")
    assert C.retry("tenacity.retry") and C.retry("my.with_backoff") and C.retry("p-retry.default")
    assert not C.retry("functools.cache")
    assert C.other_vendor("anthropic.Anthropic") and C.other_vendor("@anthropic-ai/sdk.default")
    assert not C.other_vendor("openai.OpenAI") and not C.other_vendor("anthropic_tools.x")


def test_exceptions() -> None:
    covered = C.exceptions()
    assert covered["openai.RateLimitError"] == {"429"}
    assert covered["openai.APIStatusError"] == records.FAILURES - {"connection"}
    assert covered["openai.OpenAIError"] == covered["Exception"] == records.FAILURES
    assert covered["openai.error.InvalidRequestError"] == {"400", "404"}
    assert C.covers("openai.OpenAI.APIError") == C.covers("langfuse.openai.APIError") == records.FAILURES
    assert C.covers("ValueError") is None


def test_watch() -> None:
    watch = C.watch()
    assert {"choices", "delta", "tool_calls", "finish_reason", "usage"} <= watch.reads
    interesting = [*C.openai_models, *C._claude, *C._environment, *C.error_codes, "OPENAI", "Bearer x", "sk-x"]
    interesting += ["https://gw.claudeapi.com/v1", "x.openai.azure.com", "function_call", "azure/o1", "openai:o3"]
    for text in interesting:
        assert watch.text.search(text), text
    for text in ("task-1", "hello", "foo1", "canada", "curious", "o12", "user", "assistant", ""):
        assert not watch.text.search(text), text


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4" + "-a" * 4000,
        "claude-" + "a-" * 4000,
        "ft:" + ":" * 4000,
        "openai/" * 2000,
        "anthropic/claude" + "." * 4000,
    ]
    + ["arn:aws:bedrock:::inference-profile/" + "a." * 4000, "A" * 8000, "-" * 8000, "claude-" + "9" * 8000 + "@"],
)
def test_long_text_is_answered_at_once(text: str) -> None:
    # no pattern may go back and forth over it; a slow one would run into the test run's own limit
    C.openai_model(text), C.router_prefix(text[:90]), C.fine_tuned(text), C.foreign_claude(text)
    C.looks_like_claude(text), C.watch().text.search(text), C.well_formed_claude(text), C.http_endpoint(text)
    C.host_owner(text), C.env_role(text), C.parameter_name(text), C.symbol_kind(text)


# ------------------------------------------------------------------ targets


def test_claudeapi_takes_from_anthropic_what_the_guide_does_not_say() -> None:
    rows = C.target.parameters
    assert (rows["seed"].status, rows["seed"].owner, rows["seed"].status_owner) == ("ignored", "claudeapi", "anthropic")
    assert rows["user"].owner == rows["user"].status_owner == "anthropic"
    assert (rows["n"].status, rows["n"].value) == ("must-equal", 1.0)
    assert (rows["temperature"].status, rows["temperature"].value) == ("capped", 1.0)
    assert rows["response_format.json_object"].status == "rejected"
    assert rows["response_format.json_schema"].status == "unknown"
    assert rows["tool_choice"].status == "supported"
    assert C.target.fields["assistant.function_call"].status == "supported"
    assert C.target.fields["*.name"].status == "ignored"
    assert C.target.prices["claude-opus-4-8"] == (4.0, 20.0)
    assert C.target.parameter("foo").status == "ignored"


def test_every_target() -> None:
    assert set(C.targets) == set(catalogue.SHIPPED)
    assert C.targets["litellm"].default_status == "rejected"
    assert C.targets["openrouter"].default_status == "ignored"
    assert C.targets["anthropic"].extends == "" and C.targets["claudeapi"].extends == "anthropic"


def test_response() -> None:
    target = C.target
    assert target.response(("choices",)) == "always length 1"
    assert target.response(("choices", "0", "message", "refusal")) == "always empty"
    assert target.response(("chunk", "system_fingerprint")) == "always empty"
    assert target.response(("usage", "prompt_tokens_details")) == "always empty"
    assert target.response(("choices", "*", "message", "content")) == "supported"
    assert target.response(("foo",)) == ""


# ---------------------------------------------------------------- checklist


def test_checklist() -> None:
    lines = guide.checklist(C)
    assert [line.number for line in lines] == list(range(11))
    assert "https://gw.claudeapi.com/v1" in lines[1].text
    codes = [page.name[:6] for page in RULES.glob("CLC*.md")] or [f"CLC{number}01" for number in range(10)]
    for code in codes:
        if code != "CLC000":
            assert len([line for line in lines if line.covers(code)]) == 1, code
    assert [line.number for line in lines if line.covers("CLC205")] == [2]
    assert [line.number for line in lines if line.covers("CLC201")] == [3]
    assert "OpenRouter" in guide.checklist(catalogue.load("openrouter"))[2].text


def test_troubleshooting() -> None:
    rows = guide.troubleshooting(C)
    assert len(rows) == 8
    assert "CLAUDE_API_KEY" in rows[1].error
    assert all(re.fullmatch(r"CLC\d{1,3}", code) for row in rows for code in row.codes)


# -------------------------------------------------------------- own targets

GATEWAY = """
extends = "anthropic"
name = "Our gateway"
base_url = "https://llm.example.com/v1"
key_variable = "LLM_KEY"
source = "wiki"
[sources]
wiki = { title = "Our wiki", at = "https://wiki.example.com", read = "2026-11-01" }
[parameters]
seed = { status = "rejected" }
user = { note = "for billing" }
"""


def test_a_target_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "gateway.toml").write_text(GATEWAY, encoding="utf-8")
    own = catalogue.load("./gateway.toml", root=str(tmp_path))
    assert (own.target.id, own.target.extends, own.target.key_variable) == ("gateway", "anthropic", "LLM_KEY")
    assert own.host_owner("llm.example.com") == "target"
    assert own.target.parameters["seed"].status == "rejected"
    assert own.target.parameters["user"] == records.Parameter(
        "user", "ignored", None, "for billing", "wiki", "gateway", "anthropic"
    )
    assert own.target.parameters["logprobs"].owner == "anthropic"
    assert own.replacement("gpt-4o") == "claude-sonnet-4-6"
    assert own.sources["wiki"].read == "2026-11-01"
    assert "gateway" in own.targets


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name =", "nam ="), "gateway.toml: nam: unknown key"),
        (('name = "Our gateway"', "name = 3"), "gateway.toml: name: must be a string, not a number"),
        (('base_url = "https://', 'base_url = "ftp://'), "gateway.toml: base_url: 'ftp://llm.example.com/v1' is no"),
        (('base_url = "https://llm.example.com/v1"', ""), "gateway.toml: base_url: is missing"),
        (('"2026-11-01"', '"2026-13-01"'), "gateway.toml: sources.wiki.read: '2026-13-01' is no date"),
        (('"2026-11-01"', '"November"'), "gateway.toml: sources.wiki.read: 'November' is no date"),
        (('"2026-11-01"', '""'), "gateway.toml: sources.wiki.read: is empty"),
        (('at = "https://wiki.example.com", ', ""), "gateway.toml: sources.wiki.at: is missing"),
        (('source = "wiki"', 'source = "blog"'), "gateway.toml: source: unknown source 'blog'; known: wiki"),
        (('status = "rejected"', 'status = "refused"'), "gateway.toml: parameters.seed.status: 'refused' is none of"),
        (('status = "rejected"', 'state = "rejected"'), "gateway.toml: parameters.seed.state: unknown key"),
        (
            ('status = "rejected"', 'status = "capped"'),
            "gateway.toml: parameters.seed.value: status capped needs value",
        ),
        (('status = "rejected"', 'status = "ignored", value = 1'), "parameters.seed.value: status ignored takes no"),
        (('status = "rejected"', 'status = "capped", value = "1"'), "parameters.seed.value: must be a number"),
        (("user = {", "users = {"), "gateway.toml: parameters.users.status: is missing"),
        (('{ status = "rejected" }', '"rejected"'), "gateway.toml: parameters.seed: must be a table"),
        (('extends = "anthropic"', 'extends = "antropic"'), "gateway.toml: extends: unknown target 'antropic'"),
        (('extends = "anthropic"', 'extends = "./gateway.toml"'), "extends: goes round in a circle"),
        (('extends = "anthropic"', ""), "gateway.toml: parameters.user.status: is missing"),
        (('name = "Our gateway"', 'grammar = "vertex"'), "gateway.toml: grammar: 'vertex' is none of"),
        (('name = "Our gateway"', "hosts = 1"), "gateway.toml: hosts: must be a list of strings"),
        (("[parameters]", "[prices]\nx = [1]\n[parameters]"), "gateway.toml: prices.x: must be [USD"),
        (("[parameters]", "[tiers]\nhuge = 'x'\n[parameters]"), "gateway.toml: tiers.huge: unknown key"),
        (
            ("[parameters]", "[responses]\nempty = ['x']\n[parameters]"),
            "gateway.toml: responses.empty: 'empty' is none",
        ),
        (("wiki = {", "compat = { title = 'x', at = 'x', read = '2026-01-01' }\nwiki = {"), "sources.compat: another"),
        (("[parameters]", "[parameters"), "gateway.toml: not TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    assert change[0] in GATEWAY
    (tmp_path / "gateway.toml").write_text(GATEWAY.replace(*change), encoding="utf-8")
    with pytest.raises(catalogue.CatalogueError) as error:
        catalogue.load("./gateway.toml", root=str(tmp_path))
    assert message in str(error.value)


def test_a_target_without_base_and_without_tiers(tmp_path: Path) -> None:
    text = GATEWAY.replace('extends = "anthropic"', "").replace('user = { note = "for billing" }', "")
    (tmp_path / "gateway.toml").write_text(text, encoding="utf-8")
    with pytest.raises(catalogue.CatalogueError, match="gateway.toml: tiers: no model for haiku, opus, sonnet"):
        catalogue.load("./gateway.toml", root=str(tmp_path))


def test_wrong_arguments(tmp_path: Path) -> None:
    with pytest.raises(catalogue.CatalogueError, match="target: unknown target 'foo'; shipped: claudeapi"):
        catalogue.load("foo")
    with pytest.raises(catalogue.CatalogueError, match="nothing.toml: cannot be read"):
        catalogue.load("nothing.toml", root=str(tmp_path))
    with pytest.raises(catalogue.CatalogueError, match="base_url"):
        catalogue.load(base_url="gw.example.com/v1")
    with pytest.raises(catalogue.CatalogueError, match="model_map.gpt-4o"):
        catalogue.load(model_map={"gpt-4o": ""})


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "gateway.toml"
    path.write_text(GATEWAY, encoding="utf-8")
    first = catalogue.load("./gateway.toml", root=str(tmp_path))
    assert catalogue.load("./gateway.toml", root=str(tmp_path)) is first
    path.write_text(GATEWAY.replace("LLM_KEY", "OTHER_KEY"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert catalogue.load("./gateway.toml", root=str(tmp_path)).target.key_variable == "OTHER_KEY"


def test_loading_is_lazy_and_cached() -> None:
    code = "import sys, flake8_claude_compat.catalogue; print({'tomllib', 'tomli'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    assert catalogue.load("claudeapi") is catalogue.load(model_map={})


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("sdk.toml", ("openai.OpenAI               sdk ", "openai.OpenAI  kit "), "sdk.toml: clients.openai.OpenAI: 'kit'"),
        ("sdk.toml", ("openai.AsyncOpenAI          sdk ", "openai.OpenAI  sdk "), "clients.openai.OpenAI: line 2 of the table: is there twice"),
        ("sdk.toml", ("openai.Client               sdk ", "openai.Client "), "clients.openai.Client: line 3 of the table has 2 columns, not 3"),
        ("sdk.toml", ("openai.Client               sdk      openai-sdk", "openai.Client sdk foo"), "unknown source 'foo'"),
        ("sdk.toml", ("2026-11-30", "2026-31-11"), "sdk.toml: endpoints.evals: '2026-31-11' is no date"),
        ("sdk.toml", ("[toolbox]", "[toolbx]"), "sdk.toml: toolbx: unknown key"),
        ("openai_models.toml", ("2027-01-14", "2027-1-14"), "is no date"),
        ("claude_models.toml", ('sampling = "rejected"', 'sampling = "no"'), "models.rows[0].sampling: 'no' is none of"),
        ("claude_models.toml", ('replacement = "claude-opus-4-8"', 'replacement = "x"'), "unknown model 'x'"),
        ("checklist.toml", ('["CLC1"]', '["X"]'), "checklist.toml: checklist.rows[1]: codes are CLC"),
    ],
)  # fmt: skip
def test_shipped_files_are_checked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, change: tuple[str, str], message: str
) -> None:
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.name == name:
            assert change[0] in text
            text = text.replace(change[0], change[1], 1)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(models, "HERE", str(tmp_path))
    with pytest.raises(catalogue.CatalogueError) as error:
        sources: dict[str, records.Source] = {}
        guide.checklist(catalogue.Catalogue(C.target, sources, {}))
    assert message in str(error.value)
