"""The options in force, from flake8, the command and pyproject.toml; their table is in ``options``.

A value counts in this order: command line, flake8's configuration file,
``[tool.claude-compat]`` in pyproject.toml, default. flake8 hands the values of
its configuration file on as defaults of its parser, so no option has a default
there: None means "not given" and is filled in last.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from .options import BY_NAME, OPTIONS, ConfigError, Option, near, read, shipped_targets

TABLE = "tool.claude-compat"


# -------------------------------------------------------------------- Config


class Config:
    """The options in force, one field per row of :data:`OPTIONS`, picklable.

    ``target`` is a shipped name or an absolute path, ``baseline`` an absolute
    path or "". File globs of
    ``keep_openai`` are relative to ``root`` (absolute path) unless they are
    absolute; patterns of ``exclude`` are relative to it. Unknown fields are a
    TypeError.
    """

    __slots__ = (*(option.attribute for option in OPTIONS), "root")

    target: str
    scope: str
    keep_openai: tuple[str, ...]
    model_map: tuple[tuple[str, str], ...]
    enable: tuple[str, ...]
    base_url: str
    key_variable: str
    today: date
    openai_base_url_set: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    exclude: tuple[str, ...]
    kinds: tuple[str, ...]
    gitignore: bool
    baseline: str
    root: str

    def __init__(self, root: str = ".", **values: Any) -> None:
        self.root = os.path.abspath(root)
        for option in OPTIONS:
            setattr(self, option.attribute, values.pop(option.attribute, option.default))
        if values:
            raise TypeError(f"no such option: {', '.join(values)}")
        if self.today is None:
            self.today = date.today()

    def _key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        given = [
            f"{option.attribute}={getattr(self, option.attribute)!r}"
            for option in OPTIONS
            if getattr(self, option.attribute) != option.default
        ]
        return f"Config({', '.join([f'root={self.root!r}', *given])})"

    @property
    def keep_clients(self) -> tuple[str, ...]:
        """The client names (or globs of names) of ``keep_openai``."""
        return tuple(item for item in self.keep_openai if not _names_files(item))

    def target_name(self) -> str:
        """The name of the target; of a file of the user's own, its ``id``."""
        if not _is_file(self.target):
            return self.target
        from .catalogue import load

        return load(self.target, root=self.root).target.id

    def keeps_file(self, path: str) -> bool:
        """Whether ``keep_openai`` exempts a file (path relative to the cwd)."""
        globs = [item for item in self.keep_openai if _names_files(item)]
        return bool(globs) and any(matches(glob, path, self.root) for glob in globs)

    def reports(self, code: str) -> bool:
        """Whether ``select``, ``extend_select`` and ``ignore`` let a code through (command only).

        The longer prefix decides, as in flake8; on a tie, ``ignore``.
        """
        selected = self.select + self.extend_select
        chosen = max((len(item) for item in selected if code.startswith(item)), default=-1)
        dropped = max((len(item) for item in self.ignore if code.startswith(item)), default=-1)
        return chosen > dropped


def _names_files(item: str) -> bool:
    return "/" in item or os.sep in item or re.search(r"\.(pyi?|ipynb|[cm]?[jt]sx?)$", item) is not None


def matches(glob: str, path: str, root: str) -> bool:
    """Whether a glob covers a file or a folder above it.

    ``*`` stays within a folder, ``**`` does not; a glob without ``/`` matches
    a name at any depth below ``root``.
    """
    where = os.path.abspath(path).replace(os.sep, "/")
    glob = glob.replace(os.sep, "/").rstrip("/")
    base = root.replace(os.sep, "/").rstrip("/")
    if "/" not in glob:
        glob = f"{base}/**/{glob}"
    elif not os.path.isabs(glob):
        glob = f"{base}/{glob.removeprefix('./')}"
    return re.match(_regex(glob), where) is not None


def _regex(glob: str) -> str:
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    return "".join(tokens.get(part) or re.escape(part) for part in parts) + r"(?:/|\Z)"


# ------------------------------------------------------------ pyproject.toml


def find_pyproject(folder: str) -> str:
    """The nearest pyproject.toml with our table, from a folder upwards.

    "" if there is none up to the repository's root or the home folder.
    """
    home = os.path.expanduser("~")
    folder = os.path.abspath(folder)
    while True:
        path = os.path.join(folder, "pyproject.toml")
        if _mentions_us(path):
            return path
        parent = os.path.dirname(folder)
        ends = parent in (folder, home) or os.path.exists(os.path.join(folder, ".git"))
        if ends or os.path.exists(os.path.join(folder, ".hg")):
            return ""
        folder = parent


def _mentions_us(path: str) -> bool:
    # Importing tomllib takes longer than all else that we do at start-up: only
    # for a file that may hold our table, in whatever way TOML lets it be spelled.
    try:
        with open(path, "rb") as file:
            return re.search(rb"(?<!flake8-)claude-compat", file.read()) is not None
    except OSError:
        return False


def read_pyproject(path: str) -> dict[str, Any]:
    """The values of ``[tool.claude-compat]`` by field of :class:`Config`."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        with open(path, "rb") as file:
            data = tomllib.load(file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from None
    table = data.get("tool", {})
    table = table.get("claude-compat", {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [{TABLE}] is not a table")
    values = {}
    for key, raw in table.items():
        option = BY_NAME.get(key)
        if option is None:
            raise ConfigError(f"{path}: [{TABLE}]: unknown key {key!r}{near(key, tuple(BY_NAME))}")
        value = read(option, raw, f"{path}: [{TABLE}] {key}")
        folder = os.path.dirname(path)
        values[option.attribute] = _anchored(option, value, folder, folder)
    return values


# ------------------------------------------------------------------ resolving


def resolve(given: Mapping[str, object], places: Mapping[str, str], *, isolated: bool = False) -> Config:
    """The options in force, from what a host was given by name of the option.

    ``given`` holds raw values, None for those not given; ``places`` how the
    host names each option in a message. ``isolated``: read no pyproject.toml.
    Raises :class:`ConfigError`.
    """
    cwd = os.path.abspath(".")
    pyproject = "" if isolated else find_pyproject(cwd)
    root = os.path.dirname(pyproject) or cwd
    values = read_pyproject(pyproject) if pyproject else {}
    place = f"{pyproject}: [{TABLE}] target"
    for option in OPTIONS:
        raw = given.get(option.name)
        if raw is not None:
            value = read(option, raw, places[option.name])
            values[option.attribute] = _anchored(option, value, cwd, root)
            if option.name == "target":
                place = places["target"]
    if values.get("target", "claudeapi") != "claudeapi":
        _check_target(values, place, root)
    return Config(root, **values)


def _is_file(target: str) -> bool:
    return target.endswith(".toml") or "/" in target or os.sep in target


def _anchored(option: Option, value: Any, folder: str, root: str) -> Any:
    """Paths made absolute, or relative to the root, since each place where options stand has its own folder."""
    if option.name == "target" and _is_file(value):
        return os.path.normpath(os.path.join(folder, os.path.expanduser(value)))
    if option.name == "baseline" and value:
        return os.path.normpath(os.path.join(folder, os.path.expanduser(value)))
    if option.name == "keep-openai":
        return tuple(os.path.normpath(os.path.join(folder, item)) if "/" in item else item for item in value)
    if option.name == "exclude":
        return tuple(_from_root(item, folder, root) for item in value)
    return value


def _from_root(pattern: str, folder: str, root: str) -> str:
    """A pattern of a .gitignore in a folder as one in the root above it."""
    sign, body = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    if "/" not in body.rstrip("/"):
        return pattern
    if os.path.isabs(body) and not body.startswith(os.path.join(root, "")):
        body = body.lstrip("/")  # as git reads it: from the root of the project
    path = os.path.relpath(os.path.normpath(os.path.join(folder, body)), root).replace(os.sep, "/")
    return f"{sign}/{path}{'/' if body.endswith('/') else ''}"


def _check_target(values: dict[str, Any], place: str, root: str) -> None:
    target = values["target"]
    if not _is_file(target):
        names = shipped_targets()
        if target not in names:
            shown = f"{', '.join(names)} or a .toml file"
            raise ConfigError(f"{place}: unknown target {target!r}; known: {shown}{near(target, names)}")
        return
    # Only a target that is the user's own can be wrong, so only it is read here.
    from .catalogue import CatalogueError, load

    if not os.path.isfile(target):
        raise ConfigError(f"{place}: no such file: {target}")
    try:
        load(target, root=root)
    except CatalogueError as error:
        raise ConfigError(f"{place}: {error}") from None


# --------------------------------------------------------- flake8 and argparse


def add_flake8_options(manager: Any) -> None:
    """Offer the options to flake8, on its command line and in its files."""
    from argparse import BooleanOptionalAction

    for option in OPTIONS:
        if not option.flake8:
            continue
        details: dict[str, Any] = {"default": None, "dest": option.dest, "help": option.help, "parse_from_config": True}
        if option.kind == "flag":
            details["action"] = BooleanOptionalAction
        else:
            details["metavar"] = option.metavar or "|".join(option.choices)
        # flake8 makes what has a / absolute, from the folder of its file or the cwd
        if option.name in ("target", "keep-openai"):
            details["normalize_paths"] = True
            details["comma_separated_list"] = option.kind == "list"
        manager.add_option(f"--claude-compat-{option.name}", **details)


def from_flake8(manager: Any, options: Any) -> Config:
    """The options in force in a run of flake8; raises :class:`ConfigError`."""
    given = {option.name: getattr(options, option.dest, None) for option in OPTIONS if option.flake8}
    # flake8 hands on neither --isolated nor --config; its children have its argv, too
    isolated = any(len(item) > 4 and "--isolated".startswith(item) for item in sys.argv)
    target = given["target"]
    if target and target == _flake8_default(manager, "target") and _is_file(target) and not os.path.isabs(target):
        given["target"] = os.path.join(os.path.dirname(_flake8_file()), target)
    try:
        return resolve(given, {name: f"--claude-compat-{name}" for name in given}, isolated=isolated)
    except ConfigError as error:
        raise ConfigError(_placed(str(error), given, manager)) from None


def _placed(message: str, given: Mapping[str, object], manager: Any) -> str:
    """The message with flake8's file named if the value stands there."""
    name = message.partition(":")[0].removeprefix("--claude-compat-")
    if name in given and given[name] == _flake8_default(manager, name):
        return f"{_flake8_file()}: [flake8] claude-compat-{name}{message[message.index(':'):]}"
    return message


def _flake8_default(manager: Any, name: str) -> object:
    """What flake8's file says: it sets the defaults of flake8's parser."""
    parser = getattr(manager, "parser", None)
    return parser.get_default(BY_NAME[name].dest) if parser is not None else None


def _flake8_file() -> str:
    """The file that flake8 took its configuration from."""
    try:
        from flake8.main.options import stage1_arg_parser
        from flake8.options.config import _find_config_file

        path = stage1_arg_parser().parse_known_args(sys.argv[1:])[0].config or _find_config_file(os.path.abspath("."))
    except (Exception, SystemExit):  # private to flake8: without it the message says less
        path = None
    return os.path.abspath(path) if path else "flake8's configuration"


def add_cli_options(parser: Any) -> None:
    """Offer the options to a subcommand of ``claude-compat``: the same ones to each."""
    from argparse import BooleanOptionalAction

    parser.add_argument("--isolated", action="store_true", help="read no configuration file")
    for option in OPTIONS:
        if option.kind == "flag":
            parser.add_argument(f"--{option.name}", action=BooleanOptionalAction, default=None, help=option.help)
        else:
            metavar = option.metavar or "|".join(option.choices)
            parser.add_argument(f"--{option.name}", metavar=metavar, help=option.help)


def from_cli(options: Any) -> Config:
    """The options in force in a run of the command; raises :class:`ConfigError`."""
    given = {option.name: getattr(options, option.attribute, None) for option in OPTIONS}
    return resolve(given, {name: f"--{name}" for name in given}, isolated=bool(options.isolated))
