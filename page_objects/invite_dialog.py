"""The form that invites: one person with her details, or a list of addresses. A dialog, a drawer or a page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Any, ClassVar

from playwright.async_api import Locator

from connector.errors import ConsoleDrift, OperationFailed, SessionEnded
from connector.models import Role
from page_objects import words
from page_objects.acknowledging import acknowledge_admin
from page_objects.answers import Answer
from page_objects.controls import engine
from page_objects.controls.base import Action, Closer, Declared, Screen, Sender
from page_objects.controls.choices import Choice
from page_objects.controls.fields import AddressesField, Switch, TextField
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane
from page_objects.leaving import leave
from page_objects.words import Word

_DRAWS_SECONDS = 0.3
_OBJECTS_SECONDS = 0.5
"""How long a step that was answered may still be about to go on, whatever it says."""
_DRAWN_SECONDS = 2.0
"""How long a step that came may take to draw what leads on from it."""
STEPS_MEMORY = "invite steps ask for"
_CHOICES = {"select", "select-many", "radios", "popup", "popup-typed"}


class InviteForm(Screen, ABC):
    """What all forms to invite share."""

    name = "Invite User"
    known_by: ClassVar[tuple[Word, ...]] = ()
    """The fields that it is known by, with what sends it."""
    takes: str
    """What it takes: `one` person with her details, or a `list` of addresses."""
    role = Declared(Choice, words.FIELD_ROLE, required=False)
    admin = Declared(Switch, words.FIELD_ADMIN, required=False)
    groups = Declared(MultiChoice, words.FIELD_GROUPS, required=False)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS, required=False)
    send_button = Declared(Action, words.SEND_INVITATION)
    cancel_button = Declared(Action, words.CANCEL, required=False)
    close_button = Declared(Closer, words.CLOSE, required=False)

    def __init__(self, lane: Lane, scope: Locator, *, remains: bool = False) -> None:
        super().__init__(lane, scope)
        self._answer = Answer(lane, scope, may_ask=True, remains=remains)
        self._drawn = Deadline(min(lane.timeout, _DRAWN_SECONDS))
        """Until when its fields have their time to be drawn."""

    @classmethod
    def fields(cls, lane: Lane) -> list[dict[str, Any]]:
        """The fields that it is known by, as they are looked for."""
        return [lane.query("field", field) for field in cls.known_by]

    @classmethod
    def query(cls, lane: Lane) -> dict[str, Any]:
        """By what it is found, once a click brought it up."""
        holds = [*cls.fields(lane), lane.query("action", words.SEND_INVITATION)]
        return lane.query("surface", holds=holds, layered=True, since="form")

    async def is_here(self) -> bool:
        """Whether this form is there now."""
        assert self.scope is not None
        return await self.scope.count() == 1

    async def arrive(self) -> None:
        """Waits until it has stopped moving."""
        assert self.scope is not None
        await self.lane.comes_to_rest(self.scope)

    @abstractmethod
    async def says(self) -> frozenset[str]:
        """What the form can say of a person besides her address: names, role, admin, groups, managers."""

    async def others(self) -> list[dict[str, Any]]:
        """The fields besides those that it is known to have.

        Of each its `name`, its `shape`, and whether it `offers` a role; None of what is not seen until it is opened.
        """
        assert self.scope is not None
        declared = [each for each in self.elements.values() if each.control.kind == "field"]
        known = [self.lane.query("field", each.word, **each.control.asked) for each in declared]
        roles = [alias for role in words.ROLE_NAMES.values() for alias in self.lane.vocabulary.of(role)]
        found = await engine.evaluate(self.scope, "fieldsBeside", {"known": known, "values": roles})
        return found or []

    async def _come_as(self, role: Role, says: Collection[str]) -> None:
        """Says as what somebody shall come, by the field for the role or the toggle for admins."""
        if "role" in says:
            await self.role.choose(words.ROLE_NAMES[role.value])
            if role is Role.ADMIN:
                await acknowledge_admin(self.lane, self.scope)
        elif "admin" in says:
            await self.admin.turn(role is Role.ADMIN)

    async def _all_drawn(self) -> frozenset[str]:
        """What the optional fields of a form for one can say, once that for the role had its time to be drawn.

        Raises ConsoleDrift where a field that nobody knows may be the one for the role.
        """
        deadline = Deadline(self.lane.timeout)
        while "role" not in (found := await self._optional()):
            if deadline.passed or (self._drawn.passed and self.lane.traffic.idle(self.lane.last_click)):
                if await self.may_ask_for_role():
                    await self.role.arrive()  # which tells what is there instead
                break
            await self.lane.pause(deadline)
        return found

    async def may_ask_for_role(self) -> bool:
        """Whether a field that nobody knows may be for the role: a choice that offers one, or does not show what."""
        if await self.role.is_shown():
            return False
        return any(each["shape"] in _CHOICES and each["offers"] is not False for each in await self.others())

    async def _optional(self) -> frozenset[str]:
        """What its optional fields can say: role, else admin, groups, or one group, managers."""
        found = await self.which_are_shown("role", "admin", "groups", "managers")
        # One of the boxes of another field may be called so: a group.
        if "role" in found or ("admin" in found and await engine.evaluate(self.admin.locator, "isAmongBoxes")):
            found.discard("admin")
        if "groups" in found and not await self.groups.takes_several():
            found = found - {"groups"} | {"group"}
        return frozenset(found)

    async def send(self) -> list[str]:
        """Sends the invitation: one click, never repeated here. The console's objections, if the form stays."""
        await self._answer.note()
        await self.send_button.click()
        return await self.sent()

    async def sent(self) -> list[str]:
        """Waits until the click was answered or something is asked back; the console's objections, if it has any."""
        return await self._answer.objections()

    async def can_send(self) -> bool:
        """Whether what sends it is to be waited for: always, but for a form in steps that has gone."""
        return True

    async def leave(self) -> None:
        """Closes the form without sending, if it is open."""
        assert self.scope is not None
        await leave(self.lane, self.scope, self.cancel_button.locator, self.close_button.locator, screen=self.name)


class InviteOneForm(InviteForm):
    """'Invite User': e-mail, first name, last name, role; groups, managers optional (guide, "How to add users").

    Some have a toggle for admins in place of the role, as the help center's form for a list has, or neither.
    """

    takes = "one"
    known_by = (words.FIELD_EMAIL, words.FIELD_FIRST_NAME)
    email = Declared(TextField, words.FIELD_EMAIL)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME)
    last_name = Declared(TextField, words.FIELD_LAST_NAME)
    role = Declared(Choice, words.FIELD_ROLE)

    def __init__(self, lane: Lane, inline: Locator | None = None) -> None:
        super().__init__(lane, inline or lane.find(**self.query(lane)), remains=inline is not None)

    async def arrive(self) -> None:
        await super().arrive()
        self._drawn = Deadline(min(self.lane.timeout, _DRAWN_SECONDS))

    async def says(self) -> frozenset[str]:
        """What it can say of her. Raises ConsoleDrift where a field that nobody knows may be the one for her role."""
        return await self._all_drawn() | {"names"}

    async def _name(self, first_name: str, last_name: str) -> None:
        await self.first_name.fill(first_name)
        await self.last_name.fill(last_name)

    async def fill(self, email: str, first_name: str, last_name: str, role: Role, says: Collection[str]) -> None:
        """Fills in who it is, and as what she shall come, as far as the form says that."""
        await self.email.fill(email)
        await self._name(first_name, last_name)
        await self._come_as(role, says)

    async def name_what_is_missing(self, drift: ConsoleDrift) -> None:
        """Where a part of the form is there, says which element is not, and what the part holds instead."""
        required = {"email": "field", "first_name": "field", "send_button": "action"}
        for missing, kind in required.items():
            holds = [self.lane.query(required[name], self.elements[name].word) for name in required if name != missing]
            rest = self.lane.find("surface", holds=holds, layered=True, since="form")
            if await rest.count() == 1:
                words_tried = self.lane.vocabulary.of(self.elements[missing].word)
                drift.message = f"{self.name}: {self.elements[missing].label} is missing"
                drift.expected = " / ".join(words_tried)
                drift.seen = ", ".join(await engine.evaluate(rest, "inventory", kind) or []) or "nothing of the kind"
                return


class InviteNamedForm(InviteOneForm):
    """The same with one field for the whole name, as 'Name' or 'Full name'."""

    known_by = (words.FIELD_EMAIL, words.FIELD_NAME)
    whole_name = Declared(TextField, words.FIELD_NAME)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME, required=False)
    last_name = Declared(TextField, words.FIELD_LAST_NAME, required=False)

    async def is_here(self) -> bool:
        return await super().is_here() and await self.whole_name.is_shown() and not await self.first_name.is_shown()

    async def _name(self, first_name: str, last_name: str) -> None:
        await self.whole_name.fill(f"{first_name} {last_name}".strip())


class InviteListForm(InviteForm):
    """'Invite Users', 'Invite New User' (help center): one or many e-mails, groups, managers, a toggle for admins.

    Some have a role in place of the toggle, and some fields for names, which come once there is one address alone.
    """

    name = "Invite Users"
    takes = "list"
    known_by = (words.FIELD_EMAIL_OR_EMAILS,)
    emails = Declared(AddressesField, words.FIELD_EMAIL_OR_EMAILS)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME, required=False)
    last_name = Declared(TextField, words.FIELD_LAST_NAME, required=False)

    def __init__(self, lane: Lane, inline: Locator | None = None) -> None:
        super().__init__(lane, inline or lane.find(**self.query(lane)), remains=inline is not None)

    async def is_here(self) -> bool:
        return await super().is_here() and await self.emails.is_shown() and await self.emails.takes_many()

    async def is_for_one(self) -> bool:
        """Whether it takes one address alone, and asks for no name, by any word: its one field to type into."""
        if not (await super().is_here() and await self.emails.is_shown()) or await self.emails.takes_many():
            return False
        # A filter that stands beside what opens the form was there before.
        if not await engine.evaluate(self.emails.locator, "isFresh"):
            return False
        if await self.first_name.is_shown() or await self.last_name.is_shown():
            return False
        return not any(each["shape"] == "text" for each in await self.others())

    async def says(self) -> frozenset[str]:
        """What it can say of however many: no names, as those of one would be those of all."""
        return await (self._all_drawn() if self.takes == "one" else self._optional())

    async def says_of_one(self, email: str, expected: Collection[str] = ()) -> frozenset[str]:
        """What it can say of one person, whose address is entered for that; nothing is sent.

        It waits a moment for what may come with the address, and longer where it is expected.
        """
        await self.emails.enter([email])
        await self.emails.leave_it()
        deadline = Deadline(min(self.lane.timeout, _DRAWN_SECONDS if "names" in expected else _DRAWS_SECONDS))
        while not (named := await self._asks_for_names()) and not deadline.passed:
            await deadline.pause()
        await self.arrive()
        return await self.says() | ({"names"} if named else set())

    async def _asks_for_names(self) -> bool:
        return await self.first_name.is_shown() and await self.last_name.is_shown()

    async def fill(self, role: Role, says: Collection[str], first_name: str = "", last_name: str = "") -> None:
        """Says as what those whose addresses are entered shall come, and how the one is called, as far as it can."""
        if "names" in says:
            await self.first_name.fill(first_name)
            await self.last_name.fill(last_name)
        await self._come_as(role, says)


class InviteSteps(InviteForm):
    """A form to invite that is divided into steps: fields, 'Next', fields, perhaps a review, and what sends it.

    What a later step asks for is seen only once the earlier ones are filled in. Nothing is sent before the last.
    """

    name = "Invite User"
    takes = "one"
    email = Declared(TextField, words.FIELD_EMAIL_OR_EMAILS)
    emails = Declared(AddressesField, words.FIELD_EMAIL_OR_EMAILS)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME, required=False)
    last_name = Declared(TextField, words.FIELD_LAST_NAME, required=False)
    whole_name = Declared(TextField, words.FIELD_NAME, required=False)
    next_button = Declared(Sender, words.NEXT_STEP)
    send_button = Declared(Sender, words.SEND_INVITATION, required=False)

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, lane.find(**self.query(lane)))
        self._layer: Locator | None = None
        """What it is, where it lies over the list of people: the page below has buttons of the same words."""

    @classmethod
    def query(cls, lane: Lane) -> dict[str, Any]:
        return lane.query("step-surface", since="form")

    async def is_here(self) -> bool:
        return (
            await super().is_here()
            and await self.email.is_shown()
            and await self.next_button.is_shown()
            and not await self.send_button.is_shown()
        )

    async def arrive(self) -> None:
        """Waits until the first step has stopped moving, and tells whether it takes one address or a list."""
        await super().arrive()
        assert self.scope is not None
        named = await self.first_name.is_shown() or await self.whole_name.is_shown()
        self.takes = "list" if not named and await self.emails.takes_many() else "one"
        if await engine.evaluate(self.scope, "liesOver"):
            self._layer = self.scope = self.lane.find("step-surface", since="form", layered=True)

    async def says(self) -> frozenset[str]:
        """What its steps were seen to ask for; everything, as long as nobody has gone through them."""
        everything = (
            ("admin", "groups", "managers") if self.takes == "list" else ("names", "role", "groups", "managers")
        )
        return frozenset(self.lane.learnt.get(STEPS_MEMORY) or everything)

    async def asks(self) -> frozenset[str]:
        """What this step asks for: email, names, role, admin, groups, managers."""
        shown = await self.which_are_shown("email", "whole_name", "first_name", "last_name")
        found = shown & {"email"}
        if "whole_name" in shown or {"first_name", "last_name"} <= shown:
            found.add("names")
        return await self._optional() | found

    async def fill_names(self, first_name: str, last_name: str) -> None:
        """Fills in the names, in the two fields for them or in one for both."""
        if await self.whole_name.is_shown():
            await self.whole_name.fill(f"{first_name} {last_name}".strip())
        else:
            await self.first_name.fill(first_name)
            await self.last_name.fill(last_name)

    async def leads_on(self) -> bool:
        """Whether another step follows; a step that neither leads on nor sends is drift, which leading on tells."""
        return await self.next_button.is_shown() or not await self.send_button.is_shown()

    async def is_over(self) -> bool:
        """Whether it has gone: what lay over the page, or, of a page of its own, in favour of the list of people."""
        if self._layer is not None:
            return await self._layer.count() == 0
        return await self.lane.count("people-search", columns=self.lane.column_words()) == 1

    async def can_send(self) -> bool:
        return not await self.is_over()

    async def go_on(self) -> None:
        """Goes to the next step. Raises OperationFailed with the console's objections where it stays on this one."""
        assert self.scope is not None
        before = await self._step()
        answer = Answer(self.lane, self.scope)
        await answer.note()
        await self.next_button.click()
        deadline = Deadline(self.lane.timeout)
        objects: Deadline | None = None
        while await self._step() == before:
            if await self.lane.asks_to_sign_in():
                raise SessionEnded("the console asked to sign in again", screen=self.name)
            said = await answer.said() if await self.lane.at_rest(answer.mark) else []
            objects = (objects or Deadline(_OBJECTS_SECONDS)) if said else None
            if (objects and objects.passed) or deadline.passed:
                raise OperationFailed(
                    f"{self.name}: the console does not go on to the next step",
                    screen=self.lane.where(self.name),
                    expected="the next step of the form to invite",
                    seen=" ".join(said) or "the same step",
                )
            await self.lane.pause(deadline)
        drawn = Deadline(min(self.lane.timeout, _DRAWN_SECONDS))
        while not (await self.lane.at_rest(answer.mark) and (drawn.passed or not await self.is_over())):
            if deadline.passed:
                break
            await self.lane.pause(deadline)
        if await self.scope.count() == 1:
            await self.lane.comes_to_rest(self.scope)

    async def _step(self) -> tuple[object, ...]:
        """By what one step is told from another: its fields, and whether it leads on or sends."""
        assert self.scope is not None
        fields = await engine.evaluate(self.scope, "inventory", "field")
        return (str(fields), await self.next_button.is_shown(), await self.send_button.is_shown())

    def went_through(self, asked: frozenset[str]) -> None:
        """Keeps what the steps were seen to ask for."""
        self.lane.learnt[STEPS_MEMORY] = sorted(asked - {"email"})

    async def sent(self) -> list[str]:
        answer = self._answer
        deadline = Deadline(self.lane.timeout)
        said: list[str] = []
        left: Deadline | None = None
        # A console that objects may go back to the step that it objects to.
        while not said and not await answer.asks_back() and not await self.is_over() and not deadline.passed:
            if await self.lane.at_rest(answer.mark):
                said = await answer.said()
                # Instead of the list a page may come that tells what was sent.
                left = (left or Deadline(_DRAWN_SECONDS)) if await self._asks_no_more(answer.mark) else None
            if left and left.passed:
                break
            if await self.lane.asks_to_sign_in():
                break
            await self.lane.pause(deadline)
        await self.lane.traffic.rests(answer.mark, deadline.left)
        return said

    async def _asks_no_more(self, mark: int) -> bool:
        """Whether something was sent, and neither a field nor a button of any step is there any more."""
        if not self.lane.traffic.changing(mark) or await self.send_button.is_shown():
            return False
        return not await self.next_button.is_shown() and not await self.asks()


AnyInviteForm = InviteOneForm | InviteListForm | InviteSteps
