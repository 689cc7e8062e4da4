"""Which addresses of a console look like a new one, and how few searches tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from anyio.from_thread import start_blocking_portal

from connector.actions import directory
from connector.actions.context import Context
from connector.addresses import look_alike, look_alike_searches
from connector.models import Person

PAGE = 5
NEW = "daniel.kim@northwind.example"
TWINS = ("danie1.kim@northwind.example", "dan1el.kim@northwind.example", "daniel.klm@northwind.example")
OTHERS = tuple(f"{name}@northwind.example" for name in ("dana.fox", "kim.olsen", "noor", "ottilie.brandt"))


@dataclass
class _Console:
    """People found by a piece of their address, a page of them at most."""

    people: tuple[str, ...]
    says_how_many: bool = True
    searched: list[str] = field(default_factory=list)

    async def glance(self, term: str) -> tuple[list[str], int | None]:
        self.searched.append(term)
        found = self._found()
        return found[:PAGE], len(found) if self.says_how_many else None

    def person(self, row: str) -> Person:
        return Person(email=row)

    def _found(self) -> list[str]:
        return [email for email in self.people if self.searched[-1] in email.casefold()]


def here(console: _Console, email: str) -> list[str]:
    async def at_once(action: Any) -> Any:
        return await action()

    context = cast(Context, SimpleNamespace(people=console, steadily=at_once))
    # In a thread of its own: tests that drive a browser of their own leave a loop running in this one.
    with start_blocking_portal() as portal:
        return portal.call(directory.look_alikes, context, email)


@pytest.mark.parametrize("says_how_many", [True, False])
@pytest.mark.parametrize("crowd", [0, 2 * PAGE])
def test_every_twin_that_the_searches_bring_up_is_named(says_how_many: bool, crowd: int) -> None:
    namesakes = tuple(f"dan{number}.kim@northwind.example" for number in range(crowd))
    for twin in TWINS:
        # Whoever came last is on no first page of a short piece that many share.
        console = _Console((*OTHERS, *namesakes, twin, NEW), says_how_many)
        assert look_alike(NEW, twin)
        found = {
            person
            for term in look_alike_searches(NEW)
            for person in [email for email in console.people if term in email][:PAGE]
            if look_alike(NEW, person)
        }
        assert here(console, NEW) == sorted(found)


def test_a_longer_piece_is_searched_for_only_where_the_shorter_one_was_not_all_on_one_page() -> None:
    assert set(look_alike_searches(NEW)) == {"dan", "danie", "l.kim"}
    console = _Console(OTHERS)
    here(console, NEW)
    assert console.searched == ["dan", "l.kim"]
    crowded = _Console(tuple(f"dan{number}@northwind.example" for number in range(PAGE + 1)))
    here(crowded, NEW)
    assert sorted(crowded.searched) == ["dan", "danie", "l.kim"]


def test_a_local_part_is_cut_beside_the_piece_that_nothing_can_be_taken_for_so_that_two_searches_do() -> None:
    assert look_alike_searches("anna.smith@northwind.example") == ("anna.s", "mith")
    # No such cut leaves two halves that are worth a search.
    assert look_alike_searches("priya.patel@northwind.example") == ("ya.pate", "priya", ".patel")


def test_a_console_that_does_not_say_how_many_it_found_is_asked_for_every_piece() -> None:
    console = _Console(OTHERS, says_how_many=False)
    here(console, NEW)
    assert sorted(console.searched) == ["dan", "danie", "l.kim"]
