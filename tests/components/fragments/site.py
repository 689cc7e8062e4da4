"""WorkRamp's admin console, settings edition: pages from the server, fragments swapped in by static/app.js."""

from __future__ import annotations

import csv
import io
import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..slow import Slow
from ..store import EMAIL, Person, Refused, Store, fold

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

HERE = Path(__file__).resolve().parent
COOKIE = "_workramp_session"
STATUSES = ("User", "Admin", "Deactivated")
LOGINS = {
    "": "Any time",
    "30": "More than 30 days ago",
    "60": "More than 60 days ago",
    "90": "More than 90 days ago",
    "never": "Never",
}
SIZES = (25, 50, 100)
CSV_HEADER = ["Email", "First Name", "Last Name", "Role", "Managers", "Groups"]
TABS = {"profile": "Profile", "groups": "Groups", "managers": "Managers", "reports": "Direct Reports"}
CONFIRM: dict[str, dict[str, Any]] = {
    "deactivate": {
        "title": "Deactivate {}?",
        "button": "Deactivate",
        "danger": True,
        "text": "They will no longer be able to log in. Their completion records are kept, and content they own stays "
        "in place. You can reactivate them later, if a seat is available.",
        "done": "{} has been deactivated.",
    },
    "delete": {
        "title": "Permanently delete {}?",
        "button": "Permanently Delete",
        "danger": True,
        "type": "DELETE",
        "text": "This removes the user and all of their training records. This cannot be undone.",
        "done": "{} has been permanently deleted.",
    },
    "make-admin": {
        "title": "Make {} an admin?",
        "button": "Make Admin",
        "danger": False,
        "text": "Admins have full access: they manage users, content, groups, integrations, billing and reporting.",
        "done": "{} is now an admin.",
    },
    "remove-admin": {
        "title": "Remove admin access from {}?",
        "button": "Remove Admin",
        "danger": True,
        "text": "They will keep their account as a regular user.",
        "done": "{} is no longer an admin.",
    },
}
BULK = {
    "deactivate": ("Deactivate", "deactivated"),
    "reactivate": ("Reactivate", "reactivated"),
    "resend": ("Resend Invitation", "sent a new invitation"),
}


def count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def inside(address: str) -> str:
    """An address of this site, or the home page."""
    return address if re.match(r"/(?![/\\])", address) and not address.startswith("/login") else "/"


class Site:
    def __init__(self, store: Store, latency: float = 0.05) -> None:
        self.store = store
        self.latency = latency
        self.sessions: dict[str, Any] = {}
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.globals.update(count=count, view=self.view)

    def application(self) -> ASGIApp:
        get, post = ["GET"], ["POST"]
        user = "/admin/users/{id:int}"
        routes = [
            Route("/login", self.login, methods=["GET", "POST"]),
            Route("/login/password", self.login_password, methods=post),
            Route("/login/sso", self.login_sso, methods=get),
            Route("/logout", self.logout, methods=post),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Route("/", self.signed(self.home), methods=get),
            Route("/content", self.signed(self.elsewhere), methods=get),
            Route("/reports", self.signed(self.elsewhere), methods=get),
            Route("/account/menu", self.signed(self.account_menu), methods=get),
            Route("/admin/settings", self.signed(self.settings), methods=get),
            Route("/admin/integrations", self.signed(self.elsewhere), methods=get),
            Route("/admin/groups", self.signed(self.groups), methods=get),
            Route("/admin/groups/members", self.signed(self.group), methods=get),
            Route("/admin/pickers/groups", self.signed(self.pick_groups), methods=get),
            Route("/admin/pickers/managers", self.signed(self.pick_managers), methods=get),
            Route("/admin/users", self.signed(self.users), methods=get),
            Route("/admin/users/export", self.signed(self.export), methods=get),
            Route("/admin/users/invite", self.signed(self.invite), methods=["GET", "POST"]),
            Route("/admin/users/bulk", self.signed(self.bulk), methods=["GET", "POST"]),
            Route("/admin/users/import", self.signed(self.import_upload), methods=["GET", "POST"]),
            Route("/admin/users/import/template", self.signed(self.import_template), methods=get),
            Route("/admin/users/import/{token}", self.signed(self.import_review), methods=["GET", "POST"]),
            Route(user, self.signed(self.person), methods=get),
            Route(user + "/menu", self.signed(self.menu), methods=get),
            Route(user + "/edit", self.signed(self.edit), methods=["GET", "POST"]),
            Route(user + "/{action}", self.signed(self.act), methods=["GET", "POST"]),
        ]
        return Slow(Starlette(routes=routes, exception_handlers={404: self.not_found}), self.latency)

    # who is asking, and how

    def signed(self, handler: Any) -> Any:
        async def endpoint(request: Request) -> Response:
            session = self.sessions.get(request.cookies.get(COOKIE, ""))
            if session is None or self.store.find(session["email"]) is None:
                if "x-fragment" in request.headers:
                    return Response("Signed out", 401)
                back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                if request.method != "GET":
                    back = urlsplit(request.headers.get("referer", "/")).path or "/"
                return RedirectResponse("/login?" + urlencode({"next": back}), 303)
            request.state.session = session
            request.state.actor = session["email"]
            try:
                response: Response = await handler(request)
                return response
            except Refused as refusal:
                return self.refused(request, refusal)

        return endpoint

    def refused(self, request: Request, refusal: Refused) -> Response:
        if "x-fragment" in request.headers:
            return HTMLResponse(self.stream("clear", "modal") + self.toast(refusal.message, "error"), refusal.status)
        if refusal.status == 404:
            return self.show(request, "missing.html", title="Not found", message=refusal.message, status=404)
        request.state.session["flash"].append(("error", refusal.message))
        return RedirectResponse("/admin/users", 303)

    async def not_found(self, request: Request, _: Exception) -> Response:
        request.state.session = self.sessions.get(request.cookies.get(COOKIE, ""))
        if request.state.session is None:
            return Response("Not found", 404)
        return self.show(request, "missing.html", title="Not found", message="There is nothing here.", status=404)

    # answering

    def render(self, template: str, **context: Any) -> str:
        return self.templates.get_template(template).render(**context)

    def show(
        self, request: Request, template: str, *, title: str, section: str = "", status: int = 200, **context: Any
    ) -> Response:
        """The fragment alone when it is asked for, else the whole page around it."""
        if "x-fragment" in request.headers:
            return HTMLResponse(self.render(template, whole=False, **context), status)
        session = request.state.session
        flash, session["flash"] = session["flash"], []
        me = self.store.find(session["email"])
        page = self.render(
            "layout.html",
            body=template,
            whole=True,
            title=title,
            section=section,
            flash=flash,
            me=me and self.view(me),
            **context,
        )
        return HTMLResponse(page, status, {"Cache-Control": "no-store"})

    def stream(self, action: str, target: str, content: str = "") -> str:
        return f'<ui-stream action="{action}" target="{target}"><template>{content}</template></ui-stream>'

    def toast(self, message: str, kind: str = "success") -> str:
        return self.stream("append", "toasts", self.render("_toast.html", kind=kind, message=message))

    def done(self, request: Request, message: str, person: Person | None = None, *, reload: bool = False) -> Response:
        """Something happened: the parts of the page that show it are renewed in place."""
        here = urlsplit(request.headers.get("x-page", ""))
        if "x-fragment" not in request.headers:
            request.state.session["flash"].append(("success", message))
            return RedirectResponse(f"/admin/users/{person.id}" if person else "/admin/users", 303)
        parts = [
            self.stream("clear", "modal"),
            self.stream("replace", "totals", self.render("_totals.html", summary=self.store.summary())),
        ]
        if reload:
            parts.append(
                self.stream(
                    "replace", "user-list", self.render("_user_list.html", **self.listed(dict(parse_qsl(here.query))))
                )
            )
        elif person:
            tab = dict(parse_qsl(here.query)).get("tab", "profile")
            parts.append(self.stream("replace", f"user-{person.id}", self.render("_row.html", p=self.view(person))))
            parts.append(self.stream("replace", "person", self.render("_person.html", **self.personal(person, tab))))
        parts.append(self.toast(message))
        return HTMLResponse("".join(parts))

    def view(self, person: Person) -> dict[str, Any]:
        login = datetime.fromisoformat(person.last_login) if person.last_login else None
        managers = [self.store.find(address) or Person(0, address, "", "") for address in person.managers]
        return {
            "id": person.id,
            "email": person.email,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "name": person.name,
            "label": person.name or person.email,
            "initials": ((person.first_name[:1] + person.last_name[:1]) or person.email[:1]).upper(),
            "role": person.role,
            "status": person.status,
            "standing": person.standing,
            "groups": person.groups,
            "managers": [{"id": m.id, "email": m.email, "label": m.name or m.email} for m in managers],
            "scim": person.scim_managed,
            "last_login": person.last_login,
            "login_day": f"{login:%b} {login.day}, {login.year}" if login else "",
            "login_full": f"{login:%b} {login.day}, {login.year} at {login:%H:%M} UTC" if login else "",
        }

    # signing in

    def login_page(self, step: str, status: int = 200, **context: Any) -> Response:
        return HTMLResponse(self.render("login.html", step=step, **context), status, {"Cache-Control": "no-store"})

    async def login(self, request: Request) -> Response:
        if request.method == "GET":
            back = inside(request.query_params.get("next", "/"))
            if request.cookies.get(COOKIE, "") in self.sessions:
                return RedirectResponse(back, 303)
            return self.login_page("email", next=back, email=request.query_params.get("email", ""), ended=back != "/")
        form = await request.form()
        email, back = str(form.get("email", "")).strip(), inside(str(form.get("next", "/")))
        if not EMAIL.fullmatch(email):
            return self.login_page("email", 422, next=back, email=email, error="Enter a valid email address")
        return self.login_page("password", next=back, email=email)

    async def login_password(self, request: Request) -> Response:
        form = await request.form()
        email, back = str(form.get("email", "")), inside(str(form.get("next", "/")))
        try:
            person = self.store.authenticate(email, str(form.get("password", "")))
        except Refused as refusal:
            return self.login_page("password", refusal.status, next=back, email=email, error=refusal.message)
        token = secrets.token_urlsafe(24)
        self.sessions[token] = {"email": person.email, "flash": []}
        response = RedirectResponse(back, 303)
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax", path="/")
        return response

    async def login_sso(self, request: Request) -> Response:
        back = inside(request.query_params.get("next", "/"))
        return self.login_page(
            "email",
            next=back,
            email="",
            error="Single sign on is not set up for this account. Continue with your email.",
        )

    async def logout(self, request: Request) -> Response:
        self.sessions.pop(request.cookies.get(COOKIE, ""), None)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(COOKIE, path="/")
        return response

    # around the users

    async def home(self, request: Request) -> Response:
        return self.show(request, "home.html", title="Home", section="home", summary=self.store.summary())

    async def elsewhere(self, request: Request) -> Response:
        name = request.url.path.rsplit("/", 1)[-1]
        return self.show(request, "elsewhere.html", title=name.title(), section=name)

    async def settings(self, request: Request) -> Response:
        return self.show(request, "settings.html", title="Settings", section="general", summary=self.store.summary())

    async def account_menu(self, request: Request) -> Response:
        me = self.store.find(request.state.actor)
        assert me is not None  # whoever is gone is not signed in
        return self.show(request, "_account_menu.html", title="Account", p=self.view(me))

    def everybody(self) -> list[Person]:
        found: list[Person] = []
        page = 1
        while True:
            answer = self.store.listing({"page": str(page), "page_size": "500"})
            found += [self.store.get(item["id"]) for item in answer["items"]]
            if page * 500 >= answer["total"]:
                return found
            page += 1

    async def groups(self, request: Request) -> Response:
        people = self.everybody()
        groups = [(name, sum(name in p.groups for p in people)) for name in self.store.summary()["groups"]]
        return self.show(request, "groups.html", title="Groups", section="groups", groups=groups)

    async def group(self, request: Request) -> Response:
        name = request.query_params.get("name", "")
        if name not in self.store.summary()["groups"]:
            raise Refused("Group not found", status=404)
        members = [self.view(p) for p in self.everybody() if name in p.groups]
        return self.show(request, "group.html", title=name, section="groups", name=name, members=members)

    # the list

    def listed(self, params: dict[str, str]) -> dict[str, Any]:
        q = {
            "search": params.get("search", "").strip(),
            "status": params.get("status", "") if params.get("status") in STATUSES else "",
            "last_login": params.get("last_login", "") if params.get("last_login") in LOGINS else "",
            "sort": params.get("sort", "") if params.get("sort") in {"name", "email", "last_login"} else "name",
            "dir": "desc" if params.get("dir") == "desc" else "asc",
            "per_page": params.get("per_page", "") if params.get("per_page", "") in map(str, SIZES) else str(SIZES[0]),
        }
        wanted = {
            "search": q["search"],
            "standing": q["status"],
            "sort": q["sort"],
            "dir": q["dir"],
            "page_size": q["per_page"],
        }
        if q["last_login"] == "never":
            wanted["never"] = "1"
        elif q["last_login"]:
            wanted["idle_days"] = q["last_login"]
        page = max(1, int(params["page"])) if params.get("page", "").isdecimal() else 1
        answer = self.store.listing(wanted | {"page": str(page)})
        size = int(q["per_page"])
        pages = max(1, -(-answer["total"] // size))
        if page > pages:
            page = pages
            answer = self.store.listing(wanted | {"page": str(page)})

        defaults = {"sort": "name", "dir": "asc", "per_page": str(SIZES[0])}

        def link(**changes: Any) -> str:
            merged = {k: str(v) for k, v in (q | {"page": page} | changes).items()}
            merged = {k: v for k, v in merged.items() if v and v != defaults.get(k) and not (k == "page" and v == "1")}
            return "/admin/users" + (f"?{urlencode(merged)}" if merged else "")

        near = sorted({1, pages, *(n for n in range(page - 1, page + 2) if 1 <= n <= pages)})
        numbers: list[int | None] = []
        for n in near:
            if numbers and numbers[-1] is not None and n > numbers[-1] + 1:
                numbers.append(None)
            numbers.append(n)
        return {
            "q": q,
            "page": page,
            "pages": pages,
            "numbers": numbers,
            "total": answer["total"],
            "link": link,
            "sizes": SIZES,
            "start": (page - 1) * size + 1 if answer["total"] else 0,
            "people": [self.view(self.store.get(item["id"])) for item in answer["items"]],
        }

    async def users(self, request: Request) -> Response:
        context = self.listed(dict(request.query_params))
        if request.headers.get("x-fragment") == "#user-list":
            return self.show(request, "_user_list.html", title="Users", **context)
        return self.show(
            request,
            "users.html",
            title="Users",
            section="users",
            summary=self.store.summary(),
            statuses=STATUSES,
            logins=LOGINS,
            **context,
        )

    async def export(self, request: Request) -> Response:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(
            [
                "ID",
                "Email",
                "First Name",
                "Last Name",
                "Role",
                "Status",
                "Invitation Pending",
                "Managers",
                "Groups",
                "Last Login",
            ]
        )
        for p in self.everybody():
            pending = "Yes" if p.status == "invited" else "No"
            writer.writerow(
                [
                    p.id,
                    p.email,
                    p.first_name,
                    p.last_name,
                    p.role,
                    p.standing,
                    pending,
                    "; ".join(p.managers),
                    "; ".join(p.groups),
                    p.last_login or "",
                ]
            )
        name = f"workramp-users-{self.store.today.isoformat()}.csv"
        return Response(
            out.getvalue().encode("utf-8-sig"),
            media_type="text/csv",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    # one person

    def personal(self, person: Person, tab: str) -> dict[str, Any]:
        reports = [self.view(p) for p in self.everybody() if person.email in p.managers]
        return {"p": self.view(person), "tabs": TABS, "tab": tab if tab in TABS else "profile", "reports": reports}

    async def person(self, request: Request) -> Response:
        person = self.store.get(request.path_params["id"])
        context = self.personal(person, request.query_params.get("tab", "profile"))
        return self.show(request, "_person.html", title=context["p"]["label"], section="users", **context)

    async def menu(self, request: Request) -> Response:
        person = self.store.get(request.path_params["id"])
        return self.show(
            request, "_menu.html", title="Menu", section="users", p=self.view(person), me=request.state.actor
        )

    async def edit(self, request: Request) -> Response:
        person = self.store.get(request.path_params["id"])
        form = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "admin": person.role == "Admin",
            "groups": person.groups,
            "managers": person.managers,
            "group_text": "",
            "manager_text": "",
        }
        errors: dict[str, str] = {}
        message = ""
        if request.method == "POST":
            form |= await self.submitted(request)
            errors = self.unfinished(form)
            role = "Admin" if form["admin"] else ("Learner" if person.role == "Admin" else person.role)
            data = {name: form[name] for name in ("first_name", "last_name", "groups", "managers")} | {"role": role}
            if not errors:
                try:
                    self.store.edit(person.id, data, request.state.actor)
                    person = self.store.get(person.id)
                    return self.done(request, f"Changes to {person.name or person.email} have been saved.", person)
                except Refused as refusal:
                    errors, message = refusal.fields, refusal.message
        return self.show(
            request,
            "_edit.html",
            title="Edit User Information",
            section="users",
            status=422 if errors or message else 200,
            p=self.view(person),
            form=form,
            errors=errors,
            message=message,
            chips=self.chips(form),
        )

    async def submitted(self, request: Request) -> dict[str, Any]:
        form = await request.form()
        return {
            "first_name": str(form.get("first_name", "")),
            "last_name": str(form.get("last_name", "")),
            "emails": str(form.get("emails", "")),
            "admin": form.get("admin") == "1",
            "groups": [str(v) for v in form.getlist("groups")],
            "managers": [str(v) for v in form.getlist("managers")],
            "group_text": str(form.get("group_text", "")).strip(),
            "manager_text": str(form.get("manager_text", "")).strip(),
        }

    def unfinished(self, form: dict[str, Any]) -> dict[str, str]:
        """What was typed into a picker but never picked."""
        errors = {}
        if form["group_text"]:
            errors["groups"] = f"“{form['group_text']}” was not added. Pick it from the list, or clear it."
        if form["manager_text"]:
            errors["managers"] = f"“{form['manager_text']}” was not added. Pick it from the list, or clear it."
        return errors

    def chips(self, form: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
        people = [(address, self.store.find(address)) for address in form["managers"]]
        return {
            "groups": [(name, name) for name in form["groups"]],
            "managers": [(address, (person and person.name) or address) for address, person in people],
        }

    async def act(self, request: Request) -> Response:
        action, actor = request.path_params["action"], request.state.actor
        person = self.store.get(request.path_params["id"])
        label = person.name or person.email
        if action in CONFIRM:
            text = CONFIRM[action]
            problem = ""
            if request.method == "POST":
                try:
                    if (
                        action == "delete"
                        and str((await request.form()).get("confirmation", "")).strip() != text["type"]
                    ):
                        raise Refused(f"Type {text['type']} to confirm")
                    if action == "deactivate":
                        self.store.deactivate(person.id, actor)
                    elif action == "delete":
                        self.store.delete(person.id, actor)
                    else:
                        self.store.edit(person.id, {"role": "Admin" if action == "make-admin" else "Learner"}, actor)
                    message = text["done"].format(label)
                    if action == "delete":
                        if (
                            urlsplit(request.headers.get("x-page", "")).path != "/admin/users"
                            and "x-fragment" in request.headers
                        ):
                            request.state.session["flash"].append(("success", message))
                            return Response(headers={"X-Location": "/admin/users"})
                        return self.done(request, message, reload=True)
                    return self.done(request, message, self.store.get(person.id))
                except Refused as refusal:
                    problem = next(iter(refusal.fields.values()), refusal.message)
            return self.show(
                request,
                "_confirm.html",
                title=text["button"],
                section="users",
                status=422 if problem else 200,
                p=self.view(person),
                action=action,
                text=text,
                heading=text["title"].format(label),
                problem=problem,
            )
        if action == "reactivate" and request.method == "POST":
            self.store.reactivate(person.id, actor)
            return self.done(request, f"{label} has been reactivated.", self.store.get(person.id))
        if action == "resend" and request.method == "POST":
            self.store.resend(person.id, actor)
            return self.done(request, f"Invitation sent again to {person.email}.", self.store.get(person.id))
        raise Refused("There is nothing here.", status=404)

    # several persons

    async def bulk(self, request: Request) -> Response:
        source = request.query_params if request.method == "GET" else await request.form()
        action = str(source.get("do", ""))
        ids = [int(str(i)) for i in source.getlist("ids") if str(i).isdecimal()]
        if action not in BULK:
            raise Refused("Choose what to do with the selected users")
        if not ids:
            raise Refused("Select at least one user")
        button, past = BULK[action]
        if request.method == "GET":
            fits = {"deactivate": ("active", "invited"), "reactivate": ("deactivated",), "resend": ("invited",)}[action]
            people = [self.store.get(i) for i in ids]
            return self.show(
                request,
                "_bulk.html",
                title=button,
                section="users",
                do=action,
                button=button,
                people=[self.view(p) for p in people if p.status in fits],
                others=[self.view(p) for p in people if p.status not in fits],
            )
        method = {
            "deactivate": self.store.deactivate,
            "reactivate": self.store.reactivate,
            "resend": self.store.resend,
        }[action]
        good, bad = 0, []
        for i in ids:
            try:
                method(i, request.state.actor)
                good += 1
            except Refused as refusal:
                bad.append(refusal.message)
        if not good:
            raise Refused(" ".join(dict.fromkeys(bad)))
        message = f"{count(good, 'user')} {'has' if good == 1 else 'have'} been {past}."
        if bad:
            message += f" {len(bad)} skipped: {'; '.join(dict.fromkeys(bad))}."
        return self.done(request, message, reload=True)

    # inviting

    def addresses(self, text: str) -> list[str]:
        """A pasted list: separated by commas, semicolons, spaces or new lines; “Ann Lee <ann@…>” too."""
        found: list[str] = []
        for part in re.split(r"[,;\n]+", text):
            inner = re.findall(r"<([^<>]*)>", part)
            found += [a.strip() for a in inner] if inner else part.split()
        return found

    async def invite(self, request: Request) -> Response:
        form: dict[str, Any] = {
            "emails": "",
            "admin": False,
            "groups": [],
            "managers": [],
            "group_text": "",
            "manager_text": "",
        }
        errors: dict[str, str] = {}
        message = ""
        if request.method == "POST":
            form |= await self.submitted(request)
            errors = self.unfinished(form)
            if not errors:
                try:
                    data = {
                        "emails": self.addresses(form["emails"]),
                        "groups": form["groups"],
                        "managers": form["managers"],
                        "admin": form["admin"],
                    }
                    invited = self.store.invite_list(data, request.state.actor)["invited"]
                    what = (
                        f"Invitation sent to {invited[0]}."
                        if len(invited) == 1
                        else f"{len(invited)} invitations sent."
                    )
                    return self.done(request, what, reload=True)
                except Refused as refusal:
                    errors, message = refusal.fields, refusal.message
        return self.show(
            request,
            "_invite.html",
            title="Invite Users",
            section="users",
            status=422 if errors or message else 200,
            form=form,
            errors=errors,
            message=message,
            chips=self.chips(form),
            summary=self.store.summary(),
        )

    async def pick_groups(self, request: Request) -> Response:
        text, chosen = " ".join(request.query_params.get("q", "").split()), request.query_params.getlist("chosen")
        names = self.store.summary()["groups"]
        options = [(n, n, "") for n in names if fold(text) in fold(n) and n not in chosen]
        options.sort(key=lambda o: fold(o[0]) != fold(text))
        if text and not any(fold(n) == fold(text) for n in [*names, *chosen]):
            options.append((text, text, "Create group"))
        return self.show(request, "_options.html", title="Groups", options=options)

    async def pick_managers(self, request: Request) -> Response:
        text, chosen = request.query_params.get("q", "").strip(), request.query_params.getlist("chosen")
        options = [
            (o["email"], o["name"] or o["email"], o["email"] if o["name"] else "")
            for o in self.store.options(text)
            if o["email"] not in chosen
        ]
        known = self.store.find(text) if text else None
        if known and known.status != "deactivated" and known.email not in chosen:
            options = [
                (known.email, known.name or known.email, known.email),
                *(o for o in options if o[0] != known.email),
            ]
        elif EMAIL.fullmatch(text) and not known and text.lower() not in chosen:
            options.append((text.lower(), text.lower(), "Invite as a manager"))
        return self.show(request, "_options.html", title="Managers", options=options)

    # import

    async def import_upload(self, request: Request) -> Response:
        problem = ""
        if request.method == "POST":
            file = (await request.form()).get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                problem = "Choose a CSV file first"
            else:
                try:
                    preview = self.store.preview(file.filename, await file.read(), request.state.actor)
                    return RedirectResponse(
                        f"/admin/users/import/{preview['token']}?" + urlencode({"file": file.filename}), 303
                    )
                except Refused as refusal:
                    problem = refusal.message
        return self.show(
            request,
            "_import_upload.html",
            title="Import Users",
            section="users",
            status=422 if problem else 200,
            problem=problem,
            columns=CSV_HEADER,
            summary=self.store.summary(),
        )

    async def import_review(self, request: Request) -> Response:
        token = request.path_params["token"]
        if request.method == "POST":
            try:
                result = self.store.commit(token, request.state.actor)
            except Refused as refusal:
                return self.show(
                    request,
                    "_import_upload.html",
                    title="Import Users",
                    section="users",
                    status=refusal.status,
                    problem=refusal.message,
                    columns=CSV_HEADER,
                    summary=self.store.summary(),
                )
            return self.show(request, "_import_result.html", title="Import Users", section="users", result=result)
        rows = self.store.imports.get(token)
        if rows is None:
            return RedirectResponse("/admin/users/import", 303)
        bad = sum(bool(row["errors"]) for row in rows)
        return self.show(
            request,
            "_import_review.html",
            title="Import Users",
            section="users",
            token=token,
            rows=rows,
            invalid=bad,
            valid=len(rows) - bad,
            filename=request.query_params.get("file", ""),
            summary=self.store.summary(),
        )

    async def import_template(self, request: Request) -> Response:
        text = ",".join(CSV_HEADER) + "\r\n"
        return Response(
            text,
            media_type="text/csv",
            headers={"Content-Disposition": 'attachment; filename="user-import-template.csv"'},
        )
