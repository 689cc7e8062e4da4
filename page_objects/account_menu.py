"""Who is signed in, as the console shows it: in its header or in the menu behind the account's button."""

from __future__ import annotations

from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Screen


class AccountMenu(Screen):
    """The corner of the console that says whose session this is."""

    name = "account menu"

    async def addresses(self) -> list[str]:
        """The e-mail addresses shown as the account's; empty where the console shows none."""
        shown: list[str] = await engine.evaluate(
            self.lane.page, "accountAddresses", {"columns": self.lane.column_words()}
        )
        if shown:
            return shown
        trigger = self.lane.find("account", words.ACCOUNT)
        if await trigger.count() != 1:
            return []
        await self.lane.remember()
        await self.lane.click(trigger, what="the account's menu", screen=self.name)
        shown = await engine.evaluate(self.lane.page, "accountAddresses", {"columns": self.lane.column_words()})
        await self.lane.page.keyboard.press("Escape")
        return shown
