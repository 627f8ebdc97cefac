"""What methods of plain values and functions of the standard library give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts import Request
from ..program import Attr, Call, Dict, Entry, Env, List, Null, OneOf, Scope, Str, Symbol, Unknown
from ..source import Span
from .strings import TEXT_METHODS, joined_items, text_method, text_of_variable, url_of
from .values import Partial, Resolved, Thing, dict_of, joined_lists, one_of

if TYPE_CHECKING:
    from .resolve import Resolver

#: calls that give back their first argument
_TRANSPARENT = frozenset({
    "asyncio.run", "asyncio.wait_for", "asyncio.create_task", "asyncio.ensure_future", "asyncio.shield",
    "copy.copy", "copy.deepcopy", "typing.cast", "anyio.run", "json.dumps", "orjson.dumps", "ujson.dumps",
    "simplejson.dumps", "JSON.stringify", "pydantic.SecretStr", "pydantic.HttpUrl", "httpx.URL", "yarl.URL", "str",
    "list", "iter", "reversed", "sorted", "tuple", "aiter", "types.MappingProxyType", "urllib.parse.quote",
    "contextlib.closing", "contextlib.aclosing", "int", "float", "bool", "next", "anext",
    "asgiref.sync.sync_to_async", "asyncer.asyncify",
})  # fmt: skip
#: functions of a pattern whose result is (a part of) the text that they look at, and which argument that is
_MATCHING = {
    "re.search": 1, "re.match": 1, "re.fullmatch": 1, "re.findall": 1, "re.sub": 2, "regex.search": 1, "regex.sub": 2,
}  # fmt: skip
#: functions that put a URL together, and which argument the path is
_URLS = {"urllib.parse.urljoin": 1, "URL": 0}
#: functions that put a path together, which people take for URLs, too
_PATHS = frozenset({"os.path.join", "posixpath.join"})
#: methods of dataclasses and models that give their fields as a mapping
_DUMPS = frozenset({"model_dump", "dict", "_asdict"})
#: parts of an answer that are text of the model's
_TEXTS = frozenset({"content", "text", "arguments"})
_NAMES_DEFAULT = ("default", "default_factory", "value")


def method(resolver: Resolver, base: Resolved, func: Attr, call: Call) -> Resolved | None:
    """Methods of values; None where the callee is to be looked up."""
    name = func.name
    if isinstance(base, Dict):
        if name == "get" and call.args:
            default = call.args[1].value if len(call.args) > 1 else Null(call.span)
            return resolver.item(base, resolver.resolve(call.args[0].value), default, call.span)
        # json.dumps() is its mapping still
        return base if name in ("copy", "encode") else None if base.open else Unknown(call.span)
    if isinstance(base, Str):
        return text_method(resolver, base, name, call)
    if name == "join" and isinstance(base, List) and len(call.args) == 1:
        return joined_items(resolver, base, resolver.resolve(call.args[0].value), call.span)
    if name == "concat" and isinstance(base, (List, Unknown)):
        given = [resolver.resolve(arg.value) for arg in call.args]
        return joined_lists([base, *(_as_list(value) for value in given)], call.span)
    if isinstance(base, Env):
        return text_of_variable(resolver, base, name, call)
    if isinstance(base, Thing) and isinstance(base.root, Request):
        if name == "get" and call.args:
            return resolver.item(base, resolver.resolve(call.args[0].value), None, call.span)
        return None
    if isinstance(base, Thing) and isinstance(base.root, Scope) and name in _DUMPS and name not in base.root.bindings:
        return _as_dict(resolver, base, call.span)
    if isinstance(base, Symbol) and name in ("get", "setdefault") and call.args:
        if resolver.catalogue.env_reader(base.dotted) == "mapping":
            key = resolver.resolve(call.args[0].value)
            default = call.args[1].value if len(call.args) > 1 else Null(call.span)
            return resolver.item(base, key, resolver.deep(default), call.span, call.args[0].span)
        return None
    if isinstance(base, OneOf) and (name in TEXT_METHODS or name in ("get", "copy")):
        values: list[Resolved] = []
        for option in base.options:
            value = method(resolver, option, func, call)
            if value is not None:
                values.append(value)
            elif isinstance(option, Thing):  # (answer.choices[0].message.content or "").strip()
                values.append(resolver.call_value(resolver.attribute(option, name, func.span), call))
            else:
                values.append(Unknown(call.span))
        return one_of(values, call.span)
    return None


def _as_list(value: Resolved) -> Resolved:
    """What ``list.concat(value)`` adds."""
    return List((value,), value.span) if isinstance(value, Dict) else value


def symbol_call(resolver: Resolver, symbol: Symbol, call: Call) -> Resolved:
    """The result of calling something imported or built in."""
    dotted = symbol.dotted
    result = resolver.hooks.symbol_call(symbol, call)
    if result is not None:
        return result
    args = call.args
    reader = resolver.catalogue.env_reader(dotted)
    if reader == "call" and args:
        key = resolver.resolve(args[0].value)
        default = resolver.deep(args[1].value) if len(args) > 1 else Null(call.span)
        if isinstance(key, Str) and not key.partial:
            return Env(key.text, default, call.span, args[0].span)
        return Unknown(call.span)
    if args and resolver.catalogue.json_parser(dotted):
        inner = resolver.resolve(args[0].value)
        if isinstance(inner, Thing) and isinstance(inner.root, Request) and not _TEXTS & set(inner.path[-1:]):
            return inner  # the answer itself, by way of its JSON
        return Symbol(f"{dotted}()", call.span)
    if dotted in _TRANSPARENT and args:
        which = 1 if dotted == "typing.cast" and len(args) > 1 else 0
        inner = resolver.resolve(args[which].value)
        if which and isinstance(inner, (Unknown, Symbol)):
            return resolver.types.promised(args[0].value, call.site.block, "") or inner
        if dotted in ("next", "anext"):
            return resolver.each(inner)
        return inner
    below = _URLS.get(dotted)
    if below is not None and args:
        return _url(resolver, call, below)
    if dotted in _PATHS and args:
        return _path(resolver, call) or Symbol(f"{dotted}()", call.span)
    if len(args) > _MATCHING.get(dotted, len(args)):
        inner = resolver.resolve(args[_MATCHING[dotted]].value)
        return inner if isinstance(inner, Thing) else Unknown(call.span)
    if dotted == "dict":
        return dict_of(call)
    if dotted in ("getattr", "hasattr") and len(args) >= 2:
        base, key = resolver.resolve(args[0].value), resolver.resolve(args[1].value)
        if isinstance(key, Str) and not key.partial:
            return resolver.attribute(base, key.text, call.span)
        return Unknown(call.span)
    if dotted in ("dataclasses.asdict", "vars", "dataclasses.astuple") and args:
        return _as_dict(resolver, resolver.resolve(args[0].value), call.span)
    if dotted == "functools.partial" and args:
        return Partial(resolver.resolve(args[0].value), args[1:], call.span)
    if dotted in ("super", "type", "object"):
        return Unknown(call.span)
    last = dotted.rpartition(".")[2]
    if last in ("Field", "field", "Option", "Argument", "Form", "Query"):
        for arg in args:
            if arg.name in _NAMES_DEFAULT or (arg.name is None and last not in ("field", "Field")):
                return resolver.resolve(arg.value)
        first = args[0] if args and args[0].name is None else None
        return resolver.resolve(first.value) if first else Unknown(call.span)
    return Symbol(f"{dotted}()", call.span)


def _url(resolver: Resolver, call: Call, path: int) -> Resolved:
    """``urljoin(base, path)``, ``new URL(path, base)``; ``path``: which argument that is."""
    given = [resolver.resolve(arg.value) for arg in call.args[:2]]
    if resolver.program.mentions("pathname"):
        return Unknown(call.span)  # it may be set
    return given[0] if len(given) == 1 else url_of(given[1 - path], given[path], call.span)


def _path(resolver: Resolver, call: Call) -> Resolved | None:
    """``os.path.join(base, path)`` of a URL."""
    base = resolver.resolve(call.args[0].value)
    if not isinstance(base, Str) or "://" not in base.text:
        return None
    items = List((base, *(arg.value for arg in call.args[1:])), call.span)
    return joined_items(resolver, items, Str("/", call.span), call.span)


def _as_dict(resolver: Resolver, value: Resolved, span: Span) -> Resolved:
    """The fields of a dataclass or model instance with their defaults."""
    if not isinstance(value, Thing) or not isinstance(value.root, Scope):
        return Dict((), span, True)
    entries = []
    for name, bindings in value.root.bindings.items():
        binding = bindings[-1]
        if binding.kind == "value":
            inner = resolver.language.lower(binding.handle, binding.block)
            start = resolver.language.span(binding.handle)
            entries.append(Entry(name, inner, start, start))
    return Dict(tuple(entries), span, True)
