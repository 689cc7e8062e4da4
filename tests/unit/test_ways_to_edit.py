"""What of an edit needs a field of the console, and what is told where there is none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import directory, import_csv, invite, ways
from connector.actions.wishes import open_wishes, still_open
from connector.errors import Inexpressible, OperationFailed
from connector.models import Edit, ImportPeople, Invite, Outcome, Person, Result, Role, Status

ANN = Person(
    email="ann@x.example",
    status=Status.ACTIVE,
    first_name="Ann",
    last_name="Lee",
    role=Role.LEARNER,
    groups=("Sales",),
    managers=("Bo@x.example",),
)
NAMES_ALONE = ways.Ways(frozenset({"names"}), frozenset())


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A context of a console that edits names and nothing else."""

    async def look(*_: Any) -> ways.Ways:
        return NAMES_ALONE

    monkeypatch.setattr(ways, "look_for_ways", look)
    return SimpleNamespace(lane=SimpleNamespace(learnt={}, offered_groups=set()), acted=False, overrides=())


@pytest.mark.parametrize(
    "so_already",
    [
        {"add_groups": ("Sales",)},
        {"remove_groups": ("Support",)},
        {"add_managers": ("bo@x.example",)},
        {"remove_managers": ("cy@x.example",)},
        {"role": Role.LEARNER},
    ],
    ids=lambda wish: next(iter(wish)),
)
def test_what_is_so_already_needs_no_field(context: Any, portal: BlockingPortal, so_already: dict[str, Any]) -> None:
    wanted = Edit(email=ANN.email, first_name="Anne", **so_already)
    assert portal.call(ways.find_ways, context, wanted, ANN) == NAMES_ALONE


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"add_groups": ("Support",)}, "groups"),
        ({"remove_groups": ("Sales",)}, "groups"),
        ({"add_managers": ("cy@x.example",)}, "managers"),
        ({"remove_managers": ("bo@x.example",)}, "managers"),
        ({"role": Role.ADMIN}, "the role admin"),
    ],
)
def test_what_is_not_so_yet_does(context: Any, portal: BlockingPortal, wish: dict[str, Any], said: str) -> None:
    with pytest.raises(Inexpressible, match=f"no field for {said}; nothing was changed"):
        portal.call(ways.find_ways, context, Edit(email=ANN.email, first_name="Anne", **wish), ANN)


def test_who_was_invited_was_not_refused_whatever_cannot_be_said_of_her(
    context: Any, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def as_she_is(*_: Any) -> Person:
        return ANN

    monkeypatch.setattr(directory, "in_view", as_she_is)
    monkeypatch.setattr(directory, "on_her_screen", as_she_is)
    monkeypatch.setattr(invite, "told_apart", as_she_is)
    asked = Invite(email=ANN.email, first_name="Ann", last_name="Lee", groups=("Support",))
    with pytest.raises(OperationFailed, match="invited, but this console has no field for groups\n") as failed:
        portal.call(invite._say_the_rest, context, asked, ANN)
    assert "nothing was" not in str(failed.value)


def test_what_has_sent_something_is_not_refused(context: Any, portal: BlockingPortal) -> None:
    context.acted = True
    with pytest.raises(OperationFailed, match="this console has no field for groups\n"):
        portal.call(ways.find_ways, context, Edit(email=ANN.email, add_groups=("Support",)), ANN)


def test_who_was_imported_and_cannot_be_given_her_role_is_told_so_and_the_others_are_not_refused(
    context: Any, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = tuple(Invite(email=f"{name}@x.example", first_name="A", last_name="B") for name in ("cy", "di"))
    boss = Invite(email=ANN.email, first_name="Ann", last_name="Lee", role=Role.ADMIN)

    async def here(*_: Any) -> Any:
        return SimpleNamespace(find=as_she_is)

    async def as_she_is(*_: Any) -> Person:
        return ANN

    async def nothing(*_: Any) -> None:
        return None

    def outcome(operation: str, email: str, result: Result, message: str) -> Outcome:
        return Outcome(operation=operation, email=email, result=result, message=message)

    for name, fake in (("who", here), ("differences", nothing)):
        monkeypatch.setattr(import_csv, name, fake)
    monkeypatch.setattr(directory, "describe", as_she_is)
    context.acted, context.outcome, context.lane.timeout = True, outcome, 1
    context.lane.learnt["import columns"] = ["Email", "First name", "Last name"]
    work = import_csv._Import(context, ImportPeople(people=(*people, boss)), lambda *_: None)
    portal.call(lambda: work.read_back([*people, boss], said="", doubt=False, last=True, refused=False))
    assert [work.outcomes[each.email].result for each in people] == [Result.DONE, Result.DONE]
    assert work.outcomes[ANN.email].result is Result.FAILED
    assert work.outcomes[ANN.email].message == "invited by import, but this console has no field for the role admin"


def test_what_the_console_does_not_show_is_still_to_be_done() -> None:
    unknown = ANN.model_copy(update={"groups": None, "managers": None, "role": None})
    wanted = Edit(
        email=ANN.email,
        role=Role.LEARNER,
        add_groups=("A",),
        remove_groups=("B",),
        add_managers=("cy@x.example",),
        remove_managers=("di@x.example",),
    )
    assert still_open(wanted, unknown) == wanted
    assert open_wishes(wanted, unknown) == [
        "role learner",
        "in group A",
        "out of group B",
        "reporting to cy@x.example",
        "not reporting to di@x.example",
    ]


def test_of_who_is_deactivated_it_is_said_that_nothing_can_be_changed_before_she_is_back(
    context: Any, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: Any) -> ways.Ways:
        return ways.Ways(frozenset(), frozenset())

    monkeypatch.setattr(ways, "look_for_ways", nothing)
    gone = ANN.model_copy(update={"status": Status.DEACTIVATED})
    with pytest.raises(Inexpressible, match="is deactivated") as refused:
        portal.call(ways.find_ways, context, Edit(email=ANN.email, role=Role.MANAGER), gone)
    assert refused.value.advice == "use people reactivate first"
    with pytest.raises(Inexpressible, match="no field for the role manager"):
        portal.call(ways.find_ways, context, Edit(email=ANN.email, role=Role.MANAGER), ANN)
