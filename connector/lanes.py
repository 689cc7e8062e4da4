"""Several lanes at one list of operations: each takes the first that waits for nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence


async def side_by_side(
    waits: Sequence[frozenset[int]], lanes: int, work: Callable[[int, int], Awaitable[None]]
) -> None:
    """Calls `work(lane, number)` for every number, in so many lanes at once, and waits for all.

    Args:
        waits: for each number those that must be over before it begins; they are smaller.
        lanes: how many are at work at once, at most.
        work: carries one out.

    Where one raises, nothing more is begun; what is in hand in the other lanes is finished, and then the first error is
    raised. Nothing is cancelled: a call to the browser that is cut off leaves nobody knows what behind.
    """
    left = list(range(len(waits)))
    over: set[int] = set()
    errors: list[BaseException] = []
    changed = asyncio.Condition()

    def next_one() -> int | None:
        return next((number for number in left if waits[number] <= over), None)

    async def lane(which: int) -> None:
        while True:
            async with changed:
                await changed.wait_for(lambda: errors or not left or next_one() is not None)
                number = next_one()
                if errors or number is None:
                    return
                left.remove(number)
            try:
                await work(which, number)
            except BaseException as error:  # noqa: BLE001 - kept for the end, and raised there
                errors.append(error)
            over.add(number)
            async with changed:
                changed.notify_all()

    await asyncio.gather(*(lane(which) for which in range(max(1, min(lanes, len(waits))))))
    if errors:
        raise errors[0]
