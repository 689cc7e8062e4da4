"""What applying a plan adds to carrying its operations out: what is refused beforehand, reported besides, remembered.

Nothing here touches the console; `connector/face.py` puts it around a durable run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import chain

from connector.addresses import address_key, same_address
from connector.errors import ConnectorError, PlanError, Refused
from connector.last_roster import last_roster, remember_roster
from connector.models import Guard, Outcome, Report, Result, people_of
from connector.plan_models import Item, Origin, Plan, PlanOptions
from connector.roster import Roster
from connector.run_records import RunRecord, RunRequest
from connector.settings import Settings

JUST_MADE = timedelta(minutes=1)
"""A plan that is applied as soon as it is made is compared again only where something took longer: a question that
was not answered at once, or another run that had to be waited for."""

_NAMED = 20
"""How many people are named at most who are not as they were."""


def origin_of(plan: Plan, *, in_one_go: bool) -> Origin:
    """What a run carries out: a plan by itself, or a roster of which it was just made."""
    return Origin(
        plan=plan.digest,
        in_one_go=in_one_go,
        roster=plan.basis.roster,
        format=plan.basis.format,
        roster_sha256=plan.basis.roster_sha256,
        mapping_sha256=plan.basis.mapping_sha256,
        options=plan.options,
        people=plan.people,
    )


def origin_of_roster(roster: Roster, options: PlanOptions) -> Origin:
    """The same of a roster that is to be planned and applied in one go, before it was planned."""
    return Origin(
        in_one_go=True,
        roster=roster.path.name,
        format=roster.format,
        roster_sha256=roster.digest,
        mapping_sha256=roster.mapping,
        options=options,
    )


# -- what is refused beforehand --------------------------------------------------------------------------------------
def require_ours(plan: Plan, settings: Settings) -> None:
    """Raises Refused (wrong-tenant) for a plan for another console, PlanError for one for another account."""
    if plan.url != settings.url:
        raise Refused(
            f"this plan is for another console: {plan.url}, and WORKRAMP_URL is {settings.url}",
            Guard.WRONG_TENANT,
            advice="make a plan for this console, or set WORKRAMP_URL to the other one; nothing was changed",
        )
    if settings.email is not None and not same_address(plan.account, settings.email):
        raise PlanError("this plan was made with another account", expected=settings.email, seen=plan.account)


def require_fresh(plan: Plan, settings: Settings, now: datetime) -> None:
    """Raises PlanError for a plan that is older than WORKRAMP_PLAN_TTL_HOURS, or from the future."""
    if plan.fresh(now, timedelta(hours=settings.plan_ttl_hours)):
        return
    if plan.created_at > now:
        raise PlanError(
            "the plan is stale: it was made in the future, as this machine's clock has it",
            seen=f"made on {plan.created_at:%Y-%m-%d %H:%M} UTC",
            advice="set the clock, or make the plan anew",
        )
    raise PlanError(
        f"the plan is stale: it is older than {settings.plan_ttl_hours:g} h (WORKRAMP_PLAN_TTL_HOURS)",
        seen=f"made on {plan.created_at:%Y-%m-%d %H:%M} UTC",
    )


def require_unchanged(changed: Sequence[str]) -> None:
    """Raises PlanError where somebody whom a plan concerns is not as she was read then."""
    if changed:
        more = [f"and {len(changed) - _NAMED} more"] if len(changed) > _NAMED else []
        raise PlanError(
            "the plan is stale: the console has changed since it was made; nothing of it was carried out",
            [*(f"{email} is not as then" for email in changed[:_NAMED]), *more],
        )


# -- what is reported besides ----------------------------------------------------------------------------------------
def refused_by(plan: Plan) -> tuple[Outcome, ...]:
    """The outcomes of what a plan refuses: nothing of it is among its operations."""
    return tuple(_refused(item) for item in plan.items if item.refused)


def never_done(plan: Plan) -> tuple[Outcome, ...]:
    """The same of those of whom nothing can wait for approval."""
    return tuple(_refused(item) for item in plan.items if item.refused and not (item.operations and item.objections))


def waiting_in(record: RunRecord) -> tuple[Outcome, ...]:
    """The outcomes of what its plan refused and what waits, or waited, in a run."""
    first = len(record.request.left_out)
    return record.outcomes[first : first + len(record.request.held)]


def _refused(item: Item) -> Outcome:
    against = [verdict for verdict in item.verdicts if not verdict.lifted]
    messages = [" ".join(verdict.message.split()) for verdict in against]
    place = "" if item.line is None else f"line {item.line}: "
    return Outcome(
        operation=item.operations[0].operation if item.operations else "apply",
        email=item.email,
        result=Result.REFUSED,
        message=place + "; ".join(messages),
        guard=next((verdict.guard for verdict in against if verdict.guard is not None), None),
        tier="none",
    )


def would_be_done(plan: Plan) -> tuple[Outcome, ...]:
    """The outcomes of a dry run, by what the plan says: what is done first makes possible what comes after it.

    Asked one by one without doing anything, a newcomer's report would be refused for want of her manager.
    """
    reasons = {address_key(item.email): item.reason for item in plan.items if not item.refused and item.operations}
    return tuple(
        Outcome(
            operation=operation.operation,
            email=person.email,
            result=Result.REFUSED,
            message=f"would {operation.operation}: {reasons[address_key(person.email)]} (dry run: nothing was sent)",
            would=True,
        )
        for operation, person in chain.from_iterable(((o, p) for p in people_of(o)) for o in plan.operations)
    )


# -- what is remembered ----------------------------------------------------------------------------------------------
def remember(settings: Settings, request: RunRequest, report: Report, say: Callable[[str], None]) -> None:
    """Remembers how many people the roster of a run named, where the run came to its end.

    The brake on the next roster goes by it. So it is not remembered where the brake held somebody back, as the same
    file would pass the next time; nor of a roster that names fewer and does not claim to name everybody; nor of a run
    that was asked for before the one of which it is known. Where it cannot be kept, that is said.
    """
    origin = request.origin
    if origin is None or report.stopped is not None:
        return
    if any(outcome.guard is Guard.MASS_CHANGE for outcome in report.outcomes):
        return
    try:
        last = last_roster(settings.state_dir, settings.url)
        if last is not None and last.applied_at >= request.created_at:
            return
        if last is not None and not origin.options.deactivate_missing and last.people > origin.people:
            return
        remember_roster(settings.state_dir, settings.url, origin.people, request.created_at)
    except (ConnectorError, OSError) as error:
        reason = str(error).partition("\n")[0]
        say(f"How many people the roster names could not be kept for the next time: {reason}.")
