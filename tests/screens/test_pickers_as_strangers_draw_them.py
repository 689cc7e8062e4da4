"""Pickers with chips over a list that answers late and goes late, and forms whose tabs each save; in small."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from playwright.async_api import Page

from connector.actions import edit as editing
from connector.actions.context import Context
from connector.actions.directory import merged
from connector.actions.ways import Ways
from connector.errors import ConsoleDrift, NotClicked, OperationFailed
from connector.models import Edit, Person, SeatPool
from page_objects.person_screen import PersonScreen
from page_objects.reading import addresses_of, groups_of, seats_of
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"


# -- a picker: chips before a place to type in, a list that asks once nothing was typed for a while --------------------
PICKER = """<style>.option { display: flex; gap: 8px } .pop { position: fixed; top: 300px; left: 20px }</style>
<div role=dialog aria-label="Invite Users"><label for=f>LABEL</label>
<div class="BOX"><input id=f role=combobox aria-autocomplete=list aria-expanded=false aria-controls=l></div>
<button>Invite</button></div>
<div role=alertdialog aria-label="Discard invitations?" hidden><h2>Discard invitations?</h2>
<button onclick="document.querySelector('[role=alertdialog]').hidden = true">Keep editing</button>
<button onclick="discarded = true">Discard</button></div>
<script>
  const known = KNOWN, held = HELD, field = document.querySelector("input"), box = field.parentElement;
  const CROSS = "<svg width=9 height=9></svg>";
  let pop = null, offered = [], soon = 0, discarded = false, asked = 0;
  const draw = () => {
    box.querySelectorAll(".chip").forEach((chip) => chip.remove());
    for (const value of held) {
      const chip = document.createElement("span");
      chip.className = "chip"; chip.style.background = "#eee";
      if (value.address) chip.title = value.address;
      chip.innerHTML = `<span>${value.name}</span><button aria-label="Remove ${value.name}">${CROSS}</button>`;
      chip.lastChild.onclick = () => { held.splice(held.indexOf(value), 1); draw(); };
      field.before(chip);
    }
  };
  const hide = () => {
    clearTimeout(soon);
    if (!pop) return;
    const left = pop; pop = null;
    left.firstChild.dataset.state = "closed"; field.setAttribute("aria-expanded", "false");
    setTimeout(() => left.remove(), 500);
  };
  const pick = (value) => { hide(); held.push(value); field.value = ""; draw(); field.focus(); };
  const paint = (said) => {
    if (!pop) {
      pop = document.createElement("div"); pop.className = "pop"; pop.innerHTML = "<div role=listbox id=l></div>";
      document.body.append(pop); field.setAttribute("aria-expanded", "true");
    }
    const sub = (o) => (o.sub ? `<span class=option-sub>${o.sub}</span>` : "");
    const option = (o) => `<div role=option class=option><span>${o.text || o.name}</span>${sub(o)}</div>`;
    pop.firstChild.innerHTML = said || offered.map(option).join("");
    [...pop.querySelectorAll("[role=option]")].forEach((el, i) => { el.onclick = () => pick(offered[i]); });
  };
  const ask = () => {
    const typed = field.value.trim();
    const says = (o) => `${o.name} ${o.address || ""}`.toLowerCase();
    offered = known.filter((o) => says(o).includes(typed.toLowerCase()) && !held.includes(o));
    const extra = CREATE;
    if (typed && extra) offered.push(extra);
    paint();
  };
  field.oninput = () => { offered = []; paint("<p>Searching</p>"); clearTimeout(soon); soon = setTimeout(ask, 700); };
  field.onclick = () => { if (!pop) ask(); };
  field.onblur = () => { hide(); field.value = ""; };
  field.onmousedown = (e) => e.stopPropagation();
  document.addEventListener("pointerdown", (e) => { if (e.target.closest(".pop")) e.preventDefault(); });
  document.addEventListener("mousedown", (e) => { if (e.target.closest(".pop")) e.preventDefault(); });
  field.onkeydown = (e) => {
    if (e.key !== "Enter") return;
    e.preventDefault();
    if (pop && offered.length) pick(offered[0]);
  };
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    if (pop && HEARS) hide(); else { asked += 1; document.querySelector("[role=alertdialog]").hidden = false; }
  }, true);
  draw();
</script>"""
GROUPS = '[{name: "Sales", sub: "24 members"}, {name: "Sales EMEA", sub: "3 members"}, {name: "R&D", sub: "1 member"}]'
PEOPLE = '[{name: "Tom Okafor", sub: "tom@x.example", address: "tom@x.example"}]'
NEW_GROUP = "{ name: typed, text: `Create “${typed}”` }"
NEW_MANAGER = (
    r"/^\S+@\S+\.\w{7}$/.test(typed) ? { name: typed, address: typed, text: `Invite ${typed} as manager` } : null"
)


def picker(
    label: str = "Groups",
    known: str = GROUPS,
    held: str = "[]",
    create: str = "null",
    box: str = "chipbox",
    hears: str = "true",
) -> str:
    page = PICKER.replace("LABEL", label).replace("KNOWN", known).replace("HELD", held).replace("CREATE", create)
    return page.replace("BOX", box).replace("HEARS", hears)


async def held(page: Page) -> list[str]:
    """What the picker itself holds."""
    names: list[str] = await page.evaluate("held.map((each) => each.address || each.name)")
    return names


async def asked(page: Page) -> int:
    """How often the dialog asked whether to lose what was filled in."""
    times: int = await page.evaluate("asked")
    return times


def test_a_new_group_is_made_once_the_list_has_answered_to_its_whole_name(show: Show) -> None:
    async def work(page: Page) -> Any:
        await Form(lane_on(page)).groups.add("Field Team", create=True)
        return await held(page), await asked(page)

    assert show(picker(create=NEW_GROUP), work) == (["Field Team"], 0)


def test_a_manager_who_is_nobody_yet_is_taken_from_what_the_list_says_of_her(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        await form.managers.add("tom@x.example", create=True)
        await form.managers.add("chief@x.example", create=True)
        return await held(page), await form.managers.addresses(), await asked(page)

    both = ["tom@x.example", "chief@x.example"]
    assert show(picker("Managers", PEOPLE, create=NEW_MANAGER), work) == (both, tuple(both), 0)


@pytest.mark.parametrize(("box", "existing"), [("chipbox", "[]"), ("box", '[{name: "R&amp;D"}]'), ("box", "[]")])
def test_what_is_typed_and_has_not_become_a_chip_is_nothing_that_a_picker_holds(
    show: Show, box: str, existing: str
) -> None:
    async def work(page: Page) -> list[str]:
        form = Form(lane_on(page, timeout=1))
        with pytest.raises(ConsoleDrift, match="does not keep what is added"):
            await form.groups.add("Field Team", create=True)
        return await form.groups.read()

    # A picker that makes nothing new: its Enter does nothing, and what was typed stays until it is left.
    assert show(picker(known="[]", held=existing, box=box), work) == (["R&D"] if "R&" in existing else [])


def test_no_key_is_pressed_on_a_list_that_is_closed_and_not_yet_gone(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        await form.groups.add("Sales")
        await form.groups.add("R&D")
        return await held(page), await asked(page)

    assert show(picker(), work) == (["Sales", "R&D"], 0)


def test_a_key_that_the_dialog_heard_after_all_loses_nothing(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        assert not await form.groups.offers("Support")
        return await page.locator("[role=alertdialog]").is_hidden(), await page.evaluate("discarded"), await asked(page)

    hidden, discarded, times = show(picker(hears="(setTimeout(hide), false)"), work)
    assert (hidden, discarded) == (True, False)
    assert times > 0


def test_the_names_of_groups_are_told_without_what_stands_beside_them(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        offered = await form.groups.options()
        await form.groups.add("Sales")
        return offered, await held(page)

    assert show(picker(), work) == (["Sales", "Sales EMEA", "R&D"], ["Sales"])


def test_a_name_beside_another_of_the_same_size_is_told_by_what_the_second_is_called(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        return await Form(lane_on(page)).groups.options()

    assert show(picker().replace(".option { display: flex; gap: 8px }", ""), work) == ["Sales", "Sales EMEA", "R&D"]


# -- managers, by the titles of their chips ----------------------------------------------------------------------------
HELD = """[{name: "Ann Lee", address: "ann.lee@x.example"}, {name: "Ann Lee", address: "ann@x.example"},
  {name: "new@x.example", address: "new@x.example"}]"""
ALL = ("ann.lee@x.example", "ann@x.example", "new@x.example")


def test_managers_are_read_by_the_titles_of_their_chips(show: Show) -> None:
    async def work(page: Page) -> Any:
        return (await PersonScreen(lane_on(page), EMAIL, page.locator("[role=dialog]").first).shown()).managers

    assert show(picker("Managers", PEOPLE, HELD), work) == ALL


def test_of_two_of_one_name_the_one_whose_address_it_is_is_taken_away(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        await form.managers.remove("ann@x.example")
        return await held(page)

    assert show(picker("Managers", PEOPLE, HELD), work) == ["ann.lee@x.example", "new@x.example"]


NATIVE = """<label>Managers <select multiple size=5><option value=1 selected>Mia Weber (mia@x.example)</option>
<option value=2>Ann Lee (jo.ann@x.example)</option><option value=3>Ann Lee (ann@x.example)</option>
<option value=4>Mailbox of ann@x.example</option></select></label>"""


def test_a_native_list_that_says_names_and_addresses_is_chosen_from_by_the_address(show: Show) -> None:
    async def work(page: Page) -> Any:
        field = Form(lane_on(page)).managers
        known = [await field.offers(each) for each in (EMAIL, "lee@x.example")]
        await field.add("ANN@x.example")
        added = await page.evaluate("[...document.querySelector('select').selectedOptions].map((each) => each.value)")
        await field.remove("mia@x.example")
        return known, added, await field.read()

    assert show(NATIVE, work) == ([True, False], ["1", "3"], ["Ann Lee (ann@x.example)"])


def test_another_of_the_same_name_does_not_stand_for_her(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        await form.managers.add("ann@x.example")
        await form.managers.add("ANN@x.example")
        return await held(page)

    anns = '[{name: "Ann Lee", sub: "ann@x.example", address: "ann@x.example"}]'
    assert show(picker("Managers", anns, '[{name: "Ann Lee", address: "ann.lee@x.example"}]'), work) == [
        "ann.lee@x.example",
        "ann@x.example",
    ]


def test_whom_to_take_away_is_read_in_the_form_where_nothing_else_tells_it(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        asked_for = Edit(email=EMAIL, remove_managers=("ann@x.example",))
        context = cast(Context, None)
        await editing._fill_lists(context, form.groups, form.managers, asked_for, Person(email=EMAIL))
        return await held(page)

    assert show(picker("Managers", PEOPLE, HELD), work) == ["ann.lee@x.example", "new@x.example"]
    with pytest.raises(OperationFailed, match="by their names alone"):
        show(picker("Managers", PEOPLE, '[{name: "Ann Lee"}]'), work)


# -- a form whose tabs each save ---------------------------------------------------------------------------------------
TABS = """<main><h1>Ann Lee</h1><p>ann@x.example</p>
<div role=tablist>TABLIST</div>
<div role=tabpanel><label>First name <input value=Ann></label><label>Last name <input value=Lee></label>OWN</div>
<div role=tabpanel hidden><label>Groups <input role=combobox></label>OWN</div>
<div role=tabpanel hidden><label>Managers <input role=combobox></label>OWN</div>SHARED</main>
<script>
  const tabs = [...document.querySelectorAll("[role=tab]")], panels = [...document.querySelectorAll("[role=tabpanel]")];
  tabs.forEach((tab, at) => { tab.onclick = () => {
    panels.forEach((panel, other) => { panel.hidden = other !== at; });
    tabs.forEach((other) => other.setAttribute("aria-selected", String(other === tab)));
  }; });
</script>""".replace(
    "TABLIST", "".join(f"<button role=tab>{each}</button>" for each in ("Details", "Groups", "Managers"))
)
SAVE = "<button>Save changes</button>"


@pytest.mark.parametrize(("own", "shared", "apart"), [(SAVE, "", {"groups", "managers"}), ("", SAVE, set())])
def test_tabs_that_save_for_themselves_are_told_from_those_of_one_form(
    show: Show, own: str, shared: str, apart: set[str]
) -> None:
    async def work(page: Page) -> Any:
        screen = PersonScreen(lane_on(page), EMAIL, page.locator("main"))
        return await screen.says(), screen.saved_apart

    assert show(TABS.replace("OWN", own).replace("SHARED", shared), work) == ({"names", "groups", "managers"}, apart)


def test_what_lies_on_tabs_that_save_for_themselves_is_saved_one_after_the_other() -> None:
    form = frozenset({"names", "admin", "groups", "managers"})
    asked_for = Edit(email=EMAIL, first_name="Ann", add_groups=("Sales",), add_managers=("bo@x.example",))
    together = Ways(form, frozenset()).parts(asked_for)
    assert together == [("form", asked_for)]
    assert Ways(form, frozenset(), apart=frozenset({"groups", "managers"})).parts(asked_for) == [
        ("form", Edit(email=EMAIL, first_name="Ann")),
        ("form", Edit(email=EMAIL, add_groups=("Sales",))),
        ("form", Edit(email=EMAIL, add_managers=("bo@x.example",))),
    ]


def test_a_button_that_was_surely_not_clicked_sent_nothing(show: Show) -> None:
    async def work(page: Page) -> list[bool]:
        context = Context(console=cast(Any, None), lane=lane_on(page, timeout=0.5), evidence=cast(Any, None))
        sent = []
        for label in ("Save", "Add"):
            with pytest.raises(NotClicked) if label == "Save" else context.sending(), context.sending():
                await context.lane.click(page.get_by_text(label), what=label, screen="form")
            sent.append(context.acted)
        return sent

    assert show("<button disabled>Save</button><button>Add</button>", work) == [False, True]


# -- what a row tells --------------------------------------------------------------------------------------------------
def cut(text: str, title: str) -> dict[str, Any]:
    named, _, more = text.rpartition(" +")
    return {"text": text, "parts": [named, f"+{more}"], "titles": [title], "apart": False}


@pytest.mark.parametrize(
    ("text", "title", "groups"),
    [
        ("Sales, EMEA +1", "Sales, EMEA, R&D", ("Sales", "EMEA", "R&D")),
        ("Sales, EMEA +1", "EMEA, Sales, R&D", None),
        ("Sales, EMEA +2", "Sales, EMEA, R&D", None),
        ("Sales, EMEA +1", "Groups of Ann Lee", None),
    ],
)
def test_a_list_cut_short_is_whole_in_its_title(text: str, title: str, groups: tuple[str, ...] | None) -> None:
    assert groups_of(cut(text, title), {"Sales", "EMEA", "R&D"}) == groups


def test_addresses_cut_short_are_whole_in_their_title() -> None:
    assert addresses_of(cut("a@x.example +1", "a@x.example, b@x.example")) == ("a@x.example", "b@x.example")
    assert addresses_of(cut("a@x.example +1", "a@x.example")) is None


@pytest.mark.parametrize(
    ("screen", "row", "told"),
    [
        (datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 24, 9, 12, 31, tzinfo=UTC), "row"),
        (datetime(2026, 10, 24, 9, 12, tzinfo=UTC), datetime(2026, 10, 24, 9, 12, 31, tzinfo=UTC), "row"),
        (datetime(2026, 10, 24, 9, 12, 31, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC), "screen"),
        (datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 10, 24, 9, 12, tzinfo=UTC), "screen"),
    ],
)
def test_of_two_readings_of_one_moment_the_more_exact_is_told(screen: datetime, row: datetime, told: str) -> None:
    person = merged(Person(email=EMAIL, last_login=screen), Person(email=EMAIL, last_login=row))
    assert person.last_login == (row if told == "row" else screen)


@pytest.mark.parametrize(
    ("line", "pools"),
    [
        (
            "142 of 146 internal seats used, 19 of 25 external. Plan & Seats",
            [("internal", 142, 146), ("external", 19, 25)],
        ),
        ("Seats: internal 142 / 146 · external 19 / 25", [("internal", 142, 146), ("external", 19, 25)]),
        ("142 of 146 seats used, 19 of 25 shown", [("licensed", 142, 146)]),
        ("142 of 146 people, 19 of 25 external", []),
    ],
)
def test_a_pool_may_be_told_without_the_unit_of_its_line(line: str, pools: list[tuple[str, int, int]]) -> None:
    assert seats_of([line]) == tuple(SeatPool(name=name, used=used, total=total) for name, used, total in pools)
