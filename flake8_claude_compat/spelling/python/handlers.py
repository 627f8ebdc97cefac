"""Handlers of errors put around statements of Python."""

from __future__ import annotations

import ast
import re

from ...findings import HandleError
from ...source import Span
from .._document import Edit, line_end, line_start
from .syntax import SIMPLE, Syntax, string


def handle_error(syntax: Syntax, change: HandleError) -> list[Edit] | None:
    span = change.span
    callee = syntax.find(span, ast.expr)
    if callee is None:
        return None
    statement = syntax.statement(callee)
    if not isinstance(statement, SIMPLE) or syntax.inside(callee, ast.Lambda):
        return None  # a lambda runs later, where no handler around it is in force
    start, end = syntax.span(statement)
    text = syntax.text
    begin, stop = line_start(text, start), line_end(text, end)
    if text[begin:start].strip() or text[end:stop].strip() and not text[end:stop].strip().startswith("#"):
        return None
    for node in ast.walk(statement):  # the lines of a text cannot be moved
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and isinstance(getattr(node, "value", ""), (str, bytes)):
            if getattr(node, "end_lineno", 0) != getattr(node, "lineno", 0):
                return None
    if isinstance(callee, ast.Attribute) and isinstance(callee.value, ast.Name):
        error = f"{callee.value.id}.JSONDecodeError" if callee.value.id in ("json", "simplejson") else "ValueError"
    else:
        error = "ValueError"
    indent, newline = text[begin:start], syntax.newline
    step = "\t" if "\t" in indent else "    "
    lines = re.split(r"(\r\n|\r|\n)", text[begin:stop])
    body = "".join(f"{step}{line}" if line.strip() else line for line in lines)
    quote = syntax.quote()
    handler = (
        f"{newline}{indent}except {error} as error:{newline}"
        f"{indent}{step}raise ValueError({string('the answer is not valid JSON', quote)}) from error"
    )
    return [Edit(Span(begin, stop), f"{indent}try:{newline}{body}{handler}")]
