"""What nothing on the console shows afterwards counts as done by the click: it is not clicked a second time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Error as PlaywrightError

from connector.actions.status import click_and_confirm
from connector.errors import NotOffered
from connector.models import Person
from page_objects import words

NOOR = Person(email="noor@x.example")


@pytest.fixture
def context() -> Any:
    """A context of a console whose browser is lost as soon as something is clicked."""

    async def reach(*_: Any) -> tuple[None, None]:
        return None, None

    async def ask(*_: Any) -> None:
        raise PlaywrightError("Target page, context or browser has been closed")

    async def note(*_: Any) -> None:
        pass

    async def patiently(attempt: Any) -> Any:
        return await attempt()

    lane = MagicMock(patiently=patiently)
    lane.traffic.changing.return_value = False
    people = SimpleNamespace(reach=reach, ask=ask)
    return SimpleNamespace(people=people, lane=lane, acted=False, picture=note, about_to_send=note)


@pytest.mark.parametrize("at_most_once", [True, False])
def test_a_browser_that_is_lost_by_the_click_leaves_behind_that_it_may_be_done(
    context: Any, portal: BlockingPortal, at_most_once: bool
) -> None:
    async def clicked() -> None:
        await click_and_confirm(context, NOOR, words.RESEND, words.AFFIRM_RESEND, at_most_once=at_most_once)

    with pytest.raises(PlaywrightError):
        portal.call(clicked)
    assert context.acted is at_most_once


def test_what_was_not_offered_was_not_clicked(context: Any, portal: BlockingPortal) -> None:
    async def nowhere(*_: Any) -> None:
        raise NotOffered("nothing offers it")

    context.people.reach = nowhere

    async def clicked() -> None:
        await click_and_confirm(context, NOOR, words.RESEND, words.AFFIRM_RESEND, at_most_once=True)

    with pytest.raises(NotOffered):
        portal.call(clicked)
    assert context.acted is False
