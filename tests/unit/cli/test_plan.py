from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from connector.models import Guard, Status
from connector.plan_file import read_plan
from connector.plan_models import PlanOptions

from .conftest import Run
from .face import ANN, Face

ROSTER = (
    "Email,First name,Last name,Role,Status\n"
    "ann@northwind.example,Anne,Lee,,\n"
    "new@northwind.example,New,Person,learner,active\n"
    "boss@northwind.example,Big,Boss,admin,active\n"
    "tomas.silva@northwind.example,Tomas,Silva,,\n"
)


@pytest.fixture
def staff(face: Face, tmp_path: Path) -> Path:
    """A roster in the working directory."""
    face.directory = [ANN, face.directory[1].model_copy(update={"status": Status.ACTIVE, "shown_name": "Tomas Silva"})]
    path = tmp_path / "staff.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def test_a_plan_is_printed_line_by_line_with_reasons_totals_and_seats(run: Run, staff: Path) -> None:
    result = run("plan", "staff.csv")
    assert result.exit_code == 0
    lines = [line.split(maxsplit=3) for line in result.stdout.splitlines()]
    assert lines[0] == ["WOULD", "EMAIL", "LINE", "WHY"]
    assert lines[1:4] == [
        ["invite", "new@northwind.example", "3", "not here yet"],
        ["change", "ann@northwind.example", "2", "first name Ann to Anne"],
        ["refused", "boss@northwind.example", "4", "invite: not here yet; this grants the admin role [admin-role]"],
    ]
    assert result.stdout.splitlines()[5:] == [
        "POOL      USED  USED AFTER  TOTAL  FREE  FREE AFTER",
        "licensed    52          53    100    48          47",
        "external     7           7      -     -           -",
    ]
    assert result.stderr.splitlines() == [
        "staff.csv: read as UTF-8",
        "staff.csv: delimiter comma",
        "1 to invite, 1 to change, 1 refused, 1 left alone; nothing was changed",
        "left alone: 1 as the roster says",
        "admin-role: 1 refused; --override admin-role lifts it",
    ]


def test_quiet_says_only_the_results(run: Run, staff: Path) -> None:
    assert run("plan", "staff.csv", "--quiet").stderr == ""


def test_the_plan_is_kept_where_told_to_and_is_what_json_prints(run: Run, staff: Path, tmp_path: Path) -> None:
    result = run("plan", "staff.csv", "-o", "plan.json", "--json", "--quiet")
    assert result.exit_code == 0
    path = tmp_path / "plan.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(result.stdout) == json.loads(path.read_text(encoding="utf-8"))
    assert [operation.operation for operation in read_plan(path).operations] == ["invite", "edit"]


def test_every_option_is_handed_on(run: Run, staff: Path, face: Face, tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('[defaults]\ngroups = "Sales"\n', encoding="utf-8")
    result = run(
        *(
            "plan",
            "staff.csv",
            "--deactivate-missing",
            "--exact-groups",
            "--exact-managers",
            "--override",
            "admin-role",
        ),
        *("--mapping", "mapping.toml", "--format", "workramp", "-o", "plan.json"),
    )
    assert result.exit_code == 0, result.stderr
    assert face.asked["options"] == PlanOptions(
        deactivate_missing=True, exact_groups=True, exact_managers=True, overrides=(Guard.ADMIN_ROLE,)
    )
    assert face.asked["roster"].rows[0].groups == ("Sales",)
    assert result.stderr.splitlines()[-1] == "the plan is in plan.json"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.csv",), "missing.csv cannot be read as a roster"),
        (("staff.csv", "--format", "octa"), "did you mean 'okta'?"),
        (("staff.csv", "--format", "entra"), "there is no column mail"),
        (("staff.csv", "--mapping", "missing.toml"), "missing.toml cannot be read as a mapping"),
        (("staff.csv", "--override", "last-admin"), "is never lifted"),
        (("staff.csv", "-o", "nowhere/plan.json"), "there is no folder"),
    ],
)
def test_bad_input_ends_with_2_before_any_browser_starts(
    run: Run, staff: Path, face: Face, arguments: tuple[str, ...], said: str
) -> None:
    result = run("plan", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert face.opened == 0


def test_why_a_mass_of_people_is_braked_is_said_once(run: Run, face: Face, tmp_path: Path) -> None:
    face.directory = [
        ANN,
        *(ANN.model_copy(update={"email": f"p{number}@northwind.example"}) for number in range(12)),
    ]
    (tmp_path / "staff.csv").write_text(ROSTER.splitlines()[0] + "\nann@northwind.example,Ann,Lee,,\n")
    result = run("plan", "staff.csv", "--deactivate-missing")
    assert result.exit_code == 0
    assert result.stdout.count("[mass-change]") == 12
    assert "12 of 13 people" not in result.stdout
    assert result.stderr.count("12 of 13 people who are not deactivated would lose access in one run") == 1


def test_text_from_a_roster_cannot_steer_the_terminal(run: Run, staff: Path) -> None:
    staff.write_text(ROSTER + "x\u202e@northwind.example,\x1b[31mRed,Ink,,\n", encoding="utf-8")
    result = run("plan", "staff.csv")
    assert "\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout + result.stderr
