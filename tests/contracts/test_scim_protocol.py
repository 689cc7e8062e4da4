"""What outsiders say of the service over a console in memory: the same as in front of the mock console, in seconds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from connector.models import Guard
from connector.scim_service.service import Options
from tests.contracts.outsiders import errors, probed, told_what_a_schema_cannot_say
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, CY, on_loopback, served


def test_scim2_tester_finds_no_error(tmp_path: Path) -> None:
    random.seed(11)
    options = Options(overrides=frozenset({Guard.MASS_CHANGE}))
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY, lists_groups=True), options) as scim:
        scim.client.base_url = scim.client.base_url.join("/scim/v2")
        client = SyncSCIMClient(scim.client)
        told_what_a_schema_cannot_say(client)
        results = check_server(client)
    assert errors(results) == []
    assert sum(one.status is Status.SUCCESS for one in results) > 60


@pytest.mark.parametrize("ignoring", [True, False])
def test_scim_sanity_finds_fault_only_with_the_refusal_of_members_who_are_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ignoring: bool
) -> None:
    options = Options(ignore_unknown_members=ignoring)
    with (
        served(tmp_path, ConsoleInMemory(ADA, BO, CY, lists_groups=True), options) as scim,
        on_loopback(scim.service.application()) as origin,
    ):
        failed = probed(f"{origin}/scim/v2", (tmp_path / "token").read_text(), capsys)
    expected = [] if ignoring else ["PATCH /Groups/{id} add member: Expected 200, got 400"]
    assert failed == expected
