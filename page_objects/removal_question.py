"""The question before one person is taken out of one group, on her own screen or on the group's."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.choice_question import Asked
from page_objects.controls import engine
from page_objects.group_dialogs import names_in
from page_objects.lane import Lane
from page_objects.question import Question

_HARMFUL = re.compile(r"\b(?:delet\w*|eras\w*|permanent\w*|deactivat\w*|accounts?|training records|all groups)\b", re.I)
"""What no question about one member of one group may speak of."""
_THIS = re.compile(r"\bthis (?:user|person|member)\b", re.I)


class RemovalQuestion(Question):
    """Whether to take one person out of one group: it must speak of no other person or group, and of no deletion.

    `called`: what she is called, besides her address. `known`: the names of all groups.
    """

    def __init__(self, lane: Lane, email: str, called: Collection[str], group: str, known: Collection[str]) -> None:
        super().__init__(lane, words.AFFIRM_REMOVE_MEMBER)
        self.email = email
        self.called = tuple(called)
        self.group = group
        self.known = frozenset({*known, group})

    async def asked_by(self, click: Callable[[], Awaitable[None]]) -> None:
        """Clicks what may ask it; the browser's own question is answered as judged."""
        self.lane.native_questions.clear()
        self.lane.answer_questions(self.judge)
        await self.answer.note_before("question")
        await click()

    def names(self) -> tuple[str, ...]:
        """Her address, her name, the group's name, or the word to affirm."""
        return (self.email, *self.called, self.group, *super().names())

    def group_named(self) -> str:
        """The group's name."""
        return self.group

    def judge(self, question: str) -> bool:
        """Whether it is about her and this group alone."""
        addresses = re.findall(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:?]+", question)
        return self._objection(question, [address.rstrip(".") for address in addresses]) is None

    def objection_to(self, asked: Asked) -> str | None:
        """What keeps it from being about her and this group alone."""
        return self._objection(f"{asked.text} {asked.question}", asked.addresses)

    async def require_sound(self, surface: Locator, yes: Locator) -> None:
        """Raises ConsoleDrift where the question is about anything else."""
        question = str(await engine.evaluate(surface, "questionText") or "")
        addresses = await engine.evaluate(surface, "addressesIn") or []
        if objection := self._objection(question, addresses):
            raise ConsoleDrift(
                f"the question is not about taking {self.email} out of '{self.group}' alone: {objection}",
                whom=self.email,
                screen=self.lane.where(self.name),
                expected="a question that names her or the group, and nobody and no group besides",
                seen=question,
                advice="nothing was changed; report it with the evidence",
            )

    def _objection(self, question: str, addresses: Collection[str]) -> str | None:
        if others := [each for each in addresses if each.casefold() != self.email.casefold()]:
            return f"it names {', '.join(others)}"
        named = names_in(question, self.known)
        if groups := sorted(named - {self.group}):
            return f"it names the group {', '.join(groups)}"
        hers = [name for name in (self.email, *self.called) if name and name.casefold() in question.casefold()]
        rest = question
        for name in sorted((*hers, *named), key=len, reverse=True):  # a name may hold any words
            rest = re.sub(re.escape(name), " ", rest, flags=re.I)
        if harmful := _HARMFUL.search(rest):
            return f"it says '{harmful[0]}'"
        if not hers and not named and not _THIS.search(rest):
            return "it names neither her nor the group"
        return None
