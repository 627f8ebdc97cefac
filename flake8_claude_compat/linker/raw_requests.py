"""Raw HTTP requests: told by their URL, whatever the library.

Of a URL that begins with something unknown its end tells, ``f"{base}/chat/completions"``. Other vendors' have that
end too, so such a request must name a model or a key of OpenAI's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from ..catalogue import Catalogue
from ..facts import Arguments, Request, entry_of, options
from ..lazy import pattern
from ..program import (
    Argument,
    Attr,
    Call,
    Dict,
    Env,
    Item,
    Join,
    OneOf,
    Program,
    Ref,
    Site,
    Str,
    Symbol,
    Unknown,
    Value,
)
from .arguments import ArgumentReader, streams
from .resolve import Resolver
from .targets import foreign_model
from .urls import host_of, owner_of, path_of
from .values import Resolved, Thing, alternatives, flat, last_name, snake_case

#: last names of what sends a request
HTTP_NAMES = frozenset({
    "post", "get", "put", "patch", "delete", "request", "stream", "urlopen", "fetch", "Request", "ws_connect",
    "create_connection", "connect", "send", "got", "axios", "ky", "$fetch", "WebSocket", "build_request",
    "curl", "wget", "http", "Invoke-RestMethod", "Invoke-WebRequest", "useFetch", "fetchEventSource", "ajax",
    "EventSource", "SSE", "open", "requestUrl", "GM_xmlhttpRequest", "xmlHttpRequest", "rp",
})  # fmt: skip
#: names of functions around them: fetchWithRetry, fetch_json
_FETCHES = pattern(r"\w*[fF]etch(?!all|one|many)\w*")
_BODIES = ("json", "data", "content", "body", "payload")
#: methods that give a request its body after it was made
_SENDERS = ("send", "write", "end")
#: what makes a client of an HTTP library whose requests begin with a base URL, and what that is called
_CLIENTS = frozenset({
    "axios.create", "axios.default.create", "got.extend", "got.default.extend", "ky.create", "ky.default.create",
    "ofetch.ofetch.create", "$fetch.create", "httpx.Client", "httpx.AsyncClient", "aiohttp.ClientSession",
})  # fmt: skip
_BASES = ("base_url", "baseURL", "prefixUrl")
#: what a command line asks of a host that is not known is read elsewhere
_LANGUAGES = frozenset({"python", "javascript"})
_CREDENTIALS = frozenset({"authorization", "api-key", "x-api-key"})
#: names that a URL, or a part of one, is followed through
_MAX_STEPS = 4
_MOCK = pattern(r"mock|\A(?:respx|responses|httpretty|nock|msw)\b", re.IGNORECASE)


def sends(name: str) -> bool:
    """Whether what has this last name may send a request."""
    return name in HTTP_NAMES or _FETCHES.fullmatch(name) is not None


def senders(program: Program) -> list[str]:
    """The last names under which requests may be sent in a file."""
    # few of thousands of words are worth the expression
    words = [word for word in program.words or () if "etch" in word and word not in HTTP_NAMES]
    return [*HTTP_NAMES, *filter(sends, words)]


class RawRequests:
    """Makes the raw requests of one program.

    ``requests``: all of the program by the identity of their calls' handles, and ``sites`` theirs by the requests';
    both are added to.
    """

    def __init__(
        self, program: Program, catalogue: Catalogue, resolver: Resolver, reader: ArgumentReader,
        requests: dict[int, Request], sites: dict[int, Site],
    ) -> None:  # fmt: skip
        self.program = program
        self.catalogue = catalogue
        self.resolver = resolver
        self.reader = reader
        self.requests = requests
        self.sites = sites
        #: XMLHttpRequests by the variable they are kept in
        self._opened: dict[str, Request] = {}

    def request(self, call: Call) -> Thing | None:
        """A raw HTTP request, told by its URL."""
        key = id(call.site.handle)
        known = self.requests.get(key)
        if known is not None:
            return Thing(known, (), call.span)
        func = call.func
        name = last_name(func)
        if not sends(name) or self.resolver.functions.decorates(call.site.handle):
            return None
        url, rest = self._url_argument(call)
        if url is None and isinstance(func, Attr):
            url, rest = self._url_below(func.base, call)
        if self._is_mock(func):
            return None
        if url is None:
            return self._without_host(call) if self.program.name in _LANGUAGES else None
        if name == "urlopen" and isinstance(url, Thing):
            return url
        if not isinstance(url, Str):
            return None
        request = self._made(call, path_of(url.text), self._parts(rest))
        request.url = url
        if name == "open" and isinstance(func, Attr) and isinstance(func.base, Ref):
            self._opened[func.base.name] = request
        return self._kept(request, call)

    def _made(self, call: Call, path: str, parts: dict[str, Resolved]) -> Request:
        """The request of a call to a URL with this path."""
        func = call.func
        endpoint = self.catalogue.http_endpoint(path)
        names = endpoint.path + ".create" if endpoint else ""
        request = Request(names, endpoint.family if endpoint else "", func.span, call.span)
        request.transport = "http"
        request.method = last_name(func)
        if isinstance(func, Attr):
            request.tail_span = func.name_span
        self._fill(request, parts)
        return request

    def _kept(self, request: Request, call: Call) -> Thing:
        self.requests[id(call.site.handle)] = request
        self.sites[id(request)] = call.site
        return Thing(request, (), call.span)

    def _is_mock(self, func: Value) -> bool:
        """``requests_mock.post(url, json=…)``: what answers instead of the server in a test."""
        while isinstance(func, (Attr, Call)):
            func = func.func if isinstance(func, Call) else func.base
        if not isinstance(func, Ref):
            return False
        found = self.resolver.resolve(func)
        names = (func.name, found.dotted if isinstance(found, Symbol) else "")
        return any(_MOCK.search(name) for name in names)

    def _url_argument(self, call: Call) -> tuple[Resolved | None, list[Argument]]:
        for index, arg in enumerate(call.args[:3]):
            if arg.spread or arg.name not in (None, "url", "uri"):
                continue
            if index and arg.name is None and last_name(call.func) == "get":
                break  # settings.get("url", "https://…")
            value = self.resolver.resolve(arg.value)
            for option in alternatives(value):
                inside = isinstance(option, Dict) and index == 0  # axios({ url, data })
                if inside:
                    option = self.resolver.deep(self._address_in(cast(Dict, option)) or Unknown(arg.span))
                if isinstance(option, Env) and isinstance(option.default, Str):
                    option = option.default
                if isinstance(option, Str):
                    if owner_of(option, self.catalogue) not in ("other", "local", "unknown"):
                        return option, [item for at, item in enumerate(call.args) if inside or at != index]
                elif isinstance(option, Thing) and isinstance(option.root, Request):
                    return option, []
        return None, []

    def _address_in(self, given: Dict) -> Value | None:
        """The URL that a mapping of options has, in one piece or in several: ``{ hostname, path }``."""
        host = entry_of(given, "hostname") or entry_of(given, "host")
        if host is None:
            return entry_of(given, "url") or entry_of(given, "uri")
        name, path = self.resolver.deep(host), self.resolver.deep(entry_of(given, "path") or Unknown(given.span))
        if not isinstance(name, Str):
            return None
        rest = path.text if isinstance(path, Str) else ""
        return Str(f"https://{name.text}{rest}", name.span, not isinstance(path, Str) or path.partial)

    def later_bodies(self) -> None:
        """``request.write(body)``, ``post(url).send(body)``: bodies of requests that were made without one."""
        bare = {id(request) for request in self.requests.values() if request.transport == "http" and request.args.open}
        for name in _SENDERS if bare else ():
            for site in self.program.calls_of(name):
                call = self.resolver.language.lower(site.handle, site.block)
                if not isinstance(call, Call) or not call.args or not isinstance(call.func, Attr):
                    continue
                request = self._begun(call.func.base)
                if request is not None and id(request) in bare:
                    self._fill(request, self._parts(list(call.args)))

    def _begun(self, value: Value) -> Request | None:
        """The raw request that a chain of calls, or a variable, began with."""
        while isinstance(value, (Attr, Call)):
            made = self.requests.get(id(value.site.handle)) if isinstance(value, Call) else None
            if made is not None:
                return made
            value = value.func if isinstance(value, Call) else value.base
        if isinstance(value, Ref) and value.name in self._opened:
            return self._opened[value.name]
        found = self.resolver.resolve(value)
        return found.root if isinstance(found, Thing) and isinstance(found.root, Request) else None

    def _url_below(self, client: Value, call: Call) -> tuple[Resolved | None, list[Argument]]:
        """The URL of a request whose client knows the base: ``axios.create({ baseURL }).post(path)``."""
        first = call.args[0] if call.args and call.args[0].name in (None, "url") else None
        path = self.resolver.resolve(first.value) if first else None
        if not isinstance(path, Str) or host_of(path.text) or "/" not in path.text:
            return None, []
        for _, given in self._clients(client):
            for base in options(next((arg.value for arg in given.items if arg.spelled in _BASES), None)):
                if isinstance(base, Env) and base.default is not None:
                    base = base.default
                if isinstance(base, Str) and owner_of(base, self.catalogue) not in ("other", "local", "unknown"):
                    text = f"{base.text.rstrip('/')}/{path.text.lstrip('/')}"
                    return Str(text, path.span, path.partial), list(call.args[1:])
        return None, []

    def _clients(self, client: Value) -> Iterator[tuple[Call, Arguments]]:
        """The calls that make a client of an HTTP library, and what they are given."""
        for made in self.resolver.written(client):
            symbol = self.resolver.resolve(made.func) if isinstance(made, Call) else None
            if isinstance(made, Call) and isinstance(symbol, Symbol) and symbol.dotted in _CLIENTS:
                yield made, self.reader.read(made.args)

    def _parts(self, args: list[Argument]) -> dict[str, Resolved]:
        """What a request is given by its name: body, headers, method."""
        given: dict[str, Resolved] = {}
        for arg in args:
            value = self.resolver.resolve(arg.value)
            if arg.name is None and isinstance(value, Dict):
                keys = {entry.key for entry in value.entries}
                if keys & {"body", "headers", "method", "json", "data", "payload", "hostname", "host"}:
                    for entry in value.entries:
                        if entry.key:
                            given[entry.key] = self.resolver.resolve(entry.value)
                else:
                    given.setdefault("json", value)
            elif arg.name is not None and not arg.spread:
                given[arg.name] = value
            elif arg.name is None and not arg.spread and isinstance(value, OneOf):
                given.setdefault("json", value)
        return given

    def _fill(self, request: Request, parts: dict[str, Resolved]) -> None:
        """Read the body and the headers of a request."""
        body = next((part for name in _BODIES if isinstance(part := parts.get(name), (Dict, OneOf))), None)
        request.args = Arguments((), True) if body is None else self.reader.of(body)
        headers = parts.get("headers")
        if isinstance(headers, (Dict, OneOf)):
            request.headers = self.reader.of(headers)
        request.stream = streams(request)

    # ------------------------------------------------- hosts that are not known

    def _without_host(self, call: Call) -> Thing | None:
        """A request to an endpoint of OpenAI's at a host that is not known, with a model or a key of OpenAI's."""
        for index, arg in enumerate(call.args[:3]):
            if arg.spread or arg.name not in (None, "url", "uri"):
                continue
            given = self.resolver.resolve(arg.value)
            inside = isinstance(given, Dict) and index == 0  # axios({ url, data })
            value = self._address_in(cast(Dict, given)) if inside else arg.value
            path = self._end_of(value) if value is not None else ""
            headers: Resolved | None = None
            if not path and index == 0:
                path, headers = self._below(call.func, given)
            if path and self.catalogue.http_endpoint(path):
                parts = self._parts([item for at, item in enumerate(call.args) if inside or at != index])
                if headers is not None:
                    parts.setdefault("headers", headers)
                request = self._made(call, path, parts)
                return self._kept(request, call) if self._is_of_openai(request, parts.get("headers")) else None
        return None

    def _end_of(self, value: Value, steps: int = 0) -> str:
        """The text at the end of a URL whose host is not known; "" where it may be known, or there is no such text."""
        if isinstance(value, Join):
            whole = cast(Value, self.resolver.resolve(value))
            if any(self._is_known(option) for option in options(whole)):
                return ""
            last = cast(Value, self.resolver.resolve(value.parts[-1]))
            return next((option.text for option in options(last) if isinstance(option, Str)), "")
        if steps < _MAX_STEPS and isinstance(value, (Ref, Attr)):
            ends = {self._end_of(inner, steps + 1) for inner in self.resolver.written(value)}
            return ends.pop() if len(ends) == 1 else ""
        return ""

    @staticmethod
    def _is_known(url: Value) -> bool:
        """Whether a URL has a host that is known, or none: a path of the project's own server."""
        if isinstance(url, Env) and url.default is not None:
            url = url.default
        return isinstance(url, Str) and not (url.partial and url.text in ("http://", "https://"))

    def _below(self, func: Value, path: Resolved) -> tuple[str, Resolved | None]:
        """The path that a client of an HTTP library with an unknown base URL is asked for, and the client's headers."""
        if isinstance(func, Attr) and isinstance(path, Str) and not host_of(path.text):
            for made, given in self._clients(func.base):
                base = next((arg.value for arg in given.items if arg.spelled in _BASES), None)
                if base is not None and not any(self._is_known(option) for option in options(base)):
                    headers = next((self._entry(arg.value, "headers") for arg in made.args), None)
                    return path.text, headers
        return "", None

    def _entry(self, value: Value, name: str) -> Resolved | None:
        found = self.resolver.resolve(value)
        inner = entry_of(found, name) if isinstance(found, Dict) else None
        return self.resolver.resolve(inner) if inner is not None else None

    def _is_of_openai(self, request: Request, headers: Resolved | None) -> bool:
        """Whether a request has a model or a key of OpenAI's, and nobody else's model."""
        model = request.args.get("model")
        names = [option.text for option in options(model) if isinstance(option, Str)]
        if any(foreign_model(name, self.catalogue) for name in names):
            return False
        if any(self.catalogue.openai_model(name) and not self.catalogue.router_prefix(name) for name in names):
            return True
        return any(
            self._is_key(part)
            for mapping in options(cast("Value | None", headers))
            if isinstance(mapping, Dict)
            for entry in mapping.entries
            if entry.key is not None and entry.key.lower() in _CREDENTIALS
            for part in flat(entry.value)
        )

    def _is_key(self, value: Value) -> bool:
        """Whether a value is OpenAI's key: by the variable that it is read from, or by its name."""
        if isinstance(value, (Ref, Attr)) and self.catalogue.env_role(snake_case(value.name).upper()) == "key":
            return True
        found = self.resolver.resolve(value) if isinstance(value, (Ref, Attr, Item, Call)) else value
        return any(
            isinstance(option, Env) and self.catalogue.env_role(option.name) == "key"
            for option in options(cast(Value, found))
        )
