"""The command ``claude-compat``: arguments in, exit code out.

0: clean, 1: findings, 2: wrong usage or configuration, 3: nothing found, but
some file could not be checked, 130: ended by Ctrl-C.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from . import __version__, config
from .commands import CLEAN, COMMANDS, INTERRUPTED, USAGE
from .options import ConfigError

#: objects made and not gone after which garbage is looked for: what is found of a file stays, and has no circles
_GARBAGE = 10_000


def entry() -> int:
    """:func:`main` for a process that ends with it."""
    gc.set_threshold(_GARBAGE)
    code = main()
    gc.freeze()  # else the interpreter looks for garbage several times as it ends
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code, or raises SystemExit on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a path or a message may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    argv = list(sys.argv[1:] if argv is None else argv)
    try:
        options = _parser(argv).parse_args(argv)
        code: int = options.run(options)
        sys.stdout.flush()
    except ConfigError as error:
        print(f"claude-compat: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="claude-compat",
        description="Finds what breaks or silently changes when OpenAI code is pointed at Claude.",
    )
    parser.add_argument("--version", action="version", version=f"claude-compat {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    # a parser takes a millisecond to make: the others are only there for the help
    for name in argv[:1] if COMMANDS.keys() & argv[:1] else COMMANDS:
        summary = COMMANDS[name]
        command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if name in argv:  # the others' modules are not needed
            module = import_module(f".commands.{name}", __package__)
            module.add_arguments(command)
            config.add_cli_options(command)
            command.set_defaults(run=module.run)
    return parser
