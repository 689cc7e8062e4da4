"""A console that marks only on a person's page whom SCIM manages: no row without a mark lets anybody be touched."""

from __future__ import annotations

from typing import NoReturn

import pytest

from connector import Connector
from connector.actions import directory
from connector.models import Guard, Outcome, Result
from fixtures.mock_console import MockConsole
from fixtures.mock_console.books import Books
from tests.conftest import StartConnector, StartConsole
from tests.flows.oracle import assert_nothing_happened, assert_only_changed

AIKO, LEA = "aiko.tanaka@northwind.example", "lea.fischer@northwind.example"


@pytest.fixture
def console(start_console: StartConsole) -> MockConsole:
    return start_console(edition="settings", scim_marks="page", people=40)


@pytest.fixture
def connected(start_connector: StartConnector, console: MockConsole) -> Connector:
    connector = start_connector(console)
    assert connector.person(LEA).email == LEA
    return connector


def test_whom_scim_manages_is_refused_whatever_her_row_leaves_out(connected: Connector, console: MockConsole) -> None:
    before = console.books()
    assert before.person(AIKO).scim_managed
    assert_refused(connected.deactivate(AIKO), before, console)
    assert connected.deactivate(AIKO, overrides={Guard.SCIM_MANAGED}).result is Result.DONE
    before = console.books()
    assert before.person(AIKO).status == "deactivated"
    assert_refused(connected.reactivate(AIKO), before, console)
    assert connected.reactivate(AIKO, overrides={Guard.SCIM_MANAGED}).result is Result.DONE


def test_everybody_else_is_deactivated_and_comes_back(connected: Connector, console: MockConsole) -> None:
    before = console.books()
    assert connected.deactivate(LEA).result is Result.DONE
    assert_only_changed(before, console.books(), {LEA: {"status": "deactivated"}})
    assert connected.reactivate(LEA).result is Result.DONE
    assert_only_changed(before, console.books(), {})


def test_a_list_that_marks_others_is_believed_of_whom_it_does_not_mark(
    start_console: StartConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def opened(*_: object) -> NoReturn:
        raise AssertionError("her page was opened")

    console = start_console(edition="settings", people=40)
    connector = start_connector(console)
    assert connector.person(LEA).email == LEA
    monkeypatch.setattr(directory, "details", opened)
    assert connector.deactivate(LEA).result is Result.DONE


def assert_refused(outcome: Outcome, before: Books, console: MockConsole) -> None:
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.SCIM_MANAGED), outcome
    assert_nothing_happened(before, console.books())
