"""What waits for a person's decision in a run, what was decided, and whether a decision still holds. All of it as data.

A decision names by their digests the operations that it is about. A digest is over the console, the operation, and what
each guard saw that speaks against it: where any of that changes the digest is another one, and nothing was decided
about it (docs/decisions/0015-waiting-and-approvals.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from connector.addresses import address_key
from connector.intents import intent_key
from connector.models import (
    Deactivate,
    Edit,
    Guard,
    ImportPeople,
    Invite,
    Model,
    Objection,
    Outcome,
    Reactivate,
    Resend,
    Result,
    people_of,
)
from connector.plan_models import digest_of
from connector.run_records import RunRequest

_PREFIX = "decision "
_REJECTED = "rejected "
_OF_MANY = frozenset({Guard.UNKNOWN_GROUP, Guard.UNKNOWN_MANAGER})
"""Guards that may speak more than once against one operation: each group and manager is one of its own."""


class Decision(Model):
    """What somebody decided about operations that wait.

    Args:
        approved: whether they may be carried out.
        digests: which, by `Waiting.digest`.
        by: the name that was given, or the user's.
        user: the user of the operating system whose process it was.
        at: when, in UTC.
        reason: why not, where they are rejected.
    """

    approved: bool
    digests: tuple[str, ...]
    by: str
    user: str
    at: datetime
    reason: str | None = None

    @property
    def who(self) -> str:
        """By whom and when, in words."""
        user = "" if self.user == self.by else f" (as the user {self.user})"
        return f"by {self.by}{user} on {self.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


class Waiting(Model):
    """One operation on one person that waits for a decision.

    Args:
        number: of its step in the run, after those of the operations that were asked for.
        operation: what is to be done.
        kind: as what it was asked for (`import` where it is one row of an import).
        objections: what the guards say.
        place: the line of the roster, in words, where there is one.
        note: why an earlier approval does not hold any more.
    """

    number: int
    operation: Invite | Deactivate | Reactivate | Resend | Edit
    kind: str
    objections: tuple[Objection, ...]
    place: str = ""
    note: str = ""

    def digest(self, console: str) -> str:
        """SHA-256, in hexadecimal, of what a decision is about."""
        saw = sorted([each.guard.value, each.saw] for each in self.objections)
        return digest_of({"operation": intent_key(console, self.operation), "objections": saw})

    @property
    def says(self) -> str:
        """What the guards say, in one sentence."""
        return self.place + "; ".join(dict.fromkeys(each.message for each in self.objections))

    def outcome(self, message: str, objections: tuple[Objection, ...] = ()) -> Outcome:
        """Its outcome as long as it is not carried out; without `objections`, that it never is."""
        return Outcome(
            operation=self.kind,
            email=self.operation.email,
            result=Result.REFUSED,
            message=message,
            guard=self.objections[0].guard,
            tier="none",
            objections=objections,
            closed=not objections,
        )

    def after(self, said: Outcome, decision: Decision) -> Waiting:
        """The same where it was approved, and a guard saw something else when it was to be carried out."""
        new = {each.guard for each in said.objections}
        kept = [each for each in self.objections if each.guard not in new or each.guard in _OF_MANY]
        gone = [each.message for each in self.objections if each not in kept]
        note = f"the approval {decision.who} was of this: {'; '.join(gone)}" if gone else ""
        objections = tuple(dict.fromkeys([*kept, *said.objections]))
        return self.model_copy(update={"objections": objections, "note": note})


def waiting_of(request: RunRequest, outcomes: Mapping[int, Sequence[Outcome]]) -> list[Waiting]:
    """What of a run waits, or waited once: always in the same order, and with the same numbers.

    Args:
        request: what was asked.
        outcomes: for every operation by its number, what became of it when it was first carried out.
    """
    found: list[tuple[Any, str, tuple[Objection, ...], str]] = [
        (held.operation, held.operation.operation, held.objections, held.place) for held in request.held
    ]
    for number, operation in enumerate(request.operations):
        for person, outcome in zip(people_of(operation), outcomes.get(number, ()), strict=False):
            if outcome.objections:
                found.append((person, outcome.operation, outcome.objections, ""))
    return [
        Waiting(number=number, operation=operation, kind=kind, objections=objections, place=place)
        for number, (operation, kind, objections, place) in enumerate(found, len(request.operations))
    ]


def may_wait(request: RunRequest, number: int) -> bool:
    """Whether what a guard refuses of an operation waits in this run.

    Not of an import that goes as a whole or not at all: one row of it approved would be less than that.
    """
    operation = request.operations[number]
    return request.unattended and not (isinstance(operation, ImportPeople) and not operation.skip_bad_rows)


def waits(request: RunRequest, number: int, outcome: Outcome) -> bool:
    """Whether the outcome of an operation on people is a refusal that waits: whatever spoke may be approved there."""
    if not people_of(request.operations[number]):
        return False
    approvable = request.approvable
    guards = {each.guard for each in outcome.objections}
    return bool(guards) and may_wait(request, number) and (approvable is None or guards <= set(approvable))


def was_rejected(outcome: Outcome) -> bool:
    """Whether this is what `told` says of what somebody rejected."""
    return outcome.result is Result.REFUSED and outcome.message.startswith(_REJECTED)


def told(waiting: Waiting, request: RunRequest, decisions: Iterable[Decision]) -> Outcome:
    """The outcome of what waits: how it is approved, that it is approved and by whom, or that it was rejected."""
    decision = decision_on(waiting.digest(request.console), decisions)
    if decision is not None and not decision.approved:
        return waiting.outcome(f"{_REJECTED}{decision.who}: {decision.reason}; {waiting.says}")
    said = [waiting.says, *([waiting.note] if waiting.note else [])]
    if decision is None:
        how = f"`workramp runs approve {request.id} --email {waiting.operation.email}`"
        said.append(f"waits for approval: {how}")
    else:
        said.append(f"approved {decision.who}: `workramp runs resume {request.id}` carries it out")
    return waiting.outcome("; ".join(said), waiting.objections)


def all_outcomes(
    request: RunRequest, outcomes: Iterable[Outcome], became: Mapping[int, Outcome]
) -> tuple[Outcome, ...]:
    """The outcomes of a whole run: what was left out, what its plan refused, then its operations in their order.

    Args:
        request: what was asked.
        outcomes: of its operations, when they were first carried out.
        became: for what waits or waited, by its number, what became of it: it stands in the place of the refusal.
    """
    first = len(request.operations) + len(request.held)
    held = [became[number] for number in sorted(became) if number < first]
    later = iter([became[number] for number in sorted(became) if number >= first])
    return (*request.left_out, *held, *(next(later) if outcome.objections else outcome for outcome in outcomes))


def decision_on(digest: str, decisions: Iterable[Decision]) -> Decision | None:
    """What was decided; a rejection holds whatever else was decided before or after it."""
    about = [each for each in decisions if digest in each.digests]
    return next((each for each in about if not each.approved), about[0] if about else None)


def noted(decision: Decision) -> dict[str, Any]:
    """A decision as it is kept with its run: under a name of its own, so that none is written over another."""
    name = f"{_PREFIX}{decision.at.isoformat()} {digest_of(decision.model_dump(mode='json'))[:8]}"
    return {name: decision.model_dump(mode="json")}


def decisions_in(notes: Mapping[str, Any]) -> list[Decision]:
    """All decisions that are kept with a run, the first one first."""
    return [Decision.model_validate(notes[name]) for name in sorted(notes) if name.startswith(_PREFIX)]


def chosen(waiting: Iterable[Waiting], emails: Sequence[str] = (), kinds: Sequence[str] = ()) -> list[Waiting]:
    """Those who are meant: by their whole addresses and by the kind of operation; all where nothing is named."""
    keys = {address_key(email) for email in emails}
    return [
        each
        for each in waiting
        if (not keys or address_key(each.operation.email) in keys)
        and (not kinds or each.kind in kinds or each.operation.operation in kinds)
    ]
