"""Who is in one group, changed on the group's own screen: the form that adds people, and the way to take one out.

Help center: 'Add Users' on the screen of a group offers picking people, rules, or pasting e-mail addresses. How one is
taken out is not documented; a button in the row of the member, or in a menu there, is usual.
"""

from __future__ import annotations

from typing import Any

from playwright.async_api import Locator

from connector.errors import NotOffered
from page_objects import words
from page_objects.controls.base import Action, Declared
from page_objects.controls.multi_choice import MultiChoice
from page_objects.group_screen import GroupView
from page_objects.lane import Deadline, Lane
from page_objects.person_actions import RowButtons, RowMenu
from page_objects.person_form import PersonForm

_FORM = "members"
_TAB_SECONDS = 3.0
_FILLS_SECONDS = 5.0


class AddMembers(PersonForm):
    """The form that adds people to a group: a dialog or drawer, or a part of the group's screen that stands open."""

    name = "Add Users"
    members = Declared(MultiChoice, words.FIELD_MEMBERS)
    save_button = Declared(Action, words.SEND_MEMBERS)

    def __init__(self, lane: Lane, person_email: str) -> None:
        self._holds = [
            lane.query("field", words.FIELD_MEMBERS, **MultiChoice.asked),
            lane.query("action", words.SEND_MEMBERS),
        ]
        super().__init__(lane, person_email, lane.find("surface", holds=self._holds, layered=True, since=_FORM))

    def open_in_the_page(self) -> Locator:
        """The same as a part of the group's screen that stands open."""
        return self.lane.find("inline-form", words.SEND_MEMBERS, holds=self._holds)

    async def arrive(self) -> None:
        """Waits until people can be picked in it; on its tab for that, where it has several."""
        assert self.scope is not None
        holder = self.lane.find("surface", holds=[_picking_tab(self.lane)], layered=True, since=_FORM)
        tab = self.lane.find("tab", words.TAB_PICK_MEMBERS, scope=holder, others=[])
        turns = Deadline(min(self.lane.timeout, _TAB_SECONDS))
        while not turns.passed and not await self.scope.count():
            if await tab.count() == 1 and await tab.get_attribute("aria-selected") != "true":
                await self.lane.click(tab, what="the tab to pick people on", screen=self.name)
            await self.lane.pause(turns)
        await self.lane.one(
            self.scope,
            what="the form that adds people to the group",
            screen=self.name,
            expected=f"a form with {words.FIELD_MEMBERS.aliases[0]} and {words.ADD_MEMBERS.aliases[0]}",
            kind="field",
        )
        # What a field offers may be fetched only now, and the field be drawn anew with it.
        filled = Deadline(min(self.lane.timeout, _FILLS_SECONDS))
        while not self.lane.traffic.idle(self.lane.last_click) and not filled.passed:
            await filled.pause()


def _picking_tab(lane: Lane) -> dict[str, Any]:
    return lane.query("tab", words.TAB_PICK_MEMBERS, others=[])


def adder_of(view: GroupView) -> Locator:
    """What opens the form that adds people to the group in view; what a row of it offers is done to a member."""
    return view.lane.find("action", words.ADD_MEMBERS, scope=view.view, outsideRows=True)


async def adds_members(view: GroupView, email: str) -> bool:
    """Whether the screen of a group, which must be in view, has a way to add somebody."""
    return await AddMembers(view.lane, email).open_in_the_page().count() == 1 or await adder_of(view).count() == 1


async def open_add_members(view: GroupView, email: str) -> AddMembers:
    """Opens the form that adds people to the group in view, unless it stands open. Raises ConsoleDrift."""
    form = AddMembers(view.lane, email)
    if await (inline := form.open_in_the_page()).count() == 1:
        form.scope = inline
        return form
    opener = await view.lane.one(
        adder_of(view),
        what=f"the way to add somebody to '{view.group}'",
        screen=view.name,
        expected=" / ".join(words.ADD_MEMBERS.aliases[:3]),
    )
    await view.lane.remember(_FORM)
    await view.lane.click(opener, what=f"'{words.ADD_MEMBERS.aliases[0]}'", screen=view.name)
    await form.arrive()
    return form


async def show_member(view: GroupView, email: str, expected: int | None) -> None:
    """Brings the row of a member into view, on whichever page of the members it is; `expected`: how many there are."""
    if not await view.in_a_table(expected):
        return
    row = view.table.row(email)
    async for _ in view.table.pages():
        if await row.count() == 1:
            return


async def remover_of(view: GroupView, email: str) -> Locator:
    """What takes a member, whose row must be in view, out of the group: a button in her row, or an item of its menu.

    Raises NotOffered where there is neither.
    """
    lane = view.lane
    offered: list[str] = []
    if await view.table.row(email).count() == 1:
        for place in (RowButtons(lane, view.table, email), RowMenu(lane, view.table, email)):
            if (action := await place.reach(words.REMOVE_MEMBER)) is not None:
                return action
            offered += await place.offers()
    else:
        button = lane.find("row-remover", words.REMOVE_MEMBER, scope=view.view, address=email)
        if await button.count() == 1:
            return button
    raise NotOffered(
        f"nothing takes somebody out of the group '{view.group}'",
        whom=email,
        screen=lane.where(view.name),
        expected=f"'{words.REMOVE_MEMBER.aliases[0]}' in the row of the member, or in its menu",
        seen=", ".join(offered) or "nothing in her row",
    )


async def take_out(view: GroupView, remover: Locator, email: str) -> None:
    """Clicks, once, what takes a member out of the group in view."""
    await view.lane.click(remover, what=f"take {email} out of '{view.group}'", screen=view.name)
