"""What no identity provider should send: every answer is an error of SCIM, and none is a 500."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.scim_service.faults import ServiceFault
from connector.scim_service.limits import Limits, RateLimit
from connector.scim_service.protocol import BIGGEST_BODY
from connector.scim_service.service import Options
from tests.conftest import apart
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, CORE, CY, ENTERPRISE, ERROR, PATCH_OP, Served, new_user, served


@pytest.fixture(scope="module")
def scim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    options = Options(answer_seconds=5, requests_per_second=100_000, burst=100_000)
    with served(tmp_path_factory.mktemp("hostile"), ConsoleInMemory(ADA, BO, CY), options) as service:
        yield service


def is_scim_error(answer: Any) -> tuple[int, str | None]:
    """Status and scimType, of an error in SCIM's form."""
    told = answer.json()
    assert told["schemas"] == [ERROR], told
    assert told["status"] == str(answer.status_code)
    assert told["detail"]
    return answer.status_code, told.get("scimType")


BAD_BODIES = [
    (b"", (400, "invalidSyntax")),
    (b"{", (400, "invalidSyntax")),
    (b"null", (400, "invalidSyntax")),
    (b"[]", (400, "invalidSyntax")),
    (b'"text"', (400, "invalidSyntax")),
    (b"\xff\xfe{}", (400, "invalidSyntax")),
    (b"NaN", (400, "invalidSyntax")),
    (b"[" * 100_000, (400, "invalidSyntax")),
    (b'{"a":' * 60 + b"1" + b"}" * 60, (400, "invalidSyntax")),
    (b'{"userName": ' + b"9" * 5000 + b"}", (400, "invalidSyntax")),
    (b'{"userName": 7}', (400, "invalidValue")),
    (json.dumps(new_user("x@northwind.example") | {"name": "Dee"}).encode(), (400, "invalidValue")),
    (json.dumps(new_user("x@northwind.example") | {"roles": {"value": "learner"}}).encode(), (400, "invalidValue")),
    (json.dumps(new_user("x@northwind.example") | {"schemas": ["urn:none"]}).encode(), (400, "invalidSyntax")),
    (json.dumps(new_user("x" * 300 + "@northwind.example")).encode(), (400, "invalidValue")),
    (json.dumps(new_user("a\u0000b@northwind.example")).encode(), (400, "invalidValue")),
    (json.dumps(new_user("\ud800@northwind.example")).encode(), (400, "invalidSyntax")),
    (b"x" * (BIGGEST_BODY + 1), (413, None)),
]


@pytest.mark.parametrize(("body", "expected"), BAD_BODIES)
def test_a_body_that_is_no_user_is_refused(scim: Served, body: bytes, expected: tuple[int, str | None]) -> None:
    answer = scim.client.post("/scim/v2/Users", content=body, headers={"Content-Type": "application/scim+json"})
    assert is_scim_error(answer) == expected


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_huge_body_is_refused_whatever_it_is_for(scim: Served, method: str) -> None:
    path = "/scim/v2/Users" if method == "POST" else f"/scim/v2/Users/{scim.find(BO.email)['id']}"
    answer = scim.client.request(
        method, path, content=b" " * (BIGGEST_BODY + 10), headers={"Content-Type": "application/json"}
    )
    assert is_scim_error(answer) == (413, None)


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ("no list", (400, "invalidValue")),
        ([], (400, "invalidValue")),
        ([{"op": "explode", "path": "active", "value": True}], (400, "invalidValue")),
        ([{"op": "remove"}], (400, "noTarget")),
        ([{"op": "replace", "path": "active"}], (400, "invalidValue")),
        ([{"op": "replace", "path": "active", "value": [1, 2]}], (400, "invalidValue")),
        ([{"op": "replace", "path": "name[", "value": "x"}], (400, "invalidPath")),
        ([{"op": "replace", "path": "shoeSize", "value": 43}], (400, "invalidPath")),
        ([{"op": "replace", "value": "text"}], (400, "invalidValue")),
        ([{"op": "replace", "path": "id", "value": "x"}], (400, "mutability")),
        ([{"op": "replace", "path": "groups", "value": []}], (400, "mutability")),
        ([{"op": "remove", "path": "userName"}], (400, "mutability")),
        ([{"op": "replace", "path": "emails", "value": [{"value": "x@y.example"}]}], (400, "invalidValue")),
        ([{"op": "replace", "path": 7, "value": 1}], (400, "invalidValue")),
        ([7], (400, "invalidValue")),
    ],
)
def test_a_patch_that_cannot_be_is_refused(scim: Served, operations: Any, expected: tuple[int, str | None]) -> None:
    path = f"/Users/{scim.find(BO.email)['id']}"
    answer = scim.ask("PATCH", path, {"schemas": [PATCH_OP], "Operations": operations})
    assert is_scim_error(answer) == expected
    assert scim.find(BO.email)["active"] is True


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter=userName", (400, "invalidFilter")),
        ("filter=userName eq", (400, "invalidFilter")),
        ("filter=shoeSize eq 43", (400, "invalidFilter")),
        ("filter=active gt true", (400, "invalidFilter")),
        ("filter=" + "(" * 5000, (400, "invalidFilter")),
        ("filter=not(" * 400, (400, "invalidFilter")),
        ("startIndex=one", (400, "invalidValue")),
        ("count=1.5", (400, "invalidValue")),
        ("count=" + "9" * 5000, (400, "invalidValue")),
        ("sortBy=shoeSize", (400, "invalidPath")),
        ("sortOrder=sideways&sortBy=userName", (400, "invalidValue")),
        ("cursor=x", (501, None)),
    ],
)
def test_a_query_that_cannot_be_is_refused(scim: Served, query: str, expected: tuple[int, str | None]) -> None:
    name, _, value = query.partition("=")
    answer = scim.ask("GET", f"/Users?{name}={quote(value, safe='&=')}")
    assert is_scim_error(answer) == expected


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/Users/no-such-id", 404),
        ("PATCH", "/Users/no-such-id", 404),
        ("DELETE", "/Groups/no-such-id", 404),
        ("GET", "/Robots", 404),
        ("GET", "/Users/a/b/c", 404),
        ("GET", f"/Users/{'x' * 3000}", 404),
        ("GET", "/Users/%00", 400),
        ("GET", "/Users/%F0%9F%90%99", 404),
        ("GET", "/Users/%0d%0aX-Evil:%201", 400),
        ("DELETE", "/Users", 405),
        ("PUT", "/Schemas", 405),
        ("BREW", "/Users", 405),
        ("POST", "/Bulk", 501),
        ("GET", "/Me", 501),
    ],
)
def test_addresses_without_a_meaning_are_answered_in_scim(scim: Served, method: str, path: str, status: int) -> None:
    body = {"schemas": [PATCH_OP], "Operations": [{"op": "replace", "path": "active", "value": False}]}
    answer = scim.ask(method, path, body if method in ("PATCH", "POST") else None)
    assert is_scim_error(answer)[0] == status
    assert "x-evil" not in answer.headers


def test_another_kind_of_body_is_refused(scim: Served) -> None:
    answer = scim.client.post("/scim/v2/Users", content=b"<user/>", headers={"Content-Type": "text/xml"})
    assert is_scim_error(answer) == (415, None)


def test_bytes_that_are_no_text_are_refused(scim: Served) -> None:
    sent: list[Any] = []

    async def ask() -> None:
        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": "/scim/v2/Users", "raw_path": b"/scim/v2/Users",
            "query_string": b"filter=\xff\xfe", "headers": [(b"host", b"x")], "scheme": "http", "root_path": "",
            "server": ("x", 80), "client": ("127.0.0.1", 1), "http_version": "1.1",
        }  # fmt: skip
        await scim.service.application()(scope, receive, send)

    apart(ask())
    assert sent[0]["status"] == 400
    assert json.loads(sent[1]["body"])["scimType"] == "invalidSyntax"


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    sent: list[Any] = []

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    async def ask() -> None:
        async def never() -> Any:
            await asyncio.Event().wait()

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
        await Limits(reading, answer_seconds=5, body_seconds=0.05)(scope, never, send)

    apart(ask())
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["schemas"] == [ERROR]


def test_the_rate_limit_lets_bursts_pass_and_recovers() -> None:
    time = [0.0]
    rate = RateLimit(per_second=2, burst=3, clock=lambda: time[0])
    for _ in range(3):
        rate.admit("okta")
    with pytest.raises(ServiceFault) as refused:
        rate.admit("okta")
    rate.admit("entra")
    time[0] = 0.5
    rate.admit("okta")
    assert (refused.value.status, refused.value.fault.retry_after) == (429, 1)


def test_a_token_that_asks_too_often_is_told_to_wait(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA), Options(requests_per_second=0.001, burst=3)) as scim:
        answers = [scim.ask("GET", "/Users") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"] == "1"


def test_a_thousand_requests_at_once_are_all_answered(scim: Served) -> None:
    bo = scim.find(BO.email)
    requests: list[tuple[str, str, Any]] = [
        ("GET", f"/Users/{bo['id']}", None),
        ("GET", "/Users?count=2", None),
        ("POST", "/Users", {"schemas": [CORE], "userName": "nobody"}),
        ("PATCH", f"/Users/{bo['id']}", {"schemas": [PATCH_OP], "Operations": []}),
        ("GET", "/Users?filter=nonsense", None),
    ] * 200
    with ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(lambda one: scim.ask(*one).status_code, requests))
    assert statuses == [200, 200, 400, 400, 400] * 200


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=12), below, max_size=4),
    max_leaves=12,
)
_NAMES = st.sampled_from(
    ["userName", "name", "active", "roles", "entitlements", "emails", "externalId", "groups", "meta", "id",
     "displayName", "members", ENTERPRISE, "schemas", "locale", "name.givenName", "manager"]
)  # fmt: skip
_PATHS = (
    _NAMES
    | st.text(max_size=30)
    | st.sampled_from(
        [
            'roles[primary eq "True"].value',
            'emails[type eq "work"].value',
            f"{ENTERPRISE}:manager",
            "members[value eq 1]",
        ]
    )
)
_OPERATIONS = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "Replace", "remove", "x"])}, optional={"path": _PATHS, "value": _JSON}
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.dictionaries(_NAMES, _JSON, max_size=6),
    method=st.sampled_from(["POST", "PUT"]),
    kind=st.sampled_from(["User", "Group"]),
)
def test_no_resource_makes_a_server_error(scim: Served, body: Any, method: str, kind: str) -> None:
    path = f"/{kind}s" + ("" if method == "POST" else f"/{scim.find(BO.email)['id'] if kind == 'User' else 'x'}")
    assert scim.ask(method, path, body).status_code < 500


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=st.lists(_OPERATIONS, max_size=3), kind=st.sampled_from(["User", "Group"]))
def test_no_patch_makes_a_server_error(scim: Served, operations: Any, kind: str) -> None:
    found = scim.client.get(f"/scim/v2/{kind}s?count=1").json()["Resources"][0]["id"]
    assert scim.ask("PATCH", f"/{kind}s/{found}", {"schemas": [PATCH_OP], "Operations": operations}).status_code < 500


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["filter", "sortBy", "sortOrder", "startIndex", "count", "attributes", "excludedAttributes"]),
        st.text(max_size=40) | _PATHS | _PATHS.map(lambda path: f'{path} eq "x"'),
        max_size=4,
    )
)
def test_no_query_makes_a_server_error(scim: Served, query: dict[str, str]) -> None:
    try:
        answer = scim.client.get("/scim/v2/Users", params=query)
    except UnicodeEncodeError:
        return  # no client can send it
    assert answer.status_code in (200, 400)
