"""People on cards, statuses as icons, chips with a mark of their kind: in small, as several consoles draw them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.models import Person, Role, Status
from page_objects import words
from page_objects.invite_dialog import InviteOneForm
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from page_objects.words import Word
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

ANN, BO = "ann@x.example", "bo@x.example"


# -- statuses as icons -------------------------------------------------------------------------------------------------
ROW = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
ICONS = [
    '<span class="ico off" title="Inactive" role=img aria-label="Inactive">⊘</span>',
    '<span class="ico off" title="Inactive">⊘</span>',
    '<span aria-label="Status: Inactive">●</span>',
    "<svg role=img width=9 height=9><title>Inactive</title><circle r=4 /></svg>",
    '<img alt="Inactive" width=9 height=9>',
]


@pytest.mark.parametrize("icon", ICONS)
def test_a_status_that_is_drawn_as_a_picture_is_what_the_picture_is_called(show: Show, icon: str) -> None:
    rows = ROW.format("Ann Lee", ANN, icon) + ROW.format("Bo Roe", BO, "Active <button title=Deactivated>⋮</button>")
    html = f"<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody>{rows}</tbody></table>"

    async def work(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        return [table.person(row) for row in (await table.look()).rows]

    assert [(p.email, p.status) for p in show(html, work)] == [(ANN, Status.DEACTIVATED), (BO, Status.ACTIVE)]


@pytest.mark.parametrize("icon", ICONS[:-1])
def test_so_it_is_on_her_own_page(show: Show, icon: str) -> None:
    html = f"<main><h1>Ann Lee</h1><dl><dt>Email</dt><dd>{ANN}</dd><dt>Status</dt><dd>{icon}</dd></dl></main>"

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), ANN).shown()

    assert show(html, work).status is Status.DEACTIVATED


# -- cards -------------------------------------------------------------------------------------------------------------
CARD = """<li class=card><div><h3><a href="/admin/users/1"><bdi>{0}</bdi></a></h3>
  <span class=ico role=img aria-label="{2}" title="{2}">●</span></div><p>{1}</p>
  <p>Learner · <span>2 groups</span></p><p>Last seen: {3}</p></li>"""
CARDS = (
    CARD.format("Ann Lee", ANN, "Inactive", "Mar 4, 2026"),
    CARD.format("Bo Roe", BO, "Active", "Never"),
)


def wall(*cards: str, heading: str = "Team members", path: str = "/admin/users") -> str:
    return f"""<header><nav><a href="{path}" aria-current=page>Team members</a><a href="/admin/groups">Groups</a></nav>
      </header><main><h1>{heading}</h1><input type=search aria-label=Search><div class=list><ul class=cards>
      {"".join(cards)}</ul></div></main>"""


async def cards_on(page: Page, html: str, path: str = "/admin/users") -> list[Person]:
    """Who is listed on this page at this address."""

    async def answer(route: Any) -> None:
        await route.fulfill(body=html, content_type="text/html; charset=utf-8")

    await page.route("**/*", answer)
    lane = lane_on(page)
    await lane.go(f"{lane.base_url}{path}", screen="People")
    table = PeopleTable(lane, "People")
    return [table.person(row) for row in (await table.look()).rows]


@pytest.mark.parametrize("cards", [CARDS, CARDS[:1]])
def test_cards_are_people_under_the_heading_that_the_navigation_has_for_everybody(
    show: Show, cards: tuple[str, ...]
) -> None:
    found = show("", lambda page: cards_on(page, wall(*cards)))
    assert [(p.email, p.first_name, p.status, p.role) for p in found] == [
        (ANN, "Ann", Status.DEACTIVATED, Role.LEARNER),
        (BO, "Bo", Status.ACTIVE, Role.LEARNER),
    ][: len(cards)]
    assert found[0].last_login is not None
    assert found[0].groups is None
    assert all(person.never_signed_in for person in found[1:])


def test_the_link_that_a_name_on_a_card_lies_in_leads_to_her(show: Show) -> None:
    async def work(page: Page) -> Any:
        await cards_on(page, wall(*CARDS))
        opener = PeopleTable(lane_on(page), "People").opener(BO)
        return await opener.count(), await opener.evaluate("el => [el.localName, el.textContent]")

    assert show("", work) == (1, ["a", "Bo Roe"])


@pytest.mark.parametrize(
    ("html", "path"),
    [
        (wall(*CARDS, heading="Team members of Sales"), "/admin/users"),
        (wall(*CARDS, path="/admin/teams/1"), "/admin/teams/1"),
        (wall(*CARDS), "/admin/users/1"),
        (wall("<li>Nobody</li>"), "/admin/users"),
    ],
    ids=["another heading", "another screen", "a person's page", "no address"],
)
def test_under_another_heading_or_on_another_screen_members_are_not_everybody(show: Show, html: str, path: str) -> None:
    assert show("", lambda page: cards_on(page, html, path)) == []


def test_one_card_is_a_list_where_several_were_in_the_same_place(show: Show) -> None:
    html = f"<main><h1>People</h1><ul class=cards>{''.join(CARDS)}</ul></main>"

    async def work(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        before = (await table.look()).rows
        anew = "(name) => { document.querySelector('ul').outerHTML = `<ul class=${name}>${card}</ul>` }"
        await page.evaluate("card = document.querySelector('li').outerHTML")
        await page.evaluate(anew, "cards")
        after = (await table.look()).rows
        await page.evaluate(anew, "managers")
        return [[row.email for row in rows] for rows in (before, after, (await table.look()).rows)]

    assert show(html, work) == [[ANN, BO], [ANN], []]


# -- groups and their kinds --------------------------------------------------------------------------------------------
CROSS = '<button aria-label="Remove {0}">×</button>'
MARK = '<em title="Set by rules"> auto</em>'


def form_with(field: str) -> str:
    return f"""<main><h1>Ann Lee</h1><form><label>Email <input value="{ANN}"></label>
      <label>First name <input value=Ann></label><label>Last name <input value=Lee></label>{field}
      <button>Save changes</button></form></main>"""


def chips(*chips: str) -> str:
    return form_with(
        '<div class="field pop"><label for=g>Groups</label><div class=chipbox><span class=chips>'
        + "".join(chips)
        + "</span><input id=g type=text role=combobox aria-expanded=false aria-controls=l aria-autocomplete=list></div>"
        "<ul role=listbox id=l hidden></ul></div>"
    )


def chip(name: str, more: str = "") -> str:
    return f"<span class=chip><bdi>{name}</bdi>{more or CROSS.format(name)}</span>"


@pytest.mark.parametrize(
    ("html", "groups"),
    [
        (chips(chip("Sales"), chip("Sales (auto)", MARK)), ("Sales", "Sales (auto)")),
        (chips(chip("Sales"), f"<span class=chip>Sales (auto){MARK}</span>"), ("Sales", "Sales (auto)")),
        (chips(chip("Sales"), chip("New Hires", "<small class=k>dynamic</small>")), ("Sales", "New Hires")),
        # Groups that are called as kinds are: chips as the others, or with a cross of their own.
        (chips(chip("Sales"), chip("auto")), ("Sales", "auto")),
        (chips("<span class=chip>Sales</span>", "<span class='chip fixed'>auto</span>"), ("Sales", "auto")),
    ],
)
def test_a_mark_in_a_chip_is_the_kind_of_its_group_and_none(show: Show, html: str, groups: tuple[str, ...]) -> None:
    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), ANN).shown()

    assert show(html, work).groups == groups


def test_a_mark_beside_a_box_is_the_kind_of_its_group_and_no_part_of_the_name(show: Show) -> None:
    box = "<label class=opt><input type=checkbox value='{0}' {1}> {0}{2}</label>"
    html = form_with(
        "<fieldset><legend>Groups</legend>"
        + box.format("Sales", "checked", "")
        + box.format("Sales (auto)", "checked disabled", "<small class=dim> dynamic</small>")
        + box.format("Support", "", "")
        + "</fieldset>"
    )

    async def work(page: Page) -> Any:
        screen = PersonScreen(lane_on(page), ANN)
        return (await screen.shown()).groups, await screen.groups.options()

    assert show(html, work) == (("Sales", "Sales (auto)"), ["Sales", "Sales (auto)", "Support"])


# -- groups on a tab ---------------------------------------------------------------------------------------------------
TABS = """<main><h1>Ann Lee</h1><p>ann@x.example</p><div role=tablist aria-label=Person></div><div role=tabpanel></div>
</main><script>
  let tab = "Profile";
  const panels = { Profile: "<dl><dt>First name</dt><dd>Ann</dd></dl>", "Groups (2)": `<button>Add to group</button>
    <ul><li><a href="#/1">Sales</a><button aria-label="Remove from Sales"><svg></svg></button></li>
    <li><a href="#/2">Everyone</a><span class=tag>Dynamic</span></li></ul>` };
  const draw = () => {
    document.querySelector("[role=tablist]").innerHTML = Object.keys(panels).map((each) => `<button role=tab
      aria-selected=${each === tab} onclick="tab = '${each}'; draw()">${each}</button>`).join("");
    document.querySelector("[role=tabpanel]").innerHTML = panels[tab];
  };
  draw();
</script>"""


@pytest.mark.parametrize(
    ("html", "groups"),
    [
        (TABS, ("Sales", "Everyone")),
        # Of two panels, or of one that is another tab's, nothing is told.
        (TABS.replace("</div>\n</main>", "</div><div role=tabpanel><p>Notes</p></div></main>"), None),
        (TABS.replace("<div role=tabpanel>", "<i role=tab id=o></i><div role=tabpanel aria-labelledby=o>", 1), None),
    ],
    ids=["the only panel", "two", "another tab's"],
)
def test_the_only_panel_beside_a_row_of_tabs_is_that_of_the_chosen_one(
    show: Show, html: str, groups: tuple[str, ...] | None
) -> None:
    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), ANN).read()

    assert show(html, work).groups == groups


# -- one field for the whole name ------------------------------------------------------------------------------------
FORM = """<div role=dialog aria-modal=true aria-label="Invite people" style="position: fixed; background: #fff">
  <form onsubmit="window.sent = [...this.elements].filter((el) => el.name && (el.type !== 'radio' || el.checked))
    .map((el) => el.value); this.closest('[role=dialog]').remove(); return false">
  <label>Email <input name=email></label>FIELDS
  <fieldset><legend>Role</legend><label><input type=radio name=role value=learner checked> Learner</label>
  <label><input type=radio name=role value=admin> Admin</label></fieldset>
  <button type=button>Cancel</button><button>Send invite</button></form></div>"""
OPENED = (
    "<main><h1>People</h1><table><tr><th>Name<th>Email<tr><td>Ann Lee<td>ann@x.example</table>"
    "<button onclick='document.body.insertAdjacentHTML(`beforeend`, sheet)'>Invite people</button></main>"
)
BOTH = "<label>First name <input name=first></label><label>Last name <input name=last></label>"


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ("<label>Name <input name=name></label>", ["new@x.example", "New Hire", "admin"]),
        ("<label>Full name <input name=name></label>", ["new@x.example", "New Hire", "admin"]),
        (BOTH, ["new@x.example", "New", "Hire", "admin"]),
    ],
)
def test_a_form_to_invite_may_have_one_field_for_the_whole_name(show: Show, fields: str, sent: list[str]) -> None:
    async def work(page: Page) -> Any:
        await page.evaluate("(html) => { sheet = html }", FORM.replace("FIELDS", fields))
        form = await PeopleScreen(lane_on(page)).open_invite()
        assert isinstance(form, InviteOneForm)
        says = await form.says()
        await form.fill("new@x.example", "New", "Hire", Role.ADMIN, says)
        await form.send()
        return says, await page.evaluate("sent")

    assert show(OPENED, work) == ({"names", "role"}, sent)


# -- words -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "said"),
    [
        (words.REACTIVATE, "Activate again"),
        (words.AFFIRM_REACTIVATE, "Yes, activate again"),
        (words.RESEND, "Send again"),
        (words.AFFIRM_RESEND, "Yes, send again"),
        (words.RUN_IMPORT, "Import 2 team members"),
    ],
)
def test_what_is_done_with_people_may_be_called_so(show: Show, word: Word, said: str) -> None:
    async def work(page: Page) -> int:
        return await lane_on(page).count("action", word)

    assert show(f"<main><button>{said}</button><button>Activate</button></main>", work) == 1


CAPTIONED = """<main><h1>Ann Lee</h1><div>ann@x.example</div>
  <div class=fld><span class=lb>Groups</span><div><div>{groups}</div><input placeholder="Add groups"
    role=combobox></div></div>
  <div class=fld><span class=lb>Managers</span><div><div>{managers}</div><input placeholder="Search by name or email"
    role=combobox></div></div>
  <div class=fld><span class=lb>Status</span><span class=pill>Active</span></div><button>Save changes</button></main>"""
TAKEN_AWAY = "<span class=chip>{0}<button class=x type=button aria-label='Remove {0}'>×</button></span>"


@pytest.mark.parametrize(
    ("groups", "managers"), [((), ()), (("Groups", "Sales"), (BO,)), (("Sales",), ())], ids=["none", "both", "groups"]
)
def test_a_caption_that_is_tied_to_nothing_is_none_of_the_chips_of_its_field(
    show: Show, groups: tuple[str, ...], managers: tuple[str, ...]
) -> None:
    def chips(each: tuple[str, ...]) -> str:
        return "".join(TAKEN_AWAY.format(value) for value in each)

    async def work(page: Page) -> Any:
        lane = lane_on(page)
        person = await PersonScreen(lane, ANN).shown()
        form = Form(lane)
        return person.groups, person.managers, await form.groups.removable_chips(), await form.managers.read()

    said = show(CAPTIONED.format(groups=chips(groups), managers=chips(managers)), work)
    assert said == (groups, managers, list(groups), list(managers))


def test_a_chip_that_is_called_as_fields_are_is_a_value_where_the_field_has_a_label_of_its_own(show: Show) -> None:
    html = """<main><label for=g>Groups</label><div><span class=chip style="background: #eee">Group</span>
    <span class=chip style="background: #eee">Sales</span><input id=g role=combobox></div></main>"""

    async def work(page: Page) -> Any:
        return await Form(lane_on(page)).groups.read()

    assert show(html, work) == ["Group", "Sales"]
