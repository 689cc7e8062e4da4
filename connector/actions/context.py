"""What an action works with, and what all actions share: acting once, and believing only what is read back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from connector.addresses import address_key
from connector.console import Console
from connector.errors import EffectUnknown, NotClicked, OperationFailed
from connector.evidence import Evidence
from connector.guards import Overrides
from connector.models import Group, Guard, Outcome, Result
from page_objects.groups_screen import GroupsScreen
from page_objects.lane import Deadline, Lane
from page_objects.people_screen import PeopleScreen

T = TypeVar("T")
Intend = Callable[[Collection[str]], Awaitable[None]]
"""Keeps that something is about to be sent for people, given by `address_key`; raises where that may not be."""

_TRIES = 3
_DOUBT_SECONDS = 5.0


async def unrecorded(keys: Collection[str]) -> None:
    """Where nothing is kept of intents: a dry run, or a script that runs without a run id."""


@dataclass
class SeenGroups:
    """The groups as the list of groups showed them in this run, for all lanes; None until somebody has to know."""

    found: tuple[Group, ...] | None = None
    own: dict[str, Group] = field(default_factory=dict)
    """By name, groups of which the list tells no kind, with what their own screens tell."""
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Context:
    """One operation on one person: the lane, what the operator allows, and whether anything was sent yet."""

    console: Console
    lane: Lane
    evidence: Evidence
    overrides: Overrides = ()
    dry_run: bool = False
    acted: bool = False
    """True from the moment before the first click that changes something: from then on, look before doing it again."""
    doubtful: bool = False
    """True where an earlier attempt, cut short, may have sent it: a list may lag behind, so it is looked at longer."""
    intend: Intend = unrecorded
    judged: bool = False
    """True once every guard has been asked: what follows a session's end need not ask them again."""
    sent: set[str] = field(default_factory=set)
    """By address, for whom something was sent already: of an operation on many, each goes on from where she is."""
    seen_groups: SeenGroups = field(default_factory=SeenGroups)
    pictures: list[str] = field(default_factory=list)
    started: float = field(default_factory=monotonic)

    async def steadily(self, action: Callable[[], Awaitable[T]]) -> T:
        """Runs what can be begun anew, over ended sessions and lost browsers (see `Console.steadily`)."""

        async def attempt() -> T:
            self.lane = await self.console.lane()
            return await action()

        return await self.console.steadily(attempt)

    async def about_to_send(self, *emails: str) -> None:
        """To be called just before each click that changes something for these people.

        Keeps the intent, so that whoever carries the operation on after a crash looks first. Raises ConnectorError
        where it cannot be kept, or where the run has passed into other hands: nothing may be clicked then.
        """
        await self.intend([address_key(email) for email in emails])

    async def about_to_fill(self, *emails: str) -> None:
        """The same before a form is filled in: where it may create a group, or invite a manager, naming may do it."""
        if Guard.UNKNOWN_GROUP in self.overrides or Guard.UNKNOWN_MANAGER in self.overrides:
            await self.about_to_send(*emails)

    @asynccontextmanager
    async def filling(self) -> AsyncIterator[None]:
        """While a form is filled in: what the console is sent meanwhile may be more than a look for what it offers."""
        traffic = self.lane.traffic
        mark = traffic.mark()
        try:
            yield
        finally:
            self.acted = self.acted or traffic.changing(mark)

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Around the one click that sends: from then on something may have been sent, unless it was surely not made."""
        before, self.acted = self.acted, True
        try:
            yield
        except NotClicked:
            self.acted = before
            raise

    @property
    def people(self) -> PeopleScreen:
        return PeopleScreen(self.lane)

    @property
    def account(self) -> str:
        return self.console.account

    @property
    def groups(self) -> GroupsScreen:
        return GroupsScreen(self.lane)

    def outcome(self, operation: str, email: str, result: Result, message: str, *, group: str | None = None) -> Outcome:
        return Outcome(
            operation=operation,
            email=email,
            group=group,
            result=result,
            message=message,
            evidence=tuple(self.pictures),
            seconds=round(monotonic() - self.started, 3),
        )

    def so_already(self, operation: str, email: str, message: str) -> Outcome:
        """What was wanted is so: `already`, or `done` where this operation did it before it was cut short."""
        result = Result.DONE if self.acted else Result.ALREADY
        return self.outcome(operation, email, result, message if not self.acted else f"{message} (read back)")

    def would(self, operation: str, email: str, message: str) -> Outcome:
        """The outcome of a dry run, when nothing speaks against it."""
        outcome = self.outcome(operation, email, Result.REFUSED, f"would {message} (dry run: nothing was sent)")
        return outcome.model_copy(update={"would": True})

    async def picture(self, name: str) -> None:
        """Keeps a screenshot where all evidence is wanted."""
        taken = await self.evidence.picture(self.lane.page, name, self.console.steps)
        self.pictures.extend(map(str, taken))

    async def picture_of_refusal(self, name: str, said: str) -> None:
        """Keeps what the console refuses while it is shown: what is open is left before the operation is over."""
        if self.pictures:
            return  # where all evidence is wanted, it is pictured already
        with suppress(OSError):  # a full disk must not hide what was refused
            taken = await self.evidence.failure(self.lane.page, name, self.console.steps, said)
            self.pictures.extend(map(str, taken))


async def change(
    context: Context,
    *,
    email: str,
    what: str,
    act: Callable[[], Awaitable[list[str]]],
    missing: Callable[[], Awaitable[str | None]],
    screen: str = "People",
) -> None:
    """Acts, then reads back until the effect is there.

    Args:
        act: sends the change with one click and gives the console's objections, if it shows any; it sets
            `context.acted` just before that click.
        missing: a fresh read; None when the effect is there, else what is not as wanted.

    After a lost connection, an ended session, a 429 or a 5xx the effect is looked for first, and only where it is
    absent is the change sent again. Raises OperationFailed with the console's objections where nothing changed, or
    where it said no by its status; EffectUnknown where the wanted state could not be read back.
    """
    lane = context.lane
    if context.doubtful:
        lane.step("may have been sent before: looking for the effect first")
        if await _wait_for_effect(missing, min(lane.timeout, _DOUBT_SECONDS)) is None:
            return
    for attempt in range(1, _TRIES + 1):
        mark, losses = lane.traffic.mark(), context.console.losses
        objections = await act()
        troubles, answer = lane.traffic.troubles(mark), lane.traffic.answer(mark)
        seconds = lane.timeout
        # Whoever has to sign in first was refused nothing.
        refused = not troubles and lane.traffic.refused(mark) and not await lane.asks_to_sign_in()
        if refused and not objections:
            objections = [f"it answered with HTTP {answer}"]
        if troubles or objections:
            # A console that says no by its status has done nothing; one that only says something may show it late.
            refused = refused or (answer is not None and answer >= 400 and not troubles)
            # One that was asked before may refuse since it has done it ('is inactive already').
            seconds = 0 if refused and attempt == 1 else min(lane.timeout, _DOUBT_SECONDS)
        lane.step("read back")
        difference = await missing()
        if context.console.losses != losses:
            # The session or the browser ended between the click and the look: as after an answer that was lost.
            troubles.append("the session or the browser ended on the way")
            # 401 and 403 say that nothing was done; after anything else it may have been.
            seconds = 0 if answer in (401, 403) else min(seconds, _DOUBT_SECONDS)
        if difference is not None and seconds:
            difference = await _wait_for_effect(missing, seconds)
        if difference is None:
            return
        said = " ".join([*objections, *troubles, *lane.traffic.given_up(mark)])
        if objections and not troubles:
            raise OperationFailed(f"the console refused to {what}: {said}", whom=email, screen=screen, seen=difference)
        if not troubles or attempt == _TRIES:
            raise EffectUnknown(
                f"clicked to {what}, but the console does not show it",
                whom=email,
                screen=screen,
                expected=f"{what} to be shown within {lane.timeout:g} s",
                seen=f"{difference}; {said}" if said else difference,
                advice="look with `workramp groups list` before doing it again" if screen == "Groups" else None,
            )
        lane.step(f"not there after {said}: sending again")


async def _wait_for_effect(missing: Callable[[], Awaitable[str | None]], seconds: float) -> str | None:
    deadline = Deadline(seconds)
    while (difference := await missing()) is not None:
        if deadline.passed:
            return difference
        await deadline.pause()
    return None
