"""The form that invites: one person with her details, or a list of addresses. A dialog, a drawer or a page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from connector.errors import ConsoleDrift
from connector.models import Role
from page_objects import words
from page_objects.answers import Answer
from page_objects.controls import engine
from page_objects.controls.base import Action, Closer, Declared, Screen
from page_objects.controls.choices import Choice
from page_objects.controls.fields import AddressesField, Switch, TextField
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane
from page_objects.leaving import leave
from page_objects.words import Word

_DRAWS_SECONDS = 0.3


class InviteForm(Screen, ABC):
    """What all forms to invite share."""

    name = "Invite User"
    takes: ClassVar[str]
    """What it takes: `one` person with her details, or a `list` of addresses."""
    groups = Declared(MultiChoice, words.FIELD_GROUPS, required=False)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS, required=False)
    send_button = Declared(Action, words.SEND_INVITATION)
    cancel_button = Declared(Action, words.CANCEL, required=False)
    close_button = Declared(Closer, words.CLOSE, required=False)

    def __init__(self, lane: Lane, *fields: Word) -> None:
        holds = [*(lane.query("field", field) for field in fields), lane.query("action", words.SEND_INVITATION)]
        super().__init__(lane, lane.find("surface", holds=holds, layered=True, since="form"))

    async def is_here(self) -> bool:
        """Whether this form is there now."""
        assert self.scope is not None
        return await self.scope.count() == 1

    @abstractmethod
    async def says(self) -> frozenset[str]:
        """What the form can say of a person besides her address: names, role, admin, groups, managers."""

    async def _also(self, found: set[str]) -> frozenset[str]:
        if await self.groups.is_shown():
            found.add("groups" if await self.groups.takes_several() else "group")
        if await self.managers.is_shown():
            found.add("managers")
        return frozenset(found)

    async def send(self) -> list[str]:
        """Sends the invitation: one click, never repeated here. The console's objections, if the form stays."""
        assert self.scope is not None
        answer = Answer(self.lane, self.scope)
        await answer.note()
        await self.send_button.click()
        return await answer.objections()

    async def leave(self) -> None:
        """Closes the form without sending, if it is open."""
        assert self.scope is not None
        await leave(self.lane, self.scope, self.cancel_button.locator, self.close_button.locator, screen=self.name)


class InviteOneForm(InviteForm):
    """'Invite User': e-mail, first name, last name, role; groups, managers optional (guide, "How to add users")."""

    takes = "one"
    email = Declared(TextField, words.FIELD_EMAIL)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME)
    last_name = Declared(TextField, words.FIELD_LAST_NAME)
    role = Declared(Choice, words.FIELD_ROLE)

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, words.FIELD_EMAIL, words.FIELD_FIRST_NAME)

    async def says(self) -> frozenset[str]:
        return await self._also({"names", "role"})

    async def fill(self, email: str, first_name: str, last_name: str, role: Role) -> None:
        """Fills in what is required."""
        await self.email.fill(email)
        await self.first_name.fill(first_name)
        await self.last_name.fill(last_name)
        await self.role.choose(words.ROLE_NAMES[role.value])

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


class InviteListForm(InviteForm):
    """'Invite Users', 'Invite New User' (help center): one or many e-mails, groups, managers, a toggle for admins."""

    name = "Invite Users"
    takes = "list"
    emails = Declared(AddressesField, words.FIELD_EMAIL_OR_EMAILS)
    admin = Declared(Switch, words.FIELD_ADMIN, required=False)

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, words.FIELD_EMAIL_OR_EMAILS)

    async def is_here(self) -> bool:
        return await super().is_here() and await self.emails.is_shown() and await self.emails.takes_many()

    async def says(self) -> frozenset[str]:
        return await self._also({"admin"} if await self.admin.is_shown() else set())

    async def fill(self, emails: Sequence[str], *, admin: bool) -> None:
        """Enters the addresses, and whether they shall be admins where the form has that switch."""
        await self.emails.enter(emails)
        if admin or await self.admin.is_shown():
            await self.admin.turn(admin)


async def arrived(lane: Lane) -> InviteOneForm | InviteListForm:
    """Waits until a form to invite is there, and tells which.

    Raises ConsoleDrift that names the missing element where a part of a form is there, SessionEnded.
    """
    one, many = InviteOneForm(lane), InviteListForm(lane)
    deadline = Deadline(lane.timeout)
    settled: Deadline | None = None
    while not deadline.passed:
        if await one.is_here():
            assert one.scope is not None
            await lane.comes_to_rest(one.scope)
            return one
        if await many.is_here():
            # A form for one may still be drawing its other fields.
            settled = settled or Deadline(_DRAWS_SECONDS)
            if settled.passed:
                assert many.scope is not None
                await lane.comes_to_rest(many.scope)
                return many
        elif await lane.asks_to_sign_in() or lane.traffic.read_troubles(lane.last_click):
            break
        await lane.pause(deadline)
    assert one.scope is not None
    try:
        await lane.one(
            one.scope,
            what="the form",
            screen=one.name,
            expected="a form with Email, First name and a button such as Send invitation, or one for a list of e-mails",
            kind="field",
        )
    except ConsoleDrift as drift:
        await one.name_what_is_missing(drift)
        raise
    return one
