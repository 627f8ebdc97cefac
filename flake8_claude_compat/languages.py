"""Names of files → the language that they are in."""

from __future__ import annotations

import os
import re

from .lazy import pattern

#: suffix → language of ``frontends.MODULES``
SUFFIXES = {
    "py": "python", "pyi": "python", "pyw": "python",
    "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "javascript",
    "ts": "typescript", "mts": "typescript", "cts": "typescript", "tsx": "tsx",
    "html": "html", "htm": "html", "vue": "vue", "svelte": "svelte",
    "sh": "shell", "bash": "shell", "zsh": "shell", "ksh": "shell", "fish": "shell",
    "mk": "makefile", "dockerfile": "dockerfile",
    "ps1": "powershell", "psm1": "powershell", "psd1": "powershell", "cmd": "batch", "bat": "batch",
    "env": "dotenv", "yml": "yaml", "yaml": "yaml", "toml": "toml",
    "json": "json", "jsonc": "json", "json5": "json", "ini": "ini", "cfg": "ini", "properties": "ini",
    "prompty": "yaml", "http": "http", "rest": "http",
    "ipynb": "notebook", "md": "markdown", "markdown": "markdown", "mdx": "mdx", "rst": "rst",
}  # fmt: skip
#: name in small letters → language, of files whose suffix does not tell
NAMES = {
    "makefile": "makefile", "gnumakefile": "makefile", "dockerfile": "dockerfile", "containerfile": "dockerfile",
    ".envrc": "shell", ".bashrc": "shell", ".bash_profile": "shell", ".profile": "shell", ".zshrc": "shell",
    ".zshenv": "shell", "pipfile": "toml",
}  # fmt: skip
#: program after ``#!`` → language
PROGRAMS = {
    "sh": "shell", "bash": "shell", "zsh": "shell", "ksh": "shell", "dash": "shell", "fish": "shell",
    "python": "python", "pypy": "python", "uv": "python", "node": "javascript", "nodejs": "javascript",
    "bun": "typescript", "deno": "typescript", "tsx": "typescript", "ts-node": "typescript",
    "pwsh": "powershell", "make": "makefile",
}  # fmt: skip
#: languages of one kind (``options.KINDS``), where its name is another one
_KINDS = {"tsx": "typescript", "vue": "html", "svelte": "html", "mdx": "markdown"}
#: last suffixes of files that are to be copied and filled in (others are of template languages)
_TEMPLATES = frozenset({"example", "sample", "dist"})
_DOTENV = re.compile(
    r"\.(?:env|dev\.vars)(?:\.|\Z)|\.?env[._-](?:example|sample|template|dist|tmpl|tpl|defaults?)(?:\.txt)?\Z"
)
#: a .env that is meant to be committed: names without values
_EXAMPLE = pattern(r"(?:^|[._-])(?:example|sample|template|dist|tmpl|tpl|defaults?|schema)(?:[._-]|$)")


def kind_of(language: str) -> str:
    """The kind of file that a language belongs to: a value of the option ``kinds``."""
    return _KINDS.get(language, language)


def language_by_name(name: str) -> str:
    """The language of a file by its name; "" where only its first line can tell."""
    base = os.path.basename(name).lower()
    if base in NAMES:
        return NAMES[base]
    stem, _, suffix = base.rpartition(".")
    if stem and suffix in SUFFIXES:  # .env.yaml, too
        return SUFFIXES[suffix]
    if _DOTENV.match(base):
        return "dotenv"
    if suffix in _TEMPLATES:  # config.yaml.example
        return language_by_name(stem)
    if base.startswith(("dockerfile.", "containerfile.", "makefile.")):
        return NAMES[base.partition(".")[0]]
    return ""


def language_by_line(head: bytes) -> str:
    """The language that a file's first line asks for (``#!``), or ""."""
    if not head.startswith(b"#!"):
        return ""
    words = head.split(b"\n", 1)[0][2:].decode("ascii", "replace").replace("\\", "/").split()
    names = [word.rpartition("/")[2] for word in words if not word.startswith("-") and "=" not in word]
    if names and names[0] == "env":
        names = names[1:]
    return PROGRAMS.get(re.sub(r"[\d.]+(?:\.exe)?$", "", names[0]), "") if names else ""


def is_settings(name: str) -> bool:
    """Whether a name is that of a .env file or a variant of it."""
    return language_by_name(name) == "dotenv"


def is_example(name: str) -> bool:
    """Whether a .env file by its name only shows which variables there are."""
    return _EXAMPLE.search(os.path.basename(name).lower()) is not None
