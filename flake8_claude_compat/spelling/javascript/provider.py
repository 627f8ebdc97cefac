"""A provider of the AI SDK that is built with options, and asked for models by a method."""

from __future__ import annotations

from ...findings import AddArgument, BuildClient, Map
from ...frontends._astgrep import Node
from ...source import Span
from .._document import Edit, line_end
from .adding import add_argument
from .removing import without
from .tree import Tree, function_around, names_in
from .values import expression

_PROVIDER = "@ai-sdk/openai"
_BUILDER = "createOpenAI"
#: of a provider: what gives a model, in place of which another method can
_MODELS = frozenset({"chat", "languageModel", "responses"})


def build_provider(tree: Tree, change: BuildClient) -> list[Edit] | None:
    """``openai("…")`` → ``openai.chat("…")`` of a provider that is built with options, here or once per file."""
    callee = tree.find(change.span, "identifier", "member_expression")
    if callee is None or callee.parent is None or callee.parent.kind != "call_expression":
        return None
    name = callee if callee.kind == "identifier" else callee.kids()[0]
    if tree.code(name) == _BUILDER:
        (first, value), *more = change.args
        found = add_argument(tree, AddArgument(callee.parent.span(), first, value, tuple(more)))
        declarator = callee.parent.parent
        if found is None or declarator is None or declarator.kind != "variable_declarator":
            return None
        target = declarator.kids()[0]
        calls = _models_of(tree, target, change.method)
        return None if target.kind != "identifier" or calls is None else [*found, *calls]
    for statement in tree.every("import_statement"):
        kids = statement.kids()
        if statement.parent is None or not any(kid.kind == "string" and kid.text()[1:-1] == _PROVIDER for kid in kids):
            continue
        items = list(tree.every("import_specifier", inside=statement))
        item = next((one for one in items if tree.code(one) == tree.code(name)), None)
        calls = _models_of(tree, item.kids()[0], change.method) if item is not None else None
        written = expression(tree, Map(change.args), tree.quote(statement.span()))
        if item is None or calls is None or written is None or item.parent is None:
            return None
        if any(tree.code(one) == _BUILDER for one in items):
            renamed = without(tree, [item], item.parent)
        else:
            renamed = [Edit(item.span(), _BUILDER)]
        last = [one for one in statement.parent.kids() if one.kind == "import_statement"][-1]
        end = line_end(tree.text, last.span().end)
        line = f"const {tree.code(name)} = {_BUILDER}({written}){tree.semicolon(statement.span().end)}"
        built = Edit(Span(end, end), f"{tree.newline}{tree.newline}{line}")
        return None if renamed is None else [*renamed, built, *calls]
    return None


def _models_of(tree: Tree, name: Node, method: str) -> list[Edit] | None:
    """The edits that call a method at each place where a provider gives a model; None where it gives something else."""
    found: list[Edit] = []
    for use in names_in(tree, tree.code(name), function_around(name)):
        parent = use.parent
        if use is name or parent is None:
            continue
        if parent.kind == "call_expression" and parent.kids()[0] is use:
            found.append(Edit(Span(use.span().end, use.span().end), f".{method}"))
        elif parent.kind == "member_expression" and parent.kids()[0] is use:
            field = parent.kids()[-1]
            if tree.code(field) not in _MODELS:
                return None
            if tree.code(field) != method:
                found.append(Edit(field.span(), method))
        else:
            return None
    return found
