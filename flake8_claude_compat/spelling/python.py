"""Changes spelled in Python."""

from __future__ import annotations

import ast
import json
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..findings import (
    AddArgument,
    AddItem,
    BuildClient,
    Change,
    Copy,
    Each,
    EnvRead,
    HandleError,
    Items,
    Map,
    MoveImport,
    New,
    OrText,
    ReadAttribute,
    ReadBeside,
    ReadInstead,
    Remove,
    RemoveItem,
    Rename,
    ReplaceClass,
    SetModuleOption,
    SetText,
    SetValue,
    WrapItems,
)
from ..record import NamedTuple
from ..source import Source, Span
from ._document import Document, Edit, element, indent_of, line_end, line_start, next_line, stands_first, together

_COMMENT = "#"
_LITERAL = re.compile(r"(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"\"\"|'''|\"|')")
#: stands for the expression that a template is put around
_MARK = "\0"
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Expr)
#: a parenthesis, with the blanks and comments before it
_CLOSING = re.compile(r"(?:\s|#[^\r\n]*(?=[\r\n]|\Z))*\)")
#: fields of a statement that hold statements
_BODIES = ("body", "orelse", "finalbody")


def edits(document: Document, change: Change) -> list[Edit] | None:
    """See the package."""
    syntax = _syntax(document)
    if syntax is None:
        return None
    spell = _SPELLED.get(type(change))
    return spell(syntax, change) if spell is not None else None


def all_edits(document: Document, changes: Iterable[Change]) -> list[Edit] | None:
    """The edits of several changes that belong together; arguments side by side go with what is between them."""
    found = together(document, changes, edits)
    return None if found is None else _joined(document.text, found)


def _joined(text: str, found: list[Edit]) -> list[Edit]:
    """Edits of which those that only remove, and touch the same text, are one."""
    removed = sorted(dict.fromkeys(edit.span for edit in found if not edit.text and edit.span.end > edit.span.start))
    joined: list[Span] = []
    for span in removed:
        if joined and span.start < joined[-1].end:
            start, end = Span(joined[-1].start, max(span.end, joined[-1].end))
            before = len(text[:start].rstrip(" \t"))
            if text[end : end + 1] in (")", "]", "}") and text[before - 1 : before] == ",":
                start = before - 1  # nothing follows that the comma would divide it from
            elif line_end(text, end) == end:
                start = before
            joined[-1] = Span(start, end)
        else:
            joined.append(span)
    return [edit for edit in found if edit.text or edit.span not in removed] + [Edit(span, "") for span in joined]


def errors(source: Source, language: str = "python") -> int:
    """1 for a text that does not parse."""
    return int(_parsed(source.text) is None)


# --------------------------------------------------------------------- syntax


class _Syntax:
    """The tree of a document and where its nodes are."""

    def __init__(self, document: Document, tree: ast.Module) -> None:
        self.source = document.source
        self.text = document.text
        self.newline = document.newline
        self.tree = tree
        self.parents: dict[ast.AST, ast.AST] = {}
        self.at: dict[Span, list[ast.AST]] = {}
        #: where nodes begin, and the attributes that end somewhere
        self.starts: set[int] = set()
        self.attributes: dict[int, list[ast.Attribute]] = {}
        self._spans: dict[ast.AST, Span] = {}
        todo: list[ast.AST] = [tree]
        while todo:
            node = todo.pop()
            if hasattr(node, "lineno"):
                span = self.span(node)
                self.at.setdefault(span, []).append(node)
                self.starts.add(span.start)
                if isinstance(node, ast.Attribute):
                    self.attributes.setdefault(span.end, []).append(node)
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
                todo.append(child)

    def span(self, node: ast.AST) -> Span:
        """Where a node is."""
        known = self._spans.get(node)
        if known is None:
            offset = self.source.offset_of_utf8
            known = self._spans[node] = Span(
                offset(node.lineno, node.col_offset),  # type: ignore[attr-defined]
                offset(node.end_lineno, node.end_col_offset),  # type: ignore[attr-defined]
            )
        return known

    def code(self, node: ast.AST) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def find(self, span: Span, kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> ast.AST | None:
        """The outermost node of a kind at exactly a span."""
        return next((node for node in self.at.get(span, ()) if isinstance(node, kind)), None)

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement that holds a node."""
        found: ast.AST | None = node
        while found is not None and not isinstance(found, ast.stmt):
            found = self.parents.get(found)
        return found

    def inside(self, node: ast.AST, kind: type[ast.expr]) -> bool:
        """Whether an expression of a kind holds a node."""
        found: ast.AST | None = node
        while found is not None and not isinstance(found, (ast.stmt, kind)):
            found = self.parents.get(found)
        return isinstance(found, kind)

    def statement_at(self, line: int) -> ast.stmt | None:
        """The module's statement on the line that begins at an offset, unless an import is right above it."""
        end = line_end(self.text, line)
        above = self.text[line_start(self.text, max(0, line - 1)) : line] if line else ""
        if above.startswith(("import ", "from ")):
            return None
        return next((one for one in self.tree.body if line <= self.span(one).start < end), None)

    def quote(self, near: Span | None = None) -> str:
        """The quotes to write a text in: those of the code around, or the file's."""
        if near is not None:
            around = self.text[near.start : near.end]
            if ('"' in around) != ("'" in around):
                return '"' if '"' in around else "'"
        return "'" if self.text.count("'") > 2 * self.text.count('"') else '"'


def _syntax(document: Document) -> _Syntax | None:
    if document.syntax is None:
        tree = _parsed(document.text)
        document.syntax = _Syntax(document, tree) if tree is not None else False
    return document.syntax or None


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


# --------------------------------------------------------------------- values


def _string(text: str, quote: str) -> str:
    body = json.dumps(text, ensure_ascii=False)[1:-1]
    if quote == '"':
        return f'"{body}"'
    return "'" + body.replace('\\"', '"').replace("'", "\\'") + "'"


def _written(syntax: _Syntax, value: New, quote: str, item: str = "") -> str | None:
    """A new value as an expression; ``item``: what stands for :class:`Each`."""
    if isinstance(value, str):
        return _string(value, quote)
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, EnvRead):
        return f"os.environ[{_string(value.name, quote)}]"
    if isinstance(value, Copy):
        return syntax.text[value.span.start : value.span.end]
    if isinstance(value, Map):
        parts = [(_string(key, quote), _written(syntax, inner, quote, item)) for key, inner in value.entries]
        return None if any(text is None for _, text in parts) else "{" + ", ".join(f"{k}: {v}" for k, v in parts) + "}"
    if isinstance(value, Items):
        texts = [_written(syntax, inner, quote, item) for inner in value.items]
        return None if None in texts else "[" + ", ".join(text or "" for text in texts) + "]"
    if isinstance(value, ReadBeside):
        found = _read_at(syntax, value.span)
        if found is None or found[2] == "get or" or not _is_simple(found[1]):
            return None
        return syntax.code(found[1]) + _path(value.path, found[2], quote)
    return item or None


def _around(syntax: _Syntax, span: Span, template: New) -> list[Edit] | None:
    """The edits that put a template around an expression, which stands where it has :class:`Each`."""
    written = _written(syntax, template, syntax.quote(span), _MARK)
    if written is None or written.count(_MARK) != 1:
        return None
    before, after = written.split(_MARK)
    return [Edit(Span(span.start, span.start), before), Edit(Span(span.end, span.end), after)]


def _reads_environment(value: New) -> bool:
    if isinstance(value, Map):
        return any(_reads_environment(inner) for _, inner in value.entries)
    if isinstance(value, Items):
        return any(_reads_environment(inner) for inner in value.items)
    return isinstance(value, EnvRead)


def _import_os(syntax: _Syntax, at: int) -> list[Edit] | None:
    """What makes ``os`` known at an offset; None where the name means something else."""
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Name) and node.id == "os" and isinstance(node.ctx, ast.Store):
            return None
        if isinstance(node, ast.arg) and node.arg == "os":
            return None
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                same = isinstance(node, ast.Import) and alias.name.split(".")[0] == "os" and alias.asname is None
                if (alias.asname or alias.name) == "os" and not same:
                    return None
    for statement in syntax.tree.body:
        if isinstance(statement, ast.Import) and syntax.span(statement).start < at:
            if any(alias.name.split(".")[0] == "os" and alias.asname is None for alias in statement.names):
                return []
    place = _place_for_import(syntax, "os")
    if place is None:
        return None
    follows = syntax.statement_at(place)
    # a group of its own in front of other packages, as isort has it
    gap = syntax.newline if follows is not None and _is_foreign(follows) else ""
    return [Edit(Span(place, place), f"import os{syntax.newline}{gap}")]


def _is_foreign(statement: ast.stmt) -> bool:
    """An import of something that does not come with Python."""
    if isinstance(statement, ast.ImportFrom):
        return bool(statement.level) or (statement.module or "").split(".")[0] not in sys.stdlib_module_names
    return isinstance(statement, ast.Import) and statement.names[0].name.split(".")[0] not in sys.stdlib_module_names


def _head(syntax: _Syntax) -> list[ast.stmt]:
    """The statements of the module after its docstring and ``__future__`` imports."""
    body = list(syntax.tree.body)
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        if isinstance(body[0].value.value, str):
            body.pop(0)
    while body and isinstance(body[0], ast.ImportFrom) and body[0].module == "__future__":
        body.pop(0)
    return body


def _place_for_import(syntax: _Syntax, name: str) -> int | None:
    """Where a line ``import name`` belongs: in the alphabet of the first imports, above ``from`` imports."""
    body = _head(syntax)
    if not body:
        return None
    place = syntax.span(body[0]).start
    line = body[0].lineno
    for statement in body:
        adjoining = statement.lineno <= line + 1
        line = statement.end_lineno or statement.lineno
        foreign = _is_foreign(statement)
        if not adjoining or not isinstance(statement, ast.Import) or foreign or statement.names[0].name > name:
            if adjoining:
                place = syntax.span(statement).start
            break
        place = next_line(syntax.text, syntax.span(statement).end)
    start = line_start(syntax.text, place)
    if syntax.text[start:place].strip() or (start and place >= len(syntax.text) and syntax.text[-1:] not in "\r\n"):
        return None
    return start


def _set_text(syntax: _Syntax, span: Span, text: str) -> list[Edit] | None:
    node = syntax.find(span, (ast.Constant, ast.JoinedStr))
    if node is None or (isinstance(node, ast.Constant) and not isinstance(node.value, str)):
        return None
    opening = _LITERAL.match(syntax.text, span.start)
    if opening is None or isinstance(syntax.parents.get(node), (ast.JoinedStr, ast.FormattedValue)):
        return None
    if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
        return None
    quote, prefix = opening["quote"], opening["prefix"]
    if "b" in prefix.lower():
        return None
    if len(quote) == 3 and '"' not in text and "'" not in text and "\\" not in text:
        return [Edit(span, f"{quote}{text}{quote}")]
    return [Edit(span, _string(text, quote[0]))]


def _set_value(syntax: _Syntax, span: Span, value: New) -> list[Edit] | None:
    node = syntax.find(span, ast.expr)
    if node is None or isinstance(syntax.parents.get(node), (ast.JoinedStr, ast.FormattedValue)):
        return None
    if isinstance(value, Map) and value.entries and value.entries[-1][1] == Copy(span):
        # what is wrapped stays as it is, comments and all
        return _around(syntax, span, Map((*value.entries[:-1], (value.entries[-1][0], Each()))))
    call = syntax.parents.get(node)
    if isinstance(value, EnvRead) and isinstance(call, ast.Call) and call.args[1:2] == [node] and _reads_variable(call):
        # a key that stands in for a missing one: there is none to write in its place
        return _remove(syntax, span)
    written = _written(syntax, value, syntax.quote(span))
    if written is None:
        return None
    more = _import_os(syntax, span.start) if _reads_environment(value) else []
    return None if more is None else [Edit(span, written), *more]


def _reads_variable(call: ast.Call) -> bool:
    """Whether a call reads an environment variable, with a default: os.getenv, os.environ.get."""
    func = call.func
    if isinstance(func, ast.Name):
        return func.id == "getenv"
    if not isinstance(func, ast.Attribute):
        return False
    environment = isinstance(func.value, ast.Attribute) and func.value.attr == "environ"
    return func.attr == "getenv" or (func.attr == "get" and environment)


# ------------------------------------------------------------------- removing


def _remove(syntax: _Syntax, span: Span) -> list[Edit] | None:
    statement = syntax.find(span, ast.stmt)
    if isinstance(statement, ast.stmt):
        return _remove_statement(syntax, statement)
    node = syntax.find(span, (ast.keyword, ast.expr))
    if node is None:  # a dict's entry: no node, its value ends where it does
        if span.start not in syntax.starts:
            return None
    elif not isinstance(node, ast.keyword) and not isinstance(
        syntax.parents.get(node), (ast.Call, ast.List, ast.Tuple, ast.Set)
    ):
        return None
    whole = element(syntax.text, span, _COMMENT, True)
    return [Edit(whole, "")] if whole else None


def _remove_statement(syntax: _Syntax, statement: ast.stmt) -> list[Edit] | None:
    if not isinstance(statement, (*_SIMPLE, ast.Delete)):
        return None
    if isinstance(statement, ast.Assign) and (len(statement.targets) > 1 or isinstance(statement.targets[0], ast.Name)):
        return None
    text, (start, end) = syntax.text, syntax.span(statement)
    parent = syntax.parents[statement]
    bodies = [getattr(parent, name, None) for name in _BODIES]
    body = next((one for one in bodies if isinstance(one, list) and statement in one), None)
    if body is None:
        return None
    if len(body) == 1:
        return [Edit(Span(start, end), "pass")]
    follow = re.compile(r"[ \t]*;[ \t]*").match(text, end)
    if follow is not None and text[follow.end() : follow.end() + 1] not in ("", "\n", "\r", "#"):
        return [Edit(Span(start, follow.end()), "")]
    if not stands_first(text, start):
        before = re.compile(r"[ \t]*;[ \t]*\Z").search(text, max(0, start - 200), start)
        return [Edit(Span(before.start(), end), "")] if before else None
    stop = follow.end() if follow else end
    rest = text[stop : line_end(text, stop)].strip()
    if rest and not rest.startswith("#"):
        return None
    return [Edit(Span(line_start(text, start), next_line(text, stop)), "")]


def _remove_item(syntax: _Syntax, change: RemoveItem) -> list[Edit] | None:
    item = syntax.find(change.span, ast.expr)
    return _remove(syntax, change.span) if isinstance(syntax.parents.get(item or syntax.tree), ast.List) else None


# ------------------------------------------------------------ names and calls


def _rename(syntax: _Syntax, change: Rename) -> list[Edit] | None:
    span, name = change
    text = syntax.text[span.start : span.end]
    if _LITERAL.match(text):
        return _set_text(syntax, span, name)
    if not all(part.isidentifier() for part in text.split(".")):
        return None
    if "." in name and "." in text:  # the module keeps the name that it has here
        name = f"{text.partition('.')[0]}.{name.partition('.')[2]}"
    return [Edit(span, name)]


def _add_argument(syntax: _Syntax, change: AddArgument) -> list[Edit] | None:
    node = syntax.find(change.call, (ast.Call, ast.Dict))
    quote = syntax.quote(change.call)
    values = [(name, _written(syntax, value, quote)) for name, value in change.arguments]
    if node is None or any(value is None for _, value in values):
        return None
    reads = any(_reads_environment(value) for _, value in change.arguments)
    more = _import_os(syntax, change.call.start) if reads else []
    if more is None:
        return None
    parts: list[ast.AST]
    if isinstance(node, ast.Call):
        if any(isinstance(one, ast.GeneratorExp) and len(node.args) == 1 for one in node.args) and not node.keywords:
            return None
        parts, new = [*node.args, *node.keywords], [f"{name}={value}" for name, value in values]
    else:
        assert isinstance(node, ast.Dict)
        parts, new = list(node.values), [f"{_string(name, quote)}: {value}" for name, value in values]
    return [*_appended(syntax, change.call, parts, new), *more]


def _appended(syntax: _Syntax, whole: Span, parts: list[ast.AST], added: list[str]) -> list[Edit]:
    """The edits that put elements behind the last one of a call or display."""
    text, close = syntax.text, whole.end - 1
    new = ", ".join(added)
    if not parts:
        return [Edit(Span(close, close), new)]
    last = max(parts, key=lambda part: syntax.span(part).end)
    end = syntax.span(last).end
    while inner := _CLOSING.match(text, end, close):  # of parentheses around the last one
        end = inner.end()
    comma = re.compile(r"(?:\s|#[^\r\n]*(?=[\r\n]|\Z))*,").match(text, end, close)
    if "\n" not in text[end:close] and "\r" not in text[end:close]:
        return [Edit(Span(end, close), f", {new}")]
    first = syntax.span(last).start
    indent = indent_of(text, first)
    if not stands_first(text, first) and not stands_first(text, close):
        return [Edit(Span(end, end), f", {new}")]
    if not stands_first(text, first):
        # a value of many lines: the line that it begins on tells
        begin = line_start(text, first)
        indent = text[begin : begin + len(text[begin:first]) - len(text[begin:first].lstrip())]
        if line_start(text, whole.start) == begin:
            return [Edit(Span(comma.end(), comma.end()), f" {new}")] if comma else [Edit(Span(end, end), f", {new}")]
    new = f",{syntax.newline}{indent}".join(added)
    if comma is not None:
        at = line_end(text, comma.end())
        return [Edit(Span(at, at), f"{syntax.newline}{indent}{new},")]
    at = line_end(text, end)
    if at >= close:
        return [Edit(Span(end, end), f",{syntax.newline}{indent}{new}")]
    if at == end:
        return [Edit(Span(end, end), f",{syntax.newline}{indent}{new}")]
    return [Edit(Span(end, end), ","), Edit(Span(at, at), f"{syntax.newline}{indent}{new}")]


def _add_item(syntax: _Syntax, change: AddItem) -> list[Edit] | None:
    node = syntax.find(change.span, ast.List)
    if not isinstance(node, ast.List):
        return None
    written = _written(syntax, change.value, syntax.quote(change.span))
    if written is None or _reads_environment(change.value):
        return None
    start = change.span.start + 1
    if not node.elts:
        return [Edit(Span(start, start), written)]
    first = syntax.span(node.elts[0]).start
    if stands_first(syntax.text, first):
        return [Edit(Span(first, first), f"{written},{syntax.newline}{indent_of(syntax.text, first)}")]
    return [Edit(Span(first, first), f"{written}, ")]


def _wrap_items(syntax: _Syntax, change: WrapItems) -> list[Edit] | None:
    node = syntax.find(change.span, ast.expr)
    if node is None:
        return None
    if isinstance(node, (ast.List, ast.Tuple)):
        found: list[Edit] = []
        for item in node.elts:
            wrapped = None if isinstance(item, ast.Starred) else _around(syntax, syntax.span(item), change.item)
            if wrapped is None:
                return None
            found += wrapped
        return found
    name = _free_name(syntax, ("function", "definition", "each_function"))
    template = _written(syntax, change.item, syntax.quote(change.span), name) if name else None
    if template is None or not (change.certain or _is_simple(node)):
        return None
    code = syntax.code(node)
    around = "" if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)) else "("
    condition = "" if change.certain else f" if {code} else None"
    closing = ")" if around else ""
    text = f"[{template} for {name} in {around}{code}{closing}]{condition}"
    return [Edit(change.span, text)]


def _free_name(syntax: _Syntax, names: Sequence[str]) -> str:
    """The first of some names that the file does not use; "" where it uses them all."""
    used = {node.id for node in ast.walk(syntax.tree) if isinstance(node, ast.Name)}
    used |= {node.arg for node in ast.walk(syntax.tree) if isinstance(node, ast.arg)}
    return next((name for name in names if name not in used), "")


# ---------------------------------------------------------------------- reads


def _read_at(syntax: _Syntax, span: Span) -> tuple[ast.expr, ast.expr, str] | None:
    """The expression that reads the field named at a span, what it is read from, and how."""
    key = syntax.find(span, ast.Constant)
    if key is not None:
        parent = syntax.parents.get(key)
        if isinstance(parent, ast.Subscript):
            return parent, parent.value, "item"
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute) and parent.func.attr == "get":
            if parent.keywords or parent.args[0] is not key or len(parent.args) > 2:
                return None
            return parent, parent.func.value, "get" if len(parent.args) == 1 else "get or"
        return None
    for node in syntax.attributes.get(span.end, ()):
        if isinstance(node.ctx, ast.Load) and node.attr == syntax.text[span.start : span.end]:
            return node, node.value, "attribute"
    return None


def _read_instead(syntax: _Syntax, change: ReadInstead) -> list[Edit] | None:
    found = _read_at(syntax, change.span)
    if found is None or found[2] == "get or":
        return None
    node, base, how = found
    quote = syntax.quote(syntax.span(node))
    owner, first = syntax.code(base), _path(change.path[:1], how, quote)
    whole = first if change.tested else _path(change.path, how, quote)
    if not change.guarded or change.tested or len(change.path) == 1:
        return [Edit(Span(syntax.span(base).end, syntax.span(node).end), whole)]
    if not _is_simple(base):
        return None  # it would be worked out twice
    text = f"{owner}{whole} if {owner}{first} else None"
    parent = syntax.parents.get(node)
    alone = isinstance(parent, (ast.Assign, ast.AnnAssign, ast.Return)) and getattr(parent, "value", None) is node
    return [Edit(syntax.span(node), text if alone else f"({text})")]


def _path(path: Sequence[str | int], how: str, quote: str) -> str:
    """The steps of a path, in the way that its first one is read: attribute, item or get."""
    steps = [
        f"[{step}]" if isinstance(step, int) else f".{step}" if how == "attribute" else f"[{_string(step, quote)}]"
        for step in path
    ]
    if how == "get":
        steps[0] = f".get({_string(str(path[0]), quote)})"
    return "".join(steps)


def _is_simple(node: ast.AST) -> bool:
    """Working it out twice does no harm."""
    kinds = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.expr_context, ast.UnaryOp, ast.USub)
    return all(isinstance(part, kinds) for part in ast.walk(node))


def _or_text(syntax: _Syntax, change: OrText) -> list[Edit] | None:
    found = _read_at(syntax, change.span)
    if found is None or found[2] == "get or":
        return None
    start, end = syntax.span(found[0])
    fallback = f" or {_string(change.text, syntax.quote(Span(start, end)))}"
    parent = syntax.parents.get(found[0])
    if isinstance(parent, (ast.FormattedValue, ast.JoinedStr)) or type(parent).__name__ == "Interpolation":
        return None
    if isinstance(parent, (ast.Call, ast.keyword, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)):
        return [Edit(Span(end, end), fallback)]
    return [Edit(Span(start, start), "("), Edit(Span(end, end), f"{fallback})")]


def _read_attribute(syntax: _Syntax, change: ReadAttribute) -> list[Edit] | None:
    span = change.span
    found = _read_at(syntax, span)
    if found is None or found[2] == "attribute":
        return None
    node, base, how = found
    key = syntax.find(span, ast.Constant)
    name = key.value if isinstance(key, ast.Constant) else None
    if not isinstance(name, str) or not name.isidentifier():
        return None
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return None
    inside = Span(syntax.span(base).end, syntax.span(node).end)
    if how != "get or":
        return [Edit(inside, f".{name}")]
    assert isinstance(node, ast.Call)
    start = syntax.span(node).start
    default = syntax.code(node.args[1])
    return [Edit(Span(start, start), "("), Edit(inside, f".{name} or {default})")]


# ----------------------------------------------------------------- statements


def _handle_error(syntax: _Syntax, change: HandleError) -> list[Edit] | None:
    span = change.span
    callee = syntax.find(span, ast.expr)
    if callee is None:
        return None
    statement = syntax.statement(callee)
    if not isinstance(statement, _SIMPLE) or syntax.inside(callee, ast.Lambda):
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
        f"{indent}{step}raise ValueError({_string('the answer is not valid JSON', quote)}) from error"
    )
    return [Edit(Span(begin, stop), f"{indent}try:{newline}{body}{handler}")]


# -------------------------------------------------- the module and its clients


def _move_import(syntax: _Syntax, change: MoveImport) -> list[Edit] | None:
    alias = syntax.find(change.span, ast.alias) or next(
        (node for span, nodes in syntax.at.items() if span.start == change.span.start
         for node in nodes if isinstance(node, ast.alias)), None
    )  # fmt: skip
    statement = syntax.parents.get(alias) if alias is not None else None
    if not isinstance(alias, ast.alias) or not isinstance(statement, ast.ImportFrom) or statement.level:
        return None
    text, start = syntax.text, syntax.span(statement).start
    module = re.compile(r"from\s+([\w.]+)").match(text, start)
    if module is None:
        return None
    found = [Edit(Span(module.start(1), module.end(1)), change.module)]
    if alias.name != change.name:
        new = change.name if alias.asname else f"{change.name} as {alias.name}"
        start = syntax.span(alias).start
        found.append(Edit(Span(start, start + len(alias.name)), new))
    return found


def _replace_class(syntax: _Syntax, change: ReplaceClass) -> list[Edit] | None:
    start, end = change.span
    old = syntax.text[start:end].rpartition(".")[2]
    if len(old) < end - start:
        return [Edit(Span(end - len(old), end), change.name)]
    aliases = [node for nodes in syntax.at.values() for node in nodes
               if isinstance(node, ast.alias) and (node.asname or node.name) == old]  # fmt: skip
    if len(aliases) != 1 or aliases[0].asname or not isinstance(syntax.parents[aliases[0]], ast.ImportFrom):
        return None
    names = [node for node in ast.walk(syntax.tree) if isinstance(node, ast.Name) and node.id == old]
    for name in names:
        call = syntax.parents.get(name)
        if isinstance(call, ast.Call) and call.func is name and any(one.arg is None for one in call.keywords):
            return None  # what it is given is not known, and may be what only the old class takes
    found = [Edit(syntax.span(name), change.name) for name in names]
    known = any(isinstance(node, ast.alias) and (node.asname or node.name) == change.name
                for nodes in syntax.at.values() for node in nodes)  # fmt: skip
    if not known:
        return [*found, Edit(syntax.span(aliases[0]), change.name)]
    whole = element(syntax.text, syntax.span(aliases[0]), _COMMENT, False)
    return [*found, Edit(whole, "")] if whole else None


class _Module(NamedTuple):
    """A module that is imported at the top, and the statements there that set its options."""

    name: str
    options: dict[str, ast.Assign]
    after: ast.stmt


def _module(syntax: _Syntax, span: Span, anywhere: bool = False) -> _Module | None:
    """The module that the name at the beginning of a span stands for.

    None where options of it are set elsewhere than at the top, or twice, unless ``anywhere`` will do.
    """
    name = syntax.text[span.start : span.end].partition(".")[0].strip()
    imports = [
        statement
        for statement in syntax.tree.body
        if isinstance(statement, ast.Import) and any((one.asname or one.name) == name for one in statement.names)
    ]
    if not imports or syntax.span(imports[0]).start > span.start:
        return None
    options: dict[str, ast.Assign] = {}
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
            if isinstance(node.ctx, ast.Load):
                continue
            statement = syntax.parents.get(node)
            if isinstance(statement, ast.Assign) and statement in syntax.tree.body and node.attr not in options:
                options[node.attr] = statement
            elif not anywhere:
                return None
    last: ast.stmt = imports[0]
    for statement in syntax.tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)) and statement.lineno >= last.lineno:
            last = statement
        elif statement.lineno > imports[0].lineno:
            break
    return _Module(name, options, last)


def _set_module_option(syntax: _Syntax, change: SetModuleOption) -> list[Edit] | None:
    module = _module(syntax, change.span, anywhere=True)
    value = _written(syntax, change.value, syntax.quote())
    if module is None or value is None or change.name in module.options:
        return None
    more = _import_os(syntax, syntax.span(module.after).start) if _reads_environment(change.value) else []
    if more is None:
        return None
    statements = sorted(module.options.values(), key=lambda one: one.lineno)
    line = f"{module.name}.{change.name} = {value}{syntax.newline}"
    if statements and syntax.span(statements[-1]).end < change.span.start:
        added = _line_after(syntax, statements[-1], line)
    else:
        added = _line_after(syntax, module.after, line, apart=True)
    return None if added is None else [added, *more]


def _line_after(syntax: _Syntax, statement: ast.stmt, line: str, apart: bool = False) -> Edit | None:
    """A line below a statement; ``apart``: with an empty one between them."""
    text, end = syntax.text, syntax.span(statement).end
    rest = text[end : line_end(text, end)].strip()
    if rest and not rest.startswith("#"):
        return None
    at = next_line(text, end)
    newline = syntax.newline
    if at == line_end(text, at) and at == len(text) and text[-1:] not in ("\n", "\r"):
        return Edit(Span(at, at), f"{newline}{newline if apart else ''}{line.rstrip()}")
    gap = newline if apart else ""
    below = gap if apart and text[at : line_end(text, at)].strip() else ""
    return Edit(Span(at, at), f"{gap}{line}{below}")


#: class and names of a client, by whether its calls are awaited
_CLIENTS = {
    False: ("OpenAI", ("client", "openai_client")),
    True: ("AsyncOpenAI", ("async_client", "async_openai_client")),
}
#: options of the old module that its client has, by the names there
_OPTIONS = {"api_key": "api_key", "api_base": "base_url", "base_url": "base_url"}


def _build_client(syntax: _Syntax, change: BuildClient) -> list[Edit] | None:
    callee = syntax.find(change.span, ast.Attribute)
    if not isinstance(callee, ast.Attribute):
        return None
    module = _module(syntax, change.span)
    if module is None:
        return _call_module(syntax, change, callee)
    if not set(module.options) <= set(_OPTIONS):
        return None
    built = _built(syntax, module.name)
    needed = _kinds_called(syntax, module.name) - set(built)
    names = dict(built)
    for asynchronous in needed:
        names[asynchronous] = _free_name(syntax, _CLIENTS[asynchronous][1])
    name = names.get(callee.attr == "acreate")
    if not name:
        return None
    found = [Edit(change.span, f"{name}.{change.method}")]
    if not needed:
        return found
    quote = syntax.quote()
    values = {key: _written(syntax, value, quote) for key, value in change.args}
    used = {_OPTIONS[option]: statement for option, statement in module.options.items()}
    values |= {key: syntax.code(statement.value) for key, statement in used.items()}
    if None in values.values():
        return None
    arguments = ", ".join(f"{key}={value}" for key, value in values.items())
    lines = [
        f"{names[asynchronous]} = {module.name}.{_CLIENTS[asynchronous][0]}({arguments})"
        for asynchronous in sorted(needed)
        if names[asynchronous]
    ]
    statements = sorted(module.options.values(), key=lambda one: one.lineno)
    if any(key not in used and isinstance(value, EnvRead) for key, value in change.args):
        more = _import_os(syntax, syntax.span(statements[0] if statements else module.after).start)
        if more is None:
            return None
        found += more
    if not statements:
        added = _line_after(syntax, module.after, syntax.newline.join(lines) + syntax.newline, apart=True)
        return None if added is None else [*found, added]
    for statement in statements[:-1]:
        removed = _remove_statement(syntax, statement)
        if removed is None:
            return None
        found += removed
    return [*found, Edit(syntax.span(statements[-1]), syntax.newline.join(lines))]


def _call_module(syntax: _Syntax, change: BuildClient, callee: ast.Attribute) -> list[Edit] | None:
    """The present function of the module itself, whose options are set where a client cannot be built."""
    name = syntax.text[change.span.start : change.span.end].partition(".")[0]
    if callee.attr != "create" or not isinstance(callee.value, ast.Attribute):
        return None  # the module has no calls to await
    found = [Edit(change.span, f"{name}.{change.method}")]
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
            if node.attr == "api_base":
                end = syntax.span(node).end
                found.append(Edit(Span(end - len(node.attr), end), "base_url"))
            elif not isinstance(node.ctx, ast.Load) and node.attr not in (*_OPTIONS, "organization"):
                return None
    return found


def _kinds_called(syntax: _Syntax, module: str) -> set[bool]:
    """Which clients the chat completions of the old module need: False for a plain one, True for one to await."""
    kinds = set()
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            owner = node.value
            if owner.attr == "ChatCompletion" and isinstance(owner.value, ast.Name) and owner.value.id == module:
                kinds.add(node.attr == "acreate")
    return kinds


def _built(syntax: _Syntax, module: str) -> dict[bool, str]:
    """The clients that the module builds at the top, by whether their calls are awaited."""
    found: dict[bool, str] = {}
    for statement in syntax.tree.body:
        value = statement.value if isinstance(statement, ast.Assign) else None
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        for asynchronous, (name, _) in _CLIENTS.items():
            if syntax.code(value.func) == f"{module}.{name}" and isinstance(target, ast.Name):
                found[asynchronous] = target.id
    return found


#: kind of change → what spells it
_SPELLED: dict[type, Callable[[_Syntax, Any], list[Edit] | None]] = {
    SetText: lambda syntax, change: _set_text(syntax, change.span, change.text),
    SetValue: lambda syntax, change: _set_value(syntax, change.span, change.value),
    Remove: lambda syntax, change: _remove(syntax, change.span),
    RemoveItem: _remove_item,
    Rename: _rename,
    AddArgument: _add_argument,
    AddItem: _add_item,
    WrapItems: _wrap_items,
    ReadInstead: _read_instead,
    ReadAttribute: _read_attribute,
    OrText: _or_text,
    MoveImport: _move_import,
    ReplaceClass: _replace_class,
    SetModuleOption: _set_module_option,
    HandleError: _handle_error,
    BuildClient: _build_client,
}
