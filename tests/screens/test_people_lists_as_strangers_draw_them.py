"""Lists of people as strangers drew them: statuses in tabs, odd names, several pages for one search; in small."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions import directory
from connector.actions.matching import matching
from connector.errors import ConsoleDrift, OperationFailed
from connector.models import Person, Role, Status
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen
from page_objects.reading import moment_of, status_of
from page_objects.table import PeopleTable
from page_objects.words import Vocabulary
from tests.screens.conftest import Show

EMAIL = "ann@x.example"


def lane_on(page: Page, timeout: float = 3) -> Lane:
    lane = Lane(page=page, base_url="http://console.example", timeout=timeout)
    lane.note_fresh()
    return lane


# -- statuses that are shown one at a time ---------------------------------------------------------------------------
PEOPLE = [("Ann Lee", EMAIL, "Inactive"), ("Bo Ek", "bo@x.example", "Active")]
LIST = """
FILTER
<label>Search <input id=search></label>
<table><thead><tr><th>Name<th>Email<th>Status</thead><tbody></tbody></table><p id=said></p>
<script>
  const people = PEOPLE;
  let status = "Active";
  const draw = () => {
    const term = search.value.toLowerCase();
    const shown = people.filter(([n, e, s]) => ["All", s].includes(status) && (n + e).toLowerCase().includes(term));
    document.querySelector("tbody").innerHTML = shown.map((p) => "<tr><td>" + p.join("<td>")).join("");
    document.querySelector("#said").textContent = shown.length ? "" : NOBODY;
  };
  const turn = (to, el) => {
    status = to;
    document.querySelectorAll("[data-tab]").forEach((tab) => tab.removeAttribute("aria-current"));
    el?.setAttribute("aria-current", "true");
    draw();
  };
  search.oninput = draw;
  draw();
</script>"""
TABS = """<nav aria-label=Status>
<a href="#" data-tab aria-current=true onclick="turn('Active', this)">Active <span>1</span></a>
<a href="#" data-tab onclick="turn('Inactive', this)">Inactive <span>1</span></a>
<a href="#" data-tab onclick="turn('All', this)">All <span>2</span></a></nav>"""
MENU = """<button aria-haspopup=menu onclick="them.hidden = false">Status: Active <i aria-hidden=true>▾</i></button>
<div id=them role=menu hidden>
<div role=menuitemradio onclick="turn('All'); them.hidden = true">All statuses <i>2</i></div>
<div role=menuitemradio onclick="them.hidden = true">Active</div></div>"""
NOBODY = '"No active people match “" + search.value + "”."'


def listed(filter_: str, nobody: str = NOBODY) -> str:
    return (
        LIST.replace("FILTER", filter_)
        .replace("PEOPLE", repr([list(each) for each in PEOPLE]))
        .replace("NOBODY", nobody)
    )


async def statuses(page: Page) -> list[str]:
    people = PeopleScreen(lane_on(page))
    return [str(people.person(row).status) for row in await people.matches(EMAIL)]


@pytest.mark.parametrize("filter_", [TABS, MENU], ids=["tabs", "a button with a menu"])
def test_who_is_deactivated_is_found_where_the_list_shows_one_status_at_first(show: Show, filter_: str) -> None:
    assert show(listed(filter_), statuses) == ["deactivated"]


def test_a_tab_that_is_there_already_is_not_turned_to_again(show: Show) -> None:
    async def work(page: Page) -> tuple[list[str], int]:
        await page.evaluate("turn('All', document.querySelectorAll('[data-tab]')[2])")
        await page.evaluate("window.turns = 0; const old = turn; turn = (...a) => { window.turns += 1; old(...a); }; 0")
        return await statuses(page), await page.evaluate("window.turns")

    assert show(listed(TABS).replace("const turn", "let turn"), work) == (["deactivated"], 0)


@pytest.mark.parametrize("nobody", ['"Nobody matches. 1 inactive person does. Show inactive"', NOBODY])
def test_nobody_is_no_answer_where_the_list_says_that_it_leaves_somebody_out(show: Show, nobody: str) -> None:
    async def work(page: Page) -> None:
        await PeopleScreen(lane_on(page)).matches(EMAIL)

    with pytest.raises(ConsoleDrift, match="the list leaves people out"):
        show(listed("", nobody), work)


ELSEWHERE = """<nav><a href="/courses" onclick="document.title = 'left'; return false">All</a>
<a href="/courses?s=active">Active</a></nav>"""
SELECTS = """<p>Select:
<button class=text-active-blue onclick="document.title = 'left'">All</button> <button>None</button>
<button>Active</button> <button>Inactive</button></p>"""


@pytest.mark.parametrize("beside", [ELSEWHERE, SELECTS], ids=["navigation", "selects"])
def test_all_is_not_pressed_where_it_leads_elsewhere_or_selects(show: Show, beside: str) -> None:
    async def work(page: Page) -> tuple[int, str]:
        return len(await PeopleScreen(lane_on(page)).matches("bo@x.example")), await page.title()

    assert show(listed(beside), work) == (1, "")


def test_a_list_with_tabs_is_searched_by_hand_each_time(show: Show) -> None:
    """An address that keeps the term may lead to the tab that is there at first."""

    async def work(page: Page) -> Any:
        lane = lane_on(page)
        lane.learnt["search address"] = "/admin/users?q={term}"
        people = PeopleScreen(lane)
        await people.show_every_status()
        people._learn_address("bo@x.example")
        return lane.learnt.get("search address"), any("search is typed" in key for key in lane.learnt)

    assert show(listed(TABS), work) == (None, True)


@pytest.mark.parametrize(
    "said", ["There are no matching results", "No active people match “ann”.", "No matching users"]
)
def test_an_empty_list_may_say_so_in_other_sentences(show: Show, said: str) -> None:
    async def work(page: Page) -> bool:
        return await PeopleScreen(lane_on(page)).says_nobody()

    assert show(f"<table><tr><th>Name<th>Email<th>Status</table><p>{said}</p>", work)


# -- names that look like something else -----------------------------------------------------------------------------
NAMED = """<table><tr><th>User<th>Status<tr>
<td><a href="/1">Assistant to ann@x.example</a><small>sales@x.example</small><td>Active<tr>
<td><a href="/2">Ann Lee</a><small>ann@x.example</small><td>Active</table>"""


def test_whoever_is_called_by_the_address_of_another_is_known_by_her_own(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        table = PeopleTable(lane_on(page), "People")
        return [table.address(row) for row in (await table.read()).rows]

    assert show(NAMED, work) == ["sales@x.example", EMAIL]


@pytest.mark.parametrize("drawn", [NAMED, NAMED.replace('">', '"><bdi>').replace("</a>", "</bdi></a>")])
def test_somebody_without_a_name_hides_from_nobody_where_addresses_stand(show: Show, drawn: str) -> None:
    nameless = '<tr><td><a href="/3">new@x.example</a><td>Invited'

    async def work(page: Page) -> list[str]:
        table = PeopleTable(lane_on(page), "People")
        return [table.address(row) for row in (await table.read()).rows]

    page = drawn.replace("</table>", f"{nameless}</table>")
    assert show(page, work) == ["sales@x.example", EMAIL, "new@x.example"]


@pytest.mark.parametrize(
    "cell",
    [
        "<a>ann@x.example</a><small>sales@x.example · Sales</small>",
        "<a>ann@x.example</a><small>sales@x.example</small>",
        "<b>Bo Kim &lt;bo@x.example&gt;</b><small>Manager:</small><small>ann@x.example</small>",
    ],
)
def test_whose_row_it_is_is_not_guessed_where_the_name_is_an_address(show: Show, cell: str) -> None:
    async def work(page: Page) -> None:
        table = PeopleTable(lane_on(page), "People")
        table.address((await table.read()).rows[0])

    with pytest.raises(ConsoleDrift, match="a row shows no e-mail address"):
        show(f"<table><tr><th>User<th>Status<tr><td>{cell}<td>Active</table>", work)


PAGED = """<table><thead><tr><th>Name<th>Email</thead><tbody></tbody></table>
<nav><button onclick="page += 1; draw()">Next ›</button> <span id=at></span></nav>
<script>
  let page = 0;
  const pages = [["Next", "Ann"], ["Bo", "Cy"]];
  const row = (name) => `<tr><td><a href="#">${name}</a><td>${name.toLowerCase()}@x.example`;
  const draw = () => {
    document.querySelector("tbody").innerHTML = pages[page].map(row).join("");
    document.querySelector("nav button").disabled = page === 1;
    at.textContent = `${page * 2 + 1}–${page * 2 + 2} of 4`;
  };
  draw();
</script>"""


def test_somebody_called_next_does_not_end_the_list(show: Show) -> None:
    async def work(page: Page) -> list[Any]:
        return [row.email async for each in PeopleTable(lane_on(page), "People").pages() for row in each.rows]

    assert show(PAGED, work) == ["next@x.example", EMAIL, "bo@x.example", "cy@x.example"]


def test_her_row_is_in_view_after_a_search_that_found_several_pages(show: Show) -> None:
    html = PAGED.replace("<table>", "<label>Search <input id=search></label><table>")
    html = html.replace("draw();\n</script>", "search.onchange = () => { page = 0; draw(); }; draw();\n</script>")

    async def work(page: Page) -> tuple[int, int]:
        people = PeopleScreen(lane_on(page, timeout=2))

        async def search(term: str) -> Any:
            await page.evaluate("page = 0; draw()")
            return await people.table.read()

        people.search = search  # type: ignore[method-assign]
        found = await people.matches(EMAIL)
        return len(found), await people.table.row(EMAIL).count()

    assert show(html, work) == (1, 1)


# -- the address that a search leaves ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "term", "kept"),
    [
        ("http://console.example/admin/users?q=ann%40x.example", EMAIL, "/admin/users?q={term}"),
        ("http://console.example/admin/users", "use", None),
        ("http://console.example/admin/users?show=users", "use", None),
        (
            "http://console.example/admin/users#/list?q=ann%40x.example&page=1",
            EMAIL,
            "/admin/users#/list?q={term}&page=1",
        ),
    ],
)
def test_a_search_is_kept_as_an_address_only_where_the_term_stands_in_it_whole(
    url: str, term: str, kept: str | None
) -> None:
    class Tab:
        def __init__(self) -> None:
            self.url = url

        def on(self, *_: object) -> None: ...

        def set_default_timeout(self, _: float) -> None: ...

    lane = Lane(page=Tab(), base_url="http://console.example", timeout=1)  # type: ignore[arg-type]
    PeopleScreen(lane)._learn_address(term)
    assert lane.learnt.get("search address") == kept


# -- what a list tells of people ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("26 November 2026 at 3:05pm", datetime(2026, 11, 26, 15, 5, tzinfo=UTC)),
        ("26 November 2026 at 3pm", datetime(2026, 11, 26, 15, tzinfo=UTC)),
        ("26 November 2026 at midday", datetime(2026, 11, 26, 12, tzinfo=UTC)),
        ("3 March 2026 at midnight", datetime(2026, 3, 3, tzinfo=UTC)),
    ],
)
def test_times_of_day_are_read_as_people_write_them(said: str, moment: datetime) -> None:
    assert moment_of({"text": said, "parts": [said]}) == (moment, False)


def test_the_moment_is_read_where_a_library_has_taken_the_title_for_itself(show: Show) -> None:
    html = """<table><tr><th>Name<th>Email<th>Last login<tr><td>Ann<td>ann@x.example
    <td><span title="" data-original-title="9/12/2026, 4:37:09 PM">3 months ago</span></table>"""

    async def work(page: Page) -> datetime | None:
        table = PeopleTable(lane_on(page), "People")
        return table.person((await table.read()).rows[0]).last_login

    assert show(html, work) == datetime(2026, 9, 12, 16, 37, 9, tzinfo=UTC)


def test_who_is_active_with_an_invitation_pending_has_not_accepted_yet() -> None:
    value = {"text": "Active Invitation pending", "parts": ["Active", "Invitation pending"]}
    assert status_of(value, Vocabulary()) is Status.INVITED
    assert status_of({"text": "Active Inactive", "parts": ["Active", "Inactive"]}, Vocabulary()) is None


def person(email: str, **known: Any) -> Person:
    return Person(email=email, status=Status.ACTIVE, **known)


@pytest.mark.parametrize(
    ("asked", "known", "what"),
    [
        ({"group": "Sales"}, {"groups": ("Sales",)}, "1 of 2 people the list does not show all groups"),
        ({"not_seen_for": 90}, {"never_signed_in": True}, "when they last signed in: 1 of 2 people"),
    ],
)
def test_people_are_not_left_out_where_the_list_tells_of_some_alone(
    asked: dict[str, Any], known: dict[str, Any], what: str
) -> None:
    with pytest.raises(OperationFailed, match=what):
        matching([person(EMAIL, **known), person("bo@x.example")], **asked)


def test_a_role_is_asked_only_of_those_whose_status_is_wanted() -> None:
    people = [person(EMAIL, is_admin=True, role=Role.ADMIN), Person(email="bo@x.example", status=Status.DEACTIVATED)]
    assert [each.email for each in matching(people, status=Status.ACTIVE, role=Role.ADMIN)] == [EMAIL]


def test_a_role_may_stand_beside_the_status(show: Show) -> None:
    html = """<table><tr><th>Name<th>Email<th>Status<tr><td>Ann Lee<td>ann@x.example
    <td><span>Content Creator</span> <span>Active</span></table>"""

    async def work(page: Page) -> tuple[Role | None, Status | None]:
        table = PeopleTable(lane_on(page), "People")
        read = table.person((await table.read()).rows[0])
        return read.role, read.status

    assert show(html, work) == (Role.CONTENT_CREATOR, Status.ACTIVE)


# -- what lies over the list -------------------------------------------------------------------------------------------
def test_news_are_closed_however_their_title_asks(show: Show) -> None:
    html = """<table><tr><th>Name<th>Email</table><div role=dialog aria-modal=true style="position: fixed; inset: 0">
    <h2>What is new</h2><p>The list is faster.</p><button onclick="parentNode.remove()">Got it</button></div>"""

    async def work(page: Page) -> tuple[bool, int]:
        return await lane_on(page).clear_view("People"), await page.locator("[role=dialog]").count()

    assert show(html, work) == (True, 0)


@pytest.mark.parametrize(
    ("said", "way", "over"),
    [
        ("Your session has expired. Nothing was saved.", "Sign in again", True),
        ("You have been signed out.", "Log in", True),
        ("Your session has expired. Nothing was saved.", "Stay on this page", False),
        ("Deactivate Ann Lee? She is signed out at once.", "Deactivate", False),
    ],
)
def test_a_dialog_that_leads_to_signing_in_again_tells_that_the_session_is_over(
    show: Show, said: str, way: str, *, over: bool
) -> None:
    html = f"<table><tr><th>Name<th>Email</table><dialog open><p>{said}</p><button>{way}</button></dialog>"

    async def work(page: Page) -> bool:
        return await lane_on(page).asks_to_sign_in()

    assert show(html, work) is over


CARD = """<li class=card><div class=head><span class=avatar>XY</span><h3><button>NAME</button></h3>
<span class=pill>STATUS</span></div><p>ADDRESS</p><p>Learner</p></li>"""


def test_a_status_beside_the_name_on_a_card_is_hers_though_the_address_comes_later(show: Show) -> None:
    people = {"ann@x.example": "Active", "bo@x.example": "Deactivated", "mia@x.example": "Invited"}
    cards = [
        CARD.replace("NAME", address.split("@")[0].title()).replace("STATUS", status).replace("ADDRESS", address)
        for address, status in people.items()
    ]

    async def work(page: Page) -> dict[str, str | None]:
        table = PeopleTable(lane_on(page), "People")
        found = [table.person(row) for row in (await table.read()).rows]
        return {each.email: each.status and each.status.value for each in found}

    html = f"<main><h1>People</h1><ul aria-label=People>{''.join(cards)}</ul></main>"
    assert show(html, work) == {address: status.lower() for address, status in people.items()}


def test_a_status_that_cannot_be_read_is_not_made_up_for_by_those_of_others() -> None:
    deactivated = Person(email="bo@x.example", status=Status.DEACTIVATED)
    unread, unsaid = Person(email="ann@x.example", status_unread=True), Person(email="mia@x.example")
    told = directory._with_statuses([deactivated, unread, unsaid])
    assert [each.status for each in told] == [Status.DEACTIVATED, None, Status.ACTIVE]


def test_a_list_of_mere_boxes_has_a_head_although_a_box_in_it_ticks_all_rows(show: Show) -> None:
    def row(*cells: str) -> str:
        return f"<div class=row>{''.join(f'<div>{cell}</div>' for cell in cells)}</div>"

    tick = "<input type=checkbox{}>"
    head = row(tick.format(" aria-label='Select all'"), "Name", "Email", "Role", "Status", "")
    people = (("Ann Lee", EMAIL, "Learner", "Active"), ("Bo Roe", "bo@x.example", "Admin", "Inactive"))
    rows = "".join(row(tick.format(""), *person, "<button aria-label='More actions'>⋯</button>") for person in people)

    async def work(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        return [table.person(each) for each in (await table.look()).rows]

    found = show(f"<main><h1>People</h1><div>{head}<div>{rows}</div></div></main>", work)
    assert [(person.email, person.role, person.status) for person in found] == [
        (EMAIL, Role.LEARNER, Status.ACTIVE),
        ("bo@x.example", Role.ADMIN, Status.DEACTIVATED),
    ]
