"""Consoles that ask the server again while somebody works, or ask back before they save; in small."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page

from page_objects.controls import engine
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen
from tests.screens.conftest import Show

EMAIL = "ann@x.example"


def lane_on(page: Page, timeout: float = 3) -> Lane:
    return Lane(page=page, base_url="http://console.example", timeout=timeout)


# -- a search that asks twice ------------------------------------------------------------------------------------------
LIST = """<main><h1>People</h1><input type=search aria-label="Search people"><div id=list></div><div id=drawer></div>
</main><script>
  const row = (email) => `<tr><td><a href="#" onclick="show('${email}'); return false">Ann Lee</a></td>
    <td>${email}</td><td>Active</td></tr>`;
  const draw = (emails) => {
    document.querySelector("#drawer").replaceChildren();
    document.querySelector("#list").innerHTML = `<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr>
      </thead><tbody>${emails.map(row).join("")}</tbody></table>`;
  };
  const show = (email) => { document.querySelector("#drawer").innerHTML = `<div role=dialog aria-label="Ann Lee"
    style="position: fixed; top: 0; right: 0"><h2>Ann Lee</h2><dl><dt>Email</dt><dd>${email}</dd><dt>Role</dt>
    <dd>Learner</dd></dl><button>Close</button></div>`; };
  const load = async () => draw(await (await fetch("/people?q=" + field.value)).json());
  const field = document.querySelector("input");
  let timer;
  SCRIPT
  draw(["ann@x.example", "bo@x.example"]);
</script>"""
BY_TIMEOUT = "field.oninput = () => { clearTimeout(timer); timer = setTimeout(load, 400); };"
BY_INTERVAL = """field.oninput = () => { clearInterval(timer);
  timer = setInterval(() => { clearInterval(timer); load(); }, 400); };"""
FOR_THE_REST = "field.oninput = () => { setTimeout(() => setTimeout(load, 200), 250); };"
ENTER = "field.onkeydown = (event) => { if (event.key === 'Enter') load(); };"


async def people_on(page: Page, script: str, seconds: float = 0) -> tuple[PeopleScreen, list[str]]:
    """The list of people, which answers a search after so many seconds, and the searches it was asked for."""
    asked: list[str] = []

    async def answer(route: Any) -> None:
        if "/people" in route.request.url:
            asked.append(route.request.url)
            await asyncio.sleep(seconds)
            await route.fulfill(json=[EMAIL])
        else:
            await route.fulfill(body=LIST.replace("SCRIPT", script), content_type="text/html")

    await page.route("**/*", answer)
    lane = lane_on(page)
    await lane.go(f"{lane.base_url}/admin/users", screen="People")
    lane.note_fresh()
    return PeopleScreen(lane), asked


@pytest.mark.parametrize("put_off", [BY_TIMEOUT, BY_INTERVAL, FOR_THE_REST])
@pytest.mark.parametrize("seconds", [0, 0.5])
def test_whoever_is_opened_after_a_search_that_asks_twice_stays_open(show: Show, put_off: str, seconds: float) -> None:
    async def work(page: Page) -> tuple[int, int]:
        people, asked = await people_on(page, put_off + ENTER, seconds)
        assert len(await people.matches(EMAIL)) == 1
        await people.open_person(EMAIL)
        await asyncio.sleep(0.7)
        return len(asked), await page.locator("#drawer [role=dialog]").count()

    assert show("", work) == (2, 1)


@pytest.mark.parametrize(
    "script",
    [
        ENTER,
        f"{ENTER} field.oninput = () => setTimeout(load, 60000);",
        BY_TIMEOUT + ENTER.replace("load()", "{ clearTimeout(timer); load(); }"),
        BY_INTERVAL + ENTER.replace("load()", "{ clearInterval(timer); load(); }"),
    ],
)
def test_what_is_called_off_or_comes_much_later_is_not_waited_for(show: Show, script: str) -> None:
    async def work(page: Page) -> tuple[bool, bool]:
        people, _ = await people_on(page, script)
        await page.evaluate("window.own = [setTimeout, clearTimeout, setInterval, clearInterval]")
        await engine.evaluate(page, "noteTimers")
        await people.search_box.fill(EMAIL)
        await people.search_box.press("Enter")
        await engine.evaluate(page, "endTimers")
        waits: bool = await engine.evaluate(page, "putOff")
        await engine.evaluate(page, "letTimers")
        same = "[setTimeout, clearTimeout, setInterval, clearInterval].every((each, at) => each === own[at])"
        return waits, await page.evaluate(same)

    assert show("", work) == (False, True)
