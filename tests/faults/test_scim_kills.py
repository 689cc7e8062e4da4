"""The SCIM service killed (SIGKILL) with writes in hand and in the queue: started again, all are done, each once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from fixtures.mock_console import MockConsole
from tests.conformance.test_scim_conformance import Serving, serving, started
from tests.conftest import StartConsole
from tests.faults.processes import Processes, descendants, gone
from tests.flows.oracle import mailed
from tests.unit.scim_service.served import new_user

ADDRESSES = [f"n{number}@northwind.example" for number in range(6)]


@pytest.fixture
def mock(start_console: StartConsole) -> MockConsole:
    return start_console(people=30, seats=200)


@pytest.fixture
def processes(mock: MockConsole, tmp_path: Path) -> Iterator[Processes]:
    running = Processes(mock, tmp_path, lanes=2)
    yield running
    running.close()


def create(service: Serving, address: str) -> int:
    body = new_user(address, "Nell", address[1:2], externalId=address)
    return service.client.post("/Users", json=body).status_code


@pytest.mark.timeout(240)
def test_a_service_killed_with_writes_in_hand_does_each_of_them_once(mock: MockConsole, processes: Processes) -> None:
    service, process = started(processes, "--answer-seconds", "0.1")
    before = mock.books()
    assert {create(service, address) for address in ADDRESSES} <= {201, 429}
    deadline = monotonic() + 60
    while not mailed(before, mock.books()):
        assert monotonic() < deadline
    browsers = descendants(process.pid)
    process.kill()
    process.wait(10)
    assert gone(browsers, 20) == set()
    assert len(mailed(before, mock.books())) < len(ADDRESSES), "it was killed too late to show anything"

    with serving(processes, "--answer-seconds", "50") as again:
        assert [create(again, address) for address in ADDRESSES] == [201] * len(ADDRESSES)
        found = again.client.get("/Users?count=100").json()["Resources"]

    assert sorted(mailed(before, mock.books())) == [(address, "invitation") for address in ADDRESSES]
    assert {one["userName"] for one in found if one.get("externalId")} == set(ADDRESSES)
