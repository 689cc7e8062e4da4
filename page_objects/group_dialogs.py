"""The form that makes a group, and the question before one is deleted."""

from __future__ import annotations

import re
from collections.abc import Collection

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.answers import Answer
from page_objects.choice_question import Asked, ChoiceQuestion
from page_objects.controls import engine
from page_objects.controls.base import Action, Closer, Declared, Screen
from page_objects.controls.fields import TextField
from page_objects.lane import Deadline, Lane
from page_objects.leaving import leave
from page_objects.question import Question

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
        """Fills the name in, and says that people are added by hand where the form asks; nothing is sent yet."""
        await self.group_name.fill(name)
        await self._choose_by_hand()

    async def _choose_by_hand(self) -> None:
        """Chooses 'An admin adds them (static group)' among the ways to join, where exactly one choice says so."""
        assert self.scope is not None
        like = {"like": words.CHOICE_STATIC_LIKE}
        found = await engine.evaluate(self.scope, "choicesLike", like)
        if found is None or found["chosen"] == [found["said"]]:
            return
        said = found["said"]
        choice = self.lane.find("question-option", scope=self.scope, said=said)
        await self.lane.click(choice, what=f"'{said}'", screen=self.name)
        deadline = Deadline(self.lane.timeout)
        while (found := await engine.evaluate(self.scope, "choicesLike", like)) and found["chosen"] != [said]:
            if deadline.passed:
                raise ConsoleDrift(
                    f"{self.name}: how people join the group does not stay chosen",
                    screen=self.lane.where(self.name),
                    expected=said,
                    seen=", ".join(found["chosen"]) or "nothing chosen",
                )
            await deadline.pause()

    remains = False
    """Whether it stays where it is once it was sent."""

    async def send(self) -> list[str]:
        """Makes the group: one click, never repeated here. The console's objections, if the form stays."""
        assert self.scope is not None
        answer = Answer(self.lane, self.scope, remains=self.remains)
        await answer.note()
        await self.create_button.click()
        return await answer.objections()

    async def leave(self) -> None:
        """Closes the form without sending, if it is open."""
        assert self.scope is not None
        await leave(self.lane, self.scope, self.cancel_button.locator, self.close_button.locator, screen=self.name)


class InlineGroupForm(NewGroupForm):
    """The same where it stands open above the list of groups: '+ Add Group' is what sends it."""

    create_button = Declared(Action, words.ADD_GROUP)
    remains = True

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane)
        self.scope = lane.find("inline-form", words.ADD_GROUP, holds=[lane.query("field", words.FIELD_GROUP_NAME)])

    async def is_here(self) -> bool:
        """Whether it is there now."""
        assert self.scope is not None
        return await self.scope.count() == 1


class DeleteGroupDialog(Question):
    """It must be about this group alone, and about no people."""

    def __init__(self, lane: Lane, group: str, known: Collection[str]) -> None:
        super().__init__(lane, words.AFFIRM_DELETE_GROUP)
        self.group = group
        self.known = frozenset({*known, group})

    def names(self) -> tuple[str, ...]:
        """The group's name, or the word to affirm."""
        return (self.group, *super().names())

    def group_named(self) -> str:
        """The group's name."""
        return self.group

    def judge(self, question: str) -> bool:
        """Whether it is about this one group."""
        return objection_to(question, self.group, self.known) is None

    def objection_to(self, asked: Asked) -> str | None:
        """What keeps it from being about this one group."""
        return objection_to(asked.text, self.group, self.known)

    async def require_about_the_group(self) -> None:
        """Raises ConsoleDrift where the question is about something else than this one group."""
        await self._require_about_the_group(await self._surface())

    async def require_sound(self, surface: Locator, yes: Locator) -> None:
        """Raises ConsoleDrift where the question is about something else than this one group."""
        await self._require_about_the_group(surface)

    async def _require_about_the_group(self, surface: Locator) -> None:
        asked = await ChoiceQuestion(self.lane, self.affirm.key, since="question").asked()
        question = asked.text if asked else str(await engine.evaluate(surface, "questionText") or "")
        if objection := objection_to(question, self.group, self.known):
            raise ConsoleDrift(
                f"the question is not about the group '{self.group}' alone: {objection}",
                screen=self.lane.where(self.name),
                expected=f"a question that names '{self.group}' and no other group",
                seen=question,
                advice="nothing was deleted; report it with the evidence",
            )


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
