"""The settings and the legacy edition: their ways, words, forms and files, in every dialect."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator

import pytest

from fixtures.mock_console import MockConsole
from fixtures.mock_console.editions import EDITIONS
from fixtures.mock_console.options import DIALECTS
from fixtures.mock_console.visitor import Fields, Visitor

SETTINGS, LEGACY = "/admin/settings/users", "/settings/users"


@pytest.fixture
def settings(mock: MockConsole) -> Iterator[Visitor]:
    yield from _guest(mock, "settings")


@pytest.fixture
def legacy(mock: MockConsole) -> Iterator[Visitor]:
    yield from _guest(mock, "legacy")


def _guest(mock: MockConsole, edition: str) -> Iterator[Visitor]:
    mock.reset(edition=edition)
    with Visitor(mock) as visitor:
        visitor.sign_in()
        yield visitor


def _text(visitor: Visitor, path: str) -> str:
    markup = re.sub(r"<(script|style|template).*?</\1>", " ", visitor.get(path, follow_redirects=True).text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def test_addresses_go_to_and_fro_between_an_edition_and_its_screens() -> None:
    for edition in EDITIONS.values():
        for path in ("/admin", "/admin/users", "/admin/users/10001/deactivate", "/admin/groups", "/admin/settings"):
            assert edition.inside(edition.outside(path)) == path, (edition.name, path)
        for path in ("/login", "/assets/1/console.css", "/api/suggest/people"):
            assert edition.inside(path) == path


def test_the_ways_there_are_those_of_the_edition(settings: Visitor) -> None:
    assert settings.get("/admin/users").headers["location"] == SETTINGS
    assert settings.get("/admin/users/10008").status_code == 404
    assert settings.get(f"{SETTINGS}/10008").status_code == 404, "there is no person page"
    assert "Settings" in _text(settings, "/admin")
    assert "Users" in _text(settings, "/admin/settings")
    settings.mock.reset(edition="legacy")
    assert settings.get("/").headers["location"] == "/home"
    for path in ("/admin", "/admin/users", SETTINGS, "/home/users"):
        assert settings.get(path).status_code == 404, path
    assert settings.get(LEGACY).status_code == 200


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_words_of_the_settings_edition(settings: Visitor, dialect: str) -> None:
    settings.mock.reset(dialect=dialect, table="pager")
    page = _text(settings, f"{SETTINGS}?search=northwind")
    for word in ("Confirm Learn:Up", "WorkRamp Learn:Up", "Users", "Invite Users", "Import", "Deactivated", "Admin"):
        assert word in page
    for word in ("Inactive", "Active", "Last Login", "Content Creator", "Learner"):
        assert word not in page.replace("Active people", "")
    markup = html.unescape(settings.get(f"{SETTINGS}?search=lea.fischer").text)
    for word in ("Edit User Information", "Make Admin", "Deactivate", "Permanently Delete"):
        assert word in markup
    markup = html.unescape(settings.get(f"{SETTINGS}?search=helen.brandt").text)
    assert "Reactivate" in markup
    dialog = settings.get(f"{SETTINGS}/invite").text
    for word in ("Invite Users", "Email addresses", "Groups", "Managers", "Make these users admins", "Invite"):
        assert word in dialog
    drawer = settings.get(f"{SETTINGS}/10026/edit").text
    for word in ("Edit User Information", "Details", "Managers", "Groups", "Custom Attributes", "Admin", "Save"):
        assert word in drawer


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_words_of_the_legacy_edition(legacy: Visitor, dialect: str) -> None:
    legacy.mock.reset(dialect=dialect, table="pager")
    page = _text(legacy, f"{LEGACY}?search=lea.fischer")
    assert "Invite New User" in page
    for word in ("Last Login", "Status", "Role"):
        assert word not in page
    markup = html.unescape(legacy.get(f"{LEGACY}?search=lea.fischer").text)
    for word in ("Edit Group", "Edit Managers", "Deactivate This User", "Permanently Delete This User"):
        assert word in markup
    assert "Reactivate" in _text(legacy, f"{LEGACY}?search=helen.brandt")
    dialog = legacy.get(f"{LEGACY}/invite").text
    for word in ("Invite New User", "Email addresses", "Group", "Add Manager", "Invite"):
        assert word in dialog


def test_a_pasted_list_is_invited_with_groups_managers_and_toggle(settings: Visitor) -> None:
    before = settings.mock.books()
    fields: Fields = {
        "emails": "One@example.com, two@example.com;\r\n three@example.com one@EXAMPLE.com",
        "lists": ["groups", "managers"],
        "groups": ["R&D", "Brand New"],
        "managers": ["daniel.kim@northwind.example", "two@example.com"],
        "admin": "yes",
    }
    refused = settings.send(f"{SETTINGS}/invite", fields)
    assert "own manager" in refused.json()["errors"]["emails"]
    assert settings.mock.books() == before
    answer = settings.send(f"{SETTINGS}/invite", {**fields, "managers": "daniel.kim@northwind.example"})
    assert "3 invitations sent" in answer.json()["toast"]
    books = settings.mock.books()
    for email in ("One@example.com", "two@example.com", "three@example.com"):
        person = books.person(email)
        assert (person.role, person.status, person.first_name) == ("admin", "invited", "")
        assert person.groups == ("R&D", "Brand New")
        assert person.managers == ("daniel.kim@northwind.example",)
    assert len(books.mails) == 3
    assert list(books.people[:212]) == list(before.people)


@pytest.mark.parametrize(
    ("emails", "says", "status"),
    [
        ("", "at least one", 422),
        ("good@example.com broken", "broken: Enter a valid", 422),
        ("good@example.com ann@northwind.example", "ann@northwind.example: A user with", 409),
    ],
)
def test_one_bad_address_keeps_the_whole_list_back(settings: Visitor, emails: str, says: str, status: int) -> None:
    before = settings.mock.books()
    answer = settings.send(f"{SETTINGS}/invite", {"emails": emails})
    assert answer.status_code == status
    assert says in answer.json()["errors"]["emails"]
    assert settings.mock.books() == before


def test_a_list_is_refused_as_a_whole_when_seats_are_short(settings: Visitor) -> None:
    counted = sum(person.status != "deactivated" for person in settings.mock.books().people)
    settings.mock.reset(seats=counted + 2)
    assert settings.send(f"{SETTINGS}/invite", {"emails": "a@x.example b@x.example c@x.example"}).status_code == 409
    assert settings.send(f"{SETTINGS}/invite", {"emails": "a@x.example b@x.example"}).status_code == 200


def test_the_drawer_saves_name_address_toggle_managers_and_groups(settings: Visitor) -> None:
    before = settings.mock.books()
    lea = before.person("lea.fischer@northwind.example")
    fields: Fields = {
        "name": "Lea Marie Fischer",
        "email": "lea@northwind.example",
        "lists": ["admin", "managers", "groups"],
        "admin": "yes",
        "managers": "daniel.kim@northwind.example",
        "groups": ["R&D"],
    }
    assert settings.send(f"{SETTINGS}/{lea.id}", fields).status_code == 200
    books = settings.mock.books()
    after = books.person("lea@northwind.example")
    assert (after.first_name, after.last_name, after.role) == ("Lea Marie", "Fischer", "admin")
    assert (after.groups, after.managers) == (("R&D",), ("daniel.kim@northwind.example",))
    assert [p for p in books.people if p.id != lea.id] == [p for p in before.people if p.id != lea.id]
    settings.send(f"{SETTINGS}/{lea.id}", {**fields, "admin": ""})
    assert settings.mock.books().person("lea@northwind.example").role == "learner"


def test_saving_the_drawer_unchanged_keeps_names_and_roles_it_cannot_say(settings: Visitor) -> None:
    before = settings.mock.books()
    for email in ("anh.nguyen@northwind.example", "olu.adeyemi@northwind.example", "daniel.kim@northwind.example"):
        person = before.person(email)
        fields: Fields = {
            "name": f"{person.first_name} {person.last_name}",
            "email": person.email,
            "lists": ["admin", "managers", "groups"],
            "managers": list(person.managers),
            "groups": list(person.groups),
        }
        assert settings.send(f"{SETTINGS}/{person.id}", fields).status_code == 200
    assert settings.mock.books() == before


def test_make_admin_and_back(settings: Visitor) -> None:
    assert "is now an admin" in settings.send(f"{SETTINGS}/10008/make-admin").json()["toast"]
    assert settings.mock.books().person("ann@northwind.example").role == "admin"
    settings.send(f"{SETTINGS}/10008/remove-admin")
    assert settings.mock.books().person("ann@northwind.example").role == "learner"
    own = settings.send(f"{SETTINGS}/10001/remove-admin")
    assert own.status_code == 409


def test_permanent_deletion_happens_at_once_and_stands_in_the_books(settings: Visitor) -> None:
    before = settings.mock.books()
    assert settings.send(f"{SETTINGS}/10004/delete").status_code == 200
    books = settings.mock.books()
    assert books.find("daniel.kim@northwind.example") is None
    assert [event.subject for event in books.events_of("permanently_deleted")] == ["daniel.kim@northwind.example"]
    assert books.seats_used == before.seats_used - 1
    assert books.person("ann@northwind.example").managers == ()
    assert len(books.people) == len(before.people) - 1
    assert settings.send(f"{SETTINGS}/10001/delete").status_code == 409


def test_an_invited_person_is_shown_as_user_and_has_an_invitation_to_resend(settings: Visitor) -> None:
    settings.mock.reset(table="pager")
    page = settings.get(f"{SETTINGS}?search=noor.haddad").text
    assert "Resend Invitation" in page
    assert ">User<" in page
    settings.send(f"{SETTINGS}/10020/resend")
    assert [mail.kind for mail in settings.mock.books().mails] == ["reminder"]


def test_the_settings_export_has_the_columns_of_the_edition(settings: Visitor) -> None:
    rows = list(csv.DictReader(io.StringIO(settings.http.get(f"{SETTINGS}/export").text)))
    assert list(rows[0]) == ["First Name", "Last Name", "Email", "Groups", "Managers", "Status"]
    assert {row["Status"] for row in rows} == {"User", "Admin", "Deactivated"}


def test_the_settings_import_knows_no_role_and_needs_no_names(settings: Visitor) -> None:
    path = f"{SETTINGS}/import"

    def upload(content: bytes) -> str:
        answer = settings.http.post(
            path, data={"csrf_token": settings.token}, files={"file": ("u.csv", content)}, follow_redirects=True
        )
        settings.get(answer.url.path)
        return str(answer.url.path) if answer.status_code == 200 else answer.text

    assert "Unknown column “role”" in upload(b"Email,First Name,Last Name,Role\na@x.example,A,B,Admin\n")
    job = upload(b"Email,First Name,Last Name,Manager Emails,Groups\na@x.example,,,,R&D;New Hires\n")
    assert "1 user imported" in settings.submit(job, follow_redirects=True).text
    person = settings.mock.books().person("a@x.example")
    assert (person.role, person.groups) == ("learner", ("R&D", "New Hires"))
    template = settings.http.get(f"{path}/template.csv").text
    assert template.splitlines()[0] == "Email,First Name,Last Name,Manager Emails,Groups"


def test_the_legacy_import_takes_columns_by_position(legacy: Visitor) -> None:
    content = (
        b"one@example.com,One,Er,daniel.kim@northwind.example;priya.raman@northwind.example,Sales;R&D\n"
        b"two@example.com,Two,Er,,,Admin\n"
        b"three@example.com\n"
    )
    answer = legacy.http.post(
        f"{LEGACY}/import", data={"csrf_token": legacy.token}, files={"file": ("u.csv", content)}, follow_redirects=True
    )
    assert "2 ready to import, 1 with errors" in answer.text
    assert "This row has 6 columns, 5 are expected." in answer.text
    legacy.submit(answer.url.path, {"skip_bad_rows": "yes"})
    books = legacy.mock.books()
    one = books.person("one@example.com")
    assert (one.first_name, one.last_name, one.groups) == ("One", "Er", ("Sales", "R&D"))
    assert one.managers == ("daniel.kim@northwind.example", "priya.raman@northwind.example")
    assert books.find("two@example.com") is None
    assert books.person("three@example.com").status == "invited"


def test_the_legacy_list_takes_a_group_and_a_manager_for_each(legacy: Visitor) -> None:
    fields: Fields = {
        "emails": "one@example.com\ntwo@example.com\nann@northwind.example",
        "groups": "Brand New",
        "manager_of:one@example.com": "daniel.kim@northwind.example",
        "manager_of:two@example.com": ["grace.okafor@northwind.example", "boss@example.com"],
    }
    answer = legacy.send(f"{LEGACY}/invite", fields)
    assert "2 invitations sent. Already a user: ann@northwind.example" in answer.json()["toast"]
    books = legacy.mock.books()
    assert books.person("one@example.com").managers == ("daniel.kim@northwind.example",)
    assert books.person("two@example.com").managers == ("grace.okafor@northwind.example", "boss@example.com")
    assert books.person("one@example.com").groups == books.person("two@example.com").groups == ("Brand New",)
    assert len(books.events_of("invited", "ann@northwind.example")) == 0
    again = legacy.send(f"{LEGACY}/invite", {"emails": "one@example.com"})
    assert again.status_code == 409


def test_the_legacy_menu_edits_groups_and_managers_one_by_one(legacy: Visitor) -> None:
    assert "lea.fischer@northwind.example" in legacy.get(f"{LEGACY}/10026/groups").text
    legacy.send(f"{LEGACY}/10026", {"lists": "groups", "groups": ["R&D", "Sales"]})
    legacy.send(f"{LEGACY}/10026", {"lists": "managers", "managers": ""})
    lea = legacy.mock.books().person("lea.fischer@northwind.example")
    assert (lea.groups, lea.managers) == (("R&D", "Sales"), ())
    legacy.send(f"{LEGACY}/10026/deactivate")
    assert legacy.mock.books().person(lea.email).status == "deactivated"
    legacy.send(f"{LEGACY}/10026/reactivate")
    assert legacy.mock.books().person(lea.email).status == "active"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_word_can_be_another_one(mock: MockConsole, dialect: str) -> None:
    mock.reset(dialect=dialect, table="pager", renamed=["Invite User=Add Person", "Deactivate=Switch Off"])
    with Visitor(mock) as visitor:
        visitor.sign_in()
        page = visitor.get("/admin/users").text
        assert "Add Person" in page
        assert not re.search(r"[>\"]\s*Invite User\s*[<\"]", page)
        assert "Deactivate" not in html.unescape(page)
        assert "Switch Off" in page
        dialog = visitor.get("/admin/users/10008/deactivate").text
        assert "Deactivate Ann Lee?" in dialog, "longer texts stay"


@pytest.mark.parametrize(
    ("details", "edits", "told"), [("form", True, True), ("shown", False, True), ("bare", False, False)]
)
def test_the_people_edition_may_edit_nobody_and_tell_no_groups(
    mock: MockConsole, details: str, edits: bool, told: bool
) -> None:
    mock.reset(details=details)
    ann = mock.books().person("ann@northwind.example")
    with Visitor(mock) as visitor:
        visitor.sign_in()
        page = visitor.get(f"/admin/users/{ann.id}", follow_redirects=True).text
        listed = _text(visitor, "/admin/users?search=ann@northwind.example")
    assert ("First name" in page, 'name="first_name"' in page) == (True, edits)
    assert (ann.groups[0] in page, ann.groups[0] in listed) == (told, told)
