"""Pages shown to the page objects, and a person at the console.

She has a browser of her own, driven by pytest-playwright's synchronous `page`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright import async_api
from playwright.sync_api import Locator, Page, expect

from fixtures.mock_console import MockConsole

Work = Callable[[async_api.Page], Awaitable[Any]]
Show = Callable[[str, Work], Any]


@pytest.fixture
def show(portal: BlockingPortal, browser_here: async_api.Browser) -> Show:
    """Shows a page and gives what is made of it."""

    async def shown(html: str, work: Work) -> Any:
        page = await browser_here.new_page()
        await page.set_content(html)
        found = await work(page)
        await page.close()
        return found

    return lambda html, work: portal.call(shown, html, work)


class Onlooker:
    """Somebody who is signed in and looks, in the words that are on the screen."""

    def __init__(self, page: Page, mock: MockConsole) -> None:
        self.page = page
        self.mock = mock

    def sign_in(self) -> None:
        self.page.goto(f"{self.mock.url}/login")
        self.page.get_by_label("Email").fill(self.mock.admin_email)
        self.page.get_by_role("button", name="Continue").click()
        self.page.get_by_label("Password").fill(self.mock.admin_password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("link", name="People").first).to_be_visible()

    def row_of(self, email: str) -> Locator:
        """The one row of this address, searched for as a person would."""
        self.page.goto(f"{self.mock.url}/admin/users")
        search = self.page.get_by_label("Search by name or email")
        search.fill(email)
        search.press("Enter")
        own = self.page.get_by_role("cell", name=re.compile(f"^{re.escape(email)}$"))
        row = self.page.get_by_role("row").filter(has=own)
        expect(row).to_have_count(1)
        return row

    def person(self, email: str) -> Page:
        """Her own page."""
        self.row_of(email).get_by_role("link").first.click()
        expect(self.page.get_by_label("Email address")).to_have_value(email)
        return self.page


@pytest.fixture
def onlooker(page: Page, mock: MockConsole) -> Onlooker:
    page.set_default_timeout(10_000)
    expect.set_options(timeout=10_000)
    onlooker = Onlooker(page, mock)
    onlooker.sign_in()
    return onlooker
