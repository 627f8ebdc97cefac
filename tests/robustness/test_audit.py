"""Under an audit hook: no command opens a socket, runs anything of what it reads, or writes what it is not asked to."""

from __future__ import annotations

import itertools
import re

import pytest
from conftest import Project, commit_all
from hostile import FILES, mutations

#: usage: python -c AUDITED ROOT PROGRAM ARGUMENTS…; what is seen goes to the error output
AUDITED = """
import sys
events = []
root, program, *arguments = sys.argv[1:]
armed = False

def hook(event, args):
    if not armed:
        return
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.", "urllib", "ftplib", "http.", "smtplib")):
        events.append((event, str(args)[:200]))
    elif event == "open":
        path, mode, flags = args
        if isinstance(path, int):
            return  # no file: a descriptor that is open already, as that of the pipe to git
        if isinstance(mode, str) and any(letter in mode for letter in "wax+") or (not mode and isinstance(flags, int) and flags & 3):
            events.append((event, str(args)[:200]))
    elif event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.link", "os.symlink", "shutil.rmtree", "os.putenv"):
        events.append((event, str(args)[:200]))
    elif event in ("exec", "compile", "import"):
        # what is compiled from the checked tree is only parsed; what is executed comes from elsewhere
        name = getattr(args[0], "co_filename", "") if event == "exec" else str(args[1])
        if name and name.startswith(root):
            events.append((event, name))

sys.addaudithook(hook)
sys.dont_write_bytecode = True
if program == "flake8":
    from flake8.main.cli import main
else:
    from flake8_claude_compat.cli import main
armed = True
code = main(arguments)
if program == "spoil":
    import os, socket, subprocess
    socket.socket().close()
    open(os.devnull, "w").close()
    subprocess.run([sys.executable, "-c", ""])
armed = False
sys.stdout.flush()
for event in events:
    print("EVENT", *event, file=sys.stderr)
print("DONE", code, file=sys.stderr)
"""

#: git is asked about files, nothing else is started
_GIT = re.compile(r"EVENT (?:subprocess\.Popen|os\.posix_spawn|os\.fork)\b.*git|EVENT os\.fork|open \('?/dev/null")
#: a file is written beside the one that it replaces
_WRITTEN = re.compile(r"EVENT (?:open|os\.rename|os\.chmod) \('[^']*/\.claude-compat-[\w-]+\.tmp'")

#: what would do harm if it ran
EVIL = "import os, socket\nopen('written', 'w')\nos.system('touch ran')\nsocket.create_connection(('127.0.0.1', 9))\n"
EVIL_FILES = {
    "evil.py": f"import openai\n{EVIL}openai.chat.completions.create(model='gpt-4o')\n",
    **dict.fromkeys(("conftest.py", "setup.py", "sitecustomize.py", "openai.py", "flake8_claude_compat.py"), f"import openai\n{EVIL}"),
    "evil.yaml": "openai: !!python/object/apply:os.system ['touch ran']\nmodel: gpt-4o\n",
    "evil.ipynb": '{"cells":[{"cell_type":"code","source":["!touch ran\\n","import openai"]}],"metadata":{},"nbformat":4}',
    "evil.sh": "#!/bin/sh\ntouch ran\ncurl https://api.openai.com/v1/models\n",
    "evil.js": "require('child_process').exec('touch ran'); new OpenAI({ apiKey: 'x' });\n",
    "evil.ps1": "$x = $(touch ran)\nInvoke-RestMethod https://api.openai.com/v1/models\n",
    "Makefile": "X := $(shell touch ran)\nall:\n\tcurl https://api.openai.com/v1/models\n",
    "evil.toml": "openai = '$(touch ran)'\nmodel = 'gpt-4o'\n",
    ".env": "OPENAI_API_KEY=$(touch ran)\n",
    "evil.md": "```py\nimport openai\n__import__('os').system('touch ran')\n```\n",
    ".gitattributes": "* filter=evil diff=evil\n",
}
#: what git would run, did it believe the repository
EVIL_GIT = """
[core]
    fsmonitor = touch ran
    hooksPath = .
    pager = touch ran
[diff]
    external = touch ran
[diff "evil"]
    command = touch ran
    textconv = touch ran
[filter "evil"]
    clean = touch ran
    process = touch ran
    required = true
"""


def _audited(project: Project, program: str, *arguments: str) -> tuple[list[str], str]:
    """What the hook saw but git, and the error output."""
    err = project.run("-I", "-c", AUDITED, str(project.path), program, *arguments).err
    events = [line for line in err.splitlines() if line.startswith("EVENT")]
    return [line for line in events if not _GIT.search(line)], err


@pytest.fixture
def evil(repository: Project) -> Project:
    """A repository of which everything is evil, with changes since its last commit."""
    project = repository
    for name, text in EVIL_FILES.items():
        project.write(name, text)
    for number, one in enumerate(itertools.islice(mutations(7), 100)):
        project.write(f"m/{number}/{FILES[one.language]}", one.text.encode("utf-8", "replace"))
    commit_all(project.path)
    with (project.path / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(EVIL_GIT)
    project.write("evil.py", EVIL_FILES["evil.py"] + "openai.OpenAI()\n")
    project.write("new.py", EVIL_FILES["evil.py"])
    return project


def _contents(project: Project) -> dict[str, bytes]:
    inside = project.path.rglob("*")
    return {str(path.relative_to(project.path)): path.read_bytes() for path in inside if path.is_file()}


def test_the_hook_sees_what_it_is_for(project: Project) -> None:
    project.write("a.py")
    _, err = _audited(project, "spoil", "check", ".")
    assert all(f"EVENT {event}" in err for event in ("socket.", "open", "subprocess.Popen")), err


@pytest.mark.parametrize(
    "arguments",
    [
        ("claude-compat", "check", "--enable=CLC", "--jobs=1", "--format=full", "."),
        ("claude-compat", "check", "--jobs=1", "--diff=HEAD", "."),
        ("claude-compat", "fix", "--diff", "--unsafe", "--enable=CLC", "--jobs=1", "."),
        ("claude-compat", "checklist", "--jobs=1", "."),
        ("claude-compat", "checklist", "--jobs=1", "--format=html", "--since=HEAD", "."),
        ("claude-compat", "facts", *(name for name in EVIL_FILES if name != ".gitattributes")),
        ("claude-compat", "facts", "--format=json", "evil.py", "evil.js", "evil.sh", "evil.yaml"),
        ("claude-compat", "explain", "CLC101"),
        ("claude-compat", "rules"),
        ("claude-compat", "models", "gpt-4o"),
        ("claude-compat", "targets"),
        ("flake8", "-j1", "--claude-compat-enable=CLC", "."),
    ],
    ids=lambda arguments: " ".join(arguments[:4]),
)
def test_nothing_is_opened_written_or_run(evil: Project, arguments: tuple[str, ...]) -> None:
    """Over programs that would do all of it if they ran."""
    before = _contents(evil)
    others, err = _audited(evil, *arguments)
    assert re.search(r"DONE [013]$", err, re.MULTILINE), err[-2000:]
    assert not others, others[:10]
    assert _contents(evil) == before


@pytest.mark.parametrize(
    "arguments, written",
    [
        (("fix", "--write", "--unsafe", "--jobs=1", "."), {"evil.py", "new.py"}),
        (("check", "--jobs=1", "--output=report.json", "--format=json", "."), {"report.json"}),
        (("check", "--jobs=1", "--write-baseline", "--baseline=known.json", "."), {"known.json"}),
        (("checklist", "--jobs=1", "--save=history.json", "--output=page.html", "--format=html", "."), {"history.json", "page.html"}),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)  # fmt: skip
def test_only_what_is_asked_for_is_written(evil: Project, arguments: tuple[str, ...], written: set[str]) -> None:
    before = _contents(evil)
    others, err = _audited(evil, "claude-compat", *arguments)
    assert re.search(r"DONE [013]$", err, re.MULTILINE), err[-2000:]
    assert not [line for line in others if not _WRITTEN.search(line)], others[:10]
    after = _contents(evil)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    # the fixer changes what it can of the other files, too
    assert written <= changed and not changed & {"ran", "written"}
    assert arguments[0] == "fix" or changed == written
