"""What lies around a field and is none of its values: titles, buttons that empty a list, what a dialog is about."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.context import Context
from connector.actions.invite_form import form_says
from page_objects.controls import engine
from page_objects.part_dialog import details_edited_alone, edits_all
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

TWO_LISTS = """<style>button { cursor: pointer }</style><div style="display: flex"><div>
<div style="display: flex"><b>All groups</b><button>Select all</button></div><input placeholder="Search">
<ul><li>Sales<li>Support</ul></div>
<div><div style="display: flex"><div>Member of</div><button>Clear</button></div><ul><li>Sales</ul></div></div>"""
MODAL = """<div role=dialog aria-modal=true style="position: fixed; inset: 20px"><div>
<div style="display: flex; flex-direction: column; background: #fff">
<div style="display: flex"><div>Edit Managers</div>
<button aria-label=Close style="width: 16px; height: 16px"></button></div><div><p>ann@x.example</p>
<div><label for=m>Managers</label><input id=m value="mia@x.example">
<div class=invalid-feedback></div></div></div>
<div><button>Cancel</button><button>Save</button></div></div></div></div>"""
STEPS = """<h1>Users</h1><button onclick="wizard.hidden = false">Invite Users</button><table><thead>
<tr><th>Name<th>Email</thead><tbody><tr><td>Ann Lee<td>ann@x.example</tbody></table>
<div id=wizard hidden role=dialog aria-modal=true aria-label="Invite Users" style="position: fixed; inset: 20px;
background: #fff"><h2>Invite Users</h2><label>Email addresses <textarea></textarea></label>
<button onclick="wizard.hidden = true">Cancel</button><button>Next</button></div>"""


def test_what_empties_a_list_of_groups_is_no_field_for_them(show: Show) -> None:
    async def work(page: Page) -> int:
        return await Form(lane_on(page)).groups.locator.count()

    assert show(TWO_LISTS, work) == 0


def test_the_title_of_a_dialog_and_whom_it_is_about_are_no_values_of_its_field(show: Show) -> None:
    async def work(page: Page) -> Any:
        field = Form(lane_on(page)).managers
        held = await field.read()
        await field.add("bo@x.example")
        return held, await field.read(), await page.locator("input").input_value()

    held, after, typed = show(MODAL, work)
    assert (held, after) == (["mia@x.example"], ["mia@x.example", "bo@x.example"])
    assert "Edit Managers" not in typed


def test_a_form_in_steps_whose_first_takes_a_list_says_of_one_person_what_it_says_of_many(show: Show) -> None:
    async def work(page: Page) -> Any:
        console: Any = SimpleNamespace()
        context = Context(console=console, lane=lane_on(page), evidence=console)
        return await form_says(context, "nadja@x.example"), await form_says(context)

    one, many = show(STEPS, work)
    assert one == many == {"admin", "groups", "managers"}


ALONE = """<main><h1>Ann Lee</h1><p>ann@x.example</p><div><b>Name</b> Ann Lee
<button aria-label="Edit name">✎</button></div><div><b>Managers</b> Mia Roe
<button aria-label="Edit managers">Edit</button></div>MORE</main>"""


@pytest.mark.parametrize(("more", "all_of_her"), [("", False), ("<footer><button>Edit user</button></footer>", True)])
def test_what_edits_one_detail_does_not_edit_all_of_her(show: Show, more: str, all_of_her: bool) -> None:
    async def work(page: Page) -> Any:
        screen = PersonScreen(lane_on(page), "ann@x.example", page.locator("main"))
        details = await details_edited_alone(screen)
        return details, await edits_all(screen, details)

    assert show(ALONE.replace("MORE", more), work) == ({"names", "managers"}, all_of_her)


def test_what_a_box_holds_may_be_a_number(show: Show) -> None:
    html = "<ul><li role=checkbox aria-checked=false value=3 style='width: 20px; height: 20px'></ul>"
    assert show(html, lambda page: engine.evaluate(page.locator("ul"), "boxNames")) == ["3"]


@pytest.mark.parametrize(
    "steps",
    [
        "<ol class=steps><li aria-current=step>Details<li>Role<li>Groups</ol>",
        "<ul><li aria-current=step><b>1</b> <span>Details</span><li><b>2</b> <span>Groups</span></ul>",
        "<div class=stepper><div>Details</div><div>Groups</div></div>",
        "<div><div>1 Details</div><div>Groups</div></div>",
    ],
    ids=["list", "numbered", "boxes", "boxes-that-say-nothing"],
)
@pytest.mark.parametrize("leads_on", ["<button>Next</button>", "<button type=button>Continue</button>"])
def test_the_name_of_a_later_step_is_no_label_and_what_leads_on_is_no_field(
    show: Show, steps: str, leads_on: str
) -> None:
    html = f"""<style>button {{ cursor: pointer }}</style><main><h1>Add Users</h1>{steps}<form><p><label for=a>Email
    </label><input id=a></p><p>{leads_on} <a href=/people>Cancel</a></p></form></main>"""

    async def work(page: Page) -> int:
        return await Form(lane_on(page)).groups.locator.count()

    assert show(html, work) == 0


def test_a_whole_form_that_is_called_after_its_steps_has_its_fields(show: Show) -> None:
    html = """<main><form class=invite-steps><div><div>Role</div><div><div tabindex=0 style="cursor: pointer">Learner
    </div></div></div><button>Send invitation</button></form></main>"""

    async def work(page: Page) -> int:
        return await Form(lane_on(page)).role.locator.count()

    assert show(html, work) == 1
