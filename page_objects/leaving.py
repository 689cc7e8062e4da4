"""Closing what came up over a screen, whatever it is and whatever happens: a form, a drawer, a question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator

from page_objects.controls import engine
from page_objects.lane import Deadline, Lane

_CLOSES_SECONDS = 5.0
_MOST_LAYERS = 3


async def leave(lane: Lane, surface: Locator, *ways_out: Locator, screen: str) -> None:
    """Closes a surface, if it is open, without sending anything; a page of its own just stays.

    By the first of its ways out that can be used, and again where that uncovers another: a form may lie over the drawer
    that it was opened from. Where none is left and it still lies over the page, since its way out has no name, or only
    a picture for one: by Escape. Where that does nothing: by loading the page again, from then on at once.
    """

    async def lies_over() -> bool:
        return bool(await engine.evaluate(surface, "liesOver"))

    if await engine.evaluate(surface, "liesOver") is None:
        return  # it is not there
    for _ in range(_MOST_LAYERS):
        way_out = await _first(ways_out) if await surface.count() == 1 else None
        if way_out is None:
            break
        await lane.click(way_out, what="the way out", screen=screen)

        async def is_there(way_out: Locator = way_out) -> bool:
            return await surface.count() > 0 and await way_out.count() > 0

        if not await _ends(lane, is_there):
            break
    if not await lies_over():
        return
    stays = f"{screen}: nothing closes it"
    if not lane.noted.get(stays):
        await lane.page.keyboard.press("Escape")
        if await _ends(lane, lies_over):
            return
        lane.noted[stays] = True
    lane.step(f"{screen} does not close: loading the page again")
    await lane.page.reload()


async def _first(ways_out: tuple[Locator, ...]) -> Locator | None:
    for way_out in ways_out:
        if await engine.evaluate(way_out, "disabled") is False:
            return way_out
    return None


async def _ends(lane: Lane, goes_on: Callable[[], Awaitable[bool]]) -> bool:
    deadline = Deadline(min(lane.timeout, _CLOSES_SECONDS))
    while await goes_on():
        if deadline.passed:
            return False
        await deadline.pause()
    return True
