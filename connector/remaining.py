"""What a run that is not over has left to do."""

from __future__ import annotations

from connector import deciding, run_control
from connector.models import Outcome, Report, Result, outcomes_of
from connector.run_records import RunStatus, may_go_on
from connector.settings import Settings


def would_go_on(settings: Settings, run: str, *, stale: bool = False) -> Report:
    """The report of a dry run of going on with a run: an outcome for everybody of whom nothing is recorded.

    They go by the record alone, without a look at the console: nothing is judged before its turn comes, and what is
    done first makes possible what comes after it. Of what waits it is said who approved it. Raises InputError where
    there is no such run, and where going on with it would be refused (`stale` as for `Connector.resume`).
    """
    record = run_control.look_up(settings, run)
    ended = record is not None and record.status in (RunStatus.BROKEN, RunStatus.CANCELLED)
    waits = [] if ended else deciding.waits(settings, run)
    if record is None or record.over:
        return Report(run=run)
    may_go_on(record, settings.url, stale=stale)
    outcomes = [
        _would(outcome, f"would {outcome.operation}")
        for number in record.open
        for outcome in outcomes_of(record.request.operations[number], Result.REFUSED, "")
    ]
    for each in waits:
        asked = Outcome(
            operation=each.waiting.kind,
            email=each.waiting.operation.email,
            result=Result.REFUSED,
            message="",
            tier="none",
        )
        if each.decision is not None and each.decision.approved:
            outcomes.append(_would(asked, f"would {each.waiting.kind}, as approved {each.decision.who}"))
        else:
            left = {"message": f"waits for approval: {each.waiting.says}", "guard": each.guards[0]}
            outcomes.append(asked.model_copy(update=left))
    return Report(run=run, outcomes=tuple(outcomes))


def _would(outcome: Outcome, what: str) -> Outcome:
    said = {"message": f"{what} (dry run: nothing was sent)", "would": True, "tier": "none"}
    return outcome.model_copy(update=said)
