"""Python: flake8's tree → program. One walk; the only place that knows ``ast``.

The walk descends statements recursively (the parser allows 100 levels; ``elif``
chains are flattened) and expressions with a stack of its own, so that no
nesting which Python can parse exhausts the interpreter's stack. Nothing is
lowered here: the linker asks for the few values it needs.

Statements are all visited, for their names and blocks. Their expressions wait:
only those of statements on lines that hold a watched word are scanned for calls,
reads and strings, others when the linker asks for a name that they mention.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, cast

from ..program import (
    Binding,
    Block,
    Catch,
    Handle,
    Import,
    Param,
    Program,
    Scope,
    Site,
    Store,
    Watch,
)
from ..source import Source
from ._python_lower import COMPREHENSIONS, TEMPLATES, Lowering, new
from ._python_uses import Uses
from ._words import matcher, plain

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRIES: tuple[type, ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
#: statements whose expressions are nobody's interest, or of which they have none
_WITHOUT_PARTS: frozenset[type] = frozenset({
    ast.Delete, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Pass, ast.Break, ast.Continue, *_TRIES
})  # fmt: skip
_JUMPS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_LEAVES = (ast.Name, ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)


def parse(source: Source, tree: ast.AST | None, watch: Watch) -> Program:
    """The program of a Python file.

    ``tree`` is the file's ``ast.Module``, or None to parse the text here
    (raises SyntaxError, ValueError or RecursionError as ``ast.parse`` does).
    """
    if tree is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of invalid escapes: that is other tools' business
            tree = ast.parse(source.text)
    return _Frontend(source, watch).run(cast(ast.Module, tree))


def _interest(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a string may be of interest by itself; prose is not: no name, no URL, no variable."""
    search = matcher(pattern)

    def matches(text: str) -> bool:
        return not (" " in text and " " in text.strip()) and search(text)

    return matches


def programs(source: Source, tree: object, language: str, watch: Watch) -> list[Program]:
    """``frontends.programs`` for Python: the one program of the file."""
    return [parse(source, cast("ast.AST | None", tree), watch)]


class _Frontend(Lowering, Uses):
    """The walk, and the answers about its nodes (``program.Language``)."""

    def __init__(self, source: Source, watch: Watch) -> None:
        Lowering.__init__(self, source)
        Uses.__init__(self)
        self.watch = watch
        self.watched_words = watch.words
        self.watched_reads = watch.reads
        self.matches = _interest(watch.text)
        self.module = Scope("module", "", None)
        self.program = Program(source, "python", self, self.module)
        self.program.parts.append(self)
        self._globals: dict[int, set[str]] = {}
        #: what waits to be scanned, in the order of the text: a statement (or a handler or case of it), the
        #: statement and the block; and the line that each begins on
        self._waiting: list[tuple[ast.AST, ast.AST, Block]] = []
        self._lines: list[int] = []
        self._scanned = bytearray()
        self._done: set[str] = set()
        self._plain = plain(source.text)
        self.program.words = self._words = frozenset(self._plain.split())
        #: names that stand for something watched: their calls are needed too
        self._aliases: set[str] = set()
        #: whether a name in capitals is of interest
        self._capitals = False

    def run(self, tree: ast.Module) -> Program:
        self._body(tree.body, self.module.block)
        self._scanned = bytearray(len(self._waiting))
        self._scan_watched()
        self.program.complete = self.complete
        return self.program

    def complete(self, word: str) -> None:
        """Scan every expression on a line that holds a word, if not done yet."""
        if word in self._done or word in self.watched_words:
            return
        self._done.add(word)
        if word in self._words or not word.isascii():
            for line in self._lines_with(word):
                self._scan_line(line)

    def _scan_watched(self) -> None:
        """Scan the expressions of all lines that hold a watched word or an alias."""
        self._done.update(self._aliases)
        watched = self.watched_words & self._words
        lines: set[int] = set()
        for form in self.watch.forms:
            lines.update(bisect_right(self._starts, match.start()) for match in form.finditer(self.source.text))
        self._capitals = bool(lines) or any(map(str.isupper, watched))
        for word in (*watched, *(self._aliases - watched)):
            lines.update(self._lines_with(word))
        for line in sorted(lines):
            self._scan_line(line)

    def _lines_with(self, name: str) -> list[int]:
        """The lines that hold a word, in order."""
        if not name.isascii():
            name = name.encode("ascii", "replace").decode()
        starts, word = self._starts, f" {name} "
        find = self._plain.find
        lines: list[int] = []
        at = find(word)
        while at >= 0:
            # the blank before a word at the offset n of the text is at n of the plain text
            line = bisect_right(starts, at)
            lines.append(line)
            if line >= len(starts):
                break
            at = find(word, starts[line])
        return lines

    def _scan_line(self, line: int) -> None:
        """Scan the expressions of the statements that a line holds a part of, once."""
        lines, scanned, waiting = self._lines, self._scanned, self._waiting
        index = last = bisect_right(lines, line) - 1
        while index >= 0 and lines[index] == line:
            if not scanned[index]:
                self._scan_parts(index, _parts(waiting[index][0]))
            index -= 1
        if index < 0 or (index < last and self._begins(line, waiting[index + 1][0])):
            return
        above = lines[index]  # of those that begin above the line only the last ones may reach into it
        while index >= 0 and lines[index] == above:
            node = waiting[index][0]
            if not scanned[index] and getattr(node, "end_lineno", line) >= line:
                parts = _parts(node)
                if any(part.end_lineno >= line for part in parts):
                    self._scan_parts(index, parts)
            index -= 1

    def _begins(self, line: int, node: Any) -> bool:
        """Whether nothing stands before a node on its line."""
        start = self._starts[line - 1]
        return not self.source.text[start : start + getattr(node, "col_offset", 0)].strip()

    def _scan_parts(self, index: int, parts: list[Any]) -> None:
        self._scanned[index] = 1
        _, statement, block = self._waiting[index]
        for part in parts:
            self._scan(part, statement, block)

    def _wait(self, node: Any, statement: ast.AST, block: Block) -> None:
        self._lines.append(node.lineno)
        self._waiting.append((node, statement, block))

    def _alias(self, name: str, value: ast.AST) -> None:
        """Remember a name for a bound method, a resource or a partial."""
        kind = type(value)
        if kind is ast.Attribute:
            if cast(ast.Attribute, value).attr in self.watched_words:
                self._aliases.add(name)
            elif type(cast(ast.Attribute, value).value) is ast.Attribute:
                self._alias(name, cast(ast.Attribute, value).value)
        elif kind is ast.Call:
            func = cast(ast.Call, value).func
            if (type(func) is ast.Attribute and func.attr == "partial") or (
                type(func) is ast.Name and func.id == "partial"
            ):
                self._aliases.add(name)

    # ------------------------------------------------------------ statements

    def _body(self, statements: list[ast.stmt], block: Block) -> None:
        lines, waiting = self._lines, self._waiting
        for statement in statements:
            lines.append(statement.lineno)
            waiting.append((statement, statement, block))
            visit = _VISIT.get(type(statement))
            if visit is not None:
                visit(self, statement, block)

    def _expr_statement(self, node: ast.Expr, block: Block) -> None:
        value = node.value
        if type(value) is ast.Yield or type(value) is ast.YieldFrom:
            if value.value is not None:
                block.scope.yields.append((value.value, block))

    def _assign(self, node: ast.Assign, block: Block) -> None:
        value = node.value
        for target in node.targets:
            if type(target) is ast.Name:
                self._add(new(Binding, (target.id, "value", value, block.scope, block, node.lineno, 0, None)))
                self._alias(target.id, value)
            else:
                self._bind(target, value, "value", node, block)

    def _ann_assign(self, node: ast.AnnAssign, block: Block) -> None:
        target = node.target
        if node.value is not None:
            self._bind(target, node.value, "value", node, block, node.annotation)
        elif isinstance(target, ast.Name):
            self._add(Binding(target.id, "annotation", node.annotation, block.scope, block, node.lineno))
        elif isinstance(target, ast.Attribute):
            self._member(target, node.annotation, "annotation", node, block)

    def _aug_assign(self, node: ast.AugAssign, block: Block) -> None:
        target = node.target
        op = "|=" if isinstance(node.op, ast.BitOr) else "+=" if isinstance(node.op, ast.Add) else "?="
        if isinstance(target, ast.Name):
            self._add(Binding(target.id, "augment", node.value, block.scope, block, node.lineno, int(op == "|=")))
        else:
            self.program.stores.append(Store(target, node.value, op, Site(target, node, block), _stored_name(target)))

    def _delete(self, node: ast.Delete, block: Block) -> None:
        for target in node.targets:
            if isinstance(target, (ast.Attribute, ast.Subscript)):
                site = Site(target, node, block)
                self.program.stores.append(Store(target, None, "del", site, _stored_name(target)))

    def _return(self, node: ast.Return, block: Block) -> None:
        if node.value is not None:
            block.scope.returns.append((node.value, block))

    def _if(self, node: ast.If, block: Block) -> None:
        if type(node.test) is ast.Compare and type(node.test.left) is ast.Name and node.test.left.id == "__name__":
            self._body(node.body, block)  # what a script does is no special case
            self._body(node.orelse, block)
            return
        while True:
            self._body(node.body, Block(block, "if", block.scope, node.test))
            if not node.orelse:
                if isinstance(node.body[-1], _JUMPS):
                    self._exit(block, node.test, node)
                return
            inner = Block(block, "else", block.scope, node.test)
            rest = node.orelse
            if len(rest) == 1 and isinstance(rest[0], ast.If):
                node, block = rest[0], inner
                self._wait(node, node, block)
                continue
            self._body(rest, inner)
            return

    @staticmethod
    def _exit(block: Block, test: Handle, node: ast.stmt) -> None:
        if block.exits is None:
            block.exits = []
        block.exits.append((test, node.end_lineno or node.lineno))

    def _assert(self, node: ast.Assert, block: Block) -> None:
        self._exit(block, node.test, node)

    def _while(self, node: ast.While, block: Block) -> None:
        self._body(node.body, Block(block, "loop", block.scope, node.test))
        self._body(node.orelse, block)

    def _for(self, node: ast.For | ast.AsyncFor, block: Block) -> None:
        self._bind(node.target, node.iter, "each", node, block)
        self._body(node.body, Block(block, "for", block.scope, node.iter))
        self._body(node.orelse, block)

    def _with(self, node: ast.With | ast.AsyncWith, block: Block) -> None:
        for item in node.items:
            if item.optional_vars is not None:
                self._bind(item.optional_vars, item.context_expr, "with", node, block)
        contexts = tuple(item.context_expr for item in node.items)
        self._body(node.body, Block(block, "with", block.scope, contexts))

    def _try(self, node: ast.Try, block: Block) -> None:
        catches = []
        for handler in node.handlers:
            kind = handler.type
            types = () if kind is None else tuple(kind.elts) if isinstance(kind, ast.Tuple) else (kind,)
            swallows = all(
                isinstance(line, (ast.Pass, ast.Continue))
                or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
                for line in handler.body
            )
            catches.append(Catch(types, swallows, self.span(handler)))
        self._body(node.body, Block(block, "try", block.scope, None, tuple(catches)))
        for handler in node.handlers:
            self._wait(handler, node, block)
            inner = Block(block, "handler", block.scope, handler.type)
            if handler.name:
                self._add(Binding(handler.name, "error", handler.type, block.scope, inner, handler.lineno))
            self._body(handler.body, inner)
        self._body(node.orelse, block)
        self._body(node.finalbody, block)

    def _match(self, node: ast.Match, block: Block) -> None:
        for case in node.cases:
            self._lines.append(case.pattern.lineno)
            self._waiting.append((case, node, block))
            for part in ast.walk(case.pattern):
                name = getattr(part, "name", None) or getattr(part, "rest", None)
                if isinstance(name, str):
                    self._add(Binding(name, "other", None, block.scope, block, node.lineno))
            self._body(case.body, Block(block, "case", block.scope, node.subject))

    def _import(self, node: ast.Import, block: Block) -> None:
        for alias in node.names:
            if alias.asname:
                name, dotted = alias.asname, alias.name
            else:
                name = dotted = alias.name.partition(".")[0]
            self._add(Binding(name, "import", dotted, block.scope, block, node.lineno))
            self._imported(alias.name, name, alias, node, block)

    def _import_from(self, node: ast.ImportFrom, block: Block) -> None:
        module = "." * node.level + (node.module or "")
        joint = "" if module.endswith(".") else "."
        for alias in node.names:
            dotted = module + joint + alias.name
            name = alias.asname or alias.name
            self._add(new(Binding, (name, "import", dotted, block.scope, block, node.lineno, 0, None)))
            self._imported(dotted, name, alias, node, block)

    def _imported(self, dotted: str, name: str, alias: ast.alias, node: ast.AST, block: Block) -> None:
        self.program.imports.append(new(Import, (dotted, name, alias, node, block)))
        if alias.asname and not self.watched_words.isdisjoint(dotted.split(".")):
            self._aliases.add(name)
        everyday = self.watch.imported.get(dotted.partition(".")[0])
        if everyday is None:
            return
        if alias.name in everyday:
            self._aliases.add(name)  # from crewai import LLM
        elif type(node) is ast.Import:
            self._aliases |= everyday & self._words  # import crewai

    def _global(self, node: ast.Global | ast.Nonlocal, block: Block) -> None:
        if isinstance(node, ast.Global):
            self._globals.setdefault(id(block.scope), set()).update(node.names)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, block: Block) -> None:
        scope = self._new_scope("function", node.name, node, block)
        scope.result = node.returns
        self._decorators(scope, node)
        self._parameters(scope, node.args)
        self._add(Binding(node.name, "def", scope, block.scope, block, node.lineno))
        self._body(node.body, scope.block)

    def _class(self, node: ast.ClassDef, block: Block) -> None:
        scope = self._new_scope("class", node.name, node, block)
        self._decorators(scope, node)
        scope.bases = tuple(node.bases)
        self._add(Binding(node.name, "class", scope, block.scope, block, node.lineno))
        self._body(node.body, scope.block)

    def _decorators(self, scope: Scope, node: Any) -> None:
        if node.decorator_list:
            scope.decorators = tuple(node.decorator_list)
            self._lines[-1] = node.decorator_list[0].lineno  # the line of ``def`` comes after them

    def _new_scope(self, kind: str, name: str, node: Any, block: Block) -> Scope:
        scope = Scope(kind, name, block.scope, node)
        scope.block.parent = block
        scope.order = node.lineno
        self.program.scopes.append(scope)
        return scope

    def _parameters(self, scope: Scope, args: ast.arguments) -> None:
        params = []
        plain = [*args.posonlyargs, *args.args]
        defaults: list[Any] = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
        for position, (arg, default) in enumerate(zip(plain, defaults)):
            params.append(new(Param, (arg.arg, "plain", arg.annotation, default, position)))
        for arg, default in zip(args.kwonlyargs, args.kw_defaults):
            params.append(Param(arg.arg, "plain", arg.annotation, default, -1))
        if args.vararg:
            params.append(Param(args.vararg.arg, "*", args.vararg.annotation, None, -1))
        if args.kwarg:
            params.append(Param(args.kwarg.arg, "**", args.kwarg.annotation, None, -1))
        scope.params = tuple(params)
        for param in params:
            self._add(new(Binding, (param.name, "param", param, scope, scope.block, scope.order, 0, None)))

    # -------------------------------------------------------------- bindings

    def _add(self, binding: Binding) -> None:
        scope, name = binding.scope, binding.name
        if self._globals and name in self._globals.get(id(scope), ()):
            scope = self.module
        known = scope.bindings.get(name)
        if known is None:
            scope.bindings[name] = [binding]
        else:
            known.append(binding)

    def _bind(
        self, target: ast.expr, value: ast.expr, kind: str, node: Any, block: Block, annotation: Handle = None
    ) -> None:
        if isinstance(target, ast.Name):
            self._add(new(Binding, (target.id, kind, value, block.scope, block, node.lineno, 0, annotation)))
            if kind == "value":
                self._alias(target.id, value)
        elif isinstance(target, (ast.Attribute, ast.Subscript)):
            self._store(target, value, kind, node, block, annotation)
        elif isinstance(target, (ast.Tuple, ast.List)):
            if kind == "value" and isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for part, item in zip(target.elts, value.elts):
                    self._bind(part, item, "value", node, block)
                return
            for position, part in enumerate(target.elts):
                if isinstance(part, ast.Name):
                    inner = "unpack" if kind == "value" else "unpack-each" if kind == "each" else "other"
                    self._add(Binding(part.id, inner, value, block.scope, block, node.lineno, position))
                elif not isinstance(part, ast.Starred):
                    self._bind(part, value, "other", node, block)

    def _store(
        self, target: Any, value: ast.expr, kind: str, node: Any, block: Block, annotation: Handle = None
    ) -> None:
        if kind == "value":
            site = new(Site, (target, node, block))
            self.program.stores.append(new(Store, (target, value, "=", site, _stored_name(target))))
        if isinstance(target, ast.Attribute):
            self._member(target, value, kind, node, block, annotation)

    def _member(
        self, target: ast.Attribute, value: ast.expr, kind: str, node: Any, block: Block, annotation: Handle = None
    ) -> None:
        """``self.name = value``."""
        owner = _instance_class(target.value.id, block.scope) if isinstance(target.value, ast.Name) else None
        if owner is not None:
            binding = Binding(target.attr, kind, value, block.scope, block, node.lineno, 0, annotation)
            owner.members.setdefault(target.attr, []).append(binding)

    # ----------------------------------------------------------- expressions

    def _scan(self, root: ast.AST, statement: ast.AST, block: Block) -> None:
        """Record the calls, reads and strings of an expression."""
        program, matches, reads = self.program, self.matches, self.watched_reads
        calls, names, sites, capitals = program.calls, program.names, self._call_sites, self._capitals
        stack: list[Any] = [root]
        push, pop = stack.append, stack.pop
        while stack:
            node = pop()
            kind = type(node)
            if kind is ast.Name:
                known = names.get(node.id)
                if known is None:
                    names[node.id] = [new(Site, (node, statement, block))]
                else:
                    known.append(new(Site, (node, statement, block)))
                continue
            if kind is ast.Constant:
                text = node.value
                if type(text) is str and matches(text):
                    program.strings.append(Site(node, statement, block))
            elif kind is ast.Attribute:
                if node.attr in reads:
                    program.reads.setdefault(node.attr, []).append(Site(node, statement, block))
                elif capitals and node.attr.isupper() and matches(node.attr):
                    program.strings.append(Site(node, statement, block))  # settings.OPENAI_API_KEY
                push(node.value)
            elif kind is ast.Call:
                func = node.func
                name = ""
                if type(func) is ast.Name:
                    name = func.id
                else:
                    if type(func) is ast.Attribute:
                        name = func.attr
                    elif type(func) is ast.Subscript:
                        name = _generic(func.value)
                    push(func)
                site = sites[id(node)] = new(Site, (node, statement, block))
                known = calls.get(name)
                if known is None:
                    calls[name] = [site]
                else:
                    known.append(site)
                if node.args:
                    stack += node.args
                    if name == "get":
                        key = node.args[0]
                        if type(key) is ast.Constant and key.value in reads:
                            program.reads.setdefault(key.value, []).append(site)
                for keyword in node.keywords:
                    push(keyword.value)
            elif kind is ast.Subscript:
                key = node.slice
                if type(key) is ast.Constant:
                    if type(key.value) is str:
                        if key.value in reads and type(node.ctx) is not ast.Store:
                            program.reads.setdefault(key.value, []).append(Site(node, statement, block))
                        push(key)
                else:
                    push(key)
                push(node.value)
            elif kind in TEMPLATES:
                whole = False
                for part in node.values:
                    if type(part) is ast.Constant:
                        whole = whole or bool(matches(str(part.value)))
                    else:
                        push(part)
                if whole:
                    program.strings.append(Site(node, statement, block))
            elif kind is ast.Lambda:
                scope = self._new_scope("lambda", "<lambda>", node, block)
                self._functions[id(node)] = scope
                self._parameters(scope, node.args)
                stack += node.args.defaults
                stack += filter(None, node.args.kw_defaults)
                scope.returns.append((node.body, scope.block))
                self._scan(node.body, statement, scope.block)
            elif kind in COMPREHENSIONS:
                for generator in node.generators:
                    self._bind(generator.target, generator.iter, "each", node, block)
                    push(generator.iter)
                    stack += generator.ifs
                if kind is ast.DictComp:
                    push(node.key)
                    push(node.value)
                else:
                    push(node.elt)
            elif kind is ast.NamedExpr:
                self._bind(node.target, node.value, "value", node, block)
                push(node.value)
            elif kind in (ast.Yield, ast.YieldFrom):
                if node.value is not None:
                    if type(statement) is not ast.Expr:
                        block.scope.yields.append((node.value, block))
                    push(node.value)
            else:
                for field in node._fields:
                    child = getattr(node, field, None)
                    if type(child) is list:
                        for part in child:
                            if isinstance(part, ast.AST):
                                push(part)
                    elif isinstance(child, ast.AST) and not isinstance(child, _LEAVES):
                        push(child)


def _generic(node: ast.expr) -> str:
    """The name of the class that ``Box[int](…)`` makes an instance of; "" where it does not look like one."""
    name = node.id if type(node) is ast.Name else node.attr if type(node) is ast.Attribute else ""
    return name if name[:1].isupper() else ""


def _stored_name(target: ast.expr) -> str:
    """``program.Store.name``."""
    if type(target) is ast.Subscript:
        target = target.value
        if type(target) is ast.Name:
            return target.id
    return target.attr if type(target) is ast.Attribute else ""


def _parts(node: Any) -> list[Any]:
    """The expressions of a statement, handler or case; those of statements inside it are not among them."""
    kind = type(node)
    if kind is ast.Expr:
        return [] if type(node.value) is ast.Constant else [node.value]  # docstrings and bare strings are prose
    if kind is ast.Assign:
        return [node.value, *_subscripts(node.targets)]
    if kind is ast.Return:
        return [node.value] if node.value is not None else []
    if kind is ast.If or kind is ast.While:
        return [node.test]
    if kind in _FUNCTIONS:
        args = node.args
        every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        annotations = [arg.annotation for arg in every if arg is not None]
        found = [*node.decorator_list, *annotations, *args.defaults, *args.kw_defaults, node.returns]
        return [part for part in found if part is not None]
    if kind is ast.ClassDef:
        return [*node.decorator_list, *node.bases, *node.keywords]
    if kind is ast.For or kind is ast.AsyncFor:
        return [node.iter, *_subscripts([node.target])]
    if kind is ast.With or kind is ast.AsyncWith:
        return [item.context_expr for item in node.items]
    if kind is ast.AnnAssign:
        return [*_subscripts([node.target]), node.annotation, *([node.value] if node.value is not None else ())]
    if kind is ast.AugAssign:
        return [node.target, node.value]
    if kind is ast.ExceptHandler:
        return [node.type] if node.type is not None else []
    if kind is ast.Match:
        return [node.subject]
    if kind is ast.match_case:
        return [node.pattern] if node.guard is None else [node.pattern, node.guard]
    if kind in _WITHOUT_PARTS:
        return []
    return [node]


def _subscripts(targets: list[ast.expr]) -> list[ast.expr]:
    """The subscripts that are assigned to."""
    found: list[ast.expr] = []
    for target in targets:
        if type(target) is ast.Subscript:
            found.append(target)
        elif type(target) is ast.Tuple or type(target) is ast.List:
            found += _subscripts(target.elts)
    return found


_VISIT: dict[type, Callable[[Any, Any, Block], None]] = {
    ast.Expr: _Frontend._expr_statement,
    ast.Assign: _Frontend._assign,
    ast.AnnAssign: _Frontend._ann_assign,
    ast.AugAssign: _Frontend._aug_assign,
    ast.Delete: _Frontend._delete,
    ast.Return: _Frontend._return,
    ast.If: _Frontend._if,
    ast.Assert: _Frontend._assert,
    ast.While: _Frontend._while,
    ast.Match: _Frontend._match,
    ast.Import: _Frontend._import,
    ast.ImportFrom: _Frontend._import_from,
    ast.ClassDef: _Frontend._class,
    ast.Global: _Frontend._global,
    ast.Nonlocal: _Frontend._global,
    **dict.fromkeys((ast.For, ast.AsyncFor), _Frontend._for),
    **dict.fromkeys((ast.With, ast.AsyncWith), _Frontend._with),
    **dict.fromkeys(_FUNCTIONS, _Frontend._function),
    **dict.fromkeys(_TRIES, _Frontend._try),
}  # fmt: skip


def _instance_class(name: str, scope: Scope | None) -> Scope | None:
    """The class whose instance ``name`` is: the first parameter of a method."""
    while scope is not None and scope.kind in ("function", "lambda"):
        params = scope.params
        if params and params[0].name == name and scope.parent is not None and scope.parent.kind == "class":
            return scope.parent
        scope = scope.parent
    return None
