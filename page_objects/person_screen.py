"""One person on her own: a page or a drawer, opened from her row, and the form to edit her."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

from playwright.async_api import ElementHandle, Locator
from playwright.async_api import Error as PlaywrightError

from connector.errors import ConsoleDrift
from connector.models import Person, Role, Status
from page_objects import reading, words
from page_objects.acknowledging import acknowledge_admin
from page_objects.answers import Answer
from page_objects.controls import engine
from page_objects.controls.base import Action, Closer, Declared, Screen
from page_objects.controls.choices import Choice
from page_objects.controls.fields import Field, Switch, TextField
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.leaving import leave
from page_objects.table import scim_mark
from page_objects.words import Word

_TABS = (words.TAB_DETAILS, words.TAB_GROUPS, words.TAB_MANAGERS)
_TAB_OPENS_SECONDS = 3.0
_TAB_SETTLES_SECONDS = 0.7
"""How long a tab may draw what it holds once nothing is under way."""
_EDITING_SHOWS_SECONDS = 1.0
_SPEAKS_SECONDS = 1.0
"""How long a console that has answered may still be about to say what is wrong."""


class SaveAction(Action):
    """'Save', else what saves a part: 'Save groups'."""

    @property
    def locator(self) -> Locator:
        second = self.lane.vocabulary.of(words.SAVE_PART)
        return self.lane.find(self.kind, self.word, scope=self.screen.scope, second=second)


class PersonForm(Screen):
    """A form about one person that is saved or left."""

    save_button: Declared[Action] = Declared(SaveAction, words.SAVE, required=False)
    cancel_button = Declared(Action, words.CANCEL, required=False)
    close_button = Declared(Closer, words.CLOSE, required=False)

    def __init__(self, lane: Lane, person_email: str, scope: Locator) -> None:
        super().__init__(lane, scope)
        self.person_email = person_email
        self._answer = Answer(lane, scope, may_ask=True)

    async def leave(self) -> None:
        """Closes the form or drawer without saving anything; a page of its own just stays."""
        assert self.scope is not None
        await leave(self.lane, self.scope, self.cancel_button.locator, self.close_button.locator, screen=self.name)

    async def save(self, added_to: MultiChoice | None = None) -> None:
        """Saves: one click, never repeated here. `added_to`: the field to which alone something was added, if one."""
        await self._answer.note()
        await self.save_button.click()

    async def saved(self) -> list[str]:
        """Waits until the save has been answered or something is asked back; the console's objections, if it has any.

        While it is under way the form may seem gone, with its button disabled; leaving would take the request away.
        """
        deadline = Deadline(self.lane.timeout)
        quiet: Deadline | None = None
        gone = self._answer.gone()
        while not deadline.passed:
            if await self._answer.asks_back():
                return []
            if await gone.now():
                return await self._answer.objections_elsewhere()
            if await self.lane.at_rest(self._answer.mark):
                quiet = quiet or Deadline(_SPEAKS_SECONDS)
                said = await self._answer.said()
                if said or quiet.passed or not (gone.seemed or await self.save_button.is_shown()):
                    return said
            else:
                quiet = None
            await self.lane.pause(deadline)
        return []


class PersonScreen(PersonForm):
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
        self._opened_to_edit = False
        """Whether the form was opened by the button that edits, and nothing filled in: a turn to a tab may end that."""
        self._list: tuple[MultiChoice, ElementHandle] | None = None
        """The field whose list was opened to change it at once, and what opened it, until that was answered."""
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
            if found is not None and not await engine.evaluate(self.scope, "busy"):
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

                return await self._comes(now)

            if await self._on_some_tab(f"{key} to be read", tab, is_told):
                open_ = [each for each in ("groups", "managers") if getattr(person, each) is None]
                person = person.model_copy(update={each: getattr(told[-1], each) for each in open_})
            elif await self._turn_to(tab):
                person = person.model_copy(update={key: await self._on_tab(tab, key)})
        return person

    async def _on_tab(self, tab: Word, key: str) -> tuple[str, ...] | None:
        """The groups or managers on the tab that was turned to, by a field or list that nothing names but the tab."""
        deadline = Deadline(min(self.lane.timeout, _TAB_OPENS_SECONDS))
        while not await self.lane.at_rest(self.lane.last_click) and not deadline.passed:
            await self.lane.pause(deadline)
        field: Field = getattr(self, key)
        if await field.is_shown():
            held = await field.read()
            return tuple(held) if key == "groups" else reading.addresses_of({"parts": held, "text": "; ".join(held)})
        if not await self.has_tab(tab):
            return None
        listed = await engine.evaluate(self._tab(tab), "listedOnTab")
        if listed is None:
            return None
        one_by_one = reading.names_listed if key == "groups" else reading.addresses_listed
        return one_by_one(listed["entries"], listed["text"])

    async def _on_some_tab(self, what: str, tab: Word, is_there: Callable[[], Awaitable[bool]]) -> bool:
        """Turns to the tab that is to hold this, by its word; where there is none, to each tab until it is there.

        On which it lay, or that it lay on none, is known for all persons then. To turn to a tab changes nothing.
        """
        if await self._turn_to(tab):
            return await is_there()
        assert self.scope is not None
        known = f"{self.name}: tab with {what}"
        lay = self.lane.noted.get(known)
        names = (await engine.evaluate(self.scope, "tabNames") or []) if lay is None else [lay] if lay else []
        for name in names:
            found = self.lane.find("tab", scope=self.scope, words=[name], others=[])
            if await self._turn(found, name) and await is_there():
                self.lane.noted[known] = name
                return True
        if lay is None and names:  # only now: a session may have ended on the way
            self.lane.noted[known] = ""
        return False

    def _person(self, found: dict[str, Any]) -> Person:
        values = found["values"]
        shown = reading.addresses_of(values.get("email"))
        if shown and (len(shown) != 1 or shown[0].casefold() != self.person_email.casefold()):
            raise ConsoleDrift(
                "the person's screen shows another e-mail address",
                whom=self.person_email,
                screen=self.lane.where(self.name),
                expected=self.person_email,
                seen=", ".join(shown),
            )
        vocabulary = self.lane.vocabulary
        whole = _name(values.get("name")) or _heading(found["headings"])
        first, last = reading.names_of(_name(values.get("first_name")), _name(values.get("last_name")), whole)
        moment, never = reading.moment_of(values.get("last_login"))
        standing = reading.standing_of(values.get("status"), vocabulary)
        status = standing.status or _loose_status(found["lines"], self.lane)
        return Person(
            email=shown[0] if shown else self.person_email,
            shown_name=whole,
            name_drawn=not (values.get("name") or {}).get("control"),
            first_name=first,
            last_name=last,
            role=reading.role_of(values.get("role"), vocabulary) or standing.role,
            is_admin=_on(values.get("admin")) if values.get("admin") else standing.is_admin,
            may_be_invited=standing.may_be_invited,
            status=status,
            groups=reading.groups_of(values.get("groups"), self.lane.known_groups),
            groups_text=reading.groups_text_of(values.get("groups")),
            managers=reading.addresses_of(values.get("managers")),
            last_login=moment,
            scim_managed=_scim(values.get("scim"))
            if values.get("scim")
            else scim_mark("\n".join(_unnamed(found["lines"], first, last, values))),
            never_signed_in=True if status is Status.INVITED and moment is None else never,
        )

    def _tab(self, tab: Word) -> Locator:
        others = [alias for other in _TABS if other is not tab for alias in self.lane.vocabulary.of(other)]
        return self.lane.find("tab", tab, scope=self.scope, others=others)

    async def has_tab(self, tab: Word) -> bool:
        """Whether this screen has one tab of this name."""
        return await self._tab(tab).count() == 1

    async def _turn_to(self, tab: Word) -> bool:
        """Opens a tab of this screen, where it has one of this name."""
        return await self._turn(self._tab(tab), tab.aliases[0])

    async def _turn(self, found: Locator, name: str) -> bool:
        if await found.count() != 1:
            return False
        if await found.get_attribute("aria-selected") != "true":
            await self.lane.click(found, what=f"the tab '{name}'", screen=self.name)
        await engine.evaluate(found, "turnedTo")
        return True

    async def _reach(self, control: Field, tab: Word) -> bool:
        """Brings a field into view, by its tab if it lies on one; whether this screen has the field."""
        if await self._stands(control):
            return True

        async def comes() -> bool:
            return await self._comes(lambda: self._stands(control))

        if await self._on_some_tab(f"the field {control.label}", tab, comes):
            return True
        return tab is words.TAB_DETAILS and await self._edits_again() and await self._stands(control)

    async def _edits_again(self) -> bool:
        """Opens the form once more where a turn to a tab has closed it; whether it had."""
        if not self._opened_to_edit or not await self.edit_button.is_shown():
            return False
        await self.open_edit()
        return True

    async def _stands(self, control: Field) -> bool:
        """Whether exactly one is there to stay: what lies on the tab before may still be on its way out."""
        moving = Deadline(min(self.lane.timeout, _TAB_OPENS_SECONDS))
        while (moves := await engine.evaluate(control.locator, "moves")) and not moving.passed:
            await moving.pause()
        if moves is None:
            return False
        # What has moved out is taken away with one of the next pictures.
        await engine.evaluate(self.lane.page, "drawn")
        return await control.is_shown()

    async def _comes(self, is_there: Callable[[], Awaitable[bool]]) -> bool:
        """Waits until it is there on the tab that was turned to, or the tab has drawn all that it holds."""
        deadline = Deadline(min(self.lane.timeout, _TAB_OPENS_SECONDS))
        settles = Deadline(min(self.lane.timeout, _TAB_SETTLES_SECONDS))
        while not (there := await is_there()) and not deadline.passed:
            if settles.passed and await self.lane.at_rest(self.lane.last_click):
                break
            await self.lane.pause(deadline)
        return there

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
                elif not await _waits(control):
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

    async def offers_editing(self) -> bool:
        """Whether there is a form for her, or a button that opens one: some consoles only show a person here."""
        await self._details()
        deadline = Deadline(min(self.lane.timeout, _EDITING_SHOWS_SECONDS))
        while not await self.edit_button.is_shown() and not (
            await self.save_button.is_shown() and await self._editable()
        ):
            if deadline.passed:
                # Fields without a button to save them are a form of which something is missing, which opening it tells.
                return await self._editable()
            await deadline.pause()
        return True

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
            if await _waits(control):
                return frozenset()
        return found

    async def at_once_on_tabs(self, asked: Collection[str]) -> frozenset[str]:
        """Which of the groups and managers asked about lie on a tab of theirs on which nothing is to be saved."""
        found = set()
        for key, control, tab in (
            ("groups", self.groups, words.TAB_GROUPS),
            ("managers", self.managers, words.TAB_MANAGERS),
        ):
            if key not in asked or not await self.has_tab(tab) or not await self._turn_to(tab):
                continue
            if await self._reach(control, tab) and not await self.save_button.is_shown() and not await _waits(control):
                found.add(key)
        return frozenset(found)

    async def save_at_once(self, press: Callable[[], Awaitable[None]]) -> None:
        """Uses a control that saves by itself; where a button to save comes up instead, presses that.

        Raises ConsoleDrift where neither anything was sent, nor asked back, nor can be saved.
        """
        await self._answer.note()
        await press()
        answer, shows = self._answer, Deadline(min(self.lane.timeout, _EDITING_SHOWS_SECONDS))
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

    async def open_edit(self) -> None:
        """Makes the fields editable, where they are not yet."""
        if await self.offers_editing() and await self.save_button.is_shown() and await self._editable():
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

    async def save(self, added_to: MultiChoice | None = None) -> None:
        """Saves, as any form; where nothing does, 'Add' beside the field that was added to, which saves at once."""
        # Some bring what saves up once something was changed.
        shows = Deadline(min(self.lane.timeout, _EDITING_SHOWS_SECONDS))
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
            await self._turn_to(words.TAB_DETAILS)
            deadline = Deadline(min(self.lane.timeout, _TAB_OPENS_SECONDS))
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

    async def _role_field(self) -> Field | None:
        """The field for the role, or else the switch 'Admin', whichever is in view to stay."""
        for control in (self.role, self.admin):
            if await control.locator.count() > 1:
                return None  # one of them is on its way out
            if await self._stands(control):
                return control
        return None


_IS_TYPED_INTO = "el => el.matches('input:not([type=checkbox], [type=radio]), textarea')"
_LIES_IN_A_FORM = "el => !!el.closest('form')?.querySelector('button:not([type=button]), input[type=submit]')"


async def _waits(control: Field) -> bool:
    """Whether a field lies in a form of its own, which a button sends that is not known by its word."""
    return await control.locator.count() == 1 and bool(await control.locator.evaluate(_LIES_IN_A_FORM))


async def _is_seen(element: ElementHandle) -> bool:
    try:
        return await element.is_visible()
    except PlaywrightError as error:
        if not is_navigation(error):
            raise
        return False  # it was part of a page that has been left


def _on(value: dict[str, Any] | None) -> bool | None:
    """Whether a switch is on; None for anything that is no switch."""
    text = value["text"].casefold() if value else ""
    return {"true": True, "false": False, "yes": True, "no": False}.get(text)


def _unnamed(lines: list[str], first: str | None, last: str | None, values: dict[str, Any]) -> list[str]:
    """The lines without those that name the person, her groups or managers: somebody may be called SCIM."""
    named = {first, last, f"{first} {last}"}
    named |= {part for key in ("groups", "managers") for part in values.get(key, {}).get("parts", ())}
    return [line for line in lines if line not in named]


def _text(value: dict[str, Any] | None) -> str | None:
    """The text of a value; '' where the screen has a place for it that is empty, None where it has none."""
    if value is None:
        return None
    text = reading.plain(value["text"])
    return "" if text.casefold() in words.NOTHING else text


def _name(value: dict[str, Any] | None) -> str | None:
    """A name, whole or a part of it; '' where its place says that there is none: 'Not given'."""
    text = _text(value)
    return "" if text and reading.says_no_name(text) else text


def _heading(headings: Sequence[Mapping[str, Any]]) -> str | None:
    """The name in the first of the uppermost headings that is none of the usual titles, if it looks like one.

    Whoever has no name yet is headed by her address, and then "Training Records" lower down is none either.
    """
    left = [heading for heading in headings if not _is_title(heading["text"].casefold())]
    if not left:
        return None
    highest = min(heading["level"] for heading in left)
    said: str = next(heading["text"] for heading in left if heading["level"] == highest)
    others = {heading["text"] for heading in left if heading["level"] != highest} - {said}
    return (
        said
        if _looks_like_a_name(said) and not reading.says_no_name(said) and not any(map(_looks_like_a_name, others))
        else None
    )


def _is_title(text: str) -> bool:
    """Whether a heading, in small letters, says what follows, and not whose page it is."""
    return text in _TITLES or text in words.all_said() or _TITLE.search(text) is not None


_TITLE = re.compile(
    r" (?:profile|details|information|settings|overview|account|records|activity|history|academy|learning|paths"
    r"|training|portal|console|access|security|groups|managers|people|users|assignments|courses|certificates)$"
)
_PARTICLE = re.compile(r"al|bin|da|del?|della|den|der|di|do|dos|du|el|ibn|la|le|van|von|y|zu")


def _looks_like_a_name(text: str) -> bool:
    said = text.split()
    return 2 <= len(said) <= 5 and all(
        _PARTICLE.fullmatch(word) or (any(map(str.isalpha, word)) and "@" not in word and not word[0].islower())
        for word in said
    )


_TITLES = frozenset(
    {"user details", "edit user", "edit person", "person details", "user information", "danger zone", "account status"}
)


def _loose_status(lines: list[str], lane: Lane) -> Status | None:
    """A status shown as a badge without a label, where exactly one of the words is there."""
    found = {
        Status(key)
        for key, word in words.STATUS_NAMES.items()
        for alias in lane.vocabulary.of(word)
        if any(line.casefold() == alias.casefold() for line in lines)
    }
    return found.pop() if len(found) == 1 else None


def _scim(value: dict[str, Any] | None) -> bool | None:
    if value is None:
        return None
    said = reading.plain(value["text"]).casefold()
    if said in ("yes", "true", "on") or "scim" in said.split() or "scim" in said:
        return "not" not in said.split()
    return False if said in ("no", "false", "off", "manual", "manually", "not managed", *words.NOTHING) else None
