"""The oracle of the fault schedule is judged itself: each violation that is planted is found, and by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from connector.models import Deactivate, Guard, Invite, Outcome, Reactivate, Report, Result
from fixtures.mock_console import Books, MockOptions
from fixtures.mock_console.console import Console
from fixtures.mock_console.people import Draft
from tests.conftest import PEOPLE
from tests.faults.judgement import Single, Told, Wrong, findings

SAM, AIKO, GRACE, LEA = (
    f"{name}@northwind.example" for name in ("sam.reyes", "aiko.tanaka", "grace.okafor", "lea.fischer")
)
NEW, STRANGER = "nadja.new@northwind.example", "somebody.else@northwind.example"
ACCOUNT = "connector@northwind.example"
OPERATIONS: list[Single] = [
    Deactivate(email=SAM),
    Invite(email=NEW, first_name="Nadja", last_name="New", groups=("Sales",)),
    Deactivate(email=AIKO),
    Reactivate(email=LEA),
]


@dataclass(frozen=True)
class Case:
    """A run at one console, and the same undisturbed at another: nothing is wrong with it."""

    undisturbed: tuple[Books, Books]
    before: Books
    after: Books
    report: Report

    def wrongs(self, after: Books | None = None, **results: Result) -> set[tuple[Wrong, str]]:
        """What the oracle finds where the books or some results (by the name before the at sign) are others."""
        names = {each.email: each.email.partition(".")[0] for each in OPERATIONS}
        outcomes = tuple(
            each.model_copy(update={"result": results.get(names[each.email], each.result)})
            for each in self.report.outcomes
        )
        report = self.report.model_copy(update={"outcomes": outcomes})
        told = Told(self.before, after or self.after, OPERATIONS, report)
        found = findings(self.before, told.after, self.undisturbed, [told], self.report, ACCOUNT)
        return {(each.wrong, each.whom) for each in found}


@pytest.fixture
def case() -> Case:
    def carried_out_at(console: Console) -> tuple[Books, Books]:
        before, directory = console.books(), console.directory
        directory.deactivate(ACCOUNT, before.person(SAM).id)
        directory.invite(ACCOUNT, Draft(email=NEW, first_name="Nadja", last_name="New", groups=("Sales",)))
        return before, console.books()

    said = [
        ("deactivate", SAM, Result.DONE, None),
        ("invite", NEW, Result.DONE, None),
        ("deactivate", AIKO, Result.REFUSED, Guard.SCIM_MANAGED),
        ("reactivate", LEA, Result.ALREADY, None),
    ]
    outcomes = tuple(
        Outcome(operation=kind, email=email, result=result, message="as told", guard=guard)
        for kind, email, result, guard in said
    )
    report = Report(run="planted", outcomes=outcomes)
    consoles = [Console(MockOptions(people=PEOPLE)) for _ in range(2)]
    undisturbed, (before, after) = map(carried_out_at, consoles)
    return Case(undisturbed, before, after, report)


def with_person(books: Books, email: str, **fields: Any) -> Books:
    people = [each.model_copy(update=fields) if each.email == email else each for each in books.people]
    assert tuple(people) != books.people
    return books.model_copy(update={"people": tuple(people)})


def with_event(books: Books, kind: str, whom: str) -> Books:
    template = books.events[-1]
    again = template.model_copy(update={"number": template.number + 1, "kind": kind, "subject": whom})
    return books.model_copy(update={"events": (*books.events, again)})


def test_the_oracle_finds_nothing_where_nothing_is_wrong(case: Case) -> None:
    assert case.wrongs() == set()


def test_the_oracle_finds_a_second_invitation(case: Case) -> None:
    (mail,) = case.after.mails_to(NEW)
    twice = case.after.model_copy(update={"mails": (*case.after.mails, mail)})
    assert case.wrongs(twice) == {(Wrong.INVITED_TWICE, NEW)}


def test_the_oracle_finds_a_reminder_that_nobody_asked_for(case: Case) -> None:
    (mail,) = case.after.mails_to(NEW)
    reminder = mail.model_copy(update={"kind": "reminder"})
    more = case.after.model_copy(update={"mails": (*case.after.mails, reminder)})
    assert case.wrongs(more) == {(Wrong.MAIL, NEW)}


def test_the_oracle_finds_a_missing_invitation(case: Case) -> None:
    none = case.after.model_copy(update={"mails": case.before.mails})
    assert case.wrongs(none) == {(Wrong.MAIL, NEW)}


@pytest.mark.parametrize("fields", [{"first_name": "Grazia"}, {"groups": ("Sales",)}, {"status": "deactivated"}])
def test_the_oracle_finds_a_bystander_who_was_edited(case: Case, fields: dict[str, Any]) -> None:
    assert case.wrongs(with_person(case.after, GRACE, **fields)) == {(Wrong.STATE, GRACE), (Wrong.BYSTANDER, GRACE)}


def test_the_oracle_finds_a_bystander_whose_record_was_replaced(case: Case) -> None:
    """Deleted and invited anew: only the number that the console gives tells."""
    assert case.wrongs(with_person(case.after, GRACE, id=1)) == {(Wrong.BYSTANDER, GRACE)}


def test_the_oracle_finds_somebody_whom_nobody_asked_for(case: Case) -> None:
    stranger = case.after.person(NEW).model_copy(update={"email": STRANGER, "id": 1})
    more = case.after.model_copy(update={"people": (*case.after.people, stranger)})
    assert case.wrongs(more) == {(Wrong.STATE, STRANGER), (Wrong.BYSTANDER, STRANGER)}


def test_the_oracle_finds_something_that_is_said_to_be_done_and_is_not(case: Case) -> None:
    not_done = with_person(case.after, SAM, status="active")
    assert case.wrongs(not_done) == {(Wrong.STATE, SAM), (Wrong.DONE_IS_NOT, SAM)}


def test_the_oracle_finds_something_that_is_said_to_be_done_and_was_so_before(case: Case) -> None:
    assert case.wrongs(lea=Result.DONE) == {(Wrong.DONE_BY_NOBODY, LEA), (Wrong.ENDED_OTHERWISE, LEA)}


def test_the_oracle_finds_something_that_is_said_to_be_so_already_and_was_done(case: Case) -> None:
    assert case.wrongs(sam=Result.ALREADY) == {(Wrong.ALREADY_WAS_NOT, SAM), (Wrong.ENDED_OTHERWISE, SAM)}


@pytest.mark.parametrize("result", [Result.REFUSED, Result.FAILED])
def test_the_oracle_finds_something_that_is_said_not_to_be_done_and_was(case: Case, result: Result) -> None:
    assert case.wrongs(nadja=result) == {(Wrong.NOTHING_WAS_NOT, NEW), (Wrong.ENDED_OTHERWISE, NEW)}


def test_the_oracle_finds_something_that_stays_unknown(case: Case) -> None:
    assert case.wrongs(sam=Result.UNKNOWN) == {(Wrong.ENDED_OTHERWISE, SAM)}


def test_the_oracle_finds_something_that_was_done_although_it_was_refused(case: Case) -> None:
    done = with_event(with_person(case.after, AIKO, status="deactivated"), "deactivated", AIKO)
    assert case.wrongs(done) == {(Wrong.STATE, AIKO), (Wrong.TOO_OFTEN, AIKO), (Wrong.NOTHING_WAS_NOT, AIKO)}


def test_the_oracle_finds_something_that_was_done_twice(case: Case) -> None:
    assert case.wrongs(with_event(case.after, "deactivated", SAM)) == {(Wrong.TOO_OFTEN, SAM)}


def test_the_oracle_finds_something_that_the_log_of_the_console_does_not_tell(case: Case) -> None:
    untold = case.after.model_copy(update={"events": case.after.events[:-1]})
    assert case.wrongs(untold) == {(Wrong.TOO_SELDOM, NEW), (Wrong.DONE_BY_NOBODY, NEW)}


def test_the_oracle_finds_a_group_that_nobody_asked_for(case: Case) -> None:
    more = case.after.model_copy(update={"groups": (*case.after.groups, "Sales 2")})
    assert case.wrongs(more) == {(Wrong.GROUPS, "")}
