"""The walk over a JavaScript tree: statements, functions, classes, expressions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ..program import Binding, Block, Catch, Handle, Import, Param, Program, Scope, Site, Store
from ..source import Span
from ._astgrep import Node, made
from ._javascript_lower import (
    FUNCTIONS,
    WRAPPERS,
    arguments_of,
    asserted_type,
    callee_of,
    field_name,
    last_name,
    property_name,
    text_of_string,
    unwrapped,
)
from ._javascript_names import NOTHING, Names, Part
from ._templates import names_element

#: methods that call their function with each item; with which of its parameters
_EACH = {"map": 0, "forEach": 0, "filter": 0, "find": 0, "some": 0, "every": 0, "flatMap": 0, "reduce": 1}
#: calls whose function runs later, where no handler around the call reaches
_LATER = frozenset({
    "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "nextTick", "on", "once", "addEventListener",
    "get", "post", "put", "patch", "delete", "use", "all", "listen", "handle", "createServer", "command", "action",
    "subscribe", "register", "useEffect", "useCallback", "useMemo", "it", "test", "describe", "beforeEach", "serve",
})  # fmt: skip
_JUMPS = frozenset({"return_statement", "throw_statement", "continue_statement", "break_statement"})
_ASSERTS = re.compile(r"(?:[\w$]+\s*\??\.\s*)*(?:assert|invariant|ok)\s*\(")
#: bodies of fewer code points are always walked where they may store what others use
_SMALL = 250
#: expressions that wait where nothing in them is asked for; what binds or stores a name is none of them
_PUT_OFF = FUNCTIONS | WRAPPERS | {
    "call_expression", "new_expression", "object", "array", "binary_expression", "ternary_expression",
    "pair", "template_string", "jsx_element", "jsx_self_closing_element", "jsx_expression",
}  # fmt: skip
#: values that may be a client, or a method or a resource of one: then what uses the name matters
_BOUND = frozenset({"member_expression", "call_expression", "new_expression"})
#: types of many members
_MEMBERS = frozenset({"interface_body", "object_type"})
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`]*`")
_EMPTY = frozenset({"null", "undefined", "empty_statement", "continue_statement"})


def free(root: Node) -> None:
    """Let go of all nodes: each holds its parent, and that the node."""
    level = [root]
    while level:
        below = [kid for node in level for kid in node.known or () if kid.known]
        for node in level:
            node.known = None
        level = below


class Walk(Names):
    """One walk over a file; gives its program."""

    def run(self, root: Node) -> Program:
        """The program; what it puts off is walked when somebody asks (``Program.complete``, :meth:`reach`)."""
        for kid in reversed(root.kids()):
            self._stack.append((kid, kid, self.module.block))
        self._walk()
        while names := self._aliases - self._complete:
            for name in sorted(names):
                self.complete(name)
        self._settle()
        self.program.complete, self.program.enter = self.complete, self.enter
        self.program.words = self.waiting.words
        self.program.parts += (self, self.answers)
        self.program.free = partial(free, root)
        return self.program

    def _walk(self) -> None:
        stack, visits, waits = self._stack, _VISIT, self._waits
        pop = stack.pop
        while stack:
            node, statement, block = part = pop()
            kind = node.kind
            if kind in _PUT_OFF and waits(node, part):
                continue
            visit = visits.get(kind)
            if visit is not None:
                visit(self, node, statement, block)
            else:
                self._push(node.kids(), statement, block)

    def _waits(self, node: Node, part: Part) -> bool:
        """Whether a node mentions nothing that is asked for: then it waits."""
        span = node.span()
        if self.waiting.holds(span):
            return False
        self.waiting.put(span, part)
        return True

    def complete(self, word: str) -> None:
        """Walk every part of the file that mentions a word, if not done yet."""
        if word not in self._complete:
            self._complete.add(word)
            if places := self.waiting.places(word):
                self._walk_waiting(places)
        if self._identifiers:
            names = self.program.names
            for node, statement, block in self._identifiers:
                names.setdefault(node.text(), []).append(Site(node, statement, block))
            self._identifiers.clear()

    def reach(self, node: Node) -> None:
        """Walk the part around a node, if it waits."""
        self._walk_waiting([node.span().start])

    def enter(self, scope: Scope) -> None:
        """Walk a function, if it or its body waits."""
        self.reach(scope.handle)
        body = scope.handle.kids()[-1]
        if body.kind == "statement_block":
            self.reach(body)

    def _walk_waiting(self, places: list[int]) -> None:
        """Walk what waits and holds one of these places, and in it likewise."""
        waiting = self.waiting
        waiting.asked = places
        for place in places:
            part = waiting.take(place)
            if part is not None:
                self._stack.append(part)
                self._walk()

    # ----------------------------------------------------------------- statements

    def _statement(self, node: Node, statement: Node, block: Block) -> None:
        self._push(node.kids(), node, block)

    def _expression_statement(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        if not kids or kids[0].kind == "string":
            return  # "use strict", "use server"
        first = kids[0]
        if first.kind == "call_expression" and _ASSERTS.match(self.source.text, first.span().start):
            given = arguments_of(first)
            if given:
                self._exit(block, given[0], node)
        self._push(kids, node, block)

    def _block(self, node: Node, statement: Node, block: Block) -> None:
        for kid in reversed(node.kids()):
            self._stack.append((kid, kid, block))

    def _declarator(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        target = kids[0]
        value = kids[-1] if len(kids) > 1 and kids[-1].kind not in ("type_annotation", "!") else None
        annotation = next((kid for kid in kids if kid.kind == "type_annotation"), None)
        if annotation is not None:
            self._types(annotation, statement, block)
            if target.kind == "identifier" and value is None:
                self._add(Binding(target.text(), "annotation", annotation, block.scope, block, self._line(node)))
        if value is None:
            if target.kind == "identifier" and len(kids) == 1 and node.parent is not None:
                # declared here, assigned elsewhere: this is where the name lives
                block.scope.bindings.setdefault(target.text(), [])
            return
        if not self._require(target, value, statement, block):
            self._bind(target, value, "value", statement, block, annotation or asserted_type(value))
            if target.kind == "identifier" and value.kind in _BOUND and self.waiting.holds_watched(value.span()):
                self._aliases.add(target.text())
        self._push([value], statement, block)

    def _return(self, node: Node, statement: Node, block: Block) -> None:
        value = node.kids()
        if value:
            block.scope.returns.append((value[0], block))
            self._push(value, node, block)

    def _if(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        if len(kids) < 2:
            self._push(kids, node, block)
            return
        test, body = kids[0], kids[1]
        inner: list[tuple[Node, Node, Block]] = [(test, node, block)]
        inner.append((body, body, Block(block, "if", block.scope, test)))
        if len(kids) > 2:
            other = Block(block, "else", block.scope, test)
            inner.extend((kid, kid, other) for kid in kids[2].kids())
        elif _jumps(body):
            self._exit(block, test, node)
        self._stack += reversed(inner)

    def _exit(self, block: Block, test: Handle, node: Node) -> None:
        if block.exits is None:
            block.exits = []
        block.exits.append((test, self.source.line_of(node.span().end)))

    def _loop(self, node: Node, statement: Node, block: Block) -> None:
        """while, do, for (;;)."""
        kids = node.kids()
        body = next((kid for kid in reversed(kids) if kid.kind == "statement_block" or is_statement(kid.kind)), None)
        test = next((kid for kid in kids if kid.kind == "parenthesized_expression"), None)
        inner = Block(block, "loop", block.scope, test)
        for kid in reversed(kids):
            if kid is body:
                self._stack.append((kid, kid, inner))
            elif kid.kind not in NOTHING:
                own = kid if kid.kind.endswith("_declaration") else node
                self._stack.append((kid, own, block))

    def _for_in(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        at = next((index for index, kid in enumerate(kids) if kid.kind in ("of", "in")), 0)
        if at < 1 or len(kids) < at + 3:
            self._push(kids, node, block)
            return
        target, value, body = kids[at - 1], kids[at + 1], kids[-1]
        self._bind(target, value, "each" if kids[at].kind == "of" else "other", node, block)
        self._stack.append((body, body, Block(block, "loop", block.scope)))
        self._push([value], node, block)

    def _switch(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        subject = next((kid for kid in kids if kid.kind == "parenthesized_expression"), None)
        for kid in reversed(kids):
            if kid.kind == "switch_body":
                for case in reversed(kid.kids()):
                    inner = Block(block, "case", block.scope, subject)
                    label = case.kids()[0] if case.kind == "switch_case" and case.kids() else None
                    for part in reversed(case.kids()):
                        if part is label:
                            self._stack.append((part, node, block))
                        elif part.kind not in NOTHING:
                            self._stack.append((part, part, inner))
        if subject is not None:
            self._stack.append((subject, node, block))

    def _try(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        catches = []
        inner: list[tuple[Node, Node, Block]] = []
        for kid in kids:
            if kid.kind == "catch_clause":
                parts = kid.kids()
                body = parts[-1]
                start = kid.span().start
                catches.append(Catch((), _swallows(body), Span(start, start + 5)))
                handler = Block(block, "handler", block.scope)
                if len(parts) > 1:
                    name = next((part for part in parts if part.kind == "identifier"), None)
                    if name is not None:
                        self._add(Binding(name.text(), "error", None, block.scope, handler, self._line(name)))
                inner.append((body, body, handler))
            elif kid.kind == "finally_clause":
                inner.extend((part, part, block) for part in kid.kids() if part.kind == "statement_block")
        body = next((kid for kid in kids if kid.kind == "statement_block"), node)
        if body is not node:
            inner.insert(0, (body, body, Block(block, "try", block.scope, None, tuple(catches))))
        self._stack += reversed(inner)

    def _export(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        source = next((text_of_string(kid.text()) for kid in kids if kid.kind == "string"), "")
        if source:
            imports = self.program.imports
            clauses = [item.kids() for kid in kids if kid.kind == "export_clause" for item in kid.kids()]
            names = [parts[0] for parts in clauses if parts]  # { if } has none
            for name in names:
                imports.append(Import(f"{source}.{name.text()}", "", name, node, block))
            if not names:
                imports.append(Import(source, "", node, node, block))
            return
        for kid in reversed(kids):
            if kid.kind not in ("default", "export_clause"):
                # ``export default { … }`` is its own statement
                self._stack.append((kid, node if not is_statement(kid.kind) else kid, block))

    # ------------------------------------------------------ functions and classes

    def _function(self, node: Node, statement: Node, block: Block) -> None:
        """A declaration, an expression, an arrow, a method of an object."""
        call = node.parent.parent if node.parent is not None and node.parent.kind == "arguments" else None
        known = self.scopes.get(id(node))
        if known is not None:
            self._inside(known, node, statement, block, 0, call)
            return
        kids = node.kids()
        named = next((kid for kid in kids if kid.kind in ("identifier", "property_identifier")), None)
        if node.kind == "method_definition":
            named = field_name(node)
        elif node.kind == "arrow_function":
            named = None
        name = property_name(named) if named is not None else ""
        declared = node.kind.endswith("_declaration")
        if not name or not declared:
            name = name or _name_of_function(node)
        scope = self._new_scope("function" if name else "lambda", name or "<arrow>", node, block)
        if declared and name:
            self._add(Binding(name, "def", scope, block.scope, block, scope.order))
        if call is not None:
            self._callback(node, call, scope)
        self._inside(scope, node, statement, block, 0, call)

    def _inside(
        self, scope: Scope, node: Node, statement: Node, block: Block, first: int, call: Node | None
    ) -> None:
        """The parameters and the body of a function; it waits where nothing in it is asked for."""
        kids = node.kids()
        body = kids[-1] if kids else None
        if body is not None and self._body_waits(body, scope, node, (node, statement, block)):
            return
        self._parameters(scope, node, statement, block, first, call)
        self._body(body, scope, statement)

    def _body_waits(self, body: Node, scope: Scope, node: Node, part: Part) -> bool:
        """Whether a function, or its body, waits: not where it is small and may store what others use."""
        if body.kind != "statement_block" or scope.name == "constructor" or self.waiting.holds(node.span()):
            return False
        start, end = body.span()
        text = self.source.text
        if end - start < _SMALL and "=" in text[start:end]:
            return False
        self.waiting.put(node.span(), part)
        return True

    def _body(self, body: Node | None, scope: Scope, statement: Node) -> None:
        if body is None or body.kind == "formal_parameters":
            return
        if body.kind == "statement_block":
            part = (body, body, scope.block)
            if not self._body_waits(body, scope, body, part):
                self._stack.append(part)
        else:
            scope.returns.append((body, scope.block))
            self._push([body], statement, scope.block)

    def _callback(self, node: Node, call: Node, scope: Scope) -> None:
        func = callee_of(call)
        if func is None or last_name(func) in _LATER:
            return
        scope.block.kind = "callback"
        scope.decorators = (call,)  # retry(() => …) covers it as a decorator would

    def _new_scope(self, kind: str, name: str, node: Node, block: Block) -> Scope:
        scope = Scope(kind, name, block.scope, node)
        scope.block.parent = block
        scope.order = self._line(node)
        self.program.scopes.append(scope)
        self.scopes[id(node)] = scope
        return scope

    def _parameters(
        self, scope: Scope, node: Node, statement: Node, block: Block, first: int, call: Node | None
    ) -> None:
        kids = node.kids()
        given: list[Node] = []
        for kid in kids:
            if kid.kind == "formal_parameters":
                given = kid.kids()
                break
            if kid.kind == "identifier" and node.kind == "arrow_function" and kid is not kids[-1]:
                given = [kid]
                break
        for kid in kids:
            if kid.kind == "type_annotation" or kid.kind == "type_parameters":
                self._types(kid, statement, block)
                scope.result = kid if kid.kind == "type_annotation" else scope.result
        params: list[Param] = []
        if first:
            params.append(Param("this", "plain", None, None, 0))
            self._add(Binding("this", "param", params[0], scope, scope.block, scope.order))
        receiver = self._receiver(call, node)
        for position, item in enumerate(given):
            self._parameter(scope, item, position + first, statement, block, params, receiver)
        scope.params = tuple(params)

    def _parameter(
        self, scope: Scope, item: Node, position: int, statement: Node, block: Block, params: list[Param],
        receiver: tuple[int, str, Node] | None,
    ) -> None:  # fmt: skip
        pattern, annotation, default, is_field = item, None, None, False
        if item.kind in ("required_parameter", "optional_parameter"):
            pattern = item
            for kid in item.kids():
                if kid.kind == "type_annotation":
                    annotation = kid
                elif kid.kind in ("accessibility_modifier", "readonly", "override_modifier"):
                    is_field = True
                elif kid.kind == "decorator":
                    self._push([kid], statement, block)
                elif pattern is item:
                    pattern = kid
                else:
                    default = kid
            if pattern is item:
                return
        elif item.kind == "assignment_pattern":
            pattern, default = item.kids()[0], item.kids()[-1]
        if annotation is not None:
            self._types(annotation, statement, block)
        if default is not None:
            self._push([default], statement, block)
        kind = "plain"
        if pattern.kind == "rest_pattern":
            kind, pattern = "*", pattern.kids()[-1]
        if pattern.kind == "this":
            return
        if receiver is not None and receiver[0] == position:
            self._bind(pattern, receiver[2], receiver[1], statement, scope.block)
            return
        simple = pattern.kind == "identifier"
        name = pattern.text() if simple else f"@{position}"
        param = Param(name, kind, annotation, default, position if kind == "plain" else -1)
        params.append(param)
        binding = Binding(name, "param", param, scope, scope.block, scope.order)
        self._add(binding)
        if not simple:
            self._bind(pattern, made("@name", pattern, None, name), "value", statement, scope.block)
        elif is_field and scope.parent is not None:
            self._add_to(scope.parent.members, binding)

    def _receiver(self, call: Node | None, node: Node) -> tuple[int, str, Node] | None:
        """What a callback's parameter gets: position, kind of binding, from which node."""
        func = callee_of(call) if call is not None and call.kind == "call_expression" else None
        if call is None or func is None or func.kind != "member_expression":
            return None
        kids = func.kids()
        name = kids[-1].text()
        if arguments_of(call)[:1] != [node]:
            return None
        if name == "then":
            return 0, "value", kids[0]
        if name in _EACH:
            return _EACH[name], "each", kids[0]
        return None

    def _class(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        named = next((kid for kid in kids if kid.kind in ("type_identifier", "identifier")), None)
        name = named.text() if named is not None else _name_of_function(node)
        scope = self._new_scope("class", name, node, block)
        bases: list[Node] = []
        for kid in kids:
            if kid.kind == "class_heritage":
                for part in kid.kids():
                    if part.kind == "extends_clause":
                        bases += [item for item in part.kids() if item.kind != "type_arguments"]
                    elif part.kind != "implements_clause":
                        bases.append(part)
            elif kid.kind == "decorator":
                self._push([kid], node, block)
        scope.bases = tuple(bases)
        self._push(bases, node, block)
        if named is not None:
            around = scope.block if node.kind == "class" else block  # only inside it has an expression its name
            self._add(Binding(name, "class", scope, around.scope, around, scope.order))
        this = Binding("this", "value", made("@class", node, None, "", [node]), scope, scope.block, scope.order)
        scope.bindings["this"] = [this]
        for kid in kids:
            if kid.kind == "class_body":
                for member in reversed(kid.kids()):
                    if member.kind not in NOTHING:
                        self._stack.append((member, member, scope.block))

    def _method(self, node: Node, statement: Node, block: Block) -> None:
        if block.scope.kind != "class" or node.parent is None or node.parent.kind != "class_body":
            self._function(node, statement, block)
            return
        known = self.scopes.get(id(node))
        if known is not None:
            self._inside(known, node, node, block, 1, None)
            return
        named = field_name(node)
        name = property_name(named) if named is not None else ""
        scope = self._new_scope("function", name, node, block)
        kids = node.kids()
        if any(kid.kind == "get" for kid in kids) and named is not None:
            scope.decorators = (made("@name", named, None, "property"),)
        self._add(Binding(name, "def", scope, block.scope, block, scope.order))
        self._inside(scope, node, node, block, 1, None)

    def _field(self, node: Node, statement: Node, block: Block) -> None:
        named = field_name(node)
        value, typed = None, None
        seen = False
        for kid in node.kids():
            if kid is named:
                seen = True
            elif kid.kind == "type_annotation":
                typed = kid
            elif seen and kid.kind not in ("!", "?"):
                value = kid
            elif kid.kind == "decorator":
                self._push([kid], node, block)
        if typed is not None:
            self._types(typed, node, block)
        if named is None or block.scope.kind != "class":
            return
        name, line = property_name(named), self._line(node)
        members = block.scope.members
        if value is None:
            if typed is not None:
                self._add_to(members, Binding(name, "annotation", typed, block.scope, block, line))
            return
        typed = typed or asserted_type(value)
        self._add_to(members, Binding(name, "value", value, block.scope, block, line, 0, typed))
        if value.kind in FUNCTIONS:
            scope = self._new_scope("function", name, value, block)
            self._parameters(scope, value, node, block, 1, None)
            kids = value.kids()
            self._body(kids[-1] if kids else None, scope, node)
        else:
            self._push([value], node, block)

    def _enum(self, node: Node, statement: Node, block: Block) -> None:
        named = next((kid for kid in node.kids() if kid.kind == "identifier"), None)
        if named is not None:
            scope = self._new_scope("class", named.text(), node, block)
            self._add(Binding(named.text(), "class", scope, block.scope, block, scope.order))
            for body in node.kids():
                for item in body.kids() if body.kind == "enum_body" else ():
                    parts = item.kids()
                    if item.kind == "enum_assignment" and len(parts) == 2:
                        name = property_name(parts[0])
                        self._add_to(
                            scope.members, Binding(name, "value", parts[1], scope, block, self._line(item))
                        )
        self._push([kid for kid in node.kids() if kid.kind == "enum_body"], node, block)

    # ---------------------------------------------------------------- expressions
    def _assignment(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        target, value = unwrapped(kids[0]), kids[-1]
        op = kids[1].kind if len(kids) > 2 else "="
        self._push([value], statement, block)
        if target.kind == "identifier":
            scope = self._declaring(target.text(), block)
            kind = "augment" if op == "+=" else "value" if op in ("=", "??=", "||=", "&&=") else "other"
            self._add(Binding(target.text(), kind, value, scope, block, self._line(node)))
        elif target.kind in ("member_expression", "subscript_expression"):
            self._store(target, value, statement, block, "+=" if op == "+=" else "=" if "=" in op[-1:] else op)
            # the base is read, and a key may be a string of interest
            self._push([target] if target.kind == "subscript_expression" else target.kids()[:1], statement, block)
            if target.kind == "member_expression":
                self._capitals(target.kids()[-1], statement, block)
        elif op == "=":
            self._bind(target, value, "value", statement, block)

    def _identifier(self, node: Node, statement: Node, block: Block) -> None:
        self._identifiers.append((node, statement, block))

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

    def _member(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        name = kids[-1]
        text = name.text()
        if text in self.watched_reads:
            self.program.reads.setdefault(text, []).append(Site(node, statement, block))
        elif "_" in text:
            self._capitals(name, statement, block)
        self._push(kids[:1], statement, block)

    def _subscript(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        key = kids[-1]
        if key.kind == "string":
            name = text_of_string(key.text())
            if name in self.watched_reads:
                self.program.reads.setdefault(name, []).append(Site(node, statement, block))
        self._push([kids[0], key], statement, block)

    def _call(self, node: Node, statement: Node, block: Block) -> None:
        func = callee_of(node)
        site = self.call_sites[id(node)] = Site(node, statement, block)
        if func is None:
            return
        name = last_name(func)
        known = self.program.calls.get(name)
        if known is None:
            self.program.calls[name] = [site]
        else:
            known.append(site)
        kids = node.kids()
        rest = [kid for kid in kids if kid is not func]
        for kid in reversed(rest):
            if kid.kind == "arguments":
                self._push(kid.kids(), statement, block)
                if name == "assign" and len(kid.kids()) > 1:
                    self._object_assign(func, kid.kids(), statement, block)
            elif kid.kind == "type_arguments":
                self._types(kid, statement, block)
            elif kid.kind not in NOTHING:
                self._push([kid], statement, block)
        if name in ("catch", "then") and func.kind == "member_expression":
            given = arguments_of(node)
            at = 0 if name == "catch" else 1
            if len(given) > at:
                handler = given[at]
                start = func.kids()[-1].span()
                catch = Catch((), handler.kind in FUNCTIONS and _swallows(handler.kids()[-1]), start)
                block = Block(block, "try", block.scope, None, (catch,))
        self._push([func], statement, block)

    def _object_assign(self, func: Node, given: list[Node], statement: Node, block: Block) -> None:
        if func.kind == "member_expression" and func.kids()[0].text() == "Object":
            for value in given[1:]:
                target = given[0]
                self.program.stores.append(Store(target, value, "|=", Site(target, statement, block)))

    def _pair(self, node: Node, statement: Node, block: Block) -> None:
        kids = node.kids()
        if kids[0].kind == "property_identifier":
            self._capitals(kids[0], statement, block)
            self._push(kids[1:], statement, block)
        else:
            self._push(kids, statement, block)

    def _yield(self, node: Node, statement: Node, block: Block) -> None:
        value = [kid for kid in node.kids() if kid.kind not in ("yield", "*")]
        if value:
            block.scope.yields.append((value[0], block))
            self._push(value, statement, block)

    def _jsx_attribute(self, node: Node, statement: Node, block: Block) -> None:
        name, *value = node.kids()
        if value and value[0].kind == "string" and node.parent is not None:
            at = node.parent.span().start + 1  # behind the <
            if names_element(name.text(), self.source.text[at : at + 1]):
                return
        self._push(value, statement, block)

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

    def _nothing(self, node: Node, statement: Node, block: Block) -> None:
        """A node in which there is nothing to see."""


# ------------------------------------------------------------------- helpers


def is_statement(kind: str) -> bool:
    """Whether nodes of a kind are statements."""
    return kind.endswith(("_statement", "_declaration"))


def _jumps(body: Node) -> bool:
    if body.kind == "statement_block":
        kids = body.kids()
        return bool(kids) and kids[-1].kind in _JUMPS
    return body.kind in _JUMPS


def _swallows(body: Node) -> bool:
    """Whether a handler's body does nothing with the error."""
    if body.kind == "statement_block":
        return all(kid.kind in _EMPTY for kid in body.kids())
    body = unwrapped(body)
    return body.kind in _EMPTY or (body.kind in ("object", "array") and not body.kids())


def _name_of_function(node: Node) -> str:
    """The name under which a function expression is kept, or ""."""
    parent = node.parent
    while parent is not None and parent.kind in WRAPPERS:
        parent = parent.parent
    if parent is None:
        return ""
    if parent.kind in ("variable_declarator", "pair"):
        return property_name(parent.kids()[0]) if parent.kids()[0].kind != "object_pattern" else ""
    if parent.kind == "assignment_expression":
        return last_name(parent.kids()[0])
    return ""


_VISIT: dict[str, Callable[[Walk, Node, Node, Block], None]] = {
    "expression_statement": Walk._expression_statement,
    "lexical_declaration": Walk._statement,
    "variable_declaration": Walk._statement,
    "variable_declarator": Walk._declarator,
    "throw_statement": Walk._statement,
    "return_statement": Walk._return,
    "if_statement": Walk._if,
    "for_in_statement": Walk._for_in,
    "switch_statement": Walk._switch,
    "try_statement": Walk._try,
    "import_statement": Walk._import,
    "export_statement": Walk._export,
    "method_definition": Walk._method,
    "enum_declaration": Walk._enum,
    "identifier": Walk._identifier,
    "shorthand_property_identifier": Walk._identifier,
    "string": Walk._string,
    "template_string": Walk._template,
    "member_expression": Walk._member,
    "subscript_expression": Walk._subscript,
    "pair": Walk._pair,
    "yield_expression": Walk._yield,
    "jsx_attribute": Walk._jsx_attribute,
    "jsx_closing_element": Walk._nothing,
    **dict.fromkeys(("statement_block", "class_static_block", "program"), Walk._block),
    **dict.fromkeys(("while_statement", "do_statement", "for_statement"), Walk._loop),
    **dict.fromkeys((*FUNCTIONS, "function_declaration", "generator_function_declaration"), Walk._function),
    **dict.fromkeys(("class", "class_declaration", "abstract_class_declaration"), Walk._class),
    **dict.fromkeys(("public_field_definition", "field_definition"), Walk._field),
    **dict.fromkeys(("assignment_expression", "augmented_assignment_expression"), Walk._assignment),
    **dict.fromkeys(("call_expression", "new_expression"), Walk._call),
    **dict.fromkeys(("interface_declaration", "type_alias_declaration"), Walk._named_type),
    **dict.fromkeys(
        ("type_annotation", "type_arguments", "type_parameters", "function_signature", "abstract_method_signature",
         "implements_clause", "index_signature", "union_type",
         "generic_type", "literal_type", "object_type", "function_type", "intersection_type", "array_type"),
        Walk._types,
    ),
}  # fmt: skip
