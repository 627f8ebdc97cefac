"""JavaScript and TypeScript expressions → values, and how a node is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
    Use,
    Value,
)
from ..source import Span
from ._astgrep import Node, made

#: expressions nested deeper than this are unknown values
_MAX_DEPTH = 60
#: chains longer than this (members and calls) end in an unknown value
_MAX_LINKS = 60
#: steps outwards that are worth a look
_MAX_STEPS = 64

FUNCTIONS = frozenset({"arrow_function", "function_expression", "function", "generator_function"})
#: nodes whose value is that of their first part
WRAPPERS = frozenset({"await_expression", "parenthesized_expression", "as_expression", "satisfies_expression",
                      "non_null_expression", "type_assertion", "instantiation_expression"})  # fmt: skip
#: calls of the language that give back their first argument
_SAME = frozenset({"all", "allSettled", "race", "any", "resolve", "freeze", "seal", "from"})
_OWNERS = frozenset({"Promise", "Object", "Array"})
_CHAINS = frozenset({"member_expression", "subscript_expression", "call_expression"})
_EQUAL = {"===": "==", "!==": "!=", "==": "==", "!=": "!=", "in": "in", "instanceof": "is",
          "<": "<", ">": ">", "<=": "<=", ">=": ">="}  # fmt: skip
#: npm:openai@4, https://esm.sh/openai@4.20.1?target=deno, https://deno.land/x/openai@v4.24.0/mod.ts
_REMOTE = re.compile(
    r"(?:npm:|jsr:|https?://(?:esm\.sh|esm\.run|unpkg\.com|cdn\.skypack\.dev|deno\.land/x|cdn\.jsdelivr\.net/npm))/?"
    r"(?:v\d+/)?((?:@[\w.-]+/)?[\w.-]+)(?:@[^/?]*)?(/[^?]*)?(?:\?.*)?"
)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0",
            "\n": "", "\r\n": "", "\r": "", "\u2028": "", "\u2029": ""}  # fmt: skip
_ENVIRONMENTS = frozenset({"process.env", "import.meta.env", "Bun.env", "globalThis.process.env"})
#: wrappers in types around what a value really is
_TYPE_WRAPPERS = frozenset({
    "Promise", "Readonly", "Partial", "Required", "NonNullable", "Awaited", "InstanceType", "Pick", "Omit",
    "Array", "ReadonlyArray", "Record", "Map", "Set",
})  # fmt: skip


def unwrapped(node: Node) -> Node:
    """Without ``await``, parentheses, ``as T``, ``!``."""
    while node.kind in WRAPPERS:
        kids = node.kids()
        first = next((kid for kid in kids if kid.kind not in ("await", "type_arguments")), None)
        if first is None:
            return node
        node = first
    return node


def asserted_type(node: Node) -> Node | None:
    """The type of ``value as Type``."""
    kids = node.kids() if node.kind == "as_expression" else []
    return kids[-1] if len(kids) > 1 else None


def text_of_string(raw: str) -> str:
    """What a string literal with its quotes says."""
    text = raw[1:-1]
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def module_of_string(raw: str) -> str:
    """The module that an import's string names: of Deno's and a browser's URLs npm's name."""
    text = text_of_string(raw)
    remote = _REMOTE.fullmatch(text) if ":" in text else None
    if remote is None:
        return text
    name, path = remote[1].removeprefix("@openai/openai") or "openai", remote[2] or ""
    return name if "." in path or path == "/+esm" else name + path


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if len(code) > 1 and code[0] in "ux":
        number = int(code[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else ""
    return _ESCAPES.get(code, code)


def is_environment(node: Node) -> bool:
    """``process.env`` and its like, by their words."""
    return node.kind == "member_expression" and len(text := node.text()) < 30 and (
        text.replace("?.", ".") in _ENVIRONMENTS
    )


def property_name(node: Node) -> str:
    """The name of a property as written; "" where it is computed."""
    if node.kind == "string":
        return text_of_string(node.text())
    if node.kind == "computed_property_name":
        inner = node.kids()
        return text_of_string(inner[0].text()) if inner and inner[0].kind == "string" else ""
    return node.text()


def callee_of(node: Node) -> Node | None:
    """The function of a call, the class of a ``new``."""
    for kid in node.kids():
        if kid.kind != "await":
            return kid
    return None


def arguments_of(node: Node) -> list[Node]:
    """The arguments of a call or a ``new``."""
    for kid in reversed(node.kids()):
        if kid.kind == "arguments":
            return kid.kids()
    return []


def last_name(node: Node) -> str:
    """The last name of a callee, or ""."""
    node = unwrapped(node)
    if node.kind == "identifier":
        return node.text()
    if node.kind == "member_expression":
        return node.kids()[-1].text()
    return ""


class Lowering:
    """Answers about nodes (``program.Language``)."""

    def __init__(self, reads: frozenset[str], reach: Callable[[Node], None]) -> None:
        """``reach``: walk a node that the walk has put off, with all around it."""
        self.watched_reads = reads
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
        self._unions: dict[int, Node] = {}
        #: a union inside a union → the outermost one
        self._whole_union: dict[int, Node] = {}

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
                parts.append(Str(_ESCAPE.sub(_unescape, kid.text()), span))
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
            left, op, right = _operands(inner)
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
        _, op, _ = _operands(node)
        if op in ("||", "??", "+"):
            parts: list[Value] = []
            left = node
            while left.kind == "binary_expression":
                inner, other, right = _operands(left)
                if inner is None or right is None or not _alike(op, other):
                    break
                parts.append(self.lower(right, block))
                left = inner
            parts.append(self.lower(left, block))
            parts.reverse()
            return Join(tuple(parts), node.span()) if op == "+" else OneOf(tuple(parts), node.span())
        first, _, second = _operands(node)
        if first is None or second is None:
            return Unknown(node.span())
        name = "and" if op == "&&" else _EQUAL.get(op, "?")
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

    # ------------------------------------------------------- use and guards

    def uses(self, site: Site) -> list[Use]:
        """How the node is used, from the inside out."""
        return [use for _, _, use in self._climb(site)]

    def guards(self, site: Site) -> list[Handle]:
        """Conditions inside the statement under which the node is evaluated."""
        found: list[Handle] = []
        for child, parent, _ in self._climb(site):
            if parent.kind == "binary_expression":
                left, op, right = _operands(parent)
                if op in ("&&", "||", "??") and child is right and left is not None:
                    found.append(left)
            elif parent.kind == "ternary_expression" and child is not parent.kids()[0]:
                found.append(parent.kids()[0])
        return found

    def _climb(self, site: Site) -> Iterator[tuple[Node, Node, Use]]:
        child: Node = site.handle
        statement: Node = site.statement
        for _ in range(_MAX_STEPS):
            parent = child.parent
            if child is statement or parent is None:
                return
            if parent.kind == "arguments" and parent.parent is not None:
                yield child, parent, Use("argument", "", parent.parent)
                child = parent.parent
                continue
            if parent.kind not in _SILENT:
                yield child, parent, self._use(child, parent)
            child = parent if parent.kind != "union_type" else self._outermost(parent)

    def _outermost(self, union: Node) -> Node:
        """A union of three is a union of a union of two and one: the one around all. Each step is remembered."""
        known, path = self._whole_union, []
        while union.parent is not None and union.parent.kind == "union_type" and id(union) not in known:
            path.append(union)
            union = union.parent
        union = known.get(id(union), union)
        for part in path:
            known[id(part)] = union
        return union

    def _use(self, child: Node, parent: Node) -> Use:
        make = _USES.get(parent.kind)
        return make(self, child, parent) if make else Use("other")

    def _use_member(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if kids[0] is not child:
            return Use("index", "", parent)
        name = kids[-1].text()
        if len(kids) > 2 and name not in self.watched_reads and kids[1].kind == "optional_chain":
            return Use("and", first=True)  # a?.b is read only where there is an a
        return Use("attr", name, parent)

    def _use_subscript(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if kids[0] is not child:
            return Use("index", "", parent)
        return Use("item", "", parent, kids[1].kind == "optional_chain")

    def _use_call(self, child: Node, parent: Node) -> Use:
        return Use("call", handle=parent)

    def _use_binary(self, child: Node, parent: Node) -> Use:
        left, op, right = _operands(parent)
        if op in ("||", "??"):
            return Use("or", first=child is left)
        if op == "&&":
            return Use("and", first=child is left)
        if op in _EQUAL:
            return Use("compare", _EQUAL[op], right if child is left else left, child is left)
        return Use("operator")

    def _use_unary(self, child: Node, parent: Node) -> Use:
        op = parent.kids()[0].kind
        return Use("not" if op == "!" else "test" if op == "typeof" else "operator")

    def _use_ternary(self, child: Node, parent: Node) -> Use:
        return Use("ternary-test" if parent.kids()[0] is child else "ternary")

    def _use_declarator(self, child: Node, parent: Node) -> Use:
        name = parent.kids()[0]
        return Use("assign", name.text() if name.kind == "identifier" else "", name)

    def _use_assignment(self, child: Node, parent: Node) -> Use:
        target = parent.kids()[0]
        if target is child:
            return Use("other")
        return Use("assign", target.text() if target.kind == "identifier" else "", target)

    def _use_augmented(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if len(kids) > 1 and kids[1].kind in ("??=", "||=", "&&="):
            return self._use_assignment(child, parent)
        return Use("augment")

    def _use_field(self, child: Node, parent: Node) -> Use:
        name = field_name(parent)
        return Use("assign", name.text() if name else "", name)

    def _use_pair(self, child: Node, parent: Node) -> Use:
        kids = parent.kids()
        if kids[0] is child:
            return Use("key", handle=parent.parent)
        return Use("element", property_name(kids[0]), parent.parent)

    def _use_for_in(self, child: Node, parent: Node) -> Use:
        return Use("iterate")

    def _use_switch(self, child: Node, parent: Node) -> Use:
        cases = [
            case.kids()[0]
            for body in parent.kids()
            if body.kind == "switch_body"
            for case in body.kids()
            if case.kind == "switch_case" and case.kids()
        ]
        return Use("compare", "==", made_list(cases, parent), True)

    def _use_case(self, child: Node, parent: Node) -> Use:
        body = parent.parent
        switch = body.parent if body is not None else None
        subject = next(iter(switch.kids()), None) if switch is not None else None
        return Use("compare", "==", unwrapped(subject) if subject is not None else None)

    def _use_union(self, child: Node, parent: Node) -> Use:
        """A member of ``"a" | "b" | "c"`` is one of a list."""
        parent = self._outermost(parent)
        whole = self._unions.get(id(parent))
        if whole is None:
            members: list[Node] = []
            stack = [parent]
            while stack:
                node = stack.pop()
                if node.kind == "string":
                    members.append(node)
                elif node.kind in ("union_type", "literal_type"):
                    stack += reversed(node.kids())
            whole = self._unions[id(parent)] = made_list(members, parent)
        return Use("element", handle=whole)

    def _use_alias(self, child: Node, parent: Node) -> Use:
        return Use("assign", parent.kids()[0].text())

    def _use_made(self, child: Node, parent: Node) -> Use:
        if parent.kind == "@bind":
            return Use("assign", parent.words)
        return Use("index", "", parent) if child.kind == "@text" else Use("attr", parent.words, parent)


def made_list(nodes: list[Node], like: Node) -> Node:
    """A list of nodes that stand elsewhere."""
    return made("@list", like, None, "", nodes)


def field_name(node: Node) -> Node | None:
    """The name in a field or method of a class."""
    for kid in node.kids():
        if kid.kind in ("property_identifier", "private_property_identifier", "string", "computed_property_name"):
            return kid
    return None


def _operands(node: Node) -> tuple[Node | None, str, Node | None]:
    kids = node.kids()
    if len(kids) != 3:
        return None, "", None
    return kids[0], kids[1].kind, kids[2]


def _alike(op: str, other: str) -> bool:
    return other == op or (op != "+" and other in ("||", "??"))


def _always(use: Use) -> Callable[[Any, Node, Node], Use]:
    return lambda self, child, parent: use


#: parents that are no step of their own
_SILENT = WRAPPERS | {"template_string", "switch_body", "else_clause", "formal_parameters", "class_body", "object",
                      "decorator", "literal_type"}  # fmt: skip

_USES: dict[str, Callable[[Any, Node, Node], Use]] = {
    "member_expression": Lowering._use_member,
    "subscript_expression": Lowering._use_subscript,
    "call_expression": Lowering._use_call,
    "new_expression": Lowering._use_call,
    "binary_expression": Lowering._use_binary,
    "unary_expression": Lowering._use_unary,
    "ternary_expression": Lowering._use_ternary,
    "variable_declarator": Lowering._use_declarator,
    "assignment_expression": Lowering._use_assignment,
    "augmented_assignment_expression": Lowering._use_augmented,
    "public_field_definition": Lowering._use_field,
    "field_definition": Lowering._use_field,
    "pair": Lowering._use_pair,
    "for_in_statement": Lowering._use_for_in,
    "switch_statement": Lowering._use_switch,
    "switch_case": Lowering._use_case,
    "array": lambda self, child, parent: Use("element", handle=parent),
    "spread_element": lambda self, child, parent: Use("element", handle=parent),
    "enum_assignment": lambda self, child, parent: Use("element", parent.kids()[0].text(), parent.parent),
    "jsx_attribute": lambda self, child, parent: Use("assign", parent.kids()[0].text()),
    **dict.fromkeys(("@bind", "@attr", "@item", "@or", "@each"), Lowering._use_made),
    **dict.fromkeys(("if_statement", "while_statement", "do_statement", "for_statement"), _always(Use("test"))),
    **dict.fromkeys(("return_statement", "arrow_function"), _always(Use("return"))),
    **dict.fromkeys(("template_substitution", "jsx_expression"), _always(Use("format"))),
    **dict.fromkeys(
        ("assignment_pattern", "object_assignment_pattern", "required_parameter", "optional_parameter"),
        _always(Use("default")),
    ),
    **dict.fromkeys(
        ("type_annotation", "property_signature", "type_arguments"),
        _always(Use("annotation")),
    ),
    "union_type": Lowering._use_union,
    "type_alias_declaration": Lowering._use_alias,
    "expression_statement": _always(Use("discard")),
    "yield_expression": _always(Use("yield")),
    "update_expression": _always(Use("operator")),
}

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
