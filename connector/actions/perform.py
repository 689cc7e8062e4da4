"""Each operation by its action."""

from __future__ import annotations

from connector.actions.context import Context
from connector.actions.deactivate import deactivate
from connector.actions.directory import Progress
from connector.actions.edit import edit
from connector.actions.groups import create_group, delete_group
from connector.actions.import_csv import import_people
from connector.actions.invite import invite
from connector.actions.invite_list import invite_people
from connector.actions.reactivate import reactivate, resend
from connector.models import (
    CreateGroup,
    Deactivate,
    DeleteGroup,
    Edit,
    ImportPeople,
    Invite,
    InvitePeople,
    Operation,
    Outcome,
    Reactivate,
    Resend,
)


async def perform(
    context: Context, operation: Operation, progress: Progress, settled: dict[str, Outcome]
) -> list[Outcome]:
    """The outcomes of one operation, by its action, which says what it raises.

    Args:
        context: the lane it is done in, and what is lifted.
        operation: what to do.
        progress: hears how far a reading of many people is.
        settled: by `address_key`, the outcomes of an operation on many that are known already; added to on the way.
    """
    match operation:
        case Invite():
            return [await invite(context, operation)]
        case Deactivate():
            return [await deactivate(context, operation)]
        case Reactivate():
            return [await reactivate(context, operation)]
        case Resend():
            return [await resend(context, operation)]
        case Edit():
            return [await edit(context, operation)]
        case InvitePeople():
            return await invite_people(context, operation, progress, settled)
        case ImportPeople():
            return await import_people(context, operation, progress, settled)
        case CreateGroup():
            return [await create_group(context, operation)]
        case DeleteGroup():
            return [await delete_group(context, operation)]
