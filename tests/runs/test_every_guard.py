"""Every guard at the books: refused by its name with nothing changed, also in a dry run; then lifted, or never."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from connector import Connector
from connector.errors import InputError, Refused
from connector.models import (
    NEVER_LIFTED,
    Deactivate,
    Edit,
    Guard,
    ImportPeople,
    Invite,
    Operation,
    Reactivate,
    Report,
    Result,
    Role,
)
from connector.roster import read_roster
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector
from tests.flows.conftest import GRACE, INGRID
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed

ANN, AIKO, HELEN = "ann@northwind.example", "aiko.tanaka@northwind.example", "helen.brandt@northwind.example"
NEW, STRANGER = "nadja.new@northwind.example", "nadja.new@fabrikam.example"
HEADER = "Email,First name,Last name,Status\n"
EVERY_OTHER = set(Guard) - NEVER_LIFTED


class Case(NamedTuple):
    """A guard, what it refuses, and what becomes of the very same once it is lifted."""

    operations: Callable[[MockConsole], list[Operation]]
    arrange: Callable[[MockConsole], object] = lambda mock: None
    settings: Mapping[str, Any] = MappingProxyType({})
    fixture: str = ""
    lifted: Result = Result.DONE


def _twice(mock: MockConsole) -> None:
    store = mock.console.directory.store
    original = store.by_email(ANN)
    assert original is not None
    store.put(dataclasses.replace(original, id=store.next_id(), first_name="Anna"))


def _six_learners(mock: MockConsole) -> list[Operation]:
    people = [p for p in mock.books().people if (p.status, p.role, p.scim_managed) == ("active", "learner", False)]
    return [Deactivate(email=person.email) for person in people[:6]]


def _new(**fields: Any) -> Callable[[MockConsole], list[Operation]]:
    given = {"email": NEW, "first_name": "Nadja", "last_name": "New", **fields}
    return lambda mock: [Invite(**given)]


CASES: dict[Guard, Case] = {
    Guard.AMBIGUOUS_MATCH: Case(lambda mock: [Deactivate(email=ANN)], _twice),
    Guard.OWN_ACCOUNT: Case(lambda mock: [Deactivate(email=mock.admin_email)]),
    Guard.LAST_ADMIN: Case(
        lambda mock: [Deactivate(email=GRACE)],
        lambda mock: mock.change_person(INGRID, status="deactivated"),
        fixture="no_admin_itself",
    ),
    Guard.PROTECTED: Case(lambda mock: [Deactivate(email=ANN)], settings={"protected": ANN.upper()}),
    Guard.SCIM_MANAGED: Case(lambda mock: [Deactivate(email=AIKO)]),
    Guard.NO_FREE_SEAT: Case(
        # Lifted, it is asked of the console, which has no seat either.
        lambda mock: [Reactivate(email=HELEN)],
        lambda mock: mock.reset(seats=mock.books().seats_used),
        lifted=Result.FAILED,
    ),
    Guard.UNKNOWN_GROUP: Case(_new(groups=("Salse",))),
    Guard.UNKNOWN_MANAGER: Case(_new(managers=("new.boss@northwind.example",))),
    Guard.LOOK_ALIKE: Case(_new(email="1ea.fischer@northwind.example")),
    Guard.MASS_CHANGE: Case(_six_learners),
    Guard.ADMIN_ROLE: Case(lambda mock: [Edit(email=ANN, role=Role.ADMIN)]),
    Guard.GROUP_REQUIRED: Case(_new(), settings={"group_required": True}),
    Guard.SSO_DOMAIN: Case(_new(email=STRANGER), settings={"sso_domains": "northwind.example"}),
    Guard.KEY_OWNER: Case(lambda mock: [Deactivate(email=ANN)], settings={"key_owners": ANN.upper()}),
}
"""All but `wrong-tenant`, which concerns no operation but all of them: `test_nothing_is_done_at_another_tenant`, and of
another account or host tests/faults/test_sessions.py and test_origins.py."""


def test_every_guard_has_a_case() -> None:
    assert set(CASES) == set(Guard) - {Guard.WRONG_TENANT}


def verdicts(report: Report) -> set[tuple[Result, Guard | None]]:
    return {(outcome.result, outcome.guard) for outcome in report.outcomes}


@pytest.mark.parametrize("guard", CASES)
def test_each_guard_refuses_by_its_name_and_is_lifted_by_its_name_or_never(
    guard: Guard,
    connector: Connector,
    mock: MockConsole,
    start_connector: StartConnector,
    state_dir: Path,
    request: pytest.FixtureRequest,
) -> None:
    case = CASES[guard]
    if case.fixture:
        request.getfixturevalue(case.fixture)
    if case.settings:
        connector = start_connector(mock, state_dir=state_dir, **case.settings)
        connector.person(ANN)
    case.arrange(mock)
    operations = case.operations(mock)
    before = mock.books()
    for how in ({"dry_run": True}, {}, {"overrides": EVERY_OTHER - {guard}}):
        report = connector.run(operations, **how)
        assert verdicts(report) == {(Result.REFUSED, guard)}, how
        assert report.exit_code == 3
        assert all(outcome.message and not outcome.would for outcome in report.outcomes)
    _assert_untouched(before, mock.books())
    if guard in NEVER_LIFTED:
        with pytest.raises(InputError, match=f"{guard.value} is never lifted"):
            connector.run(operations, overrides={guard})
        _assert_untouched(before, mock.books())
        return
    assert f"--override {guard.value}" in report.outcomes[0].message
    lifted = connector.run(operations, overrides={guard})
    assert verdicts(lifted) == {(case.lifted, None)}
    after = mock.books()
    if case.lifted is not Result.DONE:
        assert_nothing_happened(before, after)
        return
    meant = {operation.email for operation in operations if isinstance(operation, Invite | Deactivate | Edit)}
    came = {person.email for person in after.people} - {person.email for person in before.people}
    assert {who for _, who in happened(before, after)} <= {*meant, *came, "Salse"}
    untouched = {p.email: p for p in before.people if p.email not in meant}
    assert {p.email: p for p in after.people if p.email in untouched} == untouched


def _assert_untouched(before: Any, after: Any) -> None:
    assert after.people == before.people
    assert after.groups == before.groups
    assert happened(before, after) == []
    assert mailed(before, after) == []


# -- by import, and in a plan ------------------------------------------------------------------------------------------
@pytest.fixture
def strict(mock: MockConsole, start_connector: StartConnector, state_dir: Path) -> Connector:
    """A group is required, and the identity provider knows one domain."""
    connector = start_connector(mock, state_dir=state_dir, group_required=True, sso_domains="northwind.example")
    connector.person(ANN)
    return connector


GROUPLESS, GOOD = "no.group@northwind.example", "good@northwind.example"
PEOPLE = (
    Invite(email=STRANGER, first_name="A", last_name="B", groups=("Sales",)),
    Invite(email=GROUPLESS, first_name="A", last_name="B"),
    Invite(email=GOOD, first_name="A", last_name="B", groups=("Sales",)),
)


def test_an_import_leaves_out_who_is_of_another_domain_or_in_no_group(strict: Connector, mock: MockConsole) -> None:
    before = mock.books()
    report = strict.run([ImportPeople(people=PEOPLE, skip_bad_rows=True)])
    assert [(outcome.result, outcome.guard) for outcome in report.outcomes] == [
        (Result.REFUSED, Guard.SSO_DOMAIN),
        (Result.REFUSED, Guard.GROUP_REQUIRED),
        (Result.DONE, None),
    ]
    assert "fabrikam.example is none of the identity provider's domains" in report.outcomes[0].message
    assert mailed(before, mock.books()) == [(GOOD, "invitation")]
    lifted = {Guard.SSO_DOMAIN, Guard.GROUP_REQUIRED}
    report = strict.run([ImportPeople(people=PEOPLE, skip_bad_rows=True)], overrides=lifted)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE, Result.ALREADY]
    named = {"first_name": "A", "last_name": "B"}
    assert_only_changed(
        before,
        mock.books(),
        {
            STRANGER: {**named, "groups": ["Sales"]},
            GROUPLESS: named,
            GOOD: {**named, "groups": ["Sales"]},
        },
    )


def test_a_plan_says_the_same_before_anything_is_sent(strict: Connector, mock: MockConsole, tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(
        "Email,First name,Last name,Groups\n"
        + "".join(f"{each.email},A,B,{'; '.join(each.groups)}\n" for each in PEOPLE),
        encoding="utf-8",
    )
    before = mock.books()
    plan = strict.plan(read_roster(tmp_path / "staff.csv"))
    assert [[verdict.guard for verdict in item.verdicts] for item in plan.items if item.line is not None] == [
        [Guard.SSO_DOMAIN],
        [Guard.GROUP_REQUIRED],
        [],
    ]
    assert [each.operation.email for each in plan.held] == [STRANGER, GROUPLESS]
    assert_only_changed(before, mock.books(), {})


def test_who_owns_keys_is_deactivated_by_no_roster(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path, tmp_path: Path
) -> None:
    connector = start_connector(mock, state_dir=state_dir, key_owners=ANN)
    (tmp_path / "staff.csv").write_text(
        f"{HEADER}{ANN},,,deactivated\njoann@northwind.example,,,deactivated\n", encoding="utf-8"
    )
    before = mock.books()
    report = connector.apply_roster(read_roster(tmp_path / "staff.csv", allow_look_alikes=True))
    assert [(outcome.email, outcome.result, outcome.guard) for outcome in report.outcomes] == [
        (ANN, Result.REFUSED, Guard.KEY_OWNER),
        ("joann@northwind.example", Result.DONE, None),
    ]
    assert_only_changed(before, mock.books(), {"joann@northwind.example": {"status": "deactivated"}})


# -- another tenant, and what stays of a leaver ------------------------------------------------------------------------
def test_nothing_is_done_at_another_tenant(mock: MockConsole, start_connector: StartConnector, tmp_path: Path) -> None:
    first = start_connector(mock, state_dir=tmp_path / "one")
    plan_file = tmp_path / "staff.csv"
    plan_file.write_text(f"{HEADER}{ANN},,,deactivated\n", encoding="utf-8")
    plan = first.plan(read_roster(plan_file))
    elsewhere = start_connector(mock, state_dir=tmp_path / "two", url="https://fabrikam.app.workramp.com")
    before = mock.books()
    with pytest.raises(Refused) as refused:
        elsewhere.apply(plan, unattended=True, run_id="elsewhere")
    assert (refused.value.guard, refused.value.exit_code) == (Guard.WRONG_TENANT, 3)
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("olu.adeyemi@northwind.example", "content created"),
        (INGRID, "API keys"),
        ("daniel.kim@northwind.example", "who reports to this person"),
    ],
)
def test_what_is_to_be_reviewed_of_a_leaver_is_said_by_her_role(
    connector: Connector, mock: MockConsole, address: str, said: str
) -> None:
    assert mock.books().person(address).status == "active"
    outcome = connector.deactivate(address)
    assert outcome.result is Result.DONE
    assert said in outcome.message
    assert mock.books().person(address).status == "deactivated"
