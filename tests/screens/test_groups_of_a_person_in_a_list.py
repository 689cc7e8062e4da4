"""Groups of a person as a list on a tab of hers: a button opens a form for one more, each row takes one away; in small.

Tried with a group that is called what the button is called, and with names that go on where another ends.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.context import Context
from connector.actions.edit import _ACTING
from connector.actions.ways import Ways
from connector.errors import ConsoleDrift
from connector.models import Edit, Person
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import lane_on, looked_at

ANN = "ann@x.example"

PAGE = """<main id=main><h1>Users</h1><table><thead><tr><th>Name</th><th>Email</th></tr></thead><tbody><tr><td>
  <a href="#" onclick="open_(); return false">Ann Lee</a></td><td>ann@x.example</td></tr></tbody></table></main>
<script>
  window.sent = [];
  let groups = ["Sales EMEA", "Add to group", "Sales"], tab = "Profile";
  const known = ["Sales", "Sales EMEA", "Support", "Support (old)"], main = document.querySelector("#main");
  const send = async (what, done) => {
    sent.push(what);
    const answer = await fetch("/save", { method: "POST", body: what });
    if (!answer.ok) return void (document.querySelector("[role=alert]").textContent = "Changes are switched off.");
    done();
    open_();
  };
  const add = () => {
    document.body.insertAdjacentHTML("beforeend", `<div role=dialog aria-modal=true aria-label="Add Ann Lee to a group"
      style="position: fixed; top: 99px; background: #fff"><h2>Add Ann Lee to a group</h2><label>Group <select>
      <option value="">Choose</option>${known.map((one) => `<option>${one}</option>`).join("")}</select></label>
      <button onclick="this.parentNode.remove()">Cancel</button><button id=yes>Add to group</button></div>`);
    const dialog = document.querySelector("[role=dialog]"), to = dialog.querySelector("select");
    document.querySelector("#yes").onclick = () => send(`in ${to.value}`, () => {
      groups.push(to.value); dialog.remove();
    });
  };
  const out = (at) => send(`out of ${groups[at]}`, () => groups.splice(at, 1));
  const panels = {
    Profile: () => `<form><label>First name <input value=Ann></label><label>Last name <input value=Lee></label>
      <button>Save changes</button></form>`,
    Groups: () => `<h2>Groups</h2>ADDER<ul>${groups.map((one, at) => `<li><a href="#/g/${at}">${one}</a>
      <button aria-label="Remove from ${one}" onclick="out(${at})">Remove</button></li>`).join("")}</ul>`,
  };
  const open_ = () => { main.innerHTML = `<h1>Ann Lee</h1><p>ann@x.example</p><p role=alert></p><div role=tablist>
    ${Object.keys(panels).map((each) => `<button role=tab aria-selected=${each === tab}
    onclick="tab = '${each}'; open_()">${each}</button>`).join("")}</div><div role=tabpanel>${panels[tab]()}</div>`; };
</script>"""
ADDER = "<button onclick=add()>Add to group</button>"
HERS = Person(
    email=ANN, first_name="Ann", last_name="Lee", shown_name="Ann Lee", groups=("Sales EMEA", "Add to group", "Sales")
)


async def looked(page: Page, part: Edit, html: str, status: int = 200) -> tuple[Context, Ways]:
    context, ways = await looked_at(page, html, part, HERS, status)
    await context.lane.go(f"{context.lane.base_url}/admin/users", screen="People")
    return context, ways


@pytest.mark.parametrize(
    ("part", "sent"),
    [
        (Edit(email=ANN, add_groups=("Support",)), "in Support"),
        (Edit(email=ANN, remove_groups=("Sales",)), "out of Sales"),
        (Edit(email=ANN, remove_groups=("Add to group",)), "out of Add to group"),
    ],
)
@pytest.mark.parametrize("status", [200, 409])
def test_one_group_is_added_by_its_form_and_taken_away_in_its_row(
    show: Show, part: Edit, sent: str, status: int
) -> None:
    async def work(page: Page) -> Any:
        context, ways = await looked(page, part, PAGE.replace("ADDER", ADDER), status)
        ((way, one),) = ways.parts(part)
        objections = await _ACTING[way](context, one, HERS, way)
        return way, ways.unknown_groups, await page.evaluate("sent"), bool(objections)

    assert show("", work) == ("listed", frozenset(), [sent], status == 409)


LATE = """
  const draw = open_;
  window.open_ = () => {
    main.innerHTML = "<h1>Ann Lee</h1><p>ann@x.example</p><p aria-busy=true class=skeleton>Loading</p>";
    setTimeout(draw, 400);
  };
</script>"""


def test_her_tabs_may_come_later_than_her_name(show: Show) -> None:
    part = Edit(email=ANN, remove_groups=("Sales",))
    html = PAGE.replace("ADDER", ADDER).replace("open_(); return false", "window.open_(); return false")

    async def work(page: Page) -> Any:
        context, ways = await looked(page, part, html.replace("</script>", LATE))
        ((way, one),) = ways.parts(part)
        await _ACTING[way](context, one, HERS, way)
        return await page.evaluate("sent")

    assert show("", work) == ["out of Sales"]


ASKS = """
  const out = (at) => {
    document.body.insertAdjacentHTML("beforeend", `<div role=alertdialog aria-modal=true style="position: fixed;
      top: 99px; background: #fff"><h2>QUESTION</h2><button>Cancel</button><button>Remove</button></div>`);
    const dialog = document.querySelector("[role=alertdialog]"), [no, yes] = dialog.querySelectorAll("button");
    no.onclick = () => dialog.remove();
    yes.onclick = () => { dialog.remove(); send(`out of ${groups[at]}`, () => groups.splice(at, 1)); };
  };
"""


@pytest.mark.parametrize(
    ("question", "sent"),
    [
        ("Remove Ann Lee from Sales?", ["out of Sales"]),
        ("Remove ann@x.example from the group?", ["out of Sales"]),
        ("Remove Ann Lee from Sales EMEA?", []),
        ("Remove Bo Ek from the company?", []),
    ],
)
def test_a_group_whose_removal_is_asked_back_is_left_where_the_question_is_about_it(
    show: Show, question: str, sent: list[str]
) -> None:
    part = Edit(email=ANN, remove_groups=("Sales",))
    html = (
        PAGE.replace("ADDER", ADDER)
        .replace("  const out =", "  const out_ =")
        .replace("  const panels", ASKS + "  const panels")
    )

    async def work(page: Page) -> Any:
        context, ways = await looked(page, part, html.replace("QUESTION", question))
        context.lane.know_groups(HERS.groups or ())
        ((way, one),) = ways.parts(part)
        try:
            await _ACTING[way](context, one, HERS, way)
            answered = True
        except ConsoleDrift:
            answered = False
        return answered, await page.evaluate("sent"), await page.locator("[role=alertdialog]").count()

    assert show("", work) == (bool(sent), sent, 0)


@pytest.mark.parametrize(
    ("part", "adder", "listed"),
    [
        (Edit(email=ANN, add_groups=("Support",)), "", False),
        (Edit(email=ANN, add_groups=("Support",)), ADDER * 2, False),
        (Edit(email=ANN, remove_groups=("Sal",)), ADDER, False),
        (Edit(email=ANN, remove_groups=("Sales",)), "", True),
    ],
    ids=["nothing adds", "two add", "no such row", "to take away needs no adder"],
)
def test_groups_are_changed_in_a_list_only_where_it_says_all_that_is_asked(
    show: Show, part: Edit, adder: str, listed: bool
) -> None:
    async def work(page: Page) -> bool:
        lane = lane_on(page, timeout=2)
        await page.set_content(PAGE.replace("ADDER", adder))
        await page.evaluate("open_()")
        screen = PersonScreen(lane, ANN, page.locator("main"))
        return await screen.lists_groups(part.add_groups, part.remove_groups)

    assert show("", work) is listed


def test_a_group_that_the_form_does_not_offer_is_known_before_anything_is_sent(show: Show) -> None:
    part = Edit(email=ANN, add_groups=("Suppor",))

    async def work(page: Page) -> Any:
        _, ways = await looked(page, part, PAGE.replace("ADDER", ADDER))
        return ways.unknown_groups, await page.evaluate("sent")

    assert show("", work) == (frozenset({"Suppor"}), [])


def test_groups_in_a_list_are_changed_one_after_the_other() -> None:
    ways = Ways(frozenset({"names"}), frozenset(), listed=frozenset({"groups"}))
    part = Edit(email=ANN, first_name="Anne", add_groups=("A", "B"), remove_groups=("C",))
    assert not ways.lacks(part)
    assert ways.parts(part) == [
        ("form", Edit(email=ANN, first_name="Anne")),
        ("listed", Edit(email=ANN, add_groups=("A",))),
        ("listed", Edit(email=ANN, add_groups=("B",))),
        ("listed", Edit(email=ANN, remove_groups=("C",))),
    ]


def test_a_group_called_as_the_button_is_one_of_hers_and_a_badge_beside_a_name_is_none(show: Show) -> None:
    html = """<main><h1>Ann Lee</h1><p>ann@x.example</p><div><h2 style="display: inline">Groups</h2>
      <button>Add to group</button></div><ul>LIST</ul></main>"""
    entry = '<li><span><a href="#/g">NAME</a>BADGE</span><button aria-label="Remove from NAME">Remove</button></li>'
    badge = ' <span style="background: #eee">Dynamic</span>'
    entries = [("Add to group", ""), ("Partners", badge), ("Sales", "")]
    listed = "".join(entry.replace("NAME", name).replace("BADGE", beside) for name, beside in entries)

    async def work(page: Page) -> tuple[str, ...] | None:
        return (await PersonScreen(lane_on(page), ANN, page.locator("main")).shown()).groups

    assert show(html.replace("LIST", listed), work) == ("Add to group", "Partners", "Sales")
