"""A learning-platform admin console whose pages are built from real component libraries.

The pages live in ``src/<library>``; ``npm ci && npm run build`` in this folder builds each into ``dist/<library>``.
(Those of ``pages`` and a few more are written by the server alone: see the packages of their names.)
This module serves one library at a time together with the small JSON API behind its pages, and, on a second
port, the books: the whole state and the ordered log of what happened to it.

    with ComponentConsole("antd", people=60, seed=1) as console:
        page.goto(console.url)          # sign in as console.email / console.password
        console.books()["events"]

By hand: ``python -m tests.components.server antd`` from the repository root.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import json
import secrets
import socket
import sys
import threading
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from .store import ACCOUNT, PASSWORD, Refused, Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from .pages import Site

HERE = Path(__file__).resolve().parent
LIBRARIES = (
    *("antd", "mui", "radix", "mantine", "bootstrap", "headlessui", "shoelace", "vuetify", "react-aria", "primevue"),
    *("angular-material", "element-plus", "chakra", "ag-grid", "patternfly", "pages", "full-pages", "plain-script"),
    *("quasar", "svelte", "cloudscape"),
)
EDITIONS = (
    *("antd-settings", "mui-settings", "bootstrap-legacy", "datatables", "fluent", "in-house", "jquery-legacy"),
    *("carbon", "naive", "fragments", "semantic"),
)
"""Consoles after the help center's pages, current and older, instead of the guide's."""
NOT_BUILT = ("pages", "full-pages", "plain-script", "fragments")
"""Consoles that the server writes itself, page by page."""


class Web:
    """The JSON API and the pages of one library."""

    COOKIE = "session"

    def __init__(self, store: Store, pages: Path, latency: float) -> None:
        self.store = store
        self.pages = pages
        self.latency = latency
        self.sessions: dict[str, str] = {}

    def application(self) -> ASGIApp:
        def api(path: str, method: str, work: Callable[[Request, str], Awaitable[Any]], public: bool = False) -> Route:
            return Route(f"/api{path}", self._answer(work, public), methods=[method])

        routes = [
            api("/login", "POST", self.login, public=True),
            api("/logout", "POST", self.logout, public=True),
            api("/session", "GET", self.session),
            api("/summary", "GET", self.summary),
            api("/options", "GET", self.options),
            api("/users", "GET", self.listing),
            api("/users", "POST", self.invite),
            api("/invitations", "POST", self.invite_list),
            api("/users/{id:int}", "GET", self.person),
            api("/users/{id:int}", "PATCH", self.edit),
            api("/users/{id:int}", "DELETE", self.delete),
            api("/users/{id:int}/{verb:str}", "POST", self.verb),
            api("/imports", "POST", self.upload),
            api("/imports/{token:str}", "POST", self.commit),
            Mount("/assets", StaticFiles(directory=self.pages / "assets", check_dir=False)),
            Route("/{path:path}", self.page, methods=["GET"]),
        ]
        return Starlette(routes=routes)

    def _answer(
        self, work: Callable[[Request, str], Awaitable[Any]], public: bool
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            await asyncio.sleep(self.latency)
            actor = self.sessions.get(request.cookies.get(self.COOKIE, ""), "")
            try:
                if not actor and not public:
                    raise Refused("Your session has expired. Please log in again.", status=401)
                result = await work(request, actor)
            except Refused as refusal:
                if request.method != "GET" and actor:
                    self.store.note(
                        "refused",
                        actor,
                        request=f"{request.method} {request.url.path}",
                        message=refusal.message,
                        fields=refusal.fields,
                    )
                body = {"error": refusal.message, "fields": refusal.fields}
                return JSONResponse(body, status_code=refusal.status)
            if isinstance(result, Response):
                return result
            return JSONResponse(result, headers={"Cache-Control": "no-store"})

        return endpoint

    async def page(self, request: Request) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": "Not found", "fields": {}}, status_code=404)
        if "." in request.url.path.rsplit("/", 1)[-1]:
            return PlainTextResponse("Not found", status_code=404)
        return FileResponse(self.pages / "index.html", headers={"Cache-Control": "no-store"})

    async def login(self, request: Request, actor: str) -> Response:
        data = await body_of(request)
        person = self.store.authenticate(str(data.get("email") or ""), str(data.get("password") or ""))
        token = secrets.token_urlsafe(18)
        self.sessions[token] = person.email
        response = JSONResponse({"email": person.email, "name": person.name})
        response.set_cookie(self.COOKIE, token, httponly=True, samesite="lax", path="/")
        return response

    async def logout(self, request: Request, actor: str) -> Response:
        self.sessions.pop(request.cookies.get(self.COOKIE, ""), None)
        response = JSONResponse({})
        response.delete_cookie(self.COOKIE, path="/")
        return response

    async def session(self, request: Request, actor: str) -> dict[str, Any]:
        person = self.store.find(actor)
        return {"email": actor, "name": person.name if person else actor}

    async def summary(self, request: Request, actor: str) -> dict[str, Any]:
        return self.store.summary()

    async def options(self, request: Request, actor: str) -> list[dict[str, str]]:
        return self.store.options(request.query_params.get("q", ""))

    async def listing(self, request: Request, actor: str) -> dict[str, Any]:
        return self.store.listing(dict(request.query_params))

    async def person(self, request: Request, actor: str) -> dict[str, Any]:
        return asdict(self.store.get(int(request.path_params["id"])))

    async def invite(self, request: Request, actor: str) -> dict[str, Any]:
        return asdict(self.store.invite(await body_of(request), actor))

    async def invite_list(self, request: Request, actor: str) -> dict[str, Any]:
        return self.store.invite_list(await body_of(request), actor)

    async def edit(self, request: Request, actor: str) -> dict[str, Any]:
        return asdict(self.store.edit(int(request.path_params["id"]), await body_of(request), actor))

    async def delete(self, request: Request, actor: str) -> dict[str, Any]:
        self.store.delete(int(request.path_params["id"]), actor)
        return {}

    async def verb(self, request: Request, actor: str) -> dict[str, Any]:
        verbs = {
            "deactivate": self.store.deactivate,
            "reactivate": self.store.reactivate,
            "resend": self.store.resend,
        }
        if (verb := verbs.get(str(request.path_params["verb"]))) is None:
            raise Refused("Not found", status=404)
        return asdict(verb(int(request.path_params["id"]), actor))

    async def upload(self, request: Request, actor: str) -> dict[str, Any]:
        async with request.form() as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise Refused("Choose a file first")
            return self.store.preview(upload.filename or "", await upload.read(), actor)

    async def commit(self, request: Request, actor: str) -> dict[str, Any]:
        return self.store.commit(str(request.path_params["token"]), actor)


async def body_of(request: Request) -> dict[str, Any]:
    try:
        data = await request.json()
    except ValueError:
        raise Refused("Malformed request", status=400) from None
    if not isinstance(data, dict):
        raise Refused("Malformed request", status=400)
    return cast("dict[str, Any]", data)


class Listener:
    """One uvicorn server on a free loopback port, in a thread of its own."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)

    def start(self) -> None:
        self.thread.start()
        deadline = time.monotonic() + 10
        while not self.server.started:
            if not self.thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the component console did not start")
            time.sleep(0.01)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=5)
        self.socket.close()


class ComponentConsole:
    """One library's console on a loopback port, with its books on another."""

    def __init__(
        self,
        library: str,
        people: int = 60,
        seed: int = 1,
        *,
        seats: int | None = None,
        today: date | None = None,
        latency: float = 0.12,
        dist: Path | None = None,
        port: int = 0,
    ) -> None:
        if library not in (*LIBRARIES, *EDITIONS):
            raise ValueError(f"no such console: {library!r} (there are: {', '.join((*LIBRARIES, *EDITIONS))})")
        pages = (dist or HERE / "dist") / library
        if library not in NOT_BUILT and not (pages / "index.html").is_file():
            raise FileNotFoundError(f"{pages} is not built: run 'npm ci && npm run build' in {HERE}")
        self.library = library
        self.email = ACCOUNT
        self.password = PASSWORD
        self._store_options = (people, seed, seats, today)
        self.store = Store(people, seed, seats, today)
        self._web = self._site_of(library, pages, latency)
        self._site = Listener(self._web.application(), port)
        self._ledger = Listener(self._ledger_application())
        self.url = self._site.url
        self.books_url = f"{self._ledger.url}/books"

    def _site_of(self, library: str, pages: Path, latency: float) -> Web | Site:
        if library in NOT_BUILT:
            # A module of the same name.
            site = importlib.import_module(f".{library.replace('-', '_')}", __package__)
            return cast("Site", site.Site(self.store, latency))
        return Web(self.store, pages, latency)

    def _ledger_application(self) -> ASGIApp:
        async def books(request: Request) -> Response:
            return JSONResponse(self.store.books())

        return Starlette(routes=[Route("/books", books)])

    def __enter__(self) -> ComponentConsole:
        self._site.start()
        self._ledger.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._site.stop()
        self._ledger.stop()

    def books(self) -> dict[str, Any]:
        """The whole state now: people, events in order, groups, seats."""
        return self.store.books()

    def reset(self) -> None:
        """Puts the directory back as it was at the start; whoever is signed in stays so."""
        self.store = self._web.store = Store(*self._store_options)

    def end_sessions(self) -> None:
        """Signs everybody out, as an expiring session would."""
        self._web.sessions.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve one console until interrupted.")
    parser.add_argument("library", choices=(*LIBRARIES, *EDITIONS))
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    with ComponentConsole(options.library, options.people, options.seed, port=options.port) as console:
        about = {"url": console.url, "books": console.books_url, "email": console.email, "password": console.password}
        sys.stdout.write(json.dumps(about, indent=2) + "\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
