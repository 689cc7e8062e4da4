"""Every flow on every edition of the console in every dialect: what is said is so, once, and touches nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connector import Connector
from connector.models import Deactivate, Edit, Guard, Invite, Reactivate, Result, Role, Status
from fixtures.mock_console import Books, MockConsole, MockOptions
from fixtures.mock_console.books import BookedPerson
from tests.combinations import combinations
from tests.conftest import Keeper, put_back, settings_for
from tests.flows.oracle import ANY, assert_nothing_happened, assert_only_changed, happened, mailed

PEOPLE = 40
"""Everybody with a part in these tests, on two pages."""
ANN, JOANN, ANN_ORG = "ann@northwind.example", "joann@northwind.example", "ann@northwind.example.org"
LEA, DANIEL, PRIYA = "lea.fischer@northwind.example", "daniel.kim@northwind.example", "priya.raman@northwind.example"
GRACE = "grace.okafor@northwind.example"
GROUPS = ("Finance & Legal", "Sales, Americas")

ROLES = {"people": Role.CONTENT_CREATOR, "settings": Role.ADMIN, "legacy": Role.LEARNER}
"""A role that each edition can say: the legacy edition has no place for any but the default."""


@pytest.fixture(scope="module", params=combinations(), ids="-".join)
def combination(request: pytest.FixtureRequest) -> tuple[str, str]:
    edition, dialect = request.param
    return edition, dialect


@pytest.fixture(scope="module")
def edition(combination: tuple[str, str]) -> str:
    return combination[0]


@pytest.fixture(scope="module")
def console(combination: tuple[str, str]) -> Iterator[MockConsole]:
    edition, dialect = combination
    with MockConsole(MockOptions(people=PEOPLE, edition=edition, dialect=dialect)) as mock:
        yield mock


@pytest.fixture(scope="module")
def keeper_here(console: MockConsole, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    folder: Path = tmp_path_factory.mktemp("state")
    keeper = Keeper(lambda: settings_for(console, folder, timeout=15))
    yield keeper
    keeper.take_back(usable=False)


@pytest.fixture
def connector(keeper_here: Keeper, console: MockConsole, went_well: Callable[[], bool]) -> Iterator[Connector]:
    put_back(console)
    yield keeper_here.lend(console)
    keeper_here.take_back(usable=went_well())


def _role_shown(edition: str, booked: BookedPerson) -> str | None:
    if edition == "people":
        return booked.role
    # Where User and Admin are all that is told, everybody else's role is unknown; the legacy edition tells nothing.
    return "admin" if edition == "settings" and booked.role == "admin" and booked.status != "deactivated" else None


def _status_shown(edition: str, booked: BookedPerson) -> str:
    # Only the people edition tells in its list who has not accepted an invitation yet.
    return "active" if edition != "people" and booked.status == "invited" else booked.status


def test_everybody_is_listed_once_with_what_this_edition_shows(
    connector: Connector, console: MockConsole, edition: str
) -> None:
    before = console.books()
    people = connector.people()
    assert sorted(person.email for person in people) == sorted(booked.email for booked in before.people)
    for person in people:
        booked = before.person(person.email)
        assert person.status == _status_shown(edition, booked), person.email
        assert person.role == _role_shown(edition, booked), person.email
        assert person.groups == booked.groups, person.email
        assert person.managers == (booked.managers if edition == "legacy" else None)
        assert (person.last_login is None) == (edition != "people" or booked.last_login is None)
    assert_nothing_happened(before, console.books())


def test_somebody_is_shown_with_groups_managers_and_status(
    connector: Connector, console: MockConsole, edition: str
) -> None:
    before = console.books()
    booked = before.person(LEA)
    invited = next(person for person in before.people if person.status == "invited")
    person = connector.person(LEA)
    assert (person.first_name, person.last_name) == (booked.first_name, booked.last_name)
    assert sorted(person.groups or ()) == sorted(booked.groups)
    assert person.managers == booked.managers
    assert person.status is Status.ACTIVE
    assert person.role == _role_shown(edition, booked)
    # Her menu tells what the list does not: an invitation can be sent again only while it is open.
    assert connector.person(invited.email).status is Status.INVITED
    assert_nothing_happened(before, console.books())


def test_an_invitation_says_name_role_groups_and_manager_and_is_sent_once(
    connector: Connector, console: MockConsole, edition: str
) -> None:
    before = console.books()
    assert before.find("ottilie@northwind.example") is None
    role = ROLES[edition]
    outcome = connector.invite(
        "ottilie@northwind.example", "Ottilie", "New", role, GROUPS, [DANIEL], overrides=[Guard.ADMIN_ROLE]
    )
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    _assert_invited(before, after, {"ottilie@northwind.example": role})
    assert connector.invite("ottilie@northwind.example", "Ottilie", "New", role, GROUPS, [DANIEL]).result is (
        Result.ALREADY
    )
    assert_nothing_happened(after, console.books())


def test_whoever_was_invited_by_somebody_else_is_neither_told_as_invited_nor_renamed(
    connector: Connector, console: MockConsole
) -> None:
    """A form that says no names leaves her as one that was cut short would."""
    invited = next(person for person in console.books().people if person.status == "invited")
    assert (
        connector.invite("first@northwind.example", "First", "One").result is Result.DONE
    )  # what the form says is known
    console.change_person(invited.email, first_name="", last_name="")
    before = console.books()
    outcome = connector.invite(invited.email, "Ottilie", "New")
    assert outcome.result is Result.FAILED
    assert "is here already" in outcome.message
    assert happened(before, console.books()) == []


def _assert_invited(before: Books, after: Books, people: dict[str, Role]) -> None:
    expected = {
        email: {
            "first_name": email.partition("@")[0].title(),
            "last_name": "New",
            "role": role.value,
            "groups": ANY,
            "managers": [DANIEL],
        }
        for email, role in people.items()
    }
    assert_only_changed(before, after, expected)
    for email in people:
        assert sorted(after.person(email).groups) == sorted(GROUPS)
    assert sorted(mailed(before, after)) == sorted((email, "invitation") for email in people)


def test_a_list_of_people_is_invited_each_once(connector: Connector, console: MockConsole, edition: str) -> None:
    before = console.books()
    people = [
        Invite(email=f"{n}@northwind.example", first_name=n.title(), last_name="New", groups=GROUPS, managers=(DANIEL,))
        for n in ("ottilie", "xavier")
    ]
    report = connector.invite_people(people)
    assert {outcome.result for outcome in report.outcomes} == {Result.DONE}, report
    after = console.books()
    _assert_invited(before, after, {person.email: Role.LEARNER for person in people})
    if edition == "settings":
        assert len([kind for kind, _ in happened(before, after) if kind == "invited"]) == len(people)


def test_an_import_skips_bad_rows_and_invites_the_good_ones(
    connector: Connector, console: MockConsole, edition: str
) -> None:
    before = console.books()
    good = [
        Invite(email="ottilie@northwind.example", first_name="Ottilie", last_name="New", managers=(DANIEL,)),
        Invite(email="xavier@northwind.example", first_name="Xavier", last_name="New", groups=GROUPS),
    ]
    bad = [
        Invite(email=ANN, first_name="Ann", last_name="Another"),
        Invite(email="nobody@northwind.example", first_name="No", last_name="Body", groups=("No such group",)),
    ]
    report = connector.import_people([*good, *bad], skip_bad_rows=True)
    results = [outcome.result for outcome in report.outcomes]
    assert results == [Result.DONE, Result.DONE, Result.FAILED, Result.REFUSED], report
    after = console.books()
    assert_only_changed(
        before,
        after,
        {
            person.email: {
                "first_name": person.first_name,
                "last_name": "New",
                "groups": list(person.groups),
                "managers": list(person.managers),
            }
            for person in good
        },
    )
    assert sorted(mailed(before, after)) == sorted((person.email, "invitation") for person in good)


def test_a_namesake_is_deactivated_and_reactivated_and_nobody_else(connector: Connector, console: MockConsole) -> None:
    before = console.books()
    assert {before.person(email).status for email in (ANN, JOANN, ANN_ORG)} == {"active"}
    outcome = connector.deactivate(ANN.upper())
    assert outcome.result is Result.DONE, outcome.message
    between = console.books()
    assert_only_changed(before, between, {ANN: {"status": "deactivated"}})
    assert happened(before, between) == [("deactivated", ANN)]
    assert connector.run([Deactivate(email=ANN)]).outcomes[0].result is Result.ALREADY
    assert connector.person(ANN).status is Status.DEACTIVATED
    outcome = connector.run([Reactivate(email=ANN)]).outcomes[0]
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    assert_only_changed(before, after, {})
    assert happened(before, after) == [("deactivated", ANN), ("reactivated", ANN)]


def test_an_open_invitation_is_sent_again_once(connector: Connector, console: MockConsole) -> None:
    before = console.books()
    invited = next(person.email for person in before.people if person.status == "invited")
    assert connector.resend(invited).result is Result.DONE
    assert mailed(before, console.books()) == [(invited, "reminder")]
    assert connector.resend(LEA).result is Result.FAILED
    assert_only_changed(before, console.books(), {})


def test_role_groups_and_managers_are_changed_and_nothing_else(
    connector: Connector, console: MockConsole, edition: str
) -> None:
    before = console.books()
    was = before.person(LEA)
    gone, role = was.groups[0], None if edition == "legacy" else Role.ADMIN
    wanted = Edit(
        email=LEA,
        role=role,
        add_groups=GROUPS[:1],
        remove_groups=(gone,),
        add_managers=(GRACE,),
        remove_managers=(PRIYA,),
    )
    assert GROUPS[0] not in was.groups
    assert PRIYA in was.managers
    outcome = connector.edit(wanted, overrides=[Guard.ADMIN_ROLE])
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    changes = {"groups": ANY, "managers": [*(m for m in was.managers if m != PRIYA), GRACE]}
    assert_only_changed(before, after, {LEA: changes | ({"role": "admin"} if role else {})})
    assert sorted(after.person(LEA).groups) == sorted({*was.groups, GROUPS[0]} - {gone})
    assert connector.edit(wanted, overrides=[Guard.ADMIN_ROLE]).result is Result.ALREADY
    assert_nothing_happened(after, console.books())


def test_what_this_edition_cannot_say_is_refused_before_anything_is_sent(
    connector: Connector, console: MockConsole, edition: str
) -> None:
    if edition == "people":
        # Everything can be said here; what cannot be taken back is refused all the same: a group that is not there.
        outcome = connector.invite("ottilie@northwind.example", "Ottilie", "New", Role.LEARNER, ["No such group"])
    else:
        outcome = connector.invite("ottilie@northwind.example", "Ottilie", "New", Role.CONTENT_CREATOR)
        assert "content_creator" in outcome.message
    before = console.books()
    assert outcome.result is Result.REFUSED
    assert before.find("ottilie@northwind.example") is None
    assert [mail for mail in before.mails if mail.to.startswith("ottilie")] == []


def test_a_reading_right_after_another_has_everybody_as_well(connector: Connector, console: MockConsole) -> None:
    everybody = {booked.email for booked in console.books().people}
    for _ in range(2):
        assert {person.email for person in connector.people()} == everybody


def test_seats_are_those_of_the_books(connector: Connector, console: MockConsole) -> None:
    books = console.books()
    (pool,) = connector.seats().pools
    assert (pool.name, pool.used, pool.total) == ("licensed", books.seats_used, books.seats_total)


def test_an_export_has_everybody_with_groups_and_managers(connector: Connector, console: MockConsole) -> None:
    before = console.books()
    people = {person.email: person for person in connector.export()}
    assert people.keys() == {booked.email for booked in before.people}
    for booked in before.people:
        assert sorted(people[booked.email].groups or ()) == sorted(booked.groups)
        assert sorted(people[booked.email].managers or ()) == sorted(booked.managers)
    assert_only_changed(before, console.books(), {})
