"""schemathesis against the service: whatever it makes up from a description of the endpoints, no server error comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok

from connector.scim_service import dialects
from connector.scim_service.service import Options
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, CY, Served, on_loopback, served

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


def described(ids: Mapping[str, str]) -> dict[str, Any]:
    """The endpoints of the service, as OpenAPI says it; `ids` is somebody's and a group's, which half of the requests
    are about: those about nobody end before anything is looked at."""
    query = [
        {"name": name, "in": "query", "schema": {"type": "string"}}
        for name in ("filter", "sortBy", "sortOrder", "startIndex", "count", "attributes", "excludedAttributes")
    ]
    told: dict[str, Any] = {}
    for kind, identity in ids.items():
        one = [{"name": "id", "in": "path", "required": True, "schema": {"enum": [identity, "no-such-id"]}}]
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


@pytest.fixture
def scim(tmp_path: Path) -> Iterator[tuple[Served, str, str]]:
    options = Options(answer_seconds=2, requests_per_second=100_000, burst=100_000)
    with (
        served(tmp_path, ConsoleInMemory(ADA, BO, CY, groups=["Sales"], lists_groups=True), options) as service,
        on_loopback(service.service.application()) as origin,
    ):
        yield service, f"{origin}/scim/v2", (tmp_path / "token").read_text()


def asked(scim: tuple[Served, str, str]) -> Counter[int]:
    """How often each status came. Raises AssertionError for one that must not come, with the request."""
    service, base, token = scim
    schema = schemathesis.openapi.from_dict(
        described({"Users": service.find(BO.email)["id"], "Groups": service.group("Sales")["id"]})
    )
    schema.config.update(base_url=base)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    statuses: Counter[int] = Counter()
    reached: Counter[str] = Counter()
    assert len(operations) == 17

    for operation in operations:

        @settings(max_examples=25, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            answer = case.call(headers={"Authorization": f"Bearer {token}"}, session=session)
            statuses[answer.status_code] += 1
            reached[case.method.upper()] += answer.status_code != 404
            assert answer.status_code in _EXPECTED, answer.text

        with requests.Session() as session:
            ask()
    assert min(reached[method] for method in ("GET", "POST", "PUT", "PATCH", "DELETE")) > 0, reached
    return statuses


def test_no_request_makes_a_server_error(scim: tuple[Served, str, str]) -> None:
    assert {200, 400, 404} <= set(asked(scim)), "the requests reached nothing"


def test_a_server_error_would_be_found(scim: tuple[Served, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(given: Any, address: str | None) -> Any:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(dialects, "patch", planted)
    with pytest.raises(AssertionError, match=r'"status": ?"500"'):
        asked(scim)
