"""The mass-change brake of a run, asked once before its first operation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence

from connector import guards
from connector.addresses import address_key
from connector.errors import Refused
from connector.guards import Overrides
from connector.models import Deactivate, Guard, Operation, Outcome, Person, Result, Status, people_of
from connector.settings import Settings


async def mass_change_brake(
    operations: Sequence[Operation],
    lifted: Sequence[Overrides],
    gone: Collection[str],
    settings: Settings,
    few: Callable[[int], Awaitable[bool]],
    everybody: Callable[[str], Awaitable[Sequence[Person]]],
) -> Outcome | None:
    """What every deactivation of a run is told that would take access from too many; None where it may go on.

    The directory is read only for more people than may always lose access, where they may not be few. Who is
    deactivated already does not count, so that a run that was cut short can be repeated; but for those who lost access
    in this very run.

    Args:
        operations: what the run is to do.
        lifted: for each of them the guards that are lifted for it.
        gone: by `address_key`, who has lost access in this run before.
        settings: how many are too many.
        few: whether so many are few in any case.
        everybody: reads the directory; it is told what for.
    """
    leaving = [number for number, operation in enumerate(operations) if isinstance(operation, Deactivate)]
    leavers = {address_key(people_of(operations[number])[0].email) for number in leaving} | set(gone)
    if all(Guard.MASS_CHANGE in lifted[number] for number in leaving) or len(leavers) <= min(
        guards.NEVER_A_MASS, settings.mass_change_people
    ):
        return None
    if await few(len(leavers)):
        return None
    people = await everybody("count who would lose access")
    active = {address_key(p.email) for p in people if p.status is not Status.DEACTIVATED} | set(gone)
    try:
        guards.mass_change(len(active & leavers), len(active), settings, (), leavers)
    except Refused as refusal:
        return Outcome(
            operation="deactivate",
            email="",
            result=Result.REFUSED,
            message=refusal.in_one_line(),
            guard=Guard.MASS_CHANGE,
            objections=guards.objections_of(refusal),
        )
    return None
