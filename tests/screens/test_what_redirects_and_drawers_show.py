"""What two more consoles of strangers draw, one by pages and redirects, one by a list with a drawer; in small."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.deactivate import _not_only_called_off
from connector.actions.import_csv import objections_of_review
from connector.errors import ConsoleDrift, NotOffered, OperationFailed
from connector.models import Invite, Person, Status
from page_objects import words
from page_objects.controls import engine
from page_objects.group_screen import GroupView
from page_objects.import_dialog import ReviewRow
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

HEAD = "<thead><tr><th>Name<th>Email address<th>Role<th></tr></thead>"
PEOPLE = {
    "active": [("Ann Lee", "ann@x.example", "<a href=#>Deactivate</a>")],
    "invited": [("Pia Noon", "pia@x.example", "<button>Send again</button>")],
    "deactivated": [("Gary Gone", "gary@x.example", "<button>Reactivate</button>")],
}


def tabs(*shown: tuple[str, str], counts: bool = True) -> str:
    """A list with a tab for each status; how many are on each, whatever is searched for."""
    drawn = "".join(
        f"<a href='/admin/users?status={status}' data-of={status}>{name}"
        + (f" <span class=badge>{len(PEOPLE.get(status, [0]))}</span>" if counts else "")
        + "</a> "
        for status, name in shown
    )
    return f"""<main><h1>People</h1><div class=tabs>{drawn}</div><label>Search <input id=search></label>
    <div id=list></div></main><script>
      const people = {json.dumps(PEOPLE)}, list = document.querySelector("#list");
      let status = new URLSearchParams(location.search).get("status") || "active";
      const draw = () => {{
        for (const tab of document.querySelectorAll(".tabs a"))
          tab.className = tab.dataset.of === status ? "active" : "";
        const found = people[status].filter((each) => each.join(" ").toLowerCase().includes(search.value));
        const rows = found.map(([n, e, a]) => `<tr><td>${{n}}<td>${{e}}<td>Learner<td>${{a}}`).join("");
        list.innerHTML = found.length ? `<table>{HEAD}<tbody>${{rows}}</table>` : "<p>No people match your search.</p>";
      }};
      search.oninput = draw;
      draw();
    </script>"""


async def served(page: Page, html: str) -> PeopleScreen:
    await page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    return PeopleScreen(lane_on(page))


THREE = (("active", "Active"), ("invited", "Pending invitations"), ("deactivated", "Deactivated"))


def test_who_is_listed_on_a_tab_stands_as_the_tab_says(show: Show) -> None:
    async def work(page: Page) -> dict[str, tuple[Status | None, bool]]:
        screen = await served(page, tabs(*THREE))
        people = [screen.person(row) async for each in screen.everyone() for row in each.rows]
        return {each.email: (each.status, each.may_be_invited) for each in people}

    assert show("", work) == {
        "ann@x.example": (Status.ACTIVE, False),
        "pia@x.example": (Status.INVITED, False),
        "gary@x.example": (Status.DEACTIVATED, False),
    }


def test_who_is_active_beside_no_tab_of_the_invited_is_not_told_from_them(show: Show) -> None:
    async def work(page: Page) -> dict[str, Status | None]:
        screen = await served(page, tabs(THREE[0], THREE[2]))
        people = [screen.person(row) async for each in screen.everyone() for row in each.rows]
        return {each.email: each.status for each in people}

    assert show("", work) == {"ann@x.example": None, "gary@x.example": Status.DEACTIVATED}


CONTRADICTIONS = {
    "badge": ("Ann Lee</a> <span class=badge>Invited</span>", "", Status.INVITED),
    "reactivate": ("Ann Lee</a>", "<button>Reactivate</button>", None),
    "resend": ("Ann Lee</a>", "<button disabled>Resend invitation</button>", Status.ACTIVE),
}


@pytest.mark.parametrize(("name", "action", "status"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_row_that_contradicts_its_tab_tells_nothing(
    show: Show, name: str, action: str, status: Status | None
) -> None:
    async def work(page: Page) -> Status | None:
        html = tabs(*THREE).replace("Ann Lee", f"<a href=#>{name}").replace("<a href=#>Deactivate</a>", action)
        screen = await served(page, html)
        people = [screen.person(row) async for each in screen.everyone() for row in each.rows]
        return next(each.status for each in people if each.email == "ann@x.example")

    assert show("", work) is status


def test_whom_two_tabs_show_is_told_by_neither(show: Show) -> None:
    """'Pending' may be about something else than invitations."""

    async def work(page: Page) -> list[tuple[str, Status | None]]:
        screen = await served(
            page, tabs(*THREE).replace("pia@x.example", "ann@x.example").replace("Pia Noon", "Ann Lee")
        )
        people = [screen.person(row) async for each in screen.everyone() for row in each.rows]
        return [(each.email, each.status) for each in people]

    assert show("", work)[1] == ("ann@x.example", None)


def test_a_tab_of_something_else_says_nothing_against_one_of_a_status(show: Show) -> None:
    async def work(page: Page) -> list[tuple[str, Status | None]]:
        html = tabs(*THREE, ("admins", "Admins")).replace('"deactivated":', '"admins": [PEOPLE], "deactivated":')
        screen = await served(page, html.replace("PEOPLE", json.dumps(PEOPLE["active"][0])))
        people = [screen.person(row) async for each in screen.everyone() for row in each.rows]
        return [(each.email, each.status) for each in people]

    found = show("", work)
    assert found.count(("ann@x.example", Status.ACTIVE)) == 2
    assert len(found) == 4


def test_rows_that_come_late_are_not_those_of_the_tab_before(show: Show) -> None:
    async def work(page: Page) -> dict[str, Status | None]:
        html = tabs(*THREE, counts=False).replace("<a href", "<a onclick='turn(this); return false' href")
        late = "const turn = (tab) => { status = tab.dataset.of; mark(); setTimeout(draw, 700); };"
        mark = """const mark = () => { for (const tab of document.querySelectorAll(".tabs a"))
          tab.className = tab.dataset.of === status ? "active" : ""; };"""
        screen = await served(page, html.replace("search.oninput = draw;", f"{mark} {late} search.oninput = draw;"))
        people = [screen.person(row) async for each in screen.everyone() for row in each.rows]
        return {each.email: each.status for each in people}

    assert show("", work) == {
        "ann@x.example": Status.ACTIVE,
        "pia@x.example": Status.INVITED,
        "gary@x.example": Status.DEACTIVATED,
    }


@pytest.mark.parametrize(("term", "total"), [("", 3), ("ann", None)])
def test_tabs_that_count_everybody_do_not_say_how_many_match(show: Show, term: str, total: int | None) -> None:
    async def work(page: Page) -> Any:
        screen = await served(page, tabs(*THREE))
        found = [row.email async for each in screen.everyone(term) for row in each.rows]
        return found, await screen.shown_total()

    found = ["ann@x.example"] if term else ["ann@x.example", "pia@x.example", "gary@x.example"]
    assert show("", work) == (found, total)


def test_a_question_is_answered_whichever_apostrophe_the_console_writes(show: Show) -> None:
    async def work(page: Page) -> list[int]:
        lane = lane_on(page)
        return [await lane.count("action", word) for word in (words.AFFIRM_DEACTIVATE, words.REFRAIN)]

    assert show("<h1>Are you sure?</h1><button>Yes, I’m sure</button><a href=#>No, take me back</a>", work) == [1, 1]


@pytest.mark.parametrize("status", [Status.INVITED, Status.ACTIVE])
@pytest.mark.parametrize(
    "offered", ["Revoke invitation", "Remind", "Revoke invitation</button> <button>Deactivate"], ids=range(3)
)
def test_an_invitation_that_can_only_be_called_off_is_left_to_a_person(
    show: Show, status: Status, offered: str
) -> None:
    """What becomes of her then is documented nowhere; and the run goes on with the others."""

    async def work(page: Page) -> None:
        screen = await served(page, tabs(*THREE).replace("Send again", offered))
        context: Any = SimpleNamespace(people=screen, lane=screen.lane, acted=False)
        person = Person(email="pia@x.example", status=status)
        await _not_only_called_off(context, person, NotOffered("nothing offers 'Deactivate' for this person"))

    if (status, offered) == (Status.INVITED, "Revoke invitation"):
        with pytest.raises(OperationFailed, match="can only have the invitation called off"):
            show("", work)
    else:
        show("", work)


# -- groups ------------------------------------------------------------------------------------------------------------
MEMBERS = "<table><thead><tr><th>Name<th>Email</tr></thead><tbody><tr><td>Ann Lee<td>ann@x.example</table>"


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Sales <span class=badge>static</span>", 1),
        ("Sales<span>Dynamic</span>", 1),
        ("Sales <small>12 members</small>", 1),
        ("Sales <span>EMEA</span>", 0),
        ("Sales static", 0),
    ],
)
def test_a_group_is_known_by_its_name_beside_a_badge_of_its_kind(show: Show, heading: str, found: int) -> None:
    async def work(page: Page) -> int:
        return await GroupView(lane_on(page), {"name": ["Name"], "members": ["Members"]}, "Sales").view.count()

    assert show(f"<main><h1>{heading}</h1>{MEMBERS}</main>", work) == found


CROSS = '<button aria-label="Remove from {0}"><svg width=9 height=9></svg></button>'
ADD = (
    "<div><label for=add>Add to group</label><div><input id=add role=combobox placeholder='Search groups'></div></div>"
)


def held(*names: str, rule: str = "All employees", attributes: str = "aria-label=Groups") -> str:
    by_hand = "".join(f"<li>{name} {CROSS.format(name)}</li>" for name in names)
    return f"<ul {attributes}>{by_hand}<li>{rule} <span class=css-bd>Dynamic</span></li></ul>{ADD}"


@pytest.mark.parametrize(
    ("html", "groups"),
    [
        (held("Sales EMEA"), ["Sales EMEA", "All employees"]),
        (held(), ["All employees"]),
        (held("Sales EMEA", attributes=""), ["Sales EMEA", "All employees"]),
        (f"<h3>Groups</h3>{held(attributes='')}", ["All employees"]),
        (held("Sales EMEA", rule="<span>All employees</span> <em>Added by a rule</em>"), ["Sales EMEA"]),
        (f"<ul aria-label='How groups work'><li>They decide what is assigned</li></ul>{ADD}", []),
        (f"<ul aria-label=Groups><li>No groups yet</li></ul>{ADD}", []),
        (f"<h3>Groups</h3><ul class=errorlist><li>This field is required.</li></ul>{ADD}", []),
        (f"<ul aria-label=Groups><li onclick=''>Support</li><li onclick=''>Sales</li></ul>{ADD}", []),
        (f"<div style='position: absolute; top: 9px'>{held('Sales')}</div>", ["Sales", "All employees"]),
    ],
    ids=[
        "both",
        "by rules alone",
        "a list of no name",
        "a heading",
        "more than a name",
        "hints",
        "none",
        "errors",
        "offers",
        "laid",
    ],
)
@pytest.mark.parametrize("drawer", ["", "style='position: fixed; right: 0; top: 0'"], ids=["page", "drawer"])
def test_groups_set_by_rules_are_held_beside_those_that_can_be_taken_away(
    show: Show, html: str, groups: list[str], drawer: str
) -> None:
    async def work(page: Page) -> list[str]:
        return await Form(lane_on(page)).groups.read()

    assert show(f"<aside role=dialog {drawer}><div role=tabpanel>{html}</div></aside>", work) == groups


BOSS = "<span class=css-tk>{0}<button type=button aria-label='Remove {0}' onclick='{1}'><svg width=9 height=9></svg>"
GONE = "this.parentNode.remove()"


def chips(*names: str, does: str = GONE) -> str:
    drawn = "".join(BOSS.format(name, does) + "</button></span> " for name in names)
    box = f"<div class=css-tg>{drawn}<input id=boss role=combobox></div>"
    return f"<style>.css-tk {{ background: #eef }}</style><div><label for=boss>Managers</label>{box}</div>"


def test_a_manager_whose_address_stands_behind_her_name_is_taken_away(show: Show) -> None:
    async def work(page: Page) -> tuple[str, ...] | None:
        managers = Form(lane_on(page)).managers
        await managers.remove("ann@x.example")
        return await managers.addresses()

    page = chips("Joann Lee (joann@x.example)", "Ann Lee (ann@x.example)")
    assert show(page, work) == ("joann@x.example",)


def test_a_manager_who_stays_after_all_is_told(show: Show) -> None:
    async def work(page: Page) -> None:
        await Form(lane_on(page, timeout=1)).managers.remove("ann@x.example")

    with pytest.raises(Exception, match="does not let go of a value"):
        show(chips("Ann Lee (ann@x.example)", does="void 0"), work)


# -- members in a list of which more are asked for ---------------------------------------------------------------------
def members_of(count: int, more: str) -> str:
    """A group of so many members in a list, of which a button shows two more each time."""
    return f"""<main><h1>Sales</h1><p>{count} people are in it</p><ul aria-label=Members></ul><div id=more></div></main>
    <script>
      let shown = 2;
      const list = document.querySelector("ul"), everybody = [...Array({count}).keys()];
      const draw = () => {{
        const items = everybody.slice(0, shown).map((n) => `<li>P ${{n}} <span>p${{n}}@x.example</span></li>`);
        list.innerHTML = items.join("");
        more.innerHTML = shown < {count} ? "<button onclick='{more}'>Load more</button>" : "";
      }};
      draw();
    </script>"""


@pytest.mark.parametrize("expected", [5, None])
def test_members_in_a_list_are_asked_for_until_there_are_no_more(show: Show, expected: int | None) -> None:
    async def work(page: Page) -> tuple[str, ...]:
        return await GroupView(lane_on(page), {"name": ["Name"], "members": ["Members"]}, "Sales").members(expected)

    page = members_of(5, "shown += 2; setTimeout(draw, 200)")
    assert show(page, work) == tuple(f"p{n}@x.example" for n in range(5))


@pytest.mark.parametrize(
    "more",
    [
        "<h2>Activity</h2><p>Bo joined</p><button onclick='feed()'>Show more</button>",
        "<a href=/elsewhere>See more</a>",
        "<button disabled>Load more</button>",
    ],
    ids=["of something else", "elsewhere", "no more"],
)
def test_what_shows_other_things_is_not_pressed_for_members(show: Show, more: str) -> None:
    async def work(page: Page) -> tuple[str, ...]:
        return await GroupView(lane_on(page), {"name": ["Name"], "members": ["Members"]}, "Sales").members(None)

    feed = "<script>const feed = () => main.insertAdjacentHTML('beforeend', '<p>old@x.example left</p>')</script>"
    page = f"<main id=main><h1>Sales</h1><ul><li>ann@x.example</li><li>bo@x.example</li></ul>{more}</main>{feed}"
    assert show(page, work) == ("ann@x.example", "bo@x.example")


def test_fewer_members_than_there_should_be_are_told(show: Show) -> None:
    async def work(page: Page) -> None:
        await GroupView(lane_on(page, timeout=1), {"name": ["Name"], "members": ["Members"]}, "Sales").members(5)

    with pytest.raises(ConsoleDrift, match="could not be read completely"):
        show(members_of(5, "void 0"), work)


# -- imports -----------------------------------------------------------------------------------------------------------
def test_a_role_that_was_not_asked_for_is_a_verdict_on_its_row() -> None:
    people = [Invite(email=f"{name}@x.example", first_name="P", last_name="Q") for name in ("ann", "bo", "cy")]
    review = [
        ReviewRow("ann@x.example", ("1", "ann@x.example", "P Q", "Learner"), False),
        ReviewRow("bo@x.example", ("2", "bo@x.example", "P Q", "Admin"), False),
        ReviewRow("cy@x.example", ("3", "cy@x.example", "P Q", "Learner"), False),
    ]
    assert objections_of_review(people, review) == {"bo@x.example": "Admin"}


# -- drawers that are still being drawn --------------------------------------------------------------------------------
BEHIND = """<div id=root><main><h1>People</h1><div role=table><div role=row><div role=columnheader>Name</div>
  <div role=columnheader>Email</div><div role=columnheader>Role</div></div><div role=row><div role=cell>
  <a href="#" onclick="show(); return false">Cher</a></div><div role=cell>cher@x.example</div>
  <div role=cell>Learner</div></div></div></main></div>
<script>
  const fields = "<h2>Cher</h2><p>cher@x.example</p><label>First name <input value=Cher></label>"
    + "<label>Last name <input></label><label>Groups <select><option>Sales</select></label><button>Save</button>";
  const show = () => {
    document.querySelector("#root").setAttribute("aria-hidden", "true");
    document.body.insertAdjacentHTML("beforeend", `<aside role=dialog aria-modal=true style="position: fixed; right: 0;
      top: 0; background: #fff"><h2>Loading…</h2><p>cher@x.example</p><div role=progressbar>◌</div></aside>`);
    setTimeout(() => { document.querySelector("aside").innerHTML = fields; }, DRAWN);
  };
</script>"""


def test_what_a_drawer_shows_is_read_once_it_is_drawn(show: Show) -> None:
    async def work(page: Page) -> tuple[str | None, str | None]:
        lane = lane_on(page)
        await lane.remember("person")
        await page.get_by_role("link").click()
        shown = await PersonScreen(lane, "cher@x.example").read()
        return shown.first_name, shown.last_name

    assert show(BEHIND.replace("DRAWN", "400"), work) == ("Cher", "")


def test_what_is_read_says_whether_it_still_loads(show: Show) -> None:
    """In the same look: a look before or after it may see another moment."""

    async def work(page: Page) -> list[bool]:
        asked = {"fields": {"first_name": ["First name"]}}
        return [(await engine.evaluate(page.locator(each), "readDetails", asked))["busy"] for each in ("#a", "#b")]

    fields = "<label>First name <input value=Ann></label>"
    assert show(f"<div id=a>{fields}</div><div id=b>{fields}<i role=progressbar>◌</i></div>", work) == [False, True]


MODAL = """<style>aside{position:fixed;right:0;top:0;width:400px;height:100%;background:#fff;transition:transform .2s;
transform:translateX(100%)} aside.in{transform:none}</style>
<div id=root><main><h1>Users</h1><label>Search <input value="joann@x.example"></label>
<table><tr><th>Name<th>Email<th>Status</tr>
<tr><td>Joann Lee<td>joann@x.example<td>User</tr></table><button id=opens>Edit User Information</button></main></div>
<script>
  opens.onclick = () => {
    root.ariaHidden = "true";
    const drawer = document.createElement("aside");
    drawer.setAttribute("role", "dialog"); drawer.ariaModal = "true";
    drawer.innerHTML = "<h2>Edit User Information</h2><button aria-label=Close></button><div class=bd>LOADING</div>";
    document.body.append(drawer);
    requestAnimationFrame(() => drawer.classList.add("in"));
    setTimeout(() => drawer.querySelector(".bd").outerHTML = `<div class=bd><dl><dt>Email<dd>joann@x.example
      <dt>Groups<dd>Sales<dt>Managers<dd>dana@x.example</dl></div>`, 400);
  };
</script>"""


@pytest.mark.parametrize(
    "loading",
    [
        "Loading…",
        "<p>Loading user details...",
        "Please wait",
        "",
        "<p>joann@x.example<p>Loading…",
        "<p>joann@x.example<p>Please wait",
    ],
)
def test_a_drawer_that_still_loads_is_waited_for_and_the_page_below_is_not_read_in_its_place(
    show: Show, loading: str
) -> None:
    async def work(page: Page) -> tuple[Any, Any]:
        lane = lane_on(page, 5)
        await lane.remember("person")
        await page.click("#opens")
        person = await PersonScreen(lane, "joann@x.example").read()
        return person.groups, person.managers

    assert show(MODAL.replace("LOADING", loading), work) == (("Sales",), ("dana@x.example",))


def test_a_part_of_a_drawer_that_offers_more_is_not_loading(show: Show) -> None:
    html = MODAL.replace("<dt>Groups", "<dt>Notes<dd>Loading more notes…<dt>Groups")

    async def work(page: Page) -> Any:
        lane = lane_on(page, 5)
        await lane.remember("person")
        await page.click("#opens")
        return (await PersonScreen(lane, "joann@x.example").read()).groups

    assert show(html, work) == ("Sales",)
