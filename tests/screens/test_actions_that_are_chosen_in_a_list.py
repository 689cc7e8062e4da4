"""Deactivation by a list of actions on whoever is ticked, with 'Apply', and by the status in the form for a person."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.status import click_and_confirm
from connector.errors import ConsoleDrift
from connector.models import Edit, Person, Status
from page_objects import words
from page_objects.people_screen import PeopleScreen
from page_objects.person_actions import Place
from page_objects.person_choices import SelectionChoice, StatusField
from page_objects.words import Word
from tests.screens.conftest import Show
from tests.screens.shown import lane_on, looked_at

ANN, BO = "ann@x.example", "bo@x.example"
ROW = "<tr><td><input type=checkbox {2}><td><a href='#{1}' onclick='show(this)'>{0}</a><td>{1}<td>{3}"


def page_with(bulk: str = "", form: str = "", *, ticked: str = "") -> str:
    rows = ROW.format("Ann Lee", ANN, "", "Active") + ROW.format("Bo Roe", BO, ticked, "Inactive")
    return f"""<main><h1>People</h1>{bulk}<table><thead><tr><th><th>Name<th>Email<th>Status</thead>{rows}</table></main>
    <template id=form>{form}</template><script>
      window.done = [];
      const apply = () => done.push([document.querySelector("select.actions").value, ...[...document.querySelectorAll(
        "tbody tr")].filter((row) => row.querySelector("input").checked).map((row) => row.cells[2].textContent)]);
      const show = (link) => {{
        const email = link.closest("tr").cells[2].textContent;
        document.querySelector("main").innerHTML = `<h1>${{link.textContent}}</h1><p>${{email}}</p>`
          + document.querySelector("#form").innerHTML;
      }};
      const save = () => done.push(document.querySelector("select").value);
    </script>"""


BULK = """<div><label>With selected <select class=actions><option value="">Choose an action<option>Deactivate
<option>Reactivate</select></label> <button onclick=apply()>Apply</button></div>"""
BULK_USERS = BULK.replace("<option>Deactivate\n", "<option>Deactivate users\n").replace("Apply<", "Go<")
FILTER = "<label>Show <select><option>Everybody<option>Deactivate</select></label><p>No button is beside it.</p>"
FORM = """<label>First name <input value=Ann></label>
<label>Status <select><option>Active<option>Inactive</select></label>
<button onclick=save()>Save changes</button>"""


async def reached(page: Page, kind: type[Place], word: Word, *, acts: bool = True) -> Any:
    """What was done before the action is clicked, and after it; None where it is not here."""
    people = PeopleScreen(lane_on(page, timeout=2))
    place = kind(people.lane, people.table, ANN)

    async def noting() -> None:
        await page.evaluate("window.noted = [...document.querySelectorAll('select')].map((el) => el.value)")

    place.noting = noting if acts else None
    action = await place.reach(word)
    if action is None:
        return None
    before = await page.evaluate("done")
    await people.lane.click(action, what="the action", screen="People")
    return before, await page.evaluate("done")


@pytest.mark.parametrize(
    ("bulk", "value"), [(BULK, "Deactivate"), (BULK_USERS, "Deactivate users")], ids=["apply", "go"]
)
def test_an_action_in_a_list_is_done_to_her_who_is_ticked_by_the_button_beside_it(
    show: Show, bulk: str, value: str
) -> None:
    found = show(page_with(bulk), lambda page: reached(page, SelectionChoice, words.DEACTIVATE))
    assert found == ([], [[value, ANN]])


def test_nothing_is_chosen_while_somebody_else_is_ticked(show: Show) -> None:
    async def work(page: Page) -> Any:
        with pytest.raises(ConsoleDrift, match="others are ticked"):
            await reached(page, SelectionChoice, words.DEACTIVATE)
        return await page.evaluate("[document.querySelector('select.actions').value, done.length]")

    assert show(page_with(BULK, ticked="checked"), work) == ["", 0]


def test_a_list_without_a_button_beside_it_does_nothing_to_anybody(show: Show) -> None:
    async def work(page: Page) -> Any:
        found = await reached(page, SelectionChoice, words.DEACTIVATE)
        shown = "[document.querySelector('select').value, document.querySelectorAll('input:checked').length]"
        return found, await page.evaluate(shown)

    # The list still shows what it showed, and nobody is ticked any more.
    assert show(page_with(FILTER), work) == (None, ["Everybody", 0])


@pytest.mark.parametrize(("kind", "before"), [(SelectionChoice, [""]), (StatusField, ["Active"])])
def test_it_is_noted_before_anything_is_chosen_and_whoever_only_looks_chooses_nothing(
    show: Show, kind: type[Place], before: list[str]
) -> None:
    async def work(page: Page) -> Any:
        shown = "[...document.querySelectorAll('select')].map((el) => el.value)"
        assert await reached(page, kind, words.DEACTIVATE, acts=False) is not None
        looked = await page.evaluate(shown)
        await page.set_content(html)
        await reached(page, kind, words.DEACTIVATE)
        return looked, await page.evaluate("noted")

    html = page_with(BULK if kind is SelectionChoice else "", "" if kind is SelectionChoice else FORM)
    assert show(html, work) == (before, before)


def test_what_applies_a_filter_applies_no_action(show: Show) -> None:
    bulk = BULK.replace("<button onclick=apply()>Apply</button>", "<button>Perform</button>")
    filters = "<div><div>" + bulk + "</div><label>Name <input></label><button onclick=apply()>Apply</button></div>"

    async def work(page: Page) -> Any:
        return await reached(page, SelectionChoice, words.DEACTIVATE), await page.evaluate("done")

    assert show(page_with(filters), work) == (None, [])


@pytest.mark.parametrize(
    ("word", "form", "value"),
    [
        (words.DEACTIVATE, FORM, "Inactive"),
        (words.REACTIVATE, FORM.replace("<option>Inactive", "<option selected>Inactive"), "Active"),
    ],
)
def test_the_status_in_the_form_for_her_is_chosen_and_what_saves_the_form_does_it(
    show: Show, word: Word, form: str, value: str
) -> None:
    found = show(page_with(form=form), lambda page: reached(page, StatusField, word))
    assert found == ([], [value])


@pytest.mark.parametrize(
    ("form", "word"),
    [
        (FORM.replace("<option>Inactive", "<option>Pending"), words.DEACTIVATE),
        (FORM.replace("Status <select>", "Plan <select>"), words.DEACTIVATE),
        (FORM, words.RESEND),
        (FORM.replace("<option>Active", "<option>All<option>Active"), words.DEACTIVATE),
        (FORM, words.REACTIVATE),
    ],
    ids=["no such status", "no status", "no action that a status is", "a filter", "she is active"],
)
def test_a_form_that_does_not_say_it_is_left_and_not_saved(show: Show, form: str, word: Word) -> None:
    async def work(page: Page) -> Any:
        return await reached(page, StatusField, word), await page.evaluate("done")

    assert show(page_with(form=form), work) == (None, [])


@pytest.mark.parametrize(
    ("kind", "html", "held", "done"),
    [
        (SelectionChoice, page_with(BULK), [""], [["Deactivate", ANN]]),
        (StatusField, page_with(form=FORM), ["Active"], ["Inactive"]),
    ],
)
def test_a_deactivation_notes_that_it_may_be_sent_before_it_chooses(
    show: Show, kind: type[Place], html: str, held: list[str], done: list[Any]
) -> None:
    sending = html.replace("const save", "onclick = () => fetch('/save', { method: 'POST' }); const save")
    ann = Person(email=ANN, shown_name="Ann Lee", status=Status.ACTIVE)

    async def work(page: Page) -> Any:
        noted: list[Any] = []

        async def note(*_: str) -> None:
            noted.append(await page.evaluate("[...document.querySelectorAll('main select')].map((el) => el.value)"))

        context, _ = await looked_at(page, sending, Edit(email=ANN), ann)
        context.about_to_send = note  # type: ignore[method-assign]
        await context.lane.go(f"{context.lane.base_url}/admin/users", screen="People")
        context.lane.learnt["place of deactivate for active"] = kind.key
        await click_and_confirm(context, ann, words.DEACTIVATE, words.AFFIRM_DEACTIVATE)
        return noted[0], await page.evaluate("done")

    assert show("", work) == (held, done)
