"""The command ``claude-compat``.

``check`` exits with 0 (clean), 1 (findings), 2 (wrong usage or configuration)
or 3 (nothing found, but some file could not be checked).
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import os
import sys
import tokenize
import warnings
from collections.abc import Callable, Iterator, Sequence

from . import __version__, config, gate
from .config import Config, ConfigError
from .engine import check
from .findings import Located, Problem, Report
from .source import Source

CLEAN, FOUND, USAGE, UNCHECKED = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code, or raises SystemExit on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a path or a message may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(argv)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except ConfigError as error:
        print(f"claude-compat: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="claude-compat",
        description="Finds what breaks or silently changes when OpenAI code is pointed at Claude.",
    )
    parser.add_argument("--version", action="version", version=f"claude-compat {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    command = commands.add_parser("check", help="report findings", description="Report findings in Python files.")
    command.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders; default: .")
    command.add_argument("--format", choices=sorted(FORMATS), default="text", help="default: text")
    _add_common(command)
    command.set_defaults(run=_check)
    return parser


def _add_common(command: argparse.ArgumentParser) -> None:
    """What means the same in every command."""
    command.add_argument("--isolated", action="store_true", help="read no configuration file")
    command.add_argument("--no-gitignore", action="store_true", help="check files that git ignores, too")
    config.add_cli_options(command)


# ---------------------------------------------------------------------- check


def _check(options: argparse.Namespace) -> int:
    settings = config.from_cli(options)
    reports = [_selected(_check_file(path, settings), settings) for path in discover(options.paths, settings)]
    FORMATS[options.format](reports, settings)
    if any(report.findings for report in reports):
        return FOUND
    return UNCHECKED if any(report.problems for report in reports) else CLEAN


def _check_file(path: str, settings: Config) -> Report:
    name = _shown(path)
    try:
        text = _decoded(path)
        # Before parsing: where no word of OpenAI stands there is nothing to
        # find, whether the file parses or not.
        if not gate.passes(text):
            return Report(name, ())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the checked file's own, such as invalid escapes
            tree = ast.parse(text)
    except SyntaxError as error:
        return _problem(name, f"syntax error: {error.msg}", error.lineno or 1)
    except OSError as error:
        return _problem(name, f"cannot be read: {error.strerror or error}")
    except (ValueError, LookupError) as error:  # NUL characters, bytes that do not decode, codecs that are none
        return _problem(name, f"cannot be decoded: {error}")
    except (RecursionError, MemoryError):
        return _problem(name, "nested too deeply for Python's parser")
    return check(Source(name, text), tree, settings)


def _decoded(path: str) -> str:
    with open(path, "rb") as file:
        data = file.read()
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding)


def _problem(path: str, message: str, line: int = 1) -> Report:
    return Report(path, (), (Problem(path, message, line),))


def _selected(report: Report, settings: Config) -> Report:
    # CLC000 is in the report's problems, too, and must not count as a finding
    kept = [item for item in report.findings if item.finding.code != "CLC000" and settings.reports(item.finding.code)]
    return report._replace(findings=tuple(kept))


# ------------------------------------------------------------------ discovery


def discover(paths: Sequence[str], settings: Config) -> Iterator[str]:
    """The files to check: those named, and Python files in the folders named.

    Hidden folders, virtual environments and node_modules are left out, and
    what ``exclude`` covers. A path that does not exist is given back, for the
    problem that it is.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _files(path, settings) if os.path.isdir(path) else (path,):
            key = os.path.abspath(file)
            if key not in seen and not _excluded(file, settings):
                seen.add(key)
                yield file


def _files(top: str, settings: Config) -> Iterator[str]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if _enters(os.path.join(folder, name), name, settings))
        yield from (os.path.join(folder, name) for name in sorted(files) if name.endswith(".py"))


def _enters(path: str, name: str, settings: Config) -> bool:
    if name.startswith(".") or name in ("node_modules", "__pycache__", "site-packages"):
        return False
    return not os.path.exists(os.path.join(path, "pyvenv.cfg")) and not _excluded(path, settings)


def _excluded(path: str, settings: Config) -> bool:
    return any(config.matches(glob, path, settings.root) for glob in settings.exclude)


def _shown(path: str) -> str:
    """A path relative to the current folder if it is below it, else as given."""
    folder = os.path.join(os.path.abspath("."), "")
    whole = os.path.abspath(path)
    return whole[len(folder) :] if whole.startswith(folder) else path


# -------------------------------------------------------------------- formats


def _print_text(reports: Sequence[Report], settings: Config) -> None:
    for report in reports:
        for finding, _, place in report.findings:
            print(f"{report.path}:{place.line}:{place.column}: {finding.code} {finding.message}")
    sys.stdout.flush()
    for problem in _problems(reports):
        print(f"{problem.path}:{problem.line}: not checked: {problem.message}", file=sys.stderr)


def _print_json(reports: Sequence[Report], settings: Config) -> None:
    document = {
        "version": 1,
        "target": settings.target_name(),
        "files": len(reports),
        "findings": [_finding(report.path, item) for report in reports for item in report.findings],
        "problems": [{"path": problem.path, "message": problem.message} for problem in _problems(reports)],
    }
    print(json.dumps(document, indent=1))


def _finding(path: str, item: Located) -> dict[str, object]:
    finding, name, place = item
    return {
        "path": path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "cell": place.cell,
        "code": finding.code,
        "name": name,
        "severity": finding.severity,
        "message": finding.message,
        "fix": {"safety": finding.safety} if finding.changes else None,
    }


def _problems(reports: Sequence[Report]) -> list[Problem]:
    return [problem for report in reports for problem in report.problems]


FORMATS: dict[str, Callable[[Sequence[Report], Config], None]] = {"text": _print_text, "json": _print_json}
