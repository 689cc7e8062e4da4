"""The queue of writes: what is carried out together, what waits for what, and how long a request waits."""

from __future__ import annotations

import contextvars
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connector.models import Deactivate, DeleteGroup, Edit, Guard, Invite, Operation, Reactivate, Role
from connector.scim_service import storage as storage_module
from connector.scim_service.changes import Kept
from connector.scim_service.faults import Fault
from connector.scim_service.mirror import Mirror
from connector.scim_service.records import now
from connector.scim_service.shelf import Shelf
from connector.scim_service.storage import ConsoleStorage
from connector.scim_service.writes import Progress, Write, Writes
from connector.settings import Settings


@pytest.fixture
def shelf(settings: Settings) -> Iterator[Shelf]:
    """In SQLite, and in PostgreSQL."""
    shelf = Shelf(settings)
    yield shelf
    shelf.close()


def add(writes: Writes, name: str, *operations: Operation, overrides: tuple[Guard, ...] = ()) -> Write:
    """Queues operations under a name."""
    write = Write(id=name, key=name, target=name, what=name, operations=operations, overrides=overrides)
    return writes.add(write)


def edit(name: str, **fields: str) -> Edit:
    return Edit(email=f"{name}@northwind.example", **({"first_name": "X"} | fields))  # type: ignore[arg-type]


def names(batch: list[Write]) -> list[str]:
    return [write.id for write in batch]


def test_what_concerns_different_people_is_carried_out_together(shelf: Shelf) -> None:
    writes = Writes(shelf)
    for name in "abc":
        add(writes, name, edit(name))
    assert names(writes.next_batch(10)) == ["a", "b", "c"]
    assert names(writes.next_batch(2)) == ["a", "b"]


def test_two_writes_of_one_person_keep_their_order(shelf: Shelf) -> None:
    writes = Writes(shelf)
    first = add(writes, "1", edit("ann"))
    add(writes, "2", Deactivate(email="ANN@northwind.example"))
    add(writes, "3", edit("bo"))
    assert names(writes.next_batch(10)) == ["1", "3"]
    writes.end(first)
    assert names(writes.next_batch(10)) == ["2", "3"]


def test_nobody_is_invited_before_the_manager_whom_an_earlier_write_is_about(shelf: Shelf) -> None:
    writes = Writes(shelf)
    add(writes, "1", edit("ann"))
    add(writes, "2", edit("ann"))
    invited = Invite(
        email="new@northwind.example",
        first_name="N",
        last_name="E",
        role=Role.LEARNER,
        managers=("bo@northwind.example",),
    )
    add(writes, "3", invited, edit("ann"))
    add(writes, "4", edit("bo"))
    assert names(writes.next_batch(10)) == ["1"]


def test_a_guard_is_lifted_for_those_alone_who_asked_for_it(shelf: Shelf) -> None:
    writes = Writes(shelf)
    add(writes, "1", edit("ann"))
    add(writes, "2", edit("bo"), overrides=(Guard.UNKNOWN_GROUP,))
    add(writes, "3", edit("cy"))
    assert names(writes.next_batch(10)) == ["1", "3"]


def test_a_large_write_is_not_left_behind_for_ever(shelf: Shelf) -> None:
    writes = Writes(shelf)
    add(writes, "1", *(edit(f"p{number}") for number in range(50)))
    add(writes, "2", edit("ann"))
    assert names(writes.next_batch(8)) == ["1"]


def test_the_queue_is_read_again_with_what_was_begun(shelf: Shelf) -> None:
    writes = Writes(shelf)
    begun = writes.begin([add(writes, "1", edit("ann"))], "scim-run")
    add(writes, "2", edit("bo"))

    again = Writes(shelf)

    assert {run: names(batch) for run, batch in again.running().items()} == {"scim-run": ["1"]}
    assert names(again.next_batch(10)) == ["2"]
    again.end(begun[0])
    assert (again.unfinished_count(), again.get("1").progress) == (1, Progress.OVER)


def test_the_order_in_which_writes_came_outlives_the_service_whatever_the_clock_says(shelf: Shelf) -> None:
    writes = Writes(shelf)
    moment = now()
    for name, later in (("b", 2), ("a", 2), ("c", 1)):
        kept = Write(id=name, key=name, target="t", what=name, operations=(), created=moment + timedelta(seconds=later))
        writes.add(kept)
    assert names(writes.open_on("t")) == ["b", "a", "c"]
    again = Writes(shelf)
    assert names(again.open_on("t")) == ["b", "a", "c"]
    add(again, "0", edit("ann"))
    assert names(Writes(shelf).unfinished()) == ["b", "a", "c", "0"]


def test_two_writes_of_one_resource_keep_their_order(shelf: Shelf) -> None:
    writes = Writes(shelf)
    for name, who in (("1", "ann"), ("2", "bo"), ("3", "cy")):
        target = "group" if name != "3" else "other"
        writes.add(Write(id=name, key=name, target=target, what=name, operations=(edit(who),)))
    assert names(writes.next_batch(10)) == ["1", "3"]


def test_members_of_one_group_are_put_in_together_until_something_else_is_asked_of_it(shelf: Shelf) -> None:
    writes = Writes(shelf)

    def ask(name: str, **more: Any) -> None:
        joins = Edit(email=f"{name}@northwind.example", add_groups=("Sales",))
        given: dict[str, Any] = {"operations": (joins,), "kept": Kept(external_id="g1")} | more
        writes.add(Write(id=name, key=name, target="sales", what="", group="sales", **given))

    for name in ("ann", "bo"):
        ask(name)
    ask("linked", operations=(), kept=Kept(external_id="g2"))
    ask("cy")
    ask("gone", operations=(DeleteGroup(name="Sales"),), hides=True)
    add(writes, "di", edit("di"))
    order = []
    while batch := writes.next_batch(10):
        order.append(names(batch))
        for write in batch:
            writes.end(write)
    assert order == [["ann", "bo", "di"], ["linked"], ["cy"], ["gone"]]


def test_what_was_asked_before_something_else_is_no_answer_to_the_same_asked_again(shelf: Shelf) -> None:
    writes = Writes(shelf)
    leave, back = Deactivate(email="ann@northwind.example"), Reactivate(email="ann@northwind.example")
    first = writes.add(Write(id="1", key="leave", target="ann", what="", operations=(leave,)))
    assert writes.asked_before("leave") == writes.get("1")
    writes.add(Write(id="2", key="back", target="ann", what="", operations=(back,)))
    assert writes.asked_before("leave") is None
    assert writes.asked_before("back") == writes.get("2")
    writes.end(first, [Fault(status=403, detail="no")], rejected=True)
    assert writes.asked_before("leave") == writes.get("1"), "what was rejected stays so for a day"


def test_of_the_members_of_a_group_each_is_asked_for_on_her_own(shelf: Shelf) -> None:
    writes = Writes(shelf)
    for name in ("ann", "bo"):
        joins = Edit(email=f"{name}@northwind.example", add_groups=("Sales",))
        writes.add(Write(id=name, key=name, target="sales", what="", operations=(joins,), group="sales"))
    assert writes.asked_before("ann") == writes.get("ann")
    writes.add(Write(id="gone", key="gone", target="sales", what="", operations=(), group="sales", hides=True))
    assert writes.asked_before("ann") is None


def test_one_deadline_counts_for_all_that_a_request_waits_for(
    shelf: Shelf, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(storage_module, "monotonic", lambda: clock[0])
    storage = ConsoleStorage(Mirror(shelf), Writes(shelf), settings, answer_seconds=50)

    def asked_twice() -> tuple[float, float]:
        storage.begin_answer()
        clock[0] += 30
        first = storage.answer_by()
        storage.begin_answer()
        return first, storage.answer_by()

    # A deadline belongs to the context of its request: this one must not be that of other tests.
    assert contextvars.copy_context().run(asked_twice) == (150, 180)
