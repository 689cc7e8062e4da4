"""Lists that draw whole names as 'Last, First', beside pages and forms that tell the parts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.directory import merged
from connector.actions.invite import not_as_asked
from connector.actions.wishes import not_yet, open_wishes
from connector.models import Edit, Invite, Person
from connector.plan_compare import difference
from connector.plan_models import PlanOptions
from connector.roster import RosterRow
from page_objects import words
from page_objects.choice_question import Asked
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

EMAIL = "ann@x.example"
ASKED = Invite(email=EMAIL, first_name="Ann", last_name="Lee")
RENAMED = Edit(email=EMAIL, first_name="Ann", last_name="Lee")


def listed(show: Show, cell: str, head: str = "Name") -> Person:
    """The person of the one row of a list."""
    html = f"""<table><thead><tr><th>{head}</th><th>Email</th><th>Role</th><th>Status</th></tr></thead>
      <tbody><tr><td>{cell}</td><td>{EMAIL}</td><td>Learner</td><td>Active</td></tr></tbody></table>"""

    async def work(page: Page) -> Person:
        table = PeopleTable(lane_on(page), "People")
        return table.person((await table.read()).rows[0])

    found: Person = show(html, work)
    return found


def judged(person: Person, asked: Invite = ASKED) -> tuple[str | None, list[str], list[str]]:
    """What an invitation, an edit of the name and a plan find wrong with her."""
    edit = Edit(email=asked.email, first_name=asked.first_name, last_name=asked.last_name)
    row = RosterRow(line=2, email=asked.email, first_name=asked.first_name, last_name=asked.last_name)
    _, why = difference(row, person, ["Email", "First name", "Last name"], PlanOptions(), leads=False)
    return not_as_asked(asked, person), open_wishes(edit, person), why


@pytest.mark.parametrize("head", ["Name", "Last name, First name", "Last Name, First Name", "Name (Last, First)"])
@pytest.mark.parametrize(
    "cell", ["Lee, Ann", "<b>Lee</b>, Ann", "<a href=#>Lee, Ann</a><br><small>ann@x.example</small>"]
)
def test_the_last_name_before_a_comma_is_the_same_name(show: Show, head: str, cell: str) -> None:
    person = listed(show, cell, head)

    assert (person.first_name, person.last_name, person.shown_name) == (None, None, "Lee, Ann")
    assert judged(person) == (None, [], [])


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("Lee, Ann M.", "Ann M.", "Lee"),
        ("de la Cruz, Ana Maria", "Ana Maria", "de la Cruz"),
        ("Lee, Jr., Ann", "Ann", "Lee, Jr."),
    ],
)
def test_what_stands_beside_the_comma_is_compared_whole(show: Show, cell: str, first: str, last: str) -> None:
    assert judged(listed(show, cell), Invite(email=EMAIL, first_name=first, last_name=last)) == (None, [], [])


@pytest.mark.parametrize("cell", ["Lee, Ann M.", "Ann, Lee", "Lee, Anna", "LEE, Ann", "Lee, Ann (Annie)"])
def test_another_name_is_another_name(show: Show, cell: str) -> None:
    wrong, wishes, why = judged(listed(show, cell))

    assert wrong is not None
    assert "not Ann Lee" in wrong
    assert wishes == ["name Ann Lee"]
    assert why


PAGE = "<main>{head}<dl><dt>Email</dt><dd>ann@x.example</dd><dt>Role</dt><dd>Learner</dd>{more}</dl></main>"


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        # The parts, wherever she tells them, win over the list.
        ("<dt>First name</dt><dd>Anne</dd><dt>Last name</dt><dd>Lee</dd>", "the first name is Anne, not Ann"),
        ("<dt>First name</dt><dd>Ann</dd><dt>Last name</dt><dd>Lee</dd>", None),
        ("<dt>Name</dt><dd>Lee, Ann</dd>", None),
        ("<dt>Name</dt><dd>Anne Lee</dd>", "the first name is Anne, not Ann"),
        # In a form it is what is kept, and not how it is drawn.
        ("<dt>Name</dt><dd><input aria-label=Name value='Lee, Ann'></dd>", "the name is Lee, Ann, not Ann Lee"),
    ],
)
def test_her_own_page_wins_over_the_list(show: Show, page: str, wrong: str | None) -> None:
    async def work(screen: Page) -> Any:
        return await PersonScreen(lane_on(screen), EMAIL).read()

    own = show(PAGE.format(head="", more=page), work)
    assert not_as_asked(ASKED, merged(own, listed(show, "Lee, Ann"))) == wrong


def test_a_name_that_is_told_as_it_is_kept_is_no_drawing() -> None:
    kept = Person(email=EMAIL, shown_name="Lee, Ann")

    assert open_wishes(RENAMED, kept) == ["name Ann Lee"]
    assert not_yet(RENAMED, kept) == ["the name is 'Lee, Ann'"]


@pytest.mark.parametrize(
    ("question", "objects"),
    [
        ("Deactivate Ann Lee?", False),
        ("Deactivate Lee, Ann?", False),
        ("Deactivate Ann Leeson?", True),
        ("Deactivate Joann Lee?", True),
        ("Deactivate Bo Lee?", True),
    ],
)
def test_a_question_may_say_the_name_as_it_is_said(show: Show, question: str, objects: bool) -> None:
    person = listed(show, "Lee, Ann")

    async def work(page: Page) -> Any:
        dialog = ConfirmDialog(lane_on(page), EMAIL, words.AFFIRM_DEACTIVATE, person.shown_name, person.said_name)
        return dialog.objection_to(Asked(question=question, text="", yes="Yes", addresses=()))

    assert (show("", work) is not None) == objects
