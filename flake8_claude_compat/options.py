"""The table of options, and how the value of one is read: flake8, the command, pyproject.toml and the docs take it."""

from __future__ import annotations

import os
import re
from datetime import date
from typing import Any

from .record import NamedTuple

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


class ConfigError(Exception):
    """A wrong value: one line that names where it stands and what is wrong, without the keys in it."""

    def __init__(self, message: str) -> None:
        from .redaction import redact  # most runs have no use for it

        super().__init__(redact(message))


class Option(NamedTuple):
    """One option.

    ``kind``: ``text``, ``list``, ``map``, ``flag`` or ``date``. ``choices``:
    the allowed values, () for any. ``pattern``: what each text must match in
    full, with ``expected`` to say so. ``flake8``: offered there too (it has
    its own select, ignore and exclude).
    """

    name: str
    kind: str
    default: Any
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    expected: str = ""
    flake8: bool = True

    @property
    def attribute(self) -> str:
        """The field of :class:`~.config.Config`."""
        return self.name.replace("-", "_")

    @property
    def dest(self) -> str:
        """The field of flake8's options."""
        return f"claude_compat_{self.attribute}"


#: kinds of file, by the name of their language; languages.py says which files are of which
KINDS = (
    "python", "javascript", "typescript", "html", "shell", "makefile", "dockerfile", "powershell", "batch", "http",
    "dotenv", "yaml", "toml", "json", "ini", "notebook", "markdown", "rst",
)  # fmt: skip

_CODE = r"CLC[0-9]{0,3}"
_CODES: dict[str, Any] = {"pattern": _CODE, "expected": "a code or its beginning, as in CLC301 or CLC9"}

OPTIONS = (
    Option(
        "target", "text", "claudeapi",
        "endpoint to migrate to: a shipped name or a TOML file of your own", "NAME|FILE",
    ),
    Option(
        "scope", "text", "migrate",
        "migrate: all that goes to OpenAI is to be changed; claude: only clients of the target are checked",
        choices=("migrate", "claude"),
    ),
    Option(
        "keep-openai", "list", (),
        "clients that stay on OpenAI: their names, or globs of files (with a / or a file's suffix)", "NAME|GLOB,...",
    ),
    Option(
        "model-map", "map", (),
        "Claude model to recommend for an OpenAI model, before the target's own", "OPENAI=CLAUDE,...",
    ),
    Option("enable", "list", (), "report these codes too, of those that are off by default", "CODE,...", **_CODES),
    Option(
        "base-url", "text", "", "base URL to recommend and to accept instead of the target's", "URL",
        pattern=r"https?://[^\s/]+\S*", expected="a URL that begins with https://",
    ),
    Option(
        "key-variable", "text", "", "environment variable of the API key instead of the target's", "NAME",
        pattern=r"[A-Za-z_][A-Za-z0-9_]*", expected="the name of an environment variable",
    ),
    Option("today", "date", None, "date to compare retirements with; default: today", "YYYY-MM-DD"),
    Option("openai-base-url-set", "flag", False, "OPENAI_BASE_URL is set to the target wherever this code runs"),
    Option("select", "list", ("CLC",), "report only these codes", "CODE,...", flake8=False, **_CODES),
    Option("ignore", "list", (), "do not report these codes", "CODE,...", flake8=False, **_CODES),
    Option(
        "extend-select", "list", (), "report these codes besides those of select", "CODE,...", flake8=False, **_CODES
    ),
    Option(
        "exclude", "list", (), "files and folders to leave out, as patterns of a .gitignore", "GLOB,...", flake8=False
    ),
    Option(
        "kinds", "list", (), "kinds of file to check; default: all", "KIND,...",
        choices=KINDS, flake8=False,
    ),
    Option("gitignore", "flag", True, "leave out what git ignores", flake8=False),
    Option(
        "baseline", "text", "", "file of findings that are known and left; check --write-baseline writes it", "FILE",
        flake8=False,
    ),
)  # fmt: skip
BY_NAME = {option.name: option for option in OPTIONS}

# -------------------------------------------------------- reading one value

#: options that reports repeat
_REPEATED = ("base-url", "model-map")


def read(option: Option, raw: object, where: str) -> Any:
    """The value of an option from text, or from TOML's own types.

    ``where`` names the place for the message of the :class:`ConfigError`.
    """
    value: Any = _READERS[option.kind](raw)
    if value is None:
        raise ConfigError(f"{where}: {_shown(raw)} is not {_EXPECTED[option.kind]}")
    texts: tuple[str, ...] = value if option.kind == "list" else (value,) if option.kind == "text" else ()
    for text in texts:
        if option.choices and text not in option.choices:
            known = ", ".join(option.choices)
            raise ConfigError(f"{where}: {text!r} is not one of {known}{near(text, option.choices)}")
        if option.pattern and text and not re.fullmatch(option.pattern, text):
            raise ConfigError(f"{where}: {text!r} is not {option.expected}")
        if option.pattern == _CODE and not any(code.startswith(text) for code in _codes()):
            raise ConfigError(f"{where}: no rule has the code {text!r}")
    if option.name in _REPEATED and "sk-" in str(value):
        from .redaction import redact

        if redact(str(value)) != str(value):
            raise ConfigError(f"{where}: there is a key in it, and reports would show it")
    return value


def read_codes(raw: list[str], where: str) -> tuple[str, ...]:
    """Codes, or beginnings of codes, as lists of them are read; raises :class:`ConfigError`."""
    return tuple(code for text in raw for code in read(BY_NAME["select"], text, where))


def _text(raw: object) -> str | None:
    return raw.strip() if isinstance(raw, str) else None


def _list(raw: object) -> tuple[str, ...] | None:
    items = re.split(r"[,\n]", raw) if isinstance(raw, str) else raw
    if not isinstance(items, (list, tuple)) or not all(isinstance(item, str) for item in items):
        return None
    return tuple(item.strip() for item in items if item.strip())


def _map(raw: object) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(raw, dict):
        items = _list(raw)
        if items is None:
            return None
        raw = dict(item.partition("=")[::2] for item in items)
    pairs = tuple((key.strip(), value.strip()) for key, value in raw.items() if isinstance(value, str))
    return pairs if len(pairs) == len(raw) and all(key and value for key, value in pairs) else None


_FLAGS = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(("false", "no", "off", "0"), False)


def _flag(raw: object) -> bool | None:
    if isinstance(raw, str):
        return _FLAGS.get(raw.strip().lower())
    return raw if isinstance(raw, bool) else None


def _date(raw: object) -> date | None:
    if type(raw) is date:
        return raw
    if isinstance(raw, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw.strip()):
        try:
            return date.fromisoformat(raw.strip())
        except ValueError:
            pass
    return None


_READERS = {"text": _text, "list": _list, "map": _map, "flag": _flag, "date": _date}
_EXPECTED = {
    "text": "a text",
    "list": "a list of texts",
    "map": "a map of OpenAI model to Claude model, as in gpt-4o=claude-opus-4-8",
    "flag": "true or false",
    "date": "a date as YYYY-MM-DD",
}


def _shown(raw: object) -> str:
    text = repr(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."


def near(text: str, names: tuple[str, ...]) -> str:
    """What a name may have been meant for, to be put behind a message."""
    from difflib import get_close_matches

    found = get_close_matches(text, names, 1)
    return f"; did you mean {found[0]!r}?" if found else ""


def _codes() -> list[str]:
    # the pages' file names, since the rules themselves are slow to import
    return [name[:6] for name in os.listdir(os.path.join(_PACKAGE, "rules", "pages"))]


def shipped_targets() -> tuple[str, ...]:
    """The names of the targets that come with the package."""
    names = os.listdir(os.path.join(_PACKAGE, "catalogue", "targets"))
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml")))


# ------------------------------------------------------------------- the docs


def markdown_table() -> str:
    """The options as a Markdown table, for the docs."""
    rows = ["| key | values | default | |", "|---|---|---|---|"]
    for option in OPTIONS:
        values = " or ".join(f"`{choice}`" for choice in option.choices) or option.metavar or "true or false"
        if option.kind == "list":
            values = f"list of {', '.join(f'`{choice}`' for choice in option.choices)}" if option.choices else values
        default = ", ".join(option.default) if isinstance(option.default, tuple) else option.default
        shown = str(default).lower() if isinstance(default, bool) else default or "–"
        rows.append(f"| `{option.name}` | {values.replace('|', ' or ')} | {shown} | {option.help} |")
    return "\n".join(rows)
