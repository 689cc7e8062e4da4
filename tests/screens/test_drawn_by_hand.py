"""What teams draw themselves, in small: switches, boxes, tabs, lists and rows without roles or names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift, SessionEnded
from page_objects import words
from page_objects.controls import boxes, engine
from page_objects.controls.base import Declared
from page_objects.controls.multi_choice import MultiChoice
from page_objects.import_dialog import ImportDialog
from page_objects.leaving import leave
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from page_objects.person_tabs import Tabs
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"


# -- rows that have not come -----------------------------------------------------------------------------------------
BONES = """
<table><thead><tr><th></th><th>Name</th><th>Email</th><th>Status</th></tr></thead>
<tbody><tr><td></td><td><div class=bar></div></td><td></td><td></td></tr>
<tr><td></td><td></td><td></td><td></td></tr></tbody></table>
"""
COME = """<script>setTimeout(() => { document.querySelector("tbody").innerHTML =
  "<tr><td></td><td>Ann Lee</td><td>ann@x.example</td><td>Active</td></tr>"
  + "<tr><td></td><td></td><td></td><td></td></tr>";
}, 600)</script>"""


def test_rows_without_a_word_are_waited_for_and_belong_to_nobody(show: Show) -> None:
    async def work(page: Page) -> list[str | None]:
        return [row.email for row in (await PeopleTable(lane_on(page), "People").read()).rows]

    assert show(BONES + COME, work) == [EMAIL]


def test_a_list_that_shows_nothing_but_bones_is_not_a_list_of_nobody(show: Show) -> None:
    async def work(page: Page) -> None:
        await PeopleTable(lane_on(page, 1), "People").read()

    with pytest.raises(ConsoleDrift, match="did not come"):
        show(BONES, work)


# -- switches and boxes ----------------------------------------------------------------------------------------------
KNOB = """
<style>button.knob { width: 36px; height: 20px; border-radius: 10px }</style>
<div><div><div>Admin</div><div>Can change everything.</div></div>
<button type=button class=knob aria-pressed=false
  onclick="this.setAttribute('aria-pressed', String(this.getAttribute('aria-pressed') !== 'true'))"><span></span>
</button></div>
<div><div>Password</div><input type=password>
<button aria-pressed=false title="Show it"><svg width=9 height=9></svg></button></div>
"""


class FormHere(Form):
    groups = Declared(MultiChoice, words.FIELD_GROUPS, tab=words.TAB_GROUPS)


def test_a_knob_without_a_name_is_a_switch_that_is_turned_and_read_back(show: Show) -> None:
    async def work(page: Page) -> list[list[str]]:
        form = FormHere(lane_on(page))
        before = await form.admin.read()
        await form.admin.turn(True)
        await form.admin.turn(True)
        return [before, await form.admin.read()]

    assert show(KNOB, work) == [["false"], ["true"]]


def test_a_button_that_shows_what_was_typed_is_no_switch(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        fields = page.locator(engine.selector("field", words=["Password"]))
        return [await one.evaluate("el => el.tagName") for one in await fields.all()]

    assert show(KNOB, work) == ["INPUT"]


HIDDEN_BOX = """
<style>.sr-only { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip: rect(0, 0, 0, 0) }
.drawn { display: inline-block; width: 16px; height: 16px; border: 1px solid }</style>
<div style="padding: 40px"><label><input type=checkbox class=sr-only id=box><span class=drawn></span>
Skip the 2 rows with problems and import the rest</label></div>
"""


def test_a_box_that_hides_behind_its_label_is_ticked_by_what_is_seen_of_it(show: Show) -> None:
    async def work(page: Page) -> list[bool]:
        box = page.locator("#box")
        seen = []
        for on in (True, True, False):
            await boxes.tick(box, on)
            seen.append(await box.is_checked())
        return seen

    assert show(HIDDEN_BOX, work) == [True, True, False]


@pytest.mark.parametrize(
    ("sentence", "leaves_out"),
    [
        ("Skip the 2 rows with problems and import the rest", True),
        ("Leave out rows with errors", True),
        ("Exclude 3 invalid rows", True),
        ("Import only the valid rows", True),
        ("Skip the header row", False),
        ("Skip error checking", False),
        ("Ignore errors and import everything", False),
        ("Import rows with errors anyway", False),
        ("Import invalid rows as drafts", False),
    ],
)
def test_the_box_to_leave_out_bad_rows_is_known_by_its_sentence(show: Show, sentence: str, leaves_out: bool) -> None:
    async def work(page: Page) -> int:
        query = {"words": list(words.SKIP_BAD_ROWS.aliases), "like": words.SKIP_BAD_ROWS_LIKE}
        return await page.locator(engine.selector("agreement", **query)).count()

    html = f"<label><input type=checkbox> {sentence}</label><label><input type=checkbox> Send e-mails</label>"
    assert show(html, work) == int(leaves_out)


# -- tabs ------------------------------------------------------------------------------------------------------------
PANEL = f"""
<div role=dialog aria-label="Edit User Information" style="position: fixed; inset: 0 0 0 30%; background: white">
  <h2>Ann Lee</h2><p>{EMAIL}</p>
  <div id=tabs></div><div id=panel></div><button>Save changes</button>
</div>
<script>
  const panels = {{
    Details: "<label>First name <input></label><label>Last name <input></label>",
    Groups: "<p>Groups decide what she sees.</p><input id=field placeholder='Find or create'>",
    "Group membership": "<input placeholder='Narrow down'><label><input type=checkbox> Sales</label>",
    Managers: "<p>Managers see her progress.</p><input placeholder='Start typing'>",
    Access: "<label>Groups <input id=field></label>",
  }};
  const draw = (names, role) => {{
    const tabs = document.querySelector("#tabs");
    for (const name of names) {{
      const tab = Object.assign(document.createElement("div"), {{ textContent: name, style: "cursor: pointer" }});
      if (role) tab.setAttribute("role", role);
      tab.onclick = () => {{ document.querySelector("#panel").innerHTML = panels[name]; }};
      tabs.append(tab);
    }}
    tabs.firstChild.click();
  }};
</script>
"""


@pytest.mark.parametrize(
    "tabs", ["['Details', 'Groups'], null", "['Details', 'Groups'], 'tab'", "['Details', 'Access'], 'tab'"]
)
def test_a_field_is_found_on_the_tab_that_names_it_or_wherever_it_lies(show: Show, tabs: str) -> None:
    async def work(page: Page) -> tuple[frozenset[str], str | None]:
        screen = PersonScreen(lane_on(page), EMAIL)
        screen.scope = page.get_by_role("dialog")
        said = await screen.says()
        return said, await (await screen.groups_field()).locator.get_attribute("id")

    assert show(f"{PANEL}<script>draw({tabs})</script>", work) == (frozenset({"names", "groups"}), "field")


def test_the_field_of_one_tab_is_not_that_of_another(show: Show) -> None:
    async def work(page: Page) -> tuple[bool, bool]:
        screen = PersonScreen(lane_on(page), EMAIL)
        screen.scope = page.get_by_role("dialog")
        await screen.groups_field()
        return await screen.groups.is_shown(), await screen.managers.is_shown()

    html = f"{PANEL}<script>draw(['Details', 'Managers', 'Groups'], null)</script>"
    assert show(html, work) == (True, False)


@pytest.mark.parametrize("tabs", ["['Details']", "['Details', 'Group membership']"])
def test_what_lies_on_no_tab_is_not_there(show: Show, tabs: str) -> None:
    async def work(page: Page) -> frozenset[str]:
        screen = PersonScreen(lane_on(page), EMAIL)
        screen.scope = page.get_by_role("dialog")
        return await screen.says()

    assert show(f"{PANEL}<script>draw({tabs}, 'tab')</script>", work) == frozenset({"names"})


def test_what_was_cut_short_is_not_taken_for_a_field_that_is_nowhere(show: Show) -> None:
    async def work(page: Page) -> tuple[bool, bool]:
        screen = PersonScreen(lane_on(page), EMAIL)
        screen.scope = page.get_by_role("dialog")

        async def signed_out() -> bool:
            raise SessionEnded("the console asked to sign in again", screen="person")

        with pytest.raises(SessionEnded):
            await Tabs(screen).on_some("the field groups", words.TAB_GROUPS, signed_out)
        return await screen._reach(screen.groups, words.TAB_GROUPS), await screen.managers.is_shown()

    assert show(f"{PANEL}<script>draw(['Details', 'Access'], 'tab')</script>", work) == (True, False)


# -- lists -----------------------------------------------------------------------------------------------------------
STALE_LIST = """
<label for=field>Groups</label>
<div><div style="border: 1px solid"><span id=chips></span><input id=field autocomplete=off></div>
<div id=list></div></div>
<script>
  const field = document.querySelector("#field"), list = document.querySelector("#list");
  const offer = (names) => {
    list.innerHTML = names.map((n) => `<div style="cursor: pointer" class=option>${n}</div>`).join("");
    for (const option of list.children) option.onclick = () => {
      document.querySelector("#chips").innerHTML =
        `<span style="background: #ddd">${option.textContent} <span><svg width=9 height=9></svg></span></span>`;
      field.value = ""; offer([]);
    };
  };
  let first = true;
  field.onclick = () => { if (first) { first = false; offer(["Sales", "R&D"]); setTimeout(() => offer([]), 60); } };
  field.oninput = () => setTimeout(() => offer(field.value ? ["Sales"] : []), 150);
</script>
"""


def test_an_option_that_a_list_shows_from_before_is_asked_for_anew(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        lane = lane_on(page)
        lane.noted["form: groups brings a list"] = True
        form = FormHere(lane)
        await form.groups.add("Sales")
        return await form.groups.read()

    assert show(STALE_LIST, work) == ["Sales"]


# -- imports ---------------------------------------------------------------------------------------------------------
STEPS = """
<main><h1>Import Users</h1>
<div role=tablist><div role=tab aria-selected=true>Choose file</div><div role=tab aria-disabled=true>Review</div></div>
<input type=file><p class=help>Up to 1,000 people</p><button id=go>Upload and review</button></main>
<script>document.querySelector("#go").onclick = () => {
  document.querySelector("main").innerHTML = `<h1>Import Users</h1><input type=file hidden>
    <div class=grid><div>Row</div><div>Email</div><div>Name</div></div>
    <div class=lines>
      <div><div class=grid><div>2</div><div>ann@x.example</div><div>Ann Lee</div></div></div>
      <div><div class=grid><div>3</div><div>bo@x.example</div><div>Bo Ray</div></div>
        <div>Bo cannot be her own manager</div></div>
    </div><button>Import 1 user</button>`;
}</script>
"""


def test_a_review_is_reached_past_hints_and_steps_and_read_without_rows(show: Show, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Email\n")

    async def work(page: Page) -> list[tuple[str, bool]]:
        dialog = ImportDialog(lane_on(page))
        await dialog.upload(tmp_path / "people.csv")
        return [(row.email, row.objects) for row in await dialog.review()]

    assert show(STEPS, work) == [("ann@x.example", False), ("bo@x.example", True)]


# -- ways out and what cannot be used --------------------------------------------------------------------------------
def test_a_way_out_that_cannot_be_used_is_none(show: Show) -> None:
    async def work(page: Page) -> list[Any]:
        lane = lane_on(page)
        ways = [page.get_by_role("button", name="Discard"), page.get_by_role("button", name="Close")]
        await leave(lane, page.locator("main"), *ways, screen="person")
        return [await page.locator("main").count(), lane.noted]

    html = "<main><button disabled>Discard</button><button onclick='this.parentNode.remove()'>Close</button></main>"
    assert show(html, work) == [0, {}]


@pytest.mark.parametrize(
    ("classes", "disabled"),
    [
        ("mat-mdc-button mat-mdc-button-disabled-interactive", False),
        ("mat-mdc-button-disabled", True),
        ("btn btn--disabled", True),
        ("Button_disabled__x1Yz", True),
        ("disabled:opacity-50", False),
    ],
)
def test_a_class_says_that_something_is_disabled_at_its_end(show: Show, classes: str, disabled: bool) -> None:
    async def work(page: Page) -> bool:
        return bool(await engine.evaluate(page.locator("button"), "disabled"))

    assert show(f'<button class="{classes}">Next page</button>', work) is disabled


def test_what_sends_a_form_may_be_a_mere_box_although_a_button_of_the_page_below_says_its_word(show: Show) -> None:
    html = """<main><h1>People</h1><button onclick="over.hidden = false">Invite User</button><input type=search
      aria-label=Search><table><thead><tr><th>Name<th>Email<th>Status</thead><tr><td>Bo Roe<td>bo@x.example<td>Active
      </table></main><div id=over hidden style="position: fixed; inset: 0; background: #0008"><div style="background:
      #fff"><h3>Invite users</h3><label>Email address <input></label><label>First name <input></label>
      <label>Last name <input></label><div><div tabindex=0 style="cursor: pointer">Cancel</div>
      <div tabindex=0 style="cursor: pointer" onclick="window.sent = 1">Send invitation</div></div></div></div>"""

    async def work(page: Page) -> Any:
        form = await PeopleScreen(lane_on(page)).open_invite()
        await form.send_button.click()
        return form.takes, await page.evaluate("window.sent")

    assert show(html, work) == ("one", 1)
