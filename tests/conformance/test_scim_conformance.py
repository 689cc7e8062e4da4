"""What outsiders say of the service: scim2-tester and scim-sanity against `workramp serve` and the mock console.

Both ask a running process over HTTP, and what they create, change and delete goes through the browser.
"""

from __future__ import annotations

import json
import random
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import httpx2
import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from tests.conftest import StartConsole
from tests.contracts.outsiders import errors, probed, told_what_a_schema_cannot_say
from tests.faults.processes import Processes

pytestmark = pytest.mark.timeout(600)


class Serving:
    """`workramp serve` in a process of its own."""

    def __init__(self, base: str, token: str) -> None:
        self.base = base
        self.token = token
        self.client = httpx2.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=90)


def started(processes: Processes, *options: str) -> tuple[Serving, subprocess.Popen[str]]:
    """Starts the service with a token of its own, and waits until it is ready."""
    token, trouble = processes.command("serve", "token", "add", f"idp-{uuid.uuid4().hex[:6]}").communicate(timeout=60)
    assert token, trouble
    process = processes.command("serve", "--port", "0", "--json", *options)
    assert process.stdout is not None
    base = json.loads(process.stdout.readline())["scim"]
    running = Serving(base, token.strip())
    deadline = monotonic() + 60
    while running.client.get(base.replace("/scim/v2", "/readyz")).status_code != 200:
        assert monotonic() < deadline
    return running, process


@contextmanager
def serving(processes: Processes, *options: str) -> Iterator[Serving]:
    """The same for as long as a block lasts; told to end, the process ends well."""
    running, process = started(processes, *options)
    yield running
    running.client.close()
    process.terminate()
    assert process.wait(60) == 0


@pytest.fixture
def processes(start_console: StartConsole, tmp_path: Path) -> Iterator[Processes]:
    started = Processes(start_console(people=30, seats=500), tmp_path)
    yield started
    started.close()


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
        failed = probed(service.base, service.token, capsys)
    assert failed == []
