"""Handlers of errors put around statements of JavaScript."""

from __future__ import annotations

import re

from ...findings import HandleError
from ...frontends._astgrep import Node
from ...source import Span
from .._document import Edit, blank_to, indent_of, line_end, stands_first
from .tree import BODIES, FUNCTIONS, REMARK, Tree


def handle_error(tree: Tree, change: HandleError) -> list[Edit] | None:
    span = change.span
    node = tree.find(span)
    statement = node
    while statement is not None and not (statement.parent is not None and statement.parent.kind in BODIES):
        if statement.kind in FUNCTIONS:
            return None
        statement = statement.parent
    if node is None or statement is None or statement.parent is None:
        return None
    text, (start, end) = tree.text, statement.span()
    note = REMARK.match(text, blank_to(text, end))
    stop = note.end() if note else end
    if not stands_first(text, start) or blank_to(text, stop) != line_end(text, stop):
        return None
    if any("\n" in tree.code(one) for one in tree.every("template_string", inside=statement)):
        return None  # the lines of a text cannot be moved
    semicolon, newline = tree.semicolon(end), tree.newline
    indent = indent_of(text, start)
    step = tree.step(indent)
    before, body, behind = "", text[start:stop], ""
    if statement.kind in ("lexical_declaration", "variable_declaration"):
        split = _split_declaration(tree, statement)
        if split is None:
            return None
        before, body, behind = split
        before = f"{before}{semicolon}{newline}{indent}"
        body = f"{body}{semicolon}{text[end:stop]}"
        behind = f"{newline}{indent}{behind}{semicolon}" if behind else ""
    elif statement.kind not in ("expression_statement", "return_statement"):
        return None
    body = re.sub(r"(\r\n|\r|\n)(?=[^\r\n])", rf"\1{step}", body)
    message = tree.string("the answer is not valid JSON", tree.quote())
    space = tree.space
    name = "error"
    handler = f"throw new Error({message}, {{{space}cause: {name}{space}}}){semicolon}"
    lines = (
        f"{before}try {{{newline}{indent}{step}{body}{newline}"
        f"{indent}}} catch ({name}) {{{newline}{indent}{step}{handler}{newline}{indent}}}{behind}"
    )
    return [Edit(Span(start, stop), lines)]


def _split_declaration(tree: Tree, statement: Node) -> tuple[str, str, str] | None:
    """A declaration in three: of the name, the assignment, and of what a pattern takes from it."""
    if len(statement.kids()) != 1 or statement.kids()[0].kind != "variable_declarator":
        return None
    kids = statement.kids()[0].kids()
    target, value = kids[0], kids[-1]
    typed = next((kid for kid in kids[1:-1] if kid.kind == "type_annotation"), None)
    word = re.match(r"\w+", tree.code(statement))
    if len(kids) < 2 or word is None or value.kind == "type_annotation":
        return None
    written = tree.code(value)
    if target.kind == "identifier":
        name, kind = tree.code(target), tree.code(typed) if typed else ""
        if not kind and value.kind == "as_expression" and not written.endswith(" const"):
            kind = f": {tree.code(value.kids()[-1])}"
        declare = "var" if word[0] == "var" else "let"
        return f"{declare} {name}{kind}", f"{name} = {written}", ""
    if target.kind not in ("object_pattern", "array_pattern"):
        return None
    whole = statement.parent
    assert whole is not None
    name = tree.free_name("parsed", "parsedAnswer", "answerAsJson")
    if not name:
        return None
    kind = tree.code(typed) if typed else ""
    return f"let {name}{kind}", f"{name} = {written}", f"{word[0]} {tree.code(target)} = {name}"
