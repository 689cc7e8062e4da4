"""One person on her own: a page or a drawer, opened from her row, and the form to edit her."""

from __future__ import annotations

from typing import Any

from connector.errors import ConsoleDrift
from connector.models import Person, Role, Status
from page_objects import reading, words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared, Screen
from page_objects.controls.fields import Choice, MultiChoice, TextField
from page_objects.lane import Deadline, Lane
from page_objects.table import scim_mark


class PersonScreen(Screen):
    """Details of one person. The address shown must be hers in full before anything is read or done here."""

    name = "person"
    edit_button = Declared(Action, words.EDIT, required=False)
    save_button = Declared(Action, words.SAVE, required=False)
    cancel_button = Declared(Action, words.CANCEL, required=False)
    email = Declared(TextField, words.FIELD_EMAIL, required=False)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME, required=False)
    last_name = Declared(TextField, words.FIELD_LAST_NAME, required=False)
    role = Declared(Choice, words.FIELD_ROLE, required=False)
    groups = Declared(MultiChoice, words.FIELD_GROUPS, required=False)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS, required=False)

    def __init__(self, lane: Lane, person_email: str) -> None:
        super().__init__(lane, lane.find("person", columns=lane.column_words(), email=person_email, since="person"))
        self.person_email = person_email

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
            await deadline.pause()
        await self.arrive()
        raise ConsoleDrift(
            "the person's screen does not finish loading", whom=self.person_email, screen=self.lane.where(self.name)
        )

    async def read(self) -> Person:
        """Everything the screen tells about this person. Raises ConsoleDrift where it shows another address as hers."""
        await self.arrive()
        found = await self._details()
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
        whole = values.get("name")
        first, last = reading.names_of(
            _text(values.get("first_name")), _text(values.get("last_name")), _text(whole) or _heading(found["headings"])
        )
        moment, never = reading.moment_of(values.get("last_login"))
        status = reading.status_of(values.get("status"), vocabulary) or _loose_status(found["lines"], self.lane)
        return Person(
            email=shown[0] if shown else self.person_email,
            first_name=first,
            last_name=last,
            role=reading.role_of(values.get("role"), vocabulary),
            status=status,
            groups=reading.groups_of(values.get("groups"), self.lane.known_groups),
            managers=reading.addresses_of(values.get("managers")),
            last_login=moment,
            scim_managed=_scim(values.get("scim"))
            if values.get("scim")
            else scim_mark("\n".join(_unnamed(found["lines"], first, last, values))),
            never_signed_in=True if status is Status.INVITED and moment is None else never,
        )

    async def open_edit(self) -> None:
        """Makes the fields editable, where they are not yet."""
        if await self.save_button.is_shown() and await self._editable():
            return
        await self.lane.remember()
        await self.edit_button.click()
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

    async def leave_edit(self) -> None:
        """Leaves the form without saving."""
        if await self.cancel_button.is_shown():
            await self.cancel_button.click()

    async def _editable(self) -> bool:
        for control in (self.first_name, self.role, self.groups, self.managers):
            if await control.locator.count() == 1:
                return True
        return False

    async def change(
        self,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        role: Role | None = None,
    ) -> None:
        """Fills in what shall change; nothing is saved yet."""
        if first_name is not None:
            await self.first_name.fill(first_name)
        if last_name is not None:
            await self.last_name.fill(last_name)
        if role is not None:
            await self.role.choose(words.ROLE_NAMES[role.value])

    async def save(self) -> None:
        """Saves: one click, never repeated here."""
        await self.save_button.click()

    async def saved(self) -> list[str]:
        """Waits until the save has been answered; the console's objections, if it has any."""
        assert self.scope is not None
        deadline = Deadline(self.lane.timeout)
        grace = Deadline(min(1.0, self.lane.timeout))
        while True:
            if not await self.scope.count():
                return []
            if self.lane.traffic.idle(0) and not await engine.evaluate(self.lane.page, "busy"):
                said: list[str] = await engine.evaluate(self.lane.page, "messages")
                if said or grace.passed or not await self.save_button.is_shown():
                    return said
            if deadline.passed:
                return []
            await deadline.pause()


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


def _heading(headings: list[str]) -> str | None:
    """The name in the heading: the first that is two words without digits."""
    names = [
        h for h in headings if len(h.split()) == 2 and not any(c.isdigit() for c in h) and h.casefold() not in _TITLES
    ]
    return names[0] if len(names) == 1 else None


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
