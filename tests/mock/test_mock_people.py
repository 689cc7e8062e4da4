"""Inviting, deactivating, reactivating, resending and editing, judged by the books."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.mock_console import BookedPerson, Books
from fixtures.mock_console.visitor import Fields, Visitor

NEW: Fields = {"email": "New.Hire@northwind.example", "first_name": "New", "last_name": "Hire", "role": "learner"}


def _others(books: Books, *emails: str) -> list[BookedPerson]:
    return [person for person in books.people if person.email not in emails]


def _send(admin: Visitor, email: str, what: str) -> Any:
    return admin.send(f"/admin/users/{admin.mock.books().person(email).id}/{what}")


def test_an_invited_person_is_in_the_books_with_everything_said(admin: Visitor) -> None:
    before = admin.mock.books()
    fields: Fields = {
        **NEW,
        "role": "content_creator",
        "groups": ["Sales, EMEA", "r&d", "Brand New"],
        "managers": "daniel.kim@northwind.example; PRIYA.raman@northwind.example",
    }
    answer = admin.send("/admin/users/invite", fields)
    assert answer.status_code == 200
    assert "Invitation sent to New.Hire@northwind.example" in answer.json()["toast"]
    books = admin.mock.books()
    person = books.person("new.hire@northwind.example")
    assert (person.email, person.first_name, person.last_name) == ("New.Hire@northwind.example", "New", "Hire")
    assert (person.role, person.status, person.last_login) == ("content_creator", "invited", None)
    assert person.groups == ("Sales, EMEA", "R&D", "Brand New")
    assert person.managers == ("daniel.kim@northwind.example", "priya.raman@northwind.example")
    assert [mail.kind for mail in books.mails_to(person.email)] == ["invitation"]
    assert [event.kind for event in books.events][-2:] == ["invited", "group_created"]
    assert _others(books, person.email) == list(before.people)
    assert books.seats_used == before.seats_used


def test_the_role_is_learner_unless_another_is_chosen(admin: Visitor) -> None:
    admin.send("/admin/users/invite", {**NEW, "role": []})
    assert admin.mock.books().person("new.hire@northwind.example").role == "learner"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "no-at-sign"}, "email"),
        ({"email": "two@@example.com"}, "email"),
        ({"email": "dots..dots@example.com"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": f"{'x' * 65}@example.com"}, "email"),
        ({"first_name": "  "}, "first_name"),
        ({"last_name": "x" * 101}, "last_name"),
        ({"last_name": "nul\0"}, "last_name"),
        ({"role": "owner"}, "role"),
        ({"groups": ["g" * 81]}, "groups"),
        ({"managers": "not-an-address"}, "managers"),
        ({"managers": "new.hire@northwind.example"}, "managers"),
    ],
)
def test_a_field_in_error_is_named_and_nothing_changes(admin: Visitor, change: Fields, field: str) -> None:
    before = admin.mock.books()
    answer = admin.send("/admin/users/invite", {**NEW, **change})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert admin.mock.books() == before


@pytest.mark.parametrize("email", ["ann@northwind.example", "ANN@Northwind.Example", "helen.brandt@northwind.example"])
def test_an_address_that_is_taken_is_refused_in_any_case(admin: Visitor, email: str) -> None:
    before = admin.mock.books()
    answer = admin.send("/admin/users/invite", {**NEW, "email": email})
    assert answer.status_code == 409
    assert answer.json()["errors"] == {"email": "A user with this email address already exists."}
    assert admin.mock.books() == before


def test_an_unknown_managers_address_is_invited_too(admin: Visitor) -> None:
    admin.send("/admin/users/invite", {**NEW, "managers": "boss@example.com"})
    books = admin.mock.books()
    boss = books.person("boss@example.com")
    assert (boss.role, boss.status, boss.first_name) == ("manager", "invited", "")
    assert [mail.to for mail in books.mails] == ["New.Hire@northwind.example", "boss@example.com"]
    invited = books.events_of("invited", "boss@example.com")
    assert invited[0].details["because_manager_of"] == "New.Hire@northwind.example"


def test_being_somebodys_manager_makes_a_learner_a_manager_and_leaves_an_admin_alone(admin: Visitor) -> None:
    assert admin.mock.books().person("ann@northwind.example").role == "learner"
    managers = "ann@northwind.example, grace.okafor@northwind.example"
    admin.send("/admin/users/invite", {**NEW, "managers": managers})
    books = admin.mock.books()
    assert books.person("ann@northwind.example").role == "manager"
    assert books.person("grace.okafor@northwind.example").role == "admin"
    assert [event.subject for event in books.events_of("edited")] == ["ann@northwind.example"]


def test_no_more_people_are_invited_than_seats_could_hold(admin: Visitor) -> None:
    people = admin.mock.books().people
    counted = sum(person.status != "deactivated" for person in people)
    admin.mock.reset(seats=counted + 2)
    assert admin.send("/admin/users/invite", NEW).status_code == 200
    second = admin.send(
        "/admin/users/invite", {**NEW, "email": "second@northwind.example", "managers": "boss@example.com"}
    )
    assert (second.status_code, "No seats available" in second.json()["message"]) == (409, True)
    assert admin.mock.books().find("boss@example.com") is None
    assert admin.send("/admin/users/invite", {**NEW, "email": "second@northwind.example"}).status_code == 200
    assert admin.send("/admin/users/invite", {**NEW, "email": "third@northwind.example"}).status_code == 409
    assert len(admin.mock.books().people) == len(people) + 2


def test_deactivating_takes_one_person_and_leaves_the_namesake(admin: Visitor) -> None:
    before = admin.mock.books()
    assert before.person("maria.garcia2@northwind.example").status == "active"
    asked = admin.get(f"/admin/users/{before.person('maria.garcia2@northwind.example').id}/deactivate")
    assert "maria.garcia2@northwind.example" in asked.text
    assert _send(admin, "maria.garcia2@northwind.example", "deactivate").status_code == 200
    books = admin.mock.books()
    assert books.person("maria.garcia2@northwind.example").status == "deactivated"
    assert _others(books, "maria.garcia2@northwind.example") == _others(before, "maria.garcia2@northwind.example")
    assert books.seats_used == before.seats_used - 1
    event = books.events[-1]
    assert (event.kind, event.actor, event.origin) == ("deactivated", admin.mock.admin_email, "form")
    assert _send(admin, "maria.garcia2@northwind.example", "deactivate").json()["message"]
    assert len(admin.mock.books().events_of("deactivated")) == 1


def test_the_own_account_and_the_own_role_are_protected(admin: Visitor) -> None:
    before = admin.mock.books()
    own = before.person(admin.mock.admin_email)
    answer = admin.send(f"/admin/users/{own.id}/deactivate")
    assert answer.json()["message"] == "You can't deactivate your own account."
    answer = admin.send(f"/admin/users/{own.id}", {"role": "learner"})
    assert answer.json()["errors"] == {"role": "You can't change your own role."}
    assert admin.mock.books() == before


def test_the_last_admin_is_protected(admin: Visitor) -> None:
    directory = admin.mock.console.directory
    admins = [person for person in admin.mock.books().people if person.role == "admin" and person.status == "active"]
    for person in admins[1:]:
        admin.mock.change_person(person.email, status="deactivated")
    with pytest.raises(Exception, match="At least one active admin"):
        directory.deactivate("somebody@northwind.example", admins[0].id)
    with pytest.raises(Exception, match="At least one active admin"):
        directory.edit("somebody@northwind.example", admins[0].id, role="learner")
    assert admin.mock.books().person(admins[0].email).status == "active"


def test_reactivating_needs_a_seat(admin: Visitor) -> None:
    email = "helen.brandt@northwind.example"
    admin.mock.reset(seats=admin.mock.books().seats_used)
    assert _send(admin, email, "reactivate").status_code == 409
    assert admin.mock.books().person(email).status == "deactivated"
    _send(admin, "ann@northwind.example", "deactivate")
    assert _send(admin, email, "reactivate").status_code == 200
    assert admin.mock.books().person(email).status == "active"
    assert _send(admin, email, "reactivate").status_code == 409


def test_an_invitation_is_sent_again_to_invited_people_only(admin: Visitor) -> None:
    assert _send(admin, "noor.haddad@northwind.example", "resend").status_code == 200
    assert _send(admin, "ann@northwind.example", "resend").status_code == 409
    books = admin.mock.books()
    assert [(mail.to, mail.kind) for mail in books.mails] == [("noor.haddad@northwind.example", "reminder")]
    assert [event.subject for event in books.events_of("resent")] == ["noor.haddad@northwind.example"]


def test_an_edit_changes_what_it_says_and_nothing_else(admin: Visitor) -> None:
    before = admin.mock.books()
    ann = before.person("ann@northwind.example")
    fields: Fields = {
        "email": "ann.lee@northwind.example",
        "first_name": "Anna",
        "last_name": "Lee",
        "role": "content_creator",
        "lists": ["groups", "managers"],
        "groups": ["Customer Success", "R&D"],
        "managers": "",
    }
    assert admin.send(f"/admin/users/{ann.id}", fields).status_code == 200
    books = admin.mock.books()
    after = books.person("ann.lee@northwind.example")
    changed = {name: value for name, value in after if value != getattr(ann, name)}
    assert changed == {
        "email": "ann.lee@northwind.example",
        "first_name": "Anna",
        "role": "content_creator",
        "groups": ("Customer Success", "R&D"),
        "managers": (),
    }
    assert _others(books, after.email) == _others(before, ann.email)
    details = [event.details["changed"] for event in books.events_of("edited")]
    assert details[0]["first_name"] == ["Ann", "Anna"]
    assert details[1]["groups"] == [["Customer Success"], ["Customer Success", "R&D"]]


def test_saving_without_a_change_is_no_event(admin: Visitor) -> None:
    ann = admin.mock.books().person("ann@northwind.example")
    before = admin.mock.books()
    fields: Fields = {
        "email": ann.email,
        "first_name": ann.first_name,
        "last_name": ann.last_name,
        "role": ann.role,
        "lists": ["groups", "managers"],
        "groups": list(ann.groups),
        "managers": list(ann.managers),
    }
    assert admin.send(f"/admin/users/{ann.id}", fields).status_code == 200
    assert admin.mock.books() == before


def test_an_edit_cannot_take_somebody_elses_address(admin: Visitor) -> None:
    before = admin.mock.books()
    ann = before.person("ann@northwind.example")
    answer = admin.send(f"/admin/users/{ann.id}", {"email": "JOANN@northwind.example"})
    assert answer.status_code == 409
    assert admin.mock.books() == before


def test_a_managers_changed_address_stays_with_the_reports(admin: Visitor) -> None:
    daniel = admin.mock.books().person("daniel.kim@northwind.example")
    assert admin.mock.books().person("ann@northwind.example").managers == (daniel.email,)
    admin.send(f"/admin/users/{daniel.id}", {"email": "dan@northwind.example"})
    assert admin.mock.books().person("ann@northwind.example").managers == ("dan@northwind.example",)


def test_the_person_page_shows_what_the_books_know(admin: Visitor) -> None:
    aiko = admin.mock.books().person("aiko.tanaka@northwind.example")
    text = admin.get(f"/admin/users/{aiko.id}").text
    assert "Managed by SCIM" in text
    assert 'value="priya.raman@northwind.example"' in text
    assert "Managed by SCIM" not in admin.get("/admin/users/10008").text
    assert admin.get("/admin/users/999999").status_code == 404


def test_a_form_without_script_gets_a_page_back(admin: Visitor) -> None:
    answer = admin.submit("/admin/users/10008/deactivate", follow_redirects=True)
    assert answer.url.path == "/admin/users"
    assert "was deactivated" in answer.text
    assert "was deactivated" not in admin.get("/admin/users").text
