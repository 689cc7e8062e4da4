"""Invite one person: locate -> guards -> fill -> send -> read back name, role, groups and managers."""

from __future__ import annotations

from collections.abc import Sequence

from connector import guards
from connector.actions import directory
from connector.actions.context import Context, change
from connector.actions.register import Who
from connector.addresses import same_address
from connector.errors import OperationFailed
from connector.models import Guard, Invite, Outcome, Person, Result, Status
from page_objects.invite_dialog import InviteDialog


async def invite(context: Context, operation: Invite) -> Outcome:
    """Invites one person, unless she is here already.

    Raises Refused (look-alike, no-free-seat, unknown-group, unknown-manager, ambiguous-match), OperationFailed where
    she is here with other details, and as `change` does.
    """
    email = operation.email
    existing = await directory.find(context, email)
    if existing is not None:
        return await here_already(context, operation, existing)
    pools = await directory.free_seats(context)
    if not context.acted:
        guards.free_seats(1, pools, whom=email, overrides=context.overrides)
        guards.not_a_look_alike(email, await directory.look_alikes(context, email), context.overrides)
        await managers_known(context, email, operation.managers)
    dialog = await _open(context)
    try:
        await groups_known(context, dialog, email, operation.groups)
        if context.dry_run:
            return context.would("invite", email, f"invite as {operation.role.value}{_details(operation)}")
    finally:
        await dialog.leave()

    async def act() -> list[str]:
        form = await _open(context)
        try:
            await fill(context, form, operation)
            await context.picture(f"invite {email} form")
            context.acted = True
            return await form.send()
        finally:
            await form.leave()

    await change(context, email=email, what="invite", act=act, missing=lambda: lacking(context, operation))
    await context.picture(f"invite {email} after")
    return context.outcome("invite", email, Result.DONE, f"invited as {operation.role.value}{_details(operation)}")


async def _open(context: Context) -> InviteDialog:
    people = context.people
    if not await people.invite_button.is_shown():
        await people.open()
    return await people.open_invite()


async def fill(context: Context, form: InviteDialog, operation: Invite) -> None:
    """Fills the form in; nothing is sent."""
    await form.fill(operation.email, operation.first_name, operation.last_name, operation.role)
    for group in operation.groups:
        await form.groups.add(group, create=Guard.UNKNOWN_GROUP in context.overrides)
    for manager in operation.managers:
        await form.managers.add(manager, create=True)


async def managers_known(
    context: Context, email: str, managers: Sequence[str], also: Sequence[str] = (), here: Who | None = None
) -> None:
    """Refuses managers who are nobody here, or no longer active. `also` are addresses that are about to be here."""
    here = here or Who(context, None)
    for manager in managers:
        if any(same_address(manager, other) for other in also):
            continue
        if Guard.UNKNOWN_MANAGER in context.overrides:
            continue
        found = await here.find(manager)
        guards.known_manager(email, manager, found is not None, context.overrides)
        if found is not None and found.status is Status.DEACTIVATED:
            raise OperationFailed(f"the manager {manager} is deactivated", whom=email, screen="People")


async def groups_known(context: Context, form: InviteDialog, email: str, groups: Sequence[str]) -> None:
    """Refuses groups that the form does not offer."""
    for group in groups:
        if group in context.lane.known_groups:
            continue
        known = await form.groups.offers(group)
        guards.known_group(email, group, known, context.overrides)
        if known:
            context.lane.known_groups.add(group)


async def here_already(context: Context, operation: Invite, existing: Person) -> Outcome:
    """The outcome for somebody who is here: `already` where she is as asked, else what differs and what to do."""
    note = "" if existing.email == operation.email else f" (the console spells it {existing.email})"
    if existing.status is Status.DEACTIVATED:
        raise OperationFailed(
            f"is here and deactivated{note}", whom=operation.email, screen="People", advice="use people reactivate"
        )
    difference = await differences(context, operation, existing)
    if difference:
        raise OperationFailed(
            f"is here already{note}, but {difference}",
            whom=operation.email,
            screen="People",
            advice="use people edit",
        )
    status = existing.status.value if existing.status else "here"
    return context.so_already(operation.operation, operation.email, f"is {status} with these details{note}")


async def lacking(context: Context, operation: Invite) -> str | None:
    """A fresh read: None when the person is here as asked, else what is not as asked."""
    person = await directory.find(context, operation.email)
    if person is None:
        return "nobody has this address yet"
    return await differences(context, operation, person)


async def differences(context: Context, operation: Invite, person: Person) -> str | None:
    """What differs from what was asked; her page is opened where her row does not tell."""
    needs_page = (
        (person.first_name is None and person.shown_name != f"{operation.first_name} {operation.last_name}")
        or person.role is None
        or (operation.groups and person.groups is None)
        or (operation.managers and person.managers is None)
    )
    if needs_page:
        if await context.people.table.row(person.email).count() != 1:
            await context.people.matches(person.email)
        person = await directory.details(context, person)
    problems = []
    for label, wanted, shown in (
        ("first name", operation.first_name, person.first_name),
        ("last name", operation.last_name, person.last_name),
        ("role", operation.role.value, person.role.value if person.role else None),
    ):
        # Being somebody's manager makes a person a Manager: who was asked for as a learner is then more than that.
        if (label, wanted, shown) == ("role", "learner", "manager"):
            continue
        if shown is not None and shown != wanted:
            problems.append(f"the {label} is {shown or 'empty'}, not {wanted}")
    if operation.groups and person.groups is None:
        problems.append("the console does not show the groups")
    elif absent := [group for group in operation.groups if group not in (person.groups or ())]:
        problems.append(f"not in {', '.join(map(_quoted, absent))}")
    managers = person.managers or ()
    if operation.managers and person.managers is None:
        problems.append("the console does not show the managers")
    elif absent := [m for m in operation.managers if not any(same_address(m, other) for other in managers)]:
        problems.append(f"not reporting to {', '.join(absent)}")
    return "; ".join(problems) or None


def _quoted(group: str) -> str:
    """A group's name as it stands in a list: one with a comma in it must not look like two."""
    return f"'{group}'" if "," in group else group


def _details(operation: Invite) -> str:
    parts = []
    if operation.groups:
        parts.append(f"in {', '.join(map(_quoted, operation.groups))}")
    if operation.managers:
        parts.append(f"reporting to {', '.join(operation.managers)}")
    return f", {', '.join(parts)}" if parts else ""
