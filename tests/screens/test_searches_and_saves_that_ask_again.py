"""Consoles that ask the server again while somebody works, or ask back before they save; in small."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.asked_back import AskingBack
from page_objects.asked_back import AskedBack, Grant
from page_objects.controls import engine
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

EMAIL = "ann@x.example"


# -- a search that asks twice ------------------------------------------------------------------------------------------
LIST = """<main><h1>People</h1><input type=search aria-label="Search people"><div id=list></div><div id=drawer></div>
</main><script>
  const row = (email) => `<tr><td><a href="#" onclick="show('${email}'); return false">Ann Lee</a></td>
    <td>${email}</td><td>Active</td></tr>`;
  const draw = (emails) => {
    document.querySelector("#drawer").replaceChildren();
    document.querySelector("#list").innerHTML = `<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr>
      </thead><tbody>${emails.map(row).join("")}</tbody></table>`;
  };
  const show = (email) => { document.querySelector("#drawer").innerHTML = `<div role=dialog aria-label="Ann Lee"
    style="position: fixed; top: 0; right: 0"><h2>Ann Lee</h2><dl><dt>Email</dt><dd>${email}</dd><dt>Role</dt>
    <dd>Learner</dd></dl><button>Close</button></div>`; };
  let answered = 0;
  const load = async () => { draw(await (await fetch("/people?q=" + field.value)).json()); answered += 1; };
  let field = document.querySelector("input");
  let timer;
  SCRIPT
  draw(["ann@x.example", "bo@x.example"]);
</script>"""
BY_TIMEOUT = "field.oninput = () => { clearTimeout(timer); timer = setTimeout(load, 400); };"
BY_INTERVAL = """field.oninput = () => { clearInterval(timer);
  timer = setInterval(() => { clearInterval(timer); load(); }, 400); };"""
FOR_THE_REST = "field.oninput = () => { setTimeout(() => setTimeout(load, 200), 250); };"
ENTER = "field.onkeydown = (event) => { if (event.key === 'Enter') load(); };"


async def people_on(page: Page, script: str, seconds: float = 0, timeout: float = 3) -> tuple[PeopleScreen, list[str]]:
    """The list of people, which answers a search after so many seconds, and the searches it was asked for."""
    asked: list[str] = []

    async def answer(route: Any) -> None:
        if "/people" in route.request.url:
            asked.append(route.request.url)
            await asyncio.sleep(seconds)
            await route.fulfill(json=[EMAIL])
        else:
            await route.fulfill(body=LIST.replace("SCRIPT", script), content_type="text/html")

    await page.route("**/*", answer)
    lane = lane_on(page, timeout)
    await lane.go(f"{lane.base_url}/admin/users", screen="People")
    lane.note_fresh()
    return PeopleScreen(lane), asked


@pytest.mark.parametrize("put_off", [BY_TIMEOUT, BY_INTERVAL, FOR_THE_REST])
@pytest.mark.parametrize("seconds", [0, 0.5])
def test_whoever_is_opened_after_a_search_that_asks_twice_stays_open(show: Show, put_off: str, seconds: float) -> None:
    async def work(page: Page) -> tuple[int, int]:
        people, asked = await people_on(page, put_off + ENTER, seconds)
        assert len(await people.matches(EMAIL)) == 1
        await people.open_person(EMAIL)
        await page.wait_for_function("answered === 2")
        return len(asked), await page.locator("#drawer [role=dialog]").count()

    assert show("", work) == (2, 1)


@pytest.mark.parametrize(
    "script",
    [
        ENTER,
        f"{ENTER} field.oninput = () => setTimeout(load, 60000);",
        BY_TIMEOUT + ENTER.replace("load()", "{ clearTimeout(timer); load(); }"),
        BY_INTERVAL + ENTER.replace("load()", "{ clearInterval(timer); load(); }"),
    ],
)
def test_what_is_called_off_or_comes_much_later_is_not_waited_for(show: Show, script: str) -> None:
    async def work(page: Page) -> tuple[bool, bool]:
        people, _ = await people_on(page, script)
        await page.evaluate("window.own = [setTimeout, clearTimeout, setInterval, clearInterval]")
        await engine.evaluate(page, "noteTimers")
        await people.search_box.fill(EMAIL)
        await people.search_box.press("Enter")
        await engine.evaluate(page, "endTimers")
        waits: bool = await engine.evaluate(page, "putOff")
        await engine.evaluate(page, "letTimers")
        same = "[setTimeout, clearTimeout, setInterval, clearInterval].every((each, at) => each === own[at])"
        return waits, await page.evaluate(same)

    assert show("", work) == (False, True)


OTHER = """document.body.insertAdjacentHTML("afterbegin", `<header><form>
    <input type=search aria-label="Search everything"></form></header>`);
  let elsewhere = 0;
  document.querySelector("header input").onkeydown = () => { elsewhere += 1; };
  document.querySelector("header input").oninput = () => { elsewhere += 1; };"""
NEWS = """field.oninput = () => { field.oninput = null; document.querySelector("main").inert = true;
  document.body.insertAdjacentHTML("beforeend", `<div role=dialog aria-label="What's new"
    style="position: fixed; top: 0"><h2>What's new</h2><p>Reports are faster.</p>
    <button>Start tour</button><button>Got it</button></div>`);
  const [tour, close] = document.querySelectorAll("[role=dialog] button");
  tour.onclick = () => { elsewhere += 1; };
  close.onclick = () => { close.parentElement.remove(); document.querySelector("main").inert = false; };
  tour.focus(); };"""
GONE = """field.oninput = () => document.querySelector("#list").replaceChildren("Searching…");"""
ANEW = """field.oninput = () => { const main = document.querySelector("main"), other = field.cloneNode();
  const parts = [...main.children].map((part) => (part === field ? other : part)), typed = field.value;
  main.replaceChildren("Loading…");
  SEARCHES
  setTimeout(() => { main.replaceChildren(...parts); other.onkeydown = field.onkeydown; other.value = KEPT;
    field = other; }, 300); };"""
LOWER = """field.oninput = () => { field.value = field.value.toUpperCase(); };"""
BUSY = """let typings = 0;
  field.oninput = () => { elsewhere = typings++; const end = Date.now() + 3500; while (Date.now() < end); };"""
COMES = {
    "news over the page": NEWS,
    "nothing in place of the list": GONE,
    "another field that searches as it is typed into": ANEW.replace("KEPT", "typed").replace(
        "SEARCHES", "setTimeout(load, 100);"
    ),
    "another field with what was typed": ANEW.replace("KEPT", "typed").replace("SEARCHES", ""),
    "another field without it": ANEW.replace("KEPT", "''").replace("SEARCHES", ""),
    "what was typed in other letters": LOWER,
    "work that takes longer than a try": BUSY,
}


@pytest.mark.parametrize("comes", COMES)
def test_the_key_goes_once_to_the_field_that_was_typed_into(show: Show, comes: str) -> None:
    """Whatever comes with the first letter, and beside a field that searches everything."""

    async def work(page: Page) -> tuple[int, int, int]:
        people, asked = await people_on(page, f"{ENTER} {OTHER} {COMES[comes]}", seconds=0.5, timeout=8)
        found = len(await people.matches(EMAIL))
        return found, len(asked), await page.evaluate("elsewhere")

    assert show("", work) == (1, 1, 0)


# -- what a form asks back ---------------------------------------------------------------------------------------------
GRANT = Grant({EMAIL: ("Ann Lee", "Ann")})
BOTH = Grant({EMAIL: ("Ann Lee",), "bo@x.example": ("Bo Ray",)})


def back(title: str, *lines: str, yes: str = "Confirm", addresses: tuple[str, ...] = ()) -> AskedBack:
    return AskedBack((title,) if title else (), lines, yes, addresses)


@pytest.mark.parametrize(
    "asked",
    [
        back("Make this user an Admin?", "This gives full power."),
        back("Make this user an Admin?", "Ann Lee (ann@x.example) gets full access, including all users."),
        back("Invite as an Admin?", "Admins can manage and delete everybody."),
        back("Invite Ann Lee as an Admin?", yes="Invite as Admin"),
        back("Are you sure you want to make Ann Lee an administrator?", yes="Yes"),
        back("Grant admin access to ann@x.example?", addresses=("ann@x.example",)),
        back("Give “Ann Lee” admin rights?"),
        back("Confirm role change", "Ann Lee will become an Admin.", "Do you want to continue?"),
        back("Are you sure?", "This gives them full power."),
        back("Please confirm", yes="Make Admin"),
        back("", "Make Ann Lee an admin? Admins can see and change everything."),
    ],
)
def test_a_question_that_asks_for_the_grant_alone_may_be_answered(asked: AskedBack) -> None:
    assert GRANT.objection_to(asked) is None


@pytest.mark.parametrize(
    "asked",
    [
        back("Make Bo Ray an Admin?"),
        back("Make Ann Leeson an Admin?"),
        back("Make Ann Lee and Bo Ray admins?"),
        back("Make this user an Admin?", "bo@x.example reports to her.", addresses=("bo@x.example",)),
        back("Make everybody an Admin?"),
        back("Make this user an Admin and remove the old one?"),
        back("Make this user an Admin?", "You will no longer be one."),
        back("Make this user an Admin?", "She replaces the present owner."),
        back("Make this user an Admin?", "Deactivate her manager, too?"),
        back("Remove admin access from Ann Lee?"),
        back("Transfer ownership to Ann Lee?", "Ann Lee will become an Admin."),
        back("Are you sure?"),
        back("Are you sure?", "Ann Lee will be a Content Creator."),
        back("Are you sure?", "Bo Ray will become an Admin."),
        back("Discard changes?", yes="Confirm"),
        back("Invite 2 people as Admins?"),
        back("Make Ann a Manager?"),
    ],
)
def test_a_question_about_anything_else_may_not_be_answered(asked: AskedBack) -> None:
    assert GRANT.objection_to(asked)


@pytest.mark.parametrize(
    ("title", "fits"), [("Invite 2 people as Admins?", True), ("Invite 3 people as Admins?", False)]
)
def test_of_several_it_must_be_about_so_many(title: str, fits: bool) -> None:
    assert (BOTH.objection_to(back(title)) is None) is fits


DRAWER = """<main><p>People</p></main><div role=dialog aria-label="Edit user" id=drawer style="position: fixed; top: 0">
  <h2>Edit user</h2><p>ann@x.example</p><label>First name <input value=Ann></label>
  <label>Last name <input value=Lee></label><label>Role <select><option>Learner<option selected>Admin</select></label>
  <div id=alert role=alert></div><button>Cancel</button><button onclick="ask()">Save</button></div>
<script>
  window.sent = [];
  const send = async () => {
    const answer = await fetch("/save", { method: "POST", body: "Admin" });
    if (answer.ok) document.querySelector("#drawer")?.remove();
    else document.querySelector("#alert").textContent = "Changes are switched off for now.";
  };
  const ask = () => { SCRIPT };
</script>"""
BOX = """const box = document.createElement("dialog");
  box.innerHTML = `ASKED<p><button>Cancel</button> <button>YES</button></p>`;
  const [no, yes] = box.querySelectorAll("button");
  no.onclick = () => { document.title = "no"; box.close("no"); };
  yes.onclick = () => { document.title = "yes"; box.close("yes"); };
  box.onclose = () => { box.remove(); if (box.returnValue === "yes") send(); };
  document.body.append(box);
  box.showModal();"""
ASKED = "<h3>Make this user an Admin?</h3><p>This gives full power.</p>"
PAGE = """document.querySelector("main").innerHTML = `<form><h1>Make this user an Admin?</h1>
    <p>Ann Lee (ann@x.example) will get full access.</p><button>Confirm</button> <a href="#" role=button>Cancel</a>
    </form>`;
  document.querySelector("#drawer").remove();
  document.forms[0].onsubmit = (event) => {
    event.preventDefault();
    document.title = "yes";
    document.forms[0].outerHTML = "<h1>Saved</h1>";
    send();
  };"""
NATIVE = """document.title = "no";
  if (confirm("Make Ann Lee an admin? This gives full power.")) { document.title = "yes"; send(); }"""
CHECKED_FIRST = f"""fetch("/check", {{ method: "POST" }}).then(() => {{ {BOX} }});"""
REDRAWN = """const drawer = document.querySelector("#drawer");
  drawer.innerHTML = `${drawer.innerHTML}`;
  drawer.querySelector("#alert").textContent = "Make this user an admin? Only owners can.";"""


async def saved(
    page: Page, html: str, grant: Mapping[str, tuple[str, ...]] | None, status: int = 200, seconds: float = 0
) -> tuple[list[str], str, int]:
    """What the console objects to a save, what its question was answered with, and how often the change was sent."""
    sent: list[str] = []

    async def answer(route: Any) -> None:
        if "/save" in route.request.url:
            sent.append(route.request.method)
            await asyncio.sleep(seconds)
            await route.fulfill(status=status, body="")
        else:
            await route.fulfill(body=html, content_type="text/html")

    async def note(*_: str) -> None:
        pass

    await page.route("**/*", answer)
    lane = lane_on(page)
    await lane.go(f"{lane.base_url}/admin/users", screen="People")
    form = PersonScreen(lane, EMAIL, page.locator("#drawer"))
    context: Any = SimpleNamespace(lane=lane, picture=note, about_to_send=note)
    asking = AskingBack(context, (EMAIL,), grant)
    with asking.judged():
        await form.save()
        said = await asking.answered(await form.saved(), form.saved)
    return said, await page.title(), len(sent)


def drawer(script: str = BOX, asked: str = ASKED, yes: str = "Make Admin") -> str:
    return DRAWER.replace("SCRIPT", script).replace("ASKED", asked).replace("YES", yes)


HERS = {EMAIL: ("Ann Lee",)}


@pytest.mark.parametrize("seconds", [0, 0.8])
@pytest.mark.parametrize("html", [drawer(), drawer(yes="Confirm"), drawer(CHECKED_FIRST), drawer(PAGE), drawer(NATIVE)])
def test_what_a_save_asks_back_is_answered_where_it_asks_for_what_was_asked(
    show: Show, html: str, seconds: float
) -> None:
    async def work(page: Page) -> Any:
        return await saved(page, html, HERS, seconds=seconds)

    assert show("", work) == ([], "yes", 1)


def test_a_change_that_is_refused_after_its_question_was_answered_is_not_sent_again(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await saved(page, drawer(), HERS, status=409, seconds=0.4)

    assert show("", work) == (["Changes are switched off for now."], "yes", 1)


@pytest.mark.parametrize(
    ("html", "grant", "said"),
    [
        (
            drawer(),
            None,
            "it asks 'Make this user an Admin?', which was answered with no: nobody was to be made an admin",
        ),
        (
            drawer(asked="<h3>Make Bo Ray an Admin?</h3>"),
            HERS,
            "it asks 'Make Bo Ray an Admin?', which was answered with no: it asks 'Make Bo Ray an Admin?'",
        ),
        (
            drawer(yes="Delete"),
            HERS,
            "it asks 'Make this user an Admin?', which was answered with no: its button says 'Delete'",
        ),
        (drawer(NATIVE), None, "it asks 'Make Ann Lee an admin? This gives full power.', which was answered with no"),
    ],
)
def test_another_question_is_left_and_told(
    show: Show, html: str, grant: Mapping[str, tuple[str, ...]] | None, said: str
) -> None:
    async def work(page: Page) -> Any:
        return await saved(page, html, grant)

    assert show("", work) == ([said], "no", 0)


def test_a_form_that_is_drawn_anew_with_what_it_objects_asks_nothing_back(show: Show) -> None:
    async def work(page: Page) -> Any:
        return await saved(page, drawer(REDRAWN), HERS)

    assert show("", work) == (["Make this user an admin? Only owners can."], "", 0)
