"""Nothing is typed on an address that the settings do not name, however much it looks like the console."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import ElementHandle
from playwright.sync_api import Page

from connector.errors import ConnectorError, Refused, SignInFailed
from connector.models import Guard
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector, StartConsole

ANN = "ann@northwind.example"

LOGIN_PAGE = """<!doctype html><title>Sign in</title><h1>WorkRamp</h1>
<form method="post" action="/login"><label>Email <input name="email" type="email"></label>
<label>Password <input name="password" type="password"></label><button>Log in</button></form>
<script>
  for (const event of ["keydown", "beforeinput", "input", "change", "submit"])
    document.addEventListener(event, (e) =>
      navigator.sendBeacon("/pressed", e.type + " " + (e.target.value || "")), true);
</script>"""


class Stranger:
    """Sends everybody on to another origin: to `elsewhere`, or to a sign-in form that tells what is typed.

    With `framing` the form is not led to but shown in a frame of a page of its own.
    """

    def __init__(self, elsewhere: str | None = None, *, framing: bool = False) -> None:
        self.pressed: list[str] = []
        self.framing = framing
        self.asked: list[str] = []
        self.elsewhere = elsewhere
        stranger = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stranger.asked.append(self.path)
                host = self.headers["host"]
                if stranger.framing and host.startswith("127."):
                    self._answer(200, f'<h1>Sign in</h1><iframe src="{stranger.look_alike}" height="400"></iframe>')
                elif stranger.elsewhere is None and host.startswith("127."):
                    self._answer(303, "", stranger.look_alike + "/login?next=/admin/users")
                elif stranger.elsewhere is not None:
                    self._answer(303, "", stranger.elsewhere + self.path)
                else:
                    self._answer(200, LOGIN_PAGE)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"] or 0)).decode()
                stranger.pressed.append(f"{self.path} {body}")
                self._answer(200, json.dumps({}))

            def _answer(self, status: int, text: str, location: str = "") -> None:
                self.send_response(status)
                if location:
                    self.send_header("location", location)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, format: str, *given: object) -> None:
                """Nothing is logged."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{port}"
        self.look_alike = f"http://localhost:{port}"
        """Another origin: the same server under another name."""
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    server = Stranger()
    yield server
    server.close()


def test_nothing_is_typed_where_the_console_leads_to_another_origin(
    mock: MockConsole, stranger: Stranger, start_connector: StartConnector, page: Page
) -> None:
    connector = start_connector(mock, url=stranger.url)
    with pytest.raises(SignInFailed) as failed:
        connector.deactivate(ANN)
    assert failed.value.exit_code == 4
    assert failed.value.seen == stranger.look_alike
    assert stranger.url in (failed.value.expected or "")
    assert "WORKRAMP_SSO_ORIGIN" in str(failed.value)
    assert "/login?next=/admin/users" in stranger.asked
    assert stranger.pressed == []

    # The server does report what is typed: a person who is taken in is seen.
    page.goto(stranger.url)
    assert page.url.startswith(stranger.look_alike)
    with page.expect_request("**/pressed"):
        page.get_by_label("Email").press("x")
    page.get_by_role("button", name="Log in").click()
    assert any(line.startswith("/pressed keydown") for line in stranger.pressed)


def test_nothing_is_typed_into_a_frame_of_another_origin(mock: MockConsole, start_connector: StartConnector) -> None:
    framing = Stranger(framing=True)
    try:
        connector = start_connector(mock, url=framing.url, timeout=2)
        with pytest.raises(ConnectorError) as failed:
            connector.deactivate(ANN)
    finally:
        framing.close()
    assert failed.value.exit_code == 4
    assert framing.look_alike in (failed.value.seen or "")
    assert "workramp sign-in" in failed.value.advice
    assert framing.pressed == []


@pytest.mark.parametrize("field", ["email", "password"])
def test_a_page_that_takes_the_place_of_the_form_just_before_the_typing_gets_nothing(
    start_console: StartConsole,
    stranger: Stranger,
    start_connector: StartConnector,
    monkeypatch: pytest.MonkeyPatch,
    field: str,
) -> None:
    """The form was looked at and its origin found right; at the moment of typing the page is another one."""
    console = start_console()
    original = ElementHandle.fill
    led_away: list[str] = []

    async def fill(handle: ElementHandle, value: str, **given: Any) -> None:
        if not led_away and await handle.get_attribute("name") == field:
            frame = await handle.owner_frame()
            assert frame is not None
            led_away.append(frame.url)
            await frame.goto(stranger.look_alike + "/login")
        await original(handle, value, **given)

    monkeypatch.setattr(ElementHandle, "fill", fill)
    with pytest.raises(SignInFailed) as failed:
        start_connector(console).deactivate(ANN)
    assert failed.value.seen == stranger.look_alike
    assert led_away
    assert led_away[0].startswith(console.url)
    assert stranger.pressed == []
    assert console.books().events == ()


def test_an_origin_that_the_settings_name_may_be_typed_on(
    mock: MockConsole, stranger: Stranger, start_connector: StartConnector
) -> None:
    connector = start_connector(mock, url=stranger.url, sso_origin=stranger.look_alike, timeout=3)
    with pytest.raises(ConnectorError):  # the stranger's form leads nowhere
        connector.deactivate(ANN)
    assert any("email=connector%40northwind.example" in line for line in stranger.pressed)


def test_a_console_on_another_address_is_not_worked_on(mock: MockConsole, start_connector: StartConnector) -> None:
    """What is configured leads to the console itself, under another name, and somebody is signed in there already."""
    port = urlsplit(mock.url).port
    before = mock.books()
    with start_connector(mock) as first:
        assert first.person(ANN).email == ANN
    detour = Stranger(elsewhere=mock.url)
    try:
        connector = start_connector(mock, url=detour.url, sso_origin=mock.url)
        with pytest.raises(Refused) as refused:
            connector.deactivate(ANN)
    finally:
        detour.close()
    assert refused.value.guard is Guard.WRONG_TENANT
    assert f"127.0.0.1:{port}" in str(refused.value)
    assert "WORKRAMP_URL" in str(refused.value)
    assert mock.books().person(ANN) == before.person(ANN)
