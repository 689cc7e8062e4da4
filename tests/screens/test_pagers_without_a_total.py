"""Pagers that tell the present page alone, or leave numbers out: lists are read whole, each row once."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Route

from connector.errors import ConsoleDrift, ConsoleUnavailable
from page_objects.people_screen import PeopleScreen
from page_objects.table import PeopleTable
from tests.screens.shown import lane_on

SIZE, EVERYBODY = 5, [f"person{number}@x.example" for number in range(38)]
LAST = 8
Draw = Callable[[int], str]


def rows_of(page: int) -> str:
    people = range((page - 1) * SIZE, min(page * SIZE, len(EVERYBODY)))
    rows = "".join(f"<tr><td>Person {n}</td><td>person{n}@x.example</td><td>Active</td></tr>" for n in people)
    return f"<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody>{rows}</tbody></table>"


def link(page: int, said: str | int) -> str:
    return f"<a href='/list?page={page}'>{said}</a>"


def present_alone(page: int) -> str:
    """'Page 2' between Previous and Next, of which the last page has none."""
    before = link(page - 1, "Previous") if page > 1 else "<span>Previous</span>"
    return f"<p>{before} <span>Page {page}</span> {link(page + 1, 'Next') if page < LAST else '<span>Next</span>'}</p>"


def disabled_at_the_end(page: int) -> str:
    disabled = "" if page < LAST else "disabled"
    turn = f'location = "/list?page={page + 1}"'
    return f"<p><span>Page {page}</span> <button {disabled} onclick='{turn}'>Next</button></p>"


def never_ending(page: int) -> str:
    """The last page offers to go on, and comes once more."""
    return f"<p><span>Page {page}</span> {link(min(page + 1, LAST), 'Next')}</p>"


def numbers(page: int) -> list[int | str]:
    near = sorted({1, LAST, *(n for n in range(page - 1, page + 2) if 1 <= n <= LAST)})
    said: list[int | str] = []
    for before, n in zip([0, *near], near, strict=False):
        said += ["…", n] if n > before + 1 else [n]
    return said


def numbered(page: int) -> str:
    """« 1 2 3 … 8 »"""
    each = [f"<span>{n}</span>" if n in ("…", page) else link(int(n), n) for n in numbers(page)]
    ends = link(max(page - 1, 1), "«"), link(min(page + 1, LAST), "»")
    return f"<nav>{ends[0]} {' '.join(each)} {ends[1]}</nav>"


def numbered_alone(page: int) -> str:
    """1 2 3 … 8, without arrows."""
    marked = [
        f"<b aria-current=page>{n}</b>" if n == page else n if n == "…" else link(int(n), n) for n in numbers(page)
    ]
    return f"<div class=pages>{' '.join(map(str, marked))}</div>"


def gaps_that_are_links(page: int) -> str:
    """The gap leads on as well, to some page in it."""
    each = [link(5, n) if n == "…" else f"<em>{n}</em>" if n == page else link(int(n), n) for n in numbers(page)]
    return f"<ul>{''.join(f'<li>{one}</li>' for one in each)}</ul>"


def first_and_last(page: int) -> str:
    """« to the first, » to the last page, ‹ and › one on."""
    here, back, on = f"<span>Page {page}</span>", max(page - 1, 1), min(page + 1, LAST)
    return f"<nav>{link(1, '«')} {link(back, '‹')} {here} {link(on, '›')} {link(LAST, '»')}</nav>"


@pytest.fixture
def read(portal: BlockingPortal, browser_here: Browser) -> Callable[[Draw], tuple[list[str], int | None]]:
    """Whom a list with this pager shows on all its pages, and how many it says there are."""

    async def reading(draw: Draw) -> tuple[list[str], int | None]:
        async def answer(route: Route) -> None:
            page = int(parse_qs(urlsplit(route.request.url).query).get("page", ["1"])[0])
            await route.fulfill(
                body=f"<main>{rows_of(page)}{draw(page)}</main>", content_type="text/html; charset=utf-8"
            )

        page = await browser_here.new_page()
        await page.route("**/*", answer)
        lane = lane_on(page, timeout=4)
        await lane.go("http://console.example/list", screen="People")
        screen = PeopleScreen(lane)
        table = PeopleTable(lane, "People")
        said = await screen.shown_total()
        found = [table.address(row) async for one in table.pages() for row in one.rows]
        await page.close()
        return found, said

    return lambda draw: portal.call(reading, draw)


@pytest.mark.parametrize(
    "draw",
    [present_alone, disabled_at_the_end, never_ending, numbered, numbered_alone, gaps_that_are_links, first_and_last],
)
def test_every_page_is_read_once(read: Callable[[Draw], tuple[list[str], int | None]], draw: Draw) -> None:
    found, said = read(draw)

    assert said is None
    assert list(dict.fromkeys(found)) == EVERYBODY
    assert len(found) - len(EVERYBODY) in (0, 3)  # what the last page shows once more is not somebody else


FAILS = """<p><span id=at>Page 2</span> <button id=next>Next</button></p><script>
  document.querySelector("#next").onclick = () => fetch("/rows?page=3");
</script>"""
FALLS_BACK = FAILS.replace('fetch("/rows?page=3")', 'document.querySelector("#at").textContent = "Page 3"')
BREAKS = f"<p><span>Page 2</span> {link(99, 'Next')}</p>"


@pytest.mark.parametrize("pager", [FAILS, FALLS_BACK, BREAKS], ids=["an answer fails", "says another", "no list comes"])
def test_a_list_that_is_not_turned_for_another_reason_is_not_taken_for_whole(
    portal: BlockingPortal, browser_here: Browser, pager: str
) -> None:
    async def reading() -> None:
        async def answer(route: Route) -> None:
            address = urlsplit(route.request.url)
            page = int(parse_qs(address.query).get("page", ["1"])[0])
            fails = address.path == "/rows" or page == 99
            body = f"<main>{rows_of(page)}{pager if page == 2 else present_alone(page)}</main>"
            kind = "text/html; charset=utf-8"
            await route.fulfill(status=500 if fails else 200, body="Sorry" if fails else body, content_type=kind)

        page = await browser_here.new_page()
        await page.route("**/*", answer)
        lane = lane_on(page)
        await lane.go("http://console.example/list", screen="People")
        with pytest.raises((ConsoleDrift, ConsoleUnavailable)):
            async for _ in PeopleTable(lane, "People").pages():
                pass
        await page.close()

    portal.call(reading)
