"""The REST and SCIM doors of the mock: the calls, the rules of the directory, and the ways in which they are shut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from fixtures.mock_console import MockConsole, MockOptions

NEW = "nadja.new@northwind.example"
ANN, HELEN, LEA = "ann@northwind.example", "helen.brandt@northwind.example", "lea.fischer@northwind.example"
EXTENSION = "urn:ietf:params:scim:schemas:extension:workramp:2.0:User"


@pytest.fixture
def mock() -> Iterator[MockConsole]:
    with MockConsole(MockOptions(people=60)) as running:
        yield running


@pytest.fixture
def rest(mock: MockConsole) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {mock.options.api_key}"}
    with httpx.Client(base_url=f"{mock.url}/api/v1", headers=headers, timeout=2) as client:
        yield client


@pytest.fixture
def scim(mock: MockConsole) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {mock.options.scim_token}"}
    with httpx.Client(base_url=f"{mock.url}/scim/v2", headers=headers, timeout=2) as client:
        yield client


def user(rest: httpx.Client, email: str) -> dict[str, Any]:
    (found,) = rest.get("/users", params={"limit": 1, "email": email, "includeDeleted": "true"}).json()
    assert isinstance(found, dict)
    return found


def resource(scim: httpx.Client, email: str) -> dict[str, Any]:
    (found,) = scim.get("/Users", params={"filter": f'userName eq "{email}"'}).json()["Resources"]
    assert isinstance(found, dict)
    return found


# -- REST --------------------------------------------------------------------------------------------------------------
def test_pages_count_from_zero_and_are_empty_past_the_end(rest: httpx.Client, mock: MockConsole) -> None:
    pages = [
        rest.get("/users", params={"limit": 25, "page": page, "includeDeleted": "true"}).json() for page in range(4)
    ]
    assert [len(page) for page in pages] == [25, 25, 10, 0]
    assert {each["email"] for page in pages for each in page} == {person.email for person in mock.books().people}


@pytest.mark.parametrize("query", [{}, {"limit": 100}, {"limit": 0}, {"limit": "x"}, {"limit": 1, "page": -1}])
def test_a_list_without_a_sound_limit_is_a_400_without_a_body(rest: httpx.Client, query: dict[str, Any]) -> None:
    answer = rest.get("/users", params=query)
    assert (answer.status_code, answer.content) == (400, b"")


def test_deactivated_people_are_listed_only_where_that_is_asked(rest: httpx.Client) -> None:
    assert rest.get("/users", params={"limit": 1, "email": HELEN}).json() == []
    assert user(rest, HELEN)["isDeleted"] is True


def test_addresses_are_compared_with_their_case(rest: httpx.Client, scim: httpx.Client) -> None:
    assert rest.get("/users", params={"limit": 1, "email": ANN.upper()}).json() == []
    assert scim.get("/Users", params={"filter": f'userName eq "{ANN.upper()}"'}).json()["Resources"] == []


def test_a_user_that_is_created_is_invited_by_mail_and_seen_through_scim(
    rest: httpx.Client, scim: httpx.Client, mock: MockConsole
) -> None:
    groups = {each["name"]: each["id"] for each in rest.get("/groups", params={"limit": 99}).json()}
    body = {"email": NEW, "name": "Nadja New", "groups": [groups["R&D"]], "managers": [user(rest, ANN)["id"]]}
    made = rest.post("/users", json=body).json()
    assert type(made["id"]) is int
    booked = mock.books().person(NEW)
    assert (booked.first_name, booked.last_name, booked.role, booked.status) == ("Nadja", "New", "learner", "invited")
    assert (booked.groups, booked.managers) == (("R&D",), (ANN,))
    assert [mail.kind for mail in mock.books().mails_to(NEW)] == ["invitation"]
    assert resource(scim, NEW)["id"] == made["id"]


def test_what_the_directory_refuses_is_a_400_without_a_body_and_changes_nothing(
    rest: httpx.Client, mock: MockConsole
) -> None:
    before = mock.books()
    for body in ({"email": ANN}, {"email": "no address"}, {"email": NEW, "groups": [1]}, {}, {"email": NEW, "name": 1}):
        answer = rest.post("/users", json=body)
        assert (answer.status_code, answer.content) == (400, b"")
    mock.reset(seats=1)
    assert rest.post("/users", json={"email": NEW}).status_code == 400
    assert (before.mails, mock.books().mails) == ((), ())


def test_is_deleted_deactivates_and_reactivates(rest: httpx.Client, mock: MockConsole) -> None:
    id_ = user(rest, ANN)["id"]
    assert rest.post(f"/users/{id_}", json={"isDeleted": True}).json()["isDeleted"] is True
    assert mock.books().person(ANN).status == "deactivated"
    assert rest.post(f"/users/{id_}", json={"isDeleted": False}).json()["isDeleted"] is False
    assert mock.books().person(ANN).status == "active"


def test_who_was_deleted_for_good_stays_in_the_list_of_the_deleted_and_in_the_books(
    rest: httpx.Client, mock: MockConsole
) -> None:
    rest.delete(f"/users/{user(rest, ANN)['id']}")
    assert user(rest, ANN)["isPermanentlyDeleted"] is True
    assert mock.books().find(ANN) is None
    assert [event.origin for event in mock.books().events_of("permanently_deleted")] == ["rest"]
    assert mock.books().api_calls["rest DELETE /users/{id:int}"] == 1


# -- SCIM --------------------------------------------------------------------------------------------------------------
def test_start_index_is_the_number_of_a_page(scim: httpx.Client, mock: MockConsole) -> None:
    pages = [scim.get("/Users", params={"count": 25, "startIndex": page}).json() for page in (1, 2, 3, 4)]
    assert [len(page["Resources"]) for page in pages] == [25, 25, 10, 0]
    assert {each["userName"] for page in pages for each in page["Resources"]} == {p.email for p in mock.books().people}


def test_a_put_replaces_everything_even_what_it_does_not_say(scim: httpx.Client, mock: MockConsole) -> None:
    lea = resource(scim, LEA)
    assert len(mock.books().person(LEA).managers) == 2
    scim.put(f"/Users/{lea['id']}", json={"userName": LEA, "name": {"givenName": "Lea"}})
    booked = mock.books().person(LEA)
    assert (booked.first_name, booked.last_name, booked.groups, booked.managers) == ("Lea", "", (), ())


def test_a_display_name_wins_over_the_name(scim: httpx.Client, mock: MockConsole) -> None:
    body = {"userName": NEW, "name": {"givenName": "A", "familyName": "B"}, "displayName": "Nadja New"}
    assert scim.post("/Users", json=body).status_code == 201
    assert (mock.books().person(NEW).first_name, mock.books().person(NEW).last_name) == ("Nadja", "New")
    assert mock.books().person(NEW).scim_managed


def test_what_only_scim_keeps_is_there_until_a_put_leaves_it_out(scim: httpx.Client) -> None:
    body = {"userName": NEW, "name": {"givenName": "Nadja"}, "externalId": "e-1", EXTENSION: {"costCenter": "7"}}
    made = scim.post("/Users", json=body).json()
    found = scim.get("/Users", params={"filter": 'externalId eq "e-1"'}).json()["Resources"]
    assert [each["userName"] for each in found] == [NEW]
    assert found[0][EXTENSION] == {"costCenter": "7"}
    scim.put(f"/Users/{made['id']}", json={"userName": NEW, "name": {"givenName": "Nadja"}})
    assert "externalId" not in resource(scim, NEW)


@pytest.mark.parametrize("path", ["/ServiceProviderConfig", "/Schemas", "/ResourceTypes"])
def test_there_is_no_discovery(scim: httpx.Client, path: str) -> None:
    assert scim.get(path).status_code == 404


def test_users_know_neither_patch_nor_delete(scim: httpx.Client) -> None:
    id_ = resource(scim, ANN)["id"]
    assert scim.patch(f"/Users/{id_}", json={}).status_code == 405
    assert scim.delete(f"/Users/{id_}").status_code == 405


def test_members_are_added_and_removed_by_their_address(scim: httpx.Client, mock: MockConsole) -> None:
    groups = {each["displayName"]: each for each in scim.get("/Groups").json()["Resources"]}
    members = [{"value": ANN}]
    path = f"/Groups/{groups['R&D']['id']}"
    scim.patch(path, json={"Operations": [{"op": "add", "path": "members", "value": members}]})
    assert "R&D" in mock.books().person(ANN).groups
    scim.patch(path, json={"Operations": [{"op": "remove", "path": f'members[value eq "{ANN}"]'}]})
    assert "R&D" not in mock.books().person(ANN).groups


@pytest.mark.parametrize("text", ['userName sw "a"', 'displayName eq "x"', "userName eq ann", 'id eq "\\x"'])
def test_other_filters_are_refused(scim: httpx.Client, text: str) -> None:
    answer = scim.get("/Users", params={"filter": text})
    assert (answer.status_code, answer.json()["status"]) == (400, "400")


# -- shut --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_a_door_that_is_shut_answers_with_that_status_and_the_other_stays_open(
    rest: httpx.Client, scim: httpx.Client, mock: MockConsole, status: int
) -> None:
    mock.set_faults(f"rest={status}")
    answer = rest.get("/users", params={"limit": 1})
    assert answer.status_code == status
    assert "retry-after" not in answer.headers
    assert scim.get("/Users").status_code == 200
    assert mock.books().faults_fired["rest"] == 1


def test_a_lost_answer_is_lost_after_the_change_and_only_then(rest: httpx.Client, mock: MockConsole) -> None:
    mock.set_faults("rest=lost-answer")
    assert rest.get("/users", params={"limit": 1}).status_code == 200
    with pytest.raises(httpx.ReadTimeout):
        rest.post("/users", json={"email": NEW}, timeout=0.5)
    assert len(mock.books().mails_to(NEW)) == 1


def test_a_time_out_changes_nothing(scim: httpx.Client, mock: MockConsole) -> None:
    mock.set_faults("scim=timeout")
    with pytest.raises(httpx.ReadTimeout):
        scim.post("/Users", json={"userName": NEW, "name": {"givenName": "N"}}, timeout=0.5)
    assert mock.books().find(NEW) is None


def test_the_ceiling_is_that_of_both_doors_together(rest: httpx.Client, scim: httpx.Client, mock: MockConsole) -> None:
    mock.set_faults("api-ceiling=3")
    statuses = [rest.get("/users", params={"limit": 1}).status_code for _ in range(2)]
    statuses += [scim.get("/Users").status_code for _ in range(3)]
    assert 429 in statuses
    assert mock.books().faults_fired["api-ceiling"] >= 1


@pytest.mark.parametrize("change", [{"status": "deactivated"}, {"role": "learner"}])
def test_keys_stop_working_when_their_owner_may_nothing_any_more(
    rest: httpx.Client, scim: httpx.Client, mock: MockConsole, change: dict[str, str]
) -> None:
    assert rest.get("/users", params={"limit": 1}).status_code == 200
    mock.change_person(mock.admin_email, **change)
    assert rest.get("/users", params={"limit": 1}).status_code == 401
    assert scim.get("/Users").status_code == 401


def test_another_key_is_nobodys(rest: httpx.Client, mock: MockConsole) -> None:
    for key in ("", "Bearer x", f"Bearer {mock.options.scim_token}", mock.options.api_key):
        answer = rest.get("/users", params={"limit": 1}, headers={"authorization": key})
        assert answer.status_code == 401
