"""Where the actions on a person lie. Consoles differ; a probe of the page finds out once, and the answer is kept.

The variants, from the one that shows most of whom it is about on the way to the fewest clicks:
buttons in her row; a menu in her row; her own page or drawer (with buttons or a menu); a tick in her row and a toolbar.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import boxes, engine
from page_objects.lane import Deadline, Lane
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from page_objects.words import Word

_MENU = "menu"
_FOLDS_SECONDS = 1.0
"""How long a menu may take to close by the Escape key."""
_NO_VIEW = "rows lead to no person"
_UNFOLDS_SECONDS = 0.6


class Place(ABC):
    """One way to reach an action on a person. `reach` gives the action, ready to be clicked, or None if not here."""

    key: ClassVar[str]

    def __init__(self, lane: Lane, table: PeopleTable, email: str) -> None:
        self.lane = lane
        self.table = table
        self.email = email
        self.in_view = False
        """Whether her row has just been seen, and nothing was done since."""
        self.noting: Callable[[], Awaitable[None]] | None = None
        """What is done before anything is chosen that a console may act on at once."""

    async def may_choose(self) -> bool:
        """Whether something may be chosen now, and so perhaps sent, which is noted; not by whoever only looks."""
        if self.noting is not None:
            await self.noting()
        return self.noting is not None

    @abstractmethod
    async def reach(self, word: Word) -> Locator | None:
        """The action, ready to be clicked; None where it is not here."""

    async def offers(self) -> list[str]:
        """What is offered here instead, for the message where nothing fits."""
        return []

    async def leave(self) -> None:  # noqa: B027 - most places open nothing
        """Closes what `reach` opened."""

    async def row(self) -> Locator:
        """Her row, by her address in full; exactly one, with its far right in view."""
        row = self.table.row(self.email)
        if not self.in_view:
            what = f"the row of {self.email}"
            row = await self.lane.one(row, what=what, screen=self.table.screen, expected=self.email)
        self.in_view = False
        await self.table.show_row_ends()
        return row


class RowButtons(Place):
    """Buttons or links in the row itself."""

    key = "row"

    async def reach(self, word: Word) -> Locator | None:
        action = self.lane.find("action", word, scope=await self.row(), ofRow=True)
        return action if await action.count() == 1 else None

    async def offers(self) -> list[str]:
        found: list[str] = await engine.evaluate(self.table.row(self.email), "inventory", "action") or []
        return found


class _Menu(Place):
    items: Locator | None = None
    """What the menu that was opened held, by the words seen in it."""
    held: tuple[str, ...] = ()
    _trigger: Locator | None = None

    async def _open_menu(self, trigger: Locator, *wanted: Word) -> Locator | None:
        """Opens a menu; its item with the first of the wanted words that it holds, None where it holds none of them."""
        await self.lane.remember(_MENU)
        self._trigger = trigger
        await self.lane.click(trigger, what="the menu of actions", screen=self.table.screen)
        deadline = Deadline(min(self.lane.timeout, 5.0))
        settled: Deadline | None = None
        while True:
            for word in wanted:
                item = self.lane.find("option", word, since=_MENU)
                if await item.count() == 1:
                    self.items = item
                    return item
            if settled is None and await engine.evaluate(self.lane.page, "menuItems", _MENU) != []:
                # The menu is there. What it does not hold once it has unfolded, it does not hold.
                settled = Deadline(_UNFOLDS_SECONDS)
            if deadline.passed or (settled is not None and settled.passed):
                names = await engine.evaluate(self.lane.page, "menuItems", _MENU)
                self.held = tuple(names or ())
                self.items = (
                    self.lane.page.locator(engine.selector("option", words=names, since=_MENU)) if names else None
                )
                return None
            await self.lane.pause(deadline)

    async def offers(self) -> list[str]:
        return list(self.held)

    async def leave(self) -> None:
        if self.items is None or not await self.items.count():
            return
        await self.lane.page.keyboard.press("Escape")
        if not await self._gone(_FOLDS_SECONDS) and self._trigger is not None and await self._trigger.count() == 1:
            # Older menus hear no keys: what opened them closes them.
            await self.lane.click(self._trigger, what="close the menu of actions", screen=self.table.screen)
            if not await self._gone(_FOLDS_SECONDS):
                # It was about to close, and has been opened again.
                await self.lane.page.keyboard.press("Escape")
                await self._gone(2 * _FOLDS_SECONDS)

    async def _gone(self, seconds: float) -> bool:
        deadline = Deadline(min(self.lane.timeout, seconds))
        while self.items is not None and await self.items.count():
            if deadline.passed:
                return False
            await deadline.pause()
        return True


class RowMenu(_Menu):
    """A menu that opens from the row: three dots, an arrow, 'Actions'."""

    key = "row-menu"

    async def reach(self, word: Word) -> Locator | None:
        return await self.reach_one_of(word)

    async def reach_one_of(self, *wanted: Word) -> Locator | None:
        """The first of these that the menu holds, ready to be clicked."""
        trigger = self.lane.find("menu", words.ROW_MENU, scope=await self.row())
        if await trigger.count() != 1:
            return None
        item = await self._open_menu(trigger, *wanted)
        if item is None:
            await self.leave()
        elif await self.table.row(self.email, behind_dialogs=True).count() != 1:
            raise ConsoleDrift("the row changed while its menu was open", whom=self.email, screen=self.table.screen)
        return item


class PersonView(_Menu):
    """Her own page or drawer, opened from her row; its actions are buttons, or in a menu."""

    key = "person"
    shown: tuple[str, ...] = ()

    async def offers(self) -> list[str]:
        return [*self.shown, *self.held]

    async def reach(self, word: Word) -> Locator | None:
        person = await self.open()
        if person is None:
            return None
        assert person.scope is not None
        self.shown = tuple(await engine.evaluate(person.scope, "inventory", "action") or ())
        # Whoever is called 'Deactivate' has a button of that name where her name can be edited.
        action = self.lane.find("action", word, scope=person.scope, details=self._details())
        if await action.count() == 1:
            return action
        trigger = self.lane.find("menu", words.ROW_MENU, scope=person.scope)
        item = await self._open_menu(trigger, word) if await trigger.count() == 1 else None
        if item is None:
            # What lies over the list would keep it from what is tried next.
            await self.leave()
            await person.leave()
        return item

    def _details(self) -> dict[str, list[str]]:
        """What the details are called that hold somebody's own words: her names, and lists of what is hers."""
        kinds = {"names": ("email", "name", "first_name", "last_name"), "lists": ("groups", "managers")}
        said = self.lane.vocabulary.of
        return {kind: [alias for key in keys for alias in said(words.DETAILS[key])] for kind, keys in kinds.items()}

    async def open(self) -> PersonScreen | None:
        """Opens her page or drawer from her row or its menu; None where nothing there leads to one."""
        if self.lane.noted.get(_NO_VIEW):
            return None
        opener = await self._opener()
        if opener is None:
            self.lane.noted[_NO_VIEW] = True
            return None
        await self.lane.remember("person")
        await self.lane.click(opener, what="the person", screen=self.table.screen)
        person = PersonScreen(self.lane, self.email)
        await person.arrive()
        return person

    async def _opener(self) -> Locator | None:
        """What leads to her: her name, a button in her row, or an item of its menu."""
        await self.lane.one(
            self.table.row(self.email), what=f"the row of {self.email}", screen=self.table.screen, expected=self.email
        )
        opener = self.table.opener(self.email)
        if await opener.count() == 1:
            return opener
        row = await self.row()
        for word in (words.VIEW, words.EDIT):
            opener = self.lane.find("action", word, scope=row, ofRow=True)
            if await opener.count() == 1:
                return opener
        return await RowMenu(self.lane, self.table, self.email).reach_one_of(words.VIEW, words.EDIT)


class Selection(Place):
    """A tick in the row, after which a toolbar offers actions on whoever is ticked: she alone."""

    key = "selection"

    async def tick(self) -> bool:
        """Ticks her row; whether it can be."""
        tick = (await self.row()).locator(engine.selector("tick"))
        if await tick.count() != 1:
            return False
        await self.lane.remember()
        await boxes.tick(tick, True)
        return True

    async def require_alone(self) -> None:
        """Raises ConsoleDrift where others are ticked besides her."""
        ticked = await engine.evaluate(self.lane.page, "ticked", {"columns": self.lane.column_words()})
        if [address.casefold() for address in ticked] != [self.email.casefold()]:
            raise ConsoleDrift(
                "others are ticked besides the person",
                whom=self.email,
                screen=self.table.screen,
                seen=", ".join(ticked),
            )

    async def reach(self, word: Word) -> Locator | None:
        if not await self.tick():
            return None
        action = self.lane.find("toolbar", word, columns=self.lane.column_words())
        deadline = Deadline(min(self.lane.timeout, 5.0))
        while not await action.count():
            if deadline.passed:
                await self.leave()
                return None
            await deadline.pause()
        await self.require_alone()
        return action if await action.count() == 1 else None

    async def leave(self) -> None:
        tick = self.table.row(self.email).locator(engine.selector("tick"))
        if await tick.count() == 1:
            await boxes.tick(tick, False)


async def offered(lane: Lane, table: PeopleTable, email: str, asked: Sequence[Word]) -> list[Word]:
    """Which of these actions her row and its menu offer now; the menu is closed again, and nothing else is clicked."""
    buttons = RowButtons(lane, table, email)
    found = [word for word in asked if await buttons.reach(word) is not None]
    menu = RowMenu(lane, table, email)
    if await menu.reach_one_of(*asked) is not None:
        found += [word for word in asked if await lane.find("option", word, since=_MENU).count() == 1]
        await menu.leave()
    return found
