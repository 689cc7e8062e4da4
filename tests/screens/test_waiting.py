"""A wait ends when the console has answered, and a request that is never answered does not hold it up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Route

from connector.models import SeatPool
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen

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


@pytest.fixture
def pools_of(portal: BlockingPortal, browser_here: Browser) -> Callable[[str], tuple[SeatPool, ...]]:
    """The seats that a People screen with this script states, whose first look is told to the script as `looked()`."""

    async def work(script: str) -> tuple[SeatPool, ...]:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
            page_itself = f"{LIST}<script>{script}</script>"
            body, kind = ("5 of 9 seats used", "plain") if path == b"/seats" else (page_itself, "html")
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/{kind}\r\nContent-Length: {len(body)}\r\n"
            writer.write(f"{head}Connection: close\r\n\r\n{body}".encode())
            await writer.drain()
            writer.close()

        # A server, and no route: requests that a test holds back to answer them are heard of later than they begin.
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        page = await browser_here.new_page()
        await page.goto(f"{address}/admin/users")
        screen = PeopleScreen(Lane(page, address, 5.0))
        shown = screen.shown_seats

        async def look() -> tuple[SeatPool, ...]:
            found = await shown()
            await page.evaluate("globalThis.looked?.(); globalThis.looked = null")
            return found

        screen.shown_seats = look  # type: ignore[method-assign]
        pools = await screen.seats()
        await page.close()
        server.close()
        return pools

    return lambda script: portal.call(work, script)


LIST = """<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody>
<tr><td>Ann Lee</td><td>ann@x.example</td><td>Active</td></tr></tbody></table><p id=seats></p>"""
DRAWN_LATE = "looked = () => requestAnimationFrame(() => { seats.textContent = '5 of 9 seats used'; })"
ASKED_LATE = """looked = () => requestAnimationFrame(async () => {
  const said = await (await fetch('/seats')).text();
  requestAnimationFrame(() => { seats.textContent = said; });
})"""


@pytest.mark.parametrize("script", [DRAWN_LATE, ASKED_LATE], ids=["drawn late", "asked for late"])
def test_seats_that_are_drawn_after_a_look_are_read(pools_of: Any, script: str) -> None:
    assert pools_of(script) == (SeatPool(name="licensed", used=5, total=9),)


def test_a_screen_without_seats_is_not_waited_for(pools_of: Any) -> None:
    assert pools_of("") == ()
