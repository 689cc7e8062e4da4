"""Signing in on one page, with a one-time code, and through an identity provider on another origin."""

from __future__ import annotations

import html
import re
import time

import httpx
import pytest

from fixtures.mock_console import MockConsole
from fixtures.mock_console.totp import code_at
from fixtures.mock_console.visitor import Visitor


def _fields(page: httpx.Response) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', page.text)}


def test_the_one_page_form_takes_address_and_password_together(mock: MockConsole) -> None:
    mock.reset(sign_in="one-page")
    with Visitor(mock) as visitor:
        page = visitor.get("/login")
        assert 'type="password"' in page.text
        assert "Continue" not in page.text
        wrong = visitor.submit("/login", {"email": mock.admin_email, "password": "wrong"})
        assert (wrong.status_code, "Incorrect email or password." in wrong.text) == (401, True)
        right = visitor.submit("/login", {"email": mock.admin_email, "password": mock.admin_password})
        assert right.headers["location"] == "/admin"
        assert visitor.get("/admin").status_code == 200


def test_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the test vectors of RFC 6238, last six digits
    for moment, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert code_at(secret, moment) == code


def test_a_one_time_code_is_asked_after_the_password(mock: MockConsole) -> None:
    mock.reset(sign_in="totp")
    with Visitor(mock) as visitor:
        page = visitor.sign_in()
        assert page.url.path == "/login/code"
        assert "Verification code" in page.text
        assert visitor.get("/admin").status_code == 303
        wrong = visitor.submit("/login/code", {"code": "000000"})
        assert (wrong.status_code, "not valid or has expired" in wrong.text) == (401, True)
        old = visitor.submit("/login/code", {"code": code_at(mock.totp_secret, time.time() - 300)})
        assert old.status_code == 401
        right = visitor.submit("/login/code", {"code": code_at(mock.totp_secret, time.time())})
        assert right.headers["location"] == "/admin"
        assert visitor.get("/admin").status_code == 200
    assert [event.kind for event in mock.books().events] == ["sign_in_failed", "sign_in_failed", "signed_in"]


def test_the_code_page_wants_the_password_first(mock: MockConsole) -> None:
    mock.reset(sign_in="totp")
    with Visitor(mock) as visitor:
        visitor.get("/login")
        assert visitor.get("/login/code").headers["location"] == "/login"
        code = code_at(mock.totp_secret, time.time())
        assert visitor.submit("/login/code", {"code": code}).status_code == 403


def test_single_sign_on_leads_to_the_identity_provider_and_back(mock: MockConsole) -> None:
    mock.reset(sign_in="sso")
    with Visitor(mock) as visitor:
        assert "Sign in with single sign on" in visitor.get("/login?next=/admin/users").text
        away = visitor.submit("/login", {"email": mock.admin_email}).headers["location"]
        assert away.startswith(mock.identity_url + "/")
        assert mock.identity_url != mock.url
        page = visitor.http.get(away)
        fields = _fields(page)
        assert fields["username"] == mock.admin_email
        wrong = visitor.http.post(
            f"{mock.identity_url}/saml/login", data={**fields, "username": mock.admin_email, "password": "wrong"}
        )
        assert wrong.status_code == 401
        good = {**fields, "username": mock.admin_email, "password": mock.admin_password}
        answer = visitor.http.post(f"{mock.identity_url}/saml/login", data=good)
        said = _fields(answer)
        back = visitor.http.post(f"{mock.url}/saml/acs", data=said)
        assert back.headers["location"] == "/admin/users"
        assert visitor.get("/admin/users").status_code == 200
        assert visitor.http.post(f"{mock.url}/saml/acs", data=said).status_code == 403, "an answer counts once"
    assert mock.books().events_of("sign_in_failed")[0].origin == "sso"


def test_the_identity_provider_remembers_until_it_is_told_to_forget(mock: MockConsole) -> None:
    mock.reset(sign_in="sso")
    with Visitor(mock) as visitor:
        for is_known in (False, True, False):
            visitor.get("/login")
            page = visitor.http.get(visitor.get("/login/sso").headers["location"])
            assert ("SAMLResponse" in page.text) == is_known
            good = {**_fields(page), "username": mock.admin_email, "password": mock.admin_password}
            if not is_known:
                visitor.http.post(f"{mock.identity_url}/saml/login", data=good)
            mock.end_sessions(identity=is_known)


def test_other_domains_still_have_a_password(mock: MockConsole) -> None:
    mock.reset(sign_in="sso")
    with Visitor(mock) as visitor:
        visitor.get("/login")
        answer = visitor.submit("/login", {"email": "partner@example.com"})
        assert answer.headers["location"] == "/login/password"


@pytest.mark.parametrize("answer", ["", "forged", "eyJlbWFpbCI6ICJ4In0.aaaa.bbbb"])
def test_a_forged_answer_signs_nobody_in(mock: MockConsole, answer: str) -> None:
    mock.reset(sign_in="sso")
    with Visitor(mock) as visitor:
        assert visitor.http.post("/saml/acs", data={"SAMLResponse": answer}).status_code == 403
        assert visitor.http.get("/admin").status_code == 303
    assert mock.books().events_of("signed_in") == []
