"""Dynamic groups are never edited by hand: looked up once, on the Groups screen, before the first group is named.

The form for a person or for an invitation does not tell which of the groups it offers are dynamic. The Groups screen
may; it is read in bulk once in a run, for all its lanes, and only where an operation names a group at all. A list
without kinds is made up for by the own screen of each group that is named, once in a run.
"""

from __future__ import annotations

from collections.abc import Collection

from connector.actions.context import Context
from connector.actions.groups import NO_SCREEN, everything, refuse_dynamic, with_own_kind
from connector.errors import ConsoleDrift
from connector.models import Group
from page_objects.groups_screen import plain_name

NO_KIND = "groups do not tell their kind"
"""Kept with what was learnt of a console: that neither its list nor a group's own screen tells static from dynamic."""


async def require_not_dynamic(context: Context, whom: str, names: Collection[str]) -> None:
    """Raises Inexpressible where one of the groups named is shown as dynamic by the console.

    What the console does not show is not refused. Where it had to look, the People screen is opened again.
    """
    if not names:
        return
    wanted = {plain_name(name) for name in names}
    seen = context.seen_groups
    async with seen.looking:
        looked = seen.found is None and not context.lane.learnt.get(NO_SCREEN)
        if seen.found is None:
            seen.found = await _looked_up(context)
        for group in seen.found:
            if group.name in wanted and group.kind is None and group.name not in seen.own:
                if context.lane.learnt.get(NO_KIND):
                    break
                seen.own[group.name] = await _looked_into(context, group)
                looked = True
        if looked:
            await context.people.open()
    refuse_dynamic([*seen.found, *seen.own.values()], names, whom=whom, what="changed")


async def _looked_up(context: Context) -> tuple[Group, ...]:
    """All groups as the list shows them; none where there is no list to be read."""
    if context.lane.learnt.get(NO_SCREEN):
        return ()
    try:
        return tuple(await everything(context, lambda *_: None))
    except ConsoleDrift as drift:
        # Not to know is no reason to refuse: the list of groups is not what was asked for.
        context.lane.step(f"whether a group is dynamic is not known: {drift.message}")
        context.lane.learnt[NO_SCREEN] = True
        return ()


async def _looked_into(context: Context, group: Group) -> Group:
    """The group as its own screen shows it, where the list tells no kind."""
    try:
        group = await with_own_kind(context, group)
    except ConsoleDrift as drift:
        context.lane.step(f"whether a group is dynamic is not known: {drift.message}")
    if group.kind is None:
        context.lane.learnt[NO_KIND] = True
    return group
