"""Seats: the pools as the console states them, and who could be released, which it states nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector import Connector
from connector.models import SeatPool
from fixtures.mock_console import BookedPerson, MockConsole
from tests.flows.oracle import assert_nothing_happened


def unseen(person: BookedPerson, days: int) -> bool:
    return person.last_login is None or person.last_login < datetime.now(UTC) - timedelta(days=days)


def test_seats_are_those_of_the_books_and_looking_changes_nothing(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    seats = connector.seats()
    assert seats.pools == (SeatPool(name="licensed", used=before.seats_used, total=before.seats_total),)
    assert seats.pools[0].free == before.seats_total - before.seats_used
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize("days", [30, 180])
def test_who_never_signed_in_or_was_not_seen_for_long_could_be_released(
    connector: Connector, mock: MockConsole, days: int
) -> None:
    mock.reset(people=40)
    people = [person for person in mock.books().people if person.status == "active" and unseen(person, days)]
    expected = {person.email: person.last_login for person in people if person.email != mock.admin_email}
    assert None in expected.values()
    found = connector.seats(not_seen_for=days).releasable
    assert {each.email: each.last_login for each in found} == expected
    assert {each.reason for each in found if each.last_login is None} == {"never signed in"}
    assert {each.reason for each in found if each.last_login is not None} == {f"not seen for {days} days"}


def test_a_deactivation_frees_a_seat(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used)
    assert [pool.free for pool in connector.seats().pools] == [0]
    connector.deactivate("sam.reyes@northwind.example")
    assert [pool.free for pool in connector.seats().pools] == [1]
