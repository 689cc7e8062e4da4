"""Which of the places where an action on a person may lie has it on this console: tried once, and remembered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator

from connector.errors import NotOffered
from page_objects.lane import Lane
from page_objects.person_actions import PersonView, Place, RowButtons, RowMenu, Selection
from page_objects.person_choices import SelectionChoice, StatusField
from page_objects.table import PeopleTable
from page_objects.words import Word

PLACES: tuple[type[Place], ...] = (RowButtons, RowMenu, PersonView, Selection, SelectionChoice, StatusField)


async def reach(
    lane: Lane,
    table: PeopleTable,
    email: str,
    word: Word,
    state: str,
    locate: Callable[[], Awaitable[object]],
    noting: Callable[[], Awaitable[None]] | None = None,
) -> tuple[Place, Locator]:
    """Finds where an action on a person lies and makes it ready to be clicked.

    `state` is the person's status: the same console may offer an action to some and not to others. `locate` brings the
    list with her row back where a look at her page has left it. `noting` is called before anything is chosen that the
    console may act on at once; without it nothing is. Raises NotOffered where no place offers the action.
    """
    memory = f"place of {word.key} for {state}"
    known = [place for place in PLACES if place.key == lane.learnt.get(memory)]
    instead: list[str] = []
    for variant in [*known, *(place for place in PLACES if place not in known)]:
        place = variant(lane, table, email)
        place.noting = noting
        place.in_view = await table.row(email).count() == 1
        if not place.in_view:
            await locate()
        action = await place.reach(word)
        if action is not None:
            lane.learnt[memory] = place.key
            return place, action
        lane.learnt.pop(memory, None)
        instead += [f"{place.key}: {name}" for name in await place.offers()]
        await place.leave()
    raise NotOffered(
        f"nothing offers '{word.aliases[0]}' for this person",
        whom=email,
        screen=lane.where(table.screen),
        expected=" / ".join(lane.vocabulary.of(word)[:4]) + " in the row, its menu, the person's page or a toolbar",
        seen=", ".join(instead) or "no actions at all",
    )
