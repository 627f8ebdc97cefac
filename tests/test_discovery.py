"""Which files are checked, and as what."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import SAMPLE, Project, git
from hypothesis import given
from hypothesis import strategies as st

from flake8_claude_compat import discovery, frontends, ignoring
from flake8_claude_compat.config import Config
from flake8_claude_compat.discovery import MAX_SIZE, Found, discover, unwanted
from flake8_claude_compat.languages import (
    NAMES,
    PROGRAMS,
    SUFFIXES,
    is_example,
    kind_of,
    language_by_line,
    language_by_name,
)
from flake8_claude_compat.options import KINDS

LANGUAGES = frozenset({*SUFFIXES.values(), *NAMES.values(), *PROGRAMS.values()})


@pytest.fixture(autouse=True)
def all_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every language of the table had its frontend."""
    monkeypatch.setattr(frontends, "MODULES", dict.fromkeys(LANGUAGES, "python"))


def names(found: Found) -> list[str]:
    return [os.path.normpath(file.path).replace(os.sep, "/") for file in found.files]


def skipped(found: Found) -> dict[str, str]:
    return {path.replace(os.sep, "/"): reason for reason, path in found.skipped}


def look(project: Project, *paths: str, force: bool = False, **options: object) -> Found:
    return discover(paths or (".",), Config(str(project.path), **options), force_exclude=force)


# -------------------------------------------------------------------- language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.py", "python"), ("A.PYI", "python"), ("x/b.cjs", "javascript"), ("b.jsx", "javascript"), ("b.cts", "typescript"),
        ("b.tsx", "tsx"), ("b.vue", "vue"), ("b.html", "html"), ("run.zsh", "shell"), ("Makefile", "makefile"),
        ("GNUmakefile", "makefile"), ("rules.mk", "makefile"), ("Dockerfile", "dockerfile"), ("Dockerfile.dev", "dockerfile"),
        ("web.Dockerfile", "dockerfile"), ("a.psm1", "powershell"), ("a.CMD", "batch"), (".env", "dotenv"),
        (".env.local", "dotenv"), (".env.example", "dotenv"), ("prod.env", "dotenv"), (".envrc", "shell"),
        (".dev.vars", "dotenv"), (".dev.vars.example", "dotenv"), (".env_example", "dotenv"),
        ("env.sample", "dotenv"), ("env-example.txt", "dotenv"), ("env.txt", ""),
        ("config.yaml.example", "yaml"), ("settings.py.sample", "python"), ("LICENSE.sample", ""),
        ("compose.yml", "yaml"), ("pyproject.toml", "toml"), ("a.jsonc", "json"), ("setup.cfg", "ini"),
        ("ask.http", "http"), (".env.yaml", "yaml"), ("config.fish", "shell"), ("ask.rest", "http"), ("ask.prompty", "yaml"),
        ("n.ipynb", "notebook"), ("README.md", "markdown"), ("a.mdx", "mdx"), ("a.rst", "rst"),
        ("LICENSE", ""), ("a.txt", ""), (".gitignore", ""), ("py", ""), (".py", ""), ("a.py.orig", ""),
    ],
)  # fmt: skip
def test_language_by_name(name: str, language: str) -> None:
    assert language_by_name(name) == language


@pytest.mark.parametrize(
    ("line", "language"),
    [
        (b"#!/bin/sh\n", "shell"), (b"#!/usr/bin/env bash\n", "shell"), (b"#!/usr/bin/env -S python3.12 -u\n", "python"),
        (b"#! /usr/bin/python3\r\n", "python"), (b"#!/usr/bin/env node", "javascript"), (b"#!/usr/bin/env A=b deno run\n", "typescript"),
        (b"#!/usr/bin/perl\n", ""), (b"#!\n", ""), (b"# sh\n", ""), (b"", ""), (b"#!/usr/bin/env\n", ""), (b"#!\xff\xfe\n", ""),
    ],
)  # fmt: skip
def test_language_by_first_line(line: bytes, language: str) -> None:
    assert language_by_line(line) == language


def test_every_language_is_of_a_kind() -> None:
    assert {kind_of(language) for language in LANGUAGES} == set(KINDS)


# ----------------------------------------------------------------------- files


def test_folders_are_searched_in_order(project: Project) -> None:
    for name in (
        "a.py", "src/b.ts", "src/deep/c.md", "src/data.txt", "src/script", ".github/workflows/ci.yml",
        "node_modules/x.js", "env/pyvenv.cfg", "env/lib/x.py", "src/__pycache__/x.py", "third_party/x.py",
    ):  # fmt: skip
        project.write(name, "#!/bin/sh\n")
    found = look(project, ".", "a.py", "src")
    assert names(found) == ["a.py", ".github/workflows/ci.yml", "src/b.ts", "src/script", "src/deep/c.md"]
    assert skipped(found) == {"node_modules": "vendored", "env": "vendored", "third_party": "vendored"}
    assert not found.problems


def test_what_nobody_wrote_is_left_out(project: Project) -> None:
    project.write("package-lock.json", "{}")
    project.write("jquery.min.js", "x")
    project.write("large.json", " " * (MAX_SIZE + 1))
    project.write("api.generated.ts", "x")
    project.write("generated.js", "x")
    found = look(project)
    assert names(found) == ["generated.js"]
    assert skipped(found) == {
        "package-lock.json": "lock file", "jquery.min.js": "minified", "large.json": "over 2 MB", "api.generated.ts": "generated",
    }  # fmt: skip


def test_a_look_at_the_text() -> None:
    assert unwanted("# @generated by protoc\nx = 1\n", "python") == "generated"
    assert unwanted("// Code generated by oapi-codegen. DO NOT EDIT.\n", "javascript") == "generated"
    assert unwanted(" * This file is @generated by Cargo.\n", "markdown") == "generated"
    for line in (
        "# This file was automatically generated by gh-aw (v1). DO NOT EDIT. To debug it …",
        "// This file is generated. Do not edit by hand.",
        "# GENERATED FILE — do not edit. Source of truth: docs/src",
        "// GENERATED CODE -- DO NOT EDIT!",
        "/**\n * THIS FILE IS AUTO-GENERATED.\n * Do not modify it.\n */",
        "<!-- This file is autogenerated by x, do not change -->",
    ):
        assert unwanted(line + "\nx = 1\n", "javascript") == "generated", line
    for line in (
        "# Generated files: do not edit them by hand",
        "<!-- BEGIN AUTO-GENERATED (do not edit; made again on each run) -->",
        "The folder is generated. Do not edit it.",
        "PREAMBLE = '-- GENERATED by make; do not edit'",
        "# This file is generated.\n\nDo not edit here but there.",
    ):
        assert unwanted(line + "\nx = 1\n", "markdown") == "", line
    assert unwanted("Files with `@generated` in them\nand # `@generated`, x = '@generated'\n", "markdown") == ""
    assert unwanted("x = 1\n" * 2000 + "# @generated\n", "python") == ""
    assert unwanted("var a=1;" * 2000, "javascript") == "minified"
    assert unwanted("var a=1;\n" * 2000, "javascript") == "" == unwanted("x" * 9000, "markdown")


def test_binary_files_are_left_out(project: Project) -> None:
    project.write("a.py", b"\0\1openai")
    done = project.main("check", "-v")
    assert done.code == 0 and "left out: 1 binary" in done.err
    assert project.main("check", "a.py").code == 3


def test_named_files_are_always_checked(project: Project) -> None:
    for name in ("node_modules/a.js", "skip/b.py", "x.min.js", "large.py"):
        project.write(name, " " * (MAX_SIZE + 1))
    project.write(".gitignore", "skip\n")
    listed = ("node_modules/a.js", "skip/b.py", "x.min.js", "large.py", "skip/b.py")
    assert names(look(project, *listed, exclude=("large.py",))) == list(listed[:4])
    found = look(project, *listed, force=True, exclude=("large.py",))
    assert names(found) == []
    assert skipped(found) == {
        "node_modules/a.js": "vendored", "skip/b.py": "ignored by git", "x.min.js": "minified", "large.py": "excluded",
    }  # fmt: skip


def test_named_folders_are_searched_whatever_they_are(project: Project) -> None:
    project.write("node_modules/a.js", "")
    project.write("skip/b.py", "")
    project.write(".gitignore", "/skip\n")
    assert names(look(project, "node_modules", "skip")) == ["node_modules/a.js", "skip/b.py"]


def test_named_files_of_no_known_kind(project: Project) -> None:
    project.write("a.txt", "")
    assert look(project, "a.txt").problems[0].message == "not a kind of file that can be checked"
    assert skipped(look(project, "a.txt", force=True)) == {"a.txt": "of another kind"}


def test_kinds(project: Project) -> None:
    for name in ("a.py", "a.tsx", "a.vue", "a.md"):
        project.write(name, "")
    assert names(look(project, kinds=("typescript", "html"))) == ["a.tsx", "a.vue"]
    assert names(look(project, "a.py", kinds=("markdown",))) == []


def test_kinds_option(project: Project) -> None:
    project.write("a.py")
    project.write("pyproject.toml", '[tool.claude-compat]\nkinds = ["markdown"]\n')
    assert project.main("check").code == 0 and project.main("check", "--kinds=python,shell").code == 1
    done = project.main("check", "--kinds=pyhton")
    assert done.code == 2 and "did you mean 'python'?" in done.err


def test_missing_frontends_are_not_discovered(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontends, "MODULES", {"python": "python"})
    project.write("a.py", "")
    project.write("a.js", "")
    assert names(look(project)) == ["a.py"]


# ----------------------------------------------------------------------- links


def test_link_loops(project: Project) -> None:
    project.write("src/a.py")
    (project.path / "src" / "again").symlink_to(project.path / "src", target_is_directory=True)
    (project.path / "src" / "b.py").symlink_to(project.path / "src" / "a.py")
    (project.path / "src" / "gone.py").symlink_to(project.path / "nowhere.py")
    found = look(project)
    assert names(found) == ["src/a.py"] and not found.problems
    assert skipped(found) == {"src/b.py": "symbolic link", "src/gone.py": "symbolic link"}
    assert names(look(project, "src/b.py")) == ["src/b.py"]
    assert look(project, "src/gone.py").problems


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_what_is_no_regular_file(project: Project) -> None:
    os.mkfifo(project.path / "a.py")
    os.mkfifo(project.path / "script")
    assert names(look(project)) == []


def test_unreadable_folder_is_a_problem(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.py", "")
    project.write("locked/b.py", "")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if "locked" in path:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(discovery.os, "scandir", refuse)
    found = look(project)
    assert names(found) == ["a.py"]
    assert [(one.path, one.message) for one in found.problems] == [("locked", "cannot be read: Permission denied")]


# --------------------------------------------------------------------- ignored


def test_gitignore(project: Project) -> None:
    for name in ("a.py", "out/a.py", "src/gen/a.py", "src/keep/a.py", "src/x_pb2.py", "src/keep/x_pb2.py", "local.py", "logs/a.py"):
        project.write(name, "")
    project.write(".gitignore", "# comment\n/out/\n*_pb2.py\n\n")
    project.write("src/.gitignore", "gen\n")
    project.write("src/keep/.gitignore", "!x_pb2.py\n")
    project.write(".git/info/exclude", "local.py\n/logs\n")
    everything = ["a.py", "local.py", "logs/a.py", "out/a.py", "src/x_pb2.py", "src/gen/a.py", "src/keep/a.py", "src/keep/x_pb2.py"]
    assert names(look(project)) == ["a.py", "src/keep/a.py", "src/keep/x_pb2.py"]
    assert set(skipped(look(project)).values()) == {"ignored by git"}
    assert names(look(project, gitignore=False)) == everything
    # what stands above the folder counts, too
    assert names(look(project, "src")) == ["src/keep/a.py", "src/keep/x_pb2.py"]


def test_gitignore_outside_of_a_repository_and_bad_patterns(tmp_path: Path) -> None:
    top = tmp_path / "plain"
    (top / "sub").mkdir(parents=True)
    for name in ("a.py", "b.py", "sub/b.py"):
        (top / name).write_text("")
    (top / ".gitignore").write_bytes(b"\xef\xbb\xbfb.py\n!\n\\\n[z-a\n\xff\n")
    assert [os.path.basename(file.path) for file in discover([str(top)], Config(str(top))).files] == ["a.py"]


_NAME = st.one_of(st.text("ab.*-?$", min_size=1, max_size=4), st.sampled_from(["*", "**", "[ab]", "a[A-Z0-9_]", "*.[ab]"]))
_PATTERN = st.builds(
    "{}{}{}{}".format, st.sampled_from(["", "!"]), st.sampled_from(["", "/"]),
    st.lists(_NAME, min_size=1, max_size=3).map("/".join), st.sampled_from(["", "/"]),
)  # fmt: skip
_PATH = st.lists(st.text("abA.-", min_size=1, max_size=4), min_size=1, max_size=4).map("/".join)


@given(st.lists(_PATTERN, min_size=1, max_size=5), st.lists(_PATH, min_size=1, max_size=20), st.booleans())
def test_plain_patterns_are_what_the_library_makes_of_them(lines: list[str], paths: list[str], is_folder: bool) -> None:
    ours, theirs = ignoring._Patterns(lines), ignoring._Patterns([])
    theirs.matchers = [*ignoring._by_library(lines)][::-1]
    for path in paths:
        assert ours.decide(path, is_folder) == theirs.decide(path, is_folder), path


def test_gitignore_options(project: Project) -> None:
    project.write("a.py")
    project.write(".gitignore", "a.py\n")
    assert project.main("check").code == 0 and project.main("check", "--no-gitignore").code == 1
    project.write("pyproject.toml", "[tool.claude-compat]\ngitignore = false\n")
    assert project.main("check").code == 1 and project.main("check", "--gitignore").code == 0


def test_same_files_as_git(repository: Project) -> None:
    """What is left of a tree of awkward names and patterns is what git leaves of it."""
    patterns = ["*.log.py", "/top.py", "deep/*/x.py", "**/any/**", "a[bc].py", "!deep/keep/x.py", "foo/*", "!foo/bar.py", "\\#x.py", "sp ace.py"]
    files = [
        "x.log.py", "top.py", "sub/top.py", "deep/a/x.py", "deep/a/b/x.py", "deep/keep/x.py", "q/any/r.py", "ab.py", "ad.py",
        "foo/bar.py", "foo/baz.py", "#x.py", "sp ace.py", "sub/.hidden/y.py",
    ]  # fmt: skip
    repository.write(".gitignore", "\n".join(patterns) + "\n")
    repository.write("sub/.gitignore", "!top.py\n.hidden/\n")
    for name in files:
        repository.write(name, "")
    expected = git(repository.path, "-c", "core.quotePath=false", "ls-files", "--others", "--exclude-standard").splitlines()
    assert sorted(names(look(repository))) == sorted(name for name in expected if name.endswith(".py"))


def test_exclude_is_a_gitignore_of_the_root(project: Project) -> None:
    for name in ("a.py", "skip/x.py", "sub/skip/x.py", "sub/old/x.py", "sub/old/keep.py", "x_pb2.py"):
        project.write(name)
    project.write("pyproject.toml", '[tool.claude-compat]\nexclude = ["/skip", "*_pb2.py", "sub/old/*", "!sub/old/keep.py"]\n')

    def checked(*args: str, cwd: str = ".") -> list[str]:
        return sorted({line.partition(":")[0].replace(os.sep, "/") for line in project.main("check", *args, cwd=cwd).out.splitlines()})

    assert checked() == ["a.py", "sub/old/keep.py", "sub/skip/x.py"]
    assert checked(cwd="sub") == ["old/keep.py", "skip/x.py"]
    assert checked("--exclude=old/,a.py", cwd="sub") == ["skip/x.py"]


# ---------------------------------------------------------------- .env and git

SECRET = "OPENAI_API_KEY=0123456789abcdef\n"


def env_findings(project: Project, *args: str) -> list[str]:
    return [line for line in project.main("check", "--select=CLC206", *args).out.splitlines() if line]


def test_unignored_env_file(repository: Project) -> None:
    repository.write(".env", f"# settings\nDEBUG=1\n{SECRET}")
    (line,) = env_findings(repository)
    assert line.startswith(".env:3:1: CLC206 this file holds the key OPENAI_API_KEY and is covered by no .gitignore: ")
    assert env_findings(repository, ".env") == [line] and "0123" not in line
    repository.write(".gitignore", ".env*\n!.env.example\n")
    assert env_findings(repository) == [] == env_findings(repository, ".env")
    git(repository.path, "add", "-f", ".env")
    (line,) = env_findings(repository)
    assert line.startswith(".env:3:1: CLC206 this file holds the key OPENAI_API_KEY and is tracked by git: ")
    assert env_findings(repository, "--no-gitignore") == [line]
    repository.write(".env", f"DEBUG=1\n{SECRET.strip()}  # noqa: CLC206\n")
    assert env_findings(repository) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (".env.production", SECRET, True), ("deploy/prod.env", f"export {SECRET}", True), (".env.example", SECRET, False),
        (".env.sample", SECRET, False), (".env.local.template", SECRET, False), (".env", "OPENAI_API_KEY=\n", False),
        (".env", "OPENAI_API_KEY=your-key-here\n", False), (".env", "OPENAI_API_KEY=${SECRET_FROM_VAULT}\n", False),
        (".env", "OPENAI_BASE_URL=https://gw.claudeapi.com/v1\n", False), (".env", "CLAUDE_API_KEY='0123456789abcdef'\n", True),
    ],
)  # fmt: skip
def test_which_env_files(project: Project, name: str, text: str, found: bool) -> None:
    project.write(name, text)
    assert bool(env_findings(project)) == found


def test_examples_by_name() -> None:
    assert all(map(is_example, (".env.example", "a/.env.sample", "example.env", ".env.dist", ".env.prod.template")))
    assert not any(map(is_example, (".env", "examples/.env", ".env.production", "distribution.env")))


def test_base_url_of_the_project(project: Project) -> None:
    """OPENAI_BASE_URL in a .env is as good as openai-base-url-set."""
    project.write("app/a.py", SAMPLE.replace('api_key="sk-openai-xxx"', ""))
    assert "CLC101" in project.main("check", "app").codes
    project.write(".gitignore", ".env\n")
    for name, url, found in (
        (".env", "https://gw.claudeapi.com/v1", False), (".env", '"https://gw.claudeapi.com/v1"', False), (".env", "http://localhost:1/v1", True),
    ):  # fmt: skip
        project.write(name, f"OPENAI_BASE_URL={url}\n")
        for args in ((), ("app",), ("app/a.py",)):
            assert ("CLC101" in project.main("check", *args).codes) == found, (url, args)
    project.write(".env", "OPENAI_BASE_URL=https://gw.claudeapi.com/v1\n")
    assert "CLC101" in project.main("check", "--no-openai-base-url-set").codes
    assert "CLC101" in project.main("check", "app", "--isolated").codes
