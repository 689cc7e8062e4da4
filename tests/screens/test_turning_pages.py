"""The pages of a list are turned by what leads on, whatever it listens to, and never where a person could not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page, Route

from connector.errors import ConsoleDrift
from page_objects.group_screen import MemberTable
from page_objects.lane import Lane
from page_objects.rows import TableReading
from page_objects.table import PeopleTable
from tests.screens.conftest import Show

LIST = """
<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody></tbody></table>
<p id="range"></p>
<button id="next">Next</button>
<script>
  const row = (n) => `<tr><td>Person ${n}</td><td>person${n}@x.example</td><td>Active</td></tr>`;
  const rows = Array.from({ length: 50 }, (_, n) => row(n));
  let page = 0;
  window.turns = [];
  const draw = () => {
    document.querySelector("tbody").innerHTML = rows.slice(page * 20, page * 20 + 20).join("");
    document.querySelector("#range").textContent = `Showing ${page * 20 + 1}-${Math.min(page * 20 + 20, 50)} of 50`;
    document.querySelector("#next").disabled = page === 2;
  };
  window.turn = (event) => { window.turns.push(event.isTrusted); page += 1; draw(); };
  draw();
</script>
"""
CLICK = '<script>document.querySelector("#next").addEventListener("click", turn)</script>'
POINTER = '<script>document.querySelector("#next").addEventListener("pointerdown", turn)</script>'
LATER = """<script>document.querySelector("#next").addEventListener("click", (e) => {
  document.querySelector("table").setAttribute("aria-busy", "true");
  setTimeout(() => { document.querySelector("table").removeAttribute("aria-busy"); turn(e); }, 900);
})</script>"""
SAYS_NOTHING = CLICK.replace("turn)", "(event) => setTimeout(turn, 900, event))")
COVER = '<div style="position: fixed; inset: 0; background: #eee" id="cover">Something over everything</div>'
TWICE = "<button>Next</button>"
ABOVE_TOO = """<script>
  const below = document.querySelector("#next"), above = below.cloneNode(true);
  above.id = "above";
  document.body.prepend(above);
  above.addEventListener("click", (event) => turn(event));
  new MutationObserver(() => { above.disabled = below.disabled; }).observe(below, { attributes: true });
</script>"""

IN_VIEW = """<style>
  #box { height: 150px; overflow-y: auto; } #box tr { height: 30px; } #box td, #box th { padding: 0; }
</style><script>
  const box = document.createElement("div"), table = document.querySelector("table");
  box.id = "box";
  table.replaceWith(box);
  box.append(table);
  const all = () => rows.slice(page * 20, page * 20 + 20);
  const space = (n) => `<tr style="height: ${n * 30}px"></tr>`;
  const drawInView = () => {
    const from = Math.max(0, Math.floor(box.scrollTop / 30) - 1), shown = all().slice(from, from + 7);
    const below = space(all().length - from - shown.length);
    document.querySelector("tbody").innerHTML = space(from) + shown.join("") + below;
  };
  box.addEventListener("scroll", drawInView);
  const drawPage = window.turn;
  window.turn = (event) => { drawPage(event); box.scrollTop = 0; drawInView(); };
  drawInView();
</script>"""

WithPage = Callable[[Callable[[Page], Awaitable[Any]]], Any]
Read = Callable[[str], tuple[list[str], list[bool]]]


@pytest.fixture
def with_page(portal: BlockingPortal, browser_here: Browser) -> WithPage:
    """Does something with a page of its own."""

    async def on_a_page(work: Callable[[Page], Awaitable[Any]]) -> Any:
        page = await browser_here.new_page()
        try:
            return await work(page)
        finally:
            await page.close()

    return lambda work: portal.call(on_a_page, work)


@pytest.fixture
def read(with_page: WithPage) -> Read:
    """Whom the pages of a list show, and of each turn whether it was made with the pointer."""

    def reading(html: str) -> tuple[list[str], list[bool]]:
        async def work(page: Page) -> tuple[list[str], list[bool]]:
            await page.set_content(html)
            table = PeopleTable(Lane(page, "http://console.example", 2.0), "People")
            people = [table.address(row) async for one in table.pages() for row in one.rows]
            return people, await page.evaluate("window.turns")

        found: tuple[list[str], list[bool]] = with_page(work)
        return found

    return reading


EVERYBODY = [f"person{number}@x.example" for number in range(50)]


def test_pages_are_turned_in_the_look_that_finds_the_way_on(read: Read) -> None:
    assert read(LIST + CLICK) == (EVERYBODY, [False, False])


def test_a_page_is_not_turned_before_all_its_rows_were_scrolled_to(read: Read) -> None:
    people, turns = read(LIST + IN_VIEW + CLICK)
    assert sorted(set(people)) == sorted(EVERYBODY)
    assert turns == [False, False]


def test_a_pager_that_listens_to_the_pointer_alone_is_turned_by_the_pointer_each_page_once(read: Read) -> None:
    assert read(LIST + POINTER) == (EVERYBODY, [True, True])


@pytest.mark.parametrize("late", [LATER, SAYS_NOTHING])
def test_rows_that_take_their_time_are_waited_for_and_the_page_is_turned_once(read: Read, late: str) -> None:
    assert read(LIST + late) == (EVERYBODY, [False, False])


def test_what_a_person_could_not_reach_is_not_clicked(read: Read, with_page: WithPage) -> None:
    with pytest.raises(ConsoleDrift, match="could not be clicked"):
        read(LIST + CLICK + COVER)


def test_two_ways_on_are_drift(read: Read) -> None:
    with pytest.raises(ConsoleDrift, match="is there 2 times"):
        read(LIST + CLICK + TWICE)


def test_a_pager_above_the_table_and_once_more_below_it_is_one(read: Read) -> None:
    seen, turns = read(LIST + CLICK + ABOVE_TOO)
    assert seen == EVERYBODY
    assert len(turns) == 2


def test_a_page_that_the_browser_is_still_reading_in_is_waited_for(with_page: WithPage) -> None:
    """The answer has come as a whole, and of its rows those before a script that is still fetched are drawn."""

    def page_of(rows: range, between: str, onward: str) -> str:
        drawn = [f"<tr><td>Person {n}</td><td>person{n}@x.example</td><td>Active</td></tr>" for n in rows]
        drawn.insert(7, between)
        head = "<tr><th>Name</th><th>Email</th><th>Status</th></tr>"
        return f"<table><thead>{head}</thead><tbody>{''.join(drawn)}</tbody></table>{onward}<p>20 people</p>"

    pages = {
        "/1": page_of(range(10), "", '<a href="/2">Next</a>'),
        "/2": page_of(range(10, 20), '<script src="/slow.js"></script>', ""),
    }

    looked = asyncio.Event()

    class Watched(PeopleTable):
        """The rest of the page comes only after its first rows were looked at."""

        async def look(self) -> TableReading:
            found = await super().look()
            if any(row.email == "person10@x.example" for row in found.rows):
                looked.set()
            return found

    async def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/slow.js":
            await looked.wait()
        await route.fulfill(body=pages.get(path, ""), content_type="text/html" if path in pages else "text/javascript")

    async def work(page: Page) -> list[str]:
        lane = Lane(page, "http://console.example", 5.0)
        await page.route("**/*", answer)
        await lane.go("http://console.example/1", screen="People")
        table = Watched(lane, "People")
        return [table.address(row) async for one in table.pages() for row in one.rows]

    assert with_page(work) == [f"person{number}@x.example" for number in range(20)]


def test_documents_that_were_left_are_let_go(with_page: WithPage) -> None:
    async def work(page: Page) -> int:
        collected = 0
        collect = page.request_gc

        async def counted() -> None:
            nonlocal collected
            collected += 1
            await collect()

        page.request_gc = counted  # type: ignore[method-assign]
        lane = Lane(page, "http://console.example", 5.0)
        await page.route("**/*", lambda route: route.fulfill(body="<p>A page</p>", content_type="text/html"))
        for number in range(40):
            await lane.go(f"http://console.example/{number}", screen="a page")
        return collected

    assert with_page(work) == 3


def test_a_list_that_was_opened_a_moment_ago_is_fresh_once_and_for_a_moment(
    with_page: WithPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(page: Page) -> list[bool]:
        lane, now = Lane(page, "http://console.example", 5.0), 1000.0
        monkeypatch.setattr("page_objects.lane.monotonic", lambda: now)
        never = lane.is_fresh()
        lane.note_fresh()
        at_once, twice = lane.is_fresh(), lane.is_fresh()
        lane.note_fresh()
        now += 60
        return [never, at_once, twice, lane.is_fresh()]

    assert with_page(work) == [False, True, False, False]


GROUP = """<main><p>Showing 1-2 of 2 users</p></main>
<div id=group role=dialog style="position: absolute; top: 60px; left: 0; width: 600px; background: #fff"><h2>Sales</h2>
  <p>4 members</p>
  <table><thead><tr><th>Name</th><th>Email</th></tr></thead><tbody>
  <tr><td>Ann Lee</td><td>ann@x.example</td></tr><tr><td>Bob Ray</td><td>bob@x.example</td></tr></tbody></table>
  <div style="height: 1500px"></div></div>
<script>addEventListener("scroll", () => document.querySelector("tbody").insertAdjacentHTML("beforeend",
  "<tr><td>Cy Ode</td><td>cy@x.example</td></tr><tr><td>Di Vine</td><td>di@x.example</td></tr>"), { once: true });
</script>
"""


def test_members_are_as_many_as_their_drawer_says_and_not_the_page_behind_it(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        members = MemberTable(Lane(page, "http://console.example", 3.0), "group", page.locator("#group"))
        emails = [row.email async for rows in members.pages() for row in rows.rows]
        return sorted({email for email in emails if email})

    assert show(GROUP, work) == ["ann@x.example", "bob@x.example", "cy@x.example", "di@x.example"]
