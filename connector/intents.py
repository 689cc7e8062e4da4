"""What an operation means, whoever asks for it: its intent key, which operations must keep their order,
and which cannot be meant at all."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from connector.addresses import address_key, parse_address
from connector.errors import InputError
from connector.models import (
    NEVER_LIFTED,
    CreateGroup,
    Deactivate,
    DeleteGroup,
    Edit,
    Guard,
    ImportPeople,
    Invite,
    InvitePeople,
    Operation,
    Reactivate,
    people_of,
)

_LONGEST_NAME = 200


def intent_key(console: str, operation: Operation) -> str:
    """The key of an operation: the same for everybody who asks the same of the same console.

    SHA-256, in hexadecimal, over the console's origin, the operation, the address as `address_key` gives it, and the
    state that is wanted. The order of groups and managers does not count; the account that signs in is no part of it.
    """
    wanted = operation.model_dump(mode="json") | {"console": console}
    if isinstance(operation, ImportPeople | InvitePeople):
        wanted["people"] = [_of_person(person) for person in operation.people]
        wanted["many"] = True
    elif isinstance(operation, CreateGroup | DeleteGroup):
        wanted["name"] = group_key(operation.name)
    else:
        wanted |= _of_person(operation)
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def group_key(name: str) -> str:
    """The identity of a group: its name in NFC, case included, runs of blanks as one."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _of_person(operation: Operation) -> dict[str, object]:
    wanted = operation.model_dump(mode="json")
    wanted["email"] = address_key(wanted["email"])
    for name, values in wanted.items():
        if name.endswith("managers"):
            wanted[name] = sorted(map(address_key, values))
        elif name.endswith("groups"):
            wanted[name] = sorted(values)
    return wanted


def predecessors(
    operations: Sequence[Operation], overrides: Collection[Guard] = (), *, seats: bool = True
) -> list[frozenset[int]]:
    """For each operation the numbers of those that must be over before it begins; they all stand before it.

    Without `seats`, those without which it would not mean the same: what frees seats only makes room.

    Kept in order are: operations on one person; an operation on a manager, and those that name her; what takes seats,
    after what frees them; what creates a group or invites an unknown manager by an override, before what also names
    them. An operation on many people, or on a group, runs alone.
    """
    waits: list[frozenset[int]] = []
    persons = [{address_key(person.email) for person in people_of(operation)} for operation in operations]
    named = [_managers(operation) for operation in operations]
    first: dict[str, int] = {}
    barrier: int | None = None
    for number, operation in enumerate(operations):
        many = isinstance(operation, ImportPeople | InvitePeople | CreateGroup | DeleteGroup)
        takes_seat = many or isinstance(operation, Invite | Reactivate)
        before = {
            earlier
            for earlier in range(number)
            if many
            or persons[earlier] & (persons[number] | named[number])
            or persons[number] & named[earlier]
            or (seats and takes_seat and isinstance(operations[earlier], Deactivate))
        }
        if barrier is not None:
            before.add(barrier)
        for name in _created(operation, named[number], overrides):
            before.add(first.setdefault(name, number))
        waits.append(frozenset(before - {number}))
        barrier = number if many else barrier
    return waits


def _managers(operation: Operation) -> set[str]:
    managers: set[str] = set()
    for person in people_of(operation):
        if isinstance(person, Invite):
            managers.update(person.managers)
        elif isinstance(person, Edit):
            managers.update((*person.add_managers, *person.remove_managers))
    return {address_key(manager) for manager in managers}


def _created(operation: Operation, managers: Collection[str], overrides: Collection[Guard]) -> set[str]:
    """What an operation may bring into being besides its people: who names it first goes first."""
    names = {f"manager {manager}" for manager in managers} if Guard.UNKNOWN_MANAGER in overrides else set()
    if Guard.UNKNOWN_GROUP in overrides:
        for person in people_of(operation):
            groups = person.groups if isinstance(person, Invite) else ()
            groups = person.add_groups if isinstance(person, Edit) else groups
            names.update(f"group {group.casefold()}" for group in groups)
    return names


def require_sound(operations: Sequence[Operation], overrides: Collection[Guard]) -> None:
    """Raises InputError for malformed or repeated addresses, and for guards that are never lifted."""
    if never := sorted(NEVER_LIFTED.intersection(overrides)):
        raise InputError(f"the guard {never[0]} is never lifted")
    for address in _addresses(operations):
        parse_address(address)
    for operation in operations:
        if isinstance(operation, ImportPeople | InvitePeople):
            _refuse_doubles(operation)
        elif isinstance(operation, CreateGroup | DeleteGroup):
            require_group_name(operation.name)


def require_group_name(name: str) -> None:
    """Raises InputError for a name that no screen shows as it is: empty, with control characters, or too long."""
    if not group_key(name):
        raise InputError("the name of the group is empty")
    if len(name) > _LONGEST_NAME:
        raise InputError(f"the name of the group has {len(name)} characters; at most {_LONGEST_NAME} are taken")
    if any(unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") for one in name):
        raise InputError(f"the name of the group {name!r} holds characters that no screen shows")


def _refuse_doubles(operation: ImportPeople | InvitePeople) -> None:
    seen: dict[str, str] = {}
    for person in operation.people:
        if (first := seen.setdefault(address_key(person.email), person.email)) is not person.email:
            raise InputError("an address is there twice in one operation", whom=f"{first} and {person.email}")


def _addresses(operations: Sequence[Operation]) -> Iterable[str]:
    for operation in operations:
        for person in people_of(operation):
            yield person.email
            if isinstance(person, Invite):
                yield from person.managers
            elif isinstance(person, Edit):
                yield from (*person.add_managers, *person.remove_managers)
