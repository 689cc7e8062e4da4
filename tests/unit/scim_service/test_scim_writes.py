"""Writing through the SCIM service: what reaches the console, once, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from connector.errors import ConsoleUnavailable
from connector.models import Guard, Person, Role, Status
from connector.scim_service.service import Options
from tests.unit.scim_service.console import ConsoleInMemory, Killed
from tests.unit.scim_service.served import ADA, BO, CY, ENTERPRISE, Served, new_user, patch_of, person, served

DEE = "dee@northwind.example"


@pytest.fixture
def scim(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY, groups=["Sales"]), Options(answer_seconds=10)) as service:
        yield service


def fault(answer: Any) -> tuple[int, str | None]:
    """Status and scimType of an error."""
    told = answer.json()
    assert told["status"] == str(answer.status_code), told
    return answer.status_code, told.get("scimType")


# -- people ------------------------------------------------------------------------------------------------------------
def test_a_created_person_is_invited_and_found(scim: Served) -> None:
    manager = scim.find(ADA.email)["id"]
    body = new_user(DEE, externalId="00u1", roles=[{"value": "Content Creator"}], active=True)
    body[ENTERPRISE] = {"manager": {"value": manager}}

    answer = scim.ask("POST", "/Users", body)

    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == answer.json()["meta"]["location"]
    assert scim.console.books == [f"invite {DEE}"]
    invited = scim.console.everybody[DEE]
    assert (invited.role, invited.managers, invited.status) == (
        Role.CONTENT_CREATOR, (ADA.email,), Status.INVITED,
    )  # fmt: skip
    assert scim.find(DEE)["externalId"] == "00u1"


@pytest.mark.parametrize("how", ["patch", "put", "delete"])
def test_deactivating_takes_access_away_and_nothing_else(scim: Served, how: str) -> None:
    bo = scim.find(BO.email)
    path = f"/Users/{bo['id']}"
    if how == "patch":
        answer = scim.patch(path, {"op": "replace", "path": "active", "value": False})
    elif how == "put":
        answer = scim.ask("PUT", path, {**new_user(BO.email, "Bo", "Elsewhere"), "active": False})
    else:
        answer = scim.ask("DELETE", path)

    assert answer.status_code == (204 if how == "delete" else 200), answer.text
    assert scim.console.books == [f"deactivate {BO.email}"]
    assert scim.console.everybody[BO.email] == BO.model_copy(update={"status": Status.DEACTIVATED})


def test_who_was_deleted_is_not_found_and_comes_back_under_her_id(scim: Served) -> None:
    bo = scim.find(BO.email)
    assert scim.ask("DELETE", f"/Users/{bo['id']}").status_code == 204
    assert scim.ask("GET", f"/Users/{bo['id']}").status_code == 404
    assert scim.ask("DELETE", f"/Users/{bo['id']}").status_code == 404

    back = scim.ask("POST", "/Users", new_user(BO.email, "Bo", "Lindt", active=True))

    assert (back.status_code, back.json()["id"]) == (201, bo["id"])
    assert scim.console.books[1:] == [f"reactivate {BO.email}", f"edit {BO.email}"]
    assert scim.console.everybody[BO.email].last_name == "Lindt"


@pytest.mark.parametrize("named", [False, True], ids=["named nothing", "named a role"])
def test_who_comes_back_keeps_what_the_create_does_not_name(tmp_path: Path, named: bool) -> None:
    eve = person(
        "eve@northwind.example", "Eve", "Ray", role=Role.MANAGER, groups=("Sales",), managers=(ADA.email, BO.email)
    )
    with served(tmp_path, ConsoleInMemory(ADA, BO, eve, groups=["Sales"]), Options(answer_seconds=10)) as scim:
        shown = scim.find(eve.email)
        assert (shown["roles"][0]["value"], shown[ENTERPRISE]["manager"]["value"]) == (
            "manager", scim.find(ADA.email)["id"],
        )  # fmt: skip
        assert scim.ask("DELETE", f"/Users/{shown['id']}").status_code == 204
        assert scim.console.everybody[eve.email].status is Status.DEACTIVATED
        body = new_user(eve.email, "Eve", "Ray", externalId="00u5", active=True)
        if named:
            body |= {"roles": [{"value": "content_creator"}], ENTERPRISE: {"manager": {"value": BO.email}}}

        back = scim.ask("POST", "/Users", body)

        assert back.status_code == 201, back.text
        changed = {"role": Role.CONTENT_CREATOR, "managers": (BO.email,)} if named else {}
        assert scim.console.everybody[eve.email] == eve.model_copy(update=changed)
        assert {name: back.json()[name] for name in ("id", "externalId")} == {"id": shown["id"], "externalId": "00u5"}
        assert back.json()["roles"][0]["value"] == ("content_creator" if named else "manager")
        assert scim.console.everybody[BO.email] == BO


def test_a_repeated_create_changes_nothing_of_who_is_here(scim: Served) -> None:
    path = f"/Users/{scim.find(BO.email)['id']}"
    for name, value in (("externalId", "00u6"), ("roles", [{"value": "manager"}])):
        assert scim.patch(path, {"op": "add", "path": name, "value": value}).status_code == 200
    bo = scim.console.everybody[BO.email]
    assert (bo.role, bo.managers, bo.groups) == (Role.MANAGER, (ADA.email,), ("Sales",))
    books = list(scim.console.books)

    again = scim.ask("POST", "/Users", new_user(BO.email, "Bo", "Lind", externalId="00u6"))

    assert (again.status_code, again.json()["roles"][0]["value"]) == (201, "manager")
    assert (scim.console.everybody[BO.email], scim.console.books) == (bo, books)


def test_only_the_difference_is_written(scim: Served) -> None:
    bo = scim.find(BO.email)
    same = scim.ask("PUT", f"/Users/{bo['id']}", bo)
    assert (same.status_code, same.json()["meta"]["version"]) == (200, bo["meta"]["version"])
    assert scim.console.books == []

    kept = scim.patch(f"/Users/{bo['id']}", {"op": "add", "path": "externalId", "value": "00u2"})
    assert (kept.json()["externalId"], kept.json()["meta"]["version"]) == ("00u2", 'W/"2"')
    assert scim.console.books == []


def test_a_put_that_does_not_speak_of_role_and_manager_leaves_them(scim: Served) -> None:
    ada = scim.find(ADA.email)
    bo = scim.find(BO.email)
    for one, first, last in ((ada, "Ada", "Novak-Lee"), (bo, "Bo", "Lindt")):
        body = new_user(one["userName"].upper(), first, last)
        assert scim.ask("PUT", f"/Users/{one['id']}", body).status_code == 200

    assert scim.console.everybody[ADA.email] == ADA.model_copy(update={"last_name": "Novak-Lee"})
    assert scim.console.everybody[BO.email] == BO.model_copy(update={"last_name": "Lindt"})


def test_a_put_that_does_not_speak_of_active_reactivates_nobody(scim: Served) -> None:
    cy = scim.find(CY.email)
    assert scim.ask("PUT", f"/Users/{cy['id']}", new_user(CY.email, "Cy", "Marsh")).status_code == 200
    assert scim.console.books == []


def test_removing_the_role_makes_a_learner(scim: Served) -> None:
    bo = scim.find(BO.email)
    path = f"/Users/{bo['id']}"
    scim.patch(path, {"op": "replace", "path": "entitlements", "value": [{"value": "manager"}]})
    assert scim.console.everybody[BO.email].role is Role.MANAGER

    gone = scim.patch(path, {"op": "remove", "path": "roles"})

    assert scim.console.everybody[BO.email].role is Role.LEARNER
    assert "roles" not in gone.json()


def test_the_manager_is_given_by_id_or_address_and_taken_away(scim: Served) -> None:
    cy, bo = scim.find(CY.email), scim.find(BO.email)
    path, where = f"/Users/{bo['id']}", f"{ENTERPRISE}:manager"

    changed = scim.patch(path, {"op": "replace", "path": where, "value": {"value": CY.email}})
    assert changed.json()[ENTERPRISE]["manager"]["value"] == cy["id"]
    assert scim.console.everybody[BO.email].managers == (CY.email,)

    removed = scim.patch(path, {"op": "remove", "path": where})
    assert ENTERPRISE not in removed.json()
    assert scim.console.everybody[BO.email].managers == ()


@pytest.mark.parametrize(
    ("change", "expected", "said"),
    [
        ({"userName": "not an address"}, (400, "invalidValue"), "userName"),
        ({"name": {"givenName": "Dee"}}, (400, "invalidValue"), "familyName"),
        ({"roles": [{"value": "emperor"}]}, (400, "invalidValue"), "there is no role 'emperor'"),
        ({"roles": [{"value": "learner"}, {"value": "manager"}]}, (400, "invalidValue"), "exactly one role"),
        ({"roles": [{"value": "manager"}], "entitlements": [{"value": "admin"}]}, (400, "invalidValue"), "map one"),
        ({"active": "perhaps"}, (400, "invalidValue"), "active"),
        ({"active": False}, (400, "invalidValue"), "never invited"),
        ({"shoeSize": 43}, (400, "invalidSyntax"), "shoeSize"),
        ({ENTERPRISE: {"manager": {"value": "nobody"}}}, (400, "invalidValue"), "provision the manager first"),
        ({ENTERPRISE: {"manager": {"value": DEE}}}, (400, "invalidValue"), "manager"),
        ({"roles": [{"value": "admin"}]}, (403, None), "refused for now by the guard admin-role"),
        ({"userName": BO.email}, (409, "uniqueness"), BO.email),
    ],
)
def test_what_a_console_cannot_hold_is_refused_in_words(
    scim: Served, change: dict[str, Any], expected: tuple[int, str | None], said: str
) -> None:
    answer = scim.ask("POST", "/Users", new_user(DEE) | change)
    assert fault(answer) == expected
    assert said in answer.json()["detail"]
    assert scim.console.books == []


def test_nobody_gets_another_address(scim: Served) -> None:
    bo = scim.find(BO.email)
    for answer in (
        scim.ask("PUT", f"/Users/{bo['id']}", new_user("bo.lind@northwind.example", "Bo", "Lind")),
        scim.patch(f"/Users/{bo['id']}", {"op": "replace", "path": "userName", "value": "bo.lind@northwind.example"}),
    ):
        assert fault(answer) == (400, "mutability")
    assert scim.console.books == []


def test_a_stale_entity_tag_changes_nothing(scim: Served) -> None:
    bo = scim.find(BO.email)
    stale = {"If-Match": 'W/"99"'}
    path = f"/Users/{bo['id']}"
    answers = [
        scim.patch(path, {"op": "replace", "path": "active", "value": False}, **stale),
        scim.ask("PUT", path, new_user(BO.email, "Bo", "Lindt"), **stale),
        scim.ask("DELETE", path, **stale),
    ]
    assert [answer.status_code for answer in answers] == [412, 412, 412]
    assert scim.console.books == []
    fresh = {"If-Match": bo["meta"]["version"]}
    assert scim.patch(path, {"op": "replace", "path": "active", "value": False}, **fresh).status_code == 200


def test_without_a_free_seat_the_provider_reads_why(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY, seats=2)) as scim:
        answer = scim.ask("POST", "/Users", new_user(DEE))
        assert fault(answer) == (403, None)
        assert "no-free-seat" in answer.json()["detail"]
        assert "1 seat is needed, 0 are free" in answer.json()["detail"]


def test_the_mass_change_brake_counts_over_many_requests(tmp_path: Path) -> None:
    crowd = [person(f"p{number}@northwind.example", "P", str(number)) for number in range(20)]
    with served(tmp_path, ConsoleInMemory(ADA, *crowd), mass_change_people=6, mass_change_percent=50) as scim:
        answers = [scim.ask("DELETE", f"/Users/{scim.find(one.email)['id']}") for one in crowd[:8]]
        assert [answer.status_code for answer in answers] == [204] * 6 + [403] * 2
        assert "mass-change" in answers[-1].json()["detail"]
        assert len(scim.console.books) == 6


@pytest.mark.parametrize("approvals", [True, False])
def test_the_mass_change_brake_counts_people_who_have_not_got_access_back(tmp_path: Path, approvals: bool) -> None:
    crowd = [person(f"p{number}@northwind.example", "P", str(number)) for number in range(20)]
    console = ConsoleInMemory(ADA, *crowd)
    limits = {"mass_change_people": 6, "mass_change_percent": 50}
    with served(tmp_path, console, Options(approvals=approvals), **limits) as scim:
        paths = {one.email: f"/Users/{scim.find(one.email)['id']}" for one in crowd}

        def active(one: Person, wanted: bool) -> Any:
            return scim.patch(paths[one.email], {"op": "replace", "path": "active", "value": wanted})

        for one in (crowd[0], *crowd[:5]):  # the first of them twice
            assert [active(one, wanted).status_code for wanted in (False, True)] == [200, 200]
        assert active(crowd[5], False).status_code == 200
        console.everybody[crowd[5].email] = crowd[5]  # by hand, in the console
        scim.service.mirror.look(crowd[5])
        assert {one.status for one in console.everybody.values()} == {Status.ACTIVE}

        answers = [active(one, False) for one in crowd[10:17]]

        assert [answer.status_code for answer in answers] == [200] * 6 + [403]
        assert "mass-change" in answers[-1].json()["detail"]
        assert "7 of 21 people" in answers[-1].json()["detail"]
        gone = {email for email, one in console.everybody.items() if one.status is Status.DEACTIVATED}
        assert gone == {one.email for one in crowd[10:16]}


def test_a_lifted_guard_lets_pass(tmp_path: Path) -> None:
    lifted = Options(overrides=frozenset({Guard.ADMIN_ROLE}))
    with served(tmp_path, ConsoleInMemory(ADA, BO), lifted) as scim:
        path = f"/Users/{scim.find(BO.email)['id']}"
        assert scim.patch(path, {"op": "add", "path": "roles", "value": [{"value": "admin"}]}).status_code == 200
        assert scim.console.everybody[BO.email].role is Role.ADMIN


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([{"value": "manager"}], Role.MANAGER),
        ([{"value": "learner", "primary": True}, {"value": "manager"}], Role.MANAGER),
        ([{"value": "learner", "primary": False}, {"value": "manager", "primary": True}], Role.MANAGER),
        ([{"value": "learner", "primary": True}, {"value": "manager", "primary": False}], Role.LEARNER),
    ],
)
def test_of_several_roles_the_one_that_is_new_or_primary_is_meant(
    scim: Served, given: list[dict[str, Any]], meant: Role
) -> None:
    path = f"/Users/{scim.find(BO.email)['id']}"
    answer = scim.patch(path, {"op": "replace", "path": "roles", "value": given})
    assert answer.status_code == 200, answer.text
    assert scim.console.everybody[BO.email].role is meant


# -- once --------------------------------------------------------------------------------------------------------------
def test_a_create_whose_answer_was_lost_is_not_done_again(scim: Served) -> None:
    body = new_user(DEE, externalId="00u1")
    first, second = scim.ask("POST", "/Users", body), scim.ask("POST", "/Users", body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert scim.console.books == [f"invite {DEE}"]
    assert fault(scim.ask("POST", "/Users", {**body, "externalId": "00u9"})) == (409, "uniqueness")
    assert fault(scim.ask("POST", "/Users", new_user(DEE))) == (409, "uniqueness")


def test_the_same_create_at_the_same_time_is_done_once(scim: Served) -> None:
    body = new_user(DEE, externalId="00u1")
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: scim.ask("POST", "/Users", body), range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert scim.console.books == [f"invite {DEE}"]


def test_who_does_not_get_an_answer_in_time_finds_the_result(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA, BO), Options(answer_seconds=0.1)) as scim:
        scim.console.gate.clear()
        path = f"/Users/{scim.find(BO.email)['id']}"
        change = {"op": "replace", "path": "name.familyName", "value": "Lindt"}
        early = [
            scim.ask("POST", "/Users", new_user(DEE)),
            scim.ask("POST", "/Users", new_user(DEE)),
            scim.patch(path, change),
            scim.patch(path, change),
        ]
        assert [answer.status_code for answer in early] == [429] * 4
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in early)
        scim.console.gate.set()
        scim.idle()

        assert scim.ask("POST", "/Users", new_user(DEE)).status_code == 201
        assert scim.patch(path, change).status_code == 200
        assert sorted(scim.console.books) == [f"edit {BO.email}", f"invite {DEE}"]
        assert fault(scim.ask("POST", "/Users", new_user(DEE))) == (409, "uniqueness")


def test_a_refusal_that_nobody_waited_for_is_told_once_and_then_tried_again(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA, seats=1), Options(answer_seconds=0.1)) as scim:
        scim.console.gate.clear()
        assert scim.ask("POST", "/Users", new_user(DEE)).status_code == 429
        scim.console.gate.set()
        scim.idle()
        scim.console.seats = 2
        told = scim.ask("POST", "/Users", new_user(DEE))
        assert fault(told) == (403, None)
        assert scim.insist("POST", "/Users", new_user(DEE)).status_code == 201


def test_a_result_that_was_undone_meanwhile_is_not_told_for_the_same_request_later(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA, BO), Options(answer_seconds=0.1)) as scim:
        path = f"/Users/{scim.find(BO.email)['id']}"
        leave, back = ({"op": "replace", "path": "active", "value": active} for active in (False, True))
        scim.console.gate.clear()
        assert scim.patch(path, leave).status_code == 429
        scim.console.gate.set()
        scim.idle()
        assert scim.insist("PATCH", path, patch_of(back)).status_code == 200

        assert scim.insist("PATCH", path, patch_of(leave)).status_code == 200

        assert scim.console.books == [f"{kind} {BO.email}" for kind in ("deactivate", "reactivate", "deactivate")]
        assert scim.console.everybody[BO.email].status is Status.DEACTIVATED


def test_a_group_whose_members_could_not_join_is_made_by_the_same_request_again(scim: Served) -> None:
    members = [{"value": scim.find(email)["id"]} for email in (ADA.email, BO.email)]
    body = {"displayName": "Oslo", "externalId": "g1", "members": members}
    gone = scim.console.everybody.pop(BO.email)
    assert fault(scim.ask("POST", "/Groups", body)) == (400, "invalidValue")
    scim.console.everybody[BO.email] = gone

    again = scim.ask("POST", "/Groups", body)

    assert again.status_code == 201, again.text
    assert {one.groups for one in scim.console.everybody.values()} == {("Oslo",), ("Sales", "Oslo"), ()}
    assert len(again.json()["members"]) == 2


def test_what_was_queued_outlives_a_killed_service(tmp_path: Path) -> None:
    console = ConsoleInMemory(ADA, BO)
    addresses = [f"n{number}@northwind.example" for number in range(6)]
    with served(tmp_path, console, Options(answer_seconds=0.05)) as scim:
        writes = scim.service.writes
        console.gate.clear()
        for address in addresses:
            assert scim.ask("POST", "/Users", new_user(address, externalId=address)).status_code == 429
            with writes.changed:  # the first is a run of its own, and the others are the next one
                assert writes.changed.wait_for(writes.running, 10)
        console.dies_after = 1
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("threading.excepthook", lambda args: None)
            console.gate.set()
            scim.service.console_thread.join(10)
        assert not scim.service.console_thread.alive
        assert scim.client.get("/healthz").status_code == 503
    assert console.books == [f"invite {address}" for address in addresses[:2]]
    console.dies_after = None

    with served(tmp_path, console, Options(answer_seconds=10)) as scim:
        answers = [scim.ask("POST", "/Users", new_user(address, externalId=address)) for address in addresses]
        assert [answer.status_code for answer in answers] == [201] * 6
    assert sorted(console.books) == [f"invite {address}" for address in addresses]
    assert issubclass(Killed, BaseException)


def test_writes_wait_for_a_console_in_trouble_and_go_on_by_themselves(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA, BO), Options(answer_seconds=0.1), pause_seconds=0.05) as scim:
        scim.console.broken = ConsoleUnavailable("the console cannot be reached")
        assert scim.ask("POST", "/Users", new_user(DEE, externalId="00u1")).status_code == 429
        while (ready := scim.client.get("/readyz")).status_code == 200:
            assert scim.service.writes.unfinished_count() == 1
        assert "cannot be reached" in ready.json()["why"]
        scim.console.broken = None
        scim.idle()
        assert scim.ask("POST", "/Users", new_user(DEE, externalId="00u1")).status_code == 201
        assert scim.client.get("/readyz").status_code == 200


# -- groups ------------------------------------------------------------------------------------------------------------
def test_members_come_and_go(scim: Served) -> None:
    ada, bo = scim.find(ADA.email), scim.find(BO.email)
    sales = scim.group("Sales")
    path = f"/Groups/{sales['id']}"

    both = scim.patch(path, {"op": "add", "path": "members", "value": [{"value": ada["id"]}]})
    assert {member["value"] for member in both.json()["members"]} == {ada["id"], bo["id"]}
    one = scim.patch(path, {"op": "remove", "path": f'members[value eq "{bo["id"]}"]'})
    assert [member["value"] for member in one.json()["members"]] == [ada["id"]]
    none = scim.ask("PUT", path, {"displayName": "Sales", "members": []})

    assert "members" not in none.json()
    assert scim.console.books == [f"edit {ADA.email}", f"edit {BO.email}", f"edit {ADA.email}"]
    assert {one.groups for one in scim.console.everybody.values()} == {()}


def test_a_put_that_does_not_speak_of_members_leaves_them(scim: Served) -> None:
    sales = scim.group("Sales")
    answer = scim.ask("PUT", f"/Groups/{sales['id']}", {"displayName": "Sales", "externalId": "g7"})
    assert (answer.json()["members"], answer.json()["externalId"]) == (sales["members"], "g7")
    assert scim.console.books == []


def test_a_new_group_comes_into_being_with_its_first_member(scim: Served) -> None:
    made = scim.ask("POST", "/Groups", {"displayName": "Oslo"})
    assert (made.status_code, scim.console.group_names) == (201, {"Sales"})
    path = f"/Groups/{made.json()['id']}"
    renamed = scim.ask("PUT", path, {"displayName": "Bergen"})
    assert (renamed.status_code, renamed.json()["displayName"]) == (200, "Bergen")

    joined = scim.patch(path, {"op": "add", "path": "members", "value": [{"value": scim.find(BO.email)["id"]}]})

    assert joined.status_code == 200, joined.text
    assert scim.console.group_names == {"Sales", "Bergen"}
    assert scim.console.everybody[BO.email].groups == ("Sales", "Bergen")


def test_what_a_console_cannot_do_with_groups_is_refused(scim: Served) -> None:
    sales = scim.group("Sales")
    path = f"/Groups/{sales['id']}"
    renamed = scim.patch(path, {"op": "replace", "path": "displayName", "value": "Sellers"})
    assert fault(renamed) == (400, "mutability")
    unknown = scim.patch(path, {"op": "add", "path": "members", "value": [{"value": "no-such-id"}]})
    assert fault(unknown) == (400, "invalidValue")
    assert "no-such-id" in unknown.json()["detail"]
    assert fault(scim.ask("POST", "/Groups", {"displayName": "sales"})) == (409, "uniqueness")
    assert scim.console.books == []


def test_unknown_members_are_left_out_where_the_service_is_told_to(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA, BO, groups=["Sales"]), Options(ignore_unknown_members=True)) as scim:
        path = f"/Groups/{scim.group('Sales')['id']}"
        members = [{"value": "no-such-id"}, {"value": scim.find(ADA.email)["id"]}]
        answer = scim.patch(path, {"op": "add", "path": "members", "value": members})
        assert answer.status_code == 200
        assert len(answer.json()["members"]) == 2


def test_a_deleted_group_has_nobody_in_it_any_more(scim: Served) -> None:
    sales = scim.group("Sales")
    assert scim.ask("DELETE", f"/Groups/{sales['id']}").status_code == 204
    assert scim.ask("GET", f"/Groups/{sales['id']}").status_code == 404
    assert scim.console.everybody[BO.email] == BO.model_copy(update={"groups": ()})
    assert "groups" not in scim.find(BO.email)
