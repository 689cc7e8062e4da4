"""Invite several people: in one sending where the form takes a list of addresses, else one by one.

Help center, settings edition: the modal 'Invite Users' takes a pasted list, which shares groups, managers and the admin
toggle. Names are said on each person afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from connector import guards
from connector.actions import directory
from connector.actions.context import Context, change
from connector.actions.group_kinds import require_not_dynamic
from connector.actions.invite import invite, way_for
from connector.actions.invite_form import FormChanged, form_says, send_form, takes_list
from connector.actions.register import Who, managers_known, who
from connector.addresses import address_key
from connector.errors import EffectUnknown, OperationFailed, Refused
from connector.models import Invite, InvitePeople, Outcome, Result, Role


async def invite_people(
    context: Context, operation: InvitePeople, progress: directory.Progress, settled: dict[str, Outcome]
) -> list[Outcome]:
    """Invites people; an outcome for each, in the order given. `settled` keeps what was already said of each person.

    Raises ConsoleDrift and ConsoleUnavailable for what stops all of it.
    """
    left = [person for person in operation.people if address_key(person.email) not in settled]
    await context.people.open()
    says = await form_says(context)
    if takes_list(context) and len(left) > 1 and not context.dry_run and not context.acted:
        await _send_lists(context, left, says, progress)
    for number, person in enumerate(left, 1):
        progress("inviting each person", number, len(left))
        # Whoever was on a list that was sent is here already: what the list could not say is said of her now.
        key = address_key(person.email)
        sent = key in context.sent
        own = replace(context, acted=sent, doubtful=context.doubtful and sent, pictures=[], started=monotonic())
        try:
            settled[key] = await _outcome(own, person)
        finally:
            if own.acted:
                context.acted = True
                context.sent.add(key)
    return [settled[address_key(person.email)] for person in operation.people]


async def _outcome(context: Context, person: Invite) -> Outcome:
    try:
        return await invite(context, person)
    except Refused as refusal:
        said = context.outcome("invite", person.email, Result.REFUSED, refusal.message)
        return said.model_copy(update={"guard": refusal.guard, "objections": guards.objections_of(refusal)})
    except OperationFailed as failure:
        return context.outcome("invite", person.email, Result.FAILED, failure.message)
    except EffectUnknown as doubt:
        return context.outcome("invite", person.email, Result.UNKNOWN, f"{doubt.message}; {doubt.seen or ''}")


async def _send_lists(
    context: Context, people: Sequence[Invite], says: frozenset[str], progress: directory.Progress
) -> None:
    """Sends one invitation for all who share role, groups and managers and against whom nothing speaks.

    Whoever is refused here is looked at again on her own, which says why.
    """
    here = await who(context, len(people), progress)
    fresh = [person for person in people if await _may_be_sent(context, person, here, says)]
    await context.people.open()
    try:
        guards.free_seats(
            [(person.email, person.role) for person in fresh],
            await directory.free_seats(context),
            context.console.settings,
            whom=f"{len(fresh)} people",
            overrides=context.overrides,
        )
    except Refused:
        return  # as many as there are seats for are invited one by one
    alike: dict[tuple[object, ...], list[Invite]] = {}
    for person in fresh:
        role = person.role if "role" in says else person.role is Role.ADMIN
        alike.setdefault((role, person.groups, person.managers), []).append(person)
    for together in alike.values():
        if len(together) > 1:
            addresses = {address_key(person.email) for person in together}
            context.sent |= addresses
            try:
                await _send(context, together, says)
            except (FormChanged, Refused) as reason:
                # Nothing was sent by this form: each is invited by herself, by what the form says now, or refused.
                context.lane.step(str(reason))
                context.sent -= addresses
                return


async def _may_be_sent(context: Context, person: Invite, here: Who, says: frozenset[str]) -> bool:
    try:
        if await here.find(person.email) is not None:
            return False
        guards.may_be_invited(person, context.console.settings, context.overrides)
        guards.not_a_look_alike(person.email, await here.look_alikes(person.email), context.overrides)
        await managers_known(context, person.email, person.managers, here=here)
        await require_not_dynamic(context, person.email, person.groups)
        await context.people.open()
        if (await way_for(context, person, says)).by_import:
            return False
        await form_says(context, person.email, person.groups)
    except (Refused, OperationFailed) as reason:
        context.lane.step(f"not with the others: {person.email}: {reason.message}")
        return False
    return True


async def _send(context: Context, together: Sequence[Invite], says: frozenset[str]) -> None:
    async def missing() -> str | None:
        here = await who(context, len(together), lambda *_: None)
        absent = [person.email for person in together if await here.find(person.email) is None]
        return f"nobody has the address {', '.join(absent)} yet" if absent else None

    async def act() -> list[str]:
        here = await who(context, len(together), lambda *_: None)
        left = [person for person in together if await here.find(person.email) is None]
        return await send_form(context, left, says) if left else []

    whom = f"{together[0].email} and {len(together) - 1} more"
    await change(context, email=whom, what="invite", act=act, missing=missing)
    await context.picture(f"invite {whom} after")
