"""A file of npm's openai 3 in terms of openai 4 and later."""

from __future__ import annotations

from ._document import Edit
from ._javascript_tree import Tree


def build_client(tree: Tree) -> list[Edit] | None:
    return None
