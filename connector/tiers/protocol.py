"""What a tier is: what it can do of an operation, how it does that, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from connector.addresses import address_key
from connector.errors import ConsoleUnavailable, OperationFailed
from connector.guards import Overrides
from connector.models import Edit, Operation, Outcome, Person, Result, SeatPool
from connector.settings import TierName

NO_TIER = "look at WORKRAMP_TIERS and the credentials; `docs/tiers.md` says what each tier can do"


class DoorShut(ConsoleUnavailable):
    """A tier is not available; the request that found it so did nothing. `message` is the reason, for a list."""


class AnswerLost(Exception):
    """A change was sent and may have been made: no answer came, or one that does not tell."""


class Gap(Exception):
    """What is asked of this person cannot be said through this tier; nothing was sent. The text is for a list."""


class Rejected(OperationFailed):
    """The service answered that it does not do it."""


class NoTier(ConsoleUnavailable):
    """No tier that supports the operation is available."""


@dataclass(frozen=True)
class Share:
    """What of an operation a tier does itself, and what is left to another one.

    `mine` None: it does nothing of it, and `lacks` says why. `rest` None: it does all of it.
    """

    mine: Operation | None
    rest: Edit | None = None
    lacks: str = ""


class Facts(Protocol):
    """What the guards ask and the tier that acts may not show."""

    async def about(self, email: str, *, managers: bool = False) -> Person | None:
        """Role, SCIM mark and, where asked, managers of a person, as far as any open tier shows them."""

    async def other_admins(self, person: Person) -> int | None:
        """How many other active admins there are; None where no open tier shows admins."""

    def seat(self) -> AbstractAsyncContextManager[tuple[SeatPool, ...]]:
        """The seat pools, less what this run has taken; one seat more is taken if the block ends well."""

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Held from a guard that counts admins until its change is read back."""


@dataclass
class Job:
    """One operation on one person for one tier."""

    operation: Operation
    asked: Operation
    """The whole operation, of which `operation` may be a part: the guards judge this one."""
    facts: Facts
    intend: Callable[[Collection[str]], Awaitable[None]]
    overrides: Overrides = ()
    dry_run: bool = False
    acted: bool = False
    """True once something may have been sent, by whichever tier: from then on, look before doing it again."""
    resumed: bool = False
    """True where that was before this attempt: who is here then was not here of herself."""
    also: frozenset[str] = frozenset()
    """By `address_key`, people who are about to be here by the same operation."""
    notes: list[str] = field(default_factory=list)
    """What could not be checked, for the outcome's message."""
    started: float = field(default_factory=monotonic)

    async def about_to_send(self, email: str) -> None:
        """Keeps the intent. Raises ConnectorError where nothing may be sent."""
        await self.intend([address_key(email)])

    def outcome(self, tier: TierName, email: str, result: Result, message: str) -> Outcome:
        return Outcome(
            operation=self.asked.operation,
            email=email,
            group=getattr(self.asked, "name", None),
            result=result,
            message=message,
            tier=tier.value,
            seconds=round(monotonic() - self.started, 3),
        )

    def so_already(self, tier: TierName, email: str, message: str) -> Outcome:
        """What was wanted is so: `already`, or `done` where this operation may have done it before."""
        if self.acted:
            return self.outcome(tier, email, Result.DONE, f"{message} (read back)")
        return self.outcome(tier, email, Result.ALREADY, message)

    def would(self, tier: TierName, email: str, message: str) -> Outcome:
        """The outcome of a dry run, when nothing speaks against it."""
        outcome = self.outcome(tier, email, Result.REFUSED, f"would {message} (dry run: nothing was sent)")
        return outcome.model_copy(update={"would": True})


class Tier(Protocol):
    """One way to WorkRamp. Reading raises DoorShut or ConsoleUnavailable where it is not available."""

    @property
    def name(self) -> TierName:
        """What it is called in WORKRAMP_TIERS and in outcomes."""

    def supports(self, operation: Operation) -> Share:
        """What of an operation it can do, known without asking anybody."""

    async def carry_out(self, job: Job) -> Outcome:
        """Does it and reads it back.

        Raises Gap, DoorShut; Refused, OperationFailed and EffectUnknown, which are answers.
        """

    async def read(self, email: str) -> Person | None:
        """The person with exactly this address, None where there is nobody. Refused where there are several."""

    async def everybody(self) -> Sequence[Person]:
        """Everybody, each once, deactivated people included."""


def listed(reasons: Mapping[TierName, str]) -> str:
    """Tiers and why each was passed over, for a message."""
    return ", ".join(f"{name.value} ({reason})" for name, reason in reasons.items())
