"""Plans on a console: what they say is so, carrying them out brings the books to it, and a second plan is empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector import Connector
from connector.models import Deactivate, Edit, Guard, ImportPeople, Invite, Reactivate, Report, Result
from connector.plan_models import Action, Plan, PlanOptions
from connector.roster import read_roster, write_roster
from connector.roster_mapping import read_mapping
from fixtures.mock_console import Books, MockConsole
from tests.conftest import StartConnector, StartConsole
from tests.flows.oracle import ANY, assert_only_changed, happened, mailed

SAMPLES = Path(__file__).parents[2] / "fixtures" / "rosters"
ANN, JOANN = "ann@northwind.example", "joann@northwind.example"
HELENA, SAMUEL = "helena.brandt@northwind.example", "samuel.adeyemi@northwind.example"
GRACE, LUKASZ = "grace.okafor@northwind.example", "lukasz.wojcik@northwind.example"


def roster(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(text, encoding="utf-8")
    return path


def assert_untouched(before: Books, after: Books) -> None:
    """Nothing happened but that the console was asked for its own export."""
    assert_only_changed(before, after, {})
    assert {kind for kind, _ in happened(before, after)} <= {"exported"}
    assert mailed(before, after) == []


def carry_out(connector: Connector, plan: Plan) -> Report:
    report = connector.run(plan.operations, overrides=plan.options.overrides)
    assert [outcome for outcome in report.outcomes if outcome.result is not Result.DONE] == []
    return report


def test_a_plan_changes_nothing(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    plan = connector.plan(read_roster(SAMPLES / "new-hires.csv"))
    assert any(isinstance(operation, ImportPeople) for operation in plan.operations)
    assert plan.account == mock.admin_email
    assert_untouched(before, mock.books())


def test_a_roster_is_carried_out_and_carrying_it_out_again_is_nothing(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    deactivated = [person.email for person in mock.books().people if person.status == "deactivated"]
    back = deactivated[0]
    was = mock.books().person(back)
    read = read_roster(
        roster(
            tmp_path,
            "Email,First name,Last name,Managers,Groups,Role,Status\n"
            f"new.report@northwind.example,New,Report,new.boss@northwind.example,Marketing,Learner,active\n"
            f'new.boss@northwind.example,New,Boss,{GRACE},"R&D;Sales, EMEA",Manager,active\n'
            f"{back},{was.first_name},{was.last_name},,,,active\n"
            f"{ANN},Anne-Marie,Lee,new.boss@northwind.example,,,\n"
            f"{JOANN},,,,,,deactivated\n"
            "nobody.knows@northwind.example,No,Body,,,,deactivated\n",
        )
    )
    before = mock.books()
    plan = connector.plan(read)
    assert [type(operation) for operation in plan.operations] == [Deactivate, Reactivate, Invite, Invite, Edit]
    carry_out(connector, plan)
    assert_only_changed(
        before,
        mock.books(),
        {
            JOANN: {"status": "deactivated"},
            back: {"status": "active"},
            ANN: {"first_name": "Anne-Marie", "managers": [*before.person(ANN).managers, "new.boss@northwind.example"]},
            "new.boss@northwind.example": {
                "first_name": "New",
                "last_name": "Boss",
                "role": "manager",
                "groups": ["R&D", "Sales, EMEA"],
                "managers": [GRACE],
            },
            "new.report@northwind.example": {
                "first_name": "New",
                "last_name": "Report",
                "groups": ["Marketing"],
                "managers": ["new.boss@northwind.example"],
            },
        },
    )
    kinds = [kind for kind, _ in happened(before, mock.books())]
    assert kinds.index("deactivated") < kinds.index("reactivated") < kinds.index("invited")
    after = mock.books()
    again = connector.plan(read)
    assert again.operations == ()
    assert again.totals.refused == 0
    assert_untouched(after, mock.books())


def test_many_come_by_import_and_a_second_plan_is_empty(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    lines = (SAMPLES / "new-hires.csv").read_text(encoding="utf-8").splitlines()
    read = read_roster(roster(tmp_path, "\n".join(lines[:10])))
    before = mock.books()
    plan = connector.plan(read)
    (imported, *rest) = plan.operations
    assert isinstance(imported, ImportPeople)
    assert all(isinstance(operation, Edit) for operation in rest)
    carry_out(connector, plan)
    invited = [to for to, kind in mailed(before, mock.books()) if kind == "invitation"]
    assert sorted(invited) == sorted(person.email for person in imported.people)
    assert connector.plan(read).operations == ()


def test_an_okta_export_with_a_mapping_is_carried_out(connector: Connector, mock: MockConsole) -> None:
    mapping = read_mapping(SAMPLES / "mapping.toml")
    read = read_roster(SAMPLES / "okta.csv", mapping=mapping)
    before = mock.books()
    plan = connector.plan(read)
    actions = {item.email: (item.action, item.refused) for item in plan.items if item.line is not None}
    assert actions[HELENA] == actions[SAMUEL] == (Action.INVITE, False)
    assert actions["peter.novak@northwind.example"] == (Action.DEACTIVATE, True)
    carry_out(connector, plan)
    assert_only_changed(
        before,
        mock.books(),
        {
            HELENA: {"first_name": "Helena", "last_name": "Brandt", "role": "manager", "groups": ["Sales, EMEA"]},
            SAMUEL: {"first_name": "Samuel", "last_name": "Adeyemi", "groups": ["Engineering", "R&D"]},
            GRACE: {"role": "learner", "groups": ANY, "managers": [*before.person(GRACE).managers, HELENA]},
        },
    )
    assert connector.plan(read).operations == ()


def test_who_is_missing_is_deactivated_where_told_to_and_nobody_else(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    everybody = connector.export()
    write_roster(tmp_path / "all.csv", [person for person in everybody if person.email not in (ANN, JOANN)])
    read = read_roster(tmp_path / "all.csv", allow_look_alikes=True)
    assert connector.plan(read).operations == ()
    plan = connector.plan(read, PlanOptions(deactivate_missing=True))
    assert plan.operations == (Deactivate(email=ANN), Deactivate(email=JOANN))
    before = mock.books()
    carry_out(connector, plan)
    changes = {ANN: {"status": "deactivated"}, JOANN: {"status": "deactivated"}}
    assert_only_changed(before, mock.books(), changes)
    assert connector.plan(read, PlanOptions(deactivate_missing=True)).operations == ()


def test_exact_groups_and_managers_are_the_whole_truth(connector: Connector, mock: MockConsole, tmp_path: Path) -> None:
    mock.change_person(ANN, groups=["Marketing", "R&D"], managers=[GRACE, LUKASZ], status="active")
    mock.change_person(LUKASZ, status="active")
    row = f"Email,First name,Last name,Managers,Groups\n{ANN},Ann,Lee,{GRACE},R&D\n"
    read = read_roster(roster(tmp_path, row))
    assert connector.plan(read).operations == ()
    before = mock.books()
    carry_out(connector, connector.plan(read, PlanOptions(exact_groups=True, exact_managers=True)))
    assert_only_changed(before, mock.books(), {ANN: {"groups": ["R&D"], "managers": [GRACE]}})


def test_what_the_guards_would_say_is_said_before_anything_is_tried(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    read = read_roster(
        roster(
            tmp_path,
            "Email,First name,Last name,Managers,Groups,Role,Status\n"
            "aiko.tanaka@northwind.example,,,,,,deactivated\n"
            f"{mock.admin_email},,,,,,deactivated\n"
            "a.new@northwind.example,A,New,,Enginering,,\n"
            "b.new@northwind.example,B,New,nobody@northwind.example,,,\n"
            "c.new@northwind.example,C,New,,,admin,\n"
            "ann@northwind.examp1e,Ann,Lee,,,,\n",
        )
    )
    plan = connector.plan(read)
    refused = {item.email: [verdict.guard for verdict in item.verdicts] for item in plan.items if item.refused}
    assert refused == {
        "aiko.tanaka@northwind.example": [Guard.SCIM_MANAGED],
        mock.admin_email: [Guard.OWN_ACCOUNT],
        "a.new@northwind.example": [Guard.UNKNOWN_GROUP],
        "b.new@northwind.example": [Guard.UNKNOWN_MANAGER],
        "c.new@northwind.example": [Guard.ADMIN_ROLE],
        "ann@northwind.examp1e": [Guard.LOOK_ALIKE],
    }
    assert plan.operations == ()


def test_a_group_that_nobody_is_in_is_known_by_the_form(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    name = "Partners (External)"
    for person in mock.books().people:
        if name in person.groups:
            mock.change_person(person.email, groups=[group for group in person.groups if group != name])
    assert name in mock.books().groups
    read = read_roster(
        roster(tmp_path, f"Email,First name,Last name,Groups\nnew@northwind.example,New,Person,{name}\n")
    )
    plan = connector.plan(read)
    assert [operation.operation for operation in plan.operations] == ["invite"]


def test_a_plan_holds_until_somebody_it_concerns_is_changed(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    read = read_roster(roster(tmp_path, f"Email,First name,Last name,Groups\n{ANN},Anne-Marie,Lee,R&D\n"))
    plan = connector.plan(read)
    assert connector.changed_since(plan) == ()
    mock.change_person(JOANN, first_name="Jo")
    assert connector.changed_since(plan) == ()
    mock.change_person(ANN, last_name="Li")
    assert connector.changed_since(plan) == (ANN,)


@pytest.mark.parametrize("edition", ["settings", "legacy"])
def test_other_editions_are_planned_and_carried_out_too(
    start_console: StartConsole, start_connector: StartConnector, tmp_path: Path, edition: str
) -> None:
    mock = start_console(edition=edition, people=30)
    connector = start_connector(mock)
    # The legacy edition has no place for a role.
    read = read_roster(
        roster(
            tmp_path,
            "Email,First name,Last name,Managers,Groups,Status\n"
            f"new.boss@northwind.example,New,Boss,,R&D,active\n"
            f"new.report@northwind.example,New,Report,new.boss@northwind.example,R&D,active\n"
            f"{JOANN},,,,,deactivated\n",
        )
    )
    plan = connector.plan(read)
    before = mock.books()
    assert [operation.operation for operation in plan.operations] == ["deactivate", "invite", "invite"]
    carry_out(connector, plan)
    boss, report = ("new.boss@northwind.example", "new.report@northwind.example")
    assert_only_changed(
        before,
        mock.books(),
        {
            JOANN: {"status": "deactivated"},
            boss: {"first_name": "New", "last_name": "Boss", "groups": ["R&D"], "role": ANY},
            report: {"first_name": "New", "last_name": "Report", "groups": ["R&D"], "managers": [boss]},
        },
    )
    assert connector.plan(read).operations == ()


def test_people_are_read_as_they_are_listed_where_the_roster_says_no_groups(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    read = read_roster(roster(tmp_path, f"Email,First name,Last name\n{ANN},Anne-Marie,Lee\n"))
    plan = connector.plan(read)
    assert not plan.basis.complete
    assert plan.operations == (Edit(email=ANN, first_name="Anne-Marie"),)
    assert connector.changed_since(plan) == ()
