"""Runs Python programs with the ``openai`` package of this environment.

``python runner.py PORT < cases.json``; the cases are ``[{"id", "text"}, …]``.
Each program runs as ``__main__`` in this process, one after the other. What an
SDK sends, wherever it believes to send it, goes to the stand-in on
127.0.0.1:PORT with two more headers: the case and the origin that was meant.
No other connection is made. One line of JSON per case: ``{"id", "out",
"error", "status", "sockets"}``.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import io
import json
import socket
import ssl
import sys
import time
import warnings
from typing import Any

current = {"id": ""}
sockets: list[str] = []


def redirect(port: int) -> None:
    """Send what httpx (openai 1, 2) or httpx2 (openai 3) sends to the stand-in."""
    for name in ("httpx", "httpx2"):
        try:
            module: Any = importlib.import_module(name)
        except ImportError:
            continue

        def moved(request: Any, module: Any = module) -> Any:
            url = request.url
            headers = module.Headers(request.headers)
            headers["x-case"] = current["id"]
            headers["x-sent-to"] = f"{url.scheme}://{url.netloc.decode()}"
            headers["host"] = f"127.0.0.1:{port}"
            request.headers = headers
            request.url = url.copy_with(scheme="http", host="127.0.0.1", port=port)
            return request

        def wrap(
            kind: Any, method: str, wait: bool, moved: Any = moved
        ) -> None:
            original = getattr(kind, method)

            def plain(self: Any, request: Any) -> Any:
                return original(self, moved(request))

            async def waiting(self: Any, request: Any) -> Any:
                return await original(self, moved(request))

            setattr(kind, method, waiting if wait else plain)

        wrap(module.HTTPTransport, "handle_request", False)
        wrap(module.AsyncHTTPTransport, "handle_async_request", True)


def stay_here() -> None:
    """No name is looked up and nothing but the loopback is connected to."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def here(host: Any, *args: Any, **options: Any) -> Any:
        if host not in ("127.0.0.1", b"127.0.0.1", "localhost"):
            sockets.append(host.decode() if isinstance(host, bytes) else str(host))
            raise socket.gaierror("no other host is reached from here")
        return look_up(host, *args, **options)

    def near(self: Any, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            raise OSError("no other host is reached from here")
        return connect(self, address)

    socket.getaddrinfo = here
    socket.socket.connect = near  # type: ignore[method-assign]


def hurry() -> None:
    """No certificates are read, and retries do not wait."""
    ssl.SSLContext.load_verify_locations = lambda *args, **options: None  # type: ignore[method-assign]
    time.sleep = lambda seconds: None
    asleep = asyncio.sleep

    async def at_once(seconds: float, *args: Any) -> Any:
        return await asleep(0, *args)

    asyncio.sleep = at_once  # type: ignore[assignment]


def run(case: dict[str, Any]) -> dict[str, Any]:
    current["id"] = case["id"]
    sockets.clear()
    error: BaseException | None = None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(case["text"], f"{case['id']}.py", "exec"), {"__name__": "__main__"})
        except BaseException as caught:
            error = caught
    return {
        "id": case["id"],
        "out": printed.getvalue(),
        "error": "" if error is None else type(error).__name__,
        "message": "" if error is None else str(error)[:300],
        "status": getattr(error, "status_code", None),
        "sockets": list(sockets),
    }


def main() -> None:
    warnings.simplefilter("ignore")
    redirect(int(sys.argv[1]))
    stay_here()
    hurry()
    for number, case in enumerate(json.load(sys.stdin)):
        print(json.dumps(run(case)), file=sys.__stdout__, flush=True)
        if number % 40 == 39:
            gc.collect()


if __name__ == "__main__":
    main()
