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
        (EMAIL + FORENAME, "first name"),
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
