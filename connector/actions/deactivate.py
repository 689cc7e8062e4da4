"""Deactivate one person: locate -> guards -> act -> read back. Records and content stay."""

from __future__ import annotations

from contextlib import nullcontext

from connector import guards
from connector.actions import directory
from connector.actions.context import Context
from connector.actions.status import is_so_by_now, set_status, with_status, with_warnings
from connector.errors import ConsoleDrift, NotOffered, OperationFailed
from connector.models import Deactivate, Outcome, Person, Result, Role, Status
from page_objects import words
from page_objects.people_screen import LIST_MARKS_SCIM

_REVIEW = "content created or assigned by this person stays: review it, and any API keys"
_REPORTS = "; and who reports to this person"


async def deactivate(context: Context, operation: Deactivate) -> Outcome:
    """Takes one person's access away.

    Raises PersonNotFound, Refused (ambiguous-match, own-account, last-admin, protected, key-owner, scim-managed,
    look-alike), also by what the console's own question says of her, and as `change` does.
    """
    person = await with_status(context, await directory.get(context, operation.email))
    if person.status is Status.DEACTIVATED:
        return context.so_already("deactivate", person.email, "is deactivated")
    guards.may_lose_access(
        person,
        account=context.account,
        protected=context.console.settings.protected,
        key_owners=context.console.settings.key_owners,
        overrides=context.overrides,
    )
    person = await complete_for_guards(context, person)
    guards.scim_managed(person, context.overrides)
    # Two lanes must not each count the other's admin as the one who is left.
    async with nullcontext() if person.admin is False else context.console.one_by_one:
        guards.not_the_last_admin(person, await directory.other_active_admins(context, person, lambda *_: None))
        if context.dry_run:
            return context.would("deactivate", person.email, "deactivate; " + _to_review(person))
        affirm, wanted = words.AFFIRM_DEACTIVATE, (Status.DEACTIVATED,)
        try:
            warnings = await set_status(context, person, words.DEACTIVATE, affirm, wanted)
        except NotOffered as drift:
            if await is_so_by_now(context, person.email, wanted):
                return context.so_already("deactivate", person.email, "is deactivated, since a moment ago")
            await _not_only_called_off(context, person, drift)
            raise
    message = with_warnings("deactivated; " + _to_review(person), warnings)
    return context.outcome("deactivate", person.email, Result.DONE, message)


async def _not_only_called_off(context: Context, person: Person, drift: NotOffered) -> None:
    """Raises OperationFailed where the console offers to call her invitation off, in place of deactivating her."""
    if context.acted or person.status is not Status.INVITED:
        return
    try:
        await context.people.matches(person.email)
        offered = await context.people.offered(person.email, words.CANCEL_INVITATION, words.DEACTIVATE)
    except ConsoleDrift:
        raise drift from None  # what was not found first is what is to be told
    if offered == [words.CANCEL_INVITATION]:
        raise OperationFailed(
            f"is invited, and can only have the invitation called off ('{words.CANCEL_INVITATION.aliases[0]}'), "
            "which may delete what is kept of a person; nothing was sent",
            whom=person.email,
            screen="People",
            advice="call the invitation off by hand",
        )


def _to_review(person: Person) -> str:
    """What stays of a leaver, as far as it is documented (guide, "Data impact" and "User types and roles")."""
    return _REVIEW + (_REPORTS if person.role is Role.MANAGER else "")


async def complete_for_guards(context: Context, person: Person) -> Person:
    """Role and SCIM mark decide whether she may be touched: where the list does not tell them, her page is asked.

    A row without a mark tells nothing as long as this list was never seen to mark anybody: the mark may be on her page.
    """
    marks = person.scim_managed is not None or context.lane.learnt.get(LIST_MARKS_SCIM, False)
    if person.admin is not None and marks:
        return person
    await context.people.matches(person.email)
    return await directory.details(context, person)
