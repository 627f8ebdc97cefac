"""JavaScript names: imports, patterns, assignments, and what they are bound to."""

from __future__ import annotations

import re

from ..program import Binding, Block, Import, Program, Scope, Site, Store, Watch
from ..source import Source
from ._astgrep import Node, made, token
from ._javascript_lower import Lowering
from ._javascript_nodes import arguments_of, asserted_type, callee_of, module_of_string, property_name, unwrapped
from ._waiting import Waiting
from ._words import matcher

#: a node, the statement that holds it, its block
Part = tuple[Node, Node, Block]
#: watched words of other languages that are everywhere in this one
_COMMON = frozenset({"default", "error"})
#: names of variables of the environment
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+")
#: most imports: import name, { other, third as fourth } from "module"
_IMPORT = re.compile(
    r"import\s+(?:type\s+)?(?:(?P<default>[\w$]+)\s*(?:,\s*(?=\{)|(?=from\b)))?(?:\{(?P<names>[\w$\s,]+)\}\s*)?"
    r"from\s*(?P<quote>['\"])(?P<module>[^'\"\\\n]*)(?P=quote)\s*;?\Z"
)
_SPECIFIER = re.compile(r"(?<![\w$])(?:type\s+(?!as\b))?([\w$]+)(?:\s+as\s+([\w$]+))?\s*(?:,|\Z)")


class Names:
    """The part of the walk that binds names.

    ``code``: the text of the source, maybe with comments left blank.
    """

    def __init__(self, source: Source, code: str, watch: Watch) -> None:
        answers = self.answers = Lowering(watch.reads, self.reach)
        self.call_sites, self.scopes = answers.call_sites, answers.scopes
        self.watched_reads = watch.reads
        self.source = source
        self.matches = matcher(watch.text)
        self.module = Scope("module", "", None)
        self.program = Program(source, "javascript", answers, self.module)
        #: nodes to visit
        self._stack: list[Part] = []
        #: what is visited when somebody asks for a word of it
        self.waiting: Waiting[Part] = Waiting(code, watch.words - _COMMON)
        self._complete = set(watch.words - _COMMON)
        #: names that stand for something watched; Object.assign stores into its first argument
        self._aliases = {"assign"}
        #: reads of variables, not yet sorted by name
        self._identifiers: list[tuple[Node, Node, Block]] = []
        #: names bound to a whole ``require("x")``, with the index of their import
        self._required: list[tuple[list[Binding], int, int]] = []

    def reach(self, node: Node) -> None:
        """Walk the part around a node, if it waits."""
        raise NotImplementedError

    def _push(self, nodes: list[Node], statement: Node, block: Block) -> None:
        for node in reversed(nodes):
            if node.kind not in NOTHING:
                self._stack.append((node, statement, block))

    def _settle(self) -> None:
        """What only the whole file tells."""
        calls = self.program.calls
        for bindings, index, at in self._required:
            binding = bindings[index]
            if binding.name in calls:  # the module itself is called: its default export
                dotted = binding.handle + ".default"
                bindings[index] = binding._replace(handle=dotted)
                self.program.imports[at] = self.program.imports[at]._replace(dotted=dotted)

    def _line(self, node: Node) -> int:
        return self.source.line_of(node.span().start)

    # -------------------------------------------------------------------- imports

    def _import(self, node: Node, statement: Node, block: Block) -> None:
        text = node.text()
        plain = _IMPORT.match(text)
        if plain is None or not (plain["default"] or plain["names"]) or plain["module"].startswith("$env/"):
            self._any_import(node, block)
            return
        module, start = module_of_string(text[plain.start("quote") : plain.end("module") + 1]), node.span().start
        if plain["default"]:
            local = token("identifier", plain["default"], start + plain.start("default"), node)
            self._imported(f"{module}.default", local, node, block)
        for found in _SPECIFIER.finditer(text, *plain.span("names")) if plain["names"] else ():
            local = token("identifier", found[2] or found[1], start + found.start(2 if found[2] else 1), node)
            self._imported(f"{module}.{found[1]}", local, node, block)

    def _any_import(self, node: Node, block: Block) -> None:
        module = next((module_of_string(kid.text()) for kid in node.kids() if kid.kind == "string"), "")
        named = False
        for kid in node.kids():
            if kid.kind == "import_require_clause":  # import X = require("x")
                parts = kid.kids()
                source = next((module_of_string(part.text()) for part in parts if part.kind == "string"), "")
                self._imported(f"{source}.default", parts[0], node, block)
                return
            if kid.kind != "import_clause":
                continue
            named = True
            for part in kid.kids():
                if part.kind == "identifier":
                    self._imported(f"{module}.default", part, node, block)
                elif part.kind == "namespace_import":
                    self._imported(module, part.kids()[-1], node, block)
                elif part.kind == "named_imports":
                    for item in part.kids():
                        self._specifier(item, module, node, block)
        if module and not named:
            self.program.imports.append(Import(module, "", node, node, block))

    def _specifier(self, item: Node, module: str, node: Node, block: Block) -> None:
        names = [part for part in item.kids() if part.kind in ("identifier", "string", "default")]
        if not names:
            return
        name = property_name(names[0]) if names[0].kind == "string" else names[0].text()
        self._imported(f"{module}.{name}", names[-1], node, block)
        if module.startswith("$env/"):  # SvelteKit: a variable of the environment
            self._capitals(names[0], node, block)

    def _imported(self, dotted: str, name: Node, statement: Node, block: Block) -> None:
        text = name.text()
        if self.waiting.holds_watched(statement.span()):
            self._aliases.add(text)
        self._add(Binding(text, "import", dotted, block.scope, block, self._line(name)))
        self.program.imports.append(Import(dotted, text, name, statement, block))

    def _require(self, target: Node, value: Node, statement: Node, block: Block) -> bool:
        """``const x = require("y")``, ``const { x } = await import("y")``."""
        call = unwrapped(value)
        if call.kind != "call_expression":
            return False
        func = callee_of(call)
        given = arguments_of(call)
        if func is None or len(given) != 1 or given[0].kind != "string":
            return False
        required = func.kind == "identifier" and func.text() == "require"
        if not required and func.kind != "import":
            return False
        module = module_of_string(given[0].text())
        if target.kind == "identifier":
            self._imported(module, target, statement, block)
            if required:
                found = block.scope.bindings[target.text()]
                self._required.append((found, len(found) - 1, len(self.program.imports) - 1))
            return True
        if target.kind != "object_pattern":
            return False
        for kid in target.kids():
            if kid.kind == "shorthand_property_identifier_pattern":
                self._imported(f"{module}.{kid.text()}", kid, statement, block)
            elif kid.kind == "pair_pattern" and kid.kids()[-1].kind == "identifier":
                key, name = kid.kids()
                self._imported(f"{module}.{property_name(key)}", name, statement, block)
        return True

    # ------------------------------------------------------------------- bindings

    def _add(self, binding: Binding) -> None:
        self._add_to(binding.scope.bindings, binding)

    @staticmethod
    def _add_to(table: dict[str, list[Binding]], binding: Binding) -> None:
        known = table.get(binding.name)
        if known is None:
            table[binding.name] = [binding]
        else:
            known.append(binding)

    def _bind(
        self, target: Node, value: Node, kind: str, statement: Node, block: Block, annotation: Node | None = None
    ) -> None:
        """Names of a pattern; ``kind`` is ``value``, ``each`` or ``other``."""
        if target.kind in ("identifier", "shorthand_property_identifier_pattern"):
            line = self._line(target)
            self._add(Binding(target.text(), kind, value, block.scope, block, line, 0, annotation))
            return
        if target.kind in ("object_pattern", "array_pattern"):
            whole = made("@each", value, None, "", [value]) if kind == "each" else value
            self._unpack(target, whole, "other" if kind == "other" else "value", statement, block)

    def _unpack(self, target: Node, whole: Node, kind: str, statement: Node, block: Block) -> None:
        # patterns are as shallow as people write them; deeper ones are left alone
        pending = [(target, whole, 0)]
        while pending:
            pattern, base, depth = pending.pop()
            if depth > 20:
                continue
            if pattern.kind in ("assignment_pattern", "object_assignment_pattern"):
                left, default = pattern.kids()[0], pattern.kids()[-1]
                self._push([default], statement, block)
                if left.kind == "shorthand_property_identifier_pattern":
                    base = self._part(left, "@attr", left.text(), base, statement, block)
                pending.append((left, made("@or", pattern, None, "", [base, default]), depth + 1))
            elif pattern.kind == "object_pattern":
                for kid in pattern.kids():
                    if kid.kind == "shorthand_property_identifier_pattern":
                        part = self._part(kid, "@attr", kid.text(), base, statement, block)
                        pending.append((kid, part, depth + 1))
                    elif kid.kind == "object_assignment_pattern":
                        pending.append((kid, base, depth + 1))
                    elif kid.kind == "pair_pattern" and len(kid.kids()) > 1:
                        key, inner = kid.kids()[0], kid.kids()[-1]
                        name = property_name(key)
                        part = self._part(key, "@attr" if name else "@unknown", name, base, statement, block)
                        pending.append((inner, part, depth + 1))
                    elif kid.kind == "rest_pattern":
                        self._bind(kid.kids()[-1], base, "other", statement, block)
            elif pattern.kind == "array_pattern":
                for index, kid in enumerate(pattern.kids()):
                    if kid.kind == "rest_pattern":
                        self._bind(kid.kids()[-1], base, "other", statement, block)
                    else:
                        pending.append((kid, made("@item", kid, None, str(index), [base]), depth + 1))
            elif pattern.kind in ("member_expression", "subscript_expression"):
                self._store(pattern, base, statement, block)
            else:
                local = pattern.text()
                if base.parent is None and base.raw is None:
                    base.parent = made("@bind", pattern, None, local)
                self._bind(pattern, base, kind, statement, block)

    def _part(self, at: Node, kind: str, name: str, base: Node, statement: Node, block: Block) -> Node:
        """A destructured property: a read of its name, at its place."""
        part = made(kind, at, None, name, [base])
        if kind == "@attr":
            if name in self.watched_reads:
                self.program.reads.setdefault(name, []).append(Site(part, statement, block))
            elif _CAPITALS.fullmatch(name) and self.matches(name):
                self.program.strings.append(Site(made("@text", at, part, name), statement, block))
        return part

    def _declaring(self, name: str, block: Block) -> Scope:
        scope: Scope | None = block.scope
        while scope is not None:
            if name in scope.bindings:
                return scope
            scope = scope.parent
        return self.module

    def _store(self, target: Node, value: Node, statement: Node, block: Block, op: str = "=") -> None:
        stores = self.program.stores
        stores.append(Store(target, value, op, Site(target, statement, block)))
        if target.kind != "member_expression" or op != "=":
            return
        kids = target.kids()
        # an object's property is its entry too
        entry = made("@entry", target, None, "", [target])
        stores.append(Store(entry, value, op, Site(entry, statement, block)))
        if kids[0].kind == "this":
            owner: Scope | None = block.scope
            while owner is not None and owner.kind != "class":
                owner = owner.parent
            if owner is not None:
                name = kids[-1].text()
                typed = asserted_type(value)
                binding = Binding(name, "value", value, block.scope, block, self._line(target), 0, typed)
                self._add_to(owner.members, binding)

    def _capitals(self, name: Node, statement: Node, block: Block) -> None:
        """``process.env.OPENAI_API_KEY``: the name is as good as a string."""
        text = name.text()
        if _CAPITALS.fullmatch(text) and self.matches(text):
            handle = name
            if name.kind not in ("property_identifier", "string"):
                handle = made("@text", name, None, text)
            self.program.strings.append(Site(handle, statement, block))


#: nodes without anything to visit
NOTHING = frozenset({
    "property_identifier", "private_property_identifier", "statement_identifier", "type_identifier", "number", "regex",
    "this", "super", "true", "false", "null", "undefined", "jsx_text", "html_character_reference", "optional_chain",
    "import", "meta_property", "accessibility_modifier", "override_modifier", "empty_statement", "predefined_type",
    "debugger_statement", "break_statement", "continue_statement", "jsx_closing_element", "string_fragment",
    "escape_sequence", "await", "of", "in", "default", "get", "set", "typeof", "void", "delete", "instanceof",
    "readonly", "yield", "...", "+", "-", "*", "/", "%", "!", "<", ">", "<=", ">=", "==", "===", "!=", "!==", "&&",
    "||", "??", "&", "++", "--", "+=", "-=", "??=", "||=", "&&=", "~", "^", "**",
})  # fmt: skip
