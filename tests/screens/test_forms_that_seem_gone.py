"""A form whose button makes way for a spinner while it saves: nobody leaves before the console has answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Route

from page_objects import words
from page_objects.answers import Answer
from page_objects.lane import Lane
from page_objects.part_dialog import PartDialog

CONSOLE = "https://console.example"
PAGE = """
<main><h1>Users</h1></main>
<div role="dialog" aria-label="Edit Group" hidden>
  <p>lea@console.example</p>
  <label for="groups">Groups</label> <input id="groups">
  <p role="alert"></p>
  <button type="button">Save</button>
</div>
<script>
  const dialog = document.querySelector("[role=dialog]"), save = dialog.querySelector("button");
  save.addEventListener("click", async () => {
    save.hidden = true;
    const answer = await fetch("/save", { method: "POST" });
    if (answer.ok) return dialog.remove();
    const said = await answer.text();
    const show = () => { dialog.querySelector("[role=alert]").textContent = said; save.hidden = false; };
    requestAnimationFrame(() => requestAnimationFrame(show));
  });
</script>
"""


class Console:
    """Answers when it is let, and counts what it has answered."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.answered = 0
        self.asked, self.let = asyncio.Event(), asyncio.Event()

    async def __call__(self, route: Route) -> None:
        if not route.request.url.endswith("/save"):
            await route.fulfill(body=PAGE, content_type="text/html")
            return
        self.asked.set()
        await self.let.wait()
        said = "" if self.status == 200 else "Groups cannot be changed by hand."
        await route.fulfill(status=self.status, body=said, content_type="text/plain")
        self.answered += 1


@asynccontextmanager
async def form_on(browser: Browser, console: Callable[[Route], Awaitable[None]]) -> AsyncIterator[PartDialog]:
    """The form of her groups, which has come up on a page of this console."""
    page = await browser.new_page()
    try:
        await page.route("**/*", console)
        await page.goto(CONSOLE)
        lane = Lane(page=page, base_url=CONSOLE, timeout=5)
        await lane.remember("person")
        await page.evaluate("document.querySelector('[role=dialog]').hidden = false")
        form = PartDialog(lane, "lea@console.example", words.EDIT_GROUPS)
        await form.arrive()
        yield form
    finally:
        await page.close()


async def sent(form: PartDialog, way: str) -> Callable[[], Awaitable[list[str]]]:
    """Sends the form, and gives what waits for its answer."""
    if way == "saved":
        await form.save()
        return form.saved
    assert form.scope is not None
    answer = Answer(form.lane, form.scope)
    await answer.note()
    await form.save_button.click()
    return answer.objections


@pytest.mark.parametrize(("status", "said"), [(200, []), (422, ["Groups cannot be changed by hand."])])
@pytest.mark.parametrize("way", ["saved", "objections"])
def test_the_answer_is_waited_for_and_heard(
    portal: BlockingPortal, browser_here: Browser, status: int, said: list[str], way: str
) -> None:
    async def work() -> Any:
        console = Console(status)
        async with form_on(browser_here, console) as form:
            answered = await sent(form, way)
            # A request that is intercepted, as here alone, may be heard of after a look at the page that sent it.
            await console.asked.wait()
            hearing = asyncio.create_task(_heard(answered))
            assert form.scope is not None
            for _ in range(3):  # whoever hears has looked by then: the page answers one after the other
                assert await form.scope.count() == 0
            assert not hearing.done()
            console.let.set()
            return await hearing, console.answered

    assert portal.call(work) == (said, 1)


async def _heard(answered: Callable[[], Awaitable[list[str]]]) -> list[str]:
    return await answered()


AT_ONCE = PAGE.replace("requestAnimationFrame(() => requestAnimationFrame(show));", "setTimeout(show, 300);").replace(
    "if (answer.ok) return dialog.remove();", ""
)


@pytest.mark.parametrize("way", ["saved", "objections"])
def test_what_is_said_after_an_answer_that_came_at_once_is_heard(
    portal: BlockingPortal, browser_here: Browser, way: str
) -> None:
    """The answer's status says yes, what is drawn a moment later says no."""
    said = "Groups cannot be changed by hand."

    async def serve(route: Route) -> None:
        save = route.request.url.endswith("/save")
        await route.fulfill(body=said if save else AT_ONCE, content_type="text/plain" if save else "text/html")

    async def work() -> list[str]:
        async with form_on(browser_here, serve) as form:
            async with form.lane.page.expect_response("**/save") as response:
                answered = await sent(form, way)
            await (await response.value).finished()
            return await answered()

    assert portal.call(work) == [said]
