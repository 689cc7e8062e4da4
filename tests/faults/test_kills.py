"""Runs that are killed (SIGKILL) at every boundary and at any moment, and gone on with.

KILLS says at how many random moments of the long run; `make test-kills` kills it at 50.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from connector.models import Deactivate, Edit, Invite, Operation, Reactivate, Role
from fixtures.mock_console import Books, MockConsole
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.web import Web
from tests.conftest import put_back
from tests.faults.processes import Processes, descendants, gone
from tests.flows.oracle import ANY, assert_only_changed, happened, mailed

ANN, HELEN, NOAH = "ann@northwind.example", "helen.brandt@northwind.example", "noah.fraser@northwind.example"
NEW = "nadja.new@northwind.example"
THREE: list[Operation] = [
    Deactivate(email=ANN),
    Invite(email=NEW, first_name="Nadja", last_name="New", groups=("Sales",)),
    Edit(email=NEW, add_groups=("Engineering",)),
]
BOUNDARIES = 14
"""The run, the brake; of the deactivation two intents, two clicks and an outcome; of the others one each; the end."""
EFFECTS_OF_THREE: dict[str, Any] = {
    ANN: {"status": "deactivated"},
    NEW: {"first_name": "Nadja", "last_name": "New", "groups": ANY},
}
pytestmark = pytest.mark.timeout(900)
KILLS = int(os.environ.get("KILLS", "5"))
SEED = 20300101


@pytest.fixture(scope="module")
def processes(shared_console: MockConsole, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """Processes that share a state directory with a saved session, so that none of them signs in."""
    started = Processes(shared_console, tmp_path_factory.mktemp("kills"))
    out, err = started.command("people", "show", shared_console.admin_email, "--json").communicate(timeout=240)
    assert out, err
    yield started
    started.close()


def changes(before: Books, after: Books) -> list[tuple[str, str]]:
    """What happened to people, without who signed in."""
    return sorted(event for event in happened(before, after) if event[0] not in ("signed_in", "signed_out"))


def people(books: Books) -> dict[str, dict[str, Any]]:
    """Everybody, but for the numbers and times that the console gives."""
    return {person.email: person.model_dump(mode="json", exclude={"id", "invited_at"}) for person in books.people}


def test_an_uninterrupted_run_has_so_many_boundaries(mock: MockConsole, processes: Processes) -> None:
    before = mock.books()
    told = processes.finished(THREE, "whole")
    after = mock.books()
    assert told["boundaries"] == BOUNDARIES
    assert [outcome["result"] for outcome in told["outcomes"]] == ["done"] * 3
    assert_only_changed(before, after, EFFECTS_OF_THREE)
    assert after.person(NEW).groups == ("Engineering", "Sales")
    assert mailed(before, after) == [(NEW, "invitation")]


@pytest.mark.parametrize("boundary", range(1, BOUNDARIES + 1))
def test_killed_at_any_boundary_a_run_ends_as_if_it_had_not_been(
    mock: MockConsole, processes: Processes, boundary: int
) -> None:
    before = mock.books()
    run = f"boundary-{boundary}"
    process = processes.run(THREE, run, fatal=boundary)
    process.communicate(timeout=240)
    assert process.returncode == -signal.SIGKILL
    told = processes.finished(THREE, run)
    after = mock.books()
    assert [outcome["result"] for outcome in told["outcomes"]] == ["done"] * 3, told["outcomes"]
    assert_only_changed(before, after, EFFECTS_OF_THREE)
    assert after.person(NEW).groups == ("Engineering", "Sales")
    assert mailed(before, after) == [(NEW, "invitation")]
    assert changes(before, after) == sorted({*changes(before, after)}), "something happened twice"


@pytest.mark.parametrize("lag", [0, 2])
@pytest.mark.parametrize("change", [1, 2, 3])
def test_killed_after_the_console_made_a_change_a_run_does_not_repeat_it(
    mock: MockConsole, processes: Processes, monkeypatch: pytest.MonkeyPatch, change: int, lag: int
) -> None:
    """The console has made the change and has not answered; with a lag its list does not show it at once."""
    before = mock.books()
    if lag:
        mock.set_faults(f"list-lag={lag}")
    original = Web.done
    killed: list[int] = []

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        if not killed and len(changes(before, mock.books())) == change:
            killed.append(process.pid)
            process.kill()
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)
    run = f"change-{change}-{lag}"
    process = processes.run(THREE, run)
    process.communicate(timeout=240)
    assert (killed, process.returncode) == ([process.pid], -signal.SIGKILL)
    told = processes.finished(THREE, run)
    after = mock.books()
    assert [outcome["result"] for outcome in told["outcomes"]] == ["done"] * 3, told["outcomes"]
    assert_only_changed(before, after, EFFECTS_OF_THREE)
    assert mailed(before, after) == [(NEW, "invitation")]
    assert len(changes(before, after)) == 3


# -- at any moment of a long run ---------------------------------------------------------------------------------------
def thirty(books: Books) -> list[Operation]:
    """Thirty operations: leavers, people who come, people who come back, and changes to each kind."""
    plain = [
        person.email
        for person in books.people
        if person.status == "active"
        and person.role == "learner"
        and not person.scim_managed
        and person.email.isascii()
        and person.email not in (ANN,)
        and sum(other.last_name == person.last_name for other in books.people) == 1
    ]
    leavers = plain[:9]
    changed = [email for email in plain[9:] if "All Employees" not in books.person(email).groups][:5]
    new = [f"new.person{number}@northwind.example" for number in range(10)]
    operations: list[Operation] = [Deactivate(email=email) for email in leavers]
    operations += [Invite(email=new[0], first_name="New", last_name="Lead", role=Role.MANAGER)]
    operations += [
        Invite(email=email, first_name="New", last_name=f"Person {number}", groups=("Sales",), managers=(new[0],))
        for number, email in enumerate(new[1:], 1)
    ]
    operations += [Reactivate(email=HELEN), Reactivate(email=NOAH)]
    operations += [Edit(email=email, add_groups=("All Employees",)) for email in changed]
    operations += [Edit(email=email, add_groups=("Engineering",)) for email in new[1:5]]
    assert len(operations) == 30
    return operations


@pytest.fixture(scope="module")
def uninterrupted(shared_console: MockConsole, processes: Processes) -> tuple[Books, float, list[str]]:
    """The books after the long run, how long it took, and its results."""
    put_back(shared_console)
    operations = thirty(shared_console.books())
    started = time.monotonic()
    told = processes.finished(operations, "thirty")
    seconds = time.monotonic() - started
    results = [outcome["result"] for outcome in told["outcomes"]]
    assert results == ["done"] * 30, told["outcomes"]
    return shared_console.books(), seconds, results


@pytest.mark.parametrize("moment", range(KILLS))
def test_killed_at_a_random_moment_a_long_run_ends_with_the_same_books(
    mock: MockConsole, processes: Processes, uninterrupted: tuple[Books, float, list[str]], moment: int
) -> None:
    expected, seconds, results = uninterrupted
    before = mock.books()
    operations = thirty(before)
    run = f"moment-{moment}"
    at = random.Random(SEED + moment).uniform(0.05, 0.95) * seconds
    process = processes.run(operations, run)
    try:
        process.communicate(timeout=at)
    except subprocess.TimeoutExpired:
        left = descendants(process.pid)
        process.kill()
        process.communicate()
        assert gone(left, 15) == set(), "processes are left behind"
    told = json.loads(_resumed(processes, operations, run))
    after = mock.books()
    assert [outcome["result"] for outcome in told["outcomes"]] == results, told["outcomes"]
    assert people(after) == people(expected)
    invited = [to for to, kind in mailed(before, after) if kind == "invitation"]
    assert len(invited) == len(set(invited)) == 10
    assert set(after.groups) == set(before.groups)


def _resumed(processes: Processes, operations: Sequence[Operation], run: str) -> str:
    """What `runs resume` prints; where the run was killed before it was recorded, it is asked for again."""
    resumed = processes.command("runs", "resume", run, "--yes", "--json")
    out, err = resumed.communicate(timeout=600)
    if resumed.returncode == 2 and "there is no run" in err:
        return json.dumps(processes.finished(operations, run))
    assert resumed.returncode == 0, err
    return out
