"""Decisions as data: what they are about, when they hold, and that what waits keeps its order and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector import guards
from connector.approvals import (
    Decision,
    Waiting,
    all_outcomes,
    chosen,
    decision_on,
    decisions_in,
    noted,
    told,
    waiting_of,
)
from connector.errors import Refused
from connector.guards import Approved
from connector.models import (
    NEVER_LIFTED,
    Deactivate,
    Guard,
    ImportPeople,
    Invite,
    Objection,
    Operation,
    Outcome,
    Result,
)
from connector.plan_models import Held
from connector.run_records import RunRequest

CONSOLE = "https://example.app.workramp.com"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ANN, BILL = "ann@northwind.example", "bill@northwind.example"
LIFTABLE = sorted(set(Guard) - NEVER_LIFTED)


def objection(guard: Guard = Guard.SCIM_MANAGED, said: str = "SCIM manages this person") -> Objection:
    return Objection(guard=guard, message=said, saw=guards.seen(said))


def waits(email: str = ANN, *objections: Objection, number: int = 0) -> Waiting:
    return Waiting(
        number=number, operation=Deactivate(email=email), kind="deactivate", objections=objections or (objection(),)
    )


def decision(*about: Waiting, approved: bool = True, minutes: int = 0, by: str = "priya") -> Decision:
    return Decision(
        approved=approved,
        digests=tuple(each.digest(CONSOLE) for each in about),
        by=by,
        user="workramp",
        at=NOW + timedelta(minutes=minutes),
        reason=None if approved else "she stays",
    )


def request(*operations: Operation, held: Sequence[Held] = (), left_out: Sequence[Outcome] = ()) -> RunRequest:
    return RunRequest(
        id="monday",
        console=CONSOLE,
        operations=operations,
        unattended=True,
        held=tuple(held),
        left_out=tuple(left_out),
        created_at=NOW,
    )


def refused(email: str, *objections: Objection) -> Outcome:
    said = objections or (objection(),)
    return Outcome(operation="deactivate", email=email, result=Result.REFUSED, message="no", objections=said)


def done(email: str) -> Outcome:
    return Outcome(operation="deactivate", email=email, result=Result.DONE, message="done")


# -- what a decision is about ------------------------------------------------------------------------------------------
def test_a_decision_is_about_the_operation_and_what_every_guard_saw() -> None:
    asked = waits()
    new = Invite(email=ANN, first_name="A", last_name="B")
    same = waits(ANN.upper(), objection())
    assert same.digest(CONSOLE) == asked.digest(CONSOLE)
    others = [
        waits(BILL),
        waits(ANN, objection(said="SCIM manages this person, and another system does, too")),
        waits(ANN, objection(Guard.KEY_OWNER)),
        waits(ANN, objection(), objection(Guard.KEY_OWNER)),
        Waiting(number=0, operation=new, kind="invite", objections=(objection(),)),
    ]
    digests = {asked.digest(CONSOLE), asked.digest("https://other.example"), *(each.digest(CONSOLE) for each in others)}
    assert len(digests) == len(others) + 2


def test_words_alone_change_nothing() -> None:
    saw = guards.NO_SEAT
    first = Objection(guard=Guard.NO_FREE_SEAT, message="1 seat is needed, 0 are free", saw=saw)
    second = Objection(guard=Guard.NO_FREE_SEAT, message="no seat is left: 0 free now", saw=saw)
    assert waits(ANN, first).digest(CONSOLE) == waits(ANN, second).digest(CONSOLE)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([ANN, BILL])), max_size=8))
def test_a_rejection_holds_whatever_else_was_decided(made: list[tuple[bool, str]]) -> None:
    decisions = [
        decision(waits(email), approved=approved, minutes=minute) for minute, (approved, email) in enumerate(made)
    ]
    notes: dict[str, object] = {"holder": {}, "waiting": None}
    for each in reversed(decisions):
        notes |= noted(each)
    assert decisions_in(notes) == decisions
    for email in (ANN, BILL):
        about = [approved for approved, whom in made if whom == email]
        found = decision_on(waits(email).digest(CONSOLE), decisions)
        assert (None if found is None else found.approved) == (all(about) if about else None)


def test_two_who_decide_at_the_same_moment_are_both_kept() -> None:
    assert len(noted(decision(waits(), by="priya")) | noted(decision(waits(), by="daniel"))) == 2


# -- what it lifts -----------------------------------------------------------------------------------------------------
@given(st.sampled_from(LIFTABLE), st.text(max_size=8), st.text(max_size=8), st.sets(st.sampled_from(LIFTABLE)))
def test_an_approval_lifts_a_guard_for_what_it_saw_and_nothing_else(
    guard: Guard, approved: str, sees: str, outright: set[Guard]
) -> None:
    lifted = Approved(outright, [objection(guard, approved)])
    for each in LIFTABLE:
        expected = each in outright or (each is guard and sees == approved)
        assert guards.lifts(lifted, each, guards.seen(sees)) is expected
        if not expected:
            with pytest.raises(Refused):
                guards.refuse(each, sees, whom=ANN, overrides=lifted)
        else:
            guards.refuse(each, sees, whom=ANN, overrides=lifted)


@pytest.mark.parametrize("guard", sorted(NEVER_LIFTED))
def test_no_approval_lifts_what_is_never_lifted(guard: Guard) -> None:
    with pytest.raises(Refused) as refusal:
        guards.refuse(guard, "no", whom=ANN, overrides=Approved([guard], [objection(guard, "no")]))
    assert guards.objections_of(refusal.value) == ()


def test_what_is_refused_can_be_approved_by_what_was_said() -> None:
    with pytest.raises(Refused) as refusal:
        guards.known_manager(ANN, BILL, False, ())
    approved = Approved((), guards.objections_of(refusal.value))
    guards.known_manager(ANN, BILL.upper(), False, approved)
    with pytest.raises(Refused):
        guards.known_manager(ANN, "joann@northwind.example", False, approved)


# -- what waits, and in which order ------------------------------------------------------------------------------------
def test_what_waits_is_numbered_after_the_operations_and_what_a_plan_refused_comes_first() -> None:
    people = tuple(Invite(email=email, first_name="A", last_name="B") for email in (ANN, BILL))
    held = Held(operation=Deactivate(email="held@northwind.example"), objections=(objection(),), place="line 4: ")
    asked = request(Deactivate(email=ANN), ImportPeople(people=people, skip_bad_rows=True), held=[held])
    found = waiting_of(asked, {0: [done(ANN)], 1: [done(ANN), refused(BILL)]})
    assert [(each.number, each.operation.email) for each in found] == [(2, "held@northwind.example"), (3, BILL)]
    assert found[1].operation == people[1]
    assert found[0].says == "line 4: SCIM manages this person"


@given(st.lists(st.booleans(), max_size=6), st.lists(st.sampled_from(["open", "done"]), min_size=12, max_size=12))
def test_what_became_of_what_waited_stands_in_its_place(waited: list[bool], became: list[str]) -> None:
    emails = [f"p{number}@northwind.example" for number in range(len(waited))]
    left = [done("left@northwind.example")]
    held = [Held(operation=Deactivate(email="held@northwind.example"), objections=(objection(),))]
    asked = request(*(Deactivate(email=email) for email in emails), held=held, left_out=left)
    first = {n: [refused(emails[n]) if each else done(emails[n])] for n, each in enumerate(waited)}
    found = waiting_of(asked, first)
    assert waiting_of(asked, dict(reversed(first.items()))) == found
    then = {
        each.number: told(each, asked, ()) if what == "open" else done(each.operation.email)
        for each, what in zip(found, became, strict=False)
    }
    outcomes = all_outcomes(asked, (each for found in first.values() for each in found), then)
    assert [each.email for each in outcomes] == ["left@northwind.example", "held@northwind.example", *emails]
    open_ones = {each.operation.email for each, what in zip(found, became, strict=False) if what == "open"}
    assert {each.email for each in outcomes if each.objections} == open_ones
    assert {each.email for each in outcomes if each.result is Result.REFUSED} == open_ones


def test_the_outcome_says_what_is_decided() -> None:
    asked, one = request(Deactivate(email=ANN)), waits()
    waiting = told(one, asked, ())
    assert "waits for approval: `workramp runs approve monday --email ann@northwind.example`" in waiting.message
    approved = told(one, asked, [decision(one)])
    assert "approved by priya (as the user workramp) on 2026-03-02 06:00 UTC" in approved.message
    assert "`workramp runs resume monday` carries it out" in approved.message
    rejected = told(one, asked, [decision(one), decision(one, approved=False)])
    assert rejected.message.startswith("rejected by priya (as the user workramp) on 2026-03-02 06:00 UTC: she stays")
    assert [bool(each.objections) for each in (waiting, approved, rejected)] == [True, True, False]
    assert {each.guard for each in (waiting, approved, rejected)} == {Guard.SCIM_MANAGED}


def test_what_a_guard_says_anew_takes_the_place_of_what_was_approved() -> None:
    group, other = objection(Guard.UNKNOWN_GROUP, "no group A"), objection(Guard.UNKNOWN_GROUP, "no group B")
    twin, another = objection(Guard.LOOK_ALIKE, "like x"), objection(Guard.LOOK_ALIKE, "like x and y")
    one = waits(ANN, group, twin)
    after = one.after(refused(ANN, another), decision(one))
    assert after.objections == (group, another)
    assert after.note.endswith("was of this: like x")
    both = one.after(refused(ANN, other), decision(one))
    assert both.objections == (group, twin, other)
    assert both.note == ""


def test_who_is_meant_is_told_by_the_whole_address_and_the_kind() -> None:
    found = [waits(ANN, number=0), waits("jo" + ANN, number=1)]
    assert chosen(found) == found
    assert chosen(found, [ANN.upper()]) == found[:1]
    assert chosen(found, (), ["invite"]) == []
    assert chosen(found, (), ["deactivate"]) == found
