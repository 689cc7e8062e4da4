"""The People console as a single-page application: this module is its JSON API and serves the shell."""

from __future__ import annotations

import csv
import io
import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..slow import Slow
from ..store import Refused, Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

HERE = Path(__file__).resolve().parent
COOKIE = "wr_session"
PAGE_SIZE = 25
MAX_UPLOAD = 5 * 1024 * 1024
CSP = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'"

PERSON_FIELDS = ("email", "first_name", "last_name", "role", "groups", "managers")


class Site:
    def __init__(self, store: Store, latency: float = 0.05) -> None:
        self.store = store
        self.latency = latency
        self.sessions: dict[str, Any] = {}

    def application(self) -> ASGIApp:
        api = [
            Route("/session", self.sign_in, methods=["POST"]),
            Route("/session", self.guarded(self.sign_out), methods=["DELETE"]),
            Route("/me", self.guarded(self.me)),
            Route("/summary", self.guarded(self.summary)),
            Route("/groups", self.guarded(self.groups)),
            Route("/people", self.guarded(self.listing)),
            Route("/people", self.guarded(self.invite), methods=["POST"]),
            Route("/people/lookup", self.guarded(self.lookup)),
            Route("/people/export", self.guarded(self.export)),
            Route("/people/{id:int}", self.guarded(self.person)),
            Route("/people/{id:int}", self.guarded(self.edit), methods=["PATCH"]),
            Route("/people/{id:int}/deactivate", self.guarded(self.deactivate), methods=["POST"]),
            Route("/people/{id:int}/reactivate", self.guarded(self.reactivate), methods=["POST"]),
            Route("/people/{id:int}/resend", self.guarded(self.resend), methods=["POST"]),
            Route("/imports", self.guarded(self.upload), methods=["POST"]),
            Route("/imports/{token}", self.guarded(self.commit), methods=["POST"]),
            Route("/{rest:path}", self.unknown, methods=["GET", "POST", "PATCH", "DELETE"]),
        ]
        app = Starlette(
            routes=[
                Mount("/api", routes=api),
                Mount("/static", StaticFiles(directory=HERE / "static")),
                Route("/{path:path}", self.shell),
            ],
            exception_handlers={Refused: self.refused},
        )
        return Slow(app, self.latency)

    # plumbing

    def guarded(
        self, handler: Callable[[Request, str], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def wrapped(request: Request) -> Response:
            session = self.sessions.get(request.cookies.get(COOKIE, ""))
            if session is None:
                return JSONResponse({"message": "Your session has ended"}, status_code=401)
            if request.method != "GET" and request.headers.get("x-requested-with") != "fetch":
                return JSONResponse({"message": "Bad request"}, status_code=400)
            response = await handler(request, session["email"])
            response.headers.setdefault("cache-control", "no-store")
            return response

        return wrapped

    async def refused(self, _request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, Refused)
        return JSONResponse({"message": refusal.message, "fields": refusal.fields}, status_code=refusal.status)

    async def unknown(self, _request: Request) -> Response:
        return JSONResponse({"message": "Not found"}, status_code=404)

    async def shell(self, _request: Request) -> Response:
        return FileResponse(
            HERE / "static" / "index.html",
            media_type="text/html",
            headers={"cache-control": "no-cache", "content-security-policy": CSP, "referrer-policy": "same-origin"},
        )

    @staticmethod
    async def body(request: Request) -> dict[str, Any]:
        try:
            data = await request.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            data = None
        if not isinstance(data, dict):
            raise Refused("The request could not be read", status=400)
        return data

    # session

    async def sign_in(self, request: Request) -> Response:
        data = await self.body(request)
        person = self.store.authenticate(str(data.get("email") or ""), str(data.get("password") or ""))
        token = secrets.token_urlsafe(24)
        self.sessions[token] = {"email": person.email}
        response = JSONResponse({"email": person.email, "name": person.name})
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax", path="/")
        return response

    async def sign_out(self, request: Request, _actor: str) -> Response:
        self.sessions.pop(request.cookies.get(COOKIE, ""), None)
        response = JSONResponse({})
        response.delete_cookie(COOKIE, path="/")
        return response

    async def me(self, _request: Request, actor: str) -> Response:
        person = self.store.find(actor)
        return JSONResponse({"email": actor, "name": person.name if person else actor})

    # reading

    async def summary(self, _request: Request, _actor: str) -> Response:
        return JSONResponse(self.store.summary())

    def everybody(self) -> list[dict[str, Any]]:
        people: list[dict[str, Any]] = []
        page = 1
        while True:
            found = self.store.listing({"page": str(page), "page_size": "500"})
            people += found["items"]
            if not found["items"] or len(people) >= found["total"]:
                return people
            page += 1

    async def groups(self, _request: Request, _actor: str) -> Response:
        people = self.everybody()
        names = self.store.summary()["groups"]
        return JSONResponse(
            [{"name": name, "members": sum(name in person["groups"] for person in people)} for name in names]
        )

    async def listing(self, request: Request, _actor: str) -> Response:
        asked = request.query_params
        query = {
            key: asked[key] for key in ("search", "status", "role", "sort", "dir", "idle_days", "never") if key in asked
        }
        for key, default in (("page", "1"), ("page_size", str(PAGE_SIZE))):
            value = asked.get(key, "")
            query[key] = value if value.isdigit() else default
        return JSONResponse(self.store.listing(query))

    async def lookup(self, request: Request, _actor: str) -> Response:
        return JSONResponse(self.store.options(request.query_params.get("q", ""))[:8])

    def describe(self, person_id: int) -> dict[str, Any]:
        person = self.store.get(person_id)
        managers = []
        for email in person.managers:
            known = self.store.find(email)
            managers.append({"email": email, "name": known.name if known else "", "id": known.id if known else None})
        return {
            "id": person.id,
            "email": person.email,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "role": person.role,
            "status": person.status,
            "groups": list(person.groups),
            "managers": list(person.managers),
            "manager_people": managers,
            "last_login": person.last_login,
            "scim_managed": person.scim_managed,
        }

    async def person(self, request: Request, _actor: str) -> Response:
        return JSONResponse(self.describe(request.path_params["id"]))

    async def export(self, _request: Request, _actor: str) -> Response:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(["Email", "First Name", "Last Name", "Role", "Status", "Managers", "Groups", "Last Login"])
        words = {"active": "Active", "invited": "Invited", "deactivated": "Inactive"}
        for person in self.everybody():
            writer.writerow(
                [
                    person["email"],
                    person["first_name"],
                    person["last_name"],
                    person["role"],
                    words[person["status"]],
                    ";".join(person["managers"]),
                    ";".join(person["groups"]),
                    person["last_login"] or "",
                ]
            )
        name = f"people-{self.store.today.isoformat()}.csv"
        return Response(
            "\ufeff" + out.getvalue(),
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    # writing

    async def invite(self, request: Request, actor: str) -> Response:
        data = await self.body(request)
        person = self.store.invite({key: data.get(key) for key in PERSON_FIELDS}, actor)
        return JSONResponse(self.describe(person.id), status_code=201)

    async def edit(self, request: Request, actor: str) -> Response:
        data = await self.body(request)
        person_id = request.path_params["id"]
        self.store.edit(person_id, {key: data[key] for key in PERSON_FIELDS if key in data and key != "email"}, actor)
        return JSONResponse(self.describe(person_id))

    async def deactivate(self, request: Request, actor: str) -> Response:
        self.store.deactivate(request.path_params["id"], actor)
        return JSONResponse(self.describe(request.path_params["id"]))

    async def reactivate(self, request: Request, actor: str) -> Response:
        self.store.reactivate(request.path_params["id"], actor)
        return JSONResponse(self.describe(request.path_params["id"]))

    async def resend(self, request: Request, actor: str) -> Response:
        self.store.resend(request.path_params["id"], actor)
        return JSONResponse(self.describe(request.path_params["id"]))

    async def upload(self, request: Request, actor: str) -> Response:
        async with request.form() as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Refused("Choose a CSV file")
            content = await file.read()
            if len(content) > MAX_UPLOAD:
                raise Refused("The file is larger than 5 MB")
            return JSONResponse(self.store.preview(file.filename or "", content, actor))

    async def commit(self, request: Request, actor: str) -> Response:
        return JSONResponse(self.store.commit(request.path_params["token"], actor))
