"""What waits for approval: nothing is done before it, exactly what was approved after it, and nothing twice."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner
from typer.testing import Result as Ended

from connector import Connector, deciding, run_control
from connector.audit import AuditLog
from connector.batch import Batch
from connector.cli.app import app
from connector.errors import ConsoleUnavailable, InputError, LaneLost
from connector.journal import Stop
from connector.models import (
    Deactivate,
    Edit,
    Guard,
    ImportPeople,
    Invite,
    Operation,
    Outcome,
    Report,
    Result,
    Role,
    outcomes_of,
)
from connector.plan_models import PlanOptions
from connector.remaining import would_go_on
from connector.roster import Roster, read_roster, write_roster
from connector.run_control import RunState
from connector.settings import Settings
from fixtures.mock_console import MockConsole
from tests.conftest import BROWSER, StartConnector, settings_for
from tests.flows.oracle import ANY, assert_nothing_happened, assert_only_changed, happened, mailed

ANN, BILL, LEA = "ann@northwind.example", "bill.hargreaves@northwind.example", "lea.fischer@northwind.example"
AIKO, PETER = "aiko.tanaka@northwind.example", "peter.novak@northwind.example"
NEW, BOSS = "nadja.new@northwind.example", "the.boss@northwind.example"
APPROVER = "Priya of the service desk"


@pytest.fixture
def run(request: pytest.FixtureRequest) -> str:
    """A run id of the test's own."""
    return f"approvals-{request.node.name[-60:].replace('[', '-').replace(']', '')}"


@pytest.fixture(autouse=True)
def _no_roster_was_applied(state_dir: Path) -> Iterator[None]:
    yield
    for file in (state_dir / "rosters").glob("*.json"):
        file.unlink()


def begin(connector: Connector, run: str, *operations: Operation) -> Report:
    return connector.run(operations, run_id=run, unattended=True)


def results(report: Report) -> list[tuple[str, Result, Guard | None]]:
    return [(outcome.email, outcome.result, outcome.guard) for outcome in report.outcomes]


def approve(settings: Settings, run: str, *emails: str, by: str = APPROVER) -> None:
    meant = deciding.select(deciding.waits(settings, run), emails, (), run)
    deciding.decide(settings, run, [each.digest for each in meant], approved=True, by=by)


def reject(settings: Settings, run: str, *emails: str, reason: str = "she stays") -> None:
    meant = deciding.select(deciding.waits(settings, run), emails, (), run)
    deciding.decide(settings, run, [each.digest for each in meant], approved=False, by=APPROVER, reason=reason)


def waiting(settings: Settings, run: str) -> list[tuple[str, list[Guard]]]:
    """Who waits, and for which guards; not who is decided about."""
    return [
        (each.waiting.operation.email, list(each.guards))
        for each in deciding.waits(settings, run)
        if each.decision is None
    ]


def many_leavers(mock: MockConsole, count: int) -> list[str]:
    """Learners who could each be deactivated by herself."""
    people = [
        person.email
        for person in mock.books().people
        if person.status == "active" and person.role == "learner" and not person.scim_managed and person.email != ANN
    ]
    assert len(people) >= count
    return people[:count]


# -- before anything is decided ----------------------------------------------------------------------------------------
def test_what_a_guard_refuses_waits_and_the_rest_is_done(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    assert before.person(AIKO).scim_managed
    report = begin(connector, run, Deactivate(email=AIKO), Deactivate(email=BILL))
    assert results(report) == [(AIKO, Result.REFUSED, Guard.SCIM_MANAGED), (BILL, Result.DONE, None)]
    assert report.exit_code == 3
    assert "SCIM manages this person" in report.outcomes[0].message
    assert f"waits for approval: `workramp runs approve {run} --email {AIKO}`" in report.outcomes[0].message
    assert "--override" not in report.outcomes[0].message
    assert_only_changed(before, mock.books(), {BILL: {"status": "deactivated"}})
    view = run_control.view(settings, run)
    assert (view.state, view.waiting, view.over) == (RunState.WAITING, 1, False)
    assert view.outcomes == report.outcomes
    assert [each.state for each in run_control.views(settings, limit=1)] == [RunState.WAITING]


def test_what_is_not_decided_is_not_carried_out_by_anybody(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    operations = [Deactivate(email=AIKO), Deactivate(email=BILL)]
    first = begin(connector, run, *operations)
    between = mock.books()
    # Neither needs a browser: there is nothing to be done.
    with Connector(settings_for(mock, settings.state_dir, browser="no-such-browser")) as other:
        assert other.resume(run) == first
        assert other.run(operations, run_id=run, unattended=True) == first
    assert run_control.view(settings, run).state is RunState.WAITING
    assert_nothing_happened(between, mock.books())


def test_where_somebody_is_there_a_refusal_is_the_end(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    report = connector.run([Deactivate(email=AIKO)], run_id=run)
    assert results(report) == [(AIKO, Result.REFUSED, Guard.SCIM_MANAGED)]
    assert "--override scim-managed" in report.outcomes[0].message
    assert run_control.view(settings, run).state is RunState.FINISHED
    with pytest.raises(InputError, match="nothing of that waits"):
        approve(settings, run)
    assert_nothing_happened(before, mock.books())


def test_what_is_never_lifted_never_waits(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    report = begin(
        connector, run, Deactivate(email=mock.admin_email), Deactivate(email="1ea.fischer@northwind.example")
    )
    assert [outcome.guard for outcome in report.outcomes] == [Guard.OWN_ACCOUNT, Guard.LOOK_ALIKE]
    assert run_control.view(settings, run).state is RunState.FINISHED
    assert deciding.waits(settings, run) == []
    assert_nothing_happened(before, mock.books())


def test_a_dry_run_of_going_on_says_what_is_left_and_changes_nothing(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    begin(connector, run, Deactivate(email=AIKO), Deactivate(email=BILL))
    between, view = mock.books(), run_control.view(settings, run)

    (waits,) = would_go_on(settings, run).outcomes
    assert (waits.email, waits.result, waits.guard, waits.would) == (AIKO, Result.REFUSED, Guard.SCIM_MANAGED, False)
    approve(settings, run, AIKO)
    (would,) = would_go_on(settings, run).outcomes
    assert (would.email, would.guard, would.would) == (AIKO, None, True)
    assert f"would deactivate, as approved by {APPROVER}" in would.message
    assert run_control.view(settings, run).outcomes[1] == view.outcomes[1]
    assert_nothing_happened(between, mock.books())

    assert [outcome.result for outcome in connector.resume(run).outcomes] == [Result.DONE] * 2
    assert would_go_on(settings, run).outcomes == ()


# -- approved ----------------------------------------------------------------------------------------------------------
def test_what_is_approved_is_carried_out_and_nothing_else(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    assert [mock.books().person(email).scim_managed for email in (AIKO, PETER)] == [True, True]
    begin(connector, run, Deactivate(email=AIKO), Deactivate(email=PETER))
    approve(settings, run, AIKO)
    view = run_control.view(settings, run)
    assert view.state is RunState.WAITING
    assert f"approved by {APPROVER}" in view.outcomes[0].message
    assert f"`workramp runs resume {run}` carries it out" in view.outcomes[0].message
    before = mock.books()
    report = connector.resume(run)
    assert results(report) == [(AIKO, Result.DONE, None), (PETER, Result.REFUSED, Guard.SCIM_MANAGED)]
    assert f"scim-managed approved by {APPROVER}" in report.outcomes[0].message
    assert report.exit_code == 3
    assert_only_changed(before, mock.books(), {AIKO: {"status": "deactivated"}})
    assert happened(before, mock.books()) == [("deactivated", AIKO)]
    assert waiting(settings, run) == [(PETER, [Guard.SCIM_MANAGED])]
    assert run_control.view(settings, run).outcomes == report.outcomes
    approve(settings, run, PETER)
    assert connector.resume(run).exit_code == 0
    after = mock.books()
    assert happened(before, after) == [("deactivated", AIKO), ("deactivated", PETER)]
    assert run_control.view(settings, run).state is RunState.FINISHED
    again = connector.resume(run)
    assert [outcome.result for outcome in again.outcomes] == [Result.DONE] * 2
    assert_nothing_happened(after, mock.books())
    # An approved guard is in the audit log as one that spoke and was overridden.
    lines = [json.loads(line) for line in AuditLog(settings.state_dir).path.read_text().splitlines()]
    told = [line["data"] for line in lines if line["run"] == run and line["kind"] == "outcome"]
    done = [(each["address"], each["lifted"]) for each in told if each["result"] == "done"]
    assert done == [(AIKO, ["scim-managed"]), (PETER, ["scim-managed"])]


def test_an_approval_lifts_no_other_guard_of_the_same_operation(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    assert before.person(AIKO).role == "learner"
    begin(connector, run, Edit(email=AIKO, role=Role.ADMIN))
    assert waiting(settings, run) == [(AIKO, [Guard.SCIM_MANAGED])]
    approve(settings, run)
    report = connector.resume(run)
    assert results(report) == [(AIKO, Result.REFUSED, Guard.SCIM_MANAGED)]
    assert "this grants the admin role" in report.outcomes[0].message
    assert waiting(settings, run) == [(AIKO, [Guard.SCIM_MANAGED, Guard.ADMIN_ROLE])]
    assert_nothing_happened(before, mock.books())
    approve(settings, run)
    assert connector.resume(run).exit_code == 0
    assert_only_changed(before, mock.books(), {AIKO: {"role": "admin"}})


def test_an_approval_is_void_where_the_guard_sees_something_else(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    twin = "1ea.fischer@northwind.example"
    begin(connector, run, Invite(email=twin, first_name="Lea", last_name="Fischer"))
    assert waiting(settings, run) == [(twin, [Guard.LOOK_ALIKE])]
    approve(settings, run)
    store = mock.console.directory.store
    bill = store.by_email(BILL)
    assert bill is not None
    store.put(dataclasses.replace(bill, email="leа.fischer@northwind.example"))  # a Cyrillic а
    before = mock.books()
    report = connector.resume(run)
    assert results(report) == [(twin, Result.REFUSED, Guard.LOOK_ALIKE)]
    assert f"the approval by {APPROVER}" in report.outcomes[0].message
    assert "was of this: this address looks like lea.fischer@northwind.example, who" in report.outcomes[0].message
    assert "waits for approval" in report.outcomes[0].message
    assert run_control.view(settings, run).outcomes == report.outcomes
    assert_nothing_happened(before, mock.books())
    approve(settings, run)
    assert connector.resume(run).exit_code == 0
    assert mailed(before, mock.books()) == [(twin, "invitation")]


def test_an_unknown_group_that_is_approved_lets_no_other_one_in(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    begin(connector, run, Invite(email=NEW, first_name="Nadja", last_name="New", groups=("Sales, APAC", "Salse")))
    approve(settings, run)
    report = connector.resume(run)
    assert results(report) == [(NEW, Result.REFUSED, Guard.UNKNOWN_GROUP)]
    assert "'Sales, APAC'" in report.outcomes[0].message
    assert "'Salse'" in report.outcomes[0].message
    assert_nothing_happened(before, mock.books())
    approve(settings, run)
    assert connector.resume(run).exit_code == 0
    new = {"first_name": "Nadja", "last_name": "New", "groups": ANY}
    assert_only_changed(before, mock.books(), {NEW: new}, groups=["Sales, APAC", "Salse"])


def test_a_row_of_an_import_is_approved_by_itself(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    people = tuple(
        Invite(email=email, first_name="A", last_name="B", groups=groups)
        for email, groups in ((NEW, ("Salse",)), (BOSS, ("Sales",)))
    )
    before = mock.books()
    report = begin(connector, run, ImportPeople(people=people, skip_bad_rows=True))
    assert results(report) == [(NEW, Result.REFUSED, Guard.UNKNOWN_GROUP), (BOSS, Result.DONE, None)]
    assert mailed(before, mock.books()) == [(BOSS, "invitation")]
    approve(settings, run, NEW)
    report = connector.resume(run)
    assert [(outcome.operation, outcome.email, outcome.result) for outcome in report.outcomes] == [
        ("import", NEW, Result.DONE),
        ("import", BOSS, Result.DONE),
    ]
    assert mailed(before, mock.books()) == [(BOSS, "invitation"), (NEW, "invitation")]


def test_an_import_that_goes_whole_or_not_at_all_does_not_wait(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    before = mock.books()
    new = Invite(email=NEW, first_name="A", last_name="B", groups=("Salse",))
    boss = Invite(email=BOSS, first_name="A", last_name="B")
    report = begin(connector, run, ImportPeople(people=(new, boss)))
    assert [outcome.result for outcome in report.outcomes] == [Result.REFUSED] * 2
    assert run_control.view(settings, run).state is RunState.FINISHED
    assert_nothing_happened(before, mock.books())


def test_an_approval_is_told_by_an_attempt_that_stops_before_it_counts(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    """A tab is lost, somebody approves what waits, and the next attempt does not reach the console."""
    operations = [Deactivate(email=AIKO), Deactivate(email=BILL)]
    original = Batch._attempted
    trouble: list[ConsoleUnavailable] = [LaneLost("planted: the tab went away")]

    async def attempted(batch: Batch, console: Any, operation: Operation, *given: Any) -> Any:
        if operation == operations[1]:
            raise Stop(trouble[0], outcomes_of(operation, Result.FAILED, "planted"))
        return await original(batch, console, operation, *given)

    before = mock.books()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Batch, "_attempted", attempted)
        assert "waits for approval" in begin(connector, run, *operations).outcomes[0].message
        approve(settings, run, AIKO)
        trouble[0] = ConsoleUnavailable("planted: no answer")
        report = connector.resume(run)
    assert [outcome.result for outcome in report.outcomes] == [Result.REFUSED, Result.FAILED]
    assert f"approved by {APPROVER}" in report.outcomes[0].message
    assert "waits for approval" not in report.outcomes[0].message
    assert_nothing_happened(before, mock.books())
    assert [outcome.result for outcome in connector.resume(run).outcomes] == [Result.DONE] * 2


# -- rejected ----------------------------------------------------------------------------------------------------------
def test_what_is_rejected_ends_refused_with_name_and_reason(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    begin(connector, run, Deactivate(email=AIKO), Deactivate(email=PETER))
    before = mock.books()
    reject(settings, run, AIKO)
    approve(settings, run, PETER)
    with pytest.raises(InputError, match="was rejected by"):
        approve(settings, run, AIKO)
    report = connector.resume(run)
    assert results(report) == [(AIKO, Result.REFUSED, Guard.SCIM_MANAGED), (PETER, Result.DONE, None)]
    assert report.outcomes[0].message.startswith(f"rejected by {APPROVER}")
    assert "she stays" in report.outcomes[0].message
    assert [outcome.closed for outcome in report.outcomes] == [True, False]
    view = run_control.view(settings, run)
    assert (view.state, view.outcomes) == (RunState.FINISHED, report.outcomes)
    assert_only_changed(before, mock.books(), {PETER: {"status": "deactivated"}})


def test_a_run_of_which_everything_is_rejected_is_over_without_a_browser(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    begin(connector, run, Deactivate(email=AIKO))
    approve(settings, run)
    reject(settings, run)
    before = mock.books()
    view = run_control.view(settings, run)
    assert (view.state, view.over, view.waiting) == (RunState.FINISHED, True, 0)
    with Connector(settings_for(mock, settings.state_dir, browser="no-such-browser")) as other:
        report = other.resume(run)
    assert report.outcomes[0].message.startswith(f"rejected by {APPROVER}")
    assert report.outcomes[0].closed
    assert_nothing_happened(before, mock.books())


def test_of_a_run_that_is_cancelled_nothing_waits_until_it_is_resumed(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    begin(connector, run, Deactivate(email=AIKO))
    assert run_control.cancel(settings, run).state is RunState.CANCELLED
    with pytest.raises(InputError, match="is cancelled: nothing of it waits"):
        approve(settings, run)
    before = mock.books()
    connector.resume(run)
    assert waiting(settings, run) == [(AIKO, [Guard.SCIM_MANAGED])]
    assert_nothing_happened(before, mock.books())


@pytest.fixture
def workramp(mock: MockConsole, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """The command, for the mock, with nobody there to answer."""
    for name, value in {
        "URL": mock.url,
        "EMAIL": mock.admin_email,
        "PASSWORD": mock.admin_password,
        "STATE_DIR": str(settings.state_dir),
        "STATE_KEY": "of the tests",
        "BROWSER": BROWSER or "",
    }.items():
        monkeypatch.setenv(f"WORKRAMP_{name}", value)
    for session in (settings.state_dir / "sessions").glob("*.session"):
        session.unlink()  # of a command before: this one signs in, whichever test comes first
    return lambda *words: CliRunner().invoke(app, [*words], prog_name="workramp")


def test_going_on_is_asked_about_what_it_would_do_and_not_about_what_waits(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, workramp: Callable[..., Ended]
) -> None:
    begin(connector, run, Deactivate(email=AIKO), Edit(email=LEA, add_groups=("Night Shift",)))
    before = mock.books()
    nothing_yet = workramp("runs", "resume", run, "--json")
    assert nothing_yet.exit_code == 3, nothing_yet.stderr
    assert json.loads(nothing_yet.stdout)["summary"]["refused"] == 2
    approve(settings, run, AIKO)
    asked = workramp("runs", "resume", run)
    assert asked.exit_code == 2
    assert f"Go on with run {run} (1 deactivate) on {mock.url}: needs a confirmation" in asked.stderr
    assert_nothing_happened(before, mock.books())
    assert workramp("runs", "resume", run, "--yes").exit_code == 3
    assert_only_changed(before, mock.books(), {AIKO: {"status": "deactivated"}, mock.admin_email: {"last_login": ANY}})


def test_what_was_rejected_is_left_out_where_all_that_waits_is_approved(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, workramp: Callable[..., Ended]
) -> None:
    begin(connector, run, Deactivate(email=AIKO), Edit(email=LEA, add_groups=("Night Shift",)))
    reject(settings, run, AIKO)
    would = workramp("runs", "approve", run, "--dry-run", "--json")
    assert [each["email"] for each in json.loads(would.stdout)["would_approve"]] == [LEA]
    by_name = ("runs", "approve", run, "--email", AIKO)
    for refused in (workramp(*by_name, "--dry-run"), workramp(*by_name, "--yes")):
        assert refused.exit_code == 2
        assert f"{AIKO} was rejected" in refused.stderr
    approved = workramp("runs", "approve", run, "--yes", "--json")
    assert approved.exit_code == 0, approved.stderr
    assert [each["email"] for each in json.loads(approved.stdout)["decided"]] == [LEA]
    again = workramp("runs", "approve", run, "--dry-run")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "all of that" in again.stderr


def test_going_on_with_an_override_approves_what_waits_for_that_guard_alone(
    connector: Connector,
    mock: MockConsole,
    run: str,
    settings: Settings,
    workramp: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = mock.books()
    assert before.person(AIKO).scim_managed
    moved = Edit(email=LEA, add_groups=("Night Shift",))
    begin(connector, run, Deactivate(email=AIKO), moved)
    refused = workramp("runs", "resume", run, "--override", "mass-change", "--yes")
    assert refused.exit_code == 2
    assert "nothing waits in the run" in refused.stderr
    assert "scim-managed | unknown-group" in refused.stderr
    asked = workramp("runs", "resume", run, "--override", "scim-managed")
    assert asked.exit_code == 2  # nobody can answer whether somebody may lose access
    assert f"Approve 1 operation and go on with run {run} (1 deactivate)" in asked.stderr
    with monkeypatch.context() as later:
        later.setattr(run_control.RunView, "stale", True)
        for late in (["resume", run, "--override", "scim-managed", "--yes"], ["approve", run, "--resume", "--yes"]):
            refused = workramp("runs", *late)
            assert refused.exit_code == 2
            assert "older than its time to live" in refused.stderr
    would = workramp("runs", "resume", run, "--override", "scim-managed", "--dry-run")
    assert "would approve 1 operation" in would.stderr
    assert waiting(settings, run) == [(AIKO, [Guard.SCIM_MANAGED]), (LEA, [Guard.UNKNOWN_GROUP])]
    assert_nothing_happened(before, mock.books())
    found = workramp("runs", "resume", run, "--override", "scim-managed", "--yes", "--json")
    assert found.exit_code == 3
    assert [(each["email"], each["result"]) for each in json.loads(found.stdout)["outcomes"]] == [
        (AIKO, "done"),
        (LEA, "refused"),
    ]
    assert waiting(settings, run) == [(LEA, [Guard.UNKNOWN_GROUP])]
    changed: dict[str, dict[str, Any]] = {
        AIKO: {"status": "deactivated"},
        mock.admin_email: {"last_login": ANY},
    }
    assert_only_changed(before, mock.books(), changed)
    reject(settings, run, LEA)
    over = workramp("runs", "resume", run, "--override", "scim-managed", "--yes", "--json")
    assert (over.exit_code, [each["result"] for each in json.loads(over.stdout)["outcomes"]]) == (
        3,
        ["done", "refused"],
    )
    assert_only_changed(before, mock.books(), changed)


# -- who decides -------------------------------------------------------------------------------------------------------
def test_with_four_eyes_who_asked_does_not_approve(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    begin(connector, run, Deactivate(email=AIKO))
    strict = settings.model_copy(update={"four_eyes": True})
    asked_by = run_control.view(settings, run).request.asked_by
    with pytest.raises(InputError, match="somebody else has to approve"):
        approve(strict, run, by=asked_by.upper())
    assert waiting(settings, run) == [(AIKO, [Guard.SCIM_MANAGED])]
    approve(strict, run, by=APPROVER)
    (decision,) = deciding.decisions(settings, run)
    assert (decision.by, decision.user, decision.approved) == (APPROVER, asked_by, True)
    (asked,) = deciding.waits(settings, run)
    assert decision.digests == (asked.digest,)


def test_a_run_that_was_started_with_four_eyes_is_approved_with_them_whatever_the_approver_sets(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connector, "settings", settings.model_copy(update={"four_eyes": True}))
    begin(connector, run, Deactivate(email=AIKO))
    assert not settings.four_eyes
    with pytest.raises(InputError, match="somebody else has to approve"):
        approve(settings, run, by=run_control.view(settings, run).request.asked_by)
    approve(settings, run)


def test_to_decide_the_same_twice_is_to_decide_it_once(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    begin(connector, run, Deactivate(email=AIKO))
    approve(settings, run)
    approve(settings, run, by="somebody else")
    assert [decision.by for decision in deciding.decisions(settings, run)] == [APPROVER]


def test_nobody_decides_about_what_is_not_as_it_was_shown(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    begin(connector, run, Deactivate(email=AIKO))
    with pytest.raises(InputError, match="waits no longer as it was shown"):
        deciding.decide(settings, run, ["0" * 64], approved=True)
    with pytest.raises(InputError, match="nothing waits for"):
        approve(settings, run, BILL)
    assert deciding.decisions(settings, run) == []


# -- many at once ------------------------------------------------------------------------------------------------------
def test_too_many_deactivations_wait_and_those_approved_are_carried_out(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    leavers = many_leavers(mock, 8)
    before = mock.books()
    report = begin(connector, run, *(Deactivate(email=email) for email in leavers))
    assert {outcome.guard for outcome in report.outcomes} == {Guard.MASS_CHANGE}
    assert_nothing_happened(before, mock.books())
    approve(settings, run, *leavers[:6])
    report = connector.resume(run)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE] * 6 + [Result.REFUSED] * 2
    gone = {email: {"status": "deactivated"} for email in leavers[:6]}
    assert_only_changed(before, mock.books(), gone)
    assert waiting(settings, run) == [(email, [Guard.MASS_CHANGE]) for email in leavers[6:]]


def test_an_approval_for_the_brake_lifts_no_guard_of_each(
    connector: Connector, mock: MockConsole, run: str, settings: Settings
) -> None:
    leavers = [*many_leavers(mock, 6), AIKO]
    begin(connector, run, *(Deactivate(email=email) for email in leavers))
    approve(settings, run)
    before = mock.books()
    connector.resume(run)
    assert_only_changed(before, mock.books(), {email: {"status": "deactivated"} for email in leavers[:6]})
    assert waiting(settings, run) == [(AIKO, [Guard.MASS_CHANGE, Guard.SCIM_MANAGED])]


def test_many_approvals_for_something_else_do_not_add_up_to_a_mass_change_unseen(
    connector: Connector, mock: MockConsole, tmp_path: Path, run: str, settings: Settings
) -> None:
    """The plan's brake does not count whom another guard refuses already."""
    leavers = many_leavers(mock, 7)
    for email in leavers[1:]:
        mock.change_person(email, scim_managed=True)
    (tmp_path / "staff.csv").write_text(
        "Email,First name,Last name,Status\n" + "".join(f"{email},,,deactivated\n" for email in leavers),
        encoding="utf-8",
    )
    before = mock.books()
    connector.apply_roster(read_roster(tmp_path / "staff.csv", allow_look_alikes=True), run_id=run, unattended=True)
    first = {leavers[0]: {"status": "deactivated"}}
    assert_only_changed(before, mock.books(), first)
    assert waiting(settings, run) == [(email, [Guard.SCIM_MANAGED]) for email in leavers[1:]]
    approve(settings, run)
    report = connector.resume(run)
    assert [outcome.result for outcome in report.outcomes].count(Result.DONE) == 1
    assert_only_changed(before, mock.books(), first)
    assert waiting(settings, run) == [(email, [Guard.SCIM_MANAGED, Guard.MASS_CHANGE]) for email in leavers[1:]]
    assert all("7 of" in outcome.message for outcome in report.outcomes if outcome.email != leavers[0])
    approve(settings, run)
    assert connector.resume(run).exit_code == 0
    assert_only_changed(before, mock.books(), {email: {"status": "deactivated"} for email in leavers})


def test_who_is_rejected_does_not_count_for_the_brake(
    connector: Connector, mock: MockConsole, tmp_path: Path, run: str, settings: Settings
) -> None:
    leavers = many_leavers(mock, 7)
    for email in leavers:
        mock.change_person(email, scim_managed=True)
    (tmp_path / "staff.csv").write_text(
        "Email,First name,Last name,Status\n" + "".join(f"{email},,,deactivated\n" for email in leavers),
        encoding="utf-8",
    )
    connector.apply_roster(read_roster(tmp_path / "staff.csv", allow_look_alikes=True), run_id=run, unattended=True)
    reject(settings, run, *leavers[:4])
    approve(settings, run, *leavers[4:])
    before = mock.books()
    report = connector.resume(run)
    assert [outcome.result for outcome in report.outcomes] == [Result.REFUSED] * 4 + [Result.DONE] * 3
    assert_only_changed(before, mock.books(), {email: {"status": "deactivated"} for email in leavers[4:]})


# -- a roster ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def staff(tmp_path: Path) -> Roster:
    path = tmp_path / "staff.csv"
    path.write_text(
        "Email,First name,Last name,Managers,Groups,Role,Status\n"
        f"the.report@northwind.example,The,Report,{BOSS},Sales,Learner,active\n"
        f"{BOSS},The,Boss,,Sales,Admin,active\n"
        f"{NEW},Nadja,New,,Sales,Learner,active\n"
        f"{AIKO},,,,,,deactivated\n"
        "no address,No,Address,,,,\n",
        encoding="utf-8",
    )
    return read_roster(path)


REPORT = "the.report@northwind.example"


def by_email(report: Report) -> dict[str, Outcome]:
    return {outcome.email: outcome for outcome in report.outcomes}


def test_what_a_plan_refuses_waits_and_managers_go_first_once_approved(
    connector: Connector, mock: MockConsole, staff: Roster, run: str, settings: Settings
) -> None:
    before = mock.books()
    report = connector.apply_roster(staff, run_id=run, unattended=True)
    assert report.exit_code == 3
    told = by_email(report)
    assert told["no address"].guard is None
    assert told[NEW].result is Result.DONE
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert dict(waiting(settings, run)) == {
        AIKO: [Guard.SCIM_MANAGED],
        BOSS: [Guard.ADMIN_ROLE],
        REPORT: [Guard.UNKNOWN_MANAGER],
    }
    assert told[BOSS].message.startswith("line 3: this grants the admin role; waits for approval")
    assert run_control.view(settings, run).outcomes == report.outcomes
    approve(settings, run)
    report = connector.resume(run)
    assert report.exit_code == 3  # the row without an address
    assert {email for email, outcome in by_email(report).items() if outcome.result is Result.DONE} == {
        NEW,
        AIKO,
        BOSS,
        REPORT,
    }
    after = mock.books()
    assert mailed(before, after) == [(NEW, "invitation"), (BOSS, "invitation"), (REPORT, "invitation")]
    assert_only_changed(
        before,
        after,
        {
            NEW: {"first_name": "Nadja", "last_name": "New", "groups": ["Sales"]},
            AIKO: {"status": "deactivated"},
            BOSS: {"first_name": "The", "last_name": "Boss", "groups": ["Sales"], "role": "admin"},
            REPORT: {"first_name": "The", "last_name": "Report", "groups": ["Sales"], "managers": [BOSS]},
        },
    )


def test_a_report_that_is_approved_without_her_manager_waits_no_less(
    connector: Connector, mock: MockConsole, staff: Roster, run: str, settings: Settings
) -> None:
    connector.apply_roster(staff, run_id=run, unattended=True)
    before = mock.books()
    reject(settings, run, BOSS)
    assert dict(waiting(settings, run))[REPORT] == [Guard.UNKNOWN_MANAGER]
    connector.resume(run)
    assert_nothing_happened(before, mock.books())
    assert set(dict(waiting(settings, run))) == {AIKO, REPORT}


def test_what_a_plan_refused_is_not_carried_out_where_the_person_changed_since(
    connector: Connector, mock: MockConsole, staff: Roster, run: str, settings: Settings
) -> None:
    connector.apply_roster(staff, run_id=run, unattended=True)
    approve(settings, run, AIKO, BOSS)
    mock.change_person(AIKO, role="manager")
    before = mock.books()
    report = connector.resume(run)
    aiko = by_email(report)[AIKO]
    assert (aiko.result, aiko.guard) == (Result.REFUSED, Guard.SCIM_MANAGED)
    assert f"since the plan was made {AIKO} changed; plan anew" in aiko.message
    assert by_email(report)[BOSS].result is Result.DONE
    assert mock.books().person(AIKO).status == "active"
    assert mailed(before, mock.books()) == [(BOSS, "invitation")]


def test_a_roster_that_lost_its_rows_waits_as_a_whole(
    connector: Connector, mock: MockConsole, tmp_path: Path, run: str, settings: Settings
) -> None:
    everybody = connector.export()
    write_roster(tmp_path / "half.csv", everybody[: len(everybody) // 2])
    roster = read_roster(tmp_path / "half.csv", allow_look_alikes=True)
    before = mock.books()
    report = connector.apply_roster(roster, PlanOptions(deactivate_missing=True), run_id=run, unattended=True)
    assert report.exit_code == 3
    assert_only_changed(before, mock.books(), {})
    waits = waiting(settings, run)
    braked = [email for email, guards in waits if guards == [Guard.MASS_CHANGE]]
    assert len(braked) > 5
    assert {Guard.SCIM_MANAGED} == {guard for email, guards in waits if email not in braked for guard in guards}
    meant = braked[:2]
    approve(settings, run, *meant)
    connector.resume(run)
    assert_only_changed(before, mock.books(), {email: {"status": "deactivated"} for email in meant})


# -- nothing twice -----------------------------------------------------------------------------------------------------
def test_several_lanes_carry_out_what_is_approved(mock: MockConsole, start_connector: StartConnector, run: str) -> None:
    connector = start_connector(mock, lanes=3)
    people = [f"p{number}@northwind.example" for number in range(4)]
    operations: Sequence[Operation] = [
        Invite(email=email, first_name="A", last_name="B", role=Role.ADMIN) for email in people
    ]
    before = mock.books()
    begin(connector, run, *operations)
    assert mailed(before, mock.books()) == []
    approve(connector.settings, run)
    assert connector.resume(run).exit_code == 0
    assert sorted(mailed(before, mock.books())) == [(email, "invitation") for email in people]
