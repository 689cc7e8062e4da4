"""The question that comes before a change: a dialog, a pop-over or the browser's own box."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import choice_question, words
from page_objects.answers import Answer, objecting
from page_objects.choice_question import Asked, ChoiceQuestion
from page_objects.controls import boxes, engine
from page_objects.lane import Deadline, Lane
from page_objects.leaving import leave
from page_objects.words import Word

_ACTED_AT_ONCE_SECONDS = 1.0
_ENABLED_SECONDS = 3.0
_RESTS_SECONDS = 1.0
"""How long a panel must say the same before that is taken for all that it is going to say."""


class Question(ABC):
    """A surface that holds a word to affirm and a word to refrain. What it may speak of, each kind knows by itself."""

    name: ClassVar[str] = "confirmation"

    def __init__(self, lane: Lane, affirm: Word) -> None:
        self.lane = lane
        self.affirm = affirm
        self.answer = Answer(lane, self.surface)
        self.refusal: str | None = None
        """What the console said in place of the question, where it refuses before anything was sent."""
        self._confirmed = False

    @property
    def surface(self) -> Locator:
        refrain = self.lane.query("action", words.REFRAIN)
        # What calls itself an alert is a question however it puts the answer no.
        holds = [self.lane.query("action", self.affirm), {**refrain, "unless": "[role=alertdialog]"}]
        columns = self.lane.column_words()
        choice = choice_question.query(self.lane, self.affirm.key)
        return self.lane.find(
            "question", holds=holds, layered=True, isNew=True, since="question", columns=columns, choice=choice
        )

    @abstractmethod
    def judge(self, question: str) -> bool:
        """Whether the browser's own question may be answered with yes."""

    @abstractmethod
    async def require_sound(self, surface: Locator, yes: Locator) -> None:
        """Raises ConsoleDrift where the question, or the button to say yes, is about something else."""

    @abstractmethod
    def objection_to(self, asked: Asked) -> str | None:
        """What keeps a question with a choice of two from being about what was clicked alone; None where nothing."""

    def require_about_this(self, asked: Asked) -> None:
        """Raises ConsoleDrift where a question with a choice of two is about something else, or about more."""
        if objection := self.objection_to(asked):
            raise ConsoleDrift(
                f"the question is not about this alone: {objection}",
                screen=self.lane.where(self.name),
                expected=f"a question about {self.names()[0]} and nobody else",
                seen=asked.question,
                advice="nothing was answered; report it with the evidence",
            )

    async def needed(self) -> bool:
        """Waits for the question. False where none came: the browser's own box was answered, or the console just acted.

        Nor does one come where the console says in its place why not, and offers nothing but to close that (`refusal`).
        A form that was sent, and whose answer led to another page, has acted: whatever that page offers is no question.

        Raises ConsoleDrift where neither a question nor any answer to the click can be seen.
        """
        deadline = Deadline(self.lane.timeout)
        grace: Deadline | None = None
        told, rests = "", Deadline(0)
        traffic, mark = self.lane.traffic, self.answer.mark
        while (led_elsewhere := traffic.posted_and_redirected(mark)) or not await self.surface.count():
            if self.lane.native_questions:
                return False
            if led_elsewhere:
                await traffic.rests(mark, deadline.left)
            instead = await engine.evaluate(self.lane.page, "instead", self.lane.sign_in_words())
            if led_elsewhere and not instead["asks"]:
                return False
            if instead["closable"]:
                await self.lane.clear_view(self.name)
            if traffic.changing(mark) and traffic.idle(mark):
                grace = grace or Deadline(_ACTED_AT_ONCE_SECONDS)
            if grace is not None and grace.passed:
                return False
            if (saying := await self._says_why_not()) != told:
                told, rests = saying, Deadline(_RESTS_SECONDS)
            if told and rests.passed:
                self.refusal = told
                return False
            if traffic.read_troubles(mark) and not traffic.changing(mark):
                break  # the question itself could not be fetched: `one` says so
            if deadline.passed or instead["asks"]:
                break  # `_surface` says which of the two
            await self.lane.pause(deadline)
        else:
            return True
        await self._surface()
        return True

    async def _surface(self) -> Locator:
        return await self.lane.one(
            self.surface,
            what=f"the question whether to {self.affirm.aliases[0].lower()}",
            screen=self.name,
            expected=f"a dialog with {self.affirm.aliases[0]} and {words.REFRAIN.aliases[0]}",
        )

    async def ready(self) -> Locator:
        """The button to say yes, once it can be clicked: the question is about what was clicked and nothing else.

        A box that says that the question was understood is ticked: some buttons wait for that, and some consoles only
        say so once the answer has come. Raises ConsoleDrift where the question is another one, or its button stays
        disabled; nothing was answered then.
        """
        deadline = Deadline(self.lane.timeout)
        while (yes := await self._made_ready()) is None:
            if deadline.passed:
                raise ConsoleDrift(
                    "the question is drawn anew again and again",
                    screen=self.lane.where(self.name),
                    expected=f"a dialog with {self.affirm.aliases[0]} that stays",
                )
            await deadline.pause()
        return yes

    async def _made_ready(self) -> Locator | None:
        """The same; None where the question went away, or was drawn anew, while it was looked at."""
        surface = self.surface
        choice = ChoiceQuestion(self.lane, self.affirm.key, since="question")
        if (asked := await choice.asked()) is not None:
            self.require_about_this(asked)
            yes = await choice.choose_yes(asked)
            await self.require_sound(surface, yes)
            return yes
        yes = self.lane.find("action", self.affirm, scope=surface)
        if await yes.count() != 1:
            surface = await self._surface()
            what = "the button to confirm"
            yes = await self.lane.one(yes, what=what, screen=self.name, expected=self.affirm.aliases[0])
        await self.require_sound(surface, yes)
        await self._tick_that_it_is_understood(surface)
        if await engine.evaluate(yes, "disabled"):
            await self._type_what_is_asked_for(surface)
            await self._give_no_reason(surface)
        deadline = Deadline(min(self.lane.timeout, _ENABLED_SECONDS))
        while (disabled := await engine.evaluate(yes, "disabled")) is not False:
            if disabled is None:
                return None
            if deadline.passed:
                raise ConsoleDrift(
                    "the button to confirm stays disabled",
                    screen=self.lane.where(self.name),
                    expected=f"'{self.affirm.aliases[0]}' to be enabled, as once that it was understood is ticked"
                    f" or {' or '.join(self.names()[:3])} is typed",
                    seen=", ".join(await engine.evaluate(surface, "inventory", "field")) or "no field in the question",
                )
            await deadline.pause()
        return yes

    def names(self) -> tuple[str, ...]:
        """What the question may ask to be typed: what it is about, by its names, or the word to affirm."""
        return tuple(self.lane.vocabulary.of(self.affirm))

    async def says(self) -> tuple[list[str], list[str]]:
        """The lines of the question that is there, and those of them that are marked as warnings."""
        found = await engine.evaluate(self.surface, "questionSays")
        return (found["lines"], found["marked"]) if found else ([], [])

    def group_named(self) -> str | None:
        """The group it is about, whose name it may ask for without saying it: "Type the group name to confirm"."""
        return None

    async def _tick_that_it_is_understood(self, surface: Locator) -> None:
        for scope in _around(surface):
            box = self.lane.find("agreement", words.UNDERSTOOD, scope=scope, like=words.UNDERSTOOD_LIKE)
            if await box.count() == 1:
                if not await box.is_checked():
                    self.lane.step("tick that the question was understood")
                    await boxes.tick(box, True)
                return

    async def _give_no_reason(self, surface: Locator) -> None:
        """Chooses 'Other', or what else says nothing, where the question wants a reason to be chosen."""
        for scope in _around(surface):
            reason = self.lane.find("field", words.REASON, scope=scope)
            if await reason.count() == 1:
                break
        else:
            return
        if not await reason.evaluate("el => el.matches('select') && !el.value"):
            return
        offered: list[str] = await reason.evaluate("el => [...el.options].map(o => o.label.trim())")
        for said in self.lane.vocabulary.of(words.NO_REASON):
            if said in offered:
                self.lane.step(f"give '{said}' as the reason")
                await reason.select_option(label=said)
                return

    async def _type_what_is_asked_for(self, surface: Locator) -> None:
        """Types what the question asks for ("Type ann@x.example to confirm"), where that is one of its own names."""
        asked = await engine.evaluate(surface, "asksToType", {"texts": [*self.names()], "group": self.group_named()})
        if asked:
            self.lane.step(f"type '{asked}', as the question asks")
            await surface.locator(engine.selector("blank")).fill(asked)

    async def confirm(self, yes: Locator) -> None:
        """Says yes, once, by the button that `ready` gave."""
        self._confirmed = True
        await self.answer.note()
        await self.lane.click(yes, what="confirm", screen=self.name)

    async def objections(self) -> list[str]:
        """Waits until the question is gone or the console objects; its objections. Nothing is concluded from this."""
        if self.refusal is not None:
            return [self.refusal]
        return await (self.answer.objections() if self._confirmed else self.answer.objections_of_page())

    async def reports(self) -> list[str]:
        """What the page says now and did not say before the last click, success included."""
        return await self.answer.reports()

    async def leave(self) -> None:
        """Closes the question without doing anything, if it is open."""
        self.lane.answer_questions(None)
        surface = self.surface if self.refusal is None else self._panel
        await leave(self.lane, surface, self.lane.find("closer", *_CLOSERS, scope=surface), screen=self.name)

    @property
    def _panel(self) -> Locator:
        """What came up with a way to close it."""
        closer = self.lane.query("action", *_CLOSERS)
        columns = self.lane.column_words()
        return self.lane.find("surface", holds=[closer], layered=True, isNew=True, since="question", columns=columns)

    async def _says_why_not(self) -> str:
        """What a panel says that came up in place of the question, objects and can only be closed; '' for none.

        What was sent already, or is on its way, may be what it speaks of; and what tells of success refuses nothing.
        """
        if self.lane.traffic.changing(self.answer.mark) or not await self.lane.at_rest(self.answer.mark):
            return ""
        closers = self.lane.query("action", *_CLOSERS)["words"]
        said: str | None = await engine.evaluate(self._panel, "saysWhyNot", {"words": closers})
        return said if said and objecting([said]) else ""


_CLOSERS = (words.REFRAIN, words.CLOSE, words.PUT_AWAY)


def _around(surface: Locator) -> tuple[Locator, Locator]:
    """On a page of its own the question is what holds the answers; a field may stand above them in the same form."""
    return surface, surface.locator("xpath=ancestor::form[1]")
