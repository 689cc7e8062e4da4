"""What guards ask and the tier that acts does not show: asked of the others, the console before all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from connector.addresses import same_address
from connector.errors import ConsoleUnavailable, SettingsError
from connector.models import Person, SeatPool, Status
from connector.tiers.breaker import Breaker
from connector.tiers.console import ConsoleTier
from connector.tiers.doors import DoorTier

T = TypeVar("T")


@dataclass
class Seats:
    """The seats of one run: read once, counted down, and read again before one is refused. Shared by its lanes."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pools: tuple[SeatPool, ...] | None = None
    taken: int = 0
    under_way: int = 0

    def left(self) -> tuple[SeatPool, ...]:
        """The pools as they will be once everything that is under way has been done."""
        return tuple(
            pool.model_copy(update={"used": pool.used + self.taken + self.under_way}) for pool in self.pools or ()
        )


class OpenTiers:
    """Asks the tiers that are open.

    Args:
        console: the lane of whoever asks; None where the console is none of the tiers.
        breaker: the console's.
        doors: the other tiers that are open.
        seats: those of the run.
        alone: held by who counts admins, in whichever lane.
        notes: where to say what could not be checked.
    """

    def __init__(
        self,
        console: ConsoleTier | None,
        breaker: Breaker,
        doors: Callable[[], Sequence[DoorTier]],
        seats: Seats,
        alone: asyncio.Lock,
        notes: list[str],
    ) -> None:
        self._console = console
        self._breaker = breaker
        self._doors = doors
        self._seats = seats
        self._alone = alone
        self._notes = notes

    async def about(self, email: str, *, managers: bool = False) -> Person | None:
        """Role, SCIM mark and, where asked, managers of a person, as far as any open tier shows them."""
        person = await self._of_console(lambda console: console.about(email, managers=managers), "the SCIM mark")
        if person is not None and person.admin is not None and not (managers and person.managers is None):
            return person
        for tier in self._doors():
            if not tier.door.shows_admins:
                continue
            try:
                other = await tier.read(email)
            except ConsoleUnavailable as error:
                self._notes.append(f"{tier.name.value} could not be asked ({error.message})")
                continue
            if other is not None and person is not None:
                return person.model_copy(
                    update={
                        "is_admin": other.admin if person.admin is None else person.admin,
                        "managers": other.managers if person.managers is None else person.managers,
                    }
                )
            return other or person
        return person

    async def other_admins(self, person: Person) -> int | None:
        """How many other active admins there are; None where no open tier shows admins."""
        count = await self._of_console(lambda console: console.other_admins(person), "")
        if count is not None:
            return count
        for tier in self._doors():
            if not tier.door.shows_admins:
                continue
            try:
                everyone = await tier.everybody()
            except ConsoleUnavailable as error:
                self._notes.append(f"{tier.name.value} could not be asked ({error.message})")
                continue
            return sum(
                bool(other.admin) and other.status is Status.ACTIVE and not same_address(other.email, person.email)
                for other in everyone
            )
        return None

    @asynccontextmanager
    async def seat(self) -> AsyncIterator[tuple[SeatPool, ...]]:
        """The seat pools, less what this run has taken; one seat more is taken if the block ends well."""
        seats = self._seats
        async with seats.lock:
            if seats.pools is None or any(pool.free == 0 for pool in seats.left()):
                # What the console says now is what counts, for those too whom this run has invited before.
                seats.pools, seats.taken = (
                    await self._of_console(lambda console: console.seats(), "free seats") or (),
                    0,
                )
            pools = seats.left()
            seats.under_way += 1
        try:
            yield pools
        except BaseException:
            seats.under_way -= 1
            raise
        seats.under_way -= 1
        seats.taken += 1

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Held from a guard that counts admins until its change is read back."""
        async with self._alone:
            yield

    async def _of_console(self, ask: Callable[[ConsoleTier], Awaitable[T | None]], what: str) -> T | None:
        """What the console answers; None where it is not one of the tiers, or not available, which is then noted."""
        if self._console is None:
            return None
        reason = await self._breaker.enter()
        if reason is None:
            try:
                answer = await ask(self._console)
            except (ConsoleUnavailable, SettingsError) as error:
                reason = error.message
                self._breaker.opened(reason)
            except BaseException:
                self._breaker.left()
                raise
            else:
                self._breaker.closed()
                return answer
        if what:
            self._notes.append(f"{what} not checked, as only the console shows that ({reason})")
        return None
