"""Approving and rejecting what waits in a run. Nothing here touches the console: `runs resume` carries it out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from connector.addresses import same_address
from connector.approvals import Decision, Waiting, chosen, decision_on, noted
from connector.audit import AuditLog
from connector.errors import InputError
from connector.models import Deactivate, Guard
from connector.redaction import Redactor
from connector.run_database import RunDatabase
from connector.run_records import RunRecord, RunStatus, whoever_asks
from connector.settings import Settings


@dataclass(frozen=True)
class Asked:
    """One operation that waits, and what was decided about it as it is now."""

    waiting: Waiting
    digest: str
    decision: Decision | None
    begun: bool = False
    """Something may have been sent for it: it was approved, and whoever carried it out was cut short."""

    @property
    def guards(self) -> tuple[Guard, ...]:
        """Which guards speak against it."""
        return tuple(dict.fromkeys(each.guard for each in self.waiting.objections))

    @property
    def destructive(self) -> bool:
        """Whether it takes something from somebody."""
        return isinstance(self.waiting.operation, Deactivate)


def waits(settings: Settings, run: str) -> list[Asked]:
    """What of a run waits and is not carried out yet. Raises InputError where there is no such run."""
    database = RunDatabase(settings, create=False)
    try:
        return _waits(database, _find(database, run))
    finally:
        database.close()


def decisions(settings: Settings, run: str) -> list[Decision]:
    """Everything that was decided in a run, the first decision first."""
    database = RunDatabase(settings, create=False)
    try:
        return database.decisions(run) if database.exists else []
    finally:
        database.close()


def decide(
    settings: Settings,
    run: str,
    digests: Sequence[str],
    *,
    approved: bool,
    by: str | None = None,
    reason: str | None = None,
) -> list[Asked]:
    """Approves or rejects operations that wait in a run; those about which that was decided already stay as they are.

    Args:
        settings: `four_eyes` says whether somebody else than who asked must approve; so may the run.
        run: the id of the run.
        digests: the operations, as they were shown to whoever decides (`Asked.digest`).
        approved: whether they may be carried out.
        by: who decides; the user of this process where it is not given.
        reason: why not, where they are rejected.

    Returns them as they are then. Raises InputError where one of them does not wait any more as it was shown, or was
    rejected already; where the run is over, cancelled or unfit; and where who asked for the run approves and four eyes
    are wanted; AuditFailed where it cannot be written down, and nothing is decided then.
    """
    user = whoever_asks()
    decision = Decision(
        approved=approved,
        digests=(),
        by=by or user,
        user=user,
        at=datetime.now(UTC),
        reason=None if approved else reason,
    )
    database = RunDatabase(settings, create=False)
    try:
        record = _find(database, run)
        if approved and (settings.four_eyes or record.request.four_eyes):
            _require_another(record, decision.by)
        asked = {each.digest: each for each in _waits(database, record)}
        new = []
        for digest in digests:
            if digest not in asked:
                raise InputError(
                    "what was to be decided waits no longer as it was shown; nothing was decided",
                    advice=f"look with `workramp runs show {run}` at what waits now",
                )
            found = asked[digest]
            if found.begun and not approved:
                raise InputError(
                    f"{found.waiting.operation.email} was approved, and something may have been sent; "
                    "nothing was decided",
                    advice=f"`workramp runs resume {run}` finds out what became of it",
                )
            if found.decision is None or (found.decision.approved and not approved):
                new.append(digest)
            elif approved:
                require_not_rejected([found])
        if new:
            about = [asked[digest] for digest in new]
            log = AuditLog(settings.state_dir, Redactor(settings.secrets()).scrub)
            log.append(
                "approval",
                run=run,
                approved=approved,
                by=decision.by,
                user=user,
                reason=decision.reason,
                operations=[
                    {
                        "digest": each.digest,
                        "operation": each.waiting.kind,
                        "address": each.waiting.operation.email,
                        "guards": [guard.value for guard in each.guards],
                    }
                    for each in about
                ],
            )
            database.note(run, noted(decision.model_copy(update={"digests": tuple(new)})))
        return [each for each in _waits(database, _find(database, run)) if each.digest in digests]
    finally:
        database.close()


def select(
    asked: Sequence[Asked], emails: Sequence[str], kinds: Sequence[str], run: str, *, but_rejected: bool = False
) -> list[Asked]:
    """Those that are meant. Raises InputError where an address or a kind of operation names none.

    `but_rejected`: of those whom no address names, without what was rejected, which does not wait any more.
    """
    if but_rejected and not emails:
        asked = [each for each in asked if each.decision is None or each.decision.approved]
    meant = chosen([each.waiting for each in asked], emails, kinds)
    for email in emails:
        if not any(same_address(email, each.operation.email) for each in meant):
            raise InputError(
                f"nothing waits for {email} in the run {run}", advice=f"`workramp runs show {run}` tells what waits"
            )
    if not meant:
        raise InputError(
            f"nothing of that waits in the run {run}", advice=f"`workramp runs show {run}` tells what does"
        )
    numbers = {each.number for each in meant}
    return [each for each in asked if each.waiting.number in numbers]


def require_not_rejected(asked: Sequence[Asked]) -> None:
    """Raises InputError where something that is to be approved was rejected."""
    for each in asked:
        if each.decision is not None and not each.decision.approved:
            raise InputError(
                f"{each.waiting.operation.email} was rejected {each.decision.who}; nothing was decided",
                advice="what was rejected is asked for again by a new run",
            )


def waiting_for(asked: Sequence[Asked], guards: Collection[Guard], run: str) -> list[Asked]:
    """Those that wait for these guards and no other. Raises InputError where none does."""
    meant = [
        each for each in asked if set(each.guards) <= set(guards) and (each.decision is None or each.decision.approved)
    ]
    if not meant:
        others = dict.fromkeys(guard.value for each in asked for guard in each.guards)
        raise InputError(
            f"nothing waits in the run {run} for {' and '.join(guard.value for guard in guards)} alone",
            expected=" | ".join(others) or None,
            advice=f"`workramp runs show {run}` tells what waits",
        )
    return meant


def _waits(database: RunDatabase, record: RunRecord) -> list[Asked]:
    request = record.request
    decisions = database.decisions(request.id)
    waiting = database.waiting(request.id)
    begun = database.intents(request.id, [each.number for each in waiting])
    found = []
    for each in waiting:
        digest = each.digest(request.console)
        found.append(Asked(each, digest, decision_on(digest, decisions), each.number in begun))
    return found


def _find(database: RunDatabase, run: str) -> RunRecord:
    record = database.find(run)
    if record is None:
        raise InputError(f"there is no run {run}", advice="`workramp runs list` shows the runs that are recorded")
    if record.status in (RunStatus.BROKEN, RunStatus.CANCELLED):
        raise InputError(f"the run {run} is {record.status.value}: nothing of it waits")
    return record


def _require_another(record: RunRecord, by: str) -> None:
    if by.casefold() == record.request.asked_by.casefold():
        raise InputError(
            f"{by} asked for the run {record.request.id}, and somebody else has to approve it (WORKRAMP_FOUR_EYES)",
            advice="have another user of this machine run `workramp runs approve`, or say with --by who approves",
        )
