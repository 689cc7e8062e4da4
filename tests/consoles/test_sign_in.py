"""Every documented and usual way to sign in, judged by the console's own log; and what ends in a clear error."""

from __future__ import annotations

import asyncio
import secrets
from base64 import b32encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from connector import Connector, one_time_codes
from connector.errors import ConsoleUnavailable, Refused, SettingsError, SignInFailed
from connector.models import Result
from connector.one_time_codes import OneTimeCodes
from fixtures.mock_console import MockConsole
from fixtures.mock_console.screens.sign_in import SignIn
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.totp import STEP_SECONDS, code_at
from tests.conftest import StartConnector, StartConsole, apart, lane_of
from tests.flows.oracle import happened, signed_in

ANN = "ann@northwind.example"
GRACE = "grace.okafor@northwind.example"
WAYS = ["email-first", "one-page", "totp", "totp-boxes", "sso", "sso-button", "sso-stay"]


@pytest.fixture
def console(start_console: StartConsole) -> MockConsole:
    """A console of this test's own, whose sign-ins nobody else needs."""
    return start_console()


def what_it_takes(console: MockConsole, way: str) -> dict[str, Any]:
    """Resets the console to one way of signing in; the settings that it needs besides the password."""
    console.reset(sign_in=way)
    if way.startswith("totp"):
        return {"totp_secret": console.totp_secret}
    return {"sso_origin": console.identity_url} if way.startswith("sso") else {}


def fails(connector: Connector) -> SignInFailed:
    """The error that signing in ends with; the second attempt ends with the same and tries nothing."""
    with pytest.raises(SignInFailed) as first:
        connector.person(ANN)
    with pytest.raises(SignInFailed):
        connector.person(ANN)
    assert first.value.exit_code == 4
    return first.value


@pytest.mark.parametrize("way", WAYS)
def test_the_account_is_signed_in_once_and_without_a_wrong_try(
    console: MockConsole, start_connector: StartConnector, way: str
) -> None:
    connector = start_connector(console, **what_it_takes(console, way))
    before = console.books()
    assert connector.person(ANN).email == ANN
    asked = [("stay_answered", "no")] if way == "sso-stay" else []
    assert happened(before, console.books()) == [*asked, ("signed_in", console.admin_email)]


@pytest.mark.parametrize("way", ["one-page", "sso"])
def test_a_wrong_password_is_tried_once_and_told_in_the_console_s_words(
    console: MockConsole, start_connector: StartConnector, way: str
) -> None:
    connector = start_connector(console, password="canary-not-the-password", **what_it_takes(console, way))
    error = fails(connector)
    assert "WORKRAMP_PASSWORD" in str(error)
    assert ("Incorrect email or password." if way == "one-page" else "Unable to sign in.") in str(error)
    assert "canary" not in str(error)
    assert [event.kind for event in console.books().events] == ["sign_in_failed"]


def test_an_error_page_instead_of_an_answer_is_said_and_the_password_not_sent_again(
    console: MockConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def judge(pages: SignIn, request: Request, session: Session, password: str) -> Response:
        asked.append(password)
        return pages.web.unavailable(request)

    monkeypatch.setattr(SignIn, "_judge", judge)
    with pytest.raises(ConsoleUnavailable, match="did not answer while signing in") as failed:
        start_connector(console).person(ANN)
    assert "503" in (failed.value.seen or "")
    assert failed.value.exit_code == 4
    assert asked == [console.admin_password]


# -- one-time codes ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["totp", "totp-boxes"])
def test_a_code_that_is_refused_is_tried_once_and_the_clock_is_mentioned(
    console: MockConsole, start_connector: StartConnector, way: str
) -> None:
    other = b32encode(secrets.token_bytes(20)).decode()
    error = fails(start_connector(console, **{**what_it_takes(console, way), "totp_secret": other}))
    assert "one-time code was not accepted" in error.message
    assert "not valid or has expired" in (error.seen or "")
    assert "WORKRAMP_TOTP_SECRET" in error.advice
    assert "clock" in error.advice
    assert other not in str(error)
    assert [event.origin for event in console.books().events] == ["one-time-code"]


def test_a_code_without_a_secret_says_which_setting_or_command_is_needed(
    console: MockConsole, start_connector: StartConnector
) -> None:
    what_it_takes(console, "totp")
    error = fails(start_connector(console))
    assert "WORKRAMP_TOTP_SECRET" in error.message
    assert "workramp sign-in" in error.advice
    assert console.books().events == ()


class Clock:
    """The time that one-time codes go by: stands still but for what is waited."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, now: float) -> None:
        self.now = now
        self.waited: list[float] = []
        monkeypatch.setattr(one_time_codes, "_clock", lambda: self.now)
        monkeypatch.setattr(one_time_codes, "_sleep", self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


def codes_of(secret: str, count: int) -> list[str]:
    codes = OneTimeCodes(SecretStr(secret))

    async def several() -> list[str]:
        return [(await codes.next(lambda text: None)).get_secret_value() for _ in range(count)]

    return apart(several())


SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("second", "waits"), [(0, 0.0), (24, 0.0), (26, 4.05), (29.5, 0.55)], ids=["new", "good", "ends soon", "at its end"]
)
def test_a_code_about_to_expire_is_not_typed_and_the_next_is_waited_for_no_longer_than_needed(
    monkeypatch: pytest.MonkeyPatch, second: float, waits: float
) -> None:
    clock = Clock(monkeypatch, 60_000 * STEP_SECONDS + second)
    assert codes_of(SECRET, 1) == [code_at(SECRET, clock.now)]
    assert sum(clock.waited) == pytest.approx(waits)


def test_no_code_is_given_out_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch, 60_000 * STEP_SECONDS)
    assert codes_of(SECRET, 3) == [code_at(SECRET, (60_000 + more) * STEP_SECONDS) for more in range(3)]


def test_a_new_session_is_signed_in_to_with_a_new_code_also_by_the_next_command(
    console: MockConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The console refuses a code that was used; what was used is kept with the session."""
    taken = what_it_takes(console, "totp")
    with start_connector(console, **taken) as connector:
        connector.person(ANN)
    (used,) = console.console.used_code_steps
    console.end_sessions()
    Clock(monkeypatch, used * STEP_SECONDS + 1.0)
    assert start_connector(console, **taken).person(ANN).email == ANN
    assert console.console.used_code_steps == {used, used + 1}
    assert [event.kind for event in console.books().events] == ["signed_in", "signed_in"]


@pytest.mark.parametrize("given", ["gezd gnbv gy3t qojq gezd gnbv gy3t qojq", f"otpauth://totp/x?secret={SECRET}"])
def test_a_secret_may_be_written_as_it_is_shown(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    clock = Clock(monkeypatch, 60_000 * STEP_SECONDS)
    assert codes_of(given, 1) == [code_at(SECRET, clock.now)]


@pytest.mark.parametrize("given", ["canary!", "canary1", "otpauth://hotp/canary?secret=MFRGG", "otpauth://totp/canary"])
def test_a_secret_that_is_none_is_said_to_be_so_without_repeating_it(given: str) -> None:
    with pytest.raises(SettingsError, match="WORKRAMP_TOTP_SECRET") as caught:
        OneTimeCodes(SecretStr(given))
    assert "canary" not in str(caught.value)
    assert caught.value.exit_code == 2


# -- single sign-on ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["sso", "sso-button"])
def test_nothing_is_typed_at_an_identity_provider_that_the_settings_do_not_name(
    console: MockConsole, start_connector: StartConnector, way: str
) -> None:
    what_it_takes(console, way)
    connector = start_connector(console)
    error = fails(connector)
    assert error.seen == console.identity_url
    assert "WORKRAMP_SSO_ORIGIN" in error.advice
    assert "workramp sign-in" in error.advice
    page, portal = lane_of(connector).page, connector._portal
    assert portal is not None
    assert page.url.startswith(console.identity_url)
    assert portal.call(page.locator("#password").input_value) == ""
    assert console.books().events == ()


# -- saved sessions alone ----------------------------------------------------------------------------------------
def test_without_a_password_the_saved_session_serves_until_it_ends(
    console: MockConsole, start_connector: StartConnector
) -> None:
    with start_connector(console) as first:
        first.person(ANN)
    connector = start_connector(console, password=None)
    assert connector.deactivate(ANN).result is Result.DONE
    console.end_sessions()
    error = fails(connector)
    assert "has ended" in error.message
    assert "workramp sign-in" in error.advice
    error = fails(start_connector(console, password=None))
    assert "workramp sign-in" in error.advice
    assert signed_in(console.books()) == 1


def forgets_the_address(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[str]:
    """A console begins the sign-in anew so often, as a late answer with a new session makes it; what was asked for."""
    original, asked = SignIn.password_page, list[str]()

    async def password_page(screen: SignIn, request: Request) -> Response:
        asked.append(request.url.path)
        return RedirectResponse("/login", 303) if len(asked) <= times else await original(screen, request)

    monkeypatch.setattr(SignIn, "password_page", password_page)
    return asked


def test_an_address_that_the_console_has_lost_is_given_once_more(
    start_console: StartConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = forgets_the_address(monkeypatch, times=1)
    console = start_console()
    before = console.books()
    assert start_connector(console).person(ANN).email == ANN
    assert len(asked) == 2
    assert happened(before, console.books()) == [("signed_in", console.admin_email)]


def test_an_address_is_given_no_third_time(
    start_console: StartConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = forgets_the_address(monkeypatch, times=9)
    error = fails(start_connector(start_console()))
    assert "asked for again" in error.message
    assert len(asked) == 2


def test_without_a_password_and_without_a_session_it_says_what_is_missing(
    console: MockConsole, start_connector: StartConnector
) -> None:
    with pytest.raises(SettingsError, match="WORKRAMP_PASSWORD") as caught:
        start_connector(console, password=None).person(ANN)
    assert "workramp sign-in" in caught.value.advice


# -- by hand -----------------------------------------------------------------------------------------------------
def with_a_person(connector: Connector, does: Callable[[Any], Any]) -> None:
    """Somebody sits in front of the browser as soon as its page shows the sign-in form."""
    assert connector._portal is not None

    async def sit_down() -> None:
        while connector._console is None or connector._console.current_lane is None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await does(connector._console.current_lane.page)

    connector._portal.start_task_soon(sit_down)


def opened(connector: Connector) -> Connector:
    """The connector with its loop running, so that a person can be seated before it works."""

    async def nothing() -> None:
        return None

    connector._call(nothing)
    return connector


def test_a_person_signs_in_at_the_identity_provider_and_the_commands_go_on_without_a_password(
    console: MockConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    what_it_takes(console, "sso-stay")
    said: list[str] = []

    async def sign_in(page: Any) -> None:
        await page.get_by_label("Email").fill(console.admin_email)
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_label("Password").fill(console.admin_password)
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("button", name="Yes").click()

    with opened(start_connector(console, password=None, say=said.append)) as connector:
        with_a_person(connector, sign_in)
        connector.sign_in(seconds=60)
    assert any("Sign in in the window" in line for line in said)
    assert [event.kind for event in console.books().events] == ["stay_answered", "signed_in"]
    later = start_connector(console, password=None)
    assert later.deactivate(ANN).result is Result.DONE
    assert signed_in(console.books()) == 1

    # The console ends the session while the provider still knows the browser: nobody has to type anything.
    console.end_sessions()
    assert later.reactivate(ANN).result is Result.DONE
    assert signed_in(console.books()) == 2
    console.end_sessions(identity=True)
    assert "workramp sign-in" in fails(later).advice


def test_nobody_at_the_window_ends_with_a_clear_error_and_nothing_saved(
    console: MockConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    connector = start_connector(console, password=None)
    with pytest.raises(SignInFailed, match="nobody signed in") as failed:
        connector.sign_in(seconds=1)
    assert "e-mail address" in (failed.value.seen or "")
    assert console.books().events == ()
    assert not (tmp_path / "state" / "sessions").exists()


def test_another_account_at_the_window_is_refused_and_not_saved(
    console: MockConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    session = console.console.sessions.open()
    session.email = GRACE

    async def is_grace(page: Any) -> None:
        await page.wait_for_url("**/login**")
        cookie = {"name": "wr_session", "value": session.id, "url": console.url}
        await page.context.add_cookies([cookie])
        await page.goto(console.url)

    connector = opened(start_connector(console, password=None))
    with_a_person(connector, is_grace)
    with pytest.raises(Refused, match="another account") as refused:
        connector.sign_in(seconds=60)
    assert "WORKRAMP_EMAIL" in (refused.value.advice or "")
    assert not (tmp_path / "state" / "sessions").exists()


def test_a_window_that_is_closed_ends_the_waiting(console: MockConsole, start_connector: StartConnector) -> None:
    async def leaves(page: Any) -> None:
        await page.wait_for_url("**/login**")
        await page.close()

    connector = opened(start_connector(console, password=None))
    with_a_person(connector, leaves)
    with pytest.raises(ConsoleUnavailable, match="window was closed"):
        connector.sign_in(seconds=60)
