"""``claude-compat check`` next to other tools on the same trees.

ast-grep and semgrep get 40 rules each, as people would write them for what ours look for in JavaScript and TypeScript;
ours reads Python, settings, notebooks and the rest of the tree in the same run. The scanners look for names of models,
detect-secrets for keys: it is set beside our rules of keys alone.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from environments import Environment
from measuring import Run, cheapest, ours


def _inside(pattern: str) -> dict[str, object]:
    return {"inside": {"pattern": pattern, "stopBy": "end"}}


def _parameters(*names: str) -> dict[str, object]:
    key = {"field": "key", "regex": f"^({'|'.join(names)})$"}
    return {"kind": "pair", "has": key, **_inside("$C.chat.completions.create($$$)")}


def _text(regex: str) -> dict[str, object]:
    return {"kind": "string_fragment", "regex": regex}


def _any(*patterns: str) -> dict[str, object]:
    return {"any": [{"pattern": pattern} for pattern in patterns]}


#: methods of endpoints without counterpart
METHODS = (
    "responses.create", "completions.create", "embeddings.create", "images.generate", "files.create",
    "audio.transcriptions.create", "moderations.create", "fineTuning.jobs.create", "batches.create",
    "beta.assistants.create", "vectorStores.create", "createChatCompletion",
)  # fmt: skip

#: 40 rules of ast-grep for what ours look for, as people write them
RULES: tuple[dict[str, object], ...] = (
    *(_any(f"$C.{name}($$$)") for name in METHODS),
    _any("new OpenAIApi($$$)", "new Configuration($$$)"),
    _any("new ChatOpenAI($$$)", "new OpenAIEmbeddings($$$)", "createOpenAI($$$)"),
    {"pattern": "new OpenAI($$$)", "not": {"has": {"stopBy": "end", "kind": "property_identifier", "regex": "^baseURL$"}}},
    {"pattern": "new AzureOpenAI($$$)"},
    {"kind": "pair", "has": {"field": "key", "regex": "^(organization|project)$"}, **_inside("new OpenAI($$$)")},
    {"kind": "pair", "all": [{"has": {"field": "key", "regex": "^apiKey$"}}, {"has": {"field": "value", "kind": "string"}}]},
    {"any": [{"kind": "property_identifier", "regex": "^OPENAI_API_KEY$"}, _text("OPENAI_API_KEY")]},
    *map(
        _text,
        (
            r"api\.openai\.com", "/v1/chat/completions$", "^sk-(proj-|svcacct-)?[A-Za-z0-9_-]{20,}", "^sk-ant-",
            "^(gpt-|o[134](-|$)|chatgpt-|codex-)", "^(text-|davinci|curie|babbage|ada)", "^(dall-e|whisper-|tts-|sora-)",
        ),
    ),
    _parameters("n", "logprobs", "top_logprobs", "logit_bias"), _parameters("presence_penalty", "frequency_penalty"),
    _parameters("seed", "service_tier", "store", "metadata"), _parameters("response_format"), _parameters("max_tokens"),
    _parameters("functions", "function_call"), _parameters("audio", "modalities", "prediction"),
    _any("$R.choices[0].message.function_call"), _any("$R.choices[0].logprobs"), _any("$R.choices[0].message.refusal"),
    {"kind": "member_expression", "has": {"field": "property", "regex": "^(system_fingerprint|service_tier)$"}},
    {
        "pattern": "JSON.parse($R.choices[0].message.content)",
        "not": {"inside": {"kind": "try_statement", "stopBy": "end"}},
    },
    {"pattern": "fetch($U, $$$)", "has": {"stopBy": "end", **_text("openai")}},
    {"kind": "for_in_statement", "has": {"stopBy": "end", "pattern": "$C.choices[0].delta"}},
)  # fmt: skip
#: rules are for one language, files of each are seen by 40
LANGUAGES = ("JavaScript", "TypeScript", "Tsx")


def _rules_for_ast_grep(folder: str) -> str:
    """Write a project of ast-grep; the path of its configuration."""
    os.mkdir(os.path.join(folder, "rules"))
    for number, matcher in enumerate(RULES):
        for language in LANGUAGES:
            rule = {
                "id": f"rule-{number}-{language.lower()}", "language": language, "severity": "warning",
                "message": "of OpenAI", "rule": matcher,
            }  # fmt: skip
            with open(os.path.join(folder, "rules", f"{rule['id']}.yml"), "w", encoding="utf-8") as file:
                json.dump(rule, file)
    path = os.path.join(folder, "sgconfig.yml")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"ruleDirs": ["rules"]}, file)
    return path


def _either(*patterns: str) -> dict[str, object]:
    return {"pattern-either": [{"pattern": pattern} for pattern in patterns]}


def _texts(regex: str) -> dict[str, object]:
    return {"patterns": [{"pattern": '"$T"'}, {"metavariable-regex": {"metavariable": "$T", "regex": regex}}]}


def _arguments(*names: str) -> dict[str, object]:
    return _either(*(f"$C.chat.completions.create({{..., {name}: $V, ...}}, ...)" for name in names))


#: the same for semgrep
SEMGREP_RULES: tuple[dict[str, object], ...] = (
    *(_either(f"$C.{name}(...)") for name in METHODS),
    _either("new OpenAIApi(...)", "new Configuration(...)"),
    _either("new ChatOpenAI(...)", "new OpenAIEmbeddings(...)", "createOpenAI(...)"),
    {"patterns": [{"pattern": "new OpenAI(...)"}, {"pattern-not": "new OpenAI({..., baseURL: $U, ...})"}]},
    _either("new AzureOpenAI(...)"),
    _either("new OpenAI({..., organization: $V, ...})", "new OpenAI({..., project: $V, ...})"),
    _either('new OpenAI({..., apiKey: "$K", ...})'),
    _either("process.env.OPENAI_API_KEY", '"OPENAI_API_KEY"'),
    *map(
        _texts,
        (
            r".*api\.openai\.com", ".*/v1/chat/completions$", "^sk-(proj-|svcacct-)?[A-Za-z0-9_-]{20,}", "^sk-ant-",
            "^(gpt-|o[134](-|$)|chatgpt-|codex-)", "^(text-|davinci|curie|babbage|ada)", "^(dall-e|whisper-|tts-|sora-)",
        ),
    ),
    _arguments("n", "logprobs", "top_logprobs", "logit_bias"), _arguments("presence_penalty", "frequency_penalty"),
    _arguments("seed", "service_tier", "store", "metadata"), _arguments("response_format"), _arguments("max_tokens"),
    _arguments("functions", "function_call"), _arguments("audio", "modalities", "prediction"),
    _either("$R.choices[0].message.function_call"), _either("$R.choices[0].logprobs"),
    _either("$R.choices[0].message.refusal"), _either("$R.system_fingerprint", "$R.service_tier"),
    {
        "patterns": [
            {"pattern": "JSON.parse($R.choices[0].message.content)"},
            {"pattern-not-inside": "try { ... } catch ($E) { ... }"},
        ]
    },
    {
        "patterns": [
            {"pattern": 'fetch("$U", ...)'},
            {"metavariable-regex": {"metavariable": "$U", "regex": ".*openai"}},
        ]
    },
    _either("$P.choices[0].delta"),
)  # fmt: skip


def _rules_for_semgrep(folder: str) -> str:
    path = os.path.join(folder, "rules.yml")
    rules = [
        {"id": f"rule-{number}", "languages": ["javascript", "typescript"], "severity": "WARNING",
         "message": "of OpenAI", **matcher}
        for number, matcher in enumerate(SEMGREP_RULES)
    ]  # fmt: skip
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"rules": rules}, file)
    return path


class Comparison(NamedTuple):
    """A tool and ours on a tree, the cheapest run of each."""

    tool: Environment
    tree: str
    other: Run
    ours: Run

    @property
    def ratio(self) -> float:
        return self.ours.cpu / self.other.cpu


def compare(tool: Environment, tree: str, rounds: int) -> Comparison:
    """Both by turns on one tree."""
    program, mine = tool.program(tool.label), ours(tree)
    with tempfile.TemporaryDirectory() as folder:
        if tool.label == "ast-grep":
            rules = _rules_for_ast_grep(folder)
            command = [program, "scan", "--threads", "1", "--report-style", "short", "-c", rules, tree]
        elif tool.label == "semgrep":
            command = [
                program, "scan", "--config", _rules_for_semgrep(folder), "--metrics", "off", "--disable-version-check",
                "--no-git-ignore", "--jobs", "1", "--timeout", "0", "--quiet", tree,
            ]  # fmt: skip
        elif tool.label == "detect-secrets":
            command = [program, "-C", tree, "scan", "--all-files", "."]
            mine = ours("--select", "CLC201,CLC202", tree)
        else:
            command = [program, "check" if tool.label == "depdesk" else "scan", tree]
        other, own = cheapest(rounds, command, mine)
    return Comparison(tool, Path(tree).name, other, own)


def _is_of_scripts(tree: str) -> bool:
    """Whether a tree is more of JavaScript and TypeScript than of Python: tools that read these alone do nothing else."""
    ends = Counter(path.suffix for path in Path(tree).rglob("*.*"))
    return sum(ends[end] for end in (".js", ".mjs", ".ts", ".mts", ".tsx")) > ends[".py"]


def comparisons(tools: Iterable[Environment], trees: list[str], rounds: int) -> list[Comparison]:
    """Every tool on every tree that holds something for it."""
    assert len(RULES) == len(SEMGREP_RULES) == 40
    scripts = [tree for tree in trees if _is_of_scripts(tree)]
    return [
        compare(tool, tree, rounds)
        for tool in tools
        if tool.folder is not None
        for tree in (scripts if tool.label in ("ast-grep", "semgrep") else trees)
    ]
