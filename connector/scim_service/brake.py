"""The brake on mass changes, over an hour: a provider sends each leaver in a request, and so a run, of her own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from scim2_models import ForbiddenException

from connector import guards
from connector.addresses import address_key
from connector.errors import Refused
from connector.models import Deactivate, Guard, Objection, Operation
from connector.scim_service.mirror import Mirror
from connector.scim_service.records import now
from connector.scim_service.writes import Progress, Write, Writes
from connector.settings import Settings

_WINDOW = timedelta(hours=1)
_UNKNOWN = 503
"""The status of a fault after which the effect may be there all the same."""


class Brake:
    """Counts people, each once: who lost access through the service lately and has not got it back, who is about to.

    Args:
        mirror: who has access now.
        writes: who was deactivated through the service, and when.
        settings: how many may lose access.
        overrides: guards that every write lifts.
        approvals: what is refused waits for somebody's approval.
    """

    def __init__(
        self, mirror: Mirror, writes: Writes, settings: Settings, overrides: Collection[Guard], *, approvals: bool
    ) -> None:
        self._mirror = mirror
        self._writes = writes
        self._settings = settings
        self._overrides = frozenset(overrides)
        self._approvals = approvals

    def check(self, operations: Iterable[Operation]) -> tuple[Objection, ...]:
        """What the guard says of these, where that waits for approval. Raises ForbiddenException where that is all."""
        leaving = _leavers(operations)
        if not leaving:
            return ()
        losing = leaving | self._losing()
        had_access = self._mirror.counts["active"] + sum(not self._has_access(one) for one in losing)
        try:
            guards.mass_change(len(losing), had_access, self._settings, self._overrides, losing)
        except Refused as refusal:
            if self._approvals:
                counted = {"message": f"{refusal.message}, counted over an hour"}
                return tuple(each.model_copy(update=counted) for each in guards.objections_of(refusal))
            raise ForbiddenException(
                detail=f"refused by the guard mass-change: {refusal.message}, counted over an hour; "
                "if it is meant, start the service with --override mass-change for so long"
            ) from refusal
        return ()

    def _losing(self) -> set[str]:
        """The keys of everybody who is about to lose access, or lost it lately and has not got it back: by another
        request, or by hand in the console. Who waits for approval has lost nothing so far."""
        since = now() - _WINDOW
        about_to: set[str] = set()
        lately: set[str] = set()
        for write in self._writes.all():
            if write.progress is not Progress.OVER:
                about_to |= set() if write.progress is Progress.WAITING else _leavers(write.operations)
            elif write.ended is not None and write.ended > since and _may_be_done(write):
                lately |= _leavers(write.operations)
        return about_to | {one for one in lately if not self._has_access(one)}

    def _has_access(self, key: str) -> bool:
        record = self._mirror.person(key)
        return record is not None and record.active and not record.hidden


def _leavers(operations: Iterable[Operation]) -> set[str]:
    return {address_key(one.email) for one in operations if isinstance(one, Deactivate)}


def _may_be_done(write: Write) -> bool:
    return all(fault.status == _UNKNOWN for fault in write.faults)
