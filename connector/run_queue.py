"""What waits for a worker: commands that were queued or fell due, runs that were handed back or lost their process.

All of them are workflows of DBOS that nobody executes until a worker hands them to a process: a command under an id
made from its run's, a run under its own. A command is forgotten as soon as its run is recorded, and the run tells the
rest; a command that came to an end without a run keeps why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from dbos import EnqueueOptions, WorkflowStatus
from pydantic import Field

from connector.errors import InputError
from connector.models import Model
from connector.run_database import COMMAND, WAITING, WORKFLOW, RunDatabase
from connector.run_records import RunRecord, RunRequest, RunStatus


class QueuedCommand(Model):
    """A command that a worker is to carry out, and the run that it makes."""

    run: str
    console: str
    name: tuple[str, ...]
    """What the command is called, such as `people`, `invite`."""
    words: tuple[str, ...]
    """Its arguments and options, without those that say who asks and who is told."""
    asked_by: str = ""
    created_at: datetime
    hours_to_live: Annotated[float, Field(gt=0)] = 24

    @property
    def text(self) -> str:
        """The command as somebody would type it."""
        return " ".join((*self.name, *self.words))

    def same_as(self, other: QueuedCommand) -> bool:
        """Whether the same is asked at the same console, whoever asks and whenever."""
        return (self.console, self.name, self.words) == (other.console, other.name, other.words)

    def record(self, status: RunStatus, updated_at: datetime, notes: dict[str, Any]) -> RunRecord:
        """The same as a run of which nothing is known yet."""
        request = RunRequest(
            id=self.run,
            console=self.console,
            operations=(),
            asked_by=self.asked_by,
            created_at=self.created_at,
            hours_to_live=self.hours_to_live,
        )
        return RunRecord(
            request=request,
            status=status,
            updated_at=updated_at,
            stopped=notes.get("stopped") if status is RunStatus.STOPPED else None,
            cancelled=notes.get("cancelled"),
        )


@dataclass(frozen=True)
class Entry:
    """Something that waits, or looks as if it did."""

    run: str
    console: str
    created_at: datetime
    hours_to_live: float
    command: QueuedCommand | None
    """None where the run is recorded already."""
    started: bool
    """A run that somebody began: it waits only where nobody works on it any more."""
    taken_up: int
    """How often a worker has tried."""

    def stale(self, now: datetime) -> bool:
        """Whether its time to live is over."""
        return now - self.created_at > timedelta(hours=self.hours_to_live)


class RunQueue:
    """The queue in a run database. Its methods raise RunDatabaseFailed."""

    def __init__(self, database: RunDatabase) -> None:
        self._database = database

    def add(self, command: QueuedCommand) -> bool:
        """Queues a command, unless its run is known already; whether it did."""
        if self._database.find(command.run) is not None or self.find(command.run) is not None:
            return False
        options = EnqueueOptions(workflow_name=COMMAND, queue_name=WAITING, workflow_id=_id(command.run))
        self._database.enqueue(options, command.model_dump(mode="json"))
        return True

    def entries(self, console: str) -> list[Entry]:
        """What waits at a console, the oldest first."""
        found = [self._entry(each) for each in self._database.unfinished((WORKFLOW, COMMAND))]
        return sorted((each for each in found if each.console == console), key=lambda each: each.created_at)

    def find(self, run: str) -> tuple[QueuedCommand, RunRecord] | None:
        """The command whose run this is to become, and what is known of it; None where there is none."""
        found = self._database.workflow(_id(run), COMMAND)
        return None if found is None else _told(found)

    def commands(self) -> list[tuple[QueuedCommand, RunRecord]]:
        """All commands that have not become runs, the newest first."""
        return [_told(each) for each in self._database.workflows(COMMAND)]

    def forget(self, run: str) -> None:
        """Takes a command out of the queue whose run is recorded."""
        self._database.delete(_id(run))

    def stop(self, entry: Entry, exit_code: int, message: str) -> None:
        """Takes an entry out of the queue and keeps why; `runs resume` puts it back."""
        name = entry.run if entry.command is None else _id(entry.run)
        self._database.note(name, {"stopped": {"exit_code": exit_code, "message": message}})
        self._database.cancel(name)

    def cancel(self, run: str, by: dict[str, str]) -> None:
        """Takes a command out of the queue because somebody says so."""
        self._database.note(_id(run), {"cancelled": by})
        self._database.cancel(_id(run))

    def again(self, run: str, now: datetime) -> None:
        """Puts a command back that was stopped or cancelled; its time to live begins anew."""
        notes = {"stopped": None, "cancelled": None, "taken_up": 0, "queued_at": now.isoformat()}
        self._database.note(_id(run), notes)
        self._database.hand_back(_id(run))

    def note_tries(self, entry: Entry, tries: int) -> None:
        """Notes how often a worker has tried."""
        name = entry.run if entry.command is None else _id(entry.run)
        self._database.note(name, {"taken_up": tries})

    def _entry(self, found: WorkflowStatus) -> Entry:
        given = _given(found)
        notes = found.attributes or {}
        command = QueuedCommand.model_validate(given) if found.name == COMMAND else None
        what = command or RunRequest.model_validate(given)
        return Entry(
            run=what.run if isinstance(what, QueuedCommand) else what.id,
            console=what.console,
            created_at=datetime.fromisoformat(notes.get("queued_at") or what.created_at.isoformat()),
            hours_to_live=what.hours_to_live,
            command=command,
            started=command is None and found.status == "PENDING",
            taken_up=int(notes.get("taken_up") or 0),
        )


def require_not_cancelled(database: RunDatabase, run: str) -> None:
    """Raises InputError where the command that makes a run was cancelled before the run began."""
    found = RunQueue(database).find(run)
    if found is not None and found[1].status is RunStatus.CANCELLED:
        by = (found[1].cancelled or {}).get("by", "somebody")
        raise InputError(f"the run {run} was cancelled by {by} before it began")


def _told(found: WorkflowStatus) -> tuple[QueuedCommand, RunRecord]:
    command = QueuedCommand.model_validate(_given(found))
    notes = found.attributes or {}
    status = RunStatus.QUEUED
    if found.status == "CANCELLED":
        status = RunStatus.CANCELLED if notes.get("cancelled") else RunStatus.STOPPED
    updated_at = datetime.fromtimestamp((found.updated_at or 0) / 1000, UTC)
    return command, command.record(status, updated_at, notes)


def _given(found: WorkflowStatus) -> Any:
    return found.input["args"][0] if found.input else {}


def _id(run: str) -> str:
    """No run can have this id: it holds a blank."""
    return f"{run} (command)"
