"""What masked pictures and outlines show, on pages of a fixed layout: letters of others make no difference."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

import pytest
from anyio.from_thread import start_blocking_portal
from playwright.async_api import Browser, Page, async_playwright

from connector import masking
from connector.browser import find_browser, launch_options
from tests.conftest import BROWSER

T = TypeVar("T")
ANN, BEA, CAT = "ann@northwind.example", "bea@northwind.example", "cat@northwind.example"

# The field has a frame of its own: a page's styles may or may not reach the frame the browser draws by itself, from one
# document to the next.
PAGE = """<style>
  table {{ table-layout: fixed; width: 800px }} td {{ overflow: hidden; white-space: nowrap; height: 24px }}
  .who::before {{ content: attr(data-initials); color: black }} header, p, dialog {{ height: 24px; overflow: hidden }}
  input {{ border: 1px solid; background: none }}
</style>
<header>{account} admin@northwind.example</header>
<main>
<table>
  <tr><th>Name</th><th>Email</th><th>Manager</th></tr>
  <tr><td class="who" data-initials="{initials}">{ann}</td><td>ann@northwind.example</td>
    <td>{boss}@northwind.example</td></tr>
  <tr><td class="who" data-initials="{others}">{bea}</td><td>bea@northwind.example</td>
    <td><input value="{typed}"></td></tr>
</table>
<p>{bea} is next</p>
<x-card></x-card>
</main>
<script>
  const inner = document.querySelector("x-card").attachShadow({{mode: "open"}});
  inner.innerHTML = "<style>b {{ color: black; -webkit-text-fill-color: black }}</style>" +
    "<div style='height: 24px'><b>{cat}</b> cat@northwind.example</div>";
</script>
"""
PLAIN = {
    "account": "Console",
    "ann": "Ann Lee",
    "initials": "AL",
    "boss": "bob",
    "bea": "Bea Fox",
    "others": "BF",
    "typed": "Bea Fox",
    "cat": "Cat Roe",
}


class OnPage(Protocol):
    """What comes of a look at the page with these texts."""

    def __call__(self, look: Callable[[Page], Awaitable[T]], **changes: str) -> T: ...


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options(find_browser(BROWSER)))
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
def on_page() -> Iterator[OnPage]:
    async def looked_at(browser: Browser, look: Callable[[Page], Awaitable[T]], changes: dict[str, str]) -> T:
        page = await browser.new_page(viewport={"width": 900, "height": 300})
        await page.set_content(PAGE.format(**(PLAIN | changes)))
        found = await look(page)
        assert await page.locator("[data-evidence-shown], [style*=evidence]").count() == 0
        await page.close()
        return found

    # On a loop in a thread of its own: pytest-playwright may have one running in this thread.
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(_browser()) as browser:

        def on_page(look: Callable[[Page], Awaitable[T]], **changes: str) -> T:
            return portal.call(looked_at, browser, look, changes)

        yield on_page


async def masked(page: Page) -> bytes | None:
    return await masking.picture(page, [ANN])


async def plain(page: Page) -> bytes | None:
    return await page.screenshot()


OTHERS = {"account": "Bystand", "bea": "Xyz Qpg", "others": "XQ", "typed": "Xyz Qpg", "cat": "Wvu Tsr", "boss": "zed"}


def test_other_peoples_names_make_no_difference_to_a_masked_picture(on_page: OnPage) -> None:
    before, plainly = on_page(masked), on_page(plain)
    assert before is not None
    for name, text in OTHERS.items():
        assert on_page(plain, **{name: text}) != plainly  # it is in view
        assert on_page(masked, **{name: text}) == before, name


def test_her_own_name_does(on_page: OnPage) -> None:
    assert on_page(masked, ann="Ann Low") != on_page(masked)
    assert on_page(masked, initials="XX") != on_page(masked)


def test_an_outline_names_her_and_nobody_else(on_page: OnPage) -> None:
    outline = on_page(lambda page: masking.outline(page, [ANN], 5))
    assert "Ann Lee" in outline
    assert ANN in outline
    for text in ("Bea", "Cat", "admin@"):
        assert text not in outline


def test_a_picture_into_which_somebody_else_came_is_not_kept(on_page: OnPage) -> None:
    async def look(page: Page) -> bytes | None:
        shoot = page.screenshot

        async def meanwhile(**how: object) -> bytes:
            await page.evaluate("document.querySelectorAll('td')[1].textContent = 'bea@northwind.example'")
            return await shoot()

        page.screenshot = meanwhile  # type: ignore[method-assign]
        return await masking.picture(page, [ANN])

    assert on_page(look) is None


def test_the_words_beside_others_are_known_for_texts(on_page: OnPage) -> None:
    words = on_page(lambda page: masking.strangers_words(page, [ANN]))
    assert {"bea", "fox", "cat", "roe"} <= words
    assert not words & {"ann", "lee", "email", "name"}
    text = f"click the menu of Bea Fox beside {BEA}; {ANN} is Ann Lee; {CAT.upper()}"
    assert masking.masked(text, [ANN], words) == (
        f"click the menu of [somebody] [somebody] beside [somebody]; {ANN} is Ann Lee; [somebody]"
    )
