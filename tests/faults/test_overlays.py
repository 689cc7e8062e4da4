"""What lies over the page: a banner that leaves room is no hindrance, a survey over everything is left alone."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.errors import ConsoleDrift
from connector.models import Result
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector
from tests.faults.conftest import Repaint
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
SURVEY = """<div class="survey" style="position:fixed;inset:0;z-index:2147483647;background:#fff">
How do you like WorkRamp? <button type="button">Great</button>
<button type="button">Delete my account</button></div></body>"""


def test_a_consent_banner_over_the_lower_part_is_no_hindrance(
    mock: MockConsole, start_connector: StartConnector
) -> None:
    mock.set_faults("cookie-banner")
    connector = start_connector(mock)
    connector.person(ANN)
    before = mock.books()
    assert len(connector.people()) == len(before.people)
    assert connector.invite(NEW, "Nadja", "New").result is Result.DONE
    assert connector.deactivate(ANN).result is Result.DONE
    after = mock.books()
    assert after.faults_fired["cookie-banner"] >= 1
    new = {"first_name": "Nadja", "last_name": "New"}
    assert_only_changed(before, after, {NEW: new, ANN: {"status": "deactivated"}})
    assert happened(before, after) == [("invited", NEW), ("deactivated", ANN)]


def test_a_survey_over_the_page_is_named_and_left_alone(hasty: Connector, mock: MockConsole, repaint: Repaint) -> None:
    before = mock.books()
    repaint("</body>", SURVEY)
    with pytest.raises(ConsoleDrift) as caught:
        hasty.deactivate(ANN)
    assert "survey" in (caught.value.seen or "")
    assert_nothing_happened(before, mock.books())
