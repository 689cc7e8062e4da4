"""A console that looks different from what is known: told with what was tried and what is there; nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from connector import Connector
from connector.errors import ConsoleDrift
from connector.models import Deactivate, Edit, ImportPeople, Invite, Operation, Outcome, Result
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector
from tests.faults.conftest import Repaint
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
JOANN = "joann@northwind.example"
INVITE = Invite(email=NEW, first_name="Nadja", last_name="New")
EMAIL_HEADER = "<th([^>]*)>(?:(?!</th>).)*Email(?:(?!</th>).)*</th>"


@dataclass(frozen=True)
class Drift:
    """What is different on the pages, during which operation, and what the error must name."""

    pattern: str
    replacement: str
    operation: Operation
    message: str
    screen: str
    expected: str
    seen: str


DRIFTS = {
    "the button to invite has another name": Drift(
        "Invite User",
        "Welcome somebody",
        INVITE,
        "invite button is missing",
        "People",
        "Invite User",
        "Welcome somebody",
    ),
    "a field of the invitation has another name": Drift(
        "Last name", "Clan", INVITE, "last name is missing", "Invite User", "Last name", "Clan"
    ),
    "the button to send has another name": Drift(
        "Send invitation", "Off it goes", INVITE, "Invite User", "Invite User", "Send invitation", "Off it goes"
    ),
    "the list has no addresses": Drift(
        EMAIL_HEADER, r"<th\1>Nickname</th>", Deactivate(email=ANN), "no e-mail address", "People", "e-mail", ANN
    ),
    "nothing is called Deactivate": Drift(
        "Deactivate", "Put to sleep", Deactivate(email=ANN), "Deactivate", "", "Deactivate", "Put to sleep"
    ),
    "the way to import has another name": Drift(
        "Import Users",
        "Bring a crowd",
        ImportPeople(people=(INVITE,)),
        "import button is missing",
        "People",
        "Import Users",
        "Bring a crowd",
    ),
    "nothing is called Save": Drift(
        ">\\s*Save\\s*<",
        ">Carve in stone<",
        Edit(email=ANN, first_name="Anna"),
        "edit button is missing",
        "person",
        "Edit",
        "Carve in stone",
    ),
}


@pytest.mark.parametrize("drift", DRIFTS.values(), ids=DRIFTS)
def test_drift_names_the_element_the_words_tried_and_what_is_there(
    hasty: Connector, mock: MockConsole, repaint: Repaint, drift: Drift
) -> None:
    before = mock.books()
    repaint(drift.pattern, drift.replacement)
    with pytest.raises(ConsoleDrift) as caught:
        hasty.run([drift.operation])
    error = caught.value
    assert error.exit_code == 5
    assert drift.message in error.message
    assert drift.screen in (error.screen or "")
    assert drift.expected in (error.expected or "")
    assert drift.seen in (error.seen or "")
    assert error.expected
    assert error.seen
    assert len(error.evidence) == 3
    assert all(str(path) in str(error) for path in error.evidence)
    assert_nothing_happened(before, mock.books())


def test_nobody_is_invited_where_the_list_shows_no_addresses(
    mock: MockConsole, start_connector: StartConnector, repaint: Repaint
) -> None:
    """Nobody could be found there, neither somebody who is here already nor a look-alike, nor read back."""
    repaint(EMAIL_HEADER, r"<th\1>Nickname</th>")
    connector = start_connector(mock, timeout=3)
    before = mock.books()
    with pytest.raises(ConsoleDrift, match="no e-mail address"):
        connector.run([INVITE])
    after = mock.books()
    assert after.find(NEW) is None
    assert {kind for kind, _ in happened(before, after)} <= {"signed_in"}


def test_two_tables_of_people_are_not_guessed_between(hasty: Connector, mock: MockConsole, repaint: Repaint) -> None:
    before = mock.books()
    repaint("(<table.*?</table>)", r"\1\1")
    for act in (lambda: hasty.deactivate(ANN), hasty.people):
        with pytest.raises(ConsoleDrift, match="the table of people is there 2 times"):
            act()
    assert_nothing_happened(before, mock.books())


def test_a_list_that_shows_less_than_it_says_is_not_taken_for_everybody(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    assert len(hasty.people()) == len(mock.books().people)
    repaint("<tr[^>]*>(?:(?!</tr>).)*joann@northwind.example(?:(?!</tr>).)*</tr>", "")
    with pytest.raises(ConsoleDrift, match="could not be read completely") as caught:
        hasty.people()
    assert "60 people" in (caught.value.expected or "")
    assert "59" in (caught.value.seen or "")


@pytest.mark.parametrize(
    "shown", ["Delete permanently", "Permanently Delete", "Deactivate and delete all records", "Delete"]
)
def test_what_speaks_of_deletion_is_never_clicked(
    hasty: Connector, mock: MockConsole, repaint: Repaint, shown: str
) -> None:
    before = mock.books()
    repaint("Deactivate", shown)
    with pytest.raises(ConsoleDrift):
        hasty.deactivate(ANN)
    assert_nothing_happened(before, mock.books())


def test_a_question_about_somebody_else_is_answered_with_no(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    before = mock.books()
    repaint(r"(<dialog.*?)ann@northwind\.example(.*?</dialog>)", r"\1someone.else@northwind.example\2")
    outcome_or_drift = _outcome_or_drift(lambda: hasty.deactivate(ANN))
    assert "somebody else" in outcome_or_drift
    assert_nothing_happened(before, mock.books())


def _outcome_or_drift(act: Callable[[], Outcome]) -> str:
    try:
        outcome = act()
    except ConsoleDrift as drift:
        return drift.message
    assert outcome.result in (Result.FAILED, Result.UNKNOWN)
    return outcome.message


def test_drift_in_the_midst_of_a_run_stops_it_and_tells_what_was_not_attempted(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    before = mock.books()
    heard: list[Result] = []

    def after_each(outcome: Outcome) -> None:
        heard.append(outcome.result)
        if len(heard) == 1:
            repaint("Invite User", "Welcome somebody")

    operations: list[Operation] = [Deactivate(email=ANN), INVITE, Deactivate(email=JOANN)]
    report = hasty.run(operations, on_outcome=after_each)
    assert [outcome.result for outcome in report.outcomes] == heard == [Result.DONE, Result.FAILED, Result.FAILED]
    assert "invite button is missing" in report.outcomes[1].message
    assert "not attempted" in report.outcomes[2].message
    assert report.exit_code == report.stopped == 5
    after = mock.books()
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}})
    assert happened(before, after) == [("deactivated", ANN)]


def test_a_console_that_no_longer_names_the_status_is_drift_and_not_a_verdict(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    # The menu tells it too: who can be reactivated is deactivated.
    repaint(r"\b(Active|Inactive|Invited|Reactivate)\b", "Phase 3")
    before = mock.books()
    answer = _outcome_or_drift(lambda: hasty.deactivate(ANN))
    assert "status" in answer
    after = mock.books()
    assert len(after.events) - len(before.events) <= 1


def test_a_console_that_sends_no_invitation_again_refuses_to_and_nothing_is_unknown(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    before = mock.books()
    repaint("Resend invitation", "Print the letter")
    outcome = hasty.resend("noor.haddad@northwind.example")
    assert (outcome.result, outcome.guard) == (Result.REFUSED, None)
    assert "nothing offers 'Resend invitation'" in outcome.message
    assert "Print the letter" in outcome.message
    assert_nothing_happened(before, mock.books())
