"""The head of a column may say besides how the list is sorted by it, to everybody or to screen readers alone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from connector.models import Person
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

HIDDEN = "position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip: rect(0 0 0 0)"
SORTED = f'<span style="{HIDDEN}">sorted ascending</span>'


async def people(page: Page) -> list[Person]:
    table = PeopleTable(lane_on(page), "People")
    return [table.person(row) for row in (await table.read()).rows]


@pytest.mark.parametrize(
    "head",
    [
        f"<span role=button tabindex=0>Name<svg aria-hidden=true></svg>{SORTED}</span>",
        f"<button>Name {SORTED}</button>",
        f'<a href="?sort=-name">Name</a><span style="{HIDDEN}">: activate to sort column descending</span>',
        "<button>Name <i aria-hidden=true>▲</i></button>",
        "<div>Name</div><button aria-label='Sort by name'><svg></svg></button>",
    ],
)
def test_a_column_is_known_though_its_head_says_how_the_list_is_sorted(show: Show, head: str) -> None:
    page = f"""<table><tr><th aria-sort=ascending>{head}<th>Role<th>Status<tr>
    <td><i>AL</i><div><button>Ann Lee</button><small style="display: block">ann@x.example</small></div>
    <td>Learner<td>Active</table>"""
    (ann,) = show(page, people)
    assert (ann.email, ann.shown_name, ann.role, ann.status) == ("ann@x.example", "Ann Lee", "learner", "active")
    assert ann.scim_managed is None


@pytest.mark.parametrize("said", ["Name sorted ascending", "Name of manager"])
def test_a_head_that_says_more_to_everybody_is_no_other_column(show: Show, said: str) -> None:
    page = f"<table><tr><th>{said}<th>Email<th>Status<tr><td>Ann Lee<td>ann@x.example<td>Active</table>"
    (ann,) = show(page, people)
    assert ann.shown_name is None


def test_an_address_with_scim_in_it_is_no_mark_where_it_stands_below_the_name(show: Show) -> None:
    page = """<table><tr><th>User<th>Status<tr>
    <td><a href="/1">SCIM-Test Robot</a><small>scim-keys@x.example</small><td>Active<tr>
    <td><a href="/2">Bo Ek</a><small>bo@x.example</small><td>Active <b>SCIM</b></table>"""
    assert [person.scim_managed for person in show(page, people)] == [None, True]
