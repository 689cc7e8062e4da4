"""Reads through the SCIM service while it writes: how long each takes at a steady rate, as an identity provider asks.

Run with `make bench-scim`. The mock console, `workramp serve` with its browser, and this client are processes of their
own on this machine, and share its processors. Requests are sent when they are due, whether or not those before are
answered, and each is timed from the moment when it was due: what waits behind a slow answer counts as slow.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any
from urllib.parse import quote

import httpx2

ROOT = Path(__file__).parents[2]
WORKRAMP = Path(sys.executable).parent / "workramp"
CORE = "urn:ietf:params:scim:schemas:core:2.0"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
KINDS = {"by userName": 60, "by id": 30, "page of 100": 5, "group by name": 5}
"""Of a hundred reads so many are of each kind: providers look people up, and read everybody now and then."""
_READY_SECONDS = 300.0


@dataclass
class Measured:
    """What came of it: milliseconds by the kind of the request, and statuses."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    statuses: Counter[int] = field(default_factory=Counter)
    writes: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """What was answered otherwise than it should be."""


@contextmanager
def process(environment: dict[str, str], *arguments: str) -> Iterator[dict[str, Any]]:
    """A `workramp` that says in its first line, in JSON, how it is reached; it is ended in the end."""
    command = [str(WORKRAMP), *arguments]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            line = running.stdout.readline()
            if not line:
                raise SystemExit(f"{' '.join(arguments)} ended with {running.wait()}")
            told: dict[str, Any] = json.loads(line)
            yield told
        finally:
            running.terminate()
            running.wait(60)


def ready(client: httpx2.Client, origin: str) -> None:
    """Waits until the service has read everybody."""
    deadline = monotonic() + _READY_SECONDS
    while client.get(f"{origin}/readyz").status_code != 200:
        if monotonic() > deadline:
            raise SystemExit(f"the service was not ready within {_READY_SECONDS:g} s")


def everybody(client: httpx2.Client, base: str, kind: str) -> list[dict[str, Any]]:
    """All resources of a kind."""
    found: list[dict[str, Any]] = []
    while True:
        page = client.get(f"{base}/{kind}", params={"startIndex": len(found) + 1, "count": 100}).json()
        found += page.get("Resources", [])
        if len(found) >= page["totalResults"]:
            return found


def requests(people: Sequence[dict[str, Any]], groups: Sequence[dict[str, Any]]) -> dict[str, Callable[[], str]]:
    """By their kind, what makes the path of a read."""
    return {
        "by userName": lambda: _filtered("Users", "userName", random.choice(people)["userName"]),
        "by id": lambda: f"/Users/{random.choice(people)['id']}",
        "page of 100": lambda: f"/Users?startIndex={random.randrange(0, max(1, len(people) - 100), 100) + 1}&count=100",
        "group by name": lambda: (
            _filtered("Groups", "displayName", random.choice(groups)["displayName"]) + "&excludedAttributes=members"
        ),
    }


def _filtered(kind: str, attribute: str, value: str) -> str:
    return f"/{kind}?filter={quote(f'{attribute} eq {json.dumps(value)}')}"


async def read(
    client: httpx2.AsyncClient,
    base: str,
    paths: dict[str, Callable[[], str]],
    rate: float,
    seconds: float,
    kept: Measured,
) -> None:
    """Reads at a rate, in requests a second, for so long."""
    began = perf_counter()
    kinds = random.choices(list(KINDS), weights=list(KINDS.values()), k=int(rate * seconds))

    async def one(kind: str, due: float) -> None:
        path = paths[kind]()
        answer = await client.get(base + path)
        if answer.status_code != 200:
            kept.faults.append(f"{path}: {answer.text[:300]}")
        kept.milliseconds[kind].append((perf_counter() - due) * 1000)
        kept.statuses[answer.status_code] += 1

    async with asyncio.TaskGroup() as under_way:
        for number, kind in enumerate(kinds):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - perf_counter()))
            under_way.create_task(one(kind, due))


async def write(client: httpx2.AsyncClient, base: str, people: Sequence[dict[str, Any]], kept: Measured) -> None:
    """Changes one last name after the other until it is cancelled, so that the browser is always at work."""
    number = 0
    while True:
        number += 1
        body = {
            "schemas": [PATCH_OP],
            "Operations": [{"op": "replace", "path": "name.familyName", "value": f"Changed {number}"}],
        }
        answer = await client.patch(f"{base}/Users/{random.choice(people)['id']}", json=body)
        kept.writes[answer.status_code] += 1


async def measure(base: str, token: str, arguments: argparse.Namespace, people: Any, groups: Any) -> Measured:
    """Reads and writes at the same time."""
    kept = Measured()
    headers = {"Authorization": f"Bearer {token}"}
    # Who is an admin or managed by SCIM is guarded, and the service's own account is one of them.
    plain = [one for one in people if one["active"] and one.get("roles", [{}])[0].get("value") == "learner"]
    async with httpx2.AsyncClient(headers=headers, timeout=90) as reading:
        writing = [httpx2.AsyncClient(headers=headers, timeout=90) for _ in range(arguments.writers)]
        writers = [asyncio.create_task(write(client, base, plain, kept)) for client in writing]
        try:
            await read(reading, base, requests(people, groups), arguments.rate, arguments.seconds, kept)
        finally:
            for task in writers:
                task.cancel()
            await asyncio.gather(*writers, return_exceptions=True)
            for client in writing:
                await client.aclose()
    return kept


def told(milliseconds: Sequence[float]) -> dict[str, float]:
    """Percentiles in milliseconds."""
    cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
    found = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(milliseconds)}
    return {name: round(value, 1) for name, value in found.items()}


def result(kept: Measured, arguments: argparse.Namespace) -> dict[str, Any]:
    """Everything that was measured, as JSON."""
    together = [each for kind in kept.milliseconds.values() for each in kind]
    return {
        "what": "reads through the SCIM service while it writes",
        "people": arguments.people,
        "seconds": arguments.seconds,
        "reads_a_second": arguments.rate,
        "reads": len(together),
        "statuses": dict(kept.statuses),
        "faults": kept.faults[:5],
        "milliseconds": told(together),
        "by_kind": {kind: told(each) for kind, each in kept.milliseconds.items() if len(each) > 1},
        "writes": dict(kept.writes),
        "cores": os.cpu_count(),
        "load": [round(each, 2) for each in os.getloadavg()],
    }


def main() -> None:
    """Starts everything, measures, writes the result and says it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000, help="how many the console holds")
    parser.add_argument("--rate", type=float, default=25, help="reads a second")
    parser.add_argument("--seconds", type=float, default=60, help="for how long")
    parser.add_argument("--writers", type=int, default=2, help="how many writes are asked for at any time")
    parser.add_argument("--lanes", type=int, default=2, help="tabs of the service's browser")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--output", type=Path, help="the JSON file that is written")
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WORKRAMP_")}
    with ExitStack() as running:
        state = running.enter_context(tempfile.TemporaryDirectory(prefix="scim-reads-"))
        seats = str(arguments.people + 100)
        console = running.enter_context(
            process(plain, "mock", "--port", "0", "--people", str(arguments.people), "--seats", seats)
        )
        environment = {
            **plain,
            "WORKRAMP_URL": console["url"],
            "WORKRAMP_EMAIL": console["email"],
            "WORKRAMP_PASSWORD": console["password"],
            "WORKRAMP_STATE_DIR": state,
            "WORKRAMP_STATE_KEY": "a passphrase of the benchmark",
            "WORKRAMP_LANES": str(arguments.lanes),
        }
        made = [str(WORKRAMP), "serve", "token", "add", "bench", "--quiet"]
        token = subprocess.run(
            made, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.strip()
        base = running.enter_context(process(environment, "serve", "--port", "0", "--json"))["scim"]
        with httpx2.Client(headers={"Authorization": f"Bearer {token}"}, timeout=90) as client:
            ready(client, base.removesuffix("/scim/v2"))
            people, groups = everybody(client, base, "Users"), everybody(client, base, "Groups")
        kept = asyncio.run(measure(base, token, arguments, people, groups))
    found = result(kept, arguments)
    text = json.dumps(found, indent=2)
    if arguments.output is not None:
        arguments.output.write_text(text + "\n")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
