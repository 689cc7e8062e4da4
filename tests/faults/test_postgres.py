"""Runs of several machines, which share nothing but a PostgreSQL server: each has a state directory of its own."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.models import Deactivate, Invite, Operation
from fixtures.mock_console import MockConsole
from tests.faults.processes import Processes
from tests.flows.oracle import assert_nothing_happened, happened, mailed
from tests.postgres import PASSWORD, Postgres

ANN, BILL = "ann@northwind.example", "bill.hargreaves@northwind.example"
TWO: list[Operation] = [Deactivate(email=ANN), Deactivate(email=BILL)]


def invitations(prefix: str, count: int) -> list[Operation]:
    return [
        Invite(email=f"{prefix}{number}@northwind.example", first_name=prefix.title(), last_name=f"Number {number}")
        for number in range(count)
    ]


class Machines:
    """Two machines."""

    def __init__(self, processes: Processes, folder: Path, url: str) -> None:
        self.processes = processes
        self.url = url
        self.one, self.other = (
            {"WORKRAMP_STATE_DIR": str(folder / name), "WORKRAMP_DATABASE_URL": url} for name in ("one", "other")
        )


@pytest.fixture
def machines(mock: MockConsole, postgres: Postgres, tmp_path: Path) -> Iterator[Machines]:
    started = Processes(mock, tmp_path, lanes=1)
    yield Machines(started, tmp_path, postgres.new_database())
    started.close()


def test_two_runs_of_two_machines_at_one_console_never_interleave(mock: MockConsole, machines: Machines) -> None:
    before = mock.books()
    runs = {prefix: invitations(prefix, 4) for prefix in ("first", "second")}
    started = [
        machines.processes.run(runs["first"], "first", machines.one),
        machines.processes.run(runs["second"], "second", machines.other),
    ]
    said = [process.communicate(timeout=200) for process in started]
    for out, err in said:
        assert [outcome["result"] for outcome in json.loads(out)["outcomes"]] == ["done"] * 4, err
    assert sum("Waiting for run" in err for _, err in said) == 1
    order = [email.partition("@")[0].rstrip("0123456789") for email, _ in mailed(before, mock.books())]
    assert order in (["first"] * 4 + ["second"] * 4, ["second"] * 4 + ["first"] * 4)


def test_a_second_machine_that_is_not_to_wait_is_told_who_works_there(
    mock: MockConsole, machines: Machines, postgres: Postgres
) -> None:
    processes = machines.processes
    held = processes.finished(TWO[:1], "before", machines.one)
    assert held["exit_code"] == 0
    postgres.execute(
        machines.url.rpartition("/")[2],
        "UPDATE workramp.leases SET run = 'elsewhere', host = 'other-host', until = clock_timestamp() + interval '1 h'",
    )
    before = mock.books()
    arguments = ("people", "deactivate", BILL, "--yes", "--no-wait", "--json")
    process = processes.command(*arguments, **machines.other)
    _, err = process.communicate(timeout=100)
    assert process.returncode == 4, err
    assert "run elsewhere" in err
    assert "other-host" in err
    assert_nothing_happened(before, mock.books())


def test_a_run_killed_on_one_machine_goes_on_on_the_other(mock: MockConsole, machines: Machines) -> None:
    before = mock.books()
    people = invitations("guest", 3)
    killed = machines.processes.run(people, "killed", machines.one, fatal=6)
    killed.communicate(timeout=100)
    assert killed.returncode == -signal.SIGKILL
    told = machines.processes.finished(people, "killed", machines.other)
    assert [outcome["result"] for outcome in told["outcomes"]] == ["done"] * 3
    assert sorted(mailed(before, mock.books())) == sorted((each.email, "invitation") for each in people)  # type: ignore[union-attr]
    process = machines.processes.command("runs", "list", "--json", **machines.one)
    out, err = process.communicate(timeout=100)
    assert [(each["run"], each["state"]) for each in json.loads(out)] == [("killed", "finished")], err


def test_the_password_of_the_database_is_in_nothing_that_is_left_or_said(
    mock: MockConsole, machines: Machines, postgres: Postgres, tmp_path: Path
) -> None:
    before = mock.books()
    arguments = ("people", "deactivate", ANN, "--yes", "--evidence", "all", "--run-id", "one")
    process = machines.processes.command(*arguments, **machines.one)
    said = [*process.communicate(timeout=100)]
    assert process.returncode == 0, said
    assert [event for event in happened(before, mock.books()) if event[0] == "deactivated"] == [("deactivated", ANN)]
    gone = machines.one | {"WORKRAMP_DATABASE_URL": re.sub(r":\d+/", ":1/", machines.url)}
    for command in (["runs", "list"], ["--debug", "runs", "show", "one"], [*arguments, "--json"]):
        process = machines.processes.command(*command, **gone)
        said += process.communicate(timeout=100)
        assert process.returncode in (1, 2), said
    assert "run database" in said[-1]
    assert PASSWORD not in "".join(said)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]
    name = machines.url.rpartition("/")[2]
    tables = postgres.execute(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'dbos'")
    assert ("workflow_status",) in tables
    for (table,) in tables:
        assert PASSWORD not in str(postgres.execute(name, f"SELECT * FROM dbos.{table}"))
