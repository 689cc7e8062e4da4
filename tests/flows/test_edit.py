"""Editing one person: what was asked changes, and nothing else of her or of anybody."""

from __future__ import annotations

from typing import Any

import pytest

from connector import Connector
from connector.models import NEVER_LIFTED, Edit, Guard, Result, Role
from fixtures.mock_console import Books, MockConsole
from page_objects.person_screen import PersonScreen
from tests.conftest import StartConnector, StartConsole, lane_of
from tests.flows.conftest import GRACE, INGRID
from tests.flows.oracle import ANY, assert_nothing_happened, assert_only_changed, happened, mailed

ANN = "ann@northwind.example"
JOANN = "joann@northwind.example"
LEA = "lea.fischer@northwind.example"
AIKO = "aiko.tanaka@northwind.example"
DANIEL, PRIYA = "daniel.kim@northwind.example", "priya.raman@northwind.example"


def assert_edited(before: Books, after: Books, address: str, **fields: Any) -> None:
    assert_only_changed(before, after, {address: fields})
    assert set(happened(before, after)) == {("edited", address)}
    assert mailed(before, after) == []


@pytest.mark.parametrize(
    ("address", "wanted", "fields"),
    [
        (ANN, {"first_name": "Anne-Marie"}, {"first_name": "Anne-Marie"}),
        (JOANN, {"last_name": "O'Lee & Søn"}, {"last_name": "O'Lee & Søn"}),
        ("yamada.taro@northwind.example", {"first_name": "次郎"}, {"first_name": "次郎"}),
        (ANN, {"role": Role.CONTENT_CREATOR}, {"role": "content_creator"}),
        ("ann@northwind.example.org", {"role": Role.ADMIN}, {"role": "admin"}),
        (ANN, {"add_groups": ("Sales, EMEA",)}, {"groups": ["Customer Success", "Sales, EMEA"]}),
        (JOANN, {"remove_groups": ("New Hires", "Customer Success")}, {"groups": []}),
        (ANN, {"add_managers": (PRIYA,)}, {"managers": [DANIEL, PRIYA]}),
        (LEA, {"remove_managers": (DANIEL.upper(),)}, {"managers": [PRIYA]}),
    ],
)
def test_edit_changes_what_was_asked_and_nothing_else(
    connector: Connector, mock: MockConsole, address: str, wanted: dict[str, Any], fields: dict[str, Any]
) -> None:
    before = mock.books()
    assert connector.edit(Edit(email=address, **wanted), overrides=[Guard.ADMIN_ROLE]).result is Result.DONE
    assert_edited(before, mock.books(), address, **fields)


def test_everything_can_be_changed_in_one_edit(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.edit(
        Edit(
            email="Lea.Fischer@northwind.example",
            first_name="Léa",
            last_name="Fischer-Novák",
            role=Role.MANAGER,
            add_groups=("Finance & Legal", "Sales, Americas"),
            remove_groups=('Ramp "Fast Track"', "Onboarding: Week 1"),
            add_managers=(GRACE,),
            remove_managers=(DANIEL,),
        )
    )
    assert outcome.result is Result.DONE
    after = mock.books()
    assert_edited(
        before,
        after,
        LEA,
        first_name="Léa",
        last_name="Fischer-Novák",
        role="manager",
        groups=list(after.person(LEA).groups),
        managers=[PRIYA, GRACE],
    )
    assert sorted(after.person(LEA).groups) == [
        "All Employees",
        "Compliance 2026",
        "Finance & Legal",
        "Sales, Americas",
    ]


def test_edit_leaves_the_namesake_alone(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    second = "maria.garcia2@northwind.example"
    assert connector.edit(Edit(email=second, add_groups=("Marketing",))).result is Result.DONE
    after = mock.books()
    assert_edited(before, after, second, groups=list(after.person(second).groups))
    assert sorted(after.person(second).groups) == ["Engineering", "Marketing", "R&D"]


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"first_name": "Ann", "last_name": "Lee", "role": Role.LEARNER},
        {"add_groups": ("Customer Success",), "remove_groups": ("Sales", "No such group")},
        {"add_managers": (DANIEL.upper(),), "remove_managers": (PRIYA, "nobody@northwind.example")},
    ],
)
def test_what_is_so_already_is_not_saved_again(connector: Connector, mock: MockConsole, wanted: dict[str, Any]) -> None:
    before = mock.books()
    assert connector.edit(Edit(email=ANN, **wanted)).result is Result.ALREADY
    assert_nothing_happened(before, mock.books())


def test_a_second_time_it_is_already_so(connector: Connector, mock: MockConsole) -> None:
    edit = Edit(email=ANN, first_name="Anna", add_groups=("R&D",), add_managers=(PRIYA,))
    assert connector.edit(edit).result is Result.DONE
    before = mock.books()
    assert connector.edit(edit).result is Result.ALREADY
    assert_nothing_happened(before, mock.books())


def test_nobody_and_look_alikes_are_not_edited(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert connector.edit(Edit(email="nn@northwind.example", first_name="X")).result is Result.FAILED
    outcome = connector.edit(Edit(email="1ea.fischer@northwind.example", first_name="X"))
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LOOK_ALIKE)
    assert_nothing_happened(before, mock.books())


def test_the_own_account_stays_an_admin(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.edit(Edit(email=mock.admin_email, role=Role.LEARNER))
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.OWN_ACCOUNT)
    assert_nothing_happened(before, mock.books())


@pytest.mark.usefixtures("no_admin_itself")
def test_the_last_admin_stays_one(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    assert connector.edit(Edit(email=INGRID, role=Role.LEARNER)).result is Result.DONE
    assert_edited(before, mock.books(), INGRID, role="learner")
    before = mock.books()
    outcome = connector.edit(Edit(email=GRACE, role=Role.LEARNER))
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LAST_ADMIN)
    assert_nothing_happened(before, mock.books())


def test_people_managed_by_scim_are_edited_only_where_that_is_lifted(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    edit = Edit(email=AIKO, last_name="Tanaka-Ito")
    outcome = connector.edit(edit)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.SCIM_MANAGED)
    assert_nothing_happened(before, mock.books())
    assert connector.edit(edit, overrides={Guard.SCIM_MANAGED}).result is Result.DONE
    assert_edited(before, mock.books(), AIKO, last_name="Tanaka-Ito")


def test_a_group_that_is_not_there_is_refused_and_created_only_where_that_is_lifted(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    edit = Edit(email=ANN, first_name="Anna", add_groups=("Sales, APAC",))
    outcome = connector.edit(edit, overrides=set(Guard) - NEVER_LIFTED - {Guard.UNKNOWN_GROUP})
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.UNKNOWN_GROUP)
    assert_nothing_happened(before, mock.books())
    assert connector.edit(edit, overrides={Guard.UNKNOWN_GROUP}).result is Result.DONE
    after = mock.books()
    new = {"first_name": "Anna", "groups": ["Customer Success", "Sales, APAC"]}
    assert_only_changed(before, after, {ANN: new}, groups=["Sales, APAC"])


def test_a_manager_who_is_nobody_here_is_refused_and_invited_only_where_that_is_lifted(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    boss = "new.boss@northwind.example"
    edit = Edit(email=ANN, add_managers=(boss,))
    outcome = connector.edit(edit, overrides=set(Guard) - NEVER_LIFTED - {Guard.UNKNOWN_MANAGER})
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.UNKNOWN_MANAGER)
    assert_nothing_happened(before, mock.books())
    assert connector.edit(edit, overrides={Guard.UNKNOWN_MANAGER}).result is Result.DONE
    after = mock.books()
    assert_only_changed(before, after, {ANN: {"managers": [DANIEL, boss]}, boss: {"role": "manager"}})
    assert mailed(before, after) == [(boss, "invitation")]


def test_what_the_console_itself_refuses_has_failed_and_its_words_are_told(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    outcome = connector.edit(Edit(email=ANN, first_name="A" * 101))
    assert outcome.result is Result.FAILED
    assert "too long" in outcome.message
    assert_nothing_happened(before, mock.books())


def test_a_dry_run_edits_nobody(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    outcome = connector.edit(
        Edit(email=ANN, first_name="Anna", add_groups=("R&D",), remove_managers=(DANIEL,)), dry_run=True
    )
    assert outcome.would
    assert all(word in outcome.message for word in ("Anna", "R&D", DANIEL))
    assert connector.edit(Edit(email=ANN, add_groups=("Salse",)), dry_run=True).guard is Guard.UNKNOWN_GROUP
    assert_nothing_happened(before, mock.books())


NO_WAY_OUT = """
addEventListener("cancel", (event) => event.preventDefault(), true);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopImmediatePropagation();
  event.preventDefault();
}, true);
addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("[data-close] { display: none !important }");
  document.adoptedStyleSheets = [sheet];
});
"""
"""A page on which no dialog can be closed by a button, a cross or Escape."""


def test_a_drawer_without_any_way_out_is_left_by_loading_the_page_again(
    start_console: StartConsole, start_connector: StartConnector
) -> None:
    console = start_console(edition="settings", people=40)
    connector = start_connector(console)
    connector.person(ANN)
    portal = connector._portal
    assert portal is not None
    portal.call(lane_of(connector).page.context.add_init_script, NO_WAY_OUT)
    portal.call(lane_of(connector).page.reload)
    before = console.books()
    outcome = connector.edit(Edit(email=LEA, add_groups=("Équipe Paris",)))
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    assert_edited(before, after, LEA, groups=list(after.person(LEA).groups))
    assert sorted(after.person(LEA).groups) == sorted((*before.person(LEA).groups, "Équipe Paris"))


@pytest.mark.parametrize(
    ("signed_out", "waits"),
    [(False, False), (True, False), (True, True)],
    ids=["another page", "signed out", "signed out while it waits for a field"],
)
def test_an_edit_whose_page_is_replaced_under_it_begins_anew(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, signed_out: bool, waits: bool
) -> None:
    replaced: list[str] = []
    original = PersonScreen.says

    async def says(screen: PersonScreen) -> Any:
        if not replaced:
            page = screen.lane.page
            body = await page.query_selector("body")
            assert body is not None
            if signed_out:
                mock.end_sessions()
            replaced.append(page.url)
            await page.goto(f"{mock.url}/admin/users")
            if waits:
                await page.get_by_label("First name").fill("Ann", timeout=500)
            await body.inner_text()
        return await original(screen)

    monkeypatch.setattr(PersonScreen, "says", says)
    before = mock.books()
    outcome = connector.edit(Edit(email=ANN, add_groups=("Sales, EMEA",)))
    after = mock.books()
    assert replaced
    assert outcome.result is Result.DONE, outcome.message
    changes: dict[str, dict[str, Any]] = {ANN: {"groups": ["Customer Success", "Sales, EMEA"]}}
    if signed_out:
        changes[mock.admin_email] = {"last_login": ANY}
    assert_only_changed(before, after, changes)
    assert [email for kind, email in happened(before, after) if kind == "edited"] == [ANN]
    assert {email for _, email in happened(before, after)} <= changes.keys()
