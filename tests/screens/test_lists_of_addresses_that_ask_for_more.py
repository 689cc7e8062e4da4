"""Forms to invite that take a list of addresses, and say more of those on it than the documented one."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.models import Role
from page_objects.invite_arrival import arrived
from page_objects.invite_dialog import InviteListForm
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

NEW = "nadja@x.example"
FORM = """<div role=dialog aria-modal=true style="position: fixed; inset: 20px; background: #fff"><h2>Invite Users</h2>
<div class=Field><label for=e>Email addresses</label><div class=ChipInput><textarea id=e rows=1></textarea></div></div>
<div id=names {names}><label>First name <input id=first></label> <label>Last name <input id=last></label></div>
<label>Role <select id=role><option>Learner<option>Content Creator<option>Admin</select></label>
<button>Cancel</button> <button onclick="document.title = 'sent'">Invite</button></div>
<script>
  const field = document.querySelector("#e"), list = [];
  const commit = () => {{
    if (!field.value.trim()) return;
    list.push(...field.value.trim().split(/[\\s,;]+/));
    field.value = "";
    for (const chip of document.querySelectorAll(".Chip")) chip.remove();
    for (const each of list) field.insertAdjacentHTML("beforebegin", `<div class=Chip role=button tabindex=-1
      style="background: #ddd; display: inline-block"><span>${{each}}</span><svg width=8 height=8></svg></div>`);
    if ({once}) setTimeout(() => {{ document.querySelector("#names").hidden = list.length !== 1; }}, 100);
  }};
  field.onkeydown = (event) => {{ if (event.key === "Enter") {{ event.preventDefault(); commit(); }} }};
  field.onblur = commit;
</script>"""
ONCE = FORM.format(names="hidden", once="true")
NEVER = FORM.format(names="hidden", once="false")


async def opened(page: Page) -> InviteListForm:
    await page.evaluate("window.scrollTo(0, 0)")
    form = await arrived(lane_on(page))
    assert isinstance(form, InviteListForm)
    return form


@pytest.mark.parametrize(("html", "of_one"), [(ONCE, {"names", "role"}), (NEVER, {"role"})])
def test_what_comes_with_one_address_is_looked_for_and_nothing_is_sent(show: Show, html: str, of_one: set[str]) -> None:
    async def work(page: Page) -> Any:
        form = await opened(page)
        return await form.says(), await form.says_of_one(NEW), await page.title()

    assert show(html, work) == ({"role"}, of_one, "")


def test_one_is_named_and_comes_in_the_role_that_was_asked_for(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = await opened(page)
        says = await form.says_of_one(NEW, {"names", "role"})
        await form.fill(Role.CONTENT_CREATOR, says, "Nadja", "New")
        assert await form.send() == []
        return await page.evaluate("[list.join(), first.value, last.value, role.value, document.title]")

    assert show(ONCE, work) == [NEW, "Nadja", "New", "Content Creator", "sent"]


def test_of_several_no_name_is_said(show: Show) -> None:
    async def work(page: Page) -> Any:
        form = await opened(page)
        await form.emails.enter([NEW, "nils@x.example"])
        await form.fill(Role.ADMIN, await form.says())
        return await page.evaluate("[list.length, first.value, role.value]")

    assert show(ONCE, work) == [2, "", "Admin"]
