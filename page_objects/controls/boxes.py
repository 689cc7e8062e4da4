"""Boxes to tick and switches, which many pages draw themselves, over an input that nobody sees."""

from __future__ import annotations

from playwright.async_api import Locator

from page_objects.controls import engine


async def tick(box: Locator, on: bool) -> None:
    """Ticks or unticks a box, where it is not so already."""
    if await box.is_checked() != on:
        await press(box)


async def press(box: Locator) -> None:
    """Clicks what is seen of a box: itself, or its label where it is hidden behind that."""
    await box.locator(engine.selector("face")).click(force=True)
