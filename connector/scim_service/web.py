"""The service as a web application: SCIM, health, metrics and a page for operators."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from scim2_models import UnauthorizedException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from connector.scim_service import page
from connector.scim_service.limits import App, Limits, Message, RateLimit, Receive, Scope, Send
from connector.scim_service.metrics import CONTENT_TYPE
from connector.scim_service.protocol import Application
from connector.scim_service.tokens import Token, Use

if TYPE_CHECKING:
    from connector.scim_service.service import Service

BASE_PATH = "/scim/v2"
_ENDPOINTS = ("Users", "Groups", "ServiceProviderConfig", "Schemas", "ResourceTypes")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_ENVIRONMENT = Environment(loader=PackageLoader("connector"), autoescape=True, undefined=StrictUndefined)


def application(service: Service) -> App:
    """The whole application of a service."""
    rate = RateLimit(service.options.requests_per_second, service.options.burst)

    def authenticate(header: str | None) -> Token:
        token = service.doorkeeper.let_in(header, Use.SCIM)
        rate.admit(token.name)
        return token

    scim = Application(service.storage, authenticate)

    async def alive(request: Request) -> Response:
        if not service.console_thread.alive:  # nothing but a new start cures that
            return PlainTextResponse("nobody works at the console any more\n", 503, headers=_HEADERS)
        return PlainTextResponse("ok\n", headers=_HEADERS)

    async def ready(request: Request) -> Response:
        unready = service.unready()
        if unready is None:
            return JSONResponse({"ready": True}, headers=_HEADERS)
        return JSONResponse({"ready": False, "why": unready}, 503, headers={**_HEADERS, "Retry-After": "10"})

    async def metrics(request: Request) -> Response:
        return Response(service.metrics.text(), media_type=CONTENT_TYPE, headers=_HEADERS)

    async def operator_page(request: Request) -> Response:
        told = await asyncio.to_thread(page.told, service)
        return HTMLResponse(_ENVIRONMENT.get_template("operator.html.j2").render(told), headers=_HEADERS)

    def for_operators(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            try:
                service.doorkeeper.owner(_operator_token(request), Use.OPERATOR)
            except UnauthorizedException:
                challenge = {"WWW-Authenticate": 'Basic realm="operator token as password", charset="UTF-8"'}
                text = "An operator token is needed: `workramp serve token add NAME --operator` gives one out.\n"
                return PlainTextResponse(text, 401, headers={**_HEADERS, **challenge})
            return await answer(request)

        return guarded

    app = Starlette(
        routes=[
            Route("/healthz", alive),
            Route("/readyz", ready),
            Route("/metrics", for_operators(metrics)),
            Route("/", for_operators(operator_page)),
            Mount("/scim", cast("App", scim)),
        ]
    )
    return Limits(_Observed(app, service), answer_seconds=service.options.answer_seconds)


class _Observed:
    """Counts and times what is answered."""

    def __init__(self, app: App, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = monotonic()
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            endpoint = _endpoint(scope["path"])
            self._service.metrics.answered(scope["method"], endpoint, status, monotonic() - began)


def _endpoint(path: str) -> str:
    if path.startswith(f"{BASE_PATH}/"):
        first = path.removeprefix(f"{BASE_PATH}/").partition("/")[0]
        return first if first in _ENDPOINTS else "other"
    return path.strip("/") if path in ("/healthz", "/readyz", "/metrics", "/") else "other"


def _operator_token(request: Request) -> str:
    """The token of a header, as a bearer token or as the password of a browser's question."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return ""
