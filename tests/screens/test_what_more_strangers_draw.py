"""What consoles of PatternFly, Naive UI, Mantine and Carbon draw, in small."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift, OperationFailed
from connector.models import Role
from page_objects import words
from page_objects.controls.base import Declared, Screen
from page_objects.controls.fields import AddressesField
from page_objects.invite_arrival import arrived
from page_objects.invite_dialog import InviteOneForm, InviteSteps
from page_objects.part_dialog import details_edited_alone, open_detail
from page_objects.person_actions import PersonView
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import CONSOLE, Form, lane_on

EMAIL = "ann@x.example"


# -- reading a person --------------------------------------------------------------------------------------------------
def test_a_lone_button_below_the_details_is_the_value_of_none_of_them(show: Show) -> None:
    page = f"""<main><h1>Ann Lee</h1><button>Edit</button>
    <div><span>Email</span> <span>{EMAIL}</span></div><div><span>Groups</span> <span>Sales</span></div>
    <div><button style="cursor: pointer">Deactivate</button></div></main>"""

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    person = show(page, work)
    assert (person.email, person.groups) == (EMAIL, ("Sales",))


CARD = "<section><div><h2>{0}</h2><button>Edit</button></div><div class=body>{1}</div></section>"
CARDS = (
    f"<main><h1>Ann Lee</h1><p>{EMAIL}</p>"
    + CARD.format("Profile", "<dl><dt>First name</dt><dd>Ann</dd><dt>Last name</dt><dd>Lee</dd></dl>")
    + CARD.format("Role", "Learner")
    + CARD.format("Managers", "<ul><li>bo@x.example</li></ul>")
    + """</main><script>
    for (const button of document.querySelectorAll("button")) button.onclick = () => {
      const card = button.closest("section"), field = card.querySelector("h2").textContent;
      button.remove();
      card.querySelector(".body").innerHTML =
        `<label>${field} <input></label><button>Save</button><button>Cancel</button>`;
    };
    </script>"""
)


def test_a_card_s_title_labels_what_lies_below_it_and_its_button_to_edit(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    person = show(CARDS, work)
    assert (person.role, person.managers) == (Role.LEARNER, ("bo@x.example",))
    assert (person.first_name, person.last_name) == ("Ann", "Lee")


def test_a_group_whose_name_begins_like_a_button_s_is_one_of_her_groups(show: Show) -> None:
    page = f"""<main><h1>Ann Lee</h1><p>{EMAIL}</p><dl><dt>Groups</dt>
    <dd><a href="/groups/1">Make Friends</a> <a href="/groups/2">Sales</a> <button>Edit groups</button></dd></dl>
    </main>"""

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    assert show(page, work).groups == ("Make Friends", "Sales")


def test_each_detail_with_an_edit_of_its_own_is_opened_by_that_one(show: Show) -> None:
    async def work(page: Page) -> tuple[Any, int, str]:
        screen = PersonScreen(lane_on(page), EMAIL)
        alone = await details_edited_alone(screen)
        form = await open_detail(screen, "managers")
        opened = await form.managers.locator.count()
        return alone, opened, await page.locator("main").inner_text()

    alone, opened, text = show(CARDS, work)
    assert alone == {"names", "role", "managers"}
    assert opened == 1
    assert "Learner" in text


def test_one_button_for_all_details_edits_none_of_them_alone(show: Show) -> None:
    page = f"<main><h1>Ann Lee</h1><button>Edit</button><p>{EMAIL}</p><dl><dt>Role</dt><dd>Learner</dd></dl></main>"

    async def work(page: Page) -> Any:
        return await details_edited_alone(PersonScreen(lane_on(page), EMAIL))

    assert show(page, work) == frozenset()


def test_in_a_row_of_labels_alone_each_value_stands_below_its_label(show: Show) -> None:
    page = f"""<main><h1>Ann Lee</h1><p>{EMAIL}</p><table><tr><th>Status</th><th>Role</th><th>Groups</th></tr>
    <tr><td>Active</td><td>Learner</td><td>Sales</td></tr></table></main>"""

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    person = show(page, work)
    assert (person.role, person.groups) == (Role.LEARNER, ("Sales",))
    assert person.status is not None


def test_details_in_a_table_beside_a_heading_with_her_address_are_no_list_of_people(show: Show) -> None:
    rows = (("Email", EMAIL), ("Status", "Active"), ("Role", "Learner"), ("Managers", "bo@x.example"))
    cells = "".join(
        f"<div role=row><div role=cell>{name}</div><div role=cell>{value}</div></div>" for name, value in rows
    )
    page = f"""<main></main><script>setTimeout(() => {{ document.querySelector("main").innerHTML = `<h1>{EMAIL}</h1>
      <p><button>Edit</button></p><div role=table>{cells}</div>`; }}, 50)</script>"""

    async def work(page: Page) -> tuple[int, Any]:
        lane = lane_on(page)
        await lane.remember("person")
        screen = PersonScreen(lane, EMAIL)
        person = await screen.read()
        return await screen.edit_button.locator.count(), person.managers

    assert show(page, work) == (1, ("bo@x.example",))


# -- fields ------------------------------------------------------------------------------------------------------------
COUNTS = """
<label id=l for=f>Groups<span style="position: absolute; width: 1px; height: 1px; overflow: hidden">
  Total items selected: 2</span></label>
<div><span class=tag style="background: #ccc">2</span>
<input id=f role=combobox aria-controls=o aria-expanded=false></div>
<ul id=o role=listbox hidden style="position: absolute">
  <li role=option aria-selected=true>Sales, EMEA</li><li role=option aria-selected=false>R&amp;D</li>
  <li role=option aria-selected=true>Engineering</li></ul>
<script>
  const field = document.querySelector("input"), list = document.querySelector("ul");
  const open = (on) => { list.hidden = !on; field.setAttribute("aria-expanded", on); };
  field.onclick = () => open(true);
  field.onkeydown = (event) => { if (event.key === "Escape") open(false); };
</script>"""


def test_a_field_that_says_only_how_many_it_holds_is_asked_for_its_list(show: Show) -> None:
    async def work(page: Page) -> tuple[list[str], bool]:
        return await Form(lane_on(page)).groups.read(), await page.locator("ul").is_visible()

    held, still_open = show(COUNTS, work)
    assert held == ["Sales, EMEA", "Engineering"]
    assert not still_open


def test_a_field_whose_list_does_not_bear_out_how_many_it_says_is_drift(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        await page.evaluate("document.querySelector('.tag').textContent = '3'")
        return await Form(lane_on(page)).groups.read()

    with pytest.raises(ConsoleDrift, match="does not show what it holds"):
        show(COUNTS, work)


TAGS = """
<form style="position: fixed" onsubmit="window.sent = true; return false"><p>Email addresses</p>
<div><b id=add style="cursor: pointer" tabindex=0>Add addresses</b></div><p><button>Invite</button></p></form><script>
  window.sent = false;
  document.querySelector("#add").onclick = (event) => {
    event.currentTarget.parentElement.innerHTML = "<input>";
  };
</script>"""


def test_addresses_are_typed_into_what_a_click_brings_up_and_nothing_is_sent_by_that(show: Show) -> None:
    class Form(Screen):
        emails = Declared(AddressesField, words.FIELD_EMAILS)

    async def work(page: Page) -> tuple[str, bool]:
        try:
            await Form(lane_on(page)).emails.enter(["ann@x.example"])
        except ConsoleDrift as drift:
            return drift.message, await page.evaluate("sent")
        return await page.locator("input").input_value(), await page.evaluate("sent")

    held, sent = show(TAGS, work)
    assert held == "ann@x.example"
    assert not sent


TRANSFER = f"""
<table><thead><tr><th>Name</th><th>Email</th></tr></thead><tr><td>Ann Lee</td><td>{EMAIL}</td></tr></table>
<div role=dialog style="position: fixed; top: 0; right: 0"><p>{EMAIL}</p>
<div class=bar><div><b style="cursor: pointer">Details</b></div><div><b style="cursor: pointer">Managers</b></div>
  <div><b style="cursor: pointer">Groups</b></div></div>
<div class=pane></div><button>Save</button></div>
<script>
  const box = (on) => `<div role=checkbox aria-checked=${{on}} tabindex=0 style="width: 9px; height: 9px"></div>`;
  const line = (name, on) => `<div>${{box(on)}}<div>${{name}}</div></div>`;
  document.querySelector(".bar").onclick = (event) => {{
    document.querySelector(".pane").innerHTML = event.target.textContent !== "Groups" ? ""
      : `<input><div>${{line("Sales", false)}}${{line("Sales, EMEA", true)}}${{line("R&D", true)}}</div>`;
  }};
</script>"""


def test_boxes_that_only_their_tab_names_are_her_groups_each_called_what_its_line_says(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    assert show(TRANSFER, work).groups == ("Sales, EMEA", "R&D")


# -- inviting in steps -------------------------------------------------------------------------------------------------
STEPS = """
<button id=open>Invite User</button>
<script>
  window.sent = 0;
  const steps = [
    "<label>Email <input name=email></label><label>First name <input></label><label>Last name <input></label>",
    "<label>Role <select><option>Learner</option><option>Admin</option></select></label>",
    "<p>Review</p>",
  ];
  let at = 0;
  const draw = (said = "") => {
    document.querySelector("[role=dialog]")?.remove();
    const dialog = document.createElement("div");
    dialog.setAttribute("role", "dialog");
    dialog.innerHTML = `<ol><li><button>Person</button></li><li><button>Review</button></li></ol>${steps[at]}
      <p role=alert>${said}</p>
      <button class=on>${at === 2 ? "Send invitation" : "Next"}</button><button>Cancel</button>`;
    document.body.append(dialog);
    dialog.querySelector(".on").onclick = () => {
      const email = dialog.querySelector("[name=email]")?.value ?? "";
      if (email.includes("taken")) return draw("That address is taken");
      if (at === 2) { window.sent += 1; dialog.remove(); } else { at += 1; draw(); }
    };
  };
  document.querySelector("#open").onclick = () => draw();
</script>"""


async def begun(page: Page) -> InviteSteps:
    lane = lane_on(page)
    await lane.remember("form")
    await page.locator("#open").click()
    form = await arrived(lane)
    assert isinstance(form, InviteSteps)
    return form


def test_a_form_in_steps_is_gone_through_and_sent_once_at_its_end(show: Show) -> None:
    async def work(page: Page) -> tuple[list[list[str]], int, int]:
        form = await begun(page)
        asked = [sorted(await form.asks())]
        await form.email.fill("new@x.example")
        while await form.leads_on():
            await form.go_on()
            asked.append(sorted(await form.asks()))
        before = await page.evaluate("sent")
        await form.send()
        return asked, before, await page.evaluate("sent")

    asked, before, after = show(STEPS, work)
    assert asked == [["email", "names"], ["role"], []]
    assert (before, after) == (0, 1)


def test_a_form_that_its_last_next_has_taken_away_is_over_and_there_is_nothing_left_to_send(show: Show) -> None:
    async def work(page: Page) -> tuple[list[bool], int]:
        form = await begun(page)
        await form.email.fill("new@x.example")
        over: list[bool] = []
        while not (over and over[-1]):
            await form.go_on()
            over.append(await form.is_over())
        assert not await form.can_send()
        return over, await page.evaluate("sent")

    assert show(STEPS.replace('"Send invitation"', '"Next"'), work) == ([False, False, True], 1)


LIST = """<main><input type=search placeholder="Search people"><button id=open>Invite User</button><table>
  <thead><tr><th>Name</th><th>Email</th></tr></thead><tr><td>Ann Lee</td><td>ann@x.example</td></tr></table></main>"""
PAGES = f"""{LIST}<script>
  window.sent = 0;
  const list = document.querySelector("main").innerHTML, fields = (...names) =>
    names.map((name) => `<label>${{name}} <input></label>`).join("");
  const draw = (html, then) => {{
    document.querySelector("main").innerHTML = html;
    document.querySelector("#on").onclick = then;
  }};
  document.querySelector("#open").onclick = () =>
    draw(fields("Email", "First name", "Last name") + "<button id=on>Next</button>", () =>
      draw("<p>Review</p><button id=on>Invite User</button>", () => {{
        window.sent += 1;
        document.querySelector("main").innerHTML = list;
      }}));
</script>"""


def test_steps_on_a_page_of_their_own_are_over_when_the_list_of_people_is_back(show: Show) -> None:
    async def work(page: Page) -> tuple[bool, list[str], bool, int]:
        form = await begun(page)
        await form.go_on()
        before = await form.is_over()
        said = await form.send()
        return before, said, await form.is_over(), await page.evaluate("sent")

    assert show(PAGES, work) == (False, [], True, 1)


TOLD = PAGES.replace(
    """window.sent += 1;
        document.querySelector("main").innerHTML = list;""",
    """fetch("/invitations", { method: "POST" }).then(() => {
          window.sent += 1;
          document.querySelector("main").innerHTML = "<h2>1 invitation sent</h2><button>Done</button>";
        });""",
)


def test_steps_are_over_where_a_page_comes_that_tells_what_was_sent(show: Show) -> None:
    async def work(page: Page) -> tuple[list[str], int]:
        await page.route("**/*", lambda route: route.fulfill(body=TOLD, content_type="text/html"))
        await page.goto(CONSOLE)
        form = await begun(page)
        form.lane.timeout = 60
        await form.go_on()
        async with asyncio.timeout(30):
            return await form.send(), await page.evaluate("sent")

    assert show("", work) == ([], 1)


def test_next_in_a_bar_of_buttons_with_a_way_back_is_no_step(show: Show) -> None:
    page = STEPS.replace("<button class=on>", "<nav><button>Back</button><button class=on>")
    page = page.replace('"}</button><button>Cancel</button>', '"}</button></nav><button>Cancel</button>')

    async def work(page: Page) -> int:
        return await (await begun(page)).next_button.locator.count()

    assert "<nav><button>Back" in page
    assert show(page, work) == 1


def test_a_step_that_is_not_accepted_is_said_and_nothing_is_sent(show: Show) -> None:
    async def work(page: Page) -> None:
        form = await begun(page)
        await form.email.fill("taken@x.example")
        await form.go_on()

    with pytest.raises(OperationFailed, match="does not go on") as failure:
        show(STEPS, work)
    assert failure.value.seen == "That address is taken"


def test_a_form_without_steps_is_not_taken_for_one_with_them(show: Show) -> None:
    page = """<button id=open>Invite User</button><script>document.querySelector("#open").onclick = () => {
      document.body.insertAdjacentHTML("beforeend", `<div role=dialog><label>Email <input></label>
        <label>First name <input></label><label>Last name <input></label>
        <label>Role <select><option>Learner</option></select></label><button>Send invitation</button></div>`); }
    </script>"""

    async def work(page: Page) -> Any:
        lane = lane_on(page)
        await lane.remember("form")
        await page.locator("#open").click()
        return type(await arrived(lane))

    assert show(page, work) is InviteOneForm


# -- opening a person --------------------------------------------------------------------------------------------------
LIST_BESIDE = f"""
<div style="display: flex"><section id=list><table>
  <thead><tr><th>Name</th><th>Email</th><th>Groups</th></tr></thead>
  <tbody><tr class=row style="cursor: pointer"><td>Ann Lee</td><td><span>{EMAIL}</span></td>
    <td><button style="width: 600px" onclick="event.stopPropagation(); window.pressed = true">Sales</button></td></tr>
  <tr class=row style="cursor: pointer"><td>Bo Ray</td><td><span>bo@x.example</span></td><td></td></tr></tbody>
</table></section>
<section id=person></section></div>
<script>
  window.pressed = false;
  document.querySelector("tbody").onclick = () => {{
    // The list makes room for her and keeps one column.
    for (const row of document.querySelectorAll("tr")) for (const at of [2, 0]) row.cells[at].remove();
    document.querySelector("#person").innerHTML =
      "<h2>Ann Lee</h2><p>{EMAIL}</p><dl><dt>Role</dt><dd>Learner</dd><dt>Managers</dt><dd>bo@x.example</dd></dl>";
  }};
</script>"""


def test_a_row_that_leads_to_her_is_clicked_on_her_name_and_she_is_read_beside_the_list(show: Show) -> None:
    async def work(page: Page) -> tuple[Any, bool]:
        lane = lane_on(page)
        screen = await PersonView(lane, PeopleTable(lane, "People"), EMAIL).open()
        assert screen is not None
        assert screen.scope is not None
        assert await screen.scope.locator("table").count() == 0
        return await screen.read(), await page.evaluate("pressed")

    person, pressed = show(LIST_BESIDE, work)
    assert not pressed
    assert (person.email, person.role, person.managers) == (EMAIL, Role.LEARNER, ("bo@x.example",))
