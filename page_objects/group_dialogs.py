"""The form that makes a group, and the question before one is deleted."""

from __future__ import annotations

import re
from collections.abc import Collection

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.answers import Answer
from page_objects.controls import engine
from page_objects.controls.base import Action, Closer, Declared, Screen
from page_objects.controls.fields import TextField
from page_objects.lane import Deadline, Lane

_ACTED_AT_ONCE_SECONDS = 1.0
_CLOSES_SECONDS = 5.0
_HARMFUL = re.compile(
    r"\b(delete|remove|erase)s?d?\b[^.?!]*\b(accounts?|training records|records)\b"
    r"|\b(users|people|members)\b[^.?!]*\b(will|are going to) (also )?be (permanently )?(deleted|removed from)"
    r"|\ball groups\b",
    re.I,
)
"""What no question about one group may speak of: that people or their records go, too, or every group."""
_ONE = re.compile(r"\b(this|the|one|1|selected)\s+(selected\s+)?group\b|\bdelete\s+(the\s+)?group\b", re.I)
_MANY = re.compile(r"\b(\d[\d,.]*)\s+(selected\s+)?groups\b|\bthese groups\b", re.I)


class NewGroupForm(Screen):
    """'+ Add Group': a name, and a button that makes it. A dialog, a drawer or a row of its own."""

    name = "Add Group"
    group_name = Declared(TextField, words.FIELD_GROUP_NAME)
    create_button = Declared(Action, words.CREATE_GROUP)
    cancel_button = Declared(Action, words.CANCEL, required=False)
    close_button = Declared(Closer, words.CLOSE, required=False)

    def __init__(self, lane: Lane) -> None:
        holds = [lane.query("field", words.FIELD_GROUP_NAME), lane.query("action", words.CREATE_GROUP)]
        super().__init__(lane, lane.find("surface", holds=holds, layered=True, since="form"))

    async def arrive(self) -> None:
        """Waits for the form. Raises ConsoleDrift where it is missing."""
        assert self.scope is not None
        await self.lane.one(
            self.scope,
            what="the form",
            screen=self.name,
            expected=f"a form with {words.FIELD_GROUP_NAME.aliases[0]} and {words.CREATE_GROUP.aliases[0]}",
            kind="field",
        )

    async def fill(self, name: str) -> None:
        """Fills the name in; nothing is sent yet."""
        await self.group_name.fill(name)

    async def send(self) -> list[str]:
        """Makes the group: one click, never repeated here. The console's objections, if the form stays."""
        assert self.scope is not None
        answer = Answer(self.lane, self.scope)
        await answer.note()
        await self.create_button.click()
        return await answer.objections()

    async def leave(self) -> None:
        """Closes the form without sending, if it is open."""
        assert self.scope is not None
        if await self.scope.count() != 1:
            return
        for button in (self.cancel_button, self.close_button):
            if await button.is_shown():
                await button.click()
                break
        else:
            await self.lane.page.keyboard.press("Escape")
        deadline = Deadline(self.lane.timeout)
        while await self.scope.count():
            if deadline.passed:
                self.lane.step("the form does not close: loading the page again")
                await self.lane.page.reload()
                return
            await deadline.pause()


class DeleteGroupDialog:
    """The question before a group is deleted. It must be about this group alone, and about no people."""

    name = "confirmation"

    def __init__(self, lane: Lane, group: str, known: Collection[str]) -> None:
        self.lane = lane
        self.group = group
        self.known = frozenset({*known, group})
        self.answer = Answer(lane, self.surface)

    @property
    def surface(self) -> Locator:
        holds = [
            self.lane.query("action", words.AFFIRM_DELETE_GROUP),
            self.lane.query("action", words.REFRAIN),
        ]
        return self.lane.find("surface", holds=holds, layered=True, isNew=True, since="question")

    def judge(self, question: str) -> bool:
        """Whether a question (the browser's own, too) is about this one group and may be answered with yes."""
        return self.objection(question) is None

    def objection(self, question: str) -> str | None:
        """What speaks against answering this question with yes."""
        return objection_to(question, self.group, self.known)

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
            lost = self.lane.traffic.read_troubles(self.answer.mark)
            if deadline.passed or lost or await self.lane.sign_in_form.count():
                break  # `_surface` says which of the three
            await deadline.pause()
        await self._surface()
        return True

    async def _surface(self) -> Locator:
        return await self.lane.one(
            self.surface,
            what="the question whether to delete the group",
            screen=self.name,
            expected=f"a dialog with {words.DELETE_GROUP.aliases[0]} and {words.REFRAIN.aliases[0]}",
        )

    async def require_about_the_group(self) -> None:
        """Raises ConsoleDrift where the question is about something else than this one group."""
        question = str(await engine.evaluate(await self._surface(), "questionText") or "")
        if objection := self.objection(question):
            raise ConsoleDrift(
                f"the question is not about the group '{self.group}' alone: {objection}",
                screen=self.lane.where(self.name),
                expected=f"a question that names '{self.group}' and no other group",
                seen=question,
                advice="nothing was deleted; report it with the evidence",
            )

    async def confirm(self) -> None:
        """Says yes, once, if the question is about this one group."""
        await self.require_about_the_group()
        yes = self.lane.find("action", words.AFFIRM_DELETE_GROUP, scope=await self._surface())
        yes = await self.lane.one(
            yes, what="the button to confirm", screen=self.name, expected=words.DELETE_GROUP.aliases[0]
        )
        await self.answer.note()
        await self.lane.click(yes, what="confirm", screen=self.name)

    async def objections(self) -> list[str]:
        """Waits until the question is gone or the console objects; its objections. Nothing is concluded from this."""
        return await self.answer.objections()

    async def leave(self) -> None:
        """Closes the question without doing anything, if it is open."""
        self.lane.answer_questions(None)
        if await self.surface.count() != 1:
            return
        # A question often has two ways out: a cross in its corner, and a button that says so in writing.
        refrain = self.lane.find("closer", words.REFRAIN, scope=self.surface)
        if await refrain.count() == 1:
            await refrain.click()
        else:
            await self.lane.page.keyboard.press("Escape")
        deadline = Deadline(min(self.lane.timeout, _CLOSES_SECONDS))
        while await self.surface.count():
            if deadline.passed:
                self.lane.step("the question does not close: loading the page again")
                await self.lane.page.reload()
                return
            await deadline.pause()


def objection_to(question: str, group: str, known: Collection[str]) -> str | None:
    """What keeps a question from being about this one group and from harming nobody; None where nothing does.

    `known` are the names of all groups.
    """
    named = names_in(question, {*known, group})
    if others := sorted(named - {group}):
        return f"it names {', '.join(others)}"
    # A name may hold any words, and says nothing about what happens.
    rest = question.replace(group, " ")
    if harmful := _HARMFUL.search(rest):
        return f"it says '{harmful[0]}'"
    many = _MANY.search(rest)
    if many and (many[1] is None or int(re.sub(r"\D", "", many[1])) != 1):
        return f"it says '{many[0]}'"
    if not named and not _ONE.search(rest):
        return "it does not say that it is about this group"
    return None


def names_in(text: str, known: Collection[str]) -> set[str]:
    """The known names that a text names, each place by the longest that fits: 'Sales, EMEA' does not name 'Sales'."""
    found: set[str] = set()
    ordered = sorted((name for name in known if name), key=len, reverse=True)
    if not ordered:
        return found
    pattern = "|".join(re.escape(name) for name in ordered)
    return {match[0] for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)}
