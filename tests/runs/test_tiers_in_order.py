"""Whole runs with the console as the last resort: shut doors, guards that only the console can answer, two tiers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector import Connector
from connector.models import CreateGroup, Edit, Guard, Invite, Result, Role
from connector.roster import read_roster
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector
from tests.flows.oracle import assert_only_changed, mailed

NEW, ANN, AIKO = "nadja.new@northwind.example", "ann@northwind.example", "aiko.tanaka@northwind.example"
INVITE = Invite(email=NEW, first_name="Nadja", last_name="New", groups=("R&D",))
LEAVERS = ("joann@northwind.example", "maria.garcia2@northwind.example")
RENAMED = (ANN, "maria.garcia@northwind.example", "sam.reyes@northwind.example")


@pytest.fixture
def start_tiers(
    connector: Connector, mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> Callable[..., Connector]:
    """Opens a connector with the keys of the mock's doors and the session that the worker's connector has saved."""
    assert connector.settings.state_dir == state_dir

    def start(tiers: str, **changes: Any) -> Connector:
        keys = {"api_key": mock.options.api_key, "scim_token": mock.options.scim_token, "state_dir": state_dir}
        return start_connector(mock, **{"tiers": tiers, **keys, **changes})

    return start


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    """Thirty people: 25 new ones, three with other names, two who leave."""
    rows = ["Email,First name,Last name,Managers,Groups,Role,Status"]
    rows += [f"new{number:02}@northwind.example,New,Number {number},,R&D,learner,active" for number in range(25)]
    rows += [f"{email},Renamed,Otherwise,,,," for email in RENAMED]
    rows += [f"{email},,,,,,deactivated" for email in LEAVERS]
    path = tmp_path / "staff.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_thirty_people_are_applied_through_the_console_where_scim_answers_403_and_rest_429(
    start_tiers: Callable[..., Connector], mock: MockConsole, staff: Path
) -> None:
    mock.reset(seats=200)
    mock.set_faults("scim=403", "rest=429")
    before = mock.books()
    report = start_tiers("scim,rest,console", timeout=8).apply_roster(read_roster(staff))
    assert report.exit_code == 0
    assert len(report.outcomes) == 30
    assert {(each.result, each.tier) for each in report.outcomes} == {(Result.DONE, "console")}
    for outcome in report.outcomes:
        assert "scim (HTTP 403: WORKRAMP_SCIM_TOKEN is not accepted" in outcome.message
        assert "rest (HTTP 429 after 4 tries)" in outcome.message
    after = mock.books()
    new = [f"new{number:02}@northwind.example" for number in range(25)]
    made = {
        email: {"first_name": "New", "last_name": f"Number {number}", "groups": ["R&D"]}
        for number, email in enumerate(new)
    }
    renamed = {email: {"first_name": "Renamed", "last_name": "Otherwise"} for email in RENAMED}
    left: dict[str, dict[str, Any]] = {email: {"status": "deactivated"} for email in LEAVERS}
    assert_only_changed(before, after, {**made, **renamed, **left})
    assert sorted(mailed(before, after)) == [(email, "invitation") for email in new]
    # Left alone once they were found shut: each lane may have asked at the same time, and then nobody.
    assert sum(n for call, n in after.api_calls.items() if call.startswith("scim")) <= 4
    assert sum(n for call, n in after.api_calls.items() if call.startswith("rest")) <= 4 * 4


def test_thirty_people_are_applied_through_scim_where_it_is_open(
    start_tiers: Callable[..., Connector], mock: MockConsole, staff: Path
) -> None:
    mock.reset(seats=200)
    before = mock.books()
    report = start_tiers("scim,rest,console").apply_roster(read_roster(staff))
    assert report.exit_code == 0
    assert {(each.result, each.tier) for each in report.outcomes} == {(Result.DONE, "scim")}
    assert not any("passed over" in each.message for each in report.outcomes)
    assert len(mailed(before, mock.books())) == 25
    again = start_tiers("scim,rest,console").apply_roster(read_roster(staff))
    assert (again.exit_code, again.outcomes) == (0, ())


def test_created_by_scim_and_given_her_role_by_the_console_is_one_outcome(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    before = mock.books()
    operation = INVITE.model_copy(update={"role": Role.CONTENT_CREATOR})
    (outcome,) = start_tiers("scim,rest,console").run([operation], run_id="by-two").outcomes
    assert (outcome.operation, outcome.result, outcome.tier) == ("invite", Result.DONE, "scim+console")
    after = mock.books()
    made = {"first_name": "Nadja", "last_name": "New", "role": "content_creator", "groups": ["R&D"]}
    assert_only_changed(before, after, {NEW: made | {"scim_managed": True}})
    assert mailed(before, after) == [(NEW, "invitation")]


def test_seats_are_looked_up_in_the_console_before_another_tier_invites(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    used = mock.books().seats_used
    mock.reset(seats=used)
    before = mock.books()
    connector = start_tiers("rest,console")
    (outcome,) = connector.run([INVITE]).outcomes
    assert (outcome.result, outcome.guard, outcome.tier) == (Result.REFUSED, Guard.NO_FREE_SEAT, "rest")
    assert mailed(before, mock.books()) == []
    assert mock.books().api_calls.get("rest POST /users", 0) == 0


def test_whom_scim_manages_is_known_from_the_console_before_another_tier_acts(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    before = mock.books()
    assert before.person(AIKO).scim_managed
    connector = start_tiers("rest,console")
    outcome = connector.deactivate(AIKO)
    assert (outcome.result, outcome.guard, outcome.tier) == (Result.REFUSED, Guard.SCIM_MANAGED, "rest")
    assert_only_changed(before, mock.books(), {})
    assert connector.deactivate(AIKO, overrides=[Guard.SCIM_MANAGED]).tier == "rest"
    assert_only_changed(before, mock.books(), {AIKO: {"status": "deactivated"}})


def test_a_console_that_cannot_be_signed_in_to_keeps_no_other_tier_from_acting(
    start_tiers: Callable[..., Connector], mock: MockConsole, tmp_path: Path
) -> None:
    before = mock.books()
    connector = start_tiers("rest,console", password="not the password", state_dir=tmp_path / "fresh")
    (outcome,) = connector.run([INVITE]).outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, "rest")
    assert "free seats not checked, as only the console shows that" in outcome.message
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert connector.person(ANN).email == ANN


def test_what_only_the_console_can_do_is_done_there(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    before = mock.books()
    connector = start_tiers("scim,rest,console")
    resent = connector.resend("noor.haddad@northwind.example")
    assert (resent.result, resent.tier) == (Result.DONE, "console")
    assert "passed over: scim (has no call to resend), rest (has no call to resend)" in resent.message
    operation = Edit(email=ANN, role=Role.MANAGER)
    (edited,) = connector.run([operation]).outcomes
    assert (edited.result, edited.tier) == (Result.DONE, "console")
    assert mock.books().person(ANN).role == "manager"
    (made,) = connector.run([CreateGroup(name="Brand New")]).outcomes
    assert (made.result, made.tier, made.group) == (Result.DONE, "console", "Brand New")
    assert "Brand New" in mock.books().groups
    assert mailed(before, mock.books()) == [("noor.haddad@northwind.example", "reminder")]


def test_an_answer_lost_by_the_console_is_no_reason_to_send_through_another_tier(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    mock.set_faults("commit-then-503")
    before = mock.books()
    (outcome,) = start_tiers("console,rest", lanes=1).run([INVITE]).outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, "console")
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert mock.books().api_calls.get("rest POST /users", 0) == 0


def test_reading_shows_everything_the_console_shows_whatever_the_order(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    connector = start_tiers("scim,rest,console")
    assert connector.person(ANN).last_login is not None
    assert connector.seats().pools
    assert mock.books().api_calls == {}
