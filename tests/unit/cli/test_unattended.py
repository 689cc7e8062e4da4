"""Whether a command says that nobody is there to lift a guard, and how it tells what waits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connector.cli import outcomes as printed
from connector.models import Guard, Objection, Outcome, Report
from connector.models import Result as Became

from .conftest import Run
from .face import ANN, Face

WAITS = Outcome(
    operation="deactivate",
    email="ann@northwind.example",
    result=Became.REFUSED,
    message="SCIM manages this person; waits for approval: ...",
    guard=Guard.SCIM_MANAGED,
    objections=(Objection(guard=Guard.SCIM_MANAGED, message="SCIM manages this person", saw="0" * 64),),
)
DONE = WAITS.model_copy(update={"result": Became.DONE, "guard": None, "objections": (), "message": "deactivated"})


@pytest.fixture
def staff(face: Face, tmp_path: Path) -> str:
    face.directory = [ANN]
    (tmp_path / "staff.csv").write_text("Email,First name,Last name\nann@northwind.example,Anne,Lee\n")
    return "staff.csv"


def test_apply_off_a_terminal_is_unattended(run: Run, face: Face, staff: str) -> None:
    assert run("apply", staff).exit_code == 0
    assert face.unattended is True


def test_apply_at_a_terminal_is_not(run: Run, face: Face, staff: str, at_terminal: None) -> None:
    assert run("apply", staff, "--yes").exit_code == 0
    assert face.unattended is False


def test_another_command_is_unattended_only_with_a_run_id_and_off_a_terminal(run: Run, face: Face) -> None:
    edit = ("people", "edit", "ann@northwind.example", "--first-name", "Anne")
    assert run(*edit).exit_code == 0
    assert face.unattended is False
    assert run(*edit, "--run-id", "monday").exit_code == 0
    assert face.unattended is True


def test_at_a_terminal_a_run_id_makes_nothing_wait(run: Run, face: Face, at_terminal: None) -> None:
    edit = ("people", "edit", "ann@northwind.example", "--first-name", "Anne", "--yes")
    assert run(*edit, "--run-id", "monday").exit_code == 0
    assert face.unattended is False


def test_what_waits_is_counted_with_the_way_to_it_and_not_with_an_override(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed.put_report(Report(run="monday", outcomes=(WAITS, DONE)))
    told = capsys.readouterr()
    assert "1 for approval (1 scim-managed): `workramp runs show monday` tells what waits" in told.err
    assert "--override" not in told.err
    assert "to review: content and API keys of ann@northwind.example" in told.err
    printed.put_report(Report(run="dry-run", outcomes=(WAITS,)), dry_run=True)
    assert "--override scim-managed lifts it" in capsys.readouterr().err


def test_what_is_refused_for_good_is_told_without_a_way_past_its_guard(capsys: pytest.CaptureFixture[str]) -> None:
    rejected = WAITS.model_copy(update={"objections": (), "closed": True, "message": "rejected by Priya: she stays"})
    printed.put_report(Report(run="monday", outcomes=(rejected, DONE)))
    told = capsys.readouterr().err
    assert "1 refused for good: no override lifts it; ask for it in a new run" in told
    assert "--override" not in told
    assert "for approval" not in told


def test_the_json_of_what_waits_is_that_of_any_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    printed.put_report(Report(run="monday", outcomes=(WAITS,)), as_json=True)
    (told,) = json.loads(capsys.readouterr().out)["outcomes"]
    assert set(told) == {"operation", "email", "result", "message", "guard", "tier", "evidence", "seconds"}
    assert (told["result"], told["guard"]) == ("refused", "scim-managed")
