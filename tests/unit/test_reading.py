"""What a cell shows and what it means: every spelling a console is known to use, and None for whatever is not sure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.models import Role, SeatPool, Status
from page_objects.reading import (
    addresses_of,
    groups_of,
    moment_of,
    names_of,
    plain,
    role_of,
    seats_of,
    status_of,
    total_of,
)
from page_objects.words import Vocabulary

ENGLISH = Vocabulary()
CUSTOM = Vocabulary({"role_learner": ("Trainee",), "status_deactivated": ("Parked",)})


def cell(text: str = "", *parts: str, **more: Any) -> dict[str, Any]:
    """A cell as the page is read: its whole text, and the texts of its parts."""
    return {"text": text, "parts": list(parts or ([text] if text else [])), "titles": [], "datetime": None, **more}


# -- numbers ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("lines", "total"),
    [
        (["Showing 1-25 of 212"], 212),
        (["1–25 of 1,212"], 1212),
        (["Rows 26 — 50 out of 212 people"], 212),
        (["1 to 3 of 3"], 3),
        (["showing 25 of 212"], 212),
        (["212 people: 177 active, 21 inactive, 14 invited"], 212),
        (["1 person"], 1),
        (["0 results"], 0),
        (["10 000 users"], 10_000),
        (["10\u202f000 users"], 10_000),
        (["10.000 members"], 10_000),
        (["Total: 212"], 212),
        (["Total users 212"], 212),
        (["Total: 212 users"], 212),
        (["212 people", "Showing 1-25 of 40"], 40),
        (["212 people", "212 users"], 212),
        (["People", "212 people", "52 of 76 seats used"], 212),
        (["Showing 181 of 181 people · 130 active · 131 of 135 seats used"], 181),
        (["184 team members · 151 of 155 licensed seats used"], 184),
        (["Displaying people 1\u00a0-\u00a025 of 56 in total"], 56),
        (["Displaying all 37 people"], 37),
    ],
)
def test_the_total_is_what_the_console_says_matches_now(lines: list[str], total: int) -> None:
    assert total_of(lines) == total


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["People"],
        ["No people found"],
        ["52 of 76 seats used"],
        ["showing 52 of 76 seats"],
        ["3 people selected"],
        ["25 rows per page"],
        ["212 people", "40 users"],
        ["Page 3 of 9"],
        ["All 12 groups"],
    ],
)
def test_no_total_is_made_up(lines: list[str]) -> None:
    assert total_of(lines) is None


def licensed(used: int, total: int | None) -> tuple[SeatPool, ...]:
    return (SeatPool(name="licensed", used=used, total=total),)


@pytest.mark.parametrize(
    ("lines", "pools"),
    [
        (["52 of 100 seats used"], licensed(52, 100)),
        (["52/100 seats"], licensed(52, 100)),
        (["Seats: 52 out of 100"], licensed(52, 100)),
        (["1,052 of 2,000 licenses in use"], licensed(1052, 2000)),
        (["Licences 7 / 7"], licensed(7, 7)),
        (["52 seats used"], licensed(52, None)),
        (["212 people · 52 of 100 seats used"], licensed(52, 100)),
        (["0 of 5 seats used"], licensed(0, 5)),
        (["38 users: 28 active, 4 invited. Seats used: 28 of 53"], licensed(28, 53)),
        (
            ["Internal seats: 52 of 100 | External seats: 4 of 10"],
            (SeatPool(name="internal", used=52, total=100), SeatPool(name="external", used=4, total=10)),
        ),
        (
            ["Admin seats 2 of 5", "External learners: 4 / 10 licenses"],
            (SeatPool(name="admin", used=2, total=5), SeatPool(name="external", used=4, total=10)),
        ),
        (["52 of 100 seats used", "52 of 100 seats used"], licensed(52, 100)),
        (["144 of 153 seats in use 9 free"], licensed(144, 153)),
        (["144 of 153", "144 of 153 seats in use9 free", "9 free"], licensed(144, 153)),
        (["Seats: 10 / 20 (10 free)"], licensed(10, 20)),
        (["9 of 153 seats available"], licensed(144, 153)),
        (["Seats used (52 of 100)"], licensed(52, 100)),
        (["52 of 100 available seats used"], licensed(52, 100)),
        (["177 of 225 seats in use · 11 held"], licensed(188, 225)),
        (["177 of 225 seats in use", "11 held", "177 of 225 seats in use · 11 held"], licensed(188, 225)),
        (["177 of 225 seats in use, 11 seats reserved for pending invitations"], licensed(188, 225)),
        (["177 of 225 seats in use · 11 held · 37 free"], licensed(188, 225)),
        (["188 of 225 seats in use · 11 held · 37 free"], licensed(188, 225)),
        (["177 of 225 seats in use · 11 admins"], licensed(177, 225)),
        (
            ["Internal seats: 52 of 100 | External seats: 4 of 10 | 3 held"],
            (SeatPool(name="internal", used=52, total=100), SeatPool(name="external", used=4, total=10)),
        ),
        (["196 of 205 licenses in use (15 pending invitations included)"], licensed(196, 205)),
    ],
)
def test_seats_are_read_pool_by_pool(lines: list[str], pools: tuple[SeatPool, ...]) -> None:
    assert seats_of(lines) == pools


@pytest.mark.parametrize(
    "lines", [[], ["212 people"], ["Showing 1-25 of 212"], ["Ask for more seats"], ["5 seats added on 1/2/2026"]]
)
def test_no_seats_are_made_up(lines: list[str]) -> None:
    assert seats_of(lines) == ()


# -- moments ---------------------------------------------------------------------------------------------------
MARCH = datetime(2026, 3, 4, 9, 12, tzinfo=UTC)
MARCH_DAY = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (cell("3 days ago", datetime="2026-03-04T09:12:00Z"), MARCH),
        (cell("3 days ago", datetime="2026-03-04T10:12:00+01:00"), MARCH),
        (cell("3 days ago", titles=["Mar 4, 2026, 9:12 AM"]), MARCH),
        (cell("Mar 4, 2026, 9:12 AM"), MARCH),
        (cell("Mar 4, 2026, 9:12\u202fAM"), MARCH),
        (cell("Mar 4, 2026 9:12 AM UTC"), MARCH),
        (cell("March 4, 2026 at 9:12 AM"), MARCH),
        (cell("2026-03-04 09:12"), MARCH),
        (cell("2026-03-04 09:12:00 (UTC)"), MARCH),
        (cell("3/4/2026, 9:12 AM"), MARCH),
        (cell("4 Mar 2026, 09:12"), MARCH),
        (cell("March 4, 2026 at 09:12"), MARCH),
        (cell("Wed, Mar 4, 2026 · 9:12 am"), MARCH),
        (cell("Wednesday, March 4th, 2026, at 09:12"), MARCH),
        (cell("4 March 2026 – 09:12"), MARCH),
        (cell("Mar 4, 2026"), MARCH_DAY),
        (cell("04 March 2026"), MARCH_DAY),
        (cell("03/04/2026"), MARCH_DAY),
        (cell("2026-03-04"), MARCH_DAY),
        (cell("seen Mar 4, 2026", "seen", "Mar 4, 2026"), MARCH_DAY),
    ],
)
def test_a_last_login_is_a_moment_in_utc(value: dict[str, Any], moment: datetime) -> None:
    assert moment_of(value) == (moment, False)


def test_what_a_moment_says_again_in_brackets_is_left_out() -> None:
    moment = datetime(2026, 3, 4, 9, 12, tzinfo=UTC)
    assert moment_of(cell("Mar 4, 2026, 9:12 AM (3 days ago)")) == (moment, False)
    assert moment_of(cell("Mar 4, 2026, 9:12 AM (UTC)")) == (moment, False)
    assert moment_of(cell("(3 days ago)")) == (None, None)


@pytest.mark.parametrize("zone", ["UTC+2", "UTC-05:00", "GMT+1", "CET", "PST"])
def test_a_time_in_another_zone_than_utc_is_not_told(zone: str) -> None:
    assert moment_of(cell(f"Mar 4, 2026, 9:12 AM ({zone})")) == (None, None)


@pytest.mark.parametrize("text", ["Never", "never", "Never logged in.", "Has never signed in", "-", "—"])
def test_never_is_told_from_not_shown(text: str) -> None:
    assert moment_of(cell(text)) == (None, True)


@pytest.mark.parametrize("text", ["Invited just now", "Invited 3 days ago", "Invitation sent Mar 4, 2026"])
def test_when_somebody_was_invited_is_no_login(text: str) -> None:
    assert moment_of({**cell(text), "datetime": "2026-03-04T09:12:00Z"}) == (None, True)


@pytest.mark.parametrize(
    "value",
    [
        None,
        cell(),
        cell("3 days ago"),
        cell("yesterday"),
        cell("13/14/2026"),
        cell("03/04/2026, 14:30"),
        cell("Active"),
    ],
)
def test_what_names_no_moment_tells_nothing(value: dict[str, Any] | None) -> None:
    assert moment_of(value) == (None, None)


# -- words -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "role"),
    [
        (cell("Learner"), Role.LEARNER),
        (cell("learner (default)"), Role.LEARNER),
        (cell("MANAGER"), Role.MANAGER),
        (cell("Administrator"), Role.ADMIN),
        (cell("Content\u00a0Creator"), Role.CONTENT_CREATOR),
        (cell("Content Creator / Author"), Role.CONTENT_CREATOR),
        (cell("Editor"), Role.CONTENT_CREATOR),
        (cell("A Admin", "A", "Admin"), Role.ADMIN),
        (cell("Administrator – full access"), Role.ADMIN),
        (cell("People manager"), Role.MANAGER),
    ],
)
def test_roles_have_the_documented_names(value: dict[str, Any], role: Role) -> None:
    assert role_of(value, ENGLISH) is role


@pytest.mark.parametrize(
    "value",
    [
        None,
        cell(),
        cell("Owner"),
        cell("Admins"),
        cell("Not an admin"),
        cell("Admin – read only"),
        cell("Admin Learner", "Admin", "Learner"),
    ],
)
def test_what_names_no_role_or_two_is_not_guessed(value: dict[str, Any] | None) -> None:
    assert role_of(value, ENGLISH) is None


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (cell("Active"), Status.ACTIVE),
        (cell("Inactive"), Status.DEACTIVATED),
        (cell("deactivated"), Status.DEACTIVATED),
        (cell("Disabled"), Status.DEACTIVATED),
        (cell("Invited"), Status.INVITED),
        (cell("Pending invitation"), Status.INVITED),
        (cell("● Active", "●", "Active"), Status.ACTIVE),
    ],
)
def test_statuses_have_the_documented_names(value: dict[str, Any], status: Status) -> None:
    assert status_of(value, ENGLISH) is status


@pytest.mark.parametrize(
    "value",
    [None, cell(), cell("User"), cell("Not active"), cell("Activ"), cell("Active Inactive", "Active", "Inactive")],
)
def test_what_names_no_status_or_two_is_not_guessed(value: dict[str, Any] | None) -> None:
    assert status_of(value, ENGLISH) is None


def test_a_customer_s_own_words_count_beside_the_known_ones() -> None:
    assert role_of(cell("Trainee"), ENGLISH) is None
    assert role_of(cell("trainee"), CUSTOM) is Role.LEARNER
    assert role_of(cell("Learner"), CUSTOM) is Role.LEARNER
    assert status_of(cell("Parked"), CUSTOM) is Status.DEACTIVATED


# -- groups ----------------------------------------------------------------------------------------------------
KNOWN = {"Sales", "Sales, EMEA", "R&D", "EMEA Partners"}


@pytest.mark.parametrize(
    ("value", "groups"),
    [
        (cell(), ()),
        (cell("—"), ()),
        (cell("No groups"), ()),
        (cell("Not in any group"), ()),
        (cell("None assigned"), ()),
        (cell("No Code Guild"), ("No Code Guild",)),
        (cell("No-fly members"), ("No-fly members",)),
        (cell("Nothing But Net"), ("Nothing But Net",)),
        (cell("Not in any group", apart=True), ("Not in any group",)),
        (cell("Sales"), ("Sales",)),
        (cell("Sales R&D", "Sales", "R&D"), ("Sales", "R&D")),
        (cell("Sales, Americas Sales", "Sales, Americas", "Sales"), ("Sales, Americas", "Sales")),
        (cell("Sales, R&D", "Sales,", "R&D"), ("Sales", "R&D")),
        (cell("Sales Sales", "Sales", "Sales"), ("Sales",)),
        (cell("Sales, Americas", apart=True), ("Sales, Americas",)),
        (cell("Sales, Americas", control=True), ("Sales, Americas",)),
        (cell("Sales, EMEA; R&D"), ("Sales, EMEA", "R&D")),
        (cell('Ramp "Fast Track"'), ('Ramp "Fast Track"',)),
        (cell("Support <Tier 1>"), ("Support <Tier 1>",)),
        (cell("R&D, Sales"), ("R&D", "Sales")),
        (cell("R&D, Sales, EMEA"), ("R&D", "Sales, EMEA")),
        (cell("R&D, Sales, EMEA Partners"), ("R&D", "Sales", "EMEA Partners")),
    ],
)
def test_groups_are_read_whole(value: dict[str, Any], groups: tuple[str, ...]) -> None:
    assert groups_of(value, KNOWN) == groups


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (None, KNOWN),
        (cell("Sales, Americas"), KNOWN),  # one group of this name, or two of which one is unknown
        (cell("Sales, R&D"), set()),
        (cell("Sales, EMEA"), {"Sales", "EMEA", "Sales, EMEA"}),  # one or two
        (cell("Sales +2 more", "Sales", "+2 more"), KNOWN),
        (cell("Sales +2", "Sales", "+2"), KNOWN),
        (cell("Sales and 2 more", "Sales", "and 2 more"), KNOWN),
        (cell("Sales and 2 more"), KNOWN),  # in one piece, as a button that shows the rest
        (cell("Sales, Support, +1 other", "Sales", "Support", "+1 other"), KNOWN),
        (cell("Sales, Suppo…"), KNOWN),
        (cell("3 groups"), KNOWN),
        (cell("1 group"), KNOWN),
    ],
)
def test_groups_that_are_not_sure_are_none(value: dict[str, Any] | None, known: set[str]) -> None:
    assert groups_of(value, known) is None


GROUP = (
    st.text(st.sampled_from("abcXYZ &'<>\"-é山,"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda name: any(char.isalpha() for char in name) and not name.startswith(",") and not name.endswith(","))
)


@given(
    st.lists(GROUP.map(plain), min_size=1, max_size=4, unique=True),
    st.lists(GROUP.map(plain), max_size=4),
    st.sampled_from([",", ", "]),
)
def test_joined_names_are_told_apart_or_not_told_at_all(names: list[str], others: list[str], joint: str) -> None:
    """Whatever other groups there are, one whose name is that of several joined among them."""
    known = {*names, *others, joint.join(names[:2])}
    assert groups_of(cell(joint.join(names)), known) in (None, tuple(names))


# -- people ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "addresses"),
    [
        (None, None),
        (cell("Bo Berg Cy Chan", "Bo Berg", "Cy Chan") | {"titles": ["bo@x.example", "cy@x.example"]},
         ("bo@x.example", "cy@x.example")),
        (cell("Bo Berg Cy Chan", "Bo Berg", "Cy Chan") | {"titles": ["bo@x.example"]}, None),
        (cell("Bo Berg +1", "Bo Berg", "+1") | {"titles": ["bo@x.example", "cy@x.example"]}, None),
        (cell(), ()),
        (cell("—"), ()),
        (cell("No manager"), ()),
        (cell("Daniel Kim"), None),
        (cell("daniel.kim@northwind.example"), ("daniel.kim@northwind.example",)),
        (cell("Daniel Kim <daniel.kim@northwind.example>"), ("daniel.kim@northwind.example",)),
        (cell("Daniel Kim (daniel.kim@northwind.example)"), ("daniel.kim@northwind.example",)),
        (cell("Mailbox of ann@x.example"), None),
        (cell("Mailbox of ann@x.example (forward)"), None),
        (cell("ann@x.example (forward)"), None),
        (cell("Mailbox of ann@x.example (bo@x.example)"), None),
        (cell("bo@x.example Mailbox of ann@x.example", "bo@x.example", "Mailbox of ann@x.example"), None),
        (cell("Mailbox of ann@x.example bo@x.example", "Mailbox of ann@x.example", "bo@x.example"), ("bo@x.example",)),
        (cell("Bo Berg · bo@x.example"), ("bo@x.example",)),
        (cell("Kim, Daniel <daniel@x.example>; Bo <bo@x.example>"), ("daniel@x.example", "bo@x.example")),
        (cell("Bo Berg cy@x.example", "Bo Berg", "cy@x.example") | {"control": True}, None),
        (cell("Bo cy@x.example", "Bo (bo@x.example)", "cy@x.example") | {"control": True},
         ("bo@x.example", "cy@x.example")),
        (cell("a@northwind.example, b+c@northwind.example"), ("a@northwind.example", "b+c@northwind.example")),
        (cell("a@northwind.example;a@northwind.example"), ("a@northwind.example",)),
        (cell("x", "siobhan.o'brien@northwind.example", "b@northwind.example"),
         ("siobhan.o'brien@northwind.example", "b@northwind.example")),
    ],
)  # fmt: skip
def test_managers_are_their_addresses(value: dict[str, Any] | None, addresses: tuple[str, ...] | None) -> None:
    assert addresses_of(value) == addresses


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        (("Ann", "Lee", None), ("Ann", "Lee")),
        (("Ann", "Lee", "Somebody Else"), ("Ann", "Lee")),
        (("Mary Ann", "van der Berg", None), ("Mary Ann", "van der Berg")),
        ((None, None, "Ann Lee"), ("Ann", "Lee")),
        ((None, None, " Ann\u00a0 Lee "), ("Ann", "Lee")),
        ((None, None, "Jean-Luc Moreau-Petit"), ("Jean-Luc", "Moreau-Petit")),
        ((None, None, "太郎 山田"), ("太郎", "山田")),
        ((None, None, "Ann Marie Lee"), (None, None)),
        ((None, None, "Lee, Ann"), (None, None)),
        ((None, None, "Ann"), (None, None)),
        ((None, None, ""), (None, None)),
        ((None, None, None), (None, None)),
    ],
)
def test_a_whole_name_is_divided_only_where_there_is_one_way_to_do_it(
    shown: tuple[str | None, str | None, str | None], names: tuple[str | None, str | None]
) -> None:
    assert names_of(*shown) == names


def test_white_space_is_one_blank() -> None:
    assert plain("\n  Ann \u00a0\t Lee\u202f ") == "Ann Lee"
