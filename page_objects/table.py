"""The table of people: read in bulk, every row once, whatever way it is paged."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator

from connector.errors import ConsoleDrift, SessionEnded
from connector.models import Person
from page_objects import reading, words
from page_objects.controls import engine
from page_objects.lane import Deadline, is_navigation
from page_objects.paged_table import PagedTable
from page_objects.person_row import person_of
from page_objects.rows import Row, TableReading

_ROWS_SECONDS = 1.5
_OWN_ADDRESS = "place of the own address"
_OF_EVERYBODY = "how many are shown is said of everybody"


class PeopleTable(PagedTable):
    """The one table on a screen whose header names at least two fields of a person."""

    keeps_places = True
    """Whether it is the one list of people, of which it is kept where the rows have their own addresses."""
    what = "the table of people"
    needs = "one table with columns such as Name, Email, Status"

    def columns(self) -> dict[str, list[str]]:
        """What its columns may be called, by what they hold."""
        return self.lane.column_words()

    async def look(self) -> TableReading:
        """One look, in one evaluation, without waiting for anything."""
        return await self._looked("lookAtTable")

    async def _looked(self, function: str) -> TableReading:
        asked = {"columns": self.columns(), "signIn": self.lane.sign_in_words(), "nobody": self.nobody_query()}
        kept = self.lane.learnt.get(_OWN_ADDRESS) if self.keeps_places else None
        found = await engine.evaluate(self.lane.page, function, {**asked, "ownAddress": kept})
        if self.keeps_places and found.get("ownAddress"):
            self.lane.learnt[_OWN_ADDRESS] = found["ownAddress"]
        rows = tuple(
            Row(r["email"], r["cells"], r["text"], tuple(r["marks"]), tuple(r["pieces"])) for r in found["rows"]
        )
        headers = tuple(h["name"] for h in found["headers"])
        keys = tuple(h["key"] for h in found["headers"] if h["key"])
        return TableReading(
            found["found"],
            headers,
            keys,
            rows,
            found.get("size"),
            found["busy"],
            found["wide"],
            asks=found["asks"],
            nobody=found["nobody"],
            closable=found["closable"],
        )

    async def whole(self, page: TableReading) -> TableReading:
        """The same rows with all their columns: those of a wide table are drawn only while in view."""
        return await self._looked("readWholeTable") if page.wide else page

    async def show_row_ends(self) -> None:
        """Brings the far right of the rows into view, where the actions on a person are documented to be."""
        await engine.evaluate(self.lane.page, "showRowEnds", {"columns": self.columns()})

    async def read(self) -> TableReading:
        """Waits until the table is there and not loading. Raises ConsoleDrift where it is missing or ambiguous."""
        deadline = Deadline(self.lane.timeout)
        grace: Deadline | None = None
        found = None
        while True:
            try:
                found = await self.look()
                if found.found == 1 and not found.busy:
                    if found.rows or await self.has_nobody(found):
                        return found
                    # A table without rows and without a word about it: its rows may still be on their way.
                    if not self.lane.traffic.idle(0):
                        grace = None
                    elif grace is None:
                        grace = Deadline(_ROWS_SECONDS)
                    elif grace.passed:
                        return found
                if found.found == 0 and found.closable and await self.lane.clear_view(self.screen):
                    continue
                if found.found == 0 and found.asks:
                    raise SessionEnded("the console asked to sign in again", screen=self.screen)
                if found.found == 0 and not found.busy and await self.has_nobody(found):
                    return found
            except PlaywrightError as error:
                if not is_navigation(error):
                    raise
            if deadline.passed:
                break
            await self.lane.pause(deadline)
        if found is not None and found.found == 1 and (found.rows or not found.busy):
            return found
        if found is not None and found.found == 1:
            raise ConsoleDrift(
                f"{self.screen}: the rows of {self.what} did not come",
                screen=self.lane.where(self.screen),
                expected="rows, or words that there is nobody",
                seen=f"it kept loading for {self.lane.timeout:g} s",
            )
        problem = "is missing" if not found or not found.found else f"is there {found.found} times"
        raise ConsoleDrift(
            f"{self.screen}: {self.what} {problem}",
            screen=self.lane.where(self.screen),
            expected=self.needs,
            seen=", ".join(await engine.evaluate(self.lane.page, "headerTexts")) or "no table",
        )

    def nobody_query(self) -> dict[str, Any] | None:
        """By what a look at rows that are not there tells that nobody matches; None where it does not."""
        return self.lane.query("stated", words.NOBODY, like=words.NOBODY_LIKE)

    async def has_nobody(self, now: TableReading) -> bool:
        """Whether the console says that nobody matches, in a look without rows and once more after it.

        A page may say so for a moment, while it is drawn or before it asks to sign in.
        """
        return now.nobody is not False and await self.says_nobody()

    async def says_nobody(self) -> bool:
        """Whether the console says, in words or a sentence, that nobody matches."""
        query = self.nobody_query()
        return query is not None and await engine.count(self.lane.page, **query) > 0

    async def states_nobody(self) -> bool:
        """Whether it says so in words that are known: other pages may say of something else that it is empty."""
        return await self.lane.count("stated", words.NOBODY) > 0

    async def shown_total(self) -> int | None:
        """How many people match, as the console states it."""
        return self.total_in(await self.lines())

    def total_in(self, lines: list[str]) -> int | None:
        """How many there are in all, by lines that the console shows."""
        shown = reading.shown_of(lines) if self.lane.noted.get(_OF_EVERYBODY) else None
        return shown[0] if shown else reading.total_of(lines)

    def note_whom_it_counts(self, before: list[str], after: list[str]) -> None:
        """Notes that "Showing 12 of 181" counts matches among everybody, by what it said before and after a search.

        Before, it showed all there are, and the search has left their number as it was.
        """
        all_of, some = reading.shown_of(before), reading.shown_of(after)
        if all_of and some and all_of[0] == all_of[1] == some[1] > some[0]:
            self.lane.noted[_OF_EVERYBODY] = True

    async def lines(self) -> list[str]:
        """The lines with numbers outside the rows: counters, ranges, seats."""
        found: list[str] = await engine.evaluate(self.lane.page, "counters", {"columns": self.columns()})
        return found

    def row(self, email: str, *, behind_dialogs: bool = False) -> Locator:
        """The rows of exactly this address; also those behind an open menu or dialog, if asked for."""
        query = {"columns": self.columns(), "email": email, "behindDialogs": behind_dialogs}
        return self.lane.page.locator(engine.selector("row", **query))

    def opener(self, email: str) -> Locator:
        """What leads from the row of exactly this address to the person."""
        return self.lane.page.locator(engine.selector("opener", columns=self.columns(), email=email))

    def may_be(self, row: Row, email: str) -> bool:
        """Whether a row that does not tell whose it is may be that of this address: it shows it, or none at all."""
        cell = row.cells.get("email") or row.cells.get("name") or {}
        said = [str(address).casefold() for address in cell.get("addresses", ())]
        return not said or email.casefold() in said

    def address(self, row: Row) -> str:
        """Whose row it is. Raises ConsoleDrift for a row without an address: nobody could be told to be here or not."""
        if row.email is None:
            raise ConsoleDrift(
                f"{self.screen}: a row shows no e-mail address",
                screen=self.lane.where(self.screen),
                expected="one e-mail address in the Email or Name column",
                seen=row.text,
            )
        return row.email

    def person(self, row: Row) -> Person:
        """What a row tells about a person. Raises ConsoleDrift for a row without an address."""
        return person_of(row, self.address(row), self.lane)
