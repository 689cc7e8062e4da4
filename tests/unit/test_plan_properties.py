"""Plans carried out on a console in memory: roster and console are equal afterwards, and a second plan is empty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.models import Guard, Person, Role, Status, people_of
from connector.plan import make_plan
from connector.plan_models import Action, Item, Plan, PlanOptions, Reading
from connector.roster import BadRow, Roster, RosterRow, SetAside
from connector.roster_cells import COLUMNS, GROUPS, MANAGERS
from connector.settings import Settings
from tests.unit.console_model import Console

ACCOUNT = "connector@x.example"
NAMES = ("Ann", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ivo", "Jo")
ADDRESSES = tuple(f"{name.lower()}.{name.lower()}@x.example" for name in NAMES)
KNOWN_GROUPS = ("Sales, EMEA", "R&D", "A;B")
NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)

patient = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def lax(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings under which no number of people is a mass."""
    state: dict[str, Any] = {"state_dir": tmp_path_factory.mktemp("state")}
    return Settings(email=ACCOUNT, mass_change_percent=100, mass_change_people=1000, **state)


some_groups = st.lists(st.sampled_from(KNOWN_GROUPS), max_size=2, unique=True).map(tuple)
some_managers = st.lists(st.sampled_from(ADDRESSES), max_size=2, unique=True).map(tuple)


@st.composite
def consoles(draw: st.DrawFn) -> Console:
    here = draw(st.lists(st.sampled_from(ADDRESSES), unique=True, max_size=8))
    people = [
        Person(
            email=address.upper() if draw(st.booleans()) and address == ADDRESSES[0] else address,
            first_name=draw(st.sampled_from(("Ann", address.split(".")[0].title()))),
            last_name="Lee",
            role=draw(st.sampled_from(Role)),
            status=draw(st.sampled_from(Status)),
            groups=draw(some_groups),
            managers=tuple(m for m in draw(some_managers) if m in here and m != address),
            scim_managed=draw(st.sampled_from((False, False, False, True))),
        )
        for address in here
    ]
    own = Person(
        email=ACCOUNT,
        first_name="Connector",
        last_name="Account",
        role=Role.ADMIN,
        status=Status.ACTIVE,
        groups=(),
        managers=(),
        scim_managed=False,
    )
    seats = draw(st.one_of(st.none(), st.integers(min_value=0, max_value=14)))
    return Console([own, *people], KNOWN_GROUPS, seats, ACCOUNT)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    named = draw(st.lists(st.sampled_from(ADDRESSES), unique=True, max_size=10))
    kinds = [draw(st.sampled_from(("row", "row", "row", "row", "row", "bad", "aside"))) for _ in named]
    columns = draw(st.sampled_from((COLUMNS, COLUMNS, COLUMNS[:3], (*COLUMNS[:3], GROUPS), (*COLUMNS[:3], MANAGERS))))
    rows, bad, aside = [], [], []
    for line, (address, kind) in enumerate(zip(named, kinds, strict=True), 2):
        if kind == "bad":
            bad.append(BadRow(line=line, column="Email", reason="it is wrong", email=address))
        elif kind == "aside":
            aside.append(SetAside(line=line, email=address, reason="the status is 'STAGED'"))
        else:
            rows.append(
                RosterRow(
                    line=line,
                    email=address,
                    first_name=address.split(".")[0].title(),
                    last_name=draw(st.sampled_from(("Lee", "Wu"))),
                    groups=draw(
                        st.lists(st.sampled_from((*KNOWN_GROUPS, "Unknown")), max_size=2, unique=True).map(tuple)
                    )
                    if GROUPS in columns
                    else (),
                    managers=draw(some_managers) if MANAGERS in columns else (),
                    role=draw(st.sampled_from((None, *Role))) if columns == COLUMNS else None,
                    status=draw(st.sampled_from((None, Status.ACTIVE, Status.ACTIVE, Status.DEACTIVATED)))
                    if columns == COLUMNS
                    else None,
                )
            )
    return Roster(
        path=Path("staff.csv"), rows=tuple(rows), bad_rows=tuple(bad), set_aside=tuple(aside), notes=(), columns=columns
    )


options_of = st.builds(
    PlanOptions,
    deactivate_missing=st.booleans(),
    exact_groups=st.booleans(),
    exact_managers=st.booleans(),
    overrides=st.sampled_from(((), (Guard.ADMIN_ROLE,), (Guard.ADMIN_ROLE, Guard.LOOK_ALIKE))),
)
imports = st.sampled_from((None, COLUMNS[:6], COLUMNS[:5]))


def plan_for(roster: Roster, console: Console, lax: Settings, options: PlanOptions, columns: Any = None) -> Plan:
    reading = Reading(
        people=console.everybody, pools=console.pools, groups=frozenset(console.groups), import_columns=columns
    )
    return make_plan(roster, reading, lax, account=ACCOUNT, now=NOW, options=options)


def kept_out_of(roster: Roster) -> set[str]:
    return {row.email.lower() for row in roster.bad_rows} | {row.email.lower() for row in roster.set_aside}


def named_in(roster: Roster) -> set[str]:
    return kept_out_of(roster) | {row.email.lower() for row in roster.rows}


def touched(plan: Plan) -> set[str]:
    return {one.email.lower() for operation in plan.operations for one in people_of(operation)}


def assert_as_said(row: RosterRow, person: Person, leads: bool, columns: tuple[str, ...], options: PlanOptions) -> None:
    assert person.status is not Status.DEACTIVATED
    assert (person.first_name, person.last_name) == (row.first_name, row.last_name)
    if row.role is not None:
        fits = {row.role, Role.MANAGER} if row.role is Role.LEARNER and leads else {row.role}
        assert person.role in fits
    assert person.groups is not None
    assert person.managers is not None
    assert set(row.groups) <= set(person.groups)
    assert {manager.lower() for manager in row.managers} <= {manager.lower() for manager in person.managers}
    if options.exact_groups and GROUPS in columns:
        assert set(person.groups) == set(row.groups)
    if options.exact_managers and MANAGERS in columns:
        assert {manager.lower() for manager in person.managers} == {manager.lower() for manager in row.managers}


@patient
@given(consoles(), rosters(), options_of, imports)
def test_a_plan_carried_out_makes_the_console_equal_to_the_roster(
    lax: Settings, console: Console, roster: Roster, options: PlanOptions, columns: Any
) -> None:
    before = dict(console.people)
    plan = plan_for(roster, console, lax, options, columns)
    console.carry_out(plan.operations)
    items: dict[str, Item] = {item.email.lower(): item for item in plan.items}
    leading = {manager.lower() for person in console.everybody for manager in person.managers or ()}
    for row in roster.rows:
        item, person = items[row.email.lower()], console.people.get(row.email.lower())
        if item.refused:
            continue
        if row.status is Status.DEACTIVATED:
            assert person is None or person.status is Status.DEACTIVATED
        elif row.status is None and person is not None and person.status is Status.DEACTIVATED:
            assert person == before[row.email.lower()]
        else:
            assert person is not None
            assert_as_said(row, person, row.email.lower() in leading, roster.columns, options)
    named = named_in(roster)
    for key, person in console.people.items():
        if key not in named and options.deactivate_missing and not items[key].refused:
            assert person.status is Status.DEACTIVATED


@patient
@given(consoles(), rosters(), options_of, imports)
def test_a_plan_after_it_was_carried_out_is_empty(
    lax: Settings, console: Console, roster: Roster, options: PlanOptions, columns: Any
) -> None:
    plan = plan_for(roster, console, lax, options, columns)
    console.carry_out(plan.operations)
    again = plan_for(roster, console, lax, options, columns)
    assert again.operations == ()
    assert again.verify_against(console.everybody) == ()


@patient
@given(consoles(), rosters(), options_of, imports)
def test_nobody_is_touched_who_is_refused_or_not_named(
    lax: Settings, console: Console, roster: Roster, options: PlanOptions, columns: Any
) -> None:
    before = dict(console.people)
    plan = plan_for(roster, console, lax, options, columns)
    done_to = touched(plan)
    refused = {item.email.lower() for item in plan.items if item.refused}
    kept_out = kept_out_of(roster)
    rows = {row.email.lower() for row in roster.rows}
    assert not done_to & refused
    assert not done_to & kept_out
    assert ACCOUNT not in done_to
    if not options.deactivate_missing:
        assert done_to <= rows
    gone = {item.email.lower() for item in plan.items if item.action is Action.DEACTIVATE and not item.refused}
    assert done_to - rows <= gone
    console.carry_out(plan.operations)
    for key, person in before.items():
        if key not in done_to:
            # Being made somebody's manager makes a learner a manager; nothing else may have changed.
            promoted = person.model_copy(update={"role": console.people[key].role})
            assert console.people[key] in (person, promoted)
            assert console.people[key].role in (person.role, Role.MANAGER)


@patient
@given(consoles(), rosters(), options_of, imports)
def test_a_plan_is_the_same_for_the_same_and_accounts_for_everybody_once(
    lax: Settings, console: Console, roster: Roster, options: PlanOptions, columns: Any
) -> None:
    plan = plan_for(roster, console, lax, options, columns)
    assert plan == plan_for(roster, console, lax, options, columns)
    everybody = named_in(roster) | console.people.keys()
    assert sorted(item.email.lower() for item in plan.items) == sorted(everybody)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    assert plan.own_digest() == plan.digest
    assert plan.verify_against(console.everybody) == ()
    assert plan.fresh(NOW + timedelta(hours=1), timedelta(hours=1))
    totals = plan.totals
    assert sum(
        (totals.deactivate, totals.reactivate, totals.invite, totals.change, totals.leave, totals.refused)
    ) == len(plan.items)
    if console.seats is not None and not any(person.status is Status.INVITED for person in console.everybody):
        (pool,) = plan.seats
        assert pool.used_after is not None
        assert pool.used_after <= max(console.seats, pool.used_before)
