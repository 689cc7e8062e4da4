"""The console as a plan needs it: everybody, the seats, which groups exist, and what the import can say."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from connector.actions import directory
from connector.actions.context import Context
from connector.actions.group_kinds import all_groups
from connector.actions.import_csv import import_columns
from connector.actions.invite_form import open_form
from connector.addresses import address_key
from connector.models import Person, Role, Status
from connector.plan_models import Completeness, Reading
from connector.plan_order import A_FEW
from connector.roster import Roster
from connector.roster_cells import GROUPS, MANAGERS, column_of


async def people_for(
    context: Context, *, complete: Completeness, named: Collection[str], progress: directory.Progress
) -> list[Person]:
    """Everybody as the list shows them, and with groups and managers as far as `complete` says (see `Basis`).

    `named`: whom the roster names, by `address_key`.
    """
    people = await directory.everybody(context, "", progress)
    if not complete:
        return people
    return await directory.complete(context, people, progress, named if complete == "named" else None)


async def reading_for(context: Context, roster: Roster, progress: directory.Progress) -> Reading:
    """Reads what a comparison with this roster takes, and changes nothing.

    Groups and managers are read where the roster says any, of those whom it names. Groups that nobody is in are asked
    for in the form to invite, by name; the import is looked at where more people would be invited than are invited one
    by one.
    """
    people = await directory.everybody(context, "", progress)
    complete: Completeness = False
    if GROUPS in roster.columns or MANAGERS in roster.columns:
        rows, aside, bad = roster.rows, roster.set_aside, roster.bad_rows
        emails = [*(row.email for row in rows), *(row.email for row in aside), *(row.email for row in bad)]
        named = set(map(address_key, emails))
        complete, people = "named", await directory.complete(context, people, progress, named)
        if _may_lead(roster, people):
            complete, people = True, await directory.complete(context, people, progress)
    await context.people.open()
    pools = await directory.free_seats(context)
    here = {address_key(person.email) for person in people}
    new = [row for row in roster.rows if address_key(row.email) not in here and row.status is not Status.DEACTIVATED]
    asked = dict.fromkeys(group for row in roster.rows if row.status is not Status.DEACTIVATED for group in row.groups)
    return Reading(
        people=tuple(people),
        pools=pools,
        groups=await _groups(context, people, asked),
        import_columns=await _import(context) if len(new) > A_FEW else None,
        complete=complete,
    )


def _may_lead(roster: Roster, people: Iterable[Person]) -> bool:
    """Whether somebody who is to be a learner may be somebody's manager, which only those who report to her tell."""
    learners = {address_key(row.email) for row in roster.rows if row.role is Role.LEARNER}
    return any(person.role in (Role.MANAGER, None) and address_key(person.email) in learners for person in people)


async def _groups(context: Context, people: Iterable[Person], asked: Iterable[str]) -> frozenset[str] | None:
    """The groups asked for that exist; None where the form to invite has no field for groups.

    Where that field is only typed into, those of the list of groups, which the People screen is opened after.
    """
    known = {group for person in people for group in person.groups or ()} | set(context.lane.known_groups)
    unknown = [group for group in asked if group not in known]
    if unknown:
        form = await open_form(context)
        try:
            if not {"groups", "group"} & set(await form.says()):
                return None
            listed = await form.groups.offers_nothing(unknown) if await form.groups.is_shown() else False
            for group in [] if listed else unknown:
                if await form.groups.offers(group):
                    known.add(group)
                    context.lane.offers_group(group)
        finally:
            await form.leave()
        if listed:
            known |= {group.name for group in await all_groups(context)}
    return frozenset(known)


async def _import(context: Context) -> tuple[str, ...] | None:
    await context.people.open()
    if not await context.people.import_button.is_shown():
        return None
    header = await import_columns(context)
    await context.people.open()
    return tuple(column for cell in header if (column := column_of(cell)) is not None)
