"""One person on her own: a page or a drawer, opened from her row, and the form to edit her."""

from __future__ import annotations

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from connector.models import Role
from page_objects import words
from page_objects.acknowledging import acknowledge_admin
from page_objects.controls import engine
from page_objects.controls.fields import Switch
from page_objects.lane import Deadline, Lane
from page_objects.person_at_once import EDITING_SHOWS_SECONDS, ChangedAtOnce
from page_objects.person_tabs import TAB_OPENS_SECONDS


class PersonScreen(ChangedAtOnce):
    """One person's screen: what it shows, what is changed there at once, and the form that is opened to edit her."""

    def __init__(self, lane: Lane, person_email: str, scope: Locator | None = None) -> None:
        super().__init__(lane, person_email, scope)
        self._opened_to_edit = False
        """Whether the form was opened by the button that edits, and nothing filled in: a turn to a tab may end that."""

    async def offers_editing(self) -> bool:
        """Whether there is a form for her, or a button that opens one: some consoles only show a person here."""
        await self._details()
        deadline = Deadline(min(self.lane.timeout, EDITING_SHOWS_SECONDS))
        while not await self.edit_button.is_shown() and not await self.stands_open():
            if deadline.passed:
                # Fields without a button to save them are a form of which something is missing, which opening it tells.
                return await self._editable()
            await deadline.pause()
        return True

    async def stands_open(self) -> bool:
        """Whether its fields can be edited as they stand, and saved: nothing has to be clicked for that."""
        return await self.save_button.is_shown() and await self._editable()

    async def open_edit(self) -> None:
        """Makes the fields editable, where they are not yet."""
        if await self.offers_editing() and await self.stands_open():
            return
        assert self.scope is not None
        await engine.evaluate(self.scope, "turnsToForm", True)
        await self.lane.remember()
        await self.edit_button.click()
        self._opened_to_edit = True
        await self.save_button.arrive()
        deadline = Deadline(self.lane.timeout)
        while not await self._editable():
            if deadline.passed:
                raise ConsoleDrift(
                    "the person's details cannot be edited",
                    whom=self.person_email,
                    screen=self.lane.where(self.name),
                    expected="a field for First name, Role, Groups or Managers",
                    seen=", ".join(await engine.evaluate(self.lane.page, "inventory", "field")),
                )
            await deadline.pause()
        await engine.evaluate(self.scope, "turnsToForm", False)

    async def _edits_again(self) -> bool:
        """Opens the form once more where a turn to a tab has closed it; whether it had."""
        if not self._opened_to_edit or not await self.edit_button.is_shown():
            return False
        await self.open_edit()
        return True

    async def _editable(self) -> bool:
        for control in (self.first_name, self.whole_name, self.role, self.admin, self.groups, self.managers):
            if await control.locator.count() == 1:
                return True
        return False

    async def change(
        self, *, first_name: str | None = None, last_name: str | None = None, whole_name: str | None = None
    ) -> None:
        """Fills in the names that shall change; nothing is saved yet."""
        for control, value in (
            (self.first_name, first_name),
            (self.last_name, last_name),
            (self.whole_name, whole_name),
        ):
            if value is not None:
                await self._reach(control, words.TAB_DETAILS)
                self._opened_to_edit = False
                await control.fill(value)

    async def change_role(self, role: Role) -> None:
        """Chooses the role, or turns the switch 'Admin'; nothing is saved yet."""
        there = await self._role_field()
        if there is None:
            await self._tabs.turn_to(words.TAB_DETAILS)
            deadline = Deadline(min(self.lane.timeout, TAB_OPENS_SECONDS))
            while (there := await self._role_field()) is None and not deadline.passed:
                if not await self._edits_again():
                    await deadline.pause()
        self._opened_to_edit = False
        if isinstance(there, Switch):
            await there.turn(role is Role.ADMIN)
        else:
            await self.role.choose(words.ROLE_NAMES[role.value])
        if role is Role.ADMIN:
            await acknowledge_admin(self.lane, self.scope)
