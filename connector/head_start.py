"""A browser that comes up while the rest of the connector is still being imported, for commands that surely need it."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self

from anyio.from_thread import BlockingPortal, start_blocking_portal
from playwright.async_api import Error as PlaywrightError

from connector.driven_browser import DrivenBrowser
from connector.errors import ConnectorError
from connector.settings import Settings


class HeadStart:
    """The browser, on an event loop in a thread of its own, which whoever takes it up runs on as well.

    Used as a context manager, to be left after the connector that was given it.
    """

    def __init__(self, settings: Settings, *, headed: bool = False) -> None:
        self.browser = DrivenBrowser(settings, headed=headed)
        self._exits = ExitStack()
        self.portal: BlockingPortal
        self._beginning: Future[None]

    def __enter__(self) -> Self:
        self.portal = self._exits.enter_context(start_blocking_portal("asyncio"))
        self._beginning = self.portal.start_task_soon(self._begin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._exits:
            # Nothing is closed in the middle of being started: that would leave a process behind.
            self._beginning.result()
            self.portal.call(self.browser.close)

    async def _begin(self) -> None:
        # Whoever needs the browser asks for it again, and hears then what is in the way.
        with suppress(ConnectorError, PlaywrightError, OSError):
            await self.browser.launched()
