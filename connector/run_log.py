"""Writes down what happens in runs: in the audit log for whoever asks later, and in the log for machines."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

from connector.audit import AuditLog
from connector.errors import ConnectorError
from connector.logs import EventLog
from connector.models import CreateGroup, DeleteGroup, Guard, Operation, Outcome, Report, Result, people_of
from connector.run_records import whoever_asks
from connector.settings import Settings

_LEVELS = {Result.FAILED: "error", Result.UNKNOWN: "error", Result.REFUSED: "warning"}


class RunLog:
    """Both logs. Without them (a test, a dry run) it writes nothing.

    Every method but `step` and `said` raises AuditFailed where the audit log cannot be written.
    """

    def __init__(self, audit: AuditLog | None = None, events: EventLog | None = None) -> None:
        self.audit = audit
        self.events = events

    @classmethod
    def of(cls, settings: Settings, scrub: Callable[[str], str]) -> RunLog:
        """The logs that the settings name. Raises SettingsError."""
        return cls(AuditLog(settings.state_dir, scrub), EventLog(settings.log_file, scrub))

    def without_audit(self) -> RunLog:
        """The log for machines alone: for what changes nothing."""
        return RunLog(None, self.events)

    def close(self) -> None:
        """Ends writing. Safe to call twice."""
        if self.events is not None:
            self.events.close()

    async def run_begun(
        self, console: str, account: str, operations: Sequence[Operation], overrides: Collection[Guard]
    ) -> None:
        """A run begins, or is gone on with."""
        await self._write(
            "run-begun",
            by=whoever_asks(),
            console=console,
            account=account,
            operations=dict(Counter(operation.operation for operation in operations)),
            people=sum(len(people_of(operation)) for operation in operations),
            overrides=sorted(guard.value for guard in overrides),
        )

    async def intended(self, operation: Operation, addresses: Collection[str]) -> None:
        """Just before the click: what is about to be sent, for whom, or what is about to be done with a group."""
        of_group = isinstance(operation, CreateGroup | DeleteGroup)
        asked = operation.model_dump(mode="json") if of_group or len(people_of(operation)) == 1 else None
        people = [] if of_group else sorted(addresses)
        await self._write("intended", operation=operation.operation, people=people, asked=asked)

    async def outcomes(self, outcomes: Sequence[Outcome], lifted: Collection[Guard] = ()) -> None:
        """What became of an operation, for each person; `lifted` are the guards that spoke and were overridden."""
        for outcome in outcomes:
            await self._write(
                "outcome",
                level=_LEVELS.get(outcome.result, "info"),
                operation=outcome.operation,
                address=outcome.email,
                **({} if outcome.group is None else {"group": outcome.group}),
                result=outcome.result.value,
                message=outcome.message,
                guard=outcome.guard,
                lifted=sorted(guard.value for guard in lifted),
                tier=outcome.tier,
                seconds=outcome.seconds,
            )

    async def run_ended(self, ended: Report | ConnectorError) -> None:
        """How a run ended, as far as this process carried it out."""
        if isinstance(ended, Report):
            summary = {name: count for name, count in ended.summary.model_dump().items() if count}
            await self._write("run-ended", exit_code=ended.exit_code, summary=summary, stopped=ended.stopped)
        else:
            error = {"class": type(ended).__name__, "message": ended.message}
            await self._write("run-ended", level="error", exit_code=ended.exit_code, error=error)

    async def signed_in(self, console: str, account: str, how: str, problem: str | None) -> None:
        """Somebody signed in, by password or by hand, or was not let in."""
        result = "signed in" if problem is None else "not let in"
        level = "info" if problem is None else "error"
        await self._write(
            "sign-in", level=level, console=console, account=account, how=how, result=result, problem=problem
        )

    def step(self, text: str) -> None:
        """One step of an operation, for machines."""
        if self.events is not None:
            self.events.event("step", level="debug", step=text)

    async def _write(self, kind: str, level: str = "info", **facts: Any) -> None:
        if self.events is not None:
            self.events.event(kind, level=level, **facts)
        if self.audit is not None:
            await asyncio.to_thread(self.audit.append, kind, **facts)
