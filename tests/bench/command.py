"""``claude-compat check`` beside other tools, its memory and how it scales: ratios of one run.

usage: python tests/bench/command.py [--against TOOL TREE ...] [--scaling] [--memory] [--tools FOLDER]

TOOL is ``ast-grep`` (40 rules, one thread), ``detect-secrets`` (its scan against ours of the key rules alone), or the
name of a scanner of model names: ``llm-sunset``, ``depdesk``. Trees come as arguments and nothing is downloaded; the
other tools are looked for in --tools, then on the PATH. CPU time is that of a process and its children, the least of
three runs taken by turns. Without arguments: scaling and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

RUNS = 3
#: what a file of the scaling curves holds, in bytes: a quarter of it, and all of it
LARGE = 5_000_000
FACTOR = 4


def _inside(pattern: str) -> dict[str, object]:
    return {"inside": {"pattern": pattern, "stopBy": "end"}}


def _parameters(*names: str) -> dict[str, object]:
    key = {"field": "key", "regex": f"^({'|'.join(names)})$"}
    return {"kind": "pair", "has": key, **_inside("$C.chat.completions.create($$$)")}


def _text(regex: str) -> dict[str, object]:
    return {"kind": "string_fragment", "regex": regex}


def _any(*patterns: str) -> dict[str, object]:
    return {"any": [{"pattern": pattern} for pattern in patterns]}


#: 40 rules of ast-grep for what ours look for, as people write them
RULES: tuple[dict[str, object], ...] = (
    *(
        _any(f"$C.{name}($$$)")
        for name in (
            "responses.create", "completions.create", "embeddings.create", "images.generate", "files.create",
            "audio.transcriptions.create", "moderations.create", "fineTuning.jobs.create", "batches.create",
            "beta.assistants.create", "vectorStores.create", "createChatCompletion",
        )
    ),
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


class Run(NamedTuple):
    """One run of a command: seconds of CPU time with children, the peak of memory in megabytes, lines printed."""

    cpu: float
    peak: float
    lines: int


def run(command: Sequence[str]) -> Run:
    """Run a command; its children count where it waits for them."""
    with tempfile.TemporaryFile() as output:
        actions = [(os.POSIX_SPAWN_DUP2, output.fileno(), number) for number in (1, 2)]
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
        _, status, used = os.wait4(child, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
            raise SystemExit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
        output.seek(0)
        lines = sum(1 for _ in output)
    peak = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)
    return Run(used.ru_utime + used.ru_stime, peak, lines)


def by_turns(*commands: Sequence[str]) -> list[Run]:
    """The cheapest of several runs of each command, taken by turns."""
    rounds = [[run(command) for command in commands] for _ in range(RUNS)]
    return [min(runs) for runs in zip(*rounds)]


def ours(*arguments: str) -> list[str]:
    """Our command in this interpreter."""
    return [sys.executable, "-m", "flake8_claude_compat", "check", "--isolated", "--quiet", *arguments]


# ------------------------------------------------------------------ other tools


def rules_folder(folder: str) -> str:
    """Write a project of ast-grep; the path of its configuration."""
    os.mkdir(os.path.join(folder, "rules"))
    assert len(RULES) == 40
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


def compare(tool: str, tree: str, program: str) -> str:
    """One line: the CPU times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        command, mine = [program, "scan", tree], ours(tree)
        if tool == "ast-grep":
            command = [program, "scan", "--threads", "1", "--report-style", "short", "-c", rules_folder(folder), tree]
        elif tool == "detect-secrets":
            command = [program, "scan", "--all-files", tree]
            mine = ours("--select", "CLC201,CLC202", tree)
        elif tool == "depdesk":
            command = [program, "check", tree]
        other, own = by_turns(command, mine)
    return (
        f"{tool} on {os.path.basename(os.path.normpath(tree))}: {other.cpu:.2f} s, ours {own.cpu:.2f} s:"
        f" {own.cpu / other.cpu:.2f} times; our peak of memory {own.peak:.0f} MB, {own.lines} lines"
    )


# --------------------------------------------------------------------- scaling


def _filled(head: str, unit: str, tail: str, size: int) -> str:
    return head + unit * max(1, (size - len(head) - len(tail)) // len(unit)) + tail


JS_HEAD = 'import OpenAI from "openai";\nconst client = new OpenAI();\n'
PY_HEAD = "from openai import OpenAI\nclient = OpenAI()\n"


def size_js(size: int) -> str:
    """Much code, one request."""
    unit = (
        "export async function f(a: number, b = [1, 2]) {\n"
        "  const x = await g(a, { b, c: `t${a}` });\n  return x?.y;\n}\n"
    )
    return _filled(JS_HEAD + 'await client.chat.completions.create({ model: "gpt-4o" });\n', unit, "", size)


def requests_js(size: int) -> str:
    """Many requests, each with findings."""
    return _filled(JS_HEAD, 'await client.chat.completions.create({ model: "gpt-4o", n: 2, messages: [] });\n', "", size)


def names_js(size: int) -> str:
    """Many names of models in functions of their own."""
    return _filled(JS_HEAD, 'function f() {\n  const model = "gpt-4o";\n  return h(model);\n}\n', "", size)


def line_js(size: int) -> str:
    """All on one line."""
    return _filled(JS_HEAD, 'h("gpt-4o", 1, { a: [b] });', "\n", size)


def objects_js(size: int) -> str:
    """Objects inside objects."""
    depth = size // 12
    return JS_HEAD + "const x = " + '{ "a": ' * depth + '"gpt-4o"' + " }" * depth + ";\n"


def calls_js(size: int) -> str:
    """Functions inside functions."""
    depth = size // 16
    return JS_HEAD + "f(() => { " * depth + 'g("gpt-4o");' + " });" * depth + "\n"


def chain_js(size: int) -> str:
    """A chain of calls."""
    return JS_HEAD + "x" + ".then(a => b)" * (size // 13) + ';\nf("gpt-4o");\n'


def sum_js(size: int) -> str:
    """A sum of strings."""
    return JS_HEAD + "const x = 'gpt-4o'" + " + 'abcdefg'" * (size // 12) + ";\n"


def requests_py(size: int) -> str:
    """Many requests in Python."""
    return _filled(PY_HEAD, 'client.chat.completions.create(model="gpt-4o", n=2, messages=[])\n', "", size)


def curl_sh(size: int) -> str:
    """Many requests with curl."""
    unit = "curl https://api.openai.com/v1/chat/completions \\\n  -d '{\"model\": \"gpt-4o\", \"n\": 2}'\n"
    return _filled("#!/bin/sh\n", unit, "", size)


def nested_sh(size: int) -> str:
    """Commands inside commands."""
    depth = size // 9
    return "x=" + "$(echo " * depth + "gpt-4o" + ")" * depth + "\n"


def requests_ps1(size: int) -> str:
    """Many requests in PowerShell."""
    unit = (
        "$b = @{ model = 'gpt-4o'; n = 2 } | ConvertTo-Json\n"
        "Invoke-RestMethod -Uri https://api.openai.com/v1/chat/completions -Method Post -Body $b\n"
    )
    return _filled("", unit, "", size)


def nested_ps1(size: int) -> str:
    """Hashtables inside hashtables."""
    depth = size // 8
    return "$x = " + "@{ a = " * depth + "'gpt-4o'" + "}" * depth + "\n"


def list_yaml(size: int) -> str:
    """A list of mappings."""
    return _filled("models:\n", "  - model: gpt-4o\n    api_base: https://api.openai.com/v1\n", "", size)


def list_json(size: int) -> str:
    """A list of objects on one line."""
    return _filled("[", '{"model": "gpt-4o", "n": 2}, ', "{}]", size)


def nested_json(size: int) -> str:
    """Objects inside objects."""
    depth = size // 7
    return '{"a": ' * depth + '"gpt-4o"' + "}" * depth


def list_env(size: int) -> str:
    """Many variables."""
    return _filled("", "OPENAI_MODEL=gpt-4o\n", "", size)


def fences_md(size: int) -> str:
    """Many blocks."""
    unit = 'Some text.\n\n```js\nawait new OpenAI().chat.completions.create({ model: "gpt-4o" });\n```\n\n'
    return _filled("# OpenAI\n\n", unit, "", size)


def lists_md(size: int) -> str:
    """Quotes inside quotes, and text on one line."""
    return _filled("", "> ", "```\n", size // 2) + _filled("", "use `gpt-4o` [a](b) ", "\n", size // 2)


def cells_ipynb(size: int) -> str:
    """Many cells."""
    lines = ["from openai import OpenAI\n", 'OpenAI().chat.completions.create(model="gpt-4o")']
    cell = {"cell_type": "code", "source": lines}
    count = size // (len(json.dumps(cell)) + 2)
    return json.dumps({"cells": [cell] * count, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


#: file name → what it holds
CURVES: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("a.ts", size_js), ("a.ts", requests_js), ("a.js", names_js), ("a.js", line_js), ("a.js", objects_js),
    ("a.js", calls_js), ("a.js", chain_js), ("a.js", sum_js), ("a.py", requests_py), ("a.sh", curl_sh),
    ("a.sh", nested_sh), ("a.ps1", requests_ps1), ("a.ps1", nested_ps1), ("a.yaml", list_yaml), ("a.json", list_json),
    ("a.json", nested_json), (".env", list_env), ("a.md", fences_md), ("a.md", lists_md), ("a.ipynb", cells_ipynb),
)  # fmt: skip


def scaling(chosen: str, large_size: int) -> None:
    """Print how much longer four times the input takes, start-up left out."""
    with tempfile.TemporaryDirectory() as folder:
        empty = os.path.join(folder, "empty.js")
        with open(empty, "w", encoding="utf-8") as file:
            file.write('f("gpt-4o");\n')
        start = by_turns(ours("-j1", empty))[0].cpu
        for name, make in CURVES:
            if chosen not in make.__name__:
                continue
            path = os.path.join(folder, name)
            took = []
            for size in (large_size // FACTOR, large_size):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(make(size))
                took.append(run(ours("-j1", path)))
            small, large = took
            print(
                f"{make.__name__:<13} {large_size / 1e6:.1f} MB: {large.cpu:5.1f} s, {large.lines:6} lines, peak"
                f" {large.peak:4.0f} MB; {(large.cpu - start) / max(small.cpu - start, 1e-9):4.1f} times a quarter of it",
                flush=True,
            )


def memory() -> None:
    """Print the peak for one file of many findings, in every format."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "many.js")
        with open(path, "w", encoding="utf-8") as file:
            file.write(requests_js(2_000_000))
        for form in ("text", "full", "json", "sarif", "github", "gitlab", "junit", "markdown"):
            found = run(ours("--format", form, path))
            print(f"2 MB of requests, {form:<8}: peak {found.peak:4.0f} MB, {found.cpu:5.1f} s, {found.lines} lines")


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", nargs="+", action="append", default=[], metavar=("TOOL", "TREE"))
    parser.add_argument("--scaling", nargs="?", const="", help="all curves, or those with this in their names")
    parser.add_argument("--size", type=int, default=LARGE, help="bytes of the larger file of a curve")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--tools", default="", help="a folder with the other tools")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for tool, *trees in options.against:
        program = shutil.which(tool, path=options.tools or None) or shutil.which(tool)
        if program is None:
            parser.error(f"{tool} is not installed")
        for tree in trees:
            print(compare(tool, tree, program), flush=True)
    nothing = not options.against and options.scaling is None and not options.memory
    if options.memory or nothing:
        memory()
    if options.scaling is not None or nothing:
        scaling(options.scaling or "", options.size)


if __name__ == "__main__":
    main()
