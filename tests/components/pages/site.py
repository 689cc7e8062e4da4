"""The people edition as a classic multi-page application: routes here, pages in ``templates``.

Every form is answered by a redirect, or by itself with status 422 and what is wrong beside its fields.
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..store import ROLES, Person, Refused, Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp

HERE = Path(__file__).resolve().parent
COOKIE = "_workramp_session"
PAGE_SIZE = 20

STATUSES = {"active": "Active", "invited": "Invited", "deactivated": "Deactivated"}
LAST_LOGINS = {
    "30": "More than 30 days ago",
    "90": "More than 90 days ago",
    "180": "More than 180 days ago",
    "never": "Never",
}
FILTERS = ("q", "status", "role", "last_login", "sort", "dir")
EXPORTED = ("Email", "First Name", "Last Name", "Role", "Status", "Groups", "Managers", "Last Login")
TEMPLATE = (
    "Email,First Name,Last Name,Role,Managers,Groups\r\n"
    "jane.doe@example.com,Jane,Doe,Learner,boss@example.com,Sales;Engineering\r\n"
)


@dataclass
class Session:
    """What the server keeps for one browser; `actor` is empty until somebody has logged in."""

    actor: str = ""
    email: str = ""
    return_to: str = ""
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    flashes: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Visit:
    """One request with its session and, if it was a form, what was filled in."""

    request: Request
    session: Session
    token: str
    form: FormData

    @property
    def posted(self) -> bool:
        return self.request.method == "POST"

    @property
    def person_id(self) -> int:
        return int(self.request.path_params["id"])

    def text(self, name: str) -> str:
        value = self.form.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def flash(self, message: str, kind: str = "notice") -> None:
        self.session.flashes.append((kind, message))


@dataclass
class Import:
    """An uploaded file and, once it was imported, what came of it."""

    filename: str
    result: dict[str, Any] | None = None


class Site:
    """The pages, and who is signed in to them."""

    def __init__(self, store: Store, latency: float) -> None:
        self.store = store
        self.latency = latency
        self.sessions: dict[str, Session] = {}
        self.imports: dict[str, Import] = {}
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters |= {"day": day, "moment": moment, "plural": plural}
        self.templates.globals |= {"zip": zip, "ROLES": ROLES, "STATUSES": STATUSES, "LAST_LOGINS": LAST_LOGINS}

    def application(self) -> ASGIApp:
        routes = [
            Route("/", self._at(self.root, public=True)),
            Route("/login", self._at(self.login, public=True), methods=["GET", "POST"]),
            Route("/login/password", self._at(self.password, public=True), methods=["GET", "POST"]),
            Route("/logout", self._at(self.logout, public=True), methods=["POST"]),
            Route("/admin", self._at(self.home)),
            Route("/admin/users", self._at(self.users)),
            Route("/admin/users.csv", self._at(self.export)),
            Route("/admin/users/new", self._at(self.new), methods=["GET", "POST"]),
            Route("/admin/users/import", self._at(self.upload), methods=["GET", "POST"]),
            Route("/admin/users/import/template.csv", self._at(self.template)),
            Route("/admin/users/import/{token:str}", self._at(self.review), methods=["GET", "POST"]),
            Route("/admin/users/import/{token:str}/result", self._at(self.result)),
            Route("/admin/users/{id:int}", self._at(self.user)),
            Route("/admin/users/{id:int}/edit", self._at(self.edit), methods=["GET", "POST"]),
            Route("/admin/users/{id:int}/deactivate", self._at(self.deactivate), methods=["GET", "POST"]),
            Route("/admin/users/{id:int}/reactivate", self._at(self.reactivate), methods=["POST"]),
            Route("/admin/users/{id:int}/resend-invitation", self._at(self.resend), methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Route("/{path:path}", self._at(self.nowhere, public=True)),
        ]
        return Starlette(routes=routes)

    # every request

    def _at(
        self, work: Callable[[Visit], Awaitable[Response]], public: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            await asyncio.sleep(self.latency)
            came_with = request.cookies.get(COOKIE, "")
            session, token = self.sessions.get(came_with), came_with
            if session is None:
                session, token = self._begin()
                if came_with and not public:
                    session.flashes.append(("alert", "Your session has expired. Please log in again."))
            form = await request.form() if request.method == "POST" else FormData()
            visit = Visit(request, session, token, form)
            try:
                response = await self._answer(work, visit, public)
            finally:
                await form.close()
            response.headers["Cache-Control"] = "no-store"
            if visit.token != came_with:
                response.set_cookie(COOKIE, visit.token, httponly=True, samesite="lax", path="/")
            return response

        return endpoint

    async def _answer(self, work: Callable[[Visit], Awaitable[Response]], visit: Visit, public: bool) -> Response:
        if not visit.session.actor and not public:
            if not visit.posted:
                query = visit.request.url.query
                visit.session.return_to = visit.request.url.path + (f"?{query}" if query else "")
            return see("/login")
        if visit.posted and not secrets.compare_digest(visit.text("csrf_token").encode(), visit.session.csrf.encode()):
            visit.flash("Your session has expired. Please try again.", "alert")
            return see("/admin/users" if visit.session.actor else "/login")
        try:
            return await work(visit)
        except Refused as refusal:
            return self._render(visit, "error.html", refusal.status, message=refusal.message)

    def _begin(self, actor: str = "") -> tuple[Session, str]:
        session, token = Session(actor), secrets.token_urlsafe(24)
        self.sessions[token] = session
        return session, token

    def _render(self, visit: Visit, template: str, status: int = 200, **context: Any) -> Response:
        session = visit.session
        actor = self.store.find(session.actor) if session.actor else None
        flashes, session.flashes = session.flashes, []
        html = self.templates.get_template(template).render(
            actor=actor, csrf_token=session.csrf, flashes=flashes, path=visit.request.url.path, **context
        )
        return HTMLResponse(html, status_code=status)

    def _refused(self, visit: Visit, refusal: Refused) -> None:
        """Whatever the console said no to is in the books."""
        self.store.note(
            "refused",
            visit.session.actor,
            request=f"{visit.request.method} {visit.request.url.path}",
            message=refusal.message,
            fields=refusal.fields,
        )

    async def nowhere(self, visit: Visit) -> Response:
        raise Refused("The page you were looking for doesn’t exist.", status=HTTPStatus.NOT_FOUND)

    # signing in

    async def root(self, visit: Visit) -> Response:
        return see("/admin" if visit.session.actor else "/login")

    async def login(self, visit: Visit) -> Response:
        if visit.session.actor:
            return see("/admin")
        if not visit.posted:
            return self._render(visit, "login.html", email=visit.session.email, errors={})
        email = visit.text("email").strip()
        if "@" not in email:
            errors = {"email": "Enter your email address"}
            return self._render(visit, "login.html", HTTPStatus.UNPROCESSABLE_ENTITY, email=email, errors=errors)
        visit.session.email = email
        return see("/login/password")

    async def password(self, visit: Visit) -> Response:
        if visit.session.actor:
            return see("/admin")
        email = visit.session.email
        if not email:
            return see("/login")
        if not visit.posted:
            return self._render(visit, "password.html", email=email, errors={})
        try:
            person = self.store.authenticate(email, visit.text("password"))
        except Refused as refusal:
            errors = {"password": refusal.message}
            return self._render(visit, "password.html", HTTPStatus.UNPROCESSABLE_ENTITY, email=email, errors=errors)
        return_to = visit.session.return_to
        self.sessions.pop(visit.token, None)
        visit.session, visit.token = self._begin(person.email)
        return see(return_to or "/admin")

    async def logout(self, visit: Visit) -> Response:
        self.sessions.pop(visit.token, None)
        visit.session, visit.token = self._begin()
        visit.flash("You have been logged out.")
        return see("/login")

    # reading

    async def home(self, visit: Visit) -> Response:
        return self._render(visit, "home.html", summary=self.store.summary())

    async def users(self, visit: Visit) -> Response:
        query = {name: visit.request.query_params.get(name, "") for name in FILTERS}
        wanted = visit.request.query_params.get("page", "")
        page = max(1, int(wanted)) if wanted.isdecimal() else 1
        listing = self._listing(query, page, PAGE_SIZE)
        pages = max(1, -(-listing["total"] // PAGE_SIZE))
        if page > pages:
            page = pages
            listing = self._listing(query, page, PAGE_SIZE)

        def link(**changes: object) -> str:
            """This list with something else about it."""
            left = {name: value for name, value in (query | changes).items() if value}
            return "/admin/users" + (f"?{urlencode(left)}" if left else "")

        first = (page - 1) * PAGE_SIZE
        return self._render(
            visit,
            "users.html",
            people=listing["items"],
            total=listing["total"],
            first=first + 1,
            last=first + len(listing["items"]),
            page=page,
            pages=pages,
            shown_pages=pages_around(page, pages),
            query=query,
            filtered=any(query[name] for name in ("q", "status", "role", "last_login")),
            link=link,
            export_url=link().replace("/admin/users", "/admin/users.csv", 1),
            summary=self.store.summary(),
        )

    def _listing(self, query: Mapping[str, str], page: int, size: int) -> dict[str, Any]:
        last_login = query["last_login"]
        return self.store.listing(
            {
                "search": query["q"],
                "status": query["status"],
                "role": query["role"],
                "idle_days": last_login if last_login.isdecimal() else "",
                "never": "1" if last_login == "never" else "",
                "sort": query["sort"],
                "dir": query["dir"],
                "page": str(page),
                "page_size": str(size),
            }
        )

    async def user(self, visit: Visit) -> Response:
        return self._user(visit, self.store.get(visit.person_id))

    def _user(self, visit: Visit, person: Person, status: int = 200) -> Response:
        managers = [{"email": email, "person": self.store.find(email)} for email in person.managers]
        return self._render(visit, "user.html", status, person=person, managers=managers)

    async def export(self, visit: Visit) -> Response:
        query = {name: visit.request.query_params.get(name, "") for name in FILTERS}
        listing = self._listing(query, 1, 500)
        people = list(listing["items"])
        while len(people) < listing["total"]:
            people += self._listing(query, len(people) // 500 + 1, 500)["items"]
        rows = [
            (
                person["email"],
                person["first_name"],
                person["last_name"],
                person["role"],
                STATUSES[person["status"]],
                ";".join(person["groups"]),
                ";".join(person["managers"]),
                (person["last_login"] or "")[:10],
            )
            for person in people
        ]
        name = f"people-{self.store.today.isoformat()}.csv"
        return csv_file(name, [EXPORTED, *rows])

    # writing

    async def new(self, visit: Visit) -> Response:
        empty = {"email": "", "first_name": "", "last_name": "", "role": "Learner", "groups": []}
        if not visit.posted:
            return self._form(visit, "new.html", empty | {"new_group": "", "managers": ""})
        values = self._values(visit)
        try:
            person = self.store.invite(data_of(values), visit.session.actor)
        except Refused as refusal:
            self._refused(visit, refusal)
            return self._form(visit, "new.html", values, refusal)
        visit.flash(f"Invitation sent to {person.email}.")
        return see("/admin/users")

    async def edit(self, visit: Visit) -> Response:
        person = self.store.get(visit.person_id)
        if not visit.posted:
            values = asdict(person) | {"new_group": "", "managers": "\n".join(person.managers)}
            return self._form(visit, "edit.html", values, person=person)
        values = self._values(visit) | {"email": person.email}
        data = data_of(values)
        data["groups"].sort(key=lambda group: group not in person.groups)
        try:
            self.store.edit(person.id, data, visit.session.actor)
        except Refused as refusal:
            self._refused(visit, refusal)
            return self._form(visit, "edit.html", values, refusal, person=person)
        visit.flash("Your changes have been saved.")
        return see(f"/admin/users/{person.id}")

    def _values(self, visit: Visit) -> dict[str, Any]:
        """The form as it was filled in."""
        names = ("email", "first_name", "last_name", "role", "new_group", "managers")
        return {name: visit.text(name) for name in names} | {"groups": visit.texts("groups")}

    def _form(
        self, visit: Visit, template: str, values: dict[str, Any], refusal: Refused | None = None, **context: Any
    ) -> Response:
        status = refusal.status if refusal else HTTPStatus.OK
        return self._render(
            visit,
            template,
            status,
            values=values,
            errors=refusal.fields if refusal else {},
            message=refusal.message if refusal else "",
            summary=self.store.summary(),
            **context,
        )

    async def deactivate(self, visit: Visit) -> Response:
        person = self.store.get(visit.person_id)
        if not visit.posted:
            return self._render(visit, "deactivate.html", person=person)
        return self._change(visit, person, self.store.deactivate, f"{called(person)} has been deactivated.")

    async def reactivate(self, visit: Visit) -> Response:
        person = self.store.get(visit.person_id)
        return self._change(visit, person, self.store.reactivate, f"{called(person)} has been reactivated.")

    async def resend(self, visit: Visit) -> Response:
        person = self.store.get(visit.person_id)
        return self._change(visit, person, self.store.resend, f"Invitation resent to {person.email}.")

    def _change(self, visit: Visit, person: Person, change: Callable[[int, str], Person], said: str) -> Response:
        try:
            change(person.id, visit.session.actor)
        except Refused as refusal:
            self._refused(visit, refusal)
            visit.flash(refusal.message, "alert")
        else:
            visit.flash(said)
        return see(f"/admin/users/{person.id}")

    # import

    async def upload(self, visit: Visit) -> Response:
        if not visit.posted:
            return self._render(visit, "import.html", errors={}, summary=self.store.summary())
        file = visit.form.get("file")
        try:
            if not isinstance(file, UploadFile) or not file.filename:
                raise Refused("Choose a CSV file")
            preview = self.store.preview(file.filename, await file.read(), visit.session.actor)
        except Refused as refusal:
            self._refused(visit, refusal)
            errors = {"file": refusal.message}
            return self._render(visit, "import.html", refusal.status, errors=errors, summary=self.store.summary())
        self.imports[preview["token"]] = Import(preview["filename"])
        return see(f"/admin/users/import/{preview['token']}")

    async def review(self, visit: Visit) -> Response:
        token = str(visit.request.path_params["token"])
        uploaded, rows = self.imports.get(token), self.store.imports.get(token)
        if uploaded is not None and uploaded.result is not None:
            return see(f"/admin/users/import/{token}/result")
        if uploaded is None or rows is None:
            visit.flash("This import has expired. Upload the file again.", "alert")
            return see("/admin/users/import")
        invalid = sum(bool(row["errors"]) for row in rows)
        context: dict[str, Any] = {
            "filename": uploaded.filename,
            "rows": rows,
            "valid": len(rows) - invalid,
            "invalid": invalid,
        }
        if not visit.posted:
            return self._render(visit, "review.html", errors={}, summary=self.store.summary(), **context)
        if invalid and not visit.text("skip_invalid"):
            refusal = Refused("Check this box to go on without these rows, or correct the file and upload it again.")
            self._refused(visit, refusal)
            errors = {"skip_invalid": refusal.message}
            return self._render(
                visit, "review.html", refusal.status, errors=errors, summary=self.store.summary(), **context
            )
        uploaded.result = self.store.commit(token, visit.session.actor)
        return see(f"/admin/users/import/{token}/result")

    async def result(self, visit: Visit) -> Response:
        token = str(visit.request.path_params["token"])
        uploaded = self.imports.get(token)
        if uploaded is None or uploaded.result is None:
            return see("/admin/users/import")
        return self._render(visit, "result.html", filename=uploaded.filename, result=uploaded.result)

    async def template(self, visit: Visit) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="people-template.csv"'}
        return Response(TEMPLATE, media_type="text/csv", headers=headers)


def see(url: str) -> Response:
    return RedirectResponse(url, status_code=HTTPStatus.SEE_OTHER)


def data_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the store is asked for: the group typed in joins those checked, managers become a list."""
    groups = [*values["groups"], values["new_group"]] if values["new_group"].strip() else list(values["groups"])
    managers = [part for part in re.split(r"[\s,;]+", values["managers"]) if part]
    return {**values, "groups": groups, "managers": managers}


def csv_file(name: str, rows: Iterable[Iterable[str]]) -> Response:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def pages_around(page: int, pages: int) -> list[int | None]:
    """The numbers to link to: the first, the last and those near this page; None for a gap."""
    shown: list[int | None] = []
    for number in range(1, pages + 1):
        if number in (1, pages) or abs(number - page) <= 2:
            shown.append(number)
        elif shown[-1] is not None:
            shown.append(None)
    return shown


def called(person: Person) -> str:
    return person.name or person.email


def day(iso: str) -> str:
    """4 Mar 2026"""
    moment = datetime.fromisoformat(iso).astimezone(UTC)
    return f"{moment.day} {moment:%b %Y}"


def moment(iso: str) -> str:
    """4 Mar 2026, 16:05 UTC"""
    return f"{day(iso)}, {datetime.fromisoformat(iso).astimezone(UTC):%H:%M} UTC"


def plural(count: int, one: str, many: str = "") -> str:
    """1 row, 2 rows"""
    return f"{count} {one if count == 1 else many or one + 's'}"
