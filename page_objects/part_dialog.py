"""The form for one part of a person.

'Edit Group', 'Edit Managers' in the menu of her row (older help center, drop-down arrow), or a button beside each
detail on her own page.
"""

from __future__ import annotations

from collections.abc import Collection

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared
from page_objects.controls.choices import Choice
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane
from page_objects.person_form import PersonForm
from page_objects.person_screen import PersonScreen
from page_objects.words import Word

_FILLS_SECONDS = 5.0


class PartDialog(PersonForm):
    """A dialog or drawer with the field for groups or for managers, and a button to save."""

    name = "part of a person"
    groups = Declared(MultiChoice, words.FIELD_GROUPS, required=False, tab=words.TAB_GROUPS)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS, required=False, tab=words.TAB_MANAGERS)
    save_button = Declared(Action, words.SAVE)

    saved_by = words.SAVE

    def __init__(self, lane: Lane, person_email: str, part: Word) -> None:
        of_managers = part is words.EDIT_MANAGERS
        field = words.FIELD_MANAGERS if of_managers else words.FIELD_GROUPS
        titled = lane.vocabulary.of(words.TAB_MANAGERS if of_managers else words.TAB_GROUPS)
        holds = [lane.query("field", field, tabs=titled, **MultiChoice.asked), lane.query("action", self.saved_by)]
        super().__init__(lane, person_email, lane.find("surface", holds=holds, layered=True, since="person"))
        self.part = part

    async def arrive(self) -> None:
        """Waits until the form is there; it must not show another person's address instead of hers."""
        assert self.scope is not None
        about = "Managers" if self.part is words.EDIT_MANAGERS else "Groups"
        await self.lane.one(
            self.scope,
            what=f"the form '{self.part.aliases[0]}'",
            screen=self.name,
            expected=f"a form with {about} and {self.saved_by.aliases[0]}",
            kind="field",
        )
        # What a field offers may be fetched only now, and the field be drawn anew with it.
        filled = Deadline(min(self.lane.timeout, _FILLS_SECONDS))
        while not self.lane.traffic.idle(self.lane.last_click) and not filled.passed:
            await filled.pause()
        if self.part is not words.EDIT_MANAGERS:
            shown = await engine.evaluate(self.scope, "addressesIn") or []
            if shown and self.person_email.casefold() not in [address.casefold() for address in shown]:
                raise ConsoleDrift(
                    "the form is about somebody else",
                    whom=self.person_email,
                    screen=self.lane.where(self.name),
                    expected=self.person_email,
                    seen=", ".join(shown),
                )


class AddToGroup(PartDialog):
    """A dialog or drawer that adds a person to one more group, and does not show those that she is in."""

    name = "one more group of a person"
    save_button = Declared(Action, words.ADD_AT_ONCE)
    saved_by = words.ADD_AT_ONCE


async def open_add_to_group(screen: PersonScreen) -> AddToGroup:
    """Opens the form that adds a person to a group, from the list of her groups, which must be in view."""
    lane = screen.lane
    await lane.remember("person")
    await lane.click(screen.group_adder, what=f"'{words.ADD_TO_GROUP.aliases[0]}'", screen=screen.name)
    form = AddToGroup(lane, screen.person_email, words.ADD_TO_GROUP)
    await form.arrive()
    return form


class DetailForm(PersonScreen):
    """What one detail on a person's page turns into by its own 'Edit': a field or two, and a button to save them."""

    name = "detail of a person"
    role = Declared(Choice, words.FIELD_ROLE, required=False, tab=words.FIELD_ROLE)

    def __init__(self, lane: Lane, person_email: str, detail: str) -> None:
        several = detail in _TABS
        named = detail == "names" or detail in HALVES
        about = [] if named else lane.vocabulary.of(_TABS.get(detail, words.FIELD_ROLE))
        field = lane.query("field", *_FIELDS[detail], lines=several, tabs=about)
        # What is added at once, by the button beside its field, is saved by nothing else.
        saves = (words.SAVE_PART, words.ADD_AT_ONCE) if several else (words.SAVE_PART,)
        second = [alias for word in saves for alias in lane.vocabulary.of(word)]
        save = lane.query("action", words.SAVE, second=second)
        super().__init__(lane, person_email, lane.find("part-form", field=field, save=save, since="part"))
        self.detail = detail

    async def says(self) -> frozenset[str]:
        """What it can say; half of a name is one, too."""
        if self.detail not in HALVES:
            return await super().says()
        field = self.first_name if self.detail == "first_name" else self.last_name
        return frozenset({"names"}) if await field.is_shown() else frozenset()

    async def arrive(self) -> None:
        """Waits until the detail can be edited."""
        assert self.scope is not None
        await self.lane.one(
            self.scope,
            what=f"the form for {self.detail}",
            screen=self.name,
            expected=f"a field for {self.detail} and {words.SAVE.aliases[0]}",
            kind="field",
        )
        # What a field offers may be fetched only now, and the field be drawn anew with it.
        drawn = Deadline(min(self.lane.timeout, _FILLS_SECONDS))
        while not (await self.says() and self.lane.traffic.idle(self.lane.last_click)) and not drawn.passed:
            await drawn.pause()


_FIELDS = {
    "names": (words.FIELD_FIRST_NAME, words.FIELD_NAME),
    "first_name": (words.FIELD_FIRST_NAME,),
    "last_name": (words.FIELD_LAST_NAME,),
    "role": (words.FIELD_ROLE, words.FIELD_ADMIN),
    "groups": (words.FIELD_GROUPS,),
    "managers": (words.FIELD_MANAGERS,),
}
HALVES = frozenset({"first_name", "last_name"})
"""The details of a name that is edited in two parts."""
_TABS = {"groups": words.TAB_GROUPS, "managers": words.TAB_MANAGERS}
_DETAILS = {
    "names": (
        words.DETAILS["first_name"],
        words.DETAILS["last_name"],
        words.DETAILS["name"],
        words.DETAIL_PROFILE,
    ),
    "first_name": (words.DETAILS["first_name"],),
    "last_name": (words.DETAILS["last_name"],),
    "role": (words.DETAILS["role"], words.DETAILS["admin"]),
    "groups": (words.DETAILS["groups"],),
    "managers": (words.DETAILS["managers"],),
}
"""What a button that edits one detail may be called after, or lie beside."""


def _editor(screen: PersonScreen, detail: str) -> Locator:
    return screen.lane.find("part-editor", *_DETAILS[detail], scope=screen.scope)


async def details_edited_alone(screen: PersonScreen) -> frozenset[str]:
    """Which details the screen of a person, which must be in view, edits each by a button of its own.

    names, or first_name and last_name, role, groups, managers; none where one button, or none, edits all of them.
    """
    found = {detail for detail in _DETAILS if await _editor(screen, detail).count() == 1}
    return frozenset(found - HALVES if "names" in found or not found >= HALVES else found)


async def edits_all(screen: PersonScreen, details: Collection[str]) -> bool:
    """Whether one button edits her as a whole, beside those that edit these details each alone.

    One that says 'Edit' and is called 'Edit managers' is that of the managers.
    """
    if not details or await screen.stands_open():
        return True
    if not await screen.edit_button.is_shown():
        return False
    button = await screen.edit_button.locator.element_handle()
    same = "(el, other) => el === other"
    return not any([await _editor(screen, detail).evaluate(same, button) for detail in details])


async def open_detail(screen: PersonScreen, detail: str) -> DetailForm:
    """Opens the form for one detail of a person, whose screen must be in view. Raises ConsoleDrift."""
    lane = screen.lane
    editor = await lane.one(
        _editor(screen, detail),
        what=f"the button to edit {detail}",
        screen=screen.name,
        expected=f"one 'Edit' beside {' / '.join(_DETAILS[detail][0].aliases[:3])}",
    )
    assert screen.scope is not None
    about = [alias for word in _DETAILS[detail] for alias in lane.vocabulary.of(word)]
    await engine.evaluate(screen.scope, "notePart", {"words": about})
    await lane.remember("part")
    await lane.click(editor, what=f"'Edit' of {detail}", screen=screen.name)
    form = DetailForm(lane, screen.person_email, detail)
    await form.arrive()
    return form
