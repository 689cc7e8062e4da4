"""What Quasar and kits of parts in the manner of shadcn draw, in small."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.async_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from connector.errors import ConsoleDrift
from connector.models import Role
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared
from page_objects.import_dialog import ImportDialog
from page_objects.lane import Lane
from page_objects.person_screen import PersonScreen
from tests.components.server import Listener
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"


class FormHere(Form):
    import_button = Declared(Action, words.IMPORT)


# -- a field that says how many it holds -------------------------------------------------------------------------------
CHECK = '<svg width=10 height=10 style="opacity: {0}"><path d="M2 6l2 2 4-4"/></svg>'
COMBOBOX = """
<div><label for=groups>Groups (optional)</label>
<button id=groups role=combobox aria-haspopup=dialog aria-expanded=false type=button><span></span><svg></svg></button>
<div id=badges></div></div>
<script>
  const held = new Set(HELD), field = document.querySelector("#groups");
  const draw = () => {
    field.firstChild.textContent = held.size ? `${held.size} selected` : "Select groups...";
    if (BADGES) document.querySelector("#badges").innerHTML = [...held].map((name) =>
      `<span style="display: inline-flex; background: #eee">${name}
      <button type=button><svg width=8 height=8></svg></button></span>`).join("");
    for (const cross of document.querySelectorAll("#badges button"))
      cross.onclick = () => { held.delete(cross.parentNode.textContent.trim()); draw(); };
    const list = document.querySelector("#list");
    if (!list) return;
    list.innerHTML = OFFERED.map((name, at) => `<div role=option aria-selected=${at === 0}>
      ${BADGES ? "" : CHECK.replace("{0}", held.has(name) ? 1 : 0)}<span>${name}</span></div>`).join("");
    for (const option of list.children) option.onclick = () => {
      const name = option.textContent.trim();
      if (!held.delete(name)) held.add(name);
      draw();
    };
  };
  const close = () => { document.querySelector("#layer")?.remove(); field.setAttribute("aria-expanded", "false"); };
  field.onclick = () => {
    if (document.querySelector("#layer")) return close();
    document.body.insertAdjacentHTML("beforeend",
      "<div id=layer style='position: fixed; top: 200px'><div role=listbox id=list></div></div>");
    field.setAttribute("aria-expanded", "true");
    draw();
  };
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  draw();
</script>"""


def combobox(*held: str, badges: bool) -> str:
    return (
        COMBOBOX.replace("HELD", repr(list(held)))
        .replace("BADGES", "true" if badges else "false")
        .replace("OFFERED", repr(["Marketing", "Sales", "Support"]))
        .replace("CHECK", repr(CHECK))
    )


@pytest.mark.parametrize("badges", [True, False])
@pytest.mark.parametrize("held", [("Sales",), ("Sales", "Support"), ("Marketing", "Support")])
def test_what_is_chosen_is_what_is_marked_or_shown_below_and_not_what_the_next_key_would_choose(
    show: Show, held: tuple[str, ...], badges: bool
) -> None:
    async def work(page: Page) -> list[str]:
        return await FormHere(lane_on(page)).groups.read()

    assert show(combobox(*held, badges=badges), work) == list(held)


@pytest.mark.parametrize("badges", [True, False])
def test_a_value_is_added_to_it_and_another_taken_away(show: Show, badges: bool) -> None:
    async def work(page: Page) -> tuple[list[str], list[str]]:
        groups = FormHere(lane_on(page)).groups
        await groups.add("Support")
        added = await groups.read()
        await groups.remove("Sales")
        return added, await groups.read()

    assert show(combobox("Sales", badges=badges), work) == (["Sales", "Support"], ["Support"])


LISTED = """<form><div><label for=groups>Groups</label>{beside}
<button id=groups type=button role=combobox aria-haspopup=listbox aria-expanded=false>{count} selected</button>
</div></form>
<script>
  const field = document.querySelector("#groups");
  const close = () => {{ document.querySelector("#layer")?.remove(); field.setAttribute("aria-expanded", "false"); }};
  field.onclick = () => {{
    if (document.querySelector("#layer")) return close();
    document.body.insertAdjacentHTML("beforeend",
      `<div id=layer style="position: fixed; top: 200px"><div role=listbox {several}>{options}</div></div>`);
    field.setAttribute("aria-expanded", "true");
  }};
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
</script>"""
SEVERAL = "aria-multiselectable=true"


def option(name: str, *, selected: bool, marks: str = "") -> str:
    return f"<div role=option aria-selected={str(selected).lower()}>{marks}<span>{name}</span></div>"


def icon(path: str, *, seen: bool = True) -> str:
    return f'<svg width=10 height=10 style="opacity: {int(seen)}"><path d="{path}"/></svg>'


PLUS, TICK, CROWD = "M5 0v10M0 5h10", "M2 6l2 2 4-4", "M1 1h3v3H1z"
PAINTED = "<span style='display: inline-block; background: #eee'>{0}</span>"


@pytest.mark.parametrize(
    ("count", "several", "options", "beside", "held"),
    [
        # What stands beside the field and cannot be taken away is nothing that it holds.
        (1, SEVERAL, [("Sales", True, ""), ("Support", False, "")], PAINTED.format("Optional"), ["Sales"]),
        # A plus that only those have which can still be added, a pencil that only the one under the pointer shows.
        (
            1,
            SEVERAL,
            [("Sales", True, icon(PLUS, seen=False)), ("Support", False, icon(PLUS)), ("Legal", False, icon(PLUS))],
            "",
            None,
        ),
        (1, SEVERAL, [("Legal", False, icon(PLUS)), ("Sales", True, icon(PLUS, seen=False))], "", None),
        # Another icon before the mark, which all have.
        (
            1,
            "",
            [("Legal", True, icon(CROWD) + icon(TICK, seen=False)), ("Sales", False, icon(CROWD) + icon(TICK))],
            "",
            ["Sales"],
        ),
        # A mark that takes no room where it is kept back.
        (
            1,
            "",
            [("Legal", True, f"<span style='display: none'>{icon(TICK)}</span>"), ("Sales", False, icon(TICK))],
            "",
            ["Sales"],
        ),
        # A mark that is drawn for what is chosen alone may be an icon of its own as well.
        (1, "", [("Legal", True, ""), ("Sales", False, icon(TICK))], "", None),
        (1, "", [("Legal", False, ""), ("Sales", True, icon(TICK))], "", ["Sales"]),
    ],
)
def test_what_a_list_marks_and_what_it_calls_selected_are_told_where_they_agree_or_one_is_sure(
    show: Show, count: int, several: str, options: Any, beside: str, held: list[str] | None
) -> None:
    drawn = "".join(option(name, selected=selected, marks=marks) for name, selected, marks in options)

    async def work(page: Page) -> list[str] | str:
        try:
            return await FormHere(lane_on(page)).groups.read()
        except ConsoleDrift as drift:
            return drift.message

    assert show(LISTED.format(count=count, several=several, options=drawn, beside=beside), work) == (
        held or "form: groups does not show what it holds"
    )


# -- a field of which nothing is seen but what is drawn around it ------------------------------------------------------
SELECT = """
<style>
  label { display: block; position: relative; width: 300px; padding-top: 20px }
  .caption { position: absolute; top: 0 }
  .native { min-height: 24px }
  input { position: absolute; width: 1px; height: 1px; opacity: 0; border: 0; padding: 0 }
</style>
<label for=role><div><div class=caption>Role *</div><div class=native><span>Learner</span>
<input id=role readonly role=combobox aria-label="Role *" aria-expanded=false></div></div><i>arrow_drop_down</i></label>
<script>
  document.querySelector("label").onclick = (event) => {
    event.preventDefault();
    document.querySelector("#list")?.remove();
    document.body.insertAdjacentHTML("beforeend", `<div id=list role=listbox style="position: fixed; top: 100px">
      <div role=option>Learner</div><div role=option>Content Creator</div></div>`);
    for (const option of document.querySelectorAll("[role=option]")) option.onclick = () => {
      document.querySelector(".native span").textContent = option.textContent;
      document.querySelector("#list").remove();
    };
  };
</script>"""


def test_a_choice_whose_input_is_a_point_is_made_where_it_is_drawn(show: Show) -> None:
    async def work(page: Page) -> tuple[list[str], list[str]]:
        role = FormHere(lane_on(page)).role
        before = await role.read()
        await role.choose(words.ROLE_NAMES["content_creator"])
        return before, await role.read()

    assert show(SELECT, work) == (["Learner"], ["Content Creator"])


CHIPS = """<label for=groups><div><div><div class=q-label>Groups</div><div class=native>
<div style="display: inline-flex; background: #ddd">Sales<i role=button aria-label=Remove>cancel</i></div>
<input id=groups role=combobox aria-label=Groups aria-expanded=false></div></div>
<div class=bottom><div class=messages><div>Pick some, or none</div></div></div></div></label>"""


def test_neither_its_label_nor_what_is_said_below_is_something_that_a_field_holds(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        return await FormHere(lane_on(page)).groups.read()

    assert show(f"<form>{CHIPS}</form>", work) == ["Sales"]


FILLED = """<label for=groups><div><div style="display: flex; background: rgba(0, 0, 0, .05)"><div><div>{0}
<input id=groups role=combobox aria-label=Groups></div><div>Groups</div></div>
<svg width=9 height=9></svg></div></div></label>"""
SALES = (
    "<span style='display: inline-flex; background: #ddd'>Sales <button type=button aria-label=Remove>×</button></span>"
)


@pytest.mark.parametrize(("chip", "held"), [("", []), (SALES, ["Sales"])])
def test_a_label_within_a_field_that_is_painted_is_no_chip(show: Show, chip: str, held: list[str]) -> None:
    async def work(page: Page) -> list[str]:
        return await FormHere(lane_on(page)).groups.read()

    assert show(f"<form>{FILLED.format(chip)}</form>", work) == held


def test_a_field_that_is_called_after_its_hint_holds_what_it_shows(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        return await FormHere(lane_on(page)).groups.read()

    field = f"<div class='select has-hint'>{SALES}<input id=groups role=combobox></div>"
    assert show(f"<form><label for=groups>Groups</label>{field}</form>", work) == ["Sales"]


def test_a_fact_beside_another_field_is_not_read_from_it(show: Show) -> None:
    facts = """<section><div><div>Last login</div><div>Never</div></div>
    <div><div>Access ends</div><input type=date value=2027-01-31></div></section>"""

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).shown()

    person = show(f"<main><h1>Ann Lee</h1><p>{EMAIL}</p>{facts}</main>", work)
    assert (person.last_login, person.never_signed_in) == (None, True)


def test_a_fact_beside_a_list_is_not_read_from_the_list(show: Show) -> None:
    facts = "<div><div><div>Last login</div><div>November 26, 2026 at 05:33</div></div></div>"

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).shown()

    person = show(f"<main><h1>Ann Lee</h1><p>{EMAIL}</p><div>{SELECT}{facts}</div></main>", work)
    assert (person.role, str(person.last_login)) == (Role.LEARNER, "2026-11-26 05:33:00+00:00")


# -- ways and steps ----------------------------------------------------------------------------------------------------
def test_what_leads_there_from_the_navigation_stands_beside_what_does_it_here(show: Show) -> None:
    async def work(page: Page) -> tuple[str | None, bool]:
        form = FormHere(lane_on(page))
        here = await form.import_button.locator.get_attribute("id")
        await page.locator("main a").evaluate("el => el.remove()")
        return here, await form.import_button.is_shown()

    page = "<nav><a href='/people/import'>Import users</a></nav><main><a id=here href='/import'>Import users</a></main>"
    assert show(page, work) == ("here", True)


OUT = """<nav><a id=nav href='/people/import'>Import users</a></nav>
<footer><a href='https://help.example/'>Import users</a></footer>"""


def test_what_leads_out_of_the_console_takes_the_place_of_nothing(show: Show) -> None:
    async def work(page: Page) -> int:
        return await FormHere(lane_on(page)).import_button.locator.count()

    assert show(OUT, work) == 2


@pytest.mark.parametrize("here", ["<a href='/reports/users'>Users</a>", "<button>Users</button>"])
def test_a_way_to_a_screen_is_one_of_the_navigation_whatever_is_called_so_here(show: Show, here: str) -> None:
    async def work(page: Page) -> str | None:
        return await lane_on(page).find("way", words.PEOPLE).get_attribute("href")

    assert show(f"<nav><a href='/users'>Users</a></nav><main>{here}</main>", work) == "/users"


LEAVING = """<main><h1>Import Users</h1><div id=step><input type=file><button>Continue</button></div></main>
<script>
  const step = document.querySelector("#step"), button = step.querySelector("button");
  let pressed = 0;
  button.onclick = () => {
    document.title = `${pressed += 1}`;
    if (pressed > 1) return;
    step.insertAdjacentHTML("beforebegin", "<p>people.csv: one moment</p>");
  };
  // Whoever would press it once more finds it on its way out, and gone then.
  new MutationObserver(() => {
    button.style.pointerEvents = "none";
    let pictures = 30;
    const draw = () => {
      if (pictures -= 1) return requestAnimationFrame(draw);
      step.remove();
      document.querySelector("main").insertAdjacentHTML("beforeend", "<p>1 row</p><button>Import 1 person</button>");
    };
    draw();
  }).observe(document.querySelector("title") || document.head, { childList: true, subtree: true, characterData: true });
</script>"""


def test_a_button_on_its_way_out_is_not_waited_for(show: Show, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Email\n")

    async def work(page: Page) -> tuple[bool, str]:
        dialog = ImportDialog(lane_on(page, timeout=10))
        await dialog.upload(tmp_path / "people.csv")
        return await dialog.import_now.is_shown(), await page.title()

    assert show(f"<title></title>{LEAVING}", work) == (True, "1")


# -- a person whose form lies on tabs and comes late -------------------------------------------------------------------
DRAWER = """<div role=dialog aria-label="Ann Lee"><p>ann@x.example</p>
<div role=tablist><button role=tab aria-selected=true>Profile</button>
<button role=tab>Groups &amp; managers</button></div>
<div id=panel></div><button id=save disabled>Save</button></div>
<script>
  const PANELS = [
    "<label>First name <input value=Ann></label><label>Last name <input value=Lee></label>",
    "<label>Groups <input value=Sales></label><label>Managers <input value='bo@x.example'></label>",
  ];
  const tabs = [...document.querySelectorAll("[role=tab]")], panel = document.querySelector("#panel");
  let turned = 0;
  tabs.forEach((tab, at) => tab.onclick = () => {
    document.title = `${turned += 1}`;
    tabs.forEach((other) => other.setAttribute("aria-selected", other === tab));
    panel.innerHTML = "";
    // Drawn with one of the next pictures, as what slides in is.
    let pictures = 12;
    const draw = () => (pictures -= 1) ? requestAnimationFrame(draw) : (panel.innerHTML = PANELS[at]);
    draw();
  });
  panel.innerHTML = PANELS[0];
</script>"""


def test_what_comes_late_on_a_tab_is_read_and_all_that_lies_there_at_once(show: Show) -> None:
    async def work(page: Page) -> tuple[Any, str]:
        screen = PersonScreen(lane_on(page), EMAIL, page.get_by_role("dialog"))
        return await screen.read(), await page.title()

    person, turned = show(DRAWER, work)
    assert (person.groups, person.managers, turned) == (("Sales",), ("bo@x.example",), "1")


def test_what_stands_in_place_of_what_is_still_drawn_is_not_told(show: Show) -> None:
    start, end = DRAWER.index("    // Drawn with one"), DRAWER.index("  });\n  panel.innerHTML")
    asks = """panel.innerHTML = "<div>Groups</div><p>Loading</p><label>Managers <input></label>";
    fetch("/groups").then((told) => told.text()).then((names) => (panel.querySelector("p").textContent = names));
"""
    looked = Event()

    async def page_at(request: Request) -> Response:
        return HTMLResponse(DRAWER[:start] + asks + DRAWER[end:])

    async def groups(request: Request) -> Response:
        await asyncio.to_thread(looked.wait, 10)
        return PlainTextResponse("Sales")

    console = Listener(Starlette(routes=[Route("/", page_at), Route("/groups", groups)]))

    async def work(page: Page) -> Any:
        await page.goto(f"{console.url}/")
        screen = PersonScreen(Lane(page=page, base_url=console.url, timeout=10), EMAIL, page.get_by_role("dialog"))
        at_rest, looks = screen.lane.at_rest, []

        async def looking(mark: int) -> bool:
            looks.append(rests := await at_rest(mark))
            if len(looks) == 3:
                looked.set()
            return rests

        screen.lane.at_rest = looking  # type: ignore[method-assign]
        try:
            return await screen.read()
        finally:
            looked.set()

    console.start()
    try:
        assert show("", work).groups == ("Sales",)
    finally:
        console.stop()


def test_a_form_that_comes_late_needs_no_button_to_be_opened(show: Show) -> None:
    late = """<div role=dialog aria-label="Ann Lee"><p>ann@x.example</p></div><script>
      let pictures = 12;
      const draw = () => (pictures -= 1) ? requestAnimationFrame(draw) : document.querySelector("[role=dialog]")
        .insertAdjacentHTML("beforeend", "<label>First name <input value=Ann></label><button>Save</button>");
      draw();
    </script>"""

    async def work(page: Page) -> list[str]:
        screen = PersonScreen(lane_on(page), EMAIL, page.get_by_role("dialog"))
        await screen.open_edit()
        return list(await engine.evaluate(page, "inventory", "field"))

    assert show(late, work) == ["First name"]


LEAVES = """<div role=dialog aria-label="Ann Lee"><p>ann@x.example</p>
<div role=tablist><button role=tab>Profile</button><button role=tab aria-selected=true>Groups</button></div>
<div id=here><label>Groups <input value=Sales></label></div><button>Save</button></div>
<script>
  const ROLE = "<label>Role <select><option>Learner</option><option>Manager</option></select></label>";
  const [profile] = document.querySelectorAll("[role=tab]"), here = document.querySelector("#here");
  profile.onclick = () => {
    profile.setAttribute("aria-selected", "true");
    here.innerHTML = ROLE;
  };
  // What lay on the tab that was open before, on its way out.
  here.insertAdjacentHTML("beforebegin", `<div id=leaving>${ROLE}</div>`);
  const leaving = document.querySelector("#leaving");
  leaving.animate([{ opacity: 1 }, { opacity: 0.1 }], 300).onfinish = () => leaving.remove();
</script>"""


def test_a_field_on_its_way_out_is_looked_for_on_its_tab(show: Show) -> None:
    async def work(page: Page) -> str:
        screen = PersonScreen(lane_on(page), EMAIL, page.get_by_role("dialog"))
        await screen.change_role(Role.MANAGER)
        return await page.locator("#here select").input_value()

    assert show(LEAVES, work) == "Manager"
