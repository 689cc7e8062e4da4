"""What a request may cost: bytes, seconds, how many of them; and requests that are none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from time import monotonic
from typing import Any

from connector.scim_service.faults import still_at_it

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SLOWEST_BODY_SECONDS = 20.0
"""A body that is not here by then does not come."""


class RateLimit:
    """A bucket of requests for each token: `burst` at once, and `per_second` in the long run."""

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def admit(self, name: str) -> None:
        """Takes one request off. Raises ServiceFault (429) where none is left."""
        moment = self._clock()
        left, since = self._left.get(name, (float(self._burst), moment))
        left = min(float(self._burst), left + (moment - since) * self._per_second)
        if left < 1:
            self._left[name] = (left, moment)
            raise still_at_it(1, f"more than {self._per_second:g} requests a second came with this token")
        self._left[name] = (left - 1, moment)


class Limits:
    """Middleware: answers what is no request, and what does not come to its end in time, in the words of SCIM."""

    def __init__(self, app: App, *, answer_seconds: float, body_seconds: float = SLOWEST_BODY_SECONDS) -> None:
        self._app = app
        self._answer_seconds = answer_seconds
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not _readable(scope):
            await _refuse(send, 400, "the address or the headers of the request cannot be read", "invalidSyntax")
            return
        begun = False
        deadline = monotonic() + self._body_seconds

        async def within_time() -> Message:
            return await asyncio.wait_for(receive(), max(0.0, deadline - monotonic()))

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await asyncio.wait_for(self._app(scope, within_time, noting), self._body_seconds + self._answer_seconds + 5)
        except TimeoutError:
            if begun:
                raise
            status = 408 if monotonic() >= deadline else 503
            await _refuse(send, status, f"the request was not complete within {self._body_seconds:g} s")


def _readable(scope: Scope) -> bool:
    """Whether path, query and headers are text, which they need not be."""
    try:
        scope["query_string"].decode()
        for name, value in scope["headers"]:
            name.decode("ascii")
            value.decode()
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() for character in scope["path"])


async def _refuse(send: Send, status: int, detail: str, scim_type: str | None = None) -> None:
    error = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": str(status), "detail": detail}
    if scim_type:
        error["scimType"] = scim_type
    body = json.dumps(error).encode()
    headers = [(b"content-type", b"application/scim+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
