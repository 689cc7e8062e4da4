"""Actions on a person chosen in a list and done by a button beside it: of whoever is ticked, or in the form for her."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.async_api import Locator

from connector.errors import OperationFailed
from page_objects import words
from page_objects.controls.choices import Choice
from page_objects.lane import Deadline
from page_objects.person_actions import PersonView, Selection
from page_objects.person_screen import PersonScreen
from page_objects.words import Word

_SHOWS_SECONDS = 2.0
_COMES_TO: Mapping[str, Word] = {
    words.DEACTIVATE.key: words.STATUS_NAMES["deactivated"],
    words.REACTIVATE.key: words.STATUS_NAMES["active"],
}
"""The status that an action comes to."""


class SelectionChoice(Selection):
    """A tick in the row, after which the action is chosen in a list of them, and 'Apply' beside it does it."""

    key = "selection-choice"

    async def reach(self, word: Word) -> Locator | None:
        if word.key not in _COMES_TO or not await self.tick():
            return None
        called = Word(word.key, (*word.aliases, *words.of_the_ticked(word).aliases))
        asked: dict[str, Any] = {"columns": self.lane.column_words()}
        choice = self.lane.find("bulk-choice", called, **asked)
        apply = self.lane.find("bulk-apply", words.APPLY, scope=choice)
        deadline = Deadline(min(self.lane.timeout, _SHOWS_SECONDS))
        while not (await choice.count() == 1 and await apply.count() == 1):
            if deadline.passed:
                await self.leave()
                return None
            await deadline.pause()
        await self.require_alone()
        if await self.may_choose():
            offered = BulkChoice(PersonScreen(self.lane, self.email, choice), called, "the list of actions")
            await offered.choose(called)
        return apply


class BulkChoice(Choice):
    """The list of actions on whoever is ticked."""

    @property
    def locator(self) -> Locator:
        assert self.screen.scope is not None
        return self.screen.scope


class StatusField(PersonView):
    """The form for a person, in which her status is chosen; what saves the form does it."""

    key = "status-field"
    _form: PersonScreen | None = None

    async def reach(self, word: Word) -> Locator | None:
        wanted = _COMES_TO.get(word.key)
        person = await self.open() if wanted is not None else None
        if person is None or wanted is None:
            return None
        if not await person.offers_editing():
            await person.leave()
            return None
        await person.open_edit()
        self._form = person
        field = Choice(person, words.FIELD_STATUS, "status")
        # A filter of something on her page may be called so, too: it shows no status of hers.
        others = [status for key, status in words.STATUS_NAMES.items() if status is not wanted]
        if not await field.is_shown() or not any([await field.holds(status) for status in others]):
            await self.leave()
            return None
        try:
            if await self.may_choose():
                await field.choose(wanted)
        except OperationFailed as lacking:
            self.shown = (lacking.message,)
            await self.leave()
            return None
        return person.save_button.locator

    async def leave(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            await form.leave()
