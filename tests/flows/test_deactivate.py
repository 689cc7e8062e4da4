"""Deactivating: one person by her whole address, with everybody else left alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from connector import Connector
from connector.actions import status
from connector.errors import ConsoleDrift, InputError
from connector.models import NEVER_LIFTED, Deactivate, Guard, Result
from fixtures.mock_console import Books, MockConsole
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.people_screen import PeopleScreen
from tests.conftest import StartConnector
from tests.flows.conftest import GRACE, INGRID
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed

ANN = "ann@northwind.example"
AIKO = "aiko.tanaka@northwind.example"


def assert_deactivated(before: Books, after: Books, *addresses: str) -> None:
    assert_only_changed(before, after, {address: {"status": "deactivated"} for address in addresses})
    assert sorted(happened(before, after)) == sorted(("deactivated", address) for address in addresses)
    assert mailed(before, after) == []


@pytest.mark.parametrize(
    "address",
    [
        ANN,
        "joann@northwind.example",
        "ann@northwind.example.org",
        "siobhan.o'brien@northwind.example",
        "jean-luc.moreau-petit@northwind.example",
        "yamada.taro@northwind.example",
        "raj.patel+lms@northwind.example",
        "noor.haddad@northwind.example",
    ],
)
def test_deactivate_takes_the_whole_address_and_leaves_everybody_else_alone(
    connector: Connector, mock: MockConsole, address: str
) -> None:
    before = mock.books()
    assert before.person(address).status in ("active", "invited")
    outcome = connector.deactivate(address)
    assert (outcome.result, outcome.email) == (Result.DONE, address)
    assert_deactivated(before, mock.books(), address)


def test_deactivate_leaves_the_namesake_alone(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    first, second = (before.person(f"maria.garcia{number}@northwind.example") for number in ("", "2"))
    assert (first.first_name, first.last_name) == (second.first_name, second.last_name)
    assert connector.deactivate(second.email).result is Result.DONE
    assert_deactivated(before, mock.books(), second.email)


def test_deactivate_finds_somebody_on_the_seventh_page(connector: Connector, mock: MockConsole) -> None:
    mock.reset(people=180)
    before = mock.books()
    in_order = sorted(before.people, key=lambda p: (f"{p.first_name} {p.last_name}".casefold(), p.email))
    person = next(p for p in in_order[6 * 25 :] if p.status == "active" and not p.scim_managed and p.role == "learner")
    assert connector.deactivate(person.email).result is Result.DONE
    assert_deactivated(before, mock.books(), person.email)


def test_the_case_of_the_letters_does_not_matter(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert connector.deactivate("JoAnn@NORTHWIND.example").result is Result.DONE
    assert_deactivated(before, mock.books(), "joann@northwind.example")


def test_a_second_time_it_is_already_so(connector: Connector, mock: MockConsole) -> None:
    assert connector.deactivate(ANN).result is Result.DONE
    before = mock.books()
    assert connector.deactivate(ANN).result is Result.ALREADY
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize("address", ["nn@northwind.example", "ann@northwind.exampl", "nobody@northwind.example"])
def test_part_of_an_address_is_nobody(connector: Connector, mock: MockConsole, address: str) -> None:
    before = mock.books()
    outcome = connector.deactivate(address)
    assert outcome.result is Result.FAILED
    assert "nobody here has this address" in outcome.message
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize("address", ["ann", "ann@", "Ann Lee <ann@northwind.example>", "ann@northwind.example, x", ""])
def test_what_is_no_address_is_bad_input(connector: Connector, mock: MockConsole, address: str) -> None:
    before = mock.books()
    with pytest.raises(InputError):
        connector.deactivate(address)
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize(
    "address",
    [
        "аnn@northwind.example",  # a Cyrillic а
        "1ea.fischer@northwind.example",  # the digit one for an l
        "ann@nоrthwind.example",  # a Cyrillic о in the domain
        "ann@xn--nrthwind-nbh.example",  # the same as the network knows it
    ],
)
def test_a_look_alike_is_refused_and_never_taken_for_the_person(
    connector: Connector, mock: MockConsole, address: str
) -> None:
    before = mock.books()
    outcome = connector.deactivate(address, overrides={Guard.LOOK_ALIKE})
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LOOK_ALIKE)
    assert_nothing_happened(before, mock.books())


def test_the_own_account_is_never_deactivated(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    for address in (mock.admin_email, mock.admin_email.upper()):
        outcome = connector.deactivate(address, overrides={Guard.SCIM_MANAGED})
        assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.OWN_ACCOUNT)
    assert_nothing_happened(before, mock.books())


@pytest.mark.usefixtures("no_admin_itself")
def test_the_last_admin_is_never_deactivated(connector: Connector, mock: MockConsole) -> None:
    mock.change_person(INGRID, status="deactivated")
    before = mock.books()
    assert [p.email for p in before.people if p.role == "admin" and p.status == "active"] == [GRACE]
    outcome = connector.deactivate(GRACE)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LAST_ADMIN)
    assert_nothing_happened(before, mock.books())


@pytest.mark.usefixtures("no_admin_itself")
def test_an_admin_who_is_not_the_last_can_be_deactivated(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert len([p for p in before.people if p.role == "admin" and p.status == "active"]) == 2
    assert connector.deactivate(GRACE).result is Result.DONE
    assert_deactivated(before, mock.books(), GRACE)


def test_protected_addresses_are_never_deactivated(mock: MockConsole, start_connector: StartConnector) -> None:
    connector = start_connector(mock, protected="Ann@Northwind.Example, priya.raman@northwind.example")
    everything_else = set(Guard) - NEVER_LIFTED
    assert connector.person(ANN).email == ANN
    before = mock.books()
    for address in (ANN, "PRIYA.raman@northwind.example"):
        outcome = connector.deactivate(address, overrides=everything_else)
        assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.PROTECTED)
    assert_nothing_happened(before, mock.books())
    assert connector.deactivate("joann@northwind.example").result is Result.DONE


@pytest.mark.parametrize("guard", sorted(NEVER_LIFTED))
def test_guards_that_are_never_lifted_are_bad_input_among_the_overrides(
    connector: Connector, mock: MockConsole, guard: Guard
) -> None:
    before = mock.books()
    with pytest.raises(InputError, match=guard.value):
        connector.deactivate(ANN, overrides={guard})
    assert_nothing_happened(before, mock.books())


def test_people_managed_by_scim_are_refused_unless_that_is_lifted(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert before.person(AIKO).scim_managed
    outcome = connector.deactivate(AIKO, overrides=set(Guard) - NEVER_LIFTED - {Guard.SCIM_MANAGED})
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.SCIM_MANAGED)
    assert "--override scim-managed" in outcome.message
    assert_nothing_happened(before, mock.books())
    assert connector.deactivate(AIKO, overrides={Guard.SCIM_MANAGED}).result is Result.DONE
    assert_deactivated(before, mock.books(), AIKO)


def test_of_two_people_with_one_address_neither_is_touched(connector: Connector, mock: MockConsole) -> None:
    store = mock.console.directory.store
    original = store.by_email(ANN)
    assert original is not None
    store.put(dataclasses.replace(original, id=store.next_id(), first_name="Anna"))
    before = mock.books()
    assert [p.first_name for p in before.people if p.email == ANN] == ["Ann", "Anna"]
    outcome = connector.deactivate(ANN)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.AMBIGUOUS_MATCH)
    assert mock.books() == before


@pytest.mark.parametrize("first_name", ["Ann", "Anna"], ids=["alike", "otherwise-called"])
def test_two_people_with_one_address_keep_nobody_else_from_being_read_or_changed(
    connector: Connector, mock: MockConsole, first_name: str
) -> None:
    """They are listed each, also where their rows say the same, and admins are counted beside them."""
    store = mock.console.directory.store
    original = store.by_email(ANN)
    assert original is not None
    store.put(dataclasses.replace(original, id=store.next_id(), first_name=first_name))
    before = mock.books()
    listed = [person.email for person in connector.people()]
    assert sorted(listed) == sorted(person.email for person in before.people)
    assert listed.count(ANN) == 2
    assert connector.deactivate(ANN).guard is Guard.AMBIGUOUS_MATCH
    assert mock.books().people == before.people
    assert connector.deactivate(GRACE).result is Result.DONE
    assert [event for event in happened(before, mock.books()) if event[0] == "deactivated"] == [("deactivated", GRACE)]


@pytest.mark.parametrize(("address", "asked"), [(ANN, "deactivate"), ("helen.brandt@northwind.example", "reactivate")])
def test_what_somebody_else_does_in_the_same_moment_is_so_already(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, address: str, asked: str
) -> None:
    reach, wanted = PeopleScreen.reach, {"deactivate": "deactivated", "reactivate": "active"}[asked]

    async def by_somebody_else(screen: PeopleScreen, *args: Any, **options: Any) -> Any:
        mock.change_person(address, status=wanted)
        await screen.matches(address)
        return await reach(screen, *args, **options)

    monkeypatch.setattr(PeopleScreen, "reach", by_somebody_else)
    before = mock.books()
    assert before.person(address).status != wanted
    outcome = getattr(connector, asked)(address)
    assert (outcome.result, outcome.message.partition(",")[2]) == (Result.ALREADY, " since a moment ago")
    after = mock.books()
    assert_only_changed(before, after, {address: {"status": wanted}})
    assert happened(before, after) == [("changed_outside", address)]


def test_a_dry_run_changes_nothing(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.deactivate(ANN, dry_run=True)
    assert outcome.would
    assert "would deactivate" in outcome.message
    assert connector.deactivate(AIKO, dry_run=True).guard is Guard.SCIM_MANAGED
    assert_nothing_happened(before, mock.books())


def test_several_are_reported_in_the_order_asked_and_one_who_is_nobody_stops_none(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    addresses = ["sam.reyes@northwind.example", "nobody@northwind.example", ANN]
    heard: list[str] = []
    report = connector.run(
        [Deactivate(email=address) for address in addresses], on_outcome=lambda outcome: heard.append(outcome.email)
    )
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.FAILED, Result.DONE]
    assert [outcome.email for outcome in report.outcomes] == addresses
    # Lanes work side by side: whoever is settled first is told first.
    assert sorted(heard) == sorted(addresses)
    assert report.exit_code == 1
    assert_deactivated(before, mock.books(), addresses[0], addresses[2])


def test_a_question_that_cannot_be_answered_is_drift_and_nobody_is_in_doubt(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def disabled(question: ConfirmDialog) -> None:
        raise ConsoleDrift("the button to confirm stays disabled")

    monkeypatch.setattr(ConfirmDialog, "ready", disabled)
    before = mock.books()
    with pytest.raises(ConsoleDrift, match="stays disabled"):
        connector.deactivate(ANN)
    assert_nothing_happened(before, mock.books())


def test_a_screen_that_is_lost_after_the_click_is_told_as_that(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> Callable[[], Awaitable[str | None]]:
        async def missing() -> str | None:
            raise ConsoleDrift("the table of people is missing")

        return missing

    monkeypatch.setattr(status, "lacks_status", lost)
    outcome = connector.deactivate(ANN)
    assert (outcome.result, "it was clicked before this, and may have been done" in outcome.message) == (
        Result.UNKNOWN,
        True,
    )
    assert mock.books().person(ANN).status == "deactivated"
