"""A session that ends while its page stays: a dialog over the list says so, and leads to signing in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page, Route

from connector.errors import SignInFailed
from connector.settings import Settings
from connector.sign_in import sign_in
from page_objects.lane import Lane

CONSOLE = "https://console.example"

LIST = """<h1>People</h1><table><tr><th>Name<th>Email</tr><tr><td>Ann Lee<td>ann@x.example</tr></table>"""
BELOW = "<form><label>Email <input type=email></label><button>Send invitation</button></form>"
ENDED = """<dialog open><h2>Your session has expired</h2><p>For your security you've been logged out.</p>
<button onclick="GO">Log in</button></dialog>"""
SIGN_IN = """<title>Log in</title><h1>Log in</h1><form method=post action="/session"><label>Email <input name=e></label>
<label>Password <input type=password name=p></label><button>Log in</button></form>"""


async def signed_in(page: Page, settings: Settings, html: str) -> tuple[bool, list[str]]:
    """Whether anything was answered, and what was sent, once somebody has signed in from this page."""
    sent: list[str] = []

    async def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            sent.append(f"{path} {route.request.post_data}")
        shown = SIGN_IN if path == "/login" else LIST if path == "/session" else html
        await route.fulfill(content_type="text/html", body=shown)

    await page.route("**/*", answer)
    await page.goto(f"{CONSOLE}/admin/users")
    lane = Lane(page=page, base_url=CONSOLE, timeout=3)
    assert await lane.asks_to_sign_in()
    return await sign_in(lane, settings), sent


@pytest.fixture
def from_page(portal: BlockingPortal, browser_here: Browser, tmp_path: Path) -> Any:
    given: dict[str, Any] = {"url": CONSOLE, "email": "admin@x.example", "password": "canary", "state_dir": tmp_path}
    settings = Settings(**given)

    async def work(html: str) -> tuple[bool, list[str]]:
        page = await browser_here.new_page()
        try:
            return await signed_in(page, settings, html)
        finally:
            await page.close()

    return lambda html: portal.call(work, html)


@pytest.mark.parametrize("below", ["", BELOW])
def test_the_dialog_is_left_by_its_own_button_and_nothing_below_it_is_filled_in(from_page: Any, below: str) -> None:
    html = LIST + below + ENDED.replace("GO", "location.href = '/login?redirect=%2Fadmin%2Fusers'")
    assert from_page(html) == (True, ["/session e=admin%40x.example&p=canary"])


def test_a_dialog_that_leads_nowhere_is_not_clicked_again_and_again(from_page: Any) -> None:
    with pytest.raises(SignInFailed, match="does not lead to signing in"):
        from_page(LIST + ENDED.replace("GO", "location.reload()"))


def test_a_dialog_that_holds_the_form_is_filled_in(from_page: Any) -> None:
    form = SIGN_IN.replace("<title>Log in</title>", "<p>Your session has expired.</p>")
    assert from_page(f"{LIST}<dialog open>{form}</dialog>") == (True, ["/session e=admin%40x.example&p=canary"])
