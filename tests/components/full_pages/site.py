"""The 'People' edition of the learning platform's admin console: rendered by the server, POST-redirect-GET."""

from __future__ import annotations

import csv
import io
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..slow import Slow
from ..store import ROLES, Refused, Store, fold

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    Handler = Callable[[Request, dict[str, Any]], Awaitable[Response]]

HERE = Path(__file__).resolve().parent
COOKIE = "_workramp_session"
HOME = "/home"
PEOPLE = "/admin/users"
STATUS = {"active": "Active", "invited": "Invited", "deactivated": "Inactive"}
LAST_LOGIN = {
    "": "Any time",
    "30": "More than 30 days ago",
    "60": "More than 60 days ago",
    "90": "More than 90 days ago",
    "never": "Never",
}
COLUMNS = (
    ("name", "Name"),
    ("email", "Email"),
    ("role", "Role"),
    ("status", "Status"),
    ("", "Groups"),
    ("last_login", "Last Login"),
)
PAGE_SIZES = (25, 50, 100)
SIDEBAR = (
    ("overview", "Overview", "/admin"),
    ("people", "People", PEOPLE),
    ("groups", "Groups", "/admin/groups"),
    ("integrations", "Integrations", "/admin/integrations"),
    ("billing", "Billing", "/admin/billing"),
)
STATIC_PAGES = {
    "/content": ("Content", "content", "Guides, paths and academies you can edit will be listed here."),
    "/reports": ("Reports", "reports", "Choose a report. Scheduled reports are sent every Monday at 07:00 UTC."),
    "/admin/integrations": ("Integrations", "integrations", "SCIM provisioning is enabled for this account."),
    "/admin/billing": ("Billing", "billing", "Your plan is billed yearly. Contact your account team to add seats."),
}


def local_path(target: str | None, default: str = HOME) -> str:
    """Only ever redirect inside this site."""
    if not target:
        return default
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or target.startswith("//") or "\\" in target:
        return default
    return target


def display_name(person: Any) -> str:
    row = person if isinstance(person, dict) else vars(person)
    return f"{row['first_name']} {row['last_name']}".strip() or str(row["email"])


def as_date(value: str | None, *, long: bool = False) -> str:
    if not value:
        return "Never"
    moment = datetime.fromisoformat(value).astimezone(UTC)
    day = f"{moment:%b} {moment.day}, {moment.year}"
    return f"{day} at {moment:%H:%M} UTC" if long else day


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def pager(page: int, pages: int) -> list[int | None]:
    """1 … 4 5 [6] 7 8 … 12"""
    shown = [n for n in range(1, pages + 1) if n in {1, pages} or abs(n - page) <= 2]
    out: list[int | None] = []
    for number in shown:
        if out and out[-1] is not None and number - out[-1] > 1:
            out.append(None)
        out.append(number)
    return out


class Site:
    def __init__(self, store: Store, latency: float = 0.05) -> None:
        self.store = store
        self.latency = latency
        self.sessions: dict[str, Any] = {}
        self.env = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(["html"]),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.env.filters.update(date=as_date, display_name=display_name)
        self.env.globals.update(STATUS=STATUS, ROLES=ROLES, SIDEBAR=SIDEBAR, PEOPLE=PEOPLE, plural=plural)

    # plumbing

    def application(self) -> ASGIApp:
        person = PEOPLE + "/{person_id:int}"
        both = ["GET", "POST"]
        routes: list[Any] = [
            Route("/", self.root),
            Route("/login", self.login, methods=both),
            Route("/login/password", self.password, methods=both),
            Route("/logout", self.protected(self.logout), methods=["POST"]),
            Route(HOME, self.protected(self.home)),
            Route("/admin", self.protected(self.overview)),
            Route("/admin/groups", self.protected(self.groups)),
            *(Route(path, self.protected(self.static_page)) for path in STATIC_PAGES),
            Route(PEOPLE, self.protected(self.people)),
            Route(f"{PEOPLE}/invite", self.protected(self.invite), methods=both),
            Route(f"{PEOPLE}/export.csv", self.protected(self.export)),
            Route(f"{PEOPLE}/import", self.protected(self.import_upload), methods=both),
            Route(f"{PEOPLE}/import/sample.csv", self.protected(self.import_sample)),
            Route(f"{PEOPLE}/import/{{token}}", self.protected(self.import_review), methods=both),
            Route(f"{PEOPLE}/import/{{token}}/results", self.protected(self.import_results)),
            Route(person, self.protected(self.person)),
            Route(f"{person}/edit", self.protected(self.edit), methods=both),
            Route(f"{person}/deactivate", self.protected(self.deactivate), methods=both),
            Route(f"{person}/reactivate", self.protected(self.reactivate), methods=both),
            Route(f"{person}/resend", self.protected(self.resend), methods=both),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]
        app = Starlette(routes=routes, exception_handlers={404: self.not_found})
        return Slow(app, self.latency)

    def protected(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            session = self.sessions.get(request.cookies.get(COOKIE, ""))
            if session is None:
                return self.to_login(request)
            if request.method == "POST":
                form = await request.form()
                if not secrets.compare_digest(str(form.get("csrf_token", "")).encode(), session["csrf"].encode()):
                    self.flash(session, "error", "This form has expired. Please try again.")
                    return self.redirect(self.came_from(request))
                request.state.form = form
            try:
                return await handler(request, session)
            except Refused as refusal:
                if refusal.status != 404:
                    raise
                return self.render(request, "missing.html", session, status=404, message=refusal.message)

        return endpoint

    def came_from(self, request: Request) -> str:
        if request.method in {"GET", "HEAD"}:
            return request.url.path + (f"?{request.url.query}" if request.url.query else "")
        referer = urlsplit(request.headers.get("referer", ""))
        if referer.netloc == request.url.netloc and not referer.path.startswith("/login"):
            return local_path(referer.path + (f"?{referer.query}" if referer.query else ""), PEOPLE)
        return PEOPLE

    def to_login(self, request: Request) -> Response:
        query = {"next": self.came_from(request)}
        if COOKIE in request.cookies:
            query["reason"] = "expired"
        return self.redirect("/login?" + urlencode(query))

    def redirect(self, target: str) -> RedirectResponse:
        return RedirectResponse(target, status_code=303)

    def flash(self, session: dict[str, Any], kind: str, message: str) -> None:
        session["flash"].append((kind, message))

    def render(
        self, request: Request, template: str, session: dict[str, Any] | None = None, status: int = 200, **context: Any
    ) -> Response:
        messages: list[tuple[str, str]] = list(context.pop("messages", []))
        if session is not None:
            messages = session["flash"] + messages
            session["flash"] = []
            me = self.store.find(session["email"])
            context |= {"actor": session["email"], "csrf": session["csrf"]}
            context["actor_name"] = display_name(me) if me else session["email"]
        html = self.env.get_template(template).render(request=request, messages=messages, **context)
        return HTMLResponse(html, status_code=status, headers={"cache-control": "no-store"})

    async def not_found(self, request: Request, exc: Exception) -> Response:
        session = self.sessions.get(request.cookies.get(COOKIE, ""))
        return self.render(request, "missing.html", session, status=404, message="Page not found")

    def everybody(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        page = 1
        while True:
            found = self.store.listing({"page": str(page), "page_size": "500"})
            rows += found["items"]
            if len(rows) >= found["total"] or not found["items"]:
                return rows
            page += 1

    # signing in and out

    async def root(self, request: Request) -> Response:
        return self.redirect(HOME)

    async def login(self, request: Request) -> Response:
        """E-mail first, as on the generic page; the password has a page of its own."""
        if request.method == "POST":
            form = await request.form()
            email, target = str(form.get("email", "")).strip(), local_path(str(form.get("next", "")))
            if email:
                return self.redirect("/login/password?" + urlencode({"email": email, "next": target}))
            errors = {"email": "Enter your email address"}
            return self.render(request, "login.html", status=422, errors=errors, next=target)
        target = local_path(request.query_params.get("next"))
        if request.cookies.get(COOKIE, "") in self.sessions:
            return self.redirect(target)
        notices = {
            "expired": ("warning", "Your session has ended. Please sign in again to continue."),
            "signed-out": ("success", "You have signed out."),
        }
        notice = notices.get(request.query_params.get("reason", ""))
        email = request.query_params.get("email", "")
        messages = [notice] if notice else []
        return self.render(request, "login.html", errors={}, next=target, email=email, messages=messages)

    async def password(self, request: Request) -> Response:
        if request.method != "POST":
            target = local_path(request.query_params.get("next"))
            email = request.query_params.get("email", "")
            if not email:
                return self.redirect("/login?" + urlencode({"next": target}))
            return self.render(request, "password.html", email=email, next=target)
        form = await request.form()
        email, target = str(form.get("email", "")), local_path(str(form.get("next", "")))
        try:
            person = self.store.authenticate(email, str(form.get("password", "")))
        except Refused as refusal:
            messages = [("error", refusal.message)]
            return self.render(request, "password.html", status=401, email=email, next=target, messages=messages)
        token = secrets.token_urlsafe(24)
        self.sessions[token] = {
            "email": person.email,
            "csrf": secrets.token_urlsafe(24),
            "flash": [("success", "Signed in successfully.")],
            "uploads": {},
            "results": {},
        }
        response = self.redirect(target)
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax", path="/")
        return response

    async def logout(self, request: Request, session: dict[str, Any]) -> Response:
        self.sessions.pop(request.cookies.get(COOKIE, ""), None)
        response = self.redirect("/login?reason=signed-out")
        response.delete_cookie(COOKIE, path="/")
        return response

    # the rest of the product

    async def home(self, request: Request, session: dict[str, Any]) -> Response:
        return self.render(request, "home.html", session, top="home")

    async def static_page(self, request: Request, session: dict[str, Any]) -> Response:
        title, key, text = STATIC_PAGES[request.url.path]
        admin = request.url.path.startswith("/admin")
        return self.render(
            request, "static_page.html", session, top="admin" if admin else key, side=key if admin else None,
            title=title, text=text,
        )  # fmt: skip

    async def overview(self, request: Request, session: dict[str, Any]) -> Response:
        return self.render(
            request, "overview.html", session, top="admin", side="overview", summary=self.store.summary()
        )

    async def groups(self, request: Request, session: dict[str, Any]) -> Response:
        people = self.everybody()
        rows = [(name, sum(name in p["groups"] for p in people)) for name in self.store.summary()["groups"]]
        return self.render(request, "groups.html", session, top="admin", side="groups", groups=rows)

    # people

    async def people(self, request: Request, session: dict[str, Any]) -> Response:
        given = request.query_params
        filters = {
            "search": given.get("search", "").strip(),
            "status": given.get("status", "") if given.get("status") in STATUS else "",
            "role": given.get("role", "") if given.get("role") in ROLES else "",
            "last_login": given.get("last_login", "") if given.get("last_login") in LAST_LOGIN else "",
        }
        sort = given.get("sort", "") if given.get("sort") in dict(COLUMNS) else "name"
        sort = sort or "name"
        direction = "desc" if given.get("dir") == "desc" else "asc"
        per_page = next((n for n in PAGE_SIZES if str(n) == given.get("per_page")), PAGE_SIZES[0])
        page = int(given.get("page", "1")) if given.get("page", "1").isdecimal() else 1
        query = {k: filters[k] for k in ("search", "status", "role")}
        if filters["last_login"] == "never":
            query["never"] = "1"
        elif filters["last_login"]:
            query["idle_days"] = filters["last_login"]
        query |= {"sort": sort, "dir": direction, "page_size": str(per_page)}
        found = self.store.listing(query | {"page": str(max(1, page))})
        pages = max(1, -(-found["total"] // per_page))
        if page > pages:
            page = pages
            found = self.store.listing(query | {"page": str(page)})
        page = max(1, page)

        def link(**changes: Any) -> str:
            params: dict[str, Any] = {**filters, "sort": sort, "dir": direction, "per_page": per_page} | changes
            defaults = {"sort": "name", "dir": "asc", "per_page": PAGE_SIZES[0], "page": 1}
            kept = {k: v for k, v in params.items() if v not in ("", None) and defaults.get(k) != v}
            return PEOPLE + (f"?{urlencode(kept)}" if kept else "")

        return self.render(
            request, "people.html", session, top="admin", side="people",
            summary=self.store.summary(), rows=found["items"], total=found["total"],
            filters=filters, filtered=any(filters.values()), sort=sort, direction=direction, columns=COLUMNS,
            page=page, pages=pages, numbers=pager(page, pages), per_page=per_page, page_sizes=PAGE_SIZES,
            first=(page - 1) * per_page + 1, link=link, here=link(page=page), last_login_choices=LAST_LOGIN,
        )  # fmt: skip

    async def person(self, request: Request, session: dict[str, Any]) -> Response:
        person = self.store.get(request.path_params["person_id"])
        managers = [(email, self.store.find(email)) for email in person.managers]
        return self.render(
            request, "person.html", session, top="admin", side="people",
            person=person, managers=managers, here=f"{PEOPLE}/{person.id}",
        )  # fmt: skip

    def submitted(self, request: Request) -> dict[str, Any]:
        form = request.state.form
        data: dict[str, Any] = {k: str(form.get(k, "")) for k in ("email", "first_name", "last_name", "role")}
        data["groups"] = [str(g) for g in form.getlist("groups")]
        data["managers"] = [str(m).strip() for m in form.getlist("managers") if str(m).strip()]
        return data

    def form_choices(self, data: dict[str, Any], exclude: str = "") -> dict[str, Any]:
        groups = self.store.summary()["groups"]
        groups = sorted({*groups, *data["groups"]}, key=fold)
        candidates = [p for p in self.everybody() if p["status"] != "deactivated" and p["email"] != exclude]
        candidates.sort(key=lambda p: p["role"] not in {"Manager", "Admin"})
        return {"all_groups": groups, "candidates": candidates}

    async def invite(self, request: Request, session: dict[str, Any]) -> Response:
        data: dict[str, Any] = {"role": "Learner", "groups": [], "managers": []}
        errors: dict[str, str] = {}
        messages: list[tuple[str, str]] = []
        if request.method == "POST":
            data = self.submitted(request)
            try:
                person = self.store.invite(data, session["email"])
            except Refused as refusal:
                errors, messages = refusal.fields, [("error", refusal.message)]
            else:
                self.flash(session, "success", f"Invitation sent to {person.email}.")
                return self.redirect(PEOPLE)
        return self.render(
            request, "invite.html", session, status=422 if messages else 200, top="admin", side="people",
            data=data, errors=errors, messages=messages, summary=self.store.summary(), **self.form_choices(data),
        )  # fmt: skip

    async def edit(self, request: Request, session: dict[str, Any]) -> Response:
        person = self.store.get(request.path_params["person_id"])
        data: dict[str, Any] = {
            k: getattr(person, k) for k in ("first_name", "last_name", "role", "groups", "managers")
        }
        errors: dict[str, str] = {}
        messages: list[tuple[str, str]] = []
        if request.method == "POST":
            data = self.submitted(request)
            del data["email"]
            try:
                self.store.edit(person.id, data, session["email"])
            except Refused as refusal:
                if refusal.status == 404:
                    raise
                errors, messages = refusal.fields, [("error", refusal.message)]
            else:
                self.flash(session, "success", "Changes saved.")
                return self.redirect(f"{PEOPLE}/{person.id}")
        return self.render(
            request, "edit.html", session, status=422 if messages else 200, top="admin", side="people", person=person,
            data=data, errors=errors, messages=messages, **self.form_choices(data, exclude=person.email),
        )  # fmt: skip

    async def deactivate(self, request: Request, session: dict[str, Any]) -> Response:
        person = self.store.get(request.path_params["person_id"])
        back = f"{PEOPLE}/{person.id}"
        if request.method == "POST":
            try:
                self.store.deactivate(person.id, session["email"])
            except Refused as refusal:
                self.flash(session, "error", refusal.message)
            else:
                self.flash(session, "success", f"{display_name(person)} ({person.email}) has been deactivated.")
            return self.redirect(back)
        if person.status == "deactivated":
            self.flash(session, "error", f"{person.email} is already deactivated")
            return self.redirect(back)
        return self.render(request, "deactivate.html", session, top="admin", side="people", person=person)

    async def reactivate(self, request: Request, session: dict[str, Any]) -> Response:
        return self.row_action(request, session, self.store.reactivate, "{} has been reactivated.")

    async def resend(self, request: Request, session: dict[str, Any]) -> Response:
        return self.row_action(request, session, self.store.resend, "Invitation resent to {}.")

    def row_action(
        self, request: Request, session: dict[str, Any], action: Callable[[int, str], Any], done: str
    ) -> Response:
        person_id = request.path_params["person_id"]
        if request.method != "POST":
            return self.redirect(f"{PEOPLE}/{person_id}")
        try:
            person = action(person_id, session["email"])
        except Refused as refusal:
            if refusal.status == 404:
                raise
            self.flash(session, "error", refusal.message)
        else:
            self.flash(session, "success", done.format(person.email))
        return self.redirect(local_path(str(request.state.form.get("return_to", "")), f"{PEOPLE}/{person_id}"))

    # files

    def csv_response(self, filename: str, rows: list[list[str]]) -> Response:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        headers = {"content-disposition": f'attachment; filename="{filename}"', "cache-control": "no-store"}
        return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv", headers=headers)

    async def export(self, request: Request, session: dict[str, Any]) -> Response:
        titles = ["Email", "First Name", "Last Name", "Role", "Status", "Groups", "Managers", "Last Login"]
        rows = [
            [
                *(p[k] for k in ("email", "first_name", "last_name", "role")),
                STATUS[p["status"]],
                "; ".join(p["groups"]),
                "; ".join(p["managers"]),
                p["last_login"] or "",
            ]
            for p in self.everybody()
        ]
        return self.csv_response(f"people-{self.store.today.isoformat()}.csv", [titles, *rows])

    async def import_sample(self, request: Request, session: dict[str, Any]) -> Response:
        titles = ["Email", "First Name", "Last Name", "Role", "Managers", "Groups"]
        example = ["jane.doe@example.com", "Jane", "Doe", "Learner", "manager@example.com", "Sales;Engineering"]
        return self.csv_response("import-users-sample.csv", [titles, example])

    async def import_upload(self, request: Request, session: dict[str, Any]) -> Response:
        error = ""
        if request.method == "POST":
            upload = request.state.form.get("file")
            if not isinstance(upload, UploadFile) or not upload.filename:
                error = "Choose a CSV file to upload"
            else:
                try:
                    preview = self.store.preview(upload.filename, await upload.read(), session["email"])
                except Refused as refusal:
                    error = refusal.message
                else:
                    session["uploads"][preview["token"]] = preview["filename"]
                    return self.redirect(f"{PEOPLE}/import/{preview['token']}")
        return self.render(
            request, "import.html", session, status=422 if error else 200, top="admin", side="people",
            error=error, messages=[("error", "The file could not be imported.")] if error else [],
        )  # fmt: skip

    async def import_review(self, request: Request, session: dict[str, Any]) -> Response:
        token = request.path_params["token"]
        if request.method == "POST":
            try:
                session["results"][token] = self.store.commit(token, session["email"])
            except Refused as refusal:
                if token not in session["results"]:
                    self.flash(session, "error", refusal.message)
                    return self.redirect(f"{PEOPLE}/import")
            else:
                created = session["results"][token]["created"]
                self.flash(session, "success", f"Import finished: {plural(created, 'person', 'people')} invited.")
            return self.redirect(f"{PEOPLE}/import/{token}/results")
        rows = self.store.imports.get(token)
        if rows is None:
            if token in session["results"]:
                return self.redirect(f"{PEOPLE}/import/{token}/results")
            self.flash(session, "error", "This import has expired. Upload the file again.")
            return self.redirect(f"{PEOPLE}/import")
        invalid = sum(bool(row["errors"]) for row in rows)
        return self.render(
            request, "import_review.html", session, top="admin", side="people", rows=rows, invalid=invalid,
            valid=len(rows) - invalid, filename=session["uploads"].get(token, "file.csv"), summary=self.store.summary(),
        )  # fmt: skip

    async def import_results(self, request: Request, session: dict[str, Any]) -> Response:
        token = request.path_params["token"]
        result = session["results"].get(token)
        if result is None:
            return self.redirect(f"{PEOPLE}/import")
        return self.render(
            request, "import_results.html", session, top="admin", side="people", result=result,
            filename=session["uploads"].get(token, "file.csv"),
        )  # fmt: skip
