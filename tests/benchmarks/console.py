"""The mock console of the benchmarks: a process of its own, as slow as one far away, the same for everybody."""

from __future__ import annotations

import json
import subprocess
from types import TracebackType
from typing import Any, Self

import httpx

LATENCY_MS = 150
JITTER_MS = 30
SEED = 1


class Console:
    """`workramp mock` with its control address; used as a context manager."""

    def __init__(self, python: str, people: int) -> None:
        self.people = people
        command = [python, "-m", "fixtures.mock_console"]
        options = ["--people", str(people), "--seats", str(people + 2000), "--seed", str(SEED)]
        slow = ["--latency-ms", str(LATENCY_MS), "--jitter-ms", str(JITTER_MS)]
        self._process = subprocess.Popen([*command, *options, *slow], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.told: dict[str, str] = json.loads(self._process.stdout.readline())
        token = {"authorization": f"Bearer {self.told['control_token']}"}
        self._control = httpx.Client(base_url=self.told["control_url"], headers=token, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._control.close()
        self._process.terminate()
        self._process.wait()

    def reset(self) -> None:
        """Back to how it was started, with nobody signed in."""
        options = {"people": self.people, "seats": self.people + 2000, "seed": SEED}
        slow = {"latency_ms": LATENCY_MS, "jitter_ms": JITTER_MS}
        self._control.post("/reset", json={**options, **slow}).raise_for_status()
        self._control.post("/sessions/end", json={}).raise_for_status()

    def everybody(self) -> list[dict[str, Any]]:
        """The people as its books have them."""
        found: list[dict[str, Any]] = self._control.get("/books").raise_for_status().json()["people"]
        return found

    def to_deactivate(self, number: int) -> list[str]:
        """Active learners whom nothing protects and whose address no other contains: scripts look no further."""
        everybody = self.everybody()
        addresses = [person["email"] for person in everybody]
        plain = [
            person["email"]
            for person in everybody
            if person["status"] == "active" and person["role"] == "learner" and not person["scim_managed"]
        ]
        found = [each for each in plain if sum(each in other for other in addresses) == 1][:number]
        assert len(found) == number
        return found

    def settled(self, work: str, addresses: list[str]) -> int:
        """How many of these the books have as they were to be."""
        wanted = {"deactivate": "deactivated", "invite": "invited"}[work]
        status = {person["email"]: person["status"] for person in self.everybody()}
        return sum(status.get(address) == wanted for address in addresses)
