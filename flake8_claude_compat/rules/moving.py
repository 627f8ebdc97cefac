"""What the fixes move to the target, and how safely: the models and the key of a client go with it, or stay with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..facts import CLAUDE, UNKNOWN, Client, Facts, ModelName, Request, options, text_of
from ..findings import SAFE, SHOW_ONLY, UNSAFE, last
from ..source import Span
from . import Context, of_file
from .base_url import azure_openai_client, missing_base_url, openai_base_url, openai_http_request
from .clients import framework_of, is_router, unserved
from .models import TEXT_KINDS
from .surface import framework_openai_client, legacy_openai_sdk

#: the rules whose fixes move a client or a raw request
_MOVERS = (
    missing_base_url, openai_base_url, openai_http_request, azure_openai_client,
    legacy_openai_sdk, framework_openai_client,
)  # fmt: skip
#: the codes of them that stand at a client, and at a URL
_CLIENTS = ("CLC016", "CLC101", "CLC105")
_URLS = ("CLC102", "CLC104", "CLC105")
#: all of them, with that of calls before 1.0
CODES = frozenset({"CLC015", *_CLIENTS, *_URLS})
#: surfaces without counterpart that run a model which writes text
_WRITING = ("responses", "completions", "batches", "beta.assistants", "beta.threads", "conversations")


class Moves:
    """How safely the fixes move the clients of a file: ``safe``, ``unsafe``, or ``show-only`` for one that stays.

    Worked out when it is first asked for: few files have what depends on it.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        #: by client or request, by its id
        self._known: dict[int, str] = {}
        #: where the finding stands that moves it
        self._places: dict[int, Span] = {}
        self._all = ""
        self._stays: bool | None = None

    def of_model(self, model: ModelName, ctx: Context) -> str:
        """With what the model is sent: its request, its client, or any of the file."""
        if model.request is not None:
            return self.of_request(model.request, ctx)
        return self.of_client(model.client, ctx) if model.client is not None else self.of_file(ctx)

    def place_of(self, model: ModelName, ctx: Context) -> tuple[Span, ...]:
        """Where the finding stands that moves what a model is sent with; none where there is none."""
        if model.request is not None:
            return self.place_of_request(model.request, ctx)
        return self.place_of_sender(model.client, ctx) if model.client is not None else ()

    def place_of_request(self, request: Request, ctx: Context) -> tuple[Span, ...]:
        if request.transport == "legacy":
            return (request.span,)
        return self.place_of_sender(request if request.client is None else request.client, ctx)

    def place_of_sender(self, sender: Client | Request, ctx: Context) -> tuple[Span, ...]:
        self.of_file(ctx)
        place = self._places.get(id(sender))
        return () if place is None else (place,)

    def of_request(self, request: Request, ctx: Context) -> str:
        if unserved(request, ctx):
            return SHOW_ONLY
        if request.client is not None:
            return self.of_client(request.client, ctx)
        everything = self.of_file(ctx)
        # what is only described is sent by whatever the file has
        return self._known.get(id(request), everything)

    def of_client(self, client: Client, ctx: Context) -> str:
        self.of_file(ctx)
        return self._known.get(id(client.base), SAFE)

    def surely(self, request: Request, ctx: Context) -> str:
        """As :meth:`of_request`; unsafe where the client is handed in, and no model is known that goes with it."""
        safety, client = self.of_request(request, ctx), request.client and request.client.base
        if client is None or client.built or client.target != UNKNOWN or self._names_model(request, ctx):
            return safety
        return last((safety, UNSAFE))

    @staticmethod
    def _names_model(request: Request, ctx: Context) -> bool:
        """A request's model is known, so that it changes with it, or is the target's."""
        texts = [text_of(option) or "" for option in options(request.args.get("model"))]
        known = ctx.catalogue
        return bool(texts) and all(known.openai_model(text) or known.looks_like_claude(text) for text in texts)

    def everything(self, ctx: Context) -> str:
        """All that the file sends; unsafe where it is not seen to send anything, or is handed what sends it."""
        known = self.of_file(ctx), *self._known.values()
        sent = any(client.built or client.kind in ("module", "legacy") for client in self.facts.clients) or any(
            request.client is None and id(request) in self._known for request in self.facts.requests
        )
        unsure = not sent or any(unserved(request, ctx) for request in self.facts.requests)
        return last((*known, UNSAFE if unsure else SAFE))

    def of_file(self, ctx: Context) -> str:
        """All that a model may be sent with which nothing ties to a client."""
        if not self._all:
            found = set(self._judged(ctx))
            self._all = SHOW_ONLY if found == {SHOW_ONLY} else UNSAFE if found - {SAFE} else SAFE
        return self._all

    def stays(self, ctx: Context) -> bool:
        """All that the file sends needs another key: it stays with OpenAI for good, or goes where a name routes it."""
        if self._stays is None:
            self._stays = self._keeps_all(ctx)
        return self._stays

    def _keeps_all(self, ctx: Context) -> bool:
        self.of_file(ctx)
        routers = {id(client) for client in self.facts.clients if is_router(client)}
        sent = {SHOW_ONLY if owner in routers else safety for owner, safety in self._known.items()}
        sent |= {SHOW_ONLY for request in self.facts.requests if unserved(request, ctx)}
        for model in self.facts.models:
            client = model.sender
            known = ctx.catalogue.openai_model(model.text) if model.role in ("request", "default") else None
            if known is not None and id(client) not in routers:
                sent.add(UNSAFE if known.kind in TEXT_KINDS else SHOW_ONLY)
        return sent == {SHOW_ONLY}

    def _judged(self, ctx: Context) -> Iterator[str]:
        """Judge all clients and raw requests; what becomes of those that write text."""
        places = {
            (finding.code, finding.span): finding.safety for mover in _MOVERS for finding in of_file(mover, ctx)
        }
        urls: dict[int, str] = {}
        for url in self.facts.urls:
            found = [safety for code in _URLS if (safety := places.get((code, url.span)))]
            owners = [owner for owner in (url.client, url.request) if owner is not None]
            for owner in owners if found else ():
                urls[id(owner)] = last((*found, urls.get(id(owner), SAFE)))
                self._places[id(owner)] = url.span
            if found and not owners:
                yield last(found)
        sent: dict[int, list[Request]] = {}
        for request in self.facts.requests:
            if request.client is not None:
                sent.setdefault(id(request.client), []).append(request)
            elif request.transport == "framework":  # its model's name routes it
                self._known[id(request)] = UNSAFE
                yield UNSAFE
            elif request.transport == "http" and request.method:
                unmoved = SAFE if request.target == CLAUDE else UNSAFE
                self._known[id(request)] = safety = urls.get(id(request), unmoved)
                if request.chat:
                    yield safety
        for client in self.facts.clients:
            requests = sent.get(id(client), [])
            if client.kind == "legacy":
                moved = {places.get(("CLC015", request.span), SHOW_ONLY) for request in requests}
                moved.add(places.get(("CLC101", client.span), SHOW_ONLY))
                safety = SHOW_ONLY if moved == {SHOW_ONLY} else UNSAFE
            else:
                found = [safety for code in _CLIENTS if (safety := places.get((code, client.span)))]
                if found:
                    self._places[id(client)] = client.span
                # another library's or Azure's class changes together with what is beside it, a URL that is not known
                # with what it comes from
                unsure = client.kind in ("framework", "azure") or (client.base_url and client.target == UNKNOWN)
                unsure = unsure or (client.kind == "settings" and client.target != CLAUDE)
                least = UNSAFE if unsure else SAFE
                safety = last((least, *found, urls.get(id(client), SAFE)))
            self._known[id(client)] = safety
            if client.built and _writes(client, requests, ctx):
                yield safety


def _writes(client: Client, requests: Sequence[Request], ctx: Context) -> bool:
    """Whether a client may be asked to write text, and not only to embed, to speak …"""
    framework = framework_of(client)
    if framework is not None:
        return framework.kind not in ("embedding", "image", "audio", "moderation")
    if not requests:
        return True
    return any(not unserved(request, ctx) or request.family.startswith(_WRITING) for request in requests)
