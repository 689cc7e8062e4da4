"""The parts of a person that are each edited on a page of its own, whose title alone says which it is; in small."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Page

from connector.actions import edit as editing
from connector.actions.context import Context
from connector.actions.group_kinds import offered
from connector.actions.import_csv import objections_of_review
from connector.actions.ways import Ways
from connector.actions.wishes import one_by_one, still_open
from connector.errors import ConsoleDrift, Inexpressible, OperationFailed
from connector.models import Edit, Guard, Invite, Person, Role
from page_objects import words
from page_objects.acknowledging import acknowledge_admin
from page_objects.import_dialog import ReviewRow
from page_objects.part_dialog import details_edited_alone, open_detail
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"
BOSS = "boss@new.example"


def panel(title: str, body: str) -> str:
    return f"<div><div><h3>{title}</h3> <a href='#' id='{title}'>Edit</a></div><div>{body}</div></div>"


def home(part: str, page: str, role: str = "Manager") -> str:
    """Her page, on which 'Edit' beside one of the parts leads to that part's own page."""
    panels = panel("Profile", "<dl><dt>First name</dt><dd>Ann</dd><dt>Last name</dt><dd>Lee</dd></dl>")
    panels += panel("Role", f"<p>{role}</p>") + panel("Groups", "<ul><li>Sales</li></ul>") + panel("Managers", "None.")
    return f"""<body><ul><li><a href="/admin/groups">Groups</a></li></ul><h1>Ann Lee</h1><p>{EMAIL}</p>{panels}
    <template><main>{page}</main></template><script>const sent = [];
    document.getElementById("{part}").onclick = () => {{
      const page = document.querySelector("template").content.cloneNode(true);
      document.body.replaceChildren(page);
    }};</script></body>"""


GROUPS = (
    "<h1>Groups of <bdi>Ann Lee</bdi></h1><form><h3>Static groups</h3><ul>"
    + "".join(
        f"<li><label><input type=checkbox{' checked' if name == 'Sales' else ''}> {name}</label></li>"
        for name in ("Pre-Sales", "Sales", "Sales EMEA")
    )
    + """</ul><p><input name=new placeholder="New groups, separated by commas"></p><h3>Dynamic groups</h3>
    <p>Rules put Ann Lee into these groups.</p>
    <ul><li><label><input type=checkbox checked> Everybody</label> <small>E-mail domain is x.example</small></li></ul>
    <p><input type=submit value="Save groups"> <a href="/people/1">Cancel</a></p></form>"""
)


# -- groups ------------------------------------------------------------------------------------------------------------
def test_boxes_that_nothing_names_are_for_what_their_page_is_about(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = await open_detail(PersonScreen(lane_on(page), EMAIL), "groups")
        before = await form.groups.read()
        await form.groups.add("Sales EMEA")
        await form.groups.remove("Sales")
        return before, await form.groups.read(), await form.save_button.is_shown()

    before, after, saves = show(home("Groups", GROUPS), work)
    assert (before, after, saves) == (["Sales", "Everybody"], ["Sales EMEA", "Everybody"], True)


def test_a_page_about_something_else_names_no_boxes(show: Show) -> None:
    async def work(page: Page) -> Any:
        await open_detail(PersonScreen(lane_on(page, timeout=2), EMAIL), "groups")

    with pytest.raises(ConsoleDrift, match="the form for groups is missing"):
        show(home("Groups", GROUPS.replace("Groups of", "Courses of")), work)


def test_a_box_under_a_title_of_dynamic_groups_is_left_as_it_is(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = await open_detail(PersonScreen(lane_on(page), EMAIL), "groups")
        with pytest.raises(Inexpressible, match="rules say who is in it"):
            await offered(form.groups, "Everybody", EMAIL)
        with pytest.raises(ConsoleDrift):
            await form.groups.remove("Everybody")
        return await form.groups.read(), await offered(form.groups, "Sales EMEA", EMAIL)

    assert show(home("Groups", GROUPS), work) == (["Sales", "Everybody"], True)


@pytest.mark.parametrize(
    ("boxes", "by_rules"),
    [
        ("<fieldset><legend>Dynamic groups</legend><label><input type=checkbox> Sales</label></fieldset>", True),
        ("<div role=group aria-label='Automatic groups'><label><input type=checkbox> Sales</label></div>", True),
        ("<label><input type=checkbox> Dynamic duo</label><label><input type=checkbox> Sales</label>", False),
        ("<input type=checkbox id=a><label for=a>Dynamic duo</label><label><input type=checkbox> Sales</label>", False),
        (
            "<h4>Dynamic groups</h4><label><input type=checkbox> All</label>"
            "<h4>Static groups</h4><label><input type=checkbox> Sales</label>",
            False,
        ),
    ],
)
def test_boxes_are_ticked_by_rules_where_their_own_title_says_so(show: Show, boxes: str, by_rules: bool) -> None:
    async def work(page: Page) -> Any:
        return await Form(lane_on(page)).groups.offer("Sales")

    page = f"<fieldset><legend>Groups</legend>{boxes}<label><input type=checkbox> R&D</label></fieldset>"
    assert (show(page, work).shut is not None) == by_rules


def test_a_field_for_new_groups_takes_several_where_it_says_so(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = await open_detail(PersonScreen(lane_on(page), EMAIL), "groups")
        await form.groups.add("Field Reps", create=True)
        await form.groups.add("Night Shift", create=True)
        with pytest.raises(OperationFailed, match="takes a new one"):
            await form.groups.add("Austin, Texas", create=True)
        return await page.locator("[name=new]").input_value()

    assert show(home("Groups", GROUPS), work) == "Field Reps, Night Shift"


# -- the role ----------------------------------------------------------------------------------------------------------
ROLE = """<h1>Role of <bdi>Ann Lee</bdi></h1><form>CHOICES
<div id=ack style="display: none"><label><input type=checkbox> ACK</label></div>
<p><input type=submit value="Save role"> <a href="/people/1">Cancel</a></p></form>""".replace(
    "CHOICES",
    "".join(
        f"<div><label><input type=radio name=role {'checked' if role == 'Manager' else ''} "
        f"onchange=\"ack.style.display = '{'' if role == 'Admin' else 'none'}'\"> {role}</label><p>Help.</p></div>"
        for role in ("Learner", "Manager", "Admin")
    ),
)
UNDERSTOOD = "I understand that this person gets full access to the platform."


@pytest.mark.parametrize(
    ("role", "says", "ticked"),
    [
        (Role.ADMIN, UNDERSTOOD, True),
        (Role.ADMIN, "I understand that Admins see everything.", True),
        (Role.ADMIN, "Send her a message", False),
        (Role.ADMIN, "I understand that all Admins before her are deleted", False),
        (Role.LEARNER, UNDERSTOOD, False),
    ],
)
def test_a_role_of_several_is_chosen_on_its_page_and_an_admin_s_power_acknowledged(
    show: Show, role: Role, says: str, ticked: bool
) -> None:
    async def work(page: Page) -> Any:
        form = await open_detail(PersonScreen(lane_on(page), EMAIL), "role")
        before = await form.role.read()
        await form.change_role(role)
        chosen = await form.role.read()
        return before, chosen, await page.locator("[type=checkbox]").is_checked(), await form.save_button.is_shown()

    name = words.ROLE_NAMES[role.value].aliases[0]
    assert show(home("Role", ROLE.replace("ACK", says)), work) == (["Manager"], [name], ticked, True)


@pytest.mark.parametrize("role", ["Manager", "Learner"])
def test_a_part_that_only_holds_the_word_is_not_called_so(show: Show, role: str) -> None:
    async def work(page: Page) -> Any:
        return await details_edited_alone(PersonScreen(lane_on(page), EMAIL))

    assert show(home("Role", ROLE, role), work) == {"names", "role", "groups", "managers"}


# -- managers, each of whom is added and removed at once ---------------------------------------------------------------
ROW = "<tr><td>{0}</td><td>{0}@x.example</td><td><form><input type=button value=Remove data-of={0}></form></td></tr>"
MANAGERS = (
    "<h1>Managers of <bdi>Ann Lee</bdi></h1><table><tr><th>Name</th><th>E-mail</th><th></th></tr>"
    + "".join(map(ROW.format, ("bo", "bo.b", "cy")))
    + """</table><form><h3>Add a manager</h3><div><input placeholder="E-mail address">
    <input type=button value="Add manager"></div></form><p><a href="/people/1">Done</a></p>"""
)
HEARS = """<script>document.addEventListener("click", (e) => {
  const typed = () => document.querySelector("[placeholder]").value;
  if (e.target.matches("[type=button]")) sent.push(e.target.dataset.of || typed());
})</script>"""


def test_managers_without_a_button_to_save_are_added_by_the_one_beside_the_field(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = await open_detail(PersonScreen(lane_on(page), EMAIL), "managers")
        at_once = await form.adds_at_once(form.managers)
        await form.managers.add("dee@x.example", create=True)
        await form.save(form.managers)
        return at_once, await page.evaluate("sent")

    assert show(home("Managers", MANAGERS) + HEARS, work) == (True, ["dee@x.example"])


def test_a_manager_is_taken_off_by_the_button_in_the_row_of_her_address(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = await open_detail(PersonScreen(lane_on(page), EMAIL), "managers")
        await form.remove_at_once("BO@x.example")
        with pytest.raises(ConsoleDrift, match=r"the button that removes b@x\.example is missing"):
            await form.remove_at_once("b@x.example")
        return await page.evaluate("sent")

    assert show(home("Managers", MANAGERS) + HEARS, work) == ["bo"]


def test_several_managers_that_are_changed_at_once_are_each_a_change_of_their_own() -> None:
    asked_for = Edit(email=EMAIL, add_managers=("bo@x.example", "dee@x.example"), remove_managers=("cy@x.example",))
    now = Person(email=EMAIL, managers=("bo@x.example", "cy@x.example"))
    assert one_by_one(still_open(asked_for, now)) == [
        Edit(email=EMAIL, add_managers=("dee@x.example",)),
        Edit(email=EMAIL, remove_managers=("cy@x.example",)),
    ]


@pytest.mark.parametrize(("first_name", "error"), [("Ann", Inexpressible), ("Anna", OperationFailed)])
def test_what_was_changed_before_a_form_lacks_the_rest_is_told(
    portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch, first_name: str, error: type[Exception]
) -> None:
    asked_for = Edit(email=EMAIL, first_name="Anna", add_managers=("bo@x.example",))
    before = Person(email=EMAIL, first_name="Ann", managers=())

    async def carried(*_: object) -> Person:
        raise editing._OtherForm("nothing on this person's page edits managers alone")

    async def described(*_: object) -> Person:
        return before.model_copy(update={"first_name": first_name})

    async def found(*_: object) -> Ways:
        raise Inexpressible("this console has no field for managers; nothing was changed", whom=EMAIL)

    for name, fake in (("_carry_out", carried), ("_described", described), ("find_ways", found)):
        monkeypatch.setattr(editing, name, fake)
    lane = SimpleNamespace(step=lambda *_: None, learnt={})
    context: Any = SimpleNamespace(lane=lane)
    ways = Ways(frozenset({"names", "managers"}), frozenset())
    with pytest.raises(error) as raised:
        portal.call(editing.carry_out, context, asked_for, ways, before)
    assert ("nothing was changed" in str(raised.value)) == (first_name == "Ann")
    assert ("changed: first name Anna; then" in str(raised.value)) == (first_name == "Anna")


INVITES = f"""<div><a href="/logout">root@x.example</a></div><h1>Invite this manager?</h1>
<p><strong>{BOSS}</strong> is not a user yet. An invitation will be sent, with the role Manager.</p>
<form><p><input type=button value="Invite and add" onclick="sent.push(1); document.body.textContent = 'Saved'">
<a href="/people/1">Cancel</a></p></form><script>const sent = [];</script>"""


@pytest.mark.parametrize(
    ("page", "lifted", "sent"),
    [
        (INVITES, True, [1]),
        (INVITES, False, []),
        (INVITES.replace(BOSS, "other@new.example"), True, []),
        (INVITES.replace(f"<strong>{BOSS}", f"<strong>{BOSS} and other@new.example"), True, []),
        (INVITES.replace("Invite this manager?", "Deactivate this manager?"), True, []),
    ],
)
def test_a_page_that_asks_whether_to_invite_a_manager_is_answered_for_her_alone(
    show: Show, page: str, lifted: bool, sent: list[int]
) -> None:
    async def work(page: Page) -> Any:
        overrides = {Guard.UNKNOWN_MANAGER} if lifted else set()
        context: Any = SimpleNamespace(
            lane=lane_on(page), account="root@x.example", overrides=overrides, picture=_nothing, about_to_send=_nothing
        )
        said = await editing.invite_managers(context, Edit(email=EMAIL, add_managers=(BOSS,)), [])
        return said, await page.evaluate("sent")

    said, clicked = show(page, work)
    assert clicked == sent
    assert (said == []) == (bool(sent) or "Deactivate" in page)


def test_a_save_that_asks_whether_to_invite_a_manager_is_not_answered_as_if_it_asked_for_an_admin(show: Show) -> None:
    asks = INVITES.replace("`", "").split("<script>")[0]
    page = f"""<main><h1>Managers of Ann Lee</h1><p>{EMAIL}</p><button onclick="document.body.innerHTML =
      document.querySelector('template').innerHTML">Save managers</button></main><template>{asks}</template>
    <script>const sent = [];</script>"""

    async def work(page: Page) -> Any:
        lane = lane_on(page)
        context = Context(
            console=SimpleNamespace(account="root@x.example"),  # type: ignore[arg-type]
            lane=lane,
            evidence=SimpleNamespace(),  # type: ignore[arg-type]
            overrides={Guard.UNKNOWN_MANAGER},
        )
        context.picture = _nothing  # type: ignore[assignment]
        part, form = Edit(email=EMAIL, add_managers=(BOSS,)), PersonScreen(lane, EMAIL, page.locator("main"))
        said = await editing._save(context, form, part, Person(email=EMAIL), "managers", _nothing)
        return said, await page.evaluate("sent")

    assert show(page, work) == ([], [1])


async def _nothing(*_: object) -> None:
    return None


LIST = "<table><thead><tr><th>Name</th><th>Email</th></tr></thead><tr><td>{}</td><td>bo@x.example</td></tr></table>"


# -- an invitation whose words stand in the cells before its fields ----------------------------------------------------
INVITATION = """<main><h1>Invite User</h1><form><table><tr><th>E-mail <abbr>*</abbr></th><td><input></td></tr>
<tr><th>Role <abbr title=required>*</abbr></th><td><select><option>Learner<option>Admin</select>
<div style="display: none"><label><input type=checkbox> I understand that she gets full access.</label></div></td></tr>
<tr><th>Groups</th><td><select multiple><option>Sales<option>R&amp;D</select><p class=help-block>Hold Ctrl.</p>
<input placeholder="New groups, separated by commas"></td></tr>
<tr><th>Manager</th><td><input placeholder="E-mail address (optional)"></td></tr></table></form></main>"""


def test_words_before_a_field_head_it_beside_what_says_itself_what_it_is_for(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = Form(lane_on(page))
        await form.email.fill("new@x.example")
        await form.role.choose(words.ROLE_NAMES["admin"])
        await form.groups.add("R&D")
        await form.groups.add("Field Reps", create=True)
        held = await page.evaluate("[...document.querySelectorAll('input:not([type=checkbox])')].map((e) => e.value)")
        return await form.role.read(), await form.groups.read(), held

    held = ["new@x.example", "Field Reps", ""]
    assert show(INVITATION.replace("display: none", ""), work) == (["Admin"], ["R&D"], held)
    assert show(INVITATION, work) == (["Admin"], ["R&D"], held)


@pytest.mark.parametrize(("page", "ticked"), [("<table><tr><td>{}</td></tr></table>", True), (LIST, False)])
def test_a_box_to_acknowledge_may_lie_in_a_table_that_lays_the_form_out(show: Show, page: str, ticked: bool) -> None:
    async def work(page: Page) -> Any:
        await acknowledge_admin(lane_on(page), None)
        return await page.locator("[type=checkbox]").is_checked()

    assert show(page.format(f"<label><input type=checkbox> {UNDERSTOOD}</label>"), work) == ticked


def test_a_row_of_an_import_that_is_ready_may_say_what_comes_of_it() -> None:
    people = [Invite(email=f"{name}@x.example", first_name=name, last_name="Lee") for name in ("ann", "bo", "cy")]
    says = ("OK", "OK. Group “Night Shift” will be created", "Okra is no valid role")
    rows = [
        ReviewRow(person.email, (person.email, person.first_name, "Lee", said), objects="valid" in said)
        for person, said in zip(people, says, strict=True)
    ]
    assert objections_of_review(people, rows) == {"cy@x.example": "Okra is no valid role"}
