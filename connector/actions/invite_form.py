"""The form to invite, whichever this console has: what it can say, filled in, and sent once."""

from __future__ import annotations

from collections.abc import Sequence

from connector import guards
from connector.actions.asked_back import AskingBack
from connector.actions.context import Context
from connector.actions.group_kinds import all_groups, offered, said_in_fields
from connector.errors import ConsoleDrift
from connector.models import Guard, Invite, Role
from page_objects import words
from page_objects.invite_dialog import AnyInviteForm, InviteListForm, InviteOneForm, InviteSteps
from page_objects.lane import Deadline

FORM_MEMORY = "invite form says"
ONE_MEMORY = "invite form says of one"
"""The same of a form that takes a list, once it holds one address alone."""
TAKES_MEMORY = "invite form takes"
_MOST_STEPS = 12
_DRAWN_SECONDS = 2.0
"""How long the field for groups may take to be drawn."""
_OTHER_FIELDS = "the form to invite has other fields than a moment ago"


class FormChanged(Exception):
    """The form to invite has other fields than it was known to have; nothing was sent."""


# -- what it says ------------------------------------------------------------------------------------------------------
async def form_says(context: Context, email: str = "", groups: Sequence[str] = ()) -> frozenset[str]:
    """What the form to invite can say of a person. Refuses groups that it does not offer.

    It is opened, looked at and left where something of that is not known yet.
    """
    known = _known(context, email)
    if known is None or not context.lane.offered_groups.issuperset(groups):
        form = await open_form(context)
        try:
            await _look_what_it_says(context, form)
            asks = not groups or await asks_for_groups(form)
            if asks:
                await groups_known(context, form, email, groups)
            # A field for one group says the first of several; the others are said on her page.
            if groups and await form.groups.is_shown() and await form.groups.takes_several():
                with said_in_fields(context, email):
                    await form.groups.require_sayable(groups)
            if _known(context, email) is None:
                # Of a form in steps, what comes up on a later one is found there.
                of_one = await form.says_of_one(email) if isinstance(form, InviteListForm) else await form.says()
                context.lane.learnt[ONE_MEMORY] = sorted(of_one)
        finally:
            await form.leave()
        if not asks:
            await groups_listed(context, email, groups)
        known = _known(context, email)
    return frozenset(known or ())


def forget_form(context: Context) -> None:
    """The form has changed: the next look at it tells what it can say."""
    for memory in (FORM_MEMORY, ONE_MEMORY, TAKES_MEMORY):
        context.lane.learnt.pop(memory, None)


def _known(context: Context, email: str) -> Sequence[str] | None:
    """What the form was seen to say: of one person where an address is given, else of however many there are."""
    learnt = context.lane.learnt
    found: Sequence[str] | None = learnt.get(ONE_MEMORY if email and takes_list(context) else FORM_MEMORY)
    return found


async def _look_what_it_says(context: Context, form: AnyInviteForm) -> None:
    context.lane.learnt[FORM_MEMORY] = sorted(await form.says())
    context.lane.learnt[TAKES_MEMORY] = form.takes


def takes_list(context: Context) -> bool:
    """Whether the form to invite, which must have been looked at, takes a list of addresses."""
    return context.lane.learnt.get(TAKES_MEMORY) == "list"


def left_unsaid(operation: Invite, says: frozenset[str]) -> list[str]:
    """What a form that says this leaves unsaid of an invitation."""
    left = [] if "names" in says else ["names"]
    if (
        "role" not in says
        and operation.role is not Role.LEARNER
        and not (operation.role is Role.ADMIN and "admin" in says)
    ):
        left.append("role")
    if operation.groups and "groups" not in says and ("group" not in says or len(operation.groups) > 1):
        left.append("groups")
    if operation.managers and "managers" not in says:
        left.append("managers")
    return left


async def asks_for_groups(form: AnyInviteForm) -> bool:
    """Whether groups can be said in a form, once its fields had their time; of one in steps, perhaps on a later one."""
    if isinstance(form, InviteSteps):
        return True
    drawn = Deadline(min(form.lane.timeout, _DRAWN_SECONDS))
    while not await form.groups.is_shown():
        if drawn.passed:
            return False
        await form.lane.pause(drawn)
    return True


async def groups_listed(context: Context, email: str, groups: Sequence[str]) -> None:
    """Refuses groups that the list of groups, where there is one, does not have: for a form without a field for them.

    Where it had to look, the People screen is opened again.
    """
    listed = {group.name for group in await all_groups(context)} if groups else set()
    if groups and not context.lane.groups_listed:
        raise ConsoleDrift(
            "Invite User: groups is missing, and no list of groups tells which there are",
            whom=email or None,
            screen=context.lane.where("Invite User"),
            expected=" / ".join(words.FIELD_GROUPS.aliases[:3]) + " in the form, or a Groups screen",
            seen="neither",
        )
    for group in groups:
        guards.known_group(email, group, group in listed, context.overrides)
        if group in listed:
            context.lane.offers_group(group)


async def groups_known(context: Context, form: AnyInviteForm, email: str, groups: Sequence[str]) -> None:
    """Refuses groups that the form does not offer; of a form in steps, which must show its field for them, later."""
    if isinstance(form, InviteSteps) and not await form.groups.is_shown():
        return
    for group in groups:
        if group in context.lane.offered_groups:
            continue
        known = await offered(form.groups, group, email)
        guards.known_group(email, group, known, context.overrides)
        if known:
            context.lane.offers_group(group)


# -- doing it ----------------------------------------------------------------------------------------------------------
async def open_form(context: Context) -> AnyInviteForm:
    people = context.people
    if not await people.invite_button.is_shown():
        await people.open()
    return await people.open_invite()


async def send_form(context: Context, operations: Sequence[Invite], says: frozenset[str]) -> list[str]:
    """Fills the form in and sends it, once; what the console says. One person by all that it says of one.

    Raises FormChanged where it says something else than it was known to.
    """
    form = await open_form(context)
    try:
        of_one = isinstance(form, InviteListForm) and len(operations) == 1
        if not of_one and await form.says() != says:
            raise FormChanged(_OTHER_FIELDS)
        await context.about_to_fill(*(operation.email for operation in operations))
        if isinstance(form, InviteSteps):
            await _go_through(context, form, operations, says)
        else:
            async with context.filling():
                await _fill(context, form, operations, says)
        await context.picture(f"invite {operations[0].email} form")
        await context.about_to_send(*(operation.email for operation in operations))
        if isinstance(form, InviteSteps):
            context.acted = True  # the step before may have been what sends
        emails = tuple(operation.email for operation in operations)
        asking = AskingBack(context, emails, _granted(operations))
        with asking.judged():
            with context.sending():
                # Where the last 'Next' was also what sends, all that is left is to read back.
                said = await form.send() if await form.can_send() else []
            return await asking.answered(said, form.sent)
    finally:
        await form.leave()


def _granted(operations: Sequence[Invite]) -> dict[str, tuple[str, ...]] | None:
    """Whom these invitations make an admin, with their names; None where they make nobody one."""
    if any(operation.role is not Role.ADMIN for operation in operations):
        return None
    return {each.email: (f"{each.first_name} {each.last_name}".strip(),) for each in operations}


async def _fill(
    context: Context, form: InviteOneForm | InviteListForm, operations: Sequence[Invite], says: frozenset[str]
) -> None:
    """Fills the form in; nothing is sent. Several people only in a form for a list, with the same details."""
    operation = operations[0]
    if isinstance(form, InviteListForm):
        if len(operations) > 1:
            await form.emails.enter([each.email for each in operations])
        elif await form.says_of_one(operation.email, says) != says:
            raise FormChanged(_OTHER_FIELDS)
        await form.fill(operation.role, says, operation.first_name, operation.last_name)
    else:
        await form.fill(operation.email, operation.first_name, operation.last_name, operation.role, says)
    await _add(context, form, operation, says)


async def _add(context: Context, form: AnyInviteForm, operation: Invite, says: frozenset[str]) -> None:
    """Adds groups and managers, as far as the form says them."""
    create = Guard.UNKNOWN_GROUP in context.overrides
    groups = operation.groups if "groups" in says else operation.groups[:1] if "group" in says else ()
    with said_in_fields(context, operation.email):
        for group in groups:
            await form.groups.add(group, create=create)
    if groups and not await form.groups.kept_all(groups):
        raise FormChanged("the field for groups keeps one group only")
    for manager in operation.managers if "managers" in says else ():
        await form.managers.add(manager, create=True)


async def _go_through(context: Context, form: InviteSteps, operations: Sequence[Invite], says: frozenset[str]) -> None:
    """Fills in the steps of a form up to the one that sends.

    Raises FormChanged where they ask for less than was expected, and refuses groups that they do not offer.
    """
    operation = operations[0]
    asked: frozenset[str] = frozenset()
    over = False
    for _ in range(_MOST_STEPS):
        here = await form.asks() - asked
        if here & {"groups", "group"}:
            await groups_known(context, form, operation.email, operation.groups)
        await _fill_step(form, operations, here)
        await _add(context, form, operation, here)
        asked |= here
        if not await form.leads_on():
            break
        # Nobody knows before whether a step is the last, or keeps what was typed so far.
        await context.about_to_send(*(each.email for each in operations))
        await form.go_on()
        if over := await form.is_over():
            break
    else:
        raise ConsoleDrift(
            f"{form.name}: the steps do not end",
            whom=operation.email,
            screen=context.lane.where(form.name),
            expected=f"a step that sends, within {_MOST_STEPS}",
            seen=f"steps that ask for {', '.join(sorted(asked))}",
        )
    form.went_through(asked)
    if not over and set(left_unsaid(operation, asked)).difference(left_unsaid(operation, says)):
        raise FormChanged(f"the form to invite asks for {', '.join(sorted(asked))} and no more")


async def _fill_step(form: InviteSteps, operations: Sequence[Invite], here: frozenset[str]) -> None:
    operation = operations[0]
    if "email" in here and form.takes == "list":
        await form.emails.enter([each.email for each in operations])
    elif "email" in here:
        await form.email.fill(operation.email)
    if "names" in here:
        await form.fill_names(operation.first_name, operation.last_name)
    if "role" in here:
        await form.role.choose(words.ROLE_NAMES[operation.role.value])
    if "admin" in here:
        await form.admin.turn(operation.role is Role.ADMIN)
