"""What a form or question does after its button was clicked: it goes away, it stays and objects, or it asks back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Awaitable, Callable, Sequence

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator

from page_objects import words
from page_objects.controls import engine
from page_objects.lane import Deadline, Lane, is_navigation

_STAYS_SECONDS = 2.0
_COMES_BACK_SECONDS = 1.0
_SPEAKS_SECONDS = 1.0
"""How long a console that has answered may still be about to say so."""

_SUCCESS = re.compile(
    r"\b(saved|updated|changed|success(?:ful|fully)?|sent|invited|added|created|done|resent|deactivated|reactivated|removed)\b",
    re.I,
)
_OBJECTS = re.compile(
    r"\b(not|no|nothing|nobody|none|cannot|can't|couldn't|could|unable|fail\w*|error|invalid|already|exists?|wrong|denied|"
    r"refused|must|required|missing|unknown|limit|try again|only|seats?|forbidden|expired|too many|switched off|"
    r"locked|blocked|restricted|read-only|rejected|declined|prevented)\b",
    re.I,
)

_DENIED = re.compile(
    r"\b(?:nothing|nobody|none|not|never|cannot|\w+n['’]t|no(?! longer\b))\b"
    r"(?:\s+[\w'’-]+){0,4}?\s+" + _SUCCESS.pattern,
    re.I,
)
"""A success that is denied: 'Nothing was changed', 'None of the rows was saved'."""
_DONE_SOON = re.compile(
    r"\b(deleted|renamed|activated|restored|suspended|disabled|enabled|imported|archived|assigned|accepted|completed?|"
    r"inactive|now|(?:has|have) been|"
    r"ok(?:ay)?|well|wait|loading|saving|sending|working|process(?:ed|ing)|pending|queued|progress|started|scheduled|soon)\b"
    r"|…|\.\.\.",
    re.I,
)
"""What else an alert may tell of that is no objection: another success, or one that is on its way."""


def objecting(lines: Sequence[str]) -> list[str]:
    """Those that do not merely tell of success: a toast 'Changes saved' is no objection, though it proves nothing."""
    return [line for line in lines if _OBJECTS.search(line) or not _SUCCESS.search(line)]


def refusing(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those that only object, and those that could be read either way; for what cannot be read back.

    A success that is denied is none, and objects.
    """
    objections = [line for line in lines if _OBJECTS.search(line)]
    either = [line for line in objections if _SUCCESS.search(_DENIED.sub(" ", line))]
    return [line for line in objections if line not in either], either


def _alarms(line: str) -> bool:
    """Whether an alert tells of no success, neither one that came nor one that is on its way."""
    return not _SUCCESS.search(line) and not _DONE_SOON.search(line)


_SENT = "sent"
_NUMBERS = itertools.count(1)


def asked_back(lane: Lane) -> Locator:
    """What was asked back since a form was noted that may ask before it sends."""
    return lane.find("asked-back", refrain=lane.vocabulary.of(words.REFRAIN), since=_SENT)


class Gone:
    """Whether a surface has gone since the mark, and for good: none has as long as a request is under way.

    One that only seems gone meanwhile (a form is known by its button, which may be hidden while it saves) is not, while
    what it was made of is still seen, for a second, in which it may come back with what the console said.
    """

    def __init__(self, lane: Lane, surface: Locator, number: int | None, mark: int) -> None:
        self.seemed = False
        """Whether it was missing while a request was under way, or right after its answer."""
        self._lane = lane
        self._surface = surface
        self._number = number
        self._mark = mark
        self._rest: Deadline | None = None

    async def now(self) -> bool:
        """Looks once."""
        if await self._surface.count():
            return False
        # Asked after the look: what the click sent may only now have been heard of.
        if not self._lane.traffic.idle(self._mark):
            self.seemed, self._rest = True, None
            return False
        # The answer to what was sent may have come before the first look, and with it what is still to be drawn.
        if not ((self.seemed or self._lane.traffic.changing(self._mark)) and await self._is_seen()):
            return True
        self.seemed = True
        self._rest = self._rest or Deadline(_COMES_BACK_SECONDS)
        return self._rest.passed

    async def _is_seen(self) -> bool:
        try:
            return bool(self._number) and await engine.evaluate(self._lane.page, "surfaceIsSeen", self._number)
        except PlaywrightError as error:
            if not is_navigation(error):
                raise
            return False  # it was part of a page that has been left


class Answer:
    """Watches one surface from just before the click. Says what is new; what that means is read back elsewhere.

    `may_ask`: it is a form, which may ask something back before it sends. `remains`: it is a part of the page, which
    does not go away when it was sent.
    """

    def __init__(self, lane: Lane, surface: Locator, *, may_ask: bool = False, remains: bool = False) -> None:
        self.lane = lane
        self.surface = surface
        self._may_ask = may_ask
        self._remains = remains
        self.mark = lane.traffic.mark()
        self._before: set[str] = set()
        self._number: int | None = None
        """By which the page knows the surface as it was noted; None where it was not there."""

    async def note(self) -> None:
        """To be called just before the click: what is said now is no answer to it."""
        self.mark = self.lane.traffic.mark()
        slot = _SENT if self._may_ask else None
        self._number = next(_NUMBERS)
        said = await engine.evaluate(self.surface, "noteSurface", {"number": self._number, "slot": slot})
        if said is None:
            self._number = None
            if slot:
                await self.lane.remember(slot)
            said = await engine.evaluate(self.lane.page, "messages")
        self._before = set(said)

    async def note_before(self, slot: str) -> None:
        """The same before a click that brings the surface up, which is told from what is seen now by that memory."""
        self.mark = self.lane.traffic.mark()
        self._number = None
        self._before = set(await engine.evaluate(self.lane.page, "noteBefore", slot))

    def gone(self) -> Gone:
        """Tells whether the surface has gone since it was noted."""
        return Gone(self.lane, self.surface, self._number, self.mark)

    async def asks_back(self) -> bool:
        """Whether something is asked back, which is to be answered before there is any answer to the click."""
        # What has been sent is not asked about before it is answered: to look meanwhile would cost, and find nothing.
        traffic = self.lane.traffic
        if not self._may_ask or (traffic.changing(self.mark) and not traffic.idle(self.mark)):
            return False
        return await asked_back(self.lane).count() > 0

    async def said(self) -> list[str]:
        """What the page says now, did not say when it was noted, and could be an objection."""
        return self._objecting(await self.reports())

    def _objecting(self, lines: Sequence[str]) -> list[str]:
        """Those that object; all of them where no word does, but the console said no by its status."""
        return objecting(lines) or (list(lines) if self.lane.traffic.refused(self.mark) else [])

    async def reports(self) -> list[str]:
        """Everything that the page says now and did not say when it was noted."""
        said: list[str] = await engine.evaluate(self.lane.page, "messages")
        return [line for line in said if line not in self._before]

    async def objections(self) -> list[str]:
        """Waits until the surface is gone or asks back (nothing to object), or says something new (its objections).

        While something is under way neither is told: a surface may only seem gone, with its button disabled, and
        whoever left now would take the request away. A message elsewhere counts only while the surface stays
        although everything has been answered: a toast may tell of success while a dialog still fades out. One that
        remains where it is, or came anew with the page that answered it, is as good as gone where nothing objects.
        """
        deadline = Deadline(self.lane.timeout)
        stays: Deadline | None = None
        gone = self.gone()

        async def look() -> list[str] | None:
            nonlocal stays
            if await self.asks_back() or await gone.now():
                return []
            if not self.lane.traffic.idle(self.mark):
                stays = None
                return None
            stays = stays or Deadline(_STAYS_SECONDS)
            said = await self._objects_itself()
            if not said and stays.passed:
                said = await self.said()
                if not said and self._is_answered():
                    return []
            return said if said and await self.surface.count() else None

        if said := await self._watched(look, deadline):
            return said
        await self.lane.traffic.rests(self.mark, deadline.left)
        return await self.objections_elsewhere()

    def _is_answered(self) -> bool:
        traffic = self.lane.traffic
        return traffic.form_answered(self.mark) or (self._remains and traffic.changing(self.mark))

    async def objections_elsewhere(self) -> list[str]:
        """What the page says where the surface has gone although the console said no by its status; else nothing."""
        return await self.objections_of_page() if self.lane.traffic.refused(self.mark) else []

    async def objections_of_page(self) -> list[str]:
        """The same where the console acted without a form or question that could stay: what the page then says.

        What may also tell of success is none, unless the console said no by its status: nothing is there that stays.
        An alert that tells of no success is one in any words.
        """
        speaks: Deadline | None = None

        async def look() -> list[str] | None:
            nonlocal speaks
            if not await self.lane.at_rest(self.mark):
                speaks = None
                return None
            speaks = speaks or Deadline(_SPEAKS_SECONDS)
            said = await self.reports()
            if said and self.lane.traffic.refused(self.mark):
                return self._objecting(said)
            if not said:
                return [] if speaks.passed else None
            alerts = await engine.evaluate(self.lane.page, "alerts")
            refusals, either = refusing(said)
            return [
                line for line in said if line in refusals or (line in alerts and line not in either and _alarms(line))
            ]

        return await self._watched(look, Deadline(self.lane.timeout)) or []

    async def _watched(self, look: Callable[[], Awaitable[list[str] | None]], deadline: Deadline) -> list[str] | None:
        """What a look gives, which is repeated while it gives None and nobody is asked to sign in."""
        while not deadline.passed:
            try:
                if (said := await look()) is not None:
                    return said
                if await self.lane.asks_to_sign_in():
                    break
            except PlaywrightError as error:
                if not is_navigation(error):
                    raise
            await self.lane.pause(deadline)
        return None

    async def _objects_itself(self) -> list[str]:
        said: list[str] = await engine.evaluate(self.surface, "messages") or []
        return self._objecting([line for line in said if line not in self._before])
