"""The rules: one module per hundred, each with a tuple ``RULES``.

A rule is a record and one pure function over one kind of fact. Rules see
facts and the target's data; they know no syntax and do no I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..catalogue import Catalogue, Target
from ..facts import Facts
from ..findings import Finding
from ..record import NamedTuple

if TYPE_CHECKING:
    from .moving import Moves

#: the rule modules, in the order of their hundreds
FAMILIES = (
    "surface", "base_url", "credentials", "models", "parameters",
    "functions", "json_output", "responses", "tools", "errors",
)  # fmt: skip


#: what a rule does: a fact, or all of them, and the context → findings
Check = Callable[[Any, "Context"], Iterator[Finding]]


class Context(NamedTuple):
    """What a rule may know besides its fact.

    ``today`` decides whether a date has passed. ``base_url`` and
    ``key_variable`` are what messages recommend (options override the target).
    ``base_url_set``: the project says that OPENAI_BASE_URL is set to the target.
    ``moves``: what the fixes move to the target; the rules whose fixes these are do not ask it.
    ``found``: what rules have found in the whole file, see :func:`of_file`.
    ``kind``: what the program is written in, see ``program.Program.name``.
    """

    catalogue: Catalogue
    target: Target
    today: date
    base_url: str
    key_variable: str
    facts: Facts
    moves: Moves
    found: dict[Check, tuple[Finding, ...]]
    base_url_set: bool = False
    kind: str = ""


class Rule(NamedTuple):
    """One rule.

    ``on``: the kind of fact it is called with: ``client``, ``request``,
    ``model``, ``secret``, ``key_literal``, ``env``, ``url``, ``read``,
    ``parse``, ``comparison``, ``message``, ``symbol`` or ``file`` (all
    :class:`Facts` at once). ``check``: may serve several rules, and is then
    called once for all of them. ``default``: reported without being asked for.
    ``since``: the version that brought it.
    """

    code: str
    name: str
    summary: str
    on: str
    check: Check
    default: bool = True
    since: str = "0.1.0"

    @property
    def line(self) -> int:
        """The line of the migration checklist (1–10); 0 for none of them."""
        return _LINES[int(self.code[3])]


def of_file(check: Check, ctx: Context) -> tuple[Finding, ...]:
    """What a rule on ``file`` finds; worked out once, for the report and for rules that ask what others change."""
    found = ctx.found.get(check)
    if found is None:
        found = ctx.found[check] = tuple(check(ctx.facts, ctx))
    return found


#: first digit of a code → line of the checklist in catalogue/checklist.toml.
#: Codes of CLC2 tick lines 2 and 3 together; the rule's page says which.
_LINES = (0, 1, 2, 4, 5, 6, 7, 8, 9, 10)

_cache: dict[str, Rule] = {}


def all_rules() -> dict[str, Rule]:
    """Every rule by code, in code order; loaded on first use."""
    if not _cache:
        rules: list[Rule] = []
        for family in FAMILIES:
            rules.extend(import_module(f".{family}", __name__).RULES)
        _cache.update((rule.code, rule) for rule in sorted(rules))
    return _cache
