"""What component libraries draw, in small: how controls and texts are found in it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from page_objects import words
from page_objects.controls import engine
from page_objects.import_dialog import ImportDialog
from page_objects.lane import Lane
from tests.screens.conftest import Show, Work


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


@pytest.mark.parametrize(
    "html",
    [
        "<p id=it>No people match your search.</p>",
        "<p id=it>No people match your search. <a href=/all>Show everybody</a></p>",
        "<div id=it>No results found. Try another name.</div>",
        "<td id=it>No users found for “nobody@x.example”</td>",
        "<div id=it>No matches for nobody@x.example</div>",
    ],
)
def test_a_page_states_that_nobody_matches_in_a_sentence_of_its_own(show: Show, html: str) -> None:
    assert show(f"<table><tr>{html}</table>", found("stated", words=list(words.NOBODY.aliases))) == ["it"]


@pytest.mark.parametrize(
    "html",
    [
        "<p id=it>No results <b>are hidden</b></p>",
        "<p id=it>No people found in Sales, 12 in all groups</p>",
        "<p id=it>There were no results yesterday. 12 people</p>",
    ],
)
def test_words_within_another_sentence_state_nothing(show: Show, html: str) -> None:
    assert show(html, found("stated", words=list(words.NOBODY.aliases))) == []


def test_a_term_is_tied_to_what_describes_it_and_to_nothing_clicked_elsewhere(show: Show) -> None:
    html = """<style>.link { cursor: pointer }</style><main><dl>
        <div><dt>Email address</dt><dd>ann@x.example</dd></div>
        <div><dt>Managers</dt><dd><a href="/users/2">bo@x.example</a></dd></div>
      </dl><div class=link tabindex=0>Resend invitation</div></main>"""

    async def work(page: Page) -> Any:
        fields = {"email": ["Email address"], "managers": ["Managers"]}
        details = await engine.evaluate(page.locator("main"), "readDetails", {"fields": fields})
        return {key: value["text"] for key, value in details["values"].items()}

    assert show(html, work) == {"email": "ann@x.example", "managers": "bo@x.example"}
    assert show(html, found("field", words=["Email address"])) == []


def test_what_sends_is_the_button_and_not_the_link_of_its_word(show: Show) -> None:
    trail = "<p><a href=/people>People</a> / <a href=/import id=link>Import Users</a></p>"
    query = {"words": ["Import Users", "Import # people"]}
    assert show(f"{trail}<button id=button>Import 3 people</button>", found("sender", **query)) == ["button"]
    assert show(trail, found("sender", **query)) == ["link"]


CARDS = """<style>input { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }</style>
<div role=radiogroup aria-labelledby=name id=role><span id=name>Role</span>
  <label id=learner><input type=radio name=r value=1 checked>
    <strong>Learner</strong><span style="display: block">Takes what a Manager assigns.</span></label>
  <label id=manager><input type=radio name=r value=2>
    <strong>Manager</strong><span style="display: block">Follows each Learner.</span></label>
</div>"""


def test_a_choice_that_is_drawn_by_hand_is_known_by_what_it_begins_with(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await engine.evaluate(page.locator("#role"), "valueOf")

    assert show(CARDS, found("field", words=["Role"])) == ["role"]
    assert show(CARDS, found("radio", words=["Manager"])) == ["manager"]
    assert show(CARDS, work)["parts"] == ["Learner"]


def test_a_chip_without_a_box_of_its_own_is_seen_in_what_it_holds(show: Show) -> None:
    html = """<div><label for=field>Managers</label><div><input role=combobox id=field></div></div>
      <div role=grid><div role=row style="display: flex; background: silver">
        <div role=gridcell style="display: contents">bo@x.example<button id=cross aria-label=Remove>x</button></div>
      </div></div>"""

    async def work(page: Page) -> Any:
        crosses = page.locator("#field").locator(engine.selector("chip-remover", words=["bo@x.example"]))
        return [str(await one.get_attribute("id")) for one in await crosses.all()]

    assert show(html, work) == ["cross"]


def test_the_arrow_beside_a_field_is_no_field(show: Show) -> None:
    html = """<span id=name>Managers</span><div><input role=combobox aria-labelledby=name id=field>
      <button aria-haspopup=listbox aria-labelledby=name id=arrow>v</button></div>"""
    assert show(html, found("field", words=["Managers"])) == ["field"]


@pytest.mark.parametrize(("role", "expected"), [("alertdialog", ["it"]), ("dialog", [])])
def test_an_alert_is_a_question_however_it_says_no(show: Show, role: str, expected: list[str]) -> None:
    html = f"<div role={role} id=it><p>Deactivate Ann?</p><button>As she was</button><button>Deactivate</button></div>"
    holds = [
        {"kind": "action", "words": ["Deactivate"]},
        {"kind": "action", "words": ["Cancel"], "unless": "[role=alertdialog]"},
    ]
    assert show(html, found("surface", holds=holds, layered=True)) == expected


@pytest.mark.parametrize(
    ("html", "usable"), [("<button>Upload</button>", True), ("<button disabled>Upload</button>", False), ("", False)]
)
def test_whether_something_can_be_used_is_not_waited_for_where_it_has_gone(show: Show, html: str, usable: bool) -> None:
    async def work(page: Page) -> bool:
        dialog = ImportDialog(Lane(page=page, base_url="https://console.example", timeout=1))
        return await dialog.upload_button.is_enabled()

    assert show(f"<main><h1>Import Users</h1><input type=file>{html}</main>", work) is usable


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("<div id=it onclick='0'>Deacti<b>vate</b></div>", "Deactivate"),
        ("<div id=it onclick='0'><b>De</b><b>act</b>ivate</div>", "Deactivate"),
        ("<div id=it onclick='0'>De&shy;acti&shy;vate</div>", "Deactivate"),
        ("<div id=it onclick='0'><span>group_add</span> <span>Invite</span> <span>guest</span></div>", "Invite guest"),
        ("<div id=it onclick='0'><span>Import</span> <span>1,204</span> <span>people</span></div>", "Import # people"),
        ("<div id=it onclick='0'>×</div>", "×"),
        ("<div id=it onclick='0'><b>É</b>quipe</div>", "équipe"),
        ("<div id=it onclick='0'>招待する</div>", "招待する"),
    ],
)
def test_a_word_is_found_in_whatever_pieces_it_is_drawn(show: Show, html: str, word: str) -> None:
    html += "<div onclick='0'>vate</div><div onclick='0'>Deactivated</div><div onclick='0'>Import people</div>"
    assert show(html, found("action", words=[word])) == ["it"]
    assert show(html, found("text", words=[word])) == ["it"]


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("<div id=it tabindex=0><span>+</span> <span>Add Group</span></div>", "Add Group"),
        ("<div id=it tabindex=0><span>Deactivate</span> <span>→</span></div>", "Deactivate"),
        ("<div id=it tabindex=0><span>Groups</span> <span>(12)</span></div>", "Groups"),
        ("<div id=it onclick='0'><span>person_add</span> <span>Invite guest</span></div>", "Invite guest"),
        ("<div id=it onclick='0'><svg><title>bin</title></svg><span>Deactivate</span></div>", "Deactivate"),
        ("<div id=it tabindex=0><span hidden>Please wait</span><span>Deactivate</span></div>", "Deactivate"),
        ("<div id=it onclick='0'>Q12</div>", "Q#"),
    ],
)
def test_the_box_around_a_word_and_its_ornament_is_what_is_clicked(show: Show, html: str, word: str) -> None:
    assert show(html, found("action", words=[word])) == ["it"]
