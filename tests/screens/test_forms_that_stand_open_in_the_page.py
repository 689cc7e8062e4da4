"""Forms that stand open above the list that they add to: what looks like their opener sends them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page, Route

from connector.models import Role
from page_objects import words
from page_objects.group_dialogs import InlineGroupForm
from page_objects.groups_screen import GroupsScreen
from page_objects.invite_dialog import InviteListForm
from page_objects.lane import Deadline
from page_objects.people_screen import PeopleScreen
from page_objects.words import Vocabulary
from tests.screens.conftest import Show
from tests.screens.shown import CONSOLE, lane_on

Work = Callable[[Page], Awaitable[Any]]
Posting = Callable[[str, str, Work], Any]
GROUPS = """<h1>Groups</h1>FLASH<form method=post action=/groups/add><input name=name placeholder="New group name">
<button>+ Add Group</button></form><table><tr><th>Name<th>Type<th>Members<tr><td>Sales<td>Static<td>2</table>"""
PEOPLE = """<h1>People</h1>FLASH<form method=post action=/people/add>FIELD
<button>Invite User</button></form><table><tr><th>Name<th>Email<tr><td>Ann Lee<td>ann@x.example</table>"""
IN_PLACE = GROUPS.replace("<form", """<form onsubmit="fetch('/add', {method: 'POST'}); return false" """)


@pytest.fixture
def posting(portal: BlockingPortal, browser_here: Browser) -> Posting:
    """Shows a page of a console that answers a form by leading back to it, with what it says; gives what was sent."""

    async def shown(html: str, said: str, work: Work) -> tuple[Any, list[str]]:
        page = await browser_here.new_page()
        sent: list[str] = []

        async def answer(route: Route) -> None:
            if route.request.method != "GET":
                sent.append(route.request.post_data or "")
            await route.fulfill(content_type="text/html", body=html.replace("FLASH", said if sent else ""))

        await page.route("**/*", answer)
        await page.goto(CONSOLE)
        found = await work(page)
        await page.close()
        return found, sent

    return lambda html, said, work: portal.call(shown, html, said, work)


async def made(page: Page) -> tuple[list[str], bool]:
    soon, screen = Deadline(20), GroupsScreen(lane_on(page, timeout=30))
    form = await screen.open_new()
    await form.fill("Field Team")
    said = await form.send()
    await form.leave()
    return said, not soon.passed


@pytest.mark.parametrize(
    ("html", "said", "objections", "sent"),
    [
        (GROUPS, "<p role=status>Group “Field Team” created.</p>", [], ["name=Field+Team"]),
        (GROUPS, "<p role=alert>This name is taken already.</p>", ["This name is taken already."], ["name=Field+Team"]),
        (GROUPS, "", [], ["name=Field+Team"]),
        (IN_PLACE, "", [], [""]),
    ],
)
def test_a_group_is_made_by_one_click_on_what_looks_like_the_opener(
    posting: Posting, html: str, said: str, objections: list[str], sent: list[str]
) -> None:
    assert posting(html, said, made) == ((objections, True), sent)


async def invited(page: Page) -> tuple[str, list[str], bool]:
    soon, screen = Deadline(20), PeopleScreen(lane_on(page, timeout=30))
    form = await screen.open_invite()
    assert isinstance(form, InviteListForm)
    await form.emails.enter(["new@x.example"])
    await form.fill(Role.LEARNER, await form.says())
    said = await form.send()
    await form.leave()
    return form.takes, said, not soon.passed


@pytest.mark.parametrize(
    ("field", "takes"),
    [
        ("<input type=email name=email placeholder=Email>", "one"),
        ("<textarea name=email placeholder='Email addresses'></textarea>", "list"),
    ],
)
def test_somebody_is_invited_by_one_click_on_what_looks_like_the_opener(
    posting: Posting, field: str, takes: str
) -> None:
    said = "<p role=status>Invitation sent to new@x.example.</p>"
    found, sent = posting(PEOPLE.replace("FIELD", field), said, invited)
    assert found == (takes, [], True)
    assert [each.removesuffix("%0D%0A") for each in sent] == ["email=new%40x.example"]


@pytest.mark.parametrize("key", [words.INVITE.key, words.SEND_INVITATION.key])
def test_what_a_customer_calls_inviting_sends_such_a_form_too(posting: Posting, key: str) -> None:
    async def work(page: Page) -> list[str]:
        lane = lane_on(page, timeout=10)
        lane.vocabulary = Vocabulary({key: ("Welcome somebody",)})
        form = await PeopleScreen(lane).open_invite()
        assert isinstance(form, InviteListForm)
        await form.emails.enter(["new@x.example"])
        return await form.send()

    page = PEOPLE.replace("FIELD", "<input type=email name=email placeholder=Email>")
    page = page.replace("Invite User", "Welcome somebody")
    said = "<p role=status>Invitation sent to new@x.example.</p>"
    assert posting(page, said, work) == ([], ["email=new%40x.example"])


@pytest.mark.parametrize(
    "page",
    [
        "<form><input placeholder='Group name'><button type=button>+ Add Group</button></form>",
        "<form><input placeholder='Search groups'><button>+ Add Group</button></form>",
        "<input placeholder='Group name'><button>+ Add Group</button>",
        "<form><input placeholder='Group name'><button>Filter</button><button>+ Add Group</button></form>",
        "<form><input placeholder='Group name'><button>+ Add Group</button><table><tr><td>Sales</table></form>",
        "<dialog open><form><input placeholder='Group name'><button>+ Add Group</button></form></dialog>",
        "<form hidden><input placeholder='Group name'><button>+ Add Group</button></form>",
    ],
)
def test_a_button_that_opens_or_belongs_to_more_is_no_form_that_stands_open(show: Show, page: str) -> None:
    async def work(page: Page) -> bool:
        return await InlineGroupForm(lane_on(page)).is_here()

    assert not show(f"<main>{page}</main>", work)
