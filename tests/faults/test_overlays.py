"""What lies over the page: known interruptions are closed by their own words, anything else is named and left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connector import Connector
from connector.models import Deactivate, Invite, Operation, Result
from fixtures.mock_console import MockConsole
from tests.conftest import lane_of
from tests.flows.oracle import assert_only_changed, happened

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
BOTH: list[Operation] = [Invite(email=NEW, first_name="Nadja", last_name="New"), Deactivate(email=ANN)]
NOTICES = ["cookie-banner", "whats-new", "product-tour", "survey", "chat-bubble"]
OVER = '<div class="survey" style="position:fixed;inset:0;z-index:2147483647;background:#fff">{}</div>'
SURVEY = OVER.format(
    'How do you like WorkRamp? <button type="button">Great</button><button type="button">Delete my account</button>'
)


@pytest.fixture
def forgotten(connector: Connector) -> Iterator[Connector]:
    """The connector, in a browser that has answered no notice yet."""
    yield connector
    _forget(connector)


def _forget(connector: Connector) -> None:
    assert connector._portal is not None
    connector._portal.call(_without_notices, lane_of(connector).page.context)


async def _without_notices(context: object) -> None:
    for name in ("wr_consent", "wr_whats_new", "wr_tour", "wr_survey", "wr_chat"):
        await context.clear_cookies(name=name)  # type: ignore[attr-defined]


def test_all_notices_at_once_are_closed_by_their_own_words_and_the_work_goes_on(
    forgotten: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    mock.set_faults(*NOTICES)
    report = forgotten.run(BOTH)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE]
    after = mock.books()
    assert set(after.faults_fired) == set(NOTICES)
    new = {"first_name": "Nadja", "last_name": "New"}
    assert_only_changed(before, after, {NEW: new, ANN: {"status": "deactivated"}})
    assert happened(before, after) == [("invited", NEW), ("deactivated", ANN)]
