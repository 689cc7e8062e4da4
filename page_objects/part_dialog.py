"""The form for one part of a person: 'Edit Group', 'Edit Managers' (older help center, drop-down arrow of the row)."""

from __future__ import annotations

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane
from page_objects.person_screen import PersonForm
from page_objects.words import Word

_FILLS_SECONDS = 5.0


class PartDialog(PersonForm):
    """A dialog or drawer with the field for groups or for managers, and a button to save."""

    name = "part of a person"
    groups = Declared(MultiChoice, words.FIELD_GROUPS, required=False)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS, required=False)
    save_button = Declared(Action, words.SAVE)

    def __init__(self, lane: Lane, person_email: str, part: Word) -> None:
        field = words.FIELD_GROUPS if part is words.EDIT_GROUPS else words.FIELD_MANAGERS
        holds = [lane.query("field", field), lane.query("action", words.SAVE)]
        super().__init__(lane, person_email, lane.find("surface", holds=holds, layered=True, since="person"))
        self.part = part

    async def arrive(self) -> None:
        """Waits until the form is there; it must not show another person's address instead of hers."""
        assert self.scope is not None
        await self.lane.one(
            self.scope,
            what=f"the form '{self.part.aliases[0]}'",
            screen=self.name,
            expected=f"a form with {self.part.aliases[0].removeprefix('Edit ')} and {words.SAVE.aliases[0]}",
            kind="field",
        )
        # What a field offers may be fetched only now, and the field be drawn anew with it.
        filled = Deadline(min(self.lane.timeout, _FILLS_SECONDS))
        while not self.lane.traffic.idle(self.lane.last_click) and not filled.passed:
            await filled.pause()
        if self.part is words.EDIT_GROUPS:
            shown = await engine.evaluate(self.scope, "addressesIn") or []
            if shown and self.person_email.casefold() not in [address.casefold() for address in shown]:
                raise ConsoleDrift(
                    "the form is about somebody else",
                    whom=self.person_email,
                    screen=self.lane.where(self.name),
                    expected=self.person_email,
                    seen=", ".join(shown),
                )
