"""What people and groups will be once what is open of them is done: what the next request about them is applied to."""

from __future__ import annotations

from connector.scim_service.effects import group_after, person_after
from connector.scim_service.faults import ServiceFault, still_at_it
from connector.scim_service.mirror import Mirror
from connector.scim_service.records import GroupRecord, PersonRecord
from connector.scim_service.writes import Progress, Write, Writes


def not_yet(write: Write) -> ServiceFault:
    """A write is not over, and its request is told to come again."""
    how = "is waiting for the console" if write.progress is Progress.QUEUED else f"goes on as run {write.run}"
    return still_at_it(10, f"{write.what}: it {how}; the same request again finds the result")


class Ahead:
    """The mirror with the open writes done.

    Writes are asked for before the mirror: one that comes to its end in between is done twice here, which is the same.
    """

    def __init__(self, mirror: Mirror, writes: Writes) -> None:
        self._mirror = mirror
        self._writes = writes

    async def settled(self, resource_id: str, deadline: float) -> Write | None:
        """Waits until nothing that was asked of a resource is open; the last of it where that is not so by then."""
        while open_now := self._writes.open_on(resource_id):
            if await self._writes.over(open_now[-1].id, deadline) is None:
                return open_now[-1]
        return None

    def id_of(self, address: str) -> str | None:
        """The id of whoever has this address, or is about to have it; None where nobody does."""
        invitation = self._writes.invitation(address)
        known = self._mirror.person(address)
        if known is not None:
            return known.id
        return invitation.target if invitation is not None else None

    def person(self, identity: str) -> PersonRecord:
        """Somebody who will be shown. Raises NotFoundException; ServiceFault (429) where she is being deleted."""
        open_now = self._writes.open_on(identity)
        known = self._mirror.people.get(identity)
        if known is None or not open_now:
            return self._mirror.require_person(identity)
        record = person_after(known, open_now)
        assert record is not None
        if record.hidden:
            raise not_yet(open_now[-1])
        return record

    def group(self, identity: str) -> tuple[GroupRecord, list[PersonRecord]]:
        """A group that will be shown, and who will be in it. Raises as `person` does."""
        open_now = self._writes.open_on(identity)
        known = self._mirror.groups.get(identity)
        if known is None or not open_now:
            known = self._mirror.require_group(identity)
            return known, self._mirror.members(known)
        record, members = group_after(known, self._mirror.members(known), open_now, self._mirror.person)
        if record.hidden:
            raise not_yet(open_now[-1])
        return record, members
