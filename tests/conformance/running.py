"""From an SDK and a target to judged cases; and a program before and after its fixes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from programs import JAVASCRIPT, PYTHON, Case, cases
from sdks import Outcome, Sdk, create_parameters, run, surface_of
from standin import Behaviour, Note, Server
from verdicts import Judged, flags, judged, settings


class Run(NamedTuple):
    """All programs with one SDK for one target. ``seconds``: of the programs."""

    sdk: str
    target: str
    language: str
    results: list[Judged]
    seconds: float


def surface_for(sdk: Sdk, sdks: Sequence[Sdk] = ()) -> dict[str, Any]:
    """What programs are made from: npm packages have no types at run time, so that the values
    come from a Python SDK and the methods from themselves."""
    own = surface_of(sdk)
    if sdk.language == PYTHON:
        return own
    python = [one for one in sdks if one.language == PYTHON] or [Sdk(PYTHON, "", None)]
    surface = surface_of(max(python, key=lambda one: one.version))
    known = create_parameters(sdk)
    more = known - set(surface["create"])
    if more:
        raise AssertionError(f"{sdk.name} has parameters that no Python SDK has: {sorted(more)}")
    return {**surface, "create": {name: values for name, values in surface["create"].items() if name in known}, **own}


def everything(sdk: Sdk, target: str, today: date, sdks: Sequence[Sdk] = ()) -> Run:
    """Every case with an SDK."""
    behaviour = Behaviour(target, today)
    made = cases(behaviour, sdk.language, surface_for(sdk, sdks))
    return compared(sdk, target, behaviour, made)


def compared(sdk: Sdk, target: str, behaviour: Behaviour, made: list[Case]) -> Run:
    """Run cases, check their texts, put the verdicts side by side."""
    config = settings(target, behaviour.today)
    begun = time.perf_counter()
    with Server(behaviour) as server:
        outcomes = run(sdk, made, server)
        log, requests = server.log, server.requests
        again = [case._replace(order=case.order._replace(openai=True)) for case in made if case.compare]
        openai = run(sdk, again, server) if again else {}
    seconds = time.perf_counter() - begun
    results = [
        judged(
            sdk.name, case, outcomes[case.id], openai.get(case.id), log.get(case.id, []),
            requests.get(case.id, 0), behaviour, flags(case, config),
        )
        for case in made
    ]  # fmt: skip
    return Run(sdk.name, target, sdk.language, results, seconds)


class Tried(NamedTuple):
    """A program once run against the stand-in: what it did, and what became of what it sent."""

    outcome: Outcome
    notes: tuple[Note, ...]
    requests: int


def tried(texts: Sequence[str], sdk: Sdk, target: str, today: date, language: str = PYTHON) -> list[Tried]:
    """Run programs against the stand-in of a target.

    With it, the effect of ``claude-compat fix`` is seen: a program before and
    after. ``verdict(found.notes)`` is ``rejected`` … ``supported``.
    """
    assert language in (PYTHON, JAVASCRIPT)
    made = [Case(str(number), "program", "", language, text) for number, text in enumerate(texts)]
    with Server(Behaviour(target, today)) as server:
        outcomes = run(sdk, made, server)
        return [
            Tried(outcomes[case.id], tuple(server.log.get(case.id, ())), server.requests.get(case.id, 0)) for case in made
        ]
