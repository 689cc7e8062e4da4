"""A worker and the processes that it starts, here programs that behave as badly as processes can; over both engines."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from connector import run_control, worker
from connector.errors import RunDatabaseFailed
from connector.run_control import RunState
from connector.run_database import RunDatabase
from connector.run_queue import QueuedCommand, RunQueue
from connector.settings import Settings
from connector.shared_lease import lease_on
from connector.worker import Told, Worker
from tests.postgres import Postgres
from tests.unit.conftest import CONSOLE

DIES = (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
FAILS = (sys.executable, "-c", "import sys; print('first line', file=sys.stderr); sys.exit('no such roster')")
MUCH = "import sys; sys.stderr.write('x' * 300_000 + '\\n'); sys.stdout.write('y' * 300_000)"
SAYS_MUCH = (sys.executable, "-c", MUCH)
WAITS = (sys.executable, "-c", "import sys; print('begun', file=sys.stderr, flush=True); sys.stdin.read()")
TELLS = (sys.executable, "-c", "import sys; print(sys.argv[1:], file=sys.stderr); sys.exit(2)")


def command(run: str, *, console: str = CONSOLE, age: timedelta = timedelta()) -> QueuedCommand:
    return QueuedCommand(
        run=run,
        console=console,
        name=("people", "deactivate"),
        words=("ann@example.com", "--lanes", "2"),
        created_at=datetime.now(UTC) - age,
    )


class Served:
    """Workers for one console, and what they said and told."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.said: list[str] = []
        self.told: list[Told] = []

    def worker(self, process: tuple[str, ...], *, say: Callable[[str], None] = lambda text: None) -> Worker:
        def heard(text: str) -> None:
            self.said.append(text)
            say(text)

        return Worker(self._settings, say=heard, told=self.told.append, process=process, options=("--env-file", "x"))


@pytest.fixture
def served(settings: Settings, database: RunDatabase) -> Served:
    return Served(settings)


def test_a_process_is_started_with_the_command_and_what_the_worker_adds(served: Served, database: RunDatabase) -> None:
    RunQueue(database).add(command("one"))
    assert served.worker(TELLS).run(once=True) == 2
    added = ["--yes", "--json", "--run-id", "one", "--env-file", "x"]
    assert served.said == [str(["people", "deactivate", *added, "ann@example.com", "--lanes", "2"])]


def test_a_command_that_fails_before_it_is_a_run_keeps_why_and_the_next_has_its_turn(
    served: Served, database: RunDatabase, settings: Settings
) -> None:
    for run in ("one", "other"):
        RunQueue(database).add(command(run))
    assert served.worker(FAILS).run(once=True) == 1
    assert [(each.run, each.state) for each in served.told] == [("one", "stopped"), ("other", "stopped")]
    assert run_control.view(settings, "one").why == "first line no such roster"
    assert RunQueue(database).entries(CONSOLE) == []


def test_a_command_over_which_five_processes_died_is_left_alone(
    served: Served, database: RunDatabase, settings: Settings
) -> None:
    RunQueue(database).add(command("one"))
    for _ in range(4):
        assert served.worker(DIES).run(once=True) == -9
        assert run_control.view(settings, "one").state is RunState.QUEUED
    served.worker(DIES).run(once=True)
    view = run_control.view(settings, "one")
    assert view.state is RunState.STOPPED
    assert "5 processes" in (view.why or "")
    assert served.worker(DIES).run(once=True) == 0


def test_a_process_that_says_more_than_a_pipe_holds_is_heard_out(served: Served, database: RunDatabase) -> None:
    RunQueue(database).add(command("one"))
    assert served.worker(SAYS_MUCH).run(once=True) == 0
    assert sum(map(len, served.said)) == 300_000


def test_the_second_time_a_worker_is_told_to_end_its_process_ends_too(served: Served, database: RunDatabase) -> None:
    """The process takes no notice of the first."""
    RunQueue(database).add(command("one"))

    def twice(text: str) -> None:
        if text == "begun":
            serving.stop()
            serving.stop()

    serving = served.worker(WAITS, say=twice)
    assert serving.run(once=False) == 0
    assert [(each.run, each.state) for each in served.told] == [("one", "queued")]
    assert [entry.taken_up for entry in RunQueue(database).entries(CONSOLE)] == [0]


def test_what_is_another_console_s_or_too_old_is_left_alone(served: Served, database: RunDatabase) -> None:
    queue = RunQueue(database)
    queue.add(command("elsewhere", console="https://other.example"))
    queue.add(command("old", age=timedelta(hours=25)))
    queue.add(command("young", age=timedelta(hours=23)))
    served.worker(FAILS).run(once=True)
    assert [each.run for each in served.told] == ["young"]
    assert sum("old is older than its time to live" in text for text in served.said) == 1


def test_a_worker_leaves_the_queue_to_the_one_who_has_it(
    served: Served, database: RunDatabase, settings: Settings
) -> None:
    RunQueue(database).add(command("one"))
    with lease_on(settings, f"{CONSOLE}#queue") as other:
        assert other.take("another worker")
        assert served.worker(FAILS).run(once=True) == 0
        assert served.told == []
    served.worker(FAILS).run(once=True)
    assert [each.run for each in served.told] == ["one"]


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_worker_outlives_a_database_that_is_away_for_a_while(
    served: Served, database: RunDatabase, settings: Settings, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_DATABASE_SECONDS", 0.1)
    RunQueue(database).add(command("one"))
    database.close()
    assert settings.database_url is not None
    name = settings.database_url.get_secret_value().rpartition("/")[2]
    postgres.execute("postgres", f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    with pytest.raises(RunDatabaseFailed):
        served.worker(FAILS).run(once=True)
    seen = threading.Event()

    def back(text: str) -> None:
        if "looking again" in text and not seen.is_set():
            seen.set()
            postgres.execute("postgres", f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    serving = served.worker(FAILS, say=back)
    original = served.told.append

    def told(what: Told) -> None:
        original(what)
        serving.stop()

    monkeypatch.setattr(serving, "_told", told)
    assert serving.run(once=False) == 0
    assert seen.is_set()
    assert [each.run for each in served.told] == ["one"]
