"""The part of the walk over a JavaScript tree that records texts: strings, templates, types."""

from __future__ import annotations

import re

from ..program import Block, Site
from ._astgrep import Node
from ._javascript_names import Names
from ._javascript_nodes import text_of_string

#: types of many members
_MEMBERS = frozenset({"interface_body", "object_type"})
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`]*`")


class Texts(Names):
    """Records what the catalogue watches of the texts in expressions and types."""

    def _string(self, node: Node, statement: Node, block: Block) -> None:
        if self.matches(text_of_string(node.text())):
            self.program.strings.append(Site(node, statement, block))

    def _template(self, node: Node, statement: Node, block: Block) -> None:
        text = node.text()
        if "${" not in text:
            if self.matches(text_of_string(text)):
                self.program.strings.append(Site(node, statement, block))
            return
        parts = node.kids()
        if any(part.kind != "template_substitution" and self.matches(part.text()) for part in parts):
            self.program.strings.append(Site(node, statement, block))
        for part in reversed(parts):
            if part.kind == "template_substitution":
                self._push(part.kids(), statement, block)

    def _named_type(self, node: Node, statement: Node, block: Block) -> None:
        self.answers.types.append((node, block))
        self._types(node, statement, block)

    def _types(self, node: Node, statement: Node, block: Block) -> None:
        """Types hold nothing but strings of interest, and few hold strings; and names of variables."""
        if not self._speaks(node):
            return
        stack = [node]
        while stack:
            part = stack.pop()
            if part.kind == "string":
                self._string(part, statement, block)
            elif part.kind == "template_literal_type":
                self._template(part, statement, block)
            elif part.kind in _MEMBERS:
                stack += [kid for kid in reversed(part.kids()) if self._speaks(kid)]
            elif part.kind == "property_identifier":
                self._capitals(part, statement, block)
            else:
                stack += reversed(part.kids())

    def _speaks(self, node: Node) -> bool:
        """Whether a string of interest, or a property with the name of a variable, may be in a type."""
        span = node.span()
        if not self.waiting.holds(span):
            return False
        if self.waiting.holds_variable(span):
            return True
        text = node.text()
        if "'" not in text and '"' not in text and "`" not in text:
            return False
        return any(self.matches(match.group()[1:-1]) for match in _QUOTED.finditer(text))
