"""Every documented and usual way to sign in, judged by the console's own log; and what ends in a clear error."""

from __future__ import annotations

import pytest

from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector, StartConsole
from tests.flows.oracle import happened

ANN = "ann@northwind.example"
CANARY = "canary-not-the-password"


@pytest.fixture
def console(start_console: StartConsole) -> MockConsole:
    """A console of this test's own, whose sign-ins nobody else needs."""
    return start_console()


@pytest.mark.parametrize("way", ["email-first", "one-page", "totp", "totp-boxes", "sso", "sso-button", "sso-stay"])
def test_the_account_is_signed_in_once_and_without_a_wrong_try(
    console: MockConsole, start_connector: StartConnector, way: str
) -> None:
    console.reset(sign_in=way)
    before = console.books()
    with_code = {"totp_secret": console.totp_secret} if way.startswith("totp") else {}
    with_provider = {"sso_origin": console.identity_url} if way.startswith("sso") else {}
    connector = start_connector(console, **with_code, **with_provider)
    assert connector.person(ANN).email == ANN
    asked = [("stay_answered", "no")] if way == "sso-stay" else []
    assert happened(before, console.books()) == [*asked, ("signed_in", console.admin_email)]
