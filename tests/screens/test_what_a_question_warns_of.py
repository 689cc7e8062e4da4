"""What a console says when it asks whether to deactivate somebody: it is read before the answer is given."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector import guards
from connector.errors import Refused
from connector.models import Guard
from page_objects import words
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.people_screen import PeopleScreen
from page_objects.person_row import scim_mark
from page_objects.question_warnings import Warned, warned
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

EMAIL = "ann@x.example"
MANAGED = "This user is managed by your identity provider. Deactivate them there, too, to avoid sync conflicts."
KEYS = "This user owns 2 API keys. Integrations using them will stop working."
REPORTS = "3 people report to this user."
LIST = """<table><tr><th>Name<th>Email<th>Source</tr><tr><td>Ann Lee<td>ann@x.example<td></tr>
<tr><td>Bo Ode<td>bo@x.example<td>Managed by Okta</tr></table>"""
ASK = "<button onclick=\"document.querySelector('.asks').hidden = false\">Deactivate user</button>"
SAYS = "<h2>Deactivate user?</h2><p>Ann Lee</p><p>ann@x.example</p><p>She will no longer be able to log in.</p>{}"
ANSWERS = "<button>Cancel</button> <button onclick=\"document.title = 'sent'\">Deactivate</button>"
DIALOG = f"{LIST}{ASK}<div class=asks role=dialog hidden>{SAYS}{ANSWERS}</div>"
LAYER = f"{LIST}{ASK}<div class=asks style='position: fixed; top: 40px; background: #fff' hidden>{SAYS}{ANSWERS}</div>"
NATIVE = f"""{LIST}
<button onclick="if (confirm(`Deactivate Ann Lee? {{}}`)) document.title = 'sent'">Deactivate user</button>"""


async def asked(page: Page, *overrides: Guard) -> tuple[Guard | None, str]:
    """Which guard refuses, and what was sent, once the question was answered."""
    lane = lane_on(page)

    def heed(said: Warned) -> None:
        if said.scim:
            guards.refuse(Guard.SCIM_MANAGED, "managed", whom=EMAIL, overrides=overrides)
        if said.keys:
            guards.owns_keys(EMAIL, said.keys, overrides)

    dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Ann Lee", heed=heed)
    try:
        await PeopleScreen(lane).ask(lane.find("action", words.DEACTIVATE), dialog)
        if await dialog.needed():
            await dialog.confirm(await dialog.ready())
    except Refused as refusal:
        return refusal.guard, await page.title()
    return dialog.declined.guard if dialog.declined else None, await page.title()


def alert(*said: str) -> str:
    return "".join(f"<div class='Alert Alert-warning' role=alert>{each}</div>" for each in said)


@pytest.mark.parametrize("question", [DIALOG, LAYER])
@pytest.mark.parametrize(
    ("says", "guard"),
    [
        (alert(MANAGED), Guard.SCIM_MANAGED),
        ("<p>Provisioned from <b>Okta</b>.</p>", Guard.SCIM_MANAGED),
        ("<span class=badge>SCIM</span>", Guard.SCIM_MANAGED),
        (alert(KEYS), Guard.KEY_OWNER),
        (alert(REPORTS), None),
        (
            "<p>If SCIM manages this user, deactivate them there, too.</p><p>Any API keys they own stop working.</p>",
            None,
        ),
        ("<p>This user is not managed by Okta. This user owns 0 API keys.</p>", None),
    ],
)
def test_nothing_is_sent_of_whom_the_question_says_what_speaks_against_it(
    show: Show, question: str, says: str, guard: Guard | None
) -> None:
    assert show(question.format(says), asked) == (guard, "" if guard else "sent")


@pytest.mark.parametrize(("says", "guard"), [(MANAGED, Guard.SCIM_MANAGED), (KEYS, Guard.KEY_OWNER), (REPORTS, None)])
def test_the_browsers_own_question_is_read_too(show: Show, says: str, guard: Guard | None) -> None:
    async def work(page: Page) -> tuple[Guard | None, str]:
        return await asked(page)

    assert show(NATIVE.format(says), work) == (guard, "" if guard else "sent")


@pytest.mark.parametrize("question", [DIALOG.format(alert(MANAGED, KEYS)), NATIVE.format(f"{MANAGED} {KEYS}")])
def test_what_is_lifted_by_name_is_sent(show: Show, question: str) -> None:
    async def work(page: Page) -> Any:
        return await asked(page, Guard.SCIM_MANAGED, Guard.KEY_OWNER)

    assert show(question, work) == (None, "sent")


def test_what_is_marked_as_a_warning_is_told_and_the_rest_of_the_question_is_not(show: Show) -> None:
    async def work(page: Page) -> tuple[str, ...]:
        lane = lane_on(page)
        told: list[Warned] = []
        dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Ann Lee", heed=told.append)
        await PeopleScreen(lane).ask(lane.find("action", words.DEACTIVATE), dialog)
        assert await dialog.needed()
        await dialog.ready()
        return told[-1].lines

    says = alert(REPORTS) + "<p>Warning: her content stays.</p><p class=text-danger>This cannot be undone.</p>"
    assert show(DIALOG.format(says), work) == (
        REPORTS,
        "This cannot be undone.",
        "Warning: her content stays.",
    )


@pytest.mark.parametrize("said", ["Deactivate Scim Keys?", "Scim Keys is the last of her team.", "scim-keys@x.example"])
def test_a_name_is_no_mark(said: str) -> None:
    assert not warned([said], [], ("scim-keys@x.example", "Scim Keys")).scim


@pytest.mark.parametrize(("said", "told"), [("scim-keys@x.example", None), ("SCIM-managed", True), ("(SCIM)", True)])
def test_an_address_that_begins_with_the_word_is_no_mark(said: str, told: bool | None) -> None:
    assert scim_mark(f"Ann Lee {said} Active") is told
