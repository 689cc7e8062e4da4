"""Several requests about one resource: each has its turn, in the order in which they came, and the last word wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from connector.models import Role, Status
from connector.scim_service.service import Options
from connector.scim_service.storage import ConsoleStorage
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, CY, Json, Served, new_user, patch_of, person, served

DEE = "dee@northwind.example"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
LEAVE, BACK = ({"op": "replace", "path": "active", "value": active} for active in (False, True))


def named(last: str) -> Json:
    """An operation that gives another last name."""
    return {"op": "replace", "path": "name.familyName", "value": last}


@pytest.fixture
def scim(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY, groups=["Sales"]), Options(answer_seconds=10)) as service:
        yield service


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Served]:
    """A service that answers at once, before a console that does nothing so far."""
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY, groups=["Sales"]), Options(answer_seconds=0.1)) as service:
        service.console.gate.clear()
        yield service
        service.console.gate.set()


def at_once(scim: Served, monkeypatch: pytest.MonkeyPatch, requests: list[Callable[[], Any]]) -> list[Any]:
    """The answers to requests that have all come before the console does anything."""
    begin, came = ConsoleStorage.begin_answer, [0]

    def counted(storage: ConsoleStorage) -> None:
        begin(storage)
        came[0] += 1
        if came[0] == len(requests):
            scim.console.gate.set()

    scim.console.gate.clear()
    monkeypatch.setattr(ConsoleStorage, "begin_answer", counted)
    with ThreadPoolExecutor(len(requests)) as pool:
        return [answer.result() for answer in [pool.submit(request) for request in requests]]


def bystanders(scim: Served) -> bool:
    return scim.console.everybody[ADA.email] == ADA and scim.console.everybody[CY.email] == CY


# -- conditions --------------------------------------------------------------------------------------------------------
def test_of_changes_with_one_entity_tag_the_first_counts(scim: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    bo = scim.find(BO.email)
    path, tag = f"/Users/{bo['id']}", {"If-Match": bo["meta"]["version"]}
    assert scim.console.everybody[BO.email] == BO

    answers = at_once(
        scim, monkeypatch, [lambda name=name: scim.patch(path, named(name), **tag) for name in "VWXYZ"]  # type: ignore[misc]
    )  # fmt: skip

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]
    (won,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert scim.console.books == [f"edit {BO.email}"]
    assert scim.console.everybody[BO.email] == BO.model_copy(update={"last_name": won["name"]["familyName"]})
    assert bystanders(scim)


@pytest.mark.parametrize("how", ["PATCH", "PUT", "DELETE"])
def test_a_condition_is_not_judged_before_what_came_first_is_over(hasty: Served, how: str) -> None:
    bo = hasty.find(BO.email)
    path, tag = f"/Users/{bo['id']}", {"If-Match": bo["meta"]["version"]}
    body = {"PATCH": patch_of(named("Late")), "PUT": new_user(BO.email, "Bo", "Late"), "DELETE": None}[how]
    assert hasty.patch(path, named("Lindt"), **tag).status_code == 429

    early = hasty.ask(how, path, body, **tag)

    assert (early.status_code, "nothing is kept" in early.json()["detail"]) == (429, True)
    assert len(hasty.service.writes.unfinished()) == 1
    hasty.console.gate.set()
    hasty.idle()
    assert hasty.ask(how, path, body, **tag).status_code == 412
    assert hasty.console.books == [f"edit {BO.email}"]
    assert hasty.console.everybody[BO.email] == BO.model_copy(update={"last_name": "Lindt"})
    assert bystanders(hasty)


@pytest.mark.parametrize("conditional", [True, False])
def test_who_is_read_otherwise_meanwhile_is_changed_only_without_a_condition(
    scim: Served, monkeypatch: pytest.MonkeyPatch, conditional: bool
) -> None:
    bo = scim.find(BO.email)
    elsewhere = BO.model_copy(update={"first_name": "Bob"})

    def changed_by_hand() -> None:
        scim.console.everybody[BO.email] = elsewhere
        scim.service.mirror.look(elsewhere)

    monkeypatch.setattr(scim.service.storage, "_still_ours", changed_by_hand)  # after the request was applied
    tag = {"If-Match": bo["meta"]["version"]} if conditional else {}

    answer = scim.patch(f"/Users/{bo['id']}", named("Lindt"), **tag)

    assert answer.status_code == (412 if conditional else 200), answer.text
    after = elsewhere if conditional else elsewhere.model_copy(update={"last_name": "Lindt"})
    assert scim.console.everybody[BO.email] == after
    assert bystanders(scim)


# -- the last word -----------------------------------------------------------------------------------------------------
def test_two_requests_are_two_where_no_answer_comes_in_time_and_the_last_word_wins(hasty: Served) -> None:
    path = f"/Users/{hasty.find(BO.email)['id']}"

    answers = [hasty.patch(path, one) for one in (LEAVE, BACK)]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert "is waiting for the console" in answers[1].json()["detail"], "it is not the run of the first"
    assert len(hasty.service.writes.unfinished()) == 2
    assert hasty.patch(path, BACK).status_code == 429
    assert len(hasty.service.writes.unfinished()) == 2, "the same request is one"
    assert hasty.console.everybody[BO.email] == BO
    hasty.console.gate.set()
    hasty.idle()
    assert hasty.console.books == [f"deactivate {BO.email}", f"reactivate {BO.email}"]
    assert hasty.console.everybody[BO.email] == BO
    assert hasty.patch(path, BACK).json()["active"] is True
    assert len(hasty.console.books) == 2
    assert bystanders(hasty)


def test_what_was_said_before_and_is_said_again_is_the_last_word(hasty: Served) -> None:
    path = f"/Users/{hasty.find(BO.email)['id']}"
    linked = {"op": "add", "path": "externalId", "value": "00u7"}
    asked = [named("Aaa"), named("Bbb"), linked, {"op": "add", "path": "externalId", "value": "00u8"}, named("Aaa")]

    assert [hasty.patch(path, one).status_code for one in asked] == [429] * 5

    hasty.console.gate.set()
    hasty.idle()
    assert hasty.console.books == [f"edit {BO.email}"] * 3
    assert hasty.console.everybody[BO.email] == BO.model_copy(update={"last_name": "Aaa"})
    assert hasty.find(BO.email)["externalId"] == "00u8"
    assert bystanders(hasty)


def test_changes_that_come_at_the_same_time_all_count(scim: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/Users/{scim.find(BO.email)['id']}"
    asked: Json = {"name.givenName": "Bob", "name.familyName": "Lindt", "externalId": "00u7", "displayName": "Bobby"}
    assert "externalId" not in scim.find(BO.email)

    answers = at_once(
        scim,
        monkeypatch,
        [
            lambda name=name, value=value: scim.patch(path, {"op": "add", "path": name, "value": value})  # type: ignore[misc]
            for name, value in asked.items()
        ],
    )

    assert [answer.status_code for answer in answers] == [200] * 4
    bo = scim.find(BO.email)
    assert (bo["name"], bo["externalId"], bo["displayName"]) == (
        {"givenName": "Bob", "familyName": "Lindt"}, "00u7", "Bobby",
    )  # fmt: skip
    assert scim.console.everybody[BO.email] == BO.model_copy(update={"first_name": "Bob", "last_name": "Lindt"})
    assert bystanders(scim)


def test_who_was_asked_for_as_a_member_one_by_one_is_in_the_group(hasty: Served) -> None:
    ids = {email: hasty.find(email)["id"] for email in (ADA.email, BO.email, CY.email)}
    hasty.console.gate.set()
    path = f"/Groups/{hasty.ask('POST', '/Groups', {'displayName': 'Oslo'}).json()['id']}"
    hasty.console.gate.clear()
    asked: list[Json] = [{"op": "add", "path": "members", "value": [{"value": one}]} for one in ids.values()]
    asked.append({"op": "remove", "path": f'members[value eq "{ids[BO.email]}"]'})

    assert [hasty.patch(path, one).status_code for one in asked] == [429] * 4

    hasty.console.gate.set()
    hasty.idle()
    assert [hasty.console.everybody[email].groups for email in ids] == [("Oslo",), ("Sales",), ("Oslo",)]
    assert {one["value"] for one in hasty.group("Oslo")["members"]} == {ids[ADA.email], ids[CY.email]}


def test_a_change_that_came_after_one_that_needs_approval_leaves_nothing_to_approve(hasty: Served) -> None:
    path = f"/Users/{hasty.find(BO.email)['id']}"
    admin, manager = ({"op": "replace", "path": "roles", "value": [{"value": name}]} for name in ("admin", "manager"))
    assert [hasty.patch(path, one).status_code for one in (admin, manager)] == [429, 429]
    assert hasty.console.withdrawn == []

    hasty.console.gate.set()
    hasty.idle()

    ((run, email, reason),) = hasty.console.withdrawn
    assert (run in hasty.console.runs, email) == (True, BO.email)
    assert reason == f"the provider asked since to change {BO.email}"
    assert hasty.console.everybody[BO.email] == BO.model_copy(update={"role": Role.MANAGER})
    assert bystanders(hasty)


def test_what_comes_after_a_delete_is_told_to_wait_and_finds_nobody(hasty: Served) -> None:
    path = f"/Users/{hasty.find(BO.email)['id']}"
    assert hasty.ask("DELETE", path).status_code == 429
    assert [hasty.ask("DELETE", path).status_code, hasty.patch(path, named("Late")).status_code] == [429, 429]
    hasty.console.gate.set()
    hasty.idle()
    assert [hasty.ask("DELETE", path).status_code, hasty.patch(path, named("Late")).status_code] == [404, 404]
    assert hasty.console.books == [f"deactivate {BO.email}"]
    assert hasty.console.everybody[BO.email] == BO.model_copy(update={"status": Status.DEACTIVATED})


def test_what_was_kept_behind_another_is_done_by_the_next_service(tmp_path: Path) -> None:
    console = ConsoleInMemory(ADA, BO, CY)
    with served(tmp_path, console, Options(answer_seconds=0.1)) as scim:
        path = f"/Users/{scim.find(BO.email)['id']}"
        console.gate.clear()
        assert [scim.patch(path, one).status_code for one in (LEAVE, BACK, named("Lindt"))] == [429] * 3
        console.dies_after = 0
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("threading.excepthook", lambda args: None)
            console.gate.set()
            scim.service.console_thread.join(10)
    assert console.books == []
    console.dies_after = None

    with served(tmp_path, console, Options(answer_seconds=10)) as scim:
        scim.idle()
        assert console.books == [f"{kind} {BO.email}" for kind in ("deactivate", "reactivate", "edit")]
        assert console.everybody[BO.email] == BO.model_copy(update={"last_name": "Lindt"})
        assert bystanders(scim)


# -- creations ---------------------------------------------------------------------------------------------------------
def test_of_creations_of_one_address_the_first_is_done_and_the_others_are_told_that_it_is_taken(
    scim: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert DEE not in scim.console.everybody

    answers = at_once(
        scim,
        monkeypatch,
        [
            lambda number=number: scim.ask(
                "POST", "/Users", new_user(DEE, last=f"F{number}", externalId=f"00u{number}")
            )  # type: ignore[misc]
            for number in range(10)
        ],
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert {answer.json()["scimType"] for answer in answers if answer.status_code == 409} == {"uniqueness"}
    (made,) = (answer.json() for answer in answers if answer.status_code == 201)
    assert scim.console.books == [f"invite {DEE}"]
    assert scim.console.everybody[DEE].last_name == made["name"]["familyName"]
    assert {name: scim.find(DEE)[name] for name in ("id", "externalId")} == {
        name: made[name] for name in ("id", "externalId")
    }
    assert scim.console.everybody[BO.email] == BO
    assert bystanders(scim)


@pytest.mark.parametrize("listed", [True, False])
def test_of_creations_of_one_group_the_first_is_done_and_the_others_are_told_that_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: bool
) -> None:
    console = ConsoleInMemory(ADA, BO, CY, groups=["Sales"], lists_groups=listed)
    with served(tmp_path, console, Options(answer_seconds=10)) as scim:
        ada = scim.find(ADA.email)["id"]
        assert "Oslo" not in console.group_names
        body = {"displayName": "Oslo", "members": [{"value": ada}]}

        answers = at_once(
            scim,
            monkeypatch,
            [
                lambda number=number: scim.ask("POST", "/Groups", {**body, "externalId": f"g{number}"})  # type: ignore[misc]
                for number in range(5)
            ],
        )

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 4
        (made,) = (answer.json() for answer in answers if answer.status_code == 201)
        assert console.books == [*(["create-group Oslo"] if listed else []), f"edit {ADA.email}"]
        assert (scim.group("Oslo")["id"], scim.group("Oslo")["externalId"]) == (made["id"], made["externalId"])
        assert console.everybody[BO.email] == BO


def test_creations_of_one_group_that_name_different_members_put_in_all_of_them(
    scim: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {email: scim.find(email)["id"] for email in (ADA.email, CY.email)}
    body = {"displayName": "Oslo", "externalId": "g1"}

    answers = at_once(
        scim,
        monkeypatch,
        [
            lambda one=one: scim.ask("POST", "/Groups", {**body, "members": [{"value": one}]})  # type: ignore[misc]
            for one in ids.values()
        ],
    )

    assert [answer.status_code for answer in answers] == [201, 201]
    assert {email for email, one in scim.console.everybody.items() if "Oslo" in (one.groups or ())} == set(ids)
    assert scim.console.everybody[BO.email] == BO


def test_who_creates_what_another_is_creating_asks_again_until_that_is_over(hasty: Served) -> None:
    first, other = (new_user(DEE, externalId=one) for one in ("00u1", "00u2"))
    assert hasty.ask("POST", "/Users", first).status_code == 429
    told = hasty.ask("POST", "/Users", other)
    assert (told.status_code, "another request does that" in told.json()["detail"]) == (429, True)
    assert len(hasty.service.writes.unfinished()) == 1
    hasty.console.gate.set()
    hasty.idle()
    assert hasty.ask("POST", "/Users", other).status_code == 409
    assert hasty.ask("POST", "/Users", first).status_code == 201
    assert hasty.console.books == [f"invite {DEE}"]
    assert bystanders(hasty)


def test_who_is_created_while_she_is_being_deleted_comes_back(hasty: Served) -> None:
    shown = hasty.find(BO.email)
    assert hasty.ask("DELETE", f"/Users/{shown['id']}").status_code == 429
    body = new_user(BO.email, "Bo", "Lind", externalId="00u1")
    assert [hasty.ask("POST", "/Users", body).status_code for _ in range(2)] == [429, 429]
    assert len(hasty.service.writes.unfinished()) == 2
    hasty.console.gate.set()
    hasty.idle()
    back = hasty.ask("POST", "/Users", body)
    assert (back.status_code, back.json()["id"], back.json()["externalId"]) == (201, shown["id"], "00u1")
    assert hasty.console.books == [f"deactivate {BO.email}", f"reactivate {BO.email}"]
    assert hasty.console.everybody[BO.email] == BO
    assert bystanders(hasty)


def test_a_group_that_is_created_while_it_is_being_deleted_is_there_again(tmp_path: Path) -> None:
    console = ConsoleInMemory(ADA, BO, CY, groups=["Sales"], lists_groups=True)
    with served(tmp_path, console, Options(answer_seconds=0.1)) as scim:
        sales, ada = scim.group("Sales"), scim.find(ADA.email)["id"]
        body = {"displayName": "Sales", "externalId": "g1", "members": [{"value": ada}]}
        console.gate.clear()
        assert scim.ask("DELETE", f"/Groups/{sales['id']}").status_code == 429
        assert scim.ask("POST", "/Groups", body).status_code == 429
        assert scim.group("Sales") == sales, "nothing has happened so far"
        console.gate.set()
        scim.idle()
        again = scim.insist("POST", "/Groups", body)
        assert (again.status_code, again.json()["id"], again.json()["externalId"]) == (201, sales["id"], "g1")
        assert console.books == ["delete-group Sales", "create-group Sales", f"edit {ADA.email}"]
        assert [console.everybody[one.email].groups for one in (ADA, BO, CY)] == [("Sales",), (), ()]


def test_another_creation_of_who_waits_for_approval_leaves_nothing_to_approve(scim: Served) -> None:
    admin = new_user(DEE, externalId="00u1", roles=[{"value": "admin"}])
    assert scim.ask("POST", "/Users", admin).status_code == 403
    assert scim.console.withdrawn == []

    made = scim.ask("POST", "/Users", new_user(DEE, externalId="00u2"))

    assert (made.status_code, made.json()["externalId"]) == (201, "00u2")
    assert [email for _, email, _ in scim.console.withdrawn] == [DEE]
    assert scim.console.everybody[DEE].role is Role.LEARNER


def test_who_came_into_the_console_by_hand_before_her_invitation_is_answered_as_she_is(hasty: Served) -> None:
    body = new_user(DEE, externalId="00u1")
    assert hasty.ask("POST", "/Users", body).status_code == 429
    by_hand = person(DEE, "Dee", "Falk")
    hasty.console.everybody[DEE] = by_hand
    hasty.service.mirror.look(by_hand)
    known = hasty.find(DEE)["id"]
    hasty.console.gate.set()
    hasty.idle()

    told = hasty.ask("POST", "/Users", body)

    assert (told.status_code, told.json()["id"], told.json()["externalId"]) == (201, known, "00u1")
    assert hasty.console.books == []
    assert hasty.console.everybody[DEE] == by_hand


@pytest.mark.parametrize("how", ["PUT", "PATCH"])
def test_the_same_request_again_takes_back_nothing_of_what_it_waits_for(hasty: Served, how: str) -> None:
    """It grants the admin role, which somebody has to approve: asked again meanwhile it is the same wish."""
    bo = hasty.find(BO.email)
    asked = {"roles": [{"value": "admin"}]}
    body = patch_of({"op": "replace", "value": asked}) if how == "PATCH" else new_user(BO.email, "Bo", "Lind") | asked
    answers = [hasty.ask(how, f"/Users/{bo['id']}", body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 429]
    hasty.console.gate.set()
    hasty.idle()
    (write,) = hasty.service.writes.all()
    assert not write.withdrawn
    assert hasty.console.withdrawn == []
    assert hasty.ask(how, f"/Users/{bo['id']}", body).status_code == 403
    assert hasty.console.everybody[BO.email] == BO
    assert bystanders(hasty)


def test_a_name_that_another_group_is_about_to_get_is_given_to_no_second_one(tmp_path: Path) -> None:
    console = ConsoleInMemory(ADA, BO, CY, groups=["Sales"], lists_groups=True)
    with served(tmp_path, console, Options(answer_seconds=0.2)) as scim:
        north, south = ({"schemas": [GROUP], "displayName": name} for name in ("North", "South"))
        scim.ask("POST", "/Groups", north)
        scim.idle()
        groups = {group["displayName"]: group["id"] for group in scim.ask("GET", "/Groups", None).json()["Resources"]}
        scim.console.gate.clear()
        assert scim.ask("PUT", f"/Groups/{groups['North']}", south).status_code == 429
        assert scim.ask("POST", "/Groups", south | {"externalId": "x"}).status_code == 429
        scim.console.gate.set()
        scim.idle()
        shown = [group["displayName"] for group in scim.ask("GET", "/Groups", None).json()["Resources"]]
        assert sorted(shown) == ["Sales", "South"]
        assert scim.console.group_names == {"Sales", "South"}
        made, renamed = scim.service.writes.all()
        assert (made.target, renamed.target) == (groups["North"], groups["North"])
