"""Which language a block of code in a document is of: by its label, or by what it says."""

from __future__ import annotations

import json
import re

#: label → language of ``frontends.MODULES``, or ``console`` / ``pycon`` (with
#: prompts), ``markdown`` / ``rst`` (blocks inside a block)
_LABELS = {
    "python": "python", "py": "python", "python3": "python", "py3": "python", "python2": "python",
    "ipython": "python", "ipython3": "python", "sage": "python", "gradio": "python", "testcode": "python",
    "pycon": "pycon", "pycon3": "pycon", "python-console": "pycon", "python-repl": "pycon", "pyrepl": "pycon",
    "doctest": "pycon", "ipythonconsole": "pycon",
    "javascript": "javascript", "js": "javascript", "jsx": "javascript", "mjs": "javascript", "cjs": "javascript",
    "node": "javascript", "nodejs": "javascript", "node.js": "javascript", "ecmascript": "javascript",
    "typescript": "typescript", "ts": "typescript", "mts": "typescript", "cts": "typescript", "tsx": "tsx",
    "html": "html", "vue": "vue", "svelte": "svelte",
    "shell": "shell", "sh": "shell", "bash": "shell", "zsh": "shell", "fish": "shell", "shellscript": "shell",
    "curl": "shell",
    "console": "console", "shell-session": "console", "shellsession": "console", "sh-session": "console",
    "bash-session": "console", "terminal": "console", "ps1con": "console", "cmdline": "console",
    "powershell": "powershell", "pwsh": "powershell", "ps1": "powershell", "ps": "powershell", "posh": "powershell",
    "batch": "batch", "bat": "batch", "cmd": "batch", "batchfile": "batch", "dosbatch": "batch", "winbatch": "batch",
    "dotenv": "dotenv", "env": "dotenv", "http": "http",
    "dockerfile": "dockerfile", "docker": "dockerfile", "containerfile": "dockerfile",
    "makefile": "makefile", "make": "makefile",
    "yaml": "yaml", "yml": "yaml", "toml": "toml", "ini": "ini", "cfg": "ini", "properties": "ini",
    "json": "json", "jsonc": "json", "json5": "json",
    "markdown": "markdown", "md": "markdown", "mdx": "markdown", "rst": "rst", "rest": "rst", "eval-rst": "rst",
}  # fmt: skip
#: labels that say that the language comes next: "{code-cell} python"
_DIRECTIVES = frozenset({"code", "code-block", "code-cell", "sourcecode", "code-tab", "literalinclude", "prompt"})
_EXTENSIONS = {
    "py": "python", "pyi": "python", "js": "javascript", "jsx": "javascript", "mjs": "javascript", "cjs": "javascript",
    "ts": "typescript", "mts": "typescript", "cts": "typescript", "tsx": "tsx", "vue": "vue", "svelte": "svelte",
    "html": "html", "sh": "shell", "bash": "shell", "zsh": "shell", "ps1": "powershell", "psm1": "powershell",
    "bat": "batch", "cmd": "batch", "env": "dotenv", "yaml": "yaml", "yml": "yaml", "toml": "toml", "ini": "ini",
    "cfg": "ini", "properties": "ini", "json": "json", "jsonc": "json", "http": "http",
}  # fmt: skip

#: labels of what is no code, which may be a .env
_PLAIN = frozenset({"text", "txt", "plaintext", "plain"})
_LABEL = re.compile(r"\{?[\s.]*([\w+#./\\-]+)\}?[\s,:]*(.*)", re.DOTALL)
_FILE = re.compile(r"\b(?:title|file|filename|name|path)\s*=\s*[\"']?([\w./\\-]+)")


def language_of_label(info: str) -> str | None:
    """The language that the words after a fence name.

    "" where there are none, None for a language that nothing reads.
    """
    match = _LABEL.match(info.strip()[:500].lower())
    if match is None:
        return ""
    word, others = match[1], match[2]
    if word in _DIRECTIVES:
        return language_of_label(others)
    if word in _LABELS:
        return _LABELS[word]
    found = language_of_file(word)
    if found is None and (named := _FILE.search(info.lower())) is not None:
        found = language_of_file(named[1])
    return found


def is_plain(info: str) -> bool:
    """Whether the words after a fence say that it is plain text."""
    return info.strip().partition(" ")[0].lower() in _PLAIN


def language_of_file(name: str) -> str | None:
    """The language of a file by its name, None where nothing reads it."""
    base = name.lower().replace("\\", "/").rpartition("/")[2]
    if base in ("dockerfile", "makefile"):
        return base
    if base.startswith(".env") or base.startswith("env."):
        return "dotenv"
    return _EXTENSIONS.get(base.rpartition(".")[2]) if "." in base else None


_PYTHON = re.compile(
    r"(?:from [.\w]+ import [\w(*]|import [\w.]+(?: as \w+)?(?:, ?[\w.]+(?: as \w+)?)*[ \t]*(?:#.*)?$)"
)
_JAVASCRIPT = re.compile(
    r"import\s[^;\"']{1,400}\bfrom\s*[\"']|import\s*[\"']"
    r"|(?:const|let|var)\s[^=;]{1,200}=\s*(?:await\s+)?(?:require|import)\s*\("
)
_TYPED = re.compile(r"\binterface\s+\w+\s*\{|\btype\s+\w+\s*=|\w\s*:\s*(?:string|number|boolean|any|Promise<)")
_SHELL = re.compile(r"(?:sudo\s+)?(?:curl|wget)\s+(?:-|[\"']?https?://|\\)|export\s+[A-Za-z_]\w*=|[A-Z_]{3,}=\S+\s+\w")
#: programs that begin a line of a shell and no sentence
_PROGRAM = re.compile(
    r"(?:sudo\s+)?(?:docker(?:-compose)?|podman|kubectl|helm|npx|npm|pnpm|yarn|pip3?|pipx|uvx?|poetry|brew)\s+[a-z-]"
    r"|echo\s+[\"'$]|cd\s+[\w./~-]+$|git\s+clone\s|python3?\s+(?:-m\s|[\w./-]+\.py)"
    r"|[a-z][\w./-]*(?:\s+[\w./:@=-]+){0,6}?\s+--?[a-z]"  # with options
)
#: how YAML begins, and what is nested in it
_KEY = re.compile(r"(?!(?:try|else|finally):)(?:- +)?[\w.-]+:(?: |$)")
_NESTED = re.compile(
    r"^(?P<margin> *)(?:- +)?[\w.-]+:[ ]*(?:#[^\n]*)?\n(?:[ ]*\n)*(?P=margin)(?: +[\w\"'-]|- )", re.MULTILINE
)
_POWERSHELL = re.compile(r"\$env:\w+\s*=|\$\w+\s*=\s*(?:@|Invoke-)|Invoke-(?:RestMethod|WebRequest)\b", re.IGNORECASE)
_BATCH = re.compile(r"(?:set|setx)\s+[A-Z_]+[= ]", re.IGNORECASE)
_SETTING = re.compile(r"(?:export\s+)?[A-Z][A-Z0-9_]*[ ]?=[ ]?(?:\"[^\"]*\"|'[^']*'|[^\s\"']*)\s*(?:#.*)?$")
_PROMPT = re.compile(
    r"(?:\$[ ]|PS [A-Z]:[^>\n]{0,200}>|[A-Z]:\\[^>\n]{0,200}>|[\w.-]{1,40}@[\w.-]{1,40}:[^$\n]{0,100}\$)[ ]?\S"
)
_SHEBANG = {
    "bash": "shell", "sh": "shell", "zsh": "shell", "python": "python", "python3": "python", "node": "javascript",
}  # fmt: skip


def guess(text: str) -> str | None:
    """The language of a block without a label, where there is no doubt about it."""
    lines = [line.strip() for line in text[:20000].splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return None
    first = lines[0]
    if first.startswith(">>> "):
        return "pycon"
    if first.startswith("#!"):
        return _SHEBANG.get(re.split(r"[\s/]", first)[-1])
    if _PROMPT.match(first):
        return "console"
    code = [line for line in lines if not line.startswith(("#", "//", "/*", "*"))]
    if not code:
        return None
    first = code[0]
    if _PYTHON.match(first):
        return "python"
    start = text[text.index(first) :][:1000]
    if _JAVASCRIPT.match(start):
        return "typescript" if _TYPED.search(text) else "javascript"
    if all(_SETTING.match(line) for line in code):
        return "shell" if first.startswith("export") else "dotenv"
    if _SHELL.match(start) or _PROGRAM.match(first):
        return "shell"
    if _POWERSHELL.match(first):
        return "powershell"
    if _BATCH.match(first):
        return "batch"
    if first[0] == "{" and lines[-1][-1] == "}":
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return None
        return "json"
    return "yaml" if _KEY.match(first) and _NESTED.search(text[:20000]) else None


_ANSWER = re.compile(
    r"\"object\"\s*:\s*\"(?:chat\.completion|text_completion|response|list|model|embedding)"
    r"|\"id\"\s*:\s*\"(?:chatcmpl|cmpl|modr)-"
)


def is_answer(text: str) -> bool:
    """Whether a JSON text shows what the API answers: there is nothing to change in it."""
    return _ANSWER.search(text) is not None
