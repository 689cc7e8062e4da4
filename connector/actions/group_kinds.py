"""Dynamic groups are never edited by hand: looked up once, on the Groups screen, before the first group is named.

The form for a person or for an invitation does not tell which of the groups it offers are dynamic. The Groups screen
may; it is read in bulk once in a run, for all its lanes, and only where an operation names a group at all.
"""

from __future__ import annotations

from collections.abc import Collection

from connector.actions.context import Context
from connector.actions.groups import NO_SCREEN, everything, refuse_dynamic
from connector.errors import ConsoleDrift
from connector.models import Group


async def require_not_dynamic(context: Context, whom: str, names: Collection[str]) -> None:
    """Raises Inexpressible where one of the groups named is shown as dynamic by the console.

    What the console does not show is not refused. Where it had to look, the People screen is opened again.
    """
    if names:
        refuse_dynamic(await kinds(context), names, whom=whom, what="changed")


async def kinds(context: Context) -> Collection[Group]:
    """The groups of this console as its list shows them, read once in a run; empty where there is none to be read."""
    seen = context.seen_groups
    async with seen.looking:
        if seen.found is None:
            seen.found = await _looked_up(context)
        return seen.found


async def _looked_up(context: Context) -> tuple[Group, ...]:
    if context.lane.learnt.get(NO_SCREEN):
        return ()
    try:
        found = tuple(await everything(context, lambda *_: None))
    except ConsoleDrift as drift:
        # Not to know is no reason to refuse: the list of groups is not what was asked for.
        context.lane.step(f"whether a group is dynamic is not known: {drift.message}")
        context.lane.learnt[NO_SCREEN] = True
        found = ()
    await context.people.open()
    return found
