"""Give a deactivated person her access back, and send an invitation again."""

from __future__ import annotations

from connector import guards
from connector.actions import directory
from connector.actions.context import Context
from connector.actions.deactivate import complete_for_guards
from connector.actions.status import click_and_confirm, is_so_by_now, refusal_of, set_status, with_status, with_warnings
from connector.errors import Inexpressible, NotOffered, OperationFailed, SessionEnded
from connector.models import Outcome, Reactivate, Resend, Result, Role, Status
from page_objects import words
from page_objects.answers import refusing
from page_objects.traffic import refuses


async def reactivate(context: Context, operation: Reactivate) -> Outcome:
    """Reactivates one person, who may need a seat (guide, "Watch out for"). Raises as deactivate does."""
    person = await with_status(context, await directory.get(context, operation.email))
    if person.status in (Status.ACTIVE, Status.INVITED):
        return context.so_already("reactivate", person.email, f"is {person.status.value}")
    listed, person = person, await complete_for_guards(context, person)
    if person is not listed:
        await context.people.open()  # the seats are told on the list
    guards.scim_managed(person, context.overrides)
    async with directory.seats_to_take(context) as pools:
        taker = (person.email, Role.ADMIN if person.admin else person.role)
        guards.free_seats([taker], pools, context.console.settings, whom=person.email, overrides=context.overrides)
        if context.dry_run:
            return context.would("reactivate", person.email, "reactivate")
        affirm, wanted = words.AFFIRM_REACTIVATE, (Status.ACTIVE, Status.INVITED)
        try:
            warnings = await set_status(context, person, words.REACTIVATE, affirm, wanted)
        except NotOffered:
            if await is_so_by_now(context, person.email, wanted):
                return context.so_already("reactivate", person.email, "is active, since a moment ago")
            raise
    return context.outcome("reactivate", person.email, Result.DONE, with_warnings("reactivated", warnings))


async def resend(context: Context, operation: Resend) -> Outcome:
    """Sends the invitation of an invited person again.

    Nothing on the console shows how often an invitation was sent, so the answer to the request and the console's own
    words are what this goes by: without either the outcome is `unknown`.
    """
    person = await with_status(context, await directory.get(context, operation.email))
    if person.may_be_invited:
        await directory.in_view(context, person.email)
        person = await directory.details(context, person)
    if person.status is not Status.INVITED:
        shown = person.status.value if person.status else "not shown"
        raise OperationFailed(
            "only an invitation that was not accepted yet can be sent again", whom=person.email, seen=f"status {shown}"
        )
    if context.dry_run:
        return context.would("resend", person.email, "send the invitation again")
    if context.acted:
        return context.outcome(
            "resend", person.email, Result.UNKNOWN, "it was cut short while the invitation was sent again"
        )
    mark = context.lane.traffic.mark()
    try:
        said = await click_and_confirm(context, person, words.RESEND, words.AFFIRM_RESEND, at_most_once=True)
    except NotOffered as lacking:
        # The documentation does not speak of it: a console may have no such thing.
        raise Inexpressible(
            f"{lacking.message}; seen: {lacking.seen}",
            whom=person.email,
            advice="where this console calls it something else, name that in the file of WORKRAMP_LABELS",
        ) from lacking
    if said.refused:
        raise refusal_of(said, person, words.RESEND)
    answer = await context.lane.answer_to_change(mark)
    if answer is None:
        message = "clicked, but the console gave no answer that shows whether the invitation was sent"
        return context.outcome("resend", person.email, Result.UNKNOWN, message)
    if answer == 401 or await context.lane.asks_to_sign_in():
        raise SessionEnded("the console asked to sign in again", whom=person.email, screen="People")
    if refuses(answer):
        raise OperationFailed(
            f"the console refused with HTTP {answer}: {' '.join(said.reports)}", whom=person.email, screen="People"
        )
    if answer >= 400:
        # Some answer so although they have sent it, and nothing shows how often it was sent.
        told = f": {' '.join(said.reports)}" if said.reports else ""
        message = f"clicked, but an answer with HTTP {answer} does not show whether the invitation was sent{told}"
        return context.outcome("resend", person.email, Result.UNKNOWN, message)
    # A page that answers a form says no in words alone.
    refusals, either = refusing(said.reports)
    if refusals:
        raise OperationFailed(f"the console refused: {' '.join(refusals)}", whom=person.email, screen="People")
    if either:
        message = f"clicked, and what the console says may mean either: {' '.join(either)}"
        return context.outcome("resend", person.email, Result.UNKNOWN, message)
    return context.outcome("resend", person.email, Result.DONE, "the console accepted to send the invitation again")
