"""Dynamic groups are never edited by hand: looked up once, on the Groups screen, before the first group is named.

The form for a person or for an invitation does not tell which of the groups it offers are dynamic. The Groups screen
may; it is read in bulk once in a run, for all its lanes, and only where an operation names a group at all. A list
without kinds is made up for by the own screen of each group that is named, once in a run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from connector.actions.context import Context
from connector.actions.groups import NO_SCREEN, everything, refuse_dynamic, with_own_kind
from connector.errors import ConsoleDrift, Inexpressible, NoWay, OperationFailed
from connector.models import Group, Person
from page_objects.controls.multi_choice import MultiChoice
from page_objects.controls.typed_together import JOINED_MEMORY
from page_objects.groups_screen import plain_name
from page_objects.reading import groups_in, is_among, made_of_several, stands_among, without_kind

_TAKEN_APART = "what is typed between names of groups"
"""Kept with what was learnt of a console: it was seen to take names for several that are separated so."""
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
        found, looked = await _all_groups(context)
        for group in found:
            if group.name in wanted and group.kind is None and group.name not in seen.own:
                if context.lane.learnt.get(NO_KIND):
                    break
                seen.own[group.name] = await _looked_into(context, group)
                looked = True
        if looked:
            await context.people.open()
    refuse_dynamic([*found, *seen.own.values()], names, whom=whom, what="changed")


async def told_apart(context: Context, person: Person) -> Person:
    """The person with her groups, where the console joins their names by commas: the names are looked up for it, once.

    Where it had to look, the People screen is opened again.
    """
    if person.groups is not None or person.groups_text is None:
        return person
    await all_groups(context)
    groups = groups_in(person.groups_text, context.lane.known_groups)
    if groups is not None and person.groups_held is not None:
        groups = united(person.groups_held, groups)
    return person.model_copy(update={"groups": groups})


def united(held: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """The groups that a form holds with those that are shown besides, as those are that she is in by their rules.

    A name may be shown with its kind in brackets; beside the name without it, it is another group.
    """
    there = {*held, *map(without_kind, held)}

    def is_held(name: str) -> bool:
        return name in there or ((bare := without_kind(name)) in there and bare not in shown)

    return (*held, *(name for name in shown if not is_held(name)))


def told_of(context: Context, person: Person, asked: Collection[str]) -> Person:
    """The person with those of the groups asked about that she is in, where not all of hers can be told apart.

    Only where the list of groups was read, and none of its names makes it doubtful; or where the form holds it, or it
    stands nowhere.
    """
    text, held = person.groups_text, person.groups_held
    if person.groups is not None or text is None or (held is None and not context.lane.groups_listed):
        return person

    def is_in(name: str) -> bool | None:
        if held is not None and (name in held or not stands_among(name, text)):
            return name in held
        return is_among(name, text, context.lane.known_groups) if context.lane.groups_listed else None

    among = {name: is_in(name) for name in asked}
    if None in among.values():
        return person
    return person.model_copy(update={"groups": tuple(name for name, told in among.items() if told)})


async def offered(field: MultiChoice, name: str, whom: str) -> bool:
    """Whether a field offers a group.

    Raises Inexpressible where the field shows it and does not let it be chosen.
    """
    offer = await field.offer(name)
    if offer.shut:
        spelt = "" if offer.shut == name else f" as '{offer.shut}'"
        raise Inexpressible(
            f"the console shows the group '{name}'{spelt} where groups are chosen, and it cannot be chosen there: "
            "as a rule that is a dynamic group, whose rules say who is in it",
            whom=whom,
            advice="change its rules in the console, or name a static group as the console spells it",
        )
    return offer.known


async def all_groups(context: Context) -> tuple[Group, ...]:
    """All groups as the list shows them, looked up once in a run; none where there is no list to be read.

    Where it had to look, the People screen is opened again.
    """
    async with context.seen_groups.looking:
        found, looked = await _all_groups(context)
        if looked:
            await context.people.open()
    return found


async def none_made_of_several(context: Context, whom: str) -> None:
    """Looks whether names that were typed into one field became the groups they are, and not a new one of all of them.

    A list that joins names shows both alike. Looked at once for a console, until when nobody knows. Raises
    OperationFailed where such a group is there now; where it had to look, the People screen is opened again.
    """
    typed = context.lane.noted.pop(JOINED_MEMORY, None)
    if typed is None or context.lane.learnt.get(_TAKEN_APART) == typed["by"] or not context.lane.groups_listed:
        return
    seen = context.seen_groups
    async with seen.looking:
        before = {group.name for group in seen.found or ()}
        seen.found = None
        now, _ = await _all_groups(context)
        await context.people.open()
    made = [group.name for group in now if group.name not in before and made_of_several(group.name, typed["names"])]
    if made:
        raise OperationFailed(
            f"the console took several names for one, and has made the group '{made[0]}'",
            whom=whom,
            screen="Groups",
            expected=" and ".join(f"'{name}'" for name in typed["names"]),
            advice=f"delete that group by `workramp groups delete '{made[0]}'`, and look at her groups by hand",
        )
    if now:
        context.lane.learnt[_TAKEN_APART] = typed["by"]


@contextmanager
def said_in_fields(context: Context, whom: str) -> Iterator[None]:
    """While fields are filled in: what one of them cannot say is refused, unless something was sent before."""
    try:
        yield
    except Inexpressible as error:
        if context.acted:
            raise OperationFailed(error.message, whom=whom, screen="People", advice=error.advice) from error
        raise Inexpressible(f"{error.message}; nothing was sent", whom=whom, advice=error.advice) from error


async def _all_groups(context: Context) -> tuple[tuple[Group, ...], bool]:
    """All groups, and whether they were looked up only now. To be called while nobody else looks."""
    seen = context.seen_groups
    looked = seen.found is None and not context.lane.learnt.get(NO_SCREEN)
    if seen.found is None:
        seen.found = await _looked_up(context)
    if seen.found:
        context.lane.know_groups(group.name for group in seen.found)
    return seen.found, looked


async def _looked_up(context: Context) -> tuple[Group, ...]:
    """All groups as the list shows them; none where there is no list to be read."""
    if context.lane.learnt.get(NO_SCREEN):
        return ()
    try:
        return tuple(await everything(context, lambda *_: None))
    except ConsoleDrift as drift:
        # Not to know is no reason to refuse: the list of groups is not what was asked for.
        context.lane.step(f"whether a group is dynamic is not known: {drift.message}")
        if isinstance(drift, NoWay):  # a row or a page that is not as expected now may be so the next time
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
