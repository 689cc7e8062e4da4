"""What is kept of a run while it goes on, so that it can go on after a crash."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field

from connector.errors import ConnectorError, LaneLost
from connector.models import Guard, Operation, Outcome


@dataclass(frozen=True)
class Memory:
    """What an earlier attempt at an operation left behind. Addresses are given by `address_key`."""

    acted: bool = False
    """Whether something may have been sent already."""
    sent: frozenset[str] = frozenset()
    """For whom."""
    settled: Mapping[str, Outcome] = field(default_factory=dict)
    """Of an operation on many people: what was said of each before it was cut short."""


Intend = Callable[[Collection[str], Mapping[str, Outcome]], Awaitable[None]]
"""Keeps for whom something is about to be sent, and what is settled of an operation on many people."""
Work = Callable[[Memory, Intend], Awaitable[list[Outcome]]]
"""Carries one operation out. Raises Stop."""


class Stop(Exception):
    """The run goes no further: why, and what is known of the operation in hand."""

    def __init__(self, error: ConnectorError, outcomes: list[Outcome] | None, *, acted: bool = False) -> None:
        super().__init__(error.message)
        self.error = error
        self.outcomes = outcomes
        """None where the operation was not begun."""
        self.acted = acted


class Unsettled(Stop):
    """An operation ended as it did only because one before it was cut short: the next attempt tries it again."""


async def unless_seats_lacked(work: Work, memory: Memory, intend: Intend) -> list[Outcome]:
    """After somebody was to be deactivated and was not: that no seat is free may be another matter next time.

    So nobody is to decide about it, either.
    """
    found = await work(memory, intend)
    if all(outcome.guard is not Guard.NO_FREE_SEAT for outcome in found):
        return found
    why = "a deactivation before was cut short"
    said = [each.model_copy(update={"message": f"{each.message}; {why}", "objections": ()}) for each in found]
    raise Unsettled(LaneLost(why), said)


class Journal:
    """Keeps nothing: for dry runs, and for scripts that give no run id.

    `before_click` is asked before each click that changes something; what it raises keeps it from being made.
    """

    def __init__(self, before_click: Callable[[], None] | None = None) -> None:
        self._before_click = before_click

    async def decide(self, judge: Callable[[], Awaitable[Outcome | None]]) -> Outcome | None:
        """What is decided once for the whole run, before its first operation."""
        return await judge()

    async def perform(self, number: int, operation: Operation, work: Work) -> list[Outcome]:
        """Carries out the operation with this number, unless its outcomes are known. Raises Stop."""
        return await work(Memory(), self._forget)

    def known(self, number: int, operation: Operation) -> list[Outcome] | None:
        """What an earlier attempt left of an operation that this one does not come to; None where that is nothing."""
        return None

    async def _forget(self, sent: Collection[str], settled: Mapping[str, Outcome]) -> None:
        """Nothing is kept."""
        if self._before_click is not None:
            await asyncio.to_thread(self._before_click)
