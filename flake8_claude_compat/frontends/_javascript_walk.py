"""The walk over a JavaScript tree: statements and expressions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ..program import Binding, Block, Catch, Handle, Import, Program, Scope, Site, Store
from ..source import Span
from ._astgrep import Node
from ._javascript_names import NOTHING, Part
from ._javascript_nodes import (
    FUNCTIONS,
    WRAPPERS,
    arguments_of,
    asserted_type,
    callee_of,
    last_name,
    text_of_string,
    unwrapped,
)
from ._javascript_scopes import Scopes
from ._templates import names_element

_JUMPS = frozenset({"return_statement", "throw_statement", "continue_statement", "break_statement"})
_ASSERTS = re.compile(r"(?:[\w$]+\s*\??\.\s*)*(?:assert|invariant|ok)\s*\(")
#: expressions that wait where nothing in them is asked for; what binds or stores a name is none of them
_PUT_OFF = FUNCTIONS | WRAPPERS | {
    "call_expression", "new_expression", "object", "array", "binary_expression", "ternary_expression",
    "pair", "template_string", "jsx_element", "jsx_self_closing_element", "jsx_expression",
}  # fmt: skip
#: values that may be a client, or a method or a resource of one: then what uses the name matters
_BOUND = frozenset({"member_expression", "call_expression", "new_expression"})
_EMPTY = frozenset({"null", "undefined", "empty_statement", "continue_statement"})


def free(root: Node) -> None:
    """Let go of all nodes: each holds its parent, and that the node."""
    level = [root]
    while level:
        below = [kid for node in level for kid in node.known or () if kid.known]
        for node in level:
            node.known = None
        level = below


class Walk(Scopes):
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
