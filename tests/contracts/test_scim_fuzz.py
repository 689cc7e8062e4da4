"""schemathesis against the service: whatever it makes up from a description of the endpoints, no server error comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok

from connector.scim_service import dialects
from connector.scim_service.service import Options
from tests.unit.scim_console import ConsoleInMemory
from tests.unit.scim_served import ADA, BO, CY, Served, on_loopback, served

_EXPECTED = {200, 201, 204, 400, 403, 404, 405, 409, 412, 413, 415, 429, 501}
"""501 is for what the service announces not to do."""

_ANY: dict[str, Any] = {"description": "whatever"}
_BODY = {
    "content": {
        "application/scim+json": {
            "schema": {
                "type": "object",
                "properties": {
                    "schemas": {"type": "array", "items": {"type": "string"}},
                    "userName": {"type": "string"},
                    "displayName": {"type": "string"},
                    "active": {"type": ["boolean", "string"]},
                    "name": {"type": "object", "properties": {"givenName": {"type": "string"}}},
                    "members": {"type": "array", "items": {"type": "object"}},
                    "roles": {"type": "array", "items": {"type": "object"}},
                    "Operations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "op": {"enum": ["add", "Replace", "remove"]},
                                "path": {"type": "string"},
                                "value": {},
                            },
                        },
                    },
                },
            }
        }
    }
}


def described(identity: str) -> dict[str, Any]:
    """The endpoints of the service, as OpenAPI says it."""
    query = [
        {"name": name, "in": "query", "schema": {"type": "string"}}
        for name in ("filter", "sortBy", "sortOrder", "startIndex", "count", "attributes", "excludedAttributes")
    ]
    one = [
        {"name": "id", "in": "path", "required": True, "schema": {"anyOf": [{"const": identity}, {"type": "string"}]}}
    ]
    told: dict[str, Any] = {}
    for kind in ("Users", "Groups"):
        told[f"/{kind}"] = {
            "get": {"parameters": query, "responses": {"200": _ANY}},
            "post": {"requestBody": _BODY, "responses": {"201": _ANY}},
        }
        told[f"/{kind}/{{id}}"] = {
            "get": {"parameters": one, "responses": {"200": _ANY}},
            "put": {"parameters": one, "requestBody": _BODY, "responses": {"200": _ANY}},
            "patch": {"parameters": one, "requestBody": _BODY, "responses": {"200": _ANY}},
            "delete": {"parameters": one, "responses": {"204": _ANY}},
        }
    for name in ("ServiceProviderConfig", "Schemas", "ResourceTypes", "Me"):
        told[f"/{name}"] = {"get": {"responses": {"200": _ANY}}}
    told["/.search"] = {"post": {"requestBody": _BODY, "responses": {"200": _ANY}}}
    return {"openapi": "3.1.0", "info": {"title": "SCIM", "version": "2.0"}, "paths": told}


@pytest.fixture(scope="module")
def scim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str, str]]:
    folder = tmp_path_factory.mktemp("fuzz")
    options = Options(answer_seconds=2, requests_per_second=100_000, burst=100_000)
    with (
        served(folder, ConsoleInMemory(ADA, BO, CY), options) as service,
        on_loopback(service.service.application()) as origin,
    ):
        yield service, f"{origin}/scim/v2", (folder / "token").read_text()


def asked(scim: tuple[Served, str, str]) -> Counter[int]:
    """How often each status came. Raises AssertionError for one that must not come, with the request."""
    service, base, token = scim
    schema = schemathesis.openapi.from_dict(described(service.find(BO.email)["id"]))
    schema.config.update(base_url=base)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    statuses: Counter[int] = Counter()
    assert len(operations) == 17

    for operation in operations:

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            answer = case.call(headers={"Authorization": f"Bearer {token}"}, session=session)
            statuses[answer.status_code] += 1
            assert answer.status_code in _EXPECTED, answer.text

        with requests.Session() as session:
            ask()
    return statuses


def test_no_request_makes_a_server_error(scim: tuple[Served, str, str]) -> None:
    assert {200, 400, 404} <= set(asked(scim)), "the requests reached nothing"


def test_a_server_error_would_be_found(scim: tuple[Served, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(given: Any, address: str | None) -> Any:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(dialects, "patch", planted)
    with pytest.raises(AssertionError, match='"status": ?"500"'):
        asked(scim)
