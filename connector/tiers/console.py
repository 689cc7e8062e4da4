"""The console as a tier: the actions in a lane, as `connector/batch.py` carries them out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from connector.actions import directory
from connector.actions.context import Context
from connector.actions.deactivate import complete_for_guards
from connector.addresses import address_key
from connector.journal import Intend, Memory
from connector.models import Guard, Operation, Outcome, Person, SeatPool
from connector.settings import TierName
from connector.tiers.protocol import Job, Share

T = TypeVar("T")


class Worker(Protocol):
    """Carries an operation out in a lane, with evidence and everything. Raises Stop."""

    async def __call__(
        self, operation: Operation, memory: Memory, intend: Intend, overrides: Collection[Guard]
    ) -> list[Outcome]: ...


class Reader(Protocol):
    """Runs a reading action in the same lane. Raises ConnectorError."""

    async def __call__(self, what: str, action: Callable[[Context], Awaitable[T]]) -> T: ...


class ConsoleTier:
    """One lane of the console."""

    name = TierName.CONSOLE

    def __init__(self, work: Worker, read: Reader) -> None:
        self.work = work
        self._read = read

    def supports(self, operation: Operation) -> Share:
        """Everything. What an edition of the console cannot say, its actions refuse before anything is sent."""
        return Share(operation)

    async def carry_out(self, job: Job) -> Outcome:
        """Does it, with the guards of its actions. Raises Stop."""
        email = getattr(job.operation, "email", "")
        sent = frozenset([address_key(email)]) if job.acted else frozenset[str]()

        async def intend(keys: Collection[str], settled: Any) -> None:
            await job.intend(keys)

        (outcome,) = await self.work(job.operation, Memory(acted=job.acted, sent=sent), intend, job.overrides)
        return outcome

    async def read(self, email: str) -> Person | None:
        """The person with exactly this address as the list shows her."""
        return await self._read(f"find {email}", partial(directory.find, email=email))

    async def everybody(self) -> Sequence[Person]:
        """Everybody as the list shows them."""
        return await self._read("list people", lambda context: directory.everybody(context, "", _silently))

    async def about(self, email: str, *, managers: bool) -> Person | None:
        """A person with role and SCIM mark, and with managers where asked, for guards of another tier."""

        async def read(context: Context) -> Person | None:
            person = await directory.find(context, email)
            if person is None:
                return None
            person = await complete_for_guards(context, person)
            if managers and person.managers is None:
                await directory.in_view(context, person.email)
                person = await directory.on_her_screen(context, person)
            return person

        return await self._read(f"look at {email} for the guards", read)

    async def other_admins(self, person: Person) -> int | None:
        """How many other active admins there are; None where the console shows no roles."""
        return await self._read(
            "count admins", lambda context: directory.other_active_admins(context, person, _silently)
        )

    async def seats(self) -> tuple[SeatPool, ...]:
        """The seat pools as the People screen states them now."""

        async def read(context: Context) -> tuple[SeatPool, ...]:
            await context.people.open()
            return await directory.free_seats(context)

        return await self._read("seats", read)


def _silently(what: str, done: int, total: int | None) -> None:
    """Progress of a look that is only for the guards is not told."""
