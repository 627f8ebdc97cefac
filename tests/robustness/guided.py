"""One thing fuzzed with atheris, which looks for texts that reach code that no text has reached yet.

``python tests/robustness/guided.py THING --seconds 60``: THING is a language, ``fix``, ``suppression``, ``options``,
``target`` or ``baseline``. It ends at the first failure, with the text. Needs atheris.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import atheris  # noqa: E402

with atheris.instrument_imports(include=["flake8_claude_compat", "json", "tomllib"]):
    import hostile
    from hostile import EVERYTHING, FILES, WORD, Text

    from flake8_claude_compat import baseline, config
    from flake8_claude_compat.catalogue import CatalogueError, load
    from flake8_claude_compat.fixing import fix_text
    from flake8_claude_compat.options import ConfigError

#: what is fuzzed besides the languages
OTHERS = ("fix", "suppression", "options", "target", "baseline")
_LIKE = ("python", "javascript", "shell", "yaml", "json", "notebook", "markdown", "dotenv", "powershell", "toml")


def _read_file(folder: str, name: str, data: bytes, read: Callable[[str], object]) -> None:
    path = Path(folder, name)
    path.write_bytes(data)
    try:
        read(str(path))
    except (ConfigError, CatalogueError):
        pass


def check_of(thing: str, folder: str) -> Callable[[bytes], None]:
    """What is done with each text."""

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape")
        if thing == "options":
            _read_file(folder, "pyproject.toml", b"[tool.claude-compat]\n" + data, config.read_pyproject)
        elif thing == "target":
            _read_file(folder, "target.toml", data, lambda path: load(path, root=folder))
        elif thing == "baseline":
            baseline.load.cache_clear()
            _read_file(folder, "known.json", data, baseline.load)
        elif thing == "fix":
            language = _LIKE[len(data) % len(_LIKE)]
            fix_text(FILES[language], text, language, EVERYTHING, True)
        elif thing == "suppression":
            language = _LIKE[len(data) % len(_LIKE)]
            hostile.checked(Text(language, f"x = 'gpt-4o'  # {text}\n# claude-compat: {text}\nmodel = 'gpt-4o'\n"))
        else:
            hostile.checked(Text(thing, text if thing in ("json", "notebook") else f"{text}\n# {WORD}\n"))

    return check


def main() -> None:
    """Fuzz; libFuzzer says how many runs that were."""
    parser = argparse.ArgumentParser(prog="python tests/robustness/guided.py", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("thing", choices=[*FILES, *OTHERS])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, one in enumerate(hostile.fixtures()):
            if one.language == args.thing or args.thing not in FILES:
                (corpus / str(number)).write_bytes(re.sub(r"\r\n?", "\n", one.text).encode("utf-8", "surrogateescape"))
        flags = [f"-max_total_time={args.seconds}", f"-seed={args.seed}", "-max_len=4000", "-timeout=10", "-rss_limit_mb=2048",
                 f"-artifact_prefix={folder}/", "-verbosity=0", "-print_final_stats=1"]  # fmt: skip
        atheris.Setup([sys.argv[0], *flags, str(corpus)], check_of(args.thing, folder))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
