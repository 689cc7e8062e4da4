"""What it takes in the console to make a person or group what a request wants: never more than the difference."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from scim2_models import InvalidValueException, MutabilityException, Resource

from connector.addresses import address_key, same_address
from connector.models import CreateGroup, Deactivate, DeleteGroup, Edit, Invite, Model, Operation, Reactivate
from connector.roster_cells import role_of
from connector.scim_service.records import GroupRecord, PersonRecord
from connector.scim_service.schema import ROLES, EnterpriseUser, Group, HeldRole, User
from connector.terms import Role

FindPerson = Callable[[str], PersonRecord | None]
"""Somebody by id or by address."""


class Kept(Model):
    """What only the service keeps, as a request wants it."""

    external_id: str | None = None
    display_name: str | None = None
    unassigned: tuple[str, ...] = ()
    manager: str | None = None
    """The address of the manager whom the identity provider names."""

    @classmethod
    def of(cls, record: PersonRecord | GroupRecord) -> Kept:
        """What is kept of a record now."""
        if isinstance(record, GroupRecord):
            return cls(external_id=record.external_id)
        return cls.model_validate({name: getattr(record, name) for name in cls.model_fields})


class Change(Model):
    """Operations in the console, and what the service keeps besides once they are done."""

    operations: tuple[Operation, ...] = ()
    kept: Kept = Kept()


def invitation(wanted: User[Any], address: str, find: FindPerson) -> Change:
    """What creates a person who is nobody in the console. Raises InvalidValueException for one who is inactive."""
    if wanted.active is False:
        raise InvalidValueException(
            detail="active: a console has nobody who was never invited; create the user with active true, or not at all"
        )
    name, manager = wanted.name, _manager(wanted, None, find)
    operation = Invite(
        email=address,
        first_name=(name.given_name if name else None) or "",
        last_name=(name.family_name if name else None) or "",
        role=_role(wanted, None) or Role.LEARNER,
        managers=(manager.person.email,) if manager else (),
    )
    return Change(operations=(operation,), kept=_kept(wanted, None, manager))


def return_of(record: PersonRecord, wanted: User[Any], find: FindPerson) -> Change:
    """What brings back a person who was deleted, as a request wants her: what it does not name of her stays."""
    before = record.model_copy(update={"external_id": None, "display_name": None, "unassigned": ()})
    change = changed_person(before, wanted, find, takes=False)
    kept = _kept(wanted, None, _manager(wanted, record, find))
    return change.model_copy(update={"kept": kept.model_copy(update={"manager": kept.manager or record.manager})})


def changed_person(record: PersonRecord, wanted: User[Any], find: FindPerson, *, takes: bool = True) -> Change:
    """What makes a person what a request wants; `takes` says whether she loses the role or manager that it leaves out.

    Whoever is to be deactivated loses access, and nothing else of her is changed. Raises MutabilityException for
    another address, InvalidValueException for what no console can hold.
    """
    person = record.person
    if not same_address(wanted.user_name or "", person.email):
        raise MutabilityException(
            attribute="userName",
            detail=f"userName: the console changes nobody's address; {person.email} stays, a new address is a new user",
        )
    role = _role(wanted, record, takes=takes)
    manager = _manager(wanted, record, find)
    kept = _kept(wanted, record, manager)
    if record.active and wanted.active is False:
        return Change(operations=(Deactivate(email=person.email),), kept=kept)
    operations: list[Operation] = []
    if not record.active and wanted.active is not False:
        operations.append(Reactivate(email=person.email))
    edit: dict[str, Any] = {}
    for field, value in (
        ("first_name", wanted.name.given_name if wanted.name else None),
        ("last_name", wanted.name.family_name if wanted.name else None),
    ):
        if value is not None and value != getattr(person, field):
            edit[field] = value
    if role is not None and role is not person.role:
        edit["role"] = role
    shown = shown_manager(record, find)
    if manager is not None and not _among(manager.person.email, person.managers):
        edit["add_managers"] = (manager.person.email,)
    if shown is not None and (takes if manager is None else manager.id != shown.id):
        edit["remove_managers"] = (shown.person.email,)
    if edit:
        operations.append(Edit(email=person.email, **edit))
    return Change(operations=tuple(operations), kept=kept)


def changed_group(
    group: GroupRecord, name: str, now: Sequence[PersonRecord], wanted: Collection[PersonRecord]
) -> tuple[Operation, ...]:
    """What makes a group have this name and these members.

    A console gives no group another name: one that this service made and that nobody is in is made anew instead.
    Raises MutabilityException for another name of any other group, and for other members of a dynamic one.
    """
    renames: tuple[Operation, ...] = ()
    if name != group.name and not group.declared:
        renames = (CreateGroup(name=name), DeleteGroup(name=group.name))
    if name != group.name and (now or not (group.declared or group.made)):
        raise MutabilityException(
            attribute="displayName",
            detail=f"displayName: the console gives the group {group.name!r} no other name; make a group of the new "
            "name and move its members",
        )
    before = {one.key for one in now}
    after = {one.key for one in wanted}
    if before != after and group.kind == "dynamic":
        raise MutabilityException(
            attribute="members",
            detail=f"members: {group.name!r} is a dynamic group: its rules in the console say who is in it, and nobody "
            "is added or removed by hand",
        )
    joins: list[Operation] = [
        Edit(email=one.person.email, add_groups=(name,)) for one in wanted if one.key not in before
    ]
    leaves = [Edit(email=one.person.email, remove_groups=(name,)) for one in now if one.key not in after]
    return (*renames, *joins, *leaves)


def member_ids(wanted: Group) -> list[str]:
    """The ids that a group is to have as members, each once."""
    given = [member.value or str(member.ref or "").rpartition("/")[2] for member in wanted.members or []]
    return list(dict.fromkeys(one for one in given if one))


def shown_manager(record: PersonRecord, find: FindPerson) -> PersonRecord | None:
    """Whom the resource of a person shows as manager: whom the identity provider named, else the console's first."""
    managers = record.person.managers or ()
    named = [record.manager] if record.manager and _among(record.manager, managers) else managers[:1]
    found = find(named[0]) if named else None
    return None if found is None or found.hidden else found


def _among(address: str, addresses: Collection[str] | None) -> bool:
    return any(same_address(address, one) for one in addresses or ())


# -- parts of a person -------------------------------------------------------------------------------------------------
def _role(wanted: User[Any], record: PersonRecord | None, *, takes: bool = True) -> Role | None:
    """The role that is wanted, from `roles` and `entitlements`; None to leave it as it is. Learner where one that was
    shown went, and leaving out takes away."""
    now = record.person.role if record is not None else None
    asked = {
        name: _one_role(name, getattr(wanted, name), now) for name in ("roles", "entitlements") if getattr(wanted, name)
    }
    other = {name: role for name, role in asked.items() if role is not now}
    if len(set(other.values())) > 1:
        said = " and ".join(f"{name} say {role.value}" for name, role in other.items())
        raise InvalidValueException(detail=f"{said}: a person has one role; map one of the two attributes")
    if other:
        return next(iter(other.values()))
    if takes and record is not None and now is not None and any(_went(name, wanted, record) for name in _HOLDING):
        return Role.LEARNER
    return None


_HOLDING = ("roles", "entitlements")


def _went(name: str, wanted: Resource[Any], record: PersonRecord) -> bool:
    """Whether an attribute that was shown is not wanted any more."""
    return not getattr(wanted, name) and name not in record.unassigned


def _one_role(name: str, given: list[HeldRole], now: Role | None) -> Role:
    """The role that is meant. One that is added to the one that is held takes its place: a person has one."""
    roles = [(_named_role(name, one.value), one.primary) for one in given]
    new = [one for one in roles if one[0] is not now and one[1] is not False]
    meant = new or [one for one in roles if one[0] is now] or roles
    distinct = {role for role, _ in meant}
    if len(distinct) > 1:
        distinct = {role for role, primary in meant if primary}
    if len(distinct) != 1:
        raise InvalidValueException(detail=f"{name}: a person has exactly one role, one of {', '.join(ROLES)}")
    return distinct.pop()


def _named_role(name: str, value: str | None) -> Role:
    role = role_of(value or "")
    if role is None:
        shown = (value or "")[:60]
        raise InvalidValueException(detail=f"{name}: there is no role {shown!r}; it is one of {', '.join(ROLES)}")
    return role


def _manager(wanted: User[Any], record: PersonRecord | None, find: FindPerson) -> PersonRecord | None:
    extension = wanted[EnterpriseUser]
    given = extension.manager if extension is not None else None
    if given is None:
        return None
    value = given.value or str(given.ref or "").rpartition("/")[2]
    if not value:
        return None
    found = find(value)
    if found is None or found.hidden:
        raise InvalidValueException(
            detail=f"manager: nobody here has the id or address {value[:80]!r}; provision the manager first"
        )
    own = record.key if record is not None else address_key(wanted.user_name or "")
    if found.key == own:
        raise InvalidValueException(detail="manager: nobody is her own manager")
    return found


def _kept(wanted: User[Any], record: PersonRecord | None, manager: PersonRecord | None) -> Kept:
    """What the identity provider says besides. A display name that is the names put together is none of its own."""
    shown = wanted.display_name
    unassigned = set(record.unassigned) if record is not None else set()
    own = shown
    if record is not None and record.display_name is None and "displayName" not in unassigned:
        if shown == (record.names or None):
            own = None
        elif shown is None:
            unassigned.add("displayName")
    elif record is not None and shown is None:
        unassigned.add("displayName")
    if shown is not None:
        unassigned.discard("displayName")
    for name in _HOLDING:
        if getattr(wanted, name):
            unassigned.discard(name)
        elif record is not None and record.person.role is not None:
            unassigned.add(name)
    return Kept(
        external_id=wanted.external_id,
        display_name=own,
        unassigned=tuple(sorted(unassigned)),
        manager=manager.person.email if manager is not None else None,
    )
