"""The part of the walk over a JavaScript tree that enters functions, classes and enums."""

from __future__ import annotations

from ..program import Binding, Block, Param, Scope
from ._astgrep import Node, made
from ._javascript_names import NOTHING, Part
from ._javascript_nodes import (
    FUNCTIONS,
    WRAPPERS,
    arguments_of,
    asserted_type,
    callee_of,
    field_name,
    last_name,
    property_name,
)
from ._javascript_texts import Texts

#: methods that call their function with each item; with which of its parameters
_EACH = {"map": 0, "forEach": 0, "filter": 0, "find": 0, "some": 0, "every": 0, "flatMap": 0, "reduce": 1}
#: calls whose function runs later, where no handler around the call reaches
_LATER = frozenset({
    "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "nextTick", "on", "once", "addEventListener",
    "get", "post", "put", "patch", "delete", "use", "all", "listen", "handle", "createServer", "command", "action",
    "subscribe", "register", "useEffect", "useCallback", "useMemo", "it", "test", "describe", "beforeEach", "serve",
})  # fmt: skip
#: bodies of fewer code points are always walked where they may store what others use
_SMALL = 250


class Scopes(Texts):
    """Makes the scopes of a file, with what they bind; what nothing is asked of waits."""

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
