"""Inviting one person: exactly as asked, one e-mail, and nobody whom a guard keeps out."""

from __future__ import annotations

from typing import Any

import pytest

from connector import Connector
from connector.errors import InputError
from connector.models import NEVER_LIFTED, Guard, Result, Role
from fixtures.mock_console import Books, MockConsole
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
DANIEL, PRIYA = "daniel.kim@northwind.example", "priya.raman@northwind.example"
HELEN = "helen.brandt@northwind.example"


def assert_invited(before: Books, after: Books, address: str, **fields: Any) -> None:
    assert_only_changed(before, after, {address: fields})
    assert happened(before, after) == [("invited", address)]
    assert mailed(before, after) == [(address, "invitation")]


def test_invite_adds_one_person_with_one_mail_and_touches_nobody_else(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert before.find(NEW) is None
    outcome = connector.invite(NEW, "Nadja", "New")
    assert (outcome.result, outcome.email) == (Result.DONE, NEW)
    assert_invited(before, mock.books(), NEW, first_name="Nadja", last_name="New")


@pytest.mark.parametrize("role", [Role.CONTENT_CREATOR, Role.ADMIN])
def test_the_role_is_the_one_asked_for(connector: Connector, mock: MockConsole, role: Role) -> None:
    before = mock.books()
    assert connector.invite(NEW, "Nadja", "New", role, overrides=[Guard.ADMIN_ROLE]).result is Result.DONE
    assert_invited(before, mock.books(), NEW, first_name="Nadja", last_name="New", role=role.value)


@pytest.mark.parametrize(
    ("address", "first_name", "last_name"),
    [
        ("mary.o'neil@northwind.example", "Mary", "O'Neil"),
        ("anne-sophie.dupre@northwind.example", "Anne-Sophie", "d'Apré-Müller"),
        ("li@northwind.example", "小龙", "李"),
        ("x+lms@northwind.example", "Ida & Ada", 'van "der" <Berg>'),
    ],
)
def test_names_arrive_as_they_were_given(
    connector: Connector, mock: MockConsole, address: str, first_name: str, last_name: str
) -> None:
    before = mock.books()
    assert connector.invite(address, first_name, last_name).result is Result.DONE
    assert_invited(before, mock.books(), address, first_name=first_name, last_name=last_name)


def test_groups_and_managers_are_exactly_those_asked_for(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    groups = ["Finance & Legal", 'Ramp "Fast Track"', "Sales, Americas", "Support <Tier 1>", "Équipe Paris"]
    assert set(groups) < set(before.groups)
    outcome = connector.invite(NEW, "Nadja", "New", groups=groups, managers=[PRIYA, DANIEL])
    assert outcome.result is Result.DONE
    after = mock.books()
    assert_invited(
        before,
        after,
        NEW,
        first_name="Nadja",
        last_name="New",
        groups=list(after.person(NEW).groups),
        managers=[PRIYA, DANIEL],
    )
    assert sorted(after.person(NEW).groups) == sorted(groups)


def test_a_learner_named_as_manager_becomes_one_as_the_console_does_it(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert before.person(ANN).role == "learner"
    assert connector.invite(NEW, "Nadja", "New", managers=["ANN@northwind.example"]).result is Result.DONE
    after = mock.books()
    new = {"first_name": "Nadja", "last_name": "New", "managers": [ANN]}
    assert_only_changed(before, after, {NEW: new, ANN: {"role": "manager"}})
    assert mailed(before, after) == [(NEW, "invitation")]


def test_a_second_time_it_is_already_so_and_no_second_mail_goes_out(connector: Connector, mock: MockConsole) -> None:
    details: dict[str, Any] = {"groups": ["Sales, EMEA", "R&D"], "managers": [DANIEL]}
    assert connector.invite(NEW, "Nadja", "New", **details).result is Result.DONE
    before = mock.books()
    assert connector.invite(NEW, "Nadja", "New", **details).result is Result.ALREADY
    assert connector.invite(NEW.upper(), "Nadja", "New").result is Result.ALREADY
    assert_nothing_happened(before, mock.books())
    assert len(before.mails_to(NEW)) == 1


def test_somebody_who_is_active_and_as_asked_is_already_here(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.invite("Ann@Northwind.Example", "Ann", "Lee", groups=["Customer Success"], managers=[DANIEL])
    assert outcome.result is Result.ALREADY
    assert ANN in outcome.message
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize(
    ("differing", "told"),
    [
        ({"first_name": "Anna"}, "first name"),
        ({"last_name": "Leeson"}, "last name"),
        ({"role": Role.ADMIN}, "role"),
        ({"groups": ["Customer Success", "Sales"]}, "Sales"),
        ({"managers": [PRIYA]}, PRIYA),
    ],
)
def test_somebody_who_is_here_otherwise_is_not_changed_by_an_invitation(
    connector: Connector, mock: MockConsole, differing: dict[str, Any], told: str
) -> None:
    before = mock.books()
    outcome = connector.invite(**{"email": ANN, "first_name": "Ann", "last_name": "Lee", **differing})
    assert outcome.result is Result.FAILED
    assert told in outcome.message
    assert_nothing_happened(before, mock.books())


def test_somebody_who_is_deactivated_is_not_invited(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.invite(HELEN, "Helen", "Brandt")
    assert outcome.result is Result.FAILED
    assert "reactivate" in outcome.message
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize(
    ("address", "twin"),
    [
        ("аnn@northwind.example", ANN),  # a Cyrillic а
        ("1ea.fischer@northwind.example", "lea.fischer@northwind.example"),  # the digit one for an l
        ("rnaria.garcia@northwind.example", "maria.garcia@northwind.example"),  # r and n for an m
        ("ann@nоrthwind.example", ANN),  # a Cyrillic о in the domain
        ("ann@xn--nrthwind-nbh.example", ANN),  # the same as the network knows it
        ("ann@northwind.examp1e", ANN),
    ],
)
def test_a_look_alike_of_somebody_here_is_refused(
    connector: Connector, mock: MockConsole, address: str, twin: str
) -> None:
    before = mock.books()
    outcome = connector.invite(address, "Ann", "Lee", overrides=set(Guard) - NEVER_LIFTED - {Guard.LOOK_ALIKE})
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LOOK_ALIKE)
    assert twin in outcome.message
    assert_nothing_happened(before, mock.books())


def test_a_look_alike_is_invited_beside_her_twin_where_that_is_lifted(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    address = "1ea.fischer@northwind.example"
    assert connector.invite(address, "Lea", "Fischer", overrides={Guard.LOOK_ALIKE}).result is Result.DONE
    assert_invited(before, mock.books(), address, first_name="Lea", last_name="Fischer")


def test_what_the_console_itself_refuses_has_failed_and_its_words_are_told(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    outcome = connector.invite("аnn@northwind.example", "Ann", "Lee", overrides={Guard.LOOK_ALIKE})
    assert outcome.result is Result.FAILED
    assert "Enter a valid email address." in outcome.message
    assert connector.invite(NEW, "N" * 101, "New").result is Result.FAILED
    assert_nothing_happened(before, mock.books())


# -- seats -----------------------------------------------------------------------------------------------------
def test_without_a_free_seat_nobody_is_invited(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used)
    before = mock.books()
    outcome = connector.invite(NEW, "Nadja", "New", overrides=set(Guard) - NEVER_LIFTED - {Guard.NO_FREE_SEAT})
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.NO_FREE_SEAT)
    assert_nothing_happened(before, mock.books())


def test_the_console_refuses_seats_that_open_invitations_may_need(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used + 1)
    before = mock.books()
    assert before.seats_used < before.seats_total
    outcome = connector.invite(NEW, "Nadja", "New")
    assert outcome.result is Result.FAILED
    assert "No seats available" in outcome.message
    assert_nothing_happened(before, mock.books())


# -- groups and managers ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("group", ["sales", "Sales, APAC"])
def test_a_group_that_is_not_there_is_refused_before_anything_is_saved(
    connector: Connector, mock: MockConsole, group: str
) -> None:
    before = mock.books()
    overrides = set(Guard) - NEVER_LIFTED - {Guard.UNKNOWN_GROUP}
    outcome = connector.invite(NEW, "Nadja", "New", groups=["Sales", group], overrides=overrides)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.UNKNOWN_GROUP)
    assert group in outcome.message
    assert_nothing_happened(before, mock.books())


def test_a_group_that_is_not_there_is_created_where_that_is_lifted(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.invite(NEW, "Nadja", "New", groups=["Sales", "Sales, APAC"], overrides={Guard.UNKNOWN_GROUP})
    assert outcome.result is Result.DONE
    after = mock.books()
    new = {"first_name": "Nadja", "last_name": "New", "groups": ["Sales", "Sales, APAC"]}
    assert_only_changed(before, after, {NEW: new}, groups=["Sales, APAC"])
    assert happened(before, after) == [("invited", NEW), ("group_created", NEW)]
    assert mailed(before, after) == [(NEW, "invitation")]


def test_a_dry_run_with_the_guard_lifted_does_not_make_a_group_known(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    lifted = {Guard.UNKNOWN_GROUP}
    assert connector.invite(NEW, "Nadja", "New", groups=["Salse"], overrides=lifted, dry_run=True).would
    outcome = connector.invite(NEW, "Nadja", "New", groups=["Salse"])
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.UNKNOWN_GROUP)
    assert_nothing_happened(before, mock.books())


def test_a_manager_who_is_nobody_here_is_refused_before_anything_is_saved(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    for manager in ("aniel.kim@northwind.example", "danie1.kim@northwind.example"):
        overrides = set(Guard) - NEVER_LIFTED - {Guard.UNKNOWN_MANAGER}
        outcome = connector.invite(NEW, "Nadja", "New", managers=[PRIYA, manager], overrides=overrides)
        assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.UNKNOWN_MANAGER)
        assert manager in outcome.message
    assert_nothing_happened(before, mock.books())


def test_a_manager_who_is_nobody_here_is_invited_where_that_is_lifted(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    boss = "new.boss@northwind.example"
    outcome = connector.invite(NEW, "Nadja", "New", managers=[boss, DANIEL], overrides={Guard.UNKNOWN_MANAGER})
    assert outcome.result is Result.DONE
    after = mock.books()
    new = {"first_name": "Nadja", "last_name": "New", "managers": [boss, DANIEL]}
    assert_only_changed(before, after, {NEW: new, boss: {"role": "manager"}})
    assert sorted(mailed(before, after)) == [(NEW, "invitation"), (boss, "invitation")]


def test_a_deactivated_manager_is_named_and_nobody_is_invited(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.invite(NEW, "Nadja", "New", managers=["marcus.webb@northwind.example"])
    assert outcome.result is Result.FAILED
    assert "marcus.webb@northwind.example" in outcome.message
    assert_nothing_happened(before, mock.books())


# -- nothing at all --------------------------------------------------------------------------------------------
def test_a_dry_run_invites_nobody(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.invite(NEW, "Nadja", "New", groups=["Sales, EMEA"], managers=[DANIEL], dry_run=True)
    assert outcome.would
    assert "would invite" in outcome.message
    assert connector.invite(NEW, "Nadja", "New", groups=["Salse"], dry_run=True).guard is Guard.UNKNOWN_GROUP
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize(
    "bad", [{"email": "nadja.new"}, {"email": "a b@northwind.example"}, {"managers": ["Daniel Kim"]}]
)
def test_malformed_addresses_are_bad_input(connector: Connector, mock: MockConsole, bad: dict[str, Any]) -> None:
    before = mock.books()
    with pytest.raises(InputError):
        connector.invite(**{"email": NEW, "first_name": "Nadja", "last_name": "New", **bad})
    assert_nothing_happened(before, mock.books())
