"""How scim2-tester and scim-sanity are put to work."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import ScimProvider
from scim2_tester import CheckResult, Status
from scim_sanity.probe.runner import run_probe  # type: ignore[import-untyped]


class _FreshAddresses(list[str]):
    """A tester takes a random one of the values that a schema suggests: of these each is another address."""

    def __init__(self) -> None:
        super().__init__(["one that is never taken"])

    def __getitem__(self, which: Any) -> Any:
        return f"t-{uuid.uuid4().hex[:12]}@northwind.example"


def told_what_a_schema_cannot_say(client: SyncSCIMClient) -> None:
    """What the service discovers to clients, and what no schema says: user names are addresses; roles and entitlements
    are the same; nobody is created who is deactivated already."""
    client.discover()
    schemas = [schema.model_copy(deep=True) for schema in client.provider.schemas]
    suggested: dict[str, list[Any]] = {"userName": _FreshAddresses(), "active": [True]}
    for attribute in (attribute for schema in schemas for attribute in schema.attributes or []):
        if attribute.name in suggested:
            attribute.__dict__["canonical_values"] = suggested[attribute.name]
        for part in attribute.sub_attributes or []:
            if part.name == "primary":
                part.__dict__["canonical_values"] = [True]
            elif part.name == "value" and attribute.name in ("roles", "entitlements"):
                part.__dict__["canonical_values"] = ["content_creator"]
    provider = client.provider
    client.provider = ScimProvider.from_discovery(schemas, provider.resource_types, provider.config)


def errors(results: list[CheckResult]) -> list[str]:
    return [f"{one.title}: {one.reason}" for one in results if one.status in (Status.ERROR, Status.CRITICAL)]


def probed(base: str, token: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What scim-sanity, in its strict mode, says has failed."""
    code = run_probe(base, token=token, strict=True, accept_side_effects=True, timeout=90, json_output=True)
    told = json.loads(capsys.readouterr().out)
    results = told["results"]
    assert len([one for one in results if one["status"].lower() == "pass"]) > 20, told
    failed = [f"{one['name']}: {one['message']}" for one in results if one["status"].lower() in ("fail", "error")]
    assert bool(code) == bool(failed), told
    return failed
