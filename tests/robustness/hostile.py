"""Texts that nobody wrote: broken, endless, nested, and with keys in every place.

All of it is made from a seed, so that a failure can be made again.
"""

from __future__ import annotations

import ast
import keyword
import math
import random
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ast_grep_py import SgRoot
from mdtest import CASES, KEYS, LANGUAGES, PAGES, PARITY, parse

from flake8_claude_compat.checking import Checked, check_text, findings_of
from flake8_claude_compat.config import Config
from flake8_claude_compat.discovery import MAX_SIZE
from flake8_claude_compat.fixing import fix_text
from flake8_claude_compat.frontends import _astgrep
from flake8_claude_compat.languages import NAMES, SUFFIXES
from flake8_claude_compat.source import Source
from flake8_claude_compat.spelling import errors

EVERYTHING = Config(target="claudeapi", today=date(2026, 11, 22), enable=("CLC",))

#: seconds of the processor that one file may take at length, whatever is in it; the tests count calls instead
PATIENCE = 10.0
#: seconds that each finding may take beside that, with its edits: a file may hold a hundred thousand
PER_FINDING = 100e-6

#: language → a name that a file of it has
FILES = {language: f"file.{suffix}" for suffix, language in SUFFIXES.items()} | {
    language: name for name, language in NAMES.items() if language not in SUFFIXES.values()
}

#: passes the gate in every language
WORD = "openai.com gpt-4o OPENAI_API_KEY"


class Text(NamedTuple):
    language: str
    text: str


class Failed(AssertionError):
    """The linter itself failed, or took too long."""


def checked(one: Text, patience: float = math.inf) -> Checked:
    """Check a text, with edits and survey; :class:`Failed` if that was more than the linter can do.

    ``patience``: seconds of the processor, beside what the parsers of Python and JavaScript, and very many findings, take.
    """
    begun = time.process_time()
    found = check_text(FILES[one.language], one.text, one.language, EVERYTHING, edits=True, survey=True)
    spent = time.process_time() - begun
    for problem in found.problems:
        if "itself failed" in problem.message:
            raise Failed(f"{one.language}: {problem.message}\n{one.text[:2000]!r}")
    patience += PER_FINDING * len(found.items)
    if spent > patience and spent > patience + _parsing(one):
        raise Failed(f"{one.language}: {spent:.1f} s for {len(one.text)} characters, {one.text[:200]!r}")
    return found


def _parsing(one: Text) -> float:
    """Seconds that the parsers of others take: Python's own, and tree-sitter's."""
    begun = time.process_time()
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        if one.language == "python":
            ast.parse(one.text)
        elif one.language in _astgrep.LANGUAGES:
            SgRoot(one.text, _astgrep.LANGUAGES[one.language]).root()
    return time.process_time() - begun


def fixed(one: Text, patience: float = math.inf) -> None:
    """Fix a text, with and without unsafe changes; :class:`Failed` if it is worse then, or not done with."""
    name = FILES[one.language]
    codes = {found.finding.code for found in findings_of(name, one.text, one.language, EVERYTHING).findings}
    wrong = errors(Source(name, one.text), one.language)
    for unsafe in (False, True):
        begun = time.process_time()
        done = fix_text(name, one.text, one.language, EVERYTHING, unsafe)
        spent = time.process_time() - begun
        if done.text != one.text:
            after = {found.finding.code for found in findings_of(name, done.text, one.language, EVERYTHING).findings}
            if errors(Source(name, done.text), one.language) > wrong:
                raise Failed(f"{one.language}: does not parse when it is fixed, {one.text[:2000]!r}")
            if not after <= codes:
                raise Failed(f"{one.language}: {after - codes} are new when it is fixed, {one.text[:2000]!r}")
            if fix_text(name, done.text, one.language, EVERYTHING, unsafe).text != done.text:
                raise Failed(f"{one.language}: a second fix changes it again, {one.text[:2000]!r}")
        if spent > patience:
            raise Failed(f"{one.language}: {spent:.1f} s to fix {len(one.text)} characters, {one.text[:200]!r}")


def checked_and_fixed(one: Text, patience: float = math.inf) -> None:
    """Both, as far as there is anything to fix."""
    if checked(one, patience).items:
        fixed(one, patience)


@lru_cache(maxsize=1)
def fixtures() -> tuple[Text, ...]:
    """Every block of code on the pages and in the cases."""
    by_name = {**SUFFIXES}
    found: dict[Text, None] = {}
    for folder in (PAGES, CASES, PARITY):
        for path in sorted(folder.glob("*.md")):
            for section in parse(path).sections:
                for block in section.blocks:
                    name = block.file or LANGUAGES.get(block.language) or ""
                    language = by_name.get(name.rpartition(".")[2].lower()) or NAMES.get(Path(name).name.lower())
                    if language:
                        found[Text(language, block.text)] = None
    return tuple(found)


def alphabet(language: str) -> list[str]:
    """Pieces that texts of a language are made of, and some that fit nowhere."""
    words = [word for one in fixtures() if one.language == language for word in one.text.split()]
    odd = ["\0", "\ufeff", "\u2028", "\x0c", "\r", "\ud800", "\u202e", "𝒳", "é", "\\", "\\u", "\\x", '"""', "'''", "`", "${", "}}", "<<EOF", "#"]
    return [*dict.fromkeys(words), *odd, *"()[]{}<>\"'`$%&*+-=|;:,.?!@~\n\t ", "# noqa: CLC", "claude-compat: ignore[CLC301]", WORD]


def mutated(text: str, other: str, rng: random.Random) -> str:
    """A text with a few random changes."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(text) + 1)
        to = min(len(text), at + rng.choice((1, 1, 2, 5, 20, 100)))
        match rng.randrange(8):
            case 0:
                text = text[:at]
            case 1:
                text = text[at:]
            case 2:
                text = text[:at] + text[to:]
            case 3:
                text = text[:at] + chr(rng.choice((0, 9, 10, 13, 34, 39, 40, 41, 91, 92, 123, 125, 0x85, 0x2028, 0xFEFF, 0x1F600))) + text[to:]
            case 4:
                text = text[:at] + text[at:to] * rng.choice((2, 3, 30)) + text[to:]
            case 5:
                start = rng.randrange(len(other) + 1)
                text = text[:at] + other[start : start + rng.choice((5, 50, 500))] + text[at:]
            case 6:
                text = text[:at] + text[to : 2 * to - at] + text[at:to] + text[2 * to - at :]
            case _:
                text = text[:at] + chr(rng.randrange(0x110000)) + text[to:]
        text = text[:20000]
    return text


#: what programs that know nothing of us are made to say, so that more is asked of them than a look
_SPICE = ("client", "OpenAI", "openai", "chat", "completions", "create", "model", "messages", "choices", "message", "content", "api_key", "baseURL")
_NAME = re.compile(r"[A-Za-z_]\w*")


def spiced(text: str, language: str) -> str:
    """A program of which every fifth word is one of ours, and every fifth string a model."""
    count = 0

    def word(match: re.Match[str]) -> str:
        nonlocal count
        count += not keyword.iskeyword(match[0])
        return _SPICE[count // 5 % len(_SPICE)] if count % 5 == 0 and not keyword.iskeyword(match[0]) else match[0]

    mark = "#" if language == "python" else "//"
    return f"{mark} {WORD}\n{_NAME.sub(word, text)}"


def mutations(seed: int) -> Iterator[Text]:
    """Endless changed fixtures."""
    rng = random.Random(seed)
    every = fixtures()
    while True:
        one, other = rng.choice(every), rng.choice(every)
        # sometimes a text in a language that it is not of
        language = one.language if rng.random() < 0.9 else rng.choice(sorted(FILES))
        yield Text(language, mutated(one.text, other.text, rng))


def soups(seed: int) -> Iterator[Text]:
    """Endless texts of pieces in no order."""
    rng = random.Random(seed)
    pieces = {language: alphabet(language) for language in sorted(FILES)}
    while True:
        language = rng.choice(sorted(FILES))
        words = rng.choices(pieces[language], k=rng.choice((5, 30, 200)))
        yield Text(language, WORD + "\n" + rng.choice(("", " ", "\n")).join(words))


# ------------------------------------------------------------------ nesting

_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def nested(language: str, depth: int) -> Iterator[Text]:
    """What can be inside itself, ``depth`` times."""
    head = {"html": "<script>\n", "vue": "<script>\n", "svelte": "<script>\n", "markdown": "", "mdx": "", "rst": ""}.get(language, "")
    mark = {"javascript": "//", "typescript": "//", "tsx": "//", "html": "//", "vue": "//", "svelte": "//", "batch": "REM"}.get(language, "#")
    first = f"{head}{mark} {WORD}\n" if language not in ("json", "notebook") else ""
    call = "client.chat.completions.create"
    bodies = [opening * depth + closing * depth for opening, closing in _BRACKETS.items()]
    bodies += ["(" * depth, "[" * depth, "{" * depth, ")" * depth, "}" * depth, "`${" * depth, "$(" * depth + ")" * depth]
    bodies += ['{"a":' * depth + f'"{WORD}"' + "}" * depth, "[" * depth + f'"{WORD}"' + "]" * depth]
    bodies += [f"x = {'(' * depth}{call}{')' * depth}(model='gpt-4o')", f"x = {'not ' * depth}y", f"x = {'-' * depth}1"]
    bodies += [f"x = {call}(" * depth + ")" * depth, "x = " + " + ".join(["'gpt-4o'"] * depth), f"x{'.a' * depth}.create(model='gpt-4o')"]
    bodies += [f"x{'()' * depth}", f"x{'[0]' * depth}", "a = b\n" * depth, "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, min(depth, 95)))]
    bodies += ["".join(f"v{n} = v{n + 1}\n" for n in range(depth)) + f"{call}(model=v0)\n"]
    bodies += ["".join(f"a{n} = {{**a{n - 1}, **a{n - 1}}}\n" for n in range(1, depth)) + f"{call}(**a{depth - 1})\n"]
    bodies += ["x ? " * depth + "y" + " : z" * depth, "=> ".join(["x"] * depth), "function f(){" * depth + "}" * depth, "async () => " * depth + "x"]
    bodies += ["<a>" * depth + "</a>" * depth, "<!--" * depth, "> " * depth + WORD, "- " * depth + WORD, "*" * depth, "```\n" * depth, "".join(" " * n + "- x\n" for n in range(min(depth, 2000)))]
    bodies += ["a: " * depth, "&a " * depth, "a: &a [*a]\n" * 10, "- " * depth + "x", "[a" + ".a" * depth + "]\nx=1", "{a: " * depth + "}" * depth]
    bodies += ["a = " + "{a = " * depth + "1" + "}" * depth, "case x in\n" * depth, "if true; then\n" * depth, "<<EOF\n" * depth, "\\\n" * depth, '"' * depth, "'" * depth, "`" * depth]
    bodies += ["$(echo " * depth + ")" * depth, "${a:-" * depth + "}" * depth, "@{a=" * depth + "}" * depth, "& {" * depth + "}" * depth, "$a[{" * depth + "}]" * depth, "%%" * depth]
    for body in bodies:
        yield Text(language, first + body + "\n")
    if language == "notebook":
        yield Text(language, f'{{"cells":{"[" * depth}{"]" * depth},"metadata":{{}},"openai":"gpt-4o"}}')


def yaml_bomb() -> Text:
    """Ten lines that would be ten to the ninth entries."""
    lines = [f"a0: &a0 [{', '.join(['gpt-4o'] * 9)}]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return Text("yaml", "\n".join([*lines, "model: *a9", "OPENAI_API_KEY: x"]))


def _notebook(cells: str, metadata: str = "{}") -> Text:
    return Text("notebook", f'{{"cells":[{cells}],"metadata":{metadata},"nbformat":4,"nbformat_minor":5,"x":"openai gpt-4o"}}')


def _cell(source: str, outputs: str = "[]") -> str:
    return f'{{"cell_type":"code","execution_count":1,"metadata":{{}},"outputs":{outputs},"source":{source}}}'


def bombs(size: int) -> Iterator[Text]:
    """Files that say little in ``size`` characters, or much more than they are long."""
    yield yaml_bomb()
    merged = "\n".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n  k{n}: gpt-4o" for n in range(1, 40))
    yield Text("yaml", f"a0: &a0 {{model: gpt-4o}}\n{merged}\nopenai: *a39\n")
    yield Text("yaml", "openai: gpt-4o\n" + "---\na: 1\n" * (size // 9))
    yield Text("yaml", "openai: gpt-4o\nx: " + "1:" * (size // 2) + "1\n")
    for language, head, opened in (("yaml", "openai: gpt-4o\n", "x: "), ("toml", "openai = 'gpt-4o'\n", "x = "), ("json", '{"openai": "gpt-4o", ', '"x": ')):
        end = "}" if language == "json" else ""
        for number in ("9" * size, "0." + "3" * size, "1e" + "9" * size, "-" * size, "0x" + "f" * size, "1_" * (size // 2) + "1"):
            yield Text(language, f"{head}{opened}{number}{end}\n")
    yield Text("toml", "openai = 'gpt-4o'\n" + "a." * (size // 2) + "a = 1\n")
    yield Text("toml", "openai = 'gpt-4o'\n" + "".join(f"[[a{'.b' * (n % 40)}]]\n" for n in range(size // 90)))
    yield Text("json", '{"openai": "gpt-4o", ' + '"model": "gpt-4o", ' * (size // 19) + '"model": 1}')
    picture = "iVBORw0KGgo" * (size // 11)
    yield _notebook(_cell('"import openai"', f'[{{"data":{{"image/png":"{picture}"}},"output_type":"display_data"}}]'))
    yield _notebook(_cell('"import openai"', f'[{{"text":[{",".join(["1"] * (size // 2))}]}}]'))
    yield _notebook(",".join(["{}"] * (size // 3)))
    yield _notebook(",".join([_cell('"import openai"')] * (size // 100)))
    yield _notebook(_cell("[" + ",".join(['"x"'] * (size // 4)) + "]"))
    yield _notebook(_cell("[" + ",".join(['""'] * (size // 3)) + "]"))
    yield _notebook(_cell("[" + "[" * 5000 + "]" * 5000 + "]"))
    yield _notebook(_cell('"' + "\\u0061" * (size // 6) + ' = 1"'))
    yield _notebook(_cell('"' + "import openai\\n" * (size // 15) + '"'))
    yield _notebook(_cell('"' + "!x\\n" * (size // 4) + '"'))
    yield _notebook(_cell('"' + "%%sh\\n" * (size // 6) + '"'))
    yield _notebook(_cell('"import openai"'), '{"a":' * 20_000 + "1" + "}" * 20_000)
    yield _notebook(_cell('{"a":1}') + "," + _cell("null") + "," + _cell("1e9999") + ',null,1,"x",[]')
    yield Text("markdown", "openai gpt-4o\n" + "[" * size)
    yield Text("markdown", "openai gpt-4o\n" + "![a](" * (size // 5))
    yield Text("markdown", "openai gpt-4o\n" + "> - " * (size // 4) + "```py\nimport openai\n")
    yield Text("rst", "openai gpt-4o\n" + "".join(f"{' ' * (n % 400)}.. code:: python\n" for n in range(size // 220)))


def long_lines(language: str, size: int) -> Iterator[Text]:
    """Few lines, or very many, ``size`` characters altogether."""
    plain = ("x", " ", "\n", "a b ", "#", "'", '"', "\\", "(", "=", "a=1\n", '"a",', "- ", "|", "\t", "${x}", "A1b2", "Bearer ", "# noqa: CLC301\n",
             '"//noqa:CLC301",', "# claude-compat: ignore[CLC301] ")  # fmt: skip
    found = ("sk-", "sk-proj-" + "a1" * 9 + " ", "gpt-4o ", "'gpt-4o',", "openai.", "https://api.openai.com/v1/", "OPENAI_API_KEY=x\n", "api_key=",
             "client.chat.completions.create(model='gpt-4o')\n")  # fmt: skip
    for piece in (*plain, *found):
        # flake8 hands on whatever it is given, the command reads no larger files
        length = size if language == "python" and piece in plain else min(size, MAX_SIZE - len(WORD) - 3)
        yield Text(language, f"# {WORD}\n{piece * (length // len(piece))}")


#: what is a finding each time, again and again: language, what stands once in front, the unit, what stands behind
_FIXED = (
    ("python", "from openai import OpenAI\n", "c{n} = OpenAI(api_key='x{n}')\n", ""),
    ("python", "import openai\nopenai.api_key = key\n", "a{n} = openai.ChatCompletion.create(model='gpt-4o', messages=m)\n", ""),
    ("python", "from openai import AzureOpenAI\n", "c{n} = AzureOpenAI(api_key='x', azure_endpoint='https://x.openai.azure.com')\n", ""),
    ("python", "import openai\n", "a{n} = openai.chat.completions.create(model='gpt-4o', messages=m, functions=f{n}, n=2)\n", ""),
    ("python", "", "'gpt-4o',", ""),
    ("javascript", 'import OpenAI from "openai";\n', "const c{n} = new OpenAI({{ apiKey: 'x{n}' }});\n", ""),
    ("javascript", "const {{ Configuration, OpenAIApi }} = require('openai');\n", "const c{n} = new OpenAIApi(new Configuration({{ apiKey: k }}));\n", ""),
    ("javascript", 'import OpenAI from "openai";\nconst c = new OpenAI();\n', "c.chat.completions.create({{ model: 'gpt-4o', messages: m, functions: f{n}, n: 2 }});\n", ""),
    ("shell", "", "export OPENAI_API_KEY=x{n}\n", ""),
    ("shell", "", "curl https://api.openai.com/v1/chat/completions -H \"Authorization: Bearer $OPENAI_API_KEY\" -d '{{\"model\": \"gpt-4o\", \"n\": 2}}'\n", ""),
    ("powershell", "", "'gpt-4o',", ""),
    ("dotenv", "", "OPENAI_API_KEY=x{n}\n", ""),
    ("ini", "[openai]\n", "OPENAI_API_KEY=x{n}\n", ""),
    ("yaml", "env:\n", "  - name: OPENAI_API_KEY\n    value: x{n}\n", ""),
    ("yaml", "openai:\n", "  m{n}:\n    model: gpt-4o\n    temperature: 1.5\n    seed: 1\n", ""),
    ("json", '{{"openai": [1', ', {{"model": "gpt-4o", "temperature": 1.5, "seed": 1}}', "]}}"),
    ("markdown", "", "```py\nfrom openai import OpenAI\nclient = OpenAI()\n```\n\n", ""),
)  # fmt: skip


def all_findings(size: int) -> Iterator[Text]:
    """Texts of ``size`` characters of which every part is to be fixed."""
    for language, head, unit, tail in _FIXED:
        body = "".join(unit.format(n=number) for number in range(size // len(unit)))
        yield Text(language, f"{head.format()}{body}{tail.format()}")
    cell = _cell('"from openai import OpenAI\\nclient = OpenAI(api_key=\'x\')"')
    yield _notebook(",".join([cell] * (size // len(cell))))


# --------------------------------------------------------------------- keys

#: where a key can stand; ``{}`` is the key
POSITIONS: dict[str, tuple[str, ...]] = {
    "python": (
        "client = OpenAI(api_key='{}')\n", "x = '{}'\n", "# {}\n", "'''{}'''\n", "f'{{x}}{}'\n", "x = 'a{}b'\n", "{}\n", "def f(:\n    '{}'\n",
        "import {}\n", "x = {{'{}': 1}}\n", "x = b'{}'\n", "openai.api_key = '{}'\n", "client.chat.completions.create(model='{}')\n",
        "client.chat.completions.create(model='gpt-4o', messages='{}')\n", "client.chat.completions.create(model='gpt-4o', **{{'{}': 1}})\n",
        "OpenAI(base_url='https://api.openai.com/v1?key={}')\n", "OpenAI(base_url='https://{}@api.openai.com/v1')\n", "OpenAI(base_url='https://{}.openai.com/v1')\n",
        "os.environ['OPENAI_API_KEY'] = '{}'\n", "x = 1  # noqa: {}\n", "x = 1  # claude-compat: ignore[{}]\n", "x = 1  # claude-compat: ignore[CLC301] {}\n",
        "e.code == '{}'\n", "requests.post('https://api.openai.com/v1/{}', headers={{'Authorization': 'Bearer {}'}})\n", "x = 'gpt-4o {}'\n", "x = 'gpt-4o-{}'\n",
        "x = 'claude-{}'\n", "client.beta.{}('x')\n", "getattr(client, '{}')\n", "client.chat.completions.create(model='gpt-4o', stop=['{}'])\n", "x = r'{}", "x = (\n'{}'",
        "client.chat.completions.create(model='ft:{}')\n", "client.chat.completions.create(model='gpt-4o', functions='{}', seed='{}')\n", "# -*- coding: {} -*-\n",
    ),
    "javascript": ("const c = new OpenAI({{ apiKey: '{}' }});\n", "// {}\n", "`{}`\n", "fetch(`https://api.openai.com/v1/{}`)\n", "new OpenAI({{ apiKey: {} }}\n", "x = '{}"),
    "shell": ("export OPENAI_API_KEY={}\n", "curl https://api.openai.com/v1/chat/completions -H 'Authorization: Bearer {}'\n", "curl -u {}: https://api.openai.com/v1/models\n", "echo '{}\n", "cat <<EOF\n{}\n"),
    "powershell": ("$env:OPENAI_API_KEY = '{}'\n", "Invoke-RestMethod https://api.openai.com/v1/models -Headers @{{ Authorization = 'Bearer {}' }}\n"),
    "http": ("GET https://api.openai.com/v1/models\nAuthorization: Bearer {}\n\n###\n", "@key = {}\n"),
    "batch": ("set OPENAI_API_KEY={}\n", "curl https://api.openai.com/v1/models -H \"Authorization: Bearer {}\"\n"),
    "dotenv": ("OPENAI_API_KEY={}\n", "OPENAI_API_KEY='{}\n", "# {}\n", "{}\n"),
    "yaml": ("openai:\n  api_key: {}\n", "key: &a {}\n", "- {}\n", "{}: x\n", "a: [{}\n", "OPENAI_API_KEY: \"{}\n"),
    "toml": ("api_key = '{}'\n", "[openai]\n{} = 1\n", "a = {}\n", "a = '{}\n"),
    "json": ('{{"openai": {{"apiKey": "{}"}}}}\n', '{{"{}": 1}}', '{{"a": "{}', "{}"),
    "ini": ("[openai]\napi_key = {}\n", "[{}]\n", "{}\n"),
    "markdown": ("```py\nOpenAI(api_key='{}')\n```\n", "{}\n", "<!-- {} -->\n", "```{}\n```\n", "```sh\nexport OPENAI_API_KEY={}\n"),
    "rst": (".. code:: python\n\n   OpenAI(api_key='{}')\n", ".. {}:: x\n"),
    "notebook": ('{{"cells":[{{"cell_type":"code","source":["OpenAI(api_key=\'{}\')"],"outputs":[{{"text":["{}"]}}]}}],"metadata":{{}},"nbformat":4}}', '{{"cells":"{}"}}', "{}"),
    "dockerfile": ("ENV OPENAI_API_KEY={}\n", "RUN curl -H 'Authorization: Bearer {}' https://api.openai.com/v1/models\n"),
    "makefile": ("export OPENAI_API_KEY={}\n", "x:\n\tcurl -H 'Authorization: Bearer {}' https://api.openai.com/v1/models\n"),
}  # fmt: skip


def with_keys() -> Iterator[tuple[str, Text]]:
    """A key, and a text with it, for each kind of key and each place."""
    for language, places in POSITIONS.items():
        for place in places:
            for name, key in KEYS.items():
                if name in ("openai_key", "openai_project_key", "claude_key", "bare_key"):
                    word = "" if language in ("json", "notebook") else f"REM {WORD}\n" if language == "batch" else f"# {WORD}\n" if language != "javascript" else f"// {WORD}\n"
                    yield key, Text(language, word + place.replace("{}", key).replace("{{", "{").replace("}}", "}"))
