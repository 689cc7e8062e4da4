"""Signing in and out, sessions and CSRF tokens."""

from __future__ import annotations

import httpx
import pytest

from fixtures.mock_console import MockConsole
from fixtures.mock_console.visitor import Visitor


def test_e_mail_then_password_opens_the_admin_home(visitor: Visitor) -> None:
    first = visitor.get("/login")
    assert "Continue" in first.text
    assert 'type="password"' not in first.text
    home = visitor.sign_in()
    assert home.url.path == "/admin"
    assert visitor.mock.admin_email in home.text
    (event,) = visitor.mock.books().events
    assert (event.kind, event.subject, event.origin) == ("signed_in", visitor.mock.admin_email, "sign-in")


@pytest.mark.parametrize("email", ["connector@northwind.example", "grace.okafor@northwind.example", "who@example.com"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor: Visitor, email: str) -> None:
    answer = visitor.sign_in(email, "wrong")
    assert answer.status_code == 401
    assert "Incorrect email or password." in answer.text
    assert [event.kind for event in visitor.mock.books().events] == ["sign_in_failed"]
    assert visitor.http.get("/admin").status_code == 303


def test_something_that_is_no_address_does_not_get_to_the_password(visitor: Visitor) -> None:
    visitor.get("/login")
    answer = visitor.submit("/login", {"email": "not-an-address"})
    assert answer.status_code == 422
    assert "Enter a valid email address." in answer.text


def test_a_deactivated_service_account_cannot_sign_in(visitor: Visitor) -> None:
    visitor.mock.change_person(visitor.mock.admin_email, status="deactivated")
    assert visitor.sign_in().status_code == 401


def test_the_session_cookie_is_http_only_and_same_site(visitor: Visitor) -> None:
    cookie = visitor.http.get("/login").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_signing_in_replaces_the_session_id(visitor: Visitor) -> None:
    visitor.get("/login")
    before = visitor.http.cookies["wr_session"]
    visitor.sign_in()
    after = visitor.http.cookies["wr_session"]
    assert after != before
    stale = httpx.get(f"{visitor.mock.url}/admin", cookies={"wr_session": before})
    assert stale.status_code == 303


@pytest.mark.parametrize("path", ["/admin", "/admin/users", "/admin/users/10001", "/admin/users/invite"])
def test_without_a_session_pages_lead_to_the_sign_in_and_back(visitor: Visitor, path: str) -> None:
    answer = visitor.http.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")
    visitor.get(answer.headers["location"])
    visitor.submit("/login", {"email": visitor.mock.admin_email}, follow_redirects=True)
    back = visitor.submit("/login/password", {"password": visitor.mock.admin_password})
    assert back.headers["location"] == path


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/login", "/admin\\evil"])
def test_the_way_back_never_leaves_the_console(visitor: Visitor, path: str) -> None:
    visitor.get("/login", params={"next": path})
    visitor.submit("/login", {"email": visitor.mock.admin_email}, follow_redirects=True)
    back = visitor.submit("/login/password", {"password": visitor.mock.admin_password})
    assert back.headers["location"] == "/admin"


def test_log_out_ends_the_session(admin: Visitor) -> None:
    session = admin.http.cookies["wr_session"]
    assert admin.http.get("/admin").status_code == 200
    assert admin.submit("/logout").headers["location"] == "/login"
    assert httpx.get(f"{admin.mock.url}/admin", cookies={"wr_session": session}).status_code == 303


def test_ended_sessions_and_lost_rights_count_at_once(admin: Visitor) -> None:
    admin.mock.change_person(admin.mock.admin_email, role="learner")
    assert admin.http.get("/admin/users").status_code == 403
    admin.mock.change_person(admin.mock.admin_email, role="admin")
    assert admin.http.get("/admin/users").status_code == 200
    assert admin.mock.end_sessions() == 1
    assert admin.http.get("/admin/users").status_code == 303
    answer = admin.send("/admin/users/10002/deactivate")
    assert (answer.status_code, answer.json()["error"]) == (401, "session_expired")
    assert admin.mock.books().person("grace.okafor@northwind.example").status == "active"


def test_a_session_ends_by_itself_when_it_is_not_used(mock: MockConsole) -> None:
    mock.reset(session_minutes=0)
    with Visitor(mock) as visitor:
        assert visitor.sign_in().status_code in (303, 403)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/users/invite",
        "/admin/users/10004",
        "/admin/users/10004/deactivate",
        "/admin/users/10004/reactivate",
        "/admin/users/10004/resend",
        "/admin/users/import",
        "/admin/users/import/abc",
        "/logout",
    ],
)
@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_post_without_the_sessions_token_is_refused(admin: Visitor, path: str, token: str) -> None:
    before = admin.mock.books()
    admin.token = token
    fields: dict[str, str | list[str]] = {"email": "x@example.com", "first_name": "X", "last_name": "Y"}
    assert admin.send(path, fields).status_code == 403
    assert admin.submit(path, fields).status_code == 403
    assert admin.mock.books() == before


def test_another_sessions_token_is_refused(admin: Visitor) -> None:
    with Visitor(admin.mock) as other:
        other.sign_in()
        admin.token = other.token
    assert admin.send("/admin/users/10004/deactivate").status_code == 403
    assert admin.mock.books().events_of("deactivated") == []
