from __future__ import annotations

import json
from pathlib import Path

import pytest

from connector.errors import LeftOut
from connector.models import Person, Role, Status

from .conftest import Run
from .face import ANN, UNSEEN, Face

PERSON_KEYS = [
    "email",
    "first_name",
    "last_name",
    "role",
    "status",
    "groups",
    "managers",
    "last_login",
    "scim_managed",
]


def test_list_prints_exactly_the_documented_json(run: Run) -> None:
    result = run("people", "list", "--json")
    assert result.exit_code == 0
    people = json.loads(result.stdout)
    assert [list(person) for person in people] == [PERSON_KEYS, PERSON_KEYS]
    assert people[0] == {
        "email": "ann@northwind.example",
        "first_name": "Ann",
        "last_name": "Lee",
        "role": "learner",
        "status": "active",
        "groups": ["Sales", "R&D"],
        "managers": ["daniel.kim@northwind.example"],
        "last_login": "2026-03-01T09:30:00Z",
        "scim_managed": False,
    }
    assert people[1]["last_login"] is None
    assert people[1]["groups"] is None
    assert result.stderr == ""


def test_list_says_of_how_many_active_people_it_does_not_tell_that_they_have_accepted(run: Run, face: Face) -> None:
    open_or_not = UNSEEN.model_copy(update={"status": Status.ACTIVE, "may_be_invited": True})
    face.directory = [ANN.model_copy(update={"may_be_invited": True}), open_or_not]
    said = "of 1 of them the list does not tell whether they have accepted an invitation; `people show` does"
    result = run("people", "list", "--status", "active", "--json")
    assert (result.exit_code, result.stderr.strip()) == (0, said)
    assert len(json.loads(result.stdout)) == 2
    for silent in (("--status", "active", "--quiet"), ("--json",)):
        assert said not in run("people", "list", *silent).stderr


def test_list_hands_every_filter_on(run: Run, face: Face) -> None:
    run(
        *("people", "list", "--search", " ann ", "--status", "invited", "--role", "content-creator"),
        *("--group", "Sales, EMEA", "--not-seen-for", "90"),
    )
    assert face.asked == {
        "search": "ann",
        "status": Status.INVITED,
        "role": Role.CONTENT_CREATOR,
        "group": "Sales, EMEA",
        "not_seen_for": 90,
    }


def test_list_off_a_terminal_is_aligned_uncut_and_uncoloured(run: Run, face: Face) -> None:
    long_group = "Everybody who ever attended the annual kick-off meeting in a year that ended in a seven " * 3
    face.directory = [ANN.model_copy(update={"groups": (long_group.strip(),)}), *face.directory]
    result = run("people", "list")
    lines = result.stdout.splitlines()
    assert len(lines) == 4
    assert lines[0].split() == ["EMAIL", "NAME", "ROLE", "STATUS", "LAST", "LOGIN", "GROUPS"]
    assert long_group.strip() in lines[1]
    assert lines[1].index("Ann Lee") == lines[0].index("NAME")
    assert "\x1b" not in result.stdout
    assert result.stderr == "3 people\n"


def test_never_signed_in_and_not_shown_are_different_things(run: Run, face: Face) -> None:
    face.directory = [Person(email="a@x.example", never_signed_in=True), Person(email="b@x.example")]
    never, unknown = run("people", "list").stdout.splitlines()[1:]
    assert " never " in never
    assert "never" not in unknown


def test_who_is_left_out_is_named_and_the_others_are_listed(run: Run, face: Face) -> None:
    face.error = LeftOut("left out: 1 of 3 people", [UNSEEN], seen=f"no last login of {ANN.email}")
    as_json = run("people", "list", "--not-seen-for", "90", "--json", "--quiet")
    assert [person["email"] for person in json.loads(as_json.stdout)] == [UNSEEN.email]
    for result in (as_json, run("people", "list", "--not-seen-for", "90")):
        assert result.exit_code == 1
        assert UNSEEN.email in result.stdout
        assert ANN.email not in result.stdout
        assert ANN.email in result.stderr


def test_seats_name_whose_last_login_is_not_told(run: Run, face: Face) -> None:
    face.seats = face.seats.model_copy(update={"untold": (ANN.email,)})
    result = run("seats", "--json")
    assert result.exit_code == 0
    assert f"of 1 active people the list does not tell when they last signed in: {ANN.email}" in result.stderr
    assert "untold" not in result.stdout


def test_seats_are_told_as_far_as_rows_tell_whose_they_are(run: Run, face: Face) -> None:
    face.error = LeftOut("left out: 1 row", [face.seats], seen="dee@x.example bo@x.example Active")
    for result in (run("seats", "--json"), run("seats")):
        assert result.exit_code == 1
        assert "licensed" in result.stdout
        assert "dee@x.example bo@x.example" in result.stderr


def test_show_prints_one_person(run: Run) -> None:
    result = run("people", "show", ANN.email)
    assert result.exit_code == 0
    assert "Groups        Sales; R&D\n" in result.stdout
    assert list(json.loads(run("people", "show", ANN.email, "--json").stdout)) == PERSON_KEYS


def test_show_of_nobody_fails_with_1_and_says_whom(run: Run) -> None:
    result = run("people", "show", "nobody@northwind.example")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "nobody@northwind.example" in result.stderr


def test_seats_prints_exactly_the_documented_json(run: Run, face: Face) -> None:
    result = run("seats", "--json")
    assert json.loads(result.stdout) == {
        "pools": [
            {"name": "licensed", "used": 52, "total": 100, "free": 48},
            {"name": "external", "used": 7, "total": None, "free": None},
        ],
        "releasable": [
            {"email": "tomas.silva@northwind.example", "reason": "never signed in", "last_login": None},
        ],
    }
    assert face.asked == {"not_seen_for": 90}


def test_seats_for_people_names_pools_and_who_could_be_released(run: Run) -> None:
    result = run("seats", "--not-seen-for", "180")
    assert [line.split() for line in result.stdout.splitlines()[:3]] == [
        ["POOL", "USED", "TOTAL", "FREE"],
        ["licensed", "52", "100", "48"],
        ["external", "7", "-", "-"],
    ]
    assert "tomas.silva@northwind.example  never signed in" in result.stdout


def test_export_writes_a_roster_that_reads_back(run: Run, tmp_path: Path) -> None:
    from connector.roster import read_roster

    result = run("people", "export", "people.csv")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "wrote 2 people to people.csv\n"
    assert read_roster(tmp_path / "people.csv").rows[0].groups == ANN.groups


def test_export_as_json_says_where_and_how_many(run: Run) -> None:
    assert json.loads(run("people", "export", "people.csv", "--json").stdout) == {"path": "people.csv", "people": 2}


def test_export_replaces_a_file_only_where_told_to(run: Run, face: Face, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("mine")
    result = run("people", "export", "people.csv")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert file.read_text() == "mine"
    assert face.opened == 0
    assert run("people", "export", "people.csv", "--yes").exit_code == 0
    assert file.read_text() != "mine"


@pytest.mark.usefixtures("at_terminal")
def test_export_asks_on_a_terminal_before_it_replaces(run: Run, face: Face, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("mine")
    assert run("people", "export", "people.csv", input="n\n").exit_code == 2
    assert file.read_text() == "mine"
    assert face.opened == 0
    assert run("people", "export", "people.csv", input="y\n").exit_code == 0
    assert file.read_text() != "mine"


def test_export_into_a_folder_that_is_missing_starts_nothing(run: Run, face: Face) -> None:
    result = run("people", "export", "nowhere/people.csv")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert face.opened == 0


def test_quiet_leaves_the_results_and_nothing_else(run: Run) -> None:
    for command in (["people", "list"], ["seats"], ["people", "export", "people.csv"]):
        assert run(*command, "--quiet").stderr == ""


def test_terminal_escapes_in_the_consoles_words_are_spelled_out(run: Run, face: Face) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\x9b31m\r\n"
    face.directory = [ANN.model_copy(update={"first_name": hostile, "groups": (hostile,)})]
    for command in (["list"], ["show", ANN.email], ["list", "--json"]):
        text = run("people", *command).stdout
        assert not [character for character in "\x1b\x07\u202e\x9b\r" if character in text]
    assert json.loads(run("people", "list", "--json").stdout)[0]["first_name"] == hostile


def test_names_in_persian_and_chinese_stay_as_they_are(run: Run, face: Face) -> None:
    name = "می\u200cخواهم 太郎"
    face.directory = [ANN.model_copy(update={"first_name": name})]
    assert name in run("people", "list").stdout
    assert name in run("people", "list", "--json").stdout


def test_options_go_into_the_settings_over_the_environment(
    run: Run, face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.env").write_text("WORKRAMP_URL=https://acme.app.workramp.com\nWORKRAMP_TIMEOUT=11\n")
    monkeypatch.setenv("WORKRAMP_LANES", "2")
    run(
        *("seats", "--env-file", "other.env", "--timeout", "7.5", "--evidence", "all", "--lanes", "3", "--headed"),
    )
    assert face.settings.url == "https://acme.app.workramp.com"
    assert (face.settings.timeout, face.settings.evidence, face.settings.lanes) == (7.5, "all", 3)
    assert face.headed
    run("seats", "--env-file", "other.env")
    assert (face.settings.timeout, face.settings.lanes) == (11, 2)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["people", "show", "not-an-address"], "EMAIL"),
        (["people", "list", "--role", "boss"], "--role"),
        (["people", "list", "--role", "content creater"], "content_creator"),
        (["people", "list", "--status", "gone"], "--status"),
        (["people", "list", "--not-seen-for", "0"], "--not-seen-for"),
        (["people", "list", "--group", " "], "--group"),
        (["people", "list", "--search", "a\x07b"], "--search"),
        (["seats", "--timeout", "0"], "--timeout"),
        (["seats", "--timeout", "nan"], "--timeout"),
        (["seats", "--lanes", "17"], "--lanes"),
        (["seats", "--evidence", "some"], "--evidence"),
        (["seats", "--env-file", "missing.env"], "--env-file"),
        (["seats", "--nonsense"], "--nonsense"),
        (["people", "lst"], "list"),
        (["people", "show"], "EMAIL"),
    ],
)
def test_bad_input_is_named_ends_with_2_and_starts_nothing(
    run: Run, face: Face, arguments: list[str], named: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stdout == ""
    assert face.opened == 0


def test_an_unknown_setting_ends_with_2_and_starts_nothing(
    run: Run, face: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKRAMP_PASWORD", "x")
    result = run("seats")
    assert result.exit_code == 2
    assert "WORKRAMP_PASSWORD" in result.stderr
    assert face.opened == 0
