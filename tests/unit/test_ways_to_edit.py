"""What of an edit needs a field of the console, and what is told where there is none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import directory, edit, invite
from connector.errors import Inexpressible, OperationFailed
from connector.models import Edit, Invite, Person, Role, Status

ANN = Person(
    email="ann@x.example",
    status=Status.ACTIVE,
    first_name="Ann",
    last_name="Lee",
    role=Role.LEARNER,
    groups=("Sales",),
    managers=("Bo@x.example",),
)
NAMES_ALONE = edit.Ways(frozenset({"names"}), frozenset())


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A context of a console that edits names and nothing else."""

    async def look(*_: Any) -> edit.Ways:
        return NAMES_ALONE

    monkeypatch.setattr(edit, "look_for_ways", look)
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
    assert portal.call(edit.find_ways, context, wanted, ANN) == NAMES_ALONE


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
        portal.call(edit.find_ways, context, Edit(email=ANN.email, first_name="Anne", **wish), ANN)


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
