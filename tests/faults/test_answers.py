"""The console's answers lie, fail, come late or not at all: the verdict equals the books, and nothing is done twice."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

from connector import Connector
from connector.models import Deactivate, Edit, Invite, Result
from fixtures.mock_console import MockConsole
from tests.flows.oracle import (
    assert_nothing_happened,
    assert_only_changed,
    assert_true_to_the_books,
    happened,
    mailed,
)

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
NOOR = "noor.haddad@northwind.example"
HELEN = "helen.brandt@northwind.example"
NADJA: dict[str, Any] = {"first_name": "Nadja", "last_name": "New"}
TWO = [
    Invite(email=f"{name}@northwind.example", first_name=name.title(), last_name="New") for name in ("otto", "petra")
]
ONE_IN_TWO_FAILS_FIRST = 3
"""With this seed a share of one half hits the first change, and then none of the next two."""


@pytest.mark.parametrize("operation", [Invite(email=NEW, **NADJA), Deactivate(email=ANN)])
def test_a_toast_that_lies_is_not_believed(hasty: Connector, mock: MockConsole, operation: Invite | Deactivate) -> None:
    before = mock.books()
    mock.set_faults("lying-toast")
    outcome = hasty.run([operation]).outcomes[0]
    assert mock.books().faults_fired["lying-toast"] == 1
    assert outcome.result is Result.UNKNOWN
    assert "the console does not show it" in outcome.message
    assert_nothing_happened(before, mock.books())


def test_no_toast_is_needed(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    mock.set_faults("no-toast")
    assert connector.invite(NEW, "Nadja", "New").result is Result.DONE
    assert connector.deactivate(ANN).result is Result.DONE
    assert connector.reactivate(HELEN).result is Result.DONE
    assert connector.edit(Edit(email="joann@northwind.example", first_name="Jo")).result is Result.DONE
    after = mock.books()
    assert after.faults_fired["no-toast"] == 4
    assert_only_changed(
        before,
        after,
        {
            NEW: NADJA,
            ANN: {"status": "deactivated"},
            HELEN: {"status": "active"},
            "joann@northwind.example": {"first_name": "Jo"},
        },
    )


def test_what_was_done_and_answered_503_is_done_once(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    mock.set_faults("commit-then-503")
    assert connector.invite(NEW, "Nadja", "New").result is Result.DONE
    assert connector.deactivate(ANN).result is Result.DONE
    assert connector.reactivate(HELEN).result is Result.DONE
    assert connector.edit(Edit(email="joann@northwind.example", first_name="Jo")).result is Result.DONE
    after = mock.books()
    assert after.faults_fired["commit-then-503"] == 4
    assert happened(before, after) == [
        ("invited", NEW),
        ("deactivated", ANN),
        ("reactivated", HELEN),
        ("edited", "joann@northwind.example"),
    ]
    assert mailed(before, after) == [(NEW, "invitation")]


def test_an_invitation_sent_again_and_answered_503_is_not_called_done(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    mock.set_faults("commit-then-503")
    outcome = connector.resend(NOOR)
    assert outcome.result is Result.UNKNOWN
    assert "503" in outcome.message
    assert mailed(before, mock.books()) == [(NOOR, "reminder")]


def test_an_import_that_was_done_and_answered_503_is_done_once(hasty: Connector, mock: MockConsole) -> None:
    before = mock.books()
    mock.set_faults("commit-then-503=0.25")  # with this seed the upload gets its answer and the import does not
    report = hasty.import_people(TWO)
    after = mock.books()
    assert after.faults_fired == {"commit-then-503": 1}
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE]
    assert_true_to_the_books(report, before, after)
    assert mailed(before, after) == [(person.email, "invitation") for person in TWO]


def test_an_upload_that_is_answered_503_is_sent_again(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seed=ONE_IN_TWO_FAILS_FIRST)
    before = mock.books()
    mock.set_faults("error-503=0.5")
    report = connector.import_people(TWO)
    after = mock.books()
    assert after.faults_fired == {"error-503": 1}
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE]
    assert_true_to_the_books(report, before, after)


@pytest.mark.parametrize("operation", [Invite(email=NEW, **NADJA), Deactivate(email=ANN)])
def test_after_503_it_is_looked_first_and_then_sent_again(
    hasty: Connector, mock: MockConsole, operation: Invite | Deactivate
) -> None:
    mock.reset(seed=ONE_IN_TWO_FAILS_FIRST)
    before = mock.books()
    mock.set_faults("error-503=0.5")
    outcome = hasty.run([operation]).outcomes[0]
    after = mock.books()
    assert after.faults_fired == {"error-503": 1}
    assert outcome.result is Result.DONE
    if isinstance(operation, Invite):
        assert_only_changed(before, after, {NEW: NADJA})
        assert mailed(before, after) == [(NEW, "invitation")]
    else:
        assert_only_changed(before, after, {ANN: {"status": "deactivated"}})
        assert happened(before, after) == [("deactivated", ANN)]


def test_a_console_that_answers_nothing_but_503_is_given_up_and_nothing_is_done(
    hasty: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    mock.set_faults("error-503=1")
    outcome = hasty.deactivate(ANN)
    assert outcome.result in (Result.FAILED, Result.UNKNOWN)
    assert "503" in outcome.message
    assert_nothing_happened(before, mock.books())


def test_a_list_that_lags_behind_is_waited_for_and_nobody_is_invited_twice(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    mock.set_faults("list-lag=1")
    assert connector.invite(NEW, "Nadja", "New").result is Result.DONE
    assert connector.deactivate(ANN).result is Result.DONE
    after = mock.books()
    assert after.faults_fired["list-lag"] >= 1
    assert_only_changed(before, after, {NEW: NADJA, ANN: {"status": "deactivated"}})
    assert happened(before, after) == [("invited", NEW), ("deactivated", ANN)]
    assert mailed(before, after) == [(NEW, "invitation")]


def test_a_table_that_comes_after_its_page_is_waited_for(connector: Connector, mock: MockConsole) -> None:
    books = mock.books()
    mock.set_faults("slow-table=150")
    assert {person.email for person in connector.people()} == {person.email for person in books.people}
    assert connector.person(ANN).status == "active"
    assert connector.deactivate(ANN).result is Result.DONE
    after = mock.books()
    assert after.faults_fired["slow-table"] >= 3
    assert_only_changed(books, after, {ANN: {"status": "deactivated"}})


@pytest.fixture
def long_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The console's seconds last four, so that a slow machine asks too often as well."""
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() / 4)
    monkeypatch.setattr("fixtures.mock_console.faults.time", clock)


@pytest.mark.usefixtures("long_seconds")
def test_too_many_requests_are_waited_out(connector: Connector, mock: MockConsole) -> None:
    books = mock.books()
    mock.set_faults("rate-limit=1")
    assert {person.email for person in connector.people()} == {person.email for person in books.people}
    assert mock.books().faults_fired["rate-limit"] >= 1


@pytest.mark.usefixtures("long_seconds")
def test_too_many_requests_are_waited_out_by_changes_too(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    mock.set_faults("rate-limit=2")
    assert connector.deactivate(ANN).result is Result.DONE
    after = mock.books()
    assert after.faults_fired["rate-limit"] >= 1
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}})
    assert happened(before, after) == [("deactivated", ANN)]
