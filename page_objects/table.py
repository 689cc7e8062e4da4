"""The table of people: read in bulk, every row once, whatever way it is paged."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator

from connector.errors import ConsoleDrift, SessionEnded
from connector.models import Person, Status
from page_objects import reading, words
from page_objects.controls import engine
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.reading import Standing
from page_objects.words import Word

_ROWS_SECONDS = 1.5
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
_OWN_ADDRESS = "place of the own address"
_OF_EVERYBODY = "how many are shown is said of everybody"
_POINTER_ONLY = "pages turn by the pointer only"


@dataclass(frozen=True)
class Row:
    """One row as read: the address that identifies it (None where the table shows none) and its cells by column."""

    email: str | None
    cells: dict[str, Any]
    text: str
    marks: tuple[str, ...]
    pieces: tuple[str, ...] = ()
    """Every piece of text in the row, the words on its buttons included."""


@dataclass(frozen=True)
class TableReading:
    """One look at the table. `busy`: the page says it is still loading. `wide`: columns out of view are not drawn.

    `turned`: a pager led here, so none of its rows was on the page before; rows that are scrolled to may be.
    `asks`: a form to sign in is there.
    """

    found: int
    headers: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[Row, ...]
    size: int | None
    busy: bool
    wide: bool = False
    turned: bool = False
    asks: bool = False

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What tells one page of rows from another."""
        return tuple(row.text for row in self.rows)


class PeopleTable:
    """The one table on a screen whose header names at least two fields of a person."""

    keeps_places = True
    """Whether it is the one list of people, of which it is kept where the rows have their own addresses."""
    what = "the table of people"
    needs = "one table with columns such as Name, Email, Status"
    scope: Locator | None = None
    """What lies over the page and holds the table and its pager; None where that is the page itself."""

    def __init__(self, lane: Lane, screen: str) -> None:
        self.lane = lane
        self.screen = screen

    def columns(self) -> dict[str, list[str]]:
        """What its columns may be called, by what they hold."""
        return self.lane.column_words()

    async def look(self) -> TableReading:
        """One look, in one evaluation, without waiting for anything."""
        return await self._looked("lookAtTable")

    async def _looked(self, function: str) -> TableReading:
        asked = {"columns": self.columns(), "signIn": self.lane.sign_in_words()}
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
            found["found"], headers, keys, rows, found.get("size"), found["busy"], found["wide"], asks=found["asks"]
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
                    if found.rows or await self.says_nobody():
                        return found
                    # A table without rows and without a word about it: its rows may still be on their way.
                    if not self.lane.traffic.idle(0):
                        grace = None
                    elif grace is None:
                        grace = Deadline(_ROWS_SECONDS)
                    elif grace.passed:
                        return found
                if found.found == 0 and await self.lane.clear_view(self.screen):
                    continue
                if found.found == 0 and found.asks:
                    raise SessionEnded("the console asked to sign in again", screen=self.screen)
                if found.found == 0 and not found.busy and await self.says_nobody():
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

    async def says_nobody(self) -> bool:
        """Whether the console says, in words or a sentence, that nobody matches."""
        return await self.lane.count("stated", words.NOBODY, like=words.NOBODY_LIKE) > 0

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
        email = self.address(row)
        vocabulary = self.lane.vocabulary
        cells = row.cells
        first, last = reading.names_of(
            _part_of_name(cells.get("first_name")),
            _part_of_name(cells.get("last_name")),
            _name_text(cells.get("name"), email),
        )
        moment, never = reading.moment_of(cells.get("last_login"))
        standing = reading.standing_of(cells.get("status"), vocabulary)
        if "status" not in cells and self._offers(row, words.REACTIVATE):
            standing = Standing(Status.DEACTIVATED)
        elif "status" not in cells and any(map(_PENDING.fullmatch, cells.get("name", {}).get("parts", ()))):
            standing = Standing(Status.INVITED)
        status = standing.status
        return Person(
            email=email,
            shown_name=_name_text(cells.get("name"), email),
            name_drawn=True,
            first_name=first,
            last_name=last,
            role=reading.role_of(cells.get("role"), vocabulary)
            or standing.role
            or reading.role_of(None if "role" in cells else cells.get("status"), vocabulary),
            is_admin=standing.is_admin,
            may_be_invited=standing.may_be_invited,
            status=status,
            status_unread=status is None and bool(cells.get("status", {}).get("text")),
            groups=reading.groups_of(cells.get("groups"), self.lane.known_groups),
            groups_text=reading.groups_text_of(cells.get("groups")),
            managers=reading.addresses_of(cells.get("managers")),
            last_login=moment,
            last_login_between=reading.span_of(cells.get("last_login"), datetime.now(UTC)) if moment is None else None,
            scim_managed=_scim_of(row),
            never_signed_in=True if status is Status.INVITED and moment is None else never,
        )

    def _offers(self, row: Row, word: Word) -> bool:
        """Whether the row itself says the word, outside the cells that hold somebody's data."""
        said = [piece.casefold() for piece in row.pieces]
        for cell in row.cells.values():
            for part in cell["parts"]:
                if part.casefold() in said:
                    said.remove(part.casefold())
        return any(alias.casefold() in said for alias in self.lane.vocabulary.of(word))


def _scim_of(row: Row) -> bool | None:
    """A mark anywhere in the row but in what names the person or her groups: somebody may be called so."""
    named = [
        part
        for key in ("first_name", "last_name", "email", "groups", "managers")
        for part in row.cells.get(key, {}).get("parts", ())
    ]
    name = row.cells.get("name")
    whole = _name_text(name, row.email or "") if name else None
    rest = row.text
    for said in [*named, whole or ""]:
        rest = rest.replace(said, " ", 1) if said else rest
    own = {token for said in [*named, whole or ""] for token in said.split()}
    marks = tuple(" ".join(token for token in mark.split() if token not in own) for mark in row.marks)
    return scim_mark(rest, marks)


_FROM_ELSEWHERE = re.compile(
    r"(?<!not )(?<!never )(?<!n.t )(?<!password )(?<!users )(?<!people )"
    r"\b(?:managed|provisioned|synced|synchroni[sz]ed|controlled) (?:by|from) (?:your |the |an |its )?"
    r"(?:identity provider|idp|okta|azure(?: ad)?|(?:microsoft )?entra(?: id)?|onelogin|google workspace)\b",
    re.I,
)
"""Usual: SCIM by another name, as no other door takes people in from there."""


def scim_mark(text: str, marks: tuple[str, ...] = ()) -> bool | None:
    """True where a screen marks a person as managed by SCIM; None where it says nothing."""
    marks = tuple(mark for mark in marks if not re.search(r"\bnot\b", mark, re.I))
    if any(_FROM_ELSEWHERE.search(said) for said in (text, *marks)):
        return True
    return True if _words_of(text, marks) else None


def _words_of(text: str, marks: tuple[str, ...]) -> list[str]:
    # An address or a name that contains the letters is no mark: only the word on its own counts.
    return [
        word
        for line in (text, *marks)
        for token in line.split()
        if "@" not in token
        for word in token.split("-")
        if word.strip("().,:").casefold() == "scim"
    ]


def _text(cell: dict[str, Any] | None) -> str | None:
    return reading.plain(cell["text"]) if cell else None


def _part_of_name(cell: dict[str, Any] | None) -> str | None:
    """A first or last name; '' where the cell says that there is none."""
    text = _text(cell)
    return "" if text and reading.says_no_name(text) else text


_PENDING = re.compile(r"\(?(?:pending|invited|invitation (?:pending|sent))\)?", re.I)
"""What it says beside a name, or in its place, of whoever has not come yet."""


def _name_text(cell: dict[str, Any] | None, email: str) -> str | None:
    """The name in a cell that may also hold the address, a badge and initials in a circle."""
    if not cell:
        return None
    parts = [part for part in cell["parts"] if "@" not in part and len(part) > 2]
    badges = {
        "scim",
        "managed by scim",
        "scim managed",
        "scim-managed",
        "you",
        "(you)",
        "invited",
        "deactivated",
        "admin",
    }
    parts = [part for part in parts if part.casefold() not in badges]
    if not parts or reading.says_no_name(parts[0]) or _PENDING.fullmatch(parts[0]):
        return None
    # One word with a comma behind it, as a last name in bold print, is not all of the name.
    if len(parts) > 1 and re.fullmatch(r"[^\s,]+,?", parts[0]):
        whole = f"{parts[0].rstrip(',')}, {parts[1].lstrip(', ')}"
        if f" {whole} " in f" {reading.plain(cell['text'])} ":
            return whole
    return str(parts[0])


def _by_word(onward: dict[str, Any]) -> bool:
    """Whether what leads on carries a word, not the number of a page."""
    return bool(onward["way"] < len(_WAYS_ON))


def _what(number: int, onward: dict[str, Any]) -> str:
    """What leads on, for the step log: 'Next', or page 3."""
    return f"'{_WAYS_ON[onward['way']].aliases[0]}'" if _by_word(onward) else f"page {number}"
