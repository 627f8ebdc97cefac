"""The module ``openai`` as it was, with options of its own: they are set, or a client is built from them."""

from __future__ import annotations

import ast

from ...findings import BuildClient, EnvRead, SetModuleOption
from ...record import NamedTuple
from ...source import Span
from .._document import Edit, line_end, next_line
from .imports import import_os
from .removing import remove_statement
from .syntax import Syntax, free_name, once
from .values import expression, reads_environment

#: class and names of a client, by whether its calls are awaited
_CLIENTS = {
    False: ("OpenAI", ("client", "openai_client")),
    True: ("AsyncOpenAI", ("async_client", "async_openai_client")),
}
#: options of the old module that its client has, by the names there
_OPTIONS = {"api_key": "api_key", "api_base": "base_url", "base_url": "base_url"}


class _Module(NamedTuple):
    """A module that is imported at the top, and the statements there that set its options."""

    name: str
    options: dict[str, ast.Assign]
    after: ast.stmt
    imported: ast.stmt


def _module(syntax: Syntax, span: Span, anywhere: bool = False) -> _Module | None:
    """The module that the name at the beginning of a span stands for.

    None where options of it are set elsewhere than at the top, or twice, unless ``anywhere`` will do.
    """
    name = syntax.text[span.start : span.end].partition(".")[0].strip()
    module = _module_named(syntax, name, anywhere)
    return module if module is not None and syntax.span(module.imported).start <= span.start else None


@once
def _module_named(syntax: Syntax, name: str, anywhere: bool) -> _Module | None:
    imports = [
        statement
        for statement in syntax.tree.body
        if isinstance(statement, ast.Import) and any((one.asname or one.name) == name for one in statement.names)
    ]
    if not imports:
        return None
    top = set(syntax.tree.body)
    options: dict[str, ast.Assign] = {}
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
            if isinstance(node.ctx, ast.Load):
                continue
            statement = syntax.parents.get(node)
            if isinstance(statement, ast.Assign) and statement in top and node.attr not in options:
                options[node.attr] = statement
            elif not anywhere:
                return None
    last: ast.stmt = imports[0]
    for statement in syntax.tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)) and statement.lineno >= last.lineno:
            last = statement
        elif statement.lineno > imports[0].lineno:
            break
    return _Module(name, options, last, imports[0])


def set_module_option(syntax: Syntax, change: SetModuleOption) -> list[Edit] | None:
    module = _module(syntax, change.span, anywhere=True)
    value = expression(syntax, change.value, syntax.quote())
    if module is None or value is None or change.name in module.options:
        return None
    more = import_os(syntax, syntax.span(module.after).start) if reads_environment(change.value) else []
    if more is None:
        return None
    statements = sorted(module.options.values(), key=lambda one: one.lineno)
    line = f"{module.name}.{change.name} = {value}{syntax.newline}"
    if statements and syntax.span(statements[-1]).end < change.span.start:
        added = _line_after(syntax, statements[-1], line)
    else:
        added = _line_after(syntax, module.after, line, apart=True)
    return None if added is None else [added, *more]


def _line_after(syntax: Syntax, statement: ast.stmt, line: str, apart: bool = False) -> Edit | None:
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


def build_client(syntax: Syntax, change: BuildClient) -> list[Edit] | None:
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
        names[asynchronous] = free_name(syntax, _CLIENTS[asynchronous][1])
    name = names.get(callee.attr == "acreate")
    if not name:
        return None
    found = [Edit(change.span, f"{name}.{change.method}")]
    if not needed:
        return found
    quote = syntax.quote()
    values = {key: expression(syntax, value, quote) for key, value in change.args}
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
        more = import_os(syntax, syntax.span(statements[0] if statements else module.after).start)
        if more is None:
            return None
        found += more
    if not statements:
        added = _line_after(syntax, module.after, syntax.newline.join(lines) + syntax.newline, apart=True)
        return None if added is None else [*found, added]
    for statement in statements[:-1]:
        removed = remove_statement(syntax, statement)
        if removed is None:
            return None
        found += removed
    return [*found, Edit(syntax.span(statements[-1]), syntax.newline.join(lines))]


def _call_module(syntax: Syntax, change: BuildClient, callee: ast.Attribute) -> list[Edit] | None:
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
                found += _final_slash(syntax, node)
            elif not isinstance(node.ctx, ast.Load) and node.attr not in (*_OPTIONS, "organization"):
                return None
    return found


def _final_slash(syntax: Syntax, option: ast.Attribute) -> list[Edit]:
    """The slash at the end of a URL that is written down: the module of today puts the path right behind it."""
    statement = syntax.parents.get(option)
    value = statement.value if isinstance(statement, ast.Assign) else None
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str) or value.value.endswith("/"):
        return []
    end = syntax.span(value).end
    end -= 3 if syntax.text[end - 3 : end] in ('"""', "'''") else 1
    return [Edit(Span(end, end), "/")]


@once
def _kinds_called(syntax: Syntax, module: str) -> set[bool]:
    """Which clients the chat completions of the old module need: False for a plain one, True for one to await."""
    kinds = set()
    for node in ast.walk(syntax.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            owner = node.value
            if owner.attr == "ChatCompletion" and isinstance(owner.value, ast.Name) and owner.value.id == module:
                kinds.add(node.attr == "acreate")
    return kinds


@once
def _built(syntax: Syntax, module: str) -> dict[bool, str]:
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
