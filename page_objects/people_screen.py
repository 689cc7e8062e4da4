"""The People screen: everybody, searched, filtered and paged; the way to invite, import and export."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

from playwright.async_api import ElementHandle, Locator
from playwright.async_api import Error as PlaywrightError

from connector.errors import ConsoleDrift, SessionEnded
from connector.models import Person, SeatPool, Status
from page_objects import invite_arrival, person_actions, places, reading, way, words
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.controls import engine
from page_objects.controls.base import Declared
from page_objects.controls.menus import MenuAction
from page_objects.every_status import BY_HAND, ONE_STATUS_EACH, EveryStatus
from page_objects.import_dialog import ImportDialog
from page_objects.invite_dialog import AnyInviteForm
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.part_dialog import PartDialog
from page_objects.person_actions import PersonView, Place
from page_objects.person_row import marks_scim
from page_objects.person_screen import PersonScreen
from page_objects.rows import Row, TableReading
from page_objects.table import PeopleTable
from page_objects.words import Word

LIST_MARKS_SCIM = "the list marks who is managed by SCIM"
_TERM = "{term}"
_MOST_TYPINGS = 3
_LEFT_OUT = re.compile(
    r"\b[1-9]\d* (?:inactive|deactivated|disabled|archived|suspended)(?: \w+)? (?:do(?:es)?|match(?:es)?)\b"
    r"|\b[1-9]\d*(?: \w+)? (?:in|with) (?:an)?other status",
    re.I,
)
"""Usual beside a list that is narrowed to the active: 'Nobody matches. 1 inactive person does.'"""


class ExportAction(MenuAction):
    """'Export', which may offer several exports in a menu: the one of everybody."""

    @property
    def words_in_menu(self) -> tuple[Word, ...]:
        return (words.EXPORT, words.EXPORT_EVERYBODY)


class ImportAction(MenuAction):
    """What leads to the import: by its words, else by those of an upload; not what sends a file that is chosen here."""

    kind = "import-opener"

    @property
    def locator(self) -> Locator:
        second = self.lane.vocabulary.of(words.IMPORT_BY_UPLOAD)
        return self.lane.find(self.kind, self.word, scope=self.screen.scope, second=second, **self.asked)

    @property
    def words_in_menu(self) -> tuple[Word, ...]:
        return (self.word, words.IMPORT_BY_UPLOAD)


class PeopleScreen(EveryStatus):
    """Admin -> People (or Users). The guide: search by name or e-mail, filters, total count."""

    name = "People"
    invite_button = Declared(MenuAction, words.INVITE)
    import_button = Declared(ImportAction, words.IMPORT, required=False)
    export_button = Declared(ExportAction, words.EXPORT, required=False)

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane)
        self.table = PeopleTable(lane, self.name)

    # -- arriving -----------------------------------------------------------------------------------------------
    async def open(self) -> TableReading:
        """Opens the screen afresh and waits for its table: for whoever searches it next, if that is at once."""
        found = await self._open()
        self.lane.note_fresh()
        return found

    async def _open(self) -> TableReading:
        await way.arrive(self.lane, self.table)
        return await self._arrived()

    async def here_or_open(self) -> TableReading:
        """The screen as it came just now, where signing in has led to the very address of it; else opened."""
        if not way.is_there(self.lane) or not (await self.table.look()).found:
            return await self.open()
        found = await self._arrived()
        self.lane.note_fresh()
        return found

    async def _arrived(self) -> TableReading:
        reading_now = await self.table.read()
        if reading_now.asks:
            raise SessionEnded("the console asked to sign in", screen=self.name)
        learnt = self.lane.learnt
        if LIST_MARKS_SCIM not in learnt and ("scim" in reading_now.keys or any(map(marks_scim, reading_now.rows))):
            learnt[LIST_MARKS_SCIM] = True
        return reading_now

    # -- finding ------------------------------------------------------------------------------------------------
    @property
    def search_box(self) -> Locator:
        return self.lane.find("people-search", columns=self.lane.column_words())

    async def search(self, term: str) -> TableReading:
        """Everybody who matches the term, freshly read: the first page of rows. '' means everyone.

        Where this console keeps the term in the address, the address is used the next time.
        """
        pattern = self.lane.learnt.get("search address")
        if pattern and term:
            mark = self.lane.traffic.mark()
            status = await self.lane.go(self.lane.base_url + pattern.replace(_TERM, quote_plus(term)), screen=self.name)
            if status < 400:
                came = await self._arrived()
                quiet = self.lane.traffic.idle(mark)
                if await self._searched_for(term):
                    return came if quiet and _all_carry(term, came) else await self._settled(term, None, mark)
            del self.lane.learnt["search address"]
        if not self.lane.is_fresh():
            await self._open()
        await self.tick_for_deactivated()
        await self.show_every_status()
        if not term:
            return await self.table.read()
        before = await self.table.read()
        if all(row.email is None for row in before.rows):
            for row in before.rows:
                self.table.address(row)  # a list without addresses finds nobody, which must not be taken for an answer
        lines = await self.table.lines()
        found = await self._type(term, before)
        self.table.note_whom_it_counts(lines, await self.table.lines())
        return found

    async def _type(self, term: str, before: TableReading) -> TableReading:
        """Types what to search for, and waits for what that finds."""
        box = await self._search_field()
        self.lane.step("search")
        mark, address = self.lane.traffic.mark(), self.lane.page.url
        async with self._and_what_it_puts_off(mark):
            await self._enter(box, term)
        found = await self._settled(term, before, mark)
        if self.lane.page.url != address:
            self._learn_address(term)
        return found

    async def _search_field(self) -> Locator:
        return await self.lane.one(
            self.search_box, what="the search field", screen=self.name, expected="Search", kind="search"
        )

    async def _enter(self, box: Locator, term: str) -> None:
        """Types the term, and presses Enter in the very field in which it was typed.

        With the first letter the list may go away, by which the field is told from others; the field may be drawn anew;
        and something may come over the page, which is put away before the key could reach it.
        """
        mark, kept = self.lane.traffic.mark(), False
        for _ in range(_MOST_TYPINGS):
            fields = await box.element_handles()
            if len(fields) == 1:
                if not kept:
                    await self.lane.fill(box, term, self._search_field)
                if await self._press_enter(fields[0]):
                    return
                # Another field may be all that is left of the page until the list is drawn again.
                await self.table.read()
                kept = await self._searched_for(term)
                if kept and (self.lane.traffic.mark() > mark or await engine.evaluate(self.lane.page, "putOff")):
                    return  # it searches as it is typed into
            box = await self._search_field()

    async def _press_enter(self, field: ElementHandle) -> bool:
        """Presses it in this field, with nothing over the page; False where the field is no more."""
        try:
            if not await engine.evaluate(field, "hasFocus"):
                await self.lane.clear_view(self.name)
            if await field.evaluate("el => el.isConnected"):
                await field.press("Enter")
                return True
        except PlaywrightError as error:
            if not is_navigation(error):
                raise
        return False

    @asynccontextmanager
    async def _and_what_it_puts_off(self, mark: int) -> AsyncIterator[None]:
        """Around what is done to the list: what the page puts off meanwhile is over in the end."""
        await engine.evaluate(self.lane.page, "noteTimers")
        try:
            yield
            await engine.evaluate(self.lane.page, "endTimers")
            await self._asks_no_more(mark)
        finally:
            await engine.evaluate(self.lane.page, "letTimers")

    async def _asks_no_more(self, mark: int) -> None:
        """Waits until all that the page put off meanwhile has come, has been answered and is drawn.

        Many ask when nothing was typed for a while, some of them although Enter has asked already. What that brings
        would be drawn over whoever was opened in between.
        """
        deadline = Deadline(self.lane.timeout)
        put_off = False
        while await engine.evaluate(self.lane.page, "putOff") and not deadline.passed:
            put_off = True
            await deadline.pause()
        if put_off:
            await self.lane.traffic.rests(mark, deadline.left)
            # What was answered a moment ago is drawn with the next picture.
            await engine.evaluate(self.lane.page, "drawn")

    async def _searched_for(self, term: str) -> bool:
        typed = await engine.evaluate(self.lane.page, "typedSearch", {"columns": self.lane.column_words()})
        return typed is not None and str(typed).casefold() == term.casefold()

    def _learn_address(self, term: str) -> None:
        if self.lane.learnt.get(BY_HAND):
            return  # an address that keeps the term may not keep the tick
        parts = urlsplit(self.lane.page.url)
        kept = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        for form in (quote_plus(term), quote(term, safe=""), quote(term, safe="@"), quote(term)):
            # As a whole: a short term may be a part of whatever else the address holds.
            found = re.findall(rf"(?<=[=/]){re.escape(form)}(?=[&#;]|$)", kept)
            if len(found) == 1 and kept.count(form) == 1 and f"{parts.scheme}://{parts.netloc}" == self.lane.base_url:
                self.lane.learnt["search address"] = parts.path + kept.replace(form, _TERM)
                return

    async def _settled(self, term: str, before: TableReading | None, mark: int) -> TableReading:
        """Waits for the answer to a search: rows that all carry the term, or a request with it answered and shown."""
        deadline = Deadline(self.lane.timeout)
        grace: Deadline | None = None
        while True:
            try:
                now = await self.table.look()
                said_nobody = not now.rows and await self.table.has_nobody(now)
                answered = self.lane.traffic.answered(mark, term)
                quiet = self.lane.traffic.idle(mark) and not now.busy
                if quiet and _all_carry(term, now):
                    return now
                changed = before is not None and now.fingerprint != before.fingerprint
                if quiet and (said_nobody or changed) and (answered or grace is not None):
                    return now
                if quiet and answered and grace is None:
                    grace = Deadline(1.0)
                if quiet and not answered and changed and grace is None:
                    grace = Deadline(0.3)  # a list that filters itself, without asking the server
                if quiet and grace is not None and grace.passed:
                    return now
                if not now.found and now.asks:
                    raise SessionEnded("the console asked to sign in again", screen=self.name)
            except PlaywrightError as error:
                if not is_navigation(error):
                    raise
            if deadline.passed:
                raise ConsoleDrift(
                    f"{self.name}: the search had no effect",
                    screen=self.lane.where(self.name),
                    expected="only rows that carry the term",
                    seen="the same rows as before",
                )
            await self.lane.pause(deadline)

    async def _turn_to_status(self, name: str, term: str) -> TableReading:
        """What a tab of one status shows of whoever matches the term."""
        before, mark = await self.table.look(), self.lane.traffic.mark()
        what = f"the tab '{name}'"
        found = self.lane.find("tab-of-status", name=name, **self.asked_of_tabs())
        tab = await self.lane.one(found, what=what, screen=self.name, expected=name)
        async with self._and_what_it_puts_off(mark):
            await self.lane.click(tab, what=what, screen=self.name)
        now = await self.table.after(before, mark)
        if term and not await self._searched_for(term):
            now = await self._type(term, now)
        present = [each["name"] for each in await self.status_tabs() if each["present"]]
        if present != [name]:
            if await self.lane.asks_to_sign_in():
                raise SessionEnded("the console asked to sign in again", screen=self.name)
            raise ConsoleDrift(
                f"{self.name}: the list leaves people out",
                screen=self.lane.where(self.name),
                expected=f"{what} to be the one that is turned to",
                seen=", ".join(present) or "none",
            )
        return now

    async def _of_every_status(self, term: str, *, found: bool) -> AsyncIterator[TableReading]:
        """All pages of whoever matches. Where each tab shows one status, those of all the tabs that count somebody."""
        first = await self.search(term)
        tabs = await self.status_tabs()
        present = next((tab["name"] for tab in tabs if tab["present"]), "")
        apart = Status.INVITED in (self._status_named(tab["name"]) for tab in tabs)
        told: dict[str, Status | None] = {}
        async for page in self.table.pages(first, found=found):
            yield _on_tab(page, self._status_named(present), told, apart=apart)
        for name in await self._further_tabs():
            first = await self._turn_to_status(name, term)
            listed: set[str] = set()
            async for page in self.table.pages(first, found=found):
                listed.update(row.email or row.text for row in page.rows)
                yield _on_tab(page, self._status_named(name), told, apart=apart)
            # Of each tab by itself, as `shown_total` tells nothing where tabs do not say how many they show.
            total = None if found else await self.table.shown_total()
            if total is not None and total > len(listed):
                raise ConsoleDrift(
                    f"{self.name}: the tab '{name}' could not be read completely",
                    screen=self.lane.where(self.name),
                    expected=f"{total} people, as the screen says",
                    seen=f"{len(listed)} different rows",
                    advice="somebody may be changing the list: try again; else report it with the evidence",
                )

    def _status_named(self, tab: str) -> Status | None:
        return reading.status_of({"text": tab, "parts": []}, self.lane.vocabulary)

    async def _further_tabs(self) -> list[str]:
        """Which tabs besides the present one may show somebody."""
        return [tab["name"] for tab in await self.status_tabs() if not tab["present"] and tab["count"] != 0]

    async def glance(self, term: str) -> tuple[list[Row], int | None]:
        """The first rows of whoever matches, of every status, and how many match, where the screen says it of all."""
        rows = [*(await self.search(term)).rows]
        total = await self.shown_total()
        for name in await self._further_tabs():
            rows += (await self._turn_to_status(name, term)).rows
        return rows, total

    async def matches(self, email: str) -> list[Row]:
        """The rows of exactly this address among everybody the search finds, on all pages of the result.

        A search may also look through the column of managers, and find more people than one page holds: the page that
        shows her row is in view afterwards.
        """
        seen: dict[tuple[str, str, int], Row] = {}
        pages = 0
        async for page in self._of_every_status(email, found=True):
            pages += 1
            here = Counter[tuple[str, str]]()
            for row in page.rows:
                if row.email is None and not self.table.may_be(row, email):
                    continue
                address = self.table.address(row)
                if same(address, email):
                    # Shown by another tab as well it is the same row, which then tells nothing; twice on one page, two.
                    here[address, row.text] += 1
                    seen[address, row.text, here[address, row.text]] = row
        found = list(seen.values())
        if not found and not self.lane.noted.get(ONE_STATUS_EACH):
            await self._require_nobody_left_out(email)
        if found and pages > 1 and not await self.table.row(email).count():
            await self._turn_to(email)
        return found

    async def _require_nobody_left_out(self, email: str) -> None:
        """Raises ConsoleDrift where the screen says that people of another status match, whom it does not list."""
        said = [line for line in await self.table.lines() if _LEFT_OUT.search(line)]
        if await self.lane.count("stated", words=[], like=words.NOBODY_OF_ONE_STATUS_LIKE):
            said.append("it says that nobody of one status matches")
        if said:
            raise ConsoleDrift(
                f"{self.name}: the list leaves people out",
                whom=email,
                screen=self.lane.where(self.name),
                expected="a filter such as " + " / ".join(words.STATUS_FILTER.aliases[:2]) + " that can show everybody",
                seen=said[0],
            )

    async def _turn_to(self, email: str) -> None:
        """Searches once more, up to the page that shows the row."""
        async for page in self._of_every_status(email, found=True):
            if any(row.email is not None and same(row.email, email) for row in page.rows):
                return

    async def everyone(self, term: str = "") -> AsyncIterator[TableReading]:
        """All pages of everybody (or of everybody who matches a term)."""
        async for page in self._of_every_status(term, found=False):
            yield page

    def person(self, row: Row) -> Person:
        """What a row tells about a person."""
        return self.table.person(row)

    # -- numbers ------------------------------------------------------------------------------------------------
    async def seats(self) -> tuple[SeatPool, ...]:
        """Seat pools as the screen states them, once it is there and everything on it has come; empty for none."""
        await self.table.read()
        deadline = Deadline(self.lane.timeout)
        drawn, mark = False, -1
        while not (pools := await self.shown_seats()):
            idle, before, mark = self.lane.traffic.idle(0), mark, self.lane.traffic.mark()
            # What was asked and answered since the look before may still be about to be drawn.
            if deadline.passed or (idle and drawn and mark == before):
                break
            if idle:
                # What was answered a moment ago is drawn with the next picture, and may lead to another request.
                await engine.evaluate(self.lane.page, "drawn")
            else:
                await deadline.pause()
            drawn = idle
        return pools

    async def shown_seats(self) -> tuple[SeatPool, ...]:
        """Seat pools as the screen states them now."""
        return reading.seats_of(await self.table.lines())

    async def says_nobody(self) -> bool:
        """Whether the screen says in words that nobody matches."""
        return await self.table.says_nobody()

    # -- acting -------------------------------------------------------------------------------------------------
    async def open_person(self, email: str) -> PersonScreen | None:
        """Opens one person from her row, which must be in view; None where rows lead nowhere."""
        return await PersonView(self.lane, self.table, email).open()

    async def offered(self, email: str, *asked: Word) -> list[Word]:
        """Which of these actions the row of a person, which must be in view, offers; nothing is acted on."""
        return await person_actions.offered(self.lane, self.table, email, asked)

    async def open_part(self, email: str, word: Word) -> PartDialog:
        """Opens the form for one part of a person (her groups, her managers); her row must be in view."""
        _, action = await self.reach(email, word, None)
        await self.lane.remember("person")
        await self.lane.click(action, what=f"'{word.aliases[0]}'", screen=self.name)
        part = PartDialog(self.lane, email, word)
        await part.arrive()
        return part

    async def reach(
        self, email: str, word: Word, status: Status | None, noting: Callable[[], Awaitable[None]] | None = None
    ) -> tuple[Place, Locator]:
        """Makes an action on one person ready to be clicked; her row must be in view.

        `noting` is called before anything is chosen that the console may act on at once; without it nothing is chosen.
        """

        async def locate() -> None:
            await self.matches(email)

        state = status.value if status else "unknown"
        return await places.reach(self.lane, self.table, email, word, state, locate, noting)

    async def ask(self, action: Locator, dialog: ConfirmDialog) -> ConfirmDialog:
        """Clicks an action on a person that asks before it acts; gives the question."""
        self.lane.native_questions.clear()
        self.lane.answer_questions(dialog.answer_natively)
        await dialog.answer.note_before("question")
        await self.lane.click(action, what=f"'{dialog.affirm.aliases[0]}'", screen=self.name)
        return dialog

    async def open_invite(self, patience: float | None = None) -> AnyInviteForm:
        """Opens the form to invite, whichever this console has, unless it stands open in the page already.

        `patience`: the longest to wait for it, in seconds, where nothing depends on it.
        """

        async def attempt() -> AnyInviteForm:
            if (inline := await invite_arrival.inline(self.lane)) is not None:
                return inline
            await self.lane.remember("form")
            await self.invite_button.click()
            return await invite_arrival.arrived(self.lane, patience)

        return await self.lane.patiently(attempt)

    async def open_import(self) -> ImportDialog:
        """Opens the import of a CSV file."""

        async def attempt() -> ImportDialog:
            await self.lane.remember("form")
            await self.import_button.click()
            dialog = ImportDialog(self.lane)
            await dialog.arrive()
            return dialog

        return await self.lane.patiently(attempt)

    async def export(self, folder: Path) -> Path | None:
        """Downloads what the console exports of everybody; None where it offers no export."""
        await self.search("")
        if not await self.export_button.is_shown():
            return None
        async with self.lane.page.expect_download(timeout=self.lane.timeout * 1000) as waiting:
            await self.export_button.click()
        download = await waiting.value
        target = folder / "export.csv"
        await download.save_as(target)
        return target


def _on_tab(page: TableReading, status: Status | None, told: dict[str, Status | None], *, apart: bool) -> TableReading:
    """The page with rows that know how somebody stands by the tab of a status that shows her.

    Nothing is told of whom tabs of two statuses show: what they are about is none, or the rows are still those of the
    tab before. A tab of something else (no `status`), as of admins, says nothing against another. Where the invited are
    not `apart`, on a tab of their own, who is shown as active may be one of them.

    `told` says by address what the tabs before have told, None for two statuses; it takes in what this one tells.
    """
    rows = []
    for row in page.rows:
        if row.email is not None and status is not None:
            told[row.email] = status if told.get(row.email, status) is status else None
        stands = told.get(row.email or "")
        rows.append(replace(row, tab=stands if stands is not Status.ACTIVE or apart else None))
    return replace(page, rows=tuple(rows))


def _all_carry(term: str, page: TableReading) -> bool:
    """Whether there are rows, and all of them hold the term: what was searched for has come."""
    wanted = term.casefold()
    return bool(page.rows) and not page.busy and all(wanted in row.text.casefold() for row in page.rows)


def same(a: str, b: str) -> bool:
    """Whether two addresses are one: the case of a letter aside, character by character."""
    return _key(a) == _key(b)


def _key(address: str) -> str:
    return "".join(c if (low := c.lower()).isascii() and not c.isascii() else low for c in address.strip())
