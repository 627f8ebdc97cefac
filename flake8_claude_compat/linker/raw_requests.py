"""Raw HTTP requests: told by their URL, whatever the library."""

from __future__ import annotations

import re
from typing import cast

from ..catalogue import Catalogue
from ..facts import Arguments, Request, entry_of, options
from ..lazy import pattern
from ..program import Argument, Attr, Call, Dict, Env, OneOf, Program, Ref, Site, Str, Symbol, Unknown, Value
from .arguments import ArgumentReader, streams
from .resolve import Resolver
from .urls import host_of, owner_of, path_of
from .values import Resolved, Thing, last_name

#: last names of what sends a request
HTTP_NAMES = frozenset({
    "post", "get", "put", "patch", "delete", "request", "stream", "urlopen", "fetch", "Request", "ws_connect",
    "create_connection", "connect", "send", "got", "axios", "ky", "$fetch", "WebSocket", "build_request",
    "curl", "wget", "http", "Invoke-RestMethod", "Invoke-WebRequest", "useFetch", "fetchEventSource", "ajax",
    "EventSource", "SSE", "open",
})  # fmt: skip
_BODIES = ("json", "data", "content", "body", "payload")
#: methods that give a request its body after it was made
_SENDERS = ("send", "write", "end")
#: what makes a client of an HTTP library whose requests begin with a base URL, and what that is called
_CLIENTS = frozenset({
    "axios.create", "axios.default.create", "got.extend", "got.default.extend", "ky.create", "ky.default.create",
    "ofetch.ofetch.create", "$fetch.create", "httpx.Client", "httpx.AsyncClient", "aiohttp.ClientSession",
})  # fmt: skip
_BASES = ("base_url", "baseURL", "prefixUrl")
_MOCK = pattern(r"mock|\A(?:respx|responses|httpretty|nock|msw)\b", re.IGNORECASE)


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
        if name not in HTTP_NAMES or self.resolver.decorates(call.site.handle):
            return None
        url, rest = self._url_argument(call)
        if url is None and isinstance(func, Attr):
            url, rest = self._url_below(func.base, call)
        if url is None or self._is_mock(func):
            return None
        if name == "urlopen" and isinstance(url, Thing):
            return url
        if not isinstance(url, Str):
            return None
        endpoint = self.catalogue.http_endpoint(path_of(url.text))
        names = endpoint.path + ".create" if endpoint else ""
        request = Request(names, endpoint.family if endpoint else "", func.span, call.span)
        request.transport = "http"
        request.url = url
        request.method = name
        if isinstance(func, Attr):
            request.tail_span = func.name_span
        self._body(request, rest)
        request.stream = streams(request)
        if name == "open" and isinstance(func, Attr) and isinstance(func.base, Ref):
            self._opened[func.base.name] = request
        self.requests[key] = request
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
            for option in value.options if isinstance(value, OneOf) else (value,):
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
            return entry_of(given, "url")
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
                    self._body(request, list(call.args))
                    request.stream = streams(request)

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
        for made in self.resolver.made_by(client):
            symbol = self.resolver.resolve(made.func)
            if not isinstance(symbol, Symbol) or symbol.dotted not in _CLIENTS:
                continue
            given = self.reader.read(made.args)
            for base in options(next((arg.value for arg in given.items if arg.spelled in _BASES), None)):
                if isinstance(base, Env) and base.default is not None:
                    base = base.default
                if isinstance(base, Str) and owner_of(base, self.catalogue) not in ("other", "local", "unknown"):
                    text = f"{base.text.rstrip('/')}/{path.text.lstrip('/')}"
                    return Str(text, path.span, path.partial), list(call.args[1:])
        return None, []

    def _body(self, request: Request, rest: list[Argument]) -> None:
        given: dict[str, Resolved] = {}
        for arg in rest:
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
        for name in _BODIES:
            body = given.get(name)
            if isinstance(body, (Dict, OneOf)):
                request.args = self.reader.of(body)
                break
        else:
            request.args = Arguments((), True)
        headers = given.get("headers")
        if isinstance(headers, (Dict, OneOf)):
            request.headers = self.reader.of(headers)
