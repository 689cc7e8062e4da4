"""Several lanes at one list of operations."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from connector.lanes import side_by_side
from tests.conftest import apart

NOTHING: frozenset[int] = frozenset()


def run(waits: Sequence[frozenset[int]], lanes: int, work: Callable[[int, int], Awaitable[None]]) -> None:
    apart(side_by_side(waits, lanes, work))


def carried_out(waits: Sequence[frozenset[int]], lanes: int) -> tuple[list[int], int]:
    """The order in which all were over, and how many were at work at once."""
    order: list[int] = []
    at_work: set[int] = set()
    most = 0

    async def work(lane: int, number: int) -> None:
        nonlocal most
        assert waits[number] <= set(order)
        at_work.add(number)
        most = max(most, len(at_work))
        for _ in range(3):
            await asyncio.sleep(0)
        at_work.remove(number)
        order.append(number)

    run(waits, lanes, work)
    return order, most


@pytest.mark.parametrize("lanes", [1, 2, 4, 9])
def test_everything_is_done_once_by_no_more_lanes_than_allowed(lanes: int) -> None:
    order, most = carried_out([NOTHING] * 6, lanes)
    assert sorted(order) == list(range(6))
    assert most == min(lanes, 6)


def test_one_lane_keeps_the_order() -> None:
    assert carried_out([NOTHING] * 5, 1) == ([0, 1, 2, 3, 4], 1)


def test_what_waits_begins_when_the_others_are_over() -> None:
    order, most = carried_out([NOTHING, frozenset({0}), NOTHING, frozenset({0, 1, 2}), frozenset({3})], 4)
    assert order.index(1) > order.index(0)
    assert order[-2:] == [3, 4]
    assert most == 2


def test_nothing_to_do_is_no_error() -> None:
    assert carried_out([], 4) == ([], 0)


def test_after_an_error_what_is_in_hand_is_finished_and_nothing_more_begun() -> None:
    begun: list[int] = []
    over: list[int] = []

    async def work(lane: int, number: int) -> None:
        begun.append(number)
        if number == 0:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            raise ValueError("the first")
        for _ in range(5):
            await asyncio.sleep(0)
        over.append(number)

    with pytest.raises(ValueError, match="the first"):
        run([NOTHING] * 8, 3, work)
    assert begun == [0, 1, 2]
    assert over == [1, 2]
