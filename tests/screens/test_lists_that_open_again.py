"""A list that a field opens again after it was closed is in nobody's way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page

from page_objects.lane import Lane
from tests.screens.shown import Form

FORM = """
<form role="dialog" aria-label="Invite User" style="position: relative; width: 400px">
  <label for="groups">Groups</label>
  <input id="groups" role="combobox" aria-expanded="false" aria-controls="list" autocomplete="off">
  <button type="button" id="cancel" style="position: absolute; top: 60px; left: 20px">Cancel</button>
</form>
<script>
  const groups = document.querySelector("#groups"), offered = ["Sales", "Support", "Finance"];
  const close = () => { document.querySelector("#list")?.remove(); groups.setAttribute("aria-expanded", "false"); };
  const open = () => {
    close();
    const list = Object.assign(document.createElement("div"), { id: "list" });
    list.setAttribute("role", "listbox");
    list.style.cssText = "position: absolute; top: 50px; left: 0; width: 400px; height: 200px; background: white";
    for (const each of offered.filter((name) => name.includes(groups.value)))
      list.insertAdjacentHTML("beforeend", `<div role="option">${each}</div>`);
    document.body.append(list);
    groups.setAttribute("aria-expanded", "true");
  };
  groups.addEventListener("click", open);
  window.openedLate = open;
  groups.addEventListener("input", () => { if (!PUT_OFF) setTimeout(open); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.querySelector("#cancel").addEventListener("click", () => { window.left = (window.left ?? 0) + 1; });
</script>
"""


@pytest.mark.parametrize("put_off", [False, True], ids=["at once", "after the field was left"])
def test_a_form_can_be_left_although_the_list_in_it_comes_back(
    portal: BlockingPortal, browser_here: Browser, put_off: bool
) -> None:
    async def work(page: Page) -> Any:
        lane = Lane(page=page, base_url="https://console.example", timeout=10)
        known = await Form(lane).groups.offers("No such group")
        assert await page.locator("#list").count() == 0
        if put_off:
            await page.evaluate("window.openedLate()")
            assert await page.locator("#list").count() == 1
        await lane.click(page.locator("#cancel"), what="Cancel", screen="Invite User")
        return known, await page.evaluate("window.left"), await page.locator("#list").count()

    assert portal.call(on_a_page, browser_here, FORM.replace("PUT_OFF", str(put_off).lower()), work) == (False, 1, 0)


STUBBORN = """
<div role="dialog" aria-label="Invite User" style="position: relative; width: 400px"><h3>Invite User</h3>
  <div><span>Groups</span><div><input id="groups" role="combobox" SAYS autocomplete="off"></div></div>
  <button type="button" id="cancel">Cancel</button></div>
<script>
  const groups = document.querySelector("#groups");
  const close = () => document.querySelector("#list")?.remove();
  groups.addEventListener("focus", () => {
    close();
    const names = ["Sales", "Support"].map((name) => `<div role="option">${name}</div>`).join("");
    document.body.insertAdjacentHTML("beforeend", `<div id="list" role="listbox">${names}</div>`);
    if (groups.hasAttribute("aria-expanded")) groups.setAttribute("aria-expanded", "true");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.isTrusted) document.querySelector("[role=dialog]").remove();
  });
  CLOSES
</script>
"""
BY_BLUR = "groups.addEventListener('blur', () => setTimeout(close, 120));"
BY_CLICK = "document.addEventListener('mousedown', (event) => { if (!event.target.closest('#list, input')) close(); });"
BY_KEYBOARD_OVER_ALL = """document.head.insertAdjacentHTML("beforeend",
  "<style>#list { position: fixed; inset: 0; background: white }</style>");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.isTrusted || !document.querySelector("#list")) return;
  event.stopImmediatePropagation();
  close();
}, true);"""
BY_KEY = "document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });"


@pytest.mark.parametrize(
    ("says", "closes"),
    [
        ("", BY_BLUR),
        ("", BY_CLICK),
        ("", BY_KEYBOARD_OVER_ALL),
        ("aria-expanded=false", BY_KEY),
        ("aria-expanded=false", BY_BLUR),
    ],
    ids=[
        "as it is left",
        "by a click beside it",
        "by the keyboard",
        "and is said to be open",
        "as it is left, and is said to be open",
    ],
)
def test_a_list_that_does_not_mind_the_key_is_closed_and_the_dialog_around_it_is_not(
    portal: BlockingPortal, browser_here: Browser, says: str, closes: str
) -> None:
    async def work(page: Page) -> Any:
        lane = Lane(page=page, base_url="https://console.example", timeout=10)
        known = [await Form(lane).groups.offers(name) for name in ("Sales", "No such group")]
        assert await page.locator("#list").count() == 0
        return known, await page.locator("#cancel").is_visible()

    html = STUBBORN.replace("SAYS", says).replace("CLOSES", closes)
    assert portal.call(on_a_page, browser_here, html, work) == ([True, False], True)


async def on_a_page(browser: Browser, html: str, work: Callable[[Page], Awaitable[Any]]) -> Any:
    page = await browser.new_page()
    try:
        await page.set_content(html)
        return await work(page)
    finally:
        await page.close()
