"""The one browser that all lanes at a console share, and Playwright behind it: started when it is needed, and ended."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Playwright

from connector.browser import find_browser, launch_options, started_driver
from connector.settings import EvidenceLevel, Settings
from connector.trace_folders import folder_of_this_process
from connector.tracing import leave_out_looks
from page_objects.controls import engine


class DrivenBrowser:
    """`headed` shows its window. `driver` gives the first Playwright, and leaves it to this browser to stop it."""

    def __init__(
        self,
        settings: Settings,
        *,
        headed: bool = False,
        driver: Callable[[], Awaitable[Playwright]] = started_driver,
    ) -> None:
        self.settings = settings
        self.traced = settings.evidence is EvidenceLevel.ALL and not settings.evidence_mask
        """Whether the driver gets a folder of this process's own for traces in the making."""
        self.traces: Path | None = None
        """Where the driver keeps traces in the making."""
        self._headed = headed
        self._driver = driver
        self._launching = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._browser is not None and self._browser.is_connected()

    async def launched(self) -> Browser:
        """The browser, started where there is none or it has gone away. Raises as Playwright and `find_browser` do."""
        async with self._launching:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            if self._playwright is not None:
                playwright, self._playwright = self._playwright, None
                await playwright.stop()
            found = find_browser(self.settings.browser, headed=self._headed)
            driver, self._driver = self._driver, started_driver
            self._playwright = await driver()
            await engine.register(self._playwright)
            options = launch_options(found, headed=self._headed)
            if self.traced:
                leave_out_looks(self._playwright)
            if self.traced and self.traces is None:
                self.traces = await asyncio.to_thread(folder_of_this_process, self.settings.state_dir)
            self._browser = await self._playwright.chromium.launch(**options, traces_dir=self.traces)
            return self._browser

    async def close(self) -> None:
        """Ends the browser and the driver, whatever is left of them. Safe to call twice."""
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        try:
            if browser is not None:
                await browser.close()
        finally:
            if playwright is not None:
                await playwright.stop()
            traces, self.traces = self.traces, None
            if traces is not None:
                await asyncio.to_thread(shutil.rmtree, traces, ignore_errors=True)
