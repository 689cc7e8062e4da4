"""What is shown of one person, with all tabs, and the fields that can be reached there."""

from __future__ import annotations

from typing import Any

from playwright.async_api import ElementHandle, Locator
from playwright.async_api import Error as PlaywrightError

from connector.errors import ConsoleDrift
from connector.models import Person
from page_objects import reading, words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared
from page_objects.controls.choices import Choice
from page_objects.controls.fields import Field, Switch, TextField
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.person_details import person_of
from page_objects.person_form import PersonForm
from page_objects.person_tabs import TAB_OPENS_SECONDS, Tabs, stands
from page_objects.words import Word


class ShownPerson(PersonForm):
    """Details of one person. The address shown must be hers in full before anything is read or done here."""

    name = "person"
    edit_button = Declared(Action, words.EDIT, required=False)
    email = Declared(TextField, words.FIELD_EMAIL, required=False)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME, required=False)
    last_name = Declared(TextField, words.FIELD_LAST_NAME, required=False)
    whole_name = Declared(TextField, words.FIELD_NAME, required=False)
    role = Declared(Choice, words.FIELD_ROLE, required=False)
    admin = Declared(Switch, words.FIELD_ADMIN, required=False)
    groups = Declared(MultiChoice, words.FIELD_GROUPS, required=False, tab=words.TAB_GROUPS)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS, required=False, tab=words.TAB_MANAGERS)

    def __init__(self, lane: Lane, person_email: str, scope: Locator | None = None) -> None:
        hers = scope or lane.find("person", columns=lane.column_words(), email=person_email, since="person")
        super().__init__(lane, person_email, hers)
        self._tabs = Tabs(self)
        self.saved_apart: frozenset[str] = frozenset()
        """Which of groups and managers were seen on tabs where another button saves; known once `says` was asked."""
        self.saved_at_once_on_tabs: frozenset[str] = frozenset()
        """Which of them were seen on tabs where nothing saves: what is chosen there counts at once."""

    async def arrive(self) -> None:
        """Waits until this person is shown, with her address in full."""
        assert self.scope is not None
        await self.lane.one(
            self.scope, what="the person", screen=self.name, expected=f"a page or drawer showing {self.person_email}"
        )

    async def _details(self) -> dict[str, Any]:
        assert self.scope is not None
        fields = {key: self.lane.vocabulary.of(word) for key, word in words.DETAILS.items()}
        deadline = Deadline(self.lane.timeout)
        while True:
            found: dict[str, Any] | None = await engine.evaluate(self.scope, "readDetails", {"fields": fields})
            # Of the same look: what is read while it loads, and comes a moment later, would be taken for all there is.
            if found is not None and not found["busy"]:
                return found
            if deadline.passed:
                break
            await self.lane.pause(deadline)
        await self.arrive()
        raise ConsoleDrift(
            "the person's screen does not finish loading", whom=self.person_email, screen=self.lane.where(self.name)
        )

    async def shown(self) -> Person:
        """What the screen shows of this person as it stands; nothing is turned or opened."""
        return self._person(await self._details())

    async def read(self) -> Person:
        """Everything the screen tells about this person, its tabs included.

        Raises ConsoleDrift where it shows another address as hers.
        """
        await self.arrive()
        person = self._person(await self._details())
        for tab, key in ((words.TAB_GROUPS, "groups"), (words.TAB_MANAGERS, "managers")):
            if getattr(person, key) is not None:
                continue
            told = [person]

            async def is_told(key: str = key, told: list[Person] = told) -> bool:
                async def now() -> bool:
                    told.append(self._person(await self._details()))
                    before, value = (getattr(each, key) for each in told[-2:])
                    # The same twice, with nothing under way: what is still drawn may say 'Loading' in its place.
                    return value is not None and value == before and await self.lane.at_rest(self.lane.last_click)

                return await self._tabs.come(now)

            if await self._tabs.on_some(f"{key} to be read", tab, is_told):
                open_ = [each for each in ("groups", "managers") if getattr(person, each) is None]
                person = person.model_copy(update={each: getattr(told[-1], each) for each in open_})
            elif await self._tabs.turn_to(tab):
                person = person.model_copy(update={key: await self._on_tab(tab, key)})
        return person

    async def _on_tab(self, tab: Word, key: str) -> tuple[str, ...] | None:
        """The groups or managers on the tab that was turned to, by a field or list that nothing names but the tab."""
        deadline = Deadline(min(self.lane.timeout, TAB_OPENS_SECONDS))
        while not await self.lane.at_rest(self.lane.last_click) and not deadline.passed:
            await self.lane.pause(deadline)
        field: MultiChoice = getattr(self, key)
        if await field.is_shown():
            held = await field.read()
            return tuple(held) if key == "groups" else await field.addresses()
        if not await self._tabs.has(tab):
            return None
        listed = await engine.evaluate(self._tabs.find(tab), "listedOnTab")
        if listed is None:
            return None
        one_by_one = reading.names_listed if key == "groups" else reading.addresses_listed
        return one_by_one(listed["entries"], listed["text"])

    def _person(self, found: dict[str, Any]) -> Person:
        return person_of(found, self.person_email, self.lane, screen=self.name)

    async def has_tab(self, tab: Word) -> bool:
        """Whether this screen has one tab of this name."""
        return await self._tabs.has(tab)

    async def _reach(self, control: Field, tab: Word) -> bool:
        """Brings a field into view, by its tab if it lies on one; whether this screen has the field."""
        if await stands(control):
            return True

        async def comes() -> bool:
            return await self._tabs.come(lambda: stands(control))

        if await self._tabs.on_some(f"the field {control.label}", tab, comes):
            return True
        return tab is words.TAB_DETAILS and await self._edits_again() and await stands(control)

    async def _edits_again(self) -> bool:
        """Opens the form once more where a turn to a tab has closed it; whether it had. None is opened here."""
        return False

    async def says(self) -> frozenset[str]:
        """What the form, which must be open, can change: names, name (in one field), role, admin, groups, managers."""
        found = set()
        if await self.first_name.is_shown() and await self.last_name.is_shown():
            found.add("names")
        elif await self.whole_name.is_shown():
            found.add("name")
        if await self.role.is_shown():
            found.add("role")
        elif await self.admin.is_shown():
            found.add("admin")
        saves = await self.save_button.locator.element_handles()
        for key, control, tab in (
            ("groups", self.groups, words.TAB_GROUPS),
            ("managers", self.managers, words.TAB_MANAGERS),
        ):
            if await self._reach(control, tab):
                found.add(key)
                if len(saves) != 1 or await _is_seen(saves[0]):
                    continue
                # The button that saves what stood there first is no longer seen: this tab has its own, or needs none.
                if await self.save_button.is_shown():
                    self.saved_apart |= {key}
                elif not await waits(control):
                    self.saved_at_once_on_tabs |= {key}
        return frozenset(found)

    async def groups_field(self) -> MultiChoice:
        """The field for groups, in view."""
        await self._reach(self.groups, words.TAB_GROUPS)
        return self.groups

    async def managers_field(self) -> MultiChoice:
        """The field for managers, in view."""
        await self._reach(self.managers, words.TAB_MANAGERS)
        return self.managers

    async def _role_field(self) -> Field | None:
        """The field for the role, or else the switch 'Admin', whichever is in view to stay."""
        for control in (self.role, self.admin):
            if await control.locator.count() > 1:
                return None  # one of them is on its way out
            if await stands(control):
                return control
        return None


_LIES_IN_A_FORM = "el => !!el.closest('form')?.querySelector('button:not([type=button]), input[type=submit]')"


async def waits(control: Field) -> bool:
    """Whether a field lies in a form of its own, which a button sends that is not known by its word."""
    return await control.locator.count() == 1 and bool(await control.locator.evaluate(_LIES_IN_A_FORM))


async def _is_seen(element: ElementHandle) -> bool:
    try:
        return await element.is_visible()
    except PlaywrightError as error:
        if not is_navigation(error):
            raise
        return False  # it was part of a page that has been left
