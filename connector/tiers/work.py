"""One operation of a run, through whichever tiers it takes.

A tier that is found shut is passed over, and the outcome says why. An answer, also one that refuses, is never a reason
to try another tier. Where something may have been sent, whoever goes on looks first (docs/decisions/0017-tiers.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from connector import guards
from connector.addresses import address_key
from connector.errors import (
    ConnectorError,
    ConsoleUnavailable,
    EffectUnknown,
    LaneLost,
    OperationFailed,
    Refused,
    SettingsError,
)
from connector.journal import Intend, Memory, Stop
from connector.models import Guard, ImportPeople, Invite, InvitePeople, Operation, Outcome, Result
from connector.settings import TierName
from connector.tiers.console import ConsoleTier
from connector.tiers.facts import Seats
from connector.tiers.protocol import NO_TIER, DoorShut, Gap, Job, NoTier, Share, Tier, listed
from connector.wording import held_back, not_importable

if TYPE_CHECKING:
    from connector.tiers.router import Router


@dataclass(frozen=True)
class Run:
    """What all operations of a run have in common."""

    overrides: Collection[Guard]
    dry_run: bool
    scrub: Callable[[str], str]
    alone: asyncio.Lock
    seats: Seats = field(default_factory=Seats)


class Work:
    """One operation of a run, in one lane."""

    def __init__(
        self,
        router: Router,
        run: Run,
        console: ConsoleTier,
        operation: Operation,
        memory: Memory,
        intend: Intend,
    ) -> None:
        self._router = router
        self._run = run
        self._console = console
        self._operation = operation
        self._memory = memory
        self._intend = intend

    def job(self, operation: Operation, *, acted: bool, settled: Mapping[str, Outcome]) -> Job:
        notes: list[str] = []

        async def intend(keys: Collection[str]) -> None:
            await self._intend(keys, settled)

        return Job(
            operation=operation,
            asked=operation,
            facts=self._router.facts(self._run, self._console, notes),
            intend=intend,
            overrides=self._run.overrides,
            dry_run=self._run.dry_run,
            acted=acted,
            notes=notes,
        )

    # -- one person ----------------------------------------------------------------------------------------------------
    async def one(self, job: Job) -> Outcome:
        """The outcome of an operation on one person. Raises Stop."""
        passed: dict[TierName, str] = {}
        shut: set[TierName] = set()
        router, sent_by = self._router, None
        for name, share in router.candidates(job.operation, passed):
            tier = router.tier(name, self._console)
            assert tier is not None
            assert share.mine is not None
            breaker = router.breakers[name]
            if (reason := await breaker.enter()) is not None:
                passed[name] = reason
                shut.add(name)
                continue
            mine = replace(job, operation=share.mine)
            try:
                outcome = await self._by(tier, mine)
            except Gap as gap:
                breaker.closed()
                passed[name] = str(gap)
                continue
            except DoorShut as error:
                breaker.opened(error.message)
                passed[name] = error.message
                shut.add(name)
                sent_by = sent_by or (name if mine.acted and not job.acted else None)
                job.acted = mine.acted
                continue
            except Stop as stop:
                # Of these only a console that cannot be had is a shut door: what is wrong with its screens, or with the
                # run itself, stops the run whichever tier met it.
                if not isinstance(stop.error, ConsoleUnavailable | SettingsError):
                    breaker.left()
                    raise
                if isinstance(stop.error, LaneLost):
                    breaker.left()
                else:
                    breaker.opened(stop.error.message)
                passed[name] = stop.error.message
                shut.add(name)
                sent_by = sent_by or (name if stop.acted and not job.acted else None)
                job.acted = job.acted or stop.acted
                if self._none_left(job.operation, name):
                    raise Stop(stop.error, self._told_all(stop.outcomes, passed, sent_by), acted=job.acted) from stop
                continue
            except BaseException:
                breaker.left()
                raise
            breaker.closed()
            if share.rest is not None:
                outcome = await self._complete(mine, share, outcome, name)
            return self._told(outcome, passed, job.notes, sent_by)
        return self._nobody(job, passed, sent_by, available=not shut)

    async def _by(self, tier: Tier, job: Job) -> Outcome:
        """What one tier makes of it: its answer, whatever it is. Raises Gap, DoorShut, Stop."""
        try:
            return await tier.carry_out(job)
        except Refused as refusal:
            outcome = job.outcome(tier.name, _email(job), Result.REFUSED, refusal.in_one_line())
            return outcome.model_copy(update={"guard": refusal.guard, "objections": guards.objections_of(refusal)})
        except OperationFailed as failure:
            return job.outcome(tier.name, _email(job), Result.FAILED, failure.in_one_line())
        except EffectUnknown as doubt:
            return job.outcome(tier.name, _email(job), Result.UNKNOWN, doubt.in_one_line())
        except DoorShut:
            raise
        except ConnectorError as error:
            result = Result.UNKNOWN if job.acted else Result.FAILED
            found = [job.outcome(tier.name, _email(job), result, error.in_one_line())]
            raise Stop(error, found, acted=job.acted) from error

    async def _complete(self, job: Job, share: Share, made: Outcome, name: TierName) -> Outcome:
        """The one outcome of an operation that two tiers share, the first of which has done its part."""
        assert share.rest is not None
        if made.would:
            return made.model_copy(update={"message": f"{made.message}; the rest by another tier, as it {share.lacks}"})
        if made.result not in (Result.DONE, Result.ALREADY):
            return made
        overrides = job.overrides
        if name is TierName.SCIM and isinstance(job.asked, Invite):
            # Who was made through SCIM just now is marked as SCIM's: nobody else's sync is in the way yet.
            overrides = guards.lifting(overrides, Guard.SCIM_MANAGED)
        rest = replace(job, operation=share.rest, asked=share.rest, overrides=overrides, acted=False)
        try:
            done = await self.one(rest)
        except Stop as stop:
            said = stop.outcomes[0].message if stop.outcomes else stop.error.message
            failed = self._half_done(job, made, said, stop.acted)
            raise Stop(stop.error, [failed], acted=True) from stop
        if done.result not in (Result.DONE, Result.ALREADY):
            return self._half_done(job, made, done.message, done.result is Result.UNKNOWN).model_copy(
                update={"guard": done.guard, "evidence": done.evidence}
            )
        return made.model_copy(
            update={
                "message": f"{made.message}; {done.message}",
                "tier": f"{made.tier}+{done.tier}",
                "evidence": (*made.evidence, *done.evidence),
                "seconds": done.seconds,
            }
        )

    def _half_done(self, job: Job, made: Outcome, said: str, unknown: bool) -> Outcome:
        result = Result.UNKNOWN if unknown else Result.FAILED
        return made.model_copy(update={"result": result, "message": f"{made.message}, but not the rest: {said}"})

    def _none_left(self, operation: Operation, after: TierName) -> bool:
        """Whether no tier that supports it is left to try."""
        names = [name for name, _ in self._router.candidates(operation, {})]
        return all(self._router.shut(name) is not None for name in names[names.index(after) + 1 :])

    def _nobody(
        self, job: Job, passed: Mapping[TierName, str], sent_by: TierName | None, *, available: bool
    ) -> Outcome:
        """No tier was left. Raises Stop where one would do it if it were available; else that is an answer."""
        email = _email(job)
        reasons = listed({name: passed[name] for name in self._router.order if name in passed})
        if not available:
            error = NoTier(f"no tier is available to {job.asked.operation}: {reasons}", whom=email, advice=NO_TIER)
            if not job.acted:
                raise Stop(error, [self._plain(job, email, Result.FAILED, error.message)])
            message = f"sent through {sent_by.value if sent_by else 'a tier'} and not read back: {reasons}"
            raise Stop(error, [self._plain(job, email, Result.UNKNOWN, message)], acted=True)
        return self._plain(job, email, Result.FAILED, f"no tier can do this: {reasons}")

    def _plain(self, job: Job, email: str, result: Result, message: str) -> Outcome:
        name = self._router.order[-1]
        return job.outcome(name, email, result, self._run.scrub(message))

    def _told(
        self, outcome: Outcome, passed: Mapping[TierName, str], notes: Sequence[str], sent_by: TierName | None = None
    ) -> Outcome:
        """The outcome with why other tiers were passed over, and what was not checked."""
        said = [outcome.message]
        if sent_by is not None:
            said.append(f"sent through {sent_by.value} before, whose answer was lost")
        acting = TierName(outcome.tier.partition("+")[0])
        order = self._router.order
        if before := {name: passed[name] for name in order[: order.index(acting)] if name in passed}:
            said.append(f"passed over: {listed(before)}")
        said += dict.fromkeys(notes)
        return outcome.model_copy(update={"message": self._run.scrub("; ".join(said))})

    def _told_all(
        self, outcomes: list[Outcome] | None, passed: Mapping[TierName, str], sent_by: TierName | None
    ) -> list[Outcome] | None:
        return None if outcomes is None else [self._told(outcome, passed, (), sent_by) for outcome in outcomes]

    # -- many people ---------------------------------------------------------------------------------------------------
    async def many(self, operation: ImportPeople | InvitePeople) -> list[Outcome]:
        """The outcomes of an operation on many people: person by person through tiers without a browser.

        As soon as the console is the first that is available, all who are left go through it at once. Where bad rows
        are not to be skipped, everybody is judged before anybody is sent.
        """
        settled = dict(self._memory.settled)
        keys = frozenset(address_key(person.email) for person in operation.people)
        strict = isinstance(operation, ImportPeople) and not operation.skip_bad_rows
        left = [person for person in operation.people if address_key(person.email) not in settled]
        if strict and not self._run.dry_run and not self._memory.acted and not self._first_is_console(left):
            judged = [await self._row(operation, person, settled, keys, dry_run=True) for person in left]
            bad = [each for each in judged if not each.would and each.result is not Result.ALREADY]
            if bad:
                return self._held_back(operation, judged, len(bad))
        while left:
            if self._first_is_console(left):
                await self._rest_by_console(operation, left, settled)
                break
            awaited = {address_key(person.email) for person in left}
            person = next((each for each in left if not awaited & set(map(address_key, each.managers))), left[0])
            left.remove(person)
            try:
                settled[address_key(person.email)] = await self._row(operation, person, settled, keys)
            except Stop as stop:
                found = {address_key(each.email): each for each in stop.outcomes or ()}
                raise Stop(stop.error, self._cut_short(operation, settled | found, stop), acted=True) from stop
        return [settled[address_key(person.email)] for person in operation.people]

    async def _row(
        self,
        operation: ImportPeople | InvitePeople,
        person: Invite,
        settled: Mapping[str, Outcome],
        also: frozenset[str],
        *,
        dry_run: bool | None = None,
    ) -> Outcome:
        sent = address_key(person.email) in self._memory.sent
        job = replace(self.job(person, acted=sent, settled=settled), also=also)
        if dry_run is not None:
            job.dry_run = dry_run
        outcome = await self.one(job)
        return outcome.model_copy(update={"operation": operation.operation})

    def _first_is_console(self, people: Sequence[Invite]) -> bool:
        """Whether the first tier that is available is the console, for people of whom nothing was sent yet."""
        if any(address_key(person.email) in self._memory.sent for person in people):
            return False
        open_ones = (name for name in self._router.order if self._router.shut(name) is None)
        return next(open_ones, None) is TierName.CONSOLE

    async def _rest_by_console(
        self, operation: ImportPeople | InvitePeople, left: Sequence[Invite], settled: dict[str, Outcome]
    ) -> None:
        before = dict(settled)

        async def intend(keys: Collection[str], more: Mapping[str, Outcome]) -> None:
            await self._intend(keys, before | dict(more))

        part = operation.model_copy(update={"people": tuple(left)})
        try:
            found = await self._console.work(part, Memory(), intend, self._run.overrides)
        except Stop as stop:
            if stop.outcomes is None and not settled:
                raise
            known = settled | {address_key(each.email): each for each in stop.outcomes or ()}
            raise Stop(stop.error, self._cut_short(operation, known, stop), acted=stop.acted or bool(settled)) from stop
        passed: dict[TierName, str] = {
            name: reason
            for name in self._router.order
            if name is not TierName.CONSOLE and (reason := self._router.shut(name)) is not None
        }
        for outcome in found:
            settled[address_key(outcome.email)] = self._told(outcome, passed, ())

    def _cut_short(
        self, operation: ImportPeople | InvitePeople, known: Mapping[str, Outcome], stop: Stop
    ) -> list[Outcome]:
        return [
            known.get(address_key(person.email))
            or Outcome(
                operation=operation.operation,
                email=person.email,
                result=Result.FAILED,
                message=self._run.scrub(f"not attempted: {stop.error.message}"),
            )
            for person in operation.people
        ]

    def _held_back(self, operation: ImportPeople | InvitePeople, judged: Sequence[Outcome], bad: int) -> list[Outcome]:
        message = held_back(not_importable(bad))
        return [
            each.model_copy(update={"message": message, "would": False, "result": Result.REFUSED})
            if each.would
            else each
            for each in judged
        ]


def _email(job: Job) -> str:
    return str(getattr(job.operation, "email", ""))
