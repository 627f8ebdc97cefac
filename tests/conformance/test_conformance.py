"""The quick part of the comparison: the installed openai package, one target.

``python tests/conformance`` runs all of it, with every SDK and every target.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from programs import PYTHON, Writer, cases, names_of
from repair import Repair, repaired
from report import part, printed
from running import Run, compared, surface_for, tried
from sdks import Sdk, installed
from standin import KEY, Behaviour, Note, verdict

TODAY = date(2026, 11, 22)
URL = "https://gw.claudeapi.com"


@pytest.fixture(scope="module")
def sdk() -> Sdk:
    return installed(None)[0]


@pytest.fixture(scope="module")
def run(sdk: Sdk) -> Run:
    behaviour = Behaviour("claudeapi", TODAY)
    return compared(sdk, "claudeapi", behaviour, cases(behaviour, PYTHON, surface_for(sdk), everything=False))


@pytest.fixture(scope="module")
def repairs(run: Run, sdk: Sdk) -> list[Repair]:
    return repaired(run, sdk, Behaviour("claudeapi", TODAY))


def test_both_verdicts_are_the_same(run: Run) -> None:
    assert len(run.results) >= 300
    assert not any(one.missed or one.false for one in run.results), printed([run], [[]], 20)


def test_severities_fit(run: Run) -> None:
    unfit = {one.case.subject: one.graver for one in run.results if one.graver}
    assert not unfit


def test_programs_come_to_all_kinds(run: Run) -> None:
    kinds = {one.kind for one in run.results}
    assert {"rejected", "changed", "supported"} <= kinds


def test_errors_are_those_of_the_sdk(run: Run) -> None:
    """Each status reaches the program as the class that the SDK has for it."""
    errors = [one for one in run.results if one.case.group == "error" and one.case.order.status and not one.case.compare]
    assert len(errors) >= 7
    for one in errors:
        assert one.outcome.out.strip() == one.case.subject.partition(" ")[0], one.outcome


def test_the_page_can_be_made(run: Run, repairs: list[Repair]) -> None:
    text = part([run], [repairs], TODAY)
    assert run.sdk in text and "| CLC401 |" in text and str(len(repairs)) in text


# ------------------------------------------------------ the stand-in by itself

BODY = {"model": "claude-sonnet-4-6", "messages": [{"role": "user", "content": "Hi"}]}


def notes(target: str = "claudeapi", path: str = "/v1/chat/completions", **more: Any) -> list[Note]:
    headers = {"authorization": f"Bearer {KEY}"}
    behaviour = Behaviour(target, TODAY)
    return behaviour.notes(behaviour.base_url, "POST", path, headers, {**BODY, **more})


@pytest.mark.parametrize(
    "more, kind, part",
    [
        ({}, "supported", ""),
        ({"n": 1}, "supported", ""),
        ({"n": 2}, "rejected", "n"),
        ({"seed": 1}, "changed", "seed"),
        ({"seed": None}, "supported", ""),
        ({"temperature": 2}, "changed", "temperature"),
        ({"temperature": 0.2, "top_p": 0.2}, "rejected", "temperature+top_p"),
        ({"model": "claude-opus-4-8", "temperature": 0.2}, "rejected", "temperature"),
        ({"model": "claude-opus-4-8", "temperature": 1}, "supported", ""),
        ({"model": "claude-haiku-5-5", "top_p": 1}, "rejected", "top_p"),
        ({"model": "claude-haiku-5-5", "top_p": 0.99}, "supported", ""),
        ({"model": "gpt-4o"}, "rejected", "model:unknown"),
        ({"model": "claude-3-opus-20240229"}, "rejected", "model:retired"),
        ({"model": "claude-sonnet-4-5"}, "expiring", "model:retired"),
        ({"messages": [*BODY["messages"], {"role": "assistant", "content": "So"}]}, "rejected", "prefill"),
        ({"response_format": {"type": "json_object"}}, "rejected", "response_format.json_object"),
        ({"response_format": {"type": "text"}}, "neutral", "response_format.text"),
        ({"verbosity": "high"}, "unspecified", "verbosity"),
        ({"functions": [{"name": "now"}]}, "legacy", "functions"),
        ({"store": False}, "neutral", "store"),
        ({"stop": ["\n"]}, "changed", "stop:space"),
    ],
)  # fmt: skip
def test_requests(more: dict[str, Any], kind: str, part: str) -> None:
    found = notes(**more)
    assert verdict(found) == kind
    assert part in [note.part for note in found] or not part


def test_paths_hosts_and_keys() -> None:
    behaviour = Behaviour("claudeapi", TODAY)
    right = {"authorization": f"Bearer {KEY}"}
    assert notes(path="/v1/embeddings") == [Note("rejected", "path:/embeddings", "POST")]
    assert notes(path="/chat/completions") == [Note("rejected", "base_path", "/chat/completions")]
    assert verdict(behaviour.notes(URL, "POST", "/v1/chat/completions", {}, BODY)) == "rejected"
    assert verdict(behaviour.notes("https://api.openai.com", "POST", "/v1/chat/completions", right, BODY)) == "rejected"
    assert verdict(behaviour.notes(URL, "GET", "/v1/models", right, None)) == "unspecified"


def test_a_target_without_a_table_of_messages() -> None:
    assert notes("litellm", "/chat/completions", model="anthropic/claude-sonnet-4-6") == []
    assert verdict(notes("litellm", "/chat/completions", model="anthropic/claude-sonnet-4-6", store=False)) == "rejected"


# --------------------------------------------------------- before and after


def test_a_program_before_and_after(sdk: Sdk) -> None:
    """What a test of fixes does: the same program twice, with the fault and without."""
    writer = Writer(PYTHON, names_of(Behaviour("claudeapi", TODAY)))
    texts = [writer.program({**writer.basis, "n": 2}), writer.program(writer.basis)]
    before, after = tried(texts, sdk, "claudeapi", TODAY)
    assert (verdict(list(before.notes)), before.outcome.status) == ("rejected", 400)
    assert (verdict(list(after.notes)), after.outcome.out) == ("supported", "Hello\n")


def test_what_is_reported_is_taken_once_it_is_fixed(run: Run, repairs: list[Repair]) -> None:
    """Of the programs that the stand-in rejects or changes, those that the fixer leaves without a finding."""
    assert sum(one.whole for one in repairs) >= 50
    assert not any(one.wrong for one in repairs), printed([run], [repairs], 20)


def test_verdicts_are_the_same_after_a_fix(repairs: list[Repair]) -> None:
    after = [one.after for one in repairs if one.after is not None]
    assert not [one for one in after if one.missed or one.false]
