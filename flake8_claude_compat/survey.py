"""What a file holds besides its findings: the evidence for the migration checklist.

A finding says what is wrong; that something is right, or cannot be told from
the code, only facts say. A :class:`Surveyor` looks at the facts of each
program of a file and notes, line by line of the checklist, the places that
the line is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Protocol

from .catalogue import Framework
from .config import Config
from .engine import catalogue_of, concerns
from .facts import CLAUDE, OPENAI, Client, Facts, JsonParse, Request, ResponseRead, constant, options
from .program import Env, Null, Program, Str
from .record import NamedTuple
from .redaction import redact
from .source import Location, Span

#: state of a place. OK: right, unless a finding is there. OPEN: to be changed, if a finding is there.
#: IMPLIED: to be changed, whether a finding of its line says so or not. UNSEEN: the code does not tell.
OK, OPEN, IMPLIED, UNSEEN = "ok", "open", "implied", "unseen"

#: kind of framework class → the endpoint that it calls and that no Claude target has
_ENDPOINTS = {
    "embedding": "embeddings", "image": "images", "audio": "audio", "moderation": "moderations",
    "responses": "responses",
}  # fmt: skip
#: roles of environment variables that are keys
_KEYS = frozenset({"key", "claude-key", "azure-key"})
#: lines that nothing is known of where a library's class sends the requests
_HIDDEN = (5, 6, 7, 8, 9, 10)


class Site(NamedTuple):
    """A place that a line of the checklist is about.

    ``what``: noun for counting (``client``, ``request``, ``model`` …).
    ``note``: of a model its name, of a request its endpoint, of an unseen
    place what the code does not tell. ``client``: index into
    :attr:`Survey.clients`, -1 for none.
    """

    line: int
    state: str
    what: str
    place: Location
    note: str = ""
    client: int = -1


class ClientSeen(NamedTuple):
    """A client that is built in a file.

    ``target``: see :mod:`facts`; ``to``: the base URL as far as it is known.
    ``requests``: how many are sent through it. ``exempt``: keep-openai covers it.
    """

    name: str
    symbol: str
    kind: str
    target: str
    to: str
    exempt: bool
    place: Location
    requests: int


class Survey(NamedTuple):
    """What a file holds. ``owners``: places that belong to a client, by its index."""

    clients: tuple[ClientSeen, ...] = ()
    sites: tuple[Site, ...] = ()
    owners: tuple[tuple[Location, int], ...] = ()


class Surveyor:
    """Gathers the survey of one file, program by program (a Markdown file holds many)."""

    def __init__(self, settings: Config) -> None:
        self.settings = settings
        self.catalogue = catalogue_of(settings)
        self._clients: list[ClientSeen] = []
        self._sites: list[Site] = []
        self._owners: list[tuple[Location, int]] = []

    def survey(self) -> Survey:
        """All that was seen; the same place once, since code inside code belongs to two programs."""
        return Survey(tuple(self._clients), tuple(dict.fromkeys(self._sites)), tuple(dict.fromkeys(self._owners)))

    def look(self, program: Program, facts: Facts) -> None:
        """Note a program's facts (``engine.Look``)."""
        scope = self.settings.scope
        at = cache(program.source.location)
        numbers = self._numbered(facts, at)

        def number(client: Client | None) -> int:
            base = client and client.base
            return -1 if base is None else numbers.get(id(base), -1)

        for span, client in _owned(facts):
            if (index := number(client)) >= 0:
                self._owners.append((at(span), index))
        for request in facts.requests:
            if concerns(request, scope):
                place, index = at(request.call_span), number(request.client)
                self._sites += (site._replace(client=index) for site in self._of_request(request, place))
        for model in facts.models:
            if not model.tokenizer and concerns(model, scope):
                index = number(model.sender)
                state = OK if self._serves(model.text) else OPEN
                self._sites.append(Site(4, state, "model", at(model.span), redact(model.text), index))
        for env in facts.envs:
            role = self.catalogue.env_role(env.name)
            if env.name == self.catalogue.target.key_variable:
                self._sites.append(Site(2, OK, "use of its variable", at(env.span), env.name))
            if role in _KEYS and env.action in ("read", "field") and concerns(env, scope):
                self._sites.append(Site(3, OK, "read of a key variable", at(env.span), env.name))
        for used in facts.symbols:
            framework = self.catalogue.framework(used.dotted) if used.how == "base" else None
            if framework is not None and framework.kind not in _ENDPOINTS and scope == "migrate":
                name = used.dotted.rpartition(".")[2]
                place = at(used.span)
                self._sites.append(Site(1, UNSEEN, "client", place, f"where a class derived from {name} goes"))
                for line in _HIDDEN:
                    note = f"the requests that {framework.library} sends"
                    self._sites.append(Site(line, UNSEEN, "client", place, note))
        for parse in facts.parses:
            if concerns(parse, scope) and (parse.request is None or parse.request.chat):
                self._sites.append(Site(7, OK, "JSON parse", at(parse.span), client=number(_client_of(parse))))
        for read in facts.reads:
            if read.path[-2:] == ("delta", "content") and concerns(read, scope):
                self._sites.append(Site(8, OK, "read of delta.content", at(read.span), client=number(_client_of(read))))

    # ---------------------------------------------------------------- clients

    def _numbered(self, facts: Facts, at: Callable[[Span], Location]) -> dict[int, int]:
        """Note a program's clients: the identity of each → its index in the survey."""
        numbers: dict[int, int] = {}
        known = {(client.place, client.symbol): index for index, client in enumerate(self._clients)}
        for client in facts.clients:
            if client.derived_from is not None or not (client.built or client.kind == "module"):
                continue
            place = at(client.call_span)
            index = known.get((place, client.symbol))
            sent = sum((request.client and request.client.base) is client for request in facts.requests)
            if index is None:
                index = known[place, client.symbol] = len(self._clients)
                name, symbol = redact(client.name), redact(client.symbol)
                self._clients.append(
                    ClientSeen(name, symbol, client.kind, client.target, _to(client), client.exempt, place, sent)
                )
            numbers[id(client)] = index
            if concerns(client, self.settings.scope):
                self._sites += self._of_client(client, place, index, sent)
        return numbers

    def _of_client(self, client: Client, place: Location, index: int, sent: int) -> Iterator[Site]:
        """Lines 0 to 3, and what a library's class hides of the lines after them."""
        framework = client.framework if isinstance(client.framework, Framework) else None
        name = redact(client.symbol.rpartition(".")[2])

        def site(line: int, state: str, note: str = "") -> Site:
            return Site(line, state, "client", place, note, index)

        if framework is not None:
            if framework.kind in _ENDPOINTS:
                yield site(0, OPEN, _ENDPOINTS[framework.kind])
                if client.target != OPENAI:
                    yield site(0, UNSEEN, f"what {name} talks to")
                if framework.kind != "responses":
                    return
            elif client.target == CLAUDE:
                yield site(0, OK)
            elif client.target != OPENAI:
                yield site(0, UNSEEN, f"what {name} talks to")
        elif not sent:
            yield site(0, OK)  # else its requests tell
        set_outside = client.base_url is None and self.settings.openai_base_url_set
        if client.target == CLAUDE or (client.target == OPENAI and set_outside):
            yield site(1, OK)
        elif client.target == OPENAI:
            yield site(1, IMPLIED, f"client {name} goes to OpenAI")
        else:
            yield site(1, UNSEEN, f"base URL from {_to(client) or 'elsewhere'}")
        yield from self._key_sites(client, set_outside, site)
        if framework is not None:
            for line in _HIDDEN:
                yield site(line, UNSEEN, f"the requests that {framework.library} sends")

    def _key_sites(self, client: Client, set_outside: bool, site: _SiteOf) -> Iterator[Site]:
        to_openai = client.target == OPENAI and not set_outside
        if client.api_key is None:
            if client.args.open:
                yield site(2, UNSEEN, "where the key comes from")
                yield site(3, UNSEEN, "where the key comes from")
                return
            state = IMPLIED if to_openai else OPEN if client.target == CLAUDE else UNSEEN
            yield site(2, state, "it reads OPENAI_API_KEY by itself")
            yield site(3, OK)
            return
        names, written, other = [], False, False
        for value in options(client.api_key.value):
            if isinstance(value, Env):
                names.append(value.name)
            elif isinstance(value, Str):
                written = written or bool(value.text or value.partial)
            elif not isinstance(value, Null):
                other = True
        roles = {self.catalogue.env_role(name) for name in names}
        if roles == {"claude-key"} and not other:
            yield site(2, OK)
        elif roles & {"key", "azure-key"}:
            yield site(2, IMPLIED, f"it reads {redact(names[0])}")
        elif to_openai:
            yield site(2, IMPLIED, "its key is for OpenAI")
        elif names:
            yield site(2, UNSEEN, f"whose key {redact(names[0])} holds")
        else:
            yield site(2, UNSEEN, "whose key it is" if written else "where the key comes from")
        if other:
            yield site(3, UNSEEN, "where the key comes from")
        elif names or written:
            yield site(3, OPEN if written else OK)

    # --------------------------------------------------------------- requests

    def _of_request(self, request: Request, place: Location) -> Iterator[Site]:
        def site(line: int, state: str, what: str = "request", note: str = "") -> Site:
            return Site(line, state, what, place, note)

        endpoint = self.catalogue.endpoint(tuple(request.endpoint.split("."))) if request.endpoint else None
        if endpoint is not None:
            yield site(0, OPEN if endpoint.code else OK, note=redact(request.endpoint))
        if request.transport == "http":
            if request.target == CLAUDE:
                yield site(1, OK)
            elif request.target == OPENAI:
                yield site(1, OPEN)
            elif request.chat:
                yield site(1, UNSEEN, note="the URL of the request")
        if not request.chat:
            return
        model = request.args.get("model")
        if model is None and request.args.open or any(constant(value) is None for value in options(model)):
            yield site(4, UNSEEN, note="the model of the request")
        for line in (5, 6):
            yield site(line, UNSEEN if request.args.open else OK, note="all of its arguments" * request.args.open)
        if request.stream:
            yield site(8, OK, "streaming request")
        elif request.stream is None:
            yield site(8, UNSEEN, note="whether it streams")
        if request.args.find("tools") is not None:
            yield site(9, OK, "request with tools")
        elif request.args.open:
            yield site(9, UNSEEN, note="whether it has tools")
        if request.escapes:
            yield site(7, UNSEEN, note="whether what takes the answer parses it as JSON")
        if request.coverage.handled:
            yield site(10, OK)
        else:
            yield site(10, OPEN)

    def _serves(self, model: str) -> bool:
        """Whether a name is one of the target's model IDs, or may be one that is newer than the catalogue."""
        catalogue = self.catalogue
        known = catalogue.claude_model(model)
        if known is not None:
            return known.status != "retired"
        if catalogue.foreign_claude(model) is not None or catalogue.openai_model(model) is not None:
            return False
        return catalogue.well_formed_claude(model) or (catalogue.target.grammar != "first-party" and "claude" in model)


class _SiteOf(Protocol):
    """Makes a site of a client."""

    def __call__(self, line: int, state: str, note: str = "") -> Site: ...


def _to(client: Client) -> str:
    """The base URL as far as the code tells: a URL, ``$VARIABLE`` or ""."""
    if client.base_url is None:
        return ""
    for value in options(client.base_url.value):
        if isinstance(value, Env):
            return f"${redact(value.name)}"
        if isinstance(value, Str):
            return redact(value.text)
    return ""


def _client_of(fact: JsonParse | ResponseRead) -> Client | None:
    return fact.request.client if fact.request is not None else None


def _owned(facts: Facts) -> Iterator[tuple[Span, Client]]:
    """Places where a finding may be, with the client that it is about."""
    for client in facts.clients:
        yield client.call_span, client
        yield client.span, client
        for arg in client.args.items:
            yield arg.span, client
            yield arg.value_span, client
    for request in facts.requests:
        if request.client is not None:
            yield request.call_span, request.client
            for arg in request.args.items:
                yield arg.span, request.client
            for handler in request.coverage.handlers:
                yield handler.span, request.client
    for group in (facts.models, facts.key_literals, facts.urls, facts.envs, facts.reads, facts.parses, facts.messages):
        for fact in group:
            direct: Client | None = getattr(fact, "client", None)
            through: Request | None = getattr(fact, "request", None)
            found = direct or (through.client if through is not None else None)
            if found is not None:
                yield fact.span, found
