"""The run database: SQLite in the state directory, or PostgreSQL; what is asked of it, and what its errors mean.

DBOS keeps runs, their steps and their events in it. Left to itself it waits for a locked or lost database without end;
here that ends after a while with an error of ours, so that nobody waits for a run that cannot be recorded.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy
from dbos import DBOSClient, DBOSPortableJSONSerializer, WorkflowStatus
from sqlalchemy import event
from sqlalchemy.engine.interfaces import ExceptionContext

from connector.errors import RunDatabaseFailed, SettingsError
from connector.models import Outcome, Result, people_of
from connector.run_records import RunRecord, RunRequest, RunStatus
from connector.settings import Settings

APPLICATION = "workramp-connector"
WORKFLOW = "run"
VERSION = "runs-1"
"""Of the steps of a run: another version of this program with another one does not go on with it."""
SERIALIZER = DBOSPortableJSONSerializer()
"""JSON: what lies in the database is read by people and never executed."""

_FILE = "runs.sqlite"
_PATIENCE_SECONDS = 10.0
"""For how long a locked or lost database is waited for."""


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
        self.engine = self._engine(url)
        self._client: DBOSClient | None = None

    @property
    def kind(self) -> str:
        """The beginning of the address, as DBOS tells the two kinds of databases apart."""
        return "postgresql" if self.path is None else "sqlite"

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

    # -- asking ---------------------------------------------------------------------------------------------------
    def find(self, run: str) -> RunRecord | None:
        """One run with its outcomes so far, or None."""
        if not self._has_runs():
            return None
        found = self.client.list_workflows(workflow_ids=[run], name=WORKFLOW)
        return self._record(found[0], whole=True) if found else None

    def all(self, *, limit: int | None = None) -> list[RunRecord]:
        """The latest runs, the newest first, without their outcomes."""
        if not self._has_runs():
            return []
        found = self.client.list_workflows(name=WORKFLOW, sort_desc=True, limit=limit, load_output=False)
        return [self._record(each, whole=False) for each in found]

    def intents(self, run: str, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
        """For operations by their number, what was kept just before the last click; only those that have an intent."""
        found = {number: self.client.get_event(run, f"intent {number}", timeout_seconds=0) for number in numbers}
        return {number: intent for number, intent in found.items() if intent is not None}

    def note(self, run: str, notes: Mapping[str, Any]) -> None:
        """Adds to what is said of a run beside its steps: who carries it out, why it stopped, who cancelled it."""
        self.client.update_workflow_attributes(run, dict(notes), merge=True)

    def cancel(self, run: str) -> None:
        """Ends a run until it is resumed."""
        self.client.cancel_workflow(run)

    def notes(self, run: str) -> Mapping[str, Any]:
        """What `note` said."""
        found = self.client.list_workflows(workflow_ids=[run], load_input=False, load_output=False)
        return (found[0].attributes or {}) if found else {}

    def _has_runs(self) -> bool:
        return self.exists and sqlalchemy.inspect(self.engine).has_table(
            "workflow_status", schema=None if self.path is not None else "dbos"
        )

    def _record(self, found: WorkflowStatus, *, whole: bool) -> RunRecord:
        given = found.input["args"][0] if found.input else {}
        request = RunRequest.model_validate(given)
        notes = found.attributes or {}
        outcomes = self._outcomes(request, found.workflow_id) if whole else ()
        cancelled = notes.get("cancelled")
        status = {
            "SUCCESS": RunStatus.FINISHED,
            "CANCELLED": RunStatus.CANCELLED if cancelled else RunStatus.STOPPED,
            "ENQUEUED": RunStatus.QUEUED,
            "DELAYED": RunStatus.QUEUED,
            "PENDING": RunStatus.STARTED,
        }.get(found.status, RunStatus.BROKEN)
        return RunRecord(
            request=request,
            status=status,
            updated_at=datetime.fromtimestamp((found.updated_at or 0) / 1000, UTC),
            outcomes=outcomes,
            stopped=notes.get("stopped") if status is RunStatus.STOPPED else None,
            cancelled=cancelled,
            audit=notes.get("audit"),
        )

    def _outcomes(self, request: RunRequest, run: str) -> tuple[Outcome, ...]:
        """What is known of each operation: as recorded, or unknown where it was cut short after its intent."""
        steps = {step["function_name"]: step["output"] for step in self.client.list_workflow_steps(run)}
        recorded = {number: steps.get(request.step_name(number)) for number in range(len(request.operations))}
        intents = self.intents(run, [number for number, found in recorded.items() if found is None])
        outcomes: list[Outcome] = list(request.left_out)
        for number, operation in enumerate(request.operations):
            if (found := recorded[number]) is not None:
                outcomes.extend(Outcome.model_validate(each) for each in found)
                continue
            begun = number in intents
            result = Result.UNKNOWN if begun else Result.FAILED
            message = "cut short: it may have been sent; resuming looks first" if begun else "not attempted so far"
            outcomes.extend(
                Outcome(operation=operation.operation, email=person.email, result=result, message=message)
                for person in people_of(operation)
            )
        return tuple(outcomes)

    # -- the engine -----------------------------------------------------------------------------------------------
    def _engine(self, url: str) -> sqlalchemy.Engine:
        if self.path is None:
            engine = sqlalchemy.create_engine(
                url,
                pool_size=5,
                pool_pre_ping=True,
                connect_args={"connect_timeout": int(self._patience), "application_name": APPLICATION},
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
        return RunDatabaseFailed(
            "the run database cannot be reached",
            seen=type(error).__name__,  # its text may repeat the address
            advice="look at WORKRAMP_DATABASE_URL and the server; nothing was clicked that is not recorded",
        )

    def _private_file(self, path: Path) -> tuple[int, int]:
        """Creates the file where there is none, for this user alone."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_lost(error: BaseException) -> bool:
    import psycopg

    return isinstance(error, psycopg.OperationalError)
