"""What outsiders say of the service: scim2-tester and scim-sanity against `workramp serve` and the mock console.

Both ask a running process over HTTP, and what they create, change and delete goes through the browser.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import httpx2
import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import ScimProvider
from scim2_tester import CheckResult, Status, check_server
from scim_sanity.probe.runner import run_probe  # type: ignore[import-untyped]

from tests.conftest import StartConsole
from tests.faults.processes import Processes

pytestmark = pytest.mark.timeout(600)


class Serving:
    """`workramp serve` in a process of its own."""

    def __init__(self, base: str, token: str) -> None:
        self.base = base
        self.token = token
        self.client = httpx2.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=90)


@contextmanager
def serving(processes: Processes, *options: str, **settings: str) -> Iterator[Serving]:
    """Starts the service and waits until it is ready."""
    token, trouble = processes.command("serve", "token", "add", f"idp-{uuid.uuid4().hex[:6]}").communicate(timeout=60)
    assert token, trouble
    process = processes.command("serve", "--port", "0", "--json", *options, **settings)
    assert process.stdout is not None
    base = json.loads(process.stdout.readline())["scim"]
    running = Serving(base, token.strip())
    deadline = monotonic() + 60
    while running.client.get(base.replace("/scim/v2", "/readyz")).status_code != 200:
        assert monotonic() < deadline
    yield running
    running.client.close()
    process.terminate()
    assert process.wait(60) == 0


@pytest.fixture
def processes(start_console: StartConsole, tmp_path: Path) -> Iterator[Processes]:
    started = Processes(start_console(people=30, seats=500), tmp_path)
    yield started
    started.close()


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


@pytest.mark.parametrize("kind", ["User", "Group"])
def test_scim2_tester_finds_no_error(processes: Processes, kind: str) -> None:
    random.seed(7)
    with serving(processes, "--override", "mass-change", "--override", "look-alike") as service:
        client = SyncSCIMClient(service.client)
        told_what_a_schema_cannot_say(client)
        results = check_server(client, resource_types=[kind])
    assert errors(results) == []
    assert sum(one.status is Status.SUCCESS for one in results) > 20


def test_scim_sanity_passes_in_its_strict_mode(processes: Processes, capsys: pytest.CaptureFixture[str]) -> None:
    """It adds a member who is nobody to a group and expects that to pass: hence the option."""
    with serving(processes, "--ignore-unknown-members") as service:
        code = run_probe(
            service.base, token=service.token, strict=True, accept_side_effects=True, timeout=90, json_output=True
        )
    told = json.loads(capsys.readouterr().out)
    assert (code, told["summary"].get("failed", 0)) == (0, 0), told
