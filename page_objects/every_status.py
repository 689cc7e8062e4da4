"""Everybody in the list, of every status: filters, boxes and tabs by which consoles show some people alone."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import boxes, engine
from page_objects.controls.base import Screen
from page_objects.controls.choices import Choice
from page_objects.lane import Deadline
from page_objects.table import PeopleTable

_NO_BOX = "People: no box for deactivated people"
_NO_FILTERS = "People: no filter by status is folded away"
_UNFOLDS_SECONDS = 1.0
_NO_TABS = "People: no tabs for statuses"
ONE_STATUS_EACH = "People: each tab shows one status"
_STATUS_MENU = "status menu"
BY_HAND = "search is typed: an address does not keep whom the list shows"


class EveryStatus(Screen):
    """A screen with the list of people, which may leave out who is not active until it is told otherwise."""

    table: PeopleTable

    async def tick_for_deactivated(self) -> None:
        """Ticks the box that some lists have for deactivated people, whom they leave out else."""
        if self.lane.noted.get(_NO_BOX):
            return
        box = self.lane.find("agreement", words.SHOW_DEACTIVATED)
        if await box.count() != 1:
            self.lane.noted[_NO_BOX] = True
            return
        self.lane.learnt[BY_HAND] = True
        if await box.is_checked():
            return
        before, total, mark = await self.table.read(), await self.shown_total(), self.lane.traffic.mark()
        self.lane.step("show deactivated people, too")
        await boxes.tick(box, True)
        after = await self.table.after(before, mark)
        if {row.email for row in before.rows}.isdisjoint(row.email for row in after.rows) and before.rows:
            now = await self.shown_total()
            if total is None or now is None or now < total:
                # It shows them alone.
                mark = self.lane.traffic.mark()
                await boxes.tick(box, False)
                await self.table.after(after, mark)
                self.lane.noted[_NO_BOX] = True

    async def show_every_status(self) -> None:
        """Sets the status filter to everybody: consoles that hide deactivated people exist."""
        filters = self.lane.find("filter", words.STATUS_FILTER, columns=self.lane.column_words())
        if await filters.count() == 1:
            await self._choose_every_status(filters)
        elif not await self._turn_to_every_status() and await self._unfold_filters(filters):
            try:
                await self._choose_every_status(filters)
            finally:
                await self._fold_filters()

    async def _choose_every_status(self, filters: Locator) -> None:
        control = Choice(self, words.STATUS_FILTER, "status filter")
        held = await engine.evaluate(filters, "valueOf")
        shown = [text.casefold() for text in (*held["parts"], held["text"])]
        every = {alias.casefold() for alias in self.lane.vocabulary.of(words.EVERY_STATUS)}
        # It may be set to more than one of them: "Active & Invited".
        narrowed = re.compile(rf"\b(?:{'|'.join(re.escape(alias) for alias in self._statuses())})\b", re.I)
        if every.intersection(shown) or not any(map(narrowed.search, shown)):
            return
        before, mark = await self.table.read(), self.lane.traffic.mark()
        self._never_by_address()
        await control.choose(words.EVERY_STATUS)
        await self.table.after(before, mark)

    def _filters_opener(self) -> Locator:
        return self.lane.find("filter-opener", words.FILTERS, columns=self.lane.column_words())

    async def _unfold_filters(self, filters: Locator) -> bool:
        """Unfolds the filters, which may hide one by status; whether they do. Where not, they are folded again."""
        if self.lane.noted.get(_NO_FILTERS):
            return False
        opener = self._filters_opener()
        if await opener.count() == 1:
            await self.lane.click(opener, what="the filters", screen=self.name)
            deadline = Deadline(_UNFOLDS_SECONDS)
            while not (found := await filters.count() == 1) and not deadline.passed:
                await self.lane.pause(deadline)
            if found:
                return True
            await self._fold_filters()
        elif not self.lane.traffic.idle(0):
            return False
        self.lane.noted[_NO_FILTERS] = True
        return False

    async def _fold_filters(self) -> None:
        """Folds them by what unfolded them, where that says that they are unfolded; else by the key."""
        opener = self._filters_opener()
        if await opener.count() == 1 and await engine.evaluate(opener, "isUnfolded"):
            await self.lane.click(opener, what="the filters", screen=self.name)
        else:
            await self.lane.page.keyboard.press("Escape")

    def _statuses(self) -> list[str]:
        return [alias for word in words.STATUS_NAMES.values() for alias in self.lane.vocabulary.of(word)]

    def _never_by_address(self) -> None:
        """An address that keeps what is searched for need not keep whom the list shows."""
        self.lane.learnt[BY_HAND] = True
        self.lane.learnt.pop("search address", None)

    async def _turn_to_every_status(self) -> bool:
        """The same where the filter is a row of tabs, one of which shows all, or a button with what it is set to.

        Whether there is any.
        """
        if self.lane.noted.get(_NO_TABS):
            return False
        if await engine.evaluate(self.lane.page, "statusTabs", self.asked_of_tabs()):
            self.lane.noted[ONE_STATUS_EACH] = True
            self._never_by_address()
            return True
        asked: dict[str, Any] = {"statuses": self._statuses(), "columns": self.lane.column_words()}
        asked["filters"] = self.lane.vocabulary.of(words.STATUS_FILTER)
        tab = self.lane.find("status-tab", words.EVERY_STATUS, **asked)
        button = self.lane.find("status-button", words.STATUS_FILTER, **asked)
        if await tab.count() == 1:
            if await engine.evaluate(tab, "isPresent"):
                self._never_by_address()
                return True
            before, mark = await self.table.read(), self.lane.traffic.mark()
        elif await (off := self.lane.find("filter-remover", words.STATUS_FILTER, **asked)).count() == 1:
            self._never_by_address()
            before, mark = await self.table.read(), self.lane.traffic.mark()
            self.lane.step("take off the filter by status")
            await self.lane.click(off, what="what takes off the status filter", screen=self.name)
            await self.table.after(before, mark)
            if await button.count():
                raise ConsoleDrift(
                    f"{self.name}: the list leaves people out",
                    screen=self.lane.where(self.name),
                    expected="the filter by status to be gone once it was taken off",
                    seen="it stays",
                )
            return True
        elif await button.count() == 1:
            before, mark = await self.table.read(), self.lane.traffic.mark()
            await self.lane.remember(_STATUS_MENU)
            await self.lane.click(button, what="the status filter", screen=self.name)
            every = self.lane.find("option", words.EVERY_STATUS, since=_STATUS_MENU)
            what = "the choice of every status"
            expected = " / ".join(self.lane.vocabulary.of(words.EVERY_STATUS)[:4])
            tab = await self.lane.one(every, what=what, screen=self.name, expected=expected)
        else:
            if self.lane.traffic.idle(0):
                self.lane.noted[_NO_TABS] = True
            return False
        self._never_by_address()
        self.lane.step("show people of every status")
        await self.lane.click(tab, what="every status", screen=self.name)
        await self.table.after(before, mark)
        return True

    def asked_of_tabs(self) -> dict[str, Any]:
        """By what tabs that show one status each are known."""
        of = self.lane.vocabulary.of
        return {
            "every": of(words.EVERY_STATUS),
            "statuses": self._statuses(),
            "actives": of(words.ACTIVE_TAB),
            "filters": of(words.STATUS_FILTER),
            "columns": self.lane.column_words(),
        }

    async def status_tabs(self) -> list[dict[str, Any]]:
        """The tabs that show one status each (`name`, `count`, `present`) where none shows all; else none."""
        if not self.lane.noted.get(ONE_STATUS_EACH):
            return []
        tabs: list[dict[str, Any]] = await engine.evaluate(self.lane.page, "statusTabs", self.asked_of_tabs())
        return tabs

    async def shown_total(self) -> int | None:
        """How many people the screen says match now, of every status."""
        tabs = await self.status_tabs()
        if not tabs:
            return await self.table.shown_total()
        counts = [tab["count"] for tab in tabs]
        listed = await self.table.shown_total()
        # Counts that do not follow what is searched for say nothing of how many match.
        if listed is None and await engine.evaluate(
            self.lane.page, "typedSearch", {"columns": self.lane.column_words()}
        ):
            listed = len((await self.table.look()).rows)
        follow = all(tab["count"] == listed for tab in tabs if tab["present"]) if listed is not None else True
        return sum(counts) if follow and None not in counts else None
