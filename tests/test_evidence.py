"""docs/evidence.md keeps what it has when one part is written; the plot is a picture."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

import evidence
import pytest
from conftest import ROOT

sys.path.append(str(ROOT / "tests" / "bench"))

from curves import Curve, Panel
from plot import draw


@pytest.mark.parametrize("name", ["conformance", "speed", "hostile"])
def test_a_part_is_written_and_the_others_stay(name: str) -> None:
    page = evidence.PAGE.read_text("utf-8")
    changed = evidence.replaced(page, name, "new\n")
    assert f"<!-- part: {name} -->\n\nnew\n\n<!-- end of {name} -->" in changed
    for other in {"conformance", "speed", "hostile"} - {name}:
        start, end = f"<!-- part: {other} -->", f"<!-- end of {other} -->"
        assert page[page.index(start) : page.index(end)] in changed
    assert evidence.replaced(changed, name, "new") == changed


def test_a_part_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no part else"):
        evidence.replaced("# Evidence\n", "else", "text")


def test_the_plot() -> None:
    curves = tuple(Curve(name, ((10, 0.002), (40, 0.01), (160, 0.05))) for name in ("Python", "a < b"))
    svg = draw([Panel("One file", "kB", curves)], "How it grows")
    tree = ElementTree.fromstring(svg)
    texts = ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"One file", "kB", "Python", "a < b", "1 ms", "100 ms"} <= set(texts)
    assert all(0 <= float(node.attrib["cx"]) <= 340 for node in tree.iter("{http://www.w3.org/2000/svg}circle"))
    assert curves[0].growth == 5
