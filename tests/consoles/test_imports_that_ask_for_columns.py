"""Imports with a step that asks what each column of the file is: answered, and everybody read back."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import Invite, Result, Role
from fixtures.mock_console import MockConsole
from fixtures.mock_console.options import DIALECTS
from tests.combinations import some_only
from tests.conftest import StartConnector, StartConsole
from tests.flows.oracle import assert_only_changed, happened, mailed

NADJA, NILS = "nadja.new@northwind.example", "nils.newer@northwind.example"
GRACE = "grace.okafor@northwind.example"
PEOPLE = (
    Invite(email=NADJA, first_name="Nadja", last_name="New", groups=("Marketing",), managers=(GRACE,)),
    Invite(email=NILS, first_name="Nils", last_name="Newer", role=Role.CONTENT_CREATOR),
)


@pytest.fixture(params=["div"] if some_only() else DIALECTS)
def console(start_console: StartConsole, request: pytest.FixtureRequest) -> MockConsole:
    return start_console(dialect=request.param, import_columns="asked", people=40)


@pytest.fixture
def connected(start_connector: StartConnector, console: MockConsole) -> Connector:
    return start_connector(console)


def test_each_column_is_matched_and_whoever_is_imported_is_what_was_asked_for(
    connected: Connector, console: MockConsole
) -> None:
    assert connected.person(GRACE).email == GRACE
    before = console.books()
    outcomes = connected.import_people(PEOPLE).outcomes
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.DONE], outcomes
    after = console.books()
    assert_only_changed(
        before,
        after,
        {
            NADJA: {"first_name": "Nadja", "last_name": "New", "groups": ["Marketing"], "managers": [GRACE]},
            NILS: {"first_name": "Nils", "last_name": "Newer", "role": "content_creator"},
        },
    )
    assert [kind for kind, _ in happened(before, after)].count("invited") == 2
    assert [kind for _, kind in mailed(before, after)].count("invitation") == 2
