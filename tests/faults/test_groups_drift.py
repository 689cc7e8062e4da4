"""A Groups screen that is not as known, and answers that are lost or lie: told, and never made up for by a guess."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.errors import ConsoleDrift, Refused
from connector.models import CreateGroup, DeleteGroup, Guard, Operation, Result
from fixtures.mock_console import MockConsole
from tests.faults.conftest import Repaint
from tests.flows.oracle import assert_nothing_happened

EMEA = "Sales, EMEA"


@pytest.mark.parametrize(
    ("pattern", "replacement", "operation", "message", "seen"),
    [
        (r"\+ Add Group", "Found a circle", CreateGroup(name="Brand new"), "add button is missing", "Found a circle"),
        (">Create<", ">Carve in stone<", CreateGroup(name="Brand new"), "the form is missing", ""),
        (r"(<th scope=\"col\">)Name(</th>)", r"\1Moniker\2", DeleteGroup(name=EMEA), "no column for names", "Moniker"),
        (
            r"(<span>|>)\s*Delete\s*(</button>|</span>)",
            r"\1Let go\2",
            DeleteGroup(name=EMEA),
            "deletes what is selected",
            "",
        ),
        ("data-selection", "data-nothing", DeleteGroup(name=EMEA), "deletes what is selected", ""),
        ("&#34;Sales, EMEA&#34; will", "&#34;Sales&#34; will", DeleteGroup(name=EMEA), "names Sales", "Sales"),
    ],
    ids=["add button", "create button", "name column", "delete button", "no toolbar", "another question"],
)
def test_drift_is_told_before_anything_is_changed(
    hasty: Connector,
    mock: MockConsole,
    repaint: Repaint,
    pattern: str,
    replacement: str,
    operation: Operation,
    message: str,
    seen: str,
) -> None:
    before = mock.books()
    repaint(pattern, replacement)
    with pytest.raises(ConsoleDrift) as caught:
        hasty.run([operation])
    assert caught.value.exit_code == 5
    assert message in caught.value.message
    assert seen in (caught.value.seen or "")
    assert caught.value.expected
    assert_nothing_happened(before, mock.books())


def test_a_list_that_shows_fewer_groups_than_it_says_is_not_taken_for_all(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    assert len(hasty.groups()) == len(mock.books().groups)
    repaint("<tr><td>(?:(?!</tr>).)*>Marketing<(?:(?!</tr>).)*</tr>", "")
    with pytest.raises(ConsoleDrift, match="could not be read completely"):
        hasty.groups()


def test_two_groups_of_one_name_on_different_pages_are_two(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    for number in range(30):  # more than one page holds, and all of them look the same but for their names
        mock.put_group(f"Cohort {number:02}")
    total = len(mock.books().groups)
    repaint("Cohort 29", "Cohort 00")
    before = mock.books()
    names = [group.name for group in hasty.groups()]
    assert (len(names), names.count("Cohort 00")) == (total, 2)
    first, second = (number for number, name in enumerate(names) if name == "Cohort 00")
    assert second - first > 25, "they are on one page, which shows nothing"
    with pytest.raises(Refused, match="2 groups are called 'Cohort 00'"):
        hasty.group("Cohort 00")
    outcome = hasty.delete_group("Cohort 00")
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.AMBIGUOUS_MATCH)
    assert_nothing_happened(before, mock.books())


def test_an_answer_that_is_lost_is_looked_for_and_not_sent_again(connector: Connector, mock: MockConsole) -> None:
    mock.set_faults("commit-then-503")
    assert connector.create_group("Brand new").result is Result.DONE
    mock.set_faults("commit-then-503")
    assert connector.delete_group(EMEA).result is Result.DONE
    books = mock.books()
    assert [event.details["group"] for event in books.events_of("group_created")] == ["Brand new"]
    assert [event.details["group"] for event in books.events_of("group_deleted")] == [EMEA]


def test_a_toast_that_lies_is_not_believed(hasty: Connector, mock: MockConsole) -> None:
    before = mock.books()
    mock.set_faults("lying-toast")
    assert hasty.create_group("Brand new").result is Result.UNKNOWN
    assert hasty.delete_group(EMEA).result is Result.UNKNOWN
    assert mock.books().groups == before.groups
