"""What becomes of a page that is asked for and never comes: it is given up, as no look at the present one returns.

While a tab waits for another page, the browser answers no question about the one that it shows, whatever time-out the
question has. A form whose answer is lost on the way would so keep everything waiting that looks at the page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request, Response

from page_objects.traffic import Traffic


class Unanswered:
    """Gives up each page that a tab waits for longer than the time-out: the one that it shows stays."""

    def __init__(self, page: Page, traffic: Traffic, seconds: float, step: Callable[[str], None]) -> None:
        self._page = page
        self._traffic = traffic
        self._seconds = seconds
        self._step = step
        self._timers: dict[Request, asyncio.TimerHandle] = {}
        self._giving_up: set[asyncio.Task[None]] = set()
        page.on("request", self._started)
        page.on("response", self._answered)
        page.on("requestfailed", self._ended)
        page.on("close", self._closed)

    def _started(self, request: Request) -> None:
        # A page within the page keeps nobody waiting.
        if request.is_navigation_request() and request.frame == self._page.main_frame:
            loop = asyncio.get_running_loop()
            self._timers[request] = loop.call_later(self._seconds, self._too_long, request)

    def _answered(self, response: Response) -> None:
        self._ended(response.request)

    def _ended(self, request: Request) -> None:
        if timer := self._timers.pop(request, None):
            timer.cancel()

    def _closed(self, page: Page) -> None:
        for request in [*self._timers]:
            self._ended(request)

    def _too_long(self, request: Request) -> None:
        self._timers.pop(request, None)
        task = asyncio.create_task(self._give_up(request))
        self._giving_up.add(task)
        task.add_done_callback(self._giving_up.discard)

    async def _give_up(self, request: Request) -> None:
        self._step(f"no page came within {self._seconds:g} s: giving up {request.url.partition('?')[0]}")
        self._traffic.give_up(request)
        try:
            session = await self._page.context.new_cdp_session(self._page)
            await session.send("Page.stopLoading")
            await session.detach()
        except PlaywrightError as error:
            # Nobody looks at a tab any more that was closed meanwhile.
            if not self._page.is_closed():
                self._step(f"it could not be given up: {str(error).splitlines()[0]}")
