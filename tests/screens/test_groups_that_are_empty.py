"""The members of a group where the screen that shows it has no table of them, and other addresses beside."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift
from page_objects.group_screen import GroupView
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

COLUMNS = {"name": ["Name"], "members": ["Members"]}
TOP = "<div class=top><b>WorkRamp</b> <a href=#>People</a> <span>admin@x.example <a href=#>Log out</a></span></div>"
NOBODY = "<p>This group has no members.</p>"
MENU = "<div class=who><ul><li>admin@x.example</li><li><button>Sign out</button></li></ul></div>"
FORM = "<form><textarea placeholder='Paste email addresses'></textarea><button>Add users</button></form>"


def members_on(show: Show, page: str, expected: int | None) -> Any:
    async def work(page: Page) -> tuple[str, ...]:
        view = GroupView(lane_on(page), COLUMNS, "Archive")
        await view.arrive()
        return await view.members(expected)

    return show(page, work)


@pytest.mark.parametrize("expected", [0, None])
@pytest.mark.parametrize("top", [TOP, MENU])
@pytest.mark.parametrize("said", [NOBODY, ""])
def test_who_is_signed_in_is_no_member_of_a_group_that_is_empty(
    show: Show, top: str, said: str, expected: int | None
) -> None:
    assert members_on(show, f"{top}<h1>Archive</h1>{FORM}{said}", expected) == ()


def test_who_made_a_group_of_nobody_is_no_member(show: Show) -> None:
    assert members_on(show, f"<h1>Archive</h1><p>Made by bo@x.example</p>{NOBODY}", None) == ()
    assert members_on(show, "<h1>Archive</h1><p>Made by bo@x.example</p>", 0) == ()


@pytest.mark.parametrize("beside", ["", "<div class=picker>No results</div>"])
def test_as_many_as_the_list_of_groups_says_are_its_members(show: Show, beside: str) -> None:
    listed = "<ul><li>ann@x.example</li><li>bo@x.example</li></ul>"
    assert members_on(show, f"{TOP}<h1>Archive</h1>{listed}{beside}", 2) == ("ann@x.example", "bo@x.example")


def test_a_list_of_more_or_fewer_than_the_list_of_groups_says_is_not_taken_for_the_members(show: Show) -> None:
    with pytest.raises(ConsoleDrift, match="could not be read completely"):
        members_on(show, f"{TOP}<h1>Archive</h1><p>Made by cy@x.example</p><ul><li>ann@x.example</li></ul>", 1)
