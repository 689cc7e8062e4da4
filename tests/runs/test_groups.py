"""Groups in every edition and dialect: read, made and deleted by the exact name, and nobody else touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connector import Connector
from connector.errors import GroupNotFound, Refused
from connector.models import Edit, Guard, Result
from fixtures.mock_console import Books, MockConsole, MockOptions
from tests.combinations import combinations
from tests.conftest import Keeper, put_back, settings_for
from tests.flows.oracle import assert_nothing_happened, assert_only_changed

SALES, EMEA, DYNAMIC = "Sales", "Sales, EMEA", "Contractors"
ANN = "ann@northwind.example"


@pytest.fixture(scope="module", params=combinations("people-plain"), ids="-".join)
def combination(request: pytest.FixtureRequest) -> tuple[str, str]:
    edition, dialect = request.param
    return edition, dialect


@pytest.fixture(scope="module")
def console(combination: tuple[str, str]) -> Iterator[MockConsole]:
    edition, dialect = combination
    with MockConsole(MockOptions(people=40, edition=edition, dialect=dialect)) as mock:
        yield mock


@pytest.fixture(scope="module")
def keeper_here(console: MockConsole, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    folder: Path = tmp_path_factory.mktemp("state")
    keeper = Keeper(lambda: settings_for(console, folder, timeout=10))
    yield keeper
    keeper.take_back(usable=False)


@pytest.fixture
def connector(keeper_here: Keeper, console: MockConsole, went_well: Callable[[], bool]) -> Iterator[Connector]:
    put_back(console)
    yield keeper_here.lend(console)
    keeper_here.take_back(usable=went_well())


def without(before: Books, name: str) -> dict[str, dict[str, Any]]:
    """What becomes of a deleted group's people: they are in their other groups, and all else is as it was."""
    members = [before.person(email) for email in before.group(name).members]
    return {person.email: {"groups": [each for each in person.groups if each != name]} for person in members}


def test_all_groups_are_listed_once_and_one_is_shown_with_its_members(
    connector: Connector, console: MockConsole, combination: tuple[str, str]
) -> None:
    for number in range(30):  # more than one page holds
        console.put_group(f"Cohort {number:02}")
    before = console.books()
    groups = connector.groups()
    assert sorted(group.name for group in groups) == sorted(before.groups)
    told = combination[0] != "legacy"  # its list has neither kind nor number
    for group in groups:
        booked = before.group(group.name)
        assert group.kind == (booked.kind if told else None), group.name
        assert group.members == (len(booked.members) if told else None), group.name
    shown = connector.group(EMEA)
    assert sorted(shown.emails) == sorted(before.group(EMEA).members)
    assert shown.members == len(shown.emails) > 0
    assert shown.kind == "static"
    assert connector.group(DYNAMIC).emails == ()
    with pytest.raises(GroupNotFound, match="no group is called 'Sale'"):
        connector.group("Sale")
    assert_nothing_happened(before, console.books())


def test_a_group_is_made_once_and_deleted_among_its_namesakes(connector: Connector, console: MockConsole) -> None:
    console.put_group("sales", twin=True)
    before = console.books()
    assert connector.create_group("Zoë's cohort").result is Result.DONE
    assert connector.create_group("Zoe\u0308's cohort").result is Result.ALREADY
    made = console.books()
    assert set(made.groups) - set(before.groups) == {"Zoë's cohort"}
    assert connector.delete_group(EMEA).result is Result.DONE
    after = console.books()
    assert set(made.groups) - set(after.groups) == {EMEA}
    assert set(after.groups) - set(made.groups) == set()
    assert_only_changed(before, after, without(before, EMEA), groups=["Zoë's cohort"], gone=[EMEA])
    outcome = connector.delete_group(SALES)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LOOK_ALIKE)
    assert "'sales'" in outcome.message
    with pytest.raises(Refused, match="looks like"):
        connector.group("SALES")
    assert connector.delete_group(SALES, overrides=[Guard.LOOK_ALIKE]).result is Result.DONE
    last = console.books()
    assert set(after.groups) - set(last.groups) == {SALES}
    assert last.group("sales").members == ()
    deleted = [event.details["group"] for event in last.events_of("group_deleted")]
    assert deleted == [EMEA, SALES]


def test_dynamic_groups_are_refused_and_a_dry_run_changes_nothing(connector: Connector, console: MockConsole) -> None:
    before = console.books()
    outcome = connector.delete_group(DYNAMIC)
    assert outcome.result is Result.REFUSED
    assert "dynamic group" in outcome.message
    assert connector.delete_group("No such group").result is Result.FAILED
    for outcome in (connector.delete_group("R&D", dry_run=True), connector.create_group("Brand new", dry_run=True)):
        assert (outcome.result, outcome.would) == (Result.REFUSED, True)
    assert_nothing_happened(before, console.books())


def test_nobody_is_put_into_a_dynamic_group_by_hand(connector: Connector, console: MockConsole) -> None:
    # One edition's list does not tell the kind: there the group's own screen does.
    before = console.books()
    outcome = connector.edit(Edit(email=ANN, add_groups=(DYNAMIC,)))
    invited = connector.invite("ottilie@northwind.example", "Ottilie", "New", groups=[DYNAMIC])
    for each in (outcome, invited):
        assert each.result is Result.REFUSED
        assert "dynamic group" in each.message
    assert_nothing_happened(before, console.books())
    assert connector.edit(Edit(email=ANN, add_groups=("Leadership",))).result is Result.DONE
