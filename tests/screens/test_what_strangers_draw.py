"""What consoles of Element Plus, Blueprint, Chakra UI and Carbon draw, in small."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.controls import engine
from page_objects.controls.base import Declared, Screen, Sender
from page_objects.controls.multi_choice import MultiChoice
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"


# -- a person --------------------------------------------------------------------------------------------------------
DETAIL = "<div role=row><div role=cell>{}</div><div role=cell><span>{}</span></div></div>"
DETAILS = (
    "<main><h1>Ann Lee</h1><button>Edit User Information</button><div role=table><div role=rowgroup>"
    + "".join(
        DETAIL.format(*each)
        for each in (
            ("Email", EMAIL),
            ("Status", "User"),
            ("Role", "Learner"),
            ("Groups", "Sales"),
            ("Managers", "bo@x.example"),
        )
    )
    + "</div></div></main>"
)


def test_one_detail_under_the_other_is_no_list_of_people_but_a_person(show: Show) -> None:
    async def work(page: Page) -> tuple[int, Any]:
        lane = lane_on(page)
        return (await PeopleTable(lane, "People").look()).found, await PersonScreen(lane, EMAIL).read()

    tables, person = show(DETAILS, work)
    assert tables == 0
    assert (person.email, person.groups, person.managers) == (EMAIL, ("Sales",), ("bo@x.example",))


EACH_EDITED = """
<main><h1>Ann Lee</h1><p>ann@x.example</p>
<div><div>Role</div><div><span>Learner</span><button>Edit</button></div></div>
<div><div>Groups</div><div><span style="background: #cdf; display: inline-block">Sales, EMEA</span>
<button>Edit</button></div></div>
</main>
"""


def test_the_button_to_edit_a_detail_is_none_of_her_groups(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    person = show(EACH_EDITED, work)
    assert person.groups == ("Sales, EMEA",)
    assert person.role is not None
    assert person.role.value == "learner"


TABLE = (
    "<table><thead><tr><th>Name</th><th>Email</th></tr></thead><tr><td>Ann Lee</td><td>ann@x.example</td></tr></table>"
)
TURNS = (
    TABLE
    + """
<div role=dialog aria-label="User Details" style="position: fixed; top: 0; right: 0">
<div class=what><p>Email: ann@x.example</p></div>
<button onclick="const d = this.closest('[role=dialog]'); d.setAttribute('aria-label', 'Edit User');
  d.querySelector('.what').innerHTML = '<label>First name <input value=Ann></label>';
  this.textContent = 'Save'">Edit</button></div>
<button onclick="document.querySelector('[role=dialog]').setAttribute('aria-label', 'Bo Ray')">Next person</button>
"""
)


def test_a_drawer_that_turns_into_her_form_by_its_own_button_stays_hers(show: Show) -> None:
    async def work(page: Page) -> tuple[int, int]:
        screen = PersonScreen(lane_on(page), EMAIL)
        await screen.arrive()
        await screen.open_edit()
        assert screen.scope is not None
        as_form = await screen.scope.count()
        await page.get_by_role("button", name="Next person").click()
        return as_form, await screen.scope.count()

    assert show(TURNS, work) == (1, 0)


TWO_TABS = (
    TABLE
    + """
<div class=drawer style="position: fixed; top: 0; right: 0"></div>
<script>
  const drawer = document.querySelector(".drawer");
  const profile = '<h4>Ann Lee</h4><label>Email <input readonly value="ann@x.example"></label>';
  window.other = (name) => { drawer.innerHTML = `<h4>${name}</h4><p>Groups</p><p>Sales</p>`; };
  window.open_it = () => { drawer.innerHTML = profile; };
</script>
"""
)


def test_a_drawer_without_a_role_stays_hers_on_a_tab_without_her_address(show: Show) -> None:
    async def work(page: Page) -> list[int]:
        lane = lane_on(page)
        screen = PersonScreen(lane, EMAIL)
        assert screen.scope is not None
        await lane.remember("person")
        found = []
        for step in ("open_it()", "other('Ann Lee')", "other('Bo Ray')"):
            await page.evaluate(step)
            found.append(await screen.scope.count())
        return found

    assert show(TWO_TABS, work) == [1, 1, 0]


# -- fields ----------------------------------------------------------------------------------------------------------
ROLES = """
<style>.radio { position: relative } .radio input { opacity: 0; position: absolute; left: 0 }
.dot { position: absolute; left: 0; width: 14px; height: 14px; background: #999 } .radio b { margin-left: 20px }</style>
<div role=radiogroup aria-label=Role>
<label class=radio><input type=radio name=r><span class=dot></span><b>Learner</b></label>
<label class=radio><input type=radio name=r><span class=dot></span><b>Manager</b></label></div>
<label>Managers <input></label>
"""


class FormHere(Form):
    upload = Declared(Sender, words.UPLOAD)


def test_a_role_called_manager_is_not_the_field_for_managers_and_is_chosen_by_its_face(show: Show) -> None:
    async def work(page: Page) -> tuple[int, list[str]]:
        form = FormHere(lane_on(page))
        await form.role.choose(words.ROLE_NAMES["manager"])
        return await form.managers.locator.count(), await form.role.read()

    assert show(ROLES, work) == (1, ["Manager"])


STEPS = """
<div class=bar><div><div class=step role=button tabindex=0><i class=step-icon>1</i><span>Upload</span></div></div>
<div><div class=step role=button tabindex=-1><i class=step-icon>2</i><span>Review</span></div></div></div>
<footer><button>Review</button></footer>
"""


def test_a_step_of_a_bar_of_steps_sends_nothing(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        found = FormHere(lane_on(page)).upload.locator
        return [await each.evaluate("el => el.localName") for each in await found.all()]

    assert show(STEPS, work) == ["button"]


# -- signs -----------------------------------------------------------------------------------------------------------
def test_a_bar_with_a_value_is_not_busy_and_one_without_is(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await engine.evaluate(page, "busy")

    seats = "<div role=progressbar aria-busy=true {}>28 of 53 seats</div>"
    assert show(seats.format("aria-valuenow=28 aria-valuemax=53"), work) is False
    assert show(seats.format(""), work) is True


def test_what_is_called_after_its_icon_and_says_something_is_heard(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await engine.evaluate(page, "messages")

    sign = "<span class='icon icon-error'><svg></svg></span>"
    assert show(f"<div class='callout callout-danger callout-icon'>{sign}Wrong password</div>", work) == [
        "Wrong password"
    ]


# -- questions -------------------------------------------------------------------------------------------------------
ASKS = """
<script>window.ask = () => {{ document.body.insertAdjacentHTML("beforeend", `
<div role=alertdialog aria-label="Deactivate Ann Lee?"><p>Ann Lee can no longer log in.</p>
<label><input type=checkbox onchange="document.querySelector('.yes').disabled = !this.checked"> {}</label>
<button>Cancel</button>
<button class=yes disabled onclick="document.body.dataset.said = 'yes'">Deactivate</button></div>`) }};</script>
"""


async def confirmed(page: Page) -> str:
    dialog = ConfirmDialog(lane_on(page), EMAIL, words.AFFIRM_DEACTIVATE)
    await dialog.lane.remember("question")
    await page.evaluate("ask()")
    try:
        await dialog.confirm(await dialog.ready())
    except ConsoleDrift as drift:
        return f"{drift.message}, said {await page.evaluate('document.body.dataset.said')}"
    return str(await page.evaluate("document.body.dataset.said"))


def test_that_a_question_was_understood_is_ticked_where_its_button_waits_for_that(show: Show) -> None:
    assert show(ASKS.format("I understand"), confirmed) == "yes"


@pytest.mark.parametrize("box", ["I understand that this deletes the records", "Send a survey"])
def test_another_box_is_left_alone_and_the_question_unanswered(show: Show, box: str) -> None:
    assert show(ASKS.format(box), confirmed) == "the button to confirm stays disabled, said None"


# -- lists -----------------------------------------------------------------------------------------------------------
LIST_IN_DIALOG = """
<div role=dialog aria-label="Invite User" onkeydown="if (event.key === 'Escape') this.remove()">
<label>Groups <input role=combobox aria-expanded=false aria-controls=them></label>
<div id=them role=listbox hidden><div role=option>Sales</div><div role=option>R&amp;D</div></div></div>
<script>
  const field = document.querySelector("input"), list = document.querySelector("#them");
  const show = (on) => { list.hidden = !on; field.setAttribute("aria-expanded", String(on)); };
  field.onfocus = field.onclick = () => show(true);
  field.onblur = () => show(false);
</script>
"""


class Groups(Screen):
    name = "form"
    groups = Declared(MultiChoice, words.FIELD_GROUPS)


def test_a_list_in_a_dialog_is_closed_without_the_key_that_closes_the_dialog_too(show: Show) -> None:
    async def work(page: Page) -> tuple[bool, int]:
        offered = await Groups(lane_on(page)).groups.offers("Sales")
        assert not await page.get_by_role("option").count()
        return offered, await page.get_by_role("dialog").count()

    assert show(LIST_IN_DIALOG, work) == (True, 1)


HIDDEN_BOX = """
<style>input { position: absolute; width: 1px; height: 1px; clip: rect(0, 0, 0, 0) } button { cursor: pointer }</style>
<div><label><input type=checkbox><span>Skip rows with errors</span></label><button>Choose another file</button></div>
"""


def test_a_box_that_nobody_sees_is_known_by_its_label_and_not_taken_for_the_button_beside_it(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        found = lane_on(page).find("agreement", words.SKIP_BAD_ROWS, like=words.SKIP_BAD_ROWS_LIKE)
        return [await each.evaluate("el => el.type") for each in await found.all()]

    assert show(HIDDEN_BOX, work) == ["checkbox"]
