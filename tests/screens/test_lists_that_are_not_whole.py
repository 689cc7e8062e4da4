"""Lists that show some of the people: the table goes for a moment, rows are still to come, others stand in tabs."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift, SessionEnded
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen
from page_objects.table import PeopleTable
from tests.screens.conftest import Show

HEAD = "<thead><tr><th>Name<th>Email<th>Status</thead>"


def lane_on(page: Page, timeout: float = 3) -> Lane:
    lane = Lane(page=page, base_url="http://console.example", timeout=timeout)
    lane.note_fresh()
    return lane


async def listed(page: Page) -> list[str | None]:
    """Whose rows the pages show, each once."""
    table = PeopleTable(lane_on(page), "People")
    return list(dict.fromkeys([row.email async for each in table.pages() for row in each.rows]))


def people(count: int) -> list[str]:
    return [f"p{number}@x.example" for number in range(count)]


# -- a table that goes for a moment -----------------------------------------------------------------------------------
SCROLLED = f"""<div id=root><div id=box style="height: 200px; overflow-y: auto"><table>{HEAD}<tbody></tbody></table>
</div></div>
<script>
  const row = (n) => `<tr style="height: 40px"><td>P ${{n}}<td>p${{n}}@x.example<td>Active`;
  const body = document.querySelector("tbody");
  let shown = 0;
  const add = () => body.insertAdjacentHTML("beforeend", row(shown++));
  const more = () => {{ for (let n = 0; n < 10 && shown < 30; n += 1) add(); }};
  more();
  box.onscroll = () => {{ if (box.scrollTop + box.clientHeight > box.scrollHeight - 80) more(); comes(); }};
  let came = false;
  const comes = () => {{ if (came) return; came = true; THEN }};
</script>"""
NEWS = """root.inert = true; document.body.insertAdjacentHTML("beforeend",
  `<div role=dialog aria-modal=true style="position: fixed; inset: 0; background: white"><h2>What's new</h2>
   <button onclick="root.inert = false; parentNode.remove()">Got it</button></div>`);"""
SIGNED_OUT = """root.remove(); document.body.insertAdjacentHTML("beforeend",
  `<form><label>Email <input type=email></label><button>Continue</button></form>`);"""


def test_a_dialog_that_comes_up_over_the_list_does_not_end_it(show: Show) -> None:
    assert show(SCROLLED.replace("THEN", NEWS), listed) == people(30)


def test_a_dialog_that_is_up_when_a_way_onward_is_looked_for_does_not_end_the_list(show: Show) -> None:
    async def work(page: Page) -> list[str | None]:
        table = PeopleTable(lane_on(page), "People")
        found: list[str | None] = []
        async for each in table.pages():
            if not found:
                await page.evaluate("comes()")
            found += [row.email for row in each.rows]
        return list(dict.fromkeys(found))

    assert show(SCROLLED.replace("THEN", NEWS), work) == people(30)


@pytest.mark.parametrize(("then", "error"), [("root.inert = true", ConsoleDrift), (SIGNED_OUT, SessionEnded)])
def test_a_list_that_is_gone_is_never_at_its_end(show: Show, then: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        show(SCROLLED.replace("THEN", then), listed)


# -- rows that come when the page is scrolled to its end --------------------------------------------------------------
ENDLESS = f"""<h1>Crew</h1><p>SAID</p><table>{HEAD}<tbody></tbody></table><div id=end>Loading more…</div>
<script>
  const row = (n) => `<tr style="height: 60px"><td>P ${{n}}<td>p${{n}}@x.example<td>Active`;
  const body = document.querySelector("tbody");
  let shown = 0;
  const more = () => {{
    for (let n = 0; n < 20 && shown < ALL; n += 1) body.insertAdjacentHTML("beforeend", row(shown++));
    if (shown >= ALL) {{ end.textContent = END; seen.disconnect(); }}
  }};
  const seen = new IntersectionObserver((all) => {{
    if (!all.some((each) => each.isIntersecting)) return;
    seen.unobserve(end);
    setTimeout(() => {{ more(); if (shown < ALL) seen.observe(end); }}, 100);
  }});
  seen.observe(end);
  more();
</script>"""


def endless(said: str, *, have: int = 60, end: str = "'That is all.'") -> str:
    return ENDLESS.replace("SAID", said).replace("ALL", str(have)).replace("END", end)


@pytest.mark.parametrize("said", ["", "60 crew", "60 team members · 51 of 55 seats used"])
def test_rows_that_come_at_the_end_of_the_page_are_read_whatever_counts_them(show: Show, said: str) -> None:
    assert show(endless(said), listed) == people(60)


def test_a_list_that_goes_on_saying_that_more_is_loading_is_not_whole(show: Show) -> None:
    with pytest.raises(ConsoleDrift, match="the next rows did not come"):
        show(endless("", end="'Loading more…'"), listed)


# -- a filter that is on at first ------------------------------------------------------------------------------------
FILTERED = f"""<div role=group aria-label=Filters><span id=chip>
<button aria-haspopup=menu onclick="menu.hidden = false">Status: Active</button>OFF</span>
<button>+ Add filter</button> <button>Clear all</button></div>
<div id=menu role=menu hidden><div role=menuitemradio>Active</div><div role=menuitemradio>Deactivated</div></div>
<label>Search <input id=search></label><p id=said></p><table>{HEAD}<tbody></tbody></table>
<script>
  const crew = [["Ann", "ann@x.example", "Deactivated"], ["Bo", "bo@x.example", "Active"]];
  let every = false;
  const draw = () => {{
    const shown = crew.filter((p) => (every || p[2] === "Active") && p[1].includes(search.value));
    document.querySelector("tbody").innerHTML = shown.map((p) => "<tr><td>" + p.join("<td>")).join("");
    said.textContent = shown.length ? "" : "Nobody matches";
  }};
  const off = () => {{ THEN }};
  search.oninput = draw;
  draw();
</script>"""
GOES = "every = true; chip.remove(); draw();"
OFF = '<button aria-label="Remove filter Status: Active" onclick="off()">✕</button>'


@pytest.mark.parametrize("off", [OFF, "<button onclick='off()'>×</button>"], ids=["named", "a bare cross"])
def test_a_filter_by_status_is_taken_off_by_the_other_half_of_its_chip(show: Show, off: str) -> None:
    async def work(page: Page) -> list[str]:
        screen = PeopleScreen(lane_on(page))
        return [str(screen.person(row).status) for row in await screen.matches("ann@x.example")]

    assert show(FILTERED.replace("OFF", off).replace("THEN", GOES), work) == ["deactivated"]


CHOSEN = """<select aria-label=Status onchange="every = value === ''; draw()"><option>Active &amp; Invited
<option value="">All<option>Deactivated</select>"""
FOLDED = """<button aria-expanded=false onclick="fold(this)">Filters</button><div id=folded hidden>WITHIN</div>
<script>
  const fold = (el) => { folded.hidden = !folded.hidden; el.ariaExpanded = String(!folded.hidden); };
</script>"""


def unfolding(within: str) -> str:
    start, _, rest = FILTERED.partition("<div role=group")
    return start + within + rest[rest.index("<label>") :].replace("THEN", "")


@pytest.mark.parametrize("where", ["WITHIN", FOLDED], ids=["in view", "folded away"])
def test_a_filter_that_is_set_to_more_than_one_status_is_set_to_all(show: Show, where: str) -> None:
    async def work(page: Page) -> Any:
        screen = PeopleScreen(lane_on(page))
        statuses = [str(screen.person(row).status) for row in await screen.matches("ann@x.example")]
        return statuses, await page.locator("#folded:visible").count()

    assert show(unfolding(where.replace("WITHIN", CHOSEN)), work) == (["deactivated"], 0)


def test_filters_that_hold_none_by_status_are_folded_again_and_left_alone(show: Show) -> None:
    html = unfolding(FOLDED.replace("WITHIN", "<select aria-label=Role><option>All</select>"))

    async def work(page: Page) -> Any:
        screen = PeopleScreen(lane_on(page))
        found = len(await screen.matches("bo@x.example"))
        return found, await page.locator("#folded:visible").count()

    assert show(html, work) == (1, 0)


def test_a_filter_by_status_that_stays_leaves_people_out(show: Show) -> None:
    async def work(page: Page) -> None:
        await PeopleScreen(lane_on(page)).matches("ann@x.example")

    with pytest.raises(ConsoleDrift, match="the list leaves people out"):
        show(FILTERED.replace("OFF", OFF).replace("THEN", ""), work)


def test_news_that_come_up_after_a_button_was_found_are_closed_before_it_is_clicked(show: Show) -> None:
    html = """<div id=root><button onclick="document.title = 'clicked'">Save</button></div>"""

    async def work(page: Page) -> str:
        lane = lane_on(page)
        button = lane.find("action", words=["Save"])
        assert await button.count() == 1
        await page.evaluate("() => { " + NEWS + " }")
        await lane.click(button, what="'Save'", screen="People")
        return await page.title()

    assert show(html, work) == "clicked"


# -- what a search finds of all ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("said", ["No team members match “mann@x.example”.", "No staff match your search."])
def test_nobody_may_be_said_of_whatever_the_people_are_called(show: Show, said: str) -> None:
    async def work(page: Page) -> bool:
        return await PeopleScreen(lane_on(page)).says_nobody()

    assert show(f"<h1>Team members</h1><p>{said}</p>", work)


# -- tabs that show one status each ---------------------------------------------------------------------------------
CREW = [(f"P {n}", email, ("Active", "Invited", "Deactivated")[n % 3]) for n, email in enumerate(people(7))]
TABS = f"""<nav hidden></nav><div role=tablist></div><label>Search <input id=search></label><p id=said></p>
<div id=list></div>
<script>
  const crew = CREW, names = {{ Active: "ACTIVE", Invited: "Invited", Deactivated: "Deactivated" }};
  let status = "FIRST";
  window.turned = [];
  const draw = () => {{
    const found = crew.filter(([n, e]) => (n + e).includes(search.value));
    const press = (s) => `turned.push('${{s}}'); turn('${{s}}')`;
    const tab = (s) => `<button role=tab aria-selected=${{s === status}} onclick="${{press(s)}}">${{names[s]}}`
      + COUNT + "</button>";
    document.querySelector("[role=tablist]").innerHTML = Object.keys(names).map(tab).join(" ");
    const shown = found.filter(([, , s]) => s === status);
    said.textContent = SAID;
    const rows = shown.map((p) => "<tr><td>" + p.join("<td>")).join("");
    const nobody = `<p>No users match “${{search.value}}”.</p>`;
    list.innerHTML = shown.length ? `<table>{HEAD}<tbody>${{rows}}</table>` : nobody;
  }};
  const turn = (to) => {{ status = to; TURNS draw(); }};
  search.oninput = draw;
  draw();
</script>"""
COUNTED = '" (" + found.filter((p) => p[2] === s).length + ")"'


def in_tabs(
    *, first: str = "Active", active: str = "User", count: str = COUNTED, said: str = '""', turns: str = ""
) -> str:
    drawn = TABS.replace("CREW", repr([list(each) for each in CREW])).replace("FIRST", first).replace("ACTIVE", active)
    return drawn.replace("COUNT", count).replace("SAID", said).replace("TURNS", turns)


TOTAL = 'shown.length + " users"'


@pytest.mark.parametrize("first", ["Active", "Deactivated"])
@pytest.mark.parametrize("active", ["User", "Active"])
@pytest.mark.parametrize(("count", "total"), [(COUNTED, 7), ('""', None)], ids=["counted", "not counted"])
def test_a_list_that_shows_one_status_at_a_time_is_all_of_its_tabs(
    show: Show, first: str, active: str, count: str, total: int | None
) -> None:
    async def work(page: Page) -> tuple[list[str | None], int | None]:
        screen = PeopleScreen(lane_on(page))
        found = [row.email async for each in screen.everyone() for row in each.rows]
        return found, await screen.shown_total()

    found, said = show(in_tabs(first=first, active=active, count=count, said=TOTAL), work)
    assert (sorted(found), said) == (people(7), total)


@pytest.mark.parametrize("turns", ["", "search.value = '';"], ids=["keeps the search", "forgets the search"])
@pytest.mark.parametrize("count", [COUNTED, '""'], ids=["counted", "not counted"])
def test_whoever_is_in_another_tab_is_found_and_in_view(show: Show, count: str, turns: str) -> None:
    html = in_tabs(count=count, turns=turns)

    async def work(page: Page) -> list[Any]:
        await page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        found: list[Any] = []
        for email in people(3):
            screen = PeopleScreen(Lane(page=page, base_url="http://console.example", timeout=3))
            found += [(row.email, await screen.table.row(email).count()) for row in await screen.matches(email)]
        return found

    assert show("", work) == [(email, 1) for email in people(3)]


def test_a_tab_that_counts_nobody_is_not_turned_to(show: Show) -> None:
    async def work(page: Page) -> Any:
        return len(await PeopleScreen(lane_on(page)).matches("p1@x.example")), await page.evaluate("turned")

    assert show(in_tabs(), work) == (1, ["Invited"])


def test_nobody_is_said_once_every_tab_was_looked_at(show: Show) -> None:
    async def work(page: Page) -> Any:
        return len(await PeopleScreen(lane_on(page)).matches("no@x.example")), await page.evaluate("turned")

    assert show(in_tabs(count='""'), work) == (0, ["Invited", "Deactivated"])


def test_a_tab_that_cannot_be_turned_to_leaves_people_out(show: Show) -> None:
    async def work(page: Page) -> None:
        _ = [each async for each in PeopleScreen(lane_on(page)).everyone()]

    with pytest.raises(ConsoleDrift, match="the list leaves people out"):
        show(in_tabs(turns="status = 'Active';"), work)


def test_a_tab_that_shows_fewer_than_it_says_is_not_whole(show: Show) -> None:
    async def work(page: Page) -> None:
        _ = [each async for each in PeopleScreen(lane_on(page)).everyone()]

    with pytest.raises(ConsoleDrift, match="the tab 'Invited' could not be read completely"):
        show(in_tabs(count='""', said="(status === 'Invited' ? 9 : shown.length) + ' users'"), work)


def test_look_alikes_are_looked_for_in_every_tab(show: Show) -> None:
    async def work(page: Page) -> tuple[list[str], int | None]:
        rows, total = await PeopleScreen(lane_on(page)).glance("x.example")
        return sorted(row.email or "" for row in rows), total

    assert show(in_tabs(), work) == (people(7), 7)


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ("`Showing ${shown.length} of 2 people`", 1),
        ("every ? `Showing 1 of 2 people` : `Showing 2 of 2 people`", 1),
        ("`Showing 1 of 2 people`", 2),
        ("`Showing ${shown.length} of ${shown.length + 1} people`", 2),
    ],
    ids=["matches of everybody", "whoever is left", "loaded of those who match", "another number of all"],
)
def test_how_many_match_of_everybody_is_told_from_how_many_are_drawn(show: Show, said: str, total: int) -> None:
    html = (
        FILTERED.replace("OFF", "").replace("Status: Active", "Sort").replace("let every = false", "let every = true")
    )
    html = html.replace('shown.length ? "" : "Nobody matches"', said.replace("every", "search.value"))

    async def work(page: Page) -> int | None:
        screen = PeopleScreen(lane_on(page))
        await screen.search("ann@x.example")
        return await screen.shown_total()

    assert show(html, work) == total


def test_a_table_that_is_gone_is_no_answer_to_what_brings_others(show: Show) -> None:
    async def work(page: Page) -> None:
        table = PeopleTable(lane_on(page, timeout=1.5), "People")
        before, mark = await table.read(), table.lane.traffic.mark()
        await page.evaluate("document.querySelector('table').remove()")
        await table.after(before, mark)

    html = "<h1>People</h1><table><tr><th>Name<th>Email<tr><td>Ann Lee<td>ann@x.example</table>"
    with pytest.raises(ConsoleDrift, match="the next rows did not come"):
        show(html, work)
