"""What lies over the page: known interruptions are closed by their own words, anything else is named and left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connector import Connector
from connector.errors import ConsoleDrift
from connector.models import Deactivate, Invite, Operation, Result
from fixtures.mock_console import MockConsole
from tests.conftest import lane_of
from tests.faults.conftest import Repaint
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened

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


@pytest.mark.parametrize("dialect", ["plain", "div"])
def test_all_notices_at_once_are_closed_by_their_own_words_and_the_work_goes_on(
    forgotten: Connector, mock: MockConsole, dialect: str
) -> None:
    mock.reset(dialect=dialect)
    before = mock.books()
    mock.set_faults(*NOTICES)
    report = forgotten.run(BOTH)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE]
    after = mock.books()
    assert set(after.faults_fired) == set(NOTICES)
    new = {"first_name": "Nadja", "last_name": "New"}
    assert_only_changed(before, after, {NEW: new, ANN: {"status": "deactivated"}})
    assert sorted(happened(before, after)) == [("deactivated", ANN), ("invited", NEW)]


def test_a_survey_that_cannot_be_closed_is_named_and_left_alone(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    before = mock.books()
    repaint("</body>", SURVEY + "</body>")
    with pytest.raises(ConsoleDrift) as caught:
        hasty.deactivate(ANN)
    assert "survey" in (caught.value.seen or "")
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize(
    "covering",
    [
        "<h2>We use cookies</h2><button type='button' data-post='/logout'>Accept all</button>",
        "<h2>Your contract ends soon</h2><button type='button' data-post='/logout'>Close</button>",
        "<h2>What's new</h2><p>with ann@northwind.example</p><button type='button' data-post='/logout'>Close</button>",
    ],
    ids=["consent can only be given", "not on the list", "speaks of a person"],
)
def test_what_is_not_known_or_only_agreed_to_is_drift_and_not_clicked(
    hasty: Connector, mock: MockConsole, repaint: Repaint, covering: str
) -> None:
    """Whatever is clicked here ends the session, which the console's log would show."""
    before = mock.books()
    repaint("</body>", OVER.format(covering) + "</body>")
    with pytest.raises(ConsoleDrift, match="could not be clicked") as caught:
        hasty.deactivate(ANN)
    assert "survey" in (caught.value.seen or "")
    assert len(caught.value.evidence) == 3
    assert_nothing_happened(before, mock.books())


POPS_UP = """addEventListener("mousemove", (event) => {
  if (!event.target.closest?.("a, button") || document.querySelector("#news") || sessionStorage.getItem("news")) return;
  sessionStorage.setItem("news", "shown");
  document.body.insertAdjacentHTML("beforeend", `
    <div id="news" style="position:fixed;inset:0;z-index:9;background:#fff">
    <h2>What's new</h2><p>Reports load faster.</p>
    <button type="button">Got it</button><button type="button">Show me</button></div>`);
  for (const button of document.querySelectorAll("#news button")) button.addEventListener("click", () => {
    sessionStorage.setItem("answered", button.textContent);
    document.querySelector("#news").remove();
  });
}, true)"""
"""Comes up when the pointer is over a control already, between the last look and the click."""


def test_what_comes_up_between_the_look_and_the_click_is_closed_and_the_click_made_once(
    mock: MockConsole, connector: Connector
) -> None:
    before = mock.books()
    page, portal = lane_of(connector).page, connector._portal
    assert portal is not None
    portal.call(page.context.add_init_script, POPS_UP)
    assert connector.deactivate(ANN).result is Result.DONE
    assert portal.call(page.evaluate, "sessionStorage.getItem('answered')") == "Got it"
    assert happened(before, mock.books()) == [("deactivated", ANN)]


def test_a_question_of_the_console_is_no_interruption_whatever_its_title_says(
    connector: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    before = mock.books()
    repaint(r"(<h2[^>]*>)[^<]*(</h2>)", r"\1Quick question: a survey\2")
    report = connector.run(BOTH)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE]
    assert sorted(happened(before, mock.books())) == [("deactivated", ANN), ("invited", NEW)]


BUBBLE = """<div style="position:fixed;{};z-index:9"><button type="button" aria-label="Open chat"
  data-post="/logout" style="width:100%;height:100%">?</button></div></body>"""


def test_a_control_half_under_a_chat_button_is_clicked_where_it_is_free(
    connector: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    before = mock.books()
    page, portal = lane_of(connector).page, connector._portal
    assert portal is not None
    connector.people(search=ANN)
    box = portal.call(lambda: page.get_by_text("Invite User", exact=True).bounding_box())
    over = f"left:{box['x'] + 20}px;top:{box['y'] - 5}px;width:{box['width']}px;height:60px"
    repaint("</body>", BUBBLE.format(over))
    assert connector.invite(NEW, "Nadja", "New").result is Result.DONE
    assert happened(before, mock.books()) == [("invited", NEW)]
