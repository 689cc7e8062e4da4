"""Evidence that shows the people concerned and nobody else (`WORKRAMP_EVIDENCE_MASK`)."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from connector.addresses import address_key
from connector.scrubbing import COMMON_WORDS

SOMEBODY = "[somebody]"

_SHOWN = "data-evidence-shown"
_HIDDEN = f":not([{_SHOWN}])"
STYLE = f"""
*{_HIDDEN}, *{_HIDDEN}::before, *{_HIDDEN}::after, *{_HIDDEN}::placeholder, *{_HIDDEN}::marker {{
  color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important;
  -webkit-text-stroke-color: transparent !important; text-decoration-color: transparent !important;
  background-image: none !important; border-image: none !important; list-style-image: none !important;
  transition: none !important;
}}
[{_SHOWN}] {{ color: var(--evidence-ink) !important; -webkit-text-fill-color: var(--evidence-ink) !important; }}
:is(img, svg, canvas, video, picture, iframe, object, embed){_HIDDEN},
:is(svg, picture){_HIDDEN} * {{ visibility: hidden !important; }}
"""
"""The page keeps its shape, and letters and pictures of what is not marked are not drawn."""

_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:|'`]+@[^\s<>()\[\]\",;:|'`]+\.[^\s<>()\[\]\",;:|.'`]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS = 5000


@cache
def _script() -> str:
    return (Path(__file__).parent / "masking.js").read_text(encoding="utf-8")


async def _call(page: Page, function: str, people: Collection[str]) -> Any:
    return await page.evaluate(f"people => {_script()}.{function}(people)", [person.lower() for person in people])


async def picture(page: Page, people: Collection[str], **how: Any) -> bytes | None:
    """A screenshot in which nobody else can be read; None where the page changed while it was taken.

    Args:
        page: what is on the screen.
        people: the addresses of the people concerned.
        how: passed on to Playwright's `screenshot`.
    """
    await _call(page, "mark", people)
    try:
        data = await page.screenshot(style=STYLE, **how)
    finally:
        clean = await _call(page, "unmark", people)
    return data if clean else None


async def outline(page: Page, people: Collection[str], seconds: float) -> str:
    """Accessibility snapshots of what such a picture shows, one after the other."""
    await _call(page, "mark", people)
    try:
        shown = page.locator(f"[{_SHOWN}=top]")
        parts = [await part.aria_snapshot(timeout=seconds * 1000) for part in await shown.all()]
    finally:
        await _call(page, "unmark", people)
    return "\n".join(parts)


async def strangers_words(page: Page, people: Collection[str]) -> frozenset[str]:
    """The words, casefolded, that stand on the page beside other people's addresses: names, for the most part.

    Without those that belong to the people concerned as well, and those of interfaces in general.
    """
    texts = await _call(page, "texts", people)
    others, own = (
        {word.casefold() for text in found for word in _WORD.findall(text)}
        for found in (texts["others"], [*texts["shown"], *people])
    )
    return frozenset(sorted(others - own - COMMON_WORDS)[:_MOST_WORDS])


def masked(text: str, people: Collection[str], words: Collection[str] = ()) -> str:
    """A text without other people's addresses, and without these words.

    Args:
        text: a step log, an outline, an error.
        people: the addresses of the people concerned, which stay.
        words: what else is somebody's, casefolded.
    """
    keys = {address_key(person) for person in people}
    text = _ADDRESS.sub(lambda found: found[0] if address_key(found[0]) in keys else SOMEBODY, text)
    if not words:
        return text
    kept = [(found.start(), found.end()) for found in _ADDRESS.finditer(text)]

    def put(found: re.Match[str]) -> str:
        within = any(start <= found.start() < end for start, end in kept)
        return SOMEBODY if found[0].casefold() in words and not within else found[0]

    return _WORD.sub(put, text)
