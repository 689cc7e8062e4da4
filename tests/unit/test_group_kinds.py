"""Groups whose names commas join in one text: told apart once in a run, for whoever needs to know them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import directory, group_kinds
from connector.actions.context import SeenGroups
from connector.models import Group, Person, Status

JOINED = Person(email="ann@x.example", status=Status.ACTIVE, groups_text="Sales, EMEA, R&D")


class Lane:
    """The parts of a tab in which names of groups are kept."""

    def __init__(self) -> None:
        self.learnt: dict[str, Any] = {}
        self.known_groups: set[str] = set()

    def know_groups(self, names: Any) -> None:
        self.known_groups.update(names)


class Context:
    """A context whose Groups screen and People screen count how often they are opened."""

    def __init__(self) -> None:
        self.lane = Lane()
        self.seen_groups = SeenGroups()
        self.opened: list[str] = []
        self.people = SimpleNamespace(open=self._open)

    async def _open(self) -> None:
        self.opened.append("People")


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Context:
    console = Context()

    async def everything(_: Any, progress: Any) -> list[Group]:
        console.opened.append("Groups")
        return [Group(name="Sales, EMEA"), Group(name="R&D")]

    monkeypatch.setattr(group_kinds, "everything", everything)
    return console


def test_joined_names_are_looked_up_once_and_the_list_of_people_is_there_again(
    looking: Context, portal: BlockingPortal
) -> None:
    async def twice() -> list[Person]:
        return [await group_kinds.told_apart(looking, JOINED) for _ in range(2)]  # type: ignore[arg-type]

    assert [person.groups for person in portal.call(twice)] == [("Sales, EMEA", "R&D")] * 2
    assert looking.opened == ["Groups", "People"]


def test_nothing_is_looked_up_where_her_groups_are_told_or_none_are_shown(
    looking: Context, portal: BlockingPortal
) -> None:
    async def both() -> list[Person]:
        told = [JOINED.model_copy(update={"groups": ("R&D",)}), JOINED.model_copy(update={"groups_text": None})]
        return [await group_kinds.told_apart(looking, person) for person in told]  # type: ignore[arg-type]

    assert [person.groups for person in portal.call(both)] == [("R&D",), None]
    assert looking.opened == []


def test_what_guards_ask_of_a_person_needs_no_look_at_the_groups(looking: Context, portal: BlockingPortal) -> None:
    async def no_page_of_her_own(email: str) -> None:
        return None

    async def details() -> Person:
        return await directory.details(looking, JOINED)  # type: ignore[arg-type]

    looking.people.open_person = no_page_of_her_own
    assert portal.call(details) == JOINED
    assert looking.opened == []
