"""A wait ends when the console has answered, and a request that is never answered does not hold it up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Route

from page_objects.lane import Lane

Settles = Callable[[str, float], tuple[bool, bool]]


@pytest.fixture
def settles(portal: BlockingPortal, browser_here: Browser) -> Settles:
    """What a wait of at most so many seconds says after a click that had the page ask, and whether it was answered."""

    async def work(asks: str, seconds: float) -> tuple[bool, bool]:
        page = await browser_here.new_page()
        answered = asyncio.Event()

        async def answer(route: Route) -> None:
            if asks and route.request.url.endswith(asks):
                asyncio.get_running_loop().call_later(0.2, answered.set)
                await answered.wait()
                if asks == "never":
                    return
            await route.fulfill(body="<p>here</p>", content_type="text/html")

        await page.route("**/*", answer)
        lane = Lane(page, "http://console.example", 5.0)
        await page.goto("http://console.example/admin/users")
        await lane.about_to_click("it")
        if asks:
            async with page.expect_request(f"**/{asks}"):
                await page.evaluate("asks => { fetch(asks); }", asks)
        found = await lane.traffic.settles(lane.last_click, seconds)
        was_answered = answered.is_set()
        await page.close()
        return found, was_answered

    return lambda asks, seconds: portal.call(work, asks, seconds)


def test_it_waits_for_the_answer(settles: Settles) -> None:
    assert settles("later", 60) == (True, True)


def test_it_waits_no_longer_than_it_may(settles: Settles) -> None:
    assert settles("never", 0.5)[0] is True


def test_where_nothing_is_under_way_it_does_not_wait(settles: Settles) -> None:
    assert settles("", 60) == (False, False)
