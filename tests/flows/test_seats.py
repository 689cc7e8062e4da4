"""Seats: the pools as the console states them, and who could be released, which it states nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connector import Connector
from connector.models import Guard, ImportPeople, Invite, Result, SeatPool
from fixtures.mock_console import BookedPerson, MockConsole
from tests.conftest import StartConnector
from tests.flows.oracle import assert_nothing_happened, mailed


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


def test_who_has_just_been_read_is_not_read_again(connector: Connector, mock: MockConsole) -> None:
    mock.reset(people=40)
    everyone = connector.people()
    afresh = connector.seats()
    assert connector.seats(people=everyone) == afresh
    assert connector.seats(people=[]).releasable == ()
    assert connector.seats(people=[]).pools == afresh.pools


def test_a_deactivation_frees_a_seat(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used)
    assert [pool.free for pool in connector.seats().pools] == [0]
    connector.deactivate("sam.reyes@northwind.example")
    assert [pool.free for pool in connector.seats().pools] == [1]


# -- two pools ---------------------------------------------------------------------------------------------------------
OURS, THEIRS, MORE = "nadja.new@northwind.example", "x@fabrikam.example", "y@fabrikam.example"


def test_each_takes_a_seat_of_her_own_pool_and_the_other_pool_is_no_concern(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> None:
    mock.reset(external_seats=2)
    connector = start_connector(mock, state_dir=state_dir, internal_domains="northwind.example")
    active = [person.email for person in mock.books().people if person.status == "active"]
    assert [email for email in active if not email.endswith("@northwind.example")] == ["ann@northwind.example.org"]
    pools = {pool.name: pool.free for pool in connector.seats().pools}
    assert pools["external"] == 1
    assert pools["licensed"] is not None
    assert pools["licensed"] > 5
    before = mock.books()
    people = tuple(Invite(email=email, first_name="A", last_name="B") for email in (OURS, THEIRS, MORE))
    report = connector.run([ImportPeople(people=people, skip_bad_rows=True)])
    assert [(outcome.result, outcome.guard) for outcome in report.outcomes] == [
        (Result.DONE, None),
        (Result.REFUSED, Guard.NO_FREE_SEAT),
        (Result.REFUSED, Guard.NO_FREE_SEAT),
    ]
    assert "2 external seats are needed, 1 is free" in report.outcomes[1].message
    assert mailed(before, mock.books()) == [(OURS, "invitation")]
    assert connector.invite(THEIRS, "A", "B").result is Result.DONE
    mock.reset(seats=before.seats_used, external_seats=9)
    assert connector.invite(OURS, "A", "B").guard is Guard.NO_FREE_SEAT
    assert connector.invite(THEIRS, "A", "B").result is Result.DONE


def test_whose_pool_is_not_known_waits_for_nobody_s_guess(mock: MockConsole, connector: Connector) -> None:
    mock.reset(external_seats=0)
    before = mock.books()
    outcome = connector.invite(THEIRS, "A", "B")
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.NO_FREE_SEAT)
    assert "WORKRAMP_INTERNAL_DOMAINS" in outcome.message
    assert_nothing_happened(before, mock.books())
    assert connector.invite(OURS, "A", "B").result is Result.DONE, "of the own account's domain"
    mock.reset(seats=before.seats_used, external_seats=9)
    assert connector.invite(OURS, "A", "B").guard is Guard.NO_FREE_SEAT
