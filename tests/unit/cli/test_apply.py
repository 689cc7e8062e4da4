from __future__ import annotations

import json
from pathlib import Path

import pytest

from connector.errors import ConsoleUnavailable, PlanError
from connector.models import Deactivate, Edit, Guard, Invite, Status
from connector.models import Result as Became
from connector.plan_models import PlanOptions

from .conftest import Run
from .face import ANN, Face

HEADER = "Email,First name,Last name,Role,Status\n"
ROSTER = (
    HEADER + "ann@northwind.example,Anne,Lee,,\n"
    "new@northwind.example,New,Person,learner,active\n"
    "boss@northwind.example,Big,Boss,admin,active\n"
)


def leavers(count: int) -> list[str]:
    return [f"p{number}@northwind.example" for number in range(count)]


@pytest.fixture
def staff(face: Face, tmp_path: Path) -> Path:
    """A roster in the working directory, which deactivates nobody."""
    face.directory = [ANN]
    path = tmp_path / "staff.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


@pytest.fixture
def leaving(face: Face, tmp_path: Path) -> Path:
    """A roster that deactivates two."""
    return _leaving(face, tmp_path, 2)


def _leaving(face: Face, tmp_path: Path, count: int) -> Path:
    face.directory = [ANN, *(ANN.model_copy(update={"email": email}) for email in leavers(count))]
    path = tmp_path / "leavers.csv"
    rows = "".join(f"{email},,,,deactivated\n" for email in leavers(count))
    path.write_text(HEADER + rows + "new@northwind.example,New,Person,,\n", encoding="utf-8")
    return path


def test_a_roster_is_planned_and_applied_and_what_was_refused_is_an_outcome_too(
    run: Run, face: Face, staff: Path
) -> None:
    result = run("apply", "staff.csv", "--json", "--run-id", "monday", "--quiet")
    assert result.exit_code == 3
    told = json.loads(result.stdout)
    assert told["run"] == "monday"
    assert [(each["operation"], each["email"], each["result"], each["guard"]) for each in told["outcomes"]] == [
        ("invite", "boss@northwind.example", "refused", "admin-role"),
        ("invite", "new@northwind.example", "done", None),
        ("edit", "ann@northwind.example", "done", None),
    ]
    assert told["outcomes"][0]["message"] == "line 4: this grants the admin role"
    assert told["summary"] == {"done": 2, "already": 0, "refused": 1, "failed": 0, "unknown": 0}
    assert [type(operation) for operation in face.operations] == [Invite, Edit]


def test_every_option_is_handed_on(run: Run, face: Face, staff: Path, tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('[defaults]\ngroups = "Sales"\n', encoding="utf-8")
    flags = ("--deactivate-missing", "--exact-groups", "--exact-managers", "--override", "admin-role", "--no-wait")
    result = run("apply", "staff.csv", *flags, "--mapping", "mapping.toml", "--format", "workramp", "--run-id", "x")
    assert result.exit_code == 0, result.stderr
    assert face.asked["options"] == PlanOptions(
        deactivate_missing=True, exact_groups=True, exact_managers=True, overrides=(Guard.ADMIN_ROLE,)
    )
    assert face.asked["roster"].rows[0].groups == ("Sales",)
    assert (face.asked["run_id"], face.asked["wait"]) == ("x", False)
    assert face.asked["overrides"] == (Guard.ADMIN_ROLE,)


def test_a_kept_plan_is_applied_with_what_it_says_itself(run: Run, face: Face, staff: Path) -> None:
    assert run("plan", "staff.csv", "-o", "plan.json", "--override", "admin-role", "--quiet").exit_code == 0
    result = run("apply", "plan.json")
    assert result.exit_code == 0, result.stderr
    assert face.asked["overrides"] == (Guard.ADMIN_ROLE,)
    assert len(face.operations) == 3
    assert "3 done" in result.stderr


def test_a_plan_is_known_by_its_content_whatever_its_name(run: Run, face: Face, staff: Path) -> None:
    run("plan", "staff.csv", "-o", "monday.plan", "--quiet")
    assert run("apply", "monday.plan").exit_code == 3
    assert face.asked["plan"].basis.roster == "staff.csv"


@pytest.mark.parametrize(
    "option",
    [
        ("--deactivate-missing",),
        ("--exact-groups",),
        ("--exact-managers",),
        ("--override", "admin-role"),
        ("--format", "okta"),
        ("--mapping", "mapping.toml"),
    ],
)
def test_how_a_plan_was_made_cannot_be_said_when_it_is_applied(
    run: Run, face: Face, staff: Path, option: tuple[str, ...]
) -> None:
    run("plan", "staff.csv", "-o", "plan.json", "--quiet")
    opened = face.opened
    result = run("apply", "plan.json", *option)
    assert result.exit_code == 2
    assert "is a plan, and says itself how it was made" in result.stderr
    assert face.opened == opened


def test_an_edited_plan_ends_with_2_before_any_browser_starts(
    run: Run, face: Face, staff: Path, tmp_path: Path
) -> None:
    run("plan", "staff.csv", "-o", "plan.json", "--quiet")
    opened = face.opened
    path = tmp_path / "plan.json"
    path.write_text(path.read_text(encoding="utf-8").replace("new@", "old@"), encoding="utf-8")
    result = run("apply", "plan.json")
    assert result.exit_code == 2
    assert "was changed after it was made" in result.stderr
    assert face.opened == opened


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.csv",), "missing.csv cannot be read as a roster"),
        (("missing.json",), "missing.json cannot be read as a plan"),
        (("staff.csv", "--override", "last-admin"), "is never lifted"),
        (("staff.csv", "--run-id", "../x"), "cannot name a run"),
    ],
)
def test_bad_input_ends_with_2_before_any_browser_starts(
    run: Run, staff: Path, face: Face, arguments: tuple[str, ...], said: str
) -> None:
    result = run("apply", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert face.opened == 0


def test_a_dry_run_asks_nothing_and_says_what_would_happen(run: Run, face: Face, leaving: Path) -> None:
    result = run("apply", "leavers.csv", "--dry-run")
    assert result.exit_code == 0
    assert face.operations == []
    assert [line.split()[:3] for line in result.stdout.splitlines()] == [
        ["RESULT", "OPERATION", "EMAIL"],
        ["would", "deactivate", "p0@northwind.example"],
        ["would", "deactivate", "p1@northwind.example"],
        ["would", "invite", "new@northwind.example"],
    ]
    assert "3 would be done; nothing was changed" in result.stderr


def test_nothing_to_do_is_done_without_a_question(run: Run, face: Face, tmp_path: Path, at_terminal: None) -> None:
    face.directory = [ANN]
    (tmp_path / "staff.csv").write_text(HEADER + "ann@northwind.example,Ann,Lee,,\n", encoding="utf-8")
    result = run("apply", "staff.csv", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


# -- questions ------------------------------------------------------------------------------------------------------
def test_off_a_terminal_whatever_deactivates_anybody_needs_yes(run: Run, face: Face, leaving: Path) -> None:
    result = run("apply", "leavers.csv")
    assert result.exit_code == 2
    assert "pass --yes" in result.stderr
    assert "runs resume" not in result.stderr
    assert face.operations == []
    assert run("apply", "leavers.csv", "--yes").exit_code == 0
    assert [type(operation) for operation in face.operations] == [Deactivate, Deactivate, Invite]


def test_off_a_terminal_nothing_else_is_asked(run: Run, face: Face, staff: Path) -> None:
    assert run("apply", "staff.csv").exit_code == 3
    assert len(face.operations) == 2


def test_on_a_terminal_the_question_names_who_loses_access(
    run: Run, face: Face, leaving: Path, at_terminal: None
) -> None:
    result = run("apply", "leavers.csv", input="n\n")
    assert result.exit_code == 2
    assert (
        "Apply leavers.csv (deactivate 2: p0@northwind.example, p1@northwind.example; invite 1) on "
        "https://app.workramp.com? [y/N]" in result.stderr
    )
    assert face.operations == []
    assert run("apply", "leavers.csv", input="y\n").exit_code == 0
    assert len(face.operations) == 3


def test_six_who_lose_access_need_the_consoles_name_typed(
    run: Run, face: Face, tmp_path: Path, at_terminal: None
) -> None:
    _leaving(face, tmp_path, 6)
    flags = ("leavers.csv", "--override", "mass-change")
    refused = run("apply", *flags, input="y\n")
    assert refused.exit_code == 2
    assert "Type the console's name, app.workramp.com, to go on" in refused.stderr
    assert face.operations == []
    assert run("apply", *flags, input="app.workramp.com\n").exit_code == 0
    assert len(face.operations) == 7


# -- what stops it ---------------------------------------------------------------------------------------------------
def test_what_was_done_before_it_stopped_is_said_with_what_was_refused(run: Run, face: Face, staff: Path) -> None:
    face.error, face.error_after = ConsoleUnavailable("the console is gone"), 1
    result = run("apply", "staff.csv", "--json")
    assert result.exit_code == 4
    assert [each["result"] for each in json.loads(result.stdout)["outcomes"]] == ["refused", "done"]
    assert "the console is gone" in result.stderr
    # Nothing is recorded by a face that is not the real one, and so nothing is promised.
    assert "runs resume" not in result.stderr


def test_a_stale_plan_ends_with_2_and_names_who_changed(run: Run, face: Face, staff: Path) -> None:
    face.error = PlanError("the plan is stale", ["ann@northwind.example is not as then"])
    result = run("apply", "staff.csv")
    assert result.exit_code == 2
    assert "ann@northwind.example is not as then" in result.stderr
    assert "make the plan anew" in result.stderr


def test_a_failure_ends_with_1(run: Run, face: Face, staff: Path) -> None:
    face.directory = [ANN.model_copy(update={"status": Status.ACTIVE})]
    face.will("new@northwind.example", Became.FAILED, "the console said no")
    assert run("apply", "staff.csv").exit_code == 1
