"""The box that some forms want ticked before they make somebody an Admin."""

from __future__ import annotations

from playwright.async_api import Locator

from page_objects import words
from page_objects.controls import boxes
from page_objects.lane import Lane


async def acknowledge_admin(lane: Lane, scope: Locator | None) -> None:
    """Ticks that it is understood what an Admin may do, where the form has such a box, or brought it up.

    Only where an Admin was asked for, and let pass; a box that says anything else stays as it is.
    """
    box = lane.find("agreement", words.UNDERSTOOD, scope=scope, like=words.ADMIN_UNDERSTOOD_LIKE)
    if await box.count() == 1:
        lane.step("tick that it is understood what an Admin may do")
        await boxes.tick(box, True)
