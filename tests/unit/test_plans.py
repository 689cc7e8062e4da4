"""What a plan says of whom, and why: guards, seats, order, ways, and what it was computed from."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.errors import PlanError, SettingsError
from connector.last_roster import last_roster, remember_roster
from connector.models import Deactivate, Edit, Guard, ImportPeople, Invite, Person, Reactivate, Role, SeatPool, Status
from connector.plan import make_plan
from connector.plan_file import read_plan, write_plan
from connector.plan_models import Action, Item, Plan, PlanOptions, Reading, directory_digest
from connector.plan_order import by_the_cheapest_way, import_says, managers_first
from connector.roster import BadRow, Roster, RosterRow
from connector.roster_cells import COLUMNS, POSITIONAL
from connector.settings import Settings

ACCOUNT = "connector@x.example"
NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
MISSING = PlanOptions(deactivate_missing=True)


def person(name: str, **fields: Any) -> Person:
    given: dict[str, Any] = {
        "email": f"{name}@x.example",
        "first_name": name.title(),
        "last_name": "Lee",
        "role": Role.LEARNER,
        "status": Status.ACTIVE,
        "groups": (),
        "managers": (),
        "scim_managed": False,
    }
    return Person(**(given | fields))


def row(name: str, **fields: Any) -> RosterRow:
    given: dict[str, Any] = {"line": 2, "email": f"{name}@x.example", "first_name": name.title(), "last_name": "Lee"}
    return RosterRow(**(given | fields))


OWN = person("connector", role=Role.ADMIN)

Make = Callable[..., Plan]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a plan of rows (numbered from line 2) and of the people here besides the own account."""

    def plan(
        rows: Sequence[RosterRow],
        people: Sequence[Person] = (),
        options: PlanOptions | None = None,
        *,
        bad: Sequence[BadRow] = (),
        columns: tuple[str, ...] = COLUMNS,
        last: int | None = None,
        reading: dict[str, Any] | None = None,
        **configured: Any,
    ) -> Plan:
        numbered = [one.model_copy(update={"line": line}) for line, one in enumerate(rows, 2)]
        roster = Roster(
            path=Path("staff.csv"),
            rows=tuple(numbered),
            bad_rows=tuple(bad),
            notes=(),
            columns=columns,
            digest="0" * 64,
        )
        given: dict[str, Any] = {"people": (OWN, *people), "groups": frozenset({"Sales", "R&D"})} | (reading or {})
        settings = Settings(**{"email": ACCOUNT, "state_dir": tmp_path, **configured})
        return make_plan(
            roster, Reading(**given), settings, account=ACCOUNT, now=NOW, options=options, last_people=last
        )

    return plan


def item(plan: Plan, name: str) -> Item:
    (found,) = [item for item in plan.items if item.email == f"{name}@x.example"]
    return found


def guard_of(plan: Plan, name: str) -> list[Guard | None]:
    return [verdict.guard for verdict in item(plan, name).verdicts]


# -- what would happen, and why -------------------------------------------------------------------------------------


def test_everybody_gets_one_item_with_its_reason(make: Make) -> None:
    plan = make(
        [
            row("new", groups=("Sales",)),
            row("same"),
            row("other", first_name="Otto", role=Role.MANAGER, groups=("R&D",), managers=("same@x.example",)),
            row("leaver", status=Status.DEACTIVATED),
            row("gone", status=Status.DEACTIVATED),
            row("never", status=Status.DEACTIVATED),
            row("back", status=Status.ACTIVE),
            row("asleep"),
        ],
        [
            person("same"),
            person("other"),
            person("leaver"),
            person("gone", status=Status.DEACTIVATED),
            person("back", status=Status.DEACTIVATED),
            person("asleep", status=Status.DEACTIVATED),
            person("bystander"),
        ],
    )
    assert {one.email.partition("@")[0]: (one.action, one.line, one.reason) for one in plan.items} == {
        "new": (Action.INVITE, 2, "not here yet"),
        "same": (Action.LEAVE, 3, "as the roster says"),
        "other": (
            Action.CHANGE,
            4,
            "first name Other to Otto; role learner to manager; into R&D; reporting to same@x.example",
        ),
        "leaver": (Action.DEACTIVATE, 5, "deactivated by the roster"),
        "gone": (Action.LEAVE, 6, "deactivated already, as the roster says"),
        "never": (Action.LEAVE, 7, "not here, and deactivated by the roster"),
        "back": (Action.REACTIVATE, 8, "deactivated here, and active by the roster"),
        "asleep": (Action.LEAVE, 9, "deactivated here, and the roster says no status"),
        "connector": (Action.LEAVE, None, "not in the roster"),
        "bystander": (Action.LEAVE, None, "not in the roster"),
    }
    assert plan.operations == (
        Deactivate(email="leaver@x.example"),
        Reactivate(email="back@x.example"),
        Invite(email="new@x.example", first_name="New", last_name="Lee", groups=("Sales",)),
        Edit(
            email="other@x.example",
            first_name="Otto",
            role=Role.MANAGER,
            add_groups=("R&D",),
            add_managers=("same@x.example",),
        ),
    )
    assert plan.totals.model_dump() == {
        "rows": 8,
        "deactivate": 1,
        "reactivate": 1,
        "invite": 1,
        "change": 1,
        "leave": 6,
        "refused": 0,
    }
    assert plan.people == 8


def test_a_name_that_is_empty_in_the_roster_changes_nothing_and_invites_nobody(make: Make) -> None:
    one_name = {"first_name": None, "last_name": None}
    here = [
        person("cher", last_name=""),
        person("ann", last_name="Lee"),
        person("bo", **one_name, shown_name="Bo Derek"),
        person("cy", **one_name, shown_name="Cy"),
        person("dee", **one_name, shown_name="Di Lee"),
        person("eve", **one_name),
    ]
    rows = [row(name, last_name="") for name in ("cher", "ann", "bo", "cy", "dee", "new")]
    plan = make([*rows, row("eve", first_name="", last_name="")], here)
    items = {item.email.partition("@")[0]: item for item in plan.items}
    assert {item.action for item in items.values()} == {Action.LEAVE}
    assert items["new"].refused
    assert items["new"].verdicts[0].message == "Last name: it is empty"
    assert [item.email for item in plan.items if item.refused] == ["new@x.example"]


def test_a_missing_column_changes_nothing(make: Make) -> None:
    here = person("ann", groups=("Sales",), managers=("connector@x.example",), role=Role.MANAGER)
    options = PlanOptions(exact_groups=True, exact_managers=True)
    assert make([row("ann")], [here], options, columns=COLUMNS[:3]).operations == ()
    (edit,) = make([row("ann")], [here], options).operations
    assert edit == Edit(email="ann@x.example", remove_groups=("Sales",), remove_managers=("connector@x.example",))
    assert make([row("ann")], [here]).operations == ()


def test_what_the_console_does_not_show_changes_nothing(make: Make) -> None:
    wanted = row("ann", role=Role.MANAGER, groups=("Sales",), managers=("connector@x.example",))
    unseen = person("ann", role=None, groups=None, managers=None)
    assert make([wanted], [unseen]).operations == ()
    in_one_piece = person("ann", first_name=None, last_name=None, shown_name="Ann Lee", role=None, is_admin=False)
    assert make([wanted.model_copy(update={"groups": (), "managers": ()})], [in_one_piece]).operations == ()
    (edit,) = make([row("ann", last_name="Wu")], [in_one_piece]).operations
    assert edit == Edit(email="ann@x.example", first_name="Ann", last_name="Wu")


def test_a_learner_who_leads_somebody_may_be_shown_as_a_manager(make: Make) -> None:
    people = [person("ann", role=Role.MANAGER), person("bo", managers=("ANN@x.example",))]
    assert make([row("ann", role=Role.LEARNER)], people).operations == ()
    (edit,) = make([row("ann", role=Role.LEARNER)], people[:1]).operations
    assert edit == Edit(email="ann@x.example", role=Role.LEARNER)


def test_an_address_in_other_capitals_is_the_same_person(make: Make) -> None:
    plan = make([row("ann", first_name="Anne")], [person("ann", email="Ann@X.example")])
    assert plan.operations == (Edit(email="Ann@X.example", first_name="Anne"),)


# -- guards ---------------------------------------------------------------------------------------------------------


def test_guards_on_leavers_speak_already_now(make: Make) -> None:
    leaving = ["connector", "owner", "keys", "scim"]
    plan = make(
        [row(name, status=Status.DEACTIVATED) for name in leaving],
        [person("owner"), person("keys"), person("scim", scim_managed=True)],
        protected=("owner@x.example",),
        key_owners=("keys@x.example",),
    )
    guards = [guard_of(plan, name) for name in leaving]
    assert guards == [[Guard.OWN_ACCOUNT, Guard.LAST_ADMIN], [Guard.PROTECTED], [Guard.KEY_OWNER], [Guard.SCIM_MANAGED]]
    assert plan.operations == ()
    assert plan.totals.refused == 4


def test_the_last_admin_stays_whoever_goes_first(make: Make) -> None:
    people = [person("connector", role=Role.MANAGER), person("ann", role=Role.ADMIN), person("bo", role=Role.ADMIN)]
    gone = [row("ann", status=Status.DEACTIVATED), row("bo", role=Role.LEARNER)]
    plan = make(gone, reading={"people": tuple(people)})
    assert plan.operations == (Deactivate(email="ann@x.example"),)
    assert guard_of(plan, "bo") == [Guard.LAST_ADMIN]


def test_guards_on_newcomers_speak_already_now(make: Make) -> None:
    plan = make(
        [
            row("boss", role=Role.ADMIN, groups=("Sales",)),
            row("lone"),
            row("far", email="far@y.example", groups=("Sales",)),
            row("typo", groups=("Slaes",)),
            row("report", groups=("Sales",), managers=("nobody@x.example",)),
            row("pau1", groups=("Sales",)),
            row("self", groups=("Sales",), managers=("Self@x.example",)),
        ],
        [person("paul")],
        group_required=True,
        sso_domains=("x.example",),
    )
    assert guard_of(plan, "boss") == [Guard.ADMIN_ROLE]
    assert guard_of(plan, "lone") == [Guard.GROUP_REQUIRED]
    assert [verdict.guard for one in plan.items if one.email == "far@y.example" for verdict in one.verdicts] == [
        Guard.SSO_DOMAIN
    ]
    assert guard_of(plan, "typo") == [Guard.UNKNOWN_GROUP]
    assert guard_of(plan, "report") == [Guard.UNKNOWN_MANAGER]
    assert guard_of(plan, "pau1") == [Guard.LOOK_ALIKE]
    assert guard_of(plan, "self") == [None]
    assert plan.operations == ()


def test_a_lifted_guard_lets_pass_and_is_said_and_what_is_never_lifted_stays(make: Make) -> None:
    lifted = PlanOptions(overrides=(Guard.ADMIN_ROLE, Guard.GROUP_REQUIRED, Guard.OWN_ACCOUNT, Guard.LAST_ADMIN))
    plan = make(
        [row("boss", role=Role.ADMIN), row("connector", status=Status.DEACTIVATED)], options=lifted, group_required=True
    )
    verdicts = item(plan, "boss").verdicts
    assert [(verdict.guard, verdict.lifted) for verdict in verdicts] == [
        (Guard.ADMIN_ROLE, True),
        (Guard.GROUP_REQUIRED, True),
    ]
    assert [one.operation for one in plan.operations] == ["invite"]
    assert item(plan, "connector").refused


def test_somebody_scim_manages_is_neither_changed_nor_brought_back(make: Make) -> None:
    people = [person("ann", scim_managed=True), person("bo", scim_managed=True, status=Status.DEACTIVATED)]
    plan = make([row("ann", first_name="Anne"), row("bo", status=Status.ACTIVE)], people)
    assert guard_of(plan, "ann") == guard_of(plan, "bo") == [Guard.SCIM_MANAGED]
    assert plan.operations == ()


def test_a_report_of_somebody_refused_is_refused_and_so_are_hers(make: Make) -> None:
    rows = [
        row("c", managers=("b@x.example",)),
        row("b", managers=("a@x.example",)),
        row("a", groups=("Unknown",)),
        row("other"),
    ]
    plan = make(rows, [person("old")])
    assert guard_of(plan, "a") == [Guard.UNKNOWN_GROUP]
    assert guard_of(plan, "b") == guard_of(plan, "c") == [Guard.UNKNOWN_MANAGER]
    assert [one.email for one in plan.operations if isinstance(one, Invite)] == ["other@x.example"]


def test_a_manager_who_goes_or_is_gone_is_not_given_to_anybody(make: Make) -> None:
    people = [person("boss"), person("old", status=Status.DEACTIVATED), person("back", status=Status.DEACTIVATED)]
    plan = make(
        [
            row("boss", status=Status.DEACTIVATED),
            row("back", status=Status.ACTIVE),
            row("a", managers=("boss@x.example",)),
            row("b", managers=("old@x.example",)),
            row("c", managers=("back@x.example",)),
        ],
        people,
    )
    assert [verdict.message for verdict in item(plan, "a").verdicts] == [
        "the manager boss@x.example is going to be deactivated"
    ]
    assert [verdict.message for verdict in item(plan, "b").verdicts] == ["the manager old@x.example is deactivated"]
    assert not item(plan, "c").refused


def test_two_people_with_one_address_are_told_and_left(make: Make) -> None:
    twins = [person("ann"), person("ann", first_name="Other")]
    plan = make([row("ann", last_name="Wu")], twins)
    assert guard_of(plan, "ann") == [Guard.AMBIGUOUS_MATCH]
    assert make([row("bo")], twins, MISSING).operations == (
        Invite(email="bo@x.example", first_name="Bo", last_name="Lee"),
    )


# -- who is missing -------------------------------------------------------------------------------------------------


def test_who_is_missing_loses_access_only_where_told_to(make: Make) -> None:
    people = [person("ann"), person("bo"), person("gone", status=Status.DEACTIVATED)]
    assert make([row("ann")], people).operations == ()
    plan = make([row("ann")], people, MISSING)
    assert plan.operations == (Deactivate(email="bo@x.example"),)
    assert item(plan, "gone").reason == "not in the roster, and deactivated already"
    assert guard_of(plan, "connector") == [Guard.OWN_ACCOUNT, Guard.LAST_ADMIN]


def test_who_is_named_by_a_bad_row_is_not_missing(make: Make) -> None:
    bad = BadRow(line=9, column="Role", reason="there is no role 'Boss'", email="bo@x.example")
    plan = make([row("ann")], [person("ann"), person("bo")], MISSING, bad=[bad])
    assert plan.operations == ()
    assert item(plan, "bo").verdicts[0].message == "Role: there is no role 'Boss'"


def test_with_a_row_that_cannot_be_read_nobody_is_missing_for_sure(make: Make) -> None:
    bad = BadRow(line=9, column="Email", reason="it is empty", email="")
    plan = make([row("ann"), row("cy", status=Status.DEACTIVATED)], [person("bo"), person("cy")], MISSING, bad=[bad])
    assert item(plan, "bo").refused
    assert "1 row has no readable address" in item(plan, "bo").verdicts[0].message
    assert Deactivate(email="cy@x.example") in plan.operations


def test_an_address_that_may_have_changed_is_refused_on_both_sides(make: Make) -> None:
    people = [person("ann"), person("paul", first_name="Paul", last_name="Orr")]
    rows = [row("ann.lee", first_name="ANN", last_name="Lee"), row("pau1", first_name="P.", last_name="Orr")]
    plan = make(rows, people, MISSING)
    for name in ("ann", "ann.lee", "paul", "pau1"):
        assert guard_of(plan, name) == [Guard.LOOK_ALIKE], name
    assert plan.operations == ()
    lifted = make(rows, people, PlanOptions(deactivate_missing=True, overrides=(Guard.LOOK_ALIKE,)))
    assert len(lifted.operations) == 4
    assert len(make(rows[:1], people).operations) == 1  # a roster of new people alone may hold a namesake


def test_a_mass_of_leavers_is_braked_and_everything_else_goes_on(make: Make) -> None:
    people = [person(f"p{number}") for number in range(20)]
    rows = [row("new"), *(row(f"p{number}", status=Status.DEACTIVATED) for number in range(6))]
    plan = make(rows, people)
    assert {verdict.guard for one in plan.items for verdict in one.verdicts} == {Guard.MASS_CHANGE}
    assert [one.operation for one in plan.operations] == ["invite"]
    assert plan.totals.refused == 6
    assert "6 of 21 people" in item(plan, "p0").verdicts[0].message
    assert len(make(rows[:6], people).operations) == 6
    assert len(make(rows, people, PlanOptions(overrides=(Guard.MASS_CHANGE,))).operations) == 7


def test_a_roster_much_smaller_than_the_last_one_takes_access_from_nobody_missing(make: Make) -> None:
    people = [person(f"p{number}") for number in range(100)]
    rows = [row(f"p{number}") for number in range(92)]
    rows[0] = row("p0", status=Status.DEACTIVATED)
    calm: dict[str, Any] = {"mass_change_people": 100, "mass_change_percent": 100}
    assert len(make(rows, people, MISSING, last=100, **calm).operations) == 9
    plan = make(rows, people, MISSING, last=103, **calm)
    assert plan.operations == (Deactivate(email="p0@x.example"),)
    assert guard_of(plan, "p99") == [Guard.MASS_CHANGE]
    assert "names 92 people, and the one applied last named 103" in item(plan, "p99").verdicts[0].message
    assert len(make(rows, people, MISSING, last=103, roster_shrink_percent=20, **calm).operations) == 9
    assert make(rows, people, MISSING, last=None, **calm).basis.last_people is None


def test_a_roster_that_names_nobody_any_more_is_braked(make: Make) -> None:
    people = [person(f"p{number}") for number in range(10)]
    plan = make([], people, MISSING, last=10, mass_change_percent=100)
    assert plan.operations == ()
    assert guard_of(plan, "p0") == [Guard.MASS_CHANGE]


# -- seats ----------------------------------------------------------------------------------------------------------


def licensed(used: int, total: int | None) -> dict[str, Any]:
    return {"pools": (SeatPool(name="licensed", used=used, total=total), SeatPool(name="external", used=3))}


def test_seats_are_counted_as_they_are_freed_and_taken(make: Make) -> None:
    people = [person("leaver"), person("back", status=Status.DEACTIVATED)]
    rows = [row("a"), row("b"), row("c"), row("back", status=Status.ACTIVE), row("leaver", status=Status.DEACTIVATED)]
    plan = make(rows, people, reading=licensed(8, 10))
    assert [(one.email.partition("@")[0], one.free_seats) for one in plan.items if one.free_seats is not None] == [
        ("a", 1),
        ("b", 0),
        ("back", 2),
    ]
    assert guard_of(plan, "c") == [Guard.NO_FREE_SEAT]
    assert "2 free now and 1 freed by this plan" in item(plan, "c").verdicts[0].message
    licensed_after, external_after = plan.seats
    assert (licensed_after.used_before, licensed_after.used_after) == (8, 10)
    assert (licensed_after.free_before, licensed_after.free_after) == (2, 0)
    assert (external_after.used_before, external_after.used_after) == (3, 3)
    lifted = make(rows, people, PlanOptions(overrides=(Guard.NO_FREE_SEAT,)), reading=licensed(8, 10))
    assert len(lifted.operations) == 5


def test_open_invitations_are_promised_a_seat_and_free_none_when_withdrawn(make: Make) -> None:
    people = [person("open", status=Status.INVITED), person("also", status=Status.INVITED)]
    plan = make([row("a"), row("b")], people, reading=licensed(7, 10))
    assert [one.email for one in plan.operations if isinstance(one, Invite)] == ["a@x.example"]
    assert "2 promised to open invitations" in item(plan, "b").verdicts[0].message
    withdrawn = make([row("a"), row("b"), row("open", status=Status.DEACTIVATED)], people, reading=licensed(7, 10))
    assert not item(withdrawn, "b").refused
    assert withdrawn.seats[0].used_after == 9


def test_where_seats_are_not_limited_or_not_shown_nobody_is_refused(make: Make) -> None:
    assert len(make([row("a")], reading=licensed(8, None)).operations) == 1
    plan = make([row("a")])
    assert len(plan.operations) == 1
    assert plan.seats == ()


def test_from_which_of_several_pools_a_seat_comes_is_not_guessed(make: Make) -> None:
    pools = (SeatPool(name="internal", used=1, total=5), SeatPool(name="licensed", used=1, total=5))
    assert [pool.used_after for pool in make([row("a")], reading={"pools": pools}).seats] == [None, None]


INTERNAL = ("x.example",)


@pytest.mark.parametrize(
    ("total", "refused"),
    [(6, ["b", "out"]), (7, ["b"]), (None, ["b", "out"])],  # an external pool without a limit is none of its own
)
def test_seats_are_counted_in_the_pool_that_each_takes_one_from(
    make: Make, total: int | None, refused: list[str]
) -> None:
    pools = (SeatPool(name="internal", used=4, total=5), SeatPool(name="external", used=6, total=total))
    out = RosterRow(line=2, email="out@y.example", first_name="O", last_name="Ut")
    plan = make([row("a"), row("b"), out], reading={"pools": pools}, internal_domains=INTERNAL)
    assert [one.email.partition("@")[0] for one in plan.items if one.refused] == refused
    after = {pool.name: pool.used_after for pool in plan.seats}
    assert after == {"internal": 5, "external": 6 if "out" in refused else 7}


def test_where_nobody_knows_whose_seat_is_external_both_pools_are_counted_and_none_is_freed(make: Make) -> None:
    pools = (SeatPool(name="internal", used=4, total=5), SeatPool(name="external", used=6, total=6))
    leaver = row("leaver", status=Status.DEACTIVATED)
    plan = make([row("a"), leaver], [person("leaver")], reading={"pools": pools}, email="bot@elsewhere.example")
    assert guard_of(plan, "a") == [Guard.NO_FREE_SEAT]
    assert "WORKRAMP_INTERNAL_DOMAINS" in item(plan, "a").verdicts[0].message
    assert [pool.used_after for pool in plan.seats] == [None, None]
    known = make([row("a"), leaver], [person("leaver")], reading={"pools": pools}, internal_domains=INTERNAL)
    assert guard_of(known, "a") == []
    assert [pool.used_after for pool in known.seats] == [4, 6]


# -- what could be approved -----------------------------------------------------------------------------------------


def test_what_guards_refuse_that_can_be_lifted_is_held_in_the_order_of_operations(make: Make) -> None:
    people = [person("scim", scim_managed=True), person("back", status=Status.DEACTIVATED, scim_managed=True)]
    rows = [
        row("report", managers=("boss@x.example",)),
        row("boss", role=Role.ADMIN),
        row("back", status=Status.ACTIVE, first_name="Bea"),
        row("scim", status=Status.DEACTIVATED),
        row("fine"),
    ]
    plan = make(rows, people)
    assert [type(one) for one in plan.operations] == [Invite]
    assert [(type(each.operation), each.operation.email[:4], each.place) for each in plan.held] == [
        (Deactivate, "scim", "line 5: "),
        (Reactivate, "back", "line 4: "),
        (Invite, "boss", "line 3: "),
        (Invite, "repo", "line 2: "),
        (Edit, "back", "line 4: "),
    ]
    assert {objection.guard for each in plan.held[3:4] for objection in each.objections} == {Guard.UNKNOWN_MANAGER}
    assert [seen.email.partition("@")[0] for seen in plan.held_concerned] == ["back", "boss", "report", "scim"]
    assert [seen.digest for seen in plan.held_concerned][1:3] == ["nobody", "nobody"]


def test_what_nobody_can_approve_is_not_held(make: Make) -> None:
    people = [OWN.model_copy(update={"scim_managed": True}), person("scim", scim_managed=True)]
    rows = [
        row("connector", status=Status.DEACTIVATED),
        row("self", managers=("self@x.example",), role=Role.ADMIN),
        row("scim", status=Status.DEACTIVATED),
    ]
    bad = [BadRow(line=9, column="Email", reason="it is wrong", email="bad")]
    plan = make(rows, people[1:], bad=bad, protected="scim@x.example")
    assert all(item(plan, name).refused for name in ("connector", "self", "scim"))
    assert plan.held == ()
    lifted = make(rows[2:], people[1:], PlanOptions(overrides=(Guard.SCIM_MANAGED,)))
    assert (len(lifted.operations), lifted.held) == (1, ())


# -- order and ways -------------------------------------------------------------------------------------------------


def invite(name: str, *managers: str, **fields: Any) -> Invite:
    given: dict[str, Any] = {"email": f"{name}@x.example", "first_name": "A", "last_name": "B"}
    return Invite(**given, managers=tuple(f"{manager}@x.example" for manager in managers), **fields)


def names(operations: Sequence[Any]) -> list[str]:
    return [
        "+".join(one.email[0] for one in operation.people)
        if isinstance(operation, ImportPeople)
        else operation.email[0]
        for operation in operations
    ]


def test_managers_come_before_their_reports_and_otherwise_in_order() -> None:
    ordered, cut = managers_first([invite("d"), invite("c", "b"), invite("b", "a", "z"), invite("a")])
    assert names(ordered) == ["d", "a", "b", "c"]
    assert cut == []


def test_a_circle_of_managers_is_opened_by_an_edit_afterwards() -> None:
    ordered, cut = managers_first([invite("a", "b"), invite("b", "c"), invite("c", "a", "z")])
    assert names(ordered) == ["c", "b", "a"]
    assert ordered[0].managers == ("z@x.example",)
    assert cut == [Edit(email="c@x.example", add_managers=("a@x.example",))]


def test_a_long_chain_of_managers_is_no_trouble() -> None:
    chain = [invite(f"p{number}", f"p{number + 1}") for number in range(5000)]
    ordered, cut = managers_first(chain)
    assert ordered == chain[::-1]
    assert cut == []


def test_a_circle_in_a_plan_is_invited_and_then_closed(make: Make) -> None:
    plan = make([row("a", managers=("b@x.example",)), row("b", managers=("a@x.example",))])
    first, second, closing = plan.operations
    assert first == Invite(email="b@x.example", first_name="B", last_name="Lee")
    assert second == Invite(email="a@x.example", first_name="A", last_name="Lee", managers=("b@x.example",))
    assert closing == Edit(email="b@x.example", add_managers=("a@x.example",))


@pytest.mark.parametrize("free", [0, 1])
def test_a_circle_without_seats_for_all_of_it_is_not_begun(make: Make, free: int) -> None:
    rows = [row("a", managers=("b@x.example",)), row("b", managers=("a@x.example",))]
    plan = make(rows, reading=licensed(10 - free, 10))
    assert plan.operations == ()
    assert plan.totals.refused == 2
    assert plan.seats[0].used_after == 10 - free


@pytest.mark.parametrize(
    ("columns", "person", "says"),
    [
        (None, invite("a"), False),
        (POSITIONAL, invite("a", "b", groups=("Sales",), role=Role.ADMIN), True),
        (POSITIONAL[:5], invite("a", "b", groups=("Sales",)), True),
        (POSITIONAL[:5], invite("a", role=Role.MANAGER), False),
        (POSITIONAL[:3], invite("a", groups=("Sales",)), False),
        (POSITIONAL[:3], invite("a", "b"), False),
        (POSITIONAL[:1], invite("a"), False),
        (POSITIONAL, invite("a", groups=("A;B",)), False),
    ],
)
def test_the_import_is_asked_whether_it_can_say_all(
    columns: tuple[str, ...] | None, person: Invite, says: bool
) -> None:
    assert import_says(columns, person) is says


def test_a_few_are_invited_one_by_one_and_more_are_imported() -> None:
    people = [invite(name) for name in "abcdef"]
    assert names(by_the_cheapest_way(people[:5], POSITIONAL)) == ["a", "b", "c", "d", "e"]
    assert names(by_the_cheapest_way(people, POSITIONAL)) == ["a+b+c+d+e+f"]
    assert names(by_the_cheapest_way(people, None)) == ["a", "b", "c", "d", "e", "f"]
    (imported,) = by_the_cheapest_way(people, POSITIONAL)
    assert isinstance(imported, ImportPeople)
    assert imported.skip_bad_rows


def test_managers_stay_before_their_reports_whichever_way_they_come() -> None:
    by_form: dict[str, Any] = {"groups": ("A;B",)}
    people = [
        invite("m", **by_form),
        *(invite(name, "m") for name in "abcdef"),
        invite("x", "a", **by_form),
        *(invite(name, "x") for name in "ghijkl"),
    ]
    assert names(by_the_cheapest_way(people, POSITIONAL)) == ["m", "a+b+c+d+e+f", "x", "g+h+i+j+k+l"]


def test_a_plan_imports_many_where_the_console_can(make: Make) -> None:
    rows = [row(f"p{number}", managers=("p5@x.example",) if number < 5 else ()) for number in range(6)]
    plan = make(rows, reading={"import_columns": POSITIONAL})
    (imported,) = plan.operations
    assert isinstance(imported, ImportPeople)
    assert imported.people[0].email == "p5@x.example"
    assert len(make(rows).operations) == 6


# -- files, staleness ------------------------------------------------------------------------------------------------


@pytest.fixture
def plan(make: Make) -> Plan:
    return make([row("new", managers=("ann@x.example",)), row("bo", last_name="Wu")], [person("ann"), person("bo")])


def test_a_plan_is_read_back_as_it_was_written_and_only_its_owner_can(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, plan)
    assert read_plan(path) == plan
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_edited_plan_is_refused(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, plan)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Wu"', '"Wo"'), encoding="utf-8")
    with pytest.raises(PlanError, match="was changed after it was made"):
        read_plan(path)
    path.write_text(json.dumps(json.loads(text)), encoding="utf-8")  # other white space is no other plan
    assert read_plan(path) == plan


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", r"is not JSON: line 1, column 2: Expecting property name"),
        (b"\xff", "it is not UTF-8 text"),
        (b"[]", "says no schema version; this program reads 2"),
        (b'{"schema_version": 1}', "has the schema version '1'; this program reads 2"),
        (b'{"schema_version": 2, "extra": 1}', r"(?s)is no plan.*url: Field required.*extra: Extra inputs"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_plan_is_refused_with_what_is_wrong(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=said) as refusal:
        read_plan(path)
    assert refusal.value.exit_code == 2
    with pytest.raises(PlanError, match="cannot be read as a plan"):
        read_plan(tmp_path / "missing.json")


def test_a_plan_is_fresh_for_a_while_and_not_from_the_future(plan: Plan) -> None:
    assert plan.fresh(NOW + timedelta(hours=24), timedelta(hours=24))
    assert not plan.fresh(NOW + timedelta(hours=24, seconds=1), timedelta(hours=24))
    assert plan.fresh(NOW - timedelta(minutes=5), timedelta(hours=24))
    assert not plan.fresh(NOW - timedelta(minutes=6), timedelta(hours=24))


def test_a_plan_holds_until_somebody_it_concerns_changes(plan: Plan) -> None:
    ann, bo = person("ann"), person("bo")
    assert plan.verify_against([OWN, ann, bo]) == ()
    seen_since = bo.model_copy(update={"last_login": NOW, "email": "BO@x.example"})
    assert plan.verify_against([seen_since, ann, person("bystander")]) == ()
    assert plan.verify_against([ann, person("bo", groups=("Sales",))]) == ("bo@x.example",)
    assert plan.verify_against([person("ann", status=Status.DEACTIVATED), bo]) == ("ann@x.example",)
    # Another with her address, but for the case of a letter, comes after her.
    twin = ann.model_copy(update={"email": "Ann@x.example", "status": Status.DEACTIVATED})
    assert plan.verify_against([OWN, ann, twin, bo]) == ()
    assert plan.verify_against([ann, bo, person("new")]) == ("new@x.example",)
    assert plan.verify_against([ann]) == ("bo@x.example",)


def test_the_digest_of_a_directory_does_not_depend_on_its_order() -> None:
    assert directory_digest([OWN, person("ann")]) == directory_digest([person("ann"), OWN])
    assert directory_digest([OWN]) != directory_digest([OWN, person("ann")])


def test_how_many_people_a_roster_named_is_remembered_per_console(tmp_path: Path) -> None:
    one, other = "https://one.example", "https://other.example"
    assert last_roster(tmp_path / "state", one) is None
    remember_roster(tmp_path / "state", one, 120, NOW)
    remember_roster(tmp_path / "state", one, 118, NOW)
    found = last_roster(tmp_path / "state", one)
    assert found is not None
    assert (found.people, found.applied_at, found.url) == (118, NOW, one)
    assert last_roster(tmp_path / "state", other) is None
    (path,) = (tmp_path / "state" / "rosters").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("{}")
    with pytest.raises(SettingsError, match="it is damaged"):
        last_roster(tmp_path / "state", one)
