"""The tabs of one person's screen, and what is on them to stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator

from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Screen
from page_objects.controls.fields import Field
from page_objects.lane import Deadline
from page_objects.words import Word

_TABS = (words.TAB_DETAILS, words.TAB_GROUPS, words.TAB_MANAGERS)
TAB_OPENS_SECONDS = 3.0
_TAB_SETTLES_SECONDS = 0.7
"""How long a tab may draw what it holds once nothing is under way."""


class Tabs:
    """The tabs of a screen, each known by its word. To turn to one changes nothing."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.lane = screen.lane

    def find(self, tab: Word) -> Locator:
        """The tab of this name, to be looked for."""
        others = [alias for other in _TABS if other is not tab for alias in self.lane.vocabulary.of(other)]
        return self.lane.find("tab", tab, scope=self.screen.scope, others=others)

    async def has(self, tab: Word) -> bool:
        """Whether this screen has one tab of this name."""
        return await self.find(tab).count() == 1

    async def turn_to(self, tab: Word) -> bool:
        """Opens a tab of this screen, where it has one of this name."""
        return await self._turn(self.find(tab), tab.aliases[0])

    async def on_some(self, what: str, tab: Word, is_there: Callable[[], Awaitable[bool]]) -> bool:
        """Turns to the tab that is to hold this, by its word; where there is none, to each tab until it is there.

        On which it lay, or that it lay on none, is known for all persons then. To turn to a tab changes nothing.
        """
        if await self.turn_to(tab):
            return await is_there()
        assert self.screen.scope is not None
        known = f"{self.screen.name}: tab with {what}"
        lay = self.lane.noted.get(known)
        names = (await engine.evaluate(self.screen.scope, "tabNames") or []) if lay is None else [lay] if lay else []
        for name in names:
            found = self.lane.find("tab", scope=self.screen.scope, words=[name], others=[])
            if await self._turn(found, name) and await is_there():
                self.lane.noted[known] = name
                return True
        if lay is None and names:  # only now: a session may have ended on the way
            self.lane.noted[known] = ""
        return False

    async def _turn(self, found: Locator, name: str) -> bool:
        if await found.count() != 1:
            return False
        if await found.get_attribute("aria-selected") != "true":
            await self.lane.click(found, what=f"the tab '{name}'", screen=self.screen.name)
        await engine.evaluate(found, "turnedTo")
        return True

    async def come(self, is_there: Callable[[], Awaitable[bool]]) -> bool:
        """Waits until it is there on the tab that was turned to, or the tab has drawn all that it holds."""
        deadline = Deadline(min(self.lane.timeout, TAB_OPENS_SECONDS))
        settles = Deadline(min(self.lane.timeout, _TAB_SETTLES_SECONDS))
        while not (there := await is_there()) and not deadline.passed:
            if settles.passed and await self.lane.at_rest(self.lane.last_click):
                break
            await self.lane.pause(deadline)
        return there


async def stands(control: Field) -> bool:
    """Whether exactly one is there to stay: what lies on the tab before may still be on its way out."""
    moving = Deadline(min(control.lane.timeout, TAB_OPENS_SECONDS))
    while (moves := await engine.evaluate(control.locator, "moves")) and not moving.passed:
        await moving.pause()
    if moves is None:
        return False
    # What has moved out is taken away with one of the next pictures.
    await engine.evaluate(control.lane.page, "drawn")
    return await control.is_shown()
