"""Runs seen and ended from outside: what state they are in, and how one is cancelled."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from connector.audit import AuditLog
from connector.audit_check import AuditCheck, Witness, check_audit_log
from connector.errors import InputError
from connector.lease import Holder
from connector.models import Operation, Outcome, Report
from connector.run_database import RunDatabase
from connector.run_queue import QueuedCommand, RunQueue
from connector.run_records import RunRecord, RunRequest, RunStatus, whoever_asks
from connector.settings import Settings
from connector.shared_lease import lease_on


class RunState(StrEnum):
    """What a run is doing, as far as can be told from here."""

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    QUEUED = "queued"
    FINISHED = "finished"
    STOPPED = "stopped"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    BROKEN = "broken"


class RunView:
    """A run and who holds its console."""

    def __init__(self, record: RunRecord, holder: Holder | None, command: QueuedCommand | None = None) -> None:
        self._record = record
        self.command = command
        """The command that is to become this run; None as soon as the run is recorded."""
        self.request: RunRequest = record.request
        self.outcomes: tuple[Outcome, ...] = record.outcomes
        self.updated_at = record.updated_at
        self.holder = holder if holder is not None and holder.run == record.request.id else None
        """Who carries it out now; None where nobody does on this machine."""

    @property
    def state(self) -> RunState:
        """What it is doing."""
        if self._record.status in (RunStatus.STARTED, RunStatus.QUEUED) and self.holder is not None:
            return RunState.RUNNING
        if self._record.status is RunStatus.STARTED:
            return RunState.INTERRUPTED
        return RunState(self._record.status.value)

    @property
    def over(self) -> bool:
        """Whether nothing of it is left to do."""
        return self._record.over

    @property
    def stale(self) -> bool:
        """Whether something is left to do and its time to live is over."""
        return not self.over and self.request.stale(datetime.now(UTC))

    @property
    def waiting(self) -> int:
        """How many operations wait for a decision, or are approved and not carried out yet."""
        return self._record.waiting

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Everything that it is about, what waits from the beginning included."""
        return (*self.request.operations, *(held.operation for held in self.request.held))

    @property
    def why(self) -> str | None:
        """Why it stopped, how many operations wait, or who cancelled it."""
        if self._record.waiting:
            wait = "1 operation waits" if self._record.waiting == 1 else f"{self._record.waiting} operations wait"
            return f"{wait} for approval, or for `runs resume` after it"
        if self._record.stopped is not None:
            return str(self._record.stopped["message"])
        if self._record.cancelled is not None:
            return f"cancelled by {self._record.cancelled['by']} at {self._record.cancelled['at']}"
        return None

    def report(self) -> Report:
        """What is known of all its operations."""
        return self._record.report()


def views(settings: Settings, *, limit: int) -> list[RunView]:
    """The latest runs, the newest first, without their outcomes."""
    database = RunDatabase(settings, create=False)
    try:
        records = database.all(limit=limit)
        commands = {command.run: (command, record) for command, record in RunQueue(database).commands()}
    finally:
        database.close()
    for record in records:
        commands.pop(record.request.id, None)
    records += [record for _, record in commands.values()]
    records.sort(key=lambda record: record.request.created_at, reverse=True)
    del records[limit:]
    consoles = {each.request.console for each in records}
    holders = {console: lease_on(settings, console).holder() for console in consoles}
    return [
        RunView(record, holders[record.request.console], commands.get(record.request.id, (None,))[0])
        for record in records
    ]


def view(settings: Settings, run: str | None) -> RunView:
    """One run with its outcomes. Raises InputError where there is none."""
    database = RunDatabase(settings, create=False)
    try:
        return _view(settings, database, run or "")
    finally:
        database.close()


def look_up(settings: Settings, run: str) -> RunRecord | None:
    """What is recorded of a run, with its outcomes; None where there is none of this id."""
    database = RunDatabase(settings, create=False)
    try:
        return database.find(run)
    finally:
        database.close()


def verify(settings: Settings) -> AuditCheck:
    """Verifies the audit log of the state directory, by itself and against what the run database says of it."""
    database = RunDatabase(settings, create=False)
    try:
        told = [(record.request.id, record.audit) for record in database.all() if record.audit]
        ours = database.path is not None and database.path.parent == settings.state_dir
    finally:
        database.close()
    witnesses = [Witness.model_validate({"run": run, **audit}) for run, audit in told]
    return check_audit_log(AuditLog(settings.state_dir), witnesses, all_ours=ours)


def cancel(settings: Settings, run: str | None) -> RunView:
    """Cancels a run: at once where nobody carries it out, else at its next operation.

    Raises InputError where there is none, or it is over.
    """
    database = RunDatabase(settings, create=False)
    try:
        found = _view(settings, database, run or "")
        if found.command is not None:
            RunQueue(database).cancel(found.request.id, _by())
            return _view(settings, database, found.request.id)
        if found.over:
            raise InputError(f"the run {found.request.id} is over; there is nothing to cancel")
        database.note(found.request.id, {"cancelled": _by()})
        if found.holder is None:
            database.cancel(found.request.id)
        return _view(settings, database, found.request.id)
    finally:
        database.close()


def queue_again(settings: Settings, run: str, *, stale: bool) -> None:
    """Puts a command that was stopped or cancelled back into the queue, for a worker.

    Raises InputError where its time to live is over and `stale` is not said.
    """
    database = RunDatabase(settings, create=False)
    try:
        found = _view(settings, database, run)
        if not stale:
            require_in_time(found)
        RunQueue(database).again(run, datetime.now(UTC))
    finally:
        database.close()


def require_in_time(found: RunView) -> None:
    """Raises InputError where the time to live of a run is over."""
    if found.stale:
        run = found.request.id
        raise InputError(
            f"{run} is older than its time to live of {found.request.hours_to_live:g} h",
            advice=f"look whether it is still wanted; `workramp runs resume {run} --stale` goes on with it",
        )


def require_for_worker(found: RunView) -> None:
    """Raises InputError where a run is not to be left to a worker: it is over, broken, too old, or carried out now."""
    run = found.request.id
    if found.over:
        raise InputError(f"the run {run} is over; there is nothing left to do")
    if found.state is RunState.BROKEN:
        raise InputError(f"the run {run} cannot be carried on", advice="ask for the rest of it as a new run")
    if found.holder is not None:
        raise InputError(f"the run {run} is carried out already, by {found.holder}")
    if found.stale:
        raise InputError(
            f"the run {run} is older than its time to live of {found.request.hours_to_live:g} h; no worker takes it up",
            advice=f"look whether it is still wanted; `workramp runs resume {run} --stale` goes on with it here",
        )


def leave_to_worker(settings: Settings, run: str) -> RunView:
    """Lets a recorded run wait for a worker, which goes on with it. Raises as `require_for_worker`."""
    database = RunDatabase(settings, create=False)
    try:
        found = _view(settings, database, run)
        require_for_worker(found)
        database.note(run, {"stopped": None, "cancelled": None, "taken_up": 0})
        database.hand_back(run)
        return _view(settings, database, run)
    finally:
        database.close()


def _by() -> dict[str, str]:
    return {"by": whoever_asks(), "at": datetime.now(UTC).isoformat(timespec="seconds")}


def _view(settings: Settings, database: RunDatabase, run: str) -> RunView:
    record = database.find(run)
    queued = RunQueue(database).find(run) if record is None else None
    if queued is not None:
        return RunView(queued[1], lease_on(settings, queued[1].request.console).holder(), queued[0])
    if record is None:
        raise InputError(f"there is no run {run}", advice="`workramp runs list` shows the runs that are recorded")
    return RunView(record, lease_on(settings, record.request.console).holder())
