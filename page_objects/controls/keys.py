"""Keys that are pressed in a field."""

from __future__ import annotations

from playwright.async_api import ElementHandle, Locator

from page_objects.controls import engine
from page_objects.lane import Lane


async def press_enter(lane: Lane, field: Locator | ElementHandle, *, what: str) -> None:
    """Presses Enter, by which a console may take in what was typed; the form around the field is not sent by it.

    Where the console does not listen for the key itself, the browser would send the form, and nobody had said that
    anything was about to be sent.
    """
    await engine.evaluate(field, "holdForm")
    try:
        await field.press("Enter")
    finally:
        held = await engine.evaluate(lane.page, "letForm")
    if held:
        lane.step(f"Enter in {what} would have sent the form; it was kept from that")
