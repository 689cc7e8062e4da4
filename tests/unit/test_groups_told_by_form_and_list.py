"""Whose groups are told by a form, which may hold only those set by hand, and by the list, which shows all of them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import directory, edit, group_kinds
from connector.actions.context import SeenGroups
from connector.actions.wishes import open_wishes
from connector.errors import ConnectorError, Inexpressible, OperationFailed
from connector.models import Edit, Group, Person
from page_objects.controls.typed_together import JOINED_MEMORY
from page_objects.reading import groups_in, groups_of, groups_text_of, is_among, made_of_several, names_typed

EMAIL = "ann@x.example"


def form(*groups: str) -> Person:
    return Person(email=EMAIL, groups=groups, groups_held=groups)


def listed(groups: tuple[str, ...] | None = None, text: str | None = None) -> Person:
    return Person(email=EMAIL, groups=groups, groups_text=text)


class Lane:
    """The parts of a tab in which names of groups are kept."""

    def __init__(self, known: tuple[str, ...] = (), *, all_of_them: bool = False) -> None:
        self.learnt: dict[str, Any] = {}
        self.noted: dict[str, Any] = {}
        self.known_groups = set(known)
        self.groups_listed = all_of_them

    def know_groups(self, names: Any) -> None:
        self.known_groups.update(names)
        self.groups_listed = True


Look = Callable[..., Any]


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Look:
    """A context on a console whose list of groups shows these, the first time and each time after."""

    def make(*times: tuple[str, ...], lane: Lane | None = None) -> Any:
        shows = list(times)

        async def everything(_: Any, progress: Any) -> list[Group]:
            return [Group(name=name) for name in (shows.pop(0) if len(shows) > 1 else shows[0])]

        async def opened() -> None:
            made.opened += 1

        monkeypatch.setattr(group_kinds, "everything", everything)
        made = SimpleNamespace(lane=lane or Lane(), seen_groups=SeenGroups(), opened=0, acted=False)
        made.people = SimpleNamespace(open=opened)
        return made

    return make


# -- read from both ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hers", "shown", "groups"),
    [
        (form(), listed(("Partners",)), ("Partners",)),
        (form("Sales"), listed(("Sales", "Partners")), ("Sales", "Partners")),
        (form("Sales", "New"), listed(("Sales",)), ("Sales", "New")),
        (form("New Hires"), listed(("New Hires (dynamic)",)), ("New Hires",)),
        (form("Sales"), listed(("Sales", "Sales (auto)")), ("Sales", "Sales (auto)")),
        (form("Sales"), listed(text="Sales, Sales (auto)"), None),
        (form("Sales"), listed(), ("Sales",)),
        (form("Sales, EMEA", "R&D"), listed(text="R&D, Sales, EMEA"), ("Sales, EMEA", "R&D")),
        (form("Sales"), listed(text="Sales, Partners"), None),
        (listed(("Sales",)), form("Other"), ("Sales",)),
        (listed(), form("Sales"), ("Sales",)),
        (listed(text="Sales, Sales (auto)"), form("Sales"), None),
        (listed(text="Sales, EMEA"), form("Sales, EMEA"), ("Sales, EMEA",)),
    ],
)
def test_a_form_tells_those_set_by_hand_and_the_list_the_others(
    hers: Person, shown: Person, groups: tuple[str, ...] | None
) -> None:
    assert directory.merged(hers, shown).groups == groups


def test_what_the_list_joins_is_told_apart_before_the_two_are_united(context: Look, portal: BlockingPortal) -> None:
    person = directory.merged(form("Sales"), listed(text="Sales, Partners"))
    told = portal.call(group_kinds.told_apart, context(("Sales", "Partners")), person)
    assert told.groups == ("Sales", "Partners")


@pytest.mark.parametrize(
    ("wish", "all_known", "left"),
    [
        ({"remove_groups": ("EMEA",)}, False, ["out of group EMEA"]),
        ({"add_groups": ("EMEA",)}, False, ["in group EMEA"]),
        ({"remove_groups": ("Support",)}, False, []),
        ({"add_groups": ("Sales",)}, False, []),
        ({"remove_groups": ("EMEA",)}, True, ["out of group EMEA"]),
    ],
)
def test_nothing_is_so_already_by_the_form_alone(
    context: Look, wish: dict[str, Any], all_known: bool, left: list[str]
) -> None:
    lane = Lane(("Sales", "EMEA", "EMEA, Partners"), all_of_them=all_known)
    person = directory.merged(form("Sales"), listed(text="Sales, EMEA, Partners"))
    operation = Edit(email=EMAIL, **wish)
    told = group_kinds.told_of(context((), lane=lane), person, (*operation.add_groups, *operation.remove_groups))
    assert open_wishes(operation, told) == left


def test_her_page_tells_what_a_form_that_is_opened_there_does_not_hold(context: Look, portal: BlockingPortal) -> None:
    page_and_form = directory.merged(listed(text="Sales, Sales (auto)"), form("Sales"))
    person = directory.merged(page_and_form, listed())  # the list cuts them short
    told = portal.call(group_kinds.told_apart, context(("Sales", "Sales (auto)")), person)
    assert (told.groups, told.groups_held) == (("Sales", "Sales (auto)"), ("Sales",))


def test_a_group_that_the_list_shows_and_the_form_does_not_hold_is_not_taken_away_there() -> None:
    person = directory.merged(form("Sales"), listed(("Sales", "Partners")))
    edit._require_held(Edit(email=EMAIL, remove_groups=("Sales",)), person)
    with pytest.raises(Inexpressible, match="'Partners', and the form for her does not hold it"):
        edit._require_held(Edit(email=EMAIL, remove_groups=("Partners",)), person)


# -- what stands in brackets after a name, as its kind does ------------------------------------------------------------
@pytest.mark.parametrize(
    ("parts", "known", "names"),
    [
        (("Sales", "Sales (auto)"), ("Sales",), ("Sales", "Sales (auto)")),
        (("Sales (auto)", "Sales (static)"), ("Sales",), ("Sales (auto)", "Sales (static)")),
        (("Support", "New Hires (dynamic)"), ("New Hires",), ("Support", "New Hires")),
        (("Sales (auto)",), ("Sales", "Sales (auto)"), ("Sales (auto)",)),
    ],
)
def test_brackets_are_no_kind_where_that_makes_one_group_of_two(
    parts: tuple[str, ...], known: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert groups_of({"text": " ".join(parts), "parts": parts, "apart": True}, known) == names


def test_brackets_are_no_kind_in_a_joined_text_where_they_end_a_known_name() -> None:
    assert groups_in("Sales, Sales (auto)", ("Sales",)) is None
    assert groups_in("Sales, Sales (auto)", ("Sales", "Sales (auto)")) == ("Sales", "Sales (auto)")
    known = ("Sales", "Sales (auto)", "EMEA")
    assert groups_in("Sales (auto), EMEA (static)", known) == ("Sales (auto)", "EMEA")
    assert is_among("Sales", "Sales (auto), EMEA", known) is False


@pytest.mark.parametrize(
    ("text", "title", "names"),
    [
        ("Sales +1", "Everyone @ Home", ("Sales", "Everyone @ Home")),
        ("Sales, EMEA +2", "Support, R&D", ("Sales, EMEA", "Support", "R&D")),
        ("Sales +1", "Sales, Support", ("Sales", "Support")),
        ("Sales +2", "Support", None),
        ("Sales +1", "Sales", None),
        ("Sales +1", "1 more group", None),
    ],
)
def test_what_a_cell_leaves_out_its_title_says_whole_or_alone(
    text: str, title: str, names: tuple[str, ...] | None
) -> None:
    cell = {"text": text, "parts": text.split(" +"), "titles": [title], "apart": False}
    assert groups_of(cell, {"Sales", "Sales, EMEA", "Support", "R&D", "Everyone @ Home"}) == names
    assert (groups_text_of(cell) is not None) is (names is not None)


NO_GROUPS = "Groups of Ann Lee"


@pytest.mark.parametrize(
    ("chips", "title", "names"),
    [
        (("HR", "Sales", "+2"), "R&D, Support", ("HR", "Sales", "R&D", "Support")),
        (("HR", "Sales", "+1 more"), "HR, Sales, R&D", ("HR", "Sales", "R&D")),
        (("HR", "Sales", "+2"), "R&D", None),
        (("HR", "Sales", "+1"), "Sales", None),
        (("HR", "Sales", "+1"), NO_GROUPS, None),
    ],
)
def test_what_chips_leave_out_the_title_of_the_last_one_names(
    chips: tuple[str, ...], title: str, names: tuple[str, ...] | None
) -> None:
    cell = {"text": "".join(chips), "parts": list(chips), "titles": [title], "apart": True}
    assert groups_of(cell, {"HR", "Sales", "R&D", "Support"}) == names
    # Whether a title names groups at all, those who know the groups tell.
    assert groups_of(cell) is None
    assert (groups_text_of(cell) is not None) is (names is not None or title == NO_GROUPS)


def test_where_names_end_in_brackets_the_list_of_groups_tells_what_they_are(
    context: Look, portal: BlockingPortal
) -> None:
    console = context(("Sales", "Sales (auto)"), lane=Lane(("Sales",)))
    cell = {"text": "Sales (auto)", "parts": ["Sales (auto)"], "apart": True}
    console.people.person = lambda row: Person(email=EMAIL, groups=groups_of(cell, console.lane.known_groups))
    rows: Any = [SimpleNamespace(cells={"groups": cell})]
    (read,) = portal.call(directory._read_with_groups, console, rows)
    assert read.groups == ("Sales (auto)",)


# -- typed -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "by", "known", "names"),
    [
        ("Sales, Onboarding", ", ", (), ("Sales", "Onboarding")),
        ("Sales; Onboarding", ", ", (), ("Sales; Onboarding",)),
        ("HR, Legal, Sales", ", ", ("HR, Legal", "Sales"), ("HR, Legal", "Sales")),
        ("HR, Legal", ", ", ("HR, Legal", "HR", "Legal"), None),
        ("HR, Legal", None, ("HR, Legal",), ("HR, Legal",)),
        ("Sales, Onboarding", None, ("Sales",), None),
        ("A\nB, C", "\n", (), ("A", "B, C")),
        ("Sales,, Sales ,", ", ", (), ("Sales",)),
        ("Sales", None, (), ("Sales",)),
        (" ", None, (), ()),
        ("None", None, (), ()),
        ("None", None, ("None",), ("None",)),
    ],
)
def test_typed_names_are_told_apart_as_the_field_says_and_by_known_ones(
    text: str, by: str | None, known: tuple[str, ...], names: tuple[str, ...] | None
) -> None:
    assert names_typed(text, by, known) == names
    cell = {"text": text, "parts": [text], "control": True, "typed": text, "by": by}
    assert groups_of(cell, known) == names


def test_a_known_name_is_read_whole_before_it_is_divided() -> None:
    cell = {"text": "Sales; Support", "parts": ["Sales; Support"]}
    assert groups_of(cell) == ("Sales", "Support")
    assert groups_of(cell, {"Sales; Support", "Sales", "Support"}) == ("Sales; Support",)


@pytest.mark.parametrize(
    ("name", "made"),
    [("Sales; Support", True), ("Sales, Others", True), ("Sales Support", False), ("HR, Legal", False)],
)
def test_a_group_made_of_several_names_is_known_by_one_of_them(name: str, made: bool) -> None:
    assert made_of_several(name, ("Sales", "Support")) is made


@pytest.mark.parametrize(
    ("afterwards", "is_wrong"),
    [(("Sales", "Support", "Sales; Support"), True), (("Sales", "Support", "Field Team"), False)],
)
def test_a_group_that_nobody_asked_for_is_not_done(
    context: Look, portal: BlockingPortal, afterwards: tuple[str, ...], is_wrong: bool
) -> None:
    console = context(("Sales", "Support"), afterwards)

    async def work() -> str | None:
        await group_kinds.all_groups(console)
        console.lane.noted[JOINED_MEMORY] = {"by": "; ", "names": ("Sales", "Support")}
        try:
            await group_kinds.none_made_of_several(console, EMAIL)
        except OperationFailed as failure:
            return str(failure)
        console.lane.noted[JOINED_MEMORY] = {"by": "; ", "names": ("Sales", "Support")}
        await group_kinds.none_made_of_several(console, EMAIL)  # it is known by now, and not looked at again
        return None

    said = portal.call(work)
    assert console.opened == 2
    assert (said is not None) is is_wrong
    assert said is None or "workramp groups delete 'Sales; Support'" in said


@pytest.mark.parametrize(("acted", "error"), [(False, Inexpressible), (True, OperationFailed)])
def test_what_a_field_cannot_say_is_refused_unless_something_was_sent_before(
    context: Look, acted: bool, error: type[ConnectorError]
) -> None:
    console = context(())
    console.acted = acted
    with pytest.raises(error) as told, group_kinds.said_in_fields(console, EMAIL):
        raise Inexpressible("the field does not say it", advice="by hand")
    assert told.value.whom == EMAIL
    assert ("nothing was sent" in told.value.message) is not acted


# -- everybody ---------------------------------------------------------------------------------------------------------
def test_what_the_form_to_invite_does_not_offer_the_list_of_groups_tells(
    context: Look, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def offers_none(_: Any) -> None:
        return None

    monkeypatch.setattr(directory, "_names_offered", offers_none)
    console = context(("Sales", "HR & Legal"))
    text = "Sales, HR & Legal"

    def person(_: Any) -> Person:
        return Person(
            email=EMAIL, groups=groups_of({"text": text, "parts": [text]}, console.lane.known_groups), groups_text=text
        )

    console.people.person = person
    rows: Any = [SimpleNamespace(cells={"groups": text})]
    (read,) = portal.call(directory._read_with_groups, console, rows)
    assert read.groups == ("Sales", "HR & Legal")
