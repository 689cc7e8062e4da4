"""The run database, one suite over both engines: SQLite in the state directory, and a real PostgreSQL server."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dbos import EnqueueOptions

from connector import run_control
from connector.errors import InputError, RunDatabaseFailed, SettingsError
from connector.models import Deactivate, Invite, Result
from connector.redaction import Redactor
from connector.remaining import would_go_on
from connector.run_control import RunState
from connector.run_database import WORKFLOW, RunDatabase
from connector.run_records import RunRequest, RunStatus
from connector.settings import Settings, load_settings
from connector.shared_lease import lease_on
from tests.postgres import PASSWORD, Postgres

CONSOLE = "https://console.example"


def request_for(run: str, *, minute: int = 0) -> RunRequest:
    return RunRequest(
        id=run,
        console=CONSOLE,
        operations=(
            Invite(email="ann@example.com", first_name="Ann", last_name="Ämter"),
            Deactivate(email="bill@example.com"),
        ),
        asked_by="somebody",
        created_at=datetime(2030, 1, 7, 6, minute, tzinfo=UTC),
    )


def asked(database: RunDatabase, run: str, *, minute: int = 0) -> RunRequest:
    """A run that nobody has begun yet."""
    request = request_for(run, minute=minute)
    options = EnqueueOptions(workflow_name=WORKFLOW, queue_name="nobody listens", workflow_id=run)
    database.client.enqueue(options, request.model_dump(mode="json"))
    return request


def test_before_the_first_run_there_is_none(settings: Settings) -> None:
    database = RunDatabase(settings, create=False)
    assert database.find("any") is None
    assert database.all() == []
    database.close()
    assert run_control.views(settings, limit=5) == []
    with pytest.raises(InputError, match="there is no run"):
        run_control.view(settings, "any")


def test_of_a_run_that_nobody_began_everything_is_left_to_do(settings: Settings, database: RunDatabase) -> None:
    asked(database, "one")
    left = would_go_on(settings, "one")
    assert [(outcome.operation, outcome.email, outcome.would) for outcome in left.outcomes] == [
        ("invite", "ann@example.com", True),
        ("deactivate", "bill@example.com", True),
    ]
    assert all("nothing was sent" in outcome.message for outcome in left.outcomes)
    assert left.exit_code == 0
    with pytest.raises(InputError, match="there is no run"):
        would_go_on(settings, "another")


def test_what_was_asked_is_found_as_it_was_asked(database: RunDatabase) -> None:
    request = asked(database, "one")
    found = database.find("one")
    assert found is not None
    assert found.request == request
    assert found.status is RunStatus.QUEUED
    assert [outcome.result for outcome in found.outcomes] == [Result.FAILED] * 2
    assert "not attempted" in found.outcomes[0].message


def test_runs_are_told_the_newest_first_and_no_more_than_asked(database: RunDatabase) -> None:
    for number in range(3):
        asked(database, f"run-{number}", minute=number)
    assert [record.request.id for record in database.all()] == ["run-2", "run-1", "run-0"]
    assert [record.request.id for record in database.all(limit=1)] == ["run-2"]


def test_notes_are_added_to_each_other_and_concern_one_run(database: RunDatabase) -> None:
    asked(database, "one")
    asked(database, "other")
    database.note("one", {"first": 1})
    database.note("one", {"second": {"deep": "ä"}})
    assert database.notes("one") == {"first": 1, "second": {"deep": "ä"}}
    assert database.notes("other") == {}


def test_a_run_is_cancelled_by_name_and_its_neighbour_is_not(database: RunDatabase, settings: Settings) -> None:
    asked(database, "one")
    asked(database, "other")
    view = run_control.cancel(settings, "one")
    assert view.state is RunState.CANCELLED
    assert "cancelled by" in (view.why or "")
    assert run_control.view(settings, "other").state is RunState.QUEUED


def test_who_works_at_the_console_is_said_of_its_run_alone(database: RunDatabase, settings: Settings) -> None:
    asked(database, "one")
    asked(database, "other")
    with lease_on(settings, CONSOLE) as lease:
        assert lease.take("one")
        states = {view.request.id: view.state for view in run_control.views(settings, limit=5)}
        assert states == {"one": RunState.RUNNING, "other": RunState.QUEUED}
    assert run_control.view(settings, "one").holder is None


# -- the password in the address -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://tester:{PASSWORD}@127.0.0.1:1/runs",
        f"postgresql://tester@127.0.0.1:1/runs?password={PASSWORD}",
    ],
)
def test_a_database_that_cannot_be_reached_is_said_without_its_password(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = load_settings(state_dir=tmp_path, url=CONSOLE, database_url=url)
    for ask in (lambda: run_control.views(settings, limit=5), lambda: lease_on(settings, CONSOLE).take("any")):
        with pytest.raises((RunDatabaseFailed, InputError)) as failure:
            ask()
        assert PASSWORD not in "".join(traceback.format_exception(failure.value))
    assert PASSWORD not in caplog.text
    assert PASSWORD not in "".join(capfd.readouterr())


@pytest.mark.parametrize("place", ["127.0.0.1:not-a-port", "[::1"])
def test_an_address_that_cannot_be_read_is_bad_input_and_said_without_its_password(place: str) -> None:
    with pytest.raises(SettingsError, match="host or port cannot be read") as refusal:
        load_settings(database_url=f"postgresql://tester:{PASSWORD}@{place}/runs")
    assert PASSWORD not in "".join(traceback.format_exception(refusal.value))
    assert refusal.value.exit_code == 2


def test_a_wrong_password_is_said_without_it(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_database().replace(PASSWORD, "canary-of-a-wrong-one")
    settings = load_settings(state_dir=tmp_path, url=CONSOLE, database_url=url)
    with pytest.raises(RunDatabaseFailed) as failure:
        run_control.views(settings, limit=5)
    assert "canary" not in str(failure.value)


def test_the_password_is_taken_out_of_whatever_is_printed(tmp_path: Path) -> None:
    settings = load_settings(state_dir=tmp_path, database_url="postgresql://tester:s3cret%2Fword@db.example/runs")
    scrub = Redactor(settings.secrets()).scrub
    assert "s3cret" not in scrub("as s3cret/word, and as s3cret%2Fword")
