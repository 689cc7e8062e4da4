"""Where a person's page edits nothing, as the guide documents no way to, groups are changed on their own screens."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import Edit, Guard, Result
from fixtures.mock_console import Books, MockConsole
from fixtures.mock_console.groups import Group, Groups
from fixtures.mock_console.people import Person
from tests.conftest import PEOPLE, StartConnector, StartConsole
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed

ANN = "ann@northwind.example"
JOANN = "joann@northwind.example"


def looked(connector: Connector, mock: MockConsole) -> Books:
    """The books once the connector has signed in and seen her."""
    assert connector.person(ANN).email == ANN
    return mock.books()


def groups_of(books: Books, address: str) -> list[str]:
    return list(books.person(address).groups)


@pytest.mark.parametrize(
    ("details", "dialect"), [("shown", "plain"), ("bare", "plain"), ("shown", "aria"), ("bare", "div")]
)
def test_a_person_is_added_to_a_group_and_taken_out_of_another(
    start_console: StartConsole, start_connector: StartConnector, details: str, dialect: str
) -> None:
    mock = start_console(people=PEOPLE, details=details, dialect=dialect)
    connector = start_connector(mock)
    before = looked(connector, mock)
    assert (groups_of(before, ANN), groups_of(before, JOANN)) == (
        ["Customer Success"],
        ["Customer Success", "New Hires"],
    )
    wanted = Edit(email=ANN, add_groups=("Sales, EMEA",), remove_groups=("Customer Success",))
    outcome = connector.edit(wanted)
    after = mock.books()
    assert (outcome.result, outcome.message) == (
        Result.DONE,
        "changed: in group Sales, EMEA; out of group Customer Success",
    )
    assert_only_changed(before, after, {ANN: {"groups": ["Sales, EMEA"]}})
    assert len(happened(before, after)) == 2
    assert mailed(before, after) == []
    assert connector.edit(wanted).result is Result.ALREADY
    assert_nothing_happened(after, mock.books())


@pytest.mark.parametrize("overrides", [(), (Guard.UNKNOWN_GROUP,)])
def test_a_group_that_is_not_there_is_refused_since_nothing_on_the_way_makes_it(
    start_console: StartConsole, start_connector: StartConnector, overrides: tuple[Guard, ...]
) -> None:
    mock = start_console(people=PEOPLE, details="bare")
    connector = start_connector(mock)
    before = looked(connector, mock)
    outcome = connector.edit(Edit(email=ANN, add_groups=("Salespeople",)), overrides=overrides)
    assert outcome.result is Result.REFUSED
    assert "there is no group 'Salespeople'" in outcome.message
    assert_nothing_happened(before, mock.books())


def test_a_dynamic_group_is_left_alone(start_console: StartConsole, start_connector: StartConnector) -> None:
    mock = start_console(people=PEOPLE, details="bare")
    connector = start_connector(mock)
    before = looked(connector, mock)
    outcome = connector.edit(Edit(email=ANN, add_groups=("Contractors",)))
    assert (outcome.result, "dynamic group" in outcome.message) == (Result.REFUSED, True)
    assert_nothing_happened(before, mock.books())


def test_a_dry_run_changes_nothing_and_says_what_it_would_do(
    start_console: StartConsole, start_connector: StartConnector
) -> None:
    mock = start_console(people=PEOPLE, details="bare")
    connector = start_connector(mock)
    before = looked(connector, mock)
    outcome = connector.edit(Edit(email=ANN, add_groups=("Sales, EMEA",)), dry_run=True)
    assert (outcome.would, "in group Sales, EMEA" in outcome.message) == (True, True)
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize("fault", ["commit-then-503=1", "session-ends-every=40", "list-lag=1"])
def test_what_goes_wrong_on_the_way_changes_nothing_twice(
    start_console: StartConsole, start_connector: StartConnector, fault: str
) -> None:
    mock = start_console(people=PEOPLE, details="bare", faults=(fault,))
    connector = start_connector(mock)
    before = looked(connector, mock)
    outcome = connector.edit(Edit(email=ANN, add_groups=("Sales, EMEA",)))
    assert outcome.result is Result.DONE
    assert_only_changed(before, mock.books(), {ANN: {"groups": ["Customer Success", "Sales, EMEA"]}})
    assert [what for what, _ in happened(before, mock.books())].count("group_member_added") == 1


def test_a_part_that_undoes_an_earlier_one_is_not_told_as_done(
    start_console: StartConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    mock = start_console(people=PEOPLE, details="bare")
    connector = start_connector(mock)
    before = looked(connector, mock)
    remove = Groups.remove_member

    def remove_from_all(groups: Groups, actor: str, group: Group, person_id: int) -> Person:
        joined = next(each for each in groups.everything() if each.name == "Sales, EMEA")
        remove(groups, actor, joined, person_id)
        return remove(groups, actor, group, person_id)

    monkeypatch.setattr(Groups, "remove_member", remove_from_all)
    wanted = Edit(email=ANN, add_groups=("Sales, EMEA",), remove_groups=("Customer Success",))
    outcome = connector.edit(wanted)
    assert (outcome.result, "not in group Sales, EMEA" in outcome.message) == (Result.UNKNOWN, True)
    assert_only_changed(before, mock.books(), {ANN: {"groups": []}})


def test_a_console_that_only_says_that_it_was_done_is_not_believed(
    start_console: StartConsole, start_connector: StartConnector
) -> None:
    mock = start_console(people=PEOPLE, details="bare", faults=("lying-toast",))
    connector = start_connector(mock, timeout=3)
    before = looked(connector, mock)
    outcome = connector.edit(Edit(email=ANN, add_groups=("Sales, EMEA",)))
    assert (outcome.result, "not in group Sales, EMEA" in outcome.message) == (Result.UNKNOWN, True)
    assert_nothing_happened(before, mock.books())
