"""A worker: takes what waits at its console, one after the other, and has a process carry it out.

A process of its own for each, because a run is one engine, one browser, and whatever a browser does to the process that
drives it; and because it is then the same command that somebody could type. The process is told to finish what it has
in hand through its standard input, and ends by itself where that ends: it does not outlive its worker.

Several workers may serve one console. Whoever holds the console's queue takes the next; the lease dies with the worker.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from connector.errors import RunDatabaseFailed
from connector.lease import ConsoleLease
from connector.run_database import RunDatabase
from connector.run_queue import Entry, RunQueue
from connector.run_records import RunStatus
from connector.schedules import Schedules
from connector.settings import Settings
from connector.shared_lease import lease_on

_LOOK_AGAIN_SECONDS = 1.0
_DATABASE_SECONDS = 5.0
_MOST_TRIES = 5
"""So many processes may die over one run before the worker lets it be."""
_KEPT_LINES = 20

PROCESS = (sys.executable, "-m", "connector.cli.carried")
"""How a command is started; its words follow."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (negative: by which signal), and the last lines it said."""

    exit_code: int
    said: tuple[str, ...]
    report: Mapping[str, Any] | None
    """What it printed, where that was JSON."""


@dataclass(frozen=True)
class Told:
    """What became of an entry, for whoever watches."""

    run: str
    what: str
    state: str
    exit_code: int
    summary: Mapping[str, int] = field(default_factory=dict)


class Worker:
    """Serves the console of its settings.

    Args:
        settings: the console, the run database, the state directory.
        options: words for every command that is started, such as `--env-file` and its file.
        say: called with one line at a time for the operator: its own, and those of the processes.
        told: called with what became of each entry.
        clock: what time it is, for schedules.
        process: how commands are started.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        options: Sequence[str] = (),
        say: Callable[[str], None],
        told: Callable[[Told], None] = lambda told: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        process: Sequence[str] = PROCESS,
    ) -> None:
        self._settings = settings
        self._options = tuple(options)
        self._say = say
        self._told = told
        self._clock = clock
        self._process = tuple(process)
        self._stops = 0
        self._database: RunDatabase | None = None
        self._wake, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        self._not_before: dict[str, float] = {}
        self._said_of: set[str] = set()

    def stop(self) -> None:
        """Finish what is in hand and end; called again, end at once. May be called from a signal handler."""
        self._stops += 1
        os.write(self._waker, b"x")

    def run(self, *, once: bool) -> int:
        """Works until told to stop; `once`: until nothing is due or waits any more.

        Returns the exit code of the first command that did not end well, where it worked `once`; else 0. Raises
        RunDatabaseFailed, where it works `once`; else it waits for the database.
        """
        worst = 0
        lease = lease_on(self._settings, f"{self._settings.url}#queue")
        try:
            while not self._stops:
                try:
                    ended = self._next(self._opened(), lease)
                except RunDatabaseFailed as error:
                    self._close()
                    if once:
                        raise
                    self._say(f"{error.message} ({error.seen}); looking again every {_DATABASE_SECONDS:g} s.")
                    self._wait(_DATABASE_SECONDS)
                    continue
                if ended is not None:
                    worst = worst or ended.exit_code
                elif once:
                    break
                else:
                    self._wait(_LOOK_AGAIN_SECONDS)
        finally:
            self._close()
            os.close(self._wake)
            os.close(self._waker)
        return worst if once else 0

    # -- what comes next ------------------------------------------------------------------------------------------
    def _opened(self) -> RunDatabase:
        if self._database is None:
            self._database = RunDatabase(self._settings, create=True)
            self._database.prepare()
        self._database.check()
        return self._database

    def _close(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            database.close()

    def _next(self, database: RunDatabase, lease: ConsoleLease) -> Told | None:
        """Carries out what waits longest; None where nothing does, or another worker has the queue."""
        for command in Schedules(database).fire(self._settings.url, self._clock(), self._settings.run_ttl_hours):
            self._say(f"{command.run} is due: {command.text}")
        queue = RunQueue(database)
        if self._first(queue, database) is None or not lease.take(f"worker {os.getpid()}"):
            return None
        try:
            entry = self._first(queue, database)
            if entry is None:
                return None
            queue.note_tries(entry, entry.taken_up + 1)
            told = self._settle(queue, database, entry, self._carry_out(entry))
        finally:
            lease.release()
        self._told(told)
        return told

    def _first(self, queue: RunQueue, database: RunDatabase) -> Entry | None:
        for entry in queue.entries(self._settings.url):
            if entry.command is not None and database.find(entry.run) is not None:
                queue.forget(entry.run)  # whoever carried it out was killed before that
            elif entry.started and self._is_worked_on(entry):
                continue
            elif entry.stale(self._clock()):
                if entry.run not in self._said_of:
                    self._said_of.add(entry.run)
                    self._say(
                        f"{entry.run} is older than its time to live of {entry.hours_to_live:g} h and is left alone; "
                        f"`workramp runs resume {entry.run} --stale` goes on with it, `runs cancel` ends it."
                    )
            elif self._not_before.get(entry.run, 0.0) <= monotonic():
                return entry
        return None

    def _is_worked_on(self, entry: Entry) -> bool:
        holder = lease_on(self._settings, self._settings.url).holder()
        return holder is not None and holder.run == entry.run

    # -- one entry ------------------------------------------------------------------------------------------------
    def _carry_out(self, entry: Entry) -> Ended:
        if entry.command is None:
            words = ["runs", "resume", entry.run, "--yes", "--json", *self._options]
        else:
            given = entry.command
            words = [*given.name, "--yes", "--json", "--run-id", given.run, *self._options, *given.words]
        process = subprocess.Popen(
            [*self._process, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the worker, which passes it on
        )
        return self._watch(process)

    def _watch(self, process: subprocess.Popen[bytes]) -> Ended:
        """Passes on what the process says, and tells it when to finish, until it has ended."""
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        printed: list[bytes] = []
        said: deque[str] = deque(maxlen=_KEPT_LINES)
        begun = b""
        told = 0
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            waiting.register(process.stderr, selectors.EVENT_READ)
            waiting.register(self._wake, selectors.EVENT_READ)
            # What a browser keeps open after the process has ended is not waited for.
            while len(waiting.get_map()) > 1 and process.poll() is None:
                for key, _ in waiting.select(_LOOK_AGAIN_SECONDS):
                    got = os.read(key.fd, 65536)
                    if key.fd == self._wake:
                        told = self._pass_on(process, told)
                    elif not got:
                        waiting.unregister(key.fileobj)
                    elif key.fd == process.stdout.fileno():
                        printed.append(got)
                    else:
                        *lines, begun = (begun + got).split(b"\n")
                        self._hear(lines, said)
            os.set_blocking(process.stdout.fileno(), False)
            os.set_blocking(process.stderr.fileno(), False)
            printed.append(process.stdout.read() or b"")
            self._hear([line for line in (begun + (process.stderr.read() or b"")).split(b"\n") if line], said)
        exit_code = process.wait()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        process.stderr.close()
        return Ended(exit_code, tuple(said), _report(b"".join(printed)))

    def _pass_on(self, process: subprocess.Popen[bytes], told: int) -> int:
        """The first time the process finishes what it has in hand, the second time it ends at once."""
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended meanwhile
            if told == 0:
                process.stdin.write(b"finish\n")
                process.stdin.flush()
            if self._stops > 1:
                process.stdin.close()
        return self._stops

    def _hear(self, lines: Sequence[bytes], said: deque[str]) -> None:
        for line in lines:
            text = line.decode(errors="replace")
            said.append(text)
            self._say(text)

    def _settle(self, queue: RunQueue, database: RunDatabase, entry: Entry, ended: Ended) -> Told:
        """Keeps what became of an entry: over, stopped, or still waiting."""
        record = database.find(entry.run)
        died = ended.exit_code < 0
        left = False
        if record is not None:
            if entry.command is not None:
                queue.forget(entry.run)
            state = record.status.value
            left = record.status in (RunStatus.QUEUED, RunStatus.STARTED)
        elif self._stops:
            state = RunStatus.QUEUED.value
            queue.note_tries(entry, entry.taken_up)
        elif died:
            state, left = RunStatus.QUEUED.value, True
        else:
            queue.stop(entry, ended.exit_code, " ".join(ended.said)[-2000:] or "it said nothing")
            state = RunStatus.STOPPED.value
        if left and not self._stops and not self._is_worked_on(entry):
            if entry.taken_up + 1 >= _MOST_TRIES:
                queue.stop(entry, ended.exit_code, f"{_MOST_TRIES} processes came to no end with it")
                state = RunStatus.STOPPED.value
            else:
                self._not_before[entry.run] = monotonic() + _DATABASE_SECONDS * 2**entry.taken_up
        what = entry.command.text if entry.command is not None else f"runs resume {entry.run}"
        summary = (ended.report or {}).get("summary") or {}
        return Told(entry.run, what, state, ended.exit_code, summary)

    def _wait(self, seconds: float) -> None:
        """Until something is to be looked at again, or the worker is told to stop."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._wake, selectors.EVENT_READ)
            waiting.select(seconds)


def _report(printed: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(printed)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
