"""The run database: SQLite in the state directory, or PostgreSQL; what is asked of it, and what its errors mean.

DBOS keeps runs, their steps and their events in it. Left to itself it waits for a locked or lost database without end;
here that ends after a while with an error of ours, so that nobody waits for a run that cannot be recorded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import sqlalchemy
from dbos import DBOSClient, EnqueueOptions, WorkflowStatus
from dbos import error as dbos_errors
from sqlalchemy import event
from sqlalchemy.engine.interfaces import ExceptionContext

from connector.approvals import Decision, Waiting, all_outcomes, decision_on, decisions_in, told, waiting_of
from connector.errors import RunDatabaseFailed, SettingsError
from connector.folders import make_private
from connector.intents import intent_key
from connector.models import Objection, Outcome, Result, outcomes_of
from connector.run_records import RunRecord, RunRequest, RunStatus
from connector.run_serializer import OutcomesOnly
from connector.settings import Settings
from connector.shared_lease import CONNECTION

APPLICATION = "workramp-connector"
WORKFLOW = "run"
COMMAND = "command"
WAITING = "waiting"
"""The queue of what waits for a worker. No executor of DBOS listens to it."""
VERSION = "runs-1"
"""Of the steps of a run: another version of this program with another one does not go on with it."""
SERIALIZER = OutcomesOnly()

_FILE = "runs.sqlite"
_PATIENCE_SECONDS = 10.0
"""For how long a locked or lost database is waited for."""


class Kept(NamedTuple):
    """What earlier attempts at a run left behind."""

    steps: Mapping[str, list[Outcome]]
    """By the name of its step, what is recorded of each operation."""
    intents: Mapping[int, dict[str, Any]]
    """By the number of the operation, what was kept just before the last click."""
    waited: Mapping[str, Outcome]
    """By its intent key, what is known of each operation that waits or waited."""


_P = ParamSpec("_P")
_T = TypeVar("_T")


def _in_our_words(
    method: Callable[Concatenate[RunDatabase, _P], _T],
) -> Callable[Concatenate[RunDatabase, _P], _T]:
    """Whatever the database objects to is RunDatabaseFailed, at once: nobody repeats what is asked from outside."""

    @wraps(method)
    def asked(database: RunDatabase, /, *given: _P.args, **named: _P.kwargs) -> _T:
        try:
            return method(database, *given, **named)
        except sqlalchemy.exc.DBAPIError as error:
            raise database.unusable(error.orig or error) from None

    return asked


class RunDatabase:
    """One engine for everything that touches the run database. Raises RunDatabaseFailed from any of its methods."""

    def __init__(self, settings: Settings, *, create: bool) -> None:
        """`create` makes the file of an SQLite database where there is none."""
        url = settings.database_url.get_secret_value() if settings.database_url else None
        self.path: Path | None = None
        if url is None:
            self.path = settings.state_dir / _FILE
            url = f"sqlite:///{self.path}"
        elif url.startswith("sqlite:"):
            name = sqlalchemy.make_url(url).database
            if not name or name == ":memory:":
                raise SettingsError("WORKRAMP_DATABASE_URL names no file", expected="sqlite:///runs.db")
            self.path = Path(name).absolute()
            url = f"sqlite:///{self.path}"
        else:
            url = "postgresql+psycopg:" + url.partition(":")[2]
        self.exists = True
        self._file: tuple[int, int] | None = None
        if self.path is not None:
            self._file = self._private_file(self.path) if create else _identity(self.path)
            self.exists = self._file is not None
        self._patience = _PATIENCE_SECONDS
        self._failing_since: float | None = None
        try:
            self.engine = self._engine(url)
        except (sqlalchemy.exc.ArgumentError, ValueError):
            raise SettingsError(
                "WORKRAMP_DATABASE_URL cannot be read", expected="postgresql://user:password@host/name"
            ) from None
        self._client: DBOSClient | None = None

    @property
    def kind(self) -> str:
        """An address that DBOS tells the two kinds of databases apart by; the engine is what it works with."""
        return "postgresql://nobody@nowhere/runs" if self.path is None else "sqlite://"

    @property
    def client(self) -> DBOSClient:
        """DBOS's view of the database from outside a run."""
        if self._client is None:
            self._client = DBOSClient(
                system_database_engine=self.engine,
                serializer=SERIALIZER,
                application_name=APPLICATION,
                retry_connection_errors=False,
            )
        return self._client

    def close(self) -> None:
        """Ends all connections. Safe to call twice."""
        if self._client is not None:
            self._client.destroy()
            self._client = None
        self.engine.dispose()

    def check(self) -> None:
        """Raises RunDatabaseFailed where the file that was opened is not there any more: nobody would find the run."""
        if self.path is not None and _identity(self.path) != self._file:
            raise RunDatabaseFailed(
                f"the run database {self.path} was removed or replaced while it was in use",
                advice="nothing more was clicked; look at who cleans up there",
            )

    @_in_our_words
    def prepare(self) -> None:
        """Sets the tables up, where nobody has used the database before, or an older version has."""
        # Not `DBOS.migrate`: that opens the address by itself, and sets up notifications that nobody listens to.
        self.client._sys_db.run_migrations()

    # -- asking ---------------------------------------------------------------------------------------------------
    @_in_our_words
    def find(self, run: str) -> RunRecord | None:
        """One run with its outcomes so far, or None."""
        if not self._has_runs():
            return None
        found = self.client.list_workflows(workflow_ids=[run], name=WORKFLOW)
        return self._record(found[0], whole=True) if found else None

    @_in_our_words
    def all(self, *, limit: int | None = None) -> list[RunRecord]:
        """The latest runs, the newest first, without their outcomes."""
        if not self._has_runs():
            return []
        found = self.client.list_workflows(name=WORKFLOW, sort_desc=True, limit=limit, load_output=False)
        return [self._record(each, whole=False) for each in found]

    @_in_our_words
    def records(self, runs: Collection[str]) -> list[RunRecord]:
        """These runs, as far as they are recorded, without their outcomes."""
        if not runs or not self._has_runs():
            return []
        found = self.client.list_workflows(workflow_ids=list(runs), name=WORKFLOW, load_output=False)
        return [self._record(each, whole=False) for each in found]

    @_in_our_words
    def intents(self, run: str, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
        """For operations by their number, what was kept just before the last click; only those that have an intent."""
        found = {number: self.client.get_event(run, f"intent {number}", timeout_seconds=0) for number in numbers}
        return {number: intent for number, intent in found.items() if intent is not None}

    @_in_our_words
    def kept(self, run: str) -> Kept:
        """What earlier attempts at a run left behind."""
        (found,) = self.client.list_workflows(workflow_ids=[run], name=WORKFLOW)
        request = _request(found)
        steps = self._steps(run)
        became = self._became(request, steps, decisions_in(found.attributes or {}))
        numbers = [*range(len(request.operations)), *(each.number for each, _ in became)]
        waited = {intent_key(request.console, each.operation): outcome for each, outcome in became}
        return Kept(steps, self.intents(run, numbers), waited)

    @_in_our_words
    def waiting(self, run: str) -> list[Waiting]:
        """What of a run waits or waited and is not settled, as the guards saw it last."""
        found = self.client.list_workflows(workflow_ids=[run], name=WORKFLOW)
        if not found:
            return []
        request = _request(found[0])
        return [each for each, outcome in self._waiting(request, self._steps(run)) if outcome is None]

    @_in_our_words
    def settled(self, run: str) -> set[str]:
        """The names of the steps of a run that are recorded."""
        return set(self._steps(run))

    @_in_our_words
    def saw(self, run: str, waiting: Waiting) -> Waiting:
        """What waits, as the guards saw it last: it may have been approved before for something else."""
        kept = self.client.get_event(run, f"waiting {waiting.number}", timeout_seconds=0)
        if kept is None:
            return waiting
        objections = tuple(Objection.model_validate(each) for each in kept["objections"])
        return waiting.model_copy(update={"objections": objections, "note": kept["note"]})

    def decisions(self, run: str) -> list[Decision]:
        """What was decided of what waits in a run, the first decision first."""
        return decisions_in(self.notes(run))

    @_in_our_words
    def note(self, run: str, notes: Mapping[str, Any]) -> None:
        """Adds to what is said of a run beside its steps: who carries it out, why it stopped, who cancelled it."""
        self.client.update_workflow_attributes(run, dict(notes), merge=True)

    @_in_our_words
    def cancel(self, run: str) -> None:
        """Ends a run until it is resumed."""
        self.client.cancel_workflow(run)

    @_in_our_words
    def notes(self, run: str) -> Mapping[str, Any]:
        """What `note` said."""
        found = self.client.list_workflows(workflow_ids=[run], load_input=False, load_output=False)
        return (found[0].attributes or {}) if found else {}

    # -- what waits for a worker ----------------------------------------------------------------------------------
    @_in_our_words
    def enqueue(self, options: EnqueueOptions, given: Mapping[str, Any]) -> None:
        """Keeps a workflow that nobody executes yet; the same id again changes nothing."""
        self.client.enqueue(options, dict(given))

    @_in_our_words
    def unfinished(self, names: Iterable[str]) -> list[WorkflowStatus]:
        """Workflows of these names that were neither finished nor cancelled."""
        if not self._has_runs():
            return []
        return self.client.list_workflows(name=list(names), status=["ENQUEUED", "PENDING"], load_output=False)

    @_in_our_words
    def workflows(self, name: str) -> list[WorkflowStatus]:
        """All workflows of this name, the newest first."""
        if not self._has_runs():
            return []
        return self.client.list_workflows(name=name, sort_desc=True, load_output=False)

    @_in_our_words
    def workflow(self, id: str, name: str) -> WorkflowStatus | None:
        """One workflow of this name, or None."""
        if not self._has_runs():
            return None
        found = self.client.list_workflows(workflow_ids=[id], name=name, load_output=False)
        return found[0] if found else None

    @_in_our_words
    def hand_back(self, id: str) -> None:
        """Lets a workflow wait for a worker; whoever carries it out now can write nothing more."""
        self.client.resume_workflow(id, queue_name=WAITING)

    @_in_our_words
    def delete(self, id: str) -> None:
        """Forgets a workflow."""
        self.client.delete_workflow(id)

    # -- schedules ------------------------------------------------------------------------------------------------
    @_in_our_words
    def keep_schedule(self, id: str, cron: str, time_zone: str, context: Mapping[str, Any]) -> bool:
        """Keeps a schedule, paused: DBOS fires nothing. False where there is one with this id already."""
        if self.client.get_schedule(id) is not None:
            return False
        try:
            self.client.create_schedule(
                schedule_name=id,
                workflow_name="schedule",
                queue_name=WAITING,
                schedule=cron,
                cron_timezone=time_zone,
                context=dict(context),
            )
        except dbos_errors.DBOSException:
            if self.client.get_schedule(id) is None:
                raise
            return False  # somebody else was faster
        self.client.pause_schedule(id)
        return True

    @_in_our_words
    def schedules(self) -> list[tuple[dict[str, Any], str | None]]:
        """The contexts of all schedules, and when each was fired last (ISO 8601)."""
        if not self._has_runs():
            return []
        return [(each["context"], each["last_fired_at"]) for each in self.client.list_schedules()]

    @_in_our_words
    def forget_schedule(self, id: str) -> None:
        """Forgets a schedule."""
        self.client.delete_schedule(id)

    @_in_our_words
    def note_fired(self, id: str, due: datetime) -> None:
        """Notes for which of its times a schedule was fired last."""
        # DBOS's clients cannot say this; replacing the schedule would bring one back that was just removed.
        self.client._sys_db.update_last_fired_at(id, due.isoformat())

    def _has_runs(self) -> bool:
        return self.exists and sqlalchemy.inspect(self.engine).has_table(
            "workflow_status", schema=None if self.path is not None else "dbos"
        )

    def _record(self, found: WorkflowStatus, *, whole: bool) -> RunRecord:
        request = _request(found)
        notes = found.attributes or {}
        decisions = decisions_in(notes)
        outcomes, open_numbers = self._outcomes(request, decisions) if whole else ((), ())
        cancelled = notes.get("cancelled")
        digests = [] if cancelled or not notes.get("waiting") else notes["waiting"]["digests"]
        rejected = [digest for digest in digests if (said := decision_on(digest, decisions)) and not said.approved]
        left = len(digests) - len(rejected)
        ended = RunStatus.CANCELLED if cancelled else RunStatus.STOPPED
        if digests:
            ended = RunStatus.WAITING if left else RunStatus.FINISHED
        status = {
            "SUCCESS": RunStatus.FINISHED,
            "CANCELLED": ended,
            "ENQUEUED": RunStatus.QUEUED,
            "DELAYED": RunStatus.QUEUED,
            "PENDING": RunStatus.STARTED,
        }.get(found.status, RunStatus.BROKEN)
        return RunRecord(
            request=request,
            status=status,
            updated_at=datetime.fromtimestamp((found.updated_at or 0) / 1000, UTC),
            outcomes=outcomes,
            open=open_numbers,
            waiting=left if status is RunStatus.WAITING else 0,
            decisions=len(decisions),
            stopped=notes.get("stopped") if status is RunStatus.STOPPED else None,
            cancelled=cancelled,
            audit=notes.get("audit"),
        )

    def _steps(self, run: str) -> dict[str, list[Outcome]]:
        """What is recorded of each operation, by the name of its step."""
        recorded = {step["function_name"]: step["output"] for step in self.client.list_workflow_steps(run)}
        return {
            name: [Outcome.model_validate(each) for each in output]
            for name, output in recorded.items()
            if name[:1].isdigit() and output is not None
        }

    def _waiting(
        self, request: RunRequest, steps: Mapping[str, Sequence[Outcome]]
    ) -> list[tuple[Waiting, Outcome | None]]:
        """What waits or waited, and what became of it where it is settled."""
        first = {number: steps.get(request.step_name(number), ()) for number in range(len(request.operations))}
        found: list[tuple[Waiting, Outcome | None]] = []
        for waiting in waiting_of(request, first):
            settled = steps.get(request.step_name(waiting.number, waiting.operation))
            found.append((waiting, settled[0]) if settled else (self.saw(request.id, waiting), None))
        return found

    def _became(
        self, request: RunRequest, steps: Mapping[str, Sequence[Outcome]], decisions: Sequence[Decision]
    ) -> list[tuple[Waiting, Outcome]]:
        """What waits or waited, and what is known of it by now."""
        waiting = self._waiting(request, steps)
        begun = self.intents(request.id, [each.number for each, settled in waiting if settled is None])
        return [
            (each, settled or _cut_short(told(each, request, decisions), each.number in begun))
            for each, settled in waiting
        ]

    def _outcomes(
        self, request: RunRequest, decisions: Sequence[Decision]
    ) -> tuple[tuple[Outcome, ...], tuple[int, ...]]:
        """What is known of each operation: as recorded, or unknown where it was cut short after its intent.

        And the numbers of the operations of which nothing is recorded.
        """
        steps = self._steps(request.id)
        became = {each.number: outcome for each, outcome in self._became(request, steps, decisions)}
        numbers = {number for number in range(len(request.operations)) if request.step_name(number) not in steps}
        intents = self.intents(request.id, numbers)
        outcomes: dict[int, list[Outcome]] = {}
        for number, operation in enumerate(request.operations):
            if number not in numbers:
                outcomes[number] = steps[request.step_name(number)]
                continue
            begun = number in intents
            result = Result.UNKNOWN if begun else Result.FAILED
            outcomes[number] = list(outcomes_of(operation, result, _BEGUN if begun else "not attempted so far"))
        said = all_outcomes(request, (each for found in outcomes.values() for each in found), became)
        return said, tuple(sorted(numbers))

    # -- the engine -----------------------------------------------------------------------------------------------
    def _engine(self, url: str) -> sqlalchemy.Engine:
        if self.path is None:
            engine = sqlalchemy.create_engine(
                url,
                pool_size=5,
                pool_pre_ping=True,
                connect_args=CONNECTION,
            )
        else:
            engine = sqlalchemy.create_engine(url, connect_args={"timeout": self._patience})

            @event.listens_for(engine, "connect")
            def connected(connection: Any, record: object) -> None:
                # As DBOS sets up its own connections: a writer takes the lock when it begins, not in the middle.
                connection.isolation_level = "IMMEDIATE"
                connection.execute("PRAGMA foreign_keys=ON")

        @event.listens_for(engine, "handle_error")
        def failed(context: ExceptionContext) -> BaseException | None:
            return self._meaning(context)

        return engine

    def _meaning(self, context: ExceptionContext) -> BaseException | None:
        """Ours for what no repeating cures; None lets DBOS try again."""
        error = context.original_exception
        text = str(error).partition("\n")[0]
        if self.path is not None:
            import sqlite3

            if not isinstance(error, sqlite3.OperationalError | sqlite3.DatabaseError) or isinstance(
                error, sqlite3.IntegrityError
            ):
                return None
            if "locked" in text:
                text = f"another program has kept it locked for more than {self._patience:g} s"
            return RunDatabaseFailed(
                f"the run database {self.path} cannot be used",
                seen=text,
                advice="look at the disk and at who else uses the file; nothing was clicked that is not recorded",
            )
        now = monotonic()
        if not context.is_disconnect and not _is_lost(error):
            return None
        if self._failing_since is None or now - self._failing_since > 3 * self._patience:
            self._failing_since = now
        if now - self._failing_since < self._patience:
            return None
        return self.unusable(error)

    def unusable(self, error: BaseException) -> RunDatabaseFailed:
        """What is said where the database objects, or does not answer."""
        if self.path is not None:
            return RunDatabaseFailed(
                f"the run database {self.path} cannot be used",
                seen=str(error).partition("\n")[0],
                advice="look at the disk and at who else uses the file; nothing was clicked that is not recorded",
            )
        state = getattr(error, "sqlstate", None)
        return RunDatabaseFailed(
            "the run database cannot be used",
            seen=type(error).__name__ + (f" (SQLSTATE {state})" if state else ""),  # its text may repeat the address
            advice="look at WORKRAMP_DATABASE_URL and the server; nothing was clicked that is not recorded",
        )

    def _private_file(self, path: Path) -> tuple[int, int]:
        """Creates the file where there is none, for this user alone."""
        try:
            make_private(path.parent)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise RunDatabaseFailed(
                f"the run database {path} cannot be opened",
                seen=error.strerror or type(error).__name__,
                advice="look at the state directory (WORKRAMP_STATE_DIR); nothing was clicked",
            ) from error
        identity = _identity(path)
        assert identity is not None
        return identity


_BEGUN = "cut short: it may have been sent; resuming looks first"


def _cut_short(waits: Outcome, begun: bool) -> Outcome:
    """What was approved and begun may have been sent: whatever it waited for, this is what is known of it."""
    if not begun:
        return waits
    known = {"result": Result.UNKNOWN, "message": _BEGUN, "guard": None, "objections": (), "closed": False}
    return waits.model_copy(update=known)


def _request(found: WorkflowStatus) -> RunRequest:
    return RunRequest.model_validate(found.input["args"][0] if found.input else {})


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_lost(error: BaseException) -> bool:
    import psycopg

    return isinstance(error, psycopg.OperationalError)
