"""Answers what a form asks back before it saves or sends: with yes where that is what was asked for, else with no."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager

from connector.actions.context import Context
from page_objects.asked_back import AskedBackQuestion, Grant
from page_objects.lane import Deadline, Lane

_ASKS_SECONDS = 1.0
"""How long the page that answers a save may take to be drawn."""


async def answer_is_drawn(lane: Lane) -> None:
    """Waits until what a save brought up is there, at most for so long as a page may take to be drawn."""
    drawn = Deadline(_ASKS_SECONDS)
    while not await lane.at_rest(lane.last_click) and not drawn.passed:
        await lane.pause(drawn)


class AskingBack:
    """What a form may ask back while it is saved or sent for these people. `grant`: whom that makes an admin."""

    def __init__(self, context: Context, emails: tuple[str, ...], grant: Mapping[str, tuple[str, ...]] | None) -> None:
        self._context = context
        self._emails = emails
        self._question = AskedBackQuestion(context.lane, Grant(dict(grant)) if grant else None)

    @contextmanager
    def judged(self) -> Iterator[None]:
        """While the browser's own question is answered by the same judgement."""
        lane = self._context.lane
        lane.native_questions.clear()
        lane.answer_questions(self._question.judge)
        try:
            yield
        finally:
            lane.answer_questions(None)

    async def answered(self, said: list[str], wait: Callable[[], Awaitable[list[str]]]) -> list[str]:
        """The console's objections once what it asks back has been answered; `said`, where it asks nothing.

        `wait` waits for what the form does then. A question about anything else than the grant is left by its own way
        back, and is what the console objects; nothing has been changed then.
        """
        lane, question = self._context.lane, self._question
        for native in lane.native_questions:
            if "?" in native and not question.judge(native):
                return [f"it asks '{native}', which was answered with no"]
        await answer_is_drawn(lane)
        if (asked := await question.asked()) is None:
            return said
        try:
            if objection := question.objection_of(asked):
                return [f"it asks '{asked.question}', which was answered with no: {objection}"]
            yes = await question.ready()
            await self._context.picture(f"{self._emails[0]} asked back")
            await self._context.about_to_send(*self._emails)
            await question.confirm(yes)
            objections = await question.objections() or await wait()
            if not objections and (again := await question.asked()) is not None:
                return [f"it asks '{again.question}' after it was answered with yes"]
            return objections
        finally:
            await question.leave()
