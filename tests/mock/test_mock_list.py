"""The People screen: search, filters, order, pages, export, counts."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from fixtures.mock_console.listing import Query
from fixtures.mock_console.visitor import Visitor, addresses_listed


def _walk(admin: Visitor, path: str) -> list[str]:
    found: list[str] = []
    for number in range(1, 1000):
        page = admin.get(f"{path}{'&' if '?' in path else '?'}page={number}")
        found += addresses_listed(page)
        if 'rel="next"' not in page.text:
            return found
    raise AssertionError("the pager has no end")


def test_the_pages_show_everybody_once_in_the_order_of_names(admin: Visitor) -> None:
    books = admin.mock.books()
    page = admin.get("/admin/users")
    assert len(addresses_listed(page)) == 25
    assert "Showing 1-25 of 212" in page.text
    assert "Showing 201-212 of 212" in admin.get("/admin/users?page=9").text
    walked = _walk(admin, "/admin/users")
    assert len(walked) == 212
    assert set(walked) == {person.email for person in books.people}
    names = [f"{books.person(email).first_name} {books.person(email).last_name}".casefold() for email in walked]
    assert names == sorted(names)


def test_the_search_finds_parts_of_names_and_addresses_whatever_their_case(admin: Visitor) -> None:
    for needle in ("ann@", "GARCIA", "o'brien", "山田", "Żół", "nguyễn thị"):
        expected = {
            person.email
            for person in admin.mock.books().people
            if needle.casefold() in f"{person.first_name} {person.last_name} {person.email}".casefold()
        }
        assert set(_walk(admin, str(Query(search=needle).url()))) == expected
    found = _walk(admin, "/admin/users?search=ann@northwind.example")
    assert {"ann@northwind.example", "joann@northwind.example", "ann@northwind.example.org"} <= set(found)


@pytest.mark.parametrize(
    ("shown", "status"), [("active", "active"), ("invited", "invited"), ("inactive", "deactivated")]
)
def test_the_status_filter_shows_exactly_those(admin: Visitor, shown: str, status: str) -> None:
    expected = {person.email for person in admin.mock.books().people if person.status == status}
    assert expected
    assert set(_walk(admin, f"/admin/users?status={shown}")) == expected


@pytest.mark.parametrize("shown", ["never", "within-30", "within-90", "over-30", "over-90", "over-180"])
def test_the_last_login_filter_shows_exactly_those(admin: Visitor, shown: str) -> None:
    now = datetime.now(UTC)

    def is_meant(last_login: datetime | None) -> bool:
        if last_login is None:
            return shown == "never"
        kind, _, days = shown.partition("-")
        if kind == "within":
            return now - last_login <= timedelta(days=int(days))
        return kind == "over" and now - last_login > timedelta(days=int(days))

    expected = {person.email for person in admin.mock.books().people if is_meant(person.last_login)}
    assert expected
    assert set(_walk(admin, f"/admin/users?last_login={shown}")) == expected


def test_a_search_without_result_says_so(admin: Visitor) -> None:
    page = admin.get("/admin/users?search=nobody-is-called-that")
    assert "No people found" in page.text
    assert addresses_listed(page) == []


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=x", "page=99999999999999999999", "status=%00", "sort=;"])
def test_an_address_that_makes_no_sense_still_shows_the_list(admin: Visitor, query: str) -> None:
    page = admin.get(f"/admin/users?{query}")
    assert page.status_code == 200
    assert addresses_listed(page)


def test_counts_and_seats_are_those_of_the_books(admin: Visitor) -> None:
    books = admin.mock.books()
    text = admin.get("/admin/users").text
    assert f"{books.seats_used} of {books.seats_total} seats used" in text
    inactive = sum(person.status == "deactivated" for person in books.people)
    assert f"212 people: {books.seats_used} active, {inactive} inactive" in text


def test_the_headers_sort_up_and_down(admin: Visitor) -> None:
    up = _walk(admin, "/admin/users?sort=email")
    assert up == sorted(up, key=str.casefold)
    assert _walk(admin, "/admin/users?sort=-email") == up[::-1]


def test_last_logins_are_shown_for_people_with_the_exact_time_behind(admin: Visitor) -> None:
    admin.mock.change_person("ann@northwind.example", last_login="2026-03-04T09:12:00+00:00")
    text = admin.get("/admin/users?search=ann@northwind.example").text
    assert '<time datetime="2026-03-04T09:12:00Z">Mar 4, 2026, 9:12 AM</time>' in text
    assert "Never" in admin.get("/admin/users?search=tomas.silva").text


def test_the_export_holds_everybody_who_matches(admin: Visitor) -> None:
    books = admin.mock.books()
    answer = admin.http.get("/admin/users/export?status=inactive")
    assert answer.headers["content-disposition"].startswith('attachment; filename="people-')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["Email"] for row in rows} == {p.email for p in books.people if p.status == "deactivated"}
    everybody = list(csv.DictReader(io.StringIO(admin.http.get("/admin/users/export").text)))
    for row in everybody:
        person = books.person(row["Email"])
        assert row["Groups"] == ";".join(person.groups)
        assert row["Managers"] == ";".join(person.managers)
        assert row["Provisioned By"] == ("SCIM" if person.scim_managed else "")
    assert [event.details["people"] for event in admin.mock.books().events_of("exported")] == [len(rows), 212]


def test_what_people_typed_is_shown_as_text(admin: Visitor) -> None:
    evil = "<script>alert(1)</script>"
    admin.mock.change_person("ann@northwind.example", first_name=evil, last_name='"><img src=x>', groups=[evil])
    ann = admin.mock.books().person("ann@northwind.example")
    for path in (
        "/admin/users?search=ann@northwind.example",
        f"/admin/users?search={evil}",
        f"/admin/users/{ann.id}",
        f"/admin/users/{ann.id}/deactivate",
        "/admin/users/invite",
        "/admin/groups",
    ):
        text = admin.get(path).text
        assert "alert(1)" in text or path.endswith("example"), path
        assert "<script>alert" not in text
        assert "<img" not in text
