"""Parts of pages that are made from the options, the rules and the catalogue.

They stand in the pages between ``<!-- made: NAME -->`` and ``<!-- end -->``.
``python docs/making/tables.py`` writes them anew; a test compares.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent
# the package beside these docs, not one that is installed
sys.path.insert(0, str(DOCS.parent))

import flake8_claude_compat  # noqa: E402
from flake8_claude_compat import catalogue  # noqa: E402
from flake8_claude_compat.catalogue import Catalogue, Parameter, Source, guide  # noqa: E402
from flake8_claude_compat.options import OPTIONS, Option, markdown_table  # noqa: E402
from flake8_claude_compat.rules import all_rules  # noqa: E402

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CATALOGUE = Path(flake8_claude_compat.__file__).resolve().parent / "catalogue"

#: option → a value that its section of docs/configuration.md shows, as TOML has it
VALUES: dict[str, object] = {
    "target": "litellm",
    "scope": "claude",
    "keep-openai": ["openai_client", "legacy/**"],
    "model-map": {"gpt-4o": "claude-opus-4-8"},
    "enable": ["CLC9", "CLC801"],
    "base-url": "https://llm.example.com/v1",
    "key-variable": "LLM_API_KEY",
    "today": "2027-01-31",
    "openai-base-url-set": True,
    "select": ["CLC1", "CLC3"],
    "ignore": ["CLC415"],
    "extend-select": ["CLC4"],
    "exclude": ["fixtures/", "*.ipynb"],
    "kinds": ["python", "notebook"],
    "gitignore": False,
    "baseline": ".claude-compat-baseline.json",
}

_STATUS = {
    "supported": "works",
    "ignored": "ignored",
    "rejected": "**refused**",
    "capped": "capped at {0:g}",
    "must-equal": "must be {0:g}",
    "unknown": "not documented",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)


def code_link(code: str, folder: str = "../flake8_claude_compat/rules/pages") -> str:
    """A code as a link to the rule's page."""
    return f"[{code}]({folder}/{code}-{all_rules()[code].name}.md)"


# -------------------------------------------------------------------- options


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {_toml(item)}' for key, item in value.items()) + " }"
    return f'"{value}"'


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(value)
    if isinstance(value, dict):
        return ",".join(f"{key}={item}" for key, item in value.items())
    return str(value)


def _flag(option: Option, value: object) -> str:
    if option.kind == "flag":
        return f"--{'' if value else 'no-'}{option.name}"
    return f"--{option.name}={_plain(value)}"


def option_sections() -> str:
    """A section for each option: what it does, and how each place spells it."""
    parts = []
    for option in OPTIONS:
        value = VALUES[option.name]
        rows = [("pyproject.toml", f"`{option.name} = {_toml(value)}`")]
        if option.flake8:
            rows.append(("setup.cfg, tox.ini, .flake8", f"`claude-compat-{option.name} = {_plain(value)}`"))
            rows.append(("flake8", f"`{_flag(option, value).replace('--', '--claude-compat-', 1)}`"
                         if not (option.kind == "flag" and not value) else
                         f"`--no-claude-compat-{option.name}`"))  # fmt: skip
        rows.append(("claude-compat", f"`{_flag(option, value)}`"))
        text = option.help[0].upper() + option.help[1:]
        parts.append(f"### {option.name}\n\n{text}.\n\n{table(('in', 'as'), rows)}")
    return "\n\n".join(parts)


# ------------------------------------------------------------------ checklist


def _codes_of(prefixes: Sequence[str]) -> list[str]:
    return [code for code in all_rules() if code.startswith(tuple(prefixes))]


def checklist() -> str:
    """Each line of the checklist with the rules that keep it open."""
    rows = []
    for line in guide.checklist(catalogue.load()):
        codes = ", ".join(code_link(code) for code in _codes_of(line.codes))
        whose = "the guide" if line.source == "guide" else "this project"
        rows.append((str(line.number or "–"), line.text, codes, whose))
    return table(("line", "done when", "codes that keep it open", "from"), rows)


def troubleshooting() -> str:
    """The guide's troubleshooting table with the codes that find the cause."""
    rows = []
    for row in guide.troubleshooting(catalogue.load()):
        found = ", ".join(f"`{prefix}`" if len(prefix) < 6 else code_link(prefix) for prefix in row.codes)
        rows.append((f"`{row.error}`", row.cause, row.fix, found or "–"))
    return table(("what you see", "usual cause", "what helps", "look at"), rows)


# -------------------------------------------------------------------- targets


def _loaded() -> list[Catalogue]:
    return [catalogue.load(name) for name in catalogue.SHIPPED]


def overview() -> str:
    """The shipped targets."""
    rows = []
    for loaded in _loaded():
        target = loaded.target
        rest = _STATUS[target.default_status] if not target.extends else f"as {target.extends}"
        link = f"[`{target.id}`](#{target.id})"
        rows.append((link, target.name, f"`{target.base_url}`", f"`{target.key_variable}`", rest))
    return table(("`target`", "name", "base URL", "key", "a parameter without a row"), rows)


def standing(row: Parameter, target: str) -> str:
    """What a target makes of a parameter, in a table's cell."""
    text = _STATUS[row.status].format(row.value or 0)
    owner = row.status_owner or row.owner
    return text if owner in ("", target) else f"{text} (as {owner})"


def parameters() -> str:
    """Every parameter with what each target makes of it."""
    loaded = _loaded()
    names: dict[str, None] = {}
    for one in loaded:
        names.update(dict.fromkeys(one.target.parameters))
    rows = []
    for name in sorted(names):
        rows.append((f"`{name}`", *(standing(one.target.parameter(name), one.target.id) for one in loaded)))
    return table(("parameter", *(f"[{one.target.id}](#{one.target.id})" for one in loaded)), rows)


def _source(source: Source) -> str:
    links = [part.strip() for part in source.at.split(",")]
    if all(part.startswith("https://") for part in links):
        number = len(links) > 1
        shown = ", ".join(f"[{part.removeprefix('https://')}]({part})" for part in links) if number else ""
        return f"{source.title}: {shown}" if number else f"[{source.title}]({source.at})"
    return f"{source.title} ({source.at})"


def target_sections() -> str:
    """A section for each target: its own rows, each with its source."""
    parts = []
    for loaded in _loaded():
        target = loaded.target
        keys = {target.source, *(row.source for row in (*target.parameters.values(), *target.fields.values())
                                 if row.owner == target.id)}  # fmt: skip
        text = [f"### {target.id}", f"{target.name}."]
        if target.extends:
            text[-1] += f" What has no row of its own here is taken from [{target.extends}](#{target.extends})."
        text.append("\n".join(f"- `{key}`: {_source(loaded.sources[key])}, read {loaded.sources[key].read}"
                              for key in sorted(keys)))  # fmt: skip
        models = [(f"`{one}`", f"`{two}`") for one, two in target.models.items()]
        tiers = ", ".join(f"{tier} → `{model}`" for tier, model in target.tiers.items())
        text.append(f"Models that are recommended, by tier of the OpenAI model: {tiers}."
                    + (" By name:" if models else ""))  # fmt: skip
        if models:
            text.append(table(("OpenAI's", "here"), models))
        if target.prices:
            prices = [(f"`{name}`", f"{one:g}", f"{two:g}") for name, (one, two) in target.prices.items()]
            text.append("Prices that the target states, in US dollars per million tokens:")
            text.append(table(("model", "in", "out"), prices))
        own = [row for row in (*target.parameters.values(), *target.fields.values()) if row.owner == target.id]
        rows = [(f"`{row.name}`", standing(row, target.id), row.note or "", f"`{row.source}`") for row in own]
        text.append("Request parameters, and fields of messages and tools:")
        text.append(table(("name", "here", "note", "source"), rows))
        if target.responses and not target.extends:
            empty = ", ".join(f"`{name}`" for name, state in target.responses.items() if state == "always empty")
            text.append(f"Fields of the answer that are always empty: {empty}.")
        parts.append("\n\n".join(text))
    return "\n\n".join(parts)


def sources() -> str:
    """The sources of what is not about a target."""
    rows = []
    for name in ("openai_models", "claude_models", "sdk", "checklist"):
        for key, row in _read(f"{name}.toml")["sources"].items():
            source = Source(**row)
            rows.append((f"{name}.toml", f"`{key}`", _source(source), source.read))
    return table(("file", "source", "what it is", "read"), rows)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CATALOGUE / name).read_text("utf-8"))


def disagreements() -> str:
    """Where sources contradict each other, and what is done about it."""
    doc = _read("disagreements.toml")
    names = {key: Source(**row) for key, row in doc["sources"].items()}
    parts = []
    for row in doc["disagreements"]:
        said = "\n".join(f"- {_source(names[key])}: {text}." for key, text in row["says"])
        codes = ", ".join(code_link(code) for code in row["codes"])
        parts.append(f"### {row['topic']}\n\n{said}\n\n**Here:** {row['here']} ({codes})")
    return "\n\n".join(parts)


def not_known() -> str:
    """What no source says."""
    rows = [(row["topic"], row["here"]) for row in _read("disagreements.toml")["open"]]
    return table(("not known", "what is done about it"), rows)


# -------------------------------------------------------------------- changes


def codes_by_version() -> str:
    """The version that brought each code."""
    versions: dict[str, list[str]] = {}
    for rule in all_rules().values():
        versions.setdefault(rule.since, []).append(rule.code)
    rows = [(version, ", ".join(codes)) for version, codes in sorted(versions.items(), reverse=True)]
    return table(("version", "codes"), rows)


#: name in a page's comment → what makes the part
PARTS: dict[str, Callable[[], str]] = {
    "options": markdown_table,
    "option-sections": option_sections,
    "checklist": checklist,
    "troubleshooting": troubleshooting,
    "target-overview": overview,
    "parameters": parameters,
    "target-sections": target_sections,
    "sources": sources,
    "disagreements": disagreements,
    "not-known": not_known,
    "codes-by-version": codes_by_version,
}

_PART = re.compile(r"(?<=<!-- made: )([\w-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)


def made(text: str) -> str:
    """A page with its made parts as they are to be."""
    return _PART.sub(lambda match: f"{match[1]}{match[2]}\n{PARTS[match[1]]()}\n\n", text)


if __name__ == "__main__":
    for page in sorted(DOCS.glob("*.md")):
        before = page.read_text("utf-8")
        after = made(before)
        if after != before:
            page.write_text(after, "utf-8")
            print(f"written: {page.name}")
