"""`workramp groups`: what it asks of the connector, what it prints, and what it never does without an answer."""

from __future__ import annotations

import json

import pytest

from connector.models import CreateGroup, DeleteGroup

from .conftest import Run
from .face import ANN, UNSEEN, Face

EMEA = "Sales, EMEA"


def test_the_list_is_the_documented_json_and_what_is_not_shown_is_null(run: Run) -> None:
    result = run("groups", "list", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {"name": EMEA, "kind": "static", "members": 2},
        {"name": "Contractors", "kind": "dynamic", "members": None},
        {"name": "R&D", "kind": None, "members": None},
    ]


def test_the_list_for_people_has_dashes_for_what_is_not_shown(run: Run) -> None:
    result = run("groups", "list")
    assert [line.split() for line in result.stdout.splitlines()[1:]] == [
        ["Sales,", "EMEA", "static", "2"],
        ["Contractors", "dynamic", "-"],
        ["R&D", "-", "-"],
    ]
    assert result.stderr == "3 groups\n"


def test_a_group_is_shown_with_its_members_addresses(run: Run) -> None:
    result = run("groups", "show", EMEA, "--json")
    emails = [ANN.email, UNSEEN.email]
    assert json.loads(result.stdout) == {"name": EMEA, "kind": "static", "members": 2, "emails": emails}
    missing = run("groups", "show", "Sales")
    assert missing.exit_code == 1
    assert "no group is called 'Sales'" in missing.stderr


def test_names_are_taken_whole_in_nfc_and_what_no_screen_shows_is_bad_input(run: Run, face: Face) -> None:
    assert run("groups", "create", "  Zoe\u0308's   cohort ").exit_code == 0
    assert face.operations == [CreateGroup(name="Zoë's cohort")]
    for name in ("", "   ", "a\x07b", "a\u200bb", "x" * 201):
        assert run("groups", "delete", name, "--yes").exit_code == 2, name
    assert face.operations == [CreateGroup(name="Zoë's cohort")]


def test_deleting_off_a_terminal_needs_yes(run: Run, face: Face) -> None:
    result = run("groups", "delete", EMEA)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert face.operations == []
    assert run("groups", "delete", EMEA, "--yes").exit_code == 0
    assert face.operations == [DeleteGroup(name=EMEA)]


@pytest.mark.usefixtures("at_terminal")
@pytest.mark.parametrize(
    ("typed", "agreed"),
    [(EMEA, True), (f" {EMEA} ", True), ("sales, emea", False), ("Sales", False), ("y", False), ("", False)],
)
def test_deleting_asks_for_the_exact_name(run: Run, face: Face, typed: str, agreed: bool) -> None:
    result = run("groups", "delete", EMEA, input=f"{typed}\n")
    assert EMEA in result.stderr
    assert result.exit_code == (0 if agreed else 2)
    assert face.operations == ([DeleteGroup(name=EMEA)] if agreed else [])


def test_outcomes_name_the_group(run: Run, face: Face) -> None:
    result = run("groups", "delete", EMEA, "--dry-run", "--json")
    (outcome,) = json.loads(result.stdout)["outcomes"]
    assert (outcome["operation"], outcome["group"], outcome["email"]) == ("delete-group", EMEA, "")
    assert face.asked["dry_run"] is True
    table = run("groups", "create", EMEA).stdout
    assert table.splitlines()[0].split() == ["RESULT", "GROUP", "WHAT", "HAPPENED"]
    assert EMEA in table
