"""Texts that nobody wrote: broken, endless, nested, and with keys in every place.

All of it is made from a seed, so that a failure can be made again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mdtest import CASES, KEYS, LANGUAGES, PAGES, PARITY, parse

from flake8_claude_compat.checking import Checked, check_text
from flake8_claude_compat.config import Config
from flake8_claude_compat.discovery import NAMES, SUFFIXES

EVERYTHING = Config(target="claudeapi", today=date(2026, 11, 22), enable=("CLC",))

#: seconds of the processor that one file may take, whatever is in it
PATIENCE = 10.0

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


def checked(one: Text, patience: float = PATIENCE) -> Checked:
    """Check a text; :class:`Failed` if that was more than the linter can do."""
    begun = time.process_time()
    found = check_text(FILES[one.language], one.text, one.language, EVERYTHING)
    spent = time.process_time() - begun
    for problem in found.problems:
        if "itself failed" in problem.message:
            raise Failed(f"{one.language}: {problem.message}\n{one.text[:2000]!r}")
    if spent > patience:
        raise Failed(f"{one.language}: {spent:.1f} s for {len(one.text)} characters, {one.text[:200]!r}")
    return found


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
    bodies += ["$(echo " * depth + ")" * depth, "${a:-" * depth + "}" * depth, "@{a=" * depth + "}" * depth, "& {" * depth + "}" * depth, "%%" * depth]
    for body in bodies:
        yield Text(language, first + body + "\n")
    if language == "notebook":
        yield Text(language, f'{{"cells":{"[" * depth}{"]" * depth},"metadata":{{}},"openai":"gpt-4o"}}')


def yaml_bomb() -> Text:
    """Ten lines that would be ten to the ninth entries."""
    lines = [f"a0: &a0 [{', '.join(['gpt-4o'] * 9)}]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return Text("yaml", "\n".join([*lines, "model: *a9", "OPENAI_API_KEY: x"]))


def long_lines(language: str, size: int) -> Iterator[Text]:
    """Few lines, or very many, ``size`` characters altogether."""
    for piece in (
        "x", " ", "\n", "a b ", "#", "'", '"', "\\", "(", "=", "a=1\n", '"a",', "sk-", "sk-proj-" + "a1" * 9 + " ", "gpt-4o ", "'gpt-4o',", "openai.", "- ", "|", "\t",
        "https://api.openai.com/v1/", "client.chat.completions.create(model='gpt-4o')\n", "OPENAI_API_KEY=x\n", "# noqa: CLC301\n", "api_key=", "Bearer ", "A1b2", "${x}", "# claude-compat: ignore[CLC301] ",
    ):  # fmt: skip
        yield Text(language, f"# {WORD}\n{piece * (size // len(piece))}")


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
