"""What is approved is carried out once, wherever whoever carries it out is killed; and by the command, end to end."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector import Connector, deciding
from connector.models import Deactivate, Invite, Operation, Result, Role
from connector.settings import Settings
from fixtures.mock_console import MockConsole
from tests.conftest import settings_for
from tests.faults.processes import Processes
from tests.flows.oracle import ANY, assert_only_changed, happened, mailed

AIKO, PETER = "aiko.tanaka@northwind.example", "peter.novak@northwind.example"
NEW = "nadja.new@northwind.example"
WAITING: list[Operation] = [
    Deactivate(email=AIKO),
    Invite(email=NEW, first_name="Nadja", last_name="New", role=Role.ADMIN),
    Deactivate(email=PETER),
]


@pytest.fixture
def processes(mock: MockConsole, tmp_path: Path) -> Iterator[Processes]:
    started = Processes(mock, tmp_path, lanes=1)
    yield started
    started.close()


@pytest.fixture
def its_settings(mock: MockConsole, processes: Processes) -> Settings:
    return settings_for(mock, processes.state_dir)


def told(process: Any) -> dict[str, Any]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.timeout(600)
def test_a_resume_that_is_killed_at_every_boundary_goes_on_and_does_nothing_twice(
    mock: MockConsole, processes: Processes, its_settings: Settings
) -> None:
    with Connector(its_settings) as connector:
        connector.person(PETER)  # signs in, which the books tell
        before = mock.books()
        report = connector.run(WAITING, run_id="waiting", unattended=True)
    assert [outcome.result for outcome in report.outcomes] == [Result.REFUSED] * 3
    assert mock.books().people == before.people
    asked = [each for each in deciding.waits(its_settings, "waiting") if each.waiting.operation.email != PETER]
    deciding.decide(its_settings, "waiting", [each.digest for each in asked], approved=True, by="priya")
    kills, fatal = 0, 1
    while True:
        process = processes.resume("waiting", fatal=fatal)
        out, err = process.communicate(timeout=120)
        if process.returncode != -signal.SIGKILL:
            break
        kills, fatal = kills + 1, fatal + 1
        assert kills < 40
    assert kills >= 6
    assert [outcome["result"] for outcome in json.loads(out)["outcomes"]] == ["done", "done", "refused"], err
    after = mock.books()
    assert mailed(before, after) == [(NEW, "invitation")]
    assert [each for each in happened(before, after) if each[0] != "signed_in"] == [
        ("deactivated", AIKO),
        ("invited", NEW),
    ]
    changes: dict[str, dict[str, Any]] = {
        AIKO: {"status": "deactivated"},
        NEW: {"first_name": "Nadja", "last_name": "New", "role": "admin"},
    }
    if ("signed_in", mock.admin_email) in happened(before, after):
        changes[mock.admin_email] = {"last_login": ANY}  # a session that was not saved before the kill
    assert_only_changed(before, after, changes)


@pytest.mark.timeout(300)
def test_the_command_waits_off_a_terminal_shows_it_and_goes_on_once_it_is_approved(
    mock: MockConsole, processes: Processes, tmp_path: Path
) -> None:
    (tmp_path / "staff.csv").write_text(
        f"Email,First name,Last name,Role,Status\n{NEW},Nadja,New,admin,active\n{AIKO},,,,deactivated\n",
        encoding="utf-8",
    )
    before = mock.books()
    process = processes.command("apply", "staff.csv", "--yes", "--json", "--run-id", "monday")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 3, err
    assert [(each["email"], each["result"], each["guard"]) for each in json.loads(out)["outcomes"]] == [
        (AIKO, "refused", "scim-managed"),
        (NEW, "refused", "admin-role"),
    ]
    assert set(json.loads(out)["outcomes"][0]) == {
        *("operation", "email", "result", "message", "guard", "tier", "evidence", "seconds")
    }
    shown = told(processes.command("runs", "show", "monday", "--json"))
    assert (shown["state"], shown["waiting"]) == ("waiting", 2)
    assert [each["guards"] for each in shown["approvals"]["waiting"]] == [["scim-managed"], ["admin-role"]]
    # The question cannot be asked, and somebody would lose access.
    process = processes.command("runs", "approve", "monday")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "pass --yes" in err
    rejected = told(processes.command("runs", "reject", "monday", "--email", AIKO, "--reason", "she stays", "--json"))
    assert [each["decision"]["approved"] for each in rejected["decided"]] == [False]
    process = processes.command(
        "runs", "approve", "monday", "--operation", "invite", "--by", "Priya", "--yes", "--resume", "--json"
    )
    out, err = process.communicate(timeout=120)
    assert process.returncode == 3, err
    assert [(each["email"], each["result"]) for each in json.loads(out)["outcomes"]] == [
        (AIKO, "refused"),
        (NEW, "done"),
    ]
    shown = told(processes.command("runs", "show", "monday", "--json"))
    assert (shown["state"], shown["waiting"]) == ("finished", 0)
    assert [(each["approved"], each["reason"]) for each in shown["approvals"]["decisions"]] == [
        (False, "she stays"),
        (True, None),
    ]
    assert shown["approvals"]["decisions"][1]["by"] == "Priya"
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert mock.books().person(AIKO).status == "active"
