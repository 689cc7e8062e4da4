"""The way to a screen: its documented address, else the documented words of the console's navigation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator

from connector.errors import ConsoleDrift, ConsoleUnavailable, NoWay, SessionEnded
from page_objects import words
from page_objects.controls import engine
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.table import PeopleTable
from page_objects.words import Word

PATH = "/admin/users"
"""Where the guide says the screen is."""

MEMORY = "people address"
_NOT_HERE_SECONDS = 2.0
_SETTLES_SECONDS = 0.4
_MOST_CLICKS = 4
_NOT_FOUND = (404, 410)


@dataclass(frozen=True)
class Goal:
    """A screen to go to: how it is recognised, where it may lie, and which words lead to it, the nearest first."""

    screen: str
    memory: str
    """Under which name the address that led there is kept."""
    path: str | None
    """Where the documentation says it is; None where it says nothing."""
    ways: tuple[Word, ...]
    here: Callable[[], Awaitable[tuple[bool, bool]]]
    """Whether this screen is there now, and whether the page says that it is still loading."""
    what: str
    expected: str
    sure: bool = False
    """Whether only what leads to a screen of this console is followed, and a word that several carry is left out."""


@dataclass
class _Search:
    """What was tried on the way to a screen: the words followed, and whether a page did not come to rest in time."""

    followed: list[str] = field(default_factory=list)
    too_slow: bool = False
    answers: dict[str, int] = field(default_factory=dict)
    """The HTTP status of each address opened."""


def _people(table: PeopleTable) -> Goal:
    async def here() -> tuple[bool, bool]:
        now = await table.look()
        return bool(now.found) or await table.states_nobody(), now.busy

    return Goal(
        screen="People",
        memory=MEMORY,
        path=PATH,
        ways=words.WAYS_TO_PEOPLE,
        here=here,
        what="the table of people",
        expected=f"a table with columns such as Name, Email, Status at {PATH}",
    )


async def arrive(lane: Lane, table: PeopleTable) -> None:
    """Opens the People screen afresh; returns once its table (or the sign-in page) is there. Raises as `go_to`."""
    await go_to(lane, _people(table))


def is_there(lane: Lane) -> bool:
    """Whether the page is at the address of the People screen: other pages show tables of some people, too."""
    return lane.page.url == lane.base_url + str(lane.learnt.get(MEMORY) or PATH)


async def go_to(lane: Lane, goal: Goal) -> None:
    """Opens a screen afresh; returns once it (or the sign-in page) is there.

    The address that worked the last time comes first, then the documented one, then the words: they are followed from
    the page that came, else from the console's first page. What leads there is kept with the session.

    Raises SessionEnded on the sign-in page, NoWay where nothing leads to it, ConsoleDrift where a page was too slow to
    tell, ConsoleUnavailable, also where neither the screen nor the console's first page is found at its address.
    """
    search = _Search()
    learnt = lane.learnt.get(goal.memory)
    if learnt and await _opens(lane, goal, str(learnt), search):
        return
    lane.learnt.pop(goal.memory, None)
    if goal.path is not None and learnt != goal.path and await _opens(lane, goal, goal.path, search):
        lane.learnt[goal.memory] = _address(lane)
        return
    for start in (None, "/"):
        if start is not None:
            search.answers[start] = await lane.go(lane.base_url + start, screen=_way_to(goal))
        elif not await _offered(lane, goal, goal.ways):
            continue
        if await _follow(lane, goal, search):
            lane.learnt[goal.memory] = _address(lane)
            lane.step(f"found the {goal.screen} screen at {lane.learnt[goal.memory]}")
            return
    if not search.followed and all(status in _NOT_FOUND for status in search.answers.values()):
        raise ConsoleUnavailable(
            f"{goal.screen}: there is no console at this address",
            screen=lane.where(goal.screen),
            seen=", ".join(f"HTTP {status} at {path}" for path, status in search.answers.items()),
            advice="check WORKRAMP_URL",
        )
    offered = ", ".join(await engine.evaluate(lane.page, "inventory", "action")) or "nothing to click"
    tried = search.followed
    raise (ConsoleDrift if search.too_slow else NoWay)(
        f"{goal.screen}: {goal.what} is missing, and no way leads to it",
        screen=lane.where(goal.screen),
        expected=f"{goal.expected}, or a link " + " / ".join(word.aliases[0] for word in goal.ways),
        seen=f"{', '.join(await engine.evaluate(lane.page, 'headerTexts')) or 'no table'}; to click: {offered}"
        + (f"; followed {' -> '.join(tried)}" if tried else ""),
    )


def _way_to(goal: Goal) -> str:
    return f"the way to {goal.screen}"


def _address(lane: Lane) -> str:
    parts = urlsplit(lane.page.url)
    return parts.path + (f"#{parts.fragment}" if parts.fragment else "")


async def _opens(lane: Lane, goal: Goal, path: str, search: _Search) -> bool:
    search.answers[path] = status = await lane.go(lane.base_url + path, screen=goal.screen)
    return await _is_here(lane, goal, search, patience=0.3 if status in _NOT_FOUND else _NOT_HERE_SECONDS)


async def _is_here(lane: Lane, goal: Goal, search: _Search, *, patience: float, ways: Sequence[Word] = ()) -> bool:
    """Waits until the screen is there, or everything has been loaded and it is not.

    Where a link that may lead there has come instead, there is less to wait for.
    """
    deadline = Deadline(lane.timeout)
    quiet: Deadline | None = None
    while True:
        try:
            here, busy = await goal.here()
            if here:
                return True
            if await lane.asks_to_sign_in():
                raise SessionEnded("the console asked to sign in", screen=goal.screen)
            if busy or not lane.traffic.idle(0):
                quiet = None
            elif quiet is None:
                quiet = Deadline(_SETTLES_SECONDS if await _offered(lane, goal, ways) else patience)
        except PlaywrightError as error:
            if not is_navigation(error):
                raise
        if quiet is not None and quiet.passed:
            return False
        if deadline.passed:
            search.too_slow = True
            return False
        await deadline.pause()


async def _follow(lane: Lane, goal: Goal, search: _Search) -> bool:
    """Clicks the words that lead to the screen, each once, the nearest to it first."""
    left = list(goal.ways)
    for _ in range(_MOST_CLICKS):
        if await _is_here(lane, goal, search, patience=_NOT_HERE_SECONDS, ways=left):
            return True
        word = await _offered(lane, goal, left)
        if word is None:
            return False
        left.remove(word)
        link = _links(lane, goal, word)
        link = await lane.one(
            link,
            what=f"the way to {word.aliases[0]}",
            screen=_way_to(goal),
            expected=" / ".join(lane.vocabulary.of(word)),
        )
        search.followed.append(str(await engine.evaluate(link, "wholeText") or word.aliases[0]))
        await lane.click(link, what=f"'{search.followed[-1]}'", screen=_way_to(goal))
    return await _is_here(lane, goal, search, patience=_NOT_HERE_SECONDS)


def _links(lane: Lane, goal: Goal, word: Word) -> Locator:
    return lane.find("way", word, within=True) if goal.sure else lane.find("way", word)


async def _offered(lane: Lane, goal: Goal, left: Sequence[Word]) -> Word | None:
    for word in left:
        count = await _links(lane, goal, word).count()
        if count == 1 or (count and not goal.sure):
            return word
    return None
