"""Runs that can be killed at any moment and go on where they were: operations as a workflow of DBOS, each one a step.

Recorded are, in this order: what was asked, before a browser opens a page; the intent of an operation, just before each
click that changes something; its outcomes, after they were read back. Whoever carries the run on takes the recorded
outcomes as they are, and looks longer before repeating what has an intent and no outcome. DBOS lets only the latest of
those who carry a run on write: a run that was taken over fails at its next intent, before the click.

A run goes on only where that is asked. DBOS takes up at its start what an executor of the same name left behind, and
lets every process serve its internal queue; so each process is an executor of its own here, and a run is taken up over
a queue of its own, which only the process listens to that was asked to.
"""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowAttributes, SetWorkflowID, StepReservation
from dbos import error as dbos_errors

from connector import run_control, stopping
from connector.approvals import Waiting, waiting_of, waits
from connector.batch import Batch
from connector.errors import ConnectorError, HandedBack, InputError, LeaseLost, RunCancelled, RunDatabaseFailed
from connector.journal import Journal, Memory, Stop, Work
from connector.lease import ConsoleLease, Holder
from connector.models import Operation, Outcome, Report
from connector.run_database import APPLICATION, SERIALIZER, VERSION, WORKFLOW, Kept, RunDatabase
from connector.run_queue import require_not_cancelled
from connector.run_records import RunRecord, RunRequest, may_go_on
from connector.second_pass import SecondPass, StillWaits
from connector.shared_lease import lease_on
from connector.wording import cut_short

Say = Callable[[str], None]

_START_SECONDS = 30.0
_END_SECONDS = 30.0
_TAKEN_OVER = (dbos_errors.DBOSWorkflowConflictIDError, dbos_errors.DBOSWorkflowCancelledError)
_executions: dict[str, _Execution] = {}
_one_engine = threading.Lock()
"""DBOS is one object per process: a second run of the same process waits for the first."""


async def carry_out(
    batch: Batch, request: RunRequest, *, wait: bool, say: Say, first: Callable[[], Awaitable[None]] | None = None
) -> Report:
    """Carries a run out, or goes on with it where an earlier attempt with its id was cut short.

    `first` is asked before a run is begun and recorded, when nobody else works at the console any more; what it raises
    keeps the run from being begun. The outcomes of a run that is over are given back without a browser. Raises
    InputError where the id belongs to a run of other operations, was cancelled, or is older than its time to live;
    ConsoleBusy; RunDatabaseFailed; and as `Batch.carry_out`.
    """
    with lease_on(batch.console.settings, request.console) as lease:
        await lease.acquire(request.id, wait=wait, say=say)
        return await _hold(batch, request, lease, stale=False, resumed=False, say=say, first=first)


async def resume(batch: Batch, run: str, *, stale: bool, wait: bool, say: Say) -> Report:
    """Goes on with a run by its id; `stale` even where its time to live is over. Raises as `carry_out` does."""
    settings = batch.console.settings
    found = await asyncio.to_thread(find, settings, run)
    may_go_on(found, settings.url, stale=stale)
    batch.overrides = frozenset(found.request.overrides)
    with lease_on(settings, found.request.console) as lease:
        if not found.over:
            await lease.acquire(run, wait=wait, say=say)
        return await _hold(batch, found.request, lease, stale=stale, resumed=True, say=say)


def find(settings: Any, run: str) -> RunRecord:
    """A run by its id. Raises InputError where there is none."""
    found = run_control.look_up(settings, run)
    if found is None:
        raise InputError(f"there is no run {run}", advice="`workramp runs list` shows the runs of this state directory")
    return found


async def _hold(
    batch: Batch,
    request: RunRequest,
    lease: ConsoleLease,
    *,
    stale: bool,
    resumed: bool,
    say: Say,
    first: Callable[[], Awaitable[None]] | None = None,
) -> Report:
    database = await asyncio.to_thread(RunDatabase, batch.console.settings, create=True)
    try:
        record = await asyncio.to_thread(database.find, request.id)
        if record is not None:
            asked = None if resumed else request
            may_go_on(record, batch.console.settings.url, stale=stale, asked=asked)
            request = record.request
            if record.over:
                for outcome in record.outcomes:
                    batch.on_outcome(outcome)
                return record.report()
        else:
            await asyncio.to_thread(require_not_cancelled, database, request.id)
            if first is not None:
                await first()
        execution = _Execution(batch, request, database, lease)
        async with _launched(database, request.id):
            report = await execution.go(again=record is not None, say=say)
        await asyncio.to_thread(_bear_witness, batch, database, request.id, say)
        return report
    finally:
        await asyncio.to_thread(database.close)


def _bear_witness(batch: Batch, database: RunDatabase, run: str, say: Say) -> None:
    """Keeps the end of the audit log in the run database as well, which notices a log that is rewritten as a whole."""
    head = batch.log.audit.head() if batch.log.audit is not None else None
    if head is None:
        return
    try:
        database.note(run, {"audit": {"log": head.log, "count": head.count, "hash": head.hash}})
    except RunDatabaseFailed as error:
        say(f"The end of the audit log could not be kept in the run database: {error.message}.")


@asynccontextmanager
async def _launched(database: RunDatabase, run: str) -> AsyncIterator[None]:
    """DBOS on this event loop, for one run, listening to nothing but the queue on which that run is taken up."""
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(_one_engine.acquire)
    try:
        config = DBOSConfig(
            name=APPLICATION,
            system_database_url=database.kind,
            system_database_engine=database.engine,
            serializer=SERIALIZER,
            application_version=VERSION,
            executor_id=f"{socket.gethostname()} {os.getpid()} {os.urandom(4).hex()}",
            enable_otlp=False,
            log_level="CRITICAL",  # what goes wrong is raised, and said once
            use_listen_notify=False,
            notification_listener_polling_interval_sec=0.1,  # how long ending takes; nobody waits for notifications
        )
        DBOS(config=config)
        try:
            DBOS.listen_queues([_queue(run)])
            try:
                DBOS.launch()  # not in a thread: DBOS runs workflows on the loop that it is launched from
            except sqlalchemy.exc.DBAPIError as error:
                raise database.unusable(error.orig or error) from None
            yield
        finally:
            await asyncio.to_thread(DBOS.destroy)
            # DBOS made its own threads those of the loop, and has ended them.
            loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix="connector"))
    finally:
        _one_engine.release()


def _queue(run: str) -> str:
    return f"resume {run}"


class _LeftOff(BaseException):
    """Leaves the workflow as a crash would: no BaseException, unlike an Exception, becomes the outcome of a step."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(str(stop))
        self.stop = stop


class _Execution(Journal):
    """One attempt at a run, by this process."""

    def __init__(self, batch: Batch, request: RunRequest, database: RunDatabase, lease: ConsoleLease) -> None:
        self._batch = batch
        self._request = request
        self._database = database
        self._lease = lease
        self._begun = asyncio.Event()
        self._again = False
        self._over: asyncio.Future[Report] = asyncio.get_running_loop().create_future()
        self._names = [request.step_name(number) for number in range(len(request.operations))]
        self._first: dict[int, list[Outcome]] = {}
        self._open: list[Waiting] = []
        self._tell = batch.on_outcome
        self._intents: dict[int, dict[str, Any]] = {}
        self._kept = Kept({}, {}, {})
        self._decision: StepReservation | None = None
        self._steps: list[StepReservation] = []
        self._stop: Stop | None = None

    async def go(self, *, again: bool, say: Say) -> Report:
        """Starts or resumes the workflow and waits for its end. Raises what `Batch.carry_out` raises."""
        run = self._request.id
        notes: dict[str, Any] = {"holder": Holder.here(run).model_dump(mode="json")}
        _executions[run] = self
        self._again = again
        try:
            if again:
                notes |= {"stopped": None, "cancelled": None, "waiting": None}
                await asyncio.to_thread(self._database.note, run, notes)
                await DBOS.register_queue_async(_queue(run), polling_interval_sec=0.05, on_conflict="always_update")
                handle = await DBOS.resume_workflow_async(run, queue_name=_queue(run))
            else:
                with SetWorkflowID(run), SetWorkflowAttributes(notes):
                    handle = await DBOS.start_workflow_async(_workflow, self._request.model_dump(mode="json"))
            try:
                await asyncio.wait_for(self._begun.wait(), _START_SECONDS)
            except TimeoutError:
                raise RunDatabaseFailed(
                    f"the run {run} was not taken up within {_START_SECONDS:g} s", advice="nothing was clicked"
                ) from None
            try:
                report = await self._over
            except ConnectorError as error:
                await self._leave(error, say)
                raise
            if self._stop is not None:
                await self._leave(self._stop.error, say)
                return report
            if self._open:
                await self._wait(say)
                return report
            await self._finish(handle, say)
            if again:
                await DBOS.delete_queue_async(_queue(run))
            return report
        finally:
            del _executions[run]

    async def _finish(self, handle: Any, say: Say) -> None:
        """Waits until the end of the run is recorded, too; each of its outcomes is already."""
        try:
            await asyncio.wait_for(handle.get_result(polling_interval_sec=0.05), _END_SECONDS)
        except (ConnectorError, TimeoutError) as error:
            reason = str(error).partition("\n")[0] or "no answer"
            say(f"The end of the run {self._request.id} could not be recorded ({reason}); all its outcomes are.")

    async def _wait(self, say: Say) -> None:
        """Says in the database what waits for approval. Until it is resumed nobody goes on with the run."""
        run = self._request.id
        digests = [each.digest(self._request.console) for each in self._open]
        try:
            await asyncio.to_thread(self._database.note, run, {"waiting": {"digests": digests}})
            await asyncio.to_thread(self._database.cancel, run)
        except RunDatabaseFailed as failure:
            say(f"That the run {run} waits for approval could not be recorded: {failure.message}.")

    async def _leave(self, error: ConnectorError, say: Say) -> None:
        """Says in the database why the run stopped. Until it is resumed nobody goes on with it."""
        if isinstance(error, LeaseLost | RunDatabaseFailed):
            return  # it is somebody else's now, or nothing can be said there
        run = self._request.id
        try:
            if isinstance(error, HandedBack):
                await asyncio.to_thread(self._database.hand_back, run)
                return
            if not isinstance(error, RunCancelled):
                message = self._batch.evidence.scrub(error.message)
                await asyncio.to_thread(
                    self._database.note, run, {"stopped": {"exit_code": error.exit_code, "message": message}}
                )
            await asyncio.to_thread(self._database.cancel, run)
        except RunDatabaseFailed as failure:
            say(f"Why the run {run} stopped could not be recorded: {failure.message}.")

    async def workflow(self) -> dict[str, Any]:
        """What DBOS carries out. Steps are numbered in the order of the operations, however they are carried out."""
        self._decision = DBOS.reserve_step()
        self._steps = [DBOS.reserve_step() for _ in self._request.operations]
        self._begun.set()
        try:
            if self._again:
                self._kept = await asyncio.to_thread(self._database.kept, self._request.id)
                self._intents = dict(self._kept.intents)
            self._batch.on_outcome = lambda outcome: None if outcome.objections else self._tell(outcome)
            report = await self._batch.carry_out(self._request.operations, self)
            report = await self._with_what_waited(report)
        except BaseException as error:
            if not self._over.done():
                self._over.set_exception(error)
            raise _LeftOff(self._stop or Stop(_as_ours(error), None)) from error
        self._over.set_result(report)
        if self._stop is not None or self._open:
            raise _LeftOff(self._stop or Stop(ConnectorError("waits for approval"), None))
        return {"operations": len(self._request.operations)}

    async def _with_what_waited(self, report: Report) -> Report:
        """Carries out what waited and was decided; the whole report. Its steps come after those that were asked for."""
        waiting = waiting_of(self._request, self._first)
        second = SecondPass(self._batch, self._request, self._database, waiting, self._intents, self._kept.waited)
        if waiting and self._stop is None:
            self._steps += [DBOS.reserve_step() for _ in waiting]
            self._names += [self._request.step_name(each.number, each.operation) for each in waiting]
            numbers = [each.number for each in waiting]
            self._intents |= await asyncio.to_thread(self._database.intents, self._request.id, numbers)
            await second.look()
            report = report.model_copy(update={"stopped": await second.carry_out(self)})
            if self._stop is None:
                await second.over()
                self._open = second.open
        report = second.report(report)
        for outcome in report.outcomes:
            if outcome.objections:
                self._tell(outcome)
        return report

    # -- the journal ----------------------------------------------------------------------------------------------
    async def decide(self, judge: Callable[[], Awaitable[Outcome | None]]) -> Outcome | None:
        async def step() -> list[Any]:
            try:
                found = await judge()
            except ConnectorError as error:
                raise _LeftOff(Stop(error, None)) from error
            return [] if found is None else [_scrubbed(found, self._batch.evidence.scrub, waits=True)]

        assert self._decision is not None
        try:
            decided = await self._recorded(self._decision, "brake", step)
        except Stop as stop:
            raise stop.error from stop
        return Outcome.model_validate(decided[0]) if decided else None

    async def perform(self, number: int, operation: Operation, work: Work) -> list[Outcome]:
        found: list[Outcome] | None = None

        async def step() -> list[Any]:
            nonlocal found
            await self._not_cancelled()
            try:
                stopping.require_not_asked()
            except HandedBack as error:
                raise _LeftOff(Stop(error, None)) from error
            try:
                found = await work(self._memory(number), partial(self._intend, number))
            except Stop as stop:
                raise _LeftOff(stop) from stop
            except StillWaits as still:
                await self._still_waits(number, still.event)
                raise
            asked = number < len(self._request.operations)
            return [
                _scrubbed(outcome, self._batch.evidence.scrub, waits=asked and waits(self._request, number, outcome))
                for outcome in found
            ]

        try:
            recorded = await self._recorded(self._steps[number], self._names[number], step)
        except Stop as stop:
            if stop.outcomes is None and found is not None:
                stop = Stop(stop.error, found, acted=True)  # done and read back, but not recorded
            self._stop = stop
            raise stop from None
        outcomes = [Outcome.model_validate(each) for each in recorded]
        self._first.setdefault(number, outcomes)
        return outcomes

    def known(self, number: int, operation: Operation) -> list[Outcome] | None:
        recorded = self._kept.steps.get(self._names[number])
        if recorded is not None:
            self._first.setdefault(number, recorded)
            return recorded
        memory = self._memory(number)
        return cut_short(operation, memory.settled) if memory.acted else None

    async def _recorded(
        self, reservation: StepReservation, name: str, step: Callable[[], Coroutine[Any, Any, list[Any]]]
    ) -> list[Any]:
        """The recorded result of a step, else it is carried out and recorded. Raises Stop."""
        try:
            return await reservation.run_async({"name": name}, step)
        except _LeftOff as left:
            raise left.stop from left
        except RunDatabaseFailed as error:
            raise Stop(error, None) from error
        except _TAKEN_OVER as error:
            raise Stop(_taken_over(self._request.id), None) from error

    def _memory(self, number: int) -> Memory:
        kept = self._intents.get(number)
        if kept is None:
            return Memory()
        settled = {key: Outcome.model_validate(outcome) for key, outcome in kept["settled"].items()}
        return Memory(acted=True, sent=frozenset(kept["sent"]), settled=settled)

    async def _intend(self, number: int, sent: Collection[str], settled: Mapping[str, Outcome]) -> None:
        await self._still_ours()
        scrub = self._batch.evidence.scrub
        kept = self._intents.get(number, {"sent": []})
        intent = {
            "sent": sorted({*kept["sent"], *sent}),
            "settled": {key: _scrubbed(outcome, scrub) for key, outcome in settled.items()},
            "at": datetime.now(UTC).isoformat(),
        }
        try:
            await DBOS.set_event_async(f"intent {number}", intent)
        except _TAKEN_OVER as error:
            raise _taken_over(self._request.id) from error
        self._intents[number] = intent
        await self._still_ours()  # again, as close to the click as can be

    async def _still_ours(self) -> None:
        """Raises LeaseLost or RunDatabaseFailed where this process must not click any more."""
        await asyncio.to_thread(self._lease.check)
        self._database.check()

    async def _still_waits(self, number: int, event: Mapping[str, Any]) -> None:
        """Keeps what speaks against an operation now, in place of what was approved."""
        try:
            await DBOS.set_event_async(f"waiting {number}", dict(event))
        except _TAKEN_OVER as error:
            raise _LeftOff(Stop(_taken_over(self._request.id), None)) from error
        except RunDatabaseFailed as error:
            raise _LeftOff(Stop(error, None)) from error

    async def _not_cancelled(self) -> None:
        notes = await asyncio.to_thread(self._database.notes, self._request.id)
        if cancelled := notes.get("cancelled"):
            error = RunCancelled(f"the run was cancelled by {cancelled['by']}")
            raise _LeftOff(Stop(error, None))


@DBOS.workflow(name=WORKFLOW)
async def _workflow(request: dict[str, Any]) -> dict[str, Any]:
    return await _executions[request["id"]].workflow()


def _taken_over(run: str) -> LeaseLost:
    return LeaseLost(f"the run {run} was cancelled or taken over by somebody else")


def _as_ours(error: BaseException) -> ConnectorError:
    return error if isinstance(error, ConnectorError) else ConnectorError(f"unexpected {type(error).__name__}")


def _scrubbed(outcome: Outcome, scrub: Callable[[str], str], *, waits: bool = False) -> dict[str, Any]:
    """An outcome as it is recorded: a console may repeat a secret in its own words.

    What guards said against it is recorded where it `waits` for approval.
    """
    recorded = outcome.model_copy(update={"message": scrub(outcome.message)}).model_dump(mode="json")
    if waits and outcome.objections:
        recorded["objections"] = [each.model_dump(mode="json") for each in outcome.objections]
    if outcome.closed:
        recorded["closed"] = True
    return recorded
