"""A form about one person, that is saved or left: whatever its fields are."""

from __future__ import annotations

from playwright.async_api import Locator

from page_objects import words
from page_objects.answers import Answer
from page_objects.controls.base import Action, Closer, Declared, Screen
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline, Lane
from page_objects.leaving import leave

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
