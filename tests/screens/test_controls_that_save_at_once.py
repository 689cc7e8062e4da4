"""A person beside the list, each of whose details is saved as soon as its control is used; in small."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.edit import _ACTING
from connector.actions.ways import Ways
from connector.errors import ConsoleDrift
from connector.models import Edit, Person, Role
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import lane_on, looked_at

ANN = "ann@x.example"
HERS = Person(email=ANN, first_name="Ann", last_name="Lee", shown_name="Ann Lee", role=Role.LEARNER, groups=("Sales",))

PAGE = """<style>.field { display: grid; grid-template-columns: 130px 1fr } button { cursor: pointer; border: 0 }
  .tag { background: #eef; border-radius: 12px } #pop { position: fixed; top: 200px; left: 300px; background: #fff }
</style><main><h1>People</h1><table><thead><tr><th>Name</th><th>Email</th></tr></thead><tbody><tr><td>
  <a href="#" onclick="open_(); return false">Ann Lee</a></td><td>ann@x.example</td></tr></tbody></table>
  <section id=pane aria-label="Person details">Select a person.</section></main>
<script>
  window.sent = [];
  let role = "Learner", groups = ["Sales"];
  const all = ["Sales", "Sales EMEA", "Support"];
  const pane = document.querySelector("#pane"), find = (css) => document.querySelector(css);
  const section = (id, label, inside) => `<div class=field><div id=${id}>${label}</div>
    <div><div role=group aria-labelledby=${id}>${inside}</div><p role=alert></p></div></div>`;
  const send = async (what, done) => {
    sent.push(what);
    const answer = await fetch("/save", { method: "POST", body: what });
    if (!answer.ok) { find("[role=alert]").textContent = "Changes are switched off for now."; return; }
    done();
    open_();
  };
  const choose = (to) => send(`role ${to}`, () => { role = to; });
  const roleTo = (to) => {
    if (to !== "Admin") { choose(to); return; }
    pane.insertAdjacentHTML("beforeend", `<div role=alertdialog style="position: fixed; top: 0" id=q>
      <strong>Make Ann Lee an Admin?</strong><p>Admins can manage everyone.</p><button onclick="find('#q').remove()">
      Cancel</button><button onclick="find('#q').remove(); choose('Admin')">Make Admin</button></div>`);
  };
  const leave = (name) => send(`out of ${name}`, () => { groups = groups.filter((each) => each !== name); });
  const join = (name) => send(`in ${name}`, () => { groups.push(name); find("#pop").remove(); });
  const option = (name) => `<li role=option onclick="join('${name}')">${name}</li>`;
  const pick = () => { document.body.insertAdjacentHTML("beforeend", `<div id=pop><ul role=listbox aria-label=Groups>
    ${all.filter((each) => !groups.includes(each)).map(option).join("")}</ul></div>`);
    onkeydown = (event) => event.key === "Escape" && find("#pop")?.remove(); };
  const tag = (name) => `<span class=tag>${name}<button aria-label="Remove from ${name}" onclick="leave('${name}')">×
    </button></span>`;
  const open_ = () => { find("#pop")?.remove(); pane.innerHTML = `<h2>Ann Lee</h2>
    ${section("e", "Email", "ann@x.example")}${section("r", "Role", `<div role=radiogroup aria-labelledby=r>
    ${["Learner", "Manager", "Admin"].map((each) => `<button role=radio aria-checked=${each === role}
    onclick="roleTo('${each}')">${each}</button>`).join("")}</div>`)}
    ${section("g", "Groups", `${groups.map(tag).join("")}
    <button aria-haspopup=dialog onclick=pick()>+ Add to group</button>`)}
    EXTRA`; };
</script>"""


TABS = """<main><h1>Users</h1><table><thead><tr><th>Name</th><th>Email</th></tr></thead><tbody><tr><td>
  <a href="#" onclick="open_(); return false">Ann Lee</a></td><td>ann@x.example</td></tr></tbody></table></main>
<script>
  window.sent = [];
  let groups = ["Sales"], managers = ["bo@x.example"], first = "Ann", tab = "Details", editing = false;
  const send = async (what, done) => {
    sent.push(what);
    const answer = await fetch("/save", { method: "POST", body: what });
    const alert = document.querySelector("[role=alert]");
    if (!answer.ok) return void (alert.textContent = "Changes are switched off for now.");
    done();
    open_();
  };
  // A turn to another tab ends editing; groups and managers are saved as soon as one is chosen.
  const turn = (to) => { tab = to; editing = false; open_(); };
  const held = (what, each) => `<ul aria-label="${what}">${each.map((one) =>
    `<li>${one}<button aria-label="Remove ${one}" onclick="drop('${what}', '${one}')">Remove</button></li>`).join("")}
    </ul>`;
  const drop = (what, one) => send(`${what} - ${one}`, () => what === "Groups" ?
    groups = groups.filter((each) => each !== one) : managers = managers.filter((each) => each !== one));
  const pick = (what, one) => send(`${what} + ${one}`, () => (what === "Groups" ? groups : managers).push(one));
  const picker = (label, what, offered) => `<label for=p>${label}</label><input id=p role=combobox aria-expanded=false
    aria-controls=l onfocus="l.hidden = false; this.ariaExpanded = true" oninput="l.hidden = false"
    onblur="setTimeout(() => { l.hidden = true; this.ariaExpanded = false; }, 150)"
    onkeydown="if (event.key === 'Escape') { l.hidden = true; this.ariaExpanded = false; event.stopPropagation(); }">
    <ul id=l role=listbox hidden>${offered.map((one) =>
    `<li role=option onclick="pick('${what}', '${one}')">${one}</li>`).join("")}</ul>`;
  const panels = {
    Details: () => editing ? `<form onsubmit="event.preventDefault(); send('first ' + f.value, () => { first = f.value;
      editing = false; })"><label>First name <input id=f value=${first}></label>
      <label>Last name <input value=Lee></label>
      <button>Save changes</button><button type=button onclick="turn('Details')">Cancel</button></form>` :
      `<dl><dt>First name</dt><dd>${first}</dd><dt>Last name</dt><dd>Lee</dd><dt>Email</dt><dd>ann@x.example</dd></dl>
      <button onclick="editing = true; open_()">Edit User Information</button>`,
    Managers: () => held("Managers", managers) + picker("Add Manager", "Managers", ["cy@x.example"]),
    Groups: () => held("Groups", groups) + picker("Add to group", "Groups", ["Sales EMEA", "Support"]),
  };
  const open_ = () => {
    document.querySelector("aside")?.remove();
    document.body.insertAdjacentHTML("beforeend", `<aside role=dialog aria-label="ann@x.example"
      style="position: fixed; top: 0; right: 0; width: 400px; background: #fff"><h2>${first} Lee</h2>
      <p>ann@x.example</p><p role=alert></p><div role=tablist>
      ${Object.keys(panels).map((each) => `<button role=tab aria-selected=${each === tab}
      onclick="turn('${each}')">${each}</button>`).join("")}</div><div role=tabpanel>${panels[tab]()}</div>
      <button aria-label=Close onclick="tab = 'Details'; this.parentNode.remove()">×</button></aside>`);
  };
</script>"""


async def changed(page: Page, part: Edit, html: str = PAGE.replace("EXTRA", ""), status: int = 200) -> tuple[Any, Any]:
    """What can be changed at once as the console is looked at, what it objects to one change, and what was sent."""
    context, ways = await looked_at(page, html, part, HERS, status)
    objections = [await _ACTING[way](context, each, HERS, way) for way, each in ways.parts(part)]
    return (sorted(ways.at_once), objections, await page.evaluate("sent")), await PersonScreen(
        context.lane, ANN
    ).shown()


@pytest.mark.parametrize(
    ("part", "sent"),
    [
        (Edit(email=ANN, role=Role.MANAGER), ["role Manager"]),
        (Edit(email=ANN, role=Role.ADMIN), ["role Admin"]),
        (Edit(email=ANN, add_groups=("Sales EMEA",)), ["in Sales EMEA"]),
        (Edit(email=ANN, remove_groups=("Sales",)), ["out of Sales"]),
        (
            Edit(email=ANN, role=Role.MANAGER, add_groups=("Support",), remove_groups=("Sales",)),
            ["role Manager", "in Support", "out of Sales"],
        ),
    ],
)
def test_a_role_and_groups_are_changed_where_their_controls_save_at_once(
    show: Show, part: Edit, sent: list[str]
) -> None:
    async def work(page: Page) -> Any:
        return await changed(page, part)

    (at_once, objections, asked), person = show("", work)
    assert (at_once, asked) == (["groups", "role"], sent)
    assert objections == [[] for _ in sent]
    assert person.role is (part.role or Role.LEARNER)
    assert set(part.add_groups) <= set(person.groups)
    assert not set(part.remove_groups) & set(person.groups)


@pytest.mark.parametrize(
    ("part", "at_once", "sent"),
    [
        (Edit(email=ANN, add_groups=("Support",)), ["groups", "managers"], ["Groups + Support"]),
        (Edit(email=ANN, remove_groups=("Sales",)), ["groups", "managers"], ["Groups - Sales"]),
        (
            Edit(email=ANN, first_name="Anne", add_groups=("Support",), add_managers=("cy@x.example",)),
            ["groups", "managers"],
            ["first Anne", "Groups + Support", "Managers + cy@x.example"],
        ),
        (Edit(email=ANN, remove_managers=("bo@x.example",)), ["groups", "managers"], ["Managers - bo@x.example"]),
    ],
    ids=["into a group", "out of a group", "name, group and manager", "away from a manager"],
)
def test_tabs_that_end_editing_and_save_at_once_are_used_as_they_are(
    show: Show, part: Edit, at_once: list[str], sent: list[str]
) -> None:
    async def work(page: Page) -> Any:
        return await changed(page, part, TABS)

    (counts_at_once, objections, asked), person = show("", work)
    assert (counts_at_once, asked) == (at_once, sent)
    assert objections == [[] for _ in sent]
    assert person.first_name == (part.first_name or "Ann")


def test_what_a_tab_refuses_at_once_is_told(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await changed(page, Edit(email=ANN, add_groups=("Support",)), TABS, status=409)

    (_, objections, asked), _ = show("", work)
    assert (asked, objections) == (["Groups + Support"], [["Changes are switched off for now."]])


@pytest.mark.parametrize(
    "part",
    [
        Edit(email=ANN, role=Role.MANAGER),
        Edit(email=ANN, role=Role.ADMIN),
        Edit(email=ANN, add_groups=("Support",)),
        Edit(email=ANN, remove_groups=("Sales",)),
    ],
)
def test_what_the_console_refuses_at_once_is_told_and_not_tried_again(show: Show, part: Edit) -> None:
    async def work(page: Page) -> Any:
        return await changed(page, part, status=409)

    (_, objections, sent), person = show("", work)
    assert objections == [["Changes are switched off for now."]]
    assert len(sent) == 1
    assert (person.role, person.groups) == (Role.LEARNER, ("Sales",))


@pytest.mark.parametrize(
    "extra", ["<label>First name <input value=Ann></label>", "<button>Save changes</button>", "<button>Edit</button>"]
)
def test_nothing_counts_at_once_where_anything_is_to_be_saved(show: Show, extra: str) -> None:
    async def work(page: Page) -> frozenset[str]:
        await page.set_content(PAGE.replace("EXTRA", extra))
        await page.evaluate("open_()")
        return await PersonScreen(lane_on(page, timeout=2), ANN).at_once()

    assert show("", work) == frozenset()


def test_what_is_neither_sent_nor_to_be_saved_is_drift(show: Show) -> None:
    async def work(page: Page) -> None:
        html = PAGE.replace("EXTRA", "").replace("sent.push(what);", "return;")
        with pytest.raises(ConsoleDrift, match="nothing saves what was changed"):
            await changed(page, Edit(email=ANN, role=Role.MANAGER), html)

    show("", work)


def test_each_group_is_changed_and_read_back_by_itself() -> None:
    ways = Ways(frozenset(), frozenset(), at_once=frozenset({"role", "groups"}))
    part = Edit(email=ANN, add_groups=("A", "B"), remove_groups=("C",))
    assert not ways.lacks(part)
    assert ways.parts(part) == [
        ("at once", Edit(email=ANN, add_groups=("A",))),
        ("at once", Edit(email=ANN, add_groups=("B",))),
        ("at once", Edit(email=ANN, remove_groups=("C",))),
    ]
    assert ways.lacks(Edit(email=ANN, add_managers=("bo@x.example",))) == ["managers"]


@pytest.mark.parametrize(
    ("html", "closers"),
    [
        ("<span>Sales<button aria-label='Remove from Sales'>×</button></span>", 0),
        ("<span>Sales<button title='Remove'>×</button></span>", 0),
        ("<span class='chip'>Sales<button>×</button></span>", 0),
        ("<header><b>Ann Lee</b><button>×</button></header>", 1),
        ("<header><b>Ann Lee</b><button aria-label='Close panel'>×</button></header>", 1),
    ],
)
def test_a_cross_that_takes_a_group_away_does_not_close_the_person(show: Show, html: str, closers: int) -> None:
    async def work(page: Page) -> int:
        lane = lane_on(page, timeout=1)
        return await PersonScreen(lane, ANN, page.locator("section")).close_button.locator.count()

    assert show(f"<main><section>{html}</section></main>", work) == closers
