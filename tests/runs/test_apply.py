"""Plans and rosters applied: what the books show afterwards, what is refused, and that the second time is nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from connector import Connector, applying, run_database
from connector.errors import InputError, PlanError, Refused
from connector.last_roster import last_roster, remember_roster
from connector.models import Deactivate, Guard, Outcome, Report, Result
from connector.plan_file import read_plan, write_plan
from connector.plan_models import PlanOptions
from connector.roster import Roster, read_roster, write_roster
from connector.roster_mapping import read_mapping
from connector.run_control import look_up
from connector.settings import Settings
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector, StartConsole
from tests.flows.oracle import ANY, assert_nothing_happened, assert_only_changed, happened, mailed

SAMPLES = Path(__file__).parents[2] / "fixtures" / "rosters"
ANN, JOANN, BILL = "ann@northwind.example", "joann@northwind.example", "bill.hargreaves@northwind.example"
HELENA, SAMUEL = "helena.brandt@northwind.example", "samuel.adeyemi@northwind.example"
GRACE, PETER = "grace.okafor@northwind.example", "peter.novak@northwind.example"
NEW = "nadja.new@northwind.example"
ROSTER = (
    "Email,First name,Last name,Managers,Groups,Role,Status\n"
    f"{NEW},Nadja,New,,R&D,Learner,active\n"
    f"{ANN},Anne-Marie,Lee,,,,\n"
    f"{JOANN},,,,,,deactivated\n"
)
CHANGES: dict[str, dict[str, Any]] = {
    JOANN: {"status": "deactivated"},
    ANN: {"first_name": "Anne-Marie"},
    NEW: {"first_name": "Nadja", "last_name": "New", "groups": ["R&D"]},
}
MISSING = PlanOptions(deactivate_missing=True)


@pytest.fixture(autouse=True)
def _no_roster_was_applied(state_dir: Path) -> Iterator[None]:
    """What one test leaves behind in the state directory that they share is not what the next one goes by."""
    yield
    for file in (state_dir / "rosters").glob("*.json"):
        file.unlink()


@pytest.fixture
def run(request: pytest.FixtureRequest) -> str:
    """A run id of the test's own."""
    return f"apply-{request.node.name[:60].replace('[', '-').replace(']', '')}"


@pytest.fixture
def staff(tmp_path: Path) -> Roster:
    path = tmp_path / "staff.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return read_roster(path)


def results(report: Report) -> list[tuple[str, str, Result]]:
    return [(outcome.operation, outcome.email, outcome.result) for outcome in report.outcomes]


def people_remembered(settings: Settings) -> int | None:
    last = last_roster(settings.state_dir, settings.url)
    return None if last is None else last.people


# -- twice ----------------------------------------------------------------------------------------------------------
def test_the_same_roster_applied_twice_changes_nothing_the_second_time(
    connector: Connector, mock: MockConsole, staff: Roster, settings: Settings
) -> None:
    before = mock.books()
    first = connector.apply_roster(staff)
    assert first.exit_code == 0
    assert results(first) == [
        ("deactivate", JOANN, Result.DONE),
        ("invite", NEW, Result.DONE),
        ("edit", ANN, Result.DONE),
    ]
    after = mock.books()
    assert_only_changed(before, after, CHANGES)
    assert mailed(before, after) == [(NEW, "invitation")]
    assert people_remembered(settings) == 3
    second = connector.apply_roster(staff)
    assert (second.exit_code, second.outcomes) == (0, ())
    assert_only_changed(after, mock.books(), {})
    assert {kind for kind, _ in happened(after, mock.books())} <= {"exported"}
    assert mailed(after, mock.books()) == []


def test_an_okta_export_with_a_mapping_is_applied_and_the_second_time_only_refusals_are_left(
    connector: Connector, mock: MockConsole
) -> None:
    roster = read_roster(SAMPLES / "okta.csv", mapping=read_mapping(SAMPLES / "mapping.toml"))
    before = mock.books()
    first = connector.apply_roster(roster)
    assert first.exit_code == 3
    refused = first.outcomes[0]
    assert (refused.operation, refused.email, refused.result) == ("deactivate", PETER, Result.REFUSED)
    assert refused.guard is Guard.SCIM_MANAGED
    assert refused.message.startswith("line 5: SCIM manages this person")
    assert {outcome.result for outcome in first.outcomes[1:]} == {Result.DONE}
    after = mock.books()
    assert_only_changed(
        before,
        after,
        {
            HELENA: {"first_name": "Helena", "last_name": "Brandt", "role": "manager", "groups": ["Sales, EMEA"]},
            SAMUEL: {"first_name": "Samuel", "last_name": "Adeyemi", "groups": ["Engineering", "R&D"]},
            GRACE: {"role": "learner", "groups": ANY, "managers": [*before.person(GRACE).managers, HELENA]},
        },
    )
    second = connector.apply_roster(roster)
    assert results(second) == [("deactivate", PETER, Result.REFUSED)]
    assert_only_changed(after, mock.books(), {})
    assert mailed(after, mock.books()) == []


def test_overrides_of_the_plan_are_those_of_the_run(connector: Connector, mock: MockConsole) -> None:
    roster = read_roster(SAMPLES / "okta.csv", mapping=read_mapping(SAMPLES / "mapping.toml"))
    assert mock.books().person(PETER).status == "active"
    report = connector.apply_roster(roster, PlanOptions(overrides=(Guard.SCIM_MANAGED,)))
    assert report.exit_code == 0
    assert mock.books().person(PETER).status == "deactivated"


# -- a plan that was kept -------------------------------------------------------------------------------------------
def test_a_plan_that_was_kept_is_applied(
    connector: Connector, mock: MockConsole, staff: Roster, tmp_path: Path, settings: Settings
) -> None:
    write_plan(tmp_path / "plan.json", connector.plan(staff))
    before = mock.books()
    heard: list[Outcome] = []
    report = connector.apply(read_plan(tmp_path / "plan.json"), on_outcome=heard.append)
    assert report.exit_code == 0
    assert sorted(outcome.email for outcome in heard) == sorted([ANN, JOANN, NEW])
    assert_only_changed(before, mock.books(), CHANGES)
    assert people_remembered(settings) == 3


def test_an_edited_plan_is_refused(connector: Connector, mock: MockConsole, staff: Roster, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, connector.plan(staff))
    edited = json.loads(path.read_text(encoding="utf-8"))
    edited["operations"].append({"operation": "deactivate", "email": BILL})
    path.write_text(json.dumps(edited), encoding="utf-8")
    with pytest.raises(PlanError, match="was changed after it was made") as caught:
        read_plan(path)
    assert caught.value.exit_code == 2


def test_a_plan_that_no_longer_holds_is_refused_and_says_of_whom(
    connector: Connector, mock: MockConsole, staff: Roster, run: str, settings: Settings
) -> None:
    plan = connector.plan(staff)
    mock.change_person(ANN, last_name="Li")
    before = mock.books()
    with pytest.raises(PlanError, match="the console has changed") as caught:
        connector.apply(plan, run_id=run)
    assert caught.value.exit_code == 2
    assert caught.value.problems == (f"{ANN} is not as then",)
    assert_only_changed(before, mock.books(), {})
    assert mailed(before, mock.books()) == []
    assert look_up(settings, run) is None
    assert people_remembered(settings) is None


def test_a_dry_run_refuses_a_plan_that_no_longer_holds_too(
    connector: Connector, mock: MockConsole, staff: Roster
) -> None:
    plan = connector.plan(staff)
    mock.change_person(JOANN, status="deactivated")
    with pytest.raises(PlanError, match="the console has changed"):
        connector.apply(plan, dry_run=True)


@pytest.mark.parametrize(
    ("made", "said"), [(timedelta(hours=-25), "older than 24 h"), (timedelta(hours=1), "made in the future")]
)
def test_a_plan_that_is_too_old_or_from_the_future_is_refused(
    connector: Connector, mock: MockConsole, staff: Roster, made: timedelta, said: str
) -> None:
    plan = connector.plan(staff).model_copy(update={"created_at": datetime.now(UTC) + made})
    before = mock.books()
    with pytest.raises(PlanError, match=said) as caught:
        connector.apply(plan)
    assert caught.value.exit_code == 2
    assert_nothing_happened(before, mock.books())


def test_how_old_a_plan_may_be_is_a_setting(
    start_console: StartConsole, start_connector: StartConnector, staff: Roster
) -> None:
    mock = start_console()
    connector = start_connector(mock, plan_ttl_hours=48)
    plan = connector.plan(staff).model_copy(update={"created_at": datetime.now(UTC) - timedelta(hours=25)})
    assert connector.apply(plan, dry_run=True).exit_code == 0


def test_a_plan_for_another_console_is_for_the_wrong_tenant(
    connector: Connector, mock: MockConsole, staff: Roster
) -> None:
    plan = connector.plan(staff).model_copy(update={"url": "https://fabrikam.app.workramp.com"})
    before = mock.books()
    for use in (connector.apply, connector.changed_since):
        with pytest.raises(Refused) as caught:
            use(plan)
        assert (caught.value.guard, caught.value.exit_code) == (Guard.WRONG_TENANT, 3)
    assert_nothing_happened(before, mock.books())


def test_a_plan_made_with_another_account_is_refused(connector: Connector, mock: MockConsole, staff: Roster) -> None:
    plan = connector.plan(staff).model_copy(update={"account": "someone.else@northwind.example"})
    before = mock.books()
    with pytest.raises(PlanError, match="another account") as caught:
        connector.apply(plan)
    assert caught.value.exit_code == 2
    assert_nothing_happened(before, mock.books())


def test_a_plan_that_lifts_what_is_never_lifted_is_refused(
    connector: Connector, mock: MockConsole, staff: Roster
) -> None:
    plan = connector.plan(staff)
    forged = plan.model_copy(update={"options": PlanOptions(overrides=(Guard.OWN_ACCOUNT,))})
    before = mock.books()
    with pytest.raises(InputError, match="never lifted"):
        connector.apply(forged)
    assert_nothing_happened(before, mock.books())


# -- in one go ------------------------------------------------------------------------------------------------------
def test_whoever_is_asked_sees_what_would_happen_and_can_stop_it(
    connector: Connector, mock: MockConsole, staff: Roster, run: str, settings: Settings
) -> None:
    class No(Exception):
        pass

    seen: list[str] = []

    def agree(operations: object, left_out: object) -> None:
        assert isinstance(operations, tuple)
        seen.extend(operation.operation for operation in operations)
        raise No

    before = mock.books()
    with pytest.raises(No):
        connector.apply_roster(staff, run_id=run, agree=agree)
    assert seen == ["deactivate", "invite", "edit"]
    assert_only_changed(before, mock.books(), {})
    assert look_up(settings, run) is None


def test_a_plan_that_waited_for_an_answer_is_compared_again(
    connector: Connector, mock: MockConsole, staff: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(operations: object, left_out: object) -> None:
        mock.change_person(ANN, last_name="Li")

    monkeypatch.setattr(applying, "JUST_MADE", timedelta(0))
    with pytest.raises(PlanError) as caught:
        connector.apply_roster(staff, agree=meanwhile)
    assert caught.value.problems == (f"{ANN} is not as then",)
    assert mock.books().person(JOANN).status == "active"


def test_a_dry_run_says_what_would_happen_and_sends_nothing(
    connector: Connector, mock: MockConsole, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(
        "Email,First name,Last name,Managers\n"
        "the.report@northwind.example,The,Report,the.boss@northwind.example\n"
        "the.boss@northwind.example,The,Boss,\n"
        "no address,No,Address,\n",
        encoding="utf-8",
    )
    before = mock.books()
    report = connector.apply_roster(read_roster(path), dry_run=True, run_id="never-begun")
    assert [(o.operation, o.email, o.result, o.would) for o in report.outcomes] == [
        ("apply", "no address", Result.REFUSED, False),
        ("invite", "the.boss@northwind.example", Result.REFUSED, True),
        ("invite", "the.report@northwind.example", Result.REFUSED, True),
    ]
    assert report.outcomes[1].message == "would invite: not here yet (dry run: nothing was sent)"
    assert (report.run, report.exit_code) == ("dry-run", 3)
    assert_only_changed(before, mock.books(), {})
    assert mailed(before, mock.books()) == []
    assert look_up(settings, "never-begun") is None
    assert people_remembered(settings) is None


# -- the same run ---------------------------------------------------------------------------------------------------
def test_the_same_id_gives_the_outcomes_again_and_plans_nothing_anew(
    connector: Connector, mock: MockConsole, staff: Roster, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = connector.apply_roster(staff, run_id=run)
    assert first.exit_code == 0
    after = mock.books()
    monkeypatch.setattr(connector, "plan", None)
    again = connector.apply_roster(staff, run_id=run)
    assert again.outcomes == first.outcomes
    assert_nothing_happened(after, mock.books())


@pytest.fixture
def one_lane(mock: MockConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch) -> Connector:
    """A connector that does one thing after the other, and waits for a locked run database half a second."""
    monkeypatch.setattr(run_database, "_PATIENCE_SECONDS", 0.5)
    return start_connector(mock, lanes=1)


def stopped_after_the_first(connector: Connector, begin: Callable[..., Report]) -> None:
    """Begins a run whose database cannot be written any more once the first outcome is there."""
    other: list[sqlite3.Connection] = []

    def lock(outcome: Outcome) -> None:
        if not other:
            file = connector.settings.state_dir / "runs.sqlite"
            other.append(sqlite3.connect(file, isolation_level=None, check_same_thread=False))
            other[0].execute("BEGIN IMMEDIATE")

    report = begin(on_outcome=lock)
    other[0].execute("ROLLBACK")
    other[0].close()
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.FAILED, Result.FAILED]
    assert report.stopped == 1


@pytest.mark.parametrize("kept", [False, True], ids=["roster", "plan"])
def test_the_same_id_goes_on_with_a_run_that_was_stopped(
    one_lane: Connector, mock: MockConsole, staff: Roster, run: str, kept: bool
) -> None:
    plan = one_lane.plan(staff)
    begin = partial(one_lane.apply, plan) if kept else partial(one_lane.apply_roster, staff)
    before = mock.books()
    stopped_after_the_first(one_lane, partial(begin, run_id=run))
    assert_only_changed(before, mock.books(), {JOANN: {"status": "deactivated"}})
    assert people_remembered(one_lane.settings) is None
    with pytest.raises(InputError, match="another roster or plan"):
        one_lane.apply_roster(staff, MISSING, run_id=run)
    with pytest.raises(InputError, match="another roster or plan"):
        one_lane.run(plan.operations, run_id=run)
    asked: list[int] = []
    report = begin(run_id=run, agree=lambda operations, left_out: asked.append(len(operations)))
    assert asked == [3]
    assert report.exit_code == 0
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE] * 3
    after = mock.books()
    assert_only_changed(before, after, CHANGES)
    assert mailed(before, after) == [(NEW, "invitation")]
    assert [kind for kind, who in happened(before, after) if who == JOANN] == ["deactivated"]
    assert people_remembered(one_lane.settings) == 3


def test_resuming_by_the_id_alone_remembers_the_roster_too(one_lane: Connector, staff: Roster, run: str) -> None:
    stopped_after_the_first(one_lane, partial(one_lane.apply_roster, staff, run_id=run))
    assert people_remembered(one_lane.settings) is None
    assert one_lane.resume(run).exit_code == 0
    assert people_remembered(one_lane.settings) == 3


# -- who is missing, and the brake ----------------------------------------------------------------------------------
def test_who_is_missing_is_deactivated_where_told_to(
    connector: Connector, mock: MockConsole, tmp_path: Path, settings: Settings
) -> None:
    everybody = connector.export()
    write_roster(tmp_path / "all.csv", [person for person in everybody if person.email not in (ANN, JOANN)])
    roster = read_roster(tmp_path / "all.csv", allow_look_alikes=True)
    before = mock.books()
    assert connector.apply_roster(roster).outcomes == ()
    assert_only_changed(before, mock.books(), {})
    assert connector.apply_roster(roster, MISSING).exit_code == 0
    changes = {ANN: {"status": "deactivated"}, JOANN: {"status": "deactivated"}}
    assert_only_changed(before, mock.books(), changes)
    assert people_remembered(settings) == len(everybody) - 2


def test_a_roster_that_lost_half_of_its_rows_is_braked_the_second_time_too(
    connector: Connector, mock: MockConsole, tmp_path: Path, settings: Settings
) -> None:
    remember_roster(settings.state_dir, settings.url, 60, datetime.now(UTC))
    everybody = connector.export()
    write_roster(tmp_path / "half.csv", everybody[: len(everybody) // 2])
    roster = read_roster(tmp_path / "half.csv", allow_look_alikes=True)
    before = mock.books()
    for _ in range(2):
        report = connector.apply_roster(roster, MISSING)
        assert report.exit_code == 3
        assert {outcome.guard for outcome in report.outcomes} >= {Guard.MASS_CHANGE}
        assert_only_changed(before, mock.books(), {})
        assert people_remembered(settings) == 60


def test_a_list_of_newcomers_does_not_loosen_the_brake(
    connector: Connector, mock: MockConsole, staff: Roster, settings: Settings
) -> None:
    remember_roster(settings.state_dir, settings.url, 60, datetime.now(UTC))
    assert connector.apply_roster(staff).exit_code == 0
    assert people_remembered(settings) == 60


def test_a_run_that_failed_somewhere_is_finished_all_the_same(
    connector: Connector, mock: MockConsole, staff: Roster, settings: Settings
) -> None:
    plan = connector.plan(staff)
    gone = plan.model_copy(update={"operations": (Deactivate(email="no.body@northwind.example"),)})
    report = connector.apply(gone)
    assert report.exit_code == 1
    assert people_remembered(settings) == 3
