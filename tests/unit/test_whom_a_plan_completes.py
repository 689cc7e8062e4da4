"""Of whom a plan reads groups and managers: of those whom the roster names, and of everybody where that decides."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import directory, reading
from connector.models import Person, Role
from connector.roster import read_roster

ANN, BOB, CY = "ann@x.example", "Bob@x.example", "cy@x.example"


def listed(email: str, role: Role | None = Role.LEARNER) -> Person:
    """As a list shows her that tells neither groups nor managers."""
    return Person(email=email, first_name="First", last_name="Last", role=role)


def completed(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, tmp_path: Path, roster: str, people: list[Person]
) -> tuple[Any, list[str], list[Person]]:
    """What of the people a plan goes by, whose pages are opened for that, and the people as they are then."""
    opened: list[str] = []
    path = tmp_path / "roster.csv"
    path.write_text(roster, encoding="utf-8")

    async def everybody(*_: Any) -> list[Person]:
        return people

    async def her_page(context: Any, person: Person) -> Person:
        opened.append(person.email)
        return person.model_copy(update={"groups": ("Sales",), "managers": ()})

    async def no_export(folder: Path) -> None:
        return None

    async def nothing(*_: Any) -> Any:
        return ()

    monkeypatch.setattr(directory, "everybody", everybody)
    monkeypatch.setattr(directory, "_completed", her_page)
    monkeypatch.setattr(directory, "free_seats", nothing)
    monkeypatch.setattr(reading, "_groups", nothing)
    lane = SimpleNamespace(known_groups=set(), offered_groups=set(), groups_listed=False)
    context: Any = SimpleNamespace(
        people=SimpleNamespace(export=no_export, open=nothing),
        steadily=lambda action: action(),
        console=SimpleNamespace(settings=SimpleNamespace(lanes=1)),
        lane=lane,
    )

    async def read() -> Any:
        return await reading.reading_for(context, read_roster(path), lambda *_: None)

    found = portal.call(read)
    return found.complete, opened, list(found.people)


def test_only_the_pages_of_those_whom_the_roster_names_are_opened(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, tmp_path: Path
) -> None:
    roster = "Email,First name,Last name,Groups\nbob@x.example,Bob,Roe,Sales\nnew@x.example,Nia,New,Sales\n"
    people = [listed(ANN), listed(BOB), listed(CY, Role.MANAGER)]
    complete, opened, found = completed(monkeypatch, portal, tmp_path, roster, people)
    assert (complete, opened) == ("named", [BOB])
    assert [person.groups for person in found] == [None, ("Sales",), None]


def test_everybody_is_completed_where_a_manager_is_to_be_a_learner(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, tmp_path: Path
) -> None:
    roster = "Email,First name,Last name,Groups,Role\ncy@x.example,Cy,Roe,Sales,Learner\n"
    people = [listed(ANN), listed(BOB), listed(CY, Role.MANAGER)]
    complete, opened, _ = completed(monkeypatch, portal, tmp_path, roster, people)
    assert (complete, sorted(opened)) == (True, sorted([ANN, BOB, CY]))


def test_so_it_is_where_the_list_does_not_tell_who_is_a_manager(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, tmp_path: Path
) -> None:
    roster = "Email,First name,Last name,Groups,Role\ncy@x.example,Cy,Roe,Sales,Learner\n"
    people = [listed(ANN), listed(CY, None)]
    complete, opened, _ = completed(monkeypatch, portal, tmp_path, roster, people)
    assert (complete, sorted(opened)) == (True, sorted([ANN, CY]))


def test_whom_the_roster_names_in_a_bad_row_is_read_as_the_plan_says_she_was(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, tmp_path: Path
) -> None:
    roster = "Email,First name,Last name,Groups,Role\nann@x.example,Ann,Lee,Sales,No such role\n"
    complete, opened, _ = completed(monkeypatch, portal, tmp_path, roster, [listed(ANN), listed(BOB)])
    assert (complete, opened) == ("named", [ANN])


def test_nobodys_page_is_opened_where_the_roster_says_neither_groups_nor_managers(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, tmp_path: Path
) -> None:
    roster = "Email,First name,Last name\nbob@x.example,Bob,Roe\n"
    complete, opened, _ = completed(monkeypatch, portal, tmp_path, roster, [listed(ANN), listed(BOB)])
    assert (complete, opened) == (False, [])


def test_nobodys_page_is_opened_of_several_who_have_one_address(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, tmp_path: Path
) -> None:
    roster = "Email,First name,Last name,Groups\nann@x.example,Ann,Lee,Sales\ncy@x.example,Cy,Roe,Sales\n"
    people = [listed(ANN), listed("Ann@x.example"), listed(CY)]
    _, opened, found = completed(monkeypatch, portal, tmp_path, roster, people)
    assert opened == [CY]
    assert [(person.email, person.groups) for person in found] == [
        (ANN, None),
        ("Ann@x.example", None),
        (CY, ("Sales",)),
    ]
