"""Reads of fields, turned to other fields in JavaScript."""

from __future__ import annotations

from ...findings import OrText, ReadBeside, ReadInstead
from ...frontends._astgrep import Node
from ...source import Span
from .._document import Edit, blank_to, indent_of, line_end, stands_first
from .removing import without
from .tree import BODIES, Tree, ancestor

#: expressions that give the same again, however often they are written
_PURE = frozenset({"identifier", "member_expression", "subscript_expression", "this", "property_identifier", "number",
                   "string", "string_fragment", "non_null_expression", "optional_chain"})  # fmt: skip
#: what an operator of low precedence can stand in as it is
_ROOMY = frozenset({"arguments", "variable_declarator", "assignment_expression", "augmented_assignment_expression",
                    "return_statement", "template_substitution", "pair", "arrow_function", "parenthesized_expression",
                    "yield_expression", "jsx_expression", "array"})  # fmt: skip


def read_instead(tree: Tree, change: ReadInstead) -> list[Edit] | None:
    key = tree.find(change.span, "property_identifier", "string", "shorthand_property_identifier_pattern", "identifier")
    if key is None or key.parent is None:
        return None
    parent = key.parent
    if parent.kind in ("object_pattern", "pair_pattern", "object_assignment_pattern"):
        return _unpack_instead(tree, key, change)
    if parent.kind not in ("member_expression", "subscript_expression") or parent.kids()[-1] is not key:
        return None
    outer = parent.parent
    if outer is not None and (
        (outer.kind == "assignment_expression" and outer.kids()[0] is parent)
        or outer.kind in ("augmented_assignment_expression", "update_expression")
        or (outer.kind == "unary_expression" and tree.code(outer).startswith("delete"))
    ):
        return None
    if _refuses(tree, parent):
        return None
    base, end = parent.kids()[0].span().end, parent.span().end
    optional = tree.text[base : change.span.start].lstrip().startswith("?.")
    goes_on = tree.text.startswith("?.", blank_to(tree.text, end))
    path = change.path[:1] if change.tested and not goes_on else change.path
    steps = _steps(path, "?." if optional else ".", change.guarded or goes_on)
    if parent.kind == "subscript_expression":
        return [Edit(Span(base, parent.span().end), steps)]
    # what is between the object and the name stays: a dot, a line, a comment
    return [Edit(change.span, steps[2:] if optional else steps[1:])]


def _refuses(tree: Tree, node: Node) -> bool:
    """Where there is a value, the code throws an error: what has one more often now is not to throw it more often."""
    there = True
    parent = node.parent
    while parent is not None:
        kids = parent.kids()
        if parent.kind == "unary_expression" and tree.code(parent).startswith("!"):
            there = not there
        elif parent.kind == "binary_expression":
            operator = tree.text[kids[0].span().end : kids[-1].span().start].strip()
            there = there != (operator in ("==", "==="))
        elif parent.kind == "if_statement" and kids[0] is node:
            branches = [one for one in kids[1:] if one.kind != "comment"]
            branch = branches[0] if there else branches[1].kids()[-1] if len(branches) > 1 else None
            while branch is not None and branch.kind == "statement_block":
                branch = next((one for one in reversed(branch.kids()) if one.kind != "comment"), None)
            return branch is not None and branch.kind == "throw_statement"
        elif parent.kind not in ("parenthesized_expression", "non_null_expression"):
            return False
        node, parent = parent, parent.parent
    return False


def _steps(path: tuple[str | int, ...], first: str, guarded: bool) -> str:
    """``.tool_calls?.[0]?.function``"""
    found = ""
    for number, step in enumerate(path):
        link = first if not number else "?." if guarded else "."
        if isinstance(step, int):
            found += f"?.[{step}]" if link == "?." else f"[{step}]"
        else:
            found += f"{link}{step}"
    return found


def _unpack_instead(tree: Tree, key: Node, change: ReadInstead) -> list[Edit] | None:
    """``const { function_call } = message`` → ``const function_call = message.tool_calls…``."""
    pattern = ancestor(key, "object_pattern")
    declarator = pattern.parent if pattern is not None else None
    if pattern is None or declarator is None or declarator.kind != "variable_declarator":
        return None
    statement = declarator.parent
    if statement is None or not statement.kind.endswith("_declaration") or len(statement.kids()) != 1:
        return None
    if declarator.kids()[0] is not pattern or len(declarator.kids()) != 2:
        return None
    part: Node = key
    while part.parent is not None and part.parent is not pattern:
        part = part.parent
    if part.kind == "shorthand_property_identifier_pattern":
        name = tree.code(part)
    elif part.kind == "pair_pattern" and part.kids()[-1].kind == "identifier":
        name = tree.code(part.kids()[-1])
    else:
        return None
    value = declarator.kids()[-1]
    # whether there is one is asked of the variable
    steps = _steps(change.path, ".", True)
    await_it = value.kind in ("await_expression", "binary_expression", "ternary_expression", "as_expression")
    if len(pattern.kids()) == 1:
        end = value.span().end
        if await_it:
            start = value.span().start
            return [Edit(pattern.span(), name), Edit(Span(start, start), "("), Edit(Span(end, end), f"){steps}")]
        return [Edit(pattern.span(), name), Edit(Span(end, end), steps)]
    if any(node.kind not in _PURE for node in _every(value)):
        return None
    removed = without(tree, [part], pattern)
    if removed is None or statement.parent is None or statement.parent.kind not in BODIES:
        return None
    text, (start, end) = tree.text, statement.span()
    if not stands_first(text, start) or line_end(text, end) != blank_to(text, end):
        return None
    word = text[start : start + 5].split()[0]
    line = f"{tree.newline}{indent_of(text, start)}{word} {name} = {tree.code(value)}{steps}{tree.semicolon(end)}"
    return [*removed, Edit(Span(end, end), line)]


def read_beside(tree: Tree, value: ReadBeside) -> str | None:
    """The same chain up to the field's name, and another path from there."""
    key = tree.find(
        value.span, "property_identifier", "string", "shorthand_property_identifier_pattern", "identifier"
    )
    if key is None or key.parent is None:
        return None
    parent: Node = key.parent
    if parent.kind in ("member_expression", "subscript_expression"):
        base = parent.kids()[0]
    else:
        pattern = ancestor(key, "object_pattern")
        declarator = pattern.parent if pattern is not None else None
        if declarator is None or declarator.kind != "variable_declarator" or declarator.kids()[0] is not pattern:
            return None
        base = declarator.kids()[-1]
    if any(node.kind not in _PURE for node in _every(base)):
        return None
    return tree.code(base) + _steps(value.path, ".", False)


def or_text(tree: Tree, change: OrText) -> list[Edit] | None:
    key = tree.find(change.span, "property_identifier", "string")
    node = key.parent if key is not None else None
    if node is None or node.kind not in ("member_expression", "subscript_expression") or node.kids()[-1] is not key:
        return None
    while node.parent is not None and node.parent.kind in ("non_null_expression", "as_expression"):
        node = node.parent
    if node.parent is None or (node.parent.kind == "assignment_expression" and node.parent.kids()[0] is node):
        return None
    start, end = node.span()
    other = f" ?? {tree.string(change.text, tree.quote(change.span))}"
    if node.parent.kind in _ROOMY:
        return [Edit(Span(end, end), other)]
    return [Edit(Span(start, start), "("), Edit(Span(end, end), f"{other})")]


def _every(node: Node) -> list[Node]:
    found, todo = [], [node]
    while todo:
        node = todo.pop()
        found.append(node)
        todo += node.kids()
    return found
