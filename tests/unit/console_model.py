"""A console in memory, written from the facts alone: what operations do to people, and what no operation may do.

It is strict on purpose: whatever a console would refuse, do unasked or do wrongly is an AssertionError here.
"""

from __future__ import annotations

from collections.abc import Iterable

from connector.models import (
    Deactivate,
    Edit,
    ImportPeople,
    Invite,
    Operation,
    Person,
    Reactivate,
    Role,
    SeatPool,
    Status,
)


class Console:
    def __init__(self, people: Iterable[Person], groups: Iterable[str], seats: int | None, account: str) -> None:
        self.people = {person.email.lower(): person for person in people}
        self.groups = set(groups)
        self.seats = seats
        self.account = account.lower()

    @property
    def everybody(self) -> tuple[Person, ...]:
        return tuple(self.people.values())

    @property
    def pools(self) -> tuple[SeatPool, ...]:
        if self.seats is None:
            return ()
        return (SeatPool(name="licensed", used=self._count(Status.ACTIVE), total=self.seats),)

    def carry_out(self, operations: Iterable[Operation]) -> None:
        for operation in operations:
            if isinstance(operation, ImportPeople):
                self._import(operation)
            elif isinstance(operation, Invite):
                self._invite(operation)
            elif isinstance(operation, Deactivate):
                self._deactivate(operation)
            elif isinstance(operation, Reactivate):
                self._reactivate(operation)
            elif isinstance(operation, Edit):
                self._edit(operation)
            else:
                raise AssertionError(f"no plan holds {operation}")

    # -- what each does ----------------------------------------------------------------------------------------------
    def _import(self, operation: ImportPeople) -> None:
        left = list(operation.people)
        while left:
            ready = [one for one in left if all(manager.lower() in self.people for manager in one.managers)]
            assert ready, f"nobody in the import can go before the others: {left}"
            for one in ready:
                self._invite(one)
            left = [one for one in left if one not in ready]

    def _invite(self, operation: Invite) -> None:
        key = operation.email.lower()
        assert key not in self.people, f"{key} is here already"
        self._take_seat(key)
        self._groups_exist(operation.groups)
        self.people[key] = Person(
            email=operation.email,
            first_name=operation.first_name,
            last_name=operation.last_name,
            role=operation.role,
            status=Status.INVITED,
            groups=operation.groups,
            managers=(),
            scim_managed=False,
        )
        self._report_to(key, operation.managers)

    def _deactivate(self, operation: Deactivate) -> None:
        person = self._untouched_by_scim(operation.email)
        assert person.status is not Status.DEACTIVATED, f"{person.email} is deactivated already"
        assert operation.email.lower() != self.account, "the own account"
        self._keep_an_admin(person)
        self._put(person, status=Status.DEACTIVATED)

    def _reactivate(self, operation: Reactivate) -> None:
        person = self._untouched_by_scim(operation.email)
        assert person.status is Status.DEACTIVATED, f"{person.email} is not deactivated"
        self._take_seat(person.email)
        self._put(person, status=Status.ACTIVE)

    def _edit(self, operation: Edit) -> None:
        person = self._untouched_by_scim(operation.email)
        assert operation != Edit(email=operation.email), "an edit that changes nothing"
        assert person.status is not Status.DEACTIVATED
        if operation.role not in (None, Role.ADMIN):
            self._keep_an_admin(person)
        self._groups_exist(operation.add_groups)
        assert person.groups is not None
        groups = [group for group in person.groups if group not in operation.remove_groups]
        assert not set(groups) & set(operation.add_groups), "a group that she has is added"
        assert set(operation.remove_groups) <= set(person.groups), "a group that she has not is taken away"
        assert person.managers is not None
        gone = {manager.lower() for manager in operation.remove_managers}
        held = {manager.lower() for manager in person.managers}
        assert gone <= held, "a manager whom she has not is taken away"
        assert not held & {manager.lower() for manager in operation.add_managers}, "a manager whom she has is added"
        self._put(
            person,
            first_name=person.first_name if operation.first_name is None else operation.first_name,
            last_name=person.last_name if operation.last_name is None else operation.last_name,
            role=operation.role or person.role,
            groups=(*groups, *operation.add_groups),
            managers=tuple(manager for manager in person.managers if manager.lower() not in gone),
        )
        self._report_to(operation.email.lower(), operation.add_managers)

    # -- the rules ---------------------------------------------------------------------------------------------------
    def _put(self, person: Person, **fields: object) -> None:
        self.people[person.email.lower()] = person.model_copy(update=fields)

    def _untouched_by_scim(self, email: str) -> Person:
        person = self.people[email.lower()]
        assert not person.scim_managed, f"{email} is managed by SCIM"
        return person

    def _take_seat(self, whom: str) -> None:
        if self.seats is not None:
            used = self._count(Status.ACTIVE) + self._count(Status.INVITED)
            assert used < self.seats, f"no seat for {whom}"

    def _groups_exist(self, groups: Iterable[str]) -> None:
        assert set(groups) <= self.groups, f"a group would be created of {groups}"

    def _report_to(self, key: str, managers: Iterable[str]) -> None:
        """Being somebody's manager makes a learner a manager."""
        for address in managers:
            assert address.lower() != key, "nobody is her own manager"
            assert address.lower() in self.people, f"{address} would be invited as a manager"
            manager = self.people[address.lower()]
            assert manager.status is not Status.DEACTIVATED, f"the manager {address} is deactivated"
            if manager.role is Role.LEARNER:
                self._put(manager, role=Role.MANAGER)
        person = self.people[key]
        self._put(person, managers=(*(person.managers or ()), *managers))

    def _keep_an_admin(self, leaving: Person) -> None:
        if leaving.role is Role.ADMIN:
            others = [
                person
                for person in self.people.values()
                if person.role is Role.ADMIN and person.status is Status.ACTIVE and person.email != leaving.email
            ]
            assert others, "the last admin"

    def _count(self, status: Status) -> int:
        return sum(person.status is status for person in self.people.values())
