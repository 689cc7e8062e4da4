"""What the connector did is on the console's screens, seen by somebody else in a browser of her own."""

from __future__ import annotations

from playwright.sync_api import expect

from connector import Connector
from connector.models import Edit, Invite, Result
from fixtures.mock_console import MockConsole
from tests.screens.conftest import Onlooker

NEW = "nadja.new@northwind.example"
ANN, JOANN = "ann@northwind.example", "joann@northwind.example"


def test_who_was_invited_is_on_the_screen_with_role_groups_and_manager(
    connector: Connector, onlooker: Onlooker
) -> None:
    groups = ["Finance & Legal", "Sales, Americas"]
    outcome = connector.invite(NEW, "Nadja", "New", groups=groups, managers=["priya.raman@northwind.example"])
    assert outcome.result is Result.DONE
    row = onlooker.row_of(NEW)
    for text in ("Nadja New", "Learner", "Invited", *groups):
        expect(row).to_contain_text(text)
    page = onlooker.person(NEW)
    for group in groups:
        expect(page.get_by_role("checkbox", name=group, exact=True)).to_be_checked()
    expect(page.get_by_role("checkbox", name="Sales", exact=True)).not_to_be_checked()
    expect(page.get_by_role("textbox", name="Managers")).to_have_value("priya.raman@northwind.example")


def test_who_was_deactivated_is_inactive_on_the_screen_and_her_near_namesakes_are_not(
    connector: Connector, onlooker: Onlooker
) -> None:
    expect(onlooker.row_of(ANN)).to_contain_text("Active")
    assert connector.deactivate(ANN).result is Result.DONE
    expect(onlooker.row_of(ANN)).to_contain_text("Inactive")
    for other in (JOANN, "ann@northwind.example.org"):
        expect(onlooker.row_of(other)).to_contain_text("Active")
    expect(onlooker.person(ANN).get_by_role("button", name="Reactivate")).to_be_visible()


def test_who_was_edited_shows_the_new_details_and_keeps_the_others(connector: Connector, onlooker: Onlooker) -> None:
    edit = Edit(email=JOANN, last_name="Lee-Søn", add_groups=("R&D",), remove_groups=("New Hires",))
    assert connector.edit(edit).result is Result.DONE
    page = onlooker.person(JOANN)
    expect(page.get_by_label("First name")).to_have_value("Joann")
    expect(page.get_by_label("Last name")).to_have_value("Lee-Søn")
    for group, is_in in (("R&D", True), ("Customer Success", True), ("New Hires", False)):
        expect(page.get_by_role("checkbox", name=group, exact=True)).to_be_checked(checked=is_in)


def test_who_was_imported_and_reactivated_is_counted_on_the_screen(
    connector: Connector, onlooker: Onlooker, mock: MockConsole
) -> None:
    before = mock.books()
    report = connector.import_people([Invite(email=NEW, first_name="Nadja", last_name="New")])
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE]
    assert connector.reactivate("helen.brandt@northwind.example").result is Result.DONE
    onlooker.page.goto(f"{mock.url}/admin/users")
    expect(onlooker.page.get_by_text(f"{len(before.people) + 1} people")).to_be_visible()
    expect(onlooker.page.get_by_text(f"{before.seats_used + 1} of {before.seats_total} seats used")).to_be_visible()
    expect(onlooker.row_of("helen.brandt@northwind.example")).to_contain_text("Active")


def test_a_person_and_the_connector_work_side_by_side(connector: Connector, onlooker: Onlooker) -> None:
    """The synchronous page in this thread and the connector's asynchronous one in its own, turn by turn."""
    row = onlooker.row_of(ANN)
    assert connector.person(ANN).status == "active"
    row.get_by_role("button", name="Actions for").click()
    onlooker.page.get_by_text("Deactivate", exact=True).locator("visible=true").click()
    assert connector.person(ANN).status == "active"
    question = onlooker.page.get_by_role("dialog")
    expect(question).to_contain_text(ANN)
    question.get_by_role("button", name="Deactivate").click()
    expect(onlooker.row_of(ANN)).to_contain_text("Inactive")
    assert connector.person(ANN).status == "deactivated"
    assert connector.reactivate(ANN).result is Result.DONE
    expect(onlooker.row_of(ANN)).to_contain_text("Active")
