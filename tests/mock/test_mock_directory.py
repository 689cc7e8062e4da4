"""Who is in the directory at the start, and that it depends on the seed alone."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.mock_console.directory import Directory
from fixtures.mock_console.people import Draft, Person, Role, Status
from fixtures.mock_console.rules import Refused
from fixtures.mock_console.seeding import seed_people

TODAY = datetime(2026, 3, 5, tzinfo=UTC)
ADMIN = "connector@northwind.example"


@given(seed=st.integers(0, 10**6), count=st.integers(30, 80))
@settings(max_examples=25)
def test_whatever_the_seed_the_awkward_people_are_there(seed: int, count: int) -> None:
    people = seed_people(count, seed, ADMIN, TODAY)
    assert len(people) == count
    emails = [person.email.casefold() for person in people]
    assert len(set(emails)) == count, "addresses are unique"
    assert max(Counter(person.name for person in people).values()) > 1, "namesakes"
    assert {"ann@northwind.example", "joann@northwind.example", "ann@northwind.example.org"} <= set(emails)
    assert any(not person.name.isascii() for person in people)
    assert any("'" in person.name for person in people)
    assert any("-" in person.name for person in people)
    assert {person.status for person in people} == set(Status)
    assert {person.role for person in people} == set(Role)
    assert any(person.scim_managed for person in people)
    assert {len(person.groups) for person in people} >= {0, 1, 2, 4}
    assert any(person.managers for person in people)
    active = [person for person in people if person.status is Status.ACTIVE]
    assert any(person.last_login is None for person in active)
    assert any(person.last_login and TODAY - person.last_login > timedelta(days=180) for person in active)
    by_id = {person.id: person for person in people}
    assert all(by_id[manager].role is not Role.LEARNER for person in people for manager in person.managers)
    assert all(person.last_login is None for person in people if person.status is Status.INVITED)


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    def people(seed: int) -> list[Person]:
        return seed_people(212, seed, ADMIN, TODAY)

    assert people(7) == people(7)
    assert people(7) != people(8)


def test_last_logins_keep_their_distance_to_the_day_of_the_start() -> None:
    later = TODAY + timedelta(days=11)
    for before, after in zip(seed_people(60, 3, ADMIN, TODAY), seed_people(60, 3, ADMIN, later), strict=True):
        assert before.email == after.email
        if before.last_login is None:
            assert after.last_login is None
        else:
            assert after.last_login == before.last_login + timedelta(days=11)


def test_about_a_tenth_is_managed_by_scim_and_twenty_seats_are_free() -> None:
    directory = Directory(people=2000)
    scim = sum(person.scim_managed for person in directory.everybody())
    assert 140 < scim < 260
    seats = directory.seats()
    assert seats.total - seats.used - seats.pending == 20


@pytest.mark.parametrize("count", [1, 2, 5, 29])
def test_a_small_directory_starts_with_the_admin(count: int) -> None:
    people = seed_people(count, 1, ADMIN, TODAY)
    assert len(people) == count
    assert people[0].email == ADMIN
    assert people[0].role is Role.ADMIN


_texts = st.text(max_size=20)


@given(
    email=st.one_of(_texts, st.emails(), st.sampled_from(["ann@northwind.example", "New.Person@example.com"])),
    first=_texts,
    last=_texts,
    role=st.one_of(_texts, st.sampled_from([*Role])),
    groups=st.lists(_texts, max_size=3),
    managers=st.lists(st.one_of(_texts, st.emails()), max_size=3),
)
@settings(max_examples=150)
def test_an_invitation_changes_nothing_or_adds_exactly_what_it_says(
    email: str, first: str, last: str, role: str, groups: list[str], managers: list[str]
) -> None:
    directory = Directory(people=30)
    before = directory.everybody()
    draft = Draft(
        email=email, first_name=first, last_name=last, role=role, groups=tuple(groups), managers=tuple(managers)
    )
    person = None
    with contextlib.suppress(Refused):
        (person,) = directory.invite("admin@northwind.example", draft)
    if person is None:
        assert directory.everybody() == before
        assert not directory.events
        assert not directory.mails
        return
    added = [each for each in directory.everybody() if each.id not in {old.id for old in before}]
    assert person in added
    assert person.status is Status.INVITED
    assert {each.email for each in added} - {person.email} <= set(managers)
    assert [mail.to for mail in directory.mails] == [each.email for each in added]
    assert {group.casefold() for group in person.groups} == {group.strip().casefold() for group in groups}
    numbers = [event.number for event in directory.events]
    assert numbers == list(range(1, len(numbers) + 1))


def draft(email: str) -> Draft:
    return Draft(email=email, first_name="A", last_name="B")


def test_people_of_other_domains_take_their_seats_from_a_pool_of_their_own() -> None:
    directory = Directory(people=60, seats=None, external_seats=2, admin_email=ADMIN, today=TODAY)
    outsiders = [person for person in directory.everybody() if not person.email.endswith("@northwind.example")]
    assert [person.status for person in outsiders] == [Status.ACTIVE]
    internal, external = directory.seats(), directory.seats(external=True)
    assert (external.used, external.total, external.free) == (1, 2, 1)
    assert internal.used == directory.store.counts[Status.ACTIVE] - 1
    with pytest.raises(Refused, match="No seats available"):
        directory.invite(ADMIN, draft("x@fabrikam.example"), draft("y@fabrikam.example"))
    directory.invite(ADMIN, draft("x@fabrikam.example"), draft("new@northwind.example"))
    with pytest.raises(Refused, match="No seats available"):
        directory.invite(ADMIN, draft("y@fabrikam.example"))
    directory.invite(ADMIN, draft("another@northwind.example"))
