"""The form that invites one person: a dialog, a drawer or a page of its own."""

from __future__ import annotations

from connector.errors import ConsoleDrift
from connector.models import Role
from page_objects import words
from page_objects.answers import Answer
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared, Screen
from page_objects.controls.fields import Choice, MultiChoice, TextField
from page_objects.lane import Deadline, Lane


class InviteDialog(Screen):
    """'Invite User': e-mail, first name, last name, role; groups, managers optional (guide, "How to add users")."""

    name = "Invite User"
    email = Declared(TextField, words.FIELD_EMAIL)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME)
    last_name = Declared(TextField, words.FIELD_LAST_NAME)
    role = Declared(Choice, words.FIELD_ROLE)
    groups = Declared(MultiChoice, words.FIELD_GROUPS, required=False)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS, required=False)
    send_button = Declared(Action, words.SEND_INVITATION)
    cancel_button = Declared(Action, words.CANCEL, required=False)
    close_button = Declared(Action, words.CLOSE, required=False)

    def __init__(self, lane: Lane) -> None:
        holds = [
            lane.query("field", words.FIELD_EMAIL),
            lane.query("field", words.FIELD_FIRST_NAME),
            lane.query("action", words.SEND_INVITATION),
        ]
        super().__init__(lane, lane.find("surface", holds=holds, layered=True, since="form"))

    async def arrive(self) -> None:
        """Waits until the form is there."""
        assert self.scope is not None
        try:
            await self.lane.one(
                self.scope,
                what="the form",
                screen=self.name,
                expected="a form with Email, First name and a button such as Send invitation",
                kind="field",
            )
        except ConsoleDrift as drift:
            await self._name_what_is_missing(drift)
            raise

    async def _name_what_is_missing(self, drift: ConsoleDrift) -> None:
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

    async def fill(self, email: str, first_name: str, last_name: str, role: Role) -> None:
        """Fills in what is required."""
        await self.email.fill(email)
        await self.first_name.fill(first_name)
        await self.last_name.fill(last_name)
        await self.role.choose(words.ROLE_NAMES[role.value])

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
        if await self.scope.count() != 1:
            return
        deadline = Deadline(self.lane.timeout)
        if await self.cancel_button.is_shown():
            await self.cancel_button.click()
        elif await self.close_button.is_shown():
            await self.close_button.click()
        else:
            await self.lane.page.keyboard.press("Escape")
        while await self.scope.count():
            if deadline.passed:
                raise ConsoleDrift(
                    "the form does not close",
                    screen=self.lane.where(self.name),
                    expected=f"the form to close by {words.CANCEL.aliases[0]} or Escape",
                    seen=", ".join(await engine.evaluate(self.lane.page, "inventory", "action")),
                )
            await deadline.pause()
