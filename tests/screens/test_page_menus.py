"""Actions that a page keeps in one of its menus: opened to be found, and chosen in there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page

from connector.errors import ConsoleDrift
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen

Work = Callable[[PeopleScreen, Page], Awaitable[Any]]

PAGE = """
<header><button aria-haspopup="menu" data-menu="Log out">Account</button></header>
<main>
  <h1>People</h1>
  <button aria-haspopup="menu" data-menu="Invite User|Import Users">Add people</button>
  <button aria-haspopup="menu" data-menu="This view (CSV)|All people (CSV)">Export</button>
  <table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody><tr>
    <td>Ann Lee</td><td>ann@x.example</td>
    <td>Active <button aria-haspopup="menu" data-menu="Import Users">Actions</button></td></tr></tbody></table>
</main>
<script>
  window.chosen = [];
  window.opened = [];
  const close = () => document.querySelector("[role=menu]")?.remove();
  const choose = (name) => { close(); window.chosen.push(name); };
  for (const trigger of document.querySelectorAll("[data-menu]"))
    trigger.addEventListener("click", () => {
      close();
      window.opened.push(trigger.textContent);
      const menu = Object.assign(document.createElement("div"), { style: "position: absolute; top: 200px" });
      menu.setAttribute("role", "menu");
      for (const name of trigger.dataset.menu.split("|")) {
        const item = Object.assign(document.createElement("div"), { textContent: name, onclick: () => choose(name) });
        item.setAttribute("role", "menuitem");
        menu.append(item);
      }
      document.body.append(menu);
    });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
</script>
"""


def on_the_page(portal: BlockingPortal, browser: Browser, work: Work, html: str = PAGE) -> Any:
    async def shown() -> Any:
        page = await browser.new_page()
        try:
            await page.set_content(html)
            return await work(PeopleScreen(Lane(page=page, base_url="https://console.example", timeout=3)), page)
        finally:
            await page.close()

    return portal.call(shown)


@pytest.mark.parametrize(
    ("button", "chosen"),
    [
        ("invite_button", "Invite User"),  # the button that opens the menu carries a word for it, too
        ("import_button", "Import Users"),  # no button of the page does
        ("export_button", "All people (CSV)"),
    ],
)
def test_what_lies_in_a_menu_of_the_page_is_chosen_there(
    portal: BlockingPortal, browser_here: Browser, button: str, chosen: str
) -> None:
    async def work(screen: PeopleScreen, page: Page) -> Any:
        assert await getattr(screen, button).is_shown()
        await getattr(screen, button).click()
        return await page.evaluate("window.chosen"), await page.locator("[role=menu]").count()

    assert on_the_page(portal, browser_here, work) == ([chosen], 0)


def test_no_menu_of_a_row_or_of_the_account_is_opened_to_look_for_it(
    portal: BlockingPortal, browser_here: Browser
) -> None:
    async def work(screen: PeopleScreen, page: Page) -> Any:
        shown = await screen.import_button.is_shown()
        return shown, await page.evaluate("window.opened"), await page.evaluate("window.chosen")

    without = PAGE.replace("Invite User|Import Users", "Invite User")
    assert on_the_page(portal, browser_here, work, without) == (False, ["Add people", "Export"], [])


def test_a_menu_that_does_not_hold_it_is_told(portal: BlockingPortal, browser_here: Browser) -> None:
    async def work(screen: PeopleScreen, page: Page) -> Any:
        with pytest.raises(ConsoleDrift, match="'Export' in the menu is missing") as caught:
            await screen.export_button.click()
        return caught.value.expected, await page.evaluate("window.chosen")

    expected, chosen = on_the_page(portal, browser_here, work, PAGE.replace("|All people (CSV)", "|As a picture"))
    assert ("All people (CSV)" in expected, chosen) == (True, [])


def test_a_button_that_says_it_pops_something_up_may_bring_a_form(
    portal: BlockingPortal, browser_here: Browser
) -> None:
    async def work(screen: PeopleScreen, page: Page) -> Any:
        await screen.invite_button.click()
        return await page.evaluate("window.opened"), await page.locator("[role=dialog]").count()

    form = PAGE.replace('aria-haspopup="menu" data-menu="Invite User|', 'aria-haspopup="true" data-menu="').replace(
        'menu.setAttribute("role", "menu")', 'menu.setAttribute("role", "dialog")'
    )
    form = form.replace('item.setAttribute("role", "menuitem")', 'item.setAttribute("role", "button")')
    assert on_the_page(portal, browser_here, work, form) == (["Add people"], 1)
