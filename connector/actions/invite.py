"""Invite people: locate -> guards -> fill -> send -> read back name, role, groups and managers.

Editions differ in what their form to invite can say: all of one person, or a list of addresses without names. What it
cannot say is said afterwards on the person herself, or the CSV import says it; where neither can, the invitation is
refused before anything is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connector import guards
from connector.actions import directory
from connector.actions.context import Context, change
from connector.actions.edit import carry_out
from connector.actions.group_kinds import none_made_of_several, require_not_dynamic, told_apart, told_of
from connector.actions.invite_form import FORM_MEMORY, FormChanged, forget_form, form_says, left_unsaid, send_form
from connector.actions.register import managers_known
from connector.actions.status import with_status
from connector.actions.ways import find_ways, look_for_ways
from connector.actions.wishes import open_wishes
from connector.addresses import same_address
from connector.errors import ConsoleDrift, Inexpressible, OperationFailed
from connector.models import Edit, Invite, Outcome, Person, Result, Role, SeatPool, Status

EDIT_MEMORY = "person form says"


@dataclass(frozen=True)
class Way:
    """How an invitation is made: by the form, with the rest said on the person, or by the CSV import."""

    by_import: bool
    afterwards: tuple[str, ...] = ()
    """What is said on the person afterwards: names, role, groups, managers."""


async def invite(context: Context, operation: Invite) -> Outcome:
    """Invites one person, unless she is here already.

    Raises Refused (look-alike, no-free-seat, unknown-group, unknown-manager, ambiguous-match; Inexpressible where this
    console cannot say what is asked), OperationFailed where she is here with other details, and as `change` does.
    """
    try:
        return await _invite(context, operation)
    except FormChanged as changed:
        context.lane.step(f"{changed}; looking anew")
        forget_form(context)
    try:
        return await _invite(context, operation)
    except FormChanged as changed:
        raise ConsoleDrift(str(changed), whom=operation.email, screen=context.lane.where("Invite User")) from changed


async def _invite(context: Context, operation: Invite) -> Outcome:
    email = operation.email
    existing = await directory.find(context, email)
    if existing is not None:
        if not _was_cut_short(context, operation, existing):
            return await here_already(context, operation, existing)
        return await _say_the_rest(context, operation, existing)
    async with directory.seats_to_take(context) as pools:
        return await _invite_somebody_new(context, operation, pools)


async def _invite_somebody_new(context: Context, operation: Invite, pools: Sequence[SeatPool]) -> Outcome:
    email = operation.email
    if not context.acted:
        guards.may_be_invited(operation, context.console.settings, context.overrides)
        taker = (email, operation.role)
        guards.free_seats([taker], pools, context.console.settings, whom=email, overrides=context.overrides)
        guards.not_a_look_alike(email, await directory.look_alikes(context, email), context.overrides)
        await managers_known(context, email, operation.managers)
        await require_not_dynamic(context, email, operation.groups)
    says = await form_says(context, email, operation.groups)
    way = await way_for(context, operation, says)
    if context.dry_run:
        return context.would("invite", email, f"invite as {operation.role.value}{details_of(operation)}")
    if way.by_import:
        return await _by_import(context, operation)
    here: list[Person] = []
    await change(
        context,
        email=email,
        what="invite",
        act=lambda: send_form(context, [operation], says),
        missing=lambda: _absent(context, email, here) if way.afterwards else lacking(context, operation),
    )
    await none_made_of_several(context, email)
    await context.picture(f"invite {email} after")
    if way.afterwards:
        return await _say_the_rest(context, operation, here[-1])
    return _done(context, operation)


def _done(context: Context, operation: Invite) -> Outcome:
    message = f"invited as {operation.role.value}{details_of(operation)}"
    return context.outcome("invite", operation.email, Result.DONE, message)


async def _absent(context: Context, email: str, here: list[Person]) -> str | None:
    """None once she is in the list, as which she is added to `here`."""
    found = await directory.find(context, email)
    if found is None:
        return "nobody has this address yet"
    here.append(found)
    return None


# -- which way ---------------------------------------------------------------------------------------------------------
async def way_for(context: Context, operation: Invite, says: frozenset[str]) -> Way:
    """The way that says all of it. Raises Inexpressible, before anything is sent, where none does."""
    left = left_unsaid(operation, says)
    if not left:
        return Way(by_import=False)
    changeable = await editable(context)
    if all(can_be_edited(key, operation.role, changeable) for key in left):
        return Way(by_import=False, afterwards=tuple(left))
    unsaid = [key for key in left if key == "role" and not can_be_edited(key, operation.role, changeable)]
    if not unsaid and await context.people.import_button.is_shown():
        # Documented columns of the import: e-mail, names, managers, groups. A console may say that it takes fewer.
        from connector.actions.import_csv import says_column

        unsaid = [key for key in left if key in ("groups", "managers") and not await says_column(context, key)]
        if not unsaid:
            return Way(by_import=True, afterwards=("role",) if "role" in left else ())
    asked = [f"the role {operation.role.value}" if key == "role" else key for key in unsaid or left]
    raise Inexpressible(
        f"this console has no field for {' and '.join(asked)}, in its form to invite or elsewhere; nothing was sent",
        whom=operation.email,
        advice="its form to invite says " + (", ".join(sorted(says)) or "an address and no more"),
    )


def can_be_edited(key: str, role: Role, changeable: frozenset[str]) -> bool:
    """Whether names, role (this one), groups or managers can be said on a person whose form says so much."""
    if key == "names":
        return bool(changeable & {"names", "name"})
    if key == "role":
        return "role" in changeable or (role is Role.ADMIN and "admin" in changeable)
    return key in changeable


async def editable(context: Context) -> frozenset[str]:
    """What can be changed of a person here, as the connector's own entry shows; looked up once and kept."""
    known = context.lane.learnt.get(EDIT_MEMORY)
    if known is None:
        everything = Edit(
            email=context.account,
            remove_groups=("?",),
            remove_managers=("?",),
            role=Role.ADMIN,
            first_name="?",
            last_name="?",
        )
        own = await directory.find(context, context.account)
        if own is None:
            return frozenset()
        ways = await look_for_ways(context, everything, own)
        known = context.lane.learnt[EDIT_MEMORY] = sorted(ways.says)
        await context.people.open()
    return frozenset(known)


# -- doing it ----------------------------------------------------------------------------------------------------------
async def _say_the_rest(context: Context, operation: Invite, listed: Person) -> Outcome:
    """Says on the person, as the list shows her, what her invitation could not, and reads everything back."""
    context.acted = True
    await directory.in_view(context, listed.email)
    person = await told_apart(context, await directory.on_her_screen(context, listed))
    wanted = Edit(
        email=operation.email,
        first_name=operation.first_name,
        last_name=operation.last_name,
        role=None if operation.role is Role.LEARNER and not person.admin else operation.role,
        add_groups=operation.groups,
        add_managers=operation.managers,
    )
    person = told_of(context, person, operation.groups)
    if open_wishes(wanted, person):
        try:
            person = await carry_out(context, wanted, await find_ways(context, wanted, person), person)
        except OperationFailed as failure:
            failure.message = f"invited, but {failure.message}"
            raise
    if difference := not_as_asked(operation, person):
        raise OperationFailed(f"invited, but {difference}", whom=operation.email, screen="People")
    return _done(context, operation)


def _was_cut_short(context: Context, operation: Invite, existing: Person) -> bool:
    """Whether this operation has invited her, by a form that cannot say all of it, and may not have said the rest.

    Who was invited by somebody else is not: nothing is said of her by an invitation that was not sent.
    """
    if existing.status not in (Status.INVITED, Status.ACTIVE) or context.dry_run:
        return False
    says = context.lane.learnt.get(FORM_MEMORY)
    return context.acted and says is not None and bool(left_unsaid(operation, says))


async def _by_import(context: Context, operation: Invite) -> Outcome:
    """By the CSV import: the only way of this console that says names (older help center: a fixed column order)."""
    from connector.actions.import_csv import import_people
    from connector.models import ImportPeople

    settled: dict[str, Outcome] = {}
    (outcome,) = await import_people(context, ImportPeople(people=(operation,)), lambda *_: None, settled)
    if outcome.result is not Result.DONE:
        return outcome.model_copy(update={"operation": "invite"})
    return _done(context, operation).model_copy(update={"evidence": outcome.evidence})


# -- judging -----------------------------------------------------------------------------------------------------------
async def here_already(context: Context, operation: Invite, existing: Person) -> Outcome:
    """The outcome for somebody who is here: `already` where she is as asked, else what differs and what to do."""
    if existing.status is None:
        await directory.in_view(context, existing.email)
        existing = await with_status(context, existing)
    note = "" if existing.email == operation.email else f" (the console spells it {existing.email})"
    if existing.status is Status.DEACTIVATED:
        raise OperationFailed(
            f"is here and deactivated{note}", whom=operation.email, screen="People", advice="use people reactivate"
        )
    if existing.status is None:
        raise OperationFailed(
            f"is here{note}, and the console does not show whether deactivated",
            whom=operation.email,
            screen="People",
            advice="look at this person by hand",
        )
    difference = await differences(context, operation, existing)
    if difference:
        raise OperationFailed(
            f"is here already{note}, but {difference}",
            whom=operation.email,
            screen="People",
            advice="use people edit",
        )
    if context.acted:
        await none_made_of_several(context, operation.email)
    message = f"is {existing.status.value} with these details{note}"
    return context.so_already(operation.operation, operation.email, message)


async def lacking(context: Context, operation: Invite) -> str | None:
    """A fresh read: None when the person is here as asked, else what is not as asked."""
    person = await directory.find(context, operation.email)
    if person is None:
        return "nobody has this address yet"
    return await differences(context, operation, person)


async def differences(context: Context, operation: Invite, person: Person) -> str | None:
    """What differs from what was asked; her page is opened where her row does not tell."""
    needs_page = (
        (person.first_name is None and not person.is_called(operation.first_name, operation.last_name))
        or person.admin is None
        or (operation.groups and person.groups is None)
        or (operation.managers and person.managers is None)
    )
    if needs_page:
        if await context.people.table.row(person.email).count() != 1:
            await context.people.matches(person.email)
        person = await told_apart(context, await directory.on_her_screen(context, person))
    return not_as_asked(operation, told_of(context, person, operation.groups))


def not_as_asked(operation: Invite, person: Person) -> str | None:
    """What a person, as she was read, lacks of what was asked."""
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
    if person.first_name is None and not person.is_called(operation.first_name, operation.last_name):
        problems.append(f"the name is {person.shown_name or 'empty'}, not {operation.first_name} {operation.last_name}")
    if person.role is None and not _role_fits(operation.role, person):
        problems.append(f"the role is not shown as {operation.role.value}")
    if operation.groups and person.groups is None:
        shown = f": '{person.groups_text}' cannot be told apart" if person.groups_text else ""
        problems.append(f"the console does not show the groups{shown}")
    elif absent := [group for group in operation.groups if group not in (person.groups or ())]:
        problems.append(f"not in {', '.join(map(_quoted, absent))}")
    managers = person.managers or ()
    if operation.managers and person.managers is None:
        problems.append("the console does not show the managers")
    elif absent := [m for m in operation.managers if not any(same_address(m, other) for other in managers)]:
        problems.append(f"not reporting to {', '.join(absent)}")
    return "; ".join(problems) or None


def _role_fits(role: Role, person: Person) -> bool:
    """Where no role is shown: an admin is told apart at most, and everybody else counts as a learner, the default."""
    return bool(person.admin) if role is Role.ADMIN else role is Role.LEARNER and not person.admin


def _quoted(group: str) -> str:
    """A group's name as it stands in a list: one with a comma in it must not look like two."""
    return f"'{group}'" if "," in group else group


def details_of(operation: Invite) -> str:
    parts = []
    if operation.groups:
        parts.append(f"in {', '.join(map(_quoted, operation.groups))}")
    if operation.managers:
        parts.append(f"reporting to {', '.join(operation.managers)}")
    return f", {', '.join(parts)}" if parts else ""
