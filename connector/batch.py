"""Carries operations out, in one lane or several, and turns whatever happens into outcomes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from playwright.async_api import Error as PlaywrightError

from connector import guard_log, guards, scope
from connector.actions import directory, reading
from connector.actions.context import Context, SeenGroups
from connector.actions.perform import perform
from connector.addresses import address_key
from connector.brake import mass_change_brake
from connector.console import Console
from connector.errors import (
    AuditFailed,
    ConnectorError,
    ConsoleDrift,
    EffectUnknown,
    LaneLost,
    OperationFailed,
    Refused,
    SessionEnded,
)
from connector.evidence import Evidence, OperationEvidence, StepLog
from connector.guards import Overrides
from connector.intents import predecessors
from connector.journal import Intend, Journal, Memory, Stop, Unsettled, Work, unless_seats_lacked
from connector.lanes import side_by_side
from connector.models import (
    Deactivate,
    Guard,
    ImportPeople,
    InvitePeople,
    Operation,
    Outcome,
    Person,
    Report,
    Result,
)
from connector.plan_models import Completeness
from connector.retention import remove_old_evidence
from connector.run_log import RunLog
from connector.settings import Settings
from connector.trace_folders import remove_leftovers
from connector.wording import cut_short, email_of, group_of, in_order, mapped, name_of, not_attempted

if TYPE_CHECKING:
    from connector.tiers.doors import DoorTier
    from connector.tiers.router import Router

T = TypeVar("T")

_MOST_LOST = 3
"""So many operations in a row whose tab goes away end the run."""


@dataclass
class Batch:
    """One run of operations on one console, in `lanes` tabs at most.

    `on_outcome` hears of each outcome as soon as it is known, in whichever order they come; reports keep the order of
    the operations.
    """

    console: Console
    evidence: Evidence
    run: str
    lanes: int = 1
    dry_run: bool = False
    overrides: Collection[Guard] = ()
    on_outcome: Callable[[Outcome], None] = lambda outcome: None
    progress: directory.Progress = lambda what, done, total: None
    say: Callable[[str], None] = lambda text: None
    router: Router | None = None
    """Chooses among the tiers where the console is not the only one (docs/tiers.md)."""
    log: RunLog = field(default_factory=RunLog)
    seen_groups: SeenGroups = field(default_factory=SeenGroups)

    async def carry_out(
        self,
        operations: Sequence[Operation],
        journal: Journal | None = None,
        *,
        lifted: Sequence[Overrides] | None = None,
        gone: Collection[str] = (),
    ) -> Report:
        """Runs the operations in their order; `journal` knows those that an earlier attempt has finished.

        Args:
            operations: what to do.
            journal: keeps what becomes of each; without one nothing is kept.
            lifted: for each operation the guards that are lifted for it alone; else `overrides` are, for all.
            gone: by `address_key`, who has lost access in this run before: the mass-change brake counts them, too.

        Raises ConnectorError only where nothing was done yet; what stops a run later is told by its report.
        """
        settings = self.console.settings
        with scope.within(run="dry-run" if self.dry_run else self.run):
            await asyncio.to_thread(self._tidy, settings)
            await self.log.run_begun(settings.url, self.console.account, operations, self.overrides)
            try:
                ended: Report | ConnectorError = await self._carried_out(operations, journal, lifted, gone)
            except ConnectorError as error:
                ended = error
            try:
                await self.log.run_ended(ended)
            except AuditFailed as error:  # what was done is to be told all the same
                self.console.say(f"That the run ended could not be written down: {error.message} ({error.seen}).")
        if isinstance(ended, ConnectorError):
            raise ended
        return ended

    def _tidy(self, settings: Settings) -> None:
        """Removes old evidence, and what killed processes left of traces in the making."""
        say = self.console.say
        remove_old_evidence(self.evidence.folder.parent, settings.evidence_days, keep=self.evidence.folder, say=say)
        remove_leftovers(settings.state_dir)

    async def _carried_out(
        self,
        operations: Sequence[Operation],
        journal: Journal | None,
        lifted: Sequence[Overrides] | None,
        gone: Collection[str],
    ) -> Report:
        journal = journal or Journal()
        lifts = lifted if lifted is not None else [self.overrides] * len(operations)
        outcomes: dict[int, list[Outcome]] = {}
        stops: dict[int, Stop] = {}
        lost = 0
        ways = self._ways()
        brake = await journal.decide(
            lambda: mass_change_brake(operations, lifts, gone, self.console.settings, self._few, self.everybody)
        )
        lifted_by_any = frozenset(chain.from_iterable(lifts))
        waits = predecessors(operations, lifted_by_any)
        needs = cache(lambda: predecessors(operations, lifted_by_any, seats=False))
        cut_off: set[int] = set()
        lanes = max(1, min(self.lanes, len(operations)))
        consoles = [self.console, *(self.console.beside() for _ in range(lanes - 1))]

        async def work(lane: int, number: int) -> None:
            nonlocal lost
            operation = operations[number]
            if cut_off and (before := needs()[number] & cut_off):
                cut_off.add(number)
                why = f"{' '.join(name_of(operations[min(before)]))} before it was cut short"
                outcomes[number] = self._told(journal.known(number, operation) or not_attempted(operation, why))
                return
            doing = ways(consoles[lane], number, operation, lifts[number])
            if waits[number] & cut_off:
                doing = partial(unless_seats_lacked, doing)
            if brake is not None and isinstance(operation, Deactivate) and Guard.MASS_CHANGE not in lifts[number]:
                doing = partial(self._refused_by, brake, operation)
            try:
                found = await journal.perform(number, operation, doing)
                lost = 0
            except Unsettled as unsettled:
                outcomes[number] = self._told(unsettled.outcomes or [])
                return
            except Stop as stop:
                lost += 1
                cut_off.add(number)
                # A tab that goes away costs the operation in hand; where they all go, so does the run.
                if isinstance(stop.error, LaneLost) and stop.outcomes is not None and lost < _MOST_LOST:
                    outcomes[number] = self._told(stop.outcomes)
                    return
                stops[number] = stop
                raise
            outcomes[number] = self._told(found)

        try:
            await side_by_side(waits, lanes, work)
        except Stop as stop:
            if not outcomes and not any(each.acted for each in stops.values()):
                raise stop.error from stop
            for number, operation in enumerate(operations):
                if number in stops and (found := stops[number].outcomes) is not None:
                    outcomes[number] = self._told(found)
                elif number not in outcomes:
                    why = f"the run stopped before ({stop.error.message})"
                    outcomes[number] = self._told(journal.known(number, operation) or not_attempted(operation, why))
            return Report(run=self.run, outcomes=in_order(outcomes), stopped=stop.error.exit_code)
        finally:
            for console in consoles[1:]:
                await console.close()
        return Report(run="dry-run" if self.dry_run else self.run, outcomes=in_order(outcomes))

    def _ways(self) -> Callable[[Console, int, Operation, Overrides], Work]:
        """How an operation is carried out: in a lane of the console, or by whichever tier the router chooses."""
        router = self.router
        if router is None:
            return lambda console, number, operation, lifted: partial(self._in_lane, console, number, operation, lifted)
        from connector.tiers.console import ConsoleTier

        run = router.begin(
            overrides=self.overrides,
            dry_run=self.dry_run,
            scrub=self.evidence.scrub,
            alone=self.console.one_by_one,
        )

        def routed(console: Console, number: int, asked: Operation, lifted: Overrides) -> Work:
            async def in_lane(
                operation: Operation, memory: Memory, intend: Intend, overrides: Collection[Guard]
            ) -> list[Outcome]:
                found, _ = await self._one(console, number, operation, overrides, memory, intend)
                return found

            tier = ConsoleTier(in_lane, partial(self._read, console))

            async def by_a_tier(memory: Memory, intend: Intend) -> tuple[list[Outcome], bool]:
                sent = False

                async def intended(keys: Collection[str], settled: Mapping[str, Outcome]) -> None:
                    nonlocal sent
                    await intend(keys, settled)
                    sent = True

                found = await router.carry_out(replace(run, overrides=lifted), tier, asked, memory, intended)
                return found, sent

            return partial(self._witnessed, asked, by_a_tier)

        return routed

    async def _in_lane(
        self, console: Console, number: int, operation: Operation, lifted: Overrides, memory: Memory, intend: Intend
    ) -> list[Outcome]:
        work = partial(self._one, console, number, operation, lifted)
        return await self._witnessed(operation, work, memory, intend)

    async def _witnessed(
        self,
        operation: Operation,
        work: Callable[[Memory, Intend], Awaitable[tuple[list[Outcome], bool]]],
        memory: Memory,
        intend: Intend,
    ) -> list[Outcome]:
        """The outcomes of one operation, whichever tier acts; intents and outcomes go into the logs. Raises Stop."""

        async def intended(keys: Collection[str], settled: Mapping[str, Outcome]) -> None:
            await intend(keys, settled)
            await self.log.intended(operation, keys)

        kind, address = name_of(operation)
        with scope.within(operation=kind, address=address), guard_log.collected() as decided:
            try:
                found, acted = await work(memory, intended)
            except Stop as stop:
                if stop.outcomes is not None:
                    await self._written_down(stop.outcomes, decided, acted=stop.acted)
                raise
            await self._written_down(found, decided, acted=acted)
            return found

    async def _few(self, leavers: int) -> bool:
        """Whether so many are few already by the seats that the console says are used, without a list of thousands."""
        if self.router is not None:
            return False

        async def by_seats(context: Context) -> bool:
            await context.people.open()
            pools = await directory.free_seats(context)
            return guards.few_by_seats(leavers, sum(pool.used for pool in pools), self.console.settings)

        return await self.read("count who would lose access", by_seats)

    async def _refused_by(self, brake: Outcome, operation: Deactivate, memory: Memory, intend: Intend) -> list[Outcome]:
        """What stands for the whole run is the outcome of this operation, too."""
        found = [brake.model_copy(update={"email": operation.email})]
        await self._written_down(found, [], acted=False)
        return found

    async def _written_down(self, found: list[Outcome], decided: list[guard_log.GuardEntry], *, acted: bool) -> None:
        """Keeps outcomes in the logs. Raises Stop where they cannot be."""
        try:
            await self.log.outcomes(found, [each.guard for each in decided if each.said in ("lifted", "approved")])
        except AuditFailed as error:
            raise Stop(error, found, acted=acted) from error

    async def everybody(self, what: str) -> Sequence[Person]:
        """Everybody, through the console or, where it is not to be had, another tier."""

        async def listed(context: Context) -> Sequence[Person]:
            return await directory.everybody(context, "", self.progress)

        return await self.read_anyhow(what, listed, lambda tier: tier.everybody())

    async def read_anyhow(
        self,
        what: str,
        action: Callable[[Context], Awaitable[T]],
        otherwise: Callable[[DoorTier], Awaitable[T]] | None,
    ) -> T:
        """As `read`; where the console is not to be had and there are other tiers, as `otherwise` reads through one."""
        if self.router is None:
            return await self.read(what, action)
        return await self.router.read(lambda: self.read(what, action), otherwise, self.say, what)

    def _told(self, found: list[Outcome]) -> list[Outcome]:
        for outcome in found:
            self.on_outcome(outcome)
        return found

    async def _context(self, console: Console, overrides: Overrides = ()) -> Context:
        console.steps = StepLog(self.log.step)
        lane = await self._with_evidence(console, console.lane, "sign in")
        return Context(console, lane, self.evidence, overrides, self.dry_run, seen_groups=self.seen_groups)

    async def _one(
        self,
        console: Console,
        number: int,
        operation: Operation,
        overrides: Overrides,
        memory: Memory,
        intend: Intend,
    ) -> tuple[list[Outcome], bool]:
        """The outcomes of one operation in a lane, with their evidence, and whether anything was sent.

        Raises Stop where the run goes no further.
        """
        evidence = self.evidence.of_operation(number, operation)
        with guard_log.collected() as decided:
            try:
                found, acted = await self._attempted(console, operation, overrides, memory, intend, evidence)
            except Stop as stop:
                if stop.outcomes is not None:
                    stop.outcomes = await self._kept(console, evidence, stop.outcomes, decided, acted=stop.acted)
                raise
            return await self._kept(console, evidence, found, decided, acted=acted), acted

    async def _attempted(
        self,
        console: Console,
        operation: Operation,
        overrides: Overrides,
        memory: Memory,
        intend: Intend,
        evidence: OperationEvidence,
    ) -> tuple[list[Outcome], bool]:
        """The outcomes of one operation, and whether anything was sent. Raises Stop."""
        settled = dict(memory.settled)
        try:
            context = await self._context(console, overrides)
        except ConnectorError as error:
            raise Stop(error, cut_short(operation, settled) if memory.acted else None, acted=memory.acted) from error
        context.evidence = evidence
        context.acted = context.judged = context.doubtful = memory.acted
        context.sent = set(memory.sent)
        context.intend = lambda keys: intend(keys, settled)
        if evidence.wants_trace:
            await console.tracing.begin(context.lane.page.context, " ".join(name_of(operation)))
        try:
            return await self._guarded(context, operation, settled), context.acted
        except ConnectorError as error:
            if context.acted and isinstance(error, ConsoleDrift):
                before = "it was clicked before this, and may have been done: look in the console"
                error.advice = f"{before}; {error.advice}"
            found = self._interrupted(context, operation, settled, error)
            raise Stop(error, found, acted=context.acted) from error

    async def _kept(
        self,
        console: Console,
        evidence: OperationEvidence,
        found: list[Outcome],
        decided: list[guard_log.GuardEntry],
        *,
        acted: bool,
    ) -> list[Outcome]:
        """The outcomes with the evidence that belongs to them; what cannot be kept is said, and stops nothing."""
        trace = await console.end_trace() if evidence.wants_trace else None
        if not found or not evidence.wanted(found, acted=acted):
            return found
        lane = console.current_lane
        try:
            files = await evidence.finish(
                lane.page if lane is not None else None,
                console.steps,
                found,
                decided,
                acted=acted,
                trace=trace,
                remarks=console.tracing.remarks() if evidence.wants_trace else (),
            )
        except OSError as error:
            console.say(f"Evidence could not be written to {evidence.folder}: {error.strerror or error}.")
            return found
        # What belongs to the whole operation is named once: where something went wrong, else first.
        place = next((n for n, each in enumerate(found) if each.result in (Result.FAILED, Result.UNKNOWN)), 0)
        named = found[place].model_copy(update={"evidence": (*found[place].evidence, *map(str, files))})
        return [*found[:place], named, *found[place + 1 :]]

    async def sign_in_by_hand(self, seconds: float) -> None:
        """Lets a person sign in and saves the session."""
        console = self.console
        await self._with_evidence(console, lambda: console.sign_in_by_hand(seconds), "sign in by hand")

    async def read(self, what: str, action: Callable[[Context], Awaitable[T]]) -> T:
        """Runs one reading action with a signed-in lane; after a session ended it begins anew."""
        return await self._read(self.console, what, action)

    async def _read(self, console: Console, what: str, action: Callable[[Context], Awaitable[T]]) -> T:
        context = await self._context(console)
        return await self._with_evidence(console, lambda: context.steadily(lambda: action(context)), what)

    async def directory(self, complete: Completeness, named: Collection[str]) -> Sequence[Person]:
        """Everybody, read as for a plan (see `reading.people_for`), by whichever tier can."""

        async def read(context: Context) -> Sequence[Person]:
            return await reading.people_for(context, complete=complete, named=named, progress=self.progress)

        return await self.read_anyhow("compare with the plan", read, lambda tier: tier.found(""))

    async def survey(self, what: str, action: Callable[[Context], Awaitable[T]]) -> T:
        """Like `read`, and goes on where the list of people is not as expected: the action tells what is there."""
        try:
            context = await self._context(self.console)
        except ConsoleDrift:
            lane = self.console.current_lane
            if lane is None or await lane.asks_to_sign_in():
                raise
            context = Context(self.console, lane, self.evidence)
            return await self._with_evidence(self.console, lambda: action(context), what)
        return await self._with_evidence(self.console, lambda: context.steadily(lambda: action(context)), what)

    async def _guarded(self, context: Context, operation: Operation, settled: dict[str, Outcome]) -> list[Outcome]:
        """The outcomes of one operation. Raises what stops the whole run, with evidence attached."""
        kind, name = name_of(operation)
        email = email_of(operation)
        try:
            return await self._with_evidence(
                context.console,
                lambda: context.steadily(lambda: perform(context, operation, self.progress, settled)),
                f"{kind} {name} at the end",
                context.evidence,
            )
        except Refused as refusal:
            if refusal.guard is Guard.WRONG_TENANT:
                raise
            return [self._ended(context, operation, email, Result.REFUSED, refusal)]
        except OperationFailed as failure:
            return [self._ended(context, operation, email, Result.FAILED, failure)]
        except EffectUnknown as doubt:
            return [self._ended(context, operation, email, Result.UNKNOWN, doubt)]

    def _ended(
        self, context: Context, operation: Operation, email: str, result: Result, error: ConnectorError
    ) -> Outcome:
        outcome = context.outcome(operation.operation, email, result, error.in_one_line())
        return outcome.model_copy(
            update={
                "group": group_of(operation),
                "guard": error.guard if isinstance(error, Refused) else None,
                "objections": guards.objections_of(error) if isinstance(error, Refused) else (),
                "evidence": (*outcome.evidence, *map(str, error.evidence)),
            }
        )

    def _interrupted(
        self, context: Context, operation: Operation, settled: dict[str, Outcome], error: ConnectorError
    ) -> list[Outcome]:
        result = Result.UNKNOWN if context.acted else Result.FAILED
        if not isinstance(operation, ImportPeople | InvitePeople):
            return [self._ended(context, operation, email_of(operation), result, error)]
        return [
            settled.get(address_key(person.email)) or self._ended(context, operation, person.email, result, error)
            for person in operation.people
        ]

    async def _with_evidence(
        self, console: Console, action: Callable[[], Awaitable[T]], name: str, evidence: Evidence | None = None
    ) -> T:
        """Runs an action; an error of the browser becomes one of ours, and failures get their evidence.

        `evidence` is that of the operation where it is one; what fails besides belongs to the run.
        """
        try:
            try:
                return await action()
            except PlaywrightError as error:
                raise mapped(error) from error
        except SessionEnded:
            raise
        except ConnectorError as error:
            error.rewrite(self.evidence.scrub)
            if not isinstance(error, Refused) and not error.evidence and error.exit_code != 2:
                lane = console.current_lane
                page = lane.page if lane is not None else None
                with suppress(OSError):  # a full disk must not hide what went wrong
                    error.evidence = await (evidence or self.evidence).failure(page, name, console.steps, str(error))
            raise
