"""A list of people without a header at the left, and beside it whoever is chosen in it; in small."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift
from connector.models import Person, Role, Status
from page_objects import words
from page_objects.controls import engine
from page_objects.groups_screen import GroupsScreen, GroupsTable
from page_objects.person_actions import PersonView
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

ANN, BO, CY = "ann@x.example", "bo@x.example", "cy@x.example"


# -- a list without a header -------------------------------------------------------------------------------------------
STYLE = """<style>
  .item { display: grid; grid-template-columns: 32px 1fr auto } .two > span { display: block }
  .dot { display: inline-block; width: 8px; height: 8px } .field { display: grid; grid-template-columns: 130px 1fr }
  button { cursor: pointer; border: 0 } .tag { background: #eef; border-radius: 12px }
</style>"""


def item(name: str, second: str, status: str = "Active") -> str:
    return (
        "<div role=option class=item aria-selected=false><span aria-hidden=true>AL</span>"
        f"<span class=two><span>{name}</span><span>{second}</span></span>"
        f'<span class=dot role=img aria-label="{status}"></span></div>'
    )


def people(*items: str, name: str = "People") -> str:
    return f'{STYLE}<main><h1>People</h1><div role=listbox tabindex=0 aria-label="{name}">{"".join(items)}</div></main>'


async def listed(page: Page) -> list[Person]:
    table = PeopleTable(lane_on(page), "People")
    return [table.person(row) for row in (await table.look()).rows]


def test_one_item_of_a_list_without_a_header_is_one_person(show: Show) -> None:
    items = (
        item("Ann Lee", ANN),
        item("Bo <mark>Ray</mark>", f"{BO} · reports to {ANN}", "Invited"),
        item(CY, "No name yet", "Deactivated"),
    )
    found = show(people(*items), listed)
    assert [(person.email, person.first_name, person.status) for person in found] == [
        (ANN, "Ann", Status.ACTIVE),
        (BO, "Bo", Status.INVITED),
        (CY, None, Status.DEACTIVATED),
    ]
    assert found[1].managers is None


@pytest.mark.parametrize("name", [f"Assistant to {ANN}", ANN, f"{ANN} · out"])
def test_whoever_is_called_by_another_s_address_is_told_by_the_line_of_the_addresses(show: Show, name: str) -> None:
    found = show(people(item("Ann Lee", ANN), item(name, BO), item("Cy Poe", CY)), listed)
    assert [person.email for person in found] == [ANN, BO, CY]


def test_where_no_other_item_says_which_line_it_is_nobody_is_told(show: Show) -> None:
    async def work(page: Page) -> list[str | None]:
        return [row.email for row in (await PeopleTable(lane_on(page), "People").look()).rows]

    assert show(people(item(ANN, BO), item(CY, f"{ANN} · reports to {BO}")), work) in ([], [None, None])


LINE = "<li><b>{}</b> <span>{}</span>{}</li>"
OPTIONS = f"<li role=option>{ANN}</li><li role=option>{BO}</li>"
MEMBERS = "<ul{}>" + LINE + LINE + "</ul>"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Top learners</h2>" + MEMBERS.format("", "Ann Lee", ANN, "", "Bo Ray", BO, ""),
        MEMBERS.format(" aria-label='New users'", "Ann Lee", ANN, "", "Bo Ray", BO, ""),
        MEMBERS.format(" aria-label=Members", "Ann Lee", ANN, "", "Bo Ray", BO, ""),
        "<h2>Members</h2>" + MEMBERS.format("", "Ann Lee", ANN, "", "Bo Ray", BO, ""),
        MEMBERS.format("", "Ann Lee", ANN, "<button>Remove</button>", "Bo Ray", BO, "<button>Remove</button>"),
        f"<ul role=menu><li role=menuitem>{ANN}</li><li role=menuitem>{BO}</li></ul>",
        f"<input role=combobox aria-controls=l><ul id=l role=listbox>{OPTIONS}</ul>",
        f"<div style='position: absolute'><ul role=listbox>{OPTIONS}</ul></div>",
        f"<form><ul role=listbox aria-label=Manager>{OPTIONS}</ul></form>",
        f"<div role=dialog><ul><li>{ANN}</li><li>{BO}</li></ul></div>",
        f"<nav><ul><li>{ANN}</li><li>{BO}</li></ul></nav>",
        f"<ul><li>{ANN}</li><li>Sales</li></ul>",
        f"<ul><li>{ANN}</li></ul>",
        "<ul role=listbox aria-label=Groups><li role=option>Sales</li><li role=option>Support</li></ul>",
        f"<ul><li>{ANN}</li><li>{ANN}</li></ul>",
    ],
)
def test_what_is_not_surely_the_list_of_people_is_none(show: Show, html: str) -> None:
    async def work(page: Page) -> int:
        return (await PeopleTable(lane_on(page), "People").look()).found

    assert show(f"<main><h1>People</h1>{html}</main>", work) == 0


def test_a_list_that_was_one_of_people_stays_it_with_the_one_person_whom_a_search_leaves(show: Show) -> None:
    async def work(page: Page) -> list[list[str | None]]:
        table = PeopleTable(lane_on(page), "People")
        before = await table.look()
        await page.locator("[role=option]").first.evaluate("el => el.remove()")
        return [[row.email for row in reading.rows] for reading in (before, await table.look())]

    html = people(item("Ann Lee", ANN), item("Bo Ray", BO), name="Directory of everybody")
    assert show(html, work) == [[ANN, BO], [BO]]


def test_that_there_is_a_list_of_what_may_be_people_is_said(show: Show) -> None:
    async def work(page: Page) -> str:
        with pytest.raises(ConsoleDrift) as drift:
            await PeopleTable(lane_on(page, 0.4), "People").read()
        return str(drift.value.seen)

    html = "<main>" + MEMBERS.format(" aria-label=Members", "Ann Lee", ANN, "", "Bo Ray", BO, "") + "</main>"
    assert show(html, work) == "a list without columns of 2 items with addresses, 'Members'"


# -- whoever is chosen, beside the list --------------------------------------------------------------------------------
def field(label: str, value: str, at: str) -> str:
    return (
        f"<div class=field><div class=field-label id={at}>{label}</div><div><div class=line>{value}</div></div></div>"
    )


def editable(label: str, value: str, at: str) -> str:
    button = (
        f'<button class=value id={at}v aria-labelledby="{at} {at}v" title="Click to edit"><bdi>{value}</bdi></button>'
    )
    return field(label, button, at)


ADD = "<button class=add aria-haspopup=dialog aria-expanded=false>+ Add to group</button>"
ROLES = "".join(
    f"<button role=radio aria-checked={on}>{role}</button>" for role, on in (("Learner", "true"), ("Admin", "false"))
)


def chip(name: str, of: str = "") -> str:
    return f'<span class=tag>{name}{of}<button aria-label="Remove from {name}">×</button></span>'


def details(
    email: str = ANN,
    *,
    first: str = "Ann",
    groups: str = ADD,
    managers: str = "<button class=add>Set manager</button>",
    draw: Callable[[str, str, str], str] = editable,
) -> str:
    tied = "<div class=line role=group aria-labelledby={0}>{1}</div>"
    radios = f"<div role=radiogroup aria-labelledby=r>{ROLES}</div>"
    return (
        f"<h2>{first} Lee</h2><button aria-label='More actions' aria-haspopup=menu>…</button>"
        + draw("First name", first, "a")
        + draw("Last name", "Lee", "b")
        + draw("Email", email, "c")
        + field("Role", tied.format("r", radios), "r")
        + field("Groups", tied.format("g", groups), "g")
        + field("Manager", tied.format("m", managers), "m")
    )


def pane(inside: str, email: str = ANN) -> str:
    return f"{STYLE}<main><section aria-label='Person details'>{inside}</section></main>"


async def read_ann(page: Page) -> Person:
    return await PersonScreen(lane_on(page), ANN).read()


def test_a_button_that_adds_to_groups_is_none_of_them(show: Show) -> None:
    person = show(pane(details()), read_ann)
    assert (person.first_name, person.last_name, person.role) == ("Ann", "Lee", Role.LEARNER)
    assert (person.groups, person.managers) == ((), ())


def test_the_chips_beside_it_are_what_she_is_in_whatever_they_say_of_their_kind(show: Show) -> None:
    groups = chip("Sales") + chip("All Brightleaf", "<em title='Filled by a rule'>⚡ Dynamic</em>") + ADD
    remove = "<button aria-label='Remove Bo Ray as manager'>×</button>"
    manager = f"<span class=tag><a href='/p/2' title={BO}>Bo Ray</a><em>{BO}</em>{remove}</span>"
    managers = f"{manager}<button class=add>+ Add another manager</button>"
    person = show(pane(details(groups=groups, managers=managers)), read_ann)
    assert person.groups == ("Sales", "All Brightleaf")
    assert person.managers == (BO,)


def test_of_details_that_cannot_be_edited_the_button_of_another_is_no_value(show: Show) -> None:
    person = show(pane(details(groups=chip("Sales") + ADD, draw=field)), read_ann)
    assert (person.email, person.first_name, person.last_name, person.groups) == (ANN, "Ann", "Lee", ("Sales",))


UNTIED = f"""<main><div><div>Email</div><div>{ANN}</div></div>
  <div class=field><div class=l>Groups</div><div>GROUPS</div></div>
  <div class=field><div class=l>Manager</div><div><button>Set manager</button></div></div></main>"""
ABOVE = f"""<main><div><div>Email</div><div>{ANN}</div></div>
  <div><div><span>Groups</span> <button>+ Add to group</button></div><div>GROUPS</div></div></main>"""


@pytest.mark.parametrize(
    ("html", "groups", "held"),
    [
        (UNTIED, ADD, ()),
        (UNTIED, chip("Sales") + ADD, ("Sales",)),
        (ABOVE, chip("Sales"), ("Sales",)),
        (ABOVE, "somebody else may add her", None),
        (UNTIED, "<button aria-haspopup=dialog>Add-on Sellers</button>", None),
    ],
)
def test_where_nothing_ties_the_chips_to_their_label_only_chips_count(
    show: Show, html: str, groups: str, held: tuple[str, ...] | None
) -> None:
    assert show(STYLE + html.replace("GROUPS", groups), read_ann).groups == held


SPLIT = """<body style="margin: 0">{list}<section id=pane aria-label="Person details">Select a person.</section>
<div id=layer role=menu style="position: fixed; top: 0; right: 0" hidden><button role=menuitem>Deactivate</button></div>
<script>
  const shown = {shown};
  for (const option of document.querySelectorAll("[role=option]")) option.onclick = () => setTimeout(() => {{
    const of = option.querySelector(".two > span + span").textContent;
    document.querySelector("#pane").innerHTML = shown[of] ?? "Loading";
    const menu = document.querySelector("#pane [aria-haspopup=menu]");
    if (menu) menu.onclick = () => {{ document.querySelector("#layer").hidden = false; }};
  }}, 50);
</script>"""


def split(shown: dict[str, str]) -> str:
    return SPLIT.format(list=people(item("Ann Lee", ANN), item("Bo Ray", BO)), shown=json.dumps(shown))


def test_an_item_opens_the_person_in_her_place_beside_the_list(show: Show) -> None:
    async def work(page: Page) -> tuple[str, str]:
        lane = lane_on(page)
        person = await PersonView(lane, PeopleTable(lane, "People"), BO).open()
        assert person is not None
        assert person.scope is not None
        return (await person.read()).email, str(await person.scope.get_attribute("id"))

    assert show(split({ANN: details(), BO: details(BO, first="Bo")}), work) == (BO, "pane")


def test_the_place_of_somebody_whose_manager_she_is_is_not_hers(show: Show) -> None:
    async def work(page: Page) -> None:
        lane = lane_on(page, 0.5)
        with pytest.raises(ConsoleDrift, match="the person is missing"):
            await PersonView(lane, PeopleTable(lane, "People"), BO).open()

    manager = f"<span class=tag>{BO}<button aria-label='Remove'>×</button></span>"
    show(split({BO: details(ANN, managers=manager)}), work)


@pytest.mark.parametrize("draw", [editable, field])
def test_whoever_is_called_deactivate_is_not_taken_for_the_action(show: Show, draw: Any) -> None:
    async def work(page: Page) -> str | None:
        lane = lane_on(page)
        action = await PersonView(lane, PeopleTable(lane, "People"), ANN).reach(words.DEACTIVATE)
        return None if action is None else await action.get_attribute("role")

    named = "<button>Deactivate</button>" if draw is field else "Deactivate"
    inside = details(first="Dea", groups=chip("Sales") + ADD, draw=draw).replace(">Dea<", f">{named}<")
    assert show(split({ANN: inside}), work) == "menuitem"


# -- a list of people is none of a field's options ---------------------------------------------------------------------
PICKER = """<label for=g>Groups</label>
<input id=g role=combobox aria-controls=o aria-expanded=false onclick="o.hidden = false; this.ariaExpanded = true"
  onkeydown="if (event.key === 'Escape') { o.hidden = true; this.ariaExpanded = false; }">
<ul id=o role=listbox hidden><li role=option>Sales</li><li role=option>ann@x.example</li></ul>"""


def test_a_list_of_people_on_the_page_is_nothing_that_a_field_offers(show: Show) -> None:
    async def work(page: Page) -> tuple[list[str], list[str], bool, bool]:
        lane = lane_on(page)
        await lane.remember()
        closed = await engine.evaluate(page, "offered")
        form = Form(lane, page.locator("#form"))
        offers = await form.groups.offers("Sales"), await form.groups.offers("Support")
        return closed, await form.groups.options(), *offers

    html = people(item("Ann Lee", ANN), item("Bo Ray", BO)) + f"<div id=form>{PICKER}</div>"
    assert show(html, work) == ([], ["Sales", ANN], True, False)


# -- groups in such a list ---------------------------------------------------------------------------------------------
def group(name: str, said: str) -> str:
    two = f"<span class=two><span>{name}</span><span>{said}</span></span>"
    return f"<div role=option class=item><span aria-hidden=true>#</span>{two}</div>"


GROUPS = f"""{STYLE}<main><h1>Groups</h1><button>+ New group</button>
<div role=listbox aria-label=Groups>
{group("Sales", "12 members · Static")}{group("Sales EMEA", "1 member · Dynamic")}</div>
<section id=pane>Select a group.</section></main>
<div id=layer role=menu style="position: fixed; top: 0; right: 0" hidden>
<button role=menuitem>Delete group</button></div>
<script>
  for (const option of document.querySelectorAll("[role=option]")) option.onclick = () => {{
    const name = option.querySelector(".two > span").textContent;
    const menu = '<button aria-label="More actions" aria-haspopup=menu>…</button>';
    const members = "<p>12 members · Static group</p><ul aria-label=Members><li>ann@x.example</li></ul>";
    document.querySelector("#pane").innerHTML = `<h2><button>${{name}}</button></h2>${{menu}}${{members}}`;
    const layer = document.querySelector("#layer");
    document.querySelector("#pane [aria-haspopup]").onclick = () => {{ layer.hidden = false; }};
  }};
</script>"""


def test_groups_are_read_from_items_that_say_how_many_and_of_which_kind(show: Show) -> None:
    async def work(page: Page) -> list[tuple[str, str | None, int | None]]:
        table = GroupsTable(lane_on(page), "Groups")
        found = [table.group(row) for row in (await table.look()).rows]
        return [(group.name, group.kind, group.members) for group in found]

    assert show(GROUPS, work) == [("Sales", "static", 12), ("Sales EMEA", "dynamic", 1)]


def test_a_group_is_deleted_from_its_own_view_where_its_row_offers_nothing(show: Show) -> None:
    async def work(page: Page) -> tuple[str, str]:
        screen = GroupsScreen(lane_on(page))

        async def row(name: str) -> Any:
            return screen.table.row_named(name)

        screen.show_row = row  # type: ignore[method-assign]
        selected = await screen.select("Sales")
        return str(await selected.action.text_content()), await page.locator("h2").inner_text()

    assert show(GROUPS, work) == ("Delete group", "Sales")


def test_what_a_members_row_offers_does_not_delete_the_group(show: Show) -> None:
    html = GROUPS.replace("<li>ann@x.example</li>", "<li>ann@x.example <button>Delete</button></li>")

    async def work(page: Page) -> str:
        screen = GroupsScreen(lane_on(page))

        async def row(name: str) -> Any:
            return screen.table.row_named(name)

        screen.show_row = row  # type: ignore[method-assign]
        return str(await (await screen.select("Sales")).action.text_content())

    assert show(html, work) == "Delete group"


# -- what a survey suggests --------------------------------------------------------------------------------------------
def test_what_a_filter_is_set_to_is_no_name_of_an_action_that_was_not_found(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        asked = {"queries": [{"kind": "action", "words": ["Export"]}], "known": ["Export"]}
        [found] = await engine.evaluate(page, "inspect", asked, also="inspect.js")
        return list(found["instead"])

    html = f"""<main><button aria-haspopup=menu>Status: Active</button><button>Download all</button>
      {chip("Sales")}{ADD}</main>"""
    assert show(html, work) == ["Download all"]
