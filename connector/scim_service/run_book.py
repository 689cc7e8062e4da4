"""What the service has to know of its durable runs: whether one was begun, and what was decided of what waits in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Protocol

from connector import deciding
from connector.addresses import address_key
from connector.errors import InputError
from connector.models import Guard, Model
from connector.run_database import RunDatabase
from connector.run_records import RunRecord, RunStatus
from connector.settings import Settings

APPROVABLE = frozenset({Guard.ADMIN_ROLE, Guard.KEY_OWNER, Guard.LOOK_ALIKE, Guard.MASS_CHANGE, Guard.SCIM_MANAGED})
"""What waits for a person's approval: whether it may be done at all. What the other guards say is cured by other data
or by a free seat, without anybody's approval; the provider asks again, and it is done."""
WITHDRAWN_BY = "workramp serve"
"""Who rejects what the identity provider does not want any more."""


class Standing(Model):
    """How a run is, as far as it matters to writes that wait in it. The same again means that nothing was decided."""

    cancelled_by: str | None = None
    over: bool = False
    """Nothing of it is left to do: somebody else has gone on with it, or all that waited was rejected."""
    stale: bool = False
    """Its time to live is over."""
    decisions: int = 0


class Runs(Protocol):
    """Who knows of runs: `RunBook`, or whatever stands for it."""

    def standings(self, runs: Collection[str]) -> Mapping[str, Standing]:
        """Of these runs those that are recorded; one that is not was never begun."""

    def withdraw(self, run: str, email: str, reason: str) -> None:
        """Rejects what waits in a run for somebody, where nothing was decided about it."""


class RunBook:
    """The run database's word. Raises RunDatabaseFailed from any of its methods."""

    def __init__(self, settings: Settings, database: RunDatabase) -> None:
        self._settings = settings
        self._database = database

    def standings(self, runs: Collection[str]) -> Mapping[str, Standing]:
        """See `Runs`. One question to the database, however many runs there are."""
        moment = datetime.now(UTC)
        return {
            record.request.id: Standing(
                cancelled_by=_canceller(record),
                over=record.over,
                stale=not record.over and record.request.stale(moment),
                decisions=record.decisions,
            )
            for record in self._database.records(runs)
        }

    def withdraw(self, run: str, email: str, reason: str) -> None:
        """See `Runs`. Who decided meanwhile was faster: her word holds."""
        try:
            digests = [
                each.digest
                for each in deciding.waits(self._settings, run)
                if each.decision is None and address_key(each.waiting.operation.email) == address_key(email)
            ]
            if digests:
                deciding.decide(self._settings, run, digests, approved=False, by=WITHDRAWN_BY, reason=reason)
        except InputError:
            return


def _canceller(record: RunRecord) -> str | None:
    return (record.cancelled or {}).get("by") if record.status is RunStatus.CANCELLED else None
