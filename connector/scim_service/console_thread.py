"""The one thread that works at the console for the service: writes as durable runs, and readings of the directory."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

from connector.approvals import was_rejected
from connector.errors import (
    ConnectorError,
    ConsoleDrift,
    ConsoleUnavailable,
    InputError,
    LeaseLost,
    PersonNotFound,
    Refused,
)
from connector.models import Deactivate, Group, Guard, Operation, Outcome, Person, Report, Result
from connector.plan_models import Held
from connector.run_records import new_run_id
from connector.scim_service.effects import settled
from connector.scim_service.faults import Fault, fault_of
from connector.scim_service.mirror import Mirror
from connector.scim_service.run_book import APPROVABLE, Runs, Standing
from connector.scim_service.writes import Write, Writes, give_way, operation_key, outcome_key

_LONGEST_PAUSE_SECONDS = 300.0
_DECISIONS_SECONDS = 2.0
"""How often it is looked whether somebody decided about what waits."""
_LOOKED_AT_ONE_BY_ONE = 4
"""After runs that concern no more people, they are looked at one by one; after others the list is read."""


class Console(Protocol):
    """Who carries things out: `connector.Connector`, which this is the part of that the service needs."""

    def run(
        self,
        operations: Sequence[Operation],
        *,
        overrides: Collection[Guard] = (),
        run_id: str | None = None,
        unattended: bool = False,
        approvable: Collection[Guard] | None = None,
        held: Sequence[Held] = (),
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> Report:
        """Carries operations out as a durable run; what is held waits in it from the beginning."""

    def resume(
        self, run_id: str, *, stale: bool = False, on_outcome: Callable[[Outcome], None] | None = None
    ) -> Report:
        """Goes on with a run."""

    def people(self) -> list[Person]:
        """Everybody."""

    def person(self, email: str) -> Person:
        """One person."""

    def groups(self) -> list[Group]:
        """All groups. Raises ConsoleDrift or Refused where the console has no list of groups to be read."""


class Trouble:
    """Why nothing goes on at the moment: since when, how often in a row, in which words."""

    def __init__(self, since: datetime, times: int, why: str) -> None:
        self.since = since
        self.times = times
        self.why = why


class ConsoleThread:
    """Works off the queue until it is stopped.

    Args:
        console: who carries things out; used from the worker's thread alone.
        runs: how runs are, and who rejects what is not wanted any more.
        still_ours: raises LeaseLost where another service took this one's place: then nothing is done any more.
        approvable: the guards whose refusals wait for somebody's approval; those of the others are the end.
        most: about how many operations go into one run. More take longer until the last of them is answered.
        refresh_seconds: how old the mirror may become.
        pause_seconds: how long nothing is tried after the first trouble; it doubles, up to five minutes.
        say: called with one sentence at a time for the operator.
    """

    def __init__(
        self,
        console: Console,
        mirror: Mirror,
        writes: Writes,
        *,
        runs: Runs,
        still_ours: Callable[[], None] = lambda: None,
        approvable: Collection[Guard] = APPROVABLE,
        most: int = 16,
        refresh_seconds: float = 900,
        pause_seconds: float = 5,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._console = console
        self._mirror = mirror
        self._writes = writes
        self._runs = runs
        self._still_ours = still_ours
        self._approvable = frozenset(approvable)
        self._most = most
        self._refresh_seconds = refresh_seconds
        self._pause_seconds = pause_seconds
        self._say = say
        self._read_at: float | None = None
        self._has_groups = True
        self._look_at: set[str] = set()
        self._stood: dict[str, Standing] = {}
        """Of runs in which something waits, how each was when it was gone on with last."""
        self._decisions_at = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="console", daemon=True)
        self.trouble: Trouble | None = None
        self.bug: str | None = None
        """What ended the thread, where something did that should not have."""

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self, seconds: float | None = None) -> None:
        """Lets the run in hand come to its end, begins no other, and waits for that so long."""
        self._stopping.set()
        with self._writes.changed:
            self._writes.changed.notify_all()
        self.join(seconds)

    def join(self, seconds: float | None = None) -> None:
        """Waits until the thread has ended, at most so long."""
        self._thread.join(seconds)

    @property
    def alive(self) -> bool:
        """Whether the thread is there."""
        return self._thread.is_alive()

    def _work(self) -> None:
        try:
            while not self._stopping.is_set():
                self.step()
        except LeaseLost as error:
            self.bug = f"another service took over: {error.message}"
            self._say(f"Nothing is carried out here any more: {self.bug}. Stop this service.")
        except Exception as error:
            self.bug = f"unexpected {type(error).__name__}: {str(error).partition(chr(10))[0]}"
            self._say(f"The thread that works at the console has ended: {self.bug}. Nothing is carried out any more.")
            raise

    def step(self) -> None:
        """One run, one reading, or one wait for something to do."""
        try:
            self._still_ours()
            if not self._something():
                with self._writes.changed:
                    self._writes.changed.wait_for(self._wanted, self._longest_wait())
            else:
                self.trouble = None
        except LeaseLost as error:
            self._still_ours()  # it was a run's lease, and not this service's
            self._in_trouble(error)
        except ConnectorError as error:
            self._in_trouble(error)

    def _wanted(self) -> bool:
        return self._stopping.is_set() or bool(self._writes.next_batch(1)) or bool(self._writes.running())

    def _in_trouble(self, error: ConnectorError) -> None:
        times = self.trouble.times + 1 if self.trouble else 1
        since = self.trouble.since if self.trouble else datetime.now(UTC)
        self.trouble = Trouble(since, times, error.message)
        pause = min(_LONGEST_PAUSE_SECONDS, self._pause_seconds * 2 ** min(times - 1, 10))
        self._say(f"{error.message.rstrip('.')}; trying again in {pause:g} s.")
        self._stopping.wait(pause)

    def _until_refresh(self) -> float:
        if self._read_at is None:
            return 0.0
        return max(0.0, self._read_at + self._refresh_seconds - monotonic())

    def _longest_wait(self) -> float:
        if not self._writes.waiting():
            return self._until_refresh()
        return max(0.0, min(self._until_refresh(), self._decisions_at - monotonic()))

    def _something(self) -> bool:
        """Does the most urgent thing there is; False where there is none."""
        for run, writes in self._writes.running().items():
            self._carry_on(run, writes)
            return True
        if self._mirror.state.refreshed is None:
            self._read_everybody()
            return True
        if (decided := self._decided()) is not None:
            run, writes = decided
            self._carry_on(run, self._writes.begin(writes, run))
            return True
        if batch := self._writes.next_batch(self._most):
            self._begin(batch)
            return True
        if self._until_refresh() <= 0:
            self._read_everybody()
            return True
        if self._look_at:
            self._look()
            return True
        return False

    # -- reading ------------------------------------------------------------------------------------------------------
    def _read_everybody(self) -> None:
        everybody = self._console.people()
        self._mirror.absorb(everybody, self._all_groups())
        self._read_at = monotonic()
        self._look_at.clear()

    def _all_groups(self) -> list[Group] | None:
        """The console's list of groups; None where it has none, which is found out once, or it cannot be read now."""
        if not self._has_groups:
            return None
        try:
            return self._console.groups()
        except ConsoleUnavailable:
            return None  # people came through another door
        except (ConsoleDrift, Refused) as error:
            self._has_groups = self._mirror.state.groups_listed
            self._say(f"The list of groups cannot be read: {error.message.rstrip('.')}.")
            return None

    def _look(self) -> None:
        if len(self._look_at) > _LOOKED_AT_ONE_BY_ONE:
            self._read_everybody()
            return
        email = self._look_at.pop()
        try:
            self._mirror.look(self._console.person(email))
        except PersonNotFound:
            self._read_at = None  # the list tells

    # -- writing ------------------------------------------------------------------------------------------------------
    def _begin(self, batch: list[Write]) -> None:
        for write in batch:
            about = None if write.hides or write.group is None else write.addresses
            give_way(self._writes, self._runs.withdraw, write.key, write.target, write.what, about)
            if not write.operations:
                self._over(write, [])
        if work := [write for write in batch if write.operations]:
            run = f"scim-{new_run_id()}{os.urandom(2).hex()}"  # short runs may begin within one second, many of them
            self._carry_out(self._writes.begin(work, run), run, again=False)

    def _carry_on(self, run: str, writes: list[Write]) -> None:
        """Goes on with a run that was cut short, stopped, or waited; whose record is missing was never begun."""
        standing = self._runs.standings([run]).get(run)
        self._stood[run] = standing or Standing()
        if standing is not None and standing.cancelled_by is not None:
            self._give_up(_Settling(writes, self._over), run, f"it was cancelled by {standing.cancelled_by}")
            return
        self._carry_out(writes, run, again=standing is not None)

    def _decided(self) -> tuple[str, list[Write]] | None:
        """A run in which something waited and that is not as it was: somebody decided, or it waits no longer."""
        waiting = self._writes.waiting_runs()
        if not waiting or monotonic() < self._decisions_at:
            return None
        standings = self._runs.standings(waiting)
        for run, writes in waiting.items():
            if standings.get(run) != self._stood.setdefault(run, Standing()):
                return run, writes
        self._decisions_at = monotonic() + _DECISIONS_SECONDS
        return None

    def _carry_out(self, writes: list[Write], run: str, *, again: bool) -> None:
        settling = _Settling(writes, self._over)
        try:
            if again:
                report = self._console.resume(run, on_outcome=settling.hear)
            else:
                report = self._console.run(
                    [operation for write in writes if not write.held for operation in write.operations],
                    overrides=writes[0].overrides,
                    run_id=run,
                    unattended=bool(self._approvable),
                    approvable=self._approvable,
                    held=[
                        Held(operation=operation, objections=write.held)
                        for write in writes
                        if write.held
                        for operation in write.operations
                        if isinstance(operation, Deactivate)
                    ],
                    on_outcome=settling.hear,
                )
        except InputError as error:
            # Too old, or not to be carried out at all: repeating it changes nothing.
            self._give_up(settling, run, error.message)
            return
        if report.stopped is not None:
            why = next((o.message for o in report.outcomes if o.result is Result.FAILED), "the run stopped")
            raise ConnectorError(f"the run {run} stopped: {why}")
        settling.finish(report)

    def _give_up(self, settling: _Settling, run: str, why: str) -> None:
        settling.give_up(Fault(status=403, detail=f"the run {run} is not carried out: {why}"))

    def _over(self, write: Write, outcomes: list[Outcome], more: Sequence[Fault] = ()) -> None:
        """Takes over what is done, in the mirror and for whoever waits; what waits for approval is not over."""
        faults = [*more, *(fault for outcome in outcomes if (fault := fault_of(outcome)) is not None)]
        done = {outcome_key(one) for one in outcomes if one.result in (Result.DONE, Result.ALREADY)}
        self._look_at.update(one.email for one in outcomes if one.email and one.result is not Result.REFUSED)
        settled(self._mirror, write, done, complete=not faults)
        if any(outcome.objections for outcome in outcomes):
            self._writes.wait(write, faults)
            self._say(f"{write.what}: {'; '.join(fault.detail for fault in faults)}")
        else:
            self._writes.end(write, faults, rejected=any(map(was_rejected, outcomes)))


class _Settling:
    """Collects the outcomes of a run by the writes that they belong to. What is certain is over at once."""

    def __init__(self, writes: list[Write], over: Callable[[Write, list[Outcome], Sequence[Fault]], None]) -> None:
        self._over = over
        self._open = {write.id: write for write in writes}
        self._owner: dict[tuple[str, str], str] = {
            operation_key(operation): write.id for write in writes for operation in write.operations
        }
        self._heard: dict[str, dict[tuple[str, str], Outcome]] = {write.id: {} for write in writes}

    def hear(self, outcome: Outcome) -> None:
        """An outcome as it comes. Failed and unknown ones may still change, where the run stops and is gone on with.

        That something waits is true once the run says so itself, at its end.
        """
        if outcome.result in (Result.DONE, Result.ALREADY, Result.REFUSED) and not outcome.objections:
            self._take(outcome)

    def finish(self, report: Report) -> None:
        """The run is over: so is every write."""
        for outcome in report.outcomes:
            self._take(outcome)

    def give_up(self, fault: Fault) -> None:
        """The run does not go on."""
        for write in list(self._open.values()):
            del self._open[write.id]
            self._over(write, list(self._heard[write.id].values()), [fault])

    def _take(self, outcome: Outcome) -> None:
        owner = self._owner.get(outcome_key(outcome))
        write = self._open.get(owner or "")
        if write is None:
            return
        heard = self._heard[write.id]
        heard[outcome_key(outcome)] = outcome
        if len(heard) == len(write.operations):
            del self._open[write.id]
            self._over(write, list(heard.values()), ())
