"""What can be changed on a person's screen without being saved: controls and buttons that do it at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from playwright.async_api import ElementHandle, Locator

from connector.errors import ConsoleDrift
from connector.models import Role
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.fields import Switch
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane
from page_objects.person_shown import ShownPerson, waits

EDITING_SHOWS_SECONDS = 1.0


class ChangedAtOnce(ShownPerson):
    """A person whose details may be changed one by one, each as soon as its control is used."""

    def __init__(self, lane: Lane, person_email: str, scope: Locator | None = None) -> None:
        super().__init__(lane, person_email, scope)
        self._list: tuple[MultiChoice, ElementHandle] | None = None
        """The field whose list was opened to change it at once, and what opened it, until that was answered."""

    async def at_once(self) -> frozenset[str]:
        """What can be changed here without being saved, of role, admin and groups; none where anything is to be saved.

        Usual beside a list of people: each control saves by itself as soon as it is used.
        """
        if await self.edit_button.is_shown() or await self.save_button.is_shown():
            return frozenset()
        found = await self.says() & {"role", "admin", "groups"}
        for control in (self.email, self.first_name, self.last_name, self.whole_name, self.role, self.admin):
            # What is typed into, or lies in a form of its own, waits for a button that is not known by its word.
            if await control.locator.count() == 1 and await control.locator.evaluate(_IS_TYPED_INTO):
                return frozenset()
            if await waits(control):
                return frozenset()
        return found

    async def at_once_on_tabs(self, asked: Collection[str]) -> frozenset[str]:
        """Which of the groups and managers asked about lie on a tab of theirs on which nothing is to be saved."""
        found = set()
        for key, control, tab in (
            ("groups", self.groups, words.TAB_GROUPS),
            ("managers", self.managers, words.TAB_MANAGERS),
        ):
            if key not in asked or not await self._tabs.has(tab) or not await self._tabs.turn_to(tab):
                continue
            if await self._reach(control, tab) and not await self.save_button.is_shown() and not await waits(control):
                found.add(key)
        return frozenset(found)

    async def save_at_once(self, press: Callable[[], Awaitable[None]]) -> None:
        """Uses a control that saves by itself; where a button to save comes up instead, presses that.

        Raises ConsoleDrift where neither anything was sent, nor asked back, nor can be saved.
        """
        await self._answer.note()
        await press()
        answer, shows = self._answer, Deadline(min(self.lane.timeout, EDITING_SHOWS_SECONDS))
        while not (self.lane.traffic.changing(answer.mark) or self.lane.native_questions or await answer.asks_back()):
            if await self.save_button.is_shown():
                await super().save()
                return
            if shows.passed:
                raise ConsoleDrift(
                    "nothing saves what was changed",
                    whom=self.person_email,
                    screen=self.lane.where(self.name),
                    expected=" / ".join(words.SAVE.aliases[:3]) + ", or a control that saves by itself",
                    seen=", ".join(await engine.evaluate(self.lane.page, "inventory", "action")),
                )
            await shows.pause()

    async def saved_at_once(self) -> list[str]:
        """Waits until what was changed without being saved was answered; the console's objections, if it has any."""
        if await self._answer.asks_back():
            return []
        said = await self._answer.objections_of_page()
        if self._list is not None:
            # Only now: what the console objects may stand in the list that stays.
            field, trigger = self._list
            self._list = None
            await field.close_list(trigger)
        return said

    async def press_to_add(self, key: str, value: str) -> None:
        """Chooses one of the groups or managers to be added, once, where that counts at once."""
        field = await self._field_of(key)
        trigger = await field.press_to_add(value)
        self._list = (field, trigger) if trigger is not None else None

    async def press_to_remove(self, key: str, value: str) -> None:
        """Takes one of the groups or managers away, once, where that counts at once."""
        field = await self._field_of(key)
        # Whom her own row offers to remove is known by her address; a list to choose from may know names alone.
        if key == "managers" and await self._row_remover(value).count() == 1:
            await self.remove_at_once(value)
            return
        trigger = await field.press_to_remove(value)
        self._list = (field, trigger) if trigger is not None else None

    async def _field_of(self, key: str) -> MultiChoice:
        return await (self.groups_field() if key == "groups" else self.managers_field())

    async def press_role(self, role: Role) -> None:
        """Chooses the role, or presses the switch 'Admin', once, where that counts at once."""
        if isinstance(await self._role_field(), Switch):
            await self.admin.press(role is Role.ADMIN)
        else:
            await self.role.press(words.ROLE_NAMES[role.value])

    async def save(self, added_to: MultiChoice | None = None) -> None:
        """Saves, as any form; where nothing does, 'Add' beside the field that was added to, which saves at once."""
        # Some bring what saves up once something was changed.
        shows = Deadline(min(self.lane.timeout, EDITING_SHOWS_SECONDS))
        while added_to is not None and not await self.save_button.is_shown() and not shows.passed:
            await shows.pause()
        if added_to is None or await self.save_button.is_shown() or (adder := await self._adder(added_to)) is None:
            await super().save()
            return
        await self._answer.note()
        await self.lane.click(adder, what="add", screen=self.name)

    async def _adder(self, field: MultiChoice) -> Locator | None:
        """The one button that adds what the field holds, where it can be pressed."""
        if await field.locator.count() != 1:
            return None
        adder = self.lane.find("beside", words.ADD_AT_ONCE, scope=field.locator)
        return adder if await adder.count() == 1 and await adder.is_enabled() else None

    async def adds_at_once(self, field: MultiChoice) -> bool:
        """Whether what a field holds is added by the button beside it, one after the other, and nothing saves."""
        if await self.save_button.is_shown() or await field.locator.count() != 1:
            return False
        return await self.lane.find("beside", words.ADD_AT_ONCE, scope=field.locator).count() == 1

    @property
    def group_adder(self) -> Locator:
        """What adds her to one more group, beside the list of hers."""
        return self.lane.find("group-adder", words.ADD_TO_GROUP, scope=self.scope)

    def _group_leaver(self, group: str) -> Locator:
        return self.lane.find("group-leaver", words.REMOVE_FROM_GROUP, scope=self.scope, name=group)

    async def lists_groups(self, added: Collection[str], removed: Collection[str]) -> bool:
        """Whether her groups are a list here to which one is added by a form of its own, and in which each has a row.

        `added`, `removed`: what is to be changed. Her tab of groups, where she has one, is turned to.
        """

        async def offers() -> bool:
            leavers = [await self._group_leaver(group).count() == 1 for group in removed]
            return all(leavers) and (not added or await self.group_adder.count() == 1)

        if await self._tabs.turn_to(words.TAB_GROUPS):
            return await self._tabs.come(offers)
        return await offers()

    async def leave_group(self, group: str) -> None:
        """Clicks the one button in the row of a group that takes her out of it: at once, or once it has asked."""
        button = await self.lane.one(
            self._group_leaver(group),
            what=f"the button that takes her out of '{group}'",
            screen=self.name,
            expected=f"'{words.REMOVE_FROM_GROUP.aliases[0]}' in its row",
        )
        await self.lane.click(button, what=f"remove from '{group}'", screen=self.name)

    def _row_remover(self, address: str) -> Locator:
        return self.lane.find("row-remover", words.REMOVE_ENTRY, scope=self.scope, address=address)

    async def remove_at_once(self, address: str) -> None:
        """Takes somebody off a list by the one button in her row, which does so at once."""
        button = await self.lane.one(
            self._row_remover(address),
            what=f"the button that removes {address}",
            screen=self.name,
            expected=f"'{words.REMOVE_ENTRY.aliases[0]}' in her row",
        )
        await self._answer.note()
        await self.lane.click(button, what=f"remove '{address}'", screen=self.name)


_IS_TYPED_INTO = "el => el.matches('input:not([type=checkbox], [type=radio]), textarea')"
