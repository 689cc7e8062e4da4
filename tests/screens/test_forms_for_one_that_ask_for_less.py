"""Forms to invite one person: without a field for her role, without one for her name, and those that only seem so."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift
from connector.models import Role
from page_objects.invite_arrival import arrived
from page_objects.invite_dialog import InviteListForm, InviteNamedForm, InviteOneForm
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

NEW = "nadja@x.example"
EMAIL = "<label>Email <input id=email></label>"
NAMES = "<label>First name <input id=first></label><label>Last name <input id=last></label>"
NAME = "<label>Full name <input id=whole></label>"
ROLE = "<label>Role <select id=role><option>Learner<option>Manager<option>Admin</select></label>"
ADMIN = "<label><input type=checkbox id=admin> Make this user an Admin</label>"
GROUPS = "<label>Groups <select multiple><option>Sales<option>Support</select></label>"
LANGUAGE = "<label>Language <select><option>English<option>Deutsch</select></label>"
SEARCH = "<label>Search groups <input type=search></label>"
UNKNOWN = "<label>Permission level <select><option>Learner<option>Admin</select></label>"
UNKNOWN_RADIOS = """<fieldset><legend>Comes as</legend><label><input type=radio name=as> Learner</label>
<label><input type=radio name=as> Admin</label></fieldset>"""
UNKNOWN_POPUP = """<label id=level>Level</label>
<div role=combobox tabindex=0 aria-haspopup=listbox aria-expanded=false aria-labelledby=level>Select</div>"""
FORENAME = "<label>Vorname <input></label>"
LATE = "<div id=late></div>"
COPY = "<label><input type=checkbox> Send me a copy</label>"
UNFILLED = "<label>Permission level <select><option value=''>Choose</select></label>"
MANY = "<label>Permissions <select multiple><option>Learner<option selected>Admin</select></label>"
SEGMENTS = """<div role=group aria-label="Access level"><button type=button>Learner</button>
<button type=button aria-pressed=true>Admin</button></div>"""
GROUP_BOXES = """<fieldset><legend>Groups</legend><label><input type=checkbox> Sales</label>
<label><input type=checkbox> Admin</label></fieldset>"""


def boxed(fields: str) -> str:
    return f"<fieldset><legend>Person</legend>{fields}{COPY}</fieldset>"


def form(fields: str, late: str = "") -> str:
    """A dialog with these fields; what is late is drawn six tenths of a second after it came."""
    return f"""<div role=dialog aria-modal=true style="position: fixed; inset: 20px; background: #fff">
<h2>Invite User</h2>{fields}<button>Cancel</button>
<button onclick="document.title = 'sent'">Send invitation</button></div>
<script>if (`{late}`) setTimeout(() => {{ document.querySelector("#late").outerHTML = `{late}`; }}, 600);</script>"""


ACCEPTED: dict[str, tuple[str, type[Any], set[str]]] = {
    "names": (form(EMAIL + NAMES), InviteOneForm, {"names"}),
    "names and groups": (form(EMAIL + NAMES + GROUPS), InviteOneForm, {"names", "groups"}),
    "names and a toggle": (form(EMAIL + NAMES + ADMIN), InviteOneForm, {"names", "admin"}),
    "names and a language": (form(EMAIL + NAMES + LANGUAGE), InviteOneForm, {"names"}),
    "names and a search": (form(EMAIL + NAMES + SEARCH), InviteOneForm, {"names"}),
    "names and a late role": (form(EMAIL + NAMES + LATE, ROLE), InviteOneForm, {"names", "role"}),
    "names in a box": (form(boxed(EMAIL + NAMES)), InviteOneForm, {"names"}),
    "names and a group that is called Admin": (form(EMAIL + NAMES + GROUP_BOXES), InviteOneForm, {"names", "groups"}),
    "the whole name": (form(EMAIL + NAME), InviteNamedForm, {"names"}),
    "the whole name and a toggle": (form(EMAIL + NAME + ADMIN), InviteNamedForm, {"names", "admin"}),
    "the address alone": (form(EMAIL), InviteListForm, set()),
    "the address and a role": (form(EMAIL + ROLE), InviteListForm, {"role"}),
    "the address and a toggle": (form(EMAIL + ADMIN), InviteListForm, {"admin"}),
    "the address and late names": (form(EMAIL + ROLE + LATE, NAMES), InviteOneForm, {"names", "role"}),
}


@pytest.mark.parametrize("named", ACCEPTED)
def test_it_says_what_it_has_fields_for(show: Show, named: str) -> None:
    html, kind, says = ACCEPTED[named]

    async def work(page: Page) -> Any:
        found = await arrived(lane_on(page))
        return type(found), found.takes, set(await found.says()), await page.title()

    assert show(html, work) == (kind, "one", says, "")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        (EMAIL + NAMES + UNKNOWN, "role"),
        (EMAIL + NAMES + UNKNOWN_RADIOS, "role"),
        (EMAIL + NAMES + UNKNOWN_POPUP, "role"),
        (EMAIL + NAME + UNKNOWN, "role"),
        (EMAIL + NAMES + UNFILLED, "role"),
        (EMAIL + NAMES + MANY, "role"),
        (EMAIL + NAMES + SEGMENTS, "role"),
        (boxed(EMAIL + NAMES + UNKNOWN_RADIOS), "role"),
        (boxed(EMAIL + NAMES + UNKNOWN), "role"),
        (EMAIL + UNKNOWN, "role"),
        (EMAIL + UNKNOWN_RADIOS, "role"),
        (EMAIL + UNKNOWN_POPUP, "role"),
        (EMAIL + FORENAME, "first name"),
        (boxed(EMAIL + FORENAME), "first name"),
        (EMAIL + FORENAME + ROLE, "first name"),
    ],
)
def test_a_field_that_nobody_knows_may_be_the_one_that_is_missing(show: Show, fields: str, missing: str) -> None:
    async def work(page: Page) -> Any:
        with pytest.raises(ConsoleDrift) as drift:
            await (await arrived(lane_on(page))).says()
        return drift.value.message, await page.title()

    message, title = show(form(fields), work)
    assert (missing in message.lower(), title) == (True, ""), message


@pytest.mark.parametrize("role", [Role.LEARNER, Role.ADMIN])
@pytest.mark.parametrize("fields", [EMAIL + NAMES + ADMIN, EMAIL + NAME + ADMIN])
def test_the_toggle_is_on_for_an_admin_alone(show: Show, fields: str, role: Role) -> None:
    async def work(page: Page) -> Any:
        invitation = await arrived(lane_on(page))
        assert isinstance(invitation, InviteOneForm)
        says = await invitation.says()
        await invitation.fill(NEW, "Nadja", "New", role, says)
        assert await invitation.send() == []
        return await page.evaluate("""[email.value, [...document.querySelectorAll("#first, #last, #whole")]
            .map((each) => each.value).join(" "), admin.checked, document.title]""")

    assert show(form(fields), work) == [NEW, "Nadja New", role is Role.ADMIN, "sent"]


REOPENED = """<script>
const dialog = document.querySelector("[role=dialog]"), fields = dialog.innerHTML;
const open = () => {
  dialog.innerHTML = fields;
  setTimeout(() => { document.querySelector("#late").outerHTML = `ROLE`; }, 1100);
};
open();
</script>""".replace("ROLE", ROLE)


@pytest.mark.parametrize("fields", [EMAIL + LATE, EMAIL + NAMES + LATE])
def test_a_role_that_is_drawn_late_is_waited_for_each_time(show: Show, fields: str) -> None:
    async def work(page: Page) -> Any:
        lane, seen = lane_on(page, timeout=6), []
        for _ in range(3):
            await page.evaluate("open()")
            seen.append("role" in await (await arrived(lane)).says())
        return seen

    assert show(form(fields) + REOPENED, work) == [True, True, True]


BAR = """<div style="position: fixed; top: 0; left: 0; right: 0"><label>Email <input id=filter></label>
<button onclick="setTimeout(() => { dialog.hidden = false }, 2600)">Invite User</button></div>
<div id=dialog hidden>FORM</div>""".replace("FORM", form(EMAIL + NAMES + ROLE))


def test_a_filter_beside_what_opens_the_form_is_no_form(show: Show) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page, timeout=6)
        await lane.remember("form")
        await page.get_by_role("button", name="Invite User").click()
        return type(await arrived(lane))

    assert show(BAR, work) is InviteOneForm


def test_a_form_is_taken_although_the_page_goes_on_asking(show: Show) -> None:
    async def work(page: Page) -> Any:
        lane = lane_on(page)
        await page.route("**/poll", lambda route: None)
        lane.last_click = lane.traffic.mark()
        await page.evaluate("void fetch('http://console.example/poll')")
        found = await arrived(lane)
        return type(found), found.takes, set(await found.says())

    assert show(form(EMAIL + ROLE), work) == (InviteListForm, "one", {"role"})
