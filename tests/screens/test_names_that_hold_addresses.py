"""People who are called by another's address, among those that a field, a box or a list offers; in small."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions import edit as editing
from connector.actions.directory import managers_contradict
from connector.errors import ConsoleDrift, Inexpressible, OperationFailed
from connector.models import Edit, Person
from page_objects.controls import engine
from page_objects.controls.multi_choice import MultiChoice
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

ANN = "ann@x.example"
SAM, SHARED = "sam@x.example", "shared@x.example"
MAILBOX = "Mailbox of sam@x.example"

FIELD = """<main><label for=f>Managers</label><div class=box><input id=f role=combobox aria-autocomplete=list
  aria-expanded=false aria-controls=l></div><div id=l role=listbox hidden></div></main>
<style>.chip { background: #eee }</style>
<script>
  const people = PEOPLE, held = HELD, field = document.querySelector("#f"), list = document.querySelector("#l");
  const shut = () => { list.hidden = true; field.ariaExpanded = "false"; };
  const draw = () => {
    document.querySelectorAll(".chip").forEach((chip) => chip.remove());
    held.forEach((name, at) => {
      field.insertAdjacentHTML("beforebegin", `<span class=chip>${name}<button aria-label="Remove ${name}">×</button>
        </span>`);
      field.previousElementSibling.lastElementChild.onclick = () => { held.splice(at, 1); draw(); };
    });
  };
  const look = () => {
    const offered = people.filter(([html]) => html.toLowerCase().includes(field.value.toLowerCase()));
    list.innerHTML = offered.map(([html]) => `<div TAG>${html}</div>`).join("") || "No matches";
    [...list.children].forEach((el, at) => { el.onclick = () => {
      held.push(offered[at][1]); field.value = ""; shut(); draw();
    }; });
    list.hidden = false; field.ariaExpanded = "true";
  };
  field.onfocus = field.onclick = field.oninput = look;
  field.onblur = () => setTimeout(shut, 150);
  list.onmousedown = (event) => event.preventDefault();
  onkeydown = (event) => event.key === "Escape" && shut();
  draw();
</script>"""
OPTION = "role=option"
ROW = 'style="cursor: pointer; display: flex; gap: 1em"'


def field(*people: tuple[str, str], held: tuple[str, ...] = (), tag: str = OPTION) -> str:
    page = FIELD.replace("PEOPLE", str([list(one) for one in people])).replace("HELD", str(list(held)))
    page = page.replace("TAG", tag)
    return page if tag == OPTION else page.replace("id=l role=listbox", 'id=l style="position: fixed; top: 99px"')


def beside(name: str, address: str, element: str = "small") -> str:
    return f"{name}<{element}>{address}</{element}>"


async def added(page: Page, whom: str) -> list[str]:
    await Form(lane_on(page, timeout=2)).managers.add(whom)
    held: list[str] = await page.evaluate("held")
    return held


SAMS = ((beside(MAILBOX, SHARED), MAILBOX), (beside("Sam Taylor", SAM), "Sam Taylor"))


@pytest.mark.parametrize("turned", [False, True], ids=["the mailbox first", "the mailbox last"])
@pytest.mark.parametrize(("whom", "chip"), [(SAM, "Sam Taylor"), (SHARED, MAILBOX)])
def test_a_manager_is_whose_address_stands_by_itself(show: Show, whom: str, chip: str, turned: bool) -> None:
    async def work(page: Page) -> list[str]:
        return await added(page, whom)

    people = SAMS[::-1] if turned else SAMS
    assert show(field(*people), work) == [chip]


@pytest.mark.parametrize(
    "offered",
    [
        "Sam Taylor &lt;sam@x.example&gt;",
        "Sam Taylor (sam@x.example)",
        "Sam Taylor – sam@x.example",
        "Sam Taylor<br>sam@x.example · Invited",
        "<mark>sam@</mark>x.example",
        beside("Sam Taylor", "Learner · sam@x.example"),
    ],
)
def test_an_address_beside_a_name_in_one_text_identifies_her_where_it_is_the_only_one(show: Show, offered: str) -> None:
    async def work(page: Page) -> list[str]:
        return await added(page, SAM)

    assert show(field((offered, "Sam Taylor" if "Taylor" in offered else SAM)), work) != []


@pytest.mark.parametrize(
    "offered",
    [
        MAILBOX,
        beside(MAILBOX, "Learner"),
        beside(MAILBOX, SHARED),
        beside(SAM, SHARED),
        beside(SAM, f"{SHARED} · Invited"),
        "sam@x.example (forward)",
        beside("sam@x.example (forward)", SHARED),
        "Mailbox of sam@x.example (shared@x.example)",
    ],
)
@pytest.mark.parametrize("tag", [OPTION, ROW], ids=["options", "rows that nothing calls options"])
def test_nobody_is_taken_by_an_address_in_a_name(show: Show, offered: str, tag: str) -> None:
    async def work(page: Page) -> list[str]:
        with pytest.raises((OperationFailed, ConsoleDrift)):
            await added(page, SAM)
        held: list[str] = await page.evaluate("held")
        return held

    assert show(field((offered, "Somebody"), tag=tag), work) == []


def test_among_plain_rows_the_whole_row_tells_whose_it_is(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        return await added(page, SAM)

    rows = [(f"<b>{MAILBOX}</b><span>{SHARED}</span>", MAILBOX), (f"<b>Sam</b><span>{SAM}</span>", SAM)]
    assert show(field(*rows, tag=ROW), work) == [SAM]


@pytest.mark.parametrize("chip", ["shared@x.example", MAILBOX, "Sam Tailor"])
@pytest.mark.parametrize("held", [(), ("Sam Taylor",)], ids=["alone", "beside her namesake"])
def test_a_chip_that_says_somebody_else_than_was_chosen_is_not_accepted(
    show: Show, chip: str, held: tuple[str, ...]
) -> None:
    async def work(page: Page) -> None:
        with pytest.raises(ConsoleDrift, match="does not keep what is added"):
            await added(page, SAM)

    show(field((beside("Sam Taylor", SAM), chip), held=held), work)


def test_of_two_of_one_name_the_second_is_added_beside_the_first(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        return await added(page, SAM)

    assert show(field((beside("Sam Taylor", SAM), "Sam Taylor"), held=("Sam Taylor",)), work) == ["Sam Taylor"] * 2


# -- boxes to tick -----------------------------------------------------------------------------------------------------
BOXES = [
    '<li><label><input type=checkbox value=1> NAME<small>ADDRESS</small></label></li>',
    '<li><input type=checkbox id=ID value=1><label for=ID>NAME</label> <small>ADDRESS</small></li>',
    '<li><label><input type=checkbox value="ADDRESS"> NAME</label></li>',
]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("name", [MAILBOX, SAM], ids=["in a name", "a name that is nothing else"])
def test_a_box_is_ticked_by_whose_it_is(show: Show, box: str, name: str) -> None:
    people = [(name, SHARED), ("Sam Taylor", SAM)]
    boxes = "".join(
        box.replace("NAME", called).replace("ADDRESS", address).replace("ID", f"b{at}")
        for at, (called, address) in enumerate(people)
    )

    async def work(page: Page) -> Any:
        managers = Form(lane_on(page, timeout=2)).managers
        await managers.add(SAM)
        ticked = await page.evaluate("[...document.querySelectorAll('input')].map((box) => box.checked)")
        return ticked, await managers.addresses()

    assert show(f"<fieldset><legend>Managers</legend><ul>{boxes}</ul></fieldset>", work) == ([False, True], (SAM,))


# -- what is read of her -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("held", "managers"),
    [
        ((MAILBOX,), None),
        ((SAM, MAILBOX), None),
        ((SAM, "Bo Berg"), None),
        ((SAM, SHARED), (SAM, SHARED)),
        (("Sam (sam@x.example)",), (SAM,)),
        ((), ()),
    ],
)
def test_chips_that_tell_names_do_not_tell_who_the_managers_are(
    show: Show, held: tuple[str, ...], managers: tuple[str, ...] | None
) -> None:
    async def work(page: Page) -> Any:
        screen = PersonScreen(lane_on(page), ANN, page.locator("main"))
        return (await screen.shown()).managers, await screen.managers.addresses()

    assert show(field(held=held), work) == (managers, managers)


@pytest.mark.parametrize(
    ("page", "listed", "contradict"),
    [
        ((SAM,), (SHARED,), True),
        ((SAM,), (), True),
        ((), (SAM,), True),
        ((SAM, SHARED), (SAM,), False),
        ((SAM,), ("SAM@x.example",), False),
        (None, (SAM,), False),
        ((SAM,), None, False),
    ],
)
def test_managers_of_whom_her_page_and_the_list_say_different_things_are_not_known(
    page: tuple[str, ...] | None, listed: tuple[str, ...] | None, contradict: bool
) -> None:
    assert managers_contradict(Person(email=ANN, managers=page), Person(email=ANN, managers=listed)) is contradict


# -- whom to take away where chips tell names alone --------------------------------------------------------------------
FRIEDA, GITA = "former@x.example", "gita@x.example"


async def taken_away(page: Page, called: dict[str, str] | None, acted: bool = False) -> list[str]:
    """What a form of a person holds after Frieda was taken away, of whom her list says that she and Gita manage her."""
    form = Form(lane_on(page, timeout=2))
    left: list[bool] = []

    async def leave() -> None:
        left.append(True)

    async def managers() -> MultiChoice:
        return form.managers

    part, now = Edit(email=ANN, remove_managers=(FRIEDA,)), Person(email=ANN, managers=(FRIEDA, GITA))
    context: Any = SimpleNamespace(acted=acted)
    leaving: Any = SimpleNamespace(leave=leave)
    try:
        chips = await editing._chips_to_remove(context, leaving, managers, part, now, called)
    except Exception:
        assert left
        raise
    await editing._fill_lists(context, form.groups, form.managers, part, now, chips)
    held: list[str] = await page.evaluate("held")
    return held


@pytest.mark.parametrize(
    ("held", "called"),
    [
        (("Frieda Former", "Gita Rao"), {FRIEDA: "Frieda Former", GITA: "Gita Rao"}),
        ((FRIEDA, "Gita Rao"), {FRIEDA: FRIEDA, GITA: "Gita Rao"}),
        (("Frieda (former@x.example)", "Gita Rao"), {FRIEDA: "Frieda (former@x.example)", GITA: "Gita Rao"}),
    ],
)
def test_the_one_chip_of_a_manager_s_name_is_taken_away(
    show: Show, held: tuple[str, ...], called: dict[str, str]
) -> None:
    async def work(page: Page) -> list[str]:
        return await taken_away(page, called)

    assert show(field(held=held), work) == ["Gita Rao"]


@pytest.mark.parametrize(
    ("held", "called"),
    [
        (("Frieda Former",), {FRIEDA: "Frieda Former", GITA: "Gita Rao"}),
        (("Frieda Former", "Gita Rao", "Bo Berg"), {FRIEDA: "Frieda Former", GITA: "Gita Rao"}),
        (("Frieda Former", "Frieda Former"), {FRIEDA: "Frieda Former", GITA: "Frieda Former"}),
        (("F. Former", "Gita Rao"), {FRIEDA: "Frieda Former", GITA: "Gita Rao"}),
    ],
    ids=["fewer chips", "more chips", "two of one name", "another name"],
)
def test_nobody_is_taken_away_by_a_name_that_does_not_tell_for_sure(
    show: Show, held: tuple[str, ...], called: dict[str, str]
) -> None:
    async def work(page: Page) -> list[str]:
        with pytest.raises(Inexpressible, match="nothing was changed"):
            await taken_away(page, called)
        with pytest.raises(OperationFailed, match="by their names alone"):
            await taken_away(page, called, acted=True)
        left: list[str] = await page.evaluate("held")
        return left

    assert show(field(held=held), work) == [*held]


def test_names_are_looked_up_only_where_the_form_tells_nothing_else(show: Show) -> None:
    async def names(page: Page) -> None:
        with pytest.raises(editing._NamesAlone):
            await taken_away(page, None)

    async def addresses(page: Page) -> list[str]:
        return await taken_away(page, None)

    show(field(held=("Frieda Former", "Gita Rao")), names)
    assert show(field(held=(FRIEDA, GITA)), addresses) == [GITA]


# -- a list of hers ----------------------------------------------------------------------------------------------------
def test_the_row_with_her_address_is_hers_and_not_one_that_is_called_by_it(show: Show) -> None:
    rows = "".join(f"<li>{html} <button aria-label='Remove'>Remove</button></li>" for html, _ in SAMS)

    async def work(page: Page) -> list[int]:
        screen = PersonScreen(lane_on(page), ANN, page.locator("main"))
        buttons = [screen._row_remover(address) for address in (SAM, SHARED)]
        return [int(await engine.evaluate(button, "wholeText") == "Remove") for button in buttons]

    assert show(f"<main><ul>{rows}</ul></main>", work) == [1, 1]
