"""Names of groups: what a question is about, which names could be taken for one another, which intent is the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.actions.groups import look_alikes
from connector.audit import AuditLog
from connector.intents import group_key, intent_key, predecessors, require_sound
from connector.models import CreateGroup, DeleteGroup, Group, Invite, Operation, Outcome, Result
from connector.report import Section, write_report
from connector.run_log import RunLog
from page_objects.group_dialogs import names_in, objection_to
from page_objects.groups_screen import plain_name
from tests.conftest import apart

KNOWN = ("Sales", "sales", "Sales, EMEA", "R&D", "All Employees", 'Ramp "Fast Track"', "Users", "Group")


@pytest.mark.parametrize(
    "question",
    [
        'Delete group? "Sales" will be deleted. Its 12 members stay in the workspace.',
        "Are you sure you want to delete Sales?",
        "Delete 1 group? This cannot be undone.",
        "Delete this group? Members lose access to what was assigned to it.",
        "Delete the selected group?",
    ],
)
def test_a_question_about_the_one_group_may_be_answered(question: str) -> None:
    assert objection_to(question, "Sales", KNOWN) is None


@pytest.mark.parametrize(
    "question",
    [
        'Delete "Sales, EMEA"?',
        "Delete sales?",
        "Delete Sales, R&D?",
        "Delete 2 groups?",
        "Delete 12 selected groups, Sales among them?",
        "These groups will be deleted: Sales",
        "Delete all groups?",
        "Delete Sales? Its people will be permanently deleted.",
        "Delete Sales and remove the accounts of its members?",
        "Delete Sales? This deletes all training records.",
        "Delete user?",
        "Are you sure?",
        "",
    ],
)
def test_a_question_about_anything_else_may_not(question: str) -> None:
    assert objection_to(question, "Sales", KNOWN)


def test_the_longest_name_that_fits_is_the_one_that_is_named() -> None:
    assert names_in("Delete Sales, EMEA?", KNOWN) == {"Sales, EMEA"}
    assert names_in("Delete Sales, and R&D?", KNOWN) == {"Sales", "R&D"}
    assert names_in('Delete Ramp "Fast Track"?', KNOWN) == {'Ramp "Fast Track"'}
    assert names_in("Salesforce", KNOWN) == set()


@given(st.sets(st.text(min_size=1, max_size=12).map(plain_name).filter(bool), min_size=2, max_size=6))
def test_a_question_that_names_any_other_group_is_objected_to(names: set[str]) -> None:
    wanted, other, *_ = sorted(names)
    if other in names_in(f"Delete {other}?", names):
        assert objection_to(f"Delete {other}?", wanted, names)


def test_names_that_differ_in_case_or_by_letters_that_look_alike_are_twins() -> None:
    groups = [Group(name=name) for name in ("Sales", "sales", "Sa1es", "S\u0430les", "Sales, EMEA", "Sale")]
    assert set(look_alikes(groups, "Sales")) == {"sales", "Sa1es", "S\u0430les"}
    assert look_alikes(groups, "Sales, EMEA") == []


def test_the_same_intent_has_the_same_key_and_case_makes_another() -> None:
    def key(name: str, console: str = "https://a.example") -> str:
        return intent_key(console, DeleteGroup(name=name))

    assert key("Zoe\u0308  crew") == key("Zo\u00eb crew")
    assert key("Sales") != key("sales")
    assert key("Sales") != key("Sales", "https://b.example")
    assert key("Sales") != intent_key("https://a.example", CreateGroup(name="Sales"))
    assert group_key(" a  b ") == "a b"


def test_an_operation_on_a_group_runs_alone() -> None:
    ann = Invite(email="ann@x.example", first_name="A", last_name="L", groups=("New",))
    bob = Invite(email="bob@x.example", first_name="B", last_name="L", groups=("New",))
    operations: list[Operation] = [ann, CreateGroup(name="New"), bob, DeleteGroup(name="New")]
    assert predecessors(operations) == [frozenset(), {0}, {1}, {0, 1, 2}]
    require_sound(operations, ())


def test_an_outcome_names_a_group_only_where_there_is_one() -> None:
    person = Outcome(operation="edit", email="ann@x.example", result=Result.DONE, message="")
    group = Outcome(operation="delete-group", email="", group="Sales", result=Result.DONE, message="")
    assert "group" not in person.model_dump(mode="json")
    assert group.model_dump(mode="json")["group"] == "Sales"
    assert Outcome.model_validate(group.model_dump(mode="json")) == group
    assert (person.subject, group.subject) == ("ann@x.example", "Sales")


def test_reports_and_the_audit_log_name_the_group(tmp_path: Path) -> None:
    group = Outcome(operation="delete-group", email="", group="Sales, EMEA", result=Result.DONE, message="deleted")
    page = write_report(tmp_path / "report", "Friday", [Section("Groups", outcomes=[group])]).read_text()
    assert "Sales, EMEA" in page
    log = AuditLog(tmp_path / "state", lambda text: text)

    async def write() -> None:
        await RunLog(log).intended(DeleteGroup(name="Sales, EMEA"), ["sales, emea"])
        await RunLog(log).outcomes([group])

    apart(write())
    intended, outcome = (json.loads(line)["data"] for line in log.path.read_text().splitlines()[-2:])
    assert (intended["people"], intended["asked"]["name"]) == ([], "Sales, EMEA")
    assert (outcome["address"], outcome["group"]) == ("", "Sales, EMEA")
