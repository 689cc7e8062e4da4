"""Reading: everybody exactly once, one person with all her details, and nothing changed by looking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector import Connector
from connector.errors import InputError, PersonNotFound, Refused
from connector.models import Guard, Person, Role, Status
from fixtures.mock_console import BookedPerson, Books, MockConsole
from tests.conftest import lane_of
from tests.flows.oracle import assert_nothing_happened


def in_the_console_s_order(books: Books) -> list[BookedPerson]:
    """By name, as the list is sorted unless it is asked otherwise; somebody without a name by address."""

    def key(person: BookedPerson) -> tuple[str, str]:
        name = f"{person.first_name} {person.last_name}".strip() or person.email
        return name.casefold(), person.email.casefold()

    return sorted(books.people, key=key)


def assert_shown_as_booked(shown: Person, booked: BookedPerson) -> None:
    """Everything that is told is so; what a list cannot tell for sure is None."""
    assert shown.email == booked.email
    if shown.first_name is not None or len(f"{booked.first_name} {booked.last_name}".split()) == 2:
        assert (shown.first_name, shown.last_name) == (booked.first_name, booked.last_name)
    assert shown.role is Role(booked.role)
    assert shown.status is Status(booked.status)
    assert shown.groups is not None
    assert sorted(shown.groups) == sorted(booked.groups)
    assert shown.managers in (None, booked.managers)
    assert shown.last_login == booked.last_login
    assert bool(shown.scim_managed) is booked.scim_managed


def test_list_shows_everybody_exactly_once_as_the_books_have_them(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert len(before.people) > 2 * 25
    found = connector.people()
    assert [person.email for person in found] == [person.email for person in in_the_console_s_order(before)]
    for person in found:
        assert_shown_as_booked(person, before.person(person.email))
    assert_nothing_happened(before, mock.books())


def test_people_without_a_name_or_with_markup_in_it_are_listed_like_others(
    connector: Connector, mock: MockConsole
) -> None:
    mock.change_person("ann@northwind.example", first_name="", last_name="")
    mock.change_person("joann@northwind.example", first_name="<b>Jo", last_name="Ann</b>&amp;")
    books = mock.books()
    found = {person.email: person for person in connector.people()}
    assert found.keys() == {person.email for person in books.people}
    for person in found.values():
        assert_shown_as_booked(person, books.person(person.email))
    assert found["ann@northwind.example"].first_name is None


def test_a_name_is_no_scim_mark(connector: Connector, mock: MockConsole) -> None:
    address = "sam.reyes@northwind.example"
    mock.change_person(address, first_name="SCIM", last_name="Admin")
    books = mock.books()
    assert_shown_as_booked(next(each for each in connector.people(search=address)), books.person(address))
    assert_shown_as_booked(connector.person(address), books.person(address))


def test_a_thousand_and_more_are_listed_each_exactly_once_and_one_of_them_is_shown_without_paging(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    mock.reset(people=1200)
    books = mock.books()
    told: list[tuple[int, int | None]] = []
    monkeypatch.setattr(connector, "_progress", lambda what, done, total: told.append((done, total)))
    found = connector.people()
    assert [person.email for person in found] == [person.email for person in in_the_console_s_order(books)]
    assert told[0] == (25, 1200)
    assert told[-1] == (1200, 1200)

    somebody = in_the_console_s_order(books)[1000]
    before = lane_of(connector).traffic.mark()
    assert_shown_as_booked(connector.person(somebody.email), somebody)
    assert lane_of(connector).traffic.mark() - before <= 5


@pytest.mark.parametrize("status", Status)
def test_the_status_narrows_the_list(connector: Connector, mock: MockConsole, status: Status) -> None:
    mock.reset(people=30)
    expected = [person.email for person in in_the_console_s_order(mock.books()) if person.status == status]
    assert expected
    assert [person.email for person in connector.people(status=status)] == expected


def test_role_group_and_last_login_narrow_the_list(connector: Connector, mock: MockConsole) -> None:
    mock.reset(people=30)
    people = in_the_console_s_order(mock.books())
    unseen_since = datetime.now(UTC) - timedelta(days=90)
    managers = [person.email for person in people if person.role == "manager"]
    assert [person.email for person in connector.people(role=Role.MANAGER)] == managers
    for group in ("Sales", 'Ramp "Fast Track"'):
        members = [person.email for person in people if group in person.groups]
        assert members
        assert [person.email for person in connector.people(group=group)] == members
    unseen = [person.email for person in people if person.last_login is None or person.last_login < unseen_since]
    assert [person.email for person in connector.people(not_seen_for=90)] == unseen


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("ann@northwind.example", {"ann@northwind.example", "joann@northwind.example", "ann@northwind.example.org"}),
        ("GARCIA", {"maria.garcia@northwind.example", "maria.garcia2@northwind.example"}),
        ("o'brien", {"siobhan.o'brien@northwind.example"}),
        ("山田", {"yamada.taro@northwind.example"}),
        ("lms", {"raj.patel+lms@northwind.example"}),
        ("nobody at all", set()),
    ],
)
def test_a_search_finds_what_the_console_finds(
    connector: Connector, mock: MockConsole, term: str, expected: set[str]
) -> None:
    found = [person.email for person in connector.people(search=term)]
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize(
    "address",
    [
        "siobhan.o'brien@northwind.example",
        "anh.nguyen@northwind.example",
        "yamada.taro@northwind.example",
        "lea.fischer@northwind.example",
        "aiko.tanaka@northwind.example",
        "kofi.mensah@northwind.example",
        "helen.brandt@northwind.example",
        "tomas.silva@northwind.example",
        "raj.patel+lms@northwind.example",
        "grace.okafor@northwind.example",
    ],
)
def test_show_tells_all_that_the_books_know(connector: Connector, mock: MockConsole, address: str) -> None:
    before = mock.books()
    booked, shown = before.person(address), connector.person(address)
    assert_shown_as_booked(shown, booked)
    assert (shown.first_name, shown.last_name, shown.managers) == (booked.first_name, booked.last_name, booked.managers)
    assert_nothing_happened(before, mock.books())


def test_show_takes_the_whole_address_in_any_case(connector: Connector) -> None:
    assert connector.person("ANN@Northwind.Example").email == "ann@northwind.example"
    assert connector.person("ann@northwind.example.org").email == "ann@northwind.example.org"
    for part in ("nn@northwind.example", "ann@northwind.example.or"):
        with pytest.raises(PersonNotFound):
            connector.person(part)
    with pytest.raises(InputError):
        connector.person("ann")


def test_show_of_a_look_alike_is_refused_and_names_the_twin(connector: Connector) -> None:
    with pytest.raises(Refused, match=r"lea\.fischer@northwind\.example") as refused:
        connector.person("1ea.fischer@northwind.example")
    assert refused.value.guard is Guard.LOOK_ALIKE
