"""Workers: what is queued or due is carried out once, whoever is told to end or killed meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from connector import run_control
from connector.models import Invite, Operation
from connector.run_control import RunState
from connector.run_database import RunDatabase
from connector.schedules import Schedules, new_schedule
from connector.settings import Settings
from fixtures.mock_console import Books, MockConsole
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.web import Web
from tests.conftest import settings_for
from tests.faults.processes import Processes, descendants, gone
from tests.flows.oracle import ANY, assert_nothing_happened, assert_only_changed, happened, mailed
from tests.postgres import Postgres

_SECONDS = 200
pytestmark = pytest.mark.timeout(300)


@dataclass
class Place:
    """A console, a run database, and the processes that work with them."""

    mock: MockConsole
    processes: Processes
    settings: Settings
    folder: Path
    given: dict[str, str] = field(default_factory=dict)
    postgres: Postgres | None = None

    def command(self, *words: str, **more: str) -> subprocess.Popen[str]:
        return self.processes.command(*words, **self.given, **more)

    def done(self, *words: str, code: int = 0) -> str:
        """What a command prints."""
        process = self.command(*words)
        out, err = process.communicate(timeout=_SECONDS)
        assert process.returncode == code, err
        return out

    def machine(self, name: str) -> dict[str, str]:
        """Settings of a machine that shares nothing but the database."""
        return {"WORKRAMP_STATE_DIR": str(self.folder / name)}

    def let_leases_expire(self) -> None:
        """What time does to the leases of the dead; a lock of the operating system died with them."""
        if self.postgres is not None:
            name = self.given["WORKRAMP_DATABASE_URL"].rpartition("/")[2]
            self.postgres.execute(name, "UPDATE workramp.leases SET until = clock_timestamp() - interval '1 second'")

    def states(self) -> dict[str, RunState]:
        return {view.request.id: view.state for view in run_control.views(self.settings, limit=50)}

    def roster(self, *emails: str) -> Path:
        file = self.folder / "roster.csv"
        rows = [f"{email},{email.partition('@')[0].title()},New" for email in emails]
        file.write_text("\n".join(["Email,First name,Last name", *rows]) + "\n")
        return file


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, mock: MockConsole, tmp_path: Path) -> Iterator[Place]:
    processes = Processes(mock, tmp_path, lanes=1)
    given: dict[str, str] = {}
    settings = settings_for(mock, processes.state_dir)
    postgres: Postgres | None = None
    if request.param == "postgresql":
        postgres = request.getfixturevalue("postgres")
        assert postgres is not None
        given["WORKRAMP_DATABASE_URL"] = postgres.new_database()
        settings = settings_for(mock, processes.state_dir, database_url=given["WORKRAMP_DATABASE_URL"])
    yield Place(mock, processes, settings, tmp_path, given, postgres)
    processes.close()


on_postgres = pytest.mark.parametrize("place", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


def guests(count: int, prefix: str = "guest") -> list[str]:
    return [f"{prefix}{number}@northwind.example" for number in range(count)]


def operations(emails: list[str]) -> list[Operation]:
    return [Invite(email=email, first_name=email.partition("@")[0], last_name="New") for email in emails]


class At:
    """Does something when the console has just sent a certain number of invitations, before it answers."""

    def __init__(self, mock: MockConsole, number: int, action: Callable[[], None]) -> None:
        self._mock = mock
        self._left = number
        self._action = action
        self._before = mock.books()
        self._begun = False
        self.done = threading.Event()

    def __call__(self) -> None:
        if not self._begun and len(mailed(self._before, self._mock.books())) >= self._left:
            self._begun = True
            self._action()
            self.done.set()


@pytest.fixture
def at(mock: MockConsole, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], None]], At]:
    waiting: list[At] = []
    original = Web.done

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        for each in waiting:
            each()
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)

    def add(number: int, action: Callable[[], None]) -> At:
        waiting.append(At(mock, number, action))
        return waiting[-1]

    return add


# -- the queue ---------------------------------------------------------------------------------------------------------
def test_what_is_queued_is_carried_out_once_and_in_its_order(place: Place, mock: MockConsole) -> None:
    before = mock.books()
    runs = [
        place.done("people", "invite", email, "--first-name", "A", "--last-name", "B", "--yes", "--queue").strip()
        for email in guests(2)
    ]
    assert_nothing_happened(before, mock.books())
    assert place.states() == dict.fromkeys(runs, RunState.QUEUED)
    out = place.done("worker", "--once", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert [(each["run"], each["state"], each["exit_code"]) for each in told] == [(run, "finished", 0) for run in runs]
    assert [each["summary"]["done"] for each in told] == [1, 1]
    assert mailed(before, mock.books()) == [(email, "invitation") for email in guests(2)]
    assert place.states() == dict.fromkeys(runs, RunState.FINISHED)
    after = mock.books()
    assert place.done("worker", "--once", "--json") == ""
    assert_nothing_happened(after, mock.books())


@on_sqlite
def test_a_command_that_was_queued_and_carried_out_prints_its_outcomes_when_it_is_given_again(
    place: Place, mock: MockConsole
) -> None:
    (email,) = guests(1)
    invite = ("people", "invite", email, "--first-name", "A", "--last-name", "B", "--queue", "--run-id", "monday")
    assert place.done(*invite).strip() == place.done(*invite).strip() == "monday"
    place.done("worker", "--once")
    before = mock.books()
    assert before.find(email) is not None
    (outcome,) = json.loads(place.done(*invite, "--json"))["outcomes"]
    assert (outcome["email"], outcome["result"]) == (email, "done")
    place.done("people", "deactivate", email, "--queue", "--yes", "--run-id", "monday", code=2)
    assert_nothing_happened(before, mock.books())


@on_sqlite
def test_a_command_that_was_queued_and_waits_tells_so_when_it_is_given_again(place: Place, mock: MockConsole) -> None:
    (email,) = guests(1)
    invite = ("people", "invite", email, "--first-name", "A", "--last-name", "B", "--group", "No Such Group")
    queued = ("--queue", "--run-id", "tuesday")
    before = mock.books()
    place.done(*invite, *queued)
    place.done("worker", "--once", code=3)
    assert json.loads(place.done(*invite, *queued, "--json")) == {"run": "tuesday", "state": "waiting"}
    place.done("people", "deactivate", email, "--yes", *queued, code=2)
    assert place.states() == {"tuesday": RunState.WAITING}
    assert before.find(email) is mock.books().find(email) is None


@on_sqlite
def test_a_worker_ends_with_the_exit_code_of_what_was_refused(place: Place, mock: MockConsole) -> None:
    before = mock.books()
    place.done("people", "deactivate", mock.admin_email, "--yes", "--queue")
    place.done("people", "invite", guests(1)[0], "--first-name", "A", "--last-name", "B", "--queue")
    out = place.done("worker", "--once", "--json", code=3)
    assert [json.loads(line)["exit_code"] for line in out.splitlines()] == [3, 0]
    assert mailed(before, mock.books()) == [(guests(1)[0], "invitation")]


@on_sqlite
def test_a_cancelled_command_is_not_carried_out_and_its_neighbour_is(place: Place, mock: MockConsole) -> None:
    before = mock.books()
    one, other = (
        place.done("people", "invite", email, "--first-name", "A", "--last-name", "B", "--queue").strip()
        for email in guests(2)
    )
    place.done("runs", "cancel", one)
    place.done("worker", "--once")
    assert mailed(before, mock.books()) == [(guests(2)[1], "invitation")]
    assert place.states() == {one: RunState.CANCELLED, other: RunState.FINISHED}


@on_sqlite
def test_a_roster_that_is_gone_when_its_turn_comes_is_told_by_the_run(place: Place, mock: MockConsole) -> None:
    before = mock.books()
    roster = place.roster(*guests(1))
    run = place.done("apply", str(roster), "--queue").strip()
    roster.unlink()
    place.done("worker", "--once", code=2)
    assert_nothing_happened(before, mock.books())
    view = run_control.view(place.settings, run)
    assert view.state is RunState.STOPPED
    assert "cannot be read as a roster" in (view.why or "")
    place.roster(*guests(1))
    place.done("runs", "resume", run)
    place.done("worker", "--once")
    assert mailed(before, mock.books()) == [(guests(1)[0], "invitation")]
    assert place.states() == {run: RunState.FINISHED}


# -- schedules ---------------------------------------------------------------------------------------------------------
def test_a_schedule_that_was_missed_for_days_is_carried_out_once(place: Place, mock: MockConsole) -> None:
    """It was added three days ago, for every hour, and no worker was there."""
    before = mock.books()
    now = datetime.now(UTC)
    database = RunDatabase(place.settings, create=True)
    database.prepare()
    Schedules(database).add(
        new_schedule(
            "30 * * * *",
            "UTC",
            place.settings.url,
            ("apply",),
            (str(place.roster(*guests(2))),),
            id="staff",
            added_by="somebody",
            now=now - timedelta(days=3),
        )
    )
    database.close()
    due = now.replace(minute=30, second=0, microsecond=0)
    due -= timedelta(hours=1 if due > now else 0)
    out = place.done("worker", "--once", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert [each["run"] for each in told] == [f"staff-{due:%Y%m%dT%H%M%SZ}"]
    assert sorted(mailed(before, mock.books())) == [(email, "invitation") for email in guests(2)]
    after = mock.books()
    assert place.done("worker", "--once", "--json") == ""
    assert_nothing_happened(after, mock.books())
    listed = json.loads(place.done("schedule", "list", "--json"))
    assert [each["last"] for each in listed] == [f"{due:%Y-%m-%dT%H:%M:%SZ}"]


# -- approvals ---------------------------------------------------------------------------------------------------------
AIKO, PETER = "aiko.tanaka@northwind.example", "peter.novak@northwind.example"


def leavers(place: Place, *emails: str) -> str:
    """The run of a roster by which these people, whom SCIM manages, leave and one comes: a worker had it in hand."""
    file = place.folder / "leavers.csv"
    rows = [f"{email},,,deactivated" for email in emails]
    file.write_text("\n".join(["Email,First name,Last name,Status", f"{guests(1)[0]},A,B,active", *rows]) + "\n")
    run = place.done("apply", str(file), "--queue").strip()
    (told,) = [json.loads(line) for line in place.done("worker", "--once", "--json", code=3).splitlines()]
    assert (told["run"], told["state"], told["summary"]["refused"]) == (run, "waiting", len(emails))
    return run


def test_what_is_approved_is_carried_out_by_a_worker_and_nothing_else(place: Place, mock: MockConsole) -> None:
    """On PostgreSQL it is approved on one machine and carried out on another."""
    before = mock.books()
    run = leavers(place, AIKO, PETER)
    between = mock.books()
    assert mailed(before, between) == [(guests(1)[0], "invitation")]
    assert between.person(AIKO).status == between.person(PETER).status == "active"
    elsewhere = place.machine("elsewhere") if place.postgres is not None else {}
    approve = ("runs", "approve", run, "--email", AIKO, "--by", "Priya", "--yes", "--json")
    refused = place.command(*approve, "--queue", "--resume", **elsewhere)
    refused.communicate(timeout=_SECONDS)
    assert refused.returncode == 2
    assert place.done("worker", "--once", "--json") == "", "nobody approved anything so far"
    approved = place.command(*approve, "--queue", **elsewhere)
    out, err = approved.communicate(timeout=_SECONDS)
    assert approved.returncode == 0, err
    (asked,) = json.loads(out)["decided"]
    assert (asked["email"], asked["decision"]["by"]) == (AIKO, "Priya")
    assert place.states() == {run: RunState.QUEUED}
    assert_nothing_happened(between, mock.books())
    (told,) = [json.loads(line) for line in place.done("worker", "--once", "--json", code=3).splitlines()]
    assert (told["run"], told["state"], told["exit_code"]) == (run, "waiting", 3)
    assert changed(between, mock.books()) == [("deactivated", AIKO)]
    place.done("runs", "reject", run, "--email", PETER, "--reason", "she stays")
    assert place.states() == {run: RunState.FINISHED}
    shown = json.loads(place.done("runs", "show", run, "--json"))
    assert {each["email"]: each["result"] for each in shown["outcomes"]} == {
        guests(1)[0]: "done",
        AIKO: "done",
        PETER: "refused",
    }
    after = mock.books()
    assert_only_changed(
        before,
        after,
        {
            guests(1)[0]: {"first_name": "A", "last_name": "B"},
            AIKO: {"status": "deactivated"},
            mock.admin_email: {"last_login": ANY},
        },
    )
    assert place.done("worker", "--once", "--json") == ""
    resumed = place.command("runs", "resume", run)
    _, err = resumed.communicate(timeout=_SECONDS)
    assert resumed.returncode == 3
    assert "1 refused for good" in err
    assert "--override" not in err
    assert_nothing_happened(after, mock.books())


@on_postgres
def test_what_is_approved_goes_on_with_another_worker_where_the_first_is_killed(
    place: Place, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed like a machine that loses its power, just after the console has deactivated the first of two."""
    run = leavers(place, AIKO, PETER)
    before = mock.books()
    place.done("runs", "approve", run, "--yes", "--queue")
    worker = place.command("worker", **place.machine("one"))
    original = Web.done
    killed = threading.Event()

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        if not killed.is_set() and changed(before, mock.books()):
            for pid in [worker.pid, *descendants(worker.pid)]:
                os.kill(pid, signal.SIGKILL)
            killed.set()
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)
    worker.communicate(timeout=_SECONDS)
    assert killed.is_set()
    assert len(changed(before, mock.books())) == 1
    place.let_leases_expire()
    other = place.command("worker", "--once", "--json", **place.machine("other"))
    out, err = other.communicate(timeout=_SECONDS)
    assert other.returncode == 0, err
    assert [json.loads(line)["state"] for line in out.splitlines()] == ["finished"]
    assert sorted(changed(before, mock.books())) == [("deactivated", AIKO), ("deactivated", PETER)]
    assert place.states() == {run: RunState.FINISHED}


def changed(before: Books, after: Books) -> list[tuple[str, str]]:
    """What happened to people, without who signed in."""
    return [event for event in happened(before, after) if not event[0].startswith("sign")]


# -- told to end -------------------------------------------------------------------------------------------------------
def test_a_worker_that_is_told_to_end_finishes_what_is_in_hand_and_leaves_the_rest(
    place: Place, mock: MockConsole, at: Callable[[int, Callable[[], None]], At]
) -> None:
    before = mock.books()
    emails = guests(4)
    run = place.done("apply", str(place.roster(*emails)), "--queue").strip()
    late = "late@northwind.example"
    later = place.done("people", "invite", late, "--first-name", "Late", "--last-name", "New", "--queue")
    worker = place.command("worker", "--json")
    left: set[int] = set()

    def end() -> None:
        left.update(descendants(worker.pid))
        worker.send_signal(signal.SIGTERM)

    told = at(2, end)
    _, err = worker.communicate(timeout=_SECONDS)
    assert told.done.is_set()
    assert worker.returncode == 0, err
    assert left
    assert gone(left, 15) == set()
    assert len(mailed(before, mock.books())) == 2
    assert place.states() == {run: RunState.QUEUED, later.strip(): RunState.QUEUED}
    view = run_control.view(place.settings, run)
    assert [outcome.result.value for outcome in view.outcomes] == ["done", "done", "failed", "failed"]
    place.done("worker", "--once")
    invited = [*emails, late]
    assert sorted(mailed(before, mock.books())) == sorted((email, "invitation") for email in invited)
    assert set(place.states().values()) == {RunState.FINISHED}


@on_sqlite
def test_a_worker_that_has_nothing_to_do_ends_when_it_is_told(place: Place) -> None:
    worker = place.command("worker")
    assert worker.stderr is not None
    assert "works for" in worker.stderr.readline()
    worker.send_signal(signal.SIGINT)
    worker.communicate(timeout=20)
    assert worker.returncode == 0


# -- killed ------------------------------------------------------------------------------------------------------------
def test_a_run_that_was_killed_is_taken_up_by_a_worker_which_finishes_it(place: Place, mock: MockConsole) -> None:
    before = mock.books()
    emails = guests(3)
    killed = place.processes.run(operations(emails), "killed", place.given, fatal=6)
    killed.communicate(timeout=_SECONDS)
    assert killed.returncode == -signal.SIGKILL
    assert len(mailed(before, mock.books())) < 3
    place.let_leases_expire()
    out = place.done("worker", "--once", "--json")
    assert [json.loads(line)["run"] for line in out.splitlines()] == ["killed"]
    assert sorted(mailed(before, mock.books())) == [(email, "invitation") for email in emails]
    assert place.states() == {"killed": RunState.FINISHED}


def test_the_process_of_a_worker_that_is_killed_does_not_outlive_it(
    place: Place, mock: MockConsole, at: Callable[[int, Callable[[], None]], At]
) -> None:
    before = mock.books()
    emails = guests(3)
    place.done("apply", str(place.roster(*emails)), "--queue")
    worker = place.command("worker")
    left: set[int] = set()

    def kill() -> None:
        left.update(descendants(worker.pid))
        worker.kill()

    told = at(1, kill)
    worker.communicate(timeout=_SECONDS)
    assert told.done.is_set()
    assert left
    assert gone(left, 30) == set()
    assert len(mailed(before, mock.books())) == 1
    place.let_leases_expire()
    place.done("worker", "--once")
    assert sorted(mailed(before, mock.books())) == [(email, "invitation") for email in emails]


@on_postgres
def test_one_of_two_workers_finishes_a_queue_in_which_the_other_is_killed(
    place: Place, mock: MockConsole, at: Callable[[int, Callable[[], None]], At]
) -> None:
    """Killed like a machine that loses its power: the worker, its process and its browser, all at once."""
    before = mock.books()
    emails = guests(6)
    runs = [
        place.done("people", "invite", email, "--first-name", "A", "--last-name", "B", "--queue").strip()
        for email in emails[:3]
    ]
    runs.append(place.done("apply", str(place.roster(*emails[3:])), "--queue").strip())
    one, other = (place.command("worker", "--json", **place.machine(name)) for name in ("one", "other"))
    victim: list[subprocess.Popen[str]] = []

    def kill() -> None:
        """Whoever has a process under it is the one who just invited somebody."""
        victim.append(next(worker for worker in (one, other) if descendants(worker.pid)))
        for pid in [victim[0].pid, *descendants(victim[0].pid)]:
            os.kill(pid, signal.SIGKILL)

    told, all_invited = at(2, kill), at(len(emails), lambda: None)
    assert told.done.wait(_SECONDS)
    killed_at = time.monotonic()
    survivor = other if victim[0] is one else one
    assert all_invited.done.wait(_SECONDS)
    assert time.monotonic() - killed_at < 120
    for state in iter(lambda: set(place.states().values()), {RunState.FINISHED}):
        assert state <= {RunState.FINISHED, RunState.RUNNING, RunState.QUEUED, RunState.INTERRUPTED}
        assert survivor.poll() is None
    survivor.send_signal(signal.SIGTERM)
    out, err = survivor.communicate(timeout=_SECONDS)
    assert survivor.returncode == 0, err
    assert victim[0].wait(10) == -signal.SIGKILL
    assert sorted(mailed(before, mock.books())) == sorted((email, "invitation") for email in emails)
    assert sorted(place.states()) == sorted(runs)
    assert json.loads(out.splitlines()[0])["state"] == "finished"
    assert {email for kind, email in happened(before, mock.books()) if kind == "invited"} == set(emails)
