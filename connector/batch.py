"""Carries operations out, in one lane or several, and turns whatever happens into outcomes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from connector import guards
from connector.actions import directory
from connector.actions.context import Context, SeenGroups
from connector.actions.deactivate import deactivate
from connector.actions.edit import edit
from connector.actions.groups import create_group, delete_group
from connector.actions.import_csv import import_people
from connector.actions.invite import invite
from connector.actions.invite_list import invite_people
from connector.actions.reactivate import reactivate, resend
from connector.addresses import address_key
from connector.console import Console
from connector.errors import (
    ConnectorError,
    ConsoleDrift,
    ConsoleUnavailable,
    EffectUnknown,
    LaneLost,
    OperationFailed,
    Refused,
    SessionEnded,
)
from connector.evidence import Evidence, StepLog
from connector.intents import predecessors
from connector.journal import Intend, Journal, Memory, Stop, Work
from connector.lanes import side_by_side
from connector.models import (
    CreateGroup,
    Deactivate,
    DeleteGroup,
    Edit,
    Guard,
    ImportPeople,
    Invite,
    InvitePeople,
    Operation,
    Outcome,
    Reactivate,
    Report,
    Resend,
    Result,
    Status,
    people_of,
)

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
    seen_groups: SeenGroups = field(default_factory=SeenGroups)

    async def carry_out(self, operations: Sequence[Operation], journal: Journal | None = None) -> Report:
        """Runs the operations in their order; `journal` knows those that an earlier attempt has finished.

        Raises ConnectorError only where nothing was done yet; what stops a run later is told by its report.
        """
        journal = journal or Journal()
        outcomes: dict[int, list[Outcome]] = {}
        stops: dict[int, Stop] = {}
        lost = 0
        brake = await journal.decide(lambda: self._brake(operations))
        waits = predecessors(operations, self.overrides)
        lanes = max(1, min(self.lanes, len(operations)))
        consoles = [self.console, *(self.console.beside() for _ in range(lanes - 1))]

        async def work(lane: int, number: int) -> None:
            nonlocal lost
            operation = operations[number]
            doing: Work = partial(self._one, consoles[lane], operation)
            if brake is not None and isinstance(operation, Deactivate):
                doing = partial(_refused_by, brake, operation)
            try:
                found = await journal.perform(number, operation, doing)
                lost = 0
            except Stop as stop:
                lost += 1
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
                    outcomes[number] = self._told(not_attempted(operation, why))
            return Report(run=self.run, outcomes=_in_order(outcomes), stopped=stop.error.exit_code)
        finally:
            for console in consoles[1:]:
                await console.close()
        return Report(run="dry-run" if self.dry_run else self.run, outcomes=_in_order(outcomes))

    async def _brake(self, operations: Sequence[Operation]) -> Outcome | None:
        """What every deactivation of a run is told that would take access from too many; None where it may go on.

        The directory is read only for more people than may always lose access. Who is deactivated already does not
        count, so that a run that was cut short can be repeated.
        """
        leavers = {address_key(operation.email) for operation in operations if isinstance(operation, Deactivate)}
        if Guard.MASS_CHANGE in self.overrides or len(leavers) <= min(
            guards.NEVER_A_MASS, self.console.settings.mass_change_people
        ):
            return None
        everybody = await self.read(
            "count who would lose access", lambda context: directory.everybody(context, "", self.progress)
        )
        active = [person for person in everybody if person.status is not Status.DEACTIVATED]
        losing = sum(address_key(person.email) in leavers for person in active)
        try:
            guards.mass_change(losing, len(active), self.console.settings, self.overrides)
        except Refused as refusal:
            return Outcome(
                operation="deactivate",
                email="",
                result=Result.REFUSED,
                message=_sentence(refusal),
                guard=Guard.MASS_CHANGE,
            )
        return None

    def _told(self, found: list[Outcome]) -> list[Outcome]:
        for outcome in found:
            self.on_outcome(outcome)
        return found

    async def _context(self, console: Console) -> Context:
        console.steps = StepLog()
        lane = await self._with_evidence(console, console.lane, "sign in")
        return Context(console, lane, self.evidence, self.overrides, self.dry_run, seen_groups=self.seen_groups)

    async def _one(self, console: Console, operation: Operation, memory: Memory, intend: Intend) -> list[Outcome]:
        """The outcomes of one operation. Raises Stop where the run goes no further."""
        settled = dict(memory.settled)
        try:
            context = await self._context(console)
        except ConnectorError as error:
            raise Stop(error, _cut_short(operation, settled) if memory.acted else None, acted=memory.acted) from error
        context.acted = context.judged = context.doubtful = memory.acted
        context.sent = set(memory.sent)
        context.intend = lambda keys: intend(keys, settled)
        try:
            return await self._guarded(context, operation, settled)
        except ConnectorError as error:
            found = self._interrupted(context, operation, settled, error)
            raise Stop(error, found, acted=context.acted) from error

    async def sign_in_by_hand(self, seconds: float) -> None:
        """Lets a person sign in and saves the session."""
        console = self.console
        await self._with_evidence(console, lambda: console.sign_in_by_hand(seconds), "sign in by hand")

    async def read(self, what: str, action: Callable[[Context], Awaitable[T]]) -> T:
        """Runs one reading action with a signed-in lane; after a session ended it begins anew."""
        context = await self._context(self.console)
        return await self._with_evidence(self.console, lambda: context.steadily(lambda: action(context)), what)

    async def survey(self, what: str, action: Callable[[Context], Awaitable[T]]) -> T:
        """Like `read`, and goes on where the list of people is not as expected: the action tells what is there."""
        try:
            context = await self._context(self.console)
        except ConsoleDrift:
            lane = self.console.current_lane
            if lane is None or await lane.sign_in_form.count():
                raise
            context = Context(self.console, lane, self.evidence)
            return await self._with_evidence(self.console, lambda: action(context), what)
        return await self._with_evidence(self.console, lambda: context.steadily(lambda: action(context)), what)

    async def _guarded(self, context: Context, operation: Operation, settled: dict[str, Outcome]) -> list[Outcome]:
        """The outcomes of one operation. Raises what stops the whole run, with evidence attached."""
        email = _email_of(operation)
        name = f"{operation.operation} {operation.name if isinstance(operation, CreateGroup | DeleteGroup) else email}"
        try:
            return await self._with_evidence(
                context.console, lambda: context.steadily(lambda: self._act(context, operation, settled)), name
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
        outcome = context.outcome(operation.operation, email, result, _sentence(error))
        return outcome.model_copy(
            update={
                "group": _group_of(operation),
                "guard": error.guard if isinstance(error, Refused) else None,
                "evidence": (*outcome.evidence, *map(str, error.evidence)),
            }
        )

    def _interrupted(
        self, context: Context, operation: Operation, settled: dict[str, Outcome], error: ConnectorError
    ) -> list[Outcome]:
        result = Result.UNKNOWN if context.acted else Result.FAILED
        if not isinstance(operation, ImportPeople | InvitePeople):
            return [self._ended(context, operation, _email_of(operation), result, error)]
        return [
            settled.get(address_key(person.email)) or self._ended(context, operation, person.email, result, error)
            for person in operation.people
        ]

    async def _act(self, context: Context, operation: Operation, settled: dict[str, Outcome]) -> list[Outcome]:
        match operation:
            case Invite():
                return [await invite(context, operation)]
            case Deactivate():
                return [await deactivate(context, operation)]
            case Reactivate():
                return [await reactivate(context, operation)]
            case Resend():
                return [await resend(context, operation)]
            case Edit():
                return [await edit(context, operation)]
            case InvitePeople():
                return await invite_people(context, operation, self.progress, settled)
            case ImportPeople():
                return await import_people(context, operation, self.progress, settled)
            case CreateGroup():
                return [await create_group(context, operation)]
            case DeleteGroup():
                return [await delete_group(context, operation)]

    async def _with_evidence(self, console: Console, action: Callable[[], Awaitable[T]], name: str) -> T:
        """Runs an action; an error of the browser becomes one of ours, and failures get their evidence."""
        try:
            try:
                return await action()
            except PlaywrightError as error:
                raise _mapped(error) from error
        except SessionEnded:
            raise
        except ConnectorError as error:
            error.rewrite(self.evidence.scrub)
            if not isinstance(error, Refused) and not error.evidence and error.exit_code != 2:
                lane = console.current_lane
                page = lane.page if lane is not None else None
                with suppress(OSError):  # a full disk must not hide what went wrong
                    error.evidence = await self.evidence.failure(page, name, console.steps, str(error))
            raise


async def _refused_by(brake: Outcome, operation: Deactivate, memory: Memory, intend: Intend) -> list[Outcome]:
    """What stands for the whole run is the outcome of this operation, too."""
    return [brake.model_copy(update={"email": operation.email})]


def _in_order(outcomes: Mapping[int, list[Outcome]]) -> tuple[Outcome, ...]:
    return tuple(outcome for number in sorted(outcomes) for outcome in outcomes[number])


def _mapped(error: PlaywrightError) -> ConnectorError:
    """What an error of the browser library means to the caller."""
    first = str(error).splitlines()[0] if str(error) else type(error).__name__
    if isinstance(error, PlaywrightTimeout):
        return ConsoleDrift("a screen did not do what was expected in time", seen=first)
    if "closed" in first or "crash" in first.lower():
        return LaneLost("the browser or its tab went away", seen=first, advice="run it again: it reads first")
    return ConsoleUnavailable("the browser could not go on", seen=first)


def _sentence(error: ConnectorError) -> str:
    """An error in one line, for an outcome."""
    parts = [error.message]
    if error.seen and error.seen not in error.message:
        parts.append(f"seen: {error.seen}")
    if error.advice:
        parts.append(error.advice)
    return "; ".join(parts)


def _email_of(operation: Operation) -> str:
    """The address of the one person that an operation is about; '' where it is about many, or about a group."""
    return "" if isinstance(operation, ImportPeople | InvitePeople | CreateGroup | DeleteGroup) else operation.email


def _group_of(operation: Operation) -> str | None:
    return operation.name if isinstance(operation, CreateGroup | DeleteGroup) else None


def _of_group(operation: CreateGroup | DeleteGroup, result: Result, message: str) -> list[Outcome]:
    return [Outcome(operation=operation.operation, email="", group=operation.name, result=result, message=message)]


def _cut_short(operation: Operation, settled: Mapping[str, Outcome]) -> list[Outcome]:
    message = "cut short before, and not looked at again: it may have been sent"
    if isinstance(operation, CreateGroup | DeleteGroup):
        return _of_group(operation, Result.UNKNOWN, message)
    return [
        settled.get(address_key(person.email))
        or Outcome(operation=operation.operation, email=person.email, result=Result.UNKNOWN, message=message)
        for person in people_of(operation)
    ]


def not_attempted(operation: Operation, why: str) -> list[Outcome]:
    """The outcomes of an operation that was not begun."""
    if isinstance(operation, CreateGroup | DeleteGroup):
        return _of_group(operation, Result.FAILED, f"not attempted: {why}")
    return [
        Outcome(
            operation=operation.operation, email=person.email, result=Result.FAILED, message=f"not attempted: {why}"
        )
        for person in people_of(operation)
    ]
