"""How a node of a JavaScript tree is used: the steps outwards to its statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..program import Handle, Site, Use
from ._astgrep import Node
from ._javascript_nodes import EQUAL, WRAPPERS, field_name, made_list, operands_of, property_name, unwrapped

#: steps outwards that are worth a look
_MAX_STEPS = 64


class Uses:
    """The part of the answers about nodes that looks outwards. ``reads``: see ``program.Watch``."""

    def __init__(self, reads: frozenset[str]) -> None:
        self.watched_reads = reads
        self._unions: dict[int, Node] = {}
        #: a union inside a union → the outermost one
        self._whole_union: dict[int, Node] = {}

    def uses(self, site: Site) -> list[Use]:
        """How the node is used, from the inside out."""
        return [use for _, _, use in self._climb(site)]

    def guards(self, site: Site) -> list[Handle]:
        """Conditions inside the statement under which the node is evaluated."""
        found: list[Handle] = []
        for child, parent, _ in self._climb(site):
            if parent.kind == "binary_expression":
                left, op, right = operands_of(parent)
                if op in ("&&", "||", "??") and child is right and left is not None:
                    found.append(left)
            elif parent.kind == "ternary_expression" and child is not parent.kids()[0]:
                found.append(parent.kids()[0])
        return found

    def _climb(self, site: Site) -> Iterator[tuple[Node, Node, Use]]:
        child: Node = site.handle
        statement: Node = site.statement
        for _ in range(_MAX_STEPS):
            parent = child.parent
            if child is statement or parent is None:
                return
            if parent.kind == "arguments" and parent.parent is not None:
                yield child, parent, Use("argument", "", parent.parent)
                child = parent.parent
                continue
            if parent.kind not in _SILENT:
                yield child, parent, self._use(child, parent)
            child = parent if parent.kind != "union_type" else self._outermost(parent)

    def _outermost(self, union: Node) -> Node:
        """A union of three is a union of a union of two and one: the one around all. Each step is remembered."""
        known, path = self._whole_union, []
        while union.parent is not None and union.parent.kind == "union_type" and id(union) not in known:
            path.append(union)
            union = union.parent
        union = known.get(id(union), union)
        for part in path:
            known[id(part)] = union
        return union

    def _use(self, child: Node, parent: Node) -> Use:
        make = _USES.get(parent.kind)
        return make(self, child, parent) if make else Use("other")

    def _use_member(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if kids[0] is not child:
            return Use("index", "", parent)
        name = kids[-1].text()
        if len(kids) > 2 and name not in self.watched_reads and kids[1].kind == "optional_chain":
            return Use("and", first=True)  # a?.b is read only where there is an a
        return Use("attr", name, parent)

    def _use_subscript(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if kids[0] is not child:
            return Use("index", "", parent)
        return Use("item", "", parent, kids[1].kind == "optional_chain")

    def _use_call(self, child: Node, parent: Node) -> Use:
        return Use("call", handle=parent)

    def _use_binary(self, child: Node, parent: Node) -> Use:
        left, op, right = operands_of(parent)
        if op in ("||", "??"):
            return Use("or", first=child is left)
        if op == "&&":
            return Use("and", first=child is left)
        if op in EQUAL:
            return Use("compare", EQUAL[op], right if child is left else left, child is left)
        return Use("operator")

    def _use_unary(self, child: Node, parent: Node) -> Use:
        op = parent.kids()[0].kind
        return Use("not" if op == "!" else "test" if op == "typeof" else "operator")

    def _use_ternary(self, child: Node, parent: Node) -> Use:
        return Use("ternary-test" if parent.kids()[0] is child else "ternary")

    def _use_declarator(self, child: Node, parent: Node) -> Use:
        name = parent.kids()[0]
        return Use("assign", name.text() if name.kind == "identifier" else "", name)

    def _use_assignment(self, child: Node, parent: Node) -> Use:
        target = parent.kids()[0]
        if target is child:
            return Use("other")
        return Use("assign", target.text() if target.kind == "identifier" else "", target)

    def _use_augmented(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if len(kids) > 1 and kids[1].kind in ("??=", "||=", "&&="):
            return self._use_assignment(child, parent)
        return Use("augment")

    def _use_field(self, child: Node, parent: Node) -> Use:
        name = field_name(parent)
        return Use("assign", name.text() if name else "", name)

    def _use_pair(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if kids[0] is child:
            return Use("key", handle=parent.parent)
        return Use("element", property_name(kids[0]), parent.parent)

    def _use_for_in(self, child: Node, parent: Node) -> Use:
        return Use("iterate")

    def _use_switch(self, child: Node, parent: Node) -> Use:
        cases = [
            case.kids()[0]
            for body in parent.kids()
            if body.kind == "switch_body"
            for case in body.kids()
            if case.kind == "switch_case" and case.kids()
        ]
        return Use("compare", "==", made_list(cases, parent), True)

    def _use_case(self, child: Node, parent: Node) -> Use:
        body = parent.parent
        switch = body.parent if body is not None else None
        subject = next(iter(switch.kids()), None) if switch is not None else None
        return Use("compare", "==", unwrapped(subject) if subject is not None else None)

    def _use_union(self, child: Node, parent: Node) -> Use:
        """A member of ``"a" | "b" | "c"`` is one of a list."""
        parent = self._outermost(parent)
        whole = self._unions.get(id(parent))
        if whole is None:
            members: list[Node] = []
            stack = [parent]
            while stack:
                node = stack.pop()
                if node.kind == "string":
                    members.append(node)
                elif node.kind in ("union_type", "literal_type"):
                    stack += reversed(node.kids())
            whole = self._unions[id(parent)] = made_list(members, parent)
        return Use("element", handle=whole)

    def _use_alias(self, child: Node, parent: Node) -> Use:
        return Use("assign", parent.kids()[0].text())

    def _use_made(self, child: Node, parent: Node) -> Use:
        if parent.kind == "@bind":
            return Use("assign", parent.words)
        return Use("index", "", parent) if child.kind == "@text" else Use("attr", parent.words, parent)


def _always(use: Use) -> Callable[[Any, Node, Node], Use]:
    return lambda self, child, parent: use


#: parents that are no step of their own
_SILENT = WRAPPERS | {"template_string", "switch_body", "else_clause", "formal_parameters", "class_body", "object",
                      "decorator", "literal_type"}  # fmt: skip

_USES: dict[str, Callable[[Any, Node, Node], Use]] = {
    "member_expression": Uses._use_member,
    "subscript_expression": Uses._use_subscript,
    "call_expression": Uses._use_call,
    "new_expression": Uses._use_call,
    "binary_expression": Uses._use_binary,
    "unary_expression": Uses._use_unary,
    "ternary_expression": Uses._use_ternary,
    "variable_declarator": Uses._use_declarator,
    "assignment_expression": Uses._use_assignment,
    "augmented_assignment_expression": Uses._use_augmented,
    "public_field_definition": Uses._use_field,
    "field_definition": Uses._use_field,
    "pair": Uses._use_pair,
    "for_in_statement": Uses._use_for_in,
    "switch_statement": Uses._use_switch,
    "switch_case": Uses._use_case,
    "array": lambda self, child, parent: Use("element", handle=parent),
    "spread_element": lambda self, child, parent: Use("element", handle=parent),
    "enum_assignment": lambda self, child, parent: Use("element", parent.kids()[0].text(), parent.parent),
    "jsx_attribute": lambda self, child, parent: Use("assign", parent.kids()[0].text()),
    **dict.fromkeys(("@bind", "@attr", "@item", "@or", "@each"), Uses._use_made),
    **dict.fromkeys(("if_statement", "while_statement", "do_statement", "for_statement"), _always(Use("test"))),
    **dict.fromkeys(("return_statement", "arrow_function"), _always(Use("return"))),
    **dict.fromkeys(("template_substitution", "jsx_expression"), _always(Use("format"))),
    **dict.fromkeys(
        ("assignment_pattern", "object_assignment_pattern", "required_parameter", "optional_parameter"),
        _always(Use("default")),
    ),
    **dict.fromkeys(
        ("type_annotation", "property_signature", "type_arguments"),
        _always(Use("annotation")),
    ),
    "union_type": Uses._use_union,
    "type_alias_declaration": Uses._use_alias,
    "expression_statement": _always(Use("discard")),
    "yield_expression": _always(Use("yield")),
    "update_expression": _always(Use("operator")),
}
