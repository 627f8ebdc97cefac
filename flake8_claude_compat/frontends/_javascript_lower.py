"""JavaScript and TypeScript expressions → values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..program import (
    Argument,
    Attr,
    Block,
    Bool,
    Call,
    Dict,
    Each,
    Entry,
    Func,
    Handle,
    Item,
    Join,
    Klass,
    List,
    Null,
    Num,
    OneOf,
    Op,
    Ref,
    Scope,
    Site,
    Str,
    Symbol,
    Unknown,
    Value,
)
from ..source import Span
from ._astgrep import Node
from ._javascript_nodes import (
    EQUAL,
    FUNCTIONS,
    WRAPPERS,
    arguments_of,
    callee_of,
    field_name,
    is_environment,
    module_of_string,
    operands_of,
    property_name,
    text_of_string,
    unescaped,
    unwrapped,
)
from ._javascript_uses import Uses

#: expressions nested deeper than this are unknown values
_MAX_DEPTH = 60
#: chains longer than this (members and calls) end in an unknown value
_MAX_LINKS = 60


#: calls of the language that give back their first argument
_SAME = frozenset({"all", "allSettled", "race", "any", "resolve", "freeze", "seal", "from"})
_OWNERS = frozenset({"Promise", "Object", "Array"})
_CHAINS = frozenset({"member_expression", "subscript_expression", "call_expression"})
#: wrappers in types around what a value really is
_TYPE_WRAPPERS = frozenset({
    "Promise", "Readonly", "Partial", "Required", "NonNullable", "Awaited", "InstanceType", "Pick", "Omit",
    "Array", "ReadonlyArray", "Record", "Map", "Set",
})  # fmt: skip


class Lowering(Uses):
    """Answers about nodes (``program.Language``)."""

    def __init__(self, reads: frozenset[str], reach: Callable[[Node], None]) -> None:
        """``reach``: walk a node that the walk has put off, with all around it."""
        super().__init__(reads)
        self._reach = reach
        self.call_sites: dict[int, Site] = {}
        #: functions and classes that the walk has been at
        self.scopes: dict[int, Scope] = {}
        #: interfaces and type aliases with the block where they stand, and those that were sorted by name
        self.types: list[tuple[Node, Block]] = []
        self._types: dict[str, tuple[Node, Block]] = {}
        self._lowered: dict[int, Value] = {}
        self._depth = 0
        self._truncated = 0
        #: how long the chains of calls and members are that end at a node
        self._links: dict[int, int] = {}

    def span(self, handle: Handle) -> Span:
        """Where a node is, in code points."""
        span: Span = handle.span()
        return span

    def lower(self, handle: Handle, block: Block) -> Value:
        """The unresolved value of an expression."""
        known = self._lowered.get(id(handle))
        if known is not None:
            return known
        if self._depth > _MAX_DEPTH:
            self._truncated += 1
            return Unknown(handle.span())
        truncated = self._truncated
        self._depth += 1
        try:
            make = _LOWER.get(handle.kind)
            value = make(self, handle, block) if make else Unknown(handle.span())
        finally:
            self._depth -= 1
        if truncated == self._truncated:
            self._lowered[id(handle)] = value
        return value

    def _scope_of(self, node: Node) -> Scope | None:
        if id(node) not in self.scopes:
            self._reach(node)
        return self.scopes.get(id(node))

    def _site(self, node: Node, block: Block) -> Site:
        if id(node) not in self.call_sites:
            self._reach(node)
        return self.call_sites.get(id(node)) or Site(node, node, block)

    # -------------------------------------------------------------- literals

    def _string(self, node: Node, block: Block) -> Value:
        return Str(text_of_string(node.text()), node.span())

    def _words(self, node: Node, block: Block) -> Value:
        return Str(node.text(), node.span())

    def _number(self, node: Node, block: Block) -> Value:
        text = node.text().replace("_", "").rstrip("n")
        try:
            return Num(float(text) if text[:2].lower() not in ("0x", "0b", "0o") else int(text, 0), node.span())
        except ValueError:
            return Unknown(node.span())

    def _template(self, node: Node, block: Block) -> Value:
        span = node.span()
        raw = node.text()
        if "${" not in raw:
            return Str(text_of_string(raw), span)
        parts: list[Value] = []
        for kid in node.kids():
            if kid.kind == "template_substitution":
                inner = kid.kids()
                parts.append(self.lower(inner[0], block) if inner else Unknown(span))
            elif kid.kind == "escape_sequence":
                parts.append(Str(unescaped(kid.text()), span))
            else:
                parts.append(Str(kid.text(), span))
        return Join(tuple(parts), span)

    # ------------------------------------------------------ names and chains

    def _name(self, node: Node, block: Block) -> Value:
        name = node.text()
        return Null(node.span()) if name == "undefined" else Ref(name, node.span(), block)

    def _too_long(self, node: Node) -> bool:
        """Whether a chain is longer than anybody looks at: what follows is unknown.

        Values are remembered, so the depth of the recursion does not tell.
        """
        links, chain = self._links, []
        while node.kind in _CHAINS and id(node) not in links:
            chain.append(node)
            kids = node.kids()
            if not kids:
                break
            node = unwrapped(kids[0])
        length = links.get(id(node), 0)
        for node in reversed(chain):
            length += 1
            links[id(node)] = length
        return length > _MAX_LINKS

    def _member(self, node: Node, block: Block) -> Value:
        kids = node.kids()
        base, name = kids[0], kids[-1]
        if self._too_long(node):
            return Unknown(node.span())
        key = name.text()
        if is_environment(base):
            return Item(self.lower(base, block), Str(key, name.span()), node.span())
        return Attr(self.lower(base, block), key, node.span(), name.span())

    def _subscript(self, node: Node, block: Block) -> Value:
        kids = node.kids()
        if self._too_long(node):
            return Unknown(node.span())
        return Item(self.lower(kids[0], block), self.lower(kids[-1], block), node.span())

    def _made_attr(self, node: Node, block: Block) -> Value:
        base = node.kids()[0]
        if is_environment(base):
            return Item(self.lower(base, block), Str(node.words, node.span()), node.span())
        return Attr(self.lower(base, block), node.words, node.span(), node.span())

    def _made_item(self, node: Node, block: Block) -> Value:
        key: Value = Num(int(node.words), node.span()) if node.words.isdigit() else Str(node.words, node.span())
        return Item(self.lower(node.kids()[0], block), key, node.span())

    def _made_entry(self, node: Node, block: Block) -> Value:
        """``x.name = …`` seen as an entry of the object ``x``."""
        target = node.kids()[0]
        kids = target.kids()
        name = kids[-1]
        return Item(self.lower(kids[0], block), Str(name.text(), name.span()), target.span())

    def _made_each(self, node: Node, block: Block) -> Value:
        return Each(self.lower(node.kids()[0], block), node.span())

    def _made_or(self, node: Node, block: Block) -> Value:
        return OneOf(tuple(self.lower(kid, block) for kid in node.kids()), node.span())

    def _made_list(self, node: Node, block: Block) -> Value:
        return List(tuple(self.lower(kid, block) for kid in node.kids()), node.span())

    def _made_class(self, node: Node, block: Block) -> Value:
        scope = self.scopes.get(id(node.kids()[0]))
        return Klass(scope, node.span()) if scope else Unknown(node.span())

    # ----------------------------------------------------------------- calls

    def _call(self, node: Node, block: Block) -> Value:
        func = callee_of(node)
        if func is None:
            return Unknown(node.span())
        given = arguments_of(node)
        func = unwrapped(func)
        if self._too_long(node):
            return Unknown(node.span())
        if given:
            special = self._special(node, func, given, block)
            if special is not None:
                return special
        site = self._site(node, block)
        return Call(self.lower(func, block), lambda: self._arguments(given, block), node.span(), site)

    def _arguments(self, given: list[Node], block: Block) -> tuple[Argument, ...]:
        args = []
        for value in given:
            if value.kind == "spread_element":
                inner = self._inner(value, block)
                args.append(Argument("*", inner, value.span(), inner.span, True))
            else:
                item = self.lower(value, block)
                args.append(Argument(None, item, item.span, item.span))
        return tuple(args)

    def _special(self, node: Node, func: Node, given: list[Node], block: Block) -> Value | None:
        """Calls of the language itself whose value is that of a part of them."""
        if func.kind == "import" or (func.kind == "identifier" and func.text() == "require"):
            if given[0].kind == "string":
                return Symbol(module_of_string(given[0].text()), node.span())
            return None
        if func.kind != "member_expression":
            return None
        kids = func.kids()
        base, name = kids[0], kids[-1].text()
        if name in ("catch", "finally"):
            return self.lower(base, block)
        if name == "then" and given[0].kind in FUNCTIONS:
            scope = self._scope_of(given[0])
            if scope is None:
                return None
            site = self._site(node, block)
            return Call(Func(scope, given[0].span()), (), node.span(), site)
        if base.kind == "identifier" and base.text() in _OWNERS:
            if name in _SAME:
                return self.lower(given[0], block)
            if name == "assign":
                entries = []
                for value in given:
                    item = self.lower(value, block)
                    entries.append(Entry(None, item, item.span, item.span, True))
                return Dict(tuple(entries), node.span())
        return None

    # ------------------------------------------------------ objects and lists

    def _object(self, node: Node, block: Block) -> Value:
        entries: list[Entry] = []
        for kid in node.kids():
            kind, span = kid.kind, kid.span()
            if kind == "pair":
                parts = kid.kids()
                key, value = parts[0], self.lower(parts[-1], block)
                entries.append(Entry(self._key(key, block), value, span, key.span()))
            elif kind == "shorthand_property_identifier":
                entries.append(Entry(kid.text(), self._name(kid, block), span, span))
            elif kind == "spread_element":
                inner = self._spread(kid, block)
                entries.append(Entry(None, inner, span, inner.span, True))
            elif kind == "method_definition":
                scope = self._scope_of(kid)
                value = Func(scope, span) if scope else Unknown(span)
                entries.append(Entry(scope.name if scope else None, value, span, span))
        return Dict(tuple(entries), node.span())

    def _key(self, key: Node, block: Block) -> str | None:
        if key.kind != "computed_property_name":
            return property_name(key)
        inner = key.kids()
        name = self.lower(inner[0], block) if inner else None
        return name.text if isinstance(name, Str) else None

    def _spread(self, node: Node, block: Block) -> Value:
        """``...(test && object)`` adds the object or nothing."""
        inner = unwrapped(node.kids()[-1])
        if inner.kind == "binary_expression":
            left, op, right = operands_of(inner)
            if op == "&&" and left is not None and right is not None:
                return OneOf((self.lower(right, block), Null(inner.span())), inner.span())
        return self.lower(inner, block)

    def _array(self, node: Node, block: Block) -> Value:
        kids = node.kids()
        if not any(kid.kind == "spread_element" for kid in kids):
            return List(tuple([self.lower(kid, block) for kid in kids]), node.span())
        parts: list[Value] = [List((), node.span())]
        for kid in kids:  # [...a, b] is [] + a + [b]
            spread = kid.kind == "spread_element"
            item = self._inner(kid, block) if spread else self.lower(kid, block)
            parts.append(item if spread else List((item,), item.span))
        return Join(tuple(parts), node.span())

    # ------------------------------------------------------------- operators

    def _binary(self, node: Node, block: Block) -> Value:
        _, op, _ = operands_of(node)
        if op in ("||", "??", "+"):
            parts: list[Value] = []
            left = node
            while left.kind == "binary_expression":
                inner, other, right = operands_of(left)
                if inner is None or right is None or not _alike(op, other):
                    break
                parts.append(self.lower(right, block))
                left = inner
            parts.append(self.lower(left, block))
            parts.reverse()
            return Join(tuple(parts), node.span()) if op == "+" else OneOf(tuple(parts), node.span())
        first, _, second = operands_of(node)
        if first is None or second is None:
            return Unknown(node.span())
        name = "and" if op == "&&" else EQUAL.get(op, "?")
        return Op(name, (self.lower(first, block), self.lower(second, block)), node.span())

    def _unary(self, node: Node, block: Block) -> Value:
        kids = node.kids()
        inner = self.lower(kids[-1], block)
        op = kids[0].kind
        if op == "-" and isinstance(inner, Num):
            return Num(-inner.value, node.span())
        if op == "void":
            return Null(node.span())
        return Op("not" if op == "!" else "?", (inner,), node.span())

    def _ternary(self, node: Node, block: Block) -> Value:
        kids = node.kids()
        return OneOf(tuple(self.lower(kid, block) for kid in kids[1:]), node.span())

    def _inner(self, node: Node, block: Block) -> Value:
        inner = unwrapped(node)
        if inner is node:
            kids = node.kids()
            return self.lower(kids[-1], block) if kids else Unknown(node.span())
        return self.lower(inner, block)

    def _scope(self, node: Node, block: Block) -> Value:
        scope = self._scope_of(node)
        if scope is None:
            return Unknown(node.span())
        return Klass(scope, node.span()) if scope.kind == "class" else Func(scope, node.span())

    # ----------------------------------------------------------------- types

    def _type_generic(self, node: Node, block: Block) -> Value:
        kids = node.kids()
        if kids and kids[0].text() in _TYPE_WRAPPERS and len(kids) > 1:
            return Op("?", tuple(self.lower(kid, block) for kid in kids[1].kids()), node.span())
        return self.lower(kids[0], block) if kids else Unknown(node.span())

    def _type_name(self, node: Node, block: Block) -> Value:
        """The type that an interface or an alias of the file gives; any other name is left to whoever asks."""
        while self.types:
            declared = self.types.pop()
            named = next((kid for kid in declared[0].kids() if kid.kind == "type_identifier"), None)
            if named is not None:
                self._types[named.text()] = declared
        name = node.text()
        found = self._types.pop(name, None)
        if found is None:
            return Ref(name, node.span(), block)
        try:
            return self.lower(*found)
        finally:
            self._types[name] = found  # it was away: a type may hold itself

    def _type_object(self, node: Node, block: Block) -> Value:
        """An interface, or a type of properties: a mapping of their types."""
        entries: list[Entry] = []
        for kid in node.kids():
            if kid.kind == "property_signature":
                typed, named = kid.kids()[-1], field_name(kid)
                if typed.kind == "type_annotation" and named is not None:
                    value = self.lower(typed, block)
                    entries.append(Entry(property_name(named), value, kid.span(), named.span()))
            elif kid.kind in ("extends_type_clause", "interface_body"):
                parts = kid.kids() if kid.kind == "extends_type_clause" else [kid]
                entries += [Entry(None, self.lower(part, block), part.span(), part.span(), True) for part in parts]
        return Dict(tuple(entries), node.span(), True)

    def _type_parts(self, node: Node, block: Block) -> Value:
        return Op("?", tuple(self.lower(kid, block) for kid in node.kids()), node.span())

    def _type_nested(self, node: Node, block: Block) -> Value:
        """``openai.OpenAI`` is a class; ``OpenAI.Chat.Message`` belongs to one."""
        module, _, name = node.text().partition(".")
        if module[:1].islower() and name.isidentifier():
            kids = node.kids()
            return Attr(Ref(module, kids[0].span(), block), name, node.span(), kids[-1].span())
        return Unknown(node.span())


def _alike(op: str, other: str) -> bool:
    return other == op or (op != "+" and other in ("||", "??"))


_LOWER: dict[str, Callable[[Any, Node, Block], Value]] = {
    "string": Lowering._string,
    "template_string": Lowering._template,
    "template_literal_type": Lowering._template,
    "number": Lowering._number,
    "true": lambda self, node, block: Bool(True, node.span()),
    "false": lambda self, node, block: Bool(False, node.span()),
    "null": lambda self, node, block: Null(node.span()),
    "undefined": lambda self, node, block: Null(node.span()),
    "meta_property": lambda self, node, block: Symbol(node.text(), node.span()),
    "member_expression": Lowering._member,
    "subscript_expression": Lowering._subscript,
    "object": Lowering._object,
    "array": Lowering._array,
    "binary_expression": Lowering._binary,
    "unary_expression": Lowering._unary,
    "ternary_expression": Lowering._ternary,
    "type_identifier": Lowering._type_name,
    "generic_type": Lowering._type_generic,
    "nested_type_identifier": Lowering._type_nested,
    "@attr": Lowering._made_attr,
    "@item": Lowering._made_item,
    "@entry": Lowering._made_entry,
    "@each": Lowering._made_each,
    "@or": Lowering._made_or,
    "@list": Lowering._made_list,
    "@class": Lowering._made_class,
    **dict.fromkeys(("call_expression", "new_expression"), Lowering._call),
    **dict.fromkeys(("property_identifier", "private_property_identifier", "@text"), Lowering._words),
    **dict.fromkeys(
        ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern", "this", "@name"),
        Lowering._name,
    ),
    **dict.fromkeys((*WRAPPERS, "assignment_expression", "sequence_expression", "spread_element", "type_annotation",
                     "literal_type", "jsx_expression", "decorator", "template_substitution", "type_alias_declaration"),
                    Lowering._inner),
    **dict.fromkeys((*FUNCTIONS, "class", "method_definition"), Lowering._scope),
    **dict.fromkeys(("interface_declaration", "interface_body", "object_type"), Lowering._type_object),
    **dict.fromkeys(("union_type", "intersection_type", "type_arguments", "array_type"), Lowering._type_parts),
}  # fmt: skip
