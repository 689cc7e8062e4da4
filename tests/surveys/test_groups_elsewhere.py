"""The Groups screen in markup that is not the mock's: cards, a table with boxes at its end, a menu in a portal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page, Route

from connector.errors import ConsoleDrift
from connector.models import Group
from page_objects.groups_screen import GroupsScreen, kind_said
from page_objects.lane import Lane

NAMES = ("Sales", "sales", "Sales, EMEA", "Field Crew")
BASE = "http://console.example"
_FOLDER = Path(__file__).parent / "groups"
_FRAME = (_FOLDER / "frame.html").read_text(encoding="utf-8")
PAGES = {name: _FRAME + (_FOLDER / f"{name}.html").read_text(encoding="utf-8") for name in ("cards", "table", "portal")}

Work = Callable[[GroupsScreen, Page], Awaitable[Any]]
On = Callable[..., Any]


@pytest.fixture
def on(portal: BlockingPortal, browser_here: Browser) -> On:
    """Lets a page object work on a console whose Groups screen is this page; `script` runs in it before its own."""

    async def work_on(html: str, work: Work, script: str) -> Any:
        async def answer(route: Route) -> None:
            body = html if route.request.url.endswith("/groups") else _FRAME
            await route.fulfill(body=body.replace("window.deleted = [];", f"window.deleted = []; {script}"))

        page = await browser_here.new_page()
        await page.route("**/*", answer)
        found = await work(GroupsScreen(Lane(page, BASE, 3)), page)
        await page.close()
        return found

    return lambda html, work, script="": portal.call(work_on, html, work, script)


async def _all(screen: GroupsScreen, page: Page) -> list[Group]:
    return [screen.table.group(row) async for look in screen.pages() for row in look.rows]


async def _delete(screen: GroupsScreen, page: Page) -> list[str]:
    selected = await screen.select("Sales")
    dialog = await screen.ask(selected, frozenset(NAMES))
    try:
        if await dialog.needed():
            await dialog.confirm(await dialog.ready())
        await dialog.objections()
    finally:
        await dialog.leave()
        await selected.leave()
    deleted: list[str] = await page.evaluate("window.deleted")
    return deleted


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_group_is_read_once_with_kind_and_number(on: On, page: str) -> None:
    assert on(page, _all) == [
        Group(name="Sales", kind="static", members=2),
        Group(name="sales", kind="static", members=1),
        Group(name="Sales, EMEA", kind="static", members=3),
        Group(name="Field Crew", kind="dynamic", members=0),
    ]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_members_are_those_of_the_exact_name(on: On, page: str) -> None:
    async def members(screen: GroupsScreen, page: Page) -> list[tuple[str, ...]]:
        found = []
        for name, expected in (("Sales", 2), ("sales", 1), ("Sales, EMEA", 3), ("Field Crew", 0)):
            view = await screen.open_group(name)
            found.append(await view.members(expected))
            await view.leave()
        return found

    assert [len(each) for each in on(page, members)] == [2, 1, 3, 0]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_exactly_one_group_is_deleted_among_its_namesakes(on: On, page: str) -> None:
    assert on(page, _delete) == ["Sales"]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(
    "question",
    [
        "Delete “Sales, EMEA”?",
        "Delete “Sales” and “sales”?",
        "Delete 2 groups?",
        "Delete Sales? Its users will also be deleted.",
        "Do you want to go on?",
    ],
)
def test_a_question_about_anything_else_is_never_answered_with_yes(on: On, page: str, question: str) -> None:
    async def deleted(screen: GroupsScreen, page: Page) -> list[str]:
        try:
            await _delete(screen, page)
        except ConsoleDrift as drift:
            assert "not about the group 'Sales' alone" in drift.message  # noqa: PT017 - the browser's own box raises none
        found: list[str] = await page.evaluate("window.deleted")
        return found

    assert on(page, deleted, f"window.question = {question!r};") == []


def test_what_is_selected_besides_keeps_the_group_from_being_deleted(on: On) -> None:
    """A selection that reaches over pages: the list shows one tick, and the console says two."""

    async def deleted(screen: GroupsScreen, page: Page) -> list[str]:
        with pytest.raises(ConsoleDrift, match="something else is selected"):
            await _delete(screen, page)
        found: list[str] = await page.evaluate("window.deleted")
        return found

    assert on(PAGES["cards"], deleted, "window.also = 'somebody else';") == []


def test_a_group_is_made_by_its_form(on: On) -> None:
    async def made(screen: GroupsScreen, page: Page) -> str:
        await screen.open()
        form = await screen.open_new()
        await form.fill("Night shift")
        await form.send()
        await form.leave()
        return str(await page.evaluate("window.made"))

    assert on(PAGES["cards"], made) == "Night shift"


def test_a_list_of_something_else_is_not_taken_for_one_of_groups(on: On) -> None:
    async def opened(screen: GroupsScreen, page: Page) -> None:
        with pytest.raises(ConsoleDrift, match="the list of groups is missing"):
            await screen.open()

    keys = "<h1>API keys</h1><table><tr><th>Name</th><th>Created</th></tr><tr><td>Sales</td><td>May</td></tr></table>"
    on(_FRAME + keys, opened)


def test_a_kind_is_told_only_by_its_own_words() -> None:
    from page_objects.words import Vocabulary

    said = {"Static group, 5 members": "static", "Dynamic": "dynamic", "Dynamics 365 users": None, "": None}
    assert {text: kind_said([text], Vocabulary()) for text in said} == said
    assert kind_said(["Static", "Dynamic"], Vocabulary()) is None
