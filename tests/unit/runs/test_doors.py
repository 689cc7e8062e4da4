"""What answers mean: other shapes than the mock's, pages that count otherwise, doors that lead elsewhere, pauses."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from pydantic import SecretStr

from connector.errors import Refused
from connector.models import (
    CreateGroup,
    Deactivate,
    DeleteGroup,
    Edit,
    Guard,
    ImportPeople,
    Invite,
    InvitePeople,
    Reactivate,
    Resend,
    Role,
)
from connector.settings import Settings, load_settings
from connector.tiers.breaker import Breaker
from connector.tiers.doors import DoorTier
from connector.tiers.http import ceiling
from connector.tiers.protocol import AnswerLost, DoorShut, Rejected, Share
from connector.tiers.rest import RestDoor
from connector.tiers.scim import ScimDoor
from tests.conftest import apart

T = TypeVar("T")
Answer = Callable[[httpx.Request], httpx.Response]
ANN = "ann@northwind.example"
USER = {"id": 7, "name": "Ann Lee", "email": ANN, "isAdmin": False, "isDeleted": False}
RESOURCE = {"id": 7, "userName": ANN, "name": {"givenName": "Ann", "familyName": "Lee"}, "active": True}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(url="https://acme.app.eu.workramp.example", state_dir=tmp_path, timeout=1)


@pytest.fixture
def rest(settings: Settings) -> Callable[[Answer], RestDoor]:
    def make(answer: Answer) -> RestDoor:
        door = RestDoor(settings, SecretStr("a-key"), ceiling(settings))
        door._api._http = _through(answer, "https://acme.app.eu.workramp.example/api/v1")
        return door

    return make


@pytest.fixture
def scim(settings: Settings) -> Callable[[Answer], ScimDoor]:
    def make(answer: Answer) -> ScimDoor:
        door = ScimDoor(settings, SecretStr("a-token"), ceiling(settings))
        door._api._http = _through(answer, "https://acme.app.eu.workramp.example/scim/v2")
        return door

    return make


def _through(answer: Answer, base_url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url=base_url)


def run(awaitable: Awaitable[T]) -> T:
    async def main() -> T:
        return await awaitable

    return apart(main())


def always(content: Any, status: int = 200, **options: Any) -> Answer:
    return lambda request: httpx.Response(status, json=content, **options)


# -- where calls go ----------------------------------------------------------------------------------------------------
def test_calls_go_to_the_host_that_is_set_with_the_key_and_limit_and_page(rest: Callable[[Answer], RestDoor]) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=[USER])

    run(rest(answer).search(ANN))
    assert asked[0].url.host == "acme.app.eu.workramp.example"
    assert asked[0].url.path == "/api/v1/users"
    assert dict(asked[0].url.params) == {"limit": "2", "page": "0", "email": ANN, "includeDeleted": "true"}
    assert asked[0].headers["authorization"] == "Bearer a-key"


def test_a_door_that_leads_elsewhere_is_shut_and_the_key_does_not_follow(rest: Callable[[Answer], RestDoor]) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(302, headers={"location": "https://elsewhere.example/api/v1/users"})

    with pytest.raises(DoorShut, match=r"leads to elsewhere\.example: set WORKRAMP_URL"):
        run(rest(answer).search(ANN))
    assert asked == ["acme.app.eu.workramp.example"]


# -- what answers mean -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        {"users": []},
        [{"id": "seven"}],
        [{**USER, "email": None}],
        [{k: v for k, v in USER.items() if k != "isDeleted"}],
    ],
)
def test_an_answer_that_is_no_list_of_users_is_a_shut_door_and_nobody_is_made_up(
    rest: Callable[[Answer], RestDoor], content: Any
) -> None:
    with pytest.raises(DoorShut, match="it answers with something"):
        run(rest(always(content)).search(ANN))


@pytest.mark.parametrize(
    ("groups", "managers", "shown"),
    [
        ([{"id": 1, "name": "R&D"}], [{"id": 2, "email": "b@x.example"}], (("R&D",), ("b@x.example",))),
        (["R&D"], ["b@x.example"], (("R&D",), ("b@x.example",))),
        ([], [], ((), ())),
        ([1], [2], (None, None)),
        (None, None, (None, None)),
    ],
)
def test_groups_and_managers_are_read_in_any_shape_or_not_at_all(
    rest: Callable[[Answer], RestDoor], groups: Any, managers: Any, shown: Any
) -> None:
    (found,) = run(rest(always([{**USER, "groups": groups, "managers": managers}])).search(ANN))
    assert (found.person.groups, found.person.managers) == shown


@pytest.mark.parametrize("groups", [[1, 2], [{"id": 1}, {"id": 2}], [{"value": 1}, "2"]])
def test_groups_that_stand_there_by_their_ids_are_called_by_their_names(
    rest: Callable[[Answer], RestDoor], scim: Callable[[Answer], ScimDoor], groups: list[Any]
) -> None:
    def by_rest(request: httpx.Request) -> httpx.Response:
        named = [{"id": 1, "name": "R&D"}, {"id": 2, "name": "Sales"}] if request.url.params["page"] == "0" else []
        content = named if request.url.path.endswith("/groups") else [{**USER, "groups": groups}]
        return httpx.Response(200, json=content)

    def by_scim(request: httpx.Request) -> httpx.Response:
        named = [{"id": 1, "displayName": "R&D"}, {"id": 2, "displayName": "Sales"}]
        of_groups = request.url.path.endswith("/Groups")
        content = {"Resources": named if of_groups else [{**RESOURCE, "groups": groups}], "totalResults": 2}
        return httpx.Response(200, json=content)

    (found,) = run(scim(by_scim).search(ANN))
    assert found.person.groups == ("R&D", "Sales")
    if not any(isinstance(group, str) or "value" in str(group) for group in groups):  # SCIM's shape
        (found,) = run(rest(by_rest).search(ANN))
        assert found.person.groups == ("R&D", "Sales")


def test_a_400_with_an_empty_body_is_a_definite_no(rest: Callable[[Answer], RestDoor]) -> None:
    door = rest(lambda request: httpx.Response(400))
    with pytest.raises(Rejected, match=r"^rest answered HTTP 400$"):
        run(door.invite(Invite(email=ANN, first_name="Ann", last_name="Lee"), (), ()))


def test_what_a_service_repeats_of_its_key_is_masked(scim: Callable[[Answer], ScimDoor]) -> None:
    door = scim(always({"detail": "Bearer a-token may not"}, 422))
    with pytest.raises(Rejected, match=r"Bearer \[secret\] may not"):
        run(door.create_group("R&D"))


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_after_a_change_is_a_lost_answer_and_is_not_repeated(
    rest: Callable[[Answer], RestDoor], status: int
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        return httpx.Response(status)

    with pytest.raises(AnswerLost):
        run(rest(answer).create_group("R&D"))
    assert asked == ["POST"]


def test_a_429_did_nothing_and_is_repeated_within_the_budget(rest: Callable[[Answer], RestDoor]) -> None:
    statuses = iter([429, 200])
    run(rest(lambda request: httpx.Response(next(statuses), json={})).create_group("R&D"))
    assert next(statuses, None) is None


def test_something_that_is_no_json_is_a_shut_door(rest: Callable[[Answer], RestDoor]) -> None:
    with pytest.raises(DoorShut, match="not JSON"):
        run(rest(lambda request: httpx.Response(200, text="<html>")).search(ANN))


# -- pages -------------------------------------------------------------------------------------------------------------
def _scim_pages(total: int, *, by_page: bool, says: int | None) -> Answer:
    everyone = [{**RESOURCE, "id": number, "userName": f"u{number}@x.example"} for number in range(total)]

    def answer(request: httpx.Request) -> httpx.Response:
        count, start = int(request.url.params["count"]), int(request.url.params["startIndex"])
        first = (start - 1) * count if by_page else start - 1
        content: dict[str, Any] = {"Resources": everyone[first : first + count]}
        return httpx.Response(200, json=content if says is None else content | {"totalResults": says})

    return answer


@pytest.mark.parametrize("by_page", [True, False])
@pytest.mark.parametrize("total", [0, 1, 99, 100, 101, 250, 400])
def test_everybody_is_read_once_whether_start_index_counts_pages_or_people(
    scim: Callable[[Answer], ScimDoor], by_page: bool, total: int
) -> None:
    for says in (total, None):
        found = run(scim(_scim_pages(total, by_page=by_page, says=says)).everybody())
        assert [each.id for each in found] == list(range(total))


def test_a_total_that_counts_the_page_alone_cuts_nobody_off(scim: Callable[[Answer], ScimDoor]) -> None:
    pages = _scim_pages(240, by_page=True, says=None)

    def answer(request: httpx.Request) -> httpx.Response:
        content = json.loads(pages(request).content)
        return httpx.Response(200, json=content | {"totalResults": len(content["Resources"])})

    assert len(run(scim(answer).everybody())) == 240


@pytest.mark.parametrize("beyond", ["400", "the last page again", "empty"])
def test_a_page_that_is_exactly_full_is_the_last_one_however_the_next_is_answered(
    scim: Callable[[Answer], ScimDoor], beyond: str
) -> None:
    pages = _scim_pages(100, by_page=True, says=100)
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params["startIndex"])
        if asked[-1] == "1" or beyond == "empty":
            return pages(request)
        return httpx.Response(400) if beyond == "400" else pages(httpx.Request("GET", request.url, params=FIRST))

    assert len(run(scim(answer).everybody())) == 100
    assert asked == ["1", "2"]


FIRST = {"count": "100", "startIndex": "1"}


def test_whoever_a_search_finds_in_her_place_is_not_taken_for_all_there_are(
    rest: Callable[[Answer], RestDoor], scim: Callable[[Answer], ScimDoor]
) -> None:
    """Services that do not filter, or by a part of the address: she stands on a later page."""
    people = [f"u{number}@x.example" for number in range(150)] + [ANN]
    users = [{**USER, "id": number, "email": email} for number, email in enumerate(people)]
    resources = [{**RESOURCE, "id": number, "userName": email} for number, email in enumerate(people)]

    def by_rest(request: httpx.Request) -> httpx.Response:
        limit, page = int(request.url.params["limit"]), int(request.url.params["page"])
        return httpx.Response(200, json=users[page * limit : (page + 1) * limit])

    def by_scim(request: httpx.Request) -> httpx.Response:
        count, page = int(request.url.params["count"]), int(request.url.params["startIndex"])
        content = {"Resources": resources[(page - 1) * count : page * count], "totalResults": len(people)}
        return httpx.Response(200, json=content)

    for door in (rest(by_rest), scim(by_scim)):
        assert ANN in [found.person.email for found in run(door.search(ANN))]


def test_fewer_people_than_the_service_says_are_not_taken_for_everybody(scim: Callable[[Answer], ScimDoor]) -> None:
    with pytest.raises(DoorShut, match="it says that there are 150 and gives 120"):
        run(scim(_scim_pages(120, by_page=True, says=150)).everybody())


def test_a_service_that_gives_the_same_page_for_ever_is_noticed(
    rest: Callable[[Answer], RestDoor], scim: Callable[[Answer], ScimDoor]
) -> None:
    with pytest.raises(DoorShut, match="repeat"):
        run(rest(always([USER])).everybody())
    with pytest.raises(DoorShut, match="repeat"):
        run(rest(always([{"id": 1, "name": "R&D"}])).groups())
    with pytest.raises(DoorShut, match="repeat"):
        run(scim(always({"Resources": [RESOURCE]})).everybody())


# -- SCIM --------------------------------------------------------------------------------------------------------------
def test_a_display_name_that_is_not_the_name_hides_first_and_last_name(scim: Callable[[Answer], ScimDoor]) -> None:
    resource = {**RESOURCE, "displayName": "Dr. Ann Lee"}
    (found,) = run(scim(always({"Resources": [resource]})).search(ANN))
    assert (found.person.first_name, found.person.last_name, found.person.shown_name) == (None, None, "Dr. Ann Lee")


@pytest.mark.parametrize(
    ("manager", "read"),
    [
        (None, ()),
        ("", ()),
        ("bo@x.example", ("bo@x.example",)),
        ({"value": "bo@x.example"}, ("bo@x.example",)),
        ({"value": "31", "displayName": "Bo"}, None),
        (31, None),
    ],
)
def test_a_manager_that_cannot_be_read_is_not_taken_for_none(
    scim: Callable[[Answer], ScimDoor], manager: Any, read: Any
) -> None:
    (found,) = run(scim(always({"Resources": [{**RESOURCE, "manager": manager}]})).search(ANN))
    assert found.person.managers == read


@pytest.mark.parametrize(
    ("members", "named"), [([], ANN), ([{"value": "b@x.example"}], ANN), ([{"value": 31}], "7"), (None, ANN)]
)
def test_members_are_named_as_those_who_are_there_already(
    scim: Callable[[Answer], ScimDoor], members: Any, named: str
) -> None:
    sent: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH":
            sent.append(json.loads(request.content)["Operations"])
        content = {"Resources": [RESOURCE]} if request.url.path.endswith("/Users") else {"id": 1, "members": members}
        return httpx.Response(200, json=content)

    async def add(door: ScimDoor) -> None:
        (found,) = await door.search(ANN)
        await door.edit(Edit(email=ANN, add_groups=("R&D",)), found, {"R&D": 1})

    run(add(scim(answer)))
    assert sent == [[{"op": "add", "path": "members", "value": [{"value": named}]}]]


# -- capabilities ------------------------------------------------------------------------------------------------------
def _invite(**fields: Any) -> Invite:
    return Invite(**{"email": ANN, "first_name": "Ann", "last_name": "Lee", **fields})


_WHOLE = "whole"


@pytest.mark.parametrize(
    ("operation", "rest_does", "scim_does"),
    [
        (_invite(), _WHOLE, _WHOLE),
        (_invite(role=Role.ADMIN), _WHOLE, Edit(email=ANN, role=Role.ADMIN)),
        (_invite(role=Role.MANAGER), Edit(email=ANN, role=Role.MANAGER), Edit(email=ANN, role=Role.MANAGER)),
        (_invite(managers=("b@x.example", "c@x.example")), _WHOLE, Edit(email=ANN, add_managers=("c@x.example",))),
        (Deactivate(email=ANN), _WHOLE, _WHOLE),
        (Reactivate(email=ANN), _WHOLE, _WHOLE),
        (Resend(email=ANN), None, None),
        (CreateGroup(name="R&D"), None, None),
        (DeleteGroup(name="R&D"), None, None),
        (ImportPeople(people=(_invite(),)), None, None),
        (InvitePeople(people=(_invite(),)), None, None),
        (Edit(email=ANN, first_name="A", last_name="L"), _WHOLE, _WHOLE),
        (Edit(email=ANN, first_name="A"), None, _WHOLE),
        (Edit(email=ANN, role=Role.ADMIN), _WHOLE, None),
        (Edit(email=ANN, role=Role.LEARNER), None, None),
        (Edit(email=ANN, add_groups=("R&D",)), _WHOLE, _WHOLE),
        (Edit(email=ANN, remove_groups=("R&D",)), None, _WHOLE),
        (Edit(email=ANN, add_managers=("b@x.example",)), _WHOLE, None),
        (
            Edit(email=ANN, add_groups=("R&D",), remove_groups=("Sales",)),
            Edit(email=ANN, remove_groups=("Sales",)),
            _WHOLE,
        ),
    ],
)
def test_what_a_tier_cannot_do_is_known_before_it_is_asked(
    settings: Settings, operation: Any, rest_does: Any, scim_does: Any
) -> None:
    limiter = ceiling(settings)
    for door, expected in (
        (RestDoor(settings, SecretStr("a-key"), limiter), rest_does),
        (ScimDoor(settings, SecretStr("a-token"), limiter), scim_does),
    ):
        share = door.supports(operation)
        assert (share.mine is None) == (expected is None)
        assert (share == Share(operation)) == (expected == _WHOLE)
        assert bool(share.lacks) == (expected != _WHOLE)
        if isinstance(expected, Edit):
            assert share.rest == expected


# -- the breaker -------------------------------------------------------------------------------------------------------
def test_a_shut_tier_is_left_alone_for_its_pause_and_then_tried_by_one() -> None:
    now = [0.0]

    async def main() -> None:
        breaker = Breaker(10, lambda: now[0])
        assert await breaker.enter() is None
        breaker.opened("HTTP 403")
        assert (await breaker.enter(), breaker.reason) == ("HTTP 403", "HTTP 403")
        now[0] = 9.9
        assert await breaker.enter() == "HTTP 403"
        now[0] = 10
        assert await breaker.enter() is None
        second, third = asyncio.create_task(breaker.enter()), asyncio.create_task(breaker.enter())
        await asyncio.sleep(0)
        assert not second.done(), "the others wait for how the trial ends"
        breaker.opened("HTTP 500")
        assert (await second, await third) == ("HTTP 500", "HTTP 500")
        now[0] = 20
        assert await breaker.enter() is None
        fourth = asyncio.create_task(breaker.enter())
        await asyncio.sleep(0)
        breaker.closed()
        assert await fourth is None
        assert breaker.reason is None

    apart(main())


def test_the_ceiling_holds_the_burst_and_leaks_at_the_sustained_rate(settings: Settings) -> None:
    limiter = ceiling(settings)
    assert limiter.max_rate == 13_000
    assert limiter.max_rate / limiter.time_period * 3600 == pytest.approx(3_000)


# -- the default -------------------------------------------------------------------------------------------------------
def test_no_http_library_is_loaded_where_the_console_is_the_only_tier() -> None:
    code = (
        "import sys, connector.batch, connector.face, connector.runs, connector.tiers.router\n"
        "print([name for name in ('httpx', 'aiolimiter') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# -- who is meant ------------------------------------------------------------------------------------------------------
OTHERS = ("joann@northwind.example", "ann@northwind.example.org", "ann@northwind.examp1e")


def test_a_service_that_answers_with_somebody_else_is_not_believed(
    rest: Callable[[Answer], RestDoor], settings: Settings
) -> None:
    """A filter that is ignored, or that finds what only contains the address."""

    def answer(request: httpx.Request) -> httpx.Response:
        page = request.url.params["page"]
        users = [{**USER, "id": number, "email": email} for number, email in enumerate(OTHERS)]
        return httpx.Response(200, json=users if page == "0" else [])

    assert run(DoorTier(rest(answer), settings).read(ANN)) is None


def test_two_people_with_one_address_are_nobody_to_act_on(
    rest: Callable[[Answer], RestDoor], settings: Settings
) -> None:
    door = rest(always([USER, {**USER, "id": 8, "email": ANN.upper()}]))
    with pytest.raises(Refused) as refusal:
        run(DoorTier(door, settings).read(ANN))
    assert refusal.value.guard is Guard.AMBIGUOUS_MATCH


def test_another_spelling_of_an_address_is_found_among_everybody(
    rest: Callable[[Answer], RestDoor], settings: Settings
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        query = request.url.params
        asked_for = [USER] if query.get("email", ANN) == ANN and query["page"] == "0" else []
        return httpx.Response(200, json=asked_for)

    found = run(DoorTier(rest(answer), settings).read("Ann@Northwind.example"))
    assert found is not None
    assert found.email == ANN
