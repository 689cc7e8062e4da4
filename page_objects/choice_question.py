"""A question that is answered by a choice of two, Yes and No, and by the one button that sends the answer.

Usual where each question has a page of its own. The console says what it asks in a heading or legend; whoever answers
looks at that, at who is named on the page, and then chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import engine
from page_objects.lane import Deadline, Lane

_NAME = "confirmation"


@dataclass(frozen=True)
class Asked:
    """What is asked, in its words, what the answer yes says, whose addresses its page shows, and all that it says."""

    question: str
    yes: str
    addresses: tuple[str, ...]
    text: str
    of_whom: tuple[str, ...] = ()
    """The addresses in the question itself."""


class ChoiceQuestion:
    """The one question on the page that asks for this, by `words.CHOICE_ASKS`; where the key has none there is none."""

    def __init__(self, lane: Lane, key: str, since: str = "click") -> None:
        self.lane = lane
        self.query = query(lane, key)
        self.locator = lane.find("choice-question", since=since, **self.query)

    async def asked(self) -> Asked | None:
        """What it asks now; None where it is not there."""
        if not self.query:
            return None
        return await _look(self.locator, self.query)

    async def choose_yes(self, asked: Asked) -> Locator:
        """Chooses yes and reads that back; the button that sends the answer. Nothing is sent yet.

        Raises ConsoleDrift where yes, and nothing else, does not get chosen.
        """
        where = self.lane.where(_NAME)
        yes = await self.lane.one(
            self.lane.find("question-option", scope=self.locator, said=asked.yes),
            what=f"the answer '{asked.yes}'",
            screen=_NAME,
            expected="Yes and No to choose from",
        )
        await self.lane.click(yes, what=f"'{asked.yes}'", screen=_NAME)
        deadline = Deadline(self.lane.timeout)
        while (chosen := await self._chosen()) != [asked.yes]:
            if deadline.passed:
                seen = ", ".join(chosen) or "neither answer is chosen"
                raise ConsoleDrift("the answer does not stay chosen", screen=where, expected=asked.yes, seen=seen)
            await deadline.pause()
        return await self.lane.one(
            self.lane.find("question-sender", scope=self.locator, refrain=self.query["refrain"]),
            what="the button that sends the answer",
            screen=_NAME,
            expected=" / ".join(words.CONTINUE.aliases[:2]),
        )

    async def _chosen(self) -> list[str]:
        found = await engine.evaluate(self.locator, "choiceOf", self.query)
        return [each["said"] for each in found["options"] if each["chosen"]] if found else []


def query(lane: Lane, key: str) -> dict[str, Any]:
    """What such a question is known by; empty where this is never asked so."""
    if (verb := words.CHOICE_ASKS.get(key)) is None:
        return {}
    return {
        "asks": words.CHOICE_ASKS_LIKE.replace("VERB", verb),
        "yes": words.CHOICE_YES_LIKE.replace("VERB", verb),
        "no": words.CHOICE_NO_LIKE,
        "refrain": lane.vocabulary.of(words.REFRAIN),
    }


async def _look(locator: Locator, asks: dict[str, Any]) -> Asked | None:
    found = await engine.evaluate(locator, "choiceOf", asks)
    if found is None:
        return None
    addresses, of_whom = tuple(found["addresses"]), tuple(found["ofWhom"])
    return Asked(found["question"], found["yes"], addresses, found["text"], of_whom)


class InviteQuestion:
    """ "Invite this manager?", on a page of its own, with a button that does so and one that refrains."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.asks = words.CHOICE_ASKS_LIKE.replace("VERB", words.CHOICE_ASKS[words.AFFIRM_INVITE.key])
        refrain = lane.vocabulary.of(words.REFRAIN)
        self.locator = lane.find("headed-question", words.AFFIRM_INVITE, asks=self.asks, refrain=refrain, since="click")

    async def asked(self) -> Asked | None:
        """What it asks now; None where it is not there."""
        found = await engine.evaluate(self.locator, "headedQuestion", {"asks": self.asks})
        if found is None:
            return None
        return Asked(found["question"], words.AFFIRM_INVITE.aliases[0], tuple(found["addresses"]), found["text"])

    async def yes(self) -> Locator:
        """The button that invites."""
        return await self.lane.one(
            self.lane.find("action", words.AFFIRM_INVITE, scope=self.locator),
            what="the button that invites",
            screen=_NAME,
            expected=words.AFFIRM_INVITE.aliases[0],
        )
