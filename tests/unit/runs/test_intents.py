"""Intent keys, and which operations keep their order."""

from __future__ import annotations

import pytest

from connector.intents import intent_key, predecessors
from connector.models import (
    Deactivate,
    Edit,
    Guard,
    ImportPeople,
    Invite,
    InvitePeople,
    Operation,
    Reactivate,
    Role,
)

CONSOLE = "https://console.example"
ANN, BILL, CARA, DORA = (f"{name}@northwind.example" for name in ("ann", "bill", "cara", "dora"))


def invite(email: str, **details: object) -> Invite:
    return Invite.model_validate({"email": email, "first_name": "New", "last_name": "Person", **details})


def test_the_same_wish_has_the_same_key_in_any_spelling_and_order() -> None:
    one = invite("Ann@Northwind.example", groups=("Sales", "Berlin"), managers=(BILL, CARA))
    other = invite(ANN, groups=("Berlin", "Sales"), managers=("Cara@northwind.example", BILL))
    assert intent_key(CONSOLE, one) == intent_key(CONSOLE, other)


@pytest.mark.parametrize(
    "other",
    [
        Deactivate(email=BILL),
        Reactivate(email=ANN),
        Edit(email=ANN, first_name="Ann"),
        invite(ANN),
        invite(ANN, role=Role.ADMIN),
        InvitePeople(people=(invite(ANN),)),
        ImportPeople(people=(invite(ANN),)),
        ImportPeople(people=(invite(ANN),), skip_bad_rows=True),
    ],
)
def test_another_wish_has_another_key(other: Operation) -> None:
    known = {intent_key(CONSOLE, each) for each in (Deactivate(email=ANN), invite(ANN, groups=("Sales",)))}
    assert intent_key(CONSOLE, other) not in known
    assert len(known) == 2


def test_the_same_wish_at_another_console_has_another_key() -> None:
    assert intent_key(CONSOLE, Deactivate(email=ANN)) != intent_key("https://other.example", Deactivate(email=ANN))


def test_what_has_nothing_to_do_with_each_other_waits_for_nothing() -> None:
    operations: list[Operation] = [Deactivate(email=ANN), Deactivate(email=BILL), Edit(email=CARA, role=Role.MANAGER)]
    assert predecessors(operations) == [frozenset()] * 3


def test_operations_on_one_person_keep_their_order() -> None:
    operations: list[Operation] = [Reactivate(email=ANN), Edit(email=BILL, role=Role.ADMIN), Edit(email=ANN.upper())]
    assert predecessors(operations) == [frozenset(), frozenset(), {0}]


def test_seats_are_freed_before_they_are_taken() -> None:
    operations: list[Operation] = [
        Deactivate(email=ANN),
        invite(BILL),
        Deactivate(email=CARA),
        Reactivate(email=DORA),
    ]
    assert predecessors(operations) == [frozenset(), {0}, frozenset(), {0, 2}]


def test_what_only_makes_room_is_waited_for_and_not_needed() -> None:
    operations: list[Operation] = [Deactivate(email=ANN), invite(BILL), Reactivate(email=ANN)]
    assert predecessors(operations) == [frozenset(), {0}, {0}]
    assert predecessors(operations, seats=False) == [frozenset(), frozenset(), {0}]


def test_managers_come_before_their_reports_and_leave_after_them() -> None:
    operations: list[Operation] = [
        invite(ANN),
        invite(BILL, managers=(ANN,)),
        Edit(email=CARA, remove_managers=(DORA,)),
        Deactivate(email=DORA),
    ]
    assert predecessors(operations) == [frozenset(), {0}, frozenset(), {2}]


def test_two_reports_of_one_manager_need_not_wait_for_each_other() -> None:
    assert predecessors([invite(ANN, managers=(CARA,)), invite(BILL, managers=(CARA,))]) == [frozenset()] * 2


def test_who_may_create_a_group_first_goes_first_and_alone() -> None:
    operations = [invite(ANN, groups=("New",)), invite(BILL, groups=("new",)), invite(CARA, groups=("NEW", "Old"))]
    assert predecessors(operations) == [frozenset()] * 3
    assert predecessors(operations, {Guard.UNKNOWN_GROUP}) == [frozenset(), {0}, {0}]


def test_who_may_invite_an_unknown_manager_first_goes_first() -> None:
    operations = [invite(ANN, managers=(DORA,)), invite(BILL, managers=(DORA,))]
    assert predecessors(operations, {Guard.UNKNOWN_MANAGER}) == [frozenset(), {0}]


def test_an_operation_on_many_people_runs_alone() -> None:
    operations: list[Operation] = [
        Edit(email=ANN, role=Role.MANAGER),
        ImportPeople(people=(invite(BILL),)),
        Edit(email=CARA, role=Role.MANAGER),
        Edit(email=DORA, role=Role.MANAGER),
    ]
    assert predecessors(operations) == [frozenset(), {0}, {1}, {1}]
