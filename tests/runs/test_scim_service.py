"""The SCIM service in front of the mock console, through the browser: judged by the console's books."""

from __future__ import annotations

from time import monotonic

from connector.models import Guard
from connector.scim_service.service import Options
from fixtures.mock_console import MockConsole
from tests.flows.conftest import GRACE, INGRID
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed
from tests.runs.conftest import Serve
from tests.unit.scim_service.served import new_user

NEW = "nell.quist@northwind.example"


def test_a_person_is_created_changed_deleted_and_created_again(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    assert NEW not in {person.email for person in before.people}

    created = scim.ask("POST", "/Users", new_user(NEW, "Nell", "Quist", externalId="00u1", active=True))
    assert created.status_code == 201, created.text
    invited = mock.books()
    fields = {"first_name": "Nell", "last_name": "Quist"}
    assert_only_changed(before, invited, {NEW: fields})
    assert mailed(before, invited) == [(NEW, "invitation")]

    identity = created.json()["id"]
    changed = scim.patch(f"/Users/{identity}", {"op": "replace", "path": "name.familyName", "value": "Quist-Moe"})
    assert changed.status_code == 200, changed.text
    assert_only_changed(before, mock.books(), {NEW: fields | {"last_name": "Quist-Moe"}})

    gone = scim.ask("DELETE", f"/Users/{identity}")
    assert gone.status_code == 204, gone.text
    assert scim.ask("GET", f"/Users/{identity}").status_code == 404
    assert_only_changed(before, mock.books(), {NEW: fields | {"last_name": "Quist-Moe", "status": "deactivated"}})

    again = scim.ask("POST", "/Users", new_user(NEW, "Nell", "Quist-Moe", externalId="00u1", active=True))
    assert again.status_code == 201, again.text
    assert again.json()["id"] == identity
    assert again.json()["active"] is True
    after = mock.books()
    assert after.person(NEW).status != "deactivated"
    assert [kind for kind, whom in happened(before, after) if whom == NEW] == [
        "invited",
        "edited",
        "deactivated",
        "reactivated",
    ]


def test_a_group_is_made_gets_and_loses_a_member_and_is_deleted(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    assert "Reykjavik" not in before.groups
    grace = scim.find(GRACE)
    others = list(before.person(GRACE).groups)

    made = scim.ask("POST", "/Groups", {"displayName": "Reykjavik", "externalId": "g1"})
    assert made.status_code == 201, made.text
    assert_only_changed(before, mock.books(), {}, groups=["Reykjavik"])
    path = f"/Groups/{made.json()['id']}"
    joined = scim.patch(path, {"op": "add", "path": "members", "value": [{"value": grace["id"]}]})
    assert joined.status_code == 200, joined.text
    assert_only_changed(before, mock.books(), {GRACE: {"groups": [*others, "Reykjavik"]}}, groups=["Reykjavik"])

    left = scim.patch(path, {"op": "Remove", "path": "members", "value": [{"value": grace["id"]}]})
    assert left.status_code == 200, left.text
    assert "members" not in left.json()
    assert_only_changed(before, mock.books(), {}, groups=["Reykjavik"])

    assert scim.patch(path, {"op": "add", "path": "members", "value": [{"value": grace["id"]}]}).status_code == 200
    gone = scim.ask("DELETE", path)
    assert gone.status_code == 204, gone.text
    assert scim.ask("GET", path).status_code == 404
    assert "Reykjavik" not in [one["display"] for one in scim.find(GRACE).get("groups", [])]
    assert_only_changed(before, mock.books(), {})


def test_a_repeated_create_of_a_group_takes_nobody_out(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    name = next(one for one in before.person(GRACE).groups if before.group(one).kind != "dynamic")
    group = scim.group(name)
    members = {one.email for one in before.people if name in one.groups}
    assert len(members) > 1
    linked = scim.patch(f"/Groups/{group['id']}", {"op": "add", "path": "externalId", "value": "g1"})
    assert linked.status_code == 200, linked.text

    again = scim.ask("POST", "/Groups", {"displayName": name, "externalId": "g1"})

    assert (again.status_code, again.json()["id"]) == (201, group["id"])
    assert len(again.json()["members"]) == len(members)
    assert_nothing_happened(before, mock.books())


def test_the_last_word_wins_where_no_answer_comes_in_time(serve: Serve, mock: MockConsole) -> None:
    scim = serve(Options(answer_seconds=0.1))
    before = mock.books()
    assert before.person(GRACE).status == "active"
    path = f"/Users/{scim.find(GRACE)['id']}"

    answers = [scim.patch(path, {"op": "replace", "path": "active", "value": active}) for active in (False, True)]

    assert [answer.status_code for answer in answers] == [429, 429]
    scim.until_nothing_waits()
    after = mock.books()
    assert happened(before, after) == [("deactivated", GRACE), ("reactivated", GRACE)]
    assert_only_changed(before, after, {})
    assert scim.find(GRACE)["active"] is True


def test_a_dynamic_group_is_shown_and_left_alone(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    (dynamic,) = (name for name in before.groups if before.group(name).kind == "dynamic")
    group = scim.group(dynamic)
    path = f"/Groups/{group['id']}"

    answers = [
        scim.patch(path, {"op": "add", "path": "members", "value": [{"value": scim.find(GRACE)["id"]}]}),
        scim.ask("DELETE", path),
    ]

    assert [answer.status_code for answer in answers] == [400, 403]
    assert [answer.json().get("scimType") for answer in answers] == ["mutability", None]
    assert all("is a dynamic group" in answer.json()["detail"] for answer in answers)
    assert_nothing_happened(before, mock.books())


def test_no_free_seat_is_said_to_the_identity_provider_and_nothing_is_sent(serve: Serve, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used)
    scim = serve()
    before = mock.books()

    refused = scim.ask("POST", "/Users", new_user(NEW, "Nell", "Quist"))

    assert refused.status_code == 403, refused.text
    assert "no-free-seat" in refused.json()["detail"]
    assert "0 are free" in refused.json()["detail"]
    assert_nothing_happened(before, mock.books())


def test_reads_are_answered_while_the_console_is_busy(serve: Serve, mock: MockConsole) -> None:
    scim = serve(Options(answer_seconds=0.2))
    before = mock.books()
    mock.set_faults("slow-table=8000")

    waiting = scim.ask("POST", "/Users", new_user(NEW, "Nell", "Quist", externalId="00u1"))
    found = scim.find(INGRID)

    assert waiting.status_code == 429, waiting.text
    assert int(waiting.headers["Retry-After"]) > 0
    assert found["userName"] == INGRID
    assert_nothing_happened(before, mock.books())
    assert scim.service.writes.unfinished(), "the read was answered only after the console was no longer busy"
    mock.set_faults()
    deadline = monotonic() + 60
    while (told := scim.ask("POST", "/Users", new_user(NEW, "Nell", "Quist", externalId="00u1"))).status_code == 429:
        assert monotonic() < deadline
    assert told.status_code == 201, told.text
    assert mailed(before, mock.books()) == [(NEW, "invitation")]


def test_an_admin_is_made_only_where_the_service_is_told_to(serve: Serve, mock: MockConsole) -> None:
    scim = serve(Options(overrides=frozenset({Guard.ADMIN_ROLE})))
    before = mock.books()
    learner = next(
        one.email for one in before.people if (one.role, one.status, one.scim_managed) == ("learner", "active", False)
    )

    answer = scim.patch(
        f"/Users/{scim.find(learner)['id']}", {"op": "Add", "path": 'roles[primary eq "True"].value', "value": "admin"}
    )

    assert answer.status_code == 200, answer.text
    assert_only_changed(before, mock.books(), {learner: {"role": "admin"}})
