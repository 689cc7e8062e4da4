from __future__ import annotations

import json
from pathlib import Path

import pytest

from connector.models import Guard, ImportPeople, Person, Result, Role, Status, people_of

from .conftest import Run
from .face import Face

HEADER = "Email,First name,Last name,Managers,Groups,Role,Status\n"
GOOD = "ann@northwind.example,Ann,Lee,boss@northwind.example,Sales;R&D,Manager,active\n"
PLAIN = "bob@northwind.example,Bob,Ray,,,,\n"
BAD = "zoe@northwind.example,Zoe,Fox,,,Astronaut,\n"
EVE = Person(email="eve@northwind.example", first_name="Eve", last_name="Day", status=Status.ACTIVE)
GONE = "eve@northwind.example,Eve,Day,,,,deactivated\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return tmp_path / "new-hires.csv"


def test_every_good_row_is_sent_in_one_import(run: Run, face: Face, roster: Path) -> None:
    roster.write_text(HEADER + GOOD + PLAIN)
    result = run("people", "import", "new-hires.csv")
    assert result.exit_code == 0
    [operation] = face.operations
    assert isinstance(operation, ImportPeople)
    assert not operation.skip_bad_rows
    ann, bob = operation.people
    assert (ann.role, ann.groups, ann.managers) == (Role.MANAGER, ("Sales", "R&D"), ("boss@northwind.example",))
    assert bob.role is Role.LEARNER


def test_with_a_bad_row_nothing_is_sent_and_every_bad_row_is_named(run: Run, face: Face, roster: Path) -> None:
    roster.write_text(HEADER + GOOD + BAD + "no-address,No,One,,,,\n")
    result = run("people", "import", "new-hires.csv")
    assert result.exit_code == 2
    assert face.opened == 0
    assert result.stdout == ""
    assert "line 3, column Role" in result.stderr
    assert "line 4, column Email" in result.stderr
    assert "--skip-bad-rows" in result.stderr


def test_bad_rows_left_out_on_the_operators_word_are_outcomes_and_end_with_3(
    run: Run, face: Face, roster: Path
) -> None:
    roster.write_text(HEADER + BAD + GOOD)
    result = run("people", "import", "new-hires.csv", "--skip-bad-rows", "--json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    refused, done = report["outcomes"]
    assert (refused["operation"], refused["email"], refused["result"]) == ("import", "zoe@northwind.example", "refused")
    assert refused["message"].startswith("line 2, column Role: ")
    assert refused["guard"] is None
    assert (done["email"], done["result"]) == ("ann@northwind.example", "done")
    assert face.operations[0].model_dump()["skip_bad_rows"] is True
    assert report["summary"] == {"done": 1, "already": 0, "refused": 1, "failed": 0, "unknown": 0}


def test_a_failure_weighs_more_than_a_row_left_out(run: Run, face: Face, roster: Path) -> None:
    roster.write_text(HEADER + BAD + GOOD)
    face.will("ann@northwind.example", Result.FAILED, "the console said no")
    assert run("people", "import", "new-hires.csv", "--skip-bad-rows").exit_code == 1
    face.stopped = 5
    assert run("people", "import", "new-hires.csv", "--skip-bad-rows").exit_code == 5


def test_an_import_never_deactivates(run: Run, face: Face, roster: Path) -> None:
    face.directory.append(EVE)
    roster.write_text(HEADER + GONE + GOOD)
    result = run("people", "import", "new-hires.csv", "--json")
    assert result.exit_code == 3
    outcome = json.loads(result.stdout)["outcomes"][0]
    assert (outcome["email"], outcome["result"]) == ("eve@northwind.example", "refused")
    assert "never deactivates" in outcome["message"]
    [operation] = face.operations
    assert isinstance(operation, ImportPeople)
    assert [person.email for person in operation.people] == ["ann@northwind.example"]


@pytest.mark.parametrize("here", [(EVE.model_copy(update={"status": Status.DEACTIVATED}),), ()], ids=["here", "not"])
def test_who_has_no_access_as_her_row_says_is_so_already(
    run: Run, face: Face, roster: Path, here: tuple[Person, ...]
) -> None:
    face.directory.extend(here)
    roster.write_text(HEADER + GOOD + GONE)
    result = run("people", "import", "new-hires.csv", "--json")
    assert result.exit_code == 0, result.stderr
    eve, ann = json.loads(result.stdout)["outcomes"]
    assert (eve["email"], eve["result"], eve["message"][:7]) == ("eve@northwind.example", "already", "line 3:")
    assert (ann["email"], ann["result"]) == ("ann@northwind.example", "done")


def test_nobody_is_looked_up_again_for_a_run_that_is_recorded(
    run: Run, face: Face, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connector.cli.work.is_recorded", lambda *_: True)
    roster.write_text(HEADER + GOOD + GONE)
    result = run("people", "import", "new-hires.csv", "--json", "--run-id", "monday")
    assert [outcome["email"] for outcome in json.loads(result.stdout)["outcomes"]] == ["ann@northwind.example"]


def test_a_file_of_people_without_access_alone_is_looked_at_and_sends_nothing(
    run: Run, face: Face, roster: Path
) -> None:
    without_access = EVE.model_copy(update={"status": Status.DEACTIVATED})
    gone = [without_access.model_copy(update={"email": f"eve{number}@northwind.example"}) for number in range(12)]
    face.directory.extend(gone)
    roster.write_text(HEADER + "".join(f"{person.email},Eve,Day,,,,deactivated\n" for person in gone))
    result = run("people", "import", "new-hires.csv", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["summary"]["already"] == 12
    assert face.operations == []


CHER = "cher@northwind.example,Cher,,,,,\n"
WITH_ONE_NAME = Person(email="cher@northwind.example", first_name="Cher", last_name="", status=Status.ACTIVE)


def test_who_is_here_with_one_name_is_so_already_as_an_export_says(run: Run, face: Face, roster: Path) -> None:
    face.directory.append(WITH_ONE_NAME)
    roster.write_text(HEADER + GOOD + CHER)
    result = run("people", "import", "new-hires.csv", "--json")
    assert result.exit_code == 0, result.stderr
    cher, ann = json.loads(result.stdout)["outcomes"]
    assert (cher["email"], cher["result"]) == ("cher@northwind.example", "already")
    assert (ann["email"], ann["result"]) == ("ann@northwind.example", "done")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("cher@northwind.example,Cher,,,,Admin,\n", "the role is learner, not admin"),
        ("cher@northwind.example,Cher,,,Sales,,\n", "not in Sales"),
        ("cher@northwind.example,Bono,,,,,\n", "the first name is Cher, not Bono"),
    ],
)
def test_who_is_here_with_one_name_and_lacks_what_her_row_says_is_not_so_already(
    run: Run, face: Face, roster: Path, row: str, said: str
) -> None:
    face.directory.append(WITH_ONE_NAME.model_copy(update={"role": Role.LEARNER, "groups": (), "managers": ()}))
    roster.write_text(HEADER + GOOD + row)
    result = run("people", "import", "new-hires.csv", "--json")
    assert result.exit_code == 1
    cher, _ = json.loads(result.stdout)["outcomes"]
    assert cher["result"] == "failed"
    assert f"is here already, but {said}" in cher["message"]


def test_many_with_one_name_are_compared_with_all_that_the_console_shows_of_them(
    run: Run, face: Face, roster: Path
) -> None:
    many = [
        WITH_ONE_NAME.model_copy(update={"email": f"cher{number}@northwind.example", "groups": ("Sales",)})
        for number in range(12)
    ]
    face.directory.extend(many)
    roster.write_text(HEADER + "".join(f"{person.email},Cher,,,Sales,,\n" for person in many))
    result = run("people", "import", "new-hires.csv", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["summary"]["already"] == 12
    assert face.exported


def test_nobody_is_invited_without_a_last_name_and_nothing_is_sent(run: Run, face: Face, roster: Path) -> None:
    roster.write_text(HEADER + GOOD + CHER)
    result = run("people", "import", "new-hires.csv")
    assert result.exit_code == 2
    assert "line 3, column Last name: it is empty" in result.stderr
    assert face.operations == []

    result = run("people", "import", "new-hires.csv", "--skip-bad-rows", "--json")
    assert result.exit_code == 3
    cher, ann = json.loads(result.stdout)["outcomes"]
    assert (cher["result"], cher["message"]) == ("refused", "line 3, column Last name: it is empty")
    assert ann["result"] == "done"


def test_who_is_deactivated_and_has_one_name_is_not_brought_back_by_an_import(
    run: Run, face: Face, roster: Path
) -> None:
    face.directory.append(WITH_ONE_NAME.model_copy(update={"status": Status.DEACTIVATED}))
    roster.write_text(HEADER + GOOD + CHER)
    result = run("people", "import", "new-hires.csv", "--json")
    assert result.exit_code == 3
    cher, _ = json.loads(result.stdout)["outcomes"]
    assert (cher["result"], cher["message"]) == ("refused", "line 3: is deactivated; use `people reactivate`")


def test_a_file_without_a_row_to_send_starts_nothing(run: Run, face: Face, roster: Path) -> None:
    roster.write_text(HEADER + BAD)
    result = run("people", "import", "new-hires.csv", "--skip-bad-rows")
    assert result.exit_code == 2
    assert "line 2" in result.stderr
    assert face.opened == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEADER.encode(),
        b"\x00\x01\x02" * 50,
        b'Email,First name,Last name\n"ann@x.example,Ann,Lee\n',
        b"Name\nAnn\n",
    ],
    ids=["0 bytes", "header only", "binary", "unbalanced quote", "no address column"],
)
def test_a_file_that_cannot_be_used_ends_with_2_and_starts_nothing(
    run: Run, face: Face, roster: Path, content: bytes
) -> None:
    roster.write_bytes(content)
    result = run("people", "import", "new-hires.csv", "--skip-bad-rows")
    assert result.exit_code == 2
    assert "new-hires.csv" in result.stderr
    assert face.opened == 0


def test_a_file_that_is_missing_ends_with_2(run: Run, face: Face) -> None:
    result = run("people", "import", "missing.csv")
    assert result.exit_code == 2
    assert "missing.csv" in result.stderr
    assert face.opened == 0


def test_what_was_assumed_about_the_file_is_said_on_stderr(run: Run, roster: Path) -> None:
    roster.write_bytes((HEADER + "zoé@northwind.example,Zoé,Fox,,,,\n".replace("zoé@", "zoe@")).encode("cp1252"))
    result = run("people", "import", "new-hires.csv", "--json")
    assert "1252" in result.stderr
    assert json.loads(result.stdout)["summary"]["done"] == 1
    assert "1252" not in run("people", "import", "new-hires.csv", "--quiet").stderr


def test_look_alikes_within_a_file_go_through_only_by_name(run: Run, face: Face, roster: Path) -> None:
    roster.write_text(HEADER + "bill@northwind.example,Bill,A,,,,\nbi1l@northwind.example,Bill,B,,,,\n")
    assert run("people", "import", "new-hires.csv").exit_code == 2
    assert face.opened == 0
    assert run("people", "import", "new-hires.csv", "--override", "look-alike").exit_code == 0
    assert face.asked["overrides"] == (Guard.LOOK_ALIKE,)


def test_a_dry_run_of_an_import_says_would(run: Run, roster: Path) -> None:
    roster.write_text(HEADER + GOOD)
    result = run("people", "import", "new-hires.csv", "--dry-run")
    assert result.exit_code == 0
    assert "would import" in result.stdout
    assert "done" not in result.stdout.split()


@pytest.mark.usefixtures("at_terminal")
def test_on_a_terminal_the_question_says_how_many_and_how_many_are_left_out(run: Run, face: Face, roster: Path) -> None:
    roster.write_text(HEADER + GOOD + PLAIN + BAD)
    result = run("people", "import", "new-hires.csv", "--skip-bad-rows", input="n\n")
    assert result.exit_code == 2
    assert "Invite 2 people from new-hires.csv (1 row left out) on https://app.workramp.com? [y/N]" in result.stderr
    assert face.opened == 0


def test_rows_that_only_name_somebody_are_not_sent_and_said(run: Run, face: Face, tmp_path: Path) -> None:
    (tmp_path / "okta.csv").write_text(
        "login,email,firstName,lastName,status\n"
        "a,a@northwind.example,Ann,Lee,ACTIVE\nb,b@northwind.example,Bo,Wu,STAGED\n",
        encoding="utf-8",
    )
    result = run("people", "import", "okta.csv", "--yes")
    assert [one.email for operation in face.operations for one in people_of(operation)] == ["a@northwind.example"]
    assert "line 3: left alone: the status is 'STAGED'" in result.stdout
    assert result.exit_code == 3
