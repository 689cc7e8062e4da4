"""A run as data: what was asked, and what is known of it. Nothing secret is part of it."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from connector.errors import InputError
from connector.intents import intent_key
from connector.models import Guard, Model, Operation, Outcome, Report
from connector.plan_models import Completeness, Held, Origin, Seen


class RunStatus(StrEnum):
    """What a run is doing. Whether a started one still has its process, only the lease of its console tells."""

    STARTED = "started"
    QUEUED = "queued"
    FINISHED = "finished"
    STOPPED = "stopped"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    BROKEN = "broken"


class RunRequest(Model):
    """What was asked: operations on one console in their order, what the operator lifts, by whom and when."""

    id: str
    console: str
    operations: tuple[Operation, ...]
    overrides: tuple[Guard, ...] = ()
    left_out: tuple[Outcome, ...] = ()
    """Outcomes of rows of a roster that the operator agreed to leave out, or that a plan refuses."""
    origin: Origin | None = None
    """The plan or roster that the operations come from, where they come from one."""
    unattended: bool = False
    """Nobody is there to lift a guard: what a guard refuses that a person may lift waits for approval."""
    approvable: tuple[Guard, ...] | None = None
    """Which guards may be lifted by an approval in such a run; None: all that may be lifted at all."""
    four_eyes: bool = False
    """Somebody else than who asked must approve what waits, whatever the settings of whoever approves say."""
    held: tuple[Held, ...] = ()
    """What waits from the beginning, in the order in which it is carried out once it is approved."""
    seen: tuple[Seen, ...] = ()
    """Everybody whom that concerns, as she was read for the plan; `complete` says how (see `Basis`)."""
    complete: Completeness = False
    named: tuple[str, ...] = ()
    """Whom the roster names, by `address_key`, where something waits."""
    asked_by: str = ""
    created_at: datetime
    hours_to_live: Annotated[float, Field(gt=0)] = 24

    @property
    def keys(self) -> tuple[str, ...]:
        """The intent key of each operation."""
        return tuple(intent_key(self.console, operation) for operation in self.operations)

    def step_name(self, number: int, operation: Operation | None = None) -> str:
        """What the step of an operation is called; a run goes on only with the operations it began with.

        `operation` is given for one that waited: those have the numbers after the operations that were asked for.
        """
        return f"{number} {intent_key(self.console, operation or self.operations[number])}"

    def same_as(self, other: RunRequest) -> bool:
        """Whether the same is asked, whoever asks and whenever.

        What carries out a roster is compared by the roster: planned again half-way, less is left to do.
        """
        if self.origin is not None and other.origin is not None:
            return self.origin.same_as(other.origin)
        if self.origin is not None or other.origin is not None:
            return False
        return (self.keys, set(self.overrides)) == (other.keys, set(other.overrides))

    def stale(self, now: datetime) -> bool:
        """Whether its time to live is over."""
        return now - self.created_at > timedelta(hours=self.hours_to_live)


class RunRecord(Model):
    """A run as the database knows it."""

    request: RunRequest
    status: RunStatus
    updated_at: datetime
    outcomes: tuple[Outcome, ...] = ()
    open: tuple[int, ...] = ()
    """The numbers of the operations of which nothing is recorded: what going on with it carries out."""
    waiting: int = 0
    """How many operations wait for a decision, or are approved and not carried out yet."""
    decisions: int = 0
    """How often somebody decided about what waits in it."""
    stopped: dict[str, str | int] | None = None
    """Why it stopped, where it did: `exit_code` and `message`."""
    cancelled: dict[str, str] | None = None
    """Who cancelled it and when, where somebody did: `by` and `at`."""
    audit: dict[str, str | int] | None = None
    """The end of the audit log when it ended: `log`, `count` and `hash`."""

    @property
    def over(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.status is RunStatus.FINISHED

    def report(self) -> Report:
        """What is known of all its operations."""
        stopped = int(self.stopped["exit_code"]) if self.stopped else None
        return Report(run=self.request.id, outcomes=self.outcomes, stopped=stopped)


def may_go_on(record: RunRecord, console: str, *, stale: bool, asked: RunRequest | None = None) -> None:
    """Raises InputError where a run is not to be carried on as asked.

    Args:
        console: the origin of the console that the settings name.
        stale: the operator knows that its time to live is over.
        asked: what is asked with the run's id now; None where it is resumed by its id alone.
    """
    request = record.request
    if request.console != console:
        raise InputError(
            f"the run {request.id} is of another console: {request.console}",
            advice=f"set WORKRAMP_URL to it; it is {console} now",
        )
    if asked is not None and not request.same_as(asked):
        raise InputError(
            f"there is a run {request.id} already, with other operations or overrides"
            if request.origin is None
            else f"there is a run {request.id} already, of another roster or plan, or with other options",
            seen=f"{len(request.operations)} operations, asked on {request.created_at:%Y-%m-%d %H:%M} UTC",
            advice="give a new run another --run-id; `workramp runs show` tells what this one is",
        )
    if record.over:
        return
    if record.status is RunStatus.BROKEN:
        raise InputError(f"the run {request.id} cannot be carried on", advice="ask for the rest of it as a new run")
    if asked is not None and record.status is RunStatus.CANCELLED:
        by = (record.cancelled or {}).get("by", "somebody")
        raise InputError(
            f"the run {request.id} was cancelled by {by}", advice=f"`workramp runs resume {request.id}` goes on with it"
        )
    if request.stale(datetime.now(UTC)) and not stale:
        raise InputError(
            f"the run {request.id} is older than its time to live of {request.hours_to_live:g} h",
            seen=f"asked on {request.created_at:%Y-%m-%d %H:%M} UTC",
            advice=f"look whether it is still wanted; `workramp runs resume {request.id} --stale` goes on with it",
        )


def new_run_id() -> str:
    """A name for a run that sorts by time: UTC to the second and four random hexadecimal digits."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.urandom(2).hex()}"


def whoever_asks() -> str:
    """The name of the user of this process, as the operating system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
