"""No key ever reaches an output: every command, every format, every file that is written, every error.

Keys of each kind stand in every place of every kind of file (:data:`hostile.POSITIONS`), and where a person pastes one
by mistake: in settings, in options. What ``fix`` writes into files, and ``fix --stdin`` prints as one, is the program.
"""

from __future__ import annotations

import re

import pytest
from conftest import Project, commit_all
from hostile import FILES, Text, with_keys
from mdtest import KEYS

from flake8_claude_compat.reporters import FORMATS

#: of a key no more than its prefix and two characters may be seen
SHOWN = 8


def pieces(key: str) -> set[str]:
    """The runs of a key that would give it away."""
    secret = re.sub(r"\Ask-(?:ant-api03-|proj-)?", "", key)
    return {secret[at : at + SHOWN] for at in range(len(secret) - SHOWN + 1)}


def assert_none(secrets: set[str], printed: str) -> None:
    seen = {printed[at : at + SHOWN] for at in range(len(printed) - SHOWN + 1)} & secrets
    assert not seen, [printed[max(0, printed.index(one) - 150) : printed.index(one) + 40] for one in sorted(seen)[:5]]


@pytest.fixture
def secrets(project: Project) -> set[str]:
    """The pieces of the keys that the project is full of."""
    found: set[str] = set()
    for name, text in _files():
        found |= pieces(text[0])
        project.write(name, text[1].text)
    return found


def _files() -> list[tuple[str, tuple[str, Text]]]:
    return [(f"{number}/{FILES[one.language]}", (key, one)) for number, (key, one) in enumerate(with_keys())]


ALL = ("--enable=CLC", "--verbose")
COMMANDS = (
    *(("check", *ALL, f"--format={format}") for format in FORMATS),
    ("check", *ALL, "--statistics"),
    ("check", *ALL, "--target=litellm"),
    ("fix", *ALL, "--diff"),
    ("fix", *ALL, "--diff", "--unsafe"),
    *(("checklist", *ALL, f"--format={format}") for format in ("text", "markdown", "json", "html")),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_what_is_printed(project: Project, secrets: set[str], arguments: tuple[str, ...]) -> None:
    done = project.main(*arguments, ".")
    assert done.code in (0, 1, 3) and len(done.out) > 500, done.err[:300]
    assert_none(secrets, done.out + done.err)


@pytest.mark.parametrize("format", ["text", "json"])
def test_what_facts_shows(project: Project, secrets: set[str], format: str) -> None:
    done = project.main("facts", f"--format={format}", *(name for name, _ in _files()))
    assert len(done.out) > 500
    assert_none(secrets, done.out + done.err)


@pytest.mark.parametrize("name", sorted({FILES[one.language] for _, one in with_keys()}))
def test_what_is_said_of_the_standard_input(project: Project, name: str) -> None:
    for key, one in with_keys():
        if FILES[one.language] == name:
            text = one.text.encode()
            for arguments in (("check", *ALL, "--format=full"), ("facts",)):
                done = project.main(*arguments, f"--stdin-filename={name}", stdin=text)
                assert_none(pieces(key), done.out + done.err)


def test_what_is_said_beside_a_program_that_is_fixed(project: Project) -> None:
    key, one = next(with_keys())
    text = f"from openai import OpenAI\n{one.text}client.embeddings.create(model='{key}', input='{key}')\n"
    done = project.run("-m", "flake8_claude_compat", "fix", "--unsafe", "--stdin-filename=a.py", stdin=text.encode())
    assert "CLC003" in done.err
    assert_none(pieces(key), done.err)


def test_what_is_said_while_files_are_written(project: Project, secrets: set[str]) -> None:
    done = project.main("fix", *ALL, "--unsafe", "--write", "--allow-dirty", ".")
    assert "fixed" in done.out + done.err
    assert_none(secrets, done.out + done.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", *ALL, "--baseline=written", "--write-baseline"),
        ("check", *ALL, "--output=written"),
        ("check", *ALL, "--output=written", "--format=sarif"),
        ("checklist", *ALL, "--output=written", "--format=html"),
        ("checklist", *ALL, "--save=written"),
    ],
    ids=" ".join,
)
def test_what_is_written(project: Project, secrets: set[str], arguments: tuple[str, ...]) -> None:
    done = project.main(*arguments, ".")
    written = (project.path / "written").read_text("utf-8")
    assert len(written) > 100
    assert_none(secrets, done.out + done.err + written)


def test_what_is_said_of_changes(repository: Project, secrets: set[str]) -> None:
    """Lines and files that git has in an older state."""
    commit_all(repository.path)
    for name, (_, one) in _files()[::5]:
        repository.write(name, one.text + "\n" + one.text)
    for arguments in (("check", *ALL, "--diff=HEAD"), ("checklist", *ALL, "--since=HEAD")):
        done = repository.main(*arguments, ".")
        assert len(done.out) > 500
        assert_none(secrets, done.out + done.err)


@pytest.mark.parametrize("format", ["default", "pylint", "%(path)s %(code)s %(text)s"])
def test_what_flake8_prints(project: Project, format: str) -> None:
    secrets: set[str] = set()
    for name, (key, one) in _files():
        if one.language == "python":
            secrets |= pieces(key)
            project.write(name.removesuffix("w"), one.text)
    done = project.flake8("--claude-compat-enable=CLC", f"--format={format}", ".")
    assert "CLC" in done.out
    assert_none(secrets, done.out + done.err)


# ------------------------------------------------------------------- errors


@pytest.mark.parametrize("command", ["check", "fix", "checklist", "facts"])
@pytest.mark.parametrize("place", ["linker", "spelling"])
def test_an_error_of_ours(project: Project, monkeypatch: pytest.MonkeyPatch, command: str, place: str) -> None:
    """Whatever fails says what it failed on in its exception: nothing of that is printed."""
    from flake8_claude_compat import engine, fixing, linker

    files = [(name, some) for name, some in _files() if some[1].language in ("python", "javascript", "yaml")]
    secrets: set[str] = set()
    for name, (key, one) in files:
        secrets |= pieces(key)
        project.write(name, one.text)

    def broken(program: object, *rest: object) -> object:
        raise RuntimeError(program.source.text)  # type: ignore[attr-defined]

    for module in (engine, linker) if place == "linker" else ():
        monkeypatch.setattr(module, "link", broken)
    if place == "spelling":
        monkeypatch.setattr(fixing, "spelled", broken)
    arguments = [name for name, _ in files] if command == "facts" else [".", "--verbose", "--jobs=1"]
    done = project.main(command, *arguments)
    assert ("itself failed" in done.out + done.err) is (place == "linker" or command == "fix")
    assert_none(secrets, done.out + done.err)


#: settings of the project with a key where something else should be
SETTINGS = (
    'target = "{}"', 'key-variable = "{}"', 'base-url = "{}"', 'base-url = "https://{}@host.example/v1"',
    'base-url = "https://host.example/v1?key={}"', 'model-map = {{ "{}" = "claude-opus-4-8" }}',
    'model-map = {{ "gpt-4o" = "{}" }}', 'enable = ["{}"]', 'select = "{}"', 'keep-openai = ["{}"]', 'kinds = ["{}"]',
    'exclude = ["{}"]', 'today = "{}"', 'scope = "{}"', '{} = 1', '"{}" = 1', 'baseline = "{}"', "target = {}", "x = '{}",
)  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_key_in_the_settings(project: Project, setting: str) -> None:
    key = KEYS["openai_project_key"]
    project.write("a.py")
    project.write("pyproject.toml", "[tool.claude-compat]\n" + setting.replace("{}", key).replace("{{", "{").replace("}}", "}"))
    for command in ("check", "fix", "checklist", "targets"):
        done = project.main(command, *(["--verbose", "."] if command != "targets" else []))
        assert done.out or done.err
        assert_none(pieces(key), done.out + done.err)
    done = project.flake8(".")
    assert_none(pieces(key), done.out + done.err)


@pytest.mark.parametrize("text", ["{}", 'x = "{}', '["{}"]', '{{"findings": "{}"}}', '{{"version": 1, "findings": {{"a.py": "{}"}}}}'])
def test_a_key_in_a_file_of_ours(project: Project, text: str) -> None:
    """A target's file, a baseline and a history that are none."""
    project.write("a.py")
    project.write("file.toml", text.replace("{}", KEYS["openai_key"]))
    for option in (("check", "--target"), ("check", "--baseline"), ("checklist", "--save")):
        done = project.main(option[0], f"{option[1]}=file.toml", ".")
        assert_none(pieces(KEYS["openai_key"]), done.out + done.err)


@pytest.mark.parametrize("arguments", [
    ("explain", "{}"), ("models", "{}"), ("targets", "{}"), ("check", "--select={}"), ("check", "--target={}"),
    ("check", "--base-url={}"), ("check", "--key-variable={}"), ("check", "--diff={}"), ("check", "--today={}"),
    ("check", "--model-map=gpt-4o={}"), ("checklist", "--since={}"), ("fix", "--code={}"), ("facts", "--target={}", "a.py"),
], ids=" ".join)  # fmt: skip
def test_a_key_as_an_argument(project: Project, arguments: tuple[str, ...]) -> None:
    project.write("a.py")
    key = KEYS["openai_project_key"]
    done = project.run("-m", "flake8_claude_compat", *(one.replace("{}", key) for one in arguments))
    assert_none(pieces(key), done.out + done.err)
