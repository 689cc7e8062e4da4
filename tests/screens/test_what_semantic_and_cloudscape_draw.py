"""What Semantic UI and Cloudscape draw, in small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.import_csv import objections_of_review
from connector.errors import ConsoleDrift
from connector.models import Invite, Status
from page_objects import words
from page_objects.controls import engine
from page_objects.import_dialog import ImportDialog
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"


# -- the pages of a list -----------------------------------------------------------------------------------------------
LIST = """<p>50 people</p>
<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody></tbody></table>
<div id=pager role=navigation></div>
<script>
  const row = (n) => `<tr><td>Person ${n}</td><td>person${n}@x.example</td><td>Active</td></tr>`;
  const rows = Array.from({ length: 50 }, (_, n) => row(n)), last = 3;
  let page = 1;
  window.turns = [];
  const way = (name, sign, to) => `<a tabindex=0 aria-label="${name}" data-to=${to}>${sign}</a>`;
  const number = (n) => `<a tabindex=0 data-to=${n} aria-current=${n === page}>${n}</a>`;
  const draw = () => {
    document.querySelector("tbody").innerHTML = rows.slice(page * 20 - 20, page * 20).join("");
    const numbers = Array.from({ length: KNOWN }, (_, n) => number(n + 1)).join("");
    document.querySelector("#pager").innerHTML = way("First item", "«", 1) + way("Previous item", "⟨", page - 1) +
      numbers + way("Next item", "⟩", page + 1) + way("Last item", "»", last);
    for (const a of document.querySelectorAll("#pager a")) a.onclick = () => {
      window.turns.push(a.textContent);
      if (a.dataset.to < 1 || a.dataset.to > last) return;
      page = Number(a.dataset.to);
      draw();
    };
  };
  draw();
</script>"""
EVERYBODY = [f"person{number}@x.example" for number in range(50)]


async def read_all(page: Page) -> tuple[list[str], list[str]]:
    table = PeopleTable(lane_on(page, timeout=2), "People")
    people = [table.address(row) async for one in table.pages() for row in one.rows]
    return people, await page.evaluate("window.turns")


def test_a_pager_that_offers_to_go_on_where_there_is_nothing_more_is_believed_by_its_numbers(show: Show) -> None:
    assert show(LIST.replace("KNOWN", "last"), read_all) == (EVERYBODY, ["⟩", "⟩"])


def test_numbers_of_the_pages_that_were_seen_do_not_end_a_list(show: Show) -> None:
    people, turns = show(LIST.replace("KNOWN", "page"), read_all)
    assert people == EVERYBODY
    assert turns[:2] == ["⟩", "⟩"]


PRESENT_ALONE = LIST.replace("KNOWN", "last").replace(
    'const numbers = Array.from({ length: last }, (_, n) => number(n + 1)).join("");', "const numbers = number(page);"
)
SIZES = LIST.replace("KNOWN", "0").replace("+\n      numbers +", "+ '<b>10</b><b class=active>20</b>' +")


@pytest.mark.parametrize("html", [PRESENT_ALONE, SIZES])
def test_a_number_alone_and_the_size_of_a_page_say_nothing_of_the_last_one(show: Show, html: str) -> None:
    quiet = html.replace("<p>50 people</p>", "").replace("draw();\n    };", "setTimeout(draw, 900);\n    };")
    assert quiet != html
    # The pager does nothing on its last page, and nothing says that it is the last: what was read is not told as whole.
    with pytest.raises(ConsoleDrift, match="the next rows did not come"):
        show(quiet, read_all)


@pytest.mark.parametrize(("says", "told"), [("20 people", True), ("50 people", False), ("", False)])
def test_the_only_page_is_the_last_where_as_many_people_are_said_to_be_here(show: Show, says: str, told: bool) -> None:
    html = LIST.replace("KNOWN", "last").replace("last = 3", "last = 1").replace("<p>50 people</p>", f"<p>{says}</p>")
    if told:
        assert show(html, read_all) == (EVERYBODY[:20], ["⟩"])
    else:
        with pytest.raises(ConsoleDrift, match="the next rows did not come"):
            show(html, read_all)


@pytest.mark.parametrize(("name", "sign"), [("Show more (last active first)", "Load more"), ("", "Next")])
def test_only_what_leads_to_the_last_page_is_left_aside(show: Show, name: str, sign: str) -> None:
    html = LIST.replace("KNOWN", "0").replace('way("Next item", "⟩"', f'way("{name}", "{sign}"')
    html = html.replace("draw();\n</script>", "").replace('way("Last item", "»", last)', '""') + "draw();</script>"

    async def work(page: Page) -> int:
        lane = lane_on(page)
        wanted = words.LOAD_MORE if "more" in sign else words.NEXT_PAGE
        return await lane.find("pager", wanted, columns=lane.column_words()).count()

    assert show(html, work) == 1


def test_an_arrow_in_a_row_turns_no_page(show: Show) -> None:
    html = LIST.replace("KNOWN", "last").replace("<td>Active</td>", "<td>Active <button>❯</button></td>")
    assert show(html, read_all) == (EVERYBODY, ["⟩", "⟩"])


WINDOW = "<style>html, body { height: 100%; margin: 0 } body { overflow-x: hidden } tr { height: 60px }</style>"
HELD_FAST = """<style>#box { height: 200px; overflow-y: auto }</style>
<script>
  const box = document.createElement("div"), table = document.querySelector("table");
  box.id = "box";
  table.replaceWith(box);
  box.append(table);
  box.addEventListener("scroll", () => { box.scrollTop = 0; });
</script>"""


@pytest.mark.parametrize("looks", [WINDOW, HELD_FAST])
def test_what_only_looks_as_if_it_scrolled_is_not_scrolled_for_ever(show: Show, looks: str) -> None:
    html = "<!doctype html>" + LIST.replace("KNOWN", "last") + looks
    people, turns = show(html, read_all)
    assert list(dict.fromkeys(people)) == EVERYBODY
    assert turns == ["⟩", "⟩"]


def test_a_column_is_known_by_its_title_beside_a_filter(show: Show) -> None:
    chosen = """<div role=listbox tabindex=0><div>Any</div><div style="display: none">
      <div role=option>User</div><div role=option>Deactivated</div></div></div>"""
    html = f"""<table><thead><tr><th>Name</th><th>Email</th><th>Status{chosen}</th></tr></thead>
      <tr><td>Ann Lee</td><td>{EMAIL}</td><td>Deactivated</td></tr></table>"""

    async def work(page: Page) -> Status | None:
        screen = PeopleScreen(lane_on(page))
        return screen.person((await screen.table.read()).rows[0]).status

    assert show(html, work) is Status.DEACTIVATED


# -- the menu of a row -------------------------------------------------------------------------------------------------
CLOSED_MENU = """<div role=listbox aria-expanded=false tabindex=0><i aria-hidden=true class="ellipsis icon"></i>
<div style="display: none"><div role=option><i class="trash icon"></i><span>Delete</span></div></div></div>"""


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (CLOSED_MENU, 1),
        ('<button><i aria-hidden=true class="ellipsis vertical icon">&#8203;</i></button>', 1),
        ('<button><i aria-hidden=true class="close icon">&#8203;</i></button>', 0),
        ('<button><svg class="lucide lucide-trash-2" width=9 height=9></svg></button>', 0),
        ('<button><svg width=9 height=9><use href="/icons.svg#pencil"></use></svg></button>', 0),
        ('<button><i class="fa fa-pencil"></i></button><button><i class="fa fa-ban"></i></button>', 0),
        ('<button><i class="fa fa-pencil"></i></button><button><i class="fa fa-unheard-of"></i></button>', 0),
        ('<button><i class="fa fa-pencil"></i></button><button><i class="fa fa-ellipsis-v"></i></button>', 1),
        ('<button><i class="ellipsis vertical link icon"></i></button>', 1),
        ('<button><i class="fa fa-unheard-of"></i><span style="display: none">Deactivate</span></button>', 0),
        ('<button class="flex space-x-1 overflow-x-hidden"><svg width=9 height=9></svg></button>', 1),
        ('<button><svg class="lucide lucide-x" width=9 height=9></svg></button>', 0),
    ],
)
def test_a_button_without_a_name_is_a_menu_unless_its_picture_is_drawn_for_something_else(
    show: Show, html: str, found: int
) -> None:
    style = "<style>i, svg { display: inline-block; width: 12px; height: 12px }</style>"

    async def work(page: Page) -> int:
        lane = lane_on(page)
        return await lane.find("menu", words.ROW_MENU, scope=page.locator("#row")).count()

    assert show(f"{style}<div id=row>{html}</div>", work) == found


# -- a person whose address lies on one of her tabs --------------------------------------------------------------------
PAGE = """<main><h1>Ann Lee</h1><a href="#" id=edit>Edit</a>
<div role=tablist><button role=tab id=d aria-selected=true>Details</button>
<button role=tab id=g>Groups</button><button role=tab id=m>Managers</button></div>
<div role=tabpanel aria-labelledby=d id=panel></div></main>
<script>
  const PANELS = { d: "<dl><dt>Email address</dt><dd>ann@x.example</dd></dl>", g: `GROUPS`, m: `MANAGERS` };
  const panel = document.querySelector("#panel");
  const draw = (id) => {
    panel.setAttribute("aria-labelledby", id);
    for (const tab of document.querySelectorAll("[role=tab]")) tab.setAttribute("aria-selected", tab.id === id);
    panel.innerHTML = PANELS[id];
  };
  for (const tab of document.querySelectorAll("[role=tab]")) tab.onclick = () => draw(tab.id);
  draw("d");
</script>"""


def listed(title: str, column: str, *lines: str, count: int | None = None) -> str:
    rows = "".join(f"<tr><th scope=row>{line}</th></tr>" for line in lines)
    number = len(lines) if count is None else count
    return f"""<h2><span>{title}</span><span> ({number})</span></h2>
      <table><thead><tr><th>{column}</th></tr></thead><tbody>{rows}</tbody></table>"""


@pytest.mark.parametrize(
    ("groups", "managers", "told"),
    [
        (listed("Groups", "Group", "Sales, EMEA"), listed("Managers", "Email address", "bo@x.example"),
         (("Sales, EMEA",), ("bo@x.example",))),
        (listed("Groups", "Group", "R&D", "Sales"), listed("Managers", "Email address", "No managers", count=0),
         (("R&D", "Sales"), ())),
        (listed("Groups", "Group", "No groups", count=0), listed("Managers", "Email address", count=0), ((), None)),
    ],
)  # fmt: skip
def test_her_page_stays_hers_on_tabs_without_her_address_and_a_count_is_no_group(
    show: Show, groups: str, managers: str, told: Any
) -> None:
    async def work(page: Page) -> Any:
        person = await PersonScreen(lane_on(page), EMAIL).read()
        return person.groups, person.managers

    assert show(PAGE.replace("GROUPS", groups).replace("MANAGERS", managers), work) == told


def test_the_next_time_her_page_has_to_say_again_whose_it_is(show: Show) -> None:
    async def work(page: Page) -> list[int]:
        lane = lane_on(page)
        found: list[int] = []
        for panel in ("d", "g", "g", "d"):
            if len(found) == 2:
                await lane.remember("person")
            await page.evaluate("panel => draw(panel)", panel)
            hers = lane.find("person", columns=lane.column_words(), email=EMAIL, since="person")
            found.append(await hers.count())
        return found

    assert show(PAGE.replace("GROUPS", "<p>Sales</p>"), work) == [1, 1, 0, 1]


@pytest.mark.parametrize(
    ("before", "after", "hers"),
    [
        ("/users/12", "/users/12", 1),
        ("/users/12", "/users/12/groups", 1),
        ("/users/12?tab=details", "/users/12?tab=groups", 1),
        ("/users/12", "/users/13", 0),
        ("/users/12/details", "/users/12/groups", 1),
        ("/users/1", "/users/12", 0),
        ("/v2/people/ann", "/v2/people", 0),
        ("/v2/people/ann", "/v2/people/ann-leeson", 0),
        ("/v2/people/ann", "/v2/courses", 0),
        ("/app#/users/12", "/app#/users/13", 0),
        ("/people?id=12", "/people?id=13", 0),
        ("/users/ann-lee", "/users/ann-lee-two", 0),
        ("/users/ann", "/users/ann/groups", 1),
    ],
)
def test_the_page_of_a_namesake_is_not_hers_before_it_shows_an_address(
    show: Show, before: str, after: str, hers: int
) -> None:
    async def work(page: Page) -> tuple[int, int]:
        # A page of its own address, without anybody who serves it.
        await page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=html))
        await page.goto(f"http://console.example{before}")
        lane = lane_on(page)
        first = await lane.find("person", columns=lane.column_words(), email=EMAIL, since="person").count()
        await page.evaluate("where => { history.pushState(null, '', where); draw('g'); }", after)
        return first, await lane.find("person", columns=lane.column_words(), email=EMAIL, since="person").count()

    html = PAGE.replace("GROUPS", "<p>Sales</p>")
    assert show("", work) == (1, hers)


# -- fields ------------------------------------------------------------------------------------------------------------
TOKENS = """<form><div><div><label for=groups>Groups</label></div><div><div>
<div><button id=groups type=button aria-haspopup=dialog aria-expanded=false><span>Choose groups</span></button></div>
<div role=dialog id=list aria-labelledby=groups hidden>
<input role=combobox placeholder="Find groups"><div role=listbox></div></div>
</div><ul id=tokens></ul></div></div></form>
<script>
  const held = new Set(["Sales"]), list = document.querySelector("#list"), field = document.querySelector("#groups");
  const draw = () => {
    document.querySelector("#tokens").innerHTML = [...held].map((name) => `<li><div role=group><div>
      <span title="${name}"><span><span><span><span>${name}</span></span></span></span></span>
      <button type=button aria-label="Remove ${name}"><svg width=8 height=8></svg></button></div></div></li>`).join("");
    for (const cross of document.querySelectorAll("#tokens button")) cross.onclick = () => {
      held.delete(cross.getAttribute("aria-label").slice(7));
      draw();
    };
    list.lastChild.innerHTML = ["Sales", "Support"].map((name) =>
      `<div role=option aria-selected=${held.has(name)}>${name}</div>`).join("");
    for (const option of list.querySelectorAll("[role=option]")) option.onclick = () => {
      if (!held.delete(option.textContent)) held.add(option.textContent);
      draw();
    };
  };
  const fold = (hidden) => { list.hidden = hidden; field.setAttribute("aria-expanded", !hidden); };
  field.onclick = () => fold(!list.hidden);
  document.addEventListener("keydown", (event) => event.key === "Escape" && fold(true));
  draw();
</script>"""


def test_tokens_below_a_field_that_says_choose_are_what_it_holds(show: Show) -> None:
    async def work(page: Page) -> Any:
        groups = Form(lane_on(page)).groups
        at_first = await groups.read()
        await groups.add("Support")
        added = await groups.read()
        await groups.remove("Sales")
        return at_first, added, await groups.read()

    assert show(TOKENS, work) == (["Sales"], ["Sales", "Support"], ["Support"])


@pytest.mark.parametrize(
    ("beside", "held"),
    [
        ("<a>Details</a> <a>Groups</a> <a>Managers</a>", []),
        ("<button type=button class='chip'>Sales</button>", ["Sales"]),
        ("<a class='ui label'>Sales<i class='delete icon'>&#8203;</i></a>", ["Sales"]),
    ],
)
def test_tabs_in_the_box_of_a_field_are_none_of_its_values_and_chips_are(
    show: Show, beside: str, held: list[str]
) -> None:
    html = f"<div><div>{beside}</div><div><input role=combobox aria-label=Groups></div></div>"

    async def work(page: Page) -> list[str]:
        return await Form(lane_on(page)).groups.read()

    assert show(html, work) == held


@pytest.mark.parametrize("other", ["role=dialog", "popover"])
def test_a_closed_box_of_something_else_makes_its_neighbours_no_values(show: Show, other: str) -> None:
    html = f"""<section><div><span style="background: #eee; display: inline-block">Active</span></div>
      <div><div><input role=combobox aria-label=Groups></div></div>
      <div {other} style="display: none"><input></div></section>"""

    async def work(page: Page) -> list[str]:
        return await Form(lane_on(page)).groups.read()

    assert show(html, work) == []


def test_the_cross_of_another_section_is_left_alone(show: Show) -> None:
    deep = "<div>" * 9
    html = f"""<main><section><h2>Groups she manages</h2><span>Sales <button aria-label="Remove Sales">×</button></span>
      </section><section><h2>Membership</h2>{deep}<button id=groups aria-haspopup=listbox aria-label=Groups>1 selected
      </button>{"</div>" * 9}</section></main>"""

    async def work(page: Page) -> int:
        return await page.locator("#groups").locator(engine.selector("chip-remover", words=["Sales"])).count()

    assert show(html, work) == 0


# A box over the page that no role calls a dialog. Escape closes it, and the list only where its field is left.
MODAL = """<div class="modal" style="position: fixed; inset: 40px; background: white"><div>Invite Users</div>
<form><div><label>Groups</label><div role=combobox aria-expanded=false tabindex=-1 id=box>
<input type=text><div id=says>Add to groups</div>
<div role=listbox style="display: none"><div role=option>Sales</div><div role=option>Support</div></div></div></div>
<div><label>Managers</label><div role=combobox><input type=text><div>Search people</div></div></div></form></div>
<script>
  const box = document.querySelector("#box"), list = box.querySelector("[role=listbox]");
  const fold = (open) => { list.style.display = open ? "" : "none"; box.setAttribute("aria-expanded", open); };
  box.onclick = () => { box.querySelector("input").focus(); fold(true); };
  box.querySelector("input").onblur = () => fold(false);
  document.addEventListener("keydown", (event) => event.key === "Escape" && document.querySelector(".modal").remove());
</script>"""


def test_a_list_in_a_box_over_the_page_is_closed_without_closing_the_box(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        return await form.groups.options(), await form.managers.locator.count(), await page.locator(".modal").count()

    assert show(MODAL, work) == (["Sales", "Support"], 1, 1)


# -- an import whose review leads on to a step that asks once more -----------------------------------------------------
WIZARD = """<nav><ol><li><a role=button aria-label="Step 1: Upload">Upload</a></li>
<li><a role=button aria-label="Step 2: Review rows" aria-current=step>Review rows</a></li></ol></nav>
<main><h1>Import Users</h1><div id=step></div></main>
<script>
  const step = document.querySelector("#step");
  window.imported = [];
  const row = (email, said) => `<tr><td>${email}</td><td style="color: red">${said}</td></tr>`;
  const STEPS = [
    `<table><tr><th>Name</th><th>Email</th></tr><tr><td>optional</td><td>required</td></tr></table>
     <input type=file><button>Next</button>`,
    `<div role=alert>1 of 2 rows have errors <label><input type=checkbox>Skip rows with errors</label></div>
     <table><tr><th>Email</th><th>Check</th></tr>${row("ann@x.example", "")}
     ${row("bo@x.example", "A person cannot be their own manager")}</table><button>Next</button>`,
    "<h2>Summary</h2><p>To invite: 1 person</p><button>Import users</button>",
  ];
  const draw = (at) => {
    step.innerHTML = STEPS[at];
    step.querySelector("button").onclick = () => {
      if (at === 1 && !step.querySelector("[type=checkbox]").checked)
        return step.insertAdjacentHTML("afterbegin", "<div role=alert>Skip the rows with errors or mend them</div>");
      if (at === 2) { window.imported.push(1); step.innerHTML = "<p>1 person invited</p>"; } else draw(at + 1);
    };
  };
  draw(0);
</script>"""


@pytest.mark.parametrize("skip", [True, False])
def test_a_review_that_leads_on_is_read_and_gone_on_from_only_where_it_lets_that(
    show: Show, tmp_path: Path, skip: bool
) -> None:
    (tmp_path / "people.csv").write_text("Email\n")

    async def work(page: Page) -> Any:
        dialog = ImportDialog(lane_on(page))
        await dialog.upload(tmp_path / "people.csv")
        rows = {row.email: row.objects for row in await dialog.review()}
        if skip:
            await dialog.skip_bad_rows(True)
            await dialog.go_on()
        may = await dialog.can_run()
        if may:
            await dialog.run()
        return rows, may, await page.evaluate("window.imported.length")

    assert show(WIZARD, work) == ({EMAIL: False, "bo@x.example": True}, skip, int(skip))


def test_what_a_review_says_of_a_row_is_kept_on_the_way_past_it(show: Show, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Email\n")
    silent = WIZARD.replace("<div role=alert>1 of 2", "<div>1 of 2").replace(
        "if (at === 1 && !step.querySelector", "if (false && !step.querySelector"
    )

    async def work(page: Page) -> Any:
        dialog = ImportDialog(lane_on(page))
        await dialog.upload(tmp_path / "people.csv")
        rows = {row.email: row.besides(Invite(email=row.email, first_name="", last_name="")) for row in
                await dialog.review()}  # fmt: skip
        return rows, await dialog.can_run()

    assert show(silent, work) == ({EMAIL: "", "bo@x.example": "A person cannot be their own manager"}, True)


def test_a_later_step_that_lists_everybody_again_takes_no_objection_back(show: Show, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Email\n")
    once_more = "<p>To invite: 1 person</p><table><tr><th>Email</th></tr><tr><td>ann@x.example</td></tr>"
    html = (
        WIZARD.replace("<div role=alert>1 of 2", "<div>1 of 2")
        .replace("if (at === 1 && !step.querySelector", "if (false && !step.querySelector")
        .replace("<p>To invite: 1 person</p>", f"{once_more}<tr><td>bo@x.example</td></tr></table>")
    )

    async def work(page: Page) -> dict[str, str]:
        dialog = ImportDialog(lane_on(page))
        await dialog.upload(tmp_path / "people.csv")
        people = [Invite(email=email, first_name="", last_name="") for email in (EMAIL, "bo@x.example")]
        return objections_of_review(people, await dialog.review())

    assert show(html, work) == {"bo@x.example": "A person cannot be their own manager"}


def test_what_the_present_step_has_opened_within_the_bar_of_steps_is_no_step(show: Show) -> None:
    html = """<main><h1>Import Users</h1><ol><li aria-current=step>2 Review<div><table><tr><th>Email</th></tr>
      <tr><td>ann@x.example</td></tr></table><button>Import</button></div></li></ol></main>"""

    async def work(page: Page) -> bool:
        return await ImportDialog(lane_on(page)).import_now.is_shown()

    assert show(html, work)
