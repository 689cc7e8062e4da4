"""The demo's judge, with planted violations that it must catch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from connector.cli import witness
from connector.models import (
    Deactivate,
    ImportPeople,
    Invite,
    Operation,
    Outcome,
    Person,
    Reactivate,
    Result,
    Role,
    Status,
)
from fixtures.mock_console import BookedMail, BookedPerson, Books

AT = datetime(2026, 1, 5, tzinfo=UTC)


def booked(name: str, **changes: Any) -> BookedPerson:
    values: dict[str, Any] = {
        "id": len(name),
        "email": f"{name}@northwind.example",
        "first_name": name.title(),
        "last_name": "Lee",
        "role": "learner",
        "status": "active",
        "groups": ("Sales",),
        "managers": (),
        "last_login": None,
        "scim_managed": False,
        "invited_at": AT,
    }
    return BookedPerson(**{**values, **changes})


def books(*people: BookedPerson, invited: tuple[str, ...] = ()) -> Books:
    return Books(
        people=people,
        groups=("Sales",),
        seats_used=1,
        seats_total=9,
        events=(),
        mails=tuple(BookedMail(number=1, at=AT, to=f"{name}@northwind.example", kind="invitation") for name in invited),
        faults_fired={},
    )


def outcome(operation: str, name: str, result: Result = Result.DONE) -> Outcome:
    return Outcome(operation=operation, email=f"{name}@northwind.example", result=result, message="")


BEFORE = books(booked("ann"), booked("bill"), booked("helen", status="deactivated"))
AFTER = books(
    booked("ann"),
    booked("bill", status="deactivated"),
    booked("helen"),
    booked("zoe", status="invited"),
    invited=("zoe",),
)
TRUE = [outcome("invite", "zoe"), outcome("deactivate", "bill"), outcome("reactivate", "helen")]


def test_what_is_true_in_the_books_is_not_contradicted() -> None:
    assert witness.contradictions(BEFORE, AFTER, TRUE) == []


def test_an_effect_that_is_missing_is_found() -> None:
    for missing in TRUE:
        found = witness.contradictions(BEFORE, BEFORE, [missing])
        assert found[0].startswith(f"{missing.email} was said to be")


def test_an_effect_that_nobody_spoke_of_is_found() -> None:
    [found] = witness.contradictions(BEFORE, AFTER, TRUE[:2])
    assert found.startswith("helen@northwind.example changed in the books and nobody said so")
    [found] = witness.contradictions(BEFORE, AFTER, TRUE[1:])
    assert found.startswith("zoe@northwind.example appeared")


def test_a_bystander_who_was_touched_is_found() -> None:
    touched = books(*(person for person in AFTER.people if person.email[:3] != "ann"), booked("ann", groups=()))
    [found] = witness.contradictions(BEFORE, touched.model_copy(update={"mails": AFTER.mails}), TRUE)
    assert found.startswith("ann@northwind.example changed")


def test_the_wrong_state_a_vanished_person_and_a_second_invitation_are_found() -> None:
    wrong = books(
        booked("bill", status="invited"), booked("helen"), booked("zoe", status="invited"), invited=("zoe", "zoe")
    )
    found = witness.contradictions(BEFORE, wrong, TRUE)
    assert [text.split("@")[0] for text in found] == ["ann", "bill", "zoe"]


def test_outcomes_that_do_not_follow_from_the_books_are_found() -> None:
    wanted: list[Operation] = [
        Invite(email="zoe@northwind.example", first_name="Zoe", last_name="Fox", groups=("Sales",)),
        ImportPeople(people=(Invite(email="yu@northwind.example", first_name="Yu", last_name="Li", groups=("Sale",)),)),
        Deactivate(email="bill@northwind.example"),
        Deactivate(email="nobody@northwind.example"),
        Reactivate(email="helen@northwind.example"),
    ]
    good = [
        outcome("invite", "zoe"),
        outcome("import", "yu", Result.REFUSED),
        outcome("deactivate", "bill"),
        outcome("deactivate", "nobody", Result.FAILED),
        outcome("reactivate", "helen"),
    ]
    assert witness.unexpected(BEFORE, wanted, good) == []
    for place in range(len(good)):
        assert len(witness.unexpected(BEFORE, wanted, good[:place] + good[place + 1 :])) == 1
        changed = [*good]
        changed[place] = good[place].model_copy(update={"result": Result.UNKNOWN})
        assert len(witness.unexpected(BEFORE, wanted, changed)) == 1


def test_what_was_read_wrongly_twice_or_not_at_all_is_found() -> None:
    def person(name: str, **changes: Any) -> Person:
        values: dict[str, Any] = {"first_name": name.title(), "last_name": "Lee", "role": Role.LEARNER}
        return Person(
            email=f"{name}@northwind.example",
            **{**values, "status": Status.ACTIVE, "groups": ("Sales",), "managers": (), **changes},
        )

    right = [person("ann"), person("bill"), person("helen", status=Status.DEACTIVATED)]
    assert witness.misreadings(right, BEFORE) == []
    assert witness.misreadings([person("ann", groups=None, role=None), *right[1:]], BEFORE) == []
    for wrong in (
        [*right, person("bill")],
        right[1:],
        [*right, person("zoe")],
        [person("ann", groups=()), *right[1:]],
        [person("ann", status=Status.INVITED), *right[1:]],
        [person("ann", last_name="Leigh"), *right[1:]],
    ):
        assert len(witness.misreadings(wrong, BEFORE)) == 1


def test_who_reports_to_somebody_that_does_not_come_does_not_come_either() -> None:
    def hire(name: str, manager: str, group: str = "Sales") -> Invite:
        address = f"{name}@northwind.example"
        return Invite(
            email=address, first_name=name, last_name="Li", groups=(group,), managers=(f"{manager}@northwind.example",)
        )

    people = (hire("a", "b"), hire("b", "c"), hire("c", "ann", group="Sails"), hire("d", "e"), hire("e", "ann"))
    results = {"a": Result.REFUSED, "b": Result.REFUSED, "c": Result.REFUSED, "d": Result.DONE, "e": Result.DONE}
    outcomes = [outcome("import", name, result) for name, result in results.items()]
    assert witness.unexpected(BEFORE, [ImportPeople(people=people)], outcomes) == []
