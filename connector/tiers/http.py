"""Calls over HTTP: the ceiling kept, the retry budget, and what each answer means.

Facts: bearer tokens; ceilings of 3,000 calls an hour sustained and 13,000 burst, 429 without Retry-After; most 400s
have an empty body; no idempotency keys, so that after a time-out one reads before one sends again.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
from aiolimiter import AsyncLimiter
from pydantic import SecretStr

from connector.redaction import MASK
from connector.settings import Settings, TierName, variable
from connector.tiers.protocol import AnswerLost, DoorShut, Rejected

_TRIES = 4
_FIRST_WAIT = 0.5
_LONGEST_SAID = 200
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def ceiling(settings: Settings) -> AsyncLimiter:
    """A bucket that leaks at the sustained rate and holds the burst: one for all calls with this tenant's keys."""
    return AsyncLimiter(settings.api_burst, settings.api_burst / settings.api_calls_per_hour * 3600)


class Api:
    """One service below the console's address.

    Args:
        name: of which tier, for messages.
        path: where it lies, such as /api/v1.
        token: sent with every call, and repeated nowhere.
        roots: paths whose 404 means that the whole service is not there.
    """

    def __init__(
        self,
        name: TierName,
        path: str,
        token: SecretStr,
        settings: Settings,
        limiter: AsyncLimiter,
        *,
        roots: tuple[str, ...],
        media_type: str = "application/json",
    ) -> None:
        self.name = name
        self._roots = roots
        self._limiter = limiter
        self._timeout = settings.timeout
        self._token = token
        self._http = httpx.AsyncClient(
            base_url=settings.url + path,
            headers={"accept": media_type, "content-type": media_type},
            timeout=httpx.Timeout(settings.timeout, connect=min(settings.timeout, 10)),
            follow_redirects=False,
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Any:
        """The answer to a reading call, as JSON gives it; None for a 404 below the roots.

        Raises DoorShut past the retry budget, Rejected for any other 4xx.
        """
        try:
            answer = await self._patiently("GET", path, query=query)
        except AnswerLost as lost:
            raise DoorShut(str(lost)) from lost
        if answer.status_code == 404:
            return None
        return self._content(answer)

    async def send(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """Sends a change. What the answer says beside its status is not believed: the caller reads back.

        Raises DoorShut where nothing was done, AnswerLost where it may have been, Rejected for a definite no.
        """
        answer = await self._patiently(method, path, body=body)
        if answer.status_code == 404:
            raise Rejected(f"{self.name} answered HTTP 404: it is not there any more")

    async def _patiently(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        """The answer, 2xx or a 404 below the roots. A 429 did nothing and is repeated; reading is repeated anyhow."""
        reading, began, wait = body is None, monotonic(), _FIRST_WAIT
        for attempt in range(1, _TRIES + 1):
            last = attempt == _TRIES or monotonic() - began + wait > self._timeout
            trouble = ""
            try:
                answer = await self._once(method, path, query, body)
            except AnswerLost as lost:
                if last or not reading:
                    raise
                trouble = str(lost)
            else:
                if answer.status_code < 500 and answer.status_code != 429:
                    return self._judged(path, answer)
                trouble = f"HTTP {answer.status_code}"
                if answer.status_code == 429 and last:
                    raise DoorShut(f"{trouble} after {attempt} tries")
                if answer.status_code >= 500:
                    if not reading:
                        raise AnswerLost(trouble)
                    if last:
                        raise DoorShut(f"{trouble} after {attempt} tries")
            # There is no Retry-After to go by: wait twice as long each time, and never all callers at once.
            await asyncio.sleep(wait * random.uniform(0.75, 1))
            wait *= 2
        raise AssertionError("the last try returns or raises")

    async def _once(
        self, method: str, path: str, query: Mapping[str, str | int] | None, body: Mapping[str, Any] | None
    ) -> httpx.Response:
        headers = {"authorization": f"Bearer {self._token.get_secret_value()}"}
        content = None if body is None else json.dumps(body).encode()
        async with self._limiter:
            try:
                return await self._http.request(method, path, params=query, content=content, headers=headers)
            except _NOT_SENT as error:
                raise DoorShut(f"no connection to {self._host}: {_kind(error)}") from None
            except httpx.LocalProtocolError:
                # Its text repeats the header, and with it the token.
                raise DoorShut(f"{_credential(self.name)} holds characters that no header may have") from None
            except httpx.TimeoutException:
                raise AnswerLost(f"no answer within {self._timeout:g} s") from None
            except httpx.HTTPError as error:
                raise AnswerLost(f"the connection broke: {_kind(error)}") from None

    @property
    def _host(self) -> str:
        return self._http.base_url.host

    def _judged(self, path: str, answer: httpx.Response) -> httpx.Response:
        status = answer.status_code
        if status in (401, 403):
            raise DoorShut(f"HTTP {status}: {_credential(self.name)} is not accepted, or the plan does not have it")
        if status == 404 and path in self._roots:
            raise DoorShut("HTTP 404: this console does not have it")
        if 300 <= status < 400:
            host = urlsplit(answer.headers.get("location", "")).hostname or "somewhere else"
            raise DoorShut(f"HTTP {status} leads to {host}: set {variable('url')} to the address it is at")
        if status >= 400 and status != 404:
            said = self._said(answer)
            raise Rejected(f"{self.name} answered HTTP {status}{said and f': {said}'}")
        return answer

    def _said(self, answer: httpx.Response) -> str:
        """What a refusal says, in one short line; most 400s of the REST API say nothing."""
        try:
            body = answer.json()
        except ValueError:
            return ""
        text = body.get("detail") or body.get("error") or body.get("message") if isinstance(body, dict) else ""
        if not isinstance(text, str):
            return ""
        # A service may repeat what it was sent.
        return " ".join(text.replace(self._token.get_secret_value(), MASK).split())[:_LONGEST_SAID]

    def _content(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError:
            raise DoorShut(f"HTTP {answer.status_code} with something that is not JSON") from None


def _kind(error: Exception) -> str:
    """The kind of a connection's trouble; its own text may hold addresses and more."""
    return type(error).__name__


def _credential(name: TierName) -> str:
    return variable("api_key" if name is TierName.REST else "scim_token")
