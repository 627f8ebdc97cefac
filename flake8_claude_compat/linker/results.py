"""What happens to results: response reads, JSON parses, comparisons, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from ..catalogue import Catalogue
from ..facts import (
    Client,
    Coverage,
    Facts,
    Handler,
    JsonParse,
    Request,
    ResponseRead,
)
from ..program import (
    Attr,
    Block,
    Call,
    Dict,
    Item,
    List,
    Null,
    Num,
    OneOf,
    Program,
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
from .calls import Calls
from .resolve import Resolver
from .values import Resolved, Thing, alternatives, flat, last_name

_MAX_CALLERS = 3
#: names of unresolved bases that tell a chat completion's parts
_PARTS = frozenset({"choices", "message", "delta", "tool_calls", "function"})
#: fields that only a chat completion's message or chunk has
_TELLING = frozenset({"function_call", "tool_calls", "delta"})
_TESTS = frozenset({"test", "not", "compare", "ternary-test"})
_HARMLESS_CALLS = frozenset({"isinstance", "bool", "type", "hasattr", "len", "callable", "id", "Boolean", "isArray"})
#: fields of an answer that are read for their own sake
_FIELDS = (
    "function_call", "tool_calls", "delta", "logprobs", "system_fingerprint", "service_tier", "refusal", "audio",
    "completion_tokens_details", "prompt_tokens_details",
)  # fmt: skip
#: those, where a client gives them in camelCase
_CAMEL_FIELDS = ("functionCall", "toolCalls", "systemFingerprint")
#: last names of JSON parsers
_PARSERS = ("loads", "parse", "load", "decode", "safe_load", "ConvertFrom-Json")
#: fields that hold no tool calls: whoever gets one of them sees nothing else of the answer
_ENDS = frozenset({"content", "usage", "id", "model", "finish_reason", "created", "role"})
#: fields whose guard or use a rule looks at
_GUARDED = frozenset({"content", "choices", *_FIELDS} - {"function_call", "delta"})


#: fields that hold a list, and functions that take each of its items
_SEVERAL = ("choices", "tool_calls")
_EACH = frozenset({"enumerate", "zip", "map"})
#: what is read of a chat completion of openai < 1.0, by attribute or by key
_LEGACY_FIELDS = ("choices", "message", "content", "delta", "finish_reason", "usage", "total_tokens", "prompt_tokens",
                  "completion_tokens", "role", "function_call")  # fmt: skip


class Results:
    """Facts about what a file does with answers and errors."""

    def __init__(
        self, program: Program, catalogue: Catalogue, resolver: Resolver, calls: Calls, facts: Facts
    ) -> None:
        self.program = program
        self.catalogue = catalogue
        self.resolver = resolver
        self.calls = calls
        self.facts = facts
        self.language = program.language
        self._coverage: dict[int, Coverage] = {}
        #: names by scope: whether a use of it hands it on, or checks it
        self._escaping: dict[tuple[str, int], bool] = {}
        self._validating: dict[tuple[str, int], bool] = {}

    def collect(self) -> None:
        """Fill in reads and parses."""
        self._collect_reads()
        if self.program.mentions("content") or self.program.mentions("arguments"):
            for tail in _PARSERS:
                for site in self.program.calls_of(tail):
                    self._parse(site)
        for request in self.facts.requests:
            request.later(self)
        for read in self.facts.reads:
            if read.request is not None:
                read.request.reads.append(read)

    def _collect_reads(self) -> None:
        """Reads of the fields that something can be said about.

        Most files read ``content`` or ``text`` of something else all the time:
        they are followed only where the text makes it likely to matter.
        """
        names = set(_FIELDS)
        mentions = self.program.mentions
        if mentions("delta") or any(request.stream and request.chat for request in self.facts.requests):
            names.add("content")
        if mentions("choices"):
            names.add("choices")
            if "stream" in self.program.source.text:
                names.update(("text", "message"))
        if any(request.family == "completions" and request.transport == "sdk" for request in self.facts.requests):
            names.add("text")
        if any(request.transport == "legacy" for request in self.facts.requests):
            names.update(_LEGACY_FIELDS)  # whose reads change their form
        if any(request.camel for request in self.facts.requests):
            names.update(_CAMEL_FIELDS)
        for name in sorted(names):
            for site in self.program.reads_of(name):
                self._read(name, site)

    def coverage_of(self, request: Request) -> Coverage:
        """``facts.Later``: what happens when a request fails."""
        return self.coverage(self.calls.sites[id(request)])

    def escapes_of(self, request: Request) -> bool:
        """``facts.Later``: whether the response leaves the file's sight."""
        return self._escapes(self.calls.sites[id(request)], 0)

    # ----------------------------------------------------------------- reads

    def _read(self, name: str, site: Site) -> None:
        value = self.language.lower(site.handle, site.block)
        path = _textual(value)
        telling = path is not None and (name in _TELLING or any(step in _PARTS for step in path[:-1]))
        if not telling and not self.facts.requests and not self.facts.clients:
            return  # nobody answers here
        found = self.resolver.resolve(value)
        subscript = isinstance(value, Item) or (isinstance(value, Call) and value.span != value.func.span)
        given = isinstance(value, Call) and len(value.args) > 1 and not isinstance(value.args[1].value, Null)
        span = _name_span(value)
        things = [thing for thing in _answers(found) if thing.path]
        if things:  # of several requests, one whose answer has such a field
            thing = next((thing for thing in things if cast(Request, thing.root).chat), things[0])
            if "choices" not in thing.path and isinstance(found, OneOf) and self._maybe_foreign(found):
                return  # chunk.text, where the stream may be another vendor's
            self._add_read(thing.path, span, cast(Request, thing.root), site, subscript, given)
            return
        if isinstance(found, (Thing, Symbol)) and not _is_request(found) and not self._is_json(found):
            return  # something else that is known
        if path is not None and telling and self._could_be_response(value):
            self._add_read(path, span, None, site, subscript, given)

    def _is_json(self, found: Resolved) -> bool:
        """Of a text that was parsed, which may be an answer: ``JSON.parse(event.data)``."""
        return isinstance(found, Symbol) and self.catalogue.json_parser(found.dotted.partition("(")[0])

    def _could_be_response(self, value: Value) -> bool:
        """False where the root of an unresolved chain is known to be something else."""
        asked = choice = False
        while isinstance(value, (Attr, Item, Call)):
            asked = asked or isinstance(value, Call)
            choice = choice or (value.name if isinstance(value, Attr) else _key(value)) == "choices"
            value = value.func if isinstance(value, Call) else value.base
        if not isinstance(value, Ref):
            return True
        root = self.resolver.resolve(value)
        if self._is_json(root):
            return True
        if isinstance(root, OneOf):
            return not self._is_foreign(root)
        if isinstance(root, Symbol) and choice and (asked or "()" in root.dotted):
            return not self.catalogue.other_vendor(root.dotted)  # what a function of the project gives
        return not isinstance(root, (Dict, List, Str, Num, Symbol)) or isinstance(root, Dict) and root.open

    def _maybe_foreign(self, found: OneOf) -> bool:
        return any(isinstance(one, Symbol) and self.catalogue.other_vendor(one.dotted) for one in found.options)

    def _is_foreign(self, root: OneOf) -> bool:
        """Whether all that is known of a value, such as what callers pass, is another vendor's."""
        known = [option for option in root.options if not isinstance(option, (Unknown, Null))]
        return bool(known) and all(
            isinstance(option, Symbol) and self.catalogue.other_vendor(option.dotted) for option in known
        )

    def _add_read(
        self, path: tuple[str, ...], span: Span, request: Request | None, site: Site, subscript: bool, given: bool
    ) -> None:
        """``given``: it was asked for with something in its place."""
        uses = self.language.uses(site)
        if uses and uses[0].role == "argument" and path[-1] in _SEVERAL and self._callee_name(uses[0], site) in _EACH:
            uses = [Use("iterate"), *uses[1:]]  # for index, choice in enumerate(answer.choices)
        last = not (uses and uses[0].role in ("attr", "item"))
        guarded, use = False, uses[0].role if uses else ""
        if path[-1] == "choices" and use == "item":
            self._later_choice(path, span, request, uses[0], site)
        if path[-1] in _GUARDED:
            guarded, use = self._guarded(path, request, site, uses)
            guarded = guarded or given
        self.facts.reads.append(ResponseRead(path, span, request, guarded, use, last, subscript))

    def _later_choice(
        self, path: tuple[str, ...], span: Span, request: Request | None, use: Use, site: Site
    ) -> None:
        """A read of its own for ``choices[1]`` and up."""
        item = self.language.lower(use.handle, site.block)
        key = self.resolver.resolve(item.key) if isinstance(item, Item) else None
        if isinstance(key, Num) and key.value >= 1:
            path = (*path, str(int(key.value)))
            self.facts.reads.append(ResponseRead(path, span, request, False, "item", False, True))

    # ---------------------------------------------------------------- guards

    def _guarded(
        self, path: tuple[str, ...], request: Request | None, site: Site, uses: list[Use]
    ) -> tuple[bool, str]:
        """Whether a check covers a read, and how its value is used."""
        use = uses[0] if uses else Use("other")
        if use.role in ("or", "and") and use.first:
            return True, use.role
        if use.role == "item" and use.first and path[-1] != "choices":  # which is there, and may be empty
            return True, use.role
        if use.role in _TESTS:
            return True, "test"
        part = next((outer for outer in uses if outer.role not in ("or", "and")), use)  # bool(choices and content)
        if part.role == "argument" and self._callee_name(part, site) in _HARMLESS_CALLS:
            return True, "test"
        if use.role == "element" and len(uses) > 1 and uses[1].role == "argument":
            if self._callee_name(uses[1], site) == "filter":
                return True, use.role  # filter(None, (chunk.choices[0].delta.content for chunk in stream))
        if self._checked(path, request, site) or self._filled(path, request, site):
            return True, use.role
        if use.role == "assign" and use.name:
            if any(outer.role in _TESTS or outer.role == "and" for outer in uses[1:3]):
                return True, "test"  # if text := chunk.choices[0].delta.content
            return self._guarded_name(use.name, site, request)
        if use.role == "ternary" or (use.role in ("or", "and") and len(uses) > 1):
            return False, uses[1].role if len(uses) > 1 else use.role
        return False, use.role

    def _callee_name(self, use: Use, site: Site) -> str:
        call = self.language.lower(use.handle, site.block) if use.handle is not None else None
        return last_name(call.func) if isinstance(call, Call) else ""

    def _guarded_name(self, name: str, site: Site, request: Request | None) -> tuple[bool, str]:
        """A read stored in a name: guarded if all later uses of the name are."""
        block = self._conditions(site)
        role = "unused"
        for later in self.program.names_of(name):
            if later.scope is not site.scope or later.statement is site.statement:
                continue
            if self.language.span(later.handle).start < self.language.span(site.handle).start:
                continue
            if request is not None and not self._is_of(later, request):
                continue  # the name holds something else by then
            uses = self.language.uses(later)
            use = uses[0] if uses else Use("other")
            if use.role in _TESTS or (use.role in ("or", "and") and use.first):
                continue
            if use.role == "argument" and self._callee_name(use, later) in _HARMLESS_CALLS:
                continue
            if self._tests_name(name, later, block):
                role = use.role if role == "unused" else role
                continue
            return False, use.role
        return True, role

    def _is_of(self, site: Site, request: Request) -> bool:
        return any(thing.root is request for thing in _answers(self.resolver.at(site)))

    def _conditions(self, site: Site) -> set[int]:
        return {id(test) for test, _ in self._tests(site)}

    def _tests_name(self, name: str, site: Site, known: set[int]) -> bool:
        for test, block in self._tests(site):
            if id(test) in known:
                continue
            for value in flat(self.language.lower(test, block)):
                if isinstance(value, Ref) and value.name == name:
                    return True
        return False

    def _tests(self, site: Site) -> Iterator[tuple[object, Block]]:
        """Conditions that hold (or were left) where a site stands."""
        for test in self.language.guards(site):
            yield test, site.block
        block: Block | None = site.block
        line = self.program.source.line_of(self.language.span(site.handle).start)
        while block is not None:
            if block.kind in ("if", "else", "loop", "case") and block.test is not None:
                yield block.test, block.parent or block
            for test, end in block.exits or ():
                if end < line:
                    yield test, block
            if block.kind == "scope":
                return
            block = block.parent

    def _checked(self, path: tuple[str, ...], request: Request | None, site: Site) -> bool:
        tail = path[-1]
        for test, block in self._tests(site):
            for value in flat(self.language.lower(test, block)):
                if isinstance(value, Str) and value.text == tail:
                    return True  # "content" in delta, hasattr(delta, "content"), finish_reason == "tool_calls"
                if not isinstance(value, (Attr, Item, Ref)):
                    continue
                found = self.resolver.resolve(value)
                if any(thing.root is request and thing.path[-1:] == (tail,) for thing in _answers(found)):
                    return True
                if request is None and isinstance(value, (Attr, Item)):
                    other = _textual(value)
                    if other is not None and other[-1] == tail:
                        return True
        return False

    def _filled(self, path: tuple[str, ...], request: Request | None, site: Site) -> bool:
        """Whether something was stored there before: ``if not delta.content: delta.content = ""``."""
        start = self.language.span(site.handle).start
        for store in self.program.stores:
            if store.op != "=" or store.name not in (path[-1], None) or store.site.scope is not site.scope:
                continue
            target = self.language.lower(store.target, store.site.block)
            if not isinstance(target, Attr) or target.name != path[-1] or target.span.start >= start:
                continue
            if request is None or any(thing.root is request for thing in _answers(self.resolver.resolve(target.base))):
                return True
        return False

    # ---------------------------------------------------------------- parses

    def _parse(self, site: Site) -> None:
        call = self.language.lower(site.handle, site.block)
        if not isinstance(call, Call) or not call.args:
            return
        callee = self.resolver.resolve(call.func)
        if not any(isinstance(one, Symbol) and self.catalogue.json_parser(one.dotted) for one in alternatives(callee)):
            return
        found = self.resolver.resolve(call.args[0].value)
        for option in alternatives(found):
            path: tuple[str, ...] | None = None
            request: Request | None = None
            if isinstance(option, Thing) and isinstance(option.root, Request):
                path, request = option.path, option.root
            elif not isinstance(option, Str):
                chain = _unwrapped(call.args[0].value)
                path = _textual(chain)
                if path is not None and not (_is_answer(path) and (len(path) > 2 or self._is_made(chain))):
                    path = None
            if not path:
                continue
            of = "arguments" if "arguments" in path else "content"
            if of == "content" and request is not None and not ({"content", "text"} & set(path)):
                continue
            self.facts.parses.append(
                JsonParse(of, call.func.span, request, self.coverage(site), self._validated(site))
            )
            return

    def _is_made(self, chain: Value) -> bool:
        """Whether a chain's root gets its value here: a chat's or queue's message comes as a parameter or in a loop."""
        while isinstance(chain, (Attr, Item, Call)):
            chain = chain.func if isinstance(chain, Call) else chain.base
        found = self.resolver.lookup(chain.name, chain.block) if isinstance(chain, Ref) else []
        return not any(binding.kind in ("param", "each") for binding in found)

    def _validated(self, site: Site, depth: int = 0) -> bool:
        for use in self.language.uses(site):
            if use.role == "argument":
                if self._validates(use, site):
                    return True
                continue
            if use.role == "assign" and use.name and depth == 0:
                key = (use.name, id(site.scope))
                known = self._validating.get(key)
                if known is None:
                    later = (site_ for site_ in self.program.names_of(use.name) if site_.scope is site.scope)
                    known = self._validating[key] = any(self._validated(site_, 1) for site_ in later)
                return known
        return False

    def _validates(self, use: Use, site: Site) -> bool:
        call = self.language.lower(use.handle, site.block)
        if not isinstance(call, Call):
            return False
        name = call.func.name if isinstance(call.func, (Attr, Ref)) else ""
        if self.catalogue.validator(name):
            return True
        return use.name == "**" and name[:1].isupper()

    # -------------------------------------------------------------- coverage

    def coverage(self, site: Site, depth: int = 0) -> Coverage:
        """What covers a call: its function's handlers, decorators, callers."""
        key = id(site.handle)
        known = self._coverage.get(key)
        if known is not None:
            return known
        self._coverage[key] = Coverage()
        handlers: list[Handler] = []
        retry = False
        block: Block | None = site.block
        while block is not None and block.kind != "scope":
            if block.kind == "try":
                for catch in block.catches:
                    types = [self._exception(handle, block) for handle in catch.types]
                    handlers.append(Handler(tuple(types), catch.swallows, catch.span))
            elif block.kind == "with" and block.test:
                retry = retry or self._is_retry_context(block)
                for handle in block.test:
                    value = self.language.lower(handle, block)
                    if isinstance(value, Call) and last_name(value.func) == "suppress":
                        types = [self._dotted(arg.value) for arg in value.args]
                        handlers.append(Handler(tuple(types), True, value.func.span))
            elif handlers and (block.kind == "loop" or (block.kind == "for" and self._counts(block))):
                retry = True
            block = block.parent
        scope = site.scope
        retry = retry or self._retried(scope)
        caller = depth < _MAX_CALLERS and self._covered_caller(scope, depth)
        result = self._coverage[key] = Coverage(tuple(handlers), retry, caller)
        return result

    def _counts(self, block: Block) -> bool:
        """``for _ in range(3)``: a loop that tries again."""
        value = self.language.lower(block.test, block)
        return isinstance(value, Call) and isinstance(value.func, Ref) and value.func.name == "range"

    def _exception(self, handle: object, block: Block) -> str:
        return self._dotted(self.language.lower(handle, block))

    def _dotted(self, value: Value) -> str:
        found = self.resolver.resolve(value)
        if isinstance(found, Symbol):
            return found.dotted
        if isinstance(value, Ref):
            return value.name
        return value.name if isinstance(value, Attr) else ""

    def _is_retry_context(self, block: Block) -> bool:
        for handle in block.test:
            value = self.language.lower(handle, block)
            for inner in flat(value, 2):
                if isinstance(inner, Ref) and ("attempt" in inner.name or "retry" in inner.name.lower()):
                    return True
        return False

    def _retried(self, scope: Scope) -> bool:
        current: Scope | None = scope
        while current is not None and current.kind in ("function", "lambda"):
            outer = current.block.parent or current.block
            for handle in current.decorators:
                value = self.language.lower(handle, outer)
                callee = value.func if isinstance(value, Call) else value
                if self.catalogue.retry(self._dotted(callee)):
                    return True
            current = current.parent
        return False

    def _covered_caller(self, scope: Scope, depth: int) -> bool:
        while scope.kind == "lambda" and scope.parent is not None:
            scope = scope.parent
        if scope.kind != "function":
            return False
        for site in self.program.calls_of(scope.name)[:8]:
            if site.scope is not scope and self.coverage(site, depth + 1).handled:
                return True
        return False

    # --------------------------------------------------------------- escapes

    def _escapes(self, site: Site, depth: int) -> bool:
        for use in self.language.uses(site):
            if use.role in ("return", "yield", "argument", "element", "other", "format"):
                return True
            if use.role == "assign":
                if not use.name:
                    return True
                if depth:
                    return False
                key = (use.name, id(site.scope))
                known = self._escaping.get(key)
                if known is None:
                    later = (site_ for site_ in self.program.names_of(use.name) if site_.scope is site.scope)
                    known = self._escaping[key] = any(self._escapes(site_, 1) for site_ in later)
                return known
            if use.role == "attr" and use.name in _ENDS:
                return False
        return False


def _answers(value: Resolved) -> Iterator[Thing]:
    """What a value may be of the answers of requests."""
    for option in alternatives(value):
        if isinstance(option, Thing) and isinstance(option.root, Request):
            yield option


def _is_request(value: Resolved) -> bool:
    return isinstance(value, Thing) and isinstance(value.root, (Request, Client))


def _is_answer(path: tuple[str, ...]) -> bool:
    """Whether an unresolved chain reads as a chat completion's text."""
    if path[-1] == "arguments":
        return len(path) > 1 and path[-2] in ("function", "function_call")
    return path[-1] == "content" and len(path) > 1 and path[-2] in ("message", "delta")


def _unwrapped(value: Value) -> Value:
    """Without ``.strip()`` and the like around it."""
    while isinstance(value, Call) and isinstance(value.func, Attr):
        value = value.func.base
    return value


def _name_span(value: Value) -> Span:
    if isinstance(value, Attr):
        return value.name_span
    if isinstance(value, Item):
        return value.key.span
    if isinstance(value, Call) and value.args:
        return value.args[0].span
    return value.span


def _key(value: Value) -> str:
    """The text of an item's key."""
    return value.key.text if isinstance(value, Item) and isinstance(value.key, Str) else ""


def _textual(value: Value) -> tuple[str, ...] | None:
    """The steps of a chain by its words, without its root; None if it is none."""
    steps: list[str] = []
    if isinstance(value, Call) and isinstance(value.func, Attr) and value.func.name == "get" and value.args:
        key = value.args[0].value
        steps.append(key.text if isinstance(key, Str) else "*")
        value = value.func.base
    while True:
        if isinstance(value, Attr):
            steps.append(value.name)
            value = value.base
        elif isinstance(value, Item):
            key = value.key
            steps.append(
                key.text if isinstance(key, Str) else str(int(key.value)) if isinstance(key, Num) else "*"
            )
            value = value.base
        elif isinstance(value, Ref):
            steps.append(value.name)
            break
        else:
            break
    steps.reverse()
    return tuple(steps) if len(steps) > 1 else None
