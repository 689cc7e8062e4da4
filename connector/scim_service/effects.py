"""What writes do to people and groups, as records: those that are done, and those that are still open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from connector.addresses import address_key
from connector.models import CreateGroup, Deactivate, DeleteGroup, Edit, Invite, Person, Reactivate
from connector.scim_service.mirror import Mirror
from connector.scim_service.records import GroupRecord, PersonRecord, now
from connector.scim_service.writes import Write, operation_key
from connector.terms import Status


def settled(mirror: Mirror, write: Write, done: Collection[tuple[str, str]], *, complete: bool) -> None:
    """Takes over what operations did, which was read back from the console, and what only the service keeps."""
    moment = now()
    with mirror.lock:
        people: dict[str, PersonRecord] = {}
        groups: dict[str, GroupRecord] = {}
        for operation in write.operations:
            if isinstance(operation, CreateGroup | DeleteGroup) and operation_key(operation) in done:
                group = mirror.group(operation.name)
                if group is None:
                    continue  # of a group that is made anew the old name is known, or the next reading tells
                there = isinstance(operation, CreateGroup)
                own = {"declared": False, "misses": 0, "kind": "static" if there else None, "made": there}
                groups[group.id] = group.model_copy(update=own)
                for member in [] if there else mirror.members(group):
                    left = edited(member.person, Edit(email=member.person.email, remove_groups=(group.name,)))
                    people[member.key] = member.model_copy(update={"person": left, "written": moment})
            if isinstance(operation, Invite | Deactivate | Reactivate | Edit) and (
                (operation.operation, address_key(operation.email)) in done
            ):
                before = people.get(address_key(operation.email)) or mirror.person(operation.email)
                after = _done(before, operation, moment, write.target)
                people[after.key] = after
        if complete and write.group is None:
            # All operations are hers; she may have another id, where she came into the console by hand before.
            record = next(iter(people.values()), None) or mirror.people.get(write.target)
            if record is not None:
                people[record.key] = _with_kept(record, write)
        if write.group is not None and (known := groups.get(write.group) or mirror.groups.get(write.group)):
            if complete:
                known = known.model_copy(update={"hidden": write.hides, "external_id": write.kept.external_id})
            if complete and write.renames is not None:
                known = known.model_copy(update={"name": write.renames, "kind": "static", "made": True})
            groups[known.id] = known
        mirror.keep(people.values(), groups.values())


def _done(
    record: PersonRecord | None, operation: Invite | Deactivate | Reactivate | Edit, moment: datetime, target: str
) -> PersonRecord:
    if isinstance(operation, Invite):
        person = Person(
            email=operation.email,
            first_name=operation.first_name,
            last_name=operation.last_name,
            role=operation.role,
            status=Status.INVITED,
            groups=operation.groups,
            managers=operation.managers,
        )
        if record is None:
            return PersonRecord(id=target, person=person, created=moment, modified=moment, written=moment)
    elif record is None:
        raise KeyError(f"nobody in the mirror has the address {operation.email}")
    elif isinstance(operation, Deactivate):
        person = record.person.model_copy(update={"status": Status.DEACTIVATED})
    elif isinstance(operation, Reactivate):
        person = record.person.model_copy(update={"status": Status.ACTIVE})
    else:
        person = edited(record.person, operation)
    return record.model_copy(update={"person": person, "written": moment, "misses": 0})


def edited(person: Person, operation: Edit) -> Person:
    """A person after an edit."""
    groups = [name for name in person.groups or () if name not in operation.remove_groups]
    gone = {address_key(manager) for manager in operation.remove_managers}
    managers = [manager for manager in person.managers or () if address_key(manager) not in gone]
    held = {address_key(manager) for manager in managers}
    changes = {
        "first_name": operation.first_name or person.first_name,
        "last_name": operation.last_name or person.last_name,
        "role": operation.role or person.role,
        "groups": (*groups, *(name for name in operation.add_groups if name not in groups)),
        "managers": (*managers, *(one for one in operation.add_managers if address_key(one) not in held)),
    }
    if not (operation.add_groups or operation.remove_groups):
        del changes["groups"]
    if not (operation.add_managers or operation.remove_managers):
        del changes["managers"]
    return person.model_copy(update=changes)


def _with_kept(record: PersonRecord, write: Write) -> PersonRecord:
    kept = {} if write.hides else write.kept.model_dump()
    return record.model_copy(update={**kept, "hidden": write.hides})


# -- what is still open ------------------------------------------------------------------------------------------------
def person_after(record: PersonRecord | None, writes: Iterable[Write]) -> PersonRecord | None:
    """Somebody as she will be once these writes of her are done, in their order; None where none of them makes her."""
    moment = now()
    for write in writes:
        for operation in write.operations:
            assert isinstance(operation, Invite | Deactivate | Reactivate | Edit)
            record = _done(record, operation, moment, write.target)
        record = _with_kept(record, write) if record is not None else None
    return record


def group_after(
    record: GroupRecord,
    members: Iterable[PersonRecord],
    writes: Iterable[Write],
    person: Callable[[str], PersonRecord | None],
) -> tuple[GroupRecord, list[PersonRecord]]:
    """A group, and who is in it, once these writes of it are done, in their order."""
    within = {one.key: one for one in members}
    for write in writes:
        for operation in write.operations:
            if isinstance(operation, DeleteGroup) and operation.name == record.name:
                within.clear()
            elif isinstance(operation, Edit) and operation.remove_groups:
                within.pop(address_key(operation.email), None)
            elif isinstance(operation, Edit) and (joins := person(operation.email)) is not None:
                within[joins.key] = joins
        own = {
            "hidden": write.hides,
            "external_id": write.kept.external_id,
            "declared": record.declared and not write.operations,
        }
        renamed = {"name": write.renames, "kind": "static", "made": True} if write.renames is not None else {}
        record = record.model_copy(update=own | renamed)
    return record, list(within.values())
