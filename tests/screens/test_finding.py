"""What component libraries draw, in small: how controls and texts are found in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page

from page_objects.controls import engine

Work = Callable[[Page], Awaitable[Any]]
Show = Callable[[str, Work], Any]


@pytest.fixture
def show(portal: BlockingPortal, browser_here: Browser) -> Show:
    """Shows a page and gives what is made of it."""

    async def shown(html: str, work: Work) -> Any:
        page = await browser_here.new_page()
        await page.set_content(html)
        found = await work(page)
        await page.close()
        return found

    return lambda html, work: portal.call(shown, html, work)


def found(kind: str, **query: Any) -> Work:
    """The ids of what is found."""

    async def work(page: Page) -> list[str]:
        return [str(await one.get_attribute("id")) for one in await page.locator(engine.selector(kind, **query)).all()]

    return work


TAGS = """
<label for="field">Groups</label>
<div>
  <div role="listbox" aria-label="Selected groups">
    <button role="option" id="chip">Sales<svg id="cross" width="12" height="12"></svg></button>
  </div>
  <input role="combobox" id="field" aria-expanded="false">
</div>
"""


def test_chosen_values_in_a_list_box_are_values_and_nothing_on_offer(show: Show) -> None:
    async def work(page: Page) -> Any:
        field = page.locator("#field")
        return await engine.evaluate(page, "offered"), (await engine.evaluate(field, "valueOf"))["parts"]

    assert show(TAGS, work) == ([], ["Sales"])
    assert show(TAGS, found("option", words=["Sales"], exact=True)) == []


def test_what_takes_a_chosen_value_in_a_list_box_away_is_its_cross(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        crosses = page.locator("#field").locator(engine.selector("chip-remover", words=["Sales"]))
        return [str(await one.get_attribute("id")) for one in await crosses.all()]

    assert show(TAGS, work) == ["cross"]


def test_a_list_box_that_a_field_controls_is_on_offer(show: Show) -> None:
    html = """<input role="combobox" aria-controls="list" aria-expanded="true">
        <div role="listbox" id="list">
          <div role="option" id="option">Sales<svg width="9" height="9"></svg></div>
        </div>"""
    assert show(html, found("option", words=["Sales"], exact=True)) == ["option"]


@pytest.mark.parametrize("style", ["visibility: hidden; height: 0; display: block", "display: none"])
def test_a_text_that_is_kept_back_is_no_part_of_a_name(show: Show, style: str) -> None:
    html = f'<button role="tab" id="tab"><span>Groups</span><span style="{style}">Groups</span></button>'
    assert show(html, found("tab", words=["Groups"], others=["Managers"])) == ["tab"]


def test_an_option_of_the_navigation_is_no_option_of_a_field(show: Show) -> None:
    html = """<nav><div role="list"><div role="option" id="nav"><span></span><div>Admin</div></div></div></nav>
        <div role="listbox"><div role="option" id="role">Admin</div></div>"""

    async def work(page: Page) -> Any:
        await engine.evaluate(page, "remember", "click")
        return await found("option", words=["Admin"])(page)

    assert show(html, work) == ["role"]


def test_the_cross_of_a_chip_does_not_close_the_drawer(show: Show) -> None:
    html = """<button id="drawer" aria-label="Close"><svg width="9" height="9"></svg></button>
        <span class="v-chip">
          Sales<button id="chip" aria-label="Close"><svg width="9" height="9"></svg></button>
        </span>"""
    assert show(html, found("action", words=["Close"])) == ["drawer"]


def test_a_button_under_a_bar_that_stays_is_scrolled_clear_of_it(show: Show) -> None:
    html = """<style>body { margin: 0; height: 3000px }</style>
        <header style="position: fixed; inset: 0 0 auto 0; height: 80px; z-index: 1; background: white">Bar</header>
        <button id="button" style="position: absolute; top: 900px">Invite User</button>"""

    async def work(page: Page) -> Any:
        await page.evaluate("scrollTo(0, 880)")
        before = await page.evaluate("document.elementFromPoint(20, 30).tagName")
        return before, await engine.evaluate(page.locator("#button"), "coverOf")

    assert show(html, work) == ("HEADER", {"own": False, "cover": "", "free": None})


def test_a_button_under_a_dialog_stays_covered(show: Show) -> None:
    html = """<button id="button">Invite User</button>
        <div style="position: fixed; inset: 0; background: grey">Wait</div>"""

    async def work(page: Page) -> Any:
        return (await engine.evaluate(page.locator("#button"), "coverOf"))["cover"]

    assert "Wait" in show(html, work)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("Download a sample file", "Download sample file"),
        ("Create “Nova”", 'Create "Nova"'),
        ("Make an Admin", "Make Admin"),
    ],
)
def test_articles_and_marks_of_quotation_are_ornaments(show: Show, said: str, word: str) -> None:
    assert show(f'<button id="button">{said}</button>', found("action", words=[word])) == ["button"]


def test_other_words_are_not(show: Show) -> None:
    html = "<button>Permanently Delete the User</button><button>Deactivate a Group</button><button>A</button>"
    assert show(html, found("action", words=["Delete User", "Deactivate", "Deactivate User", "Group"])) == []


def test_a_drawer_that_is_navigation_to_html_is_read(show: Show) -> None:
    html = """<nav id="drawer"><div><div>Role</div><div>Learner</div></div></nav>"""

    async def work(page: Page) -> Any:
        details = await engine.evaluate(page.locator("#drawer"), "readDetails", {"fields": {"role": ["Role"]}})
        return details["values"]["role"]["text"]

    assert show(html, work) == "Learner"


@pytest.mark.parametrize(
    ("html", "over"),
    [
        ('<div role="dialog" id="her">Ann</div>', True),
        ('<aside style="position: fixed; right: 0" id="her">Ann</aside>', True),
        ('<section id="her">Ann</section>', False),
        ('<div style="position: fixed; inset: 0"><main id="her">Ann</main></div>', False),
    ],
)
def test_a_drawer_lies_over_the_list_and_a_page_does_not(show: Show, html: str, over: bool) -> None:
    async def work(page: Page) -> Any:
        return await engine.evaluate(page.locator("#her"), "liesOver")

    assert show(html, work) is over
