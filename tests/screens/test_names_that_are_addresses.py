"""People who are called by an address, another's or their own, in a list that has it in the same cell as their own."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, Route

from connector.actions import directory
from connector.actions.context import Context
from connector.errors import ConsoleDrift, LeftOut
from connector.models import Person
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import CONSOLE, lane_on


def row(name: str, email: str, below: str = "") -> str:
    second = f"<span title='{email}'>{email}</span>" if email else ""
    return f"""<tr><td><div class=cell><div class=avatar>K</div><div class=text><button>{name}</button>{second}{below}
      </div></div></td><td>Active</td></tr>"""


def listed(*rows: str) -> str:
    return f"""<label>Search <input type=search></label><table><thead><tr><th>Name</th><th>Status</th></tr></thead>
      <tbody>{"".join(rows)}</tbody></table>"""


ANN, BO, CY = row("Ann Lee", "ann@x.example"), row("Bo Ode", "bo@x.example"), row("Cy Ray", "cy@x.example")
KIM = row("kim.park@x.example", "k.park@x.example")
WAS = row("was ann@x.example Archived", "archive-7@x.example")
NAMELESS = row("dee@x.example", "")
PENDING = row("eve@x.example", "", "<span>Pending</span>")


async def addresses(page: Page) -> list[str | None]:
    return [each.email for each in (await PeopleTable(lane_on(page), "People").look()).rows]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((ANN, KIM, BO), ["ann@x.example", "k.park@x.example", "bo@x.example"]),
        ((ANN, WAS, BO), ["ann@x.example", "archive-7@x.example", "bo@x.example"]),
        ((ANN, NAMELESS, KIM), ["ann@x.example", "dee@x.example", "k.park@x.example"]),
        ((KIM,), [None]),
        ((NAMELESS, KIM), ["dee@x.example", None]),
        ((PENDING, KIM), ["eve@x.example", None]),
    ],
)
def test_of_two_addresses_the_one_is_hers_that_stands_where_the_others_have_theirs(
    show: Show, rows: tuple[str, ...], told: list[str | None]
) -> None:
    assert show(listed(*rows), addresses) == told


@pytest.mark.parametrize(("alone", "told"), [(KIM, "k.park@x.example"), (WAS, "archive-7@x.example")])
@pytest.mark.parametrize("reopened", [False, True])
def test_a_row_alone_is_read_by_where_a_fuller_page_had_the_addresses(
    show: Show, alone: str, told: str, *, reopened: bool
) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page)
        table = PeopleTable(lane, "People")
        await table.look()
        if reopened:
            await page.reload()
            await page.set_content(listed(alone))
        else:
            await page.evaluate("row => { document.querySelector('tbody').innerHTML = row; }", alone)
        return [each.email for each in (await table.look()).rows], await table.row(told).count()

    assert show(listed(ANN, BO, CY), work) == ([told], 1)


def test_what_another_list_told_is_not_taken_for_this_one(show: Show) -> None:
    async def work(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        await table.look()
        await page.set_content(listed(KIM).replace("<th>Status</th>", "<th>Role</th>"))
        return [each.email for each in (await table.look()).rows]

    assert show(listed(ANN, BO, CY), work) == [None]


@pytest.mark.parametrize(
    ("email", "may"), [("ann@x.example", False), ("kim.park@x.example", True), ("K.Park@x.example", True)]
)
def test_a_row_that_cannot_be_told_is_in_the_way_of_those_alone_whose_address_it_shows(
    show: Show, email: str, *, may: bool
) -> None:
    async def work(page: Page) -> bool:
        table = PeopleTable(lane_on(page), "People")
        (unread,) = (await table.look()).rows
        with pytest.raises(ConsoleDrift, match="a row shows no e-mail address"):
            table.address(unread)
        return table.may_be(unread, email)

    assert show(listed(KIM), work) is may


class _Alone(Context):
    """A context whose session never ends."""

    async def steadily(self, action: Any) -> Any:
        return await action()


async def everybody(page: Page, html: str, unread: list[str] | None) -> list[str]:
    async def answer(route: Route) -> None:
        await route.fulfill(content_type="text/html", body=html)

    await page.route("**/*", answer)
    await page.goto(f"{CONSOLE}/admin/users")
    none: Any = None
    people = await directory.everybody(_Alone(none, lane_on(page), none), "", lambda *_: None, unread)
    return [person.email for person in people]


def test_everybody_else_is_read_where_somebody_asks_for_them_and_hears_of_the_row(show: Show) -> None:
    unread: list[str] = []
    odd = row("two@x.example", "", "<i>or</i> <b>three@x.example</b>")
    html = f"<p>3 people</p>{listed(ANN, BO, odd)}"
    assert show("", lambda page: everybody(page, html, unread)) == ["ann@x.example", "bo@x.example"]
    (said,) = unread
    assert "two@x.example" in said
    with pytest.raises(ConsoleDrift, match="a row shows no e-mail address"):
        show("", lambda page: everybody(page, html, None))


def test_who_is_left_out_is_told_with_all_others_that_are(show: Show) -> None:
    ann = Person(email="ann@x.example")
    directory.require_all_told([ann], [])
    before = LeftOut("no last login of 1 person", [ann], seen="bo@x.example")
    with pytest.raises(LeftOut) as told:
        directory.require_all_told(before.found, ["K two@x.example three@x.example"], before)
    assert told.value.found == [ann]
    assert "bo@x.example" in str(told.value)
    assert "three@x.example" in str(told.value)
