"""What consoles draw that answer by a page or a fragment from the server, in small."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page
from playwright.async_api import Route as Intercepted
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from page_objects import words
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.controls.base import Declared, Sender
from page_objects.controls.fields import AddressesField
from page_objects.lane import Lane
from page_objects.person_screen import PersonScreen
from page_objects.words import Word
from tests.components.server import Listener
from tests.screens.conftest import Show
from tests.screens.shown import Form

EMAIL = "ann@x.example"
HOME = "http://console.example"


def lane_on(page: Page) -> Lane:
    origin = f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}" if page.url.startswith("http") else HOME
    return Lane(page=page, base_url=origin, timeout=3)


class FormHere(Form):
    emails = Declared(AddressesField, words.FIELD_EMAIL)
    send = Declared(Sender, words.UPLOAD)


# -- what acts at once -------------------------------------------------------------------------------------------------
RESEND = "<form method=post action=/resend><button>Resend invitation</button></form>"
REPORT = "<div{0}><span>Invitation resent to ann@x.example.</span> <button aria-label=Dismiss>×</button></div>"


def listed(report: str = "") -> str:
    row = f"<tr><td>Ann Lee</td><td>{EMAIL}</td><td>Invited</td><td>{RESEND}</td></tr>"
    head = "<tr><th>Name</th><th>Email</th><th>Status</th><th>Actions</th></tr>"
    return f"<div id=app><main>{report}<table><thead>{head}</thead><tbody>{row}</tbody></table></main></div>"


def alone(report: str = "") -> str:
    return f"<div id=app><main>{report}<h1>Ann Lee</h1><p>{EMAIL}</p>{RESEND}</main></div>"


@pytest.mark.parametrize("page_of", [listed, alone])
@pytest.mark.parametrize("kind", [" role=status", " class=flash", ""])
def test_a_form_that_led_to_a_page_with_a_report_has_acted_and_its_button_is_pressed_once(
    show: Show, page_of: Any, kind: str
) -> None:
    posts: list[str] = []

    async def resend(request: Request) -> Response:
        posts.append(request.url.path)
        return RedirectResponse("/done", 303)

    async def page_at(request: Request) -> Response:
        return HTMLResponse(page_of(REPORT.format(kind) if request.url.path == "/done" else ""))

    routes = [Route("/resend", resend, methods=["POST"]), Route("/", page_at), Route("/done", page_at)]
    console = Listener(Starlette(routes=routes))

    async def work(page: Page) -> tuple[bool, str]:
        await page.goto(f"{console.url}/")
        needed = await (await asked(page)).needed()
        return needed, urlsplit(page.url).path

    console.start()
    try:
        assert show("", work) == (False, "/done")
    finally:
        console.stop()
    assert posts == ["/resend"]


REDRAWS = """<script>
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const app = document.querySelector("#app"), drawn = app.innerHTML;
    fetch("/resend", { method: "POST" }).then(() => {
      app.innerHTML = drawn;
      app.firstChild.insertAdjacentHTML("afterbegin", REPORT);
    });
  });
</script>"""


@pytest.mark.parametrize(
    ("page_of", "kind"), [(listed, ""), (listed, " role=status"), (alone, " role=status"), (alone, " class=toast")]
)
def test_a_report_beside_a_button_that_was_drawn_anew_is_no_question(show: Show, page_of: Any, kind: str) -> None:
    script = REDRAWS.replace("REPORT", repr(REPORT.format(kind)))

    async def work(page: Page) -> bool:
        async def answer(route: Intercepted) -> None:
            await route.fulfill(
                body="" if route.request.method == "POST" else page_of() + script, content_type="text/html"
            )

        await page.route("**/*", answer)
        await page.goto(f"{HOME}/")
        dialog = await asked(page)
        return await dialog.needed()

    assert show("", work) is False


def test_a_page_that_asks_is_a_question_also_where_a_report_stands_above_it(show: Show) -> None:
    question = f"<h1>Deactivate Ann Lee?</h1><p>{EMAIL}</p><button>Deactivate</button><a href=/>Cancel</a>"
    row = "<a href=/ask>Deactivate</a>"

    async def work(page: Page) -> bool:
        async def answer(route: Intercepted) -> None:
            asks = route.request.url.endswith("/ask")
            body = f"<main>{REPORT.format(' class=flash')}{question if asks else row}</main>"
            await route.fulfill(body=body, content_type="text/html")

        await page.route("**/*", answer)
        await page.goto(f"{HOME}/")
        dialog = await asked(page, words.DEACTIVATE, words.AFFIRM_DEACTIVATE)
        needed = await dialog.needed()
        return needed and await (await dialog.ready()).evaluate("el => el.matches('button')")

    assert show("", work) is True


def test_a_question_drawn_in_an_application_that_is_called_after_its_toasts_is_one(show: Show) -> None:
    page = f"""<div class=toast-provider><div id=app><button onclick="this.nextElementSibling.hidden = false">Deactivate
      </button><div hidden style="position: fixed"><p>Deactivate {EMAIL}?</p><button>Deactivate</button>
      <button>Cancel</button></div></div></div>"""

    async def work(page: Page) -> bool:
        return await (await asked(page, words.DEACTIVATE, words.AFFIRM_DEACTIVATE)).needed()

    assert show(page, work) is True


async def asked(page: Page, action: Word = words.RESEND, affirm: Word = words.AFFIRM_RESEND) -> ConfirmDialog:
    lane = lane_on(page)
    dialog = ConfirmDialog(lane, EMAIL, affirm)
    await lane.remember("question")
    await lane.click(lane.find("action", action), what="the action", screen="People")
    return dialog


# -- lines of values ---------------------------------------------------------------------------------------------------
LINES = """<fieldset><legend>Managers <i>(optional)</i></legend><p>One address a line.</p>
  <div id=rows><div class=row><input type=email aria-label="Manager {n}" value="bo@x.example">
    <button type=button>Remove</button></div></div>
  <button type=button id=more>+ Add another manager</button></fieldset>
<label>First name <input></label><button>Save</button>
<script>
  const rows = document.querySelector("#rows");
  document.querySelector("#more").onclick = () => {{
    const row = rows.lastElementChild.cloneNode(true);
    row.querySelector("input").value = "";
    row.querySelector("input").setAttribute("aria-label", "Manager {n}".replace("1", rows.children.length + 1));
    rows.append(row);
  }};
  rows.onclick = (event) => {{
    if (!event.target.matches("button")) return;
    const row = event.target.closest(".row");
    if (rows.children.length > 1) row.remove(); else row.querySelector("input").value = "";
  }};
</script>"""


@pytest.mark.parametrize("name", ["email", "1"])
def test_lines_of_addresses_are_one_field_to_which_lines_are_added_and_from_which_they_are_taken(
    show: Show, name: str
) -> None:
    async def work(page: Page) -> tuple[Any, ...]:
        form = FormHere(lane_on(page))
        before = (await form.managers.shape(), await form.managers.read())
        await form.managers.add("cy@x.example")
        await form.managers.add("di@x.example")
        added = await form.managers.read()
        await form.managers.remove("bo@x.example")
        return (*before, added, await form.managers.read(), await page.get_by_label("First name").input_value())

    assert show(LINES.format(n=name), work) == (
        "lines",
        ["bo@x.example"],
        ["bo@x.example", "cy@x.example", "di@x.example"],
        ["cy@x.example", "di@x.example"],
        "",
    )


SELECTS = """<fieldset><legend>Groups</legend>
  {0}<button type=button onclick="this.before(document.querySelector('select').cloneNode(true))">Add another</button>
</fieldset>"""
SELECT = (
    "<select aria-label=Group><option value=''>Choose…</option><option>Sales</option><option>R&amp;D</option></select>"
)


def test_lines_of_lists_hold_what_is_chosen_in_each(show: Show) -> None:
    async def work(page: Page) -> tuple[Any, ...]:
        form = FormHere(lane_on(page))
        offered, before = await form.groups.options(), await form.groups.read()
        await form.groups.add("R&D")
        await form.groups.add("Sales")
        added = await form.groups.read()
        await form.groups.remove("R&D")
        return offered, before, sorted(added), await form.groups.read()

    assert show(SELECTS.format(SELECT), work) == (["Choose…", "Sales", "R&D"], [], ["R&D", "Sales"], ["Sales"])


def test_two_fields_for_her_names_are_no_lines(show: Show) -> None:
    names = "<label>First name <input></label><label>Last name <input></label>"
    page = f"<fieldset><legend>Managers</legend>{names}</fieldset>"

    async def work(page: Page) -> int:
        return await FormHere(lane_on(page)).managers.locator.count()

    assert show(page, work) == 0


def test_an_address_below_which_another_can_be_added_is_still_a_field_to_type_into(show: Show) -> None:
    page = "<form><div><label>Email <input type=email></label><button type=button>Add another</button></div></form>"

    async def work(page: Page) -> str:
        form = FormHere(lane_on(page))
        await form.emails.enter([EMAIL])
        return await page.locator("input").input_value()

    assert show(page, work) == EMAIL


# -- a person's tabs, a person's managers ------------------------------------------------------------------------------
TABS = f"""<main><h1>Ann Lee</h1><p>{EMAIL}</p>
<div role=tablist>{{bar}}</div><div role=tabpanel id=panel><dl><dt>Role</dt><dd>Learner</dd></dl></div></main>
<script>
  const held = {{held}};
  for (const tab of document.querySelectorAll("[role=tab]")) tab.onclick = () => setTimeout(() => {{{{
    for (const other of document.querySelectorAll("[role=tab]")) other.setAttribute("aria-selected", other === tab);
    document.querySelector("#panel").innerHTML = held[tab.id] ?? "";
  }}}}, 30);
</script>"""
BAR = "".join(
    f"<button role=tab id={name.lower()} aria-controls=panel aria-selected={selected}>{name}</button>"
    for name, selected in (("Profile", "true"), ("Groups", "false"), ("Managers", "false"))
)
BO = "<li><a href=/7>Bo Ray</a><span style='display: block'>bo@x.example</span></li>"


@pytest.mark.parametrize(
    ("groups", "managers", "told"),
    [
        ("<li>Sales, EMEA</li><li>R&D</li>", BO, (("Sales, EMEA", "R&D"), ("bo@x.example",))),
        (
            "<li>Sales <b>12 members</b></li>",
            BO + BO.replace("bo@", "cy@"),
            (("Sales",), ("bo@x.example", "cy@x.example")),
        ),
        ("<li>Not in any group.</li>", "<li>No managers.</li>", ((), ())),
        ("<li>Sales <b>since May</b></li>", "<li>Bo Ray</li>", (None, None)),
        (
            "<li>Sales</li><li><a href=/all>Show 3 more</a></li>",
            f"{BO}</ul><button>View all</button><ul hidden>",
            (None, None),
        ),
    ],
)
def test_what_a_tab_lists_is_read_entry_by_entry(show: Show, groups: str, managers: str, told: Any) -> None:
    held = {"groups": f"<ul>{groups}</ul>", "managers": f"<ul>{managers}</ul>"}

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    person = show(TABS.format(bar=BAR, held=held), work)
    assert (person.groups, person.managers) == told


@pytest.mark.parametrize(("said", "managed"), [("Yes", True), ("No", False)])
def test_managed_by_scim_is_what_stands_beside_it(show: Show, said: str, managed: bool) -> None:
    page = f"<main><h1>Ann Lee</h1><p>{EMAIL}</p><dl><dt>Managed by SCIM</dt><dd>{said}</dd></dl></main>"

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    assert show(page, work).scim_managed is managed


def test_a_list_of_her_managers_is_no_list_of_people_beside_which_she_is_shown(show: Show) -> None:
    rows = "".join(f"<div role=row><div role=gridcell>{who}@x.example</div></div>" for who in ("bo", "cy"))
    page = f"""<main></main><script>setTimeout(() => {{ document.querySelector("main").innerHTML =
      `<h1>Ann Lee</h1><button>Edit profile</button><dl><dt>Email</dt><dd>{EMAIL}</dd><dt>Managers</dt>
      <dd><div role=grid>{rows}</div></dd></dl>`; }}, 50)</script>"""

    async def work(page: Page) -> tuple[int, Any]:
        lane = lane_on(page)
        await lane.remember("person")
        screen = PersonScreen(lane, EMAIL)
        person = await screen.read()
        return await screen.edit_button.locator.count(), person.managers

    assert show(page, work) == (1, ("bo@x.example", "cy@x.example"))


# -- steps -------------------------------------------------------------------------------------------------------------
def test_a_button_in_what_a_step_opened_is_no_step(show: Show) -> None:
    panel = "<div class=stepper-content>{0}</div>"
    file = "<p>Each line invites one person.</p><input type=file hidden>"
    buttons = "<div class=buttons><button>Upload and review</button></div>"
    page = f"<div>{panel.format(file + buttons)}{panel.format('<p>Review</p>')}</div>"
    assert show(page, _senders) == 1


def test_a_button_in_a_panel_within_the_bar_of_steps_is_no_step(show: Show) -> None:
    bar = "<button role=tab>1 Upload</button><button role=tab disabled>2 Review</button>"
    panel = "<button>Browse</button><button>Upload and review</button><button>Remove</button>"
    assert show(f"<div role=tablist>{bar}<div role=tabpanel>{panel}</div></div>", _senders) == 1


async def _senders(page: Page) -> int:
    return await FormHere(lane_on(page)).send.locator.count()
