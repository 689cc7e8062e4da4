"""The pages that the server writes itself, over HTTP and without a browser."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from .server import ComponentConsole

if TYPE_CHECKING:
    from collections.abc import Iterator

ANN, ANN_LEE, SOREN = "ann@corp.example", "ann.lee@corp.example", "soren.angstrom@corp.example"
NEW = "new.one@corp.example"


class Visitor:
    """Goes from page to page as a browser without scripts does."""

    def __init__(self, console: ComponentConsole) -> None:
        self.console = console
        self.browser = httpx.Client(base_url=console.url, follow_redirects=True)
        self.page = self.browser.get("/")

    def go(self, url: str) -> httpx.Response:
        self.page = self.browser.get(url)
        return self.page

    def send(self, url: str, data: dict[str, Any], **more: Any) -> httpx.Response:
        """Fills in a form of the page that is open."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page.text)
        assert token is not None
        self.page = self.browser.post(url, data={"csrf_token": token[1]} | data, **more)
        return self.page

    def sign_in(self) -> httpx.Response:
        self.send("/login", {"email": self.console.email})
        return self.send("/login/password", {"password": self.console.password})

    def url_of(self, email: str, then: str = "") -> str:
        (found,) = (person["id"] for person in self.console.books()["people"] if person["email"] == email)
        return f"/admin/users/{found}{then}"


@pytest.fixture
def console() -> Iterator[ComponentConsole]:
    with ComponentConsole("pages", latency=0) as running:
        yield running


@pytest.fixture
def visitor(console: ComponentConsole) -> Iterator[Visitor]:
    visitor = Visitor(console)
    visitor.sign_in()
    yield visitor
    visitor.browser.close()


def person(console: ComponentConsole, email: str) -> dict[str, Any]:
    (found,) = (person for person in console.books()["people"] if person["email"] == email)
    return dict(found)


def happened(console: ComponentConsole) -> list[str]:
    return [event["action"] for event in console.books()["events"]]


def test_signing_in_leads_to_where_one_was_going(console: ComponentConsole) -> None:
    visitor = Visitor(console)
    assert visitor.page.url.path == "/login"
    assert visitor.go("/admin/users?status=invited").url.path == "/login"
    assert visitor.send("/login", {"email": "nobody"}).status_code == 422
    visitor.send("/login", {"email": console.email})
    wrong = visitor.send("/login/password", {"password": "wrong"})
    assert (wrong.status_code, "Incorrect email or password" in wrong.text) == (422, True)
    right = visitor.send("/login/password", {"password": console.password})
    assert str(right.url).endswith("/admin/users?status=invited")
    assert happened(console) == ["login_failed", "login"]
    console.end_sessions()
    assert "Your session has expired" in visitor.go("/admin").text


def test_no_form_is_taken_without_its_token(console: ComponentConsole, visitor: Visitor) -> None:
    visitor.browser.post(visitor.url_of(ANN, "/deactivate"))
    visitor.browser.head(visitor.url_of(ANN, "/deactivate"))
    assert person(console, ANN)["status"] == "active"


def test_the_list_has_pages_a_search_and_filters(visitor: Visitor) -> None:
    page = visitor.go("/admin/users").text
    assert "1–20 of 60" in page
    assert "41–60 of 60" in visitor.go("/admin/users?page=99").text
    assert "1–3 of 3" in visitor.go(f"/admin/users?q={ANN}").text
    assert "No people match" in visitor.go("/admin/users?q=nobody+at+all").text
    invited = visitor.go("/admin/users?status=invited&last_login=never").text
    assert invited.count('class="status status-invited"') == invited.count('class="status ') > 0
    assert "<script>" not in visitor.go("/admin/users?q=<script>").text


def test_inviting(console: ComponentConsole, visitor: Visitor) -> None:
    visitor.go("/admin/users/new")
    empty = visitor.send("/admin/users/new", {"email": "", "managers": "nobody"})
    assert empty.status_code == 422
    assert {"Email is required", "First name is required", "“nobody” is not a valid email address"} <= set(
        re.findall(r'class="field-error"[^>]*>([^<]+)<', empty.text)
    )
    new = {
        "email": NEW,
        "first_name": "New",
        "last_name": "One",
        "role": "Manager",
        "groups": ["Sales, EMEA", "R&D"],
        "new_group": "Fresh",
        "managers": "marcus.webb@corp.example\r\nines.duarte@corp.example",
    }
    done = visitor.send("/admin/users/new", new)
    assert (done.url.path, f"Invitation sent to {NEW}" in done.text) == ("/admin/users", True)
    written = person(console, NEW)
    assert written["groups"] == ["Sales, EMEA", "R&D", "Fresh"]
    assert written["managers"] == ["marcus.webb@corp.example", "ines.duarte@corp.example"]
    assert f"Invitation sent to {NEW}" not in visitor.go("/admin/users").text


def test_editing(console: ComponentConsole, visitor: Visitor) -> None:
    form = visitor.go(visitor.url_of(ANN, "/edit")).text
    assert re.search(r'value="Sales, EMEA" checked', form)
    before = person(console, ANN)
    values = {
        "first_name": "Ann",
        "last_name": "Li",
        "role": "Learner",
        "groups": ["Sales, EMEA"],
        "managers": "marcus.webb@corp.example",
    }
    assert visitor.send(visitor.url_of(ANN, "/edit"), values).url.path == visitor.url_of(ANN)
    assert "Your changes have been saved." in visitor.page.text
    assert person(console, ANN) == before | {"last_name": "Li"}


def test_deactivating_reactivating_and_resending(console: ComponentConsole, visitor: Visitor) -> None:
    assert "Deactivate Ann Lee?" in visitor.go(visitor.url_of(ANN, "/deactivate")).text
    assert "has been deactivated" in visitor.send(visitor.url_of(ANN, "/deactivate"), {}).text
    assert "already deactivated" in visitor.send(visitor.url_of(ANN, "/deactivate"), {}).text
    console.store.seats_total = console.store.seats_used()
    assert "No seats available" in visitor.send(visitor.url_of(ANN_LEE, "/reactivate"), {}).text
    console.store.seats_total += 1
    assert "has been reactivated" in visitor.send(visitor.url_of(ANN_LEE, "/reactivate"), {}).text
    visitor.go(visitor.url_of(SOREN))
    assert "Invitation resent" in visitor.send(visitor.url_of(SOREN, "/resend-invitation"), {}).text
    assert "own account" in visitor.send(visitor.url_of(console.email, "/deactivate"), {}).text
    assert happened(console) == [
        "login",
        "deactivated",
        "refused",
        "refused",
        "reactivated",
        "invitation_resent",
        "refused",
    ]


def test_importing(console: ComponentConsole, visitor: Visitor) -> None:
    head = "Email,First Name,Last Name,Role,Managers,Groups"
    rows = f"{head}\r\n{NEW},New,One,Learner,,R&D;Sales\r\n{ANN},A,L,Learner,,\r\n"
    visitor.go("/admin/users/import")
    assert "Choose a CSV file" in visitor.send("/admin/users/import", {}, files={"other": b""}).text
    review = visitor.send("/admin/users/import", {}, files={"file": ("people.csv", rows.encode(), "text/csv")})
    assert "A user with this email already exists" in review.text
    assert visitor.send(review.url.path, {}).status_code == 422
    assert NEW not in {person["email"] for person in console.books()["people"]}
    result = visitor.send(review.url.path, {"skip_invalid": "1"})
    assert "1 person invited, 1 row skipped." in result.text
    assert person(console, NEW)["groups"] == ["R&D", "Sales"]
    assert visitor.go(review.url.path).url.path == result.url.path


def test_exporting(console: ComponentConsole, visitor: Visitor) -> None:
    text = visitor.go("/admin/users.csv").content.decode("utf-8-sig")
    exported = {row["Email"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert exported.keys() == {person["email"] for person in console.books()["people"]}
    assert exported[ANN]["Groups"] == "Sales, EMEA"
    some = visitor.go("/admin/users.csv?status=deactivated").content.decode("utf-8-sig")
    assert {row["Status"] for row in csv.DictReader(io.StringIO(some, newline=""))} == {"Deactivated"}


def test_pages_that_are_not_there(console: ComponentConsole, visitor: Visitor) -> None:
    assert visitor.go("/admin/users/1").status_code == 404
    assert visitor.go("/nothing").status_code == 404
    assert httpx.get(console.url + "/nothing").status_code == 404
