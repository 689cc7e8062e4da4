"""The way to the People screen: its documented address, else the documented words of the console's navigation."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError

from connector.errors import ConsoleDrift, SessionEnded
from page_objects import words
from page_objects.controls import engine
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.table import PeopleTable
from page_objects.words import Word

PATH = "/admin/users"
"""Where the guide says the screen is."""

MEMORY = "people address"
_SCREEN = "the way to People"
_NOT_HERE_SECONDS = 2.0
_SETTLES_SECONDS = 0.4
_MOST_CLICKS = 4


async def arrive(lane: Lane, table: PeopleTable) -> None:
    """Opens the People screen afresh; returns once its table (or the sign-in page) is there.

    The address that worked the last time comes first, then the documented one, then the words: they are followed from
    the page that came, else from the console's first page. What leads there is kept with the session.

    Raises SessionEnded on the sign-in page, ConsoleDrift where no way leads to a table of people, ConsoleUnavailable.
    """
    learnt = lane.learnt.get(MEMORY)
    if learnt and await _opens(lane, table, str(learnt)):
        return
    lane.learnt.pop(MEMORY, None)
    if learnt != PATH and await _opens(lane, table, PATH):
        lane.learnt[MEMORY] = _address(lane)
        return
    tried: list[str] = []
    for start in (None, "/"):
        if start is not None:
            await lane.go(lane.base_url + start, screen=_SCREEN)
        elif not await _offered(lane, list(words.WAYS_TO_PEOPLE)):
            continue
        if await _follow(lane, table, tried):
            lane.learnt[MEMORY] = _address(lane)
            lane.step(f"found the People screen at {lane.learnt[MEMORY]}")
            return
    offered = ", ".join(await engine.evaluate(lane.page, "inventory", "action")) or "nothing to click"
    raise ConsoleDrift(
        "People: the table of people is missing, and no way leads to it",
        screen=lane.where("People"),
        expected=f"a table with columns such as Name, Email, Status at {PATH}, or a link "
        + " / ".join(word.aliases[0] for word in words.WAYS_TO_PEOPLE),
        seen=f"{', '.join(await engine.evaluate(lane.page, 'headerTexts')) or 'no table'}; to click: {offered}"
        + (f"; followed {' -> '.join(tried)}" if tried else ""),
    )


def _address(lane: Lane) -> str:
    parts = urlsplit(lane.page.url)
    return parts.path + (f"#{parts.fragment}" if parts.fragment else "")


async def _opens(lane: Lane, table: PeopleTable, path: str) -> bool:
    status = await lane.go(lane.base_url + path, screen="People")
    return await _is_here(lane, table, patience=0.3 if status in (404, 410) else _NOT_HERE_SECONDS)


async def _is_here(lane: Lane, table: PeopleTable, *, patience: float, ways: Sequence[Word] = ()) -> bool:
    """Waits until the table of people is there, or everything has been loaded and it is not.

    Where a link that may lead there has come instead, there is less to wait for.
    """
    deadline = Deadline(lane.timeout)
    quiet: Deadline | None = None
    while True:
        try:
            if (now := await table.look()).found or await table.says_nobody():
                return True
            if await lane.sign_in_form.count():
                raise SessionEnded("the console asked to sign in", screen="People")
            if now.busy or not lane.traffic.idle(0):
                quiet = None
            elif quiet is None:
                quiet = Deadline(_SETTLES_SECONDS if await _offered(lane, ways) else patience)
        except PlaywrightError as error:
            if not is_navigation(error):
                raise
        if deadline.passed or (quiet is not None and quiet.passed):
            return False
        await deadline.pause()


async def _follow(lane: Lane, table: PeopleTable, tried: list[str]) -> bool:
    """Clicks the words that lead to the screen, each once, the nearest to it first."""
    left = list(words.WAYS_TO_PEOPLE)
    for _ in range(_MOST_CLICKS):
        if await _is_here(lane, table, patience=_NOT_HERE_SECONDS, ways=left):
            return True
        word = await _offered(lane, left)
        if word is None:
            return False
        left.remove(word)
        link = lane.find("way", word)
        link = await lane.one(
            link, what=f"the way to {word.aliases[0]}", screen=_SCREEN, expected=" / ".join(lane.vocabulary.of(word))
        )
        tried.append(str(await engine.evaluate(link, "wholeText") or word.aliases[0]))
        await lane.click(link, what=f"'{tried[-1]}'", screen=_SCREEN)
    return await _is_here(lane, table, patience=_NOT_HERE_SECONDS)


async def _offered(lane: Lane, left: Sequence[Word]) -> Word | None:
    for word in left:
        if await lane.find("way", word).count():
            return word
    return None
