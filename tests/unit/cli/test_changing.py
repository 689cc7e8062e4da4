from __future__ import annotations

import json
from pathlib import Path

import pytest

from connector.errors import BrowserMissing, ConsoleDrift, ConsoleUnavailable, Refused, SessionEnded, SignInFailed
from connector.models import Deactivate, Edit, Guard, Invite, Reactivate, Resend, Result, Role

from .conftest import Run
from .face import Face

ANN, BOB = "ann@northwind.example", "bob@northwind.example"
INVITE = ("people", "invite", ANN, "--first-name", "Ann", "--last-name", "Lee")


def test_outcomes_are_exactly_the_documented_json(run: Run, face: Face) -> None:
    face.will(BOB, Result.REFUSED, "managed by the identity provider", Guard.SCIM_MANAGED)
    result = run("people", "deactivate", ANN, BOB, "--yes", "--json", "--run-id", "friday-1")
    assert json.loads(result.stdout) == {
        "run": "friday-1",
        "outcomes": [
            {
                "operation": "deactivate",
                "email": ANN,
                "result": "done",
                "message": "deactivate read back",
                "guard": None,
                "tier": "console",
                "evidence": [],
                "seconds": 1.3,
            },
            {
                "operation": "deactivate",
                "email": BOB,
                "result": "refused",
                "message": "managed by the identity provider",
                "guard": "scim-managed",
                "tier": "console",
                "evidence": [],
                "seconds": 0.0,
            },
        ],
        "summary": {"done": 1, "already": 0, "refused": 1, "failed": 0, "unknown": 0},
    }
    assert result.stderr == ""
    assert face.asked["run_id"] == "friday-1"


@pytest.mark.parametrize(
    ("result", "code"),
    [(Result.DONE, 0), (Result.ALREADY, 0), (Result.FAILED, 1), (Result.UNKNOWN, 1), (Result.REFUSED, 3)],
)
def test_the_exit_code_follows_from_the_outcomes(run: Run, face: Face, result: Result, code: int) -> None:
    face.will(ANN, result, "as it went")
    assert run("people", "resend", ANN, BOB).exit_code == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConsoleUnavailable("the console does not answer"), 4),
        (BrowserMissing("there is no browser"), 4),
        (SignInFailed("the console did not let the account in"), 4),
        (SessionEnded("the session ended"), 4),
        (ConsoleDrift("there is no Invite User", expected="one", seen="none"), 5),
        (Refused("another tenant", Guard.WRONG_TENANT), 3),
    ],
)
def test_what_stops_everything_is_said_on_stderr_with_its_exit_code(
    run: Run, face: Face, error: Exception, code: int
) -> None:
    face.error = error
    result = run("people", "resend", ANN, "--json")
    assert result.exit_code == code
    assert result.stdout == ""
    hint, _, said = result.stderr.partition("\n")
    assert hint.startswith("`workramp runs resume ")
    assert said == f"{error}\n"


@pytest.mark.parametrize("code", [4, 5])
def test_a_run_stopped_half_way_ends_with_the_code_of_its_report(run: Run, face: Face, code: int) -> None:
    face.stopped = code
    face.will(BOB, Result.FAILED, "not attempted")
    result = run("people", "resend", ANN, BOB)
    assert result.exit_code == code
    assert "not attempted" in result.stdout


def test_for_people_there_is_a_row_each_and_the_way_to_lift_a_guard(run: Run, face: Face) -> None:
    face.will(BOB, Result.REFUSED, "managed by the identity provider", Guard.SCIM_MANAGED)
    result = run("people", "deactivate", ANN, BOB, "--yes")
    rows = result.stdout.splitlines()
    assert rows[1].split()[:2] == ["done", ANN]
    assert rows[2].split()[:2] == ["refused", BOB]
    assert "1 done, 1 refused" in result.stderr
    assert "--override scim-managed" in result.stderr


def test_a_guard_that_is_never_lifted_is_said_to_be_so(run: Run, face: Face) -> None:
    face.will(ANN, Result.REFUSED, "the last admin", Guard.LAST_ADMIN)
    result = run("people", "deactivate", ANN, "--yes")
    assert "never lifted" in result.stderr
    assert "--override" not in result.stderr


def test_a_dry_run_asks_nothing_changes_nothing_and_never_says_done(run: Run, face: Face) -> None:
    result = run("people", "deactivate", ANN, "--dry-run")
    assert result.exit_code == 0
    assert face.asked["dry_run"] is True
    assert "would deactivate" in result.stdout
    assert "done" not in result.stdout.split()
    assert "nothing was changed" in result.stderr


def test_overrides_are_handed_on(run: Run, face: Face) -> None:
    run(*INVITE, "--override", "unknown-group", "--override", "no-free-seat")
    assert face.asked["overrides"] == (Guard.UNKNOWN_GROUP, Guard.NO_FREE_SEAT)


def test_every_command_asks_for_what_was_typed(run: Run, face: Face) -> None:
    run(*INVITE, "--role", "Content-Creator", "--group", "Sales", "--group", "R&D", "--manager", BOB)
    assert face.operations == [
        Invite(
            email=ANN,
            first_name="Ann",
            last_name="Lee",
            role=Role.CONTENT_CREATOR,
            groups=("Sales", "R&D"),
            managers=(BOB,),
        )
    ]
    run(*INVITE)
    assert face.operations == [Invite(email=ANN, first_name="Ann", last_name="Lee", role=Role.LEARNER)]
    run("people", "deactivate", ANN, BOB, "--yes")
    assert face.operations == [Deactivate(email=ANN), Deactivate(email=BOB)]
    run("people", "reactivate", ANN)
    assert face.operations == [Reactivate(email=ANN)]
    run("people", "resend", ANN)
    assert face.operations == [Resend(email=ANN)]
    run(
        *("people", "edit", ANN, "--first-name", "Anne", "--role", "manager", "--add-group", "Sales"),
        *("--remove-group", "R&D", "--add-manager", BOB, "--remove-manager", ANN),
    )
    assert face.operations == [
        Edit(
            email=ANN,
            first_name="Anne",
            role=Role.MANAGER,
            add_groups=("Sales",),
            remove_groups=("R&D",),
            add_managers=(BOB,),
            remove_managers=(ANN,),
        )
    ]


def test_off_a_terminal_a_deactivation_without_yes_starts_nothing(run: Run, face: Face) -> None:
    result = run("people", "deactivate", ANN, input="y\n")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert face.opened == 0


def test_off_a_terminal_no_other_command_asks(run: Run, face: Face) -> None:
    for command in (INVITE, ("people", "reactivate", ANN), ("people", "resend", ANN)):
        result = run(*command)
        assert result.exit_code == 0
        assert "?" not in result.stderr
    assert face.opened == 3


@pytest.mark.usefixtures("at_terminal")
def test_on_a_terminal_the_question_names_what_whom_and_where(run: Run, face: Face) -> None:
    result = run("people", "deactivate", ANN, BOB, input="\n")
    assert result.exit_code == 2
    assert face.opened == 0
    assert f"Deactivate {ANN}, {BOB} on https://app.workramp.com? [y/N]" in result.stderr
    assert "nothing was changed" in result.stderr


@pytest.mark.usefixtures("at_terminal")
def test_on_a_terminal_yes_goes_on_and_keeps_stdout_clean(run: Run, face: Face) -> None:
    result = run(*INVITE, "--json", input="y\n")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["summary"]["done"] == 1
    assert face.opened == 1


@pytest.mark.usefixtures("at_terminal")
def test_on_a_terminal_the_end_of_the_input_is_a_no(run: Run, face: Face) -> None:
    assert run(*INVITE, input="").exit_code == 2
    assert face.opened == 0


@pytest.mark.usefixtures("at_terminal")
def test_deactivating_many_needs_the_consoles_name_typed(run: Run, face: Face) -> None:
    many = [f"leaver{number}@northwind.example" for number in range(6)]
    assert run("people", "deactivate", *many, input="y\n").exit_code == 2
    assert face.opened == 0
    result = run("people", "deactivate", *many, input="app.workramp.com\n")
    assert result.exit_code == 0
    assert "and 1 more on https://app.workramp.com" in result.stderr
    assert len(face.operations) == 6


@pytest.mark.usefixtures("at_terminal")
def test_yes_asks_nothing(run: Run) -> None:
    assert "?" not in run("people", "deactivate", ANN, "--yes").stderr


def test_what_was_done_before_an_interruption_is_still_said(run: Run, face: Face) -> None:
    face.error, face.error_after = KeyboardInterrupt(), 1
    result = run("people", "resend", ANN, BOB, "--json")
    assert result.exit_code == 130
    assert [outcome["email"] for outcome in json.loads(result.stdout)["outcomes"]] == [ANN]
    hint, _, said = result.stderr.partition("\n")
    assert hint.startswith("`workramp runs resume ")
    assert said == "interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["people", "deactivate", "ann@", "--yes"], "EMAIL"),
        (["people", "deactivate", ANN, "ANN@northwind.example", "--yes"], "twice"),
        (["people", "deactivate", "--yes"], "EMAIL"),
        (["people", "reactivate", ANN, ANN], "twice"),
        ([*INVITE, "--manager", "boss"], "--manager"),
        ([*INVITE, "--manager", BOB, "--manager", BOB], "--manager"),
        ([*INVITE, "--group", ""], "--group"),
        ([*INVITE, "--group", "Sales\x00"], "U+0000"),
        ([*INVITE, "--role", "supervisor"], "learner | manager | admin | content_creator"),
        (["people", "invite", ANN, "--first-name", " ", "--last-name", "Lee"], "--first-name"),
        (["people", "invite", ANN, "--first-name", "Ann"], "--last-name"),
        (["people", "edit", ANN], "nothing to change"),
        (["people", "edit", ANN, "--add-group", "Sales", "--remove-group", "sales"], "--remove-group"),
        (["people", "edit", ANN, "--add-manager", BOB, "--remove-manager", BOB], "--remove-manager"),
        ([*INVITE, "--override", "unknown-groups"], "'unknown-group'"),
        ([*INVITE, "--override", "zzz"], "unknown-group"),
        (["people", "deactivate", ANN, "--yes", "--override", "last-admin"], "never lifted"),
        (["people", "resend", ANN, "--run-id", "../x"], "--run-id"),
    ],
)
def test_bad_input_is_named_ends_with_2_and_starts_nothing(
    run: Run, face: Face, arguments: list[str], named: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stdout == ""
    assert "\x00" not in result.stderr
    assert face.opened == 0


def test_an_unexpected_error_is_a_bug_without_a_traceback_or_the_password(
    run: Run, face: Face, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WORKRAMP_PASSWORD", "correct horse battery")
    face.error = ValueError("broken\n  - fill('correct horse battery')")
    result = run("people", "resend", ANN)
    assert result.exit_code == 1
    assert "This is a bug" in result.stderr
    assert "Traceback" not in result.stderr
    assert "ValueError" in result.stderr
    face.error = ValueError("correct horse battery in the first line")
    result = run("--debug", "people", "resend", ANN)
    assert "Traceback" in result.stderr
    assert "correct horse battery" not in result.stderr
