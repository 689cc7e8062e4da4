"""A list that tells neither groups nor managers, and no export: everybody is looked at on a page of her own."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from connector import Connector
from connector.actions import directory
from connector.actions.context import Context
from connector.console import Console
from connector.errors import ConsoleDrift, SignInFailed
from connector.models import Person
from fixtures.mock_console import MockConsole
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen
from tests.conftest import StartConnector, StartConsole, lane_of
from tests.flows.oracle import assert_only_changed

PEOPLE = 9


@pytest.fixture
def console(start_console: StartConsole) -> MockConsole:
    return start_console(edition="people", people=PEOPLE)


@pytest.fixture
def connected(start_connector: StartConnector, console: MockConsole, monkeypatch: pytest.MonkeyPatch) -> Connector:
    async def none_offered(*_: object) -> None:
        """As a list without 'Export' has it."""

    monkeypatch.setattr(PeopleScreen, "export", none_offered)
    connector = start_connector(console, lanes=3)
    listed = connector.people()
    assert {person.managers for person in listed} == {None}
    return connector


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Lane]:
    """In which tab each person was looked at."""
    seen: dict[str, Lane] = {}
    completed = directory._completed

    async def noting(context: Context, person: Person) -> Person:
        told = await completed(context, person)
        seen[person.email] = context.lane
        return told

    monkeypatch.setattr(directory, "_completed", noting)
    return seen


def assert_as_booked(exported: list[Person], console: MockConsole) -> None:
    """Everybody is told once, in the order of the list, with all groups and managers."""
    books = console.books()
    assert sorted(person.email for person in exported) == sorted(booked.email for booked in books.people)
    for person in exported:
        booked = books.person(person.email)
        assert sorted(person.groups or ()) == sorted(booked.groups)
        assert sorted(person.managers or ()) == sorted(booked.managers)


def test_everybody_is_looked_at_once_in_as_many_tabs_as_there_are_lanes(
    connected: Connector, console: MockConsole, looked: dict[str, Lane]
) -> None:
    before = console.books()
    listed = [person.email for person in connected.people()]
    exported = connected.export()
    assert [person.email for person in exported] == listed
    assert_as_booked(exported, console)
    assert looked.keys() == set(listed)
    assert len({id(lane) for lane in looked.values()}) == 3
    # The tabs besides the connector's own are closed.
    assert [lane.page.is_closed() for lane in looked.values()] == [
        lane is not lane_of(connected) for lane in looked.values()
    ]
    assert_only_changed(before, console.books(), {})


def test_a_session_that_ends_in_the_middle_leaves_nobody_out(
    connected: Connector, console: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = console.books()
    completed, ended = directory._completed, threading.Event()

    async def ending(context: Context, person: Person) -> Person:
        told = await completed(context, person)
        if context.lane is not lane_of(connected) and not ended.is_set():
            ended.set()
            console.end_sessions()
        return told

    monkeypatch.setattr(directory, "_completed", ending)
    exported = connected.export()
    assert ended.is_set()
    assert_as_booked(exported, console)
    after = console.books()
    signed_in = after.person(console.admin_email).model_dump(mode="json")["last_login"]
    assert_only_changed(before, after, {console.admin_email: {"last_login": signed_in}})


def test_what_fails_in_another_tab_is_shown_by_that_tab(
    connected: Connector, console: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    completed: Any = directory._completed

    async def failing(context: Context, person: Person) -> Person:
        told: Person = await completed(context, person)
        if context.lane is not lane_of(connected):
            await context.lane.page.evaluate("() => { document.body.innerHTML = '<h1>Quite another page</h1>'; }")
            raise ConsoleDrift("person: the page is another", screen=context.lane.where("person"), whom=person.email)
        return told

    monkeypatch.setattr(directory, "_completed", failing)
    before = console.books()
    with pytest.raises(ConsoleDrift, match="the page is another") as caught:
        connected.export()
    (snapshot,) = [path for path in caught.value.evidence if path.name.endswith(".aria.yaml")]
    assert "Quite another page" in snapshot.read_text(encoding="utf-8")
    (log,) = [path for path in caught.value.evidence if path.suffix == ".log"]
    assert "open " in log.read_text(encoding="utf-8")
    assert_only_changed(before, console.books(), {})


def test_one_tab_does_where_no_other_can_be_opened(
    connected: Connector, console: MockConsole, looked: dict[str, Lane], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Console.lane

    async def only_one(self: Console) -> Lane:
        if self._first is not self:
            raise SignInFailed("the console lets nobody have a second tab")
        return await opened(self)

    monkeypatch.setattr(Console, "lane", only_one)
    assert_as_booked(connected.export(), console)
    assert {id(lane) for lane in looked.values()} == {id(lane_of(connected))}
