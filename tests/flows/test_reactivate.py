"""Reactivating, and sending an invitation again: the two ways back in."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import NEVER_LIFTED, Guard, Result
from fixtures.mock_console import Books, MockConsole
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed

HELEN = "helen.brandt@northwind.example"
MARCUS = "marcus.webb@northwind.example"
NOOR = "noor.haddad@northwind.example"
ANN = "ann@northwind.example"


def assert_reactivated(before: Books, after: Books, address: str) -> None:
    assert_only_changed(before, after, {address: {"status": "active"}})
    assert happened(before, after) == [("reactivated", address)]
    assert mailed(before, after) == []


@pytest.mark.parametrize("address", [HELEN, MARCUS])
def test_reactivate_gives_one_person_her_access_back(connector: Connector, mock: MockConsole, address: str) -> None:
    before = mock.books()
    assert before.person(address).status == "deactivated"
    assert connector.reactivate(address).result is Result.DONE
    assert_reactivated(before, mock.books(), address)


def test_reactivate_leaves_the_deactivated_namesake_alone(connector: Connector, mock: MockConsole) -> None:
    for number in ("", "2"):
        mock.change_person(f"maria.garcia{number}@northwind.example", status="deactivated")
    before = mock.books()
    assert connector.reactivate("Maria.Garcia2@northwind.example").result is Result.DONE
    assert_reactivated(before, mock.books(), "maria.garcia2@northwind.example")


def test_whom_a_deactivation_hit_can_be_reactivated(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert connector.deactivate(ANN).result is Result.DONE
    assert mock.books().person(ANN).status == "deactivated"
    assert connector.reactivate(ANN).result is Result.DONE
    after = mock.books()
    assert after.people == before.people
    assert happened(before, after) == [("deactivated", ANN), ("reactivated", ANN)]


@pytest.mark.parametrize("address", [ANN, NOOR])
def test_who_is_not_deactivated_is_so_already(connector: Connector, mock: MockConsole, address: str) -> None:
    before = mock.books()
    assert before.person(address).status in ("active", "invited")
    assert connector.reactivate(address).result is Result.ALREADY
    assert_nothing_happened(before, mock.books())


def test_a_second_time_it_is_already_so(connector: Connector, mock: MockConsole) -> None:
    assert connector.reactivate(HELEN).result is Result.DONE
    before = mock.books()
    assert connector.reactivate(HELEN).result is Result.ALREADY
    assert_nothing_happened(before, mock.books())


def test_nobody_and_look_alikes_are_not_reactivated(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert connector.reactivate("elen.brandt@northwind.example").result is Result.FAILED
    outcome = connector.reactivate("he1en.brandt@northwind.example")
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LOOK_ALIKE)
    assert_nothing_happened(before, mock.books())


def test_without_a_free_seat_nobody_is_reactivated(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used)
    before = mock.books()
    assert before.seats_used == before.seats_total
    outcome = connector.reactivate(HELEN, overrides=set(Guard) - NEVER_LIFTED - {Guard.NO_FREE_SEAT})
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.NO_FREE_SEAT)
    assert_nothing_happened(before, mock.books())


def test_with_the_guard_lifted_the_console_itself_refuses_for_want_of_a_seat(
    connector: Connector, mock: MockConsole
) -> None:
    mock.reset(seats=mock.books().seats_used)
    before = mock.books()
    outcome = connector.reactivate(HELEN, overrides={Guard.NO_FREE_SEAT})
    assert outcome.result is Result.FAILED
    assert "No seats available" in outcome.message
    assert_nothing_happened(before, mock.books())


def test_the_last_free_seat_is_enough_for_one(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used + 1)
    before = mock.books()
    assert connector.reactivate(HELEN).result is Result.DONE
    assert connector.reactivate(MARCUS).guard is Guard.NO_FREE_SEAT
    assert_reactivated(before, mock.books(), HELEN)


def test_people_managed_by_scim_are_reactivated_only_where_that_is_lifted(
    connector: Connector, mock: MockConsole
) -> None:
    mock.change_person(HELEN, scim_managed=True)
    before = mock.books()
    outcome = connector.reactivate(HELEN)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.SCIM_MANAGED)
    assert_nothing_happened(before, mock.books())
    assert connector.reactivate(HELEN, overrides={Guard.SCIM_MANAGED}).result is Result.DONE
    assert_reactivated(before, mock.books(), HELEN)


def test_a_dry_run_reactivates_nobody(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.reactivate(HELEN, dry_run=True)
    assert outcome.would
    assert "would reactivate" in outcome.message
    assert_nothing_happened(before, mock.books())


# -- the invitation again --------------------------------------------------------------------------------------
def test_resend_sends_one_reminder_to_one_person(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert before.person(NOOR).status == "invited"
    assert connector.resend(NOOR).result is Result.DONE
    after = mock.books()
    assert_only_changed(before, after, {})
    assert happened(before, after) == [("resent", NOOR)]
    assert mailed(before, after) == [(NOOR, "reminder")]


@pytest.mark.parametrize("address", [ANN, HELEN])
def test_only_an_open_invitation_is_sent_again(connector: Connector, mock: MockConsole, address: str) -> None:
    before = mock.books()
    outcome = connector.resend(address)
    assert outcome.result is Result.FAILED
    assert before.person(address).status in outcome.message
    assert_nothing_happened(before, mock.books())


def test_nobody_gets_an_invitation_meant_for_a_look_alike(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert connector.resend("n0or.haddad@northwind.example").guard is Guard.LOOK_ALIKE
    assert connector.resend("oor.haddad@northwind.example").result is Result.FAILED
    assert_nothing_happened(before, mock.books())


def test_a_dry_run_sends_nothing_again(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert connector.resend(NOOR, dry_run=True).would
    assert_nothing_happened(before, mock.books())
