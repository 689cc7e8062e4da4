"""Time and traffic of a tab: deadlines for every wait, and which requests are under way, which ended how."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from urllib.parse import unquote_plus

from playwright.async_api import Page, Request, Response

_LONGEST_PACE = 60.0
_SLOWEST_OF_ITSELF = 8.0
_TRACKED = ("document", "xhr", "fetch")
_READING = ("GET", "HEAD", "OPTIONS")


class Deadline:
    """A point in time by which something must have happened; pauses between looks grow from 20 ms to half a second."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self._pause = 0.02

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(self._end - monotonic(), 0.0)

    @property
    def passed(self) -> bool:
        return self.left <= 0

    async def pause(self) -> None:
        """Gives the console a moment before it is looked at again; never beyond the deadline."""
        await asyncio.sleep(min(self._pause, self.left))
        self._pause = min(self._pause * 1.5, 0.5)


@dataclass
class _Exchange:
    number: int
    url: str
    body: str
    method: str
    done: bool = False
    aborted: bool = False
    given_up: bool = False
    """It was not answered for so long that the tab stopped waiting for it."""
    status: int | None = None
    is_form: bool = False
    """A document was asked for by what can change something: a form was sent."""
    redirected: bool = False


class Traffic:
    """What the page asked of the console: which requests are under way, which ended how."""

    def __init__(self, page: Page) -> None:
        self._exchanges: dict[Request, _Exchange] = {}
        self._end = asyncio.Event()
        """Set, and replaced, whenever a request has ended."""
        self._count = 0
        self.documents = 0
        """How many documents were asked for, frames included."""
        self.pace = 0.0
        """Seconds to wait before each click since the console said that requests come too fast; 0 until it does."""
        page.on("request", self._started)
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def _started(self, request: Request) -> None:
        if request.resource_type not in _TRACKED:
            return
        self._count += 1
        self.documents += request.resource_type == "document"
        if len(self._exchanges) > 400:
            for old in [r for r, e in self._exchanges.items() if e.done]:
                del self._exchanges[old]
        try:
            body = request.post_data or ""
        except UnicodeDecodeError:  # an uploaded file: nothing a search term could be found in
            body = ""
        if (before := request.redirected_from) and (sent := self._exchanges.get(before)):
            sent.redirected = True
        is_form = request.resource_type == "document" and request.method not in _READING
        self._exchanges[request] = _Exchange(self._count, request.url, body, request.method, is_form=is_form)

    def _answered(self, response: Response) -> None:
        if exchange := self._exchanges.get(response.request):
            exchange.status = response.status
        changing = response.request.method not in _READING
        if response.status == 429:
            asked = min(retry_after(response) or 1.0, _LONGEST_PACE)
            # A change that is refused again although the pace was kept is tried more slowly still.
            self.pace = max(asked, min(self.pace * 2, _SLOWEST_OF_ITSELF)) if changing else max(self.pace, asked)
        elif changing:
            self.pace = min(self.pace, 1.0)

    def _ended(self, request: Request) -> None:
        if exchange := self._exchanges.get(request):
            exchange.done = True
            # The page itself gives a request up when it is left or no longer interested.
            exchange.aborted = "ERR_ABORTED" in (request.failure or "")
            self._end.set()
            self._end = asyncio.Event()

    def give_up(self, request: Request) -> None:
        """Notes that this request is not waited for any longer."""
        if exchange := self._exchanges.get(request):
            exchange.given_up = True

    def mark(self) -> int:
        """A number that tells the requests before now from those after."""
        return self._count

    def _since(self, mark: int) -> list[_Exchange]:
        return [exchange for exchange in self._exchanges.values() if exchange.number > mark]

    def idle(self, mark: int) -> bool:
        """No request since the mark is still under way."""
        return all(exchange.done for exchange in self._since(mark))

    async def settles(self, mark: int, seconds: float) -> bool:
        """Waits, while one since the mark is under way, until any request ends, at most so long.

        False, at once, where none is.
        """
        if self.idle(mark):
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._end.wait()
        return True

    async def rests(self, mark: int, seconds: float) -> None:
        """Waits, at most so long, until no request since the mark is under way."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.idle(mark):
                    await self._end.wait()

    def answered(self, mark: int, term: str) -> bool:
        """A request since the mark that carried the term has been answered."""
        wanted = term.casefold()
        return any(
            exchange.done and wanted in unquote_plus(f"{exchange.url} {exchange.body}").casefold()
            for exchange in self._since(mark)
        )

    def changing(self, mark: int) -> bool:
        """A request since the mark that can change something was sent."""
        return any(exchange.method not in _READING for exchange in self._since(mark))

    def posted_and_redirected(self, mark: int) -> bool:
        """A form sent since the mark was answered by leading elsewhere, which is about to be shown or is."""
        return any(exchange.is_form and exchange.redirected for exchange in self._since(mark))

    def form_answered(self, mark: int) -> bool:
        """A form sent since the mark was answered by a page, in which it may stand anew."""
        return any(e.is_form and e.done and e.status is not None and e.status < 400 for e in self._since(mark))

    def answer(self, mark: int) -> int | None:
        """The status of the last changing request since the mark; None where there was none, or no answer."""
        changing = [e for e in self._since(mark) if e.method not in _READING]
        return changing[-1].status if changing else None

    def refused(self, mark: int) -> bool:
        """Whether the console said no, by its status, to every changing request since the mark, and there was one."""
        changing = [e for e in self._since(mark) if e.method not in _READING]
        return bool(changing) and all(refuses(e.status) for e in changing)

    def read_troubles(self, mark: int) -> list[str]:
        """Reading requests since the mark that ended without an answer: lost, or with a status of 429 or 5xx."""
        return [
            f"{exchange.method} {exchange.url.partition('?')[0]}: {exchange.status or 'connection lost'}"
            for exchange in self._since(mark)
            if exchange.method == "GET"
            and exchange.done
            and (exchange.given_up or not exchange.aborted)
            and _no_answer(exchange.status)
        ]

    def troubles(self, mark: int) -> list[str]:
        """Changing requests since the mark that ended without a clear answer: lost, or with a status of 429 or 5xx.

        Not those that were given up: the console may still be at work on them, so they are not sent again.
        """
        return [
            f"{exchange.method} {exchange.url.partition('?')[0]}: {exchange.status or 'connection lost'}"
            for exchange in self._since(mark)
            if exchange.method != "GET" and exchange.done and not exchange.given_up and _no_answer(exchange.status)
        ]

    def given_up(self, mark: int) -> list[str]:
        """Changing requests since the mark that were not answered, and are not waited for any longer."""
        return [
            f"{exchange.method} {exchange.url.partition('?')[0]}: no answer"
            for exchange in self._since(mark)
            if exchange.method not in _READING and exchange.given_up and exchange.status is None
        ]


def refuses(status: int | None) -> bool:
    """Whether an answer to a change says that nothing was done, and would not be if it were sent again.

    401 asks who is there; 408 and 429 ask for another try. 403 says no, unless a form to sign in is shown.
    """
    return status is not None and 400 <= status < 500 and status not in (401, 408, 429)


def _no_answer(status: int | None) -> bool:
    return status is None or status == 429 or status >= 500


def retry_after(response: Response) -> float | None:
    """The seconds that an answer asks to be left alone for; None where it does not say."""
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None
