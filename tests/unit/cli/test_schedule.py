"""`schedule` and `--queue`: what is kept of a command, and what is bad input before anything is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from connector.cli.options import Evidence, Reading
from connector.cli.worker import _passed_on

from .conftest import Run
from .face import Face

ANN = "ann@northwind.example"
DEACTIVATE = ("people", "deactivate", ANN)


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, face: Face) -> Path:
    monkeypatch.setenv("WORKRAMP_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def listed(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("schedule", "list", "--json").stdout)
    return found


def refused(result: Result, text: str) -> None:
    assert result.exit_code == 2
    assert text in result.stderr
    assert result.stdout == ""


def test_a_schedule_is_added_listed_and_removed(run: Run, tmp_path: Path, face: Face) -> None:
    (tmp_path / "staff.csv").write_text(f"Email,First name,Last name\n{ANN},Ann,Lee\n")
    added = run("schedule", "add", "0 6  * * 1-5", "--", "apply", "staff.csv", "--deactivate-missing", "-y")
    assert added.exit_code == 0, added.stderr
    assert listed(run) == [
        {
            "schedule": listed(run)[0]["schedule"],
            "cron": "0 6 * * 1-5",
            "time_zone": "UTC",
            "command": ["apply", str(tmp_path / "staff.csv"), "--deactivate-missing"],
            "console": "https://app.workramp.com",
            "added_by": listed(run)[0]["added_by"],
            "added_at": listed(run)[0]["added_at"],
            "next": listed(run)[0]["next"],
            "last": None,
        }
    ]
    assert listed(run)[0]["next"].endswith("T06:00:00Z")
    assert "apply" in run("schedule", "list").stdout
    name = listed(run)[0]["schedule"]
    refused(run("schedule", "remove", "another"), "there is no schedule another")
    assert run("schedule", "remove", name).exit_code == 0
    assert listed(run) == []
    assert face.opened == 0


def test_the_words_of_a_command_are_kept_as_they_were_meant(run: Run) -> None:
    guards = ("--override", "mass-change", "--override", "scim-managed")
    how = (*guards, "--lanes", "2", "--timeout", "20", "--evidence=all")
    assert run("schedule", "add", "@daily", "--name", "leavers", "--", *DEACTIVATE, *how, "--json", "-q").exit_code == 0
    kept = listed(run)[0]
    assert kept["schedule"] == "leavers"
    assert kept["command"] == [*DEACTIVATE, *guards, "--timeout", "20", "--evidence", "all", "--lanes", "2"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["people", "list"], "is no command for a worker"),
        (["runs", "resume", "one"], "is no command for a worker"),
        (["runs", "approve", "one"], "is no command for a worker"),
        (["worker"], "is no command for a worker"),
        (["people", "lst"], "there is no command `workramp people lst`"),
        (["people"], "there is no command `workramp people`"),
        (["apply", "nowhere.csv"], "cannot be read as a roster"),
        (["people", "deactivate"], "Missing argument"),
        (["people", "deactivate", "nonsense"], "is not an e-mail address"),
        ([*DEACTIVATE, "--lanes", "99"], "the command cannot be used"),
        ([*DEACTIVATE, "--override", "own-account"], "never lifted"),
        ([*DEACTIVATE, "--dry-run"], "--dry-run has no place"),
        ([*DEACTIVATE, "--run-id", "one"], "--run-id has no place"),
        ([*DEACTIVATE, "--queue"], "--queue has no place"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_that_no_worker_could_carry_out_is_bad_input(
    run: Run, face: Face, words: list[str], complaint: str
) -> None:
    refused(run("schedule", "add", "@daily", "--", *words), complaint)
    assert listed(run) == []
    assert face.opened == 0


@pytest.mark.parametrize("cron", ["0 6 * *", "61 * * * *", "0 0 31 2 *", "soon"])
def test_a_bad_cron_expression_is_bad_input(run: Run, cron: str) -> None:
    refused(run("schedule", "add", cron, "--", *DEACTIVATE), "expected")
    assert listed(run) == []


def test_a_zone_that_does_not_exist_is_bad_input(run: Run) -> None:
    refused(run("schedule", "add", "@daily", "--time-zone", "Mars/Olympus", "--", *DEACTIVATE), "no time zone")
    assert listed(run) == []


def test_a_queued_command_is_not_carried_out_and_its_id_is_all_that_is_printed(run: Run, face: Face) -> None:
    result = run(*DEACTIVATE, "--queue", "--run-id", "friday-1")
    assert result.exit_code == 0
    assert result.stdout == "friday-1\n"
    assert "workramp worker" in result.stderr
    assert json.loads(run(*DEACTIVATE, "--queue", "--run-id", "friday-2", "--json").stdout) == {
        "run": "friday-2",
        "state": "queued",
    }
    runs = json.loads(run("runs", "list", "--json").stdout)
    assert [(each["run"], each["state"], each["command"]) for each in runs] == [
        ("friday-2", "queued", [*DEACTIVATE]),
        ("friday-1", "queued", [*DEACTIVATE]),
    ]
    assert face.opened == 0


def test_the_same_command_again_with_its_id_is_queued_once(run: Run, face: Face) -> None:
    for _ in range(2):
        result = run(*DEACTIVATE, "--queue", "--run-id", "friday-1", "--json")
        assert (result.exit_code, json.loads(result.stdout)) == (0, {"run": "friday-1", "state": "queued"})
    assert [each["run"] for each in json.loads(run("runs", "list", "--json").stdout)] == ["friday-1"]
    assert face.opened == 0


def test_another_command_with_an_id_that_is_taken_is_not_queued(run: Run) -> None:
    assert run(*DEACTIVATE, "--queue", "--run-id", "friday-1").exit_code == 0
    refused(run("people", "deactivate", "bob@northwind.example", "--queue", "--run-id", "friday-1"), "already")
    assert run("runs", "cancel", "friday-1").exit_code == 0
    refused(run(*DEACTIVATE, "--queue", "--run-id", "friday-1"), "queued no more: it is cancelled")


@pytest.mark.parametrize("option", ["--dry-run", "--headed", "--no-wait"])
def test_what_makes_no_sense_for_a_worker_is_not_queued(run: Run, option: str) -> None:
    refused(run(*DEACTIVATE, "--queue", option), f"{option} has no place")
    assert json.loads(run("runs", "list", "--json").stdout) == []


def test_a_worker_passes_on_what_it_is_told_of_the_browser_before_what_a_command_was_queued_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    flags = Reading(timeout=9, evidence=Evidence.ALL, lanes=2, headed=True, env_file=Path("of-friday.env"))
    file = str(tmp_path / "of-friday.env")
    assert _passed_on(flags) == [
        *("--env-file", file, "--timeout", "9", "--evidence", "all", "--lanes", "2", "--headed")
    ]
    assert _passed_on(Reading()) == []
