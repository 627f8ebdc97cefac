"""Every parameter of the installed OpenAI SDK is classified by a rule or known to be portable."""

from __future__ import annotations

import inspect

import pytest

from flake8_claude_compat.catalogue import load
from flake8_claude_compat.rules import all_rules
from flake8_claude_compat.rules.parameters import CLASSIFIED, PORTABLE, REQUEST_OPTIONS

completions = pytest.importorskip("openai.resources.chat.completions")


def parameters(method: str, kind: str = "Completions") -> set[str]:
    return set(inspect.signature(getattr(getattr(completions, kind), method)).parameters) - {"self"}


@pytest.mark.parametrize("kind", ["Completions", "AsyncCompletions"])
@pytest.mark.parametrize("method", ["create", "parse", "stream"])
def test_every_parameter_is_classified(kind: str, method: str) -> None:
    known = set(CLASSIFIED) | PORTABLE | REQUEST_OPTIONS
    assert parameters(method, kind) - known == set(), "new SDK parameters: add a row or a list entry"


def test_the_catalogue_knows_every_parameter() -> None:
    body = parameters("create") - REQUEST_OPTIONS
    assert body - load("claudeapi").known_parameters() == set()


def test_no_row_for_a_parameter_that_does_not_exist() -> None:
    assert set(CLASSIFIED) - parameters("create") == set()


def test_no_parameter_is_both_portable_and_reported() -> None:
    assert set(CLASSIFIED).isdisjoint(PORTABLE | REQUEST_OPTIONS)


def test_every_code_in_the_table_is_a_rule() -> None:
    assert set(CLASSIFIED.values()) <= set(all_rules())
