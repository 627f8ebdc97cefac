"""YAML, TOML, JSON and INI files → program: one setting that is the document.

Scripts inside (``run:`` of a workflow, ``script:`` of GitLab, ``command:`` of
compose, ``scripts`` of package.json) are read as shell, files inside (``app.py: |``
of a ConfigMap) as what their names say. Raises ValueError ("line N: …") for
what is not valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module

from .. import gate
from ..program import Dict, Entry, List, Program, Str, Unknown, Value, Watch
from ..source import Source, Span
from ._embedded import Builder, read
from ._languages import language_of_file
from ._scalars import scalar
from ._settings_reader import Reader
from ._values import Maker

#: language → module of this package whose ``Format`` reads it
_MODULES = {"json": "_json_file", "yaml": "_yaml", "toml": "_toml", "ini": "_ini"}
#: files that a tool wrote: only keys are looked for in them
_GENERATED = re.compile(
    r"(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-lock\.yml|poetry\.lock"
    r"|Pipfile\.lock|uv\.lock"
    r"|composer\.lock|Cargo\.lock|deno\.lock|flake\.lock|conda-lock\.ya?ml|[^/]*\.lock(?:\.json)?|tsconfig[^/]*\.json"
    r"|[^/]*\.schema\.json|[^/]*\.tfstate(?:\.backup)?|[^/]*\.map|manifest\.json|[^/]*\.min\.json)$"
    r"|(?:^|/)(?:locales?|i18n|l10n|lang|langs|languages|translations?|messages|cassettes|__snapshots__|node_modules"
    r"|[\w-]*results|outputs?|logs|recordings|[\w.-]*fixtures|[\w.-]*snapshots?[\w.-]*)/(?:[^/]+/)*[^/]*$",
    re.IGNORECASE,
)
#: a file under its name, as a block of text
_HELD = re.compile(
    r"^(?P<margin> *)[\"']?(?P<name>[\w.-]{0,80}\.\w{1,12})[\"']?: *\|[-+\d]*[ \t]*\n"
    r"(?P<text>(?:(?P=margin) +\S[^\n]*(?:\n|\Z)|[ \t]*\n)+)",
    re.MULTILINE,
)
#: languages whose files hold others
_HOSTS = frozenset({"markdown", "rst", "html", "vue", "svelte", "notebook"})
_PAIR = re.compile(r"([A-Za-z_][\w.-]*)=(.*)\Z", re.DOTALL)
#: keys of what a run of an evaluation left behind
_RESULTS = frozenset({
    "results", "accuracy", "metrics", "score", "scores", "summary", "timestamp", "elapsed", "duration", "total_cost",
    "grader_model", "judge_model", "generated_at", "finished_at",
})  # fmt: skip
#: keys of the outermost mapping of specifications and recordings
_NO_SETTINGS = frozenset({"openapi", "swagger", "asyncapi", "interactions", "http_interactions"})
_NOTHING = re.compile(r"(?!)")
#: so many documents or items are data, not settings
_MAX_RECORDS = 100


def programs(source: Source, tree: object, language: str, watch: Watch) -> Sequence[Program]:
    """``frontends.programs`` for ``yaml``, ``toml``, ``json`` and ``ini``."""
    maker = Maker(source, "settings", watch)
    reader = _reader(maker, language)
    root = reader.read()
    path = source.path.replace("\\", "/")
    # a block of a document is shown for itself, wherever the document lies
    generated = source.host is None and _GENERATED.search(path) is not None
    if not generated and not _is_data(root):
        span = Span(0, len(source.text))
        maker.setting((), root, span, Span(0, 0))
        _pairs(maker, root)
        reader.scripts(root)
    else:
        maker.program.settings.clear()
    reader.shell.finish()
    return [maker.program, *maker.inner, *(_files(source, watch) if language == "yaml" else ())]


def _files(source: Source, watch: Watch) -> Iterator[Program]:
    """The programs of the files that YAML holds under their names."""
    for match in _HELD.finditer(source.text):
        held = language_of_file(match["name"])
        if held in _HOSTS or held is None or not gate.passes(match["text"]):
            continue
        lines = match["text"].splitlines(keepends=True)
        margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
        builder, at = Builder(source), match.start("text")
        for line in lines:
            builder.add(line[margin:] or "\n", at + min(margin, len(line) - 1))
            at += len(line)
        yield from read(builder.source(), held, watch)


def document(source: Source, language: str) -> Value:
    """The document of a settings file, with the places of its parts. Raises ValueError."""
    return _reader(Maker(source, "settings", Watch(frozenset(), _NOTHING)), language).read()


def _reader(maker: Maker, language: str) -> Reader:
    reader: Reader = import_module(f".{_MODULES[language]}", __package__).Format(maker)
    return reader


def _is_data(root: Value) -> bool:
    """A specification, a schema, what a test plays back, or a list of records."""
    if isinstance(root, Dict):
        keys = {entry.key for entry in root.entries}
        if len(keys & _RESULTS) > 1:
            return True
        return bool(keys & _NO_SETTINGS) or ("$schema" in keys and "properties" in keys)
    if isinstance(root, List) and len(root.items) > _MAX_RECORDS:
        first = root.items[0]
        return not (isinstance(first, Dict) and any(entry.key == "custom_id" for entry in first.entries))
    return False


def _pairs(maker: Maker, root: Value) -> None:
    """``- NAME=value`` of compose: each sets a variable."""
    stack = [root]
    while stack:
        found = stack.pop()
        if isinstance(found, Dict):
            stack.extend(entry.value for entry in found.entries)
        elif isinstance(found, List):
            stack += [item for item in found.items if isinstance(item, (Dict, List))]
            pairs = [_pair(maker, item) for item in found.items if isinstance(item, (Str, Unknown))]
            entries = tuple(pair for pair in pairs if pair is not None)
            if entries:
                maker.setting(("environment",), Dict(entries, found.span), found.span, found.span)


def _pair(maker: Maker, item: Str | Unknown) -> Entry | None:
    raw = maker.source.text[item.span.start : item.span.end]
    quotes = 1 if raw[:1] in "'\"" and raw[:1] else 0
    inside = raw[quotes : len(raw) - quotes]
    match = _PAIR.match(inside) if len(inside) < 500 else None
    if match is None or not (maker.matches(match[1]) or "MODEL" in match[1].upper()):
        return None
    start = item.span.start + quotes
    name_span = Span(start, start + match.end(1))
    span = Span(start + match.start(2), start + match.end(2))
    return Entry(match[1], scalar(match[2], span, match[2], maker, 0), item.span, name_span)
