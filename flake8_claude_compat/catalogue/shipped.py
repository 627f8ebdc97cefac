"""Written by tests/ship_catalogue.py from the TOML files beside it: edit those, and run it again.

Reading TOML takes 12 ms, and every run would pay for it.
"""
# ruff: noqa: E501
# flake8: noqa: E501

from __future__ import annotations

from typing import Any

#: parsed files by their path in this folder
DOCS: dict[str, dict[str, Any]] = {
    "checklist.toml": {
        "runtime": [8, 9, 10],
        "sources": {
            "guide": {"title": "The ClaudeAPI migration guide", "at": "https://claudeapi.com", "read": "2026-11-22"},
            "own": {"title": "Not in the guide: added by this project", "at": "flake8-claude-compat", "read": "2026-11-22"},
        },
        "checklist": {
            "rows": [[0, "nothing calls an OpenAI API that {name} has no counterpart for", "call of OpenAI's API", ["CLC0"], "own"], [1, "`base_url` / `baseURL` is set to {base_url}", "client", ["CLC1"], "guide"], [2, "the API key comes from {name}, not from OpenAI", "API key", ["CLC204", "CLC205"], "guide"], [3, "the API key is read from an environment variable or a secret store", "API key", ["CLC201", "CLC202", "CLC203", "CLC206"], "guide"], [4, "`model` is a valid model ID of {name}", "model name", ["CLC3"], "guide"], [5, "unsupported parameters are removed", "chat request", ["CLC4"], "guide"], [6, "legacy `function_call` is replaced by `tools` and `tool_choice`", "chat request", ["CLC5"], "guide"], [7, "JSON output is validated and retried", "JSON output of a model", ["CLC6"], "guide"], [8, "streaming reads `delta.content`", "streaming request", ["CLC7"], "guide"], [9, "tool calling works from end to end", "request with tools", ["CLC8"], "guide"], [10, "400, 401, 404, 429 and 5xx responses are handled", "request", ["CLC9"], "guide"]],
        },
        "troubleshooting": {
            "rows": [["ModuleNotFoundError: No module named 'openai'", "the OpenAI SDK is not installed", "pip install openai", "modulenotfound|importerror|no module named|cannot find (?:module|package)", [], "guide"], ["KeyError: '{key}'", "the environment variable is not set in this terminal", "set {key} in the session that runs the program", "keyerror|\\bAPI_KEY\\b|_API_KEY|environment variable|api_key client option must be set|missing credentials", ["CLC204", "CLC205"], "guide"], ["401 Unauthorized", "a wrong or expired key, or OpenAI's key", "use a key of {name}", "\\b401\\b|\\b403\\b|unauthori[sz]ed|authentication|permissiondenied|invalid x?-?api.?key|incorrect api key", ["CLC2"], "guide"], ["404 Not Found", "a wrong base URL, often without /v1", "set the base URL to {base_url}", "\\b404\\b|\\b405\\b|not.?found", ["CLC0", "CLC1"], "guide"], ["400 Bad Request: model not found", "a model ID that is misspelt or not served", "copy the full model ID", "model.{0,40}(?:not.?found|does not exist|not exist|invalid|unknown|deprecated|retired)|(?:invalid|unknown|no such).{0,10}model|\\b400\\b|bad.?request", ["CLC3"], "guide"], ["Connection refused / Timeout", "the network, or a wrong host", "check the network and the spelling of the host", "connection|time[ds]?.?out|econn|enotfound|getaddrinfo|name or service|ssl|certificate", ["CLC1"], "guide"], ["Unexpected output after the migration", "a parameter that is not supported is still sent", "remove what the CLC4 findings name", "unexpected (?:output|answer|result)|different (?:output|answer)|\\b400\\b|bad.?request|unsupported|unexpected keyword|extra inputs|not permitted|parameter", ["CLC4"], "guide"], ["AttributeError around tool_calls", "the model did not call a tool", "ask more clearly, or set `tool_choice` on purpose", "attributeerror|tool_?calls?|nonetype|not subscriptable|of (?:undefined|null)", ["CLC8"], "guide"]],
        },
        "tests": [
            {"lines": [1, 2, 4], "title": "endpoint, key and model", "expect": "JSON with `choices[0].message.content`", "source": "guide", "shell": """\
curl -s \"{base_url}/chat/completions\" \\
  -H \"Content-Type: application/json\" \\
  -H \"Authorization: Bearer ${key}\" \\
  -d '{\"model\": \"{model}\", \"messages\": [{\"role\": \"user\", \"content\": \"Reply with OK only.\"}], \"max_tokens\": 16}'
""", "powershell": """\
$body = '{\"model\":\"{model}\",\"messages\":[{\"role\":\"user\",\"content\":\"Reply with OK only.\"}],\"max_tokens\":16}'
Invoke-RestMethod -Uri \"{base_url}/chat/completions\" `
  -Method POST `
  -Headers @{\"Authorization\"=\"Bearer $env:{key}\"; \"Content-Type\"=\"application/json\"} `
  -Body $body
"""},
            {"lines": [7], "title": "JSON output", "expect": "the answer, printed once more: it parses as JSON with name and age", "source": "own", "shell": """\
curl -s \"{base_url}/chat/completions\" \\
  -H \"Content-Type: application/json\" \\
  -H \"Authorization: Bearer ${key}\" \\
  -d '{\"model\": \"{model}\", \"max_tokens\": 64, \"messages\": [
        {\"role\": \"system\", \"content\": \"Return valid JSON only, no Markdown. Example: {\\\"name\\\": \\\"Alice\\\", \\\"age\\\": 25}\"},
        {\"role\": \"user\", \"content\": \"Return a sample user profile.\"}]}' |
  python3 -c 'import json, sys; print(json.loads(json.load(sys.stdin)[\"choices\"][0][\"message\"][\"content\"]))'
"""},
            {"lines": [8], "title": "streaming", "expect": "many lines `data: {\"choices\": [{\"delta\": {\"content\": …`, then `data: [DONE]`", "source": "own", "shell": """\
curl -sN \"{base_url}/chat/completions\" \\
  -H \"Content-Type: application/json\" \\
  -H \"Authorization: Bearer ${key}\" \\
  -d '{\"model\": \"{model}\", \"messages\": [{\"role\": \"user\", \"content\": \"Count to ten.\"}], \"max_tokens\": 64, \"stream\": true}'
"""},
            {"lines": [6, 9], "title": "tool calling", "expect": "`choices[0].message.tool_calls[0].function.name` is get_weather", "source": "own", "shell": """\
curl -s \"{base_url}/chat/completions\" \\
  -H \"Content-Type: application/json\" \\
  -H \"Authorization: Bearer ${key}\" \\
  -d '{\"model\": \"{model}\", \"max_tokens\": 128, \"messages\": [{\"role\": \"user\", \"content\": \"What is the weather in Beijing?\"}],
       \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"get_weather\", \"description\": \"Current weather of a city\",
         \"parameters\": {\"type\": \"object\", \"properties\": {\"city\": {\"type\": \"string\"}}, \"required\": [\"city\"]}}}],
       \"tool_choice\": \"auto\"}'
"""},
            {"lines": [10], "title": "errors", "expect": "401 for the wrong key, 404 for the wrong path, 400 or 404 for the wrong model; 429 and 5xx cannot be asked for: raise them in a unit test", "source": "own", "shell": """\
try_it() {
  curl -s -o /dev/null -w \"%{http_code}  $2 $3\\n\" \"{base_url}/$2\" \\
    -H \"Content-Type: application/json\" -H \"Authorization: Bearer $1\" \\
    -d '{\"model\": \"'\"$3\"'\", \"messages\": [{\"role\": \"user\", \"content\": \"OK?\"}], \"max_tokens\": 16}'
}
try_it wrong-key chat/completions {model}
try_it \"${key}\" no-such-path {model}
try_it \"${key}\" chat/completions no-such-model
"""},
        ],
    },
    "claude_models.toml": {
        "sources": {
            "anthropic-sdk": {"title": "anthropic-python: types/model.py and its table of deprecated models", "at": "pypi anthropic 2.12.0", "read": "2026-11-22"},
            "deprecations": {"title": "Model deprecations, with the section on API parameters (copy of 2026-08-22, newer notices of 2026-10)", "at": "https://platform.claude.com/docs/en/about-claude/model-deprecations", "read": "2026-11-22"},
            "haiku-5-5": {"title": "Claude Haiku 5.5 migration guide", "at": "https://platform.claude.com/docs/en/models/haiku-5-5/migration-guide", "read": "2026-11-22"},
            "model-ids": {"title": "Model IDs and versions (copy of 2026-08-13)", "at": "https://platform.claude.com/docs/en/about-claude/models/model-ids-and-versions", "read": "2026-11-22"},
        },
        "grammar": {
            "source": "model-ids",
            "first-party": "claude-(?:(?:opus|sonnet|haiku|fable|mythos)-\\d{1,2}(?:-\\d{1,2})?(?:-\\d{8})?|mythos-preview|\\d(?:-\\d)?-(?:opus|sonnet|haiku)-(?:\\d{8}|latest)|(?:instant-)?\\d\\.\\d(?:-100k)?)",
            "bedrock": "(?:(?:us|us-gov|eu|apac|au|jp|ca|global)\\.)?anthropic\\.(claude-[a-z0-9-]+?)(?:-v\\d+)?(?::\\d+[a-z]?){0,2}",
            "bedrock-arn": "arn:aws(?:-[a-z-]+)?:bedrock:[a-z0-9-]*:\\d*:(?:foundation-model|inference-profile|application-inference-profile)/(?:[a-z-]+\\.)?(?:anthropic\\.)?([A-Za-z0-9.-]+?)(?:-v\\d+)?(?::\\d+[a-z]?){0,2}",
            "vertex": "(claude-[a-z0-9-]+@(?:\\d{8}|default|latest))",
            "openrouter": "~?anthropic/(claude-[a-z0-9.-]+)(?::[a-z]+)?",
            "litellm": "(?:anthropic|bedrock|bedrock/converse|bedrock_mantle|vertex_ai|azure_ai|openrouter/anthropic|databricks)/((?:[a-z-]+\\.)*(?:databricks-)?claude[a-z0-9.@:-]*)",
            "databricks": "(?:databricks-|system\\.ai\\.)(claude-[a-z0-9-]+)",
            "words": ["opus", "sonnet", "haiku", "fable", "mythos", "instant"],
            "products": ["code", "desktop", "api", "compat", "cli", "sdk", "web", "app", "bot", "agent", "agents", "proxy", "mcp", "plugin", "plugins", "skill", "skills", "action", "hook", "hooks", "config", "client", "server", "key", "chat", "dev", "test", "tests", "docs", "team", "pro", "max", "ai", "review", "engineer", "flow", "squad", "swarm", "router", "relay", "gateway", "migration", "models", "model", "tools", "memory", "usage", "monitor", "helper", "local", "project", "prompts", "wrapper", "console", "platform", "data", "settings", "cookbook"],
        },
        "models": {
            "rows": [{"id": "claude-fable-5-2", "tier": "fable", "status": "current", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-mythos-5-2", "tier": "mythos", "status": "current", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-haiku-5-5", "tier": "haiku", "status": "current", "sampling": "rejected", "prefill": "rejected", "top_p": [0.99], "together": "rejected", "source": "haiku-5-5"}, {"id": "claude-sonnet-5-5", "tier": "sonnet", "status": "current", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-fable-5-1", "tier": "fable", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-opus-5-5", "tier": "opus", "status": "current", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-mythos-5-1", "tier": "mythos", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-sonnet-5", "tier": "sonnet", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-fable-5", "tier": "fable", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-mythos-5", "tier": "mythos", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-opus-5", "tier": "opus", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-opus-4-8", "tier": "opus", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-opus-4-7", "tier": "opus", "status": "legacy", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-mythos-preview", "tier": "mythos", "status": "deprecated", "retires": "2026-06-30", "replacement": "claude-mythos-5", "sampling": "rejected", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-opus-4-6", "tier": "opus", "status": "legacy", "sampling": "one-of", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-sonnet-4-6", "tier": "sonnet", "status": "legacy", "sampling": "one-of", "prefill": "rejected", "source": "anthropic-sdk"}, {"id": "claude-haiku-4-5-20251001", "aliases": ["claude-haiku-4-5"], "tier": "haiku", "status": "legacy", "replacement": "claude-haiku-5-5", "sampling": "one-of", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-opus-4-5-20251101", "aliases": ["claude-opus-4-5"], "tier": "opus", "status": "legacy", "sampling": "one-of", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-sonnet-4-5-20250929", "aliases": ["claude-sonnet-4-5"], "tier": "sonnet", "status": "deprecated", "retires": "2026-11-30", "replacement": "claude-sonnet-5-5", "sampling": "one-of", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-opus-4-1-20250805", "aliases": ["claude-opus-4-1"], "tier": "opus", "status": "retired", "retires": "2026-08-05", "replacement": "claude-opus-4-8", "sampling": "one-of", "prefill": "accepted", "source": "deprecations"}, {"id": "claude-opus-4-20250514", "aliases": ["claude-opus-4-0", "claude-4-opus-20250514"], "tier": "opus", "status": "retired", "retires": "2026-06-15", "replacement": "claude-opus-4-8", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-sonnet-4-20250514", "aliases": ["claude-sonnet-4-0", "claude-4-sonnet-20250514"], "tier": "sonnet", "status": "retired", "retires": "2026-06-15", "replacement": "claude-sonnet-4-6", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-3-7-sonnet-20250219", "aliases": ["claude-3-7-sonnet-latest"], "tier": "sonnet", "status": "retired", "retires": "2026-02-19", "replacement": "claude-sonnet-4-6", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-3-5-haiku-20241022", "aliases": ["claude-3-5-haiku-latest"], "tier": "haiku", "status": "retired", "retires": "2026-02-19", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-3-haiku-20240307", "tier": "haiku", "status": "retired", "retires": "2026-04-20", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "deprecations"}, {"id": "claude-3-5-sonnet-20241022", "aliases": ["claude-3-5-sonnet-latest"], "tier": "sonnet", "status": "retired", "retires": "2025-10-28", "replacement": "claude-sonnet-4-6", "sampling": "accepted", "prefill": "accepted", "source": "deprecations"}, {"id": "claude-3-5-sonnet-20240620", "tier": "sonnet", "status": "retired", "retires": "2025-10-28", "replacement": "claude-sonnet-4-6", "sampling": "accepted", "prefill": "accepted", "source": "deprecations"}, {"id": "claude-3-opus-20240229", "aliases": ["claude-3-opus-latest"], "tier": "opus", "status": "retired", "retires": "2026-01-05", "replacement": "claude-opus-4-8", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-3-sonnet-20240229", "tier": "sonnet", "status": "retired", "retires": "2025-07-21", "replacement": "claude-sonnet-4-6", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-2.1", "tier": "opus", "status": "retired", "retires": "2025-07-21", "replacement": "claude-opus-4-8", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-2.0", "tier": "opus", "status": "retired", "retires": "2025-07-21", "replacement": "claude-opus-4-8", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-1.0", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-1.1", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-1.2", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-1.3", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-1.3-100k", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-instant-1.0", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-instant-1.1", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-instant-1.1-100k", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}, {"id": "claude-instant-1.2", "tier": "haiku", "status": "retired", "retires": "2024-11-06", "replacement": "claude-haiku-4-5-20251001", "sampling": "accepted", "prefill": "accepted", "source": "anthropic-sdk"}],
        },
    },
    "openai_models.toml": {
        "models": """\
ada                                      legacy-completion  small     haiku   2024-01-04  deprecations-2023
babbage                                  legacy-completion  small     haiku   2024-01-04  deprecations-2023
babbage-002                              legacy-completion  small     haiku   2026-09-28  litellm-prices
chatgpt-4o-latest                        chat               mid       sonnet  2026-02-17  openai-types
chatgpt-image-latest                     image              -         none    2026-12-01  litellm-prices
code-cushman-001                         legacy-completion  small     haiku   2023-03-23  deprecations-2023
code-cushman-002                         legacy-completion  small     haiku   2023-03-23  deprecations-2023
code-davinci-001                         legacy-completion  mid       sonnet  2023-03-23  deprecations-2023
code-davinci-002                         legacy-completion  mid       sonnet  2023-03-23  deprecations-2023
code-davinci-edit-001                    legacy-completion  mid       sonnet  2024-01-04  deprecations-2023
code-search-ada-code-001                 embedding          -         none    2024-01-04  deprecations-2023
code-search-ada-text-001                 embedding          -         none    2024-01-04  deprecations-2023
code-search-babbage-code-001             embedding          -         none    2024-01-04  deprecations-2023
code-search-babbage-text-001             embedding          -         none    2024-01-04  deprecations-2023
codex-mini-latest                        codex              small     haiku   2026-02-12  openai-types
computer-use-preview                     computer-use       mid       sonnet  2026-07-23  litellm-prices
computer-use-preview-2025-03-11          computer-use       mid       sonnet  2026-07-23  litellm-prices
curie                                    legacy-completion  small     haiku   2024-01-04  deprecations-2023
curie-instruct-beta                      legacy-completion  small     haiku   2024-01-04  deprecations-2023
dall-e-2                                 image              -         none    2026-05-12  openai-types
dall-e-3                                 image              -         none    2026-05-12  openai-types
davinci                                  legacy-completion  mid       sonnet  2024-01-04  deprecations-2023
davinci-002                              legacy-completion  mid       sonnet  2026-09-28  litellm-prices
davinci-instruct-beta                    legacy-completion  mid       sonnet  2024-01-04  deprecations-2023
daybreak-blue-latest                     reasoning          flagship  opus    -           litellm-prices
daybreak-red-latest                      reasoning          flagship  opus    -           litellm-prices
gpt-3.5-turbo                            chat               small     haiku   2026-10-23  openai-types
gpt-3.5-turbo-0125                       chat               small     haiku   2026-10-23  openai-types
gpt-3.5-turbo-0301                       chat               small     haiku   2024-09-13  openai-types
gpt-3.5-turbo-0613                       chat               small     haiku   2024-09-13  openai-types
gpt-3.5-turbo-1106                       chat               small     haiku   2026-09-28  openai-types
gpt-3.5-turbo-16k                        chat               small     haiku   2024-09-13  openai-types
gpt-3.5-turbo-16k-0613                   chat               small     haiku   2024-09-13  openai-types
gpt-3.5-turbo-instruct                   legacy-completion  small     haiku   2026-09-28  litellm-prices
gpt-3.5-turbo-instruct-0914              legacy-completion  small     haiku   -           litellm-prices
gpt-4                                    chat               flagship  opus    2026-10-23  openai-types
gpt-4-0125-preview                       chat               flagship  opus    2026-03-26  openai-types
gpt-4-0314                               chat               flagship  opus    2026-03-26  openai-types
gpt-4-0613                               chat               flagship  opus    2026-10-23  openai-types
gpt-4-1106-preview                       chat               flagship  opus    2026-10-23  openai-types
gpt-4-32k                                chat               flagship  opus    2025-06-06  openai-types
gpt-4-32k-0314                           chat               flagship  opus    2025-06-06  openai-types
gpt-4-32k-0613                           chat               flagship  opus    2025-06-06  openai-types
gpt-4-turbo                              chat               flagship  opus    2026-10-23  openai-types
gpt-4-turbo-2024-04-09                   chat               flagship  opus    2026-10-23  openai-types
gpt-4-turbo-preview                      chat               flagship  opus    2026-03-26  openai-types
gpt-4-vision-preview                     chat               flagship  opus    2024-12-06  openai-types
gpt-4.1                                  chat               mid       sonnet  2027-01-14  openai-types
gpt-4.1-2025-04-14                       chat               mid       sonnet  2027-01-14  openai-types
gpt-4.1-mini                             chat               small     haiku   2027-01-14  openai-types
gpt-4.1-mini-2025-04-14                  chat               small     haiku   2027-01-14  openai-types
gpt-4.1-nano                             chat               small     haiku   2026-10-23  openai-types
gpt-4.1-nano-2025-04-14                  chat               small     haiku   2026-10-23  openai-types
gpt-4.5-preview                          chat               flagship  opus    2025-07-14  recalled
gpt-4.5-preview-2025-02-27               chat               flagship  opus    2025-07-14  recalled
gpt-4o                                   chat               mid       sonnet  2027-01-14  openai-types
gpt-4o-2024-05-13                        chat               mid       sonnet  2026-10-23  openai-types
gpt-4o-2024-08-06                        chat               mid       sonnet  2027-01-14  openai-types
gpt-4o-2024-11-20                        chat               mid       sonnet  2027-01-14  openai-types
gpt-4o-audio-preview                     audio-chat         mid       none    2026-05-07  openai-types
gpt-4o-audio-preview-2024-10-01          audio-chat         mid       none    2025-10-10  openai-types
gpt-4o-audio-preview-2024-12-17          audio-chat         mid       none    2026-05-07  openai-types
gpt-4o-audio-preview-2025-06-03          audio-chat         mid       none    2026-05-07  openai-types
gpt-4o-mini                              chat               small     haiku   2027-01-14  openai-types
gpt-4o-mini-2024-07-18                   chat               small     haiku   2027-01-14  openai-types
gpt-4o-mini-audio-preview                audio-chat         small     none    2026-05-07  openai-types
gpt-4o-mini-audio-preview-2024-12-17     audio-chat         small     none    2026-05-07  openai-types
gpt-4o-mini-realtime-preview             realtime           -         none    -           openai-types
gpt-4o-mini-realtime-preview-2024-12-17  realtime           -         none    2027-01-20  litellm-prices
gpt-4o-mini-search-preview               search-chat        small     haiku   2026-07-23  openai-types
gpt-4o-mini-search-preview-2025-03-11    search-chat        small     haiku   2026-07-23  openai-types
gpt-4o-mini-transcribe                   audio-in           -         none    2027-02-26  openai-types
gpt-4o-mini-transcribe-2025-03-20        audio-in           -         none    2027-01-20  litellm-prices
gpt-4o-mini-transcribe-2025-12-15        audio-in           -         none    2027-02-26  openai-types
gpt-4o-mini-tts                          tts                -         none    2027-01-06  openai-types
gpt-4o-mini-tts-2025-03-20               tts                -         none    2027-01-06  litellm-prices
gpt-4o-mini-tts-2025-12-15               tts                -         none    2027-01-06  openai-types
gpt-4o-realtime-preview                  realtime           -         none    -           openai-types
gpt-4o-realtime-preview-2024-10-01       realtime           -         none    -           openai-types
gpt-4o-realtime-preview-2024-12-17       realtime           -         none    -           openai-types
gpt-4o-realtime-preview-2025-06-03       realtime           -         none    -           openai-types
gpt-4o-search-preview                    search-chat        mid       sonnet  2026-07-23  openai-types
gpt-4o-search-preview-2025-03-11         search-chat        mid       sonnet  2026-07-23  openai-types
gpt-4o-transcribe                        audio-in           -         none    2027-02-26  openai-types
gpt-4o-transcribe-diarize                audio-in           -         none    2027-02-26  openai-types
gpt-4o-transcribe-latest                 audio-in           -         none    -           openai-types-1
gpt-5                                    reasoning          mid       sonnet  2026-12-11  openai-types
gpt-5-2025-08-07                         reasoning          mid       sonnet  2026-12-11  openai-types
gpt-5-chat                               chat               mid       sonnet  2026-07-23  litellm-prices
gpt-5-chat-latest                        chat               mid       sonnet  2026-07-23  openai-types
gpt-5-codex                              codex              mid       sonnet  2026-07-23  litellm-prices
gpt-5-mini                               reasoning          small     haiku   2026-12-11  openai-types
gpt-5-mini-2025-08-07                    reasoning          small     haiku   2026-12-11  openai-types
gpt-5-nano                               reasoning          small     haiku   2026-12-11  openai-types
gpt-5-nano-2025-08-07                    reasoning          small     haiku   2026-12-11  openai-types
gpt-5-pro                                reasoning          flagship  opus    2026-12-11  litellm-prices
gpt-5-pro-2025-10-06                     reasoning          flagship  opus    2026-12-11  litellm-prices
gpt-5-search-api                         search-chat        mid       sonnet  -           litellm-prices
gpt-5-search-api-2025-10-14              search-chat        mid       sonnet  -           litellm-prices
gpt-5.1                                  reasoning          mid       sonnet  2027-04-01  openai-types
gpt-5.1-2025-11-13                       reasoning          mid       sonnet  2027-04-01  openai-types
gpt-5.1-chat-latest                      chat               mid       sonnet  2026-07-23  openai-types
gpt-5.1-codex                            codex              mid       sonnet  2026-07-23  openai-types
gpt-5.1-codex-max                        codex              flagship  opus    2026-07-23  litellm-prices
gpt-5.1-codex-mini                       codex              small     haiku   2026-07-23  litellm-prices
gpt-5.1-mini                             reasoning          small     haiku   -           openai-types
gpt-5.2                                  reasoning          mid       sonnet  -           openai-types
gpt-5.2-2025-12-11                       reasoning          mid       sonnet  -           openai-types
gpt-5.2-chat-latest                      chat               mid       sonnet  2026-08-10  openai-types
gpt-5.2-codex                            codex              mid       sonnet  2026-07-23  litellm-prices
gpt-5.2-pro                              reasoning          flagship  opus    -           openai-types
gpt-5.2-pro-2025-12-11                   reasoning          flagship  opus    -           openai-types
gpt-5.3-chat-latest                      chat               mid       sonnet  2026-08-10  openai-types
gpt-5.3-codex                            codex              mid       sonnet  2027-04-01  litellm-prices
gpt-5.4                                  reasoning          mid       sonnet  -           openai-types
gpt-5.4-2026-03-05                       reasoning          mid       sonnet  -           litellm-prices
gpt-5.4-mini                             reasoning          small     haiku   -           openai-types
gpt-5.4-mini-2026-03-17                  reasoning          small     haiku   -           openai-types
gpt-5.4-nano                             reasoning          small     haiku   2027-04-01  openai-types
gpt-5.4-nano-2026-03-17                  reasoning          small     haiku   2027-04-01  openai-types
gpt-5.4-pro                              reasoning          flagship  opus    -           litellm-prices
gpt-5.4-pro-2026-03-05                   reasoning          flagship  opus    -           litellm-prices
gpt-5.5                                  reasoning          mid       sonnet  -           openai-types
gpt-5.5-2026-04-23                       reasoning          mid       sonnet  -           openai-types
gpt-5.5-cyber                            reasoning          flagship  opus    -           litellm-prices
gpt-5.5-cyber-preview                    reasoning          flagship  opus    -           litellm-prices
gpt-5.5-pro                              reasoning          flagship  opus    -           openai-types
gpt-5.5-pro-2026-04-23                   reasoning          flagship  opus    -           openai-types
gpt-5.6                                  reasoning          mid       sonnet  -           litellm-prices
gpt-5.6-cyber                            reasoning          flagship  opus    -           openai-types
gpt-5.6-luna                             reasoning          small     haiku   -           openai-types
gpt-5.6-sol                              reasoning          flagship  opus    -           openai-types
gpt-5.6-terra                            reasoning          mid       sonnet  -           openai-types
gpt-6-astra                              reasoning          flagship  opus    -           openai-types
gpt-6-astra-law                          reasoning          flagship  opus    -           litellm-prices
gpt-6-cyber                              reasoning          flagship  opus    -           openai-types
gpt-6-luna                               reasoning          small     haiku   -           openai-types
gpt-6-rosalind                           reasoning          flagship  opus    -           openai-types
gpt-6-sol                                reasoning          flagship  opus    -           openai-types
gpt-6.1-sol                              reasoning          flagship  opus    -           openai-types
gpt-6.1-terra                            reasoning          mid       sonnet  -           openai-types
gpt-6.2-astra                            reasoning          flagship  opus    -           openai-types
gpt-6.2-astra-law                        reasoning          flagship  opus    -           openai-types
gpt-6.2-sol                              reasoning          flagship  opus    -           openai-types
gpt-audio                                audio-chat         mid       none    2027-01-20  litellm-prices
gpt-audio-1.5                            audio-chat         mid       none    -           openai-types
gpt-audio-2025-08-28                     audio-chat         mid       none    2027-01-20  litellm-prices
gpt-audio-mini                           audio-chat         small     none    2027-01-20  openai-types
gpt-audio-mini-2025-10-06                audio-chat         small     none    2026-07-23  litellm-prices
gpt-audio-mini-2025-12-15                audio-chat         small     none    2027-01-20  openai-types
gpt-daybreak-blue-latest                 reasoning          flagship  opus    -           openai-types
gpt-daybreak-red-latest                  reasoning          flagship  opus    -           openai-types
gpt-image-1                              image              -         none    2026-10-23  openai-types
gpt-image-1-mini                         image              -         none    2026-12-01  litellm-prices
gpt-image-1.5                            image              -         none    2026-12-01  litellm-prices
gpt-image-1.5-2025-12-16                 image              -         none    2026-12-01  litellm-prices
gpt-image-2                              image              -         none    -           openai-types
gpt-image-2-2026-04-21                   image              -         none    -           openai-types
gpt-image-2.5-flare                      image              -         none    -           openai-types
gpt-image-2.5-flare-2026-09-08           image              -         none    -           openai-types
gpt-image-2.5-sunburst                   image              -         none    -           openai-types
gpt-image-2.5-sunburst-2026-09-08        image              -         none    -           openai-types
gpt-image-2.6-flare                      image              -         none    -           openai-types
gpt-image-2.6-sunburst                   image              -         none    -           openai-types
gpt-live-1                               realtime           -         none    -           openai-types
gpt-live-transcribe                      audio-in           -         none    -           openai-types
gpt-realtime                             realtime           -         none    2027-01-20  openai-types
gpt-realtime-1.5                         realtime           -         none    -           openai-types
gpt-realtime-2                           realtime           -         none    -           openai-types
gpt-realtime-2.1                         realtime           -         none    -           openai-types
gpt-realtime-2.1-mini                    realtime           -         none    -           openai-types
gpt-realtime-2025-08-28                  realtime           -         none    2027-01-20  openai-types
gpt-realtime-mini                        realtime           -         none    2027-01-20  openai-types
gpt-realtime-mini-2025-10-06             realtime           -         none    -           openai-types
gpt-realtime-mini-2025-12-15             realtime           -         none    2027-01-20  openai-types
gpt-realtime-translate                   realtime           -         none    -           litellm-prices
gpt-realtime-whisper                     audio-in           -         none    -           openai-types
gpt-rosalind-discovery                   reasoning          flagship  opus    -           litellm-prices
gpt-rosalind-research                    search-chat        flagship  opus    -           openai-types
gpt-transcribe                           audio-in           -         none    -           openai-types
o1                                       reasoning          flagship  opus    2026-10-23  openai-types
o1-2024-12-17                            reasoning          flagship  opus    2026-10-23  openai-types
o1-mini                                  reasoning          small     haiku   2025-10-27  openai-types
o1-mini-2024-09-12                       reasoning          small     haiku   2025-10-27  openai-types
o1-preview                               reasoning          flagship  opus    2025-07-28  openai-types
o1-preview-2024-09-12                    reasoning          flagship  opus    2025-07-28  openai-types
o1-pro                                   reasoning          flagship  opus    2026-10-23  litellm-prices
o1-pro-2025-03-19                        reasoning          flagship  opus    2026-10-23  litellm-prices
o3                                       reasoning          flagship  opus    2026-12-11  openai-types
o3-2025-04-16                            reasoning          flagship  opus    2026-12-11  openai-types
o3-deep-research                         deep-research      flagship  opus    2026-07-23  litellm-prices
o3-deep-research-2025-06-26              deep-research      flagship  opus    2026-07-23  litellm-prices
o3-mini                                  reasoning          small     haiku   2026-10-23  openai-types
o3-mini-2025-01-31                       reasoning          small     haiku   2026-10-23  openai-types
o3-pro                                   reasoning          flagship  opus    2026-12-11  litellm-prices
o3-pro-2025-06-10                        reasoning          flagship  opus    2026-12-11  litellm-prices
o4-mini                                  reasoning          small     haiku   2026-10-23  openai-types
o4-mini-2025-04-16                       reasoning          small     haiku   2026-10-23  openai-types
o4-mini-deep-research                    deep-research      small     haiku   2026-07-23  litellm-prices
o4-mini-deep-research-2025-06-26         deep-research      small     haiku   2026-07-23  litellm-prices
omni-moderation-2024-09-26               moderation         -         none    -           openai-types
omni-moderation-latest                   moderation         -         none    -           openai-types
sora-2                                   video              -         none    2026-09-24  openai-types
sora-2-2025-10-06                        video              -         none    2026-09-24  openai-types
sora-2-2025-12-08                        video              -         none    2026-09-24  openai-types
sora-2-pro                               video              -         none    2026-09-24  openai-types
sora-2-pro-2025-10-06                    video              -         none    2026-09-24  openai-types
sora-2-pro-high-res                      video              -         none    2026-09-24  litellm-prices
text-ada-001                             legacy-completion  small     haiku   2024-01-04  deprecations-2023
text-babbage-001                         legacy-completion  small     haiku   2024-01-04  deprecations-2023
text-curie-001                           legacy-completion  small     haiku   2024-01-04  deprecations-2023
text-davinci-001                         legacy-completion  mid       sonnet  2024-01-04  deprecations-2023
text-davinci-002                         legacy-completion  mid       sonnet  2024-01-04  deprecations-2023
text-davinci-003                         legacy-completion  mid       sonnet  2024-01-04  deprecations-2023
text-davinci-edit-001                    legacy-completion  mid       sonnet  2024-01-04  deprecations-2023
text-embedding-3-large                   embedding          -         none    -           openai-types
text-embedding-3-small                   embedding          -         none    -           openai-types
text-embedding-ada-002                   embedding          -         none    -           openai-types
text-embedding-ada-002-v2                embedding          -         none    -           litellm-prices
text-moderation-latest                   moderation         -         none    2025-10-27  recalled
text-moderation-stable                   moderation         -         none    2025-10-27  recalled
text-search-ada-doc-001                  embedding          -         none    2024-01-04  deprecations-2023
text-search-ada-query-001                embedding          -         none    2024-01-04  deprecations-2023
text-search-babbage-doc-001              embedding          -         none    2024-01-04  deprecations-2023
text-search-babbage-query-001            embedding          -         none    2024-01-04  deprecations-2023
text-search-curie-doc-001                embedding          -         none    2024-01-04  deprecations-2023
text-search-curie-query-001              embedding          -         none    2024-01-04  deprecations-2023
text-search-davinci-doc-001              embedding          -         none    2024-01-04  deprecations-2023
text-search-davinci-query-001            embedding          -         none    2024-01-04  deprecations-2023
text-similarity-ada-001                  embedding          -         none    2024-01-04  deprecations-2023
text-similarity-babbage-001              embedding          -         none    2024-01-04  deprecations-2023
text-similarity-curie-001                embedding          -         none    2024-01-04  deprecations-2023
text-similarity-davinci-001              embedding          -         none    2024-01-04  deprecations-2023
tts-1                                    tts                -         none    2027-01-06  openai-types
tts-1-1106                               tts                -         none    -           litellm-prices
tts-1-hd                                 tts                -         none    2027-01-06  openai-types
tts-1-hd-1106                            tts                -         none    -           litellm-prices
whisper-1                                audio-in           -         none    2027-02-26  openai-types
""",
        "words": """\
realtime    realtime           -         none  naming
live        realtime           -         none  naming
transcribe  audio-in           -         none  naming
whisper     audio-in           -         none  naming
tts         tts                -         none  naming
audio       audio-chat         mid       none  naming
image       image              -         none  naming
embedding   embedding          -         none  naming
moderation  moderation         -         none  naming
sora        video              -         none  naming
mini        chat               small     haiku  naming
nano        chat               small     haiku  naming
luna        chat               small     haiku  naming
ada         legacy-completion  small     haiku  naming
babbage     legacy-completion  small     haiku  naming
curie       legacy-completion  small     haiku  naming
davinci     legacy-completion  mid       sonnet  naming
pro         reasoning          flagship  opus  naming
sol         reasoning          flagship  opus  naming
astra       reasoning          flagship  opus  naming
cyber       reasoning          flagship  opus  naming
*           chat               mid       sonnet  naming
""",
        "sources": {
            "openai-types": {"title": "openai-python: model literals and docstrings of its types", "at": "pypi openai 3.54.0", "read": "2026-11-22"},
            "openai-types-1": {"title": "openai-python: model literals of its types", "at": "pypi openai 1.109.1", "read": "2026-11-22"},
            "litellm-prices": {"title": "LiteLLM's model table, key deprecation_date", "at": "pypi litellm 1.109.1", "read": "2026-11-22"},
            "deprecations-2023": {"title": "OpenAI's deprecations page, notices of 2023 (dated copies)", "at": "https://developers.openai.com/api/docs/deprecations", "read": "2026-11-22"},
            "recalled": {"title": "OpenAI's deprecations page, known but not read again", "at": "https://developers.openai.com/api/docs/deprecations", "read": "2026-11-22"},
            "naming": {"title": "This table's own reading of OpenAI's naming", "at": "flake8-claude-compat", "read": "2026-11-22"},
        },
        "grammar": {
            "model": "(?:gpt-(?:3\\.5|35|[4-9]o?)(?:\\.\\d)?(?:-[a-z0-9][a-z0-9.]*)*|gpt-(?:audio|realtime|image|live|transcribe|daybreak|rosalind)(?:-[a-z0-9][a-z0-9.]*)*|chatgpt-(?:4o|image)-latest|daybreak-(?:blue|red)-latest|o[134](?:-(?:mini|pro|preview|deep-research))*(?:-\\d{4}-\\d{2}-\\d{2})?|codex-mini(?:-latest)?|computer-use-preview(?:-\\d{4}-\\d{2}-\\d{2})?|(?:text|code)-(?:davinci|curie|babbage|ada|cushman)(?:-edit)?-\\d{3}|(?:davinci|curie)-instruct-beta|(?:davinci|babbage)-002|ada|babbage|curie|davinci|text-embedding-(?:ada-002(?:-v2)?|3-(?:small|large))|(?:text-(?:similarity|search)|code-search)-(?:ada|babbage|curie|davinci)(?:-(?:doc|query|code|text))?-\\d{3}|(?:text|omni)-moderation-(?:latest|stable|\\d{3}|\\d{4}-\\d{2}-\\d{2})|whisper-1|tts-1(?:-hd)?(?:-1106)?|dall-e-[23]|sora-2(?:-pro)?(?:-high-res)?(?:-\\d{4}-\\d{2}-\\d{2})?)",
            "router": "(?:openai:(?:chat|responses|completion|embeddings?|image|assistant|realtime)|openai/responses|openrouter/openai|vercel_ai_gateway/openai|gateway/openai|openai-chat|openai-responses|openai|azure|azure_ai|azure_openai|openrouter|text-completion-openai|chatgpt|github_copilot)[/:]",
            "fine-tuned": "ft:([^:\\s]+)(?::[^:\\s]*){0,5}",
            "fine-tuned-old": "(ada|babbage|curie|davinci):ft-[\\w-]+(?::[\\w-]+)?",
        },
    },
    "sdk.toml": {
        "claude-hosts": ["gw.claudeapi.com", "api.anthropic.com"],
        "claims": ["https://api.openai.com/auth", "https://api.openai.com/profile", "https://api.openai.com/mfa"],
        "clients": """\
openai.OpenAI               sdk      openai-sdk
openai.AsyncOpenAI          sdk      openai-sdk
openai.Client               sdk      openai-sdk
openai.AsyncClient          sdk      openai-sdk
openai.default              sdk      openai-sdk
openai.AzureOpenAI          azure    openai-sdk
openai.AsyncAzureOpenAI     azure    openai-sdk
openai.BedrockOpenAI        bedrock  openai-sdk
openai.AsyncBedrockOpenAI   bedrock  openai-sdk
openai.OpenAIApi            legacy   openai-node-3
@azure/openai.OpenAIClient  azure    libraries
@azure/openai.AzureOpenAI   azure    libraries
""",
        "aliases": """\
langfuse.openai.openai  openai  libraries
langfuse.openai         openai  libraries
posthog.ai.openai       openai  libraries
@posthog/ai             openai  libraries
openpipe                openai  libraries
openpipe/openai         openai  libraries
openai.default          openai  openai-sdk
openai.OpenAI           openai  openai-sdk
openai._client          openai  openai-sdk
openai._exceptions      openai  openai-sdk
openai.lib.azure        openai  openai-sdk
openai/index            openai  openai-sdk
openai-edge             openai  libraries
openai/error            openai  openai-sdk
@openai/openai          openai  libraries
""",
        "wrappers": """\
instructor.from_openai                 wrappers
instructor.patch                       wrappers
instructor.apatch                      wrappers
langsmith.wrappers.wrap_openai         wrappers
langsmith/wrappers.wrapOpenAI          libraries
langsmith/wrappers.wrapSDK             libraries
braintrust.wrap_openai                 libraries
braintrust.wrapOpenAI                  libraries
langfuse.observeOpenAI                 libraries
@langfuse/openai.observeOpenAI         libraries
opik.integrations.openai.track_openai  libraries
opik-openai.trackOpenAI                libraries
""",
        "endpoints": """\
chat.completions                chat.completions           -       /chat/completions           -                 -           openai-sdk
chat.completions.list           stored-completions         CLC013  -                           store             -           openai-sdk
chat.completions.retrieve       stored-completions         CLC013  -                           store             -           openai-sdk
chat.completions.update         stored-completions         CLC013  -                           store             -           openai-sdk
chat.completions.delete         stored-completions         CLC013  -                           store             -           openai-sdk
chat.completions.del            stored-completions         CLC013  -                           store             -           openai-sdk
chat.completions.messages       stored-completions         CLC013  -                           store             -           openai-sdk
beta.chat.completions           beta.chat                  -       -                           -                 -           openai-sdk
beta.chat.completions.list      stored-completions         CLC013  -                           store             -           openai-sdk
beta.chat.completions.retrieve  stored-completions         CLC013  -                           store             -           openai-sdk
beta.chat.completions.update    stored-completions         CLC013  -                           store             -           openai-sdk
beta.chat.completions.delete    stored-completions         CLC013  -                           store             -           openai-sdk
beta.chat.completions.messages  stored-completions         CLC013  -                           store             -           openai-sdk
models                          models                     -       /models                     -                 -           openai-sdk
responses                       responses                  CLC001  /responses                  chat-or-messages  -           openai-sdk
beta.responses                  responses                  CLC001  -                           chat-or-messages  -           openai-sdk
completions                     completions                CLC002  /completions                chat-prompt       -           openai-sdk
embeddings                      embeddings                 CLC003  /embeddings                 embeddings        -           openai-sdk
images                          images                     CLC004  /images                     images            -           openai-sdk
audio                           audio                      CLC005  /audio                      speech            -           openai-sdk
moderations                     moderations                CLC006  /moderations                classify          -           openai-sdk
files                           files                      CLC007  /files                      files             -           openai-sdk
uploads                         uploads                    CLC007  /uploads                    files             -           openai-sdk
fine_tuning                     fine_tuning                CLC008  /fine_tuning                prompting         -           openai-sdk
fine_tunes                      fine_tunes                 CLC008  /fine-tunes                 prompting         2024-01-04  openai-sunset
batches                         batches                    CLC009  /batches                    batches           -           openai-sdk
beta.assistants                 beta.assistants            CLC010  /assistants                 chat-threads      2026-08-26  openai-sunset
beta.threads                    beta.threads               CLC010  /threads                    chat-history      2026-08-26  openai-sunset
vector_stores                   vector_stores              CLC011  /vector_stores              retrieval         -           openai-sdk
beta.vector_stores              vector_stores              CLC011  -                           retrieval         -           openai-sdk
realtime                        realtime                   CLC012  /realtime                   stream            -           openai-sdk
beta.realtime                   realtime                   CLC012  -                           stream            -           openai-sdk
admin                           admin                      CLC014  /organization               admin             -           openai-sdk
admin.organization.projects     admin                      CLC014  /projects                   admin             -           openai-sdk
beta.agents                     beta.agents                CLC014  /agents                     -                 -           openai-sdk
beta.agents.vaults              beta.agents                CLC014  /vaults                     -                 -           openai-sdk
beta.chatkit                    beta.chatkit               CLC014  /chatkit                    -                 -           openai-sdk
containers                      containers                 CLC014  /containers                 -                 -           openai-sdk
content_provenance_checks       content_provenance_checks  CLC014  /content_provenance_checks  -                 -           openai-sdk
conversations                   conversations              CLC014  /conversations              history           -           openai-sdk
decisions                       decisions                  CLC014  /decisions                  -                 -           openai-sdk
edits                           edits                      CLC014  /edits                      chat              2024-01-04  openai-sunset
evals                           evals                      CLC014  /evals                      evals             2026-11-30  openai-sunset
graders                         graders                    CLC014  /graders                    evals             -           openai-sdk
live                            live                       CLC014  /live                       -                 -           openai-sdk
safety                          safety                     CLC014  /safety                     -                 -           openai-sdk
skills                          skills                     CLC014  /skills                     skills            -           openai-sdk
videos                          videos                     CLC014  /videos                     videos            2026-09-24  openai-sdk
webhooks                        webhooks                   CLC014  /webhook_endpoints          -                 -           openai-sdk
webhooks.event_types            webhooks                   CLC014  /webhook_event_types        -                 -           openai-sdk
search                          search                     CLC014  /search                     retrieval         -           openai-node-3
answers                         answers                    CLC014  /answers                    chat              -           openai-node-3
classifications                 classifications            CLC014  /classifications            chat              -           openai-node-3
""",
        "legacy": """\
ChatCompletion        chat.completions  openai-sdk-0
Completion            completions       openai-sdk-0
Edit                  edits             openai-sdk-0
Embedding             embeddings        openai-sdk-0
Image                 images            openai-sdk-0
Audio                 audio             openai-sdk-0
Moderation            moderations       openai-sdk-0
File                  files             openai-sdk-0
FineTune              fine_tunes        openai-sdk-0
FineTuningJob         fine_tuning       openai-sdk-0
Model                 models            openai-sdk-0
Engine                models            openai-sdk-0
Deployment            -                 openai-sdk-0
Customer              -                 openai-sdk-0
ErrorObject           -                 openai-sdk-0
embeddings_utils.get_embedding    embeddings  openai-sdk-0
embeddings_utils.aget_embedding   embeddings  openai-sdk-0
embeddings_utils.get_embeddings   embeddings  openai-sdk-0
embeddings_utils.aget_embeddings  embeddings  openai-sdk-0
createChatCompletion  chat.completions  openai-node-3
createCompletion      completions       openai-node-3
createEdit            edits             openai-node-3
createEmbedding       embeddings        openai-node-3
createImage           images            openai-node-3
createImageEdit       images            openai-node-3
createImageVariation  images            openai-node-3
createModeration      moderations       openai-node-3
createTranscription   audio             openai-node-3
createTranslation     audio             openai-node-3
createFile            files             openai-node-3
listFiles             files             openai-node-3
retrieveFile          files             openai-node-3
deleteFile            files             openai-node-3
downloadFile          files             openai-node-3
createFineTune        fine_tunes        openai-node-3
listFineTunes         fine_tunes        openai-node-3
listFineTuneEvents    fine_tunes        openai-node-3
retrieveFineTune      fine_tunes        openai-node-3
cancelFineTune        fine_tunes        openai-node-3
listModels            models            openai-node-3
retrieveModel         models            openai-node-3
deleteModel           models            openai-node-3
listEngines           models            openai-node-3
retrieveEngine        models            openai-node-3
createSearch          search            openai-node-3
createAnswer          answers           openai-node-3
createClassification  classifications   openai-node-3
""",
        "methods": """\
@azure/openai.OpenAIClient.getChatCompletions     chat.completions.create      model,messages,...          -    azure-openai-1
@azure/openai.OpenAIClient.streamChatCompletions  chat.completions.create      model,messages,...          yes  azure-openai-1
@azure/openai.OpenAIClient.listChatCompletions    chat.completions.create      model,messages,...          yes  azure-openai-1
@azure/openai.OpenAIClient.getCompletions         completions.create           model,prompt,...            -    azure-openai-1
@azure/openai.OpenAIClient.streamCompletions      completions.create           model,prompt,...            yes  azure-openai-1
@azure/openai.OpenAIClient.listCompletions        completions.create           model,prompt,...            yes  azure-openai-1
@azure/openai.OpenAIClient.getEmbeddings          embeddings.create            model,input,...             -    azure-openai-1
@azure/openai.OpenAIClient.getImages              images.generate              model,prompt,...            -    azure-openai-1
@azure/openai.OpenAIClient.getAudioTranscription  audio.transcriptions.create  model,file,...              -    azure-openai-1
@azure/openai.OpenAIClient.getAudioTranslation    audio.translations.create    model,file,...              -    azure-openai-1
""",
        "symbols": """\
openai.error                                 legacy     openai-sdk-0
openai.api_base                              legacy     openai-sdk-0
openai.api_key_path                          legacy     openai-sdk-0
openai.api_requestor                         legacy     openai-sdk-0
openai.openai_object                         legacy     openai-sdk-0
openai.verify_ssl_certs                      legacy     openai-sdk-0
openai.requestssession                       legacy     openai-sdk-0
openai.aiosession                            legacy     openai-sdk-0
openai.embeddings_utils                      legacy     openai-sdk-0
openai.Configuration                         legacy     openai-node-3
openai.OpenAIApi                             legacy     openai-node-3
openai.ChatCompletionRequestMessage          legacy     openai-node-3
openai.ChatCompletionRequestMessageRoleEnum  legacy     openai-node-3
openai.ChatCompletionResponseMessage         legacy     openai-node-3
openai.CreateChatCompletionRequest           legacy     openai-node-3
openai.CreateChatCompletionResponse          legacy     openai-node-3
openai.CreateCompletionRequest               legacy     openai-node-3
openai.ChatCompletionFunctions               legacy     openai-node-3
openai.ChatCompletionRequestMessageFunctionCall legacy     openai-node-3
openai.ChatCompletionResponseMessageRoleEnum legacy     openai-node-3
openai.ConfigurationParameters               legacy     openai-node-3
openai.CreateChatCompletionRequestFunctionCall legacy     openai-node-3
openai.CreateChatCompletionResponseChoicesInner legacy     openai-node-3
openai.CreateCompletionRequestPrompt         legacy     openai-node-3
openai.CreateCompletionResponse              legacy     openai-node-3
openai.CreateCompletionResponseChoicesInner  legacy     openai-node-3
openai.CreateCompletionResponseUsage         legacy     openai-node-3
openai.CreateEditRequest                     legacy     openai-node-3
openai.CreateEditResponse                    legacy     openai-node-3
openai.CreateEmbeddingRequest                legacy     openai-node-3
openai.CreateEmbeddingRequestInput           legacy     openai-node-3
openai.CreateEmbeddingResponse               legacy     openai-node-3
openai.CreateEmbeddingResponseDataInner      legacy     openai-node-3
openai.CreateFineTuneRequest                 legacy     openai-node-3
openai.CreateImageRequest                    legacy     openai-node-3
openai.CreateImageRequestResponseFormatEnum  legacy     openai-node-3
openai.CreateImageRequestSizeEnum            legacy     openai-node-3
openai.CreateModerationRequest               legacy     openai-node-3
openai.CreateModerationResponse              legacy     openai-node-3
openai.CreateModerationResponseResultsInner  legacy     openai-node-3
openai.CreateTranscriptionResponse           legacy     openai-node-3
openai.CreateTranslationResponse             legacy     openai-node-3
openai.ImagesResponse                        legacy     openai-node-3
openai.ImagesResponseDataInner               legacy     openai-node-3
openai.ListFilesResponse                     legacy     openai-node-3
openai.ListModelsResponse                    legacy     openai-node-3
openai.OpenAIFile                            legacy     openai-node-3
openai.realtime                              realtime   openai-sdk
openai.beta.realtime                         realtime   openai-sdk
openai.resources.realtime                    realtime   openai-sdk
openai.resources.beta.realtime               realtime   openai-sdk
openai.types.realtime                        realtime   openai-sdk
openai.types.beta.realtime                   realtime   openai-sdk
@openai/realtime-api-beta.RealtimeClient     realtime   realtime-console
@openai/agents/realtime.RealtimeSession      realtime   libraries
@openai/agents/realtime.OpenAIRealtimeWebRTC  realtime  libraries
@openai/agents/realtime.OpenAIRealtimeWebSocket  realtime  libraries
@openai/agents-realtime.RealtimeSession      realtime   libraries
@openai/agents-realtime.OpenAIRealtimeWebRTC  realtime  libraries
@openai/agents-realtime.OpenAIRealtimeWebSocket  realtime  libraries
tiktoken                                     tokenizer  libraries
js-tiktoken                                  tokenizer  libraries
@dqbd/tiktoken                               tokenizer  libraries
gpt-tokenizer                                tokenizer  libraries
gpt-3-encoder                                tokenizer  libraries
gpt3-tokenizer                               tokenizer  libraries
""",
        "parameters": """\
messages                1.3.9    -                      openai-sdk
model                   1.3.9    -                      openai-sdk
audio                   1.58.1   -                      openai-sdk
frequency_penalty       1.3.9    -                      openai-sdk
function_call           1.3.9    tool_choice            openai-sdk
functions               1.3.9    tools                  openai-sdk
logit_bias              1.3.9    -                      openai-sdk
logprobs                1.58.1   -                      openai-sdk
max_completion_tokens   1.58.1   -                      openai-sdk
max_tokens              1.3.9    max_completion_tokens  openai-sdk
metadata                1.58.1   -                      openai-sdk
modalities              1.58.1   -                      openai-sdk
moderation              2.54.0   -                      openai-sdk
n                       1.3.9    -                      openai-sdk
parallel_tool_calls     1.58.1   -                      openai-sdk
prediction              1.58.1   -                      openai-sdk
presence_penalty        1.3.9    -                      openai-sdk
prompt_cache_key        1.109.1  -                      openai-sdk
prompt_cache_options    2.54.0   -                      openai-sdk
prompt_cache_retention  2.54.0   prompt_cache_options   openai-sdk
reasoning_effort        1.58.1   -                      openai-sdk
response_format         1.3.9    -                      openai-sdk
safety_identifier       1.109.1  -                      openai-sdk
seed                    1.3.9    -                      openai-sdk
service_tier            1.58.1   -                      openai-sdk
stop                    1.3.9    -                      openai-sdk
store                   1.58.1   -                      openai-sdk
stream                  1.3.9    -                      openai-sdk
stream_options          1.58.1   -                      openai-sdk
temperature             1.3.9    -                      openai-sdk
tool_choice             1.3.9    -                      openai-sdk
tools                   1.3.9    -                      openai-sdk
top_logprobs            1.58.1   -                      openai-sdk
top_p                   1.3.9    -                      openai-sdk
user                    1.3.9    safety_identifier      openai-sdk
verbosity               1.109.1  -                      openai-sdk
web_search_options      1.109.1  -                      openai-sdk
""",
        "options": "extra_headers extra_query extra_body timeout",
        "spelled": """\
baseURL                       base_url                 wrappers
baseUrl                       base_url                 wrappers
api_base                      base_url                 wrappers
apiBase                       base_url                 wrappers
basePath                      base_url                 wrappers
base_path                     base_url                 wrappers
api_base_url                  base_url                 wrappers
apiBaseUrl                    base_url                 wrappers
openai_api_base               base_url                 wrappers
openAIApiBase                 base_url                 wrappers
openaiApiBase                 base_url                 wrappers
openai_base_url               base_url                 wrappers
apiKey                        api_key                  wrappers
openai_api_key                api_key                  wrappers
openAIApiKey                  api_key                  wrappers
openaiApiKey                  api_key                  wrappers
adminAPIKey                   admin_api_key            wrappers
azureOpenAIApiKey             api_key                  wrappers
azureADTokenProvider          azure_ad_token_provider  wrappers
azureOpenAIApiDeploymentName  model                    wrappers
model_name                    model                    wrappers
modelName                     model                    wrappers
model_id                      model                    wrappers
modelId                       model                    wrappers
ai_model_id                   model                    wrappers
engine                        model                    wrappers
deployment                    model                    wrappers
deployment_id                 model                    wrappers
deployment_name               model                    wrappers
deploymentName                model                    wrappers
azure_deployment              model                    wrappers
azureDeployment               model                    wrappers
openai_organization           organization             wrappers
openAIOrganization            organization             wrappers
org_id                        organization             wrappers
""",
        "environment": """\
OPENAI_API_KEY          key         openai-sdk
OPENAI_ADMIN_KEY        key         openai-sdk
OPENAI_KEY              key         libraries
OPENAI_API_KEY_PATH     key         openai-sdk-0
OPENAI_BASE_URL         base_url    openai-sdk
OPENAI_API_BASE         base_url    openai-sdk-0
OPENAI_API_BASE_URL     base_url    libraries
OPENAI_API_HOST         base_url    libraries
OPENAI_API_URL          base_url    libraries
OPENAI_ENDPOINT         base_url    libraries
OPENAI_ORG_ID           org         openai-sdk
OPENAI_PROJECT_ID       org         openai-sdk
OPENAI_ORGANIZATION     org         openai-sdk-0
OPENAI_ORGANIZATION_ID  org         libraries
OPENAI_PROJECT          org         libraries
AZURE_OPENAI_API_KEY    azure-key   openai-sdk
AZURE_OPENAI_AD_TOKEN   azure-key   openai-sdk
AZURE_OPENAI_KEY        azure-key   libraries
AZURE_OPENAI_ENDPOINT   azure-url   openai-sdk
AZURE_OPENAI_BASE_PATH  azure-url   wrappers
AZURE_OPENAI_BASE_URL   azure-url   libraries
OPENAI_MODEL            model       libraries
OPENAI_MODEL_NAME       model       libraries
OPENAI_DEFAULT_MODEL    model       wrappers
OPENAI_CHAT_MODEL       model       libraries
OPENAI_CHAT_MODEL_ID    model       wrappers
CLAUDE_API_KEY          claude-key  libraries
ANTHROPIC_API_KEY       claude-key  wrappers
ANTHROPIC_AUTH_TOKEN    claude-key  wrappers
""",
        "exceptions": """\
openai.BadRequestError                 400         openai-sdk
openai.AuthenticationError             401         openai-sdk
openai.OAuthError                      401         openai-sdk
openai.PermissionDeniedError           403         openai-sdk
openai.NotFoundError                   404         openai-sdk
openai.ConflictError                   409         openai-sdk
openai.UnprocessableEntityError        422         openai-sdk
openai.RateLimitError                  429         openai-sdk
openai.InternalServerError             5xx         openai-sdk
openai.APIStatusError                  statuses    openai-sdk
openai.APIConnectionError              connection  openai-sdk
openai.APITimeoutError                 connection  openai-sdk
openai.APIConnectionTimeoutError       connection  openai-sdk
openai.APIUserAbortError               -           openai-sdk
openai.APIResponseValidationError      -           openai-sdk
openai.LengthFinishReasonError         -           openai-sdk
openai.ContentFilterFinishReasonError  -           openai-sdk
openai.APIError                        all         openai-sdk
openai.OpenAIError                     all         openai-sdk
openai.error.InvalidRequestError       400,404     openai-sdk-0
openai.error.AuthenticationError       401         openai-sdk-0
openai.error.PermissionError           403         openai-sdk-0
openai.error.RateLimitError            429         openai-sdk-0
openai.error.ServiceUnavailableError   5xx         openai-sdk-0
openai.error.APIError                  5xx         openai-sdk-0
openai.error.APIConnectionError        connection  openai-sdk-0
openai.error.Timeout                   connection  openai-sdk-0
openai.error.TryAgain                  -           openai-sdk-0
openai.error.OpenAIError               all         openai-sdk-0
Exception                              all         libraries
BaseException                          all         libraries
Error                                  all         libraries
requests.RequestException              all         libraries
requests.exceptions.RequestException   all         libraries
requests.HTTPError                     statuses    libraries
requests.exceptions.HTTPError          statuses    libraries
requests.ConnectionError               connection  libraries
requests.exceptions.ConnectionError    connection  libraries
requests.Timeout                       connection  libraries
requests.exceptions.Timeout            connection  libraries
httpx.HTTPError                        all         libraries
httpx.HTTPStatusError                  statuses    libraries
httpx.RequestError                     connection  libraries
httpx.TransportError                   connection  libraries
httpx.TimeoutException                 connection  libraries
aiohttp.ClientError                    all         libraries
aiohttp.ClientResponseError            statuses    libraries
aiohttp.ClientConnectionError          connection  libraries
urllib.error.URLError                  all         libraries
urllib.error.HTTPError                 statuses    libraries
axios.AxiosError                       all         libraries
""",
        "toolbox": {
            "source": "libraries",
            "env-calls": """\
os.getenv os.environ.get os.environ.pop os.environ.setdefault environ.Env decouple.config
starlette.config.Config environs.Env.str Deno.env.get Bun.env.get process.env.get google.colab.userdata.get
""",
            "env-mappings": """\
os.environ os.environb process.env Bun.env import.meta.env streamlit.secrets
""",
            "settings-classes": """\
pydantic_settings.BaseSettings pydantic.BaseSettings pydantic.v1.BaseSettings pydantic.env_settings.BaseSettings
""",
            "json-parsers": """\
json.loads json.load orjson.loads ujson.loads simplejson.loads rapidjson.loads json5.loads demjson3.decode
hjson.loads yaml.safe_load pydantic_core.from_json JSON.parse JSON5.parse json5.parse json5.default.parse
ConvertFrom-Json
""",
            "validators": """\
model_validate model_validate_json model_validate_strings parse_obj parse_obj_as parse_raw validate
validate_json validate_python validator TypeAdapter parse safeParse safeParseAsync parseAsync structure from_dict
convert check_type load_from_dict Draft7Validator Draft202012Validator validateSync assertIs is_valid
iter_errors decodeUnknownSync decodeUnknown jsonschema.validate msgspec.json.decode msgspec.convert
fastjsonschema.compile ajv.compile cattrs.structure dacite.from_dict typeguard.check_type zod.z.object
""",
            "retries": """\
backoff.on_exception backoff.on_predicate stamina.retry stamina.retry_context stamina.AsyncRetryingCaller
tenacity.retry tenacity.Retrying tenacity.AsyncRetrying retrying.retry p-retry.default async-retry.default
opnieuw.retry cockatiel.retry p-limit.retry
""",
            "vendors": """\
anthropic @anthropic-ai/sdk @anthropic-ai/bedrock-sdk @anthropic-ai/vertex-sdk @anthropic-ai/claude-agent-sdk
claude_agent_sdk groq groq-sdk together together-ai mistralai @mistralai/mistralai cohere cohere-ai
google.generativeai google.genai @google/generative-ai @google/genai vertexai google.cloud.aiplatform boto3
aioboto3 @aws-sdk/client-bedrock-runtime ollama replicate huggingface_hub @huggingface/inference transformers
ai21 fireworks cerebras @cerebras/cerebras_cloud_sdk xai_sdk voyageai zhipuai dashscope qianfan writerai
llama_cpp vllm gpt4all azure.ai.inference perplexity deepseek nomic assemblyai elevenlabs langchain_anthropic
langchain_google_genai langchain_groq langchain_mistralai langchain_ollama langchain_aws @langchain/anthropic
@langchain/google-genai @langchain/groq @langchain/ollama @langchain/mistralai llama_index.llms.anthropic
llama_index.llms.ollama llama_index.llms.gemini llama_index.llms.groq @ai-sdk/anthropic @ai-sdk/google
@ai-sdk/groq @ai-sdk/mistral @ai-sdk/amazon-bedrock @ai-sdk/openai-compatible @ai-sdk/xai @ai-sdk/deepseek
@ai-sdk/cohere @ai-sdk/togetherai @ai-sdk/fireworks @ai-sdk/perplexity @ai-sdk/cerebras @ai-sdk/google-vertex
@openrouter/ai-sdk-provider ollama-ai-provider workers-ai-provider @langchain/cohere @langchain/google-vertexai
@langchain/aws @google-cloud/vertexai @deepgram/sdk @elevenlabs/elevenlabs-js node-llama-cpp pydantic_ai.models.anthropic
haystack_integrations autogen_ext.models.anthropic semantic_kernel.connectors.ai.anthropic
""",
        },
        "watch": {
            "source": "openai-sdk",
            "reads": """\
choices delta message content text tool_calls function_call logprobs system_fingerprint service_tier refusal
audio completion_tokens_details prompt_tokens_details finish_reason usage code error arguments function parsed
total_tokens prompt_tokens completion_tokens role ChatCompletion Completion Embedding
functionCall toolCalls systemFingerprint
""",
            "error-codes": """\
context_length_exceeded insufficient_quota invalid_api_key model_not_found content_filter rate_limit_exceeded
billing_hard_limit_reached invalid_model content_policy_violation string_above_max_length tokens_exceeded
server_overloaded account_deactivated
""",
        },
        "alternatives": {
            "store": "your own store of completions",
            "chat-or-messages": "chat.completions.create, or the Messages API of Anthropic's own SDK",
            "chat-prompt": "chat.completions.create with the prompt as a user message",
            "embeddings": "an embedding provider such as Voyage AI; Claude has no embedding model",
            "images": "an image provider; Claude makes no images",
            "speech": "a speech provider; Claude takes and makes no audio",
            "classify": "a classification prompt, or another moderation service",
            "files": "the Files API of Anthropic's own SDK",
            "prompting": "examples in the prompt; the Claude API has no self-serve fine-tuning",
            "batches": "the Message Batches API of Anthropic's own SDK",
            "chat-threads": "chat.completions.create with tools and your own thread storage",
            "chat-history": "chat.completions.create with your own thread storage",
            "retrieval": "your own retrieval",
            "stream": "streamed chat completions; Claude has no realtime audio",
            "admin": "the Admin API of Anthropic",
            "history": "your own store of messages, sent with each request",
            "chat": "chat.completions.create",
            "evals": "your own evaluation code",
            "skills": "the Skills API of Anthropic's own SDK",
            "videos": "a video provider; Claude makes no videos",
        },
        "sources": {
            "openai-sdk": {"title": "openai-python 3.54.0 (also 2.54.0, 1.109.1, 1.58.1, 1.3.9) and openai-node 7.57.0 (also 6, 5, 4), read as installed", "at": "pypi openai 3.54.0, npm openai 7.57.0", "read": "2026-11-22"},
            "openai-sdk-0": {"title": "openai-python before 1.0, read as installed", "at": "pypi openai 0.28.1", "read": "2026-11-22"},
            "openai-node-3": {"title": "openai-node 3, read as installed", "at": "npm openai 3.3.0", "read": "2026-11-22"},
            "azure-openai-1": {"title": "@azure/openai 1.0.0-beta.2 and 1.0.0-beta.13, types read as installed", "at": "npm @azure/openai 1.0.0-beta.13", "read": "2026-11-26"},
            "realtime-console": {"title": "openai-realtime-console as of 2024-11-01", "at": "https://github.com/openai/openai-realtime-console", "read": "2026-11-26"},
            "openai-sunset": {"title": "OpenAI's deprecations page and copies of its notices", "at": "https://developers.openai.com/api/docs/deprecations", "read": "2026-11-22"},
            "wrappers": {"title": "Packages that wrap OpenAI's SDK, newest versions of 2026-11, read as installed", "at": "pypi and npm", "read": "2026-11-22"},
            "libraries": {"title": "General knowledge of these libraries' public names, not read again for this table", "at": "pypi and npm", "read": "2026-11-22"},
        },
        "frameworks": [
            {"library": "LangChain", "package": "langchain_openai", "groups": ["langchain", "langchain_community", "langchain_classic", "langchain_openai"], "model": ["model", "model_name"], "key": ["api_key", "openai_api_key"], "base_url": ["base_url", "openai_api_base"], "source": "wrappers", "symbols": [["ChatOpenAI", "chat", "gpt-3.5-turbo", "ChatAnthropic of langchain_anthropic"], ["OpenAI", "completion", "gpt-3.5-turbo-instruct", "ChatAnthropic of langchain_anthropic"], ["OpenAIChat", "chat", "gpt-3.5-turbo", "ChatAnthropic of langchain_anthropic"], ["AzureChatOpenAI", "azure", "", "ChatAnthropic of langchain_anthropic"], ["AzureOpenAI", "azure", "", "ChatAnthropic of langchain_anthropic"], ["OpenAIEmbeddings", "embedding", "text-embedding-ada-002", "embeddings of another provider, such as langchain_voyageai; Claude has none"], ["AzureOpenAIEmbeddings", "embedding", "", "embeddings of another provider, such as langchain_voyageai; Claude has none"]]},
            {"library": "LangChain", "package": "langchain.chat_models", "groups": ["langchain", "langchain_classic"], "model": ["model", "0"], "key": ["api_key"], "base_url": ["base_url"], "source": "libraries", "symbols": [["init_chat_model", "factory", "", "\"anthropic:claude-…\""]]},
            {"library": "LangChain.js", "package": "@langchain/openai", "groups": ["langchain/"], "model": ["model", "modelName"], "key": ["apiKey", "openAIApiKey"], "base_url": ["configuration.baseURL", "configuration.basePath", "basePath"], "source": "wrappers", "symbols": [["ChatOpenAI", "chat", "gpt-3.5-turbo", "ChatAnthropic of @langchain/anthropic"], ["OpenAI", "completion", "gpt-3.5-turbo-instruct", "ChatAnthropic of @langchain/anthropic"], ["AzureChatOpenAI", "azure", "", "ChatAnthropic of @langchain/anthropic"], ["AzureOpenAI", "azure", "", "ChatAnthropic of @langchain/anthropic"], ["OpenAIEmbeddings", "embedding", "text-embedding-ada-002", "embeddings of another provider; Claude has none"], ["AzureOpenAIEmbeddings", "embedding", "", "embeddings of another provider; Claude has none"], ["DallEAPIWrapper", "image", "dall-e-3", "an image provider; Claude makes no images"]]},
            {"library": "LlamaIndex", "package": "llama_index.llms.openai", "groups": ["llama_index"], "model": ["model"], "key": ["api_key"], "base_url": ["api_base"], "source": "wrappers", "symbols": [["OpenAI", "chat", "gpt-3.5-turbo", "Anthropic of llama_index.llms.anthropic, with a model given"], ["OpenAIResponses", "responses", "gpt-4o-mini", "Anthropic of llama_index.llms.anthropic, with a model given"]]},
            {"library": "LlamaIndex", "package": "llama_index.llms.azure_openai", "groups": ["llama_index"], "model": ["model", "engine", "deployment_name", "azure_deployment"], "key": ["api_key"], "base_url": ["azure_endpoint", "api_base"], "source": "wrappers", "symbols": [["AzureOpenAI", "azure", "gpt-35-turbo", "Anthropic of llama_index.llms.anthropic, with a model given"]]},
            {"library": "LlamaIndex", "package": "llama_index.embeddings.openai", "groups": ["llama_index"], "model": ["model"], "key": ["api_key"], "base_url": ["api_base"], "source": "wrappers", "symbols": [["OpenAIEmbedding", "embedding", "text-embedding-ada-002", "embeddings of another provider, such as llama_index.embeddings.voyageai; Claude has none"]]},
            {"library": "LlamaIndex.TS", "package": "@llamaindex/openai", "groups": ["llamaindex"], "model": ["model"], "key": ["apiKey"], "base_url": ["baseURL"], "source": "libraries", "symbols": [["OpenAI", "chat", "", "Anthropic of @llamaindex/anthropic"], ["openai", "chat", "", "anthropic of @llamaindex/anthropic"], ["OpenAIEmbedding", "embedding", "", "embeddings of another provider; Claude has none"]]},
            {"library": "npm's chatgpt", "package": "chatgpt", "groups": [], "model": [], "key": ["apiKey"], "base_url": ["apiBaseUrl"], "source": "wrappers", "symbols": [["ChatGPTAPI", "chat", "", "the openai package with the target's base URL"]]},
            {"library": "Inngest", "package": "@inngest/agent-kit", "groups": ["@inngest", "inngest"], "model": ["model"], "key": ["apiKey"], "base_url": ["baseUrl"], "source": "wrappers", "symbols": [["openai", "chat", "", "anthropic of the same package"]]},
            {"library": "LiteLLM", "package": "litellm", "groups": ["litellm"], "model": ["model", "0"], "key": ["api_key"], "base_url": ["api_base", "base_url"], "source": "wrappers", "symbols": [["completion", "factory", "", "the same call with model=\"anthropic/claude-…\""], ["acompletion", "factory", "", "the same call with model=\"anthropic/claude-…\""], ["batch_completion", "factory", "", "the same call with model=\"anthropic/claude-…\""], ["text_completion", "factory", "", "completion() with model=\"anthropic/claude-…\""], ["responses", "factory", "", "completion() with model=\"anthropic/claude-…\""], ["embedding", "embedding", "", "embeddings of another provider, such as voyage/…; Claude has none"], ["aembedding", "embedding", "", "embeddings of another provider, such as voyage/…; Claude has none"], ["image_generation", "image", "", "an image provider; Claude makes no images"], ["transcription", "audio", "", "a speech provider; Claude takes no audio"], ["speech", "audio", "", "a speech provider; Claude makes no audio"], ["moderation", "moderation", "", "a classification prompt, or another moderation service"]]},
            {"library": "Instructor", "package": "instructor", "groups": ["instructor"], "model": ["0"], "key": ["api_key"], "base_url": ["base_url"], "source": "wrappers", "symbols": [["from_provider", "factory", "", "from_provider(\"anthropic/claude-…\")"]]},
            {"library": "DSPy", "package": "dspy", "groups": ["dspy"], "model": ["model", "0"], "key": ["api_key"], "base_url": ["api_base", "base_url"], "source": "wrappers", "symbols": [["LM", "factory", "", "dspy.LM(\"anthropic/claude-…\")"], ["OpenAI", "chat", "", "dspy.LM(\"anthropic/claude-…\")"], ["AzureOpenAI", "azure", "", "dspy.LM(\"anthropic/claude-…\")"], ["Embedder", "embedding", "", "embeddings of another provider; Claude has none"]]},
            {"library": "OpenAI Agents SDK", "package": "agents", "groups": [], "model": ["model"], "key": [], "base_url": [], "source": "wrappers", "symbols": [["Agent", "factory", "gpt-5.6-luna", "LitellmModel of agents.extensions.models.litellm_model"], ["OpenAIChatCompletionsModel", "chat", "", "an AsyncOpenAI client with the target's base URL, or LitellmModel"], ["OpenAIResponsesModel", "responses", "", "OpenAIChatCompletionsModel with a client of the target, or LitellmModel"], ["set_default_openai_key", "provider", "", "set_default_openai_client with a client of the target"]]},
            {"library": "OpenAI Agents SDK", "package": "@openai/agents", "groups": [], "model": ["model"], "key": [], "base_url": [], "source": "libraries", "symbols": [["Agent", "factory", "", "aisdk() of @openai/agents-extensions"], ["setDefaultOpenAIKey", "provider", "", "setDefaultOpenAIClient with a client of the target"]]},
            {"library": "Pydantic AI", "package": "pydantic_ai", "groups": [], "model": ["model", "0"], "key": [], "base_url": [], "source": "wrappers", "symbols": [["Agent", "factory", "", "Agent(\"anthropic:claude-…\")"]]},
            {"library": "Pydantic AI", "package": "pydantic_ai.models.openai", "groups": ["pydantic_ai"], "model": ["model_name", "0"], "key": ["api_key"], "base_url": ["base_url"], "source": "wrappers", "symbols": [["OpenAIModel", "chat", "", "AnthropicModel of pydantic_ai.models.anthropic"], ["OpenAIChatModel", "chat", "", "AnthropicModel of pydantic_ai.models.anthropic"], ["OpenAIResponsesModel", "responses", "", "AnthropicModel of pydantic_ai.models.anthropic"]]},
            {"library": "Pydantic AI", "package": "pydantic_ai.providers.openai", "groups": ["pydantic_ai"], "model": [], "key": ["api_key"], "base_url": ["base_url"], "source": "wrappers", "symbols": [["OpenAIProvider", "provider", "", "AnthropicProvider of pydantic_ai.providers.anthropic, or base_url= of the target"]]},
            {"library": "AutoGen", "package": "autogen_ext.models.openai", "groups": ["autogen_ext"], "model": ["model"], "key": ["api_key"], "base_url": ["base_url"], "source": "wrappers", "symbols": [["OpenAIChatCompletionClient", "chat", "", "AnthropicChatCompletionClient of autogen_ext.models.anthropic"], ["AzureOpenAIChatCompletionClient", "azure", "", "AnthropicChatCompletionClient of autogen_ext.models.anthropic"]]},
            {"library": "CrewAI", "package": "crewai", "groups": [], "model": ["model", "llm"], "key": ["api_key"], "base_url": ["base_url", "api_base"], "source": "wrappers", "symbols": [["LLM", "factory", "", "LLM(model=\"anthropic/claude-…\")"], ["Agent", "factory", "", "llm=\"anthropic/claude-…\""]]},
            {"library": "smolagents", "package": "smolagents", "groups": ["smolagents"], "model": ["model_id"], "key": ["api_key"], "base_url": ["api_base"], "source": "wrappers", "symbols": [["OpenAIModel", "chat", "", "LiteLLMModel(model_id=\"anthropic/claude-…\")"], ["OpenAIServerModel", "chat", "", "LiteLLMModel(model_id=\"anthropic/claude-…\")"], ["AzureOpenAIModel", "azure", "", "LiteLLMModel(model_id=\"anthropic/claude-…\")"], ["AzureOpenAIServerModel", "azure", "", "LiteLLMModel(model_id=\"anthropic/claude-…\")"], ["LiteLLMModel", "factory", "", "LiteLLMModel(model_id=\"anthropic/claude-…\")"]]},
            {"library": "Agno", "package": "agno.models.openai", "groups": ["agno", "phi"], "model": ["id"], "key": ["api_key"], "base_url": ["base_url"], "source": "wrappers", "symbols": [["OpenAIChat", "chat", "gpt-5.4-mini", "Claude of agno.models.anthropic"], ["OpenAIResponses", "responses", "gpt-5.4-mini", "Claude of agno.models.anthropic"]]},
            {"library": "Chroma", "package": "chromadb.utils.embedding_functions", "groups": ["chromadb"], "model": ["model_name"], "key": ["api_key"], "base_url": ["api_base"], "source": "libraries", "symbols": [["OpenAIEmbeddingFunction", "embedding", "text-embedding-ada-002", "an embedding function of another provider; Claude has none"]]},
            {"library": "LiveKit Agents", "package": "livekit.plugins.openai", "groups": [], "model": ["model"], "key": ["api_key"], "base_url": ["base_url"], "source": "wrappers", "symbols": [["LLM", "chat", "gpt-4.1", "LLM of livekit.plugins.anthropic"], ["STT", "audio", "", "a plugin of another speech provider; Claude takes no audio"], ["TTS", "audio", "", "a plugin of another speech provider; Claude makes no audio"]]},
            {"library": "Browser Use", "package": "browser_use", "groups": ["browser_use"], "model": ["model", "0"], "key": ["api_key"], "base_url": ["base_url"], "source": "wrappers", "symbols": [["ChatOpenAI", "chat", "", "ChatAnthropic of browser_use"], ["ChatAzureOpenAI", "azure", "", "ChatAnthropic of browser_use"]]},
            {"library": "Haystack", "package": "haystack.components.generators.chat", "groups": ["haystack"], "model": ["model"], "key": ["api_key"], "base_url": ["api_base_url"], "source": "wrappers", "symbols": [["OpenAIChatGenerator", "chat", "gpt-5-mini", "AnthropicChatGenerator of anthropic-haystack"], ["OpenAIResponsesChatGenerator", "responses", "gpt-5-mini", "AnthropicChatGenerator of anthropic-haystack"], ["AzureOpenAIChatGenerator", "azure", "", "AnthropicChatGenerator of anthropic-haystack"], ["OpenAIGenerator", "chat", "gpt-5-mini", "AnthropicChatGenerator of anthropic-haystack"]]},
            {"library": "Haystack", "package": "haystack.components.embedders", "groups": ["haystack"], "model": ["model"], "key": ["api_key"], "base_url": ["api_base_url"], "source": "wrappers", "symbols": [["OpenAITextEmbedder", "embedding", "", "an embedder of another provider; Claude has none"], ["OpenAIDocumentEmbedder", "embedding", "", "an embedder of another provider; Claude has none"], ["AzureOpenAITextEmbedder", "embedding", "", "an embedder of another provider; Claude has none"], ["AzureOpenAIDocumentEmbedder", "embedding", "", "an embedder of another provider; Claude has none"]]},
            {"library": "Haystack", "package": "haystack.components.generators", "groups": ["haystack"], "model": ["model"], "key": ["api_key"], "base_url": ["api_base_url"], "source": "wrappers", "symbols": [["OpenAIImageGenerator", "image", "", "an image provider; Claude makes no images"]]},
            {"library": "Semantic Kernel", "package": "semantic_kernel.connectors.ai.open_ai", "groups": ["semantic_kernel"], "model": ["ai_model_id", "deployment_name"], "key": ["api_key"], "base_url": ["async_client"], "source": "wrappers", "symbols": [["OpenAIChatCompletion", "chat", "", "AnthropicChatCompletion of semantic_kernel.connectors.ai.anthropic"], ["OpenAITextCompletion", "completion", "", "AnthropicChatCompletion of semantic_kernel.connectors.ai.anthropic"], ["OpenAITextEmbedding", "embedding", "", "embeddings of another provider; Claude has none"], ["AzureChatCompletion", "azure", "", "AnthropicChatCompletion of semantic_kernel.connectors.ai.anthropic"], ["AzureTextEmbedding", "embedding", "", "embeddings of another provider; Claude has none"]]},
            {"library": "Vercel AI SDK", "package": "@ai-sdk/openai", "groups": [], "model": ["0"], "key": ["apiKey"], "base_url": ["baseURL"], "source": "wrappers", "symbols": [["openai", "responses", "", "anthropic(\"claude-…\") of @ai-sdk/anthropic"], ["openai.responses", "responses", "", "anthropic(\"claude-…\") of @ai-sdk/anthropic"], ["openai.chat", "chat", "", "anthropic(\"claude-…\") of @ai-sdk/anthropic"], ["openai.languageModel", "responses", "", "anthropic(\"claude-…\") of @ai-sdk/anthropic"], ["openai.completion", "completion", "", "anthropic(\"claude-…\") of @ai-sdk/anthropic"], ["openai.embedding", "embedding", "", "embeddings of another provider; Claude has none"], ["openai.textEmbedding", "embedding", "", "embeddings of another provider; Claude has none"], ["openai.textEmbeddingModel", "embedding", "", "embeddings of another provider; Claude has none"], ["openai.image", "image", "", "an image provider; Claude makes no images"], ["openai.transcription", "audio", "", "a speech provider; Claude takes no audio"], ["openai.speech", "audio", "", "a speech provider; Claude makes no audio"], ["openai.tools.webSearch", "responses", "", "anthropic.tools of @ai-sdk/anthropic"], ["openai.tools.webSearchPreview", "responses", "", "anthropic.tools of @ai-sdk/anthropic"], ["openai.tools.codeInterpreter", "responses", "", "anthropic.tools of @ai-sdk/anthropic"], ["openai.tools.fileSearch", "responses", "", "your own retrieval, as a tool"], ["openai.tools.imageGeneration", "image", "", "an image provider; Claude makes no images"], ["createOpenAI", "provider", "", "createAnthropic of @ai-sdk/anthropic, or createOpenAICompatible with the target's base URL"]]},
            {"library": "Vercel AI SDK", "package": "@ai-sdk/azure", "groups": [], "model": ["0"], "key": ["apiKey"], "base_url": ["baseURL"], "source": "libraries", "symbols": [["azure", "azure", "", "anthropic(\"claude-…\") of @ai-sdk/anthropic"], ["createAzure", "azure", "", "createAnthropic of @ai-sdk/anthropic"]]},
        ],
    },
    "targets/anthropic.toml": {
        "id": "anthropic",
        "name": "Anthropic's OpenAI SDK compatibility",
        "base_url": "https://api.anthropic.com/v1/",
        "path": "/v1",
        "hosts": ["api.anthropic.com"],
        "domains": [],
        "key_variable": "ANTHROPIC_API_KEY",
        "grammar": "first-party",
        "default_status": "ignored",
        "source": "compat",
        "sources": {
            "compat": {"title": "OpenAI SDK compatibility (copies of 2026-04-17, 2026-08-13 and 2026-09-26 with the same tables)", "at": "https://platform.claude.com/docs/en/cli-sdks-libraries/libraries/openai-sdk", "read": "2026-11-22"},
            "json-object-400": {"title": "Reports of HTTP 400 for json_object (2026-02-23, 2026-07-30)", "at": "https://github.com/ccbogel/QualCoder/issues/1208, https://github.com/chrisvel/tududi/issues/1353", "read": "2026-11-22"},
            "prefill": {"title": "Claude migration guides (2026-08 and 2026-10)", "at": "https://platform.claude.com/docs/en/about-claude/models/migration-guide", "read": "2026-11-22"},
            "guide": {"title": "The ClaudeAPI migration guide", "at": "https://claudeapi.com", "read": "2026-11-22"},
        },
        "models": {
            "gpt-4o": "claude-sonnet-4-6",
            "gpt-4-turbo": "claude-opus-4-8",
            "gpt-3.5-turbo": "claude-haiku-4-5-20251001",
        },
        "tiers": {
            "opus": "claude-opus-4-8",
            "sonnet": "claude-sonnet-4-6",
            "haiku": "claude-haiku-4-5-20251001",
        },
        "parameters": {
            "model": {"status": "supported", "source": "compat"},
            "messages": {"status": "supported", "source": "compat"},
            "max_tokens": {"status": "supported", "source": "compat"},
            "max_completion_tokens": {"status": "supported", "source": "compat"},
            "stream": {"status": "supported", "source": "compat"},
            "stream_options": {"status": "supported", "source": "compat"},
            "parallel_tool_calls": {"status": "supported", "source": "compat"},
            "tools": {"status": "supported", "note": "function tools; custom tools are not mentioned", "source": "compat"},
            "top_p": {"status": "supported", "note": "within the model's own rules on sampling", "source": "compat"},
            "temperature": {"status": "capped", "value": 1, "note": "values above 1 count as 1; the model's own rules on sampling come on top", "source": "compat"},
            "stop": {"status": "supported", "note": "not sequences of white space alone", "source": "compat"},
            "n": {"status": "must-equal", "value": 1, "source": "compat"},
            "functions": {"status": "supported", "note": "legacy form of tools", "source": "compat"},
            "function_call": {"status": "unknown", "note": "not in the table of request fields", "source": "compat"},
            "tool_choice": {"status": "unknown", "note": "listed under message roles only", "source": "compat"},
            "thinking": {"status": "supported", "note": "Anthropic's own field, through extra_body", "source": "compat"},
            "logprobs": {"status": "ignored", "source": "compat"},
            "top_logprobs": {"status": "ignored", "source": "compat"},
            "presence_penalty": {"status": "ignored", "source": "compat"},
            "frequency_penalty": {"status": "ignored", "source": "compat"},
            "seed": {"status": "ignored", "source": "compat"},
            "logit_bias": {"status": "ignored", "source": "compat"},
            "user": {"status": "ignored", "source": "compat"},
            "store": {"status": "ignored", "source": "compat"},
            "metadata": {"status": "ignored", "source": "compat"},
            "service_tier": {"status": "ignored", "source": "compat"},
            "prediction": {"status": "ignored", "source": "compat"},
            "modalities": {"status": "ignored", "source": "compat"},
            "audio": {"status": "ignored", "source": "compat"},
            "reasoning_effort": {"status": "ignored", "note": "effort is set through the thinking field, or in the Messages API", "source": "compat"},
            "response_format": {"status": "ignored", "note": "structured outputs are part of the Messages API", "source": "compat"},
            "response_format.json_object": {"status": "rejected", "note": "documented as ignored, but answered with HTTP 400", "source": "json-object-400"},
            "response_format.json_schema": {"status": "ignored", "note": "documented as ignored; reported to be accepted", "source": "compat"},
            "prompt_cache_key": {"status": "unknown", "note": "not in the table; the layer has no prompt caching", "source": "compat"},
            "prompt_cache_options": {"status": "unknown", "note": "not in the table; the layer has no prompt caching", "source": "compat"},
            "prompt_cache_retention": {"status": "unknown", "note": "not in the table; the layer has no prompt caching", "source": "compat"},
            "safety_identifier": {"status": "unknown", "note": "not in the table", "source": "compat"},
            "verbosity": {"status": "unknown", "note": "not in the table", "source": "compat"},
            "web_search_options": {"status": "unknown", "note": "not in the table", "source": "compat"},
            "moderation": {"status": "unknown", "note": "not in the table", "source": "compat"},
        },
        "fields": {
            "*.content": {"status": "supported", "source": "compat"},
            "*.name": {"status": "ignored", "source": "compat"},
            "developer.content": {"status": "supported", "note": "moved to the start and joined with the other system messages", "source": "compat"},
            "system.content": {"status": "supported", "note": "moved to the start and joined with the other system messages", "source": "compat"},
            "user.content.text": {"status": "supported", "source": "compat"},
            "user.content.image_url": {"status": "supported", "source": "compat"},
            "user.content.image_url.detail": {"status": "ignored", "source": "compat"},
            "user.content.input_audio": {"status": "ignored", "note": "audio is taken out of the message", "source": "compat"},
            "user.content.file": {"status": "ignored", "source": "compat"},
            "assistant.content.text": {"status": "supported", "source": "compat"},
            "assistant.content.refusal": {"status": "ignored", "source": "compat"},
            "assistant.tool_calls": {"status": "supported", "source": "compat"},
            "assistant.function_call": {"status": "supported", "note": "legacy form of tool_calls", "source": "compat"},
            "assistant.audio": {"status": "ignored", "source": "compat"},
            "assistant.refusal": {"status": "ignored", "source": "compat"},
            "assistant.prefill": {"status": "rejected", "note": "by models whose row says so", "source": "prefill"},
            "tool.content": {"status": "supported", "source": "compat"},
            "tool.tool_call_id": {"status": "supported", "source": "compat"},
            "function.content": {"status": "supported", "note": "legacy role", "source": "compat"},
            "tools.function.name": {"status": "supported", "source": "compat"},
            "tools.function.description": {"status": "supported", "source": "compat"},
            "tools.function.parameters": {"status": "supported", "source": "compat"},
            "tools.function.strict": {"status": "ignored", "note": "the schema is not enforced", "source": "compat"},
        },
        "responses": {
            "source": "compat",
            "always empty": ["logprobs", "system_fingerprint", "service_tier", "message.refusal", "message.audio", "usage.completion_tokens_details", "usage.prompt_tokens_details"],
            "always length 1": ["choices"],
            "supported": ["id", "object", "created", "model", "finish_reason", "choices.index", "message.role", "message.content", "message.tool_calls", "usage.prompt_tokens", "usage.completion_tokens", "usage.total_tokens"],
        },
    },
    "targets/claudeapi.toml": {
        "id": "claudeapi",
        "name": "ClaudeAPI",
        "extends": "anthropic",
        "base_url": "https://gw.claudeapi.com/v1",
        "path": "/v1",
        "hosts": ["gw.claudeapi.com"],
        "domains": ["claudeapi.com"],
        "key_variable": "CLAUDE_API_KEY",
        "grammar": "first-party",
        "source": "guide",
        "sources": {
            "guide": {"title": "The ClaudeAPI migration guide", "at": "https://claudeapi.com", "read": "2026-11-22"},
        },
        "models": {
            "gpt-4o": "claude-sonnet-4-6",
            "gpt-4-turbo": "claude-opus-4-8",
            "gpt-3.5-turbo": "claude-haiku-4-5-20251001",
        },
        "tiers": {
            "opus": "claude-opus-4-8",
            "sonnet": "claude-sonnet-4-6",
            "haiku": "claude-haiku-4-5-20251001",
        },
        "prices": {
            "claude-haiku-4-5-20251001": [0.8, 4],
            "claude-sonnet-4-6": [2.4, 12],
            "claude-opus-4-8": [4, 20],
        },
        "parameters": {
            "model": {"status": "supported", "source": "guide"},
            "messages": {"status": "supported", "source": "guide"},
            "max_tokens": {"status": "supported", "source": "guide"},
            "stream": {"status": "supported", "source": "guide"},
            "tools": {"status": "supported", "source": "guide"},
            "tool_choice": {"status": "supported", "source": "guide"},
            "temperature": {"note": "the guide keeps temperature; range and model rules are Anthropic's", "source": "guide"},
            "n": {"status": "must-equal", "value": 1, "note": "one candidate per request: make independent calls", "source": "guide"},
            "logprobs": {"note": "the guide says to remove it", "source": "guide"},
            "top_logprobs": {"note": "the guide says to remove logprob fields", "source": "guide"},
            "presence_penalty": {"note": "the guide says to remove it", "source": "guide"},
            "frequency_penalty": {"note": "the guide says to remove it", "source": "guide"},
            "seed": {"note": "the guide says to remove it: output is not reproducible", "source": "guide"},
            "function_call": {"note": "the guide says to use tools and tool_choice", "source": "guide"},
            "functions": {"note": "legacy: the guide says to use tools and tool_choice", "source": "guide"},
            "response_format": {"note": "the guide says to ask for JSON in the system prompt, validate and retry", "source": "guide"},
            "response_format.json_object": {"note": "the guide says that it is not portable: ask for JSON in the system prompt, validate and retry", "source": "guide"},
            "response_format.json_schema": {"status": "unknown", "note": "the guide does not name json_schema", "source": "guide"},
        },
    },
    "targets/databricks.toml": {
        "id": "databricks",
        "name": "Databricks Foundation Model APIs",
        "base_url": "https://<workspace>/serving-endpoints",
        "path": "",
        "hosts": [],
        "domains": [],
        "host_suffixes": [".cloud.databricks.com", ".gcp.databricks.com", ".azuredatabricks.net"],
        "key_variable": "DATABRICKS_TOKEN",
        "grammar": "databricks",
        "default_status": "unknown",
        "source": "query",
        "sources": {
            "query": {"title": "Query Databricks foundation models", "at": "https://docs.databricks.com/aws/en/generative-ai/foundation-models/query-by-type", "read": "2026-11-22"},
            "limits": {"title": "Azure Databricks: foundation model notes on Claude 5.5", "at": "https://learn.microsoft.com/en-au/azure/databricks/machine-learning/model-serving/query-anthropic-messages", "read": "2026-11-22"},
        },
        "tiers": {
            "opus": "claude-opus-4-8",
            "sonnet": "claude-sonnet-4-6",
            "haiku": "claude-haiku-4-5-20251001",
        },
        "parameters": {
            "model": {"status": "supported", "source": "query"},
            "messages": {"status": "supported", "source": "query"},
            "max_tokens": {"status": "supported", "source": "query"},
            "stream": {"status": "supported", "source": "query"},
            "tools": {"status": "supported", "source": "query"},
            "tool_choice": {"status": "supported", "source": "query"},
            "stop": {"status": "supported", "source": "query"},
            "temperature": {"status": "supported", "note": "within the model's own rules on sampling", "source": "query"},
            "top_p": {"status": "supported", "note": "within the model's own rules on sampling", "source": "query"},
            "response_format": {"status": "rejected", "note": "HTTP 400 from the 5.5 models and Fable 5.1", "source": "limits"},
            "response_format.json_object": {"status": "rejected", "note": "HTTP 400 from the 5.5 models and Fable 5.1", "source": "limits"},
            "response_format.json_schema": {"status": "rejected", "note": "HTTP 400 from the 5.5 models and Fable 5.1", "source": "limits"},
            "reasoning_effort": {"status": "supported", "note": "by hybrid models; other values are refused", "source": "limits"},
        },
    },
    "targets/litellm.toml": {
        "id": "litellm",
        "name": "LiteLLM proxy",
        "base_url": "http://localhost:4000",
        "path": "",
        "hosts": [],
        "domains": [],
        "key_variable": "LITELLM_API_KEY",
        "grammar": "litellm",
        "default_status": "rejected",
        "source": "litellm",
        "sources": {
            "litellm": {"title": "LiteLLM: llms/anthropic/chat/transformation.py, get_supported_openai_params; utils.py", "at": "pypi litellm 1.109.1", "read": "2026-11-22"},
        },
        "tiers": {
            "opus": "claude-opus-4-8",
            "sonnet": "claude-sonnet-4-6",
            "haiku": "claude-haiku-4-5-20251001",
        },
        "parameters": {
            "model": {"status": "supported", "source": "litellm"},
            "messages": {"status": "supported", "source": "litellm"},
            "stream": {"status": "supported", "source": "litellm"},
            "stream_options": {"status": "supported", "source": "litellm"},
            "stop": {"status": "supported", "source": "litellm"},
            "max_tokens": {"status": "supported", "source": "litellm"},
            "max_completion_tokens": {"status": "supported", "source": "litellm"},
            "tools": {"status": "supported", "source": "litellm"},
            "tool_choice": {"status": "supported", "source": "litellm"},
            "parallel_tool_calls": {"status": "supported", "source": "litellm"},
            "user": {"status": "supported", "note": "sent as metadata.user_id unless it looks like an e-mail address", "source": "litellm"},
            "web_search_options": {"status": "supported", "source": "litellm"},
            "response_format": {"status": "supported", "note": "turned into structured output or a forced tool", "source": "litellm"},
            "response_format.json_object": {"status": "supported", "note": "turned into a forced tool", "source": "litellm"},
            "response_format.json_schema": {"status": "supported", "note": "turned into structured output or a forced tool", "source": "litellm"},
            "temperature": {"status": "supported", "note": "checked against the model", "source": "litellm"},
            "top_p": {"status": "supported", "note": "checked against the model", "source": "litellm"},
            "reasoning_effort": {"status": "supported", "note": "turned into thinking and effort", "source": "litellm"},
            "service_tier": {"status": "supported", "note": "by some providers only", "source": "litellm"},
            "functions": {"status": "unknown", "note": "handled before the check of parameters", "source": "litellm"},
            "function_call": {"status": "unknown", "note": "handled before the check of parameters", "source": "litellm"},
            "n": {"status": "must-equal", "value": 1, "note": "refused unless drop_params is set", "source": "litellm"},
            "logprobs": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "top_logprobs": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "presence_penalty": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "frequency_penalty": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "seed": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "logit_bias": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "metadata": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "store": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "prediction": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "modalities": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
            "audio": {"status": "rejected", "note": "unless drop_params is set", "source": "litellm"},
        },
    },
    "targets/openrouter.toml": {
        "id": "openrouter",
        "name": "OpenRouter",
        "base_url": "https://openrouter.ai/api/v1",
        "path": "/api/v1",
        "hosts": ["openrouter.ai"],
        "domains": [],
        "key_variable": "OPENROUTER_API_KEY",
        "grammar": "openrouter",
        "default_status": "ignored",
        "source": "overview",
        "sources": {
            "overview": {"title": "OpenRouter API overview (excerpt)", "at": "https://openrouter.ai/docs/api-reference/overview", "read": "2026-11-22"},
            "big-agi": {"title": "How reasoning effort reaches Claude through OpenRouter", "at": "https://github.com/enricoros/big-AGI", "read": "2026-11-22"},
        },
        "tiers": {
            "opus": "claude-opus-4-8",
            "sonnet": "claude-sonnet-4-6",
            "haiku": "claude-haiku-4-5-20251001",
        },
        "parameters": {
            "model": {"status": "supported", "source": "overview"},
            "messages": {"status": "supported", "source": "overview"},
            "max_tokens": {"status": "supported", "source": "overview"},
            "stop": {"status": "supported", "source": "overview"},
            "stream": {"status": "supported", "source": "overview"},
            "tools": {"status": "supported", "source": "overview"},
            "tool_choice": {"status": "supported", "source": "overview"},
            "stream_options": {"status": "unknown", "note": "not in the part of the schema that was read", "source": "overview"},
            "max_completion_tokens": {"status": "unknown", "note": "not in the part of the schema that was read", "source": "overview"},
            "parallel_tool_calls": {"status": "unknown", "note": "not in the part of the schema that was read", "source": "overview"},
            "top_p": {"status": "unknown", "note": "not in the part of the schema that was read", "source": "overview"},
            "temperature": {"status": "supported", "note": "within the model's own rules on sampling", "source": "overview"},
            "response_format": {"status": "supported", "note": "depends on the model", "source": "overview"},
            "response_format.json_object": {"status": "supported", "note": "depends on the model", "source": "overview"},
            "reasoning_effort": {"status": "supported", "source": "big-agi"},
            "verbosity": {"status": "supported", "note": "carries the effort for Claude", "source": "big-agi"},
        },
    },
}
