"""Durable runs: what is recorded, who may go on with them, and what happens when nothing can be recorded."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from connector import Connector, run_control, run_database
from connector.batch import Batch
from connector.errors import ConsoleBusy, InputError, RunDatabaseFailed, SignInFailed
from connector.lease import Lease
from connector.models import Deactivate, Guard, Invite, Operation, Outcome, Reactivate, Report, Result
from connector.run_control import RunState
from connector.run_database import RunDatabase
from connector.settings import Settings
from fixtures.mock_console import MockConsole
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.web import Web
from tests.conftest import StartConnector, settings_for
from tests.faults.processes import Processes, descendants, gone
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed

ANN, BILL, HELEN = (
    "ann@northwind.example",
    "bill.hargreaves@northwind.example",
    "helen.brandt@northwind.example",
)
NEW = "nadja.new@northwind.example"
TWO: list[Operation] = [Deactivate(email=ANN), Deactivate(email=BILL)]


pytestmark = pytest.mark.usefixtures("one_lane")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked run database is waited for no longer than half a second."""
    monkeypatch.setattr(run_database, "_PATIENCE_SECONDS", 0.5)


def file_of(settings: Settings) -> Path:
    return settings.state_dir / "runs.sqlite"


def results(report: Report) -> list[Result]:
    return [outcome.result for outcome in report.outcomes]


def once(action: Callable[[], object]) -> Callable[[Outcome], None]:
    """Something to do when the first outcome is known."""
    left = [action]

    def told(outcome: Outcome) -> None:
        if left:
            left.pop()()

    return told


# -- the same run ------------------------------------------------------------------------------------------------------
def test_a_run_that_is_over_gives_its_outcomes_again_without_a_browser(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    first = connector.run(TWO, run_id=run)
    after = mock.books()
    assert results(first) == [Result.DONE] * 2
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}, BILL: {"status": "deactivated"}})
    again: list[Outcome] = []
    with Connector(settings_for(mock, settings.state_dir, browser="no-such-browser")) as other:
        assert other.run(TWO, run_id=run, on_outcome=again.append) == first
        assert other.resume(run) == first
    assert tuple(again) == first.outcomes
    assert_nothing_happened(after, mock.books())


def test_the_same_id_with_other_operations_or_overrides_is_an_error(
    connector: Connector, mock: MockConsole, run: str
) -> None:
    connector.run(TWO[:1], run_id=run)
    between = mock.books()
    with pytest.raises(InputError, match="other operations") as refusal:
        connector.run(TWO, run_id=run)
    with pytest.raises(InputError, match="other operations"):
        connector.run(TWO[:1], run_id=run, overrides={Guard.MASS_CHANGE})
    assert refusal.value.exit_code == 2
    assert_nothing_happened(between, mock.books())


def test_the_same_operations_in_another_spelling_are_the_same_run(
    connector: Connector, mock: MockConsole, run: str
) -> None:
    first = connector.run([Deactivate(email=ANN)], run_id=run)
    assert connector.run([Deactivate(email="Ann@Northwind.example")], run_id=run) == first


def test_what_the_brake_refused_is_recorded_too(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    plain = [person.email for person in before.people if person.status == "active" and person.role == "learner"]
    report = connector.run([Deactivate(email=email) for email in plain[:20]], run_id=run)
    assert {outcome.guard for outcome in report.outcomes} == {Guard.MASS_CHANGE}
    assert run_control.view(settings, run).outcomes == report.outcomes
    assert connector.resume(run) == report
    assert_nothing_happened(before, mock.books())


def test_a_dry_run_is_not_recorded(connector: Connector, mock: MockConsole, run: str, settings: Settings) -> None:
    connector.run(TWO, run_id=run, dry_run=True)
    with pytest.raises(InputError, match="there is no run"):
        run_control.view(settings, run)


def test_a_run_of_another_console_is_not_gone_on_with(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    connector.run(TWO[:1], run_id=run)
    with (
        Connector(settings_for(mock, settings.state_dir, url="https://other.example")) as other,
        pytest.raises(InputError, match="another console"),
    ):
        other.resume(run)


# -- stopped, cancelled, stale -----------------------------------------------------------------------------------------
def test_a_run_that_was_stopped_goes_on_with_the_same_id(
    mock: MockConsole, start_connector: StartConnector, run: str
) -> None:
    locked_out = start_connector(mock, password="not the password")
    before = mock.books()
    with pytest.raises(SignInFailed):
        locked_out.run(TWO, run_id=run)
    assert (
        happened(before, mock.books()) == [("sign_in_failed", mock.admin_email)] or mock.books().people == before.people
    )
    view = run_control.view(locked_out.settings, run)
    assert view.state is RunState.STOPPED
    assert view.why
    report = start_connector(mock).run(TWO, run_id=run)
    assert results(report) == [Result.DONE] * 2
    assert run_control.view(locked_out.settings, run).state is RunState.FINISHED


def test_a_run_past_its_time_to_live_goes_on_only_when_that_is_said(
    mock: MockConsole, start_connector: StartConnector, run: str
) -> None:
    with pytest.raises(SignInFailed):
        start_connector(mock, password="not the password", run_ttl_hours=1e-6).run(TWO, run_id=run)
    between = mock.books()
    connector = start_connector(mock)
    with pytest.raises(InputError, match="older than its time to live") as refusal:
        connector.run(TWO, run_id=run)
    assert "--stale" in str(refusal.value)
    with pytest.raises(InputError, match="older than its time to live"):
        connector.resume(run)
    assert_nothing_happened(between, mock.books())
    assert results(connector.resume(run, stale=True)) == [Result.DONE] * 2


def test_a_cancelled_run_ends_at_its_next_operation_and_can_be_resumed(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    report = connector.run(TWO, run_id=run, on_outcome=once(lambda: run_control.cancel(settings, run)))
    after = mock.books()
    assert results(report) == [Result.DONE, Result.FAILED]
    assert "not attempted" in report.outcomes[1].message
    assert "cancelled by" in report.outcomes[1].message
    assert report.exit_code == 1
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}})
    view = run_control.view(settings, run)
    assert view.state is RunState.CANCELLED
    assert [outcome.result for outcome in view.outcomes] == results(report)
    with pytest.raises(InputError, match="was cancelled by"):
        connector.run(TWO, run_id=run)
    assert results(connector.resume(run)) == [Result.DONE] * 2
    assert happened(after, mock.books()) == [("deactivated", BILL)]


def test_a_run_that_is_over_cannot_be_cancelled(connector: Connector, run: str, settings: Settings) -> None:
    connector.run(TWO[:1], run_id=run)
    with pytest.raises(InputError, match="is over"):
        run_control.cancel(settings, run)


# -- nothing is clicked that is not recorded ---------------------------------------------------------------------------
def test_with_a_locked_database_nothing_is_clicked(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, impatient: None
) -> None:
    connector.run(TWO[1:], run_id=f"{run}-before")
    before = mock.books()
    with sqlite3.connect(file_of(settings), isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RunDatabaseFailed, match="cannot be used") as failure:
            connector.run(TWO[:1], run_id=run)
        other.execute("ROLLBACK")
    assert "locked" in str(failure.value)
    assert failure.value.exit_code == 1
    assert_nothing_happened(before, mock.books())
    assert results(connector.run(TWO[:1], run_id=run)) == [Result.DONE]


def test_a_database_that_is_locked_midway_stops_the_run_before_the_next_click(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, impatient: None
) -> None:
    before = mock.books()
    other = sqlite3.connect(file_of(settings), isolation_level=None, check_same_thread=False)
    report = connector.run(TWO, run_id=run, on_outcome=once(lambda: other.execute("BEGIN IMMEDIATE")))
    other.execute("ROLLBACK")
    other.close()
    after = mock.books()
    assert results(report) == [Result.DONE, Result.FAILED]
    assert "run database" in report.outcomes[1].message
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}})
    assert run_control.view(settings, run).state is RunState.INTERRUPTED
    assert results(connector.run(TWO, run_id=run)) == [Result.DONE] * 2
    assert happened(after, mock.books()) == [("deactivated", BILL)]


def test_a_database_that_is_locked_while_the_next_operation_begins_is_no_outcome_of_it(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, impatient: None
) -> None:
    """Locked for readers, too, when it is looked whether the run was cancelled; free again a moment later."""
    before = mock.books()
    other = sqlite3.connect(file_of(settings), isolation_level=None, check_same_thread=False)
    original = RunDatabase.notes

    def notes(database: RunDatabase, asked: str) -> Any:
        if mock.books().person(ANN).status == "deactivated" and not other.in_transaction:
            other.execute("BEGIN EXCLUSIVE")
        try:
            return original(database, asked)
        finally:
            if other.in_transaction:
                other.execute("ROLLBACK")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RunDatabase, "notes", notes)
        report = connector.run(TWO, run_id=run)
    other.close()
    after = mock.books()
    assert results(report) == [Result.DONE, Result.FAILED]
    assert "run database" in report.outcomes[1].message
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}})
    assert results(connector.resume(run)) == [Result.DONE] * 2
    assert happened(after, mock.books()) == [("deactivated", BILL)]


def test_an_outcome_that_could_not_be_recorded_is_looked_for_again(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, impatient: None
) -> None:
    """The database is free again just after that: nothing else is recorded in the place of the outcome."""
    connector.person(ANN)
    before = mock.books()
    other = sqlite3.connect(file_of(settings), isolation_level=None, check_same_thread=False)
    kept, meaning = Batch._kept, RunDatabase._meaning
    failures: list[BaseException] = []

    async def then_locked(batch: Batch, *given: Any, **said: Any) -> list[Outcome]:
        found = await kept(batch, *given, **said)
        if not failures:
            other.execute("BEGIN IMMEDIATE")
        return found

    def then_free(database: RunDatabase, context: Any) -> BaseException | None:
        found = meaning(database, context)
        if isinstance(found, RunDatabaseFailed) and other.in_transaction:
            failures.append(found)
            other.execute("ROLLBACK")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Batch, "_kept", then_locked)
        patch.setattr(RunDatabase, "_meaning", then_free)
        report = connector.run(TWO, run_id=run)
    other.close()
    assert len(failures) == 1
    assert results(report) == [Result.DONE, Result.FAILED]
    after = mock.books()
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}})
    assert results(connector.resume(run)) == [Result.DONE] * 2
    assert happened(after, mock.books()) == [("deactivated", BILL)]


@pytest.mark.parametrize("again", ["run", "resume"])
def test_what_nobody_foresaw_is_no_outcome(
    connector: Connector, mock: MockConsole, run: str, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    before = mock.books()

    async def attempted(batch: Batch, *given: Any) -> Any:
        raise ZeroDivisionError("planted")

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "_attempted", attempted)
        with pytest.raises(ZeroDivisionError, match="planted"):
            connector.run(TWO, run_id=run)
    assert_nothing_happened(before, mock.books())
    report = connector.run(TWO, run_id=run) if again == "run" else connector.resume(run)
    assert results(report) == [Result.DONE] * 2


def test_a_database_that_was_removed_midway_stops_the_run_before_the_next_click(
    mock: MockConsole, start_connector: StartConnector, run: str
) -> None:
    connector = start_connector(mock)
    before = mock.books()
    report = connector.run(TWO, run_id=run, on_outcome=once(lambda: file_of(connector.settings).unlink()))
    assert results(report) == [Result.DONE, Result.FAILED]
    assert "run database" in report.outcomes[1].message
    assert [event for event in happened(before, mock.books()) if event[0] == "deactivated"] == [("deactivated", ANN)]


def test_a_full_disk_stops_the_run_before_the_next_click(
    mock: MockConsole, processes: Processes, monkeypatch: pytest.MonkeyPatch, run: str
) -> None:
    """No file of the process may grow any more once the console has made the first change."""
    before = mock.books()
    original = Web.done

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        if mock.books().person(ANN).status == "deactivated":
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)
    process = processes.run(TWO, run)
    out, err = process.communicate(timeout=120)
    told = json.loads(out)
    assert [outcome["result"] for outcome in told["outcomes"]] == ["done", "failed"], err
    assert told["exit_code"] == 1
    assert [event for event in happened(before, mock.books()) if event[0] == "deactivated"] == [("deactivated", ANN)]
    monkeypatch.undo()
    after = mock.books()
    told = processes.finished(TWO, run)
    assert [outcome["result"] for outcome in told["outcomes"]] == ["done", "done"]
    assert [event for event in happened(after, mock.books()) if event[0] == "deactivated"] == [("deactivated", BILL)]


def test_a_state_directory_that_cannot_be_written_is_an_error_before_any_browser(
    mock: MockConsole, tmp_path: Path, run: str
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "consoles").write_text("in the way")
    before = mock.books()
    with (
        Connector(settings_for(mock, tmp_path / "state", browser="no-such-browser")) as connector,
        pytest.raises(InputError, match="cannot be taken"),
    ):
        connector.run(TWO, run_id=run)
    assert_nothing_happened(before, mock.books())


def test_the_database_is_private_and_holds_no_secret(connector: Connector, settings: Settings, run: str) -> None:
    report = connector.run([Reactivate(email=HELEN), Deactivate(email=ANN)], run_id=run)
    assert results(report) == [Result.DONE] * 2
    held = file_of(settings).read_bytes()
    assert file_of(settings).stat().st_mode & 0o777 == 0o600
    assert ANN.encode() in held
    for secret in (settings.password, settings.state_key):
        assert secret is not None
        assert secret.get_secret_value().encode() not in held


# -- one at a time -----------------------------------------------------------------------------------------------------
def test_a_second_run_that_is_not_to_wait_stops_and_says_who_works_there(
    connector: Connector, mock: MockConsole, settings: Settings, run: str
) -> None:
    before = mock.books()
    with Lease(settings.state_dir, settings.url) as other:
        connector._call(lambda: other.acquire("the-other-run", wait=False, say=print))
        with pytest.raises(ConsoleBusy, match="another run works") as busy:
            connector.run(TWO, run_id=run, wait=False)
        with pytest.raises(ConsoleBusy):
            connector.run(TWO, wait=False)
        connector.person(ANN)  # reading waits for nobody
    assert "the-other-run" in str(busy.value)
    assert str(os.getpid()) in str(busy.value)
    assert busy.value.exit_code == 4
    assert_nothing_happened(before, mock.books())


def test_a_second_run_waits_and_says_for_whom(
    connector: Connector, mock: MockConsole, settings: Settings, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    other = Lease(settings.state_dir, settings.url)

    def say(text: str) -> None:
        said.append(text)
        other.release()

    connector._call(lambda: other.acquire("the-other-run", wait=False, say=print))
    monkeypatch.setattr(connector, "_say", say)
    before = mock.books()
    assert results(connector.run(TWO[:1], run_id=run)) == [Result.DONE]
    assert len(said) == 1
    assert "Waiting for run the-other-run" in said[0]
    assert_only_changed(before, mock.books(), {ANN: {"status": "deactivated"}})


def test_who_lost_the_lease_clicks_nothing_more(
    connector: Connector, mock: MockConsole, settings: Settings, run: str
) -> None:
    """Somebody removes the lock file, and another run takes a new one."""
    before = mock.books()
    other = Lease(settings.state_dir, settings.url)

    def steal() -> None:
        for file in (settings.state_dir / "consoles").glob("*.lock"):
            file.unlink()
        assert other.take("the-other-run")

    report = connector.run(TWO, run_id=run, on_outcome=once(steal))
    other.release()
    assert results(report) == [Result.DONE, Result.FAILED]
    assert "no longer holds" in report.outcomes[1].message
    assert_only_changed(before, mock.books(), {ANN: {"status": "deactivated"}})


def test_who_was_taken_over_clicks_nothing_more(
    connector: Connector, mock: MockConsole, settings: Settings, run: str
) -> None:
    """Somebody who does not see this machine's lock goes on with the run: the database lets only the latest write."""
    before = mock.books()

    def take_over() -> None:
        database = RunDatabase(settings, create=False)
        database.client.resume_workflow(run, queue_name="somebody else's")
        database.close()

    report = connector.run(TWO, run_id=run, on_outcome=once(take_over))
    assert results(report) == [Result.DONE, Result.FAILED]
    assert "taken over" in report.outcomes[1].message
    assert_only_changed(before, mock.books(), {ANN: {"status": "deactivated"}})


# -- processes ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def processes(mock: MockConsole, tmp_path: Path) -> Iterator[Processes]:
    started = Processes(mock, tmp_path, lanes=1)
    yield started
    started.close()


def test_a_killed_run_goes_on_only_where_that_is_asked(mock: MockConsole, processes: Processes) -> None:
    """Neither another run nor a list takes it up."""
    killed = processes.run(TWO, "killed", fatal=4)
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    before = mock.books()
    other = processes.finished([Invite(email=NEW, first_name="Nadja", last_name="New")], "other")
    assert [outcome["result"] for outcome in other["outcomes"]] == ["done"]
    out, err = processes.command("runs", "list", "--json").communicate(timeout=120)
    assert [(each["run"], each["state"]) for each in json.loads(out)] == [
        ("other", "finished"),
        ("killed", "interrupted"),
    ]
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert not [event for event in happened(before, mock.books()) if event[0] == "deactivated"]
    out, err = processes.command("runs", "resume", "killed", "--yes", "--json").communicate(timeout=120)
    assert [outcome["result"] for outcome in json.loads(out)["outcomes"]] == ["done", "done"], err
    deactivated = [event for event in happened(before, mock.books()) if event[0] == "deactivated"]
    assert sorted(deactivated) == [("deactivated", ANN), ("deactivated", BILL)]


@pytest.mark.parametrize("everybody", [False, True], ids=["alone", "with its browser"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_end_leaves_no_process_and_can_be_resumed(
    mock: MockConsole, processes: Processes, monkeypatch: pytest.MonkeyPatch, how: signal.Signals, everybody: bool
) -> None:
    """Ctrl-C, and whoever stops a service, tell it to all its processes at once."""
    before = mock.books()
    original = Web.done
    left: set[int] = set()
    told = threading.Event()

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        if not told.is_set() and mock.books().person(ANN).status == "deactivated":
            left.update(descendants(process.pid))
            process.send_signal(how)
            for pid in left if everybody else ():
                with suppress(ProcessLookupError):
                    os.kill(pid, how)
            told.set()
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)
    process = processes.command("people", "deactivate", ANN, BILL, "--yes", "--json", "--run-id", "ended")
    _, err = process.communicate(timeout=120)
    assert told.is_set()
    assert process.returncode == {signal.SIGTERM: 143, signal.SIGINT: 130}[how], err
    assert left
    assert gone(left, 15) == set()
    assert "runs resume ended" in err
    assert "starting it again" not in err
    assert "could not be saved" not in err
    out, err = processes.command("runs", "resume", "ended", "--yes", "--json").communicate(timeout=120)
    assert [outcome["result"] for outcome in json.loads(out)["outcomes"]] == ["done", "done"], err
    deactivated = [event for event in happened(before, mock.books()) if event[0] == "deactivated"]
    assert sorted(deactivated) == [("deactivated", ANN), ("deactivated", BILL)]
