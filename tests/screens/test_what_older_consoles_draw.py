"""What a console in the old style draws: forms that nothing names, lists of lines, menus that hear no keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared
from page_objects.invite_arrival import arrived
from page_objects.invite_dialog import InviteListForm
from page_objects.part_dialog import PartDialog
from page_objects.people_screen import PeopleScreen
from page_objects.person_actions import RowMenu
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

TOLD = "Paste a list of email addresses, one per line or separated by commas."
LIST_FORM = f"""<nav><a href=#>Users</a> ops@x.example <a href=#>Log out</a></nav><div><h4>Invite New User</h4>
<p>{TOLD}</p><textarea id=emails rows=4></textarea><br><a href=# class=btn id=adds>Add to list</a>
<p>Write each as first.last@x.example.</p>
<form onsubmit="return false"><table id=lines></table><p>Group: <select name=group><option value="">(none)
<option>Sales<option>Support</select></p><input type=submit value="Send Invites"> <a href=#>Cancel</a></form></div>
<script>
  adds.onclick = (event) => {{
    event.preventDefault();
    for (const one of emails.value.split(/[\\s,;]+/).filter(Boolean)) {{
      const row = lines.insertRow(-1);
      row.insertCell(-1).textContent = one;
      row.insertCell(-1).innerHTML = "<a href=#>Add Manager</a>";
    }}
    emails.value = "";
  }};
</script>"""


def test_addresses_that_a_sentence_asks_for_are_entered_and_made_lines(show: Show) -> None:
    async def work(page: Page) -> tuple[Any, list[str]]:
        form = await arrived(lane_on(page))
        assert isinstance(form, InviteListForm)
        await form.emails.enter(["ann@x.example", "bo@x.example"])
        await form.groups.add("Support")
        return sorted(await form.says()), await page.locator("#lines td:first-child").all_inner_texts()

    assert show(LIST_FORM, work) == (["group"], ["ann@x.example", "bo@x.example"])


@pytest.mark.parametrize("broken", ["return;", "emails.value = emails.value.replace('bo@', 'co@');"])
def test_where_other_lines_come_than_were_added_nothing_goes_on(show: Show, broken: str) -> None:
    async def work(page: Page) -> None:
        form = await arrived(lane_on(page, 1))
        assert isinstance(form, InviteListForm)
        await form.emails.enter(["ann@x.example", "bo@x.example"])

    with pytest.raises(ConsoleDrift, match="does not list what is added"):
        show(LIST_FORM.replace("event.preventDefault();", f"event.preventDefault(); {broken}"), work)


@pytest.mark.parametrize(
    ("before", "field"),
    [
        (f"<p>{TOLD}</p>", 1),
        ("<div>Enter the person's e-mail address</div>", 1),
        ("Please add emails below", 1),
        ("<p>We send no email addresses to anybody.</p>", 0),
        ("<p>Paste a list of names.</p>", 0),
        (f"<p>{TOLD}</p><p>Thank you.</p>", 0),
        (f"<p>{TOLD}</p><label>Names <input></label>", 0),
        ("<p>Enter a message for the invitation email</p>", 0),
        ("<p>Enter the text of the email</p>", 0),
        ("<p>Enter an email to find somebody</p>", 0),
        ("<p>List of emails that we sent</p>", 0),
    ],
)
def test_only_a_sentence_right_before_a_field_that_tells_what_to_put_in_names_it(
    show: Show, before: str, field: int
) -> None:
    async def work(page: Page) -> int:
        return await lane_on(page).count("field", words.FIELD_EMAILS)

    assert show(f"<form>{before}<textarea></textarea><button>Send</button></form>", work) == field


def test_a_sentence_does_not_name_what_searches_or_has_a_name(show: Show) -> None:
    async def work(page: Page) -> int:
        return await lane_on(page).count("field", words.FIELD_EMAILS)

    for field in ("<input placeholder='Search users'>", "<input aria-label='Department'>", "<input type=checkbox>"):
        assert show(f"<form><p>{TOLD}</p>{field}<button>Send</button></form>", work) == 0


BOX = "<div><label><input type=checkbox name=group value='{0}'{1}> {0}</label></div>"
TITLED = """<style>.modal{{position:fixed;top:60px;left:100px;width:480px;background:#fff}}</style>
<h3>Settings</h3><table><tr><th>Name<th>Email</tr><tr><td>Jo Lee<td>joann@x.example</tr></table>
<div class=modal><form onsubmit="return false"><div><a class=close href=#>×</a><h4>Edit {0} for Jo Lee
(joann@x.example)</h4></div><div>{1}</div>
<div><a href=# class=btn>Cancel</a> <input type=submit value=Save></div></form></div>"""
BOXES = (
    BOX.format("Sales", " checked")
    + BOX.format("Support", "")
    + "<div>New group: <input type=text name=new_group></div>"
)
LINES = """<ul id=ml><li>dana@x.example <input type=hidden value="dana@x.example"><a href=#>remove</a></li></ul>
<input type=text id=mi placeholder="Manager's email"> <a href=# class=btn id=ma>Add</a>
<script>
  const leaves = (li) => (li.querySelector("a").onclick = () => li.remove());
  leaves(document.querySelector("li"));
  ma.onclick = () => {
    const li = document.createElement("li");
    li.innerHTML = `${mi.value} <input type=hidden><a href=#>remove</a>`;
    leaves(li); ml.append(li); mi.value = "";
  };
</script>"""


def test_boxes_in_a_layer_are_what_its_title_is_about(show: Show) -> None:
    async def work(page: Page) -> tuple[list[str], list[str]]:
        form = PartDialog(lane_on(page), "joann@x.example", words.EDIT_GROUPS)
        await form.arrive()
        held = await form.groups.read()
        await form.groups.add("Support")
        await form.groups.remove("Sales")
        return held, await form.groups.read()

    assert show(TITLED.format("groups", BOXES), work) == (["Sales"], ["Support"])


def test_boxes_below_a_title_about_something_else_are_no_groups(show: Show) -> None:
    async def work(page: Page) -> None:
        await PartDialog(lane_on(page, 0.5), "joann@x.example", words.EDIT_GROUPS).arrive()

    with pytest.raises(ConsoleDrift, match="the form 'Edit Group' is missing"):
        show(TITLED.format("permissions", BOXES), work)


def test_an_address_is_put_among_the_lines_by_the_button_beside_its_field_and_taken_out_by_a_word(show: Show) -> None:
    async def work(page: Page) -> list[list[str]]:
        form = PartDialog(lane_on(page), "joann@x.example", words.EDIT_MANAGERS)
        await form.arrive()
        held = [await form.managers.read()]
        await form.managers.add("marco@x.example")
        held.append(await form.managers.read())
        await form.managers.remove("dana@x.example")
        return [*held, await form.managers.read()]

    assert show(TITLED.format("managers", LINES), work) == [
        ["dana@x.example"],
        ["dana@x.example", "marco@x.example"],
        ["marco@x.example"],
    ]


def test_the_button_that_sends_a_form_is_not_pressed_to_add_a_value(show: Show) -> None:
    html = """<form onsubmit="document.title = 'sent'; return false"><div><label>Managers <input></label>
    <button>Add</button></div></form>"""

    class Adds(Form):
        save_button = Declared(Action, words.ADD_AT_ONCE)

    async def work(page: Page) -> tuple[str, list[str]]:
        form = Adds(lane_on(page))
        await form.managers.add("marco@x.example")
        return await page.title(), await form.managers.read()

    assert show(html, work) == ("", ["marco@x.example"])


TWO_FIELDS = """{0}<div><div><label>Managers <input id=m value="{1}"></label></div>
<div><label>Tags <input></label> <button type=button onclick="document.title = 'added'">Add</button></div></div>{2}"""


@pytest.mark.parametrize("held", ["", "dana@x.example"])
@pytest.mark.parametrize(
    ("begin", "end"), [("", ""), ("<form><div>", "</div></form>"), ("<div role=dialog>", "</div>")]
)
def test_the_button_beside_another_field_is_not_this_ones(show: Show, begin: str, end: str, held: str) -> None:
    async def work(page: Page) -> tuple[str, list[str]]:
        form = Form(lane_on(page))
        await form.managers.add("marco@x.example")
        return await page.title(), await form.managers.read()

    expected = [*filter(None, [held]), "marco@x.example"]
    assert show(TWO_FIELDS.format(begin, held, end), work) == ("", expected)


@pytest.mark.parametrize("said", ["", "<p>No managers so far.</p>", "<p>Jo is in: Sales.</p>"])
def test_what_a_layer_says_of_its_one_field_is_no_value_of_it(show: Show, said: str) -> None:
    html = TITLED.format("managers", f"{said}<input>").replace("<form", "<div").replace("</form", "</div")

    async def work(page: Page) -> list[str]:
        form = PartDialog(lane_on(page), "joann@x.example", words.EDIT_MANAGERS)
        await form.arrive()
        return await form.managers.read()

    assert show(html, work) == []


def test_boxes_that_are_sent_under_several_names_are_no_groups_in_a_layer_of_a_lower_title(show: Show) -> None:
    notify = BOXES.replace("name=group value='Sales'", "name=notify_user").replace("name=group value='Support'", "")

    async def work(page: Page) -> None:
        await PartDialog(lane_on(page, 0.5), "joann@x.example", words.EDIT_GROUPS).arrive()

    with pytest.raises(ConsoleDrift, match="the form 'Edit Group' is missing"):
        show(TITLED.format("groups", notify), work)


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<a href=#>Upload CSV</a>", "Upload CSV"),
        ("<button>Import Users</button><a href=#>Upload CSV</a>", "Import Users"),
        ("<button>Import</button><button>Bulk upload</button>", "Import"),
        ("<button>Import Users</button><form><input type=file><button>Upload CSV</button></form>", "Import Users"),
        ("<form><input type=file><button>Upload CSV</button></form>", None),
    ],
)
def test_the_import_is_found_by_its_own_words_before_those_of_an_upload(
    show: Show, html: str, name: str | None
) -> None:
    async def work(page: Page) -> str | None:
        button = PeopleScreen(lane_on(page, 1)).import_button
        return await button.locator.inner_text() if await button.locator.count() else None

    assert show(html, work) == name


def test_the_title_of_a_layer_is_no_value_of_the_one_field_in_it(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        form = PartDialog(lane_on(page), "joann@x.example", words.EDIT_GROUPS)
        await form.arrive()
        return await form.groups.read()

    assert show(TITLED.format("groups", "<input>").replace("Edit groups for", "Manage groups of"), work) == []


DEAF = """<style>.menu{{display:none;position:absolute;right:0}}.open .menu{{display:block}}</style>
<table><tr><th>Name<th>Email<th></tr><tr><td>Jo Lee<td>joann@x.example<td><div class=drop><a href=# class=btn
data-toggle=dropdown><span style="border:5px solid transparent;border-top-color:#000"></span></a><ul class=menu>
<li><a href=#>Edit Group</a><li><a href=#>Deactivate This User</a></ul></div></tr></table>
<script>
  const drop = document.querySelector(".drop");
  drop.querySelector(".btn").onclick = () => drop.classList.toggle("open");
</script>"""


def test_a_menu_that_hears_no_keys_is_closed_by_what_opened_it(show: Show) -> None:
    async def work(page: Page) -> tuple[bool, bool]:
        screen = PeopleScreen(lane_on(page, 10))
        menu = RowMenu(screen.lane, screen.table, "joann@x.example")
        opened = await menu.reach(words.REACTIVATE) is None
        return opened, await page.locator(".menu").is_visible()

    assert show(DEAF.format(), work) == (True, False)


def test_a_menu_that_is_about_to_close_is_not_left_open(show: Show) -> None:
    """It hears the key, and closes so late that what opened it is pressed and opens it again."""
    late = """<script>addEventListener("keydown", ({key}) => key === "Escape" && setTimeout(() => {
      if (window.heard) return drop.classList.remove("open");
      window.heard = true;
      drop.classList.remove("open");
    }, window.heard ? 0 : 990));</script>"""

    async def work(page: Page) -> bool:
        screen = PeopleScreen(lane_on(page, 10))
        await RowMenu(screen.lane, screen.table, "joann@x.example").reach(words.REACTIVATE)
        return await page.locator(".menu").is_visible()

    assert not show(DEAF.format() + late, work)


def test_what_says_that_it_is_open_when_nothing_is_counts_as_closed_from_then_on(show: Show) -> None:
    html = """<label for=g>Groups</label><input id=g role=combobox aria-expanded=false aria-controls=l>
    <div id=l role=listbox hidden><div role=option>Sales</div><div role=option>Support</div></div>
    <div id=chips></div><script>
      const list = document.querySelector("#l");
      g.onfocus = () => { list.hidden = false; g.ariaExpanded = "true"; };
      g.onblur = () => { list.hidden = true; };
      for (const option of list.children) option.onmousedown = (event) => {
        event.preventDefault();
        chips.innerHTML += `<span class=chip>${option.textContent}<button aria-label="Remove">×</button></span>`;
      };
    </script>"""

    async def work(page: Page) -> tuple[int, int]:
        form = Form(lane_on(page, 8))
        looks = [0, 0]
        for time in (0, 1):
            groups = form.groups
            looked = groups._lists_open

            async def counted(time: int = time, looked: Callable[[], Awaitable[bool]] = looked) -> bool:
                looks[time] += 1
                return await looked()

            groups._lists_open = counted  # type: ignore[method-assign]
            assert await groups.options() == ["Sales", "Support"]
        return looks[0], looks[1]

    first, second = show(html, work)
    assert second < first / 2


def test_a_form_that_only_helps_to_read_a_list_is_not_waited_for_to_the_end(show: Show) -> None:
    async def work(page: Page) -> str:
        lane = lane_on(page, 60)
        with pytest.raises(ConsoleDrift) as drift:
            await arrived(lane, 0.2)
        assert (await engine.evaluate(page, "inventory", "field")) == ["Department"]
        return drift.value.message

    assert "Invite" in show("<h1>Invite</h1><label>Department <input></label>", work)
