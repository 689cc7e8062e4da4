"""What consoles of web components were seen to draw, and any other may: counts in buttons, one group, odd names."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.group_dialogs import DeleteGroupDialog
from page_objects.groups_screen import GroupsTable
from page_objects.people_screen import PeopleScreen
from page_objects.person_actions import PersonView
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import CONSOLE, lane_on


@pytest.mark.parametrize("said", ["Send 1 invitation", "Send 12 invitations", "Invite 3 people", "Add 1 user"])
def test_the_button_that_sends_may_say_how_many(show: Show, said: str) -> None:
    async def work(page: Page) -> int:
        return await lane_on(page).find("sender", words.SEND_INVITATION).count()

    assert show(f"<button>Back</button><button>{said}</button>", work) == 1
    assert show("<button>Send 1 reminder</button>", work) == 0


# -- whoever is called like an action of the screen ------------------------------------------------------------------
CALLED = """<button onclick="said.textContent = 'invite'">Invite Users</button><table><tr><th>Name<th>Email<tr>
<td><a href="#" onclick="said.textContent = 'her'">Invite Users</a><td>svc@x.example</table><p id=said></p>"""


@pytest.mark.parametrize(
    "page",
    [
        CALLED,
        CALLED.replace("<table>", "<div role=grid>")
        .replace("</table>", "</div>")
        .replace("<tr>", "<div role=row>")
        .replace("<th>", "<div role=columnheader>")
        .replace("<td>", "</div><div role=gridcell>"),
        f"<ul><li>{CALLED.replace('<table>', '</ul><table>')}",
    ],
    ids=["a table", "a grid", "the action in a list"],
)
def test_nobody_in_the_list_is_taken_for_the_action_she_is_called_like(show: Show, page: str) -> None:
    async def work(page: Page) -> str:
        await PeopleScreen(lane_on(page)).invite_button.click()
        return await page.locator("#said").inner_text()

    assert show(page, work) == "invite"


PANEL = """<div role=dialog aria-modal=true aria-label="Ann Lee" style="position: fixed; inset: 20px">
<p>ann@x.example</p>
<div><label for=g>Groups</label><ul><li>Sales <button>Remove</button></ul><input id=g role=combobox></div>
<div><label for=m>Managers (optional)</label><input id=m role=combobox></div>
<div><button>Resend invitation</button><button>Deactivate</button></div></div>"""


def test_what_stands_behind_the_field_of_a_list_is_nothing_that_she_holds(show: Show) -> None:
    async def work(page: Page) -> list[int]:
        view = PersonView(lane_on(page), PeopleTable(lane_on(page), "People"), "ann@x.example")
        hers, details = page.locator("[role=dialog]"), view._details()
        asked = (words.RESEND, words.DEACTIVATE)
        return [await view.lane.find("action", word, scope=hers, details=details).count() for word in asked]

    assert show(PANEL, work) == [1, 1]


# -- one group ---------------------------------------------------------------------------------------------------------
ONE = """<main><h1>Sales</h1><div class=card><h2>2 members</h2><ul><li>Ann Lee <small>ann@x.example</small>
<li>Bo Ek <small>bo@x.example</small></ul></div></main>"""
CARD = "<main><h1>Groups</h1><div class=card><h3>Sales</h3><p>2 members</p></div></main>"


@pytest.mark.parametrize(("page", "groups"), [(ONE, 0), (CARD, 1)])
def test_the_members_of_a_group_are_no_card_of_one(show: Show, page: str, groups: int) -> None:
    async def work(page: Page) -> int:
        return len((await GroupsTable(lane_on(page), "Groups").look()).rows)

    assert show(page, work) == groups


DELETE = """<button onclick="box.hidden = false">Delete group</button>
<div id=box role=dialog aria-modal=true hidden><h2>Delete Sales EMEA?</h2>ASKED
<button>Cancel</button><button id=yes disabled>Delete group</button></div>
<script>
  const field = document.querySelector("input");
  field.oninput = () => { yes.disabled = field.value !== "Sales EMEA"; };
</script>"""


async def typed(page: Page) -> str:
    lane = lane_on(page, timeout=1)
    dialog = DeleteGroupDialog(lane, "Sales EMEA", ["Sales"])
    await lane.remember("question")
    await lane.click(page.get_by_role("button", name="Delete group"), what="the action", screen="Groups")
    assert await dialog.needed()
    try:
        await dialog.ready()
    except ConsoleDrift:
        assert not await page.locator("#yes").is_enabled()
    return await page.locator("input").input_value()


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("<label>Type the group name to confirm <input></label>", "Sales EMEA"),
        ("<p>To confirm, type the name of the group.</p><input aria-label=Confirmation>", "Sales EMEA"),
        ("<label>Enter its name to delete it for good <input></label>", "Sales EMEA"),
        ("<label>Enter its name to confirm <input></label>", "Sales EMEA"),
        ("<label>Type Sales EMEA to confirm <input></label>", "Sales EMEA"),
        ("<label>Type the name of the admin to confirm <input></label>", ""),
        ("<label>Enter the group name for its members <input></label>", ""),
    ],
)
def test_the_name_of_the_group_is_typed_where_a_question_asks_for_it(show: Show, asked: str, wanted: str) -> None:
    assert show(DELETE.replace("ASKED", asked), typed) == wanted


@pytest.mark.parametrize(
    ("beside", "ways"),
    [
        ("", ["/groups"]),
        ("<nav aria-label=Admin><a href='/admin/groups'>Groups</a></nav>", ["/admin/groups"]),
        ("<nav><a href='/a'>Groups</a></nav><nav><a href='/b'>Groups</a></nav>", ["/a", "/b"]),
    ],
)
def test_the_navigation_leads_to_the_groups_and_not_a_tab_of_her_page(show: Show, beside: str, ways: list[str]) -> None:
    tabs = "<main><h1>Ann Lee</h1><div role=tablist><a role=tab href='/groups'>Groups</a></div></main>"

    async def work(page: Page) -> list[str | None]:
        found = await lane_on(page).find("way", words.WAYS_TO_GROUPS[0]).all()
        return [await each.get_attribute("href") for each in found]

    assert show(beside + tabs, work) == ways


# -- a page that does not let go ---------------------------------------------------------------------------------------
KEEPS = """<main></main><script>
  let unsaved = false;
  const draw = () => { document.querySelector("main").textContent = location.hash; };
  window.onhashchange = () => {
    if (unsaved && location.hash !== "#/users/7") location.hash = "#/users/7"; else draw();
  };
  draw();
</script>"""


def test_a_page_that_keeps_to_its_place_with_what_was_not_saved_is_left_all_the_same(show: Show) -> None:
    async def work(page: Page) -> tuple[str, str]:
        await page.route("**/*", lambda route: route.fulfill(body=KEEPS, content_type="text/html"))
        await page.goto(f"{CONSOLE}/admin/#/users/7")
        await page.evaluate("unsaved = true")
        await lane_on(page).go(f"{CONSOLE}/admin/#/users", screen="People")
        return page.url, await page.locator("main").inner_text()

    assert show("", work) == (f"{CONSOLE}/admin/#/users", "#/users")
