"""Which tier does an operation: the first in WORKRAMP_TIERS that supports it and is available.

A tier that is not available (no credentials, not let in, not there, no connection, past the retry budget) is left alone
for a while, and the outcome says why it was passed over. An answer, also one that refuses, is never a reason to try
another tier. Where something may have been sent, whoever goes on looks first (docs/decisions/0017-tiers.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

from connector.errors import ConnectorError, ConsoleUnavailable, SettingsError
from connector.journal import Intend, Memory
from connector.models import Edit, Guard, ImportPeople, Invite, InvitePeople, Operation, Outcome
from connector.settings import Settings, TierName, variable
from connector.tiers.breaker import Breaker
from connector.tiers.console import ConsoleTier
from connector.tiers.doors import DoorTier
from connector.tiers.facts import OpenTiers
from connector.tiers.protocol import NO_TIER, DoorShut, NoTier, Share, Tier, listed
from connector.tiers.work import Run, Work

T = TypeVar("T")


class Router:
    """The tiers in their order, and what is known of each being shut. Raises SettingsError where none can be used.

    Made once for a process, as the ceiling of calls and the memory of shut doors are; used on one event loop. Importing
    it does not import an HTTP library; making one does.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.order = settings.tiers
        self.breakers = {name: Breaker(settings.tier_pause) for name in self.order}
        self._doors: dict[TierName, DoorTier] = {}
        self._missing: dict[TierName, str] = {}
        self._open()

    def _open(self) -> None:
        from connector.tiers.http import ceiling
        from connector.tiers.rest import RestDoor
        from connector.tiers.scim import ScimDoor

        settings, limiter = self._settings, ceiling(self._settings)
        for name in self.order:
            if name is TierName.CONSOLE:
                continue
            field_name = "api_key" if name is TierName.REST else "scim_token"
            secret = settings.api_key if name is TierName.REST else settings.scim_token
            if secret is None:
                self._missing[name] = f"{variable(field_name)} is not set"
            elif not settings.may_type_credentials:
                self._missing[name] = f"{variable('url')} is neither https nor on this machine"
            else:
                door = (RestDoor if name is TierName.REST else ScimDoor)(settings, secret, limiter)
                self._doors[name] = DoorTier(door, settings, self.open_doors, self._shut)
        if self._doors and settings.email is None:
            raise SettingsError(
                f"{variable('email')} is not set: it says whose keys these are, and that account is never deactivated.",
                advice="set it to the admin who owns the key or token",
            )
        if not self._doors and TierName.CONSOLE not in self.order:
            raise SettingsError(
                f"{variable('tiers')} names no tier that can be used: {listed(self._missing)}.",
                advice="set what is missing, or name console as well",
            )

    async def close(self) -> None:
        """Closes connections. Safe to call twice."""
        for tier in self._doors.values():
            await tier.door.close()

    def begin(
        self, *, overrides: Collection[Guard], dry_run: bool, scrub: Callable[[str], str], alone: asyncio.Lock
    ) -> Run:
        """A run begins: what was read of the directory before is read anew.

        `alone` is held by who counts admins, in whichever lane and through whichever tier.
        """
        for tier in self._doors.values():
            tier.forget()
        return Run(overrides, dry_run, scrub, alone)

    # -- carrying out --------------------------------------------------------------------------------------------------
    async def carry_out(
        self, run: Run, console: ConsoleTier, operation: Operation, memory: Memory, intend: Intend
    ) -> list[Outcome]:
        """The outcomes of one operation of a run. Raises Stop where the run goes no further.

        `console` is the lane that it may use; it is used only where the console is one of the tiers.
        """
        work = Work(self, run, console, operation, memory, intend)
        if isinstance(operation, ImportPeople | InvitePeople):
            return await work.many(operation)
        acted = memory.acted
        job = work.job(operation, acted=acted, settled=dict(memory.settled))
        return [await work.one(job)]

    def tier(self, name: TierName, console: ConsoleTier) -> Tier | None:
        """The tier of this name; None where it has no credentials."""
        return console if name is TierName.CONSOLE else self._doors.get(name)

    def facts(self, run: Run, console: ConsoleTier, notes: list[str]) -> OpenTiers:
        """What guards can ask in a lane."""
        uses_console = TierName.CONSOLE in self.order
        breaker = self.breakers[TierName.CONSOLE] if uses_console else Breaker(0)
        return OpenTiers(console if uses_console else None, breaker, self.open_doors, run.seats, run.alone, notes)

    def _shut(self, name: TierName, reason: str) -> None:
        self.breakers[name].opened(reason)

    def open_doors(self) -> list[DoorTier]:
        """The tiers without a browser that are not known to be shut, in their order."""
        return [tier for name, tier in self._doors.items() if self.breakers[name].reason is None]

    def candidates(self, operation: Operation, passed: dict[TierName, str]) -> list[tuple[TierName, Share]]:
        """The tiers that may do it, in the order to try them; why not the others is added to `passed`.

        Somebody new may be made by one tier and completed by another. A change of somebody who is here is divided only
        where no tier does all of it.
        """
        whole: list[tuple[TierName, Share]] = []
        parts: list[tuple[TierName, Share]] = []
        for name in self.order:
            if name in self._missing:
                passed[name] = self._missing[name]
                continue
            share = Share(operation) if name is TierName.CONSOLE else self._doors[name].supports(operation)
            if share.mine is None or (share.rest is not None and not self._can_finish(share.rest, name)):
                passed[name] = share.lacks
            elif share.rest is None or isinstance(operation, Invite):
                whole.append((name, share))
            else:
                parts.append((name, share))
        if whole:
            passed.update((name, share.lacks) for name, share in parts)
        return whole or parts

    def _can_finish(self, rest: Edit, without: TierName) -> bool:
        """Whether another tier, not known to be shut, can do what one leaves."""
        for name in self.order:
            if name is without or name in self._missing or self.breakers[name].reason is not None:
                continue
            share = Share(rest) if name is TierName.CONSOLE else self._doors[name].supports(rest)
            if share.mine is not None and share.rest is None:
                return True
        return False

    def shut(self, name: TierName) -> str | None:
        """Why a tier is left alone now."""
        return self._missing.get(name) or self.breakers[name].reason

    # -- reading -------------------------------------------------------------------------------------------------------
    async def read(
        self,
        through_console: Callable[[], Awaitable[T]],
        otherwise: Callable[[DoorTier], Awaitable[T]] | None,
        say: Callable[[str], None],
        what: str,
    ) -> T:
        """Reads through the console, which alone shows everything, and through another tier where it is not available.

        Raises what the console raised, or NoTier, where no tier can answer.
        """
        reasons: dict[TierName, str] = {}
        failure: ConnectorError | None = None
        if TierName.CONSOLE in self.order:
            breaker = self.breakers[TierName.CONSOLE]
            reason = await breaker.enter()
            if reason is None:
                try:
                    answer = await through_console()
                except (ConsoleUnavailable, SettingsError) as error:
                    failure, reason = error, error.message
                    breaker.opened(reason)
                except BaseException:
                    breaker.left()
                    raise
                else:
                    breaker.closed()
                    return answer
            reasons[TierName.CONSOLE] = reason
        for name in self.order:
            tier = self._doors.get(name)
            if tier is None or otherwise is None:
                if name in self._missing:
                    reasons[name] = self._missing[name]
                continue
            reason = await self.breakers[name].enter()
            if reason is None:
                try:
                    answer = await otherwise(tier)
                except DoorShut as error:
                    self.breakers[name].opened(error.message)
                    reason = error.message
                except BaseException:
                    self.breakers[name].left()
                    raise
                else:
                    self.breakers[name].closed()
                    why = f"; {listed(reasons)}" if reasons else ""
                    say(f"{what}: read through {name.value}, which does not show {tier.unshown()}{why}.")
                    return answer
            reasons[name] = reason
        if failure is not None:
            raise failure
        raise NoTier(f"{what}: no tier can answer; {listed(reasons) or 'only the console shows it'}", advice=NO_TIER)
