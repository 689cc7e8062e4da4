"""Groups: all of them each once, one with its members, made and deleted; each locate -> guards -> act -> read back.

A group is known by its exact name as the console shows it, case included. Two groups of one and the same name are never
told apart by a guess; one whose name differs only in case or in letters that look alike is told and never taken for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from connector import guards
from connector.actions.context import Context, change
from connector.addresses import look_alike_key
from connector.errors import ConsoleDrift, GroupNotFound, Inexpressible, NoWay, Refused
from connector.models import CreateGroup, DeleteGroup, Group, GroupDetails, Guard, Outcome, Person, Result
from page_objects.groups_screen import GroupsScreen, Selected, kind_said, plain_name

Progress = Callable[[str, int, int | None], None]

NO_SCREEN = "no way to a list of groups"
"""Kept with what was learnt of a console: that nothing leads to a list of its groups; until they are read after all."""
_TRY_AGAIN = "somebody may be changing the list: try again; else report it with the evidence"


# -- reading -----------------------------------------------------------------------------------------------------------
async def everything(context: Context, progress: Progress) -> list[Group]:
    """All groups in the console's order, each row once: two of the same name are two.

    Raises ConsoleDrift where the list has no names, or shows another total than its rows.
    """
    return await context.steadily(lambda: context.lane.patiently(lambda: _everything(context, progress)))


async def _everything(context: Context, progress: Progress) -> list[Group]:
    total = None
    found: list[Group] = []
    for attempt in (1, 2):
        screen = context.groups
        found = []
        seen: set[tuple[tuple[str, str], int]] = set()
        total = None
        async for page in screen.pages():
            if total is None:
                total = await screen.shown_total()
            # A list that is scrolled shows some of its rows again; another page, and the same one, shows none twice.
            if page.turned:
                seen.clear()
            here: dict[tuple[str, str], int] = {}
            for row in page.rows:
                group = screen.table.group(row)
                key = (group.name, row.cells["raw"])
                here[key] = here.get(key, 0) + 1
                if (key, here[key]) not in seen:
                    seen.add((key, here[key]))
                    found.append(group)
            progress("reading groups", len(found), total)
        if total is None or total == len(found):
            context.lane.learnt.pop(NO_SCREEN, None)
            context.lane.know_groups(group.name for group in found)
            return found
        context.lane.step(f"read {len(found)} groups where {total} are said to be; reading {attempt + 1}")
    raise ConsoleDrift(
        "the list of groups could not be read completely",
        screen=context.lane.where("Groups"),
        expected=f"{total} groups, as the screen says",
        seen=f"{len(found)} different groups, twice",
        advice=_TRY_AGAIN,
    )


async def show(context: Context, name: str, progress: Progress) -> GroupDetails:
    """One group with the addresses of its members. Raises GroupNotFound; Refused where the name is ambiguous."""
    wanted = plain_name(name)
    group = _the_one(await everything(context, progress), wanted)

    async def read() -> GroupDetails:
        return await _details(context, group)

    return await context.steadily(lambda: context.lane.patiently(read))


async def members_where_untold(
    context: Context, name: str, people: Iterable[Person], progress: Progress
) -> tuple[str, ...] | None:
    """The addresses of a group's members, where the list does not tell of all these people whether they are in it.

    None where it does, and where the console shows no group on its own either. Raises as `show`.
    """
    if all(person.groups is not None for person in people):
        return None
    context.lane.step(f"the list does not tell all groups: reading who is in '{name}'")
    try:
        return (await show(context, name, progress)).emails
    except NoWay as lacking:
        context.lane.step(lacking.message)
        return None


async def _details(context: Context, group: Group) -> GroupDetails:
    screen: GroupsScreen = context.groups
    view = await screen.open_group(group.name)
    try:
        emails = await view.members(group.members)
        pieces = [piece for piece in await view.pieces() if piece != group.name]
        kind = group.kind or kind_said(pieces, context.lane.vocabulary)
        return GroupDetails(name=group.name, kind=kind, members=len(emails), emails=emails)
    finally:
        await view.leave()


async def with_own_kind(context: Context, group: Group) -> Group:
    """The group with the kind that its own screen shows, where it shows one; its members are not read."""

    async def read() -> Group:
        view = await context.groups.open_group(group.name)
        try:
            pieces = [piece for piece in await view.pieces() if piece != group.name]
            return group.model_copy(update={"kind": kind_said(pieces, context.lane.vocabulary)})
        finally:
            await view.leave()

    return await context.steadily(lambda: context.lane.patiently(read))


def _the_one(groups: Sequence[Group], wanted: str) -> Group:
    """The one group of exactly this name. Raises Refused where there are several, or only look-alikes."""
    found = [group for group in groups if group.name == wanted]
    if len(found) > 1:
        raise Refused(
            f"{len(found)} groups are called '{wanted}': which one is meant cannot be told",
            Guard.AMBIGUOUS_MATCH,
            advice="rename one of them in the console",
        )
    if found:
        return found[0]
    if twins := look_alikes(groups, wanted):
        raise Refused(
            f"no group is called '{wanted}', but it looks like {_quoted(twins)}, which is never taken for it",
            Guard.LOOK_ALIKE,
            advice="if it is meant, give its name exactly, with capitals as shown",
        )
    raise GroupNotFound(
        f"no group is called '{wanted}'", screen="Groups", advice="`workramp groups list` shows the names"
    )


def look_alikes(groups: Iterable[Group], name: str) -> list[str]:
    """The names that differ from this one only in case or in letters that look alike."""
    key = look_alike_key(name)
    return sorted({group.name for group in groups if group.name != name and look_alike_key(group.name) == key})


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _refuse_twins(context: Context, groups: Sequence[Group], name: str) -> None:
    if twins := look_alikes(groups, name):
        guards.refuse(
            Guard.LOOK_ALIKE,
            f"'{name}' is ambiguous: there is also {_quoted(twins)}, which differs only in case or look-alike letters",
            whom=name,
            overrides=context.overrides,
        )


# -- making ------------------------------------------------------------------------------------------------------------
async def create_group(context: Context, operation: CreateGroup) -> Outcome:
    """Makes one group, unless there is one of this name.

    Raises Refused (ambiguous-match, look-alike), and as `change`.
    """
    name = plain_name(operation.name)
    groups = await everything(context, lambda *_: None)
    there = [group for group in groups if group.name == name]
    if len(there) > 1:
        _the_one(groups, name)
    if there:
        result = Result.DONE if context.acted else Result.ALREADY
        return context.outcome("create-group", "", result, "is there", group=name)
    if not context.acted:
        _refuse_twins(context, groups, name)
    if context.dry_run:
        outcome = context.would("create-group", "", "create the group")
        return outcome.model_copy(update={"group": name})

    async def act() -> list[str]:
        screen: GroupsScreen = context.groups
        await screen.open()
        form = await screen.open_new()
        try:
            await form.fill(name)
            await context.picture(f"create-group {name} form")
            await context.about_to_send(name)
            context.acted = True
            return await form.send()
        finally:
            await form.leave()

    async def missing() -> str | None:
        found = [group for group in await everything(context, lambda *_: None) if group.name == name]
        return None if len(found) == 1 else f"{len(found)} groups have this name"

    await change(context, email=name, what="create the group", act=act, missing=missing, screen="Groups")
    await context.picture(f"create-group {name} after")
    return context.outcome("create-group", "", Result.DONE, "created", group=name)


# -- deleting ----------------------------------------------------------------------------------------------------------
async def delete_group(context: Context, operation: DeleteGroup) -> Outcome:
    """Deletes exactly one static group; its people stay.

    Raises GroupNotFound, Refused (ambiguous-match, look-alike; Inexpressible for a dynamic group), ConsoleDrift where
    anything else is selected or asked about, and as `change`.
    """
    name = plain_name(operation.name)
    groups = await everything(context, lambda *_: None)
    if context.acted and all(group.name != name for group in groups):
        return context.outcome("delete-group", "", Result.DONE, "deleted (read back)", group=name)
    group = _the_one(groups, name)
    _refuse_twins(context, groups, name)
    if group.kind is None:
        # Where the list does not tell, the group's own screen may.
        told = await context.steadily(lambda: context.lane.patiently(lambda: _details(context, group)))
        group = group.model_copy(update={"kind": told.kind, "members": told.members})
    refuse_dynamic([group], [name], whom=name, what="deleted")
    members = "" if group.members is None else f"; its {_counted(group.members)} in the workspace"
    if context.dry_run:
        await context.steadily(lambda: context.lane.patiently(lambda: _find_what_deletes(context, name)))
        outcome = context.would("delete-group", "", f"delete the group{members}")
        return outcome.model_copy(update={"group": name})
    known = frozenset(each.name for each in groups)

    async def act() -> list[str]:
        return await _select_and_delete(context, name, known)

    async def missing() -> str | None:
        here = any(each.name == name for each in await everything(context, lambda *_: None))
        return "the group is still there" if here else None

    await change(context, email=name, what="delete the group", act=act, missing=missing, screen="Groups")
    await context.picture(f"delete-group {name} after")
    return context.outcome("delete-group", "", Result.DONE, f"deleted{members}", group=name)


def _counted(members: int) -> str:
    return "1 member stays" if members == 1 else f"{members} members stay"


async def _find_what_deletes(context: Context, name: str) -> None:
    """Raises as `GroupsScreen.select` does where nothing offers to delete the group; nothing stays selected."""
    screen: GroupsScreen = context.groups
    await screen.open()
    await (await screen.select(name)).leave()


async def _select_and_delete(context: Context, name: str, known: frozenset[str]) -> list[str]:
    """Selects the group, reads the selection back, answers the question about it.

    Leaves nothing open; and nothing ticked, unless it was sent: the list is read afresh then, without its ticks.
    """
    screen: GroupsScreen = context.groups
    selected: Selected = await context.lane.patiently(lambda: screen.select(name))
    dialog = None
    sent = False
    mark = context.lane.traffic.mark()
    try:
        if selected.ticked:
            await screen.require_selected(name)
        await context.about_to_send(name)  # some consoles act on this click, and ask nothing
        try:
            dialog = await screen.ask(selected, known)
            asks = await dialog.needed()
        except ConsoleDrift:
            # Clicked, and nothing came: whether the console acted at once is not known.
            context.acted = context.acted or context.lane.traffic.changing(mark)
            raise
        if asks:
            await dialog.require_about_the_group()
            await context.picture(f"delete-group {name} question")
            yes = await dialog.ready()
            await context.about_to_send(name)
            context.acted = sent = True
            await dialog.confirm(yes)
        context.acted = context.acted or context.lane.traffic.changing(mark)
        refused = [each for each in context.lane.native_questions if not dialog.judge(each)]
        if refused:
            raise ConsoleDrift(
                f"the question is not about the group '{name}' alone",
                screen=context.lane.where("confirmation"),
                expected=f"a question that names '{name}' and no other group",
                seen=refused[0],
                advice="nothing was deleted; report it with the evidence",
            )
        sent = dialog.refusal is None
        return await dialog.objections()
    finally:
        if dialog is not None:
            await dialog.leave()
        if not sent:
            await selected.leave()


# -- dynamic groups ----------------------------------------------------------------------------------------------------
def refuse_dynamic(groups: Iterable[Group], names: Iterable[str], *, whom: str, what: str) -> None:
    """Raises Inexpressible where one of the names is that of a group which the console shows as dynamic."""
    kinds = {group.name: group.kind for group in groups}
    for name in names:
        if kinds.get(plain_name(name)) == "dynamic":
            raise Inexpressible(
                f"'{name}' is a dynamic group, and is never {what} by hand: its rules say who is in it",
                whom=whom,
                advice="change its rules in the console, or name a static group",
            )
