"""Others work at the console at the same time: lists that shift while they are read, rows that change under a click."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from connector import Connector
from connector.errors import ConnectorError
from connector.models import Result
from fixtures.mock_console import MockConsole
from fixtures.mock_console.people import Draft
from tests.conftest import StartConnector, lane_of
from tests.flows.oracle import assert_only_changed

ANN = "ann@northwind.example"

Meanwhile = Callable[[MockConsole], object]


def somebody_comes(mock: MockConsole) -> None:
    mock.console.directory.invite("control", Draft(email="aa@northwind.example", first_name="Aa", last_name="Aa"))


def somebody_goes(mock: MockConsole) -> None:
    first = min(mock.books().people, key=lambda person: f"{person.first_name} {person.last_name}".casefold())
    mock.console.directory.delete("control", first.id)


def somebody_moves_to_the_front(mock: MockConsole) -> None:
    last = max(mock.books().people, key=lambda person: f"{person.first_name} {person.last_name}".casefold())
    mock.change_person(last.email, first_name="Aa")


def somebody_moves_to_the_back(mock: MockConsole) -> None:
    first = min(mock.books().people, key=lambda person: f"{person.first_name} {person.last_name}".casefold())
    mock.change_person(first.email, first_name="ZZ")


@pytest.mark.parametrize(
    "meanwhile", [somebody_comes, somebody_goes, somebody_moves_to_the_front, somebody_moves_to_the_back]
)
def test_a_list_that_shifts_while_it_is_read_loses_nobody_and_names_nobody_twice(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, meanwhile: Meanwhile
) -> None:
    """After the first page somebody else changes the list; what is told in the end is the list as it is then."""
    waiting = [meanwhile]

    def after_the_first_page(what: str, done: int, total: int | None) -> None:
        if waiting and done:
            waiting.pop()(mock)

    monkeypatch.setattr(connector, "_progress", after_the_first_page)
    found = [person.email for person in connector.people()]
    assert waiting == []
    assert sorted(found) == sorted(person.email for person in mock.books().people)


SWAPS = """setInterval(() => {
  const rows = [...document.querySelectorAll("#results tbody tr")];
  if (rows.length < 2) return;
  const first = rows[0].innerHTML;
  for (let at = 0; at + 1 < rows.length; at += 1) rows[at].innerHTML = rows[at + 1].innerHTML;
  rows[rows.length - 1].innerHTML = first;
}, MILLISECONDS)"""
"""The rows keep their places and change their contents, as lists do that are drawn anew when something comes in."""


@pytest.mark.parametrize("milliseconds", [120, 600])
def test_rows_that_change_under_the_click_hit_nobody_else(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path, milliseconds: int
) -> None:
    connector = start_connector(mock, timeout=3, state_dir=state_dir)
    assert len(connector.people(search=ANN)) == 3
    assert connector._portal is not None
    swaps = SWAPS.replace("MILLISECONDS", str(milliseconds))
    connector._portal.call(lane_of(connector).page.context.add_init_script, swaps)
    for act in (connector.deactivate, connector.reactivate):
        before = mock.books()
        try:
            result = act(ANN).result
        except ConnectorError:
            result = Result.FAILED
        after = mock.books()
        changed = after.person(ANN).status != before.person(ANN).status
        assert_only_changed(before, after, {ANN: {"status": after.person(ANN).status}} if changed else {})
        if result is Result.DONE:
            assert changed
        elif result in (Result.FAILED, Result.REFUSED):
            assert not changed


def test_somebody_whose_address_is_taken_by_another_meanwhile_is_not_confused_with_her(
    connector: Connector, mock: MockConsole
) -> None:
    """Ann leaves the address to somebody else, who gets it in another case: the person is who has the address now."""
    store = mock.console.directory.store
    ann = store.by_email(ANN)
    assert ann is not None
    store.put(dataclasses.replace(ann, email="ann.lee@northwind.example"))
    sam = store.by_email("sam.reyes@northwind.example")
    assert sam is not None
    store.put(dataclasses.replace(sam, email="Ann@Northwind.example"))
    before = mock.books()
    assert connector.deactivate(ANN).result is Result.DONE
    after = mock.books()
    assert_only_changed(before, after, {"Ann@Northwind.example": {"status": "deactivated"}})
    assert after.events[-1].subject == "Ann@Northwind.example"
