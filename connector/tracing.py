"""Playwright's trace of what is done in one tab for one operation. A sign-in is never in it, nor are mere looks."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import BrowserContext, Playwright
from playwright.async_api import Error as PlaywrightError

if TYPE_CHECKING:
    from page_objects.lane import Lane

_LOOKS = frozenset(
    ("evaluateExpression", "evalOnSelectorAll", "isVisible", "queryCount", "querySelector", "querySelectorAll")
)


def leave_out_looks(playwright: Playwright) -> None:
    """Leaves out of all traces of this Playwright what only looks at a page, for which nobody reads a trace.

    Between two clicks there are twenty looks, and each would put two snapshots of the whole page into the trace: that
    was four fifths of what a trace costs. Playwright leaves its own internal calls out and has no public way to say
    that of others. Where its inside is not as it was in 1.65, traces hold everything, as they would otherwise.
    """
    connection = getattr(getattr(playwright, "_impl_obj", None), "_connection", None)
    send = getattr(connection, "send_message_to_server", None)
    if send is None:
        return

    def sent(owner: Any, method: str, params: Any, options: dict[str, Any], *others: Any) -> Any:
        if method in _LOOKS:
            options = {**options, "internal": True, "frames": None}
        return send(owner, method, params, options, *others)

    connection.send_message_to_server = sent  # type: ignore[union-attr]


class Tracing:
    """One trace at a time, from `begin` to `end`, over lost tabs and renewed sessions.

    Before anybody signs in the trace so far is thrown away, since it may show the page to sign in on, and another one
    begins afterwards: `dropped` says how often. Each trace is started and ended as a whole: the network part of
    Playwright's chunks holds what was sent in all chunks before it.
    """

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._title: str | None = None
        self._traced: BrowserContext | None = None
        self.dropped = 0

    async def begin(self, context: BrowserContext, title: str) -> None:
        """Begins a trace in a tab that is signed in; one that an operation left behind is thrown away."""
        await self.suspend()
        self._title, self.dropped = title, 0
        await self.go_on(context)

    async def suspend(self) -> None:
        """To be called before a tab is signed in or given up."""
        traced, self._traced = self._traced, None
        if traced is None:
            return
        self.dropped += 1
        self._note("the trace up to here is dropped: signing in is never traced")
        await self._stopped(traced, None)

    async def go_on(self, context: BrowserContext) -> None:
        """To be called when a tab is signed in."""
        if self._title is None or self._traced is context:
            return
        try:
            # Without pictures: they would be megabytes, and the operation has some of its own.
            await context.tracing.start(title=self._title, screenshots=False, snapshots=True, sources=False)
        except PlaywrightError as error:
            self._note(f"no trace: {str(error).splitlines()[0]}")
            return
        self._traced = context

    async def end(self, folder: Path | None, lane: Lane | None) -> bytes | None:
        """Ends the trace; the archive as Playwright makes it, written to the folder for a moment. None: there is none.

        Where the lane shows a page to sign in on, or cannot be asked, the trace is thrown away. What comes back holds
        cookies, and more: it is not to be kept as it is.
        """
        try:
            if lane is not None and await lane.asks_to_sign_in():
                await self.suspend()
        except PlaywrightError as error:
            self._note(f"what the tab shows cannot be told: {str(error).splitlines()[0]}")
            await self.suspend()
        traced, self._traced = self._traced, None
        self._title = None
        if traced is None or folder is None:
            return None
        path = folder / f"{secrets.token_hex(8)}.zip"
        ended = await self._stopped(traced, path)
        return await asyncio.to_thread(_taken, path) if ended else None

    def remarks(self) -> list[str]:
        """What whoever reads the evidence should know of the trace, one sentence each."""
        if not self.dropped:
            return []
        times = "once" if self.dropped == 1 else f"{self.dropped} times"
        return [f"the trace was dropped {times} on the way, before signing in: what is kept begins after that"]

    async def _stopped(self, traced: BrowserContext, path: Path | None) -> bool:
        try:
            await traced.tracing.stop(path=path)
        except PlaywrightError as error:
            self._note(f"the trace is lost: {str(error).splitlines()[0]}")
            return False
        return True


def _taken(path: Path) -> bytes:
    """A file's content; the file is gone afterwards."""
    try:
        return path.read_bytes()
    finally:
        path.unlink()
