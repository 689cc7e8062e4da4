"""Making and deleting groups, their members and rules, judged by the books."""

from __future__ import annotations

from fixtures.mock_console.door_books import delete_group
from fixtures.mock_console.visitor import Visitor

EMEA, DYNAMIC = "Sales, EMEA", "Contractors"
ANN, NEW = "ann@northwind.example", "inga@contractors.northwind.example"


def _id(admin: Visitor, name: str) -> int:
    return admin.mock.console.directory.grouping.named(name).id


def _at(admin: Visitor, name: str, what: str) -> str:
    return f"/admin/groups/{_id(admin, name)}/{what}"


def test_a_group_is_made_of_a_new_name_only(admin: Visitor) -> None:
    before = admin.mock.books()
    assert admin.send("/admin/groups/new", {"name": "  Night   shift "}).status_code == 200
    for name, status in (("night shift", 409), ("sales", 409), ("", 422), ("x" * 101, 422), ("a\x07b", 422)):
        assert admin.send("/admin/groups/new", {"name": name}).status_code == status, name
    after = admin.mock.books()
    assert set(after.groups) - set(before.groups) == {"Night shift"}
    assert after.group("Night shift").members == ()
    assert [event.details["group"] for event in after.events_of("group_created")] == ["Night shift"]
    assert "Night shift" in admin.get("/admin/groups?search=night").text


def test_deleting_takes_the_group_from_its_people_and_nothing_else(admin: Visitor) -> None:
    before = admin.mock.books()
    ids = f"{_id(admin, EMEA)},{_id(admin, 'R&D')}"
    assert "Delete 2 groups?" in admin.get(f"/admin/groups/delete?ids={ids}").text
    assert admin.send(f"/admin/groups/delete?ids={ids}").status_code == 200
    after = admin.mock.books()
    assert set(before.groups) - set(after.groups) == {EMEA, "R&D"}
    for was, now in zip(before.people, after.people, strict=True):
        assert now == was.model_copy(update={"groups": tuple(g for g in was.groups if g not in (EMEA, "R&D"))})
    assert admin.send(f"/admin/groups/delete?ids={ids}").status_code == 409
    assert admin.get("/admin/groups/delete?ids=999999").status_code == 404


def test_people_are_added_and_removed_and_a_pasted_stranger_is_invited(admin: Visitor) -> None:
    before = admin.mock.books()
    stranger = "stranger@northwind.example"
    answer = admin.send(_at(admin, EMEA, "add"), {"emails": f"{ANN}\n{stranger}"})
    assert answer.status_code == 200
    books = admin.mock.books()
    assert set(books.group(EMEA).members) - set(before.group(EMEA).members) == {ANN, stranger}
    assert books.person(stranger).status == "invited"
    assert len(books.mails_to(stranger)) == 1
    assert admin.send(_at(admin, EMEA, "add"), {"emails": f"{ANN}, not an address"}).status_code == 422
    out = f"members/{books.person(ANN).id}/remove"
    assert admin.send(_at(admin, EMEA, out)).status_code == 200
    assert admin.send(_at(admin, EMEA, out)).status_code == 409
    last = admin.mock.books()
    assert ANN not in last.group(EMEA).members
    assert last.group(EMEA).excluded == ()
    assert last.person(ANN).groups == before.person(ANN).groups


def test_rules_decide_who_is_in_a_dynamic_group_and_who_is_removed_by_hand_is_excluded(admin: Visitor) -> None:
    assert admin.mock.books().group(DYNAMIC).kind == "dynamic"
    invitation = {"email": NEW, "first_name": "Inga", "last_name": "New", "role": "learner"}
    assert admin.send("/admin/users/invite", {**invitation}).status_code == 200
    books = admin.mock.books()
    assert books.group(DYNAMIC).members == (NEW,)
    admin.send(_at(admin, DYNAMIC, f"members/{books.person(NEW).id}/remove"))
    assert admin.mock.books().group(DYNAMIC).excluded == (NEW,)
    admin.mock.change_person(NEW, last_name="Newer")
    assert admin.mock.books().group(DYNAMIC).members == ()
    # A group of people who were chosen becomes one of people who match.
    rules = {"attribute": "last_name", "value": "leeson", "auto_update": "yes"}
    assert admin.send(_at(admin, EMEA, "rules"), {**rules}).status_code == 200
    assert admin.mock.books().group(EMEA).members == ("ann@northwind.example.org",)
    assert admin.mock.books().group(EMEA).rules == ("Last name is leeson",)


def test_who_leaves_a_dynamic_group_in_her_own_form_is_excluded_too(admin: Visitor) -> None:
    admin.mock.put_group("Leesons", last_name="Leeson")
    person = admin.mock.books().person("ann@northwind.example.org")
    assert "Leesons" in person.groups
    admin.send(f"/admin/users/{person.id}", {"lists": "groups", "groups": "Partners (External)"})
    books = admin.mock.books()
    assert books.person(person.email).groups == ("Partners (External)",)
    assert books.group("Leesons").excluded == (person.email,)


def test_a_twin_can_be_put_beside_a_group_and_is_another(admin: Visitor) -> None:
    before = admin.mock.books()
    admin.mock.put_group("sales", twin=True)
    books = admin.mock.books()
    assert books.group("Sales") == before.group("Sales")
    assert books.group("sales").members == ()
    assert set(books.groups) - set(before.groups) == {"sales"}


def test_the_control_address_makes_groups(admin: Visitor) -> None:
    answer = admin.http.post(
        f"{admin.mock.control_url}/groups",
        json={"name": "Leesons", "rules": {"last_name": "Leeson"}},
        headers={"authorization": f"Bearer {admin.mock.control_token}"},
    )
    made = next(group for group in answer.json() if group["name"] == "Leesons")
    assert (made["kind"], made["members"]) == ("dynamic", ["ann@northwind.example.org"])


def test_a_dynamic_group_that_another_door_deletes_gets_nobody_any_more(admin: Visitor) -> None:
    directory = admin.mock.console.directory
    delete_group(directory, admin.mock.admin_email, DYNAMIC, "scim")
    admin.send("/admin/users/invite", {"email": NEW, "first_name": "Inga", "last_name": "New", "role": "learner"})
    books = admin.mock.books()
    assert DYNAMIC not in books.groups
    assert books.person(NEW).groups == ()
    assert admin.send("/admin/groups/new", {"name": DYNAMIC}).status_code == 200
    assert admin.mock.books().group(DYNAMIC).kind == "static"
