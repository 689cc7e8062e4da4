"""Groups and managers on persons, and the list of groups, as consoles drew them whose authors knew only the guide."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.group_kinds import offered, told_of
from connector.actions.wishes import not_yet
from connector.errors import ConsoleDrift, Inexpressible, NoWay, OperationFailed
from connector.models import Edit, Person, Role
from page_objects import words
from page_objects.controls.multi_choice import Offer
from page_objects.groups_screen import GroupsScreen, GroupsTable
from page_objects.lane import Lane
from page_objects.person_screen import PersonScreen
from page_objects.reading import groups_in, is_among, names_offered
from page_objects.words import Vocabulary
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"


# -- the list of groups ------------------------------------------------------------------------------------------------
def list_of(rows: str, script: str = "") -> str:
    return f"""<h3>Groups</h3><a href="#">+ Add Group</a><table><thead><tr><th><input type=checkbox></th><th>Name</th>
      <th>Type</th><th>Users</th><th></th></tr></thead><tbody>{rows}</tbody></table><script>{script}</script>"""


NOTICE = "<tr><td colspan=5 class='text-center text-muted'>{}</td></tr>"
ROW = "<tr><td><input type=checkbox></td><td><a>Sales</a></td><td>Static</td><td>12</td><td></td></tr>"


async def read(page: Page) -> list[Any]:
    table = GroupsTable(lane_on(page), "Groups")
    return [(group.name, group.kind) for group in map(table.group, (await table.read()).rows)]


def test_a_row_that_says_that_the_groups_are_loading_is_waited_for_and_is_no_group(show: Show) -> None:
    comes = f"setTimeout(() => {{ document.querySelector('tbody').innerHTML = {ROW!r}; }}, 1800)"
    assert show(list_of(NOTICE.format("Loading..."), comes), read) == [("Sales", "static")]


@pytest.mark.parametrize("said", ["No groups yet", "Nobody has made a group here."])
def test_a_row_across_all_columns_is_no_group(show: Show, said: str) -> None:
    assert show(list_of(NOTICE.format(said)), read) == []


def test_rows_that_never_come_are_told_as_that(show: Show) -> None:
    async def work(page: Page) -> None:
        with pytest.raises(ConsoleDrift, match="did not come"):
            await GroupsTable(lane_on(page, timeout=0.5), "Groups").read()

    show(list_of(NOTICE.format("Loading...")), work)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("<a>New Hires</a> <span class=sub>dynamic</span>", ("New Hires", "dynamic")),
        ("New Hires <small>dynamic</small>", ("New Hires", "dynamic")),
        ("<a>Dynamic</a>", ("Dynamic", None)),
        ("<a><span>Dynamic</span></a>", ("Dynamic", None)),
    ],
)
def test_the_kind_beside_a_name_in_the_list_of_groups_is_told(show: Show, name: str, told: Any) -> None:
    html = f"""<h3>Groups</h3><table><thead><tr><th>Name</th><th>Users</th></tr></thead>
      <tbody><tr><td>{name}</td><td>12</td></tr></tbody></table>"""
    assert show(html, read) == [told]


@pytest.mark.parametrize(("keeps_asking", "way"), [(False, NoWay), (True, ConsoleDrift)])
def test_that_nothing_leads_to_the_groups_is_believed_of_pages_that_were_there_in_time(
    show: Show, keeps_asking: bool, way: type[ConsoleDrift]
) -> None:
    """Of such a console it is kept that it has no list of groups: not of one that was slow just now."""
    script = "<script>setInterval(() => fetch('/poll'), 50)</script>" if keeps_asking else ""

    async def work(page: Page) -> type[Exception]:
        async def answer(route: Any) -> None:
            if "/poll" not in route.request.url:
                await route.fulfill(content_type="text/html", body=f"<h1>Welcome</h1>{script}")

        await page.route("**/*", answer)
        await page.goto("http://console.example/")
        with pytest.raises(ConsoleDrift) as caught:
            await GroupsScreen(lane_on(page, timeout=2.5 if keeps_asking else 10)).open()
        return caught.type

    assert show("", work) is way


# -- groups whose names are joined by commas ---------------------------------------------------------------------------
JOINED = f"""<main><h1>Ann Lee</h1><dl><dt>Email</dt><dd>{EMAIL}</dd><dt>Role</dt><dd>Learner</dd>
  <dt>Groups</dt><dd>Sales, Sales EMEA, All Employees</dd><dt>Managers</dt><dd>bo@x.example</dd></dl></main>"""


@pytest.mark.parametrize(
    ("options", "groups"),
    [
        (["Sales", "Sales EMEA", "All Employees (dynamic)"], ("Sales", "Sales EMEA", "All Employees")),
        (["Sales", "Sales EMEA"], None),
    ],
)
def test_a_field_that_says_the_kind_of_a_group_names_the_group(
    show: Show, options: list[str], groups: tuple[str, ...] | None
) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page)
        lane.known_groups.update(names_offered(options))
        person = await PersonScreen(lane, EMAIL).shown()
        return person.groups, person.groups_text

    assert show(JOINED, work) == (groups, "Sales, Sales EMEA, All Employees")


def test_a_kind_in_brackets_after_a_joined_name_is_no_part_of_it() -> None:
    known = {"Sales", "All Employees", "Odd (static)"}
    assert groups_in("Sales, All Employees (dynamic)", known) == ("Sales", "All Employees")
    assert groups_in("Odd (static), Sales", known) == ("Odd (static)", "Sales")


@pytest.mark.parametrize(
    ("name", "is_in"),
    [
        ("Sales EMEA", True),
        ("Sales", True),
        ("All Employees", True),
        ("EMEA", None),  # there is a group 'Partners, EMEA'
        ("Partners, EMEA", True),
        ("Employees", False),
        ("Nobody", False),
    ],
)
def test_one_group_is_found_among_others_that_are_not_known(name: str, is_in: bool | None) -> None:
    text = "Sales, Sales EMEA, Partners, EMEA, All Employees (dynamic)"
    assert is_among(name, text, {"Sales", "Partners, EMEA", "EMEA"}) is is_in


def test_a_name_with_a_comma_that_may_be_two_others_is_not_told_to_be_there() -> None:
    assert is_among("Sales, EMEA", "Sales, EMEA", {"Sales", "EMEA", "Sales, EMEA"}) is None
    assert is_among("B, C", "A, B, C", {"A, B", "C", "B, C"}) is None


class Asked:
    """As much of an action's context as `told_of` asks for."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane


@pytest.mark.parametrize(("listed", "groups"), [(True, ("Sales EMEA",)), (False, None)])
def test_what_was_asked_about_is_told_only_where_all_groups_are_known(
    show: Show, listed: bool, groups: tuple[str, ...] | None
) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page)
        lane.known_groups.update(["Sales", "Sales EMEA"])
        if listed:
            lane.know_groups([])
        person = await PersonScreen(lane, EMAIL).shown()
        asked: Any = Asked(lane)
        return told_of(asked, person, ("Sales EMEA", "Support")).groups

    assert show(JOINED, work) == groups


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Person(email=EMAIL, groups=("Sales",)), "not in group Support (shown: Sales)"),
        (Person(email=EMAIL, groups_text="Sales, Support"), "her groups cannot be told apart: 'Sales, Support'"),
        (Person(email=EMAIL), "her groups are not shown"),
        (Person(email=EMAIL, groups=("Support",)), ""),
    ],
)
def test_what_is_missing_after_a_change_is_told_as_what_is_shown(person: Person, said: str) -> None:
    assert "; ".join(not_yet(Edit(email=EMAIL, add_groups=("Support",)), person)) == said


def test_a_role_that_is_not_there_yet_is_not_told_as_the_one_that_is_shown() -> None:
    wanted = Edit(email=EMAIL, role=Role.LEARNER, remove_managers=("bo@x.example",), last_name="Lee")
    person = Person(email=EMAIL, role=Role.ADMIN, managers=("bo@x.example",), first_name="Ann", last_name="Li")
    assert not_yet(wanted, person) == [
        "the name is 'Ann Li'",
        "the role is admin, not learner",
        "still reporting to bo@x.example (shown: bo@x.example)",
    ]
    assert not_yet(wanted, person.model_copy(update={"role": Role.LEARNER, "managers": (), "last_name": "Lee"})) == []


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ("<ul><li><a>Sales EMEA</a> <span class=sub>dynamic</span></li><li><a>Sales</a></li></ul>", "Sales EMEA;Sales"),
        ("<ul><li><a>Sales</a></li><li><a>Dynamic</a></li></ul>", "Sales;Dynamic"),
        ("<ul><li>Sales</li><li>Dynamic</li></ul>", "Sales;Dynamic"),
        ("<ul><li><b class=chip>Sales</b> <b class=chip>Dynamic</b></li></ul>", "Sales;Dynamic"),
    ],
)
def test_a_kind_beside_the_name_in_an_item_is_no_group(show: Show, groups: str, told: str) -> None:
    async def work(page: Page) -> Any:
        return (await PersonScreen(lane_on(page), EMAIL).shown()).groups

    assert show(JOINED.replace("Sales, Sales EMEA, All Employees", groups), work) == tuple(told.split(";"))


# -- what is offered, and cannot be chosen -----------------------------------------------------------------------------
LIST = """<div role=dialog aria-label="Edit Group"><div><label for=g>Groups</label>
  <ul class=choices><li><input id=g autocomplete=off></li></ul></div></div>
  <ul id=list role=listbox style="position: absolute; top: 200px" hidden>
  <li><div role=option>Sales</div></li><li class="select2-disabled"><div role=option>Engineering (dynamic)</div></li>
  <li class="select2-disabled"><div role=option>Closed</div></li></ul>
  <script>
    const field = document.querySelector("input"), list = document.querySelector("#list");
    field.onfocus = field.onclick = field.oninput = () => {
      list.hidden = false;
      for (const li of list.children) li.hidden = !li.textContent.includes(field.value);
    };
    field.onblur = () => { list.hidden = true; };
    document.onkeydown = (event) => { if (event.key === "Escape") list.hidden = true; };
  </script>"""
SELECT = """<label>Groups <select multiple><option>Sales<option disabled>Engineering (dynamic)<option disabled>Closed
  </select></label>"""
BOXES = """<fieldset><legend>Groups</legend><label><input type=checkbox> Sales</label>
  <label><input type=checkbox disabled> Engineering <em>(dynamic – rules decide)</em></label>
  <label><input type=checkbox disabled> Closed</label></fieldset>"""


@pytest.mark.parametrize("html", [LIST, SELECT, BOXES], ids=["list", "select", "boxes"])
@pytest.mark.parametrize(
    ("name", "offer"),
    [
        ("Sales", (True, False)),
        ("Engineering", (True, True)),
        ("Closed", (True, True)),
        ("Sale", (False, False)),
        ("Engineer", (False, False)),
    ],
)
def test_a_group_that_cannot_be_chosen_is_no_unknown_one(
    show: Show, html: str, name: str, offer: tuple[bool, bool]
) -> None:
    async def work(page: Page) -> Any:
        found: Offer = await Form(lane_on(page)).groups.offer(name)
        return found.known, bool(found.shut)

    assert show(html, work) == offer


def test_a_group_that_cannot_be_chosen_is_refused_as_that(show: Show) -> None:
    async def work(page: Page) -> None:
        field = Form(lane_on(page)).groups
        with pytest.raises(Inexpressible, match=r"'Engineering' as 'Engineering \(dynamic\)'.*cannot be chosen"):
            await offered(field, "Engineering", EMAIL)
        assert not await offered(field, "Support", EMAIL)

    show(SELECT, work)


# -- fields ------------------------------------------------------------------------------------------------------------
PICKS = """<form>{}<input type=text aria-label="Narrow the list of groups" placeholder="Narrow the list…">
  <div><label><input type=checkbox> Sales</label><label><input type=checkbox checked> Support</label></div></fieldset>
  {}<button>Save</button></form>"""
OWN = """<div><label for=new>Or a new group</label><span>It is made when you save.</span><input id=new></div>"""


@pytest.mark.parametrize("legend", ["Member of", "Groups", "Groups (optional)"])
def test_boxes_of_all_groups_are_the_field_for_groups(show: Show, legend: str) -> None:
    async def work(page: Page) -> Any:
        field = Form(lane_on(page)).groups
        await field.add("Sales")
        await field.remove("Support")
        return await field.read()

    assert show(PICKS.format(f"<fieldset><legend>{legend}</legend>", OWN), work) == ["Sales"]


async def with_a_new_one(page: Page) -> Any:
    field = Form(lane_on(page, timeout=1)).groups
    try:
        await field.add("Sales", create=True)
        await field.add("Sales APAC", create=True)
        assert await field.kept_all(["Sales", "Sales APAC"])
    except OperationFailed as failure:
        return failure.message, [await each.input_value() for each in await page.locator("input[type=text]").all()]
    return [await each.input_value() for each in await page.locator("input[type=text], #new").all()]


def test_a_new_group_is_named_in_its_own_field_and_not_where_the_list_is_narrowed(show: Show) -> None:
    html = PICKS.format("<fieldset><legend>Groups</legend>", OWN)
    assert show(html, with_a_new_one) == ["", "Sales APAC"]


def test_a_second_new_group_is_not_typed_over_the_first(show: Show) -> None:
    async def work(page: Page) -> Any:
        field = Form(lane_on(page, timeout=1)).groups
        await field.add("Sales APAC", create=True)
        with pytest.raises(OperationFailed, match="nothing there says"):
            await field.add("Night Shift", create=True)
        return await page.locator("#new").input_value()

    assert show(PICKS.format("<fieldset><legend>Groups</legend>", OWN), work) == "Sales APAC"


def test_where_nothing_takes_a_new_group_nothing_is_typed(show: Show) -> None:
    message, typed = show(PICKS.format("<fieldset><legend>Groups</legend>", ""), with_a_new_one)
    assert "does not offer 'Sales APAC'" in message
    assert typed == [""]


KEPT = """<section aria-labelledby=h><h2 id=h>Managers</h2><form>
  <p><label><input type=checkbox name=keep checked> Siobhán O'Brien <span>sobrien@x.example</span></label></p>
  <p><label><input type=checkbox name=keep checked> Bo Berg <span>bo@x.example</span></label></p>
  <p>Untick a manager to remove them.</p><div><label for=add>Add managers</label><div>
  <input id=add role=combobox aria-expanded=false aria-controls=them><ul id=them role=listbox hidden></ul></div></div>
  <button>Save</button></form></section>
  <script>
    const field = document.querySelector("#add"), list = document.querySelector("#them");
    field.oninput = () => {
      list.hidden = !field.value;
      list.innerHTML = "<li role=option>Siobhán O'Brien sobrien@x.example</li>";
      list.firstChild.onclick = () => { field.value = "sobrien@x.example"; list.hidden = true; };
    };
  </script>"""


def test_managers_who_are_ticked_beside_the_field_are_held_by_it_and_unticked(show: Show) -> None:
    async def work(page: Page) -> Any:
        field = Form(lane_on(page)).managers
        before = await field.read()
        await field.remove("sobrien@x.example")
        boxes = page.locator("[type=checkbox]")
        return before, await field.read(), [await box.is_checked() for box in await boxes.all()]

    assert show(KEPT, work) == (["sobrien@x.example", "bo@x.example"], ["bo@x.example"], [False, True])


def test_boxes_that_are_called_by_no_address_are_none_of_the_fields_values(show: Show) -> None:
    html = KEPT.replace("<p>Untick", "<label><input type=checkbox checked> Tell them by e-mail</label><p>Untick")

    async def work(page: Page) -> Any:
        return await Form(lane_on(page)).managers.read()

    assert show(html, work) == []


LEGACY = """<div role=dialog aria-label="Edit Managers"><p>Ann Lee (ann@x.example)</p>
  <ul class=list-group><li class=list-group-item>bo@x.example<a href="#" class="pull-right remove"><i
  class="glyphicon glyphicon-remove">×</i></a></li></ul><div class=form-group><label for=m>Add Manager</label>
  <div class=input-group><input id=m placeholder="Manager's email"><button type=button>Add</button></div></div>
  <button>Save Changes</button></div>
  <script>
    const list = document.querySelector("ul");
    list.onclick = (event) => { if (event.target.closest(".remove")) event.target.closest("li").remove(); };
  </script>"""


def test_a_manager_is_added_and_taken_away_where_the_field_is_called_after_the_one_to_be_added(show: Show) -> None:
    async def work(page: Page) -> Any:
        field = Form(lane_on(page)).managers
        await field.add("cy@x.example", create=True)
        await field.remove("bo@x.example")
        return await page.locator("li").count(), await page.locator("#m").input_value()

    assert show(LEGACY, work) == (0, "cy@x.example")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (words.MAKE_ADMIN, "Make This User an Admin"),
        (words.MAKE_ADMIN, "Make User an Admin"),
        (words.REMOVE_ADMIN, "Remove Admin Rights"),
        (words.REMOVE_ADMIN, "Remove Admin Role"),
    ],
)
def test_rights_are_given_and_taken_in_more_words(word: words.Word, said: str) -> None:
    assert said.casefold() in [alias.casefold() for alias in Vocabulary().of(word)]
