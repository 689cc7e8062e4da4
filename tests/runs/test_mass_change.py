"""The brake: a run that would take access from too many deactivates nobody, whoever asked for it."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import Deactivate, Edit, Guard, Operation, Result
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector, StartConsole
from tests.flows.oracle import assert_nothing_happened, assert_only_changed

ANN = "ann@northwind.example"


def leavers(mock: MockConsole, count: int) -> list[Operation]:
    """Learners who could each be deactivated by herself."""
    people = [
        person.email
        for person in mock.books().people
        if person.status == "active" and person.role == "learner" and not person.scim_managed and person.email != ANN
    ]
    assert len(people) >= count
    return [Deactivate(email=email) for email in people[:count]]


def test_too_many_deactivations_in_one_run_deactivate_nobody(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    report = connector.run(leavers(mock, 8))
    assert [outcome.guard for outcome in report.outcomes] == [Guard.MASS_CHANGE] * 8
    assert report.exit_code == 3
    assert "--override mass-change" in report.outcomes[0].message
    assert_nothing_happened(before, mock.books())


def test_what_else_is_in_the_run_is_done(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    report = connector.run([*leavers(mock, 8), Edit(email=ANN, first_name="Anne-Marie")])
    assert [outcome.result for outcome in report.outcomes] == [Result.REFUSED] * 8 + [Result.DONE]
    assert_only_changed(before, mock.books(), {ANN: {"first_name": "Anne-Marie"}})


def test_its_name_lifts_the_brake(connector: Connector, mock: MockConsole) -> None:
    report = connector.run(leavers(mock, 6), dry_run=True, overrides=[Guard.MASS_CHANGE])
    assert [outcome.would for outcome in report.outcomes] == [True] * 6


@pytest.mark.parametrize(("people", "everybody"), [(400, False), (130, True)])
def test_everybody_is_read_only_where_the_seats_do_not_tell_that_few_are_few(
    start_console: StartConsole, start_connector: StartConnector, people: int, everybody: bool
) -> None:
    mock = start_console(people=people, seats=900)
    connector = start_connector(mock)
    read: list[str] = []
    connector._progress = lambda what, done, of: read.append(what)
    report = connector.run(leavers(mock, 8), dry_run=True)
    assert [outcome.would for outcome in report.outcomes] == [True] * 8
    assert ("reading people" in read) is everybody
