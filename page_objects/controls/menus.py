"""An action that a page may keep in one of its menus: 'Add people', with 'Invite User' and 'Import Users' in it."""

from __future__ import annotations

from typing import Any, ClassVar

from playwright.async_api import Locator

from page_objects.controls import engine
from page_objects.controls.base import Action
from page_objects.lane import Deadline
from page_objects.words import Word

_MOST_MENUS = 4
_OPENS_SECONDS = 1.5
_SINCE = "menu"


class MenuAction(Action):
    """An action on the page itself, or in a menu of the page, which is opened to see what it offers.

    A button that carries the word may open a menu, too: then what it offers under this word is what is meant. Nobody in
    a list is, whatever she is called.
    """

    asked: ClassVar[dict[str, Any]] = {"ofScreen": True}

    @property
    def _in_menu(self) -> Locator:
        return self.lane.find("menu-item", *self.words_in_menu, since=_SINCE)

    @property
    def words_in_menu(self) -> tuple[Word, ...]:
        """What the action is called in a menu."""
        return (self.word,)

    async def is_shown(self) -> bool:
        """Whether exactly one is there now, by itself or in a menu."""
        return await super().is_shown() or await self._menu() is not None

    async def click(self) -> None:
        """Clicks it, in its menu where it lies in one.

        Raises ConsoleDrift where it is neither on the page nor in a menu, and where a menu opens without it.
        """
        opens = await engine.evaluate(self.locator, "opensMenu")
        if opens is None and (menu := await self._menu()) is not None:
            await self._open(menu)
        elif opens or (opens is None and await engine.evaluate(await self.arrive(), "opensMenu")):
            await self.lane.remember(_SINCE)
            await super().click()
            if not await self._opened():
                return  # what pops up is no menu: a form, say
        else:
            await super().click()
            return
        item = await self.lane.one(
            self._in_menu,
            what=f"'{self.word.aliases[0]}' in the menu",
            screen=self.screen.name,
            expected=" / ".join(alias for word in self.words_in_menu for alias in self.lane.vocabulary.of(word)[:6]),
        )
        await self.lane.click(item, what=f"'{self.word.aliases[0]}'", screen=self.screen.name)

    async def _menu(self) -> str | None:
        """The name of the menu that holds it; None where none does. Looked for once in a tab."""
        memory = f"menu with {self.word.key}"
        if memory in self.lane.noted:
            known: str | None = self.lane.noted[memory]
            return known
        found = await self._look_for_menu()
        if found is not None or await self.lane.at_rest(0):
            self.lane.noted[memory] = found
        return found

    async def _look_for_menu(self) -> str | None:
        for name in (await engine.evaluate(self.lane.page, "pageMenuNames"))[:_MOST_MENUS]:
            if await self.lane.find("page-menu", name=name).count() != 1:
                continue
            await self._open(name)
            if await self._in_menu.count() == 1:
                await self._leave(name)
                return str(name)
            await self.lane.page.keyboard.press("Escape")
        return None

    async def _leave(self, name: str) -> None:
        """Closes the menu that holds it: by Escape, and where that does nothing by what opened it."""
        await self.lane.page.keyboard.press("Escape")
        closing = Deadline(min(_OPENS_SECONDS, self.lane.timeout))
        while await self._in_menu.count() and not closing.passed:
            await closing.pause()
        if await self._in_menu.count():
            what = f"the menu '{name}' again"
            await self.lane.click(self.lane.find("page-menu", name=name), what=what, screen=self.screen.name)

    async def _open(self, name: str) -> None:
        await self.lane.remember(_SINCE)
        what = f"the menu '{name}'"
        await self.lane.click(self.lane.find("page-menu", name=name), what=what, screen=self.screen.name)
        await self._opened()

    async def _opened(self) -> bool:
        """Waits until a menu is open; False where none comes."""
        opening = Deadline(min(_OPENS_SECONDS, self.lane.timeout))
        while not (opened := await engine.evaluate(self.lane.page, "menuOpened", _SINCE)) and not opening.passed:
            await opening.pause()
        return bool(opened)
