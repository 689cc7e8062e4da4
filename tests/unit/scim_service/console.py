"""A console in memory behind the SCIM service: it does what it is told, says so, and keeps books of it.

It stands for the browser in tests of the service's own logic; flows of the service use the mock console.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence

from connector.addresses import address_key
from connector.errors import ConnectorError, ConsoleDrift, InputError, PersonNotFound
from connector.models import (
    CreateGroup,
    Deactivate,
    DeleteGroup,
    Edit,
    Group,
    Guard,
    Invite,
    Objection,
    Operation,
    Outcome,
    Person,
    Reactivate,
    Report,
    Result,
    Role,
    Status,
)
from connector.plan_models import Held
from connector.scim_service.effects import edited
from connector.scim_service.run_book import Standing

Hear = Callable[[Outcome], None]


class ConsoleInMemory:
    """People by the key of their address; `books` lists what was done, in order."""

    def __init__(
        self,
        *people: Person,
        seats: int | None = None,
        groups: Collection[str] = (),
        dynamic: Collection[str] = (),
        lists_groups: bool = False,
    ) -> None:
        self.everybody = {address_key(person.email): person for person in people}
        self.seats = seats
        self.group_names = {*groups, *dynamic}
        self.dynamic = frozenset(dynamic)
        self.lists_groups = lists_groups
        self.books: list[str] = []
        self.runs: dict[str, Report | tuple[tuple[Operation, ...], frozenset[Guard]]] = {}
        self.gate = threading.Event()
        self.gate.set()
        """Cleared, nothing is done until it is set."""
        self.broken: ConnectorError | None = None
        """Raised in place of any work."""
        self.dies_after: int | None = None
        """After so many operations of a run the process is as good as killed."""
        self.readings = 0
        self.approvable: frozenset[Guard] = frozenset()
        self.withdrawn: list[tuple[str, str, str]] = []

    # -- what the service asks ----------------------------------------------------------------------------------------
    def run(
        self,
        operations: Sequence[Operation],
        *,
        overrides: Collection[Guard] = (),
        run_id: str | None = None,
        unattended: bool = False,
        approvable: Collection[Guard] | None = None,
        held: Sequence[Held] = (),
        on_outcome: Hear | None = None,
    ) -> Report:
        assert run_id is not None
        assert run_id not in self.runs, "a run is begun twice"
        self._work()
        self.runs[run_id] = (tuple(operations), frozenset(overrides))
        self.approvable = frozenset(approvable or ()) if unattended else frozenset()
        report = self._finish(run_id, on_outcome)
        outcomes = (*(_waits(each, run_id) for each in held), *report.outcomes)
        self.runs[run_id] = Report(run=run_id, outcomes=outcomes)
        return Report(run=run_id, outcomes=outcomes)

    def resume(self, run_id: str, *, stale: bool = False, on_outcome: Hear | None = None) -> Report:
        if run_id not in self.runs:
            raise InputError(f"there is no run {run_id}")
        self._work()
        return self._finish(run_id, on_outcome)

    def people(self) -> list[Person]:
        self._work()
        self.readings += 1
        return list(self.everybody.values())

    def person(self, email: str) -> Person:
        self._work()
        found = self.everybody.get(address_key(email))
        if found is None:
            raise PersonNotFound("nobody here has this address", whom=email)
        return found

    def groups(self) -> list[Group]:
        if not self.lists_groups:
            raise ConsoleDrift("there is no list of groups here")
        return [
            Group(name=name, kind="dynamic" if name in self.dynamic else "static") for name in sorted(self.group_names)
        ]

    def standings(self, runs: Collection[str]) -> Mapping[str, Standing]:
        return {run: Standing() for run in runs if run in self.runs}

    def withdraw(self, run: str, email: str, reason: str) -> None:
        self.withdrawn.append((run, email, reason))

    # -- inside -------------------------------------------------------------------------------------------------------
    def _work(self) -> None:
        assert self.gate.wait(30), "the gate stays shut"
        if self.broken is not None:
            raise self.broken

    def _finish(self, run_id: str, on_outcome: Hear | None) -> Report:
        begun = self.runs[run_id]
        outcomes: list[Outcome] = []
        if isinstance(begun, Report):
            outcomes = list(begun.outcomes)
        else:
            operations, overrides = begun
            for number, operation in enumerate(operations):
                if self.dies_after is not None and number >= self.dies_after:
                    raise Killed
                if isinstance(operation, CreateGroup | DeleteGroup):
                    outcomes.append(self._do_with_group(operation))
                    continue
                assert isinstance(operation, Invite | Deactivate | Reactivate | Edit)
                outcomes.append(self._do(operation, overrides))
        for outcome in outcomes:
            if on_outcome is not None:
                on_outcome(outcome)
        report = Report(run=run_id, outcomes=tuple(outcomes))
        self.runs[run_id] = report
        return report

    def _do_with_group(self, operation: CreateGroup | DeleteGroup) -> Outcome:
        name = operation.name
        there = name in self.group_names
        self.books.append(f"{operation.operation} {name}")
        if isinstance(operation, DeleteGroup):
            assert there
            self.group_names.remove(name)
            for key, person in self.everybody.items():
                left = tuple(group for group in person.groups or () if group != name)
                self.everybody[key] = person.model_copy(update={"groups": left})
        else:
            self.group_names.add(name)
        return Outcome(operation=operation.operation, email="", group=name, result=Result.DONE, message="done")

    def _do(self, operation: Invite | Deactivate | Reactivate | Edit, overrides: Collection[Guard]) -> Outcome:
        key = address_key(operation.email)
        found = self.everybody.get(key)

        def said(result: Result, message: str, guard: Guard | None = None) -> Outcome:
            waits = guard is not None and guard in self.approvable
            return Outcome(
                operation=operation.operation,
                email=operation.email,
                result=result,
                message=message,
                guard=guard,
                objections=(Objection(guard=guard, message=message, saw=""),) if guard and waits else (),
            )

        active = sum(one.status is not Status.DEACTIVATED for one in self.everybody.values())
        if isinstance(operation, Invite | Reactivate) and self.seats is not None and active >= self.seats:
            return said(Result.REFUSED, "1 seat is needed, 0 are free", Guard.NO_FREE_SEAT)
        role = None if isinstance(operation, Deactivate | Reactivate) else operation.role
        if role is Role.ADMIN and Guard.ADMIN_ROLE not in overrides:
            return said(Result.REFUSED, "this grants the admin role", Guard.ADMIN_ROLE)
        if isinstance(operation, Edit):
            new = set(operation.add_groups) - self.group_names
            if new and Guard.UNKNOWN_GROUP not in overrides:
                return said(
                    Result.REFUSED, f"the console knows no group {new} and would create it", Guard.UNKNOWN_GROUP
                )
            self.group_names |= new
        if isinstance(operation, Invite):
            if found is not None:
                return said(Result.ALREADY, "she is here already")
            found = Person(
                email=operation.email,
                first_name=operation.first_name,
                last_name=operation.last_name,
                role=operation.role,
                status=Status.INVITED,
                groups=operation.groups,
                managers=operation.managers,
            )
        elif found is None:
            return said(Result.FAILED, "nobody here has this address")
        elif isinstance(operation, Deactivate):
            if found.status is Status.DEACTIVATED:
                return said(Result.ALREADY, "deactivated already")
            found = found.model_copy(update={"status": Status.DEACTIVATED})
        elif isinstance(operation, Reactivate):
            found = found.model_copy(update={"status": Status.ACTIVE})
        else:
            found = edited(found, operation)
        self.everybody[key] = found
        self.books.append(f"{operation.operation} {operation.email}")
        return said(Result.DONE, "done")


def _waits(held: Held, run: str) -> Outcome:
    objection = held.objections[0]
    return Outcome(
        operation=held.operation.operation,
        email=held.operation.email,
        result=Result.REFUSED,
        message=f"{objection.message}; waits for approval in {run}",
        guard=objection.guard,
        objections=held.objections,
    )


class Killed(BaseException):
    """What a kill -9 is in a test of one process."""
