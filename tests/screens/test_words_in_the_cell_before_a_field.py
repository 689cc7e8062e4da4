"""Older forms: nothing ties the words to the field, they stand in the cell, the box or the line before it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.models import Role
from page_objects import words
from page_objects.controls import engine
from page_objects.invite_dialog import InviteOneForm
from page_objects.person_screen import PersonScreen
from page_objects.words import Word
from tests.screens.conftest import Show, Work
from tests.screens.shown import lane_on

EMAIL = "ann@x.example"
ROLES = "<select id=role><option>Learner<option>Manager<option>Admin</select>"


def field(word: Word) -> Work:
    """The ids of the fields that a word names."""

    async def work(page: Page) -> list[str]:
        found = page.locator(engine.selector("field", words=[*word.aliases]))
        return [str(await one.get_attribute("id")) for one in await found.all()]

    return work


PAIRS = (("E-mail", "<input id=email>"), ("First name", "<input id=first>"), ("Last name", "<input id=last>"))
BUTTONS = "<p><input type=submit value='Send invitation'> <input type=button value=Cancel></p>"


def laid_out(row: str, between: str = "") -> str:
    return between.join(row.format(words=said, field=html) for said, html in (*PAIRS, ("Role", ROLES)))


FORMS = {
    "cells": f"<table>{laid_out('<tr><td>{words}</td><td>{field}</td></tr>')}</table>",
    "cells with colons and stars": f"<table>{laid_out('<tr><td><b>{words}:</b> *</td><td>{field}</td></tr>')}</table>",
    "header cells": f"<table>{laid_out('<tr><th>{words}</th><td>{field} <small>a note</small></td></tr>')}</table>",
    "labels of nothing": f"<table>{laid_out('<tr><td><label>{words}</label></td><td>{field}</td></tr>')}</table>",
    "all in one row": f"<table><tr>{laid_out('<td>{words}</td><td>{field}</td>')}</tr></table>",
    "the words above": f"<table>{laid_out('<tr><td>{words}</td></tr><tr><td>{field}</td></tr>')}</table>",
    "boxes of a grid": laid_out("<div>{words}</div><div>{field}</div>"),
    "boxes one by one": laid_out("<div><span>{words}</span> <span>{field}</span></div>"),
    "bare text": laid_out("{words}: {field}", "<br>"),
    "bare text above": laid_out("{words}<br>{field}", "<br>"),
    "bold text": laid_out("<b>{words}</b> {field}", "<br>"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_filled_in_whose_fields_have_no_labels(show: Show, form: str) -> None:
    async def work(page: Page) -> Any:
        invitation = InviteOneForm(lane_on(page))
        says = await invitation.says()
        await invitation.fill(EMAIL, "Ann", "Lee", Role.MANAGER, says)
        held = await page.evaluate("['email', 'first', 'last', 'role'].map(id => document.getElementById(id).value)")
        return held, sorted(says)

    html = f"<div role=dialog><h2>Invite User</h2><form onsubmit='return false'>{FORMS[form]}{BUTTONS}</form></div>"
    assert show(html, work) == ([EMAIL, "Ann", "Lee", "Manager"], ["names", "role"])


@pytest.mark.parametrize(
    "html",
    [
        # The words stand behind each field.
        "<table><tr><td><input id=a></td><td>Last name</td><td><input id=b></td><td>Email</td></tr></table>",
        "<input type=checkbox id=a> Last name <input type=checkbox id=b> Email<br>",
        "Show: <input type=checkbox id=a> Last name <input type=checkbox id=b> Email",
        # Several fields, of which nothing tells the words' own.
        "<table><tr><td>Last name</td><td><input id=a> <input id=b></td></tr></table>",
        "<div>Last name</div><div><input id=a></div><div><input id=b></div>",
        "Last name: <input id=a> <input id=b>",
        # Other words come between, or lie beside the field.
        "<table><tr><td>Last name</td><td>Lee</td><td><input id=a></td></tr>"
        "<tr><td>City</td><td><input></td></tr></table>",
        "<table><tr><td>Last name</td><td>Lee, to be changed by support alone. Note: <input id=a></td></tr>"
        "<tr><td>City</td><td><input></td></tr></table>",
        # Another label names it, or it searches for something.
        "<table><tr><td>Last name</td><td><input id=a aria-label=City></td></tr>"
        "<tr><td>A</td><td><input></td></tr></table>",
        "<table><tr><td>Last name</td><td><input id=a placeholder='Search people'></td></tr>"
        "<tr><td>City</td><td><input></td></tr></table>",
        # The column of a list, and a cell in it.
        "<table><thead><tr><th>Last name</th><td><input id=a></td></tr></thead>"
        "<tr><td>Lee</td><td><input></td></tr></table>",
        "<table><tr><th>Group</th><th>Members</th></tr><tr><td>Last name</td><td><input id=a></td></tr>"
        "<tr><td>Sales</td><td><input id=b></td></tr></table>",
    ],
)
def test_what_the_words_do_not_head_for_sure_is_not_theirs(show: Show, html: str) -> None:
    assert show(f"<form>{html}</form>", field(words.FIELD_LAST_NAME)) == []


@pytest.mark.parametrize(
    "labelled",
    ["<label for=own>Last name</label> <input id=own>", "<label>Last name <input id=own></label>"],
)
def test_a_label_wins_over_words_in_a_cell(show: Show, labelled: str) -> None:
    cells = "<tr><td>Last name</td><td><input id=cell></td></tr><tr><td>City</td><td><input></td></tr>"

    assert show(f"<form><table>{cells}</table>{labelled}</form>", field(words.FIELD_LAST_NAME)) == ["own"]
    assert show(f"<form>{labelled}<table>{cells}</table></form>", field(words.FIELD_LAST_NAME)) == ["own"]


@pytest.mark.parametrize("attribute", ["aria-label", "title", "placeholder"])
def test_a_field_may_say_by_itself_what_it_is(show: Show, attribute: str) -> None:
    html = f"<form><input id=own {attribute}='Last name'> <input {attribute}='First name'></form>"
    assert show(html, field(words.FIELD_LAST_NAME)) == ["own"]


CHOICES = """<table><tr><td>Role</td><td id=roles><input type=radio name=r value=1 checked> Learner
  <input type=radio name=r value=2> Manager</td></tr>
  <tr><td>Groups</td><td id=groups><input type=checkbox> Sales <input type=checkbox> Support</td></tr></table>"""


@pytest.mark.parametrize(("word", "own"), [(words.FIELD_ROLE, "roles"), (words.FIELD_GROUPS, "groups")])
def test_choices_in_one_cell_are_the_field_of_the_cell_before(show: Show, word: Word, own: str) -> None:
    assert show(f"<form>{CHOICES}</form>", field(word)) == [own]


def test_the_form_about_a_person_is_read_by_the_cells_before_its_fields(show: Show) -> None:
    html = f"""<main><h1>Edit user</h1><form><table>
      <tr><td>E-mail</td><td><input value={EMAIL} readonly></td></tr>
      <tr><td>First name</td><td><input value=Ann></td></tr><tr><td>Last name</td><td><input value=Lee></td></tr>
      <tr><td>Role</td><td>{ROLES}</td></tr>
      <tr><td>Groups</td><td><select multiple><option selected>Sales<option>Support</select></td></tr>
      <tr><td>Managers</td><td><b>Bo Berg</b> <input placeholder='Add somebody'></td></tr>
      </table><button>Save</button></form></main>"""

    async def work(page: Page) -> Any:
        person = await PersonScreen(lane_on(page), EMAIL).read()
        return person.email, person.first_name, person.last_name, person.role, person.groups, person.managers

    # What stands in the cell besides the field is not in it: nothing is told of it, and not that there is nobody.
    assert show(html, work) == (EMAIL, "Ann", "Lee", Role.LEARNER, ("Sales",), None)


def test_a_list_that_comes_up_in_the_cell_leaves_its_field_what_it_was(show: Show) -> None:
    offered = "<ul style='position: absolute'><li>Lee, Ann &lt;ann@x.example&gt;</li></ul>"
    first = "<tr><td>First name</td><td><input id=first></td></tr>"
    row = f"<table>{first}<tr><td>Manager</td><td><input id=boss>{{}}</td></tr></table>"
    assert show(row.format(""), field(words.FIELD_MANAGERS)) == ["boss"]
    assert show(row.format(offered), field(words.FIELD_MANAGERS)) == ["boss"]
    assert show(row.format("<p>Ann Lee</p>"), field(words.FIELD_MANAGERS)) == []
