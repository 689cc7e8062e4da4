"""Forms that are not what the connector has learnt of them: it looks anew, and sends nothing by what it remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connector import Connector
from connector.actions.invite_form import FORM_MEMORY, TAKES_MEMORY
from connector.actions.ways import WAYS_MEMORY
from connector.errors import ConsoleDrift
from connector.models import Edit, Invite, Result, Role
from fixtures.mock_console import MockConsole
from page_objects.invite_dialog import InviteListForm
from tests.conftest import StartConnector, StartConsole, lane_of
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed

NEW, NEWER = "nadja.new@northwind.example", "nils.newer@northwind.example"
LEA = "lea.fischer@northwind.example"
OF_THE_PEOPLE_EDITION = ["groups", "managers", "names", "role"]


@pytest.fixture
def settings_edition(start_console: StartConsole) -> MockConsole:
    """Its form to invite takes a list of addresses, without names."""
    return start_console(edition="settings", people=40)


@pytest.fixture
def legacy_edition(start_console: StartConsole) -> MockConsole:
    """It has a form for each part of a person, and none for all of her."""
    return start_console(edition="legacy", people=40)


def signed_in(start_connector: StartConnector, console: MockConsole, **learnt: object) -> Connector:
    """A connector that remembers this of the console's forms."""
    connector = start_connector(console)
    connector.person(LEA)
    lane_of(connector).learnt.update(learnt)
    return connector


@pytest.fixture
def other_fields_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form to invite that shows other fields whenever it is looked at."""
    answers: Iterator[frozenset[str]] = iter(frozenset({"groups", f"field {number}"}) for number in range(100))

    async def says(form: InviteListForm) -> frozenset[str]:
        return next(answers)

    monkeypatch.setattr(InviteListForm, "says", says)


def test_an_invitation_says_the_name_afterwards_where_the_form_has_lost_its_field(
    settings_edition: MockConsole, start_connector: StartConnector
) -> None:
    connector = signed_in(
        start_connector, settings_edition, **{FORM_MEMORY: OF_THE_PEOPLE_EDITION, TAKES_MEMORY: "one"}
    )
    before = settings_edition.books()
    assert before.find(NEW) is None
    outcome = connector.invite(NEW, "Nadja", "New")
    assert outcome.result is Result.DONE, outcome.message
    after = settings_edition.books()
    assert_only_changed(before, after, {NEW: {"first_name": "Nadja", "last_name": "New"}})
    assert mailed(before, after) == [(NEW, "invitation")]
    assert lane_of(connector).learnt[TAKES_MEMORY] == "list"


def test_a_list_is_invited_one_by_one_where_its_form_has_other_fields_than_before(
    settings_edition: MockConsole, start_connector: StartConnector
) -> None:
    connector = signed_in(start_connector, settings_edition, **{FORM_MEMORY: ["groups"], TAKES_MEMORY: "list"})
    before = settings_edition.books()
    people = [
        Invite(email=NEW, first_name="Nadja", last_name="New"),
        Invite(email=NEWER, first_name="Nils", last_name="Newer"),
    ]
    outcomes = connector.invite_people(people).outcomes
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.DONE], outcomes
    after = settings_edition.books()
    assert_only_changed(
        before,
        after,
        {NEW: {"first_name": "Nadja", "last_name": "New"}, NEWER: {"first_name": "Nils", "last_name": "Newer"}},
    )
    assert sorted(mailed(before, after)) == [(NEW, "invitation"), (NEWER, "invitation")]


def test_a_form_with_other_fields_at_every_look_is_drift_and_nothing_is_sent(
    settings_edition: MockConsole, start_connector: StartConnector, other_fields_each_time: None
) -> None:
    connector = signed_in(start_connector, settings_edition)
    before = settings_edition.books()
    with pytest.raises(ConsoleDrift, match="other fields than a moment ago"):
        connector.invite(NEW, "Nadja", "New")
    assert_nothing_happened(before, settings_edition.books())


def test_a_group_is_added_by_its_own_form_where_the_one_for_everything_is_gone(
    legacy_edition: MockConsole, start_connector: StartConnector
) -> None:
    connector = signed_in(start_connector, legacy_edition, **{WAYS_MEMORY: OF_THE_PEOPLE_EDITION})
    lane_of(connector).known_groups.add("Équipe Paris")
    before = legacy_edition.books()
    groups = before.person(LEA).groups
    assert "Équipe Paris" in before.groups
    assert "Équipe Paris" not in groups
    outcome = connector.edit(Edit(email=LEA, add_groups=("Équipe Paris",)))
    assert outcome.result is Result.DONE, outcome.message
    after = legacy_edition.books()
    assert_only_changed(before, after, {LEA: {"groups": list(after.person(LEA).groups)}})
    assert sorted(after.person(LEA).groups) == sorted((*groups, "Équipe Paris"))
    assert len(happened(before, after)) == 1


def test_a_role_that_the_form_cannot_say_any_more_is_refused_before_anything_is_changed(
    settings_edition: MockConsole, start_connector: StartConnector
) -> None:
    connector = signed_in(start_connector, settings_edition, **{WAYS_MEMORY: OF_THE_PEOPLE_EDITION})
    before = settings_edition.books()
    outcome = connector.edit(Edit(email=LEA, role=Role.CONTENT_CREATOR))
    assert outcome.result is Result.REFUSED, outcome
    assert "no field for the role content_creator" in outcome.message
    assert_nothing_happened(before, settings_edition.books())
