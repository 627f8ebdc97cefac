"""README and docs: what they show is what happens, what they name exists."""

from __future__ import annotations

import configparser
import contextlib
import io
import json
import re
import shlex
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from conftest import ROOT
from mdtest import read_toml

from flake8_claude_compat import catalogue, cli
from flake8_claude_compat.options import OPTIONS, Option, read, shipped_targets
from flake8_claude_compat.rules import all_rules

DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

from making import consoles, picture, tables  # noqa: E402

PAGES = consoles.PAGES
BLOCKS = [(page, block) for page in PAGES for block in consoles.blocks(page.read_text("utf-8"))]
BY_NAME: dict[str, Option] = {option.name: option for option in OPTIONS}
#: flake8's options that pages set beside ours
FLAKE8 = {"select", "extend-select", "ignore", "extend-ignore", "exclude", "per-file-ignores"}
#: what is shown and neither run nor parsed: another program's configuration
SHOWN = {"vim", "lua"}
#: pages whose plain blocks are a picture or a list of commands
TEXT = {("architecture.md", ""), ("command.md", "text"), ("checklist.md", "text"), ("contributing.md", "text")}


def each(*languages: str) -> pytest.MarkDecorator:
    found = [
        pytest.param(page, block, id=f"{page.name}:{block.line}") for page, block in BLOCKS if block.language in languages
    ]
    return pytest.mark.parametrize(("page", "block"), found)


# ------------------------------------------------------------------- commands


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text("utf-8")], ids=lambda page: str(page.name)
)
def test_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    """Also the walks of contributing.md: its files and changes are made in a copy of the repository."""
    wrong = []
    for block, results in consoles.play(page.name, page.read_text("utf-8"), tmp_path / "work"):
        for one in results:
            if not consoles.fits(one.shown, one.given):
                wrong.append(f"{page.name}:{block.line}: $ {one.command}\n{one.given}")
            if re.match(r"python .*(?:pytest|making/|test_)", one.command) and one.code:
                wrong.append(f"{page.name}:{block.line}: $ {one.command}: exit code {one.code}\n{one.given}")
    assert not wrong, "python docs/making/consoles.py writes the output anew\n" + "\n".join(wrong)


def test_every_block_is_run_parsed_or_marked() -> None:
    known = {"console", "sh", "py", "toml", "ini", "yaml", "json", "dotenv", "diff", "markdown", *SHOWN}
    for page, block in BLOCKS:
        assert block.language in known or (page.name, block.language) in TEXT, (page.name, block.line)
        if block.language in ("py", "dotenv", "diff", "markdown"):
            assert "file" in block.flags, f"{page.name}:{block.line}: nothing makes use of this block"
        if block.language == "text" and "file" not in block.flags:
            lines = block.text.splitlines()
            assert all(re.match(r"claude-compat |# claude-compat: ", line) for line in lines), f"{page.name}:{block.line}: output"
        if block.language == "sh" and page.name != "README.md":
            assert re.fullmatch(r"<!-- not run: [^>]+ -->", block.before), f"{page.name}:{block.line}: say why it is not run"
    marked = [block for _, block in BLOCKS if block.before.startswith("<!-- not run")]
    assert len(marked) <= 6, "too much that is not run"


def _lines() -> Iterator[tuple[str, str]]:
    """(place, command) of each of our commands that is shown and not run."""
    for page, block in BLOCKS:
        if block.language in ("sh", "text", "yaml", "json"):
            for line in block.text.splitlines():
                match = re.match(r"^\s*(?:- (?:run: )?|entry: )?(claude-compat [a-z].*)$", line)
                if match:
                    text = re.split(r" {2,}| \|\| ", match[1])[0]
                    yield f"{page.name}:{block.line}", text.replace("${{ github.base_ref }}", "main").replace("…", "")


@pytest.mark.parametrize(("place", "command"), list(_lines()))
def test_commands_that_are_not_run_can_be_understood(place: str, command: str) -> None:
    """The command's own parser takes them."""
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            words = shlex.split(command)[1:]
            cli._parser(words).parse_args(words)
        except SystemExit:
            pytest.fail(f"{place}: {command}: {said.getvalue()}")


def test_the_command_of_the_readme_lints_the_examples(tmp_path: Path) -> None:
    shown = [block.text for page, block in BLOCKS if page.name == "README.md" and block.language == "sh"]
    assert len(shown) == 2 and "-m pytest" in shown[1]
    lint = shown[0].rpartition("&& ")[2].strip().removeprefix(".venv/bin/")
    (tmp_path / "work").mkdir()
    consoles.prepare(tmp_path / "work" / "clone", "README.md")
    ((printed, code),) = consoles.run(tmp_path / "work" / "clone", [lint])
    assert code == 1 and printed.count("CLC") == 8


# -------------------------------------------------------------- configuration


def _check_table(values: dict[str, object], place: str) -> None:
    for key, raw in values.items():
        assert key in BY_NAME, f"{place}: no option {key!r}"
        read(BY_NAME[key], raw, place)
        if key == "target" and not str(raw).endswith(".toml"):
            assert raw in shipped_targets()


@each("toml")
def test_toml_is_valid(page: Path, block: consoles.Block) -> None:
    doc = read_toml(block.text)
    table = doc.get("tool", {}).get("claude-compat", {})
    if "tarket" not in table:  # shown for the message
        _check_table(table, f"{page.name}:{block.line}")


@each("ini")
def test_ini_is_valid(page: Path, block: consoles.Block) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(block.text)
    assert parser.sections() == ["flake8"]
    for key, value in parser["flake8"].items():
        name = key.removeprefix("claude-compat-")
        if name != key:
            assert BY_NAME[name].flake8
            read(BY_NAME[name], value, key)
        else:
            assert key in FLAKE8


@each("yaml")
def test_yaml_is_valid(page: Path, block: consoles.Block) -> None:
    doc = yaml.safe_load(block.text)
    assert isinstance(doc, (dict, list))
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for entry in doc if isinstance(doc, list) else []:
        for hook in entry.get("hooks", ()):
            assert hook["id"] == "flake8" or hook["id"] in {one["id"] for one in hooks}


@each("json")
def test_json_is_valid(page: Path, block: consoles.Block) -> None:
    json.loads(block.text)


def test_pattern_for_vs_code_fits_the_output() -> None:
    """The problem matcher of docs/editors.md on a line as it is printed."""
    tasks = next(json.loads(block.text) for page, block in BLOCKS if page.name == "editors.md" and "problemMatcher" in block.text)
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], "src/a b.ts:10:11: CLC301 OpenAI model 'gpt-4o': use 'x' on claudeapi")
    assert match is not None
    assert [match[pattern[name]] for name in ("file", "line", "column", "code")] == ["src/a b.ts", "10", "11", "CLC301"]


# ----------------------------------------------------------- made from the code


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: str(page.name))
def test_made_parts_are_up_to_date(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == tables.made(text), "run python docs/making/tables.py"
    assert text.count("<!-- made: ") == text.count("<!-- end -->")


def test_every_part_is_in_a_page() -> None:
    there = re.findall(r"<!-- made: ([\w-]+) -->", "".join(page.read_text("utf-8") for page in PAGES))
    assert sorted(there) == sorted(tables.PARTS)


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: str(option.name))
def test_example_of_an_option_is_a_value(option: Option) -> None:
    value = tables.VALUES[option.name]
    shown = read(option, tables._plain(value) if option.kind != "flag" else value, option.name)
    assert shown == read(option, value, option.name) != option.default


def test_checklist_page_names_every_code() -> None:
    named = re.findall(r"\[(CLC\d{3})\]", tables.checklist())
    assert sorted(named) == sorted(all_rules())


def test_changelog_names_every_code_at_its_version() -> None:
    rows = dict(re.findall(r"^\| (\d[\w.]*) \| (CLC.*?) \|$", (DOCS / "changelog.md").read_text("utf-8"), re.M))
    named = {code: version for version, codes in rows.items() for code in codes.split(", ")}
    assert named == {code: rule.since for code, rule in all_rules().items()}
    text = (DOCS / "changelog.md").read_text("utf-8")
    for version in rows:
        assert f"\n## {version}" in text, f"{version} has no section"


def test_disagreements_name_rules_and_real_sources() -> None:
    doc = tables._read("disagreements.toml")
    known = {key: one for name in catalogue.SHIPPED for key, one in catalogue.load(name).sources.items()}
    for row in doc["disagreements"]:
        assert row["topic"] and row["here"].endswith(".") and len(row["says"]) > 1
        assert set(row["codes"]) <= set(all_rules())
        assert {key for key, _ in row["says"]} <= set(doc["sources"])
    for key, row in doc["sources"].items():
        if key in known:
            assert row == known[key]._asdict(), f"{key} says something else in another file"
    assert all(row["topic"] and row["here"].endswith(".") for row in doc["open"])


def test_picture_shows_what_is_printed_now() -> None:
    assert picture.words(picture.PICTURE.read_text("utf-8")) == picture.words(picture.draw()), "run python docs/making/picture.py"
    assert not re.search(r"@import|@font-face|url\(http", picture.PICTURE.read_text("utf-8"))


def test_architecture_says_where_each_module_is_for() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    named = {path.stem for path in (ROOT / "flake8_claude_compat").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert not {name for name in named if not name.startswith("__") and not re.search(rf"\b{name}\b", text)}


def test_readme_is_two_screens() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 80


# ---------------------------------------------------------------------- links


def _slug(heading: str) -> str:
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", text).strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_links_in_the_repository(page: Path) -> None:
    """As a reader of the repository follows them: files and headings exist."""
    text = re.sub(r"^(`{3,}).*?^\1", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "", text)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = link.partition("#")
        to = (page.parent / unquote(name)).resolve() if name else page
        assert to.exists(), link
        if anchor:
            slugs = {_slug(heading) for heading in re.findall(r"^#+ (.*)$", to.read_text("utf-8"), re.M)}
            assert anchor in slugs, link


# ------------------------------------------------------------------- the site


class Html(HTMLParser):
    """The anchors and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ("href", "src") and value and tag in ("a", "img", "link", "script"):
                self.links.add(value)


def test_site_builds_and_its_links_lead_somewhere(tmp_path: Path) -> None:
    pytest.importorskip("sphinx")
    from sphinx.cmd.build import build_main

    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        code = build_main(["-W", "--keep-going", "-q", "-b", "html", "-d", str(tmp_path / "trees"), str(DOCS), str(tmp_path / "site")])
    assert code == 0, said.getvalue()
    site = tmp_path / "site"
    pages = {path: Html(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > len(all_rules()) + len(PAGES) - 2
    assert not [path.stem for path in DOCS.glob("*.md") if site / f"{path.stem}.html" not in pages]
    broken = []
    for path, page in pages.items():
        for link in page.links:
            name, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", name):
                continue
            to = (path.parent / unquote(name.partition("?")[0])).resolve() if name else path
            if not to.exists() or (anchor and to in pages and unquote(anchor) not in pages[to].ids):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert not broken, broken
    shown = (site / "rules" / "CLC401-multiple-candidates.html").read_text("utf-8")
    assert "error: [CLC" not in shown and "must be 1 on claudeapi" in shown
