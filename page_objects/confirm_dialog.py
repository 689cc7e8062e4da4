"""The question that comes before a change: a dialog, a pop-over or the browser's own box."""

from __future__ import annotations

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.answers import Answer
from page_objects.controls import engine
from page_objects.lane import Deadline, Lane
from page_objects.words import Word

_ACTED_AT_ONCE_SECONDS = 1.0
_FORBIDDEN = ("permanent", "delete", "erase", "remove all")


class ConfirmDialog:
    """A surface that holds a word to affirm and a word to refrain. It must not speak of others, nor of deletion."""

    name = "confirmation"

    def __init__(self, lane: Lane, email: str, affirm: Word) -> None:
        self.lane = lane
        self.email = email
        self.affirm = affirm
        self.answer = Answer(lane, self.surface)

    @property
    def surface(self) -> Locator:
        holds = [self.lane.query("action", self.affirm), self.lane.query("action", words.REFRAIN)]
        return self.lane.find("surface", holds=holds, layered=True, isNew=True, since="question")

    def judge(self, question: str) -> bool:
        """Whether the browser's own question may be answered with yes."""
        return not any(word in question.casefold() for word in _FORBIDDEN)

    async def needed(self) -> bool:
        """Waits for the question. False where none came: the browser's own box was answered, or the console just acted.

        Raises ConsoleDrift where neither a question nor any answer to the click can be seen.
        """
        deadline = Deadline(self.lane.timeout)
        grace: Deadline | None = None
        while not await self.surface.count():
            await self.lane.clear_view(self.name)
            if self.lane.native_questions:
                return False
            if self.lane.traffic.changing(self.answer.mark) and self.lane.traffic.idle(self.answer.mark):
                grace = grace or Deadline(_ACTED_AT_ONCE_SECONDS)
            if grace is not None and grace.passed:
                return False
            if self.lane.traffic.read_troubles(self.answer.mark) and not self.lane.traffic.changing(self.answer.mark):
                break  # the question itself could not be fetched: `one` says so
            if deadline.passed or await self.lane.sign_in_form.count():
                break  # `one` says which of the two
            await deadline.pause()
        await self._surface()
        return True

    async def _surface(self) -> Locator:
        return await self.lane.one(
            self.surface,
            what=f"the question whether to {self.affirm.aliases[0].lower()}",
            screen=self.name,
            expected=f"a dialog with {self.affirm.aliases[0]} and {words.REFRAIN.aliases[0]}",
        )

    async def confirm(self) -> None:
        """Says yes, once, if the question is about this person and not about deletion."""
        surface = await self._surface()
        named = [address.casefold() for address in await engine.evaluate(surface, "addressesIn") or []]
        others = [address for address in named if address != self.email.casefold()]
        if others and self.email.casefold() not in named:
            raise ConsoleDrift(
                "the question is about somebody else",
                whom=self.email,
                screen=self.lane.where(self.name),
                expected=self.email,
                seen=", ".join(others),
            )
        yes = self.lane.find("action", self.affirm, scope=surface)
        yes = await self.lane.one(yes, what="the button to confirm", screen=self.name, expected=self.affirm.aliases[0])
        label = str(await engine.evaluate(yes, "wholeText") or "").casefold()
        if any(word in label for word in _FORBIDDEN):
            raise ConsoleDrift(
                "the button to confirm speaks of deletion", screen=self.lane.where(self.name), seen=label
            )
        await self.answer.note()
        await self.lane.click(yes, what="confirm", screen=self.name)

    async def objections(self) -> list[str]:
        """Waits until the question is gone or the console objects; its objections. Nothing is concluded from this."""
        return await self.answer.objections()

    async def leave(self) -> None:
        """Closes the question without doing anything, if it is open."""
        if await self.surface.count() == 1:
            refrain = self.lane.find("action", words.REFRAIN, scope=self.surface)
            if await refrain.count() == 1:
                await refrain.click()
