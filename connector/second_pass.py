"""What waited in a run and was decided meanwhile: carried out with the approved guards lifted for it alone, or refused.

A run carries out first what was asked for, and then, in steps of their own, what waited. A step of that kind is
recorded only once it is settled: until then the next who goes on with the run asks again what was decided.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from connector.addresses import address_key
from connector.approvals import Decision, Waiting, all_outcomes, decision_on, told
from connector.batch import Batch
from connector.guards import Approved
from connector.intents import intent_key
from connector.journal import Intend, Journal, Memory, Stop, Work
from connector.models import Deactivate, Operation, Outcome, Report, Result, people_of
from connector.plan_models import first_by_address, person_digest
from connector.run_database import RunDatabase
from connector.run_records import RunRequest

Perform = Callable[[int, Operation, Work], Awaitable[list[Outcome]]]


class Steps(Protocol):
    """What carries a step of the run out and records it, by the number of the operation."""

    async def perform(self, number: int, operation: Operation, work: Work) -> list[Outcome]:
        """Raises StillWaits where the work does, and records nothing then."""

    def known(self, number: int, operation: Operation) -> list[Outcome] | None:
        """As `Journal.known`."""


class StillWaits(BaseException):
    """It was approved, and a guard speaks against it that was not: leaves a step without a result."""

    def __init__(self, outcomes: list[Outcome], event: Mapping[str, Any]) -> None:
        super().__init__("waits for approval")
        self.outcomes = outcomes
        self.event = event


class SecondPass:
    """One attempt at what waits in a run.

    Args:
        batch: carries operations out.
        request: what the run was asked for.
        database: where decisions are kept.
        waiting: all that waits or waited, in its order.
        intents: by the number of an operation of this run, what is recorded of clicks.
        waited: by its intent key, what earlier attempts left of each: told where this one does not come to `look`.
    """

    def __init__(
        self,
        batch: Batch,
        request: RunRequest,
        database: RunDatabase,
        waiting: Sequence[Waiting],
        intents: Mapping[int, object],
        waited: Mapping[str, Outcome],
    ) -> None:
        self._batch = batch
        self._request = request
        self._database = database
        self._waiting = list(waiting)
        self._intents = intents
        self._waited = waited
        self._decisions: list[Decision] = []
        self._settled: frozenset[str] = frozenset()
        self._changed: frozenset[str] = frozenset()
        self._became: dict[int, Outcome] = {}

    async def look(self) -> None:
        """Reads what was decided and what is settled."""
        await asyncio.to_thread(self._look)

    def _look(self) -> None:
        run = self._request.id
        self._waited = {}
        self._decisions = self._database.decisions(run)
        self._settled = frozenset(self._database.settled(run))
        self._waiting = [self._database.saw(run, each) for each in self._waiting]

    async def carry_out(self, steps: Steps) -> int | None:
        """Carries out what is approved, refuses what is rejected; the exit code of what stopped it, if anything did.

        Raises as `Batch.carry_out` does.
        """
        due = [each for each in self._waiting if self._is_due(each)]
        self._changed = await self._not_as_planned(due)
        going = [each for each in due if not self._is_settled(each) and self._refusal(each) is None]
        for waiting in due:
            if waiting not in going:
                # No console is needed for it, and the brake does not count it.
                try:
                    (outcome,) = await self.settle(waiting, steps, _never)
                except Stop as stop:
                    raise stop.error from stop
                self._became[waiting.number] = outcome
                self._batch.on_outcome(outcome)
        if not going:
            return None
        report = await self._batch.carry_out(
            [each.operation for each in going],
            _Journal(self, steps, going),
            lifted=[Approved(self._request.overrides, each.objections) for each in going],
            gone=self._gone(),
        )
        self._became |= {each.number: outcome for each, outcome in zip(going, report.outcomes, strict=True)}
        return report.stopped

    async def over(self) -> None:
        """To be called when it is over: reads what is settled by now."""
        self._settled = frozenset(await asyncio.to_thread(self._database.settled, self._request.id))

    def report(self, report: Report) -> Report:
        """The whole report, from that of the operations that were asked for."""
        outcomes = all_outcomes(
            self._request, report.outcomes, {each.number: self._now(each) for each in self._waiting}
        )
        return report.model_copy(update={"outcomes": outcomes})

    @property
    def open(self) -> list[Waiting]:
        """What is not settled: nobody decided about it, something else speaks against it, or its tab went away."""
        return [each for each in self._waiting if not self._is_settled(each)]

    def _now(self, waiting: Waiting) -> Outcome:
        before = self._waited.get(intent_key(self._request.console, waiting.operation))
        return self._became.get(waiting.number) or before or told(waiting, self._request, self._decisions)

    def _is_due(self, waiting: Waiting) -> bool:
        return self._is_settled(waiting) or self._is_begun(waiting) or self._decision(waiting) is not None

    def _is_begun(self, waiting: Waiting) -> bool:
        """Something may have been sent for it: it is carried on with, whatever was decided since."""
        return waiting.number in self._intents

    def _is_settled(self, waiting: Waiting) -> bool:
        return self._request.step_name(waiting.number, waiting.operation) in self._settled

    def _decision(self, waiting: Waiting) -> Decision | None:
        return decision_on(waiting.digest(self._request.console), self._decisions)

    def _gone(self) -> set[str]:
        """Who may have lost access by this run before."""
        return {address_key(op.email) for number, op in self._begun() if isinstance(op, Deactivate)}

    def _begun(self) -> list[tuple[int, Operation]]:
        """The operations of this run of which something may have been sent."""
        numbered = [*enumerate(self._request.operations), *((each.number, each.operation) for each in self._waiting)]
        return [(number, operation) for number, operation in numbered if number in self._intents]

    async def _not_as_planned(self, due: Sequence[Waiting]) -> frozenset[str]:
        """Of those whom a plan refused, who is not as she was read for it, unless by this run; by `address_key`."""
        if not self._request.seen:
            return frozenset()  # what waits from the beginning comes from no plan
        planned = range(len(self._request.operations), len(self._request.operations) + len(self._request.held))
        if not any(
            each.number in planned and not self._is_settled(each) and _approves(self._decision(each)) for each in due
        ):
            return frozenset()
        now = await self._batch.directory(self._request.complete, self._request.named)
        here = first_by_address(now)
        ours = {address_key(person.email) for _, operation in self._begun() for person in people_of(operation)}
        return frozenset(
            key
            for seen in self._request.seen
            if (key := address_key(seen.email)) not in ours and person_digest(here.get(key)) != seen.digest
        )

    # -- one of them -----------------------------------------------------------------------------------------------
    async def settle(self, waiting: Waiting, steps: Steps, work: Work) -> list[Outcome]:
        """What becomes of one that is decided. Raises Stop."""
        if not self._is_settled(waiting):
            # A rejection counts up to the last moment.
            self._decisions = await asyncio.to_thread(self._database.decisions, self._request.id)
        decision = self._decision(waiting)
        doing = work
        if (refusal := self._refusal(waiting)) is not None:
            doing = partial(_said, refusal)
        elif decision is not None:
            doing = partial(self._approved, waiting, decision, work)
        try:
            return await steps.perform(waiting.number, waiting.operation, doing)
        except StillWaits as still:
            return still.outcomes

    def _refusal(self, waiting: Waiting) -> Outcome | None:
        """What is said of one that is not carried out: it is rejected, or the person changed since the plan."""
        decision = self._decision(waiting)
        if decision is None or self._is_begun(waiting):
            return None
        if not decision.approved:
            return told(waiting, self._request, self._decisions)
        if not (changed := self._named(waiting) & self._changed):
            return None
        who = ", ".join(sorted(changed))
        message = f"{waiting.says}; approved {decision.who}, but since the plan was made {who} changed; plan anew"
        return waiting.outcome(message)

    async def _approved(
        self, waiting: Waiting, decision: Decision, work: Work, memory: Memory, intend: Intend
    ) -> list[Outcome]:
        (found,) = await work(memory, intend)
        found = found.model_copy(update={"operation": waiting.kind})
        if found.objections:
            waits = waiting.after(found, decision)
            self._waiting[self._waiting.index(waiting)] = waits
            event = {"objections": [each.model_dump(mode="json") for each in waits.objections], "note": waits.note}
            raise StillWaits([told(waits, self._request, self._decisions)], event)
        if found.result in (Result.DONE, Result.ALREADY):
            lifted = ", ".join(dict.fromkeys(each.guard.value for each in waiting.objections))
            found = found.model_copy(update={"message": f"{found.message}; {lifted} approved {decision.who}"})
        return [found]

    @staticmethod
    def _named(waiting: Waiting) -> set[str]:
        """Whom an operation is about: the person, and her managers to be."""
        operation = waiting.operation.model_dump()
        return {
            address_key(email)
            for email in (operation["email"], *operation.get("managers", ()), *operation.get("add_managers", ()))
        }


class _Journal(Journal):
    """Gives each operation of the second pass the step that belongs to it."""

    def __init__(self, second: SecondPass, steps: Steps, due: Sequence[Waiting]) -> None:
        self._second = second
        self._steps = steps
        self._due = due

    async def perform(self, number: int, operation: Operation, work: Work) -> list[Outcome]:
        return await self._second.settle(self._due[number], self._steps, work)

    def known(self, number: int, operation: Operation) -> list[Outcome] | None:
        return self._steps.known(self._due[number].number, operation)


def _approves(decision: Decision | None) -> bool:
    return decision is not None and decision.approved


async def _never(memory: Memory, intend: Intend) -> list[Outcome]:
    raise AssertionError("what is settled is not carried out")


async def _said(outcome: Outcome, memory: Memory, intend: Intend) -> list[Outcome]:
    """What is known without looking at the console."""
    return [outcome]
