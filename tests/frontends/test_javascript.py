"""JavaScript and TypeScript: what the frontend tells, and what the rules make of it."""

from __future__ import annotations

import re

import pytest

from flake8_claude_compat import catalogue, engine, frontends
from flake8_claude_compat.checking import check_text
from flake8_claude_compat.config import Config
from flake8_claude_compat.facts import Facts
from flake8_claude_compat.frontends import _astgrep, javascript
from flake8_claude_compat.frontends._waiting import Waiting
from flake8_claude_compat.linker import link
from flake8_claude_compat.program import Program
from flake8_claude_compat.source import Source, Span

LANGUAGES = ("javascript", "typescript", "tsx")


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for language in (*LANGUAGES, "html", "vue", "svelte"):
        monkeypatch.setitem(frontends.MODULES, language, "javascript")


def program(text: str, language: str = "typescript") -> Program:
    return javascript.parse(Source("a.ts", text), None, catalogue.load().watch(), language)


def facts(text: str, language: str = "typescript") -> Facts:
    return link(program(text, language), catalogue.load())


def check(text: str, language: str = "typescript") -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    report = engine.check(Source("a.ts", text), None, Config(), language=language)
    assert not report.problems, report.problems
    return [(one.finding.code, one.location.line, one.location.column) for one in report.findings]


def codes(text: str, language: str = "typescript") -> list[str]:
    return [code for code, _, _ in check(text, language)]


BEFORE = """\
import OpenAI from "openai";

const openai = new OpenAI({ apiKey: "sk-openai-xxx" });

const response = await openai.chat.completions.create({
  model: "gpt-4o",
  messages: [{ role: "user", content: "Write a quicksort implementation." }],
});

console.log(response.choices[0].message.content);
"""
AFTER = """\
import OpenAI from "openai";

const openai = new OpenAI({
  apiKey: process.env.CLAUDE_API_KEY,
  baseURL: "https://gw.claudeapi.com/v1",
});

const response = await openai.chat.completions.create({
  model: "claude-sonnet-4-6",
  messages: [{ role: "user", content: "Write a quicksort implementation." }],
});

console.log(response.choices[0].message.content);
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_sample(language: str) -> None:
    assert check(BEFORE, language) == [("CLC101", 3, 20), ("CLC203", 3, 37), ("CLC301", 6, 10)]
    assert check(AFTER, language) == []


# -------------------------------------------------------------------- clients

BUILDS = [
    'import OpenAI from "openai"; new OpenAI()',
    'import { OpenAI } from "openai"; new OpenAI()',
    'import { OpenAI as Client } from "openai"; new Client()',
    'import * as openai from "openai"; new openai.OpenAI()',
    'import { default as X } from "openai"; new X()',
    'const OpenAI = require("openai"); new OpenAI()',
    'const openai = require("openai"); new openai.OpenAI()',
    'const { OpenAI } = require("openai"); new OpenAI()',
    'const { OpenAI: O } = require("openai"); new O()',
    'const OpenAI = require("openai").default; new OpenAI()',
    'const OpenAI = require("openai").OpenAI; new OpenAI()',
    'const { OpenAI } = await import("openai"); new OpenAI()',
    'const { default: OpenAI } = await import("openai"); new OpenAI()',
    'const OpenAI = (await import("openai")).default; new OpenAI()',
]


@pytest.mark.parametrize("text", BUILDS)
def test_imports(text: str) -> None:
    assert codes(text, "javascript") == ["CLC101"]


def test_typescripts_own_imports() -> None:
    assert codes('import OpenAI = require("openai"); new OpenAI()') == ["CLC101"]
    assert codes('import type OpenAI from "openai"; let x: OpenAI;') == []


def test_a_class_of_the_same_name_is_no_client() -> None:
    assert codes('import { OpenAI } from "./mine"; new OpenAI()') == []
    assert codes("class OpenAI {} new OpenAI()") == []


@pytest.mark.parametrize(
    "args",
    [
        '{ ...options }',
        '{ baseURL }',
        '{ baseURL: process.env.URL }',
        'options',
        '{ ["base" + "URL"]: url }',
        '{ ...(url && { baseURL: url }) }',
    ],
)
def test_what_may_carry_a_base_url_is_not_reported(args: str) -> None:
    assert codes(f'import OpenAI from "openai"; function make(options: any, baseURL: string, url?: string) {{\n'
                 f"  return new OpenAI({args});\n}}") == []  # fmt: skip


def test_clients_in_classes_and_factories() -> None:
    text = """\
import OpenAI from "openai";

class Service {
  #own = new OpenAI({ apiKey: key, baseURL: url });
  private client: OpenAI;
  later = async () => this.#own.chat.completions.create({ model: "m", seed: 1 });

  constructor(private readonly given: OpenAI, key: string) {
    this.client = new OpenAI({ apiKey: key });
  }
  get shortcut() {
    return this.client;
  }
  async ask() {
    await this.client.chat.completions.create({ model: "m", n: 2 });
    await this.shortcut.chat.completions.create({ model: "m", n: 3 });
    await this.given.embeddings.create({ model: "m", input: "x" });
  }
}

let shared: OpenAI | undefined;
export function getClient(): OpenAI {
  shared ??= new OpenAI({ apiKey: "x".repeat(3) });
  return shared;
}
await getClient().chat.completions.create({ model: "m", logprobs: true });
"""
    assert [(code, line) for code, line, _ in check(text)] == [
        ("CLC406", 6), ("CLC101", 9), ("CLC401", 15), ("CLC401", 16), ("CLC003", 17), ("CLC101", 23), ("CLC402", 26),
    ]  # fmt: skip


# ---------------------------------------------------------------- parameters


def test_parameters_built_in_parts() -> None:
    text = """\
import OpenAI from "openai";
const client = new OpenAI({ baseURL: "https://gw.claudeapi.com/v1", apiKey: key });
const base = { model: "claude-sonnet-4-6", logprobs: true };
const params: any = { ...base, ...(tall ? { seed: 1 } : {}), ...(more && { user: "u" }) };
params.top_logprobs = 3;
params["logit_bias"] = {};
Object.assign(params, { store: true });
await client.chat.completions.create({ ...params, stream: false });
async function run({ model = "gpt-4o", ...rest }, options = { presence_penalty: 1 }) {
  const messages = [];
  return client.chat.completions.create({ model, messages, ...options });
}
"""
    found = {code: line for code, line, _ in check(text)}
    assert found == {
        "CLC402": 3, "CLC406": 4, "CLC413": 4, "CLC403": 5, "CLC409": 6, "CLC414": 7, "CLC301": 9, "CLC404": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        'fetch(`${host}/v1/chat/completions`, { method: "POST", body: JSON.stringify(body) })',
        'axios.post("https://api.openai.com/v1/chat/completions", body)',
        'got.post("https://api.openai.com/v1/chat/completions", { json: body })',
        'axios({ method: "post", url: "https://api.openai.com/v1/chat/completions", data: body })',
    ],
)
def test_raw_http(call: str) -> None:
    text = f'const host = "https://api.openai.com";\nconst body = {{ model: "gpt-4o", seed: 1 }};\nconst r = await {call};'
    found = codes(text, "javascript")
    assert "CLC301" in found and found.count("CLC104") + found.count("CLC102") >= 1


# ------------------------------------------------------------- environment


@pytest.mark.parametrize(
    "read",
    [
        "process.env.OPENAI_API_KEY",
        'process.env["OPENAI_API_KEY"]',
        "process.env.OPENAI_API_KEY!",
        "process.env?.OPENAI_API_KEY",
        "import.meta.env.OPENAI_API_KEY",
        'Deno.env.get("OPENAI_API_KEY")',
        "Bun.env.OPENAI_API_KEY",
    ],
)
def test_environment(read: str) -> None:
    found = facts(f"const key = {read} ?? 'none';").envs
    assert [(env.name, env.action) for env in found] == [("OPENAI_API_KEY", "read")]
    client = facts(f'import OpenAI from "openai"; new OpenAI({{ apiKey: {read} }})').clients[0]
    assert client.api_key is not None and type(client.api_key.value).__name__ == "Env"


def test_environment_by_destructuring_and_by_setting() -> None:
    assert [env.action for env in facts("const { OPENAI_API_KEY } = process.env;").envs] == ["read"]
    assert [env.action for env in facts('process.env.OPENAI_API_KEY = "x";').envs] == ["set"]
    assert [env.action for env in facts("env.OPENAI_API_KEY").envs] == ["name"]
    assert [env.action for env in facts('import { OPENAI_API_KEY } from "$env/static/private";').envs] == ["name"]


# ------------------------------------------------------------------- results


def reads(text: str) -> list[tuple[str, bool]]:
    """Path and guard of the reads of delta or message content."""
    head = 'import OpenAI from "openai"; const client = new OpenAI({ baseURL: url });\n'
    head += 'const stream = await client.chat.completions.create({ model: "m", stream: true });\n'
    return [(".".join(read.path), read.guarded) for read in facts(head + text).reads if read.path[-1] == "content"]


DELTA = "chunk.choices.0.delta.content"


@pytest.mark.parametrize(
    ("body", "guarded"),
    [
        ("process.stdout.write(chunk.choices[0]?.delta?.content);", False),
        ("text += chunk.choices[0].delta.content;", False),
        ('process.stdout.write(chunk.choices[0]?.delta?.content || "");', True),
        ('process.stdout.write(chunk.choices[0]?.delta?.content ?? "");', True),
        ("if (chunk.choices[0]?.delta?.content) write(1);", True),
        ("const content = chunk.choices[0]?.delta?.content; if (content) write(content);", True),
        ("const content = chunk.choices[0]?.delta?.content;\nif (!content) continue;\nwrite(content);", True),
        ("const content = chunk.choices[0]?.delta?.content; write(content);", False),
        ("write(chunk.choices[0].delta.content?.trim());", True),
        ("const { content } = chunk.choices[0].delta; write(content);", False),
        ("const { choices: [{ delta: { content } }] } = chunk; if (content) write(content);", True),
        ("send(`data: ${chunk.choices[0].delta.content}`);", False),
    ],
)
def test_guards_of_deltas(body: str, guarded: bool) -> None:
    assert reads(f"for await (const chunk of stream) {{\n  {body}\n}}") == [(DELTA, guarded)]


def test_callbacks_get_what_they_are_given() -> None:
    text = """\
import OpenAI from "openai";
const client = new OpenAI({ baseURL: url });
client.chat.completions.create({ model: "m" }).then(({ choices }) => use(choices[0].message.function_call));
client.chat.completions.create({ model: "m" }).then((r) => r.choices.map((c) => c.message.function_call));
"""
    paths = [".".join(read.path) for read in facts(text).reads if read.path[-1] == "function_call"]
    assert paths == ["choices.0.message.function_call", "choices.*.message.function_call"]


@pytest.mark.parametrize(
    ("text", "handled"),
    [
        ("const r = await ask();\nJSON.parse(r.choices[0].message.content);", False),
        ("try {\n  const r = await ask(); JSON.parse(r.choices[0].message.content);\n} catch { retry(); }", True),
        ("try {\n  const r = await ask(); JSON.parse(r.choices[0].message.content);\n} finally { done(); }", False),
        ("ask().then((r) => JSON.parse(r.choices[0].message.content)).catch(report);", True),
        ("ask().then((r) => JSON.parse(r.choices[0].message.content));", False),
        ("try { await Promise.all(xs.map(async () => { const r = await ask();\n"
         "  return JSON.parse(r.choices[0].message.content); })); } catch (e) { log(e); }", True),
        ("async function f() { const r = await ask();\n  return JSON.parse(r.choices[0].message.content); }\n"
         "try { await f(); } catch (e) { log(e); }", True),
    ],
)  # fmt: skip
def test_json_parses(text: str, handled: bool) -> None:
    text = text.replace("ask()", 'client.chat.completions.create({ model: "m" })')
    parses = facts(f'import OpenAI from "openai"; const client = new OpenAI({{ baseURL: url }});\n{text}').parses
    assert [parse.coverage.handled for parse in parses] == [handled]


def test_comparisons() -> None:
    text = """\
switch (r.choices[0].finish_reason) {
  case "stop": break;
  case "function_call": run();
}
if (r.choices[0].finish_reason === "function_call") run();
"""
    assert check(text) == [("CLC505", 3, 8), ("CLC505", 5, 36)]


# ------------------------------------------------------------------- strings


def test_strings_that_count_and_strings_that_do_not() -> None:
    text = """\
"use gpt-4o";
import x from "gpt-4o";
// gpt-4o
enum Model { Fast = "gpt-4o-mini", Good = 'gpt-4o' }
type Name = "gpt-4" | `gpt-4o`;
interface Options { model?: "gpt-3.5-turbo"; other: string }
const table = { "gpt-4o": 1, name: `gpt-4o` };
const el = <Chat model="gpt-4o">gpt-4o is good</Chat>;
function f(model: "gpt-4o" | "other" = "gpt-4o", a?: Array<"gpt-4o">) {}
"""
    assert [line for code, line, _ in check(text, "tsx") if code == "CLC301"] == [4, 4, 5, 5, 6, 7, 7, 8, 9, 9, 9]


def test_escapes_and_numbers() -> None:
    found = facts(r"""x = "gpt\x2d4\u006f"; y = 'gpt-4o\u{2d}mini';""").models
    assert [model.text for model in found] == ["gpt-4o", "gpt-4o-mini"]
    text = 'import OpenAI from "openai"; const c = new OpenAI({ baseURL: u });\n'
    assert codes(text + 'c.chat.completions.create({ model: "m", n: 1 })') == []
    assert codes(text + 'c.chat.completions.create({ model: "m", n: 0x2 })') == ["CLC401"]


# ------------------------------------------------- hosts, positions, robustness


def test_positions_are_code_points() -> None:
    text = "/* 𝔘é😀 */ const é = '😀', m = 'gpt-4o';\n"
    (code, line, column), = check(text)
    assert (code, line, text[column - 1 : column + 7]) == ("CLC301", 1, "'gpt-4o'")


@pytest.mark.parametrize("language", ["html", "vue", "svelte"])
def test_script_blocks(language: str) -> None:
    text = """\
<template><p title="gpt-4o">gpt-4o é</p></template>
<!-- <script>x = "gpt-4o"</script> -->
<script type="application/ld+json">{"model": "gpt-4o"}</script>
<script>import OpenAI from "openai"</script>
<script>
  (new OpenAI({ apiKey: key }))
</script>
<script setup lang="ts" generic="T extends Array<string>">
  const model: string = "gpt-4o";
</script>
"""
    assert check(text, language) == [("CLC101", 6, 8), ("CLC301", 9, 25)]


def test_errors_are_passed_over() -> None:
    text = "const a = ;\nfoo(]);\nif (x { y }\n" + BEFORE + "\n}}}"
    assert set(codes(text)) == {"CLC101", "CLC203", "CLC301"}


def test_a_file_that_is_something_else_is_not_read() -> None:
    prose = "Dear all,\n\nwe use gpt-4o: it's \"good\" — isn't it? ((( \n" * 30
    with pytest.raises(javascript.Unreadable):
        program(prose, "javascript")


def test_an_unknown_language_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        _astgrep.parse("x", "cobol")


def test_positions_on_a_long_line_are_the_same() -> None:
    """Positions that are added up are those that ast-grep tells."""
    text = (
        "import O from 'openai'; /* é */ const {a = 1, b: [c]} = f(`x ${y}  z\\n`, /re'g/g, \"s\\\"t\", 1_0n);\n"
        "class A extends B { #x = 1; get y() { return <T a='b' {...c}> text  {d} &amp; </T>; } }\n"
        "if (a) { return\n } else for await (const q of r ?? s) { label: t?.u?.[0] } // end\n"
        "const = ; a ( b\n"
    )
    slow = _astgrep.parse(text, "tsx")
    fast = _astgrep.parse(text + "//" + "x" * 4000, "tsx")
    pairs = [(slow, fast)]
    seen = 0
    while pairs:
        one, other = pairs.pop()
        assert one.kind == other.kind
        if one.kind not in ("program", "ERROR"):
            assert one.span() == other.span(), (one.kind, one.text())
            assert text[slice(*other.span())] == other.text()
        seen += 1
        pairs += zip(one.kids(), other.kids())
    assert seen > 80


DEEP = {
    "arrays": "x = " + "[" * 10_000 + '"gpt-4o"' + "]" * 10_000,
    "objects": "x = " + "{a: " * 10_000 + '"gpt-4o"' + "}" * 10_000,
    "blocks": "{" * 10_000 + 'f("gpt-4o")' + "}" * 10_000,
    "arrows": "(() => " * 3_000 + '"gpt-4o"' + ")" * 3_000,
    "calls": "z" + '.x("gpt-4o")' * 1_000,
    "sum": 'x = "gpt-4o"' + ' + "a"' * 10_000,
    "else": "if (a) {}" + ' else if (b) { f("gpt-4o") }' * 1_000,
    "ternary": "x = " + "a ? 1 : " * 5_000 + '"gpt-4o"',
    "then": 'openai.chat.completions.create({ model: "gpt-4o" })' + ".then((r) => r.choices[0])" * 1_000,
    "pattern": "const " + "{a: " * 1_000 + "b" + "}" * 1_000 + ' = f("gpt-4o")',
    "jsx": "x = " + "<a b='gpt-4o'>" * 2_000 + "</a>" * 2_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_nesting_does_not_matter(name: str) -> None:
    assert "CLC301" in codes(DEEP[name], "tsx")


def test_a_long_line_is_read() -> None:
    text = "import O from 'openai';" + ";".join(f"f('x', {{a: {number}}})" for number in range(40_000)) + ";m='gpt-4o'"
    (code, line, column), = check(text, "javascript")
    assert (code, line, text[column - 1 :]) == ("CLC301", 1, "'gpt-4o'")


def test_a_large_file_of_calls_is_read_in_parts() -> None:
    head = 'import OpenAI from "openai";\nconst client = new OpenAI();\n'
    call = 'await client.chat.completions.create({\n  model: "gpt-4o", n: 2,\n});\n'
    text = head + call * 5_000
    watch = catalogue.load().watch()
    parts = list(javascript.programs(Source("a.ts", text), None, "typescript", watch))
    assert len(parts) > 1
    assert all(len(part.imports) == 1 for part in parts)
    found = check(text)
    assert [line for code, line, _ in found if code == "CLC401"] == [4 + 3 * number for number in range(5_000)]
    assert sum(code == "CLC101" for code, _, _ in found) == 1
    # brackets that do not match: what looks like a call may be inside of something
    assert len(list(javascript.programs(Source("a.ts", text + "f({);\n"), None, "typescript", watch))) == 1


def test_what_mentions_nothing_waits() -> None:
    body = "\n".join(f"  const v{number} = call{number}();" for number in range(20))
    text = f'import OpenAI from "openai";\nfunction plain() {{\n{body}\n}}\nconst c = new OpenAI();\n'
    made = program(text)
    assert "call3" not in made.calls
    assert [made.source.line_of(site.handle.span().start) for site in made.calls_of("call3")] == [6]
    assert made.names_of("c") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_cut_is_survived(language: str) -> None:
    text = BEFORE + "\n".join(DELTA_LOOPS)
    for start in range(0, len(text), 37):
        for end in range(start, len(text), 211):
            part = text[start:end]
            report = engine.check(Source("a.ts", part), None, Config(), language=language)
            assert not any(one.finding.code == "CLC000" for one in report.findings), part


DELTA_LOOPS = [
    "for await (const { choices: [{ delta }] } of stream) process.stdout.write(delta.content ?? '');",
    "class A<T> extends B { static #x?: OpenAI = new OpenAI(); constructor(private y = 1, ...z) { super(); } }",
    "switch (e.code) { case 'insufficient_quota': default: throw e }",
    "export const f = async ({ model = `gpt-${v}` }: P = {}) => <T {...p} a='gpt-4o'>{model}</T>;",
]


def test_spans_are_those_of_the_text() -> None:
    made = program(BEFORE)
    for sites in (*made.calls.values(), *made.reads.values(), made.strings):
        for site in sites:
            span = made.language.span(site.handle)
            assert isinstance(span, Span)
            assert BEFORE[span.start : span.end] == site.handle.text()


def test_every_kind_of_use() -> None:
    """Roles are those that program.Use documents."""
    from flake8_claude_compat import program as vocabulary

    known = set(re.findall(r"``([a-z-]+)``", vocabulary.Use.__doc__ or "")) | {"operator", "unused"}
    text = BEFORE + "\n".join(DELTA_LOOPS)
    made = program(text, "tsx")
    for sites in (*made.calls.values(), *made.reads.values(), made.strings):
        for site in sites:
            for use in made.language.uses(site):
                assert use.role in known, use.role


def test_export_of_a_word_of_the_language() -> None:
    assert [model.text for model in facts("export { if } from 'foo'\nconst model = 'gpt-4o'\n").models] == ["gpt-4o"]


#: where an expression may stand; ``%`` is the expression
PLACES = (
    "%;", "await %;", "const f = () => %;", "const f = async (x = %) => x;", "function* f() { yield %; }",
    "class A { m() { return %; } }", "class A { x = %; }", "class A { #m = () => %; }", "class A { static { %; } }",
    "class A { set m(v) { %; } }", "const A = class B { m() { return %; } };", "module.exports = class { m() { %; } };",
    "export default class extends B { m() { return %; } }", "const mk = (B) => class extends B { x = %; };",
    "f(class { m() { return %; } });", "export default new (class { m() { return %; } })();",
    "const o = { A: class { m() { %; } } };", "const o = { get m() { return %; }, [k]: 1 };", "const o = { [k]: % };",
    "(async () => { await %; })();", "!function () { %; }();", "new Promise(async (done) => { done(await %); });",
    "a().then(() => %).then((x) => x);", "%.then((r) => r).catch((e) => e);", "const x = a ? % : null;",
    "const x = (a, %);", "const x = { ...(a ? { r: await % } : {}) };", "const x = `a ${(await %).id}`;", "html`${%}`;",
    "for await (const c of await %) { x(c); }", "for (let r = %; r; r = 0) { }", "do { x(); } while (await %);",
    "if (await %) { }", "if (a) x(); else %;", "switch (a) { case 1: x(); break; default: %; }", "throw await %;",
    "try { x(); } catch { y(); } finally { %; }", "outer: for (;;) { %; }", "const { r = % } = x;",
    "({ r: x.r } = await %);", "const [r] = await Promise.all([%]);", "function f(r = %) { }", "x[1] = await %;",
    "x ??= await %;", "export default { async fetch() { return %; } };", "'a' in (await %);", "a?.b?.(await %)?.c;",
    "A.prototype.m = function () { return %; };", "const [a = %] = x;", "x = y = %;", "delete (await %).id;",
)  # fmt: skip
TYPED_PLACES = (
    "const r = (await %) as any;", "const r = (await %) satisfies X;", "const r = (await %)!;", "@D(%) class A { }",
    "namespace N { export const r = %; }", "abstract class A { abstract x(): void; m() { return %; } }",
    "class A { constructor(private r = %) { } }", "const A = class<T> implements I { m(): any { return %; } };",
    "f<string>(%);", "export = { r: % };", "function f(x: any): asserts x { %; }", "enum E { A = 1 } %;",
)
TAG_PLACES = (
    "const a = <A onClick={async () => { await %; }} />;", "const a = <>{x ? <B f={() => %} /> : null}</>;",
    "const a = <A {...%} />;", "const a = <A render={() => <B>{() => <C x={%} />}</B>} />;",
)


@pytest.mark.parametrize(
    ("language", "place"),
    [("javascript", place) for place in PLACES]
    + [("typescript", place) for place in (*PLACES, *TYPED_PLACES)]
    + [("tsx", place) for place in (*PLACES, *TYPED_PLACES, *TAG_PLACES)],
)
@pytest.mark.parametrize("long", (False, True))
def test_an_expression_is_seen_wherever_it_stands(language: str, place: str, long: bool) -> None:
    text = place.replace("%", "openai.chat.completions.create({ seed: 1 })")
    wide = f"const wide = '{'x' * 4000}';" if long else ""
    found = check(f"const openai = new (require('openai'))();{wide}\n{text}\n", language)
    assert [one for one in found if one[0] == "CLC406"] == [("CLC406", 2, text.index("seed") + 1)]


def test_words_are_found_where_they_stand_however_many_are_looked_for() -> None:
    names = [f"name{number}" for number in range(600)]
    text = " ".join(f"{name}.x = é{name} + $ + {name};" for name in names)
    waiting: Waiting[None] = Waiting(text, frozenset())
    for name in names:
        assert waiting.places(name) == [match.start() for match in re.finditer(rf"\b{name}\b", text)]
    assert waiting.places("$") == [match.start() for match in re.finditer(r"\$", text)]


@pytest.mark.parametrize("language", ["javascript", "typescript", "html"])
def test_half_of_a_pair_of_surrogates_changes_nothing_else(language: str) -> None:
    code = 'const a = "\ud800"; const b = {model: "gpt-4o", temperature: 1};\n'
    text = f'<script>{code}</script>\n<option value="gpt-4o">\udfff</option>\n' if language == "html" else code
    found = check_text("a", text, language, Config(), edits=True).items
    assert {item.finding.code for item in found} == {"CLC301"} and len(found) == (2 if language == "html" else 1)
