"""Pages that are asked for and never come: no look at the page that is still shown may wait for them for ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page, Route
from pydantic import SecretStr

from connector.actions.context import Context, change
from connector.errors import ConsoleUnavailable, EffectUnknown
from page_objects import words
from page_objects.answers import Answer
from page_objects.lane import Deadline
from page_objects.sign_in_screen import SignInScreen
from tests.screens.shown import CONSOLE, lane_on

Work = Callable[[Page], Awaitable[Any]]
Silent = Callable[[str, Work], Any]
SECONDS = 1.0
FORM = "<main><form METHOD action='/save'><input name=q aria-label=Name><button>Save</button></form></main>"


@pytest.fixture
def silent(portal: BlockingPortal, browser_here: Browser) -> Silent:
    """Shows the first page of a console that answers nothing else, and gives what is made of it."""

    async def shown(html: str, work: Work) -> Any:
        page = await browser_here.new_page()

        async def answer(route: Route) -> None:
            if route.request.url.rstrip("/") == CONSOLE:
                await route.fulfill(content_type="text/html", body=html)

        await page.route("**/*", answer)
        await page.goto(CONSOLE)
        found = await work(page)
        await page.close()
        return found

    return lambda html, work: portal.call(shown, html, work)


@pytest.mark.parametrize("method", ["method=post", ""])
def test_a_look_ends_though_a_form_is_never_answered(silent: Silent, method: str) -> None:
    async def work(page: Page) -> tuple[int, bool]:
        lane, deadline = lane_on(page, timeout=SECONDS), Deadline(20 * SECONDS)
        await lane.click(lane.find("action", words.SAVE), what="save", screen="form")
        return await lane.find("action", words.SAVE).count(), deadline.passed

    assert silent(FORM.replace("METHOD", method), work) == (1, False)


def test_what_a_form_answers_is_not_waited_for_longer_than_the_time_out(silent: Silent) -> None:
    async def work(page: Page) -> tuple[list[str], list[str], bool]:
        lane, deadline = lane_on(page, timeout=SECONDS), Deadline(20 * SECONDS)
        answer = Answer(lane, lane.find("surface", holds=[lane.query("action", words.SAVE)]))
        await answer.note()
        await lane.click(lane.find("action", words.SAVE), what="save", screen="form")
        said = await answer.objections()
        # It may still be at work on it: it is no answer that was lost, after which it would be sent again.
        assert lane.traffic.troubles(answer.mark) == []
        return said, lane.traffic.given_up(answer.mark), deadline.passed

    given_up = [f"POST {CONSOLE}/save: no answer"]
    assert silent(FORM.replace("METHOD", "method=post"), work) == ([], given_up, False)


@pytest.mark.parametrize("done", [True, False])
def test_a_change_that_is_never_answered_is_sent_once_and_read_back(silent: Silent, done: bool) -> None:
    async def work(page: Page) -> tuple[int, str]:
        lane, acts = lane_on(page, timeout=SECONDS), []
        context = cast(Context, SimpleNamespace(lane=lane, console=SimpleNamespace(losses=0), doubtful=False))

        async def act() -> list[str]:
            acts.append("save")
            answer = Answer(lane, lane.find("surface", holds=[lane.query("action", words.SAVE)]))
            await answer.note()
            await lane.click(lane.find("action", words.SAVE), what="save", screen="form")
            return await answer.objections()

        async def missing() -> str | None:
            return None if done and acts else "it is as it was"

        try:
            await change(context, email="ann@x.example", what="save", act=act, missing=missing)
        except EffectUnknown as unknown:
            return len(acts), unknown.seen or ""
        return len(acts), "done"

    seen = "done" if done else f"it is as it was; POST {CONSOLE}/save: no answer"
    assert silent(FORM.replace("METHOD", "method=post"), work) == (1, seen)


def test_a_page_that_does_not_come_is_a_console_that_does_not_answer(silent: Silent) -> None:
    page = "<nav><a href='/later'>People</a></nav>"

    async def work(page: Page) -> str:
        lane = lane_on(page, timeout=SECONDS)
        await lane.click(lane.find("action", words.PEOPLE), what="people", screen="People")
        with pytest.raises(ConsoleUnavailable) as raised:
            await lane.one(lane.find("action", words.SAVE), what="the button", screen="People", expected="Save")
        return raised.value.seen or ""

    assert silent(page, work) == f"GET {CONSOLE}/later: connection lost"


def test_signing_in_that_is_never_answered_ends(silent: Silent) -> None:
    page = """<form method=post action=/login><label>Email<input name=e type=email></label>
    <label>Password<input name=p type=password></label><button>Log in</button></form>"""

    async def work(page: Page) -> str:
        lane = lane_on(page, timeout=SECONDS)
        screen = SignInScreen(lane, lambda address: None)
        asked = await screen.look()
        await screen.note()
        mark = lane.traffic.mark()
        await screen.type_email("svc@x.example")
        await screen.type_password(SecretStr("no matter"))
        await screen.submit("password")
        with pytest.raises(ConsoleUnavailable) as raised:
            await screen.after(asked, mark)
        return raised.value.seen or ""

    assert silent(page, work) == f"POST {CONSOLE}/login: no answer"
