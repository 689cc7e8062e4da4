"""What consoles drew that were written for practice, by people who had read the documentation alone; in small."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.import_csv import objections_of_review
from connector.errors import ConsoleDrift
from connector.models import Invite, Status
from page_objects import words
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.import_dialog import ImportDialog, ReviewRow
from page_objects.people_screen import PeopleScreen
from page_objects.person_row import scim_mark
from page_objects.person_screen import PersonScreen
from page_objects.reading import total_of
from page_objects.table import PeopleTable
from page_objects.words import Vocabulary
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"


# -- a question that wants something typed -----------------------------------------------------------------------------
QUESTION = """<button onclick="document.querySelector('[role=dialog]').hidden = false">Deactivate person</button>
<div role=dialog aria-label="Deactivate Ann Lee?" hidden><h2>Deactivate Ann Lee?</h2>ASKED
<button>Keep person</button> <button id=yes disabled>Deactivate</button></div>
<script>
  const field = document.querySelector("input");
  field.oninput = () => { document.querySelector("#yes").disabled = field.value !== "WANTED"; };
</script>"""


def test_a_question_that_does_not_come_is_missed_where_it_was_asked_for(show: Show) -> None:
    async def work(page: Page) -> None:
        lane = lane_on(page, timeout=2)
        dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Ann Lee")
        await dialog.answer.note_before("question")
        await lane.click(lane.find("action", words.DEACTIVATE), what="the action", screen="People")
        with pytest.raises(ConsoleDrift, match="the question whether to deactivate is missing"):
            await dialog.needed()

    show("<button>Deactivate person</button>", work)


async def typed(page: Page) -> tuple[bool, str]:
    """Whether the question can be answered with yes, and what was typed into its first field."""
    lane = lane_on(page)
    dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Ann Lee")
    await lane.remember("question")
    await lane.click(lane.find("action", words.DEACTIVATE), what="the action", screen="People")
    assert await dialog.needed()
    with suppress(ConsoleDrift):
        await dialog.ready()
    return await page.locator("#yes").is_enabled(), await page.evaluate("field.value")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("<label for=f>Type <b>ann@x.example</b> to confirm</label><input id=f>", "ann@x.example"),
        ("<p>To confirm, type Ann Lee below.</p><input aria-label=Confirmation>", "Ann Lee"),
        ("<p>Enter the word “DEACTIVATE” to go on.</p><input aria-label=Confirmation>", "DEACTIVATE"),
        ("<label>Type the person's e-mail address to deactivate them <input></label>", "ann@x.example"),
        ("<input placeholder='Type ann@x.example to confirm'>", "ann@x.example"),
    ],
)
def test_what_a_question_asks_to_be_typed_is_typed_as_it_is_spelt_there(show: Show, asked: str, wanted: str) -> None:
    assert show(QUESTION.replace("ASKED", asked).replace("WANTED", wanted), typed) == (True, wanted)


@pytest.mark.parametrize(
    "asked",
    [
        "<label>Type joann@x.example to confirm <input></label>",
        "<label>Type ann@x.example.org to confirm <input></label>",
        "<label>Type Ann Leeson to confirm <input></label>",
        "<label>Type DELETE to confirm <input></label>",
        "<label>Reason (optional) <input></label>",
        "<label>Enter new owner's email to transfer her courses. <input></label>",
        "<label>Transfer her content <input placeholder='Enter an email address'></label>",
        "<label>Enter your email to confirm <input></label>",
        "<label>Write yes or no <input></label>",
        "<p>Type ann@x.example to confirm</p><label>Once <input></label><label>And again <input></label>",
    ],
)
def test_nothing_is_typed_but_what_the_question_is_about(show: Show, asked: str) -> None:
    assert show(QUESTION.replace("ASKED", asked).replace("WANTED", "anything"), typed) == (False, "")


# -- her name, groups and managers -------------------------------------------------------------------------------------
def page_of(head: str, email: str = EMAIL, groups: str = "Sales", managers: str = "None") -> str:
    return f"""<main>{head}<dl><dt>Email</dt><dd>{email}</dd><dt>Role</dt><dd>Learner</dd>
      <dt>Groups</dt><dd>{groups}</dd><dt>Managers</dt><dd>{managers}</dd></dl>
      <h2>Training Records</h2><p>None yet.</p><h2>Activity</h2></main>"""


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<h1>Ann Lee</h1>", "Ann Lee"),
        ("<h1>User Profile</h1><h2>Ann Lee</h2>", "Ann Lee"),
        ("<h1>Acme Academy</h1><h2>Ann Lee</h2>", "Ann Lee"),
        ("<h1>Bright Futures</h1><h2>Ann Lee</h2>", None),
        ("<h1>Ann2 O'Neill</h1>", "Ann2 O'Neill"),
        ("<h1>Ana de la Cruz</h1>", "Ana de la Cruz"),
        ("<h1>田中 美咲</h1>", "田中 美咲"),
        ("<h1>User details</h1><h2>Ann Lee</h2>", "Ann Lee"),
        ("<h1>ann@x.example</h1>", None),
        ("<h1>Edit User Information</h1><h2>ann@x.example</h2>", None),
        ("<h1>Learning profile of this person</h1>", None),
    ],
)
def test_her_name_is_what_the_page_is_headed_by_and_nothing_further_down(
    show: Show, head: str, name: str | None
) -> None:
    async def work(page: Page) -> str | None:
        return (await PersonScreen(lane_on(page), EMAIL).read()).shown_name

    assert show(page_of(head), work) == name


def test_a_chip_says_of_which_kind_its_group_is_and_a_name_has_its_address_as_its_title(show: Show) -> None:
    groups = "<a class=tag>Onboarding</a> <a class=tag>New Hires<small> dynamic</small></a> <a class=tag>Dynamic</a>"
    managers = "<a title='bo@x.example'>Bo Berg</a> <a title='cy@x.example'>Cy Chan</a>"

    async def work(page: Page) -> Any:
        person = await PersonScreen(lane_on(page), EMAIL).read()
        return person.groups, person.managers

    told = show(page_of("<h1>Ann Lee</h1>", groups=groups, managers=managers), work)
    assert told == (("Onboarding", "New Hires", "Dynamic"), ("bo@x.example", "cy@x.example"))


def test_what_stands_above_her_tabs_is_held_by_no_field_on_them(show: Show) -> None:
    html = """<main><a style="background: #eee">People</a><h1>Ann Lee</h1><p>ann@x.example</p>
      <span style="background: #dfd">Active</span> <span style="background: #ddf">Learner</span>
      <div role=tablist><button role=tab aria-selected=true>Groups</button></div>
      <div role=tabpanel><lu-groups></lu-groups></div></main>
      <script>
        document.querySelector("lu-groups").attachShadow({ mode: "open" }).innerHTML = `<label for=g>Groups</label>
          <div><span style="background: #eee">Sales<button aria-label="Remove Sales">×</button></span>
          <input id=g role=combobox></div>`;
      </script>"""

    async def work(page: Page) -> list[str]:
        return await Form(lane_on(page)).groups.read()

    assert show(html, work) == ["Sales"]


@pytest.mark.parametrize("said", ["No name yet", "(no name)", "Unnamed", "Name not set"])
def test_words_in_place_of_a_name_are_no_name(show: Show, said: str) -> None:
    html = f"""<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead>
      <tbody><tr><td>{said}</td><td>{EMAIL}</td><td>Invited</td></tr></tbody></table>"""

    async def work(page: Page) -> str | None:
        table = PeopleTable(lane_on(page), "People")
        return table.person((await table.read()).rows[0]).shown_name

    assert show(html, work) is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("<span class=pending>(pending)</span>", (None, Status.INVITED)),
        ("<a>Ann Lee</a> <em>(pending)</em>", ("Ann Lee", Status.INVITED)),
        ("<a>Pending Payne</a>", ("Pending Payne", None)),
    ],
)
def test_whoever_is_pending_beside_her_name_is_invited_where_no_column_says_it(
    show: Show, name: str, told: tuple[str | None, Status | None]
) -> None:
    html = f"""<table><thead><tr><th>Name</th><th>Email</th></tr></thead>
      <tbody><tr><td>{name}</td><td>{EMAIL}</td></tr></tbody></table>"""

    async def work(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        person = table.person((await table.read()).rows[0])
        return person.shown_name, person.status

    assert show(html, work) == told


# -- managers that are chosen by address and shown by name -------------------------------------------------------------
PICKER = """<form><span id=l>Managers</span><div><button type=button aria-haspopup=dialog aria-labelledby=l
  aria-expanded=false>Choose people</button><div id=chips></div></div><label>First name <input></label></form>
<div id=pop hidden style="position: absolute; top: 90px; background: #fff"></div>
<script>
  const open = document.querySelector("[aria-haspopup]"), pop = document.querySelector("#pop");
  const people = { "bo@x.example": "Bo Berg", "bob@x.example": "Bo Berg", "cy@x.example": "Cy Chan" };
  window.held = new Set(HELD);
  const chips = () => {
    open.textContent = held.size ? `${held.size} selected` : "Choose people";
    document.querySelector("#chips").innerHTML = [...held].map((email) =>
      `<span style="background: #eee">${people[email]}REMOVE</span>`).join("");
  };
  const draw = () => {
    const box = (email) => `<input type=checkbox ${held.has(email) ? "checked" : ""} value=${email}>`;
    pop.innerHTML = Object.entries(people).map(([email, name]) =>
      `<label style="cursor: pointer">${box(email)}<span>${name}<small> ${email}</small></span></label>`).join("");
    for (const box of pop.querySelectorAll("input")) box.onchange = () => {
      box.checked ? held.add(box.value) : held.delete(box.value);
      chips();
    };
  };
  const fold = (hidden) => { pop.hidden = hidden; open.setAttribute("aria-expanded", !hidden); if (!hidden) draw(); };
  open.onclick = () => fold(!pop.hidden);
  document.addEventListener("keydown", (event) => event.key === "Escape" && fold(true));
  chips();
</script>"""


def test_a_manager_is_chosen_by_address_although_the_field_then_shows_a_name(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        await Form(lane_on(page)).managers.add("bob@x.example")
        held: list[str] = await page.evaluate("[...held]")
        return held

    cross = """<button type=button aria-label="Remove ${people[email]}">×</button>"""
    html = PICKER.replace("HELD", '["cy@x.example"]').replace("REMOVE", cross)
    assert show(html, work) == ["cy@x.example", "bob@x.example"]


def test_nobody_is_taken_in_where_somebody_should_be_let_go(show: Show) -> None:
    async def work(page: Page) -> Any:
        with pytest.raises(ConsoleDrift, match="takes in what should be let go"):
            await Form(lane_on(page)).managers.remove("bo@x.example")

    cross = """<button type=button aria-label="Remove ${people[email]}">×</button>"""
    show(PICKER.replace("HELD", '["cy@x.example"]').replace("REMOVE", cross), work)


def test_where_nothing_saves_what_adds_at_once_is_pressed(show: Show) -> None:
    html = """<main><h1>Ann Lee</h1><p>ann@x.example</p><div role=tabpanel><label for=m>Managers</label>
      <div><div><input id=m role=combobox></div><button disabled>Add</button></div></div>
      <ul><li>Bo Berg bo@x.example <button>Remove</button></li></ul></main>
      <script>
        window.added = [];
        const add = document.querySelector("button"), field = document.querySelector("input");
        field.oninput = () => { add.disabled = !field.value; };
        add.onclick = () => window.added.push(field.value);
      </script>"""

    async def work(page: Page) -> list[str]:
        screen = PersonScreen(lane_on(page), EMAIL)
        await page.locator("input").fill("cy@x.example")
        await screen.save(screen.managers)
        added: list[str] = await page.evaluate("window.added")
        return added

    assert show(html, work) == ["cy@x.example"]


@pytest.mark.parametrize("beside", ["Add", "Create group"])
def test_what_adds_is_left_alone_where_something_saves_later_or_nothing_was_added(show: Show, beside: str) -> None:
    html = f"""<main><h1>Ann Lee</h1><p>ann@x.example</p><label for=m>Managers</label><div><input id=m role=combobox>
      <button onclick="window.pressed.push('{beside}')">{beside}</button></div></main>
      <script>
        window.pressed = [];
        document.querySelector("input").oninput = () => setTimeout(() => {{
          const save = "<button onclick=pressed.push('save')>Save changes</button>";
          document.querySelector("main").insertAdjacentHTML("beforeend", save);
        }}, 300);
      </script>"""

    async def work(page: Page) -> list[str]:
        screen = PersonScreen(lane_on(page), EMAIL)
        await page.locator("input").fill("cy@x.example")
        await screen.save(screen.managers)
        pressed: list[str] = await page.evaluate("window.pressed")
        return pressed

    assert show(html, work) == ["save"]


# -- going to where one is ---------------------------------------------------------------------------------------------
def test_a_place_behind_a_hash_is_read_anew_once_something_was_changed(show: Show) -> None:
    async def work(page: Page) -> Any:
        told: list[str] = []

        async def answer(route: Any) -> None:
            told.append(route.request.url)
            await route.fulfill(body=f"<p id=p>{len(told)}</p>", content_type="text/html")

        await page.route("**/*", answer)
        lane = lane_on(page)
        for place in ("/#/people", "/#/people", "/#/groups"):
            await lane.go(lane.base_url + place, screen="a page")
        before = len(told), page.url
        await page.evaluate("fetch('/change', { method: 'POST' })")
        await lane.go(lane.base_url + "/#/groups", screen="a page")
        return before, told[len(told) - 1], await page.locator("#p").inner_text()

    assert show("", work) == ((1, "http://console.example/#/groups"), "http://console.example/", "3")


def test_the_same_place_behind_a_hash_is_left_and_come_back_to(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        body = "<script>window.been = []; onhashchange = ({ newURL }) => been.push(new URL(newURL).hash);</script>"
        await page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
        lane = lane_on(page)
        for _ in range(2):
            await lane.go(lane.base_url + "/#/people", screen="a page")
        await page.wait_for_function("been.length > 1")
        been: list[str] = await page.evaluate("been")
        return been

    assert show("", work) == ["", "#/people"]


# -- importing ---------------------------------------------------------------------------------------------------------
UPLOAD = """<main><h1>Import Users</h1><p>One row a person.</p>
<label>CSV file <input type=file></label><p class=file aria-live=polite></p>
<button class=on disabled>Upload and review</button><div id=step></div></main>NOTICE
<script>
  const file = document.querySelector("[type=file]"), on = document.querySelector(".on");
  file.onchange = () => {
    document.querySelector(".file").textContent = SAID;
    setTimeout(() => { on.disabled = false; }, 300);
  };
  on.onclick = () => {
    on.remove(); file.parentElement.remove();
    document.querySelector("#step").innerHTML = `<table><tr><th>Email</th><th>Check</th></tr>
      <tr><td>ann@x.example</td><td>Ready</td></tr></table><button>Import 1 valid person</button>`;
  };
</script>"""
NOTICE = """<section aria-label="Cookie notice" style="position: fixed; bottom: 0; left: 0"><p>We use cookies.</p>
<button>Accept all</button> <button>Only necessary</button></section>"""


@pytest.mark.parametrize("notice", ["", NOTICE, NOTICE.replace("<section", "<section role=dialog")])
@pytest.mark.parametrize("said", ['"people.csv (1 KB)"', '"Selected file: people.csv"', '""'])
def test_an_echo_of_the_file_is_no_objection_and_a_notice_is_no_form(
    show: Show, tmp_path: Path, notice: str, said: str
) -> None:
    (tmp_path / "people.csv").write_text("Email\n")

    async def work(page: Page) -> Any:
        lane = lane_on(page)
        await page.evaluate("document.querySelector('section')?.setAttribute('hidden', '')")
        await lane.remember("form")
        await page.evaluate("document.querySelector('section')?.removeAttribute('hidden')")
        dialog = ImportDialog(lane)
        await dialog.upload(tmp_path / "people.csv")
        return [row.email for row in await dialog.review()], await dialog.can_run()

    assert show(UPLOAD.replace("NOTICE", notice).replace("SAID", said), work) == ([EMAIL], True)


def test_what_objects_to_the_file_may_name_it(show: Show, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Email\n")

    async def work(page: Page) -> Any:
        dialog = ImportDialog(lane_on(page))
        await dialog.upload(tmp_path / "people.csv")
        return await dialog.can_run(), await dialog.objections()

    html = UPLOAD.replace("NOTICE", "").replace("SAID", '"people.csv is not a CSV file"').replace("= false", "= true")
    assert show(html, work) == (False, ["people.csv is not a CSV file"])


def test_a_good_row_may_say_more_and_one_that_objects_may_begin_like_a_good_one() -> None:
    people = [Invite(email=f"{name}@x.example", first_name="", last_name="") for name in ("ann", "bo", "cy")]
    review = [
        ReviewRow("ann@x.example", ("ann@x.example", "Ready"), False),
        ReviewRow("bo@x.example", ("bo@x.example", "Ready", "Manager dee@x.example will be invited."), False),
        ReviewRow("cy@x.example", ("cy@x.example", "Ready", "but already invited"), True),
    ]
    assert list(objections_of_review(people, review)) == ["cy@x.example"]


# -- lists -------------------------------------------------------------------------------------------------------------
def found(*emails: str) -> str:
    rows = "".join(f"<tr><td>Somebody</td><td>{email}</td><td>Active</td></tr>" for email in emails)
    return f"<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody>{rows}</tbody></table>"


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("jo<mark>ann@x.example</mark>", "joann@x.example"),
        ("<span>mary.<b>ann</b>@x.example</span>", "mary.ann@x.example"),
        ("<mark>ann@x.example</mark>.org", "ann@x.example.org"),
        ("<a>d.m<em class=highlight>ann@x</em>.example</a>", "d.mann@x.example"),
        ("<mark>ann@x.example</mark>", "ann@x.example"),
        ("<b>Jo</b> ann@x.example", "ann@x.example"),
        ("ann@x.example<em>Invited</em>", "ann@x.example"),
        ("ann@x.example<mark style='padding: 2px 6px'>new</mark>", "ann@x.example"),
        ("<strong>Ann Lee</strong><span class=match-line>ann@x.example</span>", "ann@x.example"),
        ("<b style='display: block'>Jo</b>ann@x.example", "ann@x.example"),
    ],
)
def test_an_address_of_which_a_part_is_highlighted_is_one_address(show: Show, cell: str, address: str) -> None:
    async def work(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        rows = [table.address(row) for row in (await table.read()).rows]
        return rows, await table.row(EMAIL).count()

    assert show(found(cell), work) == ([address], int(address == EMAIL))


SCROLLED = """<div id=box style="height: 300px; overflow: auto">
<table><thead><tr><th>Name</th><th>Email</th></tr></thead><tbody></tbody></table></div><script>
  const box = document.querySelector("#box"), body = document.querySelector("tbody");
  const row = (n) => `<tr style="height: 40px"><td>Person ${n}</td><td>person${n}@x.example</td></tr>`;
  window.steps = 0;
  const draw = () => {
    const from = Math.max(Math.floor(box.scrollTop / 40) - OVER, 0), to = Math.min(from + OVER * 2 + 9, 60);
    const space = (rows) => `<tr style="height: ${rows * 40}px"></tr>`;
    body.innerHTML = (from ? space(from) : "") + Array.from({ length: to - from }, (_, n) => row(from + n)).join("") +
      (to < 60 ? space(60 - to) : "");
  };
  box.onscroll = () => { window.steps += 1; draw(); };
  draw();
</script>"""


@pytest.mark.parametrize(("over", "few"), [(60, True), (2, False), (20, False)])
def test_a_list_that_is_drawn_whole_is_not_scrolled_bit_by_bit(show: Show, over: int, few: bool) -> None:
    async def work(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        people = {table.address(row) async for one in table.pages() for row in one.rows}
        return people, await page.evaluate("window.steps")

    people, steps = show(SCROLLED.replace("OVER", str(over)), work)
    assert people == {f"person{number}@x.example" for number in range(60)}
    assert (steps < 5) is few


# -- a question that wants a reason ------------------------------------------------------------------------------------
REASON = """<select><option value="">Choose a reason</option><option>Left the company</option>OTHER</select>"""
IN_DIALOG = f"<label>Reason {REASON}</label>"
REASONED = (
    QUESTION.replace("ASKED", IN_DIALOG)
    .replace('querySelector("input")', 'querySelector("select")')
    .replace('field.value !== "WANTED"', "!field.value")
)
ON_A_PAGE = REASONED.replace("<div role=dialog", "<form role=dialog").replace("<button>Keep", "<p><button>Keep")


@pytest.mark.parametrize("html", [REASONED, ON_A_PAGE])
@pytest.mark.parametrize(("other", "told"), [("<option>Other</option>", (True, "Other")), ("", (False, ""))])
def test_a_reason_is_given_that_says_nothing_or_none(show: Show, html: str, other: str, told: tuple[bool, str]) -> None:
    assert show(html.replace("OTHER", other), typed) == told


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        (["40 of 196 users"], 196),
        (["212 people", "212 of 250 users"], 212),
        (["3 of 5 members invited this week"], None),
        (["212 / 250 users on your plan"], None),
    ],
)
def test_how_many_of_how_many_are_shown_tells_the_total(lines: list[str], total: int | None) -> None:
    assert total_of(lines) == total


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("No users match your filter.", True),
        ("We couldn't find any people for “ann”.", True),
        ("Any user", False),
        ("0 users", False),
        ("No people with admin rights", False),
        ("No one has overdue training.", False),
    ],
)
def test_a_sentence_may_say_that_nobody_is_here(show: Show, said: str, told: bool) -> None:
    async def work(page: Page) -> bool:
        return await PeopleTable(lane_on(page), "People").says_nobody()

    assert show(f"<main><p>{said}</p></main>", work) is told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Managed by your identity provider", True),
        ("This user is synced from Okta.", True),
        ("Not managed by your identity provider", None),
        ("Password managed by Okta", None),
        ("Users provisioned through Okta can be edited there.", None),
    ],
)
def test_managed_by_the_identity_provider_is_managed_by_scim(said: str, told: bool | None) -> None:
    assert scim_mark(said) is told
    assert scim_mark("", (said,)) is told


BOXED = (
    found(EMAIL, "bo@x.example").replace("Active", "ok")
    + """<label><input type=checkbox>Show inactive users</label>
<input type=search aria-label="Search users">
<script>
  const rows = [...document.querySelectorAll("tbody tr")], gone = rows[0].cloneNode(true);
  gone.children[1].textContent = "cy@x.example";
  const box = document.querySelector("[type=checkbox]"), search = document.querySelector("[type=search]");
  const draw = () => document.querySelector("tbody").replaceChildren(...(box.checked ? TICKED : rows)
    .filter((row) => row.textContent.includes(search.value)));
  box.onchange = search.oninput = draw;
</script>"""
)


@pytest.mark.parametrize(("ticked", "here"), [("[...rows, gone]", [1, 1]), ("[gone]", [1, 0])])
def test_a_list_is_searched_with_those_it_leaves_out_unless_the_box_shows_them_alone(
    show: Show, ticked: str, here: list[int]
) -> None:
    async def work(page: Page) -> list[int]:
        lane = lane_on(page)
        people = PeopleScreen(lane)
        counts = []
        for email in (EMAIL, "cy@x.example"):
            await page.evaluate("search.value = ''; draw()")
            lane.note_fresh()
            counts.append(len(await people.matches(email)))
        return counts

    assert show(BOXED.replace("TICKED", ticked), work) == here


# -- an action that lies in a toolbar ----------------------------------------------------------------------------------
TOOLBAR = (
    found(EMAIL, "bo@x.example").replace(
        "<tr><td>Somebody",
        """<tr><td><input type=checkbox
aria-label=Select><a href="#" onclick="panel.hidden = false">Somebody</a>""",
    )
    + """
<button id=act disabled>Deactivate</button>
<div id=panel role=dialog aria-label="Ann Lee" hidden style="position: fixed; inset: 0; background: #fff">
<h2>Ann Lee</h2><p>ann@x.example</p><button onclick="panel.hidden = true">Close</button></div>
<script>
  const panel = document.querySelector("#panel");
  onchange = () => { document.querySelector("#act").disabled = !document.querySelector("td input:checked"); };
</script>"""
)


def test_her_panel_is_closed_before_her_row_is_ticked(show: Show) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page)
        place, action = await PeopleScreen(lane).reach(EMAIL, words.DEACTIVATE, Status.ACTIVE)
        return place.key, await action.get_attribute("id"), await page.evaluate("panel.hidden")

    assert show(TOOLBAR, work) == ("selection", "act", True)


# -- what was seen to be otherwise -------------------------------------------------------------------------------------
ONE_GROUP = """<form><label for=g>Group</label><button type=button id=g aria-haspopup=listbox aria-expanded=false>None
</button><label>First name <input></label></form><div role=listbox hidden></div><script>
  const field = document.querySelector("#g"), list = document.querySelector("[role=listbox]");
  let held = [];
  const fold = (hidden) => { list.hidden = hidden; field.setAttribute("aria-expanded", !hidden); };
  list.innerHTML = ["Sales", "Support"].map((name) => `<div role=option>${name}</div>`).join("");
  for (const option of list.children) option.onclick = () => {
    held = KEEP;
    field.textContent = held.join(", ");
    fold(true);
  };
  field.onclick = () => fold(!list.hidden);
  document.addEventListener("keydown", (event) => event.key === "Escape" && fold(true));
</script>"""


@pytest.mark.parametrize(
    ("keep", "told"), [("[option.textContent]", (False, False)), ("[...held, option.textContent]", (True, True))]
)
def test_a_list_that_lets_go_of_one_value_for_the_next_is_known_not_to_take_several(
    show: Show, keep: str, told: tuple[bool, bool]
) -> None:
    async def work(page: Page) -> tuple[bool, bool]:
        groups = Form(lane_on(page)).groups
        assert await groups.takes_several()
        for name in ("Sales", "Support"):
            await groups.add(name)
        return await groups.kept_all(["Sales", "Support"]), await groups.takes_several()

    assert show(ONE_GROUP.replace("KEEP", keep), work) == told


def test_a_way_back_beside_an_action_is_no_question(show: Show) -> None:
    """A page that leads on to itself after an invitation was sent again has the button once more."""
    page = """<main id=list><button onclick="go()">Resend invitation</button></main><script>
      const go = () => { document.body.innerHTML = `<main style="position: fixed"><a href="/users">Back</a>
        <p>The invitation was sent.</p><button>Resend invitation</button></main>`; };
    </script>"""

    async def work(page: Page) -> int:
        lane = lane_on(page, timeout=2)
        dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_RESEND)
        await lane.remember("question")
        await lane.click(lane.find("action", words.RESEND), what="the action", screen="People")
        await page.get_by_text("was sent").wait_for()
        return await dialog.surface.count()

    assert show(page, work) == 0


@pytest.mark.parametrize(("now", "here"), [("3 people", 1), ("1 person", 0)])
def test_a_box_that_brings_others_to_the_first_page_does_not_show_them_alone(show: Show, now: str, here: int) -> None:
    html = BOXED.replace("TICKED", "[gone]").replace("<table>", "<p id=total>2 people</p><table>")
    html = html.replace("const draw = () =>", f"""const draw = () => {{
      document.querySelector("#total").textContent = box.checked ? "{now}" : "2 people"; drawRows(); }};
      const drawRows = () =>""")  # fmt: skip

    async def work(page: Page) -> int:
        lane = lane_on(page)
        lane.note_fresh()
        return len(await PeopleScreen(lane).matches("cy@x.example"))

    assert show(html, work) == here


def test_what_saves_a_part_counts_where_nothing_is_called_save(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        lane = lane_on(page)
        lane.vocabulary = Vocabulary({words.SAVE_PART.key: ("Keep groups",)})
        found = []
        for buttons in ("<button>Save</button><button>Save groups</button>", "<button>Keep groups</button>"):
            await page.set_content(f"<main><h1>Ann Lee</h1><p>{EMAIL}</p>{buttons}</main>")
            found.append(await PersonScreen(lane, EMAIL).save_button.locator.all_inner_texts())
        return [text for texts in found for text in texts]

    assert show("", work) == ["Save", "Keep groups"]
