"""Requests that are only described: what the URL of an endpoint asks for, with no call that is seen to send it."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Catalogue
from ..facts import OPENAI, Arguments, Coverage, Facts, Request
from ..lazy import pattern
from ..program import Str

#: where a step of a URL, or its query, begins
_CUT = pattern(r"[/?]")
#: characters; no URL that is put together is as long
_LONG = 1000


class _Nowhere:
    """``facts.Later`` for a request that is only described."""

    def coverage_of(self, request: Request) -> Coverage:
        return Coverage(caller=True)

    def escapes_of(self, request: Request) -> bool:
        return True


NOWHERE = _Nowhere()


def surfaces(facts: Facts, catalogue: Catalogue) -> None:
    """Add what the URLs of endpoints ask for that nothing in the file is seen to request."""
    asked = [request.url for request in facts.requests if request.url is not None]
    spans = {url.span for url in asked}
    parts = {part for text in {url.text for url in asked} if len(text) < _LONG for part in _parts_of_url(text)}
    for url in facts.urls:
        if url.owner not in ("openai", "azure") or url.client is not None:
            continue
        if url.partial and not (url.text.endswith("/") or "…" in url.text):
            continue  # the last step may be the beginning of another
        endpoint = catalogue.http_endpoint(url.text)
        if endpoint is None or not endpoint.code:
            continue
        if url.span in spans or url.text in parts:  # it is asked for here, or as a part of another elsewhere
            continue
        request = Request(endpoint.path + ".create", endpoint.family, url.span, url.span)
        request.transport = "http"
        request.url = Str(url.text, url.span)
        request.target = OPENAI
        request.args = Arguments((), True)
        request.stream = None
        request.later(NOWHERE)
        facts.requests.append(request)


def _parts_of_url(text: str) -> Iterator[str]:
    """What a URL may be put together of: how it begins and how it ends, cut where a step or the query begins."""
    for match in _CUT.finditer(text):
        at = match.start()
        yield from (part for part in (text[:at], text[: at + 1], text[at:]) if part != text)
