"""200 creations asked of the service at once, and the service killed (SIGKILL) in the midst: each is done, and once."""

from __future__ import annotations

import heapq
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import httpx2
import pytest

from fixtures.mock_console import MockConsole
from tests.conformance.test_scim_conformance import Serving, serving, started
from tests.conftest import StartConsole
from tests.faults.processes import Processes, descendants, gone
from tests.flows.oracle import mailed
from tests.unit.scim_service.served import new_user

ADDRESSES = [f"n{number:03}@northwind.example" for number in range(200)]
KILLED_AFTER = 70
"""So many invitations are in the books when the service is killed."""
_AT_ONCE = 8
"""So many requests an identity provider has under way."""
_REFUSED_SECONDS = 1.0
"""After so long it tries again where nobody listens."""


@pytest.fixture
def mock(start_console: StartConsole) -> MockConsole:
    return start_console(people=30, seats=500)


@pytest.fixture
def processes(mock: MockConsole, tmp_path: Path) -> Iterator[Processes]:
    running = Processes(mock, tmp_path, lanes=4)
    yield running
    running.close()


class Provider:
    """An identity provider that creates people: what is not answered for good is asked again, after `Retry-After`."""

    def __init__(self, service: Serving) -> None:
        self.service = service
        self.answers: Counter[int] = Counter()
        self.created: dict[str, str] = {}
        """By address, the id that the service gave."""
        self._due = [(0.0, address) for address in ADDRESSES]
        self._under_way = 0
        self._changed = threading.Condition()

    def work(self) -> None:
        """Asks until everybody is created."""
        while (address := self._next()) is not None:
            self._ask(address)

    def _next(self) -> str | None:
        with self._changed:
            while True:
                if not self._due and not self._under_way:
                    return None
                if self._due and self._due[0][0] <= monotonic():
                    self._under_way += 1
                    return heapq.heappop(self._due)[1]
                self._changed.wait(max(0.0, self._due[0][0] - monotonic()) if self._due else None)

    def _ask(self, address: str) -> None:
        again: float | None = _REFUSED_SECONDS
        body = new_user(address, "Nell", address[1:4], externalId=address)
        try:
            answer = self.service.client.post("/Users", json=body)
        except httpx2.TransportError:
            self.answers[0] += 1
        else:
            self.answers[answer.status_code] += 1
            assert answer.status_code in (201, 429), answer.text
            again = float(answer.headers["Retry-After"]) if answer.status_code == 429 else None
            if again is None:
                self.created[address] = answer.json()["id"]
        with self._changed:
            self._under_way -= 1
            if again is not None:
                heapq.heappush(self._due, (monotonic() + again, address))
            self._changed.notify_all()


@pytest.mark.timeout(600)
def test_two_hundred_creations_outlive_a_kill_and_each_is_invited_once(
    mock: MockConsole, processes: Processes, record_property: Callable[[str, object], None]
) -> None:
    service, process = started(processes, "--answer-seconds", "1")
    provider = Provider(service)
    before = mock.books()
    assert not {person.email for person in before.people} & set(ADDRESSES)
    began = monotonic()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        working: list[Future[None]] = [pool.submit(provider.work) for _ in range(_AT_ONCE)]
        while len(mailed(before, mock.books())) < KILLED_AFTER:
            assert process.poll() is None, "the service ended by itself"
            assert monotonic() < began + 240
        browsers = descendants(process.pid)
        process.kill()
        process.wait(10)
        assert gone(browsers, 20) == set()
        halfway = len(mailed(before, mock.books()))
        assert KILLED_AFTER <= halfway < len(ADDRESSES), "it was killed too late to show anything"

        with serving(processes, "--answer-seconds", "20") as again:
            provider.service = again
            for each in working:
                each.result()
            took = monotonic() - began
            listed = {
                one["userName"]: one["id"]
                for start in (1, 101, 201)
                for one in again.client.get(f"/Users?startIndex={start}&count=100").json().get("Resources", [])
            }

    record_property("seconds", round(took, 1))
    assert sorted(mailed(before, mock.books())) == [(address, "invitation") for address in ADDRESSES]
    assert provider.created == {address: listed[address] for address in ADDRESSES}
    assert provider.answers[429] > 0, "nobody was told to come again"
    assert provider.answers[201] == len(ADDRESSES)
    print(f"{len(ADDRESSES)} creations in {took:.0f} s, {halfway} of them before the kill; {dict(provider.answers)}")  # noqa: T201
