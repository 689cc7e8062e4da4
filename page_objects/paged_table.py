"""A table read page by page, whatever leads on: a pager, 'Load more', the end of the page, a box that scrolls."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator

from connector.errors import ConsoleDrift, SessionEnded
from page_objects import words
from page_objects.controls import engine
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.rows import TableReading

_REST_OF_ROWS_SECONDS = 10.0
_WAYS_ON = (words.NEXT_PAGE, words.LOAD_MORE)
_STAYS_SECONDS = 0.5
_PRESSED_SECONDS = 2.0
_NOTHING_ONWARD: dict[str, Any] = {
    "found": 0,
    "own": False,
    "end": True,
    "top": 0,
    "way": None,
    "count": 0,
    "disabled": False,
    "last": False,
    "only": False,
    "at": None,
    "pressed": False,
    "lines": None,
}
_POINTER_ONLY = "pages turn by the pointer only"


class PagedTable(ABC):
    """A table on a screen, of which there may be more than is in view."""

    scope: Locator | None = None
    """What lies over the page and holds the table and its pager; None where that is the page itself."""

    def __init__(self, lane: Lane, screen: str) -> None:
        self.lane = lane
        self.screen = screen

    @abstractmethod
    def columns(self) -> dict[str, list[str]]:
        """What its columns may be called, by what they hold."""

    @abstractmethod
    async def look(self) -> TableReading:
        """One look, in one evaluation, without waiting for anything."""

    @abstractmethod
    async def read(self) -> TableReading:
        """Waits until the rows are there, or the console says that there is nobody."""

    @abstractmethod
    async def whole(self, page: TableReading) -> TableReading:
        """The same rows with all their columns."""

    @abstractmethod
    async def says_nobody(self) -> bool:
        """Whether the console says that nobody matches."""

    @abstractmethod
    async def shown_total(self) -> int | None:
        """How many there are in all, as the console states it."""

    @abstractmethod
    def total_in(self, lines: list[str]) -> int | None:
        """How many there are in all, by lines that the console shows."""

    async def pages(self, first: TableReading | None = None, *, found: bool = False) -> AsyncIterator[TableReading]:
        """All pages of rows from the present one on; a table that renders only what is in view is scrolled through.

        `first`: the present one as it was read just now, which is taken where it has rows.
        `found`: they are what a search found. Then nobody is an answer, and rows that leave room in the window are all
        there are, unless more of them are asked for as soon as these are drawn.
        """
        self.lane.note_used()
        number = 1
        page = first if first is not None and first.found == 1 and first.rows else await self.read()
        seen: set[str] = set()
        while True:
            yield await self.whole(page)
            if not page.rows and number > 1 and not page.found:
                raise self._did_not_come(page)
            if not page.rows and (found or not page.found):
                return
            seen.update(page.fingerprint)
            onward = await self._pressed_onward(number + 1)
            missed = Deadline(self.lane.timeout)
            while onward["found"] != 1:
                if missed.passed:
                    raise self._did_not_come(page)
                before, page = page, await self._back_again(page)
                if page.fingerprint != before.fingerprint:
                    yield await self.whole(page)
                    seen.update(page.fingerprint)
                onward = await self._pressed_onward(number + 1)
            await self.lane.forget_documents()  # while the console is still to answer, where a page was turned
            while onward["own"] and not onward["end"]:
                mark = self.lane.traffic.mark()
                moved = await engine.evaluate(self.lane.page, "scrollOn", {"columns": self.columns()})
                before, page = page, await self._changed(page, optional=True, mark=mark)
                if page.fingerprint == before.fingerprint and moved["top"] <= onward["top"]:
                    break  # it looks as if it scrolled, and does not
                yield await self.whole(page)
                seen.update(page.fingerprint)
                onward = await self._pressed_onward(number + 1)
                if onward["found"] != 1:
                    break
            if onward["found"] != 1:
                page = await self._back_again(page)
                continue
            following = await self._next_page(number + 1, page, onward, len(seen), found=found)
            if following is None:
                return
            number, page = number + 1, following

    async def _back_again(self, before: TableReading) -> TableReading:
        """The table that was there a moment ago and is gone, as when something came up over it, which is closed first.

        That is never the end of a list. Raises SessionEnded or ConsoleDrift where it does not come back.
        """
        now = await self.read()
        if not now.found:
            raise self._did_not_come(before)
        return now

    def _onward_query(self, number: int) -> dict[str, Any]:
        words_on = [self.lane.vocabulary.of(word) for word in _WAYS_ON]
        return {"columns": self.columns(), "ways": words_on, "number": number}

    async def _onward(self, number: int) -> dict[str, Any]:
        """How the table scrolls (`own`, `end`, `top`), and what leads to more of it. `found`: how many such there are.

        `way`: 0 a next page, 1 more rows, 2 the page of this number, None nothing. `count`: how many such there are.
        `disabled`: whether the one is. `last`: whether the numbers beside it say that this is the last page; `only`:
        whether the only one says that it is the first. `at`: the page that it says to be the present one, where it says
        "Page 2" and not of how many. `pressed`: whether it was pressed in the same look. `lines`:
        those with numbers (see there), where nothing leads on and nothing is to be scrolled to.
        """
        return await self._asked_onward("onward", number)

    async def _pressed_onward(self, number: int) -> dict[str, Any]:
        """The same, and turns the page in the look that finds the way on, which a list of thousands needs hundreds of.

        Not where there is more to scroll to, the control is ambiguous or covered, this seems to be the last page, or it
        once did nothing without a pointer.
        """
        if self.lane.noted.get(_POINTER_ONLY):
            return await self._onward(number)
        await self.lane.keep_pace()
        mark = self.lane.traffic.mark()
        onward = await self._asked_onward("turnOnward", number)
        if onward["pressed"]:
            self.lane.note_click(_what(number, onward), mark)
        return onward

    async def _asked_onward(self, function: str, number: int) -> dict[str, Any]:
        scope = self.lane.page if self.scope is None else self.scope
        found: dict[str, Any] | None = await engine.evaluate(scope, function, self._onward_query(number))
        return found or dict(_NOTHING_ONWARD)

    async def _next_page(
        self, number: int, page: TableReading, onward: dict[str, Any], seen: int, *, found: bool
    ) -> TableReading | None:
        """The next page of rows, by whatever leads there; None at the end. `seen` is how many rows were read so far."""
        if onward["way"] is not None and (_by_word(onward) or onward["count"] == 1):
            if onward["disabled"]:
                return None
            total = await self.shown_total() if onward["last"] or onward["only"] else None
            if onward["last"] and total == seen:
                return None
            # A pager may offer to go on where there is nothing more, and do nothing then.
            ends = total == seen if onward["only"] else onward["last"] and (total is None or total <= seen)
            # One that counts the pages it was turned to says by the same number that it was turned no further.
            counts = onward["at"] == number - 1 > 1
            mark = self.lane.last_click if onward["pressed"] else self.lane.traffic.mark()
            following = await self._turn(number, onward, page, optional=ends or counts)
            if counts and not await self._stands_at(onward["at"], number, following, mark):
                raise self._did_not_come(page)
            return following
        total = await self.shown_total() if onward["lines"] is None else self.total_in(onward["lines"])
        if total is not None and total <= max(seen, len(page.rows)):
            return None
        return await self._scrolled_to(page, onward, total, found=found)

    async def _scrolled_to(
        self, page: TableReading, onward: dict[str, Any], total: int | None, *, found: bool
    ) -> TableReading | None:
        """The rows that come where nothing leads on but the end of the page; None where none do.

        Raises ConsoleDrift where the console goes on saying that more are on their way.
        """
        mark = self.lane.traffic.mark()
        columns = {"columns": self.columns()}
        if onward["own"] and not await self._says_more():
            return None
        if (found or total is None) and onward["end"] and await self._stays_as_drawn(page):
            if not await self._says_more():
                return None
        elif not onward["own"]:
            await engine.evaluate(self.lane.page, "scrollOn", columns)
            while not (await engine.evaluate(self.lane.page, "scrollState", columns))["end"]:
                await engine.evaluate(self.lane.page, "scrollOn", columns)
        deadline = Deadline(self.lane.timeout)
        while True:
            changed = await self._changed(page, optional=True, mark=mark)
            if changed.fingerprint != page.fingerprint:
                return changed
            if not await self._says_more():
                return None
            if deadline.passed:
                raise self._did_not_come(page)

    async def _says_more(self) -> bool:
        """Whether a line outside the rows says that more of them are on their way: "Loading more…"."""
        return bool(await engine.evaluate(self.lane.page, "saysMore", {"columns": self.columns()}))

    async def _stands_at(self, at: int, number: int, following: TableReading | None, mark: int) -> bool:
        """Whether rows came, or the pager still says the same page and no answer since the mark was in trouble."""
        if following is not None:
            return following.found == 1
        return not self.lane.traffic.read_troubles(mark) and (await self._onward(number))["at"] == at

    async def _stays_as_drawn(self, page: TableReading) -> bool:
        """Whether a list that leaves room in the window asks for no more rows once it is drawn."""
        await engine.evaluate(self.lane.page, "drawn")
        now = await self.look()
        return self.lane.traffic.idle(0) and not now.busy and now.fingerprint == page.fingerprint

    async def _turn(
        self, number: int, onward: dict[str, Any], page: TableReading, *, optional: bool
    ) -> TableReading | None:
        """The rows after turning the page; None where none came, if they are `optional`."""
        changed = await self._after_pressing(page) if onward["pressed"] else None
        if changed is None:
            mark = self.lane.traffic.mark()
            what = _what(number, onward)
            await self.lane.click(await self._control(number, onward, what), what=what, screen=self.screen)
            changed = await self._changed(page, optional=optional, mark=mark, patience=_PRESSED_SECONDS)
            if changed.fingerprint == page.fingerprint:
                return None
            if onward["pressed"]:
                self.lane.noted[_POINTER_ONLY] = True
        state = {"own": False} if not onward["own"] else await self._onward(number + 1)
        if state["own"] and state["top"] > 0:
            await engine.evaluate(self.lane.page, "scrollOn", {"columns": self.columns(), "back": True})
            changed = await self.read()
        more = _by_word(onward) and _WAYS_ON[onward["way"]] is words.LOAD_MORE
        return replace(changed, turned=not more)

    async def _control(self, number: int, onward: dict[str, Any], what: str) -> Locator:
        """The one control that leads on. Raises ConsoleDrift where it is ambiguous."""
        columns = self.columns()
        if not _by_word(onward):
            return self.lane.find("page-number", scope=self.scope, number=number, columns=columns)
        word = _WAYS_ON[onward["way"]]
        return await self.lane.one(
            self.lane.find("pager", word, scope=self.scope, columns=columns),
            what=what,
            screen=self.screen,
            expected=" / ".join(word.aliases[:3]),
        )

    async def _after_pressing(self, page: TableReading) -> TableReading | None:
        """The rows that came; None where none did: the control may do nothing without a pointer."""
        changed = await self._changed(page, optional=True, mark=self.lane.last_click, patience=_PRESSED_SECONDS)
        return changed if changed.fingerprint != page.fingerprint else None

    async def after(self, before: TableReading, mark: int) -> TableReading:
        """The rows after something that may bring others was done, once nothing since the mark is under way."""
        return await self._changed(before, optional=True, mark=mark)

    async def _changed(
        self,
        before: TableReading,
        *,
        optional: bool = False,
        mark: int | None = None,
        patience: float = _STAYS_SECONDS,
    ) -> TableReading:
        """Waits until the rows are others than before.

        `optional`: they may also stay, once nothing is under way and they have stayed for `patience` seconds.
        """
        mark = self.lane.traffic.mark() if mark is None else mark
        deadline = Deadline(self.lane.timeout)
        grace = Deadline(min(patience, self.lane.timeout))
        settled = Deadline(min(_REST_OF_ROWS_SECONDS, self.lane.timeout))
        while True:
            try:
                now = await self.look()
                if now.found == 1 and not now.busy and now.rows and now.fingerprint != before.fingerprint:
                    # Some of the rows may be here while others are still being fetched.
                    if self.lane.traffic.idle(mark) or settled.passed:
                        return now
                    await self.lane.pause(deadline)
                    continue
                if not now.found and now.asks:
                    raise SessionEnded("the console asked to sign in again", screen=self.screen)
                if not now.found and await self.lane.reload_if_lost(mark, screen=self.screen):
                    mark = self.lane.traffic.mark()
                    continue
                if not now.found and await self.lane.clear_view(self.screen):
                    continue
                stays = optional and grace.passed and self.lane.traffic.idle(mark) and not now.busy
                # A table that is gone is no answer unless the console says that there is nobody.
                if stays and (now.found == 1 or (not now.found and await self.says_nobody())):
                    return now
            except PlaywrightError as error:
                if not is_navigation(error):
                    raise
            if deadline.passed:
                raise self._did_not_come(before)
            await self.lane.pause(deadline)

    def _did_not_come(self, before: TableReading) -> ConsoleDrift:
        return ConsoleDrift(
            f"{self.screen}: the next rows did not come",
            screen=self.lane.where(self.screen),
            expected="other rows than before",
            seen=f"the same {len(before.rows)} rows after {self.lane.timeout:g} s",
        )


def _by_word(onward: dict[str, Any]) -> bool:
    """Whether what leads on carries a word, not the number of a page."""
    return bool(onward["way"] < len(_WAYS_ON))


def _what(number: int, onward: dict[str, Any]) -> str:
    """What leads on, for the step log: 'Next', or page 3."""
    return f"'{_WAYS_ON[onward['way']].aliases[0]}'" if _by_word(onward) else f"page {number}"
