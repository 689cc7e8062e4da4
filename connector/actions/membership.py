"""Who is in a group, told and changed on the group's own screen: where a person's own screens do not offer groups.

Help center: 'Add Users' on the screen of a group picks people. The guide documents no way to edit a person at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from connector.actions.context import Context
from connector.actions.group_kinds import all_groups
from connector.actions.groups import show
from connector.addresses import same_address
from connector.errors import ConnectorError, ConsoleDrift, GroupNotFound, Inexpressible, NoWay, OperationFailed
from connector.models import Edit, Group, Person
from page_objects.group_members import (
    AddMembers,
    adds_members,
    open_add_members,
    remover_of,
    show_member,
    take_out,
)
from page_objects.group_screen import GroupView
from page_objects.groups_screen import plain_name
from page_objects.removal_question import RemovalQuestion

Save = Callable[[AddMembers, Callable[[], Awaitable[None]]], Awaitable[list[str]]]
"""Fills the form in by what it is given, and saves it; the console's objections."""


async def told_by_groups(context: Context, person: Person, asked: Collection[str]) -> Person:
    """The person with those of the groups asked about that list her, where nothing of hers tells of any group.

    As she is where the console has no screen for groups. Where it had to look, the People screen is opened again.
    """
    if not asked or person.groups is not None or person.groups_text is not None or person.groups_held is not None:
        return person
    hers = []
    try:
        for name in dict.fromkeys(asked):
            context.lane.step(f"nothing of hers tells of groups: reading who is in '{name}'")
            try:
                members = (await show(context, name, lambda *_: None)).emails
            except GroupNotFound:
                continue
            if any(same_address(person.email, member) for member in members):
                hers.append(name)
    except NoWay as lacking:
        context.lane.step(lacking.message)
        return person
    await context.people.open()
    return person.model_copy(update={"groups": tuple(hers)})


async def changed_by_groups(context: Context, operation: Edit) -> bool:
    """Whether the groups' own screens change who is in them, as asked: a look at the first of them is enough.

    Raises Inexpressible where there are groups, and one to be added to is none of them. Where it had to look, the
    People screen is opened again.
    """
    known = {group.name for group in await all_groups(context)}
    for name in operation.add_groups if known else ():
        if plain_name(name) not in known:
            raise _no_such_group(context, operation.email, name)
    asked = map(plain_name, (*operation.add_groups, *operation.remove_groups))
    there = next((name for name in asked if name in known), None)
    if there is None:
        return False
    try:
        view = await context.groups.open_group(there)
        # Who is to be taken out is in view only among the members, of whom there may be many pages.
        offers = not operation.add_groups or await adds_members(view, operation.email)
        await view.leave()
    except ConsoleDrift as drift:
        context.lane.step(f"the group's own screen changes nothing: {drift.message}")
        offers = False
    await context.people.open()
    return offers


def _no_such_group(context: Context, email: str, name: str) -> ConnectorError:
    what = f"there is no group '{name}', and this console adds people on the screen of a group"
    advice = f"make it by `workramp groups create '{name}'` first"
    if context.acted:  # nothing that is refused has happened
        return OperationFailed(what, whom=email, screen="Groups", advice=advice)
    return Inexpressible(f"{what}; nothing was changed", whom=email, advice=advice)


async def change_membership(context: Context, part: Edit, now: Person, save: Save) -> list[str]:
    """Adds her to one group, or takes her out of one, on the group's own screen; the console's objections.

    Raises Inexpressible where the group is not there, or offers no way.
    """
    (asked,) = part.add_groups or part.remove_groups
    name = plain_name(asked)
    group = next((each for each in await all_groups(context) if each.name == name), None)
    if group is None:
        raise _no_such_group(context, part.email, name)
    view = await context.groups.open_group(name)
    try:
        if part.remove_groups:
            objections = await _taken_out(context, view, now, group)
        else:
            form = await open_add_members(view, part.email)
            objections = await save(form, lambda: form.members.add(part.email))
    finally:
        await view.leave()
    await context.people.open()
    return objections


async def _taken_out(context: Context, view: GroupView, person: Person, group: Group) -> list[str]:
    """Takes her out by what her row among the members offers; the console's objections."""
    await show_member(view, person.email, group.members)
    remover = await remover_of(view, person.email)
    return await taken_out_as_asked(context, person, group.name, lambda: take_out(view, remover, person.email))


async def taken_out_as_asked(
    context: Context, person: Person, group: str, click: Callable[[], Awaitable[None]]
) -> list[str]:
    """Clicks what takes her out of a group, and answers the question that may follow; the console's objections.

    Raises ConsoleDrift where it asks about anything else: nothing was answered then.
    """
    lane, before = context.lane, context.acted
    names = [each for each in (person.shown_name, person.said_name) if each]
    question = RemovalQuestion(lane, person.email, names, group, lane.known_groups)
    await context.picture(f"edit {person.email} groups")
    await context.about_to_send(person.email)  # most consoles act on this click, and ask nothing
    mark = lane.traffic.mark()
    try:
        await question.asked_by(click)
        asks = await question.needed()
    except ConsoleDrift:
        # Clicked, and nothing came: whether the console acted at once is not known.
        context.acted = before or lane.traffic.changing(mark)
        raise
    try:
        if declined := [native for native in lane.native_questions if not question.judge(native)]:
            return [f"it asks '{declined[0]}', which was answered with no"]
        # Where a question came and nothing was sent, nothing has been done yet.
        context.acted = before or not (asks or question.refusal) or lane.traffic.changing(mark)
        if asks:
            yes = await question.ready()
            await context.picture(f"edit {person.email} question")
            await context.about_to_send(person.email)
            context.acted = True
            await question.confirm(yes)
        return await question.objections()
    finally:
        await question.leave()
