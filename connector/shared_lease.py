"""One run at a time per console across machines: a row in the run database, where that is PostgreSQL.

The row holds who works at the console, a token that grows each time it changes hands, and until when. Its holder puts
that moment off as long as it lives. Moments are the database's, so that no machine's clock counts. Whoever comes after
an expired holder gets the next token; the one before finds its token gone before its next click.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC
from typing import Any

import psycopg

from connector.errors import LeaseLost, RunDatabaseFailed
from connector.lease import ConsoleLease, Holder, Lease
from connector.settings import Settings

SECONDS = 20.0
"""How long a holder that reports no more keeps the console."""

CONNECTION: dict[str, Any] = {
    "connect_timeout": 10,
    "application_name": "workramp-connector",
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}
"""How the database is connected to: a network that was cut is noticed within ten seconds."""

_SET_UP = """
SELECT pg_advisory_xact_lock(hashtext('workramp.leases'));
CREATE SCHEMA IF NOT EXISTS workramp;
CREATE TABLE IF NOT EXISTS workramp.leases (
    console text PRIMARY KEY,
    token bigint NOT NULL,
    run text NOT NULL,
    pid integer NOT NULL,
    host text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL
)
"""
_TAKE = """
INSERT INTO workramp.leases AS held (console, token, run, pid, host, since, until)
VALUES (%(console)s, 1, %(run)s, %(pid)s, %(host)s, clock_timestamp(),
        clock_timestamp() + %(seconds)s * interval '1 second')
ON CONFLICT (console) DO UPDATE
SET token = held.token + 1, run = excluded.run, pid = excluded.pid, host = excluded.host, since = clock_timestamp(),
    until = clock_timestamp() + %(seconds)s * interval '1 second'
WHERE held.until < clock_timestamp()
RETURNING token
"""
_RENEW = """
UPDATE workramp.leases SET until = clock_timestamp() + %(seconds)s * interval '1 second'
WHERE console = %(console)s AND token = %(token)s
RETURNING token
"""
_RELEASE = "UPDATE workramp.leases SET until = '-infinity' WHERE console = %(console)s AND token = %(token)s"
_HOLDER = """
SELECT run, pid, host, since FROM workramp.leases WHERE console = %(console)s AND until >= clock_timestamp()
"""


def lease_on(settings: Settings, console: str) -> ConsoleLease:
    """The lease that everybody who shares these settings' run database goes by."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    if url.startswith("postgresql:"):
        return SharedLease(url, console)
    return Lease(settings.state_dir, console)


class SharedLease(ConsoleLease):
    """The lease of all machines that share a run database. Each of its methods raises RunDatabaseFailed."""

    busy_look_seconds = 0.5

    def __init__(self, url: str, console: str, *, seconds: float = SECONDS) -> None:
        super().__init__(console)
        self._url = url
        self._seconds = seconds
        self._token: int | None = None
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        self._one_at_a_time = threading.Lock()
        self._over = threading.Event()
        self._heart: threading.Thread | None = None

    def holder(self) -> Holder | None:
        """Who holds the lease now, by the database's clock; None where nobody does."""
        try:
            return self._said()
        finally:
            if self._token is None:
                self._disconnect()

    def take(self, run: str) -> bool:
        """Takes the lease where nobody has it any more."""
        here = Holder.here(run)
        wanted = {"run": run, "pid": here.pid, "host": here.host}
        try:
            found = self._ask(_TAKE, wanted)
        except psycopg.errors.UndefinedTable:
            self._ask(_SET_UP, None)
            found = self._ask(_TAKE, wanted)
        if found is None:
            return False
        self._token = int(found[0])
        self._over.clear()
        self._heart = threading.Thread(target=self._beat, name="lease", daemon=True)
        self._heart.start()
        return True

    def check(self) -> None:
        """Puts the end of the lease off. Raises LeaseLost where somebody else has it meanwhile."""
        if self._token is None or self._ask(_RENEW) is None:
            raise LeaseLost(
                f"this run no longer holds {self.console}: the run database heard nothing of it for more than "
                f"{self._seconds:g} s, and somebody else took over",
                seen=str(self._said() or "nobody any more"),
            )

    def release(self) -> None:
        """Gives the lease back. Where the database cannot be reached it ends by itself. Safe to call twice."""
        self._over.set()
        if self._heart is not None:
            self._heart.join()
            self._heart = None
        with suppress(RunDatabaseFailed):  # nobody can be told, and it expires
            if self._token is not None:
                self._ask(_RELEASE)
        self._token = None
        self._disconnect()

    def _said(self) -> Holder | None:
        try:
            found = self._ask(_HOLDER)
        except psycopg.errors.UndefinedTable:
            return None  # nobody has ever worked with this database
        if found is None:
            return None
        run, pid, host, since = found
        return Holder(run=run, pid=pid, host=host, since=since.astimezone(UTC))

    def _beat(self) -> None:
        """Puts the end of the lease off, until it is given back or lost."""
        while not self._over.wait(self._seconds / 4):
            try:
                if self._ask(_RENEW) is None:
                    return  # `check` says so before the next click
            except RunDatabaseFailed:
                continue  # it may come back before the lease ends; else `check` says so

    def _ask(self, statement: str, more: Mapping[str, Any] | None = {}) -> tuple[Any, ...] | None:
        """The first row that a statement answers. Over a new connection where the one that was there is gone."""
        given = None
        if more is not None:
            given = {"console": self.console, "token": self._token, "seconds": self._seconds, **more}
        with self._one_at_a_time:
            fresh = self._connection is None
            try:
                return self._executed(statement, given)
            except psycopg.errors.UndefinedTable:
                raise
            except psycopg.OperationalError as error:
                self._disconnect()
                if fresh:
                    raise _failed(error) from None
            except psycopg.Error as error:
                raise _failed(error) from None
            try:
                return self._executed(statement, given)
            except psycopg.Error as error:
                self._disconnect()
                raise _failed(error) from None

    def _executed(self, statement: str, given: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
        if self._connection is None:
            self._connection = psycopg.connect(self._url, autocommit=True, **CONNECTION)
        cursor = self._connection.execute(statement.encode(), given)
        return cursor.fetchone() if cursor.description is not None else None

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _failed(error: psycopg.Error) -> RunDatabaseFailed:
    return RunDatabaseFailed(
        "the run database, which says who may work at the console, cannot be used",
        seen=type(error).__name__,  # its text may repeat the address
        advice="look at WORKRAMP_DATABASE_URL, the server, and whether its user may create a schema; "
        "nothing more was clicked",
    )
