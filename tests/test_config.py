"""Options: one table, four places, one clear line for a wrong value."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, Project
from flake8.exceptions import ExecutionError

from flake8_claude_compat.config import Config, find_pyproject, matches
from flake8_claude_compat.options import OPTIONS, ConfigError, markdown_table, read, shipped_targets

BY_NAME = {option.name: option for option in OPTIONS}
Parse = Callable[..., Config]


# --------------------------------------------------------------- the one table


def test_defaults_and_types_are_those_of_the_table() -> None:
    config = Config()
    for option in OPTIONS:
        if option.name != "today":
            assert getattr(config, option.attribute) == option.default
    assert config.today == date.today()
    assert set(Config.__slots__) == set(Config.__annotations__)


def test_config_is_a_value() -> None:
    config = Config("/somewhere", keep_openai=("a",), model_map=(("x", "y"),), today=date(2026, 1, 2))
    copy = pickle.loads(pickle.dumps(config))
    assert copy == config and hash(copy) == hash(config) and copy.root == config.root
    assert config != Config("/somewhere")
    assert "model_map=(('x', 'y'),)" in repr(config)
    with pytest.raises(TypeError, match="tarket"):
        Config(tarket="litellm")


def test_every_option_is_offered_everywhere(project: Project) -> None:
    shown = project.run("-m", "flake8", "--help").out
    command = project.check("--help").out
    for option in OPTIONS:
        assert (f"--claude-compat-{option.name}" in shown) == option.flake8
        assert f"--{option.name}" in command
        assert option.help and option.metavar or option.choices or option.kind == "flag"


def test_docs_hold_the_table() -> None:
    assert markdown_table() in (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


# ------------------------------------------------------------------ one value


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("target", " litellm ", "litellm"),
        ("scope", "claude", "claude"),
        ("keep-openai", "a, b\nlegacy/**,", ("a", "b", "legacy/**")),
        ("keep-openai", ["a", " b "], ("a", "b")),
        ("model-map", "gpt-4o=x, ft:a=b=c", (("gpt-4o", "x"), ("ft:a", "b=c"))),
        ("model-map", {"gpt-4o": "x"}, (("gpt-4o", "x"),)),
        ("model-map", "", ()),
        ("enable", "CLC9,CLC801", ("CLC9", "CLC801")),
        ("base-url", "", ""),
        ("base-url", "https://proxy.example/v1", "https://proxy.example/v1"),
        ("key-variable", "MY_KEY", "MY_KEY"),
        ("today", "2026-11-22", date(2026, 11, 22)),
        ("today", date(2026, 11, 22), date(2026, 11, 22)),
        ("openai-base-url-set", "Yes", True),
        ("openai-base-url-set", False, False),
    ],
)
def test_values(name: str, raw: object, value: object) -> None:
    assert read(BY_NAME[name], raw, "here") == value


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("target", 3, "3 is not a text"),
        ("scope", "both", "'both' is not one of migrate, claude"),
        ("scope", "claud", "did you mean 'claude'?"),
        ("keep-openai", {"a": 1}, "is not a list of texts"),
        ("keep-openai", ["a", 1], "is not a list of texts"),
        ("model-map", "gpt-4o", "is not a map"),
        ("model-map", "gpt-4o=", "is not a map"),
        ("model-map", {"gpt-4o": 3}, "is not a map"),
        ("enable", "E501", "'E501' is not a code or its beginning"),
        ("enable", "CLC0001", "is not a code"),
        ("enable", "CLC999", "no rule has the code 'CLC999'"),
        ("base-url", "gw.example/v1", "is not a URL"),
        ("key-variable", "$KEY", "is not the name of an environment variable"),
        ("today", "22.11.2026", "is not a date as YYYY-MM-DD"),
        ("today", "2026-02-30", "is not a date"),
        ("today", 20261122, "is not a date"),
        ("openai-base-url-set", "maybe", "'maybe' is not true or false"),
        ("openai-base-url-set", 1, "is not true or false"),
        ("exclude", "x" * 200 + "=", None),
        ("model-map", "x" * 200, "..."),
    ],
)
def test_wrong_values(name: str, raw: object, says: str | None) -> None:
    if says is None:
        read(BY_NAME[name], raw, "here")
        return
    with pytest.raises(ConfigError, match="^here: ") as caught:
        read(BY_NAME[name], raw, "here")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


# ----------------------------------------------------------------- precedence


def test_command_line_beats_flake8_file_beats_pyproject_beats_default(project: Project, flake8_options: Parse) -> None:
    assert flake8_options() == Config()
    project.write("pyproject.toml", '[tool.claude-compat]\nkey-variable = "PY"\nbase-url = "https://py/v1"\nscope = "claude"\n')
    config = flake8_options()
    assert (config.key_variable, config.base_url, config.scope) == ("PY", "https://py/v1", "claude")
    project.write("setup.cfg", "[flake8]\nclaude-compat-key-variable = CFG\nclaude_compat_base_url = https://cfg/v1\n")
    config = flake8_options()
    assert (config.key_variable, config.base_url, config.scope) == ("CFG", "https://cfg/v1", "claude")
    config = flake8_options("--claude-compat-key-variable=ARG")
    assert (config.key_variable, config.base_url, config.scope) == ("ARG", "https://cfg/v1", "claude")
    # what is given counts even where it is the default
    assert flake8_options("--claude-compat-scope=migrate").scope == "migrate"
    assert flake8_options("--isolated") == Config()


def test_flag_can_be_taken_back(project: Project, flake8_options: Parse) -> None:
    project.write("pyproject.toml", "[tool.claude-compat]\nopenai-base-url-set = true\n")
    assert flake8_options().openai_base_url_set
    assert not flake8_options("--no-claude-compat-openai-base-url-set").openai_base_url_set
    project.write("tox.ini", "[flake8]\nclaude-compat-openai-base-url-set = off\n")
    assert not flake8_options().openai_base_url_set
    assert flake8_options("--claude-compat-openai-base-url-set").openai_base_url_set


def test_all_of_pyproject(project: Project, flake8_options: Parse) -> None:
    project.write(
        "pyproject.toml",
        """\
[tool.claude-compat]
target = "litellm"
keep-openai = ["old_client", "legacy/**"]
enable = ["CLC9"]
today = 2026-11-22
openai-base-url-set = true
select = ["CLC1"]
ignore = "CLC101"
exclude = ["vendor"]

[tool.claude-compat.model-map]
"gpt-4o" = "claude-opus-4-8"
""",
    )
    assert flake8_options() == Config(
        str(project.path),
        target="litellm",
        keep_openai=("old_client", str(project.path / "legacy/**")),
        model_map=(("gpt-4o", "claude-opus-4-8"),),
        enable=("CLC9",),
        today=date(2026, 11, 22),
        openai_base_url_set=True,
        select=("CLC1",),
        ignore=("CLC101",),
        exclude=("vendor",),
    )


# ---------------------------------------------------------------- wrong values


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[tool.claude-compat]\nscop = "claude"\n', "unknown key 'scop'; did you mean 'scope'?"),
        ('[tool.claude-compat]\nscope = "both"\n', "[tool.claude-compat] scope: 'both' is not one of migrate, claude"),
        ('[tool.claude-compat]\nmodel_map = "a=b"\n', "did you mean 'model-map'?"),
        ('[tool.claude-compat]\nscope = "both\n', "line 2"),
        ('[tool]\nclaude-compat = "litellm"\n', "is not a table"),
        ('tool."claude-compat".scope = 1\n', "scope: 1 is not a text"),
        ('[tool.claude-compat]\ntarget = "litelm"\n', "unknown target 'litelm'"),
        ('[tool.claude-compat]\ntarget = "./none.toml"\n', "no such file"),
        (b"[tool.claude-compat]\n\xff\n", "pyproject.toml"),
    ],
)
def test_wrong_pyproject(project: Project, flake8_options: Parse, text: str | bytes, says: str) -> None:
    project.write("pyproject.toml", text)
    with pytest.raises(ExecutionError) as caught:
        flake8_options()
    message = str(caught.value)
    assert message.startswith(f"flake8-claude-compat: {project.path / 'pyproject.toml'}") and says in message
    assert "\n" not in message


def test_wrong_value_names_where_it_stands(project: Project, flake8_options: Parse) -> None:
    with pytest.raises(ExecutionError, match="flake8-claude-compat: --claude-compat-scope: 'both' is not one of"):
        flake8_options("--claude-compat-scope=both")
    path = project.write("tox.ini", "[flake8]\nclaude-compat-scope = both\n")
    with pytest.raises(ExecutionError) as caught:
        flake8_options()
    assert f"{path}: [flake8] claude-compat-scope: 'both' is not" in str(caught.value)
    with pytest.raises(ExecutionError, match="--claude-compat-scope: 'neither'"):
        flake8_options("--claude-compat-scope=neither")
    other = project.write("other.cfg", "[flake8]\nclaude-compat-today = soon\n")
    with pytest.raises(ExecutionError) as caught:
        flake8_options("--config=other.cfg")
    assert f"{other}: [flake8] claude-compat-today: 'soon' is not a date" in str(caught.value)


def test_wrong_value_ends_flake8_and_the_command(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    done = project.flake8("--claude-compat-target=litelm")
    assert done.code == 1
    line = "--claude-compat-target: unknown target 'litelm'; known: "
    assert line in done.out and "did you mean 'litellm'?" in done.out
    done = project.check("--target=litelm")
    assert done.code == 2 and done.out == ""
    assert done.err.startswith("claude-compat: --target: unknown target 'litelm'")
    assert len(done.err.splitlines()) == 1
    project.write("pyproject.toml", "[tool.claude-compat]\nfoo = 1\n")
    assert project.flake8().code == 1
    assert project.check().code == 2
    assert project.flake8("--isolated").code == 0
    assert project.check("--isolated").code == 0


# ---------------------------------------------------------------- own targets

GATEWAY = """\
id = "gateway"
name = "Our gateway"
extends = "anthropic"
base_url = "https://gw.example.com/v1"
hosts = ["gw.example.com"]
key_variable = "GATEWAY_KEY"
source = "wiki"

[sources]
wiki = { title = "Our wiki", at = "https://wiki.example.com", read = "2026-11-22" }
"""


def test_own_target(project: Project, flake8_options: Parse) -> None:
    path = project.write("conf/gateway.toml", GATEWAY)
    assert flake8_options("--claude-compat-target=conf/gateway.toml").target == str(path)
    project.write("pyproject.toml", '[tool.claude-compat]\ntarget = "conf/gateway.toml"\n')
    (project.path / "sub").mkdir()
    for cwd in (".", "sub"):
        assert project.check("--format=json", cwd=cwd).out.count('"target": "gateway"') == 1


@pytest.mark.parametrize("spelled", ["gateway.toml", "./gateway.toml"])
def test_own_target_is_relative_to_the_file_that_names_it(project: Project, spelled: str) -> None:
    project.write("gateway.toml", GATEWAY)
    project.write(".flake8", f"[flake8]\nclaude-compat-target = {spelled}\n")
    project.write("sub/a.py")
    done = project.flake8(cwd="sub")
    assert "gw.example.com" in done.out or "gateway" in done.out.lower(), done.out


def test_wrong_own_target(project: Project, flake8_options: Parse) -> None:
    path = project.write("gateway.toml", "id = \n")
    with pytest.raises(ExecutionError, match="--claude-compat-target") as caught:
        flake8_options("--claude-compat-target=./gateway.toml")
    assert str(path) in str(caught.value) or "gateway.toml" in str(caught.value)
    project.write("gateway.toml", f'colour = "red"\n{GATEWAY}')
    with pytest.raises(ExecutionError, match="colour"):
        flake8_options("--claude-compat-target=./gateway.toml")
    with pytest.raises(ExecutionError, match="no such file"):
        flake8_options("--claude-compat-target=./nowhere.toml")


def test_shipped_targets() -> None:
    assert {"claudeapi", "anthropic", "litellm", "openrouter", "databricks"} <= set(shipped_targets())


# ---------------------------------------------------- globs, files, selection


def test_matches(tmp_path: Path) -> None:
    root = str(tmp_path)

    def hit(glob: str, path: str) -> bool:
        return matches(glob, str(tmp_path / path), root)

    assert hit("legacy/**", "legacy/a/b.py") and hit("legacy", "legacy/a/b.py") and hit("legacy/", "legacy/b.py")
    assert hit("legacy", "src/legacy/b.py") and not hit("legacy", "src/legacy2/b.py")
    assert not hit("src/*.py", "src/a/b.py") and hit("src/**/*.py", "src/a/b.py") and hit("src/**/*.py", "src/b.py")
    assert hit("*.py", "a/b.py") and not hit("a.py", "a_py") and hit("./src/a?.py", "src/ab.py")
    assert hit(str(tmp_path / "src" / "**"), "src/x.py") and not hit("legacy/**", "other/legacy/x.py")


def test_keep_openai(project: Project) -> None:
    config = Config(str(project.path), keep_openai=("old_*", "legacy/**", "batch.py"))
    assert config.keep_clients == ("old_*",)
    assert config.keeps_file("legacy/x.py") and config.keeps_file("./deep/batch.py")
    assert not config.keeps_file("old_client.py") and not Config().keeps_file("x.py")


def test_keep_openai_globs_are_relative_to_their_file(project: Project, flake8_options: Parse) -> None:
    project.write("setup.cfg", "[flake8]\nclaude-compat-keep-openai = one, legacy/**\n")
    assert flake8_options().keep_openai == ("one", str(project.path / "legacy/**"))
    assert flake8_options("--claude-compat-keep-openai=a/b").keep_openai == (str(project.path / "a/b"),)


def test_reports() -> None:
    assert Config().reports("CLC301")
    assert not Config(ignore=("CLC3",)).reports("CLC301")
    assert Config(ignore=("CLC3",), select=("CLC301",)).reports("CLC301")
    assert not Config(ignore=("CLC301",), select=("CLC301",)).reports("CLC301")
    assert not Config(select=("CLC1",)).reports("CLC301")


# --------------------------------------------------------------- pyproject.toml


def test_pyproject_is_looked_for_up_to_the_repository(project: Project) -> None:
    inner = project.path / "a" / "b"
    inner.mkdir(parents=True)
    path = project.write("pyproject.toml", "[tool.claude-compat]\n")
    assert find_pyproject(str(inner)) == str(path)
    project.write("a/pyproject.toml", '[project]\ndependencies = ["flake8-claude-compat"]\n')
    assert find_pyproject(str(inner)) == str(path)
    (project.path / "a" / ".git").mkdir()
    assert find_pyproject(str(inner)) == ""


@pytest.mark.parametrize("table", ["[tool.claude-compat]", '[tool."claude-compat"]', "[ tool . claude-compat ]"])
def test_pyproject_spellings(project: Project, flake8_options: Parse, table: str) -> None:
    project.write("pyproject.toml", f'{table}\nscope = "claude"\n')
    assert flake8_options().scope == "claude"
    project.write("pyproject.toml", '[tool]\nclaude-compat.scope = "claude"\n')
    assert flake8_options().scope == "claude"


LOADED = """\
import sys
from flake8.main.cli import main
main(sys.argv[1:])
print(*sorted(name for name in sys.modules if name.startswith(("toml", "flake8_claude_compat", "ast_grep"))))
"""


def test_start_up_loads_next_to_nothing(project: Project) -> None:
    project.write("a.py", "x = 1\n")
    project.write("pyproject.toml", '[project]\ndependencies = ["flake8-claude-compat>=0.1"]\n')
    allowed = {f"flake8_claude_compat{name}" for name in ("", ".plugin", ".options", ".config", ".gate", ".record")}
    assert set(project.run("-c", LOADED).out.split()) <= allowed
    args = ("--claude-compat-target=litellm", "--claude-compat-model-map=a=b", "--claude-compat-enable=CLC9")
    assert set(project.run("-c", LOADED, *args).out.split()) <= allowed
