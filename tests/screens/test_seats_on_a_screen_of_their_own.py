"""Seats that the People screen does not tell, and a screen of their own does: how it is found, read and left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page

from connector.actions.context import Context
from connector.actions.directory import free_seats
from connector.errors import ConsoleDrift
from connector.models import SeatPool
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen
from page_objects.seat_tables import pools_on
from page_objects.seats_screen import MEMORY, NOWHERE, SeatsScreen
from tests.screens.conftest import Show

LIST = """<main><h1>People</h1><table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody>
<tr><td>Ann Lee</td><td>ann@x.example</td><td>Active</td></tr></tbody></table></main>"""
STATED = "<main><h1>Billing</h1><p><b>182</b> of <b>200</b> seats used &middot; 18 available</p></main>"
OWN = (SeatPool(name="licensed", used=182, total=200),)

Work = Callable[[Context, list[str]], Awaitable[Any]]


@pytest.fixture
def console(portal: BlockingPortal, browser_here: Browser) -> Callable[[dict[str, str], Work], Any]:
    """What is made of a console with these pages; the paths that were asked for are told."""

    async def work(pages: dict[str, str], act: Work) -> Any:
        asked: list[str] = []

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
            asked.append(path)
            status, body = ("200 OK", pages[path]) if path in pages else ("404 Not Found", "<p>Nothing here</p>")
            data = body.encode()
            head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(data)}\r\n"
            writer.write(f"{head}Connection: close\r\n\r\n".encode() + data)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        page = await browser_here.new_page()
        lane = Lane(page, address, 10.0)
        people = PeopleScreen(lane)
        await people.open()
        asked.clear()
        found = await act(cast(Context, SimpleNamespace(lane=lane, people=people)), asked)
        assert page.url == f"{address}/admin/users"
        await page.close()
        server.close()
        return found

    return lambda pages, act: portal.call(work, pages, act)


async def told(context: Context, asked: list[str]) -> Any:
    return await free_seats(context)


def pages(nav: str, **others: str) -> dict[str, str]:
    """Pages by their last word, under one navigation."""
    nav = f"<nav><a href=/admin/users>People</a> {nav}</nav>"
    return {"/": nav, "/admin/users": nav + LIST} | {f"/{path}": nav + html for path, html in others.items()}


@pytest.mark.parametrize("word", ["Billing", "Plan &amp; Seats", "Licenses", "Subscription", "Plan &amp; Billing"])
def test_the_screen_is_found_by_the_words_of_the_navigation(console: Any, word: str) -> None:
    assert console(pages(f"<a href=/plan>{word}</a>", plan=STATED), told) == OWN


def test_it_may_lie_behind_the_settings(console: Any) -> None:
    settings = "<main><h1>Settings</h1><div role=tablist><a role=tab href=/plan>Plan &amp; Seats</a></div></main>"
    assert console(pages("<a href=/settings>Settings</a>", settings=settings, plan=STATED), told) == OWN


def test_it_is_looked_for_once(console: Any) -> None:
    async def twice(context: Context, asked: list[str]) -> Any:
        first = await free_seats(context)
        asked.clear()
        return (
            first,
            await free_seats(context),
            context.lane.learnt[MEMORY],
            [each for each in asked if "fav" not in each],
        )

    found = console(pages("<a href=/plan>Billing</a>", plan=STATED), twice)
    assert found == (OWN, OWN, "/plan", ["/plan", "/admin/users"])


@pytest.mark.parametrize(
    "nav",
    [
        "",
        "<a href=/plan>Billings of others</a>",
        "<a href='http://127.0.0.2:9/plan'>Billing</a>",
        "<a href=/plan>Billing</a> <a href=/other>Billing</a>",
        "</nav><button onclick='location = \"/plan\"'>Billing</button><nav>",
    ],
    ids=["no word", "another word", "leads out of the console", "two of them", "something to press"],
)
def test_where_no_such_screen_is_offered_no_seats_are_told(console: Any, nav: str) -> None:
    async def twice(context: Context, asked: list[str]) -> Any:
        first = await free_seats(context)
        assert "/plan" not in asked
        asked.clear()
        context.lane.noted.clear()
        return first, await free_seats(context), context.lane.learnt[NOWHERE], asked

    assert console(pages(nav, plan=STATED), twice) == ((), (), True, [])


def test_it_is_looked_for_anew_where_somebody_asks_for_seats(console: Any) -> None:
    async def anew(context: Context, asked: list[str]) -> Any:
        context.lane.learnt[NOWHERE] = True
        return await free_seats(context), await free_seats(context, anew=True), NOWHERE in context.lane.learnt

    assert console(pages("<a href=/plan>Billing</a>", plan=STATED), anew) == ((), OWN, False)


def test_a_screen_that_tells_no_seats_is_none(console: Any) -> None:
    invoices = "<main><h1>Billing</h1><p>12 of 12 months paid</p><p>Add seats for $5 each</p></main>"
    assert console(pages("<a href=/plan>Billing</a>", plan=invoices), told) == ()


def test_seats_beside_the_people_come_first(console: Any) -> None:
    async def work(context: Context, asked: list[str]) -> Any:
        return await free_seats(context), asked

    shown = pages("<a href=/plan>Billing</a>", plan=STATED)
    shown["/admin/users"] += "<p>5 of 9 seats used</p>"
    assert console(shown, work) == ((SeatPool(name="licensed", used=5, total=9),), [])


@pytest.mark.parametrize(("word", "whole"), [("internal", False), ("external", False), ("licensed", True)])
def test_seats_of_one_kind_are_not_all_there_are(console: Any, word: str, *, whole: bool) -> None:
    kinds = """<main><h1>Seats</h1><table><tr><th>Kind</th><th>Used</th><th>Total</th></tr>
      <tr><td>Internal</td><td>5</td><td>9</td></tr><tr><td>External</td><td>5</td><td>9</td></tr></table></main>"""
    shown = pages("<a href=/plan>Seats</a>", plan=kinds)
    shown["/admin/users"] += f"<p>5 of 9 {word} seats used</p>"

    async def both(context: Context, asked: list[str]) -> Any:
        return [[pool.name for pool in await free_seats(context, anew=anew)] for anew in (False, True)]

    # Guards go by what stands beside the people; who asks for seats is told of all of them.
    assert console(shown, both) == [[word], [word] if whole else ["internal", "external"]]


def test_a_screen_that_was_there_and_does_not_come_lets_nobody_through(console: Any) -> None:
    async def gone(context: Context, asked: list[str]) -> Any:
        context.lane.learnt[MEMORY] = "/plan"
        with pytest.raises(ConsoleDrift):
            await free_seats(context)
        await context.people.open()

    console(pages(""), gone)


# -- what such a screen states -----------------------------------------------------------------------------------------
def table(*rows: str, title: str = "Seats") -> Mapping[str, Any]:
    return {"title": title, "rows": [row.split(" | ") for row in rows]}


def pool(name: str, used: int, total: int | None = None) -> SeatPool:
    return SeatPool(name=name, used=used, total=total)


KINDS = ("Internal learners | 157 | 161 | 4", "External learners (customers) | 5 | 20 | 15")


@pytest.mark.parametrize(
    ("tables", "pools"),
    [
        (
            [table("Kind of seat | Used | Licensed | Free", *KINDS)],
            (pool("internal", 157, 161), pool("external", 5, 20)),
        ),
        (
            [table("Seats | Purchased | Used | Free | Invitations pending", "Internal | 161 | 150 | 4 | 7")],
            (pool("internal", 157, 161),),
        ),
        ([table("Type | Used | Available", "Learner seats | 1,150 | 50")], (pool("licensed", 1150, 1200),)),
        ([table("Type | Total | Remaining", "All seats | 200 | 18")], (pool("licensed", 182, 200),)),
        (
            [
                table(
                    "License | Used | Total",
                    "Learners | 30 | 40",
                    "Creator | 2 | 5",
                    "Admins | 1 | 3",
                    "Total | 33 | 48",
                )
            ],
            (pool("licensed", 30, 40), pool("creator", 2, 5), pool("admin", 1, 3)),
        ),
        ([table("License | Used | Total", "Learners | 30 | Unlimited")], (pool("licensed", 30),)),
        # What is counted besides seats, and what is no count.
        (
            [
                table(
                    "Item | Used | Limit", "Seats | 30 | 40", "Courses | 3 | 50", "Storage | 3 GB | 9 GB", title="Usage"
                )
            ],
            (pool("licensed", 30, 40),),
        ),
        ([table("Item | Used | Limit", "Courses | 3 | 50", title="Usage")], ()),
        ([table("Month | Seats | Amount", "January | 40 | $200", title="Invoices")], ()),
        # Totals of one pool that differ: which is today's is not told.
        ([table("Month | Used | Total", "Learners | 30 | 40", "Users | 31 | 50", title="Seats")], ()),
        # One under the other.
        (
            [table("Seats purchased | 200", "Seats used | 182", "Renewal | 12 May", title="Plan")],
            (pool("licensed", 182, 200),),
        ),
        ([table("Seats purchased | 200", "Price | 12", title="Plan")], ()),
    ],
)
def test_tables_state_pools(tables: list[Mapping[str, Any]], pools: tuple[SeatPool, ...]) -> None:
    assert pools_on([], tables, []) == pools


def test_lines_and_terms_state_pools_too() -> None:
    assert pools_on(["182 of 200 seats used", "182 of 200 seats used · 18 available"], [], []) == OWN
    assert pools_on(["January: 150 of 180 seats used", "February: 160 of 200 seats used"], [], []) == ()
    assert pools_on([], [], [("Total seats", "200"), ("Seats in use", "182"), ("Next invoice", "5")]) == OWN
    assert pools_on([], [], [("Total seats", "200"), ("Total seats", "100"), ("Seats in use", "82")]) == ()


CARD = "<div class=card><p>{}</p><p>{}</p></div>"


@pytest.mark.parametrize(
    ("title", "cards", "pools"),
    [
        ("Seats", (("Used", "182"), ("Total", "200"), ("Pending invitations", "7")), OWN),
        ("Seats", (("182", "Used"), ("18", "Available")), OWN),
        ("Seat usage", (("Used", "182"), ("Total", "200")), OWN),
        ("Overview", (("Seats used", "182"), ("Total seats", "200"), ("Courses", "12")), OWN),
        ("Overview", (("Used", "182"), ("Total", "200")), ()),
    ],
)
def test_cards_with_a_number_each_state_the_seats_where_they_or_the_screen_say_so(
    show: Show, title: str, cards: tuple[tuple[str, str], ...], pools: tuple[SeatPool, ...]
) -> None:
    html = f"<main><h1>{title}</h1><div>{''.join(CARD.format(*card) for card in cards)}</div></main>"

    async def work(page: Page) -> Any:
        return await SeatsScreen(Lane(page=page, base_url="http://console.example", timeout=3)).shown()

    assert show(html, work) == pools
