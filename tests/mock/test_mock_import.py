"""Import Users: template, upload, review, import, result."""

from __future__ import annotations

import re

import pytest

from fixtures.mock_console.roster_file import MAX_BYTES, FileRefused, read_upload
from fixtures.mock_console.visitor import Visitor

HEADER = "Email,First Name,Last Name,Manager Emails,Groups,Role\r\n"
GOOD = 'one@example.com,One,Öne,daniel.kim@northwind.example;boss@example.com,"Sales, EMEA;Brand New",Admin\r\n'
GOOD_2 = "two@example.com,Two,O'Two,,,\r\n"
BAD = "broken,Bro,Ken,,,Learner\r\nann@northwind.example,Ann,Lee,,,Learner\r\none@example.com,One,Twice,,,Boss\r\n"


def _upload(admin: Visitor, text: str) -> str:
    page = admin.upload(text.encode())
    assert page.status_code == 200
    return page.url.path


def test_the_template_has_the_documented_columns_in_order(admin: Visitor) -> None:
    answer = admin.http.get("/admin/users/import/template.csv")
    assert answer.text.splitlines()[0] == "Email,First Name,Last Name,Manager Emails,Groups,Role"
    rows = read_upload(answer.content)
    assert rows[0].draft.email == "alex.doe@example.com"
    assert rows[0].draft.groups == ("Sales", "New Hires")


def test_a_good_file_is_imported_once_with_everything_in_it(admin: Visitor) -> None:
    before = admin.mock.books()
    path = _upload(admin, HEADER + GOOD + GOOD_2)
    review = admin.get(path).text
    assert "2 ready to import, 0 with errors" in review
    assert "Skip rows with errors" not in review
    assert admin.mock.books() == before, "nothing is imported by looking"
    result = admin.submit(path, follow_redirects=True)
    assert "2 users imported, 0 rows skipped" in result.text
    books = admin.mock.books()
    one = books.person("one@example.com")
    assert (one.first_name, one.last_name, one.role, one.status) == ("One", "Öne", "admin", "invited")
    assert one.groups == ("Sales, EMEA", "Brand New")
    assert one.managers == ("daniel.kim@northwind.example", "boss@example.com")
    assert books.person("two@example.com").role == "learner"
    assert {event.origin for event in books.events_of("invited")} == {"import"}
    assert [mail.to for mail in books.mails] == ["one@example.com", "boss@example.com", "two@example.com"]
    (imported,) = books.events_of("imported")
    assert (imported.details["rows"], imported.details["added"]) == (2, 2)
    assert admin.submit(path).headers["location"].endswith("/result")
    assert admin.mock.books() == books, "a second click changes nothing"
    assert list(books.people[: len(before.people)]) == list(before.people)


def test_bad_rows_are_named_and_left_out_only_on_request(admin: Visitor) -> None:
    path = _upload(admin, HEADER + GOOD_2 + GOOD + BAD)
    review = admin.get(path).text
    assert "2 ready to import, 3 with errors" in review
    for problem in ("valid email address", "already exists", "already in row 3", "There is no role “Boss”"):
        assert problem in review
    before = admin.mock.books()
    refused = admin.send(path)
    assert (refused.status_code, "skip the rows" in refused.json()["message"]) == (422, True)
    assert admin.mock.books() == before
    result = admin.submit(path, {"skip_bad_rows": "yes"}, follow_redirects=True)
    assert "2 users imported, 3 rows skipped" in result.text
    assert re.findall(r"<td>(\d+)</td>", result.text) == ["4", "5", "6"]
    assert len(admin.mock.books().people) == len(before.people) + 3


def test_rows_without_a_seat_are_bad_rows(admin: Visitor) -> None:
    counted = sum(person.status != "deactivated" for person in admin.mock.books().people)
    admin.mock.reset(seats=counted + 1)
    path = _upload(admin, HEADER + GOOD + GOOD_2)
    assert "No seats available." in admin.get(path).text
    admin.submit(path, {"skip_bad_rows": "yes"})
    books = admin.mock.books()
    assert books.find("one@example.com") is None, "one needs a second seat for the unknown manager"
    assert books.person("two@example.com").status == "invited"


def test_who_came_between_review_and_import_is_not_invited_twice(admin: Visitor) -> None:
    path = _upload(admin, HEADER + GOOD_2)
    admin.send("/admin/users/invite", {"email": "TWO@example.com", "first_name": "T", "last_name": "W"})
    result = admin.submit(path, follow_redirects=True)
    assert "0 users imported, 1 row skipped" in result.text
    assert len(admin.mock.books().events_of("invited")) == 1


def test_a_file_with_nothing_good_imports_nothing(admin: Visitor) -> None:
    path = _upload(admin, HEADER + "broken,,,,,\r\n")
    assert admin.send(path, {"skip_bad_rows": "yes"}).status_code == 422
    assert admin.mock.books().events_of("imported") == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\x89PNG\r\n\xff\xfe", "not a CSV"),
        (b"Email,First Name,Last Name\na\0b@example.com,A,B\n", "not a CSV"),
        (b"Name,Mail\nA,b@example.com\n", "Missing required columns: Email, First Name, Last Name"),
        (b"Email,First Name,Last Name\n", "no users"),
        (b"Email,Email,First Name,Last Name\nx,y,z,w\n", "twice"),
        (b'Email,First Name,Last Name\n"unbalanced,A,B\n', "not valid CSV"),
        (b"x" * (MAX_BYTES + 1), "5 MB"),
        (b"Email,First Name,Last Name\n" + b"a,b,c\n" * 10_001, "10,000"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(admin: Visitor, content: bytes, says: str) -> None:
    before = admin.mock.books()
    answer = admin.upload(content)
    assert answer.status_code == 422
    assert says in answer.text
    with pytest.raises(FileRefused, match=re.escape(says)):
        read_upload(content)
    assert admin.mock.books() == before


def test_columns_may_come_in_any_order_and_with_a_byte_order_mark(admin: Visitor) -> None:
    text = "\ufeffRole,Last name,E-mail,First name\nAuthor,Last,bom@example.com,First\n"
    path = _upload(admin, text)
    admin.submit(path)
    person = admin.mock.books().person("bom@example.com")
    assert (person.first_name, person.last_name, person.role) == ("First", "Last", "content_creator")


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    rows = read_upload(b'Email,First Name,Last Name\na@example.com,"A\nA",B\n\nc@example.com,C,D\n')
    assert [row.line for row in rows] == [2, 5]


def test_no_file_and_an_unknown_import_are_told(admin: Visitor) -> None:
    assert "Choose a CSV file." in admin.submit("/admin/users/import").text
    assert admin.get("/admin/users/import/nope").status_code == 404
    assert admin.submit("/admin/users/import/nope").status_code == 404
