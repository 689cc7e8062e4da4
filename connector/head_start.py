"""A browser that comes up while the rest of the connector is still being imported, for commands that surely need it."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from anyio.from_thread import BlockingPortal, start_blocking_portal
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Playwright

from connector.browser import started_driver
from connector.errors import ConnectorError

if TYPE_CHECKING:
    from connector.driven_browser import DrivenBrowser
    from connector.settings import Settings


class HeadStart:
    """The browser, on an event loop in a thread of its own, which whoever takes it up runs on as well.

    Its driver starts at once, which needs no settings; the browser itself with `open`. Used as a context manager, to be
    left after the connector that was given it.
    """

    browser: DrivenBrowser

    def __init__(self) -> None:
        self._exits = ExitStack()
        self.portal: BlockingPortal
        self._driver: Future[Playwright]
        self._beginning: Future[None] | None = None

    def __enter__(self) -> Self:
        self.portal = self._exits.enter_context(start_blocking_portal("asyncio"))
        self._driver = self.portal.start_task_soon(started_driver)
        return self

    def open(self, settings: Settings, *, headed: bool = False) -> None:
        """Starts the browser, once it is known which. `headed` shows its window."""
        from connector.driven_browser import DrivenBrowser

        self.browser = DrivenBrowser(settings, headed=headed, driver=self._taken_driver)
        self._beginning = self.portal.start_task_soon(self._begin)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._exits:
            # Nothing is closed in the middle of being started: that would leave a process behind.
            if self._beginning is not None:
                self._beginning.result()
                self.portal.call(self.browser.close)
            elif self._driver.exception() is None:
                self.portal.call(self._driver.result().stop)

    async def _taken_driver(self) -> Playwright:
        return await asyncio.wrap_future(self._driver)

    async def _begin(self) -> None:
        # Whoever needs the browser asks for it again, and hears then what is in the way.
        with suppress(ConnectorError, PlaywrightError, OSError):
            await self.browser.launched()
