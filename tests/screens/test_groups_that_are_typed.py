"""A plain field for groups, into which their names are typed one after the other."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import Inexpressible
from page_objects.controls.multi_choice import Offer
from page_objects.controls.typed_together import JOINED_MEMORY
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"
COMMA = """<table><tr><td>Role</td><td><input name=role></td></tr>
  <tr><td>Groups</td><td><input name=groups value="HELD"> <small>comma separated</small></td></tr></table>"""
SAYS = {
    "beside it": COMMA,
    "in it": '<p><label>Groups (optional)<br><input value="HELD" placeholder="Comma separated"></label></p>',
    "in its label": '<label for=g>Groups (comma-separated)</label><input id=g value="HELD">',
    "by a sign": '<label for=g>Groups</label><input id=g value="HELD"><p>Several are separated by ",".</p>',
    "by no semicolon": '<label>Groups <input value="HELD"></label><p>Separate names by commas, no semicolons.</p>',
    "by its title": '<label>Groups <input value="HELD" title="Use names separated with commas"></label>',
}
SILENT = '<label>Groups <input value="HELD"></label>'


def holding(html: str, held: str = "") -> str:
    return html.replace("HELD", held)


@pytest.mark.parametrize("says", SAYS.values(), ids=list(SAYS))
def test_names_are_separated_as_the_field_says_it(show: Show, says: str) -> None:
    async def work(page: Page) -> Any:
        groups = Form(lane_on(page)).groups
        before = await groups.read()
        await groups.add("Sales Ops")
        typed, read = await groups.locator.input_value(), await groups.read()
        await groups.remove("Sales")
        return before, typed, read, await groups.locator.input_value()

    told = show(holding(says, "Sales"), work)
    assert told == (["Sales"], "Sales, Sales Ops", ["Sales", "Sales Ops"], "Sales Ops")


@pytest.mark.parametrize(
    ("html", "held", "typed"),
    [
        ('<label>Groups <input value="HELD"></label><p>Separate several with a semicolon.</p>', "A, B", "A, B; C"),
        ("<label>Groups <textarea>HELD</textarea></label><p>One group per line</p>", "A\nB", "A\nB\nC"),
        ("<label>Groups <textarea placeholder='Each on its own line'>HELD</textarea></label>", "A", "A\nC"),
        (SILENT, "A, B", "A, B, C"),
        (SILENT, "A; B", "A; B; C"),
    ],
)
def test_other_signs_and_lines_separate_too_and_so_does_what_stands_between_known_names(
    show: Show, html: str, held: str, typed: str
) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page)
        if html is SILENT:
            lane.know_groups(["A", "B"])
        groups = Form(lane).groups
        await groups.add("C")
        return await groups.locator.input_value(), lane.noted[JOINED_MEMORY]["names"][-1]

    assert show(holding(html, held), work) == (typed, "C")


@pytest.mark.parametrize(
    ("html", "held", "added", "why"),
    [
        (SILENT, "Sales", "Sales Ops", "does not say how several are separated in it: Sales, Sales Ops"),
        (SILENT, "Sales, EMEA", "Support", "nobody can tell one name from another"),
        (SILENT, "", "Sales, EMEA", "may separate names by a comma or a semicolon: it would take 'Sales, EMEA' for"),
        (COMMA, "", "Sales, EMEA", "separates names by ',': it would take 'Sales, EMEA' for two"),
        (COMMA, "HR, Legal", "Sales", "it would take 'HR, Legal' for two"),
    ],
)
def test_what_could_make_another_group_is_refused_and_nothing_is_typed(
    show: Show, html: str, held: str, added: str, why: str
) -> None:
    async def work(page: Page) -> str:
        lane = lane_on(page)
        lane.know_groups(["Sales", "HR, Legal"])
        groups = Form(lane).groups
        with pytest.raises(Inexpressible, match=why) as refused:
            await groups.require_sayable([added])
        assert "by hand" in refused.value.advice
        with pytest.raises(Inexpressible, match=why):
            await groups.add(added, create=True)
        return await groups.locator.input_value()

    assert show(holding(html, held), work) == held


def test_one_name_needs_no_separator_and_one_from_its_own_list_may_have_a_comma(show: Show) -> None:
    async def work(page: Page) -> Any:
        groups = Form(lane_on(page)).groups
        await groups.require_sayable(["Sales, EMEA"])
        await groups.add("Sales, EMEA")
        return await groups.locator.input_value()

    html = "<label>Groups <input list=l></label><datalist id=l><option value='Sales, EMEA'></datalist>"
    assert show(html, work) == "Sales, EMEA"


def test_addresses_need_no_field_to_say_how_they_are_separated(show: Show) -> None:
    async def work(page: Page) -> Any:
        managers = Form(lane_on(page)).managers
        await managers.add("cy@x.example")
        return await managers.locator.input_value(), await managers.read()

    told = show("<label>Managers <input value='bo@x.example, di@x.example'></label>", work)
    assert told == ("bo@x.example, di@x.example, cy@x.example", ["bo@x.example", "di@x.example", "cy@x.example"])
    told = show("<label>Managers <input value='bo@x.example'></label>", work)
    assert told == ("bo@x.example; cy@x.example", ["bo@x.example", "cy@x.example"])


def test_a_field_without_an_offer_of_its_own_takes_the_groups_that_the_list_of_groups_shows(show: Show) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page, timeout=1)
        groups = Form(lane).groups
        before = await groups.offer("Sales")
        lane.know_groups(["Sales"])
        return before, [await groups.offer(name) for name in ("Sales", "sales")], await groups.offers_nothing(["Sales"])

    unknown, known = Offer(known=False), Offer(known=True)
    assert show(COMMA.replace("HELD", ""), work) == (unknown, [known, unknown], True)


def test_a_field_with_an_offer_of_its_own_takes_those_alone(show: Show) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page, timeout=1)
        lane.know_groups(["Sales", "Support"])
        groups = Form(lane).groups
        return [(await groups.offer(name)).known for name in ("Sales", "Support")], await groups.offers_nothing(
            ["Sales"]
        )

    html = "<label>Groups <input list=l></label><datalist id=l><option value='Sales'></datalist>"
    assert show(html, work) == ([True, False], False)


FORM = """<h1>Edit Ann Lee</h1><form><table><tr><td>Email</td><td><input value="ann@x.example"></td></tr>
<tr><td>First name</td><td><input value=Ann></td></tr><tr><td>Last name</td><td><input value=Lee></td></tr>
<tr><td>Role</td><td><select><option>Learner</select></td></tr>
<tr><td>Groups</td><td><input value="HELD">HINT<br><small>By rule: Partners</small></td></tr></table>
<button>Save</button> <a href="#">Cancel</a></form>"""


@pytest.mark.parametrize(
    ("held", "hint", "known", "told"),
    [
        ("Sales, Onboarding", " <small>comma separated</small>", (), ("Sales", "Onboarding")),
        ("Sales, Onboarding", "", ("Sales", "Onboarding"), ("Sales", "Onboarding")),
        ("Sales; Onboarding", "", ("Sales", "Onboarding"), ("Sales", "Onboarding")),
        ("Sales, Onboarding", "", (), None),
        ("Sales, Onboarding", "", ("Sales, Onboarding",), ("Sales, Onboarding",)),
        ("", " <small>comma separated</small>", (), ()),
    ],
)
def test_the_groups_that_her_form_holds_as_text_are_told_one_by_one(
    show: Show, held: str, hint: str, known: tuple[str, ...], told: tuple[str, ...] | None
) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page)
        lane.know_groups(known)
        person = await PersonScreen(lane, EMAIL).read()
        return person.groups, person.groups_held, person.groups_text

    text = held if held else None
    assert show(FORM.replace("HELD", held).replace("HINT", hint), work) == (told, told, text)


LISTS = """<form><label>Groups <input></label><ul role=listbox hidden></ul></form><script>
  const field = document.querySelector("input"), list = document.querySelector("ul");
  field.oninput = () => {
    const hits = ["Sales, EMEA", "R&D"].filter((name) => field.value && name.startsWith(field.value));
    list.innerHTML = hits.map((name) => `<li role=option>${name}</li>`).join("");
    list.hidden = !hits.length;
  };
</script>"""


def test_a_field_that_lists_what_is_typed_need_not_say_how_names_are_separated(show: Show) -> None:
    async def work(page: Page) -> bool:
        groups = Form(lane_on(page)).groups
        await groups.require_sayable(["Sales, EMEA", "R&D"])
        return await groups.offers_nothing(["Sales, EMEA"])

    assert show(LISTS, work) is False
    with pytest.raises(Inexpressible):
        show("<form><label>Groups <input></label></form>", work)


COMBOBOX = """<form><label>Groups <input role=combobox aria-controls=list aria-expanded=false value=Sales>
<small>Separate several with commas.</small></label><ul id=list role=listbox hidden></ul></form>"""


@pytest.mark.parametrize(("name", "held"), [("Support", "Sales, Support"), ("Sales, EMEA", None)])
def test_a_list_field_that_holds_text_takes_no_name_that_it_would_take_for_two(
    show: Show, name: str, held: str | None
) -> None:
    async def work(page: Page) -> tuple[str, tuple[str, ...]]:
        lane = lane_on(page)
        groups = Form(lane).groups
        await groups.add(name, create=True)
        return await groups.locator.input_value(), lane.noted[JOINED_MEMORY]["names"]

    if held is not None:
        assert show(COMBOBOX, work) == (held, ("Sales", "Support"))
        return
    with pytest.raises(Inexpressible, match="it would take 'Sales, EMEA' for two"):
        show(COMBOBOX, work)
