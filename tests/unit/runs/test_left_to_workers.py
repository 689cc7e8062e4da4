"""What waits in a run is decided and left to a worker: one suite over both engines, nobody carries anything out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dbos import EnqueueOptions
from typer.testing import CliRunner
from typer.testing import Result as CommandResult

from connector import deciding, run_control
from connector.cli.app import app
from connector.errors import InputError
from connector.models import Deactivate, Guard, Invite, Objection, Result
from connector.plan_models import Held
from connector.run_control import RunState
from connector.run_database import WORKFLOW, RunDatabase
from connector.run_queue import RunQueue
from connector.run_records import RunRequest
from connector.settings import Settings
from connector.shared_lease import lease_on
from tests.unit.conftest import CONSOLE

ANN, BILL = "ann@example.com", "bill@example.com"


def held(email: str) -> Held:
    says = Objection(guard=Guard.SCIM_MANAGED, message=f"SCIM manages {email}", saw="scim")
    return Held(operation=Deactivate(email=email), objections=(says,), place="")


def waiting(database: RunDatabase, run: str, *, age: timedelta = timedelta()) -> None:
    """A run in which two deactivations wait that its plan refused."""
    request = RunRequest(
        id=run,
        console=CONSOLE,
        operations=(Invite(email="new@example.com", first_name="New", last_name="Person"),),
        held=(held(ANN), held(BILL)),
        unattended=True,
        asked_by="somebody",
        created_at=datetime.now(UTC) - age,
    )
    options = EnqueueOptions(workflow_name=WORKFLOW, queue_name="nobody listens", workflow_id=run)
    database.enqueue(options, request.model_dump(mode="json"))
    digests = [each.digest(CONSOLE) for each in database.waiting(run)]
    assert len(digests) == 2
    database.note(run, {"waiting": {"digests": digests}})
    database.cancel(run)


def decide(settings: Settings, run: str, email: str, *, approved: bool, **more: Any) -> None:
    meant = deciding.select(deciding.waits(settings, run), [email], (), run)
    deciding.decide(settings, run, [each.digest for each in meant], approved=approved, by="Priya", **more)


def states(settings: Settings) -> dict[str, RunState]:
    return {view.request.id: view.state for view in run_control.views(settings, limit=9)}


def queued(database: RunDatabase) -> list[str]:
    return [entry.run for entry in RunQueue(database).entries(CONSOLE)]


def test_what_is_approved_and_rejected_is_kept_with_its_run(database: RunDatabase, settings: Settings) -> None:
    waiting(database, "one")
    waiting(database, "other")
    decide(settings, "one", ANN, approved=True)
    decide(settings, "one", BILL, approved=False, reason="stays until March")
    said = [(each.approved, each.by, each.reason) for each in deciding.decisions(settings, "one")]
    assert said == [(True, "Priya", None), (False, "Priya", "stays until March")]
    with pytest.raises(InputError, match="was rejected by Priya"):
        decide(settings, "one", BILL, approved=True)
    view = run_control.view(settings, "one")
    assert (view.state, view.waiting) == (RunState.WAITING, 1)
    outcomes = {outcome.email: outcome for outcome in view.outcomes}
    assert outcomes[ANN].message.endswith("`workramp runs resume one` carries it out")
    assert (outcomes[BILL].result, outcomes[BILL].closed) == (Result.REFUSED, True)
    assert "stays until March" in outcomes[BILL].message
    assert deciding.decisions(settings, "other") == []
    assert run_control.view(settings, "other").waiting == 2


def test_a_run_of_which_all_is_rejected_is_over(database: RunDatabase, settings: Settings) -> None:
    waiting(database, "one")
    for email in (ANN, BILL):
        decide(settings, "one", email, approved=False, reason="no")
    assert states(settings) == {"one": RunState.FINISHED}
    with pytest.raises(InputError, match="is over"):
        run_control.leave_to_worker(settings, "one")
    assert queued(database) == []


def test_what_waits_for_a_decision_is_in_no_queue_until_it_is_left_to_a_worker(
    database: RunDatabase, settings: Settings
) -> None:
    waiting(database, "one")
    waiting(database, "other")
    decide(settings, "one", ANN, approved=True)
    assert queued(database) == []
    assert run_control.leave_to_worker(settings, "one").state is RunState.QUEUED
    assert queued(database) == ["one"]
    assert states(settings) == {"one": RunState.QUEUED, "other": RunState.WAITING}


def test_what_is_left_to_a_worker_can_still_be_rejected(database: RunDatabase, settings: Settings) -> None:
    waiting(database, "one")
    decide(settings, "one", ANN, approved=True)
    run_control.leave_to_worker(settings, "one")
    decide(settings, "one", ANN, approved=False, reason="not now")
    (ann,) = [each for each in deciding.waits(settings, "one") if each.waiting.operation.email == ANN]
    assert ann.decision is not None
    assert not ann.decision.approved


def test_what_was_left_has_the_turn_of_when_it_was_asked_for_and_counts_as_never_tried(
    database: RunDatabase, settings: Settings
) -> None:
    waiting(database, "one", age=timedelta(hours=2))
    waiting(database, "other", age=timedelta(hours=1))
    database.note("one", {"taken_up": 4})
    run_control.leave_to_worker(settings, "other")
    run_control.leave_to_worker(settings, "one")
    assert queued(database) == ["one", "other"]
    assert [entry.taken_up for entry in RunQueue(database).entries(CONSOLE)] == [0, 0]


def test_a_run_that_is_too_old_is_left_to_nobody(database: RunDatabase, settings: Settings) -> None:
    """No worker would take it up, and it would wait for one for ever."""
    waiting(database, "one", age=timedelta(hours=25))
    with pytest.raises(InputError, match="older than its time to live of 24 h") as refusal:
        run_control.leave_to_worker(settings, "one")
    assert "runs resume one --stale" in refusal.value.advice
    assert states(settings) == {"one": RunState.WAITING}


def test_a_run_that_somebody_carries_out_is_left_to_nobody(database: RunDatabase, settings: Settings) -> None:
    waiting(database, "one")
    with lease_on(settings, CONSOLE) as lease:
        assert lease.take("one")
        with pytest.raises(InputError, match="is carried out already"):
            run_control.leave_to_worker(settings, "one")
    assert states(settings) == {"one": RunState.WAITING}


def test_a_run_that_was_cancelled_is_left_to_a_worker_where_that_is_asked(
    database: RunDatabase, settings: Settings
) -> None:
    waiting(database, "one")
    run_control.cancel(settings, "one")
    assert states(settings) == {"one": RunState.CANCELLED}
    run_control.leave_to_worker(settings, "one")
    assert states(settings) == {"one": RunState.QUEUED}
    assert database.notes("one")["cancelled"] is None


# -- said beforehand ---------------------------------------------------------------------------------------------------
@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., CommandResult]:
    """`workramp` with the settings of the test."""
    monkeypatch.setenv("WORKRAMP_URL", settings.url)
    monkeypatch.setenv("WORKRAMP_STATE_DIR", str(settings.state_dir))
    if settings.database_url is not None:
        monkeypatch.setenv("WORKRAMP_DATABASE_URL", settings.database_url.get_secret_value())
    return lambda *arguments: CliRunner().invoke(app, list(arguments), prog_name="workramp")


def test_a_dry_run_of_deciding_and_of_going_on_changes_nothing(
    database: RunDatabase, settings: Settings, command: Callable[..., CommandResult]
) -> None:
    waiting(database, "one")
    approving = command("runs", "approve", "one", "--email", ANN, "--resume", "--dry-run")
    assert (approving.exit_code, approving.stdout) == (0, f"would approve: deactivate {ANN}: SCIM manages {ANN}\n")
    assert deciding.decisions(settings, "one") == []

    decide(settings, "one", ANN, approved=True)
    before = run_control.view(settings, "one")
    going_on = command("runs", "resume", "one", "--dry-run", "--json")
    outcomes = json.loads(going_on.stdout)["outcomes"]
    assert [(each["email"], each["guard"]) for each in outcomes] == [
        ("new@example.com", None),
        (ANN, None),
        (BILL, "scim-managed"),
    ]
    assert "as approved by Priya" in outcomes[1]["message"]
    assert going_on.exit_code == 3
    after = run_control.view(settings, "one")
    assert (after.state, after.outcomes, after.waiting) == (before.state, before.outcomes, before.waiting)


def test_a_dry_run_of_going_on_with_a_run_that_is_too_old_says_that_it_would_be_refused(
    database: RunDatabase, command: Callable[..., CommandResult]
) -> None:
    waiting(database, "one", age=timedelta(hours=25))
    refused = command("runs", "resume", "one", "--dry-run")
    assert refused.exit_code == 2
    assert "older than its time to live" in refused.stderr
    assert command("runs", "resume", "one", "--dry-run", "--stale").exit_code == 3
