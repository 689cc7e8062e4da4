"""Groups whose names commas join in one text: told apart once in a run, for whoever needs to know them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

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
def context(monkeypatch: pytest.MonkeyPatch) -> Context:
    console = Context()

    async def everything(_: Any, progress: Any) -> list[Group]:
        console.opened.append("Groups")
        return [Group(name="Sales, EMEA"), Group(name="R&D")]

    monkeypatch.setattr(group_kinds, "everything", everything)
    return console


def test_joined_names_are_looked_up_once_and_the_list_of_people_is_there_again(context: Context) -> None:
    async def twice() -> list[Person]:
        return [await group_kinds.told_apart(context, JOINED) for _ in range(2)]  # type: ignore[arg-type]

    assert [person.groups for person in asyncio.run(twice())] == [("Sales, EMEA", "R&D")] * 2
    assert context.opened == ["Groups", "People"]


def test_nothing_is_looked_up_where_her_groups_are_told_or_none_are_shown(context: Context) -> None:
    async def both() -> list[Person]:
        told = [JOINED.model_copy(update={"groups": ("R&D",)}), JOINED.model_copy(update={"groups_text": None})]
        return [await group_kinds.told_apart(context, person) for person in told]  # type: ignore[arg-type]

    assert [person.groups for person in asyncio.run(both())] == [("R&D",), None]
    assert context.opened == []


def test_what_guards_ask_of_a_person_needs_no_look_at_the_groups(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_page_of_her_own(email: str) -> None:
        return None

    context.people.open_person = no_page_of_her_own
    assert asyncio.run(directory.details(context, JOINED)) == JOINED  # type: ignore[arg-type]
    assert context.opened == []
