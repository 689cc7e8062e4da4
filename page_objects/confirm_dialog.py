"""The question before a person's status is changed, or she is made an admin."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.async_api import Locator

from connector.errors import ConsoleDrift, Refused
from page_objects.choice_question import Asked
from page_objects.controls import engine
from page_objects.lane import Lane
from page_objects.question import Question
from page_objects.question_warnings import Warned, warned
from page_objects.words import Word

_VERB = r"(?:to )?(?i:deactivate|reactivate|resend)"
_FORBIDDEN = ("permanent", "delete", "erase", "remove all")


Heed = Callable[[Warned], None]
"""Hears what a question warns of before it is answered; raises Refused where that speaks against it."""


def unheeded(said: Warned) -> None:
    """Whatever it warns of."""


class ConfirmDialog(Question):
    """It must not speak of others, nor of deletion."""

    def __init__(self, lane: Lane, email: str, affirm: Word, *names: str | None, heed: Heed = unheeded) -> None:
        super().__init__(lane, affirm)
        self.email = email
        self.called = tuple(dict.fromkeys(filter(None, names)))
        """Her whole name as the list draws it and as it is said: 'Lee, Ann' and 'Ann Lee'."""
        self._heed = heed
        self.declined: Refused | None = None
        """Why the browser's own question was answered with no."""

    def names(self) -> tuple[str, ...]:
        """Her address, her name, or the word to affirm."""
        return (self.email, *self.called, *super().names())

    def judge(self, question: str) -> bool:
        """Whether it does not speak of deletion."""
        return not any(word in question.casefold() for word in _FORBIDDEN)

    def answer_natively(self, question: str) -> bool:
        """Whether the browser's own question is answered with yes: it warns of nothing that speaks against that."""
        try:
            self._hear([question], [])
        except Refused as refusal:
            self.declined = refusal
            return False
        return self.judge(question)

    async def ready(self) -> Locator:
        """As of every question; besides, it warns of nothing that speaks against yes. Raises Refused where it does."""
        yes = await super().ready()
        self._hear(*await self.says())
        return yes

    def _hear(self, lines: list[str], marked: list[str]) -> None:
        self._heed(warned(lines, marked, (self.email, *self.called)))

    def objection_to(self, asked: Asked) -> str | None:
        """Whether it names others, or does not name her, by her address on its page or her whole name in itself."""
        others = [address for address in asked.addresses if address.casefold() != self.email.casefold()]
        if others:
            return f"it names {', '.join(others)}"
        said, names = f"{asked.text} {asked.question} {asked.yes}", self.called or (self.email,)
        for name in names:
            said = said.replace(name, " ")
        if not self.judge(said):
            return "it speaks of deletion"
        of = r"(?:(?:the )?(?:account|access) of )?"
        name = "|".join(map(re.escape, names))
        named = re.search(rf"(?<!\S){_VERB} {of}(?:{name})(?:['’]s (?:account|access))?\s*\?$", asked.question)
        return None if asked.addresses or named else f"it does not say that it is about {self.email}"

    async def require_sound(self, surface: Locator, yes: Locator) -> None:
        """Raises ConsoleDrift where others are named and she is not, and where the button speaks of deletion."""
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
        label = str(await engine.evaluate(yes, "wholeText") or "")
        if not self.judge(label):
            raise ConsoleDrift(
                "the button to confirm speaks of deletion", screen=self.lane.where(self.name), seen=label
            )
